# SPDX-License-Identifier: EUPL-1.2
"""Reads how long everything is kept: `bronnen/bewaren/<geldig_vanaf>.toml`, and what a region chose itself.

bronnen/bewaren/2020-01-01.toml        a version of the terms: the law, and Vangnet's own choices, each marked
<eigen>/zuid-limburg/bewaren.toml      other terms of one region, each with by whom, when and why
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from vangnet.rules.bewaren import Bewaarbeleid, Bewaarkeuze, Bewaartermijn, Soortsleutel

from .bronnen import WORTEL, Bronnen
from .fouten import Fout, kort, uit_pydantic
from .toml import lees

_BELEID = TypeAdapter(Bewaarbeleid)
_KEUZES = TypeAdapter(dict[str, Bewaarkeuze])
MAP = WORTEL / "bronnen" / "bewaren"
SOORTEN: tuple[str, ...] = get_args(Soortsleutel)
EIGEN = "bewaren.toml"


def lees_bewaarbeleid(bronnen: Bronnen, fouten: list[Fout], map_: Path = MAP) -> tuple[Bewaarbeleid, ...]:
    """Every version, oldest first; every fault goes into `fouten`."""
    uit = []
    for pad in sorted(map_.glob("*.toml")):
        beleid = _version(pad, bronnen, fouten)
        if beleid is not None:
            uit.append(beleid)
    if not uit and not fouten:
        fouten.append(
            Fout("(map)", "geen versie", "minstens één bestand zoals 2020-01-01.toml", bestand=str(map_.name))
        )
    return tuple(sorted(uit, key=lambda b: b.geldig_vanaf))


def lees_bewaarkeuzes(pad: Path, versies: tuple[Bewaarbeleid, ...], fouten: list[Fout]) -> Mapping[str, Bewaarkeuze]:
    """What one region chose; empty without a file. A term below the least of its kind is a fault, the law's above all."""
    ruw = lees(pad, fouten) if pad.is_file() else None
    if ruw is None:
        return {}
    naam = f"{pad.parent.name}/{pad.name}"
    try:
        keuzes = _KEUZES.validate_python(ruw)
    except ValidationError as fout:
        fouten += uit_pydantic(fout, naam)
        return {}
    for sleutel, keuze in keuzes.items():
        if sleutel not in SOORTEN:
            fouten.append(Fout(sleutel, kort(sleutel), "één van " + ", ".join(SOORTEN), "gesprek", naam))
            continue
        for tekst, veld in ((keuze.door, "door"), (keuze.reden, "reden")):
            if not tekst.strip():
                fouten.append(Fout(f"{sleutel}.{veld}", "niets", "een paar woorden", bestand=naam))
        for beleid in versies:
            minst = beleid.van(sleutel).minstens
            if _too_short(keuze.termijn, minst):
                gevonden = f"{keuze.termijn.aantal} {keuze.termijn.eenheid}"
                fouten.append(
                    Fout(f"{sleutel}.termijn", gevonden, f"minstens {minst.aantal} {minst.eenheid}", bestand=naam)
                )
                break
    return keuzes


def op_dag(versies: tuple[Bewaarbeleid, ...], keuzes: Mapping[str, Bewaarkeuze], dag: date) -> Bewaarbeleid:
    """The version that holds on a day (the first one before its own first day), with the choices of a region in it."""
    geldig = [b for b in versies if b.geldig_vanaf <= dag] or list(versies[:1])
    return replace(geldig[-1], keuzes=keuzes)


def _version(pad: Path, bronnen: Bronnen, fouten: list[Fout]) -> Bewaarbeleid | None:
    naam = f"{pad.parent.name}/{pad.name}"
    ruw = lees(pad, fouten)
    if ruw is None:
        return None
    if "keuzes" in ruw:
        fouten.append(Fout("keuzes", "de sleutel 'keuzes'", f"dit in {EIGEN} van de regio zelf", bestand=naam))
        return None
    try:
        beleid = _BELEID.validate_python(ruw)
    except ValidationError as fout:
        fouten += uit_pydantic(fout, naam)
        return None
    mijn: list[Fout] = []
    if pad.stem != str(beleid.geldig_vanaf):
        mijn.append(Fout("geldig_vanaf", str(beleid.geldig_vanaf), f"de dag van de bestandsnaam, {pad.stem}", pad.stem))
    gevonden: list[str] = [s.sleutel for s in beleid.soort]
    for sleutel in SOORTEN:
        if gevonden.count(sleutel) != 1:
            mijn.append(Fout("soort", f"{gevonden.count(sleutel)} keer '{sleutel}'", "elke soort precies één keer"))
    for s in beleid.soort:
        for id_ in s.regels:
            if id_ not in bronnen.regels and id_ not in bronnen.open_vragen:
                mijn.append(Fout(f"soort.{s.sleutel}.regels", kort(id_), "een regelnummer of open vraag", "X-36"))
        if not s.bron.strip():
            mijn.append(Fout(f"soort.{s.sleutel}.bron", "niets", "de wet, of waarom deze keuze"))
        if _too_short(s.termijn, s.minstens):
            mijn.append(
                Fout(
                    f"soort.{s.sleutel}.termijn", f"{s.termijn.aantal} {s.termijn.eenheid}", "niet korter dan minstens"
                )
            )
    fouten += [replace(f, bestand=naam) for f in mijn]
    return None if mijn else beleid


def _too_short(termijn: Bewaartermijn, minst: Bewaartermijn) -> bool:
    """Counted from a day on which every month and year is at its longest, so that unlike units compare."""
    begin = date(2000, 1, 1)
    return termijn.aantal <= 0 or termijn.na(begin) < minst.na(begin)
