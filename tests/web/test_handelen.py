# SPDX-License-Identifier: EUPL-1.2
"""The shared way of running a use case: what somebody typed is never lost, and a no says what can be done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from vangnet.policy.fouten import Fout, Ongeldig
from vangnet.process.weigeringen import (
    Achterhaald,
    GeenRecht,
    NietBetrokken,
    OngeldigeInvoer,
    RedenNodig,
)
from vangnet.web.handelen import met_weigering, run, run_json

TYPED = {"reden": "Moeder wil <niet>", "csrfmiddlewaretoken": "geheim-merk"}


def request(**headers: str) -> HttpRequest:
    asked: Any = RequestFactory().post("/casus/x/stap/besluit", TYPED, headers=headers)
    asked.actor = None
    asked._messages = CookieStorage(asked)
    return asked  # type: ignore[no-any-return]  # the factory types its requests loosely


def raising(fault: Exception) -> Callable[[], Any]:
    def do() -> Any:
        raise fault

    return do


def test_done_goes_onward() -> None:
    answer = run(request(), lambda: 7, back=lambda result: f"/casus/{result}", gelukt="Vastgelegd.")
    assert (answer.status_code, answer["Location"]) == (303, "/casus/7")
    answer = run(request(**{"HX-Request": "true"}), lambda: None, back="/dienst")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/dienst")


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OngeldigeInvoer(("reden", "'x'", "een zin")), 400, ["reden", "een zin"]),
        (RedenNodig(voorstel={"tekst": "Geen crisis."}), 400, ["Schrijf in één zin waarom", "Geen crisis."]),
        (Achterhaald(veld="crisis", nu=True), 409, ["Een collega was je voor"]),
        (Ongeldig([Fout("triage.uitkomst", "'x'", "crisis")]), 400, ["triage.uitkomst"]),
        (GeenRecht(), 403, ["functie"]),
        (OperationalError("weg"), 503, ["database antwoordt niet"]),
    ],
)
def test_a_no_keeps_what_was_typed(fault: Exception, status: int, words: list[str]) -> None:
    answer = run(request(), raising(fault), back="/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert "Moeder wil &lt;niet&gt;" in text
    assert "geheim-merk" not in text
    for word in words:
        assert word in text


def test_not_involved_gives_nothing_away() -> None:
    answer = run(request(), raising(NietBetrokken(casus="0193-geheim")), back="/", template="bestaat/niet.html")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "0193-geheim" not in text
    assert "Bel de crisisdienst" in text


def test_the_form_comes_back_with_its_faults() -> None:
    seen: list[Any] = []

    def context(poging: Any) -> dict[str, Any]:
        seen.append(poging)
        return {"titel": "t", "tekst": poging.getypt["reden"], "raad": poging.bij["waarom"].verwacht}

    answer = run(
        request(),
        raising(OngeldigeInvoer(("reden", "niets", "een zin"))),
        back="/",
        template="fout.html",
        context=context,
        velden={"reden": "waarom"},
    )
    assert answer.status_code == 400
    assert "een zin" in answer.content.decode()
    assert seen[0].lijsten["reden"] == [TYPED["reden"]]


def test_a_script_gets_json() -> None:
    answer = run_json(request(), raising(Achterhaald(veld="gemeente", nu="Heerlen")))
    assert answer.status_code == 409
    assert json.loads(answer.content)["nu"] == "Heerlen"
    assert json.loads(run_json(request(), lambda: {"om": "21:52"}).content) == {"om": "21:52"}


def test_a_view_that_reads() -> None:
    @met_weigering
    def view(asked: HttpRequest) -> HttpResponse:
        raise NietBetrokken

    assert view(request()).status_code == 404
