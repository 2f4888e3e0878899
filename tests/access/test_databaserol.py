# SPDX-License-Identifier: EUPL-1.2
"""The application refuses a role that row-level security does not bind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from vangnet.access.databaserol import OnveiligeDatabaserol, faults_of_role, refuse_unsafe_role
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, Cluster
from vangnet.conf.environment import database_entry


@pytest.fixture
def as_role(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, cluster: Cluster, database_name: str):  # type: ignore[no-untyped-def]
    """Connects Django as another role for the length of a block."""

    @contextmanager
    def connected(role: str) -> Iterator[None]:
        connections.settings["proef"] = connections["default"].settings_dict | database_entry(
            cluster.url(role, database_name), pool=0
        )
        with django_db_blocker.unblock():
            try:
                yield
            finally:
                connections["proef"].close()
                del connections["proef"]
                del connections.settings["proef"]

    return connected


AsRole = Callable[[str], "contextmanager[None]"]


def test_the_role_of_the_application_is_safe(as_role: AsRole) -> None:
    with as_role(APP):
        assert faults_of_role("proef") == []
        refuse_unsafe_role("proef")


def test_a_superuser_is_refused(as_role: AsRole) -> None:
    with as_role(BEHEER), pytest.raises(OnveiligeDatabaserol, match="superuser"):
        refuse_unsafe_role("proef")


def test_the_owner_is_refused_for_both_reasons(as_role: AsRole) -> None:
    with as_role(EIGENAAR):
        faults = faults_of_role("proef")
    assert [fault for fault in faults if "BYPASSRLS" in fault]
    assert [fault for fault in faults if "eigenaar" in fault]


@pytest.mark.parametrize(
    ("change", "undo", "word"),
    [
        (f"grant {EIGENAAR} to {APP}", f"revoke {EIGENAAR} from {APP}", "lid van een rol"),
        (
            f"create table van_de_app (a int); alter table van_de_app owner to {APP}",
            "drop table van_de_app",
            "eigenaar",
        ),
        (f"alter role {APP} bypassrls", f"alter role {APP} nobypassrls", "BYPASSRLS"),
    ],
)
def test_a_role_that_was_given_too_much_is_refused(
    as_role: AsRole, cluster: Cluster, change: str, undo: str, word: str, database_name: str
) -> None:
    with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
        try:
            link.execute(change.encode())
            with as_role(APP):
                faults = faults_of_role("proef")
        finally:
            link.execute(undo.encode())
    assert [fault for fault in faults if word in fault], faults


def test_the_application_makes_no_tables(cluster: Cluster, django_db_setup: None, database_name: str) -> None:
    with (
        psycopg.connect(cluster.url(APP, database_name)) as link,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        link.execute("create table van_mij (a int)")
