# SPDX-License-Identifier: EUPL-1.2
"""Made-up situations to start from; each is only a question in the address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

VOORBEELDEN: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Vrijdagavond voor Pinksteren"),
        N_("Zuid-Limburg, Simpelveld, 21:40: de politie belt. Wanneer is het RTO?"),
        (
            ("regio", "zuid-limburg"), ("gemeente", "0965"), ("dag", "17-05-2024"), ("tijd", "21:40"),
            ("melding.melder", "politie"), ("betrokken.gi", "geen"), ("betrokken.zorgaanbieder", "nee"),
            ("inschatting.crisis", "ja"), ("vorm", "ambulante_spoedhulp"), ("vorm", "crisispleegzorg"),
            ("vervolg.terug_naar_huis", "twijfel"),
        ),
    ),
    (
        N_("Een school belt op een dinsdagmiddag"),
        N_("Zuid-Limburg, Heerlen, met een GI en een beschikking: wie gaat mee?"),
        (
            ("regio", "zuid-limburg"), ("gemeente", "0917"), ("dag", "09-04-2024"), ("tijd", "14:00"),
            ("melding.melder", "school"), ("betrokken.gi", "beschikking"), ("betrokken.zorgaanbieder", "nee"),
        ),
    ),
    (
        N_("Kwart over twee in de nacht"),
        N_("Noord- en Midden-Limburg, Venlo: hoe snel is er iemand, en wat als thuis niet veilig is?"),
        (
            ("regio", "noord-en-midden-limburg"), ("gemeente", "0983"), ("dag", "11-06-2024"), ("tijd", "02:15"),
            ("melding.melder", "ouder"), ("triage.direct_onveilig", "ja"), ("triage.plotseling", "ja"),
        ),
    ),
    (
        N_("Een jong kind, vier weken"),
        N_("Lekstroom, Nieuwegein: welke vorm gaat voor, en hoe lang duurt die hooguit?"),
        (
            ("regio", "lekstroom"), ("gemeente", "0356"), ("dag", "01-07-2024"), ("tijd", "11:00"),
            ("melding.melder", "wijkteam"), ("jeugdige.leeftijd", "9"), ("inschatting.crisis", "ja"),
            ("vorm", "crisispleegzorg"),
        ),
    ),
)  # fmt: skip


def examples(regions: set[str]) -> list[dict[str, str]]:
    """The examples of the regions that exist, in the reader's language, each with its address."""
    return [
        {"titel": _(title), "uitleg": _(text), "vraag": urlencode(facts)}
        for title, text, facts in VOORBEELDEN
        if dict(facts)["regio"] in regions
    ]
