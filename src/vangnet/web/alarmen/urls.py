# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the alarms."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("", views.show, name="alarmen"),
    path("/balk", views.bar, name="alarmen_balk"),
    path("/ladder", views.ladder, name="ladder"),
    path("/casus/<uuid:casus_id>", views.of_casus, name="alarmen_casus"),
    path("/<uuid:alarm_id>/ik-heb-het", views.acknowledge, name="alarm_bevestigen"),
]
