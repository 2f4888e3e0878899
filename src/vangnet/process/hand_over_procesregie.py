# SPDX-License-Identifier: EUPL-1.2
"""The lead passes, or another organisation is asked for something: offer, answer on screen or by phone, withdraw, expire."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Organisatie, Soort
from vangnet.access.slot import asking
from vangnet.casework.models import Aanbod
from vangnet.rules.tekst import AMSTERDAM, T

from .acties import GEVRAAGD, regie_wacht_op, vormnaam
from .besluit import Lezer, leads, let_go, organisation, put_question, take_back, was_first
from .dossier import read_dossier
from .record_triage import PARTIJSOORT
from .weigeringen import AlGedaan, CasusGesloten, GeenRecht, NogNietKlaar, OngeldigeInvoer, RedenNodig, ZeiEerderNee
from .werk import Werk, working_on

logger = logging.getLogger(__name__)

MERK = "regie.overdragen"
BELLEN = T("Dat je belt, is een keuze van Vangnet.")
DEEL_BIJ: dict[str, str] = {
    "hulp": Deel.HULP,
    "meegaan": Deel.INSCHATTING,
    "rto": Deel.RTO,
    "signaal": Deel.SIGNAAL,
    "vervolg": Deel.VERVOLG,
    "overig": Deel.MEEDENKEN,
}
"""In what part an organisation takes part once it says yes."""
WIJZEN = ("scherm", "telefoon")


def offer_regie(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    organisatie_id: UUID,
    tekst: str = "",
    uiterlijk: datetime | None = None,
    gebeurd_op: datetime | None = None,
) -> UUID:
    """Who leads asks another organisation to take the lead; returns the id of the offer. Until it accepts the lead stays.
    Before the event by which the lead passes in this region, `tekst` says why it is asked now already. The same offer
    again changes nothing.

    Errors: `GeenRegie` unless the actor's organisation leads, `AlGedaan` while another offer is open, `RedenNodig`,
    `OngeldigeInvoer` (another region, oneself, a last moment that has passed)."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads(werk)
        lezer = Lezer()
        wie = organisation(werk, lezer, "organisatie_id", organisatie_id)
        woorden = lezer.tekst("tekst", tekst, 500)
        uiterlijk = last_moment(werk, lezer, uiterlijk)
        lezer.moment(werk, gebeurd_op)
        if wie is not None and wie.id == actor.organisatie_id:
            lezer.fout("organisatie_id", wie.naam, T("een andere organisatie dan die van jezelf"))
        lezer.klaar()
        assert wie is not None
        open_ = next((b for b in werk.d.aanbiedingen if b.soort == "regie" and b.antwoord == ""), None)
        if open_ is not None:
            if open_.aan_organisatie_id == wie.id:
                return open_.id
            raise AlGedaan(wat=f"De regie is al gevraagd aan {werk.d.naam(open_.aan_organisatie_id)}.")
        overgang = werk.voorstel("regie.overgang")
        if overgang is not None and _early(werk) and not woorden:
            raise RedenNodig(voorstel=overgang)
        regels = list(overgang["regels"]) if overgang else []
        return put_question(werk, "regie", wie.id, woorden, los=True, uiterlijk=uiterlijk, regels=regels).id


def answer_offer(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    aanbod_id: UUID,
    aanvaard: bool,
    reden: str = "",
    wijze: str = "scherm",
    naam: str = "",
    telefoon: str = "",
    gebeurd_op: datetime | None = None,
    ook: Callable[[Werk, Aanbod], None] | None = None,
) -> None:
    """Say yes or no to any offer. By the asked organisation; or, with `wijze` telefoon, by who asked and heard it by phone
    from `naam`, to call back on `telefoon`.

    Yes: regie passes the lead in the same transaction; hulp, meegaan, rto, signaal and vervolg let it take part. No needs
    a reason, is a dispute on record and makes a task for the coordinator of who asked; the lead stays where it is. `ook`
    runs before the answer is kept, in the same work.

    Errors: `AlGedaan` (answered otherwise, expired or withdrawn), `OngeldigeInvoer` (no reason; by phone without name
    and number), `GeenRecht` for another's offer. The same answer again changes nothing."""
    with working_on(actor, casus_id, "aanbod.beantwoorden", op, open_only=False) as werk:
        aanbod = _offer(werk, aanbod_id)
        if werk.casus.gesloten_op is not None and aanbod.soort != "signaal":
            raise CasusGesloten()  # A signal about a call that was referred is taken up after its casus closed (ZL-53).
        lezer = Lezer()
        lezer.keuze("wijze", wijze, WIJZEN)
        waarom = lezer.tekst("reden", reden, 400, "" if aanvaard else T("waarom het niet kan, in één zin"))
        if not isinstance(aanvaard, bool):
            lezer.fout("aanvaard", aanvaard, T("ja of nee"))
        namen = ("", "")
        if wijze == "telefoon":
            namen = by_phone(lezer, naam, telefoon)
        moment = lezer.moment(werk, gebeurd_op, aanbod.gedaan_op)
        lezer.klaar()
        if actor.organisatie_id != (aanbod.van_organisatie_id if wijze == "telefoon" else aanbod.aan_organisatie_id):
            raise GeenRecht(merk="aanbod.beantwoorden")
        antwoord = "aanvaard" if aanvaard else "geweigerd"
        if aanbod.antwoord == antwoord:
            return
        if aanbod.antwoord:
            raise AlGedaan(nu=aanbod.antwoord)
        if ook is not None:
            ook(werk, aanbod)
        wie = namen[0] if wijze == "telefoon" else actor.naam
        if aanvaard:
            accept(werk, aanbod, wie, wijze, phone_note(namen, waarom), moment)
        else:
            refuse(werk, aanbod, wie, waarom, wijze, phone_note(namen, waarom), moment)


def withdraw_offer(
    actor: Actor, op: datetime, casus_id: UUID, aanbod_id: UUID, reden: str = "", gebeurd_op: datetime | None = None
) -> None:
    """Who asked takes it back; the other sees the casus no more. A second time changes nothing.

    Errors: `AlGedaan` when it was answered; `GeenRecht` for another's offer."""
    with working_on(actor, casus_id, "aanbod.doen", op) as werk:
        aanbod = _offer(werk, aanbod_id)
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 400)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        if actor.organisatie_id != aanbod.van_organisatie_id:
            raise GeenRecht(merk="aanbod.doen")
        if aanbod.antwoord == "ingetrokken":
            return
        if aanbod.antwoord:
            raise AlGedaan(nu=aanbod.antwoord)
        aanbod.reden = waarom
        werk.save(aanbod, "reden")
        take_back(werk, aanbod)
        werk.event("aanbod_ingetrokken", moment, _told(werk, aanbod) | {"reden": waarom}, reden=waarom)


def pass_regie_now(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    organisatie_id: UUID,
    reden: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """The lead passes because the event that the region agreed has happened: the meeting was held (ZL-79), the follow-up
    is determined (CIT-22), it is safe (HGL-10), the intervention took place (UTR-11).

    Errors: `GeenRegie` unless the actor's organisation leads, `NogNietKlaar` while the event has not happened or the
    region lets the lead pass by acceptance only (then `offer_regie`), `RedenNodig` for another party than proposed, `ZeiEerderNee`
    for one that said no before, `Achterhaald`. Who gets the lead unasked gets a task too, so that it is not only in a list.
    To who leads already nothing changes."""
    with working_on(actor, casus_id, MERK, op) as werk:
        was_first(werk, "regie_over", versie, {"organisatie": str(organisatie_id), "reden": reden})
        if werk.d.regie is not None and werk.d.regie.organisatie_id == organisatie_id:
            return
        leads(werk)
        lezer = Lezer()
        wie = organisation(werk, lezer, "organisatie_id", organisatie_id)
        waarom = lezer.tekst("reden", reden, 500)
        lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert wie is not None
        if nog := _why_not_now(werk):
            raise NogNietKlaar(wat=nog, voorstel=werk.voorstel("regie.overgang"))
        voorstel = werk.voorstel("regie.procesregisseur") or werk.voorstel("regie.nu")
        anders = voorstel is not None and not fits(werk, wie, str(voorstel["waarde"]))
        zei_nee = any(
            b.soort == "regie" and b.antwoord == "geweigerd" and b.aan_organisatie_id == wie.id
            for b in werk.d.aanbiedingen
        )
        if zei_nee and not waarom:
            raise ZeiEerderNee(voorstel=voorstel)
        if anders and not waarom:
            raise RedenNodig(voorstel=voorstel)
        let_lead_pass(werk, wie.id, waarom, anders)  # Passing a no by asks a reason; it departs from no agreement.
        werk.task(
            f"De regie ligt nu bij jullie. Bel {actor.organisatie[:200]} en spreek af wie procesregisseur is.",
            wie.id,
            sleutel=f"regie_gekregen.{wie.id}.{werk.casus.versie}",
            waarom=f"{waarom[:250]} {BELLEN}".strip(),
        )


def expire_offers(op: datetime, niet: Collection[UUID] = (), mis: set[UUID] | None = None) -> int:
    """Let every offer pass whose last moment has passed, for the worker; returns how many. Each becomes a task for who
    asked. The lead never moves by silence: no source says that it does. Casussen in `niet` are passed over; one at which
    something goes wrong holds up no other and comes into `mis` (without `mis` it is raised)."""
    with connection.cursor() as cursor:
        cursor.execute("select casus_id, id, van_organisatie_id from vangnet_verlopen(%s)", [op])
        verlopen = cursor.fetchall()
    aantal = 0
    for casus_id, aanbod_id, van_id in verlopen:
        if casus_id in niet:
            continue
        try:
            aantal += _expire(casus_id, aanbod_id, van_id, op)
        except Exception as fout:
            if mis is None or not connection.is_usable():
                raise
            logger.exception("een aanbod laten verlopen ging mis: %s", type(fout).__name__)
            mis.add(casus_id)
    return aantal


def _expire(casus_id: UUID, aanbod_id: UUID, van_id: UUID, op: datetime) -> bool:
    """Whether this offer passed now; one that was answered meanwhile did not."""
    with asking(_in_name_of(van_id), op, work=True):
        with connection.cursor() as cursor:
            cursor.execute("select id from casework_casus where id = %s for update", [casus_id])
        dossier = read_dossier(casus_id)
        if dossier is None:
            raise LookupError("the casus of an offer that passed is not in sight")
        aanbod = next((b for b in dossier.aanbiedingen if b.id == aanbod_id), None)
        if aanbod is None or aanbod.antwoord or dossier.casus.gesloten_op is not None:
            return False
        actor = _in_name_of(van_id, aanbod.gedaan_door_id, dossier.naam(van_id))
        werk = Werk(actor, op, dossier, frozenset())
        take_back(werk, aanbod, "verlopen")
        werk.event("aanbod_verlopen", op, _told(werk, aanbod) | {"vanzelf": True})
        werk.task(
            f"{werk.d.naam(aanbod.aan_organisatie_id)} gaf geen antwoord: {GEVRAAGD[aanbod.soort]}. Bel, of vraag een ander.",
            aanbod.van_organisatie_id,
            sleutel=f"geen_antwoord.{aanbod.id}",
            regels=list(aanbod.regels),
        )
        werk.keep()
        log.note(None, "wijzigen", "aanbod", op, casus_id, toelichting="verlopen")
    return True


def accept(werk: Werk, aanbod: Aanbod, wie: str, wijze: str, nota: str, moment: datetime) -> None:
    """Keep a yes and what follows from it: the lead passes, or the organisation takes part.

    Errors: `AlGedaan` when the lead has gone elsewhere since it was offered."""
    if aanbod.soort == "regie" and (werk.d.regie is None or werk.d.regie.organisatie_id != aanbod.van_organisatie_id):
        raise AlGedaan(nu=werk.d.naam(werk.d.regie.organisatie_id) if werk.d.regie else "")
    _answered(werk, aanbod, "aanvaard", wie, wijze, nota, moment)
    werk.event(
        "aanbod_aanvaard", moment, _told(werk, aanbod) | {"wie": wie, "wijze": wijze}, regels=list(aanbod.regels)
    )
    if aanbod.soort == "regie":
        voorstel = werk.voorstel("regie.procesregisseur")
        nemer = Organisatie.objects.get(id=aanbod.aan_organisatie_id)
        anders = voorstel is not None and not fits(werk, nemer, str(voorstel["waarde"]))
        # Whoever says yes himself has the lead; a system that passes the answer on is nobody to ask for.
        eigen = werk.actor.organisatie_id == aanbod.aan_organisatie_id and werk.actor.koppeling_id is None
        zelf = werk.actor.medewerker_id if eigen else None
        let_lead_pass(werk, aanbod.aan_organisatie_id, aanbod.tekst, anders or _early(werk), zelf)
    else:
        werk.involve(aanbod.aan_organisatie_id, DEEL_BIJ[aanbod.soort])
    if aanbod.soort == "rto":
        _guest_answers(werk, aanbod, "ja")
    let_go(werk, aanbod.aan_organisatie_id)
    if aanbod.soort in ("regie", "rto", "vervolg"):
        local_team_joins(werk, aanbod.aan_organisatie_id, moment)


def refuse(werk: Werk, aanbod: Aanbod, wie: str, waarom: str, wijze: str, nota: str, moment: datetime) -> None:
    """Keep a no, with its reason, as a dispute: a task for the coordinator of who asked. The lead stays; help that waited
    for this answer does not go ahead, so that nobody counts on a bed that is not there."""
    _answered(werk, aanbod, "geweigerd", wie, wijze, nota, moment)
    werk.event(
        "aanbod_geweigerd",
        moment,
        _told(werk, aanbod) | {"wie": wie, "wijze": wijze, "reden": waarom},
        reden=waarom,
        regels=list(aanbod.regels),
    )
    werk.task(
        f"Coördinator: {werk.d.naam(aanbod.aan_organisatie_id)} zegt nee ({GEVRAAGD[aanbod.soort]}). Los het samen op."[
            :300
        ],
        aanbod.van_organisatie_id,
        sleutel=f"geschil.{aanbod.id}",
        waarom=waarom[:300],
        regels=list(aanbod.regels),
    )
    if aanbod.soort == "rto":
        _guest_answers(werk, aanbod, "nee")
    inzet = next((i for i in werk.d.hulp if aanbod.soort == "hulp" and i.id == aanbod.inzet_id), None)
    if inzet is not None and inzet.van is None and inzet.aanbieder_id == aanbod.aan_organisatie_id:
        inzet.vervallen_op, inzet.reden_einde = moment, waarom[:300]
        werk.save(inzet, "vervallen_op", "reden_einde")
        werk.event("inzet_vervallen", moment, {"vorm": vormnaam(werk.advies, inzet.vorm), "reden": waarom})
    let_go(werk, aanbod.aan_organisatie_id)


def _guest_answers(werk: Werk, aanbod: Aanbod, komt: str) -> None:
    """Yes or no to the question to come to the meeting stands with the guest too; how it comes, when said, is kept."""
    rto = next((r for r in werk.d.rtos if r.id == aanbod.rto_id), werk.d.rto)
    if rto is None or rto.gehouden_op is not None or rto.vervallen_op is not None:
        return
    for gast in werk.d.genodigden:
        staat_er = gast.komt == komt or (komt == "ja" and gast.komt == "op_afstand")
        if gast.rto_id == rto.id and gast.organisatie_id == aanbod.aan_organisatie_id and not staat_er:
            gast.komt = komt
            werk.save(gast, "komt")


def let_lead_pass(
    werk: Werk, organisatie_id: UUID, reden: str = "", afgeweken: bool = False, medewerker_id: UUID | None = None
) -> None:
    """The lead passes now, to this person there when he said yes himself; whatever else was offered about it is withdrawn."""
    for aanbod in werk.d.aanbiedingen:
        if aanbod.soort == "regie" and aanbod.antwoord == "":
            take_back(werk, aanbod)
    werk.pass_regie(organisatie_id, medewerker_id, reden, afgeweken)
    local_team_joins(werk, organisatie_id, werk.op)


def local_team_joins(werk: Werk, organisatie_id: UUID, moment: datetime) -> None:
    """The access of a municipality takes part in what follows: that is when the local team was involved (LEK-26)."""
    lopend = [i for i in werk.d.hulp if i.wijkteam_betrokken_op is None]
    if lopend and Organisatie.objects.filter(id=organisatie_id, soort=Soort.TOEGANG).exists():
        for inzet in lopend:
            inzet.wijkteam_betrokken_op = moment
            werk.save(inzet, "wijkteam_betrokken_op")


def fits(werk: Werk, wie: Organisatie, partij: str) -> bool:
    """Whether an organisation is of the kind that the rules mean by a party, and of the municipality of the casus."""
    if partij == "crisisdienst":
        return wie.id == werk.d.dienst_id
    if partij == "toegang_of_gi":
        return wie.soort == Soort.GI or fits(werk, wie, "toegang")
    soort = PARTIJSOORT.get(partij)
    if soort is None:
        return True
    if soort == Soort.TOEGANG and werk.casus.gemeente and wie.gemeente and wie.gemeente != werk.casus.gemeente:
        return False
    return wie.soort == soort


def _early(werk: Werk) -> bool:
    """Whether the event by which the lead passes in this region has not happened yet."""
    return werk.advies is not None and bool(regie_wacht_op(werk.d, werk.advies))


def _why_not_now(werk: Werk) -> str:
    """Why the lead does not pass by itself, as a sentence; empty when the event of this region has happened."""
    a = werk.advies.afspraken.regie if werk.advies else None
    if werk.advies is None or a is None:
        return T(
            "De afspraken van deze regio zeggen niet wanneer de regie overgaat: vraag of een ander haar aanvaardt."
        )
    if a.overgang_regie in ("aanvaarding", "zo_snel_mogelijk"):
        return T("Hier gaat de regie over als een ander haar aanvaardt: vraag het.")
    return regie_wacht_op(werk.d, werk.advies)


def by_phone(lezer: Lezer, naam: str, telefoon: str) -> tuple[str, str]:
    """Who said yes or no by phone, and the number to call back."""
    return (
        lezer.tekst("naam", naam, 120, T("wie je sprak")),
        lezer.tekst("telefoon", telefoon, 30, T("het nummer om terug te bellen")),
    )


def phone_note(namen: tuple[str, str], waarom: str) -> str:
    """What is kept with an answer: who said it and the number, then why."""
    if not namen[0]:
        return waarom
    return f"{namen[0]}, {namen[1]}" + (f": {waarom}" if waarom else "")


def _answered(werk: Werk, aanbod: Aanbod, antwoord: str, wie: str, wijze: str, nota: str, moment: datetime) -> None:
    aanbod.antwoord, aanbod.wijze = antwoord, wijze
    aanbod.beantwoord_op, aanbod.beantwoord_door, aanbod.reden = moment, wie[:120], nota[:500]
    werk.save(aanbod, "antwoord", "wijze", "beantwoord_op", "beantwoord_door", "reden")


def _told(werk: Werk, aanbod: Aanbod) -> dict[str, Any]:
    return {
        "aan": werk.d.naam(aanbod.aan_organisatie_id),
        "wat": GEVRAAGD[aanbod.soort],
        "aanbod": str(aanbod.id),
        "reden": "",
    }


def _offer(werk: Werk, aanbod_id: UUID) -> Aanbod:
    aanbod = next((b for b in werk.d.aanbiedingen if b.id == aanbod_id), None)
    if aanbod is None:
        raise OngeldigeInvoer(("aanbod_id", str(aanbod_id), T("een vraag van deze casus")))
    return aanbod


def last_moment(werk: Werk, lezer: Lezer, uiterlijk: datetime | None) -> datetime | None:
    """Until when a question waits: a moment to come, or None."""
    if uiterlijk is None:
        return None
    if uiterlijk.tzinfo is None:
        uiterlijk = uiterlijk.replace(tzinfo=AMSTERDAM)
    if uiterlijk <= werk.op:
        lezer.fout("uiterlijk", str(uiterlijk), T("een moment dat nog komt"))
    return uiterlijk


NIEMAND = UUID(int=0)


def _in_name_of(organisatie_id: UUID, medewerker_id: UUID = NIEMAND, naam: str = "") -> Actor:
    """Who asked: an offer that expires is told in the name of the one who made it, marked as going by itself."""
    return Actor(
        medewerker_id=medewerker_id,
        naam="",
        organisatie_id=organisatie_id,
        organisatie=naam,
        soort="",
        rol="",
        regio="",
    )
