# SPDX-License-Identifier: EUPL-1.2
"""A second person for keys and invitations. What was made before this was asked goes on; an open invitation waits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_noodtoegang"),
    ]

    operations = [
        migrations.AddField(
            model_name="koppeling",
            name="bevestigd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="koppeling",
            name="bevestigd_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="afgerond_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="bevestigd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="bevestigd_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "update access_koppeling set bevestigd_op = op; update access_uitnodiging set afgerond_op = gebruikt_op",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="koppeling",
            constraint=models.CheckConstraint(
                condition=models.Q(("bevestigd_door", models.F("door")), _negated=True), name="koppeling_twee_mensen"
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(("bevestigd_door", models.F("door")), _negated=True), name="uitnodiging_twee_mensen"
            ),
        ),
    ]
