# SPDX-License-Identifier: EUPL-1.2
"""What tests share: a real PostgreSQL, a real browser, an accessibility check. All of it starts only when asked for.

The application runs in the role `vangnet_app`, as in production: it owns nothing and row-level security binds it. Only the
eyes of a test see past it (`tests.rollen`).
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import TransactionTestCase

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from vangnet.cli.postgres import Cluster

ROOT = Path(__file__).resolve().parent.parent

# Playwright runs an event loop in the thread of the test; Django would take every query there for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_configure() -> None:
    """Compile the catalogues of a fresh clone before anything asks for a translation. While the tests are gathered no
    garbage is looked for: nearly all that is made then stays."""
    from vangnet.cli.application import compile_catalogues

    compile_catalogues()
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end; the collector does not walk through it again, and looks a little less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


# ---- the database ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The embedded PostgreSQL of this clone's tests; runs of several people at once share it."""
    from vangnet.cli import postgres

    running = postgres.start("test", durable=False)
    yield running
    running.stop()
    if os.environ.get("CI"):
        postgres.discard("test")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop_leftovers(cluster: Cluster) -> None:
    """Drop the databases of test runs that were killed."""
    import psycopg

    from vangnet.cli.postgres import BEHEER

    with psycopg.connect(cluster.url(BEHEER, "postgres"), autocommit=True) as link:
        names = [row[0] for row in link.execute(r"select datname from pg_database where datname like 'test\_%'")]
    for name in names:
        pid = name.removeprefix("test_")
        if pid.isdecimal() and not _is_alive(int(pid)):
            cluster.drop_database(name)


def _fingerprint() -> str:
    """Of all that `migrate` could make tables from; another letter in it asks for another pattern."""
    src = ROOT / "src" / "vangnet"
    read = hashlib.sha256()
    for path in sorted([*src.rglob("*.py"), *src.rglob("*.sql"), *(ROOT / "requirements").glob("*.txt")]):
        read.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return read.hexdigest()[:16]


def _migrate(cluster: Cluster, name: str) -> None:
    """All migrations on an empty database, as the owner."""
    from django.core.management import call_command
    from django.db import connections

    from vangnet.cli.postgres import EIGENAAR
    from vangnet.conf.environment import database_entry

    connection = connections["default"]
    connection.settings_dict |= database_entry(cluster.url(EIGENAAR, name), pool=0)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def _pattern(cluster: Cluster, link: Any) -> str:
    """The migrated database without rows that runs are copied from, made by the first run after a change of the source."""
    name = f"patroon_{_fingerprint()}"
    known = [row[0] for row in link.execute(r"select datname from pg_database where datname like 'patroon\_%'")]
    if name not in known:
        for earlier in (*known, "half_patroon"):
            cluster.drop_database(earlier)
        cluster.create_database("half_patroon")
        _migrate(cluster, "half_patroon")
        link.execute(f"alter database half_patroon rename to {name}")
    return name


@pytest.fixture(scope="session")
def database_name(cluster: Cluster, django_db_blocker: Any) -> Iterator[str]:
    """A database of this run alone: all tables, and no rows but those of a migration."""
    import psycopg

    from vangnet.cli.postgres import BEHEER

    name = f"test_{os.getpid()}"
    with psycopg.connect(cluster.url(BEHEER, "postgres"), autocommit=True) as link, django_db_blocker.unblock():
        link.execute("select pg_advisory_lock(817)")  # One run at a time; the second half of `make test` copies then.
        _drop_leftovers(cluster)
        cluster.drop_database(name)
        cluster.create_database(name, pattern=_pattern(cluster, link))
    yield name
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, database_name: str, django_db_blocker: Any) -> Iterator[None]:
    """A test looks at rows as the superuser does; what it tests runs in the application's role (`tests.rollen`).
    Replaces the fixture of pytest-django."""
    from django.db import connections

    from vangnet.cli.postgres import BEHEER
    from vangnet.conf.environment import database_entry

    from . import rollen

    with django_db_blocker.unblock():
        connections["default"].settings_dict |= database_entry(cluster.url(BEHEER, database_name), pool=8)
    rollen.bind()
    _Wipe.address = cluster.url(BEHEER, database_name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        connections["default"].close_pool()


class _Wipe:
    """Empties every table after a test that commits. The app role may not, so it is done beside it, without triggers."""

    address = ""
    statement = """
    do $$
    declare t record;
    begin
      for t in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
                  and c.relname <> 'django_migrations' loop
        execute format('delete from %s', t.name);
      end loop;
    end $$
    """

    @classmethod
    def run(cls) -> None:
        import psycopg
        from django.db import connections

        for connection in connections.all(initialized_only=True):
            connection.close()
        with psycopg.connect(cls.address, autocommit=True) as link:
            link.execute("set session_replication_role = replica")
            link.execute("set lock_timeout = '10s'")
            link.execute(cls.statement)


TransactionTestCase._fixture_teardown = lambda test: _Wipe.run()  # type: ignore[method-assign]


# ---- the browser -----------------------------------------------------------------------------------------------


def _find_browser() -> str:
    spec = importlib.util.spec_from_file_location("browser", ROOT / "scripts" / "browser.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.find()
    if found is None:
        pytest.fail(f"Er is geen browser. Typ: {module.line_to_type()}", pytrace=False)
    return str(found)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium or Chrome."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_find_browser(), args=BROWSER_FLAGS)
        yield running
        running.close()


def loop_lives() -> None:
    """A sign of life of the loop that watches deadlines, for a day: else every page says that it stands still."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "insert into clocks_hartslag (naam, begonnen_op, op, gewekt, fouten) values ('proef', now(), now() + interval '1 day', 0, 0)"
            " on conflict (naam) do nothing"
        )


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Makes a page of a fresh person (own cookies) at the live server; words as for Browser.new_context.

    At the end the test fails when a script crashed or the content security policy was broken on any of them.
    """
    contexts = []
    faults: list[str] = []

    def note(message: Any) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(**words: Any) -> Page:
        context = browser.new_context(
            **{"base_url": live_server.url, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"} | words
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        loop_lives()
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", note)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page at the live server, Dutch, in Amsterdam."""
    return new_page()


@pytest.fixture
def axe() -> Callable[..., None]:
    """Checks a page against WCAG 2.2 AA, as far as a machine can, and fails with what is wrong and where. `colours` says that only
    its colours are looked at (True) or all else (False), for a page that differs from one that was looked at in nothing else."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Page, colours: bool | None = None) -> None:
        rules = {"type": "rule", "values": ["color-contrast"]} if colours else {"type": "tag", "values": WCAG}
        options = {"runOnly": rules, "rules": {"color-contrast": {"enabled": colours is not False}}}
        found = Axe().run(page, options=options)
        report = [
            f"{violation['id']}: {violation['help']} -> {[node['target'] for node in violation['nodes']]}"
            for violation in found.response["violations"]
        ]
        assert not report, "\n".join(report)

    return check
