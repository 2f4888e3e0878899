# SPDX-License-Identifier: EUPL-1.2
"""Keys: who gets in with which, how it ends, how fast one may ask, and what other sites may do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.api.sleutels import BASE, Asker, key_of, refusal
from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access import koppelingen, tegoed
from vangnet.access.koppelingen import SCOPES, create, list_keys, revoke, scopes_for
from vangnet.access.models import Koppeling, Logregel, Medewerker, Rol, Soort, Tegoed
from vangnet.access.tegoed import Grens
from vangnet.api.urls import api
from vangnet.cli.demo_world.fill import make_key
from vangnet.conf import clock

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T21:45:00+02:00")
CLOSED = ["/casussen", f"/casussen/{uuid4()}", f"/casussen/{uuid4()}/gebeurtenissen", f"/casussen/{uuid4()}/besluiten", "/klokken",
          "/aanbiedingen", f"/aanbiedingen/{uuid4()}", "/contacten", f"/meldingen/{uuid4()}"]  # fmt: skip


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with clock.put_at(NU):
        yield


@pytest.mark.parametrize("path", CLOSED)
def test_without_a_key_nobody_comes_in(path: str) -> None:
    for header, code in (
        ("", "SleutelOntbreekt"), ("Bearer", "SleutelOntbreekt"), ("Basic YTpi", "SleutelOntbreekt"),
        ("Bearer vn_" + "a" * 43, "SleutelOnbekend"), ("Bearer vn_x", "SleutelOnbekend"), ("bearer \x00", "SleutelOnbekend"),
    ):  # fmt: skip
        answer = Asker().get(path, Authorization=header)
        refusal(answer, 401, code)
        assert answer["WWW-Authenticate"].startswith('Bearer realm="vangnet"')
        assert "Access-Control-Allow-Origin" not in answer
        assert answer["Cache-Control"] == "no-store"


def test_a_session_counts_for_nothing_here() -> None:
    asker = Asker()
    sign_in(asker.client, medewerker("crisismedewerker"))
    refusal(asker.get("/casussen"), 401, "SleutelOntbreekt")


def test_only_a_hash_is_kept_and_the_person_of_a_key_cannot_sign_in() -> None:
    key = key_of(organisatie())
    kept = Koppeling.objects.get()
    assert key not in repr([vars(kept), vars(kept.medewerker)])
    assert kept.begin == key[:9]
    wie = kept.medewerker
    assert (wie.is_active, wie.has_usable_password(), wie.functies.exists()) == (False, False, False)
    assert key[9:] not in repr(list(Logregel.objects.values()))


def test_a_key_ends_at_once() -> None:
    dienst, beheerder = organisatie(), actor_of(medewerker("beheerder"))
    asker = Asker(key_of(dienst))
    assert asker.get("/casussen").status_code == 200
    revoke(beheerder, NU, Koppeling.objects.get().pk)
    revoke(beheerder, NU, Koppeling.objects.get().pk)
    refusal(asker.get("/casussen"), 401, "SleutelVerlopen")
    assert Logregel.objects.filter(ding="koppeling", handeling="wijzigen").count() == 1

    short = Asker(key_of(dienst, geldig_tot=NU + timedelta(hours=1)))
    assert short.get("/casussen").status_code == 200
    with clock.put_at(NU + timedelta(hours=1)):
        refusal(short.get("/casussen"), 401, "SleutelVerlopen")

    third = Asker(key_of(dienst))
    dienst.actief = False
    dienst.save()
    refusal(third.get("/casussen"), 401, "SleutelOnbekend")


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_reaches_as_far_as_its_scopes(scope: str) -> None:
    asker = Asker(key_of(organisatie(), [scope]))
    paths = {
        "melding.opnemen": f"/meldingen/{uuid4()}", "casus.inzien": "/casussen", "besluit.inzien": f"/casussen/{uuid4()}/besluiten",
        "aanbod.inzien": "/aanbiedingen", "bellen.inzien": "/contacten",
    }  # fmt: skip
    for other, path in paths.items():
        answer = asker.get(path)
        if other == scope:
            assert answer.status_code in (200, 404)
        else:
            refusal(answer, 403, "BuitenSleutel")
            assert f'scope="{other}"' in answer["WWW-Authenticate"]
    put = asker.put(f"/aanbiedingen/{uuid4()}/antwoord", {"antwoord": "aanvaard", "besloten_door": "B. Jansen"})
    assert put.status_code == (404 if scope == "aanbod.beantwoorden" else 403)


def test_what_a_key_can_be_given_is_what_its_organisation_may() -> None:
    assert scopes_for(Soort.CRISISDIENST) == SCOPES
    assert "melding.opnemen" not in scopes_for(Soort.TOEGANG)
    assert scopes_for(Soort.REGIO) == ()
    too_much = Asker(key_of(organisatie("toegang"), SCOPES))
    refusal(too_much.put(f"/meldingen/{uuid4()}", {}), 403, "BuitenSleutel")


def test_only_who_manages_the_region_makes_and_sees_its_keys() -> None:
    beheerder, dienst = actor_of(medewerker("beheerder")), organisatie()
    for rol in Rol.values:
        if rol != Rol.BEHEERDER:
            with pytest.raises(koppelingen.MagKoppelingNiet):
                create(actor_of(medewerker(rol)), NU, dienst.pk, "X", SCOPES, NU + timedelta(days=9))
            with pytest.raises(koppelingen.MagKoppelingNiet):
                list_keys(actor_of(medewerker(rol)), NU)
    elsewhere = organisatie(regio="lekstroom")
    with pytest.raises(koppelingen.KoppelingOnbekend):
        create(beheerder, NU, elsewhere.pk, "X", SCOPES, NU + timedelta(days=9))
    there = create(None, NU, elsewhere.pk, "X", SCOPES, NU + timedelta(days=9))
    with pytest.raises(koppelingen.KoppelingOnbekend):
        revoke(beheerder, NU, there.id)
    create(beheerder, NU, dienst.pk, "Telefoon", SCOPES, NU + timedelta(days=9))
    (line,) = list_keys(beheerder, NU)
    assert (line.naam, line.door, line.stand, line.gebruikt_op) == ("Telefoon", beheerder.naam, "wacht", None)


def test_the_last_use_is_kept_to_the_minute() -> None:
    asker = Asker(key_of(organisatie()))
    for seconds, used in ((0, 0), (30, 0), (61, 61)):
        with clock.put_at(NU + timedelta(seconds=seconds)):
            asker.get("/casussen")
        assert Koppeling.objects.get().gebruikt_op == NU + timedelta(seconds=used)


# ---- how fast --------------------------------------------------------------------------------------------------------


def test_too_many_requests_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tegoed, "PER_KOPPELING", Grens(3, 0.5))
    dienst = organisatie()
    asker, other = Asker(key_of(dienst)), Asker(key_of(dienst))
    assert [asker.get("/casussen").status_code for _ in range(4)] == [200, 200, 200, 429]
    said = asker.get("/casussen")
    refusal(said, 429, "TeVeelVerzoeken")
    assert said["Retry-After"] == "2"
    assert other.get("/casussen").status_code == 200
    with clock.put_at(NU + timedelta(seconds=2)):
        assert [asker.get("/casussen").status_code for _ in range(2)] == [200, 429]
    with clock.put_at(NU - timedelta(hours=1)):
        assert asker.get("/casussen").status_code == 429


def test_an_address_that_guesses_is_slowed_and_the_log_is_not_flooded() -> None:
    good = Asker(key_of(organisatie()))
    before = Logregel.objects.filter(ding="koppeling", geslaagd=False).count()
    codes = [Asker(f"vn_{n:043d}").get("/casussen").status_code for n in range(15)]
    assert codes == [401] * 10 + [429] * 5
    assert Logregel.objects.filter(ding="koppeling", geslaagd=False).count() == before + 10
    assert good.get("/casussen").status_code == 200, "a good key from the same address still works"
    assert "127.0.0.1" not in repr(list(Tegoed.objects.values()))
    with clock.put_at(NU + timedelta(days=2)):
        assert Asker("vn_x").get("/casussen").status_code == 401
    assert Tegoed.objects.filter(sleutel__startswith="adres:").count() == 1


def test_a_network_counts_as_one_address() -> None:
    keys = {tegoed.address_key(f"2001:db8:1:2:{n:x}::1") for n in range(1, 9)}
    assert len(keys) == 1
    assert tegoed.address_key("2001:db8:1:3::1") not in keys
    assert tegoed.address_key("192.0.2.1") != tegoed.address_key("192.0.2.2")
    assert tegoed.address_key("::ffff:192.0.2.1") == tegoed.address_key("192.0.2.1"), "else all of IPv4 is one network"
    assert tegoed.address_key(None)


@pytest.mark.django_db
def test_what_is_long_full_is_forgotten_without_anybody_being_refused() -> None:
    grens = Grens(10, 1)
    assert tegoed.take("koppeling:oud", grens, NU) == 0
    for dagen in (0, 2):
        assert tegoed.take("koppeling:blijft", grens, NU + timedelta(days=dagen)) == 0
    assert tegoed.take("koppeling:nieuw", grens, NU + timedelta(days=2)) == 0
    assert set(Tegoed.objects.values_list("sleutel", flat=True)) == {"koppeling:blijft", "koppeling:nieuw"}


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_over_many_workers_at_once() -> None:
    ready, passed = threading.Barrier(8), []

    def work() -> None:
        try:
            ready.wait(10)
            passed.extend(tegoed.take("koppeling:x", Grens(10, 0.001), NU) == 0 for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(passed), sum(passed)) == (40, 10)


# ---- the shape of every closed operation -----------------------------------------------------------------------------


def test_scripts_of_other_sites_get_nowhere_near() -> None:
    asker = Asker(key_of(organisatie()))
    for path in CLOSED:
        asked = asker.ask(
            "OPTIONS", path, Origin="https://elders.example", **{"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
        )  # fmt: skip
        assert asked.status_code == 405
        for answer in (
            asked,
            asker.get(path, Origin="https://elders.example"),
            asker.ask("DELETE", path),
            asker.ask("HEAD", path),
        ):
            assert not [name for name in answer.headers if name.lower().startswith("access-control")], path
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
            assert not answer.cookies
    assert asker.get("/regios")["Access-Control-Allow-Origin"] == "*"


def test_methods_and_kinds_of_answer() -> None:
    asker = Asker(key_of(organisatie()))
    for path in CLOSED:
        answer = asker.ask("DELETE", path)
        refusal(answer, 405)
        assert "GET" in answer["Allow"]
        refusal(asker.get(path, Accept="text/html"), 406)
        assert asker.get(path, Accept="text/html, application/*;q=0.1").status_code in (200, 404)
    refusal(asker.ask("PUT", f"/meldingen/{uuid4()}", b"{}", **{"Content-Encoding": "gzip"}), 415)
    refusal(asker.ask("PUT", f"/meldingen/{uuid4()}"), 415)
    refusal(asker.put(f"/meldingen/{uuid4()}", {"situatie": "x" * 70_000}), 413)
    refusal(asker.get(f"/casussen/{uuid4()}?sleutel=x"), 400)


def test_a_database_that_is_away_is_a_problem_to_come_back_from(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone(*words: Any, **named: Any) -> None:
        raise OperationalError("geheim: host=10.0.0.1")

    asker = Asker(key_of(organisatie()))
    monkeypatch.setattr("vangnet.process.show_api.list_casussen", gone)
    answer = asker.get("/casussen")
    refusal(answer, 503)
    assert answer["Retry-After"] == "5"
    assert "geheim" not in answer.content.decode()


def test_every_operation_is_open_or_asks_a_scope() -> None:
    """The gate lets the interface by; so each operation must ask for itself."""
    known = [(path, op) for path, view in api.default_router.path_operations.items() for op in view.operations]
    assert len(known) > 15
    for path, op in known:
        mark = op.view_func.toegang
        for method in op.methods:
            answer = Asker().ask(method, BASE + path.replace("{id}", str(uuid4())).replace("{sleutel}", "x"))
            assert (answer.status_code == 401) == (mark != "openbaar"), path
        assert mark == "openbaar" or mark in SCOPES, path


def test_people_lists_name_no_machine() -> None:
    key_of(organisatie())
    from vangnet.process.show_beheer import show_people

    shown = repr(show_people(actor_of(medewerker("beheerder")), NU, ""))
    assert "Systeem" not in shown
    assert Medewerker.objects.filter(naam__startswith="Systeem").count() == 1


def test_the_key_of_the_demo_replaces_the_one_before() -> None:
    organisatie("crisisdienst", regio="lekstroom")
    first = Asker(make_key("lekstroom", NU))
    assert first.get("/casussen").status_code == 200
    second = Asker(make_key("lekstroom", NU))
    assert second.get("/casussen").status_code == 200
    refusal(first.get("/casussen"), 401, "SleutelVerlopen")
