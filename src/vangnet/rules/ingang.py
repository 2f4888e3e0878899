# SPDX-License-Identifier: EUPL-1.2
"""The way in: where a call may come in, what help that already runs means for it, and by which road a youth enters
crisis help (ZL-52, ZL-59; ICJ-01..03; FRL-03..06; CIT-05..08, CIT-32, CIT-48; LEK-02, LEK-13; AMS-01, AMS-10; UTR-07..08;
ZOB-21; CL-48; X-22)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .bron import STRIKT, Afspraak, Regels, Strekking
from .omstandigheden import Omstandigheden
from .situatie import Melder
from .tekst import T
from .uitspraak import Lezingwaarden, Opsteller, gekozen

PROFESSIONALS = frozenset(get_args(Melder)) - {"ouder", "jeugdige", "netwerk", "burger"}
"""Every kind of caller but the family and those around it."""


@dataclass(frozen=True, slots=True)
class Ingang:
    """A place where a call may come in."""

    __pydantic_config__ = STRIKT

    naam: str
    melders: tuple[str, ...]
    """Wie hier mag melden; `allen`, of `professionals`, of genoemde melders."""
    strekking: Strekking
    regels: Regels
    uren: Literal["altijd", "kantoortijd"] = "altijd"
    alleen_bij: Literal["", "betrokken_gi"] = ""
    """Een extra voorwaarde, zoals: het gezin is cliënt van de GI."""
    telefoon: str = ""
    kanalen: tuple[Literal["telefoon", "e-mail", "digitaal"], ...] = ()
    behandelt: str = ""
    """Wie aanneemt, zoals de interviewer."""


@dataclass(frozen=True, slots=True)
class BestaandeZorg:
    """What is done when the family already receives care."""

    __pydantic_config__ = STRIKT

    in_kantoortijd: Afspraak[Literal["verwijs_naar_aanbieder"]]
    aanbieder_vraagt: Afspraak[Literal["behandel"]]
    buiten_kantoortijd: Afspraak[Literal["behandel"]]


@dataclass(frozen=True, slots=True)
class Intramuraal:
    """A crisis inside a provider."""

    __pydantic_config__ = STRIKT

    alleen_crisisaanbieder: Afspraak[Literal["ja"]] | None = None
    open_punt: Regels = ()
    """Regels die dit als open punt noemen."""


@dataclass(frozen=True, slots=True)
class Instroom:
    """By which route a youth comes into crisis help, per kind of question (CIT-05..07)."""

    __pydantic_config__ = STRIKT

    jeugd_en_lvb: Afspraak[Literal["besluit_cdj"]]
    """J&O en LVB: met een besluit van CDJ."""
    ggz: Afspraak[Literal["cdj_met_ggz_of_inschatting"]]
    """GGZ: CDJ met de crisisdienst GGZ, of een actieve inschatting."""
    wvggz: Afspraak[Literal["wet_verplichte_ggz"]]
    nu_een_team: Regels = ()
    """Jongere regels die één team het hele proces geven; of deze wegen dan nog gelden is een open vraag."""


def ingangen(c: Omstandigheden, alle: tuple[Ingang, ...], o: Opsteller) -> None:
    """Say where this caller may call; a caller whom no entrance names is an open question."""
    melder = c.s.melding.melder
    if not alle:
        return
    if melder is None:
        o.vraag(
            "melding.melder",
            T("Wie meldt?"),
            T("Dan weet je waar de melding hoort en wie meegaat."),
            alle[0].regels,
            98,
        )
    nummer = 0
    for ingang in alle:
        if melder and not (
            "allen" in ingang.melders
            or melder in ingang.melders
            or ("professionals" in ingang.melders and melder in PROFESSIONALS)
        ):
            continue
        if ingang.alleen_bij == "betrokken_gi" and c.s.betrokken.gi in (None, "geen"):
            continue
        if ingang.uren == "kantoortijd" and c.kantoortijd is False:
            continue
        nummer += 1
        o.zeg(
            f"melding.ingang.{nummer}",
            ingang.naam,
            T("Melden kan bij {ingang}, {telefoon}.") if ingang.telefoon else T("Melden kan bij {ingang}."),
            ingang.regels,
            ingang.strekking,
            waarom=T("Aangenomen door {behandelt}.") if ingang.behandelt else "",
            ingang=ingang.naam,
            telefoon=ingang.telefoon,
            behandelt=ingang.behandelt,
        )
    _kanaal(c, alle, o)
    if melder and not nummer:
        eerste = alle[0]
        eerst = o.open(
            "CIT-32/melder",
            T("Mag {melder} hier rechtstreeks melden? De afspraken noemen deze melder niet."),
            {"aannemen": T("Ja: neem de melding aan."), "verwijzen": T("Nee: verwijs naar de toegang.")},
            eerste.regels,
            melder=melder,
        )
        if eerst == "aannemen":
            o.zeg(
                "melding.ingang.1",
                eerste.naam,
                T("Melden kan bij {ingang}, {telefoon}.") if eerste.telefoon else T("Melden kan bij {ingang}."),
                eerste.regels,
                eerste.strekking,
                open_vraag="CIT-32/melder",
                ingang=eerste.naam,
                telefoon=eerste.telefoon,
            )


def _kanaal(c: Omstandigheden, ingangen: tuple[Ingang, ...], o: Opsteller) -> None:
    """Whether one may call or mail; only where the source names the ways (FRL-03)."""
    kanaal = c.s.melding.kanaal
    met_kanalen = [i for i in ingangen if i.kanalen]
    if kanaal is None or not met_kanalen:
        return
    ingang = next((i for i in met_kanalen if kanaal in i.kanalen), None)
    o.zeg(
        "melding.kanaal",
        "mag" if ingang else "niet_genoemd",
        T("Melden kan per {kanaal}.")
        if ingang
        else T("Deze manier van melden ({kanaal}) noemt de afspraak niet: laat bellen."),
        (ingang or met_kanalen[0]).regels,
        kanaal=kanaal,
    )
    if ingang and kanaal != "telefoon":
        o.open(
            "FRL-03/antwoord",
            T("Hoe snel krijgt een melding per {kanaal} antwoord? De afspraak noemt alleen de telefoon dag en nacht."),
            {"meteen": T("Meteen, zoals bij bellen."), "bellen": T("Laat wie haast heeft bellen.")},
            ingang.regels,
            kanaal=kanaal,
        )


def bij_aanbieder(c: Omstandigheden, o: Opsteller) -> bool:
    """Whether the caller is referred to the help that already runs, so that no casus starts here (FRL-04). Danger or
    unwillingness keeps the rest in view."""
    t = c.s.triage
    verwezen = o.antwoord("melding.bestaande_zorg") == "verwijs_naar_aanbieder"
    return verwezen and "ja" not in (t.direct_onveilig, t.onvrijwillig)


def bestaande_zorg(c: Omstandigheden, b: BestaandeZorg, o: Opsteller) -> None:
    """Say whether the service takes the call itself when help already runs."""
    loopt = c.s.betrokken.zorgaanbieder
    if loopt is None and c.s.triage.lopende_hulp in ("ja", "nee"):
        loopt = c.s.triage.lopende_hulp == "ja"
    if c.s.melding.melder == "zorgaanbieder":
        o.zeg(
            "melding.bestaande_zorg",
            "behandel",
            T("Een zorgaanbieder vraagt zelf om hulp: behandel de melding."),
            b.aanbieder_vraagt.regels,
        )
    elif c.kantoortijd is False:
        o.zeg(
            "melding.bestaande_zorg",
            "behandel",
            T("Buiten kantoortijd: behandel de melding, ook als er al hulp loopt."),
            b.buiten_kantoortijd.regels,
        )
    elif loopt is None:
        o.vraag(
            "betrokken.zorgaanbieder",
            T("Krijgt het gezin al hulp?"),
            T("In kantoortijd verwijs je dan naar die aanbieder."),
            b.in_kantoortijd.regels,
            92,
        )
    elif not loopt:
        o.zeg(
            "melding.bestaande_zorg",
            "behandel",
            T("Er loopt geen hulp: behandel de melding."),
            b.in_kantoortijd.regels,
        )
    elif c.kantoortijd:
        o.zeg(
            "melding.bestaande_zorg",
            "verwijs_naar_aanbieder",
            T("Er loopt al hulp en het is kantoortijd: verwijs de beller naar die aanbieder."),
            b.in_kantoortijd.regels,
        )
    elif c.meld_op is not None:
        eerst = o.open(
            "FRL-04/kantoortijd",
            T("Valt dit uur in kantoortijd? De afspraak noemt geen uren."),
            {
                "buiten": T("Nee: behandel de melding."),
                "binnen": T("Ja: verwijs naar de aanbieder die al helpt."),
            },
            b.in_kantoortijd.regels,
        )
        lezingen: Lezingwaarden = (("buiten", "behandel"), ("binnen", "verwijs_naar_aanbieder"))
        o.zeg(
            "melding.bestaande_zorg",
            gekozen(eerst, lezingen),
            T("Er loopt al hulp; of je verwijst hangt af van wat kantoortijd is."),
            b.in_kantoortijd.regels + b.buiten_kantoortijd.regels,
            open_vraag="FRL-04/kantoortijd",
            lezingen=lezingen,
        )


def intramuraal(c: Omstandigheden, i: Intramuraal, o: Opsteller) -> None:
    """Say whether a youth who stays with a provider may come in by way of it."""
    crisisaanbieder = c.s.betrokken.zorgaanbieder_is_crisisaanbieder
    if i.alleen_crisisaanbieder:
        if crisisaanbieder is None:
            o.vraag(
                "betrokken.zorgaanbieder_is_crisisaanbieder",
                T("Biedt de aanbieder waar de jeugdige verblijft zelf crisiszorg?"),
                T("Alleen dan stroomt de jeugdige via die aanbieder in."),
                i.alleen_crisisaanbieder.regels,
                60,
            )
        else:
            o.zeg(
                "melding.instroom_aanbieder",
                "mag" if crisisaanbieder else "mag_niet",
                T("Instroom via de aanbieder mag: die biedt crisiszorg.")
                if crisisaanbieder
                else T(
                    "Instroom via deze aanbieder staat niet in de afspraken: alleen via een aanbieder van crisiszorg."
                ),
                i.alleen_crisisaanbieder.regels,
            )
    if i.open_punt and c.s.betrokken.jeugdige_verblijft_bij_aanbieder:
        in_instelling(i.open_punt, o)


def in_instelling(regels: Regels, o: Opsteller) -> None:
    """Ask what the sources leave open: a crisis inside an institution (X-22)."""
    o.open(
        "X-22/intramuraal",
        T("Wat doe je bij een crisis binnen een instelling?"),
        {
            "meenemen": T("Behandel haar als elke andere melding."),
            "aanbieder": T("De aanbieder lost haar zelf op."),
        },
        regels,
    )


def instroom(c: Omstandigheden, i: Instroom, o: Opsteller) -> None:
    """Say which decision the road for this kind of question asks."""
    sector, besluit = c.s.jeugdige.sector, c.s.afweging.besluit_cdj
    if c.s.afweging.wvggz:
        o.zeg("melding.instroom", "wvggz", T("Instroom op grond van de Wet verplichte ggz."), i.wvggz.regels)
        return
    if sector is None or besluit is None:
        return
    if sector == "GGZ":
        ingeschat = c.s.inschatting.op is not None
        o.zeg(
            "melding.instroom",
            "compleet" if besluit or ingeschat else "besluit_of_inschatting_nodig",
            T("Instroom GGZ: CDJ met de crisisdienst GGZ, of een actieve inschatting van de GGZ-aanbieders."),
            i.ggz.regels,
        )
    else:
        o.zeg(
            "melding.instroom",
            "compleet" if besluit else "besluit_ontbreekt",
            T("Instroom J&O of LVB: via CDJ, met het besluit crisiszorg."),
            i.jeugd_en_lvb.regels,
        )
    if i.nu_een_team:
        o.open(
            "CIT-05/geldt_nog",
            T("Is een besluit van CDJ nog nodig, nu {dienst} het hele proces doet?"),
            {
                "niet_meer": T("Nee: {dienst} beslist zelf."),
                "nog_wel": T("Ja: de weg via CDJ blijft staan."),
            },
            i.jeugd_en_lvb.regels + i.ggz.regels + i.nu_een_team,
            dienst=c.naam("crisisdienst"),
        )
