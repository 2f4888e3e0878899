# SPDX-License-Identifier: EUPL-1.2
"""V12: first advice without a name, then a question that can wait until tomorrow, and a BSN that is not hers."""

from __future__ import annotations

from uuid import uuid4

from tests.process.verhalen.toneel import Toneel, gesloten
from vangnet.access.models import Betrokkenheid
from vangnet.casework.models import Casus, Versie
from vangnet.clocks.models import Klok
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.find_family import find_family
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.keep_fields import save_field
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import set_sleeping_place
from vangnet.process.take_melding import finish_melding, register_melding
from vangnet.process.weigeringen import OngeldigeInvoer


def speel(t: Toneel) -> None:
    dienst = t.organisatie("crisisdienst", "ICJ")
    toegang = t.organisatie("toegang", "Toegang Leudal", "Leudal")
    peel = t.organisatie("toegang", "Toegang Peel en Maas", "Peel en Maas")
    a = t.organisatie("zorgaanbieder", "Zorgaanbieder A")
    ik = t.mens("Crisismedewerker", "crisismedewerker", dienst)
    ton = t.mens("Ton Beesdal", "toegangsmedewerker", toegang)
    elders = t.mens("Consulent Peel en Maas", "toegangsmedewerker", peel)
    mieke = t.mens("Mieke Rozeboom", "planner", a)

    # het andere kind, met bijna dezelfde naam, is ooit gemeld
    anders = next(p for p in t.verhaal["personen"] if p["rol"].startswith("ander"))
    pad = f"jeugdige.{uuid4()}"
    eerder = {
        f"{pad}.voornaam": "Fenne",
        f"{pad}.achternaam": "Stokwierda",
        f"{pad}.geboortedatum": anders["geboren"],
        f"{pad}.bsn": anders["bsn"],
        "gemeente": "Peel en Maas",
        "melding.melder": "ouder",
    }
    register_melding(
        t.mens("Nachtdienst", "crisismedewerker", dienst),
        t.op.replace(year=2025),
        uuid4(),
        eerder,
        "verwijzing",
        "Voor de toegang.",
    )

    # 0: consult zonder naam
    vragen = {
        "melding.melder": "school",
        "melding.vraag": "consult",
        "melding.situatie": "Hoe praat je met een kind dat niet naar huis wil?",
    }
    t.bel(ik, vragen, "consult")
    t.ok(
        "0.0", gesloten(t.casus_id) == "consult" and not any(k.voornaam or k.achternaam or k.bsn for k in t.d.kinderen)
    )
    t.ok(
        "0.1",
        not t.klokken()
        and t.d.rto is None
        and not Betrokkenheid.objects.filter(casus_id=t.casus_id, deel="regie", tot__isnull=True),
    )
    t.ok("0.2", Casus.objects.filter(uitkomst="consult").count() == 1)
    t.ziet_niet("0.z0", ton)
    consult = t.casus_id

    # 1: nu met naam; het BSN klopt niet
    t.stap(1)
    velden = t.gezin(**{"melding.melder": "school", "betrokken.zorgaanbieder": True, "betrokken.gi": "geen"})
    bsn = next(k for k in velden if k.endswith(".bsn"))
    goed = velden.pop(bsn)
    t.bel(ik, velden)
    fout = f"{goed[:-1]}{(int(goed[-1]) + 1) % 10}"
    nee = t.weigert("1.0", OngeldigeInvoer, lambda: save_field(ik, t.op, t.casus_id, bsn, fout))
    veld, gevonden, verwacht = nee.details["fouten"][0]
    t.ok("1.0", veld == bsn and fout in gevonden and "elfproef" in verwacht and t.d.kinderen[0].voornaam == "Fenna")
    t.ok("1.1", t.casus_id != consult and str(consult) not in repr(show_casus(ik, t.op, t.casus_id)))
    t.leidt("1.2", "ICJ")

    # 2: een geldig nummer van een ander kind
    t.stap(2)
    t.ok("2.1", t.d.kinderen[0].bsn == "" and t.d.casus.gesloten_op is None)

    gevonden_ = find_family(
        ik,
        t.op,
        {"bsn": anders["bsn"], "voornaam": "Fenna", "achternaam": "Stokwier", "geboren": "2016-11-05"},
        t.melding_id,
    )
    t.ok("2.2", t.logregels(handeling="zoeken", medewerker_id=ik.medewerker_id) >= 1)
    t.ok("2.0", not any(w in repr(gevonden_) for w in ("Stokwierda", anders["geboren"], "Peel en Maas")), gevonden_)

    # 3: kan wachten tot morgen
    t.stap(3)
    for v in ("plotseling", "direct_onveilig", "onhoudbaar", "ernstige_ontregeling"):
        save_field(ik, t.op, t.casus_id, f"triage.{v}", "nee")
    save_field(ik, t.op, t.casus_id, "triage.kan_wachten_tot_morgen", "ja")
    u = t.advies().uitspraken
    t.ok(
        "3.0",
        any(x.waarde == "acute_hulp" and {"ICJ-11", "ICJ-14", "ICJ-17"} & set(x.regels) for x in u.values()),
        [(k, x.waarde) for k, x in u.items() if k.startswith("triage")],
    )
    finish_melding(ik, t.na(minutes=5), t.melding_id, "acute_hulp")
    t.ok(
        "3.1",
        not Klok.objects.filter(casus_id=t.casus_id, sleutel__startswith="inzet").exists()
        and not any(k in ("rto", "huisbezoek.aankomst") for k in t.klokken()),
        t.klokken(),
    )

    # 4: A belt vanmiddag; Toegang is direct betrokken
    t.stap(4)
    ask_organisation(
        ik,
        t.op,
        t.casus_id,
        "hulp",
        a.id,
        "Kun je vanmiddag bellen?",
        wijze="telefoon",
        naam="Mieke Rozeboom",
        telefoon="0475 555 054",
    )
    set_sleeping_place(ik, t.op, t.casus_id, t.kind(), "bij tante")
    t.ok("k0", all(k.startswith("melding") for k in t.klokken()), t.klokken())
    t.ok("4.0", t.aanbod("hulp").antwoord == "aanvaard")
    t.ok(
        "4.1",
        any(
            b.soort == "signaal" and b.aan_organisatie_id == toegang.id and b.zichtbaar_vanaf <= t.op
            for b in t.d.aanbiedingen
        ),
    )
    t.ziet_niet("3.z0", mieke, "niet naar huis wil?")

    # 5: Toegang neemt de regie aan; het juiste BSN
    t.stap(5)
    signaal = t.aanbod("signaal")
    if signaal.antwoord == "":
        answer_offer(ton, t.op, t.casus_id, signaal.id, True)
    offer_regie(ik, t.op, t.casus_id, toegang.id, "Acute hulp; jullie bepalen het vervolg.")
    t.overnemen(ton)
    t.leidt("5.0", "Toegang Leudal")
    save_field(ton, t.na(minutes=3), t.casus_id, bsn, goed)
    t.ok(
        "5.1",
        t.d.kinderen[0].bsn == goed
        and Versie.objects.filter(casus_id=t.casus_id, tabel="jeugdige", was__bsn="").exists(),
    )
    t.ziet_niet("2.z0", elders)

    # 6: het log
    t.stap(6)
    t.ok("6.0", t.logregels(casus_id=t.casus_id, organisatie_id=peel.id, geslaagd=True) == 0)
    assert a is not None
