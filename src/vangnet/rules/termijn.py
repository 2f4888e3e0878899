# SPDX-License-Identifier: EUPL-1.2
"""From an agreed length to a last moment: both ways of counting days (X-10), hours as they pass, working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .bron import Duur
from .kalender import lokaal
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen

UREN = {"uur": 3600, "minuten": 60}


def na_uren(begin: datetime, duur: Duur) -> datetime:
    """`begin` plus hours or minutes as they really pass, also over a clock change; on the clock in the Netherlands."""
    from_utc = begin.timestamp() + duur.aantal * UREN[duur.eenheid]
    return datetime.fromtimestamp(from_utc, tz=lokaal(begin).tzinfo)


def laatste_dag(begin: date, duur: Duur, startdag_telt: bool) -> date:
    """The last day of a form of help. A night ends on the next day whichever way one counts; days and weeks end one
    day earlier when the day of the start counts as the first (X-10)."""
    eraf = 1 if startdag_telt and duur.eenheid != "nachten" else 0
    return begin + timedelta(days=duur.in_dagen - eraf)


def einde(o: Opsteller, begin: datetime, duur: Duur, regels: tuple[str, ...]) -> tuple[Waarde, str, Lezingwaarden]:
    """The last day of a form that began at `begin`: the value to act on, the open question, and both readings.

    Hours end at a moment and raise no question; days and weeks raise X-10/startdag."""
    if duur.eenheid in UREN:
        return na_uren(begin, duur), "", ()
    dag = lokaal(begin).date()
    if duur.eenheid == "nachten":
        return laatste_dag(dag, duur, False), "", ()
    eerst = o.open(
        "X-10/startdag",
        T("Telt de startdag mee bij “1 week” of “4 weken”?"),
        {
            "startdag_telt_mee": T("Ja: de startdag is dag 1."),
            "startdag_telt_niet_mee": T("Nee: de dag na de start is dag 1."),
        },
        regels,
    )
    lezingen: Lezingwaarden = (
        ("startdag_telt_mee", laatste_dag(dag, duur, True)),
        ("startdag_telt_niet_mee", laatste_dag(dag, duur, False)),
    )
    return gekozen(eerst, lezingen), "X-10/startdag", lezingen


def op_tijd(o: Opsteller, gebeurd: datetime, uiterlijk: Waarde, open_vraag: str, lezingen: Lezingwaarden) -> str:
    """Whether something happened in time: `op_tijd`, `te_laat`, or `hangt_af` when the readings of an open question
    differ and the region chose none. A day counts until its end."""
    if open_vraag and o.keuze(open_vraag):
        lezingen = ()
    uitkomsten = {_gehaald(gebeurd, w) for w in ([w for _, w in lezingen] or [uiterlijk])}
    if len(uitkomsten) > 1:
        return "hangt_af"
    return "op_tijd" if uitkomsten == {True} else "te_laat"


def _gehaald(gebeurd: datetime, uiterlijk: Waarde) -> bool:
    if isinstance(uiterlijk, datetime):
        return gebeurd <= uiterlijk
    return not isinstance(uiterlijk, date) or lokaal(gebeurd).date() <= uiterlijk
