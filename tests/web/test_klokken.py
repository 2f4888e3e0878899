# SPDX-License-Identifier: EUPL-1.2
"""The words and the colour of a clock."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import translation

from vangnet.web.klokken import rest_in_words, show_clock

NU = datetime.fromisoformat("2024-05-16T23:14:00+02:00")


@pytest.mark.parametrize(
    ("uiterlijk", "hele_dag", "strekking", "woorden", "remark"),
    [
        ("2024-05-17T01:54:00+02:00", False, "", "nog 2 u 40", "hours and minutes"),
        ("2024-05-16T23:54:00+02:00", False, "", "nog 40 min", "under an hour"),
        ("2024-05-17T15:14:00+02:00", False, "", "nog 16 u", "whole hours"),
        ("2024-05-20T09:00:00+02:00", False, "", "nog 3 dagen", "from a day and a half on in days"),
        ("2024-05-17T00:00:00+02:00", True, "", "vandaag", "the day counts until it is over"),
        ("2024-05-18T00:00:00+02:00", True, "", "nog 1 dag", "tomorrow"),
        ("2024-05-16T00:00:00+02:00", True, "in de regel", "1 dag te laat", "yesterday was the last day"),
        ("2024-05-14T00:00:00+02:00", True, "streefnorm", "3 dagen over", "a streefnorm is passed, not missed"),
        ("2024-05-16T21:14:00+02:00", False, "", "2 u te laat", "two hours ago"),
    ],
)
def test_the_rest_in_words(uiterlijk: str, hele_dag: bool, strekking: str, woorden: str, remark: str) -> None:
    with translation.override("nl"):
        assert rest_in_words(datetime.fromisoformat(uiterlijk), hele_dag, NU, strekking) == woorden, remark


@pytest.mark.parametrize(
    ("uiterlijk", "hele_dag", "strekking", "toestand", "remark"),
    [
        ("2024-05-20T00:00:00+02:00", True, "maximaal", "", "three days: grey at rest"),
        ("2024-05-18T00:00:00+02:00", True, "maximaal", "is-dringend", "a maximum that ends tomorrow asks for a decision now"),
        ("2024-05-18T00:00:00+02:00", True, "in de regel", "is-nadert", "tomorrow nears"),
        ("2024-05-17T01:00:00+02:00", False, "", "is-nadert", "under three hours"),
        ("2024-05-15T00:00:00+02:00", True, "streefnorm", "is-nadert", "past a streefnorm is amber"),
        ("2024-05-15T00:00:00+02:00", True, "in de regel", "is-telaat", "late is red"),
    ],
)  # fmt: skip
def test_the_colour_is_spent(uiterlijk: str, hele_dag: bool, strekking: str, toestand: str, remark: str) -> None:
    klok = {
        "uiterlijk": uiterlijk, "begonnen_op": "2024-05-10T00:00:00+02:00", "hele_dag": hele_dag, "strekking": strekking,
        "wat": "RTO", "reden": "",
    }  # fmt: skip
    shown = show_clock(klok, NU)
    assert shown is not None
    assert shown["toestand"] == toestand, remark
    assert 0 <= shown["balk"] <= 100
