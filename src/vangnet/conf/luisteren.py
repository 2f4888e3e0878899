# SPDX-License-Identifier: EUPL-1.2
"""How a connection is made that listens to the database all day: without the pool that requests share."""

from __future__ import annotations

from typing import Any

from django.db import connections


def listening_words(naam: str) -> dict[str, Any]:
    """What psycopg asks to connect as the application does; `naam` is how the database knows this connection."""
    entry = connections["default"].settings_dict
    words = dict(entry["OPTIONS"])
    for ours in ("pool", "server_side_binding", "prepare_threshold", "isolation_level", "assume_role"):
        words.pop(ours, None)
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    words |= {word: entry[name] for word, name in named.items() if entry.get(name)}
    return words | {"application_name": naam, "keepalives_idle": 10, "keepalives_interval": 5}
