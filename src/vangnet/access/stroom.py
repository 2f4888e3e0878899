# SPDX-License-Identifier: EUPL-1.2
"""Access that ends, ends also in what is still being sent: a download asks again, every few seconds, whether he who began it
may still have it, and stops where it is when he may not.

    return StreamingHttpResponse(watched(parts, right_of(request, "log.inzien"), clock.now, last="..."))

The stream of an open page (`web.levend`) is told at once when a way in changes, and asks the same right
itself. Neither ends because the screen locks: the one was begun before, the other shows nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django import db
from django.http import HttpRequest

from . import sessie
from .middleware import way_in
from .rechten import may
from .sessieopslag import SessionStore

Part = TypeVar("Part", str, bytes)
Ask = Callable[[datetime], bool]
ELKE = timedelta(seconds=5)
"""How long at most a download goes on after access ended."""


@dataclass(frozen=True, slots=True)
class Stroomrecht:
    """Whose right it is that a stream lives by: a session, and a line of the rights table."""

    sleutel: str
    merk: str

    def __call__(self, op: datetime) -> bool:
        """Whether it still holds. Reads the session anew: what the request knew of it is of when it began."""
        held = SessionStore(self.sleutel).load()
        functie = way_in(held, op)
        return functie is not None and held.get(sessie.WIJZE) not in sessie.VOORLOPIG and may(functie.rol, self.merk)


def right_of(request: HttpRequest, merk: str) -> Stroomrecht:
    """The right by which the asker of this request may have a stream; the gate has let him through."""
    return Stroomrecht(request.session.session_key or "", merk)


def watched(
    parts: Iterable[Part], ask: Ask, now: Callable[[], datetime], last: Part, elke: timedelta = ELKE
) -> Iterator[Part]:
    """These parts, as long as `ask` says yes, which is asked before the first and then every `elke`. After a no comes `last`,
    so that who reads it sees that something is missing, and nothing more."""
    gevraagd: datetime | None = None
    for part in parts:
        op = now()
        if gevraagd is None or op - gevraagd >= elke:
            if not _asked(ask, op):
                yield last
                return
            gevraagd = op
        yield part


def _asked(ask: Ask, op: datetime) -> bool:
    """The answer, and the connection given back; a database that is away is no yes."""
    try:
        return ask(op)
    except (db.OperationalError, db.InterfaceError):
        return False
    finally:
        if not db.connection.in_atomic_block:
            db.close_old_connections()
