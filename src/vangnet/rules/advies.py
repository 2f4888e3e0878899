# SPDX-License-Identifier: EUPL-1.2
"""The one composition: facts of a situation in, what was agreed for it out. `adviseer(situatie, afspraken) -> Advies`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .afspraken import Afspraken, Gemeente
from .financiering import financiering
from .huisbezoek import huisbezoek
from .kalender import Sluitingsoordeel, langste_reeks, lokaal
from .melding import melding
from .omstandigheden import Omstandigheden, kalender_van
from .openvraag import Keuze, OpenVraag
from .procesregie import procesregie
from .rto import rto
from .segment1 import segment1
from .situatie import Situatie, Sluitingsopgave
from .tekst import T
from .toegang import toegang
from .traject import traject
from .triage import triage
from .uitspraak import Opsteller, Termijn, Uitspraak, Vraag
from .vervolghulp import vervolghulp
from .zorgvorm import zorgvorm


@dataclass(frozen=True, slots=True)
class Advies:
    """What the agreements say for one situation: statements, terms, open questions, and what to ask next."""

    afspraken: Afspraken
    gemeente: Gemeente | None
    moment: datetime | None
    bevestigd: bool
    """False when the moment lies past the year, or the stated end, of the source."""
    uitspraken: dict[str, Uitspraak]
    termijnen: dict[str, Termijn]
    open_vragen: dict[str, OpenVraag]
    vragen: tuple[Vraag, ...]
    """The missing facts, most useful first."""
    sluitingsdagen: frozenset[date]

    @property
    def regels(self) -> tuple[str, ...]:
        """Every rule id that the advice cites, in order of appearance."""
        uit: dict[str, None] = {}
        for u in self.uitspraken.values():
            uit.update(dict.fromkeys(u.regels))
        for t in self.termijnen.values():
            uit.update(dict.fromkeys(t.regels))
        for q in self.open_vragen.values():
            uit.update(dict.fromkeys(q.regels))
        for v in self.vragen:
            uit.update(dict.fromkeys(v.regels))
        return tuple(uit)


def adviseer(situatie: Situatie, afspraken: Afspraken) -> Advies:
    """What was agreed for this situation. Total: unknown facts narrow the answer, they never stop it.

    The caller has checked that the municipality belongs to the region and that the facts do not contradict each other
    (`situatiefouten`)."""
    keuzes = afspraken.keuzes
    if situatie.keuzes:
        keuzes = {**keuzes, **{k: Keuze(v, "deze vraag") for k, v in situatie.keuzes.items()}}
    o = Opsteller(keuzes)
    gemeente = afspraken.gemeente(situatie.gemeente) if situatie.gemeente else None
    dicht = _sluitingsdagen(situatie, afspraken, gemeente, o)
    c = Omstandigheden(situatie, afspraken, gemeente, dicht)
    bevestigd = _geldigheid(c, o)
    toegang(c, afspraken.doelgroep, o)
    melding(c, afspraken.melding, o)
    triage(c, afspraken.triage, o)
    huisbezoek(c, afspraken.huisbezoek, o)
    traject(c, afspraken.traject, o)
    zorgvorm(c, afspraken.zorg, o)
    if afspraken.rto:
        rto(c, afspraken.rto, o)
    if afspraken.regie:
        procesregie(c, afspraken.regie, o)
    vervolghulp(c, afspraken.vervolg, o)
    financiering(c, afspraken.geld, o)
    if afspraken.segment:
        segment1(c, afspraken.segment, o)
    _mee(c, o)
    vragen = tuple(sorted(o.vragen.values(), key=lambda v: -v.gewicht))
    uitspraken = dict(sorted(o.uitspraken.items(), key=lambda ku: VOLGORDE[ku[0].partition(".")[0]]))
    return Advies(afspraken, gemeente, c.nu, bevestigd, uitspraken, o.termijnen, o.open_vragen, vragen, c.dicht)


def _mee(c: Omstandigheden, o: Opsteller) -> None:
    """Who goes, as one list: the headline of a night call."""
    mee = tuple(p for p in PARTIJEN_MEE if o.antwoord(f"huisbezoek.{p}") in ("gaat_mee", "bij_voorkeur"))
    if mee:
        regels = tuple(dict.fromkeys(r for p in mee for r in o.uitspraken[f"huisbezoek.{p}"].regels))
        o.zeg("huisbezoek.mee", mee, T("Op huisbezoek: {wie}."), regels, wie=tuple(c.naam(p) for p in mee))


VOLGORDE = {
    onderdeel: n
    for n, onderdeel in enumerate(
        (
            "sluitingsdagen", "toegang", "melding", "triage", "huisbezoek", "traject", "inzet", "rto", "regie",
            "vervolg", "geld", "segment", "kpi",
        )
    )
}  # fmt: skip
"""The order of the work, in which an advice is read."""
PARTIJEN_MEE = ("crisisdienst", "toegang", "gi", "veilig_thuis", "zorgaanbieder")


def _geldigheid(c: Omstandigheden, o: Opsteller) -> bool:
    """A version answers beyond its source year or stated end, and says so: `niet bevestigd voor <jaar>`."""
    if c.nu is None or c.jaar is None:
        return True
    r = c.a.regio
    voorbij = c.jaar > r.bronjaar or (r.geldig_tot is not None and lokaal(c.nu).date() >= r.geldig_tot)
    if voorbij:
        o.open(
            "versie/niet_bevestigd",
            T("Gelden deze afspraken in {jaar} nog? Ze zijn niet bevestigd voor {jaar}."),
            {
                "doorgaan": T("Ga ervan uit dat ze gelden tot er nieuwe zijn."),
                "navragen": T("Vraag het na bij de regio."),
            },
            r.regels,
            jaar=c.jaar,
        )
    f = c.a.feestdagen
    if f and c.jaar not in f.voor_jaren and c.jaar not in {lijst.jaar for lijst in c.a.jaarlijsten}:
        o.open(
            "X-02/lijst_van_jaar",
            T("Geldt de feestdagenlijst van {lijstjaar} ook in {jaar}? De dagen zijn berekend en niet bevestigd."),
            {
                "zelfde_dagen": T("Ja: dezelfde feestdagen, op de datums van {jaar}."),
                "nieuwe_lijst": T("Nee: de regio stelt een lijst voor {jaar} vast."),
            },
            f.regels,
            jaar=c.jaar,
            lijstjaar=max(f.voor_jaren),
        )
    return not voorbij


def _sluitingsdagen(s: Situatie, a: Afspraken, g: Gemeente | None, o: Opsteller) -> frozenset[date]:
    """The closing days that hold for this municipality: the announced lists, and a list in the situation if it is valid."""
    dagen: set[date] = set()
    if g:
        for lijst in a.sluitingslijsten:
            if lijst.gemeente.casefold() == g.naam.casefold():
                dagen.update(lijst.dagen)
    if s.sluitingsdagen and a.sluitingsdagen is None:
        o.open(
            "X-07/geen_recht",
            T("Deze regio sprak niets af over sluitingsdagen. Tellen ze?"),
            {
                "tellen_niet": T("Nee: de gemeente is er op elke werkdag."),
                "tellen": T("Ja, als de regio ze aanvaardt."),
            },
            a.regio.regels,
        )
    elif s.sluitingsdagen and g is None:
        o.vraag(
            "gemeente",
            T("Voor welke gemeente zijn deze sluitingsdagen?"),
            T("Alleen kleinere gemeenten hebben ze."),
            a.regio.regels,
            99,
        )
    elif s.sluitingsdagen and g:
        oordeel = sluitingsoordeel(s.sluitingsdagen, a, g, o)
        if oordeel.geldig is not False:
            dagen.update(s.sluitingsdagen.dagen)
    return frozenset(dagen)


def sluitingsoordeel(opgave: Sluitingsopgave, a: Afspraken, g: Gemeente, o: Opsteller) -> Sluitingsoordeel:
    """Judge a list of closing days by every condition: right to them, at most three, told in time, never more than four
    days in a row (ZL-39..43). What the text leaves open is X-07."""
    regel = a.sluitingsdagen
    assert regel is not None
    gronden: list[str] = []
    heeft_recht = g.naam in regel.gemeenten.waarde
    jaar_bekend = opgave.jaar in regel.voor_jaren
    kalender = kalender_van(a)
    if not heeft_recht:
        gronden.append("gemeente")
        o.zeg(
            "sluitingsdagen.gemeente",
            "geen_recht",
            T("{gemeente} staat niet op de lijst van gemeenten met sluitingsdagen."),
            regel.gemeenten.regels,
            gemeente=g.naam,
        )
    elif not jaar_bekend:
        o.open(
            "X-07/ander_jaar",
            T("Mag {gemeente} ook in {jaar} sluitingsdagen opgeven? De lijst is van {lijstjaar}."),
            {
                "zelfde_gemeenten": T("Ja: dezelfde gemeenten, uiterlijk op dezelfde dag van het jaar."),
                "nieuwe_lijst": T("Nee: eerst een nieuwe lijst."),
            },
            regel.gemeenten.regels,
            gemeente=g.naam,
            jaar=opgave.jaar,
            lijstjaar=max(regel.voor_jaren),
        )
    if len(set(opgave.dagen)) > regel.hoogstens.waarde:
        gronden.append("aantal")
        o.zeg(
            "sluitingsdagen.aantal",
            len(set(opgave.dagen)),
            T("{aantal} dagen opgegeven; het mogen er hooguit {mag} zijn."),
            regel.hoogstens.regels,
            aantal=len(set(opgave.dagen)),
            mag=regel.hoogstens.waarde,
        )
    maand, dag = (int(x) for x in regel.gemeld_uiterlijk.waarde.split("-"))
    grens = date(opgave.jaar, maand, dag)
    if opgave.gemeld_op is None:
        o.vraag(
            "sluitingsdagen.gemeld_op",
            T("Wanneer gaf de gemeente de dagen door?"),
            T("Dat moet uiterlijk op {grens}."),
            regel.gemeld_uiterlijk.regels,
            90,
        )
    elif opgave.gemeld_op > grens:
        gronden.append("te_laat_gemeld")
        o.zeg(
            "sluitingsdagen.gemeld",
            "te_laat",
            T("Doorgegeven op {op}; dat moest uiterlijk op {grens}."),
            regel.gemeld_uiterlijk.regels,
            op=opgave.gemeld_op,
            grens=grens,
        )
    vroeg = tuple(d for d in opgave.dagen if d <= grens)
    if vroeg and opgave.gemeld_op and opgave.gemeld_op <= grens:
        o.open(
            "X-07/voor_uiterste_dag",
            T("Mag een sluitingsdag vóór {grens} liggen?"),
            {"mag": T("Ja, als hij van tevoren is doorgegeven."), "mag_niet": T("Nee.")},
            regel.gemeld_uiterlijk.regels,
            grens=grens,
        )
    dagen = frozenset(opgave.dagen)
    zonder, met = langste_reeks(dagen, kalender, False), langste_reeks(dagen, kalender, True)
    grens_dagen = regel.aaneengesloten.waarde
    if zonder > grens_dagen:
        gronden.append("te_lang")
    elif met > grens_dagen:
        eerst = o.open(
            "X-07/feestdagen_in_reeks",
            T("Tellen feestdagen mee in de reeks van hooguit {grens} dagen?"),
            {
                "tellen_mee": T("Ja: dan is de reeks {met} dagen, te lang."),
                "tellen_niet_mee": T("Nee: dan is de reeks {zonder} dagen."),
            },
            regel.aaneengesloten.regels,
            grens=grens_dagen,
            met=met,
            zonder=zonder,
        )
        if eerst == "tellen_mee" and o.keuze("X-07/feestdagen_in_reeks"):
            gronden.append("te_lang")
        elif not o.keuze("X-07/feestdagen_in_reeks") and not gronden:
            o.zeg(
                "sluitingsdagen.reeks",
                zonder,
                T("{zonder} of {met} dagen achter elkaar niet beschikbaar; hooguit {mag} mag."),
                regel.aaneengesloten.regels,
                open_vraag="X-07/feestdagen_in_reeks",
                lezingen=(("tellen_mee", met), ("tellen_niet_mee", zonder)),
                zonder=zonder,
                met=met,
                mag=grens_dagen,
            )
            o.zeg(
                "sluitingsdagen.oordeel",
                "hangt_af",
                T("Of de opgave geldt, hangt af van een open vraag."),
                regel.aaneengesloten.regels,
                open_vraag="X-07/feestdagen_in_reeks",
            )
            return Sluitingsoordeel(None, (), zonder, met)
    if "te_lang" in gronden:
        reeks = zonder if zonder > grens_dagen else met
        o.zeg(
            "sluitingsdagen.reeks",
            reeks,
            T("{reeks} dagen achter elkaar niet beschikbaar; hooguit {mag} mag, weekend meegeteld."),
            regel.aaneengesloten.regels,
            reeks=reeks,
            mag=grens_dagen,
        )
    if gronden:
        waar = {
            "gemeente": regel.gemeenten.regels,
            "aantal": regel.hoogstens.regels,
            "te_laat_gemeld": regel.gemeld_uiterlijk.regels,
            "te_lang": regel.aaneengesloten.regels,
        }
        o.open(
            "X-07/deel",
            T("Een deel van de opgave past niet. Vervalt alles, of alleen wat te veel is?"),
            {"alles": T("De hele opgave vervalt."), "deel": T("Alleen wat te veel is, vervalt.")},
            regel.hoogstens.regels,
        )
        o.zeg(
            "sluitingsdagen.oordeel",
            "geweigerd",
            T("De opgave past niet bij de afspraken: {gronden}."),
            tuple(dict.fromkeys(r for n in gronden for r in waar[n])),
            gronden=tuple(GRONDEN[n] for n in gronden),
        )
        return Sluitingsoordeel(False, tuple(gronden), zonder, met)
    o.zeg(
        "sluitingsdagen.oordeel",
        "aanvaard",
        T("De opgave van {gemeente} past bij de afspraken."),
        regel.gemeenten.regels + regel.hoogstens.regels + regel.gemeld_uiterlijk.regels + regel.aaneengesloten.regels,
        gemeente=g.naam,
    )
    return Sluitingsoordeel(True, (), zonder, met)


GRONDEN = {
    "gemeente": T("de gemeente heeft er geen recht op"),
    "aantal": T("te veel dagen"),
    "te_laat_gemeld": T("te laat doorgegeven"),
    "te_lang": T("te lang achter elkaar"),
}
