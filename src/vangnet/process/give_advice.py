# SPDX-License-Identifier: EUPL-1.2
"""Give an advice: read the facts, find the version that holds, check, ask the rules. One door for page, API and shell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from vangnet.policy.bronnen import WORTEL
from vangnet.policy.fouten import Fout, OnbekendeRegio, Ongeldig, VoorEersteVersie, kort
from vangnet.policy.register import Register, lees_register
from vangnet.rules.advies import Advies, adviseer
from vangnet.rules.afspraken import Afspraken, Gemeente
from vangnet.rules.kalender import lokaal
from vangnet.rules.situatie import Situatie
from vangnet.rules.situatiefouten import Tegenspraak, tegenspraken

from .read_situation import GROOTSTE_SITUATIE, lees_situatie, lees_wat_kan

__all__ = ["GROOTSTE_SITUATIE", "advise", "give_advice", "lees_situatie", "register", "with_region"]


@lru_cache(maxsize=8)
def register(regios: Path = WORTEL / "regios", eigen: Path | None = None) -> Register:
    """The regions, read once per pair of folders.

    Errors: `Ongeldig` with every fault in the files."""
    return lees_register(regios, eigen)


def advise(ruw: bytes | str | Mapping[str, Any], reg: Register, versie: date | None = None) -> Advies:
    """From facts as they come in (JSON, or the same as a mapping) to the advice.

    `versie` is the first day of the version that a casus keeps; else the one that holds at the melding.

    Errors: `Ongeldig`, or a kind of it, with everything that is wrong at once: facts that cannot be read, and what the
    others show (an unknown region, a foreign municipality, contradictions)."""
    situatie, fouten = lees_wat_kan(ruw)
    if situatie is None:
        raise Ongeldig(fouten)
    try:
        advies = give_advice(situatie, reg, versie)
    except Ongeldig as fout:
        if not fouten:
            raise
        raise Ongeldig([*fouten, *fout.fouten]) from None
    if fouten:
        raise Ongeldig(fouten)
    return advies


def give_advice(situatie: Situatie, reg: Register, versie: date | None = None) -> Advies:
    """The advice for these facts under the version that holds at the moment of the melding, or the one that began on
    `versie`.

    Errors: `OnbekendeRegio`, `VoorEersteVersie`, or `Ongeldig` with all contradictions and a foreign municipality."""
    fouten: list[Fout] = []
    te_vroeg = False
    try:
        afspraken = reg.versie(situatie.regio, versie) or reg.op(situatie.regio, situatie.melding.op or situatie.moment)
    except Ongeldig as fout:
        if situatie.regio not in reg.versies:
            raise OnbekendeRegio([*fout.fouten, *map(_als_fout, tegenspraken(situatie, None))]) from None
        veld = "melding.op" if situatie.melding.op else "moment"
        fouten += [replace(f, waar=veld) for f in fout.fouten]
        te_vroeg = True
        afspraken = reg.versies[situatie.regio][0]
    if situatie.gemeente is not None:
        fouten += _gemeente(situatie.gemeente, afspraken, reg, _dag(situatie))
    fouten += map(_als_fout, tegenspraken(situatie, afspraken))
    fouten += _onbekende_keuzes(situatie, reg)
    if fouten:
        raise (VoorEersteVersie if te_vroeg else Ongeldig)(fouten)
    advies = adviseer(situatie, afspraken)
    fouten = _onbekende_lezingen(situatie, advies)
    if fouten:
        raise Ongeldig(fouten)
    return advies


def _dag(s: Situatie) -> date | None:
    moment = s.melding.op or s.moment
    return lokaal(moment).date() if moment else None


def _onbekende_keuzes(s: Situatie, reg: Register) -> list[Fout]:
    """Readings to try for a question that nobody asks."""
    return [
        Fout(f"keuzes.{id_}", kort(id_), "een open vraag en haar deel", "X-01/vroege_ochtend")
        for id_ in s.keuzes
        if not reg.is_open_vraag(id_)
    ]


def _onbekende_lezingen(s: Situatie, advies: Advies) -> list[Fout]:
    uit = []
    for id_, lezing in s.keuzes.items():
        vraag = advies.open_vragen.get(id_)
        if vraag and lezing not in (namen := [x.sleutel for x in vraag.lezingen]):
            uit.append(Fout(f"keuzes.{id_}", kort(lezing), "één van " + ", ".join(namen), namen[0]))
    return uit


def _als_fout(t: Tegenspraak) -> Fout:
    return Fout(t.veld, t.gevonden, t.verwacht, t.voorbeeld)


def _gemeente(naam: str, a: Afspraken, reg: Register, dag: date | None) -> list[Fout]:
    g = a.gemeente(naam)
    if g is not None:
        if dag and g.geldig_vanaf and dag < g.geldig_vanaf:
            return [
                Fout(
                    "gemeente",
                    kort(naam),
                    f"een gemeente die op {dag} bestond; {g.naam} bestaat sinds {g.geldig_vanaf}",
                )
            ]
        if dag and g.geldig_tot and dag >= g.geldig_tot:
            return [
                Fout("gemeente", kort(naam), f"een gemeente die op {dag} bestond; {g.naam} bestond tot {g.geldig_tot}")
            ]
        return []
    elders = [v[-1].regio.naam for v in reg.versies.values() if v[-1].gemeente(naam)]
    waar = f" (hoort bij {' en '.join(elders)})" if elders else ""
    if not a.gemeenten:
        return (
            []
            if not elders
            else [Fout("gemeente", kort(naam) + waar, f"geen gemeente: de bron van {a.regio.naam} noemt er geen")]
        )
    namen = ", ".join(x.naam for x in a.gemeenten)
    return [Fout("gemeente", kort(naam) + waar, f"een gemeente van {a.regio.naam}: {namen}", a.gemeenten[0].naam)]


def gemeenten_op(a: Afspraken, dag: date) -> list[Gemeente]:
    """The municipalities of a region that exist on a day: one that merged is not offered any more."""
    return [
        g for g in a.gemeenten
        if (g.geldig_vanaf is None or g.geldig_vanaf <= dag) and (g.geldig_tot is None or dag < g.geldig_tot)
    ]  # fmt: skip


def with_region(situatie: Situatie, regio: str) -> Situatie:
    """The same facts asked of another region; the municipality is dropped, since it belongs to the first."""
    return replace(situatie, regio=regio, gemeente=None)
