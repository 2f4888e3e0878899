# SPDX-License-Identifier: EUPL-1.2
"""Who to call now: per organisation the number that is answered at this moment, and when it opens again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Organisatie, Sluitingsdag, Soort
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen
from vangnet.capacity.models import Dienst
from vangnet.policy.fouten import VoorEersteVersie
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import Kalender, Kantoortijd, binnen_kantoortijd, lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM, T, Vertaler, dag_in_woorden

from . import current_register
from .dossier import read_dossier
from .verteller import Verteller
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
    "gedragswetenschapper": T("gedragswetenschapper"),
    "psychiater": T("psychiater"),
    "coordinator": T("coördinator"),
}
"""As what somebody has duty, in the order in which he is called."""
VERWACHT = ("voorwacht", "gedragswetenschapper", "psychiater")
"""Duties of which it is said when nobody has them."""
VEILIG_THUIS = "0800 2000"
"""The public number of Veilig Thuis, free and answered day and night, for where a region filed no other."""
KANTOOR = Kantoortijd(van=time(9), tot=time(17), strekking="in de regel", regels=())
"""Hours reckoned with where the agreements name none; the page says that they are ours."""
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
    """The number in office hours, when nobody answers it now."""
    zoekwoorden: str = ""
    """What else it is found by: the municipality of an access."""


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
    niemand: tuple[str, ...]
    """Duties that the roster gives to nobody now."""
    groepen: tuple[Belgroep, ...]
    casus: Belgroep | None
    """The organisations of one casus, when it was opened from there."""
    kantoortijd: bool
    uren: str
    """The office hours reckoned with, such as `09:00-17:00`."""
    regels: tuple[str, ...]
    """Where those hours come from; empty when the agreements name none and they are ours."""
    feestdag: str
    """Which holiday it is today."""


@asks
def who_to_call(
    actor: Actor,
    op: datetime,
    casus_id: UUID | None = None,
    taal: str = "nl",
    vertaal: Vertaler = T,
    note_look: bool = True,
) -> Bellijst:
    """The phone list of the region at a moment. With a casus its organisations come first: a line in the log, unless the
    page only refreshes itself.

    Errors: `GeenRecht`; `NietBetrokken` for a casus that is out of sight."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    v = Verteller(taal, lokaal(op).year, vertaal)
    afspraken = _afspraken(actor.regio, op)
    vandaag = lokaal(op).date()
    organisaties = list(Organisatie.objects.filter(regio=actor.regio, actief=True).order_by("gemeente", "naam"))
    dicht: dict[UUID, set[date]] = {}
    opgegeven = Sluitingsdag.objects.filter(
        organisatie__regio=actor.regio,
        datum__gte=vandaag,
        datum__lte=vandaag + timedelta(days=LANGST),
        ingetrokken_op__isnull=True,
    )
    for id_, dag in opgegeven.values_list("organisatie_id", "datum"):
        dicht.setdefault(id_, set()).add(dag)
    kalender = kalender_van(afspraken)
    uren = afspraken.kantoortijd or KANTOOR
    regels = {
        o.id: _nummer(o, op, uren, kalender, dicht.get(o.id, set()) | _filed(afspraken, o.gemeente), v)
        for o in organisaties
    }
    groepen = {soort: tuple(regels[o.id] for o in organisaties if o.soort == soort) for soort in VOLGORDE}
    if not any(n.telefoon for n in groepen[Soort.VEILIG_THUIS]):
        groepen[Soort.VEILIG_THUIS] = (
            Nummer("Veilig Thuis", VEILIG_THUIS, v.zin(T("landelijk, gratis, dag en nacht")), True, ""),
        )
    dienst = _on_duty(actor, op)
    return Bellijst(
        dienst=tuple(_wacht(d, v) for d in dienst),
        niemand=tuple(v.zin(TAAKNAAM[t]) for t in VERWACHT if t not in {d.taak for d in dienst}),
        groepen=tuple(Belgroep(soort, v.zin(SOORTNAAM[soort]), nrs) for soort, nrs in groepen.items() if nrs),
        casus=_of_casus(actor, op, casus_id, regels, v, note_look) if casus_id else None,
        kantoortijd=binnen_kantoortijd(op, uren, kalender),
        uren=f"{uren.van:%H:%M}-{uren.tot:%H:%M}",
        regels=uren.regels,
        feestdag=v.zin(kalender.feestdag(vandaag)),
    )


def _afspraken(regio: str, op: datetime) -> Afspraken:
    """The agreements that hold now; before the first version the first there is."""
    try:
        return current_register().op(regio, op)
    except VoorEersteVersie:
        return current_register().op(regio, None)


def _filed(afspraken: Afspraken, gemeente: str) -> set[date]:
    """The closing days of a municipality in the files of its region."""
    lijsten = [x for x in afspraken.sluitingslijsten if gemeente and x.gemeente.casefold() == gemeente.casefold()]
    return {dag for lijst in lijsten for dag in lijst.dagen}


def _on_duty(actor: Actor, op: datetime) -> list[Dienst]:
    gevonden = Dienst.objects.filter(
        organisatie__regio=actor.regio, organisatie__soort=Soort.CRISISDIENST, van__lte=op, tot__gt=op
    ).select_related("medewerker", "organisatie")
    volgorde = {taak: n for n, taak in enumerate(TAAKNAAM)}
    return sorted(gevonden, key=lambda d: (volgorde.get(d.taak, len(volgorde)), d.van, d.medewerker.naam))


def _wacht(d: Dienst, v: Verteller) -> Nummer:
    eigen = d.medewerker.telefoon
    telefoon = eigen or d.organisatie.telefoon
    zin = T("{taak}, tot {tijd}") if eigen or not telefoon else T("{taak}, tot {tijd}, via {organisatie}")
    gegevens = {
        "taak": v.zin(TAAKNAAM.get(d.taak, d.taak)),
        "tijd": f"{lokaal(d.tot):%H:%M}",
        "organisatie": d.organisatie.naam,
    }
    return Nummer(d.medewerker.naam, telefoon, v.zin(zin, gegevens), True, "")


def _nummer(
    o: Organisatie, op: datetime, uren: Kantoortijd, kalender: Kalender, dicht: set[date], v: Verteller
) -> Nummer:
    if not (o.telefoon or o.telefoon_buiten):
        return Nummer(o.naam, "", v.zin(T("geen nummer bekend")), True, "", o.gemeente)
    if o.soort not in KANTOORGEBONDEN:
        return Nummer(o.naam, *_dag_en_nacht(o, op, uren, kalender, v), o.gemeente)
    if lokaal(op).date() not in dicht and binnen_kantoortijd(op, uren, kalender):
        tot = v.zin(T("open tot {tijd}"), {"tijd": f"{uren.tot:%H:%M}"})
        return Nummer(o.naam, o.telefoon or o.telefoon_buiten, o.bereikbaar or tot, True, "", o.gemeente)
    open_weer = _opening(op, uren, kalender, dicht)
    weer = v.zin(T("dicht"))
    if open_weer:
        weer = v.zin(
            T("dicht tot {dag} {tijd}"),
            {"dag": dag_in_woorden(open_weer.date(), v.taal, v.jaar), "tijd": f"{open_weer:%H:%M}"},
        )
    if o.telefoon_buiten:
        return Nummer(o.naam, o.telefoon_buiten, v.zin(T("nummer buiten kantoortijd")), True, o.telefoon, o.gemeente)
    uitleg = f"{weer} · {o.bereikbaar}" if o.bereikbaar else weer
    return Nummer(o.naam, "", uitleg, False, o.telefoon, o.gemeente)


def _dag_en_nacht(
    o: Organisatie, op: datetime, uren: Kantoortijd, kalender: Kalender, v: Verteller
) -> tuple[str, str, bool, str]:
    """The number of an organisation that the agreements do not bind to office hours: at night its other one, if any."""
    if o.telefoon_buiten and (not o.telefoon or not binnen_kantoortijd(op, uren, kalender)):
        return o.telefoon_buiten, o.bereikbaar or v.zin(T("nummer buiten kantoortijd")), True, o.telefoon
    return o.telefoon, o.bereikbaar, True, ""


def _opening(op: datetime, uren: Kantoortijd, kalender: Kalender, dicht: set[date]) -> datetime | None:
    """When the office opens again, on the clock in the Netherlands; None when not within two weeks."""
    hier = lokaal(op)
    for n in range(LANGST):
        dag = hier.date() + timedelta(days=n)
        begin = datetime.combine(dag, uren.van, AMSTERDAM)
        if begin > hier and dag not in dicht and kalender.is_werkdag(dag):
            return begin
    return None


def _of_casus(
    actor: Actor, op: datetime, casus_id: UUID, regels: Mapping[UUID, Nummer], v: Verteller, note_look: bool
) -> Belgroep:
    dossier = read_dossier(casus_id) if delen(actor, casus_id, op) - {Deel.AANBOD} else None
    if dossier is None:
        log.note(actor, "geweigerd", "casus", op, casus_id, geslaagd=False, toelichting="NietBetrokken")
        raise NietBetrokken()
    if note_look:
        log.note(actor, "inzien", "casus", op, casus_id, toelichting="wie bel ik")
    ids = dict.fromkeys(b.organisatie_id for b in dossier.betrokkenheden if b.tot is None)
    return Belgroep("casus", v.zin(T("Bij deze casus")), tuple(regels[id_] for id_ in ids if id_ in regels))
