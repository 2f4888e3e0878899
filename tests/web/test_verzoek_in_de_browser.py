# SPDX-License-Identifier: EUPL-1.2
"""The father asks for the file: one worker takes it in and chooses, another reads on a phone and releases, in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mensen import medewerker, organisatie, sign_in
from tests.verzoeken import NU, zaak
from vangnet.casework.models import Casus
from vangnet.conf import clock
from vangnet.process.take_verzoek import decide_request

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.put_at(NU):
        yield


def test_two_people_in_a_browser(new_page: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path) -> None:
    """Noor takes the request in and chooses, Cora reads and releases; by keyboard where it matters, on a phone and wide."""
    z = zaak(geheim=True)
    beeld = Path(os.environ.get("VANGNET_BEELD", tmp_path))
    noor = new_page(viewport={"width": 1440, "height": 1000})
    noor.goto("/gezond")
    sign_in(noor, z.mens_een)
    noor.goto(f"/casus/{z.casus_id}/stap/verzoek")
    axe(noor)
    noor.screenshot(path=beeld / "stap.png", full_page=True)
    noor.get_by_label("een afschrift", exact=True).check()
    noor.get_by_label("Wie vraagt het?").select_option(str(z.vader))
    noor.get_by_role("button", name="Neem het verzoek op").click()
    noor.get_by_role("link", name="-V1").first.click()
    axe(noor)
    noor.screenshot(path=beeld / "verzoek.png", full_page=True)
    noor.get_by_label("Paspoort of identiteitskaart gezien").check()
    noor.get_by_label("Ja", exact=True).check()
    noor.get_by_label("Waarom wel of niet?").fill("Vader heeft gezag; nagekeken in het register.")
    noor.get_by_role("button", name="Leg vast").first.press("Enter")
    noor.get_by_role("link", name="Kies wat erin komt").press("Enter")
    noor.wait_for_url("**/kiezen")
    axe(noor)
    noor.screenshot(path=beeld / "kiezen.png", full_page=True)
    noor.get_by_role("button", name="Leg klaar voor een tweede lezer").press("Enter")
    noor.wait_for_url(re.compile(r"/verzoek/[^/]+$"))
    noor.get_by_role("link", name="Bekijk het afschrift").click()
    assert noor.get_by_role("button", name="Gelezen, geef vrij").count() == 0
    adres = noor.url

    cora = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    cora.goto("/gezond")
    sign_in(cora, z.mens_twee)
    cora.goto("/mijn-werk/verzoeken")
    axe(cora)
    cora.screenshot(path=beeld / "lijst-390.png", full_page=True)
    cora.goto(adres)
    axe(cora)
    cora.screenshot(path=beeld / "lezen-390.png", full_page=True)
    assert cora.evaluate("document.documentElement.scrollWidth") <= 390
    cora.get_by_role("button", name="Gelezen, geef vrij").press("Enter")
    cora.wait_for_url(re.compile(r"/verzoek/[^/]+$"))
    axe(cora)
    cora.screenshot(path=beeld / "vrij-390.png", full_page=True)
    assert cora.evaluate("document.documentElement.scrollWidth") <= 390
    cora.get_by_role("link", name="Open om te printen").click()
    cora.wait_for_url("**/afschrift")
    axe(cora)
    cora.screenshot(path=beeld / "afschrift-390.png", full_page=True)
    tekst = cora.locator("body").inner_text()
    assert "Dennis Verhulst" in tekst
    for woord in ("Kastanjelaan", "Wielewaaldorp", "Heerlen", "Riet", "Jolanda", "Oudenhuis", "Crisishulp Jeugd"):
        assert woord not in tekst
    noor.goto(cora.url)
    noor.screenshot(path=beeld / "afschrift.png", full_page=True)
    noor.emulate_media(media="print")
    assert "afschrift voor vader" in noor.evaluate("getComputedStyle(document.body, '::after').content")
    assert noor.locator("body").inner_text() == tekst, "paper says what the screen says"
    papier = noor.pdf(path=beeld / "afschrift.pdf", print_background=True)
    assert str(z.casus_id).encode() not in papier
    assert b"/URI" not in papier, "no links"
    assert f"/Title (Afschrift, verzoek {Casus.objects.get(id=z.casus_id).nummer}-V1)".encode() in papier


def test_the_page_of_the_privacy_officer(
    new_page: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    """Destruction waits for a second reader: refused without a word why, then sent back, on a phone and by keyboard."""
    z = zaak()
    beeld = Path(os.environ.get("VANGNET_BEELD", tmp_path))
    wissen = z.vraagt("vernietiging")
    decide_request(z.een, NU, z.casus_id, wissen, "geweigerd", "loopt", "Er is nog crisis.")
    fg = new_page(viewport={"width": 390, "height": 844})
    fg.goto("/gezond")
    sign_in(fg, medewerker("fg", organisatie("regio", naam="De regio")))
    fg.goto("/beheer/verzoeken")
    axe(fg)
    fg.screenshot(path=beeld / "fg-390.png", full_page=True)
    fg.get_by_label("Stuur terug").check()
    fg.get_by_role("button", name="Leg vast").press("Enter")
    fg.get_by_text("Er klopt iets niet").wait_for()
    axe(fg)
    fg.screenshot(path=beeld / "fg-fout-390.png", full_page=True)
    assert fg.evaluate("document.documentElement.scrollWidth") <= 390
    fg.get_by_label("Stuur terug").check()
    fg.get_by_label("Bij terugsturen").fill("Welke grond is dit precies?")
    fg.get_by_role("button", name="Leg vast").press("Enter")
    fg.get_by_text("door jou teruggestuurd").wait_for()
    noor = new_page(viewport={"width": 390, "height": 844})
    noor.goto("/gezond")
    sign_in(noor, z.mens_een)
    noor.goto(f"/casus/{z.casus_id}/verzoek/{wissen}")
    assert "Welke grond is dit precies?" in noor.locator("main").inner_text()
    noor.screenshot(path=beeld / "wissen-390.png", full_page=True)
