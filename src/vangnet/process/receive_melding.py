# SPDX-License-Identifier: EUPL-1.2
"""A melding that a system sends: read as strictly as facts are, kept as a call that waits for a person, once per id.

It begins the casus and the lead, and decides nothing: what the call leads to is said by somebody of the service. The
attribute docstrings are the published manual, hence Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from uuid import UUID

from vangnet.access import ontvangst
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.policy.fouten import Fout, Ongeldig, kort
from vangnet.rules.bron import STRIKT
from vangnet.rules.situatie import Antwoord, Melder
from vangnet.rules.tekst import T, Vertaler

from .answers import kind_id
from .besluit import STRAKS
from .present_advice import HANDLEIDING, Moment
from .read_situation import read_message
from .show_melding import casus_of, show_melding
from .take_melding import MERK, begin_melding
from .weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer
from .werk import Werk

MEESTE_KINDEREN = 12
VOORBEELD = '{"melder": {"soort": "politie"}}'


@dataclass(frozen=True, slots=True)
class Melderbericht:
    """Wie meldt."""

    __pydantic_config__ = STRIKT

    soort: Melder | None = None
    """Wat voor melder het is."""
    naam: str | None = None
    """Naam van de melder; hooguit 120 tekens."""
    organisatie: str | None = None
    """Organisatie van de melder; hooguit 120 tekens."""
    telefoon: str | None = None
    """Nummer om terug te bellen; hooguit 30 tekens."""
    anoniem: bool | None = None
    """Of de melder anoniem wil blijven."""


@dataclass(frozen=True, slots=True)
class Kindbericht:
    """Een jeugdige om wie het gaat."""

    __pydantic_config__ = STRIKT

    voornaam: str | None = None
    """Voornaam; hooguit 80 tekens."""
    achternaam: str | None = None
    """Achternaam; hooguit 80 tekens."""
    geboortedatum: date | None = None
    """Geboortedatum; voor een ongeboren kind de uitgerekende datum."""
    leeftijd: int | None = None
    """Leeftijd in hele jaren, als de geboortedatum niet bekend is."""
    ongeboren: bool | None = None
    """Of het kind nog niet geboren is."""
    bsn: str | None = None
    """Burgerservicenummer, negen cijfers."""
    geslacht: Literal["meisje", "jongen", "anders", "onbekend"] | None = None
    """Geslacht."""


@dataclass(frozen=True, slots=True)
class Adresbericht:
    """Waar de dienst vannacht heen moet."""

    __pydantic_config__ = STRIKT

    straat: str | None = None
    """Straat en huisnummer; hooguit 120 tekens."""
    postcode: str | None = None
    """Postcode, zoals 6411 AB."""
    plaats: str | None = None
    """Woonplaats; hooguit 80 tekens."""
    geheim: bool | None = None
    """Of dit adres geheim is. Dan komt het langs geen enkele koppeling meer naar buiten."""


@dataclass(frozen=True, slots=True)
class Meldingbericht:
    """Een melding zoals een systeem haar stuurt. Alles mag weg: wat niet bekend is, vraagt een mens."""

    __pydantic_config__ = STRIKT

    gemeld_op: datetime | None = None
    """Wanneer er gemeld werd, met tijdzone; zonder dit: nu. Hiervandaan lopen de termijnen."""
    melder: Melderbericht | None = None
    """Wie meldt."""
    kanaal: Literal["telefoon", "e-mail", "digitaal"] | None = None
    """Hoe de melding binnenkomt; zonder dit: telefoon."""
    vraag: Literal["crisis", "consult", "zorgmelding_politie"] | None = None
    """Waar de melder om vraagt; zonder dit: crisis."""
    situatie: str | None = None
    """Wat er aan de hand is, in de woorden van de melder; hooguit 20000 tekens."""
    direct_onveilig: Antwoord | None = None
    """Is iemand direct onveilig? (ICJ-11)"""
    kan_wachten_tot_morgen: Antwoord | None = None
    """Kan het wachten tot morgen? (ICJ-14)"""
    gemeente: str | None = None
    """Gemeente van het kind, naam of CBS-code; een gemeente van de regio."""
    gemeente_buiten: str | None = None
    """Gemeente van het kind als die buiten de regio ligt."""
    waar_nu: str | None = None
    """Waar het kind nu is; hooguit 200 tekens."""
    jeugdigen: tuple[Kindbericht, ...] = ()
    """De kinderen, hooguit twaalf."""
    adres: Adresbericht | None = None
    """Waar de dienst heen moet."""
    oefening: bool = False
    """Een oefening telt nergens mee."""


@dataclass(frozen=True)
class Meldingontvangst:
    """Wat er van een melding geworden is op het moment dat ze binnenkwam; een herhaling geeft hetzelfde."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het nummer dat de afzender koos."""
    casus_id: UUID
    """De casus die ermee begon."""
    nummer: str
    """Het nummer van die casus, om aan de telefoon te noemen."""
    ontvangen_op: Moment
    """Wanneer Vangnet haar bewaarde."""


@dataclass(frozen=True)
class Meldingstand:
    """Hoe het met een melding staat."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """De melding."""
    casus_id: UUID
    """De casus waar ze nu bij hoort; na voegen die waar ze bij gevoegd is."""
    nummer: str
    """Het nummer van de casus die ermee begon."""
    begonnen_op: Moment
    """Wanneer er gemeld werd."""
    stand: Literal["open", "geparkeerd", "afgerond"]
    """Of er nog iemand mee bezig is."""
    uitkomst: str
    """Waar de melding toe leidde: inschatting, consult, verwijzing, acute_hulp, doorgeleid, gevoegd, niet_bediend of vergissing; leeg zolang ze open is."""
    bij: str
    """Wie haar nu in handen heeft."""
    vragen_beantwoord: int
    """Hoeveel van de acht vragen een antwoord hebben."""


def read_melding(ruw: bytes) -> Meldingbericht:
    """A message from JSON. Errors: `Ongeldig` naming every field."""
    return read_message(ruw, Meldingbericht, VOORBEELD)


def receive_melding(
    actor: Actor, op: datetime, melding_id: UUID, bericht: Meldingbericht
) -> tuple[Meldingontvangst, bool]:
    """Keep a message as a call; and whether it is new. The same message under the same id gives the same answer, also
    when two come at once.

    Errors: `GeenRecht`; `AndersOntvangen` when this id stands for something else, also for a call begun on the screen;
    `Ongeldig` naming every field that cannot be kept: nothing is kept then."""
    if not may(actor.rol, MERK):
        raise GeenRecht(merk=MERK)
    inhoud = ontvangst.fingerprint(asdict(bericht))
    eerder = ontvangst.earlier(actor, "melding", melding_id, inhoud)
    made = None
    if eerder is None:
        _check(op, bericht)
        made = _begin(actor, op, melding_id, bericht, inhoud)
        eerder = ontvangst.earlier(actor, "melding", melding_id, inhoud)
    if eerder is None:
        raise ontvangst.AndersOntvangen
    casus_id = UUID(eerder["casus"])
    return Meldingontvangst(melding_id, casus_id, eerder["nummer"], eerder["ontvangen_op"]), made == casus_id


def show_received(actor: Actor, op: datetime, melding_id: UUID, vertaal: Vertaler = T) -> Meldingstand:
    """How a melding stands; a line in the log. Errors: `GeenRecht`; `NietBetrokken`, also for one that does not exist."""
    beeld = show_melding(actor, op, melding_id)
    if beeld.casus_id is None:
        raise NietBetrokken(melding=str(melding_id))
    return Meldingstand(
        id=melding_id,
        casus_id=casus_of(actor, op, melding_id),
        nummer=beeld.nummer,
        begonnen_op=utc(beeld.begonnen_op),
        stand="afgerond" if beeld.afgerond else "geparkeerd" if beeld.geparkeerd else "open",
        uitkomst=beeld.uitkomst,
        bij=beeld.door,
        vragen_beantwoord=sum(beeld.beantwoord),
    )


def utc(moment: datetime) -> str:
    """A moment as it goes out."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _begin(actor: Actor, op: datetime, melding_id: UUID, bericht: Meldingbericht, inhoud: str) -> UUID | None:
    """Begin the call; returns the casus that was made for it, which is gone again when somebody else was first."""
    made: list[UUID] = []
    plaatsen = dict(_fields(melding_id, bericht))
    velden = {pad: waarde for pad, (waarde, _) in plaatsen.items()}

    def receive(werk: Werk) -> None:
        werk.event("melding_ontvangen", gegevens={"systeem": actor.naam})
        antwoord = {"casus": str(werk.casus.id), "nummer": werk.casus.nummer, "ontvangen_op": utc(op)}
        ontvangst.receive(actor, "melding", melding_id, inhoud, antwoord, op)
        made.append(werk.casus.id)

    try:
        begin_melding(actor, op, melding_id, velden, bericht.gemeld_op, bericht.oefening, ook=receive)
    except OngeldigeInvoer as nee:
        fouten = [(plaatsen[veld][1] if veld in plaatsen else veld, g, v) for veld, g, v in nee.details["fouten"]]
        raise Ongeldig([Fout(*fout) for fout in dict.fromkeys(fouten)]) from None
    except Ongeldig as nee:  # No agreements of this region yet at that moment.
        raise Ongeldig([Fout("gemeld_op", f.gevonden, f.verwacht, f.voorbeeld) for f in nee.fouten]) from None
    except NietBetrokken:  # This id is that of a call of another organisation.
        raise ontvangst.AndersOntvangen from None
    return made[0] if made else None


def _check(op: datetime, bericht: Meldingbericht) -> None:
    """What every field may be by itself, and together may not."""
    fouten = []
    if bericht.gemeld_op is not None and bericht.gemeld_op > op + STRAKS:
        fouten.append(Fout("gemeld_op", kort(bericht.gemeld_op.isoformat()), "een moment dat geweest is"))
    if len(bericht.jeugdigen) > MEESTE_KINDEREN:
        fouten.append(Fout("jeugdigen", str(len(bericht.jeugdigen)), f"hooguit {MEESTE_KINDEREN}"))
    for nummer, kind in enumerate(bericht.jeugdigen, 1):
        if kind.ongeboren and kind.leeftijd is not None:
            fouten.append(
                Fout(f"jeugdigen.{nummer}.leeftijd", str(kind.leeftijd), "niets: dit kind is nog niet geboren")
            )
    if bericht.gemeente and bericht.gemeente_buiten:
        fouten.append(
            Fout("gemeente_buiten", kort(bericht.gemeente_buiten), "één gemeente: van de regio, of daarbuiten")
        )
    if fouten:
        raise Ongeldig(fouten)


def _fields(melding_id: UUID, b: Meldingbericht) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Per path of a field its value, and where in the message it stood. What was left out is left alone."""

    def veld(pad: str, waarde: Any, waar: str) -> Iterator[tuple[str, tuple[Any, str]]]:
        if waarde is not None:
            yield pad, (waarde, waar)

    for nummer, kind in enumerate(b.jeugdigen[:MEESTE_KINDEREN], 1):
        pad, waar = f"jeugdige.{kind_id(melding_id, nummer)}", f"jeugdigen.{nummer}"
        dag = "uitgerekend_datum" if kind.ongeboren else "geboortedatum"
        yield from veld(f"{pad}.ongeboren", kind.ongeboren, f"{waar}.ongeboren")
        yield from veld(f"{pad}.voornaam", kind.voornaam, f"{waar}.voornaam")
        yield from veld(f"{pad}.achternaam", kind.achternaam, f"{waar}.achternaam")
        yield from veld(f"{pad}.{dag}", kind.geboortedatum, f"{waar}.geboortedatum")
        leeftijd = None if kind.leeftijd is None else str(kind.leeftijd)
        yield from veld(f"{pad}.leeftijd", leeftijd, f"{waar}.leeftijd")
        yield from veld(f"{pad}.bsn", kind.bsn, f"{waar}.bsn")
        yield from veld(f"{pad}.geslacht", kind.geslacht, f"{waar}.geslacht")
    if b.melder is not None:
        yield from veld("wie", b.melder.soort, "melder.soort")
        yield from veld("melding.naam", b.melder.naam, "melder.naam")
        yield from veld("melding.organisatie_melder", b.melder.organisatie, "melder.organisatie")
        yield from veld("melding.telefoon", b.melder.telefoon, "melder.telefoon")
        yield from veld("melding.anoniem", b.melder.anoniem, "melder.anoniem")
    yield from veld("melding.kanaal", b.kanaal, "kanaal")
    yield from veld("melding.vraag", b.vraag, "vraag")
    yield from veld("melding.situatie", b.situatie, "situatie")
    yield from veld("triage.direct_onveilig", b.direct_onveilig, "direct_onveilig")
    yield from veld("triage.kan_wachten_tot_morgen", b.kan_wachten_tot_morgen, "kan_wachten_tot_morgen")
    yield from veld("gemeente", b.gemeente, "gemeente")
    yield from veld("gemeente_buiten", b.gemeente_buiten, "gemeente_buiten")
    if b.adres is not None:
        # First whether it is secret: what is written after it then never stood open.
        yield from veld("plek.geheim", b.adres.geheim, "adres.geheim")
        yield from veld("plek.straat", b.adres.straat, "adres.straat")
        yield from veld("plek.postcode", b.adres.postcode, "adres.postcode")
        yield from veld("plek.plaats", b.adres.plaats, "adres.plaats")
    yield from veld("waar", b.waar_nu, "waar_nu")
