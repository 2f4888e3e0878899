# SPDX-License-Identifier: EUPL-1.2
"""The register of messages: per kind its words, the few values that may stand in them, and how hard Vangnet tries to send it.

A message never tells anything of a family: only that something waits, and where to look. So every value has a pattern that
leaves no room for a name: digits of a fixed length, or one of a few words. What is not in the register cannot be sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAIL, SEIN = "mail", "sein"
KANALEN = (MAIL, SEIN)
"""By mail, or by the region's gateway for text messages and calls."""


class OngeldigBericht(ValueError):
    """A message that the register does not allow: a mistake in the program that makes it."""


@dataclass(frozen=True)
class Herhaling:
    """How often and how long Vangnet tries. All in seconds, but `pogingen`."""

    pogingen: int
    eerste: float
    """The wait after the first attempt that failed; every next one is `factor` times as long, up to `hoogste`."""
    factor: float
    hoogste: float
    duur: float
    """The longest that one attempt may take, from the first connection to the answer."""

    def wacht(self, mislukt: int) -> float:
        """The wait after attempt number `mislukt` (from 1)."""
        return min(self.hoogste, self.eerste * self.factor ** (mislukt - 1))

    @property
    def uiterst(self) -> float:
        """After how long, at the worst, it is certain that a message did not arrive."""
        return self.pogingen * self.duur + sum(self.wacht(n) for n in range(1, self.pogingen))


@dataclass(frozen=True)
class Soortbericht:
    """One kind of message."""

    onderwerp: str
    zinnen: tuple[str, ...]
    """Its text, sentence by sentence. One with a value that was not given is left out."""
    velden: Mapping[str, str]
    """The values that may stand in it, each with the pattern that it meets as a whole."""
    herhaling: Herhaling
    dringend: bool
    """Whether it goes before the others."""


TIJD = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
AANTAL = "[1-9][0-9]{0,2}"
PLEK = "dienst|mijn-werk|bellen"

MEER_UREN = Herhaling(pogingen=10, eerste=30, factor=2, hoogste=3600, duur=20)
BINNEN_EEN_MINUUT = Herhaling(pogingen=5, eerste=2, factor=2, hoogste=16, duur=6)

SOORTEN: dict[str, Soortbericht] = {
    "alarm": Soortbericht(
        "Vangnet: er wacht iets op je",
        (
            "In Vangnet wacht iets dat nu aandacht vraagt.",
            "Het had om {uiterlijk} gedaan moeten zijn.",
            "Dit is oproep {trap}.",
            "Kijk op {adres}/{waar}",
        ),
        {"uiterlijk": TIJD, "trap": "[1-9]", "waar": PLEK},
        BINNEN_EEN_MINUUT,
        True,
    ),
    "morgenlijst": Soortbericht(
        "Vangnet: er staan signalen voor je klaar",
        ("In Vangnet staat een lijst voor je klaar.", "Aantal signalen: {aantal}.", "Kijk op {adres}/{waar}"),
        {"aantal": AANTAL, "waar": PLEK},
        MEER_UREN,
        False,
    ),
    "herrekenen": Soortbericht(
        "Vangnet: termijnen zijn anders",
        (
            "In Vangnet zijn sluitingsdagen veranderd, en daardoor termijnen van casussen die lopen.",
            "Aantal termijnen: {aantal}.",
            "Een coördinator bekijkt ze en herrekent ze op {adres}/beheer/termijnen",
        ),
        {"aantal": AANTAL},
        MEER_UREN,
        False,
    ),
}
"""Every kind. The numbers are a choice of Vangnet; no source speaks of them."""

_VELD = re.compile(r"\{([a-z]+)\}")


def check(soort: str, gegevens: Mapping[str, str]) -> None:
    """Raises `OngeldigBericht` when the register has no such kind, or a value is not one of its own or does not meet its
    pattern. The fault does not repeat the value."""
    if soort not in SOORTEN:
        raise OngeldigBericht(f"soort: gevonden iets anders dan {', '.join(SOORTEN)}")
    velden = SOORTEN[soort].velden
    if vreemd := gegevens.keys() - velden.keys():
        raise OngeldigBericht(
            f"gegevens van {soort}: {len(vreemd)} die het register niet kent; het kent {', '.join(velden)}"
        )
    for naam, waarde in gegevens.items():
        if not isinstance(waarde, str) or not re.fullmatch(velden[naam], waarde):
            raise OngeldigBericht(f"{naam} van {soort}: verwacht {velden[naam]}")


def text(soort: str, gegevens: Mapping[str, str], adres: str) -> str:
    """The text of a message, one line. `adres` is that of the installation. Errors: `OngeldigBericht`."""
    check(soort, gegevens)
    waarden = {"waar": "", **gegevens, "adres": adres}
    zinnen = [zin for zin in SOORTEN[soort].zinnen if set(_VELD.findall(zin)) <= waarden.keys()]
    return " ".join(_VELD.sub(lambda m: waarden[m[1]], zin) for zin in zinnen)
