# SPDX-License-Identifier: EUPL-1.2
"""The gate: who asks, whether his session still holds, whether it is locked, and whether his function has this right.

One query for the session and one for person, function and organisation together. A view without a mark, or with a mark
whose right the function lacks, never runs.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vangnet.conf import clock

from . import sessie, tegoed
from .actor import Actor
from .declare import OPENBAAR, is_writable_when_locked, toegang_of
from .factoren import kinds
from .log import note
from .models import Functie, Medewerker, Organisatie, Proefinstallatie
from .rechten import may

ACHTERGROND = "X-Achtergrond"
"""A refresh that the page does by itself carries this header; it does not keep a session awake."""
BIJWERKEN = 30
"""Seconds: the last active moment is written to the session at most this often."""
VOORLOPIG_GELDT = 1800
"""Seconds that somebody has to add his first second factor."""
INTERFACE = "/api/"
"""What is there is public or asks for a key, and never looks at cookies: the gate does not say who asks."""
ZONDER_SESSIE = (INTERFACE, "/agenda/")
"""Where cookies count for nothing; a calendar is read by its secret address (`access.agenda`) and keeps no session awake."""
EIGEN = "account.eigen"


@dataclass(slots=True)
class Aanwezig:
    """The signed-in person of a request, also while his session is locked: `request.aanwezig`."""

    actor: Actor
    medewerker: Medewerker
    functie: Functie
    wijze: str
    op_slot: bool

    @property
    def voorlopig(self) -> bool:
        """He came in by an invitation or a one-time code, and has to add a second factor first."""
        return self.wijze in sessie.VOORLOPIG

    @property
    def proef(self) -> bool:
        """He came in with one click, in the demo."""
        return self.wijze == "proef"


class Gate:
    """Sets `request.actor` (an Actor, or None) and `request.aanwezig`, and stands before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked: Any = request
        asked.actor = asked.aanwezig = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path_info.startswith(ZONDER_SESSIE):
            asked.aanwezig = present = recognise(request, clock.now())
            if present and not present.op_slot and not present.voorlopig:
                asked.actor = present.actor
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], words: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the view run (None), or answer in its place."""
        mark = mark_of(view, request.method or "")
        if mark == OPENBAAR:
            return too_fast(request)
        if request.path_info.startswith(INTERFACE):
            return (
                None  # A closed operation asks for a key itself (vangnet.api.guard); nobody has an actor without one.
            )
        asked: Any = request
        present: Aanwezig | None = asked.aanwezig
        if present is None:
            return _sign_in_first(request)
        if present.op_slot:
            if not is_writable_when_locked(view):
                return locked(request, present)
        elif present.voorlopig and mark != EIGEN:
            return _account_first(request)
        if mark is None or not may(present.actor.rol, mark):
            thing = (mark or "geen merk").partition(".")[0]
            note(present.actor, "geweigerd", thing, clock.now(), geslaagd=False, toelichting=mark or "geen merk")
            raise PermissionDenied
        asked.actor = present.actor
        return None


def recognise(request: HttpRequest, op: datetime) -> Aanwezig | None:
    """The signed-in person behind a request, or None. Ends a session that no longer holds, locks one that was idle."""
    session = request.session
    if sessie.SESSION_KEY not in session:
        return None
    wijze, functie = str(session.get(sessie.WIJZE, "")), way_in(session, op)
    if functie is None:
        session.flush()
        return None
    actor = actor_for(functie, address_of(request))
    present = Aanwezig(actor, functie.medewerker, functie, wijze, bool(session.get(sessie.SLOT)))
    asked: Any = request
    asked.user = asked._cached_user = functie.medewerker
    if present.voorlopig:  # he has nothing to unlock with yet: no lock, but a short stay
        if sessie.seconds_since(session, sessie.BEGONNEN, op) < VOORLOPIG_GELDT:
            return present
        session.flush()
        return None
    if present.op_slot:
        return present
    idle = sessie.seconds_since(session, sessie.ACTIEF, op)
    if idle >= settings.VANGNET_SLOT_MINUTEN * 60:
        session[sessie.SLOT] = present.op_slot = True
        note(actor, "slot", "account", op, toelichting="niets gedaan")
    elif idle >= BIJWERKEN and not by_itself(request):
        session[sessie.ACTIEF] = int(op.timestamp())
    return present


def way_in(session: Any, op: datetime) -> Functie | None:
    """The function that a session lets its person in with, while it holds. A session that is locked holds: what it may ask
    is for the gate to say."""
    who, number = sessie.id_in(session, sessie.SESSION_KEY), session.get(sessie.NUMMER)
    wijze = str(session.get(sessie.WIJZE, ""))
    if who is None or not isinstance(number, int) or not wijze or (wijze == "proef" and not settings.DEMO):
        return None
    if sessie.seconds_since(session, sessie.BEGONNEN, op) >= settings.SESSION_COOKIE_AGE:
        return None
    return _function(sessie.id_in(session, sessie.FUNCTIE), who, number, op, proef=wijze == "proef")


def _function(functie_id: UUID | None, who: UUID, number: Any, op: datetime, proef: bool) -> Functie | None:
    """The function that a session was begun for, with its person and organisation, while it holds."""
    with connection.cursor() as cursor:
        cursor.execute(_asked(), {"functie": functie_id, "wie": who, "nummer": number, "op": op, "proef": proef})
        row = cursor.fetchone()
    if row is None:
        return None
    found, rest = [], list(row)
    for model in (Functie, Medewerker, Organisatie):
        names = [field.attname for field in model._meta.concrete_fields]
        found.append(model.from_db(connection.alias, names, rest[: len(names)]))
        del rest[: len(names)]
    functie, functie.medewerker, functie.organisatie = found
    return functie


@cache
def _asked() -> str:
    """One statement, since every request asks it."""
    wanted = ", ".join(
        f"{name}.{field.column}"
        for name, model in (("f", Functie), ("m", Medewerker), ("o", Organisatie))
        for field in model._meta.concrete_fields
    )
    return (
        f"select {wanted} from {Functie._meta.db_table} f"
        f" join {Medewerker._meta.db_table} m on m.id = f.medewerker_id"
        f" join {Organisatie._meta.db_table} o on o.id = f.organisatie_id"
        " where f.id = %(functie)s and f.medewerker_id = %(wie)s"
        " and f.van <= %(op)s and (f.tot is null or f.tot > %(op)s)"
        " and o.actief and m.is_active and m.sessienummer = %(nummer)s"
        f" and (not %(proef)s or exists (select from {Proefinstallatie._meta.db_table}))"
    )


def actor_for(functie: Functie, adres: str | None = None) -> Actor:
    """The actor of a function whose person and organisation are loaded, for one request."""
    person, bij = functie.medewerker, functie.organisatie
    return Actor(
        medewerker_id=person.pk,
        naam=person.naam,
        organisatie_id=bij.pk,
        organisatie=bij.naam,
        soort=bij.soort,
        rol=functie.rol,
        regio=bij.regio,
        gemeente=bij.gemeente,
        opleiding=person.opleiding,
        adres=adres,
        verzoek=uuid4(),
    )


def address_of(request: HttpRequest) -> str | None:
    """The network address of the asker: what the proxy in front added last, or the other end of the line. An IPv4 address
    that a socket for both kinds writes as IPv6 (`::ffff:192.0.2.1`) is that IPv4 address."""
    found = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        found = request.headers.get("X-Forwarded-For", found).rpartition(",")[2].strip()
    try:
        adres = ipaddress.ip_address(found)
        return str(getattr(adres, "ipv4_mapped", None) or adres)
    except ValueError:
        return None


def mark_of(view: Any, method: str) -> str | None:
    """The mark of what is about to run; of the interface that is the operation for this method."""
    found = toegang_of(view)
    if found is not None:
        return found
    if isinstance(view, partial) and view.func.__name__ == "default_home":
        return OPENBAAR  # ninja's placeholder at the root of an interface: 404 to everyone
    for cell in getattr(view, "__closure__", None) or ():
        operations = getattr(cell.cell_contents, "operations", None)
        if isinstance(operations, list):
            marks = {toegang_of(one.view_func) for one in operations}
            own = {toegang_of(one.view_func) for one in operations if method in one.methods} or marks
            return own.pop() if len(own) == 1 else None
    return None


def too_fast(request: HttpRequest) -> HttpResponse | None:
    """429 for an address that asks too much of what is open to all without being anybody; None for all others. A request from
    this machine itself is of the watcher, or of a proxy that does not say for whom; who guesses at a password is slowed
    elsewhere (`pogingen`). Without a database what is open stays open."""
    adres = address_of(request)
    if getattr(request, "aanwezig", None) or (adres and ipaddress.ip_address(adres).is_loopback):
        return None
    op = clock.now()
    try:
        wacht = tegoed.take(tegoed.address_key(adres, "open"), tegoed.PER_BEZOEKER, op)
    except (OperationalError, InterfaceError):
        return None
    if not wacht:
        return None
    return HttpResponse(
        _("Dit zijn te veel verzoeken achter elkaar van jouw adres. Wacht %(n)s seconden en probeer het opnieuw.")
        % {"n": wacht},
        status=HTTPStatus.TOO_MANY_REQUESTS,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(wacht)},
    )


def by_itself(request: HttpRequest) -> bool:
    """Whether a page asks this without anybody doing something: a refresh, or the stream that it follows. A browser gives a
    stream no header of ours; what it accepts tells it."""
    return ACHTERGROND in request.headers or request.headers.get("Accept", "") == "text/event-stream"


def asks_a_part(request: HttpRequest) -> bool:
    """Whether a script asks (htmx or fetch), which wants a status and a line, not a page."""
    return (
        "HX-Request" in request.headers
        or request.headers.get("Sec-Fetch-Dest") == "empty"
        or request.headers.get("Accept", "").startswith("application/json")
    )


def locked(request: HttpRequest, present: Aanwezig) -> HttpResponse:
    """423: the lock screen, or one line for a script."""
    if asks_a_part(request):
        return HttpResponse(
            _("Vangnet staat op slot. Ontgrendel; wat je schreef staat er nog."),
            status=HTTPStatus.LOCKED,
            content_type="text/plain; charset=utf-8",
        )
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    context = {"aanwezig": present, "soorten": kinds(present.medewerker.pk), "volgende": back}
    return render(request, "aanmelden/slot.html", context, status=HTTPStatus.LOCKED)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """401 for a script, so that what somebody was writing stays on his screen, and for a form that was sent: that page
    keeps what was typed. Else the sign-in page."""
    if asks_a_part(request):
        return HttpResponse(
            _("Je bent niet meer aangemeld. Meld je aan in een nieuw tabblad; wat je schreef staat er nog."),
            status=HTTPStatus.UNAUTHORIZED,
            content_type="text/plain; charset=utf-8",
        )
    if request.method not in ("GET", "HEAD"):
        return render(request, "aanmelden/eerst.html", status=HTTPStatus.UNAUTHORIZED)
    return HttpResponseRedirect(reverse("aanmelden") + "?" + urlencode({"next": request.get_full_path()}))


def _account_first(request: HttpRequest) -> HttpResponse:
    """He still has no second factor of his own: first that."""
    if asks_a_part(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    return HttpResponseRedirect(reverse("account"))
