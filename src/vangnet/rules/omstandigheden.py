# SPDX-License-Identifier: EUPL-1.2
"""What every rule module asks again and again: is it office hours, which calendar holds, which day comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from .bron import Regels
from .kalender import (
    EEN_DAG,
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
from .uitspraak import Lezingwaarden, Opsteller

if TYPE_CHECKING:
    from .afspraken import Afspraken, Gemeente
    from .sluiting import Sluiting

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
        "besluit",
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
        "sluiting",
    )

    def __init__(self, s: Situatie, a: Afspraken, gemeente: Gemeente | None, sluiting: Sluiting) -> None:
        self.s = s
        self.a = a
        self.gemeente = gemeente
        self.sluiting = sluiting
        self.dicht = dicht = sluiting.dagen
        self.meld_op = s.melding.op
        self.bezoek_op = s.inschatting.op or s.inschatting.vertrek_op
        self.nu = s.moment or s.melding.op
        begin = self.meld_op or self.nu
        self.jaar = lokaal(begin).year if begin else None
        # Crisis yes or no: the decision at the place itself, else a triage that ended without a visit (ICJ-14, ZL-53).
        self.besluit = s.inschatting.crisis if self._bevoegd() else None
        if self.besluit is None and s.triage.uitkomst in ("acute_hulp", "geen_crisis"):
            self.besluit = False
        self.kalender_regio = kalender_van(a)
        self.kalender = kalender_van(a, dicht) if dicht else self.kalender_regio
        self.kalender_twijfel = None if a.feestdagen else kalender_van(a, dicht, True)
        self.kantoortijd = self.binnen(self.meld_op)
        self.kantoortijd_bezoek = self.binnen(self.bezoek_op)

    def _bevoegd(self) -> bool:
        """Whether the decision was taken by whom the region gave it to (ZL-48); Veilig Thuis only where chosen (X-06)."""
        door, besluit = self.s.inschatting.besloten_door, self.a.huisbezoek.besluit_crisis
        if besluit is None or door in (None, besluit.waarde):
            return True
        keuze = self.a.keuzes.get("X-06/oordeel")
        gekozen_lezing = self.s.keuzes.get("X-06/oordeel", keuze.lezing if keuze else "")
        b = self.s.betrokken
        zelf = bool(b.veilig_thuis_schat_zelf_in) and not b.veilig_thuis_vraagt_crisisdienst
        return door == "veilig_thuis" and zelf and gekozen_lezing == "veilig_thuis"

    def binnen(self, moment: datetime | None) -> bool | None:
        """Whether a moment is in office hours; None when unknown, or when the region never defined its hours and
        the usual readings differ."""
        if moment is None:
            return None
        if self.a.kantoortijd is None:
            zeker = ruim_binnen_kantoortijd(moment, self.kalender_regio)
            if self.kalender_twijfel and ruim_binnen_kantoortijd(moment, self.kalender_twijfel) != zeker:
                return None
            return zeker
        return binnen_kantoortijd(moment, self.a.kantoortijd, self.kalender_regio)

    @property
    def consult(self) -> bool:
        """Whether a professional only asks for advice: then there is no casus, and nothing passes hands (HGL-25)."""
        return self.s.melding.vraag == "consult" or self.s.triage.uitkomst == "consult"

    @property
    def verwezen(self) -> bool:
        """Whether the call is no crisis and the region agreed to refer it: nobody goes, meets or leads (ZL-52, ZL-53)."""
        return self.a.melding.geen_crisis is not None and self.besluit is False and self.s.inschatting.crisis is None

    def naam(self, partij: str) -> str:
        """The name by which this region knows a party; the access of a municipality carries its name."""
        eigen = self.a.partijen.get(partij)
        if partij == "toegang" and self.gemeente:
            return f"{eigen or 'Toegang'} {self.gemeente.naam}"
        return eigen or PARTIJEN[partij]

    def toegang_of_gi(self, o: Opsteller, regels: tuple[str, ...]) -> str:
        """Who of the two it is: the GI with a court order, else the access (ZL-33, ZL-74); asked when not yet known."""
        gi = self.s.betrokken.gi
        if gi is None:
            o.vraag(
                "betrokken.gi",
                T("Is er een GI betrokken, met een beschikking?"),
                T("Dan is het de GI in plaats van de toegang: mee op huisbezoek, het signaal en de procesregie.")
                if self.a.huisbezoek.gezamenlijk
                else T("Dan is het de GI in plaats van de toegang: bij het RTO en voor de procesregie."),
                regels,
                90,
            )
            return "toegang_of_gi"
        return "gi" if gi == "beschikking" else "toegang"

    def _twee_werkdagen(self, dag: date, kalender: Kalender, zelfde_dag: bool) -> tuple[date, date]:
        """The next working day (or `dag` itself) if the days in doubt are working days, and if they are holidays."""
        gewoon = dag if zelfde_dag and kalender.is_werkdag(dag) else kalender.volgende_werkdag(dag)
        ruim = self.kalender_twijfel
        if ruim is None:
            return gewoon, gewoon
        return gewoon, dag if zelfde_dag and ruim.is_werkdag(dag) else ruim.volgende_werkdag(dag)

    @property
    def regels_werkdag(self) -> Regels:
        """Where this region speaks of working days without saying which days those are (X-02)."""
        if self.a.rto:
            return self.a.rto.dag.regels
        if self.a.regie and self.a.regie.termijn:
            return self.a.regie.termijn.regels
        return self.a.regio.regels

    def werkdag_na(self, o: Opsteller, dag: date, kalender: Kalender, zelfde_dag: bool = False) -> date:
        """The next working day after `dag`, or `dag` itself when that may count; X-02 is named where Goede Vrijdag or
        Bevrijdingsdag, which this region does not speak of, decides the answer."""
        gewoon, anders = self._twee_werkdagen(dag, kalender, zelfde_dag)
        if anders != gewoon:
            return _twijfeldag(o, self.regels_werkdag, gewoon, gewoon, anders)
        return self._zonder_lijst(
            o, dag if zelfde_dag else dag + EEN_DAG, gewoon, lambda k: _werkdag_na(k, dag, zelfde_dag)
        )

    def werkdagen_later(self, o: Opsteller, dag: date, aantal: int) -> tuple[date, Lezingwaarden]:
        """The day that lies `aantal` working days after `dag` (UTR-11), with both readings where a day that this region
        does not speak of decides it (X-02)."""
        gewoon = self.kalender_regio.werkdagen_later(dag, aantal)
        ruim = self.kalender_twijfel
        anders = ruim.werkdagen_later(dag, aantal) if ruim else gewoon
        if ruim is None or anders == gewoon:
            return self._zonder_lijst(o, dag + EEN_DAG, gewoon, lambda k: k.werkdagen_later(dag, aantal)), ()
        twijfel = self.kalender_regio.volgende_werkdag(dag)
        while ruim.is_werkdag(twijfel):
            twijfel = self.kalender_regio.volgende_werkdag(twijfel)
        lezingen: Lezingwaarden = (("werkdag", gewoon), ("feestdag", anders))
        return _twijfeldag(o, self.regels_werkdag, twijfel, gewoon, anders), lezingen

    def _zonder_lijst(self, o: Opsteller, van: date, gewoon: date, bereken: Callable[[Kalender], date]) -> date:
        """A region that names no holidays: where a usual one was passed over on the way, that is said, and the region
        may read it as a working day (X-02)."""
        if self.a.feestdagen or any(lijst.jaar == gewoon.year for lijst in self.a.jaarlijsten):
            return gewoon
        dag = van
        while dag < gewoon and not (dag.weekday() < 5 and self.kalender_regio.feestdag(dag)):
            dag += EEN_DAG
        if dag >= gewoon:
            return gewoon
        kaal = bereken(kale_kalender(self.dicht))
        eerst = o.open(
            "X-02/geen_lijst",
            T("Deze regio noemt geen feestdagen. Is {dag} ({naam}) een vrije dag?"),
            {
                "vrij": T("Ja, zoals landelijk gebruikelijk: dan is het {gewoon}."),
                "werkdag": T("Nee: dan is het {kaal}."),
            },
            self.regels_werkdag,
            dag=dag,
            naam=self.kalender_regio.feestdag(dag),
            gewoon=gewoon,
            kaal=kaal,
        )
        return kaal if eerst == "werkdag" else gewoon

    def eerstvolgende_werkdag(
        self, o: Opsteller, ankers: list[tuple[str, datetime]], kalender: Kalender, regels: tuple[str, ...]
    ) -> tuple[Waarde, str, Lezingwaarden]:
        """'De eerstvolgende werkdag' after one of the anchors that the source leaves open (X-01): the day to act on,
        the question it raises, and every reading's day. `ankers` holds at least one moment."""
        van = self.a.kantoortijd.van if self.a.kantoortijd else OCHTEND

        def dag_voor(moment: datetime, vandaag_mag: bool) -> date:
            hier = lokaal(moment)
            return self.werkdag_na(o, hier.date(), kalender, vandaag_mag and hier.time() < van)

        per = {mag: {naam: dag_voor(m, mag) for naam, m in ankers} for mag in (True, False)}
        vroeg = [naam for naam, _ in ankers if per[True][naam] != per[False][naam]]
        zelfde_dag = True
        if vroeg:
            zelfde_dag = (
                o.open(
                    "X-01/vroege_ochtend",
                    VROEG[vroeg[0]],
                    {
                        "zelfde_dag": T("Ja: dezelfde dag, {vroeg}, zodra het kantoor opengaat."),
                        "volgende_werkdag": T("Nee: de werkdag erna, {laat}."),
                    },
                    regels,
                    vroeg=per[True][vroeg[0]],
                    laat=per[False][vroeg[0]],
                )
                == "zelfde_dag"
            )
        nu = per[zelfde_dag]
        # The anchors can agree under one reading of the early morning and differ under the other: then name them too.
        anders = nu if len(set(nu.values())) > 1 or o.keuze("X-01/vroege_ochtend") else per[not zelfde_dag]
        anker, vraag = ankers[0][0], ""
        lezingen: Lezingwaarden = ()
        if len(set(anders.values())) > 1:
            lezingen = tuple((naam, dag) for dag, naam in sorted((dag, naam) for naam, dag in anders.items()))
            vraag = "X-01/anker"
            anker = o.open(
                vraag,
                T("Vanaf welk moment telt “de eerstvolgende werkdag”?"),
                {naam: ANKERS[naam] for naam, _ in lezingen},
                regels,
                **dict(lezingen),
            )
            anker = anker if anker in nu else ankers[0][0]
        if anker in vroeg and (not vraag or o.keuze(vraag)):
            vraag = "X-01/vroege_ochtend"
            lezingen = (("zelfde_dag", per[True][anker]), ("volgende_werkdag", per[False][anker]))
        for jaar in {dag.year for dag in (*nu.values(), *anders.values())}:
            self.feestdagen_van_jaar(o, jaar)
        werkdag, feestdag = self._twee_werkdagen(lokaal(dict(ankers)[anker]).date(), kalender, False)
        if not vraag and not vroeg and werkdag != feestdag:
            vraag, lezingen = "X-02/twijfeldag", (("werkdag", werkdag), ("feestdag", feestdag))
        return nu[anker], vraag, lezingen

    def feestdag_regels(self, dag: Waarde) -> tuple[str, ...]:
        """Where the holidays are written, when one of them lies from the melding up to `dag` and so decided the day."""
        f = self.a.feestdagen
        if f is None or self.meld_op is None or not isinstance(dag, date):
            return ()
        begin = lokaal(self.meld_op).date()
        dagen = (begin + timedelta(days=n) for n in range((dag - begin).days))
        return f.regels if any(self.kalender_regio.feestdag(d) and d.weekday() < 5 for d in dagen) else ()

    def feestdagen_van_jaar(self, o: Opsteller, jaar: int) -> None:
        """Name X-02 when a day was reckoned in a year for which the region listed no holidays."""
        f = self.a.feestdagen
        if f and jaar not in f.voor_jaren and jaar not in {lijst.jaar for lijst in self.a.jaarlijsten}:
            o.open(
                "X-02/ander_jaar",
                T("Geldt de feestdagenlijst van {lijstjaar} ook in {jaar}? De dagen zijn berekend en niet bevestigd."),
                {
                    "zelfde_lijst": T("Ja: dezelfde feestdagen, op de datums van {jaar}."),
                    "eigen_lijst": T("Alleen de lijst die de regio voor {jaar} bevestigt."),
                },
                f.regels,
                jaar=jaar,
                lijstjaar=max(f.voor_jaren),
            )


def _werkdag_na(kalender: Kalender, dag: date, zelfde_dag: bool) -> date:
    return dag if zelfde_dag and kalender.is_werkdag(dag) else kalender.volgende_werkdag(dag)


@lru_cache(maxsize=256)
def kale_kalender(dicht: frozenset[date]) -> Kalender:
    """A calendar that knows weekends and closing days only."""
    return Kalender((), (), dicht)


def _twijfeldag(o: Opsteller, regels: Regels, dag: date, gewoon: date, anders: date) -> date:
    """Ask whether `dag` is a working day, and return the day to act on: `gewoon` if it is, `anders` if it is not (X-02)."""
    eerst = o.open(
        "X-02/twijfeldag",
        T("Is {dag} in deze regio een werkdag?"),
        {
            "werkdag": T("Ja: dan is het {gewoon}."),
            "feestdag": T("Nee, het is een feestdag: dan is het {anders}."),
        },
        regels,
        dag=dag,
        gewoon=gewoon,
        anders=anders,
    )
    return anders if eerst == "feestdag" else gewoon


VROEG = {
    "melding": T("De melding komt voor kantoortijd op een werkdag. Is de eerstvolgende werkdag dan vandaag?"),
    "inschatting": T(
        "De inschatting is voor kantoortijd op een werkdag. Is de eerstvolgende werkdag dan diezelfde dag?"
    ),
    "besluit": T("Het besluit valt voor kantoortijd op een werkdag. Is de eerstvolgende werkdag dan diezelfde dag?"),
}
ANKERS = {
    "melding": T("Vanaf de melding: {melding}."),
    "inschatting": T("Vanaf de inschatting ter plaatse: {inschatting}."),
    "besluit": T("Vanaf het besluit crisis: {besluit}."),
}

PARTIJEN = {
    "crisisdienst": T("de crisisdienst"),
    "toegang": T("de toegang"),
    "gi": T("de GI"),
    "toegang_of_gi": T("de toegang (of de GI, bij een beschikking)"),
    "veilig_thuis": T("Veilig Thuis"),
    "zorgaanbieder": T("de betrokken zorgaanbieder"),
    "crisisaanbieder": T("de aanbieder van de crisiszorg"),
    "betrokkenen": T("alle betrokkenen"),
    "procesregisseur": T("de procesregisseur"),
    "wijkteam": T("het wijkteam"),
    "generalist": T("het lokale generalistenteam"),
    "lokaal_team": T("het lokale team"),
    "save_team": T("het SAVE-team"),
    "gemeente": T("de gemeente"),
    "verwijzer": T("de verwijzer"),
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
