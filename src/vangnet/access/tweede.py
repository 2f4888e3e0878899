# SPDX-License-Identifier: EUPL-1.2
"""The second person: a key of a system, and an account that nobody has entered yet, open nothing until somebody else than
who made them confirms (docs/besluiten/0020). Both are in the log under both names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from .actor import Actor
from .factoren import people_with_factors
from .koppelingen import BEVESTIGEN_BINNEN
from .log import note
from .models import Functie, Koppeling, Medewerker, Rol, Uitnodiging
from .rechten import may
from .weigering import Weigering

MERK = "bevestiging.geven"
SLEUTEL, UITNODIGING = "sleutel", "uitnodiging"


class MagNietBevestigen(Weigering):
    """Je functie mag dit niet bevestigen."""


class EigenWerk(Weigering):
    """Wat je zelf maakte, bevestigt een ander: een andere beheerder, of de coördinator van die organisatie."""


class NietsTeBevestigen(Weigering):
    """Dit wacht niet meer op bevestiging. Kijk in de lijst wat er nog wacht."""


@dataclass(frozen=True, slots=True)
class Wachtend:
    """Something that waits for a second person."""

    id: UUID
    soort: str
    """sleutel or uitnodiging."""
    naam: str
    """Of the system, or of the person."""
    bij: tuple[str, ...]
    """The organisation, or the functions with theirs."""
    scopes: tuple[str, ...]
    door: str
    op: datetime
    tot: datetime
    """After this it is made anew."""
    eigen: bool
    """Whether the asker made it himself, and so waits for another."""


def waiting(actor: Actor, op: datetime) -> list[Wachtend]:
    """What waits in the region, oldest first; for a coordinator of his own organisation. Errors: `MagNietBevestigen`."""
    _must(actor)
    uit = [
        Wachtend(
            k.pk, SLEUTEL, k.naam, (k.organisatie.naam,), tuple(k.scopes), k.door.naam if k.door else "", k.op,
            k.op + BEVESTIGEN_BINNEN, k.door_id == actor.medewerker_id,
        )
        for k in _keys(actor, op).select_related("organisatie", "door")
    ]  # fmt: skip
    uit += [
        Wachtend(
            u.pk, UITNODIGING, u.medewerker.naam, _functions(u.medewerker_id, op), (), u.door.naam if u.door else "",
            u.op, u.geldig_tot, actor.medewerker_id in (u.door_id, u.medewerker_id),
        )
        for u in _invitations(actor, op).select_related("medewerker", "door")
    ]  # fmt: skip
    return sorted(uit, key=lambda w: (w.op, str(w.id)))


def count_waiting(actor: Actor, op: datetime) -> int:
    """How much waits for this person: what he did not make himself."""
    return sum(not w.eigen for w in waiting(actor, op)) if may(actor.rol, MERK) else 0


def invitation_waits(medewerker_id: UUID) -> bool:
    """Whether the open invitation of this person opens nothing yet."""
    rijen = Uitnodiging.objects.filter(medewerker_id=medewerker_id, gebruikt_op__isnull=True, bevestigd_op__isnull=True)
    return rijen.filter(door__isnull=False).exclude(medewerker_id__in=people_with_factors()).exists()


def confirmers(door: Actor, organisaties: Iterable[UUID], op: datetime) -> tuple[str, ...]:
    """The names of who may confirm what `door` made for these organisations; empty when he is the only one."""
    bij = Q(rol=Rol.BEHEERDER, organisatie__regio=door.regio) | Q(
        rol=Rol.COORDINATOR, organisatie_id__in=list(organisaties)
    )
    wie = _running(op).filter(bij, medewerker__is_active=True).exclude(medewerker_id=door.medewerker_id)
    return tuple(wie.order_by("medewerker__naam").values_list("medewerker__naam", flat=True).distinct())


def confirm(actor: Actor, op: datetime, soort: str, id_: UUID) -> str:
    """Say yes as the second person; returns the name of what now opens. The caller has seen to it that this person showed
    his second factor a moment ago. Errors: `MagNietBevestigen`, `NietsTeBevestigen`, `EigenWerk`."""
    with transaction.atomic():
        rij = _waiting_one(actor, op, soort, id_)
        rij.bevestigd_op, rij.bevestigd_door_id = op, actor.medewerker_id
        rij.save(update_fields=["bevestigd_op", "bevestigd_door"])
        _note(actor, op, rij, "bevestigd")
    return _name(rij)


def refuse(actor: Actor, op: datetime, soort: str, id_: UUID) -> str:
    """Say no: the key is taken back, the invitation no longer works. Whoever made it may do so too.

    Errors: `MagNietBevestigen`, `NietsTeBevestigen`."""
    with transaction.atomic():
        rij = _waiting_one(actor, op, soort, id_, own_too=True)
        if isinstance(rij, Koppeling):
            rij.ingetrokken_op = op
            rij.save(update_fields=["ingetrokken_op"])
        else:
            rij.gebruikt_op = op
            rij.save(update_fields=["gebruikt_op"])
        _note(actor, op, rij, "afgewezen")
    return _name(rij)


def _must(actor: Actor) -> None:
    if not may(actor.rol, MERK):
        raise MagNietBevestigen


def _waiting_one(actor: Actor, op: datetime, soort: str, id_: UUID, own_too: bool = False) -> Koppeling | Uitnodiging:
    _must(actor)
    rijen: QuerySet[Koppeling] | QuerySet[Uitnodiging] = (
        _keys(actor, op) if soort == SLEUTEL else _invitations(actor, op)
    )
    rij = rijen.select_for_update(of=("self",)).filter(pk=id_).first()
    if rij is None:
        raise NietsTeBevestigen
    zelf = {rij.door_id} | ({rij.medewerker_id} if isinstance(rij, Uitnodiging) else set())
    if actor.medewerker_id in zelf and not own_too:
        raise EigenWerk
    return rij


def _keys(actor: Actor, op: datetime) -> QuerySet[Koppeling]:
    rijen = Koppeling.objects.filter(
        organisatie__regio=actor.regio, bevestigd_op__isnull=True, ingetrokken_op__isnull=True,
        op__gt=op - BEVESTIGEN_BINNEN, geldig_tot__gt=op,
    )  # fmt: skip
    return rijen.filter(organisatie_id=actor.organisatie_id) if actor.rol == Rol.COORDINATOR else rijen


def _invitations(actor: Actor, op: datetime) -> QuerySet[Uitnodiging]:
    """Open ones of people without a second factor, who would come in with nothing else."""
    hier = _running(op).filter(medewerker_id=OuterRef("medewerker_id"), organisatie__regio=actor.regio)
    if actor.rol == Rol.COORDINATOR:
        hier = hier.filter(organisatie_id=actor.organisatie_id)
    return Uitnodiging.objects.filter(
        Exists(hier), bevestigd_op__isnull=True, gebruikt_op__isnull=True, geldig_tot__gt=op, door__isnull=False
    ).exclude(medewerker_id__in=people_with_factors())


def _running(op: datetime) -> QuerySet[Functie]:
    return Functie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op, organisatie__actief=True)


def _functions(medewerker_id: UUID, op: datetime) -> tuple[str, ...]:
    rijen = _running(op).filter(medewerker_id=medewerker_id).select_related("organisatie").order_by("van", "id")
    return tuple(f"{Rol(f.rol).label}, {f.organisatie.naam}" for f in rijen)


def _name(rij: Koppeling | Uitnodiging) -> str:
    return rij.naam if isinstance(rij, Koppeling) else Medewerker.objects.get(pk=rij.medewerker_id).naam


def _note(actor: Actor, op: datetime, rij: Koppeling | Uitnodiging, wat: str) -> None:
    if isinstance(rij, Koppeling):
        note(actor, "bevestigen", "koppeling", op, toelichting=f"{rij.begin} {wat}")
    else:
        note(actor, "bevestigen", "medewerker", op, toelichting=f"uitnodiging voor {rij.medewerker_id} {wat}")
