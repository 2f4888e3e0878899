# SPDX-License-Identifier: EUPL-1.2
"""Seals the log in batches and checks it: an edit, a deletion, a swap or a cut is found, whoever made it.

It speaks to the database with a connection of its own (psycopg, the role of the sealer) and needs no settings of Vangnet, so
it can run on another machine. docs/besluiten/0014 says what a seal proves and what it does not.

A seal covers the lines whose numbers lie after the seal before it. A line gets its number while it is written and becomes
visible when its transaction ends, so a low number can appear late. `settled` waits for exactly those transactions: it reads
the highest visible number, then who holds a lock to write on the table, and waits until all of those have ended. Whoever had
a number below was among them, for the lock comes before the number.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

VORMEN: dict[int, tuple[str, ...]] = {
    1: (
        "vastgelegd_op", "op", "id", "medewerker_id", "naam", "organisatie_id", "rol", "handeling", "ding", "casus_id",
        "geslaagd", "toelichting", "adres", "verzoek", "doel", "relatie", "toestemming", "noodtoegang_id",
        "bron",
    ),
}  # fmt: skip
"""Per form of a seal the fields of a line that it covers, in order. A form never changes; a new field asks a new form.
`vastgelegd_op` comes first: the check reads it."""
VORM = max(VORMEN)
PER_ZEGEL = 5_000
"""Lines in one seal at most: 200 kB of hashes."""
NIETS = bytes(32)
SLOT = 0x7A6567656C  # "zegel"
"""The advisory lock of the sealer: one at a time."""
STROOM = 32
"""Bytes of a SHA-256, and of a key."""
REGEL = 8 + STROOM

Meld = Callable[[int, int], None]
"""Tells how far it is: lines done, of how many."""


class ZegelFout(Exception):
    """Verzegelen of nakijken gaat nu niet; the message is the Dutch sentence that says why."""


# ---- the key ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sleutels:
    """The keys of the sealer, oldest first; the last one makes the marks, the others still check."""

    alle: tuple[bytes, ...] = field(repr=False)

    @property
    def namen(self) -> dict[str, bytes]:
        """Per name the key; the name gives nothing of the key away."""
        return {hashlib.sha256(sleutel).hexdigest()[:16]: sleutel for sleutel in self.alle}

    @property
    def naam(self) -> str:
        """The name of the key in use."""
        return list(self.namen)[-1]

    def merk(self, kop: bytes) -> bytes:
        """The mark that the key in use makes."""
        return hmac.digest(self.alle[-1], kop, "sha256")

    def herkent(self, naam: str, kop: bytes, merk: bytes) -> bool:
        """Whether this mark was made with the key of this name."""
        sleutel = self.namen.get(naam)
        return sleutel is not None and hmac.compare_digest(hmac.digest(sleutel, kop, "sha256"), merk)


def read_keys(pad: Path) -> Sleutels:
    """The keys in a file: one per line, 64 hexadecimal signs.

    Errors: `ZegelFout` when it is not there, when others than its owner may read it, or when it holds something else."""
    try:
        stand = pad.lstat()
    except OSError as fout:
        raise ZegelFout(f"Het sleutelbestand {pad} is niet te lezen: {fout.strerror}.") from None
    if not stat.S_ISREG(stand.st_mode):
        raise ZegelFout(f"{pad}: gevonden geen gewoon bestand; verwacht een sleutelbestand (vangnet log sleutel).")
    if stand.st_mode & 0o077 or stand.st_uid not in (os.geteuid(), 0):
        raise ZegelFout(
            f"Het sleutelbestand {pad} is ook voor anderen open (rechten {stat.S_IMODE(stand.st_mode):04o}, eigenaar "
            f"{stand.st_uid}); verwacht 0600 en eigenaar {os.geteuid()}."
        )
    try:
        regels = pad.read_text(encoding="ascii").split()
        alle = tuple(bytes.fromhex(regel) for regel in regels)
    except (OSError, ValueError):
        raise ZegelFout(f"Het sleutelbestand {pad} is beschadigd; verwacht per regel 64 hexadecimale tekens.") from None
    if not alle or any(len(sleutel) != STROOM for sleutel in alle) or len(set(alle)) != len(alle):
        raise ZegelFout(f"Het sleutelbestand {pad} is beschadigd; verwacht per regel 64 hexadecimale tekens.")
    return Sleutels(alle)


def make_key(pad: Path, erbij: bool = False) -> Sleutels:
    """Make a key file, closed to others; with `erbij` add a newer key to one that is there, which from then on makes the marks.

    Errors: `ZegelFout` when the file is there already (or, with `erbij`, is not), or cannot be written."""
    oud = read_keys(pad).alle if erbij else ()
    tekst = "".join(f"{sleutel.hex()}\n" for sleutel in (*oud, secrets.token_bytes(STROOM)))
    vers = pad.with_name(f"{pad.name}.{secrets.token_hex(4)}")
    try:
        plek = os.open(vers, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(plek, "w", encoding="ascii") as bestand:
            bestand.write(tekst)
            bestand.flush()
            os.fsync(bestand.fileno())
        if erbij:
            os.replace(vers, pad)
        else:
            os.link(vers, pad)  # Fails when somebody else was first.
            vers.unlink()
    except FileExistsError:
        vers.unlink(missing_ok=True)
        raise ZegelFout(f"{pad} is er al. Een sleutel wordt nooit overschreven; een nieuwe erbij: --erbij.") from None
    except OSError as fout:
        raise ZegelFout(f"{pad} is niet te schrijven: {fout.strerror}.") from None
    return read_keys(pad)


# ---- a seal ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Zegel:
    """A seal as it is kept; `regels_hash` stands for the hashes of its lines."""

    nummer: int
    op: datetime
    van: int
    tot: int
    gezien_tot: int
    aantal: int
    vorm: int
    regels_hash: bytes
    vorige: bytes
    sleutel: str
    merk: bytes = b""

    @property
    def kop(self) -> bytes:
        """What the mark is made over: everything of the seal, in one form."""
        woorden = (
            self.vorm, self.nummer, self.op.astimezone(UTC).isoformat(timespec="microseconds"), self.van, self.tot,
            self.gezien_tot, self.aantal, self.regels_hash.hex(), self.vorige.hex(), self.sleutel,
        )  # fmt: skip
        return b"vangnet-zegel\n" + "\n".join(map(str, woorden)).encode()

    @property
    def hash(self) -> bytes:
        """What the next seal holds of this one."""
        return hashlib.sha256(self.kop).digest()

    def hoofd(self) -> dict[str, Any]:
        """The seal as a line outside the database."""
        return {
            "zegel": self.nummer, "op": self.op.astimezone(UTC).isoformat(timespec="microseconds"), "van": self.van,
            "tot": self.tot, "gezien_tot": self.gezien_tot, "aantal": self.aantal, "vorm": self.vorm,
            "regels": self.regels_hash.hex(), "vorige": self.vorige.hex(), "sleutel": self.sleutel, "merk": self.merk.hex(),
        }  # fmt: skip

    @classmethod
    def uit_hoofd(cls, een: dict[str, Any]) -> Zegel:
        """The seal of such a line. Errors: KeyError, TypeError, ValueError when it is none."""
        return cls(
            int(een["zegel"]), datetime.fromisoformat(een["op"]), int(een["van"]), int(een["tot"]), int(een["gezien_tot"]),
            int(een["aantal"]), int(een["vorm"]), bytes.fromhex(een["regels"]), bytes.fromhex(een["vorige"]),
            str(een["sleutel"]), bytes.fromhex(een["merk"]),
        )  # fmt: skip


ZEGELKOLOMMEN = "nummer, op, van, tot, gezien_tot, aantal, vorm, vorige, sleutel, merk, regels"


def zegel_of(rij: tuple[Any, ...]) -> tuple[Zegel, bytes]:
    """The seal in a row of `ZEGELKOLOMMEN`, and the hashes of its lines."""
    *kop, vorige, sleutel, merk, regels = rij
    inhoud = bytes(regels)
    return Zegel(*kop, hashlib.sha256(inhoud).digest(), bytes(vorige), sleutel, bytes(merk)), inhoud


def line_hash(velden: bytes) -> bytes:
    """The hash of a line, of its fields as `COPY ... TO STDOUT` writes them (text form, tabs between, backslashes escaped)."""
    return hashlib.sha256(velden).digest()


# ---- the head outside the database -----------------------------------------------------------------------------


class Hoofd:
    """The file outside the database with one JSON line per seal, added to and never rewritten. A folder holds it as
    `zegels.jsonl`."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad / "zegels.jsonl" if pad.is_dir() else pad

    def lines(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Per line of the file its place and what it says; None when it cannot be read."""
        try:
            with self.pad.open("rb") as bestand:
                for plaats, regel in enumerate(bestand, 1):
                    try:
                        een = json.loads(regel)
                    except ValueError:
                        een = None
                    yield plaats, een if isinstance(een, dict) else None
        except FileNotFoundError:
            return
        except OSError as fout:
            raise ZegelFout(f"Het hoofd {self.pad} is niet te lezen: {fout.strerror}.") from None

    def restores(self, sleutels: Sleutels | None = None) -> list[tuple[int, int, int, str, str]]:
        """Where the head says that the database was put back: place, first and last seal lost, moment, reason. With keys
        only those with a good mark."""
        uit = []
        for plaats, een in self.lines():
            if een is None or een.get("herstel") is None:
                continue
            try:
                woorden = {naam: een[naam] for naam in ("herstel", "van", "tot", "op")}
                kop, merk = _herstelkop(woorden), bytes.fromhex(een["merk"])
                een_herstel = (plaats, int(een["van"]), int(een["tot"]), str(een["op"]), str(een["herstel"]))
            except (KeyError, TypeError, ValueError):
                continue
            if sleutels is None or sleutels.herkent(str(een.get("sleutel", "")), kop, merk):
                uit.append(een_herstel)
        return uit

    def seals(self, sleutels: Sleutels | None = None) -> Iterator[tuple[int, Zegel | None]]:
        """Per line its place and the seal that it holds, without those that a restore lost; None for a line that holds none."""
        hersteld = self.restores(sleutels)
        for plaats, een in self.lines():
            if een is not None and "herstel" in een:
                if not any(plaats == waar for waar, *_ in hersteld):
                    yield plaats, None
                continue
            try:
                zegel = Zegel.uit_hoofd(een or {})
            except (KeyError, TypeError, ValueError):
                yield plaats, None
                continue
            if not any(waar > plaats and van <= zegel.nummer for waar, van, *_ in hersteld):
                yield plaats, zegel

    def last(self) -> Zegel | None:
        """The last seal in it. Errors: `ZegelFout` when the file holds a line that is none."""
        laatste = None
        for plaats, zegel in self.seals():
            if zegel is None:
                raise ZegelFout(
                    f"Regel {plaats} van het hoofd {self.pad} is geen zegel. Kijk eerst na: vangnet log check."
                )
            laatste = zegel
        return laatste

    def add(self, een: dict[str, Any]) -> None:
        """One more line, on disk before this returns. Errors: `ZegelFout`."""
        try:
            plek = os.open(self.pad, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with open(plek, "ab") as bestand:
                fcntl.flock(bestand, fcntl.LOCK_EX)
                bestand.write(json.dumps(een, separators=(",", ":")).encode() + b"\n")
                bestand.flush()
                os.fsync(bestand.fileno())
        except OSError as fout:
            raise ZegelFout(
                f"Het hoofd {self.pad} is niet te schrijven: {fout.strerror}. Er wordt niet verder verzegeld."
            ) from None


def _herstelkop(woorden: dict[str, Any]) -> bytes:
    return b"vangnet-herstel\n" + json.dumps(woorden, sort_keys=True).encode()


# ---- sealing ---------------------------------------------------------------------------------------------------


@dataclass
class Verzegeld:
    """What one round of sealing did."""

    regels: int = 0
    zegels: int = 0
    seconden: float = 0.0
    laatste: int = 0
    """The number of the last seal; 0 when there is none yet."""
    open_: int = 0
    """Lines that are not sealed yet."""
    oudste: float = 0.0
    """The age in seconds of the oldest of those."""
    wacht: bool = False
    """Whether a transaction that writes the log held up this round."""

    @property
    def snelheid(self) -> float:
        """Lines per second."""
        return self.regels / self.seconden if self.seconden else 0.0


HORIZON = "select max(nummer), clock_timestamp() from access_logregel"
SCHRIJVERS = """
select virtualtransaction from pg_locks
 where locktype = 'relation' and relation = 'access_logregel'::regclass and granted and pid is distinct from pg_backend_pid()
   and database = (select oid from pg_database where datname = current_database())
   and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""


def settled(link: psycopg.Connection[Any], geduld: float) -> tuple[int, datetime] | None:
    """The number up to which every line that will ever be there is visible now, and the moment at which it was looked for;
    None when a transaction that writes the log is still open after `geduld` seconds."""
    nummer, op = one(link, HORIZON)
    wachten = {rij[0] for rij in link.execute(SCHRIJVERS)}
    einde = time.monotonic() + geduld
    while wachten:
        wachten &= {rij[0] for rij in link.execute(SCHRIJVERS)}
        if wachten:
            if time.monotonic() > einde:
                return None
            time.sleep(0.02)
    return int(nummer or 0), op


@contextmanager
def sealer(link: psycopg.Connection[Any]) -> Iterator[None]:
    """Be the only sealer for as long as the block lasts. The connection must be in autocommit mode.

    Errors: `ZegelFout` when another one is at work."""
    still_form(link)
    if not one(link, "select pg_try_advisory_lock(%s)", SLOT)[0]:
        raise ZegelFout("Er verzegelt al iemand anders dit log.")
    try:
        yield
    finally:
        if not link.closed:
            link.execute("select pg_advisory_unlock(%s)", [SLOT])


def seal(
    link: psycopg.Connection[Any],
    sleutels: Sleutels,
    hoofd: Hoofd,
    meld: Meld | None = None,
    geduld: float = 60.0,
    per_zegel: int = PER_ZEGEL,
) -> Verzegeld:
    """One round, inside `sealer`: seal every line that has settled, each seal on disk outside the database before the next.

    Errors: `ZegelFout` when the last seal, the key and the head do not agree: then nothing is sealed."""
    uit = Verzegeld()
    begon = time.monotonic()
    vorige = last_seal(link)
    _agree(link, vorige, sleutels, hoofd)
    grens = settled(link, geduld)
    uit.wacht = grens is None
    if grens is not None:
        gezien_tot, op = grens
        totaal = one(
            link, "select count(*) from access_logregel where nummer > %s and nummer <= %s", vorige.tot if vorige else 0, gezien_tot
        )[0]  # fmt: skip
        while (vorige.tot if vorige else 0) < gezien_tot:
            vorige, aantal = _seal_one(link, sleutels, vorige, gezien_tot, op, per_zegel)
            if aantal == 0:
                break
            hoofd.add(vorige.hoofd())
            uit.regels += aantal
            uit.zegels += 1
            if meld:
                meld(uit.regels, totaal)
    uit.laatste = vorige.nummer if vorige else 0
    uit.seconden = time.monotonic() - begon
    uit.open_, uit.oudste = open_window(link, vorige.tot if vorige else 0)
    return uit


def _seal_one(
    link: psycopg.Connection[Any],
    sleutels: Sleutels,
    vorige: Zegel | None,
    gezien_tot: int,
    op: datetime,
    per_zegel: int,
) -> tuple[Any, int]:
    begin = vorige.tot if vorige else 0
    regels = bytearray()
    laatste = begin
    aantal = 0
    for nummer, velden in read_lines(link, VORM, begin, gezien_tot, per_zegel):
        regels += nummer.to_bytes(8, "big") + line_hash(velden)
        laatste = nummer
        aantal += 1
    if not aantal:
        return vorige, 0
    inhoud = bytes(regels)
    zegel = Zegel(
        (vorige.nummer if vorige else 0) + 1, op, begin + 1, laatste if aantal == per_zegel else gezien_tot, gezien_tot,
        aantal, VORM, hashlib.sha256(inhoud).digest(), vorige.hash if vorige else NIETS, sleutels.naam,
    )  # fmt: skip
    zegel = Zegel(**{**zegel.__dict__, "merk": sleutels.merk(zegel.kop)})
    waarden = (
        zegel.nummer, zegel.op, zegel.van, zegel.tot, zegel.gezien_tot, zegel.aantal, zegel.vorm, zegel.vorige,
        zegel.sleutel, zegel.merk, inhoud,
    )  # fmt: skip
    link.execute(
        f"insert into access_zegel ({ZEGELKOLOMMEN}) values ({', '.join(['%s'] * len(waarden))})".encode(), waarden
    )
    return zegel, aantal


def last_seal(link: psycopg.Connection[Any]) -> Zegel | None:
    """The seal with the highest number, or None."""
    rij = link.execute(f"select {ZEGELKOLOMMEN} from access_zegel order by nummer desc limit 1".encode()).fetchone()
    return zegel_of(rij)[0] if rij else None


def open_window(link: psycopg.Connection[Any], na: int) -> tuple[int, float]:
    """How many lines come after line `na`, and the age in seconds of the oldest of them."""
    aantal, oudste = one(
        link,
        "select count(*), coalesce(extract(epoch from clock_timestamp() - min(vastgelegd_op)), 0)::float"
        " from access_logregel where nummer > %s",
        na,
    )
    return aantal, max(oudste, 0.0)


def note_restore(
    link: psycopg.Connection[Any], sleutels: Sleutels, hoofd: Hoofd, reden: str, op: datetime
) -> tuple[int, int]:
    """Say in the head that the database was put back to an earlier state, so that sealing goes on from there; returns the
    first and last seal that were lost. A head that is empty gets the seals of the database again.

    Errors: `ZegelFout` when there is nothing to say: the head and the database agree."""
    vorige, buiten = last_seal(link), hoofd.last()
    begin, einde = (vorige.nummer if vorige else 0) + 1, buiten.nummer if buiten else 0
    if einde == begin - 1:
        raise ZegelFout("Het hoofd en de database gaan even ver: er is niets hersteld om te melden.")
    woorden = {"herstel": reden, "van": min(begin, einde + 1), "tot": einde, "op": op.astimezone(UTC).isoformat()}
    hoofd.add(woorden | {"sleutel": sleutels.naam, "merk": sleutels.merk(_herstelkop(woorden)).hex()})
    if einde < begin:  # The head was behind, or gone: it gets what it misses.
        for rij in link.execute(
            f"select {ZEGELKOLOMMEN} from access_zegel where nummer > %s order by nummer".encode(), [einde]
        ):
            hoofd.add(zegel_of(rij)[0].hoofd())
    return begin, einde


def _agree(link: psycopg.Connection[Any], vorige: Zegel | None, sleutels: Sleutels, hoofd: Hoofd) -> None:
    """Refuse to go on over a chain that is broken. One seal that a crash kept out of the head is added to it."""
    if vorige is not None and not sleutels.herkent(vorige.sleutel, vorige.kop, vorige.merk):
        raise ZegelFout(f"Zegel {vorige.nummer} is niet met deze sleutel gemaakt. Kijk eerst na: vangnet log check.")
    buiten = hoofd.last()
    hier, daar = vorige.nummer if vorige else 0, buiten.nummer if buiten else 0
    if daar > hier:
        raise ZegelFout(
            f"Het hoofd kent zegel {daar}, de database gaat tot {hier}: het einde is weg. Is de database teruggezet, meld dat dan: "
            "vangnet log zegel --herstel REDEN. Kijk anders na: vangnet log check."
        )
    if hier - daar > 1:
        raise ZegelFout(
            f"De database heeft zegels tot {hier}, het hoofd {hoofd.pad} tot {daar}. Zet het hoofd terug, of meld wat er gebeurde: "
            "vangnet log zegel --herstel REDEN."
        )
    if hier - daar == 1:
        assert vorige is not None
        if vorige.vorige != (buiten.hash if buiten else NIETS):
            raise ZegelFout(f"Zegel {hier} sluit niet aan op het hoofd. Kijk eerst na: vangnet log check.")
        hoofd.add(vorige.hoofd())
    elif vorige is not None and buiten is not None and vorige.hash != buiten.hash:
        raise ZegelFout(f"Zegel {hier} in de database is een ander dan in het hoofd. Kijk eerst na: vangnet log check.")


# ---- reading ---------------------------------------------------------------------------------------------------


def still_form(link: psycopg.Connection[Any]) -> None:
    """The settings that decide how values are written as text."""
    if not link.autocommit:
        raise ValueError("the connection must be in autocommit mode")
    for naam, waarde in (
        ("timezone", "UTC"),
        ("datestyle", "ISO, YMD"),
        ("client_encoding", "UTF8"),
        ("search_path", "pg_catalog, public"),
    ):
        link.execute("select set_config(%s, %s, false)", [naam, waarde])


def read_lines(
    link: psycopg.Connection[Any], vorm: int, na: int | None, tot: int, hooguit: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """The lines after number `na` up to and with `tot`, by number: the number, and the fields of this form as text."""
    waar = f"nummer <= {int(tot)}" + (f" and nummer > {int(na)}" if na is not None else "")
    grens = f" limit {int(hooguit)}" if hooguit is not None else ""
    vraag = f"copy (select nummer, {', '.join(VORMEN[vorm])} from access_logregel where {waar} order by nummer{grens}) to stdout"
    over = b""
    with (
        nullcontext() if link.info.transaction_status else link.transaction(),
        link.cursor() as cursor,
        cursor.copy(vraag.encode()) as stroom,
    ):
        for deel in stroom:
            *regels, over = (over + bytes(deel)).split(b"\n")
            for regel in regels:
                nummer, _, velden = regel.partition(b"\t")
                yield int(nummer), velden


def one(link: psycopg.Connection[Any], vraag: str, *waarden: Any) -> tuple[Any, ...]:
    """The one row of a question."""
    rij = link.execute(vraag.encode(), waarden or None).fetchone()
    assert rij is not None
    found: tuple[Any, ...] = tuple(rij)
    return found
