# SPDX-License-Identifier: EUPL-1.2
"""The proof that nothing is lost when things fall over: kill -9 of the database, the server and the loop at random moments, while several
people type calls, decide and answer alarms over HTTP. What was acknowledged is there once, and what falls comes back.

`make proof-crash` lets something fall 30 times (KILLS=200: longer; ZAAD=... draws the same again); the tests let each part fall once.
Within 5 seconds is counted and printed: how long it takes is a matter of the machine, that nothing is lost is not.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from vangnet.cli.postgres import BEHEER, Cluster

from .bellers import Beller, Werk
from .machine import Machine

KILLS = int(os.environ.get("VANGNET_VALLEN", "3"))
ZAAD = int(os.environ.get("VANGNET_ZAAD", "7"))
LANG = KILLS > 3
BELLERS = 6 if LANG else 3
TEMPO = 0.3 if LANG else 0.1
"""Seconds between two requests of one person, at most."""
RUST = 5.0 if LANG else 1.0
"""Seconds between coming back and the next fall, at most."""
DELEN = ("database", "web", "wekker")
TERUG = 120.0
"""Seconds after which what fell counts as never back: a busy machine gets its time."""
NORM = 5.0
"""Seconds within which it should be back."""
GEBEURT = (
    "melding_begonnen", "melding_afgerond", "triage_besloten", "notitie", "vertrokken", "aangekomen", "besluit_crisis",
)  # fmt: skip
WAAR = {"ja": True, "nee": False}

EEN = "(select id from casework_gebeurtenis where soort = 'aangekomen' limit 1)"
KNOEI = (
    "update casework_melding set situatie = 'Iets anders' where id = (select id from casework_melding limit 1)",
    f"delete from casework_gebeurtenis where id = {EEN}",
    f"update casework_gebeurtenis set soort = 'vertrokken' where id = {EEN}",
    "update access_betrokkenheid set tot = now() where deel = 'regie' and tot is null",
    "update clocks_alarm set einde = 'gedaan', door_id = null where einde = 'bevestigd'",
)
"""What would have been lost or doubled."""


def test_nothing_acknowledged_is_lost_or_doubled(cluster: Cluster, database_name: str, tmp_path: Path) -> None:
    kans = random.Random(ZAAD)
    say(f"zaad {ZAAD}, {KILLS} keer omvallen door kill -9, {BELLERS} mensen")
    machine = Machine(tmp_path)
    try:
        mensen = machine.fill(pattern(cluster), BELLERS)
        machine.start()
        bellers = [Beller(machine.server.port, wie, random.Random(kans.random()), TEMPO) for wie in mensen]
        for een in bellers:
            een.start()
        begonnen = time.monotonic()
        wait(lambda: sum(len(een.antwoorden) for een in bellers) > 5 * BELLERS, bellers)
        duren = fall(machine, bellers, kans)
        for een in bellers:
            een.klaar.set()
        wait(lambda: not any(een.is_alive() for een in bellers), bellers, 2 * TERUG)
        duur = time.monotonic() - begonnen
        rust(machine)
        report(bellers, duren, duur)
        say(f"  de database zelf antwoordde weer na {statistics.median(machine.database_terug):.1f} s (slechtste {max(machine.database_terug):.1f} s)")  # fmt: skip
        assert not [een.fout for een in bellers if een.fout]
        assert not [woord for een in bellers for woord in een.vreemd], "nobody gets an answer that he may not get"
        with machine.link() as link:
            recount(link, bellers)
            for knoei in KNOEI:  # The recount itself sees one field, event or lead that is not as it was acknowledged.
                with link.transaction(force_rollback=True):
                    link.execute("set local session_replication_role = replica")
                    assert link.execute(knoei).rowcount > 0
                    with pytest.raises(AssertionError):
                        recount(link, bellers)
    except BaseException:
        say(machine.said())
        raise
    finally:
        machine.stop()


def pattern(cluster: Cluster) -> str:
    """The address of the database with all tables and no rows that the tests are copied from."""
    import psycopg

    with psycopg.connect(cluster.url(BEHEER, "postgres")) as link:
        (naam,) = (rij[0] for rij in link.execute(r"select datname from pg_database where datname like 'patroon\_%'"))
    return cluster.url(BEHEER, naam)


def fall(machine: Machine, bellers: list[Beller], kans: random.Random) -> list[tuple[str, float]]:
    """Kill one part after the other, and sometimes several at once. Gives what fell, and how many seconds until it was back."""
    keren = [[deel] for deel in kans.sample(DELEN, len(DELEN))] if LANG else [["database"], ["web", "wekker"]]
    while LANG and len(keren) < KILLS:
        keren.append(kans.sample(DELEN, kans.choice((1, 1, 1, 1, 2, 3))))
    duren: list[tuple[str, float]] = []
    for nummer, vallen in enumerate(keren, 1):
        time.sleep(kans.uniform(0, RUST))
        begin = time.monotonic()
        dood = max(machine.kill(wat, alles=kans.random() < 0.5) for wat in sorted(vallen, reverse=True))
        eind = begin
        if "wekker" in vallen:
            wait(machine.new_loop_lives, bellers)
            eind = time.monotonic()
        if {"database", "web"} & set(vallen):
            wait(lambda dood=dood: first_after(dood, bellers) is not None, bellers)
            eind = max(eind, first_after(dood, bellers) or 0.0)
        duren.append((" en ".join(sorted(vallen)), eind - begin))
        say(f"{nummer} van {len(keren)}: {duren[-1][0]} omgevallen, na {duren[-1][1]:.1f} s terug; "
            f"{sum(len(een.antwoorden) for een in bellers)} verzoeken beantwoord")  # fmt: skip
    return duren


def first_after(dood: float, bellers: list[Beller]) -> float | None:
    """When the first request was answered that was sent after this moment."""
    antwoorden = [eind for een in bellers for begin, eind in een.antwoorden[-200:] if begin > dood]
    return min(antwoorden, default=None)


def wait(klaar: Any, bellers: list[Beller], hooguit: float = TERUG) -> None:
    tot = time.monotonic() + hooguit
    while not klaar():
        assert not [een.fout for een in bellers if een.fout], [een.fout for een in bellers if een.fout]
        assert time.monotonic() < tot, f"na {hooguit:.0f} s nog niet terug"
        time.sleep(0.02)


def rust(machine: Machine) -> None:
    """Until the loop has nothing left that is due."""
    with machine.link() as link:
        tot = time.monotonic() + TERUG
        vraag = (
            "select (select count(*) from clocks_klok where geeindigd_op is null and wek_op <= now())"
            " + (select count(*) from clocks_alarm where volgende_op <= now())"
        )
        while link.execute(vraag).fetchone() != (0,):
            assert time.monotonic() < tot, "the loop leaves what is due"
            time.sleep(0.1)


def report(bellers: list[Beller], duren: list[tuple[str, float]], duur: float) -> None:
    werken = [werk for een in bellers for werk in een.werken]
    say(
        f"{len(werken)} meldingen in {duur:.0f} s: {sum(len(w) for werk in werken for w in werk.velden.values())} velden, "
        f"{sum(len(werk.gedaan) for werk in werken)} gebeurtenissen, {sum(len(werk.alarmen) for werk in werken)} alarmen beantwoord; "
        f"{sum(een.zonder_antwoord for een in bellers)} keer geen antwoord, {sum(een.storing for een in bellers)} keer 503, en nog eens gevraagd"
    )
    for wat in ("", *sorted({wat for wat, _ in duren})):
        seconden = [s for welk, s in duren if not wat or welk == wat]
        say(
            f"  {wat or 'alles'}: {sum(s <= NORM for s in seconden)} van {len(seconden)} binnen {NORM:.0f} s terug "
            f"(midden {statistics.median(seconden):.1f} s, slechtste {max(seconden):.1f} s)"
        )


def recount(link: Any, bellers: list[Beller]) -> None:
    """Everything that was acknowledged is there once, and nothing else is."""
    werken = [(een, werk) for een in bellers for werk in een.werken]

    def rows(vraag: str, *woorden: Any) -> list[Any]:
        return list(link.execute(vraag, woorden).fetchall())

    casus_van = {str(melding): str(casus) for melding, casus in rows("select id, casus_id from casework_melding")}
    assert sorted(casus_van) == sorted(str(werk.melding) for _, werk in werken), "each call once"
    assert len(set(casus_van.values())) == len(werken) == rows("select count(*) from casework_casus")[0][0]
    for een, werk in werken:
        casus = casus_van[str(werk.melding)]
        assert werk.casus in ("", casus)
        fields(rows, werk, casus)
        soorten = Counter(
            soort for (soort,) in rows("select soort from casework_gebeurtenis where casus_id = %s", casus)
        )
        assert {soort: n for soort, n in soorten.items() if soort in GEBEURT} == Counter(werk.gedaan), "each event once"
        notities = rows("select id::text from casework_notitie where casus_id = %s", casus)
        assert notities == [(id_,) for id_ in werk.notities]
        for alarm in set(werk.alarmen):
            gezegd = rows("select casus_id::text, einde, door_id::text from clocks_alarm where id = %s", alarm)
            assert gezegd == [(casus, "bevestigd", een.wie)], "an alarm that somebody has is his"
        regels = rows(
            "select from access_logregel where ding = 'alarm' and handeling = 'bevestigen' and casus_id = %s", casus
        )
        assert len(regels) == len(set(werk.alarmen)), "and the log says so once"
    leiden = rows(
        "select c.gesloten_op is null, count(b.id) from casework_casus c left join access_betrokkenheid b"
        " on b.casus_id = c.id and b.deel = 'regie' and b.tot is null group by c.id"
    )
    assert {(bool(open_), n) for open_, n in leiden} <= {(True, 1), (False, 0)}, "one leads, while it is open"
    assert not rows("select klok_id, soort, moment from clocks_alarm group by 1, 2, 3 having count(*) > 1")
    assert not rows("select alarm_id, sport, wie, organisatie_id, medewerker_id from clocks_waarschuwing group by 1, 2, 3, 4, 5 having count(*) > 1")  # fmt: skip
    assert not rows(
        "select a.id from clocks_alarm a left join clocks_waarschuwing w on w.alarm_id = a.id where w.id is null"
    )
    stil = rows(
        "select k.id from clocks_klok k where k.uiterlijk < now() - interval '1 minute' and k.geeindigd_op is null"
        " and not exists (select from clocks_alarm a where a.klok_id = k.id and a.soort = 'verstreken' and a.moment = k.uiterlijk)"
    )
    assert not stil, "a deadline that passed has sounded"
    soorten = rows("select soort, einde, count(*) from clocks_alarm group by 1, 2")
    sporten = rows("select wie, count(*) from clocks_waarschuwing group by 1")
    say(f"  alarmen {soorten}, sporten {sporten}")
    assert any(soort == "verstreken" for soort, _, _ in soorten), "something sounded"


def fields(rows: Any, werk: Werk, casus: str) -> None:
    """Each field has the value that was acknowledged last, and each fact as many rows as it had values."""
    for naam, waarden in werk.velden.items():
        soort, _, veld = naam.partition(".")
        if soort == "triage":
            staat = rows("select waarde from casework_feit where casus_id = %s and veld = %s", casus, naam)
            assert staat in ([(waarden[-1],)], [(WAAR[waarden[-1]],)]), (naam, staat)
            continue
        tabel, kolom = (f"casework_{soort}", veld.rpartition(".")[2]) if veld else ("casework_casus", naam)
        bij = "id" if tabel == "casework_casus" else "casus_id"
        assert rows(f"select {kolom} from {tabel} where {bij} = %s", casus) == [(waarden[-1],)], (naam, waarden)


def say(zin: str) -> None:
    print(zin, file=sys.stderr, flush=True)


@pytest.fixture(autouse=True)
def _on_a_line_of_its_own() -> None:
    say("")
