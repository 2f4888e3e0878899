# SPDX-License-Identifier: EUPL-1.2
"""The command line as a person meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from vangnet.cli import main as command_line
from vangnet.cli.postgres import APP, BEHEER, DATABASE, EIGENAAR, Cluster

VANGNET = [sys.executable, "-m", "vangnet.cli"]
KEY = "k9Xv2mQ7pL4wR8tZ1nB6cF3hJ5sD0gAeYuIoPqWrTyUiOpAsDfGh"


def clean_environment(**variables: str) -> dict[str, str]:
    """This environment without any setting of Vangnet, and then these."""
    names = ("DATABASE_URL", "DATABASE_URL_EIGENAAR", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in names and not name.startswith("VANGNET_")}
    return kept | variables


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VANGNET, *words], env=clean_environment(**variables), capture_output=True, text=True, check=False, timeout=90
    )


def test_help_is_dutch_and_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("gebruik: vangnet")
    for word in ("demo", "serve", "migrate", "db"):
        assert f"\n    {word} " in done.stdout


@pytest.mark.parametrize("words", [[], ["onzin"], ["serve", "--poort", "0"], ["serve", "--poort", "x"], ["db"]])
def test_wrong_usage_leaves_with_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "gebruik: vangnet" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_command_needs_django_before_it_runs() -> None:
    code = "import sys; from vangnet.cli.main import build_parser; build_parser(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_serve_refuses_without_settings() -> None:
    done = run("serve")
    assert done.returncode == 1
    assert "Vangnet start niet" in done.stderr
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        assert f"- {name}: gevonden niets" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_refuses_agreements_with_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "regios" / "zuid-limburg" / "2024-01-01.toml"
    file.parent.mkdir(parents=True)
    file.write_text("onzin = 1\n")
    done = run(
        "serve",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="vangnet.example.nl",
        DATABASE_URL=f"postgresql://vangnet_app:geheim@/vangnet?host={tmp_path}",
        VANGNET_DATABASE_POOL="0",
        VANGNET_REGIOS=str(tmp_path / "regios"),
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Vangnet start niet:\n")
    assert "onzin" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_says_that_the_database_does_not_answer(tmp_path: Path) -> None:
    done = run(
        "serve",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="vangnet.example.nl",
        DATABASE_URL=f"postgresql://vangnet_app:geheim@/vangnet?host={tmp_path}",
        VANGNET_DATABASE_POOL="0",
    )
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL: de database antwoordt niet")
    assert "geheim" not in done.stderr


@pytest.mark.parametrize("role", [BEHEER, EIGENAAR])
def test_serve_refuses_a_role_that_sees_everything(cluster: Cluster, role: str) -> None:
    done = run("serve", SECRET_KEY=KEY, ALLOWED_HOSTS="vangnet.example.nl", DATABASE_URL=cluster.url(role))
    assert done.returncode == 1
    assert f"rol '{role}'" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_refuses_a_database_that_is_behind(cluster: Cluster) -> None:
    name = f"test_{os.getpid()}_leeg"
    cluster.create_database(name)
    try:
        settings = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "vangnet.example.nl", "DATABASE_URL": cluster.url(APP, name)}
        done = run("serve", **settings)
        assert done.returncode == 1
        assert "voer eerst `vangnet migrate` uit" in done.stderr
        owner = settings | {"DATABASE_URL_EIGENAAR": cluster.url(EIGENAAR, name)}
        assert run("migrate", "--controleer", **owner).returncode == 1
        assert run("migrate", **owner).stdout == "De database is bij.\n"
        assert run("migrate", **owner).returncode == 0
        assert run("migrate", "--controleer", **owner).returncode == 0
    finally:
        cluster.drop_database(name)


def test_migrate_asks_for_the_owner() -> None:
    done = run("migrate")
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL_EIGENAAR: gevonden niets")


def start_demo(state: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [*VANGNET, "demo", "--leeg"], env=clean_environment(VANGNET_STAAT=str(state)), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Vangnet draait op http://localhost:"), line
    return process, line.split()[3].replace("localhost", "127.0.0.1")


def healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/gezond", timeout=5) as answer:
            return bool(json.load(answer) == {"status": "goed", "database": "goed"})
    except OSError:
        return False


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its data: made from nothing by the first that starts it here, found again by the next."""
    return tmp_path_factory.mktemp("proef")


@pytest.mark.parametrize("wave", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_the_demo_runs_and_stops_cleanly(state: Path, wave: signal.Signals) -> None:
    process, address = start_demo(state)
    try:
        assert healthy(address)
        process.send_signal(wave)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()
    assert not healthy(address)
    assert run("db", "status", VANGNET_STAAT=str(state)).stdout == "De database draait niet.\n"


def test_a_killed_demo_leaves_no_server_and_the_next_one_works(state: Path) -> None:
    process, address = start_demo(state)
    assert healthy(address)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while healthy(address) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not healthy(address)
    process, address = start_demo(state)
    assert healthy(address)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.communicate()


def test_the_sentence_of_a_refusal_is_all_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL_EIGENAAR", raising=False)
    assert command_line.main(["migrate"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_the_name_of_the_database_is_fixed() -> None:
    assert Cluster(Path("/x"), Path("/x/s"), {APP: "w"}).url() == f"postgresql://{APP}:w@/{DATABASE}?host=%2Fx%2Fs"
