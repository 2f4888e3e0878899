# SPDX-License-Identifier: EUPL-1.2
"""The round-table meeting: plan, invite, move, cancel, hold, and keep what it agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Organisatie, Soort
from vangnet.casework.models import Aanbod, Genodigde, Rto
from vangnet.conf.identifiers import new_id
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, dag_in_woorden

from .arrange_vervolghulp import keep_vervolg
from .besluit import (
    Lezer,
    decision,
    leads_or_is_service,
    let_go,
    next_working_day,
    organisation,
    put_question,
    take_back,
    was_first,
)  # fmt: skip
from .hand_over_procesregie import accept, fits, let_lead_pass, refuse
from .weigeringen import AlGedaan, GeenRecht, RedenNodig
from .werk import Werk, working_on

PLANT = "rto.plannen"
HOUDT = "rto.houden"
KOMT = ("ja", "nee", "op_afstand")


@dataclass(frozen=True)
class Aanwezig:
    """How one invited person or organisation took part."""

    genodigde_id: UUID
    aanwezig: bool
    op_afstand: bool = False
    steunt_perspectief: bool | None = None


@dataclass(frozen=True)
class Rtoverslag:
    """What a meeting agreed. `perspectief_bekend` False says that it is not known yet: then `perspectief` tells who
    finds out and when (ZL-70)."""

    perspectief: str = ""
    perspectief_bekend: bool = True
    perspectief_eigenaar: UUID | None = None
    """The organisation that finds out, when the perspective is not known."""
    perspectief_uiterlijk: datetime | None = None
    veiligheidsplan: str = ""
    """One line is enough (ZL-70)."""
    doelen: Sequence[str] = ()
    route: int | None = None
    """Route of the follow-up (ZL-99..103) where the region has them."""
    vervolg: str = ""
    """The follow-up in words; in a region without routes this is it."""
    procesregisseur_id: UUID | None = None
    procesregisseur_naam: str = ""
    procesregisseur_aanwezig: bool | None = None
    op_afstand: bool | None = None
    reden_op_afstand: str = ""
    nieuw_overleg_nodig: bool | None = None
    aanwezigen: Sequence[Aanwezig] = field(default_factory=tuple)
    """Whoever is invited and not named here is not filled in."""


def plan_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    gepland_op: datetime,
    waar: str = "",
    genodigden: Sequence[Mapping[str, Any]] = (),
    reden_andere_dag: str = "",
    rto_id: UUID | None = None,
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> UUID:
    """Plan the meeting and invite; returns its id. Each of `genodigden` names `organisatie_id`, `persoon_id` or just
    `naam`. An invited organisation sees a profile and the question until it says that it comes (the least it needs, of
    those of ZL-74..76). Another day than the agreements give needs `reden_andere_dag` (kept with the proposal `rto.dag`).

    Errors: `GeenRegie` for who neither leads nor is the service, `RedenNodig`, `OngeldigeInvoer` (a day before the casus
    began, an unknown organisation or person), `AlGedaan` when another meeting is planned (move it), `Achterhaald`; the
    same moment again changes nothing."""
    with working_on(actor, casus_id, PLANT, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        gepland_op = _planned(werk, lezer, gepland_op)
        plek = lezer.tekst("waar", waar, 200)
        reden = lezer.tekst("reden_andere_dag", reden_andere_dag, 300)
        gasten = _read_guests(werk, lezer, genodigden)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        staat_er = next((r for r in werk.d.rtos if r.gehouden_op is None and r.vervallen_op is None), None)
        if staat_er is not None:
            if staat_er.gepland_op == gepland_op or staat_er.id == rto_id:
                return staat_er.id
            was_first(werk, "rto_gepland", versie, {"gepland_op": gepland_op.isoformat()})
            raise AlGedaan(nu=staat_er.gepland_op.isoformat())
        voorstel, anders = _day(werk, gepland_op)
        if anders and not reden:
            raise RedenNodig(voorstel=voorstel)
        rto = werk.add(
            "rtos",
            Rto(
                id=rto_id or new_id(),
                casus_id=werk.casus.id,
                gepland_op=gepland_op,
                waar=plek,
                reden_andere_dag=reden if anders else "",
            ),
        )
        werk.event(
            "rto_gepland",
            moment,
            decision(werk, dag=gepland_op.isoformat(), waar=plek),
            voorstel=voorstel,
            afgeweken=anders,
            reden=reden,
        )
        _invite(werk, rto, gasten)
        return rto.id


def invite(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    genodigden: Sequence[Mapping[str, Any]],
    gebeurd_op: datetime | None = None,
) -> None:
    """Invite more to a planned meeting; who was invited already is left alone.

    Errors: `GeenRegie`, `OngeldigeInvoer`, `AlGedaan` once it was held or cancelled."""
    with working_on(actor, casus_id, PLANT, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        rto = _rto(werk, lezer, rto_id)
        gasten = _read_guests(werk, lezer, genodigden)
        lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert rto is not None
        _still_planned(rto)
        _invite(werk, rto, gasten)


def move_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    gepland_op: datetime,
    waar: str | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """Another moment or place (None keeps it), with why when the day is not the agreed one; who was invited is asked again.
    The same moment and place change nothing.

    Errors: `GeenRegie`, `RedenNodig`, `OngeldigeInvoer`, `AlGedaan` once it was held or cancelled."""
    with working_on(actor, casus_id, PLANT, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        rto = _rto(werk, lezer, rto_id)
        gepland_op = _planned(werk, lezer, gepland_op)
        waarom = lezer.tekst("reden", reden, 300)
        plek = None if waar is None else lezer.tekst("waar", waar, 200)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert rto is not None
        _still_planned(rto)
        if rto.gepland_op == gepland_op and plek in (None, rto.waar):
            return
        verzet = rto.gepland_op != gepland_op
        voorstel, anders = _day(werk, gepland_op)
        if anders and not waarom:
            raise RedenNodig(voorstel=voorstel)
        rto.gepland_op, rto.reden_andere_dag = gepland_op, waarom if anders else ""
        rto.waar = rto.waar if plek is None else plek
        werk.save(rto, "gepland_op", "reden_andere_dag", "waar")
        werk.event(
            "rto_verzet",
            moment,
            {"dag": gepland_op.isoformat(), "reden": waarom},
            voorstel=voorstel,
            afgeweken=anders,
            reden=waarom,
        )
        if not verzet:
            return
        for gast in werk.d.genodigden:
            if gast.rto_id != rto.id:
                continue
            if gast.organisatie_id not in (None, actor.organisatie_id):
                for aanbod in _questions(werk, rto, gast.organisatie_id):
                    if aanbod.antwoord == "":
                        aanbod.antwoord, aanbod.beantwoord_op = "ingetrokken", werk.op
                        werk.save(aanbod, "antwoord", "beantwoord_op")
                _ask(werk, rto, gast.organisatie_id)
                gast.komt = ""
                werk.save(gast, "komt")
            elif gast.organisatie_id is None and gast.komt:
                gast.komt = ""
                werk.save(gast, "komt")


def cancel_rto(
    actor: Actor, op: datetime, casus_id: UUID, rto_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """The meeting does not take place, and why; its clock keeps running, since one is still due. A second time changes
    nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` without a reason; `AlGedaan` once it was held."""
    with working_on(actor, casus_id, PLANT, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        rto = _rto(werk, lezer, rto_id)
        waarom = lezer.tekst("reden", reden, 300, T("waarom het RTO niet doorgaat"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert rto is not None
        if rto.vervallen_op is not None:
            return
        _still_planned(rto)
        rto.vervallen_op, rto.reden_vervallen = moment, waarom
        werk.save(rto, "vervallen_op", "reden_vervallen")
        werk.event("rto_vervallen", moment, {"reden": waarom}, reden=waarom)
        for aanbod in werk.d.aanbiedingen:
            if aanbod.rto_id == rto.id:
                if aanbod.antwoord == "":
                    take_back(werk, aanbod)
                werk.release(aanbod.aan_organisatie_id, Deel.RTO)


def answer_invitation(
    actor: Actor, op: datetime, casus_id: UUID, genodigde_id: UUID, komt: str, gebeurd_op: datetime | None = None
) -> None:
    """Whether an invited one comes: `ja`, `nee`, `op_afstand`; by the organisation itself or by who plans, who heard it
    by phone. An organisation that comes takes part from then on (RTO). The same answer again changes nothing.

    Errors: `OngeldigeInvoer`, `GeenRecht` for somebody else's invitation, `AlGedaan` once it was held or cancelled."""
    with working_on(actor, casus_id, "aanbod.beantwoorden", op) as werk:
        lezer = Lezer()
        gast = next((g for g in werk.d.genodigden if g.id == genodigde_id), None)
        if gast is None:
            lezer.fout("genodigde_id", str(genodigde_id), T("een genodigde van deze casus"))
        antwoord = lezer.keuze("komt", komt, KOMT)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert gast is not None
        regie = werk.d.regie.organisatie_id if werk.d.regie else None
        if actor.organisatie_id not in (gast.organisatie_id, regie, werk.d.dienst_id):
            raise GeenRecht(merk="aanbod.beantwoorden")
        rto = next(r for r in werk.d.rtos if r.id == gast.rto_id)
        _still_planned(rto)
        if gast.komt == antwoord:
            return
        gast.komt = antwoord
        werk.save(gast, "komt")
        werk.event("rto_antwoord", moment, {"wie": gast.naam, "antwoord": ANTWOORD[antwoord]})
        if gast.organisatie_id is not None:
            wijze = "scherm" if actor.organisatie_id == gast.organisatie_id else "telefoon"
            _organisation_answers(werk, rto, gast, antwoord, wijze, moment)


def hold_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    verslag: Rtoverslag,
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """The meeting was held (`gebeurd_op`, else its planned moment) and this was agreed. Where the lead passes at the
    meeting (ZL-79) and the named procesregisseur was present, it passes now; absent, it is offered with a clock
    (X-18/afwezig). Without a gezinsplan its task is made (ZL-36, ZL-83).

    Errors: `GeenRegie`; `OngeldigeInvoer` naming what the region asks in the report and is missing (`perspectief`,
    `veiligheidsplan`, `vervolg`, `procesregisseur`); `AlGedaan` when it was held with another report; `Achterhaald`."""
    with working_on(actor, casus_id, HOUDT, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        rto = _rto(werk, lezer, rto_id)
        v = _read_report(werk, lezer, verslag)
        moment = lezer.moment(werk, gebeurd_op or (min(rto.gepland_op, op) if rto else None))
        lezer.klaar()
        assert rto is not None
        if rto.gehouden_op is not None:
            zelfde = (rto.perspectief, rto.veiligheidsplan, rto.procesregisseur_organisatie_id) == (
                v.perspectief, v.veiligheidsplan, v.procesregisseur_id,
            )  # fmt: skip
            if zelfde:
                return
            was_first(werk, "rto_gehouden", versie, {"perspectief": v.perspectief})
            raise AlGedaan(nu=rto.gehouden_op.isoformat())
        _still_planned(rto)
        voorstel = werk.voorstel("rto.verslag")
        rto.gehouden_op = moment
        rto.perspectief, rto.perspectief_bekend = v.perspectief, v.perspectief_bekend
        rto.veiligheidsplan, rto.doelen = v.veiligheidsplan, list(v.doelen)
        rto.procesregisseur_organisatie_id = v.procesregisseur_id
        rto.procesregisseur_naam, rto.procesregisseur_aanwezig = v.procesregisseur_naam, v.procesregisseur_aanwezig
        rto.op_afstand, rto.reden_op_afstand = v.op_afstand, v.reden_op_afstand
        rto.nieuw_overleg_nodig = v.nieuw_overleg_nodig
        werk.save(
            rto, "gehouden_op", "perspectief", "perspectief_bekend", "veiligheidsplan", "doelen",
            "procesregisseur_organisatie", "procesregisseur_naam", "procesregisseur_aanwezig", "op_afstand",
            "reden_op_afstand", "nieuw_overleg_nodig",
        )  # fmt: skip
        werk.event(
            "rto_gehouden",
            moment,
            decision(
                werk,
                rto=str(rto.id),
                perspectief_bekend=v.perspectief_bekend,
                procesregisseur=v.procesregisseur_naam or werk.d.naam(v.procesregisseur_id),
                procesregisseur_aanwezig=v.procesregisseur_aanwezig,
            ),
            voorstel=voorstel,
        )
        _attendance(werk, rto, v, moment)
        if v.veiligheidsplan:
            werk.fact("inschatting.veiligheidsplan", True, moment)
        if v.perspectief_bekend and v.perspectief:
            for inzet in werk.d.hulp:
                if inzet.perspectief_op is None:
                    inzet.perspectief_op = moment
                    werk.save(inzet, "perspectief_op")
        if v.route is not None or v.vervolg:
            keep_vervolg(werk, v.route, v.vervolg, moment)
        _lead_after(werk, v)
        _tasks_after(werk, rto, v)


def _lead_after(werk: Werk, v: Rtoverslag) -> None:
    """The lead passes to the named procesregisseur who was there; else it is offered, with a clock of our own (X-18)."""
    advies = werk.advies
    regie = advies.afspraken.regie if advies else None
    if advies is None or regie is None or v.procesregisseur_id is None or werk.d.regie is None:
        return
    keuze = advies.open_vragen.get("X-18/overgang_nml")
    bij_rto = regie.overgang_regie == "rto" or (keuze is not None and keuze.eerst == "op_rto")
    wie = v.procesregisseur_id
    if not bij_rto or werk.d.regie.organisatie_id == wie:
        return
    if werk.d.waarde("vervolg.regie_veilig_thuis"):
        naar_vt = Organisatie.objects.filter(id=wie, soort=Soort.VEILIG_THUIS).exists()
        if not naar_vt:
            return  # Veilig Thuis leads: it and the municipality agree when that ends (ZL-50), not the meeting.
    if v.procesregisseur_aanwezig:
        voorstel = werk.voorstel("regie.procesregisseur")
        nemer = Organisatie.objects.get(id=wie)
        anders = voorstel is not None and not fits(werk, nemer, str(voorstel["waarde"]))
        let_lead_pass(werk, wie, T("Zo besloten in het RTO.") if anders else "", anders)
    elif not any(b.soort == "regie" and b.antwoord == "" for b in werk.d.aanbiedingen):
        werk.involve(wie, Deel.RTO)
        overgang = advies.uitspraken.get("regie.overgang") or advies.uitspraken.get("regie.procesregisseur")
        put_question(
            werk,
            "regie",
            wie,
            "Je was niet bij het RTO. Neem je de regie over?",
            uiterlijk=next_working_day(werk),
            regels=list(overgang.regels) if overgang else [],
        )


def _tasks_after(werk: Werk, rto: Rto, v: Rtoverslag) -> None:
    advies = werk.advies
    lead = werk.d.regie.organisatie_id if werk.d.regie else werk.d.dienst_id
    plan = advies.uitspraken.get("rto.gezinsplan") if advies else None
    if plan is not None and werk.d.waarde("betrokken.gezinsplan") is not True:
        werk.task(T("Stel het gezinsplan op met het gezin"), lead, sleutel="gezinsplan", regels=list(plan.regels))
    if not v.perspectief_bekend:
        werk.task(
            T("Zoek uit wat het perspectief is"),
            v.perspectief_eigenaar or lead,
            sleutel=f"perspectief.{rto.id}",
            waarom=v.perspectief[:300],
            uiterlijk=v.perspectief_uiterlijk,
            regels=list(werk.advies.uitspraken["rto.verslag"].regels)
            if werk.advies and "rto.verslag" in werk.advies.uitspraken
            else [],
        )
    if v.nieuw_overleg_nodig:
        nog = advies.uitspraken.get("vervolg.vervolg_rto") if advies else None
        werk.task(
            T("Plan een vervolg-RTO"), lead, sleutel=f"vervolg_rto.{rto.id}", regels=list(nog.regels) if nog else []
        )


def _attendance(werk: Werk, rto: Rto, v: Rtoverslag, moment: datetime) -> None:
    per = {a.genodigde_id: a for a in v.aanwezigen}
    for gast in werk.d.genodigden:
        if gast.rto_id != rto.id:
            continue
        hier = per.get(gast.id)
        if hier is not None:
            gast.aanwezig, gast.steunt_perspectief = hier.aanwezig, hier.steunt_perspectief
            gast.komt = "op_afstand" if hier.aanwezig and hier.op_afstand else gast.komt
            werk.save(gast, "aanwezig", "steunt_perspectief", "komt")
        er_was = hier is not None and hier.aanwezig
        for aanbod in _questions(werk, rto, gast.organisatie_id):
            if aanbod.antwoord == "" and er_was:
                accept(werk, aanbod, gast.naam, "telefoon", "bij het RTO", moment)
            elif aanbod.antwoord == "":
                take_back(werk, aanbod)


def _organisation_answers(werk: Werk, rto: Rto, gast: Genodigde, antwoord: str, wijze: str, moment: datetime) -> None:
    vragen = _questions(werk, rto, gast.organisatie_id)
    open_ = next((b for b in vragen if b.antwoord == ""), None)
    assert gast.organisatie_id is not None
    if antwoord == "nee":
        if open_ is not None:
            refuse(werk, open_, gast.naam, "Komt niet naar het RTO.", wijze, "", moment)
        werk.release(gast.organisatie_id, Deel.RTO)
        let_go(werk, gast.organisatie_id)
    elif open_ is not None:
        accept(werk, open_, gast.naam, wijze, "", moment)
    else:
        werk.involve(gast.organisatie_id, Deel.RTO)


def _questions(werk: Werk, rto: Rto, organisatie_id: UUID | None) -> list[Aanbod]:
    if organisatie_id is None:
        return []
    return [b for b in werk.d.aanbiedingen if b.rto_id == rto.id and b.aan_organisatie_id == organisatie_id]


@dataclass(frozen=True)
class _Gast:
    organisatie_id: UUID | None
    persoon_id: UUID | None
    naam: str


def _read_guests(werk: Werk, lezer: Lezer, genodigden: Sequence[Mapping[str, Any]]) -> list[_Gast]:
    uit: list[_Gast] = []
    for nummer, gast in enumerate(genodigden):
        veld = f"genodigden.{nummer}"
        naam = lezer.tekst(f"{veld}.naam", gast.get("naam", ""), 120)
        organisatie_id, persoon_id = _id(gast.get("organisatie_id")), _id(gast.get("persoon_id"))
        if organisatie_id is not None:
            organisatie = organisation(werk, lezer, f"{veld}.organisatie_id", organisatie_id)
            if organisatie is not None:
                uit.append(_Gast(organisatie.id, None, naam or organisatie.naam))
        elif persoon_id is not None:
            persoon = next((p for p in werk.d.mensen if p.id == persoon_id), None)
            if persoon is None:
                lezer.fout(f"{veld}.persoon_id", str(persoon_id), T("iemand van deze casus"))
            else:
                uit.append(_Gast(None, persoon.id, (naam or persoon.naam or persoon.rol)[:120]))
        elif naam:
            uit.append(_Gast(None, None, naam))
        else:
            lezer.fout(veld, "", T("een organisatie, iemand van de casus of een naam"))
    return uit


def _id(ruw: Any) -> UUID | None:
    if ruw in (None, ""):
        return None
    if isinstance(ruw, UUID):
        return ruw
    try:
        return UUID(str(ruw))
    except ValueError:
        return UUID(int=0)  # Nobody has it: the reader says what is expected.


def _invite(werk: Werk, rto: Rto, gasten: Sequence[_Gast]) -> None:
    er_al = {
        (g.organisatie_id, g.persoon_id, g.naam if g.organisatie_id is None and g.persoon_id is None else "")
        for g in werk.d.genodigden
        if g.rto_id == rto.id
    }
    for gast in gasten:
        sleutel = (gast.organisatie_id, gast.persoon_id, "" if gast.organisatie_id or gast.persoon_id else gast.naam)
        if sleutel in er_al:
            continue
        er_al.add(sleutel)
        zelf = gast.organisatie_id == werk.actor.organisatie_id
        werk.add(
            "genodigden",
            Genodigde(
                rto_id=rto.id,
                casus_id=werk.casus.id,
                organisatie_id=gast.organisatie_id,
                persoon_id=gast.persoon_id,
                naam=gast.naam,
                komt="ja" if zelf else "",
            ),
        )
        if gast.organisatie_id is not None and not zelf:
            _ask(werk, rto, gast.organisatie_id)


def _ask(werk: Werk, rto: Rto, organisatie_id: UUID) -> None:
    wie = werk.advies.uitspraken.get("rto.genodigden") if werk.advies else None
    put_question(
        werk,
        "rto",
        organisatie_id,
        f"Kom je naar het RTO op {_dag_tekst(rto.gepland_op)}?",
        rto_id=rto.id,
        regels=list(wie.regels) if wie else [],
    )


def _read_report(werk: Werk, lezer: Lezer, v: Rtoverslag) -> Rtoverslag:
    """The report as it can be kept; what the region asks of it and is not there becomes a fault."""
    advies = werk.advies
    a = advies.afspraken if advies else None
    vraagt = bool(a and a.rto and a.rto.verslag)
    perspectief = lezer.tekst("perspectief", v.perspectief, 4000)
    plan = lezer.tekst("veiligheidsplan", v.veiligheidsplan, 8000)
    vervolg = lezer.tekst("vervolg", v.vervolg, 2000)
    naam = lezer.tekst("procesregisseur_naam", v.procesregisseur_naam, 120)
    waarom_ver = lezer.tekst("reden_op_afstand", v.reden_op_afstand, 300)
    doelen = [d for n, doel in enumerate(v.doelen) if (d := lezer.tekst(f"doelen.{n}", doel, 500))]
    routes = {r.nummer for r in a.vervolg.routes} if a else set()
    if v.route is not None and v.route not in routes:
        lezer.fout("route", v.route, ", ".join(map(str, sorted(routes))) or T("niets: deze regio kent geen routes"))
    if v.perspectief_bekend and not perspectief:
        # A report without a word is a slip of the finger, in any region; where no agreement asks it, it is ours and says so.
        lezer.fout(
            "perspectief",
            "",
            T("wat het perspectief is, of dat het nog niet bekend is en wie dat uitzoekt")
            if vraagt
            else T("wat het perspectief is, of dat het nog niet bekend is; dit vraagt Vangnet, geen afspraak"),
        )
    if vraagt:
        if not plan:
            lezer.fout("veiligheidsplan", "", T("het veiligheidsplan; één regel is nu genoeg"))
        if v.perspectief_bekend and v.route is None and not vervolg and werk.d.waarde("vervolg.route") is None:
            lezer.fout("vervolg", "", T("het vervolg: een route, of wat er nodig is"))
    if not v.perspectief_bekend and v.perspectief_eigenaar is None:
        lezer.fout("perspectief_eigenaar", "", T("wie uitzoekt wat het perspectief is"))
    if a and a.regie and a.regie.overgang_regie == "rto" and v.procesregisseur_id is None:
        lezer.fout("procesregisseur", "", T("welke organisatie de procesregie krijgt"))
    for veld, wie in (("procesregisseur", v.procesregisseur_id), ("perspectief_eigenaar", v.perspectief_eigenaar)):
        if wie is not None:
            organisation(werk, lezer, veld, wie)
    if v.procesregisseur_id is not None and v.procesregisseur_aanwezig is None:
        lezer.fout("procesregisseur_aanwezig", "", T("ja of nee"))
    if v.op_afstand and not waarom_ver and a and a.rto and a.rto.op_afstand:
        lezer.fout("reden_op_afstand", "", T("waarom iemand op afstand meedeed"))
    bekend = {g.id for g in werk.d.genodigden}
    for n, aanwezig in enumerate(v.aanwezigen):
        if aanwezig.genodigde_id not in bekend:
            lezer.fout(f"aanwezigen.{n}", str(aanwezig.genodigde_id), T("een genodigde van dit RTO"))
    uiterlijk = v.perspectief_uiterlijk
    return Rtoverslag(
        perspectief=perspectief,
        perspectief_bekend=v.perspectief_bekend,
        perspectief_eigenaar=v.perspectief_eigenaar,
        perspectief_uiterlijk=uiterlijk.replace(tzinfo=uiterlijk.tzinfo or AMSTERDAM) if uiterlijk else None,
        veiligheidsplan=plan,
        doelen=doelen,
        route=v.route,
        vervolg=vervolg,
        procesregisseur_id=v.procesregisseur_id,
        procesregisseur_naam=naam,
        procesregisseur_aanwezig=v.procesregisseur_aanwezig,
        op_afstand=v.op_afstand,
        reden_op_afstand=waarom_ver,
        nieuw_overleg_nodig=v.nieuw_overleg_nodig,
        aanwezigen=tuple(v.aanwezigen),
    )


def _day(werk: Werk, gepland_op: datetime) -> tuple[dict[str, Any] | None, bool]:
    """The proposed day, and whether the planned one fits no reading of it."""
    voorstel = werk.voorstel("rto.dag")
    if voorstel is None or werk.advies is None:
        return None, False
    uitspraak = werk.advies.uitspraken["rto.dag"]
    dagen = {uitspraak.waarde, *(w for _, w in uitspraak.lezingen)}
    return voorstel, lokaal(gepland_op).date() not in {d for d in dagen if isinstance(d, date)}


def _planned(werk: Werk, lezer: Lezer, gepland_op: datetime) -> datetime:
    if gepland_op.tzinfo is None:
        gepland_op = gepland_op.replace(tzinfo=AMSTERDAM)
    if gepland_op < werk.casus.begonnen_op:
        lezer.fout("gepland_op", str(gepland_op), T("een moment na de melding"))
    elif gepland_op.year > werk.op.year + 1:
        lezer.fout("gepland_op", str(gepland_op), T("een dag binnen een jaar"))
    return gepland_op


def _rto(werk: Werk, lezer: Lezer, rto_id: UUID) -> Rto | None:
    rto = next((r for r in werk.d.rtos if r.id == rto_id), None)
    if rto is None:
        lezer.fout("rto_id", str(rto_id), T("een RTO van deze casus"))
    return rto


def _still_planned(rto: Rto) -> None:
    if rto.gehouden_op is not None or rto.vervallen_op is not None:
        raise AlGedaan(nu="gehouden" if rto.gehouden_op else "vervallen")


def _dag_tekst(moment: datetime) -> str:
    hier = lokaal(moment)
    return f"{dag_in_woorden(hier.date())} {hier:%H:%M}"


ANTWOORD = {"ja": T("komt"), "nee": T("komt niet"), "op_afstand": T("doet op afstand mee")}
