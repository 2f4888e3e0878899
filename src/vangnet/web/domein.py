# SPDX-License-Identifier: EUPL-1.2
"""The one way from the screens to the agreements: the register, an answer, the regions to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from vangnet.policy.register import Register
from vangnet.process import current_register
from vangnet.process.give_advice import advise
from vangnet.process.present_advice import as_data, present
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.tekst import T
from vangnet.web.templatetags.vangnet import language


def registry() -> Register:
    """All regions, with the choices of this installation where it has a folder for them."""
    return current_register()


def translated(template: str) -> str:
    """A template of the rules in the reader's language; an empty one stays empty."""
    return gettext(template) if template else ""


def answer(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The answer for these facts as plain data, in the reader's language.

    Errors: `vangnet.policy.fouten.Ongeldig` with every fault at once."""
    registered = registry()
    advice = advise(_plain(facts), registered)
    language_ = language()
    result = as_data(present(advice, registered.bronnen, language_, T if language_ == "nl" else translated))
    hours = advice.afspraken.kantoortijd
    result["kantoortijd"] = {"van": f"{hours.van:%H:%M}", "tot": f"{hours.tot:%H:%M}"} if hours else None
    return result


def regions() -> list[dict[str, Any]]:
    """The regions by name, each with its municipalities and the forms of help it knows."""
    return [
        {
            "sleutel": one.regio.sleutel,
            "naam": one.regio.naam,
            "dienst": one.regio.dienst,
            "gemeenten": municipalities(one),
            "vormen": [(form.vorm, form.naam) for form in one.zorg.vormen],
        }
        for one in registry().regios()
    ]


def municipalities(agreements: Afspraken) -> list[dict[str, str]]:
    """The municipalities of a region by name; those that a source names and those of the national list alike."""
    return [{"cbs": one.cbs, "naam": one.naam} for one in sorted(agreements.gemeenten, key=lambda one: one.naam)]


def _plain(value: Any) -> Any:
    """Facts as JSON knows them."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
