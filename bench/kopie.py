# SPDX-License-Identifier: EUPL-1.2
"""A backup and its way back: how long, how large, and how much memory, at one size of the record."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.tools import Row, plain, progress

RONDES = 3


def bench_backup(world: dict[str, Any], count: int) -> Iterator[Row]:
    """Make, look over and put back, each `RONDES` times; the median counts. Beside it `pg_dump` to nowhere in the same run."""
    from vangnet.cli.kopie import programma
    from vangnet.cli.postgres import BEHEER, EIGENAAR, KOPIE

    cluster, name = world["cluster"], world["name"]
    target = f"{name}_terug"
    with tempfile.TemporaryDirectory(prefix="vangnet-kopie-") as folder:
        key = Path(folder) / "sleutel"
        own = os.environ | {"VANGNET_BACKUP_SLEUTEL": str(key), "DATABASE_URL_BACKUP": cluster.url(KOPIE, name)}
        made = _run(own, "backup", "sleutel", str(key))
        recipient = next(word for word in made.split() if word.startswith("age1"))
        bare, make, look, back = [], [], [], []
        for number in range(RONDES):
            progress(f"reservekopie, ronde {number + 1} van {RONDES}")
            file = Path(folder) / f"{number}.kopie"
            begin = time.monotonic()
            subprocess.run(
                [programma.find("pg_dump", 16)[0], "-Fc"], env=programma.surroundings(cluster.url(BEHEER, name)),
                stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            bare.append(time.monotonic() - begin)
            for times, words in (
                (make, ["backup", str(file), "--ontvanger", recipient]),
                (look, ["backup", "nakijken", str(file)]),
            ):
                begin = time.monotonic()
                said = _run(own, *words)
                times.append(time.monotonic() - begin)
            cluster.drop_database(target)
            cluster.create_database(target)
            begin = time.monotonic()
            said = _run(own | {"DATABASE_URL_EIGENAAR": cluster.url(EIGENAAR, target)}, "restore", str(file))
            back.append(time.monotonic() - begin)
        rows = int(said.split(" rijen")[0].split()[-1].replace(".", ""))
        size = file.stat().st_size
        cluster.drop_database(target)
    median = {wat: sorted(times)[RONDES // 2] for wat, times in (("dump", bare), ("maak", make), ("kijk", look), ("terug", back))}  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    text = f"{count} casussen, {rows} rijen, {size / 1e6:.1f} MB"
    for wat, took, naar, other in (
        (f"reservekopie maken ({text})", median["maak"], "pg_dump alleen", median["dump"]),
        ("reservekopie nakijken", median["kijk"], "maken", median["maak"]),
        ("reservekopie terugzetten en vergelijken", median["terug"], "maken", median["maak"]),
    ):
        yield plain(wat, f"{took:.1f} s, {rows / took:.0f} rijen/s; {took / other:.2f} keer {naar}")
    yield plain("grootste proces daarbij", f"{peak:.0f} MB geheugen")


def _run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "vangnet.cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
