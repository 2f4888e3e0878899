# SPDX-License-Identifier: EUPL-1.2
"""The table of what leaves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0008_tweede_persoon"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bericht",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("regio", models.SlugField(max_length=60)),
                ("kanaal", models.CharField(max_length=10)),
                ("aan", models.CharField(blank=True, max_length=254)),
                ("soort", models.CharField(max_length=30)),
                ("sleutel", models.CharField(max_length=200, unique=True)),
                ("gegevens", models.JSONField(default=dict)),
                ("voorrang", models.SmallIntegerField(default=0)),
                ("op", models.DateTimeField()),
                ("toestand", models.CharField(default="wacht", max_length=10)),
                ("pogingen", models.SmallIntegerField(default=0)),
                ("fout", models.CharField(blank=True, max_length=20)),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                ("geregeld_op", models.DateTimeField(blank=True, null=True)),
                (
                    "geregeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisatie"
                    ),
                ),
            ],
            options={
                "db_table": "messages_bericht",
                "ordering": ["op"],
                "indexes": [
                    models.Index(
                        models.F("organisatie"),
                        condition=models.Q(
                            models.Q(("toestand", "verstuurd"), _negated=True), ("geregeld_op__isnull", True)
                        ),
                        name="bericht_niet_af",
                    ),
                    models.Index(models.F("op"), condition=models.Q(("toestand", "wacht")), name="bericht_wacht"),
                    models.Index(
                        models.F("klaar_op"), condition=models.Q(("aan", ""), _negated=True), name="bericht_adres"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kanaal__in", ["mail", "sein"])), name="bericht_kanaal"),
                    models.CheckConstraint(
                        condition=models.Q(("toestand__in", ["wacht", "verstuurd", "mislukt"])), name="bericht_toestand"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("toestand", "wacht"), ("klaar_op__isnull", False), _connector="XOR"),
                        name="bericht_klaar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("geregeld_door__isnull", True), ("geregeld_op__isnull", True)),
                            models.Q(
                                ("geregeld_door__isnull", False),
                                ("geregeld_op__isnull", False),
                                ("toestand", "mislukt"),
                            ),
                            _connector="OR",
                        ),
                        name="bericht_geregeld",
                    ),
                ],
            },
        ),
    ]
