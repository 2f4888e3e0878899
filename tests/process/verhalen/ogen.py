# SPDX-License-Identifier: EUPL-1.2
"""Everything that one person can get to see of a casus, gathered as one text: to look for what must not be in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import zichtbaar
from vangnet.casework.models import Casus
from vangnet.process.dossier import read_dossier
from vangnet.process.search_casus import search_casus
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_address, show_casus
from vangnet.process.show_my_work import show_my_work


@dataclass(frozen=True)
class Blik:
    """What was seen, and whether the casus stayed shut altogether."""

    dicht: bool
    tekst: str


def alles_wat_iemand_ziet(actor: Actor, casus_id: UUID, op: datetime) -> Blik:
    """The page of the casus, its address, its strip on a list, and what searching for the family gives."""
    stukken: list[str] = []
    dicht = True
    try:
        beeld = show_casus(actor, op, casus_id)
        dicht = False
        stukken.append(repr(asdict(beeld)))
    except Weigering:
        pass
    try:
        stukken.append(repr(show_address(actor, op, casus_id)))
        dicht = False
    except Weigering:
        pass
    if Casus.objects.filter(id=casus_id, id__in=zichtbaar(actor, op)).exists():
        dicht = False
    stukken += _lijsten(actor, op)
    stukken += _gezocht(actor, casus_id, op)
    return Blik(dicht, "\n".join(stukken))


def _lijsten(actor: Actor, op: datetime) -> list[str]:
    """The board and the own work, as this person gets them."""
    uit = []
    for lijst in (show_board, show_my_work):
        try:
            uit.append(repr(lijst(actor, op)))
        except Weigering:
            continue
    return uit


def _gezocht(actor: Actor, casus_id: UUID, op: datetime) -> list[str]:
    """What searching by the name of each child gives this person; the word that was searched for is not what he sees."""
    d = read_dossier(casus_id)
    assert d is not None
    uit = []
    for kind in d.kinderen:
        try:
            gevonden = search_casus(actor, op, f"{kind.voornaam} {kind.achternaam}".strip())
        except Weigering:
            continue
        uit.append(repr(gevonden.vondsten))
    return uit
