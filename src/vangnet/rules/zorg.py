# SPDX-License-Identifier: EUPL-1.2
"""Crisis help: which forms are allowed now and which not yet, in what order and why, and from whom (ZL-12, ZL-23..24;
ICJ-22..26, ICJ-40; LEK-14..16, LEK-18, LEK-22..23, LEK-32; FRL-02, FRL-06, FRL-13; CIT-11, CIT-26, CIT-34; CL-66; X-09, X-11, X-13..14,
X-16..17, X-25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .bron import STRIKT, ZACHT, Afspraak, Duur, Regels, Strekking
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import VERBLIJF, Vorm
from .tekst import T
from .termijn import laatste_dag, na_uren
from .toegang import leeftijd
from .uitspraak import Lezingwaarden, Opsteller, gekozen
from .zorgvorm import GROEPEN, Groep, Zorgvorm, inzet, start_binnen, tweede_nacht


@dataclass(frozen=True, slots=True)
class Trede:
    """A step of the order from light to heavy, with what must be on record before it."""

    __pydantic_config__ = STRIKT

    groepen: tuple[Groep, ...]
    strekking: Strekking
    regels: Regels
    pas_als: Literal["", "ambulant_niet_veilig", "niet_thuis", "redenen"] = ""
    """Wat eerst moet vaststaan: ambulant dekt de veiligheid niet, thuis kan niet, of redenen per lichtere trede."""


@dataclass(frozen=True, slots=True)
class Zorgafspraken:
    """Everything a region agreed about forms of crisis help."""

    __pydantic_config__ = STRIKT

    vormen: tuple[Zorgvorm, ...] = ()
    na_besluit: Afspraak[Literal["besluit_crisis"]] | None = None
    """Crisishulp pas na het besluit crisis."""
    passende_hulp: Afspraak[Literal["kijk_wat_past"]] | None = None
    treden: tuple[Trede, ...] = ()
    """De volgorde die de bron noemt; leeg als de bron er geen noemt."""
    ladder_afgeleid: Regels = ()
    """Regels die een ladder noemen die zelf niet in de bron staat; de treden zijn dan afgeleid (X-14)."""
    geen_volgorde: Regels = ()
    """Regels die de vormen opsommen zonder volgorde."""
    combinatie: Afspraak[Literal["mag"]] | None = None
    onder_12: Afspraak[Literal["pleegzorg_voor_residentieel"]] | None = None
    aanbieders: Afspraak[tuple[str, ...]] | None = None
    """Alleen deze aanbieders geven de hulp."""
    dienst_geeft_geen_zorg: Regels = ()
    alleen_partners_buiten_kantoortijd: Regels = ()
    """Regels die zeggen dat buiten kantoortijd alleen deze aanbieders helpen."""
    crisistool: Afspraak[Literal["aangesloten"]] | None = None
    bepaalt_met_aanbieders: Afspraak[Literal["via_crisistool"]] | None = None
    aanvraag_door: Afspraak[tuple[Literal["veilig_thuis", "wijkteam"], ...]] | None = None
    binnen_contracten: Regels = ()


OORDEEL = {
    "eerst": T("Eerst: {vormen}."),
    "kan": T("Kan: {vormen}."),
    "nog_niet": T("Nog niet: {vormen}."),
    "past_niet": T("Past niet: {vormen}."),
    "alleen_als": T("Onder voorwaarde: {vormen}."),
}
GROEPNAAM = {
    "ambulant": T("ambulant"),
    "netwerk": T("eigen netwerk"),
    "noodbed": T("noodbed"),
    "pleegzorg": T("pleegzorg"),
    "residentieel": T("residentieel"),
    "ggz_opname": T("opname GGZ"),
}
NAAR_POST = {"gesloten_plaatsing": "gesloten_plaatsing", "crisisopname_ggz": "crisismaatregel_ggz"}
"""Forms that are no crisis help of the service, and the line of cost that says so."""


def zorg(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
    """Say per form whether it can be used now, and for each chosen form its last day and what must be done."""
    _gi_als_aanbieder(c, o)
    if not z.vormen:
        return
    besluit = c.besluit
    if z.na_besluit:
        _na_besluit(c, z.na_besluit, o, besluit)
    if besluit is not False:
        _per_groep(c, z, o)
    if z.ladder_afgeleid and besluit is not False:
        o.open(
            "X-14/ladder",
            T("Welke volgorde heeft de ladder van licht naar zwaar? De ladder zelf staat niet in de bron."),
            {
                "afgeleid": T("De volgorde die uit de tekst is af te leiden, zoals hier."),
                "eigen_ladder": T("De ladder die de regio zelf vastlegt."),
            },
            z.ladder_afgeleid,
        )
    if z.geen_volgorde and besluit is not False:
        o.open(
            "X-14/volgorde",
            T("Deze regio noemt de vormen zonder volgorde. Toon je de lichtste eerst?"),
            {
                "lichtste_eerst": T("Ja, als advies van Vangnet: geen afspraak, niets wordt geweigerd op volgorde."),
                "geen_volgorde": T("Nee."),
            },
            z.geen_volgorde,
        )
    if len(c.s.inzet) > 1:
        _combinatie(c, z, o)
    _aanbieder(c, z, o)
    if z.binnen_contracten:
        o.zeg(
            "inzet.contracten",
            "binnen",
            T("De hulp blijft binnen de bestaande contracten."),
            z.binnen_contracten,
        )
    if besluit and not c.s.inzet:
        _start(c, z, o)
    per_vorm = {v.vorm: v for v in z.vormen}
    for nummer, i in enumerate(c.s.inzet, 1):
        vorm = per_vorm.get(i.vorm)
        if i.vorm == "crisisopname_ggz":
            o.open(
                "X-17/eigen_vorm",
                T("Hoort een crisisopname GGZ bij de vormen van deze dienst?"),
                {
                    "eigen_vorm": T("Ja: het is een vorm van deze dienst, met eigen duur."),
                    "apart": T("Nee: het is een aparte weg; de dienst verwijst naar de bevoegde functionaris."),
                },
                vorm.regels if vorm else ("ZL-117", "ICJ-39"),
            )
        if vorm is None:
            post = c.a.geld.posten.get(NAAR_POST.get(i.vorm, ""))
            o.zeg(
                f"inzet.{nummer}.vorm",
                "niet_in_deze_regio",
                T("{vorm} staat niet in de vormen van deze regio en krijgt geen termijn."),
                post.regels if post else tuple(dict.fromkeys(r for v in z.vormen for r in v.regels)),
                vorm=i.vorm.replace("_", " "),
            )
        else:
            inzet(c, z.na_besluit, vorm, i, nummer, o)
    if len(c.s.inzet) > 1 and "X-11/optellen" in o.open_vragen:
        _samen(c, per_vorm, o)


def _start(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
    """Where every form begins within a time of the report, that time runs before somebody chose a form (LEK-16, LEK-22);
    how firm it is, is open where the places differ (X-09). The sources give this term to who delivers the help: that the
    service watches it while nobody was chosen is ours, and is said."""
    gezegd = [a for v in z.vormen if v.start_binnen for a in (v.start_binnen, *v.start_ook_gezegd)]
    if c.meld_op is None or not gezegd or any(v.start_binnen is None for v in z.vormen):
        return
    begin = c.meld_op
    gezegd.sort(key=lambda a: (na_uren(begin, a.waarde), a.strekking in ZACHT))  # The earliest and firmest to act on.
    start = start_binnen(c, tuple(gezegd), o)
    if start is None:
        return
    o.klok(
        "inzet.start",
        T("Crisishulp begint"),
        start.uiterlijk,
        start.strekking,
        "crisisdienst",
        start.regels,
        begint_op=start.begin,
        waarom=T("Er is nog geen hulp gekozen: tot dan let {dienst} op deze tijd. Dat is een keuze van Vangnet."),
        open_vraag=start.open_vraag,
        lezingen=start.lezingen,
        dienst=c.naam("crisisdienst"),
    )


def _gi_als_aanbieder(c: Omstandigheden, o: Opsteller) -> None:
    """A certified institution may not give youth help (CL-66); where the region placed its service with one, that is
    X-25."""
    if not c.s.afweging.aanbieder_is_gi:
        return
    plek = c.a.checklist.get("2.2")
    if plek is None or plek.keuze != "gi":
        o.zeg(
            "inzet.gi_als_aanbieder",
            "mag_niet",
            T("Een GI mag geen jeugdhulp geven: kies een andere aanbieder."),
            ("CL-66",),
        )
    else:
        regels = ("CL-66", *plek.regels)
        eerst = o.open(
            "X-25/jeugdhulp",
            T("De crisisdienst zit bij een GI. Mag die zelf jeugdhulp inzetten?"),
            {
                "andere_aanbieder": T("Nee, een andere partij geeft de jeugdhulp."),
                "crisisteam_gi": T("Ja, het crisisteam van de GI zelf."),
            },
            regels,
        )
        o.zeg(
            "inzet.gi_als_aanbieder",
            "mag_niet" if eerst == "andere_aanbieder" else "in_orde",
            T("Een GI mag geen jeugdhulp geven, en de crisisdienst zit hier bij een GI: kies een andere aanbieder.")
            if eerst == "andere_aanbieder"
            else T("De regio laat het crisisteam van de GI zelf hulp inzetten."),
            regels,
            open_vraag="X-25/jeugdhulp",
            lezingen=(("andere_aanbieder", "mag_niet"), ("crisisteam_gi", "in_orde")),
        )


def _na_besluit(c: Omstandigheden, a: Afspraak[Literal["besluit_crisis"]], o: Opsteller, besluit: bool | None) -> None:
    if besluit:
        o.zeg("inzet.na_besluit", "mag", T("Het besluit crisis is er: crisishulp kan starten."), a.regels)
    elif besluit is False:
        o.zeg("inzet.na_besluit", "mag_niet", T("Besluit: geen crisis. Er start geen crisishulp."), a.regels)
    else:
        o.zeg(
            "inzet.na_besluit",
            "wacht_op_besluit",
            T("Crisishulp start pas na het besluit crisis van {dienst}."),
            a.regels,
            dienst=c.naam("crisisdienst"),
        )


def _kan(c: Omstandigheden, groep: Groep) -> bool | None:
    """Whether the facts say that this group is possible at all."""
    w = c.s.afweging
    return {
        "ambulant": False if w.thuis_mogelijk is False or w.ambulant_veilig is False else w.ambulant_veilig,
        "netwerk": w.netwerk_mogelijk,
        "noodbed": w.noodbed_mogelijk,
        "pleegzorg": w.pleeggezin_mogelijk,
        "residentieel": w.residentieel_mogelijk,
        "ggz_opname": w.wvggz,
    }[groep]


def _redenen_ontbreken(c: Omstandigheden, groepen: tuple[Groep, ...]) -> tuple[Groep, ...]:
    """The lighter groups for which no reason is on record yet."""
    return tuple(g for g in groepen if not c.s.afweging.redenen.get(g, "").strip())


def _per_groep(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
    aanwezig: dict[Groep, list[Zorgvorm]] = {}
    for v in z.vormen:
        aanwezig.setdefault(v.groep, []).append(v)
    mag: list[Groep] = []
    for groep in GROEPEN:
        vormen = aanwezig.get(groep)
        if not vormen:
            continue
        waarde, waarom, regels, strekking, ontbreekt = _oordeel(c, z, groep, vormen, o)
        if waarde in ("kan", "eerst"):
            mag.append(groep)
        o.zeg(
            f"inzet.{groep}",
            waarde,
            OORDEEL[waarde],
            regels,
            strekking,
            waarom,
            vormen=tuple(v.naam for v in vormen),
            ontbreekt=tuple(GROEPNAAM[g] for g in ontbreekt),
        )
    if z.treden:
        nu = [g for g in mag if o.antwoord(f"inzet.{g}") == "eerst"] or mag
        trede = next((t for t in z.treden if any(g in t.groepen for g in nu)), None)
        eerste = [g for g in nu if trede and g in trede.groepen]
        if trede and eerste:
            o.zeg(
                "inzet.eerst",
                tuple(eerste),
                T("Kijk eerst naar: {groepen}."),
                trede.regels,
                trede.strekking,
                groepen=tuple(GROEPNAAM[g] for g in eerste),
            )
            if {"netwerk", "noodbed"} <= set(eerste):
                o.open(
                    "X-16/volgorde",
                    T("Hulp thuis is niet veilig genoeg. Eerst het eigen netwerk of eerst een noodbed?"),
                    {
                        "naast_elkaar": T("De een of de ander: de afspraak noemt geen volgorde."),
                        "netwerk_eerst": T("Eerst het eigen netwerk."),
                    },
                    trede.regels,
                )
    if z.onder_12:
        jaren = leeftijd(c)
        if jaren is None:
            o.vraag(
                "jeugdige.leeftijd",
                T("Hoe oud is de jeugdige?"),
                T("Jonger dan 12 geldt de voorkeur voor een pleeggezin nog sterker."),
                z.onder_12.regels,
                40,
            )
        else:
            o.zeg(
                "inzet.onder_12",
                "zeker" if jaren < 12 else "ook",
                T("Jonger dan 12: zoek zeker eerst een (netwerk)pleeggezin voor een residentiële plek.")
                if jaren < 12
                else T("Zoek eerst een (netwerk)pleeggezin voor een residentiële plek."),
                z.onder_12.regels,
                z.onder_12.strekking,
                waarom=T("De voorkeur geldt voor alle leeftijden; het is geen verbod."),
            )


def _oordeel(
    c: Omstandigheden, z: Zorgafspraken, groep: Groep, vormen: list[Zorgvorm], o: Opsteller
) -> tuple[str, str, Regels, str, tuple[Groep, ...]]:
    """The judgement on one group: value, why, rules, force, and the lighter groups without a recorded reason."""
    regels = tuple(dict.fromkeys(r for v in vormen for r in v.regels))
    eerste = vormen[0]
    kan = _kan(c, groep)
    lost_op = c.s.afweging.een_nacht_lost_op
    if eerste.voorwaarde == "een_nacht_lost_op" and kan is not False:
        if lost_op is None:
            o.vraag(
                "afweging.een_nacht_lost_op",
                T("Lost één nacht uit de situatie de crisis op, naar jullie inschatting?"),
                T("Alleen dan past een noodbed."),
                eerste.voorwaarde_regels,
                48,
            )
            return (
                "alleen_als",
                T("Alleen als één nacht uit de situatie de crisis oplost; leg die inschatting vast."),
                eerste.voorwaarde_regels,
                "",
                (),
            )
        if not lost_op:
            return (
                "past_niet",
                T("De inschatting is dat één nacht de crisis niet oplost."),
                eerste.voorwaarde_regels,
                "",
                (),
            )
        return "kan", T("De inschatting is dat één nacht de crisis oplost."), eerste.voorwaarde_regels, "", ()
    if kan is False:
        reden = {
            "ambulant": T("Hulp thuis dekt de veiligheid niet, of thuis blijven kan niet."),
            "netwerk": T("Er is geen plek in het eigen netwerk."),
        }
        return "past_niet", reden.get(groep, T("Dit is er nu niet of past niet.")), regels, "", ()
    if eerste.voorwaarde == "wvggz":
        if kan:
            return "kan", T("De opname berust op de Wvggz."), regels, "", ()
        return "alleen_als", T("Alleen op grond van de Wvggz."), regels, "", ()
    if not z.treden:
        return "kan", "", regels, "", ()
    for nummer, trede in enumerate(z.treden):
        if groep in trede.groepen:
            return _op_trede(c, z, nummer, trede, regels, o)
    return "kan", "", regels, "", ()


def _op_trede(
    c: Omstandigheden, z: Zorgafspraken, nummer: int, trede: Trede, regels: Regels, o: Opsteller
) -> tuple[str, str, Regels, str, tuple[Groep, ...]]:
    samen = tuple(dict.fromkeys(trede.regels + regels))
    if nummer == 0:
        return "eerst", T("Deze hulp komt in de afspraken eerst."), samen, trede.strekking, ()
    w = c.s.afweging
    if trede.pas_als == "ambulant_niet_veilig":
        niet_thuis = w.ambulant_veilig is False or w.thuis_mogelijk is False
        if niet_thuis:
            return "eerst", T("Hulp thuis dekt de veiligheid niet."), samen, trede.strekking, ()
        if w.ambulant_veilig is None:
            o.vraag(
                "afweging.ambulant_veilig",
                T("Dekt hulp thuis de veiligheid genoeg?"),
                T("Pas als dat niet zo is, komt netwerk of noodbed."),
                trede.regels,
                47,
            )
        return (
            "nog_niet",
            T("Pas als de veiligheid zo in het geding is dat ambulant niet past."),
            samen,
            trede.strekking,
            (),
        )
    if trede.pas_als == "niet_thuis":
        if w.thuis_mogelijk is False or w.ambulant_veilig is False:
            return "eerst", T("De jeugdige kan niet thuis blijven."), samen, trede.strekking, ()
        if w.thuis_mogelijk is None:
            o.vraag(
                "afweging.thuis_mogelijk",
                T("Kan de jeugdige thuis blijven?"),
                T("Pas als dat niet kan, zoek je een andere plek."),
                trede.regels,
                47,
            )
        return "nog_niet", T("Pas als de jeugdige niet thuis kan blijven."), samen, trede.strekking, ()
    if trede.pas_als == "redenen":
        lichter = tuple(g for t in z.treden[:nummer] for g in t.groepen if any(v.groep == g for v in z.vormen))
        ontbreekt = _redenen_ontbreken(c, lichter)
        if ontbreekt:
            o.vraag(
                "afweging.redenen",
                T("Waarom past een lichtere vorm niet? Geef per vorm een reden."),
                T("Zonder die redenen komt een zwaardere vorm niet aan de beurt."),
                trede.regels,
                46,
            )
            return (
                "nog_niet",
                T("Eerst moet vastliggen waarom niet: {ontbreekt}."),
                samen,
                trede.strekking,
                ontbreekt,
            )
        return "kan", T("Van elke lichtere vorm ligt vast waarom die niet past."), samen, trede.strekking, ()
    return "kan", "", samen, trede.strekking, ()


def _combinatie(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
    regels: Regels
    if z.combinatie:
        regels = z.combinatie.regels
        o.zeg(
            "inzet.combinatie",
            "mag",
            T("Vormen mogen samen of na elkaar."),
            regels,
        )
    else:
        gekozen_vormen = {i.vorm for i in c.s.inzet}
        regels = tuple(dict.fromkeys(r for v in z.vormen if v.duur and v.vorm in gekozen_vormen for r in v.duur.regels))
        if not regels:
            return
    o.open(
        "X-11/optellen",
        T("Tellen de termijnen van gecombineerde vormen bij elkaar op?"),
        {
            "samen_hooguit_4_weken": T("Nee: het hele traject duurt hooguit zo lang als de langste vorm."),
            "apart": T("Ja: elke vorm heeft zijn eigen termijn vanaf zijn eigen start."),
        },
        regels,
    )


def _samen(c: Omstandigheden, per_vorm: dict[Vorm, Zorgvorm], o: Opsteller) -> None:
    """What a combination leaves open: whether the lengths add up, a second night, a change of place (X-11)."""
    gebruikt = [(n, i, v) for n, i in enumerate(c.s.inzet, 1) if (v := per_vorm.get(i.vorm))]
    eindes = [k for n, _, _ in gebruikt if (k := o.termijnen.get(f"inzet.{n}.einde"))]
    begin = min((k.begint_op for k in eindes if isinstance(k.begint_op, datetime)), default=None)
    langste = max((v.duur.waarde.in_dagen for _, _, v in gebruikt if v.duur), default=0)
    apart = max((k.uiterlijk for k in eindes if type(k.uiterlijk) is date), default=None)
    if begin and apart and langste:
        telt = o.open_vragen["X-10/startdag"].eerst if "X-10/startdag" in o.open_vragen else ""
        samen = laatste_dag(lokaal(begin).date(), Duur(langste, "dagen"), telt == "startdag_telt_mee")
        vraag = o.open_vragen["X-11/optellen"]
        paar: Lezingwaarden = (("samen_hooguit_4_weken", samen), ("apart", apart))
        o.klok(
            "inzet.samen",
            T("De vormen samen eindigen uiterlijk"),
            gekozen(vraag.eerst, paar),
            "maximaal",
            "crisisaanbieder",
            vraag.regels,
            begint_op=begin,
            open_vraag=vraag.id,
            lezingen=paar,
        )
    verblijf = [(i, v) for _, i, v in gebruikt if v.vorm in VERBLIJF]
    regels = o.open_vragen["X-11/optellen"].regels
    if sum(v.groep == "noodbed" for _, v in verblijf) > 1:
        tweede_nacht(next(v for _, v in verblijf if v.groep == "noodbed"), o)
    if len({v.vorm for _, v in verblijf if v.groep != "noodbed"}) > 1:
        o.open(
            "X-11/wissel",
            T("Begint de week opnieuw bij een wissel van plek?"),
            {
                "loopt_door": T("Nee: de week loopt door vanaf de eerste plek."),
                "begint_opnieuw": T("Ja: bij elke plek begint een nieuwe week."),
            },
            regels,
        )


def _aanbieder(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
    w = c.s.afweging
    if z.aanbieders:
        o.zeg(
            "inzet.aanbieders",
            z.aanbieders.waarde,
            T("De hulp komt van {aanbieders}; de dienst zelf geeft geen zorg.")
            if z.dienst_geeft_geen_zorg
            else T("De hulp komt van {aanbieders}."),
            tuple(dict.fromkeys(z.aanbieders.regels + z.dienst_geeft_geen_zorg)),
            aanbieders=z.aanbieders.waarde,
        )
        if w.aanbieder:
            _beoogde_aanbieder(c, z, z.aanbieders, o)
    if z.bepaalt_met_aanbieders:
        o.zeg(
            "inzet.bepaalt",
            "samen",
            T("De crisisdienst bepaalt samen met de aanbieders welke hulp past, via de crisistool."),
            z.bepaalt_met_aanbieders.regels,
        )
    if z.crisistool and w.aanbieder_in_crisistool is not None:
        o.zeg(
            "inzet.crisistool",
            "aangesloten" if w.aanbieder_in_crisistool else "niet_aangesloten",
            T("De aanbieder is op de crisistool aangesloten.")
            if w.aanbieder_in_crisistool
            else T("De aanbieder is niet op de crisistool aangesloten: kies een andere."),
            z.crisistool.regels,
        )
    if z.aanvraag_door:
        wijkteam = c.s.melding.melder == "wijkteam" and "wijkteam" in z.aanvraag_door.waarde
        o.zeg(
            "inzet.aanvraag",
            "wijkteam" if wijkteam else z.aanvraag_door.waarde[0],
            T("Het wijkteam mag ambulante crisishulp zelf aanvragen; bij voorkeur loopt het via Veilig Thuis.")
            if wijkteam
            else T("Ambulante crisishulp loopt bij voorkeur via Veilig Thuis; ook het wijkteam kan erom vragen."),
            z.aanvraag_door.regels,
            z.aanvraag_door.strekking,
        )
    sector = c.s.jeugdige.sector
    if w.deskundigheid_aanbieder and sector:
        goed = sector in w.deskundigheid_aanbieder
        eigen = tuple(dict.fromkeys(r for v in z.vormen if v.deskundigheid for r in v.regels)) or ("CL-30",)
        o.zeg(
            "inzet.deskundigheid",
            "past" if goed else "past_niet",
            T("De plek heeft deskundigheid in {sector}.")
            if goed
            else T("De plek mist deskundigheid in {sector}; zoek verder."),
            eigen,
            sector=sector,
        )


def _beoogde_aanbieder(c: Omstandigheden, z: Zorgafspraken, a: Afspraak[tuple[str, ...]], o: Opsteller) -> None:
    """The service itself is never a provider (FRL-02); outside office hours only the partners help (FRL-06)."""
    naam = c.s.afweging.aanbieder.strip()
    if z.dienst_geeft_geen_zorg and naam.casefold() == c.naam("crisisdienst").casefold():
        waarde, regels = "dienst_geeft_geen_zorg", z.dienst_geeft_geen_zorg
    elif any(naam.casefold() in p.casefold() for p in a.waarde):
        waarde, regels = "partner", a.regels
    elif z.alleen_partners_buiten_kantoortijd and c.kantoortijd is False:
        waarde, regels = "geen_partner", z.alleen_partners_buiten_kantoortijd
    else:
        waarde, regels = "niet_genoemd", a.regels
    tekst = {
        "dienst_geeft_geen_zorg": T("{naam} geeft zelf geen hulp: kies een van de partners."),
        "partner": T("{naam} is een van de partners."),
        "geen_partner": T("Buiten kantoortijd geven alleen de partners spoedhulp; {naam} is er geen."),
        "niet_genoemd": T("{naam} noemt de afspraak niet als partner."),
    }
    o.zeg("inzet.aanbieder", waarde, tekst[waarde], regels, naam=naam)
