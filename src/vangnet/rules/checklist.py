# SPDX-License-Identifier: EUPL-1.2
"""The national checklist as rules over the positions of a region: which choices do not go together, which must be made
first, which points of attention come with them (CL-14, CL-15, CL-31, CL-58, CL-66, CL-74, CL-79, CL-81, CL-85, CL-95,
CL-106). Nothing here forbids a choice: municipalities are free (CL-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .bron import Regels

POSITIONERING = "2"
"""The aspect that the sections 2.1 to 2.5 share: five answers to one choice."""
GEEN_KEUZE = frozenset({"", "niet gekozen", "niet in de bron"})
"""What a policy writes where it makes no choice."""


@dataclass(frozen=True, slots=True)
class Aandachtspunt:
    """A point of attention of one section, and for which of its choices it holds (none named: all)."""

    tekst: str
    regels: Regels
    bij: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """A numbered section of the checklist: its aspect, its category, the keys of its choices, its points."""

    nummer: str
    titel: str
    categorie: str
    aspect: str
    keuzes: tuple[str, ...]
    aandachtspunten: tuple[Aandachtspunt, ...] = ()


@dataclass(frozen=True, slots=True)
class Samenhangregel:
    """Choices that call for another choice: when every pair of `als` holds, warn unless every pair of `tenzij` holds;
    an empty `tenzij` always warns."""

    sleutel: str
    tekst: str
    regels: Regels
    grond: str
    """`bron`: de checklist zegt het; `afgeleid`: onze gevolgtrekking."""
    als: Mapping[str, tuple[str, ...]]
    tenzij: Mapping[str, tuple[str, ...]]


class Waarschuwing(NamedTuple):
    """A warning to show beside the choices of a region."""

    sleutel: str
    tekst: str
    regels: Regels
    grond: str


def keuzes_per_aspect(posities: Mapping[str, str]) -> dict[str, str]:
    """From section number to key, as a policy writes its positions, to aspect to key; only real choices are kept.
    Positions that are by aspect already stay as they are."""
    return {
        POSITIONERING if nummer.startswith(f"{POSITIONERING}.") else nummer: sleutel
        for nummer, sleutel in posities.items()
        if sleutel not in GEEN_KEUZE
    }


def samenhang(posities: Mapping[str, str], samenhangregels: Iterable[Samenhangregel]) -> tuple[Waarschuwing, ...]:
    """The warnings that these positions call for, in the order of the rules. An aspect without a choice satisfies
    nothing: it never sets off a rule, and never takes a warning away."""
    keuzes = keuzes_per_aspect(posities)

    def voldaan(paren: Mapping[str, tuple[str, ...]]) -> bool:
        return all(keuzes.get(aspect) in mag for aspect, mag in paren.items())

    return tuple(
        Waarschuwing(r.sleutel, r.tekst, r.regels, r.grond)
        for r in samenhangregels
        if voldaan(r.als) and not (r.tenzij and voldaan(r.tenzij))
    )


def volgorde(
    posities: Mapping[str, str], onderdelen: Sequence[Onderdeel], categorieen: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which choices were made before an earlier category was complete (CL-15): per aspect chosen too early, the aspects
    that come first and have no choice yet."""
    keuzes = keuzes_per_aspect(posities)
    rang = {naam: n for n, naam in enumerate(categorieen)}
    per_aspect = {o.aspect: rang[o.categorie] for o in onderdelen}
    uit = []
    for aspect, hoogte in per_aspect.items():
        eerst = tuple(a for a, h in per_aspect.items() if h < hoogte and a not in keuzes)
        if aspect in keuzes and eerst:
            uit.append((aspect, eerst))
    return tuple(uit)


def aandachtspunten(
    posities: Mapping[str, str], onderdelen: Sequence[Onderdeel]
) -> tuple[tuple[str, Aandachtspunt], ...]:
    """The points of attention that belong to the choices made, with the number of their section. Of the five sections
    on positioning only the chosen one speaks."""
    keuzes = keuzes_per_aspect(posities)
    return tuple(
        (onderdeel.nummer, punt)
        for onderdeel in onderdelen
        if keuzes.get(onderdeel.aspect) in onderdeel.keuzes
        for punt in onderdeel.aandachtspunten
        if not punt.bij or keuzes[onderdeel.aspect] in punt.bij
    )
