# SPDX-License-Identifier: EUPL-1.2
"""Reads the regions: `regios/<regio>/<geldig_vanaf>.toml`, the yearly lists beside them, and what a region chose itself.

    regios/zuid-limburg/2024-01-01.toml            a version of the agreements
    regios/zuid-limburg/feestdagen/2024.toml       a year's holidays, confirmed
    <eigen>/zuid-limburg/keuzes.toml               the region's choices on open questions
    <eigen>/zuid-limburg/sluitingsdagen/2024.toml  announced closing days
    <eigen>/zuid-limburg/triage.toml               the adoption of a decision table
    <eigen>/zuid-limburg/bewaren.toml              other terms for keeping (`policy.bewaren`)
    <eigen>/zuid-limburg/escalatie.toml            who is warned about deadlines (`policy.escalatie`)
    regios/triage/<tabel>.toml                     decision tables

`<eigen>` is a second folder: agreements are shared by everyone, choices belong to one region. The demo has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from vangnet.rules.afspraken import Afspraken
from vangnet.rules.beslistabel import Beslistabel, Vaststelling
from vangnet.rules.beslistabel import fouten as tabelfouten
from vangnet.rules.bewaren import Bewaarbeleid, Bewaarkeuze
from vangnet.rules.bron import Afspraak
from vangnet.rules.escalatie import Escalatie
from vangnet.rules.kalender import Jaarlijst, Sluitingsdagen, lokaal
from vangnet.rules.openvraag import Keuze

from . import bewaren, escalatie, toml
from .bronnen import WORTEL, Bronnen, lees_bronnen
from .fouten import Fout, OnbekendeRegio, Ongeldig, VoorEersteVersie, kort, uit_pydantic

_AFSPRAKEN = TypeAdapter(Afspraken)
_TABEL = TypeAdapter(Beslistabel)
_VASTSTELLING = TypeAdapter(Vaststelling)
_KEUZES = TypeAdapter(dict[str, Keuze])
_JAARLIJST = TypeAdapter(Jaarlijst)
_SLUITING = TypeAdapter(tuple[Sluitingsdagen, ...])

BUITEN_HET_BESTAND = ("jaarlijsten", "sluitingslijsten", "keuzes", "beslistabel", "vaststelling")
"""Fields of `Afspraken` that come from the files beside the policy, never from the policy itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """All regions with their versions, oldest first. Equal only to itself, so that what follows from it can be kept by it."""

    versies: Mapping[str, tuple[Afspraken, ...]]
    bronnen: Bronnen
    bewaarbeleid: tuple[Bewaarbeleid, ...] = ()
    bewaarkeuzes: Mapping[str, Mapping[str, Bewaarkeuze]] = field(default_factory=dict)
    """Per region what it chose itself."""
    standaardladder: Escalatie | None = None
    ladders: Mapping[str, Escalatie] = field(default_factory=dict)
    """Per region who is warned, where it chose that itself."""

    def escalatie(self, regio: str) -> Escalatie:
        """Who is warned about deadlines in a region: what it chose itself, else what Vangnet chose."""
        gekozen = self.ladders.get(regio) or self.standaardladder
        if gekozen is None:
            raise KeyError(regio)
        return gekozen

    def bewaren(self, regio: str, dag: date) -> Bewaarbeleid:
        """How long a region keeps what, on a day."""
        return bewaren.op_dag(self.bewaarbeleid, self.bewaarkeuzes.get(regio, {}), dag)

    def regios(self) -> tuple[Afspraken, ...]:
        """The newest version of every region, by name."""
        return tuple(sorted((v[-1] for v in self.versies.values()), key=lambda a: a.regio.naam))

    def is_open_vraag(self, sleutel: str) -> bool:
        """Whether a key such as `X-01/vroege_ochtend` can name an open question."""
        return is_open_vraag(sleutel, self.bronnen)

    def versie(self, regio: str, geldig_vanaf: date | None) -> Afspraken | None:
        """The version of a region that began on a day; None when there is none."""
        return next((v for v in self.versies.get(regio, ()) if v.regio.geldig_vanaf == geldig_vanaf), None)

    def op(self, regio: str, moment: datetime | None) -> Afspraken:
        """The version of a region that holds at a moment; the newest without a moment.

        A version holds from its first day until the next one, also past the end that its source names.
        Errors: `OnbekendeRegio`; `VoorEersteVersie` for a moment before the first version."""
        versies = self.versies.get(regio)
        if versies is None:
            raise OnbekendeRegio(
                [Fout("regio", kort(regio), "één van " + ", ".join(sorted(self.versies)), "zuid-limburg")]
            )
        if moment is None:
            return versies[-1]
        dag = lokaal(moment).date()
        geldig = [v for v in versies if v.regio.geldig_vanaf <= dag]
        if not geldig:
            eerste = versies[0].regio.geldig_vanaf
            raise VoorEersteVersie(
                [Fout("melding.op", str(dag), f"een moment vanaf {eerste}, de eerste versie van {versies[0].regio.naam}",
                      f"{eerste}T09:00:00+01:00")]
            )  # fmt: skip
        return geldig[-1]


def lees_register(regios: Path = WORTEL / "regios", eigen: Path | None = None) -> Register:
    """Read and check everything under `regios` and `eigen`.

    Errors: `Ongeldig` with every fault of every file at once."""
    bronnen = lees_bronnen()
    fouten: list[Fout] = []
    tabellen = _lees_tabellen(regios / "triage", bronnen, fouten)
    versies: dict[str, list[Afspraken]] = {}
    for map_ in sorted(p for p in regios.iterdir() if p.is_dir() and p.name != "triage"):
        for pad in sorted(map_.glob("*.toml")):
            a = lees_bestand(pad, bronnen, fouten)
            if a is not None:
                versies.setdefault(map_.name, []).append(_met_lijsten(a, map_, eigen, tabellen, bronnen, fouten))
    for regio, rij in versies.items():
        fouten += _overlap(regio, rij)
    beleid = bewaren.lees_bewaarbeleid(bronnen, fouten)
    standaard = escalatie.lees_escalatie(escalatie.STANDAARD, fouten)
    ladders = {
        r: escalatie.lees_escalatie(eigen / r / escalatie.EIGEN, fouten, eigen=True)
        for r in versies
        if eigen and (eigen / r / escalatie.EIGEN).is_file()
    }
    keuzes = {r: bewaren.lees_bewaarkeuzes(eigen / r / bewaren.EIGEN, beleid, fouten) for r in versies} if eigen else {}
    if fouten:
        raise Ongeldig(fouten)
    per_regio = {k: tuple(sorted(v, key=lambda a: a.regio.geldig_vanaf)) for k, v in versies.items()}
    eigen_ladders = {r: ladder for r, ladder in ladders.items() if ladder is not None}
    return Register(per_regio, bronnen, beleid, keuzes, standaard, eigen_ladders)


def lees_bestand(pad: Path, bronnen: Bronnen, fouten: list[Fout]) -> Afspraken | None:
    """Read one policy file; every fault goes into `fouten`, and None comes back when it cannot be used."""
    naam = _naam(pad)
    ruw = toml.lees(pad, fouten, _naam(pad))
    if ruw is None:
        return None
    fouten += [
        Fout(k, f"de sleutel '{k}' in het afsprakenbestand", "dit in een eigen bestand ernaast", bestand=naam)
        for k in BUITEN_HET_BESTAND
        if k in ruw
    ]
    try:
        a = _AFSPRAKEN.validate_python(ruw)
    except ValidationError as fout:
        fouten += uit_pydantic(fout, naam)
        fouten += [replace(f, bestand=naam) for f in _regels_in_ruw(ruw, bronnen)]
        return None
    mijn = [*_regels_kloppen(a, bronnen), *_inhoud_klopt(a, pad, bronnen)]
    fouten += [replace(f, bestand=naam) for f in mijn]
    return a


def _naam(pad: Path) -> str:
    try:
        return str(pad.resolve().relative_to(WORTEL))
    except ValueError:
        return str(pad)


def alle_regels(ding: Any, waar: str = "") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Walk everything that carries rule ids: (key, name of the field, ids). Also fields such as `gemotiveerd` of rule
    ids only, which the dataclasses type as a tuple of text."""
    if is_dataclass(ding) and not isinstance(ding, type):
        for f in fields(ding):
            pad = f"{waar}.{f.name}" if waar else f.name
            waarde = getattr(ding, f.name)
            if f.type in ("Regels", "tuple[str, ...]") and f.name != "melders" and _lijkt_regels(f.name, f.type):
                yield pad, f.name, waarde
            else:
                yield from alle_regels(waarde, pad)
    elif isinstance(ding, Mapping):
        for k, v in ding.items():
            if isinstance(v, tuple) and waar == "overig":
                yield f"{waar}.{k}", "regels", v
            else:
                yield from alle_regels(v, f"{waar}.{k}")
    elif isinstance(ding, tuple):
        for n, v in enumerate(ding, 1):
            yield from alle_regels(v, f"{waar}.{n}")


def _lijkt_regels(naam: str, soort: object) -> bool:
    return soort == "Regels" or naam == "regels"


def _regels_kloppen(a: Afspraken, bronnen: Bronnen) -> list[Fout]:
    """Every cited rule exists, and every agreed value cites at least one."""
    uit: list[Fout] = []
    for waar, veld, ids in alle_regels(a):
        if veld == "regels" and not ids and not _mag_leeg(waar, a):
            uit.append(Fout(waar, "geen bron", "minstens één regelnummer", 'regels = ["ZL-63"]'))
        for id_ in ids:
            if id_ not in bronnen.regels:
                uit.append(Fout(waar, kort(id_), "een regelnummer uit bronnen/regels.jsonl", "ZL-63"))
    return uit


def _mag_leeg(waar: str, a: Afspraken) -> bool:
    if waar == "regie.regels":
        return a.regie is not None and a.regie.overgang_regie == "aanvaarding"
    if waar.startswith("checklist."):
        positie = a.checklist.get(waar.split(".", 1)[1].rsplit(".", 1)[0])
        return positie is not None and positie.keuze == NIET_IN_DE_BRON
    return waar == "doelgroep.regels"


def _regels_in_ruw(ruw: Any, bronnen: Bronnen, waar: str = "") -> list[Fout]:
    """Unknown rule ids in a file that has other faults too, so that all faults come at once."""
    uit: list[Fout] = []
    if isinstance(ruw, dict):
        for k, v in ruw.items():
            pad = f"{waar}.{k}" if waar else k
            if k == "regels" and isinstance(v, list):
                uit += [
                    Fout(pad, kort(i), "een regelnummer uit bronnen/regels.jsonl", "ZL-63")
                    for i in v
                    if i not in bronnen.regels
                ]
                if not v:
                    uit.append(Fout(pad, "geen bron", "minstens één regelnummer", 'regels = ["ZL-63"]'))
            else:
                uit += _regels_in_ruw(v, bronnen, pad)
    elif isinstance(ruw, list):
        for n, v in enumerate(ruw, 1):
            uit += _regels_in_ruw(v, bronnen, f"{waar}.{n}")
    return uit


NIET_IN_DE_BRON = "niet in de bron"


def _inhoud_klopt(a: Afspraken, pad: Path, bronnen: Bronnen) -> list[Fout]:
    uit: list[Fout] = []
    r = a.regio
    if pad.stem != str(r.geldig_vanaf):
        uit.append(Fout("regio.geldig_vanaf", str(r.geldig_vanaf), f"de dag van de bestandsnaam, {pad.stem}", pad.stem))
    if pad.parent.name != r.sleutel:
        uit.append(Fout("regio.sleutel", kort(r.sleutel), f"de naam van de map, {pad.parent.name}", pad.parent.name))
    if r.geldig_tot and r.geldig_tot <= r.geldig_vanaf:
        uit.append(Fout("regio.geldig_tot", str(r.geldig_tot), f"een dag na {r.geldig_vanaf}", "2017-01-01"))
    if r.bron not in bronnen.teksten:
        uit.append(Fout("regio.bron", kort(r.bron), "één van " + ", ".join(bronnen.teksten), "zl-2024"))
    uit += _gemeenten(a) + _sluiting(a) + _checklist(a, bronnen) + _zorg(a)
    if a.kantoortijd and a.kantoortijd.van >= a.kantoortijd.tot:
        uit.append(
            Fout("kantoortijd.tot", f"{a.kantoortijd.tot:%H:%M}", f"een tijd na {a.kantoortijd.van:%H:%M}", "17:00")
        )
    for waar, afspraak in _alle_afspraken(a):
        if isinstance(afspraak.waarde, int) and not isinstance(afspraak.waarde, bool) and afspraak.waarde < 0:
            uit.append(Fout(f"{waar}.waarde", str(afspraak.waarde), "nul of meer", "4"))
        aantal = getattr(afspraak.waarde, "aantal", None)
        if isinstance(aantal, int) and aantal <= 0:
            uit.append(Fout(f"{waar}.waarde.aantal", str(aantal), "meer dan nul", "4"))
    return uit


def _alle_afspraken(ding: Any, waar: str = "") -> Iterator[tuple[str, Afspraak[Any]]]:
    if isinstance(ding, Afspraak):
        yield waar, ding
    elif is_dataclass(ding) and not isinstance(ding, type):
        for f in fields(ding):
            yield from _alle_afspraken(getattr(ding, f.name), f"{waar}.{f.name}" if waar else f.name)
    elif isinstance(ding, Mapping):
        for k, v in ding.items():
            yield from _alle_afspraken(v, f"{waar}.{k}")
    elif isinstance(ding, tuple):
        for n, v in enumerate(ding, 1):
            yield from _alle_afspraken(v, f"{waar}.{n}")


def _gemeenten(a: Afspraken) -> list[Fout]:
    uit: list[Fout] = []
    gezien: dict[str, str] = {}
    for n, g in enumerate(a.gemeenten, 1):
        if not re.fullmatch(r"\d{4}", g.cbs):
            uit.append(Fout(f"gemeenten.{n}.cbs", kort(g.cbs), "vier cijfers", "0917"))
        if g.cbs in gezien:
            uit.append(Fout(f"gemeenten.{n}.cbs", kort(g.cbs), f"een andere code dan die van {gezien[g.cbs]}", "0917"))
        gezien[g.cbs] = g.naam
        if g.geldig_vanaf and g.geldig_tot and g.geldig_tot <= g.geldig_vanaf:
            uit.append(
                Fout(f"gemeenten.{n}.geldig_tot", str(g.geldig_tot), f"een dag na {g.geldig_vanaf}", "2026-01-01")
            )
    return uit


def _sluiting(a: Afspraken) -> list[Fout]:
    s = a.sluitingsdagen
    if s is None:
        return []
    namen = {g.naam for g in a.gemeenten}
    uit = [
        Fout("sluitingsdagen.gemeenten.waarde", kort(naam), "een gemeente uit deze regio", "Simpelveld")
        for naam in s.gemeenten.waarde
        if naam not in namen
    ]
    try:
        date.fromisoformat(f"2024-{s.gemeld_uiterlijk.waarde}")
    except ValueError:
        uit.append(
            Fout(
                "sluitingsdagen.gemeld_uiterlijk.waarde", kort(s.gemeld_uiterlijk.waarde), "een dag als MM-DD", "01-31"
            )
        )
    return uit


def _checklist(a: Afspraken, bronnen: Bronnen) -> list[Fout]:
    onderdelen = bronnen.onderdelen()
    uit = [
        Fout(f"checklist.{nummer}", "niets", f"een keuze ({', '.join(keuzes)}) of '{NIET_IN_DE_BRON}'",
             f'"{nummer}" = {{ keuze = "{NIET_IN_DE_BRON}" }}')
        for nummer, keuzes in onderdelen.items()
        if nummer not in a.checklist
    ]  # fmt: skip
    for nummer, positie in a.checklist.items():
        keuzes = onderdelen.get(nummer)
        if keuzes is None:
            uit.append(
                Fout(
                    f"checklist.{nummer}",
                    kort(nummer),
                    "een onderdeel van de checklist: " + ", ".join(onderdelen),
                    "1.1",
                )
            )
        elif positie.keuze not in (*keuzes, NIET_IN_DE_BRON, NIET_GEKOZEN):
            uit.append(
                Fout(
                    f"checklist.{nummer}.keuze",
                    kort(positie.keuze),
                    "één van " + ", ".join((*keuzes, NIET_GEKOZEN, NIET_IN_DE_BRON)),
                    keuzes[0],
                )
            )
    return uit


NIET_GEKOZEN = "niet gekozen"
"""For the five options of positioning: the region is placed elsewhere."""


def _zorg(a: Afspraken) -> list[Fout]:
    uit: list[Fout] = []
    gezien: set[str] = set()
    for n, v in enumerate(a.zorg.vormen, 1):
        if v.vorm in gezien:
            uit.append(Fout(f"zorg.vormen.{n}.vorm", kort(v.vorm), "elke vorm één keer", "noodbed"))
        gezien.add(v.vorm)
    groepen = [g for t in a.zorg.treden for g in t.groepen]
    for g in sorted({g for g in groepen if groepen.count(g) > 1}):
        uit.append(Fout("zorg.treden", kort(g), "elke groep op één trede", "ambulant"))
    nummers = [r.nummer for r in a.vervolg.routes]
    for nummer in sorted({x for x in nummers if nummers.count(x) > 1}):
        uit.append(Fout("vervolg.routes", str(nummer), "elke route één keer", "1"))
    return uit


def _overlap(regio: str, rij: list[Afspraken]) -> list[Fout]:
    uit: list[Fout] = []
    op_volgorde = sorted(rij, key=lambda a: a.regio.geldig_vanaf)
    for eerder, later in pairwise(op_volgorde):
        tot = eerder.regio.geldig_tot
        if tot and tot > later.regio.geldig_vanaf:
            uit.append(
                Fout("regio.geldig_tot", str(tot), f"uiterlijk {later.regio.geldig_vanaf}, de eerste dag van de volgende versie",
                     str(later.regio.geldig_vanaf), f"regios/{regio}/{eerder.regio.geldig_vanaf}.toml")
            )  # fmt: skip
    return uit


def _lees_tabellen(map_: Path, bronnen: Bronnen, fouten: list[Fout]) -> dict[str, Beslistabel]:
    uit: dict[str, Beslistabel] = {}
    for pad in sorted(map_.glob("*.toml")) if map_.is_dir() else ():
        tabel = lees_tabel(pad, bronnen, fouten)
        if tabel:
            uit[tabel.sleutel] = tabel
    return uit


def lees_tabel(pad: Path, bronnen: Bronnen, fouten: list[Fout]) -> Beslistabel | None:
    """Read a decision table and try all its combinations; gaps, overlaps and dead rows go into `fouten`."""
    ruw = toml.lees(pad, fouten, _naam(pad))
    if ruw is None:
        return None
    naam = _naam(pad)
    try:
        tabel = _TABEL.validate_python(ruw)
    except ValidationError as fout:
        fouten += uit_pydantic(fout, naam)
        return None
    mijn = [Fout(waar, gevonden, verwacht, bestand=naam) for waar, gevonden, verwacht in tabelfouten(tabel)]
    for n, v in enumerate(tabel.vragen, 1):
        mijn += [
            Fout(f"vragen.{n}.regels", kort(i), "een regelnummer uit bronnen/regels.jsonl", "ICJ-11", naam)
            for i in v.regels
            if i not in bronnen.regels
        ]
    fouten += mijn
    return None if mijn else tabel


def _met_lijsten(
    a: Afspraken,
    map_: Path,
    eigen: Path | None,
    tabellen: Mapping[str, Beslistabel],
    bronnen: Bronnen,
    fouten: list[Fout],
) -> Afspraken:
    mappen = [map_, *([eigen / map_.name] if eigen else [])]
    jaarlijsten: list[Jaarlijst] = []
    sluiting: list[Sluitingsdagen] = []
    keuzes: dict[str, Keuze] = {}
    vaststelling: Vaststelling | None = None
    for m in mappen:
        for pad in sorted((m / "feestdagen").glob("*.toml")):
            jaarlijsten += _lees(pad, _JAARLIJST, fouten, lambda r: {**r, "dagen": tuple(_dagen(r.get("dagen", {})))})
        for pad in sorted((m / "sluitingsdagen").glob("*.toml")):
            for rij in _lees(pad, _SLUITING, fouten, lambda r: tuple(r.get("opgave", ()))):
                sluiting += rij
        if m != map_:
            for rij_k in _lees(m / "keuzes.toml", _KEUZES, fouten, dict):
                fouten += _keuzes_bekend(rij_k, _naam(m / "keuzes.toml"), bronnen)
                keuzes.update(rij_k)
            for v in _lees(m / "triage.toml", _VASTSTELLING, fouten, dict):
                vaststelling = v
                if v.tabel not in tabellen:
                    fouten.append(
                        Fout("tabel", kort(v.tabel), "één van " + ", ".join(tabellen), bestand=_naam(m / "triage.toml"))
                    )
    namen = {g.naam for g in a.gemeenten}
    for s in sluiting:
        if s.gemeente not in namen:
            fouten.append(
                Fout(
                    "opgave.gemeente",
                    kort(s.gemeente),
                    f"een gemeente uit {a.regio.naam}",
                    "Simpelveld",
                    f"{map_.name}/sluitingsdagen",
                )
            )
    return replace(
        a,
        jaarlijsten=tuple({x.jaar: x for x in jaarlijsten}.values()),
        sluitingslijsten=tuple(sluiting),
        keuzes=keuzes,
        beslistabel=tabellen.get(vaststelling.tabel) if vaststelling else None,
        vaststelling=vaststelling,
    )


def is_open_vraag(sleutel: str, bronnen: Bronnen) -> bool:
    """Whether a key such as `X-01/vroege_ochtend` can name an open question: by its number, or a rule that leaves it open."""
    stam = sleutel.partition("/")[0]
    return stam in bronnen.open_vragen or stam in bronnen.regels or stam in ("versie", "regie")


def _keuzes_bekend(keuzes: Mapping[str, Keuze], bestand: str, bronnen: Bronnen) -> list[Fout]:
    uit = []
    for sleutel in keuzes:
        stam = sleutel.partition("/")[0]
        if not is_open_vraag(sleutel, bronnen):
            uit.append(
                Fout(
                    sleutel,
                    kort(stam),
                    "een open vraag (X-01..37) of regelnummer voor de schuine streep",
                    "X-01/vroege_ochtend",
                    bestand,
                )
            )
    return uit


def _dagen(ruw: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(ruw, dict):
        yield from sorted(ruw.items())


def _lees(pad: Path, vorm: TypeAdapter[Any], fouten: list[Fout], maak: Any) -> Iterator[Any]:
    if not pad.is_file():
        return
    ruw = toml.lees(pad, fouten, _naam(pad))
    if ruw is None:
        return
    try:
        yield vorm.validate_python(maak(ruw))
    except ValidationError as fout:
        fouten += uit_pydantic(fout, _naam(pad))
