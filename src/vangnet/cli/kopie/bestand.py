# SPDX-License-Identifier: EUPL-1.2
"""The file of a backup: a tar inside age, written and read as a stream, whole or not there.

    manifest.json      what is inside and what it must come to
    dump/000000 ...    the dump of pg_dump (custom form), cut in pieces of at most `STUK` bytes
    slot.json          length and SHA-256 of the dump; written last, so what was cut off has none

Nothing but age, tar and pg_restore is needed to open one by hand: `age -d -i SLEUTEL BESTAND | tar x; cat dump/* > dump`.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import io
import json
import os
import re
import secrets
import stat
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol

from . import KopieFout

STUK = 1 << 20
"""Bytes of the dump in one piece: what is held in memory."""
KOP = b"age-encryption.org/v1\n"
NAAM = re.compile(r"vangnet-\d{8}T\d{6}Z\.kopie")
HALF = re.compile(r"\.vangnet-[0-9a-f]{16}\.half")
MANIFEST, SLOT, DUMP = "manifest.json", "slot.json", "dump/"
GROOTSTE_MANIFEST = 64 << 20
GEEN_KOPIE = "is geen reservekopie van Vangnet"
STUKKEN_NIET_GOED = "is beschadigd of afgeknipt"


def name_of(op: datetime) -> str:
    """The name of a backup of this moment."""
    return f"vangnet-{op.astimezone(UTC):%Y%m%dT%H%M%SZ}.kopie"


# ---- writing ---------------------------------------------------------------------------------------------------


class Leesbaar(Protocol):
    """What gives bytes until there are none."""

    def read(self, hoeveel: int, /) -> bytes:
        """At most so many bytes; none at the end."""


@dataclass
class Slot:
    """Length and SHA-256 of the dump."""

    lengte: int = 0
    sha256: str = ""


def packed(manifest: dict[str, Any], dump: Leesbaar, slot: Slot) -> Iterator[bytes]:
    """The tar, piece by piece; `slot` says afterwards what went in."""
    teller = hashlib.sha256()
    yield from _member(MANIFEST, json.dumps(manifest, sort_keys=True, ensure_ascii=False).encode())
    nummer = 0
    while stuk := _read_full(dump):
        teller.update(stuk)
        slot.lengte += len(stuk)
        yield from _member(f"{DUMP}{nummer:06}", stuk)
        nummer += 1
    slot.sha256 = teller.hexdigest()
    yield from _member(SLOT, json.dumps({"lengte": slot.lengte, "sha256": slot.sha256, "stukken": nummer}).encode())
    yield bytes(2 * tarfile.BLOCKSIZE)


def _read_full(bron: Leesbaar) -> bytes:
    delen, over = [], STUK
    while over and (deel := bron.read(over)):
        delen.append(deel)
        over -= len(deel)
    return b"".join(delen)


def _member(naam: str, inhoud: bytes) -> Iterator[bytes]:
    lid = tarfile.TarInfo(naam)
    lid.size, lid.mode = len(inhoud), 0o600
    yield lid.tobuf(tarfile.USTAR_FORMAT)
    yield inhoud
    yield bytes(-len(inhoud) % tarfile.BLOCKSIZE)


class _Bron(io.RawIOBase):
    """What age reads from: an iterator of pieces. What went wrong in it is kept, for age gives only its text."""

    def __init__(self, delen: Iterator[bytes]) -> None:
        self._delen, self._over = delen, memoryview(b"")
        self.fout: BaseException | None = None

    def read(self, hoeveel: int = -1) -> bytes:
        try:
            while not self._over:
                deel = next(self._delen, None)
                if deel is None:
                    return b""
                self._over = memoryview(deel)
            uit, self._over = self._over[:hoeveel], self._over[hoeveel:]
            return bytes(uit)
        except BaseException as fout:
            self.fout = fout
            raise


class _Doel(io.RawIOBase):
    """What age writes to: a file, with the SHA-256 and the number of bytes that went in."""

    def __init__(self, bestand: IO[bytes], meld: Callable[[int], None]) -> None:
        self._bestand, self._meld = bestand, meld
        self.sha256, self.lengte = hashlib.sha256(), 0
        self.fout: BaseException | None = None

    def write(self, deel: Any) -> int:
        if self.fout is not None:
            raise self.fout
        try:
            self._bestand.write(deel)
            self.sha256.update(deel)
            self.lengte += len(deel)
            self._meld(self.lengte)
            return len(deel)
        except BaseException as fout:
            self.fout = fout
            raise

    def flush(self) -> None:
        pass


def write_file(
    doel: Path, delen: Iterator[bytes], ontvangers: list[Any], meld: Callable[[int], None] = lambda lengte: None
) -> tuple[int, str]:
    """Lock the pieces for `ontvangers` in the file `doel`: beside it under another name, on disk, and only then under its own.
    Never over a file that is there. Returns its length and SHA-256.

    Errors: `KopieFout` when the place cannot be written or is full; whatever the pieces raise goes through, and then there is
    nothing."""
    import pyrage

    half = doel.with_name(f".vangnet-{secrets.token_hex(8)}.half")
    try:
        if doel.exists() or doel.is_symlink():
            raise KopieFout(f"{doel} is er al. Een reservekopie wordt nooit overschreven.")
        clear_halves(doel.parent)
        with _closed_file(half) as bestand:
            fcntl.flock(bestand, fcntl.LOCK_EX)  # Says to who clears up that somebody is at work on it.
            bron, uit = _Bron(delen), _Doel(bestand, meld)
            try:
                pyrage.encrypt_io(bron, uit, ontvangers)
            except pyrage.EncryptError:
                raise (bron.fout or uit.fout or KopieFout("Versleutelen lukt niet.")) from None
            bestand.flush()
            os.fsync(bestand.fileno())
            _give_name(half, doel)
            return uit.lengte, uit.sha256.hexdigest()
    except OSError as fout:
        if fout.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise KopieFout(f"De schijf van {doel.parent} is vol. Er is geen reservekopie gemaakt.") from None
        raise KopieFout(
            f"{doel} is niet te schrijven: {fout.strerror or fout}. Er is geen reservekopie gemaakt."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


@contextmanager
def _closed_file(pad: Path) -> Iterator[IO[bytes]]:
    plek = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(plek, "wb") as bestand:
        yield bestand


def _give_name(half: Path, doel: Path) -> None:
    """The file gets its name, in one act, unless that name is taken; on disk before this returns."""
    try:
        os.link(half, doel)
    except FileExistsError:
        raise KopieFout(f"{doel} is er al. Een reservekopie wordt nooit overschreven.") from None
    except OSError as fout:
        if fout.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        os.rename(half, doel)  # A file system without links; nobody had the name a moment ago.
    map_ = os.open(doel.parent, os.O_RDONLY)
    try:
        os.fsync(map_)
    finally:
        os.close(map_)


def clear_halves(map_: Path) -> None:
    """Take away what a killed run left behind; one that somebody still writes is left alone."""
    with contextlib.suppress(OSError):
        for pad in map_.iterdir():
            if not HALF.fullmatch(pad.name):
                continue
            with contextlib.suppress(OSError), pad.open("rb") as bestand:
                fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
                pad.unlink()


def keep_newest(map_: Path, hoeveel: int, nooit: Path | None = None) -> list[Path]:
    """Take away all but the newest `hoeveel` backups in a folder, by the moment in their names; returns what went. Only files
    with a name that this program gives, and that age locked, are looked at; `nooit` stays whatever a clock says.

    Errors: `KopieFout` when one cannot be taken away."""
    eigen = sorted((pad for pad in map_.iterdir() if NAAM.fullmatch(pad.name) and _is_locked(pad)), reverse=True)
    weg = [pad for pad in eigen[hoeveel:] if pad != nooit]
    for pad in weg:
        try:
            pad.unlink()
        except OSError as fout:
            raise KopieFout(f"De oude reservekopie {pad} is niet weg te halen: {fout.strerror}.") from None
    return weg


def _is_locked(pad: Path) -> bool:
    try:
        if not stat.S_ISREG(pad.lstat().st_mode):
            return False
        with pad.open("rb") as bestand:
            return bestand.read(len(KOP)) == KOP
    except OSError:
        return False


# ---- reading ---------------------------------------------------------------------------------------------------


class Unpacked(io.RawIOBase):
    """What age writes a backup into when it is opened: takes the tar apart as it comes. The manifest is in `manifest` once it
    has passed; every piece of the dump goes to `naar`. `whole` says whether everything was there."""

    def __init__(self, naar: Callable[[memoryview], Any]) -> None:
        self._naar = naar
        self._kop = bytearray()
        self._naam, self._over, self._vulling = "", 0, 0
        self._klein = bytearray()
        self._teller, self._lengte, self._stukken = hashlib.sha256(), 0, 0
        self.manifest: dict[str, Any] | None = None
        self.slot: dict[str, Any] | None = None
        self.fout: BaseException | None = None

    def write(self, deel: Any) -> int:
        if self.fout is not None:
            raise self.fout  # age lets go of what it still had: the first fault is the one that counts.
        try:
            self._take(memoryview(bytes(deel)))
        except BaseException as fout:
            self.fout = fout
            raise
        return len(deel)

    def flush(self) -> None:
        pass

    def _take(self, over: memoryview) -> None:
        while over:
            if self._over:
                hap, over = over[: self._over], over[self._over :]
                self._over -= len(hap)
                self._content(hap)
                if not self._over:
                    self._end()
            elif self._vulling:
                hap, over = over[: self._vulling], over[self._vulling :]
                self._vulling -= len(hap)
            else:
                mist = tarfile.BLOCKSIZE - len(self._kop)
                self._kop += over[:mist]
                over = over[mist:]
                if len(self._kop) == tarfile.BLOCKSIZE:
                    self._begin(bytes(self._kop))
                    self._kop.clear()

    def _begin(self, kop: bytes) -> None:
        if not any(kop):
            return
        try:
            lid = tarfile.TarInfo.frombuf(kop, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeError):
            raise KopieFout(GEEN_KOPIE) from None
        goed = (
            (lid.name == MANIFEST and self.manifest is None and lid.size <= GROOTSTE_MANIFEST)
            or (lid.name == SLOT and self.slot is None and self.manifest is not None and lid.size <= 4096)
            or (lid.name == f"{DUMP}{self._stukken:06}" and self.slot is None and self.manifest is not None)
        )
        if not goed or not lid.isreg() or lid.size <= 0:
            raise KopieFout(GEEN_KOPIE)
        self._naam, self._over, self._vulling = lid.name, lid.size, -lid.size % tarfile.BLOCKSIZE

    def _content(self, hap: memoryview) -> None:
        if not self._naam.startswith(DUMP):
            self._klein += hap
            return
        self._teller.update(hap)
        self._lengte += len(hap)
        self._naar(hap)

    def _end(self) -> None:
        if self._naam.startswith(DUMP):
            self._stukken += 1
            return
        try:
            inhoud = json.loads(bytes(self._klein))
        except ValueError:
            inhoud = None
        self._klein.clear()
        if not isinstance(inhoud, dict):
            raise KopieFout(GEEN_KOPIE)
        if self._naam == MANIFEST:
            self.manifest = inhoud
        else:
            self.slot = inhoud

    @property
    def whole(self) -> bool:
        """Whether the last part was there, and the dump is what it says."""
        werkelijk = {"lengte": self._lengte, "sha256": self._teller.hexdigest(), "stukken": self._stukken}
        return self.manifest is not None and self.slot == werkelijk


def read_file(pad: Path, sleutels: list[Any], naar: Callable[[memoryview], Any]) -> Unpacked:
    """Open a backup and send its dump to `naar`, piece by piece. A file that is not whole is found at its end, not before:
    whoever uses the pieces must be able to throw away what he did with them.

    Errors: `KopieFout` for a file that cannot be read, is none of ours, was changed or cut, or is locked for somebody else."""
    import pyrage

    uit = Unpacked(naar)
    try:
        with pad.open("rb") as bestand:
            if bestand.read(len(KOP)) != KOP:
                raise KopieFout(f"{pad} {GEEN_KOPIE}.")
            bestand.seek(0)
            pyrage.decrypt_io(bestand, uit, sleutels)
    except pyrage.DecryptError as fout:
        if "No matching keys" in str(fout):
            raise KopieFout(f"{pad} is op slot voor een andere sleutel dan deze.") from None
        raise KopieFout(f"{pad} {STUKKEN_NIET_GOED}.") from None
    except OSError as fout:
        if uit.fout is not None and not isinstance(uit.fout, KopieFout):
            raise uit.fout from None
        if fout.errno is None:
            raise KopieFout(f"{pad} {STUKKEN_NIET_GOED}.") from None
        raise KopieFout(f"{pad} is niet te lezen: {fout.strerror}.") from None
    except KopieFout as fout:
        if str(fout) == GEEN_KOPIE:
            raise KopieFout(f"{pad} {GEEN_KOPIE}.") from None
        raise
    if not uit.whole:
        raise KopieFout(f"{pad} {STUKKEN_NIET_GOED}.")
    return uit


def fingerprint(pad: Path) -> str:
    """The SHA-256 of a file."""
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()
