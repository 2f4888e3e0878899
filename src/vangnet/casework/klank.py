# SPDX-License-Identifier: EUPL-1.2
"""How a Dutch surname sounds, and which digits a phone number has: for finding a known family while somebody types."""

from __future__ import annotations

import re
import unicodedata

TUSSENVOEGSELS = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "ten",
        "ter",
        "te",
        "in",
        "op",
        "aan",
        "bij",
        "uit",
        "voor",
        "tot",
        "la",
        "le",
        "du",
        "da",
        "di",
        "el",
        "al",
        "ben",
        "abu",
        "ibn",
        "von",
        "zu",
        "'t",
        "'s",
    ]
)
"""Left out when names are compared: they are heard, written and sorted in many ways."""

GELIJK = (
    (r"sch(?=[rl])", "sg"), (r"sch\b", "s"), (r"sch", "sg"), (r"ch", "g"), (r"ck", "k"), (r"ph", "f"), (r"th", "t"),
    (r"qu", "kw"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"z", "s"), (r"v", "f"), (r"y", "i"),
    (r"ij", "i"), (r"ei", "i"), (r"aei|aay|aai", "ai"), (r"ou|au", "ou"), (r"oe", "u"), (r"ae", "a"), (r"gh", "g"),
    (r"dt\b|d\b", "t"), (r"b\b", "p"), (r"uu|ue", "u"), (r"h(?=[^aeiou]|$)", ""),
)  # fmt: skip
"""Spellings that sound alike, in the order in which they are replaced."""


def klank_van(naam: str) -> str:
    """The sound of a surname as a short key: equal keys sound alike (`Janssen`, `Jansen`). Empty for an empty name."""
    kaal = zonder_accenten(naam)
    woorden = [w for w in re.findall(r"[a-z]+", kaal) if w not in TUSSENVOEGSELS]
    klank = "".join(woorden)
    for patroon, vervang in GELIJK:
        klank = re.sub(patroon, vervang, klank)
    klank = re.sub(r"(.)\1+", r"\1", klank)
    klank = re.sub(r"(?<=.)sen$|(?<=.)s$", "s", klank)
    return klank[:80]


def zonder_accenten(tekst: str) -> str:
    """Small letters without accents, for comparing and sorting."""
    los = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in los if not unicodedata.combining(teken))


def cijfers_van(telefoon: str) -> str:
    """The digits of a phone number as they are compared: the Dutch country code counts as the leading zero."""
    kaal = re.sub(r"[^\d+]", "", telefoon)
    kaal = re.sub(r"^(\+|00)31(0)?", "0", kaal)
    return re.sub(r"\D", "", kaal)[:20]
