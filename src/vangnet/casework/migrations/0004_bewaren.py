# SPDX-License-Identifier: EUPL-1.2
"""Keeping and erasing: a hold on a casus, an order to erase it, and the tombstone of what was erased."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_rechtzetten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grafsteen",
            fields=[
                ("casus_id", models.UUIDField(primary_key=True, serialize=False)),
                ("regio", models.SlugField(max_length=60)),
                ("nummer", models.CharField(max_length=20, unique=True)),
                ("soort", models.CharField(max_length=20)),
                ("grond", models.CharField(max_length=20)),
                ("beleid", models.DateField()),
                ("gewist_op", models.DateTimeField()),
                ("rijen", models.JSONField()),
                ("opdracht_id", models.UUIDField(null=True)),
                ("verzoek_id", models.UUIDField(null=True)),
                ("opgedragen_door", models.UUIDField(null=True)),
                ("bevestigd_door", models.UUIDField(null=True)),
                ("uitgevoerd_door", models.CharField(max_length=120)),
                ("met", models.UUIDField(null=True)),
                (
                    "organisaties",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            ],
            options={
                "ordering": ["-gewist_op"],
            },
        ),
        migrations.CreateModel(
            name="Bewaarstop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("regio", models.SlugField(max_length=60)),
                ("nummer", models.CharField(max_length=20)),
                ("reden", models.CharField(max_length=200)),
                ("gevraagd_door", models.CharField(max_length=120)),
                ("op", models.DateTimeField()),
                ("opgeheven_op", models.DateTimeField(blank=True, null=True)),
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
                    "opgeheven_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-op"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("casus"), condition=models.Q(("opgeheven_op__isnull", True)), name="bewaarstop_eenmaal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wisopdracht",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("regio", models.SlugField(max_length=60)),
                ("nummer", models.CharField(max_length=20)),
                ("grond", models.CharField(max_length=20)),
                ("reden", models.CharField(blank=True, max_length=200)),
                ("verzoek_id", models.UUIDField(blank=True, null=True)),
                ("opgedragen_op", models.DateTimeField()),
                ("opgedragen_rol", models.CharField(max_length=30)),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True)),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                (
                    "bevestigd_door",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.casus"
                    ),
                ),
                (
                    "ingetrokken_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opgedragen_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["opgedragen_op"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("casus"),
                        condition=models.Q(("ingetrokken_op__isnull", True)),
                        name="wisopdracht_eenmaal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bevestigd_door__isnull", True),
                            models.Q(("bevestigd_door", models.F("opgedragen_door")), _negated=True),
                            _connector="OR",
                        ),
                        name="wisopdracht_twee_mensen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grond__in", ["verzoek", "rechter", "onrechtmatig"])),
                        name="wisopdracht_grond",
                    ),
                ],
            },
        ),
    ]
