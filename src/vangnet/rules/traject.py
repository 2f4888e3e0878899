# SPDX-License-Identifier: EUPL-1.2
"""Regions that work in trajectories: how long the service stays, when it hands over, when it goes on with persuasion,
and Amsterdam's three ways (HGL-04..26, AMS-02..06, AMS-11..12, ZOB-09, ZOB-17; X-10, X-24, X-27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .bron import STRIKT, ZACHT, Afspraak, Duur, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import Inzet
from .tekst import T, Waarde
from .termijn import laatste_dag, na_uren
from .uitspraak import Lezingwaarden, Opsteller, gekozen

Inhoud = Literal["risicoanalyse_of_psychiatrische_beoordeling", "veiligheid", "veiligheidsplan", "vervolghulp"]


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
    """Casemanagement van een GI, als de veiligheid dat vraagt."""
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
    """Hoe lang de dienst minstens blijft."""
    tot_uiterlijk: Afspraak[Duur] | None = None
    """De uiterste duur als overdracht niet lukt."""
    voortzetten: Regels = ()
    """Regels die voortzetting met reden beschrijven."""
    inhoud: Afspraak[tuple[Inhoud, ...]] | None = None
    """Waaruit de interventie bestaat."""
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
    if c.consult:
        return
    if t.drieweg:
        _drieweg(c, t.drieweg, o)
    _duur(c, t, o)
    if t.inhoud:
        _inhoud(c, t.inhoud, o)
    if t.overdracht:
        _overdracht(c, t, t.overdracht, o)


def _loopt_nog(c: Omstandigheden) -> bool:
    """Whether nothing says that the service ended, handed over or went on to persuasion."""
    return not any(i.eind_op or i.overgedragen_op or i.vorm == "drangtraject" for i in c.s.inzet)


def _eigen_inzet(c: Omstandigheden) -> Inzet | None:
    """The first deployment of the service that is not a trajectory of persuasion."""
    return next((i for i in c.s.inzet if i.vorm != "drangtraject"), None)


def _duur(c: Omstandigheden, t: Trajectafspraken, o: Opsteller) -> None:
    eigen = _eigen_inzet(c)
    if c.s.inzet and eigen is None:
        return
    if eigen is None and o.antwoord("huisbezoek.gaat") in ("generalist", "kijk_eerst"):
        return  # A local generalist goes first: the service's own clocks have not begun (ZOB-22).
    start = (eigen.start_op if eigen else None) or c.s.inschatting.op
    begin = start or c.meld_op
    if begin is None:
        return
    if t.minstens:
        _minstens(c, t.minstens, begin, eigen, o)
    if t.hooguit:
        _hooguit(c, t, t.hooguit, start, begin, o)
    if t.tot_uiterlijk:
        _tot_uiterlijk(c, t, t.tot_uiterlijk, lokaal(begin).date(), o)


def _minstens(c: Omstandigheden, a: Afspraak[Duur], begin: datetime, eigen: Inzet | None, o: Opsteller) -> None:
    tot = na_uren(begin, a.waarde)
    zo_snel = c.a.regie is not None and c.a.regie.overgang_regie == "zo_snel_mogelijk"
    vraag = f"{a.regels[0]}/zo_snel" if zo_snel else ""
    if zo_snel and c.a.regie:
        o.open(
            vraag,
            T(
                "Mag de dienst de zaak binnen {aantal} {eenheid} overdragen? De tekst zegt “minimaal” én “zo snel als kan”."
            ),
            {
                "minstens": T("Nee: de dienst blijft minstens tot {tot}."),
                "zo_snel": T("Ja: zodra het kan, ook eerder."),
            },
            a.regels + c.a.regie.regels,
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid,
            tot=tot,
        )
    o.klok(
        "traject.minstens",
        T("De dienst blijft minstens tot"),
        tot,
        a.strekking,
        "crisisdienst",
        a.regels,
        begint_op=begin,
        waarom=T("{aantal} {eenheid} vanaf de start."),
        open_vraag=vraag,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid,
    )
    over = eigen.overgedragen_op if eigen else None
    if over:
        vroeg = over < tot
        o.zeg(
            "traject.overgedragen",
            "binnen_minimum" if vroeg else "na_minimum",
            T("Overgedragen binnen {aantal} {eenheid}: of dat mag, is een open vraag.")
            if vroeg and zo_snel
            else T("Overgedragen binnen {aantal} {eenheid}, eerder dan afgesproken.")
            if vroeg
            else T("Overgedragen na de eerste {aantal} {eenheid}."),
            a.regels,
            a.strekking,
            open_vraag=vraag if vroeg else "",
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid,
        )


def _hooguit(
    c: Omstandigheden, t: Trajectafspraken, a: Afspraak[Duur], start: datetime | None, begin: datetime, o: Opsteller
) -> None:
    """The last moment of a short intervention. Two lengths (24/48) are two readings; one length leaves open from when
    it counts (HGL-05), and the earliest moment is the one to act on."""
    lezingen: Lezingwaarden = ()
    vraag = ""
    if t.signaal_bij:
        lezingen = (
            (_naam(t.signaal_bij.waarde), na_uren(begin, t.signaal_bij.waarde)),
            (_naam(a.waarde), na_uren(begin, a.waarde)),
        )
        vraag = "X-27/duur"
        eerst = o.open(
            vraag,
            T("“Hooguit 24/48 uur”: wanneer geldt 24 en wanneer 48 uur?"),
            {"uur_24": T("Stuur op 24 uur: {kort}."), "uur_48": T("Tot 48 uur mag: {lang}.")},
            a.regels,
            kort=lezingen[0][1],
            lang=lezingen[1][1],
        )
        uiterlijk = gekozen(eerst, lezingen)
    else:
        uiterlijk = na_uren(begin, a.waarde)
        if start is None or start != c.meld_op:
            vraag = "X-13/start_72_uur"
            eerst = o.open(
                vraag,
                T("Wanneer beginnen de {aantal} uur te lopen? De afspraak zegt het niet."),
                {"melding": T("Bij de melding."), "bezoek": T("Bij het bezoek, als de interventie begint.")},
                a.regels,
                aantal=a.waarde.aantal,
            )
            if start and c.meld_op:
                lezingen = (("melding", na_uren(c.meld_op, a.waarde)), ("bezoek", na_uren(start, a.waarde)))
                uiterlijk = gekozen(eerst, lezingen)
    o.klok(
        "traject.einde",
        T("De crisisinterventie eindigt uiterlijk"),
        uiterlijk,
        a.strekking,
        "crisisdienst",
        a.regels,
        begint_op=begin,
        waarom=T("Hooguit {kort}/{aantal} {eenheid}.") if t.signaal_bij else T("Hooguit {aantal} {eenheid}."),
        open_vraag=vraag,
        lezingen=lezingen,
        kort=t.signaal_bij.waarde.aantal if t.signaal_bij else None,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid,
    )
    if o.keuze(vraag):
        a = t.signaal_bij if t.signaal_bij and lezingen and uiterlijk == lezingen[0][1] else a
        lezingen = ()
    _overschreden(c, a, uiterlijk, lezingen, vraag, o)


def _naam(duur: Duur) -> str:
    return f"{duur.eenheid}_{duur.aantal}"


def _overschreden(
    c: Omstandigheden, a: Afspraak[Duur], uiterlijk: Waarde, lezingen: Lezingwaarden, vraag: str, o: Opsteller
) -> None:
    """Say that the service stays longer than agreed, or that this hangs on an open question."""
    if c.nu is None or not _loopt_nog(c):
        return
    nu = c.nu
    voorbij = [
        nu > w if isinstance(w, datetime) else lokaal(nu).date() > w
        for w in ([w for _, w in lezingen] or [uiterlijk])
        if isinstance(w, date)
    ]
    if not any(voorbij):
        return
    zeker = all(voorbij)
    waarde = "hangt_af" if not zeker else "over_streefnorm" if a.strekking in ZACHT else "over_maximum"
    o.zeg(
        "traject.overschreden",
        waarde,
        T("De inzet duurt langer dan {aantal} {eenheid}: draag over, of kies een ander traject.")
        if zeker
        else T("Of de inzet langer duurt dan afgesproken, hangt af van een open vraag."),
        a.regels,
        a.strekking,
        open_vraag="" if zeker else vraag,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid,
    )


def _tot_uiterlijk(c: Omstandigheden, t: Trajectafspraken, a: Afspraak[Duur], begin: date, o: Opsteller) -> None:
    lezingen: Lezingwaarden = (
        ("startdag_telt_mee", laatste_dag(begin, a.waarde, True)),
        ("startdag_telt_niet_mee", laatste_dag(begin, a.waarde, False)),
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
    uiterlijk = gekozen(eerst, lezingen)
    o.klok(
        "traject.uiterlijk",
        T("De hulp van de dienst eindigt uiterlijk"),
        uiterlijk,
        a.strekking,
        "crisisdienst",
        a.regels,
        begint_op=begin,
        waarom=T("{aantal} {eenheid}."),
        open_vraag="X-10/startdag",
        lezingen=lezingen,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid,
    )
    if t.voortzetten and t.minstens:
        o.zeg(
            "traject.na_minimum",
            "overdragen_of_met_reden_doorgaan",
            T("Na {uur} uur: draag over, of ga met reden door tot uiterlijk {aantal} {eenheid}."),
            t.voortzetten,
            uur=t.minstens.waarde.aantal,
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid,
        )
    _overschreden(c, a, uiterlijk, () if o.keuze("X-10/startdag") else lezingen, "X-10/startdag", o)


def _inhoud(c: Omstandigheden, a: Afspraak[tuple[Inhoud, ...]], o: Opsteller) -> None:
    """What the intervention consists of, and what of it is not on record yet (HGL-06..09)."""
    i, v = c.s.inschatting, c.s.vervolg
    o.zeg(
        "traject.inhoud",
        a.waarde,
        T("De interventie bestaat uit: {inhoud}."),
        a.regels,
        inhoud=tuple(INHOUD[x] for x in a.waarde),
    )
    feiten = (i.risicoanalyse, i.psychiatrische_beoordeling, i.veiligheidsplan, v.bepaald_op, v.aanbieder_gekozen)
    if all(f is None for f in feiten):
        return
    gedaan = {
        "risicoanalyse_of_psychiatrische_beoordeling": bool(i.risicoanalyse or i.psychiatrische_beoordeling),
        "veiligheid": i.veiligheidsrisico is False,
        "veiligheidsplan": bool(i.veiligheidsplan),
        "vervolghulp": bool(v.bepaald_op or v.aanbieder_gekozen),
    }
    nog = tuple(x for x in a.waarde if not gedaan[x])
    o.zeg(
        "traject.nog_te_doen",
        nog,
        T("Nog te doen: {nog}.") if nog else T("Alle onderdelen van de interventie zijn gedaan."),
        a.regels,
        nog=tuple(INHOUD[x] for x in nog),
    )


def _overdracht(c: Omstandigheden, t: Trajectafspraken, v: Overdrachtscriteria, o: Opsteller) -> None:
    """Hand over or persuade. The safety risk leads; where the criteria of the other list hold too, that is X-24."""
    risico = c.s.inschatting.veiligheidsrisico
    d = c.s.overdracht
    gemotiveerd = (d.jeugdige_gemotiveerd, d.ouders_gemotiveerd)
    voor = [
        (naam, regels)
        for naam, waar, regels in (
            ("gemotiveerd", True in gemotiveerd, v.gemotiveerd),
            ("geplaatst", d.geplaatst, v.geplaatst),
            ("enkelvoudig", d.enkelvoudig, v.enkelvoudig),
            ("passend_aanbod", d.passend_aanbod, v.passend_aanbod),
            ("voldoende_hulp", d.voldoende_hulp, v.voldoende_hulp),
        )
        if waar
    ]
    tegen: list[tuple[str, Regels]] = []
    if t.drang:
        oorzaak = t.drang.oorzaken if d.oorzaak not in (None, "illegaliteit") else ()
        tegen = [
            (naam, regels)
            for naam, waar, regels in (
                ("niet_gemotiveerd", False in gemotiveerd, t.drang.niet_gemotiveerd),
                ("huisverbod", d.huisverbod, t.drang.huisverbod),
                ("onduidelijk", d.onduidelijk, t.drang.onduidelijk),
                ("geen_aanspraak", d.geen_aanspraak, t.drang.geen_aanspraak + oorzaak),
                ("geen_aanbod", d.geen_aanbod, t.drang.geen_aanbod + oorzaak),
            )
            if waar
        ]
        if d.oorzaak and not (d.geen_aanspraak or d.geen_aanbod):
            o.vraag(
                "overdracht.geen_aanspraak",
                T("Heeft het gezin daardoor geen aanspraak op reguliere zorg, of is er geen aanbod?"),
                T("Dan kan een drangtraject."),
                t.drang.geen_aanspraak + t.drang.geen_aanbod + t.drang.oorzaken,
                50,
            )
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
    lezing = ""
    if voor and (tegen or risico):
        lezing = o.open(
            "X-24/beide_lijsten",
            T("Er gaat een criterium voor overdracht op, en er is ook reden om te blijven. Wat weegt?"),
            {
                "veiligheidsrisico": T("Het veiligheidsrisico is doorslaggevend."),
                "een_criterium": T("Eén criterium voor overdracht is genoeg (“en/of”)."),
            },
            r_voor + r_tegen + v.zonder_risico.regels,
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
    vraag = "X-24/beide_lijsten" if risico and lezing else ""
    lezingen: Lezingwaarden = (("veiligheidsrisico", "drangtraject"), ("een_criterium", "overdragen")) if vraag else ()
    if not risico or (vraag and lezing == "een_criterium"):
        was_drang = t.drang.tot.regels if t.drang and any(i.vorm == "drangtraject" for i in c.s.inzet) else ()
        o.zeg(
            "traject.volgende",
            "overdragen",
            T("Geen veiligheidsrisico: draag over aan reguliere of al betrokken hulp.")
            if not risico
            else T("Eén criterium voor overdracht is genoeg: draag over aan reguliere of al betrokken hulp."),
            tuple(dict.fromkeys(v.zonder_risico.regels + r_voor + was_drang)),
            v.zonder_risico.strekking,
            open_vraag=vraag,
            lezingen=lezingen,
        )
    elif t.drang:
        _drang(c, t.drang, r_tegen, vraag, lezingen, o)


def _drang(c: Omstandigheden, d: Drang, r_tegen: Regels, vraag: str, lezingen: Lezingwaarden, o: Opsteller) -> None:
    o.zeg(
        "traject.volgende",
        "drangtraject",
        T("Er is een veiligheidsrisico: een drangtraject kan; de dienst blijft tot het veilig is."),
        d.kan_bij.regels + r_tegen,
        d.kan_bij.strekking,
        open_vraag=vraag,
        lezingen=lezingen,
    )
    o.klok(
        "traject.drang",
        T("Drangtraject: tot er geen veiligheidsrisico meer is"),
        None,
        d.tot.strekking,
        "crisisdienst",
        d.tot.regels,
        begint_op=next((i.start_op for i in c.s.inzet if i.vorm == "drangtraject"), None),
        waarom=T("De bron noemt geen maximum."),
        open_vraag="X-24/duur_drang",
    )
    o.open(
        "X-24/duur_drang",
        T("Hoe lang duurt een drangtraject en wanneer kijk je opnieuw? De bron noemt geen maximum en geen moment."),
        {
            "geen_klok": T("Tot er geen veiligheidsrisico meer is, zonder vaste datum."),
            "herbeoordeling": T("Op een vast moment dat de regio kiest."),
        },
        d.tot.regels,
    )
    if False in (c.s.overdracht.jeugdige_gemotiveerd, c.s.overdracht.ouders_gemotiveerd):
        o.zeg(
            "traject.vto",
            "kan",
            T("Niet gemotiveerd: een verzoek tot onderzoek bij de Raad kan."),
            d.niet_gemotiveerd,
            "kan",
        )


def _drieweg(c: Omstandigheden, d: Drieweg, o: Opsteller) -> None:
    weg = c.s.triage.keuze_drieweg
    if weg is None:
        o.zeg(
            "traject.drieweg",
            d.wegen.waarde,
            T("Weeg af: direct ingrijpen, naar het wijkteam, of intensief casemanagement van een GI."),
            d.wegen.regels,
            d.wegen.strekking,
        )
        o.vraag(
            "triage.keuze_drieweg",
            T("Welke weg: crisisinterventie, wijkteam of casemanagement van een GI?"),
            T("De afweging is de kern van de melding."),
            d.wegen.regels,
            88,
        )
    elif weg == "gi_casemanagement":
        _gi_casemanagement(c, d, o)
    else:
        o.zeg(
            "traject.drieweg",
            weg,
            T("Direct ingrijpen is nodig.")
            if weg == "crisisinterventie"
            else T("Verwijs naar het wijk- of buurtteam."),
            d.wegen.regels,
            d.wegen.strekking if weg == "crisisinterventie" else "kan",
        )
    if weg != "wijkteam":
        o.zeg("traject.direct", "hulp_meteen", T("Zo nodig meteen hulp aan kind en ouders."), d.direct.regels)
    o.zeg(
        "traject.juridisch",
        "deskundigheid_in_dienst",
        T("De dienst heeft juridische kennis om te bepalen vanuit welk kader dwang kan."),
        d.juridisch.regels,
        d.juridisch.strekking,
    )
    if c.s.vervolg.vots or c.s.triage.onvrijwillig == "ja":
        o.open(
            "X-27/dwang",
            T("Beoordeelt of besluit de dienst over het juridische kader?"),
            {"beoordelen": T("Beoordeelt: een ander besluit."), "besluiten": T("Besluit.")},
            d.juridisch.regels,
        )


def _gi_casemanagement(c: Omstandigheden, d: Drieweg, o: Opsteller) -> None:
    """A certified institution is asked when the child's safety demands it, with or without a measure (AMS-03)."""
    risico, onveilig = c.s.inschatting.veiligheidsrisico, c.s.triage.direct_onveilig
    if risico is None and onveilig in ("ja", "nee"):
        risico = onveilig == "ja"
    ots = c.s.vervolg.vots
    o.zeg(
        "traject.drieweg",
        "gi_casemanagement" if risico is not False else "gi_niet_nodig",
        T("Vraag een GI om intensief casemanagement, met of zonder OTS.")
        if risico is not False
        else T("Casemanagement van een GI hoort erbij als de veiligheid van het kind dat vraagt; dat is hier niet zo."),
        d.gi.regels,
        d.gi.strekking,
    )
    if risico is None:
        o.vraag(
            "triage.direct_onveilig",
            T("Vraagt de veiligheid van het kind om casemanagement van een GI?"),
            T("Alleen dan vraag je een GI."),
            d.gi.regels,
            70,
        )
    elif risico and ots is None:
        o.vraag(
            "vervolg.vots",
            T("Is een (voorlopige) ondertoezichtstelling nodig?"),
            T("Casemanagement kan met en zonder."),
            d.gi.regels,
            52,
        )
    elif risico:
        o.zeg(
            "traject.ots",
            "met_ots" if ots else "zonder_ots",
            T("Casemanagement met een ondertoezichtstelling.")
            if ots
            else T("Casemanagement zonder ondertoezichtstelling."),
            d.gi.regels,
        )


CRITERIA = {
    "gemotiveerd": T("jeugdige of ouders zijn gemotiveerd"),
    "geplaatst": T("de jeugdige is geplaatst of opgenomen"),
    "enkelvoudig": T("de problematiek is helder en enkelvoudig"),
    "passend_aanbod": T("er is direct passend aanbod"),
    "voldoende_hulp": T("er is al voldoende hulp"),
    "niet_gemotiveerd": T("jeugdige of ouders zijn niet gemotiveerd"),
    "huisverbod": T("er loopt een huisverbodprocedure"),
    "onduidelijk": T("de problematiek is te onduidelijk voor een volledige beoordeling"),
    "geen_aanspraak": T("het gezin heeft geen aanspraak op reguliere zorg"),
    "geen_aanbod": T("er is geen aanbod voor het specifieke probleem"),
}
INHOUD = {
    "risicoanalyse_of_psychiatrische_beoordeling": T("een risicoanalyse en/of psychiatrische beoordeling"),
    "veiligheid": T("veiligheid creëren"),
    "veiligheidsplan": T("een veiligheidsplan opstellen"),
    "vervolghulp": T("vervolghulp organiseren"),
}
