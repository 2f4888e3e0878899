# SPDX-License-Identifier: EUPL-1.2
"""Put right what was entered wrongly: a child, the municipality, a moment, two casussen that are one, or one that is two.

Nothing is wiped: the former version stays visible, and the event says who put it right and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor

MOMENTEN: tuple[str, ...] = (
    "melding", "vertrek", "aankomst", "besluit_crisis", "inzet_van", "inzet_tot", "rto",
)  # fmt: skip
"""The moments that can be corrected (`correct_moment`)."""


def take_child_off(
    actor: Actor, op: datetime, casus_id: UUID, jeugdige_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """This child does not belong in this casus: entered twice, or another family. A second time changes nothing.

    Errors: `NogNietKlaar` while help runs for it; `OngeldigeInvoer` for the last child or without a reason."""
    raise NotImplementedError


def set_municipality(
    actor: Actor, op: datetime, casus_id: UUID, gemeente: str, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """The casus is of another municipality: closing days, access and clocks are worked out again; a signal or offer to the
    access of the former one is withdrawn.

    Errors: `OngeldigeInvoer` for a municipality of another region or without a reason."""
    raise NotImplementedError


def correct_moment(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    soort: str,
    moment: datetime,
    reden: str,
    ding: UUID | None = None,
    gebeurd_op: datetime | None = None,
) -> None:
    """Something happened at another moment (`soort` of `MOMENTEN`; `ding` is the inzet where it is about one). Clocks that
    follow from it move; one that had ended is judged again.

    Errors: `OngeldigeInvoer` (unknown kind, a moment to come, before the melding, an order that cannot be)."""
    raise NotImplementedError


def merge(
    actor: Actor, op: datetime, casus_id: UUID, in_casus_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """Two casussen are one: `casus_id` closes as joined to `in_casus_id`, which gets its children, people and addresses
    that it does not have yet, and knows of its melding. What was written stays readable where it was.

    Errors: `NogNietKlaar` when help has begun in the one that would close; `OngeldigeInvoer`; those of `working_on` for
    both."""
    raise NotImplementedError


def split(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    jeugdige_ids: Sequence[UUID],
    reden: str,
    gebeurd_op: datetime | None = None,
) -> UUID:
    """One casus is two: a new one begins for these children, at the moment of the melding and led by the crisis service;
    they go off the old one. Returns the id of the new casus.

    Errors: `NogNietKlaar` while help runs for one of them; `OngeldigeInvoer` when none or all would leave."""
    raise NotImplementedError
