# SPDX-License-Identifier: EUPL-1.2
"""Keys for systems of organisations, as an administrator makes and ends them; faults get the name of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from vangnet.access import koppelingen
from vangnet.access.actor import Actor
from vangnet.access.koppelingen import Gemaakt, Koppelingregel
from vangnet.access.models import Organisatie
from vangnet.access.rechten import may
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T

from .invoer import Onleesbaar, gevonden, tekst
from .invoer import dag as lees_dag
from .weigeringen import GeenRecht, OngeldigeInvoer

LANGSTE_NAAM = 40
SCOPENAAM: dict[str, str] = {
    "melding.opnemen": T("Een melding sturen en volgen (alleen een crisisdienst)"),
    "casus.inzien": T("Casussen, gebeurtenissen en klokken lezen"),
    "besluit.inzien": T("Voorstellen en besluiten lezen"),
    "aanbod.inzien": T("Vragen aan de organisatie lezen"),
    "aanbod.beantwoorden": T("Ja of nee van een medewerker doorgeven"),
    "bellen.inzien": T("De bellijst lezen"),
}
"""What each scope opens, as an administrator reads it."""


@dataclass(frozen=True)
class Houder:
    """An organisation that can have a key, with the scopes that fit it."""

    id: UUID
    naam: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Sleutel:
    """A key that was just made, to be shown once."""

    gemaakt: Gemaakt
    naam: str
    organisatie: str
    scopes: tuple[str, ...]
    geldig_tot: datetime
    organisatie_id: UUID


def list_koppelingen(actor: Actor, op: datetime) -> list[Koppelingregel]:
    """The keys of the region. Errors: `GeenRecht`."""
    if not may(actor.rol, koppelingen.BEHEREN):
        raise GeenRecht(merk=koppelingen.BEHEREN)
    return koppelingen.list_keys(actor, op)


def holders(actor: Actor) -> list[Houder]:
    """The active organisations of the region that work with families, by name."""
    rijen = Organisatie.objects.filter(regio=actor.regio, actief=True).order_by("naam")
    return [Houder(o.pk, o.naam, scopes) for o in rijen if (scopes := koppelingen.scopes_for(o.soort))]


def last_day(op: datetime) -> date:
    """The day until which a key holds when nothing else is chosen: a year."""
    return lokaal(op + koppelingen.STANDAARD).date()


def last_day_of(geldig_tot: datetime) -> date:
    """The last day on which a key holds that ends at this moment."""
    return lokaal(geldig_tot - timedelta(seconds=1)).date()


def make_koppeling(actor: Actor, op: datetime, velden: Mapping[str, str], scopes: Sequence[str]) -> Sleutel:
    """Make a key: `organisatie` (id), `naam`, `tot` (the last day it holds) and its scopes.

    Errors: `OngeldigeInvoer` naming every field; `GeenRecht`."""
    if not may(actor.rol, koppelingen.BEHEREN):
        raise GeenRecht(merk=koppelingen.BEHEREN)
    fouten: list[tuple[str, str, str]] = []
    houder = next((h for h in holders(actor) if str(h.id) == velden.get("organisatie", "")), None)
    if houder is None:
        gekozen = velden.get("organisatie", "")
        fouten.append(("organisatie", gevonden(gekozen) if gekozen else T("niets"), T("een organisatie uit de lijst")))
    naam = ""
    try:
        naam = " ".join(str(tekst(LANGSTE_NAAM)(velden.get("naam", ""))).split())
    except Onleesbaar as nee:
        fouten.append(("naam", gevonden(velden.get("naam", "")), str(nee)))
    else:
        if not naam:
            fouten.append(("naam", T("niets"), T("hoe het systeem heet")))
    if houder is not None:
        te_veel = [scope for scope in scopes if scope not in houder.scopes]
        if te_veel or not scopes:
            niet = ", ".join(SCOPENAAM.get(scope, scope) for scope in te_veel)
            verwacht = T("alleen wat bij deze organisatie past") if te_veel else T("minstens één vinkje")
            fouten.append(("scopes", gevonden(niet) if te_veel else T("niets"), verwacht))
    tot = _until(op, velden.get("tot", ""), fouten)
    if fouten or houder is None or tot is None:
        raise OngeldigeInvoer(*fouten)
    try:
        with transaction.atomic():
            gemaakt = koppelingen.create(actor, op, houder.id, naam, scopes, tot)
    except IntegrityError:
        raise OngeldigeInvoer(("naam", gevonden(naam), T("een naam die deze organisatie nog niet heeft"))) from None
    return Sleutel(gemaakt, naam, houder.naam, tuple(s for s in houder.scopes if s in scopes), tot, houder.id)


def end_koppeling(actor: Actor, op: datetime, koppeling_id: UUID) -> str:
    """Take a key back at once; returns its name. Errors: `KoppelingOnbekend`, `GeenRecht`."""
    if not may(actor.rol, koppelingen.BEHEREN):
        raise GeenRecht(merk=koppelingen.BEHEREN)
    return koppelingen.revoke(actor, op, koppeling_id)


def _until(op: datetime, ruw: str, fouten: list[tuple[str, str, str]]) -> datetime | None:
    """The end of the last day on which a key holds."""
    try:
        dag = lees_dag(ruw) or last_day(op)
    except Onleesbaar as nee:
        fouten.append(("tot", gevonden(ruw), str(nee)))
        return None
    uiterste = lokaal(op + koppelingen.LANGST).date()
    if not lokaal(op).date() <= dag <= uiterste:
        fouten.append(("tot", gevonden(ruw), f"een dag van vandaag tot en met {uiterste:%d-%m-%Y}"))
        return None
    return datetime.combine(dag + timedelta(days=1), time(), AMSTERDAM)
