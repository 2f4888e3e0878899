# SPDX-License-Identifier: EUPL-1.2
"""Writes the log: every look, search, print, change and refused attempt, by the fields of NEN 7513 (docs/besluiten/0014).

The database adds the number of the line, its own moment, and the treatment relation where the caller leaves it out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import UUID

from vangnet.conf.rows import insert_rows
from vangnet.rules.tekst import T

from .actor import Actor
from .models import Logregel, Rol

DOEL_HULP, DOEL_BEHEER, DOEL_TOEZICHT, DOEL_AANMELDEN = "hulp", "beheer", "toezicht", "aanmelden"
DOELEN = {
    DOEL_HULP: T("Hulp aan een gezin"),
    DOEL_BEHEER: T("Beheer van Vangnet"),
    DOEL_TOEZICHT: T("Toezicht op het gebruik"),
    DOEL_AANMELDEN: T("Aanmelden"),
}
"""What something is done for, in words."""
BEHEERDINGEN = frozenset(
    {
        "medewerker",
        "organisatie",
        "sluitingsdag",
        "gegevens",
        "rooster",
        "bellen",
        "koppeling",
        "bevestiging",
        "aanmelding",
    }
)


def _system() -> str:
    try:
        own = f"vangnet {version('vangnet')}"
    except PackageNotFoundError:
        own = "vangnet"
    return (os.environ.get("VANGNET_BRON", "").strip() or own)[:60]


BRON = _system()
"""The system that writes: VANGNET_BRON, or the program and its version."""


def doel_van(ding: str, rol: str) -> str:
    """What for: the purpose that goes with a thing and a function."""
    eerste = ding.partition(".")[0]
    if eerste == "account":
        return DOEL_AANMELDEN
    if rol == Rol.FG or eerste == "log":
        return DOEL_TOEZICHT
    if eerste in BEHEERDINGEN or rol in (Rol.BEHEERDER, Rol.BELEIDSMEDEWERKER):
        return DOEL_BEHEER
    return DOEL_HULP


def note(
    actor: Actor | None,
    handeling: str,
    ding: str,
    op: datetime,
    casus_id: UUID | None = None,
    geslaagd: bool = True,
    toelichting: str = "",
    adres: str | None = None,
    relatie: Iterable[str] = (),
    noodtoegang_id: UUID | None = None,
) -> None:
    """One line: who did what to which thing, when, and whether it was allowed. `toelichting` names a part or a reason,
    never what was in it. Without an actor (a failed sign-in) give `adres`."""
    een = line(actor, handeling, ding, op, casus_id, geslaagd, toelichting, adres, relatie, noodtoegang_id)
    insert_rows({Logregel: [een]})


def line(
    actor: Actor | None,
    handeling: str,
    ding: str,
    op: datetime,
    casus_id: UUID | None = None,
    geslaagd: bool = True,
    toelichting: str = "",
    adres: str | None = None,
    relatie: Iterable[str] = (),
    noodtoegang_id: UUID | None = None,
) -> Logregel:
    """The same line, not written yet: for a use case that writes it with its other rows. `relatie` is the parts that the
    organisation has in the casus; without it the database looks them up (it cannot see rows of the same statement). An
    actor with a `noodtoegang_id` acts under that break-glass."""
    rol = actor.rol if actor else ""
    return Logregel(
        op=op,
        medewerker_id=actor.medewerker_id if actor else None,
        naam=actor.naam if actor else "",
        organisatie_id=actor.organisatie_id if actor else None,
        rol=rol,
        handeling=handeling,
        ding=ding,
        casus_id=casus_id,
        geslaagd=geslaagd,
        toelichting=toelichting[:300],
        adres=actor.adres if actor else adres,
        verzoek=actor.verzoek if actor else None,
        doel=doel_van(ding, rol),
        relatie=" ".join(sorted(relatie)),
        noodtoegang_id=noodtoegang_id or (actor.noodtoegang_id if actor else None),
        bron=BRON,
    )
