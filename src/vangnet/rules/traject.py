# SPDX-License-Identifier: EUPL-1.2
"""Regions that work in trajectories: how long the service stays, when it hands over, when it goes on with persuasion,
and Amsterdam's three ways (HGL-04..26, AMS-02..06, AMS-11..12, ZOB-09, ZOB-17; X-24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .bron import STRIKT, Afspraak, Duur, Regels
from .omstandigheden import Omstandigheden
from .tekst import T
from .termijn import laatste_dag, na_uren
from .kalender import lokaal
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Drang:
    """A trajectory of persuasion, for as long as there is a safety risk."""

    __pydantic_config__ = STRIKT

    kan_bij: Afspraak[Literal["veiligheidsrisico"]]
    tot: Afspraak[Literal["geen_veiligheidsrisico"]]
    niet_gemotiveerd: Regels
    huisverbod: Regels
    onduidelijk: Regels
    geen_aanspraak: Regels
    geen_aanbod: Regels
    oorzaken: Regels


@dataclass(frozen=True, slots=True)
class Overdrachtscriteria:
    """When the service hands over: no safety risk, with the criteria as the source lists them."""

    __pydantic_config__ = STRIKT

    zonder_risico: Afspraak[Literal["overdragen"]]
    gemotiveerd: Regels
    geplaatst: Regels
    enkelvoudig: Regels
    passend_aanbod: Regels
    voldoende_hulp: Regels


@dataclass(frozen=True, slots=True)
class Drieweg:
    """Three ways out of the first weighing."""

    __pydantic_config__ = STRIKT

    wegen: Afspraak[tuple[Literal["crisisinterventie", "wijkteam", "gi_casemanagement"], ...]]
    gi: Afspraak[Literal["met_of_zonder_ots"]]
    direct: Afspraak[Literal["hulp_meteen"]]
    juridisch: Afspraak[Literal["deskundigheid_in_dienst"]]


@dataclass(frozen=True, slots=True)
class Trajectafspraken:
    """How long the service itself stays, and what it does meanwhile."""

    __pydantic_config__ = STRIKT

    trajecten: Afspraak[tuple[str, ...]] | None = None
    hooguit: Afspraak[Duur] | None = None
    """Hoe lang de dienst hooguit blijft."""
    signaal_bij: Afspraak[Duur] | None = None
    """De kortste van twee genoemde duren: dan een signaal."""
    minstens: Afspraak[Duur] | None = None
    tot_uiterlijk: Afspraak[Duur] | None = None
    """De uiterste duur als overdracht niet lukt."""
    voortzetten: Regels = ()
    """Regels die voortzetting met reden beschrijven."""
    inhoud: Afspraak[tuple[str, ...]] | None = None
    overdracht: Overdrachtscriteria | None = None
    drang: Drang | None = None
    drieweg: Drieweg | None = None
    dag_en_nacht: Afspraak[Literal["consult_en_interventie"]] | None = None


def traject(c: Omstandigheden, t: Trajectafspraken, o: Opsteller) -> None:
    """Say how long the service stays, and whether it hands over, goes on, or chooses another way."""
    if t.trajecten:
        o.zeg(
            "traject.soorten",
            t.trajecten.waarde,
            T("Trajecten: {soorten}."),
            t.trajecten.regels,
            soorten=t.trajecten.waarde,
        )
    if t.dag_en_nacht:
        o.zeg(
            "traject.dag_en_nacht",
            "ja",
            T("Dag en nacht: consult en crisisinterventie, direct vanaf de aanmelding."),
            t.dag_en_nacht.regels,
        )
    if t.drieweg:
        _drieweg(c, t.drieweg, o)
    _duur(c, t, o)
    if t.inhoud:
        _inhoud(c, t.inhoud, o)
    if t.overdracht:
        _overdracht(c, t, t.overdracht, o)


def _duur(c: Omstandigheden, t: Trajectafspraken, o: Opsteller) -> None:
    begin = (c.s.inzet[0].start_op if c.s.inzet else None) or c.s.inschatting.op or c.meld_op
    if begin is None:
        return
    if t.minstens:
        o.klok(
            "traject.minstens",
            T("De dienst blijft minstens tot"),
            na_uren(begin, t.minstens.waarde),
            t.minstens.strekking,
            "crisisdienst",
            t.minstens.regels,
            begint_op=begin,
            waarom=T("{aantal} {eenheid} vanaf de start."),
            aantal=t.minstens.waarde.aantal,
            eenheid=t.minstens.waarde.eenheid_in_woord,
        )
    if t.hooguit:
        a = t.hooguit
        if c.s.inzet and c.s.inzet[0].vorm == "drangtraject":
            return
        uiterlijk = na_uren(begin, a.waarde)
        lezingen: Lezingwaarden = ()
        vraag = ""
        if t.signaal_bij:
            vraag = "AMS-05/24_of_48"
            kort = na_uren(begin, t.signaal_bij.waarde)
            lezingen = (("24_uur", kort), ("48_uur", uiterlijk))
            eerst = o.open(
                vraag,
                T("“Hooguit 24/48 uur”: wanneer geldt 24 en wanneer 48 uur?"),
                {"24_uur": T("Stuur op 24 uur: {kort}."), "48_uur": T("Tot 48 uur mag: {lang}.")},
                a.regels,
                kort=kort,
                lang=uiterlijk,
            )
            gekozen_op = gekozen(eerst, lezingen)
        else:
            gekozen_op = uiterlijk
            if not (c.s.inzet and c.s.inzet[0].start_op):
                o.open(
                    "HGL-05/start",
                    T("Wanneer beginnen de {aantal} uur te lopen? De afspraak zegt het niet."),
                    {"melding": T("Bij de aanmelding."), "start": T("Als de interventie begint.")},
                    a.regels,
                    aantal=a.waarde.aantal,
                )
        o.klok(
            "traject.einde",
            T("De crisisinterventie eindigt uiterlijk"),
            gekozen_op,
            a.strekking,
            "crisisdienst",
            a.regels,
            begint_op=begin,
            waarom=T("Hooguit {aantal} {eenheid}."),
            open_vraag=vraag,
            lezingen=lezingen,
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid_in_woord,
        )
        if c.nu and c.nu > uiterlijk and not any(i.eind_op or i.overgedragen_op for i in c.s.inzet):
            o.zeg(
                "traject.overschreden",
                "over_maximum",
                T("De interventie duurt langer dan {aantal} {eenheid}: draag over, of kies een ander traject."),
                a.regels,
                a.strekking,
                aantal=a.waarde.aantal,
                eenheid=a.waarde.eenheid_in_woord,
            )
    if t.tot_uiterlijk:
        _tot_uiterlijk(c, t, t.tot_uiterlijk, begin_dag=lokaal(begin).date(), o=o)


def _tot_uiterlijk(c: Omstandigheden, t: Trajectafspraken, a: Afspraak[Duur], begin_dag: object, o: Opsteller) -> None:
    from datetime import date

    assert isinstance(begin_dag, date)
    lezingen: Lezingwaarden = (
        ("startdag_telt_mee", laatste_dag(begin_dag, a.waarde, True)),
        ("startdag_telt_niet_mee", laatste_dag(begin_dag, a.waarde, False)),
    )
    eerst = o.open(
        "X-10/startdag",
        T("Telt de startdag mee bij “1 week” of “4 weken”?"),
        {
            "startdag_telt_mee": T("Ja: de startdag is dag 1."),
            "startdag_telt_niet_mee": T("Nee: de dag na de start is dag 1."),
        },
        a.regels,
    )
    o.klok(
        "traject.uiterlijk",
        T("De hulp van de dienst eindigt uiterlijk"),
        gekozen(eerst, lezingen),
        a.strekking,
        "crisisdienst",
        a.regels,
        waarom=T("{aantal} {eenheid}."),
        open_vraag="X-10/startdag",
        lezingen=lezingen,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid_in_woord,
    )
    if t.voortzetten and t.minstens:
        o.zeg(
            "traject.na_48_uur",
            "overdragen_of_met_reden_doorgaan",
            T("Na {uur} uur: draag over, of ga met reden door tot uiterlijk {aantal} {eenheid}."),
            t.voortzetten,
            uur=t.minstens.waarde.aantal,
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid_in_woord,
        )


def _inhoud(c: Omstandigheden, a: Afspraak[tuple[str, ...]], o: Opsteller) -> None:
    i = c.s.inschatting
    ontbreekt = []
    if i.risicoanalyse is not None or i.psychiatrische_beoordeling is not None:
        if not (i.risicoanalyse or i.psychiatrische_beoordeling):
            ontbreekt.append("risicoanalyse of psychiatrische beoordeling")
        if not i.veiligheidsplan:
            ontbreekt.append("veiligheidsplan")
    if ontbreekt:
        o.zeg(
            "traject.inhoud",
            "onvolledig",
            T("Nog te doen: {ontbreekt}."),
            a.regels,
            ontbreekt=tuple(ontbreekt),
        )
    else:
        o.zeg("traject.inhoud", a.waarde, T("De interventie bestaat uit: {inhoud}."), a.regels, inhoud=a.waarde)


def _overdracht(c: Omstandigheden, t: Trajectafspraken, v: Overdrachtscriteria, o: Opsteller) -> None:
    risico = c.s.inschatting.veiligheidsrisico
    d = c.s.overdracht
    voor = [
        (naam, regels)
        for naam, waar, regels in (
            ("gemotiveerd", d.gemotiveerd, v.gemotiveerd),
            ("geplaatst", d.geplaatst, v.geplaatst),
            ("enkelvoudig", d.enkelvoudig, v.enkelvoudig),
            ("passend_aanbod", d.passend_aanbod, v.passend_aanbod),
            ("voldoende_hulp", d.voldoende_hulp, v.voldoende_hulp),
        )
        if waar
    ]
    tegen: list[tuple[str, Regels]] = []
    if t.drang:
        tegen = [
            (naam, regels)
            for naam, waar, regels in (
                ("niet_gemotiveerd", d.gemotiveerd is False, t.drang.niet_gemotiveerd),
                ("huisverbod", bool(d.huisverbod), t.drang.huisverbod),
                ("onduidelijk", d.enkelvoudig is False, t.drang.onduidelijk),
                (
                    "geen_aanspraak",
                    d.geen_aanspraak not in (None, "nee"),
                    t.drang.geen_aanspraak + t.drang.oorzaken,
                ),
                ("geen_aanbod", d.passend_aanbod is False, t.drang.geen_aanbod),
            )
            if waar
        ]
    r_voor = tuple(dict.fromkeys(r for _, rr in voor for r in rr))
    r_tegen = tuple(dict.fromkeys(r for _, rr in tegen for r in rr))
    if voor:
        o.zeg(
            "traject.criteria_overdracht",
            tuple(n for n, _ in voor),
            T("Voor overdracht: {criteria}."),
            r_voor,
            criteria=tuple(CRITERIA[n] for n, _ in voor),
        )
    if tegen:
        o.zeg(
            "traject.criteria_drang",
            tuple(n for n, _ in tegen),
            T("Voor een drangtraject: {criteria}."),
            r_tegen,
            criteria=tuple(CRITERIA[n] for n, _ in tegen),
        )
    if voor and tegen:
        o.open(
            "X-24/beide",
            T("Criteria voor overdracht en voor drang gaan allebei op. Wat weegt?"),
            {
                "veiligheid": T("Het veiligheidsrisico is doorslaggevend."),
                "een_is_genoeg": T("Eén criterium voor overdracht is genoeg (“en/of”)."),
            },
            r_voor + r_tegen,
        )
    if risico is None:
        o.vraag(
            "inschatting.veiligheidsrisico",
            T("Is er (nog) een veiligheidsrisico?"),
            T("Zonder risico draag je over; met risico blijf je."),
            v.zonder_risico.regels,
            72,
        )
        return
    if not risico:
        o.zeg(
            "traject.volgende",
            "overdragen",
            T("Geen veiligheidsrisico: draag over aan reguliere of al betrokken hulp."),
            v.zonder_risico.regels + r_voor,
        )
    elif t.drang:
        o.zeg(
            "traject.volgende",
            "drangtraject",
            T("Er is een veiligheidsrisico: een drangtraject kan; de dienst blijft tot het veilig is."),
            t.drang.kan_bij.regels + r_tegen,
            t.drang.kan_bij.strekking,
        )
        o.klok(
            "traject.drang",
            T("Drangtraject: tot er geen veiligheidsrisico meer is"),
            None,
            t.drang.tot.strekking,
            "crisisdienst",
            t.drang.tot.regels,
            waarom=T("Geen maximum in de bron; spreek zelf een herbeoordeling af."),
        )
        o.open(
            "X-24/herbeoordeling",
            T("Hoe vaak herbeoordeel je een drangtraject? De bron noemt geen maximum en geen moment."),
            {"elke_72_uur": T("Elke 72 uur, zoals de crisisinterventie."), "elke_week": T("Elke week.")},
            t.drang.tot.regels,
        )
        if d.gemotiveerd is False:
            o.zeg(
                "traject.vto",
                "kan",
                T("Niet gemotiveerd: een verzoek tot onderzoek bij de Raad kan."),
                t.drang.niet_gemotiveerd,
                "kan",
            )


def _drieweg(c: Omstandigheden, d: Drieweg, o: Opsteller) -> None:
    gekozen_weg = c.s.triage.keuze_drieweg
    if gekozen_weg is None:
        o.zeg(
            "traject.drieweg",
            d.wegen.waarde,
            T("Weeg af: direct ingrijpen, naar het wijkteam, of intensief casemanagement van een GI."),
            d.wegen.regels,
        )
        o.vraag(
            "triage.keuze_drieweg",
            T("Welke weg: crisisinterventie, wijkteam of casemanagement van een GI?"),
            T("De afweging is de kern van de melding."),
            d.wegen.regels,
            88,
        )
    elif gekozen_weg == "gi_casemanagement":
        ots = c.s.vervolg.vots
        o.zeg(
            "traject.drieweg",
            "gi_casemanagement",
            T("Vraag een GI om intensief casemanagement, met of zonder OTS."),
            d.gi.regels,
        )
        if ots is None:
            o.vraag(
                "vervolg.vots",
                T("Is een (voorlopige) ondertoezichtstelling nodig?"),
                T("Casemanagement kan met en zonder."),
                d.gi.regels,
                52,
            )
    else:
        o.zeg(
            "traject.drieweg",
            gekozen_weg,
            T("Direct ingrijpen is nodig.")
            if gekozen_weg == "crisisinterventie"
            else T("Verwijs naar het wijk- of buurtteam."),
            d.wegen.regels,
        )
    if gekozen_weg != "wijkteam":
        o.zeg("traject.direct", "hulp_meteen", T("Zo nodig meteen hulp aan kind en ouders."), d.direct.regels)
    o.zeg(
        "traject.juridisch",
        "deskundigheid_in_dienst",
        T("De dienst heeft juridische kennis om te beoordelen vanuit welk kader dwang kan."),
        d.juridisch.regels,
    )
    if gekozen_weg == "gi_casemanagement":
        o.open(
            "X-27/juridisch",
            T("Beoordeelt of besluit de dienst over het juridische kader?"),
            {"beoordeelt": T("Beoordeelt: een ander besluit."), "besluit": T("Besluit.")},
            d.juridisch.regels,
        )


CRITERIA = {
    "gemotiveerd": T("jeugdige of ouders zijn gemotiveerd"),
    "geplaatst": T("de jeugdige is geplaatst of opgenomen"),
    "enkelvoudig": T("de problematiek is helder en enkelvoudig"),
    "passend_aanbod": T("er is direct passend aanbod"),
    "voldoende_hulp": T("er is al voldoende hulp"),
    "niet_gemotiveerd": T("jeugdige of ouders zijn niet gemotiveerd"),
    "huisverbod": T("er loopt een huisverbodprocedure"),
    "onduidelijk": T("de problematiek is onduidelijk of meervoudig"),
    "geen_aanspraak": T("het gezin heeft geen aanspraak op reguliere zorg"),
    "geen_aanbod": T("er is geen aanbod voor het specifieke probleem"),
}
