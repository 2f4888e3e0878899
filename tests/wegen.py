# SPDX-License-Identifier: EUPL-1.2
"""A region with its people, and a walk through a casus by what `acties` says, through the use cases only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Deel
from vangnet.process import current_register
from vangnet.process.acties import Actie, acties
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.arrange_vervolghulp import (
    ask_expertteam,
    determine_vervolg,
    register_at,
    register_beschikking,
    register_feedback,
    warm_handover,
)
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.close_casus import close_casus
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.dossier import Dossier, read_dossier
from vangnet.process.finish_task import finish_task
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie, pass_regie_now
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import Rtoverslag, hold_rto, plan_rto
from vangnet.process.record_consent import record_consent
from vangnet.process.record_triage import decide_triage
from vangnet.process.start_crisiszorg import (
    begin_inzet,
    choose_inzet,
    end_inzet,
    forms_of,
    inform_parents,
    set_sleeping_place,
)
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields
from vangnet.process.weigeringen import NogNietKlaar
from vangnet.rules.tekst import AMSTERDAM


@dataclass
class Streek:
    """One region with an organisation and a person of every kind."""

    regio: str
    gemeente: str
    begin: datetime
    actoren: dict[str, Actor] = field(default_factory=dict)
    """By kind of organisation."""

    @property
    def dienst(self) -> Actor:
        """Somebody of the crisis service."""
        return self.actoren["crisisdienst"]

    def wie(self, organisatie_id: UUID) -> Actor:
        """The person of an organisation."""
        return next(a for a in self.actoren.values() if a.organisatie_id == organisatie_id)


def streek(regio: str = "zuid-limburg") -> Streek:
    """A region in the year of its source, with a person of each kind of organisation; a Thursday evening."""
    a = current_register().versies[regio][-1]
    jaar = a.regio.geldig_vanaf.year
    dag = datetime(jaar, 5, 20, 21, 40, tzinfo=AMSTERDAM)
    while dag.weekday() != 3:
        dag += timedelta(days=1)
    gemeente = a.gemeenten[0].naam if a.gemeenten else ""
    uit = Streek(regio, gemeente, dag)
    for soort, rol in (
        ("crisisdienst", "crisismedewerker"), ("toegang", "toegangsmedewerker"), ("gi", "jeugdbeschermer"),
        ("veilig_thuis", "medewerker_veilig_thuis"), ("zorgaanbieder", "planner"),
    ):  # fmt: skip
        bij = organisatie(soort, regio=regio, gemeente=gemeente if soort == "toegang" else "")
        uit.actoren[soort] = actor_of(medewerker(rol, bij))
    return uit


@dataclass
class Wandeling:
    """One casus on its way, with a clock that goes on with every step."""

    streek: Streek
    nu: datetime
    casus_id: UUID
    kind_id: UUID
    crisis: bool = True
    gedaan: list[str] = field(default_factory=list)

    @property
    def dossier(self) -> Dossier:
        """The casus as it stands."""
        gelezen = read_dossier(self.casus_id)
        assert gelezen is not None
        return gelezen

    def acties(self) -> list[Actie]:
        """What is to be done now."""
        d = self.dossier
        return acties(d, advise_dossier(d, self.nu)[0], self.nu)

    def verder(self, **duur: float) -> datetime:
        """Let time pass; by default a few minutes."""
        self.nu += timedelta(**(duur or {"minutes": 7}))
        return self.nu

    def lead(self) -> UUID:
        """Who leads: exactly one organisation while the casus is open."""
        (regie,) = Betrokkenheid.objects.filter(casus_id=self.casus_id, deel=Deel.REGIE, tot__isnull=True)
        return regie.organisatie_id

    def doe(self, a: Actie) -> None:
        """Do one action as a person of the organisation that must act would."""
        wie = self.streek.wie(a.voor) if a.voor else self.streek.dienst
        STAPPEN[a.sleutel](self, wie, a)
        self.gedaan.append(a.sleutel)

    def loop(self, hooguit: int = 60) -> list[str]:
        """Do what is asked until nothing is left, ending help only when nothing else is to be done; returns what was done."""
        for _ in range(hooguit):
            te_doen = self.acties()
            if not te_doen:
                return self.gedaan
            te_doen.sort(key=lambda a: (a.sleutel == "afsluiten") + 2 * (a.sleutel == "einde"))
            self.verder()
            if te_doen[0].sleutel in ("einde",):
                self.verder(days=1)
            self.doe(te_doen[0])
            if self.dossier.casus.gesloten_op is None:
                self.lead()
        raise AssertionError(f"na {hooguit} stappen nog niet klaar: {self.gedaan[-12:]}")


def nieuwe_casus(streek_: Streek, uitkomst: str = "inschatting", crisis: bool = True, **velden: Any) -> Wandeling:
    """A casus whose call is over: a child of fourteen, a mother with authority, in the municipality of the region."""
    melding, kind, moeder = uuid4(), uuid4(), uuid4()
    nu = streek_.begin
    begonnen = begin_melding(streek_.dienst, nu, melding, {f"jeugdige.{kind}.voornaam": "Milan"})
    feiten: dict[str, Any] = {
        f"jeugdige.{kind}.achternaam": "Verhulst",
        f"jeugdige.{kind}.leeftijd": "14",
        f"persoon.{moeder}.rol": "moeder",
        f"persoon.{moeder}.naam": "Inge Verhulst",
        f"persoon.{moeder}.gezag": "ja",
        "melding.melder": "politie",
        "betrokken.gi": "geen",
        "triage.plotseling": "ja",
        "triage.direct_onveilig": "ja",
        "triage.onhoudbaar": "ja",
        "melding.terugbellen_gewenst": "ja",
    }
    if streek_.gemeente:
        feiten["gemeente"] = streek_.gemeente
    save_fields(streek_.dienst, nu, melding, feiten | velden)
    weg = Wandeling(streek_, nu, begonnen.casus_id, kind, crisis)
    finish_melding(streek_.dienst, weg.verder(), melding, uitkomst, reden="Het kan niet wachten.")
    return weg


# ---- how each action is done -----------------------------------------------------------------------------------


def _melding(w: Wandeling, wie: Actor, a: Actie) -> None:
    finish_melding(wie, w.nu, w.dossier.melding.id, "inschatting", reden="Het kan niet wachten.")


def _triage(w: Wandeling, wie: Actor, a: Actie) -> None:
    decide_triage(wie, w.nu, w.casus_id, "inschatting", reden="Het kan niet wachten.")


def _terugbellen(w: Wandeling, wie: Actor, a: Actie) -> None:
    save_field(wie, w.nu, w.casus_id, "melding.teruggebeld_op", w.nu.isoformat())


def _per_telefoon(soort: str) -> Any:
    def doe(w: Wandeling, wie: Actor, a: Actie) -> None:
        bij = w.streek.actoren["toegang"]
        ask_organisation(
            wie, w.nu, w.casus_id, soort, bij.organisatie_id, wijze="telefoon", naam=bij.naam, telefoon="0612345678"
        )

    return doe


def _contact(w: Wandeling, wie: Actor, a: Actie) -> None:
    save_field(wie, w.nu, w.casus_id, "triage.aanbieder_contact_op", w.nu.isoformat())


def _vertrek(w: Wandeling, wie: Actor, a: Actie) -> None:
    depart(wie, w.nu, w.casus_id, "Sanne en Joost", terug_verwacht_op=w.nu + timedelta(hours=2))


def _aankomst(w: Wandeling, wie: Actor, a: Actie) -> None:
    arrive(wie, w.nu, w.casus_id)


def _terug(w: Wandeling, wie: Actor, a: Actie) -> None:
    leave_home(wie, w.nu, w.casus_id, "Rust is weer terug.")


def _besluit(w: Wandeling, wie: Actor, a: Actie) -> None:
    decide_crisis(wie, w.nu, w.casus_id, w.crisis, "Het kind is nu niet veilig.", tweede_beoordeling="ja")


def _slaapplek(w: Wandeling, wie: Actor, a: Actie) -> None:
    set_sleeping_place(wie, w.nu, w.casus_id, UUID(a.ding), "Bij oma")


def _inzet(w: Wandeling, wie: Actor, a: Actie) -> None:
    d = w.dossier
    advies = advise_dossier(d, w.nu)[0]
    assert advies is not None
    eerst = advies.uitspraken.get("inzet.eerst")
    vormen = advies.afspraken.zorg.vormen
    licht = next((v.vorm for v in vormen if eerst and v.groep in eerst.waarde), None)  # type: ignore[operator]  # a tuple of groups
    choose_inzet(
        wie,
        w.nu,
        w.casus_id,
        licht or forms_of(advies.afspraken)[0],
        w.kind_id,
        w.streek.actoren["zorgaanbieder"].organisatie_id,
        reden="De aanbieder kent het gezin.",
    )


def _antwoord_hulp(w: Wandeling, wie: Actor, a: Actie) -> None:
    aanbod = next(b for b in w.dossier.aanbiedingen if str(b.inzet_id) == a.ding and b.antwoord == "")
    answer_offer(wie, w.nu, w.casus_id, aanbod.id, True, wijze="telefoon", naam="De planner", telefoon="0612345678")


def _gezag(w: Wandeling, wie: Actor, a: Actie) -> None:
    save_field(wie, w.nu, w.casus_id, f"persoon.{w.dossier.mensen[0].id}.gezag", "ja")


def _ouders(w: Wandeling, wie: Actor, a: Actie) -> None:
    inform_parents(wie, w.nu, w.casus_id, UUID(a.ding), "moeder")


def _begin(w: Wandeling, wie: Actor, a: Actie) -> None:
    begin_inzet(wie, w.nu, w.casus_id, UUID(a.ding))


def _einde(w: Wandeling, wie: Actor, a: Actie) -> None:
    end_inzet(wie, w.nu, w.casus_id, UUID(a.ding), "De rust is terug.")


def _toestemming(w: Wandeling, wie: Actor, a: Actie) -> None:
    record_consent(wie, w.nu, w.casus_id, UUID(a.ding), "ja", hoe="mondeling")


def _rto(w: Wandeling, wie: Actor, a: Actie) -> None:
    d = w.dossier
    advies = advise_dossier(d, w.nu)[0]
    dag = advies.uitspraken["rto.dag"].waarde if advies else None
    moment = datetime.combine(dag, datetime.min.time(), AMSTERDAM).replace(hour=15)  # type: ignore[arg-type]  # a day here
    gasten = [{"organisatie_id": w.streek.actoren[s].organisatie_id} for s in ("toegang", "zorgaanbieder")]
    plan_rto(wie, w.nu, w.casus_id, moment, "Gemeentehuis", [*gasten, {"persoon_id": d.mensen[0].id}, {"naam": "Oma"}])


def _rto_houden(w: Wandeling, wie: Actor, a: Actie) -> None:
    d = w.dossier
    assert d.rto is not None
    w.nu = max(w.nu, d.rto.gepland_op + timedelta(hours=1, minutes=30))
    advies = advise_dossier(d, w.nu)[0]
    routes = advies.afspraken.vervolg.routes if advies else ()
    hold_rto(
        wie,
        w.nu,
        w.casus_id,
        d.rto.id,
        Rtoverslag(
            perspectief="Naar huis met hulp.",
            veiligheidsplan="Bel oma als het misgaat.",
            route=2 if routes else None,
            vervolg="Hulp thuis.",
            procesregisseur_id=w.streek.actoren["toegang"].organisatie_id,
            procesregisseur_aanwezig=True,
        ),
    )


def _regie(w: Wandeling, wie: Actor, a: Actie) -> None:
    naar = w.streek.actoren["toegang"].organisatie_id
    try:
        pass_regie_now(wie, w.nu, w.casus_id, naar, "Zij kennen het gezin.")
    except NogNietKlaar:
        offer_regie(wie, w.nu, w.casus_id, naar, "Neem je het over?")


def _veilig(w: Wandeling, wie: Actor, a: Actie) -> None:
    save_field(wie, w.nu, w.casus_id, "inschatting.veiligheidsrisico", "nee")


def _vervolg(w: Wandeling, wie: Actor, a: Actie) -> None:
    advies = advise_dossier(w.dossier, w.nu)[0]
    routes = advies.afspraken.vervolg.routes if advies else ()
    determine_vervolg(
        wie, w.nu, w.casus_id, 2 if routes else None, "Hulp thuis.", start_op=w.nu + timedelta(hours=1), beschikking_nodig=True
    )  # fmt: skip


def _aanmelden(w: Wandeling, wie: Actor, a: Actie) -> None:
    register_at(wie, w.nu, w.casus_id, "gikj" if a.ding.endswith("gikj") else "itw")


def _beschikking(w: Wandeling, wie: Actor, a: Actie) -> None:
    register_beschikking(wie, w.nu, w.casus_id, w.nu.astimezone(AMSTERDAM).date())


def _terugkoppeling(w: Wandeling, wie: Actor, a: Actie) -> None:
    register_feedback(wie, w.nu, w.casus_id, "school en huisarts")


def _expertteam(w: Wandeling, wie: Actor, a: Actie) -> None:
    ask_expertteam(wie, w.nu, w.casus_id, "bindend_advies", "Er is geen plek.")


def _taak(w: Wandeling, wie: Actor, a: Actie) -> None:
    taak = next(t for t in w.dossier.taken if str(t.id) == a.ding)
    if taak.sleutel == "vervolg.warme_overdracht":
        warm_handover(wie, w.nu, w.casus_id, "toegang")
    else:
        finish_task(wie, w.nu, w.casus_id, taak.id, "gedaan")


def _antwoord(w: Wandeling, wie: Actor, a: Actie) -> None:
    aanbod = next(b for b in w.dossier.aanbiedingen if str(b.id) == a.ding)
    w.nu = max(w.nu, aanbod.zichtbaar_vanaf)
    answer_offer(wie, w.nu, w.casus_id, aanbod.id, True)


def _afsluiten(w: Wandeling, wie: Actor, a: Actie) -> None:
    close_casus(wie, w.nu, w.casus_id, "ja", "ja", "de ouders", "Zonder RTO: de ouders wilden het zo.")


STAPPEN: dict[str, Any] = {
    "melding": _melding, "triage": _triage, "terugbellen": _terugbellen, "morgen": _per_telefoon("signaal"),
    "signaal": _per_telefoon("signaal"), "contact_aanbieder": _contact, "vertrek": _vertrek, "aankomst": _aankomst,
    "terug": _terug, "besluit": _besluit, "slaapplek": _slaapplek, "inzet": _inzet, "ouders": _ouders, "begin": _begin,
    "einde": _einde, "toestemming": _toestemming, "rto_plannen": _rto, "rto_houden": _rto_houden, "regie": _regie,
    "veilig": _veilig, "vervolg": _vervolg, "vervolg_start": _vervolg, "aanmelden": _aanmelden,
    "beschikking": _beschikking, "terugkoppeling": _terugkoppeling, "taak": _taak, "antwoord": _antwoord,
    "wijkteam": _per_telefoon("vervolg"), "perspectief": _vervolg, "expertteam": _expertteam,
    "afsluiten": _afsluiten, "antwoord_hulp": _antwoord_hulp, "gezag": _gezag,
}  # fmt: skip
"""How each kind of action is done; an action that is not here fails the walk."""
