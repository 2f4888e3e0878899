# SPDX-License-Identifier: EUPL-1.2
"""The second person: what waits for one, yes and no. Who says either has shown his second factor a moment ago."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vangnet.access import tweede
from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.manage_koppelingen import SCOPENAAM
from vangnet.web.aanmelden.account import confirmed_for
from vangnet.web.beheer.delen import page
from vangnet.web.handelen import met_weigering, run

ROOM = "beheer_bevestigen"


@needs("bevestiging", "geven")
@never_cache
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """Keys and invitations that wait, with who made them; what somebody made himself waits for another."""
    rijen = [
        {"w": w, "scopes": [_(SCOPENAAM.get(scope, scope)) for scope in w.scopes]}
        for w in tweede.waiting(actor_of(request), clock.now())
    ]
    return page(request, "beheer/bevestigen.html", ROOM, {"rijen": rijen})


@needs("bevestiging", "geven")
@require_POST
@confirmed_for(ROOM)
def key(request: HttpRequest, koppeling_id: UUID) -> HttpResponse:
    """Yes (or with `doe=weiger` no) to a key."""
    return _answer(request, tweede.SLEUTEL, koppeling_id)


@needs("bevestiging", "geven")
@require_POST
@confirmed_for(ROOM)
def invitation(request: HttpRequest, uitnodiging_id: UUID) -> HttpResponse:
    """Yes (or with `doe=weiger` no) to an invitation."""
    return _answer(request, tweede.UITNODIGING, uitnodiging_id)


def _answer(request: HttpRequest, soort: str, id_: UUID) -> HttpResponse:
    """Done, and back to the list with what now holds."""

    def do() -> None:
        actor, now = actor_of(request), clock.now()
        if request.POST.get("doe") == "weiger":
            wie = tweede.refuse(actor, now, soort, id_)
            messages.info(request, _("Afgewezen. Wat %(wie)s had gekregen, werkt niet meer.") % {"wie": wie})
            return
        wie = tweede.confirm(actor, now, soort, id_)
        zin = _("Bevestigd. De sleutel van %(wie)s werkt nu.") if soort == tweede.SLEUTEL else _(
            "Bevestigd. De uitnodiging van %(wie)s werkt nu."
        )  # fmt: skip
        messages.info(request, zin % {"wie": wie})

    return run(request, do, back=reverse(ROOM))
