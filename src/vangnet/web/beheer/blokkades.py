# SPDX-License-Identifier: EUPL-1.2
"""Closing a casus to one person by number and name, for who watches over the log or manages accounts and sees no casus."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.block_person import block_by_number, lift_by_number, show_blocks_of_region
from vangnet.process.invoer import gevonden
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import Poging, run

ROOM = "beheer_blokkades"
VELDEN = ("casus", "wie", "reden")


@needs("blokkade", "beheren")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """What is closed to whom in this region; a new one by POST."""
    actor, op, sent = actor_of(request), clock.now(), request.POST

    def context(poging: Poging) -> dict[str, object]:
        return in_room(request, ROOM, {"blokkades": show_blocks_of_region(actor, op), "getypt": poging.getypt})

    if request.method != "POST":
        return page(request, "beheer/blokkades.html", ROOM, {"blokkades": show_blocks_of_region(actor, op)})
    casus, wie, reden = (sent.get(naam, "") for naam in VELDEN)
    return run(
        request,
        lambda: block_by_number(actor, op, casus, wie, reden, sent.get("geregeld") == "ja"),
        back=reverse(ROOM),
        template="beheer/blokkades.html",
        context=context,
        gelukt=_("De casus is voor deze persoon gesloten."),
    )


@needs("blokkade", "beheren")
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Open a casus again for somebody."""
    actor, op = actor_of(request), clock.now()

    def do() -> None:
        ruw = request.POST.get("wie", "")
        try:
            wie = UUID(ruw)
        except ValueError:
            raise OngeldigeInvoer(("wie", gevonden(ruw[:80]), _("een keuze uit de lijst"))) from None
        lift_by_number(actor, op, request.POST.get("casus", ""), wie)

    def context(poging: Poging) -> dict[str, object]:
        return in_room(request, ROOM, {"blokkades": show_blocks_of_region(actor, op), "getypt": {}})

    return run(
        request,
        do,
        back=reverse(ROOM),
        template="beheer/blokkades.html",
        context=context,
        gelukt=_("De casus is weer open voor deze persoon."),
    )
