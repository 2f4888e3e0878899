# SPDX-License-Identifier: EUPL-1.2
"""V15: when home does not work after all; four weeks run over by one day."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel, dag, tot
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.dispatch_inschatting import arrive, decide_crisis
from vangnet.process.explain_clock import explain_clock
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.weigeringen import OngeldigeInvoer, RedenNodig


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Veilig Thuis (crisisdienst)")
    wijkteam = t.organisatie("toegang", "wijkteam Houten", "Houten")
    a = t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    h = t.organisatie("zorgaanbieder", "Zorgaanbieder H")
    i = t.organisatie("zorgaanbieder", "Zorgaanbieder I")
    ik = t.mens("Triagist", "crisismedewerker", dienst, opleiding="HBO+")
    yvet = t.mens("Yvet Soestbergen", "toegangsmedewerker", wijkteam)
    planner_a = t.mens("Planner A", "planner", a)
    planner_h = t.mens("Planner H", "planner", h)
    planner_i = t.mens("Planner I", "planner", i)

    # 0: het wijkteam vraagt ambulante hulp
    feiten = {
        "melding.melder": "wijkteam",
        "betrokken.gi": "geen",
        "triage.opleiding_triagist": "HBO+",
        "melding.aanvraag_zorg_op": "2026-01-06T09:40:00+01:00",
    }
    t.bel(ik, t.gezin(**feiten), "inschatting", "Ambulante hulp nodig")
    t.ok("0.0", t.open_vraag("0.0", "versie") and not t.advies().bevestigd)
    t.zegt("0.1", "inzet.aanvraag")
    t.leidt("0.4", "Veilig Thuis (crisisdienst)")
    arrive(ik, t.om(11, 0), t.casus_id)
    decide_crisis(ik, t.om(11, 30), t.casus_id, True, "Thuis loopt het vast; hulp kan thuis.", "het wijkteam")
    save_field(ik, t.op, t.casus_id, "afweging.opleiding_werker", "HBO")
    thuis = choose_inzet(ik, t.op, t.casus_id, "ambulant", None, aanbieder_id=a.id, gesproken_met="Planner A")
    start = t.loopt("0.2", "inzet.ambulant.start")
    t.ok("0.2", tot(start) == "2026-01-07T09:40:00+01:00", tot(start))
    t.open_vraag("0.3")

    # 1: eerste gesprek
    t.stap(1)
    inform_parents(ik, t.op, t.casus_id, thuis, "beide ouders")
    begin_inzet(planner_a, t.op, t.casus_id, thuis)
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(), "thuis")
    t.loopt("1.0", "inzet.ambulant.einde", "2026-02-03", "max")
    week2 = t.klok("inzet.ambulant.wijkteam")
    t.ok("1.1", "2026-01-19" in (tot(week2), *week2.lezingen.values()), (tot(week2), week2.lezingen))
    t.open_vraag("1.2")
    t.ok("1.3", any("LEK-28" in u.regels for u in t.advies().uitspraken.values()))
    t.stopte("k0", "inzet.ambulant.start")

    # 2: thuis lukt het niet
    t.stap(2)
    end_inzet(ik, t.op, t.casus_id, thuis, "Thuis kan het vannacht niet.")
    save_field(ik, t.op, t.casus_id, "afweging.thuis_mogelijk", False)
    t.zegt("2.1", "inzet.residentieel")
    t.weigert(
        "2.0",
        (OngeldigeInvoer, RedenNodig),
        lambda: choose_inzet(ik, t.op, t.casus_id, "residentieel", t.kind(), aanbieder_id=i.id),
    )
    lichter = {
        "ambulant": "Negen dagen geprobeerd.",
        "netwerk": "Oom kan vannacht niet.",
        "pleegzorg": "Geen gezin gevonden.",
        "netwerkpleegzorg": "Oom kan niet.",
        "crisispleegzorg": "Geen gezin gevonden.",
    }

    # 3: H weigert, I neemt op
    t.stap(3)
    vraag = ask_organisation(ik, t.op, t.casus_id, "hulp", h.id, "Plek voor een jongen van 15?")
    t.weigert("3.0", OngeldigeInvoer, lambda: answer_offer(planner_h, t.op, t.casus_id, vraag, False))
    answer_offer(planner_h, t.op, t.casus_id, vraag, False, "Vol.")
    t.ziet_niet("3.z0", planner_h)
    bed = choose_inzet(
        ik,
        t.na(minutes=20),
        t.casus_id,
        "residentieel",
        t.kind(),
        aanbieder_id=i.id,
        gesproken_met="Planner I",
        overwogen=lichter,
        reden="Al het andere is geprobeerd.",
    )
    inform_parents(ik, t.op, t.casus_id, bed, "beide ouders")
    begin_inzet(planner_i, t.om(23, 0), t.casus_id, bed)
    t.loopt("3.1", "inzet.residentieel.einde", "2026-02-12", "in principe")
    t.open_vraag("3.2", "X-11")

    # 4: contact met het wijkteam
    t.stap(4)
    ask_organisation(
        ik,
        t.op,
        t.casus_id,
        "vervolg",
        wijkteam.id,
        "Denk mee over wat hierna komt.",
        wijze="telefoon",
        naam="Yvet Soestbergen",
        telefoon="030 555 02 10",
    )
    t.ok(
        "4.1",
        all(x.wijkteam_betrokken_op == t.op for x in t.d.hulp),
        [(x.vorm, x.wijkteam_betrokken_op) for x in t.d.hulp],
    )
    t.ok("k1", t.op.date() < dag("2026-01-18"))
    t.ok("4.0", any("LEK-40" in u.regels for u in t.advies().uitspraken.values()))

    # 5: perspectief; het wijkteam aanvaardt
    t.stap(5)
    t.zegt("5.1", "vervolg.zoek")
    aanbod = offer_regie(ik, t.op, t.casus_id, wijkteam.id, "Stijn gaat naar huis; willen jullie de regie?")
    answer_offer(yvet, t.na(minutes=20), t.casus_id, aanbod, True)
    t.leidt("5.2", "wijkteam Houten")
    determine_vervolg(
        yvet,
        t.na(minutes=10),
        t.casus_id,
        None,
        "Thuis, met oom als logeeradres en een coach dichtbij",
        terug_naar_huis="zeker",
    )
    t.stopte("5.0", "inzet.residentieel.perspectief")
    t.stopte("k2", "inzet.residentieel.perspectief")

    # 6: vier weken om
    t.op = datetime.fromisoformat("2026-02-13T09:00:00+01:00")
    klok = t.klok("inzet.residentieel.einde")
    t.ok("6.0", klok.geeindigd_op is None and klok.uiterlijk < t.op)
    explain_clock(yvet, t.op, t.casus_id, klok.id, "Eén dag wachten op vader.")
    t.ok("6.0", t.klok("inzet.residentieel.einde").reden == "Eén dag wachten op vader.")
    t.ok("6.1", klok.strekking == "in principe")

    # 7: naar huis
    t.stap(7)
    end_inzet(planner_i, t.op, t.casus_id, bed, "Stijn gaat naar huis.")
    t.ok(
        "7.0",
        t.inzet("residentieel").tot == t.op and (t.op.date() - t.inzet("residentieel").van.date()).days in (28, 29),
    )
    t.stopte("k3", "inzet.residentieel.einde", "te_laat")
    t.na(minutes=5)
    t.ziet_niet("7.z0", planner_i)
