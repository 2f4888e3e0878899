# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the record."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The casus and what hangs on it."""

    name = "vangnet.casework"
    label = "casework"
    verbose_name = "Casus"
