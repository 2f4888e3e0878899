# SPDX-License-Identifier: EUPL-1.2
"""Who looks at a casus right now, and at which part he writes; kept for a minute and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, zicht
from vangnet.casework.models import Aanwezigheid, Casus
from vangnet.conf.compiled import Compiled

from .weigeringen import NietBetrokken

KIJKT = timedelta(seconds=45)
"""Somebody who was not heard of for this long has left; a page asks every fifteen seconds."""
BEWAAR = timedelta(seconds=60)


@asks
def look(actor: Actor, op: datetime, casus_id: UUID, onderdeel: str = "") -> dict[str, Any]:
    """Say that this person has the casus open (and writes at `onderdeel`); gives back `versie` and who else is there; that
    only to who sees more than a profile.

    This is the heartbeat of an open page, not a look in the file: it writes no log line. Errors: `NietBetrokken`."""
    te_zien = zicht(actor.rol, delen(actor, casus_id, op))
    if not te_zien:
        raise NietBetrokken()
    versie = Casus.objects.filter(id=casus_id).values_list("versie", flat=True).first()
    if versie is None:
        raise NietBetrokken()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_aanwezigheid (id, casus_id, medewerker_id, onderdeel, gezien_op)"
            " values (gen_random_uuid(), %s, %s, %s, %s)"
            " on conflict (casus_id, medewerker_id) do update"
            " set onderdeel = excluded.onderdeel, gezien_op = excluded.gezien_op",
            [casus_id, actor.medewerker_id, onderdeel[:60], op],
        )
    Aanwezigheid.objects.filter(casus_id=casus_id, gezien_op__lt=op - BEWAAR).delete()
    return {"versie": versie, "anderen": others(actor, op, casus_id) if "kern" in te_zien else []}


@asks
def others(actor: Actor, op: datetime, casus_id: UUID) -> list[dict[str, str]]:
    """Who else has it open: name and the part that he writes at. The caller has checked that the actor takes part."""
    return [
        {"naam": naam, "onderdeel": onderdeel}
        for naam, onderdeel in _ANDEREN(casus_id, op - KIJKT, actor.medewerker_id)
    ]


_ANDEREN = Compiled(
    lambda casus_id, sinds, medewerker_id: (
        Aanwezigheid.objects.filter(casus_id=casus_id, gezien_op__gte=sinds)
        .exclude(medewerker_id=medewerker_id)
        .order_by("medewerker__naam")
        .values_list("medewerker__naam", "onderdeel")
    ),
    UUID(int=1),
    datetime(2000, 1, 1, tzinfo=UTC),
    UUID(int=2),
)


@asks
def leave(actor: Actor, op: datetime, casus_id: UUID) -> None:
    """This person closed the page."""
    Aanwezigheid.objects.filter(casus_id=casus_id, medewerker_id=actor.medewerker_id).delete()
