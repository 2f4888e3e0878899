# SPDX-License-Identifier: EUPL-1.2
"""Who is warned about a deadline, when and how: a ladder per kind of deadline. Pure; asked with a moment.

The five sources give deadlines and say who must act; none says who is warned when nobody acts. So the ladder is Vangnet's own
choice, from which a region may depart in its own folder. It is never an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from .bron import STRIKT, ZACHT
from .kalender import lokaal
from .tekst import AMSTERDAM

Klokkind = Literal["uur", "dag", "zacht"]
"""`uur`: hard, with an hour. `dag`: hard, to the end of a day. `zacht`: a streefnorm or softer, which is said, not sounded."""
Wie = Literal["eigenaar", "coordinator", "achterwacht", "bellijst"]
"""Who a rung is for: the organisation that must act, the coordinator of the shift, the line behind it, or everybody on the
shift with the phone list."""
Weg = Literal["scherm", "geluid", "mail", "sein"]
"""How: on the screen, with sound, by mail, or through the region's SMS or voice gateway."""


@dataclass(frozen=True, slots=True)
class Sport:
    """One rung: who is warned how, so many minutes after the deadline passed."""

    __pydantic_config__ = STRIKT

    na: int
    """Minuten nadat de termijn verstreek."""
    wie: Wie
    """Wie gewaarschuwd wordt."""
    wegen: tuple[Weg, ...]
    """Hoe."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """What happens around one kind of deadline: a word beforehand to the owner, and the rungs once it has passed."""

    __pydantic_config__ = STRIKT

    soort: Klokkind
    """Voor welke termijnen."""
    vooraf: int
    """Zo veel minuten voor de termijn hoort de eigenaar het al; 0 is niet. Bij een dag: minuten voor het einde van die dag."""
    sporten: tuple[Sport, ...]
    """Van de eerste tot de laatste."""


@dataclass(frozen=True, slots=True)
class Escalatie:
    """The ladders of a region, and whose choice they are."""

    __pydantic_config__ = STRIKT

    ladder: tuple[Ladder, ...]
    """Elke soort één keer."""
    door: str
    """Wie dit koos."""
    op: date
    """Op welke dag."""
    reden: str
    """Waarom zo."""
    eigen: bool = False
    """Waar als de regio dit zelf koos."""
    fictief: bool = False
    """Waar als de keuze voor de demo verzonnen is."""

    def van(self, soort: str) -> Ladder:
        """The ladder for a kind of deadline. Raises KeyError for an unknown one."""
        for een in self.ladder:
            if een.soort == soort:
                return een
        raise KeyError(soort)


def klokkind(strekking: str, hele_dag: bool) -> Klokkind:
    """The kind of a deadline by its force and whether it ends with a day. A force that is not known counts as hard."""
    if strekking in ZACHT:
        return "zacht"
    return "dag" if hele_dag else "uur"


def vooraf_op(ladder: Ladder, begonnen: datetime, uiterlijk: datetime) -> datetime | None:
    """When the owner hears that a deadline nears: so long before it, and for one that is shorter than twice that, halfway.
    None when the ladder has no word beforehand, or the deadline no length."""
    if not ladder.vooraf or uiterlijk <= begonnen:
        return None
    voor = timedelta(minutes=ladder.vooraf)
    if ladder.soort == "dag":
        return (
            datetime.combine(lokaal(uiterlijk).date(), time(), AMSTERDAM) - voor
            if uiterlijk - begonnen > voor
            else None
        )
    return uiterlijk.astimezone(UTC) - min(voor, (uiterlijk - begonnen) / 2)


def sport_op(ladder: Ladder, nummer: int, verstreken_op: datetime) -> datetime | None:
    """When rung `nummer` (0 is the first) fires, if nobody answered; None beyond the last. Minutes are counted as they pass,
    also in the nights in which the clock is changed."""
    if nummer >= len(ladder.sporten):
        return None
    return verstreken_op.astimezone(UTC) + timedelta(minutes=ladder.sporten[nummer].na)
