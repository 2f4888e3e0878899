# SPDX-License-Identifier: EUPL-1.2
"""The outbox: a message is written down in the transaction of the fact that causes it, and the database makes the job that sends
it with the row. Committed, it will be sent or shown as failed; rolled back, it never was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vangnet.conf.identifiers import new_id

from . import soorten
from .adressen import LANGST, written
from .models import MISLUKT, WACHT, Bericht
from .soorten import KANALEN, MAIL, SEIN, SOORTEN, OngeldigBericht

DRINGEND = 10
"""The priority of what cannot wait."""


@dataclass(frozen=True)
class Poststuk:
    """A message to be sent."""

    kanaal: str
    """`mail` or `sein`."""
    aan: str
    """A mail address; of `sein` a phone number."""
    soort: str
    """A kind of the register (`messages.soorten`)."""
    organisatie_id: UUID
    """Whose board shows it when it does not arrive."""
    regio: str
    sleutel: str
    """The same key twice is one message; at most 200 characters, and nothing of a person."""
    gegevens: Mapping[str, str] = field(default_factory=dict)


def put(stuk: Poststuk, op: datetime) -> Bericht:
    """Write a message down with its job, in the transaction of the caller. The same key a second time gives the message that
    there is. One to an address that cannot be one is written down as failed: it is red on the board and stops nobody.

    Errors: `OngeldigBericht` for what the register does not allow."""
    if stuk.kanaal not in KANALEN:
        raise OngeldigBericht(f"kanaal: verwacht {' of '.join(KANALEN)}")
    if not 1 <= len(stuk.sleutel) <= 200:
        raise OngeldigBericht("sleutel: verwacht 1 tot en met 200 tekens")
    soorten.check(stuk.soort, stuk.gegevens)
    aan = written(stuk.kanaal, stuk.aan)
    bericht = Bericht(
        id=new_id(),
        regio=stuk.regio,
        organisatie_id=stuk.organisatie_id,
        kanaal=stuk.kanaal,
        aan=aan or stuk.aan.strip()[:LANGST],
        soort=stuk.soort,
        sleutel=stuk.sleutel,
        gegevens=dict(stuk.gegevens),
        voorrang=DRINGEND if SOORTEN[stuk.soort].dringend else 0,
        op=op,
        toestand=WACHT if aan else MISLUKT,
        fout="" if aan else "adres",
        klaar_op=None if aan else op,
    )
    with transaction.atomic():
        Bericht.objects.bulk_create([bericht], ignore_conflicts=True)
        return Bericht.objects.get(sleutel=stuk.sleutel)


def reachable(regio: str) -> dict[str, bool]:
    """Per channel whether this installation can send by it for a region: what is not, fires no rung of a ladder."""
    return {MAIL: settings.VANGNET_MAIL is not None, SEIN: regio in settings.VANGNET_SEIN}


def states(sleutels: Iterable[str]) -> dict[str, str]:
    """Of messages by their keys what became of them: wacht, verstuurd or mislukt. One that was never put is left out."""
    return dict(Bericht.objects.filter(sleutel__in=list(sleutels)).values_list("sleutel", "toestand"))
