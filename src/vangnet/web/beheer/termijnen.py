# SPDX-License-Identifier: EUPL-1.2
"""Deadlines worked out anew: what would move, by number of the casus, and a button that lets it move, with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.process import recompute_clocks
from vangnet.process.recompute_clocks import Herrekend
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.beheer.voortgang import streamed
from vangnet.web.domein import translated
from vangnet.web.handelen import WEG, met_weigering, poging_van, refused

ROOM = "beheer_termijnen"
PER = 300
"""Casussen that one page looks at; the others are on the next."""
ELKE = 10
"""A line of progress per so many casussen."""


@needs("termijn", "herrekenen")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """What would change now; `nieuwste` also moves each casus to the newest agreements, `vanaf` is the first of this page."""
    return page(request, "beheer/termijnen.html", ROOM, _context(request))


@needs("termijn", "herrekenen")
@require_POST
@met_weigering
def carry_out(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Let what the page showed move, a casus at a time; who goes away stops it there, and finds the rest on the page."""
    actor = actor_of(request)
    vanaf, nieuwste = _asked(request)
    ids = recompute_clocks.open_here(actor, clock.now())[vanaf : vanaf + PER]
    reden = request.POST.get("reden", "")
    work = recompute_clocks.recompute_all(actor, clock.now, ids, nieuwste, reden)
    try:
        begin = next(work)
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee), "beheer/termijnen.html", lambda p: _context(request))
    frame = render_to_string("beheer/termijnen_loopt.html", in_room(request, ROOM, {"stand": begin}), request)
    return streamed(request, frame, partial(_lines, begin, work, get_language() or "nl"))


def _lines(stap: Herrekend, work: Iterator[Herrekend], lang: str) -> Iterator[str]:
    """The progress from `stap` on, line by line: now and then how far it is, what was refused, and at the end what was done."""
    gedaan = termijnen = 0
    weg: BaseException | None = None
    try:
        for stap in work:
            if stap.een is not None and not stap.fout:
                gedaan, termijnen = gedaan + 1, termijnen + len(stap.een.zichtbaar)
            if stap.fout or (stap.gedaan and stap.gedaan % ELKE == 0 and stap.gedaan < stap.totaal):
                with override(lang):
                    yield render_to_string(
                        "beheer/termijnen_stand.html", {"stap": stap, "waarom": translated(stap.fout)}
                    )
    except (Weigering, *WEG) as nee:
        weg = nee
    finally:
        getattr(work, "close", lambda: None)()
    with override(lang):
        klaar = {"klaar": gedaan, "termijnen": termijnen, "rest": stap.totaal - gedaan, "weg": weg is not None}
        yield render_to_string("beheer/termijnen_stand.html", {"stap": stap} | klaar)


def _asked(request: HttpRequest) -> tuple[int, bool]:
    asked = request.POST if request.method == "POST" else request.GET
    vanaf = asked.get("vanaf", "")
    return (int(vanaf) if vanaf.isascii() and vanaf.isdigit() and len(vanaf) < 7 else 0), asked.get("nieuwste") == "ja"


def _context(request: HttpRequest) -> dict[str, Any]:
    actor, op = actor_of(request), clock.now()
    vanaf, nieuwste = _asked(request)
    alle = recompute_clocks.open_here(actor, op)
    gekeken = recompute_clocks.difference(actor, op, alle[vanaf : vanaf + PER], nieuwste)
    return in_room(
        request,
        ROOM,
        {
            "nieuwste": nieuwste,
            "vanaf": vanaf,
            "eerste": vanaf + 1,
            "laatste": vanaf + len(gekeken),
            "open": len(alle),
            "verder": vanaf + PER if vanaf + PER < len(alle) else None,
            "terug": max(vanaf - PER, 0) if vanaf else None,
            "anders": [v for v in gekeken if v.zichtbaar or v.naar],
            "kan_niet": [v for v in gekeken if v.kan_niet],
            "te_doen": sum(v.verandert for v in gekeken),
            "termijnen": sum(len(v.zichtbaar) for v in gekeken),
            "stil": sum(v.stil for v in gekeken),
        },
    )
