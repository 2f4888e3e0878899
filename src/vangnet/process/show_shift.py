# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift, as it writes itself: what cannot wait, every open casus with what changed since the last one that
was received, what is due in twelve hours, and who has duty. And what an earlier one was."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, lopend, zicht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Gebeurtenis
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .hand_over_shift import GEEFT, INZIEN, NEEMT, TEKENEN, Getekend, OverdrachtOnbekend, on_the_list, signed, since
from .show_board import Bord, Filters, Punt, Strip, is_late, show_board
from .show_casus_verloop import event_in_words
from .verteller import Verteller
from .weigeringen import GeenRecht

STRAKS = timedelta(hours=12)
"""How far the list looks ahead."""
REGELS = 2
"""How many things that happened a casus gets; the rest is counted."""
LICHT = frozenset({"gezin_gewijzigd", "notitie", "belpoging", "contact", "toestemming", "rto_antwoord"})
"""Kinds that give way to others when there is more than fits (ours)."""


@dataclass(frozen=True)
class Verandering:
    """One thing that happened, in words."""

    op: datetime
    tekst: str
    na_tekenen: bool
    """Whether it was entered after the giver signed."""


@dataclass(frozen=True)
class Casusregel:
    """One open casus on the list."""

    strip: Strip
    versie: int
    nieuw: tuple[Verandering, ...]
    meer: int
    """Things that happened and are not told."""
    bijgewerkt: bool
    """Whether it changed since the last hand-over, told or not."""
    veranderd: bool
    """Whether it changed after the giver signed."""
    erbij: bool
    """Whether it was not on what the giver signed."""
    opmerking: str
    """What the giver said with it, in the hand-over that waits."""
    terug_verwacht_op: datetime | None
    """Until when who is at the door is expected back; None when nobody is out, or nothing was said."""


@dataclass(frozen=True)
class Overdrachtslijst:
    """The whole page at one moment."""

    op: datetime
    bord: Bord
    regels: tuple[Casusregel, ...]
    straks: tuple[Punt, ...]
    """What is due within `STRAKS`: clocks and meetings, by moment."""
    sinds: datetime
    vorige: Getekend | None
    """The last one that was received."""
    open: Getekend | None
    """The one that waits."""
    eerdere: tuple[Getekend, ...]
    dicht: int
    """Open casussen on what the giver signed of which this person sees nothing."""
    gesloten: int
    """Casussen on it that were closed since."""
    mag_tekenen: bool

    @property
    def gezien(self) -> dict[UUID, int]:
        """What is signed for: per casus its version."""
        return {r.strip.casus_id: r.versie for r in self.regels}


@asks
def show_shift(
    actor: Actor, op: datetime, taal: str = "nl", vertaal: Vertaler = T, note_look: bool = True
) -> Overdrachtslijst:
    """The list as it stands at `op`, for who gives and for who takes. A line in the log, unless the page only refreshes
    itself. Practice casussen are not on it.

    Errors: `GeenRecht`."""
    if not may(actor.rol, INZIEN):
        raise GeenRecht(merk=INZIEN)
    v = Verteller(taal, lokaal(op).year, vertaal)
    bord = show_board(actor, op, Filters(alles=True), noteer=False)
    eerdere = signed(actor, "and o.ingetrokken_op is null")
    open_ = next((o for o in eerdere if o.wacht), None)
    vorige = next((o for o in eerdere if not o.wacht), None)
    sinds = since(eerdere, op)
    stand = on_the_list(actor, op)
    strips = [s for s in bord.strips if s.casus_id in stand]
    getekend = _rows(open_.id, GEEFT) if open_ else {}
    toen = _rows(vorige.id, NEEMT) if vorige else {}
    gebeurd = _events(actor, op, stand, sinds)
    terug = _expected_back(stand)
    regels = []
    for s in strips:
        versie, alle = stand[s.casus_id], gebeurd.get(s.casus_id, [])
        gekozen = _told(alle, v, open_.getekend_op if open_ else None)
        gaf, opmerking = getekend.get(s.casus_id, (0, ""))
        regels.append(
            Casusregel(
                strip=s,
                versie=versie,
                nieuw=gekozen,
                meer=max(len(alle) - len(gekozen), 0),
                bijgewerkt=bool(alle) or (vorige is not None and toen.get(s.casus_id, (0, ""))[0] != versie),
                veranderd=bool(gaf) and gaf != versie,
                erbij=open_ is not None and not gaf,
                opmerking=opmerking,
                terug_verwacht_op=terug.get(s.casus_id) if s.op_bezoek or s.niet_terug or s.wie else None,
            )
        )
    weg = _where(set(getekend) - set(stand))
    if note_look:
        log.note(actor, "inzien", "overdracht", op, toelichting=f"{len(regels)} casussen")
    return Overdrachtslijst(
        op=op,
        bord=bord,
        regels=tuple(regels),
        straks=tuple(_due(op, strips)),
        sinds=sinds,
        vorige=vorige,
        open=open_,
        eerdere=tuple(o for o in eerdere if not o.wacht)[:5],
        dicht=sum(not gesloten for gesloten in weg.values()),
        gesloten=sum(weg.values()),
        mag_tekenen=may(actor.rol, TEKENEN),
    )


def _rows(overdracht_id: UUID, kant: str) -> dict[UUID, tuple[int, str]]:
    """Per casus the version and the remark of one signature."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select casus_id, versie, opmerking from capacity_dienstoverdrachtregel where overdracht_id = %s and kant = %s",
            [overdracht_id, kant],
        )
        return {casus_id: (versie, opmerking) for casus_id, versie, opmerking in cursor.fetchall()}


def _where(casussen: Iterable[UUID]) -> dict[UUID, bool]:
    """Of casussen that are no longer on the list whether they were closed."""
    gevraagd = list(casussen)
    if not gevraagd:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select id, gesloten_op is not null from casework_casus where id = any(%s)", [gevraagd])
        return dict(cursor.fetchall())


def _expected_back(casussen: Iterable[UUID]) -> dict[UUID, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, beeld->>'terug_verwacht_op' from casework_casus where id = any(%s)"
            " and beeld->>'terug_verwacht_op' is not null",
            [list(casussen)],
        )
        return {id_: datetime.fromisoformat(iso) for id_, iso in cursor.fetchall()}


def _events(actor: Actor, op: datetime, casussen: Iterable[UUID], sinds: datetime) -> dict[UUID, list[Gebeurtenis]]:
    """What was entered since a moment, per casus in order, as far as this person sees it on the timeline. What was taken
    back is left out, with the taking back."""
    te_zien = {id_: zicht(actor.rol, eigen.delen) for id_, eigen in lopend(actor, op).items()}
    gevonden = Gebeurtenis.objects.filter(casus_id__in=list(casussen), ingevoerd_op__gt=sinds)
    rijen = list(gevonden.order_by("gebeurd_op", "ingevoerd_op", "id"))
    hersteld = {g.corrigeert_id for g in rijen if g.corrigeert_id}
    uit: dict[UUID, list[Gebeurtenis]] = defaultdict(list)
    for g in rijen:
        soort, ziet = SOORTEN.get(g.soort), te_zien[g.casus_id]
        if soort is None or not {"tijdlijn", soort.onderdeel} <= ziet or g.id in hersteld:
            continue
        if g.corrigeert_id in {een.id for een in rijen}:
            continue
        uit[g.casus_id].append(g)
    return uit


def _told(gs: list[Gebeurtenis], v: Verteller, getekend_op: datetime | None) -> tuple[Verandering, ...]:
    """The few that are told: what came after the signature before all else, then the newest, then the newest decision; in the
    order in which they happened, and the same words once."""

    def rang(g: Gebeurtenis) -> tuple[Any, ...]:
        na = getekend_op is not None and g.ingevoerd_op > getekend_op
        return (not na, g.id != nieuwste, not SOORTEN[g.soort].besluit, g.soort in LICHT, -volgorde[g.id])

    volgorde = {g.id: plaats for plaats, g in enumerate(gs)}
    nieuwste = next((g.id for g in reversed(gs) if g.soort not in LICHT), None)
    gekozen: dict[str, Gebeurtenis] = {}
    for g in sorted(gs, key=rang):
        tekst = event_in_words(g, v)
        if tekst and tekst not in gekozen and len(gekozen) < REGELS:
            gekozen[tekst] = g
    return tuple(
        Verandering(g.gebeurd_op, tekst, getekend_op is not None and g.ingevoerd_op > getekend_op)
        for tekst, g in sorted(gekozen.items(), key=lambda paar: volgorde[paar[1].id])
    )


def _due(op: datetime, strips: Iterable[Strip]) -> list[Punt]:
    """Clocks that end and meetings that are planned within `STRAKS`. Of each whose casus it is in `wie`: its id."""
    uit = []
    for s in strips:
        if s.rto and not s.rto["gehouden_op"]:
            uit.append(Punt(datetime.fromisoformat(s.rto["gepland_op"]), "rto", "", str(s.casus_id)))
        for k in s.klokken:
            if k["sleutel"] == "melding.signaal" or (k["sleutel"] == "rto" and s.rto):
                continue  # The signals have a list of their own; of a meeting that is planned its moment counts.
            uit.append(
                Punt(datetime.fromisoformat(k["uiterlijk"]), "klok", k["wat"], str(s.casus_id), bool(k["hele_dag"]))
            )
    return sorted((p for p in uit if op < p.op <= op + STRAKS), key=lambda p: (p.op, p.soort, p.wie, p.wat))


def late_clocks(s: Strip, op: datetime) -> list[Mapping[str, Any]]:
    """The clocks of a strip that passed and still ask somebody."""
    return [k for k in s.klokken if is_late(k, op)]


@dataclass(frozen=True)
class Toenregel:
    """One casus on an earlier hand-over, as far as this person may see that casus now."""

    casus_id: UUID
    nummer: str
    kinderen: tuple[str, ...]
    gaf: int | None
    """The version that the giver signed for; None when it came between the two signatures."""
    nam: int | None
    nu: int
    opmerking: str
    gesloten: bool


@dataclass(frozen=True)
class Toen:
    """An earlier hand-over."""

    getekend: Getekend
    regels: tuple[Toenregel, ...]
    onzichtbaar: int
    """Casussen on it that this person does not see now."""


@asks
def show_earlier(actor: Actor, op: datetime, overdracht_id: UUID) -> Toen:
    """What was handed over then: which casussen, in which version, with which remark. A line in the log.

    Errors: `GeenRecht`, `OverdrachtOnbekend`."""
    if not may(actor.rol, INZIEN):
        raise GeenRecht(merk=INZIEN)
    getekend = next(iter(signed(actor, "and o.id = %s", overdracht_id)), None)
    if getekend is None:
        raise OverdrachtOnbekend
    gaf, nam = _rows(overdracht_id, GEEFT), _rows(overdracht_id, NEEMT)
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, nummer, versie, gesloten_op is not null, beeld->'kinderen' from casework_casus"
            " where id = any(%s) order by nummer",
            [list(gaf | nam)],
        )
        rijen = cursor.fetchall()
    mee: dict[UUID, set[str]] = defaultdict(set)
    for casus_id, deel in (
        betrokken(actor, op).filter(casus_id__in=[rij[0] for rij in rijen]).values_list("casus_id", "deel")
    ):
        mee[casus_id].add(deel)
    regels = [
        Toenregel(
            id_, nummer, tuple(k["naam"] for k in _children(kinderen) if k["naam"]),
            gaf[id_][0] if id_ in gaf else None, nam[id_][0] if id_ in nam else None, versie,
            gaf.get(id_, (0, ""))[1], gesloten,
        )
        for id_, nummer, versie, gesloten, kinderen in rijen
        if "kern" in zicht(actor.rol, mee[id_])
    ]  # fmt: skip
    log.note(actor, "inzien", "overdracht", op, toelichting=f"eerdere, {len(regels)} casussen")
    return Toen(getekend, tuple(regels), len(gaf | nam) - len(regels))


def _children(gelezen: Any) -> list[Mapping[str, Any]]:
    return list(json.loads(gelezen) if isinstance(gelezen, str) else gelezen or [])
