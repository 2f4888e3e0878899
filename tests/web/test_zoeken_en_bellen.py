# SPDX-License-Identifier: EUPL-1.2
"""Zoeken and Bellen: by keyboard and on a phone, nothing that stays behind, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.mensen import sign_in
from tests.process.test_show_my_work import OCHTEND, Wereld
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Medewerker
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640})


def person(actor: Actor) -> Medewerker:
    return Medewerker.objects.get(id=actor.medewerker_id)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", SIZES)
def test_by_keyboard(new_page: Callable[..., Page], axe: Callable[[Page], None], size: dict[str, int]) -> None:
    from playwright.sync_api import expect

    with clock.put_at(OCHTEND):
        w = Wereld()
        page = new_page(viewport=size)
        page.goto("/gezond")
        sign_in(page, person(w.noor))

        page.goto("/zoeken")
        expect(page.get_by_label("Naam, nummer")).to_be_focused()
        page.keyboard.type("jansen")
        link = page.get_by_role("link", name="Milan J.")
        expect(link).to_be_visible()
        expect(page.locator("#vn-meld")).to_have_text("1 gevonden")
        axe(page)
        page.keyboard.press("ArrowDown")
        expect(link).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(page.get_by_label("Naam, nummer")).to_be_focused()
        assert "jansen" not in page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]

        page.goto(f"/bellen?casus={w.casus}")
        expect(page.get_by_role("heading", name="Bij deze casus")).to_be_visible()
        axe(page)
        page.keyboard.press("/")
        field = page.get_by_label("Zoek een naam of gemeente")
        expect(field).to_be_focused()
        page.keyboard.type("vaals")
        expect(page.locator("#inhoud").get_by_text("De Linde", exact=True)).to_be_hidden()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="Bel Toegang Vaals: 0455550131")).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.type(" zzz")
        expect(page.get_by_text("Geen nummer met die naam.")).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.django_db
def test_nothing_of_a_search_stays_in_the_browser(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.noor))
        answer = client.post("/zoeken", {"zoek": "Janssen"})
        assert "no-store" in answer["Cache-Control"]
        assert "Milan J." in answer.content.decode()
        bsn = client.post("/zoeken", {"zoek": "999910073"}).content.decode()
        assert "Milan J." in bsn
        assert "999910073" not in bsn, "a BSN is never shown back"
        for woorden in ("\x00", "%", "🙂" * 200, "x" * 5000, "\ud800".encode("utf-8", "surrogatepass")):
            assert client.post("/zoeken", {"zoek": woorden}).status_code == 200
        assert client.get("/zoeken?zoek=Janssen").content.decode().count("Milan") == 0, "an address searches nothing"
        assert client.put("/zoeken").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/mijn-werk", "/zoeken", "/bellen", "/dienst", "/melding/nieuw", "/account"])
def test_no_signed_in_page_is_kept_by_a_browser(client: Client, address: str) -> None:
    with clock.put_at(OCHTEND):
        sign_in(client, person(Wereld().noor))
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.django_db
def test_the_phone_list_works_without_script_and_keeps_a_casus_to_itself(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.els))
        page = client.get("/bellen").content.decode()
        assert 'href="tel:0455550130"' in page
        assert 'href="tel:08002000"' in page
        assert client.get("/bellen?casus=iets").status_code == 200
        unseen = client.get(f"/bellen?casus={w.casus}")
        unknown = client.get("/bellen?casus=00000000-0000-7000-8000-000000000000")
        assert (unseen.status_code, unknown.status_code) == (404, 404)
        assert not Logregel.objects.filter(casus_id=w.casus, medewerker_id=w.els.medewerker_id, geslaagd=True).exists()
