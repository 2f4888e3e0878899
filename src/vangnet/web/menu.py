# SPDX-License-Identifier: EUPL-1.2
"""The main menu. A screen that comes later is one more line here; nothing else has to change."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_


class Menupunt(NamedTuple):
    """One entry: what it is called, which URL it opens, which symbol it has on a phone."""

    naam: str
    url: str
    icoon: str


MENU: tuple[Menupunt, ...] = (
    Menupunt(N_("Afspraken"), "afspraken", "kalender"),
    Menupunt(N_("Regio's"), "regios", "land"),
    Menupunt(N_("Bronnen"), "bronnen", "boek"),
)


def entries(path: str) -> list[dict[str, str]]:
    """The entries in the reader's language; `hier` is the value of aria-current ("page", "true") or empty."""
    result = []
    for punt in MENU:
        address = reverse(punt.url)
        here = "page" if path == address else "true" if path.startswith(address + "/") else ""
        result.append({"naam": gettext(punt.naam), "adres": address, "icoon": punt.icoon, "hier": here})
    return result
