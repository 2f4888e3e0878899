# SPDX-License-Identifier: EUPL-1.2
"""Switches the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vangnet.access.declare import public

YEAR = 365 * 24 * 3600


class DutchUnlessChosen(LocaleMiddleware):
    """Pages are Dutch until the reader chooses another language; the language of the browser does not decide, since a
    crisis worker on a borrowed laptop reads Dutch. The API goes by Accept-Language itself."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


# No token asked: the only effect is the language of the reader's own screen, and a token would put a cookie on
# every public page.
@csrf_exempt
@public("Iedereen mag de taal van zijn eigen scherm kiezen; er wordt niets over iemand bewaard.")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page that asked."""
    back = request.POST.get("terug", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("taal", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            secure=bool(settings.LANGUAGE_COOKIE_SECURE),
            httponly=bool(settings.LANGUAGE_COOKIE_HTTPONLY),
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response
