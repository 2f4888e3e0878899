# SPDX-License-Identifier: EUPL-1.2
"""Read the facts of a situation from JSON: every fault at once, and as much of the rest as can be read.

What a lenient reader would guess at is a fault here: a key that stands twice, NaN, a moment as a bare number of seconds,
a moment without a time zone, a year in which no advice can be reckoned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from vangnet.policy.fouten import Fout, Ongeldig, kort, uit_pydantic
from vangnet.rules.situatie import Situatie

SITUATIE = TypeAdapter(Situatie)
GROOTSTE_SITUATIE = 64 * 1024
"""Bytes; a situation has no use for more."""
DIEPSTE_SITUATIE = 12
"""Levels of nesting; the deepest fact lies at four."""
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100
"""Every day and moment lies between them; what an advice may be asked about is narrower (`situatiefouten`)."""
VOORBEELD = '{"regio": "zuid-limburg"}'
Pad = tuple[str | int, ...]
T = TypeVar("T")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")


def lees_situatie(ruw: bytes | str | Mapping[str, Any]) -> Situatie:
    """Facts from JSON (or the same as a mapping) to a `Situatie`.

    Errors: `Ongeldig` naming every field that is wrong, what was found and what is expected."""
    situatie, fouten = lees_wat_kan(ruw)
    if situatie is None or fouten:
        raise Ongeldig(fouten)
    return situatie


def lees_wat_kan(ruw: bytes | str | Mapping[str, Any]) -> tuple[Situatie | None, list[Fout]]:
    """The facts without those that are wrong, and every fault; None when nothing can be read.

    The caller that checks further (does this municipality belong to the region?) can so name those faults as well."""
    return _lees(ruw, Situatie, VOORBEELD)


def read_message(ruw: bytes, soort: type[T], voorbeeld: str) -> T:
    """JSON to a dataclass of another kind than a situation, as strictly. `voorbeeld` is shown where nothing can be read.

    Errors: `Ongeldig` naming every field that is wrong, what was found and what is expected."""
    bericht, fouten = _lees(ruw, soort, voorbeeld)
    if bericht is None or fouten:
        raise Ongeldig(fouten)
    return bericht


def _lees(ruw: bytes | str | Mapping[str, Any], soort: type[T], voorbeeld: str) -> tuple[T | None, list[Fout]]:
    try:
        tekst = _tekst(ruw)
        boom = json.loads(tekst, object_pairs_hook=_Tabel, parse_constant=_Vreemd)
    except Ongeldig as fout:
        return None, list(fout.fouten)
    except RecursionError:
        return None, [Fout("(alles)", "te diep geneste JSON", f"hooguit {DIEPSTE_SITUATIE} niveaus", voorbeeld)]
    except json.JSONDecodeError as fout:
        waar = f"regel {fout.lineno}, teken {fout.colno}" if tekst.strip() else "niets"
        return None, [Fout("(alles)", waar, "geldige JSON", voorbeeld)]
    except ValueError:
        return None, [Fout("(alles)", "een getal met duizenden cijfers", "geldige JSON", voorbeeld)]
    vreemd = list(_vreemde_json(boom))
    fouten = [fout for _, fout in vreemd]
    if any(not pad for pad, _ in vreemd):
        return None, fouten
    weg = {pad for pad, _ in vreemd}
    _snoei(boom, weg)
    while True:
        try:
            bericht: T = _adapter(soort).validate_json(json.dumps(boom) if weg else tekst, strict=True)
        except ValidationError as fout:
            nieuw = list(_uitgelegd(fout, soort, voorbeeld))
        else:
            nieuw = list(_momentfouten(bericht, boom))
            if not nieuw:
                return bericht, fouten
        # What is missing only because it was taken out here, has been named already.
        fouten += [fout for pad, fout in nieuw if pad not in weg]
        weg |= {pad for pad, _ in nieuw}
        if not _snoei(boom, [pad for pad, _ in nieuw]):
            return None, fouten


@lru_cache(maxsize=8)
def _adapter(soort: Any) -> TypeAdapter[Any]:
    return SITUATIE if soort is Situatie else TypeAdapter(soort)


def _tekst(ruw: bytes | str | Mapping[str, Any]) -> str:
    tekst = json.dumps(ruw) if isinstance(ruw, Mapping) else ruw
    rauw = tekst.encode("utf-8", "surrogatepass") if isinstance(tekst, str) else tekst
    if len(rauw) > GROOTSTE_SITUATIE:
        raise Ongeldig([Fout("(alles)", f"{len(rauw)} bytes", f"hooguit {GROOTSTE_SITUATIE} bytes", VOORBEELD)])
    try:
        return rauw.decode("utf-8")
    except UnicodeDecodeError:
        raise Ongeldig([Fout("(alles)", "bytes die geen UTF-8 zijn", "JSON in UTF-8", VOORBEELD)]) from None


class _Tabel(dict[str, Any]):
    """A JSON object that remembers which keys stood in it twice."""

    def __init__(self, paren: list[tuple[str, Any]]) -> None:
        super().__init__(paren)
        self.dubbel = [k for k, _ in paren] if len(self) < len(paren) else []


class _Vreemd(str):
    """NaN, Infinity or -Infinity: no JSON, though many readers take it."""


def _vreemde_json(ding: Any, pad: Pad = ()) -> Iterator[tuple[Pad, Fout]]:
    """Keys that stand twice, numbers that are none, and nesting without end."""
    if len(pad) > DIEPSTE_SITUATIE:
        yield pad, Fout(_waar(pad[:3]), "te diep geneste JSON", f"hooguit {DIEPSTE_SITUATIE} niveaus", VOORBEELD)
    elif isinstance(ding, _Tabel):
        for k in dict.fromkeys(k for k in ding.dubbel if ding.dubbel.count(k) > 1):
            yield (*pad, k), Fout(_waar((*pad, k)), "deze sleutel meer dan eens", "elke sleutel één keer")
        for k, v in ding.items():
            if isinstance(v, (dict, list, float, _Vreemd)):
                yield from _vreemde_json(v, (*pad, k))
    elif isinstance(ding, list):
        for n, v in enumerate(ding):
            yield from _vreemde_json(v, (*pad, n))
    elif isinstance(ding, _Vreemd) or (isinstance(ding, float) and ding in (float("inf"), float("-inf"))):
        yield pad, Fout(_waar(pad), str(ding), "een eindig getal", "0.25")


def _waar(pad: Pad) -> str:
    """A place as a person counts: the first of a list is 1."""
    return ".".join(str(deel + 1) if isinstance(deel, int) else deel for deel in pad) or "(alles)"


def _snoei(boom: Any, paden: Iterable[Pad]) -> bool:
    """Take the wrong facts out; False when that leaves nothing to read.

    A fact in a list or a mapping takes the whole of it along: the others would stand for something else without it."""
    iets = False
    for pad in paden:
        if not isinstance(boom, dict) or not pad or pad[0] not in boom:
            continue
        tak = boom[pad[0]]
        if len(pad) > 1 and isinstance(tak, dict) and pad[1] in tak:
            del tak[pad[1]]
        else:
            del boom[pad[0]]
        iets = True
    return iets


def _uitgelegd(fout: ValidationError, wortel: Any, voorbeeld: str) -> Iterator[tuple[Pad, Fout]]:
    """The faults of the validator; an unknown key comes with the keys that are known there."""
    for e, f in zip(fout.errors(include_url=False), uit_pydantic(fout), strict=True):
        soort = _soort_op(wortel, e["loc"][:-1])
        if e["type"] == "unexpected_keyword_argument" and soort is not None:
            namen = tuple(veld.name for veld in fields(soort))
            f = Fout(f.waar, f.gevonden, "één van " + ", ".join(namen), namen[0])
        elif e["type"].startswith("dataclass"):
            f = Fout(f.waar, f.gevonden, "een object met feiten", voorbeeld if f.waar == "(alles)" else "{}")
        yield e["loc"], f


def _soort_op(wortel: Any, pad: Pad) -> Any:
    """The dataclass that stands at a place in a message; None where there is none."""
    soort: Any = wortel
    for deel in pad:
        if isinstance(deel, int):
            continue
        soort = _velden(soort).get(deel) if is_dataclass(soort) else None
    return soort if is_dataclass(soort) else None


@lru_cache(maxsize=32)
def _velden(soort: Any) -> dict[str, Any]:
    """Per field the dataclass in it, also inside a tuple or beside None."""
    return {
        naam: next((s for s in (hint, *get_args(hint)) if is_dataclass(s)), None)
        for naam, hint in get_type_hints(soort).items()
    }


@lru_cache(maxsize=32)
def _velden_met_tijd(soort: Any) -> tuple[tuple[str, bool], ...]:
    """The fields that hold days or moments, or (True) something that does: the rest need not be looked at."""
    uit = []
    for naam, hint in get_type_hints(soort).items():
        soorten = {hint, *get_args(hint)}
        dieper = _velden(soort)[naam] is not None
        if dieper or soorten & {date, datetime}:
            uit.append((naam, dieper))
    return tuple(uit)


def _momentfouten(ding: Any, ruw: Any, pad: Pad = ()) -> Iterator[tuple[Pad, Fout]]:
    for naam, dieper in _velden_met_tijd(type(ding)):
        waarde = getattr(ding, naam)
        if not waarde or naam not in ruw:
            continue
        delen = waarde if isinstance(waarde, tuple) else (waarde,)
        rauwe = ruw[naam] if isinstance(waarde, tuple) else (ruw[naam],)
        for n, (deel, rauw) in enumerate(zip(delen, rauwe, strict=True)):
            hier: Pad = (*pad, naam, n) if isinstance(waarde, tuple) else (*pad, naam)
            if dieper:
                yield from _momentfouten(deel, rauw, hier)
            elif fout := _momentfout(deel, rauw, _waar(hier)):
                yield hier, fout


def _momentfout(moment: date, rauw: str, waar: str) -> Fout | None:
    is_moment = isinstance(moment, datetime)
    if not EERSTE_JAAR <= moment.year <= LAATSTE_JAAR:
        voorbeeld = "2024-05-17T21:40:00+02:00" if is_moment else "2024-05-22"
        return Fout(waar, kort(rauw), f"een dag van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}", voorbeeld)
    if isinstance(moment, datetime):
        if not MOMENT.match(rauw):
            return Fout(waar, kort(rauw), "een moment met tijdzone", "2024-05-17T21:40:00+02:00")
        if moment.tzinfo is None:
            return Fout(waar, f"{kort(rauw)} zonder tijdzone", "een moment met tijdzone", f"{moment.isoformat()}+02:00")
    return None
