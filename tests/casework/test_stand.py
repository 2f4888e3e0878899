# SPDX-License-Identifier: EUPL-1.2
"""The stand of a casus: one table, every arrow reachable, every stand on the track, and no way into a corner."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.stand import SPOOR, STANDEN, TABEL, Verloop, stand
from vangnet.policy.bronnen import lees_bronnen

WAAR = Verloop(melding_af=True, triage="crisis")

WEGEN = [
    (Verloop(), "melding"),
    (Verloop(melding_af=True), "triage"),
    (Verloop(melding_af=True, triage="acute_hulp"), "morgen"),
    (Verloop(melding_af=True, triage="acute_hulp", opgepakt=True), "afronden"),
    (Verloop(melding_af=True, triage="acute_hulp", vertrokken=True), "onderweg"),
    (Verloop(melding_af=True, triage="geen_crisis"), "geen_crisis"),
    (WAAR, "inschatting"),
    (replace(WAAR, vertrokken=True), "onderweg"),
    (replace(WAAR, vertrokken=True, aangekomen=True), "ter_plaatse"),
    (replace(WAAR, aangekomen=True), "ter_plaatse"),
    (replace(WAAR, crisis=False), "geen_crisis"),
    (replace(WAAR, crisis=True), "hulp_kiezen"),
    (replace(WAAR, hulp_gekozen=True, hulp_wacht=True), "hulp_starten"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_wacht=True), "hulp_starten"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_loopt=True), "hulp"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_loopt=True, overleg_gehouden=True), "vervolg"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_geweest=True), "vervolg"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_geweest=True, vervolg_bepaald=True), "afronden"),
    (replace(WAAR, crisis=True, vervolg_bepaald=True), "afronden"),
    (replace(WAAR, crisis=True, hulp_gekozen=True, hulp_wacht=True, vervolg_bepaald=True), "hulp_starten"),
    (replace(WAAR, overleg_gehouden=True), "vervolg"),
    (replace(WAAR, gesloten=True), "gesloten"),
]


@pytest.mark.parametrize(("verloop", "verwacht"), WEGEN)
def test_where_it_stands(verloop: Verloop, verwacht: str) -> None:
    assert stand(verloop) == verwacht


def test_every_stand_has_a_word_and_a_place_on_the_track() -> None:
    op_het_spoor = [naam for _, _, standen in SPOOR for naam in standen]
    assert sorted(op_het_spoor) == sorted(STANDEN)
    assert {o.van for o in TABEL} | {o.naar for o in TABEL} <= set(STANDEN)


def test_every_arrow_says_where_it_is_written() -> None:
    regels = lees_bronnen().regels
    for pijl in TABEL:
        assert all(id_ in regels for id_ in pijl.regels), pijl


def test_every_stand_is_reached_by_a_road_that_we_named() -> None:
    assert {verwacht for _, verwacht in WEGEN} == set(STANDEN)


KEUZE = {
    "triage": st.sampled_from(["", "crisis", "acute_hulp", "geen_crisis", "consult"]),
    "crisis": st.sampled_from([None, True, False]),
}


@given(st.builds(Verloop, **{f.name: KEUZE.get(f.name, st.booleans()) for f in fields(Verloop)}))
def test_any_history_has_one_stand_and_closed_is_closed(verloop: Verloop) -> None:
    hier = stand(verloop)
    assert hier in STANDEN
    assert (hier == "gesloten") == verloop.gesloten
    if hier == "afronden":
        assert not verloop.hulp_loopt or verloop.crisis is None


def test_every_kind_of_event_is_a_sentence() -> None:
    for soort, woorden in SOORTEN.items():
        assert woorden.tekst.endswith((".", "}")), soort
