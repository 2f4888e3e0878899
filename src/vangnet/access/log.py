# SPDX-License-Identifier: EUPL-1.2
"""Writes the log: every look, search, print, change and refused attempt, by the fields of NEN 7513."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from .actor import Actor
from .models import Logregel


def note(
    actor: Actor | None,
    handeling: str,
    ding: str,
    op: datetime,
    casus_id: UUID | None = None,
    geslaagd: bool = True,
    toelichting: str = "",
    adres: str | None = None,
) -> None:
    """One line: who did what to which thing, when, and whether it was allowed. `toelichting` names a part or a reason,
    never what was in it. Without an actor (a failed sign-in) give `adres`."""
    line(actor, handeling, ding, op, casus_id, geslaagd, toelichting, adres).save(force_insert=True)


def line(
    actor: Actor | None,
    handeling: str,
    ding: str,
    op: datetime,
    casus_id: UUID | None = None,
    geslaagd: bool = True,
    toelichting: str = "",
    adres: str | None = None,
) -> Logregel:
    """The same line, not written yet: for a use case that writes it with its other rows."""
    return Logregel(
        op=op,
        medewerker_id=actor.medewerker_id if actor else None,
        naam=actor.naam if actor else "",
        organisatie_id=actor.organisatie_id if actor else None,
        rol=actor.rol if actor else "",
        handeling=handeling,
        ding=ding,
        casus_id=casus_id,
        geslaagd=geslaagd,
        toelichting=toelichting[:300],
        adres=actor.adres if actor else adres,
        verzoek=actor.verzoek if actor else None,
    )
