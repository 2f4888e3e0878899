# SPDX-License-Identifier: EUPL-1.2
"""A deadline that runs: a row with its rule ids, its force, its owner, its due moment, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vangnet.conf.identifiers import new_id


class Klok(models.Model):
    """One agreed deadline of one casus. It is moved or stopped only with what happened; it never disappears."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="klokken")
    sleutel = models.CharField(max_length=80)
    """The key of the term in the advice, with the id of the inzet where it belongs to one."""
    wat = models.CharField(max_length=200)
    begonnen_op = models.DateTimeField()
    uiterlijk = models.DateTimeField()
    """The moment after which it is late: for a day, the end of that day."""
    hele_dag = models.BooleanField(default=False)
    strekking = models.CharField(max_length=30, blank=True)
    eigenaar = models.CharField(max_length=30)
    """The party that must act, in the word of the rules."""
    regels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    open_vraag = models.CharField(max_length=60, blank=True)
    lezingen = models.JSONField(default=dict)
    geeindigd_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField(max_length=10, blank=True)
    """gehaald, te_laat (done, but late), vervallen (no longer asked); empty while it runs."""
    reden = models.CharField(max_length=300, blank=True)
    """Why it was missed or moved, by a person."""

    class Meta:
        ordering = ["uiterlijk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "casus", "sleutel", condition=Q(geeindigd_op__isnull=True), name="klok_loopt_eenmaal"
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["", "gehaald", "te_laat", "vervallen"]), name="klok_uitkomst"
            ),
        ]
        indexes: ClassVar = [
            models.Index("uiterlijk", name="klok_loopt", condition=Q(geeindigd_op__isnull=True)),
            models.Index("casus", name="klok_casus"),
        ]

    def __str__(self) -> str:
        return self.sleutel
