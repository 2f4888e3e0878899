# SPDX-License-Identifier: EUPL-1.2
"""An index for what an organisation has in hand: every part that is more than keeping a file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_aanmelden"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="betrokkenheid",
            index=models.Index(
                models.F("organisatie"),
                models.F("tot"),
                condition=models.Q(("deel", "dossier"), _negated=True),
                name="betrokken_lopend",
            ),
        ),
    ]
