# SPDX-License-Identifier: EUPL-1.2
"""A system of an organisation sends meldingen, reads what its organisation sees, and passes answers on."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.api.sleutels import Asker, key_of, refusal
from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.models import Betrokkenheid, Logregel, Medewerker, Ontvangst, Organisatie
from vangnet.api.casus_documentation import EXAMPLE_ANTWOORD, EXAMPLE_MELDING
from vangnet.casework.models import Aanbod, Casus, Gebeurtenis, Jeugdige, Melding
from vangnet.conf import clock
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import offer_regie, withdraw_offer
from vangnet.process.take_melding import begin_melding, finish_melding
from vangnet.process.werk import working_on
from vangnet.process.write_note import write_note

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T21:45:00+02:00")


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with clock.put_at(NU):
        yield


@pytest.fixture
def dienst() -> Organisatie:
    return organisatie("crisisdienst")


@pytest.fixture
def werker(dienst: Organisatie) -> Medewerker:
    return medewerker("crisismedewerker", dienst)


@pytest.fixture
def telefoon(dienst: Organisatie) -> Asker:
    return Asker(key_of(dienst))


def begun(wie: Medewerker, voornaam: str = "Mila", **more: Any) -> UUID:
    melding = uuid4()
    velden = {"gemeente": "Heerlen", "triage.direct_onveilig": "ja", f"jeugdige.{uuid4()}.voornaam": voornaam} | more
    return begin_melding(actor_of(wie), NU - timedelta(hours=1), melding, velden).casus_id


# ---- meldingen -------------------------------------------------------------------------------------------------------


def test_a_melding_is_kept_once_and_answered_the_same(telefoon: Asker, werker: Medewerker) -> None:
    melding = uuid4()
    first = telefoon.put(f"/meldingen/{melding}", EXAMPLE_MELDING)
    assert first.status_code == 201, first.content
    assert first["Location"] == f"/api/v1/meldingen/{melding}"
    assert f"</melding/{melding}>" in first["Link"]
    turned = dict(reversed(EXAMPLE_MELDING.items()))
    with clock.put_at(NU + timedelta(minutes=3)):
        again = telefoon.put(f"/meldingen/{melding}", turned)
    assert (again.status_code, again.json()) == (200, first.json())
    assert Melding.objects.count() == Casus.objects.count() == 1
    other = telefoon.put(f"/meldingen/{melding}", EXAMPLE_MELDING | {"gemeente": "Vaals"})
    refusal(other, 409, "AndersOntvangen")
    casus = Casus.objects.get()
    assert (casus.gemeente, casus.oefening, str(casus.id)) == ("Heerlen", True, first.json()["casus_id"])
    assert casus.begonnen_op == datetime.fromisoformat(EXAMPLE_MELDING["gemeld_op"])
    assert [j.voornaam for j in Jeugdige.objects.filter(casus=casus)] == ["Mila", "Sem"]
    assert Gebeurtenis.objects.filter(soort="melding_ontvangen", gegevens__systeem__icontains="Systeem").exists()
    kept = Ontvangst.objects.get()
    assert "Mila" not in json.dumps(kept.antwoord)
    stand = telefoon.get(f"/meldingen/{melding}")
    assert stand.json()["stand"] == "open"
    assert telefoon.get(f"/meldingen/{melding}", **{"If-None-Match": stand["ETag"]}).status_code == 304
    finish_melding(actor_of(werker), NU + timedelta(minutes=5), melding, "inschatting")
    assert telefoon.get(f"/meldingen/{melding}", **{"If-None-Match": stand["ETag"]}).json()["uitkomst"] == "inschatting"


def test_a_melding_may_be_empty_and_a_person_goes_on_with_it(telefoon: Asker, werker: Medewerker) -> None:
    melding = uuid4()
    assert telefoon.put(f"/meldingen/{melding}", {}).status_code == 201
    from vangnet.process.show_melding import open_meldingen

    (found,) = open_meldingen(actor_of(werker), NU)
    assert found.id == melding
    assert found.door.startswith("Systeem")


WRONG: list[tuple[Any, set[str]]] = [
    ({"gemeente": "Venlo"}, {"gemeente"}),
    ({"gemeld_op": "2024-05-17T23:45:00+02:00"}, {"gemeld_op"}),
    ({"gemeld_op": "2024-05-17T21:00:00"}, {"gemeld_op"}),
    ({"gemeld_op": "2019-05-17T21:00:00Z"}, {"gemeld_op"}),
    ({"naam": "x", "melder": {"soort": "buurman", "x": 1}}, {"naam", "melder.soort", "melder.x"}),
    ({"jeugdigen": [{"voornaam": "x" * 81}, {"bsn": "123456789", "geboortedatum": "2031-01-01"}]}, {"jeugdigen.1.voornaam", "jeugdigen.2.bsn", "jeugdigen.2.geboortedatum"}),
    ({"jeugdigen": [{}] * 13}, {"jeugdigen"}),
    ({"jeugdigen": [{"ongeboren": True, "leeftijd": 3}], "gemeente": "Heerlen", "gemeente_buiten": "Aken"}, {"jeugdigen.1.leeftijd", "gemeente_buiten"}),
    ({"adres": {"straat": "a" * 121}, "melder": {"telefoon": "0" * 31}}, {"adres.straat", "melder.telefoon"}),
    (["lijst"], {"(alles)"}),
    (b"{", {"(alles)"}),
    (b'{"situatie": "a", "situatie": "b"}', {"situatie"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "places"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_melding_names_every_field_and_keeps_nothing(telefoon: Asker, body: Any, places: set[str]) -> None:
    said = refusal(telefoon.put(f"/meldingen/{uuid4()}", body), 400)
    assert {fault["location"] for fault in said["errors"]} == places
    assert not Casus.objects.exists()
    assert not Ontvangst.objects.exists()


def test_a_melding_under_no_id_or_anothers_id_is_refused(telefoon: Asker, werker: Medewerker) -> None:
    refusal(telefoon.put("/meldingen/1", {}), 400)
    refusal(telefoon.put(f"/meldingen/{UUID(int=0)}", {}), 400)
    refusal(telefoon.get("/meldingen/1"), 404)
    refusal(telefoon.get(f"/meldingen/{uuid4()}"), 404)
    on_screen, elsewhere = uuid4(), uuid4()
    begin_melding(actor_of(werker), NU, on_screen, {})
    begin_melding(actor_of(medewerker("crisismedewerker")), NU, elsewhere, {})
    refusal(telefoon.put(f"/meldingen/{on_screen}", {}), 409, "AndersOntvangen")
    refusal(telefoon.put(f"/meldingen/{elsewhere}", {}), 409, "AndersOntvangen")
    refusal(telefoon.get(f"/meldingen/{elsewhere}"), 404)
    assert telefoon.get(f"/meldingen/{on_screen}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_same_melding_twice_at_once_is_one_melding(dienst: Organisatie) -> None:
    key, melding = key_of(dienst), uuid4()
    ready, answers = threading.Barrier(4), []

    def send(body: Any) -> None:
        try:
            with clock.put_at(NU):
                ready.wait(10)
                answers.append(Asker(key).put(f"/meldingen/{melding}", body))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[{"gemeente": "Heerlen"}]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(a.status_code for a in answers) == [200, 200, 200, 201], [a.content for a in answers]
    assert len({json.dumps(a.json()) for a in answers}) == 1
    assert Melding.objects.count() == Casus.objects.count() == 1


# ---- casussen --------------------------------------------------------------------------------------------------------


def test_the_list_is_in_parts_the_newest_change_first(telefoon: Asker, werker: Medewerker) -> None:
    made = []
    for n in range(5):
        wanneer = NU - timedelta(minutes=50 - n)
        made.append(begin_melding(actor_of(werker), wanneer, uuid4(), {"gemeente": "Heerlen"}).casus_id)
    other = begun(medewerker("crisismedewerker"))
    seen, cursor = [], ""
    while True:
        page = telefoon.get(f"/casussen?aantal=2{cursor}").json()
        assert len(page["casussen"]) <= 2
        seen += [c["id"] for c in page["casussen"]]
        if page["volgende"] is None:
            break
        cursor = f"&cursor={page['volgende']}"
    assert seen == [str(id_) for id_ in reversed(made)]
    assert str(other) not in seen
    since = (NU - timedelta(minutes=47, seconds=30)).isoformat()
    recent = telefoon.get(f"/casussen?sinds={since}").json()["casussen"]  # with a plus that became a space
    assert [c["id"] for c in recent] == [str(made[4]), str(made[3])]
    first = recent[0]
    assert first["gewijzigd_op"].endswith("Z")
    assert first["delen"] == ["regie"]


@pytest.mark.parametrize(
    ("query", "key"),
    [("aantal=0", "aantal"), ("aantal=101", "aantal"), ("aantal=x", "aantal"), ("cursor=x", "cursor"), ("cursor=WzFd", "cursor"),
     ("sinds=gisteren", "sinds"), ("sinds=2024-05-17", "sinds"), ("naam=Mila", "naam"), ("aantal=1&aantal=2", "aantal"), ("stand=open", "stand")],
)  # fmt: skip
def test_a_wrong_key_in_the_address_is_named(telefoon: Asker, query: str, key: str) -> None:
    said = refusal(telefoon.get(f"/casussen?{query}"), 400)
    assert [(f["in"], f["location"]) for f in said["errors"]] == [("query", key)]


def test_a_casus_holds_the_parts_in_sight_and_no_more(telefoon: Asker, werker: Medewerker) -> None:
    toegang = organisatie("toegang", gemeente="Heerlen")
    gemeente = Asker(key_of(toegang))
    casus = begun(werker)
    kind = Jeugdige.objects.get(casus_id=casus)
    adres = f"adres.{uuid4()}"
    from vangnet.process.keep_fields import save_field

    for pad, waarde in (
        (f"jeugdige.{kind.id}.achternaam", "Voorbeeld"),
        (f"{adres}.straat", "Kanariestraat 7"),
        (f"{adres}.plaats", "Geelgorsdorp"),
    ):
        save_field(actor_of(werker), NU, casus, pad, waarde)
    write_note(actor_of(werker), NU, casus, "Heel vertrouwelijk over een buurman.")
    whole = telefoon.get(f"/casussen/{casus}").json()
    assert whole["kinderen"][0]["naam"] == "Mila Voorbeeld"
    assert whole["adressen"][0]["straat"] == "Kanariestraat 7"
    assert whole["regie"]["van_ons"] is True
    assert whole["klokken"] and whole["te_doen"] and "vertrouwelijk" not in json.dumps(whole)
    refusal(gemeente.get(f"/casussen/{casus}"), 404, "NietBetrokken")

    vraag = ask_organisation(actor_of(werker), NU, casus, "meegaan", toegang.pk, "Gaan jullie mee?")
    profile = gemeente.get(f"/casussen/{casus}")
    assert profile.status_code == 200
    text = profile.content.decode()
    for secret in ("Mila", "Voorbeeld", "Kanariestraat", "Geelgorsdorp"):
        assert secret not in text
    assert profile.json()["zicht"] == ["profiel"]
    assert gemeente.get("/casussen").json()["casussen"] == []
    refusal(gemeente.get(f"/casussen/{casus}/gebeurtenissen"), 403, "GeenRecht")
    assert vraag

    save_field(actor_of(werker), NU, casus, f"{adres}.geheim", "ja")
    everything = [
        asker.get(path).content.decode()
        for asker in (telefoon, gemeente)
        for path in (
            f"/casussen/{casus}", f"/casussen/{casus}/gebeurtenissen", f"/casussen/{casus}/besluiten", "/casussen", "/klokken",
            "/aanbiedingen", f"/aanbiedingen/{vraag}", "/contacten",
        )
    ]  # fmt: skip
    assert not [text for text in everything if "Kanariestraat" in text or "Geelgorsdorp" in text]


def test_every_look_is_a_line_that_names_the_key(telefoon: Asker, werker: Medewerker) -> None:
    casus = begun(werker)
    Logregel.objects.all().count()
    before = Logregel.objects.count()
    for path in (f"/casussen/{casus}", f"/casussen/{casus}/gebeurtenissen", f"/casussen/{casus}/besluiten", "/casussen", "/klokken", "/aanbiedingen"):  # fmt: skip
        assert telefoon.get(path).status_code == 200, path
    lines = list(Logregel.objects.order_by("nummer")[before:])
    assert len(lines) == 6
    assert all(line.naam.endswith(f"({telefoon.key[:9]})") and line.adres == "127.0.0.1" for line in lines)
    assert [line.casus_id for line in lines] == [casus, casus, casus, None, None, None]
    refusal(Asker(key_of(organisatie("gi"))).get(f"/casussen/{casus}"), 404)
    last = Logregel.objects.order_by("nummer").last()
    assert last is not None and (last.handeling, last.geslaagd, last.casus_id) == ("geweigerd", False, casus)


def test_what_was_proposed_stands_beside_what_was_decided(telefoon: Asker, werker: Medewerker) -> None:
    melding = uuid4()
    telefoon.put(f"/meldingen/{melding}", EXAMPLE_MELDING)
    casus = telefoon.get(f"/meldingen/{melding}").json()["casus_id"]
    page = telefoon.get(f"/casussen/{casus}/gebeurtenissen?aantal=1").json()
    assert [g["soort"] for g in page["gebeurtenissen"]] == ["melding_begonnen"]
    rest = telefoon.get(f"/casussen/{casus}/gebeurtenissen?cursor={page['volgende']}").json()
    assert [g["soort"] for g in rest["gebeurtenissen"]] == ["melding_ontvangen"]
    assert rest["volgende"] is None
    with clock.put_at(NU + timedelta(minutes=5)):
        finish_melding(actor_of(werker), clock.now(), melding, "inschatting")
        new = telefoon.get(f"/casussen/{casus}/gebeurtenissen?cursor={rest['verder_vanaf']}").json()["gebeurtenissen"]
        decisions = telefoon.get(f"/casussen/{casus}/besluiten").json()["besluiten"]
    assert "melding_afgerond" in {g["soort"] for g in new}
    assert {g["id"] for g in new if g["besluit"]} == {b["id"] for b in decisions}
    triage = next(b for b in decisions if b["soort"] == "triage_besloten")
    assert triage["wie"] == werker.naam
    assert triage["voorstel"] is None or triage["voorstel"]["regels"]


def test_texts_come_in_english_when_asked(telefoon: Asker, werker: Medewerker) -> None:
    casus = begun(werker)
    english = telefoon.get(f"/casussen/{casus}", **{"Accept-Language": "en"})
    assert english["Content-Language"] == "en"
    assert english.json()["waarom"] != telefoon.get(f"/casussen/{casus}").json()["waarom"]


def test_what_is_the_same_is_not_sent_twice(telefoon: Asker, werker: Medewerker) -> None:
    casus = begun(werker)
    first = telefoon.get(f"/casussen/{casus}")
    same = telefoon.get(f"/casussen/{casus}", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["API-Version"]) == (304, b"", first["API-Version"])
    write_note(actor_of(werker), NU, casus, "Nog iets.")
    assert telefoon.get(f"/casussen/{casus}", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_access_ends_with_the_part_in_the_casus(werker: Medewerker) -> None:
    aanbieder = organisatie("zorgaanbieder")
    systeem = Asker(key_of(aanbieder))
    casus = begun(werker)
    paths = (f"/casussen/{casus}", f"/casussen/{casus}/gebeurtenissen", f"/casussen/{casus}/besluiten")
    with working_on(actor_of(werker), casus, "aanbod.doen", NU - timedelta(minutes=9)) as werk:
        werk.involve(aanbieder.pk, "hulp")
    assert [systeem.get(path).status_code for path in paths] == [200, 200, 200]
    assert len(systeem.get("/casussen").json()["casussen"]) == 1
    with working_on(actor_of(werker), casus, "aanbod.doen", NU - timedelta(minutes=1)) as werk:
        werk.release(aanbieder.pk, "hulp")
    for path in paths:
        refusal(systeem.get(path), 404, "NietBetrokken")
    assert systeem.get("/casussen").json()["casussen"] == []
    assert systeem.get("/klokken").json()["klokken"] == []


# ---- questions -------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_once_in_the_name_of_a_person(werker: Medewerker) -> None:
    aanbieder = organisatie("zorgaanbieder")
    systeem = Asker(key_of(aanbieder))
    casus = begun(werker)
    vraag = ask_organisation(actor_of(werker), NU, casus, "hulp", aanbieder.pk, "Kun je helpen?")
    (open_,) = systeem.get("/aanbiedingen").json()["aanbiedingen"]
    assert (open_["id"], open_["antwoord"], "Mila" in json.dumps(open_)) == (str(vraag), "", False)
    refusal(
        systeem.put(f"/aanbiedingen/{vraag}/antwoord", {"antwoord": "geweigerd", "besloten_door": "S. Peeters"}), 400
    )
    refusal(systeem.put(f"/aanbiedingen/{vraag}/antwoord", {"antwoord": "aanvaard", "besloten_door": " "}), 400)
    said = systeem.put(f"/aanbiedingen/{vraag}/antwoord", EXAMPLE_ANTWOORD)
    assert said.status_code == 200, said.content
    with clock.put_at(NU + timedelta(hours=1)):
        again = systeem.put(f"/aanbiedingen/{vraag}/antwoord", EXAMPLE_ANTWOORD)
    assert (again.status_code, again.json()) == (200, said.json())
    other = EXAMPLE_ANTWOORD | {"antwoord": "aanvaard"}
    refusal(systeem.put(f"/aanbiedingen/{vraag}/antwoord", other), 409)
    kept = Aanbod.objects.get(pk=vraag)
    assert (kept.antwoord, kept.reden) == ("geweigerd", "Deze week is er geen plek.")
    assert kept.beantwoord_door.startswith("S. Peeters via Systeem")
    assert systeem.get("/aanbiedingen?stand=alle").json()["aanbiedingen"] == []
    refusal(systeem.get(f"/casussen/{casus}"), 404)
    refusal(systeem.get(f"/aanbiedingen/{vraag}"), 404)
    refusal(systeem.get(f"/aanbiedingen/{uuid4()}"), 404)
    line = Logregel.objects.filter(ding="aanbod", handeling="beantwoorden").last()
    assert line is not None and line.naam.startswith("S. Peeters via Systeem")


def test_the_lead_passes_to_an_organisation_and_to_no_machine(werker: Medewerker) -> None:
    toegang = organisatie("toegang", gemeente="Heerlen")
    systeem = Asker(key_of(toegang))
    casus = begun(werker)
    vraag = offer_regie(actor_of(werker), NU, casus, toegang.pk, "Nemen jullie over?")
    read = systeem.get(f"/aanbiedingen/{vraag}")
    yes = {"antwoord": "aanvaard", "besloten_door": "B. Jansen"}
    said = systeem.put(f"/aanbiedingen/{vraag}/antwoord", yes, **{"If-Match": read["ETag"]})
    assert said.status_code == 200, said.content
    regie = Betrokkenheid.objects.get(casus_id=casus, deel="regie", tot=None)
    assert (regie.organisatie_id, regie.medewerker_id) == (toegang.pk, None)
    assert systeem.get(f"/casussen/{casus}").json()["regie"]["van_ons"] is True
    assert systeem.put(f"/aanbiedingen/{vraag}/antwoord", yes).json() == said.json()


def test_a_question_that_changed_is_not_answered_unread(werker: Medewerker) -> None:
    gi = organisatie("gi")
    systeem = Asker(key_of(gi))
    casus = begun(werker)
    vraag = ask_organisation(actor_of(werker), NU, casus, "meegaan", gi.pk, "Gaan jullie mee?")
    read = systeem.get(f"/aanbiedingen/{vraag}")
    Aanbod.objects.filter(pk=vraag).update(tekst="Gaan jullie mee, vannacht nog?")
    yes = {"antwoord": "aanvaard", "besloten_door": "B. Jansen"}
    refusal(systeem.put(f"/aanbiedingen/{vraag}/antwoord", yes, **{"If-Match": read["ETag"]}), 412, "VraagVeranderd")
    assert Aanbod.objects.get(pk=vraag).antwoord == ""
    withdraw_offer(actor_of(werker), NU, casus, vraag)
    refusal(systeem.put(f"/aanbiedingen/{vraag}/antwoord", yes), 404)


def test_clocks_and_numbers(telefoon: Asker, werker: Medewerker, dienst: Organisatie) -> None:
    dienst.telefoon = "045 123"
    dienst.save()
    casus = begun(werker)
    page = telefoon.get("/klokken?aantal=1").json()
    assert page["klokken"][0]["casus_id"] == str(casus)
    due = [k["uiterlijk"] for k in telefoon.get("/klokken").json()["klokken"]]
    assert due == sorted(due)
    numbers = telefoon.get("/contacten").json()["contacten"]
    assert "045 123" in {n["telefoon"] for n in numbers}
