# SPDX-License-Identifier: EUPL-1.2
"""What a system of an organisation may read: its casussen, what happened in them, what was proposed and decided, the clocks.

Everything begins with the same filter as the screens (`zichtbaar`, `delen`, `zicht`) and holds only the parts in sight;
every look is a line in the log. Notes, call texts and loose facts are not among it, nor any secret address: those stay on
the screen. The attribute docstrings are the published manual, hence Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, lopend, zicht
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.casework.stand import STANDEN
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import KLOKDEEL
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import PARTIJEN
from vangnet.rules.tekst import T, Vertaler

from .present_advice import HANDLEIDING, Dag, Moment
from .receive_melding import utc
from .show_casus import Casusbeeld, parts_in_sight, show_casus
from .show_casus_verloop import event_in_words
from .show_my_work import who_of
from .verteller import Verteller
from .weigeringen import GeenRecht, NietBetrokken
from .who_to_call import who_to_call

CASUS, BESLUIT = "casus.inzien", "besluit.inzien"


class Plaats(NamedTuple):
    """A place in a list that is ordered by a moment: after which row the next page begins."""

    moment: datetime
    id: UUID


@dataclass(frozen=True)
class Bladzij:
    """A part of a list, and where the next part begins; None when this was the last."""

    items: tuple[Any, ...]
    volgende: Plaats | None
    laatste: Plaats | None = None
    """Where the last item stands, to ask later what came after it."""


# ---- a casus ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CasusKort:
    """Een casus in de lijst."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    nummer: str
    """Het nummer dat mensen noemen, zoals 2026-00012."""
    versie: int
    """Gaat omhoog bij elke wijziging."""
    gewijzigd_op: Moment
    """Wanneer er voor het laatst iets veranderde; hierop staat de lijst, de nieuwste eerst."""
    begonnen_op: Moment
    """Wanneer er gemeld werd."""
    gesloten_op: Moment | None
    """Wanneer de casus sloot; null zolang ze loopt."""
    gemeente: str
    """Gemeente van het kind; leeg als ze niet bekend is, of als een adres geheim is."""
    wie: str
    """Om wie het gaat: voornaam, letter en leeftijd."""
    stand: str
    """Hoe ver het is, als sleutel."""
    stand_tekst: str
    """Hetzelfde in woorden."""
    regie: str
    """Welke organisatie de regie heeft."""
    delen: tuple[str, ...]
    """Waarin je organisatie nu meedoet."""
    geheim: bool
    """Of een adres geheim is: noem het niet en bevestig het niet."""
    oefening: bool
    """Of het een oefening is."""


@dataclass(frozen=True)
class RegieUit:
    """Wie de regie heeft."""

    __pydantic_config__ = HANDLEIDING

    organisatie_id: UUID | None
    """De organisatie; null na het sluiten."""
    organisatie: str
    """Haar naam."""
    wie: str
    """Wie het daar doet, als dat bekend is."""
    sinds: Moment | None
    """Sinds wanneer."""
    van_ons: bool
    """Of het je eigen organisatie is."""
    straks: str
    """Wat de afspraken zeggen over wie de regie hierna krijgt."""
    gevraagd: str
    """Aan welke organisatie de regie nu gevraagd is."""


@dataclass(frozen=True)
class KindUit:
    """Een kind van de casus."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    naam: str
    """De naam, zo volledig als je organisatie haar mag zien."""
    leeftijd: str
    """De leeftijd bij de melding, in woorden."""
    geboortedatum: Dag | None
    """Geboortedatum, als het gezin in zicht is."""
    uitgerekend_datum: Dag | None
    """Uitgerekende datum van een ongeboren kind."""
    ongeboren: bool
    """Of het kind nog niet geboren is."""
    bsn: str
    """Burgerservicenummer, als het bekend is en het gezin in zicht is."""
    geslacht: str
    """Geslacht, als het gezin in zicht is."""


@dataclass(frozen=True)
class PersoonUit:
    """Iemand om het kind heen."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    rol: str
    """moeder, vader, oma, school, huisarts, ..."""
    naam: str
    """De naam."""
    telefoon: str
    """Het nummer, als contact in zicht is."""
    gezag: str
    """ja, nee, onbekend; leeg als het niet gevraagd is."""
    gevaar: bool
    """Of deze persoon een gevaar is voor het kind of voor wie aanbelt."""
    taal: str
    """Voor welke taal een tolk nodig is."""
    organisatie: str
    """Waar deze persoon werkt."""


@dataclass(frozen=True)
class AdresUit:
    """Een adres. Van een geheim adres staat er alleen dat het er is."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    soort: str
    """woont, of nu (waar de dienst heen moet)."""
    van: str
    """Van wie."""
    straat: str
    """Straat en nummer; leeg als het geheim is."""
    postcode: str
    """Postcode; leeg als het geheim is."""
    plaats: str
    """Woonplaats; leeg als het geheim is."""
    geheim: bool
    """Of het geheim is."""


@dataclass(frozen=True)
class HulpUit:
    """Een vorm van crisishulp."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    vorm: str
    """De vorm, als sleutel."""
    vorm_tekst: str
    """De vorm in woorden."""
    kind: str
    """Voor welk kind, of het hele gezin."""
    aanbieder: str
    """Wie de hulp geeft."""
    stand: Literal["gekozen", "loopt", "beeindigd"]
    """Hoe ver het is."""
    besloten_op: Moment
    """Wanneer ertoe besloten is."""
    van: Moment | None
    """Wanneer de hulp begon."""
    tot: Moment | None
    """Wanneer de hulp eindigde."""
    uiterlijk: Dag | None
    """De laatste dag volgens de afspraken."""
    strekking: str
    """Hoe hard die dag is, in het woord van de bron."""
    regels: tuple[str, ...]
    """De regels erachter."""


@dataclass(frozen=True)
class RtoUit:
    """Het ronde-tafel-overleg: het geplande, anders het laatst gehouden."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    gepland_op: Moment
    """Wanneer het gepland is."""
    gehouden_op: Moment | None
    """Wanneer het gehouden is."""
    waar: str
    """Waar; leeg als een adres geheim is."""
    perspectief: str
    """Wat het perspectief is, na het overleg."""
    doelen: tuple[str, ...]
    """De afgesproken doelen."""
    veiligheidsplan: str
    """Het veiligheidsplan."""
    procesregisseur: str
    """Wie procesregisseur wordt."""
    procesregisseur_organisatie: str
    """Bij welke organisatie."""


@dataclass(frozen=True)
class KlokUit:
    """Een afgesproken termijn."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    casus_id: UUID
    """Van welke casus."""
    sleutel: str
    """Welke termijn, als sleutel."""
    wat: str
    """Wat er moet gebeuren, in woorden."""
    eigenaar: str
    """Wie het moet doen."""
    begonnen_op: Moment
    """Vanaf wanneer de termijn loopt."""
    uiterlijk: Moment
    """Daarna is het te laat."""
    hele_dag: bool
    """Of de termijn een dag is: dan is `uiterlijk` het einde van die dag."""
    strekking: str
    """Hoe hard de termijn is, in het woord van de bron."""
    regels: tuple[str, ...]
    """De regels erachter."""
    open_vraag: str
    """De open vraag waar de termijn van afhangt; leeg als er geen is."""
    geeindigd_op: Moment | None
    """Wanneer de termijn ophield te lopen."""
    uitkomst: str
    """gehaald, te_laat of vervallen; leeg zolang ze loopt."""
    reden: str
    """Waarom het later werd, door een mens."""


@dataclass(frozen=True)
class ActieUit:
    """Wat er nu te doen is."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Wat, als sleutel."""
    wat: str
    """Wat, in woorden."""
    waarom: str
    """Waarom."""
    voor: str
    """Welke organisatie het doet."""
    van_ons: bool
    """Of dat je eigen organisatie is."""
    regels: tuple[str, ...]
    """De regels erachter."""


@dataclass(frozen=True)
class TaakUit:
    """Een taak."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    wat: str
    """Wat er moet gebeuren."""
    waarom: str
    """Waarom."""
    voor: str
    """Welke organisatie het doet."""
    van_ons: bool
    """Of dat je eigen organisatie is."""
    uiterlijk: Moment | None
    """Voor wanneer."""
    klaar_op: Moment | None
    """Wanneer het gedaan was."""
    resultaat: str
    """Wat eruit kwam."""
    regels: tuple[str, ...]
    """De regels erachter."""


@dataclass(frozen=True)
class ContactUit:
    """Een organisatie die meedoet, met haar nummers."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    naam: str
    """De naam."""
    soort: str
    """crisisdienst, toegang, gi, veilig_thuis, zorgaanbieder of tafel."""
    delen: tuple[str, ...]
    """Waarin zij meedoet, in woorden."""
    wie: str
    """Wie het daar doet, als dat bekend is."""
    telefoon: str
    """Het nummer."""
    telefoon_buiten: str
    """Het nummer buiten kantoortijd."""
    bereikbaar: str
    """Wanneer wordt opgenomen."""


@dataclass(frozen=True)
class CasusHeel:
    """Een casus, voor zover je organisatie haar mag zien. Wat niet in `zicht` staat, is hier leeg."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    nummer: str
    """Het nummer dat mensen noemen."""
    versie: int
    """Gaat omhoog bij elke wijziging."""
    regio: str
    """De regio."""
    gemeente: str
    """Gemeente van het kind; leeg als een adres geheim is."""
    gemeente_buiten: str
    """Gemeente van het kind als die buiten de regio ligt; leeg als een adres geheim is."""
    begonnen_op: Moment
    """Wanneer er gemeld werd."""
    gesloten_op: Moment | None
    """Wanneer de casus sloot."""
    uitkomst: str
    """Hoe de casus eindigde, in woorden."""
    wie: str
    """Om wie het gaat."""
    stand: str
    """Hoe ver het is, als sleutel; leeg als er alleen een vraag is gesteld."""
    stand_tekst: str
    """Hetzelfde in woorden."""
    geheim: bool
    """Of een adres geheim is: noem het niet en bevestig het niet."""
    oefening: bool
    """Of het een oefening is."""
    delen: tuple[str, ...]
    """Waarin je organisatie nu meedoet."""
    zicht: tuple[str, ...]
    """Welke onderdelen daardoor in zicht zijn."""
    waarom: str
    """Waarom je deze casus ziet."""
    regie: RegieUit
    """Wie de regie heeft."""
    kinderen: tuple[KindUit, ...]
    """De kinderen."""
    personen: tuple[PersoonUit, ...]
    """De mensen om hen heen."""
    adressen: tuple[AdresUit, ...]
    """De adressen."""
    hulp: tuple[HulpUit, ...]
    """De crisishulp."""
    rto: RtoUit | None
    """Het ronde-tafel-overleg."""
    klokken: tuple[KlokUit, ...]
    """De termijnen, ook die geëindigd zijn."""
    te_doen: tuple[ActieUit, ...]
    """Wat er nu te doen is."""
    taken: tuple[TaakUit, ...]
    """De taken."""
    organisaties: tuple[ContactUit, ...]
    """Wie er nu meedoet, met nummers."""


@asks
def list_casussen(
    actor: Actor,
    op: datetime,
    na: Plaats | None = None,
    sinds: datetime | None = None,
    hoogstens: int = 50,
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> Bladzij:
    """The casussen of which this organisation sees at least the core, the newest change first; `sinds` leaves out what
    did not change after it. One line in the log. Errors: `GeenRecht`."""
    if not may(actor.rol, CASUS):
        raise GeenRecht(merk=CASUS)
    v = Verteller(taal, lokaal(op).year, vertaal)
    met_kern = [deel for deel in Deel if "kern" in zicht(actor.rol, [deel])]
    rijen = Casus.objects.filter(id__in=betrokken(actor, op).filter(deel__in=met_kern).values("casus_id"))
    if sinds is not None:
        rijen = rijen.filter(gewijzigd_op__gt=sinds)
    if na is not None:
        rijen = rijen.filter(Q(gewijzigd_op__lt=na.moment) | Q(gewijzigd_op=na.moment, id__lt=na.id))
    gevonden = list(rijen.order_by("-gewijzigd_op", "-id")[: hoogstens + 1])
    blad = gevonden[:hoogstens]
    in_delen: dict[UUID, set[str]] = {}
    for casus_id, deel in (
        betrokken(actor, op).filter(casus_id__in=[c.id for c in blad]).values_list("casus_id", "deel")
    ):
        in_delen.setdefault(casus_id, set()).add(deel)
    log.note(actor, "inzien", "casus", op, toelichting=f"lijst voor een koppeling: {len(blad)}")
    laatste = Plaats(blad[-1].gewijzigd_op, blad[-1].id) if blad else None
    return Bladzij(
        tuple(_kort(c, in_delen.get(c.id, set()), actor, v) for c in blad),
        laatste if len(gevonden) > hoogstens else None,
        laatste,
    )


def _kort(c: Casus, in_delen: set[str], actor: Actor, v: Verteller) -> CasusKort:
    te_zien = zicht(actor.rol, in_delen)
    stand = c.beeld.get("stand", "")
    return CasusKort(
        id=c.id,
        nummer=c.nummer,
        versie=c.versie,
        gewijzigd_op=utc(c.gewijzigd_op),
        begonnen_op=utc(c.begonnen_op),
        gesloten_op=_utc(c.gesloten_op),
        gemeente="" if c.geheim else c.gemeente or c.gemeente_buiten,
        wie=who_of(c, te_zien, v),
        stand=stand,
        stand_tekst=v.zin(STANDEN.get(stand, "")),
        regie=c.beeld.get("regie", ""),
        delen=tuple(sorted(in_delen)),
        geheim=c.geheim,
        oefening=c.oefening,
    )


def read_casus(actor: Actor, op: datetime, casus_id: UUID, taal: str = "nl", vertaal: Vertaler = T) -> CasusHeel:
    """One casus with the parts in sight; a line in the log. Errors: `GeenRecht`, `NietBetrokken`."""
    if not may(actor.rol, CASUS):
        raise GeenRecht(merk=CASUS)
    b = show_casus(actor, op, casus_id, taal, vertaal, deel="koppeling")
    return CasusHeel(
        id=b.id,
        nummer=b.nummer,
        versie=b.versie,
        regio=b.regio,
        gemeente="" if b.geheim else b.gemeente,
        gemeente_buiten="" if b.geheim else b.gemeente_buiten,
        begonnen_op=utc(b.begonnen_op),
        gesloten_op=_utc(b.gesloten_op),
        uitkomst=b.uitkomst,
        wie=b.kop,
        stand=b.stand,
        stand_tekst=b.standzin,
        geheim=b.geheim,
        oefening=b.oefening,
        delen=tuple(sorted(b.delen)),
        zicht=tuple(sorted(b.zicht)),
        waarom=b.waarom,
        regie=_regie(b),
        kinderen=tuple(_kind(k) for k in b.kinderen),
        personen=tuple(_persoon(p) for p in b.personen),
        adressen=tuple(_adres(a) for a in b.adressen),
        hulp=tuple(_hulp(h) for h in b.hulp if "besloten_op" in h),
        rto=_rto(b.rto),
        klokken=tuple(_klok(b.id, k) for k in (*b.klokken, *b.klokken_klaar)),
        te_doen=tuple(
            ActieUit(a["sleutel"], a["wat"], a["waarom"], a["voor"], a["van_mij"], tuple(a["regels"]))
            for a in b.te_doen
        ),
        taken=tuple(_taak(t) for t in b.taken),
        organisaties=tuple(_contact(o) for o in b.organisaties),
    )


def _regie(b: Casusbeeld) -> RegieUit:
    r = b.regie
    return RegieUit(
        organisatie_id=r.get("organisatie_id"),
        organisatie=r.get("naam", ""),
        wie=r.get("wie", ""),
        sinds=_utc(r.get("sinds")),
        van_ons=bool(r.get("van_mij")),
        straks=r.get("straks", ""),
        gevraagd=r.get("gevraagd", ""),
    )


def _kind(k: Mapping[str, Any]) -> KindUit:
    return KindUit(
        id=UUID(k["id"]),
        naam=k["naam"],
        leeftijd=k["leeftijd_zin"],
        geboortedatum=_dag(k["geboortedatum"]),
        uitgerekend_datum=_dag(k["uitgerekend_datum"]),
        ongeboren=k["ongeboren"],
        bsn=k["bsn"],
        geslacht=k["geslacht"],
    )


def _persoon(p: Mapping[str, Any]) -> PersoonUit:
    namen = ("rol", "naam", "telefoon", "gezag", "gevaar", "taal", "organisatie")
    return PersoonUit(id=UUID(p["id"]), **{naam: p[naam] for naam in namen})


def _adres(a: Mapping[str, Any]) -> AdresUit:
    namen = ("soort", "van", "straat", "postcode", "plaats", "geheim")
    if a["geheim"]:
        a = {**a, "straat": "", "postcode": "", "plaats": ""}
    return AdresUit(id=UUID(a["id"]), **{naam: a[naam] for naam in namen})


def _hulp(h: Mapping[str, Any]) -> HulpUit:
    return HulpUit(
        id=UUID(h["id"]),
        vorm=h["vorm"],
        vorm_tekst=h["vormnaam"],
        kind=h["kind"],
        aanbieder=h["aanbieder"],
        stand=h["stand"],
        besloten_op=utc(h["besloten_op"]),
        van=_utc(h["van"]),
        tot=_utc(h["tot"]),
        uiterlijk=_dag(h["uiterlijk"]),
        strekking=h["strekking"],
        regels=tuple(h["regels"]),
    )


def _rto(r: Mapping[str, Any] | None) -> RtoUit | None:
    if r is None:
        return None
    return RtoUit(
        id=UUID(r["id"]),
        gepland_op=utc(r["gepland_op"]),
        gehouden_op=_utc(r["gehouden_op"]),
        waar=r["waar"],
        perspectief=r["perspectief"],
        doelen=tuple(str(doel) for doel in r["doelen"]),
        veiligheidsplan=r["veiligheidsplan"],
        procesregisseur=r["procesregisseur"],
        procesregisseur_organisatie=r["procesregisseur_organisatie"],
    )


def _klok(casus_id: UUID, k: Mapping[str, Any]) -> KlokUit:
    return KlokUit(
        id=UUID(k["id"]),
        casus_id=casus_id,
        sleutel=k["sleutel"],
        wat=f"{k['wat']}, {k['vorm']}" if k["vorm"] else k["wat"],
        eigenaar=k["wie"],
        begonnen_op=utc(datetime.fromisoformat(k["begonnen_op"])),
        uiterlijk=utc(datetime.fromisoformat(k["uiterlijk"])),
        hele_dag=k["hele_dag"],
        strekking=k["strekking"],
        regels=tuple(k["regels"]),
        open_vraag=k["open_vraag"],
        geeindigd_op=_utc(k["geeindigd_op"]),
        uitkomst=k["uitkomst"],
        reden=k["reden"],
    )


def _taak(t: Mapping[str, Any]) -> TaakUit:
    return TaakUit(
        id=UUID(t["id"]),
        wat=t["wat"],
        waarom=t["waarom"],
        voor=t["voor"],
        van_ons=t["van_mij"],
        uiterlijk=_utc(t["uiterlijk"]),
        klaar_op=_utc(t["klaar_op"]),
        resultaat=t["resultaat"],
        regels=tuple(t["regels"]),
    )


def _contact(o: Mapping[str, Any]) -> ContactUit:
    namen = ("naam", "soort", "delen", "wie", "telefoon", "telefoon_buiten", "bereikbaar")
    return ContactUit(id=UUID(o["id"]), **{naam: o[naam] for naam in namen})


def _utc(moment: datetime | None) -> str | None:
    return utc(moment) if moment is not None else None


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag is not None else None


# ---- what happened ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GebeurtenisUit:
    """Iets wat gebeurde."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    soort: str
    """Wat voor gebeurtenis, als sleutel."""
    gebeurd_op: Moment
    """Wanneer het gebeurde."""
    ingevoerd_op: Moment
    """Wanneer het is vastgelegd; hierop staat de lijst, de oudste eerst."""
    tekst: str
    """Wat er gebeurde, in woorden."""
    wie: str
    """Wie het vastlegde; een koppeling staat hier met haar naam en het begin van haar sleutel."""
    organisatie: str
    """Namens welke organisatie."""
    besluit: bool
    """Of het een besluit is; dan staat het ook onder de besluiten."""
    afgeweken: bool
    """Of er is afgeweken van het voorstel."""
    reden: str
    """Waarom, als iemand dat schreef."""
    regels: tuple[str, ...]
    """De regels erachter."""
    corrigeert: UUID | None
    """De gebeurtenis die hiermee hersteld wordt."""


@dataclass(frozen=True)
class VoorstelUit:
    """Wat de afspraken op dat moment voorstelden."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Het punt van het advies."""
    tekst: str
    """Het voorstel in woorden."""
    strekking: str
    """Hoe hard de afspraak is, in het woord van de bron."""
    regels: tuple[str, ...]
    """De regels erachter."""
    versie: Dag | None
    """De eerste dag van de versie van de afspraken."""


@dataclass(frozen=True)
class BesluitUit:
    """Een besluit van een mens, naast wat er was voorgesteld."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk: dat van de gebeurtenis."""
    soort: str
    """Wat voor besluit, als sleutel."""
    besloten_op: Moment
    """Wanneer."""
    besluit: str
    """Wat er besloten is, in woorden."""
    voorstel: VoorstelUit | None
    """Wat er was voorgesteld; null als de afspraken zwijgen."""
    afgeweken: bool
    """Of het besluit afwijkt van het voorstel."""
    reden: str
    """Waarom het afwijkt."""
    wie: str
    """Wie besloot."""
    organisatie: str
    """Namens welke organisatie."""
    regels: tuple[str, ...]
    """De regels erachter."""


@asks
def list_events(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    na: Plaats | None = None,
    hoogstens: int = 50,
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> Bladzij:
    """What happened in a casus as far as it is in sight, in the order in which it was entered; a line in the log.

    Errors: `NietBetrokken`; `GeenRecht` when the timeline is out of sight."""
    te_zien = _opened(actor, op, casus_id, CASUS, "tijdlijn", "gebeurtenissen")
    v = Verteller(taal, lokaal(op).year, vertaal)
    blad, meer = _events(casus_id, te_zien, na, hoogstens, besluit=False)
    laatste = Plaats(blad[-1].ingevoerd_op, blad[-1].id) if blad else na
    items = tuple(
        GebeurtenisUit(
            id=g.id,
            soort=g.soort,
            gebeurd_op=utc(g.gebeurd_op),
            ingevoerd_op=utc(g.ingevoerd_op),
            tekst=event_in_words(g, v),
            wie=g.door.naam,
            organisatie=g.namens.naam,
            besluit=SOORTEN[g.soort].besluit,
            afgeweken=g.afgeweken,
            reden=g.reden,
            regels=tuple(g.regels),
            corrigeert=g.corrigeert_id,
        )
        for g in blad
    )
    return Bladzij(items, laatste if meer else None, laatste)


@asks
def list_decisions(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    na: Plaats | None = None,
    hoogstens: int = 50,
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> Bladzij:
    """What was decided in a casus against what was proposed, as far as it is in sight; a line in the log.

    Errors: as `list_events`."""
    te_zien = _opened(actor, op, casus_id, BESLUIT, "tijdlijn", "besluiten")
    v = Verteller(taal, lokaal(op).year, vertaal)
    blad, meer = _events(casus_id, te_zien, na, hoogstens, besluit=True)
    laatste = Plaats(blad[-1].ingevoerd_op, blad[-1].id) if blad else na
    items = tuple(
        BesluitUit(
            id=g.id,
            soort=g.soort,
            besloten_op=utc(g.gebeurd_op),
            besluit=event_in_words(g, v),
            voorstel=_proposal(g.voorstel, v),
            afgeweken=g.afgeweken,
            reden=g.reden,
            wie=g.door.naam,
            organisatie=g.namens.naam,
            regels=tuple(g.regels),
        )
        for g in blad
    )
    return Bladzij(items, laatste if meer else None, laatste)


def _opened(actor: Actor, op: datetime, casus_id: UUID, merk: str, onderdeel: str, deel: str) -> frozenset[str]:
    """The parts in sight, when this one is among them; the look, or the refusal, is a line in the log."""
    if not may(actor.rol, merk):
        raise GeenRecht(merk=merk)
    try:
        te_zien = parts_in_sight(actor, op, casus_id)
    except NietBetrokken:
        log.note(actor, "geweigerd", "casus", op, casus_id, geslaagd=False, toelichting="NietBetrokken")
        raise
    if onderdeel not in te_zien:
        log.note(actor, "geweigerd", "casus", op, casus_id, geslaagd=False, toelichting=f"{deel}: buiten zicht")
        raise GeenRecht(merk=merk)
    log.note(actor, "inzien", "casus", op, casus_id, toelichting=f"koppeling, {deel}: {' '.join(sorted(te_zien))}")
    return te_zien


def _events(
    casus_id: UUID, te_zien: frozenset[str], na: Plaats | None, hoogstens: int, besluit: bool
) -> tuple[list[Gebeurtenis], bool]:
    """Events in sight after a place, and whether there are more. The caller has checked the access."""
    soorten = [naam for naam, s in SOORTEN.items() if s.onderdeel in te_zien and (s.besluit or not besluit)]
    rijen = Gebeurtenis.objects.filter(casus_id=casus_id, soort__in=soorten).select_related("door", "namens")
    if na is not None:
        rijen = rijen.filter(Q(ingevoerd_op__gt=na.moment) | Q(ingevoerd_op=na.moment, id__gt=na.id))
    gevonden = list(rijen.order_by("ingevoerd_op", "id")[: hoogstens + 1])
    return gevonden[:hoogstens], len(gevonden) > hoogstens


def _proposal(voorstel: Mapping[str, Any] | None, v: Verteller) -> VoorstelUit | None:
    if not voorstel:
        return None
    return VoorstelUit(
        sleutel=str(voorstel.get("sleutel", "")),
        tekst=v.zin(str(voorstel.get("tekst", ""))),
        strekking=str(voorstel.get("strekking", "")),
        regels=tuple(voorstel.get("regels", ())),
        versie=voorstel.get("versie") or None,
    )


# ---- clocks and numbers ----------------------------------------------------------------------------------------------


@asks
def list_clocks(
    actor: Actor,
    op: datetime,
    na: Plaats | None = None,
    hoogstens: int = 50,
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> Bladzij:
    """The running terms of all casussen of the organisation, as far as they are in sight, the soonest first. One line in
    the log. Errors: `GeenRecht`."""
    if not may(actor.rol, CASUS):
        raise GeenRecht(merk=CASUS)
    v = Verteller(taal, lokaal(op).year, vertaal)
    rijen = Klok.objects.filter(_clocks_in_sight(actor, op), geeindigd_op__isnull=True)
    if na is not None:
        rijen = rijen.filter(Q(uiterlijk__gt=na.moment) | Q(uiterlijk=na.moment, id__gt=na.id))
    gezien = list(rijen.order_by("uiterlijk", "id")[: hoogstens + 1])
    blad = gezien[:hoogstens]
    log.note(actor, "inzien", "casus", op, toelichting=f"klokken voor een koppeling: {len(blad)}")
    laatste = Plaats(blad[-1].uiterlijk, blad[-1].id) if blad else None
    items = tuple(
        KlokUit(
            id=k.id,
            casus_id=k.casus_id,
            sleutel=k.sleutel,
            wat=v.zin(k.wat),
            eigenaar=v.zin(PARTIJEN.get(k.eigenaar, k.eigenaar)),
            begonnen_op=utc(k.begonnen_op),
            uiterlijk=utc(k.uiterlijk),
            hele_dag=k.hele_dag,
            strekking=k.strekking,
            regels=tuple(k.regels),
            open_vraag=k.open_vraag,
            geeindigd_op=None,
            uitkomst="",
            reden=k.reden,
        )
        for k in blad
    )
    return Bladzij(items, laatste if len(gezien) > hoogstens else None, laatste)


def _clocks_in_sight(actor: Actor, op: datetime) -> Q:
    """Of which casussen which clocks are seen: each clock goes with a part (`KLOKDEEL`)."""
    per_zicht: dict[frozenset[str], list[UUID]] = {}
    for casus_id, eigen in lopend(actor, op).items():
        per_zicht.setdefault(zicht(actor.rol, eigen.delen), []).append(casus_id)
    gezien = Q(pk__in=())
    for te_zien, casussen in per_zicht.items():
        if "klokken" not in te_zien:
            continue
        hier = Q(casus_id__in=casussen)
        for woord, onderdeel in KLOKDEEL.items():
            if onderdeel not in te_zien:
                hier &= ~Q(sleutel=woord) & ~Q(sleutel__startswith=f"{woord}.")
        gezien |= hier
    return gezien


@dataclass(frozen=True)
class NummerUit:
    """Een nummer van de bellijst."""

    __pydantic_config__ = HANDLEIDING

    soort: str
    """Wat voor organisatie; `dienst` voor wie nu dienst heeft."""
    naam: str
    """Van wie."""
    telefoon: str
    """Het nummer dat nu wordt opgenomen; leeg als niemand opneemt."""
    open: bool
    """Of er nu wordt opgenomen."""
    uitleg: str
    """Wat het voor nummer is, of tot wanneer het dicht is."""
    later: str
    """Het nummer in kantoortijd, als nu niemand opneemt."""
    gemeente: str
    """Van welke gemeente, bij een toegang."""


def list_numbers(actor: Actor, op: datetime, taal: str = "nl", vertaal: Vertaler = T) -> tuple[NummerUit, ...]:
    """Who to call in the region now. It names no family. Errors: `GeenRecht`."""
    lijst = who_to_call(actor, op, None, taal, vertaal)
    per_soort = [("dienst", lijst.dienst), *((groep.soort, groep.nummers) for groep in lijst.groepen)]
    return tuple(
        NummerUit(str(soort), n.naam, n.telefoon, n.open, n.uitleg, n.later, n.zoekwoorden)
        for soort, nummers in per_soort
        for n in nummers
    )
