# SPDX-License-Identifier: EUPL-1.2
"""Access that ends, ends also in what is still being sent: a download or a stream asks again, every few seconds, whether he
who began it may still have it, and stops where it is when he may not.

    return StreamingHttpResponse(watched(parts, right_of(request, "log.inzien"), clock.now, last="..."))

The stream of an open page (`web.levend`) is told at once when a way in changes, and asks the same right itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django import db
from django.conf import settings
from django.http import HttpRequest

from . import sessie
from .middleware import actor_for, way_in
from .models import Functie
from .rechten import may
from .sessieopslag import SessionStore
from .slot import asking
from .zicht import delen

Part = TypeVar("Part", str, bytes)
Ask = Callable[[datetime], bool]
ELKE = timedelta(seconds=5)
"""How long at most a download goes on after access ended."""


@dataclass(frozen=True, slots=True)
class Stroomrecht:
    """Whose right it is that a stream lives by: a session, a line of the rights table, and perhaps one casus."""

    sleutel: str
    merk: str
    casus_id: UUID | None = None
    ook_op_slot: bool = False
    """A download that somebody began goes on while his screen locks; what shows something on a screen does not."""

    def __call__(self, op: datetime) -> bool:
        """Whether it still holds. Reads the session anew: what the request knew of it is of when it began."""
        held = SessionStore(self.sleutel).load()
        idle = sessie.seconds_since(held, sessie.ACTIEF, op) >= settings.VANGNET_SLOT_MINUTEN * 60
        if not self.ook_op_slot and (held.get(sessie.SLOT) or idle):
            return False
        functie = way_in(held, op)
        if functie is None or held.get(sessie.WIJZE) in sessie.VOORLOPIG or not may(functie.rol, self.merk):
            return False
        return self.casus_id is None or bool(_parts(self.casus_id, functie, op))


def _parts(casus_id: UUID, functie: Functie, op: datetime) -> frozenset[str]:
    actor = actor_for(functie)
    with asking(actor, op):
        return delen(actor, casus_id, op)


def right_of(request: HttpRequest, merk: str, casus_id: UUID | None = None, ook_op_slot: bool = False) -> Stroomrecht:
    """The right by which the asker of this request may have a stream; the gate has let him through."""
    return Stroomrecht(request.session.session_key or "", merk, casus_id, ook_op_slot)


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
