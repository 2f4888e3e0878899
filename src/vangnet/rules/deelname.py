# SPDX-License-Identifier: EUPL-1.2
"""Who of municipality, GI, Veilig Thuis and provider goes along (ZL-33, ZL-38..39, ZL-45..47, ZL-51, ZL-55..61; X-03..06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from .bron import STRIKT, Afspraak, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .tekst import T
from .uitspraak import Lezingwaarden, Opsteller, gekozen


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
    "alleen_met_afspraak": T("{wie} kan meegaan: spreek het af."),
}


def veilig_thuis_alleen(c: Omstandigheden) -> bool:
    """Whether Veilig Thuis assesses itself and does not use the crisis service for it (ZL-45, ZL-46)."""
    b = c.s.betrokken
    return bool(b.veilig_thuis_schat_zelf_in) and not b.veilig_thuis_vraagt_crisisdienst


def gaat_mee(c: Omstandigheden, g: Gezamenlijk, o: Opsteller) -> None:
    """Say of each party whether it goes along; the hour of the call must be known."""
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
            g.in_kantoortijd.regels + g.buiten_kantoortijd.regels,
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
        g.toegang_meldt.regels + g.buiten_kantoortijd.regels,
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
    if vt and veilig_thuis_alleen(c):
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
                g.toegang_meldt.regels + g.aanbieder_mee.regels,
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
        if b.gi == "beschikking":
            waarom = T("Er is een beschikking: het gaat om de GI, niet om de toegang. De zorgaanbieder gaat mee.")
            return Deelname(NIET, waarom, g.aanbieder_mee.regels + g.in_kantoortijd.regels)
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
            g.gi_met_beschikking.regels + g.in_kantoortijd.regels,
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
            g.aanbieder_mee.regels + g.gi_met_beschikking.regels,
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
            g.veilig_thuis.regels + g.gi_met_beschikking.regels,
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
    if veilig_thuis_alleen(c):
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
        g.veilig_thuis_mag_zelf.regels + g.melder_mee.regels,
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
