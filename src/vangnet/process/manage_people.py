# SPDX-License-Identifier: EUPL-1.2
"""What an administrator does with people: invite, change, another function, a lost phone, leaving and coming back.

Every act goes through `access.accounts`, which asks the rights table and writes the log; here faults get the name of the
field, and what belongs together happens in one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from vangnet.access import accounts
from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Functie, Medewerker, Organisatie, Rol
from vangnet.access.rechten import may

from .invoer import gevonden
from .show_beheer import Persoonsregel, show_person
from .weigeringen import GeenRecht, OngeldigeInvoer

OPLEIDINGEN = ("", "MBO", "HBO", "HBO+", "WO")
NUMMER = re.compile(r"[+()\d][\d\s().+-]{1,28}\d")
"""A telephone number as people write it: 14 045, 112, (045) 123 45 67, +31 6 12345678."""


class Uitgenodigd(NamedTuple):
    """Who was invited, and the secret for `/uitnodiging/<secret>`; empty when he can sign in already."""

    medewerker_id: UUID
    geheim: str


class Vertrek(NamedTuple):
    """What of a leaver is still in his name: numbers only."""

    naam: str
    casussen: int
    taken: int


def invite_person(actor: Actor, op: datetime, velden: Mapping[str, str]) -> Uitgenodigd:
    """Invite somebody: `naam`, `email`, `organisatie` (id), `rol`, `opleiding`, `telefoon`.

    Errors: `OngeldigeInvoer` naming every field; `accounts.FunctieIsErAl`, `accounts.MagDitNiet`."""
    fouten = _persoonsfouten(velden)
    organisatie = _organisatie(actor, velden.get("organisatie", ""))
    if organisatie is None:
        fouten.append(("organisatie", gevonden(velden.get("organisatie", "")), "een organisatie van deze regio"))
    else:
        fouten += _rolfout(velden.get("rol", ""), organisatie)
    if fouten or organisatie is None:
        raise OngeldigeInvoer(*fouten)
    try:
        wie, geheim = accounts.invite(
            actor,
            organisatie.pk,
            velden.get("rol", ""),
            velden.get("email", ""),
            velden.get("naam", ""),
            op,
            telefoon=velden.get("telefoon", "").strip(),
            opleiding=velden.get("opleiding", ""),
        )
    except accounts.AdresKloptNiet:
        raise OngeldigeInvoer(("email", gevonden(velden.get("email", "")), EMAIL)) from None
    return Uitgenodigd(wie, geheim)


def update_person(actor: Actor, op: datetime, medewerker_id: UUID, velden: Mapping[str, str]) -> None:
    """Another name, number or qualification. What was kept under the former name stays as it was.

    Errors: `OngeldigeInvoer`, `accounts.MagDitNiet`, `accounts.MedewerkerOnbekend`."""
    _must(actor)
    if fouten := _persoonsfouten({**velden, "email": "x@x.nl"}):
        raise OngeldigeInvoer(*fouten)
    _known(actor, medewerker_id, op)
    nieuw = {naam: velden.get(naam, "").strip() for naam in ("naam", "telefoon", "opleiding")}
    with transaction.atomic():
        if Medewerker.objects.filter(pk=medewerker_id).exclude(**nieuw).update(**nieuw):
            note(actor, "wijzigen", "medewerker", op, toelichting=f"gegevens van {medewerker_id}")


def change_function(actor: Actor, op: datetime, functie_id: UUID, organisatie_id: str, rol: str) -> Uitgenodigd:
    """A person goes on in another function: the new one begins, the former ends, his sessions end.

    Errors: `OngeldigeInvoer`, and those of `accounts.invite` and `accounts.end_function`."""
    _must(actor)
    oud = Functie.objects.select_related("medewerker").filter(
        pk=functie_id, tot__isnull=True, organisatie__regio=actor.regio
    ).first()  # fmt: skip
    if oud is None:
        raise accounts.FunctieOnbekend
    organisatie = _organisatie(actor, organisatie_id)
    if organisatie is None:
        raise OngeldigeInvoer(("organisatie", gevonden(organisatie_id), "een organisatie van deze regio"))
    if fouten := _rolfout(rol, organisatie):
        raise OngeldigeInvoer(*fouten)
    with transaction.atomic():
        wie, geheim = accounts.invite(actor, organisatie.pk, rol, oud.medewerker.email, oud.medewerker.naam, op)
        accounts.end_function(actor, oud.pk, op)
    return Uitgenodigd(wie, geheim)


def leave(actor: Actor, op: datetime, medewerker_id: UUID) -> Vertrek:
    """A person leaves: every function he has in this region ends now, and so do his sessions. His name stays in the
    record. Returns how much is in his name still, for the coordinator of his organisation.

    Errors: those of `accounts.end_function`."""
    _must(actor)
    lopend = [f.id for f in _known(actor, medewerker_id, op).lopend]
    if not lopend:
        raise accounts.MedewerkerVertrokken
    with transaction.atomic():
        for functie_id in lopend:
            accounts.end_function(actor, functie_id, op)
        na = _known(actor, medewerker_id, op)
    return Vertrek(na.naam, na.casussen, na.taken)


def give_back(actor: Actor, op: datetime, medewerker_id: UUID, functie_id: UUID) -> Uitgenodigd:
    """Undo a leaving: the person gets a function back that he had. A key that was taken away does not come back: when he
    has no other function he gets an invitation, and begins anew.

    Errors: `accounts.FunctieOnbekend`, `accounts.FunctieIsErAl`, those of `accounts.invite`."""
    _must(actor)
    oud = next((f for f in _known(actor, medewerker_id, op).functies if f.id == functie_id and f.tot), None)
    if oud is None:
        raise accounts.FunctieOnbekend
    wie = Medewerker.objects.get(pk=medewerker_id)
    return Uitgenodigd(*accounts.invite(actor, oud.organisatie_id, oud.rol, wie.email, wie.naam, op))


EMAIL = "een e-mailadres, zoals voornaam.achternaam@organisatie.nl"


def _must(actor: Actor) -> None:
    if not may(actor.rol, accounts.BEHEREN):
        raise GeenRecht(merk=accounts.BEHEREN)


def _known(actor: Actor, medewerker_id: UUID, op: datetime) -> Persoonsregel:
    gezien = show_person(actor, medewerker_id, op)
    if gezien is None:
        raise accounts.MedewerkerOnbekend
    return gezien


def _organisatie(actor: Actor, sleutel: str) -> Organisatie | None:
    try:
        id_ = UUID(str(sleutel))
    except ValueError:
        return None
    return Organisatie.objects.filter(pk=id_, regio=actor.regio, actief=True).first()


def _rolfout(rol: str, organisatie: Organisatie) -> list[tuple[str, str, str]]:
    passend = [Rol(r).label for r, soorten in accounts.PAST_BIJ.items() if organisatie.soort in soorten]
    if rol in Rol.values and organisatie.soort in accounts.PAST_BIJ[rol]:
        return []
    naam = Rol(rol).label if rol in Rol.values else rol
    return [("rol", gevonden(naam), f"bij {organisatie.naam}: {', '.join(passend)}")]


def _persoonsfouten(velden: Mapping[str, str]) -> list[tuple[str, str, str]]:
    fouten = []
    naam, email = velden.get("naam", "").strip(), velden.get("email", "").strip()
    telefoon, opleiding = velden.get("telefoon", "").strip(), velden.get("opleiding", "")
    if not naam or len(naam) > 120:
        fouten.append(("naam", gevonden(naam), "een naam van hooguit 120 tekens"))
    if not email or len(email) > 254:
        fouten.append(("email", gevonden(email), EMAIL))
    if telefoon and not NUMMER.fullmatch(telefoon):
        fouten.append(("telefoon", gevonden(telefoon), "een telefoonnummer, zoals 06 12 34 56 78"))
    if opleiding not in OPLEIDINGEN:
        fouten.append(("opleiding", gevonden(opleiding), "MBO, HBO, HBO+ of WO, of leeg"))
    return fouten
