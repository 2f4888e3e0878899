# SPDX-License-Identifier: EUPL-1.2
"""Ask another organisation: come along, give help, think along, take up a signal; it sees a profile until it says yes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Soort
from vangnet.rules.tekst import T

from .besluit import Lezer, organisation, put_question
from .hand_over_procesregie import WIJZEN, accept, by_phone, last_moment, phone_note
from .record_triage import opening_of
from .werk import Werk, working_on

SOORTEN = ("rto", "hulp", "meegaan", "signaal", "vervolg", "overig")
"""What can be asked here; the lead goes through `offer_regie`."""


class Mogelijk(NamedTuple):
    """An organisation that can be asked: its id, name, kind, municipality and numbers to call."""

    id: UUID
    naam: str
    soort: str
    gemeente: str
    telefoon: str
    telefoon_buiten: str


def who_can_be_asked(actor: Actor, soorten: tuple[str, ...] = ()) -> list[Mogelijk]:
    """The active organisations of the actor's region but his own, of these kinds when given, by name; no casus is looked
    at."""
    gevonden = Organisatie.objects.filter(regio=actor.regio, actief=True).exclude(id=actor.organisatie_id)
    if soorten:
        gevonden = gevonden.filter(soort__in=soorten)
    velden = ("id", "naam", "soort", "gemeente", "telefoon", "telefoon_buiten")
    return [Mogelijk(*rij) for rij in gevonden.order_by("naam").values_list(*velden)]


def ask_organisation(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    soort: str,
    organisatie_id: UUID,
    tekst: str = "",
    uiterlijk: datetime | None = None,
    inzet_id: UUID | None = None,
    wijze: str = "scherm",
    naam: str = "",
    telefoon: str = "",
    gebeurd_op: datetime | None = None,
) -> UUID:
    """Ask an organisation something (`soort`: rto, hulp, meegaan, signaal, vervolg, overig; the lead goes through
    `offer_regie`); returns the id of the question. With `wijze` telefoon it said yes by phone: `naam` and `telefoon` are
    who and where to call back, and it takes part at once. The same question while it is open changes nothing.

    Errors: `OngeldigeInvoer` (unknown kind or organisation, oneself, by phone without name and number), `GeenRecht`."""
    with working_on(actor, casus_id, "aanbod.doen", op) as werk:
        lezer = Lezer()
        lezer.keuze("soort", soort, SOORTEN)
        lezer.keuze("wijze", wijze, WIJZEN)
        wie = organisation(werk, lezer, "organisatie_id", organisatie_id)
        woorden = lezer.tekst("tekst", tekst, 500)
        uiterlijk = last_moment(werk, lezer, uiterlijk)
        namen = by_phone(lezer, naam, telefoon) if wijze == "telefoon" else ("", "")
        if wie is not None and wie.id == actor.organisatie_id:
            lezer.fout("organisatie_id", wie.naam, T("een andere organisatie dan die van jezelf"))
        if inzet_id is not None and not any(i.id == inzet_id for i in werk.d.inzetten):
            lezer.fout("inzet_id", str(inzet_id), T("hulp van deze casus"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        assert wie is not None
        aanbod = next(
            (b for b in werk.d.aanbiedingen
             if b.soort == soort and b.aan_organisatie_id == wie.id and b.inzet_id == inzet_id and b.antwoord == ""),
            None,
        )  # fmt: skip
        if aanbod is None:
            meer = {"post_op": _mail_at(werk, wie)} if soort == "signaal" else {}
            aanbod = put_question(
                werk, soort, wie.id, woorden, los=True, uiterlijk=uiterlijk, inzet_id=inzet_id, **meer
            )
        if wijze == "telefoon":
            accept(werk, aanbod, namen[0], wijze, phone_note(namen, ""), moment)
        return aanbod.id


def _mail_at(werk: Werk, wie: Organisatie) -> datetime | None:
    """When the mail about a signal that somebody sends by hand goes: at the next opening of who receives it, which is now inside
    its hours. None in practice, and where nobody knows its calendar."""
    if werk.casus.oefening or werk.advies is None:
        return None
    return opening_of(werk.advies.afspraken, wie.gemeente if wie.soort == Soort.TOEGANG else "", werk.op)
