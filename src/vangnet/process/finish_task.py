# SPDX-License-Identifier: EUPL-1.2
"""A task is done: by whom, when, and what came of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.rules.tekst import T

from .invoer import Onleesbaar, gevonden, tekst
from .weigeringen import GeenRecht, OngeldigeInvoer
from .werk import working_on


def finish_task(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    taak_id: UUID,
    resultaat: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """Close a task of the actor's organisation, with what came of it. A second time changes nothing.

    Errors: `OngeldigeInvoer` for a task of another casus, `GeenRecht` for one of another organisation."""
    with working_on(actor, casus_id, "taak.afronden", op) as werk:
        taak = next((t for t in werk.d.taken if t.id == taak_id), None)
        if taak is None:
            raise OngeldigeInvoer(("taak", str(taak_id), T("een taak van deze casus")))
        if taak.voor_id != actor.organisatie_id:
            raise GeenRecht(merk="taak.afronden")
        if taak.klaar_op is not None:
            return
        try:
            taak.resultaat = tekst(300)(resultaat or "")
        except Onleesbaar as fout:
            raise OngeldigeInvoer(("resultaat", gevonden(resultaat), str(fout))) from None
        taak.klaar_op, taak.klaar_door_id = min(gebeurd_op or op, op), actor.medewerker_id
        werk.save(taak, "resultaat", "klaar_op", "klaar_door_id")
        werk.event(
            "taak_klaar",
            taak.klaar_op,
            {"wat": taak.wat, "resultaat": taak.resultaat, "taak": str(taak.id)},
            regels=tuple(taak.regels),
        )
