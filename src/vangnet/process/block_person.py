# SPDX-License-Identifier: EUPL-1.2
"""Closing a casus to one person: he knows the family, or is of it. Who is closed out loses sight of it at once.

A person closes it to himself; a coordinator closes it to a colleague and opens it again. What the person had in hand goes
to a colleague who is named, so that nobody is left with a casus that no one looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade, Functie
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import delen
from vangnet.capacity.models import Dienst
from vangnet.rules.tekst import T

from .colleagues import colleagues
from .invoer import Onleesbaar, gevonden, read_words, tekst
from .weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer
from .werk import Werk, working_on

ZELF, LEGGEN, BEHEREN = "blokkade.zelf", "blokkade.leggen", "blokkade.beheren"
HOOGUIT = 200
"""Signs of a reason, as its column."""


class NiemandNeemtOver(Weigering):
    """Er is geen collega die dit kan overnemen. Draag de regie eerst over, of laat je coördinator een collega oproepen."""


@dataclass(frozen=True)
class Blokkaderegel:
    """Somebody of the own organisation for whom the casus is closed."""

    id: UUID
    naam: str
    reden: str
    van: datetime


@dataclass(frozen=True)
class Blokkadebeeld:
    """What the step shows: who is closed out, whom it can be closed to, who can take over."""

    mag_leggen: bool
    blokkades: tuple[Blokkaderegel, ...]
    """Empty for who may not close a casus to others."""
    collegas: tuple[tuple[UUID, str], ...]
    """Everybody of the own organisation who may see this casus now, the asker not."""
    neemt_over: bool
    """Whether the asker has something in hand here, or is the only one on duty: then somebody must take over."""


@asks
def show_blocks(actor: Actor, op: datetime, casus_id: UUID) -> Blokkadebeeld:
    """Who of the own organisation is closed out of a casus, and whom it can be closed to. Errors: `NietBetrokken`."""
    if not delen(actor, casus_id, op):
        raise NietBetrokken()
    mag = may(actor.rol, LEGGEN)
    mensen = colleagues(actor.organisatie_id, op)
    dicht = list(Blokkade.objects.filter(casus_id=casus_id, medewerker_id__in=mensen).order_by("van"))
    namen = {b.medewerker_id for b in dicht}
    in_hand = Betrokkenheid.objects.filter(
        casus_id=casus_id, organisatie_id=actor.organisatie_id, medewerker_id=actor.medewerker_id, tot__isnull=True
    )
    return Blokkadebeeld(
        mag,
        tuple(Blokkaderegel(b.medewerker_id, mensen[b.medewerker_id], b.reden, b.van) for b in dicht) if mag else (),
        tuple((id_, naam) for id_, naam in mensen.items() if id_ not in namen and id_ != actor.medewerker_id),
        in_hand.exists() or _only_one_on(actor.organisatie_id, actor.medewerker_id, namen, op),
    )


def block_self(actor: Actor, op: datetime, casus_id: UUID, reden: str, overnemer_id: UUID | None = None) -> None:
    """Close a casus to oneself: from the next request on it does not exist for this person.

    Errors: `OngeldigeInvoer` (no reason; nobody named to take over what he has in hand), `NiemandNeemtOver`, those of
    `working_on`."""
    with working_on(actor, casus_id, ZELF, op, open_only=False) as werk:
        _close(werk, actor.medewerker_id, reden, overnemer_id)


def block_colleague(
    actor: Actor, op: datetime, casus_id: UUID, wie_id: UUID, reden: str, overnemer_id: UUID | None = None
) -> None:
    """Close a casus to a colleague of the own organisation. A second time changes nothing.

    Errors: as `block_self`; `OngeldigeInvoer` for somebody who does not work here."""
    with working_on(actor, casus_id, LEGGEN, op, open_only=False) as werk:
        if wie_id not in colleagues(actor.organisatie_id, op):
            raise OngeldigeInvoer(("wie", T("iemand anders"), T("iemand die bij deze organisatie werkt")))
        _close(werk, wie_id, reden, overnemer_id)


def lift_block(actor: Actor, op: datetime, casus_id: UUID, wie_id: UUID) -> None:
    """Open a casus again for a colleague. Its reason goes with it; who did both stays in the log.

    Errors: `OngeldigeInvoer` when it is not closed to him; those of `working_on`."""
    with working_on(actor, casus_id, LEGGEN, op, open_only=False) as werk:
        weg = 0
        if wie_id in colleagues(actor.organisatie_id, op):
            weg, _ = Blokkade.objects.filter(casus_id=casus_id, medewerker_id=wie_id).delete()
        if not weg:
            raise OngeldigeInvoer(("wie", T("iemand anders"), T("iemand voor wie deze casus gesloten is")))
        werk.event("weer_open_voor")
        log.note(actor, "wijzigen", "blokkade", op, casus_id, toelichting=f"weer open voor {wie_id}")


@dataclass(frozen=True)
class Buitenblokkade:
    """A casus of the region that is closed to somebody, as who sees no casus may know it."""

    nummer: str
    medewerker_id: UUID
    naam: str
    van: datetime


@asks
def show_blocks_of_region(actor: Actor, op: datetime) -> tuple[Buitenblokkade, ...]:
    """What is closed to whom in the region, by number, without why; sees across organisations. Errors: `GeenRecht`."""
    _outside(actor)
    with connection.cursor() as cursor:
        cursor.execute("select nummer, medewerker_id, naam, van from vangnet_blokkades()")
        rijen = cursor.fetchall()
    log.note(actor, "inzien", "blokkade", op)
    return tuple(Buitenblokkade(*rij) for rij in rijen)


@asks
def block_by_number(actor: Actor, op: datetime, nummer: str, wie: str, reden: str, geregeld: bool = False) -> None:
    """Close a casus to a person, by the number of the casus and the name or address of the person, without seeing it.
    What he had in hand has nobody's name then; `geregeld` says that somebody was called who takes it up.

    Errors: `GeenRecht`; `OngeldigeInvoer` naming `casus`, `wie`, `reden`, or `geregeld` when he has it in hand or is the only
    one on duty."""
    _outside(actor)
    fouten: list[tuple[str, str, str]] = []
    nummer, reden = read_words("casus", nummer, 20, fouten), read_words("reden", reden, HOOGUIT, fouten)
    if not reden and not fouten:
        fouten.append(("reden", T("niets"), T("in een paar woorden waarom, zonder het gezin te beschrijven")))
    mensen = _by_name(actor.regio, wie.strip()[:254], op)
    if len(mensen) != 1:
        verwacht = T("de naam of het e-mailadres van één medewerker in deze regio")
        hoeveel = T("meer dan één medewerker met die naam") if mensen else gevonden(wie.strip()[:80] or T("niets"))
        fouten.append(("wie", hoeveel, verwacht))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    _by_owner(actor, op, nummer, mensen[0], reden, geregeld)


@asks
def lift_by_number(actor: Actor, op: datetime, nummer: str, wie_id: UUID) -> None:
    """Open a casus again for a person, by its number; never for oneself. Errors: `GeenRecht`, `OngeldigeInvoer` naming
    `casus`."""
    _outside(actor)
    _by_owner(actor, op, nummer.strip()[:20], wie_id, None, True)


def _outside(actor: Actor) -> None:
    if not may(actor.rol, BEHEREN):
        raise GeenRecht(merk=BEHEREN)


def _by_owner(actor: Actor, op: datetime, nummer: str, wie_id: UUID, reden: str | None, geregeld: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select uitkomst, casus_id from vangnet_blokkeer(%s, %s, %s, %s)", [nummer, wie_id, reden, geregeld]
        )
        uitkomst, casus_id = cursor.fetchone()
    if uitkomst == "geen_recht":
        raise GeenRecht(merk=BEHEREN)
    if uitkomst != "gedaan":  # What the answer tells of a casus that he does not see is a look.
        log.note(actor, "zoeken", "blokkade", op, casus_id, toelichting=f"{uitkomst}: {wie_id}")
    if uitkomst == "eigen":
        ander = T("een casus die voor iemand anders gesloten is: voor jou opent een collega haar weer")
        raise OngeldigeInvoer(("casus", gevonden(nummer), ander))
    if uitkomst == "onbekend":
        raise OngeldigeInvoer(("casus", gevonden(nummer), T("een casusnummer van deze regio, zoals 2024-00017")))
    if uitkomst == "niet_dicht":
        raise OngeldigeInvoer(("casus", gevonden(nummer), T("een casus die voor deze persoon gesloten is")))
    if uitkomst == "in_hand":
        over = T(
            "dat je hebt gebeld en dat iemand het overneemt: deze persoon heeft de casus in handen, of heeft als enige dienst"
        )
        raise OngeldigeInvoer(("geregeld", T("niet aangevinkt"), over))
    if uitkomst == "gedaan":
        wat = "gesloten voor" if reden is not None else "weer open voor"
        log.note(actor, "wijzigen", "blokkade", op, casus_id, toelichting=f"{wat} {wie_id}")


def _by_name(regio: str, wie: str, op: datetime) -> list[UUID]:
    """Who in a region bears this name or has this address, and works there now."""
    if not wie:
        return []
    return list(
        Functie.objects.filter(
            Q(medewerker__naam__iexact=wie) | Q(medewerker__email__iexact=wie), organisatie__regio=regio, van__lte=op
        )
        .exclude(tot__lte=op)
        .order_by()
        .values_list("medewerker_id", flat=True)
        .distinct()[:2]
    )


def _close(werk: Werk, wie_id: UUID, reden: str, overnemer_id: UUID | None) -> None:
    casus_id, huis, op = werk.casus.id, werk.actor.organisatie_id, werk.op
    dicht = set(Blokkade.objects.filter(casus_id=casus_id).values_list("medewerker_id", flat=True))
    if wie_id in dicht:
        return
    fouten: list[tuple[str, str, str]] = []
    try:
        reden = str(tekst(HOOGUIT)(reden or ""))
        if not reden:
            fouten.append(("reden", T("niets"), T("in een paar woorden waarom, zonder het gezin te beschrijven")))
    except Onleesbaar as fout:
        fouten.append(("reden", gevonden(reden), str(fout)))
    mensen = {id_: naam for id_, naam in colleagues(huis, op).items() if id_ not in dicht and id_ != wie_id}
    in_hand = [b for b in werk.d.betrokkenheden if b.medewerker_id == wie_id and b.tot is None]
    taken = [t for t in werk.d.taken if t.wie_id == wie_id and t.klaar_op is None]
    lopend = werk.casus.gesloten_op is None
    moet = lopend and (bool(in_hand or taken) or _only_one_on(huis, wie_id, dicht, op))
    if moet and not mensen:
        raise NiemandNeemtOver()
    if overnemer_id is not None and overnemer_id not in mensen:
        wie = T("een collega die deze casus mag zien")
        fouten.append(("overnemer", T("iemand anders"), wie))
    elif moet and overnemer_id is None:
        wie = T("wie het overneemt: deze persoon heeft de casus in handen, of heeft als enige dienst")
        fouten.append(("overnemer", T("niets"), wie))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    for b in in_hand:
        b.medewerker_id = overnemer_id if b.organisatie_id == huis else None
        werk.save(b, "medewerker")
    for taak in taken:
        taak.wie_id = overnemer_id
        werk.save(taak, "wie")
    if overnemer_id is not None:
        werk.d.namen[overnemer_id] = mensen[overnemer_id]
    werk.add("", Blokkade(casus_id=casus_id, medewerker_id=wie_id, van=op, reden=reden))
    # The timeline tells that it happened and who goes on, not whom or why: that is for the coordinator and the log.
    werk.event("gesloten_voor", gegevens={"door": mensen[overnemer_id]} if overnemer_id else {})
    log.note(werk.actor, "wijzigen", "blokkade", op, casus_id, toelichting=f"gesloten voor {wie_id}")


def _only_one_on(organisatie_id: UUID, wie_id: UUID, dicht: set[UUID], op: datetime) -> bool:
    """Whether this person has duty now and nobody else for whom the casus is open has."""
    wachten = set(
        Dienst.objects.filter(organisatie_id=organisatie_id, van__lte=op, tot__gt=op).values_list(
            "medewerker_id", flat=True
        )
    )
    return wie_id in wachten and not wachten - dicht - {wie_id}
