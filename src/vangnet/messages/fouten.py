# SPDX-License-Identifier: EUPL-1.2
"""Why a message did not go out: one word for the record, a sentence for people; never what the other side said, since that
may repeat an address."""

from __future__ import annotations

from collections.abc import Mapping

from vangnet.rules.tekst import T

FOUTEN: Mapping[str, str] = {
    "niet_ingesteld": T("dit kanaal is niet ingesteld"),
    "adres": T("het adres of nummer klopt niet"),
    "geen_verbinding": T("geen verbinding"),
    "niet_veilig": T("geen veilige verbinding"),
    "geen_antwoord": T("geen antwoord op tijd"),
    "afgebroken": T("de verbinding brak af"),
    "aanmelden": T("de mailserver weigerde de aanmelding"),
    "geweigerd": T("de andere kant weigerde het"),
    "later": T("de andere kant vroeg om het later te proberen"),
    "storing": T("storing bij de andere kant"),
    "onderbroken": T("Vangnet werd zelf onderbroken"),
    "onbekend": T("een fout die Vangnet niet kent"),
}
"""Every reason, in words."""


class NietVerstuurd(Exception):
    """One attempt failed. `definitief`: trying again cannot help. `na`: the other side asks to wait so many seconds."""

    def __init__(self, fout: str, *, definitief: bool = False, na: float | None = None) -> None:
        if fout not in FOUTEN:
            raise ValueError(fout)
        super().__init__(fout)
        self.fout, self.definitief, self.na = fout, definitief, na
