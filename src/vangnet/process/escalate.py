# SPDX-License-Identifier: EUPL-1.2
"""Wake people: look at every deadline at its moment, and climb its ladder until somebody answers or it is done.

The row is the job. A clock carries the moment at which it must be looked at (`Klok.wek_op`), an alarm that of its next rung; the
loop claims a casus at a time and writes what goes off, who is warned and the messages to them in one transaction. What happens
twice finds its row there; what was cut off is found again by the next round (docs/besluiten/0022).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction

from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade, Deel, Functie, Organisatie
from vangnet.access.slot import asking
from vangnet.capacity.models import Dienst
from vangnet.clocks.models import Alarm, Alarmsoort, Einde, Klok, Waarschuwing
from vangnet.conf.rows import insert_rows
from vangnet.messages import outbox
from vangnet.messages.outbox import Poststuk
from vangnet.rules.escalatie import Escalatie, Ladder, Sport, klokkind, sport_op
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import T

from . import current_register
from .dossier import Dossier, read_dossier
from .klokken import inzet_van, waits_with
from .morning_list import send_morning_lists
from .record_triage import organisatie_van
from .take_in_hand import in_hand

logger = logging.getLogger(__name__)

NIEMAND = UUID(int=0)
AAN_DE_DEUR = ("voorwacht", "coordinator")
"""Duties that a deadline of the crisis service itself is for, the first that somebody has."""
BUITEN = frozenset({"mail", "sein"})
"""Ways that leave the screen: never for a practice casus."""
MIST: dict[str, str] = {
    "geen_dienst": T("niemand staat in het rooster"),
    "geen_coordinator": T("geen coördinator in het rooster"),
    "geen_achterwacht": T("geen achterwacht in het rooster"),
    "mail_uit": T("mail is niet ingesteld"),
    "sein_uit": T("sms en telefoon zijn niet ingesteld"),
    "mail_adres": T("geen mailadres"),
    "sein_adres": T("geen telefoonnummer"),
}
"""Why somebody could not be warned in a way that the ladder names."""


@dataclass(frozen=True)
class Doel:
    """Somebody, or an organisation, that a rung is for."""

    organisatie_id: UUID
    medewerker_id: UUID | None = None
    mail: str = ""
    telefoon: str = ""
    dienst: bool = False
    """Whether he has duty now: only then his phone goes."""
    mist: str = ""
    """Why there is nobody, as a word of `MIST`."""


@dataclass
class Ronde:
    """What one round did."""

    gewekt: int = 0
    """How many alarms and rungs went off, and for how many organisations their signals came due."""
    fouten: dict[UUID, str] = field(default_factory=dict)
    """Casussen at which something went wrong, with the kind of fault; the others went on. Of no casus (`NIEMAND`): the morning lists."""


def wake(op: datetime, niet: Collection[UUID] = (), gestopt: Callable[[], bool] = lambda: False) -> Ronde:
    """Let everything go off that is due at `op`, a casus at a time, oldest first; each in a transaction of its own, so that one
    that goes wrong holds up no other; then the mail to who opens with signals waiting. Casussen in `niet` are passed over. Runs outside a transaction."""
    uit = Ronde()
    overslaan = set(niet)
    while not gestopt():
        casus_id: UUID | None = None
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("select casus_id, organisatie_id from vangnet_wek(%s, %s)", [op, list(overslaan)])
                    rij = cursor.fetchone()
                if rij is None:
                    break
                casus_id, namens = rij
                uit.gewekt += _wake_casus(casus_id, namens, op)
        except Exception as fout:
            if casus_id is None or not connection.is_usable():
                raise
            logger.exception("wekken van een casus ging mis: %s", type(fout).__name__)
            uit.fouten[casus_id] = type(fout).__name__
            overslaan.add(casus_id)
    if NIEMAND not in overslaan:
        try:
            uit.gewekt += send_morning_lists(op)
        except Exception as fout:
            if not connection.is_usable():
                raise
            logger.exception("morgenlijsten melden ging mis: %s", type(fout).__name__)
            uit.fouten[NIEMAND] = type(fout).__name__
    return uit


def next_moment() -> datetime | None:
    """When the loop has something to do next; None when nothing runs."""
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_volgende_wek()")
        rij = cursor.fetchone()
    return rij[0] if rij else None


def _wake_casus(casus_id: UUID, namens: UUID | None, op: datetime) -> int:
    """Everything of one casus that is due, in the name of who leads it. Returns how much went off."""
    if namens is None:
        raise LookupError("nobody takes part in the casus that was claimed")
    with asking(_loop(namens), op, work=True):
        d = read_dossier(casus_id)
        if d is None:
            raise LookupError("the casus that was claimed is not in sight")
        escalatie = current_register().escalatie(d.casus.regio)
        werk = _Wekken(d, escalatie, op)
        for klok in d.klokken:
            if klok.wek_op is not None and klok.wek_op <= op and klok.geeindigd_op is None:
                werk.ring(klok)
        # Under a lock: somebody who says this very moment that he has it is waited for, and then it is not due any more.
        for alarm in (
            Alarm.objects.select_for_update(of=("self",))
            .select_related("klok")
            .filter(casus_id=casus_id, volgende_op__lte=op)
            .order_by("volgende_op")
        ):
            werk.climb(alarm, escalatie.van(alarm.ladder))
        insert_rows({Waarschuwing: werk.waarschuwingen})
        for stuk in werk.post:
            outbox.put(stuk, op)
        return werk.aantal


def _loop(organisatie_id: UUID) -> Actor:
    """The loop, in the name of an organisation that takes part: it sees that casus, and nobody has asked."""
    return Actor(NIEMAND, "", organisatie_id, "", "", "", "")


class _Wekken:
    """What goes off in one casus."""

    def __init__(self, d: Dossier, escalatie: Escalatie, op: datetime) -> None:
        self.d, self.escalatie, self.op = d, escalatie, op
        self.aantal = 0
        self.waarschuwingen: list[Waarschuwing] = []
        self.post: list[Poststuk] = []
        self._dicht = set(Blokkade.objects.filter(casus_id=d.casus.id).values_list("medewerker_id", flat=True))
        self._kanalen = outbox.reachable(d.casus.regio)
        self._diensten: list[Dienst] | None = None

    def ring(self, klok: Klok) -> None:
        """A clock that nears, or is due: one alarm for that moment, however often it is looked at."""
        ladder = self.escalatie.van(klokkind(klok.strekking, klok.hele_dag))
        due = klok.uiterlijk <= self.op
        soort = Alarmsoort.VERSTREKEN if due else Alarmsoort.NADERT
        if due:
            Alarm.objects.filter(klok_id=klok.id, soort=Alarmsoort.NADERT, einde_op=None).update(
                einde_op=self.op, einde=Einde.GEHOORD, volgende_op=None
            )
        alarm, nieuw = Alarm.objects.select_for_update().get_or_create(
            klok_id=klok.id, soort=soort, moment=klok.uiterlijk if due else klok.wek_op,
            defaults={"casus_id": self.d.casus.id, "op": self.op, "ladder": ladder.soort},
        )  # fmt: skip
        if nieuw or alarm.einde_op is not None:  # One that ended and runs again, after an undo, begins its ladder anew.
            alarm.op, alarm.einde_op, alarm.einde, alarm.door_id, alarm.sport = self.op, None, "", None, 0
            alarm.klok = klok
            if due:
                self.climb(alarm, ladder)
            else:
                self._warn(alarm, Sport(0, "eigenaar", ("scherm",)))
                alarm.save()
            self.aantal += nieuw
        klok.wek_op = None if due else klok.uiterlijk
        Klok.objects.filter(id=klok.id).update(wek_op=klok.wek_op)

    def climb(self, alarm: Alarm, ladder: Ladder) -> None:
        """Every rung that is due by now. One that reaches nobody stands on record; of a deadline with an hour the next then goes at
        once, of one that ends with a day it waits for its own time: in the morning."""
        oefening = self.d.casus.oefening
        sporten = ladder.sporten[:1] if oefening else ladder.sporten
        meteen = False
        while alarm.sport < len(sporten):
            wanneer = sport_op(ladder, alarm.sport, alarm.op)
            if wanneer is None or (wanneer > self.op and not meteen):
                break
            sport = sporten[alarm.sport]
            bereikt = self._warn(alarm, replace(sport, wegen=("scherm",)) if oefening else sport)
            meteen = not bereikt and ladder.soort == "uur"
            alarm.sport += 1
            self.aantal += 1
        alarm.volgende_op = sport_op(ladder, alarm.sport, alarm.op) if alarm.sport < len(sporten) else None
        alarm.save()

    def _warn(self, alarm: Alarm, sport: Sport) -> bool:
        """One rung: on the screens, and out of the house. Returns whether anybody can have noticed."""
        doelen = self._doelen(alarm.klok, sport.wie)
        bereikt = sport.wie == "bellijst"
        for doel in doelen:
            mist = [doel.mist] if doel.mist else []
            gegaan = [weg for weg in sport.wegen if weg not in BUITEN]
            for weg, aan in (("mail", doel.mail), ("sein", doel.telefoon)):
                if weg not in sport.wegen or doel.mist or (weg == "sein" and not doel.dienst):
                    continue
                if not self._kanalen[weg]:
                    mist.append(f"{weg}_uit")
                elif not aan:
                    mist.append(f"{weg}_adres")
                else:
                    gegaan.append(weg)
                    self.post.append(self._letter(alarm, doel, weg, aan))
            bereikt |= doel.dienst or not BUITEN.isdisjoint(gegaan)
            self.waarschuwingen.append(
                Waarschuwing(
                    casus_id=self.d.casus.id, alarm_id=alarm.id, sport=alarm.sport, op=self.op, wie=sport.wie,
                    organisatie_id=doel.organisatie_id, medewerker_id=doel.medewerker_id, wegen=gegaan, mist=" ".join(mist),
                )
            )  # fmt: skip
        return bereikt

    def _letter(self, alarm: Alarm, doel: Doel, weg: str, aan: str) -> Poststuk:
        """That something waits; never what, or about whom. The crisis service hears it when it does not arrive."""
        bij_dienst = doel.organisatie_id == self.d.dienst_id
        gegevens = {"waar": "dienst" if bij_dienst else "mijn-werk", "trap": str(min(alarm.sport + 1, 9))}
        if alarm.ladder == "uur":
            gegevens["uiterlijk"] = f"{lokaal(alarm.klok.uiterlijk):%H:%M}"
        # The key outlives the address and the casus: it says nothing to who reads it.
        wat = f"{alarm.op.timestamp():.0f}.{alarm.sport}.{weg}.{doel.medewerker_id or doel.organisatie_id}"
        return Poststuk(
            kanaal=weg, aan=aan, soort="alarm", organisatie_id=self.d.dienst_id, regio=self.d.casus.regio,
            sleutel=f"alarm.{uuid5(alarm.id, wat)}", gegevens=gegevens,
        )  # fmt: skip

    def _doelen(self, klok: Klok, wie: str) -> list[Doel]:
        """Who a rung is for at this moment; at least one, so that every rung stands on record."""
        dienst = self.d.dienst_id
        if wie == "bellijst":
            return [Doel(dienst)]
        if wie != "eigenaar":
            return self._on_duty(wie) or [Doel(dienst, mist=f"geen_{wie}")]
        huis = self.owner(klok)
        if huis == dienst:
            return self._on_duty(*AAN_DE_DEUR) or [Doel(dienst, mist="geen_dienst")]
        uit = []
        mens = in_hand(self.d, huis)
        if mens is not None and mens not in self._dicht:
            email = (
                Functie.objects.filter(medewerker_id=mens, organisatie_id=huis, van__lte=self.op, medewerker__is_active=True)
                .exclude(tot__lte=self.op).values_list("medewerker__email", flat=True).first()
            )  # fmt: skip
            if email:
                uit.append(Doel(huis, mens, mail=email))
        postbus = Organisatie.objects.filter(id=huis).values_list("postbus", flat=True).first() or ""
        if postbus or not uit:
            uit.append(Doel(huis, mail=postbus))
        return uit

    def owner(self, klok: Klok) -> UUID:
        """The organisation that must act: the party of the rules as far as it takes part, else who leads; of a closed casus who
        keeps the file."""
        d = self.d
        leidt = d.regie.organisatie_id if d.regie else d.dienst_id
        doet_mee = {b.organisatie_id for b in d.betrokkenheden if b.tot is None and b.deel != Deel.AANBOD}
        if (bij := waits_with(d, klok)) is not None:
            return bij
        inzet = next((i for i in d.inzetten if i.id == inzet_van(klok.sleutel)), None)
        if klok.eigenaar in ("zorgaanbieder", "aanbieder") and inzet is not None and inzet.aanbieder_id in doet_mee:
            return inzet.aanbieder_id
        partij = organisatie_van(d, klok.eigenaar)
        return partij.id if partij is not None and partij.id in doet_mee else leidt

    def _on_duty(self, *taken: str) -> list[Doel]:
        """Who of the crisis service has the first of these duties that somebody has now."""
        if self._diensten is None:
            werkt = Functie.objects.filter(organisatie_id=self.d.dienst_id, van__lte=self.op).exclude(tot__lte=self.op)
            self._diensten = list(
                Dienst.objects.select_related("medewerker")
                .filter(organisatie_id=self.d.dienst_id, van__lte=self.op, tot__gt=self.op, medewerker__is_active=True)
                .filter(medewerker_id__in=werkt.values("medewerker_id"))
                .exclude(medewerker_id__in=self._dicht)
                .order_by("van", "id")
            )
        for taak in taken:
            wie = {dienst.medewerker_id: dienst.medewerker for dienst in self._diensten if dienst.taak == taak}
            if wie:
                return [Doel(self.d.dienst_id, m.id, m.email, m.telefoon, dienst=True) for m in wie.values()]
        return []
