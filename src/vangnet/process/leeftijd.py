# SPDX-License-Identifier: EUPL-1.2
"""The age of a child: as it was said (14, 8 months, 3 weeks), as it follows from a day of birth, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

if TYPE_CHECKING:
    from vangnet.casework.models import Jeugdige

    from .dossier import Dossier

IN_JAREN = 2
"""From this age on an age is said in years."""
PER_JAAR = {"M": 12, "W": 52, "D": 365}
WOORDEN = {
    "Y": (T("{n} jaar"), T("{n} jaar")),
    "M": (T("{n} maand"), T("{n} maanden")),
    "W": (T("{n} week"), T("{n} weken")),
    "D": (T("{n} dag"), T("{n} dagen")),
}
"""By unit (as in ISO 8601): one, and more."""
KORT = {"Y": "{n}", "M": T("{n} mnd"), "W": T("{n} wk"), "D": T("{n} dgn")}
"""By unit, for a strip of the board."""


class Leeftijd(NamedTuple):
    """An age as it was said: whole years, which the rules reckon with, and of a child under two the exact words as an
    ISO 8601 duration (`P8M`, `P3W`, `P5D`)."""

    jaren: int | None
    duur: str = ""

    def __str__(self) -> str:
        """As somebody would type it: `14`, `8 maanden`."""
        if self.jaren is None:
            return ""
        return in_woorden(self.duur) if self.duur else str(self.jaren)


ONBEKEND = Leeftijd(None)


def read_age(ruw: Any) -> Leeftijd | None:
    """What was typed or said: `14`, `14 jaar`, `8 maanden`, `7 mnd`, `3 weken`, `5 dagen`; None when it cannot be read."""
    schoon = str(ruw).strip().lower()[:40]
    jaren = re.fullmatch(r"(\d{1,3})\s*(j|jr|jaar)?\.?", schoon)
    if jaren:
        return Leeftijd(int(jaren.group(1)))
    klein = re.fullmatch(r"(\d{1,3})\s*(m|mnd|maand|maanden|w|wk|week|weken|d|dag|dagen|dgn)\.?", schoon)
    if klein is None:
        return None
    aantal, eenheid = int(klein.group(1)), klein.group(2)[0].upper()
    heel = aantal // PER_JAAR[eenheid]
    return Leeftijd(heel, f"P{aantal}{eenheid}" if heel < IN_JAREN else "")


def duration_between(geboren: date, dag: date) -> str:
    """The age on a day as a duration, in the unit in which one says it: days, weeks, months under two, else years."""
    maanden = (dag.year - geboren.year) * 12 + dag.month - geboren.month - (dag.day < geboren.day)
    if maanden >= 12 * IN_JAREN:
        return f"P{maanden // 12}Y"
    if maanden >= 1:
        return f"P{maanden}M"
    dagen = max((dag - geboren).days, 0)
    return f"P{dagen // 7}W" if dagen >= 7 else f"P{dagen}D"


def duration_of(d: Dossier, kind: Jeugdige) -> str:
    """The age of a child at the melding as a duration; empty for an unborn child and when it is not known."""
    if kind.ongeboren:
        return ""
    if kind.geboortedatum is not None:
        return duration_between(kind.geboortedatum, lokaal(d.casus.begonnen_op).date())
    if kind.leeftijd is None:
        return ""
    return kind.leeftijd_duur or f"P{kind.leeftijd}Y"


def in_woorden(duur: str, zin: Callable[[str, Mapping[str, Any]], str] | None = None, kort: bool = False) -> str:
    """A duration in words (`8 maanden`, `1 week`, `14 jaar`; with `kort` `8 mnd`, `14`); `zin` fills a template in the
    language of the reader. Empty for none."""
    if not duur:
        return ""
    aantal, eenheid = int(duur[1:-1]), duur[-1]
    sjabloon = KORT[eenheid] if kort else WOORDEN[eenheid][aantal != 1]
    return zin(sjabloon, {"n": aantal}) if zin else sjabloon.format(n=aantal)
