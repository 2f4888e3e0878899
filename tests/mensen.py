# SPDX-License-Identifier: EUPL-1.2
"""Organisations and people for tests, and a signed-in session for a test client or a browser page."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from vangnet.access import sessie, tweede
from vangnet.access.actor import Actor
from vangnet.access.middleware import actor_for
from vangnet.access.models import Functie, Medewerker, Organisatie, Rol, Soort
from vangnet.access.sessieopslag import SessionStore
from vangnet.conf import clock

REGIO = "zuid-limburg"
VROEGER = datetime(2020, 1, 1, tzinfo=UTC)
"""Functions of test people run from here, so that they run wherever a test puts the clock."""

SOORT_VAN = {
    Rol.CRISISMEDEWERKER: Soort.CRISISDIENST,
    Rol.GEDRAGSWETENSCHAPPER: Soort.CRISISDIENST,
    Rol.PSYCHIATER: Soort.CRISISDIENST,
    Rol.COORDINATOR: Soort.CRISISDIENST,
    Rol.TOEGANGSMEDEWERKER: Soort.TOEGANG,
    Rol.JEUGDBESCHERMER: Soort.GI,
    Rol.MEDEWERKER_VEILIG_THUIS: Soort.VEILIG_THUIS,
    Rol.PLANNER: Soort.ZORGAANBIEDER,
    Rol.TAFELLID: Soort.TAFEL,
    Rol.BELEIDSMEDEWERKER: Soort.REGIO,
    Rol.BEHEERDER: Soort.REGIO,
    Rol.FG: Soort.REGIO,
}

_number = count(1)


def organisatie(soort: str = Soort.CRISISDIENST, **words: Any) -> Organisatie:
    """An organisation of this kind; every call makes a new one unless `naam` (and `regio`) say which."""
    words.setdefault("regio", REGIO)
    if soort == Soort.TOEGANG:
        words.setdefault("gemeente", "Heerlen")
    words.setdefault("naam", f"{Soort(soort).label} {next(_number)}")
    return Organisatie.objects.create(soort=soort, **words)


def medewerker(
    rol: str = Rol.CRISISMEDEWERKER, organisatie: Organisatie | None = None, van: datetime = VROEGER, **words: Any
) -> Medewerker:
    """A person with one running function. Without an organisation one of the right kind is made.

    `password` sets a password; the other words are fields of Medewerker.
    """
    number = next(_number)
    password = words.pop("password", None)
    words.setdefault("naam", f"Medewerker {number}")
    words.setdefault("email", f"medewerker{number}@voorbeeld.test")
    person = Medewerker(**words)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    functie(person, rol, organisatie, van=van)
    return person


def functie(
    person: Medewerker,
    rol: str = Rol.CRISISMEDEWERKER,
    bij: Organisatie | None = None,
    van: datetime = VROEGER,
    tot: datetime | None = None,
) -> Functie:
    """One more function of a person."""
    bij = bij or organisatie(SOORT_VAN[Rol(rol)])
    return Functie.objects.create(medewerker=person, organisatie=bij, rol=rol, van=van, tot=tot)


def functie_van(person: Medewerker) -> Functie:
    """The first function of a person."""
    found = Functie.objects.select_related("organisatie").filter(medewerker=person).order_by("van", "id").first()
    assert found is not None, "this person has no function"
    return found


def actor_of(person: Medewerker, functie: Functie | None = None) -> Actor:
    """The actor that the gate would set for a request of this person."""
    return actor_for(functie or functie_van(person))


def confirm_all(regio: str = REGIO) -> None:
    """A second administrator of the region says yes to everything that waits for a second person."""
    ander = actor_of(medewerker(Rol.BEHEERDER, organisatie(Soort.REGIO, regio=regio)))
    for een in tweede.waiting(ander, clock.now()):
        tweede.confirm(ander, clock.now(), een.soort, een.id)


def sign_in(who: Any, person: Medewerker, functie: Functie | None = None, wijze: str = "totp") -> str:
    """Sign a person in, second factor done, for a Django test client or a Playwright page; returns the session key.

    Call it inside `clock.put_at` when the test puts the clock: a session locks after five idle minutes of that clock
    and ends after twelve hours.
    """
    session = SessionStore()
    session.update(sessie.words(person, functie or functie_van(person), wijze, clock.now()))
    session.create()
    key = session.session_key
    assert key
    if isinstance(who, Client):
        who.cookies[settings.SESSION_COOKIE_NAME] = key
    else:
        host = urlsplit(who.url).hostname or "localhost"
        who.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": host, "path": "/", "httpOnly": True}]
        )
    return key
