# SPDX-License-Identifier: EUPL-1.2
"""Making a backup: one snapshot, from which both the figures and the dump are taken, locked while it streams to the file."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from . import KopieFout
from .bestand import Slot, packed, write_file
from .inhoud import LEEG, Manifest, Meld, make_manifest, read_manifest
from .programma import complaint, find, running, surroundings

if TYPE_CHECKING:
    import psycopg

BEWAAR = """
insert into public.access_reservekopie (id, op, vastgelegd_op, soort, goed, grootte, tabellen, rijen, vingerafdruk, uitslag)
values (%s, %s, clock_timestamp(), %s, %s, %s, %s, %s, %s, %s)
"""
GEDULD = (("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0"), ("lock_timeout", "60s"))
"""Settings of a server that would cut a long backup off; a lock that somebody keeps ends it after a minute."""


@dataclass(frozen=True)
class Gemaakt:
    """A backup that is there."""

    pad: Path
    grootte: int
    """Bytes of the file."""
    vingerafdruk: str
    """SHA-256 of the file."""
    dump: int
    """Bytes of the dump inside."""
    manifest: Manifest


@contextmanager
def connected(adres: str, naam: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the backup. Errors: `KopieFout`, with the name of the variable and never the address."""
    import psycopg

    if not adres:
        raise KopieFout(f"{naam}: gevonden niets; verwacht het adres van de database (docs/beheer.md).")
    try:
        link = psycopg.connect(
            adres, connect_timeout=10, application_name="vangnet backup", prepare_threshold=None, autocommit=True
        )
    except psycopg.ProgrammingError:  # Without repeating it: it holds a password.
        raise KopieFout(f"{naam}: gevonden een adres dat geen PostgreSQL-adres is; verwacht postgresql://...") from None
    except psycopg.OperationalError as fout:
        raise KopieFout(f"{naam}: de database antwoordt niet ({_first(fout)}).") from None
    try:
        with link:
            yield link
    except psycopg.OperationalError as fout:
        raise KopieFout(f"{naam}: de database antwoordt niet meer ({_first(fout)}).") from None


def make(adres: str, doel: Path, ontvangers: list[Any], op: datetime, meld: Meld | None = None) -> Gemaakt:
    """Make a backup of the database at `adres` in the file `doel`, locked for `ontvangers`. Either it is there, whole, or there
    is no file.

    Errors: `KopieFout`."""
    import psycopg

    klaar: Gemaakt | None = None
    try:
        with connected(adres, "DATABASE_URL_BACKUP") as link:
            link.isolation_level, link.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            with link.transaction():
                for naam, waarde in GEDULD:
                    link.execute("select set_config(%s, %s, true)", [naam, waarde])
                _refuse_short_sight(link)
                dumper, versie = find("pg_dump", link.info.server_version // 10000)
                foto = link.execute("select pg_export_snapshot()").fetchone()
                assert foto is not None
                manifest = make_manifest(link, op, versie, meld)
                klaar = _dump(adres, dumper, foto[0], manifest, doel, ontvangers, meld)
    except KopieFout:
        if klaar is None:
            raise
    except psycopg.Error as fout:
        if klaar is None:
            raise KopieFout(f"De database geeft niet alles ({_first(fout)}).") from None
    assert klaar is not None
    return klaar  # Also when the database went away after it: the file is whole.


def _dump(
    adres: str, dumper: str, foto: str, manifest: dict[str, Any], doel: Path, ontvangers: list[Any], meld: Meld | None
) -> Gemaakt:
    """Dump what the snapshot sees into the file."""
    opdracht = [
        dumper, "--format=custom", "--compress=6", f"--snapshot={foto}", "--no-password", "--lock-wait-timeout=60s",
        "--no-publications", "--no-subscriptions", "--no-tablespaces", "--no-security-labels",
        *(f"--exclude-table-data={naam}" for naam in LEEG),
    ]  # fmt: skip
    slot = Slot()
    with running(opdracht, surroundings(adres)) as (proces, klachten):
        delen = packed(manifest, _Dump(proces, klachten), slot)
        grootte, vinger = write_file(
            doel, delen, ontvangers, (lambda n: meld("bytes geschreven", n, 0)) if meld else (lambda n: None)
        )
    return Gemaakt(doel, grootte, vinger, slot.lengte, read_manifest(manifest))


def keep_row(
    adres: str, op: datetime, soort: str, goed: bool, grootte: int, manifest: Manifest, vinger: str, uitslag: str = ""
) -> None:
    """Keep in the database that a backup was made, or looked at. Errors: `KopieFout`."""
    import psycopg

    from vangnet.conf.identifiers import new_id

    waarden = [new_id(), op, soort, goed, grootte, len(manifest.tabellen), manifest.rijen, vinger, uitslag[:300]]
    try:
        with connected(adres, "DATABASE_URL_BACKUP") as link:
            link.execute(BEWAAR, waarden)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        raise KopieFout("De database is niet bij: voer eerst `vangnet migrate` uit.") from None
    except psycopg.errors.InsufficientPrivilege:
        raise KopieFout(
            "Deze rol mag niet vastleggen dat er een reservekopie is (docs/beheer.md, Reservekopie)."
        ) from None


class _Dump:
    """The dump as pg_dump gives it; its end is only an end when pg_dump says that all went well."""

    def __init__(self, proces: subprocess.Popen[bytes], klachten: IO[bytes]) -> None:
        assert proces.stdout is not None
        self._proces, self._uit, self._klachten = proces, proces.stdout, klachten

    def read(self, hoeveel: int) -> bytes:
        deel = self._uit.read(hoeveel)
        if not deel and self._proces.wait():
            raise KopieFout(f"pg_dump is niet klaar gekomen: {complaint(self._klachten)}")
        return deel


def _refuse_short_sight(link: psycopg.Connection[Any]) -> None:
    rij = link.execute("select rolsuper or rolbypassrls, rolname from pg_roles where rolname = current_user").fetchone()
    if not rij or not rij[0]:
        raise KopieFout(
            f"DATABASE_URL_BACKUP: gevonden rol '{rij[1] if rij else '?'}', die niet elke rij ziet; verwacht een rol als vangnet_kopie, "
            "met BYPASSRLS (docs/beheer.md, Reservekopie)."
        )


def _first(fout: BaseException) -> str:
    return (str(fout).splitlines() or ["geen bericht"])[0]
