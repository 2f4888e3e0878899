# SPDX-License-Identifier: EUPL-1.2
"""The list of rules, and one rule: a whole page, or for the drawer (htmx) only its content."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from vangnet.access.declare import public
from vangnet.web.bronnen import index

REASON = "De bronnen zijn openbare afspraken; er staat niets over mensen in."
LONGEST = 80


@public(REASON)
@require_safe
@vary_on_headers("HX-Request", "Cookie")
def show(request: HttpRequest, nummer: str) -> HttpResponse:
    """One rule, or one open question, by its number."""
    rule = index.rule(nummer)
    if rule is None:
        raise Http404(nummer)
    if request.headers.get("HX-Request") == "true":
        return render(request, "bronnen/deel.html", {"regel": rule, "kop": "h2"})
    return render(request, "bronnen/bron.html", {"regel": rule})


@public(REASON)
@require_safe
@vary_on_headers("Cookie")
def list_rules(request: HttpRequest) -> HttpResponse:
    """The sources; or the rules of one source, or those in which a word occurs."""
    sources = index.sources()
    wanted = request.GET.get("bron", "")[:LONGEST]
    words = request.GET.get("zoek", "").strip().replace("\x00", "")[:LONGEST]
    chosen = next((one for one in sources if one["sleutel"] == wanted), None)
    sections = index.sections(chosen["sleutel"] if chosen else "", words) if chosen or words else None
    if sections is None:
        number = sum(one["aantal"] for one in sources)
        under = _("%(regels)s regels uit %(bronnen)s teksten, in onze eigen woorden") % {
            "regels": number,
            "bronnen": len(sources),
        }
    else:
        number = sum(len(section["regels"]) for section in sections)
        under = ngettext("%(aantal)s regel", "%(aantal)s regels", number) % {"aantal": number}
    context = {"bronnen": sources, "gekozen": chosen, "zoek": words, "regels": sections, "onder": under}
    return render(request, "bronnen/lijst.html", context)
