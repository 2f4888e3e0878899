# SPDX-License-Identifier: EUPL-1.2
"""Break-glass: a worker of the crisis service opens one child of another for an hour, with a reason and his own second factor.

Who leads or gives the crisis help reads it at once, the functionaris gegevensbescherming reviews it the next working day. It only looks. The
agreements of the regions say nothing about it (X-36): all of this is Vangnet's own choice (docs/besluiten/0017).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Noodtoegang
from vangnet.access.rechten import may
from vangnet.access.slot import asking, asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import delen, dicht_voor
from vangnet.casework.klank import cijfers_van
from vangnet.policy.fouten import Ongeldig
from vangnet.rules.kalender import Kalender, lokaal
from vangnet.rules.omstandigheden import kale_kalender, kalender_van
from vangnet.rules.tekst import T

from . import current_register
from .dossier import casussen_van, read_dossier
from .find_family import MINSTE_CIJFERS
from .invoer import Onleesbaar, gevonden, tekst
from .search_casus import NUMMER
from .weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer

OPENEN, BEVESTIGEN, BEOORDELEN = "noodtoegang.openen", "noodtoegang.bevestigen", "noodtoegang.beoordelen"
HOOGUIT = 500
"""Signs of a reason."""
KORTST, WOORDEN = 15, 3
"""Signs and words of which a reason at least consists: a sentence, not a dot."""
OORDELEN = {"terecht": T("Terecht"), "onterecht": T("Onterecht"), "navraag": T("Navraag loopt")}
"""What a review can say."""
TAAK = T("Lees wie met noodtoegang keek, en waarom")
TAAK_WAAROM = T("Het staat bovenaan de casus. Klopt het niet, bel dan de functionaris gegevensbescherming.")
KANTOOR = time(9)
"""Before this hour a working day counts for the review itself (ours; the agreements that name hours begin then too)."""
ZIN = T("een zin: wat moet je nu weten, en waarom kan het niet wachten; beschrijf het gezin niet")


class NogEenKind(Weigering):
    """Je hebt nu al noodtoegang bij een ander kind. Zeg daar eerst dat je klaar bent."""


class NoodtoegangVoorbij(Weigering):
    """Je noodtoegang is voorbij. Er is niets meer te zien; wat je bekeek, staat in het log."""


class HoortErAlBij(Weigering):
    """Je organisatie is bij deze casus betrokken. Je kunt hem gewoon openen.

    `details`: casus."""


class AdresBlijftDicht(Weigering):
    """Het adres blijft dicht. Is er direct levensgevaar, kruis dat dan aan: dan zie je het meteen.

    Also while the second person has not answered."""


class VraagVoorbij(Weigering):
    """Deze vraag is er niet meer: een ander gaf al antwoord, of de noodtoegang is voorbij."""


class LooptNog(Weigering):
    """Deze noodtoegang loopt nog. Kijk hem na als hij voorbij is."""


class EigenNoodtoegang(Weigering):
    """Dit was je eigen noodtoegang. Een ander moet hem nakijken."""


class AlBeoordeeld(Weigering):
    """Deze noodtoegang is al nagekeken. Het oordeel staat er."""


@dataclass(frozen=True)
class Aanvraag:
    """What somebody asks, read and in order: one child, by its number or by the organisation that knows the family of a call,
    and why."""

    nummer: str
    reden: str
    levensgevaar: bool = False
    melding_id: UUID | None = None
    bij: str = ""


def read_request(
    nummer: str, reden: str, levensgevaar: bool = False, melding_id: UUID | None = None, bij: str = ""
) -> Aanvraag:
    """The request when it is in order, before anybody shows a second factor. Says nothing of whether the child exists.

    Errors: `OngeldigeInvoer` naming `casus` or `reden`."""
    fouten: list[tuple[str, str, str]] = []
    schoon = re.sub(r"\s", "", nummer)[:20]
    bij = bij.strip()[:120] if melding_id else ""
    if not bij and not re.fullmatch(NUMMER, schoon):
        fouten.append(("casus", gevonden(nummer) if nummer else T("niets"), _welk_kind()))
    waarom = read_reason(reden, fouten)
    if fouten:
        raise OngeldigeInvoer(*fouten)
    return Aanvraag("" if bij else schoon, waarom, levensgevaar, melding_id if bij else None, bij)


def read_reason(reden: str, fouten: list[tuple[str, str, str]], veld: str = "reden") -> str:
    """A reason of at least a sentence; else a fault is added."""
    try:
        schoon = " ".join(str(tekst(HOOGUIT)(reden or "")).split())
    except Onleesbaar as fout:
        fouten.append((veld, gevonden(reden), str(fout)))
        return ""
    if len(schoon) < KORTST or len(schoon.split()) < WOORDEN:
        fouten.append((veld, gevonden(schoon) if schoon else T("niets"), ZIN))
    return schoon


@asks
def break_glass(actor: Actor, op: datetime, vraag: Aanvraag, bevestigd: str, nood_id: UUID) -> UUID:
    """Open one child for an hour, under `nood_id` when that is free; its id. The same child again is the same hour, so that
    sending twice is sending once. `bevestigd` says how the second factor was met.

    Errors: `GeenRecht`, also for a system with a key; `NogEenKind`; `HoortErAlBij`; `OngeldigeInvoer` naming `casus`: the same
    for a number that does not exist, is of another region or is closed to this person."""
    allowed(actor, op, OPENEN)
    assert bevestigd, "a second factor comes first"
    eigen, vragen = _asked(actor, op, vraag.melding_id) if vraag.melding_id else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "select uitkomst, id, casus_id from vangnet_nood_open(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [nood_id, vraag.nummer, vragen, eigen, vraag.bij, actor.rol, vraag.reden, vraag.levensgevaar, review_day(actor.regio, op),
             TAAK, TAAK_WAAROM],
        )  # fmt: skip
        uitkomst, gemaakt, casus_id = cursor.fetchone()
    if uitkomst in ("open", "al"):
        nood = replace(actor, noodtoegang_id=gemaakt)
        gevaar = ", levensgevaar" if vraag.levensgevaar else ""
        log.note(
            nood, "openen", "noodtoegang", op, casus_id, toelichting=f"{uitkomst}, bevestigd met {bevestigd}{gevaar}"
        )
        return UUID(str(gemaakt))
    nee: Weigering
    if uitkomst == "nog_een":
        nee = NogEenKind()
    elif uitkomst == "betrokken":
        nee = HoortErAlBij(casus=str(casus_id))
    elif uitkomst == "geen_recht":
        nee = GeenRecht(merk=OPENEN)
    else:
        wat = T("meer dan één casus die past") if uitkomst == "meer" else gevonden(vraag.nummer or vraag.bij)
        nee = OngeldigeInvoer(("casus", wat, _welk_kind()))
    log.note(actor, "openen", "noodtoegang", op, geslaagd=False, toelichting=uitkomst)
    raise nee


@asks
def finish(actor: Actor, op: datetime, nood_id: UUID) -> None:
    """ "Ik ben klaar": the hour ends now. A second time changes nothing. Errors: `NietBetrokken` for another's."""
    een = Noodtoegang.objects.filter(id=nood_id, medewerker_id=actor.medewerker_id).first()
    if een is None:
        raise NietBetrokken()
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_nood_klaar(%s)", [nood_id])
        (gedaan,) = cursor.fetchone()
    if gedaan:
        log.note(replace(actor, noodtoegang_id=nood_id), "beeindigen", "noodtoegang", op, een.casus_id)


@asks
def running(actor: Actor, op: datetime) -> Noodtoegang | None:
    """The break-glass of this person whose hour has not ended, in whatever function he began it; it stands in the way of a
    second child. Whether anything is still to be seen, `under` says."""
    return Noodtoegang.objects.filter(
        medewerker_id=actor.medewerker_id, van__lte=op, tot__gt=op, beeindigd_op__isnull=True
    ).first()


def allowed(actor: Actor, op: datetime, merk: str) -> None:
    """Check the right, which no key has. Errors: `GeenRecht`, with a line in the log."""
    if actor.koppeling_id is not None or not may(actor.rol, merk):
        log.note(actor, "geweigerd", merk, op, geslaagd=False, toelichting="GeenRecht")
        raise GeenRecht(merk=merk)


def under(actor: Actor, op: datetime, nood_id: UUID) -> tuple[Actor, Noodtoegang]:
    """The actor under his own break-glass, and that break-glass, while it runs: the first lock of every look.

    Errors: `GeenRecht`; `NietBetrokken` for another's or none; `NoodtoegangVoorbij`."""
    allowed(actor, op, OPENEN)
    with asking(actor, op):
        een = Noodtoegang.objects.filter(id=nood_id, medewerker_id=actor.medewerker_id).first()
        dicht = een is None or dicht_voor(actor, een.casus_id)
    if een is None:
        log.note(actor, "geweigerd", "noodtoegang", op, geslaagd=False, toelichting="NietBetrokken")
        raise NietBetrokken()
    nood = replace(actor, noodtoegang_id=een.id)
    loopt = een.van <= op < een.tot and een.beeindigd_op is None
    zelfde = (een.organisatie_id, een.rol) == (actor.organisatie_id, actor.rol)
    if dicht or not loopt or not zelfde:
        log.note(nood, "geweigerd", "noodtoegang", op, een.casus_id, geslaagd=False, toelichting="NoodtoegangVoorbij")
        raise NoodtoegangVoorbij()
    return nood, een


def ask_address(actor: Actor, op: datetime, nood_id: UUID, reden: str, levensgevaar: bool) -> str:
    """Ask for the address of the child one looks at. What comes: `open` (it is not secret), `levensgevaar` (shown at once,
    and first in the review), `ja` (released before), `gevraagd` (a second person must say yes) or `nee`.

    Errors: those of `under`; `OngeldigeInvoer` naming `adres_reden`."""
    nood, een = under(actor, op, nood_id)
    fouten: list[tuple[str, str, str]] = []
    schoon = read_reason(reden, fouten, "adres_reden") if reden.strip() else ""
    if fouten:
        raise OngeldigeInvoer(*fouten)
    with asking(nood, op), connection.cursor() as cursor:
        cursor.execute("select vangnet_nood_vraag_adres(%s, %s, %s)", [nood_id, schoon, levensgevaar])
        (uitkomst,) = cursor.fetchone()
        if uitkomst in ("gevraagd", "levensgevaar"):
            log.note(nood, "vragen", "adres", op, een.casus_id, toelichting=uitkomst)
    if uitkomst == "voorbij":
        raise NoodtoegangVoorbij()
    if uitkomst == "reden":
        raise OngeldigeInvoer(("adres_reden", T("niets"), ZIN))
    return str(uitkomst)


@asks
def answer_second(actor: Actor, op: datetime, nood_id: UUID, ja: bool, bevestigd: str) -> None:
    """The second person says whether the address may be seen, after showing his own second factor.

    Errors: `GeenRecht`; `VraagVoorbij`, also for his own question."""
    allowed(actor, op, BEVESTIGEN)
    assert bevestigd, "a second factor comes first"
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_nood_tweede(%s, %s)", [nood_id, ja])
        (casus_id,) = cursor.fetchone()
    if casus_id is None:
        raise VraagVoorbij()
    antwoord = f"{'ja' if ja else 'nee'} bij {nood_id}, bevestigd met {bevestigd}"
    log.note(actor, "bevestigen", "noodtoegang", op, casus_id, toelichting=antwoord)


@asks
def review(actor: Actor, op: datetime, nood_id: UUID, oordeel: str, toelichting: str) -> None:
    """What the functionaris gegevensbescherming finds. `navraag` may become another verdict later; the others stand.

    Errors: `GeenRecht`, `NietBetrokken`, `LooptNog`, `EigenNoodtoegang`, `AlBeoordeeld`; `OngeldigeInvoer` naming `oordeel` or
    `toelichting`."""
    allowed(actor, op, BEOORDELEN)
    fouten: list[tuple[str, str, str]] = []
    if oordeel not in OORDELEN:
        fouten.append(("oordeel", gevonden(oordeel) if oordeel else T("niets"), T("terecht, onterecht of navraag")))
    schoon = ""
    try:
        schoon = str(tekst(1000)(toelichting or ""))
        if not schoon and oordeel in ("onterecht", "navraag"):
            fouten.append(("toelichting", T("niets"), T("waarom, en wat er nu gebeurt")))
    except Onleesbaar as fout:
        fouten.append(("toelichting", gevonden(toelichting), str(fout)))
    if fouten:
        raise OngeldigeInvoer(*fouten)
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_nood_oordeel(%s, %s, %s)", [nood_id, oordeel, schoon])
        (uitkomst,) = cursor.fetchone()
    if uitkomst != "gedaan":
        raise {
            "loopt": LooptNog, "eigen": EigenNoodtoegang, "al": AlBeoordeeld,
        }.get(uitkomst, NietBetrokken)()  # fmt: skip
    casus_id = Noodtoegang.objects.values_list("casus_id", flat=True).get(id=nood_id)
    log.note(actor, "beoordelen", "noodtoegang", op, casus_id, toelichting=f"{oordeel}: {nood_id}")


@asks
def known_elsewhere(actor: Actor, op: datetime, melding_id: UUID) -> list[str]:
    """With which other organisations the family of an own call is surely known: their names, as the call shows them too.

    Errors: `GeenRecht`; `NietBetrokken` for a call that is not one's own."""
    allowed(actor, op, OPENEN)
    eigen, vragen = _asked(actor, op, melding_id)
    log.note(actor, "zoeken", "gezin", op, toelichting="voor noodtoegang")
    with connection.cursor() as cursor:
        cursor.execute("select bel from vangnet_nood_bekend(%s, %s)", [vragen, eigen])
        return [bel for (bel,) in cursor.fetchall()]


def review_day(regio: str, op: datetime) -> date:
    """The last day of the review: the first working day of the region that begins after the break-glass."""
    try:
        kalender: Kalender = kalender_van(current_register().op(regio, op))
    except Ongeldig:
        kalender = kale_kalender(frozenset())
    hier = lokaal(op)
    if hier.time() < KANTOOR and kalender.is_werkdag(hier.date()):
        return hier.date()
    return kalender.volgende_werkdag(hier.date())


def _welk_kind() -> str:
    return T(
        "het nummer van een casus in jouw regio die niet voor jou is gesloten; klopt het nummer, bel dan iemand met dienst"
    )


def _asked(actor: Actor, op: datetime, melding_id: UUID) -> tuple[UUID, str]:
    """An own casus, by its call, and its children and numbers as JSON, as the database compares them. Errors:
    `NietBetrokken`."""
    eigen = casussen_van([melding_id]).get(melding_id)
    d = read_dossier(eigen) if eigen and delen(actor, eigen, op) else None
    if eigen is None or d is None:
        raise NietBetrokken()
    nummers = {cijfers_van(wie.telefoon) for wie in (*d.meldingen, *d.mensen) if wie.telefoon}
    vragen = [
        {
            "bsn": k.bsn,
            "geboren": k.geboortedatum.isoformat() if k.geboortedatum else None,
            "voornaam": k.voornaam.strip().casefold(),
        }
        for k in d.kinderen
    ]
    vragen += [{"cijfers": nummer} for nummer in sorted(nummers) if len(nummer) >= MINSTE_CIJFERS]
    return eigen, json.dumps(vragen)
