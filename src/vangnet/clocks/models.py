# SPDX-License-Identifier: EUPL-1.2
"""A deadline that runs: a row with its rule ids, its force, its owner, its due moment, and how it ended; and who was warned
about it, when, how, and who answered."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vangnet.access.models import Medewerker, Organisatie
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
    wek_op = models.DateTimeField(null=True, blank=True)
    """When the loop must look at it next: shortly before it is due, then when it is. None once both were done."""

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
            models.Index("wek_op", name="klok_wek", condition=Q(geeindigd_op__isnull=True, wek_op__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.sleutel


class Alarmsoort(models.TextChoices):
    """What an alarm says."""

    NADERT = "nadert", "Nadert"
    VERSTREKEN = "verstreken", "Verstreken"


class Einde(models.TextChoices):
    """How the warning about one deadline came to an end."""

    BEVESTIGD = "bevestigd", "Iemand heeft het"
    GEDAAN = "gedaan", "Gedaan"
    VERPLAATST = "verplaatst", "De termijn schoof op"
    VERVALLEN = "vervallen", "De termijn geldt niet meer"
    GEHOORD = "gehoord", "Gezegd"


class Alarm(models.Model):
    """That a deadline nears or has passed, once per moment of that deadline. Its ladder goes on until somebody answers, or until what it
    asks is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="alarmen")
    klok = models.ForeignKey(Klok, on_delete=models.PROTECT, related_name="alarmen")
    soort = models.CharField(max_length=10, choices=Alarmsoort)
    moment = models.DateTimeField()
    """The moment that it is about: of a passed deadline when it was due."""
    op = models.DateTimeField()
    """When it went off: as a rule the same second."""
    ladder = models.CharField(max_length=5)
    """By which ladder: uur, dag or zacht."""
    sport = models.PositiveSmallIntegerField(default=0)
    """The rung that fires next, counted from 0."""
    volgende_op = models.DateTimeField(null=True, blank=True)
    """When that is; None when the ladder is at its end, or the alarm over."""
    einde_op = models.DateTimeField(null=True, blank=True)
    einde = models.CharField(max_length=10, blank=True, choices=Einde)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who said that he has it."""

    class Meta:
        ordering = ["moment"]
        constraints: ClassVar = [
            models.UniqueConstraint("klok", "soort", "moment", name="alarm_eenmaal"),
            models.CheckConstraint(condition=Q(soort__in=Alarmsoort.values), name="alarm_soort"),
            models.CheckConstraint(
                condition=Q(einde_op__isnull=True, einde="")
                | Q(einde_op__isnull=False, einde__in=Einde.values, volgende_op__isnull=True),
                name="alarm_einde",
            ),
        ]
        indexes: ClassVar = [
            models.Index("volgende_op", name="alarm_volgende", condition=Q(volgende_op__isnull=False)),
            models.Index("casus", name="alarm_casus"),
        ]

    def __str__(self) -> str:
        return self.soort


class Waarschuwing(models.Model):
    """One rung of a ladder as it went: who was warned, how, or why nobody could be."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="waarschuwingen")
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="waarschuwingen")
    sport = models.PositiveSmallIntegerField()
    op = models.DateTimeField()
    wie = models.CharField(max_length=12)
    """eigenaar, coordinator, achterwacht or bellijst."""
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    """On whose screens it is."""
    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who was meant; None for everybody on the shift of that organisation."""
    wegen = ArrayField(models.CharField(max_length=8), default=list)
    """How it went out: scherm, geluid, mail, sein."""
    mist = models.CharField(max_length=120, blank=True)
    """What could not go out, and why; words of `process.escalate`."""

    class Meta:
        ordering = ["op", "id"]
        indexes: ClassVar = [
            models.Index("alarm", name="waarschuwing_alarm"),
            models.Index("organisatie", "casus", name="waarschuwing_bij"),
        ]

    def __str__(self) -> str:
        return f"{self.wie} {self.op:%H:%M}"


class Hartslag(models.Model):
    """That the loop lives: one row per loop, written at each round by the real clock of the database."""

    naam = models.CharField(primary_key=True, max_length=60)
    begonnen_op = models.DateTimeField()
    op = models.DateTimeField()
    volgende_op = models.DateTimeField(null=True)
    """When it has something to do next, as far as it knows."""
    gewekt = models.BigIntegerField(default=0)
    """How many times something went off since it began."""
    fouten = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.naam
