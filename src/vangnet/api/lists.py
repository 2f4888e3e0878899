# SPDX-License-Identifier: EUPL-1.2
"""Lists in parts: which part is asked for, and the cursor that leads to the next. A cursor is opaque to the asker; it
only says where to go on, never what may be seen."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from vangnet.api.problem import invalid
from vangnet.policy.fouten import Fout, kort
from vangnet.process.show_api import Bladzij, Plaats

MEESTE, GEWOON = 100, 50
"""Items in one part: at most, and when nothing is asked."""
MOMENT = "een moment met tijdzone"
VOORBEELD = "2024-05-17T21:40:00+02:00"


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks."""

    na: Plaats | None
    hoogstens: int
    sinds: datetime | None
    words: Mapping[str, str]
    """The other keys, each one of its words."""


def asked(request: HttpRequest, sinds: bool = False, **choices: tuple[str, ...]) -> Asked:
    """Read the keys of the address: `cursor`, `aantal`, with `sinds` that moment, and `choices` (the first is what holds
    when nothing is asked). Raises `Refusal` 400 naming every key that is wrong or unknown."""
    known = ["aantal", "cursor", *(["sinds"] if sinds else []), *choices]
    faults = [
        Fout(name[:60], f"de sleutel '{name[:60]}'", "één van " + ", ".join(known), known[0])
        for name in request.GET
        if name not in known
    ]
    faults += [
        Fout(name, "deze sleutel meer dan eens", "elke sleutel één keer")
        for name in known
        if len(request.GET.getlist(name)) > 1
    ]
    given = {name: request.GET[name] for name in known if name in request.GET}
    number = given.get("aantal", str(GEWOON))
    many = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    if not 1 <= many <= MEESTE:
        faults.append(Fout("aantal", kort(number), f"een getal van 1 tot en met {MEESTE}", str(GEWOON)))
    na = _place(given["cursor"]) if "cursor" in given else None
    if "cursor" in given and na is None:
        faults.append(Fout("cursor", kort(given["cursor"]), "de waarde van 'volgende' uit een eerder antwoord"))
    since = _moment(given["sinds"]) if "sinds" in given else None
    if "sinds" in given and since is None:
        faults.append(Fout("sinds", kort(given["sinds"]), MOMENT, VOORBEELD))
    words = {}
    for name, options in choices.items():
        words[name] = given.get(name, options[0])
        if words[name] not in options:
            faults.append(Fout(name, kort(words[name]), "één van " + ", ".join(options), options[0]))
    if faults:
        raise invalid(faults, "query")
    return Asked(na, many, since, words)


def nothing_asked(request: HttpRequest) -> None:
    """Refuse every key in the address: none is known here. Raises `Refusal` 400."""
    if request.GET:
        refuse = [Fout(name[:60], f"de sleutel '{name[:60]}'", "een adres zonder sleutels") for name in request.GET]
        raise invalid(refuse, "query")


def part(name: str, page: Bladzij, follow: bool = False) -> dict[str, Any]:
    """A part of a list as it goes out; with `follow` also from where to ask later for what is new."""
    out: dict[str, Any] = {name: page.items, "volgende": _cursor(page.volgende)}
    if follow:
        out["verder_vanaf"] = _cursor(page.laatste)
    return out


def _cursor(place: Plaats | None) -> str | None:
    if place is None:
        return None
    text = json.dumps([place.moment.isoformat(), str(place.id)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(cursor: str) -> Plaats | None:
    try:
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        moment, id_ = json.loads(raw)
        place = Plaats(datetime.fromisoformat(moment), UUID(id_))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return place if place.moment.tzinfo is not None and 1900 <= place.moment.year <= 2100 else None


def _moment(text: str) -> datetime | None:
    """A moment with a zone; a plus that became a space on the way is taken for what it was."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and 1900 <= moment.year <= 2100 and "T" in text else None


def identifier(text: str) -> UUID | None:
    """An id from an address; None for a word that is none, which then finds nothing."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None
