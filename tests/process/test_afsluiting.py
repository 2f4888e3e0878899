# SPDX-License-Identifier: EUPL-1.2
"""What comes after the crisis, and closing: tasks and clocks of the follow-up, goals answered, nothing left running."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Logregel
from vangnet.casework.models import Gebeurtenis
from vangnet.process.arrange_vervolghulp import (
    ask_expertteam,
    determine_vervolg,
    register_at,
    register_beschikking,
    register_feedback,
    warm_handover,
)
from vangnet.process.close_casus import close_casus, reopen_casus, what_is_left
from vangnet.process.dispatch_inschatting import decide_crisis
from vangnet.process.hand_over_procesregie import offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import plan_rto
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet
from vangnet.process.weigeringen import (
    Achterhaald,
    CasusGesloten,
    GeenRecht,
    GeenRegie,
    NietBetrokken,
    NogNietKlaar,
    OngeldigeInvoer,
    RedenNodig,
)

pytestmark = pytest.mark.django_db


def in_hulp(regio: str = "zuid-limburg") -> Wandeling:
    """A casus with a stay that runs."""
    weg = nieuwe_casus(streek(regio))
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    vorm = "residentieel" if regio == "zuid-limburg" else "crisisinterventie"
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, vorm, weg.kind_id)
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Nacht.")
    return weg


@pytest.fixture
def weg() -> Wandeling:
    """In Zuid-Limburg."""
    return in_hulp()


def vervolg(weg: Wandeling, **meer: object) -> None:
    determine_vervolg(weg.streek.dienst, weg.verder(), weg.casus_id, **({"route": 3, "wat": "Hulp thuis."} | meer))  # type: ignore[arg-type]  # words


def klok(weg: Wandeling, sleutel: str) -> list[str]:
    return [k.uitkomst for k in weg.dossier.klokken if k.sleutel == sleutel]


def sluit(weg: Wandeling, **meer: str) -> None:
    woorden = {"veiligheid": "ja", "perspectief": "ja", "richting": "de ouders", "toelichting": ""} | meer
    close_casus(weg.streek.dienst, weg.verder(), weg.casus_id, **woorden)


def klaar_om_te_sluiten() -> Wandeling:
    weg = in_hulp()
    vervolg(weg)
    end_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, weg.dossier.inzetten[0].id)
    return weg


# ---- the follow-up ---------------------------------------------------------------------------------------------


def test_the_route_gives_tasks_once(weg: Wandeling) -> None:
    vervolg(weg)
    vervolg(weg)
    vervolg(weg, wat="Hulp thuis, drie keer per week.")
    sleutels = [t.sleutel for t in weg.dossier.taken]
    assert sorted(sleutels) == ["vervolg.aanbieder", "vervolg.bij_overdracht"]
    assert all(t.regels for t in weg.dossier.taken)
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="vervolg_bepaald").count() == 2
    assert weg.dossier.inzetten[0].perspectief_op is not None


def test_no_follow_up_asks_a_warm_handover(weg: Wandeling) -> None:
    vervolg(weg, route=1, wat="Geen hulp nodig.")
    (taak,) = [t for t in weg.dossier.taken if t.sleutel == "vervolg.warme_overdracht"]
    assert taak.voor_id == weg.streek.dienst.organisatie_id
    for _ in range(2):
        warm_handover(weg.streek.dienst, weg.verder(), weg.casus_id, "toegang Heerlen", True)
    (taak,) = [t for t in weg.dossier.taken if t.sleutel == "vervolg.warme_overdracht"]
    assert taak.klaar_op is not None
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="overgedragen").count() == 1


def test_a_route_only_where_there_are_routes(weg: Wandeling) -> None:
    for route in (None, 7):
        with pytest.raises(OngeldigeInvoer):
            vervolg(weg, route=route)
    elders = in_hulp("haaglanden")
    with pytest.raises(OngeldigeInvoer):
        vervolg(elders, route=2)
    vervolg(elders, route=None)
    with pytest.raises(OngeldigeInvoer):
        vervolg(elders, route=None, wat=" ")


def test_two_tables_have_two_clocks(weg: Wandeling) -> None:
    save_field(weg.streek.dienst, weg.nu, weg.casus_id, "vervolg.gikj", "overwogen")
    vervolg(weg, route=4, terug_naar_huis="nee")
    assert klok(weg, "vervolg.itw") == klok(weg, "vervolg.gikj") == [""]
    assert {a.ding for a in weg.acties() if a.sleutel == "aanmelden"} >= {"vervolg.itw", "vervolg.gikj"}
    for _ in range(2):
        register_at(weg.streek.dienst, weg.verder(), weg.casus_id, "gikj")
    assert klok(weg, "vervolg.itw") == [""]
    assert klok(weg, "vervolg.gikj") == ["gehaald"]
    with pytest.raises(OngeldigeInvoer):
        register_at(weg.streek.dienst, weg.nu, weg.casus_id, "tafel")


def test_help_that_is_ready_stops_its_clock(weg: Wandeling) -> None:
    vervolg(weg)
    assert klok(weg, "vervolg.klaar") == [""]
    assert "vervolg_start" in [a.sleutel for a in weg.acties()]
    vervolg(weg, start_op=weg.nu + timedelta(days=2))
    assert klok(weg, "vervolg.klaar") == ["gehaald"]


def test_the_decision_afterwards_and_telling_the_professionals(weg: Wandeling) -> None:
    vervolg(weg, beschikking_nodig=True)
    assert {"beschikking", "terugkoppeling"} <= {a.sleutel for a in weg.acties()}
    ik, vandaag = weg.streek.dienst, weg.nu.date()
    with pytest.raises(OngeldigeInvoer):
        register_beschikking(ik, weg.nu, weg.casus_id, vandaag + timedelta(days=3))
    register_beschikking(ik, weg.nu, weg.casus_id, vandaag)
    with pytest.raises(OngeldigeInvoer):
        register_feedback(ik, weg.nu, weg.casus_id, "")
    register_feedback(ik, weg.nu, weg.casus_id, "school")
    assert not {"beschikking", "terugkoppeling"} & {a.sleutel for a in weg.acties()}


def test_the_expert_team(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    ask_expertteam(ik, weg.verder(), weg.casus_id, "bindend_advies", "Er is geen plek.")
    ask_expertteam(ik, weg.verder(), weg.casus_id, "bindend_advies", "Er is geen plek.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="expertteam_gevraagd")
    assert gebeurtenis.regels
    assert [t.sleutel for t in weg.dossier.taken] == ["expertteam.bindend_advies"]
    with pytest.raises(OngeldigeInvoer):
        elders = in_hulp("haaglanden")
        ask_expertteam(elders.streek.dienst, elders.nu, elders.casus_id, "ondersteuning", "Vast.")


# ---- closing ---------------------------------------------------------------------------------------------------


def test_help_that_runs_keeps_it_open(weg: Wandeling) -> None:
    assert what_is_left(weg.streek.dienst, weg.nu, weg.casus_id) == ["Er loopt nog hulp: beëindig die eerst."]
    assert Logregel.objects.filter(casus_id=weg.casus_id, handeling="inzien").exists()
    with pytest.raises(NogNietKlaar) as nee:
        sluit(weg)
    assert nee.value.details["wat"].startswith("Er loopt nog hulp")
    end_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, weg.dossier.inzetten[0].id)
    with pytest.raises(NogNietKlaar) as nee:
        sluit(weg)
    assert nee.value.details["wat"] == "Bepaal eerst het vervolg."


def test_an_open_offer_of_the_lead_keeps_it_open() -> None:
    weg = klaar_om_te_sluiten()
    offer_regie(weg.streek.dienst, weg.nu, weg.casus_id, weg.streek.actoren["gi"].organisatie_id, "Graag.")
    assert "afsluiten" not in [a.sleutel for a in weg.acties()]
    with pytest.raises(NogNietKlaar):
        sluit(weg, toelichting="Zonder RTO.")


def test_a_crisis_without_a_meeting_closes_with_a_reason() -> None:
    weg = klaar_om_te_sluiten()
    plan_rto(weg.streek.dienst, weg.nu, weg.casus_id, weg.streek.begin + timedelta(hours=18))
    with pytest.raises(RedenNodig) as nee:
        sluit(weg)
    assert nee.value.details["voorstel"]["sleutel"] == "rto.dag"
    sluit(weg, toelichting="De ouders wilden geen overleg.")
    assert Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="afgesloten").afgeweken
    d = weg.dossier
    assert d.casus.uitkomst == "afgesloten"
    assert [k.sleutel for k in d.klokken if k.geeindigd_op is None] == ["melding.signaal"]  # It still must arrive.
    assert not [t for t in d.taken if t.klaar_op is None]
    assert [r.reden_vervallen for r in d.rtos] == ["Casus afgesloten."]
    assert {b.deel for b in d.betrokkenheden if b.tot is None} == {"dossier", "signaal"}
    sluit(weg)  # A second click changes nothing.
    with pytest.raises(CasusGesloten):
        vervolg(weg)


def test_goals_are_answered() -> None:
    weg = klaar_om_te_sluiten()
    with pytest.raises(OngeldigeInvoer) as nee:
        sluit(weg, veiligheid="misschien", perspectief="", richting="")
    assert {v for v, _, _ in nee.value.details["fouten"]} == {"veiligheid", "perspectief", "richting"}
    with pytest.raises(OngeldigeInvoer) as nee:
        sluit(weg, veiligheid="nee")
    assert [v for v, _, _ in nee.value.details["fouten"]] == ["toelichting"]
    sluit(weg, veiligheid="nee", toelichting="De GI neemt het over.")
    assert weg.dossier.waarde("afsluiting.veiligheid_hersteld") == "nee"


def test_only_who_leads_closes() -> None:
    weg = klaar_om_te_sluiten()
    with pytest.raises((GeenRegie, GeenRecht, NietBetrokken)):
        close_casus(weg.streek.actoren["toegang"], weg.nu, weg.casus_id, "ja", "ja", "wij")


def test_no_crisis_closes_at_once() -> None:
    weg = nieuwe_casus(streek())
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, False, "Rustig.")
    assert weg.lead() == weg.streek.dienst.organisatie_id
    sluit(weg)
    assert weg.dossier.casus.uitkomst == "geen_crisis"


def test_open_again_with_the_same_lead() -> None:
    weg = nieuwe_casus(streek())
    weg.loop()
    toegang = weg.streek.actoren["toegang"].organisatie_id
    with pytest.raises(OngeldigeInvoer):
        reopen_casus(weg.streek.dienst, weg.verder(), weg.casus_id, " ")
    with pytest.raises(NietBetrokken):
        reopen_casus(weg.streek.actoren["toegang"], weg.verder(), weg.casus_id, "Toch niet.")
    for _ in range(2):
        reopen_casus(weg.streek.dienst, weg.verder(), weg.casus_id, "Het gaat weer mis.")
    assert weg.lead() == toegang
    assert {b.deel for b in weg.dossier.betrokkenheden if b.tot is None} == {"regie", "crisishulp"}
    assert [t.voor_id for t in weg.dossier.taken if t.klaar_op is None] == [toegang]
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="heropend").count() == 1
    assert weg.dossier.casus.uitkomst == ""


def test_a_colleague_closed_and_opened_meanwhile() -> None:
    weg = klaar_om_te_sluiten()
    gezien = weg.dossier.casus.versie
    sluit(weg, toelichting="Zonder RTO.")
    reopen_casus(weg.streek.dienst, weg.verder(), weg.casus_id, "Nog niet klaar.")
    with pytest.raises(Achterhaald):
        close_casus(weg.streek.dienst, weg.nu, weg.casus_id, "ja", "ja", "wij", "Zonder RTO.", versie=gezien)
