# SPDX-License-Identifier: EUPL-1.2
"""Announced closing days, and a list that is asked about beside them (ZL-39..43)."""

from dataclasses import replace
from datetime import date

from tests.rules.dagen import dag
from vangnet.process.give_advice import register
from vangnet.rules.kalender import Sluitingsdagen
from vangnet.rules.openvraag import Keuze
from vangnet.rules.situatie import Situatie, Sluitingsopgave
from vangnet.rules.sluiting import Sluiting, sluiting
from vangnet.rules.uitspraak import Opsteller

ZL = register().versies["zuid-limburg"][0]
MET_LIJST = replace(ZL, sluitingslijsten=(Sluitingsdagen("Simpelveld", 2024, (dag("ma 2024-07-01"),)),))
OP_TIJD = dag("wo 2024-01-31")


def weeg(
    dagen: tuple[date, ...], gemeld: date | None = OP_TIJD, keuzes: dict[str, str] | None = None
) -> tuple[Sluiting, Opsteller]:
    o = Opsteller({k: Keuze(v, "proef") for k, v in (keuzes or {}).items()})
    s = Situatie("zuid-limburg", sluitingsdagen=Sluitingsopgave(2024, dagen, gemeld))
    return sluiting(s, MET_LIJST, MET_LIJST.gemeente("Simpelveld"), o), o


def test_announced_days_count_for_their_municipality_only() -> None:
    leeg = Situatie("zuid-limburg")
    assert sluiting(leeg, MET_LIJST, MET_LIJST.gemeente("simpelveld"), Opsteller({})).dagen == {dag("ma 2024-07-01")}
    assert sluiting(leeg, MET_LIJST, MET_LIJST.gemeente("Heerlen"), Opsteller({})) == Sluiting()
    assert sluiting(leeg, MET_LIJST, None, Opsteller({})) == Sluiting()


def test_a_good_list_joins_a_bad_one_does_not_a_doubtful_one_waits() -> None:
    goed, _ = weeg((dag("vr 2024-10-11"),))
    assert goed.dagen == {dag("ma 2024-07-01"), dag("vr 2024-10-11")}
    slecht, _ = weeg((dag("vr 2024-02-09"), dag("ma 2024-02-12"), dag("di 2024-02-13")))
    assert (slecht.dagen, slecht.onzeker) == ({dag("ma 2024-07-01")}, frozenset())
    twijfel, _ = weeg((dag("vr 2024-12-27"),))
    assert twijfel == Sluiting(
        frozenset({dag("ma 2024-07-01")}), frozenset({dag("vr 2024-12-27")}),
        "X-07/feestdagen", "tellen_mee", "tellen_niet_mee",
    )  # fmt: skip


def test_a_choice_of_the_region_decides_the_doubtful_one() -> None:
    kerst = (dag("vr 2024-12-27"),)
    assert kerst[0] in weeg(kerst, keuzes={"X-07/feestdagen": "tellen_niet_mee"})[0].dagen
    uit, o = weeg(kerst, keuzes={"X-07/feestdagen": "tellen_mee"})
    assert kerst[0] not in uit.dagen | uit.onzeker
    assert o.antwoord("sluitingsdagen.oordeel") == "geweigerd"


def test_a_change_after_the_last_day_is_an_open_question_not_a_refusal() -> None:
    uit, o = weeg((dag("vr 2024-10-11"),), dag("do 2024-02-01"))
    assert o.antwoord("sluitingsdagen.oordeel") == "hangt_af"
    assert (uit.vraag, uit.onzeker) == ("X-07/wijzigen", {dag("vr 2024-10-11")})


def test_without_the_day_of_telling_nothing_is_accepted() -> None:
    uit, o = weeg((dag("vr 2024-10-11"),), None)
    assert uit.dagen == {dag("ma 2024-07-01")}
    assert "sluitingsdagen.gemeld_op" in o.vragen
