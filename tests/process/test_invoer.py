# SPDX-License-Identifier: EUPL-1.2
"""What people type, read or refused with what is expected; never a crash, never a value cut short."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from vangnet.process.invoer import (
    LANG,
    RIJVELDEN,
    Onleesbaar,
    burgerservicenummer,
    dag,
    geboren,
    janee,
    leeftijd,
    lees_feit,
    misschien,
    moment,
    postcode,
    tekst,
)
from vangnet.process.leeftijd import ONBEKEND, Leeftijd, duration_between, in_woorden


@pytest.mark.parametrize(
    ("getypt", "gelezen"),
    [
        ("30-06-2010", date(2010, 6, 30)),
        ("30/6/2010", date(2010, 6, 30)),
        ("30 6 2010", date(2010, 6, 30)),
        ("30062010", date(2010, 6, 30)),
        ("30 juni 2010", date(2010, 6, 30)),
        ("1 mrt 2020", date(2020, 3, 1)),
        ("1 maart 2020", date(2020, 3, 1)),
        (" 2010-06-30 ", date(2010, 6, 30)),
        ("29-02-2024", date(2024, 2, 29)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_as_people_write_it(getypt: Any, gelezen: date | None) -> None:
    assert dag(getypt) == gelezen


@pytest.mark.parametrize(
    "getypt",
    [
        "31-02-2024",
        "29-02-2023",
        "00-01-2010",
        "1-13-2010",
        "31 juni 2010",
        "gisteren",
        "30-06-10",
        "1-1-0001",
        "1 foo 2010",
        7,
        "9" * 9000,
    ],
)
def test_a_day_that_does_not_exist_is_refused(getypt: Any) -> None:
    with pytest.raises(Onleesbaar):
        dag(getypt)


@pytest.mark.parametrize(
    ("getypt", "jaren"),
    [
        ("14", 14),
        ("14 jaar", 14),
        ("14 jr.", 14),
        ("7 mnd", 0),
        ("18 maanden", 1),
        ("3 weken", 0),
        ("2 dagen", 0),
        ("0", 0),
        ("", None),
    ],
)
def test_an_age(getypt: str, jaren: int | None) -> None:
    assert leeftijd(getypt).jaren == jaren


@pytest.mark.parametrize("getypt", ["200", "-3", "veertien", "14,5", "1e3", "²"])
def test_an_age_that_nobody_has(getypt: str) -> None:
    with pytest.raises(Onleesbaar):
        leeftijd(getypt)


@pytest.mark.parametrize(
    ("getypt", "gelezen"),
    [
        ("30-06-2010", (date(2010, 6, 30), ONBEKEND)),
        ("30062010", (date(2010, 6, 30), ONBEKEND)),
        ("7 mnd", (None, Leeftijd(0, "P7M"))),
        ("3 weken", (None, Leeftijd(0, "P3W"))),
        ("18 maanden", (None, Leeftijd(1, "P18M"))),
        ("30 maanden", (None, Leeftijd(2))),
        ("14", (None, Leeftijd(14))),
        ("", (None, ONBEKEND)),
    ],
)
def test_a_birth_date_or_an_age_in_one_field(getypt: str, gelezen: tuple[date | None, Leeftijd]) -> None:
    assert geboren(getypt) == gelezen


@pytest.mark.parametrize(
    ("geboren", "dag", "woorden"),
    [
        ("2024-05-17", "2024-05-17", "0 dagen"),
        ("2024-05-16", "2024-05-17", "1 dag"),
        ("2024-04-26", "2024-05-17", "3 weken"),
        ("2023-09-18", "2024-05-17", "7 maanden"),
        ("2022-05-18", "2024-05-17", "23 maanden"),
        ("2022-05-17", "2024-05-17", "2 jaar"),
    ],
)
def test_an_age_in_the_unit_in_which_one_says_it(geboren: str, dag: str, woorden: str) -> None:
    assert in_woorden(duration_between(date.fromisoformat(geboren), date.fromisoformat(dag))) == woorden


@pytest.mark.parametrize("getypt", ["31-02-2020", "ergens in 2010", "200", "zomaar", "1-2-3", "12-12"])
def test_neither_a_day_nor_an_age_says_what_is_expected(getypt: str) -> None:
    with pytest.raises(Onleesbaar, match=r"zoals|bestaat"):
        geboren(getypt)


def test_the_hour_that_does_not_exist_is_refused_and_the_double_hour_is_the_first() -> None:
    with pytest.raises(Onleesbaar, match="een uur vooruit"):
        moment("2024-03-31T02:30")
    gelezen = moment("2024-10-27T02:30")
    assert gelezen is not None
    assert gelezen.astimezone(UTC) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "getypt", ["morgen", "2024-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2024-05-17T25:00", 12]
)
def test_a_moment_that_cannot_be_read(getypt: Any) -> None:
    with pytest.raises(Onleesbaar):
        moment(getypt)


@pytest.mark.parametrize(
    ("getypt", "nummer"),
    [("999910073", "999910073"), ("9999 10 073", "999910073"), ("9999.10.073", "999910073"), ("", ""), (None, "")],
)
def test_a_bsn_that_passes(getypt: Any, nummer: str) -> None:
    assert burgerservicenummer(getypt) == nummer


@pytest.mark.parametrize("getypt", ["999910074", "123", "000000000", "12345678a", "٩٩٩٩١٠٠٧٣", "9" * 50, {"a": 1}])
def test_a_bsn_that_fails(getypt: Any) -> None:
    with pytest.raises(Onleesbaar, match="elfproef"):
        burgerservicenummer(getypt)


@pytest.mark.parametrize("naam", ["Zoë-Anna", "李小龙", "محمد", "Ölwieß", "👩‍👧 Sam", "O'Neill", "e\u0301"])
def test_names_are_kept_exactly(naam: str) -> None:
    assert tekst(80)(naam) == naam


def test_signs_that_no_store_can_hold_go_and_length_is_refused_never_cut() -> None:
    assert tekst(80)("A\x00n\x1bna\ud800 ") == "Anna"
    with pytest.raises(Onleesbaar, match="hooguit 80"):
        tekst(80)("x" * 81)
    with pytest.raises(Onleesbaar, match=f"hooguit {LANG}"):
        RIJVELDEN["melding"][1]["situatie"]("x" * 1_000_000)
    with pytest.raises(Onleesbaar):
        tekst(80)(["Anna"])


def test_yes_no_and_not_known() -> None:
    assert [janee(w) for w in ("ja", "on", True, "nee", "", False, None)] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [misschien(w) for w in ("onbekend", "", "ja", "nee")] == [None, None, True, False]
    with pytest.raises(Onleesbaar):
        janee("misschien")


def test_a_postcode_is_put_in_order_and_a_foreign_one_kept() -> None:
    assert [postcode(w) for w in ("6411ab", "6411 AB", "B-3600", "")] == ["6411 AB", "6411 AB", "B-3600", ""]
    with pytest.raises(Onleesbaar):
        postcode("12345678")


def test_a_fact_is_read_by_its_kind() -> None:
    assert lees_feit("zuid-limburg", "triage.direct_onveilig", "ja").waarde == "ja"
    assert lees_feit("zuid-limburg", "betrokken.veilig_thuis", "ja").waarde is True
    assert lees_feit("zuid-limburg", "triage.direct_onveilig", "").waarde is None
    with pytest.raises(Onleesbaar):
        lees_feit("zuid-limburg", "triage.direct_onveilig", "wel")
    with pytest.raises(Onleesbaar):
        lees_feit("zuid-limburg", "melding.eerdere_casus", "x" * 301)
    with pytest.raises(KeyError):
        lees_feit("zuid-limburg", "triage", "x")
