# SPDX-License-Identifier: EUPL-1.2
"""The second person at a secret address, and the passkey that both show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.access import aanmelding, factoren
from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process import break_glass, show_break_glass
from vangnet.process.invoer import gevonden
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.aanmelden.views import json_of
from vangnet.web.aanmelden.views import refused as refused_json
from vangnet.web.handelen import met_weigering, run
from vangnet.web.nood.bevestigen import confirm, ways

BEVESTIGEN = needs("noodtoegang", "bevestigen")


@BEVESTIGEN
@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser needs to prove a passkey of this person. POST: its answer, good for the form that follows."""
    asked: Any = request
    if request.method == "GET":
        return JsonResponse(factoren.options_to_prove(asked.aanwezig.medewerker))
    try:
        aanmelding.prove_again(request, asked.aanwezig, json_of(request), clock.now())
    except factoren.SleutelKloptNiet as nee:
        return refused_json(nee)
    return JsonResponse({"volgende": reverse("noodtoegang_vragen")})


@BEVESTIGEN
@never_cache
@require_safe
@met_weigering
def questions(request: HttpRequest) -> HttpResponse:
    """Who asks this person to be the second one, and why; nothing of a family."""
    return render(request, "nood/vragen.html", _page(request))


def _page(request: HttpRequest, hier: UUID | None = None) -> dict[str, Any]:
    vragen = show_break_glass.second_questions(actor_of(request), clock.now())
    return {"vragen": [(een, f"vraag-{een.id}") for een in vragen], "hier": hier, **ways(request)}


@BEVESTIGEN
@never_cache
@sensitive_post_parameters("code")
@require_POST
@met_weigering
def answer(request: HttpRequest, vraag_id: UUID) -> HttpResponse:
    """Yes or no to one question, with the own second factor."""

    def do() -> None:
        antwoord = request.POST.get("antwoord", "")
        if antwoord not in ("ja", "nee"):
            raise OngeldigeInvoer(("antwoord", gevonden(antwoord) if antwoord else _("niets"), _("ja of nee")))
        break_glass.answer_second(actor_of(request), clock.now(), vraag_id, antwoord == "ja", confirm(request))

    return run(
        request,
        do,
        back=reverse("noodtoegang_vragen"),
        template="nood/vragen.html",
        context=lambda _poging: _page(request, vraag_id),
        gelukt=_("Je antwoord is vastgelegd. Je collega ziet het op zijn scherm."),
    )
