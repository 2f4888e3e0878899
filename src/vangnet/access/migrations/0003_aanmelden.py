# SPDX-License-Identifier: EUPL-1.2
"""Signing in: failed tries, invitations, one-time codes, the mark of the demo; and a log that only takes new lines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers

ONLY_NEW_LINES = """
create function access_logregel_vast() returns trigger language plpgsql as $$
begin
  raise exception 'het log neemt alleen nieuwe regels aan' using errcode = 'restrict_violation';
end $$;
create trigger access_logregel_vast before update or delete on access_logregel
  for each row execute function access_logregel_vast();
create trigger access_logregel_heel before truncate on access_logregel
  for each statement execute function access_logregel_vast();
"""
NO_LONGER = """
drop trigger access_logregel_heel on access_logregel;
drop trigger access_logregel_vast on access_logregel;
drop function access_logregel_vast();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanmeldpoging",
            fields=[
                ("sleutel", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("aantal", models.PositiveIntegerField(default=0)),
                ("laatste", models.DateTimeField()),
                ("vast_tot", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(models.F("laatste"), name="poging_laatste")],
            },
        ),
        migrations.CreateModel(
            name="Proefinstallatie",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("op", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="proefinstallatie_een")],
            },
        ),
        migrations.CreateModel(
            name="Eenmaalcode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("geheim", models.CharField(max_length=64)),
                ("op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField()),
                ("gebruikt_op", models.DateTimeField(blank=True, null=True)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eenmaalcodes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("medewerker"),
                        condition=models.Q(("gebruikt_op__isnull", True)),
                        name="eenmaalcode_een_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("geldig_tot__gt", models.F("op"))), name="eenmaalcode_periode"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Uitnodiging",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("geheim", models.CharField(max_length=64, unique=True)),
                ("op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField()),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitnodigingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("medewerker"),
                        condition=models.Q(("gebruikt_op__isnull", True)),
                        name="uitnodiging_een_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("geldig_tot__gt", models.F("op"))), name="uitnodiging_periode"
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONLY_NEW_LINES, NO_LONGER),
    ]
