# SPDX-License-Identifier: EUPL-1.2
"""What was said of a baby's age, a municipality of another region, and consent that was recorded by mistake."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_bewaking")]

    operations = [
        migrations.AddField(
            model_name="casus",
            name="gemeente_buiten",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        migrations.AddField(
            model_name="jeugdige",
            name="leeftijd_duur",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="vervallen_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
