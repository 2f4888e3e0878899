# SPDX-License-Identifier: EUPL-1.2
"""The organisations of a region: names, kinds, numbers by hour; edited in place, faults at their field."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.manage_organisations import SOORTEN, VELDEN, save_organisation
from vangnet.process.show_beheer import show_organisations
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import run

ROOM = "beheer_organisaties"


@needs("organisatie", "beheren")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All organisations, and the municipalities whose access is missing."""
    return page(request, "beheer/organisaties.html", ROOM, {"alles": show_organisations(actor_of(request))})


@needs("organisatie", "beheren")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new organisation; `?gemeente=` fills in a missing access."""
    gemeente = request.GET.get("gemeente", "")[:80]
    staat = {"soort": "toegang", "gemeente": gemeente, "naam": f"Toegang {gemeente}"} if gemeente else {}
    return _form(request, None, staat)


@needs("organisatie", "beheren")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organisatie_id: UUID) -> HttpResponse:
    """An organisation with its fields."""
    found = next((o for o in show_organisations(actor_of(request)).lijst if o.id == organisatie_id), None)
    if found is None:
        raise Http404
    return _form(request, organisatie_id, {naam: getattr(found, naam) for naam in (*VELDEN, "actief", "mensen")})


def _form(request: HttpRequest, organisatie_id: UUID | None, staat: dict[str, object]) -> HttpResponse:
    actor = actor_of(request)
    context = in_room(
        request,
        ROOM,
        {
            "nu": staat,
            "nieuw": organisatie_id is None,
            "soorten": SOORTEN,
            "gemeenten": show_organisations(actor).gemeenten,
        },
    )
    if request.method != "POST":
        return page(request, "beheer/organisatie.html", ROOM, context)
    velden = {naam: request.POST.get(naam, "")[:1000] for naam in (*VELDEN, "actief")}
    if organisatie_id is None:
        velden["actief"] = "ja"
    return run(
        request,
        lambda: save_organisation(actor, clock.now(), organisatie_id, velden),
        back=reverse(ROOM),
        template="beheer/organisatie.html",
        context=context,
        gelukt=_("Bewaard: %(naam)s.") % {"naam": velden["naam"].strip()},
    )
