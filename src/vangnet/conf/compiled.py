# SPDX-License-Identifier: EUPL-1.2
"""Querysets that are compiled once: building the SQL of a question that every request asks costs more than asking it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Compiled:
    """A question whose SQL is always the same: `build` gets as many stand-ins as `samples` and makes a queryset with
    `values_list`. Call it with the real values; it gives the rows as tuples, as the driver reads them.

    The samples only say of what kind the values are, and must differ. Errors: ValueError when one of them does not come
    back in the SQL, for then its place is not known."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *samples: Any) -> None:
        self._build, self._samples = build, samples
        self._made: tuple[str, list[tuple[bool, Any]]] | None = None

    def __call__(self, *values: Any) -> list[tuple[Any, ...]]:
        if self._made is None:
            self._made = self._compile()  # Two threads at once make the same.
        sql, places = self._made
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[what] if ours else what for ours, what in places])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _compile(self) -> tuple[str, list[tuple[bool, Any]]]:
        sql, words = self._build(*self._samples).query.sql_with_params()
        places = [(True, self._samples.index(word)) if word in self._samples else (False, word) for word in words]
        if {what for ours, what in places if ours} != set(range(len(self._samples))):
            raise ValueError(f"not every sample has a place in: {sql}")
        return sql, places
