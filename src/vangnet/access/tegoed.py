# SPDX-License-Identifier: EUPL-1.2
"""Bounds how fast somebody may ask, over all worker processes: a bucket per name in one table, taken from in one statement.

A bucket holds `vol` requests and fills at `per_seconde`. Its row is locked by the statement itself, so many requests at
once from many processes take no more than there is.
"""

from __future__ import annotations

import ipaddress
import math
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.crypto import salted_hmac

from .models import Tegoed


class Grens(NamedTuple):
    """How many requests at once (`vol`), and how many a second in the long run."""

    vol: float
    per_seconde: float


PER_KOPPELING = Grens(120, 2)
"""Of one key: 120 a minute in the long run. A system that follows some hundred families every minute fits in that."""
PER_ADRES = Grens(10, 1 / 30)
"""Of one address with keys that are none: ten, then two a minute."""
PER_BEZOEKER = Grens(300, 5)
"""Of one address on the pages that anybody may open without signing in: an office shares one, a flood does not fit."""
PER_AGENDA = Grens(30, 1 / 60)
"""Of one calendar address: thirty at once for somebody with several devices, then one a minute; programs ask every quarter
of an hour at most."""
VERGEET = timedelta(days=1)
"""An address that was quiet this long is forgotten."""

NEEM = """
insert into access_tegoed as t (sleutel, over, op) values (%(sleutel)s, %(vol)s - 1, %(op)s)
on conflict (sleutel) do update set
  over = least(%(vol)s, t.over + %(snelheid)s * greatest(0, extract(epoch from %(op)s - t.op))) - 1,
  op = greatest(t.op, %(op)s)
where least(%(vol)s, t.over + %(snelheid)s * greatest(0, extract(epoch from %(op)s - t.op))) >= 1
returning xmax = 0
"""
"""Says whether the bucket is new."""
WACHT = """
select (1 - least(%(vol)s, over + %(snelheid)s * greatest(0, extract(epoch from %(op)s - op)))) / %(snelheid)s
from access_tegoed where sleutel = %(sleutel)s
"""


def address_key(adres: str | None, wat: str = "adres") -> str:
    """The name of the bucket of an address: a keyed hash, so that the table names nobody; of an IPv6 address its network,
    since one house has them all, but of one that stands for an IPv4 address that address."""
    if adres and ":" in adres:
        adres = adres.partition("%")[0]  # A link-local address names the card it came by.
        mapped = ipaddress.IPv6Address(adres).ipv4_mapped
        adres = str(mapped or ipaddress.ip_network(f"{adres}/64", strict=False))
    return f"{wat}:" + salted_hmac("vangnet.access.koppelingen", adres or "", algorithm="sha256").hexdigest()[:60]


def take(sleutel: str, grens: Grens, op: datetime) -> int:
    """Take one request from the bucket of `sleutel` at moment `op`. Returns 0, or when it is empty the whole seconds
    until there is one again; nothing is taken then."""
    words = {"sleutel": sleutel, "vol": grens.vol, "snelheid": grens.per_seconde, "op": op}
    with connection.cursor() as cursor:
        cursor.execute(NEEM, words)
        taken = cursor.fetchone()
        if taken is not None:
            if taken[0]:  # Only a new name makes the table longer: then what is long full goes.
                forget(op)
            return 0
        cursor.execute(WACHT, words)
        row = cursor.fetchone()
    return max(1, math.ceil(row[0])) if row else 1


def forget(op: datetime) -> None:
    """Throw away what has long been full again."""
    Tegoed.objects.filter(op__lt=op - VERGEET).delete()
