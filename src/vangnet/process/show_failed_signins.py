# SPDX-License-Identifier: EUPL-1.2
"""Attempts to sign in, to unlock or to use a key that failed: when, who where that is known, from which address, and why.

Of an address of mail that nobody here has, and of a key that does not exist, nobody knows the region: such attempts are shown
in every region of this installation. What was typed is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Logregel, Organisatie
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.rules.tekst import T

from .weigeringen import GeenRecht

MERK = "aanmelding.inzien"
TERUG = timedelta(days=30)
HOOGSTENS = 300
"""Lines on the page; of more it says so."""
SOORT = {"aanmelden": T("aanmelden"), "ontgrendelen": T("ontgrendelen"), "geweigerd": T("sleutel van een systeem")}


@dataclass(frozen=True)
class Mislukt:
    """One attempt."""

    op: datetime
    wie: str
    """Empty when it is not known whom it was about."""
    organisatie: str
    wat: str
    """Signing in, unlocking, or the key of a system, in words."""
    waarom: str
    adres: str


@dataclass(frozen=True)
class Mislukbeeld:
    """The attempts of the last thirty days, newest first."""

    regels: tuple[Mislukt, ...]
    meer: bool
    sinds: datetime
    adressen: int
    """From how many addresses they came."""


@asks
def show_failed_signins(actor: Actor, op: datetime) -> Mislukbeeld:
    """The attempts about people and systems of the region, and those about nobody that is known. Looking is a line in the
    log. Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    note(actor, "inzien", "aanmelding", op)
    hier = Organisatie.objects.filter(regio=actor.regio)
    wat = Q(ding="account", handeling__in=("aanmelden", "ontgrendelen")) | Q(ding="koppeling", handeling="geweigerd")
    rijen = list(
        Logregel.objects.filter(
            wat, Q(organisatie_id__isnull=True) | Q(organisatie_id__in=hier.values("id")), geslaagd=False, op__gte=op - TERUG
        ).order_by("-op", "-nummer")[: HOOGSTENS + 1]
    )  # fmt: skip
    namen = dict(hier.values_list("id", "naam"))
    regels = tuple(
        Mislukt(
            r.op, r.naam, namen.get(r.organisatie_id, "") if r.organisatie_id else "", SOORT.get(r.handeling, r.handeling),
            r.toelichting, str(r.adres or ""),
        )
        for r in rijen[:HOOGSTENS]
    )  # fmt: skip
    return Mislukbeeld(regels, len(rijen) > HOOGSTENS, op - TERUG, len({r.adres for r in regels if r.adres}))
