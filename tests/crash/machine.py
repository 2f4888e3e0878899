# SPDX-License-Identifier: EUPL-1.2
"""A whole Vangnet on this machine, of which any part may be killed: the database that comes along, the server and the loop, each started
again at once when it ends, as systemd does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from tests.house.sources import ROOT
from tests.server import Server
from vangnet.cli import postgres
from vangnet.cli.kopie.programma import find
from vangnet.cli.postgres import BEHEER, DATABASE, Cluster

from .wereld import REGIO

HERSTART = 0.1
"""Seconds before a process that ended is started again: what systemd takes when nothing else is said."""
BEGIN = "val-om-"
LADDER = """
door = "De proef"
op = 2026-11-22
reden = "Korte sporten, zodat er in een proef van minuten meer afgaan."

[[ladder]]
soort = "uur"
vooraf = 15
sporten = [
  { na = 0, wie = "eigenaar", wegen = ["scherm", "geluid"] },
  { na = 1, wie = "coordinator", wegen = ["scherm", "geluid"] },
  { na = 2, wie = "achterwacht", wegen = ["scherm"] },
  { na = 3, wie = "bellijst", wegen = ["scherm", "geluid"] },
]

[[ladder]]
soort = "dag"
vooraf = 900
sporten = [{ na = 0, wie = "eigenaar", wegen = ["scherm"] }]

[[ladder]]
soort = "zacht"
vooraf = 0
sporten = [{ na = 0, wie = "eigenaar", wegen = ["scherm"] }]
"""


class Bewaakt:
    """One process that is started again whenever it ends."""

    def __init__(self, begin: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._begin, self._klaar = begin, threading.Event()
        self.proces = begin()
        self._draad = threading.Thread(target=self._watch, daemon=True)
        self._draad.start()

    def kill(self) -> None:
        """kill -9 of it and all that it started."""
        with suppress(ProcessLookupError):  # It may have ended by itself just now; then it is started again already.
            os.killpg(self.proces.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._klaar.set()
        self.kill()
        self._draad.join(30)
        self.kill()

    def _watch(self) -> None:
        while True:
            self.proces.wait()
            if self._klaar.wait(HERSTART):
                return
            self.proces = self._begin()


class Machine:
    """The three of them, on a cluster that keeps its promises at a crash and that nobody else uses."""

    def __init__(self, map_: Path) -> None:
        for oud in postgres.state_folder().glob(f"{BEGIN}*"):  # of a proof that was killed itself
            if not _living([int(oud.name.removeprefix(BEGIN))]):
                postgres.discard(oud.name)
        self._naam, self._map = f"{BEGIN}{os.getpid()}", map_
        self._clusters = [postgres.start(self._naam)]
        self._bewaakt: dict[str, Bewaakt] = {}
        self.database_terug: list[float] = []
        """Seconds that the database itself took, each time, until it answered."""
        self._loop = 0
        """The loop that was killed last."""
        eigen = map_ / "eigen" / REGIO
        eigen.mkdir(parents=True)
        (eigen / "escalatie.toml").write_text(LADDER)
        self.server = Server(
            self.cluster, DATABASE, map_, {"VANGNET_EIGEN": str(map_ / "eigen"), "VANGNET_LOGNIVEAU": "ERROR"}
        )

    def said(self) -> str:
        """The last words of the server and the loop."""
        return (self._map / "gezegd").read_text(errors="replace")[-2000:]

    @property
    def cluster(self) -> Cluster:
        return self._clusters[0]

    def link(self) -> psycopg.Connection[Any]:
        """A connection that sees every row."""
        return psycopg.connect(self.cluster.url(BEHEER), autocommit=True, connect_timeout=5)

    def fill(self, patroon: str, mensen: int) -> list[dict[str, str]]:
        """The tables as `migrate` makes them, from the pattern of the tests at this address, and who works here."""
        with self.link() as link:
            eigen = link.info.server_version // 10000
        lees, _ = find("pg_dump", eigen)
        schrijf = str(Path(lees).with_name("psql"))
        gewoon = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        with subprocess.Popen([lees, "--dbname", patroon], env=gewoon, stdout=subprocess.PIPE) as bron:
            subprocess.run(
                [schrijf, "-q", "-X", "-v", "ON_ERROR_STOP=1", "--dbname", self.cluster.url(BEHEER)],
                env=gewoon, stdin=bron.stdout, stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
        assert bron.returncode == 0
        omgeving = os.environ | {
            "DATABASE_URL": self.cluster.url(BEHEER), "DJANGO_SETTINGS_MODULE": "vangnet.conf.settings", "VANGNET_DEMO": "1",
            "SECRET_KEY": settings.SECRET_KEY, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        gezegd = subprocess.run(
            [sys.executable, "-m", "tests.crash.wereld", str(mensen)], cwd=ROOT, env=omgeving, stdout=subprocess.PIPE, check=True
        )  # fmt: skip
        uit: list[dict[str, str]] = json.loads(gezegd.stdout)
        return uit

    def start(self) -> None:
        """The server and the loop."""
        self._bewaakt = {"web": Bewaakt(self.server.begin), "wekker": Bewaakt(self.server.start_waking)}

    def kill(self, wat: str, alles: bool) -> float:
        """kill -9 of `web`, `wekker` or `database`: of the last all its processes at once (`alles`), or the first of them, upon which the
        others find out. What was killed is started again. Returns the moment (of the monotonic clock) from which nothing of it
        can answer any more."""
        if wat != "database":
            een = self._bewaakt[wat]
            oud = een.proces
            self._loop = oud.pid if wat == "wekker" else self._loop
            een.kill()
            oud.wait()
            return time.monotonic()
        (actief,) = self.cluster.base.glob("pg*.actief")
        pid = int((self.cluster.base / actief.read_text().strip() / "postmaster.pid").read_text().split("\n", 1)[0])
        gezin = _children(pid)
        for een_van in (pid, *(gezin if alles else ())):
            with suppress(ProcessLookupError):  # A backend whose client was done.
                os.kill(een_van, signal.SIGKILL)
        tot = time.monotonic() + 20
        while _living(gezin) and time.monotonic() < tot:
            time.sleep(0.01)
        dood = time.monotonic()
        self._clusters.append(postgres.start(self._naam))
        self.database_terug.append(time.monotonic() - dood)
        return dood

    def new_loop_lives(self) -> bool:
        """Whether the loop that runs in place of the one that was killed has said that it lives."""
        nu = self._bewaakt["wekker"].proces.pid
        time.sleep(0.2)  # Who asks too often takes the time in which it would have started.
        if nu == self._loop:
            return False
        try:
            with self.link() as link:
                return (
                    link.execute("select from clocks_hartslag where naam like %s", [f"%:{nu}"]).fetchone() is not None
                )
        except psycopg.Error:
            return False

    def stop(self) -> None:
        for een in self._bewaakt.values():
            een.stop()
        for cluster in self._clusters:
            cluster.stop()
        assert postgres.discard(self._naam)


def _children(pid: int) -> list[int]:
    return [int(een) for een, ouder, _ in _processes() if ouder == str(pid)]


def _living(nummers: list[int]) -> list[int]:
    """Those of these processes that run; one that ended and waits to be collected does not."""
    return [int(een) for een, _, stand in _processes() if int(een) in nummers and not stand.startswith("Z")]


def _processes() -> list[list[str]]:
    tabel = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return [regel.split()[:3] for regel in tabel.splitlines()]
