# SPDX-License-Identifier: EUPL-1.2
"""The pages of the log: for the functionaris gegevensbescherming, and the list that a family gets."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access import log, zegel, zegelcontrole
from vangnet.access.models import Logregel, Medewerker
from vangnet.casework.models import Casus
from vangnet.cli.postgres import ZEGEL, Cluster
from vangnet.conf import clock
from vangnet.process.show_casus import show_casus
from vangnet.process.take_melding import begin_melding
from vangnet.process.weigeringen import NietBetrokken

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

NU = datetime.fromisoformat("2024-05-17T21:00:00+02:00")


def a_week(fg: bool = True) -> tuple[Medewerker, UUID, str]:
    """Some ordinary work and some that is not; returns who leads, the casus and its number."""
    huis = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    wie = medewerker("crisismedewerker", huis, naam="Sanne Peeters")
    casus = begin_melding(
        actor_of(wie), NU - timedelta(hours=3), uuid4(),
        {"gemeente": "Heerlen", f"jeugdige.{uuid4()}.achternaam": "Lindenboom"},
    ).casus_id  # fmt: skip
    show_casus(actor_of(wie), NU - timedelta(hours=2), casus)
    show_casus(actor_of(medewerker("crisismedewerker", huis, naam="Roos Lindenboom")), NU - timedelta(hours=2), casus)
    with pytest.raises(NietBetrokken):
        show_casus(actor_of(medewerker("planner", naam="Bram Bos")), NU - timedelta(hours=1), casus)
    log.note(actor_of(wie), "printen", "casus", NU - timedelta(minutes=30), casus)
    log.note(actor_of(wie), "inzien", "casus", NU - timedelta(minutes=20), casus, noodtoegang_id=uuid4())
    return wie, casus, Casus.objects.get(id=casus).nummer


def seal(cluster: Cluster, database_name: str, tmp_path: Path) -> None:
    with psycopg.connect(cluster.url(ZEGEL, database_name), autocommit=True) as link:
        sleutels, hoofd = zegel.make_key(tmp_path / "sleutel"), zegel.Hoofd(tmp_path / "zegels.jsonl")
        zegel.seal(link, sleutels, hoofd)
        zegelcontrole.keep_check(link, zegelcontrole.check(link, sleutels, hoofd))


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_page_of_the_fg(client: Client, cluster: Cluster, database_name: str, tmp_path: Path) -> None:
    with clock.put_at(NU):
        wie, _, nummer = a_week()
        sign_in(client, medewerker("fg"))
        before = text(client, "/beheer/log")
        assert "Het log is nog niet verzegeld" in before
        assert before.index("Opvallend") < before.index("Alle regels"), "what looks unusual comes first"
        for titel in ("Noodtoegang", "Eigen achternaam", "Casus van een ander", "Geprint of als bestand"):
            assert f"<b>{titel}</b>" in before
        assert "Dit zijn eigen regels van Vangnet" in before
        assert f"?wie={wie.pk}&amp;casus={nummer}&amp;van=2024-05-10&amp;tot=2024-05-17#regels" in before
        assert "Lindenboom" in before, "the colleague"
        seal(cluster, database_name, tmp_path)
        after = text(client, "/beheer/log")
        assert "Het log is verzegeld" in after
        assert "Alles klopte." in after
        assert "Niets wacht op een zegel" not in after, "the look itself waits for one"
        own = text(client, f"/beheer/log?wie={wie.pk}&casus={nummer}")
        assert "noodtoegang" in own
        assert "Bram Bos" not in own.partition('id="regels"')[2]
        regel = Logregel.objects.filter(noodtoegang_id__isnull=False).get()
        one = text(client, f"/beheer/log/regel/{regel.pk}")
        for words in (
            "Recht",
            "Betrokkenheid",
            "Toestemming",
            "Noodtoegang",
            "onder een zegel",
            str(regel.noodtoegang_id),
        ):
            assert words in one
        text(client, f"/beheer/log/regel/{uuid4()}", 404)
        assert "De oudste is" in text(client, "/beheer/log")
        text(client, "/beheer/log?van=gisteren", 400)


def test_the_list_for_a_family(client: Client) -> None:
    with clock.put_at(NU):
        wie, casus, nummer = a_week()
        sign_in(client, medewerker("fg"))
        assert "Maak de lijst" in text(client, "/beheer/log/gezin")
        assert 'id="casus-fout"' in text(client, "/beheer/log/gezin?casus=2024-99999&voor=ouder", 400)
        assert 'id="voor-fout"' in text(client, f"/beheer/log/gezin?casus={nummer}&voor=", 400)
        lijst = text(client, f"/beheer/log/gezin?casus={nummer}&voor=ouder").partition("<main")[2]
        for words in (
            "crisismedewerker",
            "Crisishulp Jeugd",
            "keek in het dossier",
            "had de leiding over de hulp",
            "nagekeken",
        ):
            assert words in lijst
        for name in ("Peeters", "Lindenboom", "Bram"):
            assert name not in lijst
        sign_in(client, wie)
        assert f"/casus/{casus}/wie-keek" in text(client, f"/casus/{casus}/log")
        assert nummer in text(client, f"/casus/{casus}/wie-keek")
        text(client, f"/casus/{casus}/wie-keek?voor=buurman", 400)
        assert "maakte een lijst zoals deze" in text(client, f"/casus/{casus}/wie-keek?voor=jeugdige")
        text(client, "/beheer/log/gezin", 403)
        assert client.get(f"/casus/{casus}/wie-keek?voor=ouder")["Cache-Control"].count("no-store")
        sign_in(client, medewerker("planner"))
        text(client, f"/casus/{casus}/wie-keek?voor=ouder", 403)
        sign_in(client, medewerker("jeugdbeschermer"))
        text(client, f"/casus/{casus}/wie-keek?voor=ouder", 404)


WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
NARROW = {"viewport": {"width": 320, "height": 700}}


@pytest.mark.parametrize("words", [WIDE, PHONE, NARROW], ids=["breed", "telefoon donker", "smal"])
def test_in_a_browser(
    words: dict[str, Any],
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    cluster: Cluster,
    database_name: str,
    tmp_path: Path,
) -> None:
    with clock.put_at(NU):
        wie, casus, nummer = a_week()
        seal(cluster, database_name, tmp_path)
        page = new_page(**words)
        page.goto("/afspraken")

        def look(name: str) -> None:
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px too wide"
            if folder := os.environ.get("VANGNET_BEELDEN"):
                page.screenshot(path=str(Path(folder) / f"log-{name}-{words['viewport']['width']}.png"), full_page=True)

        sign_in(page, medewerker("fg"))
        page.goto("/beheer/log")
        look("begin")
        fold = page.locator("details", has_text="Eigen achternaam")
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        look("opvallend")
        fold.get_by_role("link", name="Roos Lindenboom").click()
        page.locator("#regels").wait_for()
        assert page.get_by_label("Casusnummer").input_value() == nummer
        page.locator("table a").first.click()
        page.get_by_role("heading", level=1, name="Logregel").wait_for()
        look("regel")
        page.goto("/beheer/log/gezin")
        page.get_by_label("Casusnummer").fill(nummer)
        page.get_by_label("Wie vraagt erom?").select_option("ouder")
        look("gezin-vraag")
        page.get_by_role("button", name="Maak de lijst").click()
        page.get_by_role("heading", name="Wie keek in het dossier").wait_for()
        look("gezin")
        sign_in(page, wie)
        page.goto(f"/casus/{casus}/wie-keek")
        look("casus-vraag")
        page.get_by_label("Wie vraagt erom?").select_option("jeugdige")
        page.get_by_role("button", name="Maak de lijst").click()
        page.get_by_text("Vraag de functionaris gegevensbescherming").wait_for()
        look("casus-lijst")
        if folder := os.environ.get("VANGNET_BEELDEN"):
            page.pdf(path=str(Path(folder) / f"log-lijst-{words['viewport']['width']}.pdf"), format="A4")
