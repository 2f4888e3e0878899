# SPDX-License-Identifier: EUPL-1.2
"""The board in a browser: what is on it, keys, the refresh that disturbs nobody, the wall, the list, the roster."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_board import NACHT, melding
from tests.rollen import statements
from vangnet.access.models import Logregel, Medewerker
from vangnet.conf import clock
from vangnet.process.dispatch_inschatting import depart
from vangnet.process.duty import add_duty
from vangnet.process.take_melding import begin_melding, park_melding

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def night() -> Any:
    """A service with a busy night; returns its coordinator."""
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    for gemeente in ("Heerlen", "Beek", "Vaals"):
        organisatie("toegang", naam=f"Toegang {gemeente}", gemeente=gemeente)
    baas = medewerker("coordinator", dienst, naam="Marloes Smeets", telefoon="045 555 01 00")
    iris = medewerker("crisismedewerker", dienst, naam="Iris Custers", telefoon="045 555 01 03")
    ik = actor_of(iris)
    bezoek = melding(ik, "Milan", op=NACHT - timedelta(hours=2))
    depart(ik, NACHT - timedelta(minutes=90), bezoek, "Noor en Bram",
           terug_verwacht_op=NACHT - timedelta(minutes=10), bel_als_niet_terug="Bram")  # fmt: skip
    melding(ik, "Elias", gemeente="Vaals")
    melding(ik, "Lars", uitkomst="acute_hulp", op=NACHT - timedelta(days=4), gemeente="Beek")
    begin_melding(ik, NACHT, (call := uuid4()), {f"jeugdige.{uuid4()}.voornaam": "Noor"})
    park_melding(ik, NACHT, call)
    for wie, taak, van, tot in ((baas, "coordinator", "16:00", "23:30"), (iris, "voorwacht", "16:00", "07:30")):
        velden = {"wie": str(wie.pk), "taak": taak, "dag": "2024-05-16", "van": van, "tot": tot}
        add_duty(actor_of(baas), NACHT, dienst.pk, velden)
    return baas


def test_the_page_takes_few_statements_and_logs_real_looks_only(client: Client) -> None:
    with clock.put_at(NACHT):
        sign_in(client, night())
        client.get("/dienst")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = client.get("/dienst")
        assert page.status_code == 200
        # Session, person, who takes part, strips, duty, signals; and since they stand on the board: the hand-over, messages that did not
        # arrive and whether the sender lives, and who has duty in the coming day.
        assert len(statements(seen)) <= 10, [one[:90] for one in statements(seen)]
        text = page.content.decode()
        assert "Milan V." in text and "Bel Bram" in text and 'href="tel:0455550100"' in text
        logged = Logregel.objects.filter(ding="bord").count()
        part = client.get("/dienst", headers={"X-Achtergrond": "1"}).content.decode()
        assert part.lstrip().startswith('<div class="ds-deel"')
        assert Logregel.objects.filter(ding="bord").count() == logged == 2
        assert "Naar de dienst" in client.get("/dienst/overdracht").content.decode()
        assert Logregel.objects.filter(ding="overdracht").count() == 1
        for address in (
            "/dienst?gemeente=Vaals&stand=hulp&mijn=ja&laat=ja&oefening=ja&alles=ja",
            "/dienst/rooster?van=x&bij=y",
            "/dienst/bord",
        ):
            assert client.get(address).status_code == 200
        assert client.post("/dienst").status_code == 405


def test_who_took_the_call_goes_on_and_a_colleague_takes_over(client: Client) -> None:
    """In the same minute: what is kept of a strip is never another person's sight of it."""
    with clock.put_at(NACHT):
        baas = night()
        iris = Medewerker.objects.get(naam="Iris Custers")
        knoppen = []
        for wie in (iris, baas, iris):
            sign_in(client, wie)
            bord = (
                client.get("/dienst").content.decode().partition('data-deel="meldingen"')[2].partition("</section>")[0]
            )
            knoppen.append([knop in bord for knop in ("Ga verder", "Neem over")])
    assert knoppen == [[True, False], [False, True], [True, False]]


def test_the_roster_in_forms(client: Client) -> None:
    with clock.put_at(NACHT):
        baas = night()
        sign_in(client, baas)
        bij = actor_of(baas).organisatie_id
        add, sent = (
            f"/dienst/rooster/{bij}/toevoegen",
            {"wie": str(baas.pk), "taak": "achterwacht", "dag": "2024-05-18"},
        )
        good = client.post(add, sent | {"van": "09:00", "tot": "17:00"})
        assert good.status_code == 303
        assert "za 18 mei" in client.get(good["Location"]).content.decode()
        gap = client.post(add, sent | {"dag": "2024-03-31", "van": "02:30", "tot": "10:00"})
        assert gap.status_code == 400
        assert 'id="van-fout"' in gap.content.decode() and 'value="2024-03-31"' in gap.content.decode()
        assert client.post(f"/dienst/rooster/{uuid4()}/weg").status_code == 409
        assert client.post(f"/dienst/rooster/{uuid4()}/toevoegen", sent).status_code == 409


def test_the_board_in_a_browser(new_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    with clock.put_at(NACHT):
        baas = night()
        page = new_page(viewport={"width": 1440, "height": 1000})
        page.goto("/gezond")
        sign_in(page, baas)
        page.goto("/dienst")
        axe(page)
        foto(page, "breed")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        here = page.evaluate("document.activeElement.href")
        assert here == page.locator("[data-strip] h3 a").first.evaluate("a => a.href")
        # A colleague takes a call and finishes it; another one is put down.
        iris = actor_of(medewerker("crisismedewerker", actor_org(baas), naam="Tom Wouters"))
        melding(iris, "Yara", gemeente="Beek")
        begin_melding(iris, NACHT, (call := uuid4()), {f"jeugdige.{uuid4()}.voornaam": "Finn"})
        park_melding(iris, NACHT, call)
        page.evaluate("htmx.trigger('#ds-haal', 'ververs')")
        page.locator("#ds-wijzigingen").wait_for(state="visible")
        assert "Yara V. kwam erbij" in page.locator("#ds-wijzigingen").inner_text()
        assert page.locator("[data-strip]", has_text="Finn").count() == 1, "a call that nobody has taken does not wait"
        assert page.locator("[data-strip]", has_text="Yara").count() == 0
        assert page.evaluate("document.activeElement.href") == here
        foto(page, "wijziging")
        axe(page)
        page.get_by_role("button", name="Gezien").click()
        assert page.locator("[data-strip]", has_text="Yara").count() == 1
        page.route("**/dienst", lambda route: route.abort())
        page.evaluate("htmx.trigger('#ds-haal', 'ververs')")
        page.locator("#ds-live.is-weg").wait_for()
        page.unroute("**/dienst")
        page.locator("[data-strip] h3 a[href*='/casus/']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/casus/**")
        page.goto("/dienst/overdracht")
        axe(page)
        foto(page, "overdracht")
        page.goto("/dienst/rooster")
        axe(page)
        foto(page, "rooster")
        page.goto("/dienst/bord")
        axe(page)
        foto(page, "wand")
        page.evaluate("document.body.classList.add('is-op-slot'); document.dispatchEvent(new Event('vangnet:slotvel'))")
        wall = page.locator("#ds-wand").inner_text()
        assert "Milan" not in wall and "Iris" not in wall and "045 555 01 03" in wall
        page.goto("/dienst")
        page.keyboard.press("n")
        page.wait_for_url("**/melding/**")


def test_the_board_on_a_phone_and_in_the_dark(new_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    with clock.put_at(NACHT):
        baas = night()
        page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
        page.goto("/gezond")
        sign_in(page, baas)
        page.goto("/dienst")
        axe(page)
        foto(page, "smal-donker")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.set_viewport_size({"width": 320, "height": 700})
        for address in ("/dienst", "/dienst/rooster", "/dienst/overdracht", "/dienst/bord"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            foto(page, "320" + address.replace("/", "-"))
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.goto("/dienst")
        foto(page, "breed-donker")


def test_the_wall_forgets_names_when_nobody_is_there(client: Client) -> None:
    with clock.put_at(NACHT) as hand:
        sign_in(client, night())
        assert "Milan V." in client.get("/dienst/bord").content.decode()
        hand.advance(timedelta(minutes=6))
        answer = client.get("/dienst/bord", headers={"X-Achtergrond": "1"})
        text = answer.content.decode()
        assert answer.status_code == 200
        for name in ("Milan", "Elias", "Lars", "Iris", "Marloes", "Bram"):
            assert name not in text
        assert "045 555 01 03" in text and "Een collega had terug moeten zijn" in text
        assert client.get("/dienst", headers={"X-Achtergrond": "1", "HX-Request": "true"}).status_code == 423


def actor_org(person: Any) -> Any:
    """The organisation of a person."""
    return person.functies.get().organisatie


def foto(page: Page, naam: str) -> None:
    """A picture to look at, where somebody asks for it."""
    if folder := os.environ.get("VANGNET_FOTO"):
        page.screenshot(path=f"{folder}/dienst-{naam}.png", full_page=True)


def test_moments(client: Client) -> None:
    """The hour that comes twice in October and a leap day give a page."""
    for moment in ("2024-10-27T00:30:00+00:00", "2024-02-29T22:00:00+00:00", "2024-12-31T22:30:00+00:00"):
        op = datetime.fromisoformat(moment)
        with clock.put_at(op):
            person = medewerker("crisismedewerker")
            sign_in(client, person)
            melding(actor_of(person), op=op)
            assert client.get("/dienst").status_code == 200
