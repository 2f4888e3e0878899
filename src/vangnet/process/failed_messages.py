# SPDX-License-Identifier: EUPL-1.2
"""Messages that did not arrive, as a task for a person: call yourself, and say that you do. What that call is about nobody
reads here: a message never said it either.

That a failed message becomes a task, and after how long, is a choice of Vangnet; no source speaks of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker, Organisatie
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering
from vangnet.messages.fouten import FOUTEN
from vangnet.messages.models import MISLUKT, WACHT, Bericht
from vangnet.messages.soorten import MAIL, SOORTEN
from vangnet.rules.tekst import T

MERK = "bericht.regelen"
MEESTE = 20
"""As many of the oldest are shown; the rest is counted."""
RUST = timedelta(minutes=1)
"""Above the time in which a message is sent or given up: then its sender stands still."""
SOORTNAMEN: dict[str, str] = {"alarm": T("een alarm"), "morgenlijst": T("de lijst van deze morgen")}
"""What a message was, by its kind."""


class BerichtOnbekend(Weigering):
    """Dit bericht hoeft niemand meer te regelen, of het is niet van jouw organisatie."""


@dataclass(frozen=True)
class Mislukt:
    """One message that did not arrive, or stays away too long."""

    id: UUID
    kanaal: str
    wat: str
    aan: str
    """The mail address or number that it was for."""
    wie: str
    """Whose that is, as far as Vangnet knows; else empty."""
    telefoon: str
    """What to dial; empty when nobody knows."""
    sinds: datetime
    pogingen: int
    waarom: str
    wacht: bool
    """Whether Vangnet still tries: then it cannot be taken over yet."""


@dataclass(frozen=True)
class NietAangekomen:
    """All of an organisation."""

    rijen: tuple[Mislukt, ...]
    meer: int


NIETS = NietAangekomen((), 0)


def show_failed_messages(actor: Actor, op: datetime) -> NietAangekomen:
    """The messages of the own organisation that did not arrive and that nobody took over, the oldest first. One statement as
    long as there are none. Nothing for a function that cannot take one over."""
    if not may(actor.rol, MERK):
        return NIETS
    vraag = Q(toestand=MISLUKT) | Q(toestand=WACHT, op__lt=op - RUST)
    gevonden = list(
        Bericht.objects.filter(vraag, organisatie_id=actor.organisatie_id, geregeld_op__isnull=True).order_by(
            "op", "id"
        )
    )
    rood = [b for b in gevonden if b.toestand == MISLUKT or _too_long(b, op)]
    if not rood:
        return NIETS
    namen = _owners(actor, {b.aan.casefold() for b in rood[:MEESTE] if b.kanaal == MAIL})
    return NietAangekomen(tuple(_row(b, namen) for b in rood[:MEESTE]), max(0, len(rood) - MEESTE))


def take_over_message(actor: Actor, op: datetime, bericht_id: UUID) -> None:
    """Somebody arranges it: from now on the message is no task any more. Who and when is kept. A second time by the same person
    changes nothing.

    Errors: `BerichtOnbekend` for one of another organisation, that still goes, or that somebody else took over."""
    eigen = Bericht.objects.filter(id=bericht_id, organisatie_id=actor.organisatie_id, toestand=MISLUKT)
    nieuw = eigen.filter(geregeld_op__isnull=True).update(geregeld_op=op, geregeld_door_id=actor.medewerker_id)
    if not nieuw:
        if eigen.filter(geregeld_door_id=actor.medewerker_id).exists():
            return
        raise BerichtOnbekend
    log.note(actor, "regelen", "bericht", op)


def _too_long(bericht: Bericht, op: datetime) -> bool:
    soort = SOORTEN.get(bericht.soort)
    return soort is None or bericht.op + timedelta(seconds=soort.herhaling.uiterst) + RUST < op


def _owners(actor: Actor, adressen: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Per mail address whose it is in the own region, with a number: of a colleague, or the mailbox of an organisation."""
    adressen = list(adressen)
    if not adressen:
        return {}
    mensen = Medewerker.objects.filter(email__in=adressen, functies__organisatie__regio=actor.regio).values_list(
        "email", "naam", "telefoon"
    )
    huizen = Organisatie.objects.filter(postbus__in=adressen, regio=actor.regio).values_list(
        "postbus", "naam", "telefoon"
    )
    return {adres.casefold(): (naam, telefoon) for adres, naam, telefoon in (*huizen, *mensen)}


def _row(b: Bericht, namen: dict[str, tuple[str, str]]) -> Mislukt:
    mail = b.kanaal == MAIL
    wie, telefoon = namen.get(b.aan.casefold(), ("", "")) if mail else ("", b.aan if b.fout != "adres" else "")
    return Mislukt(
        b.id, b.kanaal, SOORTNAMEN.get(b.soort, ""), b.aan, wie, telefoon, b.klaar_op or b.op, b.pogingen,
        FOUTEN.get(b.fout, ""), b.toestand == WACHT,
    )  # fmt: skip
