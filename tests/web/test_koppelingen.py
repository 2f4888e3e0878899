# SPDX-License-Identifier: EUPL-1.2
"""Beheer, Koppelingen: a key is made and shown once, listed without its secret, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.sleutels import Asker, refusal
from tests.mensen import confirm_all, medewerker, organisatie, sign_in
from vangnet.access.models import Koppeling, Organisatie
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

NU = datetime.fromisoformat("2024-01-20T10:00:00+01:00")
NEW = "/beheer/koppelingen/nieuw"


def sent(bij: Organisatie, **words: Any) -> dict[str, Any]:
    return {
        "organisatie": str(bij.pk),
        "naam": "Telefooncentrale",
        "scopes": ["melding.opnemen", "bellen.inzien"],
        "tot": "2024-12-31",
    } | words


def test_a_key_is_shown_once_works_and_is_taken_back(client: Client) -> None:
    with clock.put_at(NU):
        sign_in(client, medewerker("beheerder"))
        dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
        assert "Er is nog geen koppeling" in client.get("/beheer/koppelingen").content.decode()
        assert 'value="2025-01-19"' in client.get(NEW).content.decode()
        shown = client.post(NEW, sent(dienst))
        assert shown.status_code == 200
        assert "no-store" in shown["Cache-Control"]
        (key,) = re.findall(r"vn_[\w-]{43}", shown.content.decode())
        asker = Asker(key)
        refusal(asker.get("/contacten"), 401, "SleutelWacht")
        confirm_all()
        assert asker.get("/contacten").status_code == 200
        assert asker.get("/casussen").status_code == 403
        listed = client.get("/beheer/koppelingen").content.decode()
        assert key not in listed
        assert key[:9] in listed and "Telefooncentrale" in listed and "di 31 dec" in listed
        assert client.post(NEW, sent(dienst)).status_code == 400, "one name per organisation"
        made = Koppeling.objects.get()
        assert made.geldig_tot == datetime.fromisoformat("2025-01-01T00:00:00+01:00")
        assert client.post(f"/beheer/koppelingen/{made.pk}/intrekken").status_code == 303
        assert asker.get("/contacten").status_code == 401
        assert client.post(NEW, sent(dienst)).status_code == 200
        assert client.post(f"/beheer/koppelingen/{uuid4()}/intrekken").status_code == 409


def test_a_wrong_form_names_every_field_and_keeps_what_was_typed(client: Client) -> None:
    with clock.put_at(NU):
        sign_in(client, medewerker("beheerder"))
        toegang, elders = organisatie("toegang"), organisatie("crisisdienst", regio="lekstroom")
        for wrong, fields in (
            ({"naam": " ", "tot": "2029-01-01"}, {"naam", "tot", "scopes"}),
            ({"tot": "2024-01-19", "scopes": ["casus.inzien", "casus.opeten"]}, {"tot", "scopes"}),
            ({"scopes": [], "naam": "x" * 41}, {"scopes", "naam"}),
            ({"organisatie": str(elders.pk), "tot": "ooit"}, {"organisatie", "tot"}),
            ({"organisatie": "", "scopes": ["bellen.inzien"]}, {"organisatie"}),
        ):
            answer = client.post(NEW, sent(toegang, **wrong))
            assert answer.status_code == 400
            assert set(re.findall(r'id="(\w+)-fout"', answer.content.decode())) == fields, wrong
        kept = client.post(NEW, sent(toegang, scopes=["casus.inzien"], tot="ooit")).content.decode()
        assert 'value="Telefooncentrale"' in kept
        assert re.search(r'value="casus.inzien"[^>]* checked', kept)
        assert not Koppeling.objects.exists()


def test_who_does_not_manage_the_region_gets_nowhere(client: Client) -> None:
    with clock.put_at(NU):
        sign_in(client, medewerker("coordinator"))
        for path in ("/beheer/koppelingen", NEW):
            assert client.get(path).status_code == 403
        assert "Koppelingen" not in client.get("/beheer").content.decode()


def test_the_pages_can_be_used_by_everybody(
    new_page: Callable[..., Page], axe: Callable[[Page], None], live_server: Any
) -> None:
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    beheerder = medewerker("beheerder")
    for width in (1440, 390, 320):
        page = new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if width == 320 else "light")
        page.goto("/gezond")
        sign_in(page, beheerder)
        page.goto(NEW)
        axe(page)
        page.locator("#organisatie").select_option(label=dienst.naam)
        page.get_by_label("Naam van het systeem").fill(f"Telefooncentrale {width}")
        page.get_by_label("Casussen, gebeurtenissen en klokken lezen").check()
        page.get_by_role("button", name="Maak de sleutel").click()
        page.get_by_role("heading", name="Sleutel voor").wait_for()
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{width}: {wide}"
        page.get_by_role("link", name="Naar de koppelingen").click()
        page.get_by_role("heading", name="Koppelingen").wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
