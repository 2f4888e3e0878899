# SPDX-License-Identifier: EUPL-1.2
"""One casus for one reader: built from the parts in sight, in words, as plain data. Every look is a line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Rol
from vangnet.access.rechten import DIENST, may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen as delen_van
from vangnet.access.zicht import zicht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import VERBLIJFSVORMEN, Adres, Gebeurtenis, Inzet, Jeugdige, Notitie, Uitkomst
from vangnet.casework.stand import SPOOR, STANDEN
from vangnet.casework.velden import onderdeel_van
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import PARTIJEN, kalender_van
from vangnet.rules.tekst import T, Vertaler, in_woorden, waarde_in_woorden
from vangnet.rules.zorg import GROEPNAAM
from vangnet.rules.zorgvorm import GROEPEN

from . import current_register, gezinskaart, presence, record_consent
from .acties import Actie, acties, punten_per_hulp, regie_is_over, slaapplek, stand_van, vormnaam
from .advise_dossier import advise_dossier
from .beeld import apart, klok_als_data, korte_naam, leesbaar
from .dossier import Dossier, read_dossier
from .geheim import provider_of
from .give_advice import gemeenten_op
from .klokken import laatste_dag
from .leeftijd import Leeftijd, duration_of
from .leeftijd import in_woorden as in_duur
from .present_advice import as_data, present
from .stapsoorten import ALTIJD, OOK_GESLOTEN, OOK_PROFIEL, STAPPEN
from .undo import way_back
from .weigeringen import GeenRecht, NietBetrokken

PER_KIND = "stap inzet"
"""The page on which each child has its own advice."""
DAGEN = 10
"""How many days the course shows."""
WAAROM = {
    "regie": T("je organisatie heeft de regie"),
    "crisishulp": T("je organisatie geeft de crisishulp"),
    "inschatting": T("je gaat mee op inschatting"),
    "meedenken": T("je denkt mee"),
    "signaal": T("je organisatie kreeg een signaal"),
    "rto": T("je organisatie is genodigd voor het RTO"),
    "hulp": T("je organisatie geeft hulp"),
    "vervolg": T("je organisatie geeft of regelt vervolghulp"),
    "aanbod": T("je organisatie is iets gevraagd"),
    "dossier": T("je organisatie bewaart het dossier"),
}
"""Why somebody sees a casus, by the part in which his organisation takes part."""
DEELNAAM = {
    "regie": T("regie"), "crisishulp": T("crisishulp"), "inschatting": T("mee op inschatting"), "meedenken": T("denkt mee"),
    "signaal": T("kreeg een signaal"), "rto": T("genodigd voor het RTO"), "hulp": T("geeft hulp"),
    "vervolg": T("vervolghulp"), "aanbod": T("is iets gevraagd"), "dossier": T("bewaart het dossier"),
}  # fmt: skip
ALLEEN_EIGEN = frozenset({"antwoord", "taak"})
"""Steps that only the organisation does for which they are."""
ADVIESDEEL = {
    "sluitingsdagen": "kern", "toegang": "kern", "melding": "melding", "triage": "triage", "huisbezoek": "inschatting",
    "traject": "inzet", "inzet": "inzet", "rto": "rto", "regie": "regie", "vervolg": "vervolg", "geld": "vervolg",
    "segment": "vervolg",
}  # fmt: skip
"""The part with which a point of the advice is seen, by the first word of its key."""


class Verteller(NamedTuple):
    """Puts templates into the words of one reader."""

    taal: str
    jaar: int
    vertaal: Vertaler

    def zin(self, sjabloon: str, gegevens: Mapping[str, Any] | None = None) -> str:
        """A template with its gaps filled; a gap that has nothing stays empty."""
        try:
            return in_woorden(sjabloon, gegevens or {}, self.taal, self.jaar, self.vertaal).strip()
        except (KeyError, IndexError, ValueError):
            return sjabloon


@dataclass(frozen=True)
class Casusbeeld:
    """A casus as one reader may see it. A part that is not in `zicht` is empty here; the page shows what there is."""

    id: UUID
    nummer: str
    versie: int
    regio: str
    regionaam: str
    gemeente: str
    begonnen_op: datetime
    zicht: frozenset[str]
    delen: frozenset[str]
    waarom: str
    titel: str
    """First name and initial at most, for the title of the page."""
    kop: str
    """Who it is about, as fully as this reader may see."""
    stand: str
    standzin: str
    dienst_id: UUID
    oefening: bool = False
    geheim: bool = False
    gemeente_buiten: str = ""
    """The municipality of the child when it lies outside the region; then `gemeente` is empty."""
    gesloten_op: datetime | None = None
    uitkomst: str = ""
    afspraken: Mapping[str, Any] = field(default_factory=dict)
    spoor: tuple[tuple[str, str], ...] = ()
    """The steps of the way in words, each `af`, `hier` or `later`."""
    regie: Mapping[str, Any] = field(default_factory=dict)
    vannacht: tuple[Mapping[str, Any], ...] = ()
    klokken: tuple[Mapping[str, Any], ...] = ()
    klokken_klaar: tuple[Mapping[str, Any], ...] = ()
    te_doen: tuple[Mapping[str, Any], ...] = ()
    gedaan: int = 0
    stappen: tuple[str, ...] = ()
    """The steps that this reader can open now."""
    advies: Mapping[str, Any] = field(default_factory=dict)
    """The advice as data, only its points in sight."""
    advies_per_kind: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The same for each child, by its id: only where help is chosen, and only when there are several."""
    feitfouten: tuple[str, ...] = ()
    verloop: Mapping[str, Any] = field(default_factory=dict)
    hulp: tuple[Mapping[str, Any], ...] = ()
    vormen: tuple[tuple[str, str], ...] = ()
    afwijkingen: tuple[Mapping[str, Any], ...] = ()
    tijdlijn: tuple[Mapping[str, Any], ...] = ()
    kaart: gezinskaart.Kaart | None = None
    kinderen: tuple[Mapping[str, Any], ...] = ()
    personen: tuple[Mapping[str, Any], ...] = ()
    adressen: tuple[Mapping[str, Any], ...] = ()
    toestemming: tuple[Mapping[str, Any], ...] = ()
    wie_beslist: tuple[str, ...] = ()
    organisaties: tuple[Mapping[str, Any], ...] = ()
    meldingen: tuple[Mapping[str, Any], ...] = ()
    notities: tuple[Mapping[str, Any], ...] = ()
    rto: Mapping[str, Any] | None = None
    aanbiedingen: tuple[Mapping[str, Any], ...] = ()
    taken: tuple[Mapping[str, Any], ...] = ()
    feiten: Mapping[str, Any] = field(default_factory=dict)
    """Per path the value of each fact in sight, as it is kept."""
    anderen: tuple[Mapping[str, str], ...] = ()
    noodtoegang: tuple[Mapping[str, Any], ...] = ()
    """Who looked with break-glass in the last two weeks: `op`, `wie`, `organisatie`, `functie`, `reden`, `levensgevaar`."""


@asks
def show_casus(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    taal: str = "nl",
    vertaal: Vertaler = T,
    deel: str = "",
    handeling: str = "inzien",
) -> Casusbeeld:
    """The casus as this person may see it now; the look is logged with the parts that were shown.

    `deel` names the step or page, for the log. Errors: `NietBetrokken`, also for a casus that does not exist."""
    in_delen = delen_van(actor, casus_id, op)
    te_zien = zicht(actor.rol, in_delen)
    d = read_dossier(casus_id) if te_zien else None
    if d is None:
        log.note(actor, "geweigerd", "casus", op, casus_id, geslaagd=False, toelichting="NietBetrokken")
        raise NietBetrokken()
    log.note(actor, handeling, "casus", op, casus_id, toelichting=_log(deel, te_zien))
    v = Verteller(taal, lokaal(op).year, vertaal)
    if "kern" not in te_zien:
        return _profiel(actor, op, d, in_delen, te_zien, v)
    beeld = _beeld(actor, op, d, in_delen, te_zien, v)
    if deel == PER_KIND and len(d.kinderen) > 1:
        adviezen = {str(k.id): advise_dossier(d, op, k)[0] for k in d.kinderen}
        return replace(beeld, advies_per_kind={k: _advies(d, a, te_zien, v) for k, a in adviezen.items()})
    return beeld


def open_step(actor: Actor, beeld: Casusbeeld, stap: str) -> None:
    """Check that this person can open this step of a casus he sees. Errors: `GeenRecht`."""
    soort = STAPPEN[stap]
    if not may(actor.rol, soort.merk) or (soort.onderdeel not in beeld.zicht and stap not in OOK_PROFIEL):
        raise GeenRecht(merk=soort.merk)


@asks
def parts_in_sight(actor: Actor, op: datetime, casus_id: UUID) -> frozenset[str]:
    """The parts that this person sees of a casus now. Errors: `NietBetrokken` when there are none."""
    te_zien = zicht(actor.rol, delen_van(actor, casus_id, op))
    if not te_zien:
        raise NietBetrokken()
    return te_zien


def part_of_field(pad: str) -> str:
    """The part of a casus that a field belongs to, by its path; of a path that is no field: `kern`."""
    eerste = pad.partition(".")[0]
    if pad in ("gemeente", "gemeente_buiten") or (pad.count(".") == 2 and eerste in ("jeugdige", "persoon")):
        return "gezin"
    if eerste == "adres":
        return "adres"
    try:
        return onderdeel_van(pad)
    except KeyError:
        return "kern"


@asks
def show_address(actor: Actor, op: datetime, casus_id: UUID) -> list[dict[str, Any]]:
    """The addresses of a casus in full, the secret ones too, for thirty seconds on a screen; a line of its own in the log.

    Errors: `NietBetrokken`; `GeenRecht` without the part `adres`."""
    te_zien = parts_in_sight(actor, op, casus_id)
    if "adres" not in te_zien:
        log.note(actor, "geweigerd", "adres", op, casus_id, geslaagd=False, toelichting="GeenRecht")
        raise GeenRecht(merk="adres")
    log.note(actor, "inzien", "adres", op, casus_id, toelichting="geheim adres getoond")
    d = read_dossier(casus_id)
    if d is None:
        raise NietBetrokken(casus=str(casus_id))
    return _adressen(d, show_secret=True)


def _log(deel: str, te_zien: frozenset[str]) -> str:
    return f"{deel or 'casus'}: {' '.join(sorted(te_zien))}"


def _profiel(
    actor: Actor, op: datetime, d: Dossier, in_delen: frozenset[str], te_zien: frozenset[str], v: Verteller
) -> Casusbeeld:
    """What somebody sees who was asked something: age, municipality, the question. No name."""
    leeftijden = [_leeftijd(d, k, v) for k in d.kinderen]
    kop = (
        v.zin(T("Een jeugdige van {leeftijd}"), {"leeftijd": leeftijden[0] or v.zin(T("onbekende leeftijd"))})
        if leeftijden
        else v.zin(T("Een jeugdige"))
    )
    if len(leeftijden) > 1:
        kop = v.zin(T("{aantal} jeugdigen"), {"aantal": len(leeftijden)})
    return Casusbeeld(
        d.casus.id, d.casus.nummer, d.casus.versie, d.casus.regio, "", "" if d.casus.geheim else d.casus.gemeente,
        d.casus.begonnen_op, te_zien, in_delen, _waarom(in_delen, v), kop, kop, "", "", d.dienst_id,
        oefening=d.casus.oefening, geheim=d.casus.geheim,
        gemeente_buiten="" if d.casus.geheim else d.casus.gemeente_buiten,
        regie={"naam": d.naam(d.regie.organisatie_id) if d.regie else "", "wie": "", "van_mij": False},
        hulp=tuple(
            {"vormnaam": vormnaam(None, i.vorm), "id": str(i.id)} for i in d.hulp if i.aanbieder_id == actor.organisatie_id
        ),
        aanbiedingen=_aanbiedingen(d, actor, v, own_only=True),
        stappen=tuple(s for s in OOK_PROFIEL if may(actor.rol, STAPPEN[s].merk)),
        organisaties=organisations_of(d, actor, v, {d.dienst_id}),
    )  # fmt: skip


def _beeld(
    actor: Actor, op: datetime, d: Dossier, in_delen: frozenset[str], te_zien: frozenset[str], v: Verteller
) -> Casusbeeld:
    c = d.casus
    advies, fouten = advise_dossier(d, op)
    hier = stand_van(d)
    gezin = "gezin" in te_zien
    klokken = _klokken(d, advies, te_zien, v)
    te_doen = _te_doen(d, advies, actor, op, te_zien, klokken, v)
    alles = list(Gebeurtenis.objects.filter(casus_id=d.casus.id).order_by("gebeurd_op", "ingevoerd_op", "id"))
    gebeurtenissen = [g for g in alles if g.soort in SOORTEN and SOORTEN[g.soort].onderdeel in te_zien]
    stappen = tuple(
        naam
        for naam, s in STAPPEN.items()
        if may(actor.rol, s.merk)
        and s.onderdeel in te_zien
        and (naam in ALTIJD or (c.gesloten_op is None) != (naam in OOK_GESLOTEN))
        and naam != "antwoord"
    )
    namen = [korte_naam(k) or v.zin(T("kind zonder naam")) for k in d.kinderen]
    vol = [apart(f"{k.voornaam} {k.achternaam}".strip()) or v.zin(T("Kind zonder naam")) for k in d.kinderen]
    koppen = [
        ", ".join(deel for deel in (naam, _leeftijd(d, k, v)) if deel)
        for naam, k in zip(vol if gezin else namen, d.kinderen, strict=True)
    ]
    adviesbeeld = _advies(d, advies, te_zien, v)
    return Casusbeeld(
        c.id, c.nummer, c.versie, c.regio, advies.afspraken.regio.naam if advies else c.regio,
        "" if c.geheim and "adres" not in te_zien else c.gemeente, c.begonnen_op, te_zien, in_delen,
        _waarom(in_delen, v), _lijst(namen, v) or c.nummer, _lijst(koppen, v) or c.nummer,
        hier, v.zin(STANDEN[hier]), d.dienst_id,
        oefening=c.oefening, geheim=c.geheim,
        gemeente_buiten="" if c.geheim and "adres" not in te_zien else c.gemeente_buiten,
        gesloten_op=c.gesloten_op,
        uitkomst=v.zin(str(Uitkomst(c.uitkomst).label)) if c.gesloten_op else "",
        afspraken=adviesbeeld.get("afspraken", {}),
        spoor=_spoor(hier, c.uitkomst, v),
        regie=_regie(d, advies, actor, v),
        vannacht=_vannacht(d, advies, te_zien, v),
        klokken=tuple(k for k in klokken if k["loopt"]),
        klokken_klaar=tuple(k for k in klokken if not k["loopt"] and k["uitkomst"] != "vervallen"),
        te_doen=te_doen,
        gedaan=sum(1 for g in gebeurtenissen if SOORTEN[g.soort].besluit or g.soort in ("taak_klaar", "contact")),
        stappen=stappen,
        advies=adviesbeeld,
        feitfouten=tuple(
            f"{f.waar}: {f.gevonden}; {f.verwacht}" for f in fouten if part_of_field(f.waar) in te_zien
        ),
        verloop=_verloop(d, advies, op, te_zien, v),
        hulp=_hulp(d, advies, op, v) if "inzet" in te_zien else (),
        vormen=tuple((f.vorm, f.naam) for f in advies.afspraken.zorg.vormen) if advies else (),
        afwijkingen=_afwijkingen(gebeurtenissen, d, v) if "tijdlijn" in te_zien else (),
        tijdlijn=_tijdlijn(gebeurtenissen, d, actor, v) if "tijdlijn" in te_zien else (),
        kaart=gezinskaart.draw(_mensen(d, v)) if gezin else None,
        kinderen=_kinderen(d, te_zien, v),
        personen=_personen(d, te_zien, v) if gezin else (),
        adressen=tuple(_adressen(d)) if "adres" in te_zien else (),
        toestemming=_toestemming(d, v) if "toestemming" in te_zien else (),
        wie_beslist=tuple(v.zin(record_consent.who_decides(d, k)) for k in d.kinderen) if "toestemming" in te_zien else (),
        organisaties=organisations_of(d, actor, v),
        meldingen=_meldingen(d) if "melding" in te_zien else (),
        notities=_notities(d, actor, alles) if "notities" in te_zien else (),
        rto=_rto(d, v) if "rto" in te_zien else None,
        aanbiedingen=_aanbiedingen(d, actor, v, own_only="regie" not in te_zien),
        taken=_taken(d, actor) if "taken" in te_zien else (),
        feiten={
            f.veld: f.waarde
            for f in d.feiten
            if f.waarde is not None and part_of_field(f.veld) in te_zien and not d.betrays(f.veld, f.waarde)
        },
        anderen=tuple(presence.others(actor, op, c.id)),
        noodtoegang=_noodtoegang(gebeurtenissen, op),
    )  # fmt: skip


def picture(actor: Actor, op: datetime, d: Dossier, te_zien: frozenset[str], v: Verteller) -> Casusbeeld:
    """A casus of which an organisation has no part, as far as `te_zien`. The caller has checked who asks, and logs it."""
    return _beeld(actor, op, d, frozenset(), te_zien, v)


def addresses_of(d: Dossier, show_secret: bool = False) -> list[dict[str, Any]]:
    """The addresses of a casus, as `show_address` gives them. The caller has checked who asks, and logs it."""
    return _adressen(d, show_secret)


NOOD_TE_ZIEN = timedelta(days=14)
"""How long the page says on top that somebody looked with break-glass; the timeline says it always."""


def _noodtoegang(gs: Iterable[Gebeurtenis], op: datetime) -> tuple[dict[str, Any], ...]:
    keren = [g for g in gs if g.soort == "noodtoegang" and g.gebeurd_op > op - NOOD_TE_ZIEN]
    namen = _namen(wie for g in keren for wie in (g.door_id, g.namens_id))
    rollen: dict[str, Any] = dict(Rol.choices)
    return tuple(
        {
            "op": g.gebeurd_op,
            "wie": namen.get(g.door_id, ""),
            "organisatie": namen.get(g.namens_id, ""),
            "functie": str(rollen.get(g.gegevens.get("functie", ""), "")),
            "reden": g.reden,
            "levensgevaar": bool(g.gegevens.get("levensgevaar")),
        }
        for g in reversed(keren)
    )


def _lijst(delen: list[str], v: Verteller) -> str:
    return waarde_in_woorden(tuple(delen), v.taal)


def _leeftijd(d: Dossier, kind: Jeugdige, v: Verteller, kort: bool = False) -> str:
    """The age of a child at the melding in words: `14 jaar`, `8 maanden`; empty when it is not known."""
    return v.zin(T("ongeboren")) if kind.ongeboren else in_duur(duration_of(d, kind), v.zin, kort)


def _waarom(in_delen: Iterable[str], v: Verteller) -> str:
    redenen = tuple(v.zin(WAAROM[deel]) for deel in WAAROM if deel in in_delen)
    return v.zin(T("Je ziet deze casus, want {waarom}."), {"waarom": redenen})


NA_DE_MELDING = frozenset({Uitkomst.CONSULT, Uitkomst.VERWIJZING})
"""How a casus ends without anybody going to the home: what lies between was not done, and is not shown as done."""


def _spoor(hier: str, uitkomst: str, v: Verteller) -> tuple[tuple[str, str], ...]:
    nu = next(n for n, (_, _, standen) in enumerate(SPOOR) if hier in standen)
    if hier == "gesloten" and uitkomst in NA_DE_MELDING:
        spoor = [(0, SPOOR[0]), (nu, SPOOR[nu])]
        return tuple((v.zin(woord), "af") for _, (_, woord, _) in spoor)
    gesloten = hier == "gesloten"
    return tuple(
        (v.zin(woord), "af" if n < nu or gesloten else "hier" if n == nu else "later")
        for n, (_, woord, _) in enumerate(SPOOR)
    )


def _regie(d: Dossier, advies: Advies | None, actor: Actor, v: Verteller) -> dict[str, Any]:
    b = d.regie
    straks = ""
    uitspraak = advies.uitspraken.get("regie.procesregisseur") if advies else None
    if uitspraak is not None and not regie_is_over(d) and d.casus.gesloten_op is None:
        straks = v.zin(uitspraak.tekst, uitspraak.gegevens)
    open_aanbod = next((a for a in d.aanbiedingen if a.soort == "regie" and a.antwoord == ""), None)
    return {
        "naam": d.naam(b.organisatie_id) if b else "",
        "organisatie_id": b.organisatie_id if b else None,
        "wie": d.naam(b.medewerker_id) if b else "",
        "wie_id": b.medewerker_id if b else None,
        "sinds": b.van if b else None,
        "van_mij": bool(b and b.organisatie_id == actor.organisatie_id),
        "straks": straks,
        "gevraagd": d.naam(open_aanbod.aan_organisatie_id) if open_aanbod else "",
    }


def _vannacht(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    if not te_zien & {"inzet", "gezin"} or d.casus.gesloten_op is not None:
        return ()
    uit = []
    for kind in d.kinderen:
        soort, inzet = slaapplek(d, kind)
        waar = (inzet.plaats or d.naam(inzet.aanbieder_id) or inzet.aanbieder_naam) if inzet else kind.waar_nu
        uit.append(
            {
                "id": str(kind.id),
                "kind": kind.voornaam or v.zin(T("het kind")),
                "soort": soort,
                "vorm": vormnaam(advies, inzet.vorm) if inzet else "",
                "waar": "" if d.casus.geheim else waar,
                "sinds": inzet.van if inzet else None,
                "nodig": d.waarde("inschatting.crisis") is True,
            }
        )
    return tuple(uit)


MINUUT = len("2024-05-16 21:52")
"""Readings of a term that are the same to the minute are shown as one."""


def _klokken(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> list[dict[str, Any]]:
    if "klokken" not in te_zien:
        return []
    partijen = advies.afspraken.partijen if advies else {}
    namen = {k.id: k.voornaam for k in d.kinderen} if len(d.kinderen) > 1 else {}
    per_inzet = {str(i.id): (vormnaam(advies, i.vorm), namen.get(i.jeugdige_id, "")) for i in d.inzetten}
    uit = []
    for k in d.klokken:
        woorden = k.sleutel.split(".")
        if deel_van_klok(k.sleutel) not in te_zien:
            continue
        wat = v.zin(k.wat)
        over = per_inzet.get(woorden[1], ()) if len(woorden) > 2 else ()
        uit.append(
            klok_als_data(k)
            | {
                "id": str(k.id),
                "wat": wat,
                "vorm": ", ".join(deel for deel in over if deel and deel.casefold() not in wat.casefold()),
                "wie": partijen.get(k.eigenaar) or v.zin(PARTIJEN.get(k.eigenaar, k.eigenaar)),
                "loopt": k.geeindigd_op is None,
                "laatste_dag": laatste_dag(k),
                "uitkomst": k.uitkomst,
                "geeindigd_op": k.geeindigd_op,
                **(_planned(d, k) if k.sleutel == "rto" else {}),
                "lezingen": dict(k.lezingen) if len({w[:MINUUT] for w in k.lezingen.values()}) > 1 else {},
            }
        )
    return uit


def _planned(d: Dossier, klok: Klok) -> dict[str, Any]:
    """Beside the agreed day of the meeting: when it is planned, whether that is later, and why."""
    rto = d.rto
    if rto is None or rto.gehouden_op is not None:
        return {}
    later = lokaal(rto.gepland_op).date() > laatste_dag(klok)
    return {
        "gepland_op": rto.gepland_op,
        "gepland_later": later,
        "reden": klok.reden or (rto.reden_andere_dag if later else ""),
    }


def _te_doen(
    d: Dossier,
    advies: Advies | None,
    actor: Actor,
    op: datetime,
    te_zien: frozenset[str],
    klokken: list[dict[str, Any]],
    v: Verteller,
) -> tuple[dict[str, Any], ...]:
    if "taken" not in te_zien:
        return ()
    per_sleutel = {k["sleutel"]: k for k in klokken if k["loopt"]}
    ruim = "tijdlijn" in te_zien
    uit: list[dict[str, Any]] = []
    for a in acties(d, advies, op):
        van_mij = a.voor == actor.organisatie_id
        soort = STAPPEN.get(a.stap)
        if soort is None or soort.onderdeel not in te_zien or not (van_mij or ruim):
            continue
        uit.append(_actie(d, a, actor, van_mij, per_sleutel, v))
    uit.sort(key=lambda a: not a["van_mij"])
    return tuple(uit)


def _actie(
    d: Dossier, a: Actie, actor: Actor, van_mij: bool, klokken: Mapping[str, dict[str, Any]], v: Verteller
) -> dict[str, Any]:
    soort = STAPPEN[a.stap]
    return {
        "sleutel": a.sleutel,
        "wat": v.zin(a.wat, a.gegevens),
        "waarom": v.zin(a.waarom, a.gegevens),
        "stap": a.stap,
        "ding": a.ding,
        "knop": v.zin(soort.knop),
        "voor": d.naam(a.voor),
        "van_mij": van_mij,
        "mag": may(actor.rol, soort.merk) and (van_mij or a.stap not in ALLEEN_EIGEN),
        "regels": list(a.regels),
        "klok": klokken.get(a.klok),
    }


def _advies(d: Dossier, advies: Advies | None, te_zien: frozenset[str], v: Verteller) -> dict[str, Any]:
    if advies is None:
        return {}
    data = as_data(
        present(advies, current_register().bronnen, v.taal, v.vertaal, rto_bekend=bool(d.rto or d.gehouden_rto))
    )
    assert isinstance(data, dict)

    def in_zicht(sleutel: str) -> bool:
        return ADVIESDEEL.get(sleutel.partition(".")[0], "kern") in te_zien

    data["uitspraken"] = {k: u for k, u in data["uitspraken"].items() if in_zicht(k)}
    data["termijnen"] = {k: u for k, u in data["termijnen"].items() if in_zicht(k)}
    data["vragen"] = [q for q in data["vragen"] if part_of_field(q["veld"]) in te_zien]
    data["open_vragen"] = [
        q for q in data["open_vragen"] if not q["raakt"] or any(in_zicht(sleutel) for sleutel in q["raakt"])
    ]
    a = advies.afspraken
    data["kenmerken"] = {
        "rto": a.rto is not None,
        "regie": a.regie is not None,
        "definitie": a.triage.definitie is not None or a.doelgroep.aanleiding is not None,
        "tweede_beoordeling": bool(a.huisbezoek.tweede_beoordeling),
        "vraagt_lichter": bool(a.zorg.treden),
        "ouders_horen": any(f.ouders_horen is not None for f in a.zorg.vormen),
        "overgang_regie": a.regie.overgang_regie if a.regie else "",
        "routes": [(r.nummer, v.zin(r.naam)) for r in a.vervolg.routes],
        "itw": a.vervolg.itw is not None,
        "gikj": a.vervolg.gikj is not None,
        "expertteam": a.vervolg.expertteam is not None,
        "warme_overdracht": a.vervolg.warme_overdracht is not None,
        "gemeenten": [g.naam for g in gemeenten_op(a, lokaal(d.casus.begonnen_op).date())],
        "groepen": _groepen(advies, v),
    }
    return data


def _groepen(advies: Advies, v: Verteller) -> list[dict[str, Any]]:
    """The groups of forms of help from light to heavy, each with its forms, whether it is allowed, and why."""
    uit = []
    for groep in GROEPEN:
        vormen = [(f.vorm, v.zin(f.naam)) for f in advies.afspraken.zorg.vormen if f.groep == groep]
        if not vormen:
            continue
        u = advies.uitspraken.get(f"inzet.{groep}")
        uit.append(
            {
                "groep": groep,
                "naam": v.zin(GROEPNAAM[groep]),
                "vormen": vormen,
                "waarde": str(u.waarde) if u else "",
                "tekst": v.zin(u.tekst, u.gegevens) if u else "",
                "waarom": v.zin(u.waarom, u.gegevens) if u else "",
                "strekking": u.strekking if u else "",
                "regels": list(u.regels) if u else [],
            }
        )
    return uit


def _verloop(d: Dossier, advies: Advies | None, op: datetime, te_zien: frozenset[str], v: Verteller) -> dict[str, Any]:
    """The course over days: the days with their kind, and bars per lane, as columns of a grid."""
    begin, nu = lokaal(d.casus.begonnen_op).date(), lokaal(op).date()
    eind = lokaal(d.casus.gesloten_op).date() if d.casus.gesloten_op else nu
    eerste = begin if eind - begin < timedelta(days=DAGEN - 3) else eind - timedelta(days=4)
    kalender = kalender_van(advies.afspraken, advies.sluitingsdagen) if advies else None
    dagen = []
    for n in range(DAGEN):
        dag = eerste + timedelta(days=n)
        soort, naam = kalender.soort(dag) if kalender else ("werkdag", "")
        dagen.append(
            {"dag": dag, "kolom": n + 2, "dicht": soort != "werkdag", "soort": soort, "naam": naam, "nu": dag == nu}
        )
    balken: list[dict[str, Any]] = []
    rij = 1

    def kolom(moment: datetime | date) -> int:
        dag = lokaal(moment).date() if isinstance(moment, datetime) else moment
        return (dag - eerste).days + 2

    def balk(
        baan: str, van: datetime | date, tot: datetime | date, tekst: str, soort: str = "", lang: str = ""
    ) -> bool:
        a, b = kolom(van), kolom(tot) + 1
        if b <= 2 or a >= DAGEN + 2:
            return False
        balken.append(
            {
                "baan": baan, "rij": rij, "van": max(a, 2), "tot": min(max(b, a + 1), DAGEN + 2), "tekst": tekst,
                "soort": soort, "door": b > DAGEN + 2, "lang": lang or tekst,
            }
        )  # fmt: skip
        return True

    einde = eind if d.casus.gesloten_op else eerste + timedelta(days=DAGEN)
    regie = v.zin(T("Regie"))
    for b in d.betrokkenheden:
        if b.deel == "regie" and "regie" in te_zien:
            open_ = b.tot is None
            verwacht = open_ and not regie_is_over(d) and _overname(d)
            tot = b.tot or (verwacht if isinstance(verwacht, datetime) else None) or einde
            if balk(regie if rij == 1 else "", b.van, tot, d.naam(b.organisatie_id)) and b.tot is not None:
                rij += 1
            if open_ and isinstance(verwacht, datetime):
                rij += 1
                uitspraak = advies.uitspraken.get("regie.procesregisseur") if advies else None
                zin = v.zin(uitspraak.tekst, uitspraak.gegevens) if uitspraak else v.zin(T("Regie gaat over"))
                if not balk("", verwacht, einde, zin, "verwacht"):
                    rij -= 1
    rij += 1
    hulp = v.zin(T("Hulp"))
    if "inzet" in te_zien:
        klok_van = {k.sleutel: k for k in d.klokken}
        for i in d.hulp:
            klok = klok_van.get(f"inzet.{i.id}.einde")
            naam = vormnaam(advies, i.vorm)
            if i.van is None:
                if balk(
                    hulp,
                    i.besloten_op,
                    einde,
                    v.zin(T("{vorm}: gekozen, nog niet begonnen"), {"vorm": naam}),
                    "verwacht",
                ):
                    hulp, rij = "", rij + 1
                continue
            tot: datetime | date = i.tot or (laatste_dag(klok) if klok else einde)
            soort = ("streefnorm" if klok.strekking == "streefnorm" else "maximaal") if klok and not i.tot else ""
            lang = (
                v.zin(T("{vorm}, tot en met {dag}"), {"vorm": naam, "dag": laatste_dag(klok)})
                if klok and not i.tot
                else naam
            )
            if balk(hulp, i.van, tot, lang, soort):
                hulp, rij = "", rij + 1
    if hulp:
        balken.append(
            {"baan": hulp, "rij": rij, "van": 2, "tot": 2, "tekst": "", "soort": "leeg", "door": False, "lang": ""}
        )
        rij += 1
    uit = v.zin(T("Weg eruit"))
    if "rto" in te_zien:
        for r in d.rtos:
            if r.vervallen_op is None and balk(
                uit, r.gehouden_op or r.gepland_op, r.gehouden_op or r.gepland_op,
                v.zin(T("RTO {tijd}"), {"tijd": f"{lokaal(r.gehouden_op or r.gepland_op):%H:%M}"}), "punt",
            ):  # fmt: skip
                uit, rij = "", rij + 1
    rto_klok = next((k for k in d.klokken if k.sleutel == "rto" and k.geeindigd_op is None), None)
    if rto_klok and d.rto is None and "rto" in te_zien:
        dag = laatste_dag(rto_klok)
        if balk(uit, dag, dag, v.zin(T("RTO uiterlijk")), "verwacht"):
            uit, rij = "", rij + 1
    if "vervolg" in te_zien and (start := d.waarde("vervolg.start_op")) is not None:
        if balk(uit, start, einde, v.zin(T("Vervolg: {wat}"), {"wat": str(d.waarde("vervolg.wat") or "")[:40]})):
            uit, rij = "", rij + 1
    elif "rto" in te_zien and d.hulp and d.casus.gesloten_op is None:
        weet = d.gehouden_rto is not None and d.gehouden_rto.perspectief_bekend is not False
        if not weet and balk(uit, nu, einde, v.zin(T("Perspectief nog onbekend")), "vraag"):
            uit, rij = "", rij + 1
    if uit:
        balken.append(
            {"baan": uit, "rij": rij, "van": 2, "tot": 2, "tekst": "", "soort": "leeg", "door": False, "lang": ""}
        )
        rij += 1
    return {"dagen": dagen, "balken": balken, "rijen": rij}


def _overname(d: Dossier) -> datetime | None:
    klok = next((k for k in d.klokken if k.sleutel in ("regie.overname", "rto") and k.geeindigd_op is None), None)
    if d.rto is not None and d.rto.gehouden_op is None:
        return d.rto.gepland_op
    return klok.uiterlijk if klok else None


def _hulp(d: Dossier, advies: Advies | None, op: datetime, v: Verteller) -> tuple[dict[str, Any], ...]:
    klokken = {k.sleutel: k for k in d.klokken}
    namen = {k.id: k.voornaam for k in d.kinderen}
    punten = punten_per_hulp(d, advies, op)
    return tuple(
        _vorm(d, i, klokken.get(f"inzet.{i.id}.einde"), *punten.get(i.id, (advies, "")), namen, v) for i in d.hulp
    )


def _vorm(
    d: Dossier,
    i: Inzet,
    klok: Klok | None,
    advies: Advies | None,
    punt: str,
    namen: Mapping[UUID, str],
    v: Verteller,
) -> dict[str, Any]:
    ouders = advies.uitspraken.get(f"{punt}.ouders") if advies else None
    vorm = advies.uitspraken.get(f"{punt}.vorm") if advies else None
    wie = v.zin(provider_of(d, i))
    return {
        "id": str(i.id),
        "vorm": i.vorm,
        "vormnaam": v.zin(vormnaam(advies, i.vorm)),
        "kind": namen.get(i.jeugdige_id, "") if i.jeugdige_id else v.zin(T("het hele gezin")),
        "jeugdige_id": i.jeugdige_id,
        "aanbieder": wie,
        "aanbieder_id": i.aanbieder_id,
        "plaats": "" if d.casus.geheim else i.plaats,
        "gesproken_met": i.gesproken_met,
        "besloten_op": i.besloten_op,
        "van": i.van,
        "tot": i.tot,
        "tot_wanneer": i.tot_wanneer,
        "reden_einde": i.reden_einde,
        "ouders_geinformeerd_op": i.ouders_geinformeerd_op,
        "ouders_zin": v.zin(ouders.tekst, ouders.gegevens) if ouders else "",
        "ouders_regels": list(ouders.regels) if ouders else [],
        "vorm_zin": v.zin(vorm.tekst, vorm.gegevens) if vorm else "",
        "uiterlijk": laatste_dag(klok) if klok else None,
        "strekking": klok.strekking if klok else "",
        "regels": list(klok.regels) if klok else list(vorm.regels) if vorm else [],
        "open_vraag": klok.open_vraag if klok else "",
        "te_laat": bool(klok and klok.uitkomst == "te_laat"),
        "verblijf": i.vorm in VERBLIJFSVORMEN,
        "overwogen": dict(i.overwogen or {}),
        "stand": "beeindigd" if i.tot else "loopt" if i.van else "gekozen",
    }


def _zin_van(g: Gebeurtenis, v: Verteller) -> str:
    class Gaten(dict[str, Any]):
        def __missing__(self, naam: str) -> str:
            return ""

    gegevens = Gaten(leesbaar(g.gegevens))
    soort = SOORTEN[g.soort]
    zinnen = [soort.tekst, *(zin for naam, zin in soort.met.items() if gegevens[naam])]
    return " ".join(v.zin(zin, gegevens).replace(" .", ".").strip() for zin in zinnen)


def event_in_words(g: Gebeurtenis, v: Verteller) -> str:
    """What an event says on the timeline, in the words of one reader."""
    return _zin_van(g, v)


def _namen(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of people and organisations."""
    gevraagd = list({i for i in ids if i})
    if not gevraagd:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, naam from access_medewerker where id = any(%s)"
            " union all select id, naam from access_organisatie where id = any(%s)",
            [gevraagd, gevraagd],
        )
        return dict(cursor.fetchall())


def _afwijkingen(gs: list[Gebeurtenis], d: Dossier, v: Verteller) -> tuple[dict[str, Any], ...]:
    anders = [g for g in gs if g.afgeweken]
    namen = _namen(g.door_id for g in anders)
    return tuple(
        {
            "op": g.gebeurd_op,
            "voorstel": v.zin(str((g.voorstel or {}).get("tekst", ""))),
            "strekking": (g.voorstel or {}).get("strekking", ""),
            "gekozen": _zin_van(g, v),
            "reden": g.reden,
            "wie": namen.get(g.door_id, ""),
            "regels": list(g.regels),
        }
        for g in reversed(anders)
    )


def _tijdlijn(gs: list[Gebeurtenis], d: Dossier, actor: Actor, v: Verteller) -> tuple[dict[str, Any], ...]:
    """Per day, newest first: the events of that day, newest first."""
    namen = _namen(wie for g in gs for wie in (g.door_id, g.namens_id))
    hersteld = {g.corrigeert_id for g in gs if g.corrigeert_id}
    terugweg = way_back(d, actor, gs)
    dagen: dict[date, list[dict[str, Any]]] = {}
    for g in reversed(gs):
        later = (g.ingevoerd_op - g.gebeurd_op).total_seconds()
        dagen.setdefault(lokaal(g.gebeurd_op).date(), []).append(
            {
                "id": str(g.id),
                "soort": g.soort,
                "op": g.gebeurd_op,
                "ingevoerd_op": g.ingevoerd_op if abs(later) > 120 else None,
                "tekst": _zin_van(g, v),
                "reden": g.reden if g.reden and g.reden not in _zin_van(g, v) else "",
                "wie": namen.get(g.door_id, ""),
                "organisatie": namen.get(g.namens_id, ""),
                "besluit": SOORTEN[g.soort].besluit,
                "afgeweken": g.afgeweken,
                "hersteld": g.id in hersteld,
                "terug": terugweg.get(g.id) == "",
                "terug_niet": v.zin(terugweg.get(g.id, "")),
                "notitie": g.gegevens.get("notitie", ""),
                "regels": list(g.regels),
            }
        )
    return tuple({"dag": dag, "items": items} for dag, items in sorted(dagen.items(), reverse=True))


def _mensen(d: Dossier, v: Verteller) -> list[gezinskaart.Mens]:
    gezag = {"ja": T("gezag"), "nee": T("geen gezag"), "onbekend": T("gezag onbekend")}
    uit = []
    for p in d.mensen:
        regel = v.zin(T("gevaar")) if p.gevaar else v.zin(gezag.get(p.gezag, "")) or v.zin(ROLNAAM.get(p.rol, p.rol))
        uit.append(gezinskaart.Mens(p.rol, p.naam or v.zin(ROLNAAM.get(p.rol, p.rol)), regel, p.gevaar))
    for k in d.kinderen:
        leeftijd = _leeftijd(d, k, v, kort=True)
        naam = k.voornaam or v.zin(T("kind"))
        uit.append(gezinskaart.Mens("jeugdige", f"{naam}, {leeftijd}" if leeftijd else naam, v.zin(T("jeugdige"))))
    return uit


ROLNAAM = {
    "moeder": T("moeder"), "vader": T("vader"), "stiefouder": T("stiefouder"), "partner_van_ouder": T("partner van ouder"),
    "pleegouder": T("pleegouder"), "voogd": T("voogd"), "broer": T("broer"), "zus": T("zus"), "oma": T("oma"),
    "opa": T("opa"), "familie": T("familie"), "netwerk": T("netwerk"), "huisarts": T("huisarts"), "school": T("school"),
    "hulpverlener": T("hulpverlener"), "tolk": T("tolk"), "anders": T("iemand anders"),
}  # fmt: skip
"""The roles of people as a person reads them."""


def _kinderen(d: Dossier, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    gezin = "gezin" in te_zien
    return tuple(
        {
            "id": str(k.id),
            "naam": (apart(f"{k.voornaam} {k.achternaam}".strip()) if gezin else korte_naam(k))
            or v.zin(T("kind zonder naam")),
            "voornaam": k.voornaam,
            "achternaam": k.achternaam if gezin else "",
            "leeftijd": d.leeftijd(k),
            "leeftijd_zin": _leeftijd(d, k, v),
            "leeftijd_ingevuld": str(Leeftijd(k.leeftijd, k.leeftijd_duur)),
            "geboortedatum": k.geboortedatum if gezin else None,
            "ongeboren": k.ongeboren,
            "uitgerekend_datum": k.uitgerekend_datum if gezin else None,
            "bsn": k.bsn if gezin else "",
            "geslacht": k.geslacht if gezin else "",
            "sector": k.sector if gezin else "",
            "waar_nu": k.waar_nu if gezin and not d.casus.geheim else "",
        }
        for k in d.kinderen
    )


def _personen(d: Dossier, te_zien: frozenset[str], v: Verteller) -> tuple[dict[str, Any], ...]:
    contact = "contact" in te_zien
    return tuple(
        {
            "id": str(p.id),
            "rol": p.rol,
            "rolnaam": v.zin(ROLNAAM.get(p.rol, p.rol)),
            "naam": p.naam,
            "geboortedatum": p.geboortedatum,
            "telefoon": p.telefoon if contact else "",
            "gezag": p.gezag,
            "woont_thuis": p.woont_thuis,
            "organisatie": p.organisatie,
            "taal": p.taal,
            "gevaar": p.gevaar,
            "opmerking": p.opmerking,
        }
        for p in sorted(d.mensen, key=lambda p: (list(ROLNAAM).index(p.rol) if p.rol in ROLNAAM else 99, p.naam))
    )


def _adressen(d: Dossier, show_secret: bool = False) -> list[dict[str, Any]]:
    """The addresses; of a secret one nothing but that it is there, unless it was asked for."""
    kinderen = {k.id: k.voornaam for k in d.kinderen}
    personen = {p.id: p.naam or p.rol for p in d.mensen}
    uit = []
    for a in Adres.objects.filter(casus_id=d.casus.id).order_by("id"):
        dicht = a.geheim and not show_secret
        uit.append(
            {
                "id": str(a.id),
                "soort": a.soort,
                "van": kinderen.get(a.jeugdige_id, "") or personen.get(a.persoon_id, ""),
                "straat": "" if dicht else a.straat,
                "postcode": "" if dicht else a.postcode,
                "plaats": "" if dicht else a.plaats,
                "geheim": a.geheim,
            }
        )
    if show_secret and d.casus.geheim:
        for k in d.kinderen:
            if k.waar_nu:
                uit.append(
                    {
                        "id": str(k.id), "soort": "nu", "van": k.voornaam, "straat": k.waar_nu, "postcode": "", "plaats": "",
                        "geheim": True,
                    }
                )  # fmt: skip
        for i in d.hulp:
            if (i.plaats or i.aanbieder_naam) and i.tot is None:
                uit.append(
                    {
                        "id": str(i.id), "soort": "inzet", "van": vormnaam(None, i.vorm),
                        "straat": ", ".join(w for w in (i.aanbieder_naam, i.plaats) if w), "postcode": "",
                        "plaats": "", "geheim": True,
                    }
                )  # fmt: skip
    return uit


def _toestemming(d: Dossier, v: Verteller) -> tuple[dict[str, Any], ...]:
    # Of a call that only asked for advice, and of a casus that is over, nobody has to be asked any more.
    vraagt = d.casus.gesloten_op is None and d.melding.vraag != "consult" and d.waarde("triage.uitkomst") != "consult"
    uit = []
    for rij in record_consent.rows(d):
        rij["rol"] = v.zin(ROLNAAM.get(rij["rol"], rij["rol"]))
        rij["waarom"] = v.zin(rij["waarom"])
        rij["nodig"] = rij["nodig"] and vraagt
        for voor in ("hulp", "delen"):
            if rij[voor]:
                rij[voor]["woord"] = v.zin(rij[voor]["woord"])
        uit.append(rij)
    return tuple(uit)


def organisations_of(
    d: Dossier, actor: Actor, v: Verteller, alleen: set[UUID] | None = None
) -> tuple[dict[str, Any], ...]:
    """Who takes part now, with numbers to call: the lead first; `alleen` names the few that may be named."""
    per: dict[UUID, list[Any]] = {}
    for b in d.betrokkenheden:
        if b.tot is None and (alleen is None or b.organisatie_id in alleen):
            per.setdefault(b.organisatie_id, []).append(b)
    for id_ in alleen or ():
        per.setdefault(id_, [])
    uit = []
    for o in Organisatie.objects.filter(id__in=per):
        delen = [b.deel for b in per[o.id]]
        uit.append(
            {
                "id": str(o.id),
                "naam": o.naam,
                "soort": o.soort,
                "telefoon": o.telefoon,
                "telefoon_buiten": o.telefoon_buiten,
                "bereikbaar": o.bereikbaar,
                "delen": tuple(v.zin(DEELNAAM.get(deel, deel)) for deel in dict.fromkeys(delen)),
                "wie": next((d.naam(b.medewerker_id) for b in per[o.id] if b.medewerker_id), ""),
                "regie": "regie" in delen,
                "van_mij": o.id == actor.organisatie_id,
            }
        )
    return tuple(sorted(uit, key=lambda o: (not o["regie"], o["naam"])))


def _meldingen(d: Dossier) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "id": str(m.id),
            "op": m.op,
            "melder": m.melder.replace("_", " "),
            "naam": "" if m.anoniem else m.naam,
            "anoniem": m.anoniem,
            "organisatie": m.organisatie_melder,
            "telefoon": m.telefoon,
            "kanaal": m.kanaal,
            "vraag": m.vraag.replace("_", " "),
            "situatie": m.situatie,
            "waar": "" if d.casus.geheim else m.waar_nu,
            "opgenomen_door": d.naam(m.opgenomen_door_id),
            "afgerond": m.afgerond_op is not None,
            "uitkomst": m.uitkomst.replace("_", " "),
        }
        for m in d.meldingen
    )


def _notities(d: Dossier, actor: Actor, alles: Iterable[Gebeurtenis]) -> tuple[dict[str, Any], ...]:
    rijen = list(Notitie.objects.filter(casus_id=d.casus.id).order_by("-gebeurd_op"))
    namen = _namen(wie for n in rijen for wie in (n.door_id, n.namens_id))
    per = {g.id: g for g in alles}
    terug = {per[g.corrigeert_id].gegevens.get("notitie") for g in per.values() if g.corrigeert_id in per}
    return tuple(
        {
            "id": str(n.id),
            "soort": n.soort,
            "tekst": n.tekst,
            "over_derden": n.over_derden,
            "met": n.met,
            "op": n.gebeurd_op,
            "wie": namen.get(n.door_id, ""),
            "organisatie": namen.get(n.namens_id, ""),
            "van_mij": n.namens_id == actor.organisatie_id,
            "terug": str(n.id) in terug,
        }
        for n in rijen
    )


def _rto(d: Dossier, v: Verteller) -> dict[str, Any] | None:
    r = d.rto
    if r is None:
        return None
    return {
        "id": str(r.id),
        "gepland_op": r.gepland_op,
        "waar": "" if d.casus.geheim else r.waar,
        "gehouden_op": r.gehouden_op,
        "perspectief": r.perspectief,
        "perspectief_bekend": r.perspectief_bekend,
        "veiligheidsplan": r.veiligheidsplan,
        "doelen": list(r.doelen or ()),
        "procesregisseur": r.procesregisseur_naam,
        "procesregisseur_organisatie": d.naam(r.procesregisseur_organisatie_id),
        "genodigden": [
            {
                "id": str(g.id),
                "naam": g.naam,
                "organisatie_id": g.organisatie_id,
                "persoon_id": g.persoon_id,
                "komt": g.komt,
                "aanwezig": g.aanwezig,
            }
            for g in d.genodigden
            if g.rto_id == r.id
        ],
    }


VRAAGNAAM = {
    "regie": T("de regie overnemen"), "rto": T("naar het RTO komen"), "hulp": T("hulp geven"),
    "meegaan": T("meegaan op inschatting"), "signaal": T("een signaal oppakken"), "vervolg": T("vervolghulp geven"),
    "overig": T("een vraag"),
}  # fmt: skip


def _aanbiedingen(d: Dossier, actor: Actor, v: Verteller, own_only: bool) -> tuple[dict[str, Any], ...]:
    namen = dict(
        Organisatie.objects.filter(
            id__in={a.van_organisatie_id for a in d.aanbiedingen} | {a.aan_organisatie_id for a in d.aanbiedingen}
        ).values_list("id", "naam")
    )
    return tuple(
        {
            "id": str(a.id),
            "soort": a.soort,
            "wat": v.zin(VRAAGNAAM.get(a.soort, a.soort)),
            "van": namen.get(a.van_organisatie_id, ""),
            "aan": namen.get(a.aan_organisatie_id, ""),
            "aan_id": a.aan_organisatie_id,
            "tekst": v.zin(a.tekst),
            "gedaan_op": a.gedaan_op,
            "uiterlijk": a.uiterlijk,
            "antwoord": a.antwoord,
            "reden": a.reden,
            "beantwoord_op": a.beantwoord_op,
            "voor_mij": a.aan_organisatie_id == actor.organisatie_id,
            "van_mij": a.van_organisatie_id == actor.organisatie_id,
            "regels": list(a.regels),
            "inzet_id": str(a.inzet_id or ""),
        }
        for a in d.aanbiedingen
        if not own_only or a.aan_organisatie_id == actor.organisatie_id
    )


def _taken(d: Dossier, actor: Actor) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "id": str(t.id),
            "wat": t.wat,
            "waarom": t.waarom,
            "voor": d.naam(t.voor_id),
            "van_mij": t.voor_id == actor.organisatie_id,
            "uiterlijk": t.uiterlijk,
            "klaar_op": t.klaar_op,
            "resultaat": t.resultaat,
            "regels": list(t.regels),
        }
        for t in d.taken
    )


def may_look_at_log(actor: Actor, beeld: Casusbeeld) -> bool:
    """Whether this person may see who else looked."""
    return may(actor.rol, "log.casus") and "log" in beeld.zicht


def in_service(actor: Actor) -> bool:
    """Whether this person works for a crisis service, which leads until somebody else takes over."""
    return actor.rol in DIENST
