# SPDX-License-Identifier: EUPL-1.2
"""The people of a region: who works where, invite, change, lost phone, leaving, coming back. No family is named here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vangnet.access import accounts, tweede
from vangnet.access.actor import actor_of
from vangnet.access.rechten import may, needs
from vangnet.access.weigering import Weigering
from vangnet.conf import clock
from vangnet.process import manage_people
from vangnet.process.manage_people import OPLEIDINGEN
from vangnet.process.show_beheer import Persoonsregel, show_organisations, show_people, show_person
from vangnet.process.show_reservekopie import show_backups
from vangnet.web.beheer.delen import in_room, page
from vangnet.web.handelen import WEG, poging_van, refused

ROOM = "beheer"


@needs("medewerker", "inzien")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """People per organisation, with what they do, when they last signed in, and whether they have."""
    actor = actor_of(request)
    zoek = request.GET.get("zoek", "")[:120]
    groepen = show_people(actor, clock.now(), zoek)
    context = {
        "groepen": groepen,
        "zoek": zoek,
        "beheert": may(actor.rol, accounts.BEHEREN),
        "wachtend": tweede.count_waiting(actor, clock.now()),
        "aantal": sum(len(g.mensen) for g in groepen),
        "kopie": show_backups(clock.now()) if may(actor.rol, "organisatie.beheren") else None,
    }
    return page(request, "beheer/mensen.html", ROOM, context)


@needs("medewerker", "beheren")
@never_cache
@sensitive_variables("done", "geheim")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """The form to invite somebody; after it the link, this once."""
    actor = actor_of(request)
    if request.method == "POST":
        velden = {naam: request.POST.get(naam, "")[:300] for naam in FIELDS}
        try:
            done = manage_people.invite_person(actor, clock.now(), velden)
        except (Weigering, *WEG) as nee:
            return refused(request, poging_van(request, nee), "beheer/uitnodigen.html", _invite_context(request))
        return _invited(request, done.medewerker_id, done.geheim)
    context = _invite_context(request) | {"gekozen": request.GET.get("organisatie", "")}
    return page(request, "beheer/uitnodigen.html", ROOM, context)


FIELDS = ("naam", "email", "organisatie", "rol", "opleiding", "telefoon")


def _invite_context(request: HttpRequest) -> dict[str, Any]:
    lijst = [o for o in show_organisations(actor_of(request)).lijst if o.actief]
    return in_room(request, ROOM, {"organisaties": lijst, "opleidingen": OPLEIDINGEN[1:]})


def _invited(request: HttpRequest, medewerker_id: UUID, geheim: str) -> HttpResponse:
    """The link in this one answer; without a secret he can sign in already."""
    actor, now = actor_of(request), clock.now()
    wie = show_person(actor, medewerker_id, now)
    wacht = bool(geheim) and tweede.invitation_waits(medewerker_id)
    bevestigers = tweede.confirmers(actor, [f.organisatie_id for f in wie.lopend], now) if wie and wacht else ()
    link = request.build_absolute_uri(reverse("uitnodiging", args=[geheim])) if geheim else ""
    return page(
        request, "beheer/uitgenodigd.html", ROOM, {"wie": wie, "link": link, "wacht": wacht, "bevestigers": bevestigers}
    )


@needs("medewerker", "inzien")
@never_cache
@require_safe
def person(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """One person, and what can be done."""
    return page(request, "beheer/mens.html", ROOM, _person_context(request, medewerker_id))


def _known(request: HttpRequest, medewerker_id: UUID) -> Persoonsregel:
    found = show_person(actor_of(request), medewerker_id, clock.now())
    if found is None:
        raise Http404
    return found


def _person_context(request: HttpRequest, medewerker_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    beheert = may(actor.rol, accounts.BEHEREN)
    context = {
        "wie": _known(request, medewerker_id),
        "beheert": beheert,
        "opleidingen": OPLEIDINGEN[1:],
        "organisaties": [o for o in show_organisations(actor).lijst if o.actief] if beheert else [],
    }
    return in_room(request, ROOM, context)


def _do(
    request: HttpRequest, medewerker_id: UUID, do: Callable[[], Any], then: Callable[[Any], HttpResponse]
) -> HttpResponse:
    """Do something with a person; a no is told on his page with everything that was typed."""
    _known(request, medewerker_id)
    try:
        done = do()
    except (Weigering, *WEG) as nee:
        return refused(
            request,
            poging_van(request, nee),
            "beheer/mens.html",
            lambda _poging: _person_context(request, medewerker_id),
        )
    return then(done)


@needs("medewerker", "beheren")
@require_POST
def update(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """Another name, number or qualification."""
    velden = {naam: request.POST.get(naam, "")[:300] for naam in ("naam", "telefoon", "opleiding")}

    def then(_done: None) -> HttpResponse:
        messages.info(request, _("Bewaard."))
        return redirect("beheer_mens", medewerker_id)

    return _do(
        request,
        medewerker_id,
        lambda: manage_people.update_person(actor_of(request), clock.now(), medewerker_id, velden),
        then,
    )


@needs("medewerker", "beheren")
@never_cache
@sensitive_variables("geheim")
@require_POST
def invite_again(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """A new link: the old one, and the old password, no longer work."""
    return _do(
        request,
        medewerker_id,
        lambda: accounts.invite_again(actor_of(request), medewerker_id, clock.now()),
        lambda geheim: _invited(request, medewerker_id, geheim),
    )


@needs("medewerker", "noodcode")
@never_cache
@sensitive_variables("code")
@require_POST
def lost_phone(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """A code for once, shown in this one answer, to read aloud."""
    now = clock.now()

    def then(code: str) -> HttpResponse:
        context = {"wie": _known(request, medewerker_id), "code": code, "tot": now + accounts.CODE_GELDT}
        return page(request, "beheer/noodcode.html", ROOM, context)

    return _do(request, medewerker_id, lambda: accounts.reset_factors(actor_of(request), medewerker_id, now), then)


@needs("medewerker", "beheren")
@require_POST
def revoke(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """Sign a person out everywhere."""

    def then(_done: None) -> HttpResponse:
        messages.info(request, _("Op alle apparaten afgemeld. Opnieuw aanmelden kan."))
        return redirect("beheer_mens", medewerker_id)

    return _do(request, medewerker_id, lambda: accounts.revoke_for(actor_of(request), medewerker_id, clock.now()), then)


@needs("medewerker", "beheren")
@require_POST
def leave(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """A person leaves, or one function of his ends (`functie`)."""
    actor, now = actor_of(request), clock.now()
    functie = request.POST.get("functie", "")

    def do() -> Any:
        if not functie:
            return manage_people.leave(actor, now, medewerker_id)
        wanted = _id(functie)
        if wanted not in [f.id for f in _known(request, medewerker_id).lopend]:
            raise accounts.FunctieOnbekend
        return accounts.end_function(actor, wanted, now)

    def then(_done: Any) -> HttpResponse:
        messages.info(
            request, _("Beëindigd. Open sessies zijn gesloten; de naam blijft staan in wat al is vastgelegd.")
        )
        return redirect("beheer_mens", medewerker_id)

    return _do(request, medewerker_id, do, then)


@needs("medewerker", "beheren")
@never_cache
@sensitive_variables("done")
@require_POST
def give_back(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """Undo a leaving: the function comes back, with an invitation where it is needed."""
    functie = _id(request.POST.get("functie", ""))
    return _do(
        request,
        medewerker_id,
        lambda: manage_people.give_back(actor_of(request), clock.now(), medewerker_id, functie),
        lambda done: _invited(request, medewerker_id, done.geheim),
    )


@needs("medewerker", "beheren")
@never_cache
@sensitive_variables("done")
@require_POST
def change_function(request: HttpRequest, medewerker_id: UUID) -> HttpResponse:
    """Another function in the place of one, or one more (without `functie`)."""
    actor, now = actor_of(request), clock.now()
    functie = request.POST.get("functie", "")
    organisatie, rol = request.POST.get("organisatie", ""), request.POST.get("rol", "")

    def do() -> Any:
        wie = _known(request, medewerker_id)
        if functie:
            if _id(functie) not in [f.id for f in wie.lopend]:
                raise accounts.FunctieOnbekend
            return manage_people.change_function(actor, now, _id(functie), organisatie, rol)
        velden = {"naam": wie.naam, "email": wie.email, "organisatie": organisatie, "rol": rol}
        return manage_people.invite_person(actor, now, velden)

    return _do(request, medewerker_id, do, lambda done: _invited(request, medewerker_id, done.geheim))


def _id(word: str) -> UUID:
    """An id from a form; one that is none finds nothing."""
    try:
        return UUID(word)
    except ValueError:
        return UUID(int=0)
