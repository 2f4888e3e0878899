# SPDX-License-Identifier: EUPL-1.2
"""V11: no bed for Jordi; a provider refuses, and the week runs over."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.explain_clock import explain_clock
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.plan_rto import hold_rto
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.weigeringen import OngeldigeInvoer, RedenNodig


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "ICJ")
    toegang = t.organisatie("toegang", "Toegang Weert", "Weert")
    t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    d = t.organisatie("zorgaanbieder", "Zorgaanbieder D")
    e = t.organisatie("zorgaanbieder", "Zorgaanbieder E")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    carlijn = t.mens("Carlijn Moesdijk", "toegangsmedewerker", toegang)
    planner_d = t.mens("Planner D", "planner", d)
    planner_e = t.mens("Planner E", "planner", e)

    # 0: de aanbieder belt
    feiten = {
        "melding.melder": "zorgaanbieder",
        "betrokken.gi": "geen",
        "betrokken.zorgaanbieder": True,
        "betrokken.jeugdige_verblijft_bij_aanbieder": True,
        "betrokken.zorgaanbieder_is_crisisaanbieder": True,
        "jeugdige.hulp_voor_18": True,
    }
    triage = dict.fromkeys(
        (f"triage.{v}" for v in ("plotseling", "ernstige_ontregeling", "direct_onveilig", "onhoudbaar")), "ja"
    )
    t.bel(ik, t.gezin(**feiten, **triage))
    t.ok(
        "0.0",
        any(
            "ICJ-09" in u.regels
            and str(u.waarde) in ("valt_eronder", "ja", "hoort_erbij", "hoort_bij_regio", "uitloop")
            for u in t.advies().uitspraken.values()
        ),
        [(k, u.waarde) for k, u in t.advies().uitspraken.items() if "ICJ-09" in u.regels],
    )
    t.open_vraag("0.1", "X-22")
    t.ok(
        "0.2",
        "huisbezoek.gedragswetenschapper" not in t.advies().uitspraken
        and "huisbezoek.psychiater" not in t.advies().uitspraken,
    )
    t.loopt("0.3", "huisbezoek.aankomst", "2025-09-10T16:20:00+02:00")
    t.leidt("0.4", "ICJ")

    # 1: triage
    t.stap(1)
    from vangnet.process.take_melding import finish_melding

    finish_melding(ik, t.op, t.melding_id, "inschatting")
    klok = t.klok("huisbezoek.aankomst")
    t.ok("1.0", any(str(w).startswith("2025-09-10 16:50") for w in klok.lezingen.values()), klok.lezingen)

    # 2: later door een ongeluk
    depart(ik, t.om(15, 10), t.casus_id, "Crisismedewerker")
    t.stap(2)
    arrive(ik, t.op, t.casus_id)
    klok = t.stopte("2.0", "huisbezoek.aankomst", "te_laat")
    t.stopte("k0", "huisbezoek.aankomst", "te_laat")
    t.ok("k1", datetime.fromisoformat("2025-09-10T16:50:00+02:00") > t.op)
    t.weigert("2.1", OngeldigeInvoer, lambda: explain_clock(ik, t.op, t.casus_id, klok.id, ""))
    explain_clock(ik, t.op, t.casus_id, klok.id, "Ongeluk op de weg.")
    t.ok("2.1", t.klok("huisbezoek.aankomst").reden == "Ongeluk op de weg.")

    # 3: crisis; residentieel
    t.stap(3)
    decide_crisis(ik, t.op, t.casus_id, True, "De groep kan hem niet veilig houden.", "de gedragswetenschapper")
    t.weigert(
        "3.0",
        (OngeldigeInvoer, RedenNodig),
        lambda: choose_inzet(ik, t.op, t.casus_id, "residentieel", t.kind(), aanbieder_id=d.id),
    )
    lichter = {
        "ambulant": "Op de groep te gevaarlijk.",
        "netwerk": "Er is geen netwerk; moeder kan het niet.",
        "noodbed": "Geen LVB-kennis bij C.",
        "pleegzorg": "Geen gezin voor 19 jaar.",
    }
    bed = choose_inzet(
        ik,
        t.op,
        t.casus_id,
        "residentieel",
        t.kind(),
        aanbieder_id=d.id,
        overwogen=lichter,
        reden="LVB-kennis nodig; de crisisgroep bij D heeft die.",
    )

    # 4: E weigert, D kan vanaf morgen
    t.stap(4)
    vraag = ask_organisation(ik, t.op, t.casus_id, "hulp", e.id, "Plek voor een man van 19 met LVB?")
    t.ziet_niet("3.z0", planner_e, "Jordi", "Kampelaar", "2006-03-14")
    t.weigert("4.0", OngeldigeInvoer, lambda: answer_offer(planner_e, t.op, t.casus_id, vraag, False))
    answer_offer(planner_e, t.op, t.casus_id, vraag, False, "Te zwaar voor deze groep.")
    t.ziet_niet("4.z0", planner_e)
    vraag_d = next(b for b in t.d.aanbiedingen if b.aan_organisatie_id == d.id and b.soort == "hulp")
    answer_offer(planner_d, t.na(minutes=10), t.casus_id, vraag_d.id, True)
    set_sleeping_place(
        ik,
        t.op,
        t.casus_id,
        t.kind(),
        "Vannacht bij A, andere locatie, met extra begeleiding; eigenaar ICJ, tot morgen 10.00 uur",
    )
    t.ok("4.1", "tot morgen 10.00" in repr(t.d.casus.beeld["vannacht"]))
    inform_parents(ik, t.op, t.casus_id, bed, "Jordi en moeder")

    # 5: naar D
    t.stap(5)
    begin_inzet(planner_d, t.op, t.casus_id, bed)
    t.loopt("5.0", "inzet.residentieel.einde", "2025-09-18", "max")

    # 6: RTO
    rto = t.rto(ik, datetime.fromisoformat("2025-09-11T15:00:00+02:00"), toegang, d)
    t.stap(6)
    t.loopt("6.0", "rto", "2025-09-11")
    t.komt(carlijn)
    hold_rto(ik, t.na(minutes=50), t.casus_id, rto, t.verslag(toegang, vervolg="De Bijzondere Toegang denkt mee."))
    if t.regie != "Toegang Weert":
        if not any(b.soort == "regie" and b.antwoord == "" for b in t.d.aanbiedingen):
            offer_regie(ik, t.op, t.casus_id, toegang.id, "Zo afgesproken op het RTO.")
        t.overnemen(carlijn)
    t.leidt("6.1", "Toegang Weert")
    t.stopte("k2", "rto")

    # 8: de week is om
    t.stap(8)
    klok = t.klok("inzet.residentieel.einde")
    t.op = datetime.fromisoformat("2025-09-19T09:00:00+02:00")
    explain_clock(carlijn, t.op, t.casus_id, klok.id, "De vervolgplek begint later.")
    t.ok("8.0", t.klok("inzet.residentieel.einde").reden and t.klok("inzet.residentieel.einde").uiterlijk < t.op)

    # 9: naar F
    t.stap(9)
    end_inzet(planner_d, t.op, t.casus_id, bed, "Jordi verhuist naar F.")
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(), "bij F")
    determine_vervolg(carlijn, t.op, t.casus_id, None, "Klein wonen bij F")
    t.ok("9.0", t.inzet("residentieel").tot == t.op)
    t.stopte("k3", "inzet.residentieel.einde", "te_laat")
