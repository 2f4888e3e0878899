# SPDX-License-Identifier: EUPL-1.2
"""The facts of a situation, in the words of the field; whatever is unknown is left out.

The attribute docstrings are the published manual (JSON Schema), hence Dutch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .bron import STRIKT

Melder = Literal[
    "ouder",
    "jeugdige",
    "netwerk",
    "burger",
    "huisarts",
    "politie",
    "school",
    "ziekenhuis",
    "ggz",
    "toegang",
    "wijkteam",
    "gi",
    "veilig_thuis",
    "zorgaanbieder",
    "raad",
    "andere_professional",
]
Vorm = Literal[
    "ambulante_spoedhulp",
    "families_first",
    "multifocus",
    "psychiatrische_ambulante_crisisbehandeling",
    "acuut_trauma",
    "ambulant",
    "eigen_netwerk",
    "noodbed",
    "crisispleegzorg",
    "netwerkpleegzorg",
    "residentieel",
    "crisisopname_ggz",
    "gesloten_plaatsing",
    "crisisinterventie",
    "drangtraject",
]
VERBLIJF: frozenset[Vorm] = frozenset(
    {"eigen_netwerk", "noodbed", "crisispleegzorg", "netwerkpleegzorg", "residentieel"}
)
"""Forms in which the child sleeps elsewhere, within crisis help."""
Sector = Literal["J&O", "LVB", "GGZ"]
Antwoord = Literal["ja", "nee", "onbekend"]
Uitkomst = Literal["crisis", "acute_hulp", "geen_crisis", "consult"]


@dataclass(frozen=True, slots=True)
class Melding:
    """De melding: wie belt, wanneer, en wat er bij het bellen al bekend is."""

    __pydantic_config__ = STRIKT

    op: datetime | None = None
    """Moment van de melding, met tijdzone, zoals 2024-05-17T21:40:00+02:00."""
    melder: Melder | None = None
    """Wie meldt. `toegang` is de gemeentelijke toegang, `wijkteam` ook CJG of lokaal team, `raad` de Raad voor de Kinderbescherming."""
    kanaal: Literal["telefoon", "e-mail", "digitaal"] | None = None
    """Hoe de melding binnenkomt."""
    vraag: Literal["crisis", "consult", "zorgmelding_politie"] | None = None
    """Waar de melder om vraagt: hulp in een crisis, advies aan een professional, of een zorgmelding van de politie."""
    gedragsdeskundige_geraadpleegd_op: datetime | None = None
    """Meldt de toegang: wanneer die eerst met de gedragsdeskundige van de gemeente overlegde (ZL-60)."""
    contact_beeindigd_op: datetime | None = None
    """Wanneer het gesprek met de melder eindigde; daarvandaan loopt terugbellen (FRL-08)."""
    teruggebeld_op: datetime | None = None
    """Wanneer de melder is teruggebeld (FRL-08)."""
    aanvraag_zorg_op: datetime | None = None
    """Wanneer de hulp bij een aanbieder of door het wijkteam is aangevraagd (LEK-16, LEK-23)."""


@dataclass(frozen=True, slots=True)
class Jeugdige:
    """De jeugdige om wie het gaat."""

    __pydantic_config__ = STRIKT

    leeftijd: int | None = None
    """Leeftijd in hele jaren op het moment van de melding; een ongeboren kind is 0."""
    geboortedatum: date | None = None
    """Geboortedatum; gaat voor leeftijd als beide kloppen."""
    hulp_voor_18: bool | None = None
    """Of jeugdhulp begon voor de 18e verjaardag (ICJ-09)."""
    sector: Sector | None = None
    """Waar de vraag vooral ligt: J&O (opvoeden en opgroeien), LVB of GGZ."""
    domeinen: tuple[str, ...] = ()
    """Leefgebieden met zeer complexe vragen, zoals gezin, school, welzijn (SEG-07)."""
    oorzaak: Literal["gedrag_opvoeding", "gezin", "psychisch", "lichamelijk_medisch", "anders"] | None = None
    """Waardoor de crisis ontstaat (FRL-01, ICJ-10, ZOB-16)."""


@dataclass(frozen=True, slots=True)
class Betrokken:
    """Wie er al bij het gezin betrokken is."""

    __pydantic_config__ = STRIKT

    gi: Literal["geen", "beschikking", "vrijwillig"] | None = None
    """De gecertificeerde instelling (GI): niet, met beschikking van de rechtbank, of vrijwillig (preventief of drang)."""
    zorgaanbieder: bool | None = None
    """Of een zorgaanbieder al hulp geeft in het gezin."""
    zorgaanbieder_gaat_mee: bool | None = None
    """Of de medewerker van die zorgaanbieder meegaat op huisbezoek (ZL-51)."""
    zorgaanbieder_is_crisisaanbieder: bool | None = None
    """Of de zorgaanbieder waar de jeugdige verblijft zelf crisiszorg biedt (CIT-08)."""
    jeugdige_verblijft_bij_aanbieder: bool | None = None
    """Of de jeugdige bij een aanbieder verblijft; dan is de crisis intramuraal (CIT-48, CL-48)."""
    veilig_thuis: bool | None = None
    """Of Veilig Thuis betrokken is."""
    veilig_thuis_schat_zelf_in: bool | None = None
    """Of Veilig Thuis de crisis zelf inschat, zonder de crisisdienst (ZL-45)."""
    veilig_thuis_vraagt_crisisdienst: bool | None = None
    """Of Veilig Thuis de crisisdienst vraagt om (mee) in te schatten (ZL-46)."""
    generalist_beschikbaar: bool | None = None
    """Of een generalist uit het lokale veld snel beschikbaar is (ZOB-22)."""
    volwassene_in_crisis: bool | None = None
    """Of ook een volwassene in het gezin in crisis is."""
    volwassene_is_ouder: bool | None = None
    """Of die volwassene ouder is (ZOB-03)."""
    gezinsplan: bool | None = None
    """Of er al een gezinsplan is van een betrokken professional (ZL-83)."""


@dataclass(frozen=True, slots=True)
class Triage:
    """De telefonische triage: de antwoorden op de vragen, en wat er besloten is."""

    __pydantic_config__ = STRIKT

    plotseling: Antwoord | None = None
    """Is het plotseling? (ICJ-11)"""
    ernstige_ontregeling: Antwoord | None = None
    """Is het gezin of de omgeving ernstig ontregeld? (ICJ-11, ICJ-10)"""
    direct_onveilig: Antwoord | None = None
    """Is iemand direct onveilig? (ICJ-11, ZOB-14, HGL-02, UTR-04)"""
    onhoudbaar: Antwoord | None = None
    """Is de thuis- of leefsituatie acuut onhoudbaar? (ICJ-11)"""
    calamiteit_bij_niets_doen: Antwoord | None = None
    """Kan er een calamiteit ontstaan als niemand iets doet? (ICJ-12)"""
    anders_dan_gisteren: Antwoord | None = None
    """Is er vandaag iets anders dan gisteren? (ICJ-13)"""
    kan_wachten_tot_morgen: Antwoord | None = None
    """Kan het wachten tot morgen? (ICJ-14)"""
    onvrijwillig: Antwoord | None = None
    """Wil het gezin of de jeugdige geen hulp? (FRL-15, HGL-02)"""
    lopende_hulp: Antwoord | None = None
    """Loopt er al hulp? (FRL-04, ICJ-16)"""
    zorgpad_vast: bool | None = None
    """Of interviewer en triagist samen zorgpad en aanbieder hebben bepaald (FRL-12)."""
    uitkomst: Uitkomst | None = None
    """Wat de triagist besloot."""
    besloten_op: datetime | None = None
    """Wanneer dat besluit viel."""
    aanbieder_ingelicht_op: datetime | None = None
    """Wanneer de aanbieder van het zorgpad het besluit hoorde (FRL-12)."""
    aanbieder_contact_op: datetime | None = None
    """Wanneer die aanbieder contact had met de cliënt (FRL-12)."""
    inventarisatie_klaar: bool | None = None
    """Of de vragenlijst is afgerond voor het gesprek eindigt (FRL-07)."""
    interviewer: str = ""
    """Wie het gesprek voerde; een functie of code, geen naam."""
    triagist: str = ""
    """Wie als triagist meedacht; een functie of code, geen naam (FRL-10)."""
    opleiding_triagist: Literal["MBO", "HBO", "HBO+", "WO"] | None = None
    """Opleiding van de triagist (LEK-19)."""
    keuze_drieweg: Literal["crisisinterventie", "wijkteam", "gi_casemanagement"] | None = None
    """Amsterdam: de gekozen weg (AMS-02, AMS-03)."""
    strafbare_feiten_dreigen: bool | None = None
    """Of de jeugdige dreigt af te glijden naar criminaliteit (UTR-04)."""


@dataclass(frozen=True, slots=True)
class Inschatting:
    """De actieve inschatting ter plaatse en het besluit crisis ja of nee."""

    __pydantic_config__ = STRIKT

    vertrek_op: datetime | None = None
    """Vertrek naar het gezin."""
    op: datetime | None = None
    """Aankomst: het moment van de inschatting ter plaatse."""
    veiligheidsrisico: bool | None = None
    """Of er (nog) een veiligheidsrisico is (HGL-10, HGL-17, UTR-06)."""
    crisis: bool | None = None
    """Het besluit: crisis ja of nee (ZL-12, ICJ-22)."""
    besloten_op: datetime | None = None
    """Wanneer dat besluit viel."""
    besloten_door: Literal["crisisdienst", "veilig_thuis", "toegang", "gi", "zorgaanbieder"] | None = None
    """Welke organisatie besloot."""
    tweede_beoordeling: Antwoord | None = None
    """Friesland: heeft het koppel ter plaatse voor de tweede keer beoordeeld en de triagist gebeld? (FRL-16)"""
    werker_blijft: bool | None = None
    """Friesland: blijft de werker ter plaatse en start die het zorgpad? (FRL-17)"""
    risicoanalyse: bool | None = None
    """Haaglanden: is er een risicoanalyse? (HGL-06)"""
    psychiatrische_beoordeling: bool | None = None
    """Haaglanden: is er een psychiatrische beoordeling? (HGL-06)"""
    veiligheidsplan: bool | None = None
    """Of er een veiligheidsplan is (HGL-08, ZL-11)."""


@dataclass(frozen=True, slots=True)
class Afweging:
    """Wat er kan en niet kan bij de keuze van een vorm van hulp."""

    __pydantic_config__ = STRIKT

    ambulant_veilig: bool | None = None
    """Of hulp thuis de veiligheid genoeg dekt (ICJ-25)."""
    thuis_mogelijk: bool | None = None
    """Of de jeugdige thuis kan blijven (LEK-32, CIT-34)."""
    netwerk_mogelijk: bool | None = None
    """Of de jeugdige in het eigen netwerk kan verblijven."""
    noodbed_mogelijk: bool | None = None
    """Of er een noodbed vrij is (ICJ-25)."""
    pleeggezin_mogelijk: bool | None = None
    """Of een (netwerk)pleeggezin mogelijk is."""
    residentieel_mogelijk: bool | None = None
    """Of er een residentiële plek is."""
    een_nacht_lost_op: bool | None = None
    """De inschatting dat één nacht uit de situatie de crisis oplost (ZL-20)."""
    langdurig_duidelijk: bool | None = None
    """Of vanaf het begin duidelijk is dat het een lange plaatsing wordt (LEK-31)."""
    redenen: Mapping[str, str] = field(default_factory=dict)
    """Per overwogen lichtere vorm waarom die niet past, zoals {"ambulant": "vader dreigt met geweld"}."""
    aanbieder: str = ""
    """De beoogde aanbieder, bij naam (FRL-02)."""
    aanbieder_in_crisistool: bool | None = None
    """Of de aanbieder op de digitale crisistool is aangesloten (LEK-18)."""
    aanbieder_is_gi: bool | None = None
    """Of de beoogde aanbieder van jeugdhulp een GI is (CL-66)."""
    deskundigheid_aanbieder: tuple[Sector, ...] = ()
    """Deskundigheid op de beoogde plek (CL-30, ZL-22)."""
    besluit_cdj: bool | None = None
    """Of er een besluit crisiszorg van CDJ is (CIT-05, CIT-06)."""
    wvggz: bool | None = None
    """Of de opname op de Wvggz berust (CIT-07, ICJ-39)."""
    opleiding_werker: Literal["MBO", "HBO", "HBO+", "WO"] | None = None
    """Opleiding van wie de ambulante crisishulp geeft (LEK-28)."""


@dataclass(frozen=True, slots=True)
class Inzet:
    """Een vorm van crisishulp die is gekozen of loopt."""

    __pydantic_config__ = STRIKT

    vorm: Vorm
    """Welke vorm."""
    start_op: datetime | None = None
    """Wanneer de hulp begint of begon."""
    eind_op: datetime | None = None
    """Wanneer de hulp eindigde."""
    ouders_geinformeerd_op: datetime | None = None
    """Wanneer de ouders hoorden hoe lang het hooguit duurt (ZL-26, ZL-27)."""
    perspectief_op: datetime | None = None
    """Wanneer het perspectief is vastgelegd (LEK-38)."""
    wijkteam_betrokken_op: datetime | None = None
    """Wanneer het wijkteam werd betrokken bij het vervolg (LEK-26)."""
    overgedragen_op: datetime | None = None
    """Wanneer de zaak is overgedragen (UTR-11, ZOB-09)."""


@dataclass(frozen=True, slots=True)
class Rto:
    """Het rond-de-tafeloverleg."""

    __pydantic_config__ = STRIKT

    datum: date | None = None
    """De dag waarop het RTO gepland is of was."""
    reden_andere_dag: str = ""
    """Waarom het RTO niet op de afgesproken dag is."""
    gehouden: bool | None = None
    """Of het RTO gehouden is."""
    deelname_op_afstand: bool | None = None
    """Of iemand telefonisch of digitaal meedoet (ZL-37)."""
    reden_op_afstand: str = ""
    """Waarom iemand op afstand meedoet (ZL-37)."""
    perspectief: bool | None = None
    """Of er afspraken over het perspectief zijn (ZL-09)."""
    veiligheidsplan: bool | None = None
    """Of er een (summier) veiligheidsplan ligt (ZL-11, ZL-70)."""
    procesregisseur_aanwezig: bool | None = None
    """Of de procesregisseur bij het RTO was (ZL-74, ZL-79)."""
    nieuw_overleg_nodig: bool | None = None
    """Of na overleg met de aanbieder een vervolg-RTO nodig is (ZL-82)."""


@dataclass(frozen=True, slots=True)
class Vervolg:
    """Wat er na de crisis nodig is."""

    __pydantic_config__ = STRIKT

    terug_naar_huis: Literal["zeker", "twijfel", "nee"] | None = None
    """Of de jeugdige binnen een week terug kan naar eigen systeem of netwerk (ZL-73, ZL-104)."""
    gikj: Literal["niet", "overwogen", "nodig"] | None = None
    """Of gesloten of intensieve klinische jeugdhulp (GIK-J) nodig is of wordt overwogen (ZL-106)."""
    route: Literal[1, 2, 3, 4] | None = None
    """De gekozen route voor vervolghulp (ZL-99..103)."""
    vorm: Vorm | None = None
    """Bij route 2: de ambulante vorm (ZL-100)."""
    bepaald_op: datetime | None = None
    """Wanneer het vervolg bepaald is (CIT-22)."""
    aanbieder_gekozen: bool | None = None
    """Of de beoogde aanbieder gekozen en geraadpleegd is (ZL-81)."""
    start_op: datetime | None = None
    """Wanneer de vervolghulp begint (ZL-93)."""
    doorgeleiding: Literal["crisismaatregel_ggz", "gesloten_plaatsing"] | None = None
    """Of een crisismaatregel GGZ of gesloten plaatsing aan de orde is, waar een bevoegde functionaris over gaat (ZL-117..119)."""
    stagneert: bool | None = None
    """Of de vervolghulp stagneert (ZL-95, ZL-111)."""
    expertteam: Literal["ondersteuning", "bindend_advies"] | None = None
    """Wat de procesregisseur het Expertteam vraagt (ZL-110, ZL-111)."""
    expertteam_via_crisisdienst: bool | None = None
    """Of die vraag via de crisisdienst loopt (ZL-112)."""
    gevraagd_op: date | None = None
    """Op welke dag het Expertteam wordt gevraagd."""
    ouders_nemen_verantwoordelijkheid: bool | None = None
    """Of de ouders hun verantwoordelijkheid voldoende nemen (ZL-29)."""
    gewenste_inzet_bekend: bool | None = None
    """Of Veilig Thuis of de verwijzer de gewenste jeugdhulp aan de toegang heeft laten weten (ZL-49)."""
    regie_veilig_thuis: bool | None = None
    """Of Veilig Thuis nu de procesregie heeft (ZL-50)."""
    overdracht_regie_op: date | None = None
    """Wanneer Veilig Thuis en gemeente afspraken de regie over te dragen (ZL-50)."""
    veilig_genoeg: bool | None = None
    """Of het veilig genoeg is (UTR-06, HGL-10)."""
    lokaal_mogelijk: bool | None = None
    """Of lokale situatie en gezin overdracht naar lokale hulp toelaten (CL-31, LEK-27)."""
    beschikking_nodig: bool | None = None
    """Of er nog een beschikking achteraf moet komen (CL-06)."""
    vots: bool | None = None
    """Of een (voorlopige) ondertoezichtstelling of voogdij nodig lijkt (CL-74, UTR-05, AMS-03)."""
    bijzondere_toegang: bool | None = None
    """Of de casus naar de Bijzondere Toegang van Segment 1 gaat (SEG-49)."""
    complex_in_kind: bool | None = None
    """Of er kindfactoren zijn die het zeer complex maken (SEG-07)."""
    complex_in_omgeving: bool | None = None
    """Of er omgevingsfactoren zijn die het zeer complex maken (SEG-07)."""


@dataclass(frozen=True, slots=True)
class Overdracht:
    """Haaglanden: de criteria voor overdracht en voor een drangtraject (HGL-11..23)."""

    __pydantic_config__ = STRIKT

    jeugdige_gemotiveerd: bool | None = None
    """Is de jeugdige gemotiveerd voor hulp? (HGL-11, HGL-18)"""
    ouders_gemotiveerd: bool | None = None
    """Zijn de ouders gemotiveerd voor hulp? (HGL-11, HGL-18)"""
    geplaatst: bool | None = None
    """Is de jeugdige geplaatst in jeugdhulp of LVB, of opgenomen in de psychiatrie? (HGL-12)"""
    enkelvoudig: bool | None = None
    """Is de problematiek helder en enkelvoudig? (HGL-13)"""
    passend_aanbod: bool | None = None
    """Is er direct passend aanbod? (HGL-14)"""
    voldoende_hulp: bool | None = None
    """Is er al voldoende of passende hulp actief? (HGL-15)"""
    huisverbod: bool | None = None
    """Loopt er een huisverbodprocedure? (HGL-19)"""
    onduidelijk: bool | None = None
    """Is de problematiek zo onduidelijk dat een risicoanalyse of psychiatrische beoordeling niet volledig kan? (HGL-20)"""
    geen_aanspraak: bool | None = None
    """Heeft het gezin geen aanspraak op reguliere zorg? (HGL-21)"""
    geen_aanbod: bool | None = None
    """Is er geen aanbod voor de specifieke problematiek? (HGL-22)"""
    oorzaak: Literal["illegaliteit", "geen_vaste_verblijfplaats", "vermist", "in_het_buitenland"] | None = None
    """Waardoor er geen aanspraak of geen aanbod is; in het buitenland kan ook gedetineerd zijn (HGL-21, HGL-23)."""


@dataclass(frozen=True, slots=True)
class Kostenregel:
    """Eén regel kosten waarvan de betaler gevraagd wordt."""

    __pydantic_config__ = STRIKT

    soort: Literal[
        "telefonische_melding",
        "actieve_inschatting",
        "ambulante_crisishulp",
        "crisisverblijf",
        "verwijzing_bevoegde_functionaris",
        "bevoegde_functionaris",
        "crisismaatregel_ggz",
        "gesloten_plaatsing",
        "regulier_arrangement",
        "vervolghulp_route_2",
        "vervolghulp_route_3",
        "vervolghulp_route_4",
        "crisisopname_ggz",
        "ambulancedienst_48_uur",
        "jeugdhulp_segment_1",
        "transformatiekosten",
        "frictiekosten",
        "niet_gecontracteerd_aanbod",
    ]
    """Waarvoor."""
    dagen: int | None = None
    """Hoeveel dagen de hulp duurde."""
    buiten_kantoortijd: bool | None = None
    """Of het buiten kantoortijd gebeurde (ZL-118); zonder antwoord telt het moment van de melding."""
    beschikking_ontbreekt: bool | None = None
    """Of de beschikking nog moet volgen (CL-06)."""


@dataclass(frozen=True, slots=True)
class Verrekening:
    """Segment 1: voorschot en afrekening tussen gemeenten (SEG-38, SEG-39)."""

    __pydantic_config__ = STRIKT

    budget: float
    """Budget in euro."""
    kosten: float
    """Werkelijke kosten in euro."""
    historisch_aandeel: Mapping[str, float] = field(default_factory=dict)
    """Per gemeente het aandeel in het historisch gebruik; samen 1."""
    feitelijk_aandeel: Mapping[str, float] = field(default_factory=dict)
    """Per gemeente het aandeel in het feitelijk gebruik; samen 1."""


@dataclass(frozen=True, slots=True)
class Sluitingsopgave:
    """Een opgave van sluitingsdagen door een gemeente (ZL-39..43)."""

    __pydantic_config__ = STRIKT

    jaar: int
    """Voor welk jaar."""
    dagen: tuple[date, ...]
    """De dagen waarop de gemeente niet beschikbaar is."""
    gemeld_op: date | None = None
    """Wanneer de gemeente ze doorgaf."""


@dataclass(frozen=True, slots=True)
class Meting:
    """Gemeten waarden voor de KPI's van Segment 1 op een peildatum."""

    __pydantic_config__ = STRIKT

    peildatum: date
    """Meetdag, zoals 2026-01-01."""
    waarden: Mapping[str, float] = field(default_factory=dict)
    """Per KPI de gemeten waarde, zoals {"aangemelde_jeugdigen_boven_12": 70}."""
    nulmeting: Mapping[str, float] = field(default_factory=dict)
    """Per KPI de waarde waarmee vergeleken wordt."""


@dataclass(frozen=True, slots=True)
class Situatie:
    """De feiten van een situatie. Alleen `regio` is verplicht; wat onbekend is, laat je weg."""

    __pydantic_config__ = STRIKT

    regio: str
    """De regio, zoals `zuid-limburg`."""
    gemeente: str | None = None
    """De gemeente: naam of CBS-code, zoals `Simpelveld` of `0965`."""
    moment: datetime | None = None
    """Het moment waarop je vraagt ('nu'); zonder dit telt het moment van de melding."""
    melding: Melding = field(default_factory=Melding)
    """De melding."""
    jeugdige: Jeugdige = field(default_factory=Jeugdige)
    """De jeugdige."""
    betrokken: Betrokken = field(default_factory=Betrokken)
    """Wie al betrokken is."""
    triage: Triage = field(default_factory=Triage)
    """De triage."""
    inschatting: Inschatting = field(default_factory=Inschatting)
    """De inschatting ter plaatse."""
    afweging: Afweging = field(default_factory=Afweging)
    """Wat er kan en niet kan."""
    inzet: tuple[Inzet, ...] = ()
    """De vormen van hulp die gekozen zijn of lopen."""
    rto: Rto = field(default_factory=Rto)
    """Het rond-de-tafeloverleg."""
    vervolg: Vervolg = field(default_factory=Vervolg)
    """Het vervolg."""
    overdracht: Overdracht = field(default_factory=Overdracht)
    """Criteria voor overdracht of drang (Haaglanden)."""
    kosten: tuple[Kostenregel, ...] = ()
    """Kosten waarvan je wilt weten wie betaalt."""
    verrekening: Verrekening | None = None
    """Voorschot en afrekening (Segment 1)."""
    sluitingsdagen: Sluitingsopgave | None = None
    """Een opgave van sluitingsdagen; is ze geldig, dan telt ze mee."""
    meting: Meting | None = None
    """KPI-meting (Segment 1)."""
    keuzes: Mapping[str, str] = field(default_factory=dict)
    """Lezingen om mee te proberen, zoals {"X-01/vroege_ochtend": "zelfde_dag"}; gaat voor de keuze van de regio."""
