# SPDX-License-Identifier: EUPL-1.2
"""`vangnet demo`: everything on this machine, for this machine only, with one command."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any

from vangnet.cli.commands.serve import port
from vangnet.cli.main import DONE, Refusal

PREFERRED_PORT = 8420
KEY = "koppeling"
"""The file, beside the data, with the key of the demo: only the hash stands in the database."""
PATIENCE = 60.0
"""Seconds that the server gets to answer for the first time."""
WORKER = {"VANGNET_WERKPROCES": "1"}
"""Says to a process that it ends with this one (`vangnet.conf.lifeline`)."""


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("demo", help="Vangnet proberen op deze computer (niets van buiten nodig)")
    parser.add_argument("--poort", type=port, help=f"standaard {PREFERRED_PORT}, of de eerste vrije daarna")
    parser.add_argument("--opnieuw", action="store_true", help="gooi de gegevens van de proef weg en begin opnieuw")
    parser.add_argument("--leeg", action="store_true", help="vul niets: een lege database, zonder verzonnen gezinnen")
    parser.set_defaults(handler=demo)


class Stopped(Exception):
    """Somebody asked to stop: Ctrl-C, the terminal closing, or a signal to end."""


def demo(arguments: argparse.Namespace) -> int:
    """Start the database, fill it when it is empty, start the server, say where, and stop all when asked to."""
    from vangnet.cli import postgres

    for wave in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wave, _stop)
    cluster = None
    server: subprocess.Popen[bytes] | None = None
    helpers: list[subprocess.Popen[bytes]] = []
    """What runs beside the server, and ends with it."""
    try:
        if arguments.opnieuw and not postgres.discard("demo"):
            raise Refusal("De proef draait nog ergens anders. Stop die eerst, dan kan ze opnieuw beginnen.")
        cluster = postgres.start("demo")
        environment = _environment(cluster)
        _migrate(cluster, environment)
        if not arguments.leeg:
            _fill(cluster.base / "gevuld", cluster.base / KEY, environment, "zuid-limburg")
        helpers += [_start_sealing(cluster), _start_backup(cluster)]
        number = arguments.poort or free_port(PREFERRED_PORT)
        environment |= {"VANGNET_ADRES": f"http://localhost:{number}"}
        environment |= _start_post(cluster, environment, helpers)
        helpers.append(_start_waking(environment))
        server = subprocess.Popen(
            [sys.executable, "-m", "vangnet.cli", "serve", "--poort", str(number)],
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{number}"
        _wait_until_healthy(server, address)
        # By name: a passkey belongs to a name, and a browser refuses one for a bare number.
        print(f"Vangnet draait op http://localhost:{number}  (stoppen: Ctrl-C)", flush=True)
        if not arguments.leeg:
            key = (cluster.base / KEY).read_text().strip()
            print(f"Sleutel van de proef voor {address}/api/v1 (docs/koppelen.md): {key}", flush=True)
            helpers.append(_start_filling(environment))
        code = server.wait()
        raise Refusal(f"De server is vanzelf gestopt (uitgang {code}).")
    except postgres.PostgresStartNiet as fault:
        raise Refusal(str(fault)) from None
    except Stopped:
        return DONE
    finally:
        for wave in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wave, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean stop short
        for helper in helpers:
            _end(helper)
        if server is not None:
            _end(server)
        if cluster is not None:
            cluster.stop()


def free_port(first: int, tries: int = 50) -> int:
    """The first port from `first` on of this machine that nobody listens on. Raises Refusal when all are taken."""
    for number in range(first, first + tries):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
    raise Refusal(f"De poorten {first} tot en met {first + tries - 1} zijn bezet. Kies er zelf een met --poort.")


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _environment(cluster: Any) -> dict[str, str]:
    """The environment of the server: the app role, and a key that stays the same as long as this demo exists."""
    from vangnet.cli.postgres import APP, write_closed

    key_file = cluster.base / "sleutel"
    if not key_file.exists():
        write_closed(key_file, secrets.token_urlsafe(64))
    outside = {
        name: value for name, value in os.environ.items() if name not in ("DEBUG", "ALLOWED_HOSTS", "DATABASE_URL")
    }
    return outside | {
        "VANGNET_DEMO": "1",
        "DATABASE_URL": cluster.url(APP),
        "SECRET_KEY": key_file.read_text(),
        "VANGNET_STATISCH": str(cluster.base / "statisch"),
        "DJANGO_SETTINGS_MODULE": "vangnet.conf.settings",
    }


def _migrate(cluster: Any, environment: dict[str, str]) -> None:
    """Bring the database up to date as its owner, in a process of its own: this one never holds two roles."""
    from vangnet.cli.commands.migrate import OWNER_URL
    from vangnet.cli.postgres import EIGENAAR

    done = subprocess.run(
        [sys.executable, "-m", "vangnet.cli", "migrate"],
        env=environment | {OWNER_URL: cluster.url(EIGENAAR)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    if done.returncode:
        raise Refusal(done.stderr.strip() or "De database bijwerken lukt niet.")


def _fill(done_before: Path, key: Path, environment: dict[str, str], regio: str) -> None:
    """Fill the first region before the server begins, with progress on this terminal, and make a key of its crisis
    service. A region that is there is kept; files beside the data remember both, so that a second start asks nothing."""
    if done_before.exists() and key.exists():
        return
    done = subprocess.run(
        [sys.executable, "-m", "vangnet.cli", "vul", regio, "--sleutel", str(key)],
        env=environment | WORKER,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise Refusal("De proef vullen lukt niet; de reden staat hierboven. Begin opnieuw met: vangnet demo --opnieuw")
    done_before.touch()


def _start_filling(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Fill the other regions while the server runs already; nothing is printed, the pages show them when they are there."""
    return subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "vul"],
        env=environment | WORKER,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _start_waking(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The loop that watches the deadlines, beside the server."""
    return subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "wekker"],
        env=environment | WORKER,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def _start_sealing(cluster: Any) -> subprocess.Popen[bytes]:
    """Seal the log and look at it once, then go on sealing beside the server: as the role, and with the key and file, that
    the server does not have. They lie beside the data here; a real installation keeps them elsewhere."""
    from vangnet.cli.commands.log import HOOFD, SLEUTEL, URL
    from vangnet.cli.postgres import ZEGEL

    own = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SECRET_KEY"))}
    environment = own | WORKER | {
        URL: cluster.url(ZEGEL),
        SLEUTEL: str(cluster.base / "zegelsleutel"),
        HOOFD: str(cluster.base / "zegels.jsonl"),
    }  # fmt: skip
    steps = [["zegel"], ["check"]]
    if not (cluster.base / "zegelsleutel").exists():
        steps.insert(0, ["sleutel"])
    for words in steps:
        done = subprocess.run(
            [sys.executable, "-m", "vangnet.cli", "log", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"Het log van deze proef is niet in orde: {(done.stderr or done.stdout).strip()}", file=sys.stderr)
            break
    return subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "log", "zegel", "--blijf"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _start_backup(cluster: Any) -> subprocess.Popen[bytes]:
    """Make one backup beside the server that is starting, as the role of the backups, and keep the newest two. The key lies
    beside it here; a real installation keeps it elsewhere."""
    from vangnet.cli.commands.backup import ONTVANGERS, URL
    from vangnet.cli.kopie import sleutels
    from vangnet.cli.postgres import KOPIE, write_closed

    folder, key = cluster.base / "reservekopie", cluster.base / "kopiesleutel"
    folder.mkdir(mode=0o700, exist_ok=True)
    if not (cluster.base / "ontvangers").exists():
        key.unlink(missing_ok=True)
        write_closed(cluster.base / "ontvangers", f"{sleutels.make_identity(key)}\n")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SECRET_KEY"))}
    return subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "backup", str(folder), "--houd", "2"],
        env=own | WORKER | {URL: cluster.url(KOPIE), ONTVANGERS: str(cluster.base / "ontvangers")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _start_post(cluster: Any, environment: dict[str, str], senders: list[subprocess.Popen[bytes]]) -> dict[str, str]:
    """Begin a mailbox and a gateway that really receive, on this machine only, and the process that sends to them. Returns
    the settings by which the server knows that there are such roads."""
    from vangnet.cli.commands.post import URL
    from vangnet.cli.postgres import POST, write_closed
    from vangnet.policy.bronnen import WORTEL

    folder = cluster.base / "post"
    folder.mkdir(mode=0o700, exist_ok=True)
    if not (folder / "sleutel").exists():
        write_closed(folder / "sleutel", secrets.token_urlsafe(48))
    mail = free_port(PREFERRED_PORT + 100)
    gateway = free_port(mail + 1)
    regions = sorted(one.name for one in (WORTEL / "regios").iterdir() if one.is_dir())
    entry = f'url = "http://127.0.0.1:{gateway}/berichten"\nsleutel_bestand = "sleutel"\nwijze = "sms"\n'
    write_closed(folder / "sein.toml", "\n".join(f"[{name}]\n{entry}" for name in regions))
    own = {
        "VANGNET_MAIL": f"smtp://127.0.0.1:{mail}?tls=geen",
        "VANGNET_MAIL_VAN": "vangnet@proef.example",
        "VANGNET_SEIN": str(folder / "sein.toml"),
        "VANGNET_PROEFPOST": str(folder),
    }
    sending = {name: value for name, value in environment.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    for module, words, more in (
        ("vangnet.cli.proefpost", [str(folder), str(mail), str(gateway)], {}),
        ("vangnet.cli", ["post"], {URL: cluster.url(POST)}),
    ):
        senders.append(
            subprocess.Popen(
                [sys.executable, "-m", module, *words],
                env=sending | own | WORKER | more,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
    return own


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Refusal(f"De server start niet (uitgang {server.returncode}); de reden staat hierboven.")
        try:
            with urllib.request.urlopen(f"{address}/gezond", timeout=2) as answer:
                if json.load(answer).get("status") == "goed" and server.poll() is None:
                    return
        except (OSError, ValueError):
            time.sleep(0.1)
    raise Refusal(f"De server antwoordt niet binnen {PATIENCE:.0f} seconden op {address}/gezond.")


def _end(server: subprocess.Popen[bytes]) -> None:
    """Ask a process of ours to stop; after ten seconds end it with everything it started."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
