# SPDX-License-Identifier: EUPL-1.2
"""One casus with everything that hangs on it, read in one statement; and the `Situatie` that the rules are asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from vangnet.access.models import Betrokkenheid, Deel
from vangnet.casework.models import (
    VERBLIJFSVORMEN,
    Aanbod,
    Casus,
    Feit,
    Genodigde,
    Inzet,
    Jeugdige,
    Melding,
    Persoon,
    Rto,
    Taak,
    Toestemming,
    Verzoek,
)
from vangnet.casework.velden import EXTRA
from vangnet.clocks.models import Klok
from vangnet.rules.kalender import lokaal

from .closing_days import STEMPEL
from .read_situation import lees_wat_kan

DELEN: dict[str, tuple[type[Model], str]] = {
    "jeugdigen": (Jeugdige, "order by volgorde, id"),
    "personen": (Persoon, "order by id"),
    "meldingen": (Melding, "order by op, id"),
    "feiten": (
        Feit,
        "and not exists (select from casework_feit later where later.vorige_id = rij.id) order by veld",
    ),
    "inzetten": (Inzet, "order by besloten_op, id"),
    "rtos": (Rto, "order by gepland_op, id"),
    "genodigden": (Genodigde, "order by id"),
    "aanbiedingen": (Aanbod, "order by gedaan_op, id"),
    "taken": (Taak, "order by id"),
    "toestemmingen": (Toestemming, "order by op, id"),
    "verzoeken": (Verzoek, "order by ontvangen_op, id"),
    "klokken": (Klok, "order by uiterlijk, id"),
    "betrokkenheden": (Betrokkenheid, "order by van, id"),
}
"""The rows of a casus that its stand and its advice follow from. Addresses are not among them: no rule needs one."""


VERRAADT = frozenset({"afweging.aanbieder"})
"""Facts that can name where the child is."""


@dataclass
class Dossier:
    """A casus and its rows as they are now (in the transaction that reads them)."""

    casus: Casus
    jeugdigen: list[Jeugdige] = field(default_factory=list)
    personen: list[Persoon] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)
    feiten: list[Feit] = field(default_factory=list)
    inzetten: list[Inzet] = field(default_factory=list)
    rtos: list[Rto] = field(default_factory=list)
    genodigden: list[Genodigde] = field(default_factory=list)
    aanbiedingen: list[Aanbod] = field(default_factory=list)
    taken: list[Taak] = field(default_factory=list)
    toestemmingen: list[Toestemming] = field(default_factory=list)
    verzoeken: list[Verzoek] = field(default_factory=list)
    """What the family asked about its own file."""
    klokken: list[Klok] = field(default_factory=list)
    betrokkenheden: list[Betrokkenheid] = field(default_factory=list)
    namen: dict[UUID, str] = field(default_factory=dict)
    """Names of the organisations and people that the rows point at."""
    soorten: dict[UUID, str] = field(default_factory=dict)
    """What kind of organisation (`Soort`) each that takes part is."""
    sluiting: str = ""
    """A stamp of the closing days that the region filed (`closing_days.STEMPEL`); empty for none."""

    def feit(self, veld: str) -> Feit | None:
        """The fact as it is known now; None when it never was said, or was taken back."""
        gevonden = next((f for f in self.feiten if f.veld == veld), None)
        return gevonden if gevonden is not None and gevonden.waarde is not None else None

    def waarde(self, veld: str) -> Any:
        """The value of a fact, moments as aware datetimes and days as dates; None when unknown."""
        feit = self.feit(veld)
        return None if feit is None else _als_tijd(veld, feit.waarde)

    @property
    def kinderen(self) -> list[Jeugdige]:
        """The children of the casus, without those taken off."""
        return [j for j in self.jeugdigen if j.vervallen_op is None]

    @property
    def mensen(self) -> list[Persoon]:
        """The people around the child, without those taken off."""
        return [p for p in self.personen if p.vervallen_op is None]

    @property
    def melding(self) -> Melding:
        """The call that began it."""
        return self.meldingen[0]

    @property
    def hulp(self) -> list[Inzet]:
        """The forms of help that were chosen, run or ended; not those that never began."""
        return [i for i in self.inzetten if i.vervallen_op is None]

    @property
    def rto(self) -> Rto | None:
        """The meeting that is planned, else the last one held."""
        levend = [r for r in self.rtos if r.vervallen_op is None]
        return next((r for r in levend if r.gehouden_op is None), levend[-1] if levend else None)

    @property
    def gehouden_rto(self) -> Rto | None:
        """The last meeting that was held."""
        return next((r for r in reversed(self.rtos) if r.gehouden_op is not None), None)

    @property
    def regie(self) -> Betrokkenheid | None:
        """Who leads now; None only in a closed casus."""
        return next((b for b in self.betrokkenheden if b.deel == Deel.REGIE and b.tot is None), None)

    @property
    def dienst_id(self) -> UUID:
        """The crisis service that began it."""
        return self.melding.opgenomen_bij_id

    def naam(self, id_: UUID | None) -> str:
        """The name of an organisation or person that a row points at; empty for none."""
        return self.namen.get(id_, "") if id_ else ""

    def betrays(self, veld: str, waarde: Any) -> bool:
        """Whether a fact says where the child is, in a casus with a secret address: it is not shown, and the rules, which
        repeat it in their words, are not told."""
        return (
            veld in VERRAADT
            and self.casus.geheim
            and any(
                i.aanbieder_id is None and i.aanbieder_naam == waarde and i.vorm in VERBLIJFSVORMEN
                for i in self.inzetten
            )
        )

    def leeftijd(self, kind: Jeugdige, dag: date | None = None) -> int | None:
        """Age in whole years on a day (else at the melding); 0 for an unborn child; None when not known."""
        if kind.ongeboren:
            return 0
        if kind.geboortedatum is None:
            return kind.leeftijd
        op = dag or lokaal(self.casus.begonnen_op).date()
        g = kind.geboortedatum
        return op.year - g.year - ((op.month, op.day) < (g.month, g.day))


def casussen_van(melding_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The casussen that these meldingen began, by melding; those that do not exist are left out. Whether the asker may see
    them is not asked here."""
    with connection.cursor() as cursor:
        cursor.execute("select melding_id, casus_id from vangnet_casus_van(%s)", [list(melding_ids)])
        return dict(cursor.fetchall())


def read_dossier(casus_id: UUID) -> Dossier | None:
    """The casus with its rows in one statement; None when there is none. The caller has checked who asks."""
    with connection.cursor() as cursor:
        cursor.execute(_vraag(), {"id": casus_id})
        rij = cursor.fetchone()
    return None if rij is None else _from_row(rij)


def read_dossiers(casus_ids: Iterable[UUID]) -> list[Dossier]:
    """The same of many casussen in one statement, by number; those that are not in sight are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_vragen(), {"ids": list(casus_ids)})
        rijen = cursor.fetchall()
    return [_from_row(rij) for rij in rijen]


def _from_row(rij: Sequence[str]) -> Dossier:
    casus, namen, soorten, *delen = (json.loads(deel) if deel else None for deel in rij[1:])
    dossier = Dossier(
        _uit_rij(Casus, casus),
        namen={UUID(k): v for k, v in (namen or {}).items()},
        soorten={UUID(k): v for k, v in (soorten or {}).items()},
        sluiting=rij[0],
    )
    for naam, rijen in zip(DELEN, delen, strict=True):
        setattr(dossier, naam, [_uit_rij(DELEN[naam][0], r) for r in rijen or ()])
    return dossier


@lru_cache(maxsize=1)
def _vragen() -> str:
    """The statement for many: every part asks for the casus of its own row."""
    een = _vraag()
    assert een.count(" where id = %(id)s") == 1
    return een.replace(" where id = %(id)s", " where id = any(%(ids)s) order by nummer").replace("%(id)s", "casus.id")


@lru_cache(maxsize=1)
def _vraag() -> str:
    stukken = []
    for soort, staart in DELEN.values():
        tabel = soort._meta.db_table
        stukken.append(
            f"(select jsonb_agg(to_jsonb(rij)) from (select * from {tabel} rij where casus_id = %(id)s {staart}) rij)"
        )
    namen = (
        "(select jsonb_object_agg(id, naam) from ("
        "select id, naam from access_organisatie where id in ("
        "select organisatie_id from access_betrokkenheid where casus_id = %(id)s"
        " union select aanbieder_id from casework_inzet where casus_id = %(id)s"
        " union select aan_organisatie_id from casework_aanbod where casus_id = %(id)s"
        " union select voor_id from casework_taak where casus_id = %(id)s"
        " union select procesregisseur_organisatie_id from casework_rto where casus_id = %(id)s)"
        " union all select id, naam from access_medewerker where id in ("
        "select medewerker_id from access_betrokkenheid where casus_id = %(id)s"
        " union select opgenomen_door_id from casework_melding where casus_id = %(id)s)) n)"
    )
    soorten = (
        "(select jsonb_object_agg(id, soort) from access_organisatie where id in ("
        "select organisatie_id from access_betrokkenheid where casus_id = %(id)s))"
    )
    stempel = STEMPEL.format(regio="casus.regio")
    return (
        f"select {stempel}, to_jsonb(casus), {namen}, {soorten}, {', '.join(stukken)}"
        " from casework_casus casus where id = %(id)s"
    )


@lru_cache(maxsize=32)
def _velden(soort: type[Model]) -> tuple[tuple[str, str, Any], ...]:
    return tuple((f.attname, f.column, f) for f in soort._meta.concrete_fields)


def _uit_rij(soort: type[Any], rij: Mapping[str, Any]) -> Any:
    """A row as JSON to an instance of its model, as the ORM would have read it."""
    waarden = {}
    for attnaam, kolom, veld in _velden(soort):
        ruw = rij[kolom]
        if isinstance(ruw, str):
            intern = veld.get_internal_type()
            if intern == "DateTimeField":
                ruw = datetime.fromisoformat(ruw).astimezone(UTC)
            elif intern == "DateField":
                ruw = date.fromisoformat(ruw)
            elif intern in ("UUIDField", "ForeignKey"):
                ruw = UUID(ruw)
        waarden[attnaam] = ruw
    ding = soort(**waarden)
    ding._state.adding, ding._state.db = False, connection.alias
    return ding


def situatie_feiten(d: Dossier, moment: datetime, kind: Jeugdige | None = None) -> dict[str, Any]:
    """The facts of a casus as the mapping that `process.advise` reads, for one child (else the first).

    What the record does not know is left out. Names of people are never in it."""
    kind = kind or next(iter(d.kinderen), None)
    m = d.melding
    feiten: dict[str, Any] = {"regio": d.casus.regio, "moment": _iso(moment)}
    if d.casus.gemeente:
        feiten["gemeente"] = d.casus.gemeente
    for feit in d.feiten:
        if feit.waarde is None or feit.veld in EXTRA or d.betrays(feit.veld, feit.waarde):
            continue
        groep, _, naam = feit.veld.partition(".")
        if groep == "keuzes":
            feiten.setdefault("keuzes", {})[naam] = feit.waarde
        else:
            feiten.setdefault(groep, {})[naam] = feit.waarde
    melding = feiten.setdefault("melding", {})
    melding["op"] = _iso(m.op)
    for naam in ("melder", "kanaal", "vraag"):
        if getattr(m, naam):
            melding[naam] = getattr(m, naam)
    if kind is not None:
        jeugdige = feiten.setdefault("jeugdige", {})
        leeftijd = d.leeftijd(kind)
        if leeftijd is not None:
            jeugdige["leeftijd"] = leeftijd
        if kind.sector:
            jeugdige["sector"] = kind.sector
    if hulp := [_inzet(i) for i in _hulp_van(d, kind)]:
        feiten["inzet"] = hulp
    if rto := d.rto:
        feiten["rto"] = feiten.get("rto", {}) | _rto(rto)
    return feiten


def _hulp_van(d: Dossier, kind: Jeugdige | None) -> list[Inzet]:
    return [i for i in d.hulp if i.jeugdige_id is None or kind is None or i.jeugdige_id == kind.id]


def hulp_in_volgorde(d: Dossier, kind: Jeugdige | None) -> list[Inzet]:
    """The forms of help in the order in which the advice numbers them (`inzet.1`, `inzet.2`)."""
    return _hulp_van(d, kind or next(iter(d.kinderen), None))


def _inzet(i: Inzet) -> dict[str, Any]:
    uit: dict[str, Any] = {"vorm": i.vorm}
    for naam, moment in (
        ("start_op", i.van),
        ("eind_op", i.tot),
        ("ouders_geinformeerd_op", i.ouders_geinformeerd_op),
        ("perspectief_op", i.perspectief_op),
        ("wijkteam_betrokken_op", i.wijkteam_betrokken_op),
        ("overgedragen_op", i.overgedragen_op),
    ):
        if moment is not None:
            uit[naam] = _iso(moment)
    return uit


def _rto(r: Rto) -> dict[str, Any]:
    uit: dict[str, Any] = {"datum": lokaal(r.gehouden_op or r.gepland_op).date().isoformat()}
    uit["gehouden"] = r.gehouden_op is not None
    if r.reden_andere_dag:
        uit["reden_andere_dag"] = "vastgelegd"
    if r.op_afstand is not None:
        uit["deelname_op_afstand"] = r.op_afstand
    if r.reden_op_afstand:
        uit["reden_op_afstand"] = "vastgelegd"
    if r.gehouden_op is not None:
        uit["perspectief"] = bool(r.perspectief)
        uit["veiligheidsplan"] = bool(r.veiligheidsplan)
        if r.procesregisseur_aanwezig is not None:
            uit["procesregisseur_aanwezig"] = r.procesregisseur_aanwezig
    if r.nieuw_overleg_nodig is not None:
        uit["nieuw_overleg_nodig"] = r.nieuw_overleg_nodig
    return uit


def _iso(moment: datetime) -> str:
    return lokaal(moment).replace(microsecond=0).isoformat()


_MOMENTEN = {naam for naam, veld in EXTRA.items() if veld.soort == "moment"}
_DAGEN = {naam for naam, veld in EXTRA.items() if veld.soort == "dag"}


def _als_tijd(veld: str, waarde: Any) -> Any:
    if not isinstance(waarde, str):
        return waarde
    if veld in _MOMENTEN or (veld.endswith("_op") and "T" in waarde) or veld == "inschatting.op":
        return datetime.fromisoformat(waarde)
    if veld in _DAGEN or (veld.endswith(("_op", "_datum")) and len(waarde) == 10):
        return date.fromisoformat(waarde)
    return waarde


def check_fact(regio: str, veld: str, waarde: Any) -> Iterator[Any]:
    """The faults (`policy.fouten.Fout`) of one fact of `Situatie` as it comes in; none when it can be kept."""
    groep, _, naam = veld.partition(".")
    _, fouten = lees_wat_kan({"regio": regio, groep: {naam: waarde}})
    yield from fouten
