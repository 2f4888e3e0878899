# SPDX-License-Identifier: EUPL-1.2
"""Another call about a running casus: the call goes there with all that was said, and the draft that it began closes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vangnet.access.actor import Actor
from vangnet.access.slot import asking
from vangnet.casework.models import Adres, Casus, Jeugdige, Melding, Persoon

from .take_melding import MERK, Begonnen
from .weigeringen import AlGedaan, NietBetrokken, NogNietKlaar
from .werk import Werk, working_on

OVER_MELDING = (
    "melder", "naam", "organisatie_melder", "telefoon", "telefoon_cijfers", "anoniem", "kanaal", "vraag", "situatie",
    "waar_nu",
)  # fmt: skip
AANVULBAAR = (
    "voornaam", "achternaam", "klank", "geboortedatum", "leeftijd", "leeftijd_duur", "uitgerekend_datum", "bsn", "geslacht",
    "sector", "waar_nu",
)  # fmt: skip
"""What a call may add to a child that is known already; what is on record stays."""
AANVULBAAR_MENS = (
    "naam",
    "klank",
    "telefoon",
    "telefoon_cijfers",
    "gezag",
    "woont_thuis",
    "organisatie",
    "taal",
    "opmerking",
)
NIET_MEE = frozenset({"triage.uitkomst", "triage.besloten_op"})
"""Facts of a draft that are its own."""


def join_melding(actor: Actor, op: datetime, melding_id: UUID, casus_id: UUID, reden: str = "") -> Begonnen:
    """The call moves to the running casus `casus_id`: a melding there with what was said, children and people that are not
    known yet, and facts that nobody had recorded; what is on record stays. The draft closes as joined; both say so. The
    same request again changes nothing.

    Errors: those of `working_on` for both; `AlGedaan` for a call that was finished otherwise; `NogNietKlaar` when it would
    be joined to itself."""
    with asking(actor, op):
        rij = Casus.objects.filter(meldingen=melding_id).values_list("id", "gevoegd_bij_id").first()
    if rij is None:
        raise NietBetrokken(melding=str(melding_id))
    if rij[1] == casus_id:
        return Begonnen(melding_id, casus_id)
    if rij[0] == casus_id:
        raise NogNietKlaar(wat="kies een andere casus")
    # Always in the same order, so that two people who join two calls to each other do not wait for each other.
    first, second = sorted((rij[0], casus_id))
    with working_on(actor, first, MERK, op) as een, working_on(actor, second, MERK, op) as ander:
        concept, lopend = (een, ander) if een.casus.id == rij[0] else (ander, een)
        _join(concept, lopend, reden.strip())
    return Begonnen(melding_id, casus_id)


def link_earlier(actor: Actor, op: datetime, melding_id: UUID, nummer: str) -> None:
    """This family had a casus before, which is closed: the number is kept with the call. Whether a family that comes back
    is a new casus or the old one is an open question (X-36); here it is a new one that names the old.

    Errors: those of `save_fields`."""
    from .take_melding import save_fields

    save_fields(actor, op, melding_id, {"melding.eerdere_casus": nummer})


def _join(concept: Werk, lopend: Werk, reden: str) -> None:
    oud = concept.d.melding
    if oud.afgerond_op is not None:
        raise AlGedaan()
    if concept.d.hulp or concept.d.rtos:
        raise NogNietKlaar(wat="in deze casus is al hulp gekozen; voeg de casussen samen")
    eerste = lopend.d.melding
    nieuw = Melding(
        casus_id=lopend.casus.id,
        op=max(oud.op, eerste.op),
        opgenomen_door_id=oud.opgenomen_door_id,
        opgenomen_bij_id=oud.opgenomen_bij_id,
        afgerond_op=concept.op,
        uitkomst="gevoegd",
        **{veld: getattr(oud, veld) for veld in OVER_MELDING},
    )
    lopend.add("meldingen", nieuw)
    kinderen = {k.id: _kind(lopend, k) for k in concept.d.kinderen}
    mensen = {p.id: _mens(lopend, p) for p in concept.d.mensen}
    _adressen(concept, lopend, kinderen, mensen)
    for feit in concept.d.feiten:
        if feit.waarde is not None and feit.veld not in NIET_MEE and lopend.d.feit(feit.veld) is None:
            lopend.fact(feit.veld, feit.waarde, feit.gebeurd_op)
    if not lopend.casus.gemeente and not lopend.casus.gemeente_buiten:
        lopend.casus.gemeente = concept.casus.gemeente
        lopend.casus.gemeente_buiten = concept.casus.gemeente_buiten
    lopend.event("melding_gevoegd", oud.op, {"nummer": concept.casus.nummer}, reden=reden)
    oud.afgerond_op, oud.geparkeerd_op, oud.uitkomst = concept.op, None, "gevoegd"
    concept.save(oud, "afgerond_op", "geparkeerd_op", "uitkomst")
    concept.casus.gevoegd_bij_id = lopend.casus.id
    concept.event("samengevoegd", gegevens={"nummer": lopend.casus.nummer, "reden": reden}, reden=reden)
    concept.close("gevoegd")


def _kind(lopend: Werk, kind: Jeugdige) -> UUID | None:
    """The child of the running casus that this one is, with what was not known yet filled in; a new one when there is
    none. None for a child of which nothing is known."""
    if not any(not is_empty(getattr(kind, veld)) for veld in AANVULBAAR if veld != "waar_nu") and not kind.ongeboren:
        return None
    zelfde = next((k for k in lopend.d.kinderen if _zelfde_kind(k, kind)), None)
    if zelfde is None:
        zelfde = Jeugdige(
            casus_id=lopend.casus.id,
            volgorde=len(lopend.d.jeugdigen) + 1,
            ongeboren=kind.ongeboren,
            **{veld: getattr(kind, veld) for veld in AANVULBAAR},
        )
        lopend.add("jeugdigen", zelfde)
    else:
        _fill(lopend, zelfde, kind, AANVULBAAR)
    return zelfde.id


def _zelfde_kind(een: Jeugdige, ander: Jeugdige) -> bool:
    if een.bsn and ander.bsn:
        return een.bsn == ander.bsn
    if een.ongeboren != ander.ongeboren:
        return False
    if een.geboortedatum and ander.geboortedatum and een.geboortedatum != ander.geboortedatum:
        return False
    namen = een.voornaam.strip().casefold(), ander.voornaam.strip().casefold()
    if all(namen):
        return namen[0] == namen[1]
    zelfde_dag = bool(een.geboortedatum) and een.geboortedatum == ander.geboortedatum
    return zelfde_dag or (een.ongeboren and ander.ongeboren)


def _mens(lopend: Werk, mens: Persoon) -> UUID:
    zelfde = next((p for p in lopend.d.mensen if _zelfde_mens(p, mens)), None)
    if zelfde is None:
        zelfde = Persoon(
            casus_id=lopend.casus.id,
            rol=mens.rol,
            gevaar=mens.gevaar,
            geboortedatum=mens.geboortedatum,
            **{veld: getattr(mens, veld) for veld in AANVULBAAR_MENS},
        )
        lopend.add("personen", zelfde)
        return zelfde.id
    _fill(lopend, zelfde, mens, AANVULBAAR_MENS)
    if mens.gevaar and not zelfde.gevaar:
        zelfde.gevaar = True
        lopend.save(zelfde, "gevaar")
    return zelfde.id


def _zelfde_mens(een: Persoon, ander: Persoon) -> bool:
    if een.rol != ander.rol:
        return False
    if een.naam and ander.naam:
        return een.naam.strip().casefold() == ander.naam.strip().casefold()
    return ander.rol in ("moeder", "vader", "voogd")


def _fill(werk: Werk, rij: Any, uit: Any, velden: tuple[str, ...]) -> None:
    """Fill in what is not known of a row; an age goes with a day of birth, and none beside one."""
    gevuld = [v for v in velden if is_empty(getattr(rij, v)) and not is_empty(getattr(uit, v))]
    if rij.__dict__.get("geboortedatum"):
        gevuld = [v for v in gevuld if v not in ("leeftijd", "leeftijd_duur")]
    for veld in gevuld:
        setattr(rij, veld, getattr(uit, veld))
    if gevuld:
        werk.save(rij, *gevuld)


def is_empty(waarde: Any) -> bool:
    """Whether nothing is known here; an age of nought is something."""
    return waarde is None or waarde is False or waarde == ""


def _adressen(concept: Werk, lopend: Werk, kinderen: dict[UUID, UUID | None], mensen: dict[UUID, UUID]) -> None:
    """Addresses go along when they are not on record; one secret address keeps the whole casus secret."""

    def van(werk: Werk) -> QuerySet[Adres]:
        return Adres.objects.filter(casus_id=werk.casus.id)

    staan = {(a.straat.casefold(), a.postcode, a.plaats.casefold()) for a in van(lopend)}
    for adres in van(concept):
        sleutel = (adres.straat.casefold(), adres.postcode, adres.plaats.casefold())
        if any(sleutel) and sleutel not in staan:
            lopend.add(
                "",
                Adres(
                    casus_id=lopend.casus.id,
                    jeugdige_id=kinderen.get(adres.jeugdige_id) if adres.jeugdige_id else None,
                    persoon_id=mensen.get(adres.persoon_id) if adres.persoon_id else None,
                    soort=adres.soort,
                    straat=adres.straat,
                    postcode=adres.postcode,
                    plaats=adres.plaats,
                    geheim=adres.geheim,
                ),
            )
    if concept.casus.geheim:
        lopend.casus.geheim = True
