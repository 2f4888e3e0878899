# SPDX-License-Identifier: EUPL-1.2
"""A message that did not arrive: somebody takes it over, from the board or from what waits for him."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.failed_messages import show_failed_messages, take_over_message
from vangnet.web.dienst.woorden import dialled
from vangnet.web.domein import translated
from vangnet.web.handelen import run
from vangnet.web.klokken import moment_in_words

TERUG = {"dienst": "dienst", "mijnwerk": "mijnwerk"}


@needs("bericht", "regelen")
@require_POST
def take_over(request: HttpRequest, bericht_id: UUID) -> HttpResponse:
    """I arrange it."""
    return run(
        request,
        lambda: take_over_message(actor_of(request), clock.now(), bericht_id),
        back=reverse(TERUG.get(request.POST.get("naar", ""), "mijnwerk")),
        gelukt=_("Je regelt het zelf. Het bericht staat niet meer op het bord."),
    )


def failed_in_words(request: HttpRequest) -> dict[str, Any]:
    """What the board and the page of what waits show of messages that did not arrive."""
    nu = clock.now()
    gevonden = show_failed_messages(actor_of(request), nu)
    rijen = [
        {
            "b": b,
            "wat": translated(b.wat),
            "waarom": translated(b.waarom),
            "sinds": moment_in_words(b.sinds, False, nu),
            "bel": dialled(b.telefoon) if b.telefoon else "",
        }
        for b in gevonden.rijen
    ]
    return {"berichten": rijen, "berichten_meer": gevonden.meer}
