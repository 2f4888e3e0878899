# SPDX-License-Identifier: EUPL-1.2
"""Segment 1 in Noord- and Midden-Limburg: the Bijzondere Toegang's next meeting, and the tests of its KPIs
(SEG-06, SEG-10, SEG-15..17, SEG-19, SEG-22..27, SEG-29..36, SEG-45..49, SEG-52; X-02, X-34, X-35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from .bron import STRIKT, Afspraak, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Kpi:
    """One performance indicator: what is measured, which way it must go, and how far at each measuring date."""

    __pydantic_config__ = STRIKT

    naam: str
    soort: Literal["aandeel_minstens", "afname_minstens", "toename_minstens"]
    """Aandeel in procenten, of afname of toename in procenten van de nulmeting."""
    norm: Mapping[date, float]
    """Per meetdag de norm in procenten."""
    regels: Regels
    open: tuple[Literal["noemer", "leeftijd", "precies_12", "hybride", "vergelijkbaar", "treeknorm"], ...] = ()
    """Wat de bron bij deze indicator openlaat."""
    na_jaren: int = 0
    """Pas te meten over wie zoveel jaar geleden is afgerond."""


@dataclass(frozen=True, slots=True)
class Overleg:
    """A body of the governance, and who sits in it."""

    __pydantic_config__ = STRIKT

    naam: str
    deelnemers: tuple[str, ...]
    """Wie erin zitten."""
    regels: Regels


@dataclass(frozen=True, slots=True)
class Segmentafspraken:
    """Segment 1: Bijzondere Toegang and KPIs."""

    __pydantic_config__ = STRIKT

    vergaderdagen: Afspraak[tuple[Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"], ...]] | None = None
    deelnemers: Afspraak[tuple[str, ...]] | None = None
    ambtelijk_overleg: Afspraak[int] | None = None
    """Om de hoeveel dagen."""
    meer_ambulant: Afspraak[Literal["ambulant_boven_verblijf"]] | None = None
    schakel: Afspraak[tuple[str, ...]] | None = None
    """Segmenten waarmee nauw wordt samengewerkt."""
    ouders_en_jeugdige: Regels = ()
    """Regels die hun aanwezigheid als aandachtspunt noemen."""
    looptijd_jaren: Afspraak[tuple[int, ...]] | None = None
    """Na hoeveel jaar het contract kan eindigen."""
    start_contract: Afspraak[str] | None = None
    """Maand waarin het contract begon, als JJJJ-MM; de dag staat niet in de bron."""
    regios: Afspraak[int] | None = None
    """Hoeveel jeugdregio's samenwerken."""
    overleggen: tuple[Overleg, ...] = ()
    """Werkgroepen en overleggen."""
    consortia: Afspraak[tuple[str, ...]] | None = None
    kpis: Mapping[str, Kpi] = field(default_factory=dict)
    meetdagen: Regels = ()


WEEKDAGEN = {"maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4}


def volgende_vergadering(dag: date, weekdagen: tuple[str, ...]) -> date:
    """The first meeting day after `dag`; whether today still counts is an open question (X-35)."""
    mag = {WEEKDAGEN[w] for w in weekdagen}
    dag += timedelta(days=1)
    while dag.weekday() not in mag:
        dag += timedelta(days=1)
    return dag


def segment1(c: Omstandigheden, s: Segmentafspraken, o: Opsteller) -> None:
    """Say when a case can be discussed and how measured values stand against the KPIs."""
    if s.meer_ambulant:
        o.zeg(
            "segment.volgorde",
            "ambulant_boven_verblijf",
            T("Segment 1: meer ambulant, minder verblijf."),
            s.meer_ambulant.regels,
            s.meer_ambulant.strekking,
        )
    if s.schakel:
        o.zeg(
            "segment.schakel",
            s.schakel.waarde,
            T("Nauwe samenwerking met: {segmenten}."),
            s.schakel.regels,
            segmenten=s.schakel.waarde,
        )
    if s.vergaderdagen and c.s.vervolg.bijzondere_toegang and c.nu:
        _vergadering(c, s, s.vergaderdagen, o)
    if s.looptijd_jaren and s.start_contract:
        _contract(c, s.looptijd_jaren, s.start_contract, o)
    if s.regios:
        o.zeg(
            "segment.regios",
            s.regios.waarde,
            T("{aantal} jeugdregio's werken samen; hun namen staan niet in de bron."),
            s.regios.regels,
            aantal=s.regios.waarde,
        )
    for nummer, overleg in enumerate(s.overleggen, 1):
        o.zeg(
            f"segment.overleg.{nummer}",
            overleg.deelnemers,
            T("{naam}: {wie}."),
            overleg.regels,
            naam=overleg.naam,
            wie=overleg.deelnemers,
        )
    if s.consortia:
        for nummer, consortium in enumerate(s.consortia.waarde, 1):
            o.zeg(
                f"segment.consortium.{nummer}",
                consortium,
                T("Samenwerkingsverband {nummer}: {wie}."),
                s.consortia.regels,
                nummer=nummer,
                wie=consortium,
            )
    if s.ambtelijk_overleg:
        o.open(
            "X-35/overlegdag",
            T("Op welke dag is het ambtelijk overleg? De bron zegt alleen: om de {dagen} dagen."),
            {},
            s.ambtelijk_overleg.regels,
            dagen=s.ambtelijk_overleg.waarde,
        )
        o.zeg(
            "segment.ambtelijk_overleg",
            s.ambtelijk_overleg.waarde,
            T("Ambtelijk overleg om de {dagen} dagen; de weekdag staat niet in de bron."),
            s.ambtelijk_overleg.regels,
            open_vraag="X-35/overlegdag",
            dagen=s.ambtelijk_overleg.waarde,
        )
    if c.s.meting:
        _kpis(c, s, o)


def _contract(c: Omstandigheden, looptijd: Afspraak[tuple[int, ...]], start: Afspraak[str], o: Opsteller) -> None:
    """The months in which the contract can end; on what condition it is extended is not in the source (SEG-17)."""
    jaar, maand = int(start.waarde[:4]), start.waarde[5:]
    einden = tuple(f"{jaar + n}-{maand}" for n in looptijd.waarde)
    regels = looptijd.regels + start.regels
    o.zeg(
        "segment.contract",
        einden,
        T("Het contract begon in {start} en kan eindigen in {einden}; een dag noemt de bron niet."),
        regels,
        start=start.waarde,
        einden=einden,
    )
    nu = f"{lokaal(c.nu):%Y-%m}" if c.nu else ""
    if not nu or nu < start.waarde:
        return
    if nu >= einden[-1]:
        o.zeg("segment.looptijd", "voorbij", T("De afgesproken looptijd is voorbij."), regels)
    elif nu >= einden[0]:
        o.open(
            f"{looptijd.regels[0]}/verlengd",
            T("Is het contract verlengd? De bron noemt {einden}, en geen voorwaarde voor verlenging."),
            {"nagaan": T("Ga het na bij de beheerder van het contract."), "verlengd": T("Ja, het is verlengd.")},
            regels,
            einden=einden,
        )
    else:
        o.zeg("segment.looptijd", "eerste_termijn", T("De eerste termijn van het contract loopt."), regels)


def _vergadering(
    c: Omstandigheden,
    s: Segmentafspraken,
    a: Afspraak[tuple[Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"], ...]],
    o: Opsteller,
) -> None:
    """The meeting to aim for. Open: whether today's meeting still counts, and whether it meets on a holiday (X-35)."""
    assert c.nu is not None
    vandaag = lokaal(c.nu).date()
    dag = volgende_vergadering(vandaag, a.waarde)
    lezingen: Lezingwaarden = ()
    vraag = ""
    if vandaag.weekday() in {WEEKDAGEN[w] for w in a.waarde}:
        vraag = "X-35/inlevertijd"
        eerst = o.open(
            vraag,
            T("Vandaag is een vergaderdag van de Bijzondere Toegang. Kan de casus nog mee?"),
            {"vandaag": T("Ja: vandaag, {vandaag}."), "volgende_keer": T("Nee: de volgende keer, {dag}.")},
            a.regels,
            vandaag=vandaag,
            dag=dag,
        )
        lezingen = (("vandaag", vandaag), ("volgende_keer", dag))
        dag = vandaag if eerst == "vandaag" else dag
    uiterlijk: Waarde = dag
    kalender = c.kalender_twijfel or c.kalender_regio
    if not kalender.is_werkdag(dag):
        erna = volgende_vergadering(dag, a.waarde)
        while not kalender.is_werkdag(erna):
            erna = volgende_vergadering(erna, a.waarde)
        vraag = "X-35/feestdag"
        eerst = o.open(
            vraag,
            T("{dag} is een feestdag, of is dat voor velen. Vergadert de Bijzondere Toegang dan?"),
            {
                "gaat_door": T("Ja."),
                "vervalt": T("Nee: de volgende keer, {erna}."),
                "andere_dag": T("Op een andere dag, die de regio kiest."),
            },
            a.regels,
            dag=dag,
            erna=erna,
        )
        lezingen = (("gaat_door", dag), ("vervalt", erna), ("andere_dag", T("nog te bepalen")))
        uiterlijk = None if eerst == "andere_dag" else gekozen(eerst, lezingen)
    o.klok(
        "segment.bijzondere_toegang",
        T("Bespreken in de Bijzondere Toegang"),
        uiterlijk,
        a.strekking,
        "verwijzer",
        a.regels,
        begint_op=c.nu,
        open_vraag=vraag,
        lezingen=lezingen,
    )
    if s.deelnemers:
        o.zeg(
            "segment.deelnemers",
            s.deelnemers.waarde,
            T("Erbij: {wie}."),
            s.deelnemers.regels + s.ouders_en_jeugdige,
            waarom=T("Ouders en jeugdige uitnodigen is een wens van de bron, nog geen regel."),
            wie=s.deelnemers.waarde,
        )


def _kpis(c: Omstandigheden, s: Segmentafspraken, o: Opsteller) -> None:
    m = c.s.meting
    assert m is not None
    for sleutel, kpi in s.kpis.items():
        waarde = m.waarden.get(sleutel)
        if waarde is None:
            continue
        _open_bij(kpi, o)
        norm = kpi.norm.get(m.peildatum)
        if norm is None:
            o.zeg(
                f"kpi.{sleutel}",
                "geen_meetdag",
                T("{naam}: op {dag} is geen norm afgesproken."),
                kpi.regels + s.meetdagen,
                naam=kpi.naam,
                dag=m.peildatum,
            )
            continue
        gemeten, gehaald = waarde, waarde >= norm
        if kpi.soort != "aandeel_minstens":
            nul = m.nulmeting.get(sleutel)
            if not nul:
                o.open("X-34/nulmeting", T("Waarmee vergelijk je? De bron geeft geen nulmeting."), {}, kpi.regels)
                o.zeg(
                    f"kpi.{sleutel}",
                    "geen_nulmeting",
                    T("{naam}: zonder nulmeting niet te toetsen."),
                    kpi.regels + s.meetdagen,
                    open_vraag="X-34/nulmeting",
                    naam=kpi.naam,
                )
                continue
            verschil = (nul - waarde) if kpi.soort == "afname_minstens" else (waarde - nul)
            gemeten = 100 * verschil / nul
            # Exact at the norm counts as reached; never by rounding up.
            gehaald = 100 * verschil >= norm * nul
        o.zeg(
            f"kpi.{sleutel}",
            "gehaald" if gehaald else "niet_gehaald",
            T("{naam}: {gemeten}% tegen een norm van {norm}%: gehaald.")
            if gehaald
            else T("{naam}: {gemeten}% tegen een norm van {norm}%: niet gehaald."),
            kpi.regels + s.meetdagen,
            waarom=T("Alleen over wie minstens {na_jaren} jaar geleden is afgerond.") if kpi.na_jaren else "",
            naam=kpi.naam,
            gemeten=f"{gemeten:.2f}".rstrip("0").rstrip("."),
            norm=f"{norm:g}",
            na_jaren=kpi.na_jaren,
        )


def _open_bij(kpi: Kpi, o: Opsteller) -> None:
    """What the source leaves open about this indicator (X-15, X-34)."""
    if "noemer" in kpi.open:
        o.open(
            "X-34/noemer",
            T("Waarvan is het percentage een deel?"),
            {
                "verblijven": T("Van alle behandelverblijven van jeugdigen onder 12."),
                "jeugdigen": T("Van alle jeugdigen onder 12 in Segment 1."),
            },
            kpi.regels,
        )
    if "leeftijd" in kpi.open:
        o.open(
            "X-34/leeftijd",
            T("Op welk moment telt de leeftijd?"),
            {"bij_opname": T("Bij de opname of aanmelding."), "op_meetdag": T("Op de meetdag.")},
            kpi.regels,
        )
    if "precies_12" in kpi.open:
        o.open(
            "X-15/precies_12",
            T("Bij welke KPI hoort een jeugdige van precies 12?"),
            {"geen_kpi": T("Bij geen van beide."), "vanaf_12": T("Bij de KPI voor ouder dan 12.")},
            kpi.regels,
        )
    if "hybride" in kpi.open:
        o.open("X-34/hybride", T("Wat is een hybride vorm van verblijf?"), {}, kpi.regels)
    if "vergelijkbaar" in kpi.open:
        o.open("X-34/vergelijkbaar", T("Wanneer zijn problemen vergelijkbaar?"), {}, kpi.regels)
    if "treeknorm" in kpi.open:
        o.open("X-34/treeknorm", T("Welke waarden heeft de Treeknorm?"), {}, kpi.regels)
