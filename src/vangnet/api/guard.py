# SPDX-License-Identifier: EUPL-1.2
"""Stands before every operation that knows a person: a key with the right scope, an answer that the asker can read, and no
more requests than fit. Cookies count for nothing here."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from vangnet.access.declare import OPENBAAR, toegang_of
from vangnet.access.koppelingen import enter
from vangnet.access.middleware import address_of
from vangnet.access.rechten import needs
from vangnet.api.problem import Fault, Refusal
from vangnet.conf import clock

Operation = Callable[..., HttpResponse]


def guarded(merk: str) -> Callable[[Operation], Operation]:
    """A decorator for an operation: it runs for a key that has this line of the rights table as a scope, with
    `request.actor` set. Raises the refusals of `access.koppelingen.enter`, and `Refusal` 406."""
    ding, _, werkwoord = merk.partition(".")

    def guard(view: Operation) -> Operation:
        @wraps(view)
        def checked(request: HttpRequest, **words: Any) -> HttpResponse:
            asked: Any = request
            asked.actor = enter(request.headers.get("Authorization", ""), merk, clock.now(), address_of(request))
            if not _readable(request.headers.get("Accept", "")):
                raise Refusal(
                    HTTPStatus.NOT_ACCEPTABLE,
                    "Vangnet antwoordt hier alleen in JSON.",
                    [
                        Fault(
                            "header", "Accept", request.headers["Accept"][:120], "application/json", "application/json"
                        )
                    ],
                )
            return view(request, **words)

        return needs(ding, werkwoord)(checked)

    return guard


def _readable(accept: str) -> bool:
    """Whether an asker who sends this can read JSON."""
    kinds = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return not any(kinds) or any(kind in ("*/*", "application/*", "application/json") for kind in kinds)


def knows_a_person(path: str) -> bool:
    """Whether an address under /api has an operation that asks a key. Such an address is not for the scripts of other
    sites, whatever the method; an address where nothing is, gives nothing away."""
    try:
        callback = resolve(path).func
    except Resolver404:
        return False
    return _closed(callback)


@lru_cache(maxsize=256)
def _closed(callback: Callable[..., Any]) -> bool:
    if toegang_of(callback) == OPENBAAR:
        return False
    for cell in getattr(callback, "__closure__", None) or ():
        operations = getattr(cell.cell_contents, "operations", None)
        if isinstance(operations, list):
            return any(toegang_of(one.view_func) != OPENBAAR for one in operations)
    return False
