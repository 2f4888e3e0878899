# SPDX-License-Identifier: EUPL-1.2
"""A municipality files the days on which its access is closed; they are checked by the agreements on the spot (ZL-39..43).

A person decides: days that do not hold can still be filed, and are shown as not counting with the reason. What was filed is
withdrawn, never wiped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Organisatie, Rol, Sluitingsdag, Soort
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering
from vangnet.messages import outbox
from vangnet.messages.outbox import Poststuk
from vangnet.policy.fouten import VoorEersteVersie
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM, T, Vertaler, dag_in_woorden

from . import current_register
from .closing_days import STEMPEL, Oordeel, Opgave, judge
from .invoer import Onleesbaar, gevonden
from .invoer import dag as lees_dag
from .present_advice import as_data, present
from .recompute_clocks import Telling, count_changes
from .weigeringen import GeenRecht, OngeldigeInvoer

MERK = "sluitingsdag.opgeven"
VOORUIT = 2
"""How many years ahead days can be filed."""


class GeenToegang(Weigering):
    """Sluitingsdagen horen bij de toegang van een gemeente in jouw regio."""


class DagIsVoorbij(Weigering):
    """Deze dag is geweest. Wat toen gold, blijft staan."""


class DagOnbekend(Weigering):
    """Deze sluitingsdag is er niet, of is al ingetrokken."""


@dataclass(frozen=True)
class Kalenderdag:
    """One day of the year as the page draws it."""

    dag: date
    soort: str
    """werkdag, weekend, feestdag, or for a day that was filed: telt, onzeker, telt_niet."""
    naam: str = ""
    """The name of a holiday."""


@dataclass(frozen=True)
class Opgegevendag:
    """A day that was filed, and whether it counts."""

    id: UUID
    dag: date
    gemeld_op: date
    door: str
    oordeel: str
    voorbij: bool


@dataclass(frozen=True)
class Uitslag:
    """What the agreements say about a filing, in words: sentences with their rules, and open questions."""

    oordeel: str
    """aanvaard, hangt_af, geweigerd; empty when nothing was filed."""
    zinnen: tuple[dict[str, object], ...] = ()
    vragen: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True)
class Jaar:
    """The closing days of one municipality in one year, with the calendar around them."""

    organisatie_id: UUID
    organisatie: str
    gemeente: str
    jaar: int
    jaren: tuple[int, ...]
    toegangen: tuple[tuple[UUID, str], ...]
    """The accesses that this person may file for."""
    mag: bool
    """Whether the agreements give this municipality the right at all."""
    hoogstens: int | None
    aaneengesloten: int | None
    uiterlijk: date | None
    regels: tuple[str, ...]
    dagen: tuple[Opgegevendag, ...]
    maanden: tuple[tuple[date, tuple[Kalenderdag | None, ...]], ...]
    """Per month its first day, and its days from Monday on; None fills the first week."""
    uitslag: Uitslag
    vandaag: date


def show_year(
    actor: Actor, op: datetime, organisatie_id: UUID | None, jaar: int | None, taal: str = "nl", vertaal: Vertaler = T
) -> Jaar:
    """One year of one access: what was filed, what counts and why. Without an access the own one, or the first.

    Errors: `GeenToegang`, `GeenRecht`, `OngeldigeInvoer` for a year too far away."""
    toegang, toegangen = _toegang(actor, organisatie_id)
    vandaag = lokaal(op).date()
    jaar = _jaar(jaar or vandaag.year, vandaag)
    afspraken = _afspraken(actor.regio, jaar)
    rijen = list(
        Sluitingsdag.objects.filter(organisatie=toegang, datum__year=jaar, ingetrokken_op__isnull=True)
        .select_related("door")
        .order_by("datum")
    )
    oordeel = judge(afspraken, toegang.gemeente, jaar, [Opgave(r.datum, r.gemeld_op) for r in rijen])
    dagen = tuple(
        Opgegevendag(r.pk, r.datum, r.gemeld_op, r.door.naam, oordeel.van(r.datum), r.datum < vandaag) for r in rijen
    )
    regel = afspraken.sluitingsdagen
    maand, dag = (int(x) for x in regel.gemeld_uiterlijk.waarde.split("-")) if regel else (1, 1)
    return Jaar(
        toegang.pk, toegang.naam, toegang.gemeente, jaar,
        tuple(range(vandaag.year, vandaag.year + VOORUIT + 1)), tuple((t.pk, t.naam) for t in toegangen),
        bool(regel and toegang.gemeente in regel.gemeenten.waarde),
        regel.hoogstens.waarde if regel else None, regel.aaneengesloten.waarde if regel else None,
        date(jaar, maand, dag) if regel else None,
        tuple(dict.fromkeys((*regel.gemeenten.regels, *regel.hoogstens.regels, *regel.gemeld_uiterlijk.regels,
                             *regel.aaneengesloten.regels))) if regel else afspraken.regio.regels,
        dagen, _maanden(afspraken, jaar, {d.dag: d.oordeel for d in dagen}),
        _uitslag(oordeel, len(dagen), taal, vertaal), vandaag,
    )  # fmt: skip


def check_days(
    actor: Actor,
    op: datetime,
    organisatie_id: UUID | None,
    jaar: int,
    dagen: Iterable[str],
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> tuple[list[tuple[date, str]], Uitslag]:
    """What would hold if these days were filed now, on top of what stands: per new day its verdict, and why. Keeps nothing.

    Errors: `OngeldigeInvoer` naming every day that cannot be filed (`dag1`, `dag2`, ...)."""
    toegang, _ = _toegang(actor, organisatie_id)
    vandaag = lokaal(op).date()
    jaar = _jaar(jaar, vandaag)
    afspraken = _afspraken(actor.regio, jaar)
    nieuw = _lees(afspraken, toegang, jaar, dagen, vandaag)
    staat = [Opgave(*r) for r in _staat(toegang, jaar)]
    oordeel = judge(afspraken, toegang.gemeente, jaar, [*staat, *(Opgave(d, vandaag) for d in nieuw)])
    return [(d, oordeel.van(d)) for d in nieuw], _uitslag(oordeel, len(nieuw), taal, vertaal)


def file_days(actor: Actor, op: datetime, organisatie_id: UUID | None, jaar: int, dagen: Iterable[str]) -> int:
    """File these days, told today; returns how many are new. A day that stands already is left alone.

    Errors: `OngeldigeInvoer`, `GeenToegang`, `GeenRecht`."""
    toegang, _ = _toegang(actor, organisatie_id)
    vandaag = lokaal(op).date()
    jaar = _jaar(jaar, vandaag)
    nieuw = _lees(_afspraken(actor.regio, jaar), toegang, jaar, dagen, vandaag, opnieuw=True)
    with transaction.atomic():
        Organisatie.objects.select_for_update().get(pk=toegang.pk)
        staat = {dag for dag, _ in _staat(toegang, jaar)}
        rijen = [
            Sluitingsdag(organisatie=toegang, datum=d, gemeld_op=vandaag, door_id=actor.medewerker_id)
            for d in nieuw
            if d not in staat
        ]
        Sluitingsdag.objects.bulk_create(rijen)
        if rijen:
            wat = ", ".join(r.datum.isoformat() for r in rijen)
            note(actor, "toevoegen", "sluitingsdag", op, toelichting=f"{toegang.gemeente}: {wat}")
    return len(rijen)


def withdraw_day(actor: Actor, op: datetime, dag_id: UUID) -> date:
    """Take back a day that has not been; returns which. The access is there again on that day.

    Errors: `DagOnbekend`, `DagIsVoorbij`, `GeenRecht`."""
    with transaction.atomic():
        rij = (
            Sluitingsdag.objects.select_for_update(of=("self",))
            .select_related("organisatie")
            .filter(pk=dag_id, ingetrokken_op__isnull=True, organisatie__regio=actor.regio)
            .first()
        )
        if rij is None:
            raise DagOnbekend
        try:
            _toegang(actor, rij.organisatie_id)
        except GeenToegang:
            raise DagOnbekend from None
        if rij.datum < lokaal(op).date():
            raise DagIsVoorbij
        rij.ingetrokken_op = op
        rij.save(update_fields=["ingetrokken_op"])
        note(actor, "beëindigen", "sluitingsdag", op, toelichting=f"{rij.organisatie.gemeente}: {rij.datum}")
    return rij.datum


def moved_by_days(actor: Actor, op: datetime, organisatie_id: UUID | None, dag_id: UUID | None = None) -> Telling:
    """How many deadlines of open casussen of this municipality change by its closing days as they are filed now, as a number: who
    files them need not see one of those casussen. When there are any, the crisis services of the region are told by mail, since
    only a coordinator of theirs lets them move. Of `dag_id`, a day that was filed, the municipality is the one meant.

    Errors: `GeenToegang`, `GeenRecht`."""
    if dag_id is not None:
        organisatie_id = Sluitingsdag.objects.filter(pk=dag_id).values_list("organisatie_id", flat=True).first()
    toegang, _ = _toegang(actor, organisatie_id)
    telling = count_changes(toegang.regio, op, toegang.gemeente)
    if telling.termijnen:
        diensten = Organisatie.objects.filter(regio=toegang.regio, soort=Soort.CRISISDIENST, actief=True)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select {STEMPEL.format(regio='%s')}", [toegang.regio])  # Of what is filed now: told once.
            (stempel,) = cursor.fetchone()
            for dienst in diensten:
                stuk = Poststuk(
                    kanaal="mail", aan=dienst.postbus, soort="herrekenen", organisatie_id=dienst.id, regio=dienst.regio,
                    sleutel=f"herrekenen.{dienst.id}.{toegang.id}.{stempel}",
                    gegevens={"aantal": str(min(telling.termijnen, 999))},
                )  # fmt: skip
                outbox.put(stuk, op)
    return telling


def _toegang(actor: Actor, organisatie_id: UUID | None) -> tuple[Organisatie, list[Organisatie]]:
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    mogelijk = Organisatie.objects.filter(regio=actor.regio, soort=Soort.TOEGANG, actief=True).exclude(gemeente="")
    if actor.rol == Rol.TOEGANGSMEDEWERKER:
        mogelijk = mogelijk.filter(pk=actor.organisatie_id)
    lijst = list(mogelijk.order_by("naam"))
    gekozen = next((o for o in lijst if organisatie_id in (None, o.pk)), None)
    if gekozen is None:
        raise GeenToegang
    return gekozen, lijst


def _jaar(jaar: int, vandaag: date) -> int:
    if not vandaag.year - 3 <= jaar <= vandaag.year + VOORUIT:
        tot = f"een jaar van {vandaag.year - 3} tot en met {vandaag.year + VOORUIT}"
        raise OngeldigeInvoer(("jaar", str(jaar), tot))
    return jaar


def _afspraken(regio: str, jaar: int) -> Afspraken:
    register = current_register()
    try:
        return register.op(regio, datetime(jaar, 1, 1, 12, tzinfo=AMSTERDAM))
    except VoorEersteVersie:
        return register.versies[regio][0]


def _staat(toegang: Organisatie, jaar: int) -> list[tuple[date, date]]:
    return list(
        Sluitingsdag.objects.filter(organisatie=toegang, datum__year=jaar, ingetrokken_op__isnull=True).values_list(
            "datum", "gemeld_op"
        )
    )


def _lees(
    afspraken: Afspraken, toegang: Organisatie, jaar: int, ruw: Iterable[str], vandaag: date, opnieuw: bool = False
) -> list[date]:
    kalender = kalender_van(afspraken)
    staat = {dag for dag, _ in _staat(toegang, jaar)}
    uit: list[date] = []
    fouten = []
    for n, een in enumerate(ruw, 1):
        if not str(een).strip():
            continue
        try:
            gelezen = lees_dag(een)
        except Onleesbaar as fout:
            fouten.append((f"dag{n}", gevonden(een), str(fout)))
            continue
        if gelezen is None:
            continue
        soort, naam = kalender.soort(gelezen)
        woorden = dag_in_woorden(gelezen)
        if gelezen.year != jaar:
            fouten.append((f"dag{n}", woorden, f"een dag in {jaar}"))
        elif gelezen < vandaag:
            fouten.append((f"dag{n}", woorden, "een dag die nog komt"))
        elif soort != "werkdag":
            fouten.append(
                (f"dag{n}", f"{woorden}{f' ({naam})' if naam else ''}", "een werkdag; dan is de toegang toch al dicht")
            )
        elif gelezen in uit or (gelezen in staat and not opnieuw):
            fouten.append((f"dag{n}", woorden, "een dag die nog niet is opgegeven"))
        else:
            uit.append(gelezen)
    if not uit and not fouten:
        fouten.append(("dag1", "niets", "minstens één dag"))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    return sorted(uit)


def _uitslag(oordeel: Oordeel, aantal: int, taal: str, vertaal: Vertaler) -> Uitslag:
    advies = oordeel.laatste
    if advies is None or not aantal:
        return Uitslag("")
    antwoord = as_data(present(advies, current_register().bronnen, taal, vertaal))
    zinnen = tuple(
        {**u, "sleutel": sleutel}
        for sleutel, u in antwoord["uitspraken"].items()
        if sleutel.startswith("sluitingsdagen.")
    )
    vragen = tuple(q for q in antwoord["open_vragen"] if q["id"].startswith("X-07") and not q["keuze"])
    uitspraak = advies.uitspraken.get("sluitingsdagen.oordeel")
    woord = str(uitspraak.waarde) if uitspraak else "hangt_af"
    return Uitslag(woord, zinnen, vragen)


def _maanden(
    afspraken: Afspraken, jaar: int, opgegeven: dict[date, str]
) -> tuple[tuple[date, tuple[Kalenderdag | None, ...]], ...]:
    kalender = kalender_van(afspraken)
    uit = []
    for maand in range(1, 13):
        eerste = date(jaar, maand, 1)
        dagen: list[Kalenderdag | None] = [None] * eerste.weekday()
        dag = eerste
        while dag.month == maand:
            soort, naam = kalender.soort(dag)
            dagen.append(Kalenderdag(dag, opgegeven.get(dag, soort), naam))
            dag += timedelta(days=1)
        uit.append((eerste, tuple(dagen)))
    return tuple(uit)
