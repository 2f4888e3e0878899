# SPDX-License-Identifier: EUPL-1.2
"""The morning list on the screen: by keyboard and on a phone, several at once, a no with its reason, on paper, and what its sender
sees of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.mensen import sign_in
from tests.process.test_show_my_work import OCHTEND, Wereld
from tests.process.test_signalen import call
from tests.web.test_mijnwerk import person
from vangnet.access.models import Logregel
from vangnet.casework.models import Aanbod, Casus
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEELD = os.environ.get("VANGNET_TEST_BEELD", "")


@pytest.mark.django_db(transaction=True)
def test_the_sheet_by_keyboard_and_on_a_phone_and_on_the_board(
    new_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    from playwright.sync_api import expect

    def look(page: Page, naam: str) -> None:
        if BEELD:
            page.screenshot(path=f"{BEELD}/{naam}.png", full_page=True)

    with clock.put_at(OCHTEND):
        w = Wereld()
        for uur in ("00:40", "01:10", "03:25"):
            call(w, f"2024-05-17T{uur}+02:00")
        Casus.objects.filter(id=w.casus).update(geheim=True)
        page = new_page(viewport={"width": 1440, "height": 900})
        page.goto("/gezond")
        sign_in(page, person(w.tessa))
        page.goto("/mijn-werk/signalen")
        axe(page)
        look(page, "signalen-breed")
        boxes = page.get_by_role("checkbox")
        boxes.nth(0).focus()
        page.keyboard.press("Space")
        boxes.nth(1).check()
        page.get_by_role("button", name="Pak de gekozen signalen op").click()
        expect(page.locator(".vn-bericht").first).to_contain_text("2 signalen opgepakt.")
        assert Aanbod.objects.filter(soort="signaal", antwoord="aanvaard").count() == 2

        phone = new_page(viewport={"width": 390, "height": 844})
        phone.goto("/gezond")
        sign_in(phone, person(w.tessa))
        phone.goto("/mijn-werk/signalen")
        axe(phone)
        look(phone, "signalen-smal")
        phone.get_by_text("Nee, met reden").first.click()
        phone.get_by_label("Woont elders").first.check()
        phone.get_by_role("button", name="Verstuur nee").first.click()
        expect(phone).to_have_url(phone.url.split("/mijn-werk")[0] + "/mijn-werk/signalen")
        assert Aanbod.objects.filter(soort="signaal", antwoord="geweigerd").count() == 1

        sign_in(page, person(w.noor))
        page.goto("/dienst")
        kaart = page.locator("[data-deel=signalen]")
        expect(kaart).to_contain_text(f"gelezen door {w.tessa.naam} om 9:05")
        expect(kaart).to_contain_text(f"opgepakt door {w.tessa.naam} om 9:05")
        axe(page)
        look(page, "signalen-bord")
        page.goto(f"/casus/{Aanbod.objects.get(soort='signaal', antwoord='').casus_id}")
        expect(page.locator("main")).to_contain_text(
            f"Signaal aan Toegang Heerlen: gelezen door {w.tessa.naam} om 9:05."
        )
        look(page, "signalen-casus")


@pytest.mark.django_db
def test_what_is_wrong_comes_back_on_the_sheet_and_paper_is_a_line_in_the_log(client: Client) -> None:
    with clock.put_at(OCHTEND):
        w = Wereld()
        sign_in(client, person(w.tessa))
        aanbod = Aanbod.objects.get()
        for wat in ({}, {"signaal": "onzin"}, {"signaal": ["x/y", f"{w.casus}/"]}):
            antwoord: Any = client.post("/mijn-werk/signalen/oppakken", wat)
            assert antwoord.status_code == 400
            assert "minstens één signaal" in antwoord.content.decode()
        adres = f"/mijn-werk/antwoord/{w.casus}/{aanbod.id}"
        antwoord = client.post(adres, {"antwoord": "nee", "lijst": "1", "reden": ""})
        assert antwoord.status_code == 400
        assert 'id="sg-fout"' in antwoord.content.decode()
        aanbod.refresh_from_db()
        assert (aanbod.antwoord, aanbod.gelezen_op) == ("", None), "a refused attempt is nobody who reads"
        blad = client.get("/mijn-werk/signalen?print=1").content.decode()
        assert "Dit staat in het log" in blad
        assert Logregel.objects.filter(handeling="printen", ding="mijnwerk").count() == 1
        antwoord = client.post("/mijn-werk/signalen/oppakken", {"alleen": f"{w.casus}/{aanbod.id}", "signaal": "x"})
        assert antwoord.status_code == 303
        assert "Vandaag opgepakt" in client.get("/mijn-werk/signalen").content.decode()
