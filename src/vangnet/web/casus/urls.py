# SPDX-License-Identifier: EUPL-1.2
"""The URLs of a casus."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import verzoek, views, wie_keek

urlpatterns: list[URLPattern] = [
    path("/<uuid:casus_id>", views.casus, name="casus"),
    path("/<uuid:casus_id>/versie", views.versie, name="casus_versie"),
    path("/<uuid:casus_id>/adres", views.adres, name="casus_adres"),
    path("/<uuid:casus_id>/log", views.logboek, name="casus_log"),
    path("/<uuid:casus_id>/wie-keek", wie_keek.wie_keek, name="casus_wie_keek"),
    path("/<uuid:casus_id>/verzoek/<uuid:verzoek_id>", verzoek.verzoek, name="verzoek"),
    path("/<uuid:casus_id>/verzoek/<uuid:verzoek_id>/kiezen", verzoek.kiezen, name="verzoek_kiezen"),
    path("/<uuid:casus_id>/verzoek/<uuid:verzoek_id>/lezen", verzoek.lezen, name="verzoek_lezen"),
    path("/<uuid:casus_id>/verzoek/<uuid:verzoek_id>/afschrift", verzoek.afschrift, name="verzoek_afschrift"),
    path("/<uuid:casus_id>/verzoek/<uuid:verzoek_id>/bestand", verzoek.bestand, name="verzoek_bestand"),
    path("/<uuid:casus_id>/print", views.afdruk, name="casus_print"),
    path("/<uuid:casus_id>/veld", views.veld, name="casus_veld"),
    path("/<uuid:casus_id>/velden", views.velden, name="casus_velden"),
    path("/<uuid:casus_id>/terug/<uuid:notitie_id>", views.terug, name="casus_terug"),
    path("/<uuid:casus_id>/ongedaan/<uuid:gebeurtenis_id>", views.ongedaan, name="casus_ongedaan"),
    path("/<uuid:casus_id>/stap/<slug:slug>", views.stap, name="casus_stap"),
]
