# SPDX-License-Identifier: EUPL-1.2
"""The access matrix: who sees what of which casus, on every road. A slice runs with every test; `make proof-toegang` walks all
functions x relations x casussen, and takes every check away in turn (`tests.matrix`)."""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product
from typing import Any

import pytest
from django.db import transaction

from tests.matrix import adressen, breken, database, vragen
from tests.matrix.wereld import (
    EERDER,
    GEBLOKKEERD,
    GEHEIM,
    LETTER,
    NU_NOOD,
    OPEN,
    RELATIES,
    VREEMD,
    WIE_NOOD,
    Wereld,
    make_matrix,
)
from tests.web.test_kanarie import NU
from vangnet import process
from vangnet.access.models import Deel, Rol
from vangnet.conf import clock
from vangnet.process.stapsoorten import STAPPEN

pytestmark = pytest.mark.django_db

HEEL = os.environ.get("VANGNET_TOEGANG") == "heel"
"""Whether everything is walked."""
CM, TOEGANG = Rol.CRISISMEDEWERKER, Rol.TOEGANGSMEDEWERKER
IEDER = [(rol, relatie) for relatie in RELATIES for rol in Rol.values]
"""Every function in every relation."""
WIE = (
    IEDER
    if HEEL
    else [
        (CM, Deel.CRISISHULP),
        (Rol.PSYCHIATER, Deel.MEEDENKEN),
        (TOEGANG, Deel.SIGNAAL),
        (Rol.PLANNER, Deel.AANBOD),
        (TOEGANG, Deel.REGIE),
        (CM, VREEMD),
    ]
)
ZONDER = (
    [
        (rol, relatie)
        for rol, relatie in IEDER
        if relatie in (EERDER, VREEMD, GEBLOKKEERD) or rol in (Rol.FG, Rol.BEHEERDER)
    ]
    if HEEL
    else [(CM, EERDER), (TOEGANG, GEBLOKKEERD), (CM, VREEMD), (Rol.FG, Deel.REGIE)]
)
"""Who sees nothing: walked with the filter alone as well, the second lock taken away."""
CASUSSEN = tuple(LETTER) if HEEL else (OPEN, GEHEIM)


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Made once, undone at the end."""
    with django_db_blocker.unblock(), clock.put_at(NU), transaction.atomic():
        yield make_matrix()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is asked for here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def walk(
    naam: str, stukken: Iterable[Any], loop: Callable[[Any], vragen.Uitslag], capsys: pytest.CaptureFixture[str]
) -> None:
    """Walk these pieces one by one, saying how far it is in the long proof; fail with everything that was wrong."""
    uit, begin, stukken = vragen.Uitslag(), time.monotonic(), list(stukken)
    for n, stuk in enumerate(stukken, 1):
        uit.add(loop(stuk))
        if HEEL and (n == len(stukken) or n % 12 == 0):
            with capsys.disabled():
                print(
                    f"\n{naam}: {n}/{len(stukken)}, cellen: {uit.cellen}, fouten: {len(uit.fouten)}, {time.monotonic() - begin:.0f} s",
                    end="",
                    flush=True,
                )
    assert uit.cellen > 0
    fouten = list(dict.fromkeys(uit.fouten))
    assert not fouten, f"{naam}: {len(fouten)} fouten\n" + "\n".join(islice(fouten, 60))


def test_every_function_that_opens_the_lock_is_walked_or_says_why_not() -> None:
    gevonden = {
        f"{kamer.name}.{naam}"
        for kamer in pkgutil.iter_modules(process.__path__)
        for naam, f in vars(importlib.import_module(f"vangnet.process.{kamer.name}")).items()
        if getattr(f, "vraagt", False) and f.__module__ == f"vangnet.process.{kamer.name}"
    }
    bekend = vragen.GELOPEN | vragen.NIET_GELOPEN.keys()
    assert gevonden == bekend, "loop haar in tests/matrix/vragen.py (of_casus, LIJSTEN), of zeg daar waarom niet"


def test_every_road_shows_what_the_table_says(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    walk("vragen", WIE, lambda wie: vragen.walk_queries(wereld, [wie], CASUSSEN), capsys)


def test_the_filter_alone_keeps_who_has_no_part_outside(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    with vragen.first_lock_alone():
        walk("filter", ZONDER, lambda wie: vragen.walk_queries(wereld, [wie], CASUSSEN), capsys)


def test_every_page_shows_what_the_table_says(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    stappen = list(STAPPEN) if HEEL else ["gezin", "inzet"]
    wie = WIE if HEEL else [WIE[0], WIE[3], ZONDER[1]]
    casussen = (OPEN, GEHEIM) if HEEL else (GEHEIM,)
    walk("pagina's", wie, lambda een: adressen.walk_pages(wereld, [een], casussen, stappen), capsys)


def test_what_may_not_be_sent_is_refused_and_leaves_nothing(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    wie = IEDER if HEEL else [(TOEGANG, Deel.RTO)]
    walk("versturen", wie, lambda een: adressen.walk_refusals(wereld, [een], [OPEN]), capsys)


def test_break_glass_sends_nothing(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    wie, casus = WIE_NOOD, NU_NOOD
    walk("noodtoegang", [wie], lambda een: adressen.walk_refusals(wereld, [een], [casus]), capsys)


def test_every_key_reads_what_the_table_says(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    relaties = RELATIES if HEEL else [Deel.CRISISHULP, Deel.RTO, Deel.AANBOD, EERDER]
    walk("koppelingen", relaties, lambda een: adressen.walk_interface(wereld, [een], CASUSSEN), capsys)


def test_an_ended_session_and_a_narrow_key_open_nothing(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    walk("sleutels", [None], lambda _: adressen.walk_keys_and_sessions(wereld), capsys)


def test_the_database_gives_and_takes_what_the_table_says(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    rollen = Rol.values if HEEL else [CM, Rol.FG]
    relaties = RELATIES if HEEL else [Deel.REGIE, EERDER]
    walk("database", product(rollen, relaties), lambda een: database.walk_database(wereld, [een[0]], [een[1]]), capsys)


@pytest.mark.parametrize("n", range(len(breken.BREUKEN)) if HEEL else breken.SNEL)
def test_a_check_that_is_taken_away_is_noticed(n: int, wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    breuk = breken.BREUKEN[n]
    gezien = breken.caught(wereld, breuk)
    if HEEL:
        with capsys.disabled():
            print(f"\n{'gezien' if gezien else 'NIET GEZIEN'}: zonder {breuk.wat}: {gezien[:140]}", end="", flush=True)
    assert gezien, f"zonder {breuk.wat} ziet de ronde niets"
