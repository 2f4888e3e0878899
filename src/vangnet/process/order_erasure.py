# SPDX-License-Identifier: EUPL-1.2
"""Before erasing: a hold that stops it, and an order to erase a casus before its term, given by one person and confirmed by
another. Whoever does this sees no casus: it goes by number. The command carries out what was ordered (`erase_due`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.weigering import Weigering
from vangnet.rules.tekst import T

from .invoer import gevonden, read_words
from .weigeringen import GeenRecht, OngeldigeInvoer

STOP, OPDRAGEN = "bewaren.opschorten", "wissen.opdragen"
HOOGUIT = 200
"""Signs of a reason, as its column."""
GRONDEN = {
    "verzoek": T("Verzoek van het gezin (Jeugdwet 7.3.9)"),
    "rechter": T("Uitspraak van een rechter of toezichthouder"),
    "onrechtmatig": T("Had nooit vastgelegd mogen worden (AVG artikel 17)"),
}
"""On which ground a casus may be erased before its term."""


class NietTeWissen(Weigering):
    """Deze casus staat nog open. Sluit haar eerst af; daarna kan zij gewist worden."""


class WissenGestopt(Weigering):
    """Voor deze casus geldt ‘niet wissen’. Zolang dat staat, wist niemand haar."""


class TweeMensenNodig(Weigering):
    """Dit moet een ander bevestigen dan wie het opdroeg, en een van beiden is de functionaris gegevensbescherming."""


class AlGewist(Weigering):
    """Deze casus is al gewist."""


@dataclass(frozen=True)
class Opdracht:
    """An order as it stands after this act."""

    id: UUID
    casus_id: UUID
    nieuw: bool
    """False when such an order stood already."""


@asks
def order_erasure(
    actor: Actor,
    op: datetime,
    casus: UUID | str,
    grond: str = "verzoek",
    reden: str = "",
    verzoek_id: UUID | None = None,
) -> Opdracht:
    """Order the erasure of a casus, by id or number. Somebody else confirms it (`confirm_erasure`), one of the two being the
    FG; the command `vangnet bewaren wis` carries it out. `verzoek_id` ends up in the tombstone, `reden` goes with the casus.
    A second order for the same casus gives the first.

    Errors: `GeenRecht`; `NietTeWissen` (still open), `WissenGestopt` (on hold), `AlGewist`; `OngeldigeInvoer` naming `casus`,
    `grond` or `reden`."""
    if not may(actor.rol, OPDRAGEN):
        raise GeenRecht(merk=OPDRAGEN)
    fouten: list[tuple[str, str, str]] = []
    wat = read_words("casus", str(casus).strip(), 40, fouten)
    reden = read_words("reden", reden, HOOGUIT, fouten)
    if grond not in GRONDEN:
        fouten.append(("grond", gevonden(grond), T("een van de gronden uit de lijst")))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    with connection.cursor() as cursor:
        cursor.execute(
            "select uitkomst, opdracht_id, casus_id from vangnet_wisopdracht(%s, %s, %s, %s)",
            [wat, grond, reden, verzoek_id],
        )
        uitkomst, opdracht_id, casus_id = cursor.fetchone()
    log.note(
        actor, "opdragen" if uitkomst == "gedaan" else "zoeken", "wissen", op, casus_id,
        geslaagd=uitkomst in ("gedaan", "al"), toelichting=f"{uitkomst}: {grond}",
    )  # fmt: skip
    _refuse(uitkomst, wat, OPDRAGEN)
    return Opdracht(opdracht_id, casus_id, uitkomst == "gedaan")


def order_for_request(casus_nummer: str, verzoek_id: UUID) -> None:
    """Order the erasure that a family asked for and two people granted: who decided, and the FG who agreed. Inside the work
    on the casus, after the request was written. A second time changes nothing.

    Errors: `NietTeWissen` (still open), `WissenGestopt` (on hold); `OngeldigeInvoer` naming `casus` for one that was joined to
    another, or whose request does not hold."""
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_wisopdracht_bij(%s)", [verzoek_id])
        (uitkomst,) = cursor.fetchone()
    if uitkomst in ("onbekend", "onvolledig"):
        besloten = T("een verzoek om vernietiging waarover twee mensen besloten")
        raise OngeldigeInvoer(("casus", gevonden(casus_nummer), besloten))
    _refuse(uitkomst, casus_nummer, OPDRAGEN)


@asks
def confirm_erasure(actor: Actor, op: datetime, opdracht_id: UUID) -> None:
    """Confirm an order of somebody else: from now on the command may carry it out. A second time changes nothing.

    Errors: `GeenRecht`, `TweeMensenNodig`; `OngeldigeInvoer` naming `opdracht` when there is no such order."""
    _decide(actor, op, opdracht_id, True)


@asks
def withdraw_erasure(actor: Actor, op: datetime, opdracht_id: UUID) -> None:
    """Take an order back, for as long as it has not been carried out. Errors: `GeenRecht`, `OngeldigeInvoer` as above."""
    _decide(actor, op, opdracht_id, False)


@asks
def hold_casus(actor: Actor, op: datetime, nummer: str, reden: str, gevraagd_door: str) -> None:
    """Put ‘niet wissen’ on a casus of the region, by its number: who asked for it, and why in a few words. A second time
    changes nothing.

    Errors: `GeenRecht`, `AlGewist`; `OngeldigeInvoer` naming `casus`, `reden`, `gevraagd_door`."""
    fouten: list[tuple[str, str, str]] = []
    if not may(actor.rol, STOP):
        raise GeenRecht(merk=STOP)
    reden = read_words("reden", reden, HOOGUIT, fouten)
    wie = read_words("gevraagd_door", gevraagd_door, 120, fouten)
    if not reden and not fouten:
        fouten.append(("reden", T("niets"), T("in een paar woorden waarom, zonder het gezin te beschrijven")))
    if not wie and not any(veld == "gevraagd_door" for veld, *_ in fouten):
        fouten.append(("gevraagd_door", T("niets"), T("wie dit vroeg, zoals een rechtbank of de inspectie")))
    _hold(actor, op, nummer, reden, wie, True, fouten)


@asks
def lift_hold(actor: Actor, op: datetime, nummer: str) -> None:
    """Lift ‘niet wissen’: the term of the casus counts again. Errors: `GeenRecht`; `OngeldigeInvoer` naming `casus`."""
    if not may(actor.rol, STOP):
        raise GeenRecht(merk=STOP)
    _hold(actor, op, nummer, "", "", False, [])


def _hold(
    actor: Actor, op: datetime, nummer: str, reden: str, wie: str, erop: bool, fouten: list[tuple[str, str, str]]
) -> None:
    nummer = read_words("casus", nummer.strip(), 20, fouten)
    if not nummer and not any(veld == "casus" for veld, *_ in fouten):
        fouten.append(("casus", T("niets"), T("een casusnummer van deze regio, zoals 2024-00017")))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    with connection.cursor() as cursor:
        cursor.execute("select uitkomst, casus_id from vangnet_bewaarstop(%s, %s, %s, %s)", [nummer, reden, wie, erop])
        uitkomst, casus_id = cursor.fetchone()
    gedaan = uitkomst == "gedaan"
    log.note(
        actor, "wijzigen" if gedaan else "zoeken", "bewaren", op, casus_id,
        toelichting=("niet wissen" if erop else "weer wissen") if gedaan else uitkomst,
    )  # fmt: skip
    if uitkomst == "geen":
        raise OngeldigeInvoer(("casus", gevonden(nummer), T("een casus waarvoor ‘niet wissen’ geldt")))
    _refuse(uitkomst, nummer, STOP)


def _decide(actor: Actor, op: datetime, opdracht_id: UUID, bevestigt: bool) -> None:
    if not may(actor.rol, OPDRAGEN):
        raise GeenRecht(merk=OPDRAGEN)
    with connection.cursor() as cursor:
        cursor.execute("select uitkomst, casus_id from vangnet_wisbesluit(%s, %s)", [opdracht_id, bevestigt])
        uitkomst, casus_id = cursor.fetchone()
    log.note(
        actor, "bevestigen" if bevestigt else "intrekken", "wissen", op, casus_id,
        geslaagd=uitkomst in ("gedaan", "al"), toelichting=uitkomst,
    )  # fmt: skip
    if uitkomst in ("zelfde", "geen_fg"):
        raise TweeMensenNodig()
    if uitkomst == "onbekend":
        raise OngeldigeInvoer(("opdracht", gevonden(str(opdracht_id)), T("een opdracht die nog loopt")))
    _refuse(uitkomst, str(opdracht_id), OPDRAGEN)


def _refuse(uitkomst: str, wat: str, merk: str) -> None:
    if uitkomst == "geen_recht":
        raise GeenRecht(merk=merk)
    if uitkomst == "open":
        raise NietTeWissen()
    if uitkomst == "stop":
        raise WissenGestopt()
    if uitkomst == "gewist":
        raise AlGewist()
    if uitkomst == "gevoegd":
        hoofd = T("de casus waar deze bij gevoegd is: die gaan samen")
        raise OngeldigeInvoer(("casus", gevonden(wat), hoofd))
    if uitkomst == "onbekend":
        raise OngeldigeInvoer(("casus", gevonden(wat), T("een casusnummer van deze regio, zoals 2024-00017")))
