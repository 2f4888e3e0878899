# SPDX-License-Identifier: EUPL-1.2
"""The questions to an organisation as its system reads and answers them; the answer is a person's, and is named so.

The attribute docstrings are the published manual, hence Dutch."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from vangnet.access import log, ontvangst
from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import delen, zicht, zichtbaar
from vangnet.casework.models import Aanbod, Casus
from vangnet.policy.fouten import Fout, Ongeldig
from vangnet.rules.bron import STRIKT
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T, Vertaler

from .hand_over_procesregie import answer_offer
from .invoer import Onleesbaar, gevonden, tekst
from .present_advice import HANDLEIDING, Moment
from .read_situation import read_message
from .receive_melding import utc
from .show_api import Bladzij, Plaats
from .show_casus_werk import VRAAGNAAM
from .show_my_work import who_of
from .verteller import Verteller
from .weigeringen import AlGedaan, GeenRecht, NietBetrokken, OngeldigeInvoer
from .werk import Werk

LEZEN, ANTWOORDEN = "aanbod.inzien", "aanbod.beantwoorden"
LANGSTE_NAAM = 50
"""Signs of the name of who decided: with the name of the system it fits in the log."""
VOORBEELD = '{"antwoord": "aanvaard", "besloten_door": "S. Peeters"}'


class VraagVeranderd(Weigering):
    """De vraag is veranderd sinds je haar las. Lees haar opnieuw en beslis dan."""


@dataclass(frozen=True)
class AanbodUit:
    """Een vraag aan je organisatie."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """Het vaste kenmerk."""
    casus_id: UUID
    """Over welke casus."""
    nummer: str
    """Het nummer van die casus."""
    soort: Literal["regie", "rto", "hulp", "meegaan", "signaal", "vervolg", "overig"]
    """Wat er gevraagd wordt."""
    wat: str
    """Hetzelfde in woorden."""
    wie: str
    """Over wie: leeftijd en gemeente; met naam pas als je organisatie meedoet."""
    van: str
    """Welke organisatie het vraagt."""
    tekst: str
    """De vraag, in de woorden van wie haar stelde."""
    gedaan_op: Moment
    """Wanneer ze gesteld is."""
    uiterlijk: Moment | None
    """Tot wanneer ze wacht, als dat gezegd is."""
    regels: tuple[str, ...]
    """De regels erachter."""
    antwoord: Literal["", "aanvaard", "geweigerd", "verlopen", "ingetrokken"]
    """Het antwoord; leeg zolang ze openstaat."""
    beantwoord_op: Moment | None
    """Wanneer ze beantwoord is."""


@dataclass(frozen=True, slots=True)
class Antwoordbericht:
    """Het antwoord op een vraag."""

    __pydantic_config__ = STRIKT

    antwoord: Literal["aanvaard", "geweigerd"]
    """Ja of nee."""
    besloten_door: str
    """Wie dit besloot: naam van een mens, hooguit 50 tekens. Een systeem geeft het alleen door."""
    reden: str | None = None
    """Waarom; verplicht bij nee, hooguit 400 tekens."""


@dataclass(frozen=True)
class Antwoordontvangst:
    """Het antwoord zoals het bewaard is; een herhaling geeft hetzelfde."""

    __pydantic_config__ = HANDLEIDING

    id: UUID
    """De vraag."""
    casus_id: UUID
    """Over welke casus. Na een nee kun je die niet meer lezen."""
    antwoord: Literal["aanvaard", "geweigerd"]
    """Het antwoord."""
    beantwoord_op: Moment
    """Wanneer het bewaard is."""


@asks
def list_questions(
    actor: Actor,
    op: datetime,
    na: Plaats | None = None,
    alleen_open: bool = True,
    hoogstens: int = 50,
    taal: str = "nl",
    vertaal: Vertaler = T,
) -> Bladzij:
    """The questions to this organisation about casussen in its sight, the newest first; of one that was refused nothing is
    left. One line in the log. Errors: `GeenRecht`."""
    if not may(actor.rol, LEZEN):
        raise GeenRecht(merk=LEZEN)
    v = Verteller(taal, lokaal(op).year, vertaal)
    rijen = Aanbod.objects.filter(
        casus_id__in=zichtbaar(actor, op), aan_organisatie_id=actor.organisatie_id, zichtbaar_vanaf__lte=op
    )
    if alleen_open:
        rijen = rijen.filter(antwoord="")
    if na is not None:
        rijen = rijen.filter(Q(gedaan_op__lt=na.moment) | Q(gedaan_op=na.moment, id__lt=na.id))
    gevonden_ = list(rijen.select_related("van_organisatie", "casus").order_by("-gedaan_op", "-id")[: hoogstens + 1])
    blad = gevonden_[:hoogstens]
    log.note(actor, "inzien", "aanbod", op, toelichting=f"vragen voor een koppeling: {len(blad)}")
    laatste = Plaats(blad[-1].gedaan_op, blad[-1].id) if blad else None
    return Bladzij(
        tuple(_vraag(a, actor, op, v) for a in blad), laatste if len(gevonden_) > hoogstens else None, laatste
    )


@asks
def read_question(
    actor: Actor, op: datetime, aanbod_id: UUID, taal: str = "nl", vertaal: Vertaler = T
) -> tuple[AanbodUit, str]:
    """One question, and a mark that changes with it; a line in the log. Errors: `GeenRecht`, `NietBetrokken`."""
    if not may(actor.rol, LEZEN):
        raise GeenRecht(merk=LEZEN)
    aanbod = _find(actor, op, aanbod_id, LEZEN)
    log.note(actor, "inzien", "aanbod", op, aanbod.casus_id)
    v = Verteller(taal, lokaal(op).year, vertaal)
    return _vraag(aanbod, actor, op, v), mark(aanbod)


def mark(aanbod: Aanbod) -> str:
    """Changes with everything that matters for an answer."""
    velden = (aanbod.antwoord, aanbod.tekst, aanbod.soort, aanbod.uiterlijk and utc(aanbod.uiterlijk))
    return hashlib.sha256(repr((str(aanbod.id), *velden)).encode()).hexdigest()[:20]


def read_answer(ruw: bytes) -> Antwoordbericht:
    """An answer from JSON. Errors: `Ongeldig` naming every field."""
    bericht = read_message(ruw, Antwoordbericht, VOORBEELD)
    fouten = []
    for veld, waarde, hooguit, nodig in (
        ("besloten_door", bericht.besloten_door, LANGSTE_NAAM, True),
        ("reden", bericht.reden or "", 400, bericht.antwoord == "geweigerd"),
    ):
        try:
            gelezen = tekst(hooguit)(waarde)
        except Onleesbaar as nee:
            fouten.append(Fout(veld, gevonden(waarde), str(nee)))
        else:
            if nodig and not gelezen:
                fouten.append(
                    Fout(veld, "niets", "wie dit besloot" if veld == "besloten_door" else "waarom het niet kan")
                )
    if fouten:
        raise Ongeldig(fouten)
    return bericht


def answer_question(
    actor: Actor, op: datetime, aanbod_id: UUID, bericht: Antwoordbericht, gelezen: str | None = None
) -> Antwoordontvangst:
    """Say yes or no in the name of the person who decided. The same again gives the same answer, also after a no, when the
    casus is out of sight. `gelezen` is the mark of the question as it was read.

    Errors: `GeenRecht`, `NietBetrokken`, `AlGedaan`, `AndersOntvangen`; `VraagVeranderd` when it is another question than
    was read; those of `answer_offer`."""
    if not may(actor.rol, ANTWOORDEN):
        raise GeenRecht(merk=ANTWOORDEN)
    inhoud = ontvangst.fingerprint(asdict(bericht))
    eerder = ontvangst.earlier(actor, "antwoord", aanbod_id, inhoud)
    if eerder is None:
        casus_id = _find(actor, op, aanbod_id, ANTWOORDEN).casus_id
        antwoord = {"casus": str(casus_id), "antwoord": bericht.antwoord, "beantwoord_op": utc(op)}

        def receive(werk: Werk, aanbod: Aanbod) -> None:
            if gelezen is not None and mark(aanbod) != gelezen:
                raise VraagVeranderd
            ontvangst.receive(actor, "antwoord", aanbod_id, inhoud, antwoord, op)

        namens = replace(actor, naam=f"{tekst(LANGSTE_NAAM)(bericht.besloten_door)!s} via {actor.naam}"[:120])
        try:
            ja = bericht.antwoord == "aanvaard"
            answer_offer(namens, op, casus_id, aanbod_id, ja, bericht.reden or "", ook=receive)
        except OngeldigeInvoer as nee:
            raise Ongeldig([Fout(*fout) for fout in nee.details["fouten"]]) from None
        except (NietBetrokken, AlGedaan):
            # The same may have come in beside this one.
            eerder = ontvangst.earlier(actor, "antwoord", aanbod_id, inhoud)
            if eerder is None:
                raise
        else:
            eerder = ontvangst.earlier(actor, "antwoord", aanbod_id, inhoud) or antwoord
    return Antwoordontvangst(aanbod_id, UUID(eerder["casus"]), eerder["antwoord"], eerder["beantwoord_op"])


@asks
def _find(actor: Actor, op: datetime, aanbod_id: UUID, merk: str) -> Aanbod:
    aanbod = (
        Aanbod.objects.filter(
            id=aanbod_id,
            casus_id__in=zichtbaar(actor, op),
            aan_organisatie_id=actor.organisatie_id,
            zichtbaar_vanaf__lte=op,
        )
        .select_related("van_organisatie", "casus")
        .first()
    )
    if aanbod is None:
        log.note(actor, "geweigerd", merk, op, geslaagd=False, toelichting=f"NietBetrokken: {aanbod_id}")
        raise NietBetrokken()
    return aanbod


def _vraag(a: Aanbod, actor: Actor, op: datetime, v: Verteller) -> AanbodUit:
    casus: Casus = a.casus
    return AanbodUit(
        id=a.id,
        casus_id=a.casus_id,
        nummer=casus.nummer,
        soort=a.soort,
        wat=v.zin(VRAAGNAAM.get(a.soort, a.soort)),
        wie=who_of(casus, zicht(actor.rol, delen(actor, a.casus_id, op)), v),
        van=a.van_organisatie.naam,
        tekst=v.zin(a.tekst),
        gedaan_op=utc(a.gedaan_op),
        uiterlijk=utc(a.uiterlijk) if a.uiterlijk else None,
        regels=tuple(a.regels),
        antwoord=a.antwoord,
        beantwoord_op=utc(a.beantwoord_op) if a.beantwoord_op else None,
    )
