# SPDX-License-Identifier: EUPL-1.2
"""Who is on duty: a simple list per day; and the hand-over of a shift that both sign. Places come later, in this room."""

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


class Dienstoverdracht(models.Model):
    """The hand-over of a shift of one organisation: who gave it, who took it, and when each signed. Of a family it holds
    nothing; which casussen were on it stands in `Dienstoverdrachtregel`. Once signed it never changes, except that it is
    received or taken back, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    gever = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    getekend_op = models.DateTimeField()
    sinds = models.DateTimeField()
    """From when on the changes counted that were on it: the receipt of the one before."""
    opmerking = models.CharField(max_length=500, blank=True)
    """About the shift as a whole; the page asks to name no family here."""
    ontvanger = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ontvangen_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    """Taken back by the giver before anybody received it."""

    class Meta:
        ordering = ["-getekend_op"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisatie",
                condition=Q(ontvangen_op__isnull=True, ingetrokken_op__isnull=True),
                name="overdracht_een_open",
            ),
            models.CheckConstraint(
                condition=Q(ontvanger__isnull=True) | ~Q(ontvanger=F("gever")), name="overdracht_twee_mensen"
            ),
            models.CheckConstraint(
                condition=Q(ontvanger__isnull=True, ontvangen_op__isnull=True)
                | Q(ontvanger__isnull=False, ontvangen_op__isnull=False, ingetrokken_op__isnull=True),
                name="overdracht_ontvangen",
            ),
            models.CheckConstraint(
                condition=Q(ontvangen_op__isnull=True) | Q(ontvangen_op__gte=F("getekend_op")),
                name="overdracht_volgorde",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisatie", "-getekend_op"], name="overdracht_van")]

    def __str__(self) -> str:
        return f"overdracht {self.getekend_op:%Y-%m-%d %H:%M}"


class Dienstoverdrachtregel(models.Model):
    """That a casus was on a hand-over when one of the two signed, in which version, and what the giver said with it. Only
    added to; goes with the casus when that is erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    overdracht = models.ForeignKey(Dienstoverdracht, on_delete=models.PROTECT, related_name="regels")
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="+")
    kant = models.CharField(max_length=8)
    """geeft or neemt: at whose signature."""
    versie = models.PositiveIntegerField()
    """`Casus.versie` as it stood on the page that was signed."""
    opmerking = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("overdracht", "casus", "kant", name="overdrachtregel_eenmaal"),
            models.CheckConstraint(condition=Q(kant__in=["geeft", "neemt"]), name="overdrachtregel_kant"),
        ]
        indexes: ClassVar = [models.Index("casus", name="overdrachtregel_casus")]

    def __str__(self) -> str:
        return self.kant
