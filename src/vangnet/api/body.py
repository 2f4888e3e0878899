# SPDX-License-Identifier: EUPL-1.2
"""The body of a request: JSON in UTF-8, of a size that a situation needs, refused before more than that is read."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus

from django.http import HttpRequest, UnreadablePostError

from vangnet.api.problem import Fault, Refusal
from vangnet.process.read_situation import GROOTSTE_SITUATIE

EXPECTED = "application/json, in UTF-8 en zonder Content-Encoding"


def json_body(request: HttpRequest) -> bytes:
    """The bytes of the body, not read as JSON yet.

    Errors: `Refusal` 415 for another type, another encoding or a packed body; 413 when it is too large."""
    header = Message()
    header["Content-Type"] = request.META.get("CONTENT_TYPE", "")
    charset = header.get_content_charset("utf-8")
    packed = request.headers.get("Content-Encoding", "identity")
    if header.get_content_type() != "application/json" or charset not in ("utf-8", "utf8") or packed != "identity":
        found = request.META.get("CONTENT_TYPE", "") or "niets"
        found += f", Content-Encoding {packed}" if packed != "identity" else ""
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "Stuur de feiten als JSON.",
            [Fault("header", "Content-Type", found[:120], EXPECTED, "application/json")],
        )
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > GROOTSTE_SITUATIE:
        raise too_large(f"{length[:20]} bytes")
    try:
        body = request.read(GROOTSTE_SITUATIE + 1)
    except UnreadablePostError:
        raise Refusal(HTTPStatus.BAD_REQUEST, "Het verzoek brak af voor het binnen was.") from None
    if len(body) > GROOTSTE_SITUATIE:
        raise too_large(f"meer dan {GROOTSTE_SITUATIE} bytes")
    return body


def too_large(found: str, most: int = GROOTSTE_SITUATIE) -> Refusal:
    """413; the rest of the body is not read."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Zo veel leest Vangnet niet in één verzoek.",
        [Fault("body", "(alles)", found, f"hooguit {most} bytes", '{"regio": "zuid-limburg"}')],
    )
