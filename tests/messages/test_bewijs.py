# SPDX-License-Identifier: EUPL-1.2
"""The proof of the outbox: real senders that are killed at random moments, against a provider that hangs, fails, refuses,
accepts and drops its answer. None is lost, a repeat carries the same id, and each that is exhausted is a red task.

`make proof-outbox` does 5,000 messages and 20 kills (AANTAL=100000 KILLS=200: the long form); the tests do a slice.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import transaction

from tests.house.sources import ROOT
from tests.mensen import actor_of, medewerker, organisatie
from tests.messages.aanbieder import lost
from tests.messages.verzender import SNEL
from tests.rollen import as_application
from vangnet.access.models import Organisatie, Rol, Soort
from vangnet.cli.postgres import BEHEER, POST
from vangnet.conf import clock
from vangnet.messages import outbox
from vangnet.messages.models import MISLUKT, VERSTUURD, Bericht
from vangnet.messages.outbox import Poststuk
from vangnet.process.failed_messages import show_failed_messages

AANTAL, KILLS = int(os.environ.get("VANGNET_BERICHTEN", "150")), int(os.environ.get("VANGNET_KILLS", "2"))
ZAAD = int(os.environ.get("VANGNET_ZAAD", "5"))
PROCESSEN = 2 if AANTAL < 1000 else 3
PER_KEER = 25
"""Messages in one transaction."""
VOORUIT = 300
"""Messages that are written down before they are sent."""


class Verzenders:
    """Senders, of which one at a time is killed and replaced."""

    def __init__(self, omgeving: dict[str, str]) -> None:
        self._omgeving = omgeving
        self.alle = [self._begin() for _ in range(PROCESSEN)]
        self.gedood = 0

    def kill(self, welke: int) -> None:
        self.alle[welke].send_signal(signal.SIGKILL)
        self.alle[welke].wait()
        self.gedood += 1
        self.alle[welke] = self._begin()

    def stop(self) -> None:
        for een in self.alle:
            een.kill()
            een.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "tests.messages.verzender"], cwd=ROOT, env=self._omgeving)


def put_all(huis: Organisatie, van: int, tot: int, nu: datetime) -> list[str]:
    """Write messages down as the application does; returns the ids of those that were rolled back."""
    weg = []
    for begin in range(van, tot, PER_KEER):
        with as_application(), transaction.atomic():
            for n in range(begin, min(tot, begin + PER_KEER)):
                outbox.put(stuk(huis, f"bewijs {n}"), nu)
        with as_application(), transaction.atomic():
            weg.append(str(outbox.put(stuk(huis, f"weg {begin}"), nu).id))
            transaction.set_rollback(True)
    return weg


def stuk(huis: Organisatie, sleutel: str) -> Poststuk:
    return Poststuk("sein", "0612345678", "alarm", huis.pk, huis.regio, sleutel, {"trap": "1", "waar": "dienst"})


@pytest.mark.django_db(transaction=True)
def test_none_is_lost_whatever_dies(cluster: Any, database_name: str, tmp_path: Path) -> None:
    kans = random.Random(ZAAD)
    (tmp_path / "sleutel").write_bytes(b"alleen-voor-de-tests-0123456789-abcdef")
    gewoon = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    aanbieder = subprocess.Popen(
        [sys.executable, "-m", "tests.messages.aanbieder", str(tmp_path), str(ZAAD), "1.5"], cwd=ROOT, env=gewoon, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    assert aanbieder.stdout is not None
    url = aanbieder.stdout.readline().strip()
    (tmp_path / "sein.toml").write_text(f'[zuid-limburg]\nurl = "{url}"\nsleutel_bestand = "sleutel"\n')
    verzenders = Verzenders(
        gewoon | {
            "DATABASE_URL": cluster.url(POST, database_name), "DJANGO_SETTINGS_MODULE": "vangnet.conf.settings", "VANGNET_DEMO": "1",
            "VANGNET_SEIN": str(tmp_path / "sein.toml"), "VANGNET_DATABASE_POOL": "11", "VANGNET_LOGNIVEAU": "ERROR",
        }
    )  # fmt: skip
    huis = organisatie(Soort.CRISISDIENST, naam="Crisisdienst Proef")
    try:
        with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
            begonnen = time.monotonic()
            erbij = min(AANTAL // 2, VOORUIT)
            weg = put_all(huis, 0, erbij, clock.now())
            drempels = sorted(kans.uniform(0.02, 0.9) * AANTAL for _ in range(KILLS))
            klaar, gemeld, stil = 0, 0.0, begonnen
            while klaar < AANTAL:
                if erbij < AANTAL and erbij - klaar < VOORUIT:  # the rest comes while it is sent
                    van, erbij = erbij, min(AANTAL, erbij + 4 * PER_KEER)
                    weg += put_all(huis, van, erbij, clock.now())
                while drempels and klaar >= drempels[0]:
                    drempels.pop(0)
                    time.sleep(kans.uniform(0, 0.4))
                    verzenders.kill(kans.randrange(PROCESSEN))
                time.sleep(0.1)
                row = link.execute("select count(*) from messages_bericht where toestand <> 'wacht'").fetchone()
                assert row is not None
                stil = time.monotonic() if row[0] > klaar else stil
                klaar = row[0]
                assert time.monotonic() - stil < 60, f"{klaar} van {AANTAL}, en een minuut lang geen een erbij"
                if time.monotonic() - gemeld > 5:
                    gemeld = time.monotonic()
                    print(
                        f"{klaar} van {AANTAL} klaar, {verzenders.gedood} keer kill -9, {gemeld - begonnen:.0f} s",
                        flush=True,
                    )
            duur = time.monotonic() - begonnen
    finally:
        verzenders.stop()
        aanbieder.kill()
        aanbieder.wait()

    vragen, genomen = Counter[str](), defaultdict(list)
    for regel in (tmp_path / "lijst").read_text().splitlines():
        soort, id_, *rest = regel.split()
        if soort == "vraag":
            vragen[id_] += 1
        else:
            genomen[id_].append(tuple(rest))
    berichten = {str(b.id): b for b in Bericht.objects.all()}
    rood = {id_ for id_, b in berichten.items() if b.toestand == MISLUKT}
    verstuurd = {id_ for id_, b in berichten.items() if b.toestand == VERSTUURD}
    herhaald = {id_ for id_, keren in genomen.items() if len(keren) > 1}
    print(
        f"{len(berichten)} berichten in {duur:.0f} s: {len(verstuurd)} verstuurd, {len(rood)} rood; {sum(vragen.values())} pogingen kwamen aan, "
        f"{len(herhaald)} berichten kwamen vaker, {len(rood & genomen.keys())} werden genomen maar zonder antwoord opgegeven; {verzenders.gedood} keer kill -9"
    )  # fmt: skip

    assert verzenders.gedood == KILLS
    assert len(berichten) == AANTAL == len(rood) + len(verstuurd), "none is lost"
    assert vragen.keys() <= berichten.keys() and not vragen.keys() & set(weg), "nothing goes out that was not committed"
    assert verstuurd <= genomen.keys(), "what is called sent was taken"
    assert {id_ for id_ in berichten if lost(ZAAD, id_)} <= rood and rood, "what is never taken is red"
    assert all(len(set(keren)) == 1 and keren[0][1] == id_ for id_, keren in genomen.items()), (
        "a repeat is the same message"
    )
    assert herhaald or AANTAL < 100, "the provider drops answers, so some came twice"
    assert all(vragen[id_] <= b.pogingen <= SNEL.pogingen for id_, b in berichten.items()), (
        "no more attempts than allowed"
    )
    taken = show_failed_messages(actor_of(medewerker(Rol.CRISISMEDEWERKER, huis)), clock.now())
    assert len(taken.rijen) + taken.meer == len(rood) and not any(t.wacht for t in taken.rijen), (
        "each exhausted one is a red task"
    )
