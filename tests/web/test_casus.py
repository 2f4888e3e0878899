# SPDX-License-Identifier: EUPL-1.2
"""The page of a casus and its steps: what each reader sees, what a form does, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT, casus
from tests.wegen import nieuwe_casus, streek
from vangnet.access.models import Logregel, Medewerker, Organisatie
from vangnet.casework.models import Casus, Gebeurtenis, Inzet
from vangnet.conf import clock
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.search_casus import find_casus
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, inform_parents
from vangnet.process.take_melding import begin_melding
from vangnet.process.werk import working_on
from vangnet.process.write_note import write_note
from vangnet.web.casus.doen import DADEN
from vangnet.web.casus.feiten import DOOR_EEN_STAP
from vangnet.web.casus.stappen import BOUWERS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Iterator[None]:
    """The clock stands still, an hour after the call."""
    with clock.put_at(NACHT + timedelta(hours=1)):
        yield


def scene() -> tuple[Any, Medewerker, UUID]:
    """A casus to be visited, its worker, and a client that he is signed in with."""
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 30")
    organisatie("zorgaanbieder", naam="De Linde", telefoon="045 555 01 40")
    ik, id_ = casus()
    person = Medewerker.objects.get(id=ik.medewerker_id)
    client = Client()
    sign_in(client, person)
    return client, person, id_


def walk_to(stand: str, ik: Any, id_: UUID) -> None:
    """Bring a casus from the triage to this stand, a minute a step."""
    op = NACHT + timedelta(minutes=5)
    if stand == "inschatting":
        return
    depart(ik, op, id_, "Noor Peeters")
    if stand == "onderweg":
        return
    arrive(ik, op + timedelta(minutes=20), id_)
    if stand == "ter_plaatse":
        return
    crisis = stand != "geen_crisis"
    decide_crisis(ik, op + timedelta(minutes=30), id_, crisis, "Vader en zoon kunnen niet samen in huis.", "Fatima")
    leave_home(ik, op + timedelta(minutes=31), id_, "Rustig nu.")
    if stand in ("geen_crisis", "hulp_kiezen"):
        return
    kind = Casus.objects.get(id=id_).jeugdigen.get()
    inzet = choose_inzet(
        ik, op + timedelta(minutes=32), id_, "ambulante_spoedhulp", kind.id, aanbieder_naam="De Linde", gesproken_met="Karim",
        reden="Er is rust te brengen thuis.",
    )  # fmt: skip
    if stand == "hulp_starten":
        return
    inform_parents(ik, op + timedelta(minutes=33), id_, inzet, "Karin en Dennis")
    begin_inzet(ik, op + timedelta(minutes=34), id_, inzet)


STANDEN = ["inschatting", "onderweg", "ter_plaatse", "geen_crisis", "hulp_kiezen", "hulp_starten", "hulp"]


@pytest.mark.parametrize("stand", STANDEN)
def test_every_step_renders_in_every_stand(night: None, stand: str) -> None:
    client, person, id_ = scene()
    walk_to(stand, actor_of(person), id_)
    page = client.get(f"/casus/{id_}")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Milan Verhulst, 14 jaar" in text
    assert Casus.objects.get(id=id_).beeld["stand"] == stand
    assert " style=" not in text
    assert "<title>Milan V. – Vangnet</title>" in text.replace("\n", "")
    for slug in BOUWERS:
        answer = client.get(f"/casus/{id_}/stap/{slug}")
        if slug in ("heropenen", "melding", "antwoord"):
            continue
        assert answer.status_code == 200, (slug, answer.content.decode()[-2000:])
        sent = set(re.findall(r'name="formulier" value="(\w+)"', answer.content.decode()))
        assert sent <= {sleutel for stap, sleutel in DADEN if stap == slug}, (slug, sent)
        part = client.get(f"/casus/{id_}/stap/{slug}", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part


def post(client: Client, id_: UUID, slug: str, formulier: str, **velden: Any) -> Any:
    return client.post(f"/casus/{id_}/stap/{slug}", {"formulier": formulier, **velden})


def test_an_unknown_and_a_forbidden_casus_are_the_same_page(night: None) -> None:
    _, _, id_ = scene()
    ander = medewerker("crisismedewerker", organisatie("crisisdienst"))
    client = Client()
    sign_in(client, ander)
    pages = []
    for wat in (id_, uuid4()):
        for rest in ("", "/stap/triage", "/log", "/print"):
            answer = client.get(f"/casus/{wat}{rest}")
            assert answer.status_code == 404, rest
            pages.append(re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(str(wat), "")))
        assert post(client, wat, "besluit", "besluit", crisis="ja", reden="x").status_code == 404
        assert client.get(f"/casus/{wat}/versie").status_code == 404
        assert client.post(f"/casus/{wat}/adres").status_code == 404
        assert client.post(f"/casus/{wat}/veld", {"pad": "triage.onhoudbaar", "waarde": "ja"}).status_code == 404
    half = len(pages) // 2
    assert pages[:half] == pages[half:]
    assert "Verhulst" not in "".join(pages)


def test_the_access_with_a_signal_reads_the_core_only() -> None:
    _, _, id_ = scene()
    toegang = medewerker("toegangsmedewerker", Organisatie.objects.get(naam="Toegang Heerlen"))
    client = Client()
    with clock.put_at(NACHT + timedelta(hours=12)):
        sign_in(client, toegang)
        text = client.get(f"/casus/{id_}").content.decode()
        assert "Milan V., 14 jaar" in text
        for geheim in ("Verhulst,", "Karin", "Kastanjelaan", "Vader en zoon", "06 12345678", "politie"):
            assert geheim not in text, geheim
        for slug in ("triage", "gezin", "notitie", "toestemming", "besluit", "inzet", "herstel"):
            assert client.get(f"/casus/{id_}/stap/{slug}").status_code == 403, slug
        # Nor does it learn what stands there by saving over it.
        for pad in ("triage.direct_onveilig", f"jeugdige.{Casus.objects.get(id=id_).jeugdigen.get().id}.achternaam"):
            answer = client.post(f"/casus/{id_}/veld", {"pad": pad, "waarde": "nee", "was": '"?"'})
            assert answer.status_code == 403
            assert "Verhulst" not in answer.content.decode()


def test_who_was_asked_sees_a_profile_and_answers() -> None:
    _, person, id_ = scene()
    linde = Organisatie.objects.get(naam="De Linde")
    with working_on(actor_of(person), id_, "aanbod.doen", NACHT + timedelta(hours=1)) as werk:
        werk.ask("hulp", linde.id, "Kan er vannacht iemand komen?")
    client = Client()
    with clock.put_at(NACHT + timedelta(hours=2)):
        sign_in(client, medewerker("planner", linde))
        text = client.get(f"/casus/{id_}").content.decode()
        assert "Een jeugdige van 14 jaar" in text
        assert "Kan er vannacht iemand komen?" in text
        for geheim in ("Milan", "Verhulst", "Karin", "Kastanjelaan"):
            assert geheim not in text, geheim
        assert client.get(f"/casus/{id_}/stap/antwoord").status_code == 200


def test_a_field_keeps_itself_and_two_people_do_not_overwrite_each_other(night: None) -> None:
    client, _person, id_ = scene()
    collega = Client()
    sign_in(collega, medewerker("crisismedewerker", Organisatie.objects.get(naam="Crisishulp Jeugd")))
    pad = {"pad": "triage.onhoudbaar", "was": "null"}
    mine = client.post(f"/casus/{id_}/veld", pad | {"waarde": "ja"})
    assert (mine.status_code, mine.json()) == (200, {"om": "22:52", "was": '"ja"', "termijnen": []})
    theirs = collega.post(f"/casus/{id_}/veld", pad | {"waarde": "nee"})
    assert theirs.status_code == 409
    assert theirs.json()["nu"] == "ja"
    again = collega.post(f"/casus/{id_}/veld", pad | {"waarde": "nee", "was": '"ja"', "termijnen": []})
    assert again.status_code == 200
    wrong = client.post(f"/casus/{id_}/veld", {"pad": "inschatting.terug_verwacht_op", "waarde": "straks"})
    assert wrong.status_code == 400
    assert wrong.json()["fouten"][0]["veld"] == "inschatting.terug_verwacht_op"
    assert client.post(f"/casus/{id_}/veld", {"pad": "bestaat.niet", "waarde": "x"}).status_code == 400
    assert client.post(f"/casus/{id_}/veld", {"pad": "inschatting.crisis", "waarde": "nee"}).status_code == 400
    assert (
        client.post(f"/casus/{id_}/veld", {"pad": "triage.onhoudbaar", "waarde": "ja", "was": "{"}).status_code == 400
    )


def test_without_script_the_changed_fields_are_kept_and_faults_named(night: None) -> None:
    client, _, id_ = scene()
    kind = Casus.objects.get(id=id_).jeugdigen.get()
    velden = {
        f"w:jeugdige.{kind.id}.voornaam": "Milan", f"o:jeugdige.{kind.id}.voornaam": '"Milan"',
        f"w:jeugdige.{kind.id}.waar_nu": "bij oma", f"o:jeugdige.{kind.id}.waar_nu": '""',
        f"w:jeugdige.{kind.id}.bsn": "12", f"o:jeugdige.{kind.id}.bsn": '""',
    }  # fmt: skip
    answer = client.post(f"/casus/{id_}/velden", {"stap": "gezin", **velden})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "elfproef" in text
    assert 'value="12"' in text, "what was typed stands there still"
    kind.refresh_from_db()
    assert kind.waar_nu == "bij oma"


def test_every_fact_of_every_kind_can_be_filled_in(night: None) -> None:
    client, _person, id_ = scene()
    client.get(f"/casus/{id_}")
    voorbeeld = {
        "janee": "ja",
        "getal": "2",
        "dag": "2024-05-17",
        "moment": "2024-05-16T22:00",
        "tekst": "iets",
        "lijst": "LVB",
    }
    voorbeeld |= {"tabel": "ambulant: te onrustig", "antwoord": "ja"}
    for pad, soort in feitsoorten().items():
        if pad in DOOR_EEN_STAP:
            continue
        waarde = soort.keuzes[0] if soort.keuzes else voorbeeld[soort.soort]
        answer = client.post(f"/casus/{id_}/veld", {"pad": pad, "waarde": waarde, "was": "null"})
        known = Casus.objects.get(id=id_).feiten.filter(veld=pad).exists()
        assert answer.status_code == 200 or known, (pad, answer.content.decode())


def test_a_decision_taken_meanwhile_shows_both(night: None) -> None:
    client, person, id_ = scene()
    walk_to("ter_plaatse", actor_of(person), id_)
    versie = Casus.objects.get(id=id_).versie
    walk = {"crisis": "ja", "reden": "Vader dreigt.", "versie": versie}
    assert post(client, id_, "besluit", "besluit", **walk).status_code == 303
    collega = Client()
    sign_in(collega, medewerker("crisismedewerker", Organisatie.objects.get(naam="Crisishulp Jeugd")))
    late = post(collega, id_, "besluit", "besluit", **(walk | {"crisis": "nee", "reden": "Rustig <gebleven>."}))
    text = late.content.decode()
    assert late.status_code == 409
    assert "Een collega was je voor" in text
    assert "Rustig &lt;gebleven&gt;." in text
    assert "Vader dreigt" in text or "Nu staat er" in text
    assert f'name="versie" value="{Casus.objects.get(id=id_).versie}"' in text


def test_a_form_with_faults_comes_back_whole(night: None) -> None:
    client, person, id_ = scene()
    walk_to("hulp_kiezen", actor_of(person), id_)
    answer = post(client, id_, "inzet", "inzet", vorm="vakantie", plaats="Heerlen <2>", tot_wanneer="morgen")
    assert answer.status_code == 400
    assert "Heerlen &lt;2&gt;" in answer.content.decode()
    assert post(client, id_, "inzet", "bestaatniet").status_code == 404
    assert client.get(f"/casus/{id_}/stap/bestaatniet").status_code == 404
    for slug, sleutel in DADEN:
        assert post(client, id_, slug, sleutel, ding="x").status_code < 500, (slug, sleutel)


def test_a_secret_address_is_shown_on_request_and_nowhere_else(night: None) -> None:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik, id_ = casus(**{"adres.ADRES.geheim": "ja"})
    client = Client()
    sign_in(client, Medewerker.objects.get(id=ik.medewerker_id))
    for rest in ("", "/print", "/stap/gezin", "/stap/inzet", "/stap/rto"):
        assert "Kastanjelaan" not in client.get(f"/casus/{id_}{rest}").content.decode(), rest
    shown = client.post(f"/casus/{id_}/adres")
    assert "Kastanjelaan 12" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert client.get(f"/casus/{id_}/adres").status_code == 405
    assert Logregel.objects.filter(casus_id=id_, ding="adres", geslaagd=True).count() == 1


def test_print_leaves_third_parties_out_and_is_logged(night: None) -> None:
    client, person, id_ = scene()
    write_note(actor_of(person), clock.now(), id_, "Oom drinkt weer.", over_derden=True)
    write_note(actor_of(person), clock.now(), id_, "Milan sliep goed.")
    text = client.get(f"/casus/{id_}/print").content.decode()
    assert "Milan sliep goed." in text
    assert "Oom drinkt" not in text
    assert Logregel.objects.filter(casus_id=id_, handeling="printen").count() == 1


def test_the_page_after_an_act_has_a_way_back(night: None) -> None:
    client, _person, id_ = scene()
    answer = post(client, id_, "contact", "contact", met="Oma", tekst="Zij komt niet.")
    assert answer.status_code == 303
    text = client.get(answer["Location"]).content.decode()
    adres = re.search(r'action="(/casus/[^"]+/ongedaan/[^"]+)"', text)
    assert adres is not None
    assert "Contact bewaard." in text
    assert "Ongedaan maken" in text
    assert "data-ongedaan" not in client.get(f"/casus/{id_}").content.decode(), "only on the page that follows"
    assert f'href="{adres[1]}"' in client.get(f"/casus/{id_}").content.decode(), "but it stays in the timeline"
    assert "Zet recht" in client.get(adres[1]).content.decode()
    gedaan = client.post(adres[1], {"naar": "https://elders.test/"})
    assert (gedaan.status_code, gedaan["Location"]) == (303, f"/casus/{id_}")
    text = client.get(f"/casus/{id_}").content.decode()
    assert "Ongedaan gemaakt" in text
    assert "Hersteld: contact." in text
    assert "al rechtgezet" in client.get(adres[1]).content.decode()
    assert client.get(f"/casus/{id_}/ongedaan/{uuid4()}").status_code == 404


def test_what_was_built_on_is_refused_in_words(night: None) -> None:
    client, person, id_ = scene()
    post(client, id_, "inschatting", "vertrek", wie="Noor Peeters")
    adres = re.search(r'action="(/casus/[^"]+/ongedaan/[^"]+)"', client.get(f"/casus/{id_}").content.decode())
    assert adres is not None
    arrive(actor_of(person), NACHT + timedelta(minutes=59), id_)
    answer = client.post(adres[1])
    assert answer.status_code == 409
    assert "De aankomst staat er al." in answer.content.decode()
    # A decision that others act on has no such button.
    besluit = post(client, id_, "besluit", "besluit", crisis="ja", reden="Het is niet veilig.")
    assert besluit.status_code == 303
    assert "data-ongedaan" not in client.get(f"/casus/{id_}").content.decode()


def test_the_heartbeat_and_who_looked(night: None) -> None:
    client, _person, id_ = scene()
    collega = Client()
    sign_in(
        collega, medewerker("crisismedewerker", Organisatie.objects.get(naam="Crisishulp Jeugd"), naam="Bram Janssen")
    )
    before = Logregel.objects.filter(casus_id=id_).count()
    collega.get(f"/casus/{id_}/versie?bij=Gezin")
    found = client.get(f"/casus/{id_}/versie", headers={"X-Achtergrond": "1"}).json()
    assert found["anderen"] == [{"naam": "Bram Janssen", "onderdeel": "Gezin"}]
    assert found["versie"] == Casus.objects.get(id=id_).versie
    assert Logregel.objects.filter(casus_id=id_).count() == before, "a heartbeat is no look"
    collega.get(f"/casus/{id_}")
    assert "Bram Janssen kijkt nu ook en schrijft bij Gezin." in client.get(f"/casus/{id_}").content.decode()
    assert "Bram Janssen" in client.get(f"/casus/{id_}/log").content.decode()


def test_a_closed_casus_can_only_be_read_and_opened_again(night: None) -> None:
    client, person, id_ = scene()
    with working_on(actor_of(person), id_, "casus.afsluiten", clock.now()) as werk:
        werk.close("afgesloten")
    text = client.get(f"/casus/{id_}").content.decode()
    assert "Deze casus is gesloten." in text
    assert "heropenen" in text
    assert client.get(f"/casus/{id_}/stap/heropenen").status_code == 200
    assert post(client, id_, "notitie", "notitie", tekst="Te laat").status_code == 409


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "words", [{"viewport": {"width": 1440, "height": 900}}, {"viewport": {"width": 360, "height": 740}}], ids=["breed", "telefoon"]
)  # fmt: skip
def test_a_walk_from_triage_to_help(
    new_page: Callable[..., Page], axe: Callable[[Page], None], words: dict[str, Any]
) -> None:
    with clock.put_at(NACHT + timedelta(hours=1)):
        _, person, id_ = scene()
        page = new_page(**words)
        page.goto("/afspraken")
        sign_in(page, person)
        page.goto(f"/casus/{id_}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.keyboard.press("a")
        expect(page.get_by_label("Wie gaat?", exact=True)).to_be_focused()
        axe(page)
        page.get_by_role("button", name="Vertrek vastleggen").click()
        expect(page.get_by_text("Vertrek vastgelegd.")).to_be_visible()
        page.goto(f"/casus/{id_}/stap/inschatting")
        axe(page)
        page.get_by_role("button", name="Ik ben er").click()
        page.goto(f"/casus/{id_}/stap/besluit")
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Waarom?").fill("Vader en zoon kunnen niet samen in huis.")
        axe(page)
        page.get_by_role("button", name="Besluit vastleggen").click()
        expect(page.get_by_text("Crisis: hulp kiezen")).to_be_visible()
        page.goto(f"/casus/{id_}/stap/inzet")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.get_by_label("Ambulante spoedhulp").check()
        page.get_by_label("Wie geeft de hulp?").select_option(label="De Linde")
        page.get_by_label("Per telefoon geregeld: met wie sprak je?").fill("Karim Aziz")
        page.get_by_label("Waarom deze hulp?").fill("De rust kan thuis terugkomen.")
        page.get_by_role("button", name="Kies deze hulp").click()
        expect(page.get_by_role("row", name="Ambulante spoedhulp")).to_be_visible()
        page.goto(f"/casus/{id_}/stap/feiten")
        page.locator("details", has_text="Afweging van hulp").locator("summary").click()
        field = page.locator("[data-pad='afweging.netwerk_mogelijk']")
        field.get_by_label("Ja").check()
        expect(field.locator("[data-bewaard]")).to_contain_text("22:52")
        axe(page)
    assert Inzet.objects.get(casus=id_).gesproken_met == "Karim Aziz"


@pytest.mark.django_db(transaction=True)
def test_the_secret_address_hides_itself(page: Page) -> None:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    with clock.put_at(NACHT + timedelta(hours=1)):
        ik, id_ = casus(**{"adres.ADRES.geheim": "ja"})
        page.goto("/afspraken")
        sign_in(page, Medewerker.objects.get(id=ik.medewerker_id))
        page.clock.install()
        page.goto(f"/casus/{id_}")
        page.get_by_role("button", name="Toon 30 seconden").click()
        expect(page.get_by_text("Kastanjelaan 12")).to_be_visible()
        page.clock.fast_forward(31_000)
        expect(page.get_by_text("Kastanjelaan 12")).to_have_count(0)


def test_two_casussen_are_joined_by_number_and_name(night: None) -> None:
    client, person, id_ = scene()
    ik, ander = actor_of(person), begin_melding(actor_of(person), NACHT, uuid4(), {"melding.naam": "Bram"}).casus_id
    nummer = Casus.objects.get(id=id_).nummer
    vreemd = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    buiten = Casus.objects.get(id=begin_melding(vreemd, NACHT, uuid4(), {"melding.naam": "X"}).casus_id)
    for mis in (buiten.nummer, "2026-99999", "zomaar", Casus.objects.get(id=ander).nummer, ""):
        answer = post(client, ander, "herstel", "zoek_samen", nummer=mis)
        assert answer.status_code == 400, mis
        assert "Milan" not in answer.content.decode()
    answer = post(client, ander, "herstel", "zoek_samen", nummer=f" {nummer} ")
    assert answer.status_code == 303
    text = client.get(answer["Location"]).content.decode()
    assert f"Is dit dezelfde crisis? {nummer}, Milan V." in text
    assert Casus.objects.get(id=ander).gesloten_op is None, "nothing is joined before it is confirmed"
    gedaan = post(client, ander, "herstel", "samen", in_casus=str(id_), reden="Twee bellers.")
    assert gedaan.status_code == 303
    assert Casus.objects.get(id=ander).gevoegd_bij_id == id_
    assert find_casus(ik, NACHT, nummer) is not None


def test_help_is_advised_for_the_child_that_is_chosen() -> None:
    klein = UUID(int=0xAA02)
    weg = nieuwe_casus(
        streek("lekstroom"), **{f"jeugdige.{klein}.voornaam": "Noor", f"jeugdige.{klein}.leeftijd": "8 maanden"}
    )
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Nu niet veilig.")
    client = Client()
    with clock.put_at(NACHT):  # the people of the tests work from 2020 on; this region speaks of 2016
        sign_in(client, Medewerker.objects.get(id=weg.streek.dienst.medewerker_id))
        pages = {
            id_: client.get(f"/casus/{weg.casus_id}/stap/inzet?ding={id_}").content.decode()
            for id_ in (weg.kind_id, klein)
        }
        zeker = "Jonger dan 12: zoek zeker eerst"
        assert zeker in pages[klein]
        assert zeker not in pages[weg.kind_id]
        assert "Noor, 8 maanden" in pages[klein]
        for id_, page in pages.items():
            assert re.search(rf'name="jeugdige" value="{id_}" checked', page)
        fout = post(client, weg.casus_id, "inzet", "inzet", jeugdige=str(klein))
        assert fout.status_code == 400
        assert zeker in fout.content.decode(), "after a refusal still the advice for whom it was sent"


def test_the_decision_shows_what_this_region_weighs() -> None:
    """Lekstroom gives no marks of a crisis, only what to weigh (LEK-11)."""
    weg = nieuwe_casus(streek("lekstroom"))
    arrive(weg.streek.dienst, weg.verder(), weg.casus_id)
    assert [a.regels for a in weg.acties() if a.sleutel == "besluit"] == [("LEK-11", "LEK-02")]
    client = Client()
    with clock.put_at(NACHT):
        sign_in(client, Medewerker.objects.get(id=weg.streek.dienst.medewerker_id))
        text = client.get(f"/casus/{weg.casus_id}/stap/besluit").content.decode()
    assert "Schat de ernst in, zorg voor veiligheid" in text
    assert "LEK-11" in text
    assert "geen vaste kenmerken" in text
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    besluit = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="besluit_crisis")
    assert besluit.regels == ["LEK-11", "LEK-02"]


def test_a_closed_consult_asks_nobody_for_consent() -> None:
    weg = nieuwe_casus(streek(), uitkomst="consult")
    beeld = show_casus(weg.streek.dienst, weg.nu, weg.casus_id)
    assert beeld.gesloten_op is not None
    assert beeld.toestemming
    assert not [t for t in beeld.toestemming if t["nodig"]]
    open_ = nieuwe_casus(weg.streek)
    assert [t["nodig"] for t in show_casus(open_.streek.dienst, open_.nu, open_.casus_id).toestemming] == [True, True]
