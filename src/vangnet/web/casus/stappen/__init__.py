# SPDX-License-Identifier: EUPL-1.2
"""The forms of each step, built from what the reader sees of the casus: the proposal on top, then what he decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from vangnet.access.actor import Actor
from vangnet.process.show_casus import Casusbeeld
from vangnet.process.stapsoorten import STAPPEN
from vangnet.web.casus.formulieren import Stap
from vangnet.web.handelen import Poging

from .bouw import Bouw
from .deur import besluit, inschatting, meedenken, melding, terugbellen, triage
from .erbij import aanbod, antwoord, belpoging, contact, in_handen, los, notitie, taak, termijn, toestemming
from .herstel import blokkade, herstel
from .hulp import begin, einde, inzet, ouders, slaapplek
from .overleg import afsluiten, heropenen, regie, rto, rto_verslag, terugkoppeling, vervolg
from .verzoek import verzoek


def build(
    slug: str, beeld: Casusbeeld, actor: Actor, op: datetime, ding: str = "", poging: Poging | None = None
) -> Stap:
    """The step as its page draws it; after a refused attempt with what was typed and what was wrong with it."""
    voor = _for_child(beeld, ding, poging) if slug == "inzet" else ""
    b = Bouw(replace(beeld, advies=beeld.advies_per_kind[voor]) if voor else beeld, actor, op, voor or ding)
    stap = BOUWERS[slug](b)
    klok = next((a["klok"] for a in beeld.te_doen if a["stap"] == slug and a["klok"]), None)
    stap = replace(stap, naam=stap.naam or _(STAPPEN[slug].naam), klok=stap.klok or klok)
    if poging is not None:
        bedoeld = poging.getypt.get("formulier", "")
        stap = replace(
            stap,
            formulieren=tuple(
                replace(f, velden=tuple(v.met(poging) for v in f.velden), dicht=False) if f.sleutel == bedoeld else f
                for f in stap.formulieren
            ),
        )
    return stap


def _for_child(beeld: Casusbeeld, ding: str, poging: Poging | None) -> str:
    """The child that help is chosen for, when there are several: whom the form was sent for, whom the address names, else
    the first that has none."""
    if not beeld.advies_per_kind:
        return ""
    gevraagd = (poging.getypt.get("jeugdige", "") if poging else "", ding)
    met_hulp = {str(i["jeugdige_id"]) for i in beeld.hulp if i["stand"] != "beeindigd"}
    zonder = (kind for kind in beeld.advies_per_kind if kind not in met_hulp)
    eerste = next(iter(beeld.advies_per_kind))
    return next((kind for kind in gevraagd if kind in beeld.advies_per_kind), next(zonder, eerste))


BOUWERS: Mapping[str, Callable[[Bouw], Stap]] = {
    "melding": melding, "triage": triage, "terugbellen": terugbellen, "meedenken": meedenken,
    "inschatting": inschatting, "besluit": besluit, "inzet": inzet, "ouders": ouders, "inzet_begin": begin,
    "inzet_einde": einde, "slaapplek": slaapplek, "toestemming": toestemming, "rto": rto,
    "rto_verslag": rto_verslag, "regie": regie, "vervolg": vervolg, "terugkoppeling": terugkoppeling,
    "afsluiten": afsluiten, "heropenen": heropenen, "taak": taak, "aanbod": aanbod, "antwoord": antwoord,
    "notitie": notitie, "contact": contact, "belpoging": belpoging, "termijn": termijn,
    "feiten": los("feiten", "casus/stap_feiten.html"), "gezin": los("gezin", "casus/stap_gezin.html"),
    "herstel": herstel, "blokkade": blokkade, "in_handen": in_handen, "verzoek": verzoek,
}  # fmt: skip
"""Per step what builds it."""


def is_id(ruw: str) -> bool:
    """Whether this is the id of something."""
    try:
        UUID(ruw)
    except ValueError:
        return False
    return True
