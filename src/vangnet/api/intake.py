# SPDX-License-Identifier: EUPL-1.2
"""Bounds what a request may bring before Django reads it: under ASGI Django takes in a whole body before any view runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from vangnet.api.body import too_large
from vangnet.api.middleware import CLOSED, HEADERS
from vangnet.api.problem import problem
from vangnet.conf.koppen import always
from vangnet.process.read_situation import GROOTSTE_SITUATIE

LARGEST = 1024 * 1024
"""Bytes of any other request; as DATA_UPLOAD_MAX_MEMORY_SIZE."""

OPEN = "/api/v1/adviezen"
"""The one address that takes a body from the scripts of any site."""
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def bounded(application: Application) -> Application:
    """The same application, which answers 413 as soon as a body turns out too large, and reads no further."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most = GROOTSTE_SITUATIE if scope["path"].startswith("/api/") else LARGEST
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if announced.isdigit() and int(announced[:20]) > most:
            await _refuse(send, f"{announced[:20].decode()} bytes", most, scope["path"])
            return
        taken, over, answered = 0, False, False

        async def counted() -> Message:
            nonlocal taken, over
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                over = True
                return {"type": "http.disconnect"}
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await application(scope, counted, noted)
        if over and not answered:
            await _refuse(send, f"meer dan {most} bytes", most, scope["path"])

    return guarded


async def _refuse(send: Send, found: str, most: int, path: str) -> None:
    answer = problem(too_large(found, most))
    dress = {**always(secure=True), **(HEADERS if path == OPEN else CLOSED)}
    headers = {**dict(answer.items()), **dress, "Content-Length": str(len(answer.content)), "Connection": "close"}
    await send(
        {
            "type": "http.response.start",
            "status": answer.status_code,
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": answer.content})
