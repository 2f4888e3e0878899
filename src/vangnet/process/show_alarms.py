# SPDX-License-Identifier: EUPL-1.2
"""What sounds now: the deadlines that near or have passed and about which the own organisation was warned, who was warned how, and
whether the loop that warns lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, lopend, zicht
from vangnet.clocks.models import Alarm, Einde, Waarschuwing
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.escalatie import Escalatie, sport_op

from . import current_register
from .escalate import MIST
from .weigeringen import GeenRecht, NietBetrokken

MERK = "alarm.inzien"
ETMAAL = timedelta(hours=24)
HOOGUIT = 1000
"""Alarms on one page at most; what runs comes before what is over."""
LEEFT = (
    "select coalesce(max(op) > now() - interval '45 seconds', false), max(op),"
    " coalesce(sum(fouten) filter (where op > now() - interval '45 seconds'), 0) from clocks_hartslag"
)
"""SQL for whether the loop lives, its last sign of life, and how often something went wrong. After 45 seconds without a sign it
counts as stopped, and every screen says so."""


@dataclass(frozen=True)
class Stap:
    """One rung as it went, to one person or organisation."""

    op: datetime
    wie: str
    """eigenaar, coordinator, achterwacht or bellijst."""
    naam: str
    """Who was meant: a person, else the organisation."""
    wegen: tuple[str, ...]
    mist: tuple[str, ...]
    """What could not go out, each as a sentence."""


@dataclass(frozen=True)
class Alarmregel:
    """One alarm, as far as the asker may see it."""

    id: UUID
    casus_id: UUID
    nummer: str
    kind: str
    """The children by name; empty where only a profile is in sight."""
    wat: str
    uiterlijk: datetime
    hele_dag: bool
    begonnen_op: datetime
    strekking: str
    regels: tuple[str, ...]
    soort: str
    """nadert or verstreken."""
    op: datetime
    voor_mij: bool
    bij_ons: bool
    """The own organisation was warned, so somebody of it can say that he has it."""
    luid: bool
    """It sounds on the screen of the asker."""
    stappen: tuple[Stap, ...]
    straks_op: datetime | None
    """When the next rung goes, if nobody answers."""
    straks: str
    """Who that is: coordinator, achterwacht or bellijst; empty at the end."""
    einde: str
    """bevestigd, gedaan, verplaatst, vervallen or gehoord; empty while it runs."""
    einde_op: datetime | None
    door: str
    oefening: bool

    @property
    def klok(self) -> dict[str, Any]:
        """As a clock is shown."""
        return {
            "sleutel": str(self.id), "wat": self.wat, "begonnen_op": self.begonnen_op.isoformat(), "uiterlijk": self.uiterlijk.isoformat(),
            "hele_dag": self.hele_dag, "strekking": self.strekking, "eigenaar": "", "regels": list(self.regels), "open_vraag": "", "reden": "",
        }  # fmt: skip


@dataclass(frozen=True)
class Wekkerstand:
    """Whether the loop lives."""

    op: datetime | None
    """Its last sign of life; None when there never was one."""
    stil: bool
    fouten: int


@dataclass(frozen=True)
class Alarmen:
    """What sounds now."""

    nu: tuple[Alarmregel, ...]
    geweest: tuple[Alarmregel, ...]
    """What ended in the last 24 hours; empty unless asked for."""
    wekker: Wekkerstand

    @property
    def luid(self) -> tuple[Alarmregel, ...]:
        """Those that sound on the screen of the asker."""
        return tuple(een for een in self.nu if een.luid)


@asks
def show_alarms(
    actor: Actor, op: datetime, geweest: bool = False, noteer: bool = False, casus_id: UUID | None = None
) -> Alarmen:
    """What sounds at `op` for the organisation of the asker: his own first, then what passed before what nears, the oldest on top.
    Of one casus (`casus_id`): all that ever went off there, whoever was warned. `noteer` writes a line in the log; the bar of
    every page leaves it out, as it shows less than the board that was looked at.

    Errors: `GeenRecht`; `NietBetrokken` for a casus of which deadlines are not in sight."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    mee = {id_: eigen.delen for id_, eigen in lopend(actor, op).items()}
    if casus_id is not None:
        mee = {casus_id: delen(actor, casus_id, op)}
        if "klokken" not in zicht(actor.rol, mee[casus_id]):
            raise NietBetrokken()
    gezocht = Alarm.objects.filter(casus_id=casus_id)
    if casus_id is None:
        bij_ons = Waarschuwing.objects.filter(organisatie_id=actor.organisatie_id, casus_id__in=list(mee))
        wanneer = Q(einde_op=None)
        if geweest:
            wanneer |= Q(einde_op__gt=op - ETMAAL) & ~Q(einde=Einde.GEHOORD)
        gezocht = Alarm.objects.filter(wanneer, id__in=bij_ons.values("alarm_id"))
    lopend_eerst = F("einde_op").desc(nulls_first=True)
    rijen = list(gezocht.select_related("klok", "casus", "door").order_by(lopend_eerst, "-op", "id")[:HOOGUIT])
    stappen: dict[UUID, list[Waarschuwing]] = {}
    for w in (
        Waarschuwing.objects.filter(alarm_id__in=[a.id for a in rijen])
        .select_related("organisatie", "medewerker")
        .order_by("op", "id")
    ):
        stappen.setdefault(w.alarm_id, []).append(w)
    regels = []
    for a in rijen:
        ziet = zicht(actor.rol, mee[a.casus_id])
        if "klokken" in ziet and deel_van_klok(a.klok.sleutel) in ziet:
            regels.append(_regel(actor, a, stappen.get(a.id, []), ziet))
    nu = sorted(
        (r for r in regels if not r.einde),
        key=lambda r: (not r.luid, not r.voor_mij, r.soort == "nadert", r.uiterlijk, r.id),
    )
    if noteer:
        log.note(actor, "inzien", "alarm", op, casus_id, toelichting=f"{len(regels)} alarmen")
    return Alarmen(tuple(nu), tuple(r for r in regels if r.einde), wekker_now())


def _regel(actor: Actor, a: Alarm, stappen: Sequence[Waarschuwing], ziet: frozenset[str]) -> Alarmregel:
    klok, casus = a.klok, a.casus
    van_mij = [
        w
        for w in stappen
        if w.organisatie_id == actor.organisatie_id and w.medewerker_id in (None, actor.medewerker_id)
    ]
    kinderen: Iterable[Mapping[str, Any]] = casus.beeld.get("kinderen", ()) if "kern" in ziet else ()
    ladder = escalatie_van(casus.regio).van(a.ladder)
    return Alarmregel(
        a.id, a.casus_id, casus.nummer, ", ".join(k["naam"] for k in kinderen if k.get("naam")), klok.wat, klok.uiterlijk, klok.hele_dag,
        klok.begonnen_op, klok.strekking, tuple(klok.regels), a.soort, a.op, bool(van_mij),
        any(w.organisatie_id == actor.organisatie_id for w in stappen),
        a.einde_op is None and any("geluid" in w.wegen for w in van_mij), tuple(_stap(w) for w in stappen),
        a.volgende_op and sport_op(ladder, a.sport, a.op), ladder.sporten[a.sport].wie if a.volgende_op and a.sport < len(ladder.sporten) else "",
        a.einde, a.einde_op, a.door.naam if a.door else "", casus.oefening,
    )  # fmt: skip


def _stap(w: Waarschuwing) -> Stap:
    naam = w.medewerker.naam if w.medewerker else w.organisatie.naam
    return Stap(w.op, w.wie, naam, tuple(w.wegen), tuple(MIST[woord] for woord in w.mist.split() if woord in MIST))


def escalatie_van(regio: str) -> Escalatie:
    """The ladders of a region."""
    return current_register().escalatie(regio)


def wekker_now() -> Wekkerstand:
    """Whether the loop lives, by the clock of the database: both its sign of life and this question are timed there."""
    with connection.cursor() as cursor:
        cursor.execute(LEEFT)
        leeft, op, fouten = cursor.fetchone()
    return Wekkerstand(op, not leeft, int(fouten))
