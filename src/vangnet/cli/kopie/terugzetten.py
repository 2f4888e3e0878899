# SPDX-License-Identifier: EUPL-1.2
"""Putting a backup back into an empty database, in one transaction that ends only when every table is what it was; and
looking a backup over without a database."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from . import KopieFout
from .bestand import Unpacked, read_file
from .inhoud import Manifest, Meld, differences, guard_differences, guards, measure, names, read_manifest, sequences
from .maken import connected
from .programma import complaint, find, running

if TYPE_CHECKING:
    import psycopg

HAP = 1 << 18
"""Bytes of rows that go to the database at once."""
SLOT = 0x6B6F706965  # "kopie"
PROEF = "herstelproef"
WAT_ER_IS = """
select kind, name from (
  select 'tabel' as kind, c.relname::text as name, n.nspname, c.oid, 'pg_class'::regclass as soort
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind not in ('i', 'I', 'c', 't')
  union all
  select 'functie', p.proname::text, n.nspname, p.oid, 'pg_proc'::regclass from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  union all
  select 'soort', t.typname::text, n.nspname, t.oid, 'pg_type'::regclass from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where t.typtype in ('d', 'e', 'r') or (t.typtype = 'c' and exists (select from pg_class k where k.oid = t.typrelid and k.relkind = 'c'))
) w where nspname <> 'information_schema' and nspname !~ '^pg_'
   and not exists (select from pg_depend d where d.classid = w.soort and d.objid = w.oid and d.deptype = 'e')
 order by 1 desc, 2
"""
ROL = """
select r.rolname, r.rolsuper, r.rolbypassrls,
       (select pg_has_role(r.oid, d.datdba, 'usage') from pg_database d where d.datname = current_database())
  from pg_roles r where r.rolname = current_user
"""
ZONDER_STANDAARD = """
do $$
declare
  een record;
begin
  for een in select d.defaclobjtype, n.nspname, a.grantee, r.rolname
               from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
               cross join aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee
              where d.defaclrole = current_user::regrole and a.grantee <> d.defaclrole loop
    execute 'alter default privileges' || coalesce(' in schema ' || quote_ident(een.nspname), '') || ' revoke all on '
      || case een.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
         else 'schemas' end
      || ' from ' || case een.grantee when 0 then 'public' else quote_ident(een.rolname) end;
  end loop;
end $$
"""
"""An empty database that was made ready gives new tables to the application. A dump expects a bare one, and says itself who
may do what; without this the application could change what it may only read."""
KOPIE = re.compile(rb"COPY (\S+) \(.*\) FROM stdin;\n")
NIET_VAN_ONS = (b"COMMENT ON EXTENSION ",)
"""Statements that only a superuser may give, and that change nothing that we use."""
NIEUWER = {b"SET transaction_timeout = 0;\n": 170000}
"""Statements that a server before this version does not know."""


class Ongelijk(KopieFout):
    """Wat terugkwam is niet wat er stond; `verschillen` names every table."""

    def __init__(self, verschillen: list[str]) -> None:
        self.verschillen = verschillen
        super().__init__(
            "Wat terugkwam is niet gelijk aan wat er stond. Er is niets teruggezet.\n"
            + "\n".join(f"- {zin}" for zin in verschillen)
        )


@dataclass(frozen=True)
class Gelezen:
    """A backup that is whole: opened to its end, with its length and hash right."""

    pad: Path
    manifest: Manifest
    slot: dict[str, Any]

    @property
    def dump(self) -> int:
        """Bytes of the dump."""
        return int(self.slot["lengte"])


def open_whole(pad: Path, sleutels: list[Any], meld: Meld | None = None) -> Gelezen:
    """Open a backup to its end, keeping nothing, and understand its manifest. Errors: `KopieFout`."""
    gezien = _counting(meld, "bytes nagekeken", pad.stat().st_size if pad.is_file() else 0)
    uit = read_file(pad, sleutels, gezien)
    assert uit.manifest is not None and uit.slot is not None
    return Gelezen(pad, read_manifest(uit.manifest), uit.slot)


# ---- looking over ----------------------------------------------------------------------------------------------


def look_over(kopie: Gelezen, sleutels: list[Any], meld: Meld | None = None) -> None:
    """Let pg_restore read every row of a backup, to nowhere; the rows must be as many as the manifest says.

    Errors: `KopieFout`, with every table that differs."""
    rijen: Counter[str] = Counter()
    tabel = ""
    with _script(kopie, sleutels, None, meld, "bytes van de dump gelezen") as uit:
        for regel in uit:
            if tabel:
                if regel == b"\\.\n":
                    tabel = ""
                else:
                    rijen[tabel] += 1
            elif begin := KOPIE.fullmatch(regel):
                tabel = begin.group(1).decode().replace('"', "")
                rijen[tabel] += 0
    mis = [
        f"{naam}: in de dump {rijen.get(naam, 0)} rijen; verwacht {een.rijen}."
        for naam, een in sorted(kopie.manifest.tabellen.items())
        if rijen.get(naam, 0) != een.rijen
    ]
    if mis:
        raise KopieFout("De dump is niet wat de lijst erbij zegt.\n" + "\n".join(f"- {zin}" for zin in mis))


def try_out(kopie: Gelezen, sleutels: list[Any], meld: Meld | None = None) -> None:
    """Put a backup back in a cluster of its own that is thrown away afterwards. Errors: `KopieFout`, `Ongelijk`."""
    import psycopg
    from psycopg import sql

    from vangnet.cli import postgres

    try:
        for oud in postgres.state_folder().glob(f"{PROEF}-*"):
            postgres.discard(oud.name)  # What a killed run left; one in use stays.
        naam = f"{PROEF}-{os.getpid()}"
        cluster = postgres.start(naam, durable=False)
    except postgres.PostgresStartNiet as fout:
        raise KopieFout(str(fout)) from None
    try:
        with psycopg.connect(cluster.url(postgres.BEHEER), autocommit=True) as link:
            er_zijn = {rij[0] for rij in link.execute("select rolname from pg_roles")}
            for rol in kopie.manifest.rollen:
                if rol not in er_zijn:
                    link.execute(sql.SQL("create role {} nologin").format(sql.Identifier(rol)))
        restore(cluster.url(postgres.EIGENAAR), kopie, sleutels, meld)
    finally:
        cluster.stop()
        postgres.discard(naam)


# ---- putting back ----------------------------------------------------------------------------------------------


def restore(adres: str, kopie: Gelezen, sleutels: list[Any], meld: Meld | None = None) -> None:
    """Put a backup back in the empty database at `adres`, as its owner: everything, or nothing. The tables are measured again
    before the transaction ends, and every session is ended.

    Errors: `KopieFout`; `Ongelijk` with the tables that are not what they were."""
    import psycopg

    manifest = kopie.manifest
    with connected(adres, "DATABASE_URL_EIGENAAR") as link:
        try:
            with link.transaction():
                if not _one(link, f"select pg_try_advisory_xact_lock({SLOT})"):
                    raise KopieFout("In deze database zet al iemand anders een reservekopie terug.")
                refuse_wrong_place(link, manifest)
                link.execute(ZONDER_STANDAARD)
                for sectie in ("pre-data", "data", "post-data"):
                    with _script(kopie, sleutels, sectie, meld, "bytes teruggezet") as uit:
                        _run_script(link, uit, rijen=sectie == "data")
                verschil = differences(manifest.tabellen, measure(link, (), meld))
                nu = sequences(link)
                verschil += [
                    f"{naam}: deze reeks staat op {nu.get(naam, 0)}; verwacht {laatste} of verder."
                    for naam, laatste in manifest.reeksen.items()
                    if nu.get(naam, -1) < laatste
                ]
                verschil += guard_differences(manifest.bewaking, guards(link))
                if verschil:
                    raise Ongelijk(verschil)
                link.execute("delete from public.django_session")
            with suppress(psycopg.Error):  # What is restored is restored; without it the first questions are slower.
                link.execute("analyze")
        except psycopg.OperationalError:
            raise
        except psycopg.Error as fout:
            woorden = (str(fout).splitlines() or ["geen bericht"])[0]
            raise KopieFout(
                f"De database weigert een deel van de reservekopie ({woorden}). Er is niets teruggezet."
            ) from None


def refuse_wrong_place(link: psycopg.Connection[Any], manifest: Manifest) -> None:
    """Refuse a database in which this backup cannot or must not be put back. Errors: `KopieFout`, with every reason."""
    hoofdversie = link.info.server_version // 10000
    rij = link.execute(ROL).fetchone()
    assert rij is not None
    naam, alles, ziet, eigen = rij
    mis = []
    if hoofdversie < manifest.postgresql:
        mis.append(
            f"Deze reservekopie is van PostgreSQL {manifest.postgresql}; deze server is {hoofdversie}. Neem een server van "
            f"{manifest.postgresql} of nieuwer."
        )
    if alles:
        mis.append(
            f"DATABASE_URL_EIGENAAR: gevonden '{naam}', een superuser; verwacht de eigenaar, als {manifest.eigenaar}."
        )
    elif not eigen or not ziet:
        wat = "die niet de eigenaar van de database is" if not eigen else "zonder BYPASSRLS"
        mis.append(f"DATABASE_URL_EIGENAAR: gevonden rol '{naam}', {wat}; verwacht de eigenaar, met BYPASSRLS.")
    er_zijn = {een[0] for een in link.execute("select rolname from pg_roles")}
    if ontbreekt := [rol for rol in manifest.rollen if rol not in er_zijn]:
        mis.append(
            f"Deze rollen ontbreken op deze server: {', '.join(ontbreekt)}. Maak ze eerst, zoals in docs/beheer.md; een reservekopie "
            "bevat geen rollen en geen wachtwoorden."
        )
    er_is = link.execute(WAT_ER_IS).fetchall()
    if er_is:
        soorten = Counter(soort for soort, _ in er_is)
        aantal = ", ".join(f"{n} keer een {soort}" for soort, n in sorted(soorten.items(), reverse=True))
        mis.append(
            f"Deze database is niet leeg: gevonden {aantal} ({names([wat for _, wat in er_is])}). Terugzetten gaat alleen in een lege "
            "database. Maak een nieuwe; gooi deze pas weg als je zeker weet dat niemand haar nog nodig heeft."
        )
    if mis:
        raise KopieFout("\n".join(mis))


def _run_script(link: psycopg.Connection[Any], uit: IO[bytes], *, rijen: bool) -> None:
    """Give the statements of pg_restore to the database; with `rijen` the rows in between too."""
    versie = link.info.server_version
    opdrachten: list[bytes] = []

    def give() -> None:
        if tekst := b"".join(opdrachten).strip():
            link.execute(tekst)
        opdrachten.clear()

    for regel in uit:
        if rijen and KOPIE.fullmatch(regel):
            give()
            with link.cursor() as cursor, cursor.copy(regel) as naar:
                for hap in _rows(uit):
                    naar.write(hap)
        elif not _left_out(regel, versie):
            opdrachten.append(regel)
    give()


def _left_out(regel: bytes, versie: int) -> bool:
    return regel.startswith((b"\\restrict ", b"\\unrestrict ", *NIET_VAN_ONS)) or versie < NIEUWER.get(regel, 0)


def _rows(uit: IO[bytes]) -> Iterator[bytes]:
    hap, lengte = [], 0
    for regel in uit:
        if regel == b"\\.\n":
            break
        hap.append(regel)
        lengte += len(regel)
        if lengte >= HAP:
            yield b"".join(hap)
            hap, lengte = [], 0
    else:
        raise KopieFout("De dump houdt op midden in een tabel.")
    if hap:
        yield b"".join(hap)


@contextmanager
def _script(
    kopie: Gelezen, sleutels: list[Any], sectie: str | None, meld: Meld | None, wat: str
) -> Iterator[IO[bytes]]:
    """What pg_restore makes of the dump: all of it, or one section. The file is opened again for it and goes through a pipe, so
    that nothing readable lies on disk."""
    programma, _ = find("pg_restore", kopie.manifest.dump_door)
    opdracht = [programma, "--file=-", "--no-owner", "--exit-on-error", *([f"--section={sectie}"] if sectie else [])]
    alles = sectie in (None, "data")
    gezien = _counting(meld if alles else None, wat, kopie.dump)
    uitkomst: list[Unpacked | BaseException] = []

    with running(opdracht, invoer=subprocess.PIPE) as (proces, klachten):
        invoer, uitvoer = proces.stdin, proces.stdout
        assert invoer is not None and uitvoer is not None

        def feed() -> None:
            def to_program(stuk: memoryview) -> None:
                invoer.write(stuk)
                gezien(stuk)

            try:
                uitkomst.append(read_file(kopie.pad, sleutels, to_program))
                invoer.close()
            except BaseException as fout:
                uitkomst.append(fout)
                with suppress(OSError):
                    invoer.close()

        draad = threading.Thread(target=feed, name="reservekopie", daemon=True)
        draad.start()
        try:
            yield uitvoer
        except BaseException:
            proces.kill()
            draad.join()
            raise
        code = proces.wait()
        draad.join()
        gelezen = uitkomst[0]
        if isinstance(gelezen, KopieFout):
            raise gelezen
        if code:
            raise KopieFout(f"pg_restore kan de dump niet lezen: {complaint(klachten)}")
        if isinstance(gelezen, BrokenPipeError) and not alles:
            return  # It had read what it needed: the list in front.
        if isinstance(gelezen, BaseException):
            raise gelezen
        if gelezen.slot != kopie.slot:
            raise KopieFout(f"{kopie.pad} veranderde tijdens het lezen.")


def _counting(meld: Meld | None, wat: str, totaal: int) -> Callable[[memoryview], None]:
    stand = {"n": 0}

    def tel(stuk: memoryview) -> None:
        stand["n"] += len(stuk)
        if meld:
            meld(wat, stand["n"], totaal)

    return tel


def _one(link: psycopg.Connection[Any], vraag: str) -> Any:
    rij = link.execute(vraag.encode()).fetchone()
    assert rij is not None
    return rij[0]
