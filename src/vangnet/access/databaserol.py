# SPDX-License-Identifier: EUPL-1.2
"""Refuses a database role that row-level security does not bind: a superuser, BYPASSRLS, or an owner of tables."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

OLDEST_SERVER = 160000
"""PostgreSQL 16, as server_version_num writes it."""

QUERY = """
select current_user,
       current_setting('server_version_num')::int,
       r.rolsuper,
       r.rolbypassrls,
       exists (select from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p', 'v', 'm')
                 and n.nspname not in ('pg_catalog', 'information_schema')
                 and n.nspname not like 'pg\\_toast%%'
                 and pg_has_role(r.oid, c.relowner, 'member')),
       exists (select from pg_database d
               where d.datname = current_database() and pg_has_role(r.oid, d.datdba, 'member')),
       exists (select from pg_roles other
               where (other.rolsuper or other.rolbypassrls) and other.oid <> r.oid
                 and pg_has_role(r.oid, other.oid, 'member'))
  from pg_roles r
 where r.rolname = current_user
"""


class OnveiligeDatabaserol(ImproperlyConfigured):
    """Vangnet start niet: de databaserol van de applicatie mag te veel."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = list(faults)
        super().__init__("Vangnet start niet:\n" + "\n".join(f"- {fault}" for fault in self.faults))


def faults_of_role(alias: str = "default") -> list[str]:
    """One Dutch sentence per reason why the role behind this connection is unsafe; empty when it is safe.

    Raises django.db.OperationalError when the database does not answer.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(QUERY)
        role, version, is_superuser, bypasses, owns_tables, owns_database, inherits = cursor.fetchone()
    found = f"DATABASE_URL: gevonden rol '{role}'"
    expected = "verwacht een rol als vangnet_app, zonder bijzondere rechten en zonder eigendom"
    faults = []
    if version < OLDEST_SERVER:
        faults.append(f"DATABASE_URL: gevonden PostgreSQL {version // 10000}; verwacht 16 of nieuwer.")
    if is_superuser:
        faults.append(f"{found}, een superuser: die ziet elke rij van elke organisatie; {expected}.")
        return faults
    if bypasses:
        faults.append(f"{found} met BYPASSRLS: die ziet elke rij van elke organisatie; {expected}.")
    if owns_tables or owns_database:
        faults.append(f"{found}, (mede-)eigenaar van de database of van tabellen; {expected}.")
    if inherits:
        faults.append(f"{found}, lid van een rol die rijbeveiliging omzeilt; {expected}.")
    return faults


def refuse_unsafe_role(alias: str = "default") -> None:
    """Raise `OnveiligeDatabaserol` with every reason when the role is unsafe."""
    faults = faults_of_role(alias)
    if faults:
        raise OnveiligeDatabaserol(faults)
