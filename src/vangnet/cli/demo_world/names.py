# SPDX-License-Identifier: EUPL-1.2
"""Invented families: names, birthdays, addresses and numbers that belong to nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from stdnum.nl import bsn as bsn_


@dataclass
class Kind:
    """A child of an invented family."""

    id: UUID
    voornaam: str
    geslacht: str
    geboren: date
    bsn: str = ""


@dataclass
class Gezin:
    """An invented family: children, parents, where they live, and how to call them."""

    achternaam: str
    kinderen: list[Kind]
    moeder: str
    vader: str
    moeder_id: UUID
    vader_id: UUID
    adres_id: UUID
    straat: str
    postcode: str
    telefoon: str
    telefoon_vader: str
    taal: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The child that the call is about."""
        return self.kinderen[0]


class Namen:
    """Deals out families; the same `random` gives the same ones. No surname comes twice until all have been."""

    def __init__(self, lijsten: Mapping[str, Sequence[str]], random: Random) -> None:
        self._lijsten, self._random = lijsten, random
        self._over: list[str] = []
        self._nummer = 0

    def id(self) -> UUID:
        """An identifier that follows from the seed."""
        return UUID(int=self._random.getrandbits(128), version=4)

    def gezin(self, leeftijd: Sequence[int], op: date, kinderen: int = 1) -> Gezin:
        """A family with so many children, the eldest within `leeftijd` (years) on the day `op`."""
        kies = self._random
        if not self._over:
            self._over = list(self._lijsten["achternamen"])
            kies.shuffle(self._over)
        oud = kies.randint(*leeftijd)
        namen: set[str] = set()
        rij = []
        for n in range(kinderen):
            geslacht = kies.choice(("meisje", "jongen"))
            voornaam = kies.choice(
                [v for v in self._lijsten[f"{geslacht}s" if geslacht == "meisje" else "jongens"] if v not in namen]
            )
            namen.add(voornaam)
            jaren = max(oud - 3 * n, 0)
            rij.append(
                Kind(
                    self.id(), voornaam, geslacht, _geboren(op, jaren, kies), self.bsn() if kies.random() < 0.7 else ""
                )
            )
        self._nummer += 1
        return Gezin(
            self._over.pop(),
            rij,
            kies.choice(self._lijsten["moeders"]),
            kies.choice(self._lijsten["vaders"]),
            self.id(),
            self.id(),
            self.id(),
            f"{kies.choice(self._lijsten['straten'])} {kies.randint(1, 180)}",
            f"{kies.randint(1000, 9999)} {kies.choice('ABCDEGHJKL')}{kies.choice('ABCDEGHJKL')}",
            f"06 555 {self._nummer:02d} {kies.randint(100, 999)}",
            f"06 555 {self._nummer:02d} {kies.randint(100, 999)}",
            kies.choice(self._lijsten["talen"]) if kies.random() < 0.12 else "",
        )

    def bsn(self) -> str:
        """A number that passes the check and starts with 9999, a range that is given to nobody."""
        while True:
            nummer = f"9999{self._random.randint(0, 99999):05d}"
            if bsn_.is_valid(nummer):
                return nummer


def _geboren(op: date, jaren: int, kies: Random) -> date:
    """A birthday that makes somebody so many years old on a day."""
    try:
        jarig = op.replace(year=op.year - jaren)
    except ValueError:  # 29 February
        jarig = op.replace(year=op.year - jaren, day=28)
    return jarig - timedelta(days=kies.randint(3, 360))


def velden_van(gezin: Gezin, plaats: str, geheim: bool = False, bsn: bool = True) -> dict[str, Any]:
    """The fields of a call that tell who this family is, by path, as `process.take_melding` reads them."""
    uit: dict[str, Any] = {}
    for kind in gezin.kinderen:
        pad = f"jeugdige.{kind.id}"
        uit |= {
            f"{pad}.voornaam": kind.voornaam,
            f"{pad}.achternaam": gezin.achternaam,
            f"{pad}.geboortedatum": kind.geboren.isoformat(),
            f"{pad}.geslacht": kind.geslacht,
        }
        if kind.bsn and bsn:
            uit[f"{pad}.bsn"] = kind.bsn
    moeder, vader = f"persoon.{gezin.moeder_id}", f"persoon.{gezin.vader_id}"
    uit |= {
        f"{moeder}.rol": "moeder",
        f"{moeder}.naam": f"{gezin.moeder} {gezin.achternaam}",
        f"{moeder}.gezag": "ja",
        f"{moeder}.telefoon": gezin.telefoon,
        f"{moeder}.woont_thuis": "ja",
        f"{vader}.rol": "vader",
        f"{vader}.naam": f"{gezin.vader} {gezin.achternaam}",
        f"{vader}.gezag": "ja",
        f"{vader}.telefoon": gezin.telefoon_vader,
        f"adres.{gezin.adres_id}.straat": gezin.straat,
        f"adres.{gezin.adres_id}.postcode": gezin.postcode,
        f"adres.{gezin.adres_id}.plaats": plaats,
    }
    if gezin.taal:
        uit[f"{moeder}.taal"] = gezin.taal
    if geheim:
        uit[f"adres.{gezin.adres_id}.geheim"] = True
        uit[f"{vader}.gevaar"] = True
    return uit
