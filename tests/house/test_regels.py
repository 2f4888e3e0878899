# SPDX-License-Identifier: EUPL-1.2
"""The sources' index and what the project says of it: complete, cited truly, and in step with the README."""

import ast
import re
from pathlib import Path

from tests.house.sources import ROOT, python_files, tree
from vangnet.cli.commands.regels import BEGIN, EIND
from vangnet.policy.bronnen import lees_bronnen
from vangnet.process.give_advice import register
from vangnet.process.rule_coverage import NIETS, ZONDER_SCENARIO, as_table, coverage

REGEL = re.compile(r"\b(?:ZL|CL|ZOB|AMS|FRL|UTR|HGL|LEK|CIT|SEG|ICJ)-\d+\b")
VRAAG = re.compile(r"(X-\d\d)/(\w+)")


def test_all_519_rules_and_37_questions_are_there() -> None:
    bronnen = lees_bronnen()
    assert len(bronnen.regels) == 519
    assert list(bronnen.open_vragen) == [f"X-{n:02}" for n in range(1, 38)]
    assert [r.id for r in bronnen.regels.values() if not r.nl or not r.en or r.bron not in bronnen.teksten] == []


def test_every_rule_has_a_carrier_and_every_computed_one_a_scenario() -> None:
    gaten = [(d.regel.id, d.drager) for d in coverage(register()) if d.drager in (NIETS, ZONDER_SCENARIO)]
    assert gaten == []


def test_the_table_in_the_readme_is_of_today() -> None:
    tekst = (ROOT / "README.md").read_text(encoding="utf-8")
    assert tekst.split(BEGIN)[1].split(EIND)[0].strip() == as_table(coverage(register()))


def _files_that_cite() -> list[Path]:
    mappen = ("regios", "demo", "bronnen")
    toml = [p for m in mappen for p in (ROOT / m).rglob("*.toml")]
    return [*toml, *python_files("src"), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]


def test_every_citation_exists() -> None:
    bekend = set(lees_bronnen().regels)
    fout = {
        f"{pad.relative_to(ROOT)}: {id_}"
        for pad in _files_that_cite()
        for id_ in REGEL.findall(pad.read_text(encoding="utf-8"))
        if id_ not in bekend
    }
    assert fout == set()


def _raised() -> dict[str, set[str]]:
    """The X-questions that the rules raise: id -> keys of its readings where they are written out."""
    uit: dict[str, set[str]] = {}
    for pad in python_files("src/vangnet/rules"):
        for node in ast.walk(tree(pad)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VRAAG.fullmatch(node.value):
                uit.setdefault(node.value, set())
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "open"
                and len(node.args) > 2
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[2], ast.Dict)
            ):
                uit.setdefault(str(node.args[0].value), set()).update(
                    k.value for k in node.args[2].keys if isinstance(k, ast.Constant) and isinstance(k.value, str)
                )
    return uit


def test_the_questions_that_rules_raise_are_those_of_the_index() -> None:
    delen = {
        f"{v['id']}/{d['sleutel']}": {lezing["sleutel"] for lezing in d.get("lezing", ())}
        for v in lees_bronnen().open_vragen.values()
        for d in v.get("deel", ())
    }
    oproepbaar = {
        f"{v['id']}/{d['sleutel']}"
        for v in lees_bronnen().open_vragen.values()
        for d in v.get("deel", ())
        if d.get("oproepbaar", v["oproepbaar"])
    }
    raised = _raised()
    assert {q for q in raised if q.startswith("X-")} - set(delen) == set()
    assert {q: keys - delen[q] for q, keys in raised.items() if q in delen and keys - delen[q]} == {}
    assert oproepbaar - set(raised) == set()
