# SPDX-License-Identifier: EUPL-1.2
"""The closing days that municipalities filed here, judged by the rules and put beside those in the region's files, so that
every advice for a casus of that municipality counts them (ZL-39..43; X-07).

A casus is read with a stamp of what its region filed (`STEMPEL`), in the statement that reads it anyway; the register with
those days is kept per stamp, so an advice asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from vangnet.access.models import Sluitingsdag
from vangnet.policy.register import Register
from vangnet.rules.advies import Advies, adviseer
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import Sluitingsdagen, lokaal
from vangnet.rules.situatie import Situatie, Sluitingsopgave

STEMPEL = (
    "(select coalesce(md5(string_agg(dag.id::text || toegang.gemeente, ',' order by dag.id)), '')"
    " from access_sluitingsdag dag join access_organisatie toegang on toegang.id = dag.organisatie_id"
    " where dag.ingetrokken_op is null and toegang.regio = {regio})"
)
"""SQL for what a region has filed now, as a short text that changes with every filing and withdrawal; empty for nothing."""

VOORUIT = timedelta(days=14)
"""How far after its beginning a casus still looks at days of which it is not decided whether they count."""


class Opgave(NamedTuple):
    """One day that a municipality filed, and on which day it did."""

    dag: date
    gemeld_op: date


@dataclass(frozen=True)
class Oordeel:
    """What the rules say about the days of one municipality in one year."""

    telt: frozenset[date] = frozenset()
    onzeker: frozenset[date] = frozenset()
    """Days that count under one reading of an open question; until it is decided they do not."""
    laatste: Advies | None = None
    """The advice on the newest filing, with its statements and open questions."""
    gemeld_op: date | None = None

    def van(self, dag: date) -> str:
        """`telt`, `onzeker` or `telt_niet`."""
        return "telt" if dag in self.telt else "onzeker" if dag in self.onzeker else "telt_niet"


@dataclass(frozen=True)
class Opgegeven:
    """A region's register with the filed days that hold, and per version and municipality those not yet decided."""

    register: Register
    onzeker: Mapping[tuple[date, str], tuple[Sluitingsopgave, ...]] = field(default_factory=dict)


def judge(afspraken: Afspraken, gemeente: str, jaar: int, opgaven: Iterable[Opgave]) -> Oordeel:
    """The verdict on what one municipality filed for one year, filing after filing: a later filing is a change of what
    stands already, and one that does not hold leaves the earlier days as they were."""
    a, uit = afspraken, Oordeel()
    tot_nu: frozenset[date] = frozenset()
    for gemeld_op, groep in groupby(sorted(opgaven, key=lambda o: (o.gemeld_op, o.dag)), lambda o: o.gemeld_op):
        samen = tot_nu | {o.dag for o in groep}
        opgave = Sluitingsopgave(jaar, tuple(sorted(samen)), gemeld_op)
        advies = adviseer(Situatie(regio=a.regio.sleutel, gemeente=gemeente, sluitingsdagen=opgave), a)
        uitspraak = advies.uitspraken.get("sluitingsdagen.oordeel")
        oordeel = uitspraak.waarde if uitspraak else "hangt_af" if "X-07/geen_recht" in advies.open_vragen else ""
        if oordeel == "aanvaard":
            tot_nu = samen
            uit = Oordeel(samen, frozenset(), advies, gemeld_op)
            lijst = Sluitingsdagen(gemeente, jaar, tuple(sorted(samen)), gemeld_op)
            a = replace(a, sluitingslijsten=(*a.sluitingslijsten, lijst))
        elif oordeel == "hangt_af":
            tot_nu = samen
            uit = Oordeel(uit.telt, samen - uit.telt, advies, gemeld_op)
        else:
            uit = replace(uit, laatste=advies, gemeld_op=gemeld_op)
    return uit


def with_closing_days(
    afspraken: Afspraken, opgaven: Mapping[tuple[str, int], tuple[Opgave, ...]]
) -> tuple[Afspraken, dict[str, tuple[Sluitingsopgave, ...]]]:
    """The agreements with the filed days that hold under them, and per municipality the filings that still hang on an
    open question. `opgaven` is by municipality and year."""
    lijsten: list[Sluitingsdagen] = []
    onzeker: dict[str, tuple[Sluitingsopgave, ...]] = {}
    for (gemeente, jaar), dagen in sorted(opgaven.items()):
        oordeel = judge(afspraken, gemeente, jaar, dagen)
        if oordeel.telt:
            lijsten.append(Sluitingsdagen(gemeente, jaar, tuple(sorted(oordeel.telt)), oordeel.gemeld_op))
        if oordeel.onzeker:
            alle = tuple(sorted(oordeel.telt | oordeel.onzeker))
            onzeker[gemeente] = (*onzeker.get(gemeente, ()), Sluitingsopgave(jaar, alle, oordeel.gemeld_op))
    return replace(afspraken, sluitingslijsten=(*afspraken.sluitingslijsten, *lijsten)), onzeker


@lru_cache(maxsize=32)
def _opgegeven(register: Register, regio: str, stempel: str) -> Opgegeven:
    if not stempel or regio not in register.versies:
        return Opgegeven(register)
    per: dict[tuple[str, int], list[Opgave]] = {}
    rijen = Sluitingsdag.objects.filter(organisatie__regio=regio, ingetrokken_op__isnull=True).exclude(
        organisatie__gemeente=""
    )
    for gemeente, dag, gemeld_op in rijen.values_list("organisatie__gemeente", "datum", "gemeld_op"):
        per.setdefault((gemeente, dag.year), []).append(Opgave(dag, gemeld_op))
    opgaven = {sleutel: tuple(lijst) for sleutel, lijst in per.items()}
    versies, onzeker = [], {}
    for afspraken in register.versies[regio]:
        met, twijfel = with_closing_days(afspraken, opgaven)
        versies.append(met)
        onzeker |= {(afspraken.regio.geldig_vanaf, gemeente.casefold()): dagen for gemeente, dagen in twijfel.items()}
    return Opgegeven(replace(register, versies={**register.versies, regio: tuple(versies)}), onzeker)


def register_for(register: Register, regio: str, stempel: str) -> Register:
    """The register as an advice for this region needs it: with the closing days that were filed here and hold."""
    return _opgegeven(register, regio, stempel).register if stempel else register


def undecided(
    register: Register, regio: str, stempel: str, versie: date | None, gemeente: str, begonnen_op: datetime
) -> dict[str, Any] | None:
    """The filing of this municipality that is not decided and lies near a casus that began then, as a fact for
    `process.advise`; None when there is none. With it the advice shows both readings."""
    if not stempel or not gemeente or versie is None:
        return None
    begin = lokaal(begonnen_op).date()
    for opgave in _opgegeven(register, regio, stempel).onzeker.get((versie, gemeente.casefold()), ()):
        if any(begin <= dag <= begin + VOORUIT for dag in opgave.dagen):
            uit: dict[str, Any] = {"jaar": opgave.jaar, "dagen": [dag.isoformat() for dag in opgave.dagen]}
            return uit | ({"gemeld_op": opgave.gemeld_op.isoformat()} if opgave.gemeld_op else {})
    return None
