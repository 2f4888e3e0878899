# SPDX-License-Identifier: EUPL-1.2
"""Find a casus. What is typed travels in the body of the request, never in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process.search_casus import search_casus
from vangnet.web.handelen import met_weigering
from vangnet.web.templatetags.vangnet import language


@needs("casus", "zoeken")
@never_cache
@sensitive_variables("tekst")
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def search(request: HttpRequest) -> HttpResponse:
    """The page; a search while typing gets only its result."""
    tekst = request.POST.get("zoek", "")
    uitkomst = search_casus(actor_of(request), clock.now(), tekst, language(), _) if request.method == "POST" else None
    deel = request.headers.get("HX-Request") == "true"
    terug = "" if uitkomst and uitkomst.soort == "bsn" else tekst  # A BSN is never shown back.
    return render(
        request, "zoeken/vondsten.html" if deel else "zoeken/pagina.html", {"uitkomst": uitkomst, "zoek": terug}
    )
