# SPDX-License-Identifier: EUPL-1.2
"""The URL of the night shift, below that of the demo."""

from django.urls import path

from vangnet.web.proef import views

urlpatterns = [path("", views.walk, name="nachtdienst")]
