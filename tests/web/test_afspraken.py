# SPDX-License-Identifier: EUPL-1.2
"""The page "Wat zeggen de afspraken?", as a person uses it: in a real browser, by keyboard, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.house.sources import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)

PINKSTEREN = urlencode(
    [
        ("regio", "zuid-limburg"), ("gemeente", "0965"), ("dag", "17-05-2024"), ("tijd", "21:40"),
        ("melding.melder", "politie"), ("betrokken.gi", "geen"), ("inschatting.crisis", "ja"),
        ("vorm", "ambulante_spoedhulp"), ("vorm", "crisispleegzorg"), ("vervolg.terug_naar_huis", "twijfel"),
    ]
)  # fmt: skip
"""Friday evening before Whitsun: Monday is 2e Pinksterdag, Tuesday a closing day of Simpelveld (made up for the demo)."""


def headline(page: Page) -> str:
    return page.locator("#antwoord h2").first.inner_text()


def test_by_keyboard_alone_the_answer_builds_up_and_the_link_gives_the_same(
    page: Page, new_page: Callable[..., Page]
) -> None:
    page.goto("/afspraken")
    page.keyboard.press("/")
    expect(page.get_by_label("Regio", exact=True)).to_be_focused()
    page.keyboard.type("Zuid")
    expect(page.get_by_label("Gemeente").locator("option")).to_have_count(17)
    page.keyboard.press("Tab")
    page.keyboard.type("Heer")
    page.keyboard.press("Tab")
    page.keyboard.type("vr 17 mei 2024")
    page.keyboard.press("Tab")
    page.keyboard.type("2140")
    page.keyboard.press("Tab")
    expect(page.locator("#antwoord")).to_contain_text("di 21 mei")
    expect(page.get_by_label("Wie belt?")).to_be_focused()
    before = page.locator("#antwoord").inner_text()
    page.keyboard.type("Poli")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("melding.melder=politie"))
    expect(page.locator("#samenvatting")).to_contain_text("politie belt")
    assert page.locator("#antwoord").inner_text() != before

    facts = parse_qs(urlsplit(page.url).query)
    assert facts == {
        "regio": ["zuid-limburg"], "gemeente": ["0917"], "dag": ["vr 17 mei 2024"], "tijd": ["2140"],
        "melding.melder": ["politie"],
    }  # fmt: skip
    other = new_page()
    other.goto(page.url)
    assert other.locator("#antwoord").inner_text() == page.locator("#antwoord").inner_text()
    expect(other.get_by_label("Dag van de melding")).to_have_value("vr 17 mei 2024")


def test_without_script_the_same_answer_comes_by_the_button(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/afspraken?{PINKSTEREN}")
    first = headline(page)
    page.get_by_label("Dag van de melding").fill("14-05-2024")
    with page.expect_navigation():
        page.get_by_role("button", name="Toon het antwoord").click()
    assert (first, headline(page)) == ("Het RTO is op di 21 mei.", "Het RTO is op wo 15 mei.")
    page.locator("#antwoord a.vn-bron").first.click()
    expect(page).to_have_url(re.compile(r"/bronnen/[A-Z]+-\d+"))


def test_a_missing_fact_is_answered_with_one_click(page: Page) -> None:
    page.goto("/afspraken?regio=zuid-limburg&dag=09-04-2024&tijd=14:00&melding.melder=school")
    asked = page.locator(".vn-vragen li", has_text="GI").first
    asked.get_by_role("link", name="Ja, met beschikking").click()
    expect(page.get_by_label("Is een GI betrokken?")).to_have_value("beschikking")
    expect(page.locator(".vn-vragen")).not_to_contain_text("Is er een GI betrokken")


def test_every_line_opens_its_source_and_focus_comes_back(page: Page) -> None:
    page.goto(f"/afspraken?{PINKSTEREN}")
    link = page.locator("#antwoord .vn-punt a.vn-bron").first
    number = link.inner_text().split()[-1]
    link.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(number)
    expect(drawer.get_by_role("heading", level=2)).to_be_visible()
    expect(page).to_have_url(re.compile("/afspraken"))
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(link).to_be_focused()


def test_a_choice_of_the_region_is_named_and_another_reading_can_be_tried(
    page: Page, settings: SettingsWrapper
) -> None:
    settings.VANGNET_EIGEN = ROOT / "demo" / "regios"
    page.goto(f"/afspraken?{PINKSTEREN}")
    expect(page.locator(".vn-tl")).to_contain_text("t/m vr 24 mei")
    question = page.locator(".vn-noot--vraag", has_text="Telt de startdag mee")
    expect(question).to_contain_text("Gekozen door Marloes Smeets")
    expect(question).to_contain_text("verzonnen voor de demo")
    question.get_by_role("link", name="reken hiermee").click()
    expect(page.locator(".vn-tl")).to_contain_text("t/m do 23 mei")
    expect(question).to_contain_text("Je probeert nu een lezing")
    question.get_by_role("link", name="Stop daarmee").click()
    expect(page.locator(".vn-tl")).to_contain_text("t/m vr 24 mei")


def test_where_nobody_chose_the_earliest_reading_goes_first_and_says_so(page: Page) -> None:
    page.goto("/afspraken?regio=zuid-limburg&gemeente=Heerlen&dag=10-06-2024&tijd=02:15&melding.melder=ouder")
    question = page.locator(".vn-noot--vraag", has_text="Is de eerstvolgende werkdag dan vandaag")
    expect(question).to_contain_text("De regio koos nog niet")
    expect(question.locator("li").first).to_contain_text("hiermee is gerekend")
    expect(page.locator("#antwoord h2").first).to_contain_text("ma 10 juni")


def test_two_regions_side_by_side(page: Page) -> None:
    page.goto(f"/afspraken?{PINKSTEREN}")
    page.get_by_text("Vergelijk met").click()
    page.get_by_role("link", name="Lekstroom").click()
    expect(page.get_by_role("heading", name="Zuid-Limburg naast Lekstroom")).to_be_visible()
    expect(page.locator("tr.is-anders:not(.is-zwijgt) td:last-child").first).to_have_text("anders")
    expect(page.locator("tr.is-zwijgt").first).to_contain_text("zegt hier niets over")
    page.get_by_role("link", name="Alleen Zuid-Limburg").click()
    expect(page.locator(".vn-naast")).to_have_count(0)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"regio": "atlantis"}, ["Regio", "atlantis", "zuid-limburg"]),
        ({"dag": "31-02-2024"}, ["Dag van de melding", "31-02-2024", "bestaat"]),
        ({"dag": "ma 17-05-2024"}, ["Dag van de melding", "vrijdag"]),
        ({"dag": "31-03-2024", "tijd": "02:30"}, ["Tijd van de melding", "02:00 naar 03:00"]),
        ({"dag": "17-05-1950"}, ["Dag van de melding", "1950"]),
        ({"gemeente": "Venlo"}, ["Gemeente", "Venlo", "Simpelveld"]),
        ({"melding.melder": "buurman"}, ["Wie belt?", "buurman", "politie"]),
        ({"jeugdige.leeftijd": "veertien"}, ["Leeftijd", "veertien", "heel getal"]),
        ({"betrokken.zorgaanbieder": "nee", "betrokken.zorgaanbieder_gaat_mee": "ja"}, ["zorgaanbieder"]),
        ({"vorm": "toverstaf"}, ["Welke hulp?", "toverstaf", "noodbed"]),
        ({"lezing": "X-10/startdag:verzonnen"}, ["lezing"]),
        ({"lezing": "onzin"}, ["Lezing om te proberen", "onzin"]),
        ({"vergelijk": "atlantis"}, ["Vergelijk met", "atlantis"]),
        ({"inschatting.op": "16-05-2024 10:00"}, ["16"]),
        ({"regio": "\x00'\"<script>alert(1)</script>" + "é" * 5000}, ["Regio"]),
    ],
)
def test_bad_input_is_named_and_kept(page: Page, change: dict[str, str], named: list[str]) -> None:
    facts = dict(parse_qs(PINKSTEREN))
    facts |= {name: [value] for name, value in change.items()}
    answer = page.goto(f"/afspraken?{urlencode(facts, doseq=True)}")
    assert answer is not None
    assert answer.status == 400
    body = page.locator("#antwoord").inner_text()
    missing = [word for word in named if word.lower() not in body.lower()]
    assert not missing, (missing, body[:800])
    for name, value in change.items():
        field = page.locator(f"[name='{name}']").first
        if field.count() and field.evaluate("e => e.matches('input:not([type]), select')"):
            assert field.input_value() == value.replace("\x00", "")[:80]


def test_on_a_phone_nothing_is_wider_than_the_screen(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    for path in (
        f"/afspraken?{PINKSTEREN}",
        f"/afspraken?{PINKSTEREN}&vergelijk=lekstroom",
        "/regios/zuid-limburg",
        "/bronnen/ZL-63",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.goto(f"/afspraken?{PINKSTEREN}")
    expect(page.locator(".vn-agenda")).to_be_visible()
    expect(page.locator(".vn-tl")).to_be_hidden()
    page.locator("#kortweg").click()
    expect(page.locator("#antwoord h2").first).to_be_in_viewport()


def test_on_paper_it_is_one_page(page: Page) -> None:
    page.goto(f"/afspraken?{PINKSTEREN}")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_shortcuts_can_be_switched_off(page: Page) -> None:
    page.goto("/afspraken")
    page.keyboard.press("?")
    page.get_by_label("Sneltoetsen gebruiken op dit apparaat").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
