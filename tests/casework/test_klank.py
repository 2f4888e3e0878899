# SPDX-License-Identifier: EUPL-1.2
"""Surnames that sound alike get the same key, others do not; phone numbers are compared by their digits."""

from __future__ import annotations

import pytest

from vangnet.casework.klank import cijfers_van, klank_van, zonder_accenten


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        ("Janssen", "Jansen"),
        ("Janssens", "Jansens"),
        ("Claassen", "Klaasen"),
        ("van den Berg", "Berg"),
        ("van der Meijden", "Meiden"),
        ("Schröder", "Schroder"),
        ("Smidt", "Smit"),
        ("Mulder", "Mülder"),
        ("Vries", "de Fries"),
        ("Bakkers", "Backers"),
        ("El Yousfi", "Yousfi"),
        ("Zwart", "Swart"),
        ("O'Brien", "Obrien"),
    ],
)
def test_these_sound_alike(een: str, ander: str) -> None:
    assert klank_van(een) == klank_van(ander) != ""


@pytest.mark.parametrize(
    ("een", "ander"), [("Bakker", "Dekker"), ("Jansen", "Hansen"), ("Smit", "Smeets"), ("Vos", "Bos")]
)
def test_these_do_not(een: str, ander: str) -> None:
    assert klank_van(een) != klank_van(ander)


@pytest.mark.parametrize("naam", ["", "   ", "van de", "李", "👩‍👧", "123", "\x00", "x" * 5000])
def test_any_text_gives_a_key_that_fits(naam: str) -> None:
    assert len(klank_van(naam)) <= 80


@pytest.mark.parametrize(
    ("getypt", "cijfers"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("+31 6 12345678", "0612345678"),
        ("+31(0)6-12345678", "0612345678"),
        ("0031 45 555 01 00", "0455550100"),
        ("045-5550100", "0455550100"),
        ("+49 241 12345", "4924112345"),
        ("geen", ""),
        ("", ""),
    ],
)
def test_the_digits_of_a_phone_number(getypt: str, cijfers: str) -> None:
    assert cijfers_van(getypt) == cijfers


def test_accents_go_for_comparing() -> None:
    assert zonder_accenten("Zoë ÉÉN") == "zoe een"
