# SPDX-License-Identifier: EUPL-1.2
"""Addresses of people: whether a mail address or a phone number can be one, and how a number is written for a gateway."""

from __future__ import annotations

import re

from .soorten import MAIL

_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9][A-Za-z0-9-]{0,62}"
)
_TEKENS = re.compile(r"[\s().-]+")
_NUMMER = re.compile(r"\+[1-9][0-9]{7,14}")
LANGST = 254
"""Characters of a mail address."""


def written(kanaal: str, aan: str) -> str | None:
    """The address as it is sent to: of a mail address itself, of a phone number the international form. None when nothing
    can be sent to it."""
    aan = aan.strip()
    if kanaal == MAIL:
        return aan if len(aan) <= LANGST and _MAIL.fullmatch(aan) else None
    nummer = _TEKENS.sub("", aan)
    if nummer.startswith("00"):
        nummer = "+" + nummer[2:]
    elif nummer.startswith("0"):
        nummer = "+31" + nummer[1:]
    return nummer if _NUMMER.fullmatch(nummer) else None
