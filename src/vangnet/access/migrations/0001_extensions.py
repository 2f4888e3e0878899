# SPDX-License-Identifier: EUPL-1.2
"""The two extensions that the record leans on: exclusion constraints over ids, and ordering names without accents.

Both are trusted extensions: the owner of the database may create them. Both statements do nothing when they exist.
"""

from django.contrib.postgres.operations import BtreeGistExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        UnaccentExtension(),
    ]
