# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody: the questions to his organisation, its families, its tasks, the meetings, and what others owe it.

Built from the strips that are kept on each casus, so that the page costs the same for five families as for fifty. A
question that has not been answered yes shows a profile and no more; of one that was refused nothing is left. A family of
which nothing but a question is known stands among the questions only, not among the families as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Deel
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, zicht
from vangnet.casework.models import Aanbod, Casus, Genodigde, Rto, Taak
from vangnet.casework.stand import SPOOR, STANDEN
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, Vertaler

from .acties import GEVRAAGD, KLOK_BIJ_VRAAG
from .beeld import clocks_in_sight, leesbaar
from .leeftijd import in_woorden as in_duur
from .verteller import Verteller
from .weigeringen import GeenRecht

MERK = "mijnwerk.inzien"
VRAGEN: dict[str, str] = {
    "regie": T("Neem je de regie over?"),
    "rto": T("Kom je naar het RTO?"),
    "hulp": T("Kun je deze hulp geven?"),
    "meegaan": T("Ga je mee op inschatting?"),
    "signaal": T("Pak je dit signaal op?"),
    "vervolg": T("Geef je de vervolghulp?"),
    "overig": T("Een vraag over:"),
}
"""What a request asks, by its kind."""
NA_NEE: dict[str, str] = {
    "regie": T("De regie blijft bij {van}. Hun coördinator hoort het meteen."),
    "signaal": T("{van} hoort het meteen en zoekt verder."),
}
"""What happens after a no; else the other is told and looks further."""
KLOK_VAN = KLOK_BIJ_VRAAG | {"rto": "rto"}
"""The agreed clock that a question falls under, by its kind."""
ALLEEN_GEVRAAGD = frozenset({Deel.AANBOD, Deel.SIGNAAL})
"""Parts that somebody has by being asked; with an open question and no other part a family is not yet one of ours."""
GROOTSTE = 200
"""How many families one page shows at most."""


@dataclass(frozen=True)
class Vraag:
    """A request to the own organisation that waits for an answer."""

    id: UUID
    casus_id: UUID
    soort: str
    kop: str
    wie: str
    """The child as far as it may be named: with a profile its age and municipality only."""
    tekst: str
    van: str
    na_nee: str
    regels: tuple[str, ...]
    gedaan_op: datetime
    uiterlijk: datetime | None
    te_laat: bool
    klok: Mapping[str, Any] | None
    """The agreed clock that runs for the answer; only where clocks are in sight."""
    gesloten: bool
    """The call was dealt with and its casus closed; the signal about it still waits."""


@dataclass(frozen=True)
class Gezin:
    """One family that the organisation works with, as a line."""

    id: UUID
    nummer: str
    wie: str
    stand: str
    spoor: tuple[tuple[str, str], ...]
    regie: str
    regie_bij_ons: bool
    regie_sinds: datetime | None
    stap: str
    stap_slug: str
    klok: Mapping[str, Any] | None
    geheim: bool
    oefening: bool


@dataclass(frozen=True)
class Werktaak:
    """A task of the own organisation."""

    id: UUID
    casus_id: UUID
    wat: str
    waarom: str
    wie: str
    regels: tuple[str, ...]
    uiterlijk: datetime | None
    te_laat: bool


@dataclass(frozen=True)
class Overleg:
    """A round-table meeting that is planned."""

    casus_id: UUID
    op: datetime
    wie: str
    waar: str
    vandaag: bool
    genodigd: int
    komen: int
    wij: str
    """What the own organisation answered: ja, nee, op_afstand, empty without an answer, `zit_voor` when it leads."""


@dataclass(frozen=True)
class Wacht:
    """Something that was asked of another and not answered."""

    casus_id: UUID
    wat: str
    wie: str
    aan: str
    sinds: datetime
    dagen: int
    ziet_vanaf: datetime | None
    """From when the other sees it, while that is still to come."""


@dataclass(frozen=True)
class Mijnwerk:
    """Everything on the page."""

    vragen: tuple[Vraag, ...]
    gezinnen: tuple[Gezin, ...]
    taken: tuple[Werktaak, ...]
    overleggen: tuple[Overleg, ...]
    wachten: tuple[Wacht, ...]
    meer: int
    """How many families were left off."""


@asks
def show_my_work(
    actor: Actor, op: datetime, taal: str = "nl", vertaal: Vertaler = T, note_look: bool = True
) -> Mijnwerk:
    """What waits for this person's organisation at moment `op`, soonest first. One line in the log, unless the page only
    refreshes itself.

    Errors: `GeenRecht` for a function that works with no families."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    in_delen: dict[UUID, set[str]] = {}
    for casus_id, deel in betrokken(actor, op).exclude(deel=Deel.DOSSIER).values_list("casus_id", "deel"):
        in_delen.setdefault(casus_id, set()).add(deel)
    te_zien = {id_: zicht(actor.rol, delen) for id_, delen in in_delen.items()}
    wacht = Aanbod.objects.filter(aan_organisatie_id=actor.organisatie_id, antwoord="").values("casus_id")
    alle = {c.id: c for c in Casus.objects.filter(Q(gesloten_op__isnull=True) | Q(id__in=wacht), id__in=te_zien)}
    open_ = {id_: c for id_, c in alle.items() if c.gesloten_op is None}
    vragen = _vragen(actor, op, alle, te_zien, v)
    gevraagd = {vraag.casus_id for vraag in vragen}
    kern = {id_: c for id_, c in open_.items() if "kern" in te_zien[id_]}
    van_ons = sorted(
        (c for id_, c in kern.items() if id_ not in gevraagd or in_delen[id_] - ALLEEN_GEVRAAGD),
        key=lambda c: (c.volgende_klok_op is None, c.volgende_klok_op or c.begonnen_op, c.nummer),
    )
    regie = _regie(c.id for c in van_ons[:GROOTSTE])
    werk = Mijnwerk(
        vragen=tuple(vragen),
        gezinnen=tuple(_gezin(c, te_zien[c.id], actor, regie.get(c.id), v) for c in van_ons[:GROOTSTE]),
        taken=tuple(_taken(actor, op, kern, v)),
        overleggen=tuple(_overleggen(actor, op, kern, te_zien, regie, v)),
        wachten=tuple(_wachten(actor, op, kern, v)),
        meer=max(len(van_ons) - GROOTSTE, 0),
    )
    if note_look:
        log.note(actor, "inzien", "mijnwerk", op)
    return werk


def _regie(casus_ids: Iterable[UUID]) -> dict[UUID, Betrokkenheid]:
    """Who leads each of these casussen now, and since when."""
    rijen = Betrokkenheid.objects.filter(casus_id__in=list(casus_ids), deel=Deel.REGIE, tot__isnull=True)
    return {rij.casus_id: rij for rij in rijen}


def _vragen(
    actor: Actor, op: datetime, casussen: Mapping[UUID, Casus], te_zien: Mapping[UUID, frozenset[str]], v: Verteller
) -> list[Vraag]:
    gevonden = (
        Aanbod.objects.filter(aan_organisatie_id=actor.organisatie_id, antwoord="", zichtbaar_vanaf__lte=op)
        .filter(casus_id__in=casussen)
        .select_related("van_organisatie")
    )
    uit = [
        Vraag(
            id=a.id,
            casus_id=a.casus_id,
            soort=a.soort,
            kop=v.zin(VRAGEN[a.soort]),
            wie=who_of(casussen[a.casus_id], te_zien[a.casus_id], v),
            tekst=a.tekst,
            van=a.van_organisatie.naam,
            na_nee=v.zin(
                NA_NEE.get(a.soort, T("{van} hoort het en vraagt een ander.")), {"van": a.van_organisatie.naam}
            ),
            regels=tuple(a.regels),
            gedaan_op=a.gedaan_op,
            uiterlijk=a.uiterlijk,
            te_laat=a.uiterlijk is not None and a.uiterlijk <= op,
            klok=_klok_van(a, casussen[a.casus_id], te_zien[a.casus_id]),
            gesloten=casussen[a.casus_id].gesloten_op is not None,
        )
        for a in gevonden
        if casussen[a.casus_id].gesloten_op is None or a.soort == "signaal"
    ]
    return sorted(uit, key=lambda one: (_voor(one) is None, _voor(one) or one.gedaan_op, one.gedaan_op))


def _klok_van(aanbod: Aanbod, casus: Casus, te_zien: frozenset[str]) -> Mapping[str, Any] | None:
    """The running clock that this answer stops."""
    sleutel = KLOK_VAN.get(aanbod.soort)
    return next((k for k in clocks_in_sight(casus.beeld, te_zien) if k["sleutel"] == sleutel), None)


def _voor(vraag: Vraag) -> datetime | None:
    """By when an answer is asked: what the other gave, else what the agreements give."""
    if vraag.uiterlijk is not None or vraag.klok is None:
        return vraag.uiterlijk
    return datetime.fromisoformat(vraag.klok["uiterlijk"])


def _gezin(casus: Casus, te_zien: frozenset[str], actor: Actor, regie: Betrokkenheid | None, v: Verteller) -> Gezin:
    beeld = casus.beeld
    eigen = (beeld.get("per") or {}).get(str(actor.organisatie_id))
    hier = next((n for n, (_, _, standen) in enumerate(SPOOR) if beeld["stand"] in standen), 0)
    return Gezin(
        id=casus.id,
        nummer=casus.nummer,
        wie=who_of(casus, te_zien, v),
        stand=v.zin(STANDEN[beeld["stand"]]),
        spoor=tuple(
            (v.zin(naam), "af" if n < hier else "hier" if n == hier else "") for n, (_, naam, _) in enumerate(SPOOR)
        ),
        regie=beeld["regie"],
        regie_bij_ons=regie is not None and regie.organisatie_id == actor.organisatie_id,
        regie_sinds=regie.van if regie else None,
        stap=v.zin(eigen["wat"], leesbaar(eigen["gegevens"])) if eigen else "",
        stap_slug=eigen["stap"] if eigen else "",
        klok=next(iter(clocks_in_sight(beeld, te_zien)), None),
        geheim=casus.geheim,
        oefening=casus.oefening,
    )


def _taken(actor: Actor, op: datetime, casussen: Mapping[UUID, Casus], v: Verteller) -> list[Werktaak]:
    gevonden = Taak.objects.filter(voor_id=actor.organisatie_id, klaar_op__isnull=True, casus_id__in=casussen)
    uit = [
        Werktaak(
            id=t.id,
            casus_id=t.casus_id,
            wat=v.zin(t.wat),
            waarom=v.zin(t.waarom),
            wie=who_of(casussen[t.casus_id], frozenset({"kern"}), v),
            regels=tuple(t.regels),
            uiterlijk=t.uiterlijk,
            te_laat=t.uiterlijk is not None and t.uiterlijk <= op,
        )
        for t in gevonden
    ]
    return sorted(uit, key=lambda one: (one.uiterlijk is None, one.uiterlijk or op))


def _overleggen(
    actor: Actor,
    op: datetime,
    casussen: Mapping[UUID, Casus],
    te_zien: Mapping[UUID, frozenset[str]],
    regie: Mapping[UUID, Betrokkenheid],
    v: Verteller,
) -> list[Overleg]:
    ids = [id_ for id_ in casussen if "rto" in te_zien[id_]]
    vandaag = lokaal(op).date()
    begin = datetime.combine(vandaag, time(), AMSTERDAM)
    gevonden = list(
        Rto.objects.filter(
            casus_id__in=ids, gehouden_op__isnull=True, vervallen_op__isnull=True, gepland_op__gte=begin
        ).order_by("gepland_op")
    )
    gasten: dict[UUID, list[Genodigde]] = {}
    for gast in Genodigde.objects.filter(rto_id__in=[r.id for r in gevonden]):
        gasten.setdefault(gast.rto_id, []).append(gast)
    uit = []
    for r in gevonden:
        leidt, bij = regie.get(r.casus_id), gasten.get(r.id, [])
        eigen = next((g for g in bij if g.organisatie_id == actor.organisatie_id), None)
        uit.append(
            Overleg(
                casus_id=r.casus_id,
                op=r.gepland_op,
                wie=who_of(casussen[r.casus_id], frozenset({"kern"}), v),
                waar="" if casussen[r.casus_id].geheim else r.waar,
                vandaag=lokaal(r.gepland_op).date() == vandaag,
                genodigd=len(bij),
                komen=sum(g.komt in ("ja", "op_afstand") for g in bij),
                wij="zit_voor"
                if leidt and leidt.organisatie_id == actor.organisatie_id
                else eigen.komt
                if eigen
                else "",
            )
        )
    return uit


def _wachten(actor: Actor, op: datetime, casussen: Mapping[UUID, Casus], v: Verteller) -> list[Wacht]:
    gevonden = (
        Aanbod.objects.filter(van_organisatie_id=actor.organisatie_id, antwoord="", casus_id__in=casussen)
        .select_related("aan_organisatie")
        .order_by("gedaan_op")
    )
    return [
        Wacht(
            casus_id=a.casus_id,
            wat=v.zin(GEVRAAGD[a.soort]),
            wie=who_of(casussen[a.casus_id], frozenset({"kern"}), v),
            aan=a.aan_organisatie.naam,
            sinds=a.gedaan_op,
            dagen=(lokaal(op).date() - lokaal(a.gedaan_op).date()).days,
            ziet_vanaf=a.zichtbaar_vanaf if a.zichtbaar_vanaf > op else None,
        )
        for a in gevonden
    ]


def who_of(casus: Casus, te_zien: frozenset[str], v: Verteller) -> str:
    """Who it is about: with `kern` first name, initial and age; else ages and the municipality only."""
    kinderen = casus.beeld.get("kinderen") or []
    woorden = [_kind(kind, "kern" in te_zien, v) for kind in kinderen]
    wie = ", ".join(w for w in woorden if w) or v.zin(T("kind, leeftijd nog onbekend"))
    buiten = casus.gemeente_buiten
    waar = v.zin(T("{gemeente} (buiten de regio)"), {"gemeente": buiten}) if buiten else casus.gemeente
    return f"{wie} · {waar}" if waar and not casus.geheim else wie


def _kind(kind: Mapping[str, Any], met_naam: bool, v: Verteller) -> str:
    jaar = v.zin(T("ongeboren")) if kind.get("ongeboren") else in_duur(kind.get("duur") or "", v.zin)
    naam = kind.get("naam") if met_naam else ""
    return ", ".join(deel for deel in (naam, jaar) if deel)
