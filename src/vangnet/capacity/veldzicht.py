# SPDX-License-Identifier: EUPL-1.2
"""Per column of the roster and the hand-over of a shift what shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import ALLEEN_ERBIJ, ALLES_MAG, BLIJFT, KENMERK, NOOIT, Tabel, Tabellen

TABELLEN: Tabellen = {
    "capacity_dienst": Tabel("vrij", ALLES_MAG, {
        "id": KENMERK, "organisatie_id": KENMERK, "medewerker_id": KENMERK, "taak": "rooster.inzien of bellen.inzien",
        "van": "rooster.inzien of bellen.inzien", "tot": "rooster.inzien of bellen.inzien",
    }),
    "capacity_dienstoverdracht": Tabel("eigen organisatie", BLIJFT, {
        "id": KENMERK, "organisatie_id": KENMERK, "gever_id": KENMERK, "ontvanger_id": KENMERK,
    } | dict.fromkeys(("getekend_op", "sinds", "opmerking", "ontvangen_op", "ingetrokken_op"), "overdracht.inzien")),
    "capacity_dienstoverdrachtregel": Tabel("eigen overdracht", ALLEEN_ERBIJ, {
        "id": NOOIT, "overdracht_id": KENMERK, "casus_id": KENMERK, "kant": "overdracht.inzien + kern + eigen dienst",
        "versie": "overdracht.inzien + kern + eigen dienst", "opmerking": "overdracht.inzien + kern + eigen dienst",
    }),
}  # fmt: skip
"""The tables of this room."""
