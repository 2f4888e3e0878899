# SPDX-License-Identifier: EUPL-1.2
"""A running clock as people read it: the rest first, then what and by when, with its force and how urgent it is.

Colour is spent, not used: amber when it nears or a streefnorm has passed, red only when a person must decide now or something
harder than a streefnorm is late.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden

NADERT = timedelta(hours=3)
"""From here on a clock with an hour nears."""
VAN_NATURE_ZACHT = frozenset({"streefnorm", "bij voorkeur", "kan", "in principe"})
"""Forces of which the passing is said, not sounded."""


def show_clock(klok: Mapping[str, Any] | None, nu: datetime) -> dict[str, Any] | None:
    """A clock (`process.beeld.klok_als_data`) with its words at moment `nu`: `rest`, `wat`, `moment`, `toestand`
    ('', is-nadert, is-dringend, is-telaat), `balk` (0 to 100) and `strekking`. None for no clock."""
    if klok is None:
        return None
    uiterlijk = datetime.fromisoformat(klok["uiterlijk"])
    begin = datetime.fromisoformat(klok["begonnen_op"])
    hele_dag = klok["hele_dag"]
    laat = nu >= uiterlijk
    zacht = klok["strekking"] in VAN_NATURE_ZACHT
    dagen = _dagen(uiterlijk, hele_dag, nu)
    duur = (uiterlijk - begin).total_seconds()
    verstreken = (nu - begin).total_seconds()
    if laat:
        toestand = "is-nadert" if zacht else "is-telaat"
    elif klok["strekking"] == "maximaal" and dagen <= 1 and hele_dag:
        toestand = "is-dringend"
    elif (hele_dag and dagen <= 1) or (not hele_dag and uiterlijk - nu <= NADERT):
        toestand = "is-nadert"
    else:
        toestand = ""
    return {
        **klok,
        "rest": rest_in_words(uiterlijk, hele_dag, nu, klok["strekking"]),
        "moment": moment_in_words(uiterlijk, hele_dag, nu),
        "toestand": toestand,
        "laat": laat,
        "balk": 100 if laat or duur <= 0 else max(0, min(100, round(verstreken / duur * 100))),
    }


def rest_in_words(uiterlijk: datetime, hele_dag: bool, nu: datetime, strekking: str = "") -> str:
    """How much is left: "nog 2 u 40", "nog 3 dagen", "vandaag"; or how late: "1 dag te laat", of a streefnorm "3 dagen over"."""
    over = nu >= uiterlijk
    if hele_dag:
        dagen = _dagen(uiterlijk, True, nu)
        if not over:
            return (
                gettext("vandaag") if dagen == 0 else ngettext("nog %(n)s dag", "nog %(n)s dagen", dagen) % {"n": dagen}
            )
        return _te_laat(ngettext("%(n)s dag", "%(n)s dagen", -dagen) % {"n": -dagen}, strekking)
    minuten = int(abs((uiterlijk - nu).total_seconds()) // 60)
    tijd = _duur(minuten)
    return _te_laat(tijd, strekking) if over else gettext("nog %(tijd)s") % {"tijd": tijd}


def moment_in_words(uiterlijk: datetime, hele_dag: bool, nu: datetime) -> str:
    """The day, and for a clock with an hour the time: "vr 17 mei", "vr 17 mei 15:30"."""
    hier = lokaal(uiterlijk - timedelta(seconds=1) if hele_dag else uiterlijk)
    dag = dag_in_woorden(hier.date(), get_language() or "nl", lokaal(nu).year)
    return dag if hele_dag else f"{dag} {hier:%H:%M}"


def _dagen(uiterlijk: datetime, hele_dag: bool, nu: datetime) -> int:
    """Whole days from today to the last day; negative when it has passed."""
    laatste = lokaal(uiterlijk - timedelta(seconds=1) if hele_dag else uiterlijk).date()
    return (laatste - lokaal(nu).date()).days


def _duur(minuten: int) -> str:
    if minuten < 60:
        return gettext("%(m)s min") % {"m": minuten}
    if minuten < 36 * 60:
        uren, rest = divmod(minuten, 60)
        return gettext("%(u)s u %(m)02d") % {"u": uren, "m": rest} if rest else gettext("%(u)s u") % {"u": uren}
    dagen = minuten // (24 * 60)
    return ngettext("%(n)s dag", "%(n)s dagen", dagen) % {"n": dagen}


def _te_laat(tijd: str, strekking: str) -> str:
    if strekking == "streefnorm":
        return gettext("%(tijd)s over") % {"tijd": tijd}
    return gettext("%(tijd)s te laat") % {"tijd": tijd}
