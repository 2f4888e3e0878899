# SPDX-License-Identifier: EUPL-1.2
"""The main menu. A screen that comes later is one more line here; nothing else has to change."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from vangnet.access.rechten import may


class Menupunt(NamedTuple):
    """One entry: what it is called, which URL it opens, which symbol it has on a phone, which right it asks."""

    naam: str
    url: str
    icoon: str
    merk: str = ""
    """A mark of the rights table; without one the entry is there for everybody."""


MENU: tuple[Menupunt, ...] = (
    Menupunt(N_("Dienst"), "dienst", "klok", "bord.inzien"),
    Menupunt(N_("Melding"), "melding_nieuw", "noteer", "melding.opnemen"),
    Menupunt(N_("Mijn werk"), "mijnwerk", "ja", "mijnwerk.inzien"),
    Menupunt(N_("Zoeken"), "zoeken", "zoek", "casus.zoeken"),
    Menupunt(N_("Bellen"), "bellen", "bel", "bellen.inzien"),
    Menupunt(N_("Beheer"), "beheer", "mensen", "medewerker.inzien"),
    Menupunt(N_("Log"), "beheer_log", "boek", "log.inzien"),
    Menupunt(N_("Afspraken"), "afspraken", "kalender"),
    Menupunt(N_("Regio's"), "regios", "land"),
    Menupunt(N_("Bronnen"), "bronnen", "boek"),
)


def entries(path: str, rol: str = "") -> list[dict[str, Any]]:
    """The entries for this function, in the reader's language; those for everybody come last and are `openbaar`. `hier`
    is the value of aria-current ("page", "true") or empty."""
    result: list[dict[str, Any]] = []
    for punt in MENU:
        if punt.merk and not may(rol, punt.merk):
            continue
        address = reverse(punt.url)
        here = "page" if path == address else "true" if path.startswith(address + "/") else ""
        name = gettext(punt.naam)
        result.append({"naam": name, "adres": address, "icoon": punt.icoon, "hier": here, "openbaar": not punt.merk})
    return result
