# SPDX-License-Identifier: EUPL-1.2
"""The log for the functionaris gegevensbescherming: who looked at what, when; never what was in it. Looking leaves a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Logregel, Organisatie, Rol
from vangnet.access.rechten import may
from vangnet.casework.models import Casus
from vangnet.rules.tekst import AMSTERDAM

from .invoer import Onleesbaar, gevonden
from .invoer import dag as lees_dag
from .weigeringen import GeenRecht, OngeldigeInvoer

MERK = "log.inzien"
PER_BLAD = 100
HOOGSTENS = 50_000
"""Lines in one export; a longer one is asked for in parts."""
KOP = ("moment", "wie", "organisatie", "functie", "handeling", "ding", "casus", "toegestaan", "toelichting", "adres")


@dataclass(frozen=True)
class Regel:
    """One line of the log as it is read."""

    op: datetime
    wie: str
    organisatie: str
    rol: str
    handeling: str
    ding: str
    casus: str
    geslaagd: bool
    toelichting: str
    adres: str


@dataclass(frozen=True)
class Blad:
    """A page of the log, newest first."""

    regels: tuple[Regel, ...]
    blad: int
    meer: bool
    handelingen: tuple[str, ...]


def show_log(actor: Actor, op: datetime, filter_: Mapping[str, str]) -> Blad:
    """The lines of the region that meet the filter: `wie`, `casus` (number), `van`, `tot` (days), `handeling`, `blad`.

    Errors: `GeenRecht`; `OngeldigeInvoer` naming the part of the filter that cannot be read."""
    rijen = _rijen(actor, filter_)
    ruw = filter_.get("blad", "") or "1"
    blad = int(ruw) if ruw.isdecimal() and 0 < int(ruw[:6]) < 100_000 else 1
    begin = (blad - 1) * PER_BLAD
    gevonden_ = list(rijen[begin : begin + PER_BLAD + 1])
    handelingen = tuple(Logregel.objects.order_by("handeling").values_list("handeling", flat=True).distinct())
    note(actor, "inzien", "log", op, toelichting=_wat(filter_))
    return Blad(tuple(_regels(gevonden_[:PER_BLAD])), blad, len(gevonden_) > PER_BLAD, handelingen)


def export_log(actor: Actor, op: datetime, filter_: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The same lines as rows for a file, the names of the columns first; at most `HOOGSTENS`.

    Errors: those of `show_log`; `OngeldigeInvoer` when there are more."""
    rijen = list(_rijen(actor, filter_)[: HOOGSTENS + 1])
    if len(rijen) > HOOGSTENS:
        raise OngeldigeInvoer(("van", "te veel regels", f"een kortere periode: hooguit {HOOGSTENS} regels"))
    note(actor, "exporteren", "log", op, toelichting=f"{len(rijen)} regels; {_wat(filter_)}")
    uit: list[tuple[str, ...]] = [KOP]
    for r in _regels(rijen):
        moment = f"{r.op.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}"
        waarden = (moment, r.wie, r.organisatie, r.rol, r.handeling, r.ding, r.casus, "ja" if r.geslaagd else "nee",
                   r.toelichting, r.adres)  # fmt: skip
        uit.append(tuple(_cel(w) for w in waarden))
    return uit


def _rijen(actor: Actor, filter_: Mapping[str, str]) -> QuerySet[Logregel]:
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    rijen = Logregel.objects.filter(
        organisatie_id__in=Organisatie.objects.filter(regio=actor.regio).values("id")
    ).order_by("-op", "-id")  # fmt: skip
    fouten = []
    if wie := filter_.get("wie", "").strip()[:120]:
        rijen = rijen.filter(Q(naam__icontains=wie) | _als_id(wie))
    if nummer := filter_.get("casus", "").strip()[:40]:
        casus = Casus.objects.filter(nummer=nummer, regio=actor.regio).values_list("id", flat=True).first()
        if casus is None:
            fouten.append(("casus", gevonden(nummer), "een casusnummer van deze regio, zoals 2024-00017"))
        else:
            rijen = rijen.filter(casus_id=casus)
    grenzen: dict[str, date] = {}
    for naam in ("van", "tot"):
        try:
            gelezen = lees_dag(filter_.get(naam, ""))
        except Onleesbaar as fout:
            fouten.append((naam, gevonden(filter_.get(naam)), str(fout)))
            continue
        if gelezen is not None:
            grenzen[naam] = gelezen
    if fouten:
        raise OngeldigeInvoer(*fouten)
    if "van" in grenzen:
        rijen = rijen.filter(op__gte=datetime.combine(grenzen["van"], time(), AMSTERDAM))
    if "tot" in grenzen:
        rijen = rijen.filter(op__lt=datetime.combine(grenzen["tot"] + timedelta(days=1), time(), AMSTERDAM))
    if handeling := filter_.get("handeling", "").strip()[:20]:
        rijen = rijen.filter(handeling=handeling)
    return rijen


def _als_id(wie: str) -> Q:
    try:
        return Q(medewerker_id=UUID(wie))
    except ValueError:
        return Q(pk__in=[])


def _regels(rijen: list[Logregel]) -> Iterator[Regel]:
    casussen = dict(Casus.objects.filter(id__in={r.casus_id for r in rijen if r.casus_id}).values_list("id", "nummer"))
    organisaties = dict(Organisatie.objects.filter(id__in={r.organisatie_id for r in rijen}).values_list("id", "naam"))
    namen: dict[str, Any] = dict(Rol.choices)
    for r in rijen:
        nummer = casussen.get(r.casus_id, str(r.casus_id)[:8]) if r.casus_id else ""
        yield Regel(
            r.op, r.naam, organisaties.get(r.organisatie_id, ""), str(namen.get(r.rol, r.rol)), r.handeling, r.ding, nummer,
            r.geslaagd, r.toelichting, str(r.adres or ""),
        )  # fmt: skip


def _wat(filter_: Mapping[str, str]) -> str:
    """Which filter was used; of a name only that there was one."""
    delen = [f"{naam} {filter_[naam]}" for naam in ("casus", "van", "tot", "handeling") if filter_.get(naam)]
    return "; ".join([*(["op persoon"] if filter_.get("wie") else []), *delen])[:300]


def _cel(waarde: str) -> str:
    """A cell that no spreadsheet reads as a formula."""
    return f"'{waarde}" if waarde[:1] in ("=", "+", "-", "@", "\t", "\r") else waarde
