# SPDX-License-Identifier: EUPL-1.2
"""The WSGI door, for a server without streams."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.conf.settings")
application = get_wsgi_application()
