# SPDX-License-Identifier: EUPL-1.2
"""`vangnet migrate`: brings the database up to date, as its owner."""

from __future__ import annotations

import argparse
import os
from typing import Any

from vangnet.cli.main import DONE, Refusal

OWNER_URL = "DATABASE_URL_EIGENAAR"


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "migrate",
        help="de database bijwerken, als eigenaar",
        description=f"Werkt de database bij. {OWNER_URL} is het adres van de rol die eigenaar is; "
        "de applicatie zelf kent dat adres niet.",
    )
    parser.add_argument(
        "--controleer", action="store_true", help="zeg alleen of er iets bij te werken is (dan uitgang 1)"
    )
    parser.set_defaults(handler=migrate)


def migrate(arguments: argparse.Namespace) -> int:
    from vangnet.cli import application

    owner = os.environ.get(OWNER_URL, "").strip()
    if not owner:
        raise Refusal(f"{OWNER_URL}: gevonden niets; verwacht het adres van de rol die eigenaar van de database is.")
    os.environ["DATABASE_URL"] = owner
    os.environ["VANGNET_DATABASE_POOL"] = "0"
    application.set_up()

    from django.core.management import call_command
    from django.db import Error

    with application.refusing():
        try:
            if arguments.controleer:
                call_command("migrate", check_unapplied=True, verbosity=0)
            else:
                call_command("migrate", interactive=False, verbosity=0)
        except SystemExit:
            raise Refusal("De database is niet bij: voer `vangnet migrate` uit.") from None
        except Error as fault:
            if type(fault).__name__ == "OperationalError":
                raise
            raise Refusal(f"Bijwerken lukt niet: {(str(fault).splitlines() or ['geen bericht'])[0]}") from None
    print("De database is bij.")
    return DONE
