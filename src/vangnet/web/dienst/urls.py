# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the board of the shift."""

from __future__ import annotations

from django.urls import URLPattern, path

from vangnet.web.dienst import rooster, views

urlpatterns: list[URLPattern] = [
    path("", views.board, name="dienst"),
    path("/bord", views.wall, name="dienst_bord"),
    path("/overdracht", views.handover, name="dienst_overdracht"),
    path("/rooster", rooster.show, name="rooster"),
    path("/rooster/<uuid:organisatie_id>/toevoegen", rooster.add, name="rooster_toevoegen"),
    path("/rooster/<uuid:dienst_id>/weg", rooster.remove, name="rooster_weg"),
]
