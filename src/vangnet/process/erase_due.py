# SPDX-License-Identifier: EUPL-1.2
"""What falls due to be erased, and erasing it: the terms of a region meet what is kept there. For the command, which runs in
the role that erases; nothing here reads what stands in a casus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from vangnet.casework import wissen
from vangnet.casework.wissen import Bewaardossier, Wislijst
from vangnet.policy.register import Register
from vangnet.rules.bewaren import Bewaarbeleid, bewaarsoort, wissen_vanaf
from vangnet.rules.kalender import lokaal

if TYPE_CHECKING:
    import psycopg

TERMIJN, OPDRACHT = "termijn", "opdracht"
Meld = Callable[[int, int], None]
"""Told after every casus how far it is: done, and of how many."""


@dataclass(frozen=True, slots=True)
class Wisregel:
    """One casus with the day from which it may go, and on which ground."""

    dossier: Bewaardossier
    soort: str
    vanaf: date | None
    """The first day on which it may be erased by its term; None for what never falls due."""
    grond: str
    """termijn or opdracht when it may be erased now; empty otherwise."""
    beleid: Bewaarbeleid


@dataclass
class Gewist:
    """What one run did: per outcome how many casussen, and per table how many rows."""

    casussen: dict[str, int] = field(default_factory=dict)
    rijen: dict[str, int] = field(default_factory=dict)
    niet: list[tuple[str, str]] = field(default_factory=list)
    """Numbers that the database did not erase, each with its reason."""

    @property
    def aantal(self) -> int:
        """How many casussen went, without those joined to them."""
        return self.casussen.get("gewist", 0)


def overview(link: psycopg.Connection[Any], register: Register, op: datetime, regio: str | None) -> list[Wisregel]:
    """Every casus that is kept, with when it falls due; what is on hold is never up for erasing. A casus of a region that has
    no agreements here any more keeps the terms of Vangnet."""
    dag = lokaal(op).date()
    beleid: dict[str, Bewaarbeleid] = {}
    uit = []
    for een in wissen.kept(link, regio):
        per = beleid.setdefault(een.regio, register.bewaren(een.regio, dag))
        soort = bewaarsoort(een.feiten)
        vanaf = wissen_vanaf(soort, een.laatst, per)
        grond = ""
        if not een.gestopt and (een.feiten.gesloten or een.feiten.oefening):
            if een.opdracht == "bevestigd":
                grond = OPDRACHT
            elif vanaf is not None and vanaf <= dag:
                grond = TERMIJN
        uit.append(Wisregel(een, soort, vanaf, grond, per))
    return uit


def erase(
    link: psycopg.Connection[Any], rules: list[Wisregel], door: str, lijst: Wislijst | None, meld: Meld | None = None
) -> Gewist:
    """Erase what may go, inside `wissen.eraser`; each casus whole or not at all, and on the list before the next one goes. A
    run that was cut off is taken up by the next."""
    uit = Gewist()
    if lijst is not None:
        lijst.ready()
        lijst.catch_up(link)
    rijp = [r for r in rules if r.grond]
    for klaar, r in enumerate(rijp, 1):
        soort = r.soort if r.vanaf is not None else "gesprek"
        termijn = r.beleid.termijn(soort)
        uitkomst, rijen = wissen.erase_casus(
            link, r.dossier.casus_id, r.grond, soort, termijn, r.beleid.geldig_vanaf, door
        )
        uit.casussen[uitkomst] = uit.casussen.get(uitkomst, 0) + 1
        for tabel, aantal in rijen.items():
            uit.rijen[tabel] = uit.rijen.get(tabel, 0) + aantal
        if uitkomst == "gewist" and lijst is not None:
            lijst.catch_up(link)
        elif uitkomst not in ("gewist", "al_gewist"):
            uit.niet.append((r.dossier.nummer, uitkomst))
        if meld:
            meld(klaar, len(rijp))
    if uit.aantal:
        wissen.forget_statistics(link)
    return uit


def again(link: psycopg.Connection[Any], lijst: Wislijst, door: str, doe: bool) -> Iterator[tuple[str, str]]:
    """What a restored database holds although the list says it was erased: its number and what came of erasing it again (or
    `terug` when only looked at). For the owner of the database, since no term or order stands for it there."""
    terug = {d.casus_id for d in wissen.kept(link)}  # what was joined to one of these goes along with it
    for een in lijst.stones():
        casus_id = UUID(een["casus_id"])
        if casus_id not in terug:
            continue
        if not doe:
            yield str(een["nummer"]), "terug"
            continue
        soort, beleid = str(een.get("soort", "gesprek")), date.fromisoformat(een["beleid"])
        yield str(een["nummer"]), wissen.erase_casus(link, casus_id, "opnieuw", soort, None, beleid, door)[0]
