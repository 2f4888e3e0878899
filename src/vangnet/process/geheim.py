# SPDX-License-Identifier: EUPL-1.2
"""What may be said of where a child is, in a casus with a secret address: that it is known, and no more. Not even its
municipality: what follows from that (who takes over, who pays, when) is said, in words that do not name it.

A person sees the address itself by asking for it (`show_casus.show_address`), which is a line in the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vangnet.casework.models import VERBLIJFSVORMEN, Inzet
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import T

from .dossier import Dossier

PLAATS_GEHEIM = T("plaats geheim")
GEMEENTE_GEHEIM = T("Deze gemeente")


def provider_of(d: Dossier, i: Inzet) -> str:
    """Who gives a form of help. Of a stay that somebody wrote down himself (a house, an aunt) the name says where the child
    is: with a secret address it is `PLAATS_GEHEIM`. An organisation that takes part is named; that is no address."""
    if i.aanbieder_id is not None:
        return d.naam(i.aanbieder_id)
    if i.aanbieder_naam and d.casus.geheim and i.vorm in VERBLIJFSVORMEN:
        return PLAATS_GEHEIM
    return i.aanbieder_naam


def without_municipality(advies: Advies) -> Advies:
    """The same advice in words that do not name the municipality of the child. Everything else in it stays: the days, the
    parties, the rules."""
    if advies.gemeente is None:
        return advies
    naam = advies.gemeente.naam

    def zonder(waarde: Any) -> Any:
        if isinstance(waarde, str) and naam in waarde:
            return waarde.replace(f" {naam}", "").replace(naam, GEMEENTE_GEHEIM)
        if isinstance(waarde, tuple):
            return tuple(zonder(deel) for deel in waarde)
        return {k: zonder(deel) for k, deel in waarde.items()} if isinstance(waarde, Mapping) else waarde

    return replace(
        advies,
        gemeente=None,
        uitspraken={
            k: u._replace(waarde=zonder(u.waarde), gegevens=zonder(u.gegevens)) for k, u in advies.uitspraken.items()
        },
        termijnen={k: t._replace(gegevens=zonder(t.gegevens)) for k, t in advies.termijnen.items()},
        open_vragen={
            k: q._replace(
                gegevens=zonder(q.gegevens),
                lezingen=tuple(one._replace(gegevens=zonder(one.gegevens)) for one in q.lezingen),
            )
            for k, q in advies.open_vragen.items()
        },
    )
