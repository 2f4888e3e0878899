# SPDX-License-Identifier: EUPL-1.2
"""Who asks: the person of a request, in the one function in which he asks it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request or command, with the function in which he acts. Every use case takes one."""

    medewerker_id: UUID
    naam: str
    organisatie_id: UUID
    organisatie: str
    soort: str
    """`Organisatie.soort`."""
    rol: str
    """`Functie.rol`."""
    regio: str
    gemeente: str = ""
    """For the access of a municipality: which one."""
    opleiding: str = ""
    adres: str | None = None
    """The network address of the request, for the log."""
    verzoek: UUID | None = None
    """The number of the request, which ties log lines together."""
    koppeling_id: UUID | None = None
    """The key behind the request, when a system asks and not a person."""
    noodtoegang_id: UUID | None = None
    """The break-glass under which he asks this one thing; only `process.show_break_glass` puts it there."""


def actor_of(request: object) -> Actor:
    """Who asks: the actor that the gate put on a request. It lets nobody else through, so TypeError means that a view
    without a mark asked."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise TypeError("this request has not passed the gate")
    return actor
