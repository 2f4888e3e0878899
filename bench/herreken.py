# SPDX-License-Identifier: EUPL-1.2
"""Working the clocks of every open casus of a region out anew after a policy change: first the difference alone, then writing it.

The filling gave every clock a moment that no agreement gives: so each casus differs, as after a change of policy that touches all of
them, and each is read, advised, compared and written. Looked at once more afterwards none may differ.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.tools import Row, plain, progress

DOEL = 60.0
"""Seconds within which the difference of 5,000 open casussen must be there."""
SAMEN = 5000


def bench_recompute(world: dict[str, Any]) -> Iterator[Row]:
    """The difference of all open casussen of the world, and what is written when it is carried out; in a process of its own, in the
    role of the application, as the command does it."""
    progress("termijnen herrekenen")
    done = subprocess.run(
        [sys.executable, "-m", "bench.herreken"], env=world["environment"], check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    for line in done.stdout.splitlines():
        wat, aantal, anders, seconden, eigen = line.split("\t")
        n, s = int(aantal), float(seconden)
        straks = s / max(n, 1) * SAMEN
        yield plain(
            f"termijnen {wat}, {n} open casussen",
            f"{s:.1f} s (eigen processortijd {float(eigen):.1f} s), {n / s:.0f} casussen/s; {anders} veranderen; {SAMEN} in {straks:.0f} s",
            f"{DOEL:.0f} s" if wat == "nakijken" else "",
            DOEL / straks if wat == "nakijken" else None,
        )


def main() -> int:
    """Measure on the database of the environment; prints per measurement: what, how many, how many differ, seconds, and seconds of
    its own processor time: what the machine gave to others meanwhile is not in that."""
    from vangnet.cli import application

    application.set_up()

    from vangnet.access.actor import Actor
    from vangnet.access.models import Functie
    from vangnet.conf import clock
    from vangnet.process import recompute_clocks

    def timed(wat: str, work: Callable[[], tuple[int, int]]) -> None:
        began, own = time.perf_counter(), time.process_time()
        looked, differ = work()
        spent = f"{time.perf_counter() - began:.3f}\t{time.process_time() - own:.3f}"
        print(f"{wat}\t{looked}\t{differ}\t{spent}", flush=True)

    def look() -> tuple[int, int]:
        alle = recompute_clocks.difference_of_region("zuid-limburg", clock.now())
        return len(alle), sum(v.verandert for v in alle)

    def write() -> tuple[int, int]:
        done = differ = 0
        for functie in Functie.objects.select_related("medewerker", "organisatie"):
            m, o = functie.medewerker, functie.organisatie
            actor = Actor(m.id, m.naam, o.id, o.naam, o.soort, "coordinator", o.regio)
            for stap in recompute_clocks.recompute_all(
                actor, clock.now, recompute_clocks.open_here(actor, clock.now())
            ):
                done += stap.een is not None
                differ += stap.een is not None and not stap.fout
        return done, differ

    timed("nakijken", look)
    timed("nakijken en schrijven", write)
    timed("nog eens nakijken", look)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
