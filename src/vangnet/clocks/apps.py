# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the clocks."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Agreed deadlines that run."""

    name = "vangnet.clocks"
    label = "clocks"
    verbose_name = "Klokken"
