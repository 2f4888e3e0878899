# SPDX-License-Identifier: EUPL-1.2
"""The gate: who gets in, when a session ends, when it locks, and what is written down of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tests.mensen import actor_of, functie, functie_van, medewerker, organisatie, sign_in
from vangnet.access import accounts, pogingen
from vangnet.access.declare import public, stays_writable
from vangnet.access.log import note
from vangnet.access.middleware import address_of
from vangnet.access.models import Functie, Logregel, Medewerker, Rol, Soort
from vangnet.access.rechten import needs
from vangnet.conf import clock

pytestmark = pytest.mark.django_db

NACHT = datetime(2024, 5, 17, 1, 0, tzinfo=UTC)
ran: list[str] = []


@needs("bord", "inzien")
def board(request: HttpRequest) -> HttpResponse:
    ran.append("board")
    return HttpResponse(request.actor.naam)  # type: ignore[attr-defined]


@needs("melding", "opnemen")
@stays_writable
def save(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.actor.naam)  # type: ignore[attr-defined]


def bare(request: HttpRequest) -> HttpResponse:
    ran.append("bare")
    return HttpResponse()


@public("a page for everybody")
def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.actor.naam if request.actor else "niemand")  # type: ignore[attr-defined]


urlpatterns = [
    path("bord", board),
    path("bewaar", save),
    path("zonder-merk", bare),
    path("voor", front),
    path("", include("vangnet.conf.urls")),
]
handler403 = "vangnet.web.fouten.geen_toegang"


@pytest.fixture(autouse=True)
def own_urls(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    ran.clear()


def lines(handeling: str) -> list[tuple[str, bool, str]]:
    rows = Logregel.objects.filter(handeling=handeling).order_by("op", "id")
    return [(row.naam, row.geslaagd, row.toelichting) for row in rows]


def test_who_is_not_signed_in_goes_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/bord?week=3")
    assert (answer.status_code, answer["Location"]) == (302, "/aanmelden?next=%2Fbord%3Fweek%3D3")
    sent = client.post("/bord", {"a": "b"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 401 and 'name="a" value="b"' in sent.content.decode(), "what was typed is kept"
    part = client.get("/bord", headers={"HX-Request": "true"})
    assert part.status_code == 401
    assert "wat je schreef staat er nog" in part.content.decode()
    assert ran == []
    assert client.get("/voor").content == b"niemand"


def test_two_queries_for_session_person_function_and_organisation(
    client: Client, django_assert_num_queries: Any
) -> None:
    person = medewerker(naam="Noor")
    sign_in(client, person)
    with django_assert_num_queries(2):
        answer = client.get("/bord")
    assert answer.content == b"Noor"
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/voor").content == b"Noor"


def test_a_stranger_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/voor")
        client.get("/bord")


@pytest.mark.parametrize("rol", [Rol.PLANNER, Rol.BEHEERDER, Rol.FG, Rol.BELEIDSMEDEWERKER])
def test_a_function_without_the_right_is_refused_and_noted(client: Client, rol: str) -> None:
    person = medewerker(rol)
    sign_in(client, person)
    answer = client.get("/bord", REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 403
    assert ran == []
    line = Logregel.objects.get()
    assert (line.handeling, line.ding, line.toelichting, line.geslaagd) == ("geweigerd", "bord", "bord.inzien", False)
    assert (line.medewerker_id, line.rol, line.adres) == (person.pk, rol, "10.1.2.3")
    assert line.verzoek is not None


def test_a_view_without_a_mark_never_runs(client: Client) -> None:
    sign_in(client, medewerker())
    assert client.get("/zonder-merk").status_code == 403
    assert ran == []
    assert lines("geweigerd")[0][2] == "geen merk"


def test_five_idle_minutes_lock_everything_but_what_stays_writable(client: Client) -> None:
    with clock.put_at(NACHT) as time:
        sign_in(client, medewerker(naam="Noor"))
        time.advance(timedelta(minutes=4, seconds=59))
        assert client.get("/bord").status_code == 200, "and this counts as doing something"
        time.advance(timedelta(minutes=4, seconds=59))
        assert client.get("/bord").status_code == 200
        time.advance(timedelta(minutes=5))
        page = client.get("/bord")
        assert page.status_code == 423
        assert "Op slot" in page.content.decode()
        part = client.post("/bord", headers={"HX-Request": "true"})
        assert (part.status_code, part["Content-Type"]) == (423, "text/plain; charset=utf-8")
        assert client.post("/bewaar").content == b"Noor"
        assert client.get("/bord").status_code == 423, "saving does not unlock"
        assert client.get("/voor").content == b"niemand"
    assert lines("slot") == [("Noor", True, "niets gedaan")]


@pytest.mark.parametrize("headers", [{"X-Achtergrond": "1"}, {"Accept": "text/event-stream"}])
def test_a_refresh_by_the_page_itself_keeps_nobody_awake(client: Client, headers: dict[str, str]) -> None:
    with clock.put_at(NACHT) as time:
        sign_in(client, medewerker())
        for _ in range(4):
            time.advance(timedelta(minutes=1))
            assert client.get("/bord", headers=headers).status_code == 200
        time.advance(timedelta(minutes=1))
        assert client.get("/bord", headers=headers).status_code == 423


def test_the_idle_time_is_a_setting(client: Client, settings: Any) -> None:
    settings.VANGNET_SLOT_MINUTEN = 15
    with clock.put_at(NACHT) as time:
        sign_in(client, medewerker())
        time.advance(timedelta(minutes=14))
        assert client.get("/bord").status_code == 200


def test_a_session_ends_after_twelve_hours_however_busy(client: Client) -> None:
    with clock.put_at(NACHT) as time:
        sign_in(client, medewerker())
        for _ in range(12 * 15 - 1):
            time.advance(timedelta(minutes=4))
            assert client.get("/bord").status_code == 200
        time.advance(timedelta(minutes=4))
        assert client.get("/bord").status_code == 302


def test_a_revoked_session_ends_at_the_next_request(client: Client) -> None:
    person, other = medewerker(), Client()
    sign_in(client, person)
    sign_in(other, person)
    assert client.get("/bord").status_code == other.get("/bord").status_code == 200
    accounts.revoke(person.pk, clock.now())
    assert client.get("/bord").status_code == other.get("/bord").status_code == 302
    assert "HX-Request" not in client.cookies


def test_a_leaver_is_out_at_once(client: Client) -> None:
    boss, person = medewerker(Rol.BEHEERDER), medewerker()
    sign_in(client, person)
    accounts.end_function(actor_of(boss), functie_van(person).pk, clock.now())
    assert client.get("/bord").status_code == 302
    assert not Medewerker.objects.get(pk=person.pk).is_active
    assert [line[2] for line in lines("beëindigen")] == [f"functie crisismedewerker van {person.pk}"]


def test_a_function_that_runs_out_ends_the_session(client: Client) -> None:
    with clock.put_at(NACHT) as time:
        person = medewerker()
        Functie.objects.filter(medewerker=person).update(tot=NACHT + timedelta(minutes=2))
        sign_in(client, person)
        assert client.get("/bord").status_code == 200
        time.advance(timedelta(minutes=2))
        assert client.get("/bord").status_code == 302


def test_an_organisation_that_left_lets_nobody_in(client: Client) -> None:
    bij = organisatie()
    sign_in(client, medewerker(organisatie=bij))
    bij.actief = False
    bij.save()
    assert client.get("/bord").status_code == 302


def test_somebody_elses_function_does_not_pass(client: Client) -> None:
    person, other = medewerker(), medewerker()
    sign_in(client, person, functie_van(other))
    assert client.get("/bord").status_code == 302


def test_who_is_only_half_in_reaches_only_his_account(client: Client) -> None:
    sign_in(client, medewerker(), wijze="uitnodiging")
    answer = client.get("/bord")
    assert (answer.status_code, answer["Location"], ran) == (302, "/account", [])
    assert client.get("/bord", headers={"HX-Request": "true"}).status_code == 403
    assert client.get("/account").status_code == 200
    assert client.get("/voor").content == b"niemand"


def test_the_function_decides_and_not_the_person(client: Client) -> None:
    person = medewerker(Rol.PLANNER)
    second = functie(person, Rol.CRISISMEDEWERKER, organisatie(Soort.CRISISDIENST))
    sign_in(client, person, second)
    assert client.get("/bord").status_code == 200
    sign_in(client, person)
    assert client.get("/bord").status_code == 403


def test_a_session_holds_no_name(client: Client) -> None:
    person = medewerker(naam="Noor Jansma", email="noor@voorbeeld.test")
    sign_in(client, person)
    client.get("/bord")
    assert "noor" not in str(dict(client.session)).lower()


@pytest.mark.parametrize(
    ("proxy", "header", "found"),
    [
        (False, "192.0.2.1", "10.0.0.9"),
        (True, "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        (True, None, "10.0.0.9"),
        (True, "onzin", None),
    ],
)
def test_the_address_is_what_the_proxy_added_last(
    rf: Any, settings: Any, proxy: bool, header: str | None, found: str | None
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    headers = {"X-Forwarded-For": header} if header else {}
    assert address_of(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.9")) == found


@pytest.mark.django_db(transaction=True)
def test_tries_at_once_do_not_slip_through() -> None:
    def one(_: int) -> bool:
        try:
            pogingen.begin("noor@voorbeeld.test", NACHT)
        except pogingen.TeVaakGeprobeerd:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(24))) == pogingen.VRIJ


STATEMENTS = ["update access_logregel set naam = 'x'", "delete from access_logregel", "truncate access_logregel"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_log_only_takes_new_lines(statement: str) -> None:
    note(None, "aanmelden", "account", NACHT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Logregel.objects.count() == 1


@pytest.mark.parametrize("statement", STATEMENTS)
def test_nor_does_its_owner_change_the_log(statement: str, cluster: Any, database_name: str) -> None:
    import psycopg

    from vangnet.cli.postgres import EIGENAAR

    with psycopg.connect(cluster.url(EIGENAAR, database_name)) as link:
        link.execute("set lock_timeout = '5s'")
        link.execute(
            "insert into access_logregel (id, op, naam, rol, handeling, ding, geslaagd, toelichting, doel, relatie, toestemming, bron)"
            " values (gen_random_uuid(), now(), '', '', 'proef', 'account', true, '', '', '', '', '')"
        )
        with pytest.raises(psycopg.errors.RestrictViolation):
            link.execute(statement)
        link.rollback()
