# SPDX-License-Identifier: EUPL-1.2
"""What the agreements say of a casus as it stands, under the version that it keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vangnet.casework.models import Jeugdige
from vangnet.policy.fouten import Fout, Ongeldig
from vangnet.rules.advies import Advies
from vangnet.rules.buiten_regio import outside_region

from . import current_register
from .closing_days import register_for, undecided
from .dossier import Dossier, situatie_feiten
from .geheim import GEMEENTE_GEHEIM, without_municipality
from .give_advice import advise


def advise_dossier(d: Dossier, moment: datetime, kind: Jeugdige | None = None) -> tuple[Advies | None, list[Fout]]:
    """The advice for a casus as it stands, under the version it keeps, and what in its facts contradicts itself.

    A contradiction does not silence the rest: the facts it names are left out, and said."""
    feiten = situatie_feiten(d, moment, kind)
    register = current_register()
    gevallen = (register, d.casus.regio, d.sluiting)
    if opgave := undecided(*gevallen, d.casus.versie_afspraken, d.casus.gemeente, d.casus.begonnen_op):
        feiten.setdefault("sluitingsdagen", opgave)
    fouten: list[Fout] = []
    for _ in range(4):
        try:
            advies = advise(feiten, register_for(*gevallen), d.casus.versie_afspraken)
            buiten = GEMEENTE_GEHEIM if d.casus.geheim and d.casus.gemeente_buiten else d.casus.gemeente_buiten
            advies = without_municipality(advies) if d.casus.geheim else advies
            return outside_region(advies, buiten) if buiten else advies, fouten
        except Ongeldig as fout:
            fouten += fout.fouten
            if not _without(feiten, [f.waar for f in fout.fouten]):
                break
    return None, fouten


def advise_children(d: Dossier, moment: datetime) -> tuple[dict[Jeugdige | None, Advies | None], int]:
    """The same for every child of a casus, and how many contradictions there are."""
    uit: dict[Jeugdige | None, Advies | None] = {}
    fouten = 0
    for kind in d.kinderen or [None]:
        uit[kind], mis = advise_dossier(d, moment, kind)
        fouten += len(mis)
    return uit, fouten


def _without(feiten: dict[str, Any], paden: list[str]) -> bool:
    """Take the facts of these paths out; False when none of them was there."""
    iets = False
    for pad in paden:
        groep, _, rest = pad.partition(".")
        naam = rest.partition(".")[0]
        if isinstance(feiten.get(groep), dict) and naam in feiten[groep]:
            del feiten[groep][naam]
            iets = True
        elif groep in feiten and groep != "regio" and not isinstance(feiten[groep], dict):
            del feiten[groep]
            iets = True
    return iets
