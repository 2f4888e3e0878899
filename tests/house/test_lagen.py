# SPDX-License-Identifier: EUPL-1.2
"""Arrows point down only, and the rules stay pure."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import tomli

from tests.house.sources import ROOT, place, python_files, tree

LAYERS = [
    "web | api | worker | cli",
    "process | steering | simulation",
    "clocks | capacity | messages | documents",
    "casework",
    "access",
    "policy",
    "rules",
]
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", "--config", "pyproject.toml"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_keep_the_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_the_contract_is_the_one_of_the_architecture() -> None:
    contracts = tomli.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["layers"] == LAYERS
    assert layers["exhaustive"] is True
    assert layers["exhaustive_ignores"] == ["conf"]


def test_the_contracts_bite(tmp_path: Path) -> None:
    """A small house with one fault for each contract: all are found."""
    names = [name.strip() for line in LAYERS for name in line.split("|")] + ["conf"]
    package = tmp_path / "src" / "vangnet"
    for name in names:
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "access" / "models.py").write_text("")
    (package / "policy" / "wrong.py").write_text("import vangnet.casework\n")
    (package / "rules" / "wrong.py").write_text("import pathlib\n")
    (package / "simulation" / "wrong.py").write_text("import django.db\n")
    (package / "web" / "wrong.py").write_text("import vangnet.access.models\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "0 kept, 4 broken" in done.stdout, done.stdout + done.stderr


def test_the_rules_call_nothing_impure() -> None:
    calls = [
        place(path, node)
        for path in python_files("src/vangnet/rules")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS
    ]
    assert calls == []


def test_the_rules_keep_no_state() -> None:
    statements = [
        place(path, node)
        for path in python_files("src/vangnet/rules")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Global | ast.Nonlocal | ast.AsyncFunctionDef | ast.Await)
    ]
    assert statements == []
