# SPDX-License-Identifier: EUPL-1.2
"""In which role of the database a test runs what: its own eyes as the superuser, who sees every row; a request, and
whatever opens the second lock (`access.slot`), as the application, which row-level security binds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

from vangnet.access import slot

APP = "vangnet_app"
_DRAAD = threading.local()
"""In which role the rest of a request in this thread runs."""
STEERING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", f"select {slot.OPEN[:20]}")
"""Statements that steer a transaction or the lock, and ask nothing."""


def bind() -> None:
    """From here on opening the lock also puts on the role of the application, and closing it takes that off."""
    open_lock = slot.turn

    def turn(to: tuple[str, str, str, str]) -> None:
        _put_on(APP if any(to) else getattr(_DRAAD, "rol", "none"), local=True)
        open_lock(to)

    slot.turn = turn


@contextmanager
def as_application() -> Iterator[None]:
    """Everything inside runs in the role of the application, with the lock shut until something opens it."""
    _DRAAD.rol = APP
    _put_on(APP)
    try:
        yield
    finally:
        _DRAAD.rol = "none"
        if connection.connection is not None and not connection.needs_rollback:
            _put_on("none")


class AsApplication:
    """Middleware: the whole request runs in the role of the application."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            connection.ensure_connection()
        except (OperationalError, RuntimeError):
            return self.get_response(
                request
            )  # The database is away, or this test may not ask it: then there is no role.
        with as_application():
            return self.get_response(request)


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """At most so many statements that ask or change something."""
    with CaptureQueriesContext(connection) as seen:
        yield
    asked = statements(seen)
    assert len(asked) <= number, f"{len(asked)} statements:\n" + "\n".join(asked)


def statements(seen: CaptureQueriesContext) -> list[str]:
    """What was asked or changed, without what only steers."""
    return [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(STEERING)]


def _put_on(role: str, local: bool = False) -> None:
    connection.ensure_connection()
    connection.connection.execute("select set_config('role', %s, %s)", [role, local])
