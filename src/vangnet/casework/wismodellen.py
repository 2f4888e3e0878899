# SPDX-License-Identifier: EUPL-1.2
"""What keeping and erasing leaves on record: a hold on a casus, an order to erase it, and the tombstone of what was erased."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from vangnet.access.models import Medewerker
from vangnet.conf.identifiers import new_id


class Bewaarstop(models.Model):
    """A legal hold: while it stands nothing of this casus is erased, whatever its term or whoever ordered it. The database
    procedure itself looks at it. Goes with the casus when that is erased after the hold was lifted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="+")
    regio = models.SlugField(max_length=60)
    nummer = models.CharField(max_length=20)
    """The number of the casus: who sets a hold does not see the casus."""
    reden = models.CharField(max_length=200)
    gevraagd_door = models.CharField(max_length=120)
    """Who asked for it: a court, an inspectorate, a complaints committee."""
    op = models.DateTimeField()
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    opgeheven_op = models.DateTimeField(null=True, blank=True)
    opgeheven_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-op"]
        constraints: ClassVar = [
            models.UniqueConstraint("casus", condition=Q(opgeheven_op__isnull=True), name="bewaarstop_eenmaal"),
        ]

    def __str__(self) -> str:
        return f"bewaarstop op {self.nummer}"


class Wisopdracht(models.Model):
    """An order to erase one casus before its term, by one person and confirmed by another; at least one of them is the FG.
    The command carries it out. Nothing of why is kept when the casus is gone: the tombstone names the ground only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="+")
    regio = models.SlugField(max_length=60)
    nummer = models.CharField(max_length=20)
    grond = models.CharField(max_length=20)
    """verzoek, rechter, onrechtmatig."""
    reden = models.CharField(max_length=200, blank=True)
    verzoek_id = models.UUIDField(null=True, blank=True)
    """The request of a family that this order carries out."""
    opgedragen_op = models.DateTimeField()
    opgedragen_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    opgedragen_rol = models.CharField(max_length=30)
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    bevestigd_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["opgedragen_op"]
        constraints: ClassVar = [
            models.UniqueConstraint("casus", condition=Q(ingetrokken_op__isnull=True), name="wisopdracht_eenmaal"),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("opgedragen_door")),
                name="wisopdracht_twee_mensen",
            ),
            models.CheckConstraint(
                condition=Q(grond__in=["verzoek", "rechter", "onrechtmatig"]), name="wisopdracht_grond"
            ),
        ]

    def __str__(self) -> str:
        return f"wissen van {self.nummer}"


class Grafsteen(models.Model):
    """That a casus was erased: when, on which ground, by whom. No content: ids, its number, and counts. The table only takes
    new rows, and only from the procedure that erases."""

    casus_id = models.UUIDField(primary_key=True)
    regio = models.SlugField(max_length=60)
    nummer = models.CharField(max_length=20, unique=True)
    """Never given out again. A number names nobody; a hash of five digits would hide nothing."""
    soort = models.CharField(max_length=20)
    """The kind by which it was kept (`rules.bewaren`)."""
    grond = models.CharField(max_length=20)
    """termijn, verzoek, rechter, onrechtmatig; opnieuw after a restore."""
    beleid = models.DateField()
    """First day of the version of the terms that held."""
    gewist_op = models.DateTimeField()
    """By the clock of the database."""
    rijen = models.JSONField()
    """Per table how many rows went."""
    opdracht_id = models.UUIDField(null=True)
    verzoek_id = models.UUIDField(null=True)
    opgedragen_door = models.UUIDField(null=True)
    bevestigd_door = models.UUIDField(null=True)
    uitgevoerd_door = models.CharField(max_length=120)
    """Who ran the command, and as which role of the database."""
    met = models.UUIDField(null=True)
    """The casus that this one had been joined to, and went with."""
    organisaties = ArrayField(models.UUIDField(), default=list)
    """Whose people may be told that it was erased: the organisations that took part then."""

    class Meta:
        ordering = ["-gewist_op"]

    def __str__(self) -> str:
        return f"{self.nummer} gewist"
