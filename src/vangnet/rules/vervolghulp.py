# SPDX-License-Identifier: EUPL-1.2
"""The way out: routes, registrations, protection table, authorised officials; the expert team has a room of its own
(ZL-29..30, ZL-49, ZL-71, ZL-73, ZL-81..113, ZL-117..119; CL-06, CL-31, CL-74; LEK-27; ICJ-07; X-08, X-20, X-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .bron import STRIKT, Afspraak, Regels
from .expertteam import Expertteam, expertteam
from .financiering import welke_gemeente
from .kalender import EEN_DAG, lokaal
from .omstandigheden import Omstandigheden
from .situatie import VERBLIJF, Vorm
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Route:
    """One of the routes after the crisis."""

    __pydantic_config__ = STRIKT

    nummer: Literal[1, 2, 3, 4]
    naam: str
    regels: Regels
    vormen: tuple[Vorm, ...] = ()
    betaler: Literal["", "lumpsum", "gemeente"] = ""
    afspraak_over: tuple[str, ...] = ()
    """Waarover de procesregisseur afspraken maakt."""
    na_verblijf: bool = False
    """Of de route begint na een crisisverblijf."""
    aanmelden: bool = False
    """Of aanmelding bij ITW-ZL en/of GIK-J hoort bij deze route."""


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """A registration for follow-up stay."""

    __pydantic_config__ = STRIKT

    bij: str
    strekking: Literal["zonder voorbehoud"]
    regels: Regels
    formulier: str = ""
    """Waar het formulier staat."""
    kanaal: str = ""
    herinnering: Regels = ()


@dataclass(frozen=True, slots=True)
class Doorgeleiding:
    """Passing on to an authorised official, for what the crisis service may not decide itself (ZL-117..119)."""

    __pydantic_config__ = STRIKT

    buiten_kantoortijd: Afspraak[Literal["melding_inschatting_en_verwijzing"]]
    """Wat de crisisdienst buiten kantoortijd doet."""
    betaler: Afspraak[Literal["gemeente"]]
    """Wie de opname of plaatsing betaalt."""
    functionaris: Afspraak[Literal["gemeente"]]
    """Wie de bevoegde functionaris betaalt."""


@dataclass(frozen=True, slots=True)
class Vervolgafspraken:
    """Everything a region agreed about what comes after."""

    __pydantic_config__ = STRIKT

    routes: tuple[Route, ...] = ()
    twijfel: Afspraak[Literal["dag_van_rto_of_dag_na_inschatting"]] | None = None
    """Aanmelden bij minimale twijfel over terugkeer binnen een week."""
    itw: Aanmelding | None = None
    gikj: Aanmelding | None = None
    passend_na: Afspraak[Literal["aan_het_eind_van_de_crisishulp"]] | None = None
    aansluitend: Afspraak[Literal["direct_aansluitend"]] | None = None
    kiest_aanbieder: Afspraak[Literal["procesregisseur"]] | None = None
    vervolg_rto: Afspraak[Literal["procesregisseur"]] | None = None
    warme_overdracht: Afspraak[Literal["crisisdienst_plant"]] | None = None
    bij_overdracht: Afspraak[Literal["procesregisseur_aanwezig"]] | None = None
    zorgplicht: Afspraak[Literal["toegang_spreekt_aan"]] | None = None
    expertteam: Expertteam | None = None
    doorgeleiding: Doorgeleiding | None = None
    beschermtafel: Afspraak[Literal["procesregisseur_met_dienst_en_ouders"]] | None = None
    aan_de_beschermtafel: Afspraak[tuple[str, ...]] | None = None
    melden_bto: Afspraak[Literal["zo_nodig"]] | None = None
    gewenste_inzet: Afspraak[Literal["verwijzer_informeert_toegang"]] | None = None
    beschikking_achteraf: Afspraak[Literal["taak"]] | None = None
    naar_lokaal: Afspraak[Literal["eigen_netwerk_of_lokaal"]] | None = None
    stagnatie_open: Regels = ()
    """Regels die doorstroom bij wachtlijsten als open punt noemen."""
    uitstroom: Afspraak[tuple[str, ...]] | None = None
    specialistisch: Afspraak[tuple[str, ...]] | None = None
    """Soorten specialistische hulp, die het gezinsplan dienen."""


def vervolghulp(c: Omstandigheden, v: Vervolgafspraken, o: Opsteller) -> None:
    """Say which way out fits, what must be registered by whom and when, and what to do when it stagnates."""
    s = c.s.vervolg
    if v.uitstroom:
        o.zeg(
            "vervolg.uitstroom",
            v.uitstroom.waarde,
            T("Na de crisis: {uitstroom}."),
            v.uitstroom.regels,
            uitstroom=v.uitstroom.waarde,
        )
    if v.naar_lokaal:
        o.zeg(
            "vervolg.zoek",
            "eigen_netwerk_of_lokaal",
            T("Zoek het vervolg waar het kan in het eigen netwerk of lokaal."),
            v.naar_lokaal.regels,
            v.naar_lokaal.strekking,
        )
    if v.stagnatie_open and s.stagneert:
        o.open(
            "CIT-41/stagnatie",
            T("De vervolghulp stagneert. Wat nu? De afspraken laten doorstroom en wachtlijsten open."),
            {
                "toegang": T("De toegang zoekt een oplossing met de aanbieders."),
                "expertteam": T("Vraag een expertteam mee te denken."),
            },
            v.stagnatie_open,
        )
    _routes(c, v, o)
    if v.twijfel:
        _twijfel(c, v, v.twijfel, o)
    if v.itw and (s.terug_naar_huis == "nee" or (s.route == 4 and s.gikj in (None, "niet"))):
        _aanmelding(c, v, "itw", v.itw, T("De jeugdige kan naar verwachting niet terug."), o)
    if v.gikj and s.gikj in ("overwogen", "nodig"):
        _aanmelding(
            c,
            v,
            "gikj",
            v.gikj,
            T("Overwegen is genoeg om aan te melden.") if s.gikj == "overwogen" else T("GIK-J is nodig."),
            o,
        )
        if v.gikj.herinnering:
            o.open(
                "ZL-108/afspraken",
                T("Er zijn aanvullende afspraken over crisis naar GIK-J. Ze staan niet in de bron: ken je ze?"),
                {
                    "vraag_na": T("Vraag ze na bij de penvoerder."),
                    "bekend": T("De regio heeft ze vastgelegd."),
                },
                v.gikj.herinnering,
            )
    _na_rto(c, v, o)
    if v.expertteam and (s.stagneert is not None or s.expertteam):
        expertteam(c, v.expertteam, _rto_dag(c, o)[0], o)
    if v.doorgeleiding and s.doorgeleiding:
        _doorgeleiding(c, v.doorgeleiding, o)
    if v.zorgplicht and s.stagneert:
        o.zeg(
            "vervolg.zorgplicht",
            "aanspreken",
            T("De toegang kan aanbieders en penvoerders aanspreken op hun zorgplicht en de urgentiecriteria."),
            v.zorgplicht.regels,
            v.zorgplicht.strekking,
        )
    if v.beschermtafel and s.ouders_nemen_verantwoordelijkheid is False:
        _beschermtafel(v, v.beschermtafel, o)
    if v.gewenste_inzet and (
        c.s.betrokken.veilig_thuis or c.s.melding.melder == "veilig_thuis" or s.gewenste_inzet_bekend is not None
    ):
        klaar = bool(s.gewenste_inzet_bekend)
        o.zeg(
            "vervolg.gewenste_inzet",
            "gemeld" if klaar else "melden",
            T("De toegang weet welke jeugdhulp gewenst is.")
            if klaar
            else T(
                "Veilig Thuis of de verwijzer laat de toegang na de inschatting weten welke jeugdhulp gewenst is, voor de beschikking."
            ),
            v.gewenste_inzet.regels,
        )
    if v.beschikking_achteraf and s.beschikking_nodig:
        o.zeg(
            "vervolg.beschikking",
            "achteraf",
            T("De hulp start nu; de beschikking volgt achteraf. Zet haar als taak klaar."),
            v.beschikking_achteraf.regels,
        )
        o.klok(
            "vervolg.beschikking",
            T("Beschikking achteraf"),
            None,
            v.beschikking_achteraf.strekking,
            "gemeente",
            v.beschikking_achteraf.regels,
            waarom=T("De bron noemt geen termijn."),
        )
    if v.specialistisch and c.s.betrokken.gezinsplan is not None:
        past = c.s.betrokken.gezinsplan
        o.zeg(
            "vervolg.specialistisch",
            "dient_gezinsplan" if past else "gezinsplan_ontbreekt",
            T("Specialistische hulp dient het gezinsplan; soorten: {soorten}.")
            if past
            else T("Er is nog geen gezinsplan; specialistische hulp hoort dat te dienen. Soorten: {soorten}."),
            v.specialistisch.regels,
            v.specialistisch.strekking,
            soorten=v.specialistisch.waarde,
        )


def _routes(c: Omstandigheden, v: Vervolgafspraken, o: Opsteller) -> None:
    s = c.s.vervolg
    if not v.routes:
        return
    if s.route is None:
        if c.s.inschatting.crisis:
            o.vraag(
                "vervolg.route",
                T(
                    "Welke route na de crisis: 1 geen hulp, 2 naar huis met crisis-ambulant, 3 naar huis met reguliere hulp, 4 verblijf?"
                ),
                T("De route bepaalt de taken, de betaler en de aanmeldingen."),
                v.routes[0].regels,
                30,
            )
        return
    route = next((r for r in v.routes if r.nummer == s.route), None)
    if route is None:
        return
    o.zeg(
        "vervolg.route",
        route.nummer,
        T("Route {nummer}: {naam}."),
        route.regels,
        nummer=route.nummer,
        naam=route.naam,
    )
    if route.na_verblijf and c.s.inzet and not any(i.vorm in VERBLIJF for i in c.s.inzet):
        o.open(
            f"{route.regels[0]}/zonder_verblijf",
            T("Deze route begint na een crisisverblijf, en dat was er niet. Welke route is het dan?"),
            {
                "als_deze_route": T("Behandel het als route {nummer}."),
                "eigen_route": T("Een eigen weg, buiten de genoemde routes."),
            },
            route.regels,
            nummer=route.nummer,
        )
    if route.vormen:
        namen = {v.vorm: v.naam for v in c.a.zorg.vormen}
        if s.vorm is None or s.vorm in route.vormen:
            o.zeg(
                "vervolg.route_vorm",
                route.vormen,
                T("Vormen bij deze route: {vormen}."),
                route.regels,
                vormen=tuple(namen.get(x, x.replace("_", " ")) for x in route.vormen),
            )
        else:
            o.open(
                "ZL-100/vormen",
                T("{vorm} staat niet bij de voorbeelden van deze route. Mag het?"),
                {
                    "voorbeelden": T("Ja: de bron noemt voorbeelden (“zoals”)."),
                    "gesloten_lijst": T("Nee: alleen de genoemde vormen."),
                },
                route.regels,
                vorm=namen.get(s.vorm, s.vorm.replace("_", " ")),
            )
    if route.afspraak_over:
        o.zeg(
            "vervolg.route_afspraak",
            route.afspraak_over,
            T("De procesregisseur spreekt af: {waarover}."),
            route.regels,
            waarover=route.afspraak_over,
        )
    if route.aanmelden:
        o.zeg(
            "vervolg.route_aanmelden",
            "itw_of_gikj",
            T("Bij deze route hoort aanmelding bij ITW-ZL en/of GIK-J."),
            route.regels,
        )
    if route.betaler:
        o.zeg(
            "geld.vervolg",
            route.betaler,
            BETALER[route.betaler],
            route.regels,
            open_vraag=welke_gemeente(o, route.regels) if route.betaler == "gemeente" else "",
            gemeente=c.naam("gemeente") if not c.gemeente else f"gemeente {c.gemeente.naam}",
        )
    if route.nummer == 1 and v.warme_overdracht:
        o.zeg(
            "vervolg.warme_overdracht",
            "crisisdienst",
            T("Geen vervolghulp: {dienst} plant een warme overdracht met de procesregisseur."),
            v.warme_overdracht.regels,
            dienst=c.naam("crisisdienst"),
        )
    elif route.betaler == "gemeente" and v.bij_overdracht:
        o.zeg(
            "vervolg.bij_overdracht",
            ("procesregisseur", "crisisdienst", "zorgaanbieder"),
            T("Bij de warme overdracht naar de aanbieder is de procesregisseur erbij."),
            v.bij_overdracht.regels,
        )


def _rto_dag(c: Omstandigheden, o: Opsteller) -> tuple[Waarde, str]:
    if c.s.rto.datum:
        return c.s.rto.datum, ""
    rto = o.uitspraken.get("rto.dag")
    return (rto.waarde, rto.open_vraag) if rto else (None, "")


def _twijfel(
    c: Omstandigheden,
    v: Vervolgafspraken,
    a: Afspraak[Literal["dag_van_rto_of_dag_na_inschatting"]],
    o: Opsteller,
) -> None:
    s = c.s.vervolg
    if s.terug_naar_huis is None and c.s.inschatting.crisis:
        o.vraag(
            "vervolg.terug_naar_huis",
            T("Kan de jeugdige binnen een week terug naar eigen huis of netwerk: zeker, twijfel of nee?"),
            T("Bij de minste twijfel moet er meteen worden aangemeld."),
            a.regels,
            35,
        )
    if s.terug_naar_huis not in ("twijfel", "nee"):
        return
    vraag = ""
    lezingen: Lezingwaarden = ()
    waarde = "verplicht"
    if s.terug_naar_huis == "twijfel" and v.itw and s.gikj not in ("overwogen", "nodig"):
        vraag = "X-08/drempel"
        eerst = o.open(
            vraag,
            T("Er is twijfel over terugkeer. Bij welke twijfel is aanmelden nodig? De afspraken noemen drie drempels."),
            {
                "minimale_twijfel": T("Bij de minste twijfel over terugkeer binnen een week."),
                "verwacht": T("Pas als te verwachten is dat terugkeer niet kan, of GIK-J wordt overwogen."),
            },
            a.regels + v.itw.regels + (v.gikj.regels if v.gikj else ()),
        )
        lezingen = (("minimale_twijfel", "verplicht"), ("verwacht", "nog_niet"))
        waarde = str(gekozen(eerst, lezingen))
    o.zeg(
        "vervolg.aanmelden",
        waarde,
        T(
            "De minste twijfel over terugkeer binnen een week: de procesregisseur meldt aan bij wonen (ITW-ZL) of GIK-J."
        ),
        a.regels,
        a.strekking,
        open_vraag=vraag,
        lezingen=lezingen,
    )
    _aanmeldklok(
        c, v, "vervolg.aanmelden", T("Aanmelden ITW-ZL of GIK-J"), "", a.regels, a.strekking, _aanmelddagen(c, v, o), o
    )


def _aanmelddagen(c: Omstandigheden, v: Vervolgafspraken, o: Opsteller) -> Lezingwaarden:
    """The days that the places in the text name: the day after the assessment and the day of the RTO, earliest first
    (ZL-73), and before them 'at once' where a stay is foreseen or GIK-J considered (ZL-104, ZL-106; X-08). 'At once' counts from
    the moment of these facts: now, else the day of the RTO, else the assessment."""
    s = c.s.vervolg
    meteen = (v.itw and s.terug_naar_huis == "nee") or (v.gikj and s.gikj in ("overwogen", "nodig"))
    rto, _ = _rto_dag(c, o)
    inschatting = c.s.inschatting.op or c.meld_op
    nu = c.s.moment or (None if c.s.rto.datum else inschatting)
    dagen: list[tuple[str, Waarde]] = []
    if meteen and (nu or c.s.rto.datum):
        dagen.append(("meteen", lokaal(nu).date() if nu else c.s.rto.datum))
    if inschatting:
        dagen.append(("dag_na_inschatting", lokaal(inschatting).date() + EEN_DAG))
    if isinstance(rto, date):
        dagen.append(("dag_van_rto", rto))
    return tuple(sorted(dagen, key=lambda x: (x[0] != "meteen", str(x[1]))))


def _aanmeldklok(
    c: Omstandigheden,
    v: Vervolgafspraken,
    sleutel: str,
    wat: str,
    bij: str,
    regels: Regels,
    strekking: str,
    dagen: Lezingwaarden,
    o: Opsteller,
) -> None:
    """One deadline for a registration; the open question about its day has the same readings everywhere."""
    vraag = ""
    uiterlijk: Waarde = dagen[0][1] if dagen else None
    if len({dag for _, dag in dagen}) > 1:
        vraag = "X-08/moment"
        eerst = o.open(
            vraag,
            T("Wanneer moet de aanmelding uiterlijk gedaan zijn? De afspraken noemen drie momenten."),
            {naam: AANMELDMOMENT[naam] for naam, _ in dagen},
            tuple(dict.fromkeys(r for x in (v.twijfel, v.itw, v.gikj) if x for r in x.regels)),
            **dict(dagen),
        )
        uiterlijk = gekozen(eerst, dagen)
    else:
        dagen = ()
    o.klok(
        sleutel,
        wat,
        uiterlijk,
        strekking,
        "procesregisseur",
        regels,
        begint_op=c.s.inschatting.op or c.meld_op,
        open_vraag=vraag,
        lezingen=dagen,
        bij=bij,
    )
    if o.antwoord("regie.nu") == "crisisdienst" or c.binnen(c.s.moment) is False:
        o.open(
            "X-08/wie",
            T("De procesregisseur is er nog niet of is niet bereikbaar. Wie meldt aan?"),
            {
                "crisishulp_bereidt_voor": T("{dienst} bereidt voor; de procesregisseur verstuurt zodra die er is."),
                "crisishulp_verstuurt": T("{dienst} verstuurt namens de procesregisseur."),
            },
            regels,
            dienst=c.naam("crisisdienst"),
        )


AANMELDMOMENT = {
    "meteen": T("Meteen, zodra het nodig blijkt: {meteen}."),
    "dag_na_inschatting": T("De dag na de inschatting: {dag_na_inschatting}."),
    "dag_van_rto": T("De dag van het RTO: {dag_van_rto}."),
}


def _aanmelding(c: Omstandigheden, v: Vervolgafspraken, naam: str, a: Aanmelding, waarom: str, o: Opsteller) -> None:
    o.zeg(
        f"vervolg.{naam}",
        "aanmelden",
        T("De procesregisseur meldt meteen aan bij {bij}."),
        a.regels,
        a.strekking,
        waarom,
        bij=a.bij,
    )
    if a.kanaal or a.formulier:
        o.zeg(
            f"vervolg.{naam}_hoe",
            a.kanaal or a.formulier,
            T("Via {kanaal}; formulier: {formulier}.") if a.kanaal else T("Formulier: {formulier}."),
            a.regels,
            kanaal=a.kanaal,
            formulier=a.formulier,
        )
    _aanmeldklok(
        c, v, f"vervolg.{naam}", T("Aanmelden bij {bij}"), a.bij, a.regels, a.strekking, _aanmelddagen(c, v, o), o
    )
    if a.kanaal:
        o.open(
            "X-36/veilige_mail",
            T("Aanmelden gaat per e-mail. Hoe gaat dat veilig? De bron zegt het niet."),
            {
                "beveiligd": T("Alleen met beveiligde mail."),
                "formulier": T("Alleen met het formulier op de website."),
            },
            a.regels,
        )


def _na_rto(c: Omstandigheden, v: Vervolgafspraken, o: Opsteller) -> None:
    s = c.s.vervolg
    if v.kiest_aanbieder and s.route in (3, 4) and c.a.rto and c.a.rto.advies_door:
        o.open(
            "X-19/zuid_limburg",
            T("{dienst} adviseert en de procesregisseur kiest de aanbieder. Wie bepaalt welke hulp er komt?"),
            {
                "procesregisseur": T("De procesregisseur, na advies van {dienst}."),
                "crisishulp": T("{dienst} bepaalt de soort hulp, de procesregisseur de aanbieder."),
            },
            c.a.rto.advies_door.regels[:1] + v.kiest_aanbieder.regels,
            dienst=c.naam("crisisdienst"),
        )
    if v.kiest_aanbieder and s.route in (3, 4):
        klaar = bool(s.aanbieder_gekozen)
        o.zeg(
            "vervolg.aanbieder",
            "gekozen" if klaar else "kiezen",
            T("De aanbieder is gekozen en geraadpleegd.")
            if klaar
            else T("De procesregisseur kiest de aanbieder, overlegt en meldt de cliënt meteen aan."),
            v.kiest_aanbieder.regels,
        )
    if v.vervolg_rto and c.s.rto.nieuw_overleg_nodig:
        o.zeg(
            "vervolg.vervolg_rto",
            "procesregisseur",
            T("De procesregisseur plant een vervolg-RTO."),
            v.vervolg_rto.regels,
        )
    if v.passend_na and s.route in (2, 3, 4):
        lopend = [n for n, i in enumerate(c.s.inzet, 1) if i.eind_op is None] or range(1, len(c.s.inzet) + 1)
        klokken = [k for n in lopend if (k := o.termijnen.get(f"inzet.{n}.einde")) and type(k.uiterlijk) is date]
        if klokken:
            laatste = max(klokken, key=lambda k: str(k.uiterlijk))
            o.klok(
                "vervolg.klaar",
                T("Passende vervolghulp staat klaar"),
                laatste.uiterlijk,
                v.passend_na.strekking,
                "procesregisseur",
                v.passend_na.regels,
                waarom=T("Aan het eind van de crisishulp."),
                open_vraag=laatste.open_vraag,
                lezingen=laatste.lezingen,
            )
    if v.aansluitend and s.start_op:
        eind = max((lokaal(i.eind_op).date() for i in c.s.inzet if i.eind_op), default=None)
        if eind:
            gat = (lokaal(s.start_op).date() - eind).days
            o.zeg(
                "vervolg.aansluitend",
                "gat" if gat > 0 else "sluit_aan",
                T("De vervolghulp begint later dan de crisishulp eindigt ({gat}): die sluit niet direct aan.")
                if gat > 0
                else T("De vervolghulp sluit direct aan."),
                v.aansluitend.regels,
                gat=T("1 dag") if gat == 1 else f"{gat} dagen",
            )


def _doorgeleiding(c: Omstandigheden, d: Doorgeleiding, o: Opsteller) -> None:
    """Outside office hours the service takes the call, assesses and passes on; inside them the text is silent (X-12)."""
    wat = DOORGELEIDING[c.s.vervolg.doorgeleiding or "gesloten_plaatsing"]
    if c.kantoortijd is False:
        o.zeg(
            "vervolg.doorgeleiding",
            "melding_inschatting_en_verwijzing",
            T("{wat}: {dienst} neemt de melding aan, schat zo nodig in en verwijst naar de bevoegde functionaris."),
            d.buiten_kantoortijd.regels,
            waarom=T("Buiten kantoortijd doet de dienst dit; de beslissing is aan de functionaris."),
            wat=wat,
            dienst=c.naam("crisisdienst"),
        )
    elif c.kantoortijd:
        o.open(
            "X-12/voorwerk_kantoortijd",
            T("{wat} in kantoortijd: wie doet en betaalt het voorwerk? De afspraak noemt alleen buiten kantoortijd."),
            {"lumpsum": T("De crisisdienst, uit de lumpsum."), "gemeente": T("De gemeente.")},
            d.buiten_kantoortijd.regels,
            wat=wat,
        )
        o.zeg(
            "vervolg.doorgeleiding",
            "hangt_af",
            T(
                "{wat} in kantoortijd: de afspraken zeggen niet wie het voorwerk doet. De beslissing is aan de bevoegde functionaris."
            ),
            d.buiten_kantoortijd.regels,
            open_vraag="X-12/voorwerk_kantoortijd",
            wat=wat,
        )
    o.zeg(
        "vervolg.doorgeleiding_betaler",
        "gemeente",
        T(
            "{wat} valt buiten de lumpsum: de gemeente betaalt, ook de bevoegde functionaris (zoals voor de instemmingsverklaring)."
        ),
        d.betaler.regels + d.functionaris.regels,
        wat=wat,
    )


DOORGELEIDING = {
    "crisismaatregel_ggz": T("opname met een crisismaatregel GGZ"),
    "gesloten_plaatsing": T("gesloten plaatsing"),
}


def _beschermtafel(
    v: Vervolgafspraken,
    a: Afspraak[Literal["procesregisseur_met_dienst_en_ouders"]],
    o: Opsteller,
) -> None:
    er_is_een = o.antwoord("regie.nu") != "crisisdienst"
    o.zeg(
        "vervolg.beschermtafel",
        "kan" if er_is_een else "pas_met_procesregisseur",
        T("De procesregisseur kan, in overleg met crisishulp en ouders, een beschermtafel inzetten."),
        a.regels,
        a.strekking,
        waarom="" if er_is_een else T("Er is nog geen procesregisseur: die komt er bij het RTO."),
    )
    if v.aan_de_beschermtafel:
        o.zeg(
            "vervolg.aan_de_beschermtafel",
            v.aan_de_beschermtafel.waarde,
            T("Aan de beschermtafel: {wie}."),
            v.aan_de_beschermtafel.regels,
            wie=v.aan_de_beschermtafel.waarde,
        )
    if v.melden_bto:
        o.open(
            "X-21/zelfde_tafel",
            T("Is de beschermtafel hetzelfde als het beschermingstafeloverleg (BTO)?"),
            {"zelfde": T("Ja: één overleg."), "verschillend": T("Nee: meld apart aan bij het BTO.")},
            v.melden_bto.regels + a.regels,
        )


BETALER = {
    "lumpsum": T("Uit de lumpsum."),
    "gemeente": T("Betaald door {gemeente}, regulier arrangement."),
}
