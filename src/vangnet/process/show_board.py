# SPDX-License-Identifier: EUPL-1.2
"""The live board of the shift: every open casus in which the own organisation takes part, from the strip kept on it.

No joins and no dossiers: one statement for what may be seen, one for the casussen, one for who is on duty, one for the
signals. What a strip shows is cut to the parts in sight, so an organisation that was only asked something sees an age.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection
from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import WIE_WANNEER, Eigen, betrokken_van, lopend, zicht
from vangnet.casework.models import Aanbod
from vangnet.casework.stand import STANDEN
from vangnet.conf.compiled import Compiled
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import binnen_kantoortijd, lokaal, ruim_binnen_kantoortijd
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM

from . import current_register
from .beeld import clocks_in_sight
from .duty import Wacht, who_is_on
from .weigeringen import GeenRecht

MERK = "bord.inzien"
HOOGUIT = 100
"""Strips on a page until somebody asks for all."""
EEN_DAG = timedelta(days=1)
OPGEPAKT_BLIJFT = timedelta(hours=12)
"""How long a signal that was taken up stays on the card."""
NU_BEZIG = ("melding", "triage", "inschatting", "onderweg", "ter_plaatse", "hulp_kiezen")
"""Stands in which somebody of the service is at work this minute (ours)."""
ZACHT = frozenset({"streefnorm", "bij voorkeur", "kan", "in principe"})
"""Forces of which the passing with a reason on record asks no decision any more."""
VOORBIJ = frozenset({"geen_crisis", "afronden", "gesloten"})
"""Stands in which where the child sleeps is no question for tonight."""
GROEPEN = ("bezig", "besluit", "loopt")


@dataclass(frozen=True)
class Filters:
    """What of the board is asked for."""

    gemeente: str = ""
    stand: str = ""
    """A key of `STANDEN`."""
    van_mij: bool = False
    """Only what this person leads, took the call of, or is at the door for."""
    alleen_laat: bool = False
    oefening: bool = False
    """Whether practice casussen are shown too; they are always marked and never counted."""
    alles: bool = False


GEEN = Filters()


@dataclass(frozen=True, eq=False)
class Strip:
    """One casus on the board, no more of it than is in sight. Two that are equal look the same in the same minute."""

    casus_id: UUID
    nummer: str
    gemeente: str
    buiten: str
    """The municipality of the child when it lies outside the region."""
    groep: str
    """bezig, besluit or loopt."""
    stand: str
    kinderen: tuple[Mapping[str, Any], ...]
    """Per child `naam`, `leeftijd` (years), `duur` (`process.leeftijd`), `ongeboren`; without names for who sees a profile only."""
    regie: str
    regie_wie: str
    vannacht: tuple[Mapping[str, Any], ...] | None
    """Per child where it sleeps; None when that is not in sight."""
    slaapt_onbekend: int
    """Of how many children nobody wrote where they sleep tonight."""
    stap: Mapping[str, Any] | None
    nog: int
    klok: Mapping[str, Any] | None
    klokken: tuple[Mapping[str, Any], ...]
    laat: bool
    melding: Mapping[str, Any] | None
    rto: Mapping[str, Any] | None
    wie: str
    """Who is at the door."""
    vertrokken_op: datetime | None
    op_bezoek: bool
    niet_terug: datetime | None
    """When who is at the door should have been back; None while that is not passed."""
    bel: str
    """Whom to call then."""
    geheim: bool
    oefening: bool
    profiel: bool
    van_mij: bool
    gewijzigd_op: datetime
    stempel: tuple[Any, ...]
    """All that the sight of it hangs on, besides the clock on the wall; what is not in sight only as a digest."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Strip) and self.stempel == other.stempel

    def __hash__(self) -> int:
        return hash(self.stempel)

    @property
    def wacht(self) -> bool:
        """Whether it is a call that was put down and that nobody has taken."""
        return bool(self.melding and self.melding["geparkeerd_op"])

    @property
    def toestand(self) -> str:
        """How loud the strip is: is-telaat, is-dringend, is-nadert or empty."""
        if self.niet_terug:
            return "is-telaat"
        if self.slaapt_onbekend and self.stand not in ("melding", "triage"):
            return "is-dringend"
        return ""


@dataclass(frozen=True)
class Signaal:
    """A question of the night that the next working day begins with, and what the receiver did with it."""

    aan: str
    vanaf: datetime
    nummer: str
    kind: str
    casus_id: UUID
    geheim: bool
    gelezen_op: datetime | None = None
    gelezen_door: str = ""
    opgepakt_op: datetime | None = None
    opgepakt_door: str = ""


@dataclass(frozen=True)
class Punt:
    """Something in the next 24 hours: when, what kind, and about whom."""

    op: datetime
    soort: str
    """nu, dienst, signaal, rto, klok or dag."""
    wat: str
    wie: str = ""
    hele_dag: bool = False


@dataclass(frozen=True)
class Uur:
    """One hour of the next 24: when it begins, and whether it is inside office hours; None where nobody laid them down."""

    begin: datetime
    kantoor: bool | None


@dataclass(frozen=True)
class Bord:
    """The whole board at one moment."""

    op: datetime
    strips: tuple[Strip, ...]
    """Those that are shown, in order of their group."""
    niet_terug: tuple[Strip, ...]
    """Where somebody should have been back by now: all of them, whatever the filter."""
    meldingen: tuple[Strip, ...]
    """The calls that nobody finished, parked ones first, the oldest on top; all of them too."""
    open: int
    bezig: int
    slaapt_onbekend: int
    laat: int
    oefeningen: int
    """Practice casussen that there are, shown or not."""
    weggelaten: int
    """Strips beyond the hundred that are not shown."""
    gemeenten: tuple[str, ...]
    standen: tuple[str, ...]
    """Those in which a casus stands now, in the order of the work."""
    besluit_tot: date
    """The next working day of the region: what is due by the end of it asks a decision."""
    filters: Filters
    diensten: tuple[Wacht, ...]
    signalen: tuple[Signaal, ...]
    uren: tuple[Uur, ...]
    punten: tuple[Punt, ...]
    regio: str
    versie: str
    """First day of the agreements that the tint of the hours comes from; empty when there are none."""
    kantoortijd_regels: tuple[str, ...]

    def groep(self, naam: str) -> list[Strip]:
        """The strips of one group."""
        return [s for s in self.strips if s.groep == naam]

    @property
    def rtos(self) -> list[Strip]:
        """Those with a meeting today or tomorrow, by its moment."""
        tot = datetime.combine(lokaal(self.op).date() + 2 * EEN_DAG, time(), AMSTERDAM)
        van = datetime.combine(lokaal(self.op).date(), time(), AMSTERDAM)
        uit = [(_moment(s.rto["gepland_op"]), s) for s in self.strips if s.rto]
        return [s for op, s in sorted(uit, key=lambda paar: (str(paar[0]), paar[1].nummer)) if op and van <= op < tot]


@asks
def show_board(actor: Actor, op: datetime, filters: Filters = GEEN, noteer: bool = True, wat: str = "bord") -> Bord:
    """The board as it stands at `op`. `noteer` writes the line in the log; a background refresh leaves it out, since it
    shows nobody anything that the first look did not.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    afspraken = _afspraken(actor.regio, op)
    werkdag = _volgende_werkdag(afspraken, op)
    mee = lopend(actor, op)
    tot = _einde_van(werkdag)
    alle = [_strip(actor, rij, mee[rij.id], op, tot) for rij in _open(mee)]
    echt = [s for s in alle if not s.oefening]
    telt = alle if filters.oefening else echt
    getoond = [s for s in alle if _past(s, filters)]
    getoond.sort(key=_volgorde)
    kant = getoond if filters.alles else getoond[:HOOGUIT]
    diensten = who_is_on(actor, op)
    signalen = _signalen(actor, op, alle)
    uren, versie, regels = _uren(afspraken, op)
    if noteer:
        log.note(actor, "inzien", wat, op, toelichting=f"{len(kant)} casussen")
    return Bord(
        op,
        tuple(kant),
        tuple(s for s in telt if s.niet_terug),
        tuple(
            sorted((s for s in telt if s.melding), key=lambda s: (not s.wacht, s.melding["op"] if s.melding else ""))
        ),
        len(echt),
        sum(s.groep == "bezig" for s in echt),
        sum(s.slaapt_onbekend for s in echt),
        sum(s.laat for s in echt),
        len(alle) - len(echt),
        len(getoond) - len(kant),
        tuple(sorted({s.gemeente for s in alle if s.gemeente})),
        tuple(stand for stand in STANDEN if any(s.stand == stand for s in alle)),
        werkdag,
        filters,
        diensten,
        signalen,
        uren,
        tuple(_punten(op, kant, diensten, signalen)),
        actor.regio,
        versie,
        regels,
    )


class Rij(NamedTuple):
    """An open casus as the board reads it; `beeld` is the text of its strip."""

    id: UUID
    nummer: str
    gemeente: str
    buiten: str
    oefening: bool
    geheim: bool
    gewijzigd_op: datetime
    beeld: str


def _open(ids: Iterable[UUID]) -> list[Rij]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, nummer, gemeente, gemeente_buiten, oefening, geheim, gewijzigd_op, beeld::text from casework_casus"
            " where id = any(%s) and gesloten_op is null order by begonnen_op, id",
            [list(ids)],
        )
        return [Rij(*rij) for rij in cursor.fetchall()]


@lru_cache(maxsize=1024)
def _gelezen(beeld: str) -> tuple[Mapping[str, Any], bytes]:
    """A strip as data, and a digest that stands for it. A board is asked four times a minute and a strip changes a few
    times a day."""
    return json.loads(beeld), blake2b(beeld.encode()).digest()


def _past(s: Strip, f: Filters) -> bool:
    return (
        (f.oefening or not s.oefening)
        and (not f.gemeente or s.gemeente.casefold() == f.gemeente.casefold())
        and (not f.stand or s.stand == f.stand)
        and (not f.van_mij or s.van_mij)
        and (not f.alleen_laat or s.laat or s.niet_terug is not None)
    )


def _volgorde(s: Strip) -> tuple[Any, ...]:
    """Alarms first, then the group, then the loudest, then what is due first, then the number: the same every time."""
    uiterlijk = s.klok["uiterlijk"] if s.klok else "9999"
    return (GROEPEN.index(s.groep), s.niet_terug is None, not s.wacht, not s.slaapt_onbekend, uiterlijk, s.nummer)


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _stap(beeld: Mapping[str, Any], klokken: Sequence[Mapping[str, Any]], op: datetime) -> Mapping[str, Any] | None:
    """What is next: what the first clock asks once it is late or due within a day, else what the strip was kept with."""
    eerste = min((k for k in klokken if "stap" in k), key=lambda k: k["uiterlijk"], default=None)
    if eerste is not None and datetime.fromisoformat(eerste["uiterlijk"]) <= op + EEN_DAG:
        return cast(Mapping[str, Any], eerste["stap"])
    return beeld.get("stap")


def _strip(actor: Actor, rij: Rij, eigen: Eigen, op: datetime, tot: datetime) -> Strip:
    beeld, digest = _gelezen(rij.beeld)
    ziet = zicht(actor.rol, eigen.delen)
    kern = "kern" in ziet
    plaats = kern and (not rij.geheim or "adres" in ziet)
    stand = beeld.get("stand", "melding")
    klokken = clocks_in_sight(beeld, ziet)
    klok = _eerste(klokken, op, tot)
    laat = any(_laat(k, op) for k in klokken)
    kinderen = tuple(beeld.get("kinderen", ()))
    plekken = tuple(beeld.get("vannacht", ())) if {"gezin", "inzet"} <= ziet else None
    if rij.geheim and plekken is not None:
        plekken = tuple({**plek, "waar": ""} for plek in plekken)
    onbekend = 0
    if plekken is not None and stand not in VOORBIJ:
        onbekend = sum(plek["soort"] == "onbekend" for plek in plekken) if plekken else 1
    terug = _moment(beeld.get("terug_verwacht_op")) if "inschatting" in ziet else None
    niet_terug = terug if terug is not None and terug <= op else None
    melding = _open_melding(actor, beeld.get("melding")) if "melding" in ziet else None
    wie = beeld.get("wie", "") if "inschatting" in ziet else ""
    bezig = stand in NU_BEZIG or niet_terug is not None
    geschil = "taken" in ziet and bool(beeld.get("geschil"))  # Who leads is disputed: that is to be decided now.
    besluit = laat or geschil or any(_nu_of_zo(k, op, tot) for k in klokken)
    groep = "bezig" if bezig else "besluit" if besluit else "loopt"
    stap = _stap(beeld, klokken, op) if kern else None
    van_mij = eigen.van_mij or bool(melding and melding["van_mij"]) or actor.naam.casefold() in wie.casefold()
    stempel = (
        rij.id, rij.nummer, rij.gemeente if plaats else "", rij.buiten if plaats else "", rij.oefening, rij.geheim,
        rij.gewijzigd_op, digest, ziet, actor.organisatie_id,  # the row and the sight; what moment and person make of them:
        groep, laat, niet_terug, van_mij, bool(melding and melding["van_mij"]),
        klok["sleutel"] if klok else "", stap["wat"] if stap else "",
    )  # fmt: skip
    return Strip(
        casus_id=rij.id,
        nummer=rij.nummer,
        gemeente=rij.gemeente if plaats else "",
        buiten=rij.buiten if plaats else "",
        groep=groep,
        stand=stand,
        kinderen=kinderen if kern else tuple({**kind, "naam": ""} for kind in kinderen),
        regie=beeld.get("regie", "") if "regie" in ziet else "",
        regie_wie=beeld.get("regie_wie", "") if "regie" in ziet else "",
        vannacht=plekken,
        slaapt_onbekend=onbekend,
        stap=stap,
        nog=beeld.get("nog", 0) if kern else 0,
        klok=klok,
        klokken=klokken,
        laat=laat,
        melding=melding,
        rto=beeld.get("rto") if "rto" in ziet else None,
        wie=wie,
        vertrokken_op=_moment(beeld.get("vertrokken_op")) if "inschatting" in ziet else None,
        op_bezoek=bool(beeld.get("op_bezoek")) and "inschatting" in ziet,
        niet_terug=niet_terug,
        bel=(beeld.get("bel_als_niet_terug") or beeld.get("wie") or "") if niet_terug else "",
        geheim=rij.geheim,
        oefening=rij.oefening,
        profiel=not kern,
        van_mij=van_mij,
        gewijzigd_op=rij.gewijzigd_op,
        stempel=stempel,
    )


def _open_melding(actor: Actor, melding: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The call of a strip while it is open and of the own service."""
    if not melding or melding["bij_id"] != str(actor.organisatie_id):
        return None
    return {**melding, "van_mij": melding["door_id"] == str(actor.medewerker_id)}


def _laat(klok: Mapping[str, Any], op: datetime) -> bool:
    """Whether a clock is late and still asks somebody: of a soft one a reason on record is enough."""
    voorbij = datetime.fromisoformat(klok["uiterlijk"]) <= op
    return voorbij and not (klok["strekking"] in ZACHT and klok["reden"])


is_late = _laat


def _nu_of_zo(klok: Mapping[str, Any], op: datetime, tot: datetime) -> bool:
    """Whether a clock still runs and ends before `tot`: the end of the next working day."""
    return op < datetime.fromisoformat(klok["uiterlijk"]) <= tot


def _eerste(klokken: Iterable[Mapping[str, Any]], op: datetime, tot: datetime) -> Mapping[str, Any] | None:
    """The clock that a strip shows: late and asking, then due by the next working day, then the first of the rest. So one
    that passed with a reason never hides one that is due."""

    def rang(klok: Mapping[str, Any]) -> tuple[int, datetime]:
        soort = 0 if _laat(klok, op) else 1 if _nu_of_zo(klok, op, tot) else 2
        return soort, datetime.fromisoformat(klok["uiterlijk"])

    return min(klokken, key=rang, default=None)


def _signalen(actor: Actor, op: datetime, alle: Iterable[Strip]) -> tuple[Signaal, ...]:
    """The signals of the own service that wait for the next working day, open casus or not; and for half a day those that were
    taken up."""
    strips = {s.casus_id: s for s in alle}
    rijen = _WACHT_NOG(actor.organisatie_id, actor.medewerker_id, op, op - OPGEPAKT_BLIJFT)
    return tuple(
        Signaal(aan, vanaf, nummer, _namen(strips.get(casus_id)), casus_id, geheim, gelezen, door or "", opgepakt, wie)
        for aan, vanaf, nummer, casus_id, geheim, gelezen, door, opgepakt, wie in rijen
    )


_WACHT_NOG = Compiled(
    lambda organisatie_id, medewerker_id, moment, sinds: (
        Aanbod.objects.filter(
            Q(beantwoord_op__isnull=True) | Q(beantwoord_op__gte=sinds),
            soort="signaal",
            antwoord__in=("", "aanvaard"),
            van_organisatie_id=organisatie_id,
            casus__oefening=False,
            casus_id__in=betrokken_van(organisatie_id, medewerker_id, moment).values("casus_id"),
        )
        .order_by("zichtbaar_vanaf", "aan_organisatie__naam", "id")
        .values_list(
            "aan_organisatie__naam", "zichtbaar_vanaf", "casus__nummer", "casus_id", "casus__geheim", "gelezen_op",
            "gelezen_door__naam", "beantwoord_op", "beantwoord_door",
        )
    ),
    *WIE_WANNEER,
    datetime(1999, 12, 31, tzinfo=UTC),
)  # fmt: skip


def _namen(strip: Strip | None) -> str:
    return ", ".join(kind["naam"] for kind in strip.kinderen if kind["naam"]) if strip else ""


def _afspraken(regio: str, op: datetime) -> Afspraken | None:
    """What the region agreed at this moment; None when there is nothing on file."""
    try:
        return current_register().op(regio, op)
    except Ongeldig:
        return None


def _volgende_werkdag(a: Afspraken | None, op: datetime) -> date:
    """The next working day by the region's own holidays; without agreements the next day."""
    vandaag = lokaal(op).date()
    return kalender_van(a).volgende_werkdag(vandaag) if a else vandaag + EEN_DAG


def _einde_van(dag: date) -> datetime:
    return datetime.combine(dag + EEN_DAG, time(), AMSTERDAM)


def _uren(a: Afspraken | None, op: datetime) -> tuple[tuple[Uur, ...], str, tuple[str, ...]]:
    """The next 24 hours, each inside or outside office hours by the agreements and holidays of the region."""
    begin = op.replace(minute=0, second=0, microsecond=0)
    hele = [begin + timedelta(hours=n) for n in range(24)]
    if a is None:
        return tuple(Uur(uur, None) for uur in hele), "", ()
    kalender = kalender_van(a)
    versie = a.regio.geldig_vanaf.isoformat()
    if a.kantoortijd is None:
        return tuple(Uur(uur, ruim_binnen_kantoortijd(uur, kalender)) for uur in hele), versie, ()
    tijd = a.kantoortijd
    return tuple(Uur(uur, binnen_kantoortijd(uur, tijd, kalender)) for uur in hele), versie, tuple(tijd.regels)


def _punten(
    op: datetime, strips: Iterable[Strip], diensten: Iterable[Wacht], signalen: Iterable[Signaal]
) -> list[Punt]:
    """What the next 24 hours bring, by moment."""
    tot = op.replace(minute=0, second=0, microsecond=0) + EEN_DAG
    uit = [Punt(op, "nu", "")]
    uit += [Punt(w.van, "dienst", w.taak, w.naam) for w in diensten if op < w.van < tot]
    uit += [Punt(s.vanaf, "signaal", s.aan, s.kind) for s in signalen if s.opgepakt_op is None]
    for s in strips:
        wie = _namen(s) or s.nummer
        if s.rto and not s.rto["gehouden_op"]:
            uit.append(Punt(datetime.fromisoformat(s.rto["gepland_op"]), "rto", "", wie))
        for klok in s.klokken:
            if klok["sleutel"] == "melding.signaal" or (klok["sleutel"] == "rto" and s.rto):
                continue
            uiterlijk = datetime.fromisoformat(klok["uiterlijk"])
            if klok["hele_dag"]:
                laatste = datetime.combine(lokaal(uiterlijk - timedelta(seconds=1)).date(), time(), AMSTERDAM)
                if uiterlijk > op:
                    uit.append(Punt(max(laatste, op), "dag", klok["wat"], wie, True))
            elif uiterlijk > op:
                uit.append(Punt(uiterlijk, "klok", klok["wat"], wie))
    return sorted((p for p in uit if op <= p.op < tot), key=lambda p: (p.op, p.soort != "nu", p.wie))
