# SPDX-License-Identifier: EUPL-1.2
"""Signing in, locking and the own account in a real browser, with a passkey of a virtual authenticator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from playwright.sync_api import expect

from tests.access.test_aanmelden import GEHEIM, WACHTWOORD, now_code
from tests.mensen import actor_of, confirm_all, functie, medewerker, organisatie, sign_in
from vangnet.access import accounts
from vangnet.access.models import Rol, Soort
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def passkeys(page: Page) -> None:
    """Give the browser an authenticator that always agrees."""
    link = page.context.new_cdp_session(page)
    link.send("WebAuthn.enable")
    link.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_from_invitation_to_passkey_and_back(page: Page, axe: Callable[[Page], None]) -> None:
    boss = actor_of(medewerker(Rol.BEHEERDER))
    bij = organisatie(naam="Crisisdienst Zuid")
    _, secret = accounts.invite(boss, bij.pk, Rol.CRISISMEDEWERKER, "bo@voorbeeld.test", "Bo Adema", clock.now())
    confirm_all()
    passkeys(page)
    page.goto(f"/uitnodiging/{secret}")
    axe(page)
    page.get_by_label("Nieuw wachtwoord").fill(WACHTWOORD)
    page.get_by_label("Nog een keer").fill(WACHTWOORD)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    axe(page)
    page.get_by_label("Naam voor een nieuwe sleutel").fill("werktelefoon")
    page.get_by_role("button", name="Voeg een sleutel toe").click()
    expect(page.get_by_text("Je sleutel is toegevoegd.")).to_be_visible()
    expect(page.get_by_text("werktelefoon")).to_be_visible()
    axe(page)

    page.locator(".vn-wie > summary").click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    axe(page)
    page.get_by_role("button", name="Aanmelden met je sleutel").click()
    expect(page.locator(".vn-wie__in b")).to_have_text("Bo Adema")

    page.locator(".vn-wie > summary").click()
    page.get_by_role("button", name="Zet op slot").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Op slot")
    axe(page)
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Op slot")
    page.get_by_role("button", name="Ontgrendel met je sleutel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")


def test_the_page_locks_itself_and_keeps_what_was_typed(page: Page, axe: Callable[[Page], None]) -> None:
    person = medewerker(password=WACHTWOORD, naam="Noor Jansma")
    totp.TOTP.activate(person, GEHEIM)
    page.clock.install()
    sign_in(page, person)
    page.goto("/account")
    page.get_by_label("Naam voor een nieuwe sleutel").fill("half getypt")
    page.clock.run_for(timedelta(minutes=5, seconds=10).seconds * 1000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Op slot")
    expect(page.get_by_label("Naam voor een nieuwe sleutel")).to_be_hidden()
    assert page.title() == "Op slot – Vangnet"
    axe(page)
    page.get_by_label("Code uit je app").fill("000000")
    page.get_by_role("button", name="Ontgrendel", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code uit je app").fill(now_code())
    page.get_by_role("button", name="Ontgrendel", exact=True).click()
    expect(page.get_by_label("Naam voor een nieuwe sleutel")).to_have_value("half getypt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    page.locator(".vn-wie > summary").click()
    page.get_by_role("button", name="Zet op slot").click()
    page.wait_for_url("**/slot")


def test_a_form_survives_a_session_that_ended(page: Page) -> None:
    person = medewerker(password=WACHTWOORD)
    page.clock.install()
    sign_in(page, person)
    page.goto("/account")
    page.get_by_text("Verander je wachtwoord").click()
    page.get_by_label("Wachtwoord van nu").fill(WACHTWOORD)
    page.get_by_label("Nieuw wachtwoord").fill("een-heel-ander-geheim-7")
    page.get_by_label("Nog een keer").fill("een-heel-ander-geheim-7")
    accounts.revoke(person.pk, clock.now())
    page.clock.run_for(90_000)
    page.get_by_role("button", name="Verander", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="niet meer aangemeld")).to_be_visible()
    expect(page.get_by_label("Nieuw wachtwoord")).to_have_value("een-heel-ander-geheim-7")
    person.refresh_from_db()
    sign_in(page, person)
    page.get_by_role("button", name="Verander", exact=True).click()
    expect(page.get_by_text("Je wachtwoord is veranderd")).to_be_visible()


@pytest.mark.parametrize("words", [{}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 800}}])
def test_no_barrier(new_page: Callable[..., Page], axe: Callable[[Page], None], words: dict[str, Any]) -> None:
    accounts.mark_as_demo(clock.now())
    person = medewerker(naam="Noor Jansma")
    totp.TOTP.activate(person, GEHEIM)
    functie(person, Rol.TOEGANGSMEDEWERKER, organisatie(Soort.TOEGANG))
    page = new_page(**words)
    for path in ("/aanmelden", "/proef", "/uitnodiging/x"):
        page.goto(path)
        axe(page)
    sign_in(page, person)
    for path in ("/account", "/slot", "/afspraken"):
        page.goto(path)
        page.locator(".vn-wie > summary").click()
        axe(page)


def test_the_menu_shows_what_a_function_may(client: Client, settings: Any) -> None:
    assert "Aanmelden" in client.get("/afspraken").content.decode()
    sign_in(client, medewerker(Rol.FG, naam="Fenna de Wit"))
    page = client.get("/afspraken").content.decode()
    assert "Fenna de Wit" in page
    assert 'href="/dienst"' not in page
    assert 'href="/regios"' in page
