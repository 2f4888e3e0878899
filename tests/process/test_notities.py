# SPDX-License-Identifier: EUPL-1.2
"""Notes, contacts, call attempts, consent, tasks and reasons: kept once, never wiped, and only by who may."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_casus import NACHT, casus
from vangnet.access.models import Logregel
from vangnet.casework.models import Gebeurtenis, Notitie, Persoon, Taak, Toestemming
from vangnet.clocks.models import Klok
from vangnet.process.acties import wie_moet_instemmen
from vangnet.process.dossier import read_dossier
from vangnet.process.explain_clock import explain_clock
from vangnet.process.finish_task import finish_task
from vangnet.process.record_consent import record_consent, rows, who_decides
from vangnet.process.show_casus import show_casus
from vangnet.process.weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer
from vangnet.process.werk import working_on
from vangnet.process.write_note import call_back, think_along, withdraw_note, write_note

pytestmark = pytest.mark.django_db


def test_a_note_is_kept_once_and_marked() -> None:
    ik, id_ = casus()
    notitie = uuid4()
    for _ in range(2):
        write_note(ik, NACHT, id_, "Oom drinkt weer.", over_derden=True, notitie_id=notitie)
    assert Notitie.objects.get(id=notitie).over_derden
    assert Gebeurtenis.objects.filter(casus=id_, soort="notitie").count() == 1
    assert [n["tekst"] for n in show_casus(ik, NACHT, id_).notities] == ["Oom drinkt weer."]


def test_one_tap_for_a_call_attempt_and_one_to_take_it_back() -> None:
    ik, id_ = casus()
    moeder = Persoon.objects.get(casus=id_, rol="moeder")
    notitie = write_note(ik, NACHT, id_, soort="belpoging", persoon_id=moeder.id)
    assert Notitie.objects.get(id=notitie).met == "Karin Verhulst"
    for _ in range(2):
        withdraw_note(ik, NACHT, id_, notitie)
    assert Notitie.objects.filter(id=notitie).exists()
    beeld = show_casus(ik, NACHT, id_)
    assert beeld.notities[0]["terug"]
    items = [item for dag in beeld.tijdlijn for item in dag["items"]]
    assert [item["hersteld"] for item in items if item["soort"] == "belpoging"] == [True]
    assert sum(item["soort"] == "hersteld" for item in items) == 1


@pytest.mark.parametrize(
    ("words", "veld"),
    [
        ({"inhoud": ""}, "tekst"),
        ({"inhoud": "x" * 20_001}, "tekst"),
        ({"soort": "contact"}, "met"),
        ({"soort": "roddel", "inhoud": "x"}, "soort"),
        ({"inhoud": "x", "persoon_id": uuid4()}, "persoon"),
        ({"inhoud": "x", "gebeurd_op": NACHT + timedelta(hours=1)}, "gebeurd_op"),
    ],
)
def test_a_note_that_cannot_be_kept_says_why(words: dict[str, object], veld: str) -> None:
    ik, id_ = casus()
    with pytest.raises(OngeldigeInvoer) as nee:
        write_note(ik, NACHT, id_, **words)  # type: ignore[arg-type]  # wrong words on purpose
    assert [fout[0] for fout in nee.value.details["fouten"]] == [veld]
    assert not Notitie.objects.filter(casus=id_).exists()


def test_only_who_takes_part_and_sees_notes_writes_them() -> None:
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    _, id_ = casus()
    zij = actor_of(medewerker("toegangsmedewerker", toegang))
    with pytest.raises(GeenRecht):
        write_note(zij, NACHT + timedelta(hours=12), id_, "Ik zag niets.")
    with pytest.raises(NietBetrokken):
        write_note(actor_of(medewerker()), NACHT, id_, "Vreemd.")
    assert Logregel.objects.filter(casus_id=id_, geslaagd=False).count() == 2


def test_calling_back_stops_its_clock_only_when_reached() -> None:
    ik, id_ = casus()
    call_back(ik, NACHT, id_, bereikt=False)
    dossier = read_dossier(id_)
    assert dossier and dossier.feit("melding.teruggebeld_op") is None
    call_back(ik, NACHT + timedelta(minutes=5), id_, "agent Bos", "Team is onderweg.")
    dossier = read_dossier(id_)
    assert dossier and dossier.feit("melding.teruggebeld_op")
    assert sorted(Notitie.objects.filter(casus=id_).values_list("soort", flat=True)) == ["belpoging", "contact"]


def test_thinking_along() -> None:
    ik, id_ = casus()
    think_along(ik, NACHT, id_, "Eerst de rust terug.", "Fatima El Amrani")
    assert Gebeurtenis.objects.get(casus=id_, soort="meegedacht").gegevens["wie"] == "Fatima El Amrani"
    with pytest.raises(OngeldigeInvoer):
        think_along(ik, NACHT, id_, " ")


def test_consent_per_person() -> None:
    ik, id_ = casus()
    moeder = Persoon.objects.get(casus=id_, rol="moeder")
    record_consent(ik, NACHT, id_, moeder.id, "ja", hoe="mondeling")
    record_consent(ik, NACHT, id_, moeder.id, "ja", hoe="mondeling")
    assert Toestemming.objects.filter(casus=id_).count() == 1
    record_consent(ik, NACHT + timedelta(minutes=1), id_, moeder.id, "nee")
    dossier = read_dossier(id_)
    assert dossier
    per = {rij["naam"]: rij for rij in rows(dossier)}
    assert per["Karin Verhulst"]["hulp"]["antwoord"] == "nee"
    assert per["Milan"]["nodig"], "fourteen: has a say with his parents"
    assert per["Dennis Smeets"]["hulp"] is None
    assert "12 tot 16" in who_decides(dossier, dossier.kinderen[0])
    assert {naam for _, naam in wie_moet_instemmen(dossier)} == {"Dennis Smeets", "Milan"}


@pytest.mark.parametrize(("jaren", "wie"), [(9, "Jonger dan 12"), (16, "16 jaar"), (None, "onbekend")])
def test_who_decides_follows_age(jaren: int | None, wie: str) -> None:
    _, id_ = casus()
    dossier = read_dossier(id_)
    assert dossier
    kind = dossier.kinderen[0]
    kind.geboortedatum, kind.leeftijd = None, jaren
    assert wie in who_decides(dossier, kind)
    namen = {rij["naam"] for rij in rows(dossier) if rij["nodig"]}
    assert ("Milan" in namen) is (jaren == 16)
    assert ("Karin Verhulst" in namen) is (jaren != 16)


@pytest.mark.parametrize("antwoord", ["spoed", "rechter"])
def test_another_ground_needs_words(antwoord: str) -> None:
    ik, id_ = casus()
    moeder = Persoon.objects.get(casus=id_, rol="moeder")
    with pytest.raises(OngeldigeInvoer) as nee:
        record_consent(ik, NACHT, id_, moeder.id, antwoord)
    assert nee.value.details["fouten"][0][0] == "toelichting"
    record_consent(ik, NACHT, id_, moeder.id, antwoord, toelichting="Het kind is nu in gevaar.")
    assert Toestemming.objects.get(casus=id_).antwoord == antwoord


def test_a_reason_beside_a_clock_does_not_move_it() -> None:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik, id_ = casus()
    klok = Klok.objects.get(casus=id_)
    for _ in range(2):
        explain_clock(ik, NACHT, id_, klok.id, "De toegang heeft een studiedag.")
    later = Klok.objects.get(id=klok.id)
    assert (later.reden, later.uiterlijk) == ("De toegang heeft een studiedag.", klok.uiterlijk)
    assert Gebeurtenis.objects.filter(casus=id_, soort="termijn_reden").count() == 1
    for id_klok, reden in ((uuid4(), "x"), (klok.id, " "), (klok.id, "x" * 301)):
        with pytest.raises(OngeldigeInvoer):
            explain_clock(ik, NACHT, id_, id_klok, reden)


def test_a_task_is_done_by_whom_it_is_for() -> None:
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik, id_ = casus()
    with working_on(ik, id_, "feit.vastleggen", NACHT) as werk:
        werk.task("Bel school", ik.organisatie_id)
        werk.task("Zoek hulp", toegang.id)
    eigen, ander = Taak.objects.get(casus=id_, voor=ik.organisatie_id), Taak.objects.get(casus=id_, voor=toegang)
    for _ in range(2):
        finish_task(ik, NACHT, id_, eigen.id, "Mentor weet het.")
    assert Taak.objects.get(id=eigen.id).resultaat == "Mentor weet het."
    assert Gebeurtenis.objects.filter(casus=id_, soort="taak_klaar").count() == 1
    with pytest.raises(GeenRecht):
        finish_task(ik, NACHT, id_, ander.id)
    with pytest.raises(OngeldigeInvoer):
        finish_task(ik, NACHT, id_, uuid4())
