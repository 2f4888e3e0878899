# SPDX-License-Identifier: EUPL-1.2
"""How the backups stand, as the database tells it: when the last one was made, and when one was last looked over or put back to
try. Nothing here names a person or a casus; the right of the page on which it stands covers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.models import Soort

VRAAG = """
select distinct on (soort) soort, op, goed, rijen, vingerafdruk, uitslag from access_reservekopie
 where goed or soort <> 'gemaakt' order by soort, op desc
"""
EEN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Kopie:
    """One thing that was done: a backup made, looked over, or put back to try."""

    op: datetime
    goed: bool
    rijen: int
    vingerafdruk: str
    """The SHA-256 of the file."""
    uitslag: str
    """What was wrong, in words."""


@dataclass(frozen=True)
class Kopiestand:
    """How the backups stand at one moment."""

    nu: datetime
    uren: int
    """Hours after which the last one is too old; 0: nobody asked to be warned."""
    gemaakt: Kopie | None = None
    nagekeken: Kopie | None = None
    teruggezet: Kopie | None = None

    @property
    def te_oud(self) -> bool:
        """Whether somebody must do something: there is none, or the last one is older than was chosen."""
        return bool(self.uren) and (self.gemaakt is None or self.nu - self.gemaakt.op > timedelta(hours=self.uren))

    @property
    def dagen(self) -> int:
        """Whole days since the last one; 0 in the first two days, which are told in hours."""
        oud = self._oud
        return oud // EEN_DAG if oud >= 2 * EEN_DAG else 0

    @property
    def uur(self) -> int:
        """Whole hours since the last one."""
        return self._oud // timedelta(hours=1)

    @property
    def _oud(self) -> timedelta:
        return max(timedelta(), self.nu - self.gemaakt.op) if self.gemaakt else timedelta()


def show_backups(op: datetime) -> Kopiestand:
    """How the backups stand at `op`."""
    with connection.cursor() as cursor:
        cursor.execute(VRAAG)
        gevonden = {soort: Kopie(*rest) for soort, *rest in cursor.fetchall()}
    return Kopiestand(op, settings.VANGNET_BACKUP_UREN, **gevonden)


def warn_of_backups(actor: Actor, op: datetime) -> Kopiestand | None:
    """What the board of a crisis service says of the backups: nothing while all is well, or when nobody asked to be warned."""
    if not settings.VANGNET_BACKUP_UREN or actor.soort != Soort.CRISISDIENST:
        return None
    stand = show_backups(op)
    return stand if stand.te_oud else None
