# SPDX-License-Identifier: EUPL-1.2
"""Requests of a family about its file, the choice of passages, and the copy that two people release."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers

BEWAAR = """
create trigger bewaar_versie after update on casework_verzoek for each row execute function casework_bewaar_versie();
create trigger bewaar_versie after update on casework_passagekeuze for each row execute function casework_bewaar_versie();
create trigger alleen_erbij before update or delete or truncate on casework_afschrift
  for each statement execute function casework_alleen_erbij();
"""
TERUG = """
drop trigger alleen_erbij on casework_afschrift;
drop trigger bewaar_versie on casework_passagekeuze;
drop trigger bewaar_versie on casework_verzoek;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_koppelingen"),
        ("casework", "0004_bewaren"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Verzoek",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("volgnummer", models.PositiveSmallIntegerField()),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("inzage", "Inzage"),
                            ("afschrift", "Afschrift"),
                            ("correctie", "Correctie"),
                            ("aanvulling", "Eigen verklaring erbij"),
                            ("vernietiging", "Vernietiging"),
                            ("wie_keek", "Wie keek in het dossier"),
                        ],
                        max_length=12,
                    ),
                ),
                ("vrager", models.CharField(blank=True, max_length=160)),
                ("wat", models.TextField(blank=True)),
                ("ontvangen_op", models.DateTimeField()),
                ("uiterlijk", models.DateTimeField()),
                ("verlengd_op", models.DateTimeField(blank=True, null=True)),
                ("verlengd_reden", models.CharField(blank=True, max_length=300)),
                ("ingevoerd_op", models.DateTimeField()),
                ("identiteit", models.CharField(blank=True, max_length=20)),
                ("mag_vragen", models.BooleanField(blank=True, null=True)),
                ("mag_reden", models.CharField(blank=True, max_length=300)),
                ("beoordeeld_op", models.DateTimeField(blank=True, null=True)),
                ("aangeboden_op", models.DateTimeField(blank=True, null=True)),
                ("teruggestuurd", models.CharField(blank=True, max_length=300)),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nog geen besluit"),
                            ("toegewezen", "Gedaan zoals gevraagd"),
                            ("gedeeltelijk", "Voor een deel gedaan"),
                            ("geweigerd", "Geweigerd"),
                            ("ingetrokken", "Ingetrokken door wie het vroeg"),
                        ],
                        max_length=12,
                    ),
                ),
                ("grond", models.CharField(blank=True, max_length=20)),
                ("reden", models.TextField(blank=True)),
                ("besloten_op", models.DateTimeField(blank=True, null=True)),
                ("verklaring", models.TextField(blank=True)),
                ("fg_akkoord", models.BooleanField(blank=True, null=True)),
                ("fg_op", models.DateTimeField(blank=True, null=True)),
                ("fg_reden", models.CharField(blank=True, max_length=300)),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                ("klaar_hoe", models.CharField(blank=True, max_length=300)),
                (
                    "aangeboden_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "beoordeeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "besloten_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verzoeken", to="casework.casus"
                    ),
                ),
                (
                    "fg_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hersteld_met",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.gebeurtenis",
                    ),
                ),
                (
                    "jeugdige",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.jeugdige",
                    ),
                ),
                (
                    "klaar_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opgenomen_bij",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisatie"
                    ),
                ),
                (
                    "opgenomen_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "persoon",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.persoon",
                    ),
                ),
            ],
            options={
                "ordering": ["ontvangen_op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Passagekeuze",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sleutel", models.CharField(max_length=120)),
                ("vingerafdruk", models.CharField(max_length=64)),
                ("geven", models.BooleanField()),
                ("grond", models.CharField(blank=True, max_length=20)),
                ("op", models.DateTimeField()),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.casus"
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verzoek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keuzes", to="casework.verzoek"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Afschrift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("inhoud", models.JSONField()),
                ("vrijgegeven_op", models.DateTimeField()),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.casus"
                    ),
                ),
                (
                    "voorbereid_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vrijgegeven_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verzoek",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="afschrift", to="casework.verzoek"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(models.F("casus"), name="verzoek_casus"),
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(
                models.F("uiterlijk"), condition=models.Q(("klaar_op__isnull", True)), name="verzoek_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.UniqueConstraint(models.F("casus"), models.F("volgnummer"), name="verzoek_nummer"),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["inzage", "afschrift", "correctie", "aanvulling", "vernietiging", "wie_keek"])
                ),
                name="verzoek_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(("besluit__in", ["", "toegewezen", "gedeeltelijk", "geweigerd", "ingetrokken"])),
                name="verzoek_besluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("klaar_op__isnull", True), models.Q(("besluit", ""), _negated=True), _connector="OR"
                ),
                name="verzoek_klaar_na_besluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fg_door__isnull", True),
                    ("besloten_door__isnull", True),
                    models.Q(("fg_door", models.F("besloten_door")), _negated=True),
                    _connector="OR",
                ),
                name="verzoek_twee_mensen",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort", "vernietiging"), _negated=True),
                    ("klaar_op__isnull", True),
                    ("besluit", "ingetrokken"),
                    ("fg_akkoord", True),
                    _connector="OR",
                ),
                name="verzoek_vernietiging_met_fg",
            ),
        ),
        migrations.AddIndex(
            model_name="passagekeuze",
            index=models.Index(models.F("casus"), name="passagekeuze_casus"),
        ),
        migrations.AddConstraint(
            model_name="passagekeuze",
            constraint=models.UniqueConstraint(
                models.F("verzoek"), models.F("sleutel"), name="passage_eenmaal_gekozen"
            ),
        ),
        migrations.AddConstraint(
            model_name="passagekeuze",
            constraint=models.CheckConstraint(
                condition=models.Q(("geven", True), models.Q(("grond", ""), _negated=True), _connector="OR"),
                name="passage_weg_met_grond",
            ),
        ),
        migrations.AddIndex(
            model_name="afschrift",
            index=models.Index(models.F("casus"), name="afschrift_casus"),
        ),
        migrations.AddConstraint(
            model_name="afschrift",
            constraint=models.CheckConstraint(
                condition=models.Q(("voorbereid_door", models.F("vrijgegeven_door")), _negated=True),
                name="afschrift_twee_mensen",
            ),
        ),
        migrations.RunSQL(BEWAAR, TERUG),
    ]
