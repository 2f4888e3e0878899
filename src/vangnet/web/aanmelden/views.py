# SPDX-License-Identifier: EUPL-1.2
"""The pages around a session: signing in, the second factor, the lock, signing out, an invitation, the demo."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.access import aanmelding, accounts
from vangnet.access.declare import public
from vangnet.access.factoren import CodeKloptNiet, SleutelKloptNiet, kinds, options_to_prove
from vangnet.access.middleware import asks_a_part
from vangnet.access.pogingen import TeVaakGeprobeerd
from vangnet.access.rechten import may, needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.web import domein
from vangnet.web.templatetags.vangnet import dag

VOORDEUR = "Wie nog niet binnen is, moet zich kunnen aanmelden; de pagina zegt niet wie er bestaat."
SLOT = "Wie op slot staat, moet kunnen ontgrendelen of weggaan; er staat alleen de eigen naam."
BEGIN = (
    ("bord.inzien", "dienst"),
    ("mijnwerk.inzien", "mijnwerk"),
    ("medewerker.beheren", "beheer"),
    ("log.inzien", "beheer_log"),
)
"""Where a function begins its work: the first right that it has, and the page for it."""


def sentence(refusal: Weigering) -> str:
    """What the user reads; of a wait also until when."""
    text = _(refusal.zin())
    until = refusal.details.get("tot")
    return text + " " + _("Weer vrij: %(moment)s.") % {"moment": dag(until)} if until else text


def refused(refusal: Weigering) -> JsonResponse:
    """A refusal for a script."""
    return JsonResponse({"code": refusal.code, "zin": sentence(refusal)}, status=HTTPStatus.BAD_REQUEST)


def json_of(request: HttpRequest) -> Any:
    """The JSON that a script sent, or None."""
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def way_on(request: HttpRequest, wanted: str | None) -> str:
    """The page that somebody wanted when it is one of ours, else the begin."""
    if wanted and wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("start")


@public("De eerste pagina stuurt ieder naar zijn werk, en wie niet is aangemeld naar de afspraken.", persoonlijk=True)
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """By function to the board, the own work or the administration; without one to the agreements."""
    actor = getattr(request, "actor", None)
    present = getattr(request, "aanwezig", None)
    if present and present.voorlopig:
        return redirect("account")
    for merk, name in BEGIN:
        if actor and may(actor.rol, merk):
            return redirect(name)
    return redirect("afspraken")


@public(VOORDEUR, persoonlijk=True)
@never_cache
@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Address and password, or a passkey alone."""
    on = way_on(request, request.POST.get("next") or request.GET.get("next"))
    context: dict[str, Any] = {"volgende": on, "email": "", "proef": accounts.is_demo()}
    if request.method == "POST":
        context["email"] = email = request.POST.get("email", "")[:254]
        try:
            aanmelding.give_password(request, email, request.POST.get("wachtwoord", ""), clock.now())
        except Weigering as refusal:
            context["fout"] = sentence(refusal)
            return render(request, "aanmelden/aanmelden.html", context, status=HTTPStatus.BAD_REQUEST)
        request.session["daarna"] = on
        return redirect("aanmelden_code")
    if getattr(request, "actor", None):
        return HttpResponseRedirect(on)
    return render(request, "aanmelden/aanmelden.html", context)


@public(VOORDEUR, persoonlijk=True)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """A code of the app, a recovery code, a one-time code, or a passkey."""
    now = clock.now()
    on = way_on(request, request.session.get("daarna"))
    try:
        person = aanmelding.awaiting(request, now)
        context: dict[str, Any] = {"soorten": kinds(person.pk), "volgende": on}
        if request.method == "POST":
            try:
                aanmelding.give_code(request, request.POST.get("code", "")[:40], now)
            except (CodeKloptNiet, TeVaakGeprobeerd) as refusal:
                context["fout"] = sentence(refusal)
                return render(request, "aanmelden/code.html", context, status=HTTPStatus.BAD_REQUEST)
            return HttpResponseRedirect(on)
    except Weigering as refusal:
        again = {"fout": sentence(refusal), "volgende": on, "proef": accounts.is_demo()}
        return render(request, "aanmelden/aanmelden.html", again, status=HTTPStatus.BAD_REQUEST)
    return render(request, "aanmelden/code.html", context)


@public(VOORDEUR, persoonlijk=True)
@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser needs to prove a passkey. POST: its answer."""
    now = clock.now()
    if request.method == "GET":
        return JsonResponse(aanmelding.options_for_passkey(request, now))
    on = request.session.get("daarna")
    try:
        aanmelding.give_passkey(request, json_of(request), now)
    except Weigering as refusal:
        return refused(refusal)
    return JsonResponse({"volgende": way_on(request, on or request.GET.get("next"))})


@public("Weggaan mag altijd, ook als het scherm op slot staat.", persoonlijk=True)
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    aanmelding.sign_out(request, getattr(request, "aanwezig", None), clock.now())
    return redirect("aanmelden")


@public(SLOT, persoonlijk=True)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """POST with `doe=slot` locks; POST with a code, or one click in the demo, unlocks; GET shows the lock screen."""
    present = getattr(request, "aanwezig", None)
    if present is None:
        if asks_a_part(request):
            return JsonResponse({"stand": "af"}, status=HTTPStatus.UNAUTHORIZED)
        return redirect("aanmelden")
    now, part = clock.now(), asks_a_part(request)
    on = way_on(request, request.POST.get("next") or request.GET.get("next"))
    context = {"aanwezig": present, "soorten": kinds(present.medewerker.pk), "volgende": on}
    if request.method != "POST":
        return render(request, "aanmelden/slot.html", context)
    if request.POST.get("doe") == "slot":
        aanmelding.lock(request, present, now)
        return JsonResponse({"stand": "slot"}) if part else redirect("slot")
    try:
        if request.POST.get("doe") == "proef":
            aanmelding.unlock_for_demo(request, present, now)
        else:
            aanmelding.unlock_with_code(request, present, request.POST.get("code", "")[:40], now)
    except Weigering as refusal:
        if part:
            return refused(refusal)
        return render(request, "aanmelden/slot.html", context | {"fout": sentence(refusal)}, status=400)
    return state(request) if part else HttpResponseRedirect(on)


@public(SLOT, persoonlijk=True)
@never_cache
@require_http_methods(["GET", "POST"])
def unlock_passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser needs to prove a passkey of this person. POST: its answer, which unlocks."""
    present = getattr(request, "aanwezig", None)
    if present is None:
        return JsonResponse({"stand": "af"}, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "GET":
        return JsonResponse(options_to_prove(present.medewerker))
    try:
        aanmelding.unlock_with_passkey(request, present, json_of(request), clock.now())
    except SleutelKloptNiet as refusal:
        return refused(refusal)
    return JsonResponse({"volgende": way_on(request, request.GET.get("next"))})


@public(
    "De pagina vraagt of de sessie nog open is, voor zij iets verstuurt; het antwoord noemt alleen het eigen nummer.",
    persoonlijk=True,
)
@never_cache
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """`af`, `slot` or `open`, in which function, and a fresh token for the forms that stand open."""
    present = getattr(request, "aanwezig", None)
    stand = "af" if present is None else "slot" if present.op_slot else "open"
    return JsonResponse(
        {"stand": stand, "functie": str(present.functie.pk) if present else "", "csrf": get_token(request)}
    )


@needs("account", "eigen")
@never_cache
@require_safe
def awake(request: HttpRequest) -> HttpResponse:
    """Somebody is typing or reading: the gate has written it down."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@public("Wie is uitgenodigd, heeft nog geen wachtwoord; het geheim in het adres is de sleutel.", persoonlijk=True)
@never_cache
@sensitive_post_parameters("wachtwoord", "nogmaals")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, geheim: str) -> HttpResponse:
    """Set a password; then a second factor follows."""
    now = clock.now()
    try:
        person = accounts.find_invitation(geheim, now)
        context: dict[str, Any] = {"naam": person.naam, "email": person.email}
        if request.method == "POST":
            password = request.POST.get("wachtwoord", "")
            if password != request.POST.get("nogmaals", ""):
                context["fouten"] = [_("De twee wachtwoorden zijn niet gelijk.")]
                return render(request, "aanmelden/uitnodiging.html", context, status=HTTPStatus.BAD_REQUEST)
            try:
                inside = aanmelding.take_invitation(request, geheim, password, now)
            except accounts.WachtwoordTeZwak as refusal:
                context["fouten"] = [sentence(refusal), *refusal.details["redenen"]]
                return render(request, "aanmelden/uitnodiging.html", context, status=HTTPStatus.BAD_REQUEST)
            return redirect("account" if inside else "aanmelden_code")
    except accounts.UitnodigingWacht as refusal:
        context = {"fout": sentence(refusal), "wacht": True}
        return render(request, "aanmelden/verlopen.html", context, status=HTTPStatus.CONFLICT)
    except Weigering as refusal:
        return render(request, "aanmelden/verlopen.html", {"fout": sentence(refusal)}, status=HTTPStatus.GONE)
    return render(request, "aanmelden/uitnodiging.html", context)


@public("Alleen in een proefinstallatie met verzonnen mensen; daarbuiten bestaat deze pagina niet.", persoonlijk=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Everyone who can sign in with one click; 404 where the demo did not make the database."""
    now = clock.now()
    on = way_on(request, request.POST.get("next") or request.GET.get("next"))
    try:
        if request.method == "POST":
            aanmelding.sign_in_for_demo(request, UUID(request.POST.get("wie", "")), now)
            return HttpResponseRedirect(on)
        regions = aanmelding.people_of_the_demo(now)
    except (Weigering, ValueError) as fault:
        raise Http404 from fault
    names = {one["sleutel"]: one["naam"] for one in domein.regions()}
    for one in regions:
        one["naam"] = names.get(one["regio"], one["regio"])
    return render(
        request, "aanmelden/proef.html", {"regios": regions, "volgende": on, "proefpost": settings.VANGNET_PROEFPOST}
    )
