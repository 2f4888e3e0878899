# SPDX-License-Identifier: EUPL-1.2
"""Nobody alone makes a key that opens families, or takes over an account; and a lost phone at three is solved in minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.api.sleutels import Asker, refusal
from tests.mensen import actor_of, functie, medewerker, organisatie, sign_in
from vangnet.access import accounts, factoren, koppelingen, sessie, tweede
from vangnet.access.models import Koppeling, Logregel, Medewerker, Rol, Uitnodiging
from vangnet.conf import clock
from vangnet.process.manage_people import change_function

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T03:00:00+02:00")
WACHTWOORD = "een heel lang wachtwoord 7"


@pytest.fixture(autouse=True)
def three_in_the_morning() -> Any:
    with clock.put_at(NU) as time:
        yield time


@pytest.fixture
def boss() -> Any:
    return actor_of(medewerker(Rol.BEHEERDER))


def has_app(person: Medewerker) -> None:
    """A second factor; what is in it does not matter here."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})


def lines() -> list[tuple[str, str, str]]:
    return list(Logregel.objects.order_by("nummer").values_list("handeling", "naam", "toelichting"))


# ---- keys ----------------------------------------------------------------------------------------------------------


def test_a_key_opens_nothing_until_a_second_person_says_yes(boss: Any) -> None:
    dienst = organisatie()
    made = koppelingen.create(boss, NU, dienst.pk, "Telefoon", ["bellen.inzien"], NU + timedelta(days=90))
    asker = Asker(made.sleutel)
    refusal(asker.get("/contacten"), 401, "SleutelWacht")
    (wacht,) = tweede.waiting(boss, NU)
    assert (wacht.naam, wacht.bij, wacht.eigen, wacht.scopes) == ("Telefoon", (dienst.naam,), True, ("bellen.inzien",))
    assert tweede.count_waiting(boss, NU) == 0
    with pytest.raises(tweede.EigenWerk):
        tweede.confirm(boss, NU, tweede.SLEUTEL, made.id)
    refusal(asker.get("/contacten"), 401, "SleutelWacht")
    coordinator = actor_of(medewerker(Rol.COORDINATOR, dienst))
    assert tweede.count_waiting(coordinator, NU) == 1
    assert tweede.confirm(coordinator, NU, tweede.SLEUTEL, made.id) == "Telefoon"
    assert asker.get("/contacten").status_code == 200
    (line,) = koppelingen.list_keys(boss, NU)
    assert (line.stand, line.door, line.bevestigd_door) == ("geldt", boss.naam, coordinator.naam)
    assert ("bevestigen", coordinator.naam, f"{line.begin} bevestigd") in lines()
    with pytest.raises(tweede.NietsTeBevestigen):
        tweede.confirm(coordinator, NU, tweede.SLEUTEL, made.id)


def test_the_same_person_in_another_function_is_no_second_person(boss: Any) -> None:
    dienst = organisatie()
    made = koppelingen.create(boss, NU, dienst.pk, "Telefoon", ["bellen.inzien"], NU + timedelta(days=90))
    ook = functie(Medewerker.objects.get(pk=boss.medewerker_id), Rol.COORDINATOR, dienst)
    with pytest.raises(tweede.EigenWerk):
        tweede.confirm(actor_of(Medewerker.objects.get(pk=boss.medewerker_id), ook), NU, tweede.SLEUTEL, made.id)
    with pytest.raises(IntegrityError), transaction.atomic():  # Nor past the function: the database refuses it.
        Koppeling.objects.filter(pk=made.id).update(bevestigd_op=NU, bevestigd_door=boss.medewerker_id)


def test_who_may_be_the_second_person(boss: Any) -> None:
    dienst = organisatie()
    made = koppelingen.create(boss, NU, dienst.pk, "Telefoon", ["bellen.inzien"], NU + timedelta(days=90))
    for rol in Rol.values:
        wie = actor_of(medewerker(rol, dienst if rol == Rol.CRISISMEDEWERKER else None))
        if rol == Rol.BEHEERDER:
            continue
        refused = tweede.NietsTeBevestigen if rol == Rol.COORDINATOR else tweede.MagNietBevestigen  # of another service
        with pytest.raises(refused):
            tweede.confirm(wie, NU, tweede.SLEUTEL, made.id)
    far = actor_of(medewerker(Rol.BEHEERDER, organisatie("regio", regio="lekstroom")))
    with pytest.raises(tweede.NietsTeBevestigen):
        tweede.confirm(far, NU, tweede.SLEUTEL, made.id)
    assert tweede.confirmers(boss, [dienst.pk], NU) == tuple(
        sorted(Medewerker.objects.filter(functies__rol=Rol.BEHEERDER, functies__organisatie__regio=boss.regio).exclude(pk=boss.medewerker_id).values_list("naam", flat=True))
    )  # fmt: skip


def test_a_key_that_nobody_confirmed_in_time_is_dead(boss: Any) -> None:
    made = koppelingen.create(boss, NU, organisatie().pk, "Telefoon", ["bellen.inzien"], NU + timedelta(days=90))
    later = NU + koppelingen.BEVESTIGEN_BINNEN
    with pytest.raises(tweede.NietsTeBevestigen):
        tweede.confirm(actor_of(medewerker(Rol.BEHEERDER)), later, tweede.SLEUTEL, made.id)
    assert koppelingen.list_keys(boss, later)[0].stand == "onbevestigd"


def test_a_no_takes_it_back(boss: Any) -> None:
    made = koppelingen.create(boss, NU, organisatie().pk, "Telefoon", ["bellen.inzien"], NU + timedelta(days=90))
    assert tweede.refuse(actor_of(medewerker(Rol.BEHEERDER)), NU, tweede.SLEUTEL, made.id) == "Telefoon"
    refusal(Asker(made.sleutel).get("/contacten"), 401, "SleutelVerlopen")


# ---- accounts ------------------------------------------------------------------------------------------------------


def test_an_invented_colleague_does_not_get_in(boss: Any, client: Client) -> None:
    """Alone an administrator could invite somebody who does not exist, and be him."""
    dienst = organisatie()
    wie, secret = accounts.invite(boss, dienst.pk, Rol.CRISISMEDEWERKER, "niemand@voorbeeld.test", "Niemand", NU)
    sent = {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD}
    answer = client.post(f"/uitnodiging/{secret}", sent)
    assert answer.status_code == 409
    assert accounts.UitnodigingWacht.zin() in answer.content.decode()
    assert not Medewerker.objects.get(pk=wie).has_usable_password()
    (wacht,) = tweede.waiting(boss, NU)
    with pytest.raises(tweede.EigenWerk):
        tweede.confirm(boss, NU, tweede.UITNODIGING, wacht.id)
    tweede.confirm(actor_of(medewerker(Rol.COORDINATOR, dienst)), NU, tweede.UITNODIGING, wacht.id)
    assert client.post(f"/uitnodiging/{secret}", sent)["Location"] == "/account"


def test_nobody_gives_himself_a_function(boss: Any) -> None:
    """An administrator with a second function of his own would read families alone."""
    zelf = Medewerker.objects.get(pk=boss.medewerker_id)
    dienst = organisatie()
    with pytest.raises(accounts.NietVoorJezelf):
        accounts.invite(boss, dienst.pk, Rol.CRISISMEDEWERKER, zelf.email.upper(), "Ik", NU)
    with pytest.raises(accounts.NietVoorJezelf):
        change_function(boss, NU, zelf.functies.get().pk, str(dienst.pk), Rol.CRISISMEDEWERKER)
    assert zelf.functies.count() == 1


def test_a_new_password_and_a_code_do_not_come_from_one_hand(boss: Any, client: Client) -> None:
    dienst = organisatie()
    person = medewerker(Rol.CRISISMEDEWERKER, dienst, password=WACHTWOORD)
    has_app(person)
    secret = accounts.invite_again(boss, person.pk, NU)
    client.post(f"/uitnodiging/{secret}", {"wachtwoord": WACHTWOORD + "x", "nogmaals": WACHTWOORD + "x"})
    for later in (timedelta(minutes=1), timedelta(days=30)):  # waiting does not help
        with pytest.raises(accounts.ZelfdeHand):
            accounts.reset_factors(boss, person.pk, NU + later)
    assert factoren.factors(person.pk), "nothing was taken away"
    coordinator = actor_of(medewerker(Rol.COORDINATOR, dienst))
    assert accounts.reset_factors(coordinator, person.pk, NU), "another hand may"


def test_the_other_order_does_not_help_either(boss: Any, client: Client) -> None:
    person = medewerker(Rol.CRISISMEDEWERKER, password=WACHTWOORD)
    has_app(person)
    accounts.reset_factors(boss, person.pk, NU)
    secret = accounts.invite_again(boss, person.pk, NU)
    answer = client.post(f"/uitnodiging/{secret}", {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
    assert answer.status_code == 409, "without a factor the invitation is the whole key"


def test_ending_and_giving_back_is_no_way_round(boss: Any, client: Client) -> None:
    from vangnet.process.manage_people import give_back, leave

    person = medewerker(Rol.CRISISMEDEWERKER, password=WACHTWOORD)
    has_app(person)
    leave(boss, NU, person.pk)
    back = give_back(boss, NU + timedelta(seconds=1), person.pk, person.functies.get().pk)
    clock_later = {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD}
    with clock.put_at(NU + timedelta(seconds=2)):
        assert client.post(f"/uitnodiging/{back.geheim}", clock_later).status_code == 409


def test_after_the_person_came_in_himself_it_is_his_again(boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    person = medewerker(Rol.CRISISMEDEWERKER, password=WACHTWOORD)
    has_app(person)
    secret = accounts.invite_again(boss, person.pk, NU)
    client = Client()
    client.post(f"/uitnodiging/{secret}", {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
    monkeypatch.setattr(factoren, "check_code", lambda *words: "totp")
    assert client.post("/aanmelden/code", {"code": "123456"}).status_code == 302
    assert Uitnodiging.objects.get().afgerond_op == NU
    assert accounts.reset_factors(boss, person.pk, NU + timedelta(hours=1))


def test_a_passkey_alone_says_nothing_of_the_password(boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The victim comes in with his passkey while another has set his password: that is not his yet."""
    person = medewerker(Rol.CRISISMEDEWERKER, password=WACHTWOORD)
    has_app(person)
    secret = accounts.invite_again(boss, person.pk, NU)
    accounts.accept_invitation(secret, WACHTWOORD, NU)
    monkeypatch.setattr(factoren, "check_passkey", lambda *words, **named: person)
    assert Client().post("/aanmelden/sleutel", "{}", content_type="application/json").status_code == 200
    with pytest.raises(accounts.ZelfdeHand):
        accounts.reset_factors(boss, person.pk, NU)


def test_a_lost_phone_at_three_takes_one_call(client: Client) -> None:
    """One coordinator, one call; no second person is needed, since the password is the colleague's own."""
    dienst = organisatie()
    person = medewerker(Rol.CRISISMEDEWERKER, dienst, password=WACHTWOORD)
    has_app(person)
    code = accounts.reset_factors(actor_of(medewerker(Rol.COORDINATOR, dienst)), person.pk, NU)
    client.post("/aanmelden", {"email": person.email, "wachtwoord": WACHTWOORD})
    assert client.post("/aanmelden/code", {"code": code}).status_code == 302
    assert client.session[sessie.WIJZE] == "eenmalig"


def test_phone_and_password_both_lost_takes_two(boss: Any, client: Client) -> None:
    """The coordinator gives the code, an administrator the invitation, and the coordinator says yes to it: minutes."""
    dienst = organisatie()
    coordinator = actor_of(medewerker(Rol.COORDINATOR, dienst))
    person = medewerker(Rol.CRISISMEDEWERKER, dienst, password=WACHTWOORD)
    has_app(person)
    accounts.reset_factors(coordinator, person.pk, NU)
    secret = accounts.invite_again(boss, person.pk, NU)
    (wacht,) = tweede.waiting(coordinator, NU)
    tweede.confirm(coordinator, NU, wacht.soort, wacht.id)
    answer = client.post(f"/uitnodiging/{secret}", {"wachtwoord": WACHTWOORD, "nogmaals": WACHTWOORD})
    assert answer["Location"] == "/account"


# ---- the screen ----------------------------------------------------------------------------------------------------


def test_who_confirms_shows_his_second_factor_first(boss: Any, three_in_the_morning: Any) -> None:
    dienst, client = organisatie(), Client()
    made = koppelingen.create(boss, NU, dienst.pk, "Telefoon <b>", ["bellen.inzien"], NU + timedelta(days=90))
    sign_in(client, medewerker(Rol.COORDINATOR, dienst))
    assert "Er wacht 1 sleutel of account" in client.get("/beheer").content.decode()
    page = client.get("/beheer/bevestigen").content.decode()
    assert "Telefoon &lt;b&gt;" in page and "De bellijst lezen" in page and "Bevestig" in page
    session = client.session
    session[sessie.BEVESTIGD] = int((NU - timedelta(minutes=11)).timestamp())
    session.save()
    yes = f"/beheer/bevestigen/sleutel/{made.id}"
    assert client.post(yes)["Location"] == "/slot?next=%2Fbeheer%2Fbevestigen"
    refusal(Asker(made.sleutel).get("/contacten"), 401, "SleutelWacht")
    session[sessie.BEVESTIGD] = int(NU.timestamp())
    session.save()
    assert client.post(yes).status_code == 303
    assert "Er wacht niets op bevestiging" in client.get("/beheer/bevestigen").content.decode()
    assert client.post(yes).status_code == 409
    assert Asker(made.sleutel).get("/contacten").status_code == 200


def test_who_made_it_is_told_who_can_confirm(boss: Any) -> None:
    dienst, client = organisatie(), Client()
    sign_in(client, Medewerker.objects.get(pk=boss.medewerker_id))
    sent = {"naam": "Bo", "email": "bo@voorbeeld.test", "organisatie": str(dienst.pk), "rol": Rol.CRISISMEDEWERKER}
    assert "die is er nog niet" in client.post("/beheer/uitnodigen", sent).content.decode()
    medewerker(Rol.COORDINATOR, dienst, naam="Iris de Wit")
    page = client.post("/beheer/uitnodigen", sent | {"email": "an@voorbeeld.test"}).content.decode()
    assert "Iris de Wit" in page
    assert "Dit maakte je zelf" in client.get("/beheer/bevestigen").content.decode()
    (een, twee) = tweede.waiting(boss, NU)
    assert client.post(f"/beheer/bevestigen/uitnodiging/{een.id}").status_code == 409
    assert client.post(f"/beheer/bevestigen/uitnodiging/{een.id}", {"doe": "weiger"}).status_code == 303
    assert [w.id for w in tweede.waiting(boss, NU)] == [twee.id]
