# SPDX-License-Identifier: EUPL-1.2
"""An advice as plain data in the language of the reader: what the API answers, the shell prints and the page draws.

The shape is published as JSON Schema (`Antwoord`); its attribute docstrings are the manual, hence Dutch. Moments go out
in UTC, days as `JJJJ-MM-DD`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from vangnet.policy.bronnen import Bronnen
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.openvraag import OpenVraag
from vangnet.rules.tekst import Gegevens, T, Vertaler, Waarde, in_woorden
from vangnet.rules.uitspraak import Termijn, Uitspraak

Json = Any
DAGEN_IN_BEELD = 10
"""How many days from the melding the answer lists, for a calendar."""


@dataclass(frozen=True)
class UitspraakUit:
    """Eén punt van het advies."""

    onderdeel: str
    """Het deel van het advies: toegang, melding, triage, huisbezoek, traject, inzet, rto, regie, vervolg, geld, segment, kpi of sluitingsdagen."""
    waarde: Json
    """De uitkomst voor machines: woord, getal, dag, moment of lijst."""
    tekst: str
    """De zin voor mensen."""
    waarom: str
    """De reden, als die er is."""
    strekking: str
    """Hoe hard de afspraak is, in het woord van de bron; leeg als dat er niet toe doet."""
    regels: list[str]
    """De regelnummers erachter; elk te openen op /bronnen/<nummer>."""
    open_vraag: str
    """De open vraag waar de waarde van afhangt; leeg als er geen is."""
    lezingen: dict[str, Json]
    """Per lezing van die open vraag de waarde."""


@dataclass(frozen=True)
class TermijnUit:
    """Eén afgesproken termijn."""

    onderdeel: str
    wat: str
    """Wat er dan gedaan moet zijn."""
    begint_op: Json
    """Wanneer de termijn begint te lopen; null als dat nog niet bekend is."""
    uiterlijk: Json
    """De laatste dag (telt helemaal mee) of het laatste moment; null als het begin nog niet bekend is."""
    strekking: str
    eigenaar: str
    """De partij die moet handelen, als sleutel."""
    eigenaar_naam: str
    regels: list[str]
    waarom: str
    open_vraag: str
    lezingen: dict[str, Json]


@dataclass(frozen=True)
class LezingUit:
    """Eén lezing van een open vraag."""

    sleutel: str
    tekst: str


@dataclass(frozen=True)
class KeuzeUit:
    """De keuze die een regio maakte."""

    lezing: str
    gekozen_door: str
    gekozen_op: str | None
    fictief: bool
    """Waar als de keuze voor de demo verzonnen is."""


@dataclass(frozen=True)
class OpenVraagUit:
    """Een stilte of tegenspraak in de afspraken die deze situatie raakt."""

    id: str
    """Nummer en deel, zoals X-10/startdag."""
    vraag: str
    uitleg: str
    """Wat de bronnen zeggen, en waar ze zwijgen."""
    regels: list[str]
    lezingen: list[LezingUit]
    keuze: KeuzeUit | None
    """De keuze van de regio; null als niemand koos."""
    eerst: str
    """De lezing waarmee gerekend is: de gekozen, anders de vroegste of strengste."""
    raakt: list[str]
    """De sleutels van uitspraken en termijnen die ervan afhangen."""


@dataclass(frozen=True)
class VraagUit:
    """Een feit dat nog ontbreekt."""

    veld: str
    """Het veld van de situatie, zoals melding.melder."""
    vraag: str
    waarom: str
    regels: list[str]


@dataclass(frozen=True)
class Antwoord:
    """Het advies: wat er voor deze situatie is afgesproken."""

    regio: dict[str, str]
    """sleutel, naam en dienst."""
    afspraken: dict[str, Json]
    """versie (eerste dag), titel, bron, bevestigd, niet_bevestigd_voor (jaar of null)."""
    gemeente: dict[str, str] | None
    """naam, cbs en herkomst (bron of cbs)."""
    moment: str | None
    """Het moment waarop het advies geldt, in UTC."""
    kop: str
    """Het antwoord in een of twee zinnen."""
    kop_uitleg: str
    uitspraken: dict[str, UitspraakUit]
    """Per sleutel één uitspraak, in de volgorde van het werk."""
    termijnen: dict[str, TermijnUit]
    open_vragen: list[OpenVraagUit]
    vragen: list[VraagUit]
    """Wat nog ontbreekt; het nuttigste eerst."""
    dagen: list[dict[str, str]]
    """De komende dagen: datum, soort (werkdag, weekend, feestdag, sluitingsdag) en naam."""


def present(advies: Advies, bronnen: Bronnen, taal: str = "nl", vertaal: Vertaler = T) -> Antwoord:
    """The advice in words and plain values, in Dutch or in the language of `vertaal`."""
    v = _Verteller(advies, taal, vertaal)
    raakt: dict[str, list[str]] = {}
    for ding in (*advies.uitspraken.values(), *advies.termijnen.values()):
        if ding.open_vraag:
            raakt.setdefault(ding.open_vraag, []).append(ding.sleutel)
    r = advies.afspraken.regio
    kop, uitleg = _kop(advies, v)
    jaar = lokaal(advies.moment).year if advies.moment else None
    return Antwoord(
        {"sleutel": r.sleutel, "naam": r.naam, "dienst": r.dienst},
        {
            "versie": r.geldig_vanaf.isoformat(),
            "titel": r.titel,
            "bron": r.bron,
            "bevestigd": advies.bevestigd,
            "niet_bevestigd_voor": None if advies.bevestigd else jaar,
        },
        {"naam": advies.gemeente.naam, "cbs": advies.gemeente.cbs, "herkomst": advies.gemeente.herkomst}
        if advies.gemeente
        else None,
        plat(advies.moment),
        kop,
        uitleg,
        {k: v.uitspraak(u) for k, u in advies.uitspraken.items()},
        {k: v.termijn(t) for k, t in advies.termijnen.items()},
        [v.open_vraag(q, bronnen, raakt.get(q.id, [])) for q in advies.open_vragen.values()],
        [VraagUit(x.veld, v.zin(x.vraag, {}), v.zin(x.waarom, {}), list(x.regels)) for x in advies.vragen],
        _dagen(advies),
    )


def plat(waarde: Waarde) -> Json:
    """A value as JSON knows it: moments in UTC, days and times as text, tuples as lists."""
    if isinstance(waarde, datetime):
        return waarde.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, time):
        return f"{waarde:%H:%M}"
    if isinstance(waarde, tuple):
        return [plat(w) for w in waarde]
    return waarde


class _Verteller:
    """Turns parts of an advice into words, for one reader."""

    def __init__(self, advies: Advies, taal: str, vertaal: Vertaler) -> None:
        self._taal, self._vertaal, self._advies = taal, vertaal, advies
        self._jaar = lokaal(advies.moment).year if advies.moment else None

    def zin(self, sjabloon: str, gegevens: Gegevens) -> str:
        return in_woorden(sjabloon, gegevens, self._taal, self._jaar, self._vertaal)

    def uitspraak(self, u: Uitspraak) -> UitspraakUit:
        return UitspraakUit(
            u.onderdeel, plat(u.waarde), self.zin(u.tekst, u.gegevens), self.zin(u.waarom, u.gegevens), u.strekking,
            list(u.regels), u.open_vraag, {k: plat(w) for k, w in u.lezingen},
        )  # fmt: skip

    def termijn(self, t: Termijn) -> TermijnUit:
        partijen = self._advies.afspraken.partijen
        from vangnet.rules.omstandigheden import PARTIJEN

        return TermijnUit(
            t.onderdeel, self.zin(t.wat, t.gegevens), plat(t.begint_op), plat(t.uiterlijk), t.strekking, t.eigenaar,
            partijen.get(t.eigenaar) or self._vertaal(PARTIJEN[t.eigenaar]), list(t.regels),
            self.zin(t.waarom, t.gegevens), t.open_vraag, {k: plat(w) for k, w in t.lezingen},
        )  # fmt: skip

    def open_vraag(self, q: OpenVraag, bronnen: Bronnen, raakt: list[str]) -> OpenVraagUit:
        index = bronnen.open_vragen.get(q.id.partition("/")[0], {})
        keuze = (
            KeuzeUit(q.keuze.lezing, q.keuze.door, q.keuze.op.isoformat() if q.keuze.op else None, q.keuze.fictief)
            if q.keuze
            else None
        )
        return OpenVraagUit(
            q.id, self.zin(q.vraag, q.gegevens), str(index.get("uitleg", "")), list(q.regels),
            [LezingUit(x.sleutel, self.zin(x.tekst, x.gegevens)) for x in q.lezingen], keuze, q.eerst, raakt,
        )  # fmt: skip


def _kop(a: Advies, v: _Verteller) -> tuple[str, str]:
    """The answer in one or two sentences, and one sentence of reason."""
    u = a.uitspraken
    zinnen: list[str] = []
    uitleg = ""
    mee = u.get("huisbezoek.mee")
    verwijs = u.get("melding.bestaande_zorg")
    uitkomst = u.get("melding.uitkomst")
    if uitkomst and uitkomst.waarde in ("geen_crisis", "acute_hulp", "consult"):
        zinnen.append(v.zin(uitkomst.tekst, uitkomst.gegevens))
        if "melding.verwijs_naar" in u:
            zinnen.append(v.zin(u["melding.verwijs_naar"].tekst, u["melding.verwijs_naar"].gegevens))
        return " ".join(zinnen), ""
    if verwijs and verwijs.waarde == "verwijs_naar_aanbieder":
        return v.zin(verwijs.tekst, verwijs.gegevens), v.zin(verwijs.waarom, verwijs.gegevens)
    for sleutel in ("sluitingsdagen.oordeel", "traject.volgende", "huisbezoek.gaat"):
        if sleutel in u:
            zinnen.append(v.zin(u[sleutel].tekst, u[sleutel].gegevens))
            uitleg = uitleg or v.zin(u[sleutel].waarom, u[sleutel].gegevens)
    if mee and a.moment:
        wie: Mapping[str, Waarde] = mee.gegevens
        if "huisbezoek.toegang" in u:
            alleen = len(mee.waarde) == 1 if isinstance(mee.waarde, tuple) else False
            zinnen.append(v.zin(T("{wie} gaat alleen.") if alleen else T("{wie} gaan samen."), wie))
            uitleg = v.zin(u["huisbezoek.toegang"].waarom, u["huisbezoek.toegang"].gegevens)
    rto = u.get("rto.dag")
    if rto:
        besloten = "inzet.na_besluit" in u and u["inzet.na_besluit"].waarde == "mag"
        zinnen.append(
            v.zin(T("Het RTO is op {dag}.") if besloten else T("Bij crisis is het RTO op {dag}."), rto.gegevens)
        )
        if rto.waarom:
            uitleg = v.zin(rto.waarom, rto.gegevens)
    if not zinnen:
        eerst = u.get("inzet.eerst") or u.get("traject.drieweg") or u.get("triage.besluit") or u.get("huisbezoek.mee")
        if eerst:
            zinnen.append(v.zin(eerst.tekst, eerst.gegevens))
        klok = a.termijnen.get("regie.overname")
        if klok and klok.uiterlijk:
            zinnen.append(
                v.zin(T("Uiterlijk {dag}: {wat}."), {"dag": klok.uiterlijk, "wat": v.zin(klok.wat, klok.gegevens)})
            )
    if not zinnen and a.vragen:
        zinnen.append(v.zin(a.vragen[0].vraag, {}))
        uitleg = v.zin(a.vragen[0].waarom, {})
    return " ".join(zinnen[:3]), uitleg


def _dagen(a: Advies) -> list[dict[str, str]]:
    if a.moment is None:
        return []
    kalender = kalender_van(a.afspraken, a.sluitingsdagen)
    begin = lokaal(a.moment).date()
    uit = []
    for n in range(DAGEN_IN_BEELD):
        dag = begin + timedelta(days=n)
        soort, naam = kalender.soort(dag)
        uit.append({"datum": dag.isoformat(), "soort": soort, "naam": naam})
    return uit
