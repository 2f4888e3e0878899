# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift: who goes signs what is on the page, who comes signs it on a screen of his own, and until then
the giver can take it back. One at a time per organisation. Vangnet's own: no agreement of a region speaks of it.

A signature is for what was read: each brings the versions of the casussen that stood on the page, and when one of them has
moved meanwhile nothing is signed (docs/besluiten/0024).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie
from vangnet.access.rechten import may
from vangnet.access.slot import asking, asks
from vangnet.access.weigering import Weigering
from vangnet.access.zicht import lopend, zicht
from vangnet.capacity.models import Dienstoverdracht, Dienstoverdrachtregel
from vangnet.rules.tekst import T

from .invoer import Onleesbaar, tekst
from .weigeringen import GeenRecht, OngeldigeInvoer

INZIEN, TEKENEN = "overdracht.inzien", "overdracht.tekenen"
GEEFT, NEEMT = "geeft", "neemt"
LANG_BIJ, LANG_ALGEMEEN = 300, 500
"""Signs of a remark with one casus, and of the one about the shift."""
TERUG = timedelta(hours=12)
"""How far back the changes go when nobody ever received a hand-over (ours: a long shift)."""


class OverdrachtWachtAl(Weigering):
    """Er wacht al een overdracht op ontvangst. Ontvang die, of laat wie haar tekende haar terughalen."""


class OverdrachtOnbekend(Weigering):
    """Deze overdracht is er niet bij jouw organisatie."""


class OverdrachtTeruggehaald(Weigering):
    """Wie deze overdracht tekende, heeft haar teruggehaald. Er is niets ontvangen."""


class OverdrachtAlOntvangen(Weigering):
    """Deze overdracht is al ontvangen."""


class ZelfGetekend(Weigering):
    """Je tekende deze overdracht zelf. Wie komt, ontvangt haar op zijn eigen scherm; jij kunt haar terughalen."""


class NietVanJou(Weigering):
    """Alleen wie de overdracht tekende, kan haar terughalen."""


class VeranderdOnderHetLezen(Weigering):
    """Er is iets veranderd sinds je deze lijst opende. Er is niet getekend: lees wat er veranderde en teken dan opnieuw."""


@dataclass(frozen=True)
class Getekend:
    """A hand-over as far as its two signatures: who, when, and what was said about the shift."""

    id: UUID
    gever_id: UUID
    gever: str
    getekend_op: datetime
    sinds: datetime
    opmerking: str
    ontvanger: str
    ontvangen_op: datetime | None
    ingetrokken_op: datetime | None

    @property
    def wacht(self) -> bool:
        """Whether nobody received it yet."""
        return self.ontvangen_op is None and self.ingetrokken_op is None


VELDEN = (
    "select o.id, o.gever_id, g.naam, o.getekend_op, o.sinds, o.opmerking, coalesce(n.naam, ''), o.ontvangen_op,"
    " o.ingetrokken_op from capacity_dienstoverdracht o join access_medewerker g on g.id = o.gever_id"
    " left join access_medewerker n on n.id = o.ontvanger_id where o.organisatie_id = %s"
)


def signed(actor: Actor, welke: str = "", *waarden: object) -> list[Getekend]:
    """Hand-overs of the own organisation, newest first; `welke` is SQL that narrows it. The caller has opened the lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{VELDEN} {welke} order by o.getekend_op desc, o.id desc limit 10", [actor.organisatie_id, *waarden]
        )
        return [Getekend(*rij) for rij in cursor.fetchall()]


def since(ontvangen: Iterable[Getekend], op: datetime) -> datetime:
    """From when on what changed is told: the newest of these that was received; without one the last `TERUG`."""
    return next((o.ontvangen_op for o in ontvangen if o.ontvangen_op is not None), None) or op - TERUG


@asks
def waiting(actor: Actor, op: datetime) -> Getekend | None:
    """The hand-over of the own organisation that waits to be received, if any: for the board. Nothing for who has no part
    in handing over."""
    if not may(actor.rol, INZIEN):
        return None
    return next(iter(signed(actor, "and o.ontvangen_op is null and o.ingetrokken_op is null")), None)


def on_the_list(actor: Actor, op: datetime) -> dict[UUID, int]:
    """The open casussen that are handed over, each with its version: those that this person knows by name on the board,
    without practice. The caller has opened the lock."""
    mee = [id_ for id_, eigen in lopend(actor, op).items() if "kern" in zicht(actor.rol, eigen.delen)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, versie from casework_casus where id = any(%s) and gesloten_op is null and not oefening", [mee]
        )
        return dict(cursor.fetchall())


def hand_over(
    actor: Actor,
    op: datetime,
    id_: UUID,
    gezien: Mapping[UUID, int],
    opmerkingen: Mapping[UUID, str],
    opmerking: str = "",
) -> UUID:
    """The giver signs. `id_` is made with the page, so that the same form twice is one hand-over; `gezien` is the version of
    each casus on it. Returns its id.

    Errors: `GeenRecht`, `OngeldigeInvoer`, `OverdrachtWachtAl`, `VeranderdOnderHetLezen`; nothing is signed then."""
    if not may(actor.rol, TEKENEN):
        raise GeenRecht(merk=TEKENEN)
    fouten: list[tuple[str, str, str]] = []
    bij = {casus_id: _clean(f"bij.{casus_id}", ruw, LANG_BIJ, fouten) for casus_id, ruw in opmerkingen.items()}
    algemeen = _clean("opmerking", opmerking, LANG_ALGEMEEN, fouten)
    if fouten:
        raise OngeldigeInvoer(*fouten)
    with asking(actor, op, work=True):
        Organisatie.objects.select_for_update().get(pk=actor.organisatie_id)
        eerder = Dienstoverdracht.objects.filter(pk=id_).first()
        if eerder is not None and eerder.gever_id == actor.medewerker_id:
            return id_
        if waiting(actor, op) is not None:
            raise OverdrachtWachtAl
        nu = on_the_list(actor, op)
        if nu != dict(gezien):
            raise VeranderdOnderHetLezen
        try:
            with transaction.atomic():
                Dienstoverdracht.objects.create(
                    id=id_, organisatie_id=actor.organisatie_id, gever_id=actor.medewerker_id, getekend_op=op,
                    sinds=since(signed(actor, "and o.ontvangen_op is not null"), op), opmerking=algemeen,
                )  # fmt: skip
        except IntegrityError:
            raise OverdrachtOnbekend from None  # An id that is in use elsewhere: no page of ours made it.
        _write(id_, GEEFT, nu, bij)
        log.note(actor, "toevoegen", "overdracht", op, toelichting=f"getekend: {len(nu)} casussen")
    return id_


def receive(actor: Actor, op: datetime, id_: UUID, gezien: Mapping[UUID, int]) -> UUID:
    """Who comes signs for what he read: `gezien`, the version of each casus on his page. A second time changes nothing.

    Errors: `GeenRecht`, `OverdrachtOnbekend`, `OverdrachtTeruggehaald`, `OverdrachtAlOntvangen`, `ZelfGetekend`,
    `VeranderdOnderHetLezen`."""
    with asking(actor, op, work=True):
        rij = _locked(actor, id_)
        if rij.ingetrokken_op is not None:
            raise OverdrachtTeruggehaald
        if rij.ontvangen_op is not None:
            if rij.ontvanger_id == actor.medewerker_id:
                return id_
            raise OverdrachtAlOntvangen
        if rij.gever_id == actor.medewerker_id:
            raise ZelfGetekend
        nu = on_the_list(actor, op)
        if nu != dict(gezien):
            raise VeranderdOnderHetLezen
        rij.ontvanger_id, rij.ontvangen_op = actor.medewerker_id, max(op, rij.getekend_op)
        rij.save(update_fields=["ontvanger", "ontvangen_op"])
        _write(id_, NEEMT, nu, {})
        log.note(actor, "wijzigen", "overdracht", op, toelichting=f"ontvangen: {len(nu)} casussen")
    return id_


def take_back(actor: Actor, op: datetime, id_: UUID) -> UUID:
    """The giver takes it back before anybody received it. A second time changes nothing.

    Errors: `GeenRecht`, `OverdrachtOnbekend`, `NietVanJou`, `OverdrachtAlOntvangen`."""
    with asking(actor, op, work=True):
        rij = _locked(actor, id_)
        if rij.gever_id != actor.medewerker_id:
            raise NietVanJou
        if rij.ontvangen_op is not None:
            raise OverdrachtAlOntvangen
        if rij.ingetrokken_op is None:
            rij.ingetrokken_op = op
            rij.save(update_fields=["ingetrokken_op"])
            log.note(actor, "beëindigen", "overdracht", op, toelichting="teruggehaald")
    return id_


def _locked(actor: Actor, id_: UUID) -> Dienstoverdracht:
    if not may(actor.rol, TEKENEN):
        raise GeenRecht(merk=TEKENEN)
    gezocht = Dienstoverdracht.objects.select_for_update().filter(pk=id_, organisatie_id=actor.organisatie_id)
    rij = gezocht.first()
    if rij is None:
        raise OverdrachtOnbekend
    return rij


def _write(id_: UUID, kant: str, casussen: Mapping[UUID, int], opmerkingen: Mapping[UUID, str]) -> None:
    Dienstoverdrachtregel.objects.bulk_create(
        Dienstoverdrachtregel(
            overdracht_id=id_,
            casus_id=casus_id,
            kant=kant,
            versie=versie,
            opmerking=opmerkingen.get(casus_id, ""),
        )
        for casus_id, versie in casussen.items()
    )


def _clean(veld: str, ruw: str, hooguit: int, fouten: list[tuple[str, str, str]]) -> str:
    try:
        return tekst(hooguit)(ruw)
    except Onleesbaar as fout:
        fouten.append((veld, T("{n} tekens").format(n=len(ruw)), str(fout)))
        return ""
