# SPDX-License-Identifier: EUPL-1.2
"""`vangnet db`: the PostgreSQL that comes along."""

from __future__ import annotations

import argparse
from typing import Any

from vangnet.cli.main import DONE, FAILED, Refusal


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("db", help="de meegeleverde database starten, stoppen of bekijken")
    actions = parser.add_subparsers(metavar="DOEN", required=True, dest="doen")
    for name, handler, text in (
        ("start", start, "start en laat draaien tot `vangnet db stop`"),
        ("stop", stop, "stop, tenzij een ander proces de database gebruikt"),
        ("status", status, "zeg of de database draait (uitgang 0) of niet (1)"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("--naam", default="demo", help="welke database van deze kloon (standaard: demo)")
        action.set_defaults(handler=handler)


def start(arguments: argparse.Namespace) -> int:
    from vangnet.cli import postgres

    try:
        cluster = postgres.start(arguments.naam, keep=True)
        cluster.stop()  # lets go only: `keep` leaves it running
    except postgres.PostgresStartNiet as fault:
        raise Refusal(str(fault)) from None
    print(f"De database draait in {cluster.base}  (stoppen: vangnet db stop)")
    return DONE


def stop(arguments: argparse.Namespace) -> int:
    from vangnet.cli import postgres

    try:
        outcome = postgres.stop(arguments.naam)
    except postgres.PostgresStartNiet as fault:
        raise Refusal(str(fault)) from None
    if outcome == "in gebruik":
        raise Refusal(
            "De database is in gebruik door een ander proces (een demo of een test); ze stopt zodra dat klaar is."
        )
    print(f"De database {outcome}." if outcome == "stond stil" else f"De database is {outcome}.")
    return DONE


def status(arguments: argparse.Namespace) -> int:
    from vangnet.cli import postgres

    try:
        found = postgres.status(arguments.naam)
    except postgres.PostgresStartNiet as fault:
        raise Refusal(str(fault)) from None
    print(f"De database {found}." if found.startswith("draait") else f"De database is {found}.")
    return DONE if found == "draait" else FAILED
