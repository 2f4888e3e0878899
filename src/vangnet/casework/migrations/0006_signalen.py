# SPDX-License-Identifier: EUPL-1.2
"""Of a signal: when the mail about it goes, and who of the receiver had it on the screen first, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_tweede_persoon"),
        ("casework", "0005_verzoeken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="aanbod",
            name="gelezen_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="aanbod",
            name="gelezen_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="aanbod",
            name="post_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="aanbod",
            index=models.Index(
                models.F("post_op"),
                condition=models.Q(("antwoord", ""), ("post_op__isnull", False)),
                name="aanbod_post",
            ),
        ),
        migrations.AddIndex(
            model_name="aanbod",
            index=models.Index(
                models.F("van_organisatie"),
                models.F("beantwoord_op"),
                condition=models.Q(("soort", "signaal")),
                name="aanbod_signaal",
            ),
        ),
    ]
