# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom: a profile before yes, the family after it, nothing after no."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.rollen import at_most
from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade
from vangnet.casework.models import Aanbod, Genodigde, Rto
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.show_my_work import show_my_work
from vangnet.process.take_melding import register_melding
from vangnet.process.weigeringen import GeenRecht

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


def test_a_family_of_which_only_a_question_is_known_stands_there_once() -> None:
    w = Wereld()
    werk = show_my_work(w.tessa, OCHTEND)
    assert len(werk.vragen) == 1
    assert werk.gezinnen == ()
    klok = werk.vragen[0].klok
    assert klok is not None
    assert klok["sleutel"] == "melding.signaal", "the agreed clock that the answer stops"


def test_a_signal_about_a_call_that_was_referred_waits_though_the_casus_is_closed() -> None:
    w = Wereld()
    casus = register_melding(
        w.noor,
        NACHT,
        uuid4(),
        {"gemeente": "Heerlen", "melding.melder": "ouder", "betrokken.gi": "geen"},
        "verwijzing",
        "Verwezen naar de toegang.",
    ).casus_id
    signalen = Aanbod.objects.filter(casus=casus, soort="signaal", antwoord="")
    vragen = [v for v in show_my_work(w.tessa, OCHTEND).vragen if v.casus_id == casus]
    assert signalen.count() == 1
    assert [v.gesloten for v in vragen] == [True]
    assert casus not in [g.id for g in show_my_work(w.tessa, OCHTEND).gezinnen]


def test_who_leads_and_since_when_and_what_another_owes() -> None:
    w = Wereld()
    werk = show_my_work(w.noor, NACHT)
    assert [(g.regie, g.regie_bij_ons, g.regie_sinds) for g in werk.gezinnen] == [("Crisishulp Jeugd", True, NACHT)]
    assert werk.gezinnen[0].stap, "the next step of the own organisation"
    assert [(x.aan, x.wat, x.dagen) for x in werk.wachten] == [("Toegang Heerlen", "het signaal oppakken", 0)]
    assert werk.wachten[0].ziet_vanaf == datetime.fromisoformat("2024-05-17T09:00:00+02:00")
    assert show_my_work(w.noor, OCHTEND).wachten[0].ziet_vanaf is None


def test_a_task_of_the_own_organisation_and_of_no_other() -> None:
    w = Wereld()
    ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
    vraag = show_my_work(w.karim, NACHT).vragen[0]
    answer_offer(w.karim, NACHT, w.casus, vraag.id, False, "Geen plek.")
    taken = show_my_work(w.noor, NACHT).taken
    assert any("De Linde zegt nee" in t.wat for t in taken), "a no is a task for who asked"
    aanbod = Aanbod.objects.get(casus=w.casus, soort="signaal")
    answer_offer(w.tessa, OCHTEND, w.casus, aanbod.id, True)
    assert show_my_work(w.tessa, OCHTEND).taken == ()


def test_meetings_of_today_and_to_come() -> None:
    w = Wereld()
    for dag, gehouden in ((OCHTEND, None), (OCHTEND + timedelta(days=4), None)):
        Rto.objects.filter(casus=w.casus, gehouden_op__isnull=True).update(gehouden_op=gehouden or OCHTEND)
        rto = Rto.objects.create(casus_id=w.casus, gepland_op=dag.replace(hour=15), waar="Stadskantoor")
    Genodigde.objects.create(rto=rto, casus_id=w.casus, organisatie=w.heerlen, naam="Toegang Heerlen", komt="ja")
    assert [(r.vandaag, r.wij, r.komen, r.genodigd) for r in show_my_work(w.noor, OCHTEND).overleggen] == [
        (False, "zit_voor", 1, 1)
    ]
    assert show_my_work(w.tessa, OCHTEND).overleggen == (), "a signal shows no meeting"


def test_a_person_who_is_kept_out_sees_nothing_of_it() -> None:
    w = Wereld()
    Blokkade.objects.create(casus_id=w.casus, medewerker_id=w.tessa.medewerker_id, van=NACHT, reden="familie")
    assert show_my_work(w.tessa, OCHTEND).vragen == ()
    assert str(w.casus) not in everything(w.tessa, OCHTEND)


def test_who_works_with_no_families_has_no_page() -> None:
    with pytest.raises(GeenRecht):
        show_my_work(actor_of(medewerker("beheerder")), OCHTEND)


def test_the_page_costs_the_same_however_many_families() -> None:
    w = Wereld()
    for _ in range(12):
        register_melding(
            w.noor,
            NACHT,
            uuid4(),
            {"gemeente": "Heerlen", "melding.melder": "ouder", "betrokken.gi": "geen"},
            "inschatting",
        )
    with at_most(10):
        werk = show_my_work(w.tessa, OCHTEND)
    assert len(werk.vragen) == 13
    with at_most(10):
        assert len(show_my_work(w.noor, OCHTEND).gezinnen) == 13
