# SPDX-License-Identifier: EUPL-1.2
"""Keys for systems of organisations: the list, a new one (shown once), and taking one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.access import tweede
from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.process import manage_koppelingen as koppelingen
from vangnet.process.manage_koppelingen import SCOPENAAM
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import WEG, poging_van, refused, run

ROOM = "beheer_koppelingen"


@needs("koppeling", "beheren")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every key of the region, with what it may, when it was last used and until when it holds."""
    rijen = [
        {
            "k": k,
            "scopes": [_(SCOPENAAM.get(scope, scope)) for scope in k.scopes],
            "loopt": k.stand in ("geldt", "verloopt", "wacht"),
            "tot": koppelingen.last_day_of(k.geldig_tot),
        }
        for k in koppelingen.list_koppelingen(actor_of(request), clock.now())
    ]
    return page(request, "beheer/koppelingen.html", ROOM, {"rijen": rijen})


@needs("koppeling", "beheren")
@never_cache
@sensitive_variables("made")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form for a new key; after it the key, this once."""
    if request.method != "POST":
        return page(request, "beheer/koppeling_nieuw.html", ROOM, _context(request))
    velden = {naam: request.POST.get(naam, "")[:300] for naam in ("organisatie", "naam", "tot")}
    scopes = [scope[:60] for scope in request.POST.getlist("scopes")][:20]
    try:
        made = koppelingen.make_koppeling(actor_of(request), clock.now(), velden, scopes)
    except (Weigering, *WEG) as nee:
        context = in_room(request, ROOM, _context(request, scopes))
        return refused(request, poging_van(request, nee), "beheer/koppeling_nieuw.html", context)
    words = [_(SCOPENAAM[scope]) for scope in made.scopes]
    context = {
        "sleutel": made,
        "scopes": words,
        "api": request.build_absolute_uri("/api/v1"),
        "bevestigers": tweede.confirmers(actor_of(request), [made.organisatie_id], clock.now()),
    }
    return page(request, "beheer/koppeling_gemaakt.html", ROOM, context)


@needs("koppeling", "beheren")
@require_POST
def end(request: HttpRequest, koppeling_id: UUID) -> HttpResponse:
    """Take a key back."""

    def do() -> None:
        naam = koppelingen.end_koppeling(actor_of(request), clock.now(), koppeling_id)
        messages.success(
            request,
            _("De sleutel van %(naam)s is ingetrokken: het volgende verzoek ermee wordt geweigerd.") % {"naam": naam},
        )

    return run(request, do, back=reverse(ROOM))


def _context(request: HttpRequest, scopes: list[str] | None = None) -> dict[str, Any]:
    gekozen = scopes or []
    return {
        "organisaties": koppelingen.holders(actor_of(request)),
        "tot": koppelingen.last_day(clock.now()).isoformat(),
        "scopes": [(scope, _(naam), scope in gekozen) for scope, naam in SCOPENAAM.items()],
    }
