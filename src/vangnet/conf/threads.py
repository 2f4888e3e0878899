# SPDX-License-Identifier: EUPL-1.2
"""Django's synchronous chain behind an ASGI door: a request is taken in on the loop, answered whole in one of a few
threads, and sent from the loop. Django's own handler hops between the two at every turn, which costs half the speed
(docs/besluiten/0013)."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django import db
from django.core import signals
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from vangnet.conf.koppen import always

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class InThreads(BaseHandler):
    """An ASGI application that runs every view and middleware in a thread. An answer whose content is an async iterator
    (a stream) is sent from the loop and holds no thread."""

    request_class = ASGIRequest

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="verzoek")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request. Work that has begun is finished also when the asker is gone: what was sent is kept or refused, and
        the same request sent again finds it."""
        if scope["type"] != "http":
            raise ValueError(f"only http is served here, not {scope['type']}")
        body = await _body(receive)
        if body is None:
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._threads, self._answer, scope, body)
        await send({"type": "http.response.start", "status": response.status_code, "headers": _headers(response)})
        content: Any = response
        if not response.streaming:
            await send({"type": "http.response.body", "body": content.content})
            return
        try:
            if content.is_async:
                async for part in _until_gone(content, receive):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            else:
                parts = iter(content)
                while part := await loop.run_in_executor(self._threads, _next, parts):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await loop.run_in_executor(self._threads, response.close)

    def _answer(self, scope: Message, body: bytes) -> HttpResponseBase:
        """The whole answer, and the connection to the database given back; only a stream stays open."""
        set_script_prefix(scope.get("root_path", "") or "/")
        signals.request_started.send(sender=type(self), scope=scope)
        try:
            request = ASGIRequest(scope, io.BytesIO(body))
        except UnicodeDecodeError:
            response: HttpResponseBase = _unread(400, "Dit adres is niet te lezen. Kijk na of je het goed overnam.")
        except RequestDataTooBig:
            response = _unread(413, "Zo veel leest Vangnet niet in één verzoek. Stuur minder in één keer.")
        else:
            response = self.get_response(request)
        response._handler_class = type(self)
        if response.streaming:
            db.close_old_connections()
        else:
            response.close()
        return response


def _unread(status: int, words: str) -> HttpResponse:
    """The answer to what never became a request, and so met no middleware."""
    headers = {**always(secure=True), "Cache-Control": "no-store"}
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)


async def _body(receive: Receive) -> bytes | None:
    """Everything that was sent; None when the asker left before the end."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _until_gone(content: Any, receive: Receive) -> AsyncIterator[bytes]:
    """The parts of a stream until its end, or until the asker is gone: then the stream is closed at once."""
    gone = asyncio.ensure_future(_left(receive))
    parts = aiter(content)
    try:
        while True:
            part = asyncio.ensure_future(anext(parts))
            await asyncio.wait({part, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not part.done():
                part.cancel()
                await asyncio.wait({part})
                return
            try:
                yield part.result()
            except StopAsyncIteration:
                return
    finally:
        gone.cancel()
        close = getattr(parts, "aclose", None)
        if close is not None:
            await close()


async def _left(receive: Receive) -> None:
    """Until the asker leaves."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    return headers + [
        (b"set-cookie", morsel.output(header="").strip().encode("ascii")) for morsel in response.cookies.values()
    ]


def _next(parts: Iterator[bytes]) -> bytes:
    """The next part that is not empty; nothing at the end."""
    return next((part for part in parts if part), b"")
