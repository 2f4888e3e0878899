# SPDX-License-Identifier: EUPL-1.2
"""What the pages of the regions show: agreements in plain words, grouped in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from vangnet.policy.register import Register
from vangnet.process.show_policy import (
    ONDERDELEN,
    Regelregel,
    checklist_positions,
    policy_difference,
    policy_lines,
)
from vangnet.rules.afspraken import Afspraken
from vangnet.web import domein
from vangnet.web.bronnen import index

ABSENT = ("niet in de bron", "niet gekozen")
"""Positions on the checklist that are no choice."""


def all_regions(registered: Register) -> list[dict[str, Any]]:
    """One card for each region."""
    result = []
    for agreements in registered.regios():
        lines = policy_lines(agreements)
        result.append({
            "regio": agreements.regio,
            "gemeenten": [one["naam"] for one in domein.municipalities(agreements)],
            "aantal": len(lines),
            "keuzes": len(agreements.keuzes),
            "delen": [_(ONDERDELEN[part]) for part, _lines in groupby(lines, key=lambda line: line.onderdeel)],
        })  # fmt: skip
    return result


def region(agreements: Afspraken, versions: Sequence[Afspraken], registered: Register) -> dict[str, Any]:
    """Everything on the page of one region."""
    sources = registered.bronnen
    return {
        "regio": agreements.regio,
        "versies": [one.regio for one in versions] if len(versions) > 1 else [],
        "bron": sources.teksten.get(agreements.regio.bron),
        "gemeenten": domein.municipalities(agreements),
        "delen": _parts(policy_lines(agreements)),
        "checklist": [
            {
                "nummer": number,
                "titel": title,
                "stand": words,
                "toelichting": remark,
                "regels": rules,
                "leeg": words in ABSENT,
            }
            for number, title, words, remark, rules in checklist_positions(agreements, sources)
        ],
        "keuzes": _choices(agreements, registered),
        "sluiting": [one for one in agreements.sluitingslijsten],
        "anderen": [one.regio for one in registered.regios() if one.regio.sleutel != agreements.regio.sleutel],
    }


def difference(left: Afspraken, right: Afspraken) -> dict[str, Any]:
    """The rows in which two regions differ, by part."""
    rows = policy_difference(left, right)
    parts = [
        {"titel": _(ONDERDELEN[part]), "rijen": list(group)}
        for part, group in groupby(rows, key=lambda row: row.onderdeel)
    ]
    return {"links": left.regio, "rechts": right.regio, "delen": parts, "aantal": len(rows)}


def _parts(lines: Iterable[Regelregel]) -> list[dict[str, Any]]:
    """Agreements by part; values that stand in the same rules share one row, under what those rules say."""
    result = []
    for part, group in groupby(lines, key=lambda line: line.onderdeel):
        rows: dict[tuple[str, ...], dict[str, Any]] = {}
        for line in group:
            row = rows.setdefault(
                line.regels, {"regels": line.regels, "zinnen": index.short(list(line.regels)), "waarden": []}
            )
            row["waarden"].append({"wat": line.wat, "waarde": line.waarde, "strekking": line.strekking})
        for row in rows.values():
            row["strekkingen"] = list(
                dict.fromkeys(value["strekking"] for value in row["waarden"] if value["strekking"])
            )
        result.append({"sleutel": part, "titel": _(ONDERDELEN[part]), "rijen": list(rows.values())})
    return result


def _choices(agreements: Afspraken, registered: Register) -> list[dict[str, Any]]:
    """The readings that the region chose, each with its question."""
    result = []
    for name, choice in sorted(agreements.keuzes.items()):
        number, _slash, part_key = name.partition("/")
        question = registered.bronnen.open_vragen.get(number, {})
        part = next((one for one in question.get("deel", ()) if one["sleutel"] == part_key), {})
        reading = next(
            (one["tekst"] for one in part.get("lezing", ()) if one["sleutel"] == choice.lezing), choice.lezing
        )
        asked = part.get("vraag") or question.get("vraag") or name
        result.append(
            {"id": name, "vraag": asked, "lezing": reading, "keuze": choice, "regels": part.get("regels", ())}
        )
    return result
