# SPDX-License-Identifier: EUPL-1.2
"""A family asks for its file: take the request in, judge who asks, extend the term, decide, and finish it.

A request belongs to who leads and goes along when the lead passes; it never ends without a decision. Destruction is decided
by two: who leads, and the functionaris gegevensbescherming.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.casework.models import Gebeurtenis, Jeugdige, Persoon, Verzoek, Verzoekbesluit, Verzoeksoort
from vangnet.conf.identifiers import new_id
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, dag_in_woorden

from .besluit import Lezer
from .order_erasure import order_for_request
from .verzoek import (
    BESLUITWOORD,
    GEVRAAGD,
    GRONDEN,
    IDENTITEIT,
    MET_AFSCHRIFT,
    ZELF_VANAF,
    last_day,
    number_of_request,
    request_of,
    stand_of,
    term_of,
    told_of,
)
from .weigeringen import Achterhaald, AlGedaan, GeenRecht, NogNietKlaar
from .werk import Werk, working_on

BEHANDELEN = "verzoek.behandelen"
HERSTEL = ("hersteld", "gezin_gewijzigd")
"""Kinds of events by which something was put right."""
HOOGUIT_VERLENGD = 2
"""Months that AVG article 12 (3) lets the term be extended with, once."""


def register_request(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    soort: str,
    wie_id: UUID | None = None,
    vrager: str = "",
    wat: str = "",
    ontvangen: date | None = None,
    verzoek_id: UUID | None = None,
) -> UUID:
    """Take in what a family asks: `wie_id` is a person or child of the casus, else `vrager` says who. The term runs from the
    day it came in. The same `verzoek_id` of a client keeps one request.

    Errors: `OngeldigeInvoer` naming `soort`, `wie`, `vrager`, `wat` or `ontvangen`; `AlGedaan` for an id that is in use
    elsewhere; those of `working_on`."""
    with working_on(actor, casus_id, "verzoek.opnemen", op, open_only=False) as werk:
        if "log" not in werk.zicht:
            raise GeenRecht(merk="verzoek.opnemen")
        d, id_ = werk.d, verzoek_id or new_id()
        if any(v.id == id_ for v in d.verzoeken):
            return id_
        lezer = Lezer()
        soort = lezer.keuze("soort", soort, tuple(Verzoeksoort.values))
        naam = lezer.tekst("vrager", vrager, 160)
        woorden = lezer.tekst("wat", wat, 4000)
        persoon = next((p for p in d.mensen if p.id == wie_id), None)
        kind = next((k for k in d.kinderen if k.id == wie_id), None)
        _who(lezer, d.leeftijd(kind) if kind else None, wie_id, persoon, kind, naam)
        if soort == Verzoeksoort.CORRECTIE and not woorden:
            lezer.fout("wat", "", T("wat er volgens de vrager niet klopt"))
        dag = ontvangen or lokaal(op).date()
        if dag > lokaal(op).date():
            lezer.fout("ontvangen", dag_in_woorden(dag), T("een dag die geweest is"))
        elif dag < lokaal(d.casus.begonnen_op).date():
            lezer.fout("ontvangen", dag_in_woorden(dag), T("een dag na de melding"))
        lezer.klaar()
        verzoek = Verzoek(
            id=id_,
            casus_id=casus_id,
            volgnummer=max((v.volgnummer for v in d.verzoeken), default=0) + 1,
            soort=soort,
            persoon_id=persoon.id if persoon else None,
            jeugdige_id=kind.id if kind else None,
            vrager="" if persoon or kind else naam,
            wat=woorden,
            ontvangen_op=min(datetime.combine(dag, time(12), AMSTERDAM), op) if dag < lokaal(op).date() else op,
            uiterlijk=term_of(soort, dag),
            ingevoerd_op=op,
            opgenomen_door_id=actor.medewerker_id,
            opgenomen_bij_id=actor.organisatie_id,
        )
        werk.add("verzoeken", verzoek)
        werk.event(
            "verzoek_ontvangen",
            verzoek.ontvangen_op,
            {"wat": GEVRAAGD[soort], "nummer": number_of_request(d, verzoek), "verzoek": str(id_)},
        )
        return id_


def _who(
    lezer: Lezer, jaren: int | None, wie_id: UUID | None, persoon: Persoon | None, kind: Jeugdige | None, naam: str
) -> None:
    if wie_id is not None and persoon is None and kind is None:
        lezer.fout("wie", str(wie_id), T("iemand van deze casus"))
    elif kind is not None and jaren is not None and jaren < ZELF_VANAF:
        lezer.fout(
            "wie", f"{jaren} jaar", T("een jeugdige van twaalf of ouder; voor een jonger kind vraagt wie gezag heeft")
        )
    elif wie_id is None and not naam:
        lezer.fout("vrager", "", T("wie het vraagt: iemand van de casus, of een naam en wat hij van het kind is"))


def judge_asker(
    actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, identiteit: str, mag: bool | None, reden: str = ""
) -> None:
    """How it was made sure who asks, and whether that person may ask this, with why. Can be done anew until a copy lies
    ready or a decision was taken.

    Errors: `OngeldigeInvoer` naming `identiteit`, `mag` or `reden`; `AlGedaan` afterwards; those of `request_of`."""
    with working_on(actor, casus_id, BEHANDELEN, op, open_only=False) as werk:
        verzoek = request_of(werk, verzoek_id)
        if (verzoek.besluit and verzoek.fg_akkoord is not False) or verzoek.aangeboden_op is not None:
            raise AlGedaan()
        lezer = Lezer()
        hoe = lezer.keuze("identiteit", identiteit, tuple(IDENTITEIT))
        waarom = lezer.tekst(
            "reden", reden, 300, T("waarom deze persoon dit wel of niet mag vragen: gezag, leeftijd, machtiging")
        )
        if mag is None:
            lezer.fout("mag", "", T("ja of nee"))
        lezer.klaar()
        verzoek.identiteit, verzoek.mag_vragen, verzoek.mag_reden = hoe, mag, waarom
        verzoek.beoordeeld_door_id, verzoek.beoordeeld_op = actor.medewerker_id, op
        werk.save(verzoek, "identiteit", "mag_vragen", "mag_reden", "beoordeeld_door", "beoordeeld_op")
        uitkomst = T("mag dit vragen") if mag else T("mag dit niet vragen")
        werk.event("verzoek_beoordeeld", gegevens=told_of(werk.d, verzoek, uitkomst=uitkomst), reden=waarom)


def extend_request(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, reden: str) -> None:
    """Two months more, once and with a reason that who asks is told (AVG art. 12 (3)); not for destruction, of which the
    term (Jeugdwet 7.3.9) cannot be extended, and not once it is late.

    Errors: `AlGedaan`, `NogNietKlaar` with why not (`wat`), `OngeldigeInvoer` naming `reden`; those of `request_of`."""
    with working_on(actor, casus_id, BEHANDELEN, op, open_only=False) as werk:
        verzoek = request_of(werk, verzoek_id)
        if verzoek.verlengd_op is not None:
            raise AlGedaan()
        if verzoek.soort == Verzoeksoort.VERNIETIGING:
            raise NogNietKlaar(wat=T("De termijn voor vernietigen kan niet worden verlengd."))
        if op >= verzoek.uiterlijk:
            raise NogNietKlaar(wat=T("De termijn is al voorbij: verlengen kan alleen daarvoor."))
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 300, T("waarom het langer duurt, in één zin: de vrager leest dit"))
        lezer.klaar()
        verzoek.uiterlijk = term_of(verzoek.soort, lokaal(verzoek.ontvangen_op).date(), HOOGUIT_VERLENGD)
        verzoek.verlengd_op, verzoek.verlengd_reden = op, waarom
        werk.save(verzoek, "uiterlijk", "verlengd_op", "verlengd_reden")
        dag = last_day(verzoek).isoformat()
        werk.event("verzoek_verlengd", gegevens=told_of(werk.d, verzoek, dag=dag, reden=waarom), reden=waarom)


def decide_request(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    verzoek_id: UUID,
    besluit: str,
    grond: str = "",
    reden: str = "",
    hersteld_met: UUID | None = None,
    was: str | None = None,
) -> None:
    """Decide what is done with a request. A refusal needs a ground and a reason; a correction that was made says what
    changed and may point at the event. A copy is not decided here: releasing it is the decision. What the functionaris
    gegevensbescherming sent back is decided anew. `was` is the decision that stood when the form was opened.

    Errors: `OngeldigeInvoer` naming the field; `NogNietKlaar` while it is not clear who asks; `Achterhaald` when a
    colleague decided meanwhile; `AlGedaan`; those of `request_of`."""
    with working_on(actor, casus_id, BEHANDELEN, op, open_only=False) as werk:
        verzoek = request_of(werk, verzoek_id)
        if was is not None and was != verzoek.besluit:
            raise Achterhaald(veld="besluit", nu=BESLUITWOORD[verzoek.besluit])
        if verzoek.besluit and verzoek.fg_akkoord is not False:
            raise AlGedaan()
        lezer = Lezer()
        wissen = verzoek.soort == Verzoeksoort.VERNIETIGING
        woorden = tuple(w for w in Verzoekbesluit.values if w and not (wissen and w == Verzoekbesluit.GEDEELTELIJK))
        besluit = lezer.keuze("besluit", besluit, woorden)
        nee = besluit == Verzoekbesluit.GEWEIGERD
        past = tuple(k for k, (_, soorten) in GRONDEN.items() if verzoek.soort in soorten)
        grond = lezer.keuze("grond", grond, past) if nee else ""
        verwacht = T("waarom, in een paar zinnen: de vrager krijgt dit te lezen") if nee else ""
        if (
            besluit in (Verzoekbesluit.TOEGEWEZEN, Verzoekbesluit.GEDEELTELIJK)
            and verzoek.soort == Verzoeksoort.CORRECTIE
        ):
            verwacht = T("wat er nu anders staat")
        waarom = lezer.tekst("reden", reden, 4000, verwacht)
        if hersteld_met is not None and not _put_right(werk, verzoek, hersteld_met):
            lezer.fout("hersteld_met", str(hersteld_met), T("een herstel in deze casus sinds het verzoek"))
        if verzoek.soort == Verzoeksoort.AANVULLING and besluit == Verzoekbesluit.TOEGEWEZEN and not verzoek.verklaring:
            lezer.fout("verklaring", "", T("eerst de verklaring zelf"))
        lezer.klaar()
        if besluit not in (Verzoekbesluit.INGETROKKEN, Verzoekbesluit.GEWEIGERD):
            if verzoek.mag_vragen is None or not verzoek.identiteit:
                raise NogNietKlaar(wat=T("Ga eerst na wie vraagt en of die dit mag vragen."))
            if not verzoek.mag_vragen:
                raise NogNietKlaar(wat=T("Wie vraagt, mag dit niet vragen: dan blijft alleen weigeren over."))
            if verzoek.soort in MET_AFSCHRIFT:
                raise NogNietKlaar(
                    wat=T("Een afschrift wordt niet hier toegewezen: een tweede leest het en geeft het vrij.")
                )
            if wissen and werk.casus.gesloten_op is None:
                raise NogNietKlaar(
                    wat=T("Deze casus loopt nog. Sluit hem eerst, of weiger: zonder dossier is het kind niet veilig.")
                )
        verzoek.besluit, verzoek.grond, verzoek.reden = besluit, grond, waarom
        verzoek.besloten_door_id, verzoek.besloten_op, verzoek.hersteld_met_id = actor.medewerker_id, op, hersteld_met
        verzoek.fg_akkoord = verzoek.fg_door_id = verzoek.fg_op = None
        verzoek.fg_reden, verzoek.aangeboden_op, verzoek.aangeboden_door_id = "", None, None
        werk.save(
            verzoek, "besluit", "grond", "reden", "besloten_door", "besloten_op", "hersteld_met", "fg_akkoord", "fg_door",
            "fg_op", "fg_reden", "aangeboden_op", "aangeboden_door",
        )  # fmt: skip
        werk.event("verzoek_besloten", gegevens=told_of(werk.d, verzoek, besluit=BESLUITWOORD[besluit]), reden=waarom)


def _put_right(werk: Werk, verzoek: Verzoek, gebeurtenis_id: UUID) -> bool:
    """Whether this event put something of the casus right since the request came in."""
    sinds = min(verzoek.ontvangen_op, verzoek.ingevoerd_op)
    rijen = Gebeurtenis.objects.filter(casus_id=werk.casus.id, soort__in=HERSTEL, ingevoerd_op__gte=sinds)
    return rijen.filter(id=gebeurtenis_id).exists()


def add_statement(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, verklaring: str) -> None:
    """Keep the person's own words with the file: after a refused correction, or because that is what was asked. Also once
    the request is finished. Words that stand are not written over.

    Errors: `OngeldigeInvoer` naming `verklaring`; `Achterhaald` when other words stand there; those of `request_of`."""
    with working_on(actor, casus_id, BEHANDELEN, op, open_only=False) as werk:
        verzoek = request_of(werk, verzoek_id, still_open=False)
        lezer = Lezer()
        woorden = lezer.tekst("verklaring", verklaring, 20_000, T("wat de vrager in het dossier wil, in eigen woorden"))
        if verzoek.soort not in (Verzoeksoort.CORRECTIE, Verzoeksoort.AANVULLING):
            lezer.fout("verklaring", woorden, T("een verklaring bij een verzoek om correctie of aanvulling"))
        lezer.klaar()
        if verzoek.verklaring == woorden:
            return
        if verzoek.verklaring:
            raise Achterhaald(veld="verklaring", nu=verzoek.verklaring)
        verzoek.verklaring = woorden
        werk.save(verzoek, "verklaring")
        werk.event("verzoek_verklaring", gegevens=told_of(werk.d, verzoek), reden=woorden)


def finish_request(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, hoe: str) -> None:
    """The answer has reached who asked, and how. Granted destruction becomes an order to erase here. A second time changes
    nothing.

    Errors: `NogNietKlaar` without a decision, or while destruction waits for the functionaris gegevensbescherming;
    `OngeldigeInvoer` naming `hoe`; those of `request_of` and `order_for_request`."""
    with working_on(actor, casus_id, BEHANDELEN, op, open_only=False) as werk:
        verzoek = request_of(werk, verzoek_id, still_open=False)
        if verzoek.klaar_op is not None:
            return
        if stand_of(verzoek) != "afmaken":
            wacht = verzoek.besluit and verzoek.soort == Verzoeksoort.VERNIETIGING
            eerst = (
                T("De functionaris gegevensbescherming moet het besluit nog lezen.") if wacht else T("Beslis eerst.")
            )
            raise NogNietKlaar(wat=eerst)
        lezer = Lezer()
        manier = lezer.tekst(
            "hoe", hoe, 300, T("hoe het antwoord bij de vrager kwam: meegegeven, per aangetekende post")
        )
        lezer.klaar()
        verzoek.klaar_op, verzoek.klaar_door_id, verzoek.klaar_hoe = op, actor.medewerker_id, manier
        werk.save(verzoek, "klaar_op", "klaar_door", "klaar_hoe")
        werk.event("verzoek_klaar", gegevens=told_of(werk.d, verzoek, hoe=manier))
        if verzoek.soort == Verzoeksoort.VERNIETIGING and verzoek.besluit == Verzoekbesluit.TOEGEWEZEN:
            _order(werk, verzoek)


def _order(werk: Werk, verzoek: Verzoek) -> None:
    """Destruction that two people granted becomes an order to erase (`order_erasure`), which the command carries out. Until
    then it is a task of who answered, so that nobody thinks that it was done."""
    werk.event("wissen_besloten", gegevens=told_of(werk.d, verzoek))
    werk.task(
        T("Laat dit dossier wissen: vernietiging is toegewezen"),
        werk.actor.organisatie_id,
        sleutel=f"wissen.{verzoek.id}",
        waarom=T("Jeugdwet artikel 7.3.9: een wettelijke termijn, geen afspraak van de regio."),
        uiterlijk=max(verzoek.uiterlijk, werk.op + timedelta(days=1)),
    )
    werk.flush()
    order_for_request(werk.casus.nummer, verzoek.id)
