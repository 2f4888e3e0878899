# SPDX-License-Identifier: EUPL-1.2
"""The list for a family of who looked in its file, for who leads the casus: first who asks for it, then the list."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.show_family_log import VRAGERS, family_log, may_list
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.handelen import met_weigering, poging_van, refused


@needs("log", "uitdraaien")
@never_cache
@require_safe
@met_weigering
def wie_keek(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Who looked in the file of this family."""
    actor, op, voor = actor_of(request), clock.now(), request.GET.get("voor")
    context = {"vragers": VRAGERS.items(), "casus_id": casus_id, "filter": {"voor": voor or ""}}
    if voor is None:
        context["nummer"] = may_list(actor, op, casus_id)
        return render(request, "casus/wie_keek.html", context)
    try:
        lijst = family_log(actor, op, casus_id, voor[:40])
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee), "casus/wie_keek.html", context)
    return render(request, "casus/wie_keek.html", context | {"lijst": lijst, "nummer": lijst.nummer})
