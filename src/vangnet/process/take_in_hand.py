# SPDX-License-Identifier: EUPL-1.2
"""Who of an organisation has a casus in hand: at a change of shift somebody takes it, or gives it to a colleague.

The lead stays where it is: that is the organisation's. This says whom a partner asks for on the phone, and whose casus it
is on the board. It is Vangnet's own; no agreement of a region speaks of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade, Deel
from vangnet.access.rechten import MERKEN
from vangnet.access.slot import asks
from vangnet.access.zicht import delen
from vangnet.rules.tekst import T

from .colleagues import colleagues
from .dossier import Dossier, read_dossier
from .weigeringen import NietBetrokken, OngeldigeInvoer
from .werk import Werk, working_on

MERK = "casus.nemen"
GEEN_WERK = frozenset({Deel.DOSSIER, Deel.AANBOD})
"""Parts that nobody has in hand: a file that is kept, a question that was not answered yet."""


@dataclass(frozen=True)
class Handen:
    """Who has a casus in hand for the asker's organisation, and who could take it."""

    wie_id: UUID | None
    wie: str
    """Empty when nobody has."""
    collegas: tuple[tuple[UUID, str], ...]
    """Everybody of the own organisation for whom the casus is open, the asker and who has it in hand not."""


@asks
def show_hands(actor: Actor, op: datetime, casus_id: UUID) -> Handen:
    """Who has the casus in hand, and to whom it can be given. Errors: `NietBetrokken`."""
    dossier = read_dossier(casus_id) if delen(actor, casus_id, op) - {Deel.AANBOD} else None
    if dossier is None:
        raise NietBetrokken()
    wie_id = in_hand(dossier, actor.organisatie_id)
    anderen = _open_for(actor, op, casus_id)
    wie = dossier.naam(wie_id) if wie_id else ""
    return Handen(wie_id, wie, tuple(i for i in anderen.items() if i[0] not in (actor.medewerker_id, wie_id)))


def in_hand(d: Dossier, organisatie_id: UUID | None) -> UUID | None:
    """Who of an organisation has a casus in hand, the lead before other parts; None when nobody has."""
    eigen = [b for b in d.betrokkenheden if b.organisatie_id == organisatie_id and b.tot is None and b.medewerker_id]
    return next((b.medewerker_id for b in sorted(eigen, key=lambda b: b.deel != Deel.REGIE)), None)


def take_in_hand(actor: Actor, op: datetime, casus_id: UUID, wie_id: UUID | None = None) -> None:
    """From now on this person has the casus in hand for the actor's organisation: himself, or the colleague `wie_id`.
    Who has it already changes nothing.

    Errors: `OngeldigeInvoer` for who does not work with casussen here, or may not see this one; those of `working_on`."""
    with working_on(actor, casus_id, MERK, op) as werk:
        wie_id = wie_id or actor.medewerker_id
        was = in_hand(werk.d, actor.organisatie_id)
        if give(werk, wie_id):
            wie = werk.d.naam(wie_id)
            werk.event("in_handen", gegevens={"wie": wie, "wie_id": str(wie_id), "was": str(was or "")})


def give(werk: Werk, wie_id: UUID) -> bool:
    """Put a casus under work in somebody's hands; whether that changed anything. Errors: see `take_in_hand`."""
    mensen = _open_for(werk.actor, werk.op, werk.casus.id)
    if wie_id not in mensen:
        raise OngeldigeInvoer(("wie", T("iemand anders"), T("een collega die deze casus mag zien")))
    rijen = [
        b
        for b in werk.d.betrokkenheden
        if b.organisatie_id == werk.actor.organisatie_id
        and b.tot is None
        and b.deel not in GEEN_WERK
        and b.medewerker_id != wie_id
    ]
    for b in rijen:
        b.medewerker_id = wie_id
        werk.save(b, "medewerker")
    werk.d.namen[wie_id] = mensen[wie_id]
    return bool(rijen)


def _open_for(actor: Actor, op: datetime, casus_id: UUID) -> dict[UUID, str]:
    rollen = MERKEN[MERK].rollen
    dicht = set(Blokkade.objects.filter(casus_id=casus_id).values_list("medewerker_id", flat=True))
    return {id_: naam for id_, naam in colleagues(actor.organisatie_id, op, rollen).items() if id_ not in dicht}
