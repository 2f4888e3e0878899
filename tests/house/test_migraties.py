# SPDX-License-Identifier: EUPL-1.2
"""Migrations are in step with the models, and the database with the migrations."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # leaves through SystemExit when one is


@pytest.mark.django_db
def test_the_extensions_are_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select extname from pg_extension where extname in ('btree_gist', 'unaccent') order by 1")
        assert [name for (name,) in cursor.fetchall()] == ["btree_gist", "unaccent"]
