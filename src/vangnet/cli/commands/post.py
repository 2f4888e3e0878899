# SPDX-License-Identifier: EUPL-1.2
"""`vangnet post`: sends the messages that wait. The sender is not the application: it has a database role of its own, which
sees messages and nothing else, and it alone needs the keys of the gateways."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from vangnet.cli.main import DONE, Refusal

URL = "DATABASE_URL_POST"
TEGELIJK = 8
NA_UITVAL = 1.0
"""Seconds before a process that died is replaced."""


def number(most: int) -> Any:
    def read(word: str) -> int:
        getal = int(word)
        if not 1 <= getal <= most:
            raise argparse.ArgumentTypeError(f"kies 1 tot en met {most}")
        return getal

    return read


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "post",
        help="berichten versturen: mail, en de poort van de regio voor sms of spraak",
        description=f"Verstuurt wat klaarstaat, tot Ctrl-C. {URL} is het adres van de rol die verstuurt; de mailserver en de poorten "
        "staan in VANGNET_MAIL en VANGNET_SEIN (docs/beheer.md).",
    )
    parser.add_argument("--processen", type=number(16), default=1, help="hoeveel processen (standaard 1)")
    parser.add_argument(
        "--tegelijk", type=number(64), default=TEGELIJK, help=f"berichten tegelijk per proces (standaard {TEGELIJK})"
    )
    parser.add_argument("--controleer", action="store_true", help="zeg alleen of alles is ingesteld (anders uitgang 1)")
    parser.set_defaults(handler=post)


def post(arguments: argparse.Namespace) -> int:
    """Check, then send until told to stop."""
    from vangnet.cli import application
    from vangnet.conf import lifeline

    address = os.environ.get(URL, "").strip()
    if not address:
        raise Refusal(f"{URL}: gevonden niets; verwacht het adres van de rol die verstuurt (docs/beheer.md).")
    os.environ["DATABASE_URL"] = address
    os.environ["VANGNET_DATABASE_POOL"] = str(arguments.tegelijk + 3)
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))  # The sender signs nothing with it.
    application.set_up()
    _refuse_unset()
    if arguments.controleer:
        _say_what_is_set()
        return DONE
    if os.environ.get(lifeline.WORKER):
        lifeline.end_with_parent()
    if arguments.processen > 1:
        return _several(arguments)
    from django.utils.module_loading import import_string

    # By its name, as `vangnet serve` begins the screens: edges stand beside each other.
    import_string("vangnet.worker.post.run")(arguments.tegelijk)
    return DONE


def _refuse_unset() -> None:
    """Refuse a database that misses something, a role that may too much, a region that is unknown, and a key that is no key."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    from vangnet.access.databaserol import refuse_unsafe_role
    from vangnet.cli import application
    from vangnet.messages.fouten import NietVerstuurd
    from vangnet.messages.models import Bericht
    from vangnet.messages.sein import KORTSTE_SLEUTEL, read_key

    with application.refusing():
        try:
            refuse_unsafe_role()
            Bericht.objects.exists()
        except DatabaseError as fault:
            if type(fault).__name__ == "OperationalError":
                raise
            raise Refusal(
                f"{URL}: de database is niet bij, of deze rol mag niet wat zij moet (docs/beheer.md)."
            ) from None
        finally:
            connection.close()
            connection.close_pool()
    faults = []
    for regio, poort in settings.VANGNET_SEIN.items():
        if not (settings.VANGNET_REGIOS / regio).is_dir():
            faults.append(f"VANGNET_SEIN, [{regio}]: van deze regio zijn er geen afspraken.")
        try:
            read_key(poort.sleutel_bestand)
        except NietVerstuurd:
            faults.append(
                f"VANGNET_SEIN, [{regio}], sleutel_bestand: gevonden {poort.sleutel_bestand}; "
                f"verwacht een leesbaar bestand met minstens {KORTSTE_SLEUTEL} tekens."
            )
    if not settings.VANGNET_ADRES:
        faults.append("VANGNET_ADRES: gevonden niets; verwacht https://naam waar mensen Vangnet vinden.")
    if faults:
        raise Refusal("Vangnet verstuurt niet:\n" + "\n".join(f"- {fault}" for fault in faults))


def _say_what_is_set() -> None:
    from django.conf import settings

    server = settings.VANGNET_MAIL
    print(f"Mail: {f'langs {server.machine}, van {server.van}' if server else 'niet ingesteld (VANGNET_MAIL)'}")
    for regio, poort in sorted(settings.VANGNET_SEIN.items()):
        print(f"Sms of spraak in {regio}: {poort.wijze or 'naar keuze van de poort'}")
    if not settings.VANGNET_SEIN:
        print("Sms of spraak: niet ingesteld (VANGNET_SEIN)")


class _Stop(Exception):
    """Asked to stop."""


def _several(arguments: argparse.Namespace) -> int:
    """Several processes, each replaced when it dies, all ended with this one."""
    from vangnet.conf import lifeline

    words = [sys.executable, "-m", "vangnet.cli", "post", "--tegelijk", str(arguments.tegelijk)]
    environment = os.environ | {lifeline.WORKER: "1"}

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Stop

    for wave in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wave, stop)
    running: list[subprocess.Popen[bytes]] = []
    try:
        while True:
            running = [one for one in running if one.poll() is None]
            while len(running) < arguments.processen:
                running.append(subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL))
            time.sleep(NA_UITVAL)
    except _Stop:
        return DONE
    finally:
        for wave in (signal.SIGINT, signal.SIGTERM):
            signal.signal(wave, signal.SIG_IGN)
        for one in running:
            one.terminate()
        for one in running:
            one.wait()
