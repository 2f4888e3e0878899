# SPDX-License-Identifier: EUPL-1.2
"""What a system sent under an id of its own choice: the same again gives the same answer, something else is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from .actor import Actor
from .models import Ontvangst
from .weigering import Weigering

BEWAAR = timedelta(days=90)
"""How long a repeat is recognised."""


class AndersOntvangen(Weigering):
    """Onder dit nummer is al iets anders ontvangen. Maak voor iets nieuws een nieuw nummer."""


def fingerprint(inhoud: Any) -> str:
    """A keyed hash of what came in, however its keys were ordered."""
    tekst = json.dumps(inhoud, sort_keys=True, ensure_ascii=False, default=str)
    return salted_hmac("vangnet.access.ontvangst", tekst, algorithm="sha256").hexdigest()


def earlier(actor: Actor, ding: str, ding_id: UUID, inhoud: str) -> Mapping[str, Any] | None:
    """What was answered when this organisation sent the same; None when it never did.

    Errors: `AndersOntvangen` when it sent something else under this id."""
    rij = Ontvangst.objects.filter(organisatie_id=actor.organisatie_id, ding=ding, ding_id=ding_id).first()
    if rij is None:
        return None
    if rij.inhoud != inhoud:
        raise AndersOntvangen
    antwoord: Mapping[str, Any] = rij.antwoord
    return antwoord


def receive(actor: Actor, ding: str, ding_id: UUID, inhoud: str, antwoord: Mapping[str, Any], op: datetime) -> None:
    """Keep what came in and what is answered, in the transaction of what is done with it. When two come at the same
    moment the second waits here for the first, and is then left out: ask `earlier`. `antwoord` holds ids and moments."""
    Ontvangst.objects.filter(organisatie_id=actor.organisatie_id, op__lt=op - BEWAAR).delete()
    rij = Ontvangst(
        organisatie_id=actor.organisatie_id,
        ding=ding,
        ding_id=ding_id,
        inhoud=inhoud,
        antwoord=dict(antwoord),
        op=op,
    )
    Ontvangst.objects.bulk_create([rij], ignore_conflicts=True)
