# SPDX-License-Identifier: EUPL-1.2
"""Where sessions are kept: Django's table, read by one prepared statement, since every request begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection


class SessionStore(db.SessionStore):
    """Django's database sessions; only the reading is ours."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, once it is over or was never there."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select session_data from django_session where session_key = %s and expire_date > now()",
                [self.session_key],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(row[0])
        return held
