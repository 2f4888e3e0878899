# SPDX-License-Identifier: EUPL-1.2
"""`vangnet backup`: makes one encrypted file of the whole database, makes a key for it, and looks such a file over. Who makes
backups is not the application, and cannot open them (docs/besluiten/0025)."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from vangnet.cli.kopie.inhoud import Manifest, Meld

URL, ONTVANGERS, SLEUTEL = "DATABASE_URL_BACKUP", "VANGNET_BACKUP_ONTVANGERS", "VANGNET_BACKUP_SLEUTEL"
MINST = 2
"""Backups that `--houd` keeps at least: one that turns out bad must not be the only one."""
WIJZE = """vangnet backup MAP_OF_BESTAND [keuzes]
       vangnet backup sleutel BESTAND
       vangnet backup nakijken BESTAND [--sleutel BESTAND] [--proef]"""


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "backup",
        help="een versleutelde reservekopie maken of nakijken",
        usage=WIJZE,
        description=f"Maakt één versleuteld bestand van de hele database. {URL} is het adres van de rol die alles leest, {ONTVANGERS} "
        "het bestand met de ontvangers (age1..., één per regel). Openen kan alleen wie de sleutel heeft; die hoort niet op deze machine.",
    )
    parser.add_argument("wat", nargs="+", metavar="MAP_OF_BESTAND", help="waar de kopie komt; in een map krijgt ze zelf een naam met het moment")  # fmt: skip
    parser.add_argument(
        "--ontvanger", action="append", default=[], metavar="AGE1", help="voor wie de kopie op slot gaat; mag vaker"
    )
    parser.add_argument("--houd", type=how_many, metavar="N", help=f"daarna alleen de nieuwste N kopieën in die map laten staan ({MINST} of meer)")  # fmt: skip
    parser.add_argument("--sleutel", type=Path, help=f"bij nakijken: het bestand met de sleutel (anders {SLEUTEL})")
    parser.add_argument("--proef", action="store_true", help="bij nakijken: ook echt terugzetten, in een database die daarna weg is")  # fmt: skip
    parser.set_defaults(handler=backup, parser=parser)


def how_many(woord: str) -> int:
    """A number of backups to keep."""
    getal = int(woord)
    if not MINST <= getal <= 10_000:
        raise argparse.ArgumentTypeError(f"gevonden {getal}; verwacht {MINST} tot en met 10000")
    return getal


def backup(arguments: argparse.Namespace) -> int:
    """Make a backup, or what stands in front of its own words: a key, or a look at a backup."""
    eerste, *rest = arguments.wat
    doen = {"sleutel": key, "nakijken": look}.get(eerste)
    if len(rest) != (1 if doen else 0):
        arguments.parser.error(
            f"verwacht één bestand na '{eerste}'" if doen else "verwacht één map of bestand, of 'sleutel' of 'nakijken'"
        )
    if doen is not look and (arguments.proef or arguments.sleutel):
        arguments.parser.error("--sleutel en --proef horen bij nakijken")
    if doen and (arguments.houd or arguments.ontvanger):
        arguments.parser.error("--houd en --ontvanger horen bij het maken van een kopie")
    return doen(arguments, Path(rest[0])) if doen else make(arguments, Path(eerste))


def make(arguments: argparse.Namespace, plek: Path) -> int:
    """Make a backup, say what is in it, and keep in the database that there is one."""
    from vangnet.cli.kopie import bestand, maken
    from vangnet.cli.kopie.sleutels import read_recipients
    from vangnet.conf import clock, lifeline

    if os.environ.get(lifeline.WORKER) == "1":
        lifeline.end_with_parent()
    lijst = os.environ.get(ONTVANGERS, "").strip()
    begin = time.monotonic()
    with refusing("Er is geen reservekopie gemaakt."):
        ontvangers = read_recipients(Path(lijst) if lijst else None, arguments.ontvanger)
        op = clock.now()
        doel = plek / bestand.name_of(op) if plek.is_dir() else plek
        if not doel.parent.is_dir():
            raise Refusal(f"{plek}: de map {doel.parent} is er niet.")
        if arguments.houd and not bestand.NAAM.fullmatch(doel.name):
            raise Refusal("--houd werkt in een map, met de namen die Vangnet zelf geeft. Noem een map.")
        uit = maken.make(address(URL), doel, ontvangers, op, progress())
    print(
        f"Reservekopie: {uit.pad} ({size(uit.grootte)}), {contents(uit.manifest)}, in {time.monotonic() - begin:.1f} s. "
        f"Op slot voor {len(ontvangers)} {'sleutel' if len(ontvangers) == 1 else 'sleutels'}.\n"
        f"Vingerafdruk (SHA-256): {uit.vingerafdruk}",
        flush=True,
    )
    with refusing("De reservekopie is goed, maar het bord weet het niet."):
        maken.keep_row(address(URL), op, "gemaakt", True, uit.grootte, uit.manifest, uit.vingerafdruk)
    if arguments.houd:
        with refusing("De reservekopie is goed; opruimen lukt niet."):
            for oud in bestand.keep_newest(doel.parent, arguments.houd, doel):
                print(f"Weggehaald: {oud.name}")
    return DONE


def key(arguments: argparse.Namespace, pad: Path) -> int:
    """Make a key pair, and say what belongs where."""
    from vangnet.cli.kopie.sleutels import make_identity

    with refusing():
        ontvanger = make_identity(pad)
    print(
        f"De sleutel staat in {pad}; alleen jij kunt dat bestand lezen. De ontvanger die erbij hoort:\n\n{ontvanger}\n\n"
        f"- De ontvanger is niet geheim: zet die regel in het bestand van {ONTVANGERS}, op de machine die kopieën maakt.\n"
        "- De sleutel is geheim: haal hem van die machine weg. Bewaar hem op twee plekken (papier mag), los van de kopieën.\n"
        "- Zonder sleutel is geen enkele kopie te openen, ook niet door Vangnet. Maak liefst twee sleutels, voor twee mensen."
    )
    return DONE


def look(arguments: argparse.Namespace, pad: Path) -> int:
    """Look a backup over; with `--proef` put it back in a database that is thrown away."""
    from vangnet.cli.kopie import KopieFout, bestand, maken, terugzetten
    from vangnet.conf import clock

    soort = "teruggezet" if arguments.proef else "nagekeken"
    begin = time.monotonic()
    with refusing():
        sleutels = identities(arguments)
        kopie = terugzetten.open_whole(pad, sleutels, progress())
        mis = ""
        try:
            terugzetten.look_over(kopie, sleutels, progress())
            if arguments.proef:
                terugzetten.try_out(kopie, sleutels, progress())
        except KopieFout as fout:
            mis = str(fout)
    gedaan = "Teruggezet in een proef en gelijk" if arguments.proef else "Heel"
    print(
        mis
        or f"{gedaan}: {pad}, van {moment(kopie.manifest)}, {contents(kopie.manifest)}; Vangnet {kopie.manifest.vangnet}, "
        f"PostgreSQL {kopie.manifest.postgresql}; in {time.monotonic() - begin:.1f} s.",
        file=sys.stderr if mis else sys.stdout,
        flush=True,
    )
    if not (mis or arguments.proef):
        print("Of terugzetten lukt, bewijst alleen terugzetten: doe het met --proef.")
    if adres := os.environ.get(URL, "").strip():
        with refusing("Beheer weet niet dat er is nagekeken."):
            lengte, vinger = pad.stat().st_size, bestand.fingerprint(pad)
            maken.keep_row(adres, clock.now(), soort, not mis, lengte, kopie.manifest, vinger, mis)
    return FAILED if mis else DONE


# ---- what restore uses too -------------------------------------------------------------------------------------


def address(naam: str) -> str:
    """The address in a variable; refuses when there is none."""
    adres = os.environ.get(naam, "").strip()
    if not adres:
        raise Refusal(f"{naam}: gevonden niets; verwacht het adres van de database (docs/beheer.md, Reservekopie).")
    return adres


def identities(arguments: argparse.Namespace) -> list[Any]:
    """The keys that open, out of the file that is named."""
    from vangnet.cli.kopie.sleutels import read_identities

    woord = arguments.sleutel or os.environ.get(SLEUTEL, "").strip()
    if not woord:
        raise Refusal(
            f"--sleutel of {SLEUTEL}: gevonden niets; verwacht het bestand met de sleutel (vangnet backup sleutel)."
        )
    return read_identities(Path(woord))


def contents(manifest: Manifest) -> str:
    """What is in a backup, in a few words."""
    return f"{len(manifest.tabellen)} tabellen, {number(manifest.rijen)} rijen"


def moment(manifest: Manifest) -> str:
    """The moment of a backup as people here say it."""
    from vangnet.rules.kalender import lokaal

    return f"{lokaal(manifest.op):%d-%m-%Y %H:%M}"


def number(getal: int) -> str:
    """A number with points between thousands."""
    return f"{getal:,}".replace(",", ".")


def size(lengte: int) -> str:
    """A number of bytes, in words."""
    return f"{number(lengte)} bytes" if lengte < 10_000_000 else f"{number(round(lengte / 1_000_000))} MB"


def progress() -> Meld:
    """Tells on stderr how far it is: on a terminal in place, elsewhere a line per ten seconds."""
    laatst = {"op": time.monotonic(), "lang": 0}
    plaats = sys.stderr.isatty()

    def meld(wat: str, gedaan: int, totaal: int) -> None:
        nu = time.monotonic()
        if nu - laatst["op"] < (0.2 if plaats else 10):
            return
        laatst["op"] = nu
        zin = f"{wat}: {number(gedaan)}{f' van {number(totaal)}' if totaal else ''}"
        if plaats:
            sys.stderr.write(f"\r{zin:<{laatst['lang']}}")
            laatst["lang"] = len(zin)
            sys.stderr.flush()
        else:
            print(zin, file=sys.stderr, flush=True)

    return meld


@contextmanager
def refusing(gevolg: str = "") -> Iterator[None]:
    """Turn what goes wrong in a backup, and a request to stop, into a `Refusal`; `gevolg` says what that means."""
    from vangnet.cli.kopie import KopieFout

    oud: dict[int, Callable[[int, FrameType | None], Any] | int | None] = {}
    if threading.current_thread() is threading.main_thread():
        oud = {golf: signal.signal(golf, _stop) for golf in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except KopieFout as fout:
        erbij = f" {gevolg}" if gevolg and gevolg not in str(fout) else ""
        raise Refusal(f"{fout}{erbij}") from None
    except OSError as fout:
        raise Refusal(f"{fout.filename or 'Een bestand'}: {fout.strerror or fout}. {gevolg}".strip()) from None
    except KeyboardInterrupt:
        raise Refusal(f"Afgebroken. {gevolg}".strip()) from None
    finally:
        if sys.stderr.isatty():
            sys.stderr.write("\n")
        for golf, wat in oud.items():
            signal.signal(golf, wat)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
