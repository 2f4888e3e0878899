# SPDX-License-Identifier: EUPL-1.2
"""V03: Friday, ten to five. The lead stays until somebody really has it."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel
from vangnet.process.arrange_vervolghulp import determine_vervolg, warm_handover
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.plan_rto import hold_rto
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.weigeringen import RedenNodig
from vangnet.process.write_note import write_note


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Crisishulp Jeugd")
    toegang = t.organisatie("toegang", "Toegang Maastricht", "Maastricht")
    meerssen = t.organisatie("toegang", "Toegang Meerssen", "Meerssen")
    aanbieder = t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    coordinator = t.mens("Coördinator", "coordinator", dienst)
    els = t.mens("Els Vonderhof", "toegangsmedewerker", toegang)
    noud = t.mens("Noud Wijckmans", "toegangsmedewerker", meerssen)

    # 0: tien voor vijf
    t.bel(
        ik,
        t.gezin(**{"melding.melder": "school", "betrokken.gi": "geen", "betrokken.zorgaanbieder": False}),
        "inschatting",
    )
    t.zegt("0.0", "melding.kantoortijd", "binnen")
    t.zegt("0.1", "huisbezoek.toegang", "gaat_mee")
    t.leidt("0.3", "Crisishulp Jeugd")

    # 1: inschatting na vijven, besluit om 18.40 uur, naar oma
    t.om(17, 10)
    depart(ik, t.op, t.casus_id, "Crisismedewerker", waarom_mee="Toegang is gebeld en kon niet meer mee.")
    t.stap(1)
    arrive(ik, t.op, t.casus_id)
    t.open_vraag("0.2", "X-03")
    t.ok("1.0", "kon niet meer mee" in (t.d.waarde("inschatting.waarom_mee") or ""))
    decide_crisis(ik, t.om(18, 40), t.casus_id, True, "Thuis is het vannacht niet veilig.", "de achterwacht")
    oma = choose_inzet(ik, t.op, t.casus_id, "eigen_netwerk", t.kind(), aanbieder_naam="oma", plaats="Maastricht")
    t.weigert("1.1", RedenNodig, lambda: begin_inzet(ik, t.op, t.casus_id, oma))
    inform_parents(ik, t.op, t.casus_id, oma, "beide ouders")
    begin_inzet(ik, t.om(19, 0), t.casus_id, oma)
    t.loopt("1.2", "inzet.eigen_netwerk.einde", "2024-09-20", "streefnorm")
    t.loopt("1.3", "rto", "2024-09-16")
    rto = t.rto(coordinator, datetime.fromisoformat("2024-09-16T15:00:00+02:00"), toegang)

    # 2: RTO zonder Toegang
    t.stap(2)
    t.na(minutes=50)
    hold_rto(ik, t.op, t.casus_id, rto, t.verslag(toegang, er=False, route=3))
    t.leidt("2.0", "Crisishulp Jeugd")
    a = t.advies()
    t.ok(
        "2.1",
        (
            a.uitspraken["rto.verantwoordelijk"].waarde,
            a.uitspraken["rto.organisator"].waarde,
            a.uitspraken["rto.voorzitter"].waarde,
        )
        == ("procesregisseur", "crisisdienst", "crisisdienst"),
    )
    aanbod = t.aanbod("regie")
    t.leidt("2.2", "Crisishulp Jeugd")
    t.ok("2.2", aanbod.antwoord == "" and aanbod.uiterlijk is not None and aanbod.aan_organisatie_id == toegang.id)
    t.open_vraag("2.3", "X-18")

    # 3: Maastricht wijst af
    t.stap(3)
    write_note(ik, t.op, t.casus_id, "Intern: geschil over de inschrijving.")
    t.overnemen(els, False, "Yara staat sinds deze maand ingeschreven in Meerssen.")
    t.leidt("3.0", "Crisishulp Jeugd")
    t.ok("3.0", t.gebeurd("aanbod_geweigerd")[-1].reden.startswith("Yara staat") and t.d.taken)
    t.ok("3.2", "inzet." in " ".join(t.klokken()))

    # 4: driegesprek
    t.stap(4)
    vraag = offer_regie(coordinator, t.op, t.casus_id, meerssen.id, "Willen jullie de regie?")
    t.ziet_niet("4.z0", noud, "Yara", "Lindemonte", "oma")
    answer_offer(noud, t.na(minutes=40), t.casus_id, vraag, False, "Yara was hier alleen in het weekend.")
    antwoorden = [b for b in t.d.aanbiedingen if b.soort == "regie"]
    t.leidt("4.0", "Crisishulp Jeugd")
    t.ok(
        "4.0",
        [(b.antwoord, bool(b.reden), bool(b.beantwoord_op)) for b in antwoorden] == [("geweigerd", True, True)] * 2,
    )
    t.ziet_niet("7.z0", noud)
    derde = offer_regie(
        coordinator,
        t.na(minutes=5),
        t.casus_id,
        toegang.id,
        "Na het gesprek met drie partijen: opnieuw de vraag.",
        datetime.fromisoformat("2024-09-19T12:00:00+02:00"),
    )

    # 5: Maastricht neemt de regie telefonisch aan
    t.stap(5)
    answer_offer(
        coordinator,
        t.op,
        t.casus_id,
        derde,
        True,
        wijze="telefoon",
        naam="Teamleider Toegang Maastricht",
        telefoon="043 555 02 18",
    )
    t.leidt("5.0", "Toegang Maastricht")
    t.ok("5.0", t.d.regie is not None and t.d.regie.van == t.op)
    t.ok("5.2", t.aanbod("regie").antwoord == "aanvaard" and t.aanbod("regie").beantwoord_op is not None)
    t.ok("5.2", "ingeschreven in Meerssen" in repr(show_casus(els, t.op, t.casus_id)) or t.gebeurd("aanbod_geweigerd"))

    # 6: vervolg-RTO, door de procesregisseur
    t.stap(6)
    tweede = t.rto(els, t.op, aanbieder, reden="Vervolg-RTO")
    hold_rto(els, t.na(minutes=50), t.casus_id, tweede, t.verslag(toegang, route=3))
    t.ok("6.0", t.d.gehouden_rto is not None and len([r for r in t.d.rtos if r.gehouden_op]) == 2)
    determine_vervolg(
        els,
        t.na(minutes=5),
        t.casus_id,
        3,
        "Gezinsbegeleiding door zorgaanbieder A, drie maanden",
        "Zorgaanbieder A",
        datetime.fromisoformat("2024-09-20T16:30:00+02:00"),
    )

    t.open_vraag("3.1", "X-12")
    t.zegt("6.1", "vervolg.route_afspraak")

    # 7: naar huis
    t.stap(7)
    end_inzet(ik, t.op, t.casus_id, oma, "Yara gaat naar huis.")
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(), "thuis bij moeder")
    warm_handover(els, t.op, t.casus_id, "Crisishulp Jeugd en zorgaanbieder A", True)
    t.zegt("6.2", "vervolg.aansluitend")
    t.stopte("7.0", "inzet.eigen_netwerk.einde")
    t.ok("7.1", t.d.feit("vervolg.warme_overdracht_op") is not None)
    t.stopte("k0", "rto")
    klok = t.stopte("k1", "inzet.eigen_netwerk.einde")
    t.ok("k2", "2024-09-19" in klok.lezingen.values(), klok.lezingen)
    t.ziet_niet("7.z0", noud)
    for b in t.d.betrokkenheden:
        assert b.deel != "regie" or b.organisatie_id in (dienst.id, toegang.id)
