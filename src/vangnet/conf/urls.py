# SPDX-License-Identifier: EUPL-1.2
"""The root of the URLs: the screens, and the programming interface under /api/v1."""

from django.urls import include, path

urlpatterns = [
    path("", include("vangnet.web.urls")),
    path("", include("vangnet.api.urls")),
]

handler400 = "vangnet.web.fouten.onbegrepen"
handler403 = "vangnet.web.fouten.geen_toegang"
handler404 = "vangnet.web.fouten.niet_gevonden"
handler500 = "vangnet.web.fouten.storing"
