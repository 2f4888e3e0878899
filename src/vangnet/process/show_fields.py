# SPDX-License-Identifier: EUPL-1.2
"""The field table of the whole product: what every room says beside its models (`veldzicht`) together, one row made exact
(a fact, an event and a clock go with a part of their own), and the document of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from vangnet.access.veldzicht import ALLEEN_ERBIJ, ALLES_MAG, BLIJFT, EN, KENMERK, NOOIT, WOORDEN, Tabel
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.velden import EXTRA, ONDERDEEL
from vangnet.casework.veldzicht import BEELD
from vangnet.clocks.veldzicht import KLOKDEEL, deel_van_klok

from .show_casus_werk import part_of_field

RIJEN = {
    "casus": "wie er nu bij betrokken is",
    "casus of nood": "wie er nu bij betrokken is; alleen om te lezen ook wie er noodtoegang toe heeft",
    "eigen nood": "zijn eigen; de FG alle van zijn regio",
    "eigen overdracht": "wie er nu bij betrokken is, als de eigen dienst overdroeg",
    "eigen organisatie": "van geen casus; alleen die van de eigen organisatie",
    "toezicht": "de FG en de beheerder, van hun regio",
    "grafsteen": "de FG en de beheerder, van hun regio, en wie er toen bij betrokken was",
    "regels": "eigen casussen en regels zonder casus; de FG alles",
    "blokkades": "van zichzelf, en wie er nu bij betrokken is",
    "vrij": "van geen casus",
}
"""Whose rows the database gives, in words."""


@lru_cache(maxsize=1)
def field_table() -> dict[str, Tabel]:
    """Every table with a row, of every room that has a `veldzicht` beside its models. Raises ValueError when two rooms
    speak of one table."""
    samen: dict[str, Tabel] = {}
    for kamer in apps.get_app_configs():
        if kamer.name.startswith("vangnet.") and find_spec(f"{kamer.name}.veldzicht"):
            tabellen: Mapping[str, Tabel] = import_module(f"{kamer.name}.veldzicht").TABELLEN
            if dubbel := samen.keys() & tabellen.keys():
                raise ValueError(f"tabel twee keer in veldzicht: {', '.join(sorted(dubbel))}")
            samen |= tabellen
    return samen


def exact(tabel: str, kolom: str, rij: Mapping[str, Any]) -> str:
    """What shows this column of this very row. Raises KeyError for a table or column without a row."""
    weg = field_table()[tabel].velden[kolom]
    if weg == "per feit":
        return part_of_field(rij["veld"])
    if weg == "per gebeurtenis":
        return f"tijdlijn{EN}{SOORTEN[rij['soort']].onderdeel}"
    if weg == "per klok":
        return f"klokken{EN}{deel_van_klok(rij['sleutel'])}"
    return weg


def fields_document() -> Iterator[str]:
    """The field table as Markdown, line by line."""
    yield "## Welk onderdeel laat welk veld zien\n"
    yield "Elke kolom van elke tabel staat hier; een nieuwe zonder rij laat de bouw falen (docs/veld-erbij.md). Een veld dat"
    yield "een onderdeel noemt, komt alleen op een scherm, in zoeken, op papier en in een koppeling als dat onderdeel in zicht is."
    yield "Een woord met een punt is een recht uit de eerste tabel. De andere woorden:\n"
    yield "| Woord | Wil zeggen |"
    yield "|---|---|"
    for woord, uitleg in WOORDEN.items():
        yield f"| {woord} | {uitleg} |"
    yield "\nWat van de database te zien is (tweede kolom) bewaakt zij zelf; wat Vangnet ermee mag, staat in de derde.\n"
    yield "| Tabel | Rijen | Mag | Velden |"
    yield "|---|---|---|---|"
    for naam, tabel in sorted(field_table().items()):
        mag = {ALLES_MAG: "alles", BLIJFT: "alles, niet weghalen", ALLEEN_ERBIJ: "lezen, toevoegen"}.get(
            tabel.mag, ", ".join(tabel.mag.split())
        )
        yield f"| {naam} | {RIJEN[tabel.rijen]} | {mag} | {_together(tabel.velden)} |"
    yield "\n### Feiten, termijnen, gebeurtenissen en de strip van het bord\n"
    yield "| Wat | Met welk onderdeel |"
    yield "|---|---|"
    yield f"| feit, naar zijn eerste woord | {_together(ONDERDEEL)} |"
    yield f"| eigen feit van Vangnet | {_together({pad: veld.onderdeel for pad, veld in EXTRA.items()})} |"
    yield f"| termijn, naar zijn eerste woord | {_together(KLOKDEEL)} |"
    yield f"| gebeurtenis | {_together({naam: soort.onderdeel for naam, soort in SOORTEN.items()})} |"
    yield f"| strip van het bord (`casework_casus.beeld`) | {_together(BEELD)} |"
    yield ""


def _together(velden: Mapping[str, str]) -> str:
    """Columns that are shown by the same, together; those on no screen last."""
    per: dict[str, list[str]] = {}
    for naam, weg in velden.items():
        per.setdefault(weg, []).append(naam)
    volgorde = sorted(per, key=lambda weg: (weg == NOOIT, weg == KENMERK))
    return "; ".join(f"**{weg}**: {', '.join(per[weg])}" for weg in volgorde)
