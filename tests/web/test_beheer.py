# SPDX-License-Identifier: EUPL-1.2
"""The pages of Beheer, through the client and in a real browser, wide and on a phone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client

from tests.mensen import actor_of, confirm_all, functie_van, medewerker, organisatie, sign_in
from tests.process.test_first_day import CASUSSEN, ORGANISATIES
from vangnet.access.models import Functie, Medewerker, Organisatie, Sluitingsdag
from vangnet.casework.models import Casus
from vangnet.conf import clock
from vangnet.process.take_melding import begin_melding

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

NU = datetime.fromisoformat("2024-01-20T10:00:00+01:00")
MEI = datetime.fromisoformat("2024-05-20T10:00:00+02:00")


def signed_in(client: Client, rol: str, **words: Any) -> Medewerker:
    person = medewerker(rol, **words)
    sign_in(client, person)
    return person


def text_of(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_an_invitation_is_shown_once(client: Client) -> None:
    with clock.put_at(NU):
        signed_in(client, "beheerder")
        dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
        sent = {
            "naam": "Sanne",
            "email": "sanne@voorbeeld.test",
            "organisatie": str(dienst.pk),
            "rol": "crisismedewerker",
        }
        shown = client.post("/beheer/uitnodigen", sent)
        assert shown.status_code == 200
        assert "no-store" in shown["Cache-Control"]
        link = shown.content.decode().partition('class="vn-geheim">')[2].partition("<")[0]
        confirm_all()
        assert client.get(link).status_code == 200
        assert client.post("/beheer/uitnodigen", sent).status_code == 409
        wrong = client.post("/beheer/uitnodigen", sent | {"email": "x", "telefoon": "?"})
        assert wrong.status_code == 400
        assert 'id="telefoon-fout"' in wrong.content.decode()
        assert 'value="Sanne"' in wrong.content.decode()


def test_what_can_be_done_with_a_person(client: Client) -> None:
    with clock.put_at(NU):
        signed_in(client, "beheerder")
        wie = medewerker("crisismedewerker", naam="Sanne Peeters", password="een lang wachtwoord 7")
        page = f"/beheer/mensen/{wie.pk}"
        assert client.post(f"{page}/wijzigen", {"naam": "Sanne P.", "telefoon": "06 12345678"}).status_code == 302
        assert client.post(f"{page}/wijzigen", {"naam": ""}).status_code == 400
        code = client.post(f"{page}/telefoon-kwijt")
        assert 'class="bh-code"' in code.content.decode()
        assert client.post(f"{page}/afmelden").status_code == 302
        assert "/uitnodiging/" in client.post(f"{page}/uitnodiging").content.decode()
        functie = functie_van(wie)
        other = {"functie": functie.pk, "organisatie": functie.organisatie_id, "rol": "coordinator"}
        assert client.post(f"{page}/functie", other).status_code == 200
        assert client.post(f"{page}/functie", other).status_code == 409
        assert client.post(f"{page}/vertrek", {"functie": uuid4()}).status_code == 409
        assert client.post(f"{page}/vertrek").status_code == 302
        assert client.post(f"{page}/vertrek").status_code == 409
        back = client.post(f"{page}/terug", {"functie": functie.pk})
        assert "/uitnodiging/" in back.content.decode()
        assert Functie.objects.filter(medewerker=wie, tot=None).count() == 1
        assert client.get(f"/beheer/mensen/{uuid4()}").status_code == 404


def test_a_coordinator_helps_a_colleague_whose_phone_is_lost_and_no_more(client: Client) -> None:
    with clock.put_at(NU):
        dienst = organisatie("crisisdienst")
        signed_in(client, "coordinator", organisatie=dienst)
        collega, ander = medewerker("crisismedewerker", dienst), medewerker("crisismedewerker")
        assert collega.naam in client.get("/beheer").content.decode()
        assert client.post(f"/beheer/mensen/{collega.pk}/telefoon-kwijt").status_code == 200
        assert client.post(f"/beheer/mensen/{ander.pk}/telefoon-kwijt").status_code == 404
        for door in ("wijzigen", "vertrek", "uitnodiging", "afmelden", "functie", "terug"):
            assert client.post(f"/beheer/mensen/{collega.pk}/{door}").status_code == 403
        assert client.get("/beheer/uitnodigen").status_code == 403


def test_beheer_names_no_child(client: Client) -> None:
    with clock.put_at(NU):
        dienst = medewerker("crisismedewerker")
        begin_melding(actor_of(dienst), NU, uuid4(), {f"jeugdige.{uuid4()}.voornaam": "Zonnestraal"})
        signed_in(client, "beheerder")
        for path in ("/beheer", f"/beheer/mensen/{dienst.pk}", "/beheer/organisaties", "/beheer/invoer"):
            page = client.get(path)
            assert page.status_code == 200
            assert "Zonnestraal" not in page.content.decode()
        assert client.get("/beheer/invoer/casussen").status_code == 404


def test_an_organisation_is_added_and_put_right(client: Client) -> None:
    with clock.put_at(NU):
        signed_in(client, "beheerder")
        assert "Vaals" in client.get("/beheer/organisaties").content.decode()
        new = client.get("/beheer/organisaties/nieuw?gemeente=Vaals").content.decode()
        assert 'value="Toegang Vaals"' in new
        sent = {"naam": "Toegang Vaals", "soort": "toegang", "gemeente": "Vaals", "telefoon": "043 123"}
        assert client.post("/beheer/organisaties/nieuw", sent).status_code == 303
        made = Organisatie.objects.get(naam="Toegang Vaals")
        wrong = client.post(f"/beheer/organisaties/{made.pk}", sent | {"telefoon": "niet", "actief": "ja"})
        assert wrong.status_code == 400
        assert 'id="telefoon-fout"' in wrong.content.decode()
        assert (
            client.post(f"/beheer/organisaties/{made.pk}", sent | {"telefoon": "", "actief": "ja"}).status_code == 303
        )
        made.refresh_from_db()
        assert made.telefoon == ""
        assert client.get(f"/beheer/organisaties/{uuid4()}").status_code == 404


def test_closing_days_through_the_form(client: Client) -> None:
    with clock.put_at(NU):
        toegang = organisatie("toegang", naam="Toegang Simpelveld", gemeente="Simpelveld")
        signed_in(client, "toegangsmedewerker", organisatie=toegang)
        seen = client.post("/beheer/sluitingsdagen", {"jaar": "2024", "dag": ["2024-06-06", ""], "doe": "kijk"})
        assert "De opgave van Simpelveld past bij de afspraken." in seen.content.decode()
        assert not Sluitingsdag.objects.exists()
        assert client.post("/beheer/sluitingsdagen", {"jaar": "2024", "dag": "2024-06-08"}).status_code == 400
        assert (
            client.post("/beheer/sluitingsdagen", {"jaar": "2024", "dag": "2024-06-06", "doe": "opgeven"}).status_code
            == 303
        )
        filed = Sluitingsdag.objects.get()
        assert client.post(f"/beheer/sluitingsdagen/{filed.pk}/intrekken", {"jaar": "2024"}).status_code == 303
        assert client.post(f"/beheer/sluitingsdagen/{filed.pk}/intrekken").status_code == 409
        assert client.get("/beheer/sluitingsdagen?jaar=2050").status_code == 400
        assert client.get("/beheer/sluitingsdagen?jaar=zes&toegang=x").status_code == 200


def test_a_list_is_looked_at_and_then_brought_in(client: Client) -> None:
    with clock.put_at(MEI):
        signed_in(client, "beheerder")
        file = SimpleUploadedFile("lijst.csv", ORGANISATIES.encode("cp1252"))
        seen = client.post("/beheer/invoer/organisaties", {"bestand": file})
        assert "Dit gaat er gebeuren" in seen.content.decode()
        assert not Organisatie.objects.filter(naam="Toegang Heerlen").exists()
        done = client.post("/beheer/invoer/organisaties", {"tekst": ORGANISATIES, "doe": "invoeren"})
        assert "Klaar: 2 nieuw" in text_of(done)
        assert text_of(done).count("</html>") <= 1
        assert Organisatie.objects.filter(naam="Toegang Heerlen").exists()
        wrong = client.post("/beheer/invoer/organisaties", {"tekst": "naam;soort\nX;kasteel\n", "doe": "invoeren"})
        assert wrong.status_code == 400
        assert client.post("/beheer/invoer/organisaties", {}).status_code == 400
        large = SimpleUploadedFile("groot.csv", b"naam;soort\n" + b"x" * 950_000)
        assert client.post("/beheer/invoer/organisaties", {"bestand": large}).status_code == 400
        example = client.get("/beheer/invoer/organisaties/voorbeeld")
        assert example.content.startswith(b"\xef\xbb\xbfnaam;soort")
        assert client.get("/beheer/invoer/gezinnen").status_code == 404


def in_a_loop(work: Coroutine[Any, Any, list[str]]) -> list[str]:
    """Run it in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_the_progress_comes_while_it_works_under_asgi_and_who_leaves_undoes_it() -> None:
    """As `vangnet serve` runs it: the page arrives in parts, and the transaction keeps its own thread."""
    lijst = "naam;soort\n" + "".join(f"Zorg {n};zorgaanbieder\n" for n in range(60))

    async def parts(client: AsyncClient, most: int) -> list[str]:
        answer = await client.post("/beheer/invoer/organisaties", {"tekst": lijst, "doe": "invoeren"})
        stream = answer.streaming_content
        seen: list[str] = []
        async for part in stream:
            seen.append(part.decode())
            if len(seen) == most:
                break
        await stream.aclose()
        return seen

    with clock.put_at(MEI):
        client = AsyncClient()
        client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(Client(), medewerker("beheerder"))
        seen = in_a_loop(parts(client, 2))
        assert "25 van 60" in seen[1]
        assert not Organisatie.objects.filter(naam="Zorg 1").exists()
        seen = in_a_loop(parts(client, 99))
        assert "25 van 60" in seen[1]
        assert "Klaar: 60 nieuw" in seen[3]
        assert seen[-1].rstrip().endswith("</html>")
        assert Organisatie.objects.filter(naam__startswith="Zorg ").count() == 60


def test_a_coordinator_brings_in_casussen(client: Client) -> None:
    with clock.put_at(MEI):
        signed_in(client, "coordinator")
        done = client.post("/beheer/invoer/casussen", {"tekst": CASUSSEN, "lijst": "whiteboard", "doe": "invoeren"})
        assert "Klaar: 2 nieuw" in text_of(done)
        assert Casus.objects.count() == 2


def test_the_log_for_the_fg(client: Client) -> None:
    with clock.put_at(NU):
        dienst = medewerker("crisismedewerker", naam="Sanne Peeters")
        begin_melding(actor_of(dienst), NU, uuid4())
        signed_in(client, "fg")
        assert "Sanne Peeters" in client.get("/beheer/log").content.decode()
        assert "Sanne Peeters" not in client.get("/beheer/log?wie=niemand").content.decode()
        assert client.get("/beheer/log?van=gisteren").status_code == 400
        file = client.get("/beheer/log/bestand?wie=sanne")
        assert "Sanne Peeters" in file.getvalue().decode()
        assert client.get("/beheer/log/bestand?casus=x").status_code == 400
        assert client.get("/").headers["Location"] == "/beheer/log"


WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("words", [WIDE, PHONE | {"color_scheme": "dark"}], ids=["breed", "telefoon donker"])
def test_invite_and_file_in_a_browser(
    new_page: Callable[..., Page], axe: Callable[[Page], None], words: dict[str, Any]
) -> None:
    with clock.put_at(NU):
        organisatie("crisisdienst", naam="Crisishulp Jeugd")
        toegang = organisatie("toegang", naam="Toegang Simpelveld", gemeente="Simpelveld", telefoon="045 123 45 67")
        wie = medewerker("toegangsmedewerker", toegang, naam="Roos Lindeboom", telefoon="06 11 22 33 44")
        page = new_page(**words)
        page.goto("/afspraken")
        sign_in(page, medewerker("beheerder", naam="Marloes Smeets"))

        def look(name: str) -> None:
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px too wide"
            if folder := os.environ.get("VANGNET_BEELDEN"):
                size = words["viewport"]["width"]
                page.screenshot(path=str(Path(folder) / f"beheer-{name}-{size}.png"), full_page=True)

        page.goto("/beheer")
        look("mensen")
        page.get_by_role("link", name="Nodig iemand uit").first.click()
        page.get_by_label("Naam", exact=True).fill("Sanne Peeters")
        page.get_by_label("E-mail van het werk").fill("sanne@voorbeeld.test")
        page.get_by_label("Organisatie").select_option(label="Crisishulp Jeugd")
        page.get_by_label("Functie").select_option(label="Crisismedewerker")
        look("uitnodigen")
        page.get_by_role("button", name="Maak de uitnodiging").click()
        page.locator("#link").wait_for()
        look("uitgenodigd")
        page.goto(f"/beheer/mensen/{wie.pk}")
        look("mens")
        page.get_by_role("button", name="Geef een code").click()
        page.locator(".bh-code").wait_for()
        look("noodcode")
        for path, name in (("organisaties", "organisaties"), (f"organisaties/{toegang.pk}", "organisatie"), ("invoer", "invoer"), ("invoer/organisaties", "invoerlijst")):  # fmt: skip
            page.goto(f"/beheer/{path}")
            look(name)
        page.get_by_label("Of plak de rijen").fill("naam;soort\nHuis;kasteel\n")
        with page.expect_navigation():
            page.get_by_role("button", name="Kijk na").click()
        look("invoerfouten")
        page.get_by_label("Of plak de rijen").fill("naam;soort\nHuis;zorgaanbieder\n")
        with page.expect_navigation():
            page.get_by_role("button", name="Kijk na").click()
        look("invoerplan")
        page.get_by_role("button", name="Voer in").click()
        page.get_by_text("Klaar: 1 nieuw").wait_for()
        look("ingevoerd")
        page.goto("/beheer/sluitingsdagen?jaar=2024")
        page.get_by_label("Dag 1").fill("2024-06-06")
        page.get_by_label("Dag 2").fill("2024-06-07")
        page.get_by_role("button", name="Kijk of het past").click()
        page.get_by_text("Als je dit opgeeft").wait_for()
        look("sluitingsdagen-proef")
        page.get_by_role("button", name="Geef op").click()
        page.get_by_text("2 dagen opgegeven.").wait_for()
        look("sluitingsdagen")
        sign_in(page, medewerker("fg"))
        page.goto("/beheer/log")
        look("log")
