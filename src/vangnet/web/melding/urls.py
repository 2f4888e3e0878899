# SPDX-License-Identifier: EUPL-1.2
"""The URLs of taking a call."""

from django.urls import path

from vangnet.web.melding import views

urlpatterns = [
    path("/nieuw", views.begin, name="melding_nieuw"),
    path("/<uuid:melding_id>", views.melding, name="melding"),
    path("/<uuid:melding_id>/veld", views.save_field, name="melding_veld"),
    path("/<uuid:melding_id>/voorstel", views.proposal, name="melding_voorstel"),
    path("/<uuid:melding_id>/bekend", views.known_family, name="melding_bekend"),
    path("/<uuid:melding_id>/adres", views.reveal_address, name="melding_adres"),
    path("/<uuid:melding_id>/parkeer", views.park, name="melding_parkeer"),
    path("/<uuid:melding_id>/overnemen", views.take_over, name="melding_overnemen"),
    path("/<uuid:melding_id>/vergissing", views.cancel, name="melding_vergissing"),
    path("/<uuid:melding_id>/voeg", views.join, name="melding_voeg"),
    path("/<uuid:melding_id>/eerder", views.link, name="melding_eerder"),
]
