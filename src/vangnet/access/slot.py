# SPDX-License-Identifier: EUPL-1.2
"""The second lock: row-level security of the database, told per transaction for whom and at which moment is asked.

The first lock is the filter in `zicht`. This one asks a single thing of every row of a casus: does the organisation that
asks take part in it now (docs/besluiten/0016). Outside `asking` and `process.werk` no row of a casus is to be seen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction

from .actor import Actor
from .weigering import Weigering

P = ParamSpec("P")
R = TypeVar("R")

OPEN = (
    "set_config('vangnet.organisatie', %s, true), set_config('vangnet.medewerker', %s, true),"
    " set_config('vangnet.nu', %s, true), set_config('vangnet.nood', %s, true)"
)
"""SQL that opens the lock until the end of the transaction; its values are those of `words`."""
_DICHT = ("", "", "", "")
_DRAAD = threading.local()


def words(actor: Actor, op: datetime) -> tuple[str, str, str, str]:
    """For whom and when, and under which break-glass, as the database is told."""
    nood = str(actor.noodtoegang_id or "")
    return str(actor.organisatie_id or ""), str(actor.medewerker_id or ""), op.isoformat(), nood


@contextmanager
def asking(actor: Actor, op: datetime, work: bool = False) -> Iterator[None]:
    """A transaction in which the rows are to be seen of casussen that the actor's organisation takes part in at `op`. A
    refusal raised inside leaves what was written, such as its line in the log; with `work` it undoes everything."""
    asked, before = words(actor, op), getattr(_DRAAD, "open_voor", _DICHT)
    if connection.in_atomic_block and asked == before:
        with transaction.atomic() if work else nullcontext():
            yield
        return
    refusal: Weigering | None = None
    inner = connection.in_atomic_block
    try:
        with transaction.atomic():
            turn(asked)
            try:
                yield
            except Weigering as nee:
                if work:
                    raise
                refusal = nee
            if inner:  # The transaction goes on for somebody else; at its end the database forgets by itself.
                turn(before)
    finally:
        opened(before)
    if refusal is not None:
        raise refusal


def turn(to: tuple[str, str, str, str]) -> None:
    """Open the lock for `words`, inside a transaction; with empty words it closes."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {OPEN}", to)
    opened(to)


def opened(to: tuple[str, str, str, str]) -> None:
    """Remember for whom the lock is open in this thread, which has a connection of its own."""
    _DRAAD.open_voor = to


def asks(do: Callable[Concatenate[Actor, datetime, P], R]) -> Callable[Concatenate[Actor, datetime, P], R]:
    """Marks a function that reads rows of casussen for an actor at a moment: it runs inside `asking`."""

    @wraps(do)
    def inside(actor: Actor, op: datetime, *words: P.args, **named: P.kwargs) -> R:
        with asking(actor, op):
            return do(actor, op, *words, **named)

    marked: Any = inside
    marked.vraagt = True
    return inside
