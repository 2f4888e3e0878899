# SPDX-License-Identifier: EUPL-1.2
"""Reads the facts from the address, all faults together, and builds the form with everything as it was typed.

Nothing is guessed: a fact that cannot be read is left out of the question to the rules and named on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from vangnet.web.afspraken import tijd
from vangnet.web.afspraken.velden import Feit, feiten, vormen

LONGEST = 80
"""Characters of one value; more than any honest answer needs."""
OWN = ("regio", "gemeente", "dag", "tijd", "vorm", "start", "lezing", "vergelijk")
"""The names in the address that are no path of a fact."""


@dataclass(frozen=True)
class Fout:
    """One fault: which field, what was found there, what was expected."""

    veld: str
    label: str
    gevonden: str
    verwacht: str

    @property
    def anker(self) -> str:
        """The id of the field on the page."""
        return field_id(self.veld)


@dataclass
class Invoer:
    """What the address says: the typed texts, the facts that could be read, and the faults."""

    getypt: dict[str, list[str]]
    feiten: dict[str, Any] = field(default_factory=dict)
    fouten: list[Fout] = field(default_factory=list)
    onbekend: list[str] = field(default_factory=list)
    op: datetime | None = None

    @property
    def leeg(self) -> bool:
        """True when the address asks nothing yet."""
        return not any(any(values) for values in self.getypt.values())

    def een(self, name: str) -> str:
        """The typed text of a field that takes one."""
        values = self.getypt.get(name) or [""]
        return values[0]

    def alle(self, name: str) -> list[str]:
        """The typed texts of a field that takes several."""
        return self.getypt.get(name, [])


def field_id(name: str) -> str:
    """The id of a field on the page."""
    return "f-" + name.replace(".", "-")


def read(query: QueryDict) -> Invoer:
    """Read the address. Never raises on what a person or a link brings: every fault is in the result."""
    typed = {name: [value.strip().replace("\x00", "")[:LONGEST] for value in values] for name, values in query.lists()}
    result = Invoer(typed)
    known = feiten()
    result.onbekend = sorted(name[:LONGEST] for name in typed if name not in OWN and name not in known)[:9]
    facts = result.feiten
    for name in ("regio", "gemeente"):
        if result.een(name):
            facts[name] = result.een(name)
    _moment(result)
    for name, fact in known.items():
        if result.een(name):
            _fact(result, fact)
    _forms(result)
    _readings(result)
    return result


def _fault(result: Invoer, name: str, label: str, found: str, expected: str) -> None:
    result.fouten.append(Fout(name, label, found, expected))


def _moment(result: Invoer) -> None:
    """Day and time of the melding, in two fields."""
    day: date | None = None
    at: time | None = None
    if result.een("dag"):
        try:
            day = tijd.read_day(result.een("dag"))
        except tijd.NietTeLezen as error:
            _fault(result, "dag", _("Dag van de melding"), result.een("dag"), str(error))
    if result.een("tijd"):
        try:
            at = tijd.read_time(result.een("tijd"))
        except tijd.NietTeLezen as error:
            _fault(result, "tijd", _("Tijd van de melding"), result.een("tijd"), str(error))
    if day is None or at is None:
        return
    try:
        result.op = tijd.moment_of(day, at)
    except tijd.NietTeLezen as error:
        _fault(result, "tijd", _("Tijd van de melding"), result.een("tijd"), str(error))
        return
    _put(result.feiten, "melding.op", result.op)


def _fact(result: Invoer, fact: Feit) -> None:
    text = result.een(fact.pad)
    try:
        _put(result.feiten, fact.pad, _value(fact, text))
    except tijd.NietTeLezen as error:
        _fault(result, fact.pad, fact.label, text, str(error))


def _value(fact: Feit, text: str) -> Any:
    if fact.soort == "getal":
        if text.isascii() and text.isdecimal() and int(text) <= 120:
            return int(text)
        raise tijd.NietTeLezen(_("een heel getal van 0 tot en met 120"))
    if fact.soort == "dag":
        return tijd.read_day(text)
    if fact.soort == "moment":
        return tijd.read_moment(text)
    if text not in fact.keuzes:
        raise tijd.NietTeLezen(_("een van: %(keuzes)s") % {"keuzes": ", ".join(fact.keuzes)})
    if fact.getallen:
        return int(text)
    if fact.soort == "janee" and len(fact.keuzes) == 2:
        return text == "ja"
    return text


def _forms(result: Invoer) -> None:
    """The forms of help. They start at `start`, else at the moment of the melding, as the form says."""
    start = result.op
    if result.een("start"):
        try:
            start = tijd.read_moment(result.een("start"))
        except tijd.NietTeLezen as error:
            _fault(result, "start", _("Start van de hulp"), result.een("start"), str(error))
            start = None
    chosen = []
    for form in dict.fromkeys(value for value in result.alle("vorm") if value):
        if form in vormen():
            chosen.append({"vorm": form, "start_op": start} if start else {"vorm": form})
        else:
            expected = _("een van: %(keuzes)s") % {"keuzes": ", ".join(vormen())}
            _fault(result, "vorm", _("Welke hulp?"), form, expected)
    if chosen:
        result.feiten["inzet"] = chosen


def _readings(result: Invoer) -> None:
    """Readings of open questions to try out: `lezing=X-10/startdag:startdag_telt_mee`."""
    tried = {}
    for text in result.alle("lezing"):
        question, colon, reading = text.partition(":")
        if colon and question and reading:
            tried[question] = reading
        elif text:
            expected = _("een open vraag en een lezing, zoals X-10/startdag:startdag_telt_mee")
            _fault(result, "lezing", _("Lezing om te proberen"), text, expected)
    if tried:
        result.feiten["keuzes"] = tried


def _put(facts: dict[str, Any], path: str, value: Any) -> None:
    *parts, last = path.split(".")
    for part in parts:
        facts = facts.setdefault(part, {})
    facts[last] = value


def address(query: QueryDict, changes: Mapping[str, str | Sequence[str] | None]) -> str:
    """The query of this page with some facts set, replaced or (None) removed; empty facts left out."""
    facts = {name: values for name in query if (values := [value for value in query.getlist(name) if value])}
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else [one for one in value or () if one]
        if values and values != [""]:
            facts[name] = values
        else:
            facts.pop(name, None)
    return urlencode(facts, doseq=True, safe="/:")
