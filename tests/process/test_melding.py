# SPDX-License-Identifier: EUPL-1.2
"""Taking a call: every answer kept once, nothing lost, what it leads to, whom it may be known to."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade, Deel, Logregel, Organisatie
from vangnet.casework.models import Aanbod, Adres, Casus, Gebeurtenis, Jeugdige, Melding
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.answers import MAKERS, answered, kind_id, values
from vangnet.process.dossier import read_dossier
from vangnet.process.find_family import find_family
from vangnet.process.join_melding import join_melding, link_earlier
from vangnet.process.propose_outcome import propose_outcome
from vangnet.process.show_melding import casus_of, is_author, open_meldingen, phone_cards, show_melding
from vangnet.process.take_melding import (
    begin_melding,
    cancel_melding,
    finish_melding,
    park_melding,
    register_melding,
    save_answer,
    save_fields,
    take_over_melding,
)
from vangnet.process.weigeringen import (
    Achterhaald,
    AlGedaan,
    GeenRecht,
    NietBetrokken,
    NogNietKlaar,
    OnbekendVeld,
    OngeldigeInvoer,
    RedenNodig,
)

NACHT = datetime.fromisoformat("2024-05-16T23:06:00+02:00")
EVEN_LATER = NACHT + timedelta(minutes=20)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dienst() -> Organisatie:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 00")
    return organisatie("crisisdienst", naam="Crisishulp Jeugd")


@pytest.fixture
def ik(dienst: Organisatie) -> Actor:
    return actor_of(medewerker("crisismedewerker", dienst, naam="Iris Custers"))


@pytest.fixture
def collega(dienst: Organisatie) -> Actor:
    return actor_of(medewerker("crisismedewerker", dienst, naam="Tom Weijers"))


def kind_van(melding: UUID, **velden: str) -> dict[str, str]:
    return {f"jeugdige.{kind_id(melding)}.{naam}": waarde for naam, waarde in velden.items()}


def waarden(melding: UUID) -> dict[str, str]:
    casus = Casus.objects.get(meldingen=melding)
    d = read_dossier(casus.id)
    assert d is not None
    return values(d, Adres.objects.filter(casus=casus).first())


# ---- every answer -----------------------------------------------------------------------------------------------


def test_the_first_answer_begins_the_melding_at_the_moment_of_the_call(ik: Actor) -> None:
    melding = uuid4()
    assert show_melding(ik, NACHT, melding).casus_id is None
    bewaard = save_answer(ik, EVEN_LATER, melding, "wie", "politie", "", NACHT)
    casus = Casus.objects.get(id=bewaard.casus_id)
    assert (bewaard.waarde, casus.begonnen_op) == ("politie", NACHT)
    assert Betrokkenheid.objects.get(casus_id=casus.id, deel=Deel.REGIE).organisatie_id == ik.organisatie_id
    again = save_answer(ik, EVEN_LATER, melding, "wie", "politie", "")
    assert again.casus_id == bewaard.casus_id
    assert Casus.objects.count() == Melding.objects.count() == Jeugdige.objects.count() == 1


VRAAG_EN_ANTWOORD = [
    ("wie", "huisarts"), ("wie", "onbekend"), ("melding.naam", "dr. Creemers"), ("melding.anoniem", "ja"),
    ("melding.telefoon", "043 555 01 60"), ("melding.terugbellen_gewenst", "ja"), ("melding.vraag", "consult"),
    ("melding.situatie", "Regel een\nregel twee 👩‍👧"), ("triage.direct_onveilig", "onbekend"),
    ("triage.kan_wachten_tot_morgen", "nee"), ("triage.anders_dan_gisteren", "ja"), ("hulp", "gi_beschikking veilig_thuis"),
    ("hulp", "gi_vrijwillig zorgaanbieder"), ("hulp", "geen"), ("hulp", "onbekend"), ("gezag", "moeder"),
    ("gezag", "beiden"), ("gezag", "voogd"), ("gezag", "onbekend"), ("waar", "bij de buren"), ("gemeente", "Heerlen"),
    ("plek.straat", "Dorpsstraat 1"), ("plek.postcode", "6411 AB"), ("plek.plaats", "Heerlen"), ("plek.geheim", "ja"),
    ("betrokken.jeugdige_verblijft_bij_aanbieder", "ja"), ("betrokken.volwassene_in_crisis", "ja"),
    ("melding.volwassene_casus", "2024-00012"), ("melding.onbekend_kind", "ja"), ("melding.onbekend_waar", "ja"),
]  # fmt: skip


@pytest.mark.parametrize(("naam", "waarde"), VRAAG_EN_ANTWOORD)
def test_what_is_kept_comes_back_and_can_be_taken_back(ik: Actor, naam: str, waarde: str) -> None:
    melding = uuid4()
    first = save_answer(ik, NACHT, melding, naam, waarde, "crisis" if naam == "melding.vraag" else "")
    assert first.waarde == waarde
    assert waarden(melding)[naam] == waarde
    assert save_answer(ik, NACHT, melding, naam, waarde, waarde).waarde == waarde
    assert save_answer(ik, NACHT, melding, naam, "", waarde).waarde == ""
    assert waarden(melding).get(naam, "") == ""


@pytest.mark.parametrize(
    ("veld", "getypt", "staat"),
    [
        ("voornaam", "محمد", "محمد"),
        ("achternaam", "van der 👩‍👧", "van der 👩‍👧"),
        ("geboren", "2 maart 2010", "02-03-2010"),
        ("geboren", "7 mnd", "7 maanden"),
        ("geboren", "14", "14"),
        ("bsn", "9999 10 073", "999910073"),
        ("ongeboren", "ja", "ja"),
    ],
)
def test_an_answer_about_the_child_stands_in_the_spelling_of_the_record(
    ik: Actor, veld: str, getypt: str, staat: str
) -> None:
    melding = uuid4()
    naam = f"jeugdige.{kind_id(melding)}.{veld}"
    assert save_answer(ik, NACHT, melding, naam, getypt, "").waarde == staat
    assert waarden(melding)[naam] == staat


def test_an_unborn_child_has_a_due_date(ik: Actor) -> None:
    melding = uuid4()
    save_fields_of = kind_van(melding, ongeboren="ja", geboren="01-08-2024")
    begin_melding(ik, NACHT, melding, save_fields_of)
    kind = Jeugdige.objects.get()
    assert (kind.ongeboren, kind.uitgerekend_datum, kind.geboortedatum) == (True, datetime(2024, 8, 1).date(), None)
    with pytest.raises(OngeldigeInvoer):
        save_answer(ik, NACHT, melding, f"jeugdige.{kind.id}.geboren", "14", "01-08-2024")
    with pytest.raises(OngeldigeInvoer):
        save_answer(ik, NACHT, melding, f"jeugdige.{kind.id}.geboren", "01-08-2026", "01-08-2024")


def test_several_children_each_once(ik: Actor) -> None:
    melding, tweede = uuid4(), uuid4()
    begin_melding(ik, NACHT, melding, kind_van(melding, voornaam="Sem"))
    for _ in range(2):
        save_answer(ik, NACHT, melding, f"jeugdige.{tweede}.voornaam", "Noor")
    save_answer(ik, NACHT, melding, f"jeugdige.{uuid4()}.voornaam", "")
    assert [k.voornaam for k in Jeugdige.objects.order_by("volgorde")] == ["Sem", "Noor"]
    save_answer(ik, NACHT, melding, "waar", "bij oma", "")
    assert set(Jeugdige.objects.values_list("waar_nu", flat=True)) == {"bij oma"}


def test_eight_answers_are_counted(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding)
    assert answered(waarden(melding)) == [False] * 8
    velden = {
        "wie": "onbekend", "triage.direct_onveilig": "onbekend", "melding.onbekend_kind": "ja", "melding.onbekend_waar": "ja",
        "melding.situatie": "?", "triage.kan_wachten_tot_morgen": "onbekend", "hulp": "onbekend", "gezag": "onbekend",
    }  # fmt: skip
    save_fields(ik, NACHT, melding, velden)
    assert answered(waarden(melding)) == [True] * 8, "weet ik niet is always an answer"


# ---- two people, two requests, bad luck ------------------------------------------------------------------------


def test_nobody_writes_over_what_he_did_not_see(ik: Actor, collega: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, {"melding.naam": "Jan", "triage.direct_onveilig": "ja", "hulp": "veilig_thuis"})
    for naam, nu, anders in (
        ("melding.naam", "Jan", "Piet"),
        ("triage.direct_onveilig", "ja", "nee"),
        ("hulp", "veilig_thuis", "geen"),
    ):
        with pytest.raises(Achterhaald) as nee:
            save_answer(collega, NACHT, melding, naam, anders, "")
        assert (nee.value.details["veld"], nee.value.details["nu"]) == (naam, nu)
        save_answer(collega, NACHT, melding, naam, anders, nu)
    assert waarden(melding)["hulp"] == "geen"


def test_a_conflict_over_a_secret_address_gives_nothing_away(ik: Actor, collega: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, {"plek.geheim": "ja", "plek.straat": "Dorpsstraat 1", "waar": "bij tante"})
    for naam in ("plek.straat", "waar"):
        with pytest.raises(Achterhaald) as nee:
            save_answer(collega, NACHT, melding, naam, "Kerkstraat 2", "")
        assert nee.value.details["nu"] is None


@pytest.mark.django_db(transaction=True)
def test_the_same_first_answer_twice_at_the_same_moment_makes_one_melding(ik: Actor) -> None:
    melding, ready, found = uuid4(), threading.Barrier(2), []

    def send() -> None:
        ready.wait()
        found.append(save_answer(ik, NACHT, melding, "wie", "politie", "").casus_id)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2 and len(set(found)) == 1
    assert Casus.objects.count() == Melding.objects.count() == 1


def test_the_id_of_somebody_elses_child_is_refused(ik: Actor) -> None:
    een, ander = uuid4(), uuid4()
    begin_melding(ik, NACHT, een, kind_van(een, voornaam="Sem"))
    with pytest.raises(NietBetrokken):
        begin_melding(ik, NACHT, ander, {f"jeugdige.{kind_id(een)}.voornaam": "Kaping"})
    assert Jeugdige.objects.get().voornaam == "Sem"


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("geboren", "31-02-2020"),
        ("geboren", "01-01-1824"),
        ("geboren", "200"),
        ("geboren", "17-05-2024"),
        ("geboren", "40"),
        ("bsn", "123456789"),
        ("voornaam", "x" * 81),
        ("geslacht", "robot"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_begun(ik: Actor, veld: str, waarde: str) -> None:
    melding = uuid4()
    naam = f"jeugdige.{kind_id(melding)}.{veld}"
    with pytest.raises(OngeldigeInvoer) as nee:
        save_answer(ik, NACHT, melding, naam, waarde, "")
    [(bij, _, verwacht)] = nee.value.details["fouten"]
    assert bij == naam and verwacht
    assert not Casus.objects.exists()


def test_born_today_just_after_midnight_is_not_in_the_future(ik: Actor) -> None:
    melding, na = uuid4(), datetime.fromisoformat("2024-05-17T00:30:00+02:00")
    assert save_answer(ik, na, melding, f"jeugdige.{kind_id(melding)}.geboren", "17-05-2024", "").waarde == "17-05-2024"


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("wie", "buurman"), ("hulp", "geen gi_beschikking"), ("hulp", "gi_beschikking gi_vrijwillig"), ("hulp", "leger"),
        ("gezag", "opa"), ("gemeente", "Atlantis"), ("melding.situatie", "x" * 1_000_000), ("melding.telefoon", "1" * 31),
        ("triage.direct_onveilig", "misschien"), ("plek.postcode", "12345678"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_says_what_is_expected(ik: Actor, naam: str, waarde: str) -> None:
    with pytest.raises(OngeldigeInvoer) as nee:
        save_answer(ik, NACHT, uuid4(), naam, waarde, "")
    assert nee.value.details["fouten"][0][0] == naam


@pytest.mark.parametrize(
    "naam", ["", "casus.nummer", "jeugdige.x.voornaam", "melding.opgenomen_door_id", "plek.geheimpje", "inzet.vorm"]
)
def test_a_field_that_vangnet_does_not_know(ik: Actor, naam: str) -> None:
    with pytest.raises(OnbekendVeld):
        save_answer(ik, NACHT, uuid4(), naam, "x", "")


def test_all_that_can_be_read_is_kept_of_a_form_with_faults(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding)
    with pytest.raises(OngeldigeInvoer):
        save_fields(ik, NACHT, melding, {"melding.naam": "Jan", **kind_van(melding, bsn="1")})
    assert waarden(melding)["melding.naam"] == "Jan"


def test_only_the_service_takes_calls(dienst: Organisatie) -> None:
    for rol in ("gedragswetenschapper", "toegangsmedewerker", "planner", "beheerder"):
        wie = actor_of(medewerker(rol))
        with pytest.raises(GeenRecht):
            save_answer(wie, NACHT, uuid4(), "wie", "politie", "")
        with pytest.raises(GeenRecht):
            show_melding(wie, NACHT, uuid4())
        with pytest.raises(GeenRecht):
            find_family(wie, NACHT, {"bsn": "999910073"})
        assert open_meldingen(wie, NACHT) == []


# ---- the proposal -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regio", "feiten", "verwacht", "regels"),
    [
        ("zuid-limburg", {}, None, ()),
        ("zuid-limburg", {"direct_onveilig": "ja"}, "inschatting", ("ZL-48",)),
        ("zuid-limburg", {"direct_onveilig": "nee", "kan_wachten_tot_morgen": "nee"}, "inschatting", ("ZL-48",)),
        ("zuid-limburg", {"direct_onveilig": "nee", "kan_wachten_tot_morgen": "ja"}, "verwijzing", ("ZL-52", "ZL-53")),
        ("zuid-limburg", {"direct_onveilig": "onbekend", "kan_wachten_tot_morgen": "ja"}, "inschatting", ()),
        ("zuid-limburg", {"direct_onveilig": "nee"}, None, ()),
        ("noord-en-midden-limburg", {"direct_onveilig": "nee", "kan_wachten_tot_morgen": "ja"}, "acute_hulp", ("ICJ-14",)),
        ("noord-en-midden-limburg", {"direct_onveilig": "ja", "kan_wachten_tot_morgen": "ja"}, "inschatting", ("ICJ-22",)),
        ("lekstroom", {"direct_onveilig": "ja"}, "inschatting", ("LEK-11", "LEK-02")),
    ],
)  # fmt: skip
def test_the_proposal_follows_from_the_agreements_and_the_answers(
    regio: str, feiten: dict[str, str], verwacht: str | None, regels: tuple[str, ...]
) -> None:
    wie = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", regio=regio)))
    begin = begin_melding(wie, NACHT, uuid4(), {f"triage.{k}": v for k, v in feiten.items()})
    d = read_dossier(begin.casus_id)
    assert d is not None
    voorstel = propose_outcome(d, advise_dossier(d, NACHT)[0])
    assert (voorstel.uitkomst if voorstel else None) == verwacht
    if voorstel:
        assert voorstel.regels == regels
        assert voorstel.eigen == (not regels), "what no agreement says is called our own"


def test_a_professional_who_asks_advice_gets_a_consult() -> None:
    wie = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", regio="noord-en-midden-limburg")))
    begin = begin_melding(wie, NACHT, uuid4(), {"wie": "school", "melding.vraag": "consult"})
    d = read_dossier(begin.casus_id)
    assert d is not None
    voorstel = propose_outcome(d, advise_dossier(d, NACHT)[0])
    assert voorstel is not None and voorstel.uitkomst == "consult"


def test_who_departs_from_the_proposal_says_why_and_both_are_kept(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, {"triage.direct_onveilig": "ja"})
    with pytest.raises(RedenNodig):
        finish_melding(ik, NACHT, melding, "verwijzing")
    gedaan = finish_melding(ik, NACHT, melding, "verwijzing", "Vader is al bij het kind.")
    besluit = Gebeurtenis.objects.get(casus=gedaan.casus_id, soort="triage_besloten")
    assert besluit.afgeweken and besluit.reden == "Vader is al bij het kind."
    assert besluit.voorstel is not None and besluit.voorstel["waarde"] == "inschatting"
    assert besluit.regels == ["ZL-48"]


def test_passing_on_may_begin_with_an_assessment(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, {"vervolg.doorgeleiding": "gesloten_plaatsing"})
    beeld = show_melding(ik, NACHT, melding)
    assert beeld.voorstel is not None and beeld.voorstel.uitkomst == "doorgeleid" and "ZL-118" in beeld.voorstel.regels
    finish_melding(ik, NACHT, melding, "inschatting")


@pytest.mark.parametrize(
    ("uitkomst", "casus_uitkomst"),
    [
        ("inschatting", ""), ("acute_hulp", ""), ("consult", "consult"), ("verwijzing", "verwijzing"),
        ("doorgeleid", "doorgeleid"), ("niet_bediend", "niet_bediend"),
    ],
)  # fmt: skip
def test_what_a_call_leads_to_is_counted_apart(ik: Actor, uitkomst: str, casus_uitkomst: str) -> None:
    gedaan = register_melding(ik, NACHT, uuid4(), {"gemeente": "Heerlen", "hulp": "geen"}, uitkomst, "Omdat het zo is.")
    casus = Casus.objects.get(id=gedaan.casus_id)
    assert (casus.uitkomst, casus.gesloten_op is None) == (casus_uitkomst, not casus_uitkomst)
    assert Melding.objects.get().uitkomst == uitkomst
    with pytest.raises(AlGedaan):
        finish_melding(ik, NACHT, gedaan.melding_id, uitkomst, "nog eens")


def test_the_signal_goes_out_also_when_the_casus_closes(ik: Actor) -> None:
    """ZL-57: the access hears of a call outside office hours, whatever it led to."""
    melding = uuid4()
    velden = {
        "gemeente": "heerlen",
        "hulp": "geen",
        "triage.direct_onveilig": "nee",
        "triage.kan_wachten_tot_morgen": "ja",
    }
    gedaan = register_melding(ik, NACHT, melding, velden | {"melding.verwezen_naar": "Toegang Heerlen"}, "verwijzing")
    signaal = Aanbod.objects.get(casus=gedaan.casus_id)
    assert (signaal.soort, signaal.antwoord, signaal.zichtbaar_vanaf.isoformat()) == (
        "signaal",
        "",
        "2024-05-17T07:00:00+00:00",
    )
    assert Betrokkenheid.objects.filter(casus_id=gedaan.casus_id, deel=Deel.SIGNAAL, tot=None).exists()


def test_a_request_that_cannot_be_served_says_why(ik: Actor) -> None:
    with pytest.raises(RedenNodig):
        register_melding(ik, NACHT, uuid4(), {}, "niet_bediend")
    with pytest.raises(OngeldigeInvoer):
        register_melding(ik, NACHT, uuid4(), {}, "afgepoeierd", "x")
    assert not Casus.objects.exists(), "a refused registration leaves nothing"


def test_begun_by_mistake_is_closed_with_why(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding)
    with pytest.raises(RedenNodig):
        cancel_melding(ik, NACHT, melding, " ")
    gedaan = cancel_melding(ik, NACHT, melding, "Verkeerde knop.")
    assert Casus.objects.get(id=gedaan.casus_id).uitkomst == "vergissing"
    with pytest.raises(AlGedaan):
        cancel_melding(ik, NACHT, melding, "Nog eens.")


# ---- parked, taken over, open -----------------------------------------------------------------------------------


def test_a_parked_call_waits_in_sight_of_the_service_and_can_be_taken_over(ik: Actor, collega: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, kind_van(melding, voornaam="Elias", achternaam="Somers"))
    park_melding(ik, EVEN_LATER, melding)
    [een] = open_meldingen(collega, EVEN_LATER)
    assert (een.voornaam, een.minuten, een.door, een.van_mij, een.geparkeerd_op) == (
        "Elias",
        20,
        ik.naam,
        False,
        EVEN_LATER,
    )
    assert is_author(ik, NACHT, melding) and not is_author(collega, NACHT, melding)
    take_over_melding(collega, EVEN_LATER, melding)
    assert is_author(collega, NACHT, melding) and not is_author(ik, NACHT, melding)
    [een] = open_meldingen(collega, EVEN_LATER)
    assert een.van_mij and een.geparkeerd_op is None
    elders = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    assert open_meldingen(elders, EVEN_LATER) == []
    finish_melding(collega, EVEN_LATER, melding, "inschatting")
    assert open_meldingen(collega, EVEN_LATER) == []


def test_another_service_sees_and_changes_nothing(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding)
    elders = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    calls: list[Any] = [
        lambda: show_melding(elders, NACHT, melding),
        lambda: save_answer(elders, NACHT, melding, "wie", "politie", ""),
        lambda: begin_melding(elders, NACHT, melding),
        lambda: park_melding(elders, NACHT, melding),
        lambda: casus_of(elders, NACHT, melding),
        lambda: join_melding(elders, NACHT, melding, uuid4()),
    ]
    for call in calls:
        with pytest.raises(NietBetrokken):
            call()


def test_a_secret_address_is_masked_and_each_look_is_logged(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, {"plek.geheim": "ja", "plek.straat": "Dorpsstraat 1", "waar": "bij tante"})
    beeld = show_melding(ik, NACHT, melding)
    assert beeld.geheim and not beeld.waarden.get("plek.straat") and not beeld.waarden["waar"]
    assert not Logregel.objects.filter(ding="adres").exists()
    assert show_melding(ik, NACHT, melding, toon_adres=True).waarden["plek.straat"] == "Dorpsstraat 1"
    assert Logregel.objects.filter(ding="adres", handeling="inzien").count() == 1
    assert Casus.objects.get().beeld["vannacht"][0]["waar"] == ""


def test_the_phone_card_names_the_own_municipality_only(ik: Actor) -> None:
    organisatie("toegang", naam="Toegang Kerkrade", gemeente="Kerkrade", telefoon="045 1")
    organisatie("veilig_thuis", naam="Veilig Thuis Zuid", telefoon="0800 2000")
    assert [k.naam for k in phone_cards(ik, "Heerlen")] == ["Toegang Heerlen", "Veilig Thuis Zuid"]


# ---- the same family --------------------------------------------------------------------------------------------


def bekend_gezin(wie: Actor, **anders: str) -> UUID:
    melding = uuid4()
    velden = kind_van(melding, voornaam="Jesse", achternaam="Dorneveld", geboren="02-03-2010", bsn="999910073")
    velden |= {
        "wie": "ouder",
        "melding.telefoon": "06 12345678",
        "gemeente": "Heerlen",
        "hulp": "geen",
        "triage.direct_onveilig": "ja",
    }
    return register_melding(wie, NACHT, melding, velden | anders, "inschatting").casus_id


@pytest.mark.parametrize(
    ("getypt", "waaraan"),
    [
        ({"bsn": "9999 10 073"}, ("bsn",)),
        ({"telefoon": "+31 6 12345678"}, ("telefoon",)),
        ({"voornaam": "jesse", "geboren": "2-3-2010"}, ("geboren",)),
        ({"achternaam": "van Dornefelt"}, ("klank",)),
    ],
)
def test_a_known_family_is_found_while_typing(ik: Actor, collega: Actor, getypt: dict[str, str], waaraan: Any) -> None:
    casus = bekend_gezin(ik)
    [een] = find_family(collega, EVEN_LATER, getypt)
    assert (een.casus_id, een.naam, een.leeftijd, een.lopend, een.waaraan) == (casus, "Jesse D.", 14, True, waaraan)


@pytest.mark.parametrize(
    "getypt",
    [
        {},
        {"bsn": "123"},
        {"telefoon": "0612"},
        {"geboren": "02-03-2010"},
        {"voornaam": "Jesse"},
        {"achternaam": "D"},
        {"bsn": "x" * 9999},
    ],
)
def test_too_little_finds_nothing(ik: Actor, getypt: dict[str, str]) -> None:
    bekend_gezin(ik)
    assert find_family(ik, EVEN_LATER, getypt) == []


def test_of_another_organisation_only_whom_to_call(ik: Actor) -> None:
    ander = actor_of(
        medewerker("crisismedewerker", organisatie("crisisdienst", naam="Dienst Elders", telefoon="045 999 99 99"))
    )
    bekend_gezin(ander)
    [een] = find_family(ik, EVEN_LATER, {"bsn": "999910073", "achternaam": "Dorneveld"})
    assert (een.bel, een.telefoon) == ("Dienst Elders", "045 999 99 99")
    assert (een.casus_id, een.nummer, een.naam, een.leeftijd, een.gesloten_op) == (None, "", "", None, None)
    assert find_family(ik, EVEN_LATER, {"achternaam": "Dorneveld"}) == [], (
        "a sound alone says nothing of another's families"
    )


def test_a_secret_address_does_not_show_by_who_leads(ik: Actor) -> None:
    ander = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Dienst Elders")))
    casus = bekend_gezin(ander, **{"plek.geheim": "ja", "plek.straat": "Dorpsstraat 1"})
    toegang = organisatie("toegang", naam="Toegang Vaals", gemeente="Vaals")
    Betrokkenheid.objects.filter(casus_id=casus, deel=Deel.REGIE).update(organisatie_id=toegang.id)
    Betrokkenheid.objects.create(casus_id=casus, organisatie_id=ander.organisatie_id, deel=Deel.CRISISHULP, van=NACHT)
    [een] = find_family(ik, EVEN_LATER, {"bsn": "999910073"})
    assert een.bel == "Dienst Elders"


def test_a_casus_closed_to_this_person_is_not_found(ik: Actor, collega: Actor) -> None:
    casus = bekend_gezin(ik)
    Blokkade.objects.create(casus_id=casus, medewerker_id=collega.medewerker_id, reden="familie", van=NACHT)
    assert find_family(collega, EVEN_LATER, {"bsn": "999910073"}) == []


def test_practice_and_mistakes_are_not_families_and_neither_is_the_call_itself(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding, kind_van(melding, bsn="999910073"), oefening=True)
    assert find_family(ik, NACHT, {"bsn": "999910073"}) == []
    eigen = uuid4()
    begin_melding(ik, NACHT, eigen, kind_van(eigen, bsn="999910073"))
    assert find_family(ik, NACHT, {"bsn": "999910073"}, eigen) == []
    cancel_melding(ik, NACHT, eigen, "Dubbel.")
    assert find_family(ik, NACHT, {"bsn": "999910073"}) == []


def test_a_search_is_logged_without_what_was_typed(ik: Actor) -> None:
    find_family(ik, NACHT, {"bsn": "999910073", "achternaam": "Dorneveld"})
    [regel] = Logregel.objects.filter(handeling="zoeken", ding="gezin")
    assert regel.toelichting == "bsn, klank"


def test_a_second_call_joins_the_running_casus_with_all_that_was_said(ik: Actor, collega: Actor) -> None:
    casus, melding, zusje = bekend_gezin(ik), uuid4(), uuid4()
    velden = kind_van(melding, voornaam="jesse", geboren="14") | {f"jeugdige.{zusje}.voornaam": "Fien"}
    velden |= {
        "wie": "school", "melding.situatie": "Fien is niet op school.", "gezag": "moeder", "plek.straat": "Dorpsstraat 1",
        "plek.geheim": "ja", "triage.direct_onveilig": "nee", "triage.plotseling": "ja",
    }  # fmt: skip
    begin = begin_melding(collega, EVEN_LATER, melding, velden)
    for _ in range(2):
        gedaan = join_melding(collega, EVEN_LATER, melding, casus, "Zelfde gezin, school belt ook.")
    assert gedaan.casus_id == casus == casus_of(collega, EVEN_LATER, melding)
    d = read_dossier(casus)
    assert d is not None
    assert [k.voornaam for k in d.kinderen] == ["Jesse", "Fien"], "the same child once"
    assert [m.melder for m in d.meldingen] == ["ouder", "school"] and d.meldingen[1].uitkomst == "gevoegd"
    assert d.waarde("triage.direct_onveilig") == "ja" and d.waarde("triage.plotseling") == "ja"
    assert [(p.rol, p.gezag) for p in d.mensen] == [("moeder", "ja")]
    assert d.casus.geheim and Adres.objects.filter(casus=casus, straat="Dorpsstraat 1", geheim=True).exists()
    oud = Casus.objects.get(id=begin.casus_id)
    assert (oud.uitkomst, oud.gevoegd_bij_id) == ("gevoegd", casus)
    soorten = set(Gebeurtenis.objects.filter(casus__in=[casus, oud.id]).values_list("casus_id", "soort"))
    assert {(casus, "melding_gevoegd"), (oud.id, "samengevoegd")} <= soorten
    with pytest.raises(AlGedaan):
        finish_melding(collega, EVEN_LATER, melding, "inschatting")


def test_joining_to_what_is_not_ours_or_to_itself_is_refused_and_changes_nothing(ik: Actor) -> None:
    ander = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    casus, melding = bekend_gezin(ander), uuid4()
    begin = begin_melding(ik, NACHT, melding)
    with pytest.raises(NietBetrokken):
        join_melding(ik, NACHT, melding, casus)
    with pytest.raises(NogNietKlaar):
        join_melding(ik, NACHT, melding, begin.casus_id)
    assert Casus.objects.get(id=begin.casus_id).gesloten_op is None
    assert Melding.objects.filter(casus=casus).count() == 1


def test_an_earlier_casus_is_named(ik: Actor) -> None:
    melding = uuid4()
    begin_melding(ik, NACHT, melding)
    link_earlier(ik, NACHT, melding, "2023-00007")
    d = read_dossier(Casus.objects.get().id)
    assert d is not None and d.waarde("melding.eerdere_casus") == "2023-00007"


def test_every_answer_that_stands_for_several_has_a_maker() -> None:
    assert set(MAKERS) == {"wie", "hulp", "gezag", "waar"}


def test_who_takes_over_a_call_is_who_is_asked_for(ik: Actor, collega: Actor) -> None:
    melding = uuid4()
    save_answer(ik, NACHT, melding, "wie", "ouder", "")
    park_melding(ik, NACHT, melding)
    take_over_melding(collega, EVEN_LATER, melding)
    casus = Casus.objects.get(meldingen=melding)
    assert Betrokkenheid.objects.get(casus_id=casus.id, deel=Deel.REGIE).medewerker_id == collega.medewerker_id
