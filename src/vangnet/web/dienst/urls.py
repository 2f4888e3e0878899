# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the board of the shift."""

from __future__ import annotations

from django.urls import URLPattern, path

from vangnet.web.dienst import overdracht, rooster, views

urlpatterns: list[URLPattern] = [
    path("", views.board, name="dienst"),
    path("/bord", views.wall, name="dienst_bord"),
    path("/overdracht", overdracht.show, name="dienst_overdracht"),
    path("/overdracht/tekenen", overdracht.give, name="overdracht_geven"),
    path("/overdracht/<uuid:overdracht_id>", overdracht.earlier, name="overdracht_toen"),
    path("/overdracht/<uuid:overdracht_id>/ontvangen", overdracht.take, name="overdracht_ontvangen"),
    path("/overdracht/<uuid:overdracht_id>/terug", overdracht.back, name="overdracht_terug"),
    path("/rooster", rooster.show, name="rooster"),
    path("/rooster/<uuid:organisatie_id>/toevoegen", rooster.add, name="rooster_toevoegen"),
    path("/rooster/<uuid:dienst_id>/weg", rooster.remove, name="rooster_weg"),
]
