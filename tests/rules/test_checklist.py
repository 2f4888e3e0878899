# SPDX-License-Identifier: EUPL-1.2
"""The national checklist: coherence, order and points of attention, on the real file and case by case."""

from __future__ import annotations

import pytest

from vangnet.policy.bronnen import lees_bronnen
from vangnet.rules.checklist import aandachtspunten, keuzes_per_aspect, samenhang, volgorde

BRONNEN = lees_bronnen()
REGELS = BRONNEN.samenhangregels()
ONDERDELEN = BRONNEN.checklist_onderdelen()
CATEGORIEEN = BRONNEN.checklist["volgorde"]["categorieen"]

UITGANGSPUNTEN = {"1.1": "jeugd", "1.2": "regionaal", "1.3": "jeugdregio", "1.4": "lang", "1.5": "op_afstand"}


def waarschuwt(**posities: str) -> set[str]:
    """The keys of the warnings for these positions; `a1_1` stands for section 1.1."""
    return {w.sleutel for w in samenhang({k[1:].replace("_", "."): v for k, v in posities.items()}, REGELS)}


def test_counts_of_the_source() -> None:
    """14 sections, 10 aspects, 26 choices (CL-18; X-26)."""
    assert len(ONDERDELEN) == 14
    assert len({o.aspect for o in ONDERDELEN}) == 10
    assert sum(len(o.keuzes) for o in ONDERDELEN) == 26


def test_every_pair_names_an_aspect_and_a_choice_that_exist() -> None:
    bestaat = {(o.aspect, k) for o in ONDERDELEN for k in o.keuzes}
    for regel in REGELS:
        for paren in (regel.als, regel.tenzij):
            assert {(a, k) for a, mag in paren.items() for k in mag} <= bestaat, regel.sleutel
        assert regel.als, regel.sleutel
        assert set(regel.regels) <= BRONNEN.regels.keys(), regel.sleutel


def test_no_choice_no_warning() -> None:
    assert samenhang({}, REGELS) == ()
    assert samenhang(dict.fromkeys((o.nummer for o in ONDERDELEN), "niet in de bron"), REGELS) == ()


def test_positions_by_section_and_by_aspect_are_the_same() -> None:
    per_onderdeel = {"1.2": "regionaal", "2.1": "niet gekozen", "2.2": "gi", "3.4": "breed"}
    assert keuzes_per_aspect(per_onderdeel) == {"1.2": "regionaal", "2": "gi", "3.4": "breed"}
    assert samenhang(per_onderdeel, REGELS) == samenhang(keuzes_per_aspect(per_onderdeel), REGELS)


def test_gi_gives_no_youth_help() -> None:
    """CL-66: with the certified institution and broad functions (Haaglanden, X-25)."""
    assert "gi_geeft_geen_jeugdhulp" in waarschuwt(a2_2="gi", a3_4="breed")
    assert "gi_geeft_geen_jeugdhulp" not in waarschuwt(a2_2="gi", a3_4="beperkt")
    assert "gi_geeft_geen_jeugdhulp" not in waarschuwt(a2_4="zorgaanbieder", a3_4="breed")
    (een,) = (w for w in samenhang({"2.2": "gi", "3.4": "breed"}, REGELS) if "CL-66" in w.regels)
    assert een.grond == "bron"


@pytest.mark.parametrize(
    ("posities", "waarschuwing"),
    [
        ({"1.1": "0-100", "1.2": "regionaal"}, False),
        ({"1.1": "jeugd", "1.2": "regionaal"}, True),
        ({"1.1": "0-100", "1.2": "lokaal"}, True),
        ({"1.1": "0-100"}, True),
        ({}, True),
    ],
)
def test_a_separate_organisation_wants_all_ages_and_a_region(posities: dict[str, str], waarschuwing: bool) -> None:
    """CL-81: both conditions together take the warning away; an aspect without a choice does not."""
    gevonden = {w.sleutel for w in samenhang({**posities, "2.5": "aparte_organisatie"}, REGELS)}
    assert ("aparte_organisatie_past_bij_breed" in gevonden) is waarschuwing


def test_a_youth_region_is_too_small_for_a_separate_organisation() -> None:
    assert "aparte_organisatie_vraagt_schaal" in waarschuwt(a2_5="aparte_organisatie", a1_3="jeugdregio")
    assert "aparte_organisatie_vraagt_schaal" not in waarschuwt(a2_5="aparte_organisatie", a1_3="veiligheidsregio")


def test_with_the_municipality_means_an_executing_role_and_back() -> None:
    """CL-54 and CL-58 hang together in both directions."""
    assert "bij_gemeente_vraagt_uitvoering" in waarschuwt(a2_1="gemeente", a1_5="op_afstand")
    assert "bij_gemeente_vraagt_uitvoering" not in waarschuwt(a2_1="gemeente", a1_5="in_uitvoering")
    assert "uitvoering_hoort_bij_gemeente" in waarschuwt(a1_5="in_uitvoering", a2_4="zorgaanbieder")
    assert "uitvoering_hoort_bij_gemeente" not in waarschuwt(a1_5="in_uitvoering", a2_1="gemeente")


def test_short_care_fits_broad_functions() -> None:
    """CL-106: with a definition of 24 hours intervention and care in one service is more logical."""
    assert "kort_past_bij_breed" in waarschuwt(a1_4="kort", a3_4="beperkt")
    assert "kort_past_bij_breed" in waarschuwt(a1_4="kort")
    assert "kort_past_bij_breed" not in waarschuwt(a1_4="kort", a3_4="breed")
    assert "kort_past_bij_breed" not in waarschuwt(a1_4="lang", a3_4="beperkt")


def test_a_list_means_one_of_these() -> None:
    for regio in ("veiligheidsregio", "amhk_regio", "ggd_regio"):
        assert "regio_past_bij_zorgaanbod" in waarschuwt(a1_3=regio)
    assert "regio_past_bij_zorgaanbod" not in waarschuwt(a1_3="jeugdregio")


def test_principles_come_first_then_place_then_set_up() -> None:
    """CL-15."""
    assert volgorde({}, ONDERDELEN, CATEGORIEEN) == ()
    assert volgorde(UITGANGSPUNTEN, ONDERDELEN, CATEGORIEEN) == ()
    assert volgorde({**UITGANGSPUNTEN, "2.3": "amhk"}, ONDERDELEN, CATEGORIEEN) == ()
    assert volgorde({**UITGANGSPUNTEN, "3.2": "24-7"}, ONDERDELEN, CATEGORIEEN) == (("3.2", ("2",)),)
    zonder = {k: v for k, v in UITGANGSPUNTEN.items() if k != "1.4"}
    assert volgorde({**zonder, "2.3": "amhk"}, ONDERDELEN, CATEGORIEEN) == (("2", ("1.4",)),)


@pytest.mark.parametrize(
    ("posities", "regel", "hoort"),
    [
        ({"1.2": "regionaal"}, "CL-31", True),
        ({"1.2": "lokaal"}, "CL-31", False),
        ({"2.2": "gi"}, "CL-66", True),
        ({"2.3": "amhk"}, "CL-74", True),
        ({"2.4": "zorgaanbieder"}, "CL-79", True),
        ({"2.4": "zorgaanbieder"}, "CL-74", False),
        ({"2.5": "aparte_organisatie"}, "CL-85", True),
        ({"2.5": "niet gekozen"}, "CL-85", False),
        ({"3.1": "een_ingang"}, "CL-95", True),
        ({"3.1": "meerdere_ingangen"}, "CL-95", True),
        ({}, "CL-95", False),
    ],
)
def test_points_of_attention_come_with_a_choice(posities: dict[str, str], regel: str, hoort: bool) -> None:
    gevonden = {r for _, punt in aandachtspunten(posities, ONDERDELEN) for r in punt.regels}
    assert (regel in gevonden) is hoort
