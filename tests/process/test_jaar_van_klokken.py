# SPDX-License-Identifier: EUPL-1.2
"""A year of deadlines with a clock that jumps to the next moment: every one goes off at its second, none twice, none missing.

Families call day and night; people do what is asked soon, late or never; somebody answers an alarm or nobody does. Beside it the
test writes down, after every step, which deadlines stand, and reckons from that alone what must have gone off and when. It asks the
ladder nothing: its minutes are written out here.

`make test` runs a slice around both changes of the clock, Easter and Christmas; `make proof-clocks` a whole year.
"""

from __future__ import annotations

import heapq
import os
import random
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection

from tests.mensen import actor_of, medewerker
from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.access.models import Organisatie, Sluitingsdag
from vangnet.capacity.models import Dienst
from vangnet.clocks.models import Alarm, Waarschuwing
from vangnet.process.acknowledge_alarm import acknowledge_alarm
from vangnet.process.escalate import next_moment, wake
from vangnet.process.weigeringen import Weigering
from vangnet.rules.bron import ZACHT
from vangnet.rules.tekst import AMSTERDAM

pytestmark = pytest.mark.django_db(transaction=True)

HEEL = os.environ.get("VANGNET_KLOKKEN", "") == "heel"
PER_DAG = int(os.environ.get("VANGNET_PER_DAG", "20"))
ZAAD = os.environ.get("VANGNET_ZAAD", "jaar")
JAAR = 2024
STUKKEN = [(date(2024, 3, 29), 4), (date(2024, 10, 26), 2), (date(2024, 12, 24), 3)]
"""Easter with the change to summer time, the change back, Christmas: from which day, how many days."""
REGIOS = ("zuid-limburg", "lekstroom", "haaglanden", "utrecht-save")
TREDEN = {"uur": (0, 10, 20, 30), "dag": (0, 540, 600, 660), "zacht": (0,)}
"""Minutes after it went off at which somebody is warned, as the ladder of Vangnet promises them."""


@dataclass
class Stand:
    """One deadline as it stood for a while."""

    klok: UUID
    uiterlijk: datetime
    begonnen: datetime
    hele_dag: bool
    zacht: bool
    van: datetime
    tot: datetime | None = None

    @property
    def ladder(self) -> str:
        return "zacht" if self.zacht else "dag" if self.hele_dag else "uur"

    def nadert(self) -> datetime | None:
        """When its owner hears beforehand: at nine on its last day, or a quarter of an hour before, or halfway."""
        if self.zacht:
            return None
        if self.hele_dag:
            negen = datetime.combine(
                (self.uiterlijk.astimezone(AMSTERDAM) - timedelta(hours=1)).date(), time(9), AMSTERDAM
            )
            return negen if self.uiterlijk - self.begonnen > timedelta(hours=15) else None
        duur = (self.uiterlijk - self.begonnen).total_seconds()
        return self.uiterlijk - timedelta(seconds=min(900, duur / 2)) if duur > 0 else None


@dataclass
class Jaar:
    """The world, what is still to happen in it, and what was written down."""

    kans: random.Random
    streken: list[Streek]
    standen: dict[UUID, list[Stand]] = field(default_factory=dict)
    antwoorden: dict[UUID, datetime] = field(default_factory=dict)
    """Per alarm when somebody answered it."""
    nu: datetime = datetime(JAAR, 1, 1, tzinfo=UTC)
    """How late it is in this world; it never goes back."""
    rondes: int = 0
    casussen: int = 0
    stappen: int = 0

    def run(self, dagen: list[date]) -> datetime:
        """Everything that happens on these days and what comes of it; returns the last moment that the loop looked at."""
        wachtrij: list[tuple[datetime, int, Wandeling | Streek]] = []
        nummer = count()
        for dag in dagen:
            begin = datetime.combine(dag, time(), AMSTERDAM).astimezone(UTC)
            for _ in range(PER_DAG if HEEL else 4):
                op = begin + timedelta(seconds=self.kans.randrange(86_400))
                heapq.heappush(wachtrij, (op, next(nummer), self.kans.choice(self.streken)))
        gedaan, laatste = 0, datetime.combine(dagen[-1], time(), AMSTERDAM).astimezone(UTC) + timedelta(days=30)
        while wachtrij:
            op, _, wat = heapq.heappop(wachtrij)
            op = max(op, self.nu)
            if op > laatste:
                continue
            self.loop_until(op)
            if isinstance(wat, Streek):
                wat.begin = op.astimezone(AMSTERDAM)
                wat = nieuwe_casus(wat, self.kans.choice(["inschatting", "inschatting", "inschatting", "consult"]))
                self.casussen += 1
            else:
                self.step(wat, op)
            self.nu = wat.nu.astimezone(UTC)
            self.write_down(wat.casus_id, self.nu)
            if (
                wat.dossier.casus.gesloten_op is None and self.kans.random() > 0.12
            ):  # else nobody does anything any more
                uren = self.kans.choice([0.1, 0.3, 1, 4, 20, 60, 200])
                heapq.heappush(
                    wachtrij, (max(op, wat.nu) + timedelta(hours=uren * self.kans.random()), next(nummer), wat)
                )
            gedaan += 1
            if HEEL and gedaan % 200 == 0:
                print(
                    f"\r{op:%d-%m}: {self.casussen} casussen, {self.stappen} stappen, {self.rondes} keer gewekt",
                    end="",
                    file=sys.stderr,
                )
        self.loop_until(laatste)
        return laatste

    def step(self, w: Wandeling, op: datetime) -> None:
        """The first thing that is asked, done by whom it is asked of; what is refused is left for later."""
        w.nu = op.astimezone(AMSTERDAM)
        te_doen = w.acties()
        if te_doen:
            self.stappen += 1
            with suppress(Weigering):
                w.doe(self.kans.choice(te_doen[:2]))

    def loop_until(self, op: datetime) -> None:
        """The loop, with a clock that jumps. Now and then somebody on duty says that he has it."""
        while (moment := next_moment()) is not None and moment <= op:
            self.nu = moment = max(moment, self.nu)
            ronde = wake(moment)
            assert ronde.fouten == {}
            self.rondes += 1
            assert ronde.gewekt, "the loop was woken for nothing"
            if self.kans.random() < 0.3:
                self.answer(moment + timedelta(seconds=self.kans.randrange(1, 1500)), op)
        self.nu = max(op, self.nu)

    def answer(self, op: datetime, uiterlijk: datetime) -> None:
        volgende = next_moment()
        if op > uiterlijk or (volgende is not None and volgende <= op):
            return
        alarm = (
            Alarm.objects.filter(einde_op=None, soort="verstreken")
            .select_related("casus")
            .order_by("-op", "id")
            .first()
        )
        if alarm is None or alarm.id in self.antwoorden:
            return
        dienst = next(s.dienst for s in self.streken if s.regio == alarm.casus.regio)
        with suppress(Weigering):
            acknowledge_alarm(dienst, op, alarm.id)
            self.antwoorden[alarm.id] = self.nu = op

    def write_down(self, casus_id: UUID, op: datetime) -> None:
        """Which deadlines stand after a step: read as they are, with no use of what the loop made of them."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select id, uiterlijk, begonnen_op, hele_dag, strekking, geeindigd_op from clocks_klok where casus_id = %s",
                [casus_id],
            )
            for id_, uiterlijk, begonnen, hele_dag, strekking, geeindigd in cursor.fetchall():
                eerder = self.standen.setdefault(id_, [])
                loopt = eerder[-1] if eerder and eerder[-1].tot is None else None
                if loopt is not None and (geeindigd is not None or loopt.uiterlijk != uiterlijk):
                    loopt.tot = op
                    loopt = None
                if loopt is None and geeindigd is None:
                    eerder.append(Stand(id_, uiterlijk, begonnen, hele_dag, strekking in ZACHT, op))

    def expected(self, laatste: datetime) -> dict[tuple[UUID, str, datetime], Stand]:
        """What must have gone off: which deadline, what it said, and at which second."""
        uit = {}
        for stand in (s for standen in self.standen.values() for s in standen):
            tot = stand.tot or laatste
            due = max(stand.uiterlijk, stand.van)
            if due <= tot and (stand.tot is None or due < stand.tot):
                uit[stand.klok, "verstreken", due] = stand
            nadert = stand.nadert()
            if nadert is not None and stand.van < nadert <= tot and (stand.tot is None or nadert < stand.tot):
                uit[stand.klok, "nadert", nadert] = stand
        return uit


def make_year() -> Jaar:
    jaar = Jaar(random.Random(ZAAD), [streek(regio) for regio in REGIOS])
    van, tot = datetime(JAAR, 1, 1, tzinfo=UTC), datetime(JAAR + 1, 4, 1, tzinfo=UTC)
    for s in jaar.streken:
        huis = Organisatie.objects.get(id=s.dienst.organisatie_id)
        for taak in ("voorwacht", "coordinator", "achterwacht"):
            Dienst.objects.create(
                organisatie=huis, medewerker=medewerker("crisismedewerker", huis), taak=taak, van=van, tot=tot
            )
        toegang, beheer = s.actoren["toegang"], actor_of(medewerker("beheerder"))
        for dag in (date(2024, 5, 10), date(2024, 12, 27), date(2024, 12, 31)):
            Sluitingsdag.objects.create(
                organisatie_id=toegang.organisatie_id,
                datum=dag,
                gemeld_op=date(2024, 1, 15),
                door_id=beheer.medewerker_id,
            )
    return jaar


def test_every_deadline_goes_off_at_its_second_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wandeling, "verder", lambda self, **duur: self.nu)  # one step is one moment
    jaar = make_year()
    if HEEL:
        dagen = [date(JAAR, 1, 2) + timedelta(days=n) for n in range(365)]
        laatste = jaar.run(dagen)
    else:
        for begin, hoeveel in STUKKEN:
            laatste = jaar.run([begin + timedelta(days=n) for n in range(hoeveel)])
    verwacht = jaar.expected(laatste)
    alarmen = {(a.klok_id, a.soort, a.op): a for a in Alarm.objects.all()}
    assert sorted(verwacht.keys() - alarmen.keys(), key=str) == [], "must have gone off, and did not"
    assert sorted(alarmen.keys() - verwacht.keys(), key=str) == [], "went off, and must not have"
    assert Alarm.objects.count() == len(alarmen)

    gegaan: dict[UUID, list[tuple[int, datetime]]] = {}
    for w in Waarschuwing.objects.order_by("op", "sport"):
        gegaan.setdefault(w.alarm_id, []).append((w.sport, w.op))
    treden = Counter[str]()
    for sleutel, stand in verwacht.items():
        alarm = alarmen[sleutel]
        minuten = TREDEN[stand.ladder] if alarm.soort == "verstreken" else (0,)
        einde = min(stand.tot or laatste, jaar.antwoorden.get(alarm.id, laatste))
        moet = {
            (n, alarm.op + timedelta(minutes=m))
            for n, m in enumerate(minuten)
            if alarm.op + timedelta(minutes=m) <= einde
        }
        assert set(gegaan[alarm.id]) == moet, (alarm, stand)
        treden[stand.ladder] += len(moet)
    assert set(treden) == {"uur", "dag", "zacht"}, treden
    assert jaar.antwoorden
    print(
        f"\n{jaar.casussen} casussen, {jaar.stappen} stappen; {sum(len(s) for s in jaar.standen.values())} termijnen; "
        f"{len(alarmen)} keer ging er een af, elk op zijn seconde; {sum(treden.values())} treden {dict(treden)}; "
        f"{len(jaar.antwoorden)} keer antwoordde iemand. Gemist: 0. Dubbel: 0."
    )
