# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody: the questions to his organisation, its families, its tasks, the meetings, and what others owe it.

Built from the strips that are kept on each casus, so that the page costs the same for five families as for fifty. A
question that has not been answered yes shows a profile and no more; of one that was refused nothing is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.zicht import betrokken, zicht
from vangnet.casework.models import Aanbod, Casus, Rto, Taak
from vangnet.casework.stand import SPOOR, STANDEN
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .show_casus import Verteller
from .weigeringen import GeenRecht

MERK = "mijnwerk.inzien"
VRAGEN: dict[str, str] = {
    "regie": T("Neem je de regie over?"),
    "rto": T("Kom je naar het RTO?"),
    "hulp": T("Kun je deze hulp geven?"),
    "meegaan": T("Ga je mee op inschatting?"),
    "signaal": T("Pak je dit signaal op?"),
    "vervolg": T("Geef je de vervolghulp?"),
    "overig": T("Een vraag aan jullie"),
}
"""What a request asks, by its kind."""
NA_NEE: dict[str, str] = {
    "regie": T("De regie blijft bij {van}. Hun coördinator hoort het meteen."),
    "signaal": T("{van} hoort het meteen en zoekt verder."),
}
"""What happens after a no; else the other is told and looks further."""
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


@dataclass(frozen=True)
class Wacht:
    """Something that was asked of another and not answered."""

    casus_id: UUID
    kop: str
    wie: str
    aan: str
    sinds: datetime
    dagen: int


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
    for casus_id, deel in betrokken(actor, op).values_list("casus_id", "deel"):
        in_delen.setdefault(casus_id, set()).add(deel)
    te_zien = {id_: zicht(actor.rol, delen) for id_, delen in in_delen.items()}
    gevraagd = Aanbod.objects.filter(aan_organisatie_id=actor.organisatie_id, antwoord="").values("casus_id")
    # A signal about a call that was referred or advised concerns a casus that is closed already.
    casussen = {c.id: c for c in Casus.objects.filter(Q(gesloten_op__isnull=True) | Q(id__in=gevraagd), id__in=te_zien)}
    vragen = _vragen(actor, op, casussen, te_zien, v)
    gezinnen = [
        _gezin(c, te_zien[c.id], actor, v)
        for c in sorted(casussen.values(), key=lambda c: (c.volgende_klok_op is None, c.volgende_klok_op or op))
        if "kern" in te_zien[c.id] and c.gesloten_op is None
    ]
    kern = {id_: c for id_, c in casussen.items() if "kern" in te_zien[id_]}
    werk = Mijnwerk(
        vragen=tuple(vragen),
        gezinnen=tuple(gezinnen[:GROOTSTE]),
        taken=tuple(_taken(actor, op, kern, v)),
        overleggen=tuple(_overleggen(op, kern, te_zien, v)),
        wachten=tuple(_wachten(actor, op, kern, v)),
        meer=max(len(gezinnen) - GROOTSTE, 0),
    )
    if note_look:
        log.note(actor, "inzien", "mijnwerk", op)
    return werk


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
            wie=_wie(casussen[a.casus_id], te_zien[a.casus_id], v),
            tekst=a.tekst,
            van=a.van_organisatie.naam,
            na_nee=v.zin(
                NA_NEE.get(a.soort, T("{van} hoort het en vraagt een ander.")), {"van": a.van_organisatie.naam}
            ),
            regels=tuple(a.regels),
            gedaan_op=a.gedaan_op,
            uiterlijk=a.uiterlijk,
            te_laat=a.uiterlijk is not None and a.uiterlijk <= op,
        )
        for a in gevonden
    ]
    return sorted(uit, key=lambda one: (one.uiterlijk is None, one.uiterlijk or one.gedaan_op))


def _gezin(casus: Casus, te_zien: frozenset[str], actor: Actor, v: Verteller) -> Gezin:
    beeld = casus.beeld
    eigen = (beeld.get("per") or {}).get(str(actor.organisatie_id))
    hier = next((n for n, (_, _, standen) in enumerate(SPOOR) if beeld["stand"] in standen), 0)
    return Gezin(
        id=casus.id,
        nummer=casus.nummer,
        wie=_wie(casus, te_zien, v),
        stand=v.zin(STANDEN[beeld["stand"]]),
        spoor=tuple(
            (v.zin(naam), "af" if n < hier else "hier" if n == hier else "") for n, (_, naam, _) in enumerate(SPOOR)
        ),
        regie=beeld["regie"],
        regie_bij_ons=beeld["regie"] == actor.organisatie,
        stap=v.zin(eigen["wat"], eigen["gegevens"]) if eigen else "",
        stap_slug=eigen["stap"] if eigen else "",
        klok=beeld["klok"] if "klokken" in te_zien else None,
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
            wie=_wie(casussen[t.casus_id], frozenset({"kern"}), v),
            regels=tuple(t.regels),
            uiterlijk=t.uiterlijk,
            te_laat=t.uiterlijk is not None and t.uiterlijk <= op,
        )
        for t in gevonden
    ]
    return sorted(uit, key=lambda one: (one.uiterlijk is None, one.uiterlijk or op))


def _overleggen(
    op: datetime, casussen: Mapping[UUID, Casus], te_zien: Mapping[UUID, frozenset[str]], v: Verteller
) -> list[Overleg]:
    ids = [id_ for id_ in casussen if "rto" in te_zien[id_]]
    begin = op - timedelta(hours=12)
    gevonden = Rto.objects.filter(
        casus_id__in=ids, gehouden_op__isnull=True, vervallen_op__isnull=True, gepland_op__gte=begin
    ).order_by("gepland_op")
    vandaag = lokaal(op).date()
    return [
        Overleg(
            casus_id=r.casus_id,
            op=r.gepland_op,
            wie=_wie(casussen[r.casus_id], frozenset({"kern"}), v),
            waar=r.waar,
            vandaag=lokaal(r.gepland_op).date() == vandaag,
        )
        for r in gevonden
    ]


def _wachten(actor: Actor, op: datetime, casussen: Mapping[UUID, Casus], v: Verteller) -> list[Wacht]:
    gevonden = (
        Aanbod.objects.filter(van_organisatie_id=actor.organisatie_id, antwoord="", casus_id__in=casussen)
        .select_related("aan_organisatie")
        .order_by("gedaan_op")
    )
    return [
        Wacht(
            casus_id=a.casus_id,
            kop=v.zin(VRAGEN[a.soort]),
            wie=_wie(casussen[a.casus_id], frozenset({"kern"}), v),
            aan=a.aan_organisatie.naam,
            sinds=a.gedaan_op,
            dagen=(lokaal(op).date() - lokaal(a.gedaan_op).date()).days,
        )
        for a in gevonden
    ]


def _wie(casus: Casus, te_zien: frozenset[str], v: Verteller) -> str:
    """Who it is about: with `kern` first name, initial and age; else ages and the municipality only."""
    kinderen = casus.beeld.get("kinderen") or []
    woorden = [_kind(kind, "kern" in te_zien, v) for kind in kinderen]
    wie = ", ".join(w for w in woorden if w) or v.zin(T("kind, leeftijd nog onbekend"))
    return f"{wie} · {casus.gemeente}" if casus.gemeente and not casus.geheim else wie


def _kind(kind: Mapping[str, Any], met_naam: bool, v: Verteller) -> str:
    if kind.get("ongeboren"):
        jaar = v.zin(T("ongeboren"))
    elif kind.get("maanden") is not None:
        jaar = v.zin(T("{n} mnd"), {"n": kind["maanden"]})
    elif kind.get("leeftijd") is not None:
        jaar = v.zin(T("{n} jaar"), {"n": kind["leeftijd"]})
    else:
        jaar = ""
    naam = kind.get("naam") if met_naam else ""
    return ", ".join(deel for deel in (naam, jaar) if deel)
