# SPDX-License-Identifier: EUPL-1.2
"""Somebody says that he has it: the ladder stops, and who said so stands on record. The deadline itself goes on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asking
from vangnet.access.zicht import delen, zicht
from vangnet.clocks.models import Alarm, Einde, Waarschuwing
from vangnet.clocks.veldzicht import deel_van_klok

from .weigeringen import AlGedaan, GeenRecht, NietBetrokken

MERK = "alarm.bevestigen"


def acknowledge_alarm(actor: Actor, op: datetime, alarm_id: UUID) -> UUID:
    """The asker has it. Saying it twice is saying it once. Returns the casus.

    Errors: `GeenRecht`; `NietBetrokken` for an alarm of which his organisation was not warned, or that is not in his sight (also when
    there is none); `AlGedaan` with who, when another said it before or it ended by itself."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    with asking(actor, op, work=True):
        alarm = Alarm.objects.select_for_update(of=("self",)).select_related("klok", "door").filter(id=alarm_id).first()
        ziet = zicht(actor.rol, delen(actor, alarm.casus_id, op)) if alarm else frozenset()
        gewaarschuwd = Waarschuwing.objects.filter(alarm_id=alarm_id, organisatie_id=actor.organisatie_id).exists()
        if alarm is None or not gewaarschuwd or not {"klokken", deel_van_klok(alarm.klok.sleutel)} <= ziet:
            raise NietBetrokken()
        if alarm.einde_op is not None:
            if alarm.door_id == actor.medewerker_id:
                return alarm.casus_id
            raise AlGedaan(door=alarm.door.naam if alarm.door else "", op=alarm.einde_op)
        alarm.einde_op, alarm.einde, alarm.door_id, alarm.volgende_op = op, Einde.BEVESTIGD, actor.medewerker_id, None
        alarm.save(update_fields=["einde_op", "einde", "door", "volgende_op"])
        log.note(actor, "bevestigen", "alarm", op, alarm.casus_id)
    return alarm.casus_id
