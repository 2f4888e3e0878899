# SPDX-License-Identifier: EUPL-1.2
"""The calendar against tables made by hand: holidays, Easter, office hours, the clock changes, closing days."""

from datetime import UTC, date, time

import pytest

from tests.rules.dagen import dag, moment
from vangnet.process.give_advice import register
from vangnet.rules.kalender import (
    Jaarlijst,
    Kalender,
    Kantoortijd,
    binnen_kantoortijd,
    feestdagen,
    koningsdag,
    langste_reeks,
    paasdag,
    ruim_binnen_kantoortijd,
)
from vangnet.rules.omstandigheden import kalender_van

ZL = register().versies["zuid-limburg"][0]
assert ZL.feestdagen and ZL.kantoortijd
NAMEN = ZL.feestdagen.namen
KALENDER = Kalender(NAMEN)
KANTOORTIJD = Kantoortijd(time(9), time(17), "zonder voorbehoud", ("ZL-31",))

FEESTDAGEN = {
    2024: "ma 2024-01-01, ma 2024-04-01, za 2024-04-27, zo 2024-05-05, do 2024-05-09, ma 2024-05-20, wo 2024-12-25, do 2024-12-26",
    2025: "wo 2025-01-01, ma 2025-04-21, za 2025-04-26, ma 2025-05-05, do 2025-05-29, ma 2025-06-09, do 2025-12-25, vr 2025-12-26",
    2026: "do 2026-01-01, ma 2026-04-06, ma 2026-04-27, di 2026-05-05, do 2026-05-14, ma 2026-05-25, vr 2026-12-25, za 2026-12-26",
    2027: "vr 2027-01-01, ma 2027-03-29, di 2027-04-27, wo 2027-05-05, do 2027-05-06, ma 2027-05-17, za 2027-12-25, zo 2027-12-26",
}


@pytest.mark.parametrize("jaar", FEESTDAGEN)
def test_the_list_of_zuid_limburg_and_no_other_day(jaar: int) -> None:
    assert sorted(feestdagen(jaar, NAMEN)) == [dag(d) for d in FEESTDAGEN[jaar].split(", ")]


@pytest.mark.parametrize("goede_vrijdag", ["vr 2024-03-29", "vr 2025-04-18", "vr 2026-04-03", "vr 2027-03-26"])
def test_goede_vrijdag_is_a_working_day_in_zuid_limburg_only(goede_vrijdag: str) -> None:
    d = dag(goede_vrijdag)
    assert KALENDER.is_werkdag(d)
    assert feestdagen(d.year, ("goede_vrijdag",)) == {d: "Goede Vrijdag"}
    # A region without a list leaves it in doubt: a working day in the usual list, not in the wide one.
    zonder = register().versies["noord-en-midden-limburg"][-1]
    assert kalender_van(zonder).is_werkdag(d)
    assert not kalender_van(zonder, met_twijfel=True).is_werkdag(d)


PASEN = {
    2000: "04-23", 2004: "04-11", 2005: "03-27", 2008: "03-23", 2011: "04-24", 2013: "03-31", 2016: "03-27",
    2018: "04-01", 2019: "04-21", 2021: "04-04", 2024: "03-31", 2025: "04-20", 2026: "04-05", 2027: "03-28",
    2038: "04-25", 2285: "03-22",
}  # fmt: skip
"""From tables; 2038 is the latest day there is, 2285 the earliest."""


def test_easter_in_known_years() -> None:
    assert {jaar: f"{paasdag(jaar):%m-%d}" for jaar in PASEN} == PASEN


def _pasen_knuth(jaar: int) -> date:
    """Another way to the same day (Knuth, after Clavius): first the moon, then the Sunday."""
    gulden, eeuw = jaar % 19 + 1, jaar // 100 + 1
    zon, maan = 3 * eeuw // 4 - 12, (8 * eeuw + 5) // 25 - 5
    epacta = (11 * gulden + 20 + maan - zon) % 30
    if epacta == 24 or (epacta == 25 and gulden > 11):
        epacta += 1
    n = 44 - epacta
    n += 30 if n < 21 else 0
    n += 7 - (5 * jaar // 4 - zon - 10 + n) % 7
    return date(jaar, 3, n) if n <= 31 else date(jaar, 4, n - 31)


def test_easter_two_ways_over_five_centuries() -> None:
    assert [j for j in range(1800, 2300) if paasdag(j) != _pasen_knuth(j)] == []
    assert {paasdag(j).weekday() for j in range(1800, 2300)} == {6}


def test_koningsdag_moves_only_from_a_sunday() -> None:
    assert [koningsdag(j) for j in (2014, 2024, 2025, 2026, 2031)] == [
        dag(d) for d in ("za 2014-04-26", "za 2024-04-27", "za 2025-04-26", "ma 2026-04-27", "za 2031-04-26")
    ]


@pytest.mark.parametrize(
    ("wanneer", "binnen", "opmerking"),
    [
        ("di 2024-04-09 08:59:59", False, "laatste seconde ervoor"),
        ("di 2024-04-09 09:00:00", True, "eerste seconde erin"),
        ("di 2024-04-09 16:59:59", True, "laatste seconde erin"),
        ("di 2024-04-09 17:00:00", False, "om vijf uur is het voorbij"),
        ("vr 2024-03-29 12:00:00", True, "Goede Vrijdag"),
        ("ma 2024-04-01 12:00:00", False, "2e Paasdag"),
        ("za 2024-04-13 12:00:00", False, "zaterdag"),
        ("zo 2024-04-14 12:00:00", False, "zondag"),
        ("ma 2025-04-28 12:00:00", True, "Koningsdag was op zaterdag"),
        ("ma 2025-05-05 12:00:00", False, "Bevrijdingsdag, elk jaar op de lijst"),
        ("zo 2024-03-31 03:30:00", False, "nacht van de zomertijd"),
        ("di 2024-04-02 09:00:00", True, "eerste werkdag in zomertijd"),
        ("ma 2024-10-28 08:59:59", False, "eerste werkdag in wintertijd, nog te vroeg"),
        ("ma 2024-10-28 09:00:00", True, "eerste werkdag in wintertijd"),
    ],
)
def test_office_hours(wanneer: str, binnen: bool, opmerking: str) -> None:
    m = moment(wanneer)
    assert binnen_kantoortijd(m, KANTOORTIJD, KALENDER) is binnen, opmerking
    assert binnen_kantoortijd(m.astimezone(UTC), KANTOORTIJD, KALENDER) is binnen, "hetzelfde moment in UTC"


def test_the_hour_that_comes_twice_and_the_hour_that_is_not_there() -> None:
    een, twee = moment("zo 2024-10-27 02:30:00"), moment("zo 2024-10-27 02:30:00", nogmaals=True)
    assert (twee.astimezone(UTC) - een.astimezone(UTC)).total_seconds() == 3600
    assert moment("zo 2024-03-31 03:00:00").timestamp() - moment("zo 2024-03-31 01:59:59").timestamp() == 1
    assert {binnen_kantoortijd(m, KANTOORTIJD, KALENDER) for m in (een, twee)} == {False}


@pytest.mark.parametrize(
    ("wanneer", "zeker"),
    [
        ("wo 2025-01-15 06:59:59", False), ("wo 2025-01-15 07:00:00", None), ("wo 2025-01-15 09:00:00", True),
        ("wo 2025-01-15 16:59:59", True), ("wo 2025-01-15 17:00:00", None), ("wo 2025-01-15 20:00:00", False),
        ("za 2025-01-18 12:00:00", False),
    ],
)  # fmt: skip
def test_office_hours_without_hours_are_only_said_when_certain(wanneer: str, zeker: bool | None) -> None:
    assert ruim_binnen_kantoortijd(moment(wanneer), KALENDER) is zeker


@pytest.mark.parametrize(
    ("van", "volgende", "opmerking"),
    [
        ("do 2024-03-28", "vr 2024-03-29", "Goede Vrijdag is een werkdag"),
        ("vr 2024-03-29", "di 2024-04-02", "Pasen"),
        ("wo 2024-05-08", "vr 2024-05-10", "Hemelvaart"),
        ("vr 2024-05-17", "di 2024-05-21", "Pinksteren"),
        ("di 2024-12-24", "vr 2024-12-27", "twee Kerstdagen"),
        ("di 2024-12-31", "do 2025-01-02", "over de jaarwisseling"),
        ("vr 2025-04-25", "ma 2025-04-28", "Koningsdag op zaterdag"),
        ("wo 2025-12-24", "ma 2025-12-29", "Kerst en weekend, vijf dagen"),
        ("di 2027-05-04", "vr 2027-05-07", "Bevrijdingsdag en Hemelvaart naast elkaar"),
    ],
)
def test_next_working_day(van: str, volgende: str, opmerking: str) -> None:
    assert KALENDER.volgende_werkdag(dag(van)) == dag(volgende), opmerking


def test_working_days_later_and_a_confirmed_list() -> None:
    assert KALENDER.werkdagen_later(dag("di 2024-03-26"), 5) == dag("wo 2024-04-03")
    # A confirmed list replaces the computed days of its year, and only of that year.
    eigen = Kalender(NAMEN, (Jaarlijst(2025, ((dag("vr 2025-04-18"), "Goede Vrijdag"),), "proef"),))
    assert not eigen.is_werkdag(dag("vr 2025-04-18"))
    assert eigen.is_werkdag(dag("ma 2025-05-05"))
    assert not eigen.is_werkdag(dag("di 2026-05-05"))


def test_what_kind_of_day_it_is() -> None:
    kalender = Kalender(NAMEN, (), frozenset({dag("vr 2024-07-05")}))
    assert kalender.soort(dag("vr 2024-07-05")) == ("sluitingsdag", "")
    assert kalender.soort(dag("za 2024-04-27")) == ("feestdag", "Koningsdag")
    assert kalender.soort(dag("za 2024-07-06")) == ("weekend", "")
    assert kalender.soort(dag("vr 2024-03-29")) == ("werkdag", "")


@pytest.mark.parametrize(
    ("dagen", "zonder", "met", "opmerking"),
    [
        ("wo 2024-07-03", 1, 1, "een losse dag"),
        ("vr 2024-07-05", 3, 3, "met het weekend"),
        ("do 2024-07-04, vr 2024-07-05", 4, 4, "vier, precies wat mag"),
        ("vr 2024-02-09, ma 2024-02-12, di 2024-02-13", 5, 5, "om het weekend heen"),
        ("vr 2024-02-09, di 2024-02-13", 3, 3, "maandag is open"),
        ("vr 2024-05-10", 3, 4, "na Hemelvaart"),
        ("vr 2024-12-27", 3, 5, "na twee Kerstdagen"),
        ("do 2025-04-24", 1, 1, "Koningsdag op zaterdag raakt de donderdag niet"),
        ("wo 2024-07-03, vr 2024-10-11", 3, 3, "de langste van twee"),
    ],
)
def test_longest_run_without_the_municipality(dagen: str, zonder: int, met: int, opmerking: str) -> None:
    dicht = frozenset(dag(d) for d in dagen.split(", "))
    assert (langste_reeks(dicht, KALENDER, False), langste_reeks(dicht, KALENDER, True)) == (zonder, met), opmerking
