# SPDX-License-Identifier: EUPL-1.2
"""Runs all tests in two halves side by side, since two cores stand by: the screens, and the rest. Each half has a database
of its own. What goes wrong in a half is printed in one piece when that half is done; words after the name go to pytest.

python scripts/run_tests.py [words of pytest]
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HALVES = {
    "schermen": ["tests/web"],
    "de rest": ["tests", "--ignore=tests/web"],
}
"""What each half runs; together they are everything below `tests`, and a file that is new is in one of them."""
AFTER = ("= FAILURES =", "= ERRORS =", "= slowest", "= short test summary", " passed in ", " failed")
"""Where the progress of a half ends and its report begins."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Dozens of tests start a Python of their own; with that variable each of them would compile all of Vangnet again."""
SPEAK = threading.Lock()


def run(name: str, words: list[str], codes: dict[str, int]) -> None:
    """One half: its progress line by line as it comes, its report at the end."""
    half = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--durations=10", *HALVES[name], *words],
        cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    assert half.stdout is not None
    report: list[str] = []
    for line in half.stdout:
        if report or any(word in line for word in AFTER):
            report.append(line)
        else:
            with SPEAK:
                print(line, end="", flush=True)
    codes[name] = half.wait()
    with SPEAK:
        print(f"\n---- {name} ----\n{''.join(report)}", flush=True)


def main(words: list[str]) -> int:
    """0 when both halves pass. A half in which the words choose no test (pytest's 5) passes when the other has one."""
    from vangnet.cli.application import compile_catalogues

    compile_catalogues()
    codes: dict[str, int] = {}
    halves = [threading.Thread(target=run, args=(name, words, codes)) for name in HALVES]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    wrong = [code for code in codes.values() if code not in (0, 5)]
    if wrong or set(codes.values()) == {5} or len(codes) < len(HALVES):
        return wrong[0] if wrong else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
