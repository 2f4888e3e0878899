# SPDX-License-Identifier: EUPL-1.2
"""Acceptance scenarios that a policy officer reads and writes beside the policy: facts, the expected part of the advice.

[[scenario]]
naam = "Melding om 16:59:59, bezoek na 17:00"
regels = ["ZL-31", "ZL-55"]             # each must be cited by the advice
vragen = ["betrokken.gi"]               # optional: fields that must be asked next
afwezig = ["huisbezoek.aankomst"]       # optional: keys that must not be there
geen_open_vragen = ["X-01/anker"]       # optional: questions that must not be raised
fouten = ["jeugdige.leeftijd"]          # optional: fields that the refusal must name
[scenario.situatie]                     # the facts; the region comes from the folder
gemeente = "Heerlen"
melding = { op = 2024-04-09T16:59:59+02:00, melder = "huisarts" }
[scenario.verwacht]                     # statement key = value
"rto.dag" = 2024-04-10
[scenario.termijnen]                    # term key = last day or moment; "" when it has none yet
[scenario.lezingen]                     # statement or term key = value per reading
[scenario.open_vragen]                  # question id = readings that must be offered
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomli

from vangnet.policy.fouten import Fout, Ongeldig
from vangnet.policy.register import Register
from vangnet.rules.advies import Advies
from vangnet.rules.tekst import Waarde

from .give_advice import give_advice, lees_situatie
from .present_advice import plat

SLEUTELS = {
    "naam", "regels", "vragen", "afwezig", "geen_open_vragen", "fouten", "situatie", "verwacht", "termijnen",
    "lezingen", "open_vragen", "toelichting", "zekerheid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verschil:
    """One difference between what a scenario expects and what the advice says."""

    waar: str
    verwacht: str
    gekregen: str


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The outcome of one scenario."""

    bestand: Path
    naam: str
    regels: tuple[str, ...]
    verschillen: tuple[Verschil, ...]

    @property
    def goed(self) -> bool:
        """True when nothing differs."""
        return not self.verschillen


def find_scenarios(map_: Path) -> list[Path]:
    """All scenario files under a folder of regions."""
    return sorted(map_.glob("*/scenarios/*.toml"))


def run_scenarios(
    bestanden: Iterable[Path], reg: Register, na_elk: Callable[[Uitslag], None] | None = None
) -> list[Uitslag]:
    """Run every scenario of every file; `na_elk` is called after each, for progress.

    Errors: `Ongeldig` with every fault of every file that is not a scenario file."""
    fouten: list[Fout] = []
    gelezen: list[tuple[Path, str, Mapping[str, Any]]] = []
    for pad in bestanden:
        gelezen += [(pad, pad.parent.parent.name, s) for s in _lees(pad, fouten)]
    if fouten:
        raise Ongeldig(fouten)
    uit = []
    for pad, regio, scenario in gelezen:
        uitslag = run_scenario(pad, regio, scenario, reg)
        uit.append(uitslag)
        if na_elk:
            na_elk(uitslag)
    return uit


def _lees(pad: Path, fouten: list[Fout]) -> list[Mapping[str, Any]]:
    try:
        ruw = tomli.loads(pad.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError, OSError) as fout:
        fouten.append(Fout("(bestand)", str(fout), "een scenariobestand in TOML", bestand=str(pad)))
        return []
    rij = ruw.get("scenario")
    if not isinstance(rij, list) or not rij:
        fouten.append(Fout("scenario", "niets", "minstens één [[scenario]]", "[[scenario]]", str(pad)))
        return []
    for n, s in enumerate(rij, 1):
        for sleutel in s.keys() - SLEUTELS:
            fouten.append(
                Fout(
                    f"scenario.{n}.{sleutel}",
                    f"de onbekende sleutel '{sleutel}'",
                    "één van " + ", ".join(sorted(SLEUTELS)),
                    bestand=str(pad),
                )
            )
        for sleutel in ("naam", "regels", "situatie"):
            if sleutel not in s:
                fouten.append(Fout(f"scenario.{n}.{sleutel}", "niets", "deze sleutel is verplicht", bestand=str(pad)))
        if not any(k in s for k in ("verwacht", "termijnen", "lezingen", "open_vragen", "vragen", "fouten")):
            fouten.append(
                Fout(
                    f"scenario.{n}",
                    "geen verwachting",
                    "verwacht, termijnen, lezingen, open_vragen, vragen of fouten",
                    bestand=str(pad),
                )
            )
    return rij


def run_scenario(pad: Path, regio: str, s: Mapping[str, Any], reg: Register) -> Uitslag:
    """Run one scenario; every difference is listed, never only the first."""
    naam, regels = str(s["naam"]), tuple(s["regels"])
    try:
        feiten = _gewoon(s["situatie"])
        advies = give_advice(lees_situatie({"regio": regio, **feiten}), reg)
    except Ongeldig as fout:
        genoemd = {f.waar for f in fout.fouten}
        if "fouten" not in s:
            return Uitslag(pad, naam, regels, tuple(Verschil(f.waar, "een advies", str(f)) for f in fout.fouten))
        mist = [Verschil(f"fouten.{w}", "genoemd", ", ".join(sorted(genoemd))) for w in s["fouten"] if w not in genoemd]
        return Uitslag(pad, naam, regels, tuple(mist))
    if "fouten" in s:
        return Uitslag(pad, naam, regels, (Verschil("fouten", ", ".join(s["fouten"]), "een advies"),))
    return Uitslag(pad, naam, regels, tuple(_verschillen(s, advies)))


def _gewoon(waarde: Any) -> Any:
    """TOML's own days and moments as text, so that facts come in by the same door as JSON."""
    if isinstance(waarde, (date, datetime)):
        return waarde.isoformat()
    if isinstance(waarde, dict):
        return {k: _gewoon(v) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [_gewoon(v) for v in waarde]
    return waarde


def _zelfde(verwacht: Any, gekregen: Waarde) -> bool:
    if isinstance(verwacht, datetime) and isinstance(gekregen, datetime):
        # Not `==`: that is never true between zones in the hour that a clock change repeats.
        return verwacht.timestamp() == gekregen.timestamp()
    if isinstance(gekregen, datetime) and isinstance(verwacht, str):
        try:
            return datetime.fromisoformat(verwacht).timestamp() == gekregen.timestamp()
        except ValueError:
            return False
    return bool(_gewoon(verwacht) == plat(gekregen))


def _verschillen(s: Mapping[str, Any], a: Advies) -> Iterable[Verschil]:
    for sleutel, verwacht in s.get("verwacht", {}).items():
        u = a.uitspraken.get(sleutel)
        if u is None:
            buren = sorted(k for k in a.uitspraken if k.partition(".")[0] == sleutel.partition(".")[0])
            yield Verschil(sleutel, _toon(verwacht), "niets; wel: " + ", ".join(buren))
        elif not _zelfde(verwacht, u.waarde):
            yield Verschil(sleutel, _toon(verwacht), _toon(u.waarde))
    for sleutel, verwacht in s.get("termijnen", {}).items():
        t = a.termijnen.get(sleutel)
        if t is None:
            yield Verschil(f"termijn {sleutel}", _toon(verwacht), "niets; wel: " + ", ".join(a.termijnen))
        elif not (verwacht == "" and t.uiterlijk is None) and not _zelfde(verwacht, t.uiterlijk):
            yield Verschil(f"termijn {sleutel}", _toon(verwacht) or "nog geen", _toon(t.uiterlijk))
    for sleutel, per_lezing in s.get("lezingen", {}).items():
        ding = a.termijnen.get(sleutel) or a.uitspraken.get(sleutel)
        gekregen = dict(ding.lezingen) if ding else {}
        for lezing, verwacht in per_lezing.items():
            if lezing not in gekregen:
                yield Verschil(f"lezing {lezing} van {sleutel}", _toon(verwacht), "niets; wel: " + ", ".join(gekregen))
            elif not _zelfde(verwacht, gekregen[lezing]):
                yield Verschil(f"lezing {lezing} van {sleutel}", _toon(verwacht), _toon(gekregen[lezing]))
    for id_, verwachte in s.get("open_vragen", {}).items():
        q = a.open_vragen.get(id_)
        if q is None:
            yield Verschil(f"open vraag {id_}", ", ".join(verwachte), "niet gesteld; wel: " + ", ".join(a.open_vragen))
        elif mist := set(verwachte) - {x.sleutel for x in q.lezingen}:
            yield Verschil(f"open vraag {id_}", ", ".join(sorted(mist)), ", ".join(x.sleutel for x in q.lezingen))
    velden = {v.veld for v in a.vragen}
    for veld in s.get("vragen", ()):
        if veld not in velden:
            yield Verschil(f"vraag {veld}", "gevraagd", "niet gevraagd; wel: " + ", ".join(velden))
    for sleutel in s.get("afwezig", ()):
        if sleutel in a.uitspraken or sleutel in a.termijnen:
            yield Verschil(
                sleutel,
                "niets",
                _toon(a.uitspraken[sleutel].waarde if sleutel in a.uitspraken else a.termijnen[sleutel].uiterlijk),
            )
    for id_ in s.get("geen_open_vragen", ()):
        if id_ in a.open_vragen:
            yield Verschil(f"open vraag {id_}", "niet gesteld", "gesteld")
    aangehaald = set(a.regels)
    for regel in s["regels"]:
        if regel not in aangehaald and regel not in {q.partition("/")[0] for q in a.open_vragen}:
            yield Verschil(f"regel {regel}", "aangehaald in het advies", "niet aangehaald")


def _toon(waarde: Any) -> str:
    if isinstance(waarde, datetime):
        return waarde.isoformat()
    plat_ = plat(waarde) if not isinstance(waarde, (list, dict)) else waarde
    return ", ".join(map(str, plat_)) if isinstance(plat_, list) else str(plat_)
