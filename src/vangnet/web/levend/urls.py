# SPDX-License-Identifier: EUPL-1.2
"""The address of the stream."""

from django.urls import path

from vangnet.web.levend import views

urlpatterns = [path("", views.stream, name="levend")]
