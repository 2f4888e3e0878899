# SPDX-License-Identifier: EUPL-1.2
"""Everything a region agreed, as values with their source: what `adviseer` reads beside the situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .beslistabel import Beslistabel, Vaststelling
from .bron import STRIKT, Regels
from .financiering import Geldafspraken
from .huisbezoek import Huisbezoek
from .kalender import Feestdagen, Jaarlijst, Kantoortijd, Sluitingsafspraak, Sluitingsdagen
from .melding import Meldafspraken
from .openvraag import Keuze
from .procesregie import Regieafspraken
from .rto import Rtoafspraken
from .segment1 import Segmentafspraken
from .toegang import Doelgroep
from .traject import Trajectafspraken
from .triage import Triageafspraken
from .vervolghulp import Vervolgafspraken
from .zorg import Zorgafspraken


@dataclass(frozen=True, slots=True)
class Regio:
    """Which region, which service, which text, and from when."""

    __pydantic_config__ = STRIKT

    sleutel: str
    """Naam in adressen en bestanden, zoals `zuid-limburg`."""
    naam: str
    dienst: str
    """Hoe de crisisdienst hier heet."""
    titel: str
    """De titel van de afspraken."""
    bron: str
    """Sleutel van de brontekst in `bronnen/bronnen.toml`."""
    geldig_vanaf: date
    """Eerste dag; een versie geldt het hele afsprakenjaar en tot een volgende haar vervangt."""
    bronjaar: int
    """Het laatste jaar waarvoor de bron spreekt; erna antwoordt ze nog, als `niet bevestigd`."""
    regels: Regels
    """Waar versie en geldigheid staan."""
    geldig_tot: date | None = None
    """Eerste dag na het einde dat de bron zelf noemt."""
    opmerking: str = ""


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A municipality of the region with its CBS code, and whether the source names it."""

    __pydantic_config__ = STRIKT

    naam: str
    cbs: str
    """Vier cijfers."""
    herkomst: Literal["bron", "cbs"]
    """`bron`: de tekst noemt haar; `cbs`: aangevuld uit de gemeentelijke indeling."""
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    deel: str = ""
    """Deelregio, zoals Noord-Limburg."""


@dataclass(frozen=True, slots=True)
class Positie:
    """The position of the region on one section of the national checklist."""

    __pydantic_config__ = STRIKT

    keuze: str
    """Sleutel van de keuze in `bronnen/checklist.toml`, of `niet in de bron`."""
    regels: Regels = ()
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Afspraken:
    """One version of one region's agreements, with the yearly lists and choices that stand beside it."""

    __pydantic_config__ = STRIKT

    regio: Regio
    gemeenten: tuple[Gemeente, ...] = ()
    partijen: Mapping[str, str] = field(default_factory=dict)
    """Hoe partijen hier heten, als de bron een eigen naam gebruikt."""
    kantoortijd: Kantoortijd | None = None
    feestdagen: Feestdagen | None = None
    sluitingsdagen: Sluitingsafspraak | None = None
    doelgroep: Doelgroep = field(default_factory=Doelgroep)
    melding: Meldafspraken = field(default_factory=Meldafspraken)
    triage: Triageafspraken = field(default_factory=Triageafspraken)
    huisbezoek: Huisbezoek = field(default_factory=Huisbezoek)
    traject: Trajectafspraken = field(default_factory=Trajectafspraken)
    zorg: Zorgafspraken = field(default_factory=Zorgafspraken)
    rto: Rtoafspraken | None = None
    regie: Regieafspraken | None = None
    vervolg: Vervolgafspraken = field(default_factory=Vervolgafspraken)
    geld: Geldafspraken = field(default_factory=Geldafspraken)
    segment: Segmentafspraken | None = None
    checklist: Mapping[str, Positie] = field(default_factory=dict)
    """Per onderdeel van de landelijke checklist de positie van de regio."""
    overig: Mapping[str, Regels] = field(default_factory=dict)
    """Afspraken die het product draagt maar waarover een advies niets rekent: een woord met zijn regels."""

    jaarlijsten: tuple[Jaarlijst, ...] = ()
    """Feestdagen per jaar, door de regio bevestigd; staan naast de afspraken."""
    sluitingslijsten: tuple[Sluitingsdagen, ...] = ()
    keuzes: Mapping[str, Keuze] = field(default_factory=dict)
    beslistabel: Beslistabel | None = None
    vaststelling: Vaststelling | None = None

    def gemeente(self, naam_of_code: str) -> Gemeente | None:
        """The municipality by name (any case) or CBS code; None when it is not of this region."""
        gezocht = naam_of_code.strip().casefold()
        for g in self.gemeenten:
            if gezocht in (g.naam.casefold(), g.cbs):
                return g
        return None
