# SPDX-License-Identifier: EUPL-1.2
"""What changes shows at once on every open page that it concerns, and nobody else hears of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import AsyncClient, Client
from playwright.sync_api import expect

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.server import Server
from vangnet.access import accounts
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker, Organisatie
from vangnet.access.stroom import Stroomrecht
from vangnet.cli.postgres import BEHEER, Cluster
from vangnet.conf import clock
from vangnet.conf.threads import InThreads
from vangnet.process.block_person import block_by_number
from vangnet.process.take_in_hand import take_in_hand
from vangnet.process.take_melding import begin_melding, save_fields
from vangnet.web.levend import views
from vangnet.web.levend.hub import Hub

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

GEDULD = 5.0
"""Seconds that a test waits for a word; the word itself comes within a fraction of one."""


@pytest.fixture
def dienst() -> Organisatie:
    return organisatie("crisisdienst")


@pytest.fixture
def iris(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst)


@pytest.fixture
def casus_id(iris: Medewerker) -> UUID:
    return begin_melding(actor_of(iris), clock.now(), uuid4()).casus_id


class Oor:
    """One open stream, read in the loop of a test."""

    def __init__(self, hub: Hub, actor: Actor, sleutel: str = "geen") -> None:
        recht = Stroomrecht(sleutel, "veranderingen.volgen")
        self._stream: AsyncIterator[bytes] = views.events(hub, actor, recht)

    async def word(self, within: float = GEDULD) -> str:
        """The kind of the next event; empty when none came in time, after which nothing more is read."""
        try:
            part = await asyncio.wait_for(anext(self._stream), within)
        except TimeoutError:
            return ""
        except StopAsyncIteration:
            return "afgelopen"
        return "los" if b"data:los" in part else part.decode().partition("event: ")[2].partition("\n")[0]

    async def until(self, word: str) -> None:
        """Read on until this word; fails when it does not come."""
        deadline = time.monotonic() + GEDULD
        while (heard := await self.word()) != word:
            assert heard and time.monotonic() < deadline, f"heard {heard!r}, waited for {word!r}"


def listen(scene: Callable[[Hub], Any]) -> None:
    """Play a scene with a hub of its own; the listener ends with it."""

    async def play() -> None:
        hub = Hub(views.HUB._words)
        try:
            await scene(hub)
        finally:
            connection.close()  # The one of this context; the thread around it has another.
            if hub._luistert is not None:
                hub._luistert.cancel()
                await asyncio.wait({hub._luistert})

    in_own_loop(play())


def in_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: in that of the tests the browser may have a loop already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(in_thread, asyncio.run, work).result()


async def quiet(*oren: Oor) -> None:
    """Past the beginning: the stream lives, and the database reaches it."""
    for oor in oren:
        if await oor.word() == "los":
            await oor.until("veranderd")


def test_who_takes_part_hears_it_and_nobody_else(iris: Medewerker, casus_id: UUID) -> None:
    vreemd = medewerker("crisismedewerker", organisatie("crisisdienst", naam="Andere dienst"))

    async def scene(hub: Hub) -> None:
        eigen, ander = Oor(hub, actor_of(iris)), Oor(hub, actor_of(vreemd))
        await quiet(eigen, ander)
        begin = time.monotonic()
        await asyncio.to_thread(save, iris, casus_id, "Wil weg van huis.")
        await eigen.until("veranderd")
        assert time.monotonic() - begin < GEDULD
        assert await ander.word(0.3) == ""

    listen(scene)


def test_a_stream_is_kept_by_nobody_on_the_way(iris: Medewerker) -> None:
    client = AsyncClient()
    client.cookies[settings.SESSION_COOKIE_NAME] = sign_in(Client(), iris)

    async def ask() -> None:
        answer = await client.get("/veranderingen", secure=True)
        assert (answer.status_code, answer.streaming) == (200, True)
        assert answer["Content-Type"] == "text/event-stream"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Accel-Buffering"] == "no", "a proxy passes it on at once"
        assert not {"ETag", "Last-Modified", "Expires", "Content-Length"} & set(answer.headers)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src" in answer["Content-Security-Policy"]

    in_own_loop(ask())


def save(wie: Medewerker, casus_id: UUID, tekst: str) -> None:
    """A change, in a thread with a connection of its own, as a request makes it."""
    from vangnet.casework.models import Melding

    try:
        melding = Melding.objects.get(casus_id=casus_id)
        save_fields(actor_of(wie), clock.now(), melding.id, {"melding.situatie": tekst})
    finally:
        connection.close()


def in_thread(do: Callable[..., Any], *words: Any) -> Any:
    try:
        return do(*words)
    finally:
        connection.close()


def test_nothing_is_told_of_what_was_not_kept(iris: Medewerker, casus_id: UUID) -> None:
    def refused() -> None:
        with pytest.raises(Exception, match=r".*"):
            take_in_hand(actor_of(iris), clock.now(), casus_id, uuid4())

    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris))
        await quiet(oor)
        await asyncio.to_thread(in_thread, refused)
        assert await oor.word(0.4) == ""

    listen(scene)


def test_a_block_from_outside_and_a_roster_are_told_too(dienst: Organisatie, iris: Medewerker, casus_id: UUID) -> None:
    from datetime import timedelta

    from vangnet.capacity.models import Dienst
    from vangnet.casework.models import Casus

    ander = medewerker("crisismedewerker", dienst)
    fg = medewerker("fg", organisatie("regio"))

    def block() -> None:
        nummer = Casus.objects.get(id=casus_id).nummer
        block_by_number(actor_of(fg), clock.now(), nummer, ander.email, "familie", True)

    def roster() -> None:
        nu = clock.now()
        Dienst.objects.create(
            organisatie=dienst, medewerker=iris, taak="voorwacht", van=nu, tot=nu + timedelta(hours=8)
        )

    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris))
        await quiet(oor)
        for change in (block, roster):
            await asyncio.to_thread(in_thread, change)
            await oor.until("veranderd")

    listen(scene)


def test_a_stream_ends_at_once_when_the_way_in_ends(iris: Medewerker) -> None:
    client = Client()
    sleutel = sign_in(client, iris)
    beheer = actor_of(medewerker("beheerder", organisatie("regio")))

    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris), sleutel)
        await quiet(oor)
        await asyncio.to_thread(in_thread, accounts.revoke_for, beheer, iris.pk, clock.now())
        await oor.until("einde")
        assert await oor.word() == "afgelopen"
        assert hub.aantal == 0

    listen(scene)


def test_a_function_that_ended_is_noticed_without_a_word(iris: Medewerker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that ends by its date changes no row: the stream looks by itself, too."""
    from vangnet.access.models import Functie

    client = Client()
    sleutel = sign_in(client, iris)
    monkeypatch.setattr(views, "HART", 0.05)

    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris), sleutel)
        await quiet(oor)
        assert await oor.word() == "hart"
        await asyncio.to_thread(in_thread, end)
        await oor.until("einde")

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            Functie.objects.filter(medewerker=iris).update(tot=clock.now())
            cursor.execute("set session_replication_role = default")

    listen(scene)


def test_after_a_database_that_was_away_everybody_looks_again(
    cluster: Cluster, database_name: str, iris: Medewerker
) -> None:
    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris))
        await quiet(oor)
        with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
            link.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vangnet luistert'"
            )
        await oor.until("los")
        await oor.until("veranderd")
        assert hub.verbonden

    listen(scene)


def test_many_changes_are_told_as_few(iris: Medewerker, casus_id: UUID) -> None:
    async def scene(hub: Hub) -> None:
        oor = Oor(hub, actor_of(iris))
        await quiet(oor)
        for _ in range(50):
            hub.heard(f"bij {iris.functies.get().organisatie_id}")
        for onzin in ("", " ", "bij", "wat dan ook"):
            hub.heard(onzin)
        assert await oor.word() == "veranderd"
        assert await oor.word(0.3) == ""

    listen(scene)


def test_a_stream_whose_reader_left_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(30)
        finally:
            closed.append("dicht")

    async def scene() -> None:
        from django.http import StreamingHttpResponse

        application = InThreads(1)
        monkeypatch.setattr(application, "_answer", lambda scope, body: StreamingHttpResponse(endless()))
        left, sent = asyncio.Event(), []
        first = True

        async def receive() -> dict[str, Any]:
            nonlocal first
            if first:
                first = False
                return {"type": "http.request", "body": b"", "more_body": False}
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        running = asyncio.create_task(application({"type": "http"}, receive, send))
        while not any(message.get("body") for message in sent):
            await asyncio.sleep(0.01)
        left.set()
        await asyncio.wait_for(running, GEDULD)

    in_own_loop(scene())
    assert closed == ["dicht"]


# ---- in the browser ----------------------------------------------------------------------------------------------


@pytest.fixture
def server(cluster: Cluster, database_name: str, tmp_path: Path) -> Iterator[Server]:
    machine = Server(cluster, database_name, tmp_path)
    running = machine.start()
    yield machine
    if running.poll() is None:
        machine.kill(running)


def test_the_board_shows_a_call_of_a_colleague_and_says_whether_it_is_live(
    server: Server, page: Page, dienst: Organisatie, iris: Medewerker
) -> None:
    collega = medewerker("crisismedewerker", dienst)
    page.goto(server.root)
    sign_in(page, iris)
    page.goto(f"{server.root}/dienst")
    sign = page.locator("#ds-live")
    expect(sign).to_contain_text("Live")
    in_thread(begin_melding, actor_of(collega), clock.now(), uuid4())
    expect(page.locator('[data-deel="meldingen"]')).to_contain_text(collega.naam, timeout=2000)
    second = page.context.new_page()  # another tab of this browser hears it by the first
    second.goto(f"{server.root}/dienst")
    expect(second.locator("#ds-live")).to_contain_text("Live")
    derde = medewerker("coordinator", dienst)
    in_thread(begin_melding, actor_of(derde), clock.now(), uuid4())
    for tab in (page, second):
        tab.bring_to_front()
        expect(tab.locator('[data-deel="meldingen"]')).to_contain_text(derde.naam, timeout=2000)
    page.close()  # the tab that held the stream
    vierde = medewerker("crisismedewerker", dienst)
    expect(second.locator("#ds-live")).to_contain_text("Live")
    in_thread(begin_melding, actor_of(vierde), clock.now(), uuid4())
    expect(second.locator('[data-deel="meldingen"]')).to_contain_text(vierde.naam, timeout=4000)
