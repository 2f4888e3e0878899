# SPDX-License-Identifier: EUPL-1.2
"""A provider for the proof of the outbox, in a process of its own: it hangs, fails, refuses, accepts, and drops the answer, by
chance with a seed. It writes down every request and everything it took, so that the proof can count against it.

    python -m tests.messages.aanbieder FOLDER SEED SECONDS-THAT-IT-HANGS
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from vangnet.cli.proefpost import Seinbus
from vangnet.conf import lifeline
from vangnet.messages import proef

KANS = {proef.NEEMT: 55, proef.STORING: 16, proef.HANGT: 10, proef.VALT: 16, proef.WEIGERT: 3}
"""Per request, in hundredths."""
VERLOREN = 4
"""In hundredths: messages that this provider never takes, so that they are exhausted."""


def lost(zaad: int, id_: str) -> bool:
    """Whether this provider never takes a message."""
    return random.Random(f"{zaad} {id_}").randrange(100) < VERLOREN


class Aanbieder(Seinbus):
    """The gateway of the demo, with moods by chance and a list of what happened."""

    def __init__(self, map_: Path, zaad: int, hangt: float) -> None:
        self._lijst = os.open(map_ / "lijst", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._keer: Counter[str] = Counter()
        self._zaad = zaad
        super().__init__(map_, (map_ / "sleutel").read_bytes(), gedrag=self._choose, hangt=hangt)

    def _choose(self, id_: str) -> str:
        self._keer[id_] += 1
        kans = random.Random(f"{self._zaad} {id_} {self._keer[id_]}")
        stemming = kans.choices(list(KANS), list(KANS.values()))[0]
        if lost(self._zaad, id_):
            stemming = kans.choice((proef.STORING, proef.HANGT))
        self._write(f"vraag {id_} {stemming}")
        return stemming

    def accept(self, id_: str, sein: dict[str, Any]) -> None:
        self._write(
            f"genomen {id_} {hashlib.sha256(repr(sorted(sein.items())).encode()).hexdigest()[:16]} {sein['id']}"
        )

    def _write(self, regel: str) -> None:
        os.write(self._lijst, f"{regel}\n".encode())


def main(words: list[str]) -> None:
    aanbieder = Aanbieder(Path(words[0]), int(words[1]), float(words[2]))
    aanbieder.start()
    print(aanbieder.url, flush=True)
    lifeline.end_with_parent()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
