# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom: a profile before yes, the family after it, nothing after no; and finding only what one may open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel
from vangnet.casework.models import Aanbod
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.search_casus import search_casus
from vangnet.process.show_my_work import show_my_work
from vangnet.process.take_melding import register_melding
from vangnet.process.who_to_call import who_to_call

NACHT = datetime.fromisoformat("2024-05-16T21:52:00+02:00")
OCHTEND = datetime.fromisoformat("2024-05-17T09:05:00+02:00")

pytestmark = pytest.mark.django_db


class Wereld:
    """One service, two municipalities, a provider, and a call in the night from Heerlen."""

    def __init__(self) -> None:
        self.dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd", telefoon="0455550100")
        self.heerlen = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="0455550130")
        self.vaals = organisatie("toegang", naam="Toegang Vaals", gemeente="Vaals", telefoon="0455550131")
        self.linde = organisatie("zorgaanbieder", naam="De Linde", telefoon="0455550140")
        self.noor = actor_of(medewerker("crisismedewerker", self.dienst))
        self.tessa = actor_of(medewerker("toegangsmedewerker", self.heerlen))
        self.els = actor_of(medewerker("toegangsmedewerker", self.vaals))
        self.karim = actor_of(medewerker("planner", self.linde))
        self.kind = uuid4()
        self.casus = register_melding(
            self.noor,
            NACHT,
            uuid4(),
            {
                f"jeugdige.{self.kind}.voornaam": "Milan",
                f"jeugdige.{self.kind}.achternaam": "Janssen",
                f"jeugdige.{self.kind}.geboortedatum": "02-03-2010",
                f"jeugdige.{self.kind}.bsn": "999910073",
                "melding.melder": "politie",
                "melding.telefoon": "06 1234 5678",
                "gemeente": "Heerlen",
                "betrokken.gi": "geen",
                "triage.direct_onveilig": "ja",
            },
            "inschatting",
        ).casus_id


def everything(actor: Actor, op: datetime) -> str:
    """All that the page of this person holds, as text."""
    return repr(show_my_work(actor, op))


def test_a_signal_of_the_night_is_for_the_next_working_day() -> None:
    w = Wereld()
    assert show_my_work(w.tessa, NACHT + timedelta(hours=2)).vragen == ()
    vragen = show_my_work(w.tessa, OCHTEND).vragen
    assert [(v.soort, v.van, v.regels) for v in vragen] == [("signaal", "Crisishulp Jeugd", ("ZL-57",))]
    assert "Milan J." in vragen[0].wie
    assert show_my_work(w.els, OCHTEND).vragen == ()
    assert "Milan" not in everything(w.els, OCHTEND)


def test_a_provider_sees_a_profile_until_it_says_yes_and_nothing_after_no() -> None:
    w = Wereld()
    ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er vannacht plek?")
    vraag = show_my_work(w.karim, NACHT).vragen[0]
    assert vraag.wie == "14 jaar · Heerlen"
    assert "Milan" not in everything(w.karim, NACHT)
    assert show_my_work(w.karim, NACHT).gezinnen == ()
    answer_offer(w.karim, NACHT, w.casus, vraag.id, False, "Geen plek.")
    assert "Heerlen" not in everything(w.karim, NACHT)
    assert str(w.casus) not in everything(w.karim, NACHT)


def test_after_yes_it_is_one_of_the_families() -> None:
    w = Wereld()
    aanbod = Aanbod.objects.get(casus=w.casus, soort="signaal")
    answer_offer(w.tessa, OCHTEND, w.casus, aanbod.id, True)
    werk = show_my_work(w.tessa, OCHTEND)
    assert werk.vragen == ()
    assert [g.wie for g in werk.gezinnen] == ["Milan J., 14 jaar · Heerlen"]
    assert not werk.gezinnen[0].regie_bij_ons


def test_the_page_costs_the_same_however_many_families(django_assert_max_num_queries: Any) -> None:
    w = Wereld()
    for _ in range(12):
        register_melding(
            w.noor, NACHT, uuid4(), {"gemeente": "Heerlen", "melding.melder": "ouder", "betrokken.gi": "geen"}, "inschatting"
        )
    with django_assert_max_num_queries(8):
        werk = show_my_work(w.tessa, OCHTEND)
    assert len(werk.vragen) == 13


@pytest.mark.parametrize(
    ("woorden", "soort", "gevonden", "remark"),
    [
        ("Jansen", "naam", True, "sounds like Janssen"),
        ("mil", "naam", True, "the beginning of a first name"),
        ("milan jansen", "naam", True, "both"),
        ("02-03-2010", "dag", True, "the day of birth"),
        ("999910073", "bsn", True, "a BSN, whole"),
        ("06-12345678", "telefoon", True, "the phone of the caller, written otherwise"),
        ("+31612345678", "telefoon", True, "with the code of the country"),
        ("Pieters", "naam", False, "another name"),
        ("x", "kort", False, "too short"),
        ("' or 1=1 --", "naam", False, "not a name"),
    ],
)
def test_searching(woorden: str, soort: str, gevonden: bool, remark: str) -> None:
    w = Wereld()
    uitkomst = search_casus(w.noor, NACHT, woorden)
    assert (uitkomst.soort, bool(uitkomst.vondsten)) == (soort, gevonden), remark
    assert "999910073" not in repr(uitkomst)


def test_nobody_finds_what_he_may_not_open_and_every_search_is_logged() -> None:
    w = Wereld()
    ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
    for actor in (w.els, w.karim):
        assert search_casus(actor, OCHTEND, "Janssen").vondsten == ()
    assert search_casus(w.tessa, NACHT, "Janssen").vondsten == ()
    assert len(search_casus(w.tessa, OCHTEND, "Janssen").vondsten) == 1
    regels = Logregel.objects.filter(handeling="zoeken", ding="casus")
    assert regels.count() == 4
    assert not any("Janssen" in regel.toelichting for regel in regels)


def test_by_number() -> None:
    w = Wereld()
    nummer = search_casus(w.noor, NACHT, "Janssen").vondsten[0].nummer
    assert [v.id for v in search_casus(w.noor, NACHT, nummer).vondsten] == [w.casus]


@pytest.mark.parametrize(
    ("op", "open_", "uitleg", "remark"),
    [
        ("2024-05-16T14:00:00+02:00", True, "open tot 17:00", "office hours"),
        ("2024-05-16T21:00:00+02:00", False, "dicht tot vr 17 mei 09:00", "the night"),
        ("2024-05-18T12:00:00+02:00", False, "dicht tot di 21 mei 09:00", "over Whit Monday"),
    ],
)
def test_who_answers_now(op: str, open_: bool, uitleg: str, remark: str) -> None:
    w = Wereld()
    lijst = who_to_call(w.noor, datetime.fromisoformat(op))
    regel = next(n for groep in lijst.groepen for n in groep.nummers if n.naam == "Toegang Heerlen")
    assert (regel.open, regel.uitleg) == (open_, uitleg), remark
    assert not regel.telefoon or open_


def test_the_organisations_of_a_casus_come_first_for_who_may_see_it() -> None:
    from vangnet.process.weigeringen import NietBetrokken

    w = Wereld()
    groep = who_to_call(w.noor, OCHTEND, w.casus).casus
    assert groep is not None
    assert {n.naam for n in groep.nummers} == {"Crisishulp Jeugd", "Toegang Heerlen"}
    for casus_id in (w.casus, UUID(int=7)):
        with pytest.raises(NietBetrokken):
            who_to_call(w.els, OCHTEND, casus_id)
