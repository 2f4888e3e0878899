# SPDX-License-Identifier: EUPL-1.2
"""What looks unusual in the log, one rule at a time; and the list that a family gets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade, Logregel
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Casus
from vangnet.process.show_casus import show_casus
from vangnet.process.show_casus_log import show_casus_log
from vangnet.process.show_family_log import family_log, family_log_of_number
from vangnet.process.show_log import KOP, export_log, show_line, show_log_page
from vangnet.process.show_seals import show_seals
from vangnet.process.show_unusual import REGELS, VEEL, Opvallend, show_unusual
from vangnet.process.take_melding import begin_melding
from vangnet.process.weigeringen import GeenRecht, GeenRegie, NietBetrokken, OngeldigeInvoer

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T14:00:00+02:00")
NACHT = datetime.fromisoformat("2024-05-17T03:10:00+02:00")


def casus_van(wie: Actor, op: datetime = NU - timedelta(days=1), **velden: Any) -> UUID:
    return begin_melding(wie, op, uuid4(), {"gemeente": "Heerlen", **velden}).casus_id


def hits(
    fg: Actor, van: datetime = NU - timedelta(hours=20), tot: datetime = NU + timedelta(hours=1)
) -> dict[str, Opvallend]:
    beeld = show_unusual(fg, NU, van, tot)
    assert {r.regel for r in beeld.regels} | {n for n, w in REGELS.items() if w.titel in beeld.stil} == set(REGELS)
    return {regel.regel: regel for regel in beeld.regels}


@pytest.fixture
def fg() -> Actor:
    return actor_of(medewerker("fg"))


def test_ordinary_work_by_day_is_not_unusual(fg: Actor) -> None:
    dienst = actor_of(medewerker("crisismedewerker", naam="Sanne Peeters"))
    casus = casus_van(dienst, NU - timedelta(hours=2))
    show_casus(dienst, NU, casus)
    assert hits(fg) == {}


def test_each_rule_finds_what_it_says(fg: Actor) -> None:
    huis = organisatie("crisisdienst", naam="Crisishulp")
    dienst = actor_of(medewerker("crisismedewerker", huis))
    kind = uuid4()
    casus = casus_van(dienst, **{f"jeugdige.{kind}.achternaam": "van der Lindenboom"})
    nummer = Casus.objects.get(id=casus).nummer
    familie = actor_of(medewerker("crisismedewerker", huis, naam="Roos Lindenboom"))
    planner = actor_of(medewerker("planner"))
    vreemd = actor_of(medewerker("jeugdbeschermer"))
    Betrokkenheid.objects.create(
        casus_id=casus,
        organisatie_id=planner.organisatie_id,
        deel="hulp",
        van=NU - timedelta(hours=20),
        tot=NU - timedelta(hours=2),
    )
    show_casus(familie, NU, casus)
    for wie in (planner, vreemd):
        with pytest.raises(NietBetrokken):
            show_casus(wie, NU, casus)
    log.note(dienst, "inzien", "adres", NU, casus, toelichting="geheim adres getoond")
    log.note(dienst, "printen", "casus", NU, casus)
    log.note(dienst, "inzien", "casus", NU, casus, noodtoegang_id=uuid4())
    log.note(planner, "geweigerd", "medewerker", NU, geslaagd=False, toelichting="medewerker.beheren")
    for _ in range(5):
        log.note(vreemd, "aanmelden", "account", NU, geslaagd=False, toelichting="wachtwoord")
    gezien = hits(fg)
    wie = {regel: [(g.wie, g.casus, g.aantal) for g in o.gevallen] for regel, o in gezien.items()}
    assert wie == {
        "eigen_naam": [("Roos Lindenboom", nummer, 1)],
        "na_einde": [(planner.naam, nummer, 1)],
        "niet_betrokken": [(vreemd.naam, nummer, 1)],
        "geheim_adres": [(dienst.naam, nummer, 1)],
        "meegenomen": [(dienst.naam, nummer, 1)],
        "noodtoegang": [(dienst.naam, nummer, 1)],
        "geweigerd": [(planner.naam, "", 1)],
        "mislukt": [(vreemd.naam, "", 5)],
    }
    assert hits(fg, NU + timedelta(minutes=1)) == {}, "another period"


def test_a_blocked_person_and_a_kept_file(fg: Actor) -> None:
    huis = organisatie("crisisdienst")
    dienst, neef = actor_of(medewerker("crisismedewerker", huis)), actor_of(medewerker("crisismedewerker", huis))
    casus = casus_van(dienst)
    Blokkade.objects.create(casus_id=casus, medewerker_id=neef.medewerker_id, van=NU - timedelta(days=1), reden="neef")
    with pytest.raises(NietBetrokken):
        show_casus(neef, NU, casus)
    Betrokkenheid.objects.create(
        casus_id=casus, organisatie=organisatie("gi", naam="Oude GI"), deel="dossier", van=NU - timedelta(hours=9)
    )
    oud = actor_of(medewerker("jeugdbeschermer", Betrokkenheid.objects.get(deel="dossier").organisatie))
    log.note(oud, "inzien", "casus", NU, casus)
    gezien = hits(fg)
    assert set(gezien) == {"dicht", "na_einde"}
    assert gezien["dicht"].gevallen[0].wie == neef.naam
    assert gezien["na_einde"].gevallen[0].organisatie == "Oude GI"


def test_at_night_outside_duty(fg: Actor) -> None:
    huis = organisatie("crisisdienst")
    wacht, vrij = actor_of(medewerker("crisismedewerker", huis)), actor_of(medewerker("crisismedewerker", huis))
    toegang = actor_of(medewerker("toegangsmedewerker"))
    casus = casus_van(wacht)
    for wie in (wacht, vrij, toegang):
        log.note(wie, "inzien", "casus", NACHT, casus)
        log.note(wie, "inzien", "casus", NU, casus)
    assert [g.wie for g in hits(fg)["nacht"].gevallen] == [toegang.naam], "no roster says nothing of a crisis service"
    Dienst.objects.create(
        organisatie=huis, medewerker_id=wacht.medewerker_id, taak="voorwacht",
        van=NACHT - timedelta(hours=3), tot=NACHT + timedelta(hours=3),
    )  # fmt: skip
    assert {g.wie for g in hits(fg)["nacht"].gevallen} == {vrij.naam, toegang.naam}


def test_many_casussen_in_an_hour(fg: Actor) -> None:
    wie = actor_of(medewerker("crisismedewerker"))
    for n in range(VEEL):
        log.note(wie, "inzien", "casus", NU + timedelta(minutes=n), uuid4())
        log.note(wie, "inzien", "casus", NU + timedelta(minutes=n), UUID(int=n + 1))
    gezien = hits(fg)["veel"]
    assert [(g.wie, g.aantal) for g in gezien.gevallen] == [(wie.naam, 2 * VEEL)]
    ander = actor_of(medewerker("crisismedewerker"))
    for _ in range(VEEL + 1):
        log.note(ander, "inzien", "casus", NU, UUID(int=7))
    assert len(hits(fg)["veel"].gevallen) == 1, "the same casus counts once"


def test_another_region_is_not_seen_and_the_rest_is_counted(fg: Actor) -> None:
    elders = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", regio="lekstroom")))
    log.note(elders, "printen", "casus", NU)
    assert hits(fg) == {}
    huis = organisatie("crisisdienst")
    for _ in range(30):
        log.note(actor_of(medewerker("crisismedewerker", huis)), "printen", "casus", NU)
    gezien = hits(fg)["meegenomen"]
    assert (gezien.totaal, len(gezien.gevallen), gezien.meer) == (30, 25, 5)


def test_the_page_of_the_log_and_one_line(fg: Actor) -> None:
    dienst = actor_of(medewerker("crisismedewerker"))
    casus = casus_van(dienst, NU)
    beeld = show_log_page(fg, NU + timedelta(minutes=1), {})
    assert beeld.zegel.stand == "geen"
    regel = next(r for r in beeld.blad.regels if r.ding == "melding")
    assert regel.relatie == ("Regie",)
    een = show_line(fg, NU, regel.id)
    assert een is not None
    assert een.mag and not een.verzegeld
    assert "neemt meldingen aan" in een.recht
    assert Logregel.objects.latest("nummer").toelichting == f"regel {regel.nummer}", "a look at a line is a line"
    assert show_line(fg, NU, uuid4()) is None
    elders = actor_of(medewerker("fg", organisatie("regio", regio="lekstroom")))
    assert show_line(elders, NU, regel.id) is None
    with pytest.raises(GeenRecht):
        show_line(dienst, NU, regel.id)
    rijen = export_log(fg, NU, {"casus": Casus.objects.get(id=casus).nummer})
    assert len(rijen[1]) == len(KOP)
    assert dict(zip(KOP, rijen[1], strict=True))["relatie"] == "Regie"


def test_how_sealing_stands() -> None:
    """The rows are made by the sealer (tests/access/test_zegel.py); here only what the page makes of them."""

    def do(vraag: str, *waarden: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute(vraag, waarden)
        return show_seals().stand

    log.note(None, "aanmelden", "account", NU)
    assert (show_seals().stand, show_seals().open_) == ("geen", 1)
    tot = Logregel.objects.latest("nummer").nummer
    assert (
        do("insert into access_zegel values (1, clock_timestamp(), 1, %s, %s, 1, 1, '', '', '', '')", tot, tot)
        == "goed"
    )
    assert (show_seals().open_, show_seals().zegel, show_seals().controle_op) == (0, 1, None)
    check = (
        "insert into access_zegelcontrole values (gen_random_uuid(), clock_timestamp() + %s::interval, %s, 1, 1, 'x')"
    )
    assert do(check, "1 second", False) == "fout"
    assert do(check, "2 seconds", True) == "goed", "the last one counts"
    log.note(None, "aanmelden", "account", NU)
    assert (show_seals().stand, show_seals().open_) == ("goed", 1)
    oud = "update access_logregel set vastgelegd_op = vastgelegd_op - interval '10 minutes' where nummer > %s"
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
    assert do(oud, tot) == "achter"
    assert show_seals().minuten == 10


# ---- the list for a family ---------------------------------------------------------------------------------------


def test_the_list_names_functions_and_no_names() -> None:
    dienst = actor_of(
        medewerker("crisismedewerker", organisatie("crisisdienst", naam="Crisishulp"), naam="Sanne Peeters")
    )
    casus = casus_van(dienst)
    show_casus(dienst, NU, casus)
    show_casus(dienst, NU + timedelta(minutes=5), casus)
    vreemd = actor_of(medewerker("planner", naam="Bram Bos"))
    with pytest.raises(NietBetrokken):
        show_casus(vreemd, NU, casus)
    lijst = family_log(dienst, NU + timedelta(hours=1), casus, "ouder")
    assert [(b.wie, b.functie, b.organisatie) for b in lijst.bezoeken] == 2 * [("A", "Crisismedewerker", "Crisishulp")]
    laatste = lijst.bezoeken[-1]
    assert [(d.wat, d.keer) for d in laatste.daden] == [("keek in het dossier", 2)]
    assert (laatste.van, laatste.tot) == ("14:00", "14:05")
    assert laatste.waarom == ("had de leiding over de hulp",)
    assert [(b.wie, b.functie) for b in lijst.pogingen] == [("B", "Planner van een aanbieder")]
    assert lijst.mensen == 1
    assert "Sanne" not in str(lijst) and "Bram" not in str(lijst) and "Peeters" not in str(lijst)
    regel = Logregel.objects.latest("nummer")
    assert (regel.handeling, regel.ding, regel.casus_id) == ("uitdraaien", "log", casus)
    assert regel.toelichting == "lijst voor het gezin, gevraagd door: ouder"
    assert any(r.handeling == "uitdraaien" for r in show_casus_log(dienst, NU + timedelta(hours=2), casus))


def test_with_a_secret_address_no_organisation_has_a_name() -> None:
    dienst = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Crisishulp")))
    casus = casus_van(dienst)
    schuil = organisatie("zorgaanbieder", naam="Schuilhuis De Kanarie")
    Betrokkenheid.objects.create(casus_id=casus, organisatie=schuil, deel="hulp", van=NU - timedelta(hours=2))
    log.note(actor_of(medewerker("planner", schuil)), "inzien", "casus", NU, casus)
    assert "Kanarie" in str(family_log(dienst, NU, casus, "ouder"))
    Casus.objects.filter(id=casus).update(geheim=True)
    lijst = family_log(dienst, NU, casus, "ouder")
    assert lijst.geheim
    assert "Kanarie" not in str(lijst)
    assert dienst.organisatie not in str(lijst)
    assert lijst.door == "Crisismedewerker, de crisisdienst"
    for handeling, ding in (("vragen", "adres"), ("bevestigen", "noodtoegang")):
        log.note(dienst, handeling, ding, NU, casus)
    daden = {d.wat for b in family_log(dienst, NU, casus, "ouder").bezoeken for d in b.daden}
    assert not any("adres" in wat for wat in daden), "that somebody asked for the address says that it is secret"
    assert "een organisatie die hulp geeft" in {b.organisatie for b in lijst.bezoeken}


def test_who_may_make_the_list(fg: Actor) -> None:
    dienst = actor_of(medewerker("crisismedewerker"))
    casus = casus_van(dienst)
    nummer = Casus.objects.get(id=casus).nummer
    assert family_log_of_number(fg, NU, nummer, "gemachtigde").bezoeken
    for fout, velden in (
        (("2024-99999", "ouder"), ["casus"]),
        ((nummer, "buurman"), ["voor"]),
        (("", ""), ["casus", "voor"]),
    ):
        with pytest.raises(OngeldigeInvoer) as nee:
            family_log_of_number(fg, NU, *fout)
        assert [f[0] for f in nee.value.details["fouten"]] == velden
    with pytest.raises(GeenRecht):
        family_log_of_number(dienst, NU, nummer, "ouder")
    with pytest.raises(OngeldigeInvoer):
        family_log(dienst, NU, casus, "buurman")
    elders = actor_of(medewerker("fg", organisatie("regio", regio="lekstroom")))
    with pytest.raises(OngeldigeInvoer):
        family_log_of_number(elders, NU, nummer, "ouder")
    gi = actor_of(medewerker("jeugdbeschermer"))
    with pytest.raises(NietBetrokken):
        family_log(gi, NU, casus, "ouder")
    Betrokkenheid.objects.create(casus_id=casus, organisatie_id=gi.organisatie_id, deel="hulp", van=NU)
    with pytest.raises(GeenRegie):
        family_log(gi, NU, casus, "ouder")
    assert Logregel.objects.filter(ding="log.uitdraaien", geslaagd=False).count() == 2
