# SPDX-License-Identifier: EUPL-1.2
"""Every URL says who may come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja import NinjaAPI, Router
from ninja.operation import PathView

from vangnet.access.declare import OPENBAAR, PERSOONLIJK, declare, declare_router, kind_of, public, toegang_of
from vangnet.access.rechten import MERKEN


def views(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every URL below `resolver` with what it calls; an URL of the interface gives each of its operations apart."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry, route)
            continue
        assert isinstance(entry, URLPattern)
        path_view = ninja_path_view(entry.callback)
        if path_view is not None:
            for operation in path_view.operations:
                yield f"{'/'.join(operation.methods)} {route}", operation.view_func
        elif not is_ninja_root(entry.callback):
            yield route, entry.callback


def ninja_path_view(callback: Callable[..., Any]) -> PathView | None:
    """The ninja view behind a callback: its wrapper is a closure over it."""
    for cell in getattr(callback, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            return cell.cell_contents
    return None


def is_ninja_root(callback: Any) -> bool:
    """The placeholder at the root of an interface; it answers 404 to everyone."""
    return isinstance(callback, partial) and callback.func.__name__ == "default_home"


def undeclared(resolver: Any) -> list[str]:
    return [route for route, view in views(resolver) if toegang_of(view) is None]


def test_every_url_declares_its_access() -> None:
    assert list(views(get_resolver()))
    assert undeclared(get_resolver()) == []


def without_kind(resolver: Any) -> list[str]:
    """Open views that do not say by `public` whether anybody may keep their answers."""
    return [route for route, view in views(resolver) if toegang_of(view) == OPENBAAR and not hasattr(view, "soort")]


def test_every_url_says_whether_its_answers_may_be_kept() -> None:
    assert without_kind(get_resolver()) == []
    kinds = {kind_of(view) for _route, view in views(get_resolver())}
    assert kinds == {OPENBAAR, PERSOONLIJK}


def test_the_walk_finds_what_says_no_kind() -> None:
    @declare(OPENBAAR, "open, and no more said")
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert without_kind(SimpleNamespace(url_patterns=[path("bare", bare)])) == ["bare"]
    assert kind_of(bare) == PERSOONLIJK, "what says nothing may not be kept"
    assert kind_of(lambda request: HttpResponse()) is None


def unknown(resolver: Any) -> dict[str, str | None]:
    """The marks that are no line of the rights table."""
    marks = {route: toegang_of(view) for route, view in views(resolver)}
    return {route: mark for route, mark in marks.items() if mark != OPENBAAR and mark not in MERKEN}


def test_every_mark_is_a_line_of_the_rights_table() -> None:
    assert unknown(get_resolver()) == {}


def test_the_walk_finds_a_mark_that_is_no_line() -> None:
    @declare("casus.opeten", "no such right")
    def wrong(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert unknown(SimpleNamespace(url_patterns=[path("wrong", wrong)])) == {"wrong": "casus.opeten"}


def test_the_walk_finds_what_is_not_declared() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    api = NinjaAPI(urls_namespace="proef", docs_decorator=public("documentation"))

    @api.get("/open")
    @public("says nothing")
    def open_operation(request: HttpRequest) -> str:
        return ""

    @api.get("/closed")
    def closed_operation(request: HttpRequest) -> str:
        return ""

    tree = SimpleNamespace(url_patterns=[path("bare", bare), path("v1/", api.urls)])
    assert undeclared(tree) == ["bare", "GET v1/closed"]


def test_a_router_is_declared_in_one_go_and_an_operation_may_differ() -> None:
    router, below = Router(), Router()

    @router.get("/a")
    def a(request: HttpRequest) -> str:
        return ""

    @router.get("/b")
    @public("open on purpose")
    def b(request: HttpRequest) -> str:
        return ""

    @below.post("/c")
    def c(request: HttpRequest) -> str:
        return ""

    router.add_router("/below", below)
    declare_router(router, "betrokken", "only those involved")
    api = NinjaAPI(urls_namespace="proef2", docs_url=None, openapi_url=None)
    api.add_router("/r", router)
    found = {route: toegang_of(view) for route, view in views(SimpleNamespace(url_patterns=[path("", api.urls)]))}
    assert found == {"GET r/a": "betrokken", "GET r/b": "openbaar", "POST r/below/c": "betrokken"}


def test_a_declaration_needs_a_reason() -> None:
    for rule, reason in (("", "x"), ("openbaar", " ")):
        try:
            declare(rule, reason)
        except ValueError:
            continue
        raise AssertionError((rule, reason))
