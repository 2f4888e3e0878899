# SPDX-License-Identifier: EUPL-1.2
"""The screens of break-glass: one screen to open it, the child read only, the second person, and the review."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.mensen import actor_of, medewerker, sign_in
from tests.process.test_break_glass import REDEN, STRAAT, Toneel
from tests.web.test_aanmelden import passkeys
from vangnet.access import aanmelding, factoren
from vangnet.access.models import Blokkade, Logregel, Medewerker, Noodtoegang
from vangnet.capacity.models import Dienst
from vangnet.conf import clock
from vangnet.process.keep_fields import save_field
from vangnet.process.take_melding import begin_melding

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "123456"


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """A code of the app that is right, once per person (as `factoren.check_code` judges it)."""
    used: set[str] = set()

    def check(who: UUID, code: str, op: Any) -> str:
        if not code.startswith(CODE) or f"{who}{code}" in used:
            raise factoren.CodeKloptNiet
        used.add(f"{who}{code}")
        return "totp"

    monkeypatch.setattr(factoren, "check_code", check)
    monkeypatch.setattr(factoren, "kinds", lambda _: frozenset({"totp"}))
    yield used


@pytest.fixture
def t() -> Iterator[Toneel]:
    t = Toneel()
    with clock.put_at(t.nu):
        yield t


def client_of(person: Medewerker) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, person)
    return client


def send(client: Client, t: Toneel, **words: str) -> Any:
    return client.post("/noodtoegang", {"casus": t.nummer, "reden": REDEN, "code": CODE, "id": str(uuid4()), **words})


def person(actor: Any) -> Medewerker:
    return Medewerker.objects.get(pk=actor.medewerker_id)


def test_one_screen_opens_one_child(t: Toneel) -> None:
    client = client_of(t.mens)
    assert "Open dit kind voor een uur" in client.get("/noodtoegang").content.decode()
    form = str(uuid4())
    answer = send(client, t, id=form)
    assert (answer.status_code, answer["Location"]) == (303, f"/noodtoegang/{form}")
    again = send(client, t, id=form)
    assert (again.status_code, again["Location"]) == (303, f"/noodtoegang/{form}"), "sent twice is sent once"
    assert Noodtoegang.objects.count() == 1
    page = client.get(answer["Location"])
    text = page.content.decode()
    assert "Milan Verhulst" in text
    assert "Noodtoegang tot" in text
    assert "no-store" in page["Cache-Control"]
    assert page["Refresh"] == f"3601; url=/noodtoegang/{form}"
    posts = re.findall(r'<form[^>]*action="([^"]*)"', text.partition("<main")[2].partition("</main")[0])
    assert set(posts) == {f"/noodtoegang/{form}/klaar", f"/noodtoegang/{form}/adres"}, "nothing to change"
    assert f"/casus/{t.id}" not in text
    for pad in ("", "/print", "/log", "/stap/notitie", "/versie", "/wie-keek"):
        assert client.get(f"/casus/{t.id}{pad}").status_code == 404, pad
    assert client.post(f"/casus/{t.id}/adres").status_code == 404
    for pad in ("/dienst", "/dienst/bord", "/dienst/overdracht", "/mijn-werk"):
        text = client.get(pad).content.decode()
        assert "Milan" not in text, pad
        assert str(t.id) not in text, pad
    assert "Milan" not in client.post("/zoeken", {"zoek": t.nummer}).content.decode()


def test_the_hour_ends_on_an_open_page(t: Toneel) -> None:
    client = client_of(t.mens)
    nood = send(client, t)["Location"]
    assert client.get(f"{nood}/stand").json()["adres"] == ""
    ends: list[Callable[[], Any]] = [
        lambda: Blokkade.objects.create(casus_id=t.id, medewerker_id=t.mens.pk, van=t.nu, reden="x"),
        lambda: client.post(f"{nood}/klaar"),
    ]
    for end in ends:
        end()
        for pad, how in (("", client.get), ("/stand", client.get), ("/adres", client.post)):
            answer = how(nood + pad)
            assert answer.status_code == 410, pad
            assert "Milan" not in answer.content.decode()
        Blokkade.objects.all().delete()
    assert client.get(f"{nood}/stand", headers={"Accept": "application/json"}).json() == {"voorbij": True}
    assert client.post(f"{nood}/klaar").status_code == 303
    nood = send(client, t, code=CODE + "2")["Location"]
    with clock.put_at(t.nu + timedelta(hours=1)):
        client = client_of(t.mens)
        assert client.get(nood).status_code == 410
        assert "voorbij" in client.get(nood).content.decode()
    stranger = client_of(person(t.tweede))
    assert stranger.get(nood).status_code == 403
    ander = client_of(medewerker("coordinator", t.huis))
    assert ander.get(nood).status_code == 404


def test_wrong_input_names_its_field_and_opens_nothing(t: Toneel) -> None:
    client = client_of(t.mens)
    cases: list[tuple[dict[str, str], str]] = [
        ({"casus": ""}, "casus-fout"), ({"casus": "twaalf"}, "casus-fout"), ({"casus": "2024-99999"}, "casus-fout"),
        ({"reden": ""}, "reden-fout"), ({"reden": "nood"}, "reden-fout"), ({"reden": "x" * 600}, "reden-fout"),
        ({"code": ""}, "nood-vorm-code-fout"), ({"code": "000000"}, "nood-vorm-code-fout"),
        ({"casus": "\x00", "reden": "\x00"}, "reden-fout"),
    ]  # fmt: skip
    for n, (words, field) in enumerate(cases):
        with clock.put_at(t.nu + timedelta(minutes=n)):
            client = client_of(t.mens)
            answer = send(client, t, **{"code": f"{CODE}{n}"} | words)
        assert answer.status_code == 400, words
        assert f'id="{field}"' in answer.content.decode(), words
        assert "000000" not in answer.content.decode()
    assert not Noodtoegang.objects.exists()
    assert REDEN in send(client, t, code="").content.decode(), "what was typed stays"
    for pad in (f"/noodtoegang/{uuid4()}", f"/noodtoegang/{uuid4()}/stand"):
        assert client.get(pad).status_code == 404
    assert client.get("/noodtoegang?melding=onzin").status_code == 200
    assert client.get(f"/noodtoegang?melding={uuid4()}").status_code == 200


def test_a_second_factor_of_a_moment_ago_is_not_enough(t: Toneel, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(t.mens)  # signed in this very second
    assert send(client, t, code="").status_code == 400
    monkeypatch.setattr(factoren, "check_passkey", lambda credential, op, of: None)
    assert client.post("/noodtoegang/sleutel", "{}", content_type="application/json").status_code == 200
    opened = send(client, t, code="")
    assert opened.status_code == 303
    client.post(opened["Location"] + "/klaar")
    assert send(client, t, code="").status_code == 400, "once"
    assert client.post("/noodtoegang/sleutel", "{}", content_type="application/json").status_code == 200
    with clock.put_at(t.nu + timedelta(seconds=aanmelding.OPNIEUW_GELDT)):
        assert send(client, t, code="").status_code == 400, "and not for long"
    assert Logregel.objects.get(handeling="openen", geslaagd=True).toelichting == "open, bevestigd met sleutel"


def test_who_is_in_the_casus_reads_it(t: Toneel) -> None:
    send(client_of(t.mens), t, levensgevaar="ja")
    dienst = client_of(person(t.weg.streek.dienst))
    text = dienst.get(f"/casus/{t.id}").content.decode()
    assert "Noor Peeters, crisismedewerker, Elders" in text
    assert text.count(REDEN) >= 2, "on top and in the timeline"
    assert "Lees wie met noodtoegang keek" in text
    assert "noodtoegang" in dienst.get(f"/casus/{t.id}/log").content.decode()
    assert "Lees wie met noodtoegang keek" in dienst.get("/mijn-werk").content.decode()
    open_page = dienst.get(f"/casus/{t.id}/versie").json()["versie"]
    lijst = dienst.get(f"/casus/{t.id}/wie-keek?voor=ouder").content.decode()
    assert "Er was nood. Dit wordt altijd nagekeken." in lijst
    assert open_page > 1


def test_already_in_it_goes_to_the_casus(t: Toneel) -> None:
    answer = send(client_of(person(t.weg.streek.dienst)), t)
    assert (answer.status_code, answer["Location"]) == (303, f"/casus/{t.id}")
    assert not Noodtoegang.objects.exists()


def test_the_second_person_on_his_own_screen(t: Toneel) -> None:
    t.geheim()
    Dienst.objects.create(
        organisatie=t.huis, medewerker=person(t.tweede), taak="psychiater", van=t.nu, tot=t.nu + timedelta(hours=8)
    )
    client, tweede = client_of(t.mens), client_of(person(t.tweede))
    nood = send(client, t)["Location"]
    assert STRAAT not in client.get(nood).content.decode()
    zonder = client.post(f"{nood}/adres", {"adres_reden": "nu"})
    assert zonder.status_code == 400
    assert 'id="adres_reden-fout"' in zonder.content.decode()
    reden = "Ik rijd er nu heen met de politie."
    assert client.post(f"{nood}/adres", {"adres_reden": reden}).status_code == 303
    wacht = client.get(nood).content.decode()
    assert "Wacht op een tweede persoon" in wacht
    assert "Karim Tweede" in wacht, "whom to call"
    assert "Antwoord" in tweede.get("/bellen").content.decode()
    scherm = tweede.get("/noodtoegang/vragen").content.decode()
    assert "Noor Peeters" in scherm
    assert reden in scherm
    for word in ("Milan", "Verhulst", t.nummer, str(t.id), "pillen"):
        assert word not in scherm
    (vraag,) = re.findall(r"/noodtoegang/vragen/([0-9a-f-]{36})", scherm)
    for words, field in (({"code": CODE}, "antwoord-fout"), ({"antwoord": "ja"}, "code-fout")):
        answer = tweede.post(f"/noodtoegang/vragen/{vraag}", words)
        assert answer.status_code == 400
        assert f'{field}"' in answer.content.decode()
    assert client.get(f"{nood}/stand").json()["adres"] == "gevraagd"
    assert tweede.post(f"/noodtoegang/vragen/{vraag}", {"antwoord": "ja", "code": CODE}).status_code == 303
    assert client.get(f"{nood}/stand").json()["adres"] == "vrij"
    adres = client.post(f"{nood}/adres")
    assert adres.status_code == 200
    assert STRAAT in adres.content.decode()
    assert "niet noemen, ook niet bevestigen" in adres.content.decode()
    assert "no-store" in adres["Cache-Control"]
    assert STRAAT not in client.get(nood).content.decode(), "asked for, each time"
    assert tweede.post(f"/noodtoegang/vragen/{vraag}", {"antwoord": "ja", "code": CODE + "3"}).status_code == 409


def test_a_life_at_risk_shows_it_at_once_and_stands_on_top(t: Toneel) -> None:
    t.geheim()
    client = client_of(t.mens)
    nood = send(client, t)["Location"]
    assert STRAAT in client.post(f"{nood}/adres", {"levensgevaar": "ja"}).content.decode()
    client.post(f"{nood}/klaar")
    fg = client_of(person(t.fg))
    text = fg.get("/beheer/noodtoegang").content.decode()
    assert "geheim adres zonder tweede persoon" in text
    assert STRAAT not in text
    assert "wacht op jouw oordeel" in fg.get("/beheer/log").content.decode()
    een = nood.replace("/noodtoegang", "/beheer/noodtoegang")
    for words, field in (({}, "oordeel-fout"), ({"oordeel": "onterecht"}, "toelichting-fout")):
        answer = fg.post(een, words)
        assert answer.status_code == 400
        assert f'id="{field}"' in answer.content.decode()
    assert fg.post(een, {"oordeel": "onterecht", "toelichting": "Bellen had gekund."}).status_code == 303
    assert fg.post(een, {"oordeel": "terecht"}).status_code == 409
    assert "Bellen had gekund." in fg.get(een).content.decode()
    assert "wacht op jouw oordeel" not in fg.get("/beheer/log").content.decode()
    with clock.put_at(t.nu + timedelta(hours=3)):
        client = client_of(t.mens)
        client.post(send(client, t, code=CODE + "4")["Location"] + "/klaar")
    with clock.put_at(t.nu + timedelta(days=6)):
        fg = client_of(person(t.fg))
        assert "te laat" in fg.get("/beheer/log").content.decode()
        assert "1 is te laat nagekeken" in fg.get("/beheer/noodtoegang").content.decode()


def test_from_the_question_whether_a_family_is_known(t: Toneel) -> None:
    dienst = t.weg.streek.dienst
    save_field(dienst, t.nu, t.id, f"jeugdige.{t.weg.kind_id}.bsn", "999990019")
    melding, kind = uuid4(), uuid4()
    begin_melding(t.ik, t.nu, melding, {f"jeugdige.{kind}.voornaam": "Milan", f"jeugdige.{kind}.bsn": "999990019"})
    client = client_of(t.mens)
    hit = client.post(f"/melding/{melding}/bekend", {"bsn": "999990019"}).content.decode()
    assert f"/noodtoegang?melding={melding}" in hit
    assert str(t.id) not in hit
    form = client.get(f"/noodtoegang?melding={melding}").content.decode()
    assert dienst.organisatie in form
    assert str(t.id) not in form
    assert t.nummer not in form
    opened = send(client, t, casus="", melding=str(melding), bij=dienst.organisatie)
    assert opened.status_code == 303
    assert "Milan Verhulst" in client.get(opened["Location"]).content.decode()


def test_a_night_in_a_browser(new_page: Callable[..., Page], axe: Callable[[Page], None], t: Toneel) -> None:
    t.geheim()
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto("/gezond")
    sign_in(phone, t.mens)
    phone.goto(f"/casus/{t.id}")
    axe(phone)
    phone.get_by_role("link", name="Noodtoegang").click()
    axe(phone)
    phone.get_by_label("Casusnummer").fill(t.nummer)
    phone.get_by_label("Waarom nu?").fill(REDEN)
    phone.get_by_label("Code uit je app").fill("000000")
    phone.get_by_role("button", name="Open dit kind voor een uur").click()
    phone.locator("#nood-vorm-code-fout").wait_for()
    axe(phone)
    assert phone.get_by_label("Waarom nu?").input_value() == REDEN
    phone.get_by_label("Code uit je app").fill(CODE)
    phone.get_by_role("button", name="Open dit kind voor een uur").click()
    phone.locator("[data-resttijd]", has_text="minuten").wait_for()
    axe(phone)
    foto(phone, "kind-390")
    phone.get_by_label("Waarom heb je het adres nodig?").fill("Ik rijd er nu heen met de politie.")
    phone.get_by_role("button", name="Vraag een tweede persoon").click()
    phone.get_by_text("Wacht op een tweede persoon").wait_for()
    axe(phone)
    colleague = new_page(viewport={"width": 1440, "height": 1000})
    colleague.goto("/gezond")
    sign_in(colleague, person(t.tweede))
    colleague.goto("/bellen")
    colleague.get_by_role("link", name="Antwoord").click()
    axe(colleague)
    foto(colleague, "vragen-1440")
    colleague.get_by_label("Ja", exact=True).check()
    colleague.get_by_label("Code uit je app").fill(CODE)
    colleague.get_by_role("button", name="Bevestig").click()
    colleague.get_by_text("Je antwoord is vastgelegd").wait_for()
    axe(colleague)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.locator("#nood-nieuw").get_by_role("link").click()
    phone.get_by_role("button", name="Toon 30 seconden").click()
    phone.get_by_text(STRAAT).wait_for()
    axe(phone)
    phone.go_back()
    # Somebody ends it from elsewhere: the page that stands open hears it and empties itself.
    phone.goto(phone.url.split("#")[0])
    Blokkade.objects.create(casus_id=t.id, medewerker_id=t.mens.pk, van=t.nu, reden="buurvrouw")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.locator("#nood-voorbij").wait_for()
    assert phone.locator("#nood-kind").count() == 0
    assert "Verhulst" not in phone.content()
    axe(phone)
    Blokkade.objects.all().delete()
    phone.goto("/noodtoegang")
    axe(phone)
    phone.get_by_role("button", name="Ik ben klaar").click()
    phone.get_by_text("wordt nagekeken").first.wait_for()
    fg = new_page(viewport={"width": 1440, "height": 1000})
    fg.goto("/gezond")
    sign_in(fg, person(t.fg))
    fg.goto("/beheer/log")
    fg.get_by_role("link", name="Kijk na").click()
    axe(fg)
    foto(fg, "fg-1440")
    fg.get_by_role("link", name="Noor Peeters").click()
    axe(fg)
    foto(fg, "fg-een-1440")
    fg.get_by_label("Terecht", exact=True).check()
    fg.get_by_role("button", name="Leg vast").click()
    fg.get_by_text("Je oordeel is vastgelegd").wait_for()
    assert Noodtoegang.objects.get().oordeel == "terecht"
    assert actor_of(t.mens).noodtoegang_id is None


def test_a_passkey_opens_it(new_page: Callable[..., Page], t: Toneel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factoren, "kinds", lambda _: frozenset({"webauthn"}))
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/gezond")
    passkeys(page)
    sign_in(page, t.mens)
    page.goto("/account")
    page.get_by_label("Naam voor een nieuwe sleutel").fill("werktelefoon")
    page.get_by_role("button", name="Voeg een sleutel toe").click()
    page.get_by_text("Je sleutel is toegevoegd.").wait_for()
    page.goto("/noodtoegang")
    page.get_by_label("Casusnummer").fill(t.nummer)
    page.get_by_label("Waarom nu?").fill(REDEN)
    page.get_by_role("button", name="met je sleutel").click()
    page.locator("[data-resttijd]", has_text="minuten").wait_for()
    assert Logregel.objects.get(handeling="openen").toelichting == "open, bevestigd met sleutel"


def foto(page: Page, naam: str) -> None:
    """For looking at it: VANGNET_FOTO names a folder."""
    import os

    if folder := os.environ.get("VANGNET_FOTO"):
        page.screenshot(path=f"{folder}/nood-{naam}.png", full_page=True)
