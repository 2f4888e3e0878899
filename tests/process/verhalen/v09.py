# SPDX-License-Identifier: EUPL-1.2
"""V09: King's Day in two languages; within two hours at the door, and on without help."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel, gesloten
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.close_casus import close_casus
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.hand_over_procesregie import offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.plan_rto import hold_rto
from vangnet.process.record_consent import record_consent
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.take_melding import finish_melding
from vangnet.process.weigeringen import CrisisNietBesloten, OngeldigeInvoer


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "ICJ")
    toegang = t.organisatie("toegang", "Toegang Venlo", "Venlo")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    lieke = t.mens("Lieke Ravenhorst", "gedragswetenschapper", dienst)
    joep = t.mens("Joep Sevenich", "toegangsmedewerker", toegang)

    # 0: vader belt
    t.bel(ik, t.gezin(**{"melding.melder": "ouder", "betrokken.gi": "geen"}))
    velden = {v.veld for v in t.advies().vragen}
    gevraagd = {
        f"triage.{v}"
        for v in (
            "plotseling",
            "ernstige_ontregeling",
            "direct_onveilig",
            "onhoudbaar",
            "anders_dan_gisteren",
            "calamiteit_bij_niets_doen",
        )
    }
    t.ok("0.0", gevraagd <= velden, gevraagd - velden)
    for veld in sorted(gevraagd):
        save_field(ik, t.op, t.casus_id, veld, "ja")
    t.zegt("0.0", "triage.definitie", "crisis")
    t.leidt("0.4", "ICJ")

    # 1: de gedragswetenschapper denkt mee; op inschatting
    t.stap(1)
    t.ok(
        "1.0", any({"ICJ-19"} & set(u.regels) for u in (*t.advies().uitspraken.values(), *t.advies().vragen)), "ICJ-19"
    )
    save_field(ik, t.op, t.casus_id, "triage.denkt_mee", lieke.naam)
    finish_melding(ik, t.op, t.melding_id, "inschatting")
    klok = t.loopt("1.1", "huisbezoek.aankomst", "2026-04-27T17:05:00+02:00")
    t.open_vraag("1.2", "X-13")
    t.ok("1.2", any(str(w).startswith("2026-04-27 17:25") for w in klok.lezingen.values()), klok.lezingen)
    t.ok("0.3", [a.soort for a in t.d.aanbiedingen] == ["signaal"] and t.aanbod("signaal").zichtbaar_vanaf <= t.op)

    # 2: aan de deur
    depart(ik, t.om(16, 20), t.casus_id, "Crisismedewerker", gevaar="De ruiten zijn stuk.")
    t.stap(2)
    arrive(ik, t.op, t.casus_id)
    t.stopte("2.0", "huisbezoek.aankomst")
    t.stopte("k0", "huisbezoek.aankomst")
    t.ok("k1", datetime.fromisoformat("2026-04-27T17:25:00+02:00") > t.op)
    t.ok("2.1", {"adres", "inschatting"} <= show_casus(ik, t.op, t.casus_id).zicht)

    # 3: crisis; ambulante spoedhulp
    t.stap(3)
    t.weigert("3.0", CrisisNietBesloten, lambda: choose_inzet(ik, t.op, t.casus_id, "ambulante_spoedhulp", None))
    leave_home(ik, t.op, t.casus_id, "Kacper wil praten als de tolk meeluistert.")
    decide_crisis(ik, t.op, t.casus_id, True, "Thuis is het zonder hulp niet houdbaar.", "de gedragswetenschapper")
    t.zegt("3.1", "inzet.ambulant", "eerst")
    hulp = choose_inzet(
        ik,
        t.na(minutes=10),
        t.casus_id,
        "ambulante_spoedhulp",
        None,
        aanbieder_id=dienst.id,
        gesproken_met="eigen team",
    )
    inform_parents(ik, t.op, t.casus_id, hulp, "vader met tolk, moeder aan de telefoon")
    for rol in ("vader", "moeder"):
        record_consent(ik, t.op, t.casus_id, t.persoon(rol), "ja", hoe="telefonisch")
    t.ok(
        "3.5",
        len([x for x in t.d.toestemmingen if x.antwoord == "ja"]) == 2
        and next(p for p in t.d.mensen if p.rol == "vader").taal == "Pools",
    )
    begin_inzet(ik, t.om(18, 30), t.casus_id, hulp)
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(), "thuis bij vader")
    t.loopt("3.2", "inzet.ambulante_spoedhulp.einde", "2026-05-25", "max")
    t.loopt("3.4", "rto", "2026-04-28")
    rto = t.rto(ik, datetime.fromisoformat("2026-04-28T14:00:00+02:00"), toegang)

    blik = show_casus(lieke, t.op, t.casus_id).zicht
    t.ok("1.z0", not blik & {"adres", "contact", "log"}, blik)

    # 4: RTO
    t.stap(4)
    t.komt(joep)
    t.open_vraag("4.0", "X-18/voorzitter")
    t.open_vraag("4.1", "X-18/overgang")
    hold_rto(ik, t.na(minutes=35), t.casus_id, rto, t.verslag(toegang, vervolg="Ambulante spoedhulp loopt door."))
    if t.regie != "Toegang Venlo":
        if not any(b.soort == "regie" and b.antwoord == "" for b in t.d.aanbiedingen):
            offer_regie(ik, t.op, t.casus_id, toegang.id, "Op het RTO zo afgesproken.")
        t.overnemen_op(joep, 14, 40)
    t.leidt("4.2", "Toegang Venlo")
    t.stopte("k2", "rto")

    # 5 en 6: afronden
    t.stap(5)
    t.zegt("5.0", "vervolg.uitstroom")
    determine_vervolg(joep, t.op, t.casus_id, None, "Zonder hulp verder", beschikking_nodig=True)
    t.ok("3.3", any(a.startswith("vervolg.beschikking") for a in t.advies().uitspraken))
    save_field(joep, t.op, t.casus_id, "vervolg.beschikking_op", "2026-05-13")
    t.stap(6)
    end_inzet(ik, t.op, t.casus_id, hulp, "Het is rustig; vader kan het zelf.")
    set_sleeping_place(joep, t.op, t.casus_id, t.kind(), "thuis bij vader") if False else None
    t.weigert("6.2", OngeldigeInvoer, lambda: close_casus(joep, t.op, t.casus_id, "ja", "ja", ""))
    close_casus(joep, t.na(minutes=5), t.casus_id, "ja", "ja", "Het gezin zelf")
    t.stopte("6.0", "inzet.ambulante_spoedhulp.einde")
    t.stopte("k3", "inzet.ambulante_spoedhulp.einde")
    t.ok("6.2", gesloten(t.casus_id) == "afgesloten")
