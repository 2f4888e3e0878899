# SPDX-License-Identifier: EUPL-1.2
"""The board of the shift, its refresh, and the board on the wall."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.declare import stays_writable
from vangnet.access.rechten import may, needs
from vangnet.access.sessie import first_look
from vangnet.conf import clock
from vangnet.process.hand_over_shift import waiting
from vangnet.process.show_board import GROEPEN, Bord, Filters, Strip, show_board
from vangnet.process.show_ladder import show_ladder
from vangnet.process.show_reservekopie import warn_of_backups
from vangnet.rules.kalender import lokaal
from vangnet.web.dienst import woorden
from vangnet.web.handelen import met_weigering
from vangnet.web.mijnwerk.berichten import failed_in_words
from vangnet.web.templatetags.vangnet import language

ACHTERGROND = "X-Achtergrond"
VANNACHT = timedelta(hours=24)
"""How far ahead the board looks for a rung that reaches nobody."""


@needs("bord", "inzien")
@require_safe
@met_weigering
def board(request: HttpRequest) -> HttpResponse:
    """The live board; a background refresh gets only what can have changed, and is no line in the log."""
    stil = ACHTERGROND in request.headers
    bord = _bord(request, noteer=first_look(request.session, "bord") or not stil)
    context = _context(request, bord) | {"overdracht": waiting(actor_of(request), bord.op)}
    for groep in context["groepen"]:
        groep["stroken"] = [_strook(regel, language()) for regel in groep["regels"]]
    if not stil:
        context["ladders"] = [een for een in show_ladder(actor_of(request), bord.op, VANNACHT) if not een.klopt]
    context["kopie"] = warn_of_backups(actor_of(request), bord.op)
    return render(request, "dienst/deel.html" if stil else "dienst/bord.html", context)


@stays_writable
@needs("bord", "inzien")
@require_safe
@met_weigering
def wall(request: HttpRequest) -> HttpResponse:
    """The board on the wall. When its session has been idle, it goes on without a single name."""
    stil = ACHTERGROND in request.headers
    asked: Any = request
    zonder = bool(asked.aanwezig and asked.aanwezig.op_slot)
    noteer = not zonder and (first_look(request.session, "bord") or not stil)
    bord = _bord(request, noteer, alles=True)
    template = "dienst/wand_deel.html" if stil else "dienst/wand.html"
    return render(request, template, _context(request, bord) | {"zonder_namen": zonder})


def _bord(request: HttpRequest, noteer: bool, alles: bool = False) -> Bord:
    filters = Filters(
        gemeente=request.GET.get("gemeente", "")[:80],
        stand=request.GET.get("stand", "")[:30],
        van_mij=request.GET.get("mijn") == "ja",
        alleen_laat=request.GET.get("laat") == "ja",
        oefening=request.GET.get("oefening") == "ja",
        alles=alles or request.GET.get("alles") == "ja",
    )
    return show_board(actor_of(request), clock.now(), filters, noteer)


@lru_cache(maxsize=1024)
def _regel(strip: Strip, minuut: datetime, taal: str) -> woorden.Regel:
    """A strip in words. A board is asked four times a minute by everybody who has it open."""
    return woorden.strip_in_words(strip, minuut)


@lru_cache(maxsize=1024)
def _strook(regel: woorden.Regel, taal: str) -> SafeString:
    """A strip as it stands on the page."""
    return render_to_string("dienst/strip.html", {"r": regel})


def _context(request: HttpRequest, bord: Bord) -> dict[str, Any]:
    nu = bord.op
    minuut, taal = nu.replace(second=0, microsecond=0), language()
    regels = {s.casus_id: _regel(s, minuut, taal) for s in (*bord.strips, *bord.niet_terug, *bord.meldingen)}
    koppen = {"bezig": _("Nu bezig"), "besluit": _("Vraagt een besluit"), "loopt": _("Loopt")}
    groepen = [
        {"sleutel": naam, "naam": koppen[naam], "regels": [regels[s.casus_id] for s in bord.groep(naam)]}
        for naam in GROEPEN
    ]
    nu_dienst, straks = woorden.duty_rows(bord.diensten, nu)
    keuzes = {
        "gemeente": bord.filters.gemeente,
        "stand": bord.filters.stand,
        "mijn": "ja" if bord.filters.van_mij else "",
        "laat": "ja" if bord.filters.alleen_laat else "",
        "oefening": "ja" if bord.filters.oefening else "",
    }
    return {
        "bord": bord,
        "nu": nu,
        "tijd": f"{lokaal(nu):%H:%M}",
        "titel": woorden.shift_title(nu),
        "zin": woorden.sentence(bord),
        "groepen": groepen,
        "niet_terug": [regels[s.casus_id] for s in bord.niet_terug],
        "meldingen": [regels[s.casus_id] for s in bord.meldingen],
        "dienst_nu": nu_dienst,
        "dienst_straks": straks,
        "rtos": woorden.rto_rows(bord),
        "signalen": woorden.signal_rows(bord),
        "standen": woorden.stands(bord),
        "besluit_tot": woorden.until(bord),
        "etmaal": woorden.day_lane(bord),
        **failed_in_words(request),
        "mag_melden": may(actor_of(request).rol, "melding.opnemen"),
        "gefilterd": any(keuzes.values()),
        "alles_adres": "?" + urlencode({naam: waarde for naam, waarde in keuzes.items() if waarde} | {"alles": "ja"}),
    }
