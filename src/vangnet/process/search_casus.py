# SPDX-License-Identifier: EUPL-1.2
"""Find a casus by number, name as it sounds, birth date, phone or BSN: only among those that one may open anyway."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from stdnum.nl import bsn as bsn_

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.zicht import betrokken, zicht
from vangnet.casework.klank import cijfers_van, klank_van
from vangnet.casework.models import Casus, Jeugdige, Melding, Persoon
from vangnet.casework.stand import STANDEN
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .invoer import Onleesbaar
from .invoer import dag as lees_dag
from .show_casus import Verteller
from .show_my_work import _wie
from .weigeringen import GeenRecht

MERK = "casus.zoeken"
GENOEG = 2000
"""How many rows of all regions a search looks through at most."""
HOOGUIT = 20
"""How many casussen one search shows."""
KORTST = 2
"""Signs before anything is searched."""


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


def search_casus(actor: Actor, op: datetime, tekst: str, taal: str = "nl", vertaal: Vertaler = T) -> Zoekuitkomst:
    """The casussen that fit, running ones first. Every search is a line in the log, without what was typed.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    woorden = tekst.replace("\x00", "").strip()[:120]
    if len(woorden) < KORTST:
        return Zoekuitkomst("kort", (), False)
    soort, welke = _welke(woorden)
    te_zien: dict[UUID, set[str]] = {}
    mijn = betrokken(actor, op)
    ids = set(welke.values_list("casus_id", flat=True)[:GENOEG])
    gevonden = list(
        Casus.objects.filter(
            id__in=ids & set(mijn.filter(casus_id__in=ids).values_list("casus_id", flat=True))
        ).order_by("-begonnen_op")[: HOOGUIT * 5]
    )
    for casus_id, deel in mijn.filter(casus_id__in=[c.id for c in gevonden]).values_list("casus_id", "deel"):
        te_zien.setdefault(casus_id, set()).add(deel)
    open_eerst = sorted(gevonden, key=lambda c: (c.gesloten_op is not None, -c.begonnen_op.timestamp()))
    vondsten = []
    for casus in open_eerst[:HOOGUIT]:
        delen = zicht(actor.rol, te_zien.get(casus.id, ()))
        if "kern" not in delen:
            continue  # Who only has a question to answer finds nobody by name.
        vondsten.append(
            Vondst(
                id=casus.id,
                nummer=casus.nummer,
                wie=_wie(casus, delen, v),
                stand=v.zin(STANDEN.get(casus.beeld.get("stand", ""), "")),
                regie=casus.beeld.get("regie", ""),
                gesloten_op=casus.gesloten_op,
                oefening=casus.oefening,
            )
        )
    log.note(actor, "zoeken", "casus", op, toelichting=f"{soort}: {len(vondsten)}")
    return Zoekuitkomst(soort, tuple(vondsten), len(gevonden) > HOOGUIT)


def _welke(woorden: str) -> tuple[str, QuerySet[Any]]:
    """How the words are read, and the rows whose casus fits; each road has its index."""
    cijfers = re.sub(r"[\s.\-]", "", woorden)
    kinderen = Jeugdige.objects.filter(vervallen_op__isnull=True)
    mensen = Persoon.objects.filter(vervallen_op__isnull=True)
    if re.fullmatch(r"\d{4}-\d{5,}", woorden):
        return "nummer", Melding.objects.filter(casus__nummer=woorden)
    if re.fullmatch(r"\d{9}", cijfers) and bsn_.is_valid(cijfers):
        return "bsn", kinderen.filter(bsn=cijfers)
    try:
        geboren: date | None = lees_dag(woorden)
    except Onleesbaar:
        geboren = None
    if geboren:
        return "dag", kinderen.filter(geboortedatum=geboren)
    if re.fullmatch(r"\+?[\d\s\-()]{6,}", woorden):
        telefoon = cijfers_van(woorden)
        gebeld = Melding.objects.filter(telefoon_cijfers=telefoon).values("casus_id")
        return "telefoon", gebeld.union(mensen.filter(telefoon_cijfers=telefoon).values("casus_id"))
    klank = klank_van(woorden.split()[-1])
    voornaam = kinderen.filter(voornaam__istartswith=woorden.split()[0], casus__gesloten_op__isnull=True)
    if not klank:
        return "naam", voornaam
    achternaam = kinderen.filter(klank=klank).values("casus_id")
    return "naam", achternaam.union(mensen.filter(klank=klank).values("casus_id"), voornaam.values("casus_id"))
