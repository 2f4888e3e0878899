# SPDX-License-Identifier: EUPL-1.2
"""Find a casus by number, name as it sounds, birth date, phone, BSN or municipality: only among those that one may open
anyway, and only by what one may see of them. Who may not see the caller does not find a casus by the caller's phone,
and who sees no more than a first name and an initial finds it by the surname, not by a birth date or a BSN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from stdnum.nl import bsn as bsn_

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, zicht, zichtbaar
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.casework.models import Casus, Jeugdige, Melding, Persoon
from vangnet.casework.stand import STANDEN
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from . import current_register
from .invoer import Onleesbaar
from .invoer import dag as lees_dag
from .show_my_work import who_of
from .verteller import Verteller
from .weigeringen import GeenRecht

MERK = "casus.zoeken"
GENOEG = 2000
"""How many rows of all casussen a search looks through at most, the newest first."""
HOOGUIT = 20
"""How many casussen one search shows."""
KORTST = 2
"""Signs before anything is searched."""
LANGST = 120
"""Signs of what was typed that count."""


NUMMER = r"\d{4}-\d{5,}"
"""A number of a casus: the year in which it began, and how many it was."""
Treffer = tuple[UUID, int, str]
"""A casus, how well it fits (0 is best), and the part of it that must be in sight to be found this way."""


@dataclass(frozen=True)
class Vondst:
    """One casus that was found: no more than the board shows."""

    id: UUID
    nummer: str
    wie: str
    stand: str
    regie: str
    gesloten_op: datetime | None
    oefening: bool


@dataclass(frozen=True)
class Zoekuitkomst:
    """What a search found; `soort` says how the words were read: nummer, naam, dag, telefoon, bsn, gemeente, kort."""

    soort: str
    vondsten: tuple[Vondst, ...]
    meer: bool


@asks
def search_casus(actor: Actor, op: datetime, tekst: str, taal: str = "nl", vertaal: Vertaler = T) -> Zoekuitkomst:
    """The casussen that fit, running ones first. Every search is a line in the log, without what was typed.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    woorden = " ".join(tekst.replace("\x00", "").split())[:LANGST]
    if len(woorden) < KORTST:
        return Zoekuitkomst("kort", (), False)
    return _found(actor, op, v, *_treffers(actor, op, woorden))


@asks
def find_casus(
    actor: Actor, op: datetime, nummer: str = "", casus_id: UUID | None = None, taal: str = "nl", vertaal: Vertaler = T
) -> Vondst | None:
    """One casus by its number (`2026-00012`) or its id, by name as far as this person may see it; None when there is none
    that he may open, or that is no number. A line in the log, as every search.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    woorden = re.sub(r"\s", "", nummer)[:LANGST]
    if casus_id is None and not re.fullmatch(NUMMER, woorden):
        return None
    treffers = [(casus_id, 0, "kern")] if casus_id else _treffers(actor, op, woorden)[1]
    return next(iter(_found(actor, op, v, "nummer", treffers).vondsten), None)


def _found(actor: Actor, op: datetime, v: Verteller, soort: str, treffers: list[Treffer]) -> Zoekuitkomst:
    """What of these may be named to this person, in words; the search is a line in the log."""
    te_zien = _in_sight(actor, op, {een for een, _, _ in treffers})
    rang: dict[UUID, int] = {}
    for casus_id, plaats, onderdeel in treffers:
        if onderdeel in te_zien.get(casus_id, ()):
            rang[casus_id] = min(plaats, rang.get(casus_id, plaats))
    rijen = Casus.objects.filter(id__in=rang).values_list("id", "gesloten_op", "begonnen_op") if rang else ()
    volgorde = sorted(rijen, key=lambda rij: (rang[rij[0]], rij[1] is not None, -rij[2].timestamp()))
    eerste = [rij[0] for rij in volgorde[:HOOGUIT]]
    casussen = Casus.objects.in_bulk(eerste)
    vondsten = tuple(
        Vondst(
            id=casus.id,
            nummer=casus.nummer,
            wie=who_of(casus, te_zien[casus.id], v),
            stand=v.zin(STANDEN.get(casus.beeld.get("stand", ""), "")),
            regie=casus.beeld.get("regie", ""),
            gesloten_op=casus.gesloten_op,
            oefening=casus.oefening,
        )
        for casus in (casussen[id_] for id_ in eerste)
    )
    log.note(actor, "zoeken", "casus", op, toelichting=f"{soort}: {len(vondsten)}")
    return Zoekuitkomst(soort, vondsten, len(volgorde) > HOOGUIT)


def _in_sight(actor: Actor, op: datetime, casus_ids: set[UUID]) -> dict[UUID, frozenset[str]]:
    """What this person sees of each of these casussen. Who only has a question to answer finds nobody: no `kern`."""
    in_delen: dict[UUID, set[str]] = {}
    rijen = betrokken(actor, op).filter(casus_id__in=casus_ids).values_list("casus_id", "deel")
    for casus_id, deel in rijen if casus_ids else ():
        in_delen.setdefault(casus_id, set()).add(deel)
    alles = {casus_id: zicht(actor.rol, delen) for casus_id, delen in in_delen.items()}
    return {casus_id: delen for casus_id, delen in alles.items() if "kern" in delen}


def _treffers(actor: Actor, op: datetime, woorden: str) -> tuple[str, list[Treffer]]:
    """How the words are read, and what fits; each road has its index."""
    cijfers = re.sub(r"[\s.\-]", "", woorden)
    if re.fullmatch(NUMMER, woorden):
        return "nummer", [(id_, 0, "kern") for id_ in Casus.objects.filter(nummer=woorden).values_list("id", flat=True)]
    if re.fullmatch(r"\d{9}", cijfers) and bsn_.is_valid(cijfers):
        return "bsn", _newest(_kinderen(0, "gezin").filter(bsn=cijfers))
    try:
        geboren: date | None = lees_dag(woorden)
    except Onleesbaar:
        geboren = None
    if geboren:
        return "dag", _newest(_kinderen(0, "gezin").filter(geboortedatum=geboren))
    if re.fullmatch(r"\+?[\d\s\-()]{6,}", woorden):
        telefoon = cijfers_van(woorden)
        gebeld = _rows(Melding.objects.filter(telefoon_cijfers=telefoon), 0, "melding")
        return "telefoon", _newest(gebeld, _mensen(0, "contact").filter(telefoon_cijfers=telefoon))
    if gemeente := _gemeente(actor, op, woorden):
        return "gemeente", [*_op_naam(actor, op, woorden, half=False), *_uit_gemeente(actor, op, gemeente)]
    return "naam", _op_naam(actor, op, woorden)


def _op_naam(actor: Actor, op: datetime, woorden: str, half: bool = True) -> list[Treffer]:
    """By name: surnames as they sound, of children and of the people around them; a single word, or words of which no
    surname fits (yet), with `half` also as the beginning of the first name of a child in a running casus that this person may open."""
    los = woorden.split()
    klanken = {klank for deel in (woorden, " ".join(los[1:]), los[-1], los[0]) if (klank := klank_van(deel))}
    voornamen = Q()
    for woord in los[:4]:
        voornamen |= Q(voornaam__istartswith=woord)
    beide: list[Treffer] = []
    if klanken:
        kinderen = _kinderen(1, "kern").filter(klank__in=klanken)
        if len(los) == 1:
            beide = _newest(kinderen, _mensen(2, "gezin").filter(klank__in=klanken))
        else:
            beide = _newest(
                kinderen,
                _kinderen(0, "kern").filter(voornamen, klank__in=klanken),
                _mensen(2, "gezin").filter(klank__in=klanken),
            )
    if not half or (beide and len(los) > 1):
        return beide
    in_handen = betrokken(actor, op).exclude(deel=Deel.DOSSIER).values("casus_id")
    lopend = _kinderen(1, "kern").filter(
        voornaam__istartswith=los[0], casus__gesloten_op__isnull=True, casus_id__in=in_handen
    )
    return [*beide, *_newest(lopend)]


def _kinderen(rang: int, onderdeel: str) -> QuerySet[Any]:
    return _rows(Jeugdige.objects.filter(vervallen_op__isnull=True), rang, onderdeel)


def _mensen(rang: int, onderdeel: str) -> QuerySet[Any]:
    return _rows(Persoon.objects.filter(vervallen_op__isnull=True), rang, onderdeel)


def _rows(rijen: QuerySet[Any], rang: int, onderdeel: str) -> QuerySet[Any]:
    return (
        rijen.order_by()
        .annotate(rang=Value(rang), onderdeel=Value(onderdeel))
        .values_list("casus_id", "rang", "onderdeel")
    )


def _newest(eerste: QuerySet[Any], *andere: QuerySet[Any]) -> list[Treffer]:
    """The rows of these searches, in one statement. Identifiers go up with time, so the newest come first."""
    samen = eerste.union(*andere) if andere else eerste
    return list(samen.order_by("-casus_id")[:GENOEG])


def _gemeente(actor: Actor, op: datetime, woorden: str) -> str:
    """The municipality of the region that was typed; empty for other words."""
    try:
        gevonden = current_register().op(actor.regio, op).gemeente(woorden)
    except Ongeldig:
        return ""
    return gevonden.naam if gevonden and not woorden.isdecimal() else ""


def _uit_gemeente(actor: Actor, op: datetime, gemeente: str) -> list[Treffer]:
    """The running casussen of a municipality that this person may open, the newest first. Of a secret address not even
    the municipality may show."""
    rijen = Casus.objects.filter(
        id__in=zichtbaar(actor, op), gesloten_op__isnull=True, regio=actor.regio, gemeente=gemeente, geheim=False
    ).order_by("-begonnen_op")
    return [(id_, 3, "kern") for id_ in rijen.values_list("id", flat=True)[: 3 * HOOGUIT]]
