# SPDX-License-Identifier: EUPL-1.2
"""What may be written in the fields of a casus: one line per field, and the readers that turn text into a value.

A reader gets what came in (text or JSON) and returns the value, or raises `Onleesbaar` with what it expected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from stdnum.nl import bsn as bsn_

from vangnet.casework.models import Adres, Jeugdige, Melding, Persoon
from vangnet.casework.velden import EXTRA, onderdeel_van
from vangnet.policy.fouten import kort
from vangnet.rules.situatie import Melder, Sector
from vangnet.rules.tekst import AMSTERDAM, T

from .dossier import check_fact
from .leeftijd import ONBEKEND, Leeftijd, read_age

LANG = 20_000
"""Characters of the longest text: a call that went on for an hour."""


class Onleesbaar(Exception):
    """A value that cannot be kept; the message says what is expected, in Dutch."""


Lezer = Callable[[Any], Any]


OMKEREN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs nobody sees that turn the reading direction: what comes after a name (an age) would read backwards."""


def tekst(hooguit: int, verwacht: str = "") -> Lezer:
    """A line of text: control characters go, spaces around it too; more than `hooguit` is refused, never cut."""

    def lees(ruw: Any) -> str:
        if not isinstance(ruw, str):
            raise Onleesbaar(verwacht or T("tekst"))
        gezien = (c for c in ruw if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
        schoon = "".join(c for c in gezien if c not in OMKEREN).strip()
        if len(schoon) > hooguit:
            raise Onleesbaar(T("hooguit {n} tekens").format(n=hooguit))
        return schoon

    return lees


def keuze(*woorden: str) -> Lezer:
    """One of these words, or nothing."""

    def lees(ruw: Any) -> str:
        if ruw in (None, "", *woorden):
            return ruw or ""
        raise Onleesbaar(T("één van ") + ", ".join(woorden))

    return lees


def janee(ruw: Any) -> bool:
    """Yes or no."""
    if isinstance(ruw, bool):
        return ruw
    if ruw in ("ja", "true", "on", "1"):
        return True
    if ruw in ("nee", "false", "", "0", None):
        return False
    raise Onleesbaar(T("ja of nee"))


def misschien(ruw: Any) -> bool | None:
    """Yes, no, or not known."""
    return None if ruw in (None, "", "onbekend") else janee(ruw)


MAANDEN = ("jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def dag(ruw: Any) -> date | None:
    """A day as people write it: 30-06-2010, 30/6/2010, 30062010, 30 juni 2010, 2010-06-30. Nothing is None."""
    if ruw in (None, ""):
        return None
    schoon = str(ruw).strip().lower()[:40]
    delen = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{2})(\d{2})(\d{4})", schoon)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", schoon)
    woord = re.fullmatch(r"(\d{1,2}) ([a-z]{3,9})\.? (\d{4})", schoon)
    maand = next((n for n, m in enumerate(MAANDEN, 1) if woord and woord.group(2).startswith((m, m[:3]))), 0)
    if woord and woord.group(2).startswith("mrt"):
        maand = 3
    if delen or iso or maand:
        if woord and maand:
            d, m, j = int(woord.group(1)), maand, int(woord.group(3))
        else:
            groepen = [x for x in delen.groups() if x] if delen else list(reversed(iso.groups() if iso else ()))
            d, m, j = (int(x) for x in groepen)
        try:
            gelezen = date(j, m, d)
        except ValueError:
            raise Onleesbaar(T("een dag die bestaat, zoals 30-06-2010")) from None
        if not 1900 <= gelezen.year <= 2100:
            raise Onleesbaar(T("een dag tussen 1900 en 2100"))
        return gelezen
    raise Onleesbaar(T("een dag zoals 30-06-2010"))


def moment(ruw: Any) -> datetime | None:
    """A moment: ISO with a zone, or as a browser sends it (2024-05-17T21:40) on the clock in the Netherlands.

    The hour that does not exist in March is refused; the double hour in October is the first."""
    if ruw in (None, ""):
        return None
    if isinstance(ruw, datetime):
        gelezen = ruw
    else:
        try:
            gelezen = datetime.fromisoformat(str(ruw).strip())
        except ValueError:
            raise Onleesbaar(T("een moment zoals 2024-05-17 21:40")) from None
    if not 1900 <= gelezen.year <= 2100:
        raise Onleesbaar(T("een moment tussen 1900 en 2100"))
    if gelezen.tzinfo is None:
        gelezen = gelezen.replace(tzinfo=AMSTERDAM)
        heen_en_weer = datetime.fromtimestamp(gelezen.timestamp(), tz=AMSTERDAM)
        if heen_en_weer.replace(tzinfo=None) != gelezen.replace(tzinfo=None):
            raise Onleesbaar(T("een tijd die bestaat: die nacht gaat de klok een uur vooruit"))
    return gelezen


def leeftijd(ruw: Any) -> Leeftijd:
    """An age as it was said: `14`, `14 jaar`, or `8 maanden`, `3 weken` for a baby. Nothing is an unknown age."""
    if isinstance(ruw, Leeftijd):
        return ruw
    if ruw in (None, ""):
        return ONBEKEND
    gelezen = read_age(ruw)
    if gelezen is None or (gelezen.jaren or 0) > 120:
        raise Onleesbaar(T("een leeftijd in jaren, zoals 14, of 8 maanden of 3 weken"))
    return gelezen


def geboren(ruw: Any) -> tuple[date | None, Leeftijd]:
    """A day of birth or an age, whichever was heard: both are typed in one field. Nothing is neither."""
    if ruw in (None, ""):
        return None, ONBEKEND
    schoon = str(ruw).strip()
    try:
        if re.search(r"\d{4}|\d\D+\d", schoon):
            return dag(schoon), ONBEKEND
        return None, leeftijd(schoon)
    except Onleesbaar as fout:
        if "bestaat" in str(fout) or "tussen" in str(fout):
            raise
        raise Onleesbaar(
            T("een geboortedatum zoals 30-06-2010, of een leeftijd zoals 14, 8 maanden of 3 weken")
        ) from None


def burgerservicenummer(ruw: Any) -> str:
    """A BSN that passes its check; empty when it is not known yet."""
    if ruw in (None, ""):
        return ""
    cijfers = re.sub(r"[\s.\-]", "", str(ruw))
    if not re.fullmatch(r"[0-9]{8,9}", cijfers) or not bsn_.is_valid(cijfers):
        raise Onleesbaar(T("negen cijfers die aan de elfproef voldoen, of leeg"))
    return str(bsn_.compact(cijfers)).zfill(9)


def postcode(ruw: Any) -> str:
    """A Dutch postcode as `1234 AB`; anything else is kept as it was written, up to seven signs."""
    schoon = str(tekst(7)(ruw or "")).upper()
    gevonden = re.fullmatch(r"(\d{4})\s*([A-Z]{2})", schoon)
    return f"{gevonden.group(1)} {gevonden.group(2)}" if gevonden else schoon


PERSOONSROLLEN = (
    "moeder", "vader", "stiefouder", "partner_van_ouder", "pleegouder", "voogd", "broer", "zus", "oma", "opa", "familie",
    "netwerk", "huisarts", "school", "hulpverlener", "tolk", "anders",
)  # fmt: skip

RIJVELDEN: Mapping[str, tuple[type[Any], Mapping[str, Lezer]]] = {
    "melding": (
        Melding,
        {
            "melder": keuze(*get_args(Melder)),
            "naam": tekst(120),
            "organisatie_melder": tekst(120),
            "telefoon": tekst(30),
            "anoniem": janee,
            "kanaal": keuze("telefoon", "e-mail", "digitaal"),
            "vraag": keuze("crisis", "consult", "zorgmelding_politie"),
            "situatie": tekst(LANG),
            "waar_nu": tekst(200),
        },
    ),
    "jeugdige": (
        Jeugdige,
        {
            "voornaam": tekst(80),
            "achternaam": tekst(80),
            "geboortedatum": dag,
            "leeftijd": leeftijd,
            "ongeboren": janee,
            "uitgerekend_datum": dag,
            "bsn": burgerservicenummer,
            "geslacht": keuze("meisje", "jongen", "anders", "onbekend"),
            "sector": keuze(*get_args(Sector)),
            "waar_nu": tekst(200),
        },
    ),
    "persoon": (
        Persoon,
        {
            "rol": keuze(*PERSOONSROLLEN),
            "naam": tekst(120),
            "geboortedatum": dag,
            "telefoon": tekst(30),
            "gezag": keuze("ja", "nee", "onbekend"),
            "woont_thuis": misschien,
            "organisatie": tekst(120),
            "taal": tekst(40),
            "gevaar": janee,
            "opmerking": tekst(300),
        },
    ),
    "adres": (
        Adres,
        {
            "soort": keuze("woont", "nu"),
            "straat": tekst(120),
            "postcode": postcode,
            "plaats": tekst(80),
            "geheim": janee,
        },
    ),
}
"""Per kind of row its fields, each with its reader."""


class Gelezen(NamedTuple):
    """A fact that can be kept: its value as JSON, and the part of the record it is seen with."""

    waarde: Any
    onderdeel: str


def lees_feit(regio: str, veld: str, ruw: Any) -> Gelezen:
    """Read a fact by its path. Nothing (None or empty text) takes it back.

    Errors: `KeyError` for a path that is no fact; `Onleesbaar` with what is expected."""
    extra = EXTRA.get(veld)
    onderdeel = onderdeel_van(veld)
    if ruw in (None, ""):
        return Gelezen(None, onderdeel)
    if extra is not None:
        lezers: dict[str, Lezer] = {
            "tekst": tekst(extra.hooguit), "lang": tekst(extra.hooguit), "janee": janee,
            "antwoord": keuze("ja", "nee", "onbekend"),
        }  # fmt: skip
        if extra.soort in lezers:
            return Gelezen(lezers[extra.soort](ruw), onderdeel)
        waarde = dag(ruw) if extra.soort == "dag" else moment(ruw)
        return Gelezen(waarde.isoformat() if waarde else None, onderdeel)
    waarde = _soepel(veld, ruw)
    for fout in check_fact(regio, veld, waarde):
        raise Onleesbaar(fout.verwacht)
    return Gelezen(waarde, onderdeel)


def _soepel(veld: str, ruw: Any) -> Any:
    """What a form sends for a fact of `Situatie`, as JSON would: `ja` for a yes-no fact, a number, a moment with zone."""
    from .feitsoorten import soort_van

    soort = soort_van(veld)
    if soort == "janee" and not isinstance(ruw, bool):
        return janee(ruw)
    if soort == "getal" and isinstance(ruw, str) and ruw.strip().isdecimal():
        return int(ruw)
    if soort == "moment" and isinstance(ruw, str):
        gelezen = moment(ruw)
        return gelezen.isoformat() if gelezen else None
    if soort == "dag" and isinstance(ruw, str):
        dag_ = dag(ruw)
        return dag_.isoformat() if dag_ else None
    return ruw


def gevonden(ruw: Any) -> str:
    """What was found, short, for a message."""
    return kort(ruw)


def read_words(veld: str, ruw: str, hooguit: int, fouten: list[tuple[str, str, str]]) -> str:
    """A line of text; else empty, with a fault added under `veld`."""
    try:
        return str(tekst(hooguit)(ruw or "")).strip()
    except Onleesbaar as fout:
        fouten.append((veld, gevonden(ruw), str(fout)))
        return ""
