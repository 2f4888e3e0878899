# SPDX-License-Identifier: EUPL-1.2
"""The secret address of somebody's calendar; the database takes it away with his function."""

import django.db.models.deletion
from django.db import migrations, models

import vangnet.conf.identifiers

MEE = """
alter table access_agendasleutel add constraint agenda_functie foreign key (functie_id) references access_functie (id)
  on delete cascade deferrable initially deferred;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_tweede_persoon"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agendasleutel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("geheim", models.CharField(max_length=64, unique=True)),
                ("sessienummer", models.PositiveIntegerField()),
                ("op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField()),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                ("gelezen_op", models.DateTimeField(blank=True, null=True)),
                ("gelogd_op", models.DateTimeField(blank=True, null=True)),
                ("ongelogd", models.PositiveIntegerField(default=0)),
                (
                    "functie",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="access.functie",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("geldig_tot__gt", models.F("op"))), name="agenda_periode"
                    )
                ],
            },
        ),
        migrations.RunSQL(MEE, "alter table access_agendasleutel drop constraint agenda_functie"),
    ]
