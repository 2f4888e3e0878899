# SPDX-License-Identifier: EUPL-1.2
"""How the sealing of the log stands: the last seal, what waits for one, the last check. Part of a page of the log, whose right
covers it; nothing here names a person or a casus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from vangnet.access.models import Zegel, Zegelcontrole

VENSTER = 300
"""Seconds that a line may wait for its seal before the page says that sealing is behind: our own choice. The sealer works every
ten seconds and waits for transactions that write the log."""


@dataclass(frozen=True)
class Zegelstand:
    """The state of the sealed log as the database tells it. Proof is `vangnet log check`, not this."""

    stand: str
    """geen (never sealed), goed, achter (something waits too long), fout (the last check found something)."""
    zegel: int = 0
    op: datetime | None = None
    """When the lines under the last seal were looked for."""
    open_: int = 0
    """Lines that wait for a seal."""
    oudste: int = 0
    """Age of the oldest of them, in whole seconds."""
    controle_op: datetime | None = None
    controle_goed: bool = False
    controle_regels: int = 0
    uitslag: str = ""
    tot: int = 0
    """The number of the last line under a seal."""

    @property
    def minuten(self) -> int:
        """Age of the oldest line that waits, in whole minutes."""
        return self.oudste // 60


def show_seals() -> Zegelstand:
    """The state now; ages by the clock of the database, which stamps the lines."""
    laatste = Zegel.objects.order_by("-nummer").values_list("nummer", "op", "tot").first()
    nummer, op, tot = laatste or (0, None, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), coalesce(extract(epoch from clock_timestamp() - min(vastgelegd_op)), 0)::float"
            " from access_logregel where nummer > %s",
            [tot],
        )
        open_, oudste = cursor.fetchone()
    controle = Zegelcontrole.objects.order_by("-op").first()
    stand = "goed"
    if controle is not None and not controle.goed:
        stand = "fout"
    elif laatste is None:
        stand = "geen"
    elif oudste > VENSTER:
        stand = "achter"
    return Zegelstand(
        stand, nummer, op, open_, max(0, int(oudste)),
        controle.op if controle else None, controle.goed if controle else False, controle.regels if controle else 0,
        controle.uitslag if controle else "", tot,
    )  # fmt: skip
