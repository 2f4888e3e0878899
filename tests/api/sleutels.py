# SPDX-License-Identifier: EUPL-1.2
"""Keys for tests of the interface: one for an organisation, and a client that asks with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client

from vangnet.access.koppelingen import SCOPES, create
from vangnet.access.models import Organisatie
from vangnet.conf import clock

BASE = "/api/v1"
_number = count(1)


def key_of(organisatie: Organisatie, scopes: Iterable[str] = SCOPES, geldig_tot: datetime | None = None) -> str:
    """A key of this organisation, with every scope it can have unless said otherwise."""
    now = clock.now()
    return create(
        None, now, organisatie.pk, f"Systeem {next(_number)}", scopes, geldig_tot or now + timedelta(days=365)
    ).sleutel


class Asker:
    """Asks the interface with a key."""

    def __init__(self, key: str = "") -> None:
        self.client = Client()
        self.key = key

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; `body` goes as JSON unless it is bytes."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        if self.key:
            headers.setdefault("Authorization", f"Bearer {self.key}")
        kind = {} if body is None else {"content_type": "application/json"}
        return self.client.generic(
            method, path if path.startswith("/api") else BASE + path, sent, headers=headers, **kind
        )

    def get(self, path: str, **headers: str) -> Any:
        """A read."""
        return self.ask("GET", path, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        """A write."""
        return self.ask("PUT", path, body, **headers)


def refusal(answer: Any, status: int, code: str = "") -> dict[str, Any]:
    """The problem that an answer is, checked."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"] and body["detail"] and body["code"]
    assert not code or body["code"] == code, body
    for fault in body.get("errors", ()):
        assert set(fault) == {"in", "location", "found", "expected", "example"}
    return body
