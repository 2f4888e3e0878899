# SPDX-License-Identifier: EUPL-1.2
"""Requests of a family about its own file: what was asked, by whom, what was decided; and the copy that two people release.

Choices of passages and the copy are kept apart from the request: one says what may leave, the other is what did.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vangnet.access.models import Medewerker, Organisatie
from vangnet.conf.identifiers import new_id


class Verzoeksoort(models.TextChoices):
    """What a family can ask about its own file."""

    INZAGE = "inzage", "Inzage"
    AFSCHRIFT = "afschrift", "Afschrift"
    CORRECTIE = "correctie", "Correctie"
    AANVULLING = "aanvulling", "Eigen verklaring erbij"
    VERNIETIGING = "vernietiging", "Vernietiging"
    WIE_KEEK = "wie_keek", "Wie keek in het dossier"


class Verzoekbesluit(models.TextChoices):
    """What came of a request."""

    OPEN = "", "nog geen besluit"
    TOEGEWEZEN = "toegewezen", "Gedaan zoals gevraagd"
    GEDEELTELIJK = "gedeeltelijk", "Voor een deel gedaan"
    GEWEIGERD = "geweigerd", "Geweigerd"
    INGETROKKEN = "ingetrokken", "Ingetrokken door wie het vroeg"


class Verzoek(models.Model):
    """A request about the file. Its stand follows from its moments; it never ends without a decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="verzoeken")
    volgnummer = models.PositiveSmallIntegerField()
    """Within the casus: its number with `-V` and this is what a family and the privacy officer call it by."""
    soort = models.CharField(max_length=12, choices=Verzoeksoort)
    persoon = models.ForeignKey("casework.Persoon", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    jeugdige = models.ForeignKey("casework.Jeugdige", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vrager = models.CharField(max_length=160, blank=True)
    """Who asks, when that is nobody of the casus: name and relation."""
    wat = models.TextField(blank=True)
    """What exactly is asked, in the words of who asks."""
    ontvangen_op = models.DateTimeField()
    uiterlijk = models.DateTimeField()
    """The moment after which it is late: the end of the last day."""
    verlengd_op = models.DateTimeField(null=True, blank=True)
    verlengd_reden = models.CharField(max_length=300, blank=True)
    opgenomen_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    opgenomen_bij = models.ForeignKey(Organisatie, on_delete=models.PROTECT, related_name="+")
    ingevoerd_op = models.DateTimeField()
    identiteit = models.CharField(max_length=20, blank=True)
    """How it was made sure who asks; empty while that is not done."""
    mag_vragen = models.BooleanField(null=True, blank=True)
    """Whether this person may ask this; None while nobody judged that."""
    mag_reden = models.CharField(max_length=300, blank=True)
    beoordeeld_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    aangeboden_op = models.DateTimeField(null=True, blank=True)
    """The walk is done and a second person is asked; None again when it was sent back."""
    aangeboden_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    teruggestuurd = models.CharField(max_length=300, blank=True)
    """Why the second person sent it back."""
    besluit = models.CharField(max_length=12, blank=True, choices=Verzoekbesluit)
    grond = models.CharField(max_length=20, blank=True)
    """A key of the grounds for a refusal: what the privacy officer reads of it."""
    reden = models.TextField(blank=True)
    besloten_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    besloten_op = models.DateTimeField(null=True, blank=True)
    hersteld_met = models.ForeignKey(
        "casework.Gebeurtenis", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The event by which what was wrong was put right."""
    verklaring = models.TextField(blank=True)
    """The person's own words, kept with the file."""
    fg_akkoord = models.BooleanField(null=True, blank=True)
    """What the privacy officer answered to a decision about destruction; None while it waits."""
    fg_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fg_op = models.DateTimeField(null=True, blank=True)
    fg_reden = models.CharField(max_length=300, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    klaar_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    klaar_hoe = models.CharField(max_length=300, blank=True)
    """How the answer reached who asked."""

    class Meta:
        ordering = ["ontvangen_op", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("casus", "volgnummer", name="verzoek_nummer"),
            models.CheckConstraint(condition=Q(soort__in=Verzoeksoort.values), name="verzoek_soort"),
            models.CheckConstraint(condition=Q(besluit__in=Verzoekbesluit.values), name="verzoek_besluit"),
            models.CheckConstraint(
                condition=Q(klaar_op__isnull=True) | ~Q(besluit=""), name="verzoek_klaar_na_besluit"
            ),
            models.CheckConstraint(
                condition=Q(fg_door__isnull=True) | Q(besloten_door__isnull=True) | ~Q(fg_door=F("besloten_door")),
                name="verzoek_twee_mensen",
            ),
            models.CheckConstraint(
                condition=~Q(soort=Verzoeksoort.VERNIETIGING)
                | Q(klaar_op__isnull=True)
                | Q(besluit=Verzoekbesluit.INGETROKKEN)
                | Q(fg_akkoord=True),
                name="verzoek_vernietiging_met_fg",
            ),
        ]
        indexes: ClassVar = [
            models.Index("casus", name="verzoek_casus"),
            models.Index("uiterlijk", name="verzoek_open", condition=Q(klaar_op__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"V{self.volgnummer}"


class Passagekeuze(models.Model):
    """What somebody chose for one passage of the file in one request: give it, or leave it out and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="+")
    verzoek = models.ForeignKey(Verzoek, on_delete=models.PROTECT, related_name="keuzes")
    sleutel = models.CharField(max_length=120)
    vingerafdruk = models.CharField(max_length=64)
    """Of the text that was read; when the text has changed the choice no longer holds."""
    geven = models.BooleanField()
    grond = models.CharField(max_length=20, blank=True)
    door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("verzoek", "sleutel", name="passage_eenmaal_gekozen"),
            models.CheckConstraint(condition=Q(geven=True) | ~Q(grond=""), name="passage_weg_met_grond"),
        ]
        indexes: ClassVar = [models.Index("casus", name="passagekeuze_casus")]

    def __str__(self) -> str:
        return self.sleutel


class Afschrift(models.Model):
    """The copy as it was released: exactly what the second person read. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    casus = models.ForeignKey("casework.Casus", on_delete=models.PROTECT, related_name="+")
    verzoek = models.OneToOneField(Verzoek, on_delete=models.PROTECT, related_name="afschrift")
    inhoud = models.JSONField()
    voorbereid_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    vrijgegeven_door = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="+")
    vrijgegeven_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(voorbereid_door=F("vrijgegeven_door")), name="afschrift_twee_mensen"),
        ]
        indexes: ClassVar = [models.Index("casus", name="afschrift_casus")]

    def __str__(self) -> str:
        return str(self.verzoek_id)
