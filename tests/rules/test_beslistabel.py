# SPDX-License-Identifier: EUPL-1.2
"""Decision tables: complete, without overlap, and never an outcome by default."""

from itertools import product

from vangnet.process.give_advice import register
from vangnet.rules.beslistabel import Beslistabel, Rij, Tabelvraag, fouten, uitkomst

VRAGEN = (Tabelvraag("onveilig", "Onveilig?", ("ja", "nee")), Tabelvraag("wachten", "Kan het wachten?", ("ja", "nee")))
GA = Rij("ga", "Onveilig.", {"onveilig": ("ja",)})
MORGEN = Rij("morgen", "Veilig, en het kan wachten.", {"onveilig": ("nee",), "wachten": ("ja",)})
BEL = Rij("bel", "Veilig, maar nu.", {"onveilig": ("nee",), "wachten": ("nee",)})


def tabel(*rijen: Rij) -> Beslistabel:
    return Beslistabel("proef", "Proef", "van ons", ("ga", "morgen", "bel"), VRAGEN, rijen)


HEEL = tabel(GA, MORGEN, BEL)


def test_a_complete_table_has_no_faults_and_one_row_for_every_combination() -> None:
    assert fouten(HEEL) == []
    rij = {(o, w): uitkomst(HEEL, {"onveilig": o, "wachten": w}).rij for o, w in product(("ja", "nee"), ("ja", "nee"))}
    assert rij == {("ja", "ja"): 1, ("ja", "nee"): 1, ("nee", "ja"): 2, ("nee", "nee"): 3}


def test_a_gap_an_overlap_and_a_dead_row_are_named_by_row() -> None:
    assert [waar for waar, *_ in fouten(tabel(GA, MORGEN))] == ["rijen"]
    assert "onveilig=nee, wachten=nee" in fouten(tabel(GA, MORGEN))[0][1]
    overlap = fouten(tabel(GA, MORGEN, BEL, Rij("bel", "Dubbel.", {"wachten": ("nee",)})))
    assert {(waar, gevonden) for waar, gevonden, _ in overlap} == {
        ("rijen.4", "overlapt met rij 1"),
        ("rijen.4", "overlapt met rij 3"),
    }
    dood = fouten(tabel(GA, MORGEN, BEL, Rij("bel", "Nooit.", {"onveilig": ()})))
    assert [(waar, "dode rij" in gevonden) for waar, gevonden, _ in dood] == [("rijen.4", True)]


def test_unknown_words_are_named_before_combinations_are_tried() -> None:
    vreemd = tabel(Rij("weg", "?", {"onveilig": ("misschien",), "kleur": ("rood",)}))
    assert [waar for waar, *_ in fouten(vreemd)] == ["rijen.1.uitkomst", "rijen.1.als.onveilig", "rijen.1.als"]


def test_unknown_gives_the_next_question_and_never_an_outcome_by_default() -> None:
    for leeg in ({}, {"onveilig": "onbekend"}, {"onveilig": "onbekend", "wachten": "onbekend"}):
        u = uitkomst(HEEL, leeg)
        assert (u.uitkomst, u.volgende and u.volgende.sleutel) == ("", "onveilig")
        assert u.nog_mogelijk == ("ga", "morgen", "bel")
    u = uitkomst(HEEL, {"onveilig": "nee", "wachten": "onbekend"})
    assert (u.uitkomst, u.volgende and u.volgende.sleutel, u.nog_mogelijk) == ("", "wachten", ("morgen", "bel"))


def test_what_all_remaining_rows_share_is_said_without_asking_further() -> None:
    u = uitkomst(HEEL, {"onveilig": "ja", "wachten": "onbekend"})
    assert (u.uitkomst, u.rij, u.volgende) == ("ga", 1, None)
    twee = tabel(GA, Rij("ga", "Kan wachten, toch gaan.", dict(MORGEN.als)), Rij("ga", "Nu.", dict(BEL.als)))
    assert uitkomst(twee, {}).uitkomst == "ga"
    assert uitkomst(twee, {}).rij is None, "meer rijen dragen de uitkomst"


def test_a_region_that_adopted_nothing_has_no_table() -> None:
    assert {a.beslistabel for versies in register().versies.values() for a in versies} == {None}
