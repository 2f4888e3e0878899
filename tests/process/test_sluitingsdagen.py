# SPDX-License-Identifier: EUPL-1.2
"""Closing days: filed, judged on the spot, and counted in every advice for a casus of that municipality."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Sluitingsdag
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.closing_days import Opgave, judge, register_for
from vangnet.process.dossier import read_dossier
from vangnet.process.file_sluitingsdagen import (
    DagIsVoorbij,
    DagOnbekend,
    GeenToegang,
    check_days,
    file_days,
    show_year,
    withdraw_day,
)
from vangnet.process.give_advice import register
from vangnet.process.take_melding import begin_melding, register_melding, save_fields
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer

pytestmark = pytest.mark.django_db

JANUARI = datetime.fromisoformat("2024-01-20T10:00:00+01:00")
MAART = datetime.fromisoformat("2024-03-04T10:00:00+01:00")
ZL = "zuid-limburg"


def toegang(gemeente: str = "Simpelveld") -> Actor:
    bij = organisatie("toegang", naam=f"Toegang {gemeente}", gemeente=gemeente)
    return actor_of(medewerker("toegangsmedewerker", bij))


def rto_dag(casus: Any, op: datetime) -> Any:
    dossier = read_dossier(casus)
    assert dossier is not None
    advies, _ = advise_dossier(dossier, op)
    assert advies is not None
    return advies.uitspraken["rto.dag"].waarde


def melding_in(gemeente: str, op: datetime) -> Any:
    ik = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    return begin_melding(
        ik, op, uuid4(), {"gemeente": gemeente, "melding.melder": "politie", "triage.direct_onveilig": "ja"}
    ).casus_id


def test_a_day_that_holds_moves_the_rto_of_a_running_casus() -> None:
    ik = toegang()
    nacht = datetime.fromisoformat("2024-05-16T21:52:00+02:00")
    casus, elders = melding_in("Simpelveld", nacht), melding_in("Heerlen", nacht)
    voor = rto_dag(casus, nacht)
    assert voor == rto_dag(elders, nacht) == date(2024, 5, 17)
    assert file_days(ik, JANUARI, None, 2024, ["2024-05-17"]) == 1
    assert rto_dag(casus, nacht) == date(2024, 5, 21), "past the closing day and past Pinksteren"
    withdraw_day(ik, JANUARI, show_year(ik, JANUARI, None, 2024).dagen[0].id)
    te_lang = ["2024-06-06", "2024-06-07", "2024-06-10"]
    held, uitslag = check_days(ik, JANUARI, None, 2024, te_lang)
    assert {woord for _, woord in held} == {"telt_niet"}, "five days in a row with the weekend, and four is the most"
    assert uitslag.oordeel == "geweigerd"
    nacht = datetime.fromisoformat("2024-06-05T21:52:00+02:00")
    casus, elders = melding_in("Simpelveld", nacht), melding_in("Heerlen", nacht)
    voor = rto_dag(casus, nacht)
    assert file_days(ik, JANUARI, None, 2024, [voor.isoformat()]) == 1
    assert file_days(ik, JANUARI, None, 2024, [voor.isoformat()]) == 0, "filing twice doubles nothing"
    assert rto_dag(casus, nacht) > voor, "and so it counts at once"
    assert rto_dag(elders, nacht) == voor, "only for its own municipality"
    withdraw_day(ik, JANUARI, show_year(ik, JANUARI, None, 2024).dagen[0].id)
    assert rto_dag(casus, nacht) == voor
    assert Sluitingsdag.objects.count() == 2, "withdrawn, never wiped"
    assert Logregel.objects.filter(ding="sluitingsdag").count() == 4


def test_the_first_advice_of_a_new_casus_counts_them_too() -> None:
    ik = toegang()
    nacht = datetime.fromisoformat("2024-06-05T21:52:00+02:00")
    file_days(ik, JANUARI, None, 2024, ["2024-06-06"])
    dienst = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    begin = begin_melding(dienst, nacht, uuid4(), {"gemeente": "Heerlen"})
    assert rto_dag(begin.casus_id, nacht) == date(2024, 6, 6)
    save_fields(dienst, nacht, begin.melding_id, {"gemeente": "Simpelveld"})
    assert rto_dag(begin.casus_id, nacht) == date(2024, 6, 7)


def test_registering_stays_cheap(django_assert_max_num_queries: Any) -> None:
    file_days(toegang(), JANUARI, None, 2024, ["2024-06-06"])
    dienst = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    nacht = datetime.fromisoformat("2024-06-05T21:52:00+02:00")
    velden = {"gemeente": "Simpelveld", "melding.melder": "politie", "triage.direct_onveilig": "ja"}
    register_melding(dienst, nacht, uuid4(), velden, "inschatting")  # the stamp is known to this process now
    with django_assert_max_num_queries(100) as seen:
        register_melding(dienst, nacht, uuid4(), velden, "inschatting")
    statements = [q["sql"] for q in seen.captured_queries]
    assert not [s for s in statements if s.startswith('SELECT "access_organisatie"."gemeente", "access_sluitingsdag"')]


def test_a_reading_that_is_not_decided_is_shown_and_not_counted() -> None:
    """For a year of which the source does not speak, nobody decided whether the list still holds (X-07/ander_jaar)."""
    ik = toegang()
    later = datetime.fromisoformat("2026-01-20T10:00:00+01:00")
    nacht = datetime.fromisoformat("2026-06-03T21:52:00+02:00")
    casus = melding_in("Simpelveld", nacht)
    voor = rto_dag(casus, nacht)
    _, uitslag = check_days(ik, later, None, 2026, [voor.isoformat()])
    assert uitslag.oordeel == "hangt_af"
    assert [q["id"] for q in uitslag.vragen] == ["X-07/ander_jaar"]
    file_days(ik, later, None, 2026, [voor.isoformat()])
    assert show_year(ik, later, None, 2026).dagen[0].oordeel == "onzeker"
    dossier = read_dossier(casus)
    assert dossier is not None
    advies, fouten = advise_dossier(dossier, nacht)
    assert advies is not None
    assert not fouten
    dag = advies.uitspraken["rto.dag"]
    assert dag.waarde == voor
    assert max(w for _, w in dag.lezingen) > voor, "the casus shows both readings"


def test_a_later_filing_leaves_what_holds() -> None:
    a = register().op(ZL, MAART)
    eerst = [Opgave(date(2024, 6, d), date(2024, 1, 20)) for d in (6, 7)]
    samen = judge(a, "Simpelveld", 2024, [*eerst, *(Opgave(date(2024, 9, d), date(2024, 1, 22)) for d in (9, 10))])
    assert samen.telt == {o.dag for o in eerst}, "four days are one too many, so the second filing does not hold"
    assert samen.van(date(2024, 9, 9)) == "telt_niet"
    te_laat = judge(a, "Simpelveld", 2024, [*eerst, Opgave(date(2024, 9, 9), date(2024, 3, 4))])
    assert te_laat.telt == {o.dag for o in eerst}
    assert te_laat.onzeker == {date(2024, 9, 9)}, (
        "whether a list may be changed after the last day is open (X-07/wijzigen)"
    )
    assert judge(a, "Heerlen", 2024, eerst).telt == frozenset(), "not a municipality with this right (ZL-40)"


@pytest.mark.parametrize(
    ("dagen", "velden"),
    [
        (["2024-06-08"], ["dag1"]),
        (["2024-05-20"], ["dag1"]),
        (["2024-01-03"], ["dag1"]),
        (["2025-06-06"], ["dag1"]),
        (["2024-06-06", "geen dag", "2024-06-06"], ["dag2", "dag3"]),
        ([], ["dag1"]),
        (["31-02-2024"], ["dag1"]),
    ],
    ids=["zaterdag", "pinksteren", "voorbij", "ander jaar", "onleesbaar en dubbel", "niets", "bestaat niet"],
)
def test_a_day_that_cannot_be_filed_is_named(dagen: list[str], velden: list[str]) -> None:
    ik = toegang()
    with pytest.raises(OngeldigeInvoer) as nee:
        file_days(ik, JANUARI, None, 2024, dagen)
    assert [fout[0] for fout in nee.value.details["fouten"]] == velden
    assert not Sluitingsdag.objects.exists()


def test_who_may_file_for_whom() -> None:
    vaals, simpelveld = toegang("Vaals"), toegang()
    beheer = actor_of(medewerker("beheerder"))
    with pytest.raises(GeenToegang):
        file_days(vaals, JANUARI, simpelveld.organisatie_id, 2024, ["2024-06-06"])
    assert file_days(beheer, JANUARI, simpelveld.organisatie_id, 2024, ["2024-06-06"]) == 1
    dag = Sluitingsdag.objects.get()
    with pytest.raises(DagOnbekend):
        withdraw_day(vaals, JANUARI, dag.pk)
    with pytest.raises(DagIsVoorbij):
        withdraw_day(simpelveld, datetime.fromisoformat("2024-06-07T09:00:00+02:00"), dag.pk)
    with pytest.raises(GeenRecht):
        show_year(actor_of(medewerker("coordinator")), JANUARI, None, 2024)
    elders = organisatie("toegang", naam="Toegang Utrecht", gemeente="Utrecht", regio="lekstroom")
    with pytest.raises(GeenToegang):
        file_days(beheer, JANUARI, elders.pk, 2024, ["2024-06-06"])
    with pytest.raises(OngeldigeInvoer):
        show_year(beheer, JANUARI, None, 2040)


def test_the_year_shows_every_day_once() -> None:
    ik = toegang()
    file_days(ik, JANUARI, None, 2024, ["2024-06-06"])
    jaar = show_year(ik, JANUARI, None, 2024)
    dagen = [d for _, rij in jaar.maanden for d in rij if d]
    assert len(dagen) == 366
    soorten = {d.dag: d.soort for d in dagen}
    assert soorten[date(2024, 6, 6)] == "telt"
    assert soorten[date(2024, 5, 20)] == "feestdag"
    assert jaar.hoogstens == 3
    assert jaar.mag


def test_without_filed_days_the_register_is_the_one_that_was_read() -> None:
    assert register_for(register(), ZL, "") is register()
