# SPDX-License-Identifier: EUPL-1.2
"""Every answer of every URL carries the headers that shut it off, and nobody keeps what is about a person: as production is
set, over https, for who may, who may not and who is nobody, by every method, the pages for faults, downloads and static files
included. The URLs come from the resolver, so a new one is walked by itself."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver

from tests.api.sleutels import key_of
from tests.conf.test_instellingen import SAFE
from tests.house.test_rechten import ALLE, EIGEN, LICHAAM, NU, Wereld, fill, make_world, undone, values
from tests.house.test_toegang import views
from tests.mensen import sign_in
from vangnet.access import tegoed
from vangnet.access.declare import OPENBAAR, kind_of
from vangnet.access.koppen import Koppen
from vangnet.access.models import Organisatie, Rol
from vangnet.access.rechten import may
from vangnet.access.tegoed import Grens
from vangnet.api.intake import bounded
from vangnet.conf import clock
from vangnet.conf.koppen import OFF, always
from vangnet.conf.threads import InThreads

METHODEN = ("GET", "HEAD", "POST", "OPTIONS")
TAKEN = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE",
)  # fmt: skip
ASK = f"""
import json
from vangnet.conf import settings as s
print(json.dumps({{name: getattr(s, name) for name in {TAKEN}}}))
"""
NIEMAND = ""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """What the real settings say of transport and cookies in production, asked in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={"PATH": os.environ["PATH"], **_pythonpath(), **SAFE}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _pythonpath() -> dict[str, str]:
    return {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}


@pytest.fixture
def set_as_production(production: dict[str, Any]) -> Iterator[None]:
    """Clients made inside read these settings when they begin."""
    with override_settings(**production), clock.put_at(NU):
        yield


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A thousand refusals are what is asked for here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def faults_of(answer: Any, kept: bool) -> list[str]:
    """What is missing or wrong in the headers of an answer; `kept`: somebody may keep it."""
    h = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in h.get("Content-Security-Policy", "").split(";"))
    wrong = []
    if policy.get("default-src") != "'none'" or "unsafe" in str(policy) or "data:" in str(policy) or "*" in str(policy):
        wrong.append(f"Content-Security-Policy {h.get('Content-Security-Policy')}")
    if (
        policy.get("frame-ancestors") != "'none'"
        or policy.get("base-uri") != "'none'"
        or policy.get("form-action") != "'self'"
    ):
        wrong.append(f"Content-Security-Policy {policy}")
    right = {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
    }  # fmt: skip
    wrong += [f"{name}: {h.get(name)}" for name, value in right.items() if h.get(name) != value]
    open_api = h.get("Access-Control-Allow-Origin") == "*"
    if h.get("Cross-Origin-Resource-Policy") != ("cross-origin" if open_api else "same-origin"):
        wrong.append(f"Cross-Origin-Resource-Policy: {h.get('Cross-Origin-Resource-Policy')}")
    if not all(f"{name}=()" in h.get("Permissions-Policy", "") for name in OFF):
        wrong.append(f"Permissions-Policy: {h.get('Permissions-Policy')}")
    hsts = h.get("Strict-Transport-Security", "")
    if "includeSubDomains" not in hsts or int(hsts.partition("max-age=")[2].partition(";")[0] or 0) < 365 * 24 * 3600:
        wrong.append(f"Strict-Transport-Security: {hsts}")
    said = h.get("Cache-Control", "")
    if not kept and "no-store" not in said:
        wrong.append(f"Cache-Control: {said or 'niets'}")
    if "no-store" not in said and not said:
        wrong.append("Cache-Control ontbreekt")
    if kept and "no-store" not in said and "immutable" not in said and "Cookie" not in h.get("Vary", ""):
        wrong.append(f"Vary: {h.get('Vary')}")
    for morsel in answer.cookies.values():
        if morsel.value and not (morsel["secure"] and morsel["httponly"] and morsel["samesite"] == "Lax"):
            wrong.append(f"cookie {morsel.key}")
    return wrong


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Everybody with a casus each, once."""
    with django_db_blocker.unblock(), clock.put_at(NU), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def askers(merk: str | None) -> list[str]:
    """Nobody, the first function that may come in here, and the first that may not."""
    may_in = [rol for rol in Rol.values if merk in (None, OPENBAAR) or may(rol, merk)]
    may_not = [rol for rol in Rol.values if rol not in may_in]
    return [NIEMAND, *may_in[:1], *may_not[:1]]


@pytest.mark.django_db
def test_every_url_is_shut_off_and_keeps_nothing_of_anybody(wereld: Wereld, set_as_production: None) -> None:
    kinds = {route: kind_of(view) for route, view in views(get_resolver())}
    clients = {rol: Client(raise_request_exception=False) for rol in (NIEMAND, *Rol.values)}
    wrong, asked = [], 0
    for adres in ALLE:
        for rol in askers(adres.merk):
            clients[rol].cookies.clear()
            if rol:
                sign_in(clients[rol], wereld.mensen[rol])
            woorden = next(values(adres, wereld, rol or Rol.CRISISMEDEWERKER, EIGEN))
            for methode in METHODEN:
                for script in (False, True) if methode == "GET" else (False,):
                    headers = {"HX-Request": "true"} if script else {}
                    with undone():
                        answer = clients[rol].generic(methode, fill(adres, woorden), secure=True, headers=headers)
                        asked += 1
                        # Read here: what streams works on the database while it is read.
                        _ = answer.getvalue() if answer.streaming else answer.content
                    kept = kinds[adres.route] == OPENBAAR and not rol and answer.status_code < 400
                    wrong += [
                        f"{methode} {adres.route} {rol or 'niemand'} {answer.status_code}: {fault}"
                        for fault in faults_of(answer, kept)
                    ]
                    if kept and methode == "GET" and answer["Content-Type"].startswith("text/html"):
                        assert not answer.cookies, adres.route
                        assert b"csrfmiddlewaretoken" not in answer.content, adres.route
    assert asked > 1000
    assert not wrong, f"{len(wrong)} van {asked}\n" + "\n".join(wrong[:40])


@pytest.mark.django_db
def test_every_operation_of_the_interface_too(
    wereld: Wereld, set_as_production: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tegoed, "PER_KOPPELING", Grens(1e6, 1e3))
    monkeypatch.setattr(tegoed, "PER_ADRES", Grens(1e6, 1e3))
    client, wrong, asked = Client(raise_request_exception=False), [], 0
    sleutel = key_of(Organisatie.objects.get(pk=wereld.huis[Rol.CRISISMEDEWERKER]))
    casus = wereld.casussen[(Rol.CRISISMEDEWERKER, EIGEN)]
    for path in sorted({route.partition(" ")[2] for route, _ in views(get_resolver()) if " api/" in route}):
        pad = "/" + path.partition("^")[0].replace("<id>", str(casus.id)).replace("<sleutel>", "zuid-limburg")
        for methode in (*METHODEN, "PUT", "DELETE"):
            for headers in ({}, {"Authorization": f"Bearer {sleutel}"}, {"Authorization": "Bearer vn_onzin"}):
                body = json.dumps(next(iter(LICHAAM.values()))) if methode in ("PUT", "POST") else ""
                with undone():
                    answer = client.generic(methode, pad, body, "application/json", secure=True, headers=headers)
                asked += 1
                wrong += [f"{methode} {pad} {answer.status_code}: {fault}" for fault in faults_of(answer, kept=False)]
    assert asked > 200
    assert not wrong, f"{len(wrong)} van {asked}\n" + "\n".join(wrong[:40])


def _crash(*words: object, **named: object) -> None:
    raise RuntimeError("kapot")


def _away(*words: object, **named: object) -> None:
    raise OperationalError("weg")


@pytest.mark.django_db
def test_the_answers_to_what_goes_wrong(
    wereld: Wereld, set_as_production: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    sign_in(client, wereld.mensen[Rol.CRISISMEDEWERKER])
    loose = Client(raise_request_exception=False)
    sign_in(loose, wereld.mensen[Rol.CRISISMEDEWERKER])
    casus = wereld.casussen[(Rol.CRISISMEDEWERKER, EIGEN)].id
    note, field = f"/casus/{casus}/stap/notitie", f"/casus/{casus}/veld"
    form = {"formulier": "notitie"}
    found: dict[str, Any] = {
        "400 wrong host": client.get("/afspraken", secure=True, headers={"Host": "elders.example"}),
        "400 cannot be read": loose.post(note, {f"v{n}": "1" for n in range(1200)}, secure=True),
        "400 field": loose.post(field, {"pad": "onzin", "waarde": "x"}, secure=True),
        "413 or 400 too large": loose.post(note, {"tekst": "x" * 1_200_000} | form, secure=True),
        "403 without token": client.post(note, form, secure=True),
        "403 function": loose.get("/beheer/log", secure=True),
        "404 nowhere": client.get("/niet-hier", secure=True),
        "404 another's": loose.get(f"/casus/{wereld.casussen[(Rol.TOEGANGSMEDEWERKER, 'ander')].id}", secure=True),
        "404 static": client.get("/static/vangnet/niet-hier.js", secure=True),
        "405": loose.post("/gezond", secure=True),
        "301 to https": client.get("/afspraken"),
        "302 sign in": Client().get("/dienst", secure=True),
        "401 script": Client().get("/dienst", secure=True, headers={"HX-Request": "true"}),
        "409": loose.post(field, {"pad": "melding.situatie", "waarde": "a", "was": '"iets anders"'}, secure=True),
        "410": client.get("/uitnodiging/onbekend", secure=True),
    }
    monkeypatch.setattr(tegoed, "PER_ADRES", Grens(1, 0.001))
    client.get("/api/v1/casussen", secure=True, headers={"Authorization": "Bearer vn_onzin"})
    found["429"] = client.get("/api/v1/casussen", secure=True, headers={"Authorization": "Bearer vn_onzin"})
    for status, fault in (("500", _crash), ("503", _away)):
        with monkeypatch.context() as broken:
            broken.setattr("vangnet.web.regios.views.overzicht.all_regions", fault)
            broken.setattr("vangnet.api.views.list_regions", fault)
            found[f"{status} page"] = Client(raise_request_exception=False).get("/regios", secure=True)
            found[f"{status} api"] = client.get("/api/v1/regios", secure=True)
    session = client.session
    session["slot"] = True
    session.save()
    found["423"] = client.get("/dienst", secure=True)
    for wat, answer in found.items():
        assert str(answer.status_code) in wat, (wat, answer.status_code)
        wrong = faults_of(answer, kept=False)
        if wat == "301 to https":
            wrong = [one for one in wrong if not one.startswith("Strict-Transport-Security")]  # only over https
        assert not wrong, (wat, wrong)


@pytest.mark.django_db
def test_downloads_are_not_kept_and_not_guessed_at(wereld: Wereld, set_as_production: None) -> None:
    fg, beheer, dienst = (Client(), Client(), Client())
    for client, rol in ((fg, Rol.FG), (beheer, Rol.BEHEERDER), (dienst, Rol.CRISISMEDEWERKER)):
        sign_in(client, wereld.mensen[rol])
    casus = wereld.casussen[(Rol.CRISISMEDEWERKER, EIGEN)].id
    for client, pad in (
        (fg, "/beheer/log/bestand"), (beheer, "/beheer/invoer/organisaties/voorbeeld"), (dienst, f"/casus/{casus}/print"),
    ):  # fmt: skip
        answer = client.get(pad, secure=True)
        assert answer.status_code == 200, pad
        assert faults_of(answer, kept=False) == [], pad
        assert "charset=utf-8" in answer["Content-Type"]
        if "csv" in answer["Content-Type"]:
            assert answer["Content-Disposition"].startswith("attachment; filename=")


@pytest.mark.django_db
def test_static_files_may_be_kept_and_say_who_may_use_them(client: Client, set_as_production: None) -> None:
    answer = client.get("/static/vangnet/vangnet.css", secure=True)
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    assert "max-age" in answer["Cache-Control"]
    assert [f for f in faults_of(answer, kept=True) if not f.startswith("Vary")] == []


def test_nothing_of_the_urls_lies_under_the_static_files() -> None:
    """What is there may be kept without a view having said so."""
    assert not [a.route for a in ALLE if a.route.startswith("static")]


def test_what_never_became_a_request_carries_them_too(production: dict[str, Any]) -> None:
    async def ask(application: Any, words: dict[str, Any]) -> dict[str, str]:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "path": "/x", "method": "POST", "scheme": "https", "query_string": b"", "headers": []}
        await application(scope | words, receive, send)
        assert sent[0]["status"] in (400, 413)
        return {name.decode().title(): value.decode("latin1") for name, value in sent[0]["headers"]}

    with override_settings(**production):
        expected = {name.title(): value for name, value in always(secure=True).items()}
        large: Any = {"headers": [(b"content-length", b"9" * 12)]}
        inside = InThreads(1)
        for application, words in (
            (bounded(inside), large | {"path": "/casus/x"}),
            (bounded(inside), large | {"path": "/api/v1/casussen"}),
            (inside, {"query_string": b"\xff", "headers": [(b"host", b"localhost")]}),
        ):
            with ThreadPoolExecutor(1) as thread:  # playwright may have a loop running in this one
                headers = thread.submit(lambda a=application, w=words: asyncio.run(ask(a, w))).result(30)
            assert expected.items() <= headers.items(), words
            assert headers["Cache-Control"] == "no-store"


def test_the_walk_finds_an_answer_that_is_open(rf: Any) -> None:
    """Bare answers fail on every count, and one that is right on none."""
    bare = HttpResponse("x")
    bare.set_cookie("sessie", "x")
    found = " ".join(faults_of(bare, kept=False))
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control",
                 "Strict-Transport-Security", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "cookie sessie"):  # fmt: skip
        assert name in found
    right = HttpResponse("x", headers={**always(True), "Cache-Control": "no-store"})
    right["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    assert faults_of(right, kept=False) == []


def test_an_answer_that_no_view_made_is_not_kept(rf: Any) -> None:
    answer = Koppen(lambda request: HttpResponse("x"))(rf.get("/waar-dan-ook"))
    assert answer["Cache-Control"] == "no-store, private"
