# SPDX-License-Identifier: EUPL-1.2
"""Reads who is warned about deadlines: `bronnen/escalatie/standaard.toml`, which is Vangnet's own choice, or in its place what a
region chose itself in `<eigen>/<regio>/escalatie.toml`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from vangnet.rules.escalatie import Escalatie, Klokkind

from .bronnen import WORTEL
from .fouten import Fout, uit_pydantic
from .toml import lees

_VORM = TypeAdapter(Escalatie)
STANDAARD = WORTEL / "bronnen" / "escalatie" / "standaard.toml"
EIGEN = "escalatie.toml"
LANGST = 7 * 24 * 60
"""Minutes after which no rung can stand: a week."""


def lees_escalatie(pad: Path, fouten: list[Fout], eigen: bool = False) -> Escalatie | None:
    """The ladders in a file; None when it cannot be used, with every fault in `fouten`."""
    naam = f"{pad.parent.name}/{pad.name}"
    ruw = lees(pad, fouten)
    if ruw is None:
        return None
    if "eigen" in ruw:
        fouten.append(
            Fout("eigen", "de sleutel 'eigen'", "die weg: Vangnet ziet zelf aan de map van wie dit is", bestand=naam)
        )
        return None
    try:
        gelezen = _VORM.validate_python(ruw)
    except ValidationError as fout:
        fouten += uit_pydantic(fout, naam)
        return None
    mijn = [*_whole(gelezen), *(f for n in range(len(gelezen.ladder)) for f in _rungs(gelezen, n))]
    fouten += [replace(f, bestand=naam) for f in mijn]
    return None if mijn else replace(gelezen, eigen=eigen)


def _whole(e: Escalatie) -> list[Fout]:
    uit = []
    gevonden = [een.soort for een in e.ladder]
    for soort in get_args(Klokkind):
        if gevonden.count(soort) != 1:
            uit.append(
                Fout("ladder", f"{gevonden.count(soort)} keer soort '{soort}'", "elke soort precies één keer", "uur")
            )
    for veld in ("door", "reden"):
        if not getattr(e, veld).strip():
            uit.append(Fout(veld, "niets", "een paar woorden"))
    return uit


def _rungs(e: Escalatie, n: int) -> list[Fout]:
    """What is wrong with one ladder: an alarm that nobody sees, that goes back in time, or that a streefnorm cannot have."""
    ladder, waar = e.ladder[n], f"ladder.{n + 1}"
    uit = []
    if not 0 <= ladder.vooraf <= LANGST:
        uit.append(Fout(f"{waar}.vooraf", str(ladder.vooraf), f"0 tot en met {LANGST} minuten"))
    if not ladder.sporten:
        uit.append(Fout(f"{waar}.sporten", "niets", "minstens één sport: elke termijn die verstrijkt, hoort iemand"))
    vorige = -1
    for i, sport in enumerate(ladder.sporten, 1):
        if not max(vorige, 0) <= sport.na <= LANGST:
            uit.append(
                Fout(f"{waar}.sporten.{i}.na", str(sport.na), f"{max(vorige, 0)} tot en met {LANGST} minuten, oplopend")
            )
        vorige = max(vorige, sport.na)
        if "scherm" not in sport.wegen:
            uit.append(
                Fout(f"{waar}.sporten.{i}.wegen", ", ".join(sport.wegen) or "niets", "in elk geval scherm", "scherm")
            )
        if len(set(sport.wegen)) != len(sport.wegen):
            uit.append(Fout(f"{waar}.sporten.{i}.wegen", ", ".join(sport.wegen), "elke weg één keer"))
        if ladder.soort == "zacht" and set(sport.wegen) != {"scherm"}:
            uit.append(
                Fout(
                    f"{waar}.sporten.{i}.wegen",
                    ", ".join(sport.wegen),
                    "alleen scherm: een streefnorm is geen harde grens",
                )
            )
    if ladder.soort != "zacht" and ladder.sporten and ladder.sporten[0].na:
        uit.append(Fout(f"{waar}.sporten.1.na", str(ladder.sporten[0].na), "0: de eerste hoort het meteen", "0"))
    return uit
