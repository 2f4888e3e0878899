# SPDX-License-Identifier: EUPL-1.2
"""The organisations of a region: add one, put its numbers right, take it out of the lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet

from vangnet.access import accounts
from vangnet.access.actor import Actor
from vangnet.access.log import note
from vangnet.access.models import Functie, Organisatie, Rol, Soort
from vangnet.access.rechten import may
from vangnet.access.weigering import Weigering

from .invoer import Onleesbaar, gevonden, tekst
from .manage_people import NUMMER
from .show_beheer import municipalities
from .weigeringen import GeenRecht, OngeldigeInvoer

MERK = "organisatie.beheren"
VELDEN = ("naam", "soort", "gemeente", "telefoon", "telefoon_buiten", "bereikbaar", "postbus")
SOORTEN: tuple[tuple[str, str], ...] = tuple((str(soort), str(naam)) for soort, naam in Soort.choices)
"""The kinds of organisations, each with its name."""
Fouten = list[tuple[str, str, str]]


class OrganisatieOnbekend(Weigering):
    """Deze organisatie is er niet in jouw regio."""


class HeeftNogRegie(Weigering):
    """Deze organisatie heeft nog de regie in lopende casussen. Draag die eerst over.

    `details`: aantal."""


def save_organisation(actor: Actor, op: datetime, organisatie_id: UUID | None, velden: Mapping[str, str]) -> UUID:
    """Add an organisation (`organisatie_id` None) or change one; `velden` are those of `VELDEN` and `actief` (ja, nee).
    Returns its id.

    Errors: `OngeldigeInvoer` naming every field, `OrganisatieOnbekend`, `HeeftNogRegie`, `GeenRecht`."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    with transaction.atomic():
        rij = Organisatie(regio=actor.regio)
        if organisatie_id is not None:
            gezocht = Organisatie.objects.select_for_update().filter(pk=organisatie_id, regio=actor.regio).first()
            if gezocht is None:
                raise OrganisatieOnbekend
            rij = gezocht
        waarden, fouten = check_organisation(actor.regio, velden, rij)
        if fouten:
            raise OngeldigeInvoer(*fouten)
        actief = velden.get("actief", "ja") == "ja"
        if rij.actief and not actief:
            _refuse_leading(rij)
        anders = [naam for naam, waarde in {**waarden, "actief": actief}.items() if getattr(rij, naam) != waarde]
        nieuw = rij._state.adding
        if not anders and not nieuw:
            return rij.pk
        for naam, waarde in waarden.items():
            setattr(rij, naam, waarde)
        rij.actief = actief
        rij.save()
        wat = "toevoegen" if nieuw else "wijzigen"
        note(actor, wat, "organisatie", op, toelichting=f"{rij.pk}: {', '.join(anders)}")
    return rij.pk


def check_organisation(
    regio: str, velden: Mapping[str, str], rij: Organisatie | None = None
) -> tuple[dict[str, str], Fouten]:
    """The values of an organisation as they can be kept, and every fault: field, found, expected. `rij` is the
    organisation as it stands, when there is one."""
    fouten: Fouten = []
    waarden: dict[str, str] = {}
    hooguit = {"naam": 120, "gemeente": 80, "telefoon": 30, "telefoon_buiten": 30, "bereikbaar": 200, "postbus": 254}
    for naam in VELDEN:
        try:
            waarden[naam] = " ".join(tekst(hooguit.get(naam, 60))(velden.get(naam, "") or "").split())
        except Onleesbaar as fout:
            fouten.append((naam, gevonden(velden.get(naam)), str(fout)))
            waarden[naam] = ""
    gezien = {veld for veld, _, _ in fouten}
    bestaand = rij if rij is not None and not rij._state.adding else None
    anderen = Organisatie.objects.filter(regio=regio)
    if bestaand is not None:
        anderen = anderen.exclude(pk=bestaand.pk)
    if "naam" not in gezien:
        if not waarden["naam"]:
            fouten.append(("naam", "niets", "een naam van hooguit 120 tekens"))
        elif anderen.filter(naam__iexact=waarden["naam"]).exists():
            fouten.append(("naam", gevonden(waarden["naam"]), "een naam die nog niet in deze regio voorkomt"))
    fouten += _soort(waarden, bestaand)
    fouten += _gemeente(regio, waarden, anderen)
    for naam in ("telefoon", "telefoon_buiten"):
        if waarden[naam] and not NUMMER.fullmatch(waarden[naam]):
            fouten.append((naam, gevonden(waarden[naam]), "een telefoonnummer, zoals 045 123 45 67"))
    if waarden["postbus"]:
        try:
            validate_email(waarden["postbus"])
        except ValidationError:
            fouten.append(("postbus", gevonden(waarden["postbus"]), "een e-mailadres, of leeg"))
    return waarden, fouten


def _soort(waarden: dict[str, str], bestaand: Organisatie | None) -> Fouten:
    soort = waarden["soort"].casefold().replace(" ", "_")
    namen = {label.casefold().replace(" ", "_"): waarde for waarde, label in Soort.choices}
    soort = namen.get(soort, soort)
    if soort not in Soort.values:
        return [
            ("soort", gevonden(waarden["soort"]) if waarden["soort"] else "niets", f"één van {', '.join(Soort.values)}")
        ]
    waarden["soort"] = soort
    if bestaand is not None and bestaand.soort != soort:
        rollen = set(Functie.objects.filter(organisatie=bestaand, tot__isnull=True).values_list("rol", flat=True))
        niet = sorted(Rol(rol).label for rol in rollen if soort not in accounts.PAST_BIJ[rol])
        if niet:
            return [("soort", Soort(soort).label, f"een soort waar ook dit bestaat: {', '.join(niet)}")]
    return []


def _gemeente(regio: str, waarden: dict[str, str], anderen: QuerySet[Organisatie]) -> Fouten:
    naam = waarden["gemeente"]
    if waarden["soort"] not in Soort.values:
        return []
    if waarden["soort"] != Soort.TOEGANG:
        waarden["gemeente"] = ""
        return (
            [("gemeente", gevonden(naam), "niets: alleen een gemeentelijke toegang hoort bij een gemeente")]
            if naam
            else []
        )
    bekend = {g.casefold(): g for g in municipalities(regio)}
    if not naam:
        return [("gemeente", "niets", "de gemeente waarvan dit de toegang is")]
    if bekend and naam.casefold() not in bekend:
        return [("gemeente", gevonden(naam), f"een gemeente van deze regio: {', '.join(bekend.values())}")]
    waarden["gemeente"] = bekend.get(naam.casefold(), naam)
    dubbel = Organisatie.objects.filter(
        pk__in=anderen.values("pk"), soort=Soort.TOEGANG, actief=True, gemeente__iexact=naam
    ).first()  # fmt: skip
    if dubbel is not None:
        return [
            ("gemeente", gevonden(naam), f"een gemeente zonder toegang; {dubbel.naam} is die van {dubbel.gemeente}")
        ]
    return []


def _refuse_leading(rij: Organisatie) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_regies(%s)", [rij.pk])
        (aantal,) = cursor.fetchone()
    if aantal:
        raise HeeftNogRegie(aantal=aantal)
