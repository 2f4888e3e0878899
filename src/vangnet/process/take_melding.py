# SPDX-License-Identifier: EUPL-1.2
"""Take a call: begin it, keep every field as it is typed, park it or take it over, and say what it leads to.

The casus and its lead begin at the first acknowledged save of a melding. The client makes the identifiers, so a request
that comes twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.zicht import delen
from vangnet.casework.models import Casus, Jeugdige, Melding
from vangnet.conf.identifiers import new_id

from .keep_fields import keep_field
from .weigeringen import AlGedaan, GeenRecht, NietBetrokken, OngeldigeInvoer
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
) -> Begonnen:
    """The first save of a call: casus, lead and melding begin. The same id again gives the same melding back.

    `velden` are fields as for `save_fields`. Errors: `GeenRecht`; `OngeldigeInvoer` naming every field that cannot be
    read (nothing is kept then)."""
    with _new(actor, op, melding_id, gemeld_op, oefening) as werk:
        if werk is None:
            return _existing(actor, op, melding_id)
        _keep_all(werk, velden or {})
        werk.event("melding_begonnen", werk.d.melding.op)
        return Begonnen(melding_id, werk.casus.id)


def register_melding(
    actor: Actor,
    op: datetime,
    melding_id: UUID,
    velden: Mapping[str, Any],
    uitkomst: str,
    reden: str = "",
    gemeld_op: datetime | None = None,
    oefening: bool = False,
) -> Begonnen:
    """One complete melding in one go: begin, all fields, and what it leads to. The same id again changes nothing.

    Errors: as `begin_melding` and `finish_melding`."""
    with _new(actor, op, melding_id, gemeld_op, oefening) as werk:
        if werk is None:
            return _existing(actor, op, melding_id)
        _keep_all(werk, velden)
        werk.event("melding_begonnen", werk.d.melding.op)
        _finish(werk, uitkomst, reden)
        return Begonnen(melding_id, werk.casus.id)


def save_fields(
    actor: Actor, op: datetime, melding_id: UUID, velden: Mapping[str, Any], was: Mapping[str, Any] | None = None
) -> Begonnen:
    """Keep fields of a call as they are typed. Paths: `melding.naam`, `jeugdige.<id>.voornaam`, `persoon.<id>.rol`,
    `adres.<id>.straat`, `gemeente`, and facts such as `triage.direct_onveilig`. `was` gives per path what the writer saw.

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
        werk.save(melding, "geparkeerd_op", "opgenomen_door_id")


def finish_melding(actor: Actor, op: datetime, melding_id: UUID, uitkomst: str, reden: str = "") -> Begonnen:
    """The call is over: what it leads to (`UITKOMSTEN`). Consult, verwijzing, doorgeleid and niet_bediend close the casus.

    Errors: `AlGedaan`; `OngeldigeInvoer` for another outcome; `RedenNodig` when it departs from the proposal."""
    with _at_work(actor, op, melding_id) as werk:
        _finish(werk, uitkomst, reden)
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


@contextmanager
def _new(
    actor: Actor, op: datetime, melding_id: UUID, gemeld_op: datetime | None, oefening: bool
) -> Iterator[Werk | None]:
    """A new casus with its melding and first child; None when this melding exists already."""
    if not may(actor.rol, MERK):
        log.note(actor, "geweigerd", MERK, op, geslaagd=False)
        raise GeenRecht(merk=MERK)
    with transaction.atomic():
        if Melding.objects.filter(id=melding_id).exists():
            yield None
            return
        begin = min(gemeld_op or op, op)
        werk = start_casus(actor, op, new_id(), begin, oefening=oefening)
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
            werk.add("jeugdigen", Jeugdige(casus_id=werk.casus.id))
        werk.keep()
        log.note(actor, "toevoegen", "melding", op, werk.casus.id)


def _existing(actor: Actor, op: datetime, melding_id: UUID) -> Begonnen:
    casus_id = Melding.objects.filter(id=melding_id).values_list("casus_id", flat=True).first()
    if casus_id is None or not delen(actor, casus_id, op):
        raise NietBetrokken()
    return Begonnen(melding_id, casus_id)


@contextmanager
def _at_work(actor: Actor, op: datetime, melding_id: UUID) -> Iterator[Werk]:
    casus_id = Casus.objects.filter(meldingen=melding_id).values_list("id", flat=True).first()
    with working_on(actor, casus_id or melding_id, MERK, op) as werk:
        yield werk


def _keep_all(
    werk: Werk, velden: Mapping[str, Any], was: Mapping[str, Any] | None = None, strict: bool = True
) -> list[tuple[str, str, str]]:
    """Keep fields one by one; every fault is gathered. With `strict` any fault undoes them all."""
    fouten: list[tuple[str, str, str]] = []
    for pad, waarde in velden.items():
        try:
            keep_field(werk, pad, waarde, was.get(pad, ALTIJD) if was else ALTIJD)
        except OngeldigeInvoer as nee:
            fouten += nee.details["fouten"]
    if fouten and strict:
        raise OngeldigeInvoer(*fouten)
    return fouten
