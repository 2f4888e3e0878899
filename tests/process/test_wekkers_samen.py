# SPDX-License-Identifier: EUPL-1.2
"""More loops at once, and people at work at that very moment: everything goes off once, and nothing is forgotten."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from tests.mensen import medewerker
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Organisatie
from vangnet.capacity.models import Dienst
from vangnet.cli.postgres import APP, Cluster
from vangnet.clocks.models import Alarm, Hartslag, Klok, Waarschuwing
from vangnet.conf import clock
from vangnet.process.escalate import wake
from vangnet.worker.wekker import Wekker

pytestmark = pytest.mark.django_db(transaction=True)
HOEVEEL = 6


@pytest.fixture
def casussen() -> list[Wandeling]:
    s = streek()
    weg = [nieuwe_casus(s) for _ in range(HOEVEEL)]
    Klok.objects.update(wek_op=None)
    huis = Organisatie.objects.get(id=s.dienst.organisatie_id)
    nu = clock.now()
    wie = medewerker("crisismedewerker", huis)
    Dienst.objects.create(
        organisatie=huis, medewerker=wie, taak="voorwacht", van=nu - timedelta(1), tot=nu + timedelta(1)
    )
    return weg


def due(weg: list[Wandeling], over: timedelta) -> None:
    nu = clock.now()
    for w in weg:
        Klok.objects.create(
            casus_id=w.casus_id, sleutel="proef.uur", wat="Iets", strekking="maximaal", eigenaar="crisisdienst",
            begonnen_op=nu - timedelta(hours=1), uiterlijk=nu + over, wek_op=nu + over,
        )  # fmt: skip


def at_once(*doen: Callable[[], object]) -> None:
    fouten: list[BaseException] = []

    def run(do: Callable[[], object]) -> None:
        try:
            do()
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(do,)) for do in doen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert fouten == []


def test_four_loops_wake_everybody_once(casussen: list[Wandeling]) -> None:
    due(casussen, timedelta(seconds=-1))
    op = clock.now()
    at_once(*[lambda: wake(op)] * 4)
    assert Alarm.objects.count() == HOEVEEL
    assert Waarschuwing.objects.filter(wie="eigenaar").count() == HOEVEEL
    assert not Klok.objects.filter(wek_op__isnull=False).exists()


def test_a_casus_that_somebody_works_on_goes_off_as_soon_as_it_is_free(
    casussen: list[Wandeling], cluster: Cluster, database_name: str
) -> None:
    due(casussen, timedelta(seconds=-1))
    bezig = casussen[0].casus_id
    with closing(psycopg.connect(cluster.url("postgres", database_name))) as ander:
        ander.execute("select from casework_casus where id = %s for update", [bezig])
        wake(clock.now())
        assert Alarm.objects.count() == HOEVEEL - 1
        ander.rollback()
    wake(clock.now())
    assert Alarm.objects.filter(casus_id=bezig).count() == 1


def test_who_says_this_very_moment_that_he_has_it_is_not_overruled(
    casussen: list[Wandeling], cluster: Cluster, database_name: str
) -> None:
    due(casussen[:1], timedelta(seconds=-1))
    wake(clock.now())
    alarm = Alarm.objects.get()
    assert alarm.volgende_op is not None
    rung = alarm.volgende_op
    with closing(psycopg.connect(cluster.url("postgres", database_name))) as ander:
        ander.execute(
            "update clocks_alarm set einde_op = now(), einde = 'bevestigd', volgende_op = null where id = %s",
            [alarm.id],
        )

        def answer() -> None:
            time.sleep(0.5)  # so that the loop, most often, stands before the row already
            ander.commit()

        at_once(lambda: wake(rung), answer)
    alarm.refresh_from_db()
    assert (alarm.einde, alarm.volgende_op, alarm.sport) == ("bevestigd", None, 1)
    assert Waarschuwing.objects.count() == 1


def test_the_loop_hears_what_is_new_says_that_it_lives_and_stops(
    casussen: list[Wandeling], cluster: Cluster, database_name: str
) -> None:
    with psycopg.connect(cluster.url(APP, database_name)) as link:
        woorden = {"conninfo": link.info.dsn, "password": link.info.password}
    wekker = Wekker(woorden)

    def later() -> None:
        try:
            _until(lambda: Hartslag.objects.filter(naam=wekker.naam).exists())
            due(casussen[:2], timedelta(seconds=0.5))  # nobody told the loop but the database
            _until(lambda: Alarm.objects.count() == 2)
        finally:
            wekker.stop()

    at_once(wekker.run, later)
    assert wekker.gewekt >= 2
    for alarm in Alarm.objects.select_related("klok"):
        assert alarm.op >= alarm.klok.uiterlijk  # never too early


def _until(klaar: Callable[[], bool]) -> None:
    einde = time.monotonic() + 30
    while not klaar():
        assert time.monotonic() < einde, "it did not come"
        time.sleep(0.05)
