# SPDX-License-Identifier: EUPL-1.2
"""V19: without a fixed place, with a restraining order; agreements that have run out serve as a pattern."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel, gesloten
from vangnet.casework.models import Casus
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents
from vangnet.process.weigeringen import Weigering


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "CIT Haaglanden")
    gi = t.organisatie("gi", "GI West")
    team = t.organisatie("toegang", "jeugdteam Zoetermeer", "Zoetermeer")
    a = t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    ik = t.mens("Vera Duinzicht", "crisismedewerker", dienst)
    rob = t.mens("Rob Uitdam", "toegangsmedewerker", team)
    planner = t.mens("Planner A", "planner", a)
    gever = t.mens("Jeugdbeschermer", "jeugdbeschermer", gi)

    # 0: consult
    t.bel(
        ik,
        {
            "melding.melder": "wijkteam",
            "melding.vraag": "consult",
            "melding.situatie": "Hoe veilig is een meisje dat van adres naar adres trekt?",
        },
        "consult",
    )
    t.ok("0.0", not t.advies().bevestigd)
    t.ok("0.1", gesloten(t.casus_id) == "consult" and not t.klokken())
    t.ok("0.2", Casus.objects.filter(regio=t.regio, uitkomst="consult").count() == 1)
    t.ziet_niet("0.z0", gever)
    consult = t.casus_id

    # 1: de politie belt
    t.stap(1)
    velden = t.gezin(**{"melding.melder": "politie", "triage.direct_onveilig": "ja"})
    t.bel(ik, velden, "inschatting", "Direct onveilig")
    t.zegt("1.0", "traject.dag_en_nacht")
    t.zegt("1.1", "traject.soorten")
    klok = t.loopt("1.2", "traject.einde")
    t.ok("1.2", klok.uiterlijk == datetime.fromisoformat("2026-10-18T21:30:00+02:00"))
    t.ok("1.3", t.casus_id != consult and str(consult) not in repr(show_casus(ik, t.op, t.casus_id)))
    t.leidt("1.4", "CIT Haaglanden")

    # 2: ter plaatse
    depart(ik, t.om(21, 50), t.casus_id, "Vera Duinzicht")
    t.stap(2)
    arrive(ik, t.op, t.casus_id)
    klok = t.klok("traject.einde")
    t.ok("2.0", any(str(w).startswith("2026-10-18 22:20") for w in klok.lezingen.values()), klok.lezingen)
    t.zegt("2.1", "traject.inhoud")
    decide_crisis(ik, t.na(minutes=40), t.casus_id, True, "Moeder en Elin kunnen niet terug.", "de achterwacht")

    # 3: A op een geheim logeeradres
    t.stap(3)
    adres = "adres.00000000-0000-4000-8000-000000001903"
    save_field(ik, t.op, t.casus_id, f"{adres}.straat", "Kanariepad 1903")
    save_field(ik, t.op, t.casus_id, f"{adres}.geheim", True)
    t.ok("3.1", t.d.casus.geheim and "Kanariepad" not in repr(show_casus(ik, t.op, t.casus_id)))
    hulp = _kies(t, ik, a.id, "crisisinterventie")
    inform_parents(ik, t.op, t.casus_id, hulp, "moeder")
    begin_inzet(planner, t.op, t.casus_id, hulp)
    t.ok("3.0", t.d.hulp[-1].aanbieder_id == a.id)
    t.ziet_niet("3.z1", rob)
    t.ok("5.z0", "vervolg" not in show_casus(planner, t.op, t.casus_id).zicht)
    save_field(ik, t.op, t.casus_id, "afweging.aanbieder_is_gi", True)
    t.ok("2.2", any("CL-66" in u.regels for u in t.advies().uitspraken.values()), "CL-66")
    save_field(ik, t.op, t.casus_id, "afweging.aanbieder_is_gi", False)

    # 4: binnen 72 uur, maar niet veilig
    t.stap(4)
    for veld in ("inschatting.veiligheidsrisico", "overdracht.huisverbod", "overdracht.enkelvoudig"):
        save_field(ik, t.op, t.casus_id, veld, True)
    save_field(ik, t.op, t.casus_id, "overdracht.ouders_gemotiveerd", False)
    save_field(ik, t.op, t.casus_id, "overdracht.oorzaak", "geen_vaste_verblijfplaats")
    t.open_vraag("4.0", "X-24")
    u = t.advies().uitspraken
    t.ok(
        "4.1",
        any({"HGL-17"} & set(x.regels) and "drang" in str(x.waarde) for x in u.values()),
        [(k, x.waarde) for k, x in u.items() if "HGL-17" in x.regels],
    )

    end_inzet(planner, t.na(minutes=10), t.casus_id, hulp, "Binnen 72 uur; verder als drangtraject.")
    t.stopte("4.2", "traject.einde")
    t.stopte("k0", "traject.einde")
    t.ok("k1", t.op < datetime.fromisoformat("2026-10-18T22:20:00+02:00"))

    # 5: drangtraject
    t.stap(5)
    hulp = _kies(t, ik, a.id, "drangtraject")
    inform_parents(ik, t.op, t.casus_id, hulp, "moeder")
    begin_inzet(planner, t.op, t.casus_id, hulp)
    t.open_vraag("5.1")

    # 6: veilig; het jeugdteam aanvaardt
    t.stap(6)
    save_field(ik, t.op, t.casus_id, "inschatting.veiligheidsrisico", False)
    save_field(ik, t.op, t.casus_id, "overdracht.ouders_gemotiveerd", True)
    save_field(ik, t.op, t.casus_id, "overdracht.huisverbod", False)
    save_field(ik, t.op, t.casus_id, "overdracht.oorzaak", None)
    t.ok("6.0", any({"HGL-10", "HGL-11", "HGL-16"} & set(x.regels) for x in t.advies().uitspraken.values()))
    end_inzet(ik, t.op, t.casus_id, hulp, "Overgedragen aan regulier aanbod.")
    t.ok("6.2", t.inzet("drangtraject").tot == t.op)
    aanbod = offer_regie(ik, t.na(minutes=10), t.casus_id, team.id, "Het is veilig; willen jullie de regie?")
    answer_offer(rob, t.na(minutes=10), t.casus_id, aanbod, True)
    t.leidt("6.1", "jeugdteam Zoetermeer")
    determine_vervolg(rob, t.op, t.casus_id, None, "Regulier aanbod van zorgaanbieder A")
    t.ok("k2", all(k.sleutel != "traject.drang" for k in t.d.klokken))


def _kies(t: Toneel, ik: object, aanbieder: object, vorm: str) -> object:
    """The form that this region has for it; with a reason where one is asked."""
    try:
        return choose_inzet(ik, t.op, t.casus_id, vorm, None, aanbieder_id=aanbieder, gesproken_met="Planner A")  # type: ignore[arg-type] # people of the stage
    except Weigering:
        return choose_inzet(
            ik,
            t.op,
            t.casus_id,
            vorm,
            None,
            aanbieder_id=aanbieder,
            gesproken_met="Planner A",
            reden="De regio noemt geen vorm; zo besloten.",
        )  # type: ignore[arg-type] # people of the stage
