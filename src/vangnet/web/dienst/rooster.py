# SPDX-License-Identifier: EUPL-1.2
"""The roster: who has duty, a week at a time; written by a coordinator for his own organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.duty import add_duty, read_day, remove_duty, show_roster
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.dienst import woorden
from vangnet.web.handelen import Poging, met_weigering, run
from vangnet.web.templatetags.vangnet import language


@needs("rooster", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """A week of duties."""
    return render(request, "dienst/rooster.html", _context(request, read_day(request.GET.get("van", ""))))


@needs("rooster", "wijzigen")
@require_POST
def add(request: HttpRequest, organisatie_id: UUID) -> HttpResponse:
    """Put somebody on the roster."""
    velden = {naam: request.POST.get(naam, "") for naam in ("wie", "taak", "dag", "van", "tot")}

    def again(poging: Poging) -> dict[str, Any]:
        return _context(request, read_day(velden["dag"]), organisatie_id)

    return run(
        request,
        lambda: add_duty(actor_of(request), clock.now(), organisatie_id, velden),
        back=_adres(organisatie_id, velden["dag"]),
        template="dienst/rooster.html",
        context=again,
        gelukt=_("De dienst staat in het rooster."),
    )


@needs("rooster", "wijzigen")
@require_POST
def remove(request: HttpRequest, dienst_id: UUID) -> HttpResponse:
    """Take somebody off the roster."""
    return run(
        request,
        lambda: remove_duty(actor_of(request), clock.now(), dienst_id),
        back=lambda organisatie_id: _adres(organisatie_id, request.POST.get("dag", "")),
        gelukt=_("De dienst is uit het rooster."),
    )


def _adres(organisatie_id: UUID, dag: str) -> str:
    van = read_day(dag)
    return f"{reverse('rooster')}?bij={organisatie_id}" + (f"&van={van.isoformat()}" if van else "")


def _bij(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("bij", ""))
    except ValueError:
        return None


def _context(request: HttpRequest, van: date | None, organisatie_id: UUID | None = None) -> dict[str, Any]:
    nu = clock.now()
    rooster = show_roster(actor_of(request), nu, van, organisatie_id or _bij(request))
    vandaag = lokaal(nu).date()
    maandag = rooster.week[0].dag
    taken = woorden.tasks()
    dagen = [
        {
            "dag": one.dag,
            "kop": dag_in_woorden(one.dag, language(), vandaag.year),
            "vandaag": one.dag == vandaag,
            "rijen": [
                {
                    "wacht": w,
                    "taak": taken.get(w.taak, w.taak),
                    "tijd": f"{lokaal(w.van):%H:%M} – {woorden.end_of_duty(w)}",
                    "bel": woorden.dialled(w.telefoon),
                }
                for w in one.diensten
            ],
        }
        for one in rooster.week
    ]
    return {
        "rooster": rooster,
        "dagen": dagen,
        "taken": taken,
        "vorige": (maandag - timedelta(days=7)).isoformat(),
        "volgende": (maandag + timedelta(days=7)).isoformat(),
        "van": f"{van or max(maandag, vandaag):%d-%m-%Y}",
    }
