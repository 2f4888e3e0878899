# SPDX-License-Identifier: EUPL-1.2
"""What may be said of where a child is, in a casus with a secret address: that it is known, and no more.

A person sees the address itself by asking for it (`show_casus.show_address`), which is a line in the log.
"""

from __future__ import annotations

from vangnet.casework.models import VERBLIJFSVORMEN, Inzet
from vangnet.rules.tekst import T

from .dossier import Dossier

PLAATS_GEHEIM = T("plaats geheim")


def provider_of(d: Dossier, i: Inzet) -> str:
    """Who gives a form of help. Of a stay that somebody wrote down himself (a house, an aunt) the name says where the child
    is: with a secret address it is `PLAATS_GEHEIM`. An organisation that takes part is named; that is no address."""
    if i.aanbieder_id is not None:
        return d.naam(i.aanbieder_id)
    if i.aanbieder_naam and d.casus.geheim and i.vorm in VERBLIJFSVORMEN:
        return PLAATS_GEHEIM
    return i.aanbieder_naam
