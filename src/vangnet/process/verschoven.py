# SPDX-License-Identifier: EUPL-1.2
"""Which deadlines moved by what somebody just did: whoever runs the use case asks to hear it, and says it on screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from vangnet.clocks.veldzicht import deel_van_klok

from .dossier import Dossier
from .klokken import Stand, Verschil, is_request, verschillen

_HOORT: ContextVar[list[Verschil] | None] = ContextVar("verschoven", default=None)


@contextmanager
def moved() -> Iterator[list[Verschil]]:
    """Inside it the deadlines that running casussen got another moment for are put in the list that it gives, as far as who works
    on them sees those. A deadline that begins, ends or lapses is not among them: that is what was asked for."""
    gehoord: list[Verschil] = []
    voor = _HOORT.set(gehoord)
    try:
        yield gehoord
    finally:
        _HOORT.reset(voor)


def tell_moved(was: Mapping[UUID, Stand], d: Dossier, zicht: frozenset[str]) -> None:
    """Say which clocks moved since `was`, to who asked to hear it."""
    gehoord = _HOORT.get()
    if gehoord is None or "klokken" not in zicht:
        return
    aanvragen = {k.sleutel for k in d.klokken if is_request(k)}
    gehoord += [
        v
        for v in verschillen(was, d)
        if v.soort == "verschuift" and v.sleutel not in aanvragen and deel_van_klok(v.sleutel) in zicht
    ]
