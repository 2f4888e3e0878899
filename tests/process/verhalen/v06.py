# SPDX-License-Identifier: EUPL-1.2
"""V06: a GI, a provider, and a door that must be shut; a worker who is family sees nothing."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel, tot
from vangnet.access.models import Blokkade
from vangnet.access.rechten import may
from vangnet.process.arrange_vervolghulp import determine_vervolg, register_at, warm_handover
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import hold_rto
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields, take_over_melding
from vangnet.process.weigeringen import NietBetrokken, RedenNodig


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Crisishulp Jeugd")
    gi = t.organisatie("gi", "GI Zuid")
    b = t.organisatie("zorgaanbieder", "Zorgaanbieder B")
    c = t.organisatie("zorgaanbieder", "Zorgaanbieder C")
    e = t.organisatie("zorgaanbieder", "Zorgaanbieder E")
    floor = t.mens("Floor Vlasveen", "crisismedewerker", dienst)
    teun = t.mens("Teun Marsveld", "crisismedewerker", dienst)
    dorien = t.mens("Dorien Paalberg", "jeugdbeschermer", gi)
    planner_b = t.mens("Planner B", "planner", b)
    planner_c = t.mens("Planner C", "planner", c)
    planner_e = t.mens("Planner E", "planner", e)

    # 0: Floor neemt op en hoort de naam
    from uuid import uuid4

    t.melding_id = uuid4()
    t.casus_id = begin_melding(
        floor, t.op, t.melding_id, {"melding.melder": "gi", "betrokken.gi": "beschikking"}
    ).casus_id
    Blokkade.objects.create(casus_id=t.casus_id, medewerker_id=floor.medewerker_id, van=t.op, reden="Familieband")
    take_over_melding(teun, t.na(minutes=2), t.melding_id)
    save_fields(
        teun,
        t.op,
        t.melding_id,
        t.gezin(**{"betrokken.zorgaanbieder": True, "betrokken.jeugdige_verblijft_bij_aanbieder": True}),
    )
    t.weigert("0.0", NietBetrokken, lambda: show_casus(floor, t.op, t.casus_id))
    t.ok("0.0", t.d.melding.opgenomen_door_id == teun.medewerker_id)
    t.ziet_niet("0.1", floor)
    t.ziet_niet("0.z0", floor)
    finish_melding(teun, t.na(minutes=8), t.melding_id, "inschatting")
    t.zegt("0.3", "huisbezoek.toegang", "gaat_niet_mee")
    t.leidt("0.4", "Crisishulp Jeugd")
    t.ziet_niet("0.z1", planner_e)

    # 1: inschatting op de groep
    save_field(teun, t.op, t.casus_id, "betrokken.zorgaanbieder_gaat_mee", True)
    t.open_vraag("1.0", "X-04")
    depart(
        teun,
        t.om(11, 30),
        t.casus_id,
        "Teun Marsveld",
        "de begeleider van B en GI Zuid",
        "De GI ging ook mee; zij kent Romy het langst.",
    )
    t.stap(1)
    arrive(teun, t.op, t.casus_id)
    t.ok("1.1", "GI ging ook mee" in (t.d.waarde("inschatting.waarom_mee") or "") and t.d.waarde("inschatting.wie_mee"))

    # 2: crisis; residentieel bij C
    t.stap(2)
    decide_crisis(teun, t.op, t.casus_id, True, "Op de groep is het niet veilig genoeg.", "de gedragswetenschapper")
    bed = choose_inzet(teun, t.op, t.casus_id, "residentieel", t.kind(), aanbieder_id=c.id, gesproken_met="Planner C")
    t.weigert("2.2", RedenNodig, lambda: begin_inzet(teun, t.op, t.casus_id, bed))
    inform_parents(teun, t.op, t.casus_id, bed, "Ingrid Vlasveen en Romy")
    begin_inzet(teun, t.om(15, 0), t.casus_id, bed)
    t.loopt("2.0", "inzet.residentieel.einde", "2024-11-28", "max")
    t.loopt("2.1", "rto", "2024-11-22")
    t.ziet_niet("2.z0", planner_b)

    # 3: gesloten hulp overwogen
    t.stap(3)
    save_field(teun, t.op, t.casus_id, "vervolg.gikj", "overwogen")
    klok = t.loopt("3.0", "vervolg.gikj", "2024-11-21")
    gisteren = {tot(klok), *klok.lezingen.values()}
    t.ok("3.0", {"ZL-106", "ZL-107"} & set(klok.regels))
    t.open_vraag("3.1", "X-08")
    t.citeert("3.3")
    save_field(teun, t.op, t.casus_id, "vervolg.doorgeleiding", "gesloten_plaatsing")
    t.citeert("3.2")
    rto = t.rto(teun, datetime.fromisoformat("2024-11-22T13:00:00+01:00"), gi, c)

    # 4: geen plek
    t.stap(4)
    t.komt(dorien)
    t.komt(planner_c)

    # 5: RTO; regie naar de GI
    t.stap(5)
    t.na(minutes=50)
    hold_rto(
        teun,
        t.op,
        t.casus_id,
        rto,
        t.verslag(gi, route=4, op_afstand=True, reden_op_afstand="Romy doet via de tablet mee."),
    )
    t.leidt("5.0", "GI Zuid")
    register_at(dorien, t.na(minutes=5), t.casus_id, "gikj", "De aanmelding is vanmorgen om 9.05 uur verstuurd.")
    determine_vervolg(
        dorien,
        t.op,
        t.casus_id,
        4,
        "Kort gesloten, daarna een kleine groep",
        "Zorgaanbieder E",
        datetime.fromisoformat("2024-11-25T10:00:00+01:00"),
    )
    t.zegt("5.1", "vervolg.route")

    t.citeert("5.2")
    save_field(dorien, t.op, t.casus_id, "vervolg.stagneert", True)
    t.citeert("5.3")
    save_field(dorien, t.op, t.casus_id, "vervolg.stagneert", False)

    # 6: plek bij E
    t.stap(6)
    ask_organisation(dorien, t.op, t.casus_id, "vervolg", e.id, "Een plek voor een meisje van 16?")
    t.ziet_niet("6.z0", planner_e, "Romy", "Vlasveen")
    t.ok("6.1", "gesloten_plaatsing" not in {v.vorm for v in t.advies().afspraken.zorg.vormen})

    # 7: overdracht
    t.stap(7)
    end_inzet(teun, t.op, t.casus_id, bed, "Naar zorgaanbieder E.")
    warm_handover(dorien, t.op, t.casus_id, "Crisishulp Jeugd en zorgaanbieder E", True)
    t.stopte("7.0", "inzet.residentieel.einde")
    t.ok("7.2", t.d.feit("vervolg.warme_overdracht_op") is not None)
    t.na(minutes=5)
    t.ziet_niet("7.z0", planner_c)
    t.stopte("k0", "rto")
    t.stopte("k1", "inzet.residentieel.einde")
    klok = t.stopte("k3", "vervolg.gikj")
    t.ok("k2", "2024-11-21" in gisteren, (gisteren, klok.lezingen))

    t.ok(
        "7.1",
        any("ZL-117" in u.regels and "gemeente" in str(u.waarde) for u in t.advies().uitspraken.values()),
        [(k, u.waarde) for k, u in t.advies().uitspraken.items() if "ZL-117" in u.regels],
    )

    # 8: het log
    t.stap(8)
    t.ok("8.z0", not may("coordinator", "log.inzien") and may("fg", "log.inzien"))
    van_floor = {"medewerker_id": floor.medewerker_id, "casus_id": t.casus_id}
    t.ok("8.0", t.logregels(**van_floor, geslaagd=True) == 1 and t.logregels(**van_floor, geslaagd=False) >= 1)
