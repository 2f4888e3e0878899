# SPDX-License-Identifier: EUPL-1.2
"""The round-table meeting and the lead: proposed day, invitations, report, and the one moment at which the lead passes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.casework.models import Feit, Gebeurtenis
from vangnet.conf.identifiers import new_id
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.ask_organisation import ask_organisation, who_can_be_asked
from vangnet.process.beeld import strip
from vangnet.process.dispatch_inschatting import decide_crisis
from vangnet.process.finish_task import finish_task
from vangnet.process.hand_over_procesregie import (
    answer_offer,
    expire_offers,
    offer_regie,
    pass_regie_now,
    withdraw_offer,
)
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import (
    Aanwezig,
    Rtoverslag,
    answer_invitation,
    cancel_rto,
    hold_rto,
    invite,
    move_rto,
    plan_rto,
)
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet
from vangnet.process.weigeringen import (
    Achterhaald,
    AlGedaan,
    GeenRecht,
    GeenRegie,
    NietBetrokken,
    NogNietKlaar,
    OngeldigeInvoer,
    RedenNodig,
    ZeiEerderNee,
)
from vangnet.rules.tekst import AMSTERDAM
from vangnet.web.klokken import show_clock

pytestmark = pytest.mark.django_db


def in_crisis(regio: str = "zuid-limburg", **velden: Any) -> Wandeling:
    """A casus with help that runs, on the Thursday evening of its melding."""
    weg = nieuwe_casus(streek(regio), **velden)
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    vorm = {"zuid-limburg": "ambulante_spoedhulp", "noord-en-midden-limburg": "ambulante_spoedhulp"}.get(
        regio, "crisisinterventie"
    )
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, vorm, weg.kind_id)
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Nacht.")
    return weg


@pytest.fixture
def weg() -> Wandeling:
    """In Zuid-Limburg: the meeting is on Friday."""
    return in_crisis()


def wie(weg: Wandeling, soort: str) -> UUID:
    return weg.streek.actoren[soort].organisatie_id


def delen(weg: Wandeling, soort: str) -> set[str]:
    return {b.deel for b in weg.dossier.betrokkenheden if b.organisatie_id == wie(weg, soort) and b.tot is None}


def vrijdag(weg: Wandeling, uur: int = 15) -> datetime:
    """The day after the melding."""
    return (weg.streek.begin.astimezone(AMSTERDAM) + timedelta(days=1)).replace(hour=uur, minute=0)


def gepland(weg: Wandeling, **meer: Any) -> UUID:
    gasten = [{"organisatie_id": wie(weg, "toegang")}, {"persoon_id": weg.dossier.mensen[0].id}, {"naam": "Oma"}]
    return plan_rto(
        weg.streek.dienst, weg.verder(), weg.casus_id, vrijdag(weg), "Gemeentehuis", **({"genodigden": gasten} | meer)
    )


def verslag(weg: Wandeling, **meer: Any) -> Rtoverslag:
    return Rtoverslag(
        **{
            "perspectief": "Naar huis met hulp.",
            "veiligheidsplan": "Bel oma.",
            "route": 2,
            "procesregisseur_id": wie(weg, "toegang"),
            "procesregisseur_aanwezig": True,
        }
        | meer
    )


def gehouden(weg: Wandeling, **meer: Any) -> UUID:
    rto = gepland(weg)
    weg.nu = vrijdag(weg, 17)
    hold_rto(weg.streek.dienst, weg.nu, weg.casus_id, rto, verslag(weg, **meer))
    return rto


# ---- planning --------------------------------------------------------------------------------------------------


def test_the_agreed_day_needs_no_reason_another_does(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    maandag = vrijdag(weg) + timedelta(days=3)
    with pytest.raises(RedenNodig) as nee:
        plan_rto(ik, weg.nu, weg.casus_id, maandag)
    assert nee.value.details["voorstel"]["waarde"] == vrijdag(weg).date().isoformat()
    rto = gepland(weg)
    assert gepland(weg) == rto
    with pytest.raises(AlGedaan):
        plan_rto(ik, weg.nu, weg.casus_id, maandag, reden_andere_dag="Toch liever.")
    with pytest.raises(RedenNodig):
        move_rto(ik, weg.nu, weg.casus_id, rto, maandag)
    move_rto(ik, weg.nu, weg.casus_id, rto, maandag, reden="Vader zit vast tot maandag.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="rto_verzet")
    assert gebeurtenis.afgeweken
    assert [b.antwoord for b in weg.dossier.aanbiedingen if b.soort == "rto"] == ["ingetrokken", ""]


def test_who_is_invited_sees_more_when_it_comes(weg: Wandeling) -> None:
    rto = gepland(weg)
    assert "aanbod" in delen(weg, "toegang")
    toegang = weg.streek.actoren["toegang"]
    gast = next(g for g in weg.dossier.genodigden if g.organisatie_id == toegang.organisatie_id)
    with pytest.raises((GeenRecht, NietBetrokken)):
        answer_invitation(weg.streek.actoren["gi"], weg.nu, weg.casus_id, gast.id, "ja")
    for _ in range(2):
        answer_invitation(toegang, weg.verder(), weg.casus_id, gast.id, "ja")
    assert delen(weg, "toegang") >= {"rto"}
    assert "aanbod" not in delen(weg, "toegang")
    invite(
        weg.streek.dienst, weg.verder(), weg.casus_id, rto, [{"naam": "Oma"}, {"organisatie_id": str(wie(weg, "gi"))}]
    )
    assert len(weg.dossier.genodigden) == 4
    cancel_rto(weg.streek.dienst, weg.verder(), weg.casus_id, rto, "Moeder is ziek.")
    assert "rto" not in delen(weg, "toegang")
    assert delen(weg, "gi") == set()
    assert "rto_plannen" in [a.sleutel for a in weg.acties()]
    assert [k.uitkomst for k in weg.dossier.klokken if k.sleutel == "rto"] == [""]


def test_who_does_not_come(weg: Wandeling) -> None:
    gepland(weg)
    toegang = weg.streek.actoren["toegang"]
    gast = next(g for g in weg.dossier.genodigden if g.organisatie_id == toegang.organisatie_id)
    answer_invitation(toegang, weg.verder(), weg.casus_id, gast.id, "nee")
    (taak,) = weg.dossier.taken
    assert taak.voor_id == weg.streek.dienst.organisatie_id
    oma = next(g for g in weg.dossier.genodigden if g.naam == "Oma")
    answer_invitation(weg.streek.dienst, weg.verder(), weg.casus_id, oma.id, "op_afstand")
    assert next(g for g in weg.dossier.genodigden if g.id == oma.id).komt == "op_afstand"


def test_faults_name_their_field(weg: Wandeling) -> None:
    with pytest.raises(OngeldigeInvoer) as nee:
        gepland(weg, genodigden=[{}, {"organisatie_id": "geen-id"}, {"persoon_id": str(weg.casus_id)}])
    assert [v for v, _, _ in nee.value.details["fouten"]] == [
        "genodigden.0",
        "genodigden.1.organisatie_id",
        "genodigden.2.persoon_id",
    ]


# ---- the report and the lead -----------------------------------------------------------------------------------


def test_the_lead_passes_at_the_meeting(weg: Wandeling) -> None:
    gehouden(weg)
    assert weg.lead() == wie(weg, "toegang")
    assert delen(weg, "crisisdienst") == {"crisishulp"}
    d = weg.dossier
    assert d.casus.beeld["regie_over"] is True
    assert [k.uitkomst for k in d.klokken if k.sleutel == "rto"] == ["gehaald"]
    assert d.waarde("vervolg.route") == 2
    assert "gezinsplan" in [t.sleutel for t in d.taken]
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="regie_over")
    assert "ZL-79" in gebeurtenis.regels
    assert not gebeurtenis.afgeweken


def test_the_same_report_twice_changes_nothing_another_is_refused(weg: Wandeling) -> None:
    rto = gehouden(weg)
    hold_rto(weg.streek.actoren["toegang"], weg.verder(), weg.casus_id, rto, verslag(weg))
    with pytest.raises(AlGedaan):
        hold_rto(weg.streek.dienst, weg.verder(), weg.casus_id, rto, verslag(weg, perspectief="Anders."))
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="rto_gehouden").count() == 1


def test_what_the_report_must_hold(weg: Wandeling) -> None:
    rto = gepland(weg)
    weg.nu = vrijdag(weg, 17)
    with pytest.raises(OngeldigeInvoer) as nee:
        hold_rto(weg.streek.dienst, weg.nu, weg.casus_id, rto, Rtoverslag())
    velden = {veld for veld, _, _ in nee.value.details["fouten"]}
    assert velden == {"perspectief", "veiligheidsplan", "vervolg", "procesregisseur"}
    with pytest.raises(OngeldigeInvoer) as nee:
        hold_rto(weg.streek.dienst, weg.nu, weg.casus_id, rto, verslag(weg, perspectief_bekend=False, perspectief=""))
    assert [v for v, _, _ in nee.value.details["fouten"]] == ["perspectief_eigenaar"]


def test_a_perspective_that_is_not_known_yet_is_fine_with_an_owner(weg: Wandeling) -> None:
    gehouden(weg, perspectief="", perspectief_bekend=False, perspectief_eigenaar=wie(weg, "gi"), route=None)
    (taak,) = [t for t in weg.dossier.taken if t.sleutel.startswith("perspectief")]
    assert taak.voor_id == wie(weg, "gi")
    assert weg.lead() == wie(weg, "toegang")


def test_absent_means_an_offer_with_a_clock(weg: Wandeling) -> None:
    gehouden(weg, procesregisseur_aanwezig=False)
    assert weg.lead() == weg.streek.dienst.organisatie_id
    (aanbod,) = [b for b in weg.dossier.aanbiedingen if b.soort == "regie"]
    assert aanbod.uiterlijk is not None
    answer_offer(weg.streek.actoren["toegang"], weg.verder(), weg.casus_id, aanbod.id, True)
    assert weg.lead() == wie(weg, "toegang")


@pytest.mark.parametrize("erbij", [True, False])
def test_the_tasks_of_the_procesregisseur_go_along_with_the_lead(weg: Wandeling, erbij: bool) -> None:
    gehouden(weg, procesregisseur_aanwezig=erbij, route=3)
    if not erbij:
        (aanbod,) = [b for b in weg.dossier.aanbiedingen if b.soort == "regie"]
        answer_offer(weg.streek.actoren["toegang"], weg.verder(), weg.casus_id, aanbod.id, True)
    van = {t.sleutel: t.voor_id for t in weg.dossier.taken}
    assert {"vervolg.bij_overdracht", "vervolg.aanbieder", "gezinsplan"} <= set(van)
    assert set(van.values()) == {wie(weg, "toegang")}


def test_a_clock_names_whom_the_agreements_name_now(weg: Wandeling) -> None:
    def klok() -> str:
        return next(k.wat for k in weg.dossier.klokken if k.sleutel == "melding.signaal")

    save_field(weg.streek.dienst, weg.verder(), weg.casus_id, "betrokken.gi", None)  # not said yet
    eerst = klok()
    save_field(weg.streek.dienst, weg.verder(), weg.casus_id, "betrokken.gi", "geen")
    assert (eerst, klok()) == (
        "Signaal aan de toegang (of de GI, bij een beschikking)",
        f"Signaal aan Toegang {weg.streek.gemeente}",
    )


def test_who_leads_has_taken_up_the_signal(weg: Wandeling) -> None:
    assert [b.antwoord for b in weg.dossier.aanbiedingen if b.soort == "signaal"] == [""]
    gehouden(weg)
    assert [b.antwoord for b in weg.dossier.aanbiedingen if b.soort == "signaal"] == ["aanvaard"]
    assert not [k for k in weg.dossier.klokken if k.sleutel == "melding.signaal" and k.geeindigd_op is None]


def test_who_was_there_and_never_answered_takes_part(weg: Wandeling) -> None:
    rto = gepland(
        weg, genodigden=[{"organisatie_id": wie(weg, "toegang")}, {"organisatie_id": wie(weg, "veilig_thuis")}]
    )
    weg.nu = vrijdag(weg, 17)
    gasten = {g.organisatie_id: g.id for g in weg.dossier.genodigden}
    aanwezig = [Aanwezig(gasten[wie(weg, "veilig_thuis")], True, steunt_perspectief=True)]
    hold_rto(weg.streek.dienst, weg.nu, weg.casus_id, rto, verslag(weg, aanwezigen=aanwezig))
    assert delen(weg, "veilig_thuis") == {"rto"}
    assert {b.antwoord for b in weg.dossier.aanbiedingen if b.soort == "rto"} == {"aanvaard", "ingetrokken"}


def test_veilig_thuis_keeps_the_lead_at_the_meeting() -> None:
    weg = in_crisis(**{"vervolg.regie_veilig_thuis": "ja"})
    gehouden(weg)
    assert weg.lead() == weg.streek.dienst.organisatie_id


# ---- handing over ----------------------------------------------------------------------------------------------


def test_the_lead_is_offered_and_stays_until_it_is_accepted(weg: Wandeling) -> None:
    ik, gi = weg.streek.dienst, weg.streek.actoren["gi"]
    with pytest.raises(RedenNodig):
        offer_regie(ik, weg.nu, weg.casus_id, gi.organisatie_id)
    aanbod = offer_regie(ik, weg.nu, weg.casus_id, gi.organisatie_id, "De voogd was er al.")
    assert offer_regie(ik, weg.verder(), weg.casus_id, gi.organisatie_id, "De voogd was er al.") == aanbod
    with pytest.raises(AlGedaan):
        offer_regie(ik, weg.nu, weg.casus_id, wie(weg, "toegang"), "Of jullie?")
    assert weg.lead() == ik.organisatie_id
    with pytest.raises(GeenRecht):
        answer_offer(ik, weg.nu, weg.casus_id, aanbod, True)
    for _ in range(2):
        answer_offer(gi, weg.verder(), weg.casus_id, aanbod, True)
    assert weg.lead() == gi.organisatie_id
    assert Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="regie_over").afgeweken  # Another than the rules name.
    with pytest.raises(GeenRegie):
        offer_regie(ik, weg.nu, weg.casus_id, wie(weg, "toegang"), "Graag.")


def test_no_is_a_dispute_for_the_coordinator(weg: Wandeling) -> None:
    ik, toegang = weg.streek.dienst, weg.streek.actoren["toegang"]
    aanbod = offer_regie(ik, weg.nu, weg.casus_id, toegang.organisatie_id, "Nu al graag.")
    with pytest.raises(OngeldigeInvoer) as nee:
        answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, False)
    assert nee.value.details["fouten"][0][0] == "reden"
    answer_offer(toegang, weg.nu, weg.casus_id, aanbod, False, "Het gezin woont hier niet.")
    assert weg.lead() == ik.organisatie_id
    (taak,) = weg.dossier.taken
    assert (taak.voor_id, taak.waarom) == (ik.organisatie_id, "Het gezin woont hier niet.")
    with pytest.raises((AlGedaan, NietBetrokken)):
        answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, True)


def test_yes_by_phone_is_kept_with_name_and_number(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    aanbod = offer_regie(ik, weg.nu, weg.casus_id, wie(weg, "toegang"), "Nu al graag.")
    with pytest.raises(OngeldigeInvoer) as nee:
        answer_offer(ik, weg.verder(), weg.casus_id, aanbod, True, wijze="telefoon")
    assert {v for v, _, _ in nee.value.details["fouten"]} == {"naam", "telefoon"}
    answer_offer(ik, weg.nu, weg.casus_id, aanbod, True, wijze="telefoon", naam="Karin Smit", telefoon="045 1234567")
    assert weg.lead() == wie(weg, "toegang")
    (rij,) = [b for b in weg.dossier.aanbiedingen if b.soort == "regie"]
    assert (rij.wijze, rij.beantwoord_door, rij.reden) == ("telefoon", "Karin Smit", "Karin Smit, 045 1234567")


def test_taking_back_and_running_out(weg: Wandeling) -> None:
    ik, toegang = weg.streek.dienst, weg.streek.actoren["toegang"]
    een = offer_regie(ik, weg.nu, weg.casus_id, toegang.organisatie_id, "Graag.")
    with pytest.raises(NietBetrokken):
        withdraw_offer(weg.streek.actoren["toegang"], weg.nu, weg.casus_id, een)
    for _ in range(2):
        withdraw_offer(ik, weg.verder(), weg.casus_id, een, "Toch niet.")
    twee = offer_regie(ik, weg.verder(), weg.casus_id, toegang.organisatie_id, "Graag.", weg.nu + timedelta(hours=4))
    assert expire_offers(weg.nu + timedelta(hours=3)) == 0
    assert expire_offers(weg.verder(hours=5)) == 1
    assert expire_offers(weg.verder()) == 0
    assert weg.lead() == ik.organisatie_id  # Silence moves nothing.
    assert {b.id: b.antwoord for b in weg.dossier.aanbiedingen if b.soort == "regie"} == {
        een: "ingetrokken",
        twee: "verlopen",
    }
    assert [t.voor_id for t in weg.dossier.taken] == [ik.organisatie_id]
    assert "aanbod" not in delen(weg, "toegang")


def test_the_event_of_the_region_moves_the_lead() -> None:
    for regio, klaar in (
        ("zuid-limburg", None),
        ("haaglanden", ("inschatting.veiligheidsrisico", "nee")),
        ("noord-en-midden-limburg", ("vervolg.bepaald_op", "nu")),
    ):
        weg = in_crisis(regio)
        ik = weg.streek.dienst
        with pytest.raises(NogNietKlaar) as nee:
            pass_regie_now(ik, weg.nu, weg.casus_id, wie(weg, "toegang"))
        assert nee.value.details["wat"]
        if klaar is None:
            gehouden(weg, procesregisseur_aanwezig=False)
        else:
            waarde = weg.nu.isoformat() if klaar[1] == "nu" else klaar[1]
            save_field(ik, weg.nu, weg.casus_id, klaar[0], waarde)
        for _ in range(2):
            pass_regie_now(ik, weg.nu, weg.casus_id, wie(weg, "toegang"), "Zo afgesproken.")
        assert weg.lead() == wie(weg, "toegang"), regio
        assert not [b for b in weg.dossier.aanbiedingen if b.soort == "regie" and b.antwoord == ""]


def test_within_the_working_days_of_utrecht() -> None:
    weg = in_crisis("utrecht-save")
    (klok,) = [k for k in weg.dossier.klokken if k.sleutel == "regie.overname"]
    pass_regie_now(weg.streek.dienst, weg.verder(days=1), weg.casus_id, wie(weg, "toegang"), "Lokaal team kent ze.")
    (klok,) = [k for k in weg.dossier.klokken if k.sleutel == "regie.overname"]
    assert klok.uitkomst == "gehaald"
    assert all(i.overgedragen_op == weg.nu for i in weg.dossier.hulp)


def test_by_acceptance_only_where_the_source_is_silent() -> None:
    weg = in_crisis("amsterdam")
    with pytest.raises(NogNietKlaar):
        pass_regie_now(weg.streek.dienst, weg.nu, weg.casus_id, wie(weg, "toegang"), "Zomaar.")


def test_another_party_than_proposed_needs_a_reason(weg: Wandeling) -> None:
    gehouden(weg, procesregisseur_aanwezig=False)
    with pytest.raises(RedenNodig) as nee:
        pass_regie_now(weg.streek.dienst, weg.verder(), weg.casus_id, wie(weg, "gi"))
    assert nee.value.details["voorstel"]["waarde"] == "toegang"


def test_two_pass_the_lead_at_once(weg: Wandeling) -> None:
    gehouden(weg, procesregisseur_aanwezig=False)
    gezien = weg.dossier.casus.versie
    pass_regie_now(weg.streek.dienst, weg.verder(), weg.casus_id, wie(weg, "toegang"))
    with pytest.raises(Achterhaald):
        pass_regie_now(weg.streek.dienst, weg.verder(), weg.casus_id, wie(weg, "gi"), "De voogd.", versie=gezien)


# ---- asking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "deel"), [("meegaan", "inschatting"), ("vervolg", "vervolg"), ("overig", "meedenken")]
)
def test_asking_and_what_a_yes_gives(weg: Wandeling, soort: str, deel: str) -> None:
    gi = weg.streek.actoren["gi"]
    vraag = ask_organisation(weg.streek.dienst, weg.nu, weg.casus_id, soort, gi.organisatie_id, "Kun je?")
    assert ask_organisation(weg.streek.dienst, weg.verder(), weg.casus_id, soort, gi.organisatie_id, "Kun je?") == vraag
    assert delen(weg, "gi") == {"aanbod"}
    answer_offer(gi, weg.verder(), weg.casus_id, vraag, True)
    assert delen(weg, "gi") == {deel}


def test_asking_badly(weg: Wandeling) -> None:
    with pytest.raises(OngeldigeInvoer) as nee:
        ask_organisation(weg.streek.dienst, weg.nu, weg.casus_id, "regie", weg.casus_id, wijze="telefoon")
    assert {v for v, _, _ in nee.value.details["fouten"]} == {"soort", "organisatie_id", "naam", "telefoon"}
    with pytest.raises(OngeldigeInvoer):
        ask_organisation(weg.streek.dienst, weg.nu, weg.casus_id, "hulp", weg.streek.dienst.organisatie_id)


def test_who_can_be_asked_is_of_the_region_and_active(weg: Wandeling) -> None:
    streek("lekstroom")
    namen = who_can_be_asked(weg.streek.dienst, ("toegang", "gi"))
    assert [m.id for m in namen] == sorted(
        [wie(weg, "toegang"), wie(weg, "gi")], key=lambda i: [m.id for m in namen].index(i)
    )
    assert weg.streek.dienst.organisatie_id not in [m.id for m in who_can_be_asked(weg.streek.dienst)]


# ---- what a walk in the browser found --------------------------------------------------------------------------


@pytest.mark.parametrize(("aanvaard", "komt"), [(True, "ja"), (False, "nee")])
def test_an_answer_in_mijn_werk_stands_with_the_guest_too(weg: Wandeling, aanvaard: bool, komt: str) -> None:
    gepland(weg)
    toegang = weg.streek.actoren["toegang"]
    (vraag,) = [b for b in weg.dossier.aanbiedingen if b.soort == "rto" and b.aan_organisatie_id == wie(weg, "toegang")]
    answer_offer(toegang, weg.verder(), weg.casus_id, vraag.id, aanvaard, "" if aanvaard else "Geen tijd.")
    assert [g.komt for g in weg.dossier.genodigden if g.organisatie_id == toegang.organisatie_id] == [komt]


def test_a_report_without_a_word_is_refused_in_every_region() -> None:
    weg = in_crisis("noord-en-midden-limburg")
    rto = plan_rto(weg.streek.dienst, weg.verder(), weg.casus_id, vrijdag(weg))
    with pytest.raises(OngeldigeInvoer) as nee:
        hold_rto(weg.streek.dienst, vrijdag(weg, 17), weg.casus_id, rto, Rtoverslag())
    (zin,) = [verwacht for veld, _, verwacht in nee.value.details["fouten"] if veld == "perspectief"]
    assert "vraagt Vangnet" in zin, "no agreement of this region asks it in the report"


def test_who_said_no_gets_the_lead_only_with_a_reason_and_a_task() -> None:
    weg = in_crisis("noord-en-midden-limburg")
    ik, toegang = weg.streek.dienst, weg.streek.actoren["toegang"]
    aanbod = offer_regie(ik, weg.verder(), weg.casus_id, toegang.organisatie_id, "Nu al graag.")
    answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, False, "Eerst overleggen.")
    save_field(ik, weg.verder(), weg.casus_id, "vervolg.bepaald_op", weg.nu.isoformat())
    with pytest.raises(ZeiEerderNee):
        pass_regie_now(ik, weg.verder(), weg.casus_id, toegang.organisatie_id)
    assert weg.lead() == ik.organisatie_id
    pass_regie_now(ik, weg.verder(), weg.casus_id, toegang.organisatie_id, "Afgestemd met de teamleider.")
    assert weg.lead() == toegang.organisatie_id
    over = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="regie_over")
    assert (over.afgeweken, over.reden) == (False, "Afgestemd met de teamleider."), "it goes to whom the rules name"
    (taak,) = [t for t in weg.dossier.taken if t.voor_id == toegang.organisatie_id]
    assert taak.wat.startswith("De regie ligt nu bij jullie. Bel")
    assert "keuze van Vangnet" in taak.waarom
    assert taak.regels == [], "no agreement asks for the call"


def test_who_accepts_the_lead_is_named(weg: Wandeling) -> None:
    toegang = weg.streek.actoren["toegang"]
    aanbod = offer_regie(weg.streek.dienst, weg.verder(), weg.casus_id, toegang.organisatie_id, "Nu al graag.")
    answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, True)
    regie = weg.dossier.regie
    assert regie is not None
    assert regie.medewerker_id == toegang.medewerker_id


def test_the_lead_is_no_work_to_do_before_the_child_has_help() -> None:
    weg = nieuwe_casus(streek("lekstroom"))
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    assert {"inzet"} <= {a.sleutel for a in weg.acties()}
    assert "regie" not in {a.sleutel for a in weg.acties()}
    assert [(k.sleutel, k.uiterlijk - k.begonnen_op) for k in weg.dossier.klokken if k.sleutel == "inzet.start"] == [
        ("inzet.start", timedelta(hours=24))
    ], "crisis care begins within 24 hours of the report, also while no form is chosen (LEK-16, LEK-22)"
    (klok,) = [k for k in show_casus(weg.streek.dienst, weg.nu, weg.casus_id).klokken if k["sleutel"] == "inzet.start"]
    assert klok["waarom"].endswith("Dat is een keuze van Vangnet."), "who watches it is no agreement of the region"
    pagina = render_to_string("casus/klok.html", {"k": show_clock(klok, weg.nu), "vol": True})
    assert "Dat is een keuze van Vangnet." in pagina


def test_the_local_team_is_work_to_do_without_a_term_too() -> None:
    weg = nieuwe_casus(streek("lekstroom"))
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    gewogen = dict.fromkeys(("ambulant", "netwerk", "pleegzorg"), "Kan niet.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "residentieel", weg.kind_id, overwogen=gewogen, reden="Moet.")
    assert "inzet.start" not in {k.sleutel for k in weg.dossier.klokken if k.geeindigd_op is None}
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Nacht.")
    (actie,) = [a for a in weg.acties() if a.sleutel == "wijkteam"]
    assert actie.regels == ("LEK-40",)


def test_the_strip_shows_what_can_be_done_now(weg: Wandeling) -> None:
    d = weg.dossier
    beeld = strip(d, advise_dossier(d, weg.nu)[0], weg.nu)
    assert beeld["stap"]["stap"] != "inzet_einde", "help that ends in weeks hides nothing that waits today"


def test_days_later_the_board_shows_what_the_clock_asks(weg: Wandeling) -> None:
    gepland(weg)
    for op, is_het in ((weg.nu, False), (vrijdag(weg, 23) + timedelta(days=1), True)):
        (een,) = [s for s in show_board(weg.streek.dienst, op).strips if s.casus_id == weg.casus_id]
        assert een.stap is not None
        assert (een.stap["stap"] == "rto_verslag") is is_het


def test_the_clock_of_the_meeting_shows_when_it_is_planned_and_that_it_is_later() -> None:
    weg = nieuwe_casus(streek())
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")

    def klok() -> Any:
        beeld = show_casus(ik, weg.nu, weg.casus_id)
        return next(a["klok"] for a in beeld.te_doen if a["sleutel"].startswith("rto_"))

    assert "gepland_op" not in klok()
    afgesproken = datetime.combine(klok()["laatste_dag"], time(15, 30), AMSTERDAM)
    rto = plan_rto(ik, weg.verder(), weg.casus_id, afgesproken, "Gemeentehuis", [{"naam": "Oma"}])
    assert (klok()["gepland_op"], klok()["gepland_later"]) == (afgesproken, False)
    later = afgesproken + timedelta(days=1)
    while later.weekday() > 4:
        later += timedelta(days=1)
    move_rto(ik, weg.verder(), weg.casus_id, rto, later, None, "Moeder ligt in het ziekenhuis.")
    assert (klok()["gepland_op"], klok()["gepland_later"]) == (later, True)
    assert "ziekenhuis" in klok()["reden"]


# ---- who determines what follows, and a lead that was refused ---------------------------------------------------


def test_the_access_determines_what_follows_before_it_leads() -> None:
    weg = in_crisis("noord-en-midden-limburg")
    ik, toegang = weg.streek.dienst, weg.streek.actoren["toegang"]
    (nog_niet,) = [a for a in _na_rto(weg) if a.sleutel == "vervolg"]
    assert nog_niet.voor == ik.organisatie_id, "no access takes part yet"
    vraag = ask_organisation(ik, weg.verder(), weg.casus_id, "vervolg", toegang.organisatie_id, "Bepalen jullie dit?")
    answer_offer(toegang, weg.verder(), weg.casus_id, vraag, True)
    (actie,) = [a for a in weg.acties() if a.sleutel == "vervolg"]
    assert actie.voor == toegang.organisatie_id
    assert "CIT-23" in actie.regels
    assert [a["van_mij"] for a in show_casus(toegang, weg.nu, weg.casus_id).te_doen if a["sleutel"] == "vervolg"] == [
        True
    ]
    _erbij(weg, "gi")
    with pytest.raises(GeenRegie):
        determine_vervolg(weg.streek.actoren["gi"], weg.verder(), weg.casus_id, None, "Hulp thuis.")
    determine_vervolg(toegang, weg.verder(), weg.casus_id, None, "Hulp thuis.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="vervolg_bepaald")
    assert not gebeurtenis.afgeweken
    assert weg.lead() == ik.organisatie_id, "determining what follows is not taking the lead"


def test_the_service_that_determines_it_after_all_says_why() -> None:
    weg = in_crisis("noord-en-midden-limburg")
    ik = weg.streek.dienst
    _na_rto(weg)
    _erbij(weg, "toegang")
    with pytest.raises(RedenNodig) as nee:
        determine_vervolg(ik, weg.verder(), weg.casus_id, None, "Hulp thuis.")
    assert nee.value.details["voorstel"]["waarde"] == "toegang"
    assert weg.dossier.feit("vervolg.bepaald_op") is None
    determine_vervolg(ik, weg.verder(), weg.casus_id, None, "Hulp thuis.", reden="Het CIT bepaalde het samen.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="vervolg_bepaald")
    assert gebeurtenis.reden == "Het CIT bepaalde het samen."
    assert not gebeurtenis.afgeweken, "the region has not decided between the two readings: ours is no agreement (X-19)"
    chosen(weg, "toegang")
    determine_vervolg(ik, weg.verder(), weg.casus_id, None, "Toch hulp elders.", reden="De toegang was dicht.")
    gebeurtenis = Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="vervolg_bepaald").latest("ingevoerd_op")
    assert gebeurtenis.afgeweken
    assert "CIT-23" in gebeurtenis.regels


def chosen(weg: Wandeling, lezing: str) -> None:
    """The region decided who determines what follows."""
    ik = weg.streek.dienst
    Feit.objects.create(
        id=new_id(), casus_id=weg.casus_id, veld="keuzes.X-19/noord_midden_limburg", waarde=lezing, gebeurd_op=weg.nu,
        ingevoerd_op=weg.nu, door_id=ik.medewerker_id, namens_id=ik.organisatie_id,
    )  # fmt: skip


def test_where_the_region_reads_it_otherwise_the_service_determines() -> None:
    weg = in_crisis("noord-en-midden-limburg")
    _na_rto(weg)
    _erbij(weg, "toegang")
    chosen(weg, "cit")
    (actie,) = [a for a in weg.acties() if a.sleutel == "vervolg"]
    assert actie.voor == weg.streek.dienst.organisatie_id
    determine_vervolg(weg.streek.dienst, weg.verder(), weg.casus_id, None, "Hulp thuis.")
    assert not Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="vervolg_bepaald").afgeweken


def _na_rto(weg: Wandeling) -> list[Any]:
    rto = plan_rto(weg.streek.dienst, weg.verder(), weg.casus_id, vrijdag(weg))
    weg.nu = vrijdag(weg, 17)
    hold_rto(weg.streek.dienst, weg.nu, weg.casus_id, rto, Rtoverslag(perspectief="Naar huis met hulp."))
    return weg.acties()


def _erbij(weg: Wandeling, soort: str) -> bool:
    """Somebody of this kind takes part in what follows."""
    wie_ = weg.streek.actoren[soort]
    vraag = ask_organisation(weg.streek.dienst, weg.verder(), weg.casus_id, "vervolg", wie_.organisatie_id, "Doe mee?")
    answer_offer(wie_, weg.verder(), weg.casus_id, vraag, True)
    return True


def test_a_lead_that_was_refused_lifts_the_casus_until_it_is_settled(weg: Wandeling) -> None:
    ik, toegang = weg.streek.dienst, weg.streek.actoren["toegang"]

    def strip_(op: datetime) -> Any:
        (een,) = [s for s in show_board(ik, op).strips if s.casus_id == weg.casus_id]
        return een

    aanbod = offer_regie(ik, weg.verder(), weg.casus_id, toegang.organisatie_id, "Nu al graag.")
    answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, False, "Eerst overleggen.")
    assert weg.dossier.casus.beeld["geschil"] is True
    assert strip_(weg.nu).groep == "besluit"
    sleutels = [a.sleutel for a in weg.acties()]
    assert sleutels.count("taak") == 1, "settling it stands in the list once"
    assert sleutels.index("taak") < sleutels.index("rto_plannen")
    (taak,) = [t for t in weg.dossier.taken if t.sleutel == f"geschil.{aanbod}"]
    finish_task(ik, weg.verder(), weg.casus_id, taak.id, "Gebeld; zij komen naar het RTO.")
    assert weg.dossier.casus.beeld["geschil"] is False
