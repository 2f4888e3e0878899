# SPDX-License-Identifier: EUPL-1.2
"""The log for the functionaris gegevensbescherming: who looked at what, when; never what was in it. Looking leaves a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from vangnet.access.actor import Actor
from vangnet.access.log import DOELEN, note
from vangnet.access.models import Deel, Logregel, Organisatie, Rol
from vangnet.access.rechten import MERKEN, may
from vangnet.access.slot import asks
from vangnet.casework.models import Grafsteen
from vangnet.rules.tekst import AMSTERDAM

from .invoer import Onleesbaar, gevonden
from .invoer import dag as lees_dag
from .show_seals import Zegelstand, show_seals
from .show_unusual import Opvallendbeeld, show_unusual
from .weigeringen import GeenRecht, OngeldigeInvoer

MERK = "log.inzien"
PER_BLAD = 100
HOOGSTENS = 50_000
"""Lines in one export; a longer one is asked for in parts."""
KOP = (
    "moment", "wie", "organisatie", "functie", "handeling", "ding", "casus", "toegestaan", "toelichting", "adres", "doel",
    "relatie", "toestemming", "noodtoegang", "verzoek", "bron", "nummer", "vastgelegd",
)  # fmt: skip


MERK_VAN = {
    "account": "account.eigen", "adres": "casus.inzien", "gegevens": "gegevens.invoeren", "gezin": "gezin.herkennen",
    "koppeling": "koppeling.beheren", "log": "log.inzien", "medewerker": "medewerker.beheren", "melding": "melding.opnemen",
    "organisatie": "organisatie.beheren", "rooster": "rooster.wijzigen", "sluitingsdag": "sluitingsdag.opgeven",
}  # fmt: skip
"""Which right goes with a thing whose handling in the log is no verb of the rights table."""


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
    id: UUID
    nummer: int
    doel: str
    """What for, in words."""
    relatie: tuple[str, ...]
    """The parts that the organisation had in the casus at that moment, in words."""
    toestemming: str
    noodtoegang: str
    verzoek: str
    bron: str
    vastgelegd_op: datetime
    medewerker_id: UUID | None = None


@dataclass(frozen=True)
class Regelbeeld:
    """One line with everything that NEN 7513 asks of it, its four controls among it."""

    regel: Regel
    recht: str
    """The line of the rights table that belongs to it, in words; empty when there is none."""
    mag: bool
    """Whether the table gives this function that right now."""
    verzegeld: bool


@dataclass(frozen=True)
class Logbeeld:
    """The page of the log: how sealing stands, what looks unusual in the period, and the lines."""

    zegel: Zegelstand
    opvallend: Opvallendbeeld
    blad: Blad


@dataclass(frozen=True)
class Blad:
    """A page of the log, newest first."""

    regels: tuple[Regel, ...]
    blad: int
    meer: bool
    handelingen: tuple[str, ...]


@asks
def show_log_page(actor: Actor, op: datetime, filter_: Mapping[str, str]) -> Logbeeld:
    """`show_log` with how sealing stands and what looks unusual in the period of the filter (the last week without one).

    Errors: those of `show_log`."""
    blad = show_log(actor, op, filter_)
    van, tot = _periode(filter_)
    return Logbeeld(show_seals(), show_unusual(actor, op, van, tot), blad)


@asks
def show_line(actor: Actor, op: datetime, regel_id: UUID) -> Regelbeeld | None:
    """One line of the region; looking at it is a line too. None when there is none, or it is of another region.

    Errors: `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    rij = Logregel.objects.filter(
        id=regel_id, organisatie_id__in=Organisatie.objects.filter(regio=actor.regio).values("id")
    ).first()
    if rij is None:
        return None
    note(actor, "inzien", "log", op, toelichting=f"regel {rij.nummer}")
    recht = MERKEN.get(_mark(rij))
    regel = next(_regels([rij]))
    return Regelbeeld(
        regel,
        f"{recht.reden} ({recht.voorwaarde})" if recht else "",
        recht is not None and rij.rol in recht.rollen,
        regel.nummer <= show_seals().tot,
    )


@asks
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


@asks
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
                   r.toelichting, r.adres, r.doel, ", ".join(r.relatie), r.toestemming, r.noodtoegang, r.verzoek, r.bron,
                   str(r.nummer), f"{r.vastgelegd_op.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}")  # fmt: skip
        uit.append(tuple(_cel(w) for w in waarden))
    return uit


def _rijen(actor: Actor, filter_: Mapping[str, str]) -> QuerySet[Logregel]:
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    rijen = Logregel.objects.filter(
        organisatie_id__in=Organisatie.objects.filter(regio=actor.regio).values("id")
    ).order_by("-op", "-nummer")  # fmt: skip
    fouten = []
    if wie := filter_.get("wie", "").strip()[:120]:
        rijen = rijen.filter(Q(naam__icontains=wie) | _als_id(wie))
    if nummer := filter_.get("casus", "").strip()[:40]:
        casus = _van_nummer(nummer, actor.regio)
        if casus is None:
            fouten.append(("casus", gevonden(nummer), "een casusnummer van deze regio, zoals 2024-00017"))
        else:
            rijen = rijen.filter(casus_id=casus)
    for naam in ("van", "tot"):
        try:
            lees_dag(filter_.get(naam, ""))
        except Onleesbaar as fout:
            fouten.append((naam, gevonden(filter_.get(naam)), str(fout)))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    van, tot = _periode(filter_)
    if van is not None:
        rijen = rijen.filter(op__gte=van)
    if tot is not None:
        rijen = rijen.filter(op__lt=tot)
    if handeling := filter_.get("handeling", "").strip()[:20]:
        rijen = rijen.filter(handeling=handeling)
    return rijen


def _periode(filter_: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """From the first moment of `van` until the first after `tot`, where they are given."""
    van, tot = lees_dag(filter_.get("van", "")), lees_dag(filter_.get("tot", ""))
    return (
        datetime.combine(van, time(), AMSTERDAM) if van else None,
        datetime.combine(tot + timedelta(days=1), time(), AMSTERDAM) if tot else None,
    )


def _van_nummer(nummer: str, regio: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_van_nummer(%s, %s)", [nummer, regio])
        gevonden: UUID | None = cursor.fetchone()[0]
    if gevonden is None:  # Its lines stay when the casus is erased.
        steen = Grafsteen.objects.filter(nummer=nummer, regio=regio).values_list("casus_id", flat=True).first()
        return steen
    return gevonden


def _nummers(casus_ids: set[UUID]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute("select id, nummer from vangnet_nummers(%s)", [list(casus_ids)])
        bekend: dict[UUID, str] = dict(cursor.fetchall())
    weg = Grafsteen.objects.filter(casus_id__in=casus_ids - bekend.keys()).values_list("casus_id", "nummer")
    return bekend | {casus_id: f"{nummer} (gewist)" for casus_id, nummer in weg}


def _mark(rij: Logregel) -> str:
    """The right that was asked for what this line tells; empty when it is part of other work."""
    if "." in rij.ding:
        return rij.ding
    if rij.handeling == "bevestigen":
        return "bevestiging.geven"
    if rij.ding == "log" and rij.handeling == "uitdraaien":
        return "log.gezin" if rij.rol == Rol.FG else "log.uitdraaien"
    if rij.ding == "log" and rij.casus_id is not None:
        return "log.casus"
    merk = f"{rij.ding}.{rij.handeling}"
    return merk if merk in MERKEN else MERK_VAN.get(rij.ding, "")


def _als_id(wie: str) -> Q:
    try:
        return Q(medewerker_id=UUID(wie))
    except ValueError:
        return Q(pk__in=[])


def _regels(rijen: list[Logregel]) -> Iterator[Regel]:
    casussen = _nummers({r.casus_id for r in rijen if r.casus_id})
    organisaties = dict(Organisatie.objects.filter(id__in={r.organisatie_id for r in rijen}).values_list("id", "naam"))
    namen: dict[str, Any] = dict(Rol.choices)
    delen: dict[str, Any] = dict(Deel.choices)
    for r in rijen:
        nummer = casussen.get(r.casus_id, str(r.casus_id)[:8]) if r.casus_id else ""
        yield Regel(
            r.op, r.naam, organisaties.get(r.organisatie_id, ""), str(namen.get(r.rol, r.rol)), r.handeling, r.ding, nummer,
            r.geslaagd, r.toelichting, str(r.adres or ""), r.id, r.nummer or 0, DOELEN.get(r.doel, ""),
            tuple(str(delen.get(deel, deel)) for deel in r.relatie.split()), r.toestemming,
            str(r.noodtoegang_id or ""), str(r.verzoek or ""), r.bron, r.vastgelegd_op or r.op, r.medewerker_id,
        )  # fmt: skip


def _wat(filter_: Mapping[str, str]) -> str:
    """Which filter was used; of a name only that there was one."""
    delen = [f"{naam} {filter_[naam]}" for naam in ("casus", "van", "tot", "handeling") if filter_.get(naam)]
    return "; ".join([*(["op persoon"] if filter_.get("wie") else []), *delen])[:300]


def _cel(waarde: str) -> str:
    """A cell that no spreadsheet reads as a formula."""
    return f"'{waarde}" if waarde[:1] in ("=", "+", "-", "@", "\t", "\r") else waarde
