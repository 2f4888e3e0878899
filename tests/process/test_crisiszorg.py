# SPDX-License-Identifier: EUPL-1.2
"""Crisis help: the lightest form first, no help before the decision, parents told, one bed at a time, and where a child sleeps."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.casework.models import Gebeurtenis, Inzet
from vangnet.process.acties import slaapplek
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.keep_fields import save_field
from vangnet.process.start_crisiszorg import (
    begin_inzet,
    choose_inzet,
    drop_inzet,
    end_inzet,
    inform_parents,
    move_inzet,
    set_sleeping_place,
)
from vangnet.process.weigeringen import (
    CrisisNietBesloten,
    DubbelBed,
    NietBetrokken,
    NogNietKlaar,
    OngeldigeInvoer,
    RedenNodig,
)

pytestmark = pytest.mark.django_db


def in_crisis(regio: str = "zuid-limburg") -> Wandeling:
    """A casus in which crisis was decided."""
    weg = nieuwe_casus(streek(regio))
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    return weg


@pytest.fixture
def weg() -> Wandeling:
    """In Zuid-Limburg."""
    return in_crisis()


def kies(weg: Wandeling, vorm: str = "ambulante_spoedhulp", **meer: object) -> Inzet:
    """Choose a form for the child; the row."""
    id_ = choose_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, vorm, weg.kind_id, **meer)  # type: ignore[arg-type]  # words
    return next(i for i in weg.dossier.inzetten if i.id == id_)


def deel(weg: Wandeling, soort: str) -> set[str]:
    """In what parts an organisation takes part now."""
    bij = weg.streek.actoren[soort].organisatie_id
    return {b.deel for b in weg.dossier.betrokkenheden if b.organisatie_id == bij and b.tot is None}


def test_no_help_before_the_decision() -> None:
    weg = nieuwe_casus(streek())
    with pytest.raises(CrisisNietBesloten):
        kies(weg)
    with pytest.raises(CrisisNietBesloten):
        decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, False, "Rustig.")
        kies(weg)


def test_help_before_the_decision_where_the_region_lets_it() -> None:
    rustig = {"triage.zorgpad_vast": "ja", "triage.direct_onveilig": "nee", "triage.onvrijwillig": "nee"}
    weg = nieuwe_casus(streek("friesland"), **rustig)
    assert "contact_aanbieder" in [a.sleutel for a in weg.acties()]
    assert [a.sleutel for a in weg.acties()].count("inzet") == 1
    inzet = kies(weg, "ambulant")
    assert weg.dossier.casus.beeld["stand"] == "hulp_starten"
    begin_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, inzet.id)
    assert weg.dossier.feit("triage.aanbieder_contact_op") is not None


def test_the_provider_is_asked_and_sees_more_when_it_says_yes(weg: Wandeling) -> None:
    bij = weg.streek.actoren["zorgaanbieder"]
    inzet = kies(weg, aanbieder_id=bij.organisatie_id)
    assert kies(weg, aanbieder_id=bij.organisatie_id).id == inzet.id
    assert deel(weg, "zorgaanbieder") == {"aanbod"}
    with pytest.raises(NietBetrokken):
        begin_inzet(bij, weg.nu, weg.casus_id, inzet.id, reden="Nu.")
    (vraag,) = [b for b in weg.dossier.aanbiedingen if b.soort == "hulp"]
    answer_offer(bij, weg.verder(), weg.casus_id, vraag.id, True)
    assert deel(weg, "zorgaanbieder") == {"hulp"}
    inform_parents(bij, weg.verder(), weg.casus_id, inzet.id, "moeder")
    begin_inzet(bij, weg.verder(), weg.casus_id, inzet.id)
    end_inzet(bij, weg.verder(days=20), weg.casus_id, inzet.id, "Rust.")
    assert deel(weg, "zorgaanbieder") == set()
    with pytest.raises(NietBetrokken):
        end_inzet(bij, weg.nu, weg.casus_id, inzet.id)


def test_arranged_by_phone(weg: Wandeling) -> None:
    kies(weg, "residentieel", aanbieder_id=weg.streek.actoren["zorgaanbieder"].organisatie_id, gesproken_met="Karin")
    assert deel(weg, "zorgaanbieder") == {"hulp"}
    assert not [b for b in weg.dossier.aanbiedingen if b.soort == "hulp"]
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="inzet_besloten")
    assert gebeurtenis.gegevens["gesproken_met"] == "Karin"


def test_parents_hear_it_before_the_start(weg: Wandeling) -> None:
    inzet = kies(weg, "residentieel")
    with pytest.raises(RedenNodig) as nee:
        begin_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, inzet.id)
    assert "ZL-26" in nee.value.details["voorstel"]["regels"]
    begin_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, inzet.id, reden="Moeder was niet te bereiken.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="inzet_begonnen")
    assert (gebeurtenis.afgeweken, gebeurtenis.reden) == (True, "Moeder was niet te bereiken.")
    (klok,) = [k for k in weg.dossier.klokken if k.sleutel == f"inzet.{inzet.id}.einde"]
    assert klok.uitkomst == ""


def test_the_last_day_runs_only_once_it_began(weg: Wandeling) -> None:
    inzet = kies(weg, "residentieel")
    assert not [k for k in weg.dossier.klokken if k.sleutel.endswith(".einde")]
    inform_parents(weg.streek.dienst, weg.verder(), weg.casus_id, inzet.id)
    begin_inzet(weg.streek.dienst, weg.verder(days=2), weg.casus_id, inzet.id)
    (klok,) = [k for k in weg.dossier.klokken if k.sleutel.endswith(".einde")]
    assert klok.uiterlijk > weg.nu + timedelta(days=5)
    end_inzet(weg.streek.dienst, weg.verder(days=9), weg.casus_id, inzet.id)
    (klok,) = [k for k in weg.dossier.klokken if k.sleutel.endswith(".einde")]
    assert klok.uitkomst == "te_laat"


def test_one_bed_at_a_time(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    een, twee = kies(weg, "residentieel"), kies(weg, "crisispleegzorg")
    begin_inzet(ik, weg.verder(), weg.casus_id, een.id, reden="Nacht.")
    with pytest.raises(DubbelBed):
        begin_inzet(ik, weg.verder(), weg.casus_id, twee.id, reden="Nacht.")
    assert next(i for i in weg.dossier.inzetten if i.id == twee.id).van is None


def test_moving_is_one_act(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    een = kies(weg, "residentieel", plaats="Groep Zuid")
    begin_inzet(ik, weg.verder(), weg.casus_id, een.id, reden="Nacht.")
    nieuw = uuid4()
    with pytest.raises(OngeldigeInvoer):
        move_inzet(ik, weg.verder(), weg.casus_id, een.id, "crisispleegzorg")
    for _ in range(2):
        gekozen = move_inzet(
            ik, weg.nu, weg.casus_id, een.id, "crisispleegzorg", plaats="Familie Bos", reden="Vol.", nieuwe_id=nieuw
        )
    assert gekozen == nieuw
    hulp = {i.id: i for i in weg.dossier.inzetten}
    assert len(hulp) == 2
    assert hulp[een.id].tot == hulp[nieuw].van == weg.nu
    assert slaapplek(weg.dossier, weg.dossier.kinderen[0])[1] == hulp[nieuw]


def test_where_a_child_sleeps(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    assert slaapplek(weg.dossier, weg.dossier.kinderen[0])[0] == "onbekend"
    set_sleeping_place(ik, weg.verder(), weg.casus_id, weg.kind_id, "Bij oma")
    set_sleeping_place(ik, weg.verder(), weg.casus_id, weg.kind_id, "Bij oma")
    inzet = kies(weg, "residentieel")
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet.id, reden="Nacht.")
    with pytest.raises(NogNietKlaar):
        set_sleeping_place(ik, weg.verder(), weg.casus_id, weg.kind_id, "Thuis")
    end_inzet(ik, weg.verder(), weg.casus_id, inzet.id)
    assert slaapplek(weg.dossier, weg.dossier.kinderen[0])[0] == "onbekend"
    assert "slaapplek" in [a.sleutel for a in weg.acties()]
    assert "oma" not in str(list(Gebeurtenis.objects.filter(soort="slaapplek").values("gegevens", "reden")))


def test_dropping(weg: Wandeling) -> None:
    bij = weg.streek.actoren["zorgaanbieder"].organisatie_id
    inzet = kies(weg, aanbieder_id=bij)
    with pytest.raises(OngeldigeInvoer):
        drop_inzet(weg.streek.dienst, weg.nu, weg.casus_id, inzet.id, "")
    drop_inzet(weg.streek.dienst, weg.nu, weg.casus_id, inzet.id, "Geen plek.")
    assert deel(weg, "zorgaanbieder") == set()
    assert weg.dossier.casus.beeld["stand"] == "hulp_kiezen"
    with pytest.raises(NogNietKlaar):
        begin_inzet(weg.streek.dienst, weg.nu, weg.casus_id, inzet.id, reden="Toch.")


def test_a_stay_is_for_one_child() -> None:
    weg = nieuwe_casus(streek(), **{f"jeugdige.{uuid4()}.voornaam": "Noor"})
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    with pytest.raises(OngeldigeInvoer) as nee:
        choose_inzet(weg.streek.dienst, weg.nu, weg.casus_id, "residentieel")
    assert nee.value.details["fouten"][0][0] == "jeugdige_id"
    choose_inzet(weg.streek.dienst, weg.nu, weg.casus_id, "families_first")


# ---- the lightest first ----------------------------------------------------------------------------------------


def test_the_ladder_wants_a_reason_per_lighter_form() -> None:
    weg = in_crisis("lekstroom")
    with pytest.raises(OngeldigeInvoer) as nee:
        kies(weg, "residentieel")
    assert {veld for veld, _, _ in nee.value.details["fouten"]} == {
        "overwogen.ambulant",
        "overwogen.netwerk",
        "overwogen.pleegzorg",
    }
    redenen = {"ambulant": "vader dreigt", "netwerk": "niemand", "pleegzorg": "geen gezin vrij"}
    inzet = kies(weg, "residentieel", overwogen=redenen)
    assert inzet.overwogen == redenen
    assert weg.dossier.waarde("afweging.redenen") == redenen


def test_a_refusal_of_the_agreements_wants_a_reason_and_is_kept(weg: Wandeling) -> None:
    with pytest.raises(RedenNodig) as nee:
        kies(weg, "noodbed")
    assert nee.value.details["voorstel"]["waarde"] == "alleen_als"
    kies(weg, "noodbed", reden="Er was om drie uur niets anders.")
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="inzet_besloten")
    assert gebeurtenis.afgeweken
    assert gebeurtenis.voorstel is not None
    assert gebeurtenis.voorstel["waarde"] == "alleen_als"
    assert "ZL-20" in gebeurtenis.voorstel["regels"]


def test_what_was_recorded_is_enough(weg: Wandeling) -> None:
    save_field(weg.streek.dienst, weg.nu, weg.casus_id, "afweging.een_nacht_lost_op", "ja")
    kies(weg, "noodbed")
    assert not Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="inzet_besloten").afgeweken


def test_a_form_that_the_region_does_not_name(weg: Wandeling) -> None:
    with pytest.raises(RedenNodig):
        kies(weg, "crisisopname_ggz")
    kies(weg, "crisisopname_ggz", reden="De psychiater vroeg het.")
    assert Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="inzet_besloten").afgeweken
    with pytest.raises(OngeldigeInvoer):
        kies(weg, "hotel")


def test_a_gi_gives_no_help(weg: Wandeling) -> None:
    with pytest.raises(RedenNodig) as nee:
        kies(weg, aanbieder_id=weg.streek.actoren["gi"].organisatie_id)
    assert nee.value.details["voorstel"]["regels"] == ["CL-66"]


def test_persuasion_has_no_clock_but_a_task_of_our_own() -> None:
    weg = in_crisis("haaglanden")
    save_field(weg.streek.dienst, weg.nu, weg.casus_id, "inschatting.veiligheidsrisico", "ja")
    inzet = kies(weg, "drangtraject")
    begin_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, inzet.id)
    (taak,) = weg.dossier.taken
    assert "eigen keuze van Vangnet" in taak.waarom
    assert taak.uiterlijk is None
    assert [k.sleutel for k in weg.dossier.klokken if k.geeindigd_op is None] == []


def stappen(weg: Wandeling) -> list[str]:
    return [a.sleutel for a in weg.acties()]


def test_help_does_not_begin_while_the_provider_has_not_answered(weg: Wandeling) -> None:
    inzet = kies(weg, aanbieder_id=weg.streek.actoren["zorgaanbieder"].organisatie_id)
    assert "antwoord_hulp" in stappen(weg) and "begin" not in stappen(weg)
    vraag = next(b for b in weg.dossier.aanbiedingen if b.inzet_id == inzet.id)
    answer_offer(weg.streek.actoren["zorgaanbieder"], weg.verder(), weg.casus_id, vraag.id, True)
    assert "begin" in stappen(weg) and "antwoord_hulp" not in stappen(weg)


def test_who_has_authority_is_asked_before_consent(weg: Wandeling) -> None:
    for persoon in weg.dossier.mensen:
        save_field(weg.streek.dienst, weg.verder(), weg.casus_id, f"persoon.{persoon.id}.gezag", "onbekend")
    kies(weg)
    assert "gezag" in stappen(weg)
    save_field(weg.streek.dienst, weg.verder(), weg.casus_id, f"persoon.{weg.dossier.mensen[0].id}.gezag", "ja")
    assert "gezag" not in stappen(weg) and "toestemming" in stappen(weg)


def test_the_strip_shows_first_what_its_late_clock_asks(weg: Wandeling) -> None:
    kies(weg)
    strook = weg.dossier.casus.beeld
    assert strook["klok"]["sleutel"] == "melding.signaal"
    klok = next(k for k in weg.dossier.klokken if k.sleutel == "rto")
    save_field(weg.streek.dienst, klok.uiterlijk + timedelta(hours=1), weg.casus_id, "betrokken.veilig_thuis", False)
    strook = weg.dossier.casus.beeld
    eerste = strook["klok"]["sleutel"]
    assert eerste in ("melding.signaal", "rto")
    assert strook["stap"]["stap"] == {"melding.signaal": "antwoord", "rto": "rto"}[eerste]


def test_leaving_safely_comes_first_only_when_it_is_time() -> None:
    weg = nieuwe_casus(streek())
    wie = weg.streek.dienst
    depart(wie, weg.verder(), weg.casus_id, "Sanne", terug_verwacht_op=weg.nu + timedelta(hours=2))
    arrive(wie, weg.verder(), weg.casus_id)
    assert stappen(weg).index("besluit") < stappen(weg).index("terug")
    weg.nu += timedelta(hours=3)
    assert stappen(weg)[0] == "terug"
