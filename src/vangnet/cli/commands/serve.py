# SPDX-License-Identifier: EUPL-1.2
"""`vangnet serve`: the application server."""

from __future__ import annotations

import argparse
import os
import socket
from typing import Any

from vangnet.cli.main import DONE, Refusal

GRACE = 2
"""Seconds that open streams get to end at a stop; without a limit one open stream holds the stop."""


def port(word: str) -> int:
    """A TCP port; 0 is no port here, since nobody would know which one was taken."""
    number = int(word)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"poort {number} bestaat niet; kies 1 tot en met 65535")
    return number


def workers(word: str) -> int:
    number = int(word)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("kies 1 tot en met 64 processen")
    return number


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("serve", help="de server draaien (instellingen uit de omgeving)")
    parser.add_argument("--adres", default="127.0.0.1", help="waarop te luisteren (standaard 127.0.0.1)")
    parser.add_argument("--poort", type=port, default=8000, help="standaard 8000")
    parser.add_argument("--processen", type=workers, default=1, help="hoeveel werkprocessen (standaard 1)")
    parser.set_defaults(handler=serve)


def serve(arguments: argparse.Namespace) -> int:
    """Check settings, agreements, role and migrations, then serve until told to stop."""
    from vangnet.cli import application

    application.set_up()

    from django.conf import settings
    from django.core import checks
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    from vangnet.access.databaserol import refuse_unsafe_role
    from vangnet.conf import lifeline
    from vangnet.conf.environment import is_loopback
    from vangnet.policy.fouten import Ongeldig
    from vangnet.process import current_register

    if settings.DEMO and not is_loopback(arguments.adres):
        raise Refusal(f"--adres: gevonden '{arguments.adres}' terwijl VANGNET_DEMO=1; verwacht 127.0.0.1 of ::1.")
    _refuse_taken(arguments.adres, arguments.poort)

    faults = [fault for fault in checks.run_checks() if fault.is_serious() and not fault.is_silenced()]
    if faults:
        raise Refusal("Vangnet start niet:\n" + "\n".join(f"- {fault.id}: {fault.msg}" for fault in faults))
    try:
        current_register()
    except Ongeldig as fault:
        raise Refusal(f"Vangnet start niet:\n{fault}") from None
    with application.refusing():
        refuse_unsafe_role()
        application.refuse_behind()
        connections.close_all()
        connections["default"].close_pool()
    application.compile_catalogues()
    application.collect_static()
    if settings.DEMO:
        lifeline.end_with_parent()
    os.environ[lifeline.WORKER] = "1"
    Granian(
        "vangnet.conf.asgi:application",
        address=arguments.adres,
        port=arguments.poort,
        interface=Interfaces.ASGI,
        workers=arguments.processen,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
    ).serve()
    return DONE


def _refuse_taken(address: str, number: int) -> None:
    """Refuse an address that is not of this machine, or a port that somebody listens on."""
    try:
        with socket.create_server((address, number), family=socket.AF_INET6 if ":" in address else socket.AF_INET):
            pass
    except OSError as fault:
        raise Refusal(f"Op {address}, poort {number}, valt niet te luisteren: {fault.strerror}.") from None
