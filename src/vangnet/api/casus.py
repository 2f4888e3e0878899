# SPDX-License-Identifier: EUPL-1.2
"""The operations that know a person: meldingen, casussen and what happened in them, questions, clocks and phone numbers.
Each makes one call of the domain, as the key's organisation, under the same filter as the screens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from vangnet.access.actor import actor_of
from vangnet.api import casus_documentation as docs
from vangnet.api.body import json_body
from vangnet.api.guard import guarded
from vangnet.api.lists import asked, identifier, nothing_asked, part
from vangnet.api.problem import Refusal, invalid
from vangnet.api.views import Operation, add_operation, answer, api, language_of, translated
from vangnet.conf import clock
from vangnet.policy.fouten import Fout
from vangnet.process import answer_question as questions
from vangnet.process import receive_melding as meldingen
from vangnet.process import show_api
from vangnet.process.weigeringen import NietBetrokken

__all__ = ["api"]
"""The interface, with the operations of this file on it."""


def closed(method: str, path: str, merk: str, describe: dict[str, Any]) -> Callable[[Operation], Operation]:
    """An operation for a key with this scope, described by `describe`."""

    def add(view: Operation) -> Operation:
        add_operation(method, path, describe, guarded(merk)(view))
        return view

    return add


def _id(text: str) -> UUID:
    found = identifier(text)
    if found is None:
        raise NietBetrokken
    return found


def _tagged(response: HttpResponse, request: HttpRequest, mark: str = "") -> HttpResponse:
    """With an ETag (`mark`, or that of the body); 304 to who has this already."""
    mark = mark or hashlib.sha256(response.content).hexdigest()[:20]
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if f'"{mark}"' in known or known == ["*"]:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response["Content-Type"]
    response["ETag"] = f'"{mark}"'
    return response


# ---- meldingen -------------------------------------------------------------------------------------------------------


def _receive(request: HttpRequest, melding_id: UUID, message: meldingen.Meldingbericht) -> HttpResponse:
    receipt, new = meldingen.receive_melding(actor_of(request), clock.now(), melding_id, message)
    made = answer(receipt, status=HTTPStatus.CREATED if new else HTTPStatus.OK)
    made["Location"] = f"{docs.BASE}/meldingen/{melding_id}"
    made["Link"] = f'<{reverse("melding", args=[melding_id])}>; rel="alternate"; type="text/html"'
    return made


@closed("PUT", "/meldingen/{id}", "melding.opnemen", docs.PUT_MELDING)
def put_melding(request: HttpRequest, id: str) -> HttpResponse:
    """Send a melding under an id of one's own."""
    nothing_asked(request)
    melding_id = identifier(id)
    if melding_id is None or melding_id.int == 0:
        raise invalid([Fout("id", f"'{id[:60]}'", "een UUID", "0b7e6c1e-6f0c-4f2e-9f43-5a4f1f0c8a11")], "path")
    return _receive(request, melding_id, meldingen.read_melding(json_body(request)))


@closed("GET", "/meldingen/{id}", "melding.opnemen", docs.MELDING)
def get_melding(request: HttpRequest, id: str) -> HttpResponse:
    """How a melding stands."""
    nothing_asked(request)
    return _tagged(answer(meldingen.show_received(actor_of(request), clock.now(), _id(id))), request)


# ---- casussen --------------------------------------------------------------------------------------------------------


@closed("GET", "/casussen", "casus.inzien", docs.CASUSSEN)
def list_casussen(request: HttpRequest) -> HttpResponse:
    """The casussen, the newest change first."""
    wanted, language = asked(request, sinds=True), language_of(request)
    with translation.override(language):
        page = show_api.list_casussen(
            actor_of(request), clock.now(), wanted.na, wanted.sinds, wanted.hoogstens, language, translated
        )
    return answer(docs.CasusLijst(**part("casussen", page)), language)


@closed("GET", "/casussen/{id}", "casus.inzien", docs.CASUS)
def get_casus(request: HttpRequest, id: str) -> HttpResponse:
    """One casus."""
    nothing_asked(request)
    language = language_of(request)
    with translation.override(language):
        found = show_api.read_casus(actor_of(request), clock.now(), _id(id), language, translated)
    return _tagged(answer(found, language), request)


@closed("GET", "/casussen/{id}/gebeurtenissen", "casus.inzien", docs.GEBEURTENISSEN)
def list_events(request: HttpRequest, id: str) -> HttpResponse:
    """What happened in a casus."""
    wanted, language = asked(request), language_of(request)
    with translation.override(language):
        page = show_api.list_events(
            actor_of(request), clock.now(), _id(id), wanted.na, wanted.hoogstens, language, translated
        )
    return answer(docs.GebeurtenisLijst(**part("gebeurtenissen", page, follow=True)), language)


@closed("GET", "/casussen/{id}/besluiten", "besluit.inzien", docs.BESLUITEN)
def list_decisions(request: HttpRequest, id: str) -> HttpResponse:
    """What was proposed and what was decided."""
    wanted, language = asked(request), language_of(request)
    with translation.override(language):
        page = show_api.list_decisions(
            actor_of(request), clock.now(), _id(id), wanted.na, wanted.hoogstens, language, translated
        )
    return answer(docs.BesluitLijst(**part("besluiten", page, follow=True)), language)


@closed("GET", "/klokken", "casus.inzien", docs.KLOKKEN)
def list_clocks(request: HttpRequest) -> HttpResponse:
    """The running terms, the soonest first."""
    wanted, language = asked(request), language_of(request)
    with translation.override(language):
        page = show_api.list_clocks(actor_of(request), clock.now(), wanted.na, wanted.hoogstens, language, translated)
    return answer(docs.KlokLijst(**part("klokken", page)), language)


# ---- questions -------------------------------------------------------------------------------------------------------


@closed("GET", "/aanbiedingen", "aanbod.inzien", docs.AANBIEDINGEN)
def list_questions(request: HttpRequest) -> HttpResponse:
    """The questions to one's organisation."""
    wanted, language = asked(request, stand=("open", "alle")), language_of(request)
    with translation.override(language):
        page = questions.list_questions(
            actor_of(request), clock.now(), wanted.na, wanted.words["stand"] == "open", wanted.hoogstens, language,
            translated,
        )  # fmt: skip
    return answer(docs.AanbodLijst(**part("aanbiedingen", page)), language)


@closed("GET", "/aanbiedingen/{id}", "aanbod.inzien", docs.AANBOD)
def get_question(request: HttpRequest, id: str) -> HttpResponse:
    """One question."""
    nothing_asked(request)
    language = language_of(request)
    with translation.override(language):
        found, mark = questions.read_question(actor_of(request), clock.now(), _id(id), language, translated)
    return _tagged(answer(found, language), request, mark)


@closed("PUT", "/aanbiedingen/{id}/antwoord", "aanbod.beantwoorden", docs.ANTWOORD)
def put_answer(request: HttpRequest, id: str) -> HttpResponse:
    """Say yes or no."""
    nothing_asked(request)
    message = questions.read_answer(json_body(request))
    match = request.headers.get("If-Match", "").strip()
    read = match.strip('"') if match not in ("", "*") else None
    try:
        kept = questions.answer_question(actor_of(request), clock.now(), _id(id), message, read)
    except questions.VraagVeranderd as no:
        raise Refusal(HTTPStatus.PRECONDITION_FAILED, no.zin(), code=no.code) from None
    return answer(kept)


@closed("GET", "/contacten", "bellen.inzien", docs.CONTACTEN)
def list_numbers(request: HttpRequest) -> HttpResponse:
    """Who to call now."""
    nothing_asked(request)
    language = language_of(request)
    with translation.override(language):
        numbers = show_api.list_numbers(actor_of(request), clock.now(), language, translated)
    return answer(docs.NummerLijst(numbers), language)
