# SPDX-License-Identifier: EUPL-1.2
"""Why a message did not go out: one word for the record, a sentence for people; never what the other side said, since that
may repeat an address."""

from __future__ import annotations

from collections.abc import Mapping

FOUTEN: Mapping[str, str] = {
    "niet_ingesteld": "dit kanaal is niet ingesteld",
    "adres": "het adres of nummer klopt niet",
    "geen_verbinding": "geen verbinding",
    "niet_veilig": "geen veilige verbinding",
    "geen_antwoord": "geen antwoord op tijd",
    "afgebroken": "de verbinding brak af",
    "aanmelden": "de mailserver weigerde de aanmelding",
    "geweigerd": "de andere kant weigerde het",
    "later": "de andere kant vroeg om het later te proberen",
    "storing": "storing bij de andere kant",
    "onderbroken": "Vangnet werd zelf onderbroken",
    "onbekend": "een fout die Vangnet niet kent",
}
"""Every reason, in words."""


class NietVerstuurd(Exception):
    """One attempt failed. `definitief`: trying again cannot help. `na`: the other side asks to wait so many seconds."""

    def __init__(self, fout: str, *, definitief: bool = False, na: float | None = None) -> None:
        if fout not in FOUTEN:
            raise ValueError(fout)
        super().__init__(fout)
        self.fout, self.definitief, self.na = fout, definitief, na
