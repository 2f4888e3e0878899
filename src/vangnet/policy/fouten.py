# SPDX-License-Identifier: EUPL-1.2
"""A fault in a file or in asked facts: where, what was found, what is expected, an example. Never only the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault, in Dutch, for the person who can mend it."""

    waar: str
    """Key or field, with dots: `rto.dag.strekking`."""
    gevonden: str
    verwacht: str
    voorbeeld: str = ""
    bestand: str = ""

    def __str__(self) -> str:
        kop = f"{self.bestand}: " if self.bestand else ""
        staart = f"; bijvoorbeeld {self.voorbeeld}" if self.voorbeeld else ""
        return f"{kop}{self.waar}: gevonden {self.gevonden}; verwacht {self.verwacht}{staart}"


class Ongeldig(Exception):
    """De invoer heeft fouten; alle fouten staan erbij."""

    def __init__(self, fouten: Sequence[Fout]) -> None:
        super().__init__("\n".join(str(f) for f in fouten))
        self.fouten = tuple(fouten)


class OnbekendeRegio(Ongeldig):
    """Deze regio kennen we niet."""


class VoorEersteVersie(Ongeldig):
    """Dit moment ligt voor de eerste versie van de afspraken."""


def kort(waarde: Any) -> str:
    """What was found, short and quoted, for a message."""
    tekst = waarde if isinstance(waarde, str) else repr(waarde)
    tekst = tekst if len(tekst) <= 60 else tekst[:57] + "..."
    return f"'{tekst}'" if isinstance(waarde, str) else tekst


_VERWACHT: dict[str, tuple[str, str]] = {
    "missing": ("een waarde: deze sleutel is verplicht", ""),
    "missing_argument": ("een waarde: deze sleutel is verplicht", ""),
    "unexpected_keyword_argument": ("geen sleutel met deze naam", ""),
    "bool_type": ("ja of nee (true of false)", "true"),
    "bool_parsing": ("ja of nee (true of false)", "true"),
    "int_type": ("een heel getal", "14"),
    "int_parsing": ("een heel getal", "14"),
    "int_from_float": ("een heel getal", "14"),
    "float_type": ("een getal", "0.25"),
    "float_parsing": ("een getal", "0.25"),
    "finite_number": ("een eindig getal", "0.25"),
    "string_type": ("tekst", "'Heerlen'"),
    "datetime_type": ("een moment met tijdzone", "2024-05-17T21:40:00+02:00"),
    "datetime_parsing": ("een moment met tijdzone", "2024-05-17T21:40:00+02:00"),
    "datetime_from_date_parsing": ("een moment met tijdzone", "2024-05-17T21:40:00+02:00"),
    "datetime_object_invalid": ("een moment met tijdzone", "2024-05-17T21:40:00+02:00"),
    "date_type": ("een dag als JJJJ-MM-DD", "2024-05-22"),
    "date_parsing": ("een dag als JJJJ-MM-DD", "2024-05-22"),
    "date_from_datetime_parsing": ("een dag als JJJJ-MM-DD", "2024-05-22"),
    "date_from_datetime_inexact": ("een dag als JJJJ-MM-DD", "2024-05-22"),
    "time_parsing": ("een tijd als UU:MM", "09:00"),
    "time_type": ("een tijd als UU:MM", "09:00"),
    "tuple_type": ("een lijst", "[...]"),
    "mapping_type": ("een tabel met sleutels en waarden", "{ ambulant = 'reden' }"),
    "dict_type": ("een tabel met sleutels en waarden", "{ ... }"),
    "dataclass_type": ("een tabel met sleutels", '{ waarde = ..., strekking = "in de regel", regels = ["ZL-35"] }'),
    "dataclass_exact_type": ("een tabel met sleutels", "{ ... }"),
    "json_invalid": ("geldige JSON", '{"regio": "zuid-limburg"}'),
}


def uit_pydantic(fout: ValidationError, bestand: str = "", wortel: str = "") -> list[Fout]:
    """Every fault that the validator found, in Dutch."""
    uit: list[Fout] = []
    for e in fout.errors(include_url=False):
        delen = [str(d + 1) if isinstance(d, int) else str(d) for d in e["loc"]]
        waar = ".".join([*([wortel] if wortel else []), *delen]) or "(alles)"
        soort = e["type"]
        gevonden = "niets" if soort in ("missing", "missing_argument") else kort(e["input"])
        if soort == "literal_error":
            opties = str(e["ctx"]["expected"]).replace(" or ", " of ")
            uit.append(Fout(waar, gevonden, f"één van {opties}", opties.split(",")[0].split(" of ")[0], bestand))
            continue
        if soort == "unexpected_keyword_argument":
            gevonden = f"de onbekende sleutel '{delen[-1]}'"
        verwacht, voorbeeld = _VERWACHT.get(soort, (f"een geldige waarde ({e['msg']})", ""))
        if soort.startswith("missing") and delen[-1] in VOORBEELD:
            voorbeeld = VOORBEELD[delen[-1]]
        uit.append(Fout(waar, gevonden, verwacht, voorbeeld, bestand))
    return uit


VOORBEELD = {
    "regels": 'regels = ["ZL-63"]',
    "strekking": 'strekking = "in de regel"',
    "waarde": "waarde = 4",
    "geldig_vanaf": "geldig_vanaf = 2024-01-01",
    "bronjaar": "bronjaar = 2024",
    "cbs": 'cbs = "0917"',
    "naam": 'naam = "Heerlen"',
    "aantal": "aantal = 4",
    "eenheid": 'eenheid = "weken"',
    "regio": '"regio": "zuid-limburg"',
}
