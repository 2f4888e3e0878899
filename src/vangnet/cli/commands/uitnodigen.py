# SPDX-License-Identifier: EUPL-1.2
"""`vangnet uitnodigen`: the first administrator of a region; he invites everyone else in the screens."""

from __future__ import annotations

import argparse
from typing import Any

from vangnet.cli.main import DONE, Refusal


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "uitnodigen",
        help="de eerste beheerder van een regio uitnodigen",
        description="Maakt zo nodig de organisatie van de regio, en geeft een adres waarmee de beheerder binnenkomt.",
    )
    parser.add_argument("--regio", required=True, help="sleutel van de regio, zoals zuid-limburg")
    parser.add_argument("--organisatie", required=True, help="naam van de organisatie van de regio")
    parser.add_argument("--email", required=True)
    parser.add_argument("--naam", required=True, help="naam van de beheerder")
    parser.set_defaults(handler=invite)


def invite(arguments: argparse.Namespace) -> int:
    from vangnet.cli import application

    application.set_up()

    from vangnet.access.accounts import invite_first_administrator
    from vangnet.access.weigering import Weigering
    from vangnet.conf import clock
    from vangnet.process import current_register

    with application.refusing():
        known = [one.regio.sleutel for one in current_register().regios()]
        if arguments.regio not in known:
            raise Refusal(f"--regio: gevonden '{arguments.regio}'; verwacht één van {', '.join(sorted(known))}.")
        try:
            secret = invite_first_administrator(
                arguments.regio, arguments.organisatie, arguments.email, arguments.naam, clock.now()
            )
        except Weigering as refusal:
            raise Refusal(str(refusal)) from None
    if secret:
        print(f"Geef dit adres aan {arguments.naam}; het werkt één keer en zeven dagen:\n/uitnodiging/{secret}")
    else:
        print(f"{arguments.naam} kan zich al aanmelden en is nu ook beheerder van {arguments.regio}.")
    return DONE
