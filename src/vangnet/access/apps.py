# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the access layer."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Organisations, people, roles, and the second lock in the database."""

    name = "vangnet.access"
    label = "access"
    verbose_name = "Toegang"
