# SPDX-License-Identifier: EUPL-1.2
"""The URL of finding a casus."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [path("", views.search, name="zoeken")]
