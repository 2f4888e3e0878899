# SPDX-License-Identifier: EUPL-1.2
"""Dutch sentences with gaps, filled in as late as possible.

A rule states a template and the facts for its gaps; the edges put the two together in the language of the reader.
`T` marks a template for the catalogues (`pybabel extract -k T`), and returns it unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")

Waarde: TypeAlias = "bool | int | str | date | datetime | time | tuple[Waarde, ...] | None"
Gegevens: TypeAlias = "Mapping[str, Waarde]"
Vertaler: TypeAlias = Callable[[str], str]

_DAGEN: Final = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MAANDEN: Final = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_EN: Final = {"nl": "en", "en": "and"}


def T(sjabloon: str) -> str:
    """Mark a Dutch template for translation; the template itself comes back."""
    return sjabloon


def dag_in_woorden(dag: date, taal: str = "nl", jaar: int | None = None) -> str:
    """`vr 17 mei 2024`; the year is left out when it equals `jaar`."""
    staart = "" if dag.year == jaar else f" {dag.year}"
    return f"{_DAGEN[taal][dag.weekday()]} {dag.day} {_MAANDEN[taal][dag.month - 1]}{staart}"


def waarde_in_woorden(waarde: Waarde, taal: str = "nl", jaar: int | None = None, vertaal: Vertaler = T) -> str:
    """Any value of a gap as a person reads it: days with weekday, moments in Amsterdam time, lists with `en`."""
    if isinstance(waarde, datetime):
        hier = waarde.astimezone(AMSTERDAM)
        return f"{dag_in_woorden(hier.date(), taal, jaar)} {hier:%H:%M}"
    if isinstance(waarde, date):
        return dag_in_woorden(waarde, taal, jaar)
    if isinstance(waarde, time):
        return f"{waarde:%H:%M}"
    if isinstance(waarde, tuple):
        delen = [waarde_in_woorden(deel, taal, jaar, vertaal) for deel in waarde]
        if len(delen) < 2:
            return "".join(delen)
        return f"{', '.join(delen[:-1])} {_EN[taal]} {delen[-1]}"
    if isinstance(waarde, str):
        return vertaal(waarde) if waarde else ""
    return str(waarde)


class _Gaten(dict[str, str]):
    """The gaps of a sentence; only those that a template asks for are put into words."""

    __slots__ = ("_gegevens", "_lezer")

    def __init__(self, gegevens: Gegevens, lezer: tuple[str, int | None, Vertaler]) -> None:
        self._gegevens, self._lezer = gegevens, lezer

    def __missing__(self, naam: str) -> str:
        return waarde_in_woorden(self._gegevens[naam], *self._lezer)


def in_woorden(
    sjabloon: str, gegevens: Gegevens, taal: str = "nl", jaar: int | None = None, vertaal: Vertaler = T
) -> str:
    """The sentence: the template in the reader's language with its gaps filled."""
    if not sjabloon:
        return ""
    zin = vertaal(sjabloon)
    if gegevens:
        zin = zin.format_map(_Gaten(gegevens, (taal, jaar, vertaal)))
    return zin[:1].upper() + zin[1:] if zin.endswith((".", "?", "!")) else zin
