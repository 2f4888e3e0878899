# SPDX-License-Identifier: EUPL-1.2
"""Taking back what was just done by mistake: an event of its own, and a no in words once something was built on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.mensen import actor_of, medewerker
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Organisatie
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Gebeurtenis, Melding, Persoon, Versie
from vangnet.clocks.models import Klok
from vangnet.process.acties import wie_moet_instemmen
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.close_casus import close_casus
from vangnet.process.correct_casus import correct_moment
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.finish_task import finish_task
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.record_consent import record_consent
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet
from vangnet.process.take_in_hand import take_in_hand
from vangnet.process.take_melding import begin_melding, park_melding, take_over_melding
from vangnet.process.undo import TABEL, just_done, undo
from vangnet.process.weigeringen import CasusGesloten, GeenRecht, NietBetrokken, NietMeerTerug, OngeldigeInvoer
from vangnet.process.werk import working_on
from vangnet.process.write_note import call_back, write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """A casus in Noord- en Midden-Limburg, where arrival has a clock, after its triage."""
    return nieuwe_casus(streek("noord-en-midden-limburg"))


def the_act(weg: Wandeling, soort: str) -> UUID:
    """The last event of this kind."""
    return Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort=soort).latest("ingevoerd_op").id


def do_task(weg: Wandeling) -> None:
    with working_on(weg.streek.dienst, weg.casus_id, "feit.vastleggen", weg.nu) as werk:
        taak = werk.task("Bel de school", weg.streek.dienst.organisatie_id)
    assert taak is not None
    finish_task(weg.streek.dienst, weg.nu, weg.casus_id, taak.id, "Weten ervan.")


def ask(weg: Wandeling) -> None:
    ask_organisation(
        weg.streek.dienst, weg.nu, weg.casus_id, "meegaan", weg.streek.actoren["veilig_thuis"].organisatie_id
    )


def consent(weg: Wandeling) -> None:
    moeder = Persoon.objects.get(casus=weg.casus_id, rol="moeder")
    record_consent(weg.streek.dienst, weg.nu, weg.casus_id, moeder.id, "ja")


def give_away(weg: Wandeling) -> None:
    collega = medewerker("crisismedewerker", Organisatie.objects.get(id=weg.streek.dienst.organisatie_id))
    take_in_hand(weg.streek.dienst, weg.nu, weg.casus_id, collega.pk)


DAAD: dict[str, Callable[[Wandeling], Any]] = {
    "taak_klaar": do_task,
    "notitie": lambda w: write_note(w.streek.dienst, w.nu, w.casus_id, "Verkeerde casus."),
    "contact": lambda w: write_note(w.streek.dienst, w.nu, w.casus_id, "Sprak.", "contact", met="Oma"),
    "belpoging": lambda w: write_note(w.streek.dienst, w.nu, w.casus_id, "", "belpoging", met="Oma"),
    "aanbod_gedaan": ask,
    "vertrokken": lambda w: depart(w.streek.dienst, w.nu, w.casus_id, "Sanne", terug_verwacht_op=w.nu + timedelta(hours=2)),
    "aangekomen": lambda w: arrive(w.streek.dienst, w.nu, w.casus_id),
    "toestemming": consent,
    "in_handen": give_away,
}  # fmt: skip
NA_AANKOMST = {"terug": lambda w: leave_home(w.streek.dienst, w.nu, w.casus_id, "Rustig.")}


def test_every_line_of_the_table_is_tried_here_and_its_event_exists() -> None:
    assert set(TABEL) == {*DAAD, *NA_AANKOMST, "melding_geparkeerd"}
    assert set(TABEL) <= set(SOORTEN)
    assert {weg.meldt for weg in TABEL.values()} <= set(SOORTEN)
    assert not set(TABEL) & {"besluit_crisis", "regie_over", "triage_besloten", "inzet_besloten", "rto_gehouden"}


@pytest.mark.parametrize("soort", [*DAAD, *NA_AANKOMST])
def test_what_was_done_is_undone_once_and_stays_readable(weg: Wandeling, soort: str) -> None:
    ik = weg.streek.dienst
    if soort in NA_AANKOMST:
        arrive(ik, weg.verder(), weg.casus_id)
    voor = weg.dossier.casus.beeld
    weg.verder()
    (DAAD | NA_AANKOMST)[soort](weg)
    gedaan = just_done(ik, weg.nu, weg.casus_id)
    assert gedaan is not None
    assert gedaan.gebeurtenis_id == the_act(weg, soort)
    assert gedaan.zin.format(**gedaan.gegevens)
    weg.verder(seconds=8)
    for _ in range(2):
        assert undo(ik, weg.nu, weg.casus_id, gedaan.gebeurtenis_id, "Te snel getikt.") == soort
    terug = Gebeurtenis.objects.get(corrigeert=gedaan.gebeurtenis_id)
    assert (terug.soort, terug.reden) == (TABEL[soort].meldt, "Te snel getikt.")
    assert just_done(ik, weg.nu, weg.casus_id) is None
    na = weg.dossier.casus.beeld
    for naam in ("stand", "op_bezoek", "terug_verwacht_op", "vertrokken_op"):
        assert na[naam] == voor[naam], naam
    items = [item for dag in show_casus(ik, weg.nu, weg.casus_id).tijdlijn for item in dag["items"]]
    oud = next(item for item in items if item["id"] == str(gedaan.gebeurtenis_id))
    assert oud["hersteld"]
    assert not oud["terug"]


def test_a_task_is_open_again_and_its_versions_are_kept(weg: Wandeling) -> None:
    do_task(weg)
    (taak,) = [t for t in weg.dossier.taken if t.wat == "Bel de school"]
    undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, "taak_klaar"))
    (na,) = [t for t in weg.dossier.taken if t.id == taak.id]
    assert (na.klaar_op, na.klaar_door_id, na.resultaat) == (None, None, "")
    assert Versie.objects.filter(rij_id=taak.id, was__resultaat="Weten ervan.").exists()


def test_a_clock_that_had_stopped_runs_again(weg: Wandeling) -> None:
    arrive(weg.streek.dienst, weg.verder(), weg.casus_id)
    klok = Klok.objects.get(casus=weg.casus_id, sleutel="huisbezoek.aankomst")
    assert klok.uitkomst == "gehaald"
    undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, "aangekomen"))
    klok.refresh_from_db()
    assert (klok.geeindigd_op, klok.uitkomst) == (None, "")
    arrive(weg.streek.dienst, weg.verder(hours=3), weg.casus_id)
    klok.refresh_from_db()
    assert klok.uitkomst == "te_laat"


def test_who_was_not_called_back_after_all_is_still_to_be_called(weg: Wandeling) -> None:
    call_back(weg.streek.dienst, weg.verder(), weg.casus_id, "Agent Vos", "Doorgegeven.")
    assert weg.dossier.feit("melding.teruggebeld_op") is not None
    undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, "contact"))
    assert weg.dossier.feit("melding.teruggebeld_op") is None
    assert "terugbellen" in [a.sleutel for a in weg.acties()]


def test_consent_that_was_recorded_by_mistake_is_asked_again(weg: Wandeling) -> None:
    consent(weg)
    assert not wie_moet_instemmen(weg.dossier) or "Inge Verhulst" not in dict(wie_moet_instemmen(weg.dossier)).values()
    undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, "toestemming"))
    assert "Inge Verhulst" in dict(wie_moet_instemmen(weg.dossier)).values()


def test_the_other_no_longer_sees_what_it_was_asked(weg: Wandeling) -> None:
    ask(weg)
    zij = weg.streek.actoren["veilig_thuis"]
    assert show_casus(zij, weg.nu, weg.casus_id).aanbiedingen
    undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, "aanbod_gedaan"))
    with pytest.raises(NietBetrokken):
        show_casus(zij, weg.nu, weg.casus_id)


def test_parking_a_call() -> None:
    hier = streek()
    melding = uuid4()
    begonnen = begin_melding(hier.dienst, hier.begin, melding, {"melding.naam": "Bram"})
    nu = hier.begin + timedelta(minutes=1)
    park_melding(hier.dienst, nu, melding)
    gedaan = just_done(hier.dienst, nu, melding_id=melding)
    assert gedaan is not None
    undo(hier.dienst, nu, begonnen.casus_id, gedaan.gebeurtenis_id)
    assert Melding.objects.get(id=melding).geparkeerd_op is None
    nu += timedelta(minutes=1)
    park_melding(hier.dienst, nu, melding)
    gedaan = just_done(hier.dienst, nu, melding_id=melding)
    assert gedaan is not None
    collega = actor_of(medewerker("crisismedewerker", Organisatie.objects.get(id=hier.dienst.organisatie_id)))
    take_over_melding(collega, nu, melding)
    with pytest.raises(NietMeerTerug) as nee:
        undo(hier.dienst, nu, begonnen.casus_id, gedaan.gebeurtenis_id)
    assert "weer opgenomen" in nee.value.details["wat"]


# ---- what was built on it meanwhile -----------------------------------------------------------------------------


def refused(weg: Wandeling, soort: str) -> str:
    with pytest.raises(NietMeerTerug) as nee:
        undo(weg.streek.dienst, weg.verder(), weg.casus_id, the_act(weg, soort))
    beeld = show_casus(weg.streek.dienst, weg.nu, weg.casus_id)
    item = next(i for dag in beeld.tijdlijn for i in dag["items"] if i["id"] == str(the_act(weg, soort)))
    assert not item["terug"]
    assert item["terug_niet"] == nee.value.details["wat"]
    return str(nee.value.details["wat"])


def test_not_when_the_other_has_answered(weg: Wandeling) -> None:
    ask(weg)
    zij = weg.streek.actoren["veilig_thuis"]
    aanbod = weg.dossier.aanbiedingen[-1]
    answer_offer(zij, weg.verder(), weg.casus_id, aanbod.id, True)
    assert refused(weg, "aanbod_gedaan") == "De ander heeft al ja gezegd."


def test_not_when_the_lead_has_passed(weg: Wandeling) -> None:
    toegang = weg.streek.actoren["toegang"]
    aanbod = offer_regie(weg.streek.dienst, weg.nu, weg.casus_id, toegang.organisatie_id, "Nu al.")
    answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, True)
    assert "ja gezegd" in refused(weg, "aanbod_gedaan")


def test_not_what_belongs_to_a_decision(weg: Wandeling) -> None:
    """What a provider is asked when help is chosen is put right with the choice."""
    ik, linde = weg.streek.dienst, weg.streek.actoren["zorgaanbieder"].organisatie_id
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    choose_inzet(ik, weg.verder(), weg.casus_id, "ambulante_spoedhulp", weg.kind_id, linde, reden="Thuis kan.")
    assert just_done(ik, weg.nu, weg.casus_id) is None
    assert "ander besluit" in refused(weg, "aanbod_gedaan")


def test_not_when_the_next_step_is_there(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    depart(ik, weg.verder(), weg.casus_id, "Sanne")
    arrive(ik, weg.verder(), weg.casus_id)
    assert refused(weg, "vertrokken") == "De aankomst staat er al."
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    assert "besloten" in refused(weg, "aangekomen")


def test_not_when_somebody_put_the_moment_right(weg: Wandeling) -> None:
    arrive(weg.streek.dienst, weg.verder(hours=1), weg.casus_id)
    correct_moment(
        weg.streek.dienst, weg.verder(), weg.casus_id, "aankomst", weg.nu - timedelta(minutes=30), "Ik tikte te laat."
    )
    assert "intussen gewijzigd" in refused(weg, "aangekomen")


def test_not_when_help_began_on_it(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    consent(weg)
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "ambulante_spoedhulp", weg.kind_id, reden="Thuis kan.")
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Meteen nodig.")
    assert "al hulp op begonnen" in refused(weg, "toestemming")


def test_not_when_a_later_answer_stands(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    consent(weg)
    eerste = the_act(weg, "toestemming")
    moeder = Persoon.objects.get(casus=weg.casus_id, rol="moeder")
    record_consent(ik, weg.verder(), weg.casus_id, moeder.id, "nee")
    with pytest.raises(NietMeerTerug):
        undo(ik, weg.verder(), weg.casus_id, eerste)
    undo(ik, weg.verder(), weg.casus_id, the_act(weg, "toestemming"))
    undo(ik, weg.verder(), weg.casus_id, eerste)


def test_not_in_a_closed_casus_and_not_what_is_not_yours(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    write_note(ik, weg.verder(), weg.casus_id, "Even.")
    noot = the_act(weg, "notitie")
    with pytest.raises(NietBetrokken):
        undo(weg.streek.actoren["zorgaanbieder"], weg.nu, weg.casus_id, noot)
    with working_on(ik, weg.casus_id, "feit.vastleggen", weg.nu) as werk:
        werk.involve(weg.streek.actoren["toegang"].organisatie_id, "crisishulp")
    with pytest.raises(GeenRecht):
        undo(weg.streek.actoren["toegang"], weg.nu, weg.casus_id, noot)
    for wat in (uuid4(), the_act(weg, "triage_besloten"), the_act(weg, "melding_begonnen")):
        with pytest.raises(OngeldigeInvoer):
            undo(ik, weg.nu, weg.casus_id, wat)
    decide_crisis(ik, weg.verder(), weg.casus_id, False, "Het is rustig.")
    close_casus(ik, weg.verder(), weg.casus_id, "ja", "ja", "Moeder")
    with pytest.raises(CasusGesloten):
        undo(ik, weg.nu, weg.casus_id, noot)
