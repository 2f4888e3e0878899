# SPDX-License-Identifier: EUPL-1.2
"""What became of a signal, in words for who sent it: on the board and on the page of the casus."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import dag_in_woorden
from vangnet.web.templatetags.vangnet import language


def signal_state(
    vanaf: datetime,
    gelezen_op: datetime | None,
    gelezen_door: str,
    opgepakt_op: datetime | None,
    opgepakt_door: str,
    nu: datetime,
) -> str:
    """What the receiver did with a signal, for who sent it."""
    if opgepakt_op is not None:
        woorden = {"wie": opgepakt_door, "moment": _hour(opgepakt_op, nu)}
        return (_("opgepakt door %(wie)s %(moment)s") if opgepakt_door else _("opgepakt %(moment)s")) % woorden
    if gelezen_op is not None:
        return _("gelezen door %(wie)s %(moment)s") % {"wie": gelezen_door, "moment": _hour(gelezen_op, nu)}
    return _("staat klaar") if vanaf > nu else _("nog niet gelezen")


def _hour(op: datetime, nu: datetime) -> str:
    """`om 9:12`; with the day when it was another."""
    hier = lokaal(op)
    om = _("om %(tijd)s") % {"tijd": f"{hier.hour}:{hier:%M}"}
    return (
        om if hier.date() == lokaal(nu).date() else f"{dag_in_woorden(hier.date(), language(), lokaal(nu).year)} {om}"
    )
