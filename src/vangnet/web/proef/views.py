# SPDX-License-Identifier: EUPL-1.2
"""The page of the night shift: what to do now, as whom, with a link; each step ticks itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.declare import public
from vangnet.conf import clock
from vangnet.process.show_walk import REGISSEUR, Loop, Stap, show_walk


@public("Alleen in een proefinstallatie met verzonnen mensen; daarbuiten bestaat deze pagina niet.", persoonlijk=True)
@never_cache
@require_safe
def walk(request: HttpRequest) -> HttpResponse:
    """The ten steps with what is done; 404 where the demo did not make the database."""
    loop = show_walk(clock.now())
    if loop is None:
        raise Http404
    actor = getattr(request, "actor", None)
    rol = actor.rol if actor else ""
    stappen = [_step(stap, loop, rol) for stap in loop.stappen]
    return render(request, "proef/nachtdienst.html", {"loop": loop, "stappen": stappen})


def _step(stap: Stap, loop: Loop, rol: str) -> dict[str, Any]:
    """One step in words, with the one link that belongs to it now: to the form, or first to the right person."""
    naar = _form(stap, loop)
    wie_id = loop.regisseur_id if stap.rol == REGISSEUR else loop.werker_id
    wie = loop.regisseur if stap.rol == REGISSEUR else loop.werker
    return {
        "nummer": stap.nummer,
        "wat": _(stap.wat),
        "hoe": _(stap.hoe),
        "klaar": stap.klaar,
        "nu": stap.nu,
        "wie": wie,
        "wie_id": wie_id,
        "aanmelden": f"{reverse('proef')}?{urlencode({'next': naar})}" if rol != stap.rol else "",
        "naar": naar,
    }


def _form(stap: Stap, loop: Loop) -> str:
    """The address where this step is done; the begin while the casus or the screen does not exist yet."""
    try:
        if stap.nummer == 1 or loop.casus_id is None:
            return reverse("melding_nieuw")
        if stap.stap == "melding":
            return reverse("melding", args=[loop.melding_id])
        return reverse("casus_stap", args=[loop.casus_id, stap.stap])
    except NoReverseMatch:
        return reverse("start")
