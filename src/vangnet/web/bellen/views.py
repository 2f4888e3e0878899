# SPDX-License-Identifier: EUPL-1.2
"""Who do I call now: the numbers that are answered at this moment."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import may, needs
from vangnet.access.sessie import first_look
from vangnet.conf import clock
from vangnet.process.break_glass import BEVESTIGEN
from vangnet.process.show_break_glass import second_questions
from vangnet.process.who_to_call import who_to_call
from vangnet.rules.kalender import lokaal
from vangnet.web.handelen import met_weigering
from vangnet.web.templatetags.vangnet import language


@needs("bellen", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The list; from a casus its organisations come first. A casus that cannot be read is left out of the question."""
    nu = clock.now()
    try:
        casus_id = UUID(request.GET["casus"]) if request.GET.get("casus") else None
    except ValueError:
        casus_id = None
    eerst = casus_id is not None and first_look(request.session, f"bellen {casus_id}")
    stil = "X-Achtergrond" in request.headers and not eerst
    lijst = who_to_call(actor_of(request), nu, casus_id, language(), _, note_look=not stil)
    vragen = second_questions(actor_of(request), nu) if may(actor_of(request).rol, BEVESTIGEN) else []
    context = {"lijst": lijst, "tijd": f"{lokaal(nu):%H:%M}", "casus_id": casus_id, "vragen": vragen}
    return render(request, "bellen/pagina.html", context)
