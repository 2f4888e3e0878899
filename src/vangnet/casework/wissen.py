# SPDX-License-Identifier: EUPL-1.2
"""The road to the procedures that erase (clocks 0005), in the role `vangnet_wis`, and the list outside the database of what
was erased, which a restored backup is held against."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from vangnet.rules.bewaren import Bewaarfeiten, Bewaartermijn

if TYPE_CHECKING:
    import psycopg

SLOT = 7_018
"""The number of the lock that one eraser at a time holds."""
EENHEID = {"dagen": "days", "weken": "weeks", "maanden": "months", "jaren": "years"}


class WisFout(Exception):
    """There can be no erasing; the text is the Dutch sentence for the user."""


@dataclass(frozen=True, slots=True)
class Bewaardossier:
    """A casus as the eraser knows it: ids, and what decides how long it stays. No content."""

    casus_id: UUID
    regio: str
    nummer: str
    feiten: Bewaarfeiten
    laatst: datetime
    """When it was last changed."""
    samen: int
    """How many casussen go together: itself and what was joined to it."""
    gestopt: bool
    opdracht: str
    """An order to erase: wacht (for a second person), bevestigd, or empty."""


def interval_of(termijn: Bewaartermijn) -> str:
    """A term in the words of the database."""
    return f"{termijn.aantal} {EENHEID[termijn.eenheid]}"


@contextmanager
def eraser(link: psycopg.Connection[Any]) -> Iterator[None]:
    """Be the only one that erases for as long as the block lasts. The connection must be in autocommit mode, so that every
    casus is a transaction of its own.

    Errors: `WisFout` when another one is at work."""
    if not link.autocommit:
        raise ValueError("the connection must be in autocommit mode")
    row = link.execute("select pg_try_advisory_lock(%s)", [SLOT]).fetchone()
    if not row or not row[0]:
        raise WisFout("Er wist al iemand anders in deze database. Wacht tot die klaar is.")
    try:
        yield
    finally:
        if not link.closed:
            link.execute("select pg_advisory_unlock(%s)", [SLOT])


def kept(link: psycopg.Connection[Any], regio: str | None = None) -> list[Bewaardossier]:
    """Every casus of a region, or of all, that was not joined to another."""
    rows = link.execute(
        "select casus_id, regio, nummer, oefening, gesloten, uitkomst, hulp, afgerond, laatst, samen, gestopt, opdracht"
        " from vangnet_bewaarfeiten(%s) order by laatst, nummer",
        [regio],
    )
    return [
        Bewaardossier(een, in_regio, nummer, Bewaarfeiten(oefening, gesloten, uitkomst, hulp, afgerond), *rest)
        for een, in_regio, nummer, oefening, gesloten, uitkomst, hulp, afgerond, *rest in rows
    ]


def count_rows(link: psycopg.Connection[Any], casus_id: UUID) -> dict[str, int]:
    """How many rows of a casus each table holds; nothing is changed."""
    row = link.execute("select vangnet_wis_telling(%s)", [casus_id]).fetchone()
    assert row is not None
    return dict(row[0])


def erase_casus(
    link: psycopg.Connection[Any],
    casus_id: UUID,
    grond: str,
    soort: str,
    termijn: Bewaartermijn | None,
    beleid: date,
    door: str,
) -> tuple[str, dict[str, int]]:
    """Erase one casus in one transaction. `grond` is termijn, opdracht or opnieuw. What came of it (gewist, al_gewist, stop,
    open, te_vroeg, te_kort, geen_opdracht, gevoegd, onbekend), and how many rows went per table. The database judges by itself."""
    row = link.execute(
        "select uitkomst, rijen from vangnet_wis_casus(%s, %s, %s, %s::interval, %s, %s)",
        [casus_id, grond, soort, interval_of(termijn) if termijn else None, beleid, door],
    ).fetchone()
    assert row is not None
    return str(row[0]), dict(row[1])


def erase_rest(link: psycopg.Connection[Any], ontvangst: Bewaartermijn, doe: bool) -> dict[str, int]:
    """Sessions that ended and the like, per table; counted only unless `doe`."""
    rows = link.execute("select tabel, rijen from vangnet_wis_resten(%s::interval, %s)", [interval_of(ontvangst), doe])
    return {tabel: aantal for tabel, aantal in rows if aantal}


def erase_accounts(link: psycopg.Connection[Any], termijn: Bewaartermijn, door: str, doe: bool) -> dict[str, int]:
    """Accounts of people who left, by what came of it: gewist, kan (looked at only), genoemd (a dossier still names him)."""
    uit: dict[str, int] = {}
    for _, uitkomst in link.execute(
        "select medewerker_id, uitkomst from vangnet_wis_accounts(%s::interval, %s, %s)",
        [interval_of(termijn), door, doe],
    ):
        uit[uitkomst] = uit.get(uitkomst, 0) + 1
    return uit


def forget_statistics(link: psycopg.Connection[Any]) -> None:
    """Let the planner forget the most common values of what was erased."""
    link.execute("select vangnet_na_wissen()")


# ---- the list outside the database -----------------------------------------------------------------------------


class Wislijst:
    """The file outside the database with one JSON line per tombstone, added to and never rewritten; ids only. A folder holds
    it as `gewist.jsonl`."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad / "gewist.jsonl" if pad.is_dir() else pad
        self._bekend: set[str] | None = None
        self._tot: datetime | None = None

    def stones(self) -> list[dict[str, Any]]:
        """What it says was erased, in order. Errors: `WisFout` with the line that cannot be read."""
        try:
            lines = self.pad.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as fout:
            raise WisFout(f"De wislijst {self.pad} is niet te lezen: {fout}.") from None
        uit = []
        for plaats, regel in enumerate(lines, 1):
            try:
                een = json.loads(regel)
                UUID(een["casus_id"])
                date.fromisoformat(een["beleid"])
                uit.append(een)
            except (ValueError, KeyError, TypeError):
                if plaats == len(lines):  # Cut off while it was written: the database still has it.
                    continue
                raise WisFout(f"Regel {plaats} van de wislijst {self.pad} is geen grafsteen.") from None
        return uit

    def ready(self) -> None:
        """Make sure that it can be read and added to, before anything is erased. Errors: `WisFout`."""
        self.stones()
        self._open().close()

    def _open(self) -> IO[bytes]:
        try:
            return open(os.open(self.pad, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b")
        except OSError as fout:
            raise WisFout(
                f"De wislijst {self.pad} is niet te schrijven: {fout.strerror}. Er wordt niet verder gewist."
            ) from None

    def add(self, stones: list[dict[str, Any]]) -> None:
        """These lines more, on disk before this returns. Errors: `WisFout`."""
        if not stones:
            return
        try:
            with self._open() as bestand:
                fcntl.flock(bestand, fcntl.LOCK_EX)
                bestand.seek(0)
                al = bestand.read()
                if al and not al.endswith(b"\n"):
                    begin = al.rfind(b"\n") + 1
                    try:
                        json.loads(al[begin:])
                        bestand.write(b"\n")
                    except ValueError:  # Cut off while it was written: the database still has it.
                        bestand.truncate(begin)
                for een in stones:
                    bestand.write(json.dumps(een, separators=(",", ":"), sort_keys=True).encode() + b"\n")
                bestand.flush()
                os.fsync(bestand.fileno())
        except OSError as fout:
            raise WisFout(
                f"De wislijst {self.pad} is niet te schrijven: {fout.strerror}. Er wordt niet verder gewist."
            ) from None

    def catch_up(self, link: psycopg.Connection[Any]) -> int:
        """Add every tombstone of the database that it misses: a run that was cut off left one. The first time it looks at all
        of them, then at what came since. How many it added."""
        if self._bekend is None:
            self._bekend = {een["casus_id"] for een in self.stones()}
        rows = link.execute(
            "select casus_id, nummer, soort, grond, beleid, gewist_op, met from vangnet_grafstenen(%s)", [self._tot]
        ).fetchall()
        nieuw = [
            {
                "casus_id": str(casus_id), "nummer": nummer, "soort": soort, "grond": grond, "beleid": str(beleid),
                "gewist_op": op.isoformat(), "met": str(met) if met else None,
            }
            for casus_id, nummer, soort, grond, beleid, op, met in rows
            if str(casus_id) not in self._bekend
        ]  # fmt: skip
        self.add(nieuw)
        self._bekend |= {str(een["casus_id"]) for een in nieuw}
        self._tot = rows[-1][5] if rows else self._tot
        return len(nieuw)
