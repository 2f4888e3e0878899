# SPDX-License-Identifier: EUPL-1.2
"""Starting Django from a command: settings faults become a refusal that the user can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vangnet.cli.main import Refusal


@contextmanager
def refusing() -> Iterator[None]:
    """Turn a fault in settings or in the reach of the database into a `Refusal`."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        yield
    except ImproperlyConfigured as fault:
        raise Refusal(str(fault)) from None
    except OperationalError as fault:
        # The first line says what libpq ran into; further lines may quote rows.
        first = (str(fault).splitlines() or ["geen bericht"])[0]
        raise Refusal(f"DATABASE_URL: de database antwoordt niet ({first}).") from None


def set_up() -> None:
    """Load settings and apps. Raises Refusal with every fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vangnet.conf.settings")
    import django

    with refusing():
        django.setup()


def refuse_behind() -> None:
    """Refuse to run over a database that misses migrations."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refusal("De database is niet bij: voer eerst `vangnet migrate` uit.")


def compile_catalogues() -> int:
    """Compile the .po files of vangnet that are newer than their .mo, without msgfmt. Returns how many."""
    import vangnet

    count = 0
    for source in Path(vangnet.__path__[0]).glob("**/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as compiled:
            write_mo(compiled, catalogue)
        fresh.replace(target)
        count += 1
    return count


def collect_static() -> None:
    """Collect and compress the static files when any is newer than the last collection. Needs `set_up` first."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    stamp = Path(settings.STATIC_ROOT) / "verzameld"
    state = "\n".join(sorted(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources))
    if manifest.exists() and stamp.exists() and stamp.read_text() == state:
        return
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)
