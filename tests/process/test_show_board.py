# SPDX-License-Identifier: EUPL-1.2
"""The board: what is on it, in which group, how many statements it takes, and what it never shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tests.mensen import actor_of, medewerker, organisatie
from tests.rollen import at_most
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Logregel, Organisatie
from vangnet.casework.models import Casus
from vangnet.process.dispatch_inschatting import depart
from vangnet.process.duty import DienstOnbekend, add_duty, remove_duty, show_roster
from vangnet.process.keep_fields import keep_field
from vangnet.process.show_board import Filters, show_board
from vangnet.process.take_melding import begin_melding, park_melding, register_melding
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer
from vangnet.process.werk import working_on

NACHT = datetime.fromisoformat("2024-05-16T23:14:00+02:00")

pytestmark = pytest.mark.django_db


def melding(
    ik: Actor, voornaam: str = "Milan", op: datetime = NACHT, uitkomst: str = "inschatting", **words: Any
) -> UUID:
    """A call that was taken and finished; returns its casus. Further words are those of `register_melding`, or fields."""
    kind = uuid4()
    velden = {
        f"jeugdige.{kind}.voornaam": voornaam,
        f"jeugdige.{kind}.achternaam": "Verhulst",
        f"jeugdige.{kind}.geboortedatum": "02-03-2010",
        "gemeente": words.pop("gemeente", "Heerlen"),
        "melding.melder": "politie",
        "betrokken.gi": "geen",
        "triage.direct_onveilig": "ja",
    } | words.pop("velden", {})
    words.setdefault("reden", "Zo besproken met de gedragswetenschapper.")
    return register_melding(ik, op, uuid4(), velden, uitkomst, **words).casus_id


@pytest.fixture
def ik() -> Actor:
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    return actor_of(medewerker("crisismedewerker", dienst, naam="Iris Custers"))


def test_what_is_on_the_board_and_where(ik: Actor) -> None:
    bezig = melding(ik)
    later = melding(ik, "Elias", uitkomst="acute_hulp", op=NACHT - timedelta(days=3))
    begin_melding(ik, NACHT, (call := uuid4()), {f"jeugdige.{uuid4()}.voornaam": "Noor"})
    park_melding(ik, NACHT, call)
    bord = show_board(ik, NACHT)
    assert (bord.open, bord.bezig) == (3, 2)
    assert {s.casus_id for s in bord.groep("bezig")} >= {bezig}
    assert [s.casus_id for s in bord.groep("besluit")] == [later]
    assert [s.wacht for s in bord.meldingen] == [True]
    assert bord.strips[0].wacht, "a call that nobody has taken comes first"
    assert bord.slaapt_onbekend == 3
    assert bord.laat == 1
    assert [s.aan for s in bord.signalen] == ["Toegang Heerlen", "Toegang Heerlen"]
    assert bord.punten[0].soort == "nu"
    assert [uur.kantoor for uur in bord.uren[:11]] == [False] * 10 + [True]
    assert [s.casus_id for s in show_board(ik, NACHT, Filters(alleen_laat=True)).strips] == [later]
    assert not show_board(ik, NACHT, Filters(gemeente="Vaals")).strips
    assert Logregel.objects.filter(ding="bord", handeling="inzien").count() == 3
    show_board(ik, NACHT, noteer=False)
    assert Logregel.objects.filter(ding="bord").count() == 3


def test_a_person_finds_his_own_and_those_of_one_stand(ik: Actor) -> None:
    mijn = melding(ik)
    collega = actor_of(
        medewerker("crisismedewerker", Organisatie.objects.get(pk=ik.organisatie_id), naam="Tom Wouters")
    )
    zijn = melding(collega, "Elias")
    assert [s.casus_id for s in show_board(ik, NACHT, Filters(van_mij=True)).strips] == [mijn]
    depart(collega, NACHT, zijn, "Tom Wouters en Iris Custers")
    bord = show_board(ik, NACHT, Filters(van_mij=True))
    assert {s.casus_id for s in bord.strips} == {mijn, zijn}, "who is at the door works on it too"
    assert bord.standen == ("inschatting", "onderweg")
    assert [s.casus_id for s in show_board(ik, NACHT, Filters(stand="onderweg")).strips] == [zijn]
    assert not show_board(ik, NACHT, Filters(stand="hulp")).strips
    assert bord.open == 2, "the sentence counts all"


@pytest.mark.parametrize(
    ("nu", "werkdag", "uiterlijk", "groep", "remark"),
    [
        ("2024-05-16T23:14:00+02:00", "2024-05-17", "2024-05-18T00:00:00+02:00", "besluit", "all of tomorrow"),
        ("2024-05-16T23:14:00+02:00", "2024-05-17", "2024-05-18T09:00:00+02:00", "loopt", "Saturday morning is later"),
        ("2024-05-17T20:00:00+02:00", "2024-05-21", "2024-05-21T15:30:00+02:00", "besluit", "Whit Monday is no working day"),
        ("2024-05-17T20:00:00+02:00", "2024-05-21", "2024-05-23T00:00:00+02:00", "loopt", "Wednesday after Whitsun"),
        ("2024-05-17T20:00:00+02:00", "2024-05-21", "2024-05-17T00:00:00+02:00", "besluit", "late"),
    ],
)  # fmt: skip
def test_what_is_due_by_the_next_working_day_asks_a_decision(
    ik: Actor, nu: str, werkdag: str, uiterlijk: str, groep: str, remark: str
) -> None:
    casus = melding(ik, uitkomst="acute_hulp")
    klok = {
        "sleutel": "rto", "wat": "RTO", "begonnen_op": "2024-05-14T12:00:00+02:00", "uiterlijk": uiterlijk,
        "hele_dag": uiterlijk[11:16] == "00:00", "strekking": "in de regel", "reden": "",
    }  # fmt: skip
    row = Casus.objects.get(pk=casus)
    Casus.objects.filter(pk=casus).update(beeld=row.beeld | {"klokken": [klok], "stand": "hulp"})
    bord = show_board(ik, datetime.fromisoformat(nu))
    assert bord.besluit_tot.isoformat() == werkdag
    assert bord.strips[0].groep == groep, remark


def test_another_service_sees_nothing_of_it_and_who_was_asked_only_an_age(ik: Actor) -> None:
    casus = melding(ik)
    ander = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Andere dienst")))
    assert not show_board(ander, NACHT).strips
    Betrokkenheid.objects.create(casus_id=casus, organisatie_id=ander.organisatie_id, deel="aanbod", van=NACHT)
    (strip,) = show_board(ander, NACHT).strips
    assert strip.profiel
    assert strip.kinderen[0]["naam"] == ""
    assert strip.kinderen[0]["leeftijd"] == 14
    assert (strip.gemeente, strip.regie, strip.vannacht, strip.stap, strip.klok, strip.melding) == (
        "", "", None, None, None, None,
    )  # fmt: skip
    with pytest.raises(GeenRecht):
        show_board(actor_of(medewerker("planner")), NACHT)


def test_practice_is_hidden_and_never_counts(ik: Actor) -> None:
    melding(ik, oefening=True)
    bord = show_board(ik, NACHT)
    assert (bord.open, bord.strips, bord.oefeningen, bord.signalen) == (0, (), 1, ())
    assert [s.oefening for s in show_board(ik, NACHT, Filters(oefening=True)).strips] == [True]


def test_of_a_secret_address_no_place_is_shown(ik: Actor) -> None:
    casus = melding(ik)
    with working_on(ik, casus, "gezin.wijzigen", NACHT) as werk:
        kind = werk.d.kinderen[0]
        keep_field(werk, f"jeugdige.{kind.id}.waar_nu", "bij tante in Vaals")
    assert show_board(ik, NACHT).strips[0].vannacht[0]["waar"] == "bij tante in Vaals"  # type: ignore[index]  # in sight
    Casus.objects.filter(pk=casus).update(geheim=True)
    strip = show_board(ik, NACHT).strips[0]
    assert strip.geheim
    assert "Vaals" not in str(strip)
    assert show_board(ik, NACHT).slaapt_onbekend == 0


def test_who_is_not_back_in_time_is_an_alarm(ik: Actor) -> None:
    casus = melding(ik)
    terug = NACHT + timedelta(hours=2)
    depart(ik, NACHT, casus, "Noor en Bram", terug_verwacht_op=terug, bel_als_niet_terug="Bram, 045 555 01 02")
    assert show_board(ik, NACHT + timedelta(hours=1)).niet_terug == ()
    (strip,) = show_board(ik, terug + timedelta(minutes=1)).niet_terug
    assert (strip.niet_terug, strip.bel, strip.toestand) == (terug, "Bram, 045 555 01 02", "is-telaat")
    assert show_board(ik, terug, Filters(gemeente="Vaals")).niet_terug, "no filter hides an alarm"
    with working_on(ik, casus, "inschatting.doen", terug) as werk:
        werk.fact("inschatting.terug_op", terug.isoformat())
    assert show_board(ik, terug + timedelta(minutes=1)).niet_terug == ()


def test_the_number_of_statements_does_not_grow(ik: Actor) -> None:
    first = melding(ik)
    source = Casus.objects.get(pk=first)
    many = [
        Casus(
            regio=source.regio, nummer=f"V-{n:04}", begonnen_op=NACHT, versie_afspraken=source.versie_afspraken,
            gemeente="Heerlen", beeld=source.beeld, gewijzigd_op=NACHT,
        )
        for n in range(120)
    ]  # fmt: skip
    with transaction.atomic():
        Casus.objects.bulk_create(many)
        Betrokkenheid.objects.bulk_create(
            Betrokkenheid(casus_id=c.pk, organisatie_id=ik.organisatie_id, deel=deel, van=NACHT)
            for c in many
            for deel in ("regie", "crisishulp")
        )
    with at_most(6):
        bord = show_board(ik, NACHT)
    assert (bord.open, len(bord.strips), bord.weggelaten) == (121, 100, 21)
    assert len(show_board(ik, NACHT, Filters(alles=True)).strips) == 121


def test_the_roster(ik: Actor) -> None:
    baas = medewerker("coordinator", Organisatie.objects.get(pk=ik.organisatie_id), naam="Marloes Smeets")
    wie = actor_of(baas)
    dienst = {"wie": str(ik.medewerker_id), "taak": "voorwacht", "dag": "2024-05-16", "van": "23:30", "tot": "07:30"}
    id_ = add_duty(wie, NACHT, wie.organisatie_id, dienst)
    assert add_duty(wie, NACHT, wie.organisatie_id, dienst) == id_
    (wacht,) = show_board(ik, NACHT).diensten
    assert (wacht.naam, wacht.nu, (wacht.tot - wacht.van).total_seconds()) == ("Iris Custers", False, 8 * 3600)
    assert [w.naam for dag in show_roster(ik, NACHT).week for w in dag.diensten] == ["Iris Custers"]
    assert not show_roster(ik, NACHT).mag_wijzigen
    for fout in (
        {"dag": "2024-03-31", "van": "02:30"},
        {"tot": "25:00"},
        {"wie": str(uuid4())},
        {"taak": "kok"},
        {"dag": ""},
    ):
        with pytest.raises(OngeldigeInvoer) as nee:
            add_duty(wie, NACHT, wie.organisatie_id, dienst | fout)
        assert {veld for veld, _, _ in nee.value.details["fouten"]} & set(fout)
    with pytest.raises(GeenRecht):
        add_duty(ik, NACHT, ik.organisatie_id, dienst)
    remove_duty(wie, NACHT, id_)
    with pytest.raises(DienstOnbekend):
        remove_duty(wie, NACHT, id_)
    assert show_board(ik, NACHT).diensten == ()
