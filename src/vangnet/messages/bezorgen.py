# SPDX-License-Identifier: EUPL-1.2
"""Bringing a message away: one attempt, and what is kept of it. At least once: between the answer of the other side and the
row that says so a process can die; then it goes again, with the same id.

Only the sender (`vangnet.worker`) comes here, in a role of the database of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from . import mail, sein, soorten
from .fouten import NietVerstuurd
from .models import MISLUKT, VERSTUURD, WACHT, Bericht
from .soorten import MAIL, SOORTEN

logger = logging.getLogger(__name__)

BEWAREN = timedelta(days=30)
"""How long the address of a message stays once it was sent or given up: a choice of Vangnet. One that failed and that nobody
took over keeps its address."""
TE_LANG = 120.0
"""Seconds after which a job that still runs has lost its process: no attempt takes that long."""


class NogEens(Exception):
    """Not sent yet; `over` so many seconds again."""

    def __init__(self, over: float) -> None:
        super().__init__(f"over {over:.0f} s")
        self.over = over


def deliver(id_: UUID, now: Callable[[], datetime]) -> None:
    """One attempt to send a message that still waits; of another nothing. Errors: `NogEens` when it must be tried again."""
    bericht = _begin(id_, now())
    if bericht is None:
        return
    herhaling = SOORTEN[bericht.soort].herhaling
    try:
        _send(bericht, now(), herhaling.duur)
    except NietVerstuurd as nee:
        if nee.definitief or bericht.pogingen >= herhaling.pogingen:
            _give_up(bericht, nee.fout, now())
            return
        Bericht.objects.filter(id=id_, toestand=WACHT).update(fout=nee.fout)
        raise NogEens(max(herhaling.wacht(bericht.pogingen), min(nee.na or 0, herhaling.hoogste))) from None
    Bericht.objects.filter(id=id_, toestand=WACHT).update(toestand=VERSTUURD, klaar_op=now(), fout="")


def _begin(id_: UUID, op: datetime) -> Bericht | None:
    """Count the attempt before it begins, so that one in which the process dies counts too."""
    with transaction.atomic():
        bericht = Bericht.objects.select_for_update().filter(id=id_, toestand=WACHT).first()
        if bericht is None:
            return None
        if bericht.soort not in SOORTEN:  # Of a later version of Vangnet that was taken back.
            _give_up(bericht, "onbekend", op)
            return None
        if bericht.pogingen >= SOORTEN[bericht.soort].herhaling.pogingen:
            _give_up(bericht, "onderbroken", op)
            return None
        bericht.pogingen += 1
        bericht.save(update_fields=["pogingen"])
    return bericht


def _send(bericht: Bericht, nu: datetime, duur: float) -> None:
    try:
        tekst = soorten.text(bericht.soort, bericht.gegevens, settings.VANGNET_ADRES)
    except soorten.OngeldigBericht:
        raise NietVerstuurd("onbekend", definitief=True) from None
    if bericht.kanaal == MAIL:
        server = settings.VANGNET_MAIL
        if server is None:
            raise NietVerstuurd("niet_ingesteld", definitief=True)
        onderwerp = SOORTEN[bericht.soort].onderwerp
        mail.send(server, mail.compose(server, bericht.id, bericht.aan, onderwerp, tekst, bericht.op), duur)
        return
    poort = settings.VANGNET_SEIN.get(bericht.regio)
    if poort is None:
        raise NietVerstuurd("niet_ingesteld", definitief=True)
    inhoud = sein.body(bericht.id, bericht.aan, tekst, bericht.soort, bericht.op, poort.wijze)
    sein.send(poort, sein.read_key(poort.sleutel_bestand), bericht.id, inhoud, nu, duur)


def _give_up(bericht: Bericht, fout: str, op: datetime) -> None:
    """It will not arrive: from the commit of this on it is red on the boards of its organisation."""
    Bericht.objects.filter(id=bericht.id, toestand=WACHT).update(toestand=MISLUKT, fout=fout, klaar_op=op)
    logger.warning("bericht %s (%s, %s) kwam niet aan: %s", bericht.id, bericht.soort, bericht.kanaal, fout)


# ---- keeping the queue whole ------------------------------------------------------------------------------------

_REDDEN = """
with kwijt as (
  select j.id from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
   where j.status = 'doing' and (w.id is null or w.last_heartbeat < now() - make_interval(secs => %(stil)s)
         or not exists (select from procrastinate_events e where e.job_id = j.id and e.type = 'started'
                         and e.at > now() - make_interval(secs => %(te_lang)s)))
   order by j.id for update of j skip locked)
select procrastinate_retry_job_v2(kwijt.id, now(), null, null, null) from kwijt
"""
_ZONDER_WERK = """
select vangnet_bericht_klaarzetten(b.id, b.voorrang) from (
  select id, voorrang from messages_bericht b where b.toestand = 'wacht' and b.op < now() - interval '1 minute'
     and not exists (select from procrastinate_jobs j where j.args->>'bericht' = b.id::text and j.status in ('todo', 'doing'))
   order by op limit 1000) b
"""
_OPRUIMEN = """
delete from procrastinate_jobs j where j.status not in ('todo', 'doing')
   and not exists (select from procrastinate_events e where e.job_id = j.id and e.at > now() - interval '1 day')
"""


def rescue(stil: float, te_lang: float = TE_LANG) -> int:
    """Jobs whose process died go back in the queue: of one that gave no sign of life for `stil` seconds, and what runs
    longer than any attempt can. Returns how many. Several processes can do this at once."""
    with connection.cursor() as cursor:
        cursor.execute(_REDDEN, {"stil": stil, "te_lang": te_lang})
        return cursor.rowcount


def rejoin() -> int:
    """Messages that wait without a job get one again: a queue that was emptied loses nothing. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('vangnet.bericht'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_ZONDER_WERK)
        return cursor.rowcount


def tidy(op: datetime) -> tuple[int, int]:
    """Finished jobs of more than a day ago go; addresses of messages past their term are cleared. Returns how many of each."""
    with connection.cursor() as cursor:
        cursor.execute(_OPRUIMEN)
        jobs = cursor.rowcount
    oud = Bericht.objects.filter(klaar_op__lt=op - BEWAREN).exclude(aan="")
    return jobs, oud.exclude(toestand=MISLUKT, geregeld_op__isnull=True).update(aan="")
