# SPDX-License-Identifier: EUPL-1.2
"""Deadlines that pass: who is warned, in what order, how, until somebody answers; and what nobody could be warned of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.mensen import actor_of, medewerker
from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.access.models import Blokkade, Logregel, Medewerker, Organisatie
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Aanbod
from vangnet.clocks.models import Alarm, Klok, Waarschuwing
from vangnet.messages.models import Bericht
from vangnet.process.acknowledge_alarm import acknowledge_alarm
from vangnet.process.escalate import next_moment, wake
from vangnet.process.hand_over_procesregie import expire_offers
from vangnet.process.show_alarms import show_alarms
from vangnet.process.show_ladder import show_ladder, uncovered
from vangnet.process.weigeringen import AlGedaan, GeenRecht, NietBetrokken
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)
MIN = timedelta(minutes=1)


@pytest.fixture
def kanalen(settings: Any) -> None:
    """Mail and the gateway are set up; nothing is sent here, only written down."""
    settings.VANGNET_MAIL = object()
    settings.VANGNET_SEIN = {"zuid-limburg": object()}


@pytest.fixture
def s() -> Streek:
    return streek()


@pytest.fixture
def w(s: Streek) -> Wandeling:
    return nieuwe_casus(s)


def roster(s: Streek, wie: str, taak: str, van: datetime, uren: float = 12) -> Medewerker:
    mens = medewerker(
        "crisismedewerker", Organisatie.objects.get(id=s.dienst.organisatie_id), naam=wie, telefoon="06 1234 5678"
    )
    Dienst.objects.create(
        organisatie_id=s.dienst.organisatie_id, medewerker=mens, taak=taak, van=van, tot=van + uren * UUR
    )
    return mens


def clock_of(w: Wandeling, sleutel: str = "proef.uur", na: timedelta = UUR, **woorden: Any) -> Klok:
    """A deadline of an hour that no agreement asks, so that only what is tested moves it."""
    van = woorden.pop("van", w.nu)
    velden = {"wat": "Iets doen", "strekking": "maximaal", "eigenaar": "crisisdienst", "begonnen_op": van} | woorden
    return Klok.objects.create(
        casus_id=w.casus_id, sleutel=sleutel, uiterlijk=van + na, wek_op=van + na - 15 * MIN, **velden
    )


def only(w: Wandeling) -> None:
    """Without the deadlines of the agreements, and the mail of the morning."""
    Aanbod.objects.filter(casus_id=w.casus_id).update(post_op=None)
    Klok.objects.filter(casus_id=w.casus_id).update(wek_op=None)


def went(alarm: Alarm) -> list[tuple[str, str, str, str]]:
    return [
        (x.wie, x.medewerker.naam if x.medewerker else "", " ".join(x.wegen), x.mist)
        for x in Waarschuwing.objects.filter(alarm=alarm).select_related("medewerker").order_by("sport", "id")
    ]


def run_until(tot: datetime) -> list[datetime]:
    """The loop with a clock that jumps to the next moment; the moments at which it had something to do."""
    gewekt = []
    while (op := next_moment()) is not None and op <= tot:
        assert wake(op).gewekt or gewekt[-1:] != [op], "the loop would spin"
        gewekt.append(op)
    return gewekt


def test_the_ladder_climbs_rung_by_rung(w: Wandeling, s: Streek, kanalen: None) -> None:
    only(w)
    klok = clock_of(w)
    for wie, taak in (("Iris", "voorwacht"), ("Cor", "coordinator"), ("Ada", "achterwacht")):
        roster(s, wie, taak, w.nu)
    due = klok.uiterlijk
    assert run_until(due + 5 * UUR) == [due - 15 * MIN, due, due + 10 * MIN, due + 20 * MIN, due + 30 * MIN]
    voor, na = Alarm.objects.filter(klok=klok).order_by("op")
    assert (voor.soort, voor.einde, na.soort, na.einde, na.op) == ("nadert", "gehoord", "verstreken", "", due)
    assert went(voor) == [("eigenaar", "Iris", "scherm", "")]
    assert went(na) == [
        ("eigenaar", "Iris", "scherm geluid mail sein", ""),
        ("coordinator", "Cor", "scherm geluid mail sein", ""),
        ("achterwacht", "Ada", "scherm mail sein", ""),
        ("bellijst", "", "scherm geluid", ""),
    ]
    brieven = Bericht.objects.order_by("op", "kanaal").values_list("kanaal", "soort", "gegevens")
    assert [(k, g["trap"]) for k, _, g in brieven] == [(k, t) for t in "123" for k in ("mail", "sein")]
    # Nothing of the child, the family or the casus leaves the house.
    assert set().union(*(g for _, _, g in brieven)) == {"trap", "waar", "uiterlijk"}


def test_whoever_has_it_stops_the_ladder(w: Wandeling, s: Streek) -> None:
    only(w)
    klok = clock_of(w)
    iris, cor = roster(s, "Iris", "voorwacht", w.nu), roster(s, "Cor", "coordinator", w.nu)
    run_until(klok.uiterlijk)
    (een,) = show_alarms(actor_of(iris), klok.uiterlijk).nu
    assert (een.voor_mij, een.luid, een.straks, een.straks_op) == (True, True, "coordinator", klok.uiterlijk + 10 * MIN)
    (zelfde,) = show_alarms(actor_of(cor), klok.uiterlijk).nu
    assert (zelfde.voor_mij, zelfde.luid) == (False, False)  # seen by the shift, sounded for whom it is
    op = klok.uiterlijk + 3 * MIN
    assert acknowledge_alarm(actor_of(iris), op, een.id) == w.casus_id
    acknowledge_alarm(actor_of(iris), op + MIN, een.id)  # twice is once
    with pytest.raises(AlGedaan) as nee:
        acknowledge_alarm(actor_of(cor), op + 2 * MIN, een.id)
    assert nee.value.details["door"] == "Iris"
    assert run_until(op + 5 * UUR) == []
    alarm = Alarm.objects.get(id=een.id)
    assert (alarm.einde, alarm.einde_op, alarm.door) == ("bevestigd", op, iris)
    assert Logregel.objects.filter(handeling="bevestigen", ding="alarm", casus_id=w.casus_id).count() == 1
    assert Klok.objects.get(id=klok.id).geeindigd_op is None  # the deadline itself goes on
    assert [r.einde for r in show_alarms(actor_of(cor), op + UUR, geweest=True).geweest] == ["bevestigd"]
    later = show_alarms(actor_of(cor), op + timedelta(days=3), casus_id=w.casus_id)  # with the casus it stays
    assert [(r.soort, r.einde, r.door) for r in later.geweest] == [
        ("verstreken", "bevestigd", "Iris"),
        ("nadert", "gehoord", ""),
    ]
    with pytest.raises(NietBetrokken):
        show_alarms(s.actoren["zorgaanbieder"], op, casus_id=w.casus_id)


@pytest.mark.parametrize("einde", ["gedaan", "verplaatst", "vervallen"])
def test_what_was_done_or_moved_sounds_no_more(w: Wandeling, s: Streek, einde: str) -> None:
    only(w)
    klok = clock_of(w)
    roster(s, "Iris", "voorwacht", w.nu)
    run_until(klok.uiterlijk)
    op = klok.uiterlijk + 2 * MIN
    with working_on(s.dienst, w.casus_id, "feit.vastleggen", op) as werk:
        rij = next(k for k in werk.d.klokken if k.id == klok.id)
        if einde == "verplaatst":
            rij.uiterlijk, rij.wek_op = op + UUR, op + UUR
        else:
            rij.geeindigd_op, rij.uitkomst = op, {"gedaan": "te_laat", "vervallen": "vervallen"}[einde]
        werk.save(rij, "uiterlijk", "wek_op", "geeindigd_op", "uitkomst")
        werk.d.klokken.remove(rij)
    alarm = Alarm.objects.get(klok=klok, soort="verstreken")
    assert (alarm.einde, alarm.volgende_op) == (einde, None)
    run_until(op + 50 * MIN)
    assert Alarm.objects.filter(klok=klok, soort="verstreken").count() == 1
    run_until(op + 2 * UUR)  # what moved goes off again at its new moment, once
    assert Alarm.objects.filter(klok=klok, soort="verstreken").count() == (2 if einde == "verplaatst" else 1)


def test_an_hour_reaches_somebody_at_once_when_a_rung_reaches_nobody(w: Wandeling, s: Streek) -> None:
    only(w)
    klok = clock_of(w)
    roster(s, "Ada", "achterwacht", w.nu)
    run_until(klok.uiterlijk)
    alarm = Alarm.objects.get(klok=klok, soort="verstreken")
    assert [(wie, wat, mist) for wie, wat, _, mist in went(alarm)] == [
        ("eigenaar", "", "geen_dienst"), ("coordinator", "", "geen_coordinator"), ("achterwacht", "Ada", "mail_uit sein_uit"),
    ]  # fmt: skip
    assert alarm.volgende_op == klok.uiterlijk + 30 * MIN


def test_a_day_waits_for_the_morning_and_a_streefnorm_makes_no_sound(w: Wandeling, s: Streek, kanalen: None) -> None:
    only(w)
    middernacht = w.nu.replace(hour=0, minute=0) + timedelta(days=2)
    dag = clock_of(w, "proef.dag", middernacht - w.nu, hele_dag=True)
    zacht = clock_of(w, "proef.zacht", strekking="streefnorm")
    Klok.objects.filter(id__in=(dag.id, zacht.id)).update(wek_op=None)
    Klok.objects.filter(id=dag.id).update(wek_op=dag.uiterlijk)
    Klok.objects.filter(id=zacht.id).update(wek_op=zacht.uiterlijk)
    roster(s, "Iris", "voorwacht", w.nu, uren=72)
    run_until(middernacht + 4 * UUR)
    assert went(Alarm.objects.get(klok=zacht)) == [("eigenaar", "Iris", "scherm", "")]
    luid = Alarm.objects.get(klok=dag)
    assert went(luid) == [("eigenaar", "Iris", "scherm mail", "")]
    assert luid.volgende_op == middernacht + 9 * UUR
    assert not show_alarms(s.dienst, middernacht + UUR).luid
    assert "uiterlijk" not in Bericht.objects.get().gegevens


def test_the_owner_of_another_organisation_gets_mail_never_his_phone(w: Wandeling, s: Streek, kanalen: None) -> None:
    toegang = s.actoren["toegang"]
    with working_on(s.dienst, w.casus_id, "regie.overdragen", w.verder()) as werk:
        werk.pass_regie(toegang.organisatie_id)
    only(w)
    Organisatie.objects.filter(id=toegang.organisatie_id).update(postbus="toegang@voorbeeld.test")
    klok = clock_of(w, eigenaar="procesregisseur")
    cor = roster(s, "Cor", "coordinator", w.nu)
    run_until(klok.uiterlijk + 10 * MIN)
    alarm = Alarm.objects.get(klok=klok, soort="verstreken")
    eigenaar, coordinator = went(alarm)
    assert eigenaar == ("eigenaar", "", "scherm geluid mail", "")
    assert coordinator[:2] == ("coordinator", "Cor")
    op = klok.uiterlijk + 11 * MIN
    assert [a.id for a in show_alarms(toegang, op).nu] == [alarm.id]
    assert [a.id for a in show_alarms(actor_of(cor), op).nu] == [alarm.id]
    assert set(Bericht.objects.filter(kanaal="sein").values_list("aan", flat=True)) == {"+31612345678"}
    assert set(Bericht.objects.values_list("organisatie_id", flat=True)) == {s.dienst.organisatie_id}
    acknowledge_alarm(toegang, op, alarm.id)


def test_only_who_was_warned_and_sees_the_casus_hears_it(w: Wandeling, s: Streek) -> None:
    only(w)
    klok = clock_of(w)
    iris = roster(s, "Iris", "voorwacht", w.nu)
    run_until(klok.uiterlijk)
    alarm, op = Alarm.objects.get(klok=klok, soort="verstreken"), klok.uiterlijk + MIN
    vreemd = actor_of(medewerker("crisismedewerker"))
    for wie in (s.actoren["toegang"], s.actoren["zorgaanbieder"], vreemd):
        assert show_alarms(wie, op).nu == ()
        for id_ in (alarm.id, uuid4()):
            with pytest.raises(NietBetrokken):
                acknowledge_alarm(wie, op, id_)
    Blokkade.objects.create(casus_id=w.casus_id, medewerker=iris, van=op, reden="Buurvrouw van het gezin")
    assert show_alarms(actor_of(iris), op).nu == ()
    with pytest.raises(NietBetrokken):
        acknowledge_alarm(actor_of(iris), op, alarm.id)
    with pytest.raises(GeenRecht):
        show_alarms(actor_of(medewerker("beleidsmedewerker")), op)


def test_who_is_closed_to_a_casus_is_not_woken_for_it(w: Wandeling, s: Streek) -> None:
    only(w)
    klok = clock_of(w)
    roster(s, "Bea", "voorwacht", w.nu)
    iris = roster(s, "Iris", "voorwacht", w.nu)
    Blokkade.objects.create(casus_id=w.casus_id, medewerker=iris, van=w.nu, reden="Buurvrouw van het gezin")
    run_until(klok.uiterlijk)
    assert [naam for _, naam, _, _ in went(Alarm.objects.get(klok=klok, soort="verstreken"))] == ["Bea"]


def test_a_practice_casus_wakes_nobody_outside_the_screen(w: Wandeling, s: Streek, kanalen: None) -> None:
    only(w)
    klok = clock_of(w)
    with connection.cursor() as cursor:
        cursor.execute("update casework_casus set oefening = true where id = %s", [w.casus_id])
    roster(s, "Iris", "voorwacht", w.nu)
    run_until(klok.uiterlijk + 5 * UUR)
    assert went(Alarm.objects.get(klok=klok, soort="verstreken")) == [("eigenaar", "Iris", "scherm", "")]
    assert not Bericht.objects.exists()


def test_one_casus_that_goes_wrong_holds_up_no_other(w: Wandeling, s: Streek, monkeypatch: pytest.MonkeyPatch) -> None:
    ander = nieuwe_casus(s)
    for een in (w, ander):
        only(een)
    mis, goed = clock_of(w), clock_of(ander, na=UUR + MIN)
    from vangnet.process import escalate

    lees = escalate.read_dossier

    def breekt(casus_id: UUID) -> Any:
        if casus_id == w.casus_id:
            raise RuntimeError("proef")
        return lees(casus_id)

    monkeypatch.setattr(escalate, "read_dossier", breekt)
    ronde = wake(goed.uiterlijk)
    assert ronde.fouten == {w.casus_id: "RuntimeError"}
    assert Alarm.objects.filter(klok=goed).exists()
    assert not Alarm.objects.filter(klok=mis).exists()
    monkeypatch.undo()
    assert wake(goed.uiterlijk).fouten == {}
    assert Alarm.objects.filter(klok=mis, soort="verstreken").count() == 1


def test_a_day_off_is_found_by_day(s: Streek) -> None:
    op = s.begin
    roster(s, "Iris", "voorwacht", op, uren=24)
    roster(s, "Cor", "coordinator", op - UUR, uren=13)
    (beeld,) = show_ladder(s.dienst, op, timedelta(hours=24))
    assert [(g.wie, g.van - op, g.tot - op) for g in beeld.gaten] == [
        ("achterwacht", timedelta(), 24 * UUR), ("coordinator", 12 * UUR, 24 * UUR),
    ]  # fmt: skip
    assert beeld.uit == ("mail", "sein")
    assert not beeld.klopt
    with pytest.raises(GeenRecht):
        show_ladder(actor_of(medewerker("planner")), op)


@pytest.mark.parametrize(
    ("spannen", "gaten"),
    [
        ([], [(0, 10)]),
        ([(0, 10)], []),
        ([(-5, 3), (3, 12)], []),
        ([(2, 4), (3, 6)], [(0, 2), (6, 10)]),
        ([(8, 20), (-3, 1)], [(1, 8)]),
        ([(12, 14)], [(0, 10)]),
    ],
)
def test_hours_that_nobody_covers(spannen: list[tuple[int, int]], gaten: list[tuple[int, int]]) -> None:
    nul = datetime.fromisoformat("2026-11-20T00:00:00+00:00")

    def at(paar: tuple[int, int]) -> tuple[datetime, datetime]:
        return nul + paar[0] * UUR, nul + paar[1] * UUR

    assert uncovered([at(p) for p in spannen], nul, nul + 10 * UUR) == [at(p) for p in gaten]


def test_a_deadline_of_the_agreements_is_looked_at_from_its_beginning(w: Wandeling) -> None:
    (signaal,) = w.dossier.klokken
    assert (signaal.sleutel, signaal.hele_dag) == ("melding.signaal", True)
    assert signaal.wek_op == datetime.fromisoformat("2024-05-24T07:00:00+00:00")  # nine o'clock on its last day
    run_until(signaal.uiterlijk)
    assert [a.soort for a in Alarm.objects.filter(klok=signaal).order_by("op")] == ["nadert", "verstreken"]
    assert Alarm.objects.get(klok=signaal, soort="verstreken").ladder == "dag"


def test_a_casus_without_anybody_in_it_stops_nobody_else(w: Wandeling, s: Streek) -> None:
    ander = nieuwe_casus(s)
    for een in (w, ander):
        only(een)
    mis, goed = clock_of(w), clock_of(ander, na=UUR + MIN)
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        # Of an open casus the database lets this not happen; of a closed one nobody may be left to keep the file.
        cursor.execute(
            "update casework_casus set gesloten_op = begonnen_op, uitkomst = 'afgesloten' where id = %s", [w.casus_id]
        )
        cursor.execute("delete from access_betrokkenheid where casus_id = %s", [w.casus_id])
        cursor.execute("set local session_replication_role = origin")
    ronde = wake(goed.uiterlijk)
    assert ronde.fouten == {w.casus_id: "LookupError"}
    assert Alarm.objects.filter(klok=goed).exists()
    assert not Alarm.objects.filter(klok=mis).exists()


def test_what_was_done_and_is_taken_back_begins_its_ladder_anew(w: Wandeling, s: Streek, kanalen: None) -> None:
    only(w)
    klok = clock_of(w)
    for wie, taak in (("Iris", "voorwacht"), ("Cor", "coordinator"), ("Ada", "achterwacht")):
        roster(s, wie, taak, w.nu)
    run_until(klok.uiterlijk)
    Klok.objects.filter(id=klok.id).update(geeindigd_op=klok.uiterlijk + MIN, uitkomst="te_laat")
    Klok.objects.filter(id=klok.id).update(geeindigd_op=None, uitkomst="", wek_op=klok.uiterlijk)
    weer = klok.uiterlijk + 2 * UUR
    wake(weer)
    (alarm,) = Alarm.objects.filter(klok=klok, soort="verstreken")
    assert (alarm.op, alarm.einde, alarm.volgende_op) == (weer, "", weer + 10 * MIN)  # nobody else is called at once
    assert [naam for _, naam, _, _ in went(alarm)] == ["Iris", "Iris"]
    assert Bericht.objects.filter(kanaal="mail").count() == 2  # and it goes out again


def test_an_offer_that_goes_wrong_holds_up_no_other(s: Streek, monkeypatch: pytest.MonkeyPatch) -> None:
    een, ander = nieuwe_casus(s), nieuwe_casus(s)
    for weg in (een, ander):
        with working_on(s.dienst, weg.casus_id, "aanbod.doen", weg.nu) as werk:
            werk.ask("meegaan", s.actoren["gi"].organisatie_id, "Ga je mee?", uiterlijk=weg.nu + UUR)
    from vangnet.process import hand_over_procesregie

    lees = hand_over_procesregie.read_dossier
    monkeypatch.setattr(hand_over_procesregie, "read_dossier", lambda id_: None if id_ == een.casus_id else lees(id_))
    mis: set[UUID] = set()
    assert expire_offers(een.nu + 2 * UUR, (), mis) == 1
    assert mis == {een.casus_id}
    assert expire_offers(een.nu + 2 * UUR, tuple(mis), mis) == 0  # passed over for a while
    monkeypatch.undo()
    assert expire_offers(een.nu + 2 * UUR) == 1
