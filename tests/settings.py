# SPDX-License-Identifier: EUPL-1.2
"""The real settings, as the demo reads them, with an environment of our own: a test never meets another database."""

import os

for _name in (
    "DEBUG", "ALLOWED_HOSTS", "VANGNET_PROXY", "VANGNET_VERTROUWDE_OORSPRONG", "VANGNET_STATISCH", "VANGNET_REGIOS", "VANGNET_EIGEN",
    "VANGNET_SLOT_MINUTEN", "VANGNET_ADRES", "VANGNET_MAIL", "VANGNET_MAIL_VAN", "VANGNET_SEIN", "VANGNET_PROEFPOST",
):  # fmt: skip
    os.environ.pop(_name, None)
os.environ |= {
    "VANGNET_DEMO": "1",
    "SECRET_KEY": "alleen-voor-de-tests-en-nergens-anders-0123456789-abcdefgh",
    # Nobody listens here: the fixture `django_db_setup` in conftest.py puts the address of the test cluster in.
    "DATABASE_URL": "postgresql://vangnet_app@/nog-niet?host=/nergens",
    "VANGNET_DATABASE_POOL": "8",
    "VANGNET_LOGNIVEAU": "WARNING",
    "VANGNET_BACKUP_UREN": "0",  # A test that wants the warning says so.
}

from vangnet.conf.settings import *  # noqa: E402, F403
from vangnet.conf.settings import MIDDLEWARE, STORAGES  # noqa: E402

# Straight from the source, so that no collected copy can be stale; the collected road is tried in tests/cli.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# What a request does, it does in the role of the application; the test itself may look further. A static file is given
# before that: it asks the database nothing, and a browser asks for a dozen of them per page.
_files = MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1
MIDDLEWARE = [*MIDDLEWARE[:_files], "tests.rollen.AsApplication", *MIDDLEWARE[_files:]]

# Most tests that need a password are not about what guessing it costs; the real price is in tests/conf and the server of tests/server.
PASSWORD_HASHERS = ["tests.hasher.Argon2Short"]

# No choices of a region, though the demo has some: a test that wants them says so.
VANGNET_EIGEN = None
