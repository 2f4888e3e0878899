# SPDX-License-Identifier: EUPL-1.2
"""Who looked at one casus: every line of its log, newest first; looking at it is a line itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Organisatie
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, zicht

from .weigeringen import GeenRecht, NietBetrokken

HOOGUIT = 500
"""Lines at once; older ones are for the functionaris gegevensbescherming."""


@dataclass(frozen=True)
class Kijker:
    """One line: when, who, for which organisation in which function, what he did, and whether he was let in."""

    op: datetime
    naam: str
    organisatie: str
    rol: str
    handeling: str
    ding: str
    geslaagd: bool
    toelichting: str
    nood: bool = False
    """Done with break-glass."""


@asks
def show_casus_log(actor: Actor, op: datetime, casus_id: UUID, hooguit: int = HOOGUIT) -> list[Kijker]:
    """The lines of the log of one casus, newest first, at most `hooguit`.

    Errors: `NietBetrokken`; `GeenRecht` for a function or part that may not see it."""
    in_delen = delen(actor, casus_id, op)
    mag = may(actor.rol, "log.casus") and "log" in zicht(actor.rol, in_delen)
    if not in_delen or not mag:
        nee = GeenRecht(merk="log.casus") if in_delen else NietBetrokken()
        log.note(actor, "geweigerd", "log.casus", op, casus_id, geslaagd=False, toelichting=nee.code)
        raise nee
    rijen = list(Logregel.objects.filter(casus_id=casus_id).order_by("-op", "-id")[:hooguit])
    namen = dict(Organisatie.objects.filter(id__in={r.organisatie_id for r in rijen}).values_list("id", "naam"))
    log.note(actor, "inzien", "log", op, casus_id)
    return [
        Kijker(
            r.op,
            r.naam,
            namen.get(r.organisatie_id, "") if r.organisatie_id else "",
            r.rol,
            r.handeling,
            r.ding,
            r.geslaagd,
            r.toelichting,
            r.noodtoegang_id is not None,
        )
        for r in rijen
    ]
