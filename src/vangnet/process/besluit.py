# SPDX-License-Identifier: EUPL-1.2
"""What every step between the home and closing has in common: read what came in, when it happened, who may, who was first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from vangnet.access.models import Deel, Organisatie
from vangnet.casework.models import Aanbod, Gebeurtenis, Inzet, Jeugdige
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM, T

from .acties import GEVRAAGD
from .advise_dossier import advise_dossier
from .dossier import hulp_in_volgorde
from .invoer import Onleesbaar, gevonden, tekst
from .weigeringen import Achterhaald, GeenRegie, OngeldigeInvoer
from .werk import Werk

STRAKS = timedelta(minutes=2)
"""How far the clock of a client may be ahead before a moment counts as one to come."""
EINDE_WERKDAG = time(17)
"""When a question to another organisation runs out, on its day: our own choice, no agreement names an hour."""


class Lezer:
    """Reads what came in and gathers every fault, so that one answer names them all."""

    def __init__(self) -> None:
        self.fouten: list[tuple[str, str, str]] = []

    def fout(self, veld: str, ruw: Any, verwacht: str) -> None:
        """Note a fault: the field, what was found there, what is expected."""
        self.fouten.append((veld, gevonden(ruw) if ruw not in (None, "") else T("niets"), verwacht))

    def tekst(self, veld: str, ruw: Any, hooguit: int, verwacht: str = "") -> str:
        """A text of at most `hooguit` signs; with `verwacht` it may not be empty."""
        try:
            gelezen = str(tekst(hooguit)(ruw if ruw is not None else ""))
        except Onleesbaar as nee:
            self.fout(veld, ruw, str(nee))
            return ""
        if verwacht and not gelezen:
            self.fout(veld, ruw, verwacht)
        return gelezen

    def keuze(self, veld: str, ruw: Any, woorden: tuple[str, ...], leeg_mag: bool = False) -> str:
        """One of these words."""
        if ruw in woorden or (leeg_mag and ruw in ("", None)):
            return str(ruw or "")
        self.fout(veld, ruw, ", ".join(woorden))
        return ""

    def moment(
        self, werk: Werk, gebeurd_op: datetime | None, niet_voor: datetime | None = None, veld: str = "gebeurd_op"
    ) -> datetime:
        """When it happened: not to come, not before the casus began (or `niet_voor`); without a moment, now."""
        begin = werk.casus.begonnen_op
        if gebeurd_op is None:
            return max(werk.op, begin)
        if gebeurd_op.tzinfo is None:
            gebeurd_op = gebeurd_op.replace(tzinfo=AMSTERDAM)
        if gebeurd_op > werk.op + STRAKS:
            self.fout(veld, _tijd(gebeurd_op), T("een moment dat geweest is"))
        elif gebeurd_op < begin.replace(second=0, microsecond=0):
            self.fout(veld, _tijd(gebeurd_op), f"een moment na de melding ({_tijd(begin)})")
        elif niet_voor is not None and gebeurd_op < niet_voor.replace(second=0, microsecond=0):
            self.fout(veld, _tijd(gebeurd_op), f"een moment vanaf {_tijd(niet_voor)}")
        return max(gebeurd_op, begin, niet_voor or begin)

    def klaar(self) -> None:
        """Raise `OngeldigeInvoer` with every fault; nothing when there is none."""
        if self.fouten:
            raise OngeldigeInvoer(*self.fouten)


def _tijd(moment: datetime) -> str:
    return f"{lokaal(moment):%d-%m-%Y %H:%M}"


def iso(moment: datetime) -> str:
    """A moment as a fact keeps it: Dutch time, whole seconds."""
    return lokaal(moment).replace(microsecond=0).isoformat()


def leads_or_is_service(werk: Werk) -> None:
    """Who leads, or the crisis service that began it. Raises `GeenRegie` for others."""
    if werk.actor.organisatie_id not in (werk.d.dienst_id, werk.d.regie.organisatie_id if werk.d.regie else None):
        raise GeenRegie()


def leads(werk: Werk) -> None:
    """Only who leads. Raises `GeenRegie` for others."""
    if werk.d.regie is None or werk.actor.organisatie_id != werk.d.regie.organisatie_id:
        raise GeenRegie()


def was_first(werk: Werk, soort: str, versie: int | None, wilde: Mapping[str, Any]) -> None:
    """Refuse a decision of this kind on an older casus when a colleague took it meanwhile: `Achterhaald` with what stands
    (`nu`), who (`door`), when (`op`) and what the actor wanted (`jij`)."""
    if versie is None or versie >= werk.casus.versie:
        return
    ander = (
        Gebeurtenis.objects.filter(casus_id=werk.casus.id, soort=soort, gegevens__versie__gt=versie)
        .select_related("door")
        .order_by("-ingevoerd_op", "-id")
        .first()
    )
    if ander is not None:
        raise Achterhaald(veld=soort, nu=ander.gegevens, door=ander.door.naam, op=ander.ingevoerd_op, jij=dict(wilde))


def decision(werk: Werk, **gegevens: Any) -> dict[str, Any]:
    """The data of the event of a decision, with the version of the casus that it makes (see `was_first`)."""
    return gegevens | {"versie": werk.casus.versie + 1}


def advice_for(werk: Werk, kind: Jeugdige | None) -> Advies | None:
    """The advice for one child of the casus; for None or the first child that of the casus."""
    if kind is None or (werk.d.kinderen and kind is werk.d.kinderen[0]):
        return werk.advies
    return advise_dossier(werk.d, werk.op, kind)[0]


def number_of(werk: Werk, inzet: Inzet) -> tuple[Jeugdige | None, str]:
    """The child of an inzet and the key under which the advice for that child speaks of it (`inzet.2`)."""
    kind = next((k for k in werk.d.kinderen if k.id == inzet.jeugdige_id), None)
    for nummer, i in enumerate(hulp_in_volgorde(werk.d, kind), 1):
        if i.id == inzet.id:
            return kind, f"inzet.{nummer}"
    return kind, ""


def organisation(werk: Werk, lezer: Lezer, veld: str, id_: UUID | None) -> Organisatie | None:
    """An active organisation of the region of the casus; a fault of `veld` for another."""
    gevonden_ = Organisatie.objects.filter(id=id_, regio=werk.casus.regio, actief=True).first() if id_ else None
    if gevonden_ is None:
        lezer.fout(veld, str(id_ or ""), T("een organisatie uit de lijst van deze regio"))
        return None
    werk.d.namen[gevonden_.id], werk.d.soorten[gevonden_.id] = gevonden_.naam, gevonden_.soort
    return gevonden_


def put_question(werk: Werk, soort: str, aan: UUID, tekst_: str, los: bool = False, **velden: Any) -> Aanbod:
    """Ask an organisation, and tell so on the timeline. `los`: asked by itself, not as part of a decision, so that it can
    be taken back by itself (`process.undo`)."""
    aanbod = werk.ask(soort, aan, tekst_, **velden)
    werk.event(
        "aanbod_gedaan",
        gegevens={"aan": werk.d.naam(aan), "wat": GEVRAAGD[soort], "aanbod": str(aanbod.id)}
        | ({"los": True} if los else {}),
        regels=list(aanbod.regels),
    )
    return aanbod


def take_back(werk: Werk, aanbod: Aanbod, antwoord: str = "ingetrokken") -> None:
    """End an open question without an answer; the asked organisation sees the casus no more through it."""
    aanbod.antwoord, aanbod.beantwoord_op = antwoord, werk.op
    werk.save(aanbod, "antwoord", "beantwoord_op")
    let_go(werk, aanbod.aan_organisatie_id)


def let_go(werk: Werk, organisatie_id: UUID) -> None:
    """End the parts that an organisation only had because of questions, when none of those is open any more."""
    open_ = [b for b in werk.d.aanbiedingen if b.aan_organisatie_id == organisatie_id and b.antwoord == ""]
    if not any(b.soort != "signaal" for b in open_):
        werk.release(organisatie_id, Deel.AANBOD)
    aanvaard = any(
        b.soort == "signaal" and b.aan_organisatie_id == organisatie_id and b.antwoord == "aanvaard"
        for b in werk.d.aanbiedingen
    )
    if not aanvaard and not any(b.soort == "signaal" for b in open_):
        werk.release(organisatie_id, Deel.SIGNAAL)


def next_working_day(werk: Werk) -> datetime:
    """The end of the next working day of the region: how long a question waits by our own choice."""
    advies = werk.advies
    dag = lokaal(werk.op).date()
    if advies is None:
        return datetime.combine(dag + timedelta(days=3), EINDE_WERKDAG, AMSTERDAM)
    morgen: date = kalender_van(advies.afspraken, advies.sluitingsdagen).volgende_werkdag(dag)
    return datetime.combine(morgen, EINDE_WERKDAG, AMSTERDAM)
