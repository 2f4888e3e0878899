# SPDX-License-Identifier: EUPL-1.2
"""Who gets an account, how he comes in the first time, and how access ends: for the screen Beheer and the command line.

Every function that somebody does takes `door`, the Actor who does it, asks the rights table whether he may, and leaves a
line in the log. None of them shows or touches a casus.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from . import factoren
from .actor import Actor
from .log import note
from .models import Eenmaalcode, Functie, Medewerker, Organisatie, Proefinstallatie, Rol, Soort, Uitnodiging
from .rechten import may
from .weigering import Weigering

BEHEREN = "medewerker.beheren"
UITNODIGING_GELDT = timedelta(days=7)
CODE_GELDT = timedelta(minutes=15)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What is read aloud over the phone at night: no 0 and O, no 1 and I."""

PAST_BIJ: dict[str, frozenset[str]] = {
    Rol.CRISISMEDEWERKER: frozenset({Soort.CRISISDIENST}),
    Rol.GEDRAGSWETENSCHAPPER: frozenset({Soort.CRISISDIENST}),
    Rol.PSYCHIATER: frozenset({Soort.CRISISDIENST}),
    Rol.COORDINATOR: frozenset({Soort.CRISISDIENST}),
    Rol.TOEGANGSMEDEWERKER: frozenset({Soort.TOEGANG}),
    Rol.JEUGDBESCHERMER: frozenset({Soort.GI}),
    Rol.MEDEWERKER_VEILIG_THUIS: frozenset({Soort.VEILIG_THUIS}),
    Rol.PLANNER: frozenset({Soort.ZORGAANBIEDER}),
    Rol.TAFELLID: frozenset({Soort.TAFEL}),
    Rol.BELEIDSMEDEWERKER: frozenset({Soort.REGIO, Soort.TOEGANG}),
    Rol.BEHEERDER: frozenset({Soort.REGIO}),
    Rol.FG: frozenset(Soort),
}
"""In which kinds of organisation a function exists."""


class MagDitNiet(Weigering):
    """Je functie mag dit niet."""


class BuitenJeRegio(Weigering):
    """Deze medewerker of organisatie hoort niet bij jouw regio."""


class BuitenJeOrganisatie(Weigering):
    """Je kunt dit alleen doen voor een collega van je eigen organisatie."""


class NietVoorJezelf(Weigering):
    """Dit kun je niet voor jezelf doen. Vraag een collega die het ook mag."""


class MedewerkerOnbekend(Weigering):
    """Deze medewerker is er niet."""


class MedewerkerVertrokken(Weigering):
    """Deze medewerker werkt hier niet meer. Geef eerst een nieuwe functie."""


class OrganisatieOnbekend(Weigering):
    """Deze organisatie is er niet, of doet niet meer mee."""


class FunctiePastNiet(Weigering):
    """Deze functie bestaat niet bij deze soort organisatie."""


class FunctieIsErAl(Weigering):
    """Deze medewerker heeft deze functie al bij deze organisatie."""


class FunctieOnbekend(Weigering):
    """Deze functie is er niet, of is al geëindigd."""


class AdresKloptNiet(Weigering):
    """Dit is geen e-mailadres."""


class NaamOntbreekt(Weigering):
    """Vul een naam in."""


class UitnodigingOngeldig(Weigering):
    """Deze uitnodiging is al gebruikt, verlopen of ingetrokken. Vraag een nieuwe aan wie je uitnodigde."""


class UitnodigingWacht(Weigering):
    """Deze uitnodiging is nog niet bevestigd. Vraag wie je uitnodigde om een tweede persoon; daarna werkt dit adres."""


class ZelfdeHand(Weigering):
    """Jij gaf deze collega een nieuwe uitnodiging. Laat een ander de code geven: wachtwoord en code komen niet uit één hand."""


class WachtwoordTeZwak(Weigering):
    """Dit wachtwoord is te makkelijk te raden.

    `redenen` in the details are the sentences of the validators.
    """


# ---- coming --------------------------------------------------------------------------------------------------------


def invite(
    door: Actor | None,
    organisatie_id: UUID,
    rol: str,
    email: str,
    naam: str,
    op: datetime,
    telefoon: str = "",
    opleiding: str = "",
) -> tuple[UUID, str]:
    """Give a person a function and, when he has no password yet, an invitation. Returns his id and the secret of the
    invitation for `/uitnodiging/<secret>` (empty when he can sign in already); the secret is nowhere else.

    A person is known by his address, whatever its capitals; his name and number are not changed. `door` is None only at
    the command line of the operator. Nobody gives himself a function. Raises MagDitNiet, OrganisatieOnbekend, BuitenJeRegio,
    FunctiePastNiet, FunctieIsErAl, AdresKloptNiet, NaamOntbreekt, NietVoorJezelf.
    """
    _must(door, BEHEREN)
    email, naam = email.strip(), naam.strip()
    try:
        validate_email(email)
    except ValidationError as fault:
        raise AdresKloptNiet from fault
    if not naam:
        raise NaamOntbreekt
    organisatie = Organisatie.objects.filter(pk=organisatie_id, actief=True).first()
    if organisatie is None:
        raise OrganisatieOnbekend
    if door and organisatie.regio != door.regio:
        raise BuitenJeRegio
    if rol not in PAST_BIJ or organisatie.soort not in PAST_BIJ[rol]:
        raise FunctiePastNiet(rol=rol, soort=organisatie.soort)
    with transaction.atomic():
        person = Medewerker.objects.select_for_update().filter(email__iexact=email).first()
        if door and person and person.pk == door.medewerker_id:
            raise NietVoorJezelf
        if person is None:
            person = Medewerker(email=email, naam=naam, telefoon=telefoon, opleiding=opleiding)
            person.set_unusable_password()
            person.save()
        elif not person.is_active:
            person.is_active = True
            person.set_unusable_password()  # who comes back, begins anew
            person.save()
        if Functie.objects.filter(medewerker=person, organisatie=organisatie, rol=rol, tot__isnull=True).exists():
            raise FunctieIsErAl
        Functie.objects.create(medewerker=person, organisatie=organisatie, rol=rol, van=op)
        secret = "" if person.has_usable_password() else _new_invitation(door, person, op)
        note(door, "toevoegen", "medewerker", op, toelichting=f"functie {rol} voor {person.pk}")
    return person.pk, secret


def invite_first_administrator(regio: str, organisatie: str, email: str, naam: str, op: datetime) -> str:
    """For the operator at the command line: the organisation of the region (made when it is not there) and an
    administrator in it. Returns the secret for `/uitnodiging/<secret>`, empty when he can sign in already.

    Raises OrganisatieOnbekend (the name belongs to another kind of organisation, or to one that left), FunctieIsErAl,
    AdresKloptNiet, NaamOntbreekt.
    """
    with transaction.atomic():
        place = Organisatie.objects.filter(regio=regio, naam__iexact=organisatie.strip()).first()
        if place is None:
            place = Organisatie.objects.create(regio=regio, soort=Soort.REGIO, naam=organisatie.strip())
        elif place.soort != Soort.REGIO:
            raise OrganisatieOnbekend
        return invite(None, place.pk, Rol.BEHEERDER, email, naam, op)[1]


def invite_again(door: Actor, medewerker_id: UUID, op: datetime) -> str:
    """A new invitation for a forgotten password or an expired invitation; earlier ones no longer work, and neither does
    the old password. Second factors stay. Returns the secret for `/uitnodiging/<secret>`.

    Raises MagDitNiet, MedewerkerOnbekend, BuitenJeRegio, MedewerkerVertrokken, NietVoorJezelf.
    """
    _must(door, BEHEREN)
    with transaction.atomic():
        person = _person_of(door, medewerker_id, op)
        person.set_unusable_password()
        person.save(update_fields=["password"])
        revoke(person.pk, op, door)
        secret = _new_invitation(door, person, op)
        note(door, "wijzigen", "medewerker", op, toelichting=f"nieuwe uitnodiging voor {person.pk}")
    return secret


def find_invitation(secret: str, op: datetime) -> Medewerker:
    """For whom this invitation is. Raises UitnodigingOngeldig, UitnodigingWacht."""
    found = _open_invitation(secret, op)
    _must_be_confirmed(found)
    return found.medewerker


def accept_invitation(secret: str, password: str, op: datetime, adres: str | None = None) -> Medewerker:
    """Set the password and use up the invitation; the caller starts the session.

    Raises UitnodigingOngeldig, UitnodigingWacht, WachtwoordTeZwak.
    """
    with transaction.atomic():
        found = _open_invitation(secret, op, lock=True)
        _must_be_confirmed(found)
        person = found.medewerker
        set_password(person, password)
        found.gebruikt_op = op
        found.save(update_fields=["gebruikt_op"])
        note(None, "wijzigen", "account", op, toelichting=f"uitnodiging aangenomen door {person.pk}", adres=adres)
    return person


def set_password(medewerker: Medewerker, password: str) -> None:
    """Set a password that the validators accept; every session of this person ends. Raises WachtwoordTeZwak."""
    try:
        password_validation.validate_password(password, medewerker)
    except ValidationError as fault:
        raise WachtwoordTeZwak(redenen=fault.messages) from fault
    medewerker.set_password(password)
    medewerker.sessienummer += 1
    medewerker.save(update_fields=["password", "sessienummer"])


# ---- going ---------------------------------------------------------------------------------------------------------


def revoke(medewerker_id: UUID, op: datetime, door: Actor | None = None) -> None:
    """End every session of a person at his next request, on every device. He may sign in again.

    Asks nothing of `door`: callers within this module have asked already; a screen calls `revoke_for`.
    """
    Medewerker.objects.filter(pk=medewerker_id).update(sessienummer=F("sessienummer") + 1)
    note(door, "intrekken", "account", op, toelichting=f"sessies van {medewerker_id}")


def revoke_for(door: Actor, medewerker_id: UUID, op: datetime) -> None:
    """What an administrator presses when a laptop is lost: end every session of a person of his region.

    Raises MagDitNiet, MedewerkerOnbekend, BuitenJeRegio.
    """
    _must(door, BEHEREN)
    with transaction.atomic():
        revoke(_person_of(door, medewerker_id, op, self_too=True).pk, op, door)


def reset_factors(door: Actor, medewerker_id: UUID, op: datetime) -> str:
    """The phone is lost at 03:00: take all second factors away, end all sessions, and give a code that stands in for
    the second factor once, for fifteen minutes. With it he reaches only his own account, to add a new factor.

    An administrator may do this in his region, a coordinator for a colleague of his own organisation; nobody for
    himself, nor who gave this person an invitation with which he did not come in himself yet. The caller reads the code aloud after calling back on the known number. Raises MagDitNiet,
    MedewerkerOnbekend, BuitenJeRegio, BuitenJeOrganisatie, MedewerkerVertrokken, NietVoorJezelf, ZelfdeHand.
    """
    if door.rol != Rol.COORDINATOR:
        _must(door, BEHEREN)
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    with transaction.atomic():
        person = _person_of(door, medewerker_id, op)
        if (
            door.rol == Rol.COORDINATOR
            and not _running(op).filter(medewerker=person, organisatie_id=door.organisatie_id).exists()
        ):
            raise BuitenJeOrganisatie
        if _uses_own_invitation(door, person, op):
            raise ZelfdeHand
        factoren.remove_all(person.pk)
        revoke(person.pk, op, door)
        Eenmaalcode.objects.filter(medewerker=person, gebruikt_op__isnull=True).update(gebruikt_op=op)
        Eenmaalcode.objects.create(
            medewerker=person, geheim=_hash(f"{person.pk}{code}"), door_id=door.medewerker_id, op=op,
            geldig_tot=op + CODE_GELDT,
        )  # fmt: skip
        note(door, "herstellen", "account", op, toelichting=f"eenmaalcode voor {person.pk}")
    return f"{code[:4]} {code[4:]}"


def use_one_time_code(medewerker_id: UUID, code: str, op: datetime) -> bool:
    """Whether this is the open one-time code of this person; it is used up by asking."""
    plain = "".join(code.split()).upper()
    return bool(
        Eenmaalcode.objects.filter(
            medewerker_id=medewerker_id, geheim=_hash(f"{medewerker_id}{plain}"), gebruikt_op__isnull=True,
            geldig_tot__gt=op,
        ).update(gebruikt_op=op)
    )  # fmt: skip


def end_function(door: Actor, functie_id: UUID, op: datetime) -> None:
    """A person leaves a function: it ends now, and so do his sessions. Without another running function he can no longer
    sign in at all, and his second factors and open invitations go too.

    Raises MagDitNiet, FunctieOnbekend, BuitenJeRegio, NietVoorJezelf.
    """
    _must(door, BEHEREN)
    with transaction.atomic():
        functie = (
            Functie.objects.select_for_update(of=("self",))
            .select_related("organisatie", "medewerker")
            .filter(pk=functie_id, tot__isnull=True)
            .first()
        )
        if functie is None:
            raise FunctieOnbekend
        if functie.organisatie.regio != door.regio:
            raise BuitenJeRegio
        if functie.medewerker_id == door.medewerker_id:
            raise NietVoorJezelf
        functie.tot = max(op, functie.van + timedelta(microseconds=1))
        functie.save(update_fields=["tot"])
        revoke(functie.medewerker_id, op, door)
        if not Functie.objects.filter(medewerker_id=functie.medewerker_id, tot__isnull=True).exists():
            Medewerker.objects.filter(pk=functie.medewerker_id).update(is_active=False)
            factoren.remove_all(functie.medewerker_id)
            Uitnodiging.objects.filter(medewerker_id=functie.medewerker_id, gebruikt_op__isnull=True).update(
                gebruikt_op=op
            )
        note(door, "beëindigen", "medewerker", op, toelichting=f"functie {functie.rol} van {functie.medewerker_id}")


# ---- the demo ------------------------------------------------------------------------------------------------------


def mark_as_demo(op: datetime) -> None:
    """Say that the demo made this database. Only the filler of the demo calls this, on a database that it made."""
    Proefinstallatie.objects.get_or_create(pk=1, defaults={"op": op})


def is_demo() -> bool:
    """Whether one-click sign-in exists here: the setting is on and the demo made this database. Asked at every use."""
    return bool(settings.DEMO) and Proefinstallatie.objects.exists()


# ---- shared --------------------------------------------------------------------------------------------------------


def _must(door: Actor | None, merk: str) -> None:
    if door is not None and not may(door.rol, merk):
        raise MagDitNiet


def _running(op: datetime) -> QuerySet[Functie]:
    return Functie.objects.filter(Q(tot__isnull=True) | Q(tot__gt=op), van__lte=op)


def _person_of(door: Actor, medewerker_id: UUID, op: datetime, self_too: bool = False) -> Medewerker:
    """The person, locked, when he works in the region of `door` and still works here."""
    person = Medewerker.objects.select_for_update().filter(pk=medewerker_id).first()
    if person is None:
        raise MedewerkerOnbekend
    if not _running(op).filter(medewerker=person, organisatie__regio=door.regio).exists():
        once = Functie.objects.filter(medewerker=person, organisatie__regio=door.regio).exists()
        raise MedewerkerVertrokken if once else BuitenJeRegio
    if not person.is_active:
        raise MedewerkerVertrokken
    if person.pk == door.medewerker_id and not self_too:
        raise NietVoorJezelf
    return person


def _new_invitation(door: Actor | None, person: Medewerker, op: datetime) -> str:
    Uitnodiging.objects.filter(medewerker=person, gebruikt_op__isnull=True).update(gebruikt_op=op)
    secret = secrets.token_urlsafe(32)
    Uitnodiging.objects.create(
        medewerker=person, geheim=_hash(secret), door_id=door.medewerker_id if door else None, op=op,
        geldig_tot=op + UITNODIGING_GELDT,
    )  # fmt: skip
    return secret


def came_in(medewerker_id: UUID, op: datetime) -> None:
    """A person came in with his password and a second factor: who invited him knows that password no longer."""
    Uitnodiging.objects.filter(
        medewerker_id=medewerker_id, gebruikt_op__isnull=False, afgerond_op__isnull=True
    ).update(afgerond_op=op)  # fmt: skip


def _uses_own_invitation(door: Actor, person: Medewerker, op: datetime) -> bool:
    """Whether an invitation by `door` still leads, or led, to the password of this person: with a code besides, he alone
    would have the whole account."""
    van_hem = Uitnodiging.objects.filter(medewerker=person, door_id=door.medewerker_id, afgerond_op__isnull=True)
    return van_hem.filter(Q(gebruikt_op__isnull=False) | Q(geldig_tot__gt=op)).exists()


def _must_be_confirmed(found: Uitnodiging) -> None:
    """With a second factor of his own it is still the person himself who comes in; without one the invitation is the whole
    key, and takes a second person."""
    if found.door_id and found.bevestigd_op is None and not factoren.factors(found.medewerker_id):
        raise UitnodigingWacht


def _open_invitation(secret: str, op: datetime, lock: bool = False) -> Uitnodiging:
    rows = Uitnodiging.objects.select_related("medewerker")
    if lock:
        rows = rows.select_for_update()
    found = rows.filter(
        geheim=_hash(secret), gebruikt_op__isnull=True, geldig_tot__gt=op, medewerker__is_active=True
    ).first()
    if found is None:
        raise UitnodigingOngeldig
    return found


def _hash(secret: str) -> str:
    return salted_hmac("vangnet.access.accounts", secret, algorithm="sha256").hexdigest()
