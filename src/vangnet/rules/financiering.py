# SPDX-License-Identifier: EUPL-1.2
"""Who pays which line: inside or outside the lump sum (ZL-101, ZL-114..122; CL-06; ZOB-07..08, ZOB-19; SEG-18..41; X-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .bron import STRIKT, Afspraak, Regels, Strekking
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import VERBLIJF, Kostenregel
from .tekst import T
from .uitspraak import Opsteller

Betaler = Literal["lumpsum", "gemeente", "gezamenlijk", "lumpsum_segment_1", "voor_rekening_gemeente_buiten_lumpsum"]


@dataclass(frozen=True, slots=True)
class Post:
    """Who pays one kind of cost."""

    __pydantic_config__ = STRIKT

    betaler: Betaler
    regels: Regels
    strekking: Strekking = "zonder voorbehoud"
    alleen_buiten_kantoortijd: bool = False
    """Geldt alleen buiten kantoortijd; erbinnen zwijgt de bron."""
    hoogstens_dagen: int | None = None
    """Tot zoveel dagen; erna zwijgt de bron."""


@dataclass(frozen=True, slots=True)
class Geldafspraken:
    """Everything a region agreed about money."""

    __pydantic_config__ = STRIKT

    posten: Mapping[str, Post] = field(default_factory=dict)
    """Per soort kosten wie betaalt."""
    lumpsum: Afspraak[Literal["regio"]] | None = None
    facturen: Afspraak[Literal["niet_nodig"]] | None = None
    verdeelsleutel: Regels = ()
    """Regels die informatie voor de verdeelsleutel vragen."""
    beschikking_achteraf: Regels = ()
    gezamenlijk: Afspraak[str] | None = None
    """Wat de gemeenten samen betalen."""
    inkoop: Afspraak[Literal["gezamenlijk"]] | None = None
    """Samen inkopen, zonder volumeafspraak per gemeente."""
    volumegarantie: Afspraak[Literal["ja"]] | None = None
    binnen_kader: Afspraak[Literal["huidig_kader"]] | None = None
    voorschot: Afspraak[Literal["historisch_gebruik"]] | None = None
    afrekening: Afspraak[Literal["feitelijk_gebruik"]] | None = None
    uitname: Afspraak[Literal["niet_gecontracteerd_aanbod"]] | None = None
    beheer: Afspraak[str] | None = None


def financiering(c: Omstandigheden, g: Geldafspraken, o: Opsteller) -> None:
    """Say per line of cost who pays, and what the region agreed on money in general."""
    if g.lumpsum:
        o.zeg(
            "geld.lumpsum",
            "lumpsum",
            T("{dienst} wordt betaald uit de lumpsum van de regio."),
            g.lumpsum.regels,
            dienst=c.naam("crisisdienst"),
        )
    kost_iets = bool(c.s.kosten or (c.s.inzet and c.besluit is not False))
    if g.facturen and kost_iets:
        o.zeg(
            "geld.facturen",
            "niet_nodig",
            T("Voor hulp uit de lumpsum is geen factuur of declaratie nodig."),
            g.facturen.regels,
        )
    if g.verdeelsleutel and kost_iets:
        o.zeg(
            "geld.verdeelsleutel",
            "telt_mee",
            T("Telt mee in de cijfers voor de verdeelsleutel; de formule staat niet in de bron."),
            g.verdeelsleutel,
            open_vraag="X-12/verdeelsleutel" if c.s.kosten else "",
        )
        if c.s.kosten:
            o.open("X-12/verdeelsleutel", T("Hoe verdelen de gemeenten de lumpsum?"), {}, g.verdeelsleutel)
    if g.gezamenlijk:
        o.zeg(
            "geld.gezamenlijk",
            g.gezamenlijk.waarde,
            T("Gezamenlijk bekostigd: {wat}."),
            g.gezamenlijk.regels,
            g.gezamenlijk.strekking,
            wat=g.gezamenlijk.waarde,
        )
    if g.inkoop:
        o.zeg(
            "geld.inkoop",
            "gezamenlijk",
            T("De gemeenten kopen de crisisdienst samen in, zonder volumeafspraak per gemeente."),
            g.inkoop.regels,
            g.inkoop.strekking,
        )
    if g.volumegarantie:
        o.zeg(
            "geld.volumegarantie",
            "ja",
            T("De instelling krijgt een volumegarantie; het bedrag staat niet in de bron."),
            g.volumegarantie.regels,
            g.volumegarantie.strekking,
        )
    if g.binnen_kader:
        o.zeg(
            "geld.kader",
            "huidig_kader",
            T("De kosten blijven binnen het huidige kader en de huidige contracten."),
            g.binnen_kader.regels,
        )
    if g.beheer:
        o.zeg(
            "geld.beheer",
            g.beheer.waarde,
            T("Voorschot, monitoring en contractbeheer: {wie}."),
            g.beheer.regels,
            wie=g.beheer.waarde,
        )
    regels = list(c.s.kosten) or _uit_inzet(c, g)
    for nummer, regel in enumerate(regels, 1):
        _regel(c, g, regel, nummer, o)
    if c.s.verrekening:
        _verrekening(c, g, o)


def _uit_inzet(c: Omstandigheden, g: Geldafspraken) -> list[Kostenregel]:
    """The lines that a situation implies when none are asked for: the call, the assessment, the running forms."""
    if not g.posten:
        return []
    uit = []
    if c.meld_op and "telefonische_melding" in g.posten:
        uit.append(Kostenregel("telefonische_melding"))
    if c.s.inschatting.op and "actieve_inschatting" in g.posten:
        uit.append(Kostenregel("actieve_inschatting"))
    dagen: dict[str, int] = {}
    for i in c.s.inzet if c.besluit is not False else ():  # No crisis, so no crisis help that costs (ZL-12).
        soort = "crisisverblijf" if i.vorm in VERBLIJF else "ambulante_crisishulp"
        if i.vorm == "gesloten_plaatsing":
            soort = "gesloten_plaatsing"
        elif i.vorm == "crisisopname_ggz":
            soort = next((s for s in ("crisisopname_ggz", "crisismaatregel_ggz") if s in g.posten), "")
        if soort in g.posten:
            tot = i.eind_op or c.nu
            duurde = (lokaal(tot).date() - lokaal(i.start_op).date()).days if tot and i.start_op else 0
            dagen[soort] = dagen.get(soort, 0) + max(duurde, 0)
    uit += [Kostenregel(soort, n or None) for soort, n in dagen.items()]  # type: ignore[arg-type]
    return uit


def _regel(c: Omstandigheden, g: Geldafspraken, k: Kostenregel, n: int, o: Opsteller) -> None:
    sleutel = f"geld.{n}.{k.soort}"
    post = g.posten.get(k.soort)
    wat = KOSTEN[k.soort]
    if k.beschikking_ontbreekt and g.beschikking_achteraf:
        o.zeg(
            f"geld.{n}.beschikking",
            "achteraf",
            T("{wat}: de hulp start, beschikking en verantwoording volgen achteraf."),
            g.beschikking_achteraf,
            wat=wat,
        )
    if post is None and k.soort == "niet_gecontracteerd_aanbod" and g.uitname:
        o.zeg(
            sleutel,
            "uitname",
            T("{wat}: gaat van de lumpsum af; hoeveel en voor wie staat niet in de bron."),
            g.uitname.regels,
            g.uitname.strekking,
            wat=wat,
        )
        return
    if post is None and g.binnen_kader:
        o.zeg(
            sleutel,
            "bestaande_contracten",
            T("{wat}: binnen de bestaande contracten; wie betaalt staat er niet bij."),
            g.binnen_kader.regels,
            wat=wat,
        )
        hoogstens = _langste_duur(c, k.soort)
        if hoogstens and k.dagen and k.dagen > hoogstens:
            o.open(
                "X-12/na_de_week_nml",
                T("{wat}: wie betaalt na dag {dagen}, als de afgesproken duur om is?"),
                {"bestaand_contract": T("Het bestaande contract."), "gemeente": T("De gemeente apart.")},
                g.binnen_kader.regels,
                wat=wat,
                dagen=hoogstens,
            )
        return
    if post is None:
        o.open(
            "X-12/wie_betaalt",
            T("Wie betaalt wat de afspraken van deze regio niet noemen, zoals {wat}?"),
            {"gemeente": T("De verantwoordelijke gemeente."), "gezamenlijk": T("De regio samen.")},
            _regels(g, c),
            wat=wat,
        )
        o.zeg(
            sleutel,
            "onbekend",
            T("{wat}: de afspraken zeggen niet wie betaalt."),
            _regels(g, c),
            open_vraag="X-12/wie_betaalt",
            wat=wat,
        )
        return
    if post.alleen_buiten_kantoortijd:
        buiten = (
            k.buiten_kantoortijd
            if k.buiten_kantoortijd is not None
            else (None if c.kantoortijd is None else not c.kantoortijd)
        )
        if buiten is None:
            o.vraag(
                "melding.op",
                T("Wanneer is er gebeld?"),
                T("Alleen buiten kantoortijd staat vast wie betaalt."),
                post.regels,
                100,
            )
        if not buiten:
            o.open(
                "X-12/voorwerk_kantoortijd",
                T(
                    "{wat} in kantoortijd: wie doet en betaalt het voorwerk? De afspraak noemt alleen buiten kantoortijd."
                ),
                {"lumpsum": T("De crisisdienst, uit de lumpsum."), "gemeente": T("De gemeente.")},
                post.regels,
                wat=wat,
            )
            o.zeg(
                sleutel,
                "onbekend",
                T("{wat} in kantoortijd: de afspraken zeggen niet wie betaalt."),
                post.regels,
                open_vraag="X-12/voorwerk_kantoortijd",
                lezingen=(("lumpsum", "lumpsum"), ("gemeente", "gemeente")),
                wat=wat,
            )
            return
    o.zeg(
        sleutel,
        post.betaler,
        BETAALD[post.betaler],
        post.regels,
        post.strekking if post.strekking != "zonder voorbehoud" else "",
        open_vraag=welke_gemeente(o, post.regels) if post.betaler in GEMEENTE_BETAALT else "",
        wat=wat,
        gemeente=f"gemeente {c.gemeente.naam}" if c.gemeente else c.naam("gemeente"),
    )
    if post.hoogstens_dagen and k.dagen and k.dagen > post.hoogstens_dagen:
        _na_de_duur(post, n, wat, o)


def _na_de_duur(post: Post, n: int, wat: str, o: Opsteller) -> None:
    """Who pays after the agreed length: the sources are silent (X-12)."""
    if post.betaler == "lumpsum":
        vraag = "X-12/na_de_duur"
        o.open(
            "X-12/na_de_duur",
            T("Wie betaalt na dag {dagen}? De afspraak dekt {dagen} dagen."),
            {"lumpsum": T("De lumpsum loopt door."), "gemeente": T("De gemeente, vanaf de dag erna.")},
            post.regels,
            dagen=post.hoogstens_dagen,
        )
    else:
        vraag = f"{post.regels[0]}/na_de_duur"
        o.open(
            vraag,
            T("Wie betaalt na dag {dagen}? De afspraak dekt {dagen} dagen."),
            {post.betaler: T("Dezelfde betaler."), "gemeente": T("De gemeente, vanaf de dag erna.")},
            post.regels,
            dagen=post.hoogstens_dagen,
        )
    o.zeg(
        f"geld.{n}.na_maximum",
        "onbekend",
        T("{wat}: na dag {dagen} zeggen de afspraken niet wie betaalt."),
        post.regels,
        open_vraag=vraag,
        lezingen=((post.betaler, post.betaler), ("gemeente", "gemeente")),
        wat=wat,
        dagen=post.hoogstens_dagen,
    )


def welke_gemeente(o: Opsteller, regels: Regels) -> str:
    """Name X-12: the text says 'the responsible municipality', never which one that is; its id comes back."""
    o.open(
        "X-12/welke_gemeente",
        T("Welke gemeente betaalt? De afspraak zegt “de verantwoordelijke gemeente”, niet welke dat is."),
        {
            "gezag": T("Waar de ouder met gezag woont."),
            "inschrijving": T("Waar de jeugdige staat ingeschreven."),
            "feitelijk_verblijf": T("Waar de jeugdige feitelijk woonde."),
        },
        regels,
    )
    return "X-12/welke_gemeente"


GEMEENTE_BETAALT = ("gemeente", "voor_rekening_gemeente_buiten_lumpsum")


def _regels(g: Geldafspraken, c: Omstandigheden) -> Regels:
    for post in g.posten.values():
        return post.regels
    return c.a.regio.regels


def verdeel(cent: int, aandelen: Mapping[str, float]) -> dict[str, int]:
    """An amount in cents by shares that together are (about) one; the parts add up to the amount exactly: the cents that
    rounding leaves go to the largest remainders."""
    som = sum(aandelen.values())
    if som <= 0:
        return dict.fromkeys(aandelen, 0)
    precies = {naam: cent * deel / som for naam, deel in aandelen.items()}
    uit = {naam: int(bedrag // 1) for naam, bedrag in precies.items()}
    over = cent - sum(uit.values())
    for naam in sorted(precies, key=lambda n: (uit[n] - precies[n], n))[:over]:
        uit[naam] += 1
    return uit


def _langste_duur(c: Omstandigheden, soort: str) -> int:
    """The longest agreed length in days of the forms under a line of cost; 0 when the region agreed none."""
    groepen = {
        "ambulante_crisishulp": ("ambulant",),
        "crisisverblijf": ("netwerk", "noodbed", "pleegzorg", "residentieel"),
    }
    return max(
        (v.duur.waarde.in_dagen for v in c.a.zorg.vormen if v.duur and v.groep in groepen.get(soort, ())), default=0
    )


def _verrekening(c: Omstandigheden, g: Geldafspraken, o: Opsteller) -> None:
    """Advance by historic share, settlement by real share, among the municipalities: the settlements add up to nothing
    (SEG-38, SEG-39). Who bears real cost above or below the budget is not in the source."""
    v = c.s.verrekening
    if v is None or g.voorschot is None or g.afrekening is None:
        return
    namen = sorted(v.historisch_aandeel.keys() | v.feitelijk_aandeel.keys())
    budget, kosten = round(v.budget * 100), round(v.kosten * 100)
    voorschot = verdeel(budget, {n: v.historisch_aandeel.get(n, 0.0) for n in namen})
    onderling = verdeel(budget, {n: v.feitelijk_aandeel.get(n, 0.0) for n in namen})
    naar_gebruik = verdeel(kosten, {n: v.feitelijk_aandeel.get(n, 0.0) for n in namen})
    vraag, eerst = "", "onderling"
    if budget != kosten:
        vraag = f"{g.afrekening.regels[0]}/verschil"
        eerst = o.open(
            vraag,
            T("De kosten (€ {kosten}) zijn niet gelijk aan het budget (€ {budget}). Wie draagt het verschil?"),
            {
                "onderling": T("Niemand extra: de gemeenten verdelen alleen het budget opnieuw; samen is dat nul."),
                "naar_gebruik": T("De gemeenten, naar feitelijk gebruik."),
            },
            g.afrekening.regels,
            kosten=_bedrag(_euro(kosten)),
            budget=_bedrag(_euro(budget)),
        )
    for naam in namen:
        sleutel = naam.lower().replace(" ", "-")
        o.zeg(
            f"geld.voorschot.{sleutel}",
            _euro(voorschot[naam]),
            T("{naam}: voorschot € {bedrag}, naar historisch gebruik."),
            g.voorschot.regels,
            g.voorschot.strekking,
            naam=naam,
            bedrag=_bedrag(_euro(voorschot[naam])),
        )
        per_lezing = {
            "onderling": _euro(onderling[naam] - voorschot[naam]),
            "naar_gebruik": _euro(naar_gebruik[naam] - voorschot[naam]),
        }
        o.zeg(
            f"geld.afrekening.{sleutel}",
            per_lezing[eerst],
            T("{naam}: afrekening € {bedrag}, naar feitelijk gebruik."),
            g.afrekening.regels,
            g.afrekening.strekking,
            open_vraag=vraag,
            lezingen=tuple(per_lezing.items()) if vraag else (),
            naam=naam,
            bedrag=_bedrag(per_lezing[eerst]),
        )
    if g.uitname:
        o.zeg(
            "geld.uitname",
            "niet_gecontracteerd_aanbod",
            T("Van de lumpsum gaat af wat nog loopt bij niet-gecontracteerd aanbod; het bedrag staat niet in de bron."),
            g.uitname.regels,
            g.uitname.strekking,
        )


def _euro(cent: int) -> str:
    return f"{'-' if cent < 0 else ''}{abs(cent) // 100}.{abs(cent) % 100:02d}"


def _bedrag(euro: str) -> str:
    """An amount as it is written in Dutch: 600.000,00."""
    heel, cent = euro.split(".")
    return f"{int(heel):,}".replace(",", ".") + f",{cent}" if heel != "-0" else f"-0,{cent}"


KOSTEN = {
    "telefonische_melding": T("telefonische melding"),
    "actieve_inschatting": T("actieve inschatting"),
    "ambulante_crisishulp": T("ambulante crisishulp"),
    "crisisverblijf": T("crisisverblijf"),
    "verwijzing_bevoegde_functionaris": T("verwijzing naar een bevoegde functionaris"),
    "bevoegde_functionaris": T("bevoegde functionaris (zoals voor de instemmingsverklaring)"),
    "crisismaatregel_ggz": T("opname met een crisismaatregel GGZ"),
    "gesloten_plaatsing": T("gesloten plaatsing"),
    "regulier_arrangement": T("regulier arrangement na de crisis"),
    "vervolghulp_route_2": T("ambulante hulp van de crisisdienst na verblijf (route 2)"),
    "vervolghulp_route_3": T("ambulante hulp van een reguliere aanbieder (route 3)"),
    "vervolghulp_route_4": T("behandeling of begeleiding met verblijf (route 4)"),
    "crisisopname_ggz": T("crisisopname GGZ (Wvggz)"),
    "ambulancedienst_48_uur": T("de eerste 48 uur (“ambulancedienst”)"),
    "jeugdhulp_segment_1": T("jeugdhulp in Segment 1"),
    "transformatiekosten": T("kosten van de transformatie"),
    "frictiekosten": T("frictiekosten"),
    "niet_gecontracteerd_aanbod": T("lopend niet-gecontracteerd aanbod"),
}
BETAALD = {
    "lumpsum": T("{wat}: uit de lumpsum."),
    "gemeente": T("{wat}: apart betaald door {gemeente}."),
    "voor_rekening_gemeente_buiten_lumpsum": T("{wat}: buiten de lumpsum, betaald door {gemeente}."),
    "gezamenlijk": T("{wat}: gezamenlijk bekostigd door de gemeenten."),
    "lumpsum_segment_1": T("{wat}: uit de lumpsum van Segment 1."),
}
