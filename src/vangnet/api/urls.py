# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the programming interface."""

from django.urls import path, re_path

from vangnet.api.casus import api
from vangnet.api.views import nothing_here

urlpatterns = [
    path("api/v1/", nothing_here),  # before ninja's own page for the root
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
