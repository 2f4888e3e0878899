# SPDX-License-Identifier: EUPL-1.2
"""A region's agreements in plain words, and what differs between two regions or two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from typing import Any

from vangnet.policy.bronnen import Bronnen
from vangnet.policy.register import NIET_GEKOZEN, NIET_IN_DE_BRON
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.bron import Afspraak, Duur

ONDERDELEN = {
    "kantoortijd": "Kantoortijd",
    "feestdagen": "Feestdagen",
    "sluitingsdagen": "Sluitingsdagen",
    "doelgroep": "Voor wie",
    "melding": "Melding",
    "triage": "Triage",
    "huisbezoek": "Huisbezoek en inschatting",
    "traject": "Trajecten",
    "zorg": "Vormen van hulp",
    "rto": "Rond-de-tafeloverleg (RTO)",
    "regie": "Regie",
    "vervolg": "Vervolg",
    "geld": "Geld",
    "segment": "Segment 1",
}
"""The parts of a policy, in the order of the work."""


@dataclass(frozen=True, slots=True)
class Regelregel:
    """One agreed value in words: where it stands, what it says, how firmly, and its source."""

    onderdeel: str
    wat: str
    waarde: str
    strekking: str
    regels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verschilregel:
    """One difference between two policies; an empty side is silent on it."""

    onderdeel: str
    wat: str
    links: Regelregel | None
    rechts: Regelregel | None


def policy_lines(a: Afspraken) -> list[Regelregel]:
    """Every agreed value of a policy, in the order of the work."""
    uit: list[Regelregel] = []
    for onderdeel in ONDERDELEN:
        ding = getattr(a, onderdeel)
        if ding is not None:
            uit += _regels(onderdeel, "", ding)
    return uit


def policy_difference(links: Afspraken, rechts: Afspraken) -> list[Verschilregel]:
    """What differs: values, force, or one side silent. Rule ids alone are no difference."""
    l_ = {(r.onderdeel, r.wat): r for r in policy_lines(links)}
    r_ = {(r.onderdeel, r.wat): r for r in policy_lines(rechts)}
    uit = []
    for sleutel in dict.fromkeys([*l_, *r_]):
        een, twee = l_.get(sleutel), r_.get(sleutel)
        if een and twee and (een.waarde, een.strekking) == (twee.waarde, twee.strekking):
            continue
        uit.append(Verschilregel(sleutel[0], sleutel[1], een, twee))
    volgorde = list(ONDERDELEN)
    return sorted(uit, key=lambda v: volgorde.index(v.onderdeel))


def checklist_positions(a: Afspraken, bronnen: Bronnen) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Per section of the national checklist: number, title, the position in words, remark, rule ids."""
    uit = []
    for o in bronnen.checklist["onderdeel"]:
        positie = a.checklist.get(o["nummer"])
        if positie is None or positie.keuze == NIET_IN_DE_BRON:
            woorden = "niet in de bron"
        elif positie.keuze == NIET_GEKOZEN:
            woorden = "niet gekozen"
        else:
            woorden = next((k["tekst"] for k in o.get("keuze", ()) if k["sleutel"] == positie.keuze), positie.keuze)
        uit.append(
            (
                o["nummer"],
                o["titel"],
                woorden,
                positie.toelichting if positie else "",
                positie.regels if positie else (),
            )
        )
    return uit


def _regels(onderdeel: str, wat: str, ding: Any) -> Iterator[Regelregel]:
    if isinstance(ding, Afspraak):
        yield Regelregel(onderdeel, wat, _woorden(ding.waarde), ding.strekking, ding.regels)
        return
    if is_dataclass(ding) and not isinstance(ding, type):
        namen = {f.name for f in fields(ding)}
        eigen = [
            f.name
            for f in fields(ding)
            if f.name not in ("regels", "strekking", "naam", "vorm", "nummer") and _los(getattr(ding, f.name))
        ]
        if "regels" in namen and ding.regels:
            waarde = "; ".join(
                f"{_label(n)}: {_woorden(getattr(ding, n))}" for n in eigen if not _is_regels(getattr(ding, n))
            )
            yield Regelregel(onderdeel, wat or _label(onderdeel), waarde, getattr(ding, "strekking", ""), ding.regels)
        for f in fields(ding):
            waarde_ = getattr(ding, f.name)
            if waarde_ is None or f.name in ("regels", "strekking"):
                continue
            if isinstance(waarde_, Afspraak) or (is_dataclass(waarde_) and not isinstance(waarde_, Duur)):
                yield from _regels(onderdeel, _pad(wat, _label(f.name)), waarde_)
            elif _is_regels(waarde_) and f.name not in ("melders",):
                yield Regelregel(onderdeel, _pad(wat, _label(f.name)), "staat in de bron", "", waarde_)
            elif isinstance(waarde_, (tuple, Mapping)) and not _los(waarde_):
                yield from _reeks(onderdeel, _pad(wat, _label(f.name)), waarde_)
    elif isinstance(ding, (tuple, Mapping)):
        yield from _reeks(onderdeel, wat, ding)


def _reeks(onderdeel: str, wat: str, reeks: Any) -> Iterator[Regelregel]:
    delen = reeks.items() if isinstance(reeks, Mapping) else enumerate(reeks, 1)
    for sleutel, deel in delen:
        naam = getattr(deel, "naam", "") or getattr(deel, "vorm", "") or str(getattr(deel, "sector", "") or sleutel)
        yield from _regels(onderdeel, _pad(wat, _label(naam)), deel)


def _los(waarde: Any) -> bool:
    """A value that fits in a few words."""
    if waarde is None or waarde == "" or waarde == () or waarde is False:
        return False
    if isinstance(waarde, (str, int, float, date, time, Duur)):
        return True
    return isinstance(waarde, tuple) and all(isinstance(x, (str, int, date)) for x in waarde)


def _is_regels(waarde: Any) -> bool:
    return (
        isinstance(waarde, tuple)
        and bool(waarde)
        and all(isinstance(x, str) and x.partition("-")[0].isupper() and x.rpartition("-")[2].isdigit() for x in waarde)
    )


def _pad(voor: str, naam: str) -> str:
    return f"{voor} › {naam}" if voor else naam


def _label(naam: str) -> str:
    return naam.replace("_", " ")


def _woorden(waarde: Any) -> str:
    if isinstance(waarde, Duur):
        return waarde.in_woorden
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, time):
        return f"{waarde:%H:%M}"
    if isinstance(waarde, tuple):
        return ", ".join(_woorden(w) for w in waarde)
    return str(waarde).replace("_", " ")
