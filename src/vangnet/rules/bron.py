# SPDX-License-Identifier: EUPL-1.2
"""One agreed value with its force and its source: the atom every policy is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar, get_args

Strekking = Literal[
    "maximaal",
    "streefnorm",
    "in de regel",
    "in principe",
    "in beginsel",
    "bij voorkeur",
    "waar mogelijk",
    "advies",
    "wens",
    "voornemen",
    "minimaal",
    "kan",
    "zonder voorbehoud",
]
"""The force of an agreement, in the words of the sources; `zonder voorbehoud` where the source states it plainly."""

Regels = tuple[str, ...]
"""Rule ids of the catalogue in `bronnen/regels.jsonl`, such as `("ZL-35", "ZL-63")`."""

ZACHT: frozenset[str] = frozenset(get_args(Strekking)) - {"maximaal", "minimaal", "zonder voorbehoud"}
"""Forces that a passed moment flags but never blocks (X-09)."""

W = TypeVar("W", covariant=True)

STRIKT = {"extra": "forbid", "use_attribute_docstrings": True, "allow_inf_nan": False}
"""How the readers of policy and situation treat a dataclass: no unknown keys, no NaN, attribute docstrings are its
manual."""


@dataclass(frozen=True, slots=True)
class Afspraak(Generic[W]):
    """One agreed value: what was agreed, how firmly, and where it is written."""

    __pydantic_config__ = STRIKT

    waarde: W
    """De afgesproken waarde."""
    strekking: Strekking
    """Hoe hard de afspraak is, in het woord van de bron."""
    regels: Regels
    """De regelnummers waarin de afspraak staat; minstens één."""


@dataclass(frozen=True, slots=True)
class Duur:
    """A length of time as the source writes it: 4 weken, 72 uur, 1 nacht, 5 werkdagen."""

    __pydantic_config__ = STRIKT

    aantal: int
    """Hoeveel."""
    eenheid: Literal["minuten", "uur", "nachten", "dagen", "weken", "werkdagen"]
    """Waarvan."""

    @property
    def in_dagen(self) -> int:
        """The length in calendar days; a week is 7 days, a night ends on the next day."""
        return self.aantal * 7 if self.eenheid == "weken" else self.aantal

    @property
    def eenheid_in_woord(self) -> str:
        """The unit as it is said with this number: 1 week, 4 weken."""
        return ENKELVOUD.get(self.eenheid, self.eenheid) if self.aantal == 1 else self.eenheid

    @property
    def in_woorden(self) -> str:
        """`1 week`, `4 weken`, `72 uur`."""
        return f"{self.aantal} {self.eenheid_in_woord}"


ENKELVOUD = {"minuten": "minuut", "nachten": "nacht", "dagen": "dag", "weken": "week", "werkdagen": "werkdag"}
