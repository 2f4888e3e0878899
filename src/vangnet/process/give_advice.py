# SPDX-License-Identifier: EUPL-1.2
"""Give an advice: read the facts, find the version that holds, check, ask the rules. One door for page, API and shell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vangnet.policy.bronnen import WORTEL
from vangnet.policy.fouten import Fout, Ongeldig, kort, uit_pydantic
from vangnet.policy.register import Register, lees_register
from vangnet.rules.advies import Advies, adviseer
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.situatie import Situatie
from vangnet.rules.situatiefouten import Tegenspraak, tegenspraken

SITUATIE = TypeAdapter(Situatie)
GROOTSTE_SITUATIE = 64 * 1024
"""Bytes; a situation has no use for more."""


@lru_cache(maxsize=8)
def register(regios: Path = WORTEL / "regios", eigen: Path | None = None) -> Register:
    """The regions, read once per pair of folders.

    Errors: `Ongeldig` with every fault in the files."""
    return lees_register(regios, eigen)


def lees_situatie(ruw: bytes | str | Mapping[str, Any]) -> Situatie:
    """Facts from JSON (or the same as a mapping) to a `Situatie`.

    Errors: `Ongeldig` naming every field that is wrong, what was found and what is expected."""
    tekst = json.dumps(ruw) if isinstance(ruw, Mapping) else ruw
    if len(tekst) > GROOTSTE_SITUATIE:
        raise Ongeldig([Fout("(alles)", f"{len(tekst)} bytes", f"hooguit {GROOTSTE_SITUATIE} bytes")])
    try:
        situatie = SITUATIE.validate_json(tekst, strict=True)
    except ValidationError as fout:
        raise Ongeldig(uit_pydantic(fout)) from None
    zonder = list(_zonder_tijdzone(situatie))
    if zonder:
        raise Ongeldig(
            [
                Fout(waar, f"{m.isoformat()} zonder tijdzone", "een moment met tijdzone", f"{m.isoformat()}+02:00")
                for waar, m in zonder
            ]
        )
    return situatie


def _zonder_tijdzone(ding: Any, waar: str = "") -> Any:
    if isinstance(ding, datetime):
        if ding.tzinfo is None:
            yield waar, ding
    elif is_dataclass(ding) and not isinstance(ding, type):
        for f in fields(ding):
            yield from _zonder_tijdzone(getattr(ding, f.name), f"{waar}.{f.name}" if waar else f.name)
    elif isinstance(ding, tuple):
        for n, deel in enumerate(ding, 1):
            yield from _zonder_tijdzone(deel, f"{waar}.{n}")


def give_advice(situatie: Situatie, reg: Register) -> Advies:
    """The advice for these facts under the version that holds at the moment of the melding.

    Errors: `OnbekendeRegio`, `VoorEersteVersie`, or `Ongeldig` with all contradictions and a foreign municipality."""
    fouten: list[Fout] = []
    afspraken: Afspraken | None = None
    try:
        afspraken = reg.op(situatie.regio, situatie.melding.op or situatie.moment)
    except Ongeldig as fout:
        if situatie.regio not in reg.versies:
            raise Ongeldig([*fout.fouten, *map(_als_fout, tegenspraken(situatie, None))]) from None
        fouten += fout.fouten
        afspraken = reg.versies[situatie.regio][0]
    if situatie.gemeente:
        fouten += _gemeente(situatie.gemeente, afspraken, reg, _dag(situatie))
    fouten += map(_als_fout, tegenspraken(situatie, afspraken))
    if fouten:
        raise Ongeldig(fouten)
    return adviseer(situatie, afspraken)


def _dag(s: Situatie) -> date | None:
    moment = s.melding.op or s.moment
    return moment.date() if moment else None


def _als_fout(t: Tegenspraak) -> Fout:
    return Fout(t.veld, t.gevonden, t.verwacht, t.voorbeeld)


def _gemeente(naam: str, a: Afspraken, reg: Register, dag: date | None) -> list[Fout]:
    g = a.gemeente(naam)
    if g is not None:
        if dag and g.geldig_vanaf and dag < g.geldig_vanaf:
            return [
                Fout(
                    "gemeente",
                    kort(naam),
                    f"een gemeente die op {dag} bestond; {g.naam} bestaat sinds {g.geldig_vanaf}",
                )
            ]
        if dag and g.geldig_tot and dag >= g.geldig_tot:
            return [
                Fout("gemeente", kort(naam), f"een gemeente die op {dag} bestond; {g.naam} bestond tot {g.geldig_tot}")
            ]
        return []
    elders = [v[-1].regio.naam for v in reg.versies.values() if v[-1].gemeente(naam)]
    waar = f" (hoort bij {' en '.join(elders)})" if elders else ""
    if not a.gemeenten:
        return (
            []
            if not elders
            else [Fout("gemeente", kort(naam) + waar, f"geen gemeente: de bron van {a.regio.naam} noemt er geen")]
        )
    namen = ", ".join(x.naam for x in a.gemeenten)
    return [Fout("gemeente", kort(naam) + waar, f"een gemeente van {a.regio.naam}: {namen}", a.gemeenten[0].naam)]


def with_region(situatie: Situatie, regio: str) -> Situatie:
    """The same facts asked of another region; the municipality is dropped, since it belongs to the first."""
    return replace(situatie, regio=regio, gemeente=None)
