# SPDX-License-Identifier: EUPL-1.2
"""What waits for me: questions to answer, families, tasks and meetings of the own organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from vangnet.access.actor import actor_of
from vangnet.access.rechten import may, needs
from vangnet.access.sessie import first_look
from vangnet.conf import clock
from vangnet.process.finish_task import finish_task
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.show_my_work import Mijnwerk, Vraag, show_my_work
from vangnet.process.show_verzoek import LIJST, Verzoekregel, list_requests
from vangnet.process.undo import just_done
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.handelen import met_weigering, run
from vangnet.web.klokken import moment_in_words, rest_in_words, show_clock
from vangnet.web.mijnwerk import signalen
from vangnet.web.mijnwerk.berichten import failed_in_words
from vangnet.web.mijnwerk.redenen import reasons
from vangnet.web.templatetags.vangnet import language

ACHTERGROND = "X-Achtergrond"


@needs("mijnwerk", "inzien")
@require_safe
@met_weigering
def show(request: HttpRequest) -> HttpResponse:
    """The page; a background refresh gets only its parts, and is no line in the log."""
    stil = ACHTERGROND in request.headers
    return render(request, "mijnwerk/deel.html" if stil else "mijnwerk/pagina.html", _context(request, noteer=not stil))


@needs("aanbod", "beantwoorden")
@require_POST
def answer(request: HttpRequest, casus_id: UUID, aanbod_id: UUID) -> HttpResponse:
    """Yes or no to a question; a no says why."""
    ja = request.POST.get("antwoord") == "ja"
    reden = ". ".join(
        deel.strip() for deel in (request.POST.get("waarom", ""), request.POST.get("reden", "")) if deel.strip()
    )
    blad = "lijst" in request.POST  # From the morning list, and back to it.
    return run(
        request,
        lambda: answer_offer(actor_of(request), clock.now(), casus_id, aanbod_id, ja, reden),
        back=reverse("signalen" if blad else "mijnwerk"),
        template="mijnwerk/signalen.html" if blad else "mijnwerk/pagina.html",
        context=lambda poging: (
            (signalen.sheet(request) if blad else _context(request, noteer=False))
            | {"poging": poging, "bij": str(aanbod_id)}
        ),
        gelukt=_("Je antwoord staat vast. %(wie)s hoort het meteen.") % {"wie": request.POST.get("van", "")[:120]}
        if request.POST.get("van")
        else _("Je antwoord staat vast."),
    )


@needs("taak", "afronden")
@require_POST
def finish(request: HttpRequest, casus_id: UUID, taak_id: UUID) -> HttpResponse:
    """A task is done, with what came of it."""
    actor, op = actor_of(request), clock.now()
    return run(
        request,
        lambda: finish_task(actor, op, casus_id, taak_id, request.POST.get("resultaat", "")),
        back=reverse("mijnwerk"),
        template="mijnwerk/pagina.html",
        context=lambda poging: _context(request, noteer=False) | {"poging": poging, "bij": str(taak_id)},
        gelukt=_("De taak is gedaan."),
        gedaan=lambda: just_done(actor, op, casus_id),
    )


def _context(request: HttpRequest, noteer: bool) -> dict[str, Any]:
    nu = clock.now()
    noteer = first_look(request.session, "mijnwerk") or noteer
    werk = show_my_work(actor_of(request), nu, language(), _, noteer)
    vandaag = lokaal(nu).date()
    return {
        "werk": werk,
        "vragen": [_question(v, nu) for v in werk.vragen if v.soort != "signaal"],
        "signalen": [_question(v, nu) for v in werk.vragen if v.soort == "signaal"],
        "gezinnen": [{"g": g, "klok": show_clock(g.klok, nu), "sinds": _day(g.regie_sinds, nu)} for g in werk.gezinnen],
        "taken": [{"t": t, "klok": _until(t.uiterlijk, nu)} for t in werk.taken],
        "overleggen": [{"r": r, "wanneer": moment_in_words(r.op, False, nu)} for r in werk.overleggen],
        "wachten": [
            {"w": w, "sinds": _day(w.sinds, nu), "ziet": w.ziet_vanaf and moment_in_words(w.ziet_vanaf, False, nu)}
            for w in werk.wachten
        ],
        "verzoeken": [{"r": r, "klok": show_clock(r.klok, nu)} for r in _requests(request, nu)],
        **failed_in_words(request),
        "nu": nu,
        "tijd": f"{lokaal(nu):%H:%M}",
        "titel": dag_in_woorden(vandaag, language(), vandaag.year),
        "kop": _sentence(werk),
        "sluitingsdagen": may(actor_of(request).rol, "sluitingsdag.opgeven"),
    }


def _requests(request: HttpRequest, nu: datetime) -> tuple[Verzoekregel, ...]:
    """What families asked about their file and this organisation must answer; nothing for who does not."""
    actor = actor_of(request)
    return list_requests(actor, nu, language(), _, note_look=False) if may(actor.rol, LIJST) else ()


def _question(v: Vraag, nu: datetime) -> dict[str, Any]:
    """A question with its clock: the agreed one where it runs, else until when the other waits."""
    return {
        "v": v,
        "agreed": None if v.uiterlijk else show_clock(v.klok, nu),
        "klok": _until(v.uiterlijk, nu),
        "redenen": reasons(v.soort),
        "sinds": moment_in_words(v.gedaan_op, False, nu),
    }


def _day(moment: datetime | None, nu: datetime) -> str:
    """`do 16 mei`; the year only when it is another."""
    return dag_in_woorden(lokaal(moment).date(), language(), lokaal(nu).year) if moment else ""


def _until(uiterlijk: datetime | None, nu: datetime) -> dict[str, Any] | None:
    """The clock of something that is no agreed term: rest and moment, without a force."""
    if uiterlijk is None:
        return None
    return {
        "rest": rest_in_words(uiterlijk, False, nu),
        "moment": moment_in_words(uiterlijk, False, nu),
        "laat": uiterlijk <= nu,
    }


def _sentence(werk: Mijnwerk) -> list[tuple[int, str]]:
    """The counts at the top; meetings and tasks only when there are any."""
    rtos = sum(1 for one in werk.overleggen if one.vandaag)
    gezinnen = len(werk.gezinnen) + werk.meer
    alle = [
        (len(werk.vragen), ngettext("vraag aan jullie", "vragen aan jullie", len(werk.vragen))),
        (rtos, ngettext("RTO vandaag", "RTO's vandaag", rtos)),
        (len(werk.taken), ngettext("taak", "taken", len(werk.taken))),
        (gezinnen, ngettext("gezin", "gezinnen", gezinnen)),
    ]
    return [alle[0], *(een for een in alle[1:-1] if een[0]), alle[-1]]
