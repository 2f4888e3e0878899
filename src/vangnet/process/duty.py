# SPDX-License-Identifier: EUPL-1.2
"""Who has duty: a simple list per day, of one organisation; and who that is now and next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Functie, Organisatie, Rol, Soort
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering
from vangnet.capacity.models import Dienst
from vangnet.conf.compiled import Compiled
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T

from .invoer import Onleesbaar, dag, gevonden, moment
from .weigeringen import GeenRecht, OngeldigeInvoer

INZIEN, WIJZIGEN = "rooster.inzien", "rooster.wijzigen"
TAKEN: dict[str, str] = {
    "coordinator": T("Coördinator"),
    "voorwacht": T("Voorwacht"),
    "achterwacht": T("Achterwacht"),
    "gedragswetenschapper": T("Gedragswetenschapper"),
    "psychiater": T("Psychiater"),
}
"""As what somebody has duty, in the order of the list."""
LANGST = timedelta(hours=72)
"""The longest duty that can be entered: a long weekend of standby (ours)."""
VOORUIT = timedelta(hours=24)


class DienstOnbekend(Weigering):
    """Deze dienst staat niet meer in het rooster."""


class RoosterOnbekend(Weigering):
    """Van deze organisatie is er hier geen rooster."""


@dataclass(frozen=True)
class Wacht:
    """One person on duty."""

    id: UUID
    naam: str
    telefoon: str
    taak: str
    van: datetime
    tot: datetime
    nu: bool


@dataclass(frozen=True)
class Roosterdag:
    """One day of the roster with the duties that begin on it or run into it."""

    dag: date
    diensten: tuple[Wacht, ...]


@dataclass(frozen=True)
class Rooster:
    """A week of one organisation."""

    organisatie_id: UUID
    organisatie: str
    organisaties: tuple[tuple[UUID, str], ...]
    """Those of which this person may see the roster."""
    week: tuple[Roosterdag, ...]
    mensen: tuple[tuple[UUID, str], ...]
    """Who can be put on it; empty for who may only look."""
    mag_wijzigen: bool


def who_is_on(actor: Actor, op: datetime) -> tuple[Wacht, ...]:
    """Who of the own organisation has duty now, and who begins within a day: one statement."""
    rijen = _BINNENKORT(actor.organisatie_id, op, op + VOORUIT)
    wie = [Wacht(*rij, nu=rij[4] <= op < rij[5]) for rij in rijen]
    volgorde = list(TAKEN)
    return tuple(
        sorted(
            wie,
            key=lambda w: (not w.nu, volgorde.index(w.taak) if w.taak in TAKEN else 9, w.van, w.naam),
        )
    )


_BINNENKORT = Compiled(
    lambda organisatie_id, van, tot: (
        Dienst.objects.filter(organisatie_id=organisatie_id, tot__gt=van, van__lt=tot)
        .order_by("van", "medewerker__naam", "id")
        .values_list("id", "medewerker__naam", "medewerker__telefoon", "taak", "van", "tot")
    ),
    UUID(int=1),
    datetime(2000, 1, 1, tzinfo=UTC),
    datetime(2000, 1, 2, tzinfo=UTC),
)


def _wacht(rij: Dienst, op: datetime) -> Wacht:
    m = rij.medewerker
    return Wacht(rij.id, m.naam, m.telefoon, rij.taak, rij.van, rij.tot, rij.van <= op < rij.tot)


def show_roster(actor: Actor, op: datetime, eerste: date | None = None, organisatie_id: UUID | None = None) -> Rooster:
    """The week in which `eerste` falls (else this one). The names in it are of colleagues, not of families.

    Errors: `GeenRecht`, `RoosterOnbekend`."""
    if not may(actor.rol, INZIEN):
        raise GeenRecht(merk=INZIEN)
    diensten = _organisaties(actor)
    eigen = next((o for o in diensten if o.id == (organisatie_id or actor.organisatie_id)), None)
    if eigen is None and organisatie_id is None:
        eigen = next(iter(diensten), None)
    if eigen is None:
        raise RoosterOnbekend
    dag_ = eerste or lokaal(op).date()
    maandag = dag_ - timedelta(days=dag_.weekday())
    van, tot = _begin(maandag), _begin(maandag + timedelta(days=7))
    rijen = list(
        Dienst.objects.filter(organisatie_id=eigen.id, van__lt=tot, tot__gt=van)
        .select_related("medewerker")
        .order_by("van", "medewerker__naam", "id")
    )
    week = []
    for n in range(7):
        vandaag = maandag + timedelta(days=n)
        op_dag = [r for r in rijen if lokaal(r.van).date() == vandaag or (n == 0 and r.van < van)]
        week.append(Roosterdag(vandaag, tuple(_wacht(r, op) for r in op_dag)))
    mag = _mag(actor, eigen)
    return Rooster(
        eigen.id,
        eigen.naam,
        tuple((o.id, o.naam) for o in diensten),
        tuple(week),
        tuple(_mensen(eigen.id, op)) if mag else (),
        mag,
    )


def _begin(dag_: date) -> datetime:
    return datetime.combine(dag_, time(), AMSTERDAM)


def _organisaties(actor: Actor) -> list[Organisatie]:
    """The organisations of which this person sees the roster: his own, and the crisis services of the region."""
    rijen = Organisatie.objects.filter(regio=actor.regio, actief=True).order_by("naam")
    return [
        o for o in rijen if o.soort == Soort.CRISISDIENST or (o.id == actor.organisatie_id and o.soort != Soort.REGIO)
    ]


def _mag(actor: Actor, bij: Organisatie) -> bool:
    """A coordinator writes the roster of his own organisation, a beheerder those of his region."""
    if not may(actor.rol, WIJZIGEN) or bij.regio != actor.regio:
        return False
    return actor.rol == Rol.BEHEERDER or bij.id == actor.organisatie_id


def _mensen(organisatie_id: UUID, op: datetime) -> list[tuple[UUID, str]]:
    rijen = (
        Functie.objects.filter(organisatie_id=organisatie_id, van__lte=op, medewerker__is_active=True)
        .exclude(tot__lte=op)
        .order_by("medewerker__naam")
        .values_list("medewerker_id", "medewerker__naam")
    )
    return list(dict.fromkeys(rijen))


def add_duty(actor: Actor, op: datetime, organisatie_id: UUID, velden: Mapping[str, str]) -> UUID:
    """Put somebody on the roster; `velden` are `wie`, `taak`, `dag`, `van` and `tot` (an end before the begin is on the
    next day). The same duty twice is one. Returns its id.

    Errors: `OngeldigeInvoer` naming every field, also for an hour that does not exist; `RoosterOnbekend`; `GeenRecht`."""
    bij = _schrijf(actor, organisatie_id)
    fouten: list[tuple[str, str, str]] = []
    wie = next((id_ for id_, _ in _mensen(bij.id, op) if str(id_) == velden.get("wie", "")), None)
    if wie is None:
        fouten.append(("wie", gevonden(velden.get("wie") or T("niets")), T("iemand die bij deze organisatie werkt")))
    taak = velden.get("taak", "")
    if taak not in TAKEN:
        fouten.append(("taak", gevonden(taak or T("niets")), T("één van ") + ", ".join(TAKEN)))
    dag_ = _lees_dag(velden, fouten)
    van = _lees_tijd("van", velden, dag_, fouten)
    tot = _lees_tijd("tot", velden, dag_, fouten)
    if dag_ and van and tot and tot <= van:
        tot = _lees_tijd("tot", velden, dag_ + timedelta(days=1), fouten)
    if van and tot and not fouten and not timedelta() < tot - van <= LANGST:
        fouten.append(("tot", gevonden(velden.get("tot")), T("een einde na het begin, hooguit drie dagen later")))
    if fouten or van is None or tot is None or wie is None:
        raise OngeldigeInvoer(*fouten)
    with transaction.atomic():
        Organisatie.objects.select_for_update().get(pk=bij.id)
        rij, nieuw = Dienst.objects.get_or_create(organisatie_id=bij.id, medewerker_id=wie, taak=taak, van=van, tot=tot)
        if nieuw:
            log.note(actor, "toevoegen", "rooster", op, toelichting=f"{taak} {wie} {van.isoformat()}")
    return rij.id


def read_day(ruw: str) -> date | None:
    """A day as people write it; None when it cannot be read."""
    try:
        gelezen = dag(ruw)
    except Onleesbaar:
        return None
    return gelezen if gelezen and 2000 <= gelezen.year <= 2099 else None


def _lees_dag(velden: Mapping[str, str], fouten: list[tuple[str, str, str]]) -> date | None:
    try:
        dag_ = dag(velden.get("dag", ""))
    except Onleesbaar as fout:
        fouten.append(("dag", gevonden(velden.get("dag")), str(fout)))
        return None
    if dag_ is None:
        fouten.append(("dag", T("niets"), T("een dag zoals 30-06-2010")))
    return dag_


def _lees_tijd(
    naam: str, velden: Mapping[str, str], dag_: date | None, fouten: list[tuple[str, str, str]]
) -> datetime | None:
    """A time of the clock on a day; the hour that does not exist in March is refused by `moment`."""
    ruw = str(velden.get(naam, "")).strip().replace(".", ":")
    if dag_ is None:
        return None
    try:
        tijd = time.fromisoformat(ruw.zfill(5) if ":" in ruw else f"{ruw.zfill(2)}:00")
        if tijd.tzinfo is not None or not ruw:
            raise ValueError
        return moment(f"{dag_.isoformat()}T{tijd:%H:%M}")
    except Onleesbaar as fout:
        fouten.append((naam, gevonden(ruw), str(fout)))
    except ValueError:
        fouten.append((naam, gevonden(ruw or T("niets")), T("een tijd zoals 23:30")))
    return None


def remove_duty(actor: Actor, op: datetime, dienst_id: UUID) -> UUID:
    """Take somebody off the roster; returns the organisation. Errors: `DienstOnbekend`, `GeenRecht`."""
    with transaction.atomic():
        rij = Dienst.objects.select_for_update().filter(pk=dienst_id).first()
        if rij is None:
            raise DienstOnbekend
        bij = _schrijf(actor, rij.organisatie_id)
        wat = f"{rij.taak} {rij.medewerker_id} {rij.van.isoformat()}"
        rij.delete()
        log.note(actor, "beëindigen", "rooster", op, toelichting=wat)
    return bij.id


def _schrijf(actor: Actor, organisatie_id: UUID) -> Organisatie:
    if not may(actor.rol, WIJZIGEN):
        raise GeenRecht(merk=WIJZIGEN)
    bij = Organisatie.objects.filter(pk=organisatie_id, regio=actor.regio, actief=True).first()
    if bij is None:
        raise RoosterOnbekend
    if not _mag(actor, bij):
        raise GeenRecht(merk=WIJZIGEN)
    return bij
