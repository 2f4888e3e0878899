# SPDX-License-Identifier: EUPL-1.2
"""One connection per process that listens to the database, and feeds every stream that is open there.

The database tells which organisations a change touches, never what changed (clocks/0007). So a stream carries nothing of a
casus; the page asks for what it may see, through the gate and both locks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

from vangnet.process.show_alarms import LEEFT

log = logging.getLogger(__name__)

KANAAL = "vangnet"
GEDULD = 10.0
"""Seconds between two questions whether the connection still holds, and the loop that wakes people still lives."""
OPNIEUW = (0.2, 0.5, 1.0, 2.0)
"""Seconds before each new try to reach the database; the last one goes on."""


class Volger:
    """One open stream: for whom it is, and what it still has to tell."""

    def __init__(self, organisatie_id: UUID | None, medewerker_id: UUID | None) -> None:
        self.organisatie_id, self.medewerker_id = str(organisatie_id), str(medewerker_id)
        self.wakker = asyncio.Event()
        self.veranderd = False
        """Something changed in a casus of the organisation, or on its board."""
        self.alarm = False
        """An alarm went off, climbed or ended in a casus of the organisation; or the loop stopped, or came back."""
        self.nakijken = False
        """The way in of this person changed: the stream asks whether it may go on."""

    def tell(self, veranderd: bool = False, nakijken: bool = False, alarm: bool = False) -> None:
        """Wake the stream. What is told twice before it woke is told once."""
        self.veranderd |= veranderd
        self.nakijken |= nakijken
        self.alarm |= alarm
        self.wakker.set()


class Hub:
    """The streams of this process and the connection that feeds them, which begins with the first stream. All of it lives on
    one event loop."""

    def __init__(self, words: Callable[[], dict[str, Any]]) -> None:
        self._words = words
        self._volgers: set[Volger] = set()
        self._luistert: asyncio.Task[None] | None = None
        self.verbonden = False
        """Whether the database can reach this process now."""
        self.wekker_stil = False
        """Whether the loop that wakes people has stopped: this watches it from outside."""

    @contextmanager
    def following(self, organisatie_id: UUID | None, medewerker_id: UUID | None) -> Iterator[Volger]:
        """A stream for as long as the block lasts."""
        if self._luistert is None or self._luistert.done():
            self._luistert = asyncio.get_running_loop().create_task(self._listen())
        volger = Volger(organisatie_id, medewerker_id)
        self._volgers.add(volger)
        try:
            yield volger
        finally:
            self._volgers.discard(volger)

    @property
    def aantal(self) -> int:
        """How many streams are open in this process."""
        return len(self._volgers)

    async def _listen(self) -> None:
        """Listen for ever. While the database is away nobody is told anything; when it is back, everybody looks again, since
        what happened in between was heard by nobody."""
        keer = 0
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._words(), autocommit=True) as link:
                    await link.execute(f"listen {KANAAL}")
                    self.verbonden, keer = True, 0
                    await self._watch(link)
                    self._everybody()
                    while True:
                        async for bericht in link.notifies(timeout=GEDULD):
                            self.heard(bericht.payload)
                        await self._watch(link)
            except (psycopg.Error, OSError) as fout:
                if self.verbonden or keer == 0:
                    log.warning("luisteren naar de database is onderbroken: %s", type(fout).__name__)
                self.verbonden = False
                self._everybody(veranderd=False)
                await asyncio.sleep(OPNIEUW[min(keer, len(OPNIEUW) - 1)])
                keer += 1

    async def _watch(self, link: psycopg.AsyncConnection[Any]) -> None:
        """Ask whether the loop lives. When that changed, every bar looks again, and says so."""
        rij = await (await link.execute(LEEFT)).fetchone()
        stil = not (rij and rij[0])
        if stil != self.wekker_stil:
            self.wekker_stil = stil
            for volger in tuple(self._volgers):
                volger.tell(alarm=True)

    def heard(self, woorden: str) -> None:
        """Pass on what the database said: `bij` organisations, `bel` organisations that an alarm is for, `wie` a person, `huis` an organisation whose people must look
        whether they still may."""
        soort, *ids = woorden.split() or [""]  # Whoever reaches the database can say anything here.
        genoemd = set(ids)
        for volger in tuple(self._volgers):
            if soort == "bij" and volger.organisatie_id in genoemd:
                volger.tell(veranderd=True)
            elif soort == "bel" and volger.organisatie_id in genoemd:
                volger.tell(alarm=True)
            elif (soort == "wie" and volger.medewerker_id in genoemd) or (
                soort == "huis" and volger.organisatie_id in genoemd
            ):
                volger.tell(nakijken=True)

    def _everybody(self, veranderd: bool = True) -> None:
        for volger in tuple(self._volgers):
            volger.tell(veranderd=veranderd, alarm=veranderd)
