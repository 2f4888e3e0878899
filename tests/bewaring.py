# SPDX-License-Identifier: EUPL-1.2
"""Casussen that are old enough to be erased, and what may be erased now; for the tests of keeping and erasing."""

from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.conf import clock
from vangnet.process import current_register
from vangnet.process.erase_due import Wisregel, overview
from vangnet.process.write_note import write_note

Link = psycopg.Connection[Any]
NU = clock.now()
"""The procedure goes by the clock of the database, so what is old here is old today."""


def age(casus_id: UUID, jaren: float) -> None:
    """Make a casus as if its last change was so many years before today. As a superuser with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_laatst(%s) - (now() - make_interval(days => %s))", [casus_id, int(jaren * 366)])
        (verder,) = cursor.fetchone()
        cursor.execute("set session_replication_role = replica")
        for tabel, waar, kolommen in (
            ("casework_casus", "id", ("begonnen_op", "gewijzigd_op", "gesloten_op")),
            ("casework_gebeurtenis", "casus_id", ("ingevoerd_op",)),
        ):
            zet = ", ".join(f"{k} = {k} - %s" for k in kolommen)
            cursor.execute(f"update {tabel} set {zet} where {waar} = %s", [verder] * len(kolommen) + [casus_id])
        cursor.execute("set session_replication_role = origin")


def closed(jaren: float = 25, buurt: Streek | None = None, **velden: Any) -> Wandeling:
    """A call that became a consult; its last change so many years ago."""
    weg = nieuwe_casus(buurt or streek(), "consult", **velden)
    assert weg.dossier.casus.gesloten_op is not None
    age(weg.casus_id, jaren)
    return weg


def dossier(jaren: float = 25, buurt: Streek | None = None) -> Wandeling:
    """A crisis that ran its whole course; its last change so many years ago."""
    weg = nieuwe_casus(buurt or streek())
    write_note(weg.streek.dienst, weg.nu, weg.casus_id, inhoud="Oma belde.")
    weg.loop()
    age(weg.casus_id, jaren)
    return weg


def due(link: Link) -> list[Wisregel]:
    return [r for r in overview(link, current_register(), NU, None) if r.grond]
