# SPDX-License-Identifier: EUPL-1.2
"""The only place that reads the clock. Edges ask it once and pass the moment down; the rules never ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class SetClock:
    """A clock that a test has put at a moment, and that runs `speed` times as fast as the real one (0: stands still)."""

    def __init__(self, moment: datetime, speed: float) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"a moment with a time zone is needed, found {moment.isoformat()} without one")
        if speed < 0:
            raise ValueError(f"speed must be 0 or more, found {speed}")
        self._start = moment.astimezone(UTC)
        self._speed = speed
        self._began = time.monotonic()
        self._extra = timedelta()

    def now(self) -> datetime:
        run = (time.monotonic() - self._began) * self._speed if self._speed else 0.0
        return self._start + self._extra + timedelta(seconds=run)

    def advance(self, step: timedelta) -> datetime:
        """Move the clock forward by `step` and return the new moment. A clock never goes back."""
        if step < timedelta():
            raise ValueError(f"a clock only goes forward, found {step}")
        self._extra += step
        return self.now()


_lock = threading.Lock()
_set: list[SetClock] = []


def now() -> datetime:
    """This moment, aware, in UTC: the real one, or that of the innermost `put_at`."""
    clock = _set[-1] if _set else None
    return clock.now() if clock else datetime.now(UTC)


@contextmanager
def put_at(moment: datetime, *, speed: float = 0.0) -> Iterator[SetClock]:
    """Put the clock of the whole process (every thread) at `moment` for as long as the block lasts.

    Raises ValueError when `moment` has no time zone or `speed` is negative.
    """
    clock = SetClock(moment, speed)
    with _lock:
        _set.append(clock)
    try:
        yield clock
    finally:
        with _lock:
            _set.remove(clock)


def real_milliseconds() -> int:
    """Milliseconds since 1970 by the real clock, also while it is put elsewhere: for identifiers, never for a rule."""
    return time.time_ns() // 1_000_000
