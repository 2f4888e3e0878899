# SPDX-License-Identifier: EUPL-1.2
"""Who goes to the home, and who thinks along (ZL-33, ZL-38, ZL-45..51, ZL-55..61; ICJ-19..22; FRL-15; ZOB-22; X-03..06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from .bron import STRIKT, Afspraak, Duur, Regels, Strekking
from .kalender import lokaal
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
class Gezamenlijk:
    """The agreements on going along of municipality, GI, Veilig Thuis and provider; only where a region made them."""

    __pydantic_config__ = STRIKT

    in_kantoortijd: Afspraak[Literal["toegang_of_gi"]]
    """Wie in kantoortijd meegaat."""
    buiten_kantoortijd: Afspraak[Literal["niemand_van_gemeente_of_gi"]]
    """Wie buiten kantoortijd meegaat."""
    gi_met_beschikking: Afspraak[Literal["gi_gaat_mee"]]
    """Bij een beschikking van de rechtbank."""
    aanbieder_mee: Afspraak[Literal["gemeente_en_gi_pas_bij_rto"]]
    """Als de medewerker van de betrokken zorgaanbieder meegaat."""
    melder_mee: Afspraak[tuple[Literal["zorgaanbieder", "veilig_thuis"], ...]]
    """Welke melders in kantoortijd zelf meegaan in plaats van de toegang."""
    toegang_meldt: Afspraak[Literal["toegang_gaat_altijd_mee"]]
    """Als de toegang zelf meldt."""
    veilig_thuis: Afspraak[Literal["toegang_gaat_niet_mee"]]
    """Als Veilig Thuis besluit in te schatten met de crisisdienst."""
    veilig_thuis_mag_zelf: Afspraak[Literal["ja"]]
    """Veilig Thuis mag zelf inschatten."""
    veilig_thuis_mag_vragen: Afspraak[Literal["ja"]]
    """Veilig Thuis mag de crisisdienst vragen."""


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


class Deelname(NamedTuple):
    """Whether one party goes along, and why."""

    waarde: str
    waarom: str
    regels: Regels
    strekking: str = ""
    open_vraag: str = ""
    lezingen: Lezingwaarden = ()


MEE, NIET, LIEFST, TENZIJ = "gaat_mee", "gaat_niet_mee", "bij_voorkeur", "tenzij_aanbieder_meegaat"
ZINNEN = {
    MEE: T("{wie} gaat mee."),
    NIET: T("{wie} gaat niet mee."),
    LIEFST: T("{wie} gaat bij voorkeur mee."),
    "alleen_als_melder_niet_gaat": T("{wie} gaat alleen mee als de melder niet meegaat."),
    TENZIJ: T("{wie} gaat mee, tenzij de zorgaanbieder meegaat."),
    "alleen_als_die_inschat": T("{wie} gaat mee als die inschat."),
    "toegang_of_gi": T("{wie} gaat mee, of de GI als er een beschikking is."),
    "alleen_met_beschikking": T("{wie} gaat mee als er een beschikking is."),
}


def huisbezoek(c: Omstandigheden, h: Huisbezoek, o: Opsteller) -> None:
    """Say who goes, who thinks along, within what time, and who decides.

    A triage that ended without a crisis needs no visit; when someone goes all the same (ICJ-17), the rest holds."""
    if c.s.triage.uitkomst in ("acute_hulp", "geen_crisis") and c.bezoek_op is None:
        return
    if h.besluit_crisis and h.gezamenlijk and _veilig_thuis_alleen(c):
        _veilig_thuis_schat_in(c, h.besluit_crisis, h.gezamenlijk, o)
    elif h.besluit_crisis:
        o.zeg(
            "huisbezoek.crisisdienst",
            MEE,
            T("{wie} gaat en beslist of het crisis is."),
            h.besluit_crisis.regels,
            waarom=T("Zij hebben het mandaat: wel of geen crisis, en welke crisishulp."),
            wie=c.naam("crisisdienst"),
        )
    if h.besluit_crisis:
        _besluit(c, h.besluit_crisis, o)
    if h.gezamenlijk:
        _gezamenlijk(c, h.gezamenlijk, o)
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


def _veilig_thuis_alleen(c: Omstandigheden) -> bool:
    """Whether Veilig Thuis assesses itself and does not use the crisis service for it (ZL-45, ZL-46)."""
    b = c.s.betrokken
    return bool(b.veilig_thuis_schat_zelf_in) and not b.veilig_thuis_vraagt_crisisdienst


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


def _gezamenlijk(c: Omstandigheden, g: Gezamenlijk, o: Opsteller) -> None:
    if c.kantoortijd is None:
        if c.meld_op is None:
            o.vraag(
                "melding.op",
                T("Wanneer is er gebeld?"),
                T("Dag en uur bepalen wie meegaat en welke dag het RTO is."),
                g.in_kantoortijd.regels,
                100,
            )
        return
    mee = _deelname(c, g, o, c.kantoortijd)
    if c.kantoortijd_bezoek is not None and c.kantoortijd_bezoek != c.kantoortijd:
        mee = _bezoek_op_ander_uur(c, g, o, mee)
    for partij, d in mee.items():
        o.zeg(
            f"huisbezoek.{partij}",
            d.waarde,
            ZINNEN[d.waarde],
            d.regels,
            d.strekking,
            d.waarom,
            d.open_vraag,
            d.lezingen,
            wie=c.naam(partij),
        )


def _bezoek_op_ander_uur(
    c: Omstandigheden, g: Gezamenlijk, o: Opsteller, bij_melding: dict[str, Deelname]
) -> dict[str, Deelname]:
    """X-03: the call counts in ZL-55, availability at the visit in ZL-38; name the parties for whom that differs."""
    bij_bezoek = _deelname(c, g, o, bool(c.kantoortijd_bezoek))
    uit = dict(bij_melding)
    for partij in bij_melding.keys() | bij_bezoek.keys():
        een, twee = bij_melding.get(partij), bij_bezoek.get(partij)
        waarden = (een.waarde if een else NIET, twee.waarde if twee else NIET)
        if waarden[0] == waarden[1]:
            if twee and twee.open_vraag:
                uit[partij] = twee
            continue
        eerst = o.open(
            "X-03/bezoek_op_ander_uur",
            T("De melding en het bezoek vallen niet allebei in kantoortijd. Welk moment telt voor wie meegaat?"),
            {
                "melding_telt": T("Het moment van de melding."),
                "bezoek_telt": T("Het moment van het bezoek: buiten kantoortijd gaat niemand van toegang of GI mee."),
            },
            ("ZL-55", "ZL-38"),
        )
        lezingen: Lezingwaarden = (("melding_telt", waarden[0]), ("bezoek_telt", waarden[1]))
        basis = een or twee
        assert basis is not None
        regels = tuple(dict.fromkeys((een.regels if een else ()) + (twee.regels if twee else ())))
        uit[partij] = Deelname(
            str(gekozen(eerst, lezingen)),
            T("Melding en bezoek vallen aan weerszijden van kantoortijd."),
            regels,
            basis.strekking,
            "X-03/bezoek_op_ander_uur",
            lezingen,
        )
    return uit


def _deelname(c: Omstandigheden, g: Gezamenlijk, o: Opsteller, kantoortijd: bool) -> dict[str, Deelname]:
    """Who of toegang, GI, Veilig Thuis and provider goes along, if this is (or is not) office hours."""
    uit: dict[str, Deelname] = {}
    b, melder = c.s.betrokken, c.s.melding.melder
    vt = bool(b.veilig_thuis_vraagt_crisisdienst or b.veilig_thuis_schat_zelf_in)
    if (
        (b.veilig_thuis or melder == "veilig_thuis")
        and not vt
        and None
        in (
            b.veilig_thuis_vraagt_crisisdienst,
            b.veilig_thuis_schat_zelf_in,
        )
    ):
        o.vraag(
            "betrokken.veilig_thuis_vraagt_crisisdienst",
            T("Schat Veilig Thuis in, en vraagt het de crisisdienst daarbij?"),
            T("Dan gaat de toegang niet mee."),
            g.veilig_thuis_mag_vragen.regels + g.veilig_thuis.regels,
            88,
        )
    if kantoortijd and b.zorgaanbieder is None and melder != "zorgaanbieder":
        o.vraag(
            "betrokken.zorgaanbieder",
            T("Is er al een zorgaanbieder in het gezin?"),
            T("Gaat die mee, dan sluiten toegang en GI pas aan bij het RTO."),
            g.aanbieder_mee.regels,
            72,
        )
    if kantoortijd:
        uit["toegang"] = _toegang(c, g, o, vt)
        uit["gi"] = _gi(c, g, o, vt)
    else:
        dicht = T("Buiten kantoortijd, in weekenden en op feestdagen zijn toegang en GI niet beschikbaar.")
        uit["toegang"] = uit["gi"] = Deelname(NIET, dicht, g.buiten_kantoortijd.regels)
        if melder == "toegang":
            uit["toegang"] = _toegang_meldt_buiten(g, o)
    if vt or b.veilig_thuis or melder == "veilig_thuis":
        uit["veilig_thuis"] = _veilig_thuis(c, g, o, kantoortijd, vt)
    if b.zorgaanbieder or melder == "zorgaanbieder":
        uit["zorgaanbieder"] = _aanbieder(c, g, o, kantoortijd)
    return uit


def _toegang_meldt_buiten(g: Gezamenlijk, o: Opsteller) -> Deelname:
    eerst = o.open(
        "X-05/buiten_kantoortijd",
        T("De toegang meldt zelf buiten kantoortijd. Gaat de toegang dan mee?"),
        {
            "gaat_mee": T("Ja: meldt de toegang, dan gaat die altijd mee."),
            "gaat_niet_mee": T("Nee: buiten kantoortijd gaat de toegang niet mee."),
        },
        ("ZL-61", "ZL-38"),
    )
    lezingen: Lezingwaarden = (("gaat_mee", MEE), ("gaat_niet_mee", NIET))
    return Deelname(
        str(gekozen(eerst, lezingen)),
        T("“Altijd mee” en “niet beschikbaar” spreken elkaar tegen."),
        g.toegang_meldt.regels + g.buiten_kantoortijd.regels,
        "",
        "X-05/buiten_kantoortijd",
        lezingen,
    )


def _toegang(c: Omstandigheden, g: Gezamenlijk, o: Opsteller, vt: bool) -> Deelname:
    b, melder = c.s.betrokken, c.s.melding.melder
    dicht = _gesloten(c)
    if dicht:
        return dicht
    if vt and _veilig_thuis_alleen(c):
        eerst = o.open(
            "X-06/daartoe",
            T("Veilig Thuis schat zelf in zonder de crisisdienst. Blijft de toegang dan thuis?"),
            {
                "bij_zelf_inschatten": T("Ja: als Veilig Thuis zelf inschat."),
                "bij_inzet_crisishulp": T("Nee: alleen als Veilig Thuis de crisisdienst erbij vraagt."),
            },
            g.veilig_thuis_mag_zelf.regels + g.veilig_thuis_mag_vragen.regels + g.veilig_thuis.regels,
        )
        lezingen: Lezingwaarden = (("bij_zelf_inschatten", NIET), ("bij_inzet_crisishulp", MEE))
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("“Indien zij daartoe besluiten” is op twee manieren te lezen."),
            g.veilig_thuis.regels,
            "",
            "X-06/daartoe",
            lezingen,
        )
    if vt:
        return Deelname(
            NIET,
            T("Veilig Thuis schat in met de crisisdienst: dan gaat de toegang niet mee."),
            g.veilig_thuis.regels,
        )
    if melder == "toegang":
        if b.zorgaanbieder_gaat_mee:
            eerst = o.open(
                "X-05/aanbieder",
                T("De toegang meldt en de zorgaanbieder gaat mee. Gaat de toegang dan ook mee?"),
                {
                    "gaat_mee": T("Ja: meldt de toegang, dan gaat die altijd mee."),
                    "pas_bij_rto": T("Nee: gaat de aanbieder mee, dan sluit de toegang pas aan bij het RTO."),
                },
                ("ZL-61", "ZL-51"),
            )
            lezingen = (("gaat_mee", MEE), ("pas_bij_rto", NIET))
            return Deelname(
                str(gekozen(eerst, lezingen)),
                T("Twee afspraken spreken elkaar hier tegen."),
                g.toegang_meldt.regels + g.aanbieder_mee.regels,
                "",
                "X-05/aanbieder",
                lezingen,
            )
        return Deelname(MEE, T("De toegang meldt zelf en gaat dan altijd mee."), g.toegang_meldt.regels)
    if b.zorgaanbieder_gaat_mee:
        return Deelname(NIET, T("De zorgaanbieder gaat mee; de toegang sluit aan bij het RTO."), g.aanbieder_mee.regels)
    if b.gi == "beschikking":
        return Deelname(
            NIET,
            T("Er is een beschikking: de GI gaat mee in plaats van de toegang."),
            g.in_kantoortijd.regels,
        )
    if melder == "veilig_thuis" or (melder in g.melder_mee.waarde and b.zorgaanbieder_gaat_mee is None):
        return Deelname(
            "alleen_als_melder_niet_gaat",
            T("De melder gaat bij voorkeur zelf mee."),
            g.melder_mee.regels,
            g.melder_mee.strekking,
        )
    if b.gi == "vrijwillig":
        eerst = o.open(
            "ZL-58/vrijwillig",
            T("De GI is betrokken zonder beschikking. Wie gaat mee?"),
            {
                "toegang": T("De toegang: de GI gaat alleen mee bij een beschikking."),
                "gi": T("De GI: die kent het gezin."),
            },
            ("ZL-58", "ZL-33"),
        )
        lezingen = (("toegang", MEE), ("gi", NIET))
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("Een GI zonder beschikking noemen de afspraken niet."),
            g.in_kantoortijd.regels,
            "",
            "ZL-58/vrijwillig",
            lezingen,
        )
    if c.toegang_of_gi(o, g.in_kantoortijd.regels) == "toegang_of_gi":
        return Deelname(
            "toegang_of_gi",
            T("In kantoortijd gaat de toegang mee, of de GI bij een beschikking."),
            g.in_kantoortijd.regels,
        )
    if b.zorgaanbieder and b.zorgaanbieder_gaat_mee is None:
        return _tenzij_aanbieder(
            g, T("Kantoortijd en geen beschikking; gaat de zorgaanbieder mee, dan pas bij het RTO.")
        )
    return Deelname(MEE, T("Kantoortijd en geen beschikking."), g.in_kantoortijd.regels)


def _tenzij_aanbieder(g: Gezamenlijk, waarom: str) -> Deelname:
    return Deelname(TENZIJ, waarom, tuple(dict.fromkeys(g.in_kantoortijd.regels + g.aanbieder_mee.regels)))


def _gesloten(c: Omstandigheden) -> Deelname | None:
    """On a closing day the access is not available, also between nine and five (ZL-39); unless it reports itself."""
    dag = c.bezoek_op or c.meld_op
    regel = c.a.sluitingsdagen
    if regel is None or dag is None or lokaal(dag).date() not in c.dicht or c.s.melding.melder == "toegang":
        return None
    return Deelname(NIET, T("De gemeente heeft een sluitingsdag en is niet beschikbaar."), regel.hoogstens.regels)


def _gi(c: Omstandigheden, g: Gezamenlijk, o: Opsteller, vt: bool) -> Deelname:
    b = c.s.betrokken
    if c.toegang_of_gi(o, g.gi_met_beschikking.regels) == "toegang_of_gi":
        return Deelname(
            "alleen_met_beschikking", T("Nog onbekend of er een beschikking is."), g.gi_met_beschikking.regels
        )
    if b.gi == "vrijwillig" and not vt and not b.zorgaanbieder_gaat_mee and "ZL-58/vrijwillig" in o.open_vragen:
        lezingen: Lezingwaarden = (("toegang", NIET), ("gi", MEE))
        eerst = o.open_vragen["ZL-58/vrijwillig"].eerst
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("Een GI zonder beschikking noemen de afspraken niet."),
            g.gi_met_beschikking.regels,
            "",
            "ZL-58/vrijwillig",
            lezingen,
        )
    if b.gi != "beschikking":
        return Deelname(NIET, T("Geen beschikking."), g.in_kantoortijd.regels)
    if b.zorgaanbieder_gaat_mee:
        eerst = o.open(
            "X-04/gi_en_aanbieder",
            T("De GI heeft een beschikking en de zorgaanbieder gaat mee. Gaat de GI ook mee?"),
            {
                "pas_bij_rto": T("Nee: gaat de aanbieder mee, dan sluit de GI pas aan bij het RTO."),
                "gaat_mee": T("Ja: met een beschikking gaat de GI mee, zonder uitzondering."),
            },
            ("ZL-51", "ZL-58"),
        )
        lezingen = (("pas_bij_rto", NIET), ("gaat_mee", MEE))
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("Twee afspraken spreken elkaar hier tegen."),
            g.aanbieder_mee.regels + g.gi_met_beschikking.regels,
            "",
            "X-04/gi_en_aanbieder",
            lezingen,
        )
    if vt:
        eerst = o.open(
            "X-06/gi",
            T("Veilig Thuis schat in en de GI heeft een beschikking. Gaat de GI mee?"),
            {
                "gaat_mee": T("Ja: de uitzondering noemt alleen de toegang."),
                "gaat_niet_mee": T("Nee: Veilig Thuis en de crisisdienst gaan samen."),
            },
            ("ZL-47", "ZL-58"),
        )
        lezingen = (("gaat_mee", MEE), ("gaat_niet_mee", NIET))
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("De afspraak over Veilig Thuis noemt de GI niet."),
            g.gi_met_beschikking.regels + g.veilig_thuis.regels,
            "",
            "X-06/gi",
            lezingen,
        )
    if (b.zorgaanbieder or c.s.melding.melder == "zorgaanbieder") and b.zorgaanbieder_gaat_mee is None:
        return _tenzij_aanbieder(
            g, T("Er is een beschikking; gaat de zorgaanbieder mee, dan misschien pas bij het RTO.")
        )
    return Deelname(
        MEE,
        T("Er is een beschikking van de rechtbank."),
        tuple(dict.fromkeys(g.gi_met_beschikking.regels + g.in_kantoortijd.regels)),
    )


def _veilig_thuis(c: Omstandigheden, g: Gezamenlijk, o: Opsteller, kantoortijd: bool, schat_in: bool) -> Deelname:
    b, meldt = c.s.betrokken, c.s.melding.melder == "veilig_thuis"
    regels = tuple(dict.fromkeys(g.veilig_thuis_mag_zelf.regels + g.veilig_thuis_mag_vragen.regels))
    if _veilig_thuis_alleen(c):
        return Deelname(MEE, T("Veilig Thuis schat zelf in."), g.veilig_thuis_mag_zelf.regels)
    if not schat_in and not meldt:
        if None in (b.veilig_thuis_schat_zelf_in, b.veilig_thuis_vraagt_crisisdienst):
            return Deelname("alleen_als_die_inschat", T("Nog onbekend of Veilig Thuis inschat."), regels)
        return Deelname(NIET, T("Veilig Thuis is betrokken, maar schat niet in."), regels)
    if kantoortijd:
        eerst = o.open(
            "X-06/gaat_mee",
            T("Moet Veilig Thuis mee op huisbezoek, of heeft dat de voorkeur?"),
            {"moet_mee": T("Veilig Thuis gaat mee."), "bij_voorkeur": T("Veilig Thuis gaat bij voorkeur mee.")},
            g.in_kantoortijd.regels + g.melder_mee.regels,
        )
        lezingen: Lezingwaarden = (("moet_mee", MEE), ("bij_voorkeur", LIEFST))
        return Deelname(
            str(gekozen(eerst, lezingen)),
            T("Veilig Thuis gaat mee in plaats van de toegang; of dat moet, staat er op twee manieren."),
            tuple(dict.fromkeys(g.melder_mee.regels + g.in_kantoortijd.regels + regels)),
            "",
            "X-06/gaat_mee",
            lezingen,
        )
    eerst = o.open(
        "X-06/nacht",
        T("Gaat Veilig Thuis buiten kantoortijd mee?"),
        {
            "gaat_mee": T("Ja: Veilig Thuis mag zelf inschatten, op elk uur."),
            "gaat_niet_mee": T("Nee: de voorkeur voor meegaan staat alleen bij kantoortijd."),
        },
        ("ZL-45", "ZL-56"),
    )
    lezingen = (("gaat_mee", MEE), ("gaat_niet_mee", NIET))
    return Deelname(
        str(gekozen(eerst, lezingen)),
        T("Over de nacht zeggen de afspraken niets."),
        g.veilig_thuis_mag_zelf.regels + g.melder_mee.regels,
        "",
        "X-06/nacht",
        lezingen,
    )


def _aanbieder(c: Omstandigheden, g: Gezamenlijk, o: Opsteller, kantoortijd: bool) -> Deelname:
    b = c.s.betrokken
    if b.zorgaanbieder_gaat_mee is not None:
        if b.zorgaanbieder_gaat_mee:
            return Deelname(MEE, T("De medewerker kent het gezin en gaat mee."), g.aanbieder_mee.regels)
        return Deelname(NIET, T("De zorgaanbieder gaat niet mee."), g.aanbieder_mee.regels)
    o.vraag(
        "betrokken.zorgaanbieder_gaat_mee",
        T("Gaat de zorgaanbieder mee op huisbezoek?"),
        T("Dan sluiten toegang en GI pas aan bij het RTO."),
        g.aanbieder_mee.regels,
        80,
    )
    if c.s.melding.melder == "zorgaanbieder" and kantoortijd:
        return Deelname(
            LIEFST,
            T("De zorgaanbieder meldt en gaat bij voorkeur mee in plaats van de toegang."),
            g.melder_mee.regels,
            g.melder_mee.strekking,
        )
    return Deelname("alleen_met_afspraak", T("Vraag of de zorgaanbieder meegaat."), g.aanbieder_mee.regels)


ZINNEN["alleen_met_afspraak"] = T("{wie} kan meegaan: spreek het af.")


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
