# SPDX-License-Identifier: EUPL-1.2
"""A call as its screen shows it: the answers, what the agreements make of them, and which calls of the service are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Soort
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, zicht, zichtbaar
from vangnet.casework.models import Adres, Casus, Melding
from vangnet.rules.advies import Advies
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import lokaal

from . import current_register
from .advise_dossier import advise_dossier
from .answers import adres_id, answered, kind_id, values
from .dossier import Dossier, casussen_van, read_dossier
from .give_advice import advise, gemeenten_op
from .propose_outcome import Uitkomstvoorstel, propose_outcome
from .take_melding import MERK
from .weigeringen import GeenRecht, NietBetrokken


@dataclass(frozen=True)
class Kind:
    """A child on the form: its id, and whether it is on record yet."""

    id: UUID
    bewaard: bool
    ongeboren: bool = False


@dataclass(frozen=True)
class Meldingbeeld:
    """A call as its page needs it. A call of which nothing has been saved yet has no casus."""

    id: UUID
    casus_id: UUID | None
    nummer: str
    begonnen_op: datetime
    door: str
    van_mij: bool
    geparkeerd: bool
    afgerond: bool
    uitkomst: str
    versie: int
    waarden: Mapping[str, str]
    """Per answer of the form what stands there; of a secret address nothing."""
    beantwoord: tuple[bool, ...]
    kinderen: tuple[Kind, ...]
    geheim: bool
    gemeenten: tuple[str, ...]
    oefening: bool
    advies: Advies | None
    fouten: tuple[str, ...]
    """What in the answers contradicts itself, in words; left out of the advice."""
    voorstel: Uitkomstvoorstel | None
    feiten: Mapping[str, Any] = field(default_factory=dict)
    """The facts as they stand, by path: for the answers that are given beside the form."""


@dataclass(frozen=True)
class OpenMelding:
    """A call that somebody of the own service began and nobody finished."""

    id: UUID
    casus_id: UUID
    nummer: str
    begonnen_op: datetime
    door: str
    van_mij: bool
    geparkeerd_op: datetime | None
    voornaam: str
    minuten: int
    """Whole minutes since it began."""
    oefening: bool


@dataclass(frozen=True)
class Belkaart:
    """Whom to call: an organisation with its numbers."""

    naam: str
    telefoon: str
    telefoon_buiten: str
    bereikbaar: str


@asks
def show_melding(
    actor: Actor, op: datetime, melding_id: UUID, toon_adres: bool = False, noteer: bool = True
) -> Meldingbeeld:
    """The call, or an empty form when nothing of it was saved. Every look is a line in the log, and a look at a secret
    address (`toon_adres`) one of its own; without `noteer` it is the advice beside a page that was logged already.

    Errors: `GeenRecht`; `NietBetrokken` when it is there but not for this organisation."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    casus_id = casussen_van([melding_id]).get(melding_id)
    if casus_id is None:
        return _leeg(actor, op, melding_id)
    d, in_zicht = _dossier(actor, op, casus_id)
    if noteer:
        log.note(actor, "inzien", "melding", op, casus_id)
    melding = next(m for m in d.meldingen if m.id == melding_id)
    adres = None
    if "adres" in in_zicht and (not d.casus.geheim or toon_adres):
        adres = Adres.objects.filter(id=adres_id(melding_id), casus_id=casus_id).first()
        if d.casus.geheim:
            log.note(actor, "inzien", "adres", op, casus_id, toelichting="geheim adres getoond")
    waarden = values(d, adres)
    toon_adres = toon_adres and "adres" in in_zicht
    if d.casus.geheim and "adres" not in in_zicht:
        waarden |= {"gemeente": "", "gemeente_buiten": ""}
    if d.casus.geheim:
        waarden["plek.geheim"] = "ja"
        if not toon_adres:
            waarden["waar"] = ""
    beantwoord = answered(waarden | ({"waar": "geheim"} if d.casus.geheim else {}))
    advies, fouten = advise_dossier(d, op)
    kinderen = tuple(Kind(k.id, True, k.ongeboren) for k in d.kinderen) or (Kind(kind_id(melding_id), False),)
    return Meldingbeeld(
        melding_id,
        casus_id,
        d.casus.nummer,
        melding.op,
        d.naam(melding.opgenomen_door_id),
        melding.opgenomen_door_id == actor.medewerker_id,
        melding.geparkeerd_op is not None,
        melding.afgerond_op is not None or d.casus.gesloten_op is not None,
        melding.uitkomst,
        d.casus.versie,
        waarden,
        tuple(beantwoord),
        kinderen,
        d.casus.geheim,
        _gemeenten(advies.afspraken if advies else None, op),
        d.casus.oefening,
        advies,
        tuple(f"{f.waar}: {f.gevonden}" for f in fouten),
        propose_outcome(d, advies),
        {f.veld: f.waarde for f in d.feiten if not d.betrays(f.veld, f.waarde)},
    )


def _leeg(actor: Actor, op: datetime, melding_id: UUID) -> Meldingbeeld:
    register = current_register()
    feiten = {"regio": actor.regio, "moment": op.isoformat(), "melding": {"op": op.isoformat(), "vraag": "crisis"}}
    advies = advise(feiten, register)
    waarden = {"melding.vraag": "crisis"}
    return Meldingbeeld(
        melding_id, None, "", op, actor.naam, True, False, False, "", 0, waarden, tuple(answered(waarden)),
        (Kind(kind_id(melding_id), False),), False, _gemeenten(register.op(actor.regio, op), op), False, advies, (), None,
    )  # fmt: skip


def _gemeenten(afspraken: Afspraken | None, op: datetime) -> tuple[str, ...]:
    return tuple(sorted(g.naam for g in gemeenten_op(afspraken, lokaal(op).date()))) if afspraken else ()


def _dossier(actor: Actor, op: datetime, casus_id: UUID) -> tuple[Dossier, frozenset[str]]:
    in_delen = delen(actor, casus_id, op)
    in_zicht = zicht(actor.rol, in_delen)
    d = read_dossier(casus_id) if {"melding", "triage", "kern"} <= in_zicht else None
    if d is None:
        log.note(actor, "geweigerd", MERK, op, casus_id, geslaagd=False, toelichting="NietBetrokken")
        raise NietBetrokken(casus=str(casus_id))
    return d, in_zicht


@asks
def is_author(actor: Actor, op: datetime, melding_id: UUID) -> bool:
    """Whether this person writes this call: he began it or took it over, or nothing of it is on record yet. Only he may
    go on writing while his session is locked."""
    door = Melding.objects.filter(id=melding_id).values_list("opgenomen_door_id", flat=True).first()
    return door in (None, actor.medewerker_id)


@asks
def casus_of(actor: Actor, op: datetime, melding_id: UUID) -> UUID:
    """The casus that a call is about now: that of the call it was joined to, else its own. Errors: `NietBetrokken`."""
    rij = (
        Casus.objects.filter(meldingen=melding_id, id__in=zichtbaar(actor, op))
        .values_list("id", "gevoegd_bij_id")
        .first()
    )
    if rij is None:
        raise NietBetrokken(melding=str(melding_id))
    return rij[1] or rij[0]


@asks
def open_meldingen(actor: Actor, op: datetime) -> list[OpenMelding]:
    """The calls of the own service that nobody finished, the oldest first: drafts, parked ones, and those left behind."""
    if not may(actor.rol, MERK):
        return []
    rijen = (
        Melding.objects.filter(
            afgerond_op__isnull=True,
            casus__gesloten_op__isnull=True,
            opgenomen_bij_id=actor.organisatie_id,
            casus_id__in=zichtbaar(actor, op),
        )
        .select_related("casus", "opgenomen_door")
        .order_by("op", "id")
    )
    return [
        OpenMelding(
            m.id,
            m.casus_id,
            m.casus.nummer,
            m.op,
            m.opgenomen_door.naam,
            m.opgenomen_door_id == actor.medewerker_id,
            m.geparkeerd_op,
            next((k["naam"].split()[0] for k in m.casus.beeld.get("kinderen", ()) if k["naam"]), ""),
            max(int((op - m.op).total_seconds() // 60), 0),
            m.casus.oefening,
        )
        for m in rijen
    ]


def phone_cards(actor: Actor, gemeente: str = "") -> list[Belkaart]:
    """Whom to call when a call is passed on: Veilig Thuis, the GIs and the access of the municipality, by name."""
    rijen = Organisatie.objects.filter(regio=actor.regio, actief=True).exclude(telefoon="", telefoon_buiten="")
    soorten = (Soort.VEILIG_THUIS, Soort.GI, Soort.TOEGANG)
    return [
        Belkaart(o.naam, o.telefoon, o.telefoon_buiten, o.bereikbaar)
        for o in rijen.filter(soort__in=soorten).order_by("soort", "naam")
        if o.soort != Soort.TOEGANG or (gemeente and o.gemeente == gemeente)
    ]
