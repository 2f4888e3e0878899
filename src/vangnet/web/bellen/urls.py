# SPDX-License-Identifier: EUPL-1.2
"""The URL of the phone list."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [path("", views.show, name="bellen")]
