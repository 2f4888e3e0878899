# SPDX-License-Identifier: EUPL-1.2
"""Who is on duty: a simple list per day. Rosters and places come later, in this room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vangnet.access.models import Medewerker, Organisatie
from vangnet.conf.identifiers import new_id


class Dienst(models.Model):
    """One person on duty for one organisation, from when until when, and as what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    taak = models.CharField(max_length=30)
    """voorwacht, achterwacht, coordinator, gedragswetenschapper, psychiater."""
    van = models.DateTimeField()
    tot = models.DateTimeField()

    class Meta:
        ordering = ["van"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(tot__gt=F("van")), name="dienst_periode")]
        indexes: ClassVar = [models.Index("organisatie", "van", name="dienst_van")]

    def __str__(self) -> str:
        return self.taak
