# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the screens."""

from django.urls import path

from vangnet.web import taal
from vangnet.web.afspraken import views as afspraken
from vangnet.web.bronnen import views as bronnen
from vangnet.web.gezond import gezond
from vangnet.web.regios import views as regios

urlpatterns = [
    path("", afspraken.start, name="start"),
    path("afspraken", afspraken.show, name="afspraken"),
    path("regios", regios.list_regions, name="regios"),
    path("regios/verschil", regios.difference, name="regioverschil"),
    path("regios/<slug:sleutel>", regios.show, name="regio"),
    path("bronnen", bronnen.list_rules, name="bronnen"),
    path("bronnen/<path:nummer>", bronnen.show, name="bron"),
    path("taal", taal.choose_language, name="taal"),
    path("gezond", gezond, name="gezond"),
]
