# SPDX-License-Identifier: EUPL-1.2
"""Mijn werk, Zoeken and Bellen in the browser: yes and no by keyboard, on a phone, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.mensen import sign_in
from tests.process.test_show_my_work import NACHT, OCHTEND, Wereld
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker
from vangnet.casework.models import Aanbod
from vangnet.conf import clock
from vangnet.process.ask_organisation import ask_organisation

if TYPE_CHECKING:
    from playwright.sync_api import Page


def person(actor: Actor) -> Medewerker:
    return Medewerker.objects.get(id=actor.medewerker_id)


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_by_keyboard_and_on_a_phone(new_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    from playwright.sync_api import expect

    with clock.put_at(OCHTEND):
        w = Wereld()
        ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
        page = new_page(viewport={"width": 1280, "height": 900})
        page.goto("/gezond")
        sign_in(page, person(w.tessa))
        page.goto("/mijn-werk")
        axe(page)
        page.keyboard.press("j")
        expect(page.locator("[data-vraag] h3")).to_be_focused()
        page.keyboard.press("a")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Je antwoord staat vast")).to_be_visible()
        assert Aanbod.objects.get(soort="signaal").antwoord == "aanvaard"

        phone = new_page(viewport={"width": 390, "height": 844})
        phone.goto("/gezond")
        sign_in(phone, person(w.karim))
        phone.goto("/mijn-werk")
        expect(phone.get_by_role("heading", name="14 jaar · Heerlen")).to_be_visible()
        axe(phone)
        phone.keyboard.press("j")
        phone.keyboard.press("w")
        phone.keyboard.press("Space")
        phone.get_by_role("button", name="Verstuur nee").click()
        expect(phone.get_by_text("Niets wacht op jullie antwoord.")).to_be_visible()
        assert Aanbod.objects.get(soort="overig").antwoord == "geweigerd"

        phone.goto("/bellen")
        phone.get_by_label("Zoek een naam of gemeente").fill("vaals")
        expect(phone.locator("#inhoud").get_by_text("De Linde", exact=True)).to_be_hidden()
        axe(phone)
        sign_in(phone, person(w.noor))
        phone.goto("/zoeken")
        phone.get_by_label("Naam, nummer").press_sequentially("jansen")
        expect(phone.get_by_role("link", name="Milan J.")).to_be_visible()
        assert "jansen" not in phone.url
        axe(phone)


@pytest.mark.django_db
def test_a_no_without_a_reason_comes_back_with_the_form(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.tessa))
        aanbod = Aanbod.objects.get(soort="signaal")
        address = f"/mijn-werk/antwoord/{w.casus}/{aanbod.id}"
        answer: Any = client.post(address, {"antwoord": "nee", "reden": ""})
        assert answer.status_code == 400
        assert "waarom het niet kan" in answer.content.decode()
        aanbod.refresh_from_db()
        assert aanbod.antwoord == ""
        assert client.post(address, {"antwoord": "nee", "waarom": "Woont elders"}).status_code == 303
        assert client.post(address, {"antwoord": "ja"}).status_code == 404, "after a no the casus is out of sight"


@pytest.mark.django_db
def test_nothing_of_a_search_stays_in_the_browser(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.noor))
        answer = client.post("/zoeken", {"zoek": "Janssen"})
        assert "no-store" in answer["Cache-Control"]
        assert "Milan J." in answer.content.decode()
        for woorden in ("\x00", "%", "🙂" * 200, "x" * 5000):
            assert client.post("/zoeken", {"zoek": woorden}).status_code == 200
