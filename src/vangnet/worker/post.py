# SPDX-License-Identifier: EUPL-1.2
"""The process that sends messages: takes jobs from the queue, saves those of a process that died, and tidies up."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ProcrastinateException
from procrastinate.worker import Worker

from vangnet.conf import clock
from vangnet.messages import bezorgen
from vangnet.worker.taken import RIJ

logger = logging.getLogger(__name__)
R = TypeVar("R")


@dataclass(frozen=True)
class Ritme:
    """How often what happens, in seconds."""

    kijken: float = 1.0
    """To look for jobs whose moment has come; a new one is announced at once."""
    teken: float = 2.0
    """To give a sign of life."""
    stil: float = 10.0
    """Without a sign for so long, a process is taken for dead and its jobs go back in the queue."""
    redden: float = 5.0
    hervatten: float = 30.0
    """To look for messages that lost their job."""
    opruimen: float = 3600.0
    stoppen: float = 8.0
    """What is being sent gets so long to end at a stop."""
    opnieuw: float = 2.0
    """Before the next try, when the database went away."""


def run(tegelijk: int, ritme: Ritme = Ritme(), stop: Callable[[], bool] = lambda: False) -> None:
    """Send until asked to stop (SIGTERM, SIGINT), `tegelijk` messages at once. A database that goes away is waited for."""
    while not stop():
        try:
            asyncio.run(_turn(tegelijk, ritme))
            return
        except (ProcrastinateException, DatabaseError, InterfaceError, OSError) as fout:
            logger.error("de verzender begint opnieuw: de database antwoordt niet", exc_info=fout)
            time.sleep(ritme.opnieuw)


async def _turn(tegelijk: int, ritme: Ritme) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(tegelijk + 2, "bericht"))
    of_django: Any = app.connector  # Only the connector of Django has one for a worker beside it.
    with app.replace_connector(of_django.get_worker_connector()):
        async with app.open_async():
            app.perform_import_paths()
            worker = Worker(
                app,
                queues=[RIJ],
                name="vangnet post",
                concurrency=tegelijk,
                fetch_job_polling_interval=ritme.kijken,
                update_heartbeat_interval=ritme.teken,
                stalled_worker_timeout=6 * ritme.stil,
                shutdown_graceful_timeout=ritme.stoppen,
                **app.worker_defaults,
            )
            ernaast = asyncio.create_task(_keep_whole(ritme))
            try:
                await worker.run()
            finally:
                ernaast.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await ernaast


async def _keep_whole(ritme: Ritme) -> None:
    """Beside the sending: rescue often, tidy now and then. What goes wrong here is said and tried again."""
    hervat = opgeruimd = float("-inf")
    while True:
        nu = time.monotonic()
        try:
            if aantal := await _asked(lambda: bezorgen.rescue(ritme.stil)):
                logger.warning("%s berichten opnieuw in de rij: hun proces is weg", aantal)
            if nu - hervat > ritme.hervatten:
                hervat = nu
                if aantal := await _asked(bezorgen.rejoin):
                    logger.warning("%s berichten stonden niet in de rij en staan er weer in", aantal)
            if nu - opgeruimd > ritme.opruimen:
                opgeruimd = nu
                await _asked(lambda: bezorgen.tidy(clock.now()))
        except (DatabaseError, InterfaceError):
            logger.error("de rij met berichten nakijken lukt niet", exc_info=True)
        await asyncio.sleep(ritme.redden)


async def _asked(do: Callable[[], R]) -> R:
    """Ask the database in a thread, and give its connection back."""

    def inside() -> R:
        try:
            return do()
        finally:
            close_old_connections()

    return await sync_to_async(inside, thread_sensitive=False)()
