# SPDX-License-Identifier: EUPL-1.2
"""Every acceptance scenario beside the regions holds, and the runner really sees what differs."""

from pathlib import Path

import pytest

from vangnet.policy.bronnen import WORTEL
from vangnet.policy.fouten import Ongeldig
from vangnet.process.give_advice import register
from vangnet.process.run_scenarios import find_scenarios, run_scenarios

BESTANDEN = find_scenarios(WORTEL / "regios")


def test_every_region_has_scenarios() -> None:
    assert {pad.parent.parent.name for pad in BESTANDEN} == set(register().versies)


@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_scenarios_hold(pad: Path) -> None:
    fout = [(u.naam, u.verschillen) for u in run_scenarios([pad], register()) if not u.goed]
    assert fout == []


def _een(tmp_path: Path, tekst: str) -> Path:
    map_ = tmp_path / "zuid-limburg" / "scenarios"
    map_.mkdir(parents=True)
    pad = map_ / "proef.toml"
    pad.write_text(tekst, encoding="utf-8")
    return pad


FEITEN = """
[[scenario]]
naam = "proef"
regels = ["ZL-63"]
{extra}
[scenario.situatie]
melding = {{ op = 2024-04-09T10:00:00+02:00, melder = "school" }}
[scenario.verwacht]
"rto.dag" = {dag}
"""


def test_the_runner_accepts_what_is_true_and_names_each_difference(tmp_path: Path) -> None:
    goed = _een(tmp_path / "goed", FEITEN.format(extra="", dag="2024-04-10"))
    assert [u.goed for u in run_scenarios([goed], register())] == [True]
    mis = _een(
        tmp_path / "mis", FEITEN.format(extra='afwezig = ["rto.tijdvak"]\nvragen = ["kosten"]', dag="2024-04-11")
    )
    (uitslag,) = run_scenarios([mis], register())
    assert {v.waar for v in uitslag.verschillen} == {"rto.dag", "rto.tijdvak", "vraag kosten"}
    assert next(v for v in uitslag.verschillen if v.waar == "rto.dag").gekregen == "2024-04-10"


def test_a_rule_that_the_advice_does_not_cite_is_a_difference(tmp_path: Path) -> None:
    pad = _een(tmp_path, FEITEN.format(extra="", dag="2024-04-10").replace("ZL-63", "ZL-117"))
    (uitslag,) = run_scenarios([pad], register())
    assert [v.waar for v in uitslag.verschillen] == ["regel ZL-117"]


def test_faults_of_a_file_come_all_at_once(tmp_path: Path) -> None:
    pad = _een(tmp_path, '[[scenario]]\nnam = "x"\n[[scenario]]\nnaam = "y"\nregels = []\n[scenario.situatie]\n')
    with pytest.raises(Ongeldig) as fout:
        run_scenarios([pad], register())
    assert {f.waar for f in fout.value.fouten} >= {
        "scenario.1.nam",
        "scenario.1.naam",
        "scenario.1.regels",
        "scenario.2",
    }
