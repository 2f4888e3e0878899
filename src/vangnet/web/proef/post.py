# SPDX-License-Identifier: EUPL-1.2
"""The page of what the demo received: the mail and the messages to phones that Vangnet really sent, on this machine."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vangnet.access import accounts
from vangnet.access.declare import public
from vangnet.conf import clock
from vangnet.messages import proef
from vangnet.web.klokken import moment_in_words


@public("Alleen in een proefinstallatie met verzonnen mensen; daarbuiten bestaat deze pagina niet.", persoonlijk=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """What came in, newest first, and the mood of the gateway; 404 outside the demo."""
    map_ = settings.VANGNET_PROEFPOST
    if not settings.DEMO or map_ is None or not accounts.is_demo():
        raise Http404
    if request.method == "POST":
        try:
            proef.set_mood(map_, request.POST.get("stemming", ""))
        except ValueError as fault:
            raise Http404 from fault
        return HttpResponseRedirect(reverse("proefpost"))
    nu = clock.now()
    stemming = proef.mood(map_)
    woorden = {
        proef.NEEMT: (_("Neemt aan"), _("Zo hoort het.")),
        proef.WEIGERT: (_("Weigert"), _("Voorgoed: Vangnet geeft het meteen op.")),
        proef.STORING: (_("Heeft een storing"), _("Vangnet probeert het een minuut lang opnieuw.")),
        proef.HANGT: (_("Zegt niets terug"), _("Vangnet wacht niet langer dan zes seconden per poging.")),
        proef.VALT: (_("Neemt aan en hangt op"), _("Het bericht komt dan vaker, steeds onder hetzelfde nummer.")),
    }
    context = {
        "ontvangen": [{"o": een, "op": moment_in_words(een.op, False, nu)} for een in proef.received(map_)],
        "stemmingen": [(naam, *woorden[naam], naam == stemming) for naam in proef.STEMMINGEN],
        "meeste": proef.MEESTE,
    }
    return render(request, "proef/post.html", context)
