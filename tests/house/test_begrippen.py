# SPDX-License-Identifier: EUPL-1.2
"""Every Dutch noun that is a class has its line in docs/begrippen.md."""

import ast
import re

from tests.house.sources import ROOT, python_files, tree

TECHNICAL: frozenset[str] = frozenset()
"""Public classes whose name is English and technical, so no word of the field."""

TECHNICAL_BASES = {"AppConfig", "Migration", "TextChoices", "Enum"}


def public_classes() -> dict[str, str]:
    """The public classes of rules and casework: name -> file."""
    found = {}
    for path in python_files("src/vangnet/rules", "src/vangnet/casework"):
        if "migrations" in path.parts or path.name == "apps.py":
            continue
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name] = str(path.relative_to(ROOT))
    return found


def terms() -> set[str]:
    """The words of the list: each line of its tables starts with the word between backticks."""
    text = (ROOT / "docs" / "begrippen.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\|\s*`(\w+)`", text, re.MULTILINE))


def test_every_dutch_noun_is_explained() -> None:
    missing = {name: path for name, path in public_classes().items() if name not in terms() | TECHNICAL}
    assert missing == {}


def test_the_list_of_technical_names_is_not_stale() -> None:
    assert TECHNICAL - set(public_classes()) == set()
