# SPDX-License-Identifier: EUPL-1.2
"""What every rule module asks again and again: is it office hours, which calendar holds, which day comes next."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from .kalender import (
    GANGBAAR,
    TWIJFEL,
    Jaarlijst,
    Kalender,
    binnen_kantoortijd,
    lokaal,
    ruim_binnen_kantoortijd,
)
from .situatie import Situatie
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen

if TYPE_CHECKING:
    from .afspraken import Afspraken, Gemeente

OCHTEND = time(9)
"""Before this hour on a working day 'the next working day' can be read as today (X-01); a region's own first office
hour goes before it."""


@lru_cache(maxsize=2048)
def _kalender(namen: tuple[str, ...], lijsten: tuple[Jaarlijst, ...], dicht: frozenset[date]) -> Kalender:
    return Kalender(namen, lijsten, dicht)


def kalender_van(a: Afspraken, dicht: frozenset[date] = frozenset(), met_twijfel: bool = False) -> Kalender:
    """The calendar of a region: its own holidays, or the usual ones where it names none (X-02), with closing days."""
    namen: tuple[str, ...] = a.feestdagen.namen if a.feestdagen else GANGBAAR + (TWIJFEL if met_twijfel else ())
    return _kalender(namen, a.jaarlijsten, dicht)


class Omstandigheden:
    """One situation under one policy, with the answers to the shared questions worked out once."""

    __slots__ = (
        "a",
        "bezoek_op",
        "dicht",
        "gemeente",
        "jaar",
        "kalender",
        "kalender_regio",
        "kalender_twijfel",
        "kantoortijd",
        "kantoortijd_bezoek",
        "meld_op",
        "nu",
        "s",
    )

    def __init__(self, s: Situatie, a: Afspraken, gemeente: Gemeente | None, dicht: frozenset[date]) -> None:
        self.s = s
        self.a = a
        self.gemeente = gemeente
        self.dicht = dicht
        self.meld_op = s.melding.op
        self.bezoek_op = s.inschatting.op or s.inschatting.vertrek_op
        self.nu = s.moment or s.melding.op
        self.jaar = lokaal(self.nu).year if self.nu else None
        self.kalender_regio = kalender_van(a)
        self.kalender = kalender_van(a, dicht) if dicht else self.kalender_regio
        self.kalender_twijfel = None if a.feestdagen else kalender_van(a, dicht, True)
        self.kantoortijd = self.binnen(self.meld_op)
        self.kantoortijd_bezoek = self.binnen(self.bezoek_op)

    def binnen(self, moment: datetime | None) -> bool | None:
        """Whether a moment is in office hours; None when unknown, or when the region never defined its hours and
        the usual readings differ."""
        if moment is None:
            return None
        if self.a.kantoortijd is None:
            return ruim_binnen_kantoortijd(moment, self.kalender_regio)
        return binnen_kantoortijd(moment, self.a.kantoortijd, self.kalender_regio)

    def naam(self, partij: str) -> str:
        """The name by which this region knows a party; the access of a municipality carries its name."""
        naam = self.a.partijen.get(partij) or PARTIJEN[partij]
        if partij == "toegang" and self.gemeente:
            return f"{naam} {self.gemeente.naam}"
        return naam

    def werkdag_na(self, o: Opsteller, dag: date, kalender: Kalender, zelfde_dag: bool = False) -> date:
        """The next working day after `dag`, or `dag` itself when that may count; X-02 is named where Goede Vrijdag or
        Bevrijdingsdag, which this region does not speak of, decides the answer."""
        gewoon = dag if zelfde_dag and kalender.is_werkdag(dag) else kalender.volgende_werkdag(dag)
        ruim = self.kalender_twijfel
        if ruim is None:
            return gewoon
        anders = dag if zelfde_dag and ruim.is_werkdag(dag) else ruim.volgende_werkdag(dag)
        if anders == gewoon:
            return gewoon
        eerst = o.open(
            "X-02/twijfeldag",
            T("Is {dag} in deze regio een werkdag?"),
            {
                "werkdag": T("Ja: dan is het {gewoon}."),
                "feestdag": T("Nee, het is een feestdag: dan is het {anders}."),
            },
            ("ZL-44",),
            dag=gewoon,
            gewoon=gewoon,
            anders=anders,
        )
        return anders if eerst == "feestdag" else gewoon

    def eerstvolgende_werkdag(
        self, o: Opsteller, ankers: list[tuple[str, datetime]], kalender: Kalender, regels: tuple[str, ...]
    ) -> tuple[Waarde, str, Lezingwaarden]:
        """'De eerstvolgende werkdag' after one of the anchors that the source leaves open (X-01): the day to act on,
        the question it raises, and every reading's day. `ankers` holds at least one moment."""
        van = self.a.kantoortijd.van if self.a.kantoortijd else OCHTEND
        vroeg = [lokaal(m) for _, m in ankers if lokaal(m).time() < van and kalender.is_werkdag(lokaal(m).date())]
        zelfde_dag = False
        if vroeg:
            zelfde_dag = (
                o.open(
                    "X-01/vroege_ochtend",
                    T("De melding komt voor kantoortijd op een werkdag. Is de eerstvolgende werkdag dan vandaag?"),
                    {
                        "zelfde_dag": T("Ja: dezelfde dag, {vroeg}, zodra het kantoor opengaat."),
                        "volgende_werkdag": T("Nee: de werkdag erna, {laat}."),
                    },
                    regels,
                    vroeg=vroeg[0].date(),
                    laat=kalender.volgende_werkdag(vroeg[0].date()),
                )
                == "zelfde_dag"
            )

        def dag_voor(moment: datetime, vandaag_mag: bool) -> date:
            hier = lokaal(moment)
            return self.werkdag_na(o, hier.date(), kalender, vandaag_mag and hier.time() < van)

        per_anker = sorted(((dag_voor(m, zelfde_dag), naam) for naam, m in ankers))
        if len({dag for dag, _ in per_anker}) > 1:
            lezingen: Lezingwaarden = tuple((naam, dag) for dag, naam in per_anker)
            eerst = o.open(
                "X-01/anker",
                T("Vanaf welk moment telt “de eerstvolgende werkdag”?"),
                {naam: ANKERS[naam] for _, naam in per_anker},
                regels,
                **dict(lezingen),
            )
            return gekozen(eerst, lezingen), "X-01/anker", lezingen
        if vroeg:
            moment = ankers[0][1]
            lezingen = (
                ("zelfde_dag", dag_voor(moment, True)),
                ("volgende_werkdag", dag_voor(moment, False)),
            )
            if lezingen[0][1] != lezingen[1][1]:
                return per_anker[0][0], "X-01/vroege_ochtend", lezingen
        twijfel = "X-02/twijfeldag" if "X-02/twijfeldag" in o.open_vragen else ""
        return per_anker[0][0], twijfel, ()


ANKERS = {
    "melding": T("Vanaf de melding: {melding}."),
    "inschatting": T("Vanaf de inschatting ter plaatse: {inschatting}."),
    "besluit": T("Vanaf het besluit crisis: {besluit}."),
}

PARTIJEN = {
    "crisisdienst": T("de crisisdienst"),
    "toegang": T("Toegang"),
    "gi": T("de GI"),
    "veilig_thuis": T("Veilig Thuis"),
    "zorgaanbieder": T("de betrokken zorgaanbieder"),
    "crisisaanbieder": T("de aanbieder van de crisiszorg"),
    "procesregisseur": T("de procesregisseur"),
    "wijkteam": T("het wijkteam"),
    "generalist": T("het lokale generalistenteam"),
    "lokaal_team": T("het lokale team"),
    "save_team": T("het SAVE-team"),
    "gemeente": T("de gemeente"),
    "interviewer": T("de interviewer"),
    "triagist": T("de triagist"),
    "gedragswetenschapper": T("een gedragswetenschapper"),
    "psychiater": T("een psychiater"),
    "ouders": T("ouders, netwerk en anderen om het gezin"),
    "jeugdige": T("de jeugdige"),
    "expertteam": T("het Expertteam"),
    "raad": T("de Raad voor de Kinderbescherming"),
}
"""The parties of the sources, as an advice names them when the region's policy gives no name of its own."""
