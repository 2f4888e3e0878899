# SPDX-License-Identifier: EUPL-1.2
"""Write many rows of several tables in one statement: half the time of a call is otherwise spent on going back and forth."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


def insert_rows(rows: Mapping[type[Model], Sequence[Any]]) -> None:
    """Insert new instances, whole, in one statement. Foreign keys are checked at the end of the transaction, so their
    order does not matter; triggers before an insert do not see the other rows of the same call.

    Errors: `django.db.IntegrityError` with the name of the constraint, as `save` would raise it."""
    full = {model: found for model, found in rows.items() if found}
    if not full:
        return
    parts, values = [], []
    for number, (model, found) in enumerate(full.items()):
        table = model._meta.db_table
        parts.append(
            f"r{number} as (insert into {table} select * from jsonb_populate_recordset(null::{table}, %s::jsonb))"
        )
        values.append(_json([_as_json(model, row) for row in found]))
    with connection.cursor() as cursor:
        cursor.execute(f"with {', '.join(parts)} select", values)
    for found in full.values():
        for row in found:
            row._state.adding, row._state.db = False, connection.alias


def update_rows(rows: Iterable[tuple[Any, Iterable[str]]]) -> None:
    """Keep the named fields (by `attname`) of instances that are in the database already, in one statement. No instance
    may come twice.

    Errors: `django.db.IntegrityError` with the name of the constraint, as `save` would raise it."""
    groups: dict[tuple[type[Model], tuple[str, ...]], list[Any]] = {}
    for row, fields in rows:
        groups.setdefault((type(row), tuple(sorted(fields))), []).append(row)
    if not groups:
        return
    parts, values = [], []
    for number, ((model, fields), found) in enumerate(groups.items()):
        table, columns = model._meta.db_table, dict(_columns(model))
        key = columns[model._meta.pk.attname]
        kept = ", ".join(f"{columns[name]} = nieuw.{columns[name]}" for name in fields)
        parts.append(
            f"u{number} as (update {table} rij set {kept}"
            f" from jsonb_populate_recordset(null::{table}, %s::jsonb) nieuw where rij.{key} = nieuw.{key})"
        )
        names = {model._meta.pk.attname, *fields}
        values.append(_json([{columns[name]: getattr(row, name) for name in names} for row in found]))
    with connection.cursor() as cursor:
        cursor.execute(f"with {', '.join(parts)} select", values)


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, default=_plain)


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[tuple[str, str], ...]:
    return tuple((field.attname, field.column) for field in model._meta.concrete_fields)


def _as_json(model: type[Model], row: Any) -> dict[str, Any]:
    return {column: getattr(row, name) for name, column in _columns(model)}


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
