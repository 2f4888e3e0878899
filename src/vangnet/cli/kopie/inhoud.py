# SPDX-License-Identifier: EUPL-1.2
"""What a database holds, in figures that any faithful copy gives too: per table its columns, its rows and a hash over them.

The hash does not hang on the order of rows: of every row, written as text in one fixed form, the SHA-256 is taken, and the four
quarters of those are added up. A changed sign, a missing or doubled row, or two values that changed places give another
sum. The database computes it; here only the sums arrive. It is a check on faithful copying, no seal: whoever can write both
rows and manifest can make them agree (docs/besluiten/0025).
"""

from __future__ import annotations

import hashlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from . import KopieFout

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

VORM = 1
"""The form of the file and of the hashes in it; a change of either asks the next number."""
LEEG = ("public.django_session",)
"""Tables of which only the form goes along: a backup opens nobody's session."""
SCHRIJFWIJZE = (
    ("TimeZone", "UTC"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"), ("bytea_output", "hex"),
    ("extra_float_digits", "1"), ("client_encoding", "UTF8"), ("search_path", "pg_catalog"), ("lc_monetary", "C"),
    ("xmlbinary", "base64"), ("row_security", "off"),
)  # fmt: skip
"""The settings that decide how values are written as text; with row security off a hidden row is an error, not a gap."""
TABELLEN = """
select n.nspname, c.relname,
       array_agg(array[a.attname::text, format_type(a.atttypid, a.atttypmod)] order by a.attnum)
         filter (where a.attname is not null)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
 group by 1, 2 order by 1, 2
"""
SOM = """
select count(*), {sommen} from (
  select encode(sha256(convert_to(row({kolommen})::text, 'UTF8')), 'hex') as h from only {tabel} offset 0) r
"""
KWART = "coalesce(sum(('x' || substr(h, {}, 16))::bit(64)::bigint), 0)"
REEKSEN = """
select n.nspname || '.' || c.relname, coalesce(pg_sequence_last_value(c.oid), 0)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'S' and c.relpersistence <> 't' and n.nspname !~ '^pg_' order by 1
"""
ROLLEN = """
select distinct r.rolname from pg_roles r join (
  select (aclexplode(relacl)).grantee as wie from pg_class
  union all select relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (
               select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  union all select (aclexplode(proacl)).grantee from pg_proc
  union all select (aclexplode(nspacl)).grantee from pg_namespace
  union all select (aclexplode(attacl)).grantee from pg_attribute where attacl is not null
  union all select defaclrole from pg_default_acl
  union all select (aclexplode(defaclacl)).grantee from pg_default_acl
  union all select unnest(polroles) from pg_policy
) g on g.wie = r.oid where r.rolname !~ '^pg_' and not r.rolsuper order by 1
"""

BEWAKING = """
with eigen as (
  select c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and c.relpersistence <> 't'
     and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
functies as (
  select p.oid, p.proowner, p.proacl, p.prosecdef, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as naam
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
     and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'))
select 'slot ' || relname || case when relforcerowsecurity then ' ook voor de eigenaar' else '' end from eigen where relrowsecurity
union all
select 'recht ' || a.privilege_type || ' op ' || relname || ' voor ' || coalesce(r.rolname, 'iedereen')
  from eigen cross join aclexplode(relacl) a left join pg_roles r on r.oid = a.grantee where a.grantee <> relowner
union all
select 'recht ' || a.privilege_type || ' op ' || relname || '.' || t.attname || ' voor ' || coalesce(r.rolname, 'iedereen')
  from eigen join pg_attribute t on t.attrelid = eigen.oid cross join aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
 where t.attacl is not null and a.grantee <> relowner
union all
select 'recht op ' || naam || ' voor ' || coalesce(r.rolname, 'iedereen')
  from functies cross join aclexplode(coalesce(proacl, acldefault('f', proowner))) a left join pg_roles r on r.oid = a.grantee
 where a.grantee <> proowner
union all
select 'functie ' || naam || case when prosecdef then ' met rechten van de eigenaar' else '' end from functies
union all
select 'regel ' || p.polname || ' op ' || relname || ' bij ' || p.polcmd::text || case when p.polpermissive then '' else ' erbij' end
  from eigen join pg_policy p on p.polrelid = eigen.oid
union all
select 'bewaker ' || t.tgname || ' op ' || relname || ' stand ' || t.tgenabled::text
  from eigen join pg_trigger t on t.tgrelid = eigen.oid where not t.tgisinternal
union all
select 'eis ' || k.conname || ' op ' || relname from eigen join pg_constraint k on k.conrelid = eigen.oid where k.contype <> 'n'
union all
select 'index ' || relname from eigen where relkind = 'i'
"""

Meld = Callable[[str, int, int], None]
"""Tells what is being done, how far it is, and of how many."""


@dataclass(frozen=True)
class Tabel:
    """One table in figures."""

    rijen: int
    hash: str
    kolommen: tuple[tuple[str, str], ...]
    """Per column its name and type, in order."""


def write_alike(link: psycopg.Connection[Any]) -> None:
    """The settings of `SCHRIJFWIJZE`, for this transaction."""
    for naam, waarde in SCHRIJFWIJZE:
        link.execute("select set_config(%s, %s, true)", [naam, waarde])


def measure(link: psycopg.Connection[Any], leeg: tuple[str, ...] = LEEG, meld: Meld | None = None) -> dict[str, Tabel]:
    """Every table of the database in figures, as this transaction sees it; those in `leeg` count as without rows."""
    from psycopg import sql

    write_alike(link)
    alle = link.execute(TABELLEN).fetchall()
    uit: dict[str, Tabel] = {}
    for plaats, (schema, naam, kolommen) in enumerate(alle, 1):
        sleutel = f"{schema}.{naam}"
        if meld:
            meld("tabellen geteld", plaats, len(alle))
        paren = tuple((str(k), str(soort)) for k, soort in kolommen or ())
        if sleutel in leeg:
            uit[sleutel] = Tabel(0, _hash((0, 0, 0, 0, 0)), paren)
            continue
        vraag = sql.SQL(SOM).format(
            sommen=sql.SQL(", ".join(KWART.format(1 + 16 * n) for n in range(4))),
            kolommen=sql.SQL(", ").join(sql.Identifier(k) for k, _ in paren),
            tabel=sql.Identifier(schema, naam),
        )
        rij = link.execute(vraag).fetchone()
        assert rij is not None
        uit[sleutel] = Tabel(int(rij[0]), _hash(rij), paren)
    return uit


def _hash(sommen: tuple[Any, ...]) -> str:
    return hashlib.sha256(":".join(str(int(een)) for een in sommen).encode()).hexdigest()


def differences(was: Mapping[str, Tabel], is_: Mapping[str, Tabel]) -> list[str]:
    """Per table that is not the same a sentence, in order of name; empty when all are equal."""
    uit = []
    for naam in sorted(was.keys() | is_.keys()):
        oud, nieuw = was.get(naam), is_.get(naam)
        if oud is None:
            uit.append(f"{naam}: deze tabel hoort er niet te zijn.")
        elif nieuw is None:
            uit.append(f"{naam}: deze tabel is er niet; verwacht {oud.rijen} rijen.")
        elif oud.kolommen != nieuw.kolommen:
            uit.append(f"{naam}: de kolommen zijn anders.")
        elif oud.rijen != nieuw.rijen:
            uit.append(f"{naam}: gevonden {nieuw.rijen} rijen; verwacht {oud.rijen}.")
        elif oud.hash != nieuw.hash:
            uit.append(f"{naam}: {oud.rijen} rijen, maar niet dezelfde inhoud.")
    return uit


def sequences(link: psycopg.Connection[Any]) -> dict[str, int]:
    """Per sequence the last number given out; 0 when none was."""
    return {str(naam): int(laatste) for naam, laatste in link.execute(REEKSEN)}


def guards(link: psycopg.Connection[Any]) -> list[str]:
    """What keeps the rows: who may do what, row security, triggers, constraints, functions; each as a line, in order."""
    return sorted(str(regel) for (regel,) in link.execute(BEWAKING))


def guard_differences(was: Iterable[str], is_: Iterable[str]) -> list[str]:
    """Per line that is missing or too many a sentence."""
    toen, nu = set(was), set(is_)
    mist, erbij = sorted(toen - nu), sorted(nu - toen)
    return [f"{een}: dit is er niet." for een in mist] + [f"{een}: dit hoort er niet te zijn." for een in erbij]


def own_version() -> str:
    """The version of Vangnet that runs here."""
    try:
        return version("vangnet")
    except PackageNotFoundError:
        return "0"


LABEL = {"messages": "vangnet_messages"}
"""What Django calls a room whose own name it uses itself."""


def own_migrations() -> set[tuple[str, str]]:
    """The migrations of the rooms of Vangnet that this version knows."""
    import vangnet

    uit = set()
    for kamer in pkgutil.iter_modules(vangnet.__path__):
        map_ = f"{vangnet.__path__[0]}/{kamer.name}/migrations"
        label = LABEL.get(kamer.name, kamer.name)
        uit |= {(label, een.name) for een in pkgutil.iter_modules([map_]) if een.name[:1].isdigit()}
    return uit


def make_manifest(
    link: psycopg.Connection[Any], op: datetime, dump_door: int, meld: Meld | None = None
) -> dict[str, Any]:
    """What goes along with a dump, as this transaction sees the database.

    Errors: `KopieFout` when it is no database of Vangnet, or when the role may not read all of it."""
    import psycopg

    try:
        tabellen = measure(link, LEEG, meld)
        if "public.django_migrations" not in tabellen or "public.access_logregel" not in tabellen:
            raise KopieFout("Dit is geen database van Vangnet, of ze is nog leeg: voer eerst `vangnet migrate` uit.")
        migraties = [list(rij) for rij in link.execute("select app, name from public.django_migrations order by 1, 2")]
        zegel = _one(link, "select coalesce(max(nummer), 0) from public.access_zegel")
        versie = _one(link, "select current_setting('server_version_num')::int / 10000")
        eigenaar = _one(
            link, "select pg_get_userbyid(relowner) from pg_class where oid = 'public.django_migrations'::regclass"
        )
        rollen = [rij[0] for rij in link.execute(ROLLEN)]
        reeksen, bewaking = sequences(link), guards(link)
    except psycopg.errors.InsufficientPrivilege as fout:
        raise KopieFout(
            f"Deze rol mag niet alles lezen ({(str(fout).splitlines() or [''])[0]}); zie docs/beheer.md, Reservekopie."
        ) from None
    return {
        "vorm": VORM, "vangnet": own_version(), "postgresql": versie, "dump_door": dump_door, "op": op.isoformat(),
        "eigenaar": eigenaar, "rollen": rollen, "migraties": migraties, "zegel": zegel, "leeg": list(LEEG), "reeksen": reeksen,
        "bewaking": bewaking,
        "tabellen": {
            naam: {"rijen": een.rijen, "hash": een.hash, "kolommen": [list(k) for k in een.kolommen]}
            for naam, een in tabellen.items()
        },
    }  # fmt: skip


def _one(link: psycopg.Connection[Any], vraag: str) -> Any:
    rij = link.execute(vraag.encode()).fetchone()
    assert rij is not None
    return rij[0]


@dataclass(frozen=True)
class Manifest:
    """A manifest that was read and understood."""

    vangnet: str
    postgresql: int
    dump_door: int
    op: datetime
    eigenaar: str
    rollen: tuple[str, ...]
    migraties: frozenset[tuple[str, str]]
    zegel: int
    leeg: tuple[str, ...]
    reeksen: Mapping[str, int]
    bewaking: tuple[str, ...]
    """What keeps the rows (`guards`)."""
    tabellen: Mapping[str, Tabel]

    @property
    def rijen(self) -> int:
        """Rows of all tables together."""
        return sum(een.rijen for een in self.tabellen.values())


def read_manifest(een: dict[str, Any]) -> Manifest:
    """What a manifest says.

    Errors: `KopieFout` for a form or a version that is newer than this program, or for something else than a manifest."""
    from datetime import datetime

    vorm = een.get("vorm")
    if isinstance(vorm, int) and vorm > VORM:
        raise KopieFout(
            f"Deze reservekopie heeft vorm {vorm}; deze Vangnet kent tot en met {VORM}. Neem een nieuwere Vangnet."
        )
    try:
        uit = Manifest(
            str(een["vangnet"]), int(een["postgresql"]), int(een["dump_door"]), datetime.fromisoformat(een["op"]),
            str(een["eigenaar"]), tuple(map(str, een["rollen"])), frozenset((str(a), str(n)) for a, n in een["migraties"]),
            int(een["zegel"]), tuple(map(str, een["leeg"])), {str(n): int(w) for n, w in een["reeksen"].items()},
            tuple(map(str, een["bewaking"])),
            {
                str(n): Tabel(int(t["rijen"]), str(t["hash"]), tuple((str(k), str(s)) for k, s in t["kolommen"]))
                for n, t in een["tabellen"].items()
            },
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        raise KopieFout("De lijst in deze reservekopie is niet te lezen.") from None
    if vorm != VORM or uit.op.tzinfo is None:
        raise KopieFout("De lijst in deze reservekopie is niet te lezen.")
    eigen = own_migrations()
    kamers = {kamer for kamer, _ in eigen}
    vreemd = sorted(f"{kamer} {naam}" for kamer, naam in uit.migraties - eigen if kamer in kamers)
    if _number(uit.vangnet) > _number(own_version()) or vreemd:
        erbij = f" Onbekend hier: {', '.join(vreemd[:3])}{' ...' if len(vreemd) > 3 else ''}." if vreemd else ""
        raise KopieFout(
            f"Deze reservekopie is van een nieuwere Vangnet ({uit.vangnet}) dan deze ({own_version()}).{erbij} Neem die versie."
        )
    return uit


def _number(versie: str) -> tuple[int, ...]:
    return tuple(int(deel) for deel in versie.split(".") if deel.isdecimal())


def names(alle: Iterator[str] | list[str], hooguit: int = 5) -> str:
    """Some names in a sentence, and how many more there are."""
    lijst = list(alle)
    return ", ".join(lijst[:hooguit]) + (f" en nog {len(lijst) - hooguit}" if len(lijst) > hooguit else "")
