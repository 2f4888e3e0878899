# SPDX-License-Identifier: EUPL-1.2
"""How long what is kept, for who watches over it: counts per kind, what falls due, what is on hold, what was erased. By number
only; of a family there is nothing here. Looking leaves a line in the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.weigering import Weigering
from vangnet.casework.models import Bewaarstop, Grafsteen, Wisopdracht
from vangnet.rules.bewaren import (
    CONCEPT,
    OPEN,
    VAN_EEN_CASUS,
    Bewaarfeiten,
    Bewaarkeuze,
    Bewaarsoort,
    Bewaartermijn,
    bewaarsoort,
    wissen_vanaf,
)
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from . import current_register
from .order_erasure import GRONDEN, OPDRAGEN, STOP
from .weigeringen import GeenRecht

MERK = "bewaren.inzien"
VOORUIT = 90
"""Days that the page looks ahead."""
WEKEN = 13
HOOGUIT = 200
"""Lines of each list; more are counted."""
GROND = GRONDEN | {"termijn": T("De termijn is voorbij"), "opnieuw": T("Opnieuw gewist na een herstel")}
NAAM = {
    "dossier": T("Dossier van hulp"),
    "gesprek": T("Gesprek zonder hulp"),
    "vergissing": T("Per vergissing begonnen"),
    "oefening": T("Oefencasus"),
    "account": T("Account van wie weg is"),
    "ontvangst": T("Antwoorden aan systemen"),
    "log": T("Het log van wie keek"),
}
"""Every kind that has a term, in words."""


class Gewist(Weigering):
    """Dit dossier is gewist. Alleen dat het er was en wanneer het gewist is, staat nog vast.

    `details`: op, grond."""


@dataclass(frozen=True)
class Soortregel:
    """One kind: how long it stays and on whose authority, and how many casussen there are of it."""

    soort: Bewaarsoort
    naam: str
    termijn: Bewaartermijn
    keuze: Bewaarkeuze | None
    """What the region chose itself."""
    aantal: int
    rijp: int
    """How many of them may be erased now."""


@dataclass(frozen=True)
class Wachtend:
    """A casus that falls due, by its number."""

    nummer: str
    soort: str
    naam: str
    vanaf: date
    gestopt: bool
    nu: bool
    """Whether the day has come."""


@dataclass(frozen=True)
class Weekbalk:
    """How many fall due in one week; the first one holds what is due already."""

    begin: date
    aantal: int


@dataclass(frozen=True)
class Opdrachtregel:
    """An order to erase that was not carried out yet."""

    id: UUID
    nummer: str
    grond: str
    reden: str
    op: datetime
    door: str
    bevestigd_op: datetime | None
    bevestigd_door: str
    eigen: bool
    """Whether the asker gave it himself: then another confirms it."""


@dataclass(frozen=True)
class Stopregel:
    """A casus that nobody erases."""

    nummer: str
    reden: str
    gevraagd_door: str
    op: datetime
    door: str


@dataclass(frozen=True)
class Steen:
    """What was erased."""

    nummer: str
    op: datetime
    grond: str
    soort: str
    rijen: int
    opgedragen: str
    bevestigd: str
    uitgevoerd: str
    beleid: date


@dataclass(frozen=True)
class Bewaarbeeld:
    """The page."""

    geldig_vanaf: date
    soorten: tuple[Soortregel, ...]
    naast: tuple[Soortregel, ...]
    """What is kept beside casussen: accounts, answers to systems, the log; not counted."""
    open: int
    concept: int
    """Open without any finished melding: never erased by itself, so somebody must close it."""
    wachtend: tuple[Wachtend, ...]
    meer: int
    """How many more fall due than the list shows."""
    rijp: int
    weken: tuple[Weekbalk, ...]
    stops: tuple[Stopregel, ...]
    opdrachten: tuple[Opdrachtregel, ...]
    stenen: tuple[Steen, ...]
    gewist: int
    mag_stoppen: bool
    mag_opdragen: bool


@asks
def show_bewaren(actor: Actor, op: datetime) -> Bewaarbeeld:
    """The page for a region. Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    dag = lokaal(op).date()
    beleid = current_register().bewaren(actor.regio, dag)
    per: Counter[str] = Counter()
    rijp: Counter[str] = Counter()
    wachtend: list[Wachtend] = []
    for nummer, feiten, laatst, gestopt in _facts():
        soort = bewaarsoort(feiten)
        per[soort] += 1
        vanaf = wissen_vanaf(soort, laatst, beleid)
        if vanaf is None or vanaf > dag + timedelta(days=VOORUIT):
            continue
        nu = vanaf <= dag
        rijp[soort] += nu and not gestopt
        wachtend.append(Wachtend(nummer, soort, NAAM[soort], vanaf, gestopt, nu))
    wachtend.sort(key=lambda w: (w.vanaf, w.nummer))
    regels = [
        Soortregel(s, NAAM[s.sleutel], beleid.termijn(s.sleutel), beleid.keuzes.get(s.sleutel), per[s.sleutel], rijp[s.sleutel])
              for s in beleid.soort]  # fmt: skip
    stenen = Grafsteen.objects.filter(regio=actor.regio)
    log.note(actor, "inzien", "bewaren", op)
    return Bewaarbeeld(
        beleid.geldig_vanaf,
        tuple(r for r in regels if r.soort.sleutel in VAN_EEN_CASUS),
        tuple(r for r in regels if r.soort.sleutel not in VAN_EEN_CASUS),
        per[OPEN] + per[CONCEPT],
        per[CONCEPT],
        tuple(wachtend[:HOOGUIT]),
        max(0, len(wachtend) - HOOGUIT),
        sum(rijp.values()),
        _weeks(wachtend, dag),
        _holds(actor),
        _orders(actor),
        _stones(list(stenen[:HOOGUIT])),
        stenen.count(),
        may(actor.rol, STOP),
        may(actor.rol, OPDRAGEN),
    )


@asks
def erased(actor: Actor, op: datetime, casus_id: UUID) -> Gewist | None:
    """That a casus was erased, for people of an organisation that took part in it until then; None for everybody else, and
    for a casus that never was."""
    steen = Grafsteen.objects.filter(casus_id=casus_id, organisaties__contains=[actor.organisatie_id]).first()
    if steen is None:
        return None
    log.note(actor, "inzien", "casus", op, casus_id, toelichting="gewist")
    return Gewist(op=steen.gewist_op, grond=GROND.get(steen.grond, steen.grond))


def _facts() -> list[tuple[str, Bewaarfeiten, datetime, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nummer, oefening, gesloten, uitkomst, hulp, afgerond, laatst, gestopt from vangnet_bewaren_toezicht()"
        )
        return [
            (nummer, Bewaarfeiten(*feiten), laatst, gestopt) for nummer, *feiten, laatst, gestopt in cursor.fetchall()
        ]


def _weeks(wachtend: list[Wachtend], dag: date) -> tuple[Weekbalk, ...]:
    """What falls due per week from today on; the past counts in the first."""
    per = Counter(min(max(0, (w.vanaf - dag).days // 7), WEKEN - 1) for w in wachtend if not w.gestopt)
    return tuple(Weekbalk(dag + timedelta(weeks=n), per[n]) for n in range(WEKEN))


def _holds(actor: Actor) -> tuple[Stopregel, ...]:
    rijen = Bewaarstop.objects.filter(regio=actor.regio, opgeheven_op__isnull=True).select_related("door")
    return tuple(Stopregel(s.nummer, s.reden, s.gevraagd_door, s.op, s.door.naam) for s in rijen[:HOOGUIT])


def _orders(actor: Actor) -> tuple[Opdrachtregel, ...]:
    rijen = Wisopdracht.objects.filter(regio=actor.regio, ingetrokken_op__isnull=True).select_related(
        "opgedragen_door", "bevestigd_door"
    )
    return tuple(
        Opdrachtregel(
            o.id, o.nummer, GROND[o.grond], o.reden, o.opgedragen_op, o.opgedragen_door.naam, o.bevestigd_op,
            o.bevestigd_door.naam if o.bevestigd_door else "", o.opgedragen_door_id == actor.medewerker_id,
        )
        for o in rijen[:HOOGUIT]
    )  # fmt: skip


def _stones(stenen: list[Grafsteen]) -> tuple[Steen, ...]:
    wie = {s.opgedragen_door for s in stenen} | {s.bevestigd_door for s in stenen}
    mensen = dict(Medewerker.objects.filter(id__in=wie - {None}).values_list("id", "naam"))
    return tuple(
        Steen(
            s.nummer, s.gewist_op, GROND.get(s.grond, s.grond), NAAM.get(s.soort, s.soort), sum(s.rijen.values()),
            mensen.get(s.opgedragen_door, "") if s.opgedragen_door else "",
            mensen.get(s.bevestigd_door, "") if s.bevestigd_door else "", s.uitgevoerd_door, s.beleid,
        )
        for s in stenen
    )  # fmt: skip
