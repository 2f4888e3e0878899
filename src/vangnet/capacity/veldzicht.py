# SPDX-License-Identifier: EUPL-1.2
"""Per column of the roster which right shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import ALLES_MAG, KENMERK, Tabel, Tabellen

TABELLEN: Tabellen = {
    "capacity_dienst": Tabel("vrij", ALLES_MAG, {
        "id": KENMERK, "organisatie_id": KENMERK, "medewerker_id": KENMERK, "taak": "rooster.inzien of bellen.inzien",
        "van": "rooster.inzien of bellen.inzien", "tot": "rooster.inzien of bellen.inzien",
    }),
}  # fmt: skip
"""The one table of this room."""
