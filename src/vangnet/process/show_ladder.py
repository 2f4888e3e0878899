# SPDX-License-Identifier: EUPL-1.2
"""The ladders of a region, and what in them cannot fire: hours in which nobody has a duty that they count on, people without an address,
ways that are not set up. Said beforehand, by day, and not found out at night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Soort
from vangnet.access.rechten import may
from vangnet.capacity.models import Dienst
from vangnet.messages import outbox
from vangnet.rules.escalatie import Escalatie
from vangnet.rules.tekst import T

from .show_alarms import escalatie_van
from .weigeringen import GeenRecht

MERK = "ladder.inzien"
VOORUIT = timedelta(days=7)
DEKT: dict[str, tuple[str, ...]] = {
    "eigenaar": ("voorwacht", "coordinator"),
    "coordinator": ("coordinator",),
    "achterwacht": ("achterwacht",),
}
"""Per rung that people with duty are warned by: the duties that cover it."""
NIEMAND: dict[str, str] = {
    "eigenaar": T("Niemand heeft dienst aan de deur"),
    "coordinator": T("Geen coördinator"),
    "achterwacht": T("Geen achterwacht"),
}
Spanne = tuple[datetime, datetime]


@dataclass(frozen=True)
class Gat:
    """Hours of the roster in which a rung reaches nobody."""

    wie: str
    wat: str
    """Who is missing, as a sentence."""
    van: datetime
    tot: datetime


@dataclass(frozen=True)
class Ladderbeeld:
    """The ladders with what is wrong with them."""

    escalatie: Escalatie
    dienst: str
    """The crisis service whose roster was looked at."""
    gaten: tuple[Gat, ...]
    zonder: tuple[tuple[str, str], ...]
    """People with duty who cannot be reached in a way that the ladder names: name, and what is missing (mail or sein)."""
    uit: tuple[str, ...]
    """Ways that the ladder names and that are not set up here: mail, sein."""

    @property
    def klopt(self) -> bool:
        """Whether every rung can fire in the days looked at."""
        return not (self.gaten or self.zonder or self.uit)


def show_ladder(actor: Actor, op: datetime, vooruit: timedelta = VOORUIT) -> tuple[Ladderbeeld, ...]:
    """Of the own crisis service, for who manages the region of every one in it. No casus is read. Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    if actor.soort == Soort.CRISISDIENST:
        return (_beeld(actor.regio, actor.organisatie_id, actor.organisatie, op, op + vooruit),)
    huizen = Organisatie.objects.filter(regio=actor.regio, soort=Soort.CRISISDIENST, actief=True).order_by("naam")
    return tuple(_beeld(een.regio, een.id, een.naam, op, op + vooruit) for een in huizen)


def _beeld(regio: str, dienst_id: UUID, naam: str, van: datetime, tot: datetime) -> Ladderbeeld:
    escalatie = escalatie_van(regio)
    sporten = [sport for ladder in escalatie.ladder for sport in ladder.sporten]
    diensten = list(
        Dienst.objects.select_related("medewerker")
        .filter(organisatie_id=dienst_id, tot__gt=van, van__lt=tot, medewerker__is_active=True)
        .order_by("van", "id")
    )
    gaten = [
        Gat(wie, NIEMAND[wie], begin, einde)
        for wie, taken in DEKT.items()
        if any(sport.wie == wie for sport in sporten)
        for begin, einde in uncovered([(d.van, d.tot) for d in diensten if d.taak in taken], van, tot)
    ]
    buiten = {weg for sport in sporten for weg in sport.wegen if weg in ("mail", "sein")}
    kanalen = outbox.reachable(regio)
    nodig = {taak for wie, taken in DEKT.items() if any(sport.wie == wie for sport in sporten) for taak in taken}
    zonder = {
        (d.medewerker.naam, weg)
        for d in diensten
        if d.taak in nodig
        for weg, adres in (("mail", d.medewerker.email), ("sein", d.medewerker.telefoon))
        if weg in buiten and kanalen[weg] and not adres
    }
    uit = tuple(sorted(weg for weg in buiten if not kanalen[weg]))
    return Ladderbeeld(escalatie, naam, tuple(sorted(gaten, key=lambda g: (g.van, g.wie))), tuple(sorted(zonder)), uit)


def uncovered(spannen: Iterable[Spanne], van: datetime, tot: datetime) -> list[Spanne]:
    """The parts of a stretch of time that no span covers; spans are half open and may overlap."""
    uit = []
    zo_ver = van
    for begin, einde in sorted(spannen):
        if begin > zo_ver:
            uit.append((zo_ver, min(begin, tot)))
        zo_ver = max(zo_ver, einde)
        if zo_ver >= tot:
            return uit
    if zo_ver < tot:
        uit.append((zo_ver, tot))
    return uit
