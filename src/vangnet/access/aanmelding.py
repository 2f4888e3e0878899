# SPDX-License-Identifier: EUPL-1.2
"""Signing in, locking, unlocking and signing out: what happens to the session of a request, and to the log.

First the password, then a second factor; a passkey alone is both. In between the session only knows whose password was
right, and for ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from . import accounts, factoren, pogingen, sessie
from .actor import Actor
from .log import note
from .middleware import Aanwezig, actor_for, address_of
from .models import Functie, Medewerker, Rol
from .weigering import Weigering

HALF_GELDT = 600
"""Seconds between password and second factor."""
BEVESTIGD_GELDT = 600
"""Seconds after a second factor in which somebody may change his own factors without showing one again."""


OPNIEUW_GELDT = 120
"""Seconds in which a passkey that was shown anew is used, once."""


class AanmeldenLuktNiet(Weigering):
    """Dit e-mailadres en wachtwoord kloppen niet samen. Kijk na wat je typte."""


class OpnieuwBeginnen(Weigering):
    """Het aanmelden duurde te lang. Begin opnieuw met je wachtwoord."""


class GeenFunctie(Weigering):
    """Je hebt op dit moment geen functie in Vangnet. Vraag het de beheerder van je regio."""


class GeenProef(Weigering):
    """Dit is geen proefinstallatie."""


class FunctieNietVanJou(Weigering):
    """Deze functie heb je niet, of niet meer."""


# ---- in ------------------------------------------------------------------------------------------------------------


def give_password(request: HttpRequest, email: str, password: str, op: datetime) -> None:
    """The first step. After it `awaiting` knows who it is. Raises AanmeldenLuktNiet or TeVaakGeprobeerd, in the same way
    whether the address is known here or not."""
    try:
        pogingen.begin(email, op)
    except pogingen.TeVaakGeprobeerd:
        _note_failure(request, _known(email), op, "te vaak geprobeerd")
        raise
    person = _known(email)
    if person is None:
        Medewerker().set_password(password)  # as much work as for somebody who is known
        _note_failure(request, None, op, "adres onbekend")
        raise AanmeldenLuktNiet
    if not person.check_password(password) or not person.is_active or not _functions(person.pk, op).exists():
        _note_failure(request, person, op, "wachtwoord")
        raise AanmeldenLuktNiet
    pogingen.give_back(email)
    _wait_for_factor(request, person, op)


def awaiting(request: HttpRequest, op: datetime) -> Medewerker:
    """Whose password was right a moment ago. Raises OpnieuwBeginnen."""
    half = request.session.get(sessie.HALF)
    if isinstance(half, dict) and 0 <= op.timestamp() - half.get("op", 0) < HALF_GELDT:
        found = Medewerker.objects.filter(pk=half.get("wie"), sessienummer=half.get("nummer"), is_active=True).first()
        if found:
            return found
    request.session.pop(sessie.HALF, None)
    raise OpnieuwBeginnen


def give_code(request: HttpRequest, code: str, op: datetime) -> None:
    """The second step: a code of the app, a recovery code, or the one-time code of an administrator. Signs in.

    Raises OpnieuwBeginnen, CodeKloptNiet, TeVaakGeprobeerd, GeenFunctie.
    """
    person = awaiting(request, op)
    _start(request, person, _judged_code(request, person, code, op, one_time=True), op)


def options_for_passkey(request: HttpRequest, op: datetime) -> dict[str, Any]:
    """What the browser needs to sign in with a passkey: of the person whose password was right, else of anyone."""
    try:
        return factoren.options_to_prove(awaiting(request, op))
    except OpnieuwBeginnen:
        return factoren.options_to_prove(None)


def give_passkey(request: HttpRequest, credential: Any, op: datetime) -> None:
    """Sign in with a passkey, with or without a password before it. No number of failures locks this road: there is
    nothing to guess. Raises SleutelKloptNiet or GeenFunctie."""
    try:
        person = factoren.check_passkey(credential, op)
    except factoren.SleutelKloptNiet:
        _note_failure(request, None, op, "sleutel")
        raise
    if not person.is_active:
        _note_failure(request, person, op, "geen functie")
        raise GeenFunctie
    _start(request, person, "sleutel", op)


def take_invitation(request: HttpRequest, secret: str, password: str, op: datetime) -> bool:
    """Accept an invitation. True when the person is in, to add his first second factor; False when he has one already
    and must show it now. Raises UitnodigingOngeldig, WachtwoordTeZwak, GeenFunctie."""
    person = accounts.accept_invitation(secret, password, op, address_of(request))
    if factoren.factors(person.pk):
        _wait_for_factor(request, person, op)
        return False
    _start(request, person, "uitnodiging", op)
    return True


def sign_in_for_demo(request: HttpRequest, medewerker_id: UUID, op: datetime) -> None:
    """Sign in with one click, as second factor too; only where `accounts.is_demo`. Raises GeenProef or GeenFunctie."""
    if not accounts.is_demo():
        raise GeenProef
    person = Medewerker.objects.filter(pk=medewerker_id, is_active=True).first()
    if person is None:
        raise GeenFunctie
    _start(request, person, "proef", op)


def people_of_the_demo(op: datetime) -> list[dict[str, Any]]:
    """Everyone who can sign in with one click, by region and organisation. Raises GeenProef."""
    if not accounts.is_demo():
        raise GeenProef
    regions: dict[str, dict[str, Any]] = {}
    rows = _running(op).select_related("medewerker", "organisatie").filter(medewerker__is_active=True)
    for functie in rows.order_by("organisatie__regio", "organisatie__soort", "organisatie__naam", "medewerker__naam"):
        bij = functie.organisatie
        region = regions.setdefault(bij.regio, {"regio": bij.regio, "organisaties": {}})
        place = region["organisaties"].setdefault(
            bij.pk, {"naam": bij.naam, "soort": bij.get_soort_display(), "mensen": []}
        )
        place["mensen"].append(
            {"id": functie.medewerker_id, "naam": functie.medewerker.naam, "rol": Rol(functie.rol).label}
        )
    return [region | {"organisaties": list(region["organisaties"].values())} for region in regions.values()]


# ---- the lock, and out ---------------------------------------------------------------------------------------------


def lock(request: HttpRequest, present: Aanwezig, op: datetime, why: str = "zelf") -> None:
    """Lock the session now, unless there is nothing yet to unlock it with."""
    if not present.op_slot and not present.voorlopig:
        request.session[sessie.SLOT] = present.op_slot = True
        note(present.actor, "slot", "account", op, toelichting=why)


def unlock_with_code(request: HttpRequest, present: Aanwezig, code: str, op: datetime) -> None:
    """Raises CodeKloptNiet or TeVaakGeprobeerd."""
    _judged_code(request, present.medewerker, code, op, present.actor)
    _unlock(request, present, op, "code")


def unlock_with_passkey(request: HttpRequest, present: Aanwezig, credential: Any, op: datetime) -> None:
    """Raises SleutelKloptNiet."""
    try:
        factoren.check_passkey(credential, op, of=present.medewerker.pk)
    except factoren.SleutelKloptNiet:
        note(present.actor, "ontgrendelen", "account", op, geslaagd=False, toelichting="sleutel")
        raise
    _unlock(request, present, op, "sleutel")


def unlock_for_demo(request: HttpRequest, present: Aanwezig, op: datetime) -> None:
    """One click, for who came in with one click. Raises GeenProef."""
    if not present.proef or not accounts.is_demo():
        raise GeenProef
    _unlock(request, present, op, "proef")


def sign_out(request: HttpRequest, present: Aanwezig | None, op: datetime) -> None:
    """End this session; those on other devices go on."""
    if present:
        note(present.actor, "afmelden", "account", op)
    request.session.flush()
    asked: Any = request
    asked.actor = asked.aanwezig = None


# ---- the own account -----------------------------------------------------------------------------------------------


def confirmed(request: HttpRequest, present: Aanwezig, op: datetime) -> bool:
    """Whether this person showed a second factor a short while ago, or has none to show yet."""
    recent = sessie.seconds_since(request.session, sessie.BEVESTIGD, op) < BEVESTIGD_GELDT
    return recent or present.voorlopig


def prove_again(request: HttpRequest, present: Aanwezig, credential: Any, op: datetime) -> None:
    """Show a passkey for one act that follows within `OPNIEUW_GELDT` seconds (`confirm_again`). Raises SleutelKloptNiet."""
    try:
        factoren.check_passkey(credential, op, of=present.medewerker.pk)
    except factoren.SleutelKloptNiet:
        note(present.actor, "bevestigen", "account", op, geslaagd=False, toelichting="sleutel")
        raise
    request.session[sessie.OPNIEUW] = int(op.timestamp())


def confirm_again(request: HttpRequest, present: Aanwezig, code: str, op: datetime, click: bool = False) -> str:
    """Show a second factor once more for this one act, however short ago the last one was: a passkey that was just proved, a
    code, or in the demo a click. Says which. Raises CodeKloptNiet or TeVaakGeprobeerd."""
    proved = 0 <= sessie.seconds_since(request.session, sessie.OPNIEUW, op) < OPNIEUW_GELDT
    request.session.pop(sessie.OPNIEUW, None)
    if proved:
        return "sleutel"
    if click and present.proef and accounts.is_demo():
        return "proef"
    if not code.strip():
        raise factoren.CodeKloptNiet
    return _judged_code(request, present.medewerker, code, op, present.actor)


def factor_added(request: HttpRequest, present: Aanwezig, soort: str, op: datetime) -> None:
    """Note a new factor; who came in by invitation or one-time code is in for real from here on."""
    note(present.actor, "toevoegen", "account", op, toelichting=soort)
    if present.voorlopig:
        accounts.came_in(present.medewerker.pk, op)
        request.session.cycle_key()
        request.session[sessie.WIJZE] = present.wijze = soort
        request.session[sessie.BEVESTIGD] = int(op.timestamp())


def factor_changed(present: Aanwezig, what: str, op: datetime) -> None:
    """Note a change of the own factors."""
    note(present.actor, "wijzigen", "account", op, toelichting=what)


def own_functions(present: Aanwezig, op: datetime) -> list[dict[str, Any]]:
    """The running functions of this person; `nu` marks the one in which he works."""
    return [
        {
            "id": one.pk,
            "rol": Rol(one.rol).label,
            "organisatie": one.organisatie.naam,
            "nu": one.pk == present.functie.pk,
        }
        for one in _functions(present.medewerker.pk, op)
    ]


def switch_function(request: HttpRequest, present: Aanwezig, functie_id: UUID, op: datetime) -> None:
    """Go on in another function of one's own. Raises FunctieNietVanJou."""
    found = _functions(present.medewerker.pk, op).filter(pk=functie_id).first()
    if found is None:
        raise FunctieNietVanJou
    request.session[sessie.FUNCTIE] = str(found.pk)
    note(actor_for(found, present.actor.adres), "wijzigen", "account", op, toelichting="andere functie")


def change_password(request: HttpRequest, present: Aanwezig, old: str, new: str, op: datetime) -> None:
    """A new password; every other session of this person ends. Raises AanmeldenLuktNiet, TeVaakGeprobeerd,
    WachtwoordTeZwak."""
    person = present.medewerker
    pogingen.begin(person.email, op)
    if not person.check_password(old):
        note(present.actor, "wijzigen", "account", op, geslaagd=False, toelichting="wachtwoord")
        raise AanmeldenLuktNiet
    pogingen.give_back(person.email)
    accounts.set_password(person, new)
    request.session.update({sessie.NUMMER: person.sessienummer})
    request.session[sessie.HASH_SESSION_KEY] = person.get_session_auth_hash()
    note(present.actor, "wijzigen", "account", op, toelichting="wachtwoord")


# ---- shared --------------------------------------------------------------------------------------------------------


def _known(email: str) -> Medewerker | None:
    return Medewerker.objects.filter(email__iexact=email.strip()).first()


def _running(op: datetime) -> QuerySet[Functie]:
    return Functie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op, organisatie__actief=True)


def _functions(medewerker_id: UUID, op: datetime) -> QuerySet[Functie]:
    rows = _running(op).select_related("medewerker", "organisatie").filter(medewerker_id=medewerker_id)
    return rows.order_by("van", "id")


def _wait_for_factor(request: HttpRequest, person: Medewerker, op: datetime) -> None:
    request.session.flush()  # nothing of an earlier person or visit goes along
    request.session[sessie.HALF] = {"wie": str(person.pk), "op": int(op.timestamp()), "nummer": person.sessienummer}


def _judged_code(
    request: HttpRequest,
    person: Medewerker,
    code: str,
    op: datetime,
    actor: Actor | None = None,
    one_time: bool = False,
) -> str:
    """How this code was right; every failure counts against this one person. Raises CodeKloptNiet, TeVaakGeprobeerd."""
    fail: Callable[[str], None] = (
        (lambda why: note(actor, "ontgrendelen", "account", op, geslaagd=False, toelichting=why))
        if actor
        else (lambda why: _note_failure(request, person, op, why))
    )
    try:
        pogingen.begin(person.email, op)
    except pogingen.TeVaakGeprobeerd:
        fail("te vaak geprobeerd")
        raise
    try:
        wijze = factoren.check_code(person.pk, code, op)
    except factoren.CodeKloptNiet:
        if not (one_time and accounts.use_one_time_code(person.pk, code, op)):
            fail("code")
            raise
        wijze = "eenmalig"
    pogingen.clear(person.email)
    return wijze


def _start(request: HttpRequest, person: Medewerker, wijze: str, op: datetime) -> None:
    """Begin the session in the first running function of this person. Raises GeenFunctie."""
    functie = _functions(person.pk, op).first()
    if functie is None:
        _note_failure(request, person, op, "geen functie")
        raise GeenFunctie
    half = request.session.get(sessie.HALF)
    by_password = isinstance(half, dict) and half.get("wie") == str(person.pk)
    request.session.flush()  # a session that stood open before, of whomever, ends here
    login(request, person, backend=sessie.BACKEND)
    request.session.update(sessie.words(person, functie, wijze, op))
    pogingen.clear(person.email)
    if by_password and wijze not in sessie.VOORLOPIG:
        accounts.came_in(person.pk, op)
    note(actor_for(functie, address_of(request)), "aanmelden", "account", op, toelichting=wijze)


def _unlock(request: HttpRequest, present: Aanwezig, op: datetime, how: str) -> None:
    session = request.session
    session.cycle_key()
    session.pop(sessie.SLOT, None)
    session[sessie.ACTIEF] = session[sessie.BEVESTIGD] = int(op.timestamp())
    present.op_slot = False
    note(present.actor, "ontgrendelen", "account", op, toelichting=how)


def _note_failure(request: HttpRequest, person: Medewerker | None, op: datetime, why: str) -> None:
    """A failed sign-in, under the name of whom it concerns when he is known."""
    functie = _functions(person.pk, op).first() if person else None
    address = address_of(request)
    actor = actor_for(functie, address) if functie else None
    note(actor, "aanmelden", "account", op, geslaagd=False, toelichting=why, adres=address)
