# SPDX-License-Identifier: EUPL-1.2
"""Crisis help: choose the lightest form that fits, tell the parents, begin, move, end; always know where a child sleeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Organisatie, Soort
from vangnet.casework.models import VERBLIJFSVORMEN, Inzet, Jeugdige
from vangnet.conf.identifiers import new_id
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import lokaal
from vangnet.rules.situatie import Vorm
from vangnet.rules.tekst import T
from vangnet.rules.zorgvorm import GROEPEN, Groep, Zorgvorm

from .acties import slaapplek, vormnaam
from .besluit import (
    Lezer,
    advice_for,
    decision,
    iso,
    let_go,
    number_of,
    organisation,
    put_question,
    take_back,
    was_first,
)
from .weigeringen import CrisisNietBesloten, NietBetrokken, NogNietKlaar, RedenNodig
from .werk import Werk, working_on

KIEST = "inzet.besluiten"
DOET = "inzet.uitvoeren"
MAG = frozenset({"kan", "eerst"})
"""Values of `inzet.<groep>` under which a form is as agreed; any other needs a reason."""
TRAJECTEN: tuple[str, ...] = ("crisisinterventie", "drangtraject")
"""What a region without a list of forms works with."""


@dataclass(frozen=True)
class _Keuze:
    """A form of help as it was asked for, read and checked."""

    vorm: str
    kind: Jeugdige | None
    aanbieder: Organisatie | None
    aanbieder_naam: str
    plaats: str
    gesproken_met: str
    tot_wanneer: date | None
    overwogen: dict[str, str]
    reden: str


def forms_of(afspraken: Afspraken) -> tuple[str, ...]:
    """The forms of help that a region works with, lightest first as it lists them; where it lists none, its trajectories."""
    if afspraken.zorg.vormen:
        return tuple(v.vorm for v in afspraken.zorg.vormen)
    return TRAJECTEN if afspraken.traject.drang else TRAJECTEN[:1]


def choose_inzet(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    vorm: str,
    jeugdige_id: UUID | None = None,
    aanbieder_id: UUID | None = None,
    aanbieder_naam: str = "",
    plaats: str = "",
    gesproken_met: str = "",
    tot_wanneer: date | None = None,
    overwogen: Mapping[str, str] | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
    inzet_id: UUID | None = None,
) -> UUID:
    """Choose a form of help for one child (`jeugdige_id`) or the whole family (None); returns the id of the inzet. With
    an `inzet_id` made by the client a double click makes one; else the same form for the same child at the same provider
    that has not begun is that one.

    `overwogen` says per lighter group (`ambulant`, `netwerk`, `noodbed`, `pleegzorg`) or form why it does not fit; it is
    asked for where the region's ladder asks it (LEK-15, ICJ-24..26). With `gesproken_met` the place was arranged by
    phone: the provider takes part at once; else it is asked and takes part when it says yes.

    Errors: `OngeldigeInvoer` (unknown form, child, provider; a stay without a child; a lighter form without a reason is
    named as `overwogen.<groep>`), `RedenNodig` when the agreements say otherwise (`inzet.<groep>`) or do not name the
    form, `CrisisNietBesloten`, `Achterhaald`."""
    with working_on(actor, casus_id, KIEST, op) as werk:
        bestaand = next((i for i in werk.d.inzetten if inzet_id is not None and i.id == inzet_id), None)
        if bestaand is not None:
            return bestaand.id
        lezer = Lezer()
        keuze = _read(
            werk, lezer, vorm, jeugdige_id, aanbieder_id, aanbieder_naam, plaats, gesproken_met, tot_wanneer, overwogen,
            reden,
        )  # fmt: skip
        moment = lezer.moment(werk, gebeurd_op, werk.casus.besluit_crisis_op)
        lezer.klaar()
        was_first(werk, "inzet_besloten", versie, {"vorm": vorm, "reden": reden})
        return _choose(werk, keuze, moment, inzet_id)


def inform_parents(
    actor: Actor, op: datetime, casus_id: UUID, inzet_id: UUID, wie: str = "", gebeurd_op: datetime | None = None
) -> None:
    """The parents (`wie`) were told how long this form lasts at most (ZL-26, ZL-27). A second time changes nothing.

    Errors: `OngeldigeInvoer` for an inzet that is not of this casus."""
    with working_on(actor, casus_id, DOET, op) as werk:
        lezer = Lezer()
        inzet = _inzet(werk, lezer, inzet_id)
        wie_hoorde = lezer.tekst("wie", wie, 120)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert inzet is not None
        _may_carry_out(werk, inzet)
        if inzet.ouders_geinformeerd_op is not None:
            return
        voorstel = _about(werk, inzet, "ouders")
        inzet.ouders_geinformeerd_op = moment
        werk.save(inzet, "ouders_geinformeerd_op")
        werk.event(
            "ouders_geinformeerd", moment, {"vorm": vormnaam(werk.advies, inzet.vorm), "wie": wie_hoorde}, voorstel
        )


def begin_inzet(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    inzet_id: UUID,
    reden: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """The help has begun; its clock starts. Where parents must hear first how long it lasts (ZL-26) and have not, it
    begins only with a reason. A second time changes nothing.

    Errors: `RedenNodig`, `DubbelBed`, `CrisisNietBesloten`, `OngeldigeInvoer`, `NogNietKlaar` for one that was dropped."""
    with working_on(actor, casus_id, DOET, op) as werk:
        lezer = Lezer()
        inzet = _inzet(werk, lezer, inzet_id)
        waarom = lezer.tekst("reden", reden, 500)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert inzet is not None
        _may_carry_out(werk, inzet)
        if inzet.van is not None:
            return
        if inzet.vervallen_op is not None:
            raise NogNietKlaar(wat=T("Deze hulp is afgeblazen: kies haar opnieuw."))
        _begin(werk, inzet, moment, waarom)


def end_inzet(
    actor: Actor, op: datetime, casus_id: UUID, inzet_id: UUID, reden: str = "", gebeurd_op: datetime | None = None
) -> None:
    """The help has ended. After the last stay somebody writes where the child is now (`set_sleeping_place`). A second
    time changes nothing.

    Errors: `NogNietKlaar` when it never began (use `drop_inzet`); `OngeldigeInvoer`."""
    with working_on(actor, casus_id, DOET, op) as werk:
        lezer = Lezer()
        inzet = _inzet(werk, lezer, inzet_id)
        waarom = lezer.tekst("reden", reden, 300)
        moment = lezer.moment(werk, gebeurd_op, inzet.van if inzet else None)
        lezer.klaar()
        assert inzet is not None
        _may_carry_out(werk, inzet)
        if inzet.tot is not None:
            return
        _end(werk, inzet, moment, waarom)


def drop_inzet(
    actor: Actor, op: datetime, casus_id: UUID, inzet_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """A form that was chosen does not go ahead, and why; what was asked of the provider is withdrawn. A second time
    changes nothing.

    Errors: `NogNietKlaar` when it has begun (use `end_inzet`); `OngeldigeInvoer` without a reason."""
    with working_on(actor, casus_id, KIEST, op) as werk:
        lezer = Lezer()
        inzet = _inzet(werk, lezer, inzet_id)
        waarom = lezer.tekst("reden", reden, 300, T("waarom deze hulp niet doorgaat"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert inzet is not None
        if inzet.vervallen_op is not None:
            return
        if inzet.van is not None:
            raise NogNietKlaar(wat=T("Deze hulp is al begonnen: beëindig haar."))
        inzet.vervallen_op, inzet.reden_einde = moment, waarom
        werk.save(inzet, "vervallen_op", "reden_einde")
        werk.event("inzet_vervallen", moment, {"vorm": vormnaam(werk.advies, inzet.vorm), "reden": waarom})
        _provider_leaves(werk, inzet)


def move_inzet(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    inzet_id: UUID,
    vorm: str,
    aanbieder_id: UUID | None = None,
    aanbieder_naam: str = "",
    plaats: str = "",
    gesproken_met: str = "",
    tot_wanneer: date | None = None,
    overwogen: Mapping[str, str] | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
    nieuwe_id: UUID | None = None,
) -> UUID:
    """A child moves to another form or place: the one ends, the other is chosen and begins, in one transaction; returns
    the id of the new inzet. `reden` says why it moves; it counts for every point on which the new form departs.

    Errors: those of `end_inzet`, `choose_inzet` and `begin_inzet`; nothing is changed then."""
    with working_on(actor, casus_id, KIEST, op) as werk:
        bestaand = next((i for i in werk.d.inzetten if nieuwe_id is not None and i.id == nieuwe_id), None)
        if bestaand is not None:
            return bestaand.id
        lezer = Lezer()
        oud = _inzet(werk, lezer, inzet_id)
        keuze = _read(
            werk, lezer, vorm, oud.jeugdige_id if oud else None, aanbieder_id, aanbieder_naam, plaats, gesproken_met,
            tot_wanneer, overwogen, reden,
        )  # fmt: skip
        if not keuze.reden:
            lezer.fout("reden", reden, T("waarom het kind verhuist"))
        moment = lezer.moment(werk, gebeurd_op, oud.van if oud else None)
        lezer.klaar()
        assert oud is not None
        was_first(werk, "inzet_besloten", versie, {"vorm": vorm, "reden": reden})
        if oud.tot is not None:
            raise NogNietKlaar(wat=T("Deze hulp is al beëindigd: kies de nieuwe plek als nieuwe hulp."))
        _end(werk, oud, moment, keuze.reden)
        nieuw = _choose(werk, keuze, moment, nieuwe_id)
        inzet = next(i for i in werk.d.inzetten if i.id == nieuw)
        if inzet.van is None:
            _begin(werk, inzet, moment, keuze.reden)
        return nieuw


def set_sleeping_place(
    actor: Actor, op: datetime, casus_id: UUID, jeugdige_id: UUID, waar: str, gebeurd_op: datetime | None = None
) -> None:
    """Where a child sleeps while no form of stay runs: at home, with the neighbours, at grandmother's. The timeline says
    that it was recorded, not where.

    Errors: `OngeldigeInvoer` for a child that is not of this casus or an empty place; `NogNietKlaar` while it stays
    somewhere (`end_inzet` or `move_inzet` first)."""
    with working_on(actor, casus_id, "feit.vastleggen", op) as werk:
        lezer = Lezer()
        kind = _child(werk, lezer, jeugdige_id)
        plek = lezer.tekst("waar", waar, 200, T("waar het kind vannacht slaapt"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert kind is not None
        if slaapplek(werk.d, kind)[0] == "verblijf":
            raise NogNietKlaar(wat=T("Dit kind verblijft ergens: beëindig dat verblijf, of verhuis het kind."))
        if kind.waar_nu == plek:
            return
        kind.waar_nu = plek
        werk.save(kind, "waar_nu")
        werk.event("slaapplek", moment, {"kind": kind.voornaam or T("het kind")})


def _read(
    werk: Werk,
    lezer: Lezer,
    vorm: str,
    jeugdige_id: UUID | None,
    aanbieder_id: UUID | None,
    aanbieder_naam: str,
    plaats: str,
    gesproken_met: str,
    tot_wanneer: date | None,
    overwogen: Mapping[str, str] | None,
    reden: str,
) -> _Keuze:
    lezer.keuze("vorm", vorm, get_args(Vorm))
    kind = _child(werk, lezer, jeugdige_id) if jeugdige_id is not None else None
    if vorm in VERBLIJFSVORMEN and jeugdige_id is None:
        kinderen = werk.d.kinderen
        if len(kinderen) == 1:
            kind = kinderen[0]
        else:
            lezer.fout("jeugdige_id", None, T("welk kind er gaat verblijven"))
    aanbieder = organisation(werk, lezer, "aanbieder_id", aanbieder_id) if aanbieder_id is not None else None
    if tot_wanneer is not None and tot_wanneer < lokaal(werk.op).date():
        lezer.fout("tot_wanneer", tot_wanneer.isoformat(), T("vandaag of later"))
    redenen: dict[str, str] = {}
    vormen = get_args(Vorm)
    for wat, waarom in (overwogen or {}).items():
        if wat not in GROEPEN and wat not in vormen:
            lezer.fout(f"overwogen.{wat}", wat, ", ".join(GROEPEN))
        elif gelezen := lezer.tekst(f"overwogen.{wat}", waarom, 300):
            redenen[wat] = gelezen
    return _Keuze(
        vorm=vorm,
        kind=kind,
        aanbieder=aanbieder,
        aanbieder_naam=lezer.tekst("aanbieder_naam", aanbieder_naam, 120),
        plaats=lezer.tekst("plaats", plaats, 120),
        gesproken_met=lezer.tekst("gesproken_met", gesproken_met, 120),
        tot_wanneer=tot_wanneer,
        overwogen=redenen,
        reden=lezer.tekst("reden", reden, 500),
    )


def _choose(werk: Werk, k: _Keuze, moment: datetime, inzet_id: UUID | None) -> UUID:
    aanbieder_id = k.aanbieder.id if k.aanbieder else None
    for i in werk.d.hulp:
        zelfde = (i.vorm, i.jeugdige_id, i.aanbieder_id, i.aanbieder_naam) == (
            k.vorm, k.kind.id if k.kind else None, aanbieder_id, k.aanbieder_naam,
        )  # fmt: skip
        if zelfde and i.van is None and inzet_id is None:
            return i.id
    besluit = werk.d.waarde("inschatting.crisis")
    if besluit is False or (werk.casus.besluit_crisis_op is None and not werk.casus.inzet_voor_besluit):
        raise CrisisNietBesloten()
    _keep_weighing(werk, k)
    voorstel, afgeweken = _weigh(werk, k)
    inzet = werk.add(
        "inzetten",
        Inzet(
            id=inzet_id or new_id(),
            casus_id=werk.casus.id,
            jeugdige_id=k.kind.id if k.kind else None,
            vorm=k.vorm,
            aanbieder_id=aanbieder_id,
            aanbieder_naam=k.aanbieder_naam,
            plaats=k.plaats,
            gesproken_met=k.gesproken_met,
            besloten_op=moment,
            tot_wanneer=k.tot_wanneer,
            overwogen=k.overwogen,
        ),
    )
    werk.event(
        "inzet_besloten",
        moment,
        decision(
            werk,
            vorm=vormnaam(werk.advies, k.vorm),
            sleutel=k.vorm,
            inzet=str(inzet.id),
            aanbieder=k.aanbieder.naam if k.aanbieder else k.aanbieder_naam,
            gesproken_met=k.gesproken_met,
            overwogen=k.overwogen,
        ),
        voorstel=voorstel,
        afgeweken=afgeweken,
        reden=k.reden or ("; ".join(k.overwogen.values()) if afgeweken else ""),
    )
    if k.aanbieder is not None and k.aanbieder.id != werk.d.dienst_id:
        if k.gesproken_met:
            werk.involve(k.aanbieder.id, Deel.HULP)
        else:
            put_question(
                werk,
                "hulp",
                k.aanbieder.id,
                f"Kun je {vormnaam(werk.advies, k.vorm)} geven?",
                inzet_id=inzet.id,
                regels=list((voorstel or {}).get("regels", ())),
            )
    return inzet.id


def _keep_weighing(werk: Werk, k: _Keuze) -> None:
    """What was considered becomes a fact, so that the ladder knows it; so does who will give the help (CL-66, FRL-02)."""
    advies = werk.advies
    groep_van: dict[str, str] = {v.vorm: v.groep for v in advies.afspraken.zorg.vormen} if advies else {}
    redenen = {groep_van.get(wat, wat): waarom for wat, waarom in k.overwogen.items()}
    if redenen:
        werk.fact("afweging.redenen", dict(werk.d.waarde("afweging.redenen") or {}) | redenen)
    naam = k.aanbieder.naam if k.aanbieder else k.aanbieder_naam
    if naam:
        werk.fact("afweging.aanbieder", naam)
        werk.fact("afweging.aanbieder_is_gi", k.aanbieder is not None and k.aanbieder.soort == Soort.GI)


def _weigh(werk: Werk, k: _Keuze) -> tuple[dict[str, Any] | None, bool]:
    """What the agreements propose about this form, and whether the choice departs from it.

    Errors: `OngeldigeInvoer` per lighter group without a reason; `RedenNodig`."""
    advies = advice_for(werk, k.kind)
    if advies is None:
        return None, False
    vormen: dict[str, Zorgvorm] = {v.vorm: v for v in advies.afspraken.zorg.vormen}
    waarom = k.reden or "; ".join(k.overwogen.values())
    if vormen and k.vorm not in vormen:
        voorstel: dict[str, Any] | None = {
            "sleutel": "inzet.vormen",
            "waarde": list(vormen),
            "tekst": f"De vormen van deze regio: {', '.join(v.naam for v in vormen.values())}.",
            "strekking": "",
            "regels": list(dict.fromkeys(r for v in vormen.values() for r in v.regels)),
            "versie": advies.afspraken.regio.geldig_vanaf.isoformat(),
        }
        if not k.reden:
            raise RedenNodig(voorstel=voorstel)
        return voorstel, True
    gi = werk.voorstel("inzet.gi_als_aanbieder", advies)
    partner = werk.voorstel("inzet.aanbieder", advies)
    for over in (gi, partner):
        if over is not None and over["waarde"] in ("mag_niet", "dienst_geeft_geen_zorg", "geen_partner"):
            if not k.reden:
                raise RedenNodig(voorstel=over)
            return over, True
    vorm = vormen.get(k.vorm)
    if vorm is None:
        return werk.voorstel("traject.volgende", advies), False
    voorstel = werk.voorstel(f"inzet.{vorm.groep}", advies)
    if voorstel is None or voorstel["waarde"] in MAG:
        eerst = werk.voorstel("inzet.eerst", advies)
        return (eerst if eerst and (voorstel is None or vorm.groep in eerst["waarde"]) else voorstel), False
    lezer = Lezer()
    for groep in _lighter(advies.afspraken, vorm.groep):
        if not str((werk.d.waarde("afweging.redenen") or {}).get(groep, "")).strip():
            lezer.fout(f"overwogen.{groep}", "", f"waarom {GROEPWOORD[groep]} niet past, in één zin")
    lezer.klaar()
    if not waarom:
        raise RedenNodig(voorstel=voorstel)
    return voorstel, True


def _lighter(a: Afspraken, groep: Groep) -> list[Groep]:
    """The lighter groups that the ladder of the region wants considered before this one; none where it has no ladder."""
    trede = next((n for n, t in enumerate(a.zorg.treden) if groep in t.groepen), 0)
    aanwezig = {v.groep for v in a.zorg.vormen}
    return [g for t in a.zorg.treden[:trede] for g in t.groepen if g in aanwezig]


GROEPWOORD: dict[str, str] = {
    "ambulant": T("hulp thuis"),
    "netwerk": T("het eigen netwerk"),
    "noodbed": T("een noodbed"),
    "pleegzorg": T("een pleeggezin"),
    "residentieel": T("een groep"),
    "ggz_opname": T("een opname"),
}


def _begin(werk: Werk, inzet: Inzet, moment: datetime, waarom: str) -> None:
    besluit = werk.casus.besluit_crisis_op
    if not werk.casus.inzet_voor_besluit and (besluit is None or moment < besluit):
        raise CrisisNietBesloten()
    voorstel = _about(werk, inzet, "ouders")
    niet_verteld = voorstel is not None and inzet.ouders_geinformeerd_op is None
    if niet_verteld and not waarom:
        raise RedenNodig(voorstel=voorstel)
    inzet.van = moment
    werk.save(inzet, "van")
    werk.event(
        "inzet_begonnen",
        moment,
        {"vorm": vormnaam(werk.advies, inzet.vorm), "inzet": str(inzet.id)},
        voorstel=voorstel if niet_verteld else None,
        afgeweken=niet_verteld,
        reden=waarom if niet_verteld else "",
    )
    advies = werk.advies
    if advies and "triage.contact_aanbieder" in advies.termijnen and not werk.d.feit("triage.aanbieder_contact_op"):
        werk.fact("triage.aanbieder_contact_op", iso(moment), moment)
    if inzet.vorm in VERBLIJFSVORMEN:
        for kind in werk.d.kinderen:
            if inzet.jeugdige_id in (None, kind.id) and kind.waar_nu:
                kind.waar_nu = ""
                werk.save(kind, "waar_nu")
    if inzet.vorm == "drangtraject":
        volgende = advies.termijnen.get("traject.drang") if advies else None
        werk.task(
            T("Kijk opnieuw: is er nog een veiligheidsrisico?"),
            werk.d.dienst_id,
            sleutel=f"drang.{str(inzet.id)[:8]}",
            waarom=T("De bron noemt geen maximum en geen moment; deze taak is een eigen keuze van Vangnet."),
            regels=list(volgende.regels) if volgende else [],
        )


def _end(werk: Werk, inzet: Inzet, moment: datetime, waarom: str) -> None:
    if inzet.van is None:
        raise NogNietKlaar(wat=T("Deze hulp is niet begonnen: laat haar vervallen."))
    inzet.tot, inzet.reden_einde = max(moment, inzet.van), waarom
    werk.save(inzet, "tot", "reden_einde")
    werk.event(
        "inzet_beeindigd", moment, {"vorm": vormnaam(werk.advies, inzet.vorm), "reden": waarom, "inzet": str(inzet.id)}
    )
    _provider_leaves(werk, inzet)


def _provider_leaves(werk: Werk, inzet: Inzet) -> None:
    """What was asked of the provider of an inzet ends with it, and its part in the casus with its last inzet."""
    for aanbod in werk.d.aanbiedingen:
        if aanbod.inzet_id == inzet.id and aanbod.antwoord == "":
            take_back(werk, aanbod)
    wie = inzet.aanbieder_id
    if wie is None or any(i.aanbieder_id == wie and i.tot is None and i.id != inzet.id for i in werk.d.hulp):
        return
    werk.release(wie, Deel.HULP)
    if werk.d.rto is None or werk.d.rto.gehouden_op is not None:
        werk.release(wie, Deel.RTO)
    let_go(werk, wie)


def _about(werk: Werk, inzet: Inzet, wat: str) -> dict[str, Any] | None:
    kind, sleutel = number_of(werk, inzet)
    return werk.voorstel(f"{sleutel}.{wat}", advice_for(werk, kind)) if sleutel else None


def _inzet(werk: Werk, lezer: Lezer, inzet_id: UUID) -> Inzet | None:
    inzet = next((i for i in werk.d.inzetten if i.id == inzet_id), None)
    if inzet is None:
        lezer.fout("inzet_id", str(inzet_id), T("hulp van deze casus"))
    return inzet


def _child(werk: Werk, lezer: Lezer, jeugdige_id: UUID) -> Jeugdige | None:
    kind = next((k for k in werk.d.kinderen if k.id == jeugdige_id), None)
    if kind is None:
        lezer.fout("jeugdige_id", str(jeugdige_id), T("een kind van deze casus"))
    return kind


def _may_carry_out(werk: Werk, inzet: Inzet) -> None:
    """Who gives this help, or who leads or serves; another provider in the same casus does not touch it."""
    mag = {inzet.aanbieder_id, werk.d.dienst_id, werk.d.regie.organisatie_id if werk.d.regie else None}
    if werk.actor.organisatie_id not in mag:
        raise NietBetrokken(casus=str(werk.casus.id))
