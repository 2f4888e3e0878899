# SPDX-License-Identifier: EUPL-1.2
"""The jobs that `vangnet post` runs. There is one: bring a message away. The database makes it (messages/0002)."""

from __future__ import annotations

from uuid import UUID

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from vangnet.conf import clock
from vangnet.messages import bezorgen

RIJ, TAAK = "berichten", "vangnet.bericht"
NA_EEN_FOUT = 5.0
"""Seconds before a job is tried again that failed for a reason that nobody foresaw; its message counts the attempts."""


class Opnieuw(BaseRetryStrategy):
    """Whether and when again, the message itself says (`NogEens`): so it counts attempts in which a process died too."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        over = exception.over if isinstance(exception, bezorgen.NogEens) else NA_EEN_FOUT
        return RetryDecision(retry_in={"milliseconds": round(over * 1000)})


@app.task(name=TAAK, queue=RIJ, retry=Opnieuw())
def verstuur(bericht: str) -> None:
    """One attempt to send a message."""
    bezorgen.deliver(UUID(bericht), clock.now)
