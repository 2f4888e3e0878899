# SPDX-License-Identifier: EUPL-1.2
"""`vangnet log`: makes the key of the sealer, seals the log, and checks it. The sealer is not the application: it has a
database role, a key and a file of its own, and needs none of the settings of Vangnet."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    import psycopg

    from vangnet.access.zegel import Hoofd, Sleutels, Verzegeld
    from vangnet.access.zegelcontrole import Controle

URL, SLEUTEL, HOOFD = "DATABASE_URL_ZEGEL", "VANGNET_ZEGELSLEUTEL", "VANGNET_ZEGELHOOFD"
ELKE = 10
"""Seconds between two rounds."""
CONTROLE = 24
"""Hours between two checks, while sealing goes on."""
GEDULD = 60.0
"""Seconds that one round waits for transactions that write the log."""


def seconds(woord: str) -> int:
    """Seconds or hours as a whole number, 0 to a week of seconds."""
    getal = int(woord)
    if not 0 <= getal <= 604_800:
        raise argparse.ArgumentTypeError(f"gevonden {getal}; verwacht 0 tot en met 604800")
    return getal


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "log",
        help="het log verzegelen en nakijken",
        description=f"Verzegelt het log en kijkt het na. {URL} is het adres van de rol die verzegelt, {SLEUTEL} het bestand met de "
        f"sleutel, {HOOFD} het bestand (of de map) buiten de database waar elk zegel wordt bijgeschreven.",
    )
    doen = parser.add_subparsers(metavar="DOEN", required=True, dest="doen")
    sleutel = doen.add_parser("sleutel", help="een sleutel maken, in een bestand dat alleen jij kunt lezen")
    sleutel.add_argument(
        "--erbij", action="store_true", help="een nieuwere sleutel erbij; oude zegels blijven na te kijken"
    )
    sleutel.set_defaults(handler=key)
    zegel = doen.add_parser("zegel", help="wat er bijkwam verzegelen")
    zegel.add_argument("--blijf", action="store_true", help="doorgaan tot Ctrl-C")
    zegel.add_argument(
        "--elke", type=seconds, default=ELKE, metavar="SECONDEN", help=f"tussen twee rondes (standaard {ELKE})"
    )
    zegel.add_argument("--controle", type=seconds, default=CONTROLE, metavar="UREN", help=f"met --blijf: zo vaak alles nakijken; 0 is nooit (standaard {CONTROLE})")  # fmt: skip
    zegel.add_argument(
        "--herstel", metavar="REDEN", help="de database is teruggezet: leg dat vast in het hoofd en ga verder"
    )
    zegel.set_defaults(handler=seal)
    check_ = doen.add_parser("check", help="alle regels en zegels nakijken (uitgang 1 als er iets niet klopt)")
    check_.add_argument("--zonder-hoofd", action="store_true", help="zonder het bestand buiten de database: een afgeknipt einde blijft dan onontdekt")  # fmt: skip
    check_.add_argument("--zonder-sleutel", action="store_true", help="zonder sleutel: een keten die iemand helemaal overdeed, blijft dan onontdekt")  # fmt: skip
    check_.add_argument("--alles", action="store_true", help="noem elke fout, niet de eerste twintig per soort")
    check_.set_defaults(handler=check)


def key(arguments: argparse.Namespace) -> int:
    """Make a key file, or add a key to it."""
    from vangnet.access import zegel

    pad = _path(SLEUTEL, "het bestand voor de sleutel")
    with _refusing():
        sleutels = zegel.make_key(pad, erbij=arguments.erbij)
    print(
        f"Sleutel {sleutels.naam} staat in {pad}. Bewaar een kopie op een andere plek dan de database en haar reservekopieën."
    )
    return DONE


def seal(arguments: argparse.Namespace) -> int:
    """Seal once, or go on."""
    from vangnet.access import zegel
    from vangnet.conf import clock, lifeline

    if os.environ.get(lifeline.WORKER) == "1":
        lifeline.end_with_parent()
    with _refusing(), _connected() as link:
        sleutels, hoofd = _key(), _head()
        with zegel.sealer(link):
            if arguments.herstel:
                eerste, laatste = zegel.note_restore(link, sleutels, hoofd, arguments.herstel[:300], clock.now())
                print(
                    f"Vastgelegd: zegel {eerste} tot en met {laatste} gingen verloren."
                    if laatste >= eerste
                    else f"Vastgelegd: het hoofd is aangevuld vanaf zegel {laatste + 1}."
                )
            nagekeken = time.monotonic()
            while True:
                uit = zegel.seal(link, sleutels, hoofd, progress("verzegeld"), GEDULD)
                _tell(uit, arguments.blijf)
                if not arguments.blijf:
                    return FAILED if uit.wacht else DONE
                if arguments.controle and time.monotonic() - nagekeken >= arguments.controle * 3600:
                    _check(link, sleutels, hoofd)
                    nagekeken = time.monotonic()
                time.sleep(arguments.elke)


def check(arguments: argparse.Namespace) -> int:
    """Look at everything; 1 when anything is wrong."""
    with _refusing(), _connected() as link:
        sleutels = None if arguments.zonder_sleutel else _key()
        hoofd = None if arguments.zonder_hoofd else _head()
        return DONE if _check(link, sleutels, hoofd, 10**9 if arguments.alles else 20).goed else FAILED


def progress(wat: str) -> Callable[[int, int], None]:
    """Tells on stderr how far it is: on a terminal in place, else a line per hundred thousand."""
    stand = {"gemeld": 0}

    def meld(gedaan: int, totaal: int) -> None:
        if sys.stderr.isatty():
            klaar = gedaan >= totaal
            sys.stderr.write(f"\r{wat}: {_getal(gedaan)} van {_getal(totaal)} regels{chr(10) if klaar else ''}")
            sys.stderr.flush()
        elif gedaan - stand["gemeld"] >= 100_000:
            stand["gemeld"] = gedaan
            print(f"{wat}: {_getal(gedaan)} van {_getal(totaal)} regels", file=sys.stderr, flush=True)

    return meld


def _tell(uit: Verzegeld, blijf: bool) -> None:
    if uit.wacht:
        print(
            f"Er schrijft nog iemand in het log, al langer dan {GEDULD:.0f} s; {uit.open_} regels wachten.", flush=True
        )
    elif uit.regels:
        print(
            f"Verzegeld: {_getal(uit.regels)} regels in {_getal(uit.zegels)} zegels (tot en met zegel {uit.laatste}), "
            f"{_getal(round(uit.snelheid))} regels per seconde. {_window(uit.open_, uit.oudste)}",
            flush=True,
        )
    elif not blijf:
        print(f"Er was niets te verzegelen. {_window(uit.open_, uit.oudste)}", flush=True)


def _check(
    link: psycopg.Connection[Any], sleutels: Sleutels | None, hoofd: Hoofd | None, hooguit: int = 20
) -> Controle:
    from vangnet.access import zegelcontrole

    uit = zegelcontrole.check(link, sleutels, hoofd, progress("nagekeken"))
    for _, eerste, laatste, op, reden in uit.hersteld:
        wat = f"zegel {eerste} tot en met {laatste} verloren" if laatste >= eerste else "hoofd aangevuld"
        print(f"Gemeld herstel op {op}: {wat}; {reden}")
    for zin in uit.in_woorden(hooguit):
        print(f"NIET GOED  {zin}")
    for weg, zin in (
        (uit.zonder_hoofd, "Zonder hoofd: een afgeknipt einde zie je zo niet."),
        (uit.zonder_sleutel, "Zonder sleutel: een keten die iemand helemaal overdeed, zie je zo niet."),
    ):
        if weg:
            print(zin)
    print(
        f"{'Alles klopt' if uit.goed else 'Er klopt iets niet'}: {_getal(uit.regels)} regels onder {_getal(uit.zegels)} zegels nagekeken in "
        f"{uit.seconden:.1f} s. {_window(uit.open_, uit.oudste)}",
        flush=True,
    )
    if not (uit.zonder_hoofd or uit.zonder_sleutel):
        zegelcontrole.keep_check(link, uit)
    return uit


def _window(aantal: int, oudste: float) -> str:
    if not aantal:
        return "Niets wacht op een zegel."
    return f"Nog niet verzegeld: {_getal(aantal)} regels, de oudste {_getal(round(oudste))} s oud."


def _getal(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


def _path(naam: str, wat: str) -> Path:
    woord = os.environ.get(naam, "").strip()
    if not woord:
        raise Refusal(f"{naam}: gevonden niets; verwacht {wat}.")
    return Path(woord)


def _key() -> Sleutels:
    from vangnet.access import zegel

    return zegel.read_keys(_path(SLEUTEL, "het bestand met de sleutel (vangnet log sleutel)"))


def _head() -> Hoofd:
    from vangnet.access import zegel

    return zegel.Hoofd(_path(HOOFD, "een bestand of map buiten de database"))


@contextmanager
def _connected() -> Iterator[psycopg.Connection[Any]]:
    import psycopg

    adres = os.environ.get(URL, "").strip()
    if not adres:
        raise Refusal(f"{URL}: gevonden niets; verwacht het adres van de rol die verzegelt (docs/beheer.md).")
    with psycopg.connect(adres, autocommit=True, connect_timeout=10, application_name="vangnet zegel") as link:
        yield link


@contextmanager
def _refusing() -> Iterator[None]:
    import psycopg

    from vangnet.access.zegel import ZegelFout

    try:
        yield
    except ZegelFout as fout:
        raise Refusal(str(fout)) from None
    except psycopg.errors.InsufficientPrivilege as fout:
        raise Refusal(
            f"De rol van {URL} mag dit niet: {(str(fout).splitlines() or [''])[0]} (docs/beheer.md)."
        ) from None
    except psycopg.errors.UndefinedTable:
        raise Refusal("De database is niet bij: voer eerst `vangnet migrate` uit.") from None
    except psycopg.OperationalError as fout:
        raise Refusal(
            f"{URL}: de database antwoordt niet ({(str(fout).splitlines() or ['geen bericht'])[0]})."
        ) from None
