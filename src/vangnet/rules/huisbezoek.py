# SPDX-License-Identifier: EUPL-1.2
"""Who goes to the home, who thinks along and who decides; `deelname` says who goes along (ZL-45..48; ICJ-19..22; FRL-15..17;
ZOB-22; CIT-37; X-06, X-13, X-32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .bron import STRIKT, Afspraak, Duur, Regels, Strekking
from .deelname import MEE, NIET, Gezamenlijk, gaat_mee, veilig_thuis_alleen
from .omstandigheden import Omstandigheden
from .situatie import Sector
from .tekst import T, Waarde
from .termijn import na_uren, op_tijd
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Deskundige:
    """Who thinks along for a kind of problem."""

    __pydantic_config__ = STRIKT

    sector: Sector
    rol: Literal["gedragswetenschapper", "psychiater"]
    wijze: Literal["denkt mee", "denkt of gaat mee"]
    strekking: Strekking
    regels: Regels


@dataclass(frozen=True, slots=True)
class Huisbezoek:
    """Everything a region agreed about the assessment at the place itself."""

    __pydantic_config__ = STRIKT

    besluit_crisis: Afspraak[Literal["crisisdienst"]] | None = None
    """Wie beslist of het crisis is."""
    gezamenlijk: Gezamenlijk | None = None
    binnen: Afspraak[Duur] | None = None
    """Binnen welke tijd iemand ter plaatse is."""
    deskundigen: tuple[Deskundige, ...] = ()
    veilig_thuis_open: Regels = ()
    """Regels die de samenwerking met Veilig Thuis als open punt noemen."""
    koppel: Afspraak[int] | None = None
    """Met hoeveel hulpverleners bij onveiligheid of onvrijwilligheid."""
    tweede_beoordeling: Afspraak[Literal["bel_triagist"]] | None = None
    """Of ter plaatse opnieuw wordt beoordeeld."""
    daarna: Afspraak[tuple[Literal["werker_blijft", "aanbieder_start"], ...]] | None = None
    """Wat er na die beoordeling kan."""
    generalist_eerst: Afspraak[Literal["in_kantoortijd"]] | None = None
    """Of eerst naar een lokale generalist wordt gezocht."""


def huisbezoek(c: Omstandigheden, h: Huisbezoek, o: Opsteller) -> None:
    """Say who goes, who thinks along, within what time, and who decides.

    A triage that ended without a crisis needs no visit; when someone goes all the same (ICJ-17), the rest holds."""
    if c.s.triage.uitkomst in ("acute_hulp", "geen_crisis") and c.bezoek_op is None:
        return
    if h.besluit_crisis and h.gezamenlijk and veilig_thuis_alleen(c):
        _veilig_thuis_schat_in(c, h.besluit_crisis, h.gezamenlijk, o)
    elif h.besluit_crisis:
        o.zeg(
            "huisbezoek.crisisdienst",
            MEE,
            T("{wie} gaat en beslist of het crisis is."),
            h.besluit_crisis.regels,
            wie=c.naam("crisisdienst"),
        )
    if h.besluit_crisis:
        _besluit(c, h.besluit_crisis, o)
    if h.gezamenlijk:
        gaat_mee(c, h.gezamenlijk, o)
    if h.generalist_eerst:
        _generalist(c, h.generalist_eerst, o)
    _deskundigen(c, h.deskundigen, o)
    if h.veilig_thuis_open and (c.s.betrokken.veilig_thuis or c.s.melding.melder == "veilig_thuis"):
        o.open(
            "CIT-37/veilig_thuis",
            T("Veilig Thuis is betrokken. Wie schat in? De afspraken laten de samenwerking open."),
            {"crisisdienst": T("{dienst} schat in."), "samen": T("{dienst} en Veilig Thuis gaan samen.")},
            h.veilig_thuis_open,
            dienst=c.naam("crisisdienst"),
        )
    if h.koppel:
        _koppel(c, h, o)
    if h.binnen:
        _aankomst(c, h.binnen, o)


def _veilig_thuis_schat_in(
    c: Omstandigheden, a: Afspraak[Literal["crisisdienst"]], g: Gezamenlijk, o: Opsteller
) -> None:
    """Veilig Thuis goes itself; who then decides on crisis is X-06."""
    o.open(
        "X-06/oordeel",
        T("Veilig Thuis schat zelf in. Wie beslist of het een crisis is?"),
        {
            "crisishulp": T("{dienst}: die beslist over crisis en crisishulp."),
            "veilig_thuis": T("Veilig Thuis, zolang het {dienst} niet inschakelt."),
        },
        g.veilig_thuis_mag_zelf.regels + a.regels,
        dienst=c.naam("crisisdienst"),
    )
    o.zeg(
        "huisbezoek.crisisdienst",
        NIET,
        T("{wie} gaat niet mee: Veilig Thuis schat zelf in en mag {wie} erbij vragen."),
        g.veilig_thuis_mag_zelf.regels + g.veilig_thuis_mag_vragen.regels + a.regels,
        waarom=T(
            "Het besluit over crisis en crisishulp ligt bij {wie}; wie beslist als die er niet bij is, staat er niet."
        ),
        open_vraag="X-06/oordeel",
        wie=c.naam("crisisdienst"),
    )


def _besluit(c: Omstandigheden, a: Afspraak[Literal["crisisdienst"]], o: Opsteller) -> None:
    i = c.s.inschatting
    if i.besloten_door and i.besloten_door != "crisisdienst" and (c.besluit is None or i.crisis is None):
        o.zeg(
            "huisbezoek.besluit",
            "niet_bevoegd",
            T("Het besluit crisis is aan {dienst}, niet aan {wie}."),
            a.regels,
            open_vraag="X-06/oordeel" if "X-06/oordeel" in o.open_vragen else "",
            dienst=c.naam("crisisdienst"),
            wie=c.naam(i.besloten_door),
        )
    elif i.crisis is None:
        o.vraag(
            "inschatting.crisis",
            T("Is het crisis? Besluit, door wie en waarom."),
            T("Crisishulp start pas na dit besluit."),
            a.regels,
            50,
        )


def _generalist(c: Omstandigheden, a: Afspraak[Literal["in_kantoortijd"]], o: Opsteller) -> None:
    if c.kantoortijd is False:
        o.zeg(
            "huisbezoek.gaat",
            "crisisdienst",
            T("{wie} gaat: het is buiten kantoortijd."),
            a.regels,
            wie=c.naam("crisisdienst"),
        )
        return
    beschikbaar = c.s.betrokken.generalist_beschikbaar
    if c.kantoortijd is None and c.meld_op is not None:
        lezing = o.open(
            f"{a.regels[0]}/kantoortijd",
            T("Valt dit uur in kantoortijd? De afspraak noemt geen uren."),
            {
                "buiten": T("Nee: de crisisdienst gaat."),
                "binnen": T("Ja: kijk eerst of een generalist kan gaan."),
            },
            a.regels,
        )
        if beschikbaar:
            lezingen: Lezingwaarden = (("buiten", "crisisdienst"), ("binnen", "generalist"))
            wie = str(gekozen(lezing, lezingen))
            o.zeg(
                "huisbezoek.gaat",
                wie,
                T("{wie} gaat; of een generalist eerst gaat, hangt af van wat kantoortijd is."),
                a.regels,
                open_vraag=f"{a.regels[0]}/kantoortijd",
                lezingen=lezingen,
                wie=c.naam(wie),
            )
            return
    if beschikbaar is None:
        o.vraag(
            "betrokken.generalist_beschikbaar",
            T("Is er snel een lokale generalist beschikbaar?"),
            T("In kantoortijd gaat eerst de generalist."),
            a.regels,
            95,
        )
        o.zeg(
            "huisbezoek.gaat",
            "kijk_eerst",
            T("Kijk eerst (snel) of een lokale generalist kan gaan."),
            a.regels,
        )
    else:
        wie = "generalist" if beschikbaar else "crisisdienst"
        o.zeg(
            "huisbezoek.gaat",
            wie,
            T("{wie} gaat."),
            a.regels,
            waarom=T("Een lokale generalist is beschikbaar.")
            if beschikbaar
            else T("Er is geen lokale generalist beschikbaar."),
            wie=c.naam(wie),
        )


def _deskundigen(c: Omstandigheden, deskundigen: tuple[Deskundige, ...], o: Opsteller) -> None:
    if not deskundigen:
        return
    sector = c.s.jeugdige.sector
    alle = tuple(r for d in deskundigen for r in d.regels)
    if sector is None:
        o.vraag(
            "jeugdige.sector",
            T("Ligt de vraag bij J&O, LVB of GGZ?"),
            T("Dan weet je wie meedenkt."),
            alle,
            65,
        )
        return
    for d in deskundigen:
        if d.sector == sector:
            o.zeg(
                "huisbezoek.deskundige",
                d.rol,
                T("{wie} denkt of gaat mee.") if d.wijze == "denkt of gaat mee" else T("{wie} denkt mee."),
                d.regels,
                d.strekking,
                wie=c.naam(d.rol),
            )
            return
    o.open(
        "ICJ-19/lvb",
        T("Wie denkt mee bij LVB? De afspraken noemen alleen J&O en GGZ."),
        {
            "gedragswetenschapper": T("Een gedragswetenschapper, zoals bij J&O."),
            "niemand": T("Niemand in het bijzonder."),
        },
        alle,
    )


def _koppel(c: Omstandigheden, h: Huisbezoek, o: Opsteller) -> None:
    t = c.s.triage
    assert h.koppel is not None
    if "ja" in (t.direct_onveilig, t.onvrijwillig):
        o.zeg(
            "huisbezoek.koppel",
            h.koppel.waarde,
            T("Een koppel van {aantal} zorgaanbieders gaat ter plaatse informatie verzamelen."),
            h.koppel.regels,
            waarom=T("Er is onveiligheid of onvrijwilligheid."),
            aantal=h.koppel.waarde,
        )
        o.open(
            "X-32/koppel",
            T("Wie vormen het koppel?"),
            {
                "twee_aanbieders": T("Twee hulpverleners van twee aanbieders."),
                "een_aanbieder": T("Twee hulpverleners, mag ook van één aanbieder."),
            },
            h.koppel.regels,
        )
        o.open(
            "X-32/aankomst",
            T("Hoe snel is het koppel ter plaatse? De afspraak noemt geen tijd."),
            {},
            h.koppel.regels,
        )
        if h.tweede_beoordeling:
            klaar = c.s.inschatting.tweede_beoordeling == "ja"
            o.zeg(
                "huisbezoek.tweede_beoordeling",
                "gedaan" if klaar else "nodig",
                T("De tweede beoordeling is gedaan, met de triagist.")
                if klaar
                else T("Het koppel beoordeelt ter plaatse voor de tweede keer en belt de triagist."),
                h.tweede_beoordeling.regels,
            )
        if h.daarna:
            _daarna(c, h.daarna, o)
    elif t.direct_onveilig in (None, "onbekend") or t.onvrijwillig in (None, "onbekend"):
        veld = "direct_onveilig" if t.direct_onveilig in (None, "onbekend") else "onvrijwillig"
        o.vraag(
            f"triage.{veld}",
            T("Is er onveiligheid?") if veld == "direct_onveilig" else T("Is er onvrijwilligheid?"),
            T("Dan gaat er een koppel ter plaatse."),
            h.koppel.regels,
            75,
        )


def _daarna(
    c: Omstandigheden, a: Afspraak[tuple[Literal["werker_blijft", "aanbieder_start"], ...]], o: Opsteller
) -> None:
    blijft = c.s.inschatting.werker_blijft
    waarde = "werker_blijft" if blijft else "aanbieder_start" if blijft is False else "kies"
    tekst = {
        "werker_blijft": T("De werker ter plaatse blijft en start het zorgpad."),
        "aanbieder_start": T("Een passende aanbieder wordt ingeschakeld en start het zorgpad."),
        "kies": T("Kies: de werker ter plaatse blijft en start, of een passende aanbieder start."),
    }
    o.zeg("huisbezoek.daarna", waarde, tekst[waarde], a.regels, a.strekking)
    if waarde == "aanbieder_start":
        o.open(
            "FRL-17/uur",
            T("Geldt ook voor deze aanbieder dat hij binnen een uur contact heeft? De afspraak zegt het niet."),
            {"wel": T("Ja, zoals bij een zorgpad dat meteen vaststaat."), "niet": T("Nee, er is geen termijn.")},
            a.regels,
        )


def _aankomst(c: Omstandigheden, a: Afspraak[Duur], o: Opsteller) -> None:
    """Two hours, from the melding or from the decision to come: the source names no start (X-13). A triage that ends
    without a crisis starts no clock (ICJ-14)."""
    if c.meld_op is None or c.s.triage.uitkomst in ("acute_hulp", "geen_crisis"):
        return
    besluit = c.s.triage.besloten_op
    lezingen: Lezingwaarden = ()
    vraag = ""
    gekozen_op: Waarde = na_uren(c.meld_op, a.waarde)
    if besluit and besluit != c.meld_op:
        lezingen = (("melding", gekozen_op), ("triage", na_uren(besluit, a.waarde)))
        vraag = "X-13/start_twee_uur"
        eerst = o.open(
            vraag,
            T("Wanneer beginnen de {aantal} uur te lopen?"),
            {"melding": T("Bij de melding."), "triage": T("Bij het besluit om te komen.")},
            a.regels,
            aantal=a.waarde.aantal,
        )
        gekozen_op = gekozen(eerst, lezingen)
    o.klok(
        "huisbezoek.aankomst",
        T("Crisismedewerker ter plaatse"),
        gekozen_op,
        a.strekking,
        "crisisdienst",
        a.regels,
        begint_op=c.meld_op,
        open_vraag=vraag,
        lezingen=lezingen,
    )
    aangekomen = c.s.inschatting.op
    if aangekomen:
        waarde = op_tijd(o, aangekomen, gekozen_op, vraag, lezingen)
        tekst = {
            "op_tijd": T("De crisismedewerker was op tijd ter plaatse."),
            "te_laat": T("De crisismedewerker was later dan {aantal} uur ter plaatse; leg de reden vast."),
            "hangt_af": T("Op tijd of te laat hangt af van wanneer de {aantal} uur begon."),
        }
        o.zeg(
            "huisbezoek.op_tijd",
            waarde,
            tekst[waarde],
            a.regels,
            open_vraag=vraag if waarde == "hangt_af" else "",
            aantal=a.waarde.aantal,
        )
