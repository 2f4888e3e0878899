# SPDX-License-Identifier: EUPL-1.2
"""The board and Beheer say how old the last backup is, in plain words, and only when somebody must do something is it loud."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, override_settings

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_board import NACHT
from tests.rollen import as_application, at_most
from vangnet.access.models import Medewerker, Reservekopie
from vangnet.conf import clock
from vangnet.process.show_reservekopie import warn_of_backups

if TYPE_CHECKING:
    from playwright.sync_api import Page

VINGER = "ab" * 32


def kept(uren: float, soort: str = "gemaakt", goed: bool = True, uitslag: str = "") -> None:
    """A backup that was made, or looked over, so many hours before the night."""
    Reservekopie.objects.create(
        op=NACHT - timedelta(hours=uren), vastgelegd_op=NACHT, soort=soort, goed=goed, grootte=1, tabellen=60, rijen=123_456,
        vingerafdruk=VINGER, uitslag=uitslag,
    )  # fmt: skip


def people() -> tuple[Medewerker, Medewerker, Medewerker]:
    """Somebody of the crisis service, an administrator, the privacy officer."""
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    regio = organisatie("regio", naam="Regio")
    return medewerker("coordinator", dienst), medewerker("beheerder", regio), medewerker("fg", regio)


@pytest.mark.django_db
@override_settings(VANGNET_BACKUP_UREN=26)
def test_the_board_is_silent_while_all_is_well_and_says_what_to_do_when_not(client: Client) -> None:
    baas, beheerder, fg = people()
    with clock.put_at(NACHT):
        for uren, goed, zegt in (
            (None, True, "Er is nog geen reservekopie."),
            (72, True, "Laatste reservekopie: 3 dagen geleden."),
            (30, True, "Laatste reservekopie: 30 uur geleden."),
            (1, False, "Laatste reservekopie: 30 uur geleden."),  # One that failed is no backup.
            (26, True, ""),
            (0.5, True, ""),
        ):
            if uren is not None:
                kept(uren, goed=goed)
            sign_in(client, baas)
            bord = client.get("/dienst", headers={"X-Achtergrond": "1"}).content.decode()
            assert zegt in bord
            assert ("Laat het overdag de technisch beheerder weten" in bord) == bool(zegt) == ("reservekopie" in bord)
            assert VINGER not in bord
            for wie, pagina in ((beheerder, "/beheer"), (fg, "/beheer/log")):
                sign_in(client, wie)
                tekst = client.get(pagina).content.decode()
                assert (zegt or "Laatste reservekopie: ") in tekst
                assert ("Ouder dan 26 uur" in tekst) == (bool(zegt) and uren is not None)
        assert VINGER in tekst
        assert "nog nooit een kopie op proef teruggezet" in tekst
        kept(3, "teruggezet")
        kept(2, "nagekeken", False, "public.casework_jeugdige: 3 rijen, maar niet dezelfde inhoud.")
        tekst = client.get("/beheer/log").content.decode()
        assert "Alles was gelijk." in tekst
        assert "casework_jeugdige: 3 rijen" in tekst


@pytest.mark.django_db
def test_nobody_is_warned_where_another_makes_the_backups_and_others_are_never_asked(client: Client) -> None:
    baas, beheerder, _ = people()
    toegang = medewerker("toegangsmedewerker", organisatie("toegang", naam="Toegang Beek", gemeente="Beek"))
    van_dienst, van_toegang = actor_of(baas), actor_of(toegang)
    with as_application():
        with at_most(0):
            assert warn_of_backups(van_dienst, NACHT) is None
        with override_settings(VANGNET_BACKUP_UREN=26):
            with at_most(0):
                assert warn_of_backups(van_toegang, NACHT) is None
            with at_most(1):
                assert warn_of_backups(van_dienst, NACHT)
    with clock.put_at(NACHT):
        sign_in(client, beheerder)
        assert "Vangnet waarschuwt hier niet" in client.get("/beheer").content.decode()


@pytest.mark.django_db(transaction=True)
@override_settings(VANGNET_BACKUP_UREN=26)
def test_in_a_browser(new_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    baas, beheerder, fg = people()
    kept(72)
    kept(200, "teruggezet")
    beeld = os.environ.get("VANGNET_BEELD")
    with clock.put_at(NACHT):
        for breed, hoog in ((1440, 900), (390, 844)):
            for wie, pagina in ((baas, "/dienst"), (beheerder, "/beheer"), (fg, "/beheer/log")):
                words: dict[str, Any] = {"viewport": {"width": breed, "height": hoog}}
                page = new_page(**words)
                sign_in(page, wie)
                page.goto(pagina)
                assert page.get_by_text("Laatste reservekopie: 3 dagen geleden.").is_visible()
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                if breed == 390 or pagina == "/dienst":
                    axe(page)
                if beeld:
                    page.screenshot(path=Path(beeld) / f"kopie{pagina.replace('/', '-')}-{breed}.png", full_page=True)
