# SPDX-License-Identifier: EUPL-1.2
"""The reasons for a no that are one click."""

from __future__ import annotations

from django.utils.translation import gettext as _


def reasons(soort: str) -> list[str]:
    """Of a question of this kind, in the language of the reader."""
    if soort in ("regie", "signaal", "rto"):
        return [_("GI is betrokken"), _("Woont elders"), _("Eerst overleggen")]
    return [_("Geen plek"), _("Past niet bij ons"), _("Eerst overleggen")]
