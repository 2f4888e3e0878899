# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the programming interface."""

from django.urls import path, re_path

from vangnet.api import casus  # noqa: F401  (its operations stand on the interface by being read)
from vangnet.api.views import api, nothing_here

urlpatterns = [
    path("api/v1/", nothing_here),  # before ninja's own page for the root
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
