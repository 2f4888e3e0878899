# SPDX-License-Identifier: EUPL-1.2
"""What kind of value each fact of `Situatie` takes, read from its type: so that form, record and rules cannot drift apart."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from vangnet.casework.velden import EXTRA
from vangnet.rules.situatie import Situatie

GROEPEN = ("melding", "jeugdige", "betrokken", "triage", "inschatting", "afweging", "vervolg", "overdracht")
"""The groups of `Situatie` whose facts are kept as facts; the others are rows (inzet, rto) or come with later work."""
UIT_RIJEN = frozenset(
    {
        "melding.op", "melding.melder", "melding.kanaal", "melding.vraag", "jeugdige.leeftijd", "jeugdige.geboortedatum",
        "jeugdige.sector",
    }
)  # fmt: skip
"""Facts that follow from rows of the record and are not kept a second time."""

Soort = Literal["keuze", "antwoord", "janee", "getal", "dag", "moment", "tekst", "lijst", "tabel"]


class Feitsoort(NamedTuple):
    """The kind of a fact, and for a choice its words."""

    soort: Soort
    keuzes: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def feitsoorten() -> dict[str, Feitsoort]:
    """Every fact that can be kept on a casus, by path: those of `Situatie` and our own (`casework.velden`)."""
    uit: dict[str, Feitsoort] = {}
    groepen = {f.name: get_type_hints(Situatie)[f.name] for f in fields(Situatie)}
    for groep in GROEPEN:
        soort = groepen[groep]
        assert is_dataclass(soort)
        for veld, hint in get_type_hints(soort).items():
            pad = f"{groep}.{veld}"
            if not veld.startswith("__") and pad not in UIT_RIJEN:
                uit[pad] = _soort(hint)
    for pad, extra in EXTRA.items():
        woord: Soort = "tekst" if extra.soort == "lang" else extra.soort
        uit[pad] = Feitsoort(woord, ("ja", "nee", "onbekend") if extra.soort == "antwoord" else ())
    return uit


def soort_van(pad: str) -> Soort:
    """The kind of a fact. Raises KeyError for a path that is no fact of a casus."""
    return feitsoorten()[pad].soort


def _soort(hint: Any) -> Feitsoort:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(deel for deel in get_args(hint) if deel is not type(None))
    if get_origin(hint) is Literal:
        woorden = tuple(str(w) for w in get_args(hint))
        if all(isinstance(w, int) for w in get_args(hint)):
            return Feitsoort("getal", woorden)
        return Feitsoort("antwoord" if set(woorden) == {"ja", "nee", "onbekend"} else "keuze", woorden)
    if get_origin(hint) is tuple:
        return Feitsoort("lijst")
    if get_origin(hint) is not None:
        return Feitsoort("tabel")
    kinds: dict[Any, Soort] = {bool: "janee", int: "getal", datetime: "moment", date: "dag", str: "tekst"}
    return Feitsoort(kinds[hint])
