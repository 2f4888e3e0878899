# SPDX-License-Identifier: EUPL-1.2
"""The first day: lists come in whole or not at all, every fault is named, and the same list twice doubles nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Logregel, Organisatie
from vangnet.casework.models import Casus, Gebeurtenis, Inzet, Jeugdige, Persoon, Rto
from vangnet.process.first_day import (
    LIJSTEN,
    Plan,
    Voortgang,
    allowed_lists,
    carry_out,
    decode,
    moment_op_lijst,
    plan_list,
    template_of,
)
from vangnet.process.invoer import Onleesbaar
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-20T10:00:00+02:00")
ORGANISATIES = (
    "Naam;Soort;Gemeente;Telefoon;Telefoon buiten;Bereikbaar;Postbus\r\n"
    "Toegang Heerlen;toegang;heerlen;045 123 45 67;;ma t/m vr 8.30-17.00;toegang@voorbeeld.test\r\n"
    "Zorggroep Élan;Zorgaanbieder;;06 12 34 56 78;;;\r\n"
)
CASUSSEN = (
    "kenmerk;melding_op;gemeente;voornaam;achternaam;geboortedatum;melder;ouder;ouder_telefoon\n"
    "A-1;17-05-2024 21:40;Heerlen;Milan;Verhulst;02-03-2010;politie;Ilse Verhulst;06 12 34 56 78\n"
    "A-2;18/5/2024 3.15 uur;vaals;Noor;;;;;\n"
)


def beheerder() -> Actor:
    return actor_of(medewerker("beheerder"))


def coordinator() -> Actor:
    return actor_of(medewerker("coordinator", organisatie("crisisdienst", naam="Crisishulp Jeugd")))


def doe(actor: Actor, plan: Plan, op: datetime = NU) -> Voortgang:
    return list(carry_out(actor, op, plan))[-1]


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_organisations_come_in_from_any_spreadsheet_and_once(codering: str) -> None:
    ik = beheerder()
    bestand = ORGANISATIES.encode(codering)
    plan = plan_list(ik, NU, "organisaties", bestand)
    assert plan.fouten == ()
    assert plan.nieuw == 2
    assert not Organisatie.objects.filter(naam="Zorggroep Élan").exists(), "looking makes nothing"
    assert doe(ik, plan).klaar
    toegang = Organisatie.objects.get(naam="Toegang Heerlen")
    assert (toegang.gemeente, toegang.telefoon, toegang.soort) == ("Heerlen", "045 123 45 67", "toegang")
    opnieuw = plan_list(ik, NU, "organisaties", bestand)
    assert (opnieuw.nieuw, opnieuw.wijzigt, opnieuw.al) == (0, 0, 2)
    aantal = Organisatie.objects.count()
    assert doe(ik, opnieuw).klaar
    assert Organisatie.objects.count() == aantal
    nummers = plan_list(ik, NU, "telefoonlijst", "naam,telefoon_buiten\ntoegang heerlen,045 765 43 21\n")
    assert nummers.wijzigt == 1
    assert doe(ik, nummers).klaar
    toegang.refresh_from_db()
    assert (toegang.telefoon, toegang.telefoon_buiten) == ("045 123 45 67", "045 765 43 21"), (
        "an empty cell wipes nothing"
    )


def test_every_fault_is_named_by_row_and_column() -> None:
    ik = beheerder()
    plan = plan_list(
        ik,
        NU,
        "organisaties",
        "naam;soort;gemeente;telefoon;postbus\n"
        ";toegang;Heerlen;;\n"
        "Huis;kasteel;;;\n"
        "Toegang Utrecht;toegang;Utrecht;;\n"
        "Bel;gi;;bel me;\n"
        "Post;gi;;;geen adres\n"
        "Huis;gi;;;\n"
        "Te veel;gi;;;;x\n"
        "A;toegang;Vaals;;\nB;toegang;vaals;;\n",
    )
    assert [(f.rij, f.kolom) for f in plan.fouten] == [
        (2, "naam"),
        (3, "soort"),
        (4, "gemeente"),
        (5, "telefoon"),
        (6, "postbus"),
        (7, "naam"),
        (8, ""),
        (10, "gemeente"),
    ]
    voor = Organisatie.objects.count()
    assert not doe(ik, plan).klaar
    assert Organisatie.objects.count() == voor


@pytest.mark.parametrize(
    ("inhoud", "kolom"),
    [
        ("naam;soort;kleur\nA;gi;rood\n", "kleur"),
        ("naam;naam;soort\nA;A;gi\n", "naam"),
        ("soort\ngi\n", "naam"),
        ("naam;soort\n", ""),
        ('naam;soort\n"A;gi\n', ""),
    ],
)
def test_a_wrong_header_or_shape_is_said_at_once(inhoud: str, kolom: str) -> None:
    plan = plan_list(beheerder(), NU, "organisaties", inhoud)
    assert plan.fouten[0].kolom == kolom
    assert plan.rijen == ()


@pytest.mark.parametrize("inhoud", [b"", b"  \n", b"PK\x03\x04\x00\x00\x01", b"\x81\x8d\xff"])
def test_what_is_no_list_is_refused(inhoud: bytes) -> None:
    with pytest.raises(OngeldigeInvoer):
        decode(inhoud)


def test_running_casussen_begin_at_their_own_moment_and_say_where_they_came_from() -> None:
    ik = coordinator()
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    plan = plan_list(ik, NU, "casussen", CASUSSEN, "whiteboard mei")
    assert plan.fouten == ()
    assert doe(ik, plan).klaar
    assert Casus.objects.count() == 2
    casus = Casus.objects.get(gemeente="Heerlen")
    assert casus.begonnen_op == datetime.fromisoformat("2024-05-17T21:40+02:00")
    assert casus.beeld["kinderen"][0]["naam"] == "Milan V."
    assert Persoon.objects.get(casus=casus).telefoon_cijfers
    overgenomen = Gebeurtenis.objects.get(casus=casus, soort="overgenomen")
    assert overgenomen.gegevens == {"dag": "ma 20 mei 2024", "lijst": "whiteboard mei"}
    assert doe(ik, plan_list(ik, NU, "casussen", CASUSSEN, "whiteboard mei")).klaar
    assert Casus.objects.count() == 2, "the same list twice"
    assert doe(ik, plan).klaar
    assert Casus.objects.count() == 2, "the same plan twice"
    ander = actor_of(medewerker("coordinator", organisatie("crisisdienst")))
    assert plan_list(ander, NU, "casussen", CASUSSEN).nieuw == 2, "the key belongs to the list of one organisation"


def test_what_already_runs_is_taken_over_step_by_step() -> None:
    ik = coordinator()
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    zorg = organisatie("zorgaanbieder", naam="Zorggroep De Beek")
    plan = plan_list(
        ik,
        NU,
        "casussen",
        "kenmerk;melding_op;gemeente;voornaam;achternaam;leeftijd;besluit_crisis_op;vorm;aanbieder;hulp_vanaf;rto_op;regie\n"
        "A-1;17-05-2024 21:40;Heerlen;Milan;Verhulst;14;17-05-2024 23:30;Ambulante_spoedhulp;zorggroep de beek;"
        "18-05-2024 01:00;22-05-2024 10:00;\n"
        "A-2;17-05-2024 21:40;Heerlen;Noor;Bos;9;17-05-2024 23:30;noodbed;Logeerhuis;18-05-2024 01:00;;Toegang Heerlen\n",
        "whiteboard",
    )
    assert plan.fouten == ()
    laatste = doe(ik, plan)
    assert laatste.fouten == []
    eerste, tweede = Casus.objects.order_by("nummer")
    assert eerste.besluit_crisis_op == datetime.fromisoformat("2024-05-17T23:30+02:00")
    hulp = Inzet.objects.get(casus=eerste)
    assert (hulp.vorm, hulp.aanbieder_id) == ("ambulante_spoedhulp", zorg.pk)
    assert hulp.van == datetime.fromisoformat("2024-05-18T01:00+02:00")
    assert Rto.objects.get(casus=eerste).gepland_op == datetime.fromisoformat("2024-05-22T10:00+02:00")
    regie = Betrokkenheid.objects.get(casus_id=tweede.pk, deel="regie", tot=None)
    assert regie.organisatie_id == toegang.pk
    assert Inzet.objects.get(casus=tweede).aanbieder_naam == "Logeerhuis"
    assert doe(ik, plan_list(ik, NU, "casussen", plan.tekst)).klaar
    assert Inzet.objects.count() == 2


def test_faults_of_casussen_are_named() -> None:
    ik = coordinator()
    kop = "kenmerk;melding_op;gemeente;geboortedatum;besluit_crisis_op;vorm;hulp_vanaf;regie;bsn;melder\n"
    plan = plan_list(
        ik,
        NU,
        "casussen",
        kop
        + "1;17-05-2024;Heerlen;;;;;;;\n"
        + "2;21-05-2024 10:00;Heerlen;;;;;;;\n"
        + "3;17-05-2024 10:00;Utrecht;;;;;;;\n"
        + "4;17-05-2024 10:00;Heerlen;31-02-2010;;;;;;\n"
        + "5;17-05-2024 10:00;Heerlen;;16-05-2024 10:00;;;;;\n"
        + "6;17-05-2024 10:00;Heerlen;;;noodbed;;;;\n"
        + "7;17-05-2024 10:00;Heerlen;;17-05-2024 12:00;kasteel;;;;\n"
        + "8;17-05-2024 10:00;Heerlen;;17-05-2024 12:00;;;Niemand;;\n"
        + "9;31-03-2024 02:30;Heerlen;;;;;;;\n"
        + "9;17-05-2024 10:00;Heerlen;;;;;;;\n"
        + "11;17-05-2024 10:00;Heerlen;;;;;;123456789;\n"
        + "12;17-05-1990 10:00;Heerlen;;;;;;;\n"
        + "13;17-05-2024 10:00;Heerlen;;;;;;;koning\n",
    )
    assert [(f.rij, f.kolom) for f in plan.fouten] == [
        (2, "melding_op"),
        (3, "melding_op"),
        (4, "gemeente"),
        (5, "geboortedatum"),
        (6, "besluit_crisis_op"),
        (7, "besluit_crisis_op"),
        (8, "vorm"),
        (9, "regie"),
        (10, "melding_op"),
        (11, "kenmerk"),
        (12, "bsn"),
        (13, "melding_op"),
        (14, "melder"),
    ]


def test_one_row_that_cannot_undoes_all() -> None:
    """Nobody is 90 and a child: the use case itself finds it, and says which row."""
    ik = coordinator()
    oud = CASUSSEN + "A-3;18-05-2024 10:00;Heerlen;Oud;Kind;01-01-1934;;;\n"
    plan = plan_list(ik, NU, "casussen", oud)
    assert plan.fouten == ()
    laatste = doe(ik, plan)
    assert not laatste.klaar
    assert [(f.rij, f.kolom.rpartition(".")[2]) for f in laatste.fouten] == [(4, "geboortedatum")]
    assert Casus.objects.count() == Jeugdige.objects.count() == 0
    assert not Logregel.objects.filter(ding="gegevens").exists()


def test_an_administrator_sees_no_families() -> None:
    ik = beheerder()
    assert set(allowed_lists(ik)) == {"organisaties", "telefoonlijst"}
    with pytest.raises(GeenRecht):
        plan_list(ik, NU, "casussen", CASUSSEN)
    assert set(allowed_lists(coordinator())) == {"casussen"}
    assert allowed_lists(actor_of(medewerker("fg"))) == {}
    with pytest.raises(OngeldigeInvoer):
        plan_list(ik, NU, "gezinnen", CASUSSEN)


@pytest.mark.parametrize("soort", LIJSTEN)
def test_the_example_can_be_read_itself(soort: str) -> None:
    ik = coordinator() if soort == "casussen" else beheerder()
    organisatie("toegang", naam="Toegang Elders" if soort == "organisaties" else "Toegang Heerlen", gemeente="Vaals")
    plan = plan_list(ik, NU, soort, template_of(soort).encode("utf-8-sig"))
    assert plan.fouten == ()
    assert len(plan.rijen) == 1


@pytest.mark.parametrize("ruw", ["17-05-2024 21:40", "17/5/2024 21.40", "17.05.2024, 21:40 uur", "2024-05-17T21:40"])
def test_a_moment_as_people_write_it(ruw: str) -> None:
    assert moment_op_lijst(ruw) == datetime.fromisoformat("2024-05-17T21:40+02:00")


@pytest.mark.parametrize("ruw", ["17-05-2024", "gisteren", "32-05-2024 10:00", "17-05-2024 25:00", "31-03-2024 02:30"])
def test_a_moment_that_is_none(ruw: str) -> None:
    with pytest.raises(Onleesbaar):
        moment_op_lijst(ruw)


def test_a_thousand_rows_and_who_stops_listening_undoes_it() -> None:
    ik = beheerder()
    voor = Organisatie.objects.count()
    lijst = "naam;soort\n" + "".join(f"Zorg {n};zorgaanbieder\n" for n in range(1000))
    plan = plan_list(ik, NU, "organisaties", lijst)
    assert plan.nieuw == 1000
    loop = carry_out(ik, NU, plan)
    assert next(loop) == Voortgang(25, 1000)
    loop.close()
    assert Organisatie.objects.count() == voor
    assert doe(ik, plan).klaar
    assert Organisatie.objects.count() == voor + 1000


def test_the_command_line_reads_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from vangnet.cli.main import Refusal, build_parser

    ik = medewerker("beheerder", email="beheer@voorbeeld.test")
    bestand = tmp_path / "lijst.csv"
    bestand.write_text(ORGANISATIES, encoding="cp1252")

    def run(*woorden: str) -> int:
        argumenten = build_parser().parse_args(["invoer", *woorden, "--namens", ik.email])
        return int(argumenten.handler(argumenten))

    assert run("organisaties", str(bestand)) == 0
    assert "2 nieuw" in capsys.readouterr().out
    assert not Organisatie.objects.filter(naam="Toegang Heerlen").exists()
    assert run("organisaties", str(bestand), "--doe") == 0
    assert Organisatie.objects.filter(naam="Toegang Heerlen").exists()
    bestand.write_text("naam;soort\nX;kasteel\n")
    assert run("organisaties", str(bestand), "--doe") == 1
    assert "rij 2, soort" in capsys.readouterr().err
    with pytest.raises(Refusal):
        run("casussen", str(bestand))
