# SPDX-License-Identifier: EUPL-1.2
"""Requests of families for the functionaris gegevensbescherming: by number, the late ones first, without a word of any file;
and the second pair of eyes on destruction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from .besluit import Lezer
from .verzoek import BESLUITWOORD, GEVRAAGD, GRONDEN, TweedePersoonNodig
from .weigeringen import Achterhaald, AlGedaan, GeenRecht, OngeldigeInvoer

MERK = "verzoek.toezien"


@dataclass(frozen=True)
class Toezichtregel:
    """A request that is not finished, as who sees no casus may know it."""

    id: UUID
    nummer: str
    soort: str
    ontvangen_op: datetime
    laatste_dag: date
    dagen_te_laat: int
    verlengd: bool
    besluit: str
    besluit_sleutel: str
    grond: str
    grond_sleutel: str
    wacht: bool
    """Destruction was decided and waits for this reader."""
    teruggestuurd: bool
    organisatie: str
    telefoon: str


@asks
def oversee_requests(actor: Actor, op: datetime) -> tuple[Toezichtregel, ...]:
    """Every request of the region that is not finished, soonest first; sees across organisations, numbers only. Errors:
    `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, nummer, soort, ontvangen_op, uiterlijk, verlengd, besluit, grond, wacht, akkoord, organisatie,"
            " telefoon from vangnet_verzoeken()"
        )
        rijen = cursor.fetchall()
    log.note(actor, "inzien", "verzoek", op, toelichting="verzoeken op nummer")
    vandaag = lokaal(op).date()
    uit = []
    for id_, nummer, soort, ontvangen, uiterlijk, verlengd, besluit, grond, wacht, akkoord, huis, telefoon in rijen:
        dag = lokaal(uiterlijk - timedelta(seconds=1)).date()
        uit.append(
            Toezichtregel(
                id_, nummer, GEVRAAGD[soort], ontvangen, dag, max((vandaag - dag).days, 0), verlengd,
                BESLUITWOORD[besluit] if besluit else "", besluit, GRONDEN[grond][0] if grond in GRONDEN else "", grond,
                wacht, akkoord is False, huis or "", telefoon or "",
            )
        )  # fmt: skip
    return tuple(uit)


@asks
def judge_destruction(
    actor: Actor, op: datetime, verzoek_id: UUID, akkoord: bool | None, besluit: str, grond: str, reden: str = ""
) -> None:
    """Agree with what was decided about destruction, or send it back with why. `besluit` and `grond` are those that were
    read.

    Errors: `GeenRecht`; `OngeldigeInvoer` naming `verzoek`, `akkoord` or `reden`; `Achterhaald` when it was decided anew;
    `AlGedaan`; `TweedePersoonNodig` for who took the decision in another function."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    lezer = Lezer()
    if akkoord is None:
        lezer.fout("akkoord", "", T("ja of nee"))
    nodig = T("wat de organisatie nog eens moet bekijken, zonder het gezin te beschrijven") if akkoord is False else ""
    waarom = lezer.tekst("reden", reden, 300, nodig)
    lezer.klaar()
    with connection.cursor() as cursor:
        cursor.execute(
            "select uitkomst, casus_id from vangnet_verzoek_oordeel(%s, %s, %s, %s, %s)",
            [verzoek_id, besluit, grond, akkoord, waarom],
        )
        uitkomst, casus_id = cursor.fetchone()
    log.note(
        actor, "wijzigen", "verzoek", op, casus_id, geslaagd=uitkomst == "gedaan", toelichting=f"oordeel: {uitkomst}"
    )
    if uitkomst == "geen_recht":
        raise GeenRecht(merk=MERK)
    if uitkomst == "onbekend":
        raise OngeldigeInvoer(("verzoek", str(verzoek_id), T("een verzoek uit deze lijst")))
    if uitkomst == "anders":
        raise Achterhaald(veld="besluit")
    if uitkomst == "zelf":
        raise TweedePersoonNodig()
    if uitkomst == "al":
        raise AlGedaan()
