# SPDX-License-Identifier: EUPL-1.2
"""The clock that a test may set, and identifiers that only go up."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from vangnet.conf import clock
from vangnet.conf.identifiers import Sequence, new_id

NIGHT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_real_clock_is_aware_and_utc() -> None:
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second
    assert abs(first.timestamp() * 1000 - clock.real_milliseconds()) < 5_000


def test_a_set_clock_stands_still_until_advanced() -> None:
    with clock.put_at(NIGHT) as standing:
        assert clock.now() == NIGHT
        assert standing.advance(timedelta(hours=2)) == NIGHT + timedelta(hours=2)
        assert clock.now() == NIGHT + timedelta(hours=2)
        with pytest.raises(ValueError, match="only goes forward"):
            standing.advance(timedelta(seconds=-1))
    assert clock.now() != NIGHT + timedelta(hours=2)


def test_a_fast_clock_runs_fast() -> None:
    with clock.put_at(NIGHT, speed=3600):
        time.sleep(0.05)
        assert timedelta(minutes=2) < clock.now() - NIGHT < timedelta(hours=2)


def test_clocks_nest_and_every_thread_sees_them() -> None:
    seen: list[datetime] = []
    with clock.put_at(NIGHT), clock.put_at(NIGHT + timedelta(days=1)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [NIGHT + timedelta(days=1)]


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.put_at(datetime(2026, 1, 1)):
        pass


def test_an_identifier_is_a_uuid_7_of_this_moment() -> None:
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs((made.int >> 80) - clock.real_milliseconds()) < 5_000


def test_the_layout_is_that_of_the_standard() -> None:
    # RFC 9562, appendix A.6: this moment is written 017F22E2-79B0-7...
    assert str(Sequence(lambda: 0x017F22E279B0).next()).startswith("017f22e2-79b0-7")


def test_identifiers_only_go_up_also_when_the_clock_stands_or_falls_back() -> None:
    moments = iter([1000] * 2000 + [999] * 1000 + [1001] + [500] * 1000)
    sequence = Sequence(lambda: next(moments))
    made = [sequence.next() for _ in range(4001)]
    assert made == sorted(set(made), key=lambda identifier: identifier.int)
    assert [str(identifier) for identifier in made] == sorted(map(str, made))


def test_when_a_millisecond_is_full_the_next_is_taken() -> None:
    sequence = Sequence(lambda: 1000)
    before = sequence.next()
    sequence._last_random = (1 << 74) - 1
    after = sequence.next()
    assert after > before
    assert after.int >> 80 == 1001


def test_threads_never_get_the_same() -> None:
    made: list[UUID] = []
    sequence = Sequence(lambda: 7)
    threads = [threading.Thread(target=lambda: made.extend(sequence.next() for _ in range(500))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000
