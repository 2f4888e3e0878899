# SPDX-License-Identifier: EUPL-1.2
"""The log for the functionaris gegevensbescherming: how sealing stands, what looks unusual, the lines, one line whole, a file,
and the list for a family. Every look is a line of the log itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.access.stroom import right_of, watched
from vangnet.conf import clock
from vangnet.process.show_break_glass import count_reviews
from vangnet.process.show_family_log import VRAGERS, family_log_of_number
from vangnet.process.show_log import Blad, export_log, show_line, show_log_page
from vangnet.process.show_reservekopie import show_backups
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.rules.kalender import lokaal
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import poging_van, refused

ROOM = "beheer_log"
CHUNK = 200
"""Rows of a file that are sent at once; between two of these the right to it is asked again."""
FILTER = ("wie", "casus", "van", "tot", "handeling")


@needs("log", "inzien")
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How sealing stands, what looks unusual, and who did what to what, newest first."""
    asked = {naam: request.GET.get(naam, "")[:120] for naam in (*FILTER, "blad")}
    kept = {naam: asked[naam] for naam in FILTER if asked[naam]}
    context = {"filter": asked, "vraag": urlencode(kept)}
    try:
        beeld = show_log_page(actor_of(request), clock.now(), asked)
    except OngeldigeInvoer as nee:
        empty = context | {"log": Blad((), 1, False, ())}
        return refused(request, poging_van(request, nee), "beheer/log.html", in_room(request, ROOM, empty))
    # A hit leads to its own lines: this person, this casus, these days.
    dagen = {"van": f"{lokaal(beeld.opvallend.van):%Y-%m-%d}", "tot": f"{lokaal(beeld.opvallend.tot):%Y-%m-%d}"}
    opvallend = [
        {
            "regel": regel,
            "gevallen": [
                (
                    geval,
                    urlencode(
                        {"wie": geval.medewerker_id or "", "casus": geval.casus if "-" in geval.casus else ""} | dagen
                    ),
                )
                for geval in regel.gevallen
            ],
        }
        for regel in beeld.opvallend.regels
    ]
    return page(
        request,
        "beheer/log.html",
        ROOM,
        context
        | {
            "log": beeld.blad,
            "zegel": beeld.zegel,
            "kopie": show_backups(clock.now()),
            "nood": count_reviews(actor_of(request), clock.now()),
            "beeld": beeld.opvallend,
            "opvallend": opvallend,
            "vorige": beeld.blad.blad - 1,
            "volgende": beeld.blad.blad + 1,
        },
    )


@needs("log", "inzien")
@never_cache
@require_safe
def line(request: HttpRequest, regel_id: UUID) -> HttpResponse:
    """One line with everything that the norm asks of it."""
    beeld = show_line(actor_of(request), clock.now(), regel_id)
    if beeld is None:
        raise Http404
    return page(request, "beheer/logregel.html", ROOM, {"beeld": beeld, "r": beeld.regel})


@needs("log", "inzien")
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The lines that the filter meets, as CSV; it is cut off when the right to it ends."""
    asked = {naam: request.GET.get(naam, "")[:120] for naam in FILTER}
    try:
        rows = export_log(actor_of(request), clock.now(), asked)
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee))
    cut = _("Afgebroken: je toegang eindigde terwijl dit bestand werd verstuurd.") + "\r\n"
    parts = watched(_csv(rows), right_of(request, "log.inzien"), clock.now, last=cut)
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="log.csv"'
    return answer


def _csv(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The rows as text, some hundreds at a time."""
    yield "\ufeff"
    for begin in range(0, len(rows), CHUNK):
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows[begin : begin + CHUNK])
        yield text.getvalue()


@needs("log", "gezin")
@never_cache
@require_safe
def family(request: HttpRequest) -> HttpResponse:
    """The list for a family of who looked in its file: first which casus and who asks, then the list."""
    asked = {naam: request.GET.get(naam, "")[:40] for naam in ("casus", "voor")}
    context = {"vragers": VRAGERS.items(), "filter": asked}
    if not any(asked.values()):
        return page(request, "beheer/log_gezin.html", ROOM, context)
    try:
        lijst = family_log_of_number(actor_of(request), clock.now(), asked["casus"], asked["voor"])
    except OngeldigeInvoer as nee:
        return refused(request, poging_van(request, nee), "beheer/log_gezin.html", in_room(request, ROOM, context))
    return page(request, "beheer/log_gezin.html", ROOM, context | {"lijst": lijst})
