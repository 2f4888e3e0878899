# SPDX-License-Identifier: EUPL-1.2
"""Closing days of a municipality: file them, see on the spot what the agreements say, and the year around them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process import file_sluitingsdagen as filing
from vangnet.rules.tekst import T
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging, met_weigering, onward, poging_van, refused, run
from vangnet.web.templatetags.vangnet import dag, language

ROOM = "sluitingsdagen"
MEESTE = 12
"""Fields for days on one form."""


@needs("sluitingsdag", "opgeven")
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The year with what was filed; POST `doe=kijk` says what would hold, `doe=opgeven` files."""
    context = _context(request)
    if request.method != "POST":
        return page(request, "beheer/sluitingsdagen.html", ROOM, context)
    jaar = context["jaar"]
    days = request.POST.getlist("dag")[:MEESTE]
    actor, now = actor_of(request), clock.now()
    try:
        if request.POST.get("doe") == "opgeven":
            count = filing.file_days(actor, now, jaar.organisatie_id, jaar.jaar, days)
            line = ngettext("%(n)s dag opgegeven.", "%(n)s dagen opgegeven.", count) % {"n": count}
            messages.success(request, line if count else _("Deze dagen stonden er al."))
            if count:
                _say_moved(request, filing.moved_by_days(actor, clock.now(), jaar.organisatie_id))
            return onward(request, _address(jaar))
        held, result = filing.check_days(actor, now, jaar.organisatie_id, jaar.jaar, days, language(), _words())
    except filing.OngeldigeInvoer as nee:
        poging = poging_van(request, nee)
        return refused(request, poging, "beheer/sluitingsdagen.html", lambda p: context | _typed(days, p))
    return page(
        request, "beheer/sluitingsdagen.html", ROOM, context | _typed(days) | {"proef": held, "proefuitslag": result}
    )


@needs("sluitingsdag", "opgeven")
@require_POST
@met_weigering
def withdraw(request: HttpRequest, dag_id: UUID) -> HttpResponse:
    """Take a day back."""
    back = request.POST.get("jaar", "")[:4]
    which = {"jaar": back if back.isdecimal() else "", "toegang": request.POST.get("toegang", "")[:40]}
    address = f"{reverse(ROOM)}?{urlencode({k: v for k, v in which.items() if v})}"

    def do() -> None:
        gone = filing.withdraw_day(actor_of(request), clock.now(), dag_id)
        messages.success(request, _("%(dag)s is ingetrokken; die dag zijn jullie er weer.") % {"dag": dag(gone)})
        _say_moved(request, filing.moved_by_days(actor_of(request), clock.now(), None, dag_id))

    return run(request, do, back=address)


def _say_moved(request: HttpRequest, telling: filing.Telling) -> None:
    """That deadlines which run already change by it, and who lets them."""
    if not telling.termijnen:
        return
    line = ngettext(
        "%(n)s termijn van een open casus verandert hierdoor. Dat gebeurt pas als de coördinator van de crisisdienst herrekent: Beheer,"
        " Termijnen herrekenen. Laat het daar weten.",
        "%(n)s termijnen van open casussen veranderen hierdoor. Dat gebeurt pas als de coördinator van de crisisdienst herrekent:"
        " Beheer, Termijnen herrekenen. Laat het daar weten.",
        telling.termijnen,
    )
    messages.warning(request, line % {"n": telling.termijnen})


def _words() -> Any:
    return T if language() == "nl" else translated


def _address(jaar: filing.Jaar) -> str:
    return f"{reverse(ROOM)}?{urlencode({'jaar': jaar.jaar, 'toegang': str(jaar.organisatie_id)})}"


def _context(request: HttpRequest) -> dict[str, Any]:
    """The year that is asked for; a year or access that is none gives the usual one."""
    asked = request.POST if request.method == "POST" else request.GET
    year = asked.get("jaar", "")
    try:
        access = UUID(asked.get("toegang", ""))
    except ValueError:
        access = None
    number = int(year) if year.isdecimal() and len(year) == 4 else None
    jaar = filing.show_year(actor_of(request), clock.now(), access, number, language(), _words())
    room = max((jaar.hoogstens or 3) - len(jaar.dagen), 1)
    fields = [{"naam": f"dag{n}", "waarde": ""} for n in range(1, room + 1)]
    return in_room(request, ROOM, {"jaar": jaar, "invul": fields})


def _typed(days: list[str], poging: Poging | None = None) -> dict[str, Any]:
    """The fields as they were filled in, each with its fault."""
    found = poging.bij if poging else {}
    return {
        "invul": [{"naam": f"dag{n}", "waarde": d, "fout": found.get(f"dag{n}")} for n, d in enumerate(days or [""], 1)]
    }
