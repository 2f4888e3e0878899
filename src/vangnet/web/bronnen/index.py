# SPDX-License-Identifier: EUPL-1.2
"""What the pages about sources show, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.policy import bronnen
from vangnet.policy.register import Register
from vangnet.process.run_scenarios import find_scenarios
from vangnet.process.show_policy import ONDERDELEN, policy_lines
from vangnet.web import domein
from vangnet.web.templatetags.vangnet import language

SOORTEN = {
    "principle": N_("uitgangspunt"), "responsibility": N_("verantwoordelijkheid"), "deadline": N_("termijn"),
    "eligibility": N_("voorwaarde"), "choice": N_("keuze"), "document": N_("document"), "participant": N_("deelname"),
    "routing": N_("weg"), "finance": N_("geld"), "decision": N_("besluit"), "open question": N_("open vraag"),
    "message": N_("bericht"), "KPI": N_("KPI"), "ordering": N_("volgorde"),
}  # fmt: skip


def _text(regel: bronnen.Regel) -> str:
    return regel.en if language() == "en" else regel.nl


def _kind(regel: bronnen.Regel) -> str:
    known = SOORTEN.get(regel.soort)
    return _(known) if known else regel.soort


def _source(index: bronnen.Bronnen, key: str) -> dict[str, Any]:
    text = index.teksten[key]
    return {"sleutel": key, "titel": text["titel"], "versie": text.get("versie", ""), "wat": text.get("wat", "")}


def sources() -> list[dict[str, Any]]:
    """The texts, each with the number of rules in it."""
    index = bronnen.lees_bronnen()
    number: dict[str, int] = {}
    for regel in index.regels.values():
        number[regel.bron] = number.get(regel.bron, 0) + 1
    return [{**_source(index, key), "aantal": number.get(key, 0)} for key in index.teksten]


def sections(source: str, words: str) -> list[dict[str, Any]]:
    """The rules of one source (or of all) that hold every word, under the headings of the text, in its order."""
    index = bronnen.lees_bronnen()
    wanted = words.lower().split()
    result: dict[tuple[str, str], dict[str, Any]] = {}
    for regel in index.regels.values():
        haystack = f"{regel.id} {_text(regel)} {regel.sectie}".lower()
        if (source and regel.bron != source) or not all(word in haystack for word in wanted):
            continue
        title = "" if source else index.teksten[regel.bron]["titel"]
        section = result.setdefault((regel.bron, regel.sectie), {"titel": regel.sectie, "bron": title, "regels": []})
        section["regels"].append({"id": regel.id, "tekst": _text(regel), "soort": _kind(regel)})
    return list(result.values())


def short(rules: list[str]) -> list[dict[str, str]]:
    """One line for each rule, for the list of sources under an answer."""
    index = bronnen.lees_bronnen().regels
    return [{"id": name, "tekst": _text(index[name]), "sectie": index[name].sectie} for name in rules if name in index]


def rule(number: str) -> dict[str, Any] | None:
    """Everything that the drawer shows of one rule; None when there is no such rule."""
    index = bronnen.lees_bronnen()
    regel = index.regels.get(number)
    if regel is None:
        return None
    names = list(index.regels)
    place = names.index(number)
    return {
        "id": regel.id,
        "tekst": _text(regel),
        "soort": _kind(regel),
        "sectie": regel.sectie,
        "van": regel.regels[0],
        "tot": regel.regels[1],
        "stilte": regel.stilte,
        "bron": _source(index, regel.bron),
        "vragen": [_question(index, name, number) for name in regel.vragen if name in index.open_vragen],
        "vorige": names[place - 1] if place else "",
        "volgende": names[place + 1] if place + 1 < len(names) else "",
        **usage(number),
    }


def usage(number: str) -> dict[str, Any]:
    """Where a rule is used: the agreements of regions (with the forces they give it) and the scenarios that try it."""
    found = _agreements(domein.registry()).get(number, [])
    places = [
        {
            "naam": name, "waar": ", ".join(_(ONDERDELEN[part]) for part in parts),
            "adres": f"{reverse('regio', args=[key])}#{parts[0]}",
        }
        for key, name, parts, _forces in found
    ]  # fmt: skip
    forces = dict.fromkeys(force for *_rest, found_forces in found for force in found_forces)
    return {"gebruik": places, "strekkingen": list(forces), "scenarios": _scenarios().get(number, [])}


Usage = tuple[str, str, list[str], list[str]]
"""Key and name of a region, the parts of its agreements that cite the rule, and the forces it has there."""


@lru_cache(maxsize=4)
def _agreements(registered: Register) -> Mapping[str, list[Usage]]:
    """Per rule the regions that cite it; worked out once for a register."""
    result: dict[str, list[Usage]] = {}
    for agreements in registered.regios():
        region = agreements.regio
        cited: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for line in policy_lines(agreements):
            for rule_id in line.regels:
                parts, forces = cited.setdefault(rule_id, ({}, {}))
                parts[line.onderdeel] = None
                if line.strekking:
                    forces[line.strekking] = None
        for rule_id, (parts, forces) in cited.items():
            result.setdefault(rule_id, []).append((region.sleutel, region.naam, list(parts), list(forces)))
    return result


@lru_cache(maxsize=1)
def _scenarios() -> Mapping[str, list[str]]:
    """Per rule the names of the acceptance scenarios that must cite it."""
    result: dict[str, list[str]] = {}
    for path in find_scenarios(settings.VANGNET_REGIOS):
        for scenario in bronnen.lees_toml(path).get("scenario", []):
            for rule_id in scenario.get("regels", []):
                result.setdefault(rule_id, []).append(str(scenario.get("naam", "")))
    return result


def _question(index: bronnen.Bronnen, name: str, number: str) -> dict[str, Any]:
    """An open question with the parts that concern this rule (all parts when none names it)."""
    question = index.open_vragen[name]
    parts = question.get("deel", [])
    own = [part for part in parts if number in part.get("regels", ())] or parts
    return {
        "id": name, "vraag": question["vraag"], "uitleg": question.get("uitleg", ""),
        "delen": [{"vraag": part["vraag"], "lezingen": part.get("lezing", [])} for part in own],
    }  # fmt: skip
