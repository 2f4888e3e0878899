# SPDX-License-Identifier: EUPL-1.2
"""What carries each of the 519 rules: computed with a scenario, a data field, a screen to come, an open question, or not
for software. Counted from the policies, the scenarios and `bronnen/dekking/*.toml`; nothing is counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tomli

from vangnet.policy.bronnen import WORTEL, Regel
from vangnet.policy.register import Register, alle_regels

from .run_scenarios import find_scenarios

REKENREGEL, ZONDER_SCENARIO, GEGEVEN, PAGINA, SCHERM, OPEN_VRAAG, GEEN_SOFTWARE, NIETS = (
    "rekenregel", "zonder scenario", "gegeven", "pagina", "scherm", "open vraag", "geen software", "niets",
)  # fmt: skip
DRAGERS = (REKENREGEL, ZONDER_SCENARIO, GEGEVEN, PAGINA, SCHERM, OPEN_VRAAG, GEEN_SOFTWARE, NIETS)
REKENBAAR = frozenset({"deadline", "routing", "eligibility", "ordering", "participant", "decision", "finance"})
"""Kinds that software can evaluate; of these every rule has a scenario or a reason why not."""
NAAST_HET_REKENEN = ("overig", "checklist", "regio")
"""Parts of a policy that carry a rule without computing with it."""


@dataclass(frozen=True, slots=True)
class Dekking:
    """What carries one rule, and where to look."""

    regel: Regel
    drager: str
    waar: str


def coverage(reg: Register, regios: Path = WORTEL / "regios", bronnen: Path = WORTEL / "bronnen") -> list[Dekking]:
    """For every rule what carries it, in the order of the catalogue."""
    rekent, gegeven = _uit_afspraken(reg)
    scenarios = _uit_scenarios(find_scenarios(regios))
    for o in reg.bronnen.checklist["onderdeel"]:
        for soort in ("keuze", "aandachtspunt"):
            for ding in o.get(soort, ()):
                for id_ in ding["regels"]:
                    gegeven.setdefault(id_, f"checklist {o['nummer']}")
    for id_ in (*reg.bronnen.checklist["volgorde"]["regels"], *reg.bronnen.checklist["volledigheid"]["regels"]):
        gegeven.setdefault(id_, "checklist")
    gezegd = _uit_bestanden(bronnen / "dekking")
    uit = []
    for regel in reg.bronnen.regels.values():
        if regel.id in scenarios:
            uit.append(Dekking(regel, REKENREGEL, scenarios[regel.id]))
        elif regel.id in gezegd:
            uit.append(Dekking(regel, *gezegd[regel.id]))
        elif regel.id in rekent:
            uit.append(Dekking(regel, ZONDER_SCENARIO if regel.soort in REKENBAAR else GEGEVEN, rekent[regel.id]))
        elif regel.id in gegeven:
            uit.append(Dekking(regel, GEGEVEN, gegeven[regel.id]))
        elif regel.soort == "open question":
            uit.append(Dekking(regel, OPEN_VRAAG, ", ".join(regel.vragen) or "bronnen/open_vragen.toml"))
        else:
            uit.append(Dekking(regel, NIETS, ""))
    return uit


def _uit_afspraken(reg: Register) -> tuple[dict[str, str], dict[str, str]]:
    rekent: dict[str, str] = {}
    gegeven: dict[str, str] = {}
    for regio, versies in reg.versies.items():
        for a in versies:
            for waar, _, ids in alle_regels(a):
                doel = gegeven if waar.partition(".")[0] in NAAST_HET_REKENEN else rekent
                for id_ in ids:
                    doel.setdefault(id_, f"{regio}: {waar.removesuffix('.regels')}")
    return rekent, gegeven


def _uit_scenarios(bestanden: Iterable[Path]) -> dict[str, str]:
    uit: dict[str, str] = {}
    for pad in bestanden:
        for s in tomli.loads(pad.read_text(encoding="utf-8")).get("scenario", ()):
            for id_ in s.get("regels", ()):
                uit.setdefault(id_, f"{pad.parent.parent.name}/scenarios/{pad.name}: {s.get('naam', '')}")
    return uit


def _uit_bestanden(map_: Path) -> dict[str, tuple[str, str]]:
    uit: dict[str, tuple[str, str]] = {}
    for pad in sorted(map_.glob("*.toml")):
        for id_, d in tomli.loads(pad.read_text(encoding="utf-8")).items():
            uit[id_] = (d["drager"].replace("_", " "), d["reden"])
    return uit


def counts(dekking: list[Dekking]) -> dict[str, Counter[str]]:
    """Per kind how many rules each carrier carries."""
    uit: dict[str, Counter[str]] = {}
    for d in dekking:
        uit.setdefault(d.regel.soort, Counter())[d.drager] += 1
    return dict(sorted(uit.items()))


SOORTEN = {
    "KPI": "KPI",
    "choice": "keuze",
    "deadline": "termijn",
    "decision": "besluit",
    "document": "document",
    "eligibility": "voorwaarde",
    "finance": "geld",
    "message": "bericht",
    "open question": "open punt",
    "ordering": "volgorde",
    "participant": "deelnemer",
    "principle": "uitgangspunt",
    "responsibility": "verantwoordelijkheid",
    "routing": "weg",
}
"""The kinds of the catalogue in Dutch."""


def as_table(dekking: list[Dekking]) -> str:
    """The counts as a Markdown table, with totals."""
    telling = counts(dekking)
    dragers = [d for d in DRAGERS if any(t[d] for t in telling.values())]
    kop = "| soort | regels | " + " | ".join(dragers) + " |"
    lijnen = [kop, "|---|--:|" + "--:|" * len(dragers)]
    for soort, t in telling.items():
        lijnen.append(
            f"| {SOORTEN[soort]} | {sum(t.values())} | " + " | ".join(str(t[d] or "") for d in dragers) + " |"
        )
    totaal: Counter[str] = sum(telling.values(), Counter())
    lijnen.append(
        f"| **samen** | **{sum(totaal.values())}** | " + " | ".join(f"**{totaal[d]}**" for d in dragers) + " |"
    )
    return "\n".join(lijnen)
