# SPDX-License-Identifier: EUPL-1.2
"""Going to the home and the decision: who went, when they are back, whose decision it is, and what a double click does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.mensen import actor_of, medewerker
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.casework.models import Gebeurtenis, Jeugdige, Melding
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, set_sleeping_place
from vangnet.process.weigeringen import Achterhaald, AlGedaan, GeenRecht, NietBetrokken, NogNietKlaar, OngeldigeInvoer
from vangnet.rules.kalender import lokaal

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """A casus in Zuid-Limburg, after its triage."""
    return nieuwe_casus(streek())


def stand(weg: Wandeling) -> str:
    return str(weg.dossier.casus.beeld["stand"])


def soorten(weg: Wandeling) -> list[str]:
    return list(
        Gebeurtenis.objects.filter(casus_id=weg.casus_id).values_list("soort", flat=True).order_by("ingevoerd_op")
    )


def test_there_and_back(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    terug = weg.nu + timedelta(hours=2)
    for _ in range(2):  # A double click.
        depart(ik, weg.nu, weg.casus_id, "Sanne", "agent", "er is een mes", terug, "06 11111111", "hond los")
    assert stand(weg) == "onderweg"
    assert soorten(weg).count("vertrokken") == 1
    assert weg.dossier.casus.beeld["wie"] == "Sanne"
    for _ in range(2):
        arrive(ik, weg.verder(), weg.casus_id)
    assert stand(weg) == "ter_plaatse"
    assert "terug" in [a.sleutel for a in weg.acties()]
    leave_home(ik, weg.verder(), weg.casus_id, "Vader is weg.")
    leave_home(ik, weg.verder(), weg.casus_id, "Vader is weg, oma is er.")
    assert "terug" not in [a.sleutel for a in weg.acties()]
    assert weg.dossier.waarde("inschatting.bevindingen") == "Vader is weg, oma is er."
    assert (soorten(weg).count("aangekomen"), soorten(weg).count("terug")) == (1, 1)


def test_entered_later_than_it_happened(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    toen = weg.nu - timedelta(minutes=3)
    depart(ik, weg.nu, weg.casus_id, "Sanne", gebeurd_op=toen)
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="vertrokken")
    assert (gebeurtenis.gebeurd_op, gebeurtenis.ingevoerd_op) == (toen, weg.nu)
    with pytest.raises(OngeldigeInvoer) as nee:
        arrive(ik, weg.nu, weg.casus_id, gebeurd_op=toen - timedelta(minutes=2))
    assert nee.value.details["fouten"][0][0] == "gebeurd_op"


@pytest.mark.parametrize("minuten", [-60, 10])
def test_not_before_the_call_and_not_to_come(weg: Wandeling, minuten: int) -> None:
    begin = weg.streek.begin if minuten < 0 else weg.nu
    with pytest.raises(OngeldigeInvoer):
        depart(weg.streek.dienst, weg.nu, weg.casus_id, "Sanne", gebeurd_op=begin + timedelta(minutes=minuten))


def test_every_fault_at_once(weg: Wandeling) -> None:
    with pytest.raises(OngeldigeInvoer) as nee:
        depart(
            weg.streek.dienst,
            weg.nu,
            weg.casus_id,
            " ",
            terug_verwacht_op=weg.nu - timedelta(hours=1),
            gevaar="x" * 1001,
        )
    assert {veld for veld, _, _ in nee.value.details["fouten"]} == {"wie", "terug_verwacht_op", "gevaar"}


def test_crisis(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    arrive(ik, weg.verder(), weg.casus_id)
    versie = weg.dossier.casus.versie
    for _ in range(2):
        decide_crisis(
            ik, weg.nu, weg.casus_id, True, "Vader dreigt met een mes.", "gedragswetenschapper", versie=versie
        )
    casus = weg.dossier.casus
    assert casus.besluit_crisis_op == weg.nu
    assert stand(weg) == "hulp_kiezen"
    assert weg.lead() == ik.organisatie_id
    besluit = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="besluit_crisis")
    assert besluit.reden == "Vader dreigt met een mes."
    assert besluit.gegevens["overlegd_met"] == "gedragswetenschapper"
    assert lokaal(weg.dossier.waarde("inschatting.besloten_op")) == lokaal(weg.nu).replace(microsecond=0)


def test_a_colleague_was_first(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    gezien = weg.dossier.casus.versie
    decide_crisis(ik, weg.nu, weg.casus_id, True, "Niet veilig.")
    with pytest.raises(Achterhaald) as nee:
        decide_crisis(ik, weg.verder(), weg.casus_id, False, "Rustig nu.", versie=gezien)
    assert nee.value.details["nu"]["crisis"] is True
    assert nee.value.details["jij"] == {"crisis": False, "reden": "Rustig nu."}
    assert nee.value.details["door"] == ik.naam
    decide_crisis(ik, weg.nu, weg.casus_id, False, "Rustig nu.", versie=weg.dossier.casus.versie)
    assert weg.dossier.casus.besluit_crisis_op is None
    assert stand(weg) == "geen_crisis"


def test_other_work_in_between_is_no_reason_to_refuse(weg: Wandeling) -> None:
    gezien = weg.dossier.casus.versie
    depart(weg.streek.dienst, weg.nu, weg.casus_id, "Sanne")
    decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Niet veilig.", versie=gezien)
    assert stand(weg) == "hulp_kiezen"


def test_no_crisis_drops_nothing_that_began(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    decide_crisis(ik, weg.nu, weg.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "ambulante_spoedhulp", weg.kind_id)
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Ouders sliepen.")
    with pytest.raises(NogNietKlaar):
        decide_crisis(ik, weg.nu, weg.casus_id, False, "Toch niet.")
    with pytest.raises(AlGedaan):
        depart(ik, weg.nu, weg.casus_id, "Sanne")


def test_the_decision_is_of_the_service_where_the_region_says_so(weg: Wandeling) -> None:
    for door in ("veilig_thuis", "toegang", "gi", "zorgaanbieder"):
        with pytest.raises(GeenRecht):
            decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Zij vinden het.", besloten_door=door)
    anders = nieuwe_casus(streek("haaglanden"))
    decide_crisis(
        anders.streek.dienst, anders.nu, anders.casus_id, True, "Zij vinden het.", besloten_door="veilig_thuis"
    )
    assert anders.dossier.waarde("inschatting.besloten_door") == "veilig_thuis"


def test_veilig_thuis_comes_along_but_does_not_decide_for_the_service(weg: Wandeling) -> None:
    vt = weg.streek.actoren["veilig_thuis"]
    with pytest.raises(NietBetrokken):
        arrive(vt, weg.nu, weg.casus_id)
    vraag = ask_organisation(weg.streek.dienst, weg.nu, weg.casus_id, "meegaan", vt.organisatie_id, "Ga je mee?")
    with pytest.raises(NietBetrokken):  # Who is asked sees a profile, and touches nothing.
        arrive(vt, weg.nu, weg.casus_id)
    answer_offer(vt, weg.verder(), weg.casus_id, vraag, True)
    assert {b.deel for b in weg.dossier.betrokkenheden if b.organisatie_id == vt.organisatie_id and b.tot is None} == {
        "inschatting"
    }
    arrive(vt, weg.verder(), weg.casus_id)
    with pytest.raises(GeenRecht):
        decide_crisis(vt, weg.nu, weg.casus_id, True, "Niet veilig.")


def test_before_the_triage_nobody_leaves() -> None:
    weg = nieuwe_casus(streek(), "acute_hulp")
    decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Het kon toch niet wachten.")
    assert stand(weg) == "hulp_kiezen"


def test_a_stranger_learns_nothing(weg: Wandeling) -> None:
    vreemd = actor_of(medewerker("crisismedewerker"))
    with pytest.raises(NietBetrokken):
        depart(vreemd, weg.nu, weg.casus_id, "Sanne")
    with pytest.raises(GeenRecht):
        depart(weg.streek.actoren["gi"], weg.nu, weg.casus_id, "Sanne")


def test_where_a_child_was_during_the_call_is_not_where_it_sleeps(weg: Wandeling) -> None:
    Jeugdige.objects.filter(casus_id=weg.casus_id).update(waar_nu="buiten, bij het station")
    Melding.objects.filter(casus_id=weg.casus_id).update(waar_nu="buiten, bij het station")
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    assert [a.ding for a in weg.acties() if a.sleutel == "slaapplek"] == [str(weg.kind_id)]
    assert weg.dossier.melding.waar_nu == "buiten, bij het station"
    set_sleeping_place(weg.streek.dienst, weg.verder(), weg.casus_id, weg.kind_id, "buiten, bij het station")
    assert "slaapplek" not in {a.sleutel for a in weg.acties()}
