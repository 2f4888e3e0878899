# SPDX-License-Identifier: EUPL-1.2
"""The keys of backups, in the form of age: recipients lock and may lie anywhere, an identity opens and lies elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from . import KopieFout

GROOTST = 1_000_000
"""Bytes of a key file at most; more is another kind of file."""


def make_identity(pad: Path) -> str:
    """Make a key pair in a closed file that was not there, whole on disk before this returns; gives the recipient, which
    stands in the file too.

    Errors: `KopieFout` when the file is there already or cannot be written."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    ontvanger = str(identity.to_public())
    try:
        plek = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(plek, "w", encoding="ascii") as bestand:
            bestand.write(f"# reservekopie van Vangnet; public key: {ontvanger}\n{identity}\n")
            bestand.flush()
            os.fsync(bestand.fileno())
    except FileExistsError:
        raise KopieFout(f"{pad} is er al. Een sleutel wordt nooit overschreven; geef een andere naam.") from None
    except OSError as fout:
        raise KopieFout(f"{pad} is niet te schrijven: {fout.strerror}.") from None
    return ontvanger


def read_identities(pad: Path) -> list[Any]:
    """The keys that open, from a file that only its owner may read.

    Errors: `KopieFout`, never with a key in it."""
    from pyrage import IdentityError, x25519

    try:
        stand = pad.stat()
    except OSError as fout:
        raise KopieFout(f"De sleutel {pad} is niet te lezen: {fout.strerror}.") from None
    if stat.S_ISREG(stand.st_mode) and stand.st_mode & 0o077:
        raise KopieFout(
            f"De sleutel {pad} is ook voor anderen open (rechten {stat.S_IMODE(stand.st_mode):04o}); verwacht 0600."
        )
    uit = []
    for plaats, regel in _lines(pad, "sleutel"):
        try:
            uit.append(x25519.Identity.from_str(regel))
        except IdentityError:
            wat = "een ontvanger, die alleen op slot doet" if regel.startswith("age1") else "iets anders"
            raise KopieFout(
                f"{pad}, regel {plaats}: gevonden {wat}; verwacht AGE-SECRET-KEY-1... (vangnet backup sleutel)."
            ) from None
    if not uit:
        raise KopieFout(f"{pad}: gevonden geen sleutel; verwacht AGE-SECRET-KEY-1... (vangnet backup sleutel).")
    return uit


def read_recipients(pad: Path | None, woorden: list[str]) -> list[Any]:
    """Those for whom a backup is locked: out of a file, one per line, and as given.

    Errors: `KopieFout` when there is none, or when one is a key that opens (that must not lie here)."""
    from pyrage import RecipientError, x25519

    regels = [(f"{pad}, regel {plaats}", regel) for plaats, regel in (_lines(pad, "lijst") if pad else [])]
    uit: dict[str, Any] = {}
    for waar, regel in [*regels, *(("--ontvanger", woord) for woord in woorden)]:
        if regel.upper().startswith("AGE-SECRET-KEY"):
            raise KopieFout(
                f"{waar}: gevonden een geheime sleutel; verwacht een ontvanger (age1...). Haal die sleutel hier weg: "
                "wie reservekopieën maakt, mag ze niet kunnen openen."
            )
        try:
            uit[regel] = x25519.Recipient.from_str(regel)
        except RecipientError:
            raise KopieFout(f"{waar}: gevonden '{regel[:20]}'; verwacht een ontvanger (age1...).") from None
    if not uit:
        raise KopieFout(
            "VANGNET_BACKUP_ONTVANGERS of --ontvanger: gevonden niets; verwacht voor wie de kopie op slot gaat (age1...). "
            "Maak een sleutel met: vangnet backup sleutel BESTAND."
        )
    return list(uit.values())


def _lines(pad: Path, wat: str) -> list[tuple[int, str]]:
    try:
        with pad.open("rb") as bestand:
            tekst = bestand.read(GROOTST + 1)
        if len(tekst) > GROOTST:
            raise ValueError
        regels = tekst.decode("ascii", "strict").splitlines()
    except OSError as fout:
        raise KopieFout(f"De {wat} {pad} is niet te lezen: {fout.strerror}.") from None
    except ValueError:
        raise KopieFout(f"{pad}: gevonden geen tekst; verwacht een {wat} in de vorm van age.") from None
    schoon = [(plaats, regel.strip()) for plaats, regel in enumerate(regels, 1)]
    return [(plaats, regel) for plaats, regel in schoon if regel and not regel.startswith("#")]
