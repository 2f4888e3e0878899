# SPDX-License-Identifier: EUPL-1.2
"""The open operations of the interface. Each makes one call of the domain and says in `docs` what the document says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from pydantic import TypeAdapter

from vangnet.access.declare import public
from vangnet.api import documentation as docs
from vangnet.api.body import json_body
from vangnet.api.casus_documentation import extend
from vangnet.api.middleware import VERSION
from vangnet.api.problem import handle_refusals, invalid, problem, unknown
from vangnet.policy.fouten import Fout
from vangnet.policy.register import Register
from vangnet.process import current_register
from vangnet.process.give_advice import advise
from vangnet.process.present_advice import Antwoord, present
from vangnet.process.show_schema import show_antwoord_schema, show_situatie_schema
from vangnet.process.show_sources import list_open_questions, list_regions, list_rules, show_region, show_rule

REASON = "De afspraken en hun bronnen zijn openbaar; het verzoek noemt niemand en er wordt niets bewaard."

api = NinjaAPI(
    title=docs.TITLE,
    version=VERSION,
    description=docs.DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
handle_refusals(api)

Operation = Callable[..., Any]


@lru_cache(maxsize=8)
def _made(make: Callable[[Register], Any], registered: Register) -> bytes:
    return json.dumps(make(registered), ensure_ascii=False).encode()


def _once(make: Callable[[Register], Any]) -> HttpResponse:
    """What follows from the register alone and takes time to make: made once for a register."""
    body = _made(make, current_register())
    return HttpResponse(body, content_type="application/json", headers={"Content-Language": "nl"})


def language_of(request: HttpRequest) -> str:
    """The first language in Accept-Language that there is; a cookie of the screens does not count."""
    known = dict(settings.LANGUAGES)
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if asked.partition("-")[0] in known:
            return str(asked.partition("-")[0])
    return settings.LANGUAGE_CODE


def translated(template: str) -> str:
    """A template in the language that is on; an empty one stays empty."""
    return gettext(template) if template else ""


def answer(value: Any, language: str = "nl", status: int = 200) -> HttpResponse:
    """A dataclass, or a mapping of them, as JSON."""
    return HttpResponse(
        TypeAdapter.dump_json(_adapter(type(value)), value),
        status=status,
        content_type="application/json",
        headers={"Content-Language": language},
    )


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(dict[str, Any] if kind is dict else kind)
    return _adapters[kind]


def _without_query(view: Operation) -> Operation:
    """Refuse keys in the address: none is known here, and one that is ignored would mislead."""

    @wraps(view)
    def checked(request: HttpRequest, **words: Any) -> HttpResponse:
        if request.GET:
            faults = [Fout(name[:60], f"de sleutel '{name[:60]}'", "een adres zonder sleutels") for name in request.GET]
            return problem(invalid(faults, "query"))
        return view(request, **words)

    return checked


def operation(method: str, path: str, describe: dict[str, Any]) -> Callable[[Operation], Operation]:
    """An open operation of the interface, described by `docs`."""

    def add(view: Operation) -> Operation:
        add_operation(method, path, describe, public(REASON)(_without_query(view)))
        return view

    return add


def add_operation(method: str, path: str, describe: dict[str, Any], view: Operation) -> None:
    """Put a view that is marked with its access on the interface, described by `describe`."""
    words = {**describe}
    api.api_operation(
        [method],
        path,
        operation_id=words.pop("operationId"),
        summary=words.pop("summary"),
        description=words.pop("description"),
        tags=words.pop("tags"),
        openapi_extra=words,
    )(view)


@operation("POST", "/adviezen", docs.ADVIEZEN)
def give_advice(request: HttpRequest) -> HttpResponse:
    """What the agreements say about a situation."""
    registered = current_register()
    advice = advise(json_body(request), registered)
    language = language_of(request)
    with translation.override(language):
        said: Antwoord = present(advice, registered.bronnen, language, translated)
    return answer(said, language)


@operation("GET", "/regios", docs.REGIOS)
def regions(request: HttpRequest) -> HttpResponse:
    """The regions."""
    return answer({"regios": list_regions(current_register())})


@operation("GET", "/regios/{sleutel}", docs.REGIO)
def region(request: HttpRequest, sleutel: str) -> HttpResponse:
    """One region."""
    found = show_region(current_register(), sleutel)
    if found is None:
        raise unknown(f"Er is geen regio '{sleutel[:60]}'")
    return answer(found)


@operation("GET", "/regels", docs.REGELS)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the sources."""
    language = language_of(request)
    return answer({"regels": list_rules(current_register().bronnen, language)}, language)


@operation("GET", "/regels/{id}", docs.REGEL)
def rule(request: HttpRequest, id: str) -> HttpResponse:
    """One rule."""
    language = language_of(request)
    found = show_rule(current_register().bronnen, id, language)
    if found is None:
        raise unknown(f"Er is geen regel '{id[:60]}'")
    return answer(found, language)


@operation("GET", "/open-vragen", docs.OPEN_VRAGEN)
def open_questions(request: HttpRequest) -> HttpResponse:
    """Where the sources are silent or contradict each other."""
    return answer({"open_vragen": list_open_questions(current_register().bronnen)})


@operation("GET", "/schemas/situatie", docs.SITUATIESCHEMA)
def situatie_schema(request: HttpRequest) -> HttpResponse:
    """The facts that may be asked about."""
    return _once(show_situatie_schema)


@operation("GET", "/schemas/antwoord", docs.ANTWOORDSCHEMA)
def antwoord_schema(request: HttpRequest) -> HttpResponse:
    """The shape of an answer."""
    return answer(show_antwoord_schema())


def document(registered: Register) -> docs.Json:
    """The OpenAPI document of this interface."""
    return extend(docs.document(api, registered))


@operation("GET", "/openapi.json", docs.OPENAPI)
def openapi(request: HttpRequest) -> HttpResponse:
    """This interface described."""
    return _once(document)


@public(REASON)
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address under /api."""
    return problem(unknown(f"Op {request.path[:120]} is niets"))
