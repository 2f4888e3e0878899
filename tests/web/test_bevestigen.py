# SPDX-License-Identifier: EUPL-1.2
"""Beheer, Bevestigen: the second person says yes or no, on a phone and at a desk, by keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access import accounts, koppelingen
from vangnet.access.models import Koppeling, Rol
from vangnet.conf import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_page_can_be_used_by_everybody(
    new_page: Callable[..., Page], axe: Callable[[Page], None], live_server: Any
) -> None:
    now, dienst = clock.now(), organisatie("crisisdienst", naam="Crisishulp Jeugd")
    door, ander = medewerker(Rol.BEHEERDER, naam="Hanna Vos"), medewerker(Rol.BEHEERDER, naam="Piet Kuipers")
    boss = actor_of(door)
    accounts.invite(boss, dienst.pk, Rol.CRISISMEDEWERKER, "sanne@voorbeeld.test", "Sanne Peeters-van der Meulen", now)
    scopes = ["casus.inzien", "besluit.inzien", "bellen.inzien"]
    for width in (1440, 390, 320):
        koppelingen.create(boss, now, dienst.pk, f"Telefooncentrale {width}", scopes, now + timedelta(days=90))
    for width in (1440, 390, 320):
        page = new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if width == 320 else "light")
        page.goto("/gezond", timeout=60_000)  # the first page of a server that just began
        sign_in(page, door)
        page.goto("/beheer/bevestigen")
        page.get_by_text("Dit maakte je zelf").first.wait_for()
        axe(page)
        sign_in(page, ander)
        page.goto("/beheer")
        axe(page)
        page.get_by_role("link", name="Bekijk").click()
        page.get_by_role("heading", name="Bevestigen").wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, width
        page.get_by_role("button", name=f"Bevestig Telefooncentrale {width}").focus()
        page.keyboard.press("Enter")
        page.get_by_text(f"De sleutel van Telefooncentrale {width} werkt nu.").wait_for()
        axe(page)
    assert Koppeling.objects.filter(bevestigd_door=ander).count() == 3
    page.get_by_role("button", name="Wijs af Sanne").click()
    page.get_by_text("Er wacht niets op bevestiging").wait_for()
