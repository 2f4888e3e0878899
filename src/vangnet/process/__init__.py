# SPDX-License-Identifier: EUPL-1.2
"""Use cases, one module per step of the work process; the only layer that writes on behalf of an edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vangnet.policy.register import Register


def current_register() -> Register:
    """The regions of this installation, with its own choices where it has a folder for them. Needs settings.

    Errors: `vangnet.policy.fouten.Ongeldig` with every fault in the files."""
    from django.conf import settings

    from vangnet.process.give_advice import register

    return register(settings.VANGNET_REGIOS, settings.VANGNET_EIGEN)
