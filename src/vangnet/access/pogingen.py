# SPDX-License-Identifier: EUPL-1.2
"""Slows down guessing at one person's password or code, without troubling a colleague at the same address.

A try is counted before it is judged, in the database and under a row lock, so many tries at once from many processes
do not slip through. A right password gives its own try back; only a whole sign-in wipes the slate.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from .models import Aanmeldpoging
from .weigering import Weigering

VRIJ = 5
"""Failures in a row before the first wait."""
EERSTE_WACHT = timedelta(minutes=5)
LANGSTE_WACHT = timedelta(hours=1)
VERGEETT = timedelta(days=1)
"""After this long without a try all is forgotten."""


class TeVaakGeprobeerd(Weigering):
    """Dit adres is te vaak geprobeerd. Wacht even, of meld je aan met je sleutel.

    `tot` is the moment until which it holds. It says nothing of whether the address is known here.
    """


def begin(email: str, op: datetime) -> None:
    """Count one try for this address. Raises TeVaakGeprobeerd, without counting, while its wait lasts."""
    with transaction.atomic():
        Aanmeldpoging.objects.filter(laatste__lt=op - VERGEETT).delete()
        row, _ = Aanmeldpoging.objects.select_for_update().get_or_create(sleutel=_key(email), defaults={"laatste": op})
        if row.vast_tot and row.vast_tot > op:
            raise TeVaakGeprobeerd(tot=row.vast_tot)
        row.aantal += 1
        row.laatste = op
        row.vast_tot = op + _wait(row.aantal) if row.aantal >= VRIJ else None
        row.save()


def give_back(email: str) -> None:
    """This try was no failure, though the sign-in is not whole yet."""
    with transaction.atomic():
        row = Aanmeldpoging.objects.select_for_update().filter(sleutel=_key(email)).first()
        if row:
            row.aantal = max(row.aantal - 1, 0)
            row.vast_tot = None
            row.save()


def clear(email: str) -> None:
    """The person came in: forget the failures."""
    Aanmeldpoging.objects.filter(sleutel=_key(email)).delete()


def _wait(tries: int) -> timedelta:
    return min(EERSTE_WACHT * 2 ** min(tries - VRIJ, 10), LANGSTE_WACHT)


def _key(email: str) -> str:
    return salted_hmac("vangnet.access.pogingen", email.strip().lower(), algorithm="sha256").hexdigest()
