# SPDX-License-Identifier: EUPL-1.2
"""Judges one answer to fuzzed input: never our fault, nothing given back as mark-up, nothing led elsewhere, and every
refusal says what is wrong or what to do."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from tests.invoer.waarden import MERK

ZIN = re.compile(r"[A-Z][^<>]{12,}[.?]")
LEIDT = frozenset(
    {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-redirect", "data", "poster"}
)
FORMULE = ("=", "+", "-", "@", "\t", "\r")


class _Reader(HTMLParser):
    """Reads a page as a browser does, and notes what of the input became part of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MERK in tag:
            self.wrong.append(f"een element uit de invoer: <{tag[:40]}>")
        if tag in ("script", "style") and not any(name in ("src", "type") for name, _ in attrs):
            self.wrong.append(f"een los <{tag}>")
        for name, value in attrs:
            if MERK in name or name.startswith("on") or name == "style":
                self.wrong.append(f"een attribuut uit de invoer: {name[:40]}")
            if name in LEIDT and value and _elsewhere(value):
                self.wrong.append(f"{name} leidt elders: {value[:60]!r}")


def _elsewhere(address: str) -> bool:
    """Whether a browser would leave this site, or run something, by following it."""
    plain = "".join(c for c in address.strip() if c not in "\t\r\n").replace("\\", "/")
    if MERK not in plain:
        return False
    target = urlsplit(urljoin("https://testserver/x", plain))
    return target.scheme != "https" or target.netloc != "testserver"


def faults_in(answer: Any, met_context: bool = True) -> list[str]:
    """Everything that is wrong with this answer; of a stream the content is read."""
    wrong: list[str] = []
    content = answer.getvalue() if answer.streaming else answer.content
    text = content.decode("utf-8", "replace")
    kind = answer.headers.get("Content-Type", "")
    status = answer.status_code
    if status >= 500:
        wrong.append(f"fout van ons: {status}")
    for name, value in answer.headers.items():
        if "\r" in value or "\n" in value or (MERK in value and name not in ("Location", "HX-Redirect")):
            wrong.append(f"header {name}: {value[:80]!r}")
    for name in ("Location", "HX-Redirect"):
        if _elsewhere(answer.headers.get(name, "")):
            wrong.append(f"{name} leidt elders: {answer.headers[name][:80]!r}")
    if "html" in kind:
        if f"<{MERK}" in text:
            wrong.append(f"onveranderd terug: {_around(text, '<' + MERK)!r}")
        reader = _Reader()
        reader.feed(text)
        wrong += reader.wrong
    elif MERK in text and "nosniff" not in answer.headers.get("X-Content-Type-Options", ""):
        wrong.append(f"{kind} zonder nosniff")
    if "csv" in kind:
        wrong += [f"formule in een cel: {cell[:40]!r}" for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";") for cell in row if cell.startswith(FORMULE)]  # fmt: skip
    if status >= 400:
        wrong += _unclear(answer, text, kind, status, met_context)
    return wrong


def _around(text: str, word: str) -> str:
    where = text.index(word)
    return text[max(0, where - 80) : where + 40]


def _unclear(answer: Any, text: str, kind: str, status: int, met_context: bool) -> list[str]:
    """What a refusal leaves out: a sentence at least, and of what was filled in the field, what was found, what is expected."""
    if status == 405:
        return [] if answer.headers.get("Allow") is not None else ["405 zonder Allow"]
    if answer.request["REQUEST_METHOD"] == "HEAD":
        return []
    if not text:
        return [f"{status} zonder een woord"]
    if "json" in kind:
        body = json.loads(text)
        if "problem" in kind:
            missing = [name for name in ("title", "detail", "code", "status") if not body.get(name)]
            if missing or (status == 400 and not body.get("errors") and len(body["detail"]) < 20):
                return [f"probleem zonder {missing or 'errors'}: {text[:200]}"]
            return [f"fout zonder plek: {e}" for e in body.get("errors", ()) if not (e["location"] and e["found"] and e["expected"])]  # fmt: skip
        zin = body.get("zin") or body.get("fout") or body.get("status") or body.get("stand") or ""
        if not zin:
            return [f"weigering zonder zin: {text[:200]}"]
        if body.get("code") in ("OngeldigeInvoer", "Ongeldig") and not all(
            f["veld"] and f["gevonden"] and f["verwacht"] for f in body["fouten"]
        ):
            return [f"fout zonder plek: {text[:300]}"]
        return (
            []
            if body.get("code") not in ("OngeldigeInvoer", "Ongeldig") or body["fouten"]
            else [f"geen fouten: {text[:200]}"]
        )
    if not ZIN.search(html.unescape(text)):
        return [f"{status} zonder zin: {text[:200]!r}"]
    poging = (answer.context or {}).get("poging") if met_context and answer.context is not None else None
    if poging is None or not hasattr(poging, "code"):
        return []
    shown, wrong = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()), []
    if poging.code in ("OngeldigeInvoer", "Ongeldig") and not poging.fouten:
        wrong.append(f"{poging.code} zonder fouten")
    for fout in poging.bij.values():  # of each field the first
        if not (fout.veld and fout.gevonden and fout.verwacht):
            wrong.append(f"fout zonder plek: {fout}")
        elif " ".join(str(fout.verwacht).split()) not in shown:
            wrong.append(f"niet op de pagina: {fout.veld} verwacht {fout.verwacht[:60]}")
    return wrong
