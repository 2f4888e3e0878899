# SPDX-License-Identifier: EUPL-1.2
"""The own second factor, shown once more for one act: what a form offers, and what was sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vangnet.access import aanmelding, factoren
from vangnet.conf import clock
from vangnet.process.weigeringen import OngeldigeInvoer


def ways(request: HttpRequest) -> dict[str, Any]:
    """With what this person can confirm: for `nood/bevestigen.html`."""
    asked: Any = request
    present = asked.aanwezig
    return {"soorten": factoren.kinds(present.medewerker.pk), "proef": present.proef}


def confirm(request: HttpRequest) -> str:
    """How the second factor of a form was met. Errors: `OngeldigeInvoer` naming `code`; `TeVaakGeprobeerd`."""
    asked: Any = request
    code = request.POST.get("code", "")[:40]
    try:
        return aanmelding.confirm_again(request, asked.aanwezig, code, clock.now(), request.POST.get("doe") == "proef")
    except factoren.CodeKloptNiet:
        wat = _("een code die niet klopt, of die al gebruikt is") if code.strip() else _("niets")
        raise OngeldigeInvoer(("code", wat, _("je sleutel, of de code die nu in je app staat"))) from None
