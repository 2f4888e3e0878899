# SPDX-License-Identifier: EUPL-1.2
"""What sounds, on screen: the bar on every page, the page with who was warned, the ladder of the region; and the whole chain with the
loop in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.mensen import medewerker, sign_in
from tests.server import Server
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access import sessie
from vangnet.access.models import Medewerker, Organisatie
from vangnet.capacity.models import Dienst
from vangnet.cli.postgres import Cluster
from vangnet.clocks.models import Alarm, Hartslag, Klok
from vangnet.conf import clock
from vangnet.process.escalate import wake

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
MIN = timedelta(minutes=1)


@pytest.fixture
def w() -> Iterator[Wandeling]:
    weg = nieuwe_casus(streek())
    Klok.objects.filter(casus_id=weg.casus_id).update(wek_op=None)
    with clock.put_at(weg.nu + timedelta(hours=1)):
        yield weg


@pytest.fixture
def iris(w: Wandeling) -> Medewerker:
    """On duty at the door."""
    huis = Organisatie.objects.get(id=w.streek.dienst.organisatie_id)
    mens = medewerker("crisismedewerker", huis, naam="Iris de Groot", telefoon="06 1234 5678")
    Dienst.objects.create(organisatie=huis, medewerker=mens, taak="voorwacht", van=w.nu, tot=w.nu + timedelta(hours=12))
    return mens


@pytest.fixture
def klok(w: Wandeling, iris: Medewerker) -> Klok:
    """A deadline of an hour that passes now, and has sounded."""
    een = due(w.casus_id, "Bel de melder terug", -timedelta())
    wake(clock.now())
    return een


def due(casus_id: UUID, wat: str, over: timedelta) -> Klok:
    uiterlijk = clock.now() + over
    return Klok.objects.create(
        casus_id=casus_id, sleutel="proef.uur", wat=wat, strekking="maximaal", eigenaar="crisisdienst",
        begonnen_op=uiterlijk - timedelta(hours=1), uiterlijk=uiterlijk, wek_op=uiterlijk, regels=["ZL-52"],
    )  # fmt: skip


def alive() -> None:
    Hartslag.objects.update_or_create(
        naam="proef", defaults={"begonnen_op": clock.now(), "op": clock.now() + timedelta(days=9999)}
    )


def client_of(wie: Medewerker) -> Client:
    client = Client()
    sign_in(client, wie)
    return client


def test_the_bar_names_what_sounds_for_whom_it_is_and_not_on_a_locked_screen(
    iris: Medewerker, klok: Klok, w: Wandeling
) -> None:
    alive()
    client = client_of(iris)
    stil = {"X-Achtergrond": "1"}
    balk = client.get("/alarmen/balk", headers=stil).content.decode()
    assert 'data-luid="1"' in balk
    assert "Milan V." in balk
    assert "Bel de melder terug" in balk
    assert "staat stil" not in balk
    collega = client_of(medewerker("crisismedewerker", iris.functies.get().organisatie))
    assert 'data-luid="0"' in collega.get("/alarmen/balk", headers=stil).content.decode()
    session = client.session
    session[sessie.SLOT] = True
    session.save()
    op_slot = client.get("/alarmen/balk", headers=stil).content.decode()
    assert 'data-luid="1"' in op_slot
    assert not re.search("Milan|Bel de melder|Ik heb het", op_slot)
    assert client.post(f"/alarmen/{Alarm.objects.get(klok=klok).id}/ik-heb-het").status_code == 423


def test_a_loop_that_stopped_is_loud_on_every_page(iris: Medewerker) -> None:
    client = client_of(iris)
    assert "staat stil" in client.get("/alarmen/balk").content.decode()
    Hartslag.objects.create(
        naam="dood", begonnen_op=clock.now(), op=clock.now()
    )  # years ago by the clock of the database
    assert "staat stil" in client.get("/alarmen").content.decode()
    alive()
    assert "staat stil" not in client.get("/alarmen/balk").content.decode()


def test_i_have_it_twice_and_after_another(iris: Medewerker, klok: Klok) -> None:
    alive()
    adres = f"/alarmen/{Alarm.objects.get(klok=klok).id}/ik-heb-het"
    client = client_of(iris)
    for terug, naar in (
        ("/mijn-werk", "/mijn-werk"),
        ("https://elders.example/", "/alarmen"),
        ("//elders.example", "/alarmen"),
    ):
        antwoord = client.post(adres, {"terug": terug})
        assert (antwoord.status_code, antwoord.headers["Location"]) == (303, naar)
    ander = client_of(medewerker("coordinator", iris.functies.get().organisatie))
    antwoord = ander.post(adres)
    assert antwoord.status_code == 409
    assert "Iris de Groot" in antwoord.content.decode()


def test_the_pages_look_right_wide_and_small(
    iris: Medewerker,
    klok: Klok,
    w: Wandeling,
    new_page: Callable[..., Page],
    axe: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    alive()
    for breed, hoog in ((1440, 900), (390, 844)):
        page = new_page(viewport={"width": breed, "height": hoog})
        sign_in(page, iris)
        for adres in ("/alarmen", "/alarmen/ladder", f"/alarmen/casus/{w.casus_id}", "/dienst"):
            page.goto(adres)
            expect(page.locator("#vn-alarm .al-regel")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (adres, breed)
            axe(page)
            page.screenshot(path=tmp_path / f"{breed}{adres.replace('/', '-')}.png", full_page=True)


@pytest.fixture
def server(cluster: Cluster, database_name: str, tmp_path: Path) -> Iterator[Server]:
    machine = Server(cluster, database_name, tmp_path)
    running = [machine.start(), machine.start_waking()]
    yield machine
    for een in running:
        if een.poll() is None:
            machine.kill(een)


def test_a_deadline_passes_and_the_open_page_sounds(server: Server, page: Page) -> None:
    """The loop and the server are processes of their own, and the clock is the real one."""
    weg = nieuwe_casus(streek())
    huis = Organisatie.objects.get(id=weg.streek.dienst.organisatie_id)
    wie = medewerker("crisismedewerker", huis, naam="Iris de Groot")
    nu = clock.now()
    Dienst.objects.create(organisatie=huis, medewerker=wie, taak="voorwacht", van=nu - MIN, tot=nu + 60 * MIN)
    page.goto(server.root)
    sign_in(page, wie)
    page.goto(f"{server.root}/mijn-werk")
    expect(page.locator("body.is-levend")).to_be_attached()
    page.locator("h1").click()  # a browser sounds only on a page that somebody touched
    page.evaluate(
        "() => { window.klonk = 0; document.addEventListener('vangnet:geluid', () => { window.klonk += 1; }); }"
    )
    klok = due(weg.casus_id, "Bel de melder terug", timedelta(seconds=1))
    regel = page.locator("#vn-alarm .al-regel--nood", has_text="Bel de melder terug")
    expect(regel).to_be_visible(timeout=15_000)
    page.wait_for_function("() => window.klonk > 0")
    expect(page).to_have_title(re.compile("^● 1 alarm"))
    alarm = Alarm.objects.get(klok=klok)
    assert alarm.op >= klok.uiterlijk
    regel.get_by_role("button", name="Ik heb het").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jij hebt het.")).to_be_visible()
    expect(page.locator("#vn-alarm .al-regel--nood")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("●"))
    alarm.refresh_from_db()
    assert (alarm.einde, alarm.door) == ("bevestigd", wie)
