# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the programming interface."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
