# SPDX-License-Identifier: EUPL-1.2
"""The morning list: the signals of the night and the weekend on one sheet, to read, to print and to take up, several at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import may, needs
from vangnet.conf import clock
from vangnet.process.morning_list import show_morning_list, take_up
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.handelen import met_weigering, run
from vangnet.web.klokken import moment_in_words, show_clock
from vangnet.web.mijnwerk.redenen import reasons
from vangnet.web.templatetags.vangnet import language


@needs("mijnwerk", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The sheet; whoever has it on the screen has read it. With `?print=1` it is laid out for paper, which is a line in the log."""
    papier = "print" in request.GET and may(actor_of(request).rol, "casus.printen")
    return render(request, "mijnwerk/signalen.html", sheet(request, noteer=True, papier=papier) | {"papier": papier})


@needs("aanbod", "beantwoorden")
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take up the signals that were ticked, or the one whose own button was used."""
    alleen = request.POST.get("alleen")
    gekozen = [paar for tekst in ([alleen] if alleen else request.POST.getlist("signaal")) if (paar := _pair(tekst))]

    def back(aantallen: tuple[int, int]) -> str:
        gedaan, niet = aantallen
        zin = ngettext("%(n)s signaal opgepakt.", "%(n)s signalen opgepakt.", gedaan) % {"n": gedaan}
        if niet:
            zin += " " + ngettext(
                "%(n)s niet: een ander was je voor, of het is ingetrokken.",
                "%(n)s niet: een ander was je voor, of ze zijn ingetrokken.",
                niet,
            ) % {"n": niet}
        messages.success(request, zin)
        return reverse("signalen")

    return run(
        request,
        lambda: take_up(actor_of(request), clock.now(), gekozen),
        back=back,
        template="mijnwerk/signalen.html",
        context=lambda poging: sheet(request) | {"poging": poging},
    )


def sheet(request: HttpRequest, noteer: bool = False, papier: bool = False) -> dict[str, Any]:
    """What stands on the sheet."""
    nu = clock.now()
    lijst = show_morning_list(actor_of(request), nu, language(), _, noteer, "printen" if papier else "inzien")
    hier = lokaal(nu)
    return {
        "lijst": lijst,
        "signalen": [
            {
                "s": s,
                "klok": show_clock(s.klok, nu),
                "sinds": moment_in_words(s.begonnen_op, False, nu),
                "gelezen": s.gelezen_op and moment_in_words(s.gelezen_op, False, nu),
                "vraag": s.open_vraag.partition("/")[0],
            }
            for s in lijst.signalen
        ],
        "opgepakt": [{"o": o, "tijd": f"{lokaal(o.op):%H:%M}"} for o in lijst.opgepakt],
        "redenen": reasons("signaal"),
        "titel": dag_in_woorden(hier.date(), language(), hier.year),
        "tijd": f"{hier:%H:%M}",
        "mag_antwoorden": may(actor_of(request).rol, "aanbod.beantwoorden"),
        "mag_printen": may(actor_of(request).rol, "casus.printen"),
    }


def _pair(tekst: str) -> tuple[UUID, UUID] | None:
    """A casus and its question out of `casus/vraag`; None for anything else."""
    casus, _streep, vraag = tekst.partition("/")
    try:
        return UUID(casus), UUID(vraag)
    except ValueError:
        return None
