# SPDX-License-Identifier: EUPL-1.2
"""A page that is sent while its work goes on: its head at once, then the progress line by line, then the rest. Needs no script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from django.http import HttpRequest, StreamingHttpResponse

CUT = "<!--voortgang-->"
"""Where the page is cut: what comes before is sent at once, the progress follows, then the rest."""


def streamed(request: HttpRequest, frame: str, work: Callable[[], Iterator[str]]) -> StreamingHttpResponse:
    """The page `frame` with what `work` tells at its cut. Who goes away ends the work there."""
    before, _cut, after = frame.partition(CUT)
    lines = _aside(work) if hasattr(request, "scope") else work()
    body = _around(before, lines, after) if isinstance(lines, AsyncIterator) else _around_sync(before, lines, after)
    answer = StreamingHttpResponse(body, content_type="text/html; charset=utf-8")
    answer["X-Accel-Buffering"] = "no"
    return answer


def _around_sync(before: str, lines: Iterator[str], after: str) -> Iterator[str]:
    yield before
    yield from lines
    yield after


async def _around(before: str, lines: AsyncIterator[str], after: str) -> AsyncIterator[str]:
    yield before
    async for line in lines:
        yield line
    yield after


async def _aside(work: Any) -> AsyncIterator[str]:
    """The same lines under ASGI: the work keeps one thread of its own, so that its transaction keeps its connection; a
    reader who goes away ends it between two lines."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as own:
        lines: Iterator[str] = work()
        try:
            while (line := await loop.run_in_executor(own, next, lines, None)) is not None:
                yield line
        finally:
            own.submit(_end, lines).result()


def _end(lines: Any) -> None:
    lines.close()
    connections.close_all()
