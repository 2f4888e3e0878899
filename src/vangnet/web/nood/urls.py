# SPDX-License-Identifier: EUPL-1.2
"""The URLs of break-glass."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import tweede, views

urlpatterns: list[URLPattern] = [
    path("", views.ask, name="noodtoegang"),
    path("/sleutel", tweede.passkey, name="noodtoegang_sleutel"),
    path("/vragen", tweede.questions, name="noodtoegang_vragen"),
    path("/vragen/<uuid:vraag_id>", tweede.answer, name="noodtoegang_antwoord"),
    path("/<uuid:nood_id>", views.child, name="noodtoegang_kind"),
    path("/<uuid:nood_id>/stand", views.pulse, name="noodtoegang_stand"),
    path("/<uuid:nood_id>/adres", views.address, name="noodtoegang_adres"),
    path("/<uuid:nood_id>/klaar", views.done, name="noodtoegang_klaar"),
]
