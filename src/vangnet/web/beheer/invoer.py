# SPDX-License-Identifier: EUPL-1.2
"""The first day: a list is looked at, every fault is named, and then it is brought in, all or nothing, with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vangnet.access.actor import Actor, actor_of
from vangnet.access.rechten import needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.process import first_day
from vangnet.process.first_day import Lijst, Plan
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.beheer.voortgang import streamed
from vangnet.web.handelen import WEG, poging_van, refused

ROOM = "beheer_invoer"
SHOWN = 200
"""Rows and faults that the page lists; the rest is counted."""


@needs("gegevens", "invoeren")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The lists that this person may bring in."""
    return page(request, "beheer/invoer.html", ROOM, {"lijsten": first_day.allowed_lists(actor_of(request))})


def _list(request: HttpRequest, soort: str) -> Lijst:
    found = first_day.allowed_lists(actor_of(request)).get(soort)
    if found is None:
        raise Http404
    return found


@needs("gegevens", "invoeren")
@require_safe
def template(request: HttpRequest, soort: str) -> HttpResponse:
    """An example of the list, for a spreadsheet: with a BOM, so that it reads the accents."""
    _list(request, soort)
    answer = HttpResponse("\ufeff" + first_day.template_of(soort), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{soort}.csv"'
    return answer


@needs("gegevens", "invoeren")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, soort: str) -> HttpResponse | StreamingHttpResponse:
    """GET: upload or paste. POST: what it would do, or with `doe=invoeren` do it."""
    context: dict[str, Any] = {"soort": soort, "lijst": _list(request, soort), "grootste": first_day.GROOTSTE // 1000}
    if request.method != "POST":
        return page(request, "beheer/invoer_lijst.html", ROOM, context)
    actor, now = actor_of(request), clock.now()
    try:
        content, name = _sent(request)
        plan = first_day.plan_list(actor, now, soort, content, name)
    except (Weigering, *WEG) as nee:
        return refused(request, poging_van(request, nee), "beheer/invoer_lijst.html", in_room(request, ROOM, context))
    context |= {
        "plan": plan,
        "fouten": plan.fouten[:SHOWN],
        "meer_fouten": max(len(plan.fouten) - SHOWN, 0),
        "rijen": plan.rijen[:SHOWN],
        "meer_rijen": max(len(plan.rijen) - SHOWN, 0),
    }
    if plan.fouten or request.POST.get("doe") != "invoeren":
        status = HTTPStatus.BAD_REQUEST if plan.fouten else HTTPStatus.OK
        return page(request, "beheer/invoer_lijst.html", ROOM, context, status=status)
    frame = render_to_string("beheer/invoer_loopt.html", in_room(request, ROOM, context), request)
    return streamed(request, frame, partial(_work, actor, now, plan, get_language() or "nl"))


def _sent(request: HttpRequest) -> tuple[bytes | str, str]:
    """The file or the pasted text, and what the list is called. Raises OngeldigeInvoer when it is too large."""
    file = request.FILES.get("bestand")
    text = request.POST.get("tekst", "")
    name = request.POST.get("lijst", "")
    if file is None and len(text.encode("utf-8", "replace")) <= first_day.GROOTSTE:
        return text, name
    size = file.size or 0 if file is not None else len(text)
    if file is None or size > first_day.GROOTSTE:
        found, most = f"{size // 1000} kB", f"hooguit {first_day.GROOTSTE // 1000} kB; splits de lijst"
        raise first_day.OngeldigeInvoer(("bestand", found, most))
    return file.read(), name or str(file.name or "")


def _work(actor: Actor, now: Any, plan: Plan, lang: str) -> Iterator[str]:
    """The progress, line by line, as parts of the page."""
    try:
        for stand in first_day.carry_out(actor, now, plan):
            with override(lang):
                yield render_to_string("beheer/invoer_stand.html", {"stand": stand, "plan": plan})
    except WEG:
        with override(lang):
            yield render_to_string("beheer/invoer_stand.html", {"stand": None, "plan": plan})
