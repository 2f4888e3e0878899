# SPDX-License-Identifier: EUPL-1.2
"""`vangnet vul`: fills a database of the demo with invented organisations, people and casussen. `vangnet demo` calls it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from vangnet.cli.main import DONE, FAILED, Refusal

ELKE = 10
"""A line of progress per so many casussen, where the output is no terminal."""


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "vul",
        help="een lege proefdatabase vullen met verzonnen gezinnen",
        description="Vult een regio van de proef, alles of niets; wat er al is, blijft. Gaat alleen met VANGNET_DEMO=1.",
    )
    parser.add_argument("regios", nargs="*", metavar="REGIO", help="welke regio's (standaard: alle drie)")
    parser.add_argument(
        "--controleer", action="store_true", help="zeg alleen of er nog iets te vullen is (dan uitgang 1)"
    )
    parser.add_argument(
        "--sleutel",
        type=Path,
        metavar="BESTAND",
        help="maak een sleutel van de proef voor /api/v1 en schrijf hem hierin",
    )
    parser.set_defaults(handler=vul)


def vul(arguments: argparse.Namespace) -> int:
    """Fill what is empty; says per region how many casussen there are and how long it took."""
    from vangnet.cli import application

    if os.environ.get("VANGNET_DEMO") != "1":
        raise Refusal(
            "VANGNET_DEMO: gevonden niets; verwacht 1. Vullen gaat alleen in een proef, met verzonnen mensen."
        )
    os.environ["VANGNET_DATABASE_POOL"] = "0"
    application.set_up()
    from vangnet.access.models import Organisatie
    from vangnet.cli.demo_world.fill import fill_region, make_key
    from vangnet.cli.demo_world.world import REGIOS, exists
    from vangnet.cli.postgres import write_closed
    from vangnet.conf import clock, lifeline

    if os.environ.get(lifeline.WORKER) == "1":
        lifeline.end_with_parent()
    vreemd = [regio for regio in arguments.regios if regio not in REGIOS]
    if vreemd:
        raise Refusal(f"REGIO: gevonden {', '.join(vreemd)}; verwacht {', '.join(REGIOS)}.")
    regios = arguments.regios or list(REGIOS)
    with application.refusing():
        if arguments.controleer:
            return DONE if all(map(exists, regios)) else FAILED
        _refuse_a_real_one(Organisatie)
        for regio in regios:
            began = time.monotonic()
            aantal = fill_region(regio, clock.now(), _progress)
            if aantal:
                _say(f"\r{regio}: {aantal} casussen in {time.monotonic() - began:.0f} s\n")
        if arguments.sleutel is not None:
            write_closed(arguments.sleutel, make_key(regios[0], clock.now()))
    return DONE


def _refuse_a_real_one(organisatie: Any) -> None:
    """Whoever has organisations that the demo did not make, does not want invented families among them."""
    from vangnet.access.accounts import is_demo

    if organisatie.objects.exists() and not is_demo():
        raise Refusal("Deze database is niet door de proef gemaakt: er zijn al organisaties. Er is niets veranderd.")


def _progress(regio: str, gedaan: int, totaal: int) -> None:
    if sys.stderr.isatty():
        _say(f"\r{regio}: {gedaan} van {totaal} casussen")
    elif gedaan % ELKE == 0 and gedaan < totaal:
        _say(f"{regio}: {gedaan} van {totaal} casussen\n")


def _say(tekst: str) -> None:
    """Progress is no outcome: it goes beside it."""
    sys.stderr.write(tekst if sys.stderr.isatty() else tekst.lstrip("\r"))
    sys.stderr.flush()
