# SPDX-License-Identifier: EUPL-1.2
"""Any situation that the dataclasses allow, as JSON: made from their fields, so that a new fact joins by itself.

Most are coherent: later steps come later, ages are those of youth. What still contradicts is for the reader to refuse.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from vangnet.process.give_advice import register
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.situatie import Situatie

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KPIS = sorted(k for versies in register().versies.values() for a in versies if a.segment for k in a.segment.kpis)
MERKWAARDIG = [
    "2024-03-29T08:30", "2024-03-31T02:30", "2024-05-04T23:59", "2024-05-05T12:00", "2024-05-17T21:40",
    "2024-10-27T02:30", "2024-12-24T16:59", "2024-12-31T23:30", "2025-04-18T17:00", "2025-05-05T09:00", "2026-01-01T00:00",
]  # fmt: skip
"""Moments where calendars and clocks bite: holidays, office hours, both nights of the clock change, the turn of a year."""

momenten = st.one_of(
    st.sampled_from(MERKWAARDIG).map(datetime.fromisoformat),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0)),
).map(lambda m: m.replace(tzinfo=AMSTERDAM))
stappen = st.one_of(st.sampled_from([0, 5, 30, 60, 480]), st.integers(0, 60 * 24 * 60)).map(
    lambda m: timedelta(minutes=m)
)


@st.composite
def situaties(draw: st.DrawFn, a: Afspraken, start: datetime | None = None) -> dict[str, Any]:
    """Facts for a region: its name, perhaps a municipality, and any of the rest."""
    op = start or draw(momenten.filter(lambda m: m.date() >= a.regio.geldig_vanaf))
    dicht = draw(st.integers(1, 9))
    uit: dict[str, Any] = {"regio": a.regio.sleutel}
    if a.gemeenten and draw(st.booleans()):
        uit["gemeente"] = draw(st.sampled_from([g.naam for g in a.gemeenten]))
    hints = get_type_hints(Situatie)
    for f in fields(Situatie):
        if f.name in ("regio", "gemeente", "keuzes", "moment"):
            continue
        waarde = draw(_waarde(hints[f.name], f.name, op, dicht))
        if waarde is not None:
            uit[f.name] = waarde
    if draw(st.integers(0, 9)):
        uit["melding"] = {**uit.get("melding", {}), "op": op.isoformat()}
    if draw(st.integers(0, 4)) == 0:
        uit["moment"] = (op + draw(stappen)).isoformat()
    return uit


@st.composite
def _object(draw: st.DrawFn, soort: Any, op: datetime, dicht: int) -> dict[str, Any]:
    hints = get_type_hints(soort)
    uit = {}
    for f in fields(soort):
        verplicht = f.default is MISSING and f.default_factory is MISSING
        if verplicht or draw(st.integers(0, 9)) < dicht:
            waarde = draw(_waarde(hints[f.name], f.name, op, dicht))
            if waarde is not None or not verplicht:
                uit[f.name] = waarde
    return uit


def _waarde(hint: Any, naam: str, op: datetime, dicht: int) -> st.SearchStrategy[Any]:
    soort, delen = get_origin(hint), get_args(hint)
    if soort in (Union, types.UnionType):
        kinds = [_waarde(deel, naam, op, dicht) for deel in delen if deel is not type(None)]
        # Mostly a value: what is unknown is left out, and seldom written as null.
        return st.one_of(*kinds, *kinds, *kinds, st.none())
    if soort is Literal:
        return st.sampled_from(delen)
    if soort is tuple:
        return st.lists(
            _waarde(delen[0], naam, op, dicht), min_size=naam == "dagen", max_size=5 if naam == "dagen" else 3
        )
    if soort is not None and issubclass(soort, Mapping):
        if naam.endswith("_aandeel"):
            return st.sampled_from(
                [{}, {"Venlo": 1.0}, {"Venlo": 0.4, "Roermond": 0.6}, {"Beesel": 0.25, "Weert": 0.75}]
            )
        namen = st.sampled_from(["ambulant", "noodbed", "eigen_netwerk", *KPIS])
        return st.dictionaries(namen, _waarde(delen[1], naam, op, dicht), max_size=5)
    if is_dataclass(hint):
        return _object(hint, op, dicht)
    if hint is datetime:
        return stappen.map(lambda d: (op + d).isoformat())
    if hint is date:
        if naam == "geboortedatum":
            return st.integers(0, 22 * 365).map(lambda d: (op.date() - timedelta(days=d)).isoformat())
        if naam == "peildatum":
            return st.sampled_from(["2024-01-01", "2025-01-01", "2026-01-01", "2027-01-01", "2026-07-01"])
        if naam == "gemeld_op":
            return st.sampled_from(["01-15", "01-31", "02-01", "06-30"]).map(lambda d: f"{op.year}-{d}")
        if naam == "dagen":
            return st.integers(0, 12).map(lambda d: (op.date() + timedelta(days=d)).replace(year=op.year).isoformat())
        return st.integers(0, 60).map(lambda d: (op.date() + timedelta(days=d)).isoformat())
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.just(op.year) if naam == "jaar" else st.integers(0, 22)
    if hint is float:
        return st.one_of(st.sampled_from([0.0, 0.5, 1.0, 70.0, 250_000.0]), st.floats(0, 1e12))
    assert hint is str, hint
    return st.sampled_from(["", "medewerker", "aanbieder A", "{haakjes}", "é€"])
