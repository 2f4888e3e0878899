# SPDX-License-Identifier: EUPL-1.2
"""What somebody has to do, by moment, for his own calendar: clocks, meetings, duties and tasks. Of a family nothing: no
name, no number, no place, no word of what it is about (docs/besluiten/0024)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Deel, Rol, Soort
from vangnet.access.rechten import PARTNER, may
from vangnet.access.slot import asks
from vangnet.access.zicht import betrokken, zicht
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Casus, Genodigde, Rto, Taak
from vangnet.clocks.models import Klok
from vangnet.clocks.veldzicht import deel_van_klok
from vangnet.rules.bron import ZACHT
from vangnet.rules.kalender import lokaal

from .take_in_hand import GEEN_WERK

VAN_SOORT: dict[str, frozenset[str]] = {
    Soort.CRISISDIENST: frozenset(
        {"crisisdienst", "triagist", "interviewer", "gedragswetenschapper", "psychiater", "betrokkenen"}
    ),
    Soort.TOEGANG: frozenset(
        {"toegang", "toegang_of_gi", "wijkteam", "generalist", "lokaal_team", "save_team", "gemeente", "verwijzer", "betrokkenen"}
    ),
    Soort.GI: frozenset({"gi", "toegang_of_gi", "save_team", "verwijzer", "betrokkenen"}),
    Soort.VEILIG_THUIS: frozenset({"veilig_thuis", "betrokkenen"}),
    Soort.ZORGAANBIEDER: frozenset({"zorgaanbieder", "crisisaanbieder", "betrokkenen"}),
    Soort.TAFEL: frozenset({"expertteam", "betrokkenen"}),
}  # fmt: skip
"""Which parties of the agreements an organisation of each kind is; who leads is `procesregisseur` besides."""
LEIDT = PARTNER | {Rol.COORDINATOR}
"""Functions that answer for a casus of their organisation that nobody has in hand (ours)."""
TERUG = timedelta(days=1)
"""How long a meeting or duty stays after its moment."""


@dataclass(frozen=True)
class Agendapunt:
    """One thing in the calendar."""

    id: UUID
    soort: str
    """termijn, streefnorm, rto, dienst or taak."""
    begin: datetime
    eind: datetime | None
    """None where only the moment is known."""
    dag: date | None
    """For what is due on a day and not at an hour: that day."""
    casus_id: UUID | None
    gewijzigd_op: datetime
    versie: int
    """Goes up when it changed."""


@asks
def show_agenda(actor: Actor, op: datetime) -> list[Agendapunt]:
    """What this person has to do, by moment. What ended, was cancelled or is of a closed or practice casus is not there.

    The caller notes that it was read."""
    uit = list(_duties(actor, op)) if may(actor.rol, "rooster.inzien") else []
    if may(actor.rol, "mijnwerk.inzien"):
        uit += _of_casussen(actor, op)
    return sorted(uit, key=lambda punt: (punt.begin, punt.soort, str(punt.id)))


def _duties(actor: Actor, op: datetime) -> Iterator[Agendapunt]:
    eigen = Dienst.objects.filter(
        medewerker_id=actor.medewerker_id, organisatie_id=actor.organisatie_id, tot__gt=op - TERUG
    )
    for een in eigen:
        yield Agendapunt(een.id, "dienst", een.van, een.tot, None, None, _made(een.id, een.van), 0)


def _made(id_: UUID, anders: datetime) -> datetime:
    """When a row was made, by its identifier (UUIDv7)."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC).replace(microsecond=0) if id_.version == 7 else anders


def _of_casussen(actor: Actor, op: datetime) -> Iterator[Agendapunt]:
    delen: dict[UUID, set[str]] = {}
    handen: dict[UUID, list[tuple[bool, UUID]]] = {}
    eigen = betrokken(actor, op).exclude(deel__in=GEEN_WERK).values_list("casus_id", "deel", "medewerker_id")
    for casus_id, deel, wie in eigen:
        delen.setdefault(casus_id, set()).add(deel)
        if wie is not None:
            handen.setdefault(casus_id, []).append((deel != Deel.REGIE, wie))
    te_zien = {id_: zicht(actor.rol, in_delen) for id_, in_delen in delen.items()}
    open_ = Casus.objects.filter(id__in=delen, gesloten_op__isnull=True, oefening=False)
    casussen = {c.id: c for c in open_.only("id", "versie", "gewijzigd_op") if "kern" in te_zien[c.id]}
    van_mij = {id_ for id_ in casussen if _mine(actor, handen.get(id_, []))}

    def punt(
        rij: Klok | Rto | Taak, soort: str, begin: datetime, eind: datetime | None = None, dag: date | None = None
    ) -> Agendapunt:
        casus = casussen[rij.casus_id]
        return Agendapunt(rij.id, soort, begin, eind, dag, casus.id, casus.gewijzigd_op, casus.versie)

    partijen = VAN_SOORT.get(actor.soort, frozenset())
    for klok in Klok.objects.filter(casus_id__in=van_mij, geeindigd_op__isnull=True):
        moet = klok.eigenaar in partijen or (klok.eigenaar == "procesregisseur" and Deel.REGIE in delen[klok.casus_id])
        if moet and {"klokken", deel_van_klok(klok.sleutel)} <= te_zien[klok.casus_id]:
            dag = lokaal(klok.uiterlijk - timedelta(seconds=1)).date() if klok.hele_dag else None
            yield punt(klok, "streefnorm" if klok.strekking in ZACHT else "termijn", klok.uiterlijk, None, dag)
    gepland = {
        r.id: r
        for r in Rto.objects.filter(
            casus_id__in=casussen, gehouden_op__isnull=True, vervallen_op__isnull=True, gepland_op__gt=op - TERUG
        )
    }
    gasten = list(Genodigde.objects.filter(rto_id__in=gepland, organisatie_id=actor.organisatie_id).exclude(komt="nee"))
    genodigd = {g.rto_id for g in gasten}
    bij_naam = {g.rto_id for g in gasten if g.naam.strip().casefold() == actor.naam.strip().casefold()}
    for r in gepland.values():
        doet_mee = r.id in genodigd or Deel.REGIE in delen[r.casus_id]
        if "rto" in te_zien[r.casus_id] and doet_mee and (r.casus_id in van_mij or r.id in bij_naam):
            yield punt(r, "rto", r.gepland_op)
    for t in Taak.objects.filter(
        voor_id=actor.organisatie_id, klaar_op__isnull=True, uiterlijk__isnull=False, casus_id__in=casussen
    ):
        wie = t.wie_id == actor.medewerker_id or (t.wie_id is None and t.casus_id in van_mij)
        if wie and t.uiterlijk is not None and "taken" in te_zien[t.casus_id]:
            yield punt(t, "taak", t.uiterlijk)


def _mine(actor: Actor, handen: list[tuple[bool, UUID]]) -> bool:
    """Whether this person answers for a casus: he has it in hand, or nobody has and his function leads."""
    return min(handen)[1] == actor.medewerker_id if handen else actor.rol in LEIDT
