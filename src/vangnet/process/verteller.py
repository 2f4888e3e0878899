# SPDX-License-Identifier: EUPL-1.2
"""In which language and year something is told, and the small words that several pages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from vangnet.casework.models import Jeugdige
from vangnet.rules.tekst import T, Vertaler, in_woorden, waarde_in_woorden

from .dossier import Dossier
from .leeftijd import duration_of
from .leeftijd import in_woorden as in_duur


class Verteller(NamedTuple):
    """Puts templates into the words of one reader."""

    taal: str
    jaar: int
    vertaal: Vertaler

    def zin(self, sjabloon: str, gegevens: Mapping[str, Any] | None = None) -> str:
        """A template with its gaps filled; a gap that has nothing stays empty."""
        try:
            return in_woorden(sjabloon, gegevens or {}, self.taal, self.jaar, self.vertaal).strip()
        except (KeyError, IndexError, ValueError):
            return sjabloon


def lijst_of(delen: list[str], v: Verteller) -> str:
    """Parts as one list in words."""
    return waarde_in_woorden(tuple(delen), v.taal)


def leeftijd_of(d: Dossier, kind: Jeugdige, v: Verteller, kort: bool = False) -> str:
    """The age of a child at the melding in words: `14 jaar`, `8 maanden`; empty when it is not known."""
    return v.zin(T("ongeboren")) if kind.ongeboren else in_duur(duration_of(d, kind), v.zin, kort)
