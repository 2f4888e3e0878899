# SPDX-License-Identifier: EUPL-1.2
"""The log for the functionaris gegevensbescherming, and the same as a file; both looks are lines of the log themselves."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.show_log import Blad, export_log, show_log
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import poging_van, refused

ROOM = "beheer_log"
FILTER = ("wie", "casus", "van", "tot", "handeling")


@needs("log", "inzien")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Who did what to what, newest first."""
    asked = {naam: request.GET.get(naam, "")[:120] for naam in (*FILTER, "blad")}
    kept = {naam: asked[naam] for naam in FILTER if asked[naam]}
    context = {"filter": asked, "vraag": urlencode(kept)}
    try:
        blad = show_log(actor_of(request), clock.now(), asked)
    except OngeldigeInvoer as nee:
        empty = context | {"log": Blad((), 1, False, ())}
        return refused(request, poging_van(request, nee), "beheer/log.html", in_room(request, ROOM, empty))
    return page(
        request, "beheer/log.html", ROOM, context | {"log": blad, "vorige": blad.blad - 1, "volgende": blad.blad + 1}
    )


@needs("log", "inzien")
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The lines that the filter meets, as CSV."""
    asked = {naam: request.GET.get(naam, "")[:120] for naam in FILTER}
    try:
        rows = export_log(actor_of(request), clock.now(), asked)
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer
