# SPDX-License-Identifier: EUPL-1.2
"""Put right what was entered wrongly: a child, the municipality, a moment, two casussen that are one, or one that is two.

Nothing is wiped: the former version stays visible, and the event says who put it right and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Organisatie, Soort
from vangnet.casework.models import Adres, Gebeurtenis, Jeugdige, Melding, Persoon, Uitkomst
from vangnet.conf.identifiers import new_id
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, dag_in_woorden

from .acties import vormnaam
from .advise_dossier import advise_dossier
from .besluit import STRAKS, Lezer, iso, let_go, take_back
from .close_casus import put_away
from .join_melding import is_empty
from .keep_fields import keep_field
from .klokken import judge_again
from .record_triage import send_signal
from .weigeringen import AlGedaan, GeenRecht, NogNietKlaar, OngeldigeInvoer
from .werk import Werk, start_casus, working_on

MERK = "casus.herstellen"
MOMENTEN: dict[str, tuple[str, str]] = {
    "melding": (T("moment van de melding"), "melding_begonnen"),
    "vertrek": (T("vertrek naar het gezin"), "vertrokken"),
    "aankomst": (T("aankomst bij het gezin"), "aangekomen"),
    "besluit_crisis": (T("moment van het besluit"), "besluit_crisis"),
    "inzet_van": (T("begin van de hulp"), "inzet_begonnen"),
    "inzet_tot": (T("einde van de hulp"), "inzet_beeindigd"),
    "rto": (T("moment van het RTO"), "rto_gehouden"),
}
"""The moments that can be corrected: in words, and the kind of event that told the former one."""
MEE_BIJ_SPLITSEN = ("melding", "betrokken", "triage", "inschatting")
"""The groups of facts that a casus that is split off begins with."""


def take_child_off(
    actor: Actor, op: datetime, casus_id: UUID, jeugdige_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """This child does not belong in this casus: entered twice, or another family. Help that was chosen for it and has not
    begun is dropped. A second time changes nothing.

    Errors: `NogNietKlaar` while help runs for it; `OngeldigeInvoer` for the last child or without a reason."""
    with working_on(actor, casus_id, MERK, op) as werk:
        lezer = Lezer()
        kind = next((k for k in werk.d.jeugdigen if k.id == jeugdige_id), None)
        waarom = lezer.tekst("reden", reden, 500, T("waarom dit kind hier niet hoort"))
        moment = lezer.moment(werk, gebeurd_op)
        if kind is None:
            lezer.fout("jeugdige_id", str(jeugdige_id), T("een kind van deze casus"))
        elif kind.vervallen_op is None and len(werk.d.kinderen) == 1:
            lezer.fout("jeugdige_id", kind.voornaam, T("een ander kind: van een casus blijft er minstens één"))
        lezer.klaar()
        assert kind is not None
        if kind.vervallen_op is not None:
            return
        _take_off(werk, kind)
        naam = kind.voornaam or T("een kind")
        werk.event("hersteld", moment, {"wat": f"{naam} hoort niet bij deze casus", "reden": waarom}, reden=waarom)


def set_municipality(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    gemeente: str,
    reden: str,
    gebeurd_op: datetime | None = None,
    buiten: str = "",
) -> None:
    """The casus is of another municipality, of the region or (`buiten`) outside it: closing days, access and clocks are worked out again; what was asked of the
    access of the former one is withdrawn, and a signal goes to the new one. Where the former one leads, it gets the task to
    hand over. The same municipality again changes nothing.

    Errors: `OngeldigeInvoer` for a municipality of another region or without a reason."""
    with working_on(actor, casus_id, MERK, op) as werk:
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 500, T("waarom het een andere gemeente is"))
        elders = lezer.tekst("gemeente_buiten", buiten, 80)
        naam = lezer.tekst("gemeente", gemeente, 80, "" if elders else T("een gemeente"))
        moment = lezer.moment(werk, gebeurd_op)
        if naam and elders:
            lezer.fout("gemeente_buiten", elders, T("niets, of geen gemeente van de regio erbij"))
        lezer.klaar()
        was = _gemeente(werk)
        keep_field(werk, "gemeente_buiten" if naam else "gemeente", "")
        keep_field(werk, "gemeente" if naam else "gemeente_buiten", naam or elders)
        nu = _gemeente(werk)
        if nu == was:
            return
        werk.event(
            "hersteld",
            moment,
            {"wat": f"gemeente {nu} in plaats van {was}" if was else f"gemeente {nu}", "reden": waarom},
            reden=waarom,
        )
        _leave_former_access(werk, werk.casus.gemeente)
        if werk.d.waarde("triage.uitkomst"):
            send_signal(werk)


def _gemeente(werk: Werk) -> str:
    """The municipality of the casus, as the timeline names it."""
    buiten = werk.casus.gemeente_buiten
    return f"{buiten} (buiten de regio)" if buiten else werk.casus.gemeente


def correct_moment(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    soort: str,
    moment: datetime,
    reden: str,
    ding: UUID | None = None,
    gebeurd_op: datetime | None = None,
) -> None:
    """Something happened at another moment (`soort` of `MOMENTEN`; `ding` is the inzet where it is about one). Clocks that
    follow from it move; one that had ended is judged again. The same moment again changes nothing.

    Errors: `OngeldigeInvoer` (unknown kind, nothing to correct, a moment to come, an order that cannot be), `DubbelBed`."""
    with working_on(actor, casus_id, MERK, op) as werk:
        lezer = Lezer()
        lezer.keuze("soort", soort, tuple(MOMENTEN))
        waarom = lezer.tekst("reden", reden, 500, T("waarom het een ander moment is"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
        if moment > op + STRAKS:
            lezer.fout("moment", _in_woorden(moment), T("een moment dat geweest is"))
        lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        reeks = _moments(werk, ding)
        was = reeks.get(soort)
        if was is None:
            raise OngeldigeInvoer(("soort", soort, T("iets dat al gebeurd is")))
        if was == moment:
            return
        reeks[soort] = moment
        _in_order(werk, reeks, soort)
        oud = Gebeurtenis.objects.filter(casus_id=casus_id, soort=MOMENTEN[soort][1]).order_by("-gebeurd_op").first()
        _put_moment(werk, soort, moment, ding)
        werk.event(
            "hersteld",
            moment,
            {
                "wat": f"{MOMENTEN[soort][0]}: {_in_woorden(moment)} in plaats van {_in_woorden(was)}",
                "reden": waarom,
                "was": was.isoformat(),
                "soort": soort,
            },
            reden=waarom,
            corrigeert=oud.id if oud else None,
        )
        judge_again(werk.d, {kind: advise_dossier(werk.d, op, kind)[0] for kind in werk.d.kinderen})


def merge(
    actor: Actor, op: datetime, casus_id: UUID, in_casus_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """Two casussen are one: `casus_id` closes as joined to `in_casus_id`, which gets its children, people and addresses
    that it does not have yet, and knows of its melding. What was written stays readable where it was. A second time
    changes nothing.

    Errors: `NogNietKlaar` when help has begun, or another organisation leads, in the one that would close;
    `OngeldigeInvoer`; those of `working_on` for both."""
    if casus_id == in_casus_id:
        raise OngeldigeInvoer(("in_casus_id", str(in_casus_id), T("een andere casus")))
    with ExitStack() as samen:
        werken: dict[UUID, Werk] = {}
        for id_ in sorted(
            (casus_id, in_casus_id)
        ):  # Always in this order, so that two who merge do not wait for each other.
            werken[id_] = samen.enter_context(working_on(actor, id_, MERK, op, open_only=id_ == in_casus_id))
        van, naar = werken[casus_id], werken[in_casus_id]
        if van.casus.gevoegd_bij_id == in_casus_id:
            return
        if van.casus.gesloten_op is not None:
            raise AlGedaan(nu="gesloten")
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 500, T("waarom dit dezelfde crisis is"))
        moment = lezer.moment(van, gebeurd_op)
        if van.casus.regio != naar.casus.regio:
            lezer.fout("in_casus_id", naar.casus.nummer, T("een casus van dezelfde regio"))
        if van.casus.oefening != naar.casus.oefening:
            lezer.fout("in_casus_id", naar.casus.nummer, T("allebei een oefening, of allebei echt"))
        lezer.klaar()
        if any(i.van is not None for i in van.d.hulp):
            raise NogNietKlaar(wat=T("In deze casus is al hulp begonnen: voeg de andere casus bij deze."))
        if van.d.regie is not None and van.d.regie.organisatie_id != van.d.dienst_id:
            raise NogNietKlaar(wat=T("Een andere organisatie heeft hier de regie: voeg de andere casus bij deze."))
        _bring_family(van, naar)
        van.casus.gevoegd_bij_id = naar.casus.id
        van.event("samengevoegd", moment, {"nummer": naar.casus.nummer, "reden": waarom}, reden=waarom)
        naar.event("samengevoegd", max(moment, naar.casus.begonnen_op), {"nummer": van.casus.nummer, "reden": waarom})
        naar.event("melding_gevoegd", max(van.d.melding.op, naar.casus.begonnen_op), {"nummer": van.casus.nummer})
        for aanbod in van.d.aanbiedingen:
            if aanbod.antwoord == "":
                take_back(van, aanbod)  # Also a signal: the other casus has its own.
        send_signal(naar)
        put_away(van)
        van.close(Uitkomst.GEVOEGD)


def split(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    jeugdige_ids: Sequence[UUID],
    reden: str,
    gebeurd_op: datetime | None = None,
    nieuwe_id: UUID | None = None,
) -> UUID:
    """One casus is two: a new one begins for these children, at the moment of the melding and led by the crisis service,
    with what was known at the door; they go off the old one. Returns the id of the new casus; with a `nieuwe_id` made by
    the client a double click makes one.

    Errors: `NogNietKlaar` while help runs for one of them; `OngeldigeInvoer` when none or all would leave; `GeenRecht`
    for another service than the one that began it."""
    with working_on(actor, casus_id, MERK, op) as werk:
        if nieuwe_id is not None and type(werk.casus).objects.filter(id=nieuwe_id).exists():
            return nieuwe_id
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 500, T("waarom dit een eigen casus is"))
        weg = [k for k in werk.d.kinderen if k.id in set(jeugdige_ids)]
        if not weg or len(weg) != len(set(jeugdige_ids)):
            lezer.fout("jeugdige_ids", ", ".join(map(str, jeugdige_ids)), T("een of meer kinderen van deze casus"))
        elif len(weg) == len(werk.d.kinderen):
            lezer.fout("jeugdige_ids", len(weg), T("minstens één kind dat hier blijft"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        if actor.organisatie_id != werk.d.dienst_id:
            raise GeenRecht(merk=MERK)
        nieuw = start_casus(
            actor, op, nieuwe_id or new_id(), werk.casus.begonnen_op, werk.casus.gemeente, werk.casus.oefening
        )
        nieuw.casus.versie_afspraken = werk.casus.versie_afspraken
        nieuw.casus.inzet_voor_besluit = werk.casus.inzet_voor_besluit
        nieuw.casus.besluit_crisis_op = werk.casus.besluit_crisis_op
        nieuw.casus.geheim = werk.casus.geheim
        nieuw.casus.gemeente_buiten = werk.casus.gemeente_buiten
        _begin_split(werk, nieuw, weg)
        for kind in weg:
            _take_off(werk, kind)
        nieuw.event("melding_begonnen", nieuw.d.melding.op)
        nieuw.event("hersteld", moment, {"wat": f"afgesplitst van {werk.casus.nummer}", "reden": waarom}, reden=waarom)
        werk.event(
            "hersteld",
            moment,
            {"wat": f"gesplitst: {len(weg)} van de kinderen in {nieuw.casus.nummer}", "reden": waarom},
            reden=waarom,
        )
        if nieuw.d.waarde("triage.uitkomst"):
            send_signal(nieuw)
        nieuw.keep()
        return nieuw.casus.id


def _take_off(werk: Werk, kind: Jeugdige) -> None:
    for inzet in werk.d.hulp:
        if inzet.jeugdige_id != kind.id or inzet.tot is not None:
            continue
        if inzet.van is not None:
            raise NogNietKlaar(wat=f"Er loopt {vormnaam(werk.advies, inzet.vorm)} voor dit kind: beëindig die eerst.")
        inzet.vervallen_op, inzet.reden_einde = werk.op, "Kind van de casus gehaald."
        werk.save(inzet, "vervallen_op", "reden_einde")
        for aanbod in werk.d.aanbiedingen:
            if aanbod.inzet_id == inzet.id and aanbod.antwoord == "":
                take_back(werk, aanbod)
    kind.vervallen_op = werk.op
    werk.save(kind, "vervallen_op")


def _leave_former_access(werk: Werk, gemeente: str) -> None:
    """What was asked of the access of another municipality is withdrawn; what it took up, it lets go."""
    ids = {b.aan_organisatie_id for b in werk.d.aanbiedingen} | {b.organisatie_id for b in werk.d.betrokkenheden}
    vreemd = set(
        Organisatie.objects.filter(id__in=ids, soort=Soort.TOEGANG)
        .exclude(gemeente=gemeente)
        .values_list("id", flat=True)
    )
    for aanbod in werk.d.aanbiedingen:
        if aanbod.aan_organisatie_id not in vreemd:
            continue
        if aanbod.antwoord == "":
            take_back(werk, aanbod)
        elif aanbod.soort == "signaal" and aanbod.antwoord == "aanvaard":
            aanbod.antwoord = "ingetrokken"
            werk.save(aanbod, "antwoord")
            let_go(werk, aanbod.aan_organisatie_id)
    lead = werk.d.regie.organisatie_id if werk.d.regie else None
    for wie in vreemd:
        if wie == lead:
            werk.task(
                T("Deze casus hoort bij een andere gemeente: draag de regie over"),
                wie,
                sleutel=f"andere_gemeente.{str(wie)[:8]}",
            )
        else:
            for deel in (Deel.RTO, Deel.INSCHATTING, Deel.SIGNAAL, Deel.AANBOD, Deel.VERVOLG):
                werk.release(wie, deel)


def _moments(werk: Werk, ding: UUID | None) -> dict[str, datetime]:
    """What has happened when, in the casus and in one inzet of it."""
    d = werk.d
    inzet = next((i for i in d.inzetten if i.id == ding), None)
    if inzet is None and len(d.hulp) == 1:
        inzet = d.hulp[0]
    gevonden: dict[str, datetime | None] = {
        "melding": d.melding.op,
        "vertrek": d.waarde("inschatting.vertrek_op"),
        "aankomst": d.waarde("inschatting.op"),
        "besluit_crisis": d.waarde("inschatting.besloten_op") if d.waarde("inschatting.crisis") is not None else None,
        "inzet_van": inzet.van if inzet else None,
        "inzet_tot": inzet.tot if inzet else None,
        "rto": d.gehouden_rto.gehouden_op if d.gehouden_rto else None,
    }
    return {soort: moment for soort, moment in gevonden.items() if moment is not None}


def _in_order(werk: Werk, reeks: dict[str, datetime], soort: str) -> None:
    """Refuse an order that cannot be: nothing before the melding, no arrival before leaving, no end before a beginning."""
    lezer = Lezer()
    paren = [("melding", wat) for wat in MOMENTEN if wat != "melding"]
    paren += [("vertrek", "aankomst"), ("inzet_van", "inzet_tot")]
    if not werk.casus.inzet_voor_besluit:
        paren.append(("besluit_crisis", "inzet_van"))
    for eerst, dan in paren:
        if soort in (eerst, dan) and eerst in reeks and dan in reeks and _minuut(reeks[dan]) < _minuut(reeks[eerst]):
            ander = dan if soort == eerst else eerst
            woord = "voor" if soort == eerst else "na"
            lezer.fout(
                "moment",
                _in_woorden(reeks[soort]),
                f"een moment {woord} {MOMENTEN[ander][0]} ({_in_woorden(reeks[ander])})",
            )
    vroegste = min((i.van for i in werk.d.hulp if i.van), default=None)
    if soort == "besluit_crisis" and vroegste and not werk.casus.inzet_voor_besluit and vroegste < reeks[soort]:
        lezer.fout(
            "moment", _in_woorden(reeks[soort]), f"een moment voor het begin van de hulp ({_in_woorden(vroegste)})"
        )
    if soort == "melding":
        gebeurd = [f.gebeurd_op for f in werk.d.feiten if f.veld in ("triage.besloten_op",)]
        eerste = min([*gebeurd, *(i.besloten_op for i in werk.d.inzetten)], default=None)
        if eerste and _minuut(eerste) < _minuut(reeks[soort]):
            lezer.fout(
                "moment", _in_woorden(reeks[soort]), f"een moment voor {_in_woorden(eerste)}: toen was er al besloten"
            )
    lezer.klaar()


def _minuut(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _put_moment(werk: Werk, soort: str, moment: datetime, ding: UUID | None) -> None:
    d = werk.d
    match soort:
        case "melding":
            d.melding.op = moment
            werk.save(d.melding, "op")
            was, werk.casus.begonnen_op = werk.casus.begonnen_op, moment
            for b in d.betrokkenheden:  # Led from its first moment on, every minute of it.
                if b.deel == Deel.REGIE and b.van == was:
                    b.van = moment
                    b.tot = max(b.tot, moment) if b.tot else None
                    werk.save(b, "van", "tot")
            werk.changed()
        case "vertrek":
            werk.fact("inschatting.vertrek_op", iso(moment), moment)
        case "aankomst":
            werk.fact("inschatting.op", iso(moment), moment)
        case "besluit_crisis":
            werk.fact("inschatting.besloten_op", iso(moment), moment)
            if werk.casus.besluit_crisis_op is not None:
                werk.casus.besluit_crisis_op = moment
        case "rto":
            rto = d.gehouden_rto
            assert rto is not None
            rto.gehouden_op = moment
            werk.save(rto, "gehouden_op")
        case _:
            inzet = next((i for i in d.inzetten if i.id == ding), None) or d.hulp[0]
            if soort == "inzet_van":
                inzet.van = moment
                if inzet.ouders_geinformeerd_op is not None and inzet.ouders_geinformeerd_op > moment:
                    werk.changed()
                werk.save(inzet, "van")
            else:
                inzet.tot = moment
                werk.save(inzet, "tot")


def _bring_family(van: Werk, naar: Werk) -> None:
    """Children, people and addresses of one casus, as far as the other does not have them."""
    kinderen: dict[UUID, UUID] = {}
    for kind in van.d.kinderen:
        zelfde = next((k for k in naar.d.kinderen if _same_child(k, kind)), None)
        leeg = next((k for k in naar.d.kinderen if not (k.voornaam or k.achternaam or k.geboortedatum)), None)
        if zelfde is None and not (kind.voornaam or kind.achternaam or kind.geboortedatum):
            continue
        if zelfde is None and leeg is not None:
            velden = [v for v in _KINDVELDEN if is_empty(getattr(leeg, v)) and not is_empty(getattr(kind, v))]
            for veld in velden:
                setattr(leeg, veld, getattr(kind, veld))
            naar.save(leeg, *velden)
            zelfde = leeg
        if zelfde is None:
            zelfde = naar.add(
                "jeugdigen",
                Jeugdige(casus_id=naar.casus.id, volgorde=len(naar.d.jeugdigen) + 1, **_values(kind, _KINDVELDEN)),
            )
        kinderen[kind.id] = zelfde.id
    mensen: dict[UUID, UUID] = {}
    for mens in van.d.mensen:
        ander = next((p for p in naar.d.mensen if (p.rol, p.naam.casefold()) == (mens.rol, mens.naam.casefold())), None)
        ander = ander or naar.add("personen", Persoon(casus_id=naar.casus.id, **_values(mens, _MENSVELDEN)))
        mensen[mens.id] = ander.id
    _copy_addresses(van.casus.id, naar, kinderen, mensen)


def _copy_addresses(van: UUID, naar: Werk, kinderen: dict[UUID, UUID], mensen: dict[UUID, UUID]) -> None:
    er_al = {(a.soort, a.postcode, a.straat) for a in Adres.objects.filter(casus_id=naar.casus.id)}
    for adres in Adres.objects.filter(casus_id=van):
        van_wie = adres.jeugdige_id or adres.persoon_id
        if (adres.soort, adres.postcode, adres.straat) in er_al:
            continue
        if van_wie is not None and van_wie not in kinderen and van_wie not in mensen:
            continue
        naar.add(
            "",
            Adres(
                casus_id=naar.casus.id,
                jeugdige_id=kinderen.get(adres.jeugdige_id) if adres.jeugdige_id else None,
                persoon_id=mensen.get(adres.persoon_id) if adres.persoon_id else None,
                **_values(adres, ("soort", "straat", "postcode", "plaats", "geheim")),
            ),
        )
        naar.casus.geheim = naar.casus.geheim or adres.geheim


def _begin_split(oud: Werk, nieuw: Werk, weg: Sequence[Jeugdige]) -> None:
    """The melding, the children and people, and what was known at the door, as the new casus begins with them."""
    m = oud.d.melding
    velden = (
        "op", "melder", "naam", "organisatie_melder", "telefoon", "telefoon_cijfers", "anoniem", "kanaal", "vraag",
        "situatie", "waar_nu", "opgenomen_door_id", "opgenomen_bij_id", "afgerond_op", "uitkomst",
    )  # fmt: skip
    nieuw.add("meldingen", Melding(casus_id=nieuw.casus.id, **_values(m, velden)))
    kinderen = {}
    for nummer, kind in enumerate(weg, 1):
        kopie = Jeugdige(casus_id=nieuw.casus.id, volgorde=nummer, **_values(kind, _KINDVELDEN))
        kinderen[kind.id] = nieuw.add("jeugdigen", kopie).id
    mensen = {}
    for mens in oud.d.mensen:
        kopie_ = Persoon(casus_id=nieuw.casus.id, **_values(mens, _MENSVELDEN))
        mensen[mens.id] = nieuw.add("personen", kopie_).id
    _copy_addresses(oud.casus.id, nieuw, kinderen, mensen)
    for feit in oud.d.feiten:
        if feit.waarde is not None and feit.veld.partition(".")[0] in MEE_BIJ_SPLITSEN:
            nieuw.fact(feit.veld, feit.waarde, feit.gebeurd_op)


_KINDVELDEN = (
    "voornaam", "achternaam", "klank", "geboortedatum", "leeftijd", "leeftijd_duur", "ongeboren", "uitgerekend_datum", "bsn",
    "geslacht", "sector", "waar_nu",
)  # fmt: skip
_MENSVELDEN = (
    "rol", "naam", "klank", "geboortedatum", "telefoon", "telefoon_cijfers", "gezag", "woont_thuis", "organisatie", "taal",
    "gevaar", "opmerking",
)  # fmt: skip


def _values(rij: Any, velden: Sequence[str]) -> dict[str, Any]:
    return {veld: getattr(rij, veld) for veld in velden}


def _same_child(een: Jeugdige, ander: Jeugdige) -> bool:
    if een.bsn and ander.bsn:
        return een.bsn == ander.bsn
    if een.geboortedatum and ander.geboortedatum and een.geboortedatum != ander.geboortedatum:
        return False
    voor = een.voornaam.casefold().strip()
    zelfde_achter = not een.klank or not ander.klank or een.klank == ander.klank
    return bool(voor) and voor == ander.voornaam.casefold().strip() and zelfde_achter


def _in_woorden(moment: datetime) -> str:
    hier = lokaal(moment)
    return f"{dag_in_woorden(hier.date())} {hier:%H:%M}"
