# SPDX-License-Identifier: EUPL-1.2
"""What the pages of Beheer share: their menu by right, and the actor of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.access.actor import actor_of
from vangnet.access.rechten import may

ROOMS: tuple[tuple[str, str, str], ...] = (
    ("beheer", N_("Mensen"), "medewerker.inzien"),
    ("beheer_organisaties", N_("Organisaties"), "organisatie.beheren"),
    ("beheer_koppelingen", N_("Koppelingen"), "koppeling.beheren"),
    ("beheer_bevestigen", N_("Bevestigen"), "bevestiging.geven"),
    ("sluitingsdagen", N_("Sluitingsdagen"), "sluitingsdag.opgeven"),
    ("beheer_termijnen", N_("Termijnen herrekenen"), "termijn.herrekenen"),
    ("beheer_invoer", N_("Invoer"), "gegevens.invoeren"),
    ("beheer_blokkades", N_("Gesloten voor"), "blokkade.beheren"),
    ("beheer_noodtoegang", N_("Noodtoegang"), "noodtoegang.beoordelen"),
    ("beheer_verzoeken", N_("Verzoeken"), "verzoek.toezien"),
    ("beheer_bewaren", N_("Bewaren"), "bewaren.inzien"),
    ("beheer_aanmeldingen", N_("Mislukte aanmeldingen"), "aanmelding.inzien"),
    ("beheer_log", N_("Log"), "log.inzien"),
)
"""The pages of Beheer: URL, name, the right that it asks."""


def page(
    request: HttpRequest, template: str, room: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page of Beheer with the menu of what this function may open; `room` is the URL name of the page it belongs to."""
    return render(request, template, in_room(request, room, context), status=status)


def in_room(request: HttpRequest, room: str, context: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The context of such a page."""
    actor = actor_of(request)
    rooms = [
        {"naam": _(name), "adres": reverse(url), "hier": url == room}
        for url, name, merk in ROOMS
        if may(actor.rol, merk)
    ]
    return {"kamers": rooms if len(rooms) > 1 else []} | dict(context or {})
