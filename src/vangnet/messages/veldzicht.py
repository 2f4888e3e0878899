# SPDX-License-Identifier: EUPL-1.2
"""Per column of the messages which right shows it (`access.veldzicht`). The jobs that send them are of the sender alone."""

from __future__ import annotations

from vangnet.access.veldzicht import BLIJFT, KENMERK, NAAM, NOOIT, Tabel, Tabellen

BIJ_ONS = "bord.inzien of mijnwerk.inzien"

TABELLEN: Tabellen = {
    # Of a message that is there the application changes only who took it over, and when: those two columns come first.
    "messages_bericht": Tabel("vrij", BLIJFT, {
        "geregeld_op": BIJ_ONS, "geregeld_door_id": KENMERK, "id": KENMERK, "regio": NAAM, "organisatie_id": KENMERK, "kanaal": BIJ_ONS, "aan": BIJ_ONS,
        "soort": BIJ_ONS, "sleutel": NOOIT, "gegevens": NOOIT, "voorrang": NOOIT, "op": BIJ_ONS, "toestand": BIJ_ONS,
        "pogingen": BIJ_ONS, "fout": BIJ_ONS, "klaar_op": BIJ_ONS,
    }),
    "procrastinate_jobs": Tabel("vrij", "", dict.fromkeys((
        "id", "queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "status", "scheduled_at", "attempts",
        "abort_requested", "worker_id",
    ), NOOIT)),
    "procrastinate_events": Tabel("vrij", "", dict.fromkeys(("id", "job_id", "type", "at"), NOOIT)),
    "procrastinate_workers": Tabel("vrij", "", dict.fromkeys(("id", "last_heartbeat"), NOOIT)),
    "procrastinate_periodic_defers": Tabel("vrij", "", dict.fromkeys(
        ("id", "task_name", "defer_timestamp", "job_id", "periodic_id"), NOOIT
    )),
}  # fmt: skip
"""The table of this room, and those of the queue it rests on."""
