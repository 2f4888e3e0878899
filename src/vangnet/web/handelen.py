# SPDX-License-Identifier: EUPL-1.2
"""The shared way in which a request runs a use case: done and onward, or a calm no with everything that was typed kept.

A view says what to do, where to go then, and which form it came from:

    return run(
        request,
        lambda: decide_triage(request.actor, clock.now(), casus_id, request.POST.get("uitkomst", "")),
        back=reverse("casus", args=[casus_id]),
        template="casus/stap.html",
        context={...},
    )

The form gets `poging`: the sentence, the faults per field (`poging.bij.<veld>`), and what was typed
(`poging.getypt.<veld>`). Without a template the answer is a page that shows the same. A page that only reads wraps its view
in `met_weigering`; a script that saves one field gets JSON from `run_json`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar, cast

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from vangnet.access.weigering import Weigering
from vangnet.policy.fouten import Ongeldig
from vangnet.process.klokken import Verschil
from vangnet.process.undo import Gedaan
from vangnet.process.verschoven import moved
from vangnet.web import opnieuw
from vangnet.web.domein import translated
from vangnet.web.templatetags.vangnet import dag

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponse])

STATUS: Mapping[str, HTTPStatus] = {
    "NietBetrokken": HTTPStatus.NOT_FOUND,
    "GeenRecht": HTTPStatus.FORBIDDEN,
    "Gewist": HTTPStatus.GONE,
    "OverdrachtOnbekend": HTTPStatus.NOT_FOUND,
    "OngeldigeInvoer": HTTPStatus.BAD_REQUEST,
    "OnbekendVeld": HTTPStatus.BAD_REQUEST,
    "RedenNodig": HTTPStatus.BAD_REQUEST,
    "ZeiEerderNee": HTTPStatus.BAD_REQUEST,
}
"""The status of an answer by the code of the refusal; every other refusal is a conflict with what is on record (409)."""
NIET_BEWAARD = frozenset({"csrfmiddlewaretoken"})
"""Fields of a form that nobody typed."""
TERUG = "ongedaan:"
"""How a sentence begins its tags that comes with a way back: then the casus, the event and the page it stands on."""
WEG = (OperationalError, InterfaceError)
"""What the database raises when it is away."""


class Fout(NamedTuple):
    """One fault in what was filled in: at which field, what was found there, what is expected."""

    veld: str
    gevonden: str
    verwacht: str


@dataclass(frozen=True)
class Poging:
    """A refused attempt, as a form shows it."""

    code: str
    """The stable name of the reason: the class of the refusal, `Ongeldig` or `GeenVerbinding`."""
    zin: str
    """The sentence for the user, in his language."""
    status: HTTPStatus
    fouten: tuple[Fout, ...] = ()
    getypt: Mapping[str, str] = field(default_factory=dict)
    """Per field what was typed; of a field that came more than once, the last."""
    lijsten: Mapping[str, list[str]] = field(default_factory=dict)
    """Per field everything that came, for boxes that may be ticked together."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What the refusal brought: `voorstel`, `nu`, `door`, `op`, `wat`."""

    @property
    def bij(self) -> dict[str, Fout]:
        """Per field its first fault."""
        return {fout.veld: fout for fout in reversed(self.fouten)}


def run(
    request: HttpRequest,
    do: Callable[[], Any],
    *,
    back: str | Callable[[Any], str],
    template: str | None = None,
    context: Mapping[str, Any] | Callable[[Poging], Mapping[str, Any]] | None = None,
    gelukt: str = "",
    velden: Mapping[str, str] | None = None,
    gedaan: Callable[[], Gedaan | None] | None = None,
) -> HttpResponse:
    """Run a use case for a form that was sent, and answer.

    Done: on to `back` (303; for htmx 204 with `HX-Redirect`), where the sentence `gelukt` stands. Refused: the form
    `template` again with `context` and `poging`, status 400 or 409; `NietBetrokken` gives the same page as an address that
    does not exist (404), `GeenRecht` 403. The database away: 503. `velden` gives the name of a form field for the name
    that a use case uses for it. `context` may be a function of the attempt, so that it is only built when needed. `gedaan` finds what was done, when it
    can be taken back (`process.undo.just_done`): the sentence then comes with a button that undoes it. A deadline that moved by it is
    said too: what it was and what it is."""
    try:
        with moved() as verschoven:
            result = do()
    except (Weigering, Ongeldig, *WEG) as nee:
        return refused(request, poging_van(request, nee, velden), template, context)
    for zin in moved_in_words(verschoven):
        messages.info(request, zin)
    naar = back(result) if callable(back) else back
    if gedaan is not None and (terug := _way_back(gedaan)) is not None:
        zin = translated(terug.zin).format(**{naam: translated(waarde) for naam, waarde in terug.gegevens.items()})
        messages.success(request, zin, extra_tags=f"{TERUG}{terug.casus_id}:{terug.gebeurtenis_id}:{naar}")
    elif gelukt:
        messages.success(request, gelukt)
    return onward(request, naar)


def moved_in_words(verschoven: Iterable[Verschil]) -> list[str]:
    """A sentence per deadline that moved by what was just done."""
    return [
        _("%(wat)s: was %(was)s, is nu %(nu)s.") % {"wat": translated(v.wat), "was": dag(v.was), "nu": dag(v.wordt)}
        for v in verschoven
    ]


def _way_back(gedaan: Callable[[], Gedaan | None]) -> Gedaan | None:
    """What can be taken back; nothing when the database went away right after it was done."""
    try:
        return gedaan()
    except WEG:
        return None


def run_json(request: HttpRequest, do: Callable[[], Mapping[str, Any] | None]) -> JsonResponse:
    """Run a use case for a script, such as the one that saves a field as it is typed. Done: what `do` gives, as JSON.
    Refused: `code`, `zin`, `fouten`, `nu` (what stands there now) and the status of the refusal."""
    try:
        return JsonResponse(dict(do() or {}))
    except (Weigering, Ongeldig, *WEG) as nee:
        poging = poging_van(request, nee)
        nu = poging.details.get("nu")
        return JsonResponse(
            {
                "code": poging.code,
                "zin": poging.zin,
                "fouten": [fout._asdict() for fout in poging.fouten],
                "nu": nu if isinstance(nu, str | int | float | bool | list | dict) or nu is None else str(nu),
            },
            status=poging.status,
        )


def met_weigering(view: View) -> View:
    """A decorator for a view that reads: a refusal becomes its page, and the database away a calm one."""

    @wraps(view)
    def answer(request: HttpRequest, *words: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *words, **named)
        except (Weigering, Ongeldig, *WEG) as nee:
            return refused(request, poging_van(request, nee))

    return cast("View", answer)


def onward(request: HttpRequest, to: str) -> HttpResponse:
    """On to another page after something was done: 303, or what htmx does the same with."""
    if _htmx(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to, status=HTTPStatus.SEE_OTHER)


def poging_van(request: HttpRequest, nee: Exception, velden: Mapping[str, str] | None = None) -> Poging:
    """The attempt behind a refusal: its sentence in the reader's language, the faults, and what was typed."""
    velden = velden or {}
    lijsten = {
        naam: [str(one) for one in request.POST.getlist(naam)] for naam in request.POST if naam not in NIET_BEWAARD
    }
    getypt = {naam: waarden[-1] for naam, waarden in lijsten.items() if waarden}
    if isinstance(nee, Weigering):
        fouten = tuple(
            Fout(velden.get(veld, veld), str(gevonden) or _("niets"), str(verwacht))
            for veld, gevonden, verwacht in nee.details.get("fouten", ())
        )
        status = STATUS.get(nee.code, HTTPStatus.CONFLICT)
        return Poging(nee.code, _(nee.zin()), status, fouten, getypt, lijsten, nee.details)
    if isinstance(nee, Ongeldig):
        fouten = tuple(Fout(velden.get(f.waar, f.waar), f.gevonden or _("niets"), f.verwacht) for f in nee.fouten)
        zin = _("Er klopt iets niet in wat je invulde.")
        return Poging("Ongeldig", zin, HTTPStatus.BAD_REQUEST, fouten, getypt, lijsten)
    logger.error("de database is weg", exc_info=nee)
    zin = _("Vangnet kan nu niets bewaren: de database antwoordt niet. Wat je schreef staat hieronder nog.")
    return Poging("GeenVerbinding", zin, HTTPStatus.SERVICE_UNAVAILABLE, (), getypt, lijsten)


def refused(
    request: HttpRequest,
    poging: Poging,
    template: str | None = None,
    context: Mapping[str, Any] | Callable[[Poging], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """The answer to a refused attempt: its form again where there is one, else a page with the sentence and what was
    typed. Nobody learns whether a casus that he may not see exists."""
    if poging.code in ("NietBetrokken", "GeenRecht", "GeenVerbinding"):
        template = None
    try:
        own = dict((context(poging) if callable(context) else context) or {}) if template else {}
        return render(request, template or "delen/geweigerd.html", own | {"poging": poging}, status=poging.status)
    except WEG:
        logger.error("ook de pagina lukt niet zonder database", exc_info=True)
    except (Weigering, Ongeldig) as nee:  # The form itself may not be seen any more.
        anders = poging_van(request, nee)
        return render(request, "delen/geweigerd.html", {"poging": anders}, status=anders.status)
    kept = opnieuw.form(request) or format_html_join("\n", "<dl><dt>{}</dt><dd>{}</dd></dl>", poging.getypt.items())
    bare = '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Vangnet</title><h1>{}</h1>{}</html>'
    return HttpResponse(format_html(bare, poging.zin, kept), status=HTTPStatus.SERVICE_UNAVAILABLE)


def _htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
