# SPDX-License-Identifier: EUPL-1.2
"""Bad luck: the database, the server, the connection or the session away at the wrong moment, a message too late, a click
too many. Nothing is lost, nothing doubled, and nobody reads a 5xx where his text stood."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from playwright.sync_api import expect

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.server import Server
from vangnet.access import accounts, sessie
from vangnet.access.models import Medewerker, Organisatie
from vangnet.access.sessieopslag import SessionStore
from vangnet.casework.models import Casus, Gebeurtenis, Jeugdige, Melding, Notitie
from vangnet.cli.postgres import BEHEER, Cluster
from vangnet.conf import clock
from vangnet.process.answers import kind_id
from vangnet.process.take_melding import begin_melding, register_melding

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.django_db(transaction=True)

EIGEN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form of our own."""
TEKST = 'Ruzie <b>in</b> de nacht.\nMoeder zegt: "genoeg" 👶🏽'


@pytest.fixture
def dienst() -> Organisatie:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 00")
    return organisatie("crisisdienst", naam="Crisishulp Jeugd")


@pytest.fixture
def iris(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst, naam="Iris Custers")


@pytest.fixture
def tom(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst, naam="Tom Weijers")


def begonnen(wie: Medewerker, **velden: str) -> UUID:
    """A call that was begun; returns its id."""
    return begin_melding(actor_of(wie), clock.now(), uuid4(), {"wie": "huisarts", **velden}).melding_id


def casus_van(wie: Medewerker) -> UUID:
    """A casus that waits for somebody to go to the home."""
    melding = uuid4()
    velden = {"wie": "huisarts", f"jeugdige.{kind_id(melding)}.voornaam": "Milan", "gemeente": "Heerlen"}
    velden |= {"triage.direct_onveilig": "ja", "triage.kan_wachten_tot_morgen": "nee"}
    return register_melding(actor_of(wie), clock.now(), melding, velden, "inschatting").casus_id


@contextmanager
def zonder_database(cluster: Cluster, name: str) -> Iterator[None]:
    """The database of this run away: every connection cut, none let in."""
    connection.ensure_connection()
    wrapper: Any = connections["default"]
    pool = wrapper.pool
    before, pool.timeout = pool.timeout, 0.5
    with psycopg.connect(cluster.url(BEHEER, "postgres"), autocommit=True) as link:
        link.execute(f'alter database "{name}" with allow_connections false')
        link.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        try:
            yield
        finally:
            link.execute(f'alter database "{name}" with allow_connections true')
            pool.timeout = before
            connections.close_all()
            deadline = time.monotonic() + 15
            while time.monotonic() < deadline:
                try:
                    connection.ensure_connection()
                    break
                except OperationalError:
                    connections.close_all()
                    time.sleep(0.1)


@pytest.fixture
def binnen(new_page: Callable[..., Page], iris: Medewerker) -> Callable[..., Page]:
    """A page of somebody who is signed in."""

    def make(who: Medewerker = iris, **words: Any) -> Page:
        page = new_page(**words)
        page.goto("/gezond")
        sign_in(page, who)
        return page

    return make


def bewaard(page: Page) -> Locator:
    return page.locator("#vn-bewaard")


# ---- a form that could not be taken comes back, ready to be sent again -------------------------------------------


def verstuurd(answer: Any) -> dict[str, str]:
    """The hidden fields of the form that came back."""
    from html.parser import HTMLParser

    fields: dict[str, str] = {}

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found = dict(attrs)
            if tag == "form":
                self.inside = "vn-opnieuw" in (found.get("class") or "")
            if tag == "input" and self.inside:
                fields[found["name"] or ""] = found["value"] or ""

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag != "form"

    Reader().feed(answer.content.decode())
    return fields


def test_what_was_sent_comes_back_from_every_page_that_cannot_take_it(iris: Medewerker) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    melding = begonnen(iris)
    key = sign_in(client, iris)
    client.get(f"/melding/{melding}")
    token = client.cookies["csrf"].value
    velden = {"melding.situatie": TEKST, "doe": "bewaar", "versie": "1"}
    adres = f"/melding/{melding}"

    def send(**words: Any) -> Any:
        return client.post(adres, velden | {"csrfmiddlewaretoken": token} | words, headers=EIGEN)

    for where in ("vangnet.access.middleware.recognise", "vangnet.web.melding.views.save_fields"):
        with patch(where, side_effect=OperationalError("weg")):
            answer = send()
        assert answer.status_code == 503 and "Vangnet kan nu niets bewaren" in answer.content.decode()
        assert velden.items() <= verstuurd(answer).items(), where
        assert "Ruzie &lt;b&gt;in" in answer.content.decode(), "it is there to be read as well"
        again = client.post(adres, verstuurd(answer), headers=EIGEN)
        assert (again.status_code, Melding.objects.get().situatie) == (303, TEKST)
        Melding.objects.update(situatie="")
        velden["versie"] = str(Casus.objects.get().versie)

    stale = send(csrfmiddlewaretoken="x" * 64)
    assert stale.status_code == 403 and velden.items() <= verstuurd(stale).items()

    session = SessionStore(key)
    session[sessie.SLOT] = True
    session.save()
    locked = send()
    assert locked.status_code == 423 and velden.items() <= verstuurd(locked).items()
    assert "Ruzie &lt;b&gt;" not in locked.content.decode().replace('value="', "").split("vn-knoppen")[-1]
    session.flush()
    gone = send()
    assert gone.status_code == 401 and velden.items() <= verstuurd(gone).items()
    sign_in(client, iris)
    assert client.post(adres, verstuurd(gone), headers=EIGEN).status_code == 303
    assert Melding.objects.get().situatie == TEKST


def test_a_form_from_elsewhere_or_with_a_secret_does_not_come_back(iris: Medewerker) -> None:
    client = Client(raise_request_exception=False)
    elsewhere = client.post("/melding/" + str(uuid4()), {"wie": "ouder"}, headers={"Origin": "https://ergens.anders"})
    assert elsewhere.status_code == 401 and not verstuurd(elsewhere)
    with patch("vangnet.web.aanmelden.views.aanmelding.give_password", side_effect=OperationalError("weg")):
        secret = client.post("/aanmelden", {"email": "a@b.test", "wachtwoord": "een-heel-geheim-7"}, headers=EIGEN)
    assert secret.status_code == 503 and not verstuurd(secret) and b"een-heel-geheim-7" not in secret.content


def test_a_name_that_turns_the_reading_around_leaves_the_age_alone(client: Client, iris: Medewerker) -> None:
    melding = uuid4()
    kind = f"jeugdige.{kind_id(melding)}."
    velden = {kind + "voornaam": "محمد", kind + "achternaam": "\u202eBos", kind + "geboren": "14"}
    casus = begin_melding(actor_of(iris), clock.now(), melding, velden).casus_id
    assert Jeugdige.objects.get().achternaam == "Bos"
    sign_in(client, iris)
    for adres in (f"/casus/{casus}", f"/casus/{casus}/print"):
        assert "\u2068محمد Bos\u2069, 14" in client.get(adres).content.decode(), adres
    assert "\u2068محمد B.\u2069" in client.get("/dienst").content.decode()


# ---- the database ------------------------------------------------------------------------------------------------


def test_the_database_goes_and_comes_back_while_somebody_types(
    binnen: Callable[..., Page], cluster: Cluster, database_name: str
) -> None:
    page = binnen()
    page.goto("/melding/nieuw")
    page.get_by_label("Voornaam").fill("Eli")
    expect(bewaard(page)).to_contain_text("Alles bewaard")
    with zonder_database(cluster, database_name):
        page.get_by_label("Voornaam").fill("Elias")
        page.get_by_label("Achternaam").fill("Somers")
        page.get_by_label("Wat is er gebeurd").fill(TEKST)
        page.locator("#vraag-2").get_by_label("Ja", exact=True).check()
        expect(bewaard(page)).to_contain_text("4 antwoorden wachten op dit apparaat")
        page.get_by_label("Voornaam").fill("Elias Jan")
    expect(bewaard(page)).to_contain_text("Alles bewaard", timeout=20_000)
    kind = Jeugdige.objects.get()
    assert (kind.voornaam, kind.achternaam, Melding.objects.get().situatie) == ("Elias Jan", "Somers", TEKST)
    expect(page.locator(".vn-botsing")).to_have_count(0)


def test_a_form_sent_while_the_database_is_away_is_sent_again(
    binnen: Callable[..., Page], cluster: Cluster, database_name: str
) -> None:
    page = binnen(java_script_enabled=False)
    page.goto("/melding/nieuw")
    page.get_by_label("Wat is er gebeurd").fill(TEKST)
    page.get_by_label("Achternaam").fill("Somers")
    with zonder_database(cluster, database_name):
        page.get_by_role("button", name="Bewaar").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vangnet kan nu niets bewaren")
        page.get_by_role("button", name="Verstuur opnieuw").click()
        expect(page.get_by_role("definition").filter(has_text="Ruzie <b>in</b>")).to_be_visible()
    page.get_by_role("button", name="Verstuur opnieuw").click()
    expect(page.get_by_label("Achternaam")).to_have_value("Somers")
    page.get_by_role("button", name="Bewaar").last.click()
    assert (Melding.objects.get().situatie, Casus.objects.count()) == (TEKST, 1)


def test_a_field_of_a_casus_goes_by_itself_when_the_server_is_back(
    binnen: Callable[..., Page], iris: Medewerker
) -> None:
    page, casus = binnen(), casus_van(iris)
    page.goto(f"/casus/{casus}/stap/gezin")
    box = page.locator(".vn-zelf").filter(has=page.get_by_label("Voornaam")).first
    seen: list[str] = []

    def refuse(route: Route) -> None:
        seen.append(route.request.post_data or "")
        route.fulfill(status=503, body="weg", content_type="text/html")

    page.route("**/veld", refuse, times=1)
    box.get_by_label("Voornaam").fill("Milan J")
    page.get_by_label("Achternaam").first.focus()
    expect(box.locator("[data-bewaard]")).to_have_text(
        "Nog niet bewaard. Het gaat vanzelf zodra Vangnet weer antwoordt."
    )
    box.get_by_label("Voornaam").fill("Milan Jan")
    expect(box.locator("[data-bewaard]")).to_contain_text("✓")
    assert len(seen) == 1 and Jeugdige.objects.get().voornaam == "Milan Jan"


# ---- the connection ----------------------------------------------------------------------------------------------


def test_a_form_waits_for_the_connection_and_is_sent_once(binnen: Callable[..., Page], iris: Medewerker) -> None:
    page, casus = binnen(), casus_van(iris)
    page.goto(f"/casus/{casus}/stap/notitie")
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    field, button = page.locator("main textarea").first, page.locator("main form .vn-knop--doe").first
    field.fill("Wat niet weg mag")
    page.wait_for_timeout(3100)  # what the server said when the page was made is too old by now
    page.context.set_offline(True)
    button.click()
    expect(page.locator("#vn-weg")).to_contain_text("wat je schreef staat er nog: verstuur het zo nog eens")
    expect(field).to_have_value("Wat niet weg mag")
    page.context.set_offline(False)
    button.dblclick()
    page.wait_for_url(f"**/casus/{casus}")
    assert len(sent) == 1 and Notitie.objects.get().tekst == "Wat niet weg mag"
    page.goto(f"/casus/{casus}/stap/besluit")
    page.get_by_label("Ja", exact=True).first.check()
    page.get_by_label("Met wie overlegde je?").fill("Gedragswetenschapper van dienst")
    page.get_by_label("Waarom?").first.fill("Moeder houdt het niet meer vol.")
    page.locator("main form .vn-knop--doe").first.focus()
    for _ in range(5):
        page.keyboard.down("Enter")  # held: it repeats
    page.keyboard.up("Enter")
    page.wait_for_url(f"**/casus/{casus}")
    page.go_back()
    assert len(sent) == 2 and Gebeurtenis.objects.filter(soort="besluit_crisis").count() == 1


def test_a_slow_line_keeps_the_order_and_a_late_message_changes_nothing(binnen: Callable[..., Page]) -> None:
    page = binnen()
    page.goto("/melding/nieuw")
    late: list[Any] = []

    def lose(route: Route) -> None:
        late.append(route.request)
        route.abort()

    field = page.get_by_label("Voornaam")
    page.route("**/veld", lose, times=1)
    field.fill("Oud")
    page.get_by_label("Achternaam").focus()
    expect(bewaard(page)).to_contain_text("1 antwoord wacht")
    field.fill("Nieuw")
    expect(bewaard(page)).to_contain_text("Alles bewaard")
    wanted = {
        name: value for name, value in late[0].headers.items() if name.startswith(("x-csrf", "accept", "content-t"))
    }
    answer = page.context.request.post(late[0].url, data=late[0].post_data, headers=wanted)
    assert answer.status == 409 and Jeugdige.objects.get().voornaam == "Nieuw"
    # What arrived though nobody heard it is one's own, not a colleague's.
    page.route("**/veld", lambda route: (route.fetch(), route.abort()), times=1)
    other = page.get_by_label("Achternaam")
    other.fill("Somer")
    field.focus()
    expect(bewaard(page)).to_contain_text("1 antwoord wacht")
    other.fill("Somers")
    expect(bewaard(page)).to_contain_text("Alles bewaard")
    assert Jeugdige.objects.get().achternaam == "Somers"
    expect(page.locator(".vn-botsing")).to_have_count(0)


def test_a_decision_leaves_no_answer_behind_unsaid(binnen: Callable[..., Page], iris: Medewerker) -> None:
    melding = uuid4()
    velden = {"wie": "huisarts", "triage.direct_onveilig": "ja", "triage.kan_wachten_tot_morgen": "nee"}
    begin_melding(actor_of(iris), clock.now(), melding, velden)
    page = binnen()
    page.goto(f"/melding/{melding}")
    page.get_by_label("BSN").fill("12345")
    page.locator("#vn-neem").click()
    expect(page.locator("#vn-weg-melding")).to_contain_text("nog niet bewaard")
    expect(page.get_by_label("BSN")).to_be_focused()
    page.locator("#vn-neem").click()
    page.wait_for_url("**/casus/*")
    assert Melding.objects.get().uitkomst == "inschatting"


# ---- the session -------------------------------------------------------------------------------------------------


def test_the_session_ends_while_somebody_types_and_no_other_signs_for_it(
    binnen: Callable[..., Page], iris: Medewerker, tom: Medewerker
) -> None:
    page = binnen()
    page.goto("/melding/nieuw")
    page.get_by_label("Voornaam").fill("Elias")
    expect(bewaard(page)).to_contain_text("Alles bewaard")
    accounts.revoke(iris.pk, clock.now())
    page.get_by_label("Wat is er gebeurd").fill(TEKST)
    page.get_by_label("Voornaam").focus()
    expect(page.get_by_role("link", name="Meld je aan in een nieuw tabblad")).to_be_visible()
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/aanmelden")
    sign_in(other, tom)  # in the same browser
    page.evaluate("document.dispatchEvent(new CustomEvent('vangnet:stand'))")
    expect(page.locator("#vn-weg")).to_contain_text("nu een ander")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)
    assert Melding.objects.get().situatie == "", "not in the name of somebody else"
    iris.refresh_from_db()
    sign_in(other, iris)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()  # in the same tab: what was typed is still there
    expect(page.get_by_label("Wat is er gebeurd")).to_have_value(TEKST)
    expect(bewaard(page)).to_contain_text("Alles bewaard")
    assert Melding.objects.get().situatie == TEKST


# ---- the server --------------------------------------------------------------------------------------------------


def test_what_was_acknowledged_survives_a_server_that_is_killed(
    cluster: Cluster, database_name: str, iris: Medewerker, tmp_path: Path
) -> None:
    """kill -9 of everything, in the middle of a stream of answers; then another server over the same database."""
    client = Client()
    key = sign_in(client, iris)
    machine = Server(cluster, database_name, tmp_path)

    def ask(path: str, velden: dict[str, str] | None = None, cookies: str = "") -> Any:
        words = {
            "Cookie": f"sessie={key}; {cookies}",
            "Accept": "application/json",
            "X-CSRFToken": cookies.partition("=")[2],
        }
        body = urllib.parse.urlencode(velden).encode() if velden else None
        with urllib.request.urlopen(urllib.request.Request(machine.root + path, body, words), timeout=10) as answer:
            return json.load(answer)

    melding, kept, turn = uuid4(), "", 0
    csrf = "csrf=" + "a" * 32
    for _life in range(2):
        server = machine.start()
        Timer(0.25, os.killpg, (server.pid, signal.SIGKILL)).start()
        try:
            while True:
                turn += 1
                velden = {"naam": "melding.naam", "waarde": f"Agent {turn}"}
                kept = ask(f"/melding/{melding}/veld", velden, csrf)["waarde"]
        except (OSError, ValueError, HTTPException):
            server.wait()
        # The one that was under way is there or not; what was acknowledged is.
        assert kept and Melding.objects.get().naam in (kept, f"Agent {turn}")
    assert Casus.objects.count() == Gebeurtenis.objects.filter(soort="melding_begonnen").count() == 1
