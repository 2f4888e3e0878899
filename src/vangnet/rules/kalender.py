# SPDX-License-Identifier: EUPL-1.2
"""Days and hours: office hours, the region's own holidays, closing days (ZL-31, ZL-38..44; X-01, X-02, X-07).

All pure: a calendar is made of lists, and asked about a day or a moment that the caller passes in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from .bron import STRIKT, Afspraak, Regels, Strekking
from .tekst import AMSTERDAM

EEN_DAG = timedelta(days=1)

Feestdag = Literal[
    "nieuwjaarsdag",
    "goede_vrijdag",
    "eerste_paasdag",
    "tweede_paasdag",
    "koningsdag",
    "bevrijdingsdag",
    "hemelvaartsdag",
    "eerste_pinksterdag",
    "tweede_pinksterdag",
    "eerste_kerstdag",
    "tweede_kerstdag",
]

FEESTDAG_NAMEN: dict[str, str] = {
    "nieuwjaarsdag": "Nieuwjaarsdag",
    "goede_vrijdag": "Goede Vrijdag",
    "eerste_paasdag": "1e Paasdag",
    "tweede_paasdag": "2e Paasdag",
    "koningsdag": "Koningsdag",
    "bevrijdingsdag": "Bevrijdingsdag",
    "hemelvaartsdag": "Hemelvaartsdag",
    "eerste_pinksterdag": "1e Pinksterdag",
    "tweede_pinksterdag": "2e Pinksterdag",
    "eerste_kerstdag": "1e Kerstdag",
    "tweede_kerstdag": "2e Kerstdag",
}

GANGBAAR: tuple[Feestdag, ...] = (
    "nieuwjaarsdag",
    "eerste_paasdag",
    "tweede_paasdag",
    "koningsdag",
    "hemelvaartsdag",
    "eerste_pinksterdag",
    "tweede_pinksterdag",
    "eerste_kerstdag",
    "tweede_kerstdag",
)
"""Holidays taken for granted where a region lists none (X-02); the two below it are then in doubt."""
TWIJFEL: tuple[Feestdag, ...] = ("goede_vrijdag", "bevrijdingsdag")


@dataclass(frozen=True, slots=True)
class Kantoortijd:
    """Office hours: from `van` (inside) to `tot` (outside), on working days."""

    __pydantic_config__ = STRIKT

    van: time
    """Eerste minuut binnen kantoortijd."""
    tot: time
    """Eerste minuut erbuiten."""
    strekking: Strekking
    regels: Regels


@dataclass(frozen=True, slots=True)
class Feestdagen:
    """The holidays a region names, and for which years it named them."""

    __pydantic_config__ = STRIKT

    namen: tuple[Feestdag, ...]
    """Welke dagen feestdag zijn."""
    voor_jaren: tuple[int, ...]
    """Voor welke jaren de bron ze noemt; andere jaren worden berekend en gemarkeerd."""
    strekking: Strekking
    regels: Regels


@dataclass(frozen=True, slots=True)
class Sluitingsafspraak:
    """The right of small municipalities to extra days on which they are not available (ZL-39..43)."""

    __pydantic_config__ = STRIKT

    hoogstens: Afspraak[int]
    """Hoeveel dagen per jaar."""
    aaneengesloten: Afspraak[int]
    """Hoeveel dagen achter elkaar, weekend meegeteld."""
    gemeld_uiterlijk: Afspraak[str]
    """Uiterste dag van doorgeven in het jaar zelf, als MM-DD."""
    gemeenten: Afspraak[tuple[str, ...]]
    """Welke gemeenten dit recht hebben."""
    voor_jaren: tuple[int, ...]
    """Voor welke jaren de bron die gemeenten noemt."""
    daarna: Afspraak[Literal["eerste_werkdag_na_sluiting"]]
    """Wanneer de gemeente er weer moet zijn."""


@dataclass(frozen=True, slots=True)
class Jaarlijst:
    """One year's holidays as the region confirmed them: a list beside the policy, never pinned to a casus."""

    __pydantic_config__ = STRIKT

    jaar: int
    dagen: tuple[tuple[date, str], ...]
    """Dag met zijn naam."""
    bevestigd_door: str
    """Wie de lijst bevestigde, of de bron."""
    fictief: bool = False


@dataclass(frozen=True, slots=True)
class Sluitingsdagen:
    """The closing days that a municipality announced for a year."""

    __pydantic_config__ = STRIKT

    gemeente: str
    jaar: int
    dagen: tuple[date, ...]
    gemeld_op: date | None = None
    fictief: bool = False


def paasdag(jaar: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous computus)."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    schuif = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * schuif) // 451
    maand, dag = divmod(h + schuif - 7 * m + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """27 April, or 26 April when the 27th is a Sunday."""
    dag = date(jaar, 4, 27)
    return dag - EEN_DAG if dag.weekday() == 6 else dag


@lru_cache(maxsize=512)
def feestdagen(jaar: int, namen: tuple[str, ...]) -> dict[date, str]:
    """The days in `jaar` that carry one of `namen`, with their Dutch name."""
    pasen = paasdag(jaar)
    alle = {
        "nieuwjaarsdag": date(jaar, 1, 1),
        "goede_vrijdag": pasen - timedelta(days=2),
        "eerste_paasdag": pasen,
        "tweede_paasdag": pasen + EEN_DAG,
        "koningsdag": koningsdag(jaar),
        "bevrijdingsdag": date(jaar, 5, 5),
        "hemelvaartsdag": pasen + timedelta(days=39),
        "eerste_pinksterdag": pasen + timedelta(days=49),
        "tweede_pinksterdag": pasen + timedelta(days=50),
        "eerste_kerstdag": date(jaar, 12, 25),
        "tweede_kerstdag": date(jaar, 12, 26),
    }
    # In 2016 Hemelvaart and Bevrijdingsdag fell on one day: the later name stands.
    return {alle[naam]: FEESTDAG_NAMEN[naam] for naam in namen}


class Kalender:
    """Which days are working days for one party: weekends, holidays, and the closing days of one municipality."""

    __slots__ = ("_jaren", "_lijsten", "_namen", "_volgende", "sluitingsdagen")

    def __init__(
        self,
        namen: tuple[str, ...],
        lijsten: tuple[Jaarlijst, ...] = (),
        sluitingsdagen: frozenset[date] = frozenset(),
    ) -> None:
        self._namen = namen
        self._lijsten = {lijst.jaar: dict(lijst.dagen) for lijst in lijsten}
        self._jaren: dict[int, dict[date, str]] = {}
        self._volgende: dict[date, date] = {}
        self.sluitingsdagen = sluitingsdagen

    def _feestdagen(self, jaar: int) -> dict[date, str]:
        dagen = self._jaren.get(jaar)
        if dagen is None:
            eigen = self._lijsten.get(jaar)
            dagen = feestdagen(jaar, self._namen) if eigen is None else eigen
            self._jaren[jaar] = dagen
        return dagen

    def feestdag(self, dag: date) -> str:
        """The name of the holiday on this day, or an empty string."""
        return self._feestdagen(dag.year).get(dag, "")

    def is_werkdag(self, dag: date) -> bool:
        """True from Monday to Friday, outside holidays and closing days."""
        return dag.weekday() < 5 and dag not in self._feestdagen(dag.year) and dag not in self.sluitingsdagen

    def volgende_werkdag(self, dag: date) -> date:
        """The first working day after `dag`, never `dag` itself (ZL-35, ZL-63, ICJ-27)."""
        volgende = self._volgende.get(dag)
        if volgende is None:
            volgende = dag + EEN_DAG
            while not self.is_werkdag(volgende):
                volgende += EEN_DAG
            self._volgende[dag] = volgende
        return volgende

    def werkdagen_later(self, dag: date, aantal: int) -> date:
        """`aantal` working days after `dag`; the day itself does not count (UTR-11)."""
        for _ in range(aantal):
            dag = self.volgende_werkdag(dag)
        return dag

    def soort(self, dag: date) -> tuple[str, str]:
        """What kind of day it is, and its name: werkdag, weekend, feestdag or sluitingsdag."""
        naam = self.feestdag(dag)
        if naam:
            return "feestdag", naam
        if dag.weekday() > 4:
            return "weekend", ""
        return ("sluitingsdag", "") if dag in self.sluitingsdagen else ("werkdag", "")


def lokaal(moment: datetime) -> datetime:
    """The same moment on the clock in the Netherlands."""
    return moment if moment.tzinfo is AMSTERDAM else _lokaal(moment)


# Not for moments that are local already: the two 02:30s of the night in October are equal there, and would be mixed up.
@lru_cache(maxsize=4096)
def _lokaal(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def binnen_kantoortijd(moment: datetime, kantoortijd: Kantoortijd, kalender: Kalender) -> bool:
    """Whether a moment is on a working day from `van` (in) to `tot` (out): 09:00 is inside, 17:00 outside (ZL-31, ZL-38)."""
    hier = lokaal(moment)
    return kantoortijd.van <= hier.time() < kantoortijd.tot and kalender.is_werkdag(hier.date())


def eerste_opening(moment: datetime, kalender: Kalender, van: time = time(9), tot: time = time(17)) -> datetime:
    """The first moment from `moment` on at which somebody who keeps this calendar is open: `moment` itself inside the hours,
    else `van` on the same or the next working day. Nine to five, where nobody laid hours down, is Vangnet's own."""
    hier = lokaal(moment)
    dag = hier.date()
    if kalender.is_werkdag(dag) and van <= hier.time() < tot:
        return moment
    if not (kalender.is_werkdag(dag) and hier.time() < van):
        dag = kalender.volgende_werkdag(dag)
    return datetime.combine(dag, van, AMSTERDAM)


def ruim_binnen_kantoortijd(moment: datetime, kalender: Kalender) -> bool | None:
    """For a region that says 'kantooruren' without hours: true or false where every usual reading agrees, else None.

    Inside for certain is a working day from 09:00 to 17:00; outside for certain is before 07:00, from 20:00 on, and any
    day that is not a working day (ours, not the source's: FRL-04, ZOB-22)."""
    hier = lokaal(moment)
    if not kalender.is_werkdag(hier.date()) or not time(7) <= hier.time() < time(20):
        return False
    return True if time(9) <= hier.time() < time(17) else None


def langste_reeks(dagen: frozenset[date], kalender: Kalender, feestdagen_tellen: bool) -> int:
    """The longest run of days without the municipality around its closing days: closing days and weekends, and
    holidays too when `feestdagen_tellen` (ZL-42; whether they count is X-07)."""

    def dicht(dag: date) -> bool:
        return dag in dagen or dag.weekday() > 4 or (feestdagen_tellen and bool(kalender.feestdag(dag)))

    langst = 0
    for dag in dagen:
        begin = dag
        while dicht(begin - EEN_DAG):
            begin -= EEN_DAG
        eind = dag
        while dicht(eind + EEN_DAG):
            eind += EEN_DAG
        langst = max(langst, (eind - begin).days + 1)
    return langst
