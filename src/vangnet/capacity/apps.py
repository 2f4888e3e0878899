# SPDX-License-Identifier: EUPL-1.2
"""The Django app of people on duty and, later, places."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """Who is on duty; places and teams later."""

    name = "vangnet.capacity"
    label = "capacity"
    verbose_name = "Capaciteit"
