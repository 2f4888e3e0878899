# SPDX-License-Identifier: EUPL-1.2
"""How an invented casus goes: every step through its use case, at its own moment, as far as the plan says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie
from vangnet.access.slot import asking
from vangnet.casework.models import VERBLIJFSVORMEN
from vangnet.policy.fouten import Ongeldig
from vangnet.process import arrange_vervolghulp as vervolg
from vangnet.process import current_register
from vangnet.process import dispatch_inschatting as inschatting
from vangnet.process import hand_over_procesregie as regie
from vangnet.process import plan_rto as rto
from vangnet.process import start_crisiszorg as zorg
from vangnet.process.close_casus import close_casus
from vangnet.process.dossier import Dossier, read_dossier
from vangnet.process.explain_clock import explain_clock
from vangnet.process.keep_fields import save_field
from vangnet.process.record_consent import record_consent
from vangnet.process.take_melding import begin_melding, park_melding, register_melding
from vangnet.process.weigeringen import RedenNodig
from vangnet.process.write_note import write_note
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM

from .names import Gezin, Namen, velden_van
from .verzoeken import ask_for_file
from .world import Wereld

STAPPEN = (
    "getypt", "geparkeerd", "gebeld", "onderweg", "ter_plaatse", "crisis", "gekozen", "hulp", "rto_gepland",
    "rto_gehouden", "regie", "vervolg", "hulp_klaar", "gesloten",
)  # fmt: skip
"""How far a casus can go, in order."""
ZEKER: dict[str, Any] = {
    "triage.plotseling": "ja",
    "triage.ernstige_ontregeling": "ja",
    "triage.direct_onveilig": "ja",
    "triage.onhoudbaar": "ja",
    "triage.anders_dan_gisteren": "ja",
    "triage.kan_wachten_tot_morgen": "nee",
}
"""Answers of a triage that leads to the home."""
MORGEN: dict[str, Any] = {
    "triage.plotseling": "nee",
    "triage.ernstige_ontregeling": "nee",
    "triage.direct_onveilig": "nee",
    "triage.onhoudbaar": "nee",
    "triage.kan_wachten_tot_morgen": "ja",
}
"""Answers of a triage that can wait until tomorrow."""
LICHTER = {
    "ambulant": "Vannacht lukt het thuis niet, ook niet met iemand erbij.",
    "netwerk": "Familie en buren zijn gebeld; vannacht kan niemand.",
    "noodbed": "Eén nacht is niet genoeg.",
    "pleegzorg": "Er is geen gezin dat nu bij dit kind past.",
}
"""Why a lighter form does not fit, as a colleague would write it."""
WAAROM_ANDERS = "De ouders kunnen niet eerder; met iedereen zo afgesproken."
WAAROM_LATER = "Wachten op antwoord van de toegang; de nieuwe dag staat vast."


@dataclass
class Plan:
    """What is to happen: how it begins, how far it goes, and what is special about it."""

    begin: datetime
    tot: str
    """How far: one of `STAPPEN`."""
    gemeente: str = ""
    aanleiding: str = ""
    vorm: str = ""
    crisis: bool = True
    kinderen: int = 1
    melder: str = ""
    geheim: bool = False
    ongeboren: bool = False
    oefening: bool = False
    regie_naar: str = "toegang"
    """toegang or gi."""
    rto_op: datetime | None = None
    rto_reden: str = ""
    route: int | None = None
    bijzonder: str = ""
    """A turn on the way: regie_geweigerd, regie_open, rto_laat, vervolg_vast, geen_gehoor, verzoek."""
    velden: Mapping[str, Any] = field(default_factory=dict)


class Filler:
    """Makes casussen in one region; the same seed gives the same ones relative to the moment of filling."""

    def __init__(self, wereld: Wereld, namen: Namen, teksten: Mapping[str, Any], kies: Random, nu: datetime) -> None:
        self.w, self.namen, self.kies, self.nu = wereld, namen, kies, nu
        self.aanleidingen = {a["sleutel"]: a for a in teksten["aanleiding"]}
        self.teksten = teksten
        self.afspraken = current_register().op(wereld.regio, nu)
        self.vormen = {v.vorm for v in self.afspraken.zorg.vormen}
        self.werkers = [a for a in wereld.actoren[wereld.dienst.id] if a.rol == "crisismedewerker"]
        self.coordinator = next(a for a in wereld.actoren[wereld.dienst.id] if a.rol == "coordinator")

    # ---- short calls ------------------------------------------------------------------------------------------------

    def kort(self, begin: datetime, uitkomst: str, tekst: str) -> UUID:
        """A call that ends by itself: consult, verwijzing, niet_bediend; or acute help that waits until tomorrow."""
        ik = self.kies.choice(self.werkers)
        gezin = self.namen.gezin((8, 16), begin.date())
        gemeente = self.kies.choice(self.w.bemande_gemeenten)
        velden: dict[str, Any] = {"melding.situatie": tekst.format(kind=gezin.kind.voornaam), "betrokken.gi": "geen"}
        if uitkomst == "consult":
            velden |= {"melding.melder": self.kies.choice(("school", "huisarts")), "melding.vraag": "consult"}
            velden["melding.vervolg_consult"] = self.teksten["consulten"]["advies"]
        else:
            velden |= {"melding.melder": "ouder", **velden_van(gezin, gemeente), "gemeente": gemeente}
            velden |= {"melding.naam": f"{gezin.moeder} {gezin.achternaam}", "melding.telefoon": gezin.telefoon}
            velden |= MORGEN
        if uitkomst == "verwijzing":
            velden["melding.verwezen_naar"] = self.w.toegang(gemeente).naam
        casus_id: UUID = self._met_reden(
            lambda reden: register_melding(
                ik, begin + timedelta(minutes=9), self.namen.id(), self._opgeleid(velden, ik), uitkomst, reden, begin
            ),
            "Na overleg met de gedragswetenschapper: dit hoort niet bij de crisisdienst.",
        ).casus_id
        self._signaal(casus_id)
        return casus_id

    def _signaal(self, casus_id: UUID, op: datetime | None = None) -> datetime | None:
        """The access takes up the signal of the night at its first hour, when that has come; gives when it did."""
        with asking(self.werkers[0], self.nu):
            dossier = read_dossier(casus_id)
        assert dossier is not None
        for aanbod in dossier.aanbiedingen:
            if aanbod.soort == "signaal" and aanbod.antwoord == "":
                vanaf = max(aanbod.zichtbaar_vanaf + timedelta(minutes=12), op or aanbod.gedaan_op)
                wie = self.w.actor(aanbod.aan_organisatie_id)
                if wie is not None and vanaf <= self.nu:
                    regie.answer_offer(wie, vanaf, casus_id, aanbod.id, True)
                    return vanaf
        return None

    # ---- a whole casus ----------------------------------------------------------------------------------------------

    def loop(self, plan: Plan) -> UUID:
        """One casus as far as its plan says; returns its id."""
        return _Loop(self, plan).doe()

    def _met_reden(self, doe: Callable[[str], Any], reden: str) -> Any:
        """Do it as the agreements propose, and when that is not so: with a reason, as a person would."""
        try:
            return doe("")
        except RedenNodig:
            return doe(reden)

    def _opgeleid(self, velden: dict[str, Any], ik: Actor) -> dict[str, Any]:
        if self.afspraken.triage.opleiding is not None:
            velden["triage.opleiding_triagist"] = ik.opleiding
        return velden


class _Loop:
    """One casus on its way."""

    def __init__(self, f: Filler, plan: Plan) -> None:
        self.f, self.plan, self.w, self.kies = f, plan, f.w, f.kies
        self.nu = f.nu
        self.op = plan.begin
        self.ik = self.kies.choice(f.werkers)
        self.gemeente = plan.gemeente or self.kies.choice(self.w.bemande_gemeenten)
        self.tekst = f.aanleidingen[plan.aanleiding or self.kies.choice(sorted(f.aanleidingen))]
        self.vorm = self._vorm(plan.vorm or self.tekst["vorm"])
        self.gezin: Gezin = f.namen.gezin(self.tekst["leeftijd"], lokaal(plan.begin).date(), plan.kinderen)
        self.casus_id = UUID(int=0)
        self.inzetten: list[UUID] = []
        self.regisseur = self.w.actor(self._partij()) or self.ik

    def doe(self) -> UUID:
        if self.plan.tot in ("getypt", "geparkeerd"):
            return self._getypt()
        self._gebeld()
        for stap in STAPPEN[STAPPEN.index("onderweg") : STAPPEN.index(self.plan.tot) + 1]:
            if not getattr(self, f"_{stap}")():
                break
        self._signaal()  # What was put ready on the way, and still waits.
        if self.plan.bijzonder == "verzoek":
            ask_for_file(self.ik, self.op, self.dossier)
        return self.casus_id

    def na(self, **duur: int) -> datetime:
        """Some time later, never past the moment of filling."""
        self.op = min(self.op + timedelta(**duur), self.nu)
        return self.op

    def naar(self, moment: datetime) -> datetime:
        """On to a moment, never back and never past the moment of filling."""
        self.op = min(max(self.op, moment), self.nu)
        return self.op

    @property
    def dossier(self) -> Dossier:
        with asking(self.ik, self.op):
            gelezen = read_dossier(self.casus_id)
        assert gelezen is not None
        return gelezen

    def zin(self, naam: str) -> str:
        """A text of the occasion, with the first name in it."""
        return str(self.tekst[naam]).format(kind=self.gezin.kind.voornaam)

    # ---- the steps --------------------------------------------------------------------------------------------------

    def _velden(self) -> dict[str, Any]:
        plan, gezin = self.plan, self.gezin
        melder = plan.melder or self.tekst["melder"]
        velden: dict[str, Any] = {
            "melding.melder": melder,
            "melding.situatie": self.zin("situatie"),
            **velden_van(gezin, self.gemeente, plan.geheim, bsn=plan.tot not in ("getypt", "geparkeerd")),
            "gemeente": self.gemeente,
            "betrokken.gi": "beschikking" if plan.regie_naar == "gi" else "geen",
        }
        if melder in ("ouder", "netwerk"):
            velden |= {"melding.naam": f"{gezin.moeder} {gezin.achternaam}", "melding.telefoon": gezin.telefoon}
        else:
            velden |= {
                "melding.organisatie_melder": melder.replace("_", " ").capitalize(),
                "melding.telefoon": "06 555 00 112",
            }
        if melder == "toegang":
            velden["melding.gedragsdeskundige_geraadpleegd_op"] = lokaal(plan.begin - timedelta(minutes=35)).isoformat(
                timespec="seconds"
            )
        if melder == "veilig_thuis":
            velden |= {"betrokken.veilig_thuis": True, "betrokken.veilig_thuis_vraagt_crisisdienst": True}
        if plan.ongeboren:
            pad = f"jeugdige.{gezin.kind.id}"
            for weg in ("voornaam", "geboortedatum", "bsn", "geslacht"):
                velden.pop(f"{pad}.{weg}", None)
            uitgerekend = lokaal(plan.begin).date() + timedelta(days=40)
            velden |= {f"{pad}.ongeboren": True, f"{pad}.uitgerekend_datum": uitgerekend.isoformat()}
        else:
            velden[f"jeugdige.{gezin.kind.id}.sector"] = self.tekst["sector"]
        return velden | dict(plan.velden)

    def _getypt(self) -> UUID:
        """A call that is being typed: half of the fields, nothing decided; perhaps parked for another call."""
        melding_id = self.f.namen.id()
        velden = self._velden()
        half = {p: w for n, (p, w) in enumerate(velden.items()) if not p.startswith(("adres", "triage")) and n < 9}
        self.casus_id = begin_melding(self.ik, self.op, melding_id, half, oefening=self.plan.oefening).casus_id
        if self.plan.tot == "geparkeerd":
            park_melding(self.ik, self.na(minutes=3), melding_id)
        return self.casus_id

    def _gebeld(self) -> None:
        velden = self.f._opgeleid(self._velden() | ZEKER, self.ik)
        op = self.na(minutes=8)
        self.casus_id = self.f._met_reden(
            lambda reden: register_melding(
                self.ik, op, self.f.namen.id(), velden, "inschatting", reden, self.plan.begin, self.plan.oefening
            ),
            "De zorgen zijn te groot om tot morgen te wachten.",
        ).casus_id
        save_field(
            self.ik, self.op, self.casus_id, "triage.toelichting", "Samen langs de vragen gegaan; gaan kijken is nodig."
        )
        if self.plan.bijzonder == "geen_gehoor":
            write_note(self.ik, self.na(minutes=2), self.casus_id, soort="belpoging", persoon_id=self.gezin.vader_id)

    def _signaal(self) -> None:
        """The access takes up the signal, and it is that late then."""
        self.naar(self.f._signaal(self.casus_id, self.op) or self.op)

    def _onderweg(self) -> bool:
        inschatting.depart(
            self.ik,
            self.na(minutes=14),
            self.casus_id,
            f"{self.ik.naam} en een collega",
            terug_verwacht_op=self.op + timedelta(hours=2),
            bel_als_niet_terug=self.f.coordinator.naam,
            gevaar="Vader kan voor de deur staan; eerst bellen." if self.plan.geheim else "",
        )
        return True

    def _ter_plaatse(self) -> bool:
        inschatting.arrive(self.ik, self.na(minutes=self.kies.randint(22, 48)), self.casus_id)
        return True

    def _crisis(self) -> bool:
        self.na(minutes=self.kies.randint(50, 80))
        inschatting.leave_home(self.ik, self.op, self.casus_id, self.zin("bevindingen"))
        if not self.plan.crisis:
            inschatting.decide_crisis(
                self.ik, self.na(minutes=5), self.casus_id, False, self.zin("thuis"), "de achterwacht"
            )
            for kind in self.dossier.kinderen:
                zorg.set_sleeping_place(self.ik, self.op, self.casus_id, kind.id, "thuis")
            if self.plan.tot == "gesloten":
                close_casus(
                    self.ik, self.na(minutes=20), self.casus_id, "ja", "ja", "Het gezin zelf", self.zin("thuis")
                )
            return False
        inschatting.decide_crisis(
            self.ik, self.na(minutes=5), self.casus_id, True, self.zin("besluit"), "de achterwacht"
        )
        return True

    def _gekozen(self) -> bool:
        kinderen = [k.id for k in self.dossier.kinderen]
        verblijf = self.vorm in VERBLIJFSVORMEN
        if self.vorm == "noodbed":
            save_field(self.ik, self.op, self.casus_id, "afweging.een_nacht_lost_op", True)
        if verblijf:
            save_field(self.ik, self.op, self.casus_id, "afweging.ambulant_veilig", False)
            save_field(self.ik, self.op, self.casus_id, "afweging.thuis_mogelijk", False)
        aanbieders = self.w.van_soort("zorgaanbieder")
        netwerk = self.vorm in ("eigen_netwerk", "netwerkpleegzorg")
        self.na(minutes=10)
        for kind in kinderen if verblijf else [None]:
            aanbieder = None if netwerk else aanbieders[AANBIEDER.get(self.vorm, 0)]
            self.inzetten.append(
                self.f._met_reden(
                    lambda reden, kind=kind, aanbieder=aanbieder: zorg.choose_inzet(
                        self.ik,
                        self.op,
                        self.casus_id,
                        self.vorm,
                        kind,
                        aanbieder_id=aanbieder.id if aanbieder else None,
                        aanbieder_naam="oma" if netwerk else "",
                        gesproken_met="" if aanbieder is None else (self.w.actor(aanbieder) or self.ik).naam,
                        overwogen=LICHTER if verblijf else None,
                        reden=reden,
                    ),
                    "Iets lichters past vannacht niet; besproken met de achterwacht.",
                )
            )
        for inzet in self.inzetten:
            zorg.inform_parents(self.ik, self.op, self.casus_id, inzet, f"{self.gezin.moeder} {self.gezin.achternaam}")
        return True

    def _hulp(self) -> bool:
        self._toestemming()
        self.na(minutes=self.kies.randint(35, 80))
        for inzet in self.inzetten:
            self.f._met_reden(
                lambda reden, inzet=inzet: zorg.begin_inzet(self.ik, self.op, self.casus_id, inzet, reden),
                "Vader was vannacht niet te bereiken; moeder weet het.",
            )
        if self.vorm not in VERBLIJFSVORMEN:
            for kind in self.dossier.kinderen:
                zorg.set_sleeping_place(self.ik, self.op, self.casus_id, kind.id, "thuis bij moeder")
        return True

    def _toestemming(self) -> None:
        wie: Sequence[UUID] = [p.id for p in self.dossier.mensen if p.gezag == "ja"]
        for n, persoon in enumerate(wie):
            laat = n == 1 and self.plan.bijzonder == "geen_gehoor"
            record_consent(
                self.ik,
                self.op,
                self.casus_id,
                persoon,
                "niet_bereikt" if laat else "ja",
                hoe="telefonisch" if n else "mondeling",
            )
        for kind in self.dossier.kinderen:
            if (self.dossier.leeftijd(kind) or 0) >= 12:
                record_consent(self.ik, self.op, self.casus_id, kind.id, "ja", hoe="mondeling")

    def _rto_gepland(self) -> bool:
        self._signaal()
        if self.f.afspraken.rto is None:
            return True
        wanneer = self.plan.rto_op or _uur(werkdag_na(self.plan.begin), 15)
        genodigden: list[dict[str, Any]] = [{"organisatie_id": self._partij().id}]
        genodigden += [{"persoon_id": p.id} for p in self.dossier.mensen if not (self.plan.geheim and p.gevaar)]
        ochtend = _uur(lokaal(self.plan.begin).date() + timedelta(days=1), 8, 45)
        op = self.naar(min(ochtend, self.nu))
        reden = self.plan.rto_reden
        self.rto_id = self.f._met_reden(
            lambda waarom: rto.plan_rto(
                self.f.coordinator,
                op,
                self.casus_id,
                wanneer,
                "Bij de dienst, en op afstand",
                genodigden,
                reden or waarom,
            ),
            WAAROM_ANDERS,
        )
        self.rto_wanneer = wanneer
        komt = next(g for g in self.dossier.genodigden if g.organisatie_id == self._partij().id)
        rto.answer_invitation(self.regisseur, self.na(minutes=70), self.casus_id, komt.id, "ja")
        if self.plan.bijzonder == "rto_laat":
            self._verklaar("rto", WAAROM_LATER)
        return True

    def _rto_gehouden(self) -> bool:
        if self.f.afspraken.rto is None:
            return True
        self.naar(self.rto_wanneer + timedelta(minutes=65))
        afwezig = self.plan.bijzonder in ("regie_open", "regie_geweigerd")
        d = self.dossier
        route = self.plan.route or ROUTE.get(self.vorm)
        verslag = rto.Rtoverslag(
            perspectief=self.zin("perspectief"),
            veiligheidsplan=self.zin("veiligheidsplan"),
            doelen=[self.zin("doel")],
            route=route if self.f.afspraken.vervolg.routes else None,
            vervolg=self.zin("perspectief"),
            procesregisseur_id=self._partij().id,
            procesregisseur_naam=self.regisseur.naam,
            procesregisseur_aanwezig=not afwezig,
            op_afstand=False,
            aanwezigen=[
                rto.Aanwezig(g.id, not (afwezig and g.organisatie_id is not None), steunt_perspectief=True)
                for g in d.genodigden
            ],
        )
        rto.hold_rto(self.ik, self.op, self.casus_id, self.rto_id, verslag, self.rto_wanneer)
        return True

    def _regie(self) -> bool:
        d = self.dossier
        if d.regie is not None and d.regie.organisatie_id == self._partij().id:
            return True
        aanbod = next((b for b in d.aanbiedingen if b.soort == "regie" and b.antwoord == ""), None)
        aanbod_id = aanbod.id if aanbod else None
        if aanbod_id is None:
            aanbod_id = regie.offer_regie(
                self.f.coordinator, self.na(minutes=20), self.casus_id, self._partij().id, "Wil je de regie overnemen?",
                uiterlijk=_uur(werkdag_na(self.op), 12),
            )  # fmt: skip
        if self.plan.bijzonder == "regie_open":
            return False
        if self.plan.bijzonder == "regie_geweigerd":
            regie.answer_offer(
                self.regisseur,
                self.na(hours=2),
                self.casus_id,
                aanbod_id,
                False,
                "Het gezin staat hier niet ingeschreven.",
            )
            return False
        ochtend = _uur(werkdag_na(self.op), 9, 40) if not self._kantoor() else self.op + timedelta(minutes=50)
        regie.answer_offer(self.regisseur, self.naar(ochtend), self.casus_id, aanbod_id, True)
        return True

    def _vervolg(self) -> bool:
        vast = self.plan.bijzonder == "vervolg_vast"
        d = self.dossier
        if not d.feit("vervolg.bepaald_op") or not self.f.afspraken.vervolg.routes:
            self.f._met_reden(
                lambda reden: vervolg.determine_vervolg(
                    self.regisseur,
                    self.na(hours=20),
                    self.casus_id,
                    (self.plan.route or ROUTE.get(self.vorm)) if self.f.afspraken.vervolg.routes else None,
                    self.zin("perspectief"),
                    aanbieder="" if vast else self.w.van_soort("zorgaanbieder")[-1].naam,
                    terug_naar_huis="twijfel" if vast else "zeker",
                    beschikking_nodig=False,
                    reden=reden,
                ),
                "Zo besloten op het RTO, met alle betrokkenen.",
            )
        if vast:
            if self.f.afspraken.vervolg.itw is not None:
                vervolg.register_at(self.regisseur, self.na(hours=1), self.casus_id, "itw")
            save_field(self.regisseur, self.na(hours=30), self.casus_id, "vervolg.stagneert", True)
            if self.f.afspraken.vervolg.expertteam is not None:
                vervolg.ask_expertteam(
                    self.regisseur,
                    self.na(hours=2),
                    self.casus_id,
                    "ondersteuning",
                    "Drie aanbieders zeiden nee; wachten duurt te lang.",
                )
            return False
        return True

    def _hulp_klaar(self) -> bool:
        dagen = DUUR.get(self.vorm, 20)
        self.naar(self.op + timedelta(days=dagen))
        for i in self.dossier.hulp:
            if i.tot is None:
                zorg.end_inzet(self.ik, self.op, self.casus_id, i.id, "De afspraken staan; verder zonder crisishulp.")
        for kind in self.dossier.kinderen:
            zorg.set_sleeping_place(self.ik, self.op, self.casus_id, kind.id, "thuis")
        vervolg.register_feedback(self.regisseur, self.na(minutes=40), self.casus_id, "School en huisarts")
        vervolg.warm_handover(self.regisseur, self.na(minutes=30), self.casus_id, f"{self.ik.naam} en het gezin", True)
        return True

    def _gesloten(self) -> bool:
        self._taken_af()
        close_casus(self.regisseur, self.na(days=1), self.casus_id, "ja", "ja", "Het gezin zelf", self.zin("slot"))
        return True

    def _taken_af(self) -> None:
        from vangnet.process.finish_task import finish_task

        for taak in self.dossier.taken:
            if taak.klaar_op is None and taak.voor_id == self.regisseur.organisatie_id:
                finish_task(self.regisseur, self.op, self.casus_id, taak.id, "Gedaan.")

    def _verklaar(self, sleutel: str, reden: str) -> None:
        """Write why a clock ran out or will."""
        for klok in self.dossier.klokken:
            if klok.sleutel.startswith(sleutel):
                explain_clock(self.ik, self.op, self.casus_id, klok.id, reden)

    # ---- what follows from the region -------------------------------------------------------------------------------

    def _vorm(self, wens: str) -> str:
        """The wished form, or the nearest one that the region has."""
        for vorm in (wens, *ANDERS.get(wens, ()), "ambulante_spoedhulp", "ambulant"):
            if vorm in self.f.vormen:
                return vorm
        raise Ongeldig([])

    def _partij(self) -> Organisatie:
        if self.plan.regie_naar == "gi":
            return self.w.van_soort("gi")[0]
        return self.w.toegang(self.gemeente)

    def _kantoor(self) -> bool:
        hier = lokaal(self.op)
        return hier.weekday() < 5 and 9 <= hier.hour < 16


ANDERS: Mapping[str, tuple[str, ...]] = {
    "eigen_netwerk": ("netwerkpleegzorg",),
    "noodbed": ("crisispleegzorg",),
    "families_first": ("multifocus",),
}
"""The nearest other form, where a region does not have the wished one."""
AANBIEDER: Mapping[str, int] = {"crisispleegzorg": 1, "netwerkpleegzorg": 1, "residentieel": 2, "noodbed": 2}
"""Which provider of the file gives a form; the first one gives the rest."""
ROUTE: Mapping[str, int] = {"residentieel": 3, "crisispleegzorg": 3, "eigen_netwerk": 1, "noodbed": 2}
"""The route of the follow-up after a form, where the region has routes."""
DUUR: Mapping[str, int] = {"noodbed": 0, "crisispleegzorg": 4, "residentieel": 4, "eigen_netwerk": 4}
"""Days that the help runs on after the follow-up is determined."""


def werkdag_na(moment: datetime) -> date:
    """The next weekday; a holiday makes it a day that the agreements do not give, and then a reason is written."""
    dag = lokaal(moment).date() + timedelta(days=1)
    while dag.weekday() > 4:
        dag += timedelta(days=1)
    return dag


def _uur(dag: date, uur: int, minuut: int = 0) -> datetime:
    return datetime.combine(dag, time(uur, minuut), AMSTERDAM)
