# SPDX-License-Identifier: EUPL-1.2
"""The URLs of the screens."""

from django.urls import include, path

from vangnet.web import taal
from vangnet.web.afspraken import views as afspraken
from vangnet.web.bronnen import views as bronnen
from vangnet.web.gezond import gezond
from vangnet.web.proef import post as proefpost
from vangnet.web.regios import views as regios

urlpatterns = [
    path("", include("vangnet.web.aanmelden.urls")),
    path("dienst", include("vangnet.web.dienst.urls")),
    path("melding", include("vangnet.web.melding.urls")),
    path("casus", include("vangnet.web.casus.urls")),
    path("agenda", include("vangnet.web.agenda.urls")),
    path("mijn-werk", include("vangnet.web.mijnwerk.urls")),
    path("zoeken", include("vangnet.web.zoeken.urls")),
    path("bellen", include("vangnet.web.bellen.urls")),
    path("noodtoegang", include("vangnet.web.nood.urls")),
    path("alarmen", include("vangnet.web.alarmen.urls")),
    path("beheer", include("vangnet.web.beheer.urls")),
    path("veranderingen", include("vangnet.web.levend.urls")),
    path("proef/post", proefpost.show, name="proefpost"),
    path("proef/nachtdienst", include("vangnet.web.proef.urls")),
    path("afspraken", afspraken.show, name="afspraken"),
    path("regios", regios.list_regions, name="regios"),
    path("regios/verschil", regios.difference, name="regioverschil"),
    path("regios/<slug:sleutel>", regios.show, name="regio"),
    path("bronnen", bronnen.list_rules, name="bronnen"),
    path("bronnen/<path:nummer>", bronnen.show, name="bron"),
    path("taal", taal.choose_language, name="taal"),
    path("gezond", gezond, name="gezond"),
]
