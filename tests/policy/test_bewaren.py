# SPDX-License-Identifier: EUPL-1.2
"""How long what is kept: the files, what a region may choose, and the day from which a casus may go."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from vangnet.policy.bewaren import SOORTEN, lees_bewaarbeleid, lees_bewaarkeuzes, op_dag
from vangnet.policy.bronnen import lees_bronnen
from vangnet.policy.fouten import Fout
from vangnet.policy.register import lees_register
from vangnet.rules.bewaren import Bewaarbeleid, Bewaarfeiten, Bewaartermijn, bewaarsoort, wissen_vanaf

JULI = datetime.fromisoformat("2024-07-12T10:00:00+02:00")


@pytest.fixture(scope="module")
def versies() -> tuple[Bewaarbeleid, ...]:
    fouten: list[Fout] = []
    uit = lees_bewaarbeleid(lees_bronnen(), fouten)
    assert fouten == []
    return uit


def test_what_ships_has_every_kind_and_says_what_is_law_and_what_is_choice(versies: tuple[Bewaarbeleid, ...]) -> None:
    (beleid,) = versies
    assert {s.sleutel: s.grond for s in beleid.soort} == {naam: "keuze" for naam in SOORTEN} | {"dossier": "wet"}
    dossier = beleid.van("dossier")
    assert dossier.termijn == dossier.minstens == Bewaartermijn(20, "jaren")
    assert "7.3.8" in dossier.bron
    assert all("X-36" in s.regels for s in beleid.soort), "the five sources are silent on all of it"
    with pytest.raises(KeyError):
        beleid.van("iets")


def choose(tmp_path: Path, tekst: str, versies: tuple[Bewaarbeleid, ...]) -> tuple[dict[str, Bewaartermijn], str]:
    (tmp_path / "zuid-limburg").mkdir()
    pad = tmp_path / "zuid-limburg" / "bewaren.toml"
    pad.write_text(tekst)
    fouten: list[Fout] = []
    keuzes = lees_bewaarkeuzes(pad, versies, fouten)
    return {k: v.termijn for k, v in keuzes.items()}, "\n".join(map(str, fouten))


WIE = 'door = "M. Smeets, beheerder"\nop = 2026-11-01\nreden = "Zo is het afgesproken met de gemeenten."\n'


def test_a_region_chooses_otherwise(tmp_path: Path, versies: tuple[Bewaarbeleid, ...]) -> None:
    tekst = f'[gesprek]\ntermijn = {{ aantal = 24, eenheid = "maanden" }}\n{WIE}'
    keuzes, fouten = choose(tmp_path, tekst, versies)
    assert (keuzes, fouten) == ({"gesprek": Bewaartermijn(24, "maanden")}, "")
    register = lees_register(eigen=tmp_path)
    assert register.bewaren("zuid-limburg", date(2026, 1, 1)).termijn("gesprek").aantal == 24
    assert register.bewaren("lekstroom", date(2026, 1, 1)).termijn("gesprek").aantal == 12


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ('[dossier]\ntermijn = { aantal = 15, eenheid = "jaren" }\n' + WIE, "minstens 20 jaren"),
        ('[gesprek]\ntermijn = { aantal = 2, eenheid = "weken" }\n' + WIE, "minstens 4 weken"),
        ('[gesprek]\ntermijn = { aantal = 0, eenheid = "jaren" }\n' + WIE, "minstens"),
        ('[log]\ntermijn = { aantal = 59, eenheid = "maanden" }\n' + WIE, "minstens 5 jaren"),
        ('[iets]\ntermijn = { aantal = 2, eenheid = "jaren" }\n' + WIE, "één van dossier"),
        ('[gesprek]\ntermijn = { aantal = 2, eenheid = "eeuwen" }\n' + WIE, "eenheid"),
        ('[gesprek]\ntermijn = { aantal = 2, eenheid = "jaren" }\n', "door"),
        ('[gesprek]\ntermijn = { aantal = 2, eenheid = "jaren" }\n' + WIE.replace("Zo is het afgesproken met de gemeenten.", " "), "reden"),
        ("[gesprek", "TOML"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_named(
    tekst: str, verwacht: str, tmp_path: Path, versies: tuple[Bewaarbeleid, ...]
) -> None:
    assert verwacht in choose(tmp_path, tekst, versies)[1]


def test_a_version_with_faults_names_them_all(tmp_path: Path) -> None:
    goed = next((Path(__file__).parents[2] / "bronnen" / "bewaren").glob("*.toml")).read_text()
    fouten: list[Fout] = []
    (tmp_path / "2030-01-01.toml").write_text(
        goed.replace('"X-36"', '"X-99"').replace('sleutel = "log"', 'sleutel = "gesprek"')
    )
    assert lees_bewaarbeleid(lees_bronnen(), fouten, tmp_path) == ()
    tekst = "\n".join(map(str, fouten))
    for woord in ("de dag van de bestandsnaam", "2 keer 'gesprek'", "0 keer 'log'", "'X-99'"):
        assert woord in tekst
    assert lees_bewaarbeleid(lees_bronnen(), leeg := [], tmp_path / "niets") == ()
    assert leeg


def test_the_version_of_the_day_holds(versies: tuple[Bewaarbeleid, ...]) -> None:
    (beleid,) = versies
    later = Bewaarbeleid(date(2030, 1, 1), beleid.soort)
    assert op_dag((beleid, later), {}, date(2029, 12, 31)).geldig_vanaf == date(2020, 1, 1)
    assert op_dag((beleid, later), {}, date(2030, 1, 1)).geldig_vanaf == date(2030, 1, 1)
    assert op_dag((beleid, later), {}, date(2001, 1, 1)).geldig_vanaf == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("feiten", "soort"),
    [
        (Bewaarfeiten(False, True, "afgesloten", True), "dossier"),
        (Bewaarfeiten(False, True, "vergissing", True), "dossier"),
        (Bewaarfeiten(False, True, "geen_crisis", True), "dossier"),
        (Bewaarfeiten(False, True, "consult", False), "gesprek"),
        (Bewaarfeiten(False, True, "gevoegd", False), "gesprek"),
        (Bewaarfeiten(False, True, "vergissing", False), "vergissing"),
        (Bewaarfeiten(True, False, "", True), "oefening"),
        (Bewaarfeiten(False, False, "", True), "open"),
        (Bewaarfeiten(False, False, "", False, False), "concept"),
        (Bewaarfeiten(False, False, "", True, False), "open"),
    ],
)
def test_the_kind_follows_from_facts(feiten: Bewaarfeiten, soort: str) -> None:
    assert bewaarsoort(feiten) == soort


def test_from_which_day_it_may_go(versies: tuple[Bewaarbeleid, ...]) -> None:
    (beleid,) = versies
    assert wissen_vanaf("dossier", JULI, beleid) == date(2044, 7, 13)
    assert wissen_vanaf("gesprek", JULI, beleid) == date(2025, 7, 13)
    assert wissen_vanaf("vergissing", JULI, beleid) == date(2024, 8, 10)
    assert wissen_vanaf("open", JULI, beleid) is None
    assert wissen_vanaf("concept", JULI, beleid) is None
    laat = datetime.fromisoformat("2024-12-31T23:30:00+00:00")  # New Year's Day in the Netherlands
    assert wissen_vanaf("gesprek", laat, beleid) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("termijn", "dag", "na"),
    [
        (Bewaartermijn(20, "jaren"), date(2024, 2, 29), date(2044, 2, 29)),
        (Bewaartermijn(1, "jaren"), date(2024, 2, 29), date(2025, 3, 1)),
        (Bewaartermijn(1, "maanden"), date(2024, 1, 31), date(2024, 3, 1)),
        (Bewaartermijn(2, "maanden"), date(2024, 12, 31), date(2025, 3, 1)),
        (Bewaartermijn(12, "maanden"), date(2024, 12, 31), date(2025, 12, 31)),
        (Bewaartermijn(4, "weken"), date(2024, 12, 31), date(2025, 1, 28)),
        (Bewaartermijn(90, "dagen"), date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_a_term_is_never_shorter_than_the_calendar(termijn: Bewaartermijn, dag: date, na: date) -> None:
    assert termijn.na(dag) == na
    assert (termijn.na(dag) - dag).days <= termijn.hoogstens_dagen
