# SPDX-License-Identifier: EUPL-1.2
"""Take a call: begin it, keep every field as it is typed, park it or take it over, and say what it leads to.

The casus and its lead begin at the first acknowledged save of a melding. The client makes the identifiers, so a request
that comes twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asking, asks
from vangnet.access.zicht import delen
from vangnet.casework.models import Jeugdige, Melding
from vangnet.conf.identifiers import new_id

from .answers import keep_answer, kind_id, stands
from .dossier import casussen_van
from .weigeringen import AlGedaan, CasusGesloten, GeenRecht, NietBetrokken, OngeldigeInvoer, RedenNodig
from .werk import ALTIJD, Werk, start_casus, working_on

MERK = "melding.opnemen"
UITKOMSTEN = ("inschatting", "consult", "verwijzing", "acute_hulp", "doorgeleid", "niet_bediend")
"""What a call can lead to; joining it to a running casus is `join_melding`."""
SLUIT = frozenset({"consult", "verwijzing", "doorgeleid", "niet_bediend"})
"""Outcomes that close the casus at once; each is counted apart."""


class Begonnen(NamedTuple):
    """A melding that exists: its own id and that of its casus."""

    melding_id: UUID
    casus_id: UUID


def begin_melding(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    velden: Mapping[str, Any] | None = None,
    gemeld_op: datetime | None = None,
    oefening: bool = False,
    ook: Callable[[Werk], None] | None = None,
) -> Begonnen:
    """The first save of a call: casus, lead and melding begin. The same id again gives the same melding back.

    `velden` are fields as for `save_fields`; `ook` keeps what else belongs to it, in the same work. Errors: `GeenRecht`; `OngeldigeInvoer` naming every field that cannot be
    read (nothing is kept then)."""

    def begin(werk: Werk) -> None:
        _keep_all(werk, velden or {})
        if ook is not None:
            ook(werk)

    return _once(actor, op, melding_id, gemeld_op, oefening, begin)


def register_melding(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    velden: Mapping[str, Any],
    uitkomst: str,
    reden: str = "",
    gemeld_op: datetime | None = None,
    oefening: bool = False,
    ook: Callable[[Werk], None] | None = None,
) -> Begonnen:
    """One complete melding in one go: begin, all fields, and what it leads to. The same id again changes nothing. `ook`
    keeps what else belongs to it, in the same work.

    Errors: as `begin_melding` and `finish_melding`."""

    def register(werk: Werk) -> None:
        _keep_all(werk, velden)
        _finish(werk, uitkomst, reden)
        if ook is not None:
            ook(werk)

    return _once(actor, op, melding_id, gemeld_op, oefening, register)


class Bewaard(NamedTuple):
    """One answer that was kept: how it stands now, as text; the version and the number of its casus."""

    casus_id: UUID
    waarde: str
    versie: int
    nummer: str


def save_answer(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    naam: str,
    waarde: str,
    was: Any = ALTIJD,
    gemeld_op: datetime | None = None,
    oefening: bool = False,
) -> Bewaard:
    """Keep one answer of the form as it is typed; the first one begins the melding, at `gemeld_op`. The same answer again
    changes nothing.

    Errors: `OngeldigeInvoer`, `Achterhaald`, `OnbekendVeld`; those of `begin_melding` and `save_fields`."""
    gedaan: list[Werk] = []

    def keep(werk: Werk) -> None:
        keep_answer(werk, naam, waarde, was)
        gedaan.append(werk)

    if not casussen_van([melding_id]):
        begonnen = _once(actor, op, melding_id, gemeld_op, oefening, keep)
        if gedaan and gedaan[0].casus.id != begonnen.casus_id:
            gedaan.clear()  # Somebody began it at the same moment: what was done here is undone.
    if not gedaan:
        with _at_work(actor, op, melding_id) as werk:
            keep(werk)
    werk = gedaan[0]
    return Bewaard(werk.casus.id, stands(werk, naam, waarde), werk.casus.versie, werk.casus.nummer)


def save_fields(
    actor: Actor, op: datetime, melding_id: UUID, velden: Mapping[str, Any], was: Mapping[str, Any] | None = None
) -> Begonnen:
    """Keep fields of a call as they are typed. Paths: `melding.naam`, `jeugdige.<id>.voornaam`, `persoon.<id>.rol`,
    `adres.<id>.straat`, `gemeente`, facts such as `triage.direct_onveilig`, and the answers of `process.answers`. `was`
    gives per path what the writer saw.

    Errors: `NietBetrokken`, `Achterhaald`; `OngeldigeInvoer` names the fields that cannot be read: the others are kept."""
    with _at_work(actor, op, melding_id) as werk:
        fouten = _keep_all(werk, velden, was, strict=False)
    if fouten:
        raise OngeldigeInvoer(*fouten)
    return Begonnen(melding_id, werk.casus.id)


def park_melding(actor: Actor, op: datetime, melding_id: UUID) -> None:
    """A second call interrupts: this one waits, for its author or for whoever takes it over."""
    with _at_work(actor, op, melding_id) as werk:
        werk.d.melding.geparkeerd_op = op
        werk.save(werk.d.melding, "geparkeerd_op")
        werk.event("melding_geparkeerd")


def take_over_melding(actor: Actor, op: datetime, melding_id: UUID) -> None:
    """Go on with a call that was parked, or that a colleague began."""
    with _at_work(actor, op, melding_id) as werk:
        melding = werk.d.melding
        melding.geparkeerd_op = None
        if melding.opgenomen_door_id != actor.medewerker_id:
            melding.opgenomen_door_id = actor.medewerker_id
            werk.event("melding_overgenomen", gegevens={"wie": actor.naam})
            regie = werk.d.regie
            if regie is not None and regie.organisatie_id == actor.organisatie_id:
                regie.medewerker_id = actor.medewerker_id  # Who is asked for on the phone is who has the call in hand.
                werk.save(regie, "medewerker")
        werk.save(melding, "geparkeerd_op", "opgenomen_door_id")


def finish_melding(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    uitkomst: str,
    reden: str = "",
    velden: Mapping[str, Any] | None = None,
) -> Begonnen:
    """The call is over: what it leads to (`UITKOMSTEN`). Consult, verwijzing, doorgeleid and niet_bediend close the casus.
    `velden` are kept first, such as to whom somebody was referred.

    Errors: `AlGedaan`; `OngeldigeInvoer` for another outcome; `RedenNodig` when it departs from the proposal."""
    with _at_work(actor, op, melding_id, klaar=True) as werk:
        if werk.d.melding.afgerond_op is None:
            _keep_all(werk, velden or {})
        _finish(werk, uitkomst, reden)
        return Begonnen(melding_id, werk.casus.id)


def cancel_melding(actor: Actor, op: datetime, melding_id: UUID, reden: str) -> Begonnen:
    """Begun by mistake: nobody called, or it was entered twice. The casus closes as such and counts nowhere.

    Errors: `RedenNodig`; `AlGedaan` for a call that was finished."""
    if not reden.strip():
        raise RedenNodig(voorstel=None)
    with _at_work(actor, op, melding_id, klaar=True) as werk:
        melding = werk.d.melding
        if melding.afgerond_op is not None:
            raise AlGedaan()
        melding.afgerond_op, melding.geparkeerd_op, melding.uitkomst = op, None, "vergissing"
        werk.save(melding, "afgerond_op", "geparkeerd_op", "uitkomst")
        werk.event("melding_afgerond", gegevens={"uitkomst": "per vergissing begonnen"}, reden=reden.strip())
        werk.close("vergissing")
        return Begonnen(melding_id, werk.casus.id)


def _finish(werk: Werk, uitkomst: str, reden: str) -> None:
    from .record_triage import keep_outcome

    melding = werk.d.melding
    if melding.afgerond_op is not None:
        raise AlGedaan()
    if uitkomst not in UITKOMSTEN:
        raise OngeldigeInvoer(("uitkomst", uitkomst, ", ".join(UITKOMSTEN)))
    melding.afgerond_op, melding.geparkeerd_op, melding.uitkomst = werk.op, None, uitkomst
    werk.save(melding, "afgerond_op", "geparkeerd_op", "uitkomst")
    werk.event("melding_afgerond", gegevens={"uitkomst": uitkomst.replace("_", " ")})
    keep_outcome(werk, uitkomst, reden)


def _once(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    gemeld_op: datetime | None,
    oefening: bool,
    do: Callable[[Werk], None],
) -> Begonnen:
    """Begin a melding and do the rest in the same work; when it exists already, also when two requests come at the same
    moment, nothing is done."""
    try:
        with _new(actor, op, melding_id, gemeld_op, oefening) as werk:
            werk.event("melding_begonnen", werk.d.melding.op)
            do(werk)
            return Begonnen(melding_id, werk.casus.id)
    except AlGedaan:
        return _existing(actor, op, melding_id)


@contextmanager
def _new(actor: Actor, op: datetime, melding_id: UUID, gemeld_op: datetime | None, oefening: bool) -> Iterator[Werk]:
    """A new casus with its melding and first child. Errors: `AlGedaan` when this melding exists already."""
    if not may(actor.rol, MERK):
        log.note(actor, "geweigerd", MERK, op, geslaagd=False)
        raise GeenRecht(merk=MERK)
    with asking(actor, op, work=True):
        begin = min(gemeld_op or op, op)
        werk = start_casus(actor, op, new_id(), begin, oefening=oefening, melding_id=melding_id)
        werk.add(
            "meldingen",
            Melding(
                id=melding_id,
                casus_id=werk.casus.id,
                op=begin,
                opgenomen_door_id=actor.medewerker_id,
                opgenomen_bij_id=actor.organisatie_id,
                kanaal="telefoon",
                vraag="crisis",
            ),
        )
        yield werk
        if not werk.d.jeugdigen:
            werk.add("jeugdigen", Jeugdige(id=kind_id(melding_id), casus_id=werk.casus.id))
        werk.logged("toevoegen", "melding")
        werk.keep()


def _existing(actor: Actor, op: datetime, melding_id: UUID) -> Begonnen:
    casus_id = casussen_van([melding_id]).get(melding_id)
    if casus_id is None or not _takes_part(actor, op, casus_id):
        raise NietBetrokken()
    return Begonnen(melding_id, casus_id)


@asks
def _takes_part(actor: Actor, op: datetime, casus_id: UUID) -> bool:
    return bool(delen(actor, casus_id, op))


@contextmanager
def _at_work(actor: Actor, op: datetime, melding_id: UUID, klaar: bool = False) -> Iterator[Werk]:
    """The casus that a call began, under work. With `klaar` a closed casus says that this was done already."""
    casus_id = casussen_van([melding_id]).get(melding_id)
    try:
        with working_on(actor, casus_id or melding_id, MERK, op) as werk:
            if werk.d.melding.id != melding_id:
                raise AlGedaan()  # A call that was joined to a running casus is on record there; the draft is what it was.
            yield werk
    except CasusGesloten:
        if klaar:
            raise AlGedaan() from None
        raise


def _keep_all(
    werk: Werk, velden: Mapping[str, Any], was: Mapping[str, Any] | None = None, strict: bool = True
) -> list[tuple[str, str, str]]:
    """Keep fields one by one; every fault is gathered. With `strict` any fault undoes them all."""
    fouten: list[tuple[str, str, str]] = []
    for pad, waarde in velden.items():
        try:
            keep_answer(werk, pad, waarde, was.get(pad, ALTIJD) if was else ALTIJD)
        except OngeldigeInvoer as nee:
            fouten += nee.details["fouten"]
    if fouten and strict:
        raise OngeldigeInvoer(*fouten)
    return fouten
