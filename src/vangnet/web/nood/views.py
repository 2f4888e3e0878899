# SPDX-License-Identifier: EUPL-1.2
"""Opening one child for an hour, looking at it, and being done."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.middleware import asks_a_part
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.conf.identifiers import new_id
from vangnet.process import break_glass, show_break_glass
from vangnet.process.break_glass import HoortErAlBij, NoodtoegangVoorbij
from vangnet.process.show_casus_werk import part_of_field
from vangnet.process.weigeringen import NietBetrokken, OngeldigeInvoer
from vangnet.process.who_to_call import who_to_call
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T
from vangnet.web.casus import feiten
from vangnet.web.domein import translated
from vangnet.web.handelen import met_weigering, onward, poging_van, refused, run
from vangnet.web.nood.bevestigen import confirm, ways
from vangnet.web.templatetags.vangnet import as_moment, dag, language

OPENEN = needs("noodtoegang", "openen")
GEVAAR = "inschatting.gevaar_aan_de_deur"
VEILIGHEID = ("triage", "inschatting")
"""The parts of which the facts stand on the page, in this order."""
SECONDE = 1
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T")
View = Callable[..., HttpResponse]


def while_it_runs(view: View) -> View:
    """A decorator: an hour that is over gets its own page (410), for a script one word."""

    @wraps(view)
    def answer(request: HttpRequest, *words: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *words, **named)
        except NoodtoegangVoorbij:
            return over(request)

    return answer


def over(request: HttpRequest) -> HttpResponse:
    """It ended: nothing of the child, and where to go."""
    if asks_a_part(request):
        return JsonResponse({"voorbij": True}, status=HTTPStatus.GONE)
    return render(request, "nood/voorbij.html", status=HTTPStatus.GONE)


@OPENEN
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def ask(request: HttpRequest) -> HttpResponse:
    """Which child, why, and the own second factor: one screen."""
    actor, op = actor_of(request), clock.now()
    sent = request.POST if request.method == "POST" else request.GET
    melding_id, nood_id = _uuid(sent.get("melding", "")), _uuid(sent.get("id", "")) or new_id()
    if request.method != "POST":
        return render(request, "nood/vraag.html", _form(request, melding_id, nood_id))

    def do() -> str:
        if (lopend := break_glass.running(actor, op)) is not None and lopend.id == nood_id:
            return reverse("noodtoegang_kind", args=[nood_id])  # Sent twice: it is open.
        vraag = break_glass.read_request(
            sent.get("casus", ""),
            sent.get("reden", ""),
            sent.get("levensgevaar") == "ja",
            melding_id,
            sent.get("bij", ""),
        )
        try:
            gemaakt = break_glass.break_glass(actor, op, vraag, confirm(request), nood_id)
        except HoortErAlBij as al:
            messages.info(request, _(al.zin()))
            return reverse("casus", args=[al.details["casus"]])
        return reverse("noodtoegang_kind", args=[gemaakt])

    return run(
        request,
        do,
        back=lambda naar: str(naar),
        template="nood/vraag.html",
        context=lambda _poging: _form(request, melding_id, nood_id),
    )


def _form(request: HttpRequest, melding_id: UUID | None, nood_id: UUID) -> dict[str, Any]:
    actor, op = actor_of(request), clock.now()
    try:
        bij = break_glass.known_elsewhere(actor, op, melding_id) if melding_id else []
    except NietBetrokken:
        bij, melding_id = [], None
    return {
        "id": nood_id,
        "melding_id": melding_id,
        "bij": bij,
        "lopend": break_glass.running(actor, op),
        "hooguit": break_glass.HOOGUIT,
        **ways(request),
    }


@OPENEN
@never_cache
@require_safe
@met_weigering
@while_it_runs
def child(request: HttpRequest, nood_id: UUID) -> HttpResponse:
    """The child, read only, as long as the hour runs."""
    answer = render(request, "nood/kind.html", context := _child(request, nood_id))
    # Without script the page leaves by itself too, a moment after the hour.
    rest = int((context["n"].tot - clock.now()).total_seconds()) + SECONDE
    answer["Refresh"] = f"{max(rest, SECONDE)}; url={reverse('noodtoegang_kind', args=[nood_id])}"
    return answer


def _child(request: HttpRequest, nood_id: UUID) -> dict[str, Any]:
    actor, op, taal = actor_of(request), clock.now(), language()
    vertaal = T if taal == "nl" else translated
    beeld = show_break_glass.look(actor, op, nood_id, taal, vertaal)
    c = beeld.casus
    feitenlijst = [
        (feiten.label_of_field(pad), _in_words(waarde))
        for deel in VEILIGHEID
        for pad, waarde in c.feiten.items()
        if part_of_field(pad) == deel and pad != GEVAAR
    ]
    bellen = who_to_call(actor, op, None, taal, _) if beeld.adres == "gevraagd" else None
    return {
        "n": beeld,
        "tot": f"{lokaal(beeld.tot):%H:%M}",
        "c": c,
        "gevaar": c.feiten.get(GEVAAR) or "",
        "feiten": feitenlijst,
        "collegas": [een for een in bellen.dienst if een.naam != actor.naam] if bellen else [],
        "nu": op,
        "hooguit": break_glass.HOOGUIT,
    }


@OPENEN
@never_cache
@require_GET
@met_weigering
@while_it_runs
def pulse(request: HttpRequest, nood_id: UUID) -> HttpResponse:
    """The heartbeat of the open page: until when, and how it stands with the address."""
    stand = show_break_glass.pulse(actor_of(request), clock.now(), nood_id)
    return JsonResponse({"tot": stand.tot.isoformat(), "adres": stand.adres})


@OPENEN
@never_cache
@require_POST
@met_weigering
@while_it_runs
def address(request: HttpRequest, nood_id: UUID) -> HttpResponse:
    """Ask for the address: shown for half a minute, or a second person is asked."""
    actor, op, sent = actor_of(request), clock.now(), request.POST
    try:
        uitkomst = break_glass.ask_address(
            actor, op, nood_id, sent.get("adres_reden", ""), sent.get("levensgevaar") == "ja"
        )
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee), "nood/kind.html", lambda _poging: _child(request, nood_id))
    if uitkomst in ("gevraagd", "nee"):
        return onward(request, reverse("noodtoegang_kind", args=[nood_id]) + "#adres")
    adressen = show_break_glass.show_address(actor, op, nood_id)
    return render(request, "nood/adres.html", {"adressen": adressen, "nood_id": nood_id})


@OPENEN
@require_POST
@met_weigering
def done(request: HttpRequest, nood_id: UUID) -> HttpResponse:
    """ "Ik ben klaar": the hour ends now."""
    return run(
        request,
        lambda: break_glass.finish(actor_of(request), clock.now(), nood_id),
        back=reverse("noodtoegang"),
        gelukt=_("Je noodtoegang is voorbij. Wat je bekeek, staat in het log en wordt nagekeken."),
    )


def _in_words(waarde: Any) -> str:
    """A kept value as somebody reads it at night: a moment with its weekday, a key as words."""
    moment = as_moment(waarde) if isinstance(waarde, str) and MOMENT.match(waarde) else None
    return dag(moment) if moment else feiten.as_text(waarde).replace("_", " ")


def _uuid(ruw: str) -> UUID | None:
    try:
        return UUID(ruw)
    except ValueError:
        return None
