# SPDX-License-Identifier: EUPL-1.2
"""V08: three children, Christmas, and a table that moved."""

from __future__ import annotations

from datetime import date, datetime

from tests.process.verhalen.toneel import Toneel, tot
from vangnet.access.models import Sluitingsdag
from vangnet.process.arrange_vervolghulp import determine_vervolg, register_at, warm_handover
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.explain_clock import explain_clock
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import hold_rto, move_rto
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.weigeringen import RedenNodig


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Crisishulp Jeugd")
    toegang = t.organisatie("toegang", "Toegang Meerssen", "Meerssen")
    p = t.organisatie("zorgaanbieder", "Pleegzorg P")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    vreemd = t.mens("Planner Q", "planner", t.organisatie("zorgaanbieder", "Zorgaanbieder Q"))
    coordinator = t.mens("Coördinator", "coordinator", dienst)
    noud = t.mens("Noud Wijckmans", "toegangsmedewerker", toegang)
    Sluitingsdag.objects.create(
        organisatie=toegang, datum=date(2024, 12, 27), gemeld_op=date(2024, 1, 25), door_id=noud.medewerker_id
    )

    # 0: Toegang meldt
    velden = t.gezin(**{"melding.melder": "toegang", "betrokken.gi": "geen", "betrokken.zorgaanbieder": False})
    t.bel(ik, velden)
    t.ok("0.0", any(v.veld == "melding.gedragsdeskundige_geraadpleegd_op" for v in t.advies().vragen))
    save_field(ik, t.op, t.casus_id, "melding.gedragsdeskundige_geraadpleegd_op", "2024-12-23T10:50:00+01:00")
    from vangnet.process.take_melding import finish_melding

    finish_melding(ik, t.na(minutes=8), t.melding_id, "inschatting")
    t.zegt("0.1", "huisbezoek.toegang", "gaat_mee")
    t.ok("0.2", len(t.d.meldingen) == 1 and len(t.d.kinderen) == 3 and len(t.d.casus.beeld["kinderen"]) == 3)
    t.leidt("0.3", "Crisishulp Jeugd")

    # 1: besluit; crisispleegzorg
    depart(ik, t.om(12, 50), t.casus_id, "Crisismedewerker", "Toegang Meerssen")
    t.stap(1)
    arrive(ik, t.op, t.casus_id)
    decide_crisis(
        ik,
        t.om(14, 20),
        t.casus_id,
        True,
        "Er is niemand die vannacht voor de kinderen kan zorgen.",
        "Toegang Meerssen",
    )
    lichter = {"ambulant": "Moeder is in het ziekenhuis.", "netwerk": "Geen plek voor alle drie."}
    bedden = [
        choose_inzet(
            ik,
            t.op,
            t.casus_id,
            "crisispleegzorg",
            t.kind(n),
            aanbieder_id=p.id,
            plaats=f"gezin {2 if n == 0 else 1}",
            gesproken_met="Planner P",
            overwogen=lichter,
        )
        for n in range(3)
    ]
    t.ok("1.0", t.inzet("crisispleegzorg").overwogen)
    t.weigert("1.2", RedenNodig, lambda: begin_inzet(ik, t.op, t.casus_id, bedden[0]))

    # 2: naar de gezinnen
    t.stap(2)
    for bed in bedden:
        inform_parents(ik, t.op, t.casus_id, bed, "moeder en de vader van Sem")
        begin_inzet(ik, t.op, t.casus_id, bed)
    lopend = [
        k
        for k in t.d.klokken
        if k.sleutel.startswith("inzet.") and k.sleutel.endswith(".einde") and k.geeindigd_op is None
    ]
    t.ok(
        "2.0",
        [(tot(k), k.strekking) for k in lopend] == [("2024-12-30", "streefnorm")] * 3,
        [(tot(k), k.strekking) for k in lopend],
    )
    t.loopt("2.1", "rto", "2024-12-24")
    rto = t.rto(ik, datetime.fromisoformat("2024-12-24T15:00:00+01:00"), toegang, p)

    # 3: verschoven
    t.stap(3)
    later = datetime.fromisoformat("2024-12-30T15:00:00+01:00")
    t.weigert("3.0", RedenNodig, lambda: move_rto(coordinator, t.op, t.casus_id, rto, later))
    move_rto(
        coordinator,
        t.op,
        t.casus_id,
        rto,
        later,
        reden="Moeder mag pas na Kerst uit het ziekenhuis; vrijdag is Meerssen dicht.",
    )
    klok = t.klok("rto")
    explain_clock(coordinator, t.op, t.casus_id, klok.id, "Verschoven: moeder mag pas na Kerst uit het ziekenhuis.")
    t.ok("k0", t.klok("rto").reden.startswith("Verschoven"))
    t.ok("3.3", t.regie == "Crisishulp Jeugd")
    t.zegt("3.4", "rto.op_afstand", "mag")

    t.open_vraag("3.2", "X-07")

    # 4: beschermtafel kan nog niet
    t.stap(4)
    u = t.advies().uitspraken.get("vervolg.beschermtafel")
    t.ok("4.0", u is None or "procesregisseur" in str(u.waarde), u)

    # 5: RTO
    t.stap(5)
    t.komt(noud)
    t.na(minutes=55)
    hold_rto(
        ik,
        t.op,
        t.casus_id,
        rto,
        t.verslag(toegang, route=4, perspectief="Sem naar vader; Lina en Fos blijven voorlopig bij gezin 1."),
    )
    t.leidt("5.0", "Toegang Meerssen")
    determine_vervolg(
        noud, t.na(minutes=5), t.casus_id, 4, "Sem zonder hulp bij vader; Lina en Fos pleegzorg", terug_naar_huis="nee"
    )
    t.loopt("5.2", "vervolg.itw", "2024-12-30")
    register_at(noud, t.na(minutes=20), t.casus_id, "itw")
    t.stopte("k4", "vervolg.itw")
    t.ok("k5", "2024-12-24" in t.klok("vervolg.itw").lezingen.values(), t.klok("vervolg.itw").lezingen)
    save_field(noud, t.op, t.casus_id, "vervolg.ouders_nemen_verantwoordelijkheid", False)
    t.zegt("5.3", "vervolg.beschermtafel")
    t.ok("k1", t.gebeurd("rto_verzet") and t.d.gehouden_rto.gehouden_op.date() == date(2024, 12, 30))

    # 6: Sem naar vader
    t.stap(6)
    end_inzet(ik, t.op, t.casus_id, bedden[0], "Sem gaat bij vader wonen.")
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(0), "bij vader")
    sem = next(k for k in t.d.klokken if str(bedden[0]) in k.sleutel and k.sleutel.endswith("einde"))
    t.ok("6.0", sem.uitkomst == "gehaald")
    t.ok("k2", sem.uitkomst == "gehaald")
    warm_handover(noud, t.op, t.casus_id, "Crisishulp Jeugd en vader", True)

    # 7: gezin 1 voor langer
    t.stap(7)
    t.open_vraag("6.2", "X-12")
    t.ok(
        "7.0",
        t.advies().afspraken.regio.geldig_vanaf == date(2024, 1, 1) and t.d.casus.versie_afspraken == date(2024, 1, 1),
    )
    for bed in bedden[1:]:
        klok = next(k for k in t.d.klokken if str(bed) in k.sleutel and k.sleutel.endswith("einde"))
        explain_clock(ik, t.op, t.casus_id, klok.id, "Plek voor langer begint op 3 januari.")
    t.ok(
        "7.1",
        all(
            k.reden and k.uiterlijk < t.op
            for k in t.d.klokken
            if k.sleutel.endswith(".einde")
            and k.geeindigd_op is None
            and k.sleutel.split(".")[1] in {str(x) for x in bedden[1:]}
        ),
    )
    t.op = datetime.fromisoformat("2025-01-03T10:00:00+01:00")
    for bed in bedden[1:]:
        end_inzet(ik, t.op, t.casus_id, bed, "Pleegzorg voor langere tijd bij hetzelfde gezin.")
    laat = [
        k.uitkomst
        for k in t.d.klokken
        if k.sleutel.endswith(".einde") and k.sleutel.split(".")[1] in {str(x) for x in bedden[1:]}
    ]
    t.ziet_niet("7.z0", vreemd)
    t.ok("k3", laat == ["te_laat", "te_laat"], laat)
