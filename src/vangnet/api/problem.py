# SPDX-License-Identifier: EUPL-1.2
"""Refusals as RFC 9457 `application/problem+json`: what is wrong, all of it at once, and what is expected instead."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from vangnet.access.weigering import Weigering
from vangnet.policy.fouten import Fout, Ongeldig

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
AWAY = "De database antwoordt niet. Er is niets bewaard; stuur hetzelfde straks opnieuw."
CRASHED = "Dat ligt aan Vangnet. Probeer het later opnieuw of meld het."


@dataclass(frozen=True)
class Fault:
    """Eén fout in de invoer."""

    __pydantic_config__ = {"use_attribute_docstrings": True}

    in_: str
    """Waar in het verzoek: body, header, path of query."""
    location: str
    """Het veld, met punten: `betrokken.gi`; in een lijst telt de eerste als 1: `inzet.1.vorm`."""
    found: str
    """Wat er gevonden is."""
    expected: str
    """Wat er verwacht wordt."""
    example: str
    """Een voorbeeld; leeg als er geen is."""


@dataclass(eq=False)
class Refusal(Exception):
    """Het verzoek is geweigerd."""

    status: HTTPStatus
    detail: str
    errors: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)
    code: str = ""


TITLES = {
    HTTPStatus.BAD_REQUEST: "De invoer klopt niet",
    HTTPStatus.UNAUTHORIZED: "Wie vraagt dit?",
    HTTPStatus.FORBIDDEN: "Dit mag niet",
    HTTPStatus.NOT_FOUND: "Dit is er niet",
    HTTPStatus.METHOD_NOT_ALLOWED: "Dit kan hier niet",
    HTTPStatus.NOT_ACCEPTABLE: "Zo kan Vangnet niet antwoorden",
    HTTPStatus.CONFLICT: "Dit botst met wat er al vastligt",
    HTTPStatus.PRECONDITION_FAILED: "Er is intussen iets veranderd",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "De invoer is te groot",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Dit soort invoer leest Vangnet niet",
    HTTPStatus.TOO_MANY_REQUESTS: "Te veel verzoeken",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Er ging iets mis",
    HTTPStatus.SERVICE_UNAVAILABLE: "Vangnet kan er nu niet bij",
}
STATUS = {
    "SleutelOntbreekt": HTTPStatus.UNAUTHORIZED,
    "SleutelOnbekend": HTTPStatus.UNAUTHORIZED,
    "SleutelVerlopen": HTTPStatus.UNAUTHORIZED,
    "SleutelWacht": HTTPStatus.UNAUTHORIZED,
    "BuitenSleutel": HTTPStatus.FORBIDDEN,
    "GeenRecht": HTTPStatus.FORBIDDEN,
    "NietBetrokken": HTTPStatus.NOT_FOUND,
    "OngeldigeInvoer": HTTPStatus.BAD_REQUEST,
    "OnbekendVeld": HTTPStatus.BAD_REQUEST,
    "RedenNodig": HTTPStatus.BAD_REQUEST,
    "ZeiEerderNee": HTTPStatus.BAD_REQUEST,
    "TeVeelVerzoeken": HTTPStatus.TOO_MANY_REQUESTS,
}
"""The status of an answer by the code of a refusal; every other is a conflict with what is on record."""
LATER = 5
"""Seconds after which to try again when the database is away."""


def problem(refusal: Refusal) -> HttpResponse:
    """The answer to a request that is refused."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[refusal.status],
        "status": int(refusal.status),
        "detail": refusal.detail,
        "code": refusal.code or refusal.status.phrase.replace(" ", ""),
    }
    if refusal.errors:
        body["errors"] = [
            {"in": e.in_, "location": e.location, "found": e.found, "expected": e.expected, "example": e.example}
            for e in refusal.errors
        ]
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return HttpResponse(text, status=refusal.status, content_type=CONTENT_TYPE, headers=refusal.headers)


def invalid(fouten: Sequence[Fout], place: str, code: str = "Ongeldig") -> Refusal:
    """400 with every fault in one place of the request."""
    one = len(fouten) == 1
    return Refusal(
        HTTPStatus.BAD_REQUEST,
        "Er is één fout; die staat hieronder." if one else f"Er zijn {len(fouten)} fouten; ze staan hieronder.",
        [Fault(place, f.waar, f.gevonden, f.verwacht, f.voorbeeld) for f in fouten],
        code=code,
    )


def unknown(what: str) -> Refusal:
    """404, saying what there is none of."""
    return Refusal(HTTPStatus.NOT_FOUND, f"{what}. Wat er wel is, staat in /api/v1/openapi.json.")


def refused_by(nee: Weigering) -> Refusal:
    """The answer to a refusal of the domain; its words are Dutch, as of every problem. What is out of sight and what does not exist are answered alike."""
    status = STATUS.get(nee.code, HTTPStatus.CONFLICT)
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        wrong = "" if nee.code == "SleutelOntbreekt" else ', error="invalid_token"'
        headers["WWW-Authenticate"] = f'Bearer realm="vangnet"{wrong}'
    elif nee.code == "BuitenSleutel":
        scope = nee.details["scope"]
        headers["WWW-Authenticate"] = f'Bearer realm="vangnet", error="insufficient_scope", scope="{scope}"'
    elif nee.code == "TeVeelVerzoeken":
        headers["Retry-After"] = str(nee.details["wacht"])
    errors = [Fault("body", str(v), str(g) or "niets", str(e), "") for v, g, e in nee.details.get("fouten", ())]
    detail = nee.zin()
    if "scope" in nee.details:
        detail += f" ({nee.details['scope']})"
    if isinstance(nee.details.get("nu"), str) and nee.details["nu"]:
        detail += f" ({nee.details['nu']})"
    return Refusal(status, detail, errors, headers, nee.code)


def handle_refusals(api: NinjaAPI) -> None:
    """Let every refusal and every crash of an operation end as a problem."""

    @api.exception_handler(Weigering)
    def not_allowed(request: HttpRequest, nee: Weigering) -> HttpResponse:
        return problem(refused_by(nee))

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def away(request: HttpRequest, fault: Exception) -> HttpResponse:
        logger.error("de database is weg", exc_info=fault)
        wait = {"Retry-After": str(LATER)}
        return problem(Refusal(HTTPStatus.SERVICE_UNAVAILABLE, AWAY, headers=wait))

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return problem(refusal)

    @api.exception_handler(Ongeldig)
    def wrong_input(request: HttpRequest, fault: Ongeldig) -> HttpResponse:
        return problem(invalid(fault.fouten, "body", type(fault).__name__))

    @api.exception_handler(Exception)
    def crashed(request: HttpRequest, fault: Exception) -> HttpResponse:
        logger.error("een verzoek aan de API liep vast", exc_info=fault)
        return problem(Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, CRASHED))
