# SPDX-License-Identifier: EUPL-1.2
"""Keys for systems of organisations, what those sent, and how fast they may ask."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_verzegeld_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tegoed",
            fields=[
                ("sleutel", models.CharField(max_length=70, primary_key=True, serialize=False)),
                ("over", models.FloatField()),
                ("op", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(models.F("op"), name="tegoed_op")],
            },
        ),
        migrations.CreateModel(
            name="Koppeling",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("naam", models.CharField(max_length=40)),
                ("begin", models.CharField(max_length=12)),
                ("geheim", models.CharField(max_length=64, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField()),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                ("gebruikt_op", models.DateTimeField(blank=True, null=True)),
                (
                    "door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="koppeling",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="koppelingen", to="access.organisatie"
                    ),
                ),
            ],
            options={
                "ordering": ["naam"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisatie"),
                        django.db.models.functions.text.Lower("naam"),
                        condition=models.Q(("ingetrokken_op__isnull", True)),
                        name="koppeling_eenmaal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("geldig_tot__gt", models.F("op"))), name="koppeling_periode"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ontvangst",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ding", models.CharField(max_length=20)),
                ("ding_id", models.UUIDField()),
                ("inhoud", models.CharField(max_length=64)),
                ("antwoord", models.JSONField()),
                ("op", models.DateTimeField()),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisatie"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("op"), name="ontvangst_op")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisatie"), models.F("ding"), models.F("ding_id"), name="ontvangst_eenmaal"
                    )
                ],
            },
        ),
        # Counting requests is no matter for the write-ahead log: after a crash everybody begins anew.
        migrations.RunSQL("alter table access_tegoed set unlogged", "alter table access_tegoed set logged"),
    ]
