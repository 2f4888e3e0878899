# SPDX-License-Identifier: EUPL-1.2
"""The ASGI door that `vangnet serve` opens."""

import os

import django

from vangnet.conf import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.conf.settings")
if os.environ.get(lifeline.WORKER) == "1":
    lifeline.end_with_parent()
django.setup(set_prefix=False)

from vangnet.api.intake import bounded  # noqa: E402
from vangnet.conf.threads import InThreads  # noqa: E402

THREADS = 4
"""Requests that one process works on at the same time; while one waits for the database another goes on."""

application = bounded(InThreads(THREADS))
