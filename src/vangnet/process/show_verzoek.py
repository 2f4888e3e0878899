# SPDX-License-Identifier: EUPL-1.2
"""Requests of families for who answers them: the list of the own organisation, one request with what comes next, the walk
through the file, and the copy as the second reader reads it. Every look is a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Medewerker
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, zicht
from vangnet.casework.models import Afschrift, Casus, Gebeurtenis, Passagekeuze, Taak, Verzoek, Verzoeksoort
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .klokken import REQUEST_CLOCK
from .passages import GRONDEN_WEG, Label
from .prepare_afschrift import (
    VOORBEREIDEN,
    VRIJGEVEN,
    Wandeling,
    chosen_by,
    copy_of,
    fingerprint,
    house_of,
    open_for,
    plain,
    walk_of,
)
from .show_casus_verloop import event_in_words
from .show_my_work import who_of
from .take_verzoek import BEHANDELEN, HERSTEL
from .verteller import Verteller
from .verzoek import (
    BEANTWOORDT,
    GEVRAAGD,
    GRONDEN,
    MET_AFSCHRIFT,
    STANDEN,
    WET,
    ZELF_VANAF,
    NietAanJullie,
    handler_of,
    last_day,
    name_of_asker,
    number_of_request,
    person_in_words,
    stand_of,
    warnings_of,
)
from .weigeringen import AlGedaan, GeenRecht, NogNietKlaar, OngeldigeInvoer

OPNEMEN, LIJST = "verzoek.opnemen", "verzoek.lijst"
GROOTSTE = 200
"""How many requests one list shows at most."""


@dataclass(frozen=True)
class Verzoekregel:
    """A request as a line: no word of the file."""

    id: UUID
    casus_id: UUID
    nummer: str
    soort: str
    wie: str
    """The child as a list may name it, or who asks, on the page of the casus."""
    stand: str
    ontvangen_op: datetime
    laatste_dag: Any
    te_laat: bool
    klaar_op: datetime | None
    klok: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Verzoekenstap:
    """What the step of a casus shows: who can ask, what was asked, and whether this organisation answers."""

    van_ons: bool
    behandelt: str
    mensen: tuple[tuple[str, str], ...]
    verzoeken: tuple[Verzoekregel, ...]


@dataclass(frozen=True)
class Verzoekbeeld:
    """One request with everything that was said and decided about it."""

    v: Mapping[str, Any]
    """Its fields, in words."""
    stand: str
    standzin: str
    waarschuwingen: tuple[str, ...]
    geheim: bool
    gronden: tuple[tuple[str, str], ...]
    herstellen: tuple[tuple[str, str], ...]
    """Events by which something was put right since it came in."""
    met_afschrift: bool
    vrijgegeven: bool
    ik_koos: bool
    """Whether this person had a hand in the choice, and so does not release."""
    casusnummer: str
    gesloten: bool


def _klok(v: Verzoek) -> dict[str, Any]:
    """Its term as a clock that a screen can show."""
    return {
        "sleutel": f"verzoek.{v.id}", "wat": REQUEST_CLOCK[v.soort], "begonnen_op": v.ontvangen_op.isoformat(),
        "uiterlijk": v.uiterlijk.isoformat(), "hele_dag": True, "strekking": "", "reden": "", "regels": [],
    }  # fmt: skip


def _line(v: Verzoek, nummer: str, wie: str, op: datetime, vrijgegeven: bool) -> Verzoekregel:
    return Verzoekregel(
        v.id, v.casus_id, nummer, GEVRAAGD[v.soort], wie, STANDEN[stand_of(v, vrijgegeven)], v.ontvangen_op, last_day(v),
        v.klaar_op is None and v.uiterlijk <= op, v.klaar_op, None if v.klaar_op else _klok(v),
    )  # fmt: skip


@asks
def list_requests(
    actor: Actor, op: datetime, taal: str = "nl", vertaal: Vertaler = T, note_look: bool = True
) -> tuple[Verzoekregel, ...]:
    """The requests that wait for this organisation: in what it leads, and in what is closed and it keeps the file of; the
    late ones first. Errors: `GeenRecht`."""
    if not may(actor.rol, LIJST):
        raise GeenRecht(merk=LIJST)
    v = Verteller(taal, lokaal(op).year, vertaal)
    delen: dict[UUID, set[str]] = {}
    for casus_id, deel in betrokken(actor, op).values_list("casus_id", "deel"):
        delen.setdefault(casus_id, set()).add(deel)
    mijn = [id_ for id_, in_ in delen.items() if in_ & BEANTWOORDT and "log" in zicht(actor.rol, in_)]
    rijen = list(
        Verzoek.objects.filter(klaar_op__isnull=True, casus_id__in=mijn).order_by("uiterlijk", "id")[:GROOTSTE]
    )
    casussen = {c.id: c for c in Casus.objects.filter(id__in={r.casus_id for r in rijen})}
    vrij = set(Afschrift.objects.filter(verzoek_id__in=[r.id for r in rijen]).values_list("verzoek_id", flat=True))
    uit = []
    for r in rijen:
        casus = casussen[r.casus_id]
        wie = who_of(casus, frozenset({"kern"}), v)
        uit.append(_line(r, f"{casus.nummer}-V{r.volgnummer}", wie, op, r.id in vrij))
    if note_look:
        log.note(actor, "inzien", "verzoek", op, toelichting="lijst")
    return tuple(uit[:GROOTSTE])


@asks
def list_orders(actor: Actor, op: datetime) -> tuple[tuple[UUID, str, str], ...]:
    """Casussen of which destruction was granted and that are still there: id, number, what is to be done. Errors:
    `GeenRecht`."""
    if not may(actor.rol, LIJST):
        raise GeenRecht(merk=LIJST)
    taken = Taak.objects.filter(voor_id=actor.organisatie_id, klaar_op__isnull=True, sleutel__startswith="wissen.")
    rijen = taken.filter(casus_id__in=betrokken(actor, op).values("casus_id")).select_related("casus")[:GROOTSTE]
    return tuple((t.casus_id, t.casus.nummer, t.wat) for t in rijen)


@asks
def show_requests(actor: Actor, op: datetime, casus_id: UUID) -> Verzoekenstap:
    """What the family of a casus asked, and who can ask. Errors: `NietBetrokken`, `GeenRecht`."""
    d, _ = open_for(actor, op, casus_id, OPNEMEN)
    wij = actor.organisatie_id == handler_of(d)
    vrij = set(Afschrift.objects.filter(casus_id=casus_id).values_list("verzoek_id", flat=True))
    mensen = [(str(p.id), person_in_words(p)) for p in d.mensen]
    mensen += [
        (str(k.id), f"{k.voornaam or T('het kind')} ({T('de jeugdige zelf')})")
        for k in d.kinderen
        if (leeftijd := d.leeftijd(k)) is None or leeftijd >= ZELF_VANAF
    ]
    log.note(actor, "inzien", "verzoek", op, casus_id, toelichting="verzoeken van het gezin")
    return Verzoekenstap(
        wij,
        d.naam(handler_of(d)),
        tuple(mensen),
        tuple(
            _line(v, number_of_request(d, v), name_of_asker(d, v) if wij else "", op, v.id in vrij)
            for v in reversed(d.verzoeken)
        ),
    )


@asks
def show_request(
    actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, taal: str = "nl", vertaal: Vertaler = T
) -> Verzoekbeeld:
    """One request, for the organisation that answers it. Errors: `NietBetrokken`, `GeenRecht`, `NietAanJullie`;
    `OngeldigeInvoer` for one of another casus."""
    d, v, _ = _opened(actor, op, casus_id, verzoek_id, BEHANDELEN)
    t = Verteller(taal, lokaal(op).year, vertaal)
    afschrift = Afschrift.objects.filter(verzoek_id=v.id).first()
    keuzes = list(Passagekeuze.objects.filter(verzoek_id=v.id))
    ids = [v.opgenomen_door_id, v.beoordeeld_door_id, v.aangeboden_door_id, v.besloten_door_id, v.fg_door_id]
    ids += [v.klaar_door_id, afschrift.voorbereid_door_id if afschrift else None]
    namen = dict(Medewerker.objects.filter(id__in=[i for i in ids if i]).values_list("id", "naam"))
    sinds = min(v.ontvangen_op, v.ingevoerd_op)
    herstel = Gebeurtenis.objects.filter(casus_id=casus_id, soort__in=HERSTEL, ingevoerd_op__gte=sinds).order_by("-id")
    stand = stand_of(v, afschrift is not None)
    log.note(actor, "inzien", "verzoek", op, casus_id, toelichting=f"verzoek {number_of_request(d, v)}")
    velden = {
        naam: getattr(v, naam)
        for naam in (
            "id", "soort", "wat", "ontvangen_op", "uiterlijk", "verlengd_op", "verlengd_reden", "identiteit", "mag_vragen",
            "mag_reden", "aangeboden_op", "teruggestuurd", "besluit", "grond", "reden", "besloten_op", "verklaring",
            "fg_akkoord", "fg_op", "fg_reden", "klaar_op", "klaar_hoe", "beoordeeld_op",
        )
    }  # fmt: skip
    velden |= {
        "nummer": number_of_request(d, v),
        "gevraagd": GEVRAAGD[v.soort],
        "wet": WET[v.soort],
        "wie": name_of_asker(d, v),
        "laatste_dag": last_day(v),
        "klok": None if v.klaar_op else _klok(v),
        "opgenomen_door": namen.get(v.opgenomen_door_id, ""),
        "beoordeeld_door": namen.get(v.beoordeeld_door_id, "") if v.beoordeeld_door_id else "",
        "aangeboden_door": namen.get(v.aangeboden_door_id, "") if v.aangeboden_door_id else "",
        "besloten_door": namen.get(v.besloten_door_id, "") if v.besloten_door_id else "",
        "voorbereid_door": namen.get(afschrift.voorbereid_door_id, "") if afschrift else "",
        "klaar_door": namen.get(v.klaar_door_id, "") if v.klaar_door_id else "",
        "grondnaam": GRONDEN[v.grond][0] if v.grond in GRONDEN else "",
    }
    return Verzoekbeeld(
        velden,
        stand,
        STANDEN[stand],
        tuple(warnings_of(d, v)),
        d.casus.geheim,
        tuple((k, naam) for k, (naam, soorten) in GRONDEN.items() if v.soort in soorten),
        tuple((str(g.id), event_in_words(g, t)) for g in herstel[:20]) if v.soort == Verzoeksoort.CORRECTIE else (),
        v.soort in MET_AFSCHRIFT,
        afschrift is not None,
        actor.medewerker_id in chosen_by(v, keuzes),
        d.casus.nummer,
        d.casus.gesloten_op is not None,
    )


@dataclass(frozen=True)
class Wandelbeeld:
    """The walk as its page draws it."""

    nummer: str
    wie: str
    waarschuwingen: tuple[str, ...]
    geheim: bool
    wandeling: Wandeling
    teruggestuurd: str
    gronden: tuple[tuple[str, str, bool], ...]
    """Per ground its key, its words, and whether the copy then says that something was left out."""


@asks
def show_walk(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, label: Label = plain) -> Wandelbeeld:
    """The file passage by passage, for the first hand. Errors: as `show_request`; `NogNietKlaar` while it is not clear who
    asks; `AlGedaan` when it lies ready or was decided."""
    d, v, te_zien = _opened(actor, op, casus_id, verzoek_id, VOORBEREIDEN)
    if v.soort not in MET_AFSCHRIFT:
        raise NogNietKlaar(wat=T("Bij dit verzoek hoort geen afschrift."))
    if v.besluit or v.aangeboden_op is not None:
        raise AlGedaan()
    if v.mag_vragen is not True or not v.identiteit:
        raise NogNietKlaar(wat=T("Ga eerst na wie vraagt en of die dit mag vragen."))
    keuzes = list(Passagekeuze.objects.filter(verzoek_id=v.id))
    log.note(actor, "inzien", "verzoek", op, casus_id, toelichting=f"kiezen voor {number_of_request(d, v)}")
    return Wandelbeeld(
        number_of_request(d, v), name_of_asker(d, v), tuple(warnings_of(d, v)), d.casus.geheim,
        walk_of(d, v, te_zien, keuzes, label), v.teruggestuurd,
        tuple((k, g.naam, g.te_zien) for k, g in GRONDEN_WEG.items()),
    )  # fmt: skip


@dataclass(frozen=True)
class Leesbeeld:
    """The copy as who asks will get it, for the second hand."""

    nummer: str
    wie: str
    waarschuwingen: tuple[str, ...]
    geheim: bool
    inhoud: Mapping[str, Any]
    gelezen: str
    """The fingerprint of what is read here."""
    nieuw: tuple[tuple[str, str], ...]
    """What came in after the walk, and is not in it: heading and name."""
    weg: tuple[tuple[str, str, str], ...]
    """What was left out: heading, name, ground. For the reader, never for who asks."""
    mag_vrijgeven: bool
    koos: str
    """Who chose."""


@asks
def show_reading(actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, label: Label = plain) -> Leesbeeld:
    """The copy before it is released. Errors: as `show_request`; `NogNietKlaar` when nothing lies ready; `AlGedaan`."""
    d, v, te_zien = _opened(actor, op, casus_id, verzoek_id, VRIJGEVEN)
    if v.besluit:
        raise AlGedaan()
    if v.aangeboden_op is None or v.aangeboden_door_id is None:
        raise NogNietKlaar(wat=T("Er ligt nog niets klaar om vrij te geven."))
    keuzes = list(Passagekeuze.objects.filter(verzoek_id=v.id))
    wandeling = walk_of(d, v, te_zien, keuzes, label)
    inhoud = copy_of(d, v, wandeling, v.aangeboden_op, house_of(d, actor.organisatie_id))
    log.note(actor, "inzien", "verzoek", op, casus_id, toelichting=f"lezen van {number_of_request(d, v)}")
    return Leesbeeld(
        number_of_request(d, v), name_of_asker(d, v), tuple(warnings_of(d, v)), d.casus.geheim, inhoud,
        fingerprint(inhoud),
        tuple((e.passage.kop, e.passage.naam) for e in wandeling.passages if not e.gekozen),
        tuple(
            (e.passage.kop, e.passage.naam, GRONDEN_WEG[e.keuze].naam)
            for e in wandeling.passages
            if e.gekozen and e.keuze in GRONDEN_WEG
        ),
        actor.medewerker_id not in chosen_by(v, keuzes),
        Medewerker.objects.values_list("naam", flat=True).get(id=v.aangeboden_door_id),
    )  # fmt: skip


def _opened(
    actor: Actor, op: datetime, casus_id: UUID, verzoek_id: UUID, merk: str
) -> tuple[Any, Verzoek, frozenset[str]]:
    d, te_zien = open_for(actor, op, casus_id, merk)
    v = next((een for een in d.verzoeken if een.id == verzoek_id), None)
    if v is None:
        raise OngeldigeInvoer(("verzoek", str(verzoek_id), T("een verzoek van deze casus")))
    if actor.organisatie_id != handler_of(d):
        raise NietAanJullie()
    return d, v, te_zien
