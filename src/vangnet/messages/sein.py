# SPDX-License-Identifier: EUPL-1.2
"""The signed webhook to the region's gateway for text messages and calls (docs/koppelen.md)."""

from __future__ import annotations

import hmac
import http.client
import json
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from vangnet.conf.kanalen import Seinpoort

from .fouten import NietVerstuurd
from .gesprek import in_time

KORTSTE_SLEUTEL = 32
"""Bytes of the secret."""
MOMENT, HANDTEKENING, IDEMPOTENTIE = "Vangnet-Moment", "Vangnet-Handtekening", "Idempotency-Key"
LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
"""Refusals for now: trying again can help."""
LANGST_WACHTEN = 3600.0
"""Seconds that `Retry-After` can ask at most."""


def read_key(bestand: Path) -> bytes:
    """The secret of a gateway. Errors: `NietVerstuurd` when it cannot be read or is too short."""
    try:
        sleutel = bestand.read_bytes().strip()
    except OSError:
        raise NietVerstuurd("niet_ingesteld", definitief=True) from None
    if len(sleutel) < KORTSTE_SLEUTEL:
        raise NietVerstuurd("niet_ingesteld", definitief=True)
    return sleutel


def sign(sleutel: bytes, moment: str, inhoud: bytes) -> str:
    """The signature over a moment (seconds since 1970, as text) and what is sent."""
    return "v1=" + hmac.digest(sleutel, moment.encode() + b"." + inhoud, "sha256").hex()


def body(id_: UUID, naar: str, tekst: str, soort: str, op: datetime, wijze: str) -> bytes:
    """What is sent, the same at every attempt. `op` is when the message was written down."""
    inhoud = {
        "id": str(id_),
        "naar": naar,
        "tekst": tekst,
        "soort": soort,
        "op": op.astimezone(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(inhoud | ({"wijze": wijze} if wijze else {}), ensure_ascii=False).encode()


def send(poort: Seinpoort, sleutel: bytes, id_: UUID, inhoud: bytes, nu: datetime, duur: float) -> None:
    """Hand one message over to the gateway; returns when it was accepted (2xx). Redirects are not followed.

    Errors: `NietVerstuurd`; for good with a 4xx other than 408 and 429."""
    adres = urlsplit(poort.url)
    moment = str(int(nu.timestamp()))
    koppen = {
        "Content-Type": "application/json", "User-Agent": "Vangnet", "Connection": "close", IDEMPOTENTIE: str(id_),
        MOMENT: moment, HANDTEKENING: sign(sleutel, moment, inhoud),
    }  # fmt: skip
    link = (
        http.client.HTTPSConnection(
            adres.hostname or "", adres.port, timeout=duur, context=ssl.create_default_context()
        )
        if adres.scheme == "https"
        else http.client.HTTPConnection(adres.hostname or "", adres.port, timeout=duur)
    )
    with in_time(duur) as termijn:
        try:
            link.connect()
            termijn.holds(link.sock)
            link.request("POST", (adres.path or "/") + (f"?{adres.query}" if adres.query else ""), inhoud, koppen)
            answer = link.getresponse()
            status, later = answer.status, answer.getheader("Retry-After")
        except http.client.RemoteDisconnected:
            raise NietVerstuurd("afgebroken") from None
        except http.client.HTTPException:
            raise NietVerstuurd("storing") from None
        finally:
            link.close()
    if 200 <= status < 300:
        return
    if 400 <= status < 500 and status not in LATER:
        raise NietVerstuurd("geweigerd", definitief=True)
    raise NietVerstuurd("later" if status in LATER or later else "storing", na=retry_after(later, nu))


def retry_after(kop: str | None, nu: datetime) -> float | None:
    """How many seconds the other side asks to wait, at most an hour; None when it does not say so in a way that is known."""
    if kop is None:
        return None
    kop = kop.strip()
    if kop.isdecimal() and len(kop) < 10:
        return min(LANGST_WACHTEN, float(kop))
    try:
        tot = parsedate_to_datetime(kop)
    except ValueError:
        return None
    tot = tot if tot.tzinfo else tot.replace(tzinfo=UTC)
    return min(LANGST_WACHTEN, max(0.0, (tot - nu).total_seconds()))
