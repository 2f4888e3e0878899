# SPDX-License-Identifier: EUPL-1.2
"""Where a casus stands: worked out from what has happened, by one table of transitions. Nobody sets it.

Help, lead and the way out run side by side; the stand is the furthest step of the main way whose condition is met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from vangnet.rules.tekst import T


@dataclass(frozen=True, slots=True)
class Verloop:
    """What has happened in a casus, as far as its stand follows from it."""

    melding_af: bool = False
    triage: str = ""
    """`triage.uitkomst`, else empty."""
    vertrokken: bool = False
    aangekomen: bool = False
    crisis: bool | None = None
    hulp_loopt: bool = False
    hulp_gekozen: bool = False
    hulp_wacht: bool = False
    """Help was chosen that has not begun."""
    hulp_geweest: bool = False
    overleg_gehouden: bool = False
    """The round-table meeting was held, or the lead has passed as the region agreed."""
    vervolg_bepaald: bool = False
    opgepakt: bool = False
    """Another organisation took up what could wait until tomorrow."""
    gesloten: bool = False


class Overgang(NamedTuple):
    """One arrow: from which stand, to which, on what, and the rules it comes from (empty: ours)."""

    van: str
    naar: str
    als: Callable[[Verloop], bool]
    regels: tuple[str, ...]


STANDEN: dict[str, str] = {
    "melding": T("Melding loopt"),
    "triage": T("Triage"),
    "morgen": T("Acute hulp, wacht tot morgen"),
    "inschatting": T("Vertrek naar het gezin"),
    "onderweg": T("Onderweg naar het gezin"),
    "ter_plaatse": T("Bij het gezin"),
    "geen_crisis": T("Geen crisis: afronden"),
    "hulp_kiezen": T("Crisis: hulp kiezen"),
    "hulp_starten": T("Hulp gekozen, nog niet begonnen"),
    "hulp": T("Hulp loopt"),
    "vervolg": T("Vervolg regelen"),
    "afronden": T("Afronden"),
    "gesloten": T("Gesloten"),
}

TABEL: tuple[Overgang, ...] = (
    Overgang("melding", "triage", lambda v: v.melding_af, ("ZL-52", "ICJ-17")),
    Overgang("triage", "morgen", lambda v: v.triage == "acute_hulp", ("ICJ-14", "ZL-53")),
    Overgang("triage", "geen_crisis", lambda v: v.triage in ("geen_crisis", "consult"), ("ZL-53", "ICJ-16")),
    Overgang("triage", "inschatting", lambda v: v.triage == "crisis", ("ZL-12", "ICJ-18")),
    Overgang("morgen", "inschatting", lambda v: v.vertrokken or v.aangekomen or v.crisis is not None, ("ICJ-14",)),
    Overgang("inschatting", "onderweg", lambda v: v.vertrokken, ("ICJ-21",)),
    Overgang("inschatting", "ter_plaatse", lambda v: v.aangekomen, ("ICJ-21", "ZL-48")),
    Overgang("onderweg", "ter_plaatse", lambda v: v.aangekomen, ("ICJ-21", "ZL-48")),
    Overgang("inschatting", "hulp_kiezen", lambda v: v.crisis is True, ("ZL-12", "ICJ-22")),
    Overgang("inschatting", "geen_crisis", lambda v: v.crisis is False, ("ZL-53", "ICJ-22")),
    Overgang("onderweg", "hulp_kiezen", lambda v: v.crisis is True, ("ZL-12", "ICJ-22")),
    Overgang("onderweg", "geen_crisis", lambda v: v.crisis is False, ("ZL-53", "ICJ-22")),
    Overgang("ter_plaatse", "hulp_kiezen", lambda v: v.crisis is True, ("ZL-12", "ICJ-22")),
    Overgang("ter_plaatse", "geen_crisis", lambda v: v.crisis is False, ("ZL-53", "ICJ-22")),
    Overgang("morgen", "afronden", lambda v: v.opgepakt, ("ICJ-14",)),
    Overgang("inschatting", "hulp_starten", lambda v: v.hulp_gekozen and v.crisis is None, ("FRL-12",)),
    Overgang("onderweg", "hulp_starten", lambda v: v.hulp_gekozen and v.crisis is None, ("FRL-17",)),
    Overgang("ter_plaatse", "hulp_starten", lambda v: v.hulp_gekozen and v.crisis is None, ("FRL-17",)),
    Overgang("inschatting", "vervolg", lambda v: v.overleg_gehouden and v.crisis is None, ("ZOB-22",)),
    Overgang("hulp_kiezen", "hulp_starten", lambda v: v.hulp_gekozen, ("ZL-12",)),
    Overgang("hulp_kiezen", "vervolg", lambda v: v.overleg_gehouden or v.vervolg_bepaald, ("ZL-79", "ZL-92")),
    Overgang("hulp_starten", "hulp", lambda v: v.hulp_loopt or v.hulp_geweest, ("ZL-12", "ZL-13")),
    Overgang("hulp_starten", "vervolg", lambda v: v.overleg_gehouden, ("ZL-79",)),
    Overgang("hulp", "vervolg", lambda v: v.overleg_gehouden or v.vervolg_bepaald, ("ZL-79", "ZL-99")),
    Overgang("hulp", "vervolg", lambda v: not v.hulp_loopt and not v.hulp_wacht, ("ZL-93", "ZL-98")),
    Overgang(
        "vervolg",
        "afronden",
        lambda v: v.vervolg_bepaald and not v.hulp_loopt and not v.hulp_wacht,
        ("ZL-92", "ZL-93"),
    ),
)
"""Every arrow; those of a stand in the order in which they are tried."""

SPOOR: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("melding", T("melding"), frozenset({"melding", "triage"})),
    ("inschatting", T("inschatting"), frozenset({"morgen", "inschatting", "onderweg", "ter_plaatse"})),
    ("hulp", T("hulp"), frozenset({"hulp_kiezen", "hulp_starten", "hulp"})),
    ("vervolg", T("vervolg"), frozenset({"vervolg"})),
    ("afsluiting", T("afsluiting"), frozenset({"afronden", "geen_crisis", "gesloten"})),
)
"""The track that a person sees: its steps in words, and which stands belong to each."""


def stand(v: Verloop) -> str:
    """The stand that follows from what has happened: a key of `STANDEN`."""
    if v.gesloten:
        return "gesloten"
    hier = "melding"
    while volgende := next((o.naar for o in TABEL if o.van == hier and o.als(v)), None):
        hier = volgende
    return hier
