# SPDX-License-Identifier: EUPL-1.2
"""One casus for one reader: built from the parts in sight, in words, as plain data. Every look is a line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen as delen_van
from vangnet.access.zicht import zicht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Gebeurtenis, Uitkomst
from vangnet.casework.stand import SPOOR, STANDEN
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from . import gezinskaart, presence, record_consent
from .acties import regie_is_over, stand_van, vormnaam
from .advise_dossier import advise_dossier
from .beeld import apart, korte_naam
from .dossier import Dossier, read_dossier
from .show_casus_gezin import (
    addresses_of,
    kinderen_of,
    mensen_of,
    organisations_of,
    personen_of,
    toestemming_of,
    vannacht_of,
)
from .show_casus_verloop import afwijkingen_of, meldingen_of, noodtoegang_of, notities_of, tijdlijn_of, verloop_of
from .show_casus_werk import (
    aanbiedingen_of,
    advies_of,
    hulp_of,
    klokken_of,
    part_of_field,
    rto_of,
    taken_of,
    te_doen_of,
)
from .stapsoorten import ALTIJD, OOK_GESLOTEN, OOK_PROFIEL, STAPPEN
from .verteller import Verteller, leeftijd_of, lijst_of
from .weigeringen import GeenRecht, NietBetrokken

PER_KIND = "stap inzet"
"""The page on which each child has its own advice."""


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


@dataclass(frozen=True)
class Casusbeeld:
    """A casus as one reader may see it. A part that is not in `zicht` is empty here; the page shows what there is."""

    id: UUID
    nummer: str
    versie: int
    regio: str
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
        return replace(beeld, advies_per_kind={k: advies_of(d, a, te_zien, v) for k, a in adviezen.items()})
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
    return addresses_of(d, show_secret=True)


def _log(deel: str, te_zien: frozenset[str]) -> str:
    return f"{deel or 'casus'}: {' '.join(sorted(te_zien))}"


def _profiel(
    actor: Actor, op: datetime, d: Dossier, in_delen: frozenset[str], te_zien: frozenset[str], v: Verteller
) -> Casusbeeld:
    """What somebody sees who was asked something: age, municipality, the question. No name."""
    leeftijden = [leeftijd_of(d, k, v) for k in d.kinderen]
    kop = (
        v.zin(T("Een jeugdige van {leeftijd}"), {"leeftijd": leeftijden[0] or v.zin(T("onbekende leeftijd"))})
        if leeftijden
        else v.zin(T("Een jeugdige"))
    )
    if len(leeftijden) > 1:
        kop = v.zin(T("{aantal} jeugdigen"), {"aantal": len(leeftijden)})
    return Casusbeeld(
        d.casus.id, d.casus.nummer, d.casus.versie, d.casus.regio, "" if d.casus.geheim else d.casus.gemeente,
        d.casus.begonnen_op, te_zien, in_delen, _waarom(in_delen, v), kop, kop, "", "", d.dienst_id,
        oefening=d.casus.oefening, geheim=d.casus.geheim,
        gemeente_buiten="" if d.casus.geheim else d.casus.gemeente_buiten,
        regie={"naam": d.naam(d.regie.organisatie_id) if d.regie else "", "wie": "", "van_mij": False},
        hulp=tuple(
            {"vormnaam": vormnaam(None, i.vorm), "id": str(i.id)} for i in d.hulp if i.aanbieder_id == actor.organisatie_id
        ),
        aanbiedingen=aanbiedingen_of(d, actor, v, own_only=True),
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
    klokken = klokken_of(d, advies, te_zien, v)
    te_doen = te_doen_of(d, advies, actor, op, te_zien, klokken, v)
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
        ", ".join(deel for deel in (naam, leeftijd_of(d, k, v)) if deel)
        for naam, k in zip(vol if gezin else namen, d.kinderen, strict=True)
    ]
    adviesbeeld = advies_of(d, advies, te_zien, v)
    return Casusbeeld(
        c.id, c.nummer, c.versie, c.regio,
        "" if c.geheim and "adres" not in te_zien else c.gemeente, c.begonnen_op, te_zien, in_delen,
        _waarom(in_delen, v), lijst_of(namen, v) or c.nummer, lijst_of(koppen, v) or c.nummer,
        hier, v.zin(STANDEN[hier]), d.dienst_id,
        oefening=c.oefening, geheim=c.geheim,
        gemeente_buiten="" if c.geheim and "adres" not in te_zien else c.gemeente_buiten,
        gesloten_op=c.gesloten_op,
        uitkomst=v.zin(str(Uitkomst(c.uitkomst).label)) if c.gesloten_op else "",
        afspraken=adviesbeeld.get("afspraken", {}),
        spoor=_spoor(hier, c.uitkomst, v),
        regie=_regie(d, advies, actor, v),
        vannacht=vannacht_of(d, advies, te_zien, v),
        klokken=tuple(k for k in klokken if k["loopt"]),
        klokken_klaar=tuple(k for k in klokken if not k["loopt"] and k["uitkomst"] != "vervallen"),
        te_doen=te_doen,
        gedaan=sum(1 for g in gebeurtenissen if SOORTEN[g.soort].besluit or g.soort in ("taak_klaar", "contact")),
        stappen=stappen,
        advies=adviesbeeld,
        feitfouten=tuple(
            f"{f.waar}: {f.gevonden}; {f.verwacht}" for f in fouten if part_of_field(f.waar) in te_zien
        ),
        verloop=verloop_of(d, advies, op, te_zien, v),
        hulp=hulp_of(d, advies, op, v) if "inzet" in te_zien else (),
        vormen=tuple((f.vorm, f.naam) for f in advies.afspraken.zorg.vormen) if advies else (),
        afwijkingen=afwijkingen_of(gebeurtenissen, d, v) if "tijdlijn" in te_zien else (),
        tijdlijn=tijdlijn_of(gebeurtenissen, d, actor, v) if "tijdlijn" in te_zien else (),
        kaart=gezinskaart.draw(mensen_of(d, v)) if gezin else None,
        kinderen=kinderen_of(d, te_zien, v),
        personen=personen_of(d, te_zien, v) if gezin else (),
        adressen=tuple(addresses_of(d)) if "adres" in te_zien else (),
        toestemming=toestemming_of(d, v) if "toestemming" in te_zien else (),
        wie_beslist=tuple(v.zin(record_consent.who_decides(d, k)) for k in d.kinderen) if "toestemming" in te_zien else (),
        organisaties=organisations_of(d, actor, v),
        meldingen=meldingen_of(d) if "melding" in te_zien else (),
        notities=notities_of(d, actor, alles) if "notities" in te_zien else (),
        rto=rto_of(d, v) if "rto" in te_zien else None,
        aanbiedingen=aanbiedingen_of(d, actor, v, own_only="regie" not in te_zien),
        taken=taken_of(d, actor) if "taken" in te_zien else (),
        feiten={
            f.veld: f.waarde
            for f in d.feiten
            if f.waarde is not None and part_of_field(f.veld) in te_zien and not d.betrays(f.veld, f.waarde)
        },
        anderen=tuple(presence.others(actor, op, c.id)),
        noodtoegang=noodtoegang_of(gebeurtenissen, op),
    )  # fmt: skip


def picture(actor: Actor, op: datetime, d: Dossier, te_zien: frozenset[str], v: Verteller) -> Casusbeeld:
    """A casus of which an organisation has no part, as far as `te_zien`. The caller has checked who asks, and logs it."""
    return _beeld(actor, op, d, frozenset(), te_zien, v)


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


def may_look_at_log(actor: Actor, beeld: Casusbeeld) -> bool:
    """Whether this person may see who else looked."""
    return may(actor.rol, "log.casus") and "log" in beeld.zicht
