# SPDX-License-Identifier: EUPL-1.2
"""A request of the family: what comes next, the walk through the file, the second reading, and the copy that leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import needs
from vangnet.conf import clock
from vangnet.process import prepare_afschrift, show_verzoek, take_verzoek
from vangnet.process.invoer import gevonden
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.web.casus import feiten, verzoekformulieren
from vangnet.web.casus.doen import Post
from vangnet.web.domein import translated
from vangnet.web.handelen import Poging, met_weigering, run
from vangnet.web.klokken import show_clock
from vangnet.web.templatetags.vangnet import language

KEUZE = "k:"
"""How the name of a choice begins; then the key of the passage and the fingerprint of what was read."""


def label(pad: str) -> str:
    """What a fact is called in a copy: in Dutch, whatever language the worker reads."""
    with translation.override("nl"):
        return feiten.label_van(pad)


def _identiteit(p: Post, id_: UUID) -> None:
    take_verzoek.judge_asker(*p.wie, id_, p.tekst("identiteit"), p.janee("mag"), p.tekst("reden"))


def _verleng(p: Post, id_: UUID) -> None:
    take_verzoek.extend_request(*p.wie, id_, p.tekst("reden"))


def _besluit(p: Post, id_: UUID) -> None:
    take_verzoek.decide_request(
        *p.wie, id_, p.tekst("besluit"), p.tekst("grond"), p.tekst("reden"), p.id("hersteld_met"), p.tekst("was")
    )


def _verklaring(p: Post, id_: UUID) -> None:
    take_verzoek.add_statement(*p.wie, id_, p.tekst("verklaring"))


def _klaar(p: Post, id_: UUID) -> None:
    take_verzoek.finish_request(*p.wie, id_, p.tekst("hoe"))


DADEN: Mapping[str, tuple[Callable[[Post, UUID], None], str]] = {
    "identiteit": (_identiteit, N_("Vastgelegd wie vraagt.")),
    "verleng": (_verleng, N_("Termijn verlengd. Vertel de vrager waarom.")),
    "besluit": (_besluit, N_("Besluit vastgelegd.")),
    "verklaring": (_verklaring, N_("De verklaring staat bij het dossier.")),
    "klaar": (_klaar, N_("Verzoek beantwoord.")),
}
"""Every form of a request, by its key: what it does, and the sentence afterwards."""


def _post(request: HttpRequest, casus_id: UUID) -> Post:
    return Post(actor_of(request), clock.now(), casus_id, request.POST)


def _back(naam: str, casus_id: UUID, verzoek_id: UUID) -> str:
    return reverse(naam, args=[casus_id, verzoek_id])


@needs("verzoek", "behandelen")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def verzoek(request: HttpRequest, casus_id: UUID, verzoek_id: UUID) -> HttpResponse:
    """One request with what comes next (GET), or one of its forms sent (POST)."""

    def context(poging: Poging | None = None) -> dict[str, Any]:
        op = clock.now()
        beeld = show_verzoek.show_request(actor_of(request), op, casus_id, verzoek_id, language(), translated)
        forms = verzoekformulieren.build(beeld, poging)
        return {
            "b": beeld, "v": beeld.v, "formulieren": forms, "casus_id": casus_id, "poging": poging,
            "klok": show_clock(beeld.v["klok"], op), "fouten": verzoekformulieren.named(forms, poging),
        }  # fmt: skip

    if request.method != "POST":
        return render(request, "casus/verzoek.html", context())
    daad = DADEN.get(request.POST.get("formulier", ""))
    if daad is None:
        # First whether this casus is there for who asks; then that there is no such form.
        context()
        raise Http404
    doe, zin = daad
    return run(
        request,
        lambda: doe(_post(request, casus_id), verzoek_id),
        back=_back("verzoek", casus_id, verzoek_id),
        template="casus/verzoek.html",
        context=context,
        gelukt=_(zin),
    )


@needs("verzoek", "voorbereiden")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def kiezen(request: HttpRequest, casus_id: UUID, verzoek_id: UUID) -> HttpResponse:
    """The first hand: the file passage by passage, and for each what is done with it."""

    def context(poging: Poging | None = None) -> dict[str, Any]:
        beeld = show_verzoek.show_walk(actor_of(request), clock.now(), casus_id, verzoek_id, label)
        return {
            "b": beeld, "koppen": verzoekformulieren.walk(beeld, poging), "casus_id": casus_id, "verzoek_id": verzoek_id,
            "poging": poging, "fouten": poging.fouten if poging else (),
            "zien": [naam for _sleutel, naam, zichtbaar in beeld.gronden if zichtbaar],
        }  # fmt: skip

    if request.method != "POST":
        return render(request, "casus/verzoek_kiezen.html", context())
    klaar = request.POST.get("klaar") == "ja"
    p = _post(request, casus_id)
    return run(
        request,
        lambda: prepare_afschrift.choose_passages(*p.wie, verzoek_id, _choices(request), klaar, label),
        back=_back("verzoek" if klaar else "verzoek_kiezen", casus_id, verzoek_id),
        template="casus/verzoek_kiezen.html",
        context=context,
        gelukt=_("Klaargelegd. Vraag een collega om het te lezen.") if klaar else _("Je keuzes zijn bewaard."),
    )


def _choices(request: HttpRequest) -> dict[str, tuple[str, str]]:
    """What was sent for each passage: its key, the fingerprint of what was read, the choice."""
    uit = {}
    for naam, waarde in request.POST.items():
        if naam.startswith(KEUZE):
            sleutel, punt, afdruk = naam[len(KEUZE) :].rpartition(":")
            if not punt:
                raise OngeldigeInvoer(("passage", gevonden(naam), _("een passage van dit dossier")))
            uit[sleutel] = (afdruk, str(waarde))
    return uit


@needs("verzoek", "vrijgeven")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@met_weigering
def lezen(request: HttpRequest, casus_id: UUID, verzoek_id: UUID) -> HttpResponse:
    """The second hand: the copy as who asks will get it; release it, or send it back."""

    def context(poging: Poging | None = None) -> dict[str, Any]:
        beeld = show_verzoek.show_reading(actor_of(request), clock.now(), casus_id, verzoek_id, label)
        return {
            "b": beeld, "inhoud": beeld.inhoud, "casus_id": casus_id, "verzoek_id": verzoek_id, "poging": poging,
            "fouten": poging.fouten if poging else (),
        }  # fmt: skip

    if request.method != "POST":
        return render(request, "casus/verzoek_lezen.html", context())
    p = _post(request, casus_id)
    terug = p.tekst("formulier") == "terug"
    return run(
        request,
        (lambda: prepare_afschrift.send_back(*p.wie, verzoek_id, p.tekst("reden")))
        if terug
        else (lambda: prepare_afschrift.release_copy(*p.wie, verzoek_id, p.tekst("gelezen"), label)),
        back=_back("verzoek", casus_id, verzoek_id),
        template="casus/verzoek_lezen.html",
        context=context,
        gelukt=_("Teruggestuurd.") if terug else _("Vrijgegeven. Het afschrift kan nu mee."),
    )


@needs("verzoek", "behandelen")
@never_cache
@require_safe
@met_weigering
def afschrift(request: HttpRequest, casus_id: UUID, verzoek_id: UUID) -> HttpResponse:
    """The released copy as a page to print: nothing on it but the copy."""
    inhoud = prepare_afschrift.fetch_copy(actor_of(request), clock.now(), casus_id, verzoek_id, "papier")
    return render(request, "casus/afschrift.html", {"inhoud": inhoud})


@needs("verzoek", "behandelen")
@never_cache
@require_safe
@met_weigering
def bestand(request: HttpRequest, casus_id: UUID, verzoek_id: UUID) -> HttpResponse:
    """The same cut as a file for machines."""
    inhoud = prepare_afschrift.fetch_copy(actor_of(request), clock.now(), casus_id, verzoek_id, "bestand")
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=2)
    answer = HttpResponse(tekst, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="afschrift-{inhoud["verzoek"]}.json"'
    return answer
