# SPDX-License-Identifier: EUPL-1.2
"""The Django app of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens: templates, static files, views."""

    name = "vangnet.web"
    label = "web"
    verbose_name = "Schermen"
