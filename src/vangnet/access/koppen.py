# SPDX-License-Identifier: EUPL-1.2
"""Stands around everything else: the headers of every answer, and who may keep it. Only what is public and asked by
nobody in particular may be kept, and static files; all else is `no-store`, also what no view made (404, redirects, faults)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from vangnet.conf.koppen import always

from .declare import OPENBAAR, kind_of

NOOIT = "no-store, private"
NAVRAGEN = "no-cache"
"""A public page: may be kept, and is asked for anew every time."""


class Koppen:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in always(request.is_secure()).items():
            response.headers.setdefault(name, value)
        if not _is_static(request, response):
            _keep(request, response)
        return response


def _is_static(request: HttpRequest, response: HttpResponse) -> bool:
    """A file of our own, answered before any view was looked for; it says itself how long it may be kept."""
    ours = request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    return ours and request.resolver_match is None and "Cache-Control" in response


def _keep(request: HttpRequest, response: HttpResponse) -> None:
    said = response.get("Cache-Control", "")
    if "no-store" in said:
        return
    match = request.resolver_match  # Of the interface this knows no kind: it says `no-store` itself.
    kind = kind_of(match.func) if match else None
    known = getattr(request, "aanwezig", None) is not None or response.cookies
    if kind != OPENBAAR or known or response.status_code >= 400:
        response["Cache-Control"] = NOOIT
        return
    if not said:
        response["Cache-Control"] = NAVRAGEN
    patch_vary_headers(response, ["Cookie"])
