# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench [--json FILE]`: speed of the rules, the reading of policies, the calendar and the server.

Every figure stands beside its aim, or beside another way of doing the same in the same run. Machines differ: quote the ratio.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bench.casus import bench_casus
from bench.situation import FULL, PAGE
from bench.tools import Row, progress, wait_until_up


def per_second(work: Callable[[], object], seconds: float = 2.0, rounds: int = 5) -> float:
    """How often the work is done in a second of processor time: the median of some rounds."""
    work()
    found = []
    for _ in range(rounds):
        done, begin = 0, time.process_time()
        while time.process_time() - begin < seconds / rounds:
            for _ in range(20):
                work()
            done += 20
        found.append(done / (time.process_time() - begin))
    return statistics.median(found)


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Wall time of each run, sorted."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return sorted(found)


def bench_advice() -> list[Row]:
    """Advices a second on one core, bare and with the answer in words and JSON."""
    from vangnet.process.give_advice import register
    from vangnet.process.present_advice import as_data, present
    from vangnet.process.read_situation import lees_situatie
    from vangnet.rules.advies import adviseer

    progress("adviezen per seconde")
    reg = register()
    situation = lees_situatie(FULL)
    policy = reg.op(situation.regio, situation.melding.op)
    advice = adviseer(situation, policy)
    size = (
        f"{len(advice.uitspraken)} uitspraken, {len(advice.termijnen)} termijnen, {len(advice.open_vragen)} open vragen"
    )
    bare = per_second(lambda: adviseer(situation, policy))
    whole = per_second(
        lambda: json.dumps(as_data(present(adviseer(lees_situatie(FULL), policy), reg.bronnen)), ensure_ascii=False)
    )
    return [
        {
            "wat": f"adviseer, volle situatie ({size})",
            "gemeten": f"{bare:.0f}/s",
            "doel": "2000/s",
            "verhouding": bare / 2000,
        },
        {
            "wat": "lezen, adviseren, in woorden, JSON",
            "gemeten": f"{whole:.0f}/s",
            "doel": "",
            "verhouding": whole / bare,
        },
    ]


def bench_policies() -> list[Row]:
    """Reading and fully checking every region, and running every scenario."""
    from vangnet.policy.register import lees_register
    from vangnet.process.run_scenarios import find_scenarios, run_scenarios

    progress("alle regio's lezen en nakijken")
    reg = lees_register()
    found = milliseconds(lees_register, 9)
    median = statistics.median(found)
    root = Path(__file__).resolve().parents[1]
    files = find_scenarios(root / "regios")
    begin = time.perf_counter()
    results = run_scenarios(files, reg)
    spent = time.perf_counter() - begin
    return [
        {
            "wat": f"lezen en nakijken van {len(reg.versies)} regio's",
            "gemeten": f"{median:.0f} ms",
            "doel": "150 ms",
            "verhouding": 150 / median,
        },
        {
            "wat": f"{len(results)} scenario's, waarvan {sum(r.goed for r in results)} kloppen",
            "gemeten": f"{spent * 1000:.0f} ms",
            "doel": "",
            "verhouding": None,
        },
    ]


def bench_calendar() -> list[Row]:
    """The next working day against the `holidays` package used directly, and every difference 2020-2035 explained."""
    import holidays

    from vangnet.process.give_advice import register
    from vangnet.rules.omstandigheden import kalender_van

    progress("volgende werkdag tegen het pakket holidays")
    ours = kalender_van(register().op("zuid-limburg", None))
    theirs = holidays.country_holidays("NL", years=range(2019, 2037))

    def next_theirs(day: date) -> date:
        day += timedelta(days=1)
        while day.weekday() > 4 or day in theirs:
            day += timedelta(days=1)
        return day

    dice = random.Random(63)
    days = [date(2020, 1, 1) + timedelta(days=dice.randrange(5844)) for _ in range(2000)]
    mine = per_second(lambda: [ours.volgende_werkdag(d) for d in days], 1.0) * len(days)
    other = per_second(lambda: [next_theirs(d) for d in days], 1.0) * len(days)
    causes: Counter[str] = Counter()
    day = date(2020, 1, 1)
    while day <= date(2035, 12, 31):
        a, b = ours.volgende_werkdag(day), next_theirs(day)
        if a != b:
            skipped = min(a, b)
            causes[ours.feestdag(skipped) or str(theirs.get(skipped)) or "?"] += 1
        day += timedelta(days=1)
    explained = {
        "Bevrijdingsdag": "elk jaar vrij in Zuid-Limburg (ZL-44); in het pakket alleen in lustrumjaren",
        "Goede Vrijdag": "werkdag in Zuid-Limburg (ZL-44); in het pakket een feestdag",
    }
    rows: list[Row] = [
        {
            "wat": "volgende werkdag, tegen `holidays` rechtstreeks",
            "gemeten": f"{mine / 1e6:.2f} miljoen/s tegen {other / 1e6:.2f}",
            "doel": "10 keer",
            "verhouding": mine / other / 10,
        }
    ]
    for cause, count in causes.items():
        name = "Goede Vrijdag" if "Vrijdag" in cause or "Friday" in cause else cause
        rows.append(
            {
                "wat": f"verschil 2020-2035: {name}",
                "gemeten": f"{count} dagen",
                "doel": explained.get(name, "NIET VERKLAARD"),
                "verhouding": None,
            }
        )
    return rows


def bench_server() -> list[Row]:
    """The page and the API at the server, one client over loopback, on a server of its own."""
    from vangnet.cli.commands.demo import free_port

    progress("de server, met eigen database")
    rows: list[Row] = []
    port = free_port(8611)
    server = subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "demo", "--poort", str(port)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(port)
        body = json.dumps(FULL)
        for name, method, path, content in (
            ("het antwoord op de pagina, na een keuze", "GET", PAGE, None),
            ("de hele pagina Afspraken", "GET", PAGE, None),
            ("POST /api/v1/adviezen", "POST", "/api/v1/adviezen", body),
        ):
            link = http.client.HTTPConnection("127.0.0.1", port)
            headers = {"Content-Type": "application/json"} if content else {}
            if name.startswith("het antwoord"):
                headers = {"HX-Request": "true"}

            def ask(
                link: http.client.HTTPConnection = link, method: str = method, path: str = path,
                content: str | None = content, headers: dict[str, str] = headers,
            ) -> None:  # fmt: skip
                link.request(method, path, content, headers)
                answer = link.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status}")

            for _ in range(20):
                ask()
            found = milliseconds(ask, 300)
            p50, p95 = found[len(found) // 2], found[int(len(found) * 0.95)]
            rows.append(
                {
                    "wat": f"{name}, één client",
                    "gemeten": f"p50 {p50:.1f} ms, p95 {p95:.1f} ms",
                    "doel": "p95 30 ms",
                    "verhouding": 30 / p95,
                }
            )
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="schrijf de uitkomsten ook als JSON")
    parser.add_argument("--zonder-server", action="store_true", help="sla de metingen aan de server over")
    parser.add_argument("--alleen-casus", action="store_true", help="meet alleen het werk aan de casus")
    parser.add_argument("--alleen-log", action="store_true", help="meet alleen het verzegelde log")
    parser.add_argument("--alleen-levend", action="store_true", help="meet alleen van commit tot scherm")
    parser.add_argument("--alleen-kopie", action="store_true", help="meet alleen reservekopie en terugzetten")
    parser.add_argument("--alleen-herreken", action="store_true", help="meet alleen het herrekenen van termijnen")
    parser.add_argument("--regels", type=int, default=1_000_000, help="regels in het log (standaard 1000000)")
    parser.add_argument("--casussen", type=int, default=100_000, help="hoeveel casussen (standaard 100000)")
    parser.add_argument("--processen", type=int, default=2, help="werkprocessen van de server (standaard 2)")
    arguments = parser.parse_args()
    rows: list[Row] = []
    only = "log" if arguments.alleen_log else "levend" if arguments.alleen_levend else ""
    only = "kopie" if arguments.alleen_kopie else only
    only = "herreken" if arguments.alleen_herreken else only
    only_casus = bool(arguments.alleen_casus or only)
    if not only_casus:
        rows += [*bench_advice(), *bench_policies(), *bench_calendar()]
        if not arguments.zonder_server:
            rows += bench_server()
    if only_casus or not arguments.zonder_server:
        rows += bench_casus(arguments.casussen, arguments.processen, arguments.regels, only)
    wide = max(len(r["wat"]) for r in rows)
    print(f"{'wat':{wide}}  {'gemeten':72}  {'doel':20}  verhouding")
    for r in rows:
        ratio = "" if r["verhouding"] is None else f"{r['verhouding']:.2f}"
        print(f"{r['wat']:{wide}}  {r['gemeten']:72}  {r['doel']:20}  {ratio}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=2), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
