# SPDX-License-Identifier: EUPL-1.2
"""Whatever is posted wherever, by whoever: never our fault (5xx), always a page with a sentence, and nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.mensen import organisatie
from tests.process.test_show_casus import casus
from tests.web.test_casus import walk_to
from vangnet.access.models import Betrokkenheid
from vangnet.casework.models import Aanbod, Adres, Casus, Inzet, Rto, Taak

pytestmark = pytest.mark.django_db

LELIJK = (
    "", " ", "\x00", "a\x00b", "x" * 25_000, "9" * 400, "👶🏽🚑", "\u202egnagtiu\u202c", "\ud800".encode("utf-8", "replace").decode(),
    "' or 1=1; drop table casework_casus; --", "<script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "%s %(a)s {0} {naam}",
    "29-02-2023", "2023-02-29", "2024-03-31T02:30", "0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2024-05-16T21:52:00+99:00", "1900-01-01T00:00+23:59", "123456789", "-1", "1e9", "NaN", "Infinity", "٣", "²", "ja", "nee", "on",
    "2024-05-16T22:10", "2024-W20-4", "2024-05-16T22", "20240516T221000Z", "null", "[]", '{"a": 1}', '"\\u0000"', "[" * 5_000,
    "00000000-0000-0000-0000-000000000000", "g" * 36, "../../etc/passwd", "a.b.c.d", ".", "\r\nSet-Cookie: a=b",
)  # fmt: skip
"""Nasty values; each is posted in many places, by a fixed seed."""


def routes(resolver: Any = None, voor: str = "") -> Iterator[tuple[str, str]]:
    """Every address with a name: its template and its name."""
    for een in (resolver or get_resolver()).url_patterns:
        if isinstance(een, URLResolver):
            yield from routes(een, voor + str(een.pattern))
        elif isinstance(een, URLPattern):
            yield voor + str(een.pattern), een.name or ""


NIET = {"afmelden", "slot", "account_functie", "proef", "account_weg", "account_wachtwoord", "account_sleutel", "account_app"}
"""Addresses that sign out, lock or change who is asking: the rooms of signing in try those themselves."""


class World:
    """Two casussen: one that the reader works on, and one of somebody else, whose rows are tried as well."""

    def __init__(self) -> None:
        self.toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 30")
        organisatie("zorgaanbieder", naam="De Linde", telefoon="045 555 01 40")
        self.ik, self.id = casus()
        walk_to("hulp", self.ik, self.id)
        self.ander, self.ander_id = casus()
        walk_to("hulp", self.ander, self.ander_id)
        Betrokkenheid.objects.filter(casus_id=self.ander_id, organisatie=self.toegang).delete()
        self.melding = Casus.objects.get(id=self.id).meldingen.get().id

    def ids(self, casus_id: UUID) -> list[str]:
        c = Casus.objects.get(id=casus_id)
        soorten: tuple[Any, ...] = (Inzet, Rto, Aanbod, Taak, Adres)
        rijen = [str(i) for soort in soorten for i in soort.objects.filter(casus=c).values_list("id", flat=True)]
        return [*rijen, *(str(k.id) for k in c.jeugdigen.all()), *(str(p.id) for p in c.personen.all()), str(c.id)]
