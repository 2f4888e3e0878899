# SPDX-License-Identifier: EUPL-1.2
"""A parent of the demo who asks for the file: taken in, judged, and half walked, so that a colleague can go on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.process.dossier import Dossier
from vangnet.process.prepare_afschrift import choose_passages
from vangnet.process.show_verzoek import show_walk
from vangnet.process.take_verzoek import judge_asker, register_request


def ask_for_file(ik: Actor, op: datetime, dossier: Dossier) -> UUID | None:
    """A request of the father (else another parent) for a copy, in preparation; None in a casus without a parent."""
    ouders = sorted((p for p in dossier.mensen if p.rol in ("vader", "moeder")), key=lambda p: p.rol != "vader")
    if not ouders:
        return None
    casus_id = dossier.casus.id
    verzoek = register_request(
        ik, op, casus_id, "afschrift", ouders[0].id, wat="Ik wil alles zien wat jullie over ons hebben opgeschreven."
    )
    waarom = "Legitimatie gezien aan de balie. Heeft gezag, nagekeken in het register."
    judge_asker(ik, op, casus_id, verzoek, "bewijs", True, waarom)
    passages = show_walk(ik, op, casus_id, verzoek).wandeling.passages
    helft = passages[: len(passages) // 2]
    choose_passages(ik, op, casus_id, verzoek, {e.passage.sleutel: (e.passage.vingerafdruk, e.keuze) for e in helft})
    return verzoek
