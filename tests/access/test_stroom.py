# SPDX-License-Identifier: EUPL-1.2
"""Access that ends, ends in the middle of what is being sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client

from tests.mensen import actor_of, functie_van, medewerker, sign_in
from vangnet.access import accounts, sessie
from vangnet.access.models import Medewerker, Organisatie, Rol
from vangnet.access.sessieopslag import SessionStore
from vangnet.access.stroom import ELKE, Stroomrecht, right_of, watched
from vangnet.conf import clock
from vangnet.web.beheer import logboek

NU = datetime.fromisoformat("2024-05-16T22:00:00+02:00")


@pytest.fixture
def time() -> Iterator[Any]:
    with clock.put_at(NU) as put:
        yield put


def sent(ask: Callable[[datetime], bool], time: Any, after: Callable[[int], None], seconds: float = 2) -> list[str]:
    """What of ten parts comes out, with `seconds` between them and something that happens after each."""
    uit = []
    for part in watched((str(n) for n in range(10)), ask, clock.now, last="einde"):
        uit.append(part)
        if part != "einde":
            after(int(part))
        time.advance(timedelta(seconds=seconds))
    return uit


# ---- what ends it --------------------------------------------------------------------------------------------------


def _revoked(person: Medewerker) -> None:
    accounts.revoke(person.pk, clock.now())


def _left(person: Medewerker) -> None:
    functie = functie_van(person)
    functie.tot = clock.now()
    functie.save()


def _inactive(person: Medewerker) -> None:
    Medewerker.objects.filter(pk=person.pk).update(is_active=False)


def _closed(person: Medewerker) -> None:
    Organisatie.objects.filter(functies__medewerker=person).update(actief=False)


def _signed_out(person: Medewerker) -> None:
    Session.objects.all().delete()


def _other_function(person: Medewerker) -> None:
    functie = functie_van(person)
    functie.rol = Rol.BELEIDSMEDEWERKER
    functie.save()


@pytest.mark.django_db
@pytest.mark.parametrize("ends", [_revoked, _left, _inactive, _closed, _signed_out, _other_function])
def test_what_is_being_sent_stops_within_seconds(ends: Callable[[Medewerker], None], time: Any) -> None:
    person = medewerker(Rol.FG)
    ask = Stroomrecht(sign_in(Client(), person), "log.inzien")
    assert sent(ask, time, lambda n: None) == [*"0123456789"], "untouched it goes on to the end"
    gekregen = sent(ask, time, lambda n: ends(person) if n == 3 else None)
    assert gekregen[-1] == "einde"
    assert gekregen[:4] == [*"0123"]
    assert len(gekregen) - 1 <= 4 + ELKE.total_seconds() / 2 + 1
    assert sent(ask, time, lambda n: None) == ["einde"], "and nothing more begins"


@pytest.mark.django_db
def test_a_lock_cuts_no_download_but_the_end_of_the_session_does(time: Any) -> None:
    key = sign_in(Client(), medewerker(Rol.FG))
    held = SessionStore(key)
    held[sessie.SLOT] = True
    held.save()
    assert Stroomrecht(key, "log.inzien")(NU)
    assert Stroomrecht(key, "log.inzien")(NU + timedelta(minutes=5)), "nobody sits there"
    assert not Stroomrecht(key, "log.inzien")(NU + timedelta(hours=12)), "and a session ends"


@pytest.mark.django_db
def test_an_account_without_a_factor_streams_nothing(time: Any) -> None:
    assert not Stroomrecht(sign_in(Client(), medewerker(Rol.FG), wijze="uitnodiging"), "log.inzien")(NU)
    assert not Stroomrecht("", "log.inzien")(NU)


@pytest.mark.django_db
def test_a_database_that_is_away_is_no_yes(time: Any) -> None:
    def away(op: datetime) -> bool:
        raise OperationalError

    assert sent(away, time, lambda n: None) == ["einde"]


# ---- a real download -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_download_of_the_log_is_cut_where_it_is(time: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logboek, "CHUNK", 1)
    person, client = medewerker(Rol.FG), Client()
    sign_in(client, person)
    for _ in range(8):
        client.get("/beheer/log")
    answer = client.get("/beheer/log/bestand")
    assert answer.streaming
    lines = []
    for part in answer.streaming_content:
        lines.append(part.decode())
        if len(lines) == 3:
            accounts.revoke_for(actor_of(medewerker(Rol.BEHEERDER)), person.pk, clock.now())
        time.advance(timedelta(seconds=2))
    assert lines[-1] == "Afgebroken: je toegang eindigde terwijl dit bestand werd verstuurd.\r\n"
    assert len(lines) < 9
    assert client.get("/beheer/log/bestand").status_code == 302


def test_right_of_takes_the_session_of_the_request() -> None:
    request: Any = HttpRequest()
    request.session = SessionStore("abcdefghijkl")
    assert right_of(request, "log.inzien") == Stroomrecht("abcdefghijkl", "log.inzien")
