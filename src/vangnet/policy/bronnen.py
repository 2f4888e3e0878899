# SPDX-License-Identifier: EUPL-1.2
"""The index of the sources: five texts, 519 rules by id, 37 named silences and contradictions, the national checklist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from vangnet.rules.checklist import Aandachtspunt, Onderdeel, Samenhangregel

WORTEL = Path(__file__).resolve().parents[3]
"""The root of the checkout, where `bronnen/` and `regios/` stand."""


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule of the catalogue."""

    id: str
    bron: str
    """Slug of the text."""
    sectie: str
    regels: tuple[int, int]
    """First and last line in the text."""
    soort: str
    """Kind, in English, as the catalogue names it."""
    en: str
    nl: str
    """Dutch one-liner for the screen."""
    stilte: str
    """What the text leaves open; empty when nothing."""
    vragen: tuple[str, ...]
    """X-ids that concern it."""


@dataclass(frozen=True, slots=True)
class Bronnen:
    """The whole index, read once."""

    regels: Mapping[str, Regel]
    teksten: Mapping[str, Mapping[str, Any]]
    open_vragen: Mapping[str, Mapping[str, Any]]
    checklist: Mapping[str, Any]

    def onderdelen(self) -> dict[str, tuple[str, ...]]:
        """Checklist section number to the keys of its choices."""
        return {o["nummer"]: tuple(k["sleutel"] for k in o.get("keuze", ())) for o in self.checklist["onderdeel"]}

    def checklist_onderdelen(self) -> tuple[Onderdeel, ...]:
        """The sections of the national checklist, in their own order."""
        return tuple(
            Onderdeel(
                o["nummer"],
                o["titel"],
                o["categorie"],
                o["aspect"],
                tuple(k["sleutel"] for k in o.get("keuze", ())),
                tuple(
                    Aandachtspunt(p["tekst"], tuple(p["regels"]), tuple(p.get("bij", ())))
                    for p in o.get("aandachtspunt", ())
                ),
            )
            for o in self.checklist["onderdeel"]
        )

    def samenhangregels(self) -> tuple[Samenhangregel, ...]:
        """The rules on which choices of the checklist go together."""
        return tuple(
            Samenhangregel(
                s["sleutel"],
                s["tekst"],
                tuple(s["regels"]),
                s["grond"],
                _paren(s["als"]),
                _paren(s["dan_waarschuw_tenzij"]),
            )
            for s in self.checklist["samenhang"]
        )


def _paren(tabel: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    """Aspect to the keys that satisfy it; one key, or a list of them."""
    return {aspect: (mag,) if isinstance(mag, str) else tuple(mag) for aspect, mag in tabel.items()}


def lees_toml(pad: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Errors: `tomli.TOMLDecodeError` with line and column; `OSError` when it cannot be read."""
    return tomli.loads(pad.read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def lees_bronnen(map_: Path = WORTEL / "bronnen") -> Bronnen:
    """Read the index from `bronnen/`. The result is shared: do not change it."""
    regels = {}
    for lijn in (map_ / "regels.jsonl").read_text(encoding="utf-8").splitlines():
        d = json.loads(lijn)
        regels[d["id"]] = Regel(
            d["id"], d["bron"], d["sectie"], tuple(d["regels"]), d["soort"], d["en"], d["nl"], d["stilte"],
            tuple(d["vragen"]),
        )  # fmt: skip
    teksten = {b["sleutel"]: b for b in lees_toml(map_ / "bronnen.toml")["bron"]}
    vragen = {v["id"]: v for v in lees_toml(map_ / "open_vragen.toml")["vraag"]}
    return Bronnen(regels, teksten, vragen, lees_toml(map_ / "checklist.toml"))
