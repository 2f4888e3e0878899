# SPDX-License-Identifier: EUPL-1.2
"""The alarms of the own organisation, the bar that every page carries, and the ladders of the region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.declare import stays_writable
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.acknowledge_alarm import acknowledge_alarm
from vangnet.process.show_alarms import Alarmregel, show_alarms
from vangnet.process.show_ladder import Ladderbeeld, show_ladder
from vangnet.web.handelen import met_weigering, run
from vangnet.web.klokken import show_clock

ACHTERGROND = "X-Achtergrond"


@needs("alarm", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """What sounds now, who was warned how, and what ended in the last day."""
    return render(request, "alarmen/pagina.html", _page(request, noteer=ACHTERGROND not in request.headers))


@needs("alarm", "inzien")
@require_safe
@met_weigering
def of_casus(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Everything that ever went off in one casus: who was warned how, who answered, and when."""
    alarmen = show_alarms(actor_of(request), clock.now(), noteer=True, casus_id=casus_id)
    rijen = _rows((*alarmen.nu, *alarmen.geweest), clock.now())
    return render(request, "alarmen/casus.html", {"rijen": rijen, "casus_id": casus_id})


@stays_writable
@needs("alarm", "inzien")
@never_cache
@require_safe
@met_weigering
def bar(request: HttpRequest) -> HttpResponse:
    """The bar on top of every page, fetched by the page itself: what sounds, and whether the loop lives. While the session is
    locked it sounds too, and says how many."""
    asked: Any = request
    op_slot = bool(asked.aanwezig and asked.aanwezig.op_slot)
    return render(request, "alarmen/balk.html", _shown(request) | {"terug": _here(request), "op_slot": op_slot})


@needs("ladder", "inzien")
@require_safe
@met_weigering
def ladder(request: HttpRequest) -> HttpResponse:
    """Who is warned when, whose choice that is, and what of it cannot fire in the coming week."""
    nu = clock.now()
    beelden = show_ladder(actor_of(request), nu)
    return render(
        request, "alarmen/ladder.html", {"beelden": [{"b": b, "treden": _rungs(b)} for b in beelden], "nu": nu}
    )


@needs("alarm", "bevestigen")
@require_POST
def acknowledge(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """Somebody has it."""
    terug = request.POST.get("terug", "")
    veilig = url_has_allowed_host_and_scheme(terug, None) and terug.startswith("/")
    return run(
        request,
        lambda: acknowledge_alarm(actor_of(request), clock.now(), alarm_id),
        back=terug if veilig else reverse("alarmen"),
        template="alarmen/pagina.html",
        context=lambda poging: _page(request, noteer=False) | {"poging": poging},
        gelukt=_("Jij hebt het. Vangnet waarschuwt hier niemand meer over; de termijn zelf loopt door."),
    )


def _shown(request: HttpRequest, geweest: bool = False, noteer: bool = False) -> dict[str, Any]:
    nu = clock.now()
    alarmen = show_alarms(actor_of(request), nu, geweest, noteer)

    return {
        "alarmen": alarmen,
        "nu_rijen": _rows(alarmen.nu, nu),
        "luid": _rows(alarmen.luid, nu),
        "geweest": _rows(alarmen.geweest, nu),
        "nu": nu,
    }


def _rows(regels: Iterable[Alarmregel], nu: datetime) -> list[dict[str, Any]]:
    return [{"a": een, "klok": show_clock(een.klok, een.einde_op or nu)} for een in regels]


def _rungs(beeld: Ladderbeeld) -> list[dict[str, Any]]:
    """Per ladder its rungs, with after how long each goes in words."""
    return [
        {"ladder": ladder, "sporten": [{"s": sport, "na": _after(sport.na)} for sport in ladder.sporten]}
        for ladder in beeld.escalatie.ladder
    ]


def _after(minuten: int) -> str:
    if minuten == 0:
        return _("meteen")
    if minuten % 60 == 0:
        return ngettext("na %(n)s uur", "na %(n)s uur", minuten // 60) % {"n": minuten // 60}
    return _("na %(n)s minuten") % {"n": minuten}


def _page(request: HttpRequest, noteer: bool) -> dict[str, Any]:
    return _shown(request, geweest=True, noteer=noteer) | {"terug": reverse("alarmen")}


def _here(request: HttpRequest) -> str:
    """The page that asked for the bar, as far as it is one of ours."""
    van = urlsplit(request.headers.get("Referer", ""))
    return van.path if van.netloc == request.get_host() else ""
