# SPDX-License-Identifier: EUPL-1.2
"""Every view says who may come in; a house test walks all URLs and fails on a view that says nothing.

The mark is the attribute `toegang` on the view (and `toegang_reden`, why). The middleware of the access layer acts
on it; this module only sets and reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

OPENBAAR = "openbaar"
PERSOONLIJK = "persoonlijk"
"""The kinds of answers. A closed view is personal; an open one is public unless it says otherwise."""


def declare(toegang: str, reason: str) -> Callable[[View], View]:
    """A decorator that marks a view (function, class or partial) with its access rule and the reason for it.

    The innermost mark wins, so that one operation of an interface can differ from what its router declares.
    Raises ValueError when the rule or the reason is empty.
    """
    if not toegang.strip() or not reason.strip():
        raise ValueError("an access rule and a reason are both needed")

    def mark(view: View) -> View:
        if toegang_of(view) is None:
            marked: Any = view
            marked.toegang, marked.toegang_reden = toegang, reason
        return view

    return mark


def public(reason: str, persoonlijk: bool = False) -> Callable[[View], View]:
    """Marks a view as open to anyone, signed in or not. `reason` says why that is right. `persoonlijk`: its answers are
    about one person all the same (signing in, an invitation), so nobody may keep them."""
    mark = declare(OPENBAAR, reason)

    def open_to_all(view: View) -> View:
        marked: Any = mark(view)
        if getattr(view, "soort", None) is None:
            marked.soort = PERSOONLIJK if persoonlijk else OPENBAAR
        return view

    return open_to_all


def kind_of(view: Any) -> str | None:
    """`openbaar` or `persoonlijk`: what the answers of this view are; None when it declares no access at all."""
    toegang = toegang_of(view)
    if toegang is None:
        return None
    kind = getattr(view, "soort", None) or getattr(getattr(view, "view_class", None), "soort", None)
    return OPENBAAR if toegang == OPENBAAR and kind == OPENBAAR else PERSOONLIJK


def stays_writable(view: View) -> View:
    """Marks a view that its author may still reach while his session is locked for idleness: the saving of what he is
    writing, nothing that shows what he has not just typed. The view itself checks that he is the author."""
    marked: Any = view
    marked.blijft_schrijfbaar = True
    return view


def declare_router(router: Any, toegang: str, reason: str) -> None:
    """Marks every operation of a ninja Router or NinjaAPI, and of the routers under it, in one go.

    Call it before the router is mounted on an API (for an API: before its `urls` are read).
    """
    router.add_decorator(declare(toegang, reason), mode="operation")


def toegang_of(view: Any) -> str | None:
    """The access rule that a view declares, or None. Looks through class based views."""
    mark = getattr(view, "toegang", None) or getattr(getattr(view, "view_class", None), "toegang", None)
    return mark if isinstance(mark, str) else None


def is_writable_when_locked(view: Any) -> bool:
    """Whether `stays_writable` marks this view. Looks through class based views."""
    return bool(
        getattr(view, "blijft_schrijfbaar", False)
        or getattr(getattr(view, "view_class", None), "blijft_schrijfbaar", False)
    )
