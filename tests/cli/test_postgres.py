# SPDX-License-Identifier: EUPL-1.2
"""The launcher: from nothing, again, after kill -9, after an interrupted first try, two at once."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from vangnet.cli import postgres
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, ROLES, ZEGEL, Cluster

START = "from vangnet.cli import postgres; c = postgres.start('proef', durable=False); {rest}"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder of its own; whatever runs in it afterwards is stopped."""
    monkeypatch.setenv("VANGNET_STAAT", str(tmp_path))
    yield tmp_path
    assert postgres.discard("proef"), "somebody still uses the cluster of the trial"


def question(cluster: Cluster, text: str, role: str = APP) -> object:
    with psycopg.connect(cluster.url(role), autocommit=True) as link:
        row = link.execute(text.encode()).fetchone()
    return row[0] if row else None


def server_pid(cluster: Cluster) -> int:
    data = postgres._active_data(cluster.base)
    assert data is not None
    pid = postgres._server_pid(data)
    assert pid is not None
    return pid


def test_from_nothing_to_an_answer_and_back(state: Path) -> None:
    assert postgres.status("proef") == "nog niet gemaakt"
    cluster = postgres.start("proef", durable=False)
    assert [question(cluster, "select current_user", role) for role in ROLES] == list(ROLES)
    assert question(cluster, "show listen_addresses", BEHEER) == ""
    assert question(cluster, "select datlocprovider = 'b' from pg_database where datname = 'vangnet'") is True
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.base / "wachtwoorden.json").stat().st_mode) == 0o600
    assert len(os.fsencode(cluster.sockets / ".s.PGSQL.5432")) < 104
    cluster.stop()
    cluster.stop()
    assert postgres.status("proef") == "draait niet"


def test_the_roles_may_what_they_should(state: Path) -> None:
    cluster = postgres.start("proef", durable=False)
    flags = "select rolsuper or rolcreatedb or rolcreaterole or rolreplication from pg_roles where rolname = '{}'"
    for role in (EIGENAAR, APP):
        assert question(cluster, flags.format(role)) is False
    assert question(cluster, f"select rolbypassrls from pg_roles where rolname = '{APP}'") is False
    with psycopg.connect(cluster.url(EIGENAAR), autocommit=True) as link:
        link.execute("create table proef (id bigserial primary key, woord text)")
    with psycopg.connect(cluster.url(APP), autocommit=True) as link:
        link.execute("insert into proef (woord) values ('a')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("drop table proef")
    cluster.stop()


def test_a_wrong_password_does_not_open(state: Path) -> None:
    cluster = postgres.start("proef", durable=False)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url(APP).replace(cluster.passwords[APP], "mis"))
    cluster.stop()


@pytest.mark.parametrize("all_of_it", [False, True], ids=["server", "server and its children"])
def test_data_survives_kill_9(state: Path, all_of_it: bool) -> None:
    cluster = postgres.start("proef")
    with psycopg.connect(cluster.url(EIGENAAR), autocommit=True) as link:
        link.execute("create table proef as select 42 as a")
    pid = server_pid(cluster)
    children = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    family = [int(line.split()[0]) for line in children.splitlines() if line.split()[1] == str(pid)]
    for victim in [pid, *(family if all_of_it else [])]:
        os.kill(victim, signal.SIGKILL)
    cluster.stop()
    again = postgres.start("proef")
    assert question(again, "select a from proef") == 42
    again.stop()


def test_the_user_of_a_cluster_may_be_killed(state: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", START.format(rest="print('ja', flush=True); import time; time.sleep(60)")],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ja\n"
    assert postgres.stop("proef") == "in gebruik"
    process.kill()
    process.wait()
    process.stdout.close()
    assert postgres.status("proef") == "draait"
    joined = postgres.start("proef", durable=False)
    assert question(joined, "select 1") == 1
    joined.stop()
    assert postgres.status("proef") == "draait niet"


@pytest.mark.parametrize("moment", [0.25, 0.6, 1.0, 1.5])
def test_an_interrupted_first_try_starts_over(state: Path, moment: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", START.format(rest="c.stop()")])
    time.sleep(moment)
    process.kill()
    process.wait()
    cluster = postgres.start("proef", durable=False)
    assert question(cluster, "select current_user") == APP
    cluster.stop()


def test_a_number_that_now_belongs_to_another_program_is_no_server(state: Path) -> None:
    cluster = postgres.start("proef", durable=False)
    cluster.stop()
    data = postgres._active_data(cluster.base)
    assert data is not None
    for file in (data / "postmaster.pid", cluster.sockets / ".s.PGSQL.5432.lock"):
        file.write_text(f"{os.getpid()}\n{data}\n0\n5432\n{cluster.sockets}\n\n\n")
    again = postgres.start("proef", durable=False)
    assert server_pid(again) != os.getpid()
    again.stop()


def test_several_at_once_share_one_server(state: Path) -> None:
    rest = f"import psycopg; l = psycopg.connect(c.url('{BEHEER}')); "
    rest += "print(l.execute('select pg_postmaster_start_time()').fetchone()[0]); import time; time.sleep(3); l.close(); c.stop()"
    processes = [
        subprocess.Popen([sys.executable, "-c", START.format(rest=rest)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(set(answers)) == 1
    assert postgres.status("proef") == "draait niet"


def test_a_cluster_that_was_asked_to_stay_stays(state: Path) -> None:
    postgres.start("proef", durable=False, keep=True).stop()
    assert postgres.status("proef") == "draait"
    postgres.start("proef", durable=False).stop()
    assert postgres.status("proef") == "draait"
    assert postgres.stop("proef") == "gestopt"
    assert postgres.stop("proef") == "stond stil"


def test_lost_passwords_are_said_not_replaced(state: Path) -> None:
    cluster = postgres.start("proef", durable=False)
    cluster.stop()
    kept = (cluster.base / "wachtwoorden.json").read_text()
    (cluster.base / "wachtwoorden.json").unlink()
    with pytest.raises(postgres.PostgresStartNiet, match=r"wachtwoorden\.json is weg"):
        postgres.start("proef", durable=False)
    (cluster.base / "wachtwoorden.json").write_text(kept)
    postgres.start("proef", durable=False).stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_as_root_the_binaries_are_copied_out_where_namespaces_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o711)
        monkeypatch.setenv("VANGNET_STAAT", folder)
        monkeypatch.setenv("VANGNET_POSTGRES_GEBRUIKER", "nobody")
        cluster = postgres.start("proef", durable=False)
        data = postgres._active_data(cluster.base)
        assert data is not None
        assert data.stat().st_uid != 0
        assert question(cluster, "select 1") == 1
        cluster.stop()
        # and back, with the same data
        monkeypatch.delenv("VANGNET_POSTGRES_GEBRUIKER")
        again = postgres.start("proef", durable=False)
        assert question(again, "select 1") == 1
        again.stop()
        assert postgres.discard("proef")


def test_an_unknown_role_has_no_address() -> None:
    with pytest.raises(ValueError, match="role must be one of"):
        Cluster(Path("/x"), Path("/x/s"), {}).url("root")


def test_a_cluster_of_before_gets_the_role_of_the_sealer(state: Path) -> None:
    cluster = postgres.start("proef", durable=False)
    with psycopg.connect(cluster.url(BEHEER), autocommit=True) as link:
        link.execute(f"drop owned by {ZEGEL}; drop role {ZEGEL}".encode())
    cluster.stop()
    file = cluster.base / "wachtwoorden.json"
    words = json.loads(file.read_text())
    file.write_text(json.dumps({role: word for role, word in words.items() if role != ZEGEL}))
    again = postgres.start("proef", durable=False)
    assert question(again, "select current_user", ZEGEL) == ZEGEL
    assert {role: again.passwords[role] for role in words if role != ZEGEL} == {
        role: word for role, word in words.items() if role != ZEGEL
    }
    again.stop()
