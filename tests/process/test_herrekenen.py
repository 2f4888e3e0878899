# SPDX-License-Identifier: EUPL-1.2
"""What moves when closing days, the ladder or the agreements change: shown first, then done, a casus at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.clocks.models import Klok
from vangnet.process import current_register
from vangnet.process.file_sluitingsdagen import file_days, show_year, withdraw_day
from vangnet.process.keep_fields import save_field
from vangnet.process.recompute_clocks import (
    count_changes,
    difference,
    difference_of_region,
    recompute,
    recompute_all,
)
from vangnet.process.take_melding import begin_melding
from vangnet.process.verschoven import moved
from vangnet.process.weigeringen import GeenRecht, NietBetrokken
from vangnet.rules.kalender import Sluitingsdagen

pytestmark = pytest.mark.django_db

JANUARI = datetime.fromisoformat("2024-01-20T10:00:00+01:00")
NACHT = datetime.fromisoformat("2024-06-05T21:52:00+02:00")
LATER = NACHT + timedelta(minutes=5)
REGISTERS = (
    "vangnet.process.recompute_clocks.current_register",
    "vangnet.process.klokken.current_register",
    "vangnet.process.advise_dossier.current_register",
)


@pytest.fixture
def ik() -> Actor:
    """The coordinator of the crisis service."""
    return actor_of(medewerker("coordinator", organisatie("crisisdienst")))


def in_crisis(ik: Actor, gemeente: str) -> UUID:
    """A casus in which crisis was decided, so that its RTO runs."""
    casus = begin_melding(
        ik, NACHT, uuid4(), {"gemeente": gemeente, "melding.melder": "politie", "triage.direct_onveilig": "ja"}
    ).casus_id
    for veld, waarde in (("inschatting.op", NACHT.isoformat()), ("inschatting.crisis", "ja")):
        save_field(ik, LATER, casus, veld, waarde)
    return casus


def klok(casus: UUID, sleutel: str = "rto") -> Klok:
    return Klok.objects.get(casus_id=casus, sleutel=sleutel, geeindigd_op=None)


def closed_on(dag: str, gemeente: str = "Simpelveld") -> Actor:
    """Its access files one closing day."""
    toegang = actor_of(medewerker("toegangsmedewerker", organisatie("toegang", gemeente=gemeente)))
    file_days(toegang, JANUARI, None, 2024, [dag])
    return toegang


def test_a_closing_day_shows_what_moves_and_moves_it_only_when_asked(ik: Actor) -> None:
    hier, elders = in_crisis(ik, "Simpelveld"), in_crisis(ik, "Heerlen")
    assert not any(v.verandert for v in difference(ik, LATER)), "nothing changed yet"
    voor = klok(hier).uiterlijk
    toegang = closed_on("2024-06-06")
    alle = difference(ik, LATER)
    assert len(alle) == 2
    (een,) = [v for v in alle if v.verandert]
    assert een.casus_id == hier
    assert [(v.sleutel, v.soort, v.was, v.wordt) for v in een.zichtbaar] == [
        ("rto", "verschuift", date(2024, 6, 6), date(2024, 6, 7))
    ]
    assert klok(hier).uiterlijk == voor, "looking changes nothing"
    telling = count_changes("zuid-limburg", LATER, "simpelveld")
    assert (telling.casussen, telling.anders, telling.termijnen) == (1, 1, 1)

    versie = Casus.objects.get(id=elders).versie
    stappen = list(recompute_all(ik, lambda: LATER, [hier, elders], reden="sluitingsdag Simpelveld"))
    assert [(s.gedaan, s.totaal, s.fout) for s in stappen] == [(0, 1, ""), (1, 1, "")]
    assert klok(hier).uiterlijk == voor + timedelta(days=1)
    assert klok(hier).wek_op is not None and klok(hier).wek_op > voor - timedelta(hours=12)
    assert Casus.objects.get(id=elders).versie == versie, "a casus in which nothing moves is not touched"
    (bij,) = Gebeurtenis.objects.filter(soort="herrekend_rto")
    assert bij.casus_id == hier and bij.door_id == ik.medewerker_id
    assert "was do 6 juni 2024, is nu vr 7 juni 2024" in bij.gegevens["wat"]
    assert bij.reden == "sluitingsdag Simpelveld"
    op_het_bord = {k["sleutel"]: k["uiterlijk"] for k in Casus.objects.get(id=hier).beeld["klokken"]}
    assert datetime.fromisoformat(op_het_bord["rto"]) == klok(hier).uiterlijk
    assert not any(v.verandert for v in difference(ik, LATER))

    withdraw_day(toegang, JANUARI, show_year(toegang, JANUARI, None, 2024).dagen[0].id)
    assert [s.een.nummer for s in recompute_all(ik, lambda: LATER, [hier, elders]) if s.een] == [een.nummer]
    assert klok(hier).uiterlijk == voor, "and back"


def test_what_stopped_half_way_goes_on_with_what_is_left(ik: Actor) -> None:
    casussen = [in_crisis(ik, "Simpelveld") for _ in range(3)]
    closed_on("2024-06-06")
    werk = recompute_all(ik, lambda: LATER, casussen)
    assert next(werk).totaal == 3
    next(werk)
    werk.close()  # the process that did this was killed
    assert sum(v.verandert for v in difference(ik, LATER)) == 2
    assert [s.totaal for s in recompute_all(ik, lambda: LATER, casussen)][-1] == 2
    assert Gebeurtenis.objects.filter(soort="herrekend_rto").count() == 3, "each once"


def test_only_the_coordinator_and_only_of_his_own(ik: Actor) -> None:
    casus = in_crisis(ik, "Simpelveld")
    vreemd = actor_of(medewerker("coordinator", organisatie("crisisdienst", naam="Andere dienst")))
    closed_on("2024-06-06")
    assert difference(vreemd, LATER, [casus]) == []
    with pytest.raises(NietBetrokken):
        recompute(vreemd, LATER, casus)
    for rol in ("crisismedewerker", "beheerder", "toegangsmedewerker"):
        with pytest.raises(GeenRecht):
            difference(actor_of(medewerker(rol)), LATER)
    assert klok(casus).uiterlijk.date() == date(2024, 6, 6)
    assert Logregel.objects.filter(ding="termijn", handeling="inzien").exists()
    (vanaf_buiten,) = difference_of_region("zuid-limburg", LATER)
    assert vanaf_buiten.zichtbaar and difference_of_region("haaglanden", LATER) == []


def test_another_ladder_wakes_anew_and_moves_nothing(ik: Actor) -> None:
    casus = in_crisis(ik, "Simpelveld")
    loopt = [k for k in Klok.objects.filter(casus_id=casus, geeindigd_op=None) if k.uiterlijk > LATER]
    assert loopt
    echt = current_register()
    ladder = echt.escalatie("zuid-limburg")
    zonder = replace(ladder, ladder=tuple(replace(een, vooraf=0) for een in ladder.ladder))
    register = replace(echt, standaardladder=zonder, ladders={})
    with patch(REGISTERS[0], lambda: register), patch(REGISTERS[1], lambda: register):
        (een,) = difference(ik, LATER)
        assert {v.soort for v in een.verschillen} == {"wekken"} and not een.zichtbaar and een.stil
        recompute(ik, LATER, casus)
        nu = {k.id: k for k in Klok.objects.filter(casus_id=casus)}
        assert any(nu[k.id].wek_op != k.wek_op for k in loopt)
        assert all(nu[k.id].uiterlijk == k.uiterlijk for k in loopt)
        assert not difference(ik, LATER)[0].verandert
    assert not Gebeurtenis.objects.filter(soort__startswith="herrekend_").exists()


def test_a_casus_moves_to_newer_agreements_only_when_asked(ik: Actor) -> None:
    casus = in_crisis(ik, "Simpelveld")
    echt = current_register()
    oud = echt.versies["zuid-limburg"][-1]
    dicht = Sluitingsdagen("Simpelveld", 2024, (date(2024, 6, 6),), date(2024, 1, 1))
    nieuw = replace(oud, regio=replace(oud.regio, geldig_vanaf=date(2024, 6, 1)), sluitingslijsten=(dicht,))
    register = replace(echt, versies={**echt.versies, "zuid-limburg": (*echt.versies["zuid-limburg"], nieuw)})
    with patch(REGISTERS[0], lambda: register), patch(REGISTERS[2], lambda: register):
        assert not difference(ik, LATER)[0].verandert, "it keeps the version of the day it began"
        (een,) = difference(ik, LATER, nieuwste=True)
        assert een.naar == date(2024, 6, 1) and een.zichtbaar
        recompute(ik, LATER, casus, nieuwste=True, reden="besluit van de regio")
        assert Casus.objects.get(id=casus).versie_afspraken == date(2024, 6, 1)
        (bij,) = Gebeurtenis.objects.filter(soort="afspraken_nieuwer")
        assert bij.gegevens["dag"] == "2024-06-01"
        assert not difference(ik, LATER, nieuwste=True)[0].verandert


def test_who_puts_a_moment_right_hears_which_deadlines_moved(ik: Actor) -> None:
    casus = in_crisis(ik, "Heerlen")
    with moved() as verschoven:
        save_field(ik, LATER, casus, "gemeente", "Simpelveld")
    assert verschoven == []
    closed_on("2024-06-06")
    with moved() as verschoven:
        save_field(ik, LATER, casus, "inschatting.wie", "Kim")
    assert [(v.sleutel, v.was, v.wordt) for v in verschoven] == [("rto", date(2024, 6, 6), date(2024, 6, 7))]
