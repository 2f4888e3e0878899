# SPDX-License-Identifier: EUPL-1.2
"""Is this family known: while somebody is on the phone, and without telling more than he may know.

One narrow function reads across all casussen of a region. A casus that the own organisation takes part in comes back with
a first name, age and number; of any other only who leads it, to call. No address, no reason, no name ever leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.rules.kalender import lokaal

from .dossier import casussen_van
from .invoer import Onleesbaar, burgerservicenummer, geboren
from .leeftijd import duration_between
from .weigeringen import GeenRecht

MERK = "gezin.herkennen"
MINSTE_CIJFERS = 8
MINSTE_KLANK = 2
HOOGUIT = 5


@dataclass(frozen=True)
class Bekend:
    """A casus that may be of this family."""

    sterk: bool
    """Whether more than the sound of a surname fits."""
    waaraan: tuple[str, ...]
    """What fits: bsn, geboren, telefoon, klank."""
    casus_id: UUID | None = None
    nummer: str = ""
    naam: str = ""
    """First name and initial."""
    leeftijd: int | None = None
    leeftijd_duur: str = ""
    """The same as a duration (`process.leeftijd`); empty when it is not known."""
    gesloten_op: datetime | None = None
    bel: str = ""
    """The organisation to call, for a casus that is not for the own organisation to see."""
    telefoon: str = ""

    @property
    def lopend(self) -> bool:
        """Whether it is a running casus that the own organisation takes part in."""
        return self.casus_id is not None and self.gesloten_op is None


class Zoekvraag(NamedTuple):
    """What was typed, made comparable; empty where it was not, or not enough."""

    bsn: str = ""
    cijfers: str = ""
    geboren: date | None = None
    voornaam: str = ""
    klank: str = ""


@asks
def find_family(actor: Actor, op: datetime, getypt: Mapping[str, str], melding_id: UUID | None = None) -> list[Bekend]:
    """Casussen of the region that may be of the family of `getypt` (bsn, telefoon, voornaam, achternaam, geboren), the
    surest first, without that of the call itself. Every search is a line in the log, without what was typed.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    vraag = _vraag(getypt)
    if not any((vraag.bsn, vraag.cijfers, vraag.geboren and vraag.voornaam, vraag.klank)):
        return []
    eigen = casussen_van([melding_id]).get(melding_id) if melding_id else None
    rijen = _zoek(actor, vraag, eigen)
    log.note(actor, "zoeken", "gezin", op, toelichting=", ".join(n for n in Zoekvraag._fields if getattr(vraag, n)))
    gezien: set[Any] = set()
    uit: list[Bekend] = []
    for rij in rijen:
        een = _bekend(rij, op)
        sleutel = een.casus_id or een.bel
        if sleutel not in gezien and len(uit) < HOOGUIT:
            gezien.add(sleutel)
            uit.append(een)
    return uit


def _vraag(getypt: Mapping[str, str]) -> Zoekvraag:
    try:
        bsn = burgerservicenummer(getypt.get("bsn", ""))
    except Onleesbaar:
        bsn = ""
    try:
        dag = geboren(getypt.get("geboren", ""))[0]
    except Onleesbaar:
        dag = None
    cijfers = cijfers_van(getypt.get("telefoon", "")[:60])
    klank = klank_van(getypt.get("achternaam", "")[:80])
    return Zoekvraag(
        bsn,
        cijfers if len(cijfers) >= MINSTE_CIJFERS else "",
        dag,
        getypt.get("voornaam", "").strip()[:80].casefold(),
        klank if len(klank) >= MINSTE_KLANK else "",
    )


def _zoek(actor: Actor, vraag: Zoekvraag, eigen: UUID | None) -> list[tuple[Any, ...]]:
    """The one question over the bounds of betrokkenheid: a function of the database, which gives away no more than this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from vangnet_bekend(%s, %s, %s, %s, %s, %s, %s)",
            [vraag.bsn, vraag.cijfers, vraag.geboren, vraag.voornaam, vraag.klank, actor.regio, eigen],
        )
        return cursor.fetchall()


def _bekend(rij: tuple[Any, ...], op: datetime) -> Bekend:
    te_zien, waaraan, kracht, casus_id, nummer, voor, letter, dag, jaren, duur, begonnen, gesloten, bel, telefoon = rij
    if not te_zien:
        return Bekend(kracht > 1, tuple(waaraan), bel=bel or "", telefoon=telefoon or "")
    if dag is not None:
        nu = lokaal(op).date()
        jaren = nu.year - dag.year - ((nu.month, nu.day) < (dag.month, dag.day))
        duur = duration_between(dag, nu)
    elif jaren is not None and begonnen is not None:
        verder = lokaal(op).year - lokaal(begonnen).year
        jaren += verder
        duur = duur if duur and not verder else f"P{jaren}Y"
    naam = f"{voor} {letter.upper()}." if voor and letter else voor or (f"{letter.upper()}." if letter else "")
    return Bekend(kracht > 1, tuple(waaraan), casus_id, nummer, naam, jaren, duur or "", gesloten)
