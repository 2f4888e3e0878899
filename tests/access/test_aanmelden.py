# SPDX-License-Identifier: EUPL-1.2
"""Signing in with password and code, guessing, the lock, invitations, a lost phone, and the demo."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.mensen import actor_of, confirm_all, functie_van, medewerker, organisatie, sign_in
from vangnet.access import accounts, factoren
from vangnet.access.aanmelding import AanmeldenLuktNiet
from vangnet.access.models import Aanmeldpoging, Functie, Logregel, Medewerker, Rol, Soort, Uitnodiging
from vangnet.access.pogingen import TeVaakGeprobeerd
from vangnet.access.weigering import Weigering
from vangnet.conf import clock

pytestmark = pytest.mark.django_db

WACHTWOORD = "vier-gewone-woorden-99"
NACHT = datetime(2024, 5, 17, 1, 0, tzinfo=UTC)
DAG = timedelta(days=1)
GEHEIM = base64.b32encode(b"12345678901234567890").decode()


def code_of(secret: str, step: int) -> str:
    """The code of RFC 6238, computed here on its own."""
    made = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = made[-1] & 15
    return f"{(struct.unpack('>I', made[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def now_code(secret: str = GEHEIM, later: int = 0) -> str:
    return code_of(secret, list(totp.yield_hotp_counters_from_time())[1] + later)


def with_app(rol: str = Rol.CRISISMEDEWERKER, **words: Any) -> Medewerker:
    person = medewerker(rol, password=WACHTWOORD, **words)
    totp.TOTP.activate(person, GEHEIM)
    return person


def give_password(client: Client, email: str, password: str = WACHTWOORD, **more: str) -> Any:
    return client.post("/aanmelden", {"email": email, "wachtwoord": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def lines() -> list[tuple[str, bool, str]]:
    return list(Logregel.objects.order_by("op", "id").values_list("handeling", "geslaagd", "toelichting"))


def test_password_and_code_sign_in(client: Client) -> None:
    person = with_app(email="Noor@voorbeeld.test")
    answer = give_password(client, "noor@VOORBEELD.test", next="/regios")
    assert answer["Location"] == "/aanmelden/code"
    assert not is_in(client), "a password alone is not enough"
    answer = client.post("/aanmelden/code", {"code": now_code()})
    assert answer["Location"] == "/regios"
    assert is_in(client)
    assert lines() == [("aanmelden", True, "totp")]
    assert Logregel.objects.get().medewerker_id == person.pk
    client.post("/afmelden")
    assert not is_in(client)
    assert lines()[-1] == ("afmelden", True, "")


def test_a_secret_does_not_lie_readable_in_the_database() -> None:
    person = with_app()
    row = Authenticator.objects.get(user=person)
    assert GEHEIM not in str(row.data)


def test_a_code_works_once(client: Client) -> None:
    person, code = with_app(), now_code()
    for expected in (True, False):
        give_password(client, person.email)
        answer = client.post("/aanmelden/code", {"code": code})
        assert (answer.status_code == 302) is expected
        assert is_in(client) is expected
        client.post("/afmelden")


def test_a_wrong_code_does_not_sign_in(client: Client) -> None:
    person = with_app()
    give_password(client, person.email)
    answer = client.post("/aanmelden/code", {"code": "000000"})
    assert answer.status_code == 400
    assert "Deze code klopt niet" in answer.content.decode()
    assert not is_in(client)
    assert lines() == [("aanmelden", False, "code")]
    assert Logregel.objects.get().naam == person.naam


def test_the_answer_does_not_tell_who_exists(client: Client) -> None:
    person = with_app()
    pages = [give_password(client, email, "verkeerd-wachtwoord") for email in (person.email, "niemand@voorbeeld.test")]
    texts = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages]
    assert texts[0] == texts[1]
    assert AanmeldenLuktNiet.zin() in texts[0]


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_one_person_and_nobody_else(client: Client, known: bool) -> None:
    colleague, person = with_app(), with_app()
    email = person.email if known else "niemand@voorbeeld.test"
    with clock.put_at(NACHT) as time:
        for _ in range(5):
            assert AanmeldenLuktNiet.zin() in give_password(client, email, "verkeerd").content.decode()
        answer = give_password(client, email.upper())
        assert TeVaakGeprobeerd.zin() in answer.content.decode()
        assert "03:05" in answer.content.decode()
        assert give_password(client, colleague.email).status_code == 302, "from the same address"
        time.advance(timedelta(minutes=5))
        give_password(client, email, "verkeerd")
        time.advance(timedelta(minutes=9))
        assert TeVaakGeprobeerd.zin() in give_password(client, email).content.decode(), "the wait grows"
        time.advance(timedelta(minutes=1))
        assert (give_password(client, email).status_code == 302) is known
    assert not Aanmeldpoging.objects.filter(sleutel__contains="@").exists()
    assert ("aanmelden", False, "te vaak geprobeerd") in lines()


def test_a_right_password_does_not_give_endless_codes(client: Client) -> None:
    person = with_app()
    for _ in range(5):
        assert give_password(client, person.email).status_code == 302
        client.post("/aanmelden/code", {"code": "000000"})
    assert TeVaakGeprobeerd.zin() in give_password(client, person.email).content.decode()
    assert TeVaakGeprobeerd.zin() in client.post("/aanmelden/code", {"code": now_code()}).content.decode()


def test_a_whole_sign_in_wipes_the_slate(client: Client) -> None:
    person = with_app()
    for _ in range(4):
        give_password(client, person.email, "verkeerd")
    give_password(client, person.email)
    client.post("/aanmelden/code", {"code": now_code()})
    assert is_in(client)
    assert not Aanmeldpoging.objects.exists()


def test_the_second_step_has_ten_minutes(client: Client) -> None:
    person = with_app()
    with clock.put_at(NACHT) as time:
        give_password(client, person.email)
        time.advance(timedelta(minutes=10))
        answer = client.post("/aanmelden/code", {"code": now_code()})
        assert "duurde te lang" in answer.content.decode()
        assert not is_in(client)


@pytest.mark.parametrize("gone", ["inactive", "functie", "organisatie"])
def test_who_has_no_function_does_not_get_in(client: Client, gone: str) -> None:
    person = with_app()
    if gone == "inactive":
        Medewerker.objects.update(is_active=False)
    elif gone == "functie":
        Functie.objects.update(tot=clock.now())
    else:
        bij = functie_van(person).organisatie
        bij.actief = False
        bij.save()
    assert AanmeldenLuktNiet.zin() in give_password(client, person.email).content.decode()


@pytest.mark.parametrize("wanted", ["https://elders.example/", "//elders.example", "javascript:alert(1)", "\\\\elders"])
def test_signing_in_leads_nowhere_else(client: Client, wanted: str) -> None:
    person = with_app()
    give_password(client, person.email, next=wanted)
    assert client.post("/aanmelden/code", {"code": now_code()})["Location"] == "/"


def test_a_session_that_stood_ready_is_not_taken_over(client: Client) -> None:
    client.get("/aanmelden/sleutel")
    before = client.session.session_key
    person = with_app()
    give_password(client, person.email)
    client.post("/aanmelden/code", {"code": now_code()})
    assert client.session.session_key != before


# ---- the lock ------------------------------------------------------------------------------------------------------


def test_lock_and_unlock(client: Client) -> None:
    person = with_app()
    sign_in(client, person)
    assert client.post("/slot", {"doe": "slot"})["Location"] == "/slot"
    assert client.get("/account").status_code == 423
    assert client.post("/slot", {"code": "000000"}).status_code == 400
    assert client.get("/account").status_code == 423
    before = client.session.session_key
    assert client.post("/slot", {"code": now_code(), "next": "/regios"})["Location"] == "/regios"
    assert client.session.session_key != before
    assert is_in(client)
    assert lines() == [("slot", True, "zelf"), ("ontgrendelen", False, "code"), ("ontgrendelen", True, "code")]


def test_guessing_at_the_lock_counts_too(client: Client) -> None:
    person = with_app()
    sign_in(client, person)
    client.post("/slot", {"doe": "slot"})
    for _ in range(5):
        client.post("/slot", {"code": "000000"})
    answer = client.post("/slot", {"code": now_code()}, headers={"Accept": "application/json"})
    assert answer.json()["code"] == "TeVaakGeprobeerd"
    assert client.get("/account").status_code == 423
    assert client.post("/afmelden").status_code == 302, "leaving is always possible"


def test_the_page_asks_how_its_session_stands(client: Client) -> None:
    assert client.get("/slot/stand").json()["stand"] == "af"
    person = with_app()
    sign_in(client, person)
    found = client.get("/slot/stand").json()
    assert (found["stand"], found["functie"]) == ("open", str(functie_van(person).pk))
    client.post("/slot", {"doe": "slot"})
    assert client.get("/slot/stand").json()["stand"] == "slot"
    assert client.get("/slot/wakker", headers={"Accept": "application/json"}).status_code == 423


# ---- the own account -----------------------------------------------------------------------------------------------


def test_an_app_is_added_and_recovery_codes_work_once(client: Client) -> None:
    person = medewerker(password=WACHTWOORD)
    sign_in(client, person)
    page = client.get("/account/app").content.decode()
    assert "data:" not in page
    secret = re.sub(r"\s", "", re.search(r'vn-geheim">([A-Z2-7 ]+)<', page)[1])  # type: ignore[index]
    assert client.post("/account/app", {"code": "000000"}).status_code == 400
    assert client.post("/account/app", {"code": now_code(secret)})["Location"] == "/account"
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", client.post("/account/herstelcodes").content.decode())
    assert len(codes) == 10
    assert codes[0] not in client.get("/account").content.decode()
    for expected in (True, False):
        client.post("/afmelden")
        give_password(client, person.email)
        client.post("/aanmelden/code", {"code": codes[0]})
        assert is_in(client) is expected
    assert ("aanmelden", True, "herstelcode") in lines()


def test_the_last_factor_stays(client: Client) -> None:
    person = with_app()
    sign_in(client, person)
    row = factoren.factors(person.pk)[0]
    answer = client.post("/account/weg", {"factor": row.id})
    assert factoren.LaatsteFactor.zin() in answer.content.decode()
    assert client.post("/account/weg", {"factor": "x"}).status_code == 400
    other = with_app()
    assert client.post("/account/weg", {"factor": factoren.factors(other.pk)[0].id}).status_code == 400
    assert len(factoren.factors(person.pk)) == len(factoren.factors(other.pk)) == 1


def test_changing_factors_asks_to_show_one_again(client: Client) -> None:
    with clock.put_at(NACHT) as time:
        person = with_app()
        sign_in(client, person)
        for _ in range(3):
            time.advance(timedelta(minutes=4))
            assert is_in(client)
        assert client.post("/account/herstelcodes")["Location"].startswith("/slot")
        assert client.get("/account/sleutel", headers={"Accept": "application/json"}).status_code == 400
        assert "Bevestig dat jij het bent" in client.get("/slot").content.decode()
        client.post("/slot", {"code": now_code(), "next": "/account"})
        assert client.post("/account/herstelcodes").status_code == 200


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    person, other = with_app(), Client()
    sign_in(client, person)
    sign_in(other, person)
    fresh = "een-heel-ander-geheim-7"
    for words in (
        {"oud": "verkeerd", "wachtwoord": fresh, "nogmaals": fresh},
        {"oud": WACHTWOORD, "wachtwoord": "kort", "nogmaals": "kort"},
        {"oud": WACHTWOORD, "wachtwoord": fresh, "nogmaals": "anders"},
    ):
        assert client.post("/account/wachtwoord", words).status_code == 400
    words = {"oud": WACHTWOORD, "wachtwoord": fresh, "nogmaals": fresh}
    assert client.post("/account/wachtwoord", words)["Location"] == "/account"
    assert is_in(client)
    assert not is_in(other)
    assert give_password(Client(), person.email, fresh).status_code == 302


def test_somebody_with_two_functions_switches(client: Client) -> None:
    person = with_app(Rol.PLANNER)
    bij = organisatie(Soort.TOEGANG)
    second = Functie.objects.create(
        medewerker=person, organisatie=bij, rol=Rol.TOEGANGSMEDEWERKER, van=clock.now() - DAG
    )
    sign_in(client, person)
    assert client.post("/account/functie", {"functie": str(second.pk)})["Location"] == "/"
    assert bij.naam in client.get("/afspraken").content.decode()
    for wrong in (str(functie_van(medewerker()).pk), "x"):
        assert client.post("/account/functie", {"functie": wrong}).status_code == 400


# ---- coming and going ----------------------------------------------------------------------------------------------


def test_an_invitation_lets_one_person_in_once(client: Client) -> None:
    boss, bij = actor_of(medewerker(Rol.BEHEERDER)), organisatie()
    number, secret = accounts.invite(boss, bij.pk, Rol.CRISISMEDEWERKER, "bo@voorbeeld.test", "Bo", clock.now())
    assert secret not in str(Uitnodiging.objects.values())
    address = f"/uitnodiging/{secret}"
    confirm_all()
    assert "Welkom, Bo" in client.get(address).content.decode()
    for words in (
        {"wachtwoord": "kort", "nogmaals": "kort"},
        {"wachtwoord": WACHTWOORD, "nogmaals": "anders"},
        {"wachtwoord": "bo@voorbeeld.test", "nogmaals": "bo@voorbeeld.test"},
    ):
        assert client.post(address, words).status_code == 400
    answer = client.post(address, {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
    assert answer["Location"] == "/account"
    assert client.get("/slot/wakker").status_code == 204
    page = client.get("/account/app").content.decode()
    secret = re.sub(r"\s", "", re.search(r'vn-geheim">([A-Z2-7 ]+)<', page)[1])  # type: ignore[index]
    client.post("/account/app", {"code": now_code(secret)})
    assert client.session["wijze"] == "totp"
    assert client.get(address).status_code == 410, "used"
    assert functie_van(Medewerker.objects.get(pk=number)).rol == Rol.CRISISMEDEWERKER


def test_an_invitation_expires_and_a_new_one_replaces_it(client: Client) -> None:
    boss, bij = actor_of(medewerker(Rol.BEHEERDER)), organisatie()
    with clock.put_at(NACHT) as time:
        number, first = accounts.invite(boss, bij.pk, Rol.CRISISMEDEWERKER, "bo@voorbeeld.test", "Bo", clock.now())
        second = accounts.invite_again(boss, number, clock.now())
        confirm_all()
        assert client.get(f"/uitnodiging/{first}").status_code == 410
        assert client.get(f"/uitnodiging/{second}").status_code == 200
        time.advance(timedelta(days=7))
        answer = client.post(f"/uitnodiging/{second}", {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
        assert answer.status_code == 410
        assert accounts.UitnodigingOngeldig.zin() in answer.content.decode()
    assert client.get("/uitnodiging/verzonnen").status_code == 410


def test_a_forgotten_password_does_not_get_past_the_second_factor(client: Client) -> None:
    boss, person = actor_of(medewerker(Rol.BEHEERDER)), with_app()
    secret = accounts.invite_again(boss, person.pk, clock.now())
    assert give_password(client, person.email).status_code == 400, "the old password is gone"
    answer = client.post(f"/uitnodiging/{secret}", {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
    assert answer["Location"] == "/aanmelden/code"
    assert not is_in(client)
    client.post("/aanmelden/code", {"code": now_code()})
    assert is_in(client)


def test_a_phone_lost_at_three_in_the_morning(client: Client) -> None:
    bij = organisatie()
    coordinator = actor_of(medewerker(Rol.COORDINATOR, organisatie=bij))
    person, stolen = with_app(organisatie=bij), Client()
    sign_in(stolen, person)
    with clock.put_at(NACHT) as time:
        late = accounts.reset_factors(coordinator, person.pk, clock.now())
        time.advance(timedelta(minutes=15))
        give_password(client, person.email)
        assert client.post("/aanmelden/code", {"code": late}).status_code == 400
        code = accounts.reset_factors(coordinator, person.pk, clock.now())
        assert stolen.get("/account").status_code == 302
        give_password(client, person.email)
        assert client.post("/aanmelden/code", {"code": now_code()}).status_code == 400, "the old app is gone"
        assert client.post("/aanmelden/code", {"code": code.lower()}).status_code == 302
        assert client.session["wijze"] == "eenmalig"
        assert client.get("/")["Location"] == "/account"
        again = Client()
        give_password(again, person.email)
        assert again.post("/aanmelden/code", {"code": code}).status_code == 400, "once"
        time.advance(timedelta(minutes=30))
        assert client.get("/account").status_code == 302, "and not for long"
    assert ("herstellen", True, f"eenmaalcode voor {person.pk}") in lines()


@pytest.mark.parametrize(
    ("rol", "refusal"),
    [
        (Rol.CRISISMEDEWERKER, accounts.MagDitNiet),
        (Rol.COORDINATOR, accounts.BuitenJeOrganisatie),
        (Rol.BEHEERDER, None),
    ],
)
def test_who_may_reset(rol: str, refusal: type[Weigering] | None) -> None:
    door, person = actor_of(medewerker(rol)), with_app()
    if refusal is None:
        assert accounts.reset_factors(door, person.pk, clock.now())
        return
    with pytest.raises(refusal):
        accounts.reset_factors(door, person.pk, clock.now())
    assert factoren.factors(person.pk)


def test_an_administrator_stays_in_his_region_and_off_himself() -> None:
    boss = medewerker(Rol.BEHEERDER)
    door, now = actor_of(boss), clock.now()
    far = organisatie(regio="lekstroom")
    person = with_app(organisatie=far)
    for act in (
        lambda: accounts.invite(door, far.pk, Rol.CRISISMEDEWERKER, "a@voorbeeld.test", "A", now),
        lambda: accounts.invite_again(door, person.pk, now),
        lambda: accounts.revoke_for(door, person.pk, now),
        lambda: accounts.reset_factors(door, person.pk, now),
        lambda: accounts.end_function(door, functie_van(person).pk, now),
    ):
        with pytest.raises(accounts.BuitenJeRegio):
            act()
    for act in (
        lambda: accounts.invite_again(door, boss.pk, now),
        lambda: accounts.reset_factors(door, boss.pk, now),
        lambda: accounts.end_function(door, functie_van(boss).pk, now),
    ):
        with pytest.raises(accounts.NietVoorJezelf):
            act()


def test_an_invitation_must_make_sense() -> None:
    door, bij, now = actor_of(medewerker(Rol.BEHEERDER)), organisatie(), clock.now()
    accounts.invite(door, bij.pk, Rol.COORDINATOR, "bo@voorbeeld.test", "Bo", now)
    for rol, email, naam, refusal in (
        (Rol.COORDINATOR, "BO@voorbeeld.test", "Bo", accounts.FunctieIsErAl),
        (Rol.JEUGDBESCHERMER, "bo@voorbeeld.test", "Bo", accounts.FunctiePastNiet),
        (Rol.COORDINATOR, "bo", "Bo", accounts.AdresKloptNiet),
        (Rol.COORDINATOR, "bob@voorbeeld.test", " ", accounts.NaamOntbreekt),
    ):
        with pytest.raises(refusal):
            accounts.invite(door, bij.pk, rol, email, naam, now)
    with pytest.raises(accounts.MagDitNiet):
        accounts.invite(actor_of(medewerker(Rol.COORDINATOR)), bij.pk, Rol.COORDINATOR, "c@voorbeeld.test", "C", now)


def test_the_first_administrator_of_a_region(client: Client) -> None:
    now = clock.now()
    secret = accounts.invite_first_administrator("zuid-limburg", "Regio Zuid", "bo@voorbeeld.test", "Bo", now)
    assert client.get(f"/uitnodiging/{secret}").status_code == 200
    with pytest.raises(accounts.FunctieIsErAl):
        accounts.invite_first_administrator("zuid-limburg", "regio zuid", "bo@voorbeeld.test", "Bo", now)
    other = organisatie()
    with pytest.raises(accounts.OrganisatieOnbekend):
        accounts.invite_first_administrator("zuid-limburg", other.naam, "an@voorbeeld.test", "An", now)


# ---- the demo ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("setting", "marked"), [(True, False), (False, True), (False, False)])
def test_one_click_is_for_a_database_of_the_demo_only(
    client: Client, settings: Any, setting: bool, marked: bool
) -> None:
    person = medewerker()
    settings.DEMO = setting
    if marked:
        accounts.mark_as_demo(clock.now())
    assert client.get("/proef").status_code == 404
    assert client.post("/proef", {"wie": str(person.pk)}).status_code == 404
    assert "/proef" not in client.get("/aanmelden").content.decode()
    sign_in(client, person, wijze="proef")
    assert client.get("/account").status_code == 302, "nor does a session from there hold"


def test_one_click_in_the_demo(client: Client) -> None:
    accounts.mark_as_demo(clock.now())
    accounts.mark_as_demo(clock.now())
    person = medewerker(naam="Noor")
    assert "/proef" in client.get("/aanmelden").content.decode()
    assert "Noor" in client.get("/proef").content.decode()
    for wrong in ("", "x", str(functie_van(person).pk)):
        assert client.post("/proef", {"wie": wrong}).status_code == 404
    assert client.post("/proef", {"wie": str(person.pk)})["Location"] == "/"
    assert is_in(client)
    client.post("/slot", {"doe": "slot"})
    assert "Verder als Noor" in client.get("/account").content.decode()
    client.post("/slot", {"doe": "proef"})
    assert is_in(client)
    assert lines() == [("aanmelden", True, "proef"), ("slot", True, "zelf"), ("ontgrendelen", True, "proef")]


def test_one_click_does_not_unlock_who_came_in_with_a_code(client: Client) -> None:
    accounts.mark_as_demo(clock.now())
    sign_in(client, with_app())
    client.post("/slot", {"doe": "slot"})
    assert client.post("/slot", {"doe": "proef"}).status_code == 400
    assert client.get("/account").status_code == 423


@pytest.mark.parametrize("path", ["/aanmelden/sleutel", "/slot/sleutel", "/account/sleutel"])
@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"response": 3}', '{"id": "x", "rawId": "x", "response": {}}', "\x00"]
)
def test_nonsense_is_no_passkey(client: Client, path: str, body: str) -> None:
    if not path.startswith("/aanmelden"):
        sign_in(client, with_app())
    client.get(path)
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "SleutelKloptNiet"
