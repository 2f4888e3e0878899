# SPDX-License-Identifier: EUPL-1.2
"""The page Bewaren en wissen: by number, for who watches over it; and what a person sees of a casus that was erased."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.test import Client

from tests.bewaring import age, closed, dossier, due
from tests.mensen import medewerker, organisatie, sign_in
from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.access.models import Medewerker
from vangnet.casework.models import Bewaarstop, Grafsteen, Wisopdracht
from vangnet.cli.postgres import WIS, Cluster
from vangnet.process.erase_due import erase
from vangnet.web.beheer.bewaren import _picture

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def scene() -> tuple[Medewerker, Medewerker, Wandeling, Wandeling]:
    """A region with a little of everything: the FG, the administrator, a call that may go, a dossier that stays."""
    buurt: Streek = streek()
    huis = organisatie("regio", naam="De regio")
    oud, jong, dossier_ = closed(buurt=buurt), closed(0, buurt), dossier(1, buurt)
    for n, dagen in enumerate((280, 290, 300, 310, 340, 340, 362)):
        age(closed(0, buurt).casus_id, (dagen - n) / 366)
    age(jong.casus_id, 330 / 366)
    nieuwe_casus(buurt)
    return (
        medewerker("fg", huis, naam="Fenna Gerards"),
        medewerker("beheerder", huis, naam="Bea Heerschap"),
        oud,
        dossier_,
    )


def as_(wie: Medewerker) -> Client:
    client = Client()
    sign_in(client, wie)
    return client


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def test_the_page_from_hold_to_tombstone(cluster: Cluster, database_name: str) -> None:
    fg, beheerder, oud, dossier_ = scene()
    ik, zij = as_(fg), as_(beheerder)
    nummer, ander = oud.dossier.casus.nummer, dossier_.dossier.casus.nummer
    eerst = text(ik.get("/beheer/bewaren"))
    for woorden in (
        "20 jaar",
        "12 maanden",
        "keuze van Vangnet",
        "Jeugdwet, artikel 7.3.8",
        nummer,
        "Er is nog niets gewist",
        "/bronnen",
    ):
        assert woorden in eerst
    assert "Verhulst" not in eerst
    assert "Milan" not in eerst
    assert "Zet ‘niet wissen’ op een casus" not in text(zij.get("/beheer/bewaren")), "only the FG does"
    assert zij.post("/beheer/bewaren/niet-wissen", {"casus": nummer}).status_code == 403

    nee = text(
        ik.post("/beheer/bewaren/niet-wissen", {"casus": "2024-9", "reden": "Klacht loopt", "gevraagd_door": ""}), 400
    )
    assert 'id="stop-gevraagd_door-fout"' in nee
    assert 'value="Klacht loopt"' in nee
    velden = {"casus": nummer, "reden": "Klacht loopt", "gevraagd_door": "De klachtencommissie"}
    assert ik.post("/beheer/bewaren/niet-wissen", velden).status_code == 303
    op_slot = text(ik.get("/beheer/bewaren"))
    assert "De klachtencommissie" in op_slot
    assert 'id="wis-grond-fout"' in text(zij.post("/beheer/bewaren/wissen", {"casus": ander}), 400)
    assert "Zolang dat staat" in text(zij.post("/beheer/bewaren/wissen", {"casus": nummer, "grond": "rechter"}), 409)
    assert (
        zij.post("/beheer/bewaren/wissen", {"casus": ander, "grond": "rechter", "reden": "Uitspraak"}).status_code
        == 303
    )
    opdracht = Wisopdracht.objects.get()
    bevestig = f"/beheer/bewaren/wissen/{opdracht.pk}/bevestigen"
    assert "wacht op een ander" in text(zij.get("/beheer/bewaren"))
    assert bevestig not in text(zij.get("/beheer/bewaren"))
    text(zij.post(bevestig), 409)
    assert bevestig in text(ik.get("/beheer/bewaren"))
    assert ik.post(bevestig).status_code == 303
    assert "klaar om te wissen" in text(ik.get("/beheer/bewaren"))
    assert ik.post("/beheer/bewaren/weer-wissen", {"casus": nummer}).status_code == 303
    assert not Bewaarstop.objects.filter(opgeheven_op=None).exists()

    with psycopg.connect(cluster.url(WIS, database_name), autocommit=True) as link:
        assert erase(link, due(link), "T. Beheer", None).aantal == 2
    na = text(ik.get("/beheer/bewaren"))
    assert "Uitspraak van een rechter of toezichthouder" in na
    assert "Bea Heerschap, Fenna Gerards" in na
    assert "T. Beheer (vangnet_wis)" in na
    assert "Uitspraak</" not in na, "why goes with the casus"
    text(zij.post("/beheer/bewaren/wissen", {"casus": ander, "grond": "rechter"}), 409)
    assert f"{nummer} (gewist)" in text(ik.get(f"/beheer/log?casus={nummer}"))

    werker = as_(Medewerker.objects.get(pk=oud.streek.dienst.medewerker_id))
    weg = text(werker.get(f"/casus/{oud.casus_id}"), 410)
    assert "Dit dossier is gewist" in weg
    assert "Verhulst" not in weg
    vreemd = as_(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Elders", regio="lekstroom")))
    assert "gewist" not in text(vreemd.get(f"/casus/{oud.casus_id}"), 404)
    for pad in ("stap/notitie", "log"):
        assert werker.get(f"/casus/{oud.casus_id}/{pad}").status_code == 404
    assert Grafsteen.objects.count() == 2


def test_an_empty_region_shows_calm(client: Client) -> None:
    sign_in(client, medewerker("fg"))
    leeg = text(client.get("/beheer/bewaren"))
    assert "De komende 90 dagen mag er niets weg." in leeg
    assert '<svg class="bw-plaat"' not in leeg
    assert _picture(())["balken"] == []


def test_without_script_with_the_keyboard_small_and_dark(
    new_page: Callable[..., Page], axe: Callable[[Page], None], cluster: Cluster, database_name: str
) -> None:
    fg, _, oud, _ = scene()
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page.goto("/gezond")
    sign_in(page, fg)
    page.goto("/beheer/bewaren")
    page.locator("summary", has_text="Zet ‘niet wissen’").press("Enter")
    page.get_by_label("Casusnummer").first.fill(oud.dossier.casus.nummer)
    page.get_by_label("Wie vraagt dit?").fill("De inspectie")
    page.get_by_label("Waarom? Zonder het gezin te beschrijven.").fill("Onderzoek")
    page.get_by_label("Waarom? Zonder het gezin te beschrijven.").press("Enter")
    assert page.get_by_text("De inspectie").count() == 1
    for breed, donker in ((1440, False), (390, True)):
        zicht = new_page(viewport={"width": breed, "height": 900}, color_scheme="dark" if donker else "light")
        zicht.goto("/gezond")
        sign_in(zicht, fg)
        zicht.goto("/beheer/bewaren")
        zicht.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        assert zicht.evaluate("document.documentElement.scrollWidth") <= breed
        axe(zicht)
        if uit := os.environ.get("VANGNET_PLATEN"):
            zicht.screenshot(path=Path(uit) / f"bewaren-{breed}.png", full_page=True)
    page.get_by_role("button", name="Haal eraf").press("Enter")
    with psycopg.connect(cluster.url(WIS, database_name), autocommit=True) as link:
        assert erase(link, due(link), "T. Beheer", None).aantal == 1
    zicht.goto("/beheer/bewaren")
    axe(zicht)
    zicht.get_by_text("Er is nog niets gewist.").wait_for(state="detached")
    werker = new_page(viewport={"width": 390, "height": 800})
    werker.goto("/gezond")
    sign_in(werker, Medewerker.objects.get(pk=oud.streek.dienst.medewerker_id))
    werker.goto(f"/casus/{oud.casus_id}")
    assert werker.get_by_role("heading", name="Dit dossier is gewist").is_visible()
    axe(werker)
    if uit:
        zicht.screenshot(path=Path(uit) / "bewaren-gewist.png", full_page=True)
        werker.screenshot(path=Path(uit) / "bewaren-casus.png", full_page=True)
