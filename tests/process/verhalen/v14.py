# SPDX-License-Identifier: EUPL-1.2
"""V14: three sisters and a rucksack; together to one foster family."""

from __future__ import annotations

from datetime import datetime

from tests.process.verhalen.toneel import Toneel, tot
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.dispatch_inschatting import arrive, decide_crisis
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents
from vangnet.process.weigeringen import OngeldigeInvoer, RedenNodig
from vangnet.process.write_note import write_note


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "Veilig Thuis (crisisdienst)")
    lokaal = t.organisatie("toegang", "lokaal team Nieuwegein", "Nieuwegein")
    f = t.organisatie("zorgaanbieder", "Zorgaanbieder F")
    ik = t.mens("Triagist", "crisismedewerker", dienst, opleiding="HBO+")
    aleid = t.mens("Aleid Bronswijk", "toegangsmedewerker", lokaal)
    planner = t.mens("Planner F", "planner", f)

    # 0: de politie belt
    velden = t.gezin(
        **{
            "melding.melder": "politie",
            "betrokken.gi": "geen",
            "triage.opleiding_triagist": "HBO+",
            "melding.situatie": "Moeder is aangehouden.",
        }
    )
    t.bel(ik, velden, "inschatting", "Direct onveilig")
    t.zegt("0.0", "melding.bereikbaar", "24/7")
    t.zegt("0.1", "triage.opleiding", "voldoet")
    t.ok("0.2", not t.advies().bevestigd and t.open_vraag("0.2", "versie"))
    t.ok("0.3", "huisbezoek.aankomst" not in t.advies().termijnen)
    t.leidt("0.4", "Veilig Thuis (crisisdienst)")

    # 1: ernst bepaald
    t.stap(1)
    write_note(ik, t.op, t.casus_id, "Ruwe notitie van de nacht: reden van aanhouding.", over_derden=True)
    t.zegt("1.0", "triage.beoordeel")
    save_field(ik, t.op, t.casus_id, "afweging.thuis_mogelijk", False)
    save_field(ik, t.op, t.casus_id, "afweging.netwerk_mogelijk", False)
    t.ok(
        "1.1",
        t.advies(0).uitspraken["inzet.residentieel"].waarde in ("nog_niet", "kan_niet", "niet", "pas_als_redenen"),
        t.advies().uitspraken["inzet.residentieel"],
    )
    t.open_vraag("1.3", "X-14")
    arrive(ik, t.op, t.casus_id)
    decide_crisis(
        ik, t.na(minutes=10), t.casus_id, True, "Er is niemand die voor de zusjes kan zorgen.", "de achterwacht"
    )

    save_field(ik, t.op, t.casus_id, "afweging.aanbieder_in_crisistool", False)
    t.ok("1.2", any("LEK-18" in u.regels for u in t.advies().uitspraken.values()), "LEK-18")
    save_field(ik, t.op, t.casus_id, "afweging.aanbieder_in_crisistool", True)

    # 2: gezin F wil alle drie
    t.stap(2)
    lichter = {"ambulant": "Moeder is er niet.", "netwerk": "Niemand is bereikt."}
    bedden = [_kies(t, ik, f.id, n, lichter) for n in range(3)]
    t.ok("2.0", len({i.aanbieder_id for i in t.d.hulp}) == 1 and len(t.d.hulp) == 3)
    t.ziet_niet("1.z0", planner, "Imke", "Zonderveld")
    for b in [b for b in t.d.aanbiedingen if b.soort == "hulp" and b.antwoord == ""]:
        answer_offer(planner, t.na(minutes=2), t.casus_id, b.id, True)
    t.ziet_niet("2.z0", planner, "aangehouden", "aanhouding")

    # 3: de zusjes slapen
    t.stap(3)
    for bed in bedden:
        inform_parents(ik, t.op, t.casus_id, bed, "moeder")
        _begin(t, ik, bed)
    start = t.stopte("3.0", "inzet.crisispleegzorg.start")
    t.ok("3.0", tot(start) == "2025-11-16T01:40:00+01:00", tot(start))
    t.loopt("3.1", "inzet.crisispleegzorg.einde", "2025-12-13", "in principe")
    t.ok("3.2", "rto" not in t.klokken() and t.advies().afspraken.rto is None)
    t.stopte("k0", "inzet.crisispleegzorg.start")

    # 4: naar het lokale team
    t.stap(4)
    t.ok(
        "4.0",
        any(u == "melding.signaal" for u in t.advies().uitspraken)
        and "LEK-17" in t.advies().uitspraken["melding.signaal"].regels,
    )
    t.open_vraag("4.1", "X-23/regie")
    t.leidt("4.2", "Veilig Thuis (crisisdienst)")
    aanbod = offer_regie(ik, t.op, t.casus_id, lokaal.id, "Drie zusjes in crisispleegzorg; willen jullie de regie?")
    t.ziet_niet("4.z0", aleid, "Ruwe notitie")

    # 5: het lokale team aanvaardt
    t.stap(5)
    answer_offer(aleid, t.op, t.casus_id, aanbod, True)
    t.leidt("5.0", "lokaal team Nieuwegein")

    # 6: het wordt langer
    t.stap(6)
    save_field(aleid, t.op, t.casus_id, "afweging.langdurig_duidelijk", True)
    t.open_vraag("6.1", "X-12")
    t.open_vraag("2.1", "X-31")
    t.ok("5.1", any("LEK-34" in u.regels for u in t.advies().uitspraken.values()), "LEK-34")
    t.ok("6.0", any("LEK-31" in u.regels for u in t.advies().uitspraken.values()))
    t.ziet_niet("6.z0", planner, "aangehouden", "aanhouding", "strafzaak")

    # 7: gezin F blijft
    t.stap(7)
    determine_vervolg(aleid, t.op, t.casus_id, None, "Pleegzorg voor langere tijd bij gezin F", "Zorgaanbieder F")
    t.op = datetime.fromisoformat("2025-12-12T10:00:00+01:00")
    for bed in bedden:
        end_inzet(ik, t.op, t.casus_id, bed, "Gezin F wordt pleeggezin voor langere tijd.")
    t.stopte("7.0", "inzet.crisispleegzorg.einde")
    t.stopte("k1", "inzet.crisispleegzorg.einde")
    t.ok("k2", "melding.signaal" not in t.klokken())


def _kies(t: Toneel, ik: object, aanbieder: object, kind: int, lichter: dict[str, str]) -> object:
    """Choose the foster family for one of the sisters; where the ladder asks a reason, with one."""
    try:
        return choose_inzet(
            ik, t.op, t.casus_id, "crisispleegzorg", t.kind(kind), aanbieder_id=aanbieder, overwogen=lichter
        )  # type: ignore[arg-type] # people of the stage
    except (RedenNodig, OngeldigeInvoer):
        return choose_inzet(
            ik,
            t.op,
            t.casus_id,
            "crisispleegzorg",
            t.kind(kind),
            aanbieder_id=aanbieder,
            overwogen=lichter,
            reden="Lichter kan vannacht niet.",
        )  # type: ignore[arg-type] # people of the stage


def _begin(t: Toneel, ik: object, bed: object) -> None:
    begin_inzet(ik, t.op, t.casus_id, bed)  # type: ignore[arg-type] # people of the stage
