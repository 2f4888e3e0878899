# SPDX-License-Identifier: EUPL-1.2
"""The URL of a calendar."""

from __future__ import annotations

from django.urls import URLPattern, path

from vangnet.web.agenda import views

urlpatterns: list[URLPattern] = [path("/<str:geheim>.ics", views.feed, name="agenda")]
