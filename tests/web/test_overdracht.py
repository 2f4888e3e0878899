# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift on screen: forms that keep what was typed, two people, and a page that lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.mensen import actor_of, functie_van, medewerker, organisatie, sign_in
from tests.process.test_show_board import NACHT, melding
from tests.web.test_dienst import night
from vangnet.access.models import Logregel, Medewerker
from vangnet.capacity.models import Dienstoverdracht, Dienstoverdrachtregel
from vangnet.conf import clock
from vangnet.process.write_note import write_note

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
PAD = "/dienst/overdracht"


def hidden(page: str, naam: str) -> str:
    return page.partition(f'name="{naam}" value="')[2].partition('"')[0]


def form_of(client: Client) -> tuple[str, dict[str, str]]:
    page = client.get(PAD).content.decode()
    return page, {naam: hidden(page, naam) for naam in ("id", "gezien")}


def test_it_is_given_and_taken_by_two_people_and_keeps_what_was_typed(client: Client) -> None:
    with clock.put_at(NACHT):
        baas = night()
        iris = Medewerker.objects.get(naam="Iris Custers")
        sign_in(client, iris)
        page, vorm = form_of(client)
        assert "Noor en Bram, weg sinds 21:44, had terug moeten zijn om 23:04: bel Bram" in page
        assert page.index("Wat niet kan wachten") < page.index("Alle open casussen") < page.index("Komende twaalf uur")
        assert Logregel.objects.filter(ding="overdracht").count() == 1
        client.get(PAD, headers={"X-Achtergrond": "1"})
        assert Logregel.objects.filter(ding="overdracht").count() == 1
        casus = vorm["gezien"].split("=")[0]
        zegt = {f"bij.{casus}": "Oma <belt> om acht uur.", "opmerking": "De auto staat bij de garage."}
        melding(actor_of(baas), "Yara", op=NACHT)
        anders = client.post(f"{PAD}/tekenen", vorm | zegt)
        tekst = anders.content.decode()
        assert anders.status_code == 409 and not Dienstoverdracht.objects.exists()
        assert "Oma &lt;belt&gt; om acht uur." in tekst and "De auto staat bij de garage." in tekst
        assert tekst.count("nieuw sinds je deze lijst opende") == 1
        vorm["gezien"] = hidden(tekst, "gezien")
        assert hidden(tekst, "id") == vorm["id"]
        te_lang = client.post(f"{PAD}/tekenen", vorm | {f"bij.{casus}": "x" * 301})
        assert te_lang.status_code == 400 and "hooguit 300 tekens" in te_lang.content.decode()
        for stuk in ({"gezien": "x=y"}, {"gezien": "1=99999999999999999999"}, {"id": "nee"}, {"bij.nee": "x"}):
            assert client.post(f"{PAD}/tekenen", vorm | stuk).status_code == 400
        zegt["opmerking"] += "\x00\u202e"
        assert [client.post(f"{PAD}/tekenen", vorm | zegt).status_code for _ in range(2)] == [303, 303]
        overdracht = Dienstoverdracht.objects.get()
        assert overdracht.opmerking == "De auto staat bij de garage."
        assert Dienstoverdrachtregel.objects.get(casus_id=casus, kant="geeft").opmerking == "Oma <belt> om acht uur."
        eigen = client.get(PAD).content.decode()
        assert "Haal terug" in eigen and "Ontvang als" not in eigen
        assert (
            "Je tekende deze overdracht zelf" in client.post(f"{PAD}/{overdracht.id}/ontvangen", vorm).content.decode()
        )
        sign_in(client, medewerker("psychiater", functie_van(iris).organisatie))
        leest = client.get(PAD).content.decode()
        assert "Nog niemand ontving de dienst." in leest and "<textarea" not in leest
        assert client.post(f"{PAD}/{overdracht.id}/ontvangen", vorm).status_code == 403
        sign_in(client, medewerker("coordinator", organisatie("crisisdienst", naam="Elders")))
        assert client.get(f"{PAD}/{overdracht.id}").status_code == 404
        assert client.post(f"{PAD}/{overdracht.id}/terug").status_code == 404
        sign_in(client, baas)
        assert "Lees en ontvang" in client.get("/dienst").content.decode()
        page, vorm = form_of(client)
        assert client.post(f"{PAD}/{overdracht.id}/ontvangen", vorm).status_code == 303
        toen = client.get(f"{PAD}/{overdracht.id}").content.decode()
        assert "Iris Custers" in toen and "Marloes Smeets" in toen and "Oma &lt;belt&gt;" in toen
        assert "Lees en ontvang" not in client.get("/dienst").content.decode()
        assert "Milan" in toen and "Oma" not in client.get(PAD).content.decode()


def test_the_page_lives_and_is_signed_by_keyboard(new_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    with clock.put_at(NACHT):
        baas = night()
        iris = Medewerker.objects.get(naam="Iris Custers")

        def enter(wie: Any, **words: Any) -> Page:
            page = new_page(**words)
            page.goto("/gezond")
            sign_in(page, wie)
            page.goto(PAD)
            return page

        page = enter(iris, viewport={"width": 1440, "height": 1000})
        axe(page)
        page.locator("details", has_text="Milan").locator("summary").press("Enter")
        page.get_by_label("Opmerking bij Milan V.").fill("Oma belt om acht uur.")
        milan = page.locator("[data-casus]", has_text="Milan").get_attribute("data-casus")
        write_note(actor_of(baas), NACHT, milan, inhoud="x")
        melding(actor_of(baas), "Yara", op=NACHT)
        page.evaluate("document.dispatchEvent(new Event('vangnet:veranderd'))")
        page.locator("[data-casus].is-anders", has_text="Yara").wait_for()
        assert page.locator("[data-casus].is-anders", has_text="net veranderd").count() == 1
        assert page.get_by_label("Opmerking bij Milan V.").input_value() == "Oma belt om acht uur."
        page.get_by_label("Over de dienst als geheel").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("Je hebt getekend.").wait_for()
        axe(page)
        write_note(actor_of(iris), NACHT + timedelta(minutes=1), milan, inhoud="y")
        ander = enter(baas, viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
        axe(ander)
        assert ander.evaluate("document.documentElement.scrollWidth") <= 390
        assert "veranderd sinds Iris Custers tekende" in ander.locator("[data-casus]", has_text="Milan").inner_text()
        assert "Oma belt om acht uur." in ander.locator("[data-casus]", has_text="Milan").inner_text()
        ander.get_by_role("button", name="Ontvang als Marloes Smeets").press("Enter")
        ander.get_by_text("Je hebt de dienst ontvangen.").wait_for()
        page.evaluate("document.dispatchEvent(new Event('vangnet:veranderd'))")
        page.get_by_text("Er is intussen getekend of teruggehaald").wait_for()
        ander.locator("section[aria-labelledby=od-6] a").first.press("Enter")
        ander.wait_for_url("**/overdracht/*")
        axe(ander)
    assert Dienstoverdracht.objects.get().ontvanger_id == baas.pk
