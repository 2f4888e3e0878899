# SPDX-License-Identifier: EUPL-1.2
"""What every file of the project keeps to."""

import re
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, project_files

# Written in halves (and the pattern below in a roundabout way), so that this file keeps its own rule.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "deb.deb" + "ian.org",
    "index" + "-url",
    "find" + "-links =",
]
LICENCE_LINE = "SPDX-License-" + "Identifier:"
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|Users|work)/[\w.-]+/|(?<![\w.])/ro{2}t/")


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in project_files():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_every_file_has_a_licence() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "reuse", "--suppress-deprecation", "lint"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_own_source_file_names_its_licence() -> None:
    """Files that can hold a comment say it themselves, so that a file taken elsewhere keeps it."""
    without = [
        str(path.relative_to(ROOT))
        for path, text in texts()
        if path.suffix in {".py", ".sh"} and LICENCE_LINE not in text[:400]
    ]
    assert without == []


def test_no_host_name_of_a_registry() -> None:
    # The option that keeps such names out of the lists may say the word.
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path, text in texts()
        for word in REGISTRIES
        if word in text.replace("--no-emit-" + word, "").lower()
    ]
    assert found == []


def test_no_path_of_a_machine() -> None:
    found = []
    for path, text in texts():
        hits = {match.group() for match in MACHINE_PATHS.finditer(text)}
        if len(ROOT.parts) > 3 and f"{ROOT}/" in text:
            hits.add(str(ROOT))
        found += [f"{path.relative_to(ROOT)}: {hit}" for hit in sorted(hits)]
    assert found == []


def test_no_lock_file_with_host_names() -> None:
    assert [path.name for path in project_files() if path.name in {"uv.lock", "pylock.toml"}] == []


def test_requirements_are_hashed() -> None:
    for name in ("build", "run", "dev"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        pins = [index for index, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
        assert pins, name
        assert [lines[index] for index in pins if "--hash=sha256:" not in lines[index + 1]] == []
