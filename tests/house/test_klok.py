# SPDX-License-Identifier: EUPL-1.2
"""Only conf/clock.py reads the clock; everything else gets the moment handed down."""

import ast

import pytest

from tests.house.sources import PACKAGE, place, python_files, tree

READS = {"now", "utcnow", "today", "localdate", "localtime"}
TIME_READS = {"time", "time_ns", "localtime", "gmtime", "ctime"}
ALLOWED_OWNERS = {"clock", "self"}
"""`clock.now()` is the way to ask; `self.now()` is an own method."""


def clock_reads(module: ast.Module) -> list[ast.AST]:
    """The places where code asks what time it is, other than through vangnet.conf.clock."""
    found: list[ast.AST] = []
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if (node.module == "time" and names & TIME_READS) or (
                node.module == "django.utils.timezone" and names & READS
            ):
                found.append(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            owner_name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if (owner_name == "time" and name in TIME_READS) or (
                name in READS and owner_name not in ALLOWED_OWNERS and not (name == "localtime" and node.args)
            ):
                found.append(node)
    return found


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "timezone.now()",
        "time.time()",
        "from time import time",
        "from django.utils.timezone import now",
        "timezone.localdate()",
    ],
)
def test_the_lint_sees_a_read(code: str) -> None:
    assert len(clock_reads(ast.parse(code))) == 1


@pytest.mark.parametrize("code", ["clock.now()", "time.monotonic()", "moment.date()", "timezone.localtime(moment)"])
def test_the_lint_lets_pass(code: str) -> None:
    assert clock_reads(ast.parse(code)) == []


def test_only_the_clock_reads_the_clock() -> None:
    clock = PACKAGE / "conf" / "clock.py"
    reads = [
        place(path, node)
        for path in python_files("src", "scripts", "bench", "tests")
        if path != clock
        for node in clock_reads(tree(path))
    ]
    assert reads == []
    assert len(clock_reads(tree(clock))) == 2
