# SPDX-License-Identifier: EUPL-1.2
"""Everything that one person can get to see of a casus, gathered as one text: to look for what must not be in it."""

from __future__ import annotations

import importlib
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import zichtbaar
from vangnet.casework.models import Casus
from vangnet.process.dossier import read_dossier
from vangnet.process.show_casus import show_address, show_casus


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
    in_lijst = Casus.objects.filter(id=casus_id, id__in=zichtbaar(actor, op)).values_list("beeld", flat=True)
    if in_lijst:
        dicht = False
    stukken += [repr(b) for b in in_lijst]
    stukken += _gezocht(actor, casus_id, op)
    return Blik(dicht, "\n".join(stukken))


def _gezocht(actor: Actor, casus_id: UUID, op: datetime) -> list[str]:
    """What searching by the names of the children gives this person."""
    try:
        zoek = importlib.import_module("vangnet.process.search").search
    except (ImportError, AttributeError):
        return []
    d = read_dossier(casus_id)
    assert d is not None
    uit = []
    for kind in d.kinderen:
        try:
            uit.append(repr(zoek(actor, op, kind.achternaam)))
        except Weigering:
            continue
    return uit
