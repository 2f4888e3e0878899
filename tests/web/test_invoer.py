# SPDX-License-Identifier: EUPL-1.2
"""Thousands of requests with something wrong in them, at every address, as everybody: never our fault, nothing given back as
mark-up, every refusal says what is wrong, nothing kept of what was refused, and the record whole afterwards.

`make proof-invoer` sends 20,000 (VANGNET_INVOER, VANGNET_ZAAD); the same seed sends the same."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from functools import cache
from random import Random

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.invoer.oordeel import faults_in
from tests.invoer.waarden import MERK
from tests.invoer.wereld import Invoerwereld, Vraag, questions
from tests.process.test_show_casus import NACHT
from vangnet.access import tegoed
from vangnet.access.tegoed import Grens
from vangnet.conf import clock
from vangnet.rules.tekst import AMSTERDAM

AANTAL = int(os.environ.get("VANGNET_INVOER") or 500)
ZAAD = os.environ.get("VANGNET_ZAAD") or "vangnet"
RONDE = 400
"""After so many requests the world is as it was at the beginning, so that nobody is gone for good."""
LOS = frozenset({
    "django_session", "django_migrations", "access_logregel", "access_tegoed", "access_aanmeldpoging", "casework_aanwezigheid",
})  # fmt: skip
"""Tables that also a refused request may write to: that it was refused, that somebody tried, that he is there."""
DEELS = "/velden"
"""One form with many fields, of which the good ones are kept and the others named."""
EEN_LEIDT = """
select c.id from casework_casus c where c.gesloten_op is null and 1 <> (
  select count(*) from access_betrokkenheid b where b.casus_id = c.id and b.deel = 'regie' and b.tot is null)
"""


class _Errors(logging.Handler):
    """Keeps what is logged as an error, or with an exception."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("django.security"):
            return  # a refusal, said with a word of Django's own
        crashed = record.exc_info and record.exc_info[0] is not None and record.name != "django.request"
        if record.levelno >= logging.ERROR or crashed:
            wat = record.exc_info[1] if record.exc_info else ""
            self.found.append(f"{record.name}: {record.getMessage()[:200]} {type(wat).__name__} {wat!s:.200}")


def rows() -> dict[str, int]:
    """How many rows each table has that a refused request leaves alone."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return dict(cursor.fetchall())


@cache
def _counting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1")  # fmt: skip
        tabellen = [naam for (naam,) in cursor.fetchall() if naam not in LOS]
        return " union all ".join(f"select '{naam}', count(*) from \"{naam}\"" for naam in tabellen)


def bar(done: int, begin: float) -> None:
    """How far it is, on one line."""
    speed = done / max(time.monotonic() - begin, 0.001)
    left = (AANTAL - done) / max(speed, 0.001)
    full = int(30 * done / AANTAL)
    line = f"\r[{'#' * full}{'.' * (30 - full)}] {done}/{AANTAL}, {speed:.0f} per seconde, nog {left:.0f} s "
    print(line, end="" if done < AANTAL else "\n", file=sys.__stderr__, flush=True)


@pytest.mark.django_db
def test_whatever_is_sent_it_is_answered_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    for grens in ("PER_KOPPELING", "PER_ADRES"):
        monkeypatch.setattr(tegoed, grens, Grens(1e6, 1e3))
    kies, mis, codes = Random(ZAAD), Counter[str](), Counter[int]()
    voorbeeld: dict[str, Vraag] = {}
    errors, begin, done = _Errors(), time.monotonic(), 0
    long_run = bool(os.environ.get("VANGNET_INVOER"))
    loggers = [logging.getLogger(), logging.getLogger("django")]
    stil = [(h, h.level) for logger in loggers for h in logger.handlers]
    for handler, _ in stil:
        handler.setLevel(logging.CRITICAL + 1)
    logging.getLogger().addHandler(errors)
    try:
        with clock.put_at(NACHT.replace(hour=22, minute=52)):
            wereld = Invoerwereld()
            while done < AANTAL:
                with transaction.atomic():
                    done = _round(wereld, kies, mis, codes, voorbeeld, errors, done, begin if long_run else None)
                    transaction.set_rollback(True)
    finally:
        logging.getLogger().removeHandler(errors)
        for handler, level in stil:
            handler.setLevel(level)
    if long_run:
        print(f"zaad {ZAAD}: {done} verzoeken, antwoorden {dict(sorted(codes.items()))}", file=sys.__stderr__)
    report = "\n\n".join(f"{n} keer {wat}\n  {voorbeeld[wat]}" for wat, n in mis.most_common(25))
    assert not mis, f"zaad {ZAAD}, {sum(mis.values())} fouten in {done} verzoeken\n{report}"
    ok = sum(n for code, n in codes.items() if code < 400)
    assert 0.05 < ok / done < 0.95, codes
    assert {200, 302, 400, 403, 404, 405} <= codes.keys(), codes


def _round(
    wereld: Invoerwereld, kies: Random, mis: Counter[str], codes: Counter[int], voorbeeld: dict[str, Vraag],
    errors: _Errors, done: int, begin: float | None,
) -> int:  # fmt: skip
    """Some hundreds of requests; what was wrong goes into `mis`. Returns how many there have been."""
    voor, stand = rows(), wereld.stand()
    clients: dict[str, Client] = {}
    laatste = None
    for n, (vraag, answer) in enumerate(questions(wereld, kies, clients)):
        codes[answer.status_code] += 1
        fouten = faults_in(answer)
        nu = rows()
        if answer.status_code >= 400 and nu != voor and not vraag.pad.endswith(DEELS):
            meer = {naam: aantal - voor.get(naam, 0) for naam, aantal in nu.items() if aantal != voor.get(naam)}
            fouten.append(f"geweigerd ({answer.status_code}) en toch geschreven: {meer}")
        voor = nu
        fouten += errors.found
        errors.found.clear()
        for fout in fouten:
            wat = f"{vraag.naam}: {fout}"
            mis[wat] += 1
            voorbeeld.setdefault(wat, vraag)
        laatste = vraag
        done += 1
        if begin is not None and done % 50 == 0:
            bar(done, begin)
        if n >= RONDE or done >= AANTAL:
            break
    assert laatste is not None
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(EEN_LEIDT)
        for (casus,) in cursor.fetchall():
            mis[f"casus {casus} heeft niet precies één organisatie met de regie"] += 1
            voorbeeld.setdefault(f"casus {casus} heeft niet precies één organisatie met de regie", laatste)
        cursor.execute("set constraints all deferred")
    if wereld.stand() != stand:
        mis["de casus van een ander is veranderd"] += 1
        voorbeeld.setdefault("de casus van een ander is veranderd", laatste)
    return done


def test_the_judge_finds_what_is_wrong() -> None:
    """Each of these would slip through if the judge were blind."""

    def page(html: str, status: int = 200, **headers: str) -> HttpResponse:
        answer = HttpResponse(html, status=status, headers=headers)
        vars(answer).update(context=None, request={"REQUEST_METHOD": "GET"})  # as the test client leaves it
        return answer

    bad = {
        "onveranderd terug": page(f"<p><{MERK}></p>"),
        "attribuut": page(f'<p on{MERK}="1">x</p>'),
        "leidt elders": page(f'<a href="//{MERK}.example">x</a>'),
        "los <script>": page("<script>1</script>"),
        "Location leidt elders": page("", 302, Location=f"/\\{MERK}.example"),
        "header X-Naam": page("", **{"X-Naam": MERK}),
        "fout van ons": page("Er ging iets mis bij ons.", 500),
        "zonder zin": page("nee", 400),
        "zonder een woord": page("", 400),
        "zonder Allow": page("", 405),
        "formule": page("a;=1+1\r\n", **{"Content-Type": "text/csv"}),
        "zonder nosniff": page(MERK, **{"Content-Type": "text/plain"}),
        "probleem zonder": page('{"title": "x", "detail": "kort", "code": "c", "status": 400}', 400, **{"Content-Type": "application/problem+json"}),
        "weigering zonder zin": page("{}", 400, **{"Content-Type": "application/json"}),
    }  # fmt: skip
    for wat, answer in bad.items():
        assert any(wat in fout for fout in faults_in(answer)), (wat, faults_in(answer))
    assert faults_in(page(f"<p>&lt;{MERK}&gt;</p><a href='/x?n=//{MERK}'>x</a>")) == []


def test_the_clock_of_the_world_stands_in_the_evening() -> None:
    assert NACHT.astimezone(AMSTERDAM).hour == 21
