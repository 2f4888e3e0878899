# SPDX-License-Identifier: EUPL-1.2
"""What every answer under /api carries, whichever way it came about: version, CORS, no caching, problems as problem+json."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.decorators import sync_and_async_middleware

from vangnet.api.guard import knows_a_person
from vangnet.api.problem import CONTENT_TYPE, CRASHED, Refusal, problem

VERSION = "1.1.0"
"""Semantic version of the interface; its first number stands in the path."""
CLOSED = {
    "API-Version": VERSION,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What knows a person is for systems with a key, never for the scripts of another site."""
HEADERS = CLOSED | {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, Content-Language",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What is public and without cookies, any site may read."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@sync_and_async_middleware
def interface_headers(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """Dress the answers under /api; the screens pass by untouched."""
    if iscoroutinefunction(get_response):

        async def dress_async(request: HttpRequest) -> Any:
            if not _concerns(request):
                return await get_response(request)
            return _before(request) or _after(request, await get_response(request))

        return dress_async

    def dress(request: HttpRequest) -> Any:
        if not _concerns(request):
            return get_response(request)
        return _before(request) or _after(request, get_response(request))

    return dress


def _concerns(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def _before(request: HttpRequest) -> HttpResponse | None:
    asks_for_another = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if asks_for_another and not knows_a_person(request.path_info):
        allowed = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=HEADERS | PREFLIGHT)
        del allowed["Content-Type"]
        return allowed
    if request.method == "HEAD":
        request.method = "GET"  # the server leaves the body out
    return None


def _after(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if isinstance(response, HttpResponseNotAllowed):
        allowed = response["Allow"]
        if "GET" in allowed and "HEAD" not in allowed:
            allowed = allowed.replace("GET", "GET, HEAD")
        response = problem(
            Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED,
                f"{(request.method or '')[:20]} kan hier niet; wel: {allowed}.",
                headers={"Allow": allowed},
            )
        )
    elif response.status_code == HTTPStatus.TOO_MANY_REQUESTS and response["Content-Type"] != CONTENT_TYPE:
        wait = {"Retry-After": response["Retry-After"]}
        words = response.content.decode()  # of the gate, which counts what is open to all
        response = problem(Refusal(HTTPStatus.TOO_MANY_REQUESTS, words, headers=wait, code="TeVeelVerzoeken"))
    elif response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != CONTENT_TYPE:
        # A page for people, made before or after the interface had its say: a wrong host, a crash of a middleware.
        known = response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        response = problem(
            Refusal(HTTPStatus.BAD_REQUEST, "Het verzoek was niet te lezen.")
            if known
            else Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, CRASHED)
        )
    for name, value in (CLOSED if knows_a_person(request.path_info) else HEADERS).items():
        response[name] = value
    return response
