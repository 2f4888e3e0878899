# SPDX-License-Identifier: EUPL-1.2
"""A person's second factors: passkeys, an authenticator app, recovery codes. allauth keeps and judges them.

Its public views are not mounted; this module is the only one that touches its inner functions (besluiten/0009), so an
upgrade of allauth is a matter of this file and its tests.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import qrcode
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from .mfa import UnreadableSecret
from .models import Medewerker
from .weigering import Weigering

TOTP, SLEUTEL, HERSTEL = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
NIEUW_TOTP = "nieuw_totp"
"""Where a session keeps the secret of an authenticator app that is being added."""
LAST_STEP = "laatste_stap"
FAULTS = (ValidationError, ValueError, TypeError, KeyError, AttributeError, LookupError)
"""What the machinery raises on an answer of a browser that is not what it should be."""


class SleutelKloptNiet(Weigering):
    """Deze sleutel is hier niet bekend, of de aanmelding duurde te lang. Probeer het opnieuw."""


class CodeKloptNiet(Weigering):
    """Deze code klopt niet. Neem de code die nu in je app staat."""


class LaatsteFactor(Weigering):
    """Dit is je enige sleutel of app. Voeg eerst een andere toe, anders kom je niet meer binnen."""


class FactorBestaatNiet(Weigering):
    """Deze sleutel of app is er niet meer."""


class AppIsErAl(Weigering):
    """Je hebt al een app met codes. Haal die eerst weg."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor, as its owner sees it."""

    id: int
    soort: str
    """`totp` or `webauthn`."""
    naam: str
    sinds: datetime
    laatst: datetime | None


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code as one path, for an SVG in the page itself (no data: URI)."""

    pad: str
    zijde: int


def factors(medewerker_id: UUID) -> list[Factor]:
    """The passkeys and the app of a person, oldest first."""
    return [
        Factor(
            one.pk, one.type, one.data.get("name", "") if one.type == SLEUTEL else "", one.created_at, one.last_used_at
        )
        for one in Authenticator.objects.filter(user_id=medewerker_id, type__in=(TOTP, SLEUTEL)).order_by("created_at")
    ]


def people_with_factors() -> QuerySet[Any]:
    """The ids of everybody who has one, as a subquery for `id__in`."""
    return Authenticator.objects.filter(type__in=(TOTP, SLEUTEL)).values("user_id")


def kinds(medewerker_id: UUID) -> frozenset[str]:
    """Which kinds a person has: `totp`, `webauthn`, `recovery_codes`."""
    return frozenset(Authenticator.objects.filter(user_id=medewerker_id).values_list("type", flat=True))


def codes_left(medewerker_id: UUID) -> int:
    """How many recovery codes are unused."""
    row = Authenticator.objects.filter(user_id=medewerker_id, type=HERSTEL).first()
    try:
        return len(RecoveryCodes(row).get_unused_codes()) if row else 0
    except UnreadableSecret:
        return 0


# ---- codes -----------------------------------------------------------------------------------------------------


def check_code(medewerker_id: UUID, code: str, op: datetime) -> str:
    """Which factor this code belongs to: `totp` or `herstelcode`; each code works once, whichever process judges it.

    Raises CodeKloptNiet.
    """
    code = re.sub(r"\s", "", code)
    try:
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(user_id=medewerker_id, type=TOTP).first()
            step = _step_of(totp.decrypt(row.data["secret"]), code) if row else None
            if row and step is not None and step > row.data.get(LAST_STEP, 0):
                row.data[LAST_STEP] = step
                row.last_used_at = op
                row.save(update_fields=["data", "last_used_at"])
                return "totp"
        row = Authenticator.objects.filter(user_id=medewerker_id, type=HERSTEL).first()
        if row and RecoveryCodes(row).validate_code(code):
            Authenticator.objects.filter(pk=row.pk).update(last_used_at=op)
            return "herstelcode"
    except UnreadableSecret:
        pass
    raise CodeKloptNiet


def _step_of(secret: str, code: str) -> int | None:
    """The half minute to which a code of this secret belongs, when that is now or one beside it."""
    for step in totp.yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step))):
            return int(step)
    return None


def new_totp(session: Any, medewerker: Medewerker) -> tuple[str, Qr]:
    """The secret of an app that is being added (kept in the session until it is confirmed), and its QR code."""
    secret = session.get(NIEUW_TOTP)
    if not isinstance(secret, str):
        secret = session[NIEUW_TOTP] = totp.generate_totp_secret()
    return secret, _qr(get_adapter().build_totp_url(medewerker, secret))


@transaction.atomic
def confirm_totp(session: Any, medewerker: Medewerker, code: str) -> None:
    """Keep the app, now that it shows the right code. Raises CodeKloptNiet or AppIsErAl."""
    secret = session.get(NIEUW_TOTP)
    step = _step_of(secret, re.sub(r"\s", "", code)) if isinstance(secret, str) else None
    if step is None:
        raise CodeKloptNiet
    Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    if Authenticator.objects.filter(user_id=medewerker.pk, type=TOTP).exists():
        raise AppIsErAl
    row = totp.TOTP.activate(medewerker, secret).instance
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    session.pop(NIEUW_TOTP, None)


def new_recovery_codes(medewerker: Medewerker) -> list[str]:
    """Ten new recovery codes; the old ones no longer work. They are shown once."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=medewerker.pk, type=HERSTEL).delete()
        return list(RecoveryCodes.activate(medewerker).generate_codes())


def _qr(text: str) -> Qr:
    drawn = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    out = io.StringIO()
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                out.write(f"M{x} {y}h1v1h-1z")
    return Qr(out.getvalue(), len(rows))


# ---- passkeys --------------------------------------------------------------------------------------------------


def options_to_add(medewerker: Medewerker) -> dict[str, Any]:
    """What the browser needs to make a passkey. The challenge is kept in the session."""
    return webauthn.begin_registration(medewerker, passwordless=True)


def add_passkey(medewerker: Medewerker, naam: str, credential: Any) -> None:
    """Keep the passkey that the browser made. Raises SleutelKloptNiet."""
    try:
        webauthn.parse_registration_response(credential)
        made = webauthn.complete_registration(credential)
        if not made.is_user_verified():
            raise SleutelKloptNiet
    except FAULTS as fault:
        raise SleutelKloptNiet from fault
    webauthn.WebAuthn.add(medewerker, naam.strip()[:60], credential)


def options_to_prove(medewerker: Medewerker | None) -> dict[str, Any]:
    """What the browser needs to prove a passkey, of this person or of anyone. The challenge is kept in the session."""
    return webauthn.begin_authentication(medewerker)


def check_passkey(credential: Any, op: datetime, of: UUID | None = None) -> Medewerker:
    """Whose passkey answered; `of` says whose it must be. Raises SleutelKloptNiet."""
    if not isinstance(credential, Mapping):
        raise SleutelKloptNiet
    try:
        by_handle = webauthn.extract_user_from_response
        person = Medewerker.objects.get(pk=of) if of else by_handle(dict(credential))
        webauthn.parse_authentication_response(credential)
        row = webauthn.complete_authentication(person, dict(credential))
    except (*FAULTS, Medewerker.DoesNotExist) as fault:
        raise SleutelKloptNiet from fault
    finally:
        webauthn.clear_state()  # a challenge is asked once, whatever came back
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=op)
    found: Medewerker = person
    return found


def remove(medewerker: Medewerker, factor_id: int) -> str:
    """Take a factor away and say of what kind it was. Raises LaatsteFactor or FactorBestaatNiet."""
    with transaction.atomic():
        Medewerker.objects.select_for_update().get(pk=medewerker.pk)
        rows = {row.pk: row for row in Authenticator.objects.filter(user_id=medewerker.pk, type__in=(TOTP, SLEUTEL))}
        if factor_id not in rows:
            raise FactorBestaatNiet
        if len(rows) == 1:
            raise LaatsteFactor
        rows[factor_id].delete()
        return str(rows[factor_id].type)


def remove_all(medewerker_id: UUID) -> None:
    """Take every factor away: the phone is lost."""
    Authenticator.objects.filter(user_id=medewerker_id).delete()
