# SPDX-License-Identifier: EUPL-1.2
"""Per column of the clocks the part of a casus that shows it (`access.veldzicht`)."""

from __future__ import annotations

from vangnet.access.veldzicht import ALLEEN_ERBIJ, BLIJFT, KENMERK, NAAM, NOOIT, Tabel, Tabellen

TABELLEN: Tabellen = {
    "clocks_klok": Tabel("casus of nood", BLIJFT, {"id": KENMERK, "casus_id": KENMERK} | dict.fromkeys(
        ("sleutel", "wat", "begonnen_op", "uiterlijk", "hele_dag", "strekking", "eigenaar", "regels", "open_vraag",
         "lezingen", "geeindigd_op", "uitkomst", "reden"), "per klok"
    ) | {"wek_op": NOOIT}),
    # What is seen of an alarm is seen with the part of its own deadline; here that of a deadline of no part in particular.
    "clocks_alarm": Tabel("casus", BLIJFT, dict.fromkeys(("id", "casus_id", "klok_id"), KENMERK) | dict.fromkeys(
        ("soort", "op", "einde_op", "einde"), "klokken + kern"
    ) | {"door_id": NAAM} | dict.fromkeys(("moment", "ladder", "sport", "volgende_op"), NOOIT)),
    "clocks_waarschuwing": Tabel("casus", ALLEEN_ERBIJ, dict.fromkeys(("id", "casus_id", "alarm_id"), KENMERK) | dict.fromkeys(
        ("op", "wie", "wegen", "mist"), "klokken + kern"
    ) | dict.fromkeys(("organisatie_id", "medewerker_id"), NAAM) | {"sport": NOOIT}),
    "clocks_hartslag": Tabel("vrij", BLIJFT, {"op": "alarm.inzien"} | dict.fromkeys(
        ("naam", "begonnen_op", "volgende_op", "gewekt", "fouten"), NOOIT
    )),
}  # fmt: skip
"""The tables of this room."""

KLOKDEEL = {
    "inzet": "inzet", "traject": "inzet", "rto": "rto", "regie": "regie", "vervolg": "vervolg", "triage": "triage",
    "huisbezoek": "inschatting", "melding": "regie", "verzoek": "log",
}  # fmt: skip
"""The part with which a clock is seen, by the first word of its key; of another word with `kern`."""


def deel_van_klok(sleutel: str) -> str:
    """The part of a casus that must be in sight, besides `klokken`, to see this clock."""
    return KLOKDEEL.get(sleutel.partition(".")[0], "kern")
