# SPDX-License-Identifier: EUPL-1.2
"""The regions and their agreements, read only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from vangnet.access.declare import public
from vangnet.web import domein
from vangnet.web.regios import overzicht

REASON = "De afspraken van een regio zijn openbaar; er staat niets over mensen in."


@public(REASON)
@require_safe
@vary_on_headers("Cookie")
def list_regions(request: HttpRequest) -> HttpResponse:
    """All regions, each with what characterises it."""
    return render(request, "regios/lijst.html", {"regios": overzicht.all_regions(domein.registry())})


@public(REASON)
@require_safe
@vary_on_headers("Cookie")
def show(request: HttpRequest, sleutel: str) -> HttpResponse:
    """One region's agreements: the newest version, or the one of ?versie=."""
    registered = domein.registry()
    versions = registered.versies.get(sleutel)
    if versions is None:
        raise Http404(sleutel)
    wanted = request.GET.get("versie", "")
    agreements = next((one for one in versions if one.regio.geldig_vanaf.isoformat() == wanted), versions[-1])
    return render(request, "regios/regio.html", overzicht.region(agreements, versions, registered))


@public(REASON)
@require_safe
@vary_on_headers("Cookie")
def difference(request: HttpRequest) -> HttpResponse:
    """Where the agreements of two regions differ: ?a= and ?b=."""
    registered = domein.registry()
    names = sorted(registered.versies)
    asked = [request.GET.get(side, "")[:80] for side in ("a", "b")]
    context: dict[str, Any] = {
        "regios": [one.regio for one in registered.regios()],
        "kanten": list(zip("ab", asked, strict=True)),
    }
    unknown = [one for one in asked if one and one not in registered.versies]
    if unknown:
        expected = ", ".join(names)
        context["fouten"] = [
            {"veld": _("Regio"), "gevonden": one, "verwacht": _("een van: %(keuzes)s") % {"keuzes": expected}}
            for one in unknown
        ]
    elif all(asked):
        context |= overzicht.difference(*(registered.versies[one][-1] for one in asked))
    return render(request, "regios/verschil.html", context, status=400 if unknown else 200)
