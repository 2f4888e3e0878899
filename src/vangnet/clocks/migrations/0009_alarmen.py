# SPDX-License-Identifier: EUPL-1.2
"""Alarms: when the loop must look at a deadline, what went off, who was warned how, and that the loop lives."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vangnet.conf.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_tweede_persoon"),
        ("casework", "0005_verzoeken"),
        ("clocks", "0008_nagekeken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "soort",
                    models.CharField(choices=[("nadert", "Nadert"), ("verstreken", "Verstreken")], max_length=10),
                ),
                ("moment", models.DateTimeField()),
                ("op", models.DateTimeField()),
                ("ladder", models.CharField(max_length=5)),
                ("sport", models.PositiveSmallIntegerField(default=0)),
                ("volgende_op", models.DateTimeField(blank=True, null=True)),
                ("einde_op", models.DateTimeField(blank=True, null=True)),
                (
                    "einde",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bevestigd", "Iemand heeft het"),
                            ("gedaan", "Gedaan"),
                            ("verplaatst", "De termijn schoof op"),
                            ("vervallen", "De termijn geldt niet meer"),
                            ("gehoord", "Gezegd"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["moment"],
            },
        ),
        migrations.CreateModel(
            name="Hartslag",
            fields=[
                ("naam", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("begonnen_op", models.DateTimeField()),
                ("op", models.DateTimeField()),
                ("volgende_op", models.DateTimeField(null=True)),
                ("gewekt", models.BigIntegerField(default=0)),
                ("fouten", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Waarschuwing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vangnet.conf.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sport", models.PositiveSmallIntegerField()),
                ("op", models.DateTimeField()),
                ("wie", models.CharField(max_length=12)),
                (
                    "wegen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("mist", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["op", "id"],
            },
        ),
        migrations.AddField(
            model_name="klok",
            name="wek_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="klok",
            index=models.Index(
                models.F("wek_op"),
                condition=models.Q(("geeindigd_op__isnull", True), ("wek_op__isnull", False)),
                name="klok_wek",
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alarmen", to="casework.casus"
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="klok",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alarmen", to="clocks.klok"
            ),
        ),
        migrations.AddField(
            model_name="waarschuwing",
            name="alarm",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waarschuwingen", to="clocks.alarm"
            ),
        ),
        migrations.AddField(
            model_name="waarschuwing",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waarschuwingen", to="casework.casus"
            ),
        ),
        migrations.AddField(
            model_name="waarschuwing",
            name="medewerker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waarschuwing",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.organisatie"
            ),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                models.F("volgende_op"), condition=models.Q(("volgende_op__isnull", False)), name="alarm_volgende"
            ),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(models.F("casus"), name="alarm_casus"),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                models.F("klok"), models.F("soort"), models.F("moment"), name="alarm_eenmaal"
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("soort__in", ["nadert", "verstreken"])), name="alarm_soort"
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("einde", ""), ("einde_op__isnull", True)),
                    models.Q(
                        ("einde__in", ["bevestigd", "gedaan", "verplaatst", "vervallen", "gehoord"]),
                        ("einde_op__isnull", False),
                        ("volgende_op__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="alarm_einde",
            ),
        ),
        migrations.AddIndex(
            model_name="waarschuwing",
            index=models.Index(models.F("alarm"), name="waarschuwing_alarm"),
        ),
        migrations.AddIndex(
            model_name="waarschuwing",
            index=models.Index(models.F("organisatie"), models.F("casus"), name="waarschuwing_bij"),
        ),
    ]
