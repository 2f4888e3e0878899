# SPDX-License-Identifier: EUPL-1.2
"""The map of family and network: where each person stands, worked out here so that a page only draws it.

The rule: the family stands left in rows of two (grandparents and further family, then parents, then children), the network
in a column to the right. A row that is full goes on below. It holds for one person and for twelve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

OUDERS = ("moeder", "vader", "stiefouder", "partner_van_ouder", "pleegouder", "voogd")
BOVEN = ("oma", "opa", "familie")
ONDER = ("jeugdige", "broer", "zus")
BREED, HOOG, NAAST, REGEL = 104, 46, 8, 24
"""Width and height of a box, the gap beside it and below its row, in units of the drawing (330 wide)."""
KOLOMMEN = (0, BREED + NAAST)
NETWERK = 330 - 100
TEKENS = 13
"""Signs of a name that fit in a box; the rest is in the list of people beside it."""


@dataclass(frozen=True)
class Mens:
    """Somebody to be drawn: who he is, a line below his name, whether he is the child or a danger."""

    rol: str
    naam: str
    regel: str = ""
    gevaar: bool = False


@dataclass(frozen=True)
class Vak:
    """A drawn person: the box (`x`, `y`, `breed`, `hoog`, `rond`), the middle of its text, and the words."""

    x: int
    y: int
    breed: int
    hoog: int
    rond: int
    midden: int
    naam: str
    regel: str
    soort: str


@dataclass(frozen=True)
class Kaart:
    """The drawing: its height, boxes, and lines as SVG paths; `tekst` tells the same in words."""

    hoog: int
    vakken: tuple[Vak, ...]
    lijnen: tuple[str, ...] = ()
    tekst: tuple[str, ...] = field(default=())


def draw(mensen: Sequence[Mens]) -> Kaart | None:
    """The map of these people; None when there is nobody to draw."""
    if not mensen:
        return None
    boven = [m for m in mensen if m.rol in BOVEN]
    ouders = [m for m in mensen if m.rol in OUDERS]
    onder = [m for m in mensen if m.rol in ONDER]
    netwerk = [m for m in mensen if m.rol not in (*BOVEN, *OUDERS, *ONDER)]
    vakken: list[Vak] = []
    lijnen: list[str] = []
    y = 4
    vorige: list[Vak] = []
    for groep in (boven, ouders, onder):
        if not groep:
            continue
        rij: list[Vak] = []
        for n, mens in enumerate(groep):
            alleen = len(groep) == 1 or (n == len(groep) - 1 and n % 2 == 0)
            x = (BREED + NAAST) // 2 if alleen else KOLOMMEN[n % 2]
            rij.append(_vak(mens, x, y + (n // 2) * (HOOG + NAAST), BREED))
        if vorige:
            van = max(v.y + v.hoog for v in vorige)
            lijnen.append(f"M108 {van}V{rij[0].y}")
            if len(rij) > 1:
                midden = (van + rij[0].y) // 2
                lijnen[-1] = f"M108 {van}V{midden}M{rij[0].midden} {rij[0].y}V{midden}H{rij[1].midden}V{rij[1].y}"
        if groep is ouders:
            for links, rechts in zip(rij[::2], rij[1::2], strict=False):
                m = links.y + HOOG // 2
                lijnen.append(f"M{links.x + BREED} {m}H{rechts.x}M108 {m}V{links.y + HOOG}")
        if groep is boven and len(rij) > 1:
            m = rij[0].y + HOOG // 2
            lijnen.append(f"M{rij[0].x + BREED} {m}H{rij[1].x}M108 {m}V{rij[0].y + HOOG}")
        vakken += rij
        vorige = rij
        y = max(v.y + v.hoog for v in rij) + REGEL
    kant = 4
    for mens in netwerk:
        vakken.append(_vak(mens, NETWERK, kant, 100))
        kant += HOOG + NAAST
    hoog = max(v.y + v.hoog for v in vakken) + 4
    if netwerk and len(vakken) > len(netwerk):
        lijnen.append(f"M223 4V{hoog - 4}")
    woorden = tuple(", ".join(w for w in (m.naam, m.regel) if w) for m in mensen)
    return Kaart(hoog, tuple(vakken), tuple(lijnen), woorden)


def _vak(mens: Mens, x: int, y: int, breed: int) -> Vak:
    soort = "kind" if mens.rol == "jeugdige" else "gevaar" if mens.gevaar else "netwerk" if x == NETWERK else ""
    rond = 0 if mens.rol in ("vader", "opa", "broer", "jeugdige") else HOOG // 2 if x != NETWERK else 6
    return Vak(x, y, breed, HOOG, rond, x + breed // 2, _kort(mens.naam), _kort(mens.regel, 17), soort)


def _kort(tekst: str, tekens: int = TEKENS) -> str:
    return tekst if len(tekst) <= tekens else tekst[: tekens - 1].rstrip() + "…"
