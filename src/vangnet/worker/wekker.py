# SPDX-License-Identifier: EUPL-1.2
"""The loop: sleeps until the first deadline, rung or offer is due, wakes who must be woken, and says that it lives.

It is woken earlier by the database when something new is due before that. Any number of loops may run: each claims a casus at a
time, so two wake the same people once. When it stops, what was due meanwhile goes off as soon as one runs again.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import Error, close_old_connections, connection

from vangnet.conf import clock
from vangnet.process.escalate import Ronde, next_moment, wake
from vangnet.process.hand_over_procesregie import expire_offers

logger = logging.getLogger(__name__)

KANAAL = "vangnet_wekker"
SLAG = 10.0
"""Seconds between two signs of life when nothing happens."""
OPNIEUW = (0.5, 1.0, 2.0, 5.0)
"""Seconds before each new try to reach the database; the last one goes on."""
STRAF = 60.0
"""Seconds that a casus at which something went wrong is passed over."""
NADER = 0.2
"""Seconds between two looks while a casus that is due is being worked on."""
TRAAG = 1.0
"""The same while one is passed over because it went wrong."""


class Wekker:
    """One loop. `luister` gives a connection that hears the database; `nu` the moment."""

    def __init__(self, woorden: dict[str, Any], nu: Callable[[], datetime] = clock.now) -> None:
        self._woorden, self._nu = woorden, nu
        self.naam = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self._stop = threading.Event()
        self._link: psycopg.Connection[Any] | None = None
        self._straf: dict[UUID, float] = {}
        self.gewekt = self.fouten = 0

    def stop(self) -> None:
        """End after the casus that it is at."""
        self._stop.set()

    def run(self) -> None:
        """Until `stop`. A database that is away is waited for."""
        keer = 0
        begonnen = False
        while not self._stop.is_set():
            try:
                self._listen()
                if not begonnen:
                    self._begin()
                    begonnen = True
                while not self._stop.is_set():
                    self._sleep(self.round())
                    keer = 0
            except (psycopg.Error, Error, OSError) as fout:
                logger.warning("de wekker bereikt de database niet: %s", type(fout).__name__)
                self._hang_up()
                self._stop.wait(OPNIEUW[min(keer, len(OPNIEUW) - 1)])
                keer += 1
        self._hang_up()

    def round(self) -> float:
        """Wake what is due and say that it lives. Returns how many seconds there is nothing to do."""
        nu = self._nu()
        self._straf = {casus: tot for casus, tot in self._straf.items() if tot > time.monotonic()}
        ronde = self._wake(nu)
        mis = set(ronde.fouten)
        expire_offers(nu, tuple(self._straf), mis)
        self._straf |= dict.fromkeys(mis, time.monotonic() + STRAF)
        self.gewekt += ronde.gewekt
        self.fouten += len(mis)
        volgende = next_moment()
        self._beat(volgende)
        if volgende is None:
            return SLAG
        rest = (volgende - self._nu()).total_seconds()
        if rest > 0:
            return min(SLAG, rest)
        return TRAAG if self._straf else 0.0 if ronde.gewekt else NADER

    def _wake(self, nu: datetime) -> Ronde:
        einde = time.monotonic() + SLAG  # After that a sign of life comes first; the rest goes on at once.
        return wake(nu, tuple(self._straf), lambda: self._stop.is_set() or time.monotonic() > einde)

    def _begin(self) -> None:
        with connection.cursor() as cursor:
            # A loop of yesterday lends its row, so that there are never more rows than loops ran at once.
            cursor.execute(
                "update clocks_hartslag set naam = %s, begonnen_op = now(), op = now() where naam = (select naam from clocks_hartslag"
                " where op < now() - interval '1 day' order by op limit 1 for update skip locked)"
                " and not exists (select from clocks_hartslag where naam = %s)",
                [self.naam, self.naam],
            )

    def _beat(self, volgende: datetime | None) -> None:
        """Said by the clock of the database, which is the one that the watchdog reads."""
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into clocks_hartslag (naam, begonnen_op, op, volgende_op, gewekt, fouten) values (%s, now(), now(), %s, %s, %s)"
                " on conflict (naam) do update set op = now(), volgende_op = excluded.volgende_op, gewekt = excluded.gewekt,"
                " fouten = excluded.fouten",
                [self.naam, volgende, self.gewekt, self.fouten],
            )

    def _listen(self) -> None:
        self._hang_up()
        self._link = psycopg.connect(**self._woorden, autocommit=True)
        self._link.execute(f"listen {KANAAL}")

    def _sleep(self, seconden: float) -> None:
        """Until something is due, or the database says that something new may be."""
        assert self._link is not None
        einde = time.monotonic() + seconden
        while not self._stop.is_set() and (rest := einde - time.monotonic()) > 0:
            for _ in self._link.notifies(timeout=min(rest, 0.5), stop_after=1):
                return

    def _hang_up(self) -> None:
        if self._link is not None:
            self._link.close()
        self._link = None
        close_old_connections()
