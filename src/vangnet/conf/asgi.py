# SPDX-License-Identifier: EUPL-1.2
"""The ASGI door that `vangnet serve` opens."""

import os

from django.core.asgi import get_asgi_application

from vangnet.conf import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.conf.settings")
if os.environ.get(lifeline.WORKER) == "1":
    lifeline.end_with_parent()
_django = get_asgi_application()

from vangnet.api.intake import bounded  # noqa: E402

application = bounded(_django)
