# SPDX-License-Identifier: EUPL-1.2
"""A region's own ladder: every fault of the file at once, and never one that leaves a deadline unheard."""

from pathlib import Path

import pytest

from vangnet.policy.escalatie import STANDAARD, lees_escalatie
from vangnet.policy.fouten import Fout
from vangnet.policy.register import lees_register

GOED = STANDAARD.read_text(encoding="utf-8")


def faults(map_: Path, tekst: str) -> list[str]:
    pad = map_ / "escalatie.toml"
    pad.write_text(tekst, encoding="utf-8")
    fouten: list[Fout] = []
    gelezen = lees_escalatie(pad, fouten, eigen=True)
    assert (gelezen is None) is bool(fouten)
    return [fout.waar for fout in fouten]


@pytest.mark.parametrize(
    ("was", "wordt", "waar"),
    [
        ('soort = "uur"', 'soort = "dag"', ["ladder", "ladder"]),  # twice dag, and none for an hour
        ("na = 10,", "na = 40,", ["ladder.1.sporten.3.na", "ladder.1.sporten.4.na"]),
        ("na = 0, wie", "na = 5, wie", ["ladder.1.sporten.1.na", "ladder.2.sporten.1.na"]),
        ('["scherm", "mail", "sein"]', '["mail", "sein"]', ["ladder.1.sporten.3.wegen"]),
        ('wegen = ["scherm"] }]', 'wegen = ["scherm", "geluid"] }]', ["ladder.3.sporten.1.wegen"]),
        ('door = "Vangnet"', 'door = " "', ["door"]),
        ("vooraf = 15", "vooraf = -1", ["ladder.1.vooraf"]),
        ("vooraf = 15", "eigen = true\nvooraf = 15", ["ladder.1.eigen"]),
        ('door = "Vangnet"', 'eigen = false\ndoor = "Vangnet"', ["eigen"]),
        ('wie = "achterwacht"', 'wie = "buurman"', ["ladder.1.sporten.3.wie", "ladder.2.sporten.3.wie"]),
        ('door = "Vangnet"', "door = ", ["(bestand)"]),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_by_name(tmp_path: Path, was: str, wordt: str, waar: list[str]) -> None:
    assert was in GOED
    assert faults(tmp_path, GOED.replace(was, wordt)) == waar


def test_without_rungs_nobody_would_hear(tmp_path: Path) -> None:
    kop = GOED[: GOED.index("[[ladder]]")]
    leeg = kop + "".join(
        f'[[ladder]]\nsoort = "{soort}"\nvooraf = 0\nsporten = []\n' for soort in ("uur", "dag", "zacht")
    )
    assert faults(tmp_path, leeg) == [f"ladder.{n}.sporten" for n in (1, 2, 3)]


def test_a_region_has_its_own_or_that_of_vangnet(tmp_path: Path) -> None:
    (tmp_path / "lekstroom").mkdir()
    (tmp_path / "lekstroom" / "escalatie.toml").write_text(GOED.replace("vooraf = 15", "vooraf = 20"), encoding="utf-8")
    register = lees_register(eigen=tmp_path)
    eigen, ander = register.escalatie("lekstroom"), register.escalatie("haaglanden")
    assert (eigen.eigen, eigen.van("uur").vooraf) == (True, 20)
    assert (ander.eigen, ander.van("uur").vooraf) == (False, 15)
