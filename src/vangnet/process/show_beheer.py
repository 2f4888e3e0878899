# SPDX-License-Identifier: EUPL-1.2
"""What Beheer shows: the people of a region per organisation, the organisations, and what of a leaver is still open.

Nothing here names a child or opens a casus: of casussen and tasks only numbers are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q

from vangnet.access.accounts import PAST_BIJ
from vangnet.access.actor import Actor
from vangnet.access.models import (
    Functie,
    Logregel,
    Medewerker,
    Organisatie,
    Rol,
    Soort,
    Uitnodiging,
)
from vangnet.access.slot import asking, asks
from vangnet.policy.fouten import Ongeldig

from . import current_register


@dataclass(frozen=True)
class Functieregel:
    """What a person does, or did, for an organisation."""

    id: UUID
    rol: str
    rolnaam: str
    organisatie_id: UUID
    organisatie: str
    van: datetime
    tot: datetime | None


@dataclass(frozen=True)
class Persoonsregel:
    """A person as an administrator sees him."""

    id: UUID
    naam: str
    email: str
    telefoon: str
    opleiding: str
    stand: str
    """uitgenodigd, verlopen (the invitation was not used in time), actief, vertrokken."""
    laatst: datetime | None
    """When he last signed in."""
    uitnodiging_tot: datetime | None
    functies: tuple[Functieregel, ...]
    casussen: int = 0
    """Casussen that are in his name still; counted only for who left."""
    taken: int = 0
    """Tasks in his name that are not done; counted only for who left."""
    zelf: bool = False

    @property
    def lopend(self) -> tuple[Functieregel, ...]:
        """The functions that run."""
        return tuple(f for f in self.functies if f.tot is None)


@dataclass(frozen=True)
class Organisatieregel:
    """An organisation of the region with its numbers."""

    id: UUID
    naam: str
    soort: str
    soortnaam: str
    gemeente: str
    telefoon: str
    telefoon_buiten: str
    bereikbaar: str
    postbus: str
    actief: bool
    mensen: int
    functies: tuple[tuple[str, str], ...] = ()
    """The functions that exist there, with their names."""


@dataclass(frozen=True)
class Groep:
    """An organisation with its people, those who left apart."""

    organisatie: Organisatieregel
    mensen: tuple[Persoonsregel, ...]
    vertrokken: tuple[Persoonsregel, ...]


@dataclass(frozen=True)
class Organisaties:
    """The organisations of a region, and the municipalities whose access is missing."""

    lijst: tuple[Organisatieregel, ...]
    zonder_toegang: tuple[str, ...] = ()
    gemeenten: tuple[str, ...] = field(default=())


@asks
def show_people(actor: Actor, op: datetime, zoek: str = "") -> list[Groep]:
    """The people of the region per organisation; a coordinator sees those of his own organisation only. `zoek` is a part
    of a name or address."""
    organisaties = _organisaties(actor)
    if actor.rol == Rol.COORDINATOR:
        organisaties = [o for o in organisaties if o.id == actor.organisatie_id]
    functies = (
        Functie.objects.filter(organisatie_id__in=[o.id for o in organisaties])
        .select_related("medewerker", "organisatie")
        .order_by("medewerker__naam", "van", "id")
    )
    if zoek.strip():
        gezocht = zoek.strip()[:120]
        functies = functies.filter(Q(medewerker__naam__icontains=gezocht) | Q(medewerker__email__icontains=gezocht))
    per: dict[UUID, dict[UUID, list[Functie]]] = {}
    wie: dict[UUID, Medewerker] = {}
    for functie in functies:
        per.setdefault(functie.organisatie_id, {}).setdefault(functie.medewerker_id, []).append(functie)
        wie[functie.medewerker_id] = functie.medewerker
    laatst, open_tot, nog = _erbij(list(wie), op)
    uit = []
    for organisatie in organisaties:
        regels = [
            _persoon(actor, wie[id_], rijen, laatst, open_tot, nog)
            for id_, rijen in per.get(organisatie.id, {}).items()
        ]
        if regels or not zoek.strip():
            uit.append(
                Groep(
                    organisatie,
                    tuple(r for r in regels if r.lopend),
                    tuple(r for r in regels if not r.lopend),
                )
            )
    return uit


def show_person(actor: Actor, medewerker_id: UUID, op: datetime) -> Persoonsregel | None:
    """One person with every function in this region; None when he has none there, or for a coordinator not with him."""
    functies = Functie.objects.filter(medewerker_id=medewerker_id, organisatie__regio=actor.regio)
    if actor.rol == Rol.COORDINATOR:
        functies = functies.filter(organisatie_id=actor.organisatie_id)
    rijen = list(functies.select_related("medewerker", "organisatie").order_by("van", "id"))
    if not rijen:
        return None
    with asking(actor, op):
        return _persoon(actor, rijen[0].medewerker, rijen, *_erbij([medewerker_id], op))


def show_organisations(actor: Actor) -> Organisaties:
    """Every organisation of the region, and which municipalities have no access on file."""
    lijst = _organisaties(actor, alle=True)
    gemeenten = municipalities(actor.regio)
    met = {o.gemeente.casefold() for o in lijst if o.soort == Soort.TOEGANG and o.actief}
    return Organisaties(tuple(lijst), tuple(g for g in gemeenten if g.casefold() not in met), gemeenten)


def municipalities(regio: str) -> tuple[str, ...]:
    """The municipalities of a region that exist now, by name; none for a region without agreements."""
    try:
        afspraken = current_register().op(regio, None)
    except Ongeldig:
        return ()
    return tuple(sorted(g.naam for g in afspraken.gemeenten if g.geldig_tot is None))


def _organisaties(actor: Actor, alle: bool = False) -> list[Organisatieregel]:
    rijen = Organisatie.objects.filter(regio=actor.regio)
    if not alle:
        rijen = rijen.filter(Q(actief=True) | Q(functies__isnull=False)).distinct()
    rijen = rijen.annotate(
        mensen=Count("functies__medewerker", filter=Q(functies__tot__isnull=True), distinct=True)
    ).order_by("soort", "naam")
    volgorde = {soort: n for n, soort in enumerate(Soort.values)}
    return sorted((_organisatie(o) for o in rijen), key=lambda o: (not o.actief, volgorde[o.soort], o.naam.casefold()))


def _organisatie(o: Organisatie) -> Organisatieregel:
    return Organisatieregel(
        o.pk, o.naam, o.soort, Soort(o.soort).label, o.gemeente, o.telefoon, o.telefoon_buiten, o.bereikbaar, o.postbus,
        o.actief, getattr(o, "mensen", 0),
        tuple((rol, Rol(rol).label) for rol, soorten in PAST_BIJ.items() if o.soort in soorten),
    )  # fmt: skip


def _erbij(
    wie: list[UUID], op: datetime
) -> tuple[dict[UUID, datetime], dict[UUID, datetime], dict[UUID, tuple[int, int]]]:
    """Per person the last sign-in, until when his invitation is open, and what is in his name still."""
    laatst = dict(
        Logregel.objects.filter(medewerker_id__in=wie, handeling="aanmelden", geslaagd=True)
        .values("medewerker_id")
        .annotate(laatst=Max("op"))
        .values_list("medewerker_id", "laatst")
    )
    open_tot = dict(
        Uitnodiging.objects.filter(medewerker_id__in=wie, gebruikt_op__isnull=True).values_list(
            "medewerker_id", "geldig_tot"
        )
    )
    with connection.cursor() as cursor:
        cursor.execute("select medewerker_id, casussen, taken from vangnet_in_handen(%s)", [wie])
        return laatst, open_tot, {id_: (casussen, taken) for id_, casussen, taken in cursor.fetchall()}


def _persoon(
    actor: Actor,
    m: Medewerker,
    rijen: list[Functie],
    laatst: dict[UUID, datetime],
    open_tot: dict[UUID, datetime],
    nog: dict[UUID, tuple[int, int]],
) -> Persoonsregel:
    lopend = any(f.tot is None for f in rijen)
    tot = open_tot.get(m.pk)
    if not lopend or not m.is_active:
        stand = "vertrokken"
    elif m.pk in laatst or m.has_usable_password():
        stand = "actief"
    else:
        stand = "uitgenodigd" if tot is not None else "verlopen"
    casussen, taken = (0, 0) if lopend else nog.get(m.pk, (0, 0))
    return Persoonsregel(
        m.pk, m.naam, m.email, m.telefoon, m.opleiding, stand, laatst.get(m.pk), tot,
        tuple(
            Functieregel(f.pk, f.rol, Rol(f.rol).label, f.organisatie_id, f.organisatie.naam, f.van, f.tot)
            for f in rijen
        ),
        casussen, taken, m.pk == actor.medewerker_id,
    )  # fmt: skip
