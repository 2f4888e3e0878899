#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""An example client: sends a melding to Vangnet and follows what becomes of it. Needs nothing but Python 3.11.

    VANGNET_SLEUTEL=vn_... python voorbeelden/volg_melding.py https://vangnet.example melding.json

It writes what happens to the standard output, a line each. The number of the melding is kept in a file beside the message
before anything is sent: started again after a cut, it sends the same under the same number, and nothing is doubled.
The key comes from the environment, never from the command line or an address: those are seen by others.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

TRIES = 6
"""How often a request is made before giving up; between them it waits longer every time."""


class Refused(Exception):
    """Vangnet said no; the text says why, field by field."""


class Vangnet:
    """Asks the programming interface of one Vangnet with one key."""

    def __init__(self, address: str, key: str) -> None:
        self.base = address.rstrip("/") + "/api/v1"
        self.key = key
        self.known: dict[str, tuple[str, Any]] = {}
        """Per path the ETag and what was read, so that what is the same is not sent twice."""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One request. Waits and asks again when there are too many, when Vangnet is away and when the line breaks: every
        request here may be made twice. Raises Refused for any other no."""
        headers = {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif path in self.known:
            headers["If-None-Match"] = self.known[path][0]
        wait, why = 1.0, ""
        for _ in range(TRIES):
            request = urllib.request.Request(self.base + path, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    read = json.load(answer)
                    if answer.headers["ETag"]:
                        self.known[path] = (answer.headers["ETag"], read)
                    return read
            except urllib.error.HTTPError as no:
                with no:
                    if no.code == 304:
                        return self.known[path][1]
                    why = problem(no)
                    if no.code not in (429, 500, 502, 503, 504):
                        raise Refused(why) from None
                    wait = max(wait, float(no.headers["Retry-After"] or 0))
            except (OSError, ValueError) as cut:
                why = f"de verbinding viel weg ({type(cut).__name__})"
            time.sleep(wait)
            wait = min(wait * 2, 60)
        raise Refused(f"het lukt niet: {why}")


def problem(answer: urllib.error.HTTPError) -> str:
    """What a refusal says: its sentence, and per field what was found and what is expected."""
    try:
        said = json.load(answer)
    except ValueError:
        return f"antwoord {answer.code}"
    lines = [f"{said['status']} {said['detail']}"]
    lines += [f"  {e['location']}: gevonden {e['found']}; verwacht {e['expected']}" for e in said.get("errors", ())]
    return "\n".join(lines)


def number_of(message: Path) -> str:
    """The number of this message: made once, and kept beside it before it is sent for the first time."""
    kept = message.with_suffix(".nummer")
    if not kept.exists():
        kept.write_text(str(uuid.uuid4()), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def follow(vangnet: Vangnet, number: str, every: float, rounds: int) -> None:
    """Tell every event of the casus once, until the melding is dealt with and nothing new comes, or `rounds` are over."""
    cursor, stand = "", ""
    for turn in range(rounds):
        if turn:
            time.sleep(every)
        melding = vangnet.ask("GET", f"/meldingen/{number}")
        if melding["stand"] != stand:
            stand = melding["stand"]
            print(f"melding: {stand} {melding['uitkomst']}".rstrip(), flush=True)
        while True:
            asked = f"?cursor={quote(cursor)}" if cursor else ""
            page = vangnet.ask("GET", f"/casussen/{melding['casus_id']}/gebeurtenissen{asked}")
            for event in page["gebeurtenissen"]:
                print(f"{event['gebeurd_op']}  {event['tekst']}", flush=True)
            cursor = page["verder_vanaf"] or cursor
            if page["volgende"] is None:
                break
        if stand == "afgerond":
            casus = vangnet.ask("GET", f"/casussen/{melding['casus_id']}")
            print(f"casus {casus['nummer']}: {casus['stand_tekst']}; regie {casus['regie']['organisatie']}", flush=True)
            return


def main() -> int:
    """Send the message and follow it; 0 when all went well, 1 when Vangnet said no."""
    parser = argparse.ArgumentParser(description="Stuur een melding naar Vangnet en volg haar.")
    parser.add_argument("adres", help="het adres van Vangnet, zoals https://vangnet.example")
    parser.add_argument("bestand", type=Path, help="de melding als JSON")
    parser.add_argument("--elke", type=float, default=15, help="seconden tussen twee keer kijken (15)")
    parser.add_argument("--keren", type=int, default=240, help="hoe vaak hooguit wordt gekeken (240)")
    words = parser.parse_args()
    key = os.environ.get("VANGNET_SLEUTEL", "")
    if not key:
        print("Zet de sleutel in VANGNET_SLEUTEL.", file=sys.stderr)
        return 1
    vangnet = Vangnet(words.adres, key)
    try:
        message = json.loads(words.bestand.read_text(encoding="utf-8"))
        number = number_of(words.bestand)
        receipt = vangnet.ask("PUT", f"/meldingen/{number}", message)
        print(f"ontvangen: casus {receipt['nummer']}", flush=True)
        follow(vangnet, number, words.elke, words.keren)
    except Refused as no:
        print(no, file=sys.stderr)
        return 1
    except (OSError, ValueError) as fault:
        print(f"{words.bestand}: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
