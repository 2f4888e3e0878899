# SPDX-License-Identifier: EUPL-1.2
"""What the family asks about its own file: take it in, and the way to what was asked before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vangnet.conf.identifiers import new_id
from vangnet.process.show_verzoek import show_requests
from vangnet.process.verzoek import GEVRAAGD
from vangnet.rules.kalender import lokaal
from vangnet.web.casus.formulieren import Formulier, Stap, Veld
from vangnet.web.klokken import show_clock

from .bouw import Bouw

IEMAND_ANDERS = "anders"
"""The choice for who asks and is nobody of the casus."""


def verzoek(b: Bouw) -> Stap:
    """The step: one form to take a request in, and the requests so far."""
    gezien = show_requests(b.actor, b.op, b.beeld.id)
    nieuw = Formulier(
        "nieuw",
        _("Neem het verzoek op"),
        (
            Veld("verzoek", "", "verborgen", waarde=str(new_id())),
            Veld("soort", _("Wat vraagt het gezin?"), "keuze", tuple((k, _(w)) for k, w in GEVRAAGD.items()), verplicht=True),
            Veld("wie", _("Wie vraagt het?"), "lijst", (("", _("kies")), *gezien.mensen, (IEMAND_ANDERS, _("iemand anders"))), verplicht=True),
            Veld("vrager", _("Bij iemand anders: naam, en wat hij van het kind is"), hooguit=160),
            Veld("wat", _("Wat precies?"), "lang", hint=_("In de woorden van wie vraagt. Bij correctie: wat niet klopt."), hooguit=4000),
            Veld("ontvangen", _("Wanneer kwam het binnen?"), "dag", waarde=lokaal(b.op).date().isoformat(), hint=_("Vanaf deze dag loopt de wettelijke termijn.")),
        ),
        _("Nieuw verzoek"),
        dicht=bool(gezien.verzoeken),
    )  # fmt: skip
    return Stap(
        "verzoek",
        "",
        (nieuw,),
        uitleg=_(
            "Een gezin mag zijn dossier zien, laten verbeteren en laten vernietigen. De termijnen komen uit de wet, niet uit"
            " de afspraken van de regio."
        ),
        los="casus/stap_verzoek.html",
        extra={
            "van_ons": gezien.van_ons,
            "behandelt": gezien.behandelt,
            "verzoeken": [{"r": r, "klok": show_clock(r.klok, b.op)} for r in gezien.verzoeken],
        },
    )
