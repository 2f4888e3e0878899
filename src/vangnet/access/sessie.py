# SPDX-License-Identifier: EUPL-1.2
"""What a session holds: numbers and moments only, never a name. One place writes and reads its keys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from .models import Functie, Medewerker

FUNCTIE = "functie"
NUMMER = "sessienummer"
WIJZE = "wijze"
BEGONNEN = "begonnen"
ACTIEF = "actief"
BEVESTIGD = "bevestigd"
SLOT = "slot"
GEZIEN = "gezien"
OPNIEUW = "opnieuw_bevestigd"
HALF = "aanmelden_half"

BACKEND = "django.contrib.auth.backends.ModelBackend"

VOORLOPIG = frozenset({"uitnodiging", "eenmalig"})
"""Ways of coming in that open only the own account, until there is a second factor."""


def words(medewerker: Medewerker, functie: Functie, wijze: str, op: datetime) -> dict[str, Any]:
    """Everything that a session of a signed-in person holds. `wijze` says how the second factor was met."""
    return {
        SESSION_KEY: str(medewerker.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: medewerker.get_session_auth_hash(),
        FUNCTIE: str(functie.pk),
        NUMMER: medewerker.sessienummer,
        WIJZE: wijze,
        BEGONNEN: int(op.timestamp()),
        ACTIEF: int(op.timestamp()),
        BEVESTIGD: int(op.timestamp()),
    }


def seconds_since(session: Any, key: str, op: datetime) -> float:
    """How long ago a moment in the session was; endless when it is not there."""
    value = session.get(key)
    return (op - datetime.fromtimestamp(value, UTC)).total_seconds() if isinstance(value, int) else float("inf")


def first_look(session: Any, what: str) -> bool:
    """Whether this session did not look at `what` before; from now on it did. A page that refreshes itself leaves no line
    in the log, so the first look must, whatever it calls itself. Of the last fifty things it is known."""
    seen = session.get(GEZIEN)
    seen = seen if isinstance(seen, list) else []
    if what in seen:
        return False
    session[GEZIEN] = [*seen[-49:], what]
    return True


def id_in(session: Any, key: str) -> UUID | None:
    """An identifier in the session, or None when it is absent or damaged."""
    try:
        return UUID(str(session.get(key)))
    except ValueError:
        return None
