# SPDX-License-Identifier: EUPL-1.2
"""Mijn werk: yes and no by keyboard and on a phone, a profile that names nobody, and nothing that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.mensen import sign_in
from tests.process.test_show_my_work import NACHT, OCHTEND, Wereld
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Medewerker
from vangnet.casework.models import Aanbod, Taak
from vangnet.conf import clock
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import answer_offer

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
        expect(page.locator(".vn-bericht:not([hidden])")).to_contain_text("Je antwoord staat vast")
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
def test_a_profile_holds_no_name_in_the_whole_page_and_nothing_after_no(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
        sign_in(client, person(w.karim))
        page = client.get("/mijn-werk").content.decode()
        assert "14 jaar · Heerlen" in page
        for geheim in ("Milan", "Janssen", "999910073", "1234 5678"):
            assert geheim not in page
        aanbod = Aanbod.objects.get(soort="overig")
        answer: Any = client.post(f"/mijn-werk/antwoord/{w.casus}/{aanbod.id}", {"antwoord": "nee", "reden": "Vol."})
        assert answer.status_code == 303
        assert str(w.casus) not in client.get("/mijn-werk").content.decode()


@pytest.mark.django_db
def test_a_refresh_in_the_background_is_no_look_and_only_the_parts(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.tessa))
        client.get("/mijn-werk")
        looks = Logregel.objects.filter(handeling="inzien", ding="mijnwerk")
        assert looks.count() == 1
        part = client.get("/mijn-werk", headers={"X-Achtergrond": "1"})
        assert b"<html" not in part.content
        assert "no-store" in part["Cache-Control"]
        assert looks.count() == 1


@pytest.mark.django_db
def test_a_task_is_finished_in_place_and_an_unknown_one_is_refused(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
        answer_offer(w.karim, NACHT, w.casus, Aanbod.objects.get(soort="overig").id, False, "Vol.")
        sign_in(client, person(w.noor))
        taak = Taak.objects.get(sleutel__startswith="geschil.")
        assert "De Linde zegt nee" in client.get("/mijn-werk").content.decode()
        answer: Any = client.post(f"/mijn-werk/taak/{w.casus}/{uuid4()}", {"resultaat": "Gebeld."})
        assert answer.status_code == 400
        answer = client.post(f"/mijn-werk/taak/{w.casus}/{taak.id}", {"resultaat": "Gebeld."})
        assert answer.status_code == 303
        taak.refresh_from_db()
        assert taak.resultaat == "Gebeld."
