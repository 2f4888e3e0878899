# SPDX-License-Identifier: EUPL-1.2
"""What somebody had sent when it could not be taken: shown, and ready to be sent again with one button, also without
script.

A page that stands in the place of a form that was sent (the database is away, the session ended, the screen is locked,
the form is out of date) would else be the end of what was typed: the page before it is not kept by the browser.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SLEUTEL = "csrfmiddlewaretoken"
GEHEIM = frozenset({"wachtwoord", "oud", "nogmaals", "code"})
"""Fields whose form is never given back: what proves who somebody is stands in no page."""
ONGETYPT = frozenset({"formulier", "ding", "versie", "heel", "doe", "stap", "pad", "was", "terug", "next", "pk"})
"""Fields that a form sends along and nobody typed."""


class Verstuurd(NamedTuple):
    """One field that was sent, as it goes out again."""

    naam: str
    waarde: str

    @property
    def woord(self) -> str:
        """The last part of its name, as a word; empty for what nobody typed."""
        naam = self.naam.partition(":")[2] or self.naam
        if self.naam in ONGETYPT or self.naam.startswith("o:") or naam.endswith("_id") or not self.waarde.strip():
            return ""
        try:
            UUID(self.waarde)
        except ValueError:
            return naam.rpartition(".")[2].replace("_", " ")
        return ""


def sent(request: HttpRequest) -> list[Verstuurd]:
    """What a form of our own sent, in order; nothing for a form from elsewhere, for a script, or with a secret in it.

    A form from elsewhere must not come back with our token in it: the browser says where it came from."""
    if request.method != "POST" or not _our_own(request):
        return []
    try:
        fields = [(naam, str(waarde)) for naam in request.POST for waarde in request.POST.getlist(naam)]
    except (BadRequest, SuspiciousOperation, OSError):  # What could not be read once cannot be given back.
        return []
    if GEHEIM & {naam for naam, _waarde in fields}:
        return []
    return [Verstuurd(naam, waarde) for naam, waarde in fields if naam != SLEUTEL]


def _our_own(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def form(request: HttpRequest | None, show: bool = True) -> SafeString:
    """The button that sends it again, with what was typed where that may be seen (`show`); empty when there is nothing to
    send. Asks nothing of the database and of no template, so it is there when those are not."""
    velden = sent(request) if request is not None else []
    if request is None or not velden:
        return SafeString("")
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', velden)
    typed: Any = [(een.woord, een.waarde) for een in velden if een.woord] if show else []
    rows = format_html_join("", '<dt>{}</dt><dd dir="auto">{}</dd>', typed)
    what = format_html("<h2>{}</h2><dl>{}</dl>", _("Wat je schreef"), rows) if typed else ""
    return format_html(
        '<form class="vn-vel vn-vel--lucht vn-opnieuw" method="post" action="{}">'
        '<input type="hidden" name="{}" value="{}">{}<p>{}</p>'
        '<p class="vn-knoppen"><button class="vn-knop vn-knop--doe">{}</button></p>{}</form>',
        request.get_full_path(),
        SLEUTEL,
        get_token(request),
        fields,
        _("Wat je verstuurde is niet bewaard. Het staat nog op deze pagina: sluit haar niet."),
        _("Verstuur opnieuw"),
        what,
    )
