# SPDX-License-Identifier: EUPL-1.2
"""V04: the address that nobody may say. The canary must turn up nowhere."""

from __future__ import annotations

from datetime import date, datetime

from tests.process.verhalen.toneel import Toneel
from vangnet.process.arrange_vervolghulp import determine_vervolg, warm_handover
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import hold_rto
from vangnet.process.show_casus import show_address, show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.weigeringen import GeenRecht, RedenNodig

KANARIE = ("Kanariehof", "Nergenshuizen")


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Crisishulp Jeugd")
    vt = t.organisatie("veilig_thuis", "Veilig Thuis")
    toegang = t.organisatie("toegang", "Toegang Sittard-Geleen", "Sittard-Geleen")
    a = t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    b = t.organisatie("zorgaanbieder", "Zorgaanbieder B")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    collega = t.mens("Collega", "crisismedewerker", dienst)
    coordinator = t.mens("Coördinator", "coordinator", dienst)
    wieke = t.mens("Wieke Aldershof", "medewerker_veilig_thuis", vt)
    consulent = t.mens("Consulent", "toegangsmedewerker", toegang)
    planner = t.mens("Planner A", "planner", a)
    beleid = t.mens("Beleid", "beleidsmedewerker", t.organisatie("regio", "Regiobureau"))

    # 0: Veilig Thuis belt
    velden = {
        "melding.melder": "veilig_thuis",
        "betrokken.gi": "geen",
        "betrokken.zorgaanbieder": False,
        "betrokken.veilig_thuis": True,
        "betrokken.veilig_thuis_vraagt_crisisdienst": True,
    }
    t.bel(ik, t.gezin(**velden), "inschatting")
    t.ok("0.0", not t.advies().bevestigd and "versie/niet_bevestigd" in t.advies().open_vragen)
    t.zegt("0.1", "huisbezoek.veilig_thuis", "gaat_mee")
    t.zegt("0.1", "huisbezoek.toegang", "gaat_niet_mee")
    t.open_vraag("0.2", "X-06/regie")
    beeld = show_casus(ik, t.op, t.casus_id)
    t.ok(
        "0.3",
        t.d.casus.geheim and beeld.geheim and not any(k in repr(beeld) for k in KANARIE),
        "het adres staat op de pagina",
    )
    t.ok("0.3", KANARIE[0] in repr(show_address(ik, t.op, t.casus_id)))
    t.ziet_niet("0.z0", consulent)
    vraag = ask_organisation(
        ik,
        t.op,
        t.casus_id,
        "meegaan",
        vt.id,
        "Mee op inschatting?",
        wijze="telefoon",
        naam="Wieke Aldershof",
        telefoon="045 555 04 00",
    )
    assert vraag
    offer = offer_regie(ik, t.op, t.casus_id, vt.id, "Deze regio kiest: Veilig Thuis leidt.")
    answer_offer(wieke, t.na(minutes=10), t.casus_id, offer, True)
    assert t.regie == "Veilig Thuis"

    # 1: inschatting met tolk
    depart(
        ik,
        t.om(13, 0),
        t.casus_id,
        "Crisismedewerker",
        "Wieke Aldershof",
        "Veilig Thuis vraagt ons erbij.",
        gevaar="Vader kan voor de deur staan.",
    )
    t.stap(1)
    arrive(ik, t.op, t.casus_id)
    leave_home(ik, t.om(14, 10), t.casus_id, "Moeder wil hulp. Gesprek via de tolk.")
    t.weigert("1.0", GeenRecht, lambda: choose_inzet(wieke, t.op, t.casus_id, "acuut_trauma", None, aanbieder_id=a.id))
    t.ok("1.1", next(p for p in t.d.mensen if p.rol == "moeder").taal == "Tigrinya")
    decide_crisis(
        ik, t.om(14, 20), t.casus_id, True, "De kinderen zijn erg geschrokken; hulp is nodig.", "Veilig Thuis"
    )
    trauma = choose_inzet(ik, t.op, t.casus_id, "acuut_trauma", None, aanbieder_id=a.id, gesproken_met="Planner A")
    spoed = choose_inzet(
        ik, t.op, t.casus_id, "ambulante_spoedhulp", None, aanbieder_id=a.id, gesproken_met="Planner A"
    )
    t.weigert("1.2", RedenNodig, lambda: begin_inzet(ik, t.op, t.casus_id, trauma))
    for i in (trauma, spoed):
        inform_parents(ik, t.op, t.casus_id, i, "Selam Haileworth, via de tolk")

    # 2: eerste contact
    t.stap(2)
    for i in (trauma, spoed):
        begin_inzet(ik, t.op, t.casus_id, i)
    for n in range(2):
        set_sleeping_place(ik, t.op, t.casus_id, t.kind(n), "bij moeder")
    t.loopt("2.0", "inzet.acuut_trauma.einde", "2025-04-01", "max")
    t.loopt("2.0", "inzet.ambulante_spoedhulp.einde", "2025-04-01", "max")
    t.loopt("2.1", "rto", "2025-03-05")
    t.ziet_niet("2.z0", planner, *KANARIE)

    # 3: uitnodigingen, zonder vader
    t.stap(3)
    rto = t.rto(
        coordinator if t.regie == "Crisishulp Jeugd" else wieke,
        datetime.fromisoformat("2025-03-05T15:00:00+01:00"),
        toegang,
        a,
        vt,
        weg=("vader",),
    )
    t.ok("3.z0", not any(g.persoon_id == t.persoon("vader") for g in t.d.genodigden))
    t.komt(consulent)
    t.komt(planner)

    # 4: RTO; Veilig Thuis blijft leiden
    t.stap(4)
    t.na(minutes=50)
    hold_rto(
        wieke,
        t.op,
        t.casus_id,
        rto,
        t.verslag(vt, route=3, op_afstand=True, reden_op_afstand="Moeder reist niet met de kinderen."),
    )
    t.leidt("4.0", "Veilig Thuis")
    t.ok("4.1", t.d.gehouden_rto is not None and t.d.gehouden_rto.reden_op_afstand)
    t.ziet_niet("4.z0", consulent, *KANARIE)

    # 5: een onbekende beller
    t.stap(5)
    t.ok("5.0", show_casus(collega, t.op, t.casus_id).geheim)
    t.ok("5.2", not any(k.casefold() in repr(show_casus(collega, t.op, t.casus_id)).casefold() for k in KANARIE))
    t.ok("5.z0", not any(k.casefold() in repr(show_casus(collega, t.op, t.casus_id)).casefold() for k in KANARIE))

    # 7: gewenste hulp
    t.stap(7)
    t.zegt("7.0", "vervolg.gewenste_inzet", "melden")
    save_field(wieke, t.op, t.casus_id, "vervolg.gewenste_inzet_bekend", True)
    t.ziet_niet("7.z0", beleid)
    aanbod = offer_regie(
        wieke,
        t.na(minutes=5),
        t.casus_id,
        toegang.id,
        "Afgesproken datum: 20 maart.",
        datetime.fromisoformat("2025-03-21T12:00:00+01:00"),
    )

    # 8: Toegang aanvaardt
    t.stap(8)
    answer_offer(consulent, t.op, t.casus_id, aanbod, True)
    t.leidt("8.0", "Toegang Sittard-Geleen")
    deel = show_casus(wieke, t.op, t.casus_id).zicht
    t.ok("8.1", deel < show_casus(consulent, t.op, t.casus_id).zicht or "log" not in deel, deel)
    t.ziet_niet("8.1", wieke, *KANARIE) if "adres" not in deel else None

    # 9: warme overdracht
    t.stap(9)
    determine_vervolg(
        consulent,
        t.op,
        t.casus_id,
        3,
        "Traumabehandeling door zorgaanbieder B",
        "Zorgaanbieder B",
        datetime.fromisoformat("2025-03-31T09:00:00+02:00"),
    )
    for i in (trauma, spoed):
        end_inzet(ik, t.op, t.casus_id, i, "Overgedragen.")
    warm_handover(consulent, t.op, t.casus_id, "Crisishulp Jeugd en zorgaanbieder B", True)
    t.open_vraag("9.1", "ZL-102")
    t.stopte("9.0", "inzet.acuut_trauma.einde")
    t.stopte("k0", "rto")
    t.stopte("k1", "inzet.ambulante_spoedhulp.einde")
    t.ok("0.0", t.d.casus.versie_afspraken == date(2024, 1, 1))
    assert b is not None
