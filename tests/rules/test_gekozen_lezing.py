# SPDX-License-Identifier: EUPL-1.2
"""A reading that the region chose changes what the advice says, and the advice keeps saying that it was a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vangnet.process.give_advice import advise, register
from vangnet.rules.buiten_regio import NIET_AFGESPROKEN, VRAAG, outside_region
from vangnet.rules.openvraag import Keuze

REG = register()
MELDING = {"op": "2016-03-07T09:40:00+01:00", "melder": "politie"}
CRISIS = {"op": "2016-03-07T11:00:00+01:00", "crisis": True}


@pytest.mark.parametrize("inzet", [[], [{"vorm": "ambulant"}]])
@pytest.mark.parametrize(
    ("keuzes", "strekking"),
    [
        ({}, "zonder voorbehoud"),
        ({"X-09/start": "vast"}, "zonder voorbehoud"),
        ({"X-09/start": "in_principe"}, "in principe"),
    ],
)
def test_how_firm_the_24_hours_are_is_a_reading(
    keuzes: dict[str, str], strekking: str, inzet: list[dict[str, str]]
) -> None:
    advies = advise(
        {
            "regio": "lekstroom",
            "melding": MELDING,
            "inschatting": CRISIS,
            "keuzes": keuzes,
            "inzet": inzet,
        },
        REG,
    )
    termijn = advies.termijnen["inzet.1.start" if inzet else "inzet.start"]
    assert termijn.strekking == strekking
    assert termijn.open_vraag == "X-09/start"
    assert {"LEK-16", "LEK-22"} <= set(termijn.regels)
    assert "Vangnet" in termijn.waarom or inzet, "that the service watches it before a provider is chosen is ours"


def test_a_form_of_which_only_in_principe_is_said_is_no_question() -> None:
    advies = advise(
        {"regio": "lekstroom", "melding": MELDING, "inschatting": CRISIS, "inzet": [{"vorm": "residentieel"}]}, REG
    )
    assert advies.termijnen["inzet.1.start"].strekking == "in principe"
    assert "X-09/start" not in advies.open_vragen


@pytest.mark.parametrize(
    ("lezing", "waarde", "keuze"),
    [
        ("", NIET_AFGESPROKEN, False),
        ("crisisdienst", "crisisdienst", True),
        ("andere_regio", NIET_AFGESPROKEN, True),
        ("iets_anders", NIET_AFGESPROKEN, False),
    ],
)
def test_what_a_region_chose_for_a_municipality_outside_it(lezing: str, waarde: str, keuze: bool) -> None:
    advies = advise(
        {
            "regio": "zuid-limburg",
            "melding": {"op": "2024-05-17T21:40:00+02:00", "melder": "politie"},
            "inschatting": {"op": "2024-05-17T22:40:00+02:00", "crisis": True},
            "betrokken": {"gi": "geen"},
        },
        REG,
    )
    assert advies.uitspraken["regie.procesregisseur"].waarde == "toegang"
    if lezing:
        koos = Keuze(lezing, "het regio-overleg")
        advies = replace(advies, afspraken=replace(advies.afspraken, keuzes={VRAAG: koos}))
    uit = outside_region(advies, "Emmen")
    assert uit.uitspraken["regie.procesregisseur"].waarde == waarde
    assert uit.uitspraken["regie.procesregisseur"].open_vraag == VRAAG
    assert (uit.open_vragen[VRAAG].keuze is not None) is keuze
