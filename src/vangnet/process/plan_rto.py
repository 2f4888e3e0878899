# SPDX-License-Identifier: EUPL-1.2
"""The round-table meeting: plan, invite, move, cancel, hold, and keep what it agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access.actor import Actor


@dataclass(frozen=True)
class Aanwezig:
    """How one invited person or organisation took part."""

    genodigde_id: UUID
    aanwezig: bool
    op_afstand: bool = False
    steunt_perspectief: bool | None = None


@dataclass(frozen=True)
class Rtoverslag:
    """What a meeting agreed. `perspectief_bekend` False says that it is not known yet: then `perspectief` tells who
    finds out and when (ZL-70)."""

    perspectief: str = ""
    perspectief_bekend: bool = True
    perspectief_eigenaar: UUID | None = None
    """The organisation that finds out, when the perspective is not known."""
    perspectief_uiterlijk: datetime | None = None
    veiligheidsplan: str = ""
    """One line is enough (ZL-70)."""
    doelen: Sequence[str] = ()
    route: int | None = None
    """Route of the follow-up (ZL-99..103) where the region has them."""
    vervolg: str = ""
    """The follow-up in words; in a region without routes this is it."""
    procesregisseur_id: UUID | None = None
    procesregisseur_naam: str = ""
    procesregisseur_aanwezig: bool | None = None
    op_afstand: bool | None = None
    reden_op_afstand: str = ""
    nieuw_overleg_nodig: bool | None = None
    aanwezigen: Sequence[Aanwezig] = field(default_factory=tuple)
    """Whoever is invited and not named here is not filled in."""


def plan_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    gepland_op: datetime,
    waar: str = "",
    genodigden: Sequence[Mapping[str, Any]] = (),
    reden_andere_dag: str = "",
    rto_id: UUID | None = None,
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> UUID:
    """Plan the meeting and invite; returns its id. Each of `genodigden` names `organisatie_id`, `persoon_id` or just
    `naam`. An invited organisation sees a profile and the question until it says that it comes. Another day than the
    agreements give needs `reden_andere_dag` (kept with the proposal `rto.dag`).

    Errors: `RedenNodig`, `OngeldigeInvoer` (a day before the casus began, an unknown organisation or person), `AlGedaan`
    when another meeting is planned (move it); the same moment again changes nothing."""
    raise NotImplementedError


def invite(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    genodigden: Sequence[Mapping[str, Any]],
    gebeurd_op: datetime | None = None,
) -> None:
    """Invite more to a planned meeting; who was invited already is left alone.

    Errors: `OngeldigeInvoer`, `AlGedaan` once it was held or cancelled."""
    raise NotImplementedError


def move_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    gepland_op: datetime,
    waar: str | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """Another moment or place (None keeps it), with why when the day is not the agreed one; who was invited is asked again.

    Errors: `RedenNodig`, `OngeldigeInvoer`, `AlGedaan` once it was held or cancelled."""
    raise NotImplementedError


def cancel_rto(
    actor: Actor, op: datetime, casus_id: UUID, rto_id: UUID, reden: str, gebeurd_op: datetime | None = None
) -> None:
    """The meeting does not take place, and why; its clock keeps running, since one is still due.

    Errors: `OngeldigeInvoer` without a reason; `AlGedaan` once it was held."""
    raise NotImplementedError


def answer_invitation(
    actor: Actor, op: datetime, casus_id: UUID, genodigde_id: UUID, komt: str, gebeurd_op: datetime | None = None
) -> None:
    """Whether an invited one comes: `ja`, `nee`, `op_afstand`; by the organisation itself or by who plans, who heard it
    by phone. An organisation that comes takes part from then on (RTO).

    Errors: `OngeldigeInvoer`, `GeenRecht` for somebody else's invitation."""
    raise NotImplementedError


def hold_rto(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    rto_id: UUID,
    verslag: Rtoverslag,
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """The meeting was held (`gebeurd_op`, else its planned moment) and this was agreed. Where the lead passes at the
    meeting (ZL-79) and the named procesregisseur was present, it passes now; absent, it is offered with a clock
    (X-18/afwezig). Without a gezinsplan its task is made (ZL-36, ZL-83).

    Errors: `OngeldigeInvoer` naming what the region asks in the report and is missing (`perspectief`, `veiligheidsplan`,
    `vervolg`, `procesregisseur`); `AlGedaan` when it was held with another report; `Achterhaald`."""
    raise NotImplementedError
