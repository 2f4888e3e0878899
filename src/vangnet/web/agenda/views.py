# SPDX-License-Identifier: EUPL-1.2
"""The calendar behind a secret address. A wrong address and one that ended get the same plain answer."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from vangnet.access import agenda
from vangnet.access.declare import public
from vangnet.access.koppelingen import TeVeelVerzoeken
from vangnet.access.middleware import address_of
from vangnet.conf import clock
from vangnet.process.show_agenda import Agendapunt, show_agenda
from vangnet.web.agenda.ics import calendar_of

NIETS = "Deze agenda is er niet (meer). Maak in Vangnet bij je account een nieuw adres."
TE_VEEL = "Dit zijn te veel verzoeken achter elkaar. Vraag het over een kwartier opnieuw."


@public("Een agendaprogramma kan zich niet aanmelden; het geheim in het adres is de sleutel.", persoonlijk=True)
@require_safe
def feed(request: HttpRequest, geheim: str) -> HttpResponseBase:
    """What the person of this address has to do, read as that person."""
    op = clock.now()
    try:
        actor = agenda.enter(geheim, op, address_of(request))
    except TeVeelVerzoeken as nee:
        answer = _plain(TE_VEEL, HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(nee.details["wacht"])
        return answer
    if actor is None:
        return _plain(NIETS, HTTPStatus.NOT_FOUND)

    def address(punt: Agendapunt) -> str:
        naar = reverse("casus", args=[punt.casus_id]) if punt.casus_id else reverse("rooster")
        return request.build_absolute_uri(naar)

    inhoud = calendar_of(show_agenda(actor, op), address)
    merk = f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
    answer = HttpResponse(inhoud, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="vangnet.ics"'
    answer["ETag"] = merk
    return get_conditional_response(request, etag=merk, response=answer) or answer


def _plain(zin: str, status: int) -> HttpResponse:
    answer = HttpResponse(f"{zin}\n", status=status, content_type="text/plain; charset=utf-8")
    unlogged: Any = answer
    unlogged._has_been_logged = True  # Else the log of the server holds the address that was asked for.
    return answer
