# SPDX-License-Identifier: EUPL-1.2
"""What break-glass shows: one child to who opened it, a question to the second person, and the reviews to the functionaris
gegevensbescherming. Every look of that hour is a line in the log that carries its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Medewerker, Noodtoegang, Organisatie, Rol
from vangnet.access.slot import asking, asks
from vangnet.access.zicht import nood_zicht
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .break_glass import BEOORDELEN, BEVESTIGEN, OORDELEN, AdresBlijftDicht, NoodtoegangVoorbij, allowed, under
from .dossier import read_dossier
from .show_casus import Casusbeeld, picture
from .show_casus_gezin import addresses_of, organisations_of
from .verteller import Verteller
from .weigeringen import NietBetrokken

VRIJ = ("ja", "levensgevaar")
"""Answers after which a secret address may be seen."""
VAAK = 3
"""From the next one on in 24 hours a break-glass of the same person stands out; it is never refused."""
EEN_DAG = timedelta(hours=24)
REGELS = 500
"""Lines of the log shown of one break-glass."""


@dataclass(frozen=True)
class Noodbeeld:
    """One child as break-glass shows it: read only, and no more than `zicht.NOOD`."""

    id: UUID
    tot: datetime
    levensgevaar: bool
    casus: Casusbeeld
    veiligheidsplan: str
    adres: str
    """How it stands with the address: empty (not asked), gevraagd, nee, or vrij."""
    tweede: str
    """Who answered."""


@dataclass(frozen=True)
class Stand:
    """The heartbeat of an open page: whether it still runs, and how it stands with the address."""

    tot: datetime
    adres: str


@dataclass(frozen=True)
class Tweedevraag:
    """A question to a second person: who asks and why, nothing of the child."""

    id: UUID
    naam: str
    rol: str
    organisatie: str
    reden: str
    gevraagd_op: datetime
    tot: datetime


@dataclass(frozen=True)
class Beoordeling:
    """One break-glass as its reviewer sees it: nothing of the file but its number."""

    id: UUID
    nummer: str
    medewerker_id: UUID
    wie: str
    rol: str
    organisatie: str
    reden: str
    van: datetime
    einde: datetime
    loopt: bool
    levensgevaar: bool
    adres: str
    """What happened with a secret address: empty, gevraagd, ja, nee, levensgevaar."""
    adres_reden: str
    adres_op: datetime | None
    tweede: str
    uiterlijk: date
    laat: bool
    oordeel: str
    oordeel_zin: str
    toelichting: str
    beoordeeld_op: datetime | None
    beoordeeld_door: str
    keer: int
    """Which one it is of this person in 24 hours."""
    blikken: int

    @property
    def vaak(self) -> bool:
        """Whether it stands out how often this person did it."""
        return self.keer > VAAK

    @property
    def zonder_tweede(self) -> bool:
        """A secret address was seen without a second person: looked at first."""
        return self.adres == "levensgevaar"


@dataclass(frozen=True)
class Blik:
    """One line of the log of a break-glass."""

    id: UUID
    op: datetime
    handeling: str
    ding: str
    geslaagd: bool
    toelichting: str


def look(actor: Actor, op: datetime, nood_id: UUID, taal: str = "nl", vertaal: Vertaler = T) -> Noodbeeld:
    """The child, while the hour runs. A line in the log. Errors: those of `break_glass.under`."""
    nood, een = under(actor, op, nood_id)
    v = Verteller(taal, lokaal(op).year, vertaal)
    with asking(nood, op):
        d = read_dossier(een.casus_id)
        if d is None:  # The second lock says no: the casus was closed to him, or his account ended, this very moment.
            log.note(
                nood, "geweigerd", "noodtoegang", op, een.casus_id, geslaagd=False, toelichting="NoodtoegangVoorbij"
            )
            raise NoodtoegangVoorbij()
        geheim = d.casus.geheim
        te_zien = nood_zicht(geheim, een.adres_antwoord in VRIJ)
        log.note(nood, "inzien", "casus", op, een.casus_id, toelichting=f"noodtoegang: {' '.join(sorted(te_zien))}")
        dicht = geheim and "adres" not in te_zien
        alleen = {d.dienst_id} if dicht else None  # Any other says in which part of the region the child is.
        beeld = picture(nood, op, d, te_zien, v)
        beeld = replace(
            beeld,
            hulp=tuple(_hulp(i, dicht) for i in beeld.hulp if i["stand"] != "beeindigd"), stappen=(), anderen=(), aanbiedingen=(), advies={}, verloop={}, te_doen=(), afspraken={},
            organisaties=organisations_of(d, actor, v, alleen), adressen=(),
            personen=tuple(dict(p) | ({"organisatie": "", "opmerking": ""} if dicht else {}) for p in beeld.personen),
        )  # fmt: skip
        plan = d.gehouden_rto.veiligheidsplan if d.gehouden_rto else ""
    tweede = _name(een.adres_tweede_id)
    return Noodbeeld(een.id, een.tot, een.levensgevaar, beeld, plan, _adres(een), tweede)


def show_address(actor: Actor, op: datetime, nood_id: UUID) -> list[dict[str, Any]]:
    """The addresses, for half a minute: at once when none is secret, else once released. A line of its own.

    Errors: those of `break_glass.under`; `AdresBlijftDicht`."""
    nood, een = under(actor, op, nood_id)
    with asking(nood, op):
        d = read_dossier(een.casus_id)
        if d is None:
            raise NoodtoegangVoorbij()
        if d.casus.geheim and een.adres_antwoord not in VRIJ:
            log.note(nood, "geweigerd", "adres", op, een.casus_id, geslaagd=False, toelichting="AdresBlijftDicht")
            raise AdresBlijftDicht()
        wat = "geheim adres getoond" if d.casus.geheim else "adres getoond"
        log.note(nood, "inzien", "adres", op, een.casus_id, toelichting=f"{wat}, noodtoegang")
        return addresses_of(d, show_secret=True)


def pulse(actor: Actor, op: datetime, nood_id: UUID) -> Stand:
    """Whether the hour still runs: the heartbeat of an open page, which shows nothing. Errors: those of `under`."""
    _, een = under(actor, op, nood_id)
    return Stand(een.tot, _adres(een))


@asks
def second_questions(actor: Actor, op: datetime) -> list[Tweedevraag]:
    """What waits for this person as a second person. Errors: `GeenRecht`."""
    allowed(actor, op, BEVESTIGEN)
    with connection.cursor() as cursor:
        cursor.execute("select id, naam, rol, organisatie, reden, gevraagd_op, tot from vangnet_nood_vragen()")
        rijen = cursor.fetchall()
    namen: dict[str, Any] = dict(Rol.choices)
    return [Tweedevraag(id_, naam, str(namen.get(rol, rol)), *rest) for id_, naam, rol, *rest in rijen]


KLAAR = Case(When(oordeel__in=("terecht", "onterecht"), then=1), default=0)
"""What still waits comes before what was reviewed."""


@asks
def show_reviews(actor: Actor, op: datetime) -> list[Beoordeling]:
    """Every break-glass of the region: those to be reviewed first, and of those a secret address without a second person on
    top. A line in the log. Errors: `GeenRecht`."""
    allowed(actor, op, BEOORDELEN)
    alle = [
        _beoordeling(een, op, nummers)
        for een, nummers in _with_numbers(_of_region(actor).order_by(KLAAR, "-van")[:REGELS])
    ]
    log.note(actor, "inzien", "noodtoegang", op)
    wacht = sorted((b for b in alle if b.oordeel == ""), key=lambda b: (not b.zonder_tweede, b.uiterlijk, b.van))
    navraag = sorted((b for b in alle if b.oordeel == "navraag"), key=lambda b: (b.uiterlijk, b.van))
    return [*wacht, *navraag, *(b for b in alle if b.oordeel not in ("", "navraag"))]


@asks
def show_review(actor: Actor, op: datetime, nood_id: UUID) -> tuple[Beoordeling, list[Blik]]:
    """One break-glass with what was looked at. A line in the log. Errors: `GeenRecht`, `NietBetrokken`."""
    allowed(actor, op, BEOORDELEN)
    gevonden = _with_numbers(_of_region(actor).filter(id=nood_id))
    if not gevonden:
        raise NietBetrokken()
    een, nummers = gevonden[0]
    log.note(actor, "inzien", "noodtoegang", op, een.casus_id, toelichting=str(een.id))
    regels = Logregel.objects.filter(noodtoegang_id=nood_id).order_by("op", "nummer")[:REGELS]
    return _beoordeling(een, op, nummers), [
        Blik(r.id, r.op, r.handeling, r.ding, r.geslaagd, r.toelichting) for r in regels
    ]


@asks
def count_reviews(actor: Actor, op: datetime) -> tuple[int, int]:
    """How many wait for a review, and how many of those are late. Errors: `GeenRecht`."""
    allowed(actor, op, BEOORDELEN)
    telling = _of_region(actor).aggregate(
        wacht=Count("id", filter=Q(oordeel="")),
        laat=Count("id", filter=Q(oordeel="", uiterlijk__lt=lokaal(op).date())),
    )
    return telling["wacht"], telling["laat"]


def _of_region(actor: Actor) -> QuerySet[Noodtoegang]:
    ids = Organisatie.objects.filter(regio=actor.regio).values("id")
    eerder = (
        Noodtoegang.objects.filter(
            medewerker_id=OuterRef("medewerker_id"), van__gt=OuterRef("van") - EEN_DAG, van__lte=OuterRef("van")
        )
        .order_by()
        .values("medewerker_id")
        .annotate(n=Count("id"))
        .values("n")
    )
    blikken = (
        Logregel.objects.filter(noodtoegang_id=OuterRef("id"), geslaagd=True, handeling="inzien")
        .order_by()
        .values("noodtoegang_id")
        .annotate(n=Count("id"))
        .values("n")
    )
    return (
        Noodtoegang.objects.filter(organisatie_id__in=ids)
        .select_related("medewerker", "organisatie", "adres_tweede", "beoordeeld_door")
        .annotate(
            keer=Subquery(eerder), blikken=Coalesce(Subquery(blikken), 0), einde=Coalesce(F("beeindigd_op"), F("tot"))
        )
    )


def _with_numbers(rijen: Any) -> list[tuple[Any, Mapping[UUID, str]]]:
    gevonden = list(rijen)
    with connection.cursor() as cursor:
        cursor.execute("select id, nummer from vangnet_nummers(%s)", [[een.casus_id for een in gevonden]])
        nummers = dict(cursor.fetchall())
    return [(een, nummers) for een in gevonden]


def _beoordeling(een: Any, op: datetime, nummers: Mapping[UUID, str]) -> Beoordeling:
    return Beoordeling(
        een.id, nummers.get(een.casus_id, str(een.casus_id)[:8]), een.medewerker_id, een.medewerker.naam,
        str(dict(Rol.choices).get(een.rol, een.rol)), een.organisatie.naam, een.reden, een.van, een.einde, een.einde > op,
        een.levensgevaar, een.adres_antwoord or ("gevraagd" if een.adres_gevraagd_op else ""), een.adres_reden, een.adres_op,
        een.adres_tweede.naam if een.adres_tweede else "", een.uiterlijk,
        een.oordeel == "" and een.uiterlijk < lokaal(op).date(), een.oordeel, OORDELEN.get(een.oordeel, ""),
        een.toelichting, een.beoordeeld_op, een.beoordeeld_door.naam if een.beoordeeld_door else "", een.keer or 1,
        een.blikken,
    )  # fmt: skip


def _adres(een: Noodtoegang) -> str:
    if een.adres_antwoord in VRIJ:
        return "vrij"
    return een.adres_antwoord or ("gevraagd" if een.adres_gevraagd_op else "")


def _name(medewerker_id: UUID | None) -> str:
    return Medewerker.objects.values_list("naam", flat=True).filter(id=medewerker_id).first() or ""


def _hulp(i: Mapping[str, Any], dicht: bool) -> dict[str, Any]:
    return dict(i) | ({"aanbieder": "", "plaats": "", "gesproken_met": ""} if dicht else {})
