# SPDX-License-Identifier: EUPL-1.2
"""What the measurements share: progress on stderr, and waiting for a server."""

from __future__ import annotations

import http.client
import sys
import time
from typing import Any

Row = dict[str, Any]


def plain(wat: str, gemeten: str, doel: str = "", ratio: float | None = None) -> Row:
    """A row of which only the words count."""
    return {"wat": wat, "gemeten": gemeten, "doel": doel, "verhouding": ratio}


def progress(text: str) -> None:
    """Say on stderr what is being measured."""
    print(f"... {text}", file=sys.stderr, flush=True)


def wait_until_up(port: int) -> None:
    """Until the server answers, at most a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            link.request("GET", "/gezond")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("De server antwoordt niet.")
