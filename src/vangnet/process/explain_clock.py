# SPDX-License-Identifier: EUPL-1.2
"""Say why an agreed deadline was missed or moved; the clock itself is never altered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.rules.tekst import T

from .invoer import Onleesbaar, gevonden, tekst
from .weigeringen import OngeldigeInvoer
from .werk import working_on


def explain_clock(actor: Actor, op: datetime, casus_id: UUID, klok_id: UUID, reden: str) -> None:
    """Keep the reason beside a clock of the casus; a later reason replaces it, both stay in the timeline.

    Errors: `OngeldigeInvoer` for a clock of another casus or an empty reason; those of `working_on`."""
    with working_on(actor, casus_id, "feit.vastleggen", op) as werk:
        klok = next((k for k in werk.d.klokken if k.id == klok_id), None)
        if klok is None or "klokken" not in werk.zicht:
            raise OngeldigeInvoer(("klok", str(klok_id), T("een termijn van deze casus")))
        try:
            reden = str(tekst(300)(reden or ""))
        except Onleesbaar as fout:
            raise OngeldigeInvoer(("reden", gevonden(reden), str(fout))) from None
        if not reden:
            raise OngeldigeInvoer(("reden", T("niets"), T("in één zin waarom het later wordt of werd")))
        if klok.reden == reden:
            return
        klok.reden = reden
        werk.save(klok, "reden")
        werk.event("termijn_reden", gegevens={"wat": klok.wat, "reden": reden}, reden=reden, regels=tuple(klok.regels))
