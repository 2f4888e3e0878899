# SPDX-License-Identifier: EUPL-1.2
"""What each form of a step does: reads its fields and calls the use case. One line per form, by step and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_noop as N_

from vangnet.access.actor import Actor
from vangnet.process import (
    arrange_vervolghulp,
    ask_organisation,
    block_person,
    close_casus,
    correct_casus,
    dispatch_inschatting,
    explain_clock,
    finish_task,
    hand_over_procesregie,
    plan_rto,
    record_consent,
    record_triage,
    search_casus,
    start_crisiszorg,
    take_in_hand,
    take_verzoek,
    write_note,
)
from vangnet.process import invoer as lezers
from vangnet.process.weigeringen import OngeldigeInvoer


@dataclass(frozen=True)
class Post:
    """What a form sent, with readers that name the field when they cannot read it."""

    actor: Actor
    op: datetime
    casus_id: UUID
    velden: QueryDict

    def tekst(self, naam: str) -> str:
        """The text of a field; empty when it did not come."""
        return (self.velden.get(naam) or "").strip()

    def moment(self, naam: str = "gebeurd_op") -> datetime | None:
        """A moment; None for an empty field."""
        value: datetime | None = self._lees(naam, lezers.moment)
        return value

    def moment_moet(self, naam: str) -> datetime:
        """A moment that must be given."""
        value = self.moment(naam)
        if value is None:
            raise OngeldigeInvoer((naam, "niets", "een dag en een tijd"))
        return value

    def dag(self, naam: str) -> date | None:
        """A day; None for an empty field."""
        value: date | None = self._lees(naam, lezers.dag)
        return value

    def dag_moet(self, naam: str) -> date:
        """A day that must be given."""
        value = self.dag(naam)
        if value is None:
            raise OngeldigeInvoer((naam, "niets", "een dag"))
        return value

    def id(self, naam: str) -> UUID | None:
        """The id of something that was chosen; None when nothing was."""
        ruw = self.tekst(naam)
        if not ruw:
            return None
        try:
            return UUID(ruw)
        except ValueError:
            raise OngeldigeInvoer((naam, lezers.gevonden(ruw), "een keuze uit de lijst")) from None

    def id_moet(self, naam: str) -> UUID:
        """The id of something that must be chosen."""
        found = self.id(naam)
        if found is None:
            raise OngeldigeInvoer((naam, "niets", "een keuze uit de lijst"))
        return found

    def ids(self, naam: str) -> list[UUID]:
        """The ids of everything that was ticked."""
        try:
            return [UUID(ruw) for ruw in self.velden.getlist(naam) if ruw]
        except ValueError:
            raise OngeldigeInvoer((naam, "iets anders", "keuzes uit de lijst")) from None

    def janee(self, naam: str) -> bool | None:
        """Yes, no, or not filled in."""
        value: bool | None = self._lees(naam, lezers.misschien)
        return value

    def janee_moet(self, naam: str) -> bool:
        """Yes or no, which must be given."""
        value = self.janee(naam)
        if value is None:
            raise OngeldigeInvoer((naam, "niets", "ja of nee"))
        return value

    def getal(self, naam: str) -> int | None:
        """A whole number; None for an empty field."""
        ruw = self.tekst(naam)
        if not ruw:
            return None
        if not ruw.isdecimal() or len(ruw) > 9:
            raise OngeldigeInvoer((naam, lezers.gevonden(ruw), "een getal"))
        return int(ruw)

    @property
    def versie(self) -> int | None:
        """The version of the casus on which the form was opened."""
        ruw = self.tekst("versie")
        return int(ruw) if ruw.isdecimal() and len(ruw) < 10 else None

    @property
    def wie(self) -> tuple[Actor, datetime, UUID]:
        """The first three words of every use case."""
        return self.actor, self.op, self.casus_id

    def per(self, begin: str) -> dict[str, str]:
        """The fields whose name begins with a word and a dot, by what follows, as far as filled in."""
        kop = begin + "."
        return {naam[len(kop) :]: self.tekst(naam) for naam in self.velden if naam.startswith(kop) and self.tekst(naam)}

    def _lees(self, naam: str, lezer: Callable[[Any], Any]) -> Any:
        try:
            return lezer(self.tekst(naam))
        except lezers.Onleesbaar as fout:
            raise OngeldigeInvoer((naam, lezers.gevonden(self.tekst(naam)), str(fout))) from None


def _triage(p: Post) -> None:
    record_triage.decide_triage(*p.wie, p.tekst("uitkomst"), p.tekst("reden"), p.moment())


def _terugbellen(p: Post) -> None:
    bereikt = p.janee_moet("bereikt")
    write_note.call_back(*p.wie, p.tekst("met"), p.tekst("tekst"), p.moment(), bereikt)


def _meedenken(p: Post) -> None:
    write_note.think_along(*p.wie, p.tekst("wat"), p.tekst("wie"), p.moment())


def _vertrek(p: Post) -> None:
    dispatch_inschatting.depart(
        *p.wie,
        p.tekst("wie"),
        p.tekst("wie_mee"),
        p.tekst("waarom_mee"),
        p.moment("terug_verwacht_op"),
        p.tekst("bel_als_niet_terug"),
        p.tekst("gevaar"),
        p.moment(),
    )


def _aankomst(p: Post) -> None:
    dispatch_inschatting.arrive(*p.wie, p.moment())


def _weg(p: Post) -> None:
    dispatch_inschatting.leave_home(*p.wie, p.tekst("bevindingen"), p.moment())


def _besluit(p: Post) -> None:
    dispatch_inschatting.decide_crisis(
        *p.wie,
        p.janee_moet("crisis"),
        p.tekst("reden"),
        p.tekst("overlegd_met"),
        p.tekst("besloten_door") or "crisisdienst",
        p.tekst("tweede_beoordeling"),
        p.moment(),
        p.versie,
    )


def _plek(p: Post) -> tuple[Any, ...]:
    """Where and by whom help is given, what lighter forms were considered, and the rest of a choice, in their order."""
    return (
        p.id("aanbieder"), p.tekst("aanbieder_naam"), p.tekst("plaats"), p.tekst("gesproken_met"), p.dag("tot_wanneer"),
        p.per("overwogen"), p.tekst("reden"), p.moment(), p.versie, p.id("inzet_id"),
    )  # fmt: skip


def _inzet(p: Post) -> UUID:
    if not p.tekst("vorm"):
        raise OngeldigeInvoer(("vorm", "niets", "een vorm van hulp"))
    return start_crisiszorg.choose_inzet(
        *p.wie,
        p.tekst("vorm"),
        p.id("jeugdige"),
        *_plek(p),
    )


def _ouders(p: Post) -> None:
    start_crisiszorg.inform_parents(*p.wie, p.id_moet("inzet"), p.tekst("wie"), p.moment())


def _begin(p: Post) -> None:
    start_crisiszorg.begin_inzet(*p.wie, p.id_moet("inzet"), p.tekst("reden"), p.moment())


def _einde(p: Post) -> None:
    start_crisiszorg.end_inzet(*p.wie, p.id_moet("inzet"), p.tekst("reden"), p.moment())


def _verval(p: Post) -> None:
    start_crisiszorg.drop_inzet(*p.wie, p.id_moet("inzet"), p.tekst("reden"), p.moment())


def _verhuis(p: Post) -> UUID:
    return start_crisiszorg.move_inzet(
        *p.wie,
        p.id_moet("inzet"),
        p.tekst("vorm"),
        *_plek(p),
    )


def _slaapplek(p: Post) -> None:
    start_crisiszorg.set_sleeping_place(*p.wie, p.id_moet("jeugdige"), p.tekst("waar"), p.moment())


def _toestemming(p: Post) -> None:
    record_consent.record_consent(
        *p.wie,
        p.id_moet("wie"),
        p.tekst("antwoord"),
        p.tekst("voor") or "hulp",
        p.tekst("hoe"),
        p.tekst("toelichting"),
        p.moment(),
    )


def _genodigden(p: Post) -> list[Mapping[str, Any]]:
    uit: list[Mapping[str, Any]] = [{"organisatie_id": id_} for id_ in p.ids("organisatie")]
    uit += [{"persoon_id": id_} for id_ in p.ids("persoon")]
    uit += [{"naam": naam.strip()} for naam in p.tekst("anderen").splitlines() if naam.strip()]
    return uit


def _rto(p: Post) -> UUID:
    return plan_rto.plan_rto(
        *p.wie,
        p.moment_moet("gepland_op"),
        p.tekst("waar"),
        _genodigden(p),
        p.tekst("reden_andere_dag"),
        p.id("rto_id"),
        None,
        p.versie,
    )


def _rto_verzet(p: Post) -> None:
    plan_rto.move_rto(*p.wie, p.id_moet("rto"), p.moment_moet("gepland_op"), p.tekst("waar") or None, p.tekst("reden"))


def _rto_vervalt(p: Post) -> None:
    plan_rto.cancel_rto(*p.wie, p.id_moet("rto"), p.tekst("reden"))


def _rto_nodig(p: Post) -> None:
    plan_rto.invite(*p.wie, p.id_moet("rto"), _genodigden(p))


def _rto_komt(p: Post) -> None:
    plan_rto.answer_invitation(*p.wie, p.id_moet("genodigde"), p.tekst("komt"))


def _verslag(p: Post) -> None:
    aanwezigen = []
    for sleutel, hoe in p.per("aanwezig").items():
        try:
            id_ = UUID(sleutel)
        except ValueError:
            raise OngeldigeInvoer((f"aanwezig.{sleutel}", lezers.gevonden(hoe), "een genodigde")) from None
        steunt = p.tekst(f"steunt.{sleutel}")
        aanwezigen.append(
            plan_rto.Aanwezig(
                id_, hoe in ("ja", "op_afstand"), hoe == "op_afstand", {"ja": True, "nee": False}.get(steunt)
            )
        )
    verslag = plan_rto.Rtoverslag(
        perspectief=p.tekst("perspectief"),
        perspectief_bekend=p.tekst("perspectief_bekend") != "nee",
        perspectief_eigenaar=p.id("perspectief_eigenaar"),
        perspectief_uiterlijk=p.moment("perspectief_uiterlijk"),
        veiligheidsplan=p.tekst("veiligheidsplan"),
        doelen=[doel.strip() for doel in p.tekst("doelen").splitlines() if doel.strip()],
        route=p.getal("route"),
        vervolg=p.tekst("vervolg"),
        procesregisseur_id=p.id("procesregisseur"),
        procesregisseur_naam=p.tekst("procesregisseur_naam"),
        procesregisseur_aanwezig=p.janee("procesregisseur_aanwezig"),
        op_afstand=p.janee("op_afstand") or any(a.op_afstand for a in aanwezigen) or None,
        reden_op_afstand=p.tekst("reden_op_afstand"),
        nieuw_overleg_nodig=p.janee("nieuw_overleg_nodig"),
        aanwezigen=tuple(aanwezigen),
    )
    plan_rto.hold_rto(*p.wie, p.id_moet("rto"), verslag, p.moment(), p.versie)


def _regie(p: Post) -> UUID:
    return hand_over_procesregie.offer_regie(*p.wie, p.id_moet("organisatie"), p.tekst("tekst"), p.moment("uiterlijk"))


def _regie_nu(p: Post) -> None:
    hand_over_procesregie.pass_regie_now(*p.wie, p.id_moet("organisatie"), p.tekst("reden"), None, p.versie)


def _per_telefoon(p: Post) -> None:
    hand_over_procesregie.answer_offer(
        *p.wie,
        p.id_moet("aanbod"),
        p.janee_moet("aanvaard"),
        p.tekst("reden"),
        "telefoon",
        p.tekst("naam"),
        p.tekst("telefoon"),
        p.moment(),
    )


def _antwoord(p: Post) -> None:
    hand_over_procesregie.answer_offer(*p.wie, p.id_moet("aanbod"), p.janee_moet("aanvaard"), p.tekst("reden"))


def _terugtrekken(p: Post) -> None:
    hand_over_procesregie.withdraw_offer(*p.wie, p.id_moet("aanbod"), p.tekst("reden"))


def _vervolg(p: Post) -> None:
    arrange_vervolghulp.determine_vervolg(
        *p.wie,
        p.getal("route"),
        p.tekst("wat"),
        p.tekst("aanbieder"),
        p.moment("start_op"),
        p.janee("beschikking_nodig"),
        p.tekst("terug_naar_huis") or None,
        p.tekst("vorm") or None,
        p.tekst("reden"),
        p.moment(),
        p.versie,
    )


def _beschikking(p: Post) -> None:
    arrange_vervolghulp.register_beschikking(*p.wie, p.dag_moet("datum"))


def _aanmelden(p: Post) -> None:
    arrange_vervolghulp.register_at(*p.wie, p.tekst("tafel"), p.tekst("reden"), p.moment())


def _warm(p: Post) -> None:
    arrange_vervolghulp.warm_handover(*p.wie, p.tekst("met"), p.janee("procesregisseur_erbij"), p.moment())


def _expertteam(p: Post) -> None:
    arrange_vervolghulp.ask_expertteam(
        *p.wie, p.tekst("wat"), p.tekst("waarom"), bool(p.janee("via_crisisdienst")), p.moment()
    )


def _terugkoppeling(p: Post) -> None:
    arrange_vervolghulp.register_feedback(*p.wie, p.tekst("aan"), p.moment())


def _afsluiten(p: Post) -> None:
    close_casus.close_casus(
        *p.wie,
        p.tekst("veiligheid"),
        p.tekst("perspectief"),
        p.tekst("richting"),
        p.tekst("toelichting"),
        p.moment(),
        p.versie,
    )


def _heropenen(p: Post) -> None:
    close_casus.reopen_casus(*p.wie, p.tekst("reden"))


def _taak(p: Post) -> None:
    finish_task.finish_task(*p.wie, p.id_moet("taak"), p.tekst("resultaat"))


def _aanbod(p: Post) -> UUID:
    telefoon = p.tekst("wijze") == "telefoon"
    return ask_organisation.ask_organisation(
        *p.wie,
        p.tekst("soort"),
        p.id_moet("organisatie"),
        p.tekst("tekst"),
        p.moment("uiterlijk"),
        p.id("inzet"),
        "telefoon" if telefoon else "scherm",
        p.tekst("naam") if telefoon else "",
        p.tekst("telefoon") if telefoon else "",
    )


def _notitie(soort: str) -> Callable[[Post], UUID]:
    def schrijf(p: Post) -> UUID:
        return write_note.write_note(
            *p.wie,
            p.tekst("tekst"),
            soort,
            p.tekst("over_derden") == "ja",
            p.tekst("met"),
            p.id("persoon"),
            p.moment(),
            p.id("notitie_id"),
        )

    return schrijf


def _terug(p: Post) -> None:
    write_note.withdraw_note(*p.wie, p.id_moet("notitie"), p.tekst("reden"))


def _termijn(p: Post) -> None:
    explain_clock.explain_clock(*p.wie, p.id_moet("klok"), p.tekst("reden"))


def _kind_eraf(p: Post) -> None:
    correct_casus.take_child_off(*p.wie, p.id_moet("jeugdige"), p.tekst("reden"))


def _gemeente(p: Post) -> None:
    buiten = p.tekst("gemeente_buiten")
    # Who writes a municipality outside the region need not empty the list first.
    correct_casus.set_municipality(*p.wie, "" if buiten else p.tekst("gemeente"), p.tekst("reden"), buiten=buiten)


def _moment(p: Post) -> None:
    soort, _, ding = p.tekst("soort").partition(":")
    try:
        id_ = UUID(ding) if ding else None
    except ValueError:
        raise OngeldigeInvoer(("soort", lezers.gevonden(ding), "een keuze uit de lijst")) from None
    correct_casus.correct_moment(*p.wie, soort, p.moment_moet("moment"), p.tekst("reden"), id_)


def _zoek_samen(p: Post) -> UUID:
    """The other casus by its number, as far as the reader may open it; nothing is joined yet."""
    found = search_casus.find_casus(p.actor, p.op, p.tekst("nummer"))
    verwacht = "het nummer van een andere lopende casus die je mag openen, zoals 2026-00012"
    if found is None or found.id == p.casus_id:
        raise OngeldigeInvoer(("nummer", lezers.gevonden(p.tekst("nummer")), verwacht))
    if found.gesloten_op is not None:
        raise OngeldigeInvoer(("nummer", f"{found.nummer}, die is gesloten", verwacht))
    return found.id


def _voeg_samen(p: Post) -> None:
    correct_casus.merge(*p.wie, p.id_moet("in_casus"), p.tekst("reden"))


def _splits(p: Post) -> UUID:
    return correct_casus.split(*p.wie, p.ids("jeugdige"), p.tekst("reden"))


def _ik(p: Post) -> None:
    block_person.block_self(*p.wie, p.tekst("reden"), p.id("overnemer"))


def _collega(p: Post) -> None:
    block_person.block_colleague(*p.wie, p.id_moet("wie"), p.tekst("reden"), p.id("overnemer"))


def _neem(p: Post) -> None:
    take_in_hand.take_in_hand(*p.wie)


def _geef(p: Post) -> None:
    take_in_hand.take_in_hand(*p.wie, p.id_moet("wie"))


def _weer_open(p: Post) -> None:
    block_person.lift_block(*p.wie, p.id_moet("wie"))


def _verzoek(p: Post) -> UUID:
    wie = None if p.tekst("wie") == "anders" else p.id("wie")
    return take_verzoek.register_request(
        *p.wie, p.tekst("soort"), wie, p.tekst("vrager"), p.tekst("wat"), p.dag("ontvangen"), p.id("verzoek")
    )


@dataclass(frozen=True)
class Daad:
    """What a form does, and the sentence afterwards."""

    doe: Callable[[Post], Any]
    zin: str
    naar: str = ""
    """The step that naturally follows and opens next; empty: back to the casus."""
    ding: bool = False
    """Whether that step opens for what was found or made here."""
    terug: bool = False
    """Whether it can be taken back with one button, on the page that follows (`process.undo`)."""


DADEN: Mapping[tuple[str, str], Daad] = {
    ("triage", "triage"): Daad(_triage, N_("Triage vastgelegd.")),
    ("terugbellen", "terugbellen"): Daad(_terugbellen, N_("Terugbellen vastgelegd."), terug=True),
    ("meedenken", "meedenken"): Daad(_meedenken, N_("Je advies staat erbij.")),
    ("inschatting", "vertrek"): Daad(_vertrek, N_("Vertrek vastgelegd."), terug=True),
    ("inschatting", "aankomst"): Daad(_aankomst, N_("Aankomst vastgelegd."), terug=True),
    ("inschatting", "weg"): Daad(_weg, N_("Je bent veilig weg; dat is vastgelegd."), terug=True),
    ("besluit", "besluit"): Daad(_besluit, N_("Besluit vastgelegd.")),
    ("inzet", "inzet"): Daad(_inzet, N_("Hulp gekozen.")),
    ("ouders", "ouders"): Daad(_ouders, N_("Vastgelegd dat de ouders het weten.")),
    ("inzet_begin", "begin"): Daad(_begin, N_("Begin vastgelegd. De termijn loopt.")),
    ("inzet_begin", "verval"): Daad(_verval, N_("Vastgelegd dat dit niet doorgaat.")),
    ("inzet_einde", "einde"): Daad(_einde, N_("Einde vastgelegd.")),
    ("inzet_einde", "verhuis"): Daad(_verhuis, N_("Verplaatst.")),
    ("slaapplek", "slaapplek"): Daad(_slaapplek, N_("Vastgelegd waar het kind vannacht is.")),
    ("toestemming", "toestemming"): Daad(_toestemming, N_("Antwoord vastgelegd."), "toestemming", terug=True),
    ("rto", "rto"): Daad(_rto, N_("RTO gepland; de genodigden zijn gevraagd.")),
    ("rto", "verzet"): Daad(_rto_verzet, N_("RTO verzet.")),
    ("rto", "vervalt"): Daad(_rto_vervalt, N_("RTO afgezegd. De termijn loopt door.")),
    ("rto", "nodig"): Daad(_rto_nodig, N_("Uitgenodigd."), "rto"),
    ("rto", "komt"): Daad(_rto_komt, N_("Antwoord vastgelegd."), "rto"),
    ("rto_verslag", "verslag"): Daad(_verslag, N_("RTO vastgelegd.")),
    ("regie", "aanbod"): Daad(_regie, N_("Gevraagd. Tot het antwoord houd jij de regie."), terug=True),
    ("regie", "telefoon"): Daad(_per_telefoon, N_("Antwoord vastgelegd.")),
    ("regie", "terug"): Daad(_terugtrekken, N_("Vraag ingetrokken.")),
    ("regie", "nu"): Daad(_regie_nu, N_("De regie is over.")),
    ("vervolg", "vervolg"): Daad(_vervolg, N_("Vervolg vastgelegd.")),
    ("vervolg", "beschikking"): Daad(_beschikking, N_("Beschikking vastgelegd.")),
    ("vervolg", "aanmelden"): Daad(_aanmelden, N_("Aanmelding vastgelegd.")),
    ("vervolg", "warm"): Daad(_warm, N_("Warme overdracht vastgelegd.")),
    ("vervolg", "expertteam"): Daad(_expertteam, N_("Vraag aan het expertteam vastgelegd.")),
    ("terugkoppeling", "terugkoppeling"): Daad(_terugkoppeling, N_("Terugkoppeling vastgelegd.")),
    ("afsluiten", "afsluiten"): Daad(_afsluiten, N_("Casus afgesloten.")),
    ("heropenen", "heropenen"): Daad(_heropenen, N_("Casus heropend.")),
    ("taak", "taak"): Daad(_taak, N_("Gedaan."), terug=True),
    ("aanbod", "aanbod"): Daad(_aanbod, N_("Gevraagd."), terug=True),
    ("aanbod", "telefoon"): Daad(_per_telefoon, N_("Antwoord vastgelegd.")),
    ("aanbod", "terug"): Daad(_terugtrekken, N_("Vraag ingetrokken.")),
    ("antwoord", "antwoord"): Daad(_antwoord, N_("Je antwoord is vastgelegd.")),
    ("notitie", "notitie"): Daad(_notitie("notitie"), N_("Aantekening bewaard."), terug=True),
    ("notitie", "terug"): Daad(_terug, N_("Teruggenomen; het blijft leesbaar.")),
    ("contact", "contact"): Daad(_notitie("contact"), N_("Contact bewaard."), terug=True),
    ("belpoging", "belpoging"): Daad(_notitie("belpoging"), N_("Belpoging bewaard."), terug=True),
    ("termijn", "termijn"): Daad(_termijn, N_("Reden bewaard.")),
    ("blokkade", "ik"): Daad(_ik, N_("Deze casus is nu voor jou gesloten.")),
    ("blokkade", "collega"): Daad(_collega, N_("De casus is gesloten voor deze collega."), "blokkade"),
    ("blokkade", "open"): Daad(_weer_open, N_("De casus is weer open voor deze collega."), "blokkade"),
    ("in_handen", "ik"): Daad(_neem, N_("Deze casus is nu in jouw handen."), terug=True),
    ("in_handen", "collega"): Daad(_geef, N_("Deze casus is nu in handen van je collega."), terug=True),
    ("verzoek", "nieuw"): Daad(_verzoek, N_("Verzoek opgenomen; de wettelijke termijn loopt."), "verzoek", ding=True),
    ("herstel", "kind"): Daad(_kind_eraf, N_("Kind van de casus gehaald; de oude versie blijft.")),
    ("herstel", "gemeente"): Daad(_gemeente, N_("Gemeente hersteld; de termijnen zijn opnieuw berekend.")),
    ("herstel", "moment"): Daad(_moment, N_("Moment hersteld.")),
    ("herstel", "zoek_samen"): Daad(_zoek_samen, "", "herstel", ding=True),
    ("herstel", "samen"): Daad(_voeg_samen, N_("Samengevoegd.")),
    ("herstel", "splits"): Daad(_splits, N_("Gesplitst in twee casussen.")),
}
"""Every form that can be sent, by step and key. A test asks that every form drawn has its line here."""
