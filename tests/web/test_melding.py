# SPDX-License-Identifier: EUPL-1.2
"""The screen of a call: in one request without script, by keyboard in the browser, and with everything that can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from playwright.sync_api import expect

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access import sessie
from vangnet.access.models import Medewerker, Organisatie
from vangnet.casework.models import Adres, Casus, Jeugdige, Melding
from vangnet.conf import clock
from vangnet.process.answers import kind_id
from vangnet.process.take_melding import begin_melding, register_melding, save_answer

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NACHT = datetime.fromisoformat("2024-05-16T23:06:00+02:00")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def night() -> Iterator[None]:
    with clock.put_at(NACHT):
        yield


@pytest.fixture
def dienst() -> Organisatie:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 00")
    return organisatie("crisisdienst", naam="Crisishulp Jeugd")


@pytest.fixture
def iris(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst, naam="Iris Custers")


@pytest.fixture
def tom(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst, naam="Tom Weijers")


@pytest.fixture
def at_work(client: Client, iris: Medewerker) -> Client:
    sign_in(client, iris)
    return client


def volledig(melding: UUID) -> dict[str, str]:
    """One complete call, as the form without script sends it."""
    kind = kind_id(melding)
    return {
        "heel": "1", "versie": "0", "wie": "politie", "melding.naam": "Agent Peters", "melding.telefoon": "0900 8844",
        "melding.vraag": "crisis", "triage.direct_onveilig": "ja", f"jeugdige.{kind}.voornaam": "Milan",
        f"jeugdige.{kind}.achternaam": "Verhulst", f"jeugdige.{kind}.geboren": "02-03-2010", f"jeugdige.{kind}.bsn": "",
        "waar": "thuis", "plek.straat": "Dorpsstraat 1", "plek.postcode": "6411ab", "plek.plaats": "Heerlen", "gemeente": "heerlen",
        "melding.situatie": "Ruzie in de nacht.", "triage.kan_wachten_tot_morgen": "nee", "hulp": "geen", "gezag": "beiden",
        "uitkomst": "inschatting",
    }  # fmt: skip


# ---- without script ---------------------------------------------------------------------------------------------


def test_a_complete_call_in_one_request(at_work: Client, django_assert_max_num_queries: Any) -> None:
    """The guard of the bench: at most 14 statements, with session and person, and the begin and end of the transaction."""
    melding = uuid4()
    at_work.get("/melding/nieuw")
    with django_assert_max_num_queries(14):
        answer = at_work.post(f"/melding/{melding}", volledig(melding))
    casus = Casus.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/casus/{casus.id}")
    assert casus.gemeente == "Heerlen" and casus.beeld["stand"] == "inschatting"
    assert Adres.objects.get().postcode == "6411 AB"
    again = at_work.post(f"/melding/{melding}", volledig(melding))
    assert (again.status_code, again["Location"]) == (303, f"/casus/{casus.id}")
    assert Casus.objects.count() == Melding.objects.count() == Jeugdige.objects.count() == 1


def test_an_opened_form_keeps_nothing(at_work: Client) -> None:
    page = at_work.get("/melding/nieuw")
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert at_work.get(f"/melding/{uuid4()}").status_code == 200
    assert not Casus.objects.exists()


def test_a_form_with_faults_comes_back_with_every_word(at_work: Client) -> None:
    melding = uuid4()
    velden = volledig(melding) | {
        f"jeugdige.{kind_id(melding)}.bsn": "123",
        "gemeente": "Atlantis",
        "melding.naam": "<b>محمد</b>",
    }
    answer = at_work.post(f"/melding/{melding}", velden)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="123"' in text and 'value="Atlantis"' in text and "&lt;b&gt;محمد&lt;/b&gt;" in text
    assert text.count('aria-invalid="true"') == 2
    assert not Casus.objects.exists()


def test_deviating_without_a_reason_comes_back_and_then_goes_on(at_work: Client) -> None:
    melding = uuid4()
    velden = volledig(melding) | {
        "uitkomst": "anders",
        "anders": "consult",
        "besluit.vervolg_consult": "Morgen bellen.",
    }
    answer = at_work.post(f"/melding/{melding}", velden)
    assert answer.status_code == 400 and "Morgen bellen." in answer.content.decode()
    answer = at_work.post(f"/melding/{melding}", velden | {"reden": "Alleen advies gevraagd."})
    assert answer.status_code == 303 and Casus.objects.get().uitkomst == "consult"


def test_no_choice_among_the_other_decisions_is_said(at_work: Client) -> None:
    melding = uuid4()
    assert at_work.post(f"/melding/{melding}", volledig(melding) | {"uitkomst": "anders"}).status_code == 400


def test_the_road_without_script_field_by_field(at_work: Client) -> None:
    melding = uuid4()
    velden = volledig(melding)
    del velden["uitkomst"]
    answer = at_work.post(f"/melding/{melding}", velden | {"doe": "kind"})
    assert answer["Location"].endswith("?kinderen=2#vraag-3")
    page = at_work.get(answer["Location"])
    assert page.content.decode().count('data-kind="') == 3, "two, and the empty one for script"
    versie = str(Casus.objects.get().versie)
    velden = {
        "heel": "1",
        "versie": versie,
        "antwoord": "betrokken.gi=beschikking",
        "melding.terugbellen_gewenst": "ja",
    }
    assert at_work.post(f"/melding/{melding}", velden).status_code == 303
    answer = at_work.post(f"/melding/{melding}", velden | {"wie": "huisarts"})
    assert answer.status_code == 409, "somebody changed it since this form was shown"
    assert at_work.get(f"/melding/{melding}?zoek=1").status_code == 200
    versie = str(Casus.objects.get().versie)
    assert at_work.post(f"/melding/{melding}", {"versie": versie, "doe": "parkeer"})["Location"] == "/dienst"
    assert Melding.objects.get().geparkeerd_op is not None


def test_a_call_of_earlier_is_entered_with_its_own_moment(at_work: Client) -> None:
    melding = uuid4()
    velden = volledig(melding)
    for wrong in ("2024-03-31T02:30", "2024-06-01T10:00", "2023-01-01T10:00", "gisteren"):
        answer = at_work.post(f"/melding/{melding}", velden | {"gemeld_op": wrong})
        assert answer.status_code == 400 and 'id="f-gemeld_op"' in answer.content.decode()
    assert at_work.post(f"/melding/{melding}", velden | {"gemeld_op": "2024-05-16T21:40"}).status_code == 303
    assert Casus.objects.get().begonnen_op == datetime.fromisoformat("2024-05-16T21:40:00+02:00")


def test_a_secret_address_is_not_in_the_page_until_somebody_asks(at_work: Client, iris: Medewerker) -> None:
    melding = uuid4()
    begin_melding(
        actor_of(iris), NACHT, melding, {"plek.geheim": "ja", "plek.straat": "Zwaluwlaan 3", "waar": "bij tante"}
    )
    text = at_work.get(f"/melding/{melding}").content.decode()
    assert "Zwaluwlaan" not in text and "tante" not in text
    assert "Zwaluwlaan" in at_work.post(f"/melding/{melding}/adres").content.decode()
    as_json = at_work.post(f"/melding/{melding}/adres", headers={"Accept": "application/json"}).json()
    assert as_json == {"plek.straat": "Zwaluwlaan 3", "plek.postcode": "", "plek.plaats": "", "waar": "bij tante"}


def test_a_finished_call_leads_to_its_casus_and_a_joined_one_to_the_other(at_work: Client, iris: Medewerker) -> None:
    ik, eerste, tweede = actor_of(iris), uuid4(), uuid4()
    casus = register_melding(ik, NACHT, eerste, {}, "inschatting").casus_id
    assert at_work.get(f"/melding/{eerste}")["Location"] == f"/casus/{casus}"
    begin_melding(ik, NACHT, tweede)
    assert at_work.post(f"/melding/{tweede}/voeg", {"casus": str(casus)})["Location"] == f"/casus/{casus}"
    assert at_work.get(f"/melding/{tweede}")["Location"] == f"/casus/{casus}"
    assert at_work.post(f"/melding/{tweede}/voeg", {"casus": "x"}).status_code in (303, 400)


def test_parking_taking_over_and_mistakes(at_work: Client, tom: Medewerker) -> None:
    melding = uuid4()
    begin_melding(actor_of(tom), NACHT, melding)
    assert "Tom Weijers" in at_work.get(f"/melding/{melding}").content.decode()
    assert at_work.post(f"/melding/{melding}/overnemen")["Location"] == f"/melding/{melding}"
    assert at_work.post(f"/melding/{melding}/parkeer")["Location"] == "/dienst"
    assert at_work.post(f"/melding/{melding}/vergissing", {"reden_vergissing": ""}).status_code == 400
    assert at_work.post(f"/melding/{melding}/vergissing", {"reden_vergissing": "Dubbel."})["Location"] == "/dienst"
    assert Casus.objects.get().uitkomst == "vergissing"


# ---- one answer at a time ---------------------------------------------------------------------------------------


def test_an_answer_is_acknowledged_with_the_time(at_work: Client, django_assert_max_num_queries: Any) -> None:
    melding = uuid4()
    url = f"/melding/{melding}/veld"
    answer = at_work.post(url, {"naam": "wie", "waarde": "politie", "was": "", "sinds": "90"})
    assert answer.json() == {"op": "23:06:00", "waarde": "politie", "versie": 1, "nummer": Casus.objects.get().nummer}
    assert (NACHT - Casus.objects.get().begonnen_op).total_seconds() == 90
    with django_assert_max_num_queries(14):
        assert at_work.post(url, {"naam": "gemeente", "waarde": "heerlen", "was": ""}).json()["waarde"] == "Heerlen"


@pytest.mark.parametrize(
    ("naam", "waarde", "status"),
    [("jeugdige.{kind}.bsn", "123", 400), ("x.y", "1", 400), ("melding.situatie", "x" * 100_000, 400), ("", "", 400)],
)
def test_a_refused_answer_names_what_is_expected(at_work: Client, naam: str, waarde: str, status: int) -> None:
    melding = uuid4()
    answer = at_work.post(f"/melding/{melding}/veld", {"naam": naam.format(kind=kind_id(melding)), "waarde": waarde})
    assert answer.status_code == status and answer.json()["zin"]


def test_a_text_of_more_than_a_megabyte_is_refused_with_a_page(at_work: Client) -> None:
    answer = at_work.post(f"/melding/{uuid4()}/veld", {"naam": "melding.situatie", "waarde": "x" * 1_100_000})
    assert answer.status_code in (400, 413)


def test_a_colleague_who_wrote_something_else_is_a_conflict(at_work: Client, tom: Medewerker) -> None:
    melding = uuid4()
    save_answer(actor_of(tom), NACHT, melding, "melding.naam", "Jansen")
    answer = at_work.post(f"/melding/{melding}/veld", {"naam": "melding.naam", "waarde": "Pietersen", "was": ""})
    assert (answer.status_code, answer.json()["nu"]) == (409, "Jansen")


def test_while_locked_only_the_author_goes_on_writing(client: Client, iris: Medewerker, tom: Medewerker) -> None:
    from vangnet.access.sessieopslag import SessionStore

    mine, his = uuid4(), uuid4()
    save_answer(actor_of(iris), NACHT, mine, "wie", "politie")
    save_answer(actor_of(tom), NACHT, his, "wie", "politie")
    session = SessionStore(sign_in(client, iris))
    session[sessie.SLOT] = True
    session.save()
    velden = {"naam": "melding.naam", "waarde": "Jansen", "was": ""}
    assert client.post(f"/melding/{mine}/veld", velden).status_code == 200
    assert client.post(f"/melding/{his}/veld", velden).status_code == 423, "his page keeps it until he has unlocked"
    assert client.get(f"/melding/{mine}").status_code == 423
    assert client.get(f"/melding/{mine}/voorstel", headers={"HX-Request": "true"}).status_code == 423


def test_signed_out_says_so(client: Client) -> None:
    answer = client.post(f"/melding/{uuid4()}/veld", {"naam": "wie"}, headers={"Accept": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("where", ["vangnet.web.melding.views.save_answer", "vangnet.access.middleware.recognise"])
def test_a_database_that_is_away_is_503_so_that_the_page_keeps_it(at_work: Client, where: str) -> None:
    at_work.raise_request_exception = False
    with patch(where, side_effect=OperationalError("weg")):
        answer = at_work.post(f"/melding/{uuid4()}/veld", {"naam": "wie", "waarde": "politie"})
    assert answer.status_code == 503


def test_nobody_else_comes_in(client: Client, iris: Medewerker) -> None:
    melding = uuid4()
    begin_melding(actor_of(iris), NACHT, melding)
    sign_in(client, medewerker("toegangsmedewerker"))
    assert client.get("/melding/nieuw").status_code == 403
    sign_in(client, medewerker("crisismedewerker"))
    assert client.get(f"/melding/{melding}").status_code == 404
    for part in ("veld", "adres", "parkeer", "overnemen", "vergissing", "voeg", "eerder"):
        answer = client.post(
            f"/melding/{melding}/{part}",
            {"naam": "wie", "waarde": "gi", "reden_vergissing": "x", "casus": str(uuid4())},
        )
        assert answer.status_code == 404, part


def test_a_known_family_of_another_service_gives_only_a_number(at_work: Client) -> None:
    other = medewerker("crisismedewerker", organisatie("crisisdienst", naam="Dienst Elders", telefoon="045 999 99 99"))
    melding = uuid4()
    kind = f"jeugdige.{kind_id(melding)}."
    begin_melding(actor_of(other), NACHT, melding, {kind + "voornaam": "Jesse", kind + "bsn": "999910073"})
    text = at_work.post(f"/melding/{uuid4()}/bekend", {"bsn": "999910073"}).content.decode()
    assert "Dienst Elders" in text and "045 999 99 99" in text
    assert "Jesse" not in text and "/casus/" not in text and Casus.objects.get().nummer not in text


# ---- in the browser ---------------------------------------------------------------------------------------------


@pytest.fixture
def screen(page: Page, iris: Medewerker, live_server: Any) -> Page:
    page.goto("/gezond")
    sign_in(page, iris)
    page.goto("/melding/nieuw")
    return page


def kept(page: Page) -> None:
    expect(page.locator("#vn-bewaard")).to_contain_text("Alles bewaard, 23:06:00")


def test_eight_facts_by_keyboard_alone(screen: Page) -> None:
    keys = screen.keyboard
    for vraag, press in enumerate(["ArrowRight", "Space", None, None, None, "Space", "Space", "Space"], 1):
        keys.press(f"Alt+{vraag}")
        if press:
            keys.press(press)
        if vraag == 3:
            for woord in ("Elias", "Somers", "7 mnd"):
                keys.type(woord)
                keys.press("Enter")
        elif vraag == 4:
            keys.type("thuis")
        elif vraag == 5:
            keys.type("Moeder is uitgeput.")
    expect(screen.locator("#vn-teller")).to_have_text("8 van 8")
    kept(screen)
    expect(screen.locator("#vn-kop-voorstel")).to_have_text("Ga op huisbezoek voor een inschatting")
    expect(screen.get_by_label("Wat is er gebeurd")).to_have_value("Moeder is uitgeput.")
    keys.press("Control+Enter")
    screen.wait_for_url("**/casus/*")
    casus = Casus.objects.get()
    assert casus.beeld["stand"] == "inschatting" and casus.beeld["kinderen"][0]["naam"] == "Elias S."
    melding = Melding.objects.get()
    assert (melding.melder, melding.situatie, melding.uitkomst) == ("huisarts", "Moeder is uitgeput.", "inschatting")


def test_what_is_typed_survives_a_reload_and_escape_leaves_it_saved(screen: Page) -> None:
    screen.get_by_label("Voornaam").fill("محمد 👩‍👧")
    screen.get_by_label("Huisarts").check()
    kept(screen)
    screen.reload()
    expect(screen.get_by_label("Voornaam")).to_have_value("محمد 👩‍👧")
    expect(screen.get_by_label("Huisarts")).to_be_checked()
    screen.get_by_label("Voornaam").fill("Mo")
    screen.keyboard.press("Escape")
    screen.wait_for_url("**/dienst")
    assert Jeugdige.objects.get().voornaam == "Mo"


def test_without_a_connection_the_answers_wait_and_go_in_order(screen: Page) -> None:
    screen.get_by_label("Huisarts").check()
    kept(screen)
    screen.context.set_offline(True)
    screen.get_by_label("Voornaam").fill("Elias")
    screen.get_by_label("Achternaam").fill("Somers")
    screen.get_by_label("Politie", exact=True).check()
    sign = screen.locator("#vn-bewaard")
    expect(sign).to_contain_text("3 antwoorden wachten op dit apparaat. Schrijf gewoon door.")
    screen.context.set_offline(False)
    kept(screen)
    kind = Jeugdige.objects.get()
    assert (kind.voornaam, kind.achternaam, Melding.objects.get().melder) == ("Elias", "Somers", "politie")
    assert screen.evaluate("Object.keys(sessionStorage).filter((k) => k.startsWith('vangnet.melding')).length") == 0


@pytest.mark.parametrize("status", [503, 500, 401, 423])
def test_an_answer_that_is_not_acknowledged_is_sent_again_also_after_a_reload(screen: Page, status: int) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=status, body="weg", content_type="text/plain")

    screen.route("**/veld", refuse)
    screen.get_by_label("Voornaam").fill("Elias")
    expect(screen.locator("#vn-bewaard")).to_contain_text("1 antwoord wacht")
    if status == 401:
        expect(screen.get_by_role("link", name="Meld je aan in een nieuw tabblad")).to_be_visible()
    screen.on("dialog", lambda dialog: dialog.accept())
    screen.reload()
    expect(screen.get_by_label("Voornaam")).to_have_value("Elias")
    expect(screen.locator("#vn-bewaard")).to_contain_text("1 antwoord wacht")
    screen.unroute("**/veld")
    kept(screen)
    assert Jeugdige.objects.get().voornaam == "Elias"


def test_an_answer_that_arrived_though_nobody_heard_is_not_doubled(screen: Page) -> None:
    seen: list[str] = []

    def lose(route: Route) -> None:
        seen.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    screen.route("**/veld", lose, times=1)
    screen.get_by_role("button", name="Nog een kind").click()
    screen.get_by_label("Voornaam").last.fill("Noor")
    kept(screen)
    assert seen and [k.voornaam for k in Jeugdige.objects.exclude(voornaam="")] == ["Noor"]
    assert Casus.objects.count() == 1


def test_the_next_child_is_offered_the_surname_of_the_first(screen: Page) -> None:
    with screen.expect_response("**/veld"):
        screen.get_by_label("Achternaam").first.fill("de Vries")
    screen.get_by_role("button", name="Nog een kind").click()
    with screen.expect_response("**/veld"):
        screen.get_by_label("Voornaam").last.fill("Noor")
    assert Jeugdige.objects.get(voornaam="Noor").achternaam == "", "a proposal is not an answer"
    with screen.expect_response("**/veld"):
        screen.get_by_role("button", name="Achternaam overnemen: de Vries").click()
    expect(screen.get_by_label("Achternaam").last).to_have_value("de Vries")
    expect(screen.get_by_label("Achternaam").last).to_be_focused()
    expect(screen.get_by_role("button", name="Achternaam overnemen")).to_have_count(0)
    assert Jeugdige.objects.get(voornaam="Noor").achternaam == "de Vries"


def test_a_fault_stands_under_its_field_and_the_text_stays(screen: Page) -> None:
    field = screen.get_by_label("BSN")
    field.fill("12345")
    screen.get_by_label("Huisarts").check()
    expect(screen.locator("#vn-bewaard")).to_have_text("Bewaard, 23:06:00. 1 antwoord nog niet.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(screen.locator("[id='f-jeugdige-" + str(kind_id(Melding.objects.get().id)) + "-bsn-fout']")).to_contain_text(
        "elfproef"
    )
    screen.reload()
    expect(field).to_have_value("12345")
    field.fill("999910073")
    kept(screen)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_two_people_who_write_different_things_choose(screen: Page, tom: Medewerker) -> None:
    screen.get_by_label("Huisarts").check()
    kept(screen)
    melding = Melding.objects.get().id
    save_answer(actor_of(tom), NACHT, melding, "melding.naam", "Jansen")
    save_answer(actor_of(tom), NACHT, melding, "triage.direct_onveilig", "ja")
    screen.get_by_label("Naam", exact=True).fill("Pietersen")
    screen.locator("#vraag-2").get_by_label("Nee", exact=True).check()
    expect(screen.get_by_text("Een collega schreef hier intussen: Jansen")).to_be_visible()
    screen.locator("#vraag-1").get_by_role("button", name="Bewaar wat ik schreef").click()
    screen.locator("#vraag-2").get_by_role("button", name="Laat dat staan").click()
    expect(screen.locator("#vraag-2").get_by_label("Ja", exact=True)).to_be_checked()
    kept(screen)
    expect(screen.locator(".vn-botsing")).to_have_count(0)
    assert Melding.objects.get().naam == "Pietersen"


def test_the_proposal_grows_without_moving_the_focus_and_asks_what_is_missing(screen: Page) -> None:
    screen.locator("#vraag-2").get_by_label("Ja", exact=True).check()
    expect(screen.locator("#vn-kop-voorstel")).to_have_text("Ga op huisbezoek voor een inschatting")
    expect(screen.locator("#vraag-2").get_by_label("Ja", exact=True)).to_be_focused()
    screen.get_by_role("button", name="Is er een GI betrokken, met een beschikking? Met beschikking").click()
    expect(screen.get_by_label("GI, met beschikking")).to_be_checked()
    kept(screen)
    expect(screen.locator("#vn-voorstel")).to_contain_text("signaal naar de GI")
    screen.locator("#vn-voorstel a[data-naar=vraag-6]").click()
    expect(screen.locator("#vraag-6 input").first).to_be_focused()


def test_a_secret_address_is_masked_at_once_and_shown_on_request(screen: Page) -> None:
    screen.get_by_label("Straat en nummer").fill("Zwaluwlaan 3")
    screen.get_by_label("Adres is geheim").check()
    field = screen.get_by_label("Straat en nummer")
    expect(field).to_have_value("••••••••••••")
    expect(screen.get_by_label("Plaats")).to_have_value("••••••••••••")
    kept(screen)
    screen.reload()
    expect(field).to_have_value("••••••••••••")
    assert "Zwaluwlaan" not in screen.content()
    screen.get_by_role("button", name="Toon 30 seconden").click()
    expect(field).to_have_value("Zwaluwlaan 3")
    assert Adres.objects.get().straat == "Zwaluwlaan 3" and Casus.objects.get().geheim


def test_a_known_family_shows_while_typing_and_the_call_joins_it(screen: Page, tom: Medewerker) -> None:
    melding = uuid4()
    kind = f"jeugdige.{kind_id(melding)}."
    velden = {kind + "voornaam": "Jesse", kind + "achternaam": "Dorneveld", kind + "geboren": "02-03-2010"}
    casus = register_melding(actor_of(tom), NACHT, melding, velden, "inschatting").casus_id
    screen.get_by_label("Voornaam").fill("Jesse")
    screen.get_by_label("Geboren, of leeftijd").fill("2-3-2010")
    expect(screen.get_by_text("Lopende casus: Jesse D., 14")).to_be_visible()
    kept(screen)
    screen.get_by_role("button", name="Zelfde gezin: voeg bij deze casus").click()
    screen.wait_for_url(f"**/casus/{casus}")
    assert Melding.objects.filter(casus=casus).count() == 2


def test_deviating_asks_a_reason_and_back_shows_the_call(screen: Page) -> None:
    screen.locator("#vraag-2").get_by_label("Ja", exact=True).check()
    kept(screen)
    screen.get_by_text("Anders besluiten").click()
    screen.get_by_label("Verwijzen").check()
    screen.get_by_label("Naar wie?").fill("Toegang Heerlen")
    screen.get_by_role("button", name="Besluit zo").click()
    expect(screen.get_by_text("Je wijkt af van het voorstel. Schrijf in één zin waarom.").first).to_be_visible()
    expect(screen.get_by_label("Naar wie?")).to_have_value("Toegang Heerlen")
    screen.get_by_label("Waarom wijk je af").fill("Oma is er.")
    screen.get_by_role("button", name="Besluit zo").click()
    screen.wait_for_url("**/casus/*")
    assert Casus.objects.get().uitkomst == "verwijzing"


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 844}},
        {"viewport": {"width": 320, "height": 640}},
    ],
    ids=["breed", "donker", "telefoon", "smal"],
)
def test_no_barrier_and_nothing_beside_the_screen(
    new_page: Callable[..., Page], axe: Callable[[Page], None], iris: Medewerker, tom: Medewerker, words: dict[str, Any]
) -> None:
    melding = uuid4()
    kind = f"jeugdige.{kind_id(melding)}."
    begin_melding(actor_of(tom), NACHT, melding, {kind + "achternaam": "Dorneveld", "gemeente": "Heerlen"})
    page = new_page(**words)
    page.goto("/gezond")
    sign_in(page, iris)
    page.goto("/melding/nieuw")
    axe(page)
    page.locator("#vraag-2").get_by_label("Ja", exact=True).check()
    page.get_by_label("Achternaam").fill("Dorneveld")
    page.get_by_label("BSN").fill("1")
    page.get_by_label("Adres is geheim").check()
    page.get_by_text("Anders besluiten").click()
    page.get_by_label("Doorgeleiden").check()
    expect(page.locator("[data-bekend]")).to_be_visible()
    expect(page.locator("#vn-bewaard")).to_have_text("Bewaard, 23:06:00. 1 antwoord nog niet.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if page.viewport_size and page.viewport_size["width"] < 700:
        small = page.evaluate(
            "Array.from(document.querySelectorAll('main button, main .vn-keuze label, main .vn-vink, main .vn-in'))"
            ".filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 90))"
        )
        assert small == []
