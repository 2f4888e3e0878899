# SPDX-License-Identifier: EUPL-1.2
"""Decision tables as rows of data: complete, without overlap, explainable, and honest about what is not known.

A table asks questions with a fixed set of answers. Each row names the answers it takes per question (none named: any)
and its outcome. `onbekend` is never a column value: an unanswered question leaves all its answers possible, and the
table then says either one outcome that all remaining rows share, or the next question; never 'geen crisis' by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .bron import STRIKT, Regels


@dataclass(frozen=True, slots=True)
class Tabelvraag:
    """A question of the table, with the answers it knows."""

    __pydantic_config__ = STRIKT

    sleutel: str
    """De sleutel van het feit, zoals `direct_onveilig`."""
    vraag: str
    """De vraag zoals de triagist hem stelt."""
    antwoorden: tuple[str, ...]
    """Mogelijke antwoorden, zonder `onbekend`."""
    regels: Regels = ()
    """Waar de vraag vandaan komt; leeg als hij van onszelf is."""


@dataclass(frozen=True, slots=True)
class Rij:
    """A row: the answers it takes, and what follows."""

    __pydantic_config__ = STRIKT

    uitkomst: str
    """Wat de rij voorstelt."""
    waarom: str
    """Eén zin uitleg."""
    als: Mapping[str, tuple[str, ...]]
    """Per vraag de antwoorden waarbij de rij geldt; een vraag die ontbreekt, telt niet mee."""


@dataclass(frozen=True, slots=True)
class Beslistabel:
    """A whole table, and whether a region adopted it."""

    __pydantic_config__ = STRIKT

    sleutel: str
    naam: str
    herkomst: str
    """Waar de tabel vandaan komt; een eigen voorbeeld zegt dat."""
    uitkomsten: tuple[str, ...]
    vragen: tuple[Tabelvraag, ...]
    rijen: tuple[Rij, ...]


@dataclass(frozen=True, slots=True)
class Vaststelling:
    """The adoption of a table by a region: without it the table stays silent."""

    __pydantic_config__ = STRIKT

    tabel: str
    door: str
    """Wie de tabel vaststelde, met functie."""
    op: date
    fictief: bool = False


@dataclass(frozen=True, slots=True)
class Tabeluitkomst:
    """What the table says: an outcome with the row that carries it, or the next question."""

    uitkomst: str
    waarom: str
    rij: int | None
    volgende: Tabelvraag | None
    nog_mogelijk: tuple[str, ...]


def _past(rij: Rij, antwoorden: Mapping[str, str]) -> bool:
    return all(antwoorden[vraag] in mag for vraag, mag in rij.als.items() if vraag in antwoorden)


def uitkomst(tabel: Beslistabel, antwoorden: Mapping[str, str]) -> Tabeluitkomst:
    """Evaluate with what is known; `antwoorden` may miss questions or say `onbekend`.

    All remaining rows agree: that outcome. Otherwise the first question, in the table's order, on which the remaining
    rows differ is asked next."""
    bekend = {k: v for k, v in antwoorden.items() if v != "onbekend"}
    over = [(n, rij) for n, rij in enumerate(tabel.rijen, 1) if _past(rij, bekend)]
    mogelijk = tuple(dict.fromkeys(rij.uitkomst for _, rij in over))
    if len(mogelijk) == 1:
        n, rij = over[0]
        return Tabeluitkomst(rij.uitkomst, rij.waarom, n if len(over) == 1 else None, None, mogelijk)
    for vraag in tabel.vragen:
        if vraag.sleutel in bekend:
            continue
        per_antwoord = {
            tuple(n for n, rij in over if antwoord in rij.als.get(vraag.sleutel, vraag.antwoorden))
            for antwoord in vraag.antwoorden
        }
        if len(per_antwoord) > 1:
            return Tabeluitkomst("", "", None, vraag, mogelijk)
    return Tabeluitkomst("", "", None, None, mogelijk)


def fouten(tabel: Beslistabel) -> list[tuple[str, str, str]]:
    """Every gap, overlap and dead row, found by trying all combinations of answers: (where, found, expected)."""
    uit: list[tuple[str, str, str]] = []
    bekend = {v.sleutel: v.antwoorden for v in tabel.vragen}
    for n, rij in enumerate(tabel.rijen, 1):
        if rij.uitkomst not in tabel.uitkomsten:
            uit.append((f"rijen.{n}.uitkomst", rij.uitkomst, f"één van {', '.join(tabel.uitkomsten)}"))
        for vraag, mag in rij.als.items():
            if vraag not in bekend:
                uit.append((f"rijen.{n}.als", vraag, f"een vraag uit deze tabel: {', '.join(bekend)}"))
            elif vreemd := [a for a in mag if a not in bekend[vraag]]:
                uit.append(
                    (
                        f"rijen.{n}.als.{vraag}",
                        ", ".join(vreemd),
                        f"antwoorden uit: {', '.join(bekend[vraag])}",
                    )
                )
    if uit:
        return uit
    gebruikt: set[int] = set()
    gaten: list[dict[str, str]] = []
    overlap: set[tuple[int, int]] = set()
    _zoek(tabel.vragen, 0, list(enumerate(tabel.rijen, 1)), {}, gebruikt, gaten, overlap)
    if gaten:
        gat = ", ".join(f"{k}={v}" for k, v in gaten[0].items()) or "elk antwoord"
        uit.append(("rijen", f"een gat: geen rij voor {gat}", "een rij voor elke combinatie van antwoorden"))
    uit += [(f"rijen.{b}", f"overlapt met rij {a}", "rijen die elkaar uitsluiten") for a, b in sorted(overlap)]
    uit += [
        (f"rijen.{n}", "een dode rij: geen combinatie komt hier", "een rij die ergens geldt")
        for n in range(1, len(tabel.rijen) + 1)
        if n not in gebruikt
    ]
    return uit


def _zoek(
    vragen: tuple[Tabelvraag, ...],
    diepte: int,
    over: list[tuple[int, Rij]],
    pad: dict[str, str],
    gebruikt: set[int],
    gaten: list[dict[str, str]],
    overlap: set[tuple[int, int]],
) -> None:
    """Walk all combinations of answers, question by question; answers that leave the same rows are walked once."""
    if not over:
        gaten.append(pad)
        return
    while diepte < len(vragen) and not any(vragen[diepte].sleutel in rij.als for _, rij in over):
        diepte += 1
    if diepte == len(vragen):
        nummers = [n for n, _ in over]
        gebruikt.update(nummers)
        overlap.update((a, b) for a in nummers for b in nummers if a < b)
        return
    vraag = vragen[diepte]
    gedaan: set[tuple[int, ...]] = set()
    for antwoord in vraag.antwoorden:
        verder = [(n, rij) for n, rij in over if antwoord in rij.als.get(vraag.sleutel, vraag.antwoorden)]
        groep = tuple(n for n, _ in verder)
        if groep not in gedaan:
            gedaan.add(groep)
            _zoek(vragen, diepte + 1, verder, {**pad, vraag.sleutel: antwoord}, gebruikt, gaten, overlap)
