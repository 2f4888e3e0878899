# SPDX-License-Identifier: EUPL-1.2
"""Every decision record says whether it stands and how far it is carried out."""

import re

from tests.house.sources import ROOT

STATUS = re.compile(r"^Status: (proposed|accepted|rejected|superseded by \d{4})$", re.MULTILINE)
IMPLEMENTATION = re.compile(r"^Implementation: (done|partly|not yet)\b", re.MULTILINE)


def test_every_record_is_complete() -> None:
    records = sorted((ROOT / "docs" / "besluiten").glob("*.md"))
    assert records
    wrong = []
    for record in records:
        text = record.read_text(encoding="utf-8")
        name = re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", record.name)
        if not name:
            wrong.append(f"{record.name}: the name is not NNNN-title.md")
            continue
        if not re.match(rf"(<!--.*?-->\s*)?# {name[1]}\b", text, re.DOTALL):
            wrong.append(f"{record.name}: the title does not begin with its number")
        wrong += [
            f"{record.name}: no line {line!r}"
            for line, pattern in (("Status:", STATUS), ("Implementation:", IMPLEMENTATION))
            if not pattern.search(text)
        ]
        wrong += [
            f"{record.name}: no part {part!r}"
            for part in ("Context", "Decision", "Consequences")
            if not re.search(rf"^## {part}$", text, re.MULTILINE)
        ]
    assert wrong == []


def test_no_number_twice() -> None:
    numbers = [record.name[:4] for record in (ROOT / "docs" / "besluiten").glob("*.md")]
    assert len(numbers) == len(set(numbers))
