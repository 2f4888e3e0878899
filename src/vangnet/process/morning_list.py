# SPDX-License-Identifier: EUPL-1.2
"""The morning list: all signals that wait for an organisation, on one sheet; who read them, and taking up several at once.

A signal is there from the first opening of who receives it by its own calendar, and one mail says so. Whoever has the list on the
screen has read what stands on it: its sender sees who that was, and when. No agreement says by when a signal must be taken up; that
it is by the end of the day on which it must go, is Vangnet's own choice (docs/besluiten/0026).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import betrokken, zicht
from vangnet.casework.models import Aanbod, Casus
from vangnet.casework.stand import STANDEN
from vangnet.messages import outbox
from vangnet.messages.outbox import Poststuk
from vangnet.messages.soorten import MAIL
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, Vertaler

from . import current_register
from .beeld import clocks_in_sight
from .hand_over_procesregie import answer_offer
from .show_my_work import MERK, who_of
from .verteller import Verteller
from .weigeringen import AlGedaan, GeenRecht, NietBetrokken, OngeldigeInvoer

HOOGUIT = 100
"""Signals on one sheet."""
MEEST = 999
"""The highest number that a mail names."""
UITKOMST: dict[str, str] = {
    "consult": T("Afgerond met advies aan de melder."),
    "verwijzing": T("Geen crisis: de melder is verwezen."),
    "doorgeleid": T("Doorgeleid naar een andere dienst."),
    "geen_crisis": T("Geen crisis."),
    "niet_bediend": T("De melding is niet in behandeling genomen."),
}
"""How a casus that is closed ended, as far as a signal is still sent about it."""


@dataclass(frozen=True)
class Signaal:
    """One signal on the sheet, as far as the reader may see the casus."""

    id: UUID
    casus_id: UUID
    nummer: str
    wie: str
    begonnen_op: datetime
    """When the call began."""
    tekst: str
    van: str
    telefoon: str
    """Of who sent it, by day."""
    stand: str
    """What the night decided: where the casus stands, or how it ended."""
    regie: str
    klok: Mapping[str, Any] | None
    open_vraag: str
    """The question that the region has not answered about the day, by its id; empty when there is none."""
    regels: tuple[str, ...]
    gesloten: bool
    geheim: bool
    oefening: bool
    gelezen_op: datetime | None
    gelezen_door: str
    """Who of the own organisation read it first; empty for who reads it now."""


@dataclass(frozen=True)
class Opgepakt:
    """A signal that the own organisation took up today."""

    casus_id: UUID
    wie: str
    op: datetime


@dataclass(frozen=True)
class Morgenlijst:
    """The whole sheet."""

    organisatie: str
    signalen: tuple[Signaal, ...]
    opgepakt: tuple[Opgepakt, ...]
    kantoortijd: tuple[str, str, bool]
    """From when until when the receiver is open, and whether the region laid that down; else it is Vangnet's own."""


@asks
def show_morning_list(
    actor: Actor,
    op: datetime,
    taal: str = "nl",
    vertaal: Vertaler = T,
    note_look: bool = True,
    handeling: str = "inzien",
) -> Morgenlijst:
    """Every signal that waits for this person's organisation at `op`, the oldest call first. With `note_look` a line in the log (`handeling`: inzien or printen), and
    what nobody of the organisation had read is read now by this person.

    Errors: `GeenRecht` for a function that works with no families."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    in_delen: dict[UUID, set[str]] = {}
    for casus_id, deel in betrokken(actor, op).exclude(deel=Deel.DOSSIER).values_list("casus_id", "deel"):
        in_delen.setdefault(casus_id, set()).add(deel)
    van_ons = Aanbod.objects.filter(aan_organisatie_id=actor.organisatie_id, soort="signaal", casus_id__in=in_delen)
    wacht = list(
        van_ons.filter(antwoord="", zichtbaar_vanaf__lte=op)
        .select_related("casus", "van_organisatie", "gelezen_door")
        .order_by("casus__begonnen_op", "id")[:HOOGUIT]
    )
    begin = datetime.combine(lokaal(op).date(), time(), AMSTERDAM)
    gedaan = van_ons.filter(antwoord="aanvaard", beantwoord_op__gte=begin, beantwoord_op__lte=op)
    a = _afspraken(actor.regio, op)
    uren = a.kantoortijd if a else None
    lijst = Morgenlijst(
        organisatie=actor.organisatie,
        signalen=tuple(_signaal(b, zicht(actor.rol, in_delen[b.casus_id]), v) for b in wacht),
        opgepakt=tuple(
            Opgepakt(b.casus_id, who_of(b.casus, zicht(actor.rol, in_delen[b.casus_id]), v), b.beantwoord_op)
            for b in gedaan.select_related("casus").order_by("beantwoord_op", "id")[:HOOGUIT]
            if b.beantwoord_op is not None
        ),
        kantoortijd=(f"{uren.van:%H:%M}", f"{uren.tot:%H:%M}", True) if uren else ("09:00", "17:00", False),
    )
    if note_look:
        log.note(actor, handeling, "mijnwerk", op, toelichting=f"{len(wacht)} signalen")
        nieuw = [b.id for b in wacht if b.gelezen_op is None]
        if nieuw:
            Aanbod.objects.filter(id__in=nieuw, gelezen_op__isnull=True).update(
                gelezen_op=op, gelezen_door_id=actor.medewerker_id
            )
    return lijst


def _signaal(b: Aanbod, te_zien: frozenset[str], v: Verteller) -> Signaal:
    casus = b.casus
    kern = "kern" in te_zien
    klok = next((k for k in clocks_in_sight(casus.beeld, te_zien) if k["sleutel"] == "melding.signaal"), None)
    return Signaal(
        id=b.id,
        casus_id=b.casus_id,
        nummer=casus.nummer,
        wie=who_of(casus, te_zien, v),
        begonnen_op=casus.begonnen_op,
        tekst=v.zin(b.tekst),
        van=b.van_organisatie.naam,
        telefoon=b.van_organisatie.telefoon or b.van_organisatie.telefoon_buiten,
        stand=v.zin(_stand(casus)) if kern else "",
        regie=casus.beeld.get("regie") or "" if "regie" in te_zien and casus.gesloten_op is None else "",
        klok=klok,
        open_vraag=_open(casus, klok["open_vraag"]) if klok else "",
        regels=tuple(b.regels),
        gesloten=casus.gesloten_op is not None,
        geheim=casus.geheim,
        oefening=casus.oefening,
        gelezen_op=b.gelezen_op,
        gelezen_door=b.gelezen_door.naam if b.gelezen_door else "",
    )


def _stand(casus: Casus) -> str:
    if casus.gesloten_op is not None:
        return UITKOMST.get(casus.uitkomst, STANDEN["gesloten"])
    return STANDEN[casus.beeld["stand"]]


def _open(casus: Casus, vraag: str) -> str:
    """The question about the day, unless the region chose a reading."""
    a = _afspraken(casus.regio, casus.begonnen_op)
    return vraag if vraag and (a is None or vraag not in a.keuzes) else ""


def _afspraken(regio: str, op: datetime) -> Afspraken | None:
    try:
        return current_register().op(regio, op)
    except Ongeldig:
        return None


def take_up(actor: Actor, op: datetime, gekozen: Iterable[tuple[UUID, UUID]]) -> tuple[int, int]:
    """Say yes to several signals, each (casus, question) in its own work, so that one that was answered meanwhile holds up no other.
    Returns how many were taken up, and how many could not be.

    Errors: `OngeldigeInvoer` without any; that of the first when none of them could be taken up."""
    paren = list(dict.fromkeys(gekozen))
    if not paren:
        raise OngeldigeInvoer(("signaal", "", T("minstens één signaal aangekruist")))
    eerste: Weigering | None = None
    niet = 0
    for casus_id, aanbod_id in paren[:HOOGUIT]:
        try:
            answer_offer(actor, op, casus_id, aanbod_id, True)
        except (AlGedaan, NietBetrokken, OngeldigeInvoer) as nee:
            eerste, niet = eerste or nee, niet + 1
    if eerste is not None and niet == len(paren):
        raise eerste
    return len(paren) - niet, niet


def send_morning_lists(op: datetime) -> int:
    """Put the mail ready for every organisation that opened with signals waiting, once per opening, in the transaction that claims them;
    for the loop. Returns for how many that moment had come. One without a mailbox is written down as failed, and where mail is not set up it fails: red with who sent the signal."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select naar, van, regio, postbus, opening, aantal from vangnet_morgenlijsten(%s)", [op])
            rijen = cursor.fetchall()
        te_sturen = [rij for rij in rijen if rij[5]]
        for naar, van, regio, postbus, opening, aantal in te_sturen:
            outbox.put(
                Poststuk(
                    kanaal=MAIL, aan=postbus, soort="morgenlijst", organisatie_id=van, regio=regio,
                    sleutel=f"morgenlijst.{naar}.{opening.astimezone(UTC):%Y%m%d%H%M}",
                    gegevens={"aantal": str(min(aantal, MEEST)), "waar": "mijn-werk"},
                ),
                op,
            )  # fmt: skip
    return len(rijen)
