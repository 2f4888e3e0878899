# SPDX-License-Identifier: EUPL-1.2
"""The secret address of a calendar: making one, taking it back, and who reads behind an address that is asked for.

It belongs to one person in one function. It ends by itself with that function, when his account is closed, when all his
sessions are ended (a lost laptop, another password), and after the time that he chose (docs/besluiten/0024).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from . import tegoed
from .actor import Actor
from .koppelingen import TeVeelVerzoeken
from .log import note
from .middleware import Aanwezig, actor_for
from .models import Agendasleutel
from .weigering import Weigering

MAANDEN = (3, 6, 12)
"""For how long one can be chosen (ours): who no longer reads it, forgets it."""
STANDAARD = 6
VORM = re.compile(r"[A-Za-z0-9_-]{43}")
LOGREGEL = timedelta(hours=1)


class AgendatijdOnbekend(Weigering):
    """Kies hoe lang het adres geldt: drie, zes of twaalf maanden."""


@dataclass(frozen=True, slots=True)
class Agendastand:
    """The calendar of a person in his function, as his account shows it."""

    op: datetime
    geldig_tot: datetime
    gelezen_op: datetime | None


def state(present: Aanwezig, op: datetime) -> Agendastand | None:
    """The address that holds now, if any; the address itself is nowhere."""
    een = _holding(op).filter(functie_id=present.functie.pk).first()
    return Agendastand(een.op, een.geldig_tot, een.gelezen_op) if een else None


def make(present: Aanwezig, op: datetime, maanden: int) -> str:
    """Make the address for this person in this function, in the place of the one before. Its secret is in what this
    returns, and nowhere else. Errors: `AgendatijdOnbekend`."""
    if maanden not in MAANDEN:
        raise AgendatijdOnbekend
    geheim = secrets.token_urlsafe(32)
    nieuw = {
        "geheim": _hash(geheim), "sessienummer": present.medewerker.sessienummer, "op": op,
        "geldig_tot": op + timedelta(days=round(maanden * 365 / 12)), "ingetrokken_op": None, "gelezen_op": None,
        "gelogd_op": None, "ongelogd": 0,
    }  # fmt: skip
    with transaction.atomic():
        _, eerste = Agendasleutel.objects.update_or_create(functie_id=present.functie.pk, defaults=nieuw)
        note(
            present.actor,
            "toevoegen",
            "agenda",
            op,
            toelichting=f"adres voor {maanden} maanden" + ("" if eerste else ", het oude vervalt"),
        )
    return geheim


def withdraw(present: Aanwezig, op: datetime) -> None:
    """The address opens nothing from here on. A second time changes nothing."""
    with transaction.atomic():
        weg = Agendasleutel.objects.filter(functie_id=present.functie.pk, ingetrokken_op__isnull=True)
        if weg.update(ingetrokken_op=op):
            note(present.actor, "beëindigen", "agenda", op, toelichting="adres ingetrokken")


def enter(geheim: str, op: datetime, adres: str | None) -> Actor | None:
    """Who reads behind a secret; None for one that does not hold, whatever the reason. Reading is a line in the log once an
    hour at most, which says how often it was read since the one before.

    Errors: `TeVeelVerzoeken`; nothing is noted then."""
    een = _holding(op).filter(geheim=_hash(geheim)).first() if VORM.fullmatch(geheim) else None
    if een is None:
        if wacht := tegoed.take(tegoed.address_key(adres, "agenda"), tegoed.PER_ADRES, op):
            raise TeVeelVerzoeken(wacht=wacht)
        tegoed.forget(op)
        note(None, "geweigerd", "agenda", op, geslaagd=False, toelichting="adres geldt niet", adres=adres)
        return None
    if wacht := tegoed.take(f"agenda:{een.pk}", tegoed.PER_AGENDA, op):
        raise TeVeelVerzoeken(wacht=wacht)
    actor = actor_for(een.functie, adres)
    with transaction.atomic():
        rij = Agendasleutel.objects.select_for_update().get(pk=een.pk)
        rij.gelezen_op = op
        if rij.gelogd_op is None or op - rij.gelogd_op >= LOGREGEL:
            eerder = f"; sinds de vorige regel {rij.ongelogd} keer zonder eigen regel" if rij.ongelogd else ""
            note(actor, "inzien", "agenda", op, toelichting=f"gelezen door een agendaprogramma{eerder}")
            rij.gelogd_op, rij.ongelogd = op, 0
        else:
            rij.ongelogd += 1
        rij.save(update_fields=["gelezen_op", "gelogd_op", "ongelogd"])
    return actor


def _holding(op: datetime) -> QuerySet[Agendasleutel]:
    """Addresses that open something at this moment."""
    return (
        Agendasleutel.objects.select_related("functie__medewerker", "functie__organisatie")
        .filter(Q(functie__tot__isnull=True) | Q(functie__tot__gt=op), functie__van__lte=op)
        .filter(ingetrokken_op__isnull=True, geldig_tot__gt=op, op__lte=op)
        .filter(functie__medewerker__is_active=True, functie__organisatie__actief=True)
        .filter(functie__medewerker__sessienummer=F("sessienummer"))
    )


def _hash(geheim: str) -> str:
    """A plain hash: 256 random bits cannot be guessed, so there is nothing to slow down."""
    return hashlib.sha256(geheim.encode()).hexdigest()
