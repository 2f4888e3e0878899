# SPDX-License-Identifier: EUPL-1.2
"""Calm pages for when something goes wrong: what happened, and what the reader can do now."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from vangnet.web import opnieuw

logger = logging.getLogger(__name__)

BARE = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Vangnet</title><h1>{}</h1><p>{}</p><p>{}</p>{}</html>'
)
"""For when the page itself cannot be made: the same words, and nothing that can break."""


def _page(
    request: HttpRequest, status: HTTPStatus, title: str, text: str, advice: str, weer: bool = False
) -> HttpResponse:
    """The page. `weer`: asking again may help, so what was sent stands there with a button (`web.opnieuw`)."""
    context = {"titel": title, "tekst": text, "raad": advice, "weer": weer}
    try:
        body = render_to_string("fout.html", context, request)
    except Exception:
        logger.error("de foutpagina kon niet worden gemaakt", exc_info=True)
        body = format_html(BARE, title, text, advice, opnieuw.form(request) if weer else "")
    return HttpResponse(body, status=status)


def onbegrepen(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return _page(
        request,
        HTTPStatus.BAD_REQUEST,
        _("Dit verzoek was niet te lezen"),
        _("Vangnet heeft niets veranderd."),
        _("Ga terug, kijk na wat je hebt ingevuld en probeer het opnieuw."),
    )


def geen_toegang(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the reader may not see this."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("Je hebt hier geen toegang toe"),
        _("Deze pagina is er alleen voor mensen die op dit moment bij deze casus betrokken zijn."),
        _("Klopt dit niet? Bel je coördinator, of de crisisdienst van je regio."),
    )


def niet_gevonden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this reader may know of."""
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        _("Deze pagina is er niet"),
        _("Misschien is het adres verkeerd overgenomen, of is de pagina verplaatst."),
        _("Ga naar de afspraken en zoek van daaruit verder."),
    )


def storing(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when the database does not answer, so that a page that keeps what somebody writes sends it
    again."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = _page(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            _("Vangnet kan nu niets bewaren"),
            _("De database antwoordt niet. Wat je eerder hebt opgeslagen, staat er nog."),
            _(
                "Probeer het over een minuut opnieuw. Lukt het niet, bel dan je collega met dienst en werk verder op papier."
            ),
            weer=True,
        )
        answer["Retry-After"] = "5"
        return answer
    return _page(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Er ging iets mis"),
        _("Dat ligt aan Vangnet, niet aan jou. Wat je eerder hebt opgeslagen, staat er nog."),
        _("Probeer het opnieuw. Lukt het niet, bel dan je collega met dienst en werk verder op papier."),
        weer=True,
    )


def formulier_verlopen(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened too long ago, or came from elsewhere. Ours comes back with a fresh token."""
    if opnieuw.sent(request):
        return _page(
            request,
            HTTPStatus.FORBIDDEN,
            _("Dit formulier is verlopen"),
            _("Het stond te lang open, of je meldde je intussen opnieuw aan. Vangnet heeft niets veranderd."),
            _("Verstuur het hieronder nog eens."),
            weer=True,
        )
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("Dit formulier is verlopen"),
        _("Het stond te lang open, of het kwam niet van deze site. Vangnet heeft niets veranderd."),
        _("Ga terug, laad de pagina opnieuw en verstuur het formulier nog eens."),
    )
