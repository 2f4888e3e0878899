# SPDX-License-Identifier: EUPL-1.2
"""Who works with casussen for an organisation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from vangnet.access.models import Functie
from vangnet.access.rechten import CASUSROLLEN


def colleagues(organisatie_id: UUID, op: datetime, rollen: Collection[str] = CASUSROLLEN) -> dict[UUID, str]:
    """Who works with casussen for an organisation now in one of these functions, by name: the id of each with his name."""
    rijen = (
        Functie.objects.filter(organisatie_id=organisatie_id, van__lte=op, rol__in=rollen, medewerker__is_active=True)
        .exclude(tot__lte=op)
        .order_by("medewerker__naam")
        .values_list("medewerker_id", "medewerker__naam")
    )
    return dict(rijen)
