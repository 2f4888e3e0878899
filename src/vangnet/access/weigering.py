# SPDX-License-Identifier: EUPL-1.2
"""The one way to say no to a person: a class per reason, with the sentence that he reads."""

from __future__ import annotations

import inspect
from typing import Any


class Weigering(Exception):
    """Dit kan niet.

    A use case that may not or cannot go on raises a subclass: its name is the stable code, the first line of its
    docstring the Dutch sentence for the user (a message of the catalogue), and `details` what a screen may need besides.
    """

    def __init__(self, **details: Any) -> None:
        super().__init__(self.zin())
        self.details = details

    @classmethod
    def zin(cls) -> str:
        """The Dutch sentence for the user; a screen translates it with gettext."""
        return inspect.cleandoc(cls.__doc__ or "").partition("\n")[0]

    @property
    def code(self) -> str:
        """The stable name of this reason."""
        return type(self).__name__
