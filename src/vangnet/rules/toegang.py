# SPDX-License-Identifier: EUPL-1.2
"""For whom the crisis service is there: region, age, kind of problem (ZL-25, ICJ-09, ICJ-10, LEK-09, FRL-01; X-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .bron import STRIKT, Afspraak
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import Sector
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Doelgroep:
    """Whom the region's crisis service is for."""

    __pydantic_config__ = STRIKT

    bereik: Literal["jeugd", "0-100", "per sector"] = "jeugd"
    """Jeugd tot 18 (met uitloop tot 23), alle leeftijden, of aparte diensten per sector (CL-19..24)."""
    regels: tuple[str, ...] = ()
    leeftijd_tot: Afspraak[int] | None = None
    """Jonger dan deze leeftijd hoort erbij."""
    uitloop_tot: Afspraak[int] | None = None
    """Jonger dan deze leeftijd hoort erbij als de jeugdhulp voor de 18e verjaardag begon."""
    inwoners: Afspraak[Literal["woont_in_regio"]] | None = None
    """Het gezin woont in de regio."""
    problemen: Afspraak[tuple[str, ...]] | None = None
    """Voor welke oorzaken de dienst er is."""
    aanleiding: Afspraak[tuple[Literal["direct_onveilig", "onvrijwillig", "strafbare_feiten_dreigen"], ...]] | None = (
        None
    )
    """Wat de dienst in beweging brengt; één ervan is genoeg."""
    wie_in_actie: Literal["crisisdienst", "save_team"] = "crisisdienst"
    """Wie dan in actie komt."""
    sectoren: Afspraak[tuple[Sector, ...]] | None = None
    """Voor welke soorten vragen de dienst er is, met ernstige ontregeling in de omgeving (ICJ-10)."""
    niet_medisch: Afspraak[Literal["andere_dienst"]] | None = None
    """Bij een medische vraag gaat een andere dienst."""
    zeer_complex: Afspraak[int] | None = None
    """Segment 1: vanaf zoveel leefgebieden, met kind- en omgevingsfactoren."""


def leeftijd_op(geboren: date, dag: date) -> int:
    """Age in whole years on a day; an unborn child is 0."""
    jaren = dag.year - geboren.year - ((dag.month, dag.day) < (geboren.month, geboren.day))
    return max(jaren, 0)


def leeftijd(c: Omstandigheden) -> int | None:
    """The age on the day of the melding, from the birth date when known."""
    j = c.s.jeugdige
    moment = c.meld_op or c.nu
    if j.geboortedatum and moment:
        return leeftijd_op(j.geboortedatum, lokaal(moment).date())
    return j.leeftijd


def toegang(c: Omstandigheden, d: Doelgroep, o: Opsteller) -> None:
    """Whether this child and this question belong with the crisis service of the region."""
    s = c.s
    if c.gemeente and d.inwoners:
        o.zeg(
            "toegang.gemeente",
            "hoort_bij_regio",
            T("{gemeente} hoort bij deze regio."),
            d.inwoners.regels,
            d.inwoners.strekking,
            gemeente=c.gemeente.naam,
        )
    _leeftijd(c, d, o)
    if d.problemen and s.jeugdige.oorzaak:
        past = s.jeugdige.oorzaak in d.problemen.waarde
        o.zeg(
            "toegang.oorzaak",
            "past" if past else "past_niet",
            T("Deze oorzaak hoort bij {dienst}.") if past else T("Deze oorzaak noemt de afspraak niet."),
            d.problemen.regels,
            d.problemen.strekking,
            dienst=c.naam("crisisdienst"),
        )
    if d.niet_medisch and s.jeugdige.oorzaak == "lichamelijk_medisch":
        o.zeg(
            "toegang.medisch",
            "andere_dienst",
            T("Medische nood: bel de medische dienst, {dienst} geeft niet-medische hulp."),
            d.niet_medisch.regels,
            dienst=c.naam("crisisdienst"),
        )
    if d.sectoren and s.jeugdige.sector and not c.consult:
        _ontregeling(c, d.sectoren, o)
    if d.aanleiding and not c.consult:
        _aanleiding(c, d.aanleiding, d.wie_in_actie, o)
    if d.zeer_complex:
        _zeer_complex(c, d.zeer_complex, o)


def _leeftijd(c: Omstandigheden, d: Doelgroep, o: Opsteller) -> None:
    jaren = leeftijd(c)
    if d.bereik == "0-100":
        o.zeg("toegang.leeftijd", "hoort_erbij", T("De dienst is er voor alle leeftijden, 0 tot 100."), d.regels)
        return
    if d.leeftijd_tot is None:
        if jaren is not None and jaren >= 18:
            o.open(
                "X-15/leeftijd",
                T("Hoort iemand van {jaren} jaar nog bij de crisisdienst? Deze regio noemt geen leeftijd."),
                {
                    "tot_18": T("Nee: alleen tot 18 jaar; bel de crisisdienst voor volwassenen."),
                    "tot_23_met_eerdere_hulp": T("Ja, tot 23 jaar als de jeugdhulp voor de 18e verjaardag begon."),
                },
                ("CL-21", "ICJ-09"),
                jaren=jaren,
            )
        return
    regels = d.leeftijd_tot.regels
    if jaren is None:
        o.vraag(
            "jeugdige.leeftijd",
            T("Hoe oud is de jeugdige?"),
            T("Leeftijd bepaalt of deze dienst er is."),
            regels,
            40,
        )
        return
    if jaren < d.leeftijd_tot.waarde:
        o.zeg(
            "toegang.leeftijd",
            "hoort_erbij",
            T("{jaren} jaar: hoort bij {dienst}."),
            regels,
            jaren=jaren,
            dienst=c.naam("crisisdienst"),
        )
    elif d.uitloop_tot and jaren < d.uitloop_tot.waarde:
        hulp = c.s.jeugdige.hulp_voor_18
        if hulp is None:
            o.vraag(
                "jeugdige.hulp_voor_18",
                T("Begon de jeugdhulp voor de 18e verjaardag?"),
                T("Alleen dan hoort een jongere van 18 tot 23 erbij."),
                d.uitloop_tot.regels,
                70,
            )
            o.zeg(
                "toegang.leeftijd",
                "hangt_af",
                T("{jaren} jaar: alleen als de jeugdhulp voor de 18e verjaardag begon."),
                d.uitloop_tot.regels,
                jaren=jaren,
            )
        else:
            o.zeg(
                "toegang.leeftijd",
                "hoort_erbij" if hulp else "hoort_er_niet_bij",
                T("{jaren} jaar en jeugdhulp van voor de 18e verjaardag: hoort erbij.")
                if hulp
                else T("{jaren} jaar zonder jeugdhulp van voor de 18e verjaardag: hoort er niet bij."),
                d.uitloop_tot.regels,
                jaren=jaren,
            )
        if hulp:
            o.open(
                "X-15/hulp_loopt_nog",
                T("Moet de hulp die voor de 18e verjaardag begon nu nog lopen? De afspraak zegt het niet."),
                {
                    "hoeft_niet": T("Nee: dat die hulp begon voor de 18e verjaardag is genoeg."),
                    "moet_lopen": T("Ja: alleen als die hulp nog loopt."),
                },
                d.uitloop_tot.regels,
            )
    else:
        o.zeg(
            "toegang.leeftijd",
            "hoort_er_niet_bij",
            T("{jaren} jaar: hoort er niet bij; bel de crisisdienst voor volwassenen."),
            regels,
            jaren=jaren,
        )


def _ontregeling(c: Omstandigheden, a: Afspraak[tuple[Sector, ...]], o: Opsteller) -> None:
    """ICJ-10 names kinds of problems 'en waarbij' a severe disruption: a condition, or part of the list?"""
    sector, ontregeld = c.s.jeugdige.sector, _ja(c.s.triage.ernstige_ontregeling)
    vraag = ""
    lezingen: Lezingwaarden = ()
    waarde: Waarde = "past" if sector in a.waarde else "past_niet"
    if waarde == "past" and ontregeld is None:
        return
    if waarde == "past" and not ontregeld:
        vraag = "ICJ-10/ontregeling"
        lezingen = (("voorwaarde", "past_niet"), ("opsomming", "past"))
        eerst = o.open(
            vraag,
            T("Hoort een vraag zonder ernstige ontregeling in de omgeving bij {dienst}?"),
            {
                "voorwaarde": T("Nee: de ontregeling hoort erbij, zoals het er staat."),
                "opsomming": T("Ja: het is een opsomming van wat voorkomt."),
            },
            a.regels,
            dienst=c.naam("crisisdienst"),
        )
        waarde = gekozen(eerst, lezingen)
    o.zeg(
        "toegang.problematiek",
        waarde,
        T("Deze vraag ({sector}) hoort bij {dienst}.")
        if waarde == "past"
        else T("Deze vraag ({sector}) past niet bij de doelgroep van {dienst}."),
        a.regels,
        a.strekking,
        open_vraag=vraag,
        lezingen=lezingen,
        sector=sector,
        dienst=c.naam("crisisdienst"),
    )


def _aanleiding(c: Omstandigheden, a: Afspraak[tuple[str, ...]], partij: str, o: Opsteller) -> None:
    t = c.s.triage
    antwoorden: dict[str, bool | None] = {
        "direct_onveilig": _ja(t.direct_onveilig)
        if c.s.inschatting.veiligheidsrisico is None
        else c.s.inschatting.veiligheidsrisico,
        "onvrijwillig": _ja(t.onvrijwillig),
        "strafbare_feiten_dreigen": t.strafbare_feiten_dreigen,
    }
    feiten = [antwoorden[naam] for naam in a.waarde]
    if any(feiten):
        o.zeg(
            "toegang.aanleiding",
            "ja",
            T("{dienst} komt in actie: {waarvoor}."),
            a.regels,
            a.strekking,
            dienst=c.naam(partij),
            waarvoor=tuple(AANLEIDING[n] for n in a.waarde if antwoorden[n]),
        )
    elif None in feiten:
        veld = a.waarde[feiten.index(None)]
        o.vraag(
            f"triage.{veld}",
            VRAAG_AANLEIDING[veld],
            T("Dit bepaalt of de crisisdienst in actie komt."),
            a.regels,
            60,
        )
    else:
        o.zeg(
            "toegang.aanleiding",
            "nee",
            T("Hiervoor komt {dienst} in actie, en het is er nu niet: {waarvoor}."),
            a.regels,
            a.strekking,
            dienst=c.naam(partij),
            waarvoor=tuple(AANLEIDING[n] for n in a.waarde),
        )


def _zeer_complex(c: Omstandigheden, a: Afspraak[int], o: Opsteller) -> None:
    j, v = c.s.jeugdige, c.s.vervolg
    for veld, onbekend, vraag in (
        ("jeugdige.domeinen", not j.domeinen, T("Op welke leefgebieden zijn de vragen zeer complex?")),
        ("vervolg.complex_in_kind", v.complex_in_kind is None, T("Spelen er kindfactoren?")),
        ("vervolg.complex_in_omgeving", v.complex_in_omgeving is None, T("Spelen er omgevingsfactoren?")),
    ):
        if onbekend:
            o.vraag(veld, vraag, T("Segment 1 is voor zeer complexe vragen in kind én omgeving."), a.regels, 50)
    te_weinig = bool(j.domeinen) and len(j.domeinen) < a.waarde
    nee = te_weinig or v.complex_in_kind is False or v.complex_in_omgeving is False
    past = len(j.domeinen) >= a.waarde and bool(v.complex_in_kind) and bool(v.complex_in_omgeving)
    if not past and not nee:
        return
    o.zeg(
        "toegang.segment_1",
        "past" if past else "past_niet",
        T("Zeer complexe vragen op {aantal} leefgebieden, in kind en omgeving: past bij Segment 1.")
        if past
        else T("Segment 1 is voor zeer complexe vragen op meer leefgebieden, in kind én omgeving."),
        a.regels,
        aantal=len(j.domeinen),
    )


def _ja(antwoord: str | None) -> bool | None:
    return None if antwoord in (None, "onbekend") else antwoord == "ja"


AANLEIDING = {
    "direct_onveilig": T("een kind is onveilig"),
    "onvrijwillig": T("het gezin wil geen hulp"),
    "strafbare_feiten_dreigen": T("de jeugdige dreigt in de criminaliteit te komen"),
}
VRAAG_AANLEIDING = {
    "direct_onveilig": T("Is iemand direct onveilig?"),
    "onvrijwillig": T("Wil het gezin of de jeugdige geen hulp?"),
    "strafbare_feiten_dreigen": T("Dreigt de jeugdige in de criminaliteit te komen?"),
}
