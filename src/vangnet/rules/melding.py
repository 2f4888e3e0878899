# SPDX-License-Identifier: EUPL-1.2
"""The call: what is done with it, who is told and when; `ingang` says where it comes in (ZL-52..53, ZL-57, ZL-60;
FRL-07..11; AMS-07..08; HGL-25..26; LEK-17; CIT-23, CIT-42, CIT-45; ICJ-14..17; UTR-08..10; ZOB-21, ZOB-23; X-01, X-07, X-22,
X-23, X-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .bron import STRIKT, Afspraak, Duur, Regels, Strekking
from .ingang import (
    PROFESSIONALS,
    BestaandeZorg,
    Ingang,
    Instroom,
    Intramuraal,
    bestaande_zorg,
    bij_aanbieder,
    in_instelling,
    ingangen,
    instroom,
    intramuraal,
)
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .tekst import T, Waarde
from .termijn import na_uren
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Signaal:
    """The word to the municipality or GI that a call came in."""

    __pydantic_config__ = STRIKT

    aan: Literal["toegang_of_gi", "toegang", "lokaal_team"]
    wanneer: Literal["buiten_kantoortijd", "altijd"]
    dag: Literal["eerstvolgende_werkdag", "meteen", "zo_snel_mogelijk"]
    strekking: Strekking
    regels: Regels
    via: str = ""


@dataclass(frozen=True, slots=True)
class GeenCrisis:
    """What is done with a call that is no crisis."""

    __pydantic_config__ = STRIKT

    naar: Literal["toegang_of_gi"]
    dag: Literal["eerstvolgende_werkdag"]
    strekking: Strekking
    regels: Regels


@dataclass(frozen=True, slots=True)
class AcuteHulp:
    """What is done when it can wait until tomorrow."""

    __pydantic_config__ = STRIKT

    inzet: Afspraak[Literal["snelle_reguliere_zorg"]]
    door: Afspraak[Literal["nieuwe_of_betrokken_aanbieder"]]
    tijdens_melding: Afspraak[Literal["advies_coaching_en_zo_nodig_inschatting"]]


@dataclass(frozen=True, slots=True)
class Terugbellen:
    """The window in which the caller is called back."""

    __pydantic_config__ = STRIKT

    vanaf: Duur
    tot: Duur
    strekking: Strekking
    regels: Regels
    terugkoppeling: Afspraak[Literal["interviewer_belt_client_en_melder"]]
    vragenlijst: Afspraak[Literal["voor_einde_gesprek"]]


@dataclass(frozen=True, slots=True)
class Consult:
    """Advice to a professional, without a casus being taken over."""

    __pydantic_config__ = STRIKT

    voor: Afspraak[Literal["professionals", "verwijzers", "allen"]]
    daarna: Afspraak[Literal["ondersteuning_of_aansluiting"]] | None = None


@dataclass(frozen=True, slots=True)
class Samenwerking:
    """With whom the service works together, and on what."""

    __pydantic_config__ = STRIKT

    wat: str
    """Waarvoor."""
    met: tuple[str, ...]
    """Met wie."""
    strekking: Strekking
    regels: Regels


@dataclass(frozen=True, slots=True)
class Meldafspraken:
    """Everything a region agreed about calls."""

    __pydantic_config__ = STRIKT

    ingangen: tuple[Ingang, ...] = ()
    dienst_van: Afspraak[tuple[str, ...]] | None = None
    """Wie samen de crisisdienst vormen of uitvoeren."""
    alleen_crisis: Afspraak[Literal["ja"]] | None = None
    """De dienst is er alleen voor crisis."""
    bereikbaar: Afspraak[Literal["24/7", "telefonisch_24/7"]] | None = None
    overleg_vooraf: Afspraak[Literal["toegang_met_gedragsdeskundige"]] | None = None
    signaal: Signaal | None = None
    geen_crisis: GeenCrisis | None = None
    acute_hulp: AcuteHulp | None = None
    bestaande_zorg: BestaandeZorg | None = None
    terugbellen: Terugbellen | None = None
    consult: Consult | None = None
    intramuraal: Intramuraal | None = None
    instroom: Instroom | None = None
    """Langs welke weg een jeugdige in de crisishulp komt."""
    volwassene_open: Regels = ()
    """Regels die de band met de hulp voor volwassenen als open punt noemen."""
    volwassene_ouder: Afspraak[Literal["koppel_casussen"]] | None = None
    """Een volwassene in crisis die ouder is."""
    zorgmelding_politie: Afspraak[Literal["op_termijn"]] | None = None
    """Of ook zorgmeldingen van de politie hier komen."""
    samenwerking: tuple[Samenwerking, ...] = ()
    """Wie vanuit of met de dienst werken."""


def melding(c: Omstandigheden, m: Meldafspraken, o: Opsteller) -> None:
    """Say where the call belongs, what to do with it, and who must be told by when."""
    if c.meld_op is None and c.a.segment is None:
        o.vraag(
            "melding.op",
            T("Wanneer is er gebeld?"),
            T("Dag en uur bepalen wie meegaat en welke dag het RTO is."),
            c.a.regio.regels,
            100,
        )
    elif c.a.kantoortijd and c.kantoortijd is not None:
        o.zeg(
            "melding.kantoortijd",
            "binnen" if c.kantoortijd else "buiten",
            T("De melding valt binnen kantoortijd.") if c.kantoortijd else T("De melding valt buiten kantoortijd."),
            c.a.kantoortijd.regels + _feestdag_van_melding(c),
            waarom=_waarom_uur(c),
            van=c.a.kantoortijd.van,
            tot=c.a.kantoortijd.tot,
        )
    ingangen(c, m.ingangen, o)
    if m.dienst_van:
        o.zeg(
            "melding.dienst",
            m.dienst_van.waarde,
            T("{dienst} wordt uitgevoerd door {organisaties}."),
            m.dienst_van.regels,
            m.dienst_van.strekking,
            dienst=c.naam("crisisdienst"),
            organisaties=m.dienst_van.waarde,
        )
    if m.bereikbaar:
        o.zeg(
            "melding.bereikbaar",
            m.bereikbaar.waarde,
            T("Dag en nacht bereikbaar.")
            if m.bereikbaar.waarde == "24/7"
            else T("Per telefoon dag en nacht bereikbaar."),
            m.bereikbaar.regels,
            m.bereikbaar.strekking,
        )
    if m.overleg_vooraf and c.s.melding.melder == "toegang":
        _overleg_vooraf(c, m.overleg_vooraf, o)
    if m.bestaande_zorg:
        bestaande_zorg(c, m.bestaande_zorg, o)
    elif c.s.betrokken.zorgaanbieder and m.ingangen and c.a.huisbezoek.gezamenlijk is None:
        o.open(
            "X-22/lopende_hulp",
            T("Er loopt al hulp. Deze regio zegt niet wat je dan doet."),
            {
                "aanbieder_doet_mee": T("De crisisdienst pakt op, de aanbieder doet mee."),
                "verwijzen": T("In kantoortijd verwijst de crisisdienst naar de aanbieder."),
            },
            m.ingangen[0].regels,
        )
    if m.intramuraal and (c.s.betrokken.jeugdige_verblijft_bij_aanbieder or c.s.melding.melder == "zorgaanbieder"):
        intramuraal(c, m.intramuraal, o)
    elif c.s.betrokken.jeugdige_verblijft_bij_aanbieder:
        in_instelling(("CL-48",), o)
    if m.instroom:
        instroom(c, m.instroom, o)
    if m.terugbellen and not bij_aanbieder(c, o):
        _terugbellen(c, m.terugbellen, o)
    if m.volwassene_open and c.s.betrokken.volwassene_in_crisis:
        o.open(
            "CIT-42/volwassene",
            T("Er is ook een volwassene in crisis. Hoe werk je samen met de hulp voor volwassenen?"),
            {
                "doorverbinden": T("Verbind warm door met de crisisdienst voor volwassenen."),
                "samen": T("Pak het samen op, voor het hele gezin."),
            },
            m.volwassene_open,
        )
    if m.volwassene_ouder and c.s.betrokken.volwassene_in_crisis:
        _volwassene(c, m.volwassene_ouder, o)
    _uitkomst(c, m, o)
    if m.signaal and not c.consult:
        _signaal(c, m.signaal, o)
    if m.zorgmelding_politie and c.s.melding.vraag == "zorgmelding_politie":
        _zorgmelding(m.zorgmelding_politie, o)
    for nummer, samen in enumerate(m.samenwerking, 1):
        o.zeg(
            f"melding.samen.{nummer}",
            samen.met,
            T("{wat}: {wie}."),
            samen.regels,
            samen.strekking,
            wat=samen.wat,
            wie=samen.met,
        )


def _zorgmelding(a: Afspraak[Literal["op_termijn"]], o: Opsteller) -> None:
    """A police care report: meant to come here in time, without a date (AMS-08)."""
    eerst = o.open(
        f"{a.regels[0]}/wanneer",
        T("Neemt de dienst zorgmeldingen van de politie al aan? De tekst zegt “op termijn”, zonder datum."),
        {"aannemen": T("Ja: neem de melding aan."), "nog_niet": T("Nog niet: verwijs naar het AMHK (Veilig Thuis).")},
        a.regels,
    )
    o.zeg(
        "melding.zorgmelding",
        eerst,
        T("Zorgmelding van de politie: aannemen hoort bij de plannen; wanneer staat er niet."),
        a.regels,
        a.strekking,
        open_vraag=f"{a.regels[0]}/wanneer",
        lezingen=(("aannemen", "aannemen"), ("nog_niet", "nog_niet")),
    )


def _feestdag_van_melding(c: Omstandigheden) -> Regels:
    if c.a.feestdagen is None or c.meld_op is None or not c.kalender_regio.feestdag(lokaal(c.meld_op).date()):
        return ()
    return c.a.feestdagen.regels


def _waarom_uur(c: Omstandigheden) -> str:
    assert c.meld_op is not None
    soort, _ = c.kalender_regio.soort(lokaal(c.meld_op).date())
    if soort == "feestdag":
        return T("Het is een feestdag in deze regio.")
    if soort == "weekend":
        return T("Het is weekend.")
    return T("Kantoortijd is op werkdagen van {van} tot {tot}; om {tot} is het voorbij.")


def _overleg_vooraf(c: Omstandigheden, a: Afspraak[Literal["toegang_met_gedragsdeskundige"]], o: Opsteller) -> None:
    op = c.s.melding.gedragsdeskundige_geraadpleegd_op
    if op is None:
        o.vraag(
            "melding.gedragsdeskundige_geraadpleegd_op",
            T("Heeft de toegang eerst overlegd met de gedragsdeskundige van de gemeente? Wanneer?"),
            T("Dat hoort voor de melding te gebeuren."),
            a.regels,
            85,
        )
        o.zeg(
            "melding.overleg_vooraf",
            "ontbreekt",
            T("Overleg van de toegang met de gedragsdeskundige is nog niet vastgelegd."),
            a.regels,
            waarom=T("De afspraak zegt niet dat een melding zonder dit overleg geweigerd wordt."),
        )
    elif c.meld_op and op > c.meld_op:
        o.zeg(
            "melding.overleg_vooraf",
            "te_laat",
            T("Het overleg met de gedragsdeskundige was na de melding."),
            a.regels,
        )
    else:
        o.zeg(
            "melding.overleg_vooraf",
            "gedaan",
            T("De toegang overlegde vooraf met de gedragsdeskundige: de melding is compleet."),
            a.regels,
        )


def _terugbellen(c: Omstandigheden, t: Terugbellen, o: Opsteller) -> None:
    m = c.s.melding
    if c.s.triage.inventarisatie_klaar is not None or m.contact_beeindigd_op:
        klaar = bool(c.s.triage.inventarisatie_klaar)
        o.zeg(
            "melding.vragenlijst",
            "klaar" if klaar else "nog_niet",
            T("De vragenlijst is af.") if klaar else T("Maak de vragenlijst af voor het gesprek eindigt."),
            t.vragenlijst.regels,
        )
    o.zeg(
        "melding.terugkoppeling",
        "interviewer",
        T("De interviewer belt cliënt en/of melder terug met het besluit."),
        t.terugkoppeling.regels,
    )
    if m.contact_beeindigd_op is None:
        o.klok(
            "melding.terugbellen",
            T("De melder terugbellen"),
            None,
            t.strekking,
            "interviewer",
            t.regels,
            waarom=T("Loopt vanaf het einde van het gesprek: binnen {vanaf} tot {tot} minuten."),
            vanaf=t.vanaf.aantal,
            tot=t.tot.aantal,
        )
        o.vraag(
            "melding.contact_beeindigd_op",
            T("Wanneer eindigde het gesprek?"),
            T("Daarvandaan loopt het terugbellen."),
            t.regels,
            55,
        )
        return
    lezingen: Lezingwaarden = (
        ("venster", na_uren(m.contact_beeindigd_op, t.vanaf)),
        ("hooguit", na_uren(m.contact_beeindigd_op, t.tot)),
    )
    o.open(
        "FRL-08/venster",
        T("Is 15–20 minuten een venster, of hooguit 20 minuten?"),
        {
            "hooguit": T("Hooguit 20 minuten: eerder mag."),
            "venster": T("Een venster: niet voor 15 en niet na 20 minuten."),
        },
        t.regels,
    )
    o.klok(
        "melding.terugbellen",
        T("De melder terugbellen"),
        lezingen[1][1],
        t.strekking,
        "interviewer",
        t.regels,
        begint_op=m.contact_beeindigd_op,
        waarom=T("Tussen {van_op} en {tot_op}."),
        van_op=lezingen[0][1],
        tot_op=lezingen[1][1],
    )
    if m.teruggebeld_op is None:
        return
    te_vroeg = m.teruggebeld_op < na_uren(m.contact_beeindigd_op, t.vanaf)
    te_laat = m.teruggebeld_op > na_uren(m.contact_beeindigd_op, t.tot)
    if te_vroeg:
        gekozen_lezing = o.keuze("FRL-08/venster")
        waarde = {"hooguit": "op_tijd", "venster": "te_vroeg"}.get(
            gekozen_lezing.lezing if gekozen_lezing else "", "hangt_af"
        )
    else:
        waarde = "te_laat" if te_laat else "op_tijd"
    tekst = {
        "op_tijd": T("De melder is op tijd teruggebeld."),
        "te_laat": T("De melder is later dan {tot} minuten na het gesprek teruggebeld; leg de reden vast."),
        "te_vroeg": T("De melder is eerder dan {vanaf} minuten na het gesprek teruggebeld."),
        "hangt_af": T("Teruggebeld voor {vanaf} minuten om waren: of dat past, hangt af van de lezing."),
    }
    o.zeg(
        "melding.teruggebeld",
        waarde,
        tekst[waarde],
        t.regels,
        open_vraag="FRL-08/venster" if waarde == "hangt_af" else "",
        vanaf=t.vanaf.aantal,
        tot=t.tot.aantal,
    )


def _volwassene(c: Omstandigheden, a: Afspraak[Literal["koppel_casussen"]], o: Opsteller) -> None:
    ouder = c.s.betrokken.volwassene_is_ouder
    if ouder is None:
        o.vraag(
            "betrokken.volwassene_is_ouder",
            T("Is de volwassene in crisis ook ouder?"),
            T("Dan pak je de crisis op voor het hele gezin."),
            a.regels,
            45,
        )
    else:
        o.zeg(
            "melding.volwassene",
            "koppel" if ouder else "volwassenendienst",
            T("De volwassene is ouder: koppel de crisis van ouder en kind en pak ze samen op.")
            if ouder
            else T("De volwassene is geen ouder: de crisisdienst voor volwassenen."),
            a.regels,
        )


def _uitkomst(c: Omstandigheden, m: Meldafspraken, o: Opsteller) -> None:
    uitkomst = c.s.triage.uitkomst
    if c.s.melding.vraag == "consult" or uitkomst == "consult":
        _consult(c, m, o)
        return
    crisis = c.s.inschatting.crisis
    if uitkomst == "acute_hulp" and m.acute_hulp:
        a = m.acute_hulp
        o.zeg(
            "melding.uitkomst",
            "acute_hulp",
            T("Acute hulp, geen crisis: zet snel reguliere zorg in."),
            a.inzet.regels,
        )
        o.zeg(
            "melding.acute_hulp_door",
            a.door.waarde,
            T("Een nieuwe of al betrokken aanbieder geeft de hulp."),
            a.door.regels,
        )
        o.zeg(
            "melding.acute_hulp_nu",
            a.tijdens_melding.waarde,
            T("Geef nu advies en coaching; ga zo nodig op actieve inschatting."),
            a.tijdens_melding.regels,
        )
    elif uitkomst in ("geen_crisis", "acute_hulp") or (crisis is False and m.alleen_crisis):
        _geen_crisis(c, m, o)
    elif m.alleen_crisis and (crisis or uitkomst == "crisis"):
        o.zeg(
            "melding.uitkomst",
            "crisis",
            T("Crisis: {dienst} is er voor."),
            m.alleen_crisis.regels,
            dienst=c.naam("crisisdienst"),
        )


def _consult(c: Omstandigheden, m: Meldafspraken, o: Opsteller) -> None:
    if m.consult is None:
        o.open(
            "CIT-45/consult",
            T("Deze regio sprak niets af over consult. Wat doe je met een vraag om advies?"),
            {"geef_advies": T("Geef advies, er komt geen casus."), "verwijs": T("Verwijs naar de toegang.")},
            m.alleen_crisis.regels if m.alleen_crisis else c.a.regio.regels,
        )
        return
    melder = c.s.melding.melder
    if m.consult.voor.waarde == "verwijzers" and melder and melder not in PROFESSIONALS:
        o.open(
            "CIT-45/consult",
            T("Advies is hier bedoeld voor verwijzers. Krijgt ook deze melder ({melder}) advies?"),
            {"geef_advies": T("Ja: geef advies, er komt geen casus."), "verwijs": T("Nee: verwijs naar de toegang.")},
            m.consult.voor.regels,
            melder=melder,
        )
        return
    if m.consult.voor.waarde == "professionals" and melder and melder not in PROFESSIONALS:
        o.zeg(
            "melding.uitkomst",
            "geen_consult",
            T("Consult is voor professionals; deze melder is dat niet."),
            m.consult.voor.regels,
        )
        return
    o.zeg(
        "melding.uitkomst",
        "consult",
        T("Advies: dat kan hier voor iedereen die belt.")
        if m.consult.voor.waarde == "allen"
        else T("Consult: advies aan de professional, er komt geen casus."),
        m.consult.voor.regels,
        m.consult.voor.strekking,
    )
    if m.consult.daarna:
        o.zeg(
            "melding.na_consult",
            m.consult.daarna.waarde,
            T(
                "Een consult kan overgaan in (tijdelijke) ondersteuning of aansluiten; de professional houdt de leiding."
            ),
            m.consult.daarna.regels,
            m.consult.daarna.strekking,
        )


def _geen_crisis(c: Omstandigheden, m: Meldafspraken, o: Opsteller) -> None:
    if m.alleen_crisis:
        o.zeg(
            "melding.uitkomst",
            "geen_crisis",
            T("Geen crisis: {dienst} zet geen crisishulp in."),
            m.alleen_crisis.regels,
            dienst=c.naam("crisisdienst"),
        )
    g = m.geen_crisis
    if g is None or c.meld_op is None:
        return
    naar = c.toegang_of_gi(o, g.regels)
    kalender = c.kalender_regio if naar == "gi" else c.kalender
    dag, vraag, lezingen = c.eerstvolgende_werkdag(o, [("melding", c.meld_op)], kalender, g.regels)
    vandaag = lokaal(c.meld_op).date()
    if c.kantoortijd and kalender.is_werkdag(vandaag):
        vraag = "X-33/vandaag"
        eerst = o.open(
            vraag,
            T("De melding is geen crisis en het is kantoortijd. Verwijs je naar vandaag of naar de volgende werkdag?"),
            {
                "vandaag": T("Naar vandaag, {vandaag}: het is kantoortijd."),
                "volgende_werkdag": T("Naar de volgende werkdag, {volgende}, zoals het er staat."),
            },
            g.regels,
            vandaag=vandaag,
            volgende=dag,
        )
        lezingen = (("vandaag", vandaag), ("volgende_werkdag", dag))
        dag = gekozen(eerst, lezingen)
    o.zeg(
        "melding.verwijs_naar",
        naar,
        T("Verwijs de melder naar {wie}, op {dag}."),
        g.regels,
        g.strekking,
        wie=c.naam(naar),
        dag=dag,
    )
    o.zeg(
        "melding.verwijs_dag",
        dag,
        T("De melder kan terecht op {dag}."),
        g.regels,
        g.strekking,
        open_vraag=vraag,
        lezingen=lezingen,
        dag=dag,
    )


def _signaal(c: Omstandigheden, sig: Signaal, o: Opsteller) -> None:
    if c.meld_op is None:
        return
    if sig.wanneer == "buiten_kantoortijd" and c.kantoortijd is not False:
        return
    wie = c.toegang_of_gi(o, sig.regels) if sig.aan == "toegang_of_gi" else sig.aan
    tekst = T("Laat {wie} weten dat er gemeld is, {via}.") if sig.via else T("Laat {wie} weten dat er gemeld is.")
    if sig.dag != "eerstvolgende_werkdag":
        o.zeg(
            "melding.signaal",
            wie,
            tekst,
            sig.regels,
            sig.strekking,
            waarom=T("Meteen, op elk uur.")
            if sig.dag == "meteen"
            else T("Zo snel mogelijk; een uur staat er niet bij."),
            wie=c.naam(wie),
            via=sig.via,
        )
        uiterlijk: Waarde = c.meld_op
        if sig.dag == "zo_snel_mogelijk":
            # No term in the source, so none here, until the region chose a reading (LEK-17).
            o.open(
                "X-23/zo_snel_mogelijk",
                T("Hoe snel is “zo snel mogelijk” voor het bericht aan {wie}?"),
                {"meteen": T("Meteen na het besluit."), "werkdag": T("Uiterlijk de eerstvolgende werkdag.")},
                sig.regels,
                wie=c.naam(wie),
            )
            keuze = o.keuze("X-23/zo_snel_mogelijk")
            besluit = c.s.inschatting.besloten_op or c.s.triage.besloten_op
            if keuze is None:
                uiterlijk = None
            elif keuze.lezing == "werkdag":
                uiterlijk = c.werkdag_na(o, lokaal(c.meld_op).date(), c.kalender_regio)
            else:
                uiterlijk = besluit or c.meld_op
        o.klok(
            "melding.signaal",
            T("Bericht aan {wie}"),
            uiterlijk,
            sig.strekking,
            "crisisdienst",
            sig.regels,
            begint_op=c.meld_op,
            waarom=T("Zo snel mogelijk; de afspraak noemt geen uur.") if sig.dag == "zo_snel_mogelijk" else "",
            wie=c.naam(wie),
        )
        return
    dag, vraag, lezingen = c.eerstvolgende_werkdag(o, [("melding", c.meld_op)], c.kalender_regio, sig.regels)
    regel = c.a.sluitingsdagen
    if wie != "gi" and regel and c.dicht and isinstance(dag, date) and not c.kalender.is_werkdag(dag):
        open_dag = c.kalender.volgende_werkdag(dag)
        vraag = "X-07/signaal"
        eerst = o.open(
            vraag,
            T("Op {dag} is {wie} dicht (sluitingsdag). Wanneer gaat het signaal?"),
            {
                "werkdag": T("Op {dag}: dat is een werkdag, ook al leest niemand het dan."),
                "eerste_open_dag": T("Op {open_dag}: de eerste dag dat er iemand is."),
            },
            (*sig.regels, *regel.hoogstens.regels),
            dag=dag,
            wie=c.naam(wie),
            open_dag=open_dag,
        )
        paar: Lezingwaarden = (("werkdag", dag), ("eerste_open_dag", open_dag))
        lezingen, dag = paar, gekozen(eerst, paar)
    o.zeg(
        "melding.signaal",
        wie,
        T("Op {dag} gaat er een signaal naar {wie}."),
        sig.regels,
        sig.strekking,
        waarom=T("De melding viel buiten kantoortijd."),
        open_vraag=vraag,
        lezingen=lezingen,
        dag=dag,
        wie=c.naam(wie),
    )
    o.klok(
        "melding.signaal",
        T("Signaal aan {wie}"),
        dag,
        sig.strekking,
        "crisisdienst",
        sig.regels,
        begint_op=c.meld_op,
        open_vraag=vraag,
        lezingen=lezingen,
        wie=c.naam(wie),
    )
