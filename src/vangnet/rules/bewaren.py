# SPDX-License-Identifier: EUPL-1.2
"""How long what is kept of a casus stays, and from which day it may be erased: pure, asked with facts of the casus.

The five sources say nothing about keeping (X-36). What the law says is marked as law; the rest is Vangnet's own choice, from
which a region may depart in its own folder.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from .bron import STRIKT, Regels
from .kalender import lokaal

Soortsleutel = Literal["dossier", "gesprek", "vergissing", "oefening", "account", "ontvangst", "log"]
"""What has a term: a casus by its kind, and what is kept beside casussen."""

VAN_EEN_CASUS: tuple[Soortsleutel, ...] = ("dossier", "gesprek", "vergissing", "oefening")
"""Kinds that a casus can be of once it may fall due."""
OPEN, CONCEPT = "open", "concept"
"""Kinds of a casus that never falls due: it is still open; of a concept no melding was finished either."""


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """How long something is kept: 20 jaren, 12 maanden, 4 weken."""

    __pydantic_config__ = STRIKT

    aantal: int
    """Hoeveel."""
    eenheid: Literal["dagen", "weken", "maanden", "jaren"]
    """Waarvan."""

    def na(self, dag: date) -> date:
        """The same day so much later; where that month has no such day, the first day of the next."""
        if self.eenheid in ("dagen", "weken"):
            return dag + timedelta(days=self.aantal * (7 if self.eenheid == "weken" else 1))
        maanden = dag.year * 12 + dag.month - 1 + self.aantal * (12 if self.eenheid == "jaren" else 1)
        jaar, maand = divmod(maanden, 12)
        if dag.day > monthrange(jaar, maand + 1)[1]:
            return date(jaar + (maand == 11), (maand + 1) % 12 + 1, 1)
        return date(jaar, maand + 1, dag.day)

    @property
    def hoogstens_dagen(self) -> int:
        """The most calendar days that this can be, to compare terms by."""
        return self.aantal * {"dagen": 1, "weken": 7, "maanden": 31, "jaren": 366}[self.eenheid]


@dataclass(frozen=True, slots=True)
class Bewaarsoort:
    """One kind of data: how long it stays, counted from what, and on whose authority."""

    __pydantic_config__ = STRIKT

    sleutel: Soortsleutel
    """Welke soort gegevens."""
    termijn: Bewaartermijn
    """Hoe lang het blijft."""
    vanaf: str
    """Waar de termijn begint, in woorden."""
    grond: Literal["wet", "keuze"]
    """wet: zo staat het in de wet. keuze: een keuze van Vangnet zelf, geen afspraak van een regio."""
    bron: str
    """Welke wet of norm; bij een keuze waarom."""
    regels: Regels
    """De open vraag of regels waar dit bij hoort."""
    minstens: Bewaartermijn
    """Korter mag een regio niet kiezen."""


@dataclass(frozen=True, slots=True)
class Bewaarkeuze:
    """Another term that a region chose for one kind, by whom, when and why; never shipped with Vangnet."""

    __pydantic_config__ = STRIKT

    termijn: Bewaartermijn
    """Hoe lang het in deze regio blijft."""
    door: str
    """Wie koos: naam en functie."""
    op: date
    """Op welke dag."""
    reden: str
    """Waarom deze regio anders kiest."""
    fictief: bool = False
    """Waar als de keuze voor de demo verzonnen is."""


@dataclass(frozen=True, slots=True)
class Bewaarbeleid:
    """One dated version of how long everything is kept, with what a region chose itself."""

    __pydantic_config__ = STRIKT

    geldig_vanaf: date
    """De eerste dag waarop dit geldt."""
    soort: tuple[Bewaarsoort, ...]
    """Elke soort één keer."""
    keuzes: Mapping[str, Bewaarkeuze] = field(default_factory=dict)
    """Wat de regio zelf koos, per soort; staat in een eigen bestand."""

    def van(self, sleutel: str) -> Bewaarsoort:
        """What holds for a kind, without the choice of a region. Raises KeyError for an unknown one."""
        for een in self.soort:
            if een.sleutel == sleutel:
                return een
        raise KeyError(sleutel)

    def termijn(self, sleutel: str) -> Bewaartermijn:
        """How long a kind stays here: what the region chose, else the term of this version."""
        keuze = self.keuzes.get(sleutel)
        return keuze.termijn if keuze else self.van(sleutel).termijn


class Bewaarfeiten(NamedTuple):
    """What decides how long a casus stays. Of a casus with others joined to it: of all of them together."""

    oefening: bool
    gesloten: bool
    uitkomst: str
    hulp: bool
    """Whether it is a dossier of help: a decision on crisis, an inzet, a visit or an RTO is on record."""
    afgerond: bool = True
    """Whether any of its meldingen was finished."""


def bewaarsoort(f: Bewaarfeiten) -> str:
    """The kind of a casus: one of `VAN_EEN_CASUS`, or `OPEN` or `CONCEPT`, which never fall due. What may be a dossier of
    help is one, whatever it was closed as: erasing cannot be undone."""
    if f.oefening:
        return "oefening"
    if not f.gesloten:
        return OPEN if f.afgerond or f.hulp else CONCEPT
    if f.hulp:
        return "dossier"
    return "vergissing" if f.uitkomst == "vergissing" else "gesprek"


def wissen_vanaf(soort: str, laatst: datetime, beleid: Bewaarbeleid) -> date | None:
    """The first day on which a casus of this kind may be erased, its last change being at `laatst`: the day after the last
    day of its term. None for a kind that never falls due."""
    if soort not in VAN_EEN_CASUS:
        return None
    return beleid.termijn(soort).na(lokaal(laatst).date()) + timedelta(days=1)
