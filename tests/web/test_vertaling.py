# SPDX-License-Identifier: EUPL-1.2
"""The English catalogue is whole: every Dutch text of screens and rules has its English, with the same gaps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.house.sources import PACKAGE

METHODS = [
    ("**.py", "vangnet.web.catalogus:extract_code"),
    ("web/templates/**.html", "vangnet.web.catalogus:extract_django"),
]
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "T": None, "N_": None}
GAPS = re.compile(r"\{\w+\}|%\(\w+\)s")


def catalogue() -> dict[Any, Any]:
    with Path(PACKAGE, "conf/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_every_text_has_its_english() -> None:
    used = {found[2] for found in extract_from_dir(str(PACKAGE), METHODS, keywords=KEYWORDS)}
    translated = {name for name, text in catalogue().items() if (all(text) if isinstance(text, tuple) else text)}
    assert sorted(map(str, used - translated)) == []


def test_the_gaps_are_the_same() -> None:
    wrong = []
    for dutch, english in catalogue().items():
        pairs = zip(dutch, english, strict=True) if isinstance(dutch, tuple) else [(dutch, english)]
        wrong += [one for one, other in pairs if set(GAPS.findall(one)) - set(GAPS.findall(other))]
    assert wrong == []
