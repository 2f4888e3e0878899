# SPDX-License-Identifier: EUPL-1.2
"""Who to call now: per organisation the number that is answered at this moment, and when it opens again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Sluitingsdag, Soort
from vangnet.access.rechten import may
from vangnet.access.zicht import delen
from vangnet.capacity.models import Dienst
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import Kalender, Kantoortijd, binnen_kantoortijd, lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM, T, Vertaler, dag_in_woorden

from . import current_register
from .dossier import read_dossier
from .show_casus import Verteller
from .weigeringen import GeenRecht, NietBetrokken

MERK = "bellen.inzien"
VOLGORDE = (
    Soort.CRISISDIENST,
    Soort.VEILIG_THUIS,
    Soort.TOEGANG,
    Soort.GI,
    Soort.ZORGAANBIEDER,
    Soort.TAFEL,
    Soort.REGIO,
)
SOORTNAAM: dict[str, str] = {
    Soort.CRISISDIENST: T("Crisisdienst"),
    Soort.VEILIG_THUIS: T("Veilig Thuis"),
    Soort.TOEGANG: T("Toegang per gemeente"),
    Soort.GI: T("Gecertificeerde instellingen"),
    Soort.ZORGAANBIEDER: T("Zorgaanbieders"),
    Soort.TAFEL: T("Regionale tafels"),
    Soort.REGIO: T("Regio"),
}
KANTOORGEBONDEN = frozenset({Soort.TOEGANG, Soort.GI, Soort.TAFEL, Soort.REGIO})
"""Kinds that the agreements know as available in office hours only (ZL-31, ZL-38)."""
TAAKNAAM: dict[str, str] = {
    "voorwacht": T("voorwacht"),
    "achterwacht": T("achterwacht"),
    "coordinator": T("coördinator"),
    "gedragswetenschapper": T("gedragswetenschapper"),
    "psychiater": T("psychiater"),
}
LANGST = 14
"""Days ahead in which the next opening is looked for."""


@dataclass(frozen=True)
class Nummer:
    """One line of the phone list."""

    naam: str
    telefoon: str
    """The number that is answered now; empty when nobody answers."""
    uitleg: str
    """What the number is, or until when it is closed."""
    open: bool
    later: str
    """The number in office hours, when it is another one and closed now."""


@dataclass(frozen=True)
class Belgroep:
    """The numbers of one kind of organisation."""

    soort: str
    naam: str
    nummers: tuple[Nummer, ...]


@dataclass(frozen=True)
class Bellijst:
    """Everything on the page."""

    dienst: tuple[Nummer, ...]
    """Who of the crisis service has duty now."""
    groepen: tuple[Belgroep, ...]
    casus: Belgroep | None
    """The organisations of one casus, when it was opened from there."""
    kantoortijd: bool


def who_to_call(
    actor: Actor, op: datetime, casus_id: UUID | None = None, taal: str = "nl", vertaal: Vertaler = T
) -> Bellijst:
    """The phone list of the region at a moment. With a casus its organisations come first.

    Errors: `GeenRecht`; `NietBetrokken` for a casus that is out of sight."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    afspraken = current_register().op(actor.regio, None)
    organisaties = list(Organisatie.objects.filter(regio=actor.regio, actief=True).order_by("naam"))
    dicht = set(
        Sluitingsdag.objects.filter(
            organisatie__in=organisaties,
            datum__gte=lokaal(op).date(),
            datum__lte=lokaal(op).date() + timedelta(days=LANGST),
            ingetrokken_op__isnull=True,
        ).values_list("organisatie_id", "datum")
    )
    regels = {o.id: _nummer(o, op, afspraken, {dag for id_, dag in dicht if id_ == o.id}, v) for o in organisaties}
    groepen = tuple(
        Belgroep(soort, v.zin(SOORTNAAM[soort]), nummers)
        for soort in VOLGORDE
        if (nummers := tuple(regels[o.id] for o in organisaties if o.soort == soort))
    )
    return Bellijst(
        dienst=tuple(_on_duty(actor, op, v)),
        groepen=groepen,
        casus=_of_casus(actor, op, casus_id, regels, v) if casus_id else None,
        kantoortijd=binnen_kantoortijd(op, _uren(afspraken), kalender_van(afspraken)),
    )


def _uren(afspraken: Afspraken) -> Kantoortijd:
    return afspraken.kantoortijd or Kantoortijd(van=time(9), tot=time(17), strekking="in de regel", regels=())


def _on_duty(actor: Actor, op: datetime, v: Verteller) -> list[Nummer]:
    gevonden = (
        Dienst.objects.filter(
            organisatie__regio=actor.regio, organisatie__soort=Soort.CRISISDIENST, van__lte=op, tot__gt=op
        )
        .select_related("medewerker", "organisatie")
        .order_by("taak", "van")
    )
    return [
        Nummer(
            naam=d.medewerker.naam,
            telefoon=d.medewerker.telefoon or d.organisatie.telefoon,
            uitleg=v.zin(
                T("{taak}, tot {tijd}"), {"taak": v.zin(TAAKNAAM.get(d.taak, d.taak)), "tijd": f"{lokaal(d.tot):%H:%M}"}
            ),
            open=True,
            later="",
        )
        for d in gevonden
    ]


def _nummer(o: Organisatie, op: datetime, afspraken: Afspraken, dicht: set[date], v: Verteller) -> Nummer:
    if o.soort not in KANTOORGEBONDEN:
        return Nummer(o.naam, o.telefoon or o.telefoon_buiten, o.bereikbaar, bool(o.telefoon or o.telefoon_buiten), "")
    uren = _uren(afspraken)
    kalender = kalender_van(afspraken)
    vandaag = lokaal(op).date()
    if vandaag not in dicht and binnen_kantoortijd(op, uren, kalender):
        tot = v.zin(T("open tot {tijd}"), {"tijd": f"{uren.tot:%H:%M}"})
        return Nummer(o.naam, o.telefoon, o.bereikbaar or tot, bool(o.telefoon), "")
    open_weer = _opening(op, uren, kalender, dicht)
    weer = ""
    if open_weer:
        weer = v.zin(
            T("dicht tot {dag} {tijd}"),
            {"dag": dag_in_woorden(open_weer.date(), v.taal, v.jaar), "tijd": f"{open_weer:%H:%M}"},
        )
    if o.telefoon_buiten:
        return Nummer(o.naam, o.telefoon_buiten, v.zin(T("buiten kantoortijd")), True, o.telefoon)
    return Nummer(o.naam, "", weer, False, o.telefoon)


def _opening(op: datetime, uren: Kantoortijd, kalender: Kalender, dicht: set[date]) -> datetime | None:
    """When the office opens again, on the clock in the Netherlands; None when not within two weeks."""
    hier = lokaal(op)
    for n in range(LANGST):
        dag = hier.date() + timedelta(days=n)
        begin = datetime.combine(dag, uren.van, AMSTERDAM)
        if begin > hier and dag not in dicht and kalender.is_werkdag(dag):
            return begin
    return None


def _of_casus(actor: Actor, op: datetime, casus_id: UUID, regels: Mapping[UUID, Nummer], v: Verteller) -> Belgroep:
    dossier = read_dossier(casus_id) if delen(actor, casus_id, op) - {"aanbod"} else None
    if dossier is None:
        raise NietBetrokken()
    log.note(actor, "inzien", "casus", op, casus_id, toelichting="wie bel ik")
    ids = dict.fromkeys(b.organisatie_id for b in dossier.betrokkenheden if b.tot is None)
    return Belgroep("casus", v.zin(T("Bij deze casus")), tuple(regels[id_] for id_ in ids if id_ in regels))
