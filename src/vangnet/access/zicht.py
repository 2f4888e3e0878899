# SPDX-License-Identifier: EUPL-1.2
"""Which casussen an organisation may see now, and which parts of one: the one filter of list, detail, search and print.

Rights begin with betrokkenheid and end with it. What is seen of a casus is the least that the function needs in that part
(docs/dreigingen.md); a page is built from the parts in sight, it does not hide the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vangnet.conf.compiled import Compiled

from .actor import Actor
from .models import Betrokkenheid, Blokkade, Deel, Rol
from .rechten import DIENST, MEEDENKEND

ALLES = frozenset(
    {
        "kern", "melding", "triage", "gezin", "contact", "adres", "inschatting", "inzet", "rto", "regie", "vervolg",
        "notities", "tijdlijn", "klokken", "taken", "toestemming", "log",
    }
)  # fmt: skip
"""The parts of a casus. `kern` is first name, initial, age and municipality; `profiel` is less: age and need only."""

WIE_WANNEER = (UUID(int=1), UUID(int=2), datetime(2000, 1, 1, tzinfo=UTC))
"""Samples of an organisation, a person and a moment for `conf.compiled`."""

PROFIEL = frozenset({"profiel"})
MEEDENKER = ALLES - {"adres", "contact", "log"}
PER_DEEL: dict[str, frozenset[str]] = {
    Deel.REGIE: ALLES - {"melding", "triage"},
    Deel.VERVOLG: frozenset({"kern", "gezin", "rto", "regie", "vervolg", "inzet", "tijdlijn", "klokken", "taken"}),
    Deel.INSCHATTING: frozenset(
        {"kern", "gezin", "contact", "adres", "inschatting", "inzet", "regie", "tijdlijn", "klokken", "taken"}
    ),
    Deel.RTO: frozenset({"kern", "gezin", "inzet", "rto", "regie", "vervolg", "tijdlijn", "klokken", "taken"}),
    Deel.HULP: frozenset({"kern", "gezin", "contact", "inzet", "rto", "regie", "tijdlijn", "klokken", "taken"}),
    Deel.SIGNAAL: frozenset({"kern", "regie", "klokken", "taken"}),
    Deel.MEEDENKEN: MEEDENKER,
    Deel.AANBOD: PROFIEL,
    Deel.CRISISHULP: ALLES,
    Deel.DOSSIER: ALLES - {"adres"},
}
"""What each part in a casus lets its organisation see, for functions that work with families."""
NOOD = frozenset({"kern", "gezin", "triage", "inschatting", "inzet", "regie"})
"""What break-glass shows (docs/besluiten/0017): who it is, who belongs to it, what was found unsafe, which help runs and whom
to call. No raw call, notes, timeline, consent or tasks: nobody needs those at the door tonight."""


def betrokken(actor: Actor, moment: datetime) -> QuerySet[Betrokkenheid]:
    """The betrokkenheid of the actor's organisation that holds at a moment, without casussen closed to this person."""
    return betrokken_van(actor.organisatie_id, actor.medewerker_id, moment)


def betrokken_van(organisatie_id: UUID, medewerker_id: UUID, moment: datetime) -> QuerySet[Betrokkenheid]:
    """The same for an organisation and a person by their ids, for questions that are compiled once (`WIE_WANNEER`)."""
    return Betrokkenheid.objects.filter(
        Q(tot__isnull=True) | Q(tot__gt=moment), organisatie_id=organisatie_id, van__lte=moment
    ).exclude(casus_id__in=Blokkade.objects.filter(medewerker_id=medewerker_id).values("casus_id"))


@dataclass(frozen=True, slots=True)
class Eigen:
    """What an organisation is in a casus, and whether the asker himself is named in it."""

    delen: frozenset[str]
    van_mij: bool


def lopend(actor: Actor, moment: datetime) -> dict[UUID, Eigen]:
    """The casussen that this person may open now and of which his organisation has more than the file: the parts in which
    it takes part. Every open casus in sight is among them."""
    per: dict[UUID, list[tuple[str, UUID | None]]] = {}
    for casus_id, deel, medewerker_id in _LOPEND(actor.organisatie_id, actor.medewerker_id, moment):
        per.setdefault(casus_id, []).append((deel, medewerker_id))
    return {
        casus_id: Eigen(frozenset(deel for deel, _ in rijen), any(wie == actor.medewerker_id for _, wie in rijen))
        for casus_id, rijen in per.items()
    }


_LOPEND = Compiled(
    lambda organisatie_id, medewerker_id, moment: (
        betrokken_van(organisatie_id, medewerker_id, moment)
        .exclude(deel=Deel.DOSSIER)
        .values_list("casus_id", "deel", "medewerker_id")
    ),
    *WIE_WANNEER,
)
_DELEN = Compiled(
    lambda organisatie_id, medewerker_id, moment, casus_id: (
        betrokken_van(organisatie_id, medewerker_id, moment).filter(casus_id=casus_id).values_list("deel")
    ),
    *WIE_WANNEER,
    UUID(int=3),
)


def zichtbaar(actor: Actor, moment: datetime) -> QuerySet[Any]:
    """The ids of the casussen that this person may open now, as a subquery for `id__in` and `casus_id__in`."""
    return betrokken(actor, moment).values("casus_id")


def delen(actor: Actor, casus_id: UUID, moment: datetime) -> frozenset[str]:
    """In which parts the actor's organisation takes part in a casus now; empty when it does not."""
    return frozenset(deel for (deel,) in _DELEN(actor.organisatie_id, actor.medewerker_id, moment, casus_id))


def zicht(rol: str, in_delen: Iterable[str]) -> frozenset[str]:
    """The parts of a casus that a function sees, given the parts in which its organisation takes part."""
    in_delen = frozenset(in_delen)
    if rol not in DIENST | MEEDENKEND | {
        Rol.TOEGANGSMEDEWERKER, Rol.JEUGDBESCHERMER, Rol.MEDEWERKER_VEILIG_THUIS, Rol.PLANNER, Rol.TAFELLID,
    }:  # fmt: skip
        return frozenset()
    samen: frozenset[str] = frozenset().union(*(PER_DEEL[deel] for deel in in_delen))
    if rol in DIENST and in_delen & {Deel.REGIE, Deel.CRISISHULP}:
        return ALLES
    if rol in MEEDENKEND and samen:
        if in_delen & {Deel.CRISISHULP, Deel.REGIE}:
            return MEEDENKER
        return samen & MEEDENKER or samen & PROFIEL
    return samen - PROFIEL if samen - PROFIEL else samen


def nood_zicht(geheim: bool, adres_vrij: bool) -> frozenset[str]:
    """The parts that break-glass shows. Phone numbers too, unless an address is secret: a number may say where the child is.
    `adres_vrij`: a second person released it, or a life is at risk."""
    return NOOD | ({"contact"} if adres_vrij or not geheim else set()) | ({"adres"} if adres_vrij else set())


def dicht_voor(actor: Actor, casus_id: UUID) -> bool:
    """Whether a casus is closed to this person, whatever his organisation or an emergency says."""
    return Blokkade.objects.filter(casus_id=casus_id, medewerker_id=actor.medewerker_id).exists()
