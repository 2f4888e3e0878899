# SPDX-License-Identifier: EUPL-1.2
"""`vangnet bewaren`: shows what falls due to be erased, erases it, and erases again what a restored backup brought back. The
eraser is not the application: it has a database role of its own, which can do nothing but this."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

    from vangnet.casework.wissen import Wislijst
    from vangnet.policy.register import Register
    from vangnet.process.erase_due import Wisregel

URL, URL_EIGENAAR, LIJST = "DATABASE_URL_WIS", "DATABASE_URL_EIGENAAR", "VANGNET_WISLIJST"
BALK = 30
"""Signs of the progress bar."""
HOOGUIT = 20
"""Numbers that are named per line; more are counted."""
WAAROM = {
    "stop": "‘niet wissen’ geldt",
    "open": "staat nog open",
    "te_vroeg": "de database zegt: de termijn is nog niet om",
    "te_kort": "de database zegt: de termijn is korter dan mag",
    "geen_opdracht": "er is geen bevestigde opdracht",
    "geen_grond": "deze rol mag dat niet",
    "gevoegd": "hoort bij een andere casus",
    "onbekend": "is er niet meer",
    "onvolledig": "niet alles is opgegeven",
}


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "bewaren",
        help="wat er gewist mag worden, en wissen",
        description=f"Toont en wist wat zijn termijn voorbij is of waarvoor twee mensen opdracht gaven. {URL} is het adres van de rol "
        f"die wist, {LIJST} het bestand (of de map) buiten de database waar elke grafsteen wordt bijgeschreven.",
    )
    doen = parser.add_subparsers(metavar="DOEN", required=True, dest="doen")
    toon = doen.add_parser("toon", help="per soort hoeveel er is en wat weg mag, op nummer")
    wis = doen.add_parser("wis", help="wissen wat weg mag; zonder --voer-uit alleen laten zien wat er weg zou gaan")
    opnieuw = doen.add_parser("opnieuw", help="na een teruggezette reservekopie: wat al gewist was opnieuw wissen")
    for een in (toon, wis, opnieuw):
        een.add_argument("--proef", action="store_true", help="in de database van vangnet demo, met haar eigen lijst")
    for een in (toon, wis):
        een.add_argument("--regio", help="alleen deze regio")
        add_folders(een)
    for een in (wis, opnieuw):
        een.add_argument("--voer-uit", action="store_true", help="doe het echt")
        een.add_argument("--door", help="wie dit doet, voor de grafsteen (anders de gebruiker van deze machine)")
    wis.add_argument("--zonder-lijst", action="store_true", help=f"zonder {LIJST}: na het terugzetten van een reservekopie weet niemand wat gewist was")  # fmt: skip
    toon.set_defaults(handler=show)
    wis.set_defaults(handler=erase)
    opnieuw.set_defaults(handler=again)


def show(arguments: argparse.Namespace) -> int:
    """What is kept and what may go; changes nothing."""
    from vangnet.conf import clock
    from vangnet.process.erase_due import overview

    with _demo(arguments), _refusing(URL):
        reg = opened_register(arguments)
        with _connected(URL) as link:
            regels = overview(link, reg, clock.now(), _region(arguments.regio, reg))
    soorten = Counter((r.dossier.regio, r.soort) for r in regels)
    for (regio, soort), aantal in sorted(soorten.items()):
        mag = [r.dossier.nummer for r in regels if r.dossier.regio == regio and r.soort == soort and r.grond]
        print(f"{regio:<24} {soort:<11} {aantal:>6}   mag weg: {_numbers(mag)}")
    stil = [r.dossier.nummer for r in regels if r.dossier.gestopt]
    wacht = [r.dossier.nummer for r in regels if r.dossier.opdracht == "wacht"]
    print(f"Niet wissen: {_numbers(stil)}")
    print(f"Opdracht wacht op een tweede mens: {_numbers(wacht)}")
    print(f"Nu te wissen: {sum(bool(r.grond) for r in regels)} van {len(regels)}.")
    return DONE


def erase(arguments: argparse.Namespace) -> int:
    """Erase what may go, or show it."""
    from vangnet.casework import wissen
    from vangnet.conf import clock
    from vangnet.process import erase_due

    door = _who(arguments.door)
    with _demo(arguments), _refusing(URL), _connected(URL) as link:
        reg = opened_register(arguments)
        nu = clock.now()
        regels = erase_due.overview(link, reg, nu, _region(arguments.regio, reg))
        rest = None if arguments.regio else _longest(reg, nu)
        if not arguments.voer_uit:
            return _dry_run(link, regels, rest, door)
        lijst = None if arguments.zonder_lijst else _list()
        with wissen.eraser(link):
            uit = erase_due.erase(link, regels, door, lijst, _progress)
            rest_uit = _of_no_region(link, rest, door, True)
    _tables(uit.rijen)
    for nummer, reden in uit.niet:
        print(f"Niet gewist: {nummer}, {WAAROM.get(reden, reden)}.")
    _rest(*rest_uit, "gewist")
    print(f"Gewist: {uit.aantal} {_casussen(uit.aantal)}." if uit.aantal else "Er was geen casus te wissen.")
    return FAILED if uit.niet else DONE


def again(arguments: argparse.Namespace) -> int:
    """Erase what a restored backup brought back, as the owner of the database."""
    from vangnet.casework import wissen
    from vangnet.process import erase_due

    door = _who(arguments.door)
    with _demo(arguments), _refusing(URL_EIGENAAR), _connected(URL_EIGENAAR) as link, wissen.eraser(link):
        lijst = _list()
        uit = list(erase_due.again(link, lijst, door, arguments.voer_uit))
        if arguments.voer_uit and uit:
            wissen.forget_statistics(link)
    if not arguments.voer_uit:
        print(f"Terug na het herstel: {_numbers([nummer for nummer, _ in uit])}")
        if uit:
            print("Er is niets veranderd. Met --voer-uit wordt dit opnieuw gewist.")
        return DONE
    for nummer, uitkomst in uit:
        print(f"{nummer}: {'opnieuw gewist' if uitkomst == 'gewist' else WAAROM.get(uitkomst, uitkomst)}")
    print(f"Opnieuw gewist: {sum(u == 'gewist' for _, u in uit)}.")
    return FAILED if any(u not in ("gewist", "al_gewist") for _, u in uit) else DONE


def _longest(reg: Register, nu: datetime) -> dict[str, Any]:
    """For what lies in one table for all regions the longest term that any of them chose."""
    from vangnet.rules.kalender import lokaal

    dag = lokaal(nu).date()
    allen = [reg.bewaren(regio, dag) for regio in ("", *reg.versies)]
    return {
        soort: max((een.termijn(soort) for een in allen), key=lambda t: t.hoogstens_dagen)
        for soort in ("ontvangst", "account")
    }


def _of_no_region(
    link: psycopg.Connection[Any], termijnen: dict[str, Any] | None, door: str, doe: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Answers to systems, sessions and accounts: with the whole, not when one region is asked for."""
    from vangnet.casework import wissen

    if termijnen is None:
        return {}, {}
    return (
        wissen.erase_rest(link, termijnen["ontvangst"], doe),
        wissen.erase_accounts(link, termijnen["account"], door, doe),
    )


def _dry_run(link: psycopg.Connection[Any], regels: list[Wisregel], rest: dict[str, Any] | None, door: str) -> int:
    from vangnet.casework import wissen

    rijp = [r for r in regels if r.grond]
    per: Counter[str] = Counter()
    for klaar, r in enumerate(rijp, 1):
        rijen = wissen.count_rows(link, r.dossier.casus_id)
        per.update(rijen)
        samen = f", met {r.dossier.samen - 1} erbij gevoegd" if r.dossier.samen > 1 else ""
        grond = "opdracht van twee mensen" if r.grond == "opdracht" else f"mag sinds {r.vanaf}"
        print(f"{r.dossier.nummer}  {r.soort}, {grond}{samen}: {sum(rijen.values())} rijen")
        _progress(klaar, len(rijp), "geteld")
    _tables(per)
    _rest(*_of_no_region(link, rest, door, False), "kan weg")
    print(f"Te wissen: {len(rijp)} {_casussen(len(rijp))}. Er is niets veranderd; met --voer-uit gebeurt het.")
    return DONE


def _tables(rijen: dict[str, int] | Counter[str]) -> None:
    for tabel, aantal in sorted(rijen.items()):
        print(f"  {tabel:<28} {aantal:>8} rijen")


def _rest(resten: dict[str, int], mensen: dict[str, int], woord: str) -> None:
    for tabel, aantal in sorted(resten.items()):
        print(f"  {tabel:<28} {aantal:>8} rijen voorbij hun termijn: {woord}")
    weg = mensen.get("gewist", 0) + mensen.get("kan", 0)
    if weg:
        print(f"  accounts van wie weg is      {weg:>8}: {woord}")
    if mensen.get("genoemd"):
        print(f"  accounts die een dossier nog noemt: {mensen['genoemd']}; die blijven.")


def _progress(klaar: int, totaal: int, wat: str = "gewist") -> None:
    """On a terminal a bar in place; elsewhere a line per hundred."""
    if sys.stderr.isatty():
        vol = BALK * klaar // max(1, totaal)
        sys.stderr.write(
            f"\r[{'#' * vol}{'.' * (BALK - vol)}] {klaar} van {totaal} {wat}{chr(10) if klaar == totaal else ''}"
        )
        sys.stderr.flush()
    elif klaar % 100 == 0:
        print(f"{klaar} van {totaal} {wat}", file=sys.stderr, flush=True)


def _numbers(nummers: list[str]) -> str:
    if not nummers:
        return "geen"
    meer = f" en nog {len(nummers) - HOOGUIT}" if len(nummers) > HOOGUIT else ""
    return f"{len(nummers)} ({', '.join(nummers[:HOOGUIT])}{meer})"


def _casussen(aantal: int) -> str:
    return "casus" if aantal == 1 else "casussen"


def _who(gegeven: str | None) -> str:
    try:
        door = (gegeven or getpass.getuser()).strip()
    except (KeyError, OSError):
        door = ""
    if not door:
        raise Refusal("--door: gevonden niets; verwacht wie dit doet.")
    return door[:80]


def _region(regio: str | None, reg: Register) -> str | None:
    if regio and regio not in reg.versies:
        raise Refusal(f"--regio: gevonden '{regio}'; verwacht één van {', '.join(sorted(reg.versies))}.")
    return regio


def _list() -> Wislijst:
    from vangnet.casework.wissen import Wislijst

    woord = os.environ.get(LIJST, "").strip()
    if not woord:
        raise Refusal(f"{LIJST}: gevonden niets; verwacht een bestand of map buiten de database (docs/beheer.md).")
    return Wislijst(Path(woord))


@contextmanager
def _demo(arguments: argparse.Namespace) -> Iterator[None]:
    """With `--proef`: the addresses, the list and the choices of the demo on this machine, for as long as the block lasts."""
    if not arguments.proef:
        yield
        return
    from vangnet.cli import postgres
    from vangnet.policy.bronnen import WORTEL

    if postgres.status("demo") == "nog niet gemaakt":
        raise Refusal("--proef: gevonden geen proef op deze machine; begin er een met vangnet demo.")
    try:
        cluster = postgres.start("demo")
    except postgres.PostgresStartNiet as fout:
        raise Refusal(str(fout)) from None
    voor = dict(os.environ)
    os.environ |= {
        URL: cluster.url(postgres.WIS), URL_EIGENAAR: cluster.url(postgres.EIGENAAR), LIJST: str(cluster.base / "gewist.jsonl"),
        "VANGNET_EIGEN": str(WORTEL / "demo" / "regios"),
    }  # fmt: skip
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(voor)
        cluster.stop()


@contextmanager
def _connected(naam: str) -> Iterator[psycopg.Connection[Any]]:

    import psycopg

    adres = os.environ.get(naam, "").strip()
    if not adres:
        raise Refusal(f"{naam}: gevonden niets; verwacht het adres van de rol die wist (docs/beheer.md).")
    try:
        link = psycopg.connect(adres, autocommit=True, connect_timeout=10, application_name="vangnet bewaren")
    except psycopg.ProgrammingError:  # Without repeating it: it holds a password.
        raise Refusal(f"{naam}: gevonden een adres dat geen PostgreSQL-adres is; verwacht postgresql://...") from None
    with link:
        yield link


@contextmanager
def _refusing(naam: str) -> Iterator[None]:

    import psycopg

    from vangnet.casework.wissen import WisFout

    try:
        yield
    except WisFout as fout:
        raise Refusal(str(fout)) from None
    except psycopg.errors.InsufficientPrivilege as fout:
        raise Refusal(
            f"De rol van {naam} mag dit niet: {(str(fout).splitlines() or [''])[0]} (docs/beheer.md)."
        ) from None
    except (psycopg.errors.UndefinedFunction, psycopg.errors.UndefinedTable):
        raise Refusal("De database is niet bij: voer eerst `vangnet migrate` uit.") from None
    except psycopg.OperationalError as fout:
        raise Refusal(
            f"{naam}: de database antwoordt niet ({(str(fout).splitlines() or ['geen bericht'])[0]})."
        ) from None
    except psycopg.IntegrityError as fout:
        # Something points at a row of the casus that the procedure does not know: nothing was erased.
        raise Refusal(
            f"Er is niets van deze casus gewist: {fout.diag.table_name or 'een tabel'} houdt er nog iets van vast."
        ) from None
