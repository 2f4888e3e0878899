# SPDX-License-Identifier: EUPL-1.2
"""Requests of families for the functionaris gegevensbescherming: by number, the late ones first; and what is decided about
destruction, to be read by a second person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.oversee_verzoeken import judge_destruction, oversee_requests
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import Poging, run

ROOM = "beheer_verzoeken"
TEMPLATE = "beheer/verzoeken.html"
ANTWOORD = {"ja": True, "nee": False}


@needs("verzoek", "toezien")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What is not answered yet in this region."""
    return page(request, TEMPLATE, ROOM, {"verzoeken": oversee_requests(actor_of(request), clock.now())})


@needs("verzoek", "toezien")
@require_POST
def judge(request: HttpRequest, verzoek_id: UUID) -> HttpResponse:
    """Agree with a decision about destruction, or send it back."""
    actor, op, sent = actor_of(request), clock.now(), request.POST

    def context(poging: Poging) -> dict[str, object]:
        return in_room(request, ROOM, {"verzoeken": oversee_requests(actor, op), "bij": str(verzoek_id)})

    return run(
        request,
        lambda: judge_destruction(
            actor,
            op,
            verzoek_id,
            ANTWOORD.get(sent.get("akkoord", "")),
            sent.get("besluit", "")[:40],
            sent.get("grond", "")[:40],
            sent.get("reden", ""),
        ),
        back=reverse(ROOM),
        template=TEMPLATE,
        context=context,
        gelukt=_("Je oordeel staat vast. De organisatie ziet het bij het verzoek."),
    )
