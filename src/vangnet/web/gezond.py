# SPDX-License-Identifier: EUPL-1.2
"""Says whether Vangnet can work: it asks the database a real question."""

import logging

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vangnet.access.declare import public

logger = logging.getLogger(__name__)


@public("Een wachter buiten Vangnet moet zonder inlog kunnen vragen of het werkt; het antwoord noemt niemand.")
@never_cache
@require_safe
def gezond(request: HttpRequest) -> JsonResponse:
    """200 with {"status": "goed"} when the database answers, 503 with {"status": "storing"} when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            answers = cursor.fetchone() == (1,)
    except Error:
        logger.error("de database antwoordt niet", exc_info=True)
        answers = False
    if answers:
        return JsonResponse({"status": "goed", "database": "goed"})
    return JsonResponse({"status": "storing", "database": "antwoordt niet"}, status=503)
