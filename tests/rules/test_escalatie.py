# SPDX-License-Identifier: EUPL-1.2
"""The ladder: which one a deadline climbs, when its owner hears beforehand, and when each rung goes."""

from datetime import UTC, datetime

import pytest

from vangnet.rules.escalatie import Ladder, Sport, klokkind, sport_op, vooraf_op
from vangnet.rules.tekst import AMSTERDAM


def moment(tekst: str) -> datetime:
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


def uur(vooraf: int) -> Ladder:
    return Ladder("uur", vooraf, ())


def dag(vooraf: int) -> Ladder:
    return Ladder("dag", vooraf, ())


@pytest.mark.parametrize(
    ("strekking", "hele_dag", "kind"),
    [
        ("maximaal", False, "uur"),
        ("maximaal", True, "dag"),
        ("zonder voorbehoud", False, "uur"),
        ("streefnorm", False, "zacht"),  # never looks like a hard limit, with an hour or without
        ("in de regel", True, "zacht"),
        ("", True, "dag"),  # of the law, which has no word of the sources
        ("een woord dat nog niet bestaat", False, "uur"),  # not known: rather too loud than unheard
    ],
)
def test_the_force_decides_which_ladder(strekking: str, hele_dag: bool, kind: str) -> None:
    assert klokkind(strekking, hele_dag) == kind


@pytest.mark.parametrize(
    ("ladder", "begonnen", "uiterlijk", "hoort"),
    [
        (uur(15), "2026-11-20 21:00", "2026-11-20 23:00", "2026-11-20 22:45"),
        (uur(15), "2026-11-20 21:00", "2026-11-20 21:20", "2026-11-20 21:10"),  # shorter than half an hour: halfway
        (uur(0), "2026-11-20 21:00", "2026-11-20 23:00", None),
        (uur(15), "2026-11-20 21:00", "2026-11-20 21:00", None),
        (dag(900), "2026-11-19 21:00", "2026-11-21 00:00", "2026-11-20 09:00"),
        (dag(900), "2026-03-27 21:00", "2026-03-30 00:00", "2026-03-29 09:00"),  # the day has 23 hours
        (dag(900), "2026-10-23 21:00", "2026-10-26 00:00", "2026-10-25 09:00"),  # the day has 25 hours
        (dag(900), "2026-11-20 12:00", "2026-11-21 00:00", None),  # began on that day, after nine
    ],
)  # fmt: skip
def test_the_owner_hears_beforehand(ladder: Ladder, begonnen: str, uiterlijk: str, hoort: str | None) -> None:
    gevraagd = vooraf_op(ladder, moment(begonnen), moment(uiterlijk))
    assert gevraagd == (moment(hoort) if hoort else None)


def test_minutes_pass_also_in_the_night_in_which_the_clock_goes_back() -> None:
    ladder = Ladder("uur", 0, (Sport(0, "eigenaar", ("scherm",)), Sport(30, "coordinator", ("scherm",))))
    eerste = datetime(2026, 10, 25, 2, 45, tzinfo=AMSTERDAM)  # the first of the two
    assert sport_op(ladder, 0, eerste) == eerste.astimezone(UTC)
    assert sport_op(ladder, 1, eerste) == datetime(
        2026, 10, 25, 1, 15, tzinfo=UTC
    )  # a quarter past two, the second time
    assert sport_op(ladder, 2, eerste) is None
