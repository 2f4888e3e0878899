# SPDX-License-Identifier: EUPL-1.2
"""The real sender with short times, in a process of its own, for the proof of the outbox: `python -m tests.messages.verzender`."""

from __future__ import annotations

from dataclasses import replace

import django

from vangnet.conf import lifeline
from vangnet.messages.soorten import Herhaling

SNEL = Herhaling(pogingen=6, eerste=0.2, factor=1.6, hoogste=1.0, duur=0.8)


def main() -> None:
    django.setup()
    from vangnet.messages.soorten import SOORTEN
    from vangnet.worker.post import Ritme, run

    SOORTEN["alarm"] = replace(SOORTEN["alarm"], herhaling=SNEL)
    lifeline.end_with_parent()
    run(8, Ritme(kijken=0.2, teken=0.4, stil=2.5, redden=0.7, hervatten=2, stoppen=2, opnieuw=0.5))


if __name__ == "__main__":
    main()
