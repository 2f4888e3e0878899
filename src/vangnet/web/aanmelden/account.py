# SPDX-License-Identifier: EUPL-1.2
"""The own account: passkeys, the app with codes, recovery codes, password, and in which function one works now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.access import aanmelding, agenda, factoren
from vangnet.access.middleware import asks_a_part
from vangnet.access.rechten import needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.web.aanmelden.views import json_of, refused, sentence

View = Callable[..., HttpResponse]


class BevestigEerst(Weigering):
    """Bevestig eerst dat jij het bent."""


def confirmed_for(page: str) -> Callable[[View], View]:
    """A decorator: who does this has shown a second factor in the last minutes; else the lock screen comes first, and then
    the page of this name."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *words: Any, **named: Any) -> HttpResponse:
            present = _present(request)
            if aanmelding.confirmed(request, present, clock.now()):
                return view(request, *words, **named)
            if asks_a_part(request):
                refusal = {"code": "BevestigEerst", "zin": _(BevestigEerst.zin())}
                return JsonResponse(refusal, status=HTTPStatus.BAD_REQUEST)
            messages.info(request, _(BevestigEerst.zin()))
            return HttpResponseRedirect(reverse("slot") + "?" + urlencode({"next": reverse(page)}))

        return guarded

    return guard


confirmed = confirmed_for("account")
"""Who changes his own factors has shown one in the last minutes."""


@needs("account", "eigen")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything of the own account on one page."""
    return _page(request)


@needs("account", "eigen")
@require_http_methods(["GET", "POST"])
@confirmed
def passkey(request: HttpRequest) -> HttpResponse:
    """GET: what the browser needs to make a passkey. POST: what it made, and a name for it."""
    present = _present(request)
    if request.method == "GET":
        return JsonResponse(factoren.options_to_add(present.medewerker))
    sent = json_of(request)
    sent = sent if isinstance(sent, dict) else {}
    try:
        factoren.add_passkey(present.medewerker, str(sent.get("naam", "")), sent.get("sleutel"))
    except Weigering as refusal:
        return refused(refusal)
    aanmelding.factor_added(request, present, "sleutel", clock.now())
    messages.info(request, _("Je sleutel is toegevoegd."))
    return JsonResponse({"volgende": reverse("account")})


@needs("account", "eigen")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def app(request: HttpRequest) -> HttpResponse:
    """Add an app with codes: the QR code, then the first code of the app."""
    present = _present(request)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            factoren.confirm_totp(request.session, present.medewerker, request.POST.get("code", "")[:40])
        except Weigering as refusal:
            context["fout"] = sentence(refusal)
        else:
            aanmelding.factor_added(request, present, "totp", clock.now())
            messages.info(request, _("Je app is toegevoegd."))
            return redirect("account")
    secret, qr = factoren.new_totp(request.session, present.medewerker)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    status = HTTPStatus.BAD_REQUEST if "fout" in context else HTTPStatus.OK
    return render(request, "aanmelden/app.html", context | {"geheim": groups, "qr": qr}, status=status)


@needs("account", "eigen")
@require_POST
@confirmed
def remove(request: HttpRequest) -> HttpResponse:
    """Take one passkey or the app away; the last one stays."""
    present = _present(request)
    number = request.POST.get("factor", "")
    try:
        soort = factoren.remove(present.medewerker, int(number) if number.isdecimal() and len(number) < 10 else 0)
    except Weigering as refusal:
        return _page(request, fout=sentence(refusal))
    aanmelding.factor_changed(present, f"{soort} weggehaald", clock.now())
    messages.info(request, _("Weggehaald."))
    return redirect("account")


@needs("account", "eigen")
@require_POST
@confirmed
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown in this one answer."""
    present = _present(request)
    codes = factoren.new_recovery_codes(present.medewerker)
    aanmelding.factor_changed(present, "herstelcodes", clock.now())
    return render(request, "aanmelden/herstelcodes.html", {"codes": [f"{one[:4]} {one[4:]}" for one in codes]})


@needs("account", "eigen")
@require_POST
def function(request: HttpRequest) -> HttpResponse:
    """Go on in another function of one's own."""
    try:
        wanted = UUID(request.POST.get("functie", ""))
        aanmelding.switch_function(request, _present(request), wanted, clock.now())
    except ValueError:
        return _page(request, fout=_(aanmelding.FunctieNietVanJou.zin()))
    except Weigering as refusal:
        return _page(request, fout=sentence(refusal))
    return redirect("start")


@needs("account", "eigen")
@sensitive_post_parameters("oud", "wachtwoord", "nogmaals")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Another password; other devices are signed out."""
    new = request.POST.get("wachtwoord", "")
    if new != request.POST.get("nogmaals", ""):
        return _page(request, wachtwoordfouten=[_("De twee wachtwoorden zijn niet gelijk.")])
    try:
        aanmelding.change_password(request, _present(request), request.POST.get("oud", ""), new, clock.now())
    except Weigering as refusal:
        return _page(request, wachtwoordfouten=[sentence(refusal), *refusal.details.get("redenen", ())])
    messages.info(request, _("Je wachtwoord is veranderd. Op andere apparaten ben je afgemeld."))
    return redirect("account")


@needs("account", "eigen")
@require_POST
@confirmed
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the secret address of the own calendar, or a new one; it is shown in this one answer."""
    present = _present(request)
    maanden = request.POST.get("maanden", "")
    if present.voorlopig:
        return redirect("account")
    try:
        geheim = agenda.make(
            present, clock.now(), int(maanden) if maanden.isascii() and maanden.isdecimal() and len(maanden) < 4 else 0
        )
    except Weigering as refusal:
        return _page(request, fout=sentence(refusal))
    adres = request.build_absolute_uri(reverse("agenda", args=[geheim]))
    return render(
        request, "aanmelden/agenda_gemaakt.html", {"adres": adres, "stand": agenda.state(present, clock.now())}
    )


@needs("account", "eigen")
@require_POST
def calendar_off(request: HttpRequest) -> HttpResponse:
    """The address of the own calendar opens nothing from here on."""
    agenda.withdraw(_present(request), clock.now())
    messages.info(request, _("Het adres van je agenda is ingetrokken. Haal de agenda ook uit je telefoon of laptop."))
    return redirect("account")


def _present(request: HttpRequest) -> Any:
    """The signed-in person; the gate lets nobody else through to these views."""
    asked: Any = request
    return asked.aanwezig


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    present = _present(request)
    person = present.medewerker
    context = {
        "medewerker": person,
        "factoren": factoren.factors(person.pk),
        "heeft_app": "totp" in factoren.kinds(person.pk),
        "herstelcodes": factoren.codes_left(person.pk),
        "functies": aanmelding.own_functions(present, clock.now()),
        "heeft_wachtwoord": person.has_usable_password(),
        "agenda": agenda.state(present, clock.now()),
        "agendamaanden": [(maanden, maanden == agenda.STANDAARD) for maanden in agenda.MAANDEN],
    }
    return render(request, "aanmelden/account.html", context | more, status=HTTPStatus.BAD_REQUEST if more else 200)
