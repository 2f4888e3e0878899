# SPDX-License-Identifier: EUPL-1.2
"""The judgement by phone: the definition of crisis as questions, the region's adopted table, the second person
(ICJ-11..18, FRL-07..12, LEK-19, CIT-33, ZOB-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .beslistabel import uitkomst as tabel_uitkomst
from .bron import STRIKT, Afspraak, Duur, Regels, Strekking
from .omstandigheden import Omstandigheden
from .situatie import Triage
from .tekst import T
from .termijn import na_uren, op_tijd
from .toegang import leeftijd
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Definitie:
    """What a region calls a crisis: all characteristics together, by its wording (ICJ-11)."""

    __pydantic_config__ = STRIKT

    kenmerken: tuple[Literal["plotseling", "ernstige_ontregeling", "direct_onveilig", "onhoudbaar"], ...]
    """Kenmerken die samen crisis zijn."""
    strekking: Strekking
    regels: Regels
    doorvragen: Regels = ()
    """Regels met de vragen erachter: wat als je niets doet, wat is er anders dan gisteren."""
    wachten: Regels = ()
    """Regels die acute hulp onderscheiden: het kan wachten tot morgen."""


@dataclass(frozen=True, slots=True)
class Triageafspraken:
    """Everything a region agreed about triage."""

    __pydantic_config__ = STRIKT

    definitie: Definitie | None = None
    besluit_komen: Afspraak[Literal["crisisdienst"]] | None = None
    """Wie bepaalt of er iemand komt."""
    ernst: Afspraak[Literal["ernst_veiligheid_stabiliseren_crisiszorg"]] | None = None
    """Wat er bij de melding beoordeeld wordt."""
    tweede_persoon: Afspraak[Literal["triagist"]] | None = None
    """Met wie de interviewer besluit."""
    beslisboom: Afspraak[Literal["in_applicatie"]] | None = None
    opleiding: Afspraak[tuple[Literal["HBO+", "WO", "HBO"], ...]] | None = None
    """Welke opleiding de triagist heeft."""
    contact_aanbieder: Afspraak[Duur] | None = None
    """Binnen welke tijd de aanbieder contact opneemt."""
    informeert: Afspraak[Literal["interviewer"]] | None = None
    """Wie de hulpverlener van informatie voorziet."""


def triage(c: Omstandigheden, t: Triageafspraken, o: Opsteller) -> None:
    """Say what the answers so far make of it, which question comes next, and who must decide with whom."""
    antwoorden = c.s.triage
    if t.besluit_komen:
        o.zeg(
            "triage.besluit",
            "crisisdienst",
            T("{wie} bepaalt of iemand op actieve inschatting komt."),
            t.besluit_komen.regels,
            wie=c.naam("crisisdienst"),
        )
    if t.ernst:
        o.zeg(
            "triage.beoordeel",
            t.ernst.waarde,
            T("Schat de ernst in, zorg voor veiligheid, bepaal wat stabiliseert en of crisiszorg nodig is."),
            t.ernst.regels,
        )
    if t.definitie:
        _definitie(antwoorden, t.definitie, o)
    if t.opleiding and antwoorden.opleiding_triagist:
        goed = antwoorden.opleiding_triagist in t.opleiding.waarde
        o.zeg(
            "triage.opleiding",
            "voldoet" if goed else "voldoet_niet",
            T("De opleiding van de triagist past bij de afspraak.")
            if goed
            else T("Triage hoort bij iemand met {nodig}."),
            t.opleiding.regels,
            nodig=" of ".join(t.opleiding.waarde),
        )
    if t.tweede_persoon:
        _tweede_persoon(antwoorden, t.tweede_persoon, o)
    if t.contact_aanbieder:
        _contact_aanbieder(c, t, o)
    _tabel(c, o, t.beslisboom)


def _definitie(t: Triage, d: Definitie, o: Opsteller) -> None:
    gegeven = {k: getattr(t, k) for k in d.kenmerken}
    namen = tuple(KENMERK_IN_WOORDEN[k] for k in d.kenmerken)
    if all(v == "ja" for v in gegeven.values()):
        o.zeg(
            "triage.definitie",
            "crisis",
            T("De antwoorden samen zijn een crisis: {kenmerken}."),
            d.regels,
            d.strekking,
            kenmerken=namen,
        )
    elif t.kan_wachten_tot_morgen == "ja" and d.wachten:
        o.zeg(
            "triage.definitie",
            "acute_hulp",
            T("Het kan wachten tot morgen: acute hulp, geen crisis."),
            d.wachten,
        )
    elif any(v == "nee" for v in gegeven.values()):
        nee = tuple(KENMERK_IN_WOORDEN[k] for k, v in gegeven.items() if v == "nee")
        o.zeg(
            "triage.definitie",
            "niet_alle_kenmerken",
            T("Volgens de definitie geen crisis: niet {nee}. Een mens beslist."),
            d.regels,
            waarom=T("De definitie vraagt alle kenmerken samen."),
            nee=nee,
        )
        if t.kan_wachten_tot_morgen in (None, "onbekend") and d.wachten:
            o.vraag(
                "triage.kan_wachten_tot_morgen",
                T("Kan het wachten tot morgen?"),
                T("Dan is het acute hulp."),
                d.wachten,
                66,
            )
    elif any(v is not None for v in gegeven.values()):
        o.zeg("triage.definitie", "nog_niet_bekend", T("Nog niet te zeggen: vraag door."), d.regels)
    gewicht = 74
    for kenmerk, waarde in gegeven.items():
        if waarde is None or waarde == "onbekend":
            o.vraag(
                f"triage.{kenmerk}",
                VRAGEN[kenmerk],
                T("Deze kenmerken samen maken het een crisis."),
                d.regels,
                gewicht,
            )
            gewicht -= 1
    if d.doorvragen:
        for veld in ("calamiteit_bij_niets_doen", "anders_dan_gisteren"):
            if getattr(t, veld) in (None, "onbekend"):
                o.vraag(
                    f"triage.{veld}",
                    VRAGEN[veld],
                    T("Helpt om crisis van acute hulp te onderscheiden."),
                    d.doorvragen,
                    gewicht,
                )
                gewicht -= 1
    if t.calamiteit_bij_niets_doen == "ja" and d.doorvragen:
        o.zeg(
            "triage.calamiteit",
            "ja",
            T("Als niemand iets doet, kan er een calamiteit ontstaan: ga door."),
            d.doorvragen,
        )
    if t.anders_dan_gisteren == "nee" and d.doorvragen:
        o.zeg(
            "triage.anders",
            "nee",
            T("Er is vandaag niets anders dan gisteren: vraag door waarom er nu gebeld wordt."),
            d.doorvragen,
        )


def _tweede_persoon(t: Triage, a: Afspraak[Literal["triagist"]], o: Opsteller) -> None:
    if t.interviewer and t.triagist:
        samen = t.interviewer != t.triagist
        o.zeg(
            "triage.samen_besloten",
            "ja" if samen else "zelfde_persoon",
            T("Interviewer en triagist besloten samen.")
            if samen
            else T("Interviewer en triagist moeten twee mensen zijn."),
            a.regels,
        )
    else:
        o.zeg(
            "triage.samen_besloten",
            "nodig",
            T("De interviewer belt de dienstdoende triagist; samen toetsen en besluiten zij."),
            a.regels,
        )
    o.open(
        "X-32/oneens",
        T("Wie beslist als interviewer en triagist het niet eens zijn?"),
        {
            "zwaarste": T("De voorzichtigste inschatting geldt: ga kijken."),
            "triagist": T("De triagist beslist."),
        },
        a.regels,
    )


def _contact_aanbieder(c: Omstandigheden, t: Triageafspraken, o: Opsteller) -> None:
    a = t.contact_aanbieder
    assert a is not None
    s = c.s.triage
    if "ja" in (s.direct_onveilig, s.onvrijwillig):
        return
    if t.informeert:
        o.zeg(
            "triage.informeert",
            "interviewer",
            T("De interviewer geeft de hulpverlener de informatie."),
            t.informeert.regels,
        )
    if s.besloten_op is None:
        o.klok(
            "triage.contact_aanbieder",
            T("Aanbieder neemt contact op met de cliënt"),
            None,
            a.strekking,
            "crisisaanbieder",
            a.regels,
            waarom=T("Loopt vanaf het besluit."),
        )
        if s.zorgpad_vast:
            o.vraag(
                "triage.besloten_op",
                T("Wanneer viel het besluit over zorgpad en aanbieder?"),
                T("Daarvandaan loopt het uur."),
                a.regels,
                58,
            )
        return
    eerst = o.open(
        "X-13/start_een_uur",
        T("Wanneer begint het uur te lopen: bij het besluit, of als de aanbieder het hoort?"),
        {"besluit": T("Bij het besluit."), "bericht": T("Als de aanbieder het hoort.")},
        a.regels,
    )
    lezingen: Lezingwaarden = (("besluit", na_uren(s.besloten_op, a.waarde)),)
    if s.aanbieder_ingelicht_op:
        lezingen += (("bericht", na_uren(s.aanbieder_ingelicht_op, a.waarde)),)
    o.klok(
        "triage.contact_aanbieder",
        T("Aanbieder neemt contact op met de cliënt"),
        gekozen(eerst, lezingen),
        a.strekking,
        "crisisaanbieder",
        a.regels,
        begint_op=s.besloten_op,
        open_vraag="X-13/start_een_uur",
        lezingen=lezingen if len(lezingen) > 1 else (),
    )
    if s.aanbieder_contact_op:
        klok = o.termijnen["triage.contact_aanbieder"]
        waarde = op_tijd(o, s.aanbieder_contact_op, klok.uiterlijk, klok.open_vraag, klok.lezingen)
        tekst = {
            "op_tijd": T("De aanbieder had binnen de termijn contact met de cliënt."),
            "te_laat": T("De aanbieder had later contact dan afgesproken; leg de reden vast."),
            "hangt_af": T("Op tijd of te laat hangt af van wanneer het uur begon."),
        }
        o.zeg(
            "triage.contact_op_tijd",
            waarde,
            tekst[waarde],
            a.regels,
            open_vraag=klok.open_vraag if waarde == "hangt_af" else "",
        )


def _tabel(c: Omstandigheden, o: Opsteller, beslisboom: Afspraak[Literal["in_applicatie"]] | None) -> None:
    tabel, vaststelling = c.a.beslistabel, c.a.vaststelling
    if tabel is None or vaststelling is None:
        if beslisboom:
            o.zeg(
                "triage.tabel",
                "niet_vastgesteld",
                T("De regio werkt met een beslisboom; die staat niet in de bron en is hier niet vastgesteld."),
                beslisboom.regels,
            )
        return
    if c.s.inschatting.crisis is not None:
        return  # the decision has been taken at the place itself: the phone table has nothing to add
    feiten = feiten_voor_tabel(c)
    antwoord = tabel_uitkomst(tabel, feiten)
    beantwoord = [v for v in tabel.vragen if v.sleutel in feiten]
    regels = tuple(
        dict.fromkeys(r for v in ([antwoord.volgende] if antwoord.volgende else beantwoord) for r in v.regels)
    )
    wie = vaststelling.door
    if antwoord.volgende:
        o.zeg(
            "triage.tabel",
            "vraag",
            T("De tabel vraagt eerst: {vraag}"),
            regels,
            waarom=T("Vastgesteld door {door} op {op}."),
            vraag=antwoord.volgende.vraag,
            door=wie,
            op=vaststelling.op,
        )
        o.vraag(
            f"triage.{antwoord.volgende.sleutel}",
            antwoord.volgende.vraag,
            T("De vastgestelde tabel kan dan verder."),
            regels,
            97,
        )
    else:
        o.zeg(
            "triage.tabel",
            antwoord.uitkomst,
            T("De tabel stelt voor: {uitkomst}. {waarom}"),
            regels,
            waarom=T("Vastgesteld door {door} op {op}."),
            uitkomst=TABELUITKOMST.get(antwoord.uitkomst, antwoord.uitkomst),
            door=wie,
            op=vaststelling.op,
        )
        u = o.uitspraken["triage.tabel"]
        o.uitspraken["triage.tabel"] = u._replace(gegevens={**u.gegevens, "waarom": antwoord.waarom})


def feiten_voor_tabel(c: Omstandigheden) -> dict[str, str]:
    """The answers of the triage, and age group and sector, as the columns of a table name them."""
    uit = {k: v for k in VRAGEN if (v := getattr(c.s.triage, k, None)) is not None}
    if c.s.jeugdige.sector:
        uit["sector"] = c.s.jeugdige.sector
    jaren = leeftijd(c)
    if jaren is not None:
        uit["leeftijd"] = "tot_12" if jaren < 12 else "12_tot_18" if jaren < 18 else "vanaf_18"
    return uit


KENMERK_IN_WOORDEN = {
    "plotseling": T("plotseling"),
    "ernstige_ontregeling": T("ernstig ontregeld"),
    "direct_onveilig": T("direct onveilig"),
    "onhoudbaar": T("thuis acuut onhoudbaar"),
}
VRAGEN = {
    "plotseling": T("Is het plotseling?"),
    "ernstige_ontregeling": T("Is het gezin of de omgeving ernstig ontregeld?"),
    "direct_onveilig": T("Is iemand direct onveilig?"),
    "onhoudbaar": T("Is de situatie thuis acuut onhoudbaar?"),
    "calamiteit_bij_niets_doen": T("Kan er een calamiteit ontstaan als niemand iets doet?"),
    "anders_dan_gisteren": T("Wat is er vandaag anders dan gisteren?"),
    "kan_wachten_tot_morgen": T("Kan het wachten tot morgen?"),
    "onvrijwillig": T("Is er onvrijwilligheid?"),
    "lopende_hulp": T("Loopt er al hulp?"),
}
TABELUITKOMST = {
    "actieve_inschatting": T("ga op actieve inschatting"),
    "actieve_inschatting_met_koppel": T("ga op actieve inschatting, met z'n tweeën"),
    "acute_hulp": T("acute hulp, het kan wachten tot morgen"),
    "consult": T("advies of consult"),
    "verwijzing": T("verwijs naar toegang of lopende hulp"),
}
