# SPDX-License-Identifier: EUPL-1.2
"""What is to be done cites a rule of the region, or none: a sentence of another region is no agreement here."""

from __future__ import annotations

import pytest

from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.process.acties import Actie

pytestmark = pytest.mark.django_db


def _actie(weg: Wandeling, sleutel: str) -> Actie:
    (een,) = [a for a in weg.acties() if a.sleutel == sleutel]
    return een


def test_until_tomorrow_is_an_agreement_only_where_it_was_agreed() -> None:
    hier = _actie(nieuwe_casus(streek("noord-en-midden-limburg"), "acute_hulp"), "morgen")
    assert hier.regels
    assert all(regel.startswith(("ICJ-", "CIT-")) for regel in hier.regels)
    elders = _actie(nieuwe_casus(streek("lekstroom"), "acute_hulp"), "morgen")
    assert elders.regels == ()
    assert "kennen dit besluit niet" in elders.waarom


@pytest.mark.parametrize(("melder", "regels"), [("school", ("CL-11",)), ("ouder", ()), ("burger", ())])
def test_feedback_is_promised_to_professionals_only(melder: str, regels: tuple[str, ...]) -> None:
    weg = nieuwe_casus(streek("lekstroom"), **{"melding.melder": melder})
    assert _actie(weg, "terugbellen").regels == regels
