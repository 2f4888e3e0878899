# SPDX-License-Identifier: EUPL-1.2
"""An advice as plain data in the language of the reader: what the API answers, the shell prints and the page draws.

The shape is published as JSON Schema (`Antwoord`); its attribute docstrings are the manual, hence Dutch. Moments go out
in UTC, days as `JJJJ-MM-DD`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, WithJsonSchema

from vangnet.policy.bronnen import Bronnen
from vangnet.rules.advies import VOLGORDE, Advies
from vangnet.rules.bron import Strekking
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import PARTIJEN, kalender_van
from vangnet.rules.openvraag import OpenVraag
from vangnet.rules.tekst import Gegevens, T, Vertaler, Waarde, in_woorden, waarde_in_woorden
from vangnet.rules.uitspraak import Termijn, Uitspraak

Json = Annotated[Any, WithJsonSchema({"type": ["boolean", "integer", "number", "string", "array", "null"]})]
HANDLEIDING = {"use_attribute_docstrings": True}
"""Attribute docstrings are the manual; a later version may add keys, so the schema does not forbid them."""
Dag = Annotated[str, Field(json_schema_extra={"format": "date"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Onderdeel = Annotated[str, Field(json_schema_extra={"enum": list(VOLGORDE)})]
Hardheid = Annotated[str, Field(json_schema_extra={"enum": [*get_args(Strekking), ""]})]
Dagsoort = Literal["werkdag", "weekend", "feestdag", "sluitingsdag"]
DAGEN_IN_BEELD = 10
"""How many days from the melding the answer lists, for a calendar."""


@dataclass(frozen=True)
class UitspraakUit:
    """Eén punt van het advies."""

    __pydantic_config__ = HANDLEIDING

    onderdeel: Onderdeel
    """Het deel van het advies: toegang, melding, triage, huisbezoek, traject, inzet, rto, regie, vervolg, geld, segment, kpi of sluitingsdagen."""
    waarde: Json
    """De uitkomst voor machines: woord, getal, dag, moment of lijst."""
    tekst: str
    """De zin voor mensen."""
    waarom: str
    """De reden, als die er is."""
    strekking: Hardheid
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

    __pydantic_config__ = HANDLEIDING

    onderdeel: Onderdeel
    """Het deel van het advies waar de termijn bij hoort."""
    wat: str
    """Wat er dan gedaan moet zijn."""
    begint_op: Json
    """Wanneer de termijn begint te lopen; null als dat nog niet bekend is."""
    uiterlijk: Json
    """De laatste dag (telt helemaal mee) of het laatste moment; null als het begin nog niet bekend is."""
    uiterlijk_tekst: str
    """Hetzelfde voor mensen, op de klok in Nederland; leeg als het begin nog niet bekend is."""
    strekking: Hardheid
    """Hoe hard de afspraak is, in het woord van de bron."""
    eigenaar: str
    """De partij die moet handelen, als sleutel."""
    eigenaar_naam: str
    """Dezelfde partij, zoals deze regio haar noemt."""
    regels: list[str]
    """De regelnummers erachter."""
    waarom: str
    """De reden, als die er is."""
    open_vraag: str
    """De open vraag waar de termijn van afhangt; leeg als er geen is."""
    lezingen: dict[str, Json]
    """Per lezing van die open vraag de laatste dag of het laatste moment."""


@dataclass(frozen=True)
class LezingUit:
    """Eén lezing van een open vraag."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Het woord waarmee de lezing gekozen wordt."""
    tekst: str
    """Wat deze lezing zegt."""


@dataclass(frozen=True)
class KeuzeUit:
    """De keuze die een regio maakte."""

    __pydantic_config__ = HANDLEIDING

    lezing: str
    """De sleutel van de gekozen lezing."""
    gekozen_door: str
    """Wie koos."""
    gekozen_op: Dag | None
    """Op welke dag."""
    fictief: bool
    """Waar als de keuze voor de demo verzonnen is."""


@dataclass(frozen=True)
class OpenVraagUit:
    """Een stilte of tegenspraak in de afspraken die deze situatie raakt."""

    __pydantic_config__ = HANDLEIDING

    id: str
    """Nummer en deel, zoals X-10/startdag."""
    vraag: str
    """De vraag die de bronnen openlaten."""
    uitleg: str
    """Wat de bronnen zeggen, en waar ze zwijgen."""
    regels: list[str]
    """De regelnummers waar het om gaat."""
    lezingen: list[LezingUit]
    """Hoe het gelezen kan worden."""
    keuze: KeuzeUit | None
    """De keuze van de regio; null als niemand koos."""
    eerst: str
    """De lezing waarmee gerekend is: de gekozen, anders de vroegste of strengste."""
    raakt: list[str]
    """De sleutels van uitspraken en termijnen die ervan afhangen."""


@dataclass(frozen=True)
class VraagUit:
    """Een feit dat nog ontbreekt."""

    __pydantic_config__ = HANDLEIDING

    veld: str
    """Het veld van de situatie, zoals melding.melder."""
    vraag: str
    """De vraag zoals je hem aan de melder stelt."""
    waarom: str
    """Waarom het antwoord uitmaakt."""
    regels: list[str]
    """De regelnummers die ernaar vragen."""


@dataclass(frozen=True)
class RegioUit:
    """De regio van het advies."""

    __pydantic_config__ = HANDLEIDING

    sleutel: str
    """Naam in adressen, zoals zuid-limburg."""
    naam: str
    """Naam voor mensen."""
    dienst: str
    """Hoe de crisisdienst hier heet."""


@dataclass(frozen=True)
class AfsprakenUit:
    """De versie van de afspraken waarmee gerekend is."""

    __pydantic_config__ = HANDLEIDING

    versie: Dag
    """De eerste dag van deze versie."""
    titel: str
    """De titel van de afspraken."""
    bron: str
    """Sleutel van de brontekst."""
    bevestigd: bool
    """Of de bron voor dit jaar spreekt."""
    niet_bevestigd_voor: int | None
    """Het jaar waarvoor de bron niet meer spreekt; null als ze bevestigd is."""


@dataclass(frozen=True)
class GemeenteUit:
    """De gemeente van het advies."""

    __pydantic_config__ = HANDLEIDING

    naam: str
    """Naam van de gemeente."""
    cbs: str
    """CBS-code, vier cijfers."""
    herkomst: Literal["bron", "cbs"]
    """bron: de tekst noemt haar; cbs: aangevuld uit de gemeentelijke indeling."""


@dataclass(frozen=True)
class DagUit:
    """Een dag op de kalender van regio en gemeente."""

    __pydantic_config__ = HANDLEIDING

    datum: Dag
    """De dag."""
    soort: Dagsoort
    """Wat voor dag het is."""
    naam: str
    """Naam van de feestdag; anders leeg."""


@dataclass(frozen=True)
class Antwoord:
    """Het advies: wat er voor deze situatie is afgesproken."""

    __pydantic_config__ = HANDLEIDING

    regio: RegioUit
    """De regio."""
    afspraken: AfsprakenUit
    """De versie van de afspraken."""
    gemeente: GemeenteUit | None
    """De gemeente; null als er geen gevraagd is."""
    moment: Moment | None
    """Het moment waarop het advies geldt, in UTC."""
    kop: str
    """Het antwoord in een of twee zinnen."""
    kop_uitleg: str
    """De reden in één zin, als die er is."""
    uitspraken: dict[str, UitspraakUit]
    """Per sleutel één uitspraak, in de volgorde van het werk."""
    termijnen: dict[str, TermijnUit]
    """Per sleutel één termijn."""
    open_vragen: list[OpenVraagUit]
    """De stiltes en tegenspraken die deze situatie raakt, met de lezing waarmee gerekend is."""
    vragen: list[VraagUit]
    """Wat nog ontbreekt; het nuttigste eerst."""
    dagen: list[DagUit]
    """De komende dagen, voor een kalender."""


def present(
    advies: Advies, bronnen: Bronnen, taal: str = "nl", vertaal: Vertaler = T, rto_bekend: bool = False
) -> Antwoord:
    """The advice in words and plain values, in Dutch or in the language of `vertaal`. `rto_bekend`: the day of the RTO
    is already fixed in the casus, so the headline does not propose one."""
    v = _Verteller(advies, taal, vertaal)
    raakt: dict[str, list[str]] = {}
    for ding in (*advies.uitspraken.values(), *advies.termijnen.values()):
        if ding.open_vraag:
            raakt.setdefault(ding.open_vraag, []).append(ding.sleutel)
    r = advies.afspraken.regio
    kop, uitleg = _kop(advies, v, rto_bekend)
    jaar = lokaal(advies.moment).year if advies.moment else None
    return Antwoord(
        RegioUit(r.sleutel, r.naam, r.dienst),
        AfsprakenUit(r.geldig_vanaf.isoformat(), r.titel, r.bron, advies.bevestigd, None if advies.bevestigd else jaar),
        GemeenteUit(advies.gemeente.naam, advies.gemeente.cbs, advies.gemeente.herkomst) if advies.gemeente else None,
        plat(advies.moment),
        kop,
        uitleg,
        {k: v.uitspraak(u) for k, u in advies.uitspraken.items()},
        {k: v.termijn(t) for k, t in advies.termijnen.items()},
        [v.open_vraag(q, bronnen, raakt.get(q.id, [])) for q in advies.open_vragen.values()],
        [VraagUit(x.veld, v.zin(x.vraag, {}), v.zin(x.waarom, {}), list(x.regels)) for x in advies.vragen],
        _dagen(advies),
    )


def as_data(ding: Json) -> Json:
    """An answer, or any part of it, as the dictionaries and lists that JSON knows; shares what needs no copy."""
    if hasattr(ding, "__dataclass_fields__"):
        return {naam: as_data(waarde) for naam, waarde in vars(ding).items()}
    if isinstance(ding, dict):
        return {naam: as_data(waarde) for naam, waarde in ding.items()}
    if isinstance(ding, list):
        return [as_data(waarde) for waarde in ding]
    return ding


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
        return TermijnUit(
            t.onderdeel, self.zin(t.wat, t.gegevens), plat(t.begint_op), plat(t.uiterlijk),
            waarde_in_woorden(t.uiterlijk, self._taal, self._jaar) if t.uiterlijk is not None else "", t.strekking, t.eigenaar,
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


MET_ZIJN_TWEEEN = ("huisbezoek.toegang", "huisbezoek.gi", "huisbezoek.zorgaanbieder", "huisbezoek.veilig_thuis")
"""Who may go along with the service."""


def _kop(a: Advies, v: _Verteller, rto_bekend: bool = False) -> tuple[str, str]:
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
    leeftijd = u.get("toegang.leeftijd")
    if leeftijd and leeftijd.waarde == "hoort_er_niet_bij":
        return v.zin(leeftijd.tekst, leeftijd.gegevens), ""
    definitie = u.get("triage.definitie")
    besluit = u.get("inzet.na_besluit")
    if definitie and definitie.waarde == "acute_hulp" and not (besluit and besluit.waarde == "mag"):
        return v.zin(definitie.tekst, definitie.gegevens), ""
    for sleutel in (
        "sluitingsdagen.oordeel", "toegang.medisch", "traject.volgende", "huisbezoek.gaat", "huisbezoek.koppel",
    ):  # fmt: skip
        if sleutel in u:
            zinnen.append(v.zin(u[sleutel].tekst, u[sleutel].gegevens))
            uitleg = uitleg or v.zin(u[sleutel].waarom, u[sleutel].gegevens)
    besloten = besluit is not None and besluit.waarde == "mag"
    if mee and a.moment and not besloten:  # Once it is decided that it is a crisis, the visit is over.
        wie: Mapping[str, Waarde] = mee.gegevens
        if "huisbezoek.toegang" in u:
            alleen = len(mee.waarde) == 1 if isinstance(mee.waarde, tuple) else False
            # Whether the access or the GI goes too may still hang on a fact: then nobody goes "alone".
            zeker = all(u[k].waarde in ("gaat_mee", "gaat_niet_mee") for k in MET_ZIJN_TWEEEN if k in u)
            zin = T("{wie} gaan samen.") if not alleen else T("{wie} gaat alleen.") if zeker else T("{wie} gaat.")
            zinnen.append(v.zin(zin, wie))
            uitleg = v.zin(u["huisbezoek.toegang"].waarom, u["huisbezoek.toegang"].gegevens)
    rto = u.get("rto.dag")
    if rto and not rto_bekend:
        zin = v.zin(T("Het RTO is op {dag}.") if besloten else T("Bij crisis is het RTO op {dag}."), rto.gegevens)
        anders = tuple(dict.fromkeys(str(w) for _, w in rto.lezingen if w != rto.waarde and isinstance(w, date)))
        vraag = a.open_vragen.get(rto.open_vraag)
        if anders and vraag and not vraag.keuze:  # The day hangs on a question that nobody answered yet.
            gegevens: Mapping[str, Waarde] = {"anders": date.fromisoformat(anders[0])}
            zin += " " + v.zin(T("Anders gelezen is het {anders}."), gegevens)
        zinnen.append(zin)
        if rto.waarom:
            uitleg = v.zin(rto.waarom, rto.gegevens)
    if not zinnen and not rto_bekend:
        eerst = u.get("inzet.eerst") or u.get("traject.drieweg") or u.get("triage.besluit")
        if eerst is None and a.moment is None:  # No call at all: the question was about a measurement or money.
            eerst = next((x for k, x in u.items() if k.startswith(("kpi.", "geld.1.", "geld.afrekening."))), None)
        if eerst:
            zinnen.append(v.zin(eerst.tekst, eerst.gegevens))
        klok = a.termijnen.get("regie.overname")
        if klok and klok.uiterlijk:
            zinnen.append(
                v.zin(T("Uiterlijk {dag}: {wat}."), {"dag": klok.uiterlijk, "wat": v.zin(klok.wat, klok.gegevens)})
            )
    if not zinnen and a.vragen and not rto_bekend:
        zinnen.append(v.zin(a.vragen[0].vraag, {}))
        uitleg = v.zin(a.vragen[0].waarom, {})
    return " ".join(zinnen[:3]), uitleg


def _dagen(a: Advies) -> list[DagUit]:
    if a.moment is None:
        return []
    kalender = kalender_van(a.afspraken, a.sluitingsdagen)
    begin = lokaal(a.moment).date()
    uit = []
    for n in range(DAGEN_IN_BEELD):
        dag = begin + timedelta(days=n)
        soort, naam = kalender.soort(dag)
        uit.append(DagUit(dag.isoformat(), soort, naam))
    return uit
