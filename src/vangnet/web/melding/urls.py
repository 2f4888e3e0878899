# SPDX-License-Identifier: EUPL-1.2
"""The URLs of this screen."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
