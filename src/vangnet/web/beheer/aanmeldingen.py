# SPDX-License-Identifier: EUPL-1.2
"""Attempts to sign in that failed, for who watches over the region."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.show_failed_signins import show_failed_signins
from vangnet.web.beheer.delen import page

ROOM = "beheer_aanmeldingen"


@needs("aanmelding", "inzien")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """When, who, where and why; nothing of what was typed."""
    return page(
        request, "beheer/aanmeldingen.html", ROOM, {"beeld": show_failed_signins(actor_of(request), clock.now())}
    )
