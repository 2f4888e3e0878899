# SPDX-License-Identifier: EUPL-1.2
"""Per column of the clocks the part of a casus that shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import BLIJFT, KENMERK, Tabel, Tabellen

TABELLEN: Tabellen = {
    "clocks_klok": Tabel("casus of nood", BLIJFT, {"id": KENMERK, "casus_id": KENMERK} | dict.fromkeys(
        ("sleutel", "wat", "begonnen_op", "uiterlijk", "hele_dag", "strekking", "eigenaar", "regels", "open_vraag",
         "lezingen", "geeindigd_op", "uitkomst", "reden"), "per klok"
    )),
}  # fmt: skip
"""The one table of this room."""

KLOKDEEL = {
    "inzet": "inzet", "traject": "inzet", "rto": "rto", "regie": "regie", "vervolg": "vervolg", "triage": "triage",
    "huisbezoek": "inschatting", "melding": "regie", "verzoek": "log",
}  # fmt: skip
"""The part with which a clock is seen, by the first word of its key; of another word with `kern`."""


def deel_van_klok(sleutel: str) -> str:
    """The part of a casus that must be in sight, besides `klokken`, to see this clock."""
    return KLOKDEEL.get(sleutel.partition(".")[0], "kern")
