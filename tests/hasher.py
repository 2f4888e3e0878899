# SPDX-License-Identifier: EUPL-1.2
"""Argon2 as in production, with little work per password: what a password costs is a setting, and test_instellingen reads it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Short(Argon2PasswordHasher):
    """The same algorithm and the same form on disk, one pass over as little memory as it takes."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
