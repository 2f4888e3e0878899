# SPDX-License-Identifier: EUPL-1.2
"""`vangnet wekker`: the loop that watches the deadlines and wakes people."""

from __future__ import annotations

import argparse
import os
import signal
from types import FrameType
from typing import Any

from vangnet.cli.main import DONE


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "wekker",
        help="de termijnen bewaken: wie aan zet is waarschuwen, en daarna wie erachter staat",
        description="Draait naast de server, met dezelfde instellingen. Er mogen er meer tegelijk lopen; elk alarm gaat dan nog één keer af.",
    )
    parser.add_argument("--eenmaal", action="store_true", help="één ronde, en dan klaar")
    parser.set_defaults(handler=watch)


def watch(arguments: argparse.Namespace) -> int:
    """Watch until told to stop."""
    from vangnet.cli import application

    application.set_up()

    from django.utils.module_loading import import_string

    from vangnet.access.databaserol import refuse_unsafe_role
    from vangnet.conf import lifeline
    from vangnet.conf.luisteren import listening_words

    with application.refusing():
        refuse_unsafe_role()
        application.refuse_behind()
        if os.environ.get(lifeline.WORKER) == "1":
            lifeline.end_with_parent()
        wekker = import_string("vangnet.worker.wekker.Wekker")(listening_words("vangnet wekker"))
        if arguments.eenmaal:
            wekker.round()
            print(f"Gewekt: {wekker.gewekt}. Fouten: {wekker.fouten}.")
            return DONE

        def stop(number: int, frame: FrameType | None) -> None:
            wekker.stop()

        for wave in (signal.SIGINT, signal.SIGTERM):
            signal.signal(wave, stop)
        wekker.run()
    return DONE
