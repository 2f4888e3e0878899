# SPDX-License-Identifier: EUPL-1.2
"""Where the sources are silent or contradict each other: a question with readings, and the region's choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .bron import STRIKT, Regels
from .tekst import Gegevens


class Lezing(NamedTuple):
    """One way in which the silence or contradiction can be read."""

    sleutel: str
    tekst: str
    gegevens: Gegevens


@dataclass(frozen=True, slots=True)
class Keuze:
    """The reading a region chose, by whom and when; never shipped with the agreements themselves."""

    __pydantic_config__ = STRIKT

    lezing: str
    """De sleutel van de gekozen lezing."""
    door: str
    """Wie koos: naam en functie."""
    op: date | None = None
    """Op welke dag."""
    fictief: bool = False
    """Waar als de keuze voor de demo verzonnen is."""


class OpenVraag(NamedTuple):
    """A named silence or contradiction (X-01..37, or the rule id that leaves it open) that this situation raises."""

    id: str
    vraag: str
    gegevens: Gegevens
    lezingen: tuple[Lezing, ...]
    regels: Regels
    keuze: Keuze | None

    @property
    def eerst(self) -> str:
        """The reading to act on: the chosen one, else the first, which is the earliest or strictest."""
        if self.keuze:
            return self.keuze.lezing
        return self.lezingen[0].sleutel if self.lezingen else ""


Keuzes = Mapping[str, Keuze]
"""Question id, such as `X-01/vroege_ochtend`, to the region's choice."""
