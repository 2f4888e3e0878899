# SPDX-License-Identifier: EUPL-1.2
"""From commit to screen: how long after a change was committed an open board has been told, and has its new content."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from bench.tools import Row, plain, progress

BORDEN = (1, 100, 300)
KEREN = 20
"""Changes per measurement."""
RUST = 0.4
"""Seconds between two changes, so that each is a measurement of its own."""
DOEL = 300
"""Milliseconds, p95, from commit to screen at 300 boards."""
KOP = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: sessie={}\r\n"


def bench_live(world: dict[str, Any], port: int) -> Iterator[Row]:
    """Boards of services that each have their own open casussen; a change concerns the boards of one service. Once with the
    boards spread over the services of the bench, once with every board open at the one service that changes."""
    for spread in (True, False):
        for boards in BORDEN:
            if boards == 1 and not spread:
                continue
            waar = "over alle diensten" if spread else "alle bij één dienst"
            progress(f"{boards} borden open, {waar}")
            told, shown = asyncio.run(_scene(world, port, boards, spread))
            text = f"gehoord p50 {_part(told, 0.5):.0f}, p95 {_part(told, 0.95):.0f} ms"
            text += f"; op het scherm p50 {_part(shown, 0.5):.0f}, p95 {_part(shown, 0.95):.0f} ms ({len(shown)} keer)"
            ratio = DOEL / _part(shown, 0.95) if boards == BORDEN[-1] else None
            aim = f"p95 {DOEL} ms" if boards == BORDEN[-1] else ""
            yield plain(f"van commit tot scherm, {boards} borden, {waar}", text, aim, ratio)


def _part(found: list[float], part: float) -> float:
    return sorted(found)[min(int(len(found) * part), len(found) - 1)] if found else 0.0


async def _scene(world: dict[str, Any], port: int, boards: int, spread: bool) -> tuple[list[float], list[float]]:
    """Milliseconds from each commit until each board that it concerns was told, and until it had its content."""
    from vangnet.cli.postgres import BEHEER

    people = [one.split(":") for one in world["people"]]
    mine = [people[number % len(people)] if spread else people[-1] for number in range(boards)]
    told: list[float] = []
    shown: list[float] = []
    moment: dict[str, float] = {}  # per service that of its last commit
    open_ = [asyncio.create_task(_board(port, key, service, moment, told, shown)) for key, service in mine]
    import psycopg

    await asyncio.sleep(1 + boards / 100)
    async with await psycopg.AsyncConnection.connect(world["cluster"].url(BEHEER, world["name"])) as link:
        for turn in range(KEREN):
            service = mine[turn % len(mine)][1]
            await link.execute(
                "update casework_casus set versie = versie where id = (select casus_id from access_betrokkenheid"
                " where organisatie_id = %s and deel = 'regie' and tot is null order by casus_id limit 1)",
                [service],
            )
            moment[service] = time.perf_counter()
            await link.commit()
            await asyncio.sleep(RUST if spread else max(RUST, boards / 50))
    await asyncio.sleep(1)
    for task in open_:
        task.cancel()
    await asyncio.gather(*open_, return_exceptions=True)
    return told, shown


async def _board(
    port: int, key: str, service: str, moment: dict[str, float], told: list[float], shown: list[float]
) -> None:
    """One open board: it reads its stream, and asks for its content when it is told to."""
    stream, ask = await asyncio.open_connection("127.0.0.1", port)
    ask.write(f"GET /veranderingen HTTP/1.1\r\n{KOP.format(key)}\r\n".encode())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while line := await stream.readline():
        begin = moment.get(service)
        if line != b"event: veranderd\n" or begin is None:
            continue
        told.append((time.perf_counter() - begin) * 1000)
        writer.write(f"GET /dienst HTTP/1.1\r\n{KOP.format(key)}X-Achtergrond: 1\r\n\r\n".encode())
        await _answer(reader)
        shown.append((time.perf_counter() - begin) * 1000)


async def _answer(reader: asyncio.StreamReader) -> None:
    """A whole answer, read off the line."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise SystemExit(f"bord: {head[:60]!r}")
    if b"content-length:" in head:
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)
