# SPDX-License-Identifier: EUPL-1.2
"""The stream of one browser: that something changed, that the connection lives, and that it is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from django.core.handlers.asgi import ASGIRequest
from django.db import Error, close_old_connections, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from vangnet.access.actor import Actor, actor_of
from vangnet.access.declare import stays_writable
from vangnet.access.rechten import needs
from vangnet.access.stroom import Ask, right_of
from vangnet.conf import clock
from vangnet.conf.luisteren import listening_words
from vangnet.web.levend.hub import Hub

HART = 10.0
"""Seconds between two signs of life."""
NAKIJKEN = 3
"""After the time of so many signs of life the session is looked at again, also when nobody said that it changed."""
ADEM = 0.1
"""Seconds that several changes after one another are told as one."""


HUB = Hub(lambda: listening_words("vangnet luistert"))
"""The hub of this process."""


@stays_writable
@needs("veranderingen", "volgen")
@require_safe
def stream(request: HttpRequest) -> HttpResponseBase:
    """The stream, for as long as the page is open and its session holds. Where streams cannot be sent (a server without
    ASGI) nothing comes back, and pages go on asking every fifteen seconds."""
    if not isinstance(request, ASGIRequest) or request.method == "HEAD":
        return HttpResponse(status=204)
    answer = StreamingHttpResponse(
        events(HUB, actor_of(request), right_of(request, "veranderingen.volgen")),
        content_type="text/event-stream",
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def events(hub: Hub, actor: Actor, recht: Ask) -> AsyncIterator[bytes]:
    """What is sent: `hart` (with `los` while the database is away), `veranderd`, `alarm`, and `einde` when the session is over."""
    loop = asyncio.get_running_loop()
    gekeken = loop.time()
    with hub.following(actor.organisatie_id, actor.medewerker_id) as volger:
        yield b"retry: 2000\n\n" + _heart(hub)
        while True:
            with suppress(TimeoutError):  # Then there is nothing to tell but that it lives.
                await asyncio.wait_for(volger.wakker.wait(), HART)
            volger.wakker.clear()
            if volger.nakijken or loop.time() - gekeken >= NAKIJKEN * HART:
                volger.nakijken, gekeken = False, loop.time()
                if not await asyncio.to_thread(_still, recht):
                    yield b"event: einde\ndata:\n\n"
                    return
            if volger.alarm:
                volger.alarm = False
                yield b"event: alarm\ndata:\n\n"
            if volger.veranderd:
                volger.veranderd = False
                yield b"event: veranderd\ndata:\n\n"
                await asyncio.sleep(ADEM)
            else:
                yield _heart(hub)


def _heart(hub: Hub) -> bytes:
    return b"event: hart\ndata:%s\n\n" % (b"" if hub.verbonden else b"los")


def _still(recht: Ask) -> bool:
    """Whether it may go on, asked in a thread. A database that is away ends nobody's stream: it tells nothing meanwhile."""
    try:
        return recht(clock.now())
    except Error:
        return True
    finally:
        close_old_connections()
        connections["default"].close()
