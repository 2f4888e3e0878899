# SPDX-License-Identifier: EUPL-1.2
"""What is open to all is open at a bearable pace, whichever process answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from tests.mensen import medewerker, sign_in
from vangnet.access import tegoed
from vangnet.access.models import Tegoed
from vangnet.access.tegoed import Grens
from vangnet.conf import clock

NU = datetime.fromisoformat("2024-05-16T22:00:00+02:00")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tegoed, "PER_BEZOEKER", Grens(3, 0.5))


def ask(path: str = "/regios", adres: str = "203.0.113.7") -> int:
    """Each with a client of its own: what is counted is kept in the database."""
    return int(Client(REMOTE_ADDR=adres).get(path).status_code)


def test_an_address_that_asks_too_much_waits() -> None:
    with clock.put_at(NU) as time:
        assert [ask() for _ in range(4)] == [200, 200, 200, 429]
        assert ask("/api/v1/regios") == 429, "one bucket for all that is open"
        assert ask(adres="203.0.113.8") == 200
        answer = Client(REMOTE_ADDR="203.0.113.7").get("/afspraken")
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("2", "no-store, private")
        assert "Wacht 2 seconden" in answer.content.decode()
        time.advance(timedelta(seconds=2))
        assert ask() == 200
    assert "203.0.113" not in str(list(Tegoed.objects.values())), "the table names nobody"


def test_the_interface_says_it_as_a_problem() -> None:
    with clock.put_at(NU):
        for _ in range(3):
            ask("/api/v1/regios")
        answer = Client(REMOTE_ADDR="203.0.113.7").get("/api/v1/regios")
        assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
        assert answer["Retry-After"] == "2"


def test_a_network_of_ipv6_is_one_address() -> None:
    with clock.put_at(NU):
        assert [ask(adres=f"2001:db8::{n}") for n in range(1, 5)] == [200, 200, 200, 429]


def test_who_is_signed_in_and_this_machine_itself_are_not_counted() -> None:
    with clock.put_at(NU):
        client = Client(REMOTE_ADDR="203.0.113.7")
        sign_in(client, medewerker())
        assert {client.get("/regios").status_code for _ in range(6)} == {200}
        assert {ask("/gezond", "127.0.0.1") for _ in range(6)} == {200}


def test_without_a_database_what_is_open_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*words: object) -> int:
        raise OperationalError

    monkeypatch.setattr(tegoed, "take", away)
    assert ask() == 200
