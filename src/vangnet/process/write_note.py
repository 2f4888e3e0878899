# SPDX-License-Identifier: EUPL-1.2
"""Notes of a casus: what was seen or thought, a contact that was made, a call that was not answered; and taking one back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.casework.models import Gebeurtenis, Notitie
from vangnet.conf.identifiers import new_id
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from .besluit import STRAKS
from .invoer import LANG, Onleesbaar, gevonden, tekst
from .weigeringen import AlGedaan, GeenRecht, OngeldigeInvoer
from .werk import Werk, working_on

MERK = "notitie.schrijven"
SOORTEN = ("notitie", "contact", "belpoging")


def write_note(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    inhoud: str = "",
    soort: str = "notitie",
    over_derden: bool = False,
    met: str = "",
    persoon_id: UUID | None = None,
    gebeurd_op: datetime | None = None,
    notitie_id: UUID | None = None,
) -> UUID:
    """Keep a `notitie`, a `contact` (with whom, what was said) or a `belpoging` (nobody answered); returns its id.

    `over_derden` marks that it speaks of somebody else than the child. With a `notitie_id` of the client the same request
    sent twice keeps one. Errors: `OngeldigeInvoer` (no text in a note, nobody named, a moment to come), those of
    `working_on`."""
    with working_on(actor, casus_id, MERK, op) as werk:
        return keep_note(werk, inhoud, soort, over_derden, met, persoon_id, gebeurd_op, notitie_id)


def keep_note(
    werk: Werk,
    inhoud: str = "",
    soort: str = "notitie",
    over_derden: bool = False,
    met: str = "",
    persoon_id: UUID | None = None,
    gebeurd_op: datetime | None = None,
    notitie_id: UUID | None = None,
) -> UUID:
    """Keep a note in a casus under work; see `write_note`."""
    if "notities" not in werk.zicht:
        raise GeenRecht(onderdeel="notities")
    if soort not in SOORTEN:
        raise OngeldigeInvoer(("soort", soort, ", ".join(SOORTEN)))
    persoon = next((p for p in werk.d.mensen if p.id == persoon_id), None)
    if persoon_id is not None and persoon is None:
        raise OngeldigeInvoer(("persoon", str(persoon_id), T("iemand van deze casus")))
    fouten: list[tuple[str, str, str]] = []
    inhoud = _lees("tekst", inhoud, LANG, fouten)
    met = _lees("met", met, 120, fouten) or (persoon.naam or persoon.rol if persoon else "")
    if soort == "notitie" and not inhoud and not fouten:
        fouten.append(("tekst", T("niets"), T("een aantekening van minstens een woord")))
    if soort != "notitie" and not met:
        fouten.append(("met", T("niets"), T("met wie je sprak of wie je belde")))
    if gebeurd_op is not None and gebeurd_op > werk.op + STRAKS:
        fouten.append(("gebeurd_op", f"{lokaal(gebeurd_op):%d-%m-%Y %H:%M}", T("een moment dat geweest is")))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    id_ = notitie_id or new_id()
    bestaand = Notitie.objects.filter(id=id_).values_list("casus_id", flat=True).first()
    if bestaand is not None:
        if bestaand != werk.casus.id:
            raise AlGedaan()
        return id_
    werk.add(
        "",
        Notitie(
            id=id_,
            casus_id=werk.casus.id,
            soort=soort,
            tekst=inhoud,
            over_derden=over_derden,
            met=met,
            persoon_id=persoon.id if persoon else None,
            gebeurd_op=gebeurd_op or werk.op,
            ingevoerd_op=werk.op,
            door_id=werk.actor.medewerker_id,
            namens_id=werk.actor.organisatie_id,
        ),
    )
    werk.event(soort, gebeurd_op, {"met": met, "notitie": str(id_)})
    return id_


def withdraw_note(actor: Actor, op: datetime, casus_id: UUID, notitie_id: UUID, reden: str = "") -> None:
    """Take a note, contact or call attempt of one's own organisation back: it stays readable, struck through.

    A second time changes nothing. Errors: `OngeldigeInvoer` for a note of another casus, `GeenRecht` for another's."""
    from .undo import undo

    noot = Gebeurtenis.objects.filter(casus_id=casus_id, gegevens__notitie=str(notitie_id), soort__in=SOORTEN)
    undo(actor, op, casus_id, noot.values_list("id", flat=True).first() or notitie_id, reden)


def call_back(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    met: str = "",
    inhoud: str = "",
    gebeurd_op: datetime | None = None,
    bereikt: bool = True,
) -> None:
    """Whoever reported was called back (CL-11, FRL-08): its clock stops when he was reached, else an attempt is kept.

    Errors: as `write_note`."""
    with working_on(actor, casus_id, MERK, op) as werk:
        m = werk.d.melding
        wie = met or m.naam or m.organisatie_melder or T("de melder")
        keep_note(werk, inhoud, "contact" if bereikt else "belpoging", False, wie, None, gebeurd_op)
        if bereikt and werk.d.feit("melding.teruggebeld_op") is None:
            moment = max(gebeurd_op or op, m.op)
            werk.fact("melding.teruggebeld_op", lokaal(moment).replace(microsecond=0).isoformat())


def think_along(
    actor: Actor, op: datetime, casus_id: UUID, wat: str, wie: str = "", gebeurd_op: datetime | None = None
) -> None:
    """A behavioural scientist or psychiatrist thinks along with the triage or the decision; what he said is kept.

    Errors: `OngeldigeInvoer` without words; those of `working_on`."""
    with working_on(actor, casus_id, "triage.meedenken", op) as werk:
        fouten: list[tuple[str, str, str]] = []
        wat = _lees("wat", wat, 2000, fouten)
        wie = _lees("wie", wie, 120, fouten) or actor.naam
        if not wat:
            fouten.append(("wat", T("niets"), T("in een paar woorden wat het advies was")))
        if fouten:
            raise OngeldigeInvoer(*fouten)
        werk.fact("triage.denkt_mee", wie)
        werk.event("meegedacht", gebeurd_op, {"wie": wie, "wat": wat})


def _lees(veld: str, ruw: str, hooguit: int, fouten: list[tuple[str, str, str]]) -> str:
    try:
        return str(tekst(hooguit)(ruw or ""))
    except Onleesbaar as fout:
        fouten.append((veld, gevonden(ruw), str(fout)))
        return ""
