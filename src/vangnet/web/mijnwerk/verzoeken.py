# SPDX-License-Identifier: EUPL-1.2
"""Every request of a family that waits for the own organisation, the late ones first; also of casussen that are closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.show_verzoek import list_orders, list_requests
from vangnet.web.handelen import met_weigering
from vangnet.web.klokken import show_clock
from vangnet.web.templatetags.vangnet import language


@needs("verzoek", "lijst")
@never_cache
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The list."""
    actor, op = actor_of(request), clock.now()
    rijen = list_requests(actor, op, language(), _)
    return render(
        request,
        "mijnwerk/verzoeken.html",
        {
            "verzoeken": [{"r": r, "klok": show_clock(r.klok, op)} for r in rijen],
            "laat": sum(1 for r in rijen if r.te_laat),
            "wissen": list_orders(actor, op),
        },
    )
