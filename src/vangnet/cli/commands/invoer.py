# SPDX-License-Identifier: EUPL-1.2
"""`vangnet invoer SOORT BESTAND [--doe]`: bring in a list of the first day, or only say what it would do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from vangnet.process.first_day import Rijfout

MOST = 20 * 1024 * 1024
"""Bytes of a list."""


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "invoer",
        help="een lijst van de eerste dag nakijken, en met --doe invoeren",
        description="Kijkt een lijst na (organisaties, telefoonlijst of casussen; CSV) en noemt elke fout met rij en kolom. Met "
        "--doe wordt de lijst ingevoerd, alles of niets. Tweemaal hetzelfde bestand maakt niets dubbel.",
    )
    parser.add_argument("soort", choices=("organisaties", "telefoonlijst", "casussen"))
    parser.add_argument("bestand", type=Path)
    parser.add_argument("--namens", required=True, metavar="E-MAIL", help="wie dit doet; die functie moet het mogen")
    parser.add_argument(
        "--lijst", default="", help="naam van de lijst in de tijdlijn (standaard de naam van het bestand)"
    )
    parser.add_argument("--doe", action="store_true", help="voer in; zonder dit wordt alleen nagekeken")
    parser.set_defaults(handler=bring_in)


def bring_in(arguments: argparse.Namespace) -> int:
    from vangnet.cli import application

    application.set_up()

    from vangnet.access.weigering import Weigering
    from vangnet.conf import clock
    from vangnet.process.first_day import OngeldigeInvoer, actor_by_address, carry_out, plan_list

    try:
        if arguments.bestand.stat().st_size > MOST:
            raise Refusal(f"{arguments.bestand}: gevonden meer dan {MOST // 1024 // 1024} MB; splits de lijst.")
        content = arguments.bestand.read_bytes()
    except OSError as fault:
        raise Refusal(f"{arguments.bestand}: niet te lezen ({fault.strerror}).") from None
    now = clock.now()
    with application.refusing():
        try:
            actor = actor_by_address(arguments.namens, arguments.soort, now)
            plan = plan_list(actor, now, arguments.soort, content, arguments.lijst or arguments.bestand.name)
        except OngeldigeInvoer as no:
            raise Refusal("\n".join(f"{f}: gevonden {g}; verwacht {v}" for f, g, v in no.details["fouten"])) from None
        except Weigering as no:
            raise Refusal(f"--namens: {no.zin()}") from None
        if plan.fouten:
            return _faults(plan.fouten)
        print(f"{len(plan.rijen)} rijen: {plan.nieuw} nieuw, {plan.wijzigt} bijgewerkt, {plan.al} staat er al.")
        if not arguments.doe:
            print("Er is niets gemaakt. Voer in met --doe.")
            return DONE
        for state in carry_out(actor, now, plan):
            if sys.stderr.isatty():
                print(
                    f"\r{state.gedaan} van {state.totaal}", end="\n" if state.klaar else "", file=sys.stderr, flush=True
                )
            if state.fouten:
                return _faults(state.fouten)
    print("Ingevoerd.")
    return DONE


def _faults(faults: Any) -> int:
    one: Rijfout
    for one in faults:
        where = f"rij {one.rij}, {one.kolom}" if one.kolom else f"rij {one.rij}"
        print(f"{where}: gevonden {one.gevonden}; verwacht {one.verwacht}", file=sys.stderr)
    print(f"{len(faults)} fouten; er is niets gemaakt.", file=sys.stderr)
    return FAILED
