# SPDX-License-Identifier: EUPL-1.2
"""UUIDv7 (RFC 9562): identifiers that sort by the moment they were made and give nothing else away."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable
from uuid import UUID

from vangnet.conf import clock

RANDOM_BITS = 74
"""12 bits beside the version and 62 beside the variant."""
LARGEST_STEP = 1 << 32
"""Within one millisecond each identifier lies a random step of at most this above the one before."""


class Sequence:
    """Makes UUIDv7 that only go up, also within a millisecond and when the clock is set back. Safe between threads."""

    def __init__(self, milliseconds: Callable[[], int] = clock.real_milliseconds) -> None:
        self._milliseconds = milliseconds
        self._lock = threading.Lock()
        self._last_moment = -1
        self._last_random = 0

    def next(self) -> UUID:
        with self._lock:
            moment = self._milliseconds()
            if moment > self._last_moment:
                chance = secrets.randbits(RANDOM_BITS - 1)  # the top bit stays free as room to step
            else:
                moment = self._last_moment
                chance = self._last_random + 1 + secrets.randbelow(LARGEST_STEP)
                if chance >> RANDOM_BITS:
                    moment, chance = moment + 1, secrets.randbits(RANDOM_BITS - 1)
            self._last_moment, self._last_random = moment, chance
        high, low = chance >> 62, chance & ((1 << 62) - 1)
        return UUID(int=(moment & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


_sequence = Sequence()


def new_id() -> UUID:
    """A new UUIDv7, above every earlier one of this process."""
    return _sequence.next()


def _start_anew() -> None:
    global _sequence
    _sequence = Sequence()


os.register_at_fork(after_in_child=_start_anew)
