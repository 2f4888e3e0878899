# SPDX-License-Identifier: EUPL-1.2
"""Signals: when they are there for whom, the one mail of the morning, who read them, and what happens to one that nobody takes up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker
from tests.process.test_show_my_work import NACHT, OCHTEND, Wereld
from vangnet.access.models import Logregel, Sluitingsdag
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Aanbod
from vangnet.clocks.models import Waarschuwing
from vangnet.messages.models import Bericht
from vangnet.process.escalate import next_moment, wake
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.morning_list import send_morning_lists, show_morning_list, take_up
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.take_melding import register_melding
from vangnet.process.weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(settings: Any) -> None:
    """Mail is set up; nothing is sent here, only written down."""
    settings.VANGNET_MAIL = object()


def at(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst)


def call(w: Wereld, op: str, gemeente: str = "Heerlen", gi: str = "geen") -> Aanbod:
    """A call at this moment, decided at once; its signal."""
    feiten = {"gemeente": gemeente, "melding.melder": "politie", "betrokken.gi": gi, "triage.direct_onveilig": "ja"}
    casus = register_melding(w.noor, at(op), uuid4(), feiten, "inschatting").casus_id
    return Aanbod.objects.get(casus=casus, soort="signaal")


def close_on(w: Wereld, dag: date) -> None:
    """Vaals is closed on this day, filed in time (ZL-41)."""
    Sluitingsdag.objects.create(
        organisatie=w.vaals, datum=dag, gemeld_op=date(2024, 1, 15), door_id=w.els.medewerker_id
    )


def test_all_signals_of_a_long_weekend_come_together_when_the_receiver_opens() -> None:
    w = Wereld()
    alle = [call(w, op) for op in ("2024-05-17T17:00+02:00", "2024-05-18T03:00+02:00", "2024-05-20T12:00+02:00")]
    dinsdag = at("2024-05-21T09:00+02:00")  # Monday is a holiday.
    assert [(b.zichtbaar_vanaf, b.post_op) for b in alle] == [(dinsdag, dinsdag)] * 3
    assert len(show_morning_list(w.tessa, dinsdag - timedelta(seconds=1)).signalen) == 1, "the one of the night before"
    assert [s.id for s in show_morning_list(w.tessa, dinsdag).signalen][1:] == [b.id for b in alle]


def test_a_call_of_the_early_morning_is_there_when_the_office_opens_that_day() -> None:
    w = Wereld()
    b = call(w, "2024-05-17T04:10+02:00")
    assert b.zichtbaar_vanaf == at("2024-05-17T09:00+02:00")
    [signaal] = [s for s in show_morning_list(w.tessa, OCHTEND).signalen if s.id == b.id]
    assert signaal.open_vraag == "X-01/vroege_ochtend", "whether it may be the day after the region did not say"
    assert signaal.klok is not None
    assert at(signaal.klok["uiterlijk"]) == at("2024-05-18T00:00+02:00"), "without a choice the earliest day"


def test_closed_on_its_day_it_is_there_that_day_and_the_mail_goes_when_somebody_is_there() -> None:
    w = Wereld()
    close_on(w, date(2024, 5, 17))
    b = call(w, NACHT.isoformat(), "Vaals")
    assert b.zichtbaar_vanaf == at("2024-05-17T09:00+02:00"), "the earliest reading of X-07: that day it must go"
    assert b.post_op == at("2024-05-21T09:00+02:00"), "after the closing day, the weekend and the holiday"
    [signaal] = show_morning_list(w.els, b.post_op).signalen
    assert signaal.open_vraag == "X-07/signaal"


def test_one_mail_per_opening_with_how_many_wait_and_nothing_else(mail: None) -> None:
    w = Wereld()
    w.heerlen.postbus = "toegang@voorbeeld.test"
    w.heerlen.save()
    call(w, "2024-05-17T01:00+02:00")
    call(w, "2024-05-17T01:30+02:00", "Vaals")
    negen = at("2024-05-17T09:00+02:00")
    assert send_morning_lists(negen - timedelta(seconds=1)) == 0
    assert next_moment() == negen
    assert wake(negen).gewekt >= 2
    assert send_morning_lists(negen + timedelta(minutes=1)) == 0, "each signal counts once"
    post = {b.aan: (b.soort, b.toestand, b.gegevens) for b in Bericht.objects.all()}
    assert post["toegang@voorbeeld.test"] == ("morgenlijst", "wacht", {"aantal": "2", "waar": "mijn-werk"})
    assert post[""][1] == "mislukt", "Vaals gave no mailbox: red with the service that sent it"
    assert set(Bericht.objects.values_list("organisatie_id", flat=True)) == {w.dienst.id}


def test_practice_and_what_was_answered_before_the_opening_are_no_mail(mail: None) -> None:
    w = Wereld()
    register_melding(
        w.noor, NACHT, uuid4(), {"gemeente": "Heerlen", "betrokken.gi": "geen"}, "inschatting", oefening=True
    )
    eigen = Aanbod.objects.get(casus=w.casus)
    answer_offer(
        w.noor, NACHT + timedelta(hours=1), w.casus, eigen.id, True, wijze="telefoon", naam="T", telefoon="045"
    )
    assert send_morning_lists(OCHTEND) == 0
    assert not Bericht.objects.exists()


def test_who_read_it_first_and_that_it_was_taken_up_is_there_for_who_sent_it() -> None:
    w = Wereld()

    def on_the_board(op: datetime) -> list[tuple[str, bool]]:
        return [(s.gelezen_door, s.opgepakt_op is not None) for s in show_board(w.noor, op).signalen]

    assert on_the_board(OCHTEND) == [("", False)]
    show_morning_list(w.tessa, OCHTEND, note_look=False)
    assert on_the_board(OCHTEND) == [("", False)], "a refresh in the background is nobody who reads"
    show_morning_list(w.tessa, OCHTEND)
    collega = actor_of(medewerker("toegangsmedewerker", w.heerlen))
    show_morning_list(collega, OCHTEND + timedelta(minutes=5))
    assert on_the_board(OCHTEND) == [(w.tessa.naam, False)]
    [vraag] = show_casus(w.noor, OCHTEND, w.casus).aanbiedingen
    assert (vraag["gelezen_op"], vraag["gelezen_door"]) == (OCHTEND, w.tessa.naam)
    assert Logregel.objects.filter(ding="mijnwerk", toelichting="1 signalen").count() == 2
    assert take_up(collega, OCHTEND, [(w.casus, Aanbod.objects.get().id)]) == (1, 0)
    assert on_the_board(OCHTEND + timedelta(hours=2)) == [(w.tessa.naam, True)]
    assert on_the_board(OCHTEND + timedelta(hours=13)) == []
    lijst = show_morning_list(collega, OCHTEND)
    assert (lijst.signalen, [o.casus_id for o in lijst.opgepakt]) == ((), [w.casus])


def test_several_at_once_and_one_that_was_answered_holds_up_no_other() -> None:
    w = Wereld()
    paren = [(b.casus_id, b.id) for b in (Aanbod.objects.get(), call(w, "2024-05-17T01:00+02:00"))]
    vreemd = call(w, "2024-05-17T01:00+02:00", "Vaals")
    assert take_up(w.tessa, OCHTEND, [*paren, (vreemd.casus_id, vreemd.id)]) == (2, 1)
    vreemd.refresh_from_db()
    assert vreemd.antwoord == ""
    assert take_up(w.tessa, OCHTEND, paren) == (2, 0), "the same yes again changes nothing"
    with pytest.raises(OngeldigeInvoer):
        take_up(w.tessa, OCHTEND, [])
    with pytest.raises(NietBetrokken):
        take_up(w.tessa, OCHTEND, [(vreemd.casus_id, vreemd.id)])
    answer_offer(w.els, OCHTEND, vreemd.casus_id, vreemd.id, False, "Woont elders.")
    assert Aanbod.objects.filter(antwoord="aanvaard").count() == 2


def test_the_sheet_is_for_who_works_with_families_and_holds_a_profile_of_the_own_signals_only() -> None:
    w = Wereld()
    assert show_morning_list(w.els, OCHTEND).signalen == ()
    tekst = repr(show_morning_list(w.tessa, OCHTEND))
    assert "Milan J., 14 jaar · Heerlen" in tekst
    for niet in ("Janssen", "999910073", "1234 5678", "politie"):
        assert niet not in tekst
    with pytest.raises(GeenRecht):
        show_morning_list(actor_of(medewerker("beheerder")), OCHTEND)


def test_a_signal_that_nobody_takes_up_wakes_the_receiver_first_and_then_the_coordinator(mail: None) -> None:
    w = Wereld()
    w.heerlen.postbus = "toegang@voorbeeld.test"
    w.heerlen.save()
    coordinator = medewerker("coordinator", w.dienst)
    Dienst.objects.create(
        organisatie=w.dienst, medewerker=coordinator, taak="coordinator", van=NACHT, tot=NACHT + timedelta(days=3)
    )
    for op in ("2024-05-17T09:00+02:00", "2024-05-18T00:00+02:00", "2024-05-18T09:00+02:00"):
        wake(at(op))
    gegaan = [
        (x.alarm.soort, x.organisatie_id, x.medewerker_id)
        for x in Waarschuwing.objects.filter(alarm__klok__sleutel="melding.signaal").order_by("op", "id")
    ]
    assert gegaan == [
        ("nadert", w.heerlen.id, None), ("verstreken", w.heerlen.id, None), ("verstreken", w.dienst.id, coordinator.id)
    ]  # fmt: skip
    assert Bericht.objects.filter(soort="alarm").order_by("op").first().aan == "toegang@voorbeeld.test"
    answer_offer(w.tessa, at("2024-05-18T09:05+02:00"), w.casus, Aanbod.objects.get().id, True)
    wake(at("2024-05-18T12:00+02:00"))
    assert Waarschuwing.objects.filter(alarm__klok__sleutel="melding.signaal").count() == 3, "taken up: the ladder ends"
