# SPDX-License-Identifier: EUPL-1.2
"""Both ways of counting days, nights, and hours as they really pass."""

from datetime import UTC

import pytest

from tests.rules.dagen import dag, moment
from vangnet.rules.bron import Duur
from vangnet.rules.openvraag import Keuze
from vangnet.rules.termijn import einde, laatste_dag, na_uren, op_tijd
from vangnet.rules.uitspraak import Opsteller

WEEK, VIER_WEKEN, NACHT = Duur(1, "weken"), Duur(4, "weken"), Duur(1, "nachten")


@pytest.mark.parametrize(
    ("begin", "duur", "mee", "niet_mee", "opmerking"),
    [
        ("ma 2024-07-01", WEEK, "zo 2024-07-07", "ma 2024-07-08", "de week van X-10"),
        ("ma 2024-07-01", Duur(7, "dagen"), "zo 2024-07-07", "ma 2024-07-08", "7 dagen is 1 week"),
        ("di 2025-03-04", VIER_WEKEN, "ma 2025-03-31", "di 2025-04-01", "28 dagen, over de zomertijd"),
        ("do 2024-02-01", VIER_WEKEN, "wo 2024-02-28", "do 2024-02-29", "schrikkeljaar"),
        ("do 2024-12-12", VIER_WEKEN, "wo 2025-01-08", "do 2025-01-09", "over de jaarwisseling"),
        ("za 2024-03-30", NACHT, "zo 2024-03-31", "zo 2024-03-31", "een nacht telt maar op één manier"),
    ],
)
def test_last_day(begin: str, duur: Duur, mee: str, niet_mee: str, opmerking: str) -> None:
    assert laatste_dag(dag(begin), duur, True) == dag(mee), opmerking
    assert laatste_dag(dag(begin), duur, False) == dag(niet_mee), opmerking


@pytest.mark.parametrize(
    ("begin", "uren", "einde_", "opmerking"),
    [
        ("za 2024-03-30 12:00:00", 24, "zo 2024-03-31 13:00:00", "de nacht is een uur korter"),
        ("za 2024-10-26 12:00:00", 24, "zo 2024-10-27 11:00:00", "de nacht is een uur langer"),
        ("zo 2024-03-31 01:30:00", 2, "zo 2024-03-31 04:30:00", "twee uur over de sprong"),
        ("vr 2024-05-17 21:40:00", 72, "ma 2024-05-20 21:40:00", "72 uur zonder sprong"),
    ],
)
def test_hours_as_they_pass(begin: str, uren: int, einde_: str, opmerking: str) -> None:
    uit = na_uren(moment(begin), Duur(uren, "uur"))
    assert uit == moment(einde_), opmerking
    assert f"{uit:%H:%M}" == einde_[-8:-3], "op de klok in Nederland"
    assert na_uren(moment(begin).astimezone(UTC), Duur(uren, "uur")) == uit


def test_the_end_of_a_form_and_its_question() -> None:
    begin = moment("ma 2024-07-01 23:59:00")
    zonder = Opsteller({})
    assert einde(zonder, begin, WEEK, ("ZL-18",)) == (
        dag("zo 2024-07-07"),
        "X-10/startdag",
        (("startdag_telt_mee", dag("zo 2024-07-07")), ("startdag_telt_niet_mee", dag("ma 2024-07-08"))),
    )
    assert zonder.open_vragen["X-10/startdag"].keuze is None
    gekozen = Opsteller({"X-10/startdag": Keuze("startdag_telt_niet_mee", "proef")})
    assert einde(gekozen, begin, WEEK, ("ZL-18",))[0] == dag("ma 2024-07-08")
    nacht = Opsteller({})
    assert einde(nacht, begin, NACHT, ("ZL-20",)) == (dag("di 2024-07-02"), "", ())
    assert einde(nacht, begin, Duur(2, "uur"), ("ICJ-21",)) == (moment("di 2024-07-02 01:59:00"), "", ())
    assert nacht.open_vragen == {}


def test_the_day_of_the_start_is_the_day_on_the_clock_here() -> None:
    # 22:30 UTC on Sunday is half past midnight on Monday in the Netherlands.
    begin = moment("ma 2024-07-01 00:30:00").astimezone(UTC)
    assert einde(Opsteller({}), begin, WEEK, ("ZL-18",))[0] == dag("zo 2024-07-07")


def test_in_time_late_or_depending_on_the_reading() -> None:
    lezingen = (("startdag_telt_mee", dag("zo 2024-07-07")), ("startdag_telt_niet_mee", dag("ma 2024-07-08")))
    o = Opsteller({})
    vraag = ("X-10/startdag", lezingen)
    assert op_tijd(o, moment("zo 2024-07-07 23:59:59"), lezingen[0][1], *vraag) == "op_tijd"
    assert op_tijd(o, moment("ma 2024-07-08 00:00:00"), lezingen[0][1], *vraag) == "hangt_af"
    assert op_tijd(o, moment("di 2024-07-09 00:00:00"), lezingen[0][1], *vraag) == "te_laat"
    koos = Opsteller({"X-10/startdag": Keuze("startdag_telt_niet_mee", "proef")})
    assert op_tijd(koos, moment("ma 2024-07-08 12:00:00"), lezingen[1][1], *vraag) == "op_tijd"
