# SPDX-License-Identifier: EUPL-1.2
"""What a call leads to by the agreements and the answers so far: a proposal with its reasons and rules; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vangnet.rules.advies import Advies
from vangnet.rules.tekst import T, Waarde, in_woorden
from vangnet.rules.uitspraak import Uitspraak

from .dossier import Dossier

KOPPEN: Mapping[str, str] = {
    "inschatting": T("Ga op huisbezoek voor een inschatting"),
    "acute_hulp": T("Acute hulp: het kan wachten tot morgen, niet langer"),
    "consult": T("Geef advies: een consult"),
    "verwijzing": T("Geen crisis: verwijs"),
    "doorgeleid": T("Geleid door naar de bevoegde functionaris"),
}
"""The proposal in one line, by what the call leads to."""
VAN_TABEL = {
    "actieve_inschatting": "inschatting",
    "actieve_inschatting_met_koppel": "inschatting",
    "acute_hulp": "acute_hulp",
    "consult": "consult",
    "verwijzing": "verwijzing",
}
EVEN_GOED: Mapping[str, frozenset[str]] = {"doorgeleid": frozenset({"inschatting"})}
"""Decisions that fit within a proposal: before passing on, the service may assess (ZL-118)."""


@dataclass(frozen=True)
class Uitkomstvoorstel:
    """The proposal: what it leads to, why (a sentence with {names} of `gegevens`), the rules, and whether the reading is
    Vangnet's own because the agreements name no way here."""

    uitkomst: str
    waarom: str
    gegevens: Mapping[str, Waarde] = field(default_factory=dict)
    regels: tuple[str, ...] = ()
    strekking: str = ""
    eigen: bool = False

    @property
    def kop(self) -> str:
        """The proposal in one line, as a template of the catalogue."""
        return KOPPEN[self.uitkomst]

    def differs(self, uitkomst: str) -> bool:
        """Whether a decision departs from this proposal."""
        zelfde = {"geen_crisis": "verwijzing"}.get(uitkomst, uitkomst)
        return zelfde != self.uitkomst and zelfde not in EVEN_GOED.get(self.uitkomst, ())

    def as_data(self, advies: Advies) -> dict[str, Any]:
        """As it is kept beside a decision."""
        tekst = f"{self.kop}. {in_woorden(self.waarom, self.gegevens, 'nl', None, str)}".strip()
        return {
            "sleutel": "melding.voorstel",
            "waarde": self.uitkomst,
            "tekst": tekst,
            "strekking": self.strekking,
            "regels": list(self.regels),
            "versie": advies.afspraken.regio.geldig_vanaf.isoformat(),
            "eigen": self.eigen,
        }


def propose_outcome(d: Dossier, advies: Advies | None) -> Uitkomstvoorstel | None:
    """The proposal for the call of a casus; None while the answers and the agreements do not lead anywhere yet.

    What the agreements say outright goes first (ZL-117..119, the adopted table, ICJ-11, ICJ-14, ZL-52, ZL-53); then the two
    answers on danger and waiting decide. What is not known is never taken for safe."""
    if advies is None:
        return None
    u = advies.uitspraken
    if d.waarde("vervolg.doorgeleiding") and (zegt := u.get("vervolg.doorgeleiding")):
        return _van("doorgeleid", zegt)
    if (zegt := u.get("toegang.leeftijd")) and zegt.waarde == "hoort_er_niet_bij":
        return _van("verwijzing", zegt)
    if d.melding.vraag == "consult" and (zegt := u.get("melding.uitkomst")) and zegt.waarde == "consult":
        return _van("consult", zegt)
    if (zegt := u.get("triage.tabel")) and str(zegt.waarde) in VAN_TABEL:
        return _van(VAN_TABEL[str(zegt.waarde)], zegt)
    onveilig, wachten = d.waarde("triage.direct_onveilig"), d.waarde("triage.kan_wachten_tot_morgen")
    if (zegt := u.get("triage.definitie")) and zegt.waarde == "crisis":
        return _van("inschatting", zegt)
    if zegt and zegt.waarde == "acute_hulp" and onveilig != "ja":
        return _van("acute_hulp", zegt)
    if (zegt := u.get("melding.bestaande_zorg")) and zegt.waarde == "verwijs_naar_aanbieder" and onveilig != "ja":
        return _van("verwijzing", zegt)
    return _van_antwoorden(advies, onveilig, wachten)


def _van(uitkomst: str, zegt: Uitspraak) -> Uitkomstvoorstel:
    return Uitkomstvoorstel(uitkomst, zegt.tekst, zegt.gegevens, tuple(zegt.regels), zegt.strekking)


def _van_antwoorden(advies: Advies, onveilig: Any, wachten: Any) -> Uitkomstvoorstel | None:
    m = advies.afspraken.melding
    redenen: list[str] = []
    if onveilig == "ja":
        redenen.append(T("iemand nu in gevaar is"))
    if wachten == "nee":
        redenen.append(T("het niet tot morgen kan wachten"))
    if redenen:
        regels = _regels(advies, ("huisbezoek.gaat", "huisbezoek.crisisdienst", "triage.besluit", "triage.beoordeel"))
        return Uitkomstvoorstel(
            "inschatting", T("Omdat {redenen}."), {"redenen": tuple(redenen)}, regels, "", not regels
        )
    if onveilig == "nee" and wachten == "ja":
        redenen = [T("nu niemand in gevaar is"), T("het tot morgen kan wachten")]
        omdat: dict[str, Waarde] = {"redenen": tuple(redenen)}
        if m.geen_crisis:
            regels = (*(m.alleen_crisis.regels if m.alleen_crisis else ()), *m.geen_crisis.regels)
            return Uitkomstvoorstel("verwijzing", T("Omdat {redenen}."), omdat, tuple(dict.fromkeys(regels)))
        if m.acute_hulp:
            return Uitkomstvoorstel("acute_hulp", T("Omdat {redenen}."), omdat, m.acute_hulp.inzet.regels)
        return None
    if "onbekend" in (onveilig, wachten) and onveilig and wachten:
        return Uitkomstvoorstel(
            "inschatting",
            T("Omdat niemand weet of het veilig is. Wat we niet weten, gaan we bekijken."),
            {},
            (),
            "",
            True,
        )
    return None


def _regels(advies: Advies, sleutels: Iterable[str]) -> tuple[str, ...]:
    return next((tuple(u.regels) for s in sleutels if (u := advies.uitspraken.get(s))), ())
