# SPDX-License-Identifier: EUPL-1.2
"""What leaves: one row per message, from the moment it is written down until it is sent or somebody takes it over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vangnet.access.models import Medewerker, Organisatie
from vangnet.conf.identifiers import new_id

WACHT, VERSTUURD, MISLUKT = "wacht", "verstuurd", "mislukt"


class Bericht(models.Model):
    """One message. Its id goes with every attempt, so that the other side can tell a repeat."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    regio = models.SlugField(max_length=60)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    """Whose board shows it when it does not arrive."""
    kanaal = models.CharField(max_length=10)
    aan = models.CharField(max_length=254, blank=True)
    """A mail address or phone number; empty once its term is over."""
    soort = models.CharField(max_length=30)
    sleutel = models.CharField(max_length=200, unique=True)
    """What it is about, in the words of who made it: the same key twice is one message."""
    gegevens = models.JSONField(default=dict)
    voorrang = models.SmallIntegerField(default=0)
    """The higher, the sooner its turn."""
    op = models.DateTimeField()
    toestand = models.CharField(max_length=10, default=WACHT)
    pogingen = models.SmallIntegerField(default=0)
    """Attempts that began."""
    fout = models.CharField(max_length=20, blank=True)
    """Why the last attempt failed, a word of `fouten`."""
    klaar_op = models.DateTimeField(null=True, blank=True)
    """When it was sent, or given up."""
    geregeld_op = models.DateTimeField(null=True, blank=True)
    geregeld_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        db_table = "messages_bericht"
        ordering = ["op"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kanaal__in=["mail", "sein"]), name="bericht_kanaal"),
            models.CheckConstraint(condition=Q(toestand__in=[WACHT, VERSTUURD, MISLUKT]), name="bericht_toestand"),
            models.CheckConstraint(condition=Q(toestand=WACHT) ^ Q(klaar_op__isnull=False), name="bericht_klaar"),
            models.CheckConstraint(
                condition=Q(geregeld_op__isnull=True, geregeld_door__isnull=True)
                | Q(geregeld_op__isnull=False, geregeld_door__isnull=False, toestand=MISLUKT),
                name="bericht_geregeld",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "organisatie", name="bericht_niet_af", condition=~Q(toestand=VERSTUURD) & Q(geregeld_op__isnull=True)
            ),
            models.Index("op", name="bericht_wacht", condition=Q(toestand=WACHT)),
            models.Index("klaar_op", name="bericht_adres", condition=~Q(aan="")),
        ]

    def __str__(self) -> str:
        return self.soort
