# SPDX-License-Identifier: EUPL-1.2
"""What an advice is made of: statements, terms, questions to ask next; and the pen that writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .bron import Regels
from .openvraag import Keuze, Keuzes, Lezing, OpenVraag
from .tekst import Gegevens, Waarde

Lezingwaarden = tuple[tuple[str, Waarde], ...]
"""Per reading of an open question the value this statement would have."""


class Uitspraak(NamedTuple):
    """One point of an advice. `sleutel` is stable and unique (`huisbezoek.toegang`), `waarde` is for machines,
    `tekst` with `gegevens` is the sentence for people, `regels` is where it is written."""

    sleutel: str
    waarde: Waarde
    tekst: str
    gegevens: Gegevens
    regels: Regels
    strekking: str = ""
    waarom: str = ""
    open_vraag: str = ""
    lezingen: Lezingwaarden = ()

    @property
    def onderdeel(self) -> str:
        """The part of the advice it belongs to: the first word of the key."""
        return self.sleutel.partition(".")[0]


class Termijn(NamedTuple):
    """A deadline that the agreements give for this situation. `uiterlijk` is a day (the whole day counts) or a
    moment; None when its start is not known yet. `eigenaar` is the party that must act."""

    sleutel: str
    wat: str
    gegevens: Gegevens
    begint_op: Waarde
    uiterlijk: Waarde
    strekking: str
    eigenaar: str
    regels: Regels
    waarom: str = ""
    open_vraag: str = ""
    lezingen: Lezingwaarden = ()

    @property
    def onderdeel(self) -> str:
        """The part of the advice it belongs to: the first word of the key."""
        return self.sleutel.partition(".")[0]


class Vraag(NamedTuple):
    """A fact that is missing and would change the answer; `gewicht` orders them, highest first."""

    veld: str
    vraag: str
    waarom: str
    regels: Regels
    gewicht: int


class Opsteller:
    """The pen of one advice: every rule module writes through it, keys stay unique, questions are merged."""

    __slots__ = ("_keuzes", "open_vragen", "termijnen", "uitspraken", "vragen")

    def __init__(self, keuzes: Keuzes) -> None:
        self._keuzes = keuzes
        self.uitspraken: dict[str, Uitspraak] = {}
        self.termijnen: dict[str, Termijn] = {}
        self.vragen: dict[str, Vraag] = {}
        self.open_vragen: dict[str, OpenVraag] = {}

    def zeg(
        self,
        sleutel: str,
        waarde: Waarde,
        tekst: str,
        regels: Regels,
        strekking: str = "",
        waarom: str = "",
        open_vraag: str = "",
        lezingen: Lezingwaarden = (),
        **gegevens: Waarde,
    ) -> None:
        """State one point. The first statement under a key stands; a second one is a fault that the tests look for."""
        if sleutel in self.uitspraken:
            raise KeyError(sleutel)
        self.uitspraken[sleutel] = Uitspraak(
            sleutel, waarde, tekst, gegevens, regels, strekking, waarom, open_vraag, lezingen
        )

    def klok(
        self,
        sleutel: str,
        wat: str,
        uiterlijk: Waarde,
        strekking: str,
        eigenaar: str,
        regels: Regels,
        begint_op: Waarde = None,
        waarom: str = "",
        open_vraag: str = "",
        lezingen: Lezingwaarden = (),
        **gegevens: Waarde,
    ) -> None:
        """Set one deadline; with readings, `uiterlijk` is the one to act on."""
        self.termijnen[sleutel] = Termijn(
            sleutel,
            wat,
            gegevens,
            begint_op,
            uiterlijk,
            strekking,
            eigenaar,
            regels,
            waarom,
            open_vraag,
            lezingen,
        )

    def vraag(self, veld: str, vraag: str, waarom: str, regels: Regels, gewicht: int) -> None:
        """Ask for a missing fact; asked twice, the heavier asking counts."""
        bestaand = self.vragen.get(veld)
        if bestaand is None or bestaand.gewicht < gewicht:
            self.vragen[veld] = Vraag(veld, vraag, waarom, regels, gewicht)

    def open(self, id: str, vraag: str, lezingen: Mapping[str, str], regels: Regels, **gegevens: Waarde) -> str:
        """Name a silence or contradiction and return the key of the reading to act on: the region's choice, else the
        first of `lezingen`, which its caller puts earliest or strictest first."""
        bestaand = self.open_vragen.get(id)
        if bestaand is not None:
            return bestaand.eerst
        keuze = self.keuze(id)
        if keuze is not None and keuze.lezing not in lezingen:
            keuze = None
        vraag_ = OpenVraag(
            id, vraag, gegevens, tuple([Lezing(k, t, gegevens) for k, t in lezingen.items()]), regels, keuze
        )
        self.open_vragen[id] = vraag_
        return vraag_.eerst

    def keuze(self, id: str) -> Keuze | None:
        """The region's choice on a question, if it made one."""
        return self._keuzes.get(id)

    def antwoord(self, sleutel: str) -> Waarde:
        """What was said before under this key in this advice; None when nothing was."""
        eerder = self.uitspraken.get(sleutel)
        return eerder.waarde if eerder else None


def gekozen(eerst: str, lezingen: Lezingwaarden) -> Waarde:
    """The value that belongs to the reading to act on."""
    for sleutel, waarde in lezingen:
        if sleutel == eerst:
            return waarde
    return lezingen[0][1]
