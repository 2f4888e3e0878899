# SPDX-License-Identifier: EUPL-1.2
"""Forms of crisis help: which are allowed now and which not yet, why, how long, what parents hear before the start
(ZL-12..27, ZL-109; ICJ-23..26, ICJ-30..40; LEK-03..05, LEK-15..41; FRL-02, FRL-13; CIT-11, CIT-34; X-09..11, X-14, X-16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from .bron import STRIKT, ZACHT, Afspraak, Duur, Regels, Strekking
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import Inzet, Sector, Vorm
from .tekst import T, Waarde
from .termijn import einde, laatste_dag, na_uren, op_tijd
from .toegang import leeftijd
from .uitspraak import Opsteller, gekozen

Groep = Literal["ambulant", "netwerk", "noodbed", "pleegzorg", "residentieel", "ggz_opname"]
GROEPEN: tuple[Groep, ...] = ("ambulant", "netwerk", "noodbed", "pleegzorg", "residentieel", "ggz_opname")
"""From light to heavy, as the product shows them where a region names no order (X-14)."""


@dataclass(frozen=True, slots=True)
class Zorgvorm:
    """One form of help in the region's own list."""

    __pydantic_config__ = STRIKT

    vorm: Vorm
    naam: str
    groep: Groep
    regels: Regels
    duur: Afspraak[Duur] | None = None
    """Hoe lang hooguit."""
    ook_gezegd: tuple[Afspraak[Duur], ...] = ()
    """Andere plaatsen waar de duur met een andere strekking staat (X-09)."""
    start_binnen: Afspraak[Duur] | None = None
    """Binnen welke tijd de hulp begint."""
    start_ook_gezegd: tuple[Afspraak[Duur], ...] = ()
    voorwaarde: Literal["", "een_nacht_lost_op", "wvggz"] = ""
    """Een feit dat eerst vastgelegd moet zijn."""
    voorwaarde_regels: Regels = ()
    deskundigheid: tuple[Sector, ...] = ()
    """Deskundigheid die de plek heeft."""
    ouders_horen: Afspraak[str] | None = None
    """Wat de ouders voor de start horen."""
    perspectief_binnen_duur: Afspraak[Literal["ja"]] | None = None
    wijkteam: Afspraak[Literal["zo_snel_mogelijk", "week_2", "zonder_termijn"]] | None = None
    """Wanneer het wijkteam of lokale team wordt betrokken."""
    opleiding: Afspraak[tuple[Literal["HBO", "HBO+", "WO"], ...]] | None = None
    opleiding_open: Regels = ()
    """Regels die hier een opleiding eisen in woorden van een andere vorm (X-31)."""
    etmaal: Regels = ()
    """Regels die zeggen dat dit 24-uurszorg is."""
    lang_verblijf: Afspraak[Literal["zoek_meteen_gezin_voor_lang"]] | None = None


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


def zorgvorm(c: Omstandigheden, z: Zorgafspraken, o: Opsteller) -> None:
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
    per_vorm = {v.vorm: v for v in z.vormen}
    for nummer, inzet in enumerate(c.s.inzet, 1):
        vorm = per_vorm.get(inzet.vorm)
        if inzet.vorm == "crisisopname_ggz":
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
            post = c.a.geld.posten.get(NAAR_POST.get(inzet.vorm, ""))
            o.zeg(
                f"inzet.{nummer}.vorm",
                "niet_in_deze_regio",
                T("{vorm} staat niet in de vormen van deze regio en krijgt geen termijn."),
                post.regels if post else tuple(dict.fromkeys(r for v in z.vormen for r in v.regels)),
                vorm=inzet.vorm.replace("_", " "),
            )
        else:
            _inzet(c, z, vorm, inzet, nummer, o)
    if len(c.s.inzet) > 1 and "X-11/optellen" in o.open_vragen:
        _samen(c, per_vorm, o)


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
        paar: tuple[tuple[str, Waarde], ...] = (("samen_hooguit_4_weken", samen), ("apart", apart))
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
    verblijf = [(i, v) for _, i, v in gebruikt if v.groep in VERBLIJF]
    regels = o.open_vragen["X-11/optellen"].regels
    if sum(v.groep == "noodbed" for _, v in verblijf) > 1:
        _tweede_nacht(next(v for _, v in verblijf if v.groep == "noodbed"), o)
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


def _tweede_nacht(v: Zorgvorm, o: Opsteller) -> None:
    o.open(
        "X-11/tweede_nacht",
        T("Mag er een tweede nacht noodbed zijn?"),
        {"andere_vorm": T("Nee: dan is een andere vorm nodig."), "toegestaan": T("Ja, met een nieuwe inschatting.")},
        v.regels,
    )


VERBLIJF = ("netwerk", "noodbed", "pleegzorg", "residentieel")
NAAR_POST = {"gesloten_plaatsing": "gesloten_plaatsing", "crisisopname_ggz": "crisismaatregel_ggz"}
"""Forms that are no crisis help of the service, and the line of cost that says so."""


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


def _inzet(c: Omstandigheden, z: Zorgafspraken, v: Zorgvorm, i: Inzet, n: int, o: Opsteller) -> None:
    sleutel = f"inzet.{n}"
    besluit = c.besluit
    if v.groep in VERBLIJF:
        o.open(
            "X-36/toestemming",
            T(
                "Is toestemming van beide ouders met gezag nodig om dit verblijf te starten? De bronnen zwijgen over toestemming."
            ),
            {
                "start_met_spoedgrond": T(
                    "Start met een vastgelegde spoedgrond; bereik de tweede ouder zo snel mogelijk."
                ),
                "wacht_op_beiden": T("Wacht tot beide ouders instemmen."),
            },
            v.regels,
        )
    if besluit is False:
        o.zeg(
            f"{sleutel}.vorm",
            "mag_niet",
            T("{vorm} kan niet: het besluit is geen crisis."),
            (z.na_besluit.regels if z.na_besluit else ()) + v.regels,
            vorm=v.naam,
        )
    elif z.na_besluit and besluit is None:
        o.zeg(
            f"{sleutel}.vorm",
            "wacht_op_besluit",
            T("{vorm}: pas na het besluit crisis."),
            z.na_besluit.regels + v.regels,
            vorm=v.naam,
        )
    elif o.antwoord(f"inzet.{v.groep}") in OORDEEL_KORT:
        o.zeg(
            f"{sleutel}.vorm",
            o.antwoord(f"inzet.{v.groep}"),
            T("{vorm}: {oordeel}."),
            o.uitspraken[f"inzet.{v.groep}"].regels,
            waarom=o.uitspraken[f"inzet.{v.groep}"].waarom,
            vorm=v.naam,
            oordeel=OORDEEL_KORT[str(o.antwoord(f"inzet.{v.groep}"))],
            ontbreekt=o.uitspraken[f"inzet.{v.groep}"].gegevens["ontbreekt"],
        )
    else:
        o.zeg(f"{sleutel}.vorm", "kan", T("{vorm} kan."), v.regels, vorm=v.naam)
    start = i.start_op or c.meld_op
    eerste = all(j.start_op is None or i.start_op is None or j.start_op >= i.start_op for j in c.s.inzet)
    if v.start_binnen and eerste:  # A form that follows another did not start late because the report is old.
        _start(c, v, i, sleutel, o)
    if v.duur and start:
        _duur(c, v, i, sleutel, start, o)
    elif v.duur is None:
        o.zeg(
            f"{sleutel}.duur",
            "niet_in_de_bron",
            T("De afspraken noemen geen duur voor {vorm}: spreek zelf een einde af."),
            v.regels,
            vorm=v.naam,
        )
    if v.ouders_horen:
        _ouders(v, v.ouders_horen, i, sleutel, o)
    if v.wijkteam and start:
        _wijkteam(c, v, v.wijkteam, i, sleutel, start, o)
    if v.opleiding and c.s.afweging.opleiding_werker:
        werker = OPLEIDINGEN.index(c.s.afweging.opleiding_werker)
        nodig = [OPLEIDINGEN.index(n) for n in v.opleiding.waarde]
        waarde = "voldoet" if werker in nodig else "hoger" if werker > max(nodig) else "voldoet_niet"
        tekst = {
            "voldoet": T("De opleiding van de hulpverlener past bij de afspraak."),
            "hoger": T("De hulpverlener is hoger opgeleid dan de afspraak noemt ({nodig})."),
            "voldoet_niet": T("Deze hulp vraagt {nodig}."),
        }
        o.zeg(
            f"{sleutel}.opleiding",
            waarde,
            tekst[waarde],
            v.opleiding.regels,
            nodig=" of ".join(v.opleiding.waarde),
        )
    if v.etmaal:
        o.zeg(f"{sleutel}.etmaal", "dag_en_nacht", T("{vorm} is zorg voor dag en nacht."), v.etmaal, vorm=v.naam)
    if v.opleiding_open:
        o.open(
            "X-31/opleiding",
            T("Voor wie geldt de opleidingseis bij {vorm}? De tekst spreekt van ambulante crisishulp."),
            {
                "alleen_begeleider": T("Alleen voor de begeleider."),
                "voor_niemand": T("Voor niemand in deze vorm: de tekst is overgenomen."),
            },
            v.opleiding_open,
            vorm=v.naam,
        )
    if v.lang_verblijf and c.s.afweging.langdurig_duidelijk:
        o.open(
            "X-12/na_vier_weken_pleegzorg",
            T("Wie betaalt de plaatsing na {aantal} {eenheid}? De afspraken zeggen het niet."),
            {
                "crisiszorg": T("De crisiszorg, zolang de plaatsing duurt."),
                "gemeente": T("De gemeente, als gewone hulp."),
            },
            v.lang_verblijf.regels,
            aantal=v.duur.waarde.aantal if v.duur else "",
            eenheid=v.duur.waarde.eenheid if v.duur else "",
        )
        o.zeg(
            f"{sleutel}.lang_verblijf",
            v.lang_verblijf.waarde,
            T("Het wordt een lange plaatsing: zoek meteen een gezin waar het kind ook daarna kan blijven."),
            v.lang_verblijf.regels,
        )


def _start(c: Omstandigheden, v: Zorgvorm, i: Inzet, sleutel: str, o: Opsteller) -> None:
    a = v.start_binnen
    assert a is not None
    m = c.s.melding
    if m.op is None and m.aanvraag_zorg_op is None:
        return
    begin = m.op or m.aanvraag_zorg_op
    assert begin is not None
    vraag, lezingen = "", ()  # type: tuple[str, tuple[tuple[str, Waarde], ...]]
    if m.op and m.aanvraag_zorg_op and m.op != m.aanvraag_zorg_op:
        vraag = "X-13/start_24_uur"
        lezingen = (("melding", na_uren(m.op, a.waarde)), ("aanvraag", na_uren(m.aanvraag_zorg_op, a.waarde)))
        o.open(
            vraag,
            T("Lopen de {aantal} uur vanaf de melding of vanaf de aanvraag bij de aanbieder?"),
            {"melding": T("Vanaf de melding."), "aanvraag": T("Vanaf de aanvraag.")},
            a.regels,
            aantal=a.waarde.aantal,
        )
    strekkingen = tuple(dict.fromkeys([a.strekking, *(x.strekking for x in v.start_ook_gezegd)]))
    regels = tuple(dict.fromkeys(a.regels + tuple(r for x in v.start_ook_gezegd for r in x.regels)))
    if len(strekkingen) > 1:
        o.open(
            "X-09/start",
            T("Is het begin binnen {aantal} uur een vaste eis of “in principe”?"),
            {"vast": T("Een vaste eis."), "in_principe": T("In principe: afwijken mag met reden.")},
            regels,
            aantal=a.waarde.aantal,
        )
    keuze = o.keuze(vraag) if vraag else None
    uiterlijk = dict(lezingen)[keuze.lezing] if keuze and lezingen else na_uren(begin, a.waarde)
    o.klok(
        f"{sleutel}.start",
        T("{vorm} begint"),
        uiterlijk,
        a.strekking,
        "crisisaanbieder",
        regels,
        begint_op=begin,
        open_vraag=vraag or ("X-09/start" if len(strekkingen) > 1 else ""),
        lezingen=lezingen,
        vorm=v.naam,
    )
    if i.start_op:
        waarde = op_tijd(o, i.start_op, uiterlijk, vraag, lezingen)
        tekst = {
            "op_tijd": T("{vorm} begon op tijd."),
            "te_laat": T("{vorm} begon later dan {aantal} uur na de melding; leg de reden vast."),
            "hangt_af": T("Op tijd of te laat hangt af van wanneer de {aantal} uur begon."),
        }
        o.zeg(
            f"{sleutel}.op_tijd_begonnen",
            waarde,
            tekst[waarde],
            regels,
            a.strekking,
            open_vraag=vraag if waarde == "hangt_af" else "",
            vorm=v.naam,
            aantal=a.waarde.aantal,
        )


def _duur(c: Omstandigheden, v: Zorgvorm, i: Inzet, sleutel: str, start: datetime, o: Opsteller) -> None:
    a = v.duur
    assert a is not None
    start = _startmoment(c, i, start, a, o)
    uiterlijk, vraag, lezingen = einde(o, start, a.waarde, a.regels)
    regels = tuple(dict.fromkeys(a.regels + tuple(r for x in v.ook_gezegd for r in x.regels)))
    if {x.strekking for x in v.ook_gezegd} - {a.strekking}:
        o.open(
            "X-09/streefnorm_of_maximum",
            T("Is {aantal} {eenheid} een streefnorm of een maximum? De afspraken zeggen het verschillend."),
            {
                "maximum": T("Een maximum: zo zeggen we het ook tegen ouders."),
                "streefnorm": T("Een streefnorm: langer mag met reden."),
            },
            regels,
            aantal=a.waarde.aantal,
            eenheid=a.waarde.eenheid_in_woord,
        )
        keuze = o.keuze("X-09/streefnorm_of_maximum")
        if keuze and keuze.lezing in ("maximum", "streefnorm"):
            a = replace(a, strekking="maximaal" if keuze.lezing == "maximum" else "streefnorm")
    o.klok(
        f"{sleutel}.einde",
        T("{vorm} eindigt uiterlijk"),
        uiterlijk,
        a.strekking,
        "crisisaanbieder",
        regels,
        begint_op=start,
        waarom=T("{aantal} {eenheid} vanaf de start."),
        open_vraag=vraag,
        lezingen=lezingen,
        vorm=v.naam,
        aantal=a.waarde.aantal,
        eenheid=a.waarde.eenheid_in_woord,
    )
    nacht = lokaal(start)
    if a.waarde.eenheid == "nachten" and nacht.hour < 9:
        o.open(
            "X-10/nacht",
            T("De nacht begint na middernacht. Wanneer eindigt “één nacht”?"),
            {"zelfde_dag": T("Dezelfde dag, {vandaag}."), "dag_erna": T("De dag erna, {morgen}.")},
            a.regels,
            vandaag=nacht.date(),
            morgen=laatste_dag(nacht.date(), a.waarde, False),
        )
        eerst = o.open_vragen["X-10/nacht"].eerst
        paar: tuple[tuple[str, Waarde], ...] = (
            ("zelfde_dag", nacht.date()),
            ("dag_erna", laatste_dag(nacht.date(), a.waarde, False)),
        )
        o.termijnen[f"{sleutel}.einde"] = o.termijnen[f"{sleutel}.einde"]._replace(
            uiterlijk=dict(paar)[eerst], open_vraag="X-10/nacht", lezingen=paar
        )
    _overschreden(c, v, a, i, sleutel, o)
    if v.groep == "noodbed" and o.antwoord(f"{sleutel}.overschreden"):
        _tweede_nacht(v, o)
    if v.perspectief_binnen_duur:
        o.klok(
            f"{sleutel}.perspectief",
            T("Duidelijk waar de jeugdige heen gaat"),
            uiterlijk,
            v.perspectief_binnen_duur.strekking,
            "crisisaanbieder",
            v.perspectief_binnen_duur.regels,
            begint_op=start,
            open_vraag=vraag,
            lezingen=lezingen,
        )
        if i.perspectief_op:
            _beoordeel(o, f"{sleutel}.perspectief", i.perspectief_op)


def _startmoment(c: Omstandigheden, i: Inzet, start: datetime, a: Afspraak[Duur], o: Opsteller) -> datetime:
    """The help starts when it starts; where melding or decision fell on an earlier day, the source does not say whether
    the length counts from there (X-10)."""
    momenten = {"eerste_contact": start, "besluit": c.s.inschatting.besloten_op, "melding": c.meld_op}
    if i.start_op is None or len({lokaal(m).date() for m in momenten.values() if m}) == 1:
        return start
    eerst = o.open(
        "X-10/startmoment",
        T("Vanaf welk moment loopt de duur?"),
        {k: STARTMOMENT[k] for k, m in momenten.items() if m},
        a.regels,
    )
    return momenten.get(eerst) or start


STARTMOMENT = {
    "eerste_contact": T("Vanaf de start van de hulp: zo is hier gerekend."),
    "besluit": T("Vanaf het besluit crisis."),
    "melding": T("Vanaf de melding."),
}


def _beoordeel(o: Opsteller, sleutel: str, gebeurd: datetime) -> None:
    """Say whether what the clock `sleutel` waits for came in time."""
    k = o.termijnen[sleutel]
    waarde = op_tijd(o, gebeurd, k.uiterlijk, k.open_vraag, k.lezingen)
    tekst = {
        "op_tijd": T("Op tijd gedaan."),
        "te_laat": T("Later gedaan dan afgesproken; leg de reden vast."),
        "hangt_af": T("Of het op tijd was, hangt af van hoe je telt."),
    }
    o.zeg(
        sleutel, waarde, tekst[waarde], k.regels, k.strekking, open_vraag=k.open_vraag if waarde == "hangt_af" else ""
    )


def _overschreden(c: Omstandigheden, v: Zorgvorm, a: Afspraak[Duur], i: Inzet, sleutel: str, o: Opsteller) -> None:
    """Past the end: a soft limit flags, a hard one asks for a decision; neither blocks what already happens (ZL-18)."""
    tot = i.eind_op or c.nu
    if tot is None or i.start_op is None:
        return
    klok = o.termijnen[f"{sleutel}.einde"]
    uitslag = op_tijd(o, tot, klok.uiterlijk, klok.open_vraag, klok.lezingen)
    if uitslag == "op_tijd":
        return
    zacht = a.strekking in ZACHT
    zeker = uitslag == "te_laat"
    waarde = ("over_streefnorm" if zacht else "over_maximum") if zeker else "hangt_af"
    tekst = {
        "over_streefnorm": T("{vorm} duurt langer dan afgesproken ({kracht}): leg de reden vast. Het mag doorgaan."),
        "over_maximum": T("{vorm} duurt langer dan het maximum: een mens moet nu beslissen."),
        "hangt_af": T("Of {vorm} te lang duurt, hangt af van hoe je telt."),
    }
    o.zeg(
        f"{sleutel}.overschreden",
        waarde,
        tekst[waarde],
        a.regels,
        a.strekking,
        open_vraag="" if zeker else klok.open_vraag,
        vorm=v.naam,
        kracht=a.strekking,
    )


def _ouders(v: Zorgvorm, a: Afspraak[str], i: Inzet, sleutel: str, o: Opsteller) -> None:
    if i.ouders_geinformeerd_op and (i.start_op is None or i.ouders_geinformeerd_op <= i.start_op):
        o.zeg(f"{sleutel}.ouders", "geinformeerd", T("De ouders zijn voor de start geïnformeerd."), a.regels)
    else:
        te_laat = bool(i.ouders_geinformeerd_op)
        o.zeg(
            f"{sleutel}.ouders",
            "te_laat" if te_laat else "vertel",
            T("Vertel de ouders voor de start: {boodschap}"),
            a.regels,
            waarom=T("Ze hoorden het pas na de start.") if te_laat else "",
            boodschap=a.waarde,
        )


def _wijkteam(
    c: Omstandigheden,
    v: Zorgvorm,
    a: Afspraak[Literal["zo_snel_mogelijk", "week_2", "zonder_termijn"]],
    i: Inzet,
    sleutel: str,
    start: datetime,
    o: Opsteller,
) -> None:
    if a.waarde != "week_2":
        o.zeg(
            f"{sleutel}.wijkteam",
            "gedaan" if i.wijkteam_betrokken_op else a.waarde,
            T("Het lokale team denkt mee over het vervolg.")
            if i.wijkteam_betrokken_op
            else T("Neem zo snel mogelijk contact op met het lokale team om samen het vervolg te bepalen.")
            if a.waarde == "zo_snel_mogelijk"
            else T(
                "Neem contact op met het lokale team om samen het vervolg te bepalen; een termijn staat er niet bij."
            ),
            a.regels,
            a.strekking,
        )
        return
    dag = lokaal(start).date()
    zondag = dag + timedelta(days=13 - dag.weekday())
    dag_14 = laatste_dag(dag, Duur(2, "weken"), True)
    vraag, lezingen = "", ()  # type: tuple[str, tuple[tuple[str, Waarde], ...]]
    uiterlijk: Waarde = dag_14
    if zondag != dag_14:
        vraag = "X-10/week_2"
        lezingen = (("tweede_kalenderweek", zondag), ("dag_8_tot_en_met_14", dag_14))
        eerst = o.open(
            vraag,
            T("Wat is “uiterlijk in week 2”?"),
            {
                "tweede_kalenderweek": T("De tweede kalenderweek: uiterlijk {zondag}."),
                "dag_8_tot_en_met_14": T("Dag 8 tot en met 14 van de hulp: uiterlijk {dag_14}."),
            },
            a.regels,
            zondag=zondag,
            dag_14=dag_14,
        )
        uiterlijk = gekozen(eerst, lezingen)
    o.klok(
        f"{sleutel}.wijkteam",
        T("Wijkteam betrokken bij het vervolg"),
        uiterlijk,
        a.strekking,
        "crisisaanbieder",
        a.regels,
        begint_op=start,
        waarom=T("Zo snel mogelijk, uiterlijk in week 2."),
        open_vraag=vraag,
        lezingen=lezingen,
    )
    if i.wijkteam_betrokken_op:
        _beoordeel(o, f"{sleutel}.wijkteam", i.wijkteam_betrokken_op)


OPLEIDINGEN = ("MBO", "HBO", "HBO+", "WO")
"""From low to high."""
OORDEEL = {
    "eerst": T("Eerst: {vormen}."),
    "kan": T("Kan: {vormen}."),
    "nog_niet": T("Nog niet: {vormen}."),
    "past_niet": T("Past niet: {vormen}."),
    "alleen_als": T("Onder voorwaarde: {vormen}."),
}
OORDEEL_KORT = {
    "nog_niet": T("nog niet"),
    "past_niet": T("past niet"),
    "alleen_als": T("alleen onder een voorwaarde die nog niet vastligt"),
}
GROEPNAAM = {
    "ambulant": T("ambulant"),
    "netwerk": T("eigen netwerk"),
    "noodbed": T("noodbed"),
    "pleegzorg": T("pleegzorg"),
    "residentieel": T("residentieel"),
    "ggz_opname": T("opname GGZ"),
}
