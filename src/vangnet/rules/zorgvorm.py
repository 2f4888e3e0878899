# SPDX-License-Identifier: EUPL-1.2
"""One form of crisis help in the region\'s list, and what holds while it is chosen or running: when it begins and ends,
what parents hear before the start (ZL-13..22, ZL-26..27, ZL-109; ICJ-30..39; LEK-03..05, LEK-22..41; FRL-12..13; X-09..13,
X-31, X-36)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from .bron import STRIKT, ZACHT, Afspraak, Duur, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .situatie import VERBLIJF, Inzet, Sector, Vorm
from .tekst import T, Waarde
from .termijn import einde, laatste_dag, na_uren, op_tijd
from .uitspraak import Lezingwaarden, Opsteller, gekozen

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


OPLEIDINGEN = ("MBO", "HBO", "HBO+", "WO")
"""From low to high."""
STARTMOMENT = {
    "eerste_contact": T("Vanaf de start van de hulp: zo is hier gerekend."),
    "besluit": T("Vanaf het besluit crisis."),
    "melding": T("Vanaf de melding."),
}
OORDEEL_KORT = {
    "nog_niet": T("nog niet"),
    "past_niet": T("past niet"),
    "alleen_als": T("alleen onder een voorwaarde die nog niet vastligt"),
}


def inzet(
    c: Omstandigheden,
    na_besluit: Afspraak[Literal["besluit_crisis"]] | None,
    v: Zorgvorm,
    i: Inzet,
    n: int,
    o: Opsteller,
) -> None:
    """Say of the chosen form, the `n`-th of the situation, whether it can be used, its last day and what must be done."""
    sleutel = f"inzet.{n}"
    besluit = c.besluit
    if besluit is False:  # It may not start: no last day, no word to parents.
        o.zeg(
            f"{sleutel}.vorm",
            "mag_niet",
            T("{vorm} kan niet: het besluit is geen crisis."),
            (na_besluit.regels if na_besluit else ()) + v.regels,
            vorm=v.naam,
        )
        return
    if v.vorm in VERBLIJF:
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
    if na_besluit and besluit is None:
        o.zeg(
            f"{sleutel}.vorm",
            "wacht_op_besluit",
            T("{vorm}: pas na het besluit crisis."),
            na_besluit.regels + v.regels,
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
        _start(c, v, v.start_binnen, i, sleutel, o)
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
        _ouders(v.ouders_horen, i, sleutel, o)
    if v.wijkteam and start:
        _wijkteam(v.wijkteam, i, sleutel, start, o)
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


class Starttermijn(NamedTuple):
    """By when help must begin, as the agreements say it: with what force, from when, and what they leave open."""

    begin: datetime
    uiterlijk: Waarde
    strekking: str
    regels: Regels
    open_vraag: str
    lezingen: Lezingwaarden


def start_binnen(c: Omstandigheden, gezegd: tuple[Afspraak[Duur], ...], o: Opsteller) -> Starttermijn | None:
    """The term in which help begins, by everything that is said of it; the first of `gezegd` is the one to act on. Named
    as open: from what it runs (X-13), and whether it is firm where one place says so and another "in principe" (X-09).
    None while neither report nor request has a moment."""
    m = c.s.melding
    begin = m.op or m.aanvraag_zorg_op
    if begin is None:
        return None
    a = gezegd[0]
    aantal = a.waarde.aantal
    vraag = ""
    lezingen: Lezingwaarden = ()
    if m.op and m.aanvraag_zorg_op and m.op != m.aanvraag_zorg_op:
        vraag = "X-13/start_24_uur"
        lezingen = (("melding", na_uren(m.op, a.waarde)), ("aanvraag", na_uren(m.aanvraag_zorg_op, a.waarde)))
        o.open(
            vraag,
            T("Lopen de {aantal} uur vanaf de melding of vanaf de aanvraag bij de aanbieder?"),
            {"melding": T("Vanaf de melding."), "aanvraag": T("Vanaf de aanvraag.")},
            a.regels,
            aantal=aantal,
        )
    strekking: str = a.strekking
    anders = next((x.strekking for x in gezegd if x.strekking != a.strekking), "")
    regels = tuple(dict.fromkeys(r for x in gezegd for r in x.regels))
    if anders:
        eerst = o.open(
            "X-09/start",
            T("Is het begin binnen {aantal} uur een vaste eis of “in principe”?"),
            {"vast": T("Een vaste eis."), "in_principe": T("In principe: afwijken mag met reden.")},
            regels,
            aantal=aantal,
        )
        strekking = anders if eerst == "in_principe" else strekking
    keuze = o.keuze(vraag) if vraag else None
    uiterlijk = dict(lezingen).get(keuze.lezing) if keuze else None
    return Starttermijn(
        begin,
        uiterlijk or na_uren(begin, a.waarde),
        strekking,
        regels,
        vraag or ("X-09/start" if anders else ""),
        lezingen,
    )


def _start(c: Omstandigheden, v: Zorgvorm, a: Afspraak[Duur], i: Inzet, sleutel: str, o: Opsteller) -> None:
    start = start_binnen(c, (a, *v.start_ook_gezegd), o)
    if start is None:
        return
    o.klok(
        f"{sleutel}.start",
        T("{vorm} begint"),
        start.uiterlijk,
        start.strekking,
        "crisisaanbieder",
        start.regels,
        begint_op=start.begin,
        open_vraag=start.open_vraag,
        lezingen=start.lezingen,
        vorm=v.naam,
    )
    if i.start_op:
        vraag = start.open_vraag if start.lezingen else ""
        waarde = op_tijd(o, i.start_op, start.uiterlijk, vraag, start.lezingen)
        tekst = {
            "op_tijd": T("{vorm} begon op tijd."),
            "te_laat": T("{vorm} begon later dan {aantal} uur na de melding; leg de reden vast."),
            "hangt_af": T("Op tijd of te laat hangt af van wanneer de {aantal} uur begon."),
        }
        o.zeg(
            f"{sleutel}.op_tijd_begonnen",
            waarde,
            tekst[waarde],
            start.regels,
            start.strekking,
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
                "maximum": T("Een maximum: zo zeggen we het ook tegen ouders.")
                if v.ouders_horen
                else T("Een maximum."),
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
        paar: Lezingwaarden = (
            ("zelfde_dag", nacht.date()),
            ("dag_erna", laatste_dag(nacht.date(), a.waarde, False)),
        )
        o.termijnen[f"{sleutel}.einde"] = o.termijnen[f"{sleutel}.einde"]._replace(
            uiterlijk=dict(paar)[eerst], open_vraag="X-10/nacht", lezingen=paar
        )
    _overschreden(c, v, a, i, sleutel, o)
    if v.groep == "noodbed" and o.antwoord(f"{sleutel}.overschreden"):
        tweede_nacht(v, o)
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


def tweede_nacht(v: Zorgvorm, o: Opsteller) -> None:
    """Ask what the sources leave open: a second night (X-11)."""
    o.open(
        "X-11/tweede_nacht",
        T("Mag er een tweede nacht noodbed zijn?"),
        {"andere_vorm": T("Nee: dan is een andere vorm nodig."), "toegestaan": T("Ja, met een nieuwe inschatting.")},
        v.regels,
    )


def _ouders(a: Afspraak[str], i: Inzet, sleutel: str, o: Opsteller) -> None:
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
    vraag = ""
    lezingen: Lezingwaarden = ()
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
