# SPDX-License-Identifier: EUPL-1.2
"""The reviews of break-glass, for the functionaris gegevensbescherming: what waits, one by one, and the verdict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.break_glass import OORDELEN, review
from vangnet.process.show_break_glass import count_reviews, show_review, show_reviews
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import met_weigering, run

ROOM = "beheer_noodtoegang"


@needs("noodtoegang", "beoordelen")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every break-glass of the region, those that wait first."""
    actor, op = actor_of(request), clock.now()
    alle = show_reviews(actor, op)
    wacht, laat = count_reviews(actor, op)
    groepen = [
        (_("Na te kijken"), [b for b in alle if b.oordeel == ""]),
        (_("Navraag loopt"), [b for b in alle if b.oordeel == "navraag"]),
        (_("Nagekeken"), [b for b in alle if b.oordeel in ("terecht", "onterecht")]),
    ]
    return page(request, "beheer/noodtoegang.html", ROOM, {"groepen": groepen, "wacht": wacht, "laat": laat})


@needs("noodtoegang", "beoordelen")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def one(request: HttpRequest, nood_id: UUID) -> HttpResponse:
    """One break-glass with what was looked at; the verdict by POST."""
    actor, op, sent = actor_of(request), clock.now(), request.POST

    def context(_poging: Any = None) -> dict[str, Any]:
        b, blikken = show_review(actor, op, nood_id)
        return in_room(request, ROOM, {"b": b, "blikken": blikken, "oordelen": OORDELEN.items()})

    if request.method != "POST":
        return page(request, "beheer/noodtoegang_een.html", ROOM, context())
    return run(
        request,
        lambda: review(actor, op, nood_id, sent.get("oordeel", ""), sent.get("toelichting", "")),
        back=reverse(ROOM),
        template="beheer/noodtoegang_een.html",
        context=context,
        gelukt=_("Je oordeel is vastgelegd."),
    )
