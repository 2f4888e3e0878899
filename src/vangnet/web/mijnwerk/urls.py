# SPDX-License-Identifier: EUPL-1.2
"""The URLs of what waits for me."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import berichten, signalen, verzoeken, views

urlpatterns: list[URLPattern] = [
    path("", views.show, name="mijnwerk"),
    path("/signalen", signalen.show, name="signalen"),
    path("/signalen/oppakken", signalen.take, name="signalen_oppakken"),
    path("/verzoeken", verzoeken.show, name="verzoeken"),
    path("/antwoord/<uuid:casus_id>/<uuid:aanbod_id>", views.answer, name="mijnwerk_antwoord"),
    path("/taak/<uuid:casus_id>/<uuid:taak_id>", views.finish, name="mijnwerk_taak"),
    path("/bericht/<uuid:bericht_id>", berichten.take_over, name="bericht_geregeld"),
]
