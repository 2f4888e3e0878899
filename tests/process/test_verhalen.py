# SPDX-License-Identifier: EUPL-1.2
"""The twelve stories of the design, each played from the first call to the end; every expectation is checked or waits."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.process.verhalen.toneel import MAP, SLEUTEL, Toneel, alle_codes, nog_niet, verhalen

IDS = list(verhalen())


def region_with_choices(id_: str, folder: Path) -> Path:
    """A folder as a region has it, with the readings that were chosen in this story."""
    keuzes = tomli.loads((MAP / "keuzes.toml").read_text(encoding="utf-8"))
    map_ = folder / SLEUTEL[verhalen()[id_]["regio"]]
    map_.mkdir()
    regels = [
        f'["{vraag}"]\nlezing = "{lezing}"\ndoor = "de regio van het verhaal"\nfictief = true\n'
        for vraag, lezing in (keuzes["alle"] | keuzes.get(id_, {})).items()
    ]
    (map_ / "keuzes.toml").write_text("\n".join(regels), encoding="utf-8")
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("id_", IDS)
def test_a_story_goes_as_it_is_told(id_: str, tmp_path: Path, settings: Any) -> None:
    settings.VANGNET_EIGEN = region_with_choices(id_, tmp_path)
    toneel = Toneel(verhalen()[id_])
    import_module(f"tests.process.verhalen.{id_.lower()}").speel(toneel)
    wacht = toneel.sluit()
    print(f"{id_}: {len(toneel.gezien)} van {len(toneel.alle)} gecheckt, {len(wacht)} nog niet")


def test_what_waits_is_counted_and_has_a_reason() -> None:
    """`pytest -s` prints the count; the number stands in docs/nachtdienst.md."""
    redenen = nog_niet()["redenen"]
    assert set(nog_niet()) - {"redenen"} <= set(IDS)
    per_reden = Counter(reden for id_ in IDS for reden in nog_niet().get(id_, {}).values())
    assert set(per_reden) == set(redenen), set(per_reden) ^ set(redenen)
    totaal = sum(1 for _ in alle_codes())
    wacht = sum(per_reden.values())
    print(f"\n{totaal - wacht} van {totaal} verwachtingen gecheckt; {wacht} nog niet:")
    for reden, aantal in per_reden.most_common():
        print(f"  {aantal:3} {redenen[reden]}")
