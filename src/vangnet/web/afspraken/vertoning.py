# SPDX-License-Identifier: EUPL-1.2
"""From an answer (the dictionary of the domain, texts already in the reader's language) to what the page shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from vangnet.web.afspraken import tijdlijn


class Deel(NamedTuple):
    """A part of the answer: which parts of the advice it takes, its title and its symbol."""

    onderdelen: tuple[str, ...]
    titel: str
    icoon: str


DELEN: tuple[Deel, ...] = (
    Deel(("huisbezoek",), N_("Wie gaat mee?"), "mensen"),
    Deel(("inzet",), N_("Hulp"), "huis"),
    Deel(("rto", "regie"), N_("RTO en regie"), "kalender"),
    Deel(("melding", "triage", "traject"), N_("Melding en triage"), "bel"),
    Deel(("vervolg",), N_("Na de crisis"), "pijl"),
    Deel(("geld", "segment", "kpi"), N_("Geld"), "munt"),
    Deel(("toegang", "sluitingsdagen"), N_("Voor wie, en wanneer"), "klok"),
)
OVERIG = N_("Verder")

LATER = (
    "rto.zo_nodig", "rto.op_afstand", "rto.doel", "rto.agenda", "rto.gezinsplan", "rto.advies_door", "rto.verslag",
    "rto.verantwoordelijk", "regie.procesregisseur", "melding.ingang.", "geld.facturen", "geld.verdeelsleutel",
    "inzet.combinatie", "toegang.gemeente",
)  # fmt: skip
"""Points (or their beginnings) that unfold: true and sourced, but not what one looks for at night."""
DOUBLE = ("huisbezoek.mee",)
"""Points that the headline and the other lines already say."""
CHOSEN = re.compile(r"inzet\.\d+\.")
"""Points about a form of help that was chosen; they go before what could be chosen."""
TRIED = "deze vraag"
"""Who chose a reading that only this address asks for."""
PLAIN = "zonder voorbehoud"
"""The force of nearly every line; shown where a term runs, left out elsewhere."""

YES = {
    "ja",
    "gaat_mee",
    "mag",
    "moet",
    "kan",
    "eerst",
    "in_orde",
    "past",
    "voldoet",
    "binnen",
    "gedaan",
    "aangesloten",
    True,
}
NO = {
    "nee", "gaat_niet_mee", "mag_niet", "niet", "past_niet", "nog_niet", "niet_bevoegd", "niet_in_deze_regio",
    "voldoet_niet", "niet_aangesloten", False,
}  # fmt: skip


def symbol(waarde: Any, onderdeel: str, open_vraag: str) -> tuple[str, str]:
    """Symbol and class of one line. The words of the line say the same; the symbol only helps the eye."""
    if open_vraag:
        return "vraag", "is-open"
    if isinstance(waarde, (bool, str)) and waarde in YES:
        return "ja", "is-wel"
    if isinstance(waarde, (bool, str)) and waarde in NO:
        return "nee", "is-niet"
    for part in DELEN:
        if onderdeel in part.onderdelen:
            return part.icoon, ""
    return "info", ""


def groups(answer: Mapping[str, Any], numbers: Mapping[str, int], chosen: Collection[str] = ()) -> list[dict[str, Any]]:
    """The statements in groups, in the order in which a worker needs them; an unknown part comes last, never lost."""
    placed: dict[str, list[dict[str, Any]]] = {part.titel: [] for part in DELEN}
    placed[OVERIG] = []
    title_of = {name: part.titel for part in DELEN for name in part.onderdelen}
    for key, statement in answer.get("uitspraken", {}).items():
        if key in DOUBLE:
            continue
        part = statement.get("onderdeel") or key.partition(".")[0]
        settled = statement.get("open_vraag", "") in chosen
        icon, look = symbol(statement.get("waarde"), part, "" if settled else statement.get("open_vraag", ""))
        placed[title_of.get(part, OVERIG)].append({
            **statement, "sleutel": key, "icoon": icon, "klasse": look,
            "nummer": numbers.get(statement.get("open_vraag", ""), 0), "later": key.startswith(LATER), "gekozen": settled,
            "strekking": "" if statement.get("strekking") == PLAIN else statement.get("strekking", ""),
        })  # fmt: skip
    return [_group(title, points) for title, points in placed.items() if points]


def _group(title: str, points: list[dict[str, Any]]) -> dict[str, Any]:
    """One part: what one looks for first, the rest folded away; a part with only such points shows them."""
    points = sorted(points, key=lambda point: not CHOSEN.match(point["sleutel"]))
    first = [point for point in points if not point["later"]] or points
    rest = [point for point in points if point["later"]] if len(first) < len(points) else []
    return {"titel": gettext(title), "punten": first, "meer": rest}


def open_questions(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The open questions, numbered, each reading marked as the one to act on or not."""
    result = []
    for number, question in enumerate(answer.get("open_vragen", ()), start=1):
        first = question.get("eerst", "")
        chosen = question.get("keuze")
        readings = [{**reading, "geldig": reading["sleutel"] == first} for reading in question.get("lezingen", ())]
        readings.sort(key=lambda reading: not reading["geldig"])
        tried = bool(chosen) and chosen["gekozen_door"] == TRIED
        result.append({**question, "nummer": number, "lezingen": readings, "keuze": chosen, "probeert": tried})
    return result


def rules_of(answer: Mapping[str, Any]) -> list[str]:
    """Every rule id that the answer leans on, each once, in order of number."""
    found: dict[str, None] = {}
    for part in ("uitspraken", "termijnen"):
        for item in answer.get(part, {}).values():
            found.update(dict.fromkeys(item.get("regels", ())))
    for question in answer.get("open_vragen", ()):
        found.update(dict.fromkeys(question.get("regels", ())))
    return sorted(found, key=rule_order)


def rule_order(rule: str) -> tuple[str, int, str]:
    """Sorts the ninth rule of a source before its tenth."""
    head, _dash, tail = rule.partition("-")
    digits = "".join(sign for sign in tail if sign.isdigit())
    return head, int(digits or 0), tail


def present(answer: Mapping[str, Any]) -> dict[str, Any]:
    """All that the template of one answer needs."""
    questions = open_questions(answer)
    numbers = {question["id"]: question["nummer"] for question in questions}
    chosen = {question["id"] for question in questions if question["keuze"]}
    return {
        "antwoord": answer,
        "groepen": groups(answer, numbers, chosen),
        "tijdlijn": tijdlijn.build(answer, numbers, chosen),
        "open_vragen": questions,
        "regels": rules_of(answer),
    }
