# SPDX-License-Identifier: EUPL-1.2
"""What comes after the crisis: determine it, register, arrange the decision afterwards, tell the professionals, hand over."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from vangnet.access.actor import Actor


def determine_vervolg(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    route: int | None,
    wat: str,
    aanbieder: str = "",
    start_op: datetime | None = None,
    beschikking_nodig: bool | None = None,
    terug_naar_huis: str | None = None,
    vorm: str | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """What follows and who gives it. `route` is 1 to 4 where the region has routes (ZL-99..103), else None. `start_op` may
    lie ahead. `terug_naar_huis` is zeker, twijfel or nee (ZL-73). Makes the tasks of the route once; where the lead
    passes when the follow-up is determined (CIT-22) the page then offers that. The same again changes nothing.

    Errors: `OngeldigeInvoer` (no words, a route that the region does not have), `Achterhaald`."""
    raise NotImplementedError


def register_at(
    actor: Actor, op: datetime, casus_id: UUID, tafel: str, reden: str = "", gebeurd_op: datetime | None = None
) -> None:
    """The child was registered at a table: `itw` or `gikj` (ZL-104..108); its clock stops. A second time changes nothing.

    Errors: `OngeldigeInvoer` for another table."""
    raise NotImplementedError


def register_beschikking(
    actor: Actor, op: datetime, casus_id: UUID, datum: date, gebeurd_op: datetime | None = None
) -> None:
    """The decision of the municipality, given afterwards (CL-06), and its day.

    Errors: `OngeldigeInvoer` for a day before the casus or to come."""
    raise NotImplementedError


def register_feedback(actor: Actor, op: datetime, casus_id: UUID, aan: str, gebeurd_op: datetime | None = None) -> None:
    """The professionals in the family (`aan`) heard how it goes on (CL-11). A second time changes nothing.

    Errors: `OngeldigeInvoer` when nobody is named."""
    raise NotImplementedError


def warm_handover(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    met: str,
    procesregisseur_erbij: bool | None = None,
    gebeurd_op: datetime | None = None,
) -> None:
    """The warm handover took place, with whom, and whether the procesregisseur was there (ZL-92, ZL-94).

    Errors: `OngeldigeInvoer` when nobody is named."""
    raise NotImplementedError


def ask_expertteam(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    wat: str,
    waarom: str,
    via_crisisdienst: bool = False,
    gebeurd_op: datetime | None = None,
) -> None:
    """The expert team was asked: `ondersteuning` or `bindend_advies` (ZL-110, ZL-111), and why; makes the task to follow it.

    Errors: `OngeldigeInvoer`; `NogNietKlaar` in a region without an expert team."""
    raise NotImplementedError
