# SPDX-License-Identifier: EUPL-1.2
"""What holds for every page: no barrier that a machine can find, in both languages, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.web.test_afspraken import PINKSTEREN

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/afspraken",
    f"/afspraken?{PINKSTEREN}",
    f"/afspraken?{PINKSTEREN}&vergelijk=lekstroom",
    f"/afspraken?{PINKSTEREN}&dag=31-02-2024",
    "/regios",
    "/regios/zuid-limburg",
    "/regios/verschil?a=zuid-limburg&b=lekstroom",
    "/bronnen",
    "/bronnen?bron=lekstroom-2016",
    "/bronnen?zoek=bestaatniet",
    "/bronnen/ZL-63",
]


@pytest.mark.parametrize(
    ("words", "language", "colours"),
    [({}, "Nederlands", None), ({}, "English", False), ({"color_scheme": "dark"}, "Nederlands", True)],
    ids=["licht", "engels", "donker"],
)
def test_no_barrier(
    new_page: Callable[..., Page], axe: Callable[..., None], words: dict[str, str], language: str, colours: bool | None
) -> None:
    """Everything once; of the other language all but the colours, which are the same; in the dark the colours, since nothing else
    differs."""
    page = new_page(**words)
    page.goto("/afspraken")
    page.get_by_role("button", name=language).click()
    expect(page.get_by_role("button", name=language)).to_have_attribute("aria-pressed", "true")
    for path in PAGES:
        page.goto(path)
        axe(page, colours)
    page.goto(f"/afspraken?{PINKSTEREN}")
    page.locator("#antwoord a.vn-bron").first.click()
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_be_visible()
    axe(page, colours)


def test_the_language_is_remembered_and_the_question_kept(page: Page) -> None:
    page.goto(f"/afspraken?{PINKSTEREN}")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the agreements say?")
    assert "gemeente=0965" in page.url
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/regios")
    expect(page.get_by_role("heading", level=1)).to_have_text("Regions")


@pytest.mark.parametrize(
    "back", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "", "\\\\elders"]
)
def test_the_language_switch_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.post("/taal", {"taal": "en", "terug": back})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_rule_is_a_page_and_a_fragment(client: Client) -> None:
    page = client.get("/bronnen/ZL-63").content.decode()
    part = client.get("/bronnen/ZL-63", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in part
    assert "Zuid-Limburg" in part, "the region that uses it"
    assert client.get("/bronnen/ZL-999").status_code == 404
    assert client.get("/regios/atlantis").status_code == 404
    assert client.get("/regios/verschil?a=zuid-limburg&b=atlantis").status_code == 400


def test_no_page_sets_a_cookie_or_has_inline_style_or_script(client: Client) -> None:
    for path in PAGES:
        answer = client.get(path)
        assert not answer.cookies, path
        text = answer.content.decode()
        for forbidden in (" style=", "<style", " onclick=", "javascript:", "<script>"):
            assert forbidden not in text, (path, forbidden)


def test_a_page_is_dutch_until_another_language_is_chosen(client: Client) -> None:
    asked = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}
    assert "Wat zeggen de afspraken?" in client.get("/afspraken", **asked).content.decode()
    client.post("/taal", {"taal": "en", "terug": "/afspraken"})
    assert "What do the agreements say?" in client.get("/afspraken").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert "Wat zeggen de afspraken?" in client.get("/afspraken", **asked).content.decode()
