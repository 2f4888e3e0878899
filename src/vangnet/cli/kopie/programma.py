# SPDX-License-Identifier: EUPL-1.2
"""The programs pg_dump and pg_restore: which ones fit the server, and how they are run. No password is on a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO

from . import KopieFout

WOORDEN = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "passfile": "PGPASSFILE", "service": "PGSERVICE", "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY", "sslrootcert": "PGSSLROOTCERT", "sslcrl": "PGSSLCRL",
    "channel_binding": "PGCHANNELBINDING", "gssencmode": "PGGSSENCMODE", "krbsrvname": "PGKRBSRVNAME",
    "target_session_attrs": "PGTARGETSESSIONATTRS", "connect_timeout": "PGCONNECT_TIMEOUT", "require_auth": "PGREQUIREAUTH",
    "sslcrldir": "PGSSLCRLDIR", "sslsni": "PGSSLSNI", "sslcertmode": "PGSSLCERTMODE",
}  # fmt: skip
"""Words of an address, and the variable by which libpq takes them."""


@cache
def find(programma: str, minstens: int) -> tuple[str, int]:
    """The program of this name that knows servers of this major version, and its own major: the one that comes along with
    Vangnet, else that of this machine.

    Errors: `KopieFout` when there is none."""
    gezien = []
    for pad in (_along(programma), shutil.which(programma)):
        if pad and (versie := _major(pad)):
            if versie >= minstens:
                return pad, versie
            gezien.append(str(versie))
    gevonden = f"versie {' en '.join(gezien)}" if gezien else "niets"
    raise KopieFout(
        f"{programma}: gevonden {gevonden}; verwacht versie {minstens} of nieuwer, die bij de server hoort. Zet de "
        f"PostgreSQL-client van versie {minstens} op deze machine."
    )


def _along(programma: str) -> str | None:
    from vangnet.cli import postgres

    try:
        return str(postgres.binaries_folder() / "pginstall" / "bin" / programma)
    except postgres.PostgresStartNiet:
        return None


def _major(pad: str) -> int:
    try:
        done = subprocess.run([pad, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return 0
    gevonden = re.search(r"\) (\d+)", done.stdout)
    return int(gevonden.group(1)) if gevonden and not done.returncode else 0


def surroundings(adres: str) -> dict[str, str]:
    """The environment in which libpq reaches this address. Errors: `KopieFout`, without repeating the address."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        woorden = conninfo_to_dict(adres)
    except psycopg.Error:
        raise KopieFout("gevonden een adres dat geen PostgreSQL-adres is; verwacht postgresql://...") from None
    uit = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("DATABASE_URL", "SECRET_KEY"))}
    uit |= {WOORDEN[naam]: str(waarde) for naam, waarde in woorden.items() if naam in WOORDEN and waarde is not None}
    return uit | {"PGAPPNAME": "vangnet backup", "PGCLIENTENCODING": "UTF8", "LC_ALL": "C"}


@contextmanager
def running(
    opdracht: list[str], omgeving: dict[str, str] | None = None, invoer: int | None = subprocess.DEVNULL
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Run a program for as long as the block lasts, and its words of complaint; it never outlives the block."""
    with tempfile.TemporaryFile() as klachten:
        proces = subprocess.Popen(
            opdracht,
            stdin=invoer,
            stdout=subprocess.PIPE,
            stderr=klachten,
            env=omgeving or {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            start_new_session=True,
        )
        try:
            yield proces, klachten
        finally:
            if proces.poll() is None:
                proces.kill()
            proces.wait()
            for pijp in (proces.stdin, proces.stdout):
                if pijp is not None:
                    with suppress(BrokenPipeError):
                        pijp.close()


def complaint(klachten: IO[bytes]) -> str:
    """The first line of complaint; further ones may quote rows."""
    klachten.seek(0)
    regels = klachten.read(4096).decode(errors="replace").splitlines()
    return next((regel.strip() for regel in regels if "error" in regel), (regels or ["geen bericht"])[0])[:300]
