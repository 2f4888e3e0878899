# SPDX-License-Identifier: EUPL-1.2
"""Who looked in the file of a family, in words for that family: made on request by the functionaris gegevensbescherming or by
who leads, and a line of the log itself. Functions and organisations, no names (docs/besluiten/0014 says why)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.log import DOEL_TOEZICHT, note
from vangnet.access.models import Deel, Logregel, Organisatie, Rol, Soort
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.zicht import delen, zicht
from vangnet.casework.models import Casus
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from .invoer import gevonden
from .weigeringen import GeenRecht, GeenRegie, NietBetrokken, OngeldigeInvoer

HOOGUIT = 20_000
"""Lines that go into one list; an older part is asked for apart."""
VRAGERS: dict[str, str] = {
    "jeugdige": T("De jeugdige zelf"),
    "ouder": T("Een ouder of voogd"),
    "gemachtigde": T("Iemand namens het gezin"),
    "anders": T("Iemand anders, na overleg"),
}
"""Who asks for the list."""

DADEN: tuple[tuple[str, str, str], ...] = (
    ("geweigerd", "", T("probeerde te kijken")),
    ("vragen", "adres", T("keek in het dossier")),
    ("beoordelen", "noodtoegang", T("keek na of een ander terecht keek")),
    ("bevestigen", "noodtoegang", T("gaf antwoord aan een ander die in nood keek")),
    ("", "noodtoegang", T("opende of sloot het dossier voor een uur")),
    ("", "adres", T("bekeek het adres")),
    ("uitdraaien", "log", T("maakte een lijst zoals deze")),
    ("", "log", T("bekeek wie er keek")),
    ("inzien", "", T("keek in het dossier")),
    ("printen", "", T("printte een samenvatting")),
    ("exporteren", "", T("maakte er een bestand van")),
    ("zoeken", "", T("vond het dossier bij zoeken")),
    ("", "", T("schreef in het dossier")),
)
"""What somebody did, in words: by handling and thing; an empty word fits all, the first that fits counts."""
REDENEN: dict[str, str] = {
    Deel.REGIE: T("had de leiding over de hulp"),
    Deel.CRISISHULP: T("gaf hulp in de crisis"),
    Deel.INSCHATTING: T("ging mee kijken wat er aan de hand was"),
    Deel.HULP: T("gaf hulp"),
    Deel.VERVOLG: T("zorgde voor hulp daarna"),
    Deel.RTO: T("was gevraagd voor het overleg"),
    Deel.MEEDENKEN: T("dacht mee"),
    Deel.SIGNAAL: T("kreeg een bericht dat er iets speelde"),
    Deel.AANBOD: T("was gevraagd om te helpen"),
    Deel.DOSSIER: T("bewaart het dossier"),
}
"""Why an organisation could look, the strongest part first."""
SOORTNAMEN: dict[str, str] = {
    Soort.CRISISDIENST: T("de crisisdienst"),
    Soort.TOEGANG: T("een gemeente"),
    Soort.GI: T("jeugdbescherming"),
    Soort.VEILIG_THUIS: T("Veilig Thuis"),
    Soort.ZORGAANBIEDER: T("een organisatie die hulp geeft"),
    Soort.TAFEL: T("een groep deskundigen van de regio"),
    Soort.REGIO: T("de regio"),
}
"""An organisation without its name: it would say where a child is that must not be found."""


class Casuskop(NamedTuple):
    """What heads the list of a casus."""

    id: UUID
    nummer: str
    geheim: bool
    begonnen_op: datetime


@dataclass(frozen=True)
class Daad:
    """Something that was done, how often."""

    wat: str
    keer: int


@dataclass(frozen=True)
class Bezoek:
    """What one person did in one function on one day."""

    dag: date
    van: str
    """`21.04`"""
    tot: str
    """The same as `van` when it was one moment."""
    wie: str
    """`A`: the same letter is the same person, all through the list."""
    functie: str
    organisatie: str
    daden: tuple[Daad, ...]
    waarom: tuple[str, ...]
    nood: bool = False


@dataclass(frozen=True)
class Gezinslijst:
    """The list: who looked, and who tried and saw nothing; oldest first."""

    casus_id: UUID
    nummer: str
    gemaakt_op: datetime
    door: str
    """Function and organisation of who made it."""
    geheim: bool
    """Whether an address is secret: then organisations have no names."""
    bezoeken: tuple[Bezoek, ...]
    pogingen: tuple[Bezoek, ...]
    mensen: int
    afgekapt: bool
    begin: datetime


@asks
def family_log_of_number(actor: Actor, op: datetime, nummer: str, voor: str) -> Gezinslijst:
    """The list of a casus by its number, for the functionaris gegevensbescherming; sees across organisations of the region.

    Errors: `GeenRecht`; `OngeldigeInvoer` naming `casus` or `voor`."""
    if not may(actor.rol, "log.gezin"):
        raise GeenRecht(merk="log.gezin")
    schoon = nummer.strip()[:40]
    with connection.cursor() as cursor:
        cursor.execute("select casus_id, geheim, begonnen_op from vangnet_casuskop(%s)", [schoon])
        gevonden_ = cursor.fetchone()
    casus = Casuskop(gevonden_[0], schoon, *gevonden_[1:]) if gevonden_ else None
    fouten = []
    if casus is None:
        fouten.append(("casus", gevonden(schoon), T("een casusnummer van deze regio, zoals 2024-00017")))
    if voor not in VRAGERS:
        fouten.append(("voor", gevonden(voor), T("wie erom vraagt")))
    if casus is None or fouten:
        raise OngeldigeInvoer(*fouten)
    return _list(actor, op, casus, voor)


@asks
def leads(actor: Actor, op: datetime, casus_id: UUID) -> bool:
    """Whether this person may give the list of this casus now."""
    return may(actor.rol, "log.uitdraaien") and Deel.REGIE in delen(actor, casus_id, op)


@asks
def may_list(actor: Actor, op: datetime, casus_id: UUID) -> str:
    """Check that this person leads this casus and may give the list; returns the number of the casus.

    Errors: `NietBetrokken`, `GeenRecht`, `GeenRegie`; each is a line in the log."""
    in_delen = delen(actor, casus_id, op)
    nee: NietBetrokken | GeenRecht | GeenRegie | None = None
    if not in_delen:
        nee = NietBetrokken()
    elif not may(actor.rol, "log.uitdraaien") or not zicht(actor.rol, in_delen):
        nee = GeenRecht(merk="log.uitdraaien")
    elif Deel.REGIE not in in_delen:
        nee = GeenRegie()
    if nee is not None:
        note(actor, "geweigerd", "log.uitdraaien", op, casus_id, geslaagd=False, toelichting=nee.code, relatie=in_delen)
        raise nee
    return Casus.objects.values_list("nummer", flat=True).get(id=casus_id)


@asks
def family_log(actor: Actor, op: datetime, casus_id: UUID, voor: str) -> Gezinslijst:
    """The list of a casus for who leads it.

    Errors: those of `may_list`; `OngeldigeInvoer` naming `voor`."""
    may_list(actor, op, casus_id)
    if voor not in VRAGERS:
        raise OngeldigeInvoer(("voor", gevonden(voor), T("wie erom vraagt")))
    kop = Casus.objects.values_list("id", "nummer", "geheim", "begonnen_op").get(id=casus_id)
    return _list(actor, op, Casuskop(*kop), voor)


def _list(actor: Actor, op: datetime, casus: Casuskop, voor: str) -> Gezinslijst:
    rijen = list(Logregel.objects.filter(casus_id=casus.id).order_by("-op", "-nummer")[: HOOGUIT + 1])
    afgekapt = len(rijen) > HOOGUIT
    rijen = rijen[:HOOGUIT][::-1]
    huizen = {o.id: o for o in Organisatie.objects.filter(id__in={r.organisatie_id for r in rijen if r.organisatie_id})}
    letters: dict[UUID, str] = {}
    groepen: dict[tuple[date, UUID | None, str, UUID | None, bool], list[Logregel]] = {}
    for r in rijen:
        if r.medewerker_id:
            letters.setdefault(r.medewerker_id, _letter(len(letters)))
        sleutel = (lokaal(r.op).date(), r.medewerker_id, r.rol, r.organisatie_id, r.geslaagd)
        groepen.setdefault(sleutel, []).append(r)
    bezoeken: list[Bezoek] = []
    pogingen: list[Bezoek] = []
    for (dag, wie, rol, huis_id, geslaagd), regels in groepen.items():
        huis = huizen.get(huis_id) if huis_id else None
        (bezoeken if geslaagd else pogingen).append(
            Bezoek(
                dag,
                f"{lokaal(regels[0].op):%H:%M}",
                f"{lokaal(regels[-1].op):%H:%M}",
                letters[wie] if wie else "",
                str(dict(Rol.choices).get(rol, "")) if wie else "",
                _house(huis, casus.geheim),
                tuple(Daad(wat, keer) for wat, keer in Counter(map(_deed, regels)).items()),
                _why(regels) if geslaagd else (),
                any(r.noodtoegang_id for r in regels),
            )
        )
    note(actor, "uitdraaien", "log", op, casus.id, toelichting=f"lijst voor het gezin, gevraagd door: {voor}")
    return Gezinslijst(
        casus.id, casus.nummer, op, f"{Rol(actor.rol).label}, {SOORTNAMEN.get(actor.soort, '') if casus.geheim else actor.organisatie}", casus.geheim, tuple(bezoeken),
        tuple(pogingen), len({b.wie for b in bezoeken if b.wie}), afgekapt, casus.begonnen_op,
    )  # fmt: skip


def _house(huis: Organisatie | None, geheim: bool) -> str:
    if huis is None:
        return ""
    return SOORTNAMEN.get(huis.soort, "") if geheim else huis.naam


def _deed(regel: Logregel) -> str:
    handeling = regel.handeling if regel.geslaagd else "geweigerd"
    return next(wat for hoe, ding, wat in DADEN if hoe in ("", handeling) and ding in ("", regel.ding))


def _why(regels: list[Logregel]) -> tuple[str, ...]:
    """Why this organisation could look, over all its lines of the day."""
    in_delen = {deel for regel in regels for deel in regel.relatie.split()}
    redenen = [zin for deel, zin in REDENEN.items() if deel in in_delen]
    if not redenen and any(regel.doel == DOEL_TOEZICHT for regel in regels):
        return (T("let op of er netjes met gegevens wordt omgegaan"),)
    return tuple(redenen[:2])


def _letter(plaats: int) -> str:
    """A, B, ... Z, AA, AB: a name for a person without his name."""
    uit = ""
    plaats += 1
    while plaats:
        plaats, rest = divmod(plaats - 1, 26)
        uit = chr(ord("A") + rest) + uit
    return uit
