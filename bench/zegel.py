# SPDX-License-Identifier: EUPL-1.2
"""The sealed log under load: what it costs, how far the sealer lags behind while meldingen come in, and how long a check of
many lines takes."""

from __future__ import annotations

import resource
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.tools import Row, plain, progress

ELKE = 10.0
"""Seconds between two rounds of the sealer, as it runs by itself."""
RONDES = 4
WERK = "melding registreren"


def bench_seals(world: dict[str, Any], measure: Callable[[str], float], lines: int) -> Iterator[Row]:
    """The lag while `measure` registers meldingen at 8 clients, what the log costs in that work, then the check of a log of
    `lines` lines. `measure` gives requests a second."""
    from vangnet.access import zegel

    with tempfile.TemporaryDirectory(prefix="vangnet-zegel-") as folder:
        keys, head = zegel.make_key(Path(folder) / "sleutel"), zegel.Hoofd(Path(folder) / "hoofd.jsonl")
        yield from _lag(world, measure, keys, head)
        yield from _cost(world, measure)
        yield from _check(world, keys, head, lines)


def _link(world: dict[str, Any], role: str) -> Any:
    import psycopg

    return psycopg.connect(world["cluster"].url(role, world["name"]), autocommit=True)


def _lag(world: dict[str, Any], measure: Callable[[str], float], keys: Any, head: Any) -> Iterator[Row]:
    """The age of the oldest line without a seal, just before a round (the most there is) and just after it."""
    from vangnet.access import zegel
    from vangnet.cli.postgres import ZEGEL

    before: list[float] = []
    after: list[float] = []
    sealed: list[float] = []
    stop = threading.Event()

    def work() -> None:
        with _link(world, ZEGEL) as link, zegel.sealer(link):
            zegel.seal(link, keys, head)
            while not stop.wait(ELKE):
                last = zegel.last_seal(link)
                before.append(zegel.open_window(link, last.tot if last else 0)[1])
                done = zegel.seal(link, keys, head)
                after.append(done.oudste)
                sealed.append(done.regels)

    thread = threading.Thread(target=work)
    thread.start()
    speeds: list[float] = []
    while len(after) < RONDES and thread.is_alive():
        progress(f"verzegelen onder druk, ronde {len(after) + 1} van {RONDES}")
        speeds.append(measure(WERK))
    stop.set()
    thread.join()
    yield plain(
        f"verzegelen terwijl 8 clients {WERK} ({sum(speeds) / len(speeds):.0f}/s), elke {ELKE:.0f} s",
        f"oudste regel zonder zegel: {max(before):.1f} s voor een ronde, {max(after):.2f} s erna;"
        f" {sum(sealed):.0f} regels in {len(sealed)} rondes",
    )


def _cost(world: dict[str, Any], measure: Callable[[str], float]) -> Iterator[Row]:
    """The same work while the database throws every new line away: what writing the log costs, without what it costs the
    application to make a line."""
    from vangnet.cli.postgres import BEHEER

    with _link(world, BEHEER) as link:
        link.execute(
            "create function bench_weg() returns trigger language plpgsql as $$ begin return null; end $$;"
            " create trigger aaa_bench_weg before insert on access_logregel for each row execute function bench_weg()"
        )
        speeds: dict[str, float] = {}
        for stand in ("disable", "enable"):
            link.execute(f"alter table access_logregel {stand} trigger aaa_bench_weg")
            progress(f"{WERK}, {'zonder' if stand == 'enable' else 'met'} logregels")
            speeds[stand] = measure(WERK)
        link.execute("drop trigger aaa_bench_weg on access_logregel; drop function bench_weg()")
    yield plain(
        f"log: {WERK}, 8 clients",
        f"{speeds['disable']:.0f}/s met, {speeds['enable']:.0f}/s zonder regels: {speeds['disable'] / speeds['enable']:.2f}",
    )


def _check(world: dict[str, Any], keys: Any, head: Any, lines: int) -> Iterator[Row]:
    """Seal and check a log of so many lines."""
    from vangnet.access import zegel, zegelcontrole
    from vangnet.cli.postgres import BEHEER, ZEGEL

    progress(f"log vullen tot {lines} regels")
    with _link(world, BEHEER) as link:
        (there,) = link.execute("select count(*) from access_logregel").fetchone()
        link.execute("set session_replication_role = replica")
        link.execute(
            "insert into access_logregel (id, op, medewerker_id, naam, organisatie_id, rol, handeling, ding, casus_id, geslaagd,"
            " toelichting, verzoek, doel, relatie, toestemming, bron, nummer, vastgelegd_op)"
            " select gen_random_uuid(), clock_timestamp(), gen_random_uuid(), 'Medewerker ' || g %% 100, gen_random_uuid(),"
            " 'crisismedewerker', 'inzien', 'casus', gen_random_uuid(), true, 'kern', gen_random_uuid(), 'hulp', 'regie',"
            " 'hulp:ja', 'vangnet', nextval('access_logregel_volgnummer'), clock_timestamp() from generate_series(1, %s) g",
            [max(lines - there, 0)],
        )
    with _link(world, ZEGEL) as link:
        with zegel.sealer(link):
            sealed = zegel.seal(link, keys, head, lambda n, total: progress(f"verzegelen: {n} van {total}"))
        yield plain(
            f"{sealed.regels} regels in één ronde verzegelen",
            f"{sealed.seconden:.1f} s, {sealed.snelheid:.0f} regels/s, {sealed.zegels} zegels",
        )
        outcome = zegelcontrole.check(link, keys, head, lambda n, total: progress(f"nakijken: {n} van {total}"))
    if not outcome.goed:
        raise SystemExit("Het log van de meting klopt niet:\n" + "\n".join(outcome.in_woorden()))
    yield plain(
        f"vangnet log check over {outcome.regels} regels",
        f"{outcome.seconden:.1f} s, {outcome.regels / outcome.seconden:.0f} regels/s; geheugen van de meter hooguit"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
    )
