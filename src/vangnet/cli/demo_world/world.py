# SPDX-License-Identifier: EUPL-1.2
"""Organisations and people of a region of the demo, from the files in `demo/wereld`, with duties and closing days."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import tomli

from vangnet.access.actor import Actor
from vangnet.access.models import Functie, Medewerker, Organisatie, Sluitingsdag
from vangnet.capacity.models import Dienst
from vangnet.policy.bronnen import WORTEL
from vangnet.process import current_register
from vangnet.process.give_advice import gemeenten_op
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM

MAP = WORTEL / "demo" / "wereld"
REGIOS = ("zuid-limburg", "noord-en-midden-limburg", "lekstroom")
"""The regions of the demo; the first is filled before the server begins."""
VAN = timedelta(days=3 * 365)
"""How long before the filling everybody began."""
DIENSTEN = ((time(7), time(15)), (time(15), time(23)), (time(23), time(7)))
"""The three duties of a day."""


@dataclass
class Wereld:
    """The organisations of a region and the people who act in them."""

    regio: str
    dienst: Organisatie
    organisaties: list[Organisatie]
    actoren: dict[UUID, list[Actor]] = field(default_factory=dict)
    """Per organisation who works there."""

    def van_soort(self, soort: str) -> list[Organisatie]:
        """The organisations of a kind, in the order of the file."""
        return [o for o in self.organisaties if o.soort == soort]

    def actor(self, organisatie: Organisatie | UUID) -> Actor | None:
        """The first person of an organisation; None when nobody works there in the demo."""
        id_ = organisatie if isinstance(organisatie, UUID) else organisatie.id
        return next(iter(self.actoren.get(id_, ())), None)

    def met_rol(self, rol: str) -> list[Actor]:
        """Everybody of the region with this function."""
        return [a for rij in self.actoren.values() for a in rij if a.rol == rol]

    def toegang(self, gemeente: str) -> Organisatie:
        """The access of a municipality. Raises StopIteration when the region has none."""
        return next(o for o in self.van_soort("toegang") if o.gemeente == gemeente)

    @property
    def bemande_gemeenten(self) -> list[str]:
        """The municipalities whose access has somebody who can answer."""
        return [o.gemeente for o in self.van_soort("toegang") if self.actor(o)]


@lru_cache(maxsize=8)
def lees(naam: str) -> dict[str, Any]:
    """One file of `demo/wereld`."""
    return tomli.loads((MAP / f"{naam}.toml").read_text(encoding="utf-8"))


def exists(regio: str) -> bool:
    """Whether this region has been filled."""
    return Organisatie.objects.filter(regio=regio).exists()


def build_world(regio: str, op: datetime) -> Wereld:
    """Make the organisations, people, duties and closing days of a region; inside a transaction of the caller."""
    plan = lees(regio)
    afspraken = current_register().op(regio, op)
    organisaties: list[Organisatie] = []
    mensen: list[tuple[dict[str, str], Organisatie]] = []
    for ruw in plan["organisatie"]:
        woorden = {k: v for k, v in ruw.items() if k != "mensen"}
        woorden.setdefault("naam", afspraken.regio.dienst)
        organisatie = Organisatie(regio=regio, **woorden)
        organisaties.append(organisatie)
        mensen += [(mens, organisatie) for mens in ruw["mensen"]]
    for nummer, gemeente in enumerate(gemeenten_op(afspraken, lokaal(op).date()), 10):
        toegang = Organisatie(
            regio=regio,
            soort="toegang",
            naam=plan["toegang"].format(gemeente=gemeente.naam),
            gemeente=gemeente.naam,
            telefoon=plan["telefoon_toegang"].format(nummer=nummer),
            bereikbaar="Werkdagen van 09.00 tot 17.00 uur",
            postbus=f"toegang.{_slak(gemeente.naam)}@voorbeeld.test",
        )
        organisaties.append(toegang)
        mensen += [
            ({"naam": n, "rol": "toegangsmedewerker"}, toegang)
            for n in plan["medewerkers_toegang"].get(gemeente.naam, ())
        ]
    Organisatie.objects.bulk_create(organisaties)
    wereld = Wereld(regio, organisaties[0], organisaties)
    for mens, organisatie in mensen:
        wereld.actoren.setdefault(organisatie.id, []).append(_person(mens, organisatie, op - VAN))
    _duties(wereld, op)
    _closing_days(wereld, plan["sluitingen"], op)
    return wereld


def _person(mens: dict[str, str], organisatie: Organisatie, van: datetime) -> Actor:
    persoon = Medewerker(
        email=f"{_slak(mens['naam'])}@voorbeeld.test",
        naam=mens["naam"],
        opleiding=mens.get("opleiding", ""),
        telefoon=organisatie.telefoon,
    )
    persoon.set_unusable_password()
    persoon.save()
    Functie.objects.create(medewerker=persoon, organisatie=organisatie, rol=mens["rol"], van=van)
    return Actor(
        medewerker_id=persoon.id,
        naam=persoon.naam,
        organisatie_id=organisatie.id,
        organisatie=organisatie.naam,
        soort=organisatie.soort,
        rol=mens["rol"],
        regio=organisatie.regio,
        gemeente=organisatie.gemeente,
        opleiding=persoon.opleiding,
    )


def _slak(naam: str) -> str:
    schoon = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return "".join(c if c.isalnum() else "." for c in schoon).strip(".")


def _duties(wereld: Wereld, op: datetime) -> None:
    """From yesterday until a week ahead: who is called first, who stands behind, and who leads the service by day."""
    per_rol = {
        rol: [a for a in wereld.actoren[wereld.dienst.id] if a.rol == rol]
        for rol in ("crisismedewerker", "coordinator", "gedragswetenschapper", "psychiater")
    }
    werkers = per_rol["crisismedewerker"]
    vandaag = lokaal(op).date()
    rijen: list[Dienst] = []
    for n in range(-1, 8):
        dag = vandaag + timedelta(days=n)
        for m, (begin, einde) in enumerate(DIENSTEN):
            van, tot = _op(dag, begin), _op(dag if einde > begin else dag + timedelta(days=1), einde)
            beurt = (n + 1) * len(DIENSTEN) + m
            for plaats, taak in enumerate(("voorwacht", "achterwacht")):
                rijen.append(_duty(wereld, werkers[(beurt + plaats) % len(werkers)], taak, van, tot))
        for rol, begin, einde in (
            ("coordinator", time(8), time(18)),
            ("gedragswetenschapper", time(9), time(21)),
            ("psychiater", time(8), time(23)),
        ):
            rijen.append(_duty(wereld, per_rol[rol][0], rol, _op(dag, begin), _op(dag, einde)))
    Dienst.objects.bulk_create(rijen)


def _duty(wereld: Wereld, wie: Actor, taak: str, van: datetime, tot: datetime) -> Dienst:
    return Dienst(organisatie_id=wereld.dienst.id, medewerker_id=wie.medewerker_id, taak=taak, van=van, tot=tot)


def _op(dag: date, uur: time) -> datetime:
    return datetime.combine(dag, uur, AMSTERDAM)


def _closing_days(wereld: Wereld, gemeenten: list[str], op: datetime) -> None:
    """A few days on which an access is closed, filed before 31 January as was agreed (ZL-41): this year's and the next
    one's when it is near."""
    beheerder = wereld.met_rol("beheerder")[0]
    vandaag = lokaal(op).date()
    rijen = []
    for n, gemeente in enumerate(gemeenten):
        toegang = wereld.toegang(gemeente)
        door = wereld.actor(toegang) or beheerder
        for jaar in (vandaag.year, vandaag.year + 1):
            gemeld = date(jaar, 1, 12 + n)
            if gemeld > vandaag:
                continue
            for dag in (date(jaar, 5, 26 + n), date(jaar, 12, 27 + n)):
                rijen.append(
                    Sluitingsdag(organisatie_id=toegang.id, datum=dag, gemeld_op=gemeld, door_id=door.medewerker_id)
                )
    Sluitingsdag.objects.bulk_create(rijen)
