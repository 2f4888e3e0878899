# SPDX-License-Identifier: EUPL-1.2
"""V17: twenty minutes of waiting for an answer."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.take_melding import finish_melding


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Spoedhulp Jeugd Friesland")
    z = t.organisatie("zorgaanbieder", "Zorgaanbieder Z")
    een = t.organisatie("zorgaanbieder", "Partner 1")
    drie = t.organisatie("zorgaanbieder", "Partner 3")
    ik = t.mens("Interviewer", "crisismedewerker", dienst)
    popke = t.mens("Popke Hiddemaar", "planner", z)
    partner1 = t.mens("Partner 1", "planner", een)

    # 0: Sietske belt
    t.bel(ik, t.gezin(**{"melding.melder": "jeugdige", "betrokken.zorgaanbieder": True, "triage.lopende_hulp": "ja"}))
    t.ok("0.0", t.open_vraag("0.0", "versie") and not t.advies().bevestigd)
    t.zegt("0.1", "melding.bereikbaar", "telefonisch_24/7")
    t.zegt("0.2", "melding.bestaande_zorg", "behandel")
    t.open_vraag("0.3", "FRL-04")
    t.leidt("0.5", "Spoedhulp Jeugd Friesland")

    save_field(ik, t.op, t.casus_id, "triage.inventarisatie_klaar", False)
    t.citeert("0.4")

    # 1: gesprek rond
    t.stap(1)
    save_field(ik, t.op, t.casus_id, "melding.contact_beeindigd_op", "2025-02-18T19:25:00+01:00")
    klok = t.loopt("1.0", "melding.terugbellen")
    t.ok("1.0", klok.uiterlijk == datetime.fromisoformat("2025-02-18T19:45:00+01:00"), klok.uiterlijk)

    t.open_vraag("1.1")
    t.zegt("2.0", "triage.tabel")

    # 3: interviewer en triagist
    t.stap(3)
    t.zegt("3.0", "triage.samen_besloten")
    t.open_vraag("3.1", "X-32")
    save_field(ik, t.op, t.casus_id, "triage.zorgpad_vast", True)
    t.om(19, 39)
    save_field(ik, t.op, t.casus_id, "triage.interviewer", "interviewer 1")
    save_field(ik, t.op, t.casus_id, "triage.triagist", "triagist 2")
    finish_melding(ik, t.op, t.melding_id, "inschatting", "Sietske vraagt om partner 3; slaap is de kern.")
    t.ok("3.2", t.gebeurd("triage_besloten")[-1].reden.startswith("Sietske vraagt"))

    # 4: teruggebeld
    t.stap(4)
    save_field(ik, t.op, t.casus_id, "melding.teruggebeld_op", "2025-02-18T19:43:00+01:00")
    t.stopte("4.0", "melding.terugbellen")
    t.stopte("k0", "melding.terugbellen")
    klok = t.loopt("4.1", "triage.contact_aanbieder")
    t.ok("4.1", klok.uiterlijk == datetime.fromisoformat("2025-02-18T20:39:00+01:00"), klok.uiterlijk)

    # 5: partner 3 ingelicht
    t.stap(5)
    save_field(ik, t.op, t.casus_id, "triage.aanbieder_ingelicht_op", "2025-02-18T19:50:00+01:00")
    t.open_vraag("5.0", "X-13")
    t.ok(
        "5.0",
        any(str(w).startswith("2025-02-18 20:50") for w in t.klok("triage.contact_aanbieder").lezingen.values()),
        t.klok("triage.contact_aanbieder").lezingen,
    )
    t.ziet_niet("5.z0", partner1)

    # 6: partner 3 belt
    t.stap(6)
    save_field(ik, t.op, t.casus_id, "triage.aanbieder_contact_op", "2025-02-18T20:44:00+01:00")
    t.stopte("6.0", "triage.contact_aanbieder", "te_laat")
    t.stopte("k1", "triage.contact_aanbieder", "te_laat")
    t.ok("k2", datetime.fromisoformat("2025-02-18T20:50:00+01:00") > t.op)
    t.citeert("6.1")
    save_field(ik, t.op, t.casus_id, "inschatting.werker_blijft", True)

    # 7: Z neemt het over
    t.stap(7)
    t.open_vraag("7.1", "X-18")
    aanbod = offer_regie(ik, t.op, t.casus_id, z.id, "Popke kent Sietske; willen jullie het overnemen?")
    answer_offer(popke, t.na(minutes=5), t.casus_id, aanbod, True)
    t.leidt("7.2", "Zorgaanbieder Z")
    assert drie is not None
