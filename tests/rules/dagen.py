# SPDX-License-Identifier: EUPL-1.2
"""Days and moments written with their weekday, so that a wrong date in a test cannot hide."""

from datetime import date, datetime

from vangnet.rules.tekst import AMSTERDAM

WEEKDAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")


def dag(tekst: str) -> date:
    """`"vr 2024-03-29"` as a day; the weekday beside it must be true."""
    naam, _, iso = tekst.partition(" ")
    uit = date.fromisoformat(iso)
    assert WEEKDAGEN[uit.weekday()] == naam, f"{iso} is een {WEEKDAGEN[uit.weekday()]}"
    return uit


def moment(tekst: str, nogmaals: bool = False) -> datetime:
    """`"di 2024-04-09 16:59:59"` on the clock in the Netherlands; `nogmaals` is the second time that the clock says so."""
    naam, iso, tijd = tekst.split(" ")
    d = dag(f"{naam} {iso}")
    return datetime.fromisoformat(f"{d}T{tijd}").replace(tzinfo=AMSTERDAM, fold=int(nogmaals))
