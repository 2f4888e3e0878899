# SPDX-License-Identifier: EUPL-1.2
"""Keys for systems of organisations: making one, taking it back, and who asks behind a key that is shown.

A key belongs to one organisation and acts in that organisation's ordinary function, so every filter holds for it as for
a person there; its scopes say which lines of the rights table it may use of those (docs/besluiten/0015).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from vangnet.conf.identifiers import new_id

from . import tegoed
from .actor import Actor
from .log import note
from .models import Koppeling, Medewerker, Organisatie, Rol, Soort
from .rechten import may
from .weigering import Weigering

BEHEREN = "koppeling.beheren"
SCOPES = (
    "melding.opnemen",
    "casus.inzien",
    "besluit.inzien",
    "aanbod.inzien",
    "aanbod.beantwoorden",
    "bellen.inzien",
)
"""The lines of the rights table that a key can be given."""
ROL_VAN: dict[str, str] = {
    Soort.CRISISDIENST: Rol.CRISISMEDEWERKER,
    Soort.TOEGANG: Rol.TOEGANGSMEDEWERKER,
    Soort.GI: Rol.JEUGDBESCHERMER,
    Soort.VEILIG_THUIS: Rol.MEDEWERKER_VEILIG_THUIS,
    Soort.ZORGAANBIEDER: Rol.PLANNER,
    Soort.TAFEL: Rol.TAFELLID,
}
"""The ordinary function of each kind of organisation that works with families: what its keys act as."""
STANDAARD = timedelta(days=365)
LANGST = timedelta(days=2 * 365)
VORM = re.compile(r"vn_[A-Za-z0-9_-]{43}")
BEGIN = 9
"""Signs of a key that may be shown: `vn_` and six more; 37 remain secret."""
BIJWERKEN = timedelta(minutes=1)


class SleutelOntbreekt(Weigering):
    """Dit vraagt een sleutel. Stuur hem mee als: Authorization: Bearer vn_..."""


class SleutelOnbekend(Weigering):
    """Deze sleutel geldt niet. Vraag de beheerder van je regio om een nieuwe."""


class SleutelVerlopen(Weigering):
    """Deze sleutel is verlopen of ingetrokken. Vraag de beheerder van je regio om een nieuwe."""


class SleutelWacht(Weigering):
    """Deze sleutel is nog niet bevestigd. Vraag een tweede beheerder, of de coördinator van de organisatie, dat te doen."""


class BuitenSleutel(Weigering):
    """Deze sleutel is hier niet voor gemaakt.

    `details`: scope, the scope that is asked for."""


class TeVeelVerzoeken(Weigering):
    """Dit zijn te veel verzoeken achter elkaar. Wacht even en probeer het dan opnieuw.

    `details`: wacht, in seconds."""


class MagKoppelingNiet(Weigering):
    """Je functie mag geen koppelingen beheren."""


class KoppelingOnbekend(Weigering):
    """Deze koppeling is er niet in jouw regio."""


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """A key that was just made; `sleutel` is nowhere else."""

    id: UUID
    sleutel: str


@dataclass(frozen=True, slots=True)
class Koppelingregel:
    """A key as Beheer lists it."""

    id: UUID
    naam: str
    organisatie: str
    begin: str
    scopes: tuple[str, ...]
    door: str
    op: datetime
    geldig_tot: datetime
    ingetrokken_op: datetime | None
    gebruikt_op: datetime | None
    stand: str
    """wacht (on a second person), onbevestigd (nobody did in time), geldt, verloopt (within a month), verlopen, ingetrokken."""
    bevestigd_door: str = ""


BIJNA = timedelta(days=30)
BEVESTIGEN_BINNEN = timedelta(days=7)
"""How long a new key waits for its second person; after that it is made anew."""


def scopes_for(soort: str) -> tuple[str, ...]:
    """What a key of an organisation of this kind can be given; nothing for one that works with no families."""
    rol = ROL_VAN.get(soort)
    return tuple(scope for scope in SCOPES if rol is not None and may(rol, scope))


def create(
    door: Actor | None, op: datetime, organisatie_id: UUID, naam: str, scopes: Iterable[str], geldig_tot: datetime
) -> Gemaakt:
    """Make a key; its value is in what this returns, and nowhere else. It opens nothing until a second person confirms it
    (`access.tweede`). `door` is None only for the demo, whose key needs none.

    Errors: `MagKoppelingNiet`; `KoppelingOnbekend` for an organisation of another region. The caller has checked the
    name, the scopes (`scopes_for`) and the day. IntegrityError when the organisation has a key of this name."""
    if door is not None and not may(door.rol, BEHEREN):
        raise MagKoppelingNiet
    gevonden = Organisatie.objects.filter(pk=organisatie_id, actief=True)
    organisatie = (gevonden if door is None else gevonden.filter(regio=door.regio)).first()
    if organisatie is None:
        raise KoppelingOnbekend
    sleutel = "vn_" + secrets.token_urlsafe(32)
    wie = Medewerker(naam=naam, email=f"{new_id()}@koppeling.invalid", is_active=False)
    wie.set_unusable_password()
    gekozen = [scope for scope in scopes_for(organisatie.soort) if scope in set(scopes)]
    with transaction.atomic():
        wie.naam = f"{naam} ({sleutel[:BEGIN]})"
        wie.save()
        koppeling = Koppeling.objects.create(
            organisatie=organisatie,
            medewerker=wie,
            naam=naam,
            begin=sleutel[:BEGIN],
            geheim=_hash(sleutel),
            scopes=gekozen,
            door_id=door.medewerker_id if door else None,
            op=op,
            geldig_tot=geldig_tot,
            bevestigd_op=None if door else op,
        )
        wat = f"{koppeling.begin} voor {organisatie.pk}: {', '.join(gekozen)}"
        note(door, "toevoegen", "koppeling", op, toelichting=wat)
    return Gemaakt(koppeling.pk, sleutel)


def revoke(door: Actor | None, op: datetime, koppeling_id: UUID) -> str:
    """Take a key back: its next request is refused. Returns its name; a second time changes nothing.

    Errors: `MagKoppelingNiet`, `KoppelingOnbekend`."""
    if door is not None and not may(door.rol, BEHEREN):
        raise MagKoppelingNiet
    with transaction.atomic():
        gezocht = Koppeling.objects.select_for_update().filter(pk=koppeling_id)
        koppeling = (gezocht if door is None else gezocht.filter(organisatie__regio=door.regio)).first()
        if koppeling is None:
            raise KoppelingOnbekend
        if koppeling.ingetrokken_op is None:
            koppeling.ingetrokken_op = op
            koppeling.save(update_fields=["ingetrokken_op"])
            note(door, "wijzigen", "koppeling", op, toelichting=f"{koppeling.begin} ingetrokken")
    return koppeling.naam


def list_keys(actor: Actor, op: datetime) -> list[Koppelingregel]:
    """The keys of the actor's region, running ones first, then by organisation and name; those that ended longest ago
    last. Errors: `MagKoppelingNiet`."""
    if not may(actor.rol, BEHEREN):
        raise MagKoppelingNiet
    rijen = Koppeling.objects.filter(organisatie__regio=actor.regio).select_related(
        "organisatie", "door", "bevestigd_door"
    )
    uit = [
        Koppelingregel(
            k.pk, k.naam, k.organisatie.naam, k.begin, tuple(k.scopes), k.door.naam if k.door else "", k.op,
            k.geldig_tot, k.ingetrokken_op, k.gebruikt_op, _stand(k, op), k.bevestigd_door.naam if k.bevestigd_door else "",
        )
        for k in rijen
    ]  # fmt: skip
    return sorted(uit, key=lambda k: (k.stand in ("verlopen", "ingetrokken", "onbevestigd"), k.organisatie, k.naam))


def _stand(k: Koppeling, op: datetime) -> str:
    if k.ingetrokken_op is not None:
        return "ingetrokken"
    if k.geldig_tot <= op:
        return "verlopen"
    if k.bevestigd_op is None:
        return "wacht" if op < k.op + BEVESTIGEN_BINNEN else "onbevestigd"
    return "verloopt" if k.geldig_tot - op < BIJNA else "geldt"


def enter(header: str, merk: str, op: datetime, adres: str | None) -> Actor:
    """Who asks behind an `Authorization` header, for one line of the rights table. Counts the request.

    Errors: `SleutelOntbreekt`, `SleutelOnbekend`, `SleutelVerlopen`, `SleutelWacht`, `BuitenSleutel`, `TeVeelVerzoeken`. Wrong keys and
    keys that reach too far leave a line in the log."""
    soort, _, sleutel = header.strip().partition(" ")
    if soort.lower() != "bearer" or not sleutel.strip():
        raise SleutelOntbreekt
    koppeling = _known(sleutel.strip())
    if koppeling is None or not koppeling.organisatie.actief:
        _wrong_key(op, adres)
        raise SleutelOnbekend
    actor = _actor(koppeling, adres)
    if koppeling.ingetrokken_op is not None or koppeling.geldig_tot <= op:
        _wrong_key(op, adres, actor)
        raise SleutelVerlopen
    if koppeling.bevestigd_op is None:
        _wrong_key(op, adres, actor, "niet bevestigd")
        raise SleutelWacht
    if wacht := tegoed.take(f"koppeling:{koppeling.pk}", tegoed.PER_KOPPELING, op):
        raise TeVeelVerzoeken(wacht=wacht)
    if koppeling.gebruikt_op is None or op - koppeling.gebruikt_op >= BIJWERKEN:
        nog_niet = Q(gebruikt_op__isnull=True) | Q(gebruikt_op__lt=op)
        Koppeling.objects.filter(nog_niet, pk=koppeling.pk).update(gebruikt_op=op)
    if merk not in koppeling.scopes or not may(actor.rol, merk):
        note(actor, "geweigerd", merk.partition(".")[0], op, geslaagd=False, toelichting=f"scope {merk}")
        raise BuitenSleutel(scope=merk)
    return actor


def _known(sleutel: str) -> Koppeling | None:
    """The key that this is, with its organisation; it is found by its hash, so nothing can be measured from the time
    it takes."""
    if not VORM.fullmatch(sleutel):
        return None
    return Koppeling.objects.select_related("organisatie", "medewerker").filter(geheim=_hash(sleutel)).first()


def _actor(koppeling: Koppeling, adres: str | None) -> Actor:
    bij = koppeling.organisatie
    return Actor(
        medewerker_id=koppeling.medewerker_id,
        naam=koppeling.medewerker.naam,
        organisatie_id=bij.pk,
        organisatie=bij.naam,
        soort=bij.soort,
        rol=ROL_VAN.get(bij.soort, ""),
        regio=bij.regio,
        gemeente=bij.gemeente,
        adres=adres,
        verzoek=uuid4(),
        koppeling_id=koppeling.pk,
    )


def _wrong_key(op: datetime, adres: str | None, actor: Actor | None = None, waarom: str = "") -> None:
    """Count a key that does not hold against the address it came from, and note it. Errors: `TeVeelVerzoeken`, and then
    nothing is noted: a flood does not fill the log."""
    if wacht := tegoed.take(tegoed.address_key(adres), tegoed.PER_ADRES, op):
        raise TeVeelVerzoeken(wacht=wacht)
    waarom = waarom or ("verlopen of ingetrokken" if actor else "onbekend")
    note(actor, "geweigerd", "koppeling", op, geslaagd=False, toelichting=f"sleutel {waarom}", adres=adres)


def _hash(sleutel: str) -> str:
    """A plain hash: 256 random bits cannot be guessed, so there is nothing to slow down."""
    return hashlib.sha256(sleutel.encode()).hexdigest()
