# SPDX-License-Identifier: EUPL-1.2
"""The ASGI door that `vangnet serve` opens."""

import os
from typing import Any

from vangnet.conf import lifeline

THREADS = 8
"""Requests that one process works on at the same time, fewer than the pool has connections; while one waits for the
database, or for one that is away, others go on."""


def _application() -> Any:
    """Django first: what stands around it needs it ready."""
    import django

    django.setup(set_prefix=False)

    from vangnet.api.intake import bounded
    from vangnet.conf.threads import InThreads

    return bounded(InThreads(THREADS))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.conf.settings")
if os.environ.get(lifeline.WORKER) == "1":
    lifeline.end_with_parent()
application = _application()
