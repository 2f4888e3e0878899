# SPDX-License-Identifier: EUPL-1.2
"""Bewaren: how long what is kept, what falls due, holds, orders to erase and what was erased; by number, for who sees no casus.

The screen erases nothing: an order of two people, or a term, is carried out by the command `vangnet bewaren wis`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.order_erasure import (
    GRONDEN,
    confirm_erasure,
    hold_casus,
    lift_hold,
    order_erasure,
    withdraw_erasure,
)
from vangnet.process.show_bewaren import Bewaarbeeld, Soortregel, Weekbalk, show_bewaren
from vangnet.rules.bewaren import Bewaartermijn
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging, run

ROOM = "beheer_bewaren"
SJABLOON = "beheer/bewaren.html"
HOOG, BREED = 96, 44
"""Height of the highest bar and width of a week in the picture, in its own units."""


@needs("bewaren", "inzien")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    return page(request, SJABLOON, ROOM, _context(request))


@needs("bewaren", "opschorten")
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Put ‘niet wissen’ on a casus."""
    casus, reden, wie = (request.POST.get(naam, "") for naam in ("casus", "reden", "gevraagd_door"))
    return _do(
        request,
        lambda: hold_casus(actor_of(request), clock.now(), casus, reden, wie),
        _("‘Niet wissen’ staat. Niemand wist deze casus tot je het eraf haalt."),
        "stop",
    )


@needs("bewaren", "opschorten")
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Take ‘niet wissen’ off again."""
    casus = request.POST.get("casus", "")
    return _do(
        request,
        lambda: lift_hold(actor_of(request), clock.now(), casus),
        _("‘Niet wissen’ is eraf. De termijn van deze casus telt weer."),
        "stop",
    )


@needs("wissen", "opdragen")
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Order the erasure of a casus."""
    casus, grond, reden = (request.POST.get(naam, "") for naam in ("casus", "grond", "reden"))
    return _do(
        request,
        lambda: order_erasure(actor_of(request), clock.now(), casus, grond, reden),
        _("De opdracht staat klaar. Een ander bevestigt haar; tot dan gebeurt er niets."),
        "wis",
    )


@needs("wissen", "opdragen")
@require_POST
def confirm(request: HttpRequest, opdracht_id: UUID) -> HttpResponse:
    """Confirm an order of somebody else."""
    return _do(
        request,
        lambda: confirm_erasure(actor_of(request), clock.now(), opdracht_id),
        _("Bevestigd. De technisch beheerder wist de casus met vangnet bewaren wis."),
        "",
    )


@needs("wissen", "opdragen")
@require_POST
def withdraw(request: HttpRequest, opdracht_id: UUID) -> HttpResponse:
    """Take an order back."""
    return _do(
        request,
        lambda: withdraw_erasure(actor_of(request), clock.now(), opdracht_id),
        _("De opdracht is ingetrokken. De casus blijft."),
        "",
    )


def _do(request: HttpRequest, do: Callable[[], Any], gelukt: str, vorm: str) -> HttpResponse:
    """Run it; a no comes back on the page, in the form `vorm` that was sent."""

    def context(poging: Poging) -> dict[str, Any]:
        return in_room(request, ROOM, _context(request, vorm, poging))

    return run(request, do, back=reverse(ROOM), template=SJABLOON, context=context, gelukt=gelukt)


def _context(request: HttpRequest, vorm: str = "", poging: Poging | None = None) -> dict[str, Any]:
    beeld = show_bewaren(actor_of(request), clock.now())
    return {
        "b": beeld,
        "soorten": [_kind(regel) for regel in beeld.soorten],
        "naast": [_kind(regel) for regel in beeld.naast],
        "wachtend": [{"w": w, "naam": translated(w.naam)} for w in beeld.wachtend],
        "opdrachten": [{"o": o, "grond": translated(o.grond)} for o in beeld.opdrachten],
        "stenen": [{"s": s, "grond": translated(s.grond), "soort": translated(s.soort)} for s in beeld.stenen],
        "gronden": [(sleutel, translated(naam)) for sleutel, naam in GRONDEN.items()],
        "plaat": _picture(beeld.weken),
        "straks": _soon(beeld),
        "stop": poging if vorm == "stop" else None,
        "wis": poging if vorm == "wis" else None,
    }


def _soon(beeld: Bewaarbeeld) -> int:
    """How many fall due within the days ahead and are not due yet."""
    return beeld.meer + sum(not w.nu and not w.gestopt for w in beeld.wachtend)


def _kind(regel: Soortregel) -> dict[str, Any]:
    return {"r": regel, "naam": translated(regel.naam), "termijn": _term(regel.termijn)}


def _term(termijn: Bewaartermijn) -> str:
    """A term in the reader's language."""
    n = termijn.aantal
    if termijn.eenheid == "dagen":
        return ngettext("%(n)s dag", "%(n)s dagen", n) % {"n": n}
    if termijn.eenheid == "weken":
        return ngettext("%(n)s week", "%(n)s weken", n) % {"n": n}
    if termijn.eenheid == "maanden":
        return ngettext("%(n)s maand", "%(n)s maanden", n) % {"n": n}
    return _("%(n)s jaar") % {"n": n}


def _when(n: int) -> str:
    """The words under a bar: how far ahead its week is."""
    return _("over %(n)s weken") % {"n": n} if n else _("nu")


def _picture(weken: tuple[Weekbalk, ...]) -> dict[str, Any]:
    """The weeks ahead as bars: places and sizes in the units of the picture; empty when nothing falls due."""
    hoogst = max((week.aantal for week in weken), default=0)
    balken = [
        {
            "x": n * BREED + 6,
            "midden": n * BREED + BREED // 2,
            "hoog": (hoog := max(4, round(HOOG * week.aantal / hoogst)) if week.aantal else 1),
            "y": HOOG + 20 - hoog,
            "boven": HOOG + 14 - hoog,
            "week": week,
            "merk": _when(n) if n % 6 == 0 else "",
            "plek": "is-rechts" if n == len(weken) - 1 else "is-links",
            "tekst_x": n * BREED + (BREED - 6 if n == len(weken) - 1 else 6),
        }
        for n, week in enumerate(weken)
    ] if hoogst else []  # fmt: skip
    return {
        "balken": balken,
        "breed": BREED * len(weken),
        "hoog": HOOG + 44,
        "grond": HOOG + 20,
        "tekst": HOOG + 38,
        "balk": BREED - 12,
    }
