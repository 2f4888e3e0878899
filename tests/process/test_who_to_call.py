# SPDX-License-Identifier: EUPL-1.2
"""Who answers now: by office hours, holidays and closing days; who has duty; and of a casus only for who may see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_my_work import NACHT, OCHTEND, Wereld
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Organisatie, Sluitingsdag
from vangnet.capacity.models import Dienst
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.weigeringen import GeenRecht, NietBetrokken
from vangnet.process.who_to_call import Nummer, who_to_call

pytestmark = pytest.mark.django_db


def line(actor: Actor, op: datetime, naam: str) -> Nummer:
    """The line of one organisation."""
    return next(n for groep in who_to_call(actor, op).groepen for n in groep.nummers if n.naam == naam)


@pytest.mark.parametrize(
    ("op", "open_", "uitleg", "remark"),
    [
        ("2024-05-16T14:00:00+02:00", True, "open tot 17:00", "office hours"),
        ("2024-05-16T16:59:59+02:00", True, "open tot 17:00", "the last moment"),
        ("2024-05-16T17:00:00+02:00", False, "dicht tot vr 17 mei 09:00", "from five on"),
        ("2024-05-16T21:00:00+02:00", False, "dicht tot vr 17 mei 09:00", "the night"),
        ("2024-05-17T03:00:00+02:00", False, "dicht tot vr 17 mei 09:00", "the same day, early"),
        ("2024-05-18T12:00:00+02:00", False, "dicht tot di 21 mei 09:00", "over Whit Monday"),
        ("2024-12-31T18:00:00+01:00", False, "dicht tot do 2 januari 2025 09:00", "over the turn of the year"),
    ],
)
def test_who_answers_now(op: str, open_: bool, uitleg: str, remark: str) -> None:
    w = Wereld()
    regel = line(w.noor, datetime.fromisoformat(op), "Toegang Heerlen")
    assert (regel.open, regel.uitleg) == (open_, uitleg), remark
    assert (regel.telefoon, regel.later) == (("0455550130", "") if open_ else ("", "0455550130"))


def test_a_closing_day_and_another_number_at_night() -> None:
    w = Wereld()
    Sluitingsdag.objects.create(
        organisatie=w.vaals, datum=date(2024, 5, 17), gemeld_op=date(2024, 1, 10), door_id=w.els.medewerker_id
    )
    assert line(w.noor, OCHTEND, "Toegang Vaals").uitleg == "dicht tot di 21 mei 09:00"
    assert line(w.noor, OCHTEND, "Toegang Heerlen").open
    Organisatie.objects.filter(id=w.heerlen.id).update(telefoon_buiten="0455550199")
    nacht = line(w.noor, NACHT, "Toegang Heerlen")
    assert (nacht.telefoon, nacht.later) == ("0455550199", "0455550130")
    assert line(w.noor, OCHTEND, "Toegang Heerlen").telefoon == "0455550130"
    assert line(w.noor, NACHT, "Toegang Heerlen").zoekwoorden == "Heerlen"


def test_veilig_thuis_always_has_its_public_number_and_an_unknown_number_is_said() -> None:
    w = Wereld()
    assert line(w.noor, NACHT, "Veilig Thuis").telefoon == "0800 2000"
    organisatie("veilig_thuis", naam="Veilig Thuis Zuid-Limburg", telefoon="0455550120")
    assert line(w.noor, NACHT, "Veilig Thuis Zuid-Limburg").telefoon == "0455550120"
    organisatie("gi", naam="GI De Brug")
    assert (line(w.noor, OCHTEND, "GI De Brug").telefoon, line(w.noor, OCHTEND, "GI De Brug").uitleg) == (
        "",
        "geen nummer bekend",
    )


def test_who_has_duty_now_and_which_duty_nobody_has() -> None:
    w = Wereld()
    uren = {"van": NACHT - timedelta(hours=4), "tot": NACHT + timedelta(hours=10)}
    for taak, naam, telefoon in (("gedragswetenschapper", "Ria Wouters", ""), ("voorwacht", "Bo Aerts", "0612000001")):
        person = medewerker("crisismedewerker", w.dienst, naam=naam, telefoon=telefoon)
        Dienst.objects.create(organisatie=w.dienst, medewerker=person, taak=taak, **uren)
    lijst = who_to_call(w.els, NACHT)
    assert [(n.naam, n.telefoon) for n in lijst.dienst] == [("Bo Aerts", "0612000001"), ("Ria Wouters", "0455550100")]
    assert lijst.dienst[0].uitleg == "voorwacht, tot 07:52"
    assert lijst.dienst[1].uitleg.endswith("via Crisishulp Jeugd")
    assert lijst.niemand == ("psychiater",)
    assert who_to_call(w.els, NACHT + timedelta(hours=10)).dienst == ()


def test_hours_that_the_agreements_do_not_name_are_ours() -> None:
    fries = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", regio="friesland")))
    assert who_to_call(fries, OCHTEND).regels == ()
    assert who_to_call(Wereld().noor, OCHTEND).regels != ()


def test_the_organisations_of_a_casus_come_first_for_who_may_see_it() -> None:
    w = Wereld()
    groep = who_to_call(w.noor, OCHTEND, w.casus).casus
    assert groep is not None
    assert {n.naam for n in groep.nummers} == {"Crisishulp Jeugd", "Toegang Heerlen"}
    looks = Logregel.objects.filter(casus_id=w.casus, handeling="inzien")
    assert looks.count() == 1
    who_to_call(w.noor, OCHTEND, w.casus, note_look=False)
    assert looks.count() == 1, "a page that refreshes itself is no look"
    ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
    for actor, casus_id in ((w.els, w.casus), (w.els, UUID(int=7)), (w.karim, w.casus)):
        with pytest.raises(NietBetrokken):
            who_to_call(actor, OCHTEND, casus_id)
    with pytest.raises(GeenRecht):
        who_to_call(actor_of(medewerker("fg")), OCHTEND)


def test_nobody_of_another_region_is_on_the_list() -> None:
    w = Wereld()
    organisatie("gi", naam="GI Elders", regio="friesland", telefoon="0585550100")
    organisatie("gi", naam="GI Gestopt", actief=False, telefoon="0455550177")
    assert "GI Elders" not in repr(who_to_call(w.noor, OCHTEND))
    assert "GI Gestopt" not in repr(who_to_call(w.noor, OCHTEND))
