# SPDX-License-Identifier: EUPL-1.2
"""What gives away where somebody is in a casus with a secret address, and whether a text repeats any of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vangnet.casework.models import Adres, Feit, Jeugdige, Persoon, Versie

from .dossier import Dossier

PLEKVELDEN = (
    "straat",
    "postcode",
    "plaats",
    "waar_nu",
    "waar",
    "aanbieder_naam",
    "organisatie",
    "gemeente",
    "gemeente_buiten",
)
"""Columns that say where somebody is, in the rows of a casus and in their former versions."""


@dataclass(frozen=True)
class Geheimen:
    """What gives a secret place away, as it is looked for in a text: words without signs and case, and digits."""

    woorden: frozenset[str] = frozenset()
    cijfers: frozenset[str] = frozenset()

    def in_text(self, tekst: str) -> bool:
        """Whether a text repeats something of it, however it is written."""
        if not self.woorden and not self.cijfers:
            return False
        plat, cijfers = flat(tekst), re.sub(r"\D", "", tekst)
        return any(w in plat for w in self.woorden) or any(c in cijfers for c in self.cijfers)


def flat(tekst: str) -> str:
    """A text without case, accents, spaces and signs: `6491 QZ` and `6491-qz` are one."""
    ontleed = unicodedata.normalize("NFKD", tekst).casefold()
    return "".join(c for c in ontleed if c.isalnum())


KORTST = 4
"""Signs of the shortest word that is looked for; a shorter one stands in everything."""
GEWOON = frozenset(
    {
        "thuis", "huis", "huize", "moeder", "vader", "ouders", "tante", "school", "stichting", "zaal", "gemeente", "bureau",
        "online", "kantoor", "familie", "buren", "ziekenhuis", "politie", "crisisdienst", "toegang", "jeugd", "centrum",
    }
)  # fmt: skip
"""Words that stand with a capital in the name of a place and say nothing by themselves."""


def secrets_of(d: Dossier, vrager: Persoon | Jeugdige | None) -> Geheimen:
    """What gives away where somebody is; nothing where no address is secret. Every address, house, provider, school, meeting
    place and municipality, also as they stood before; the other organisations that take part; the numbers of everybody but
    who asks. Names of the family itself are not among them. Reads addresses and former versions; who asks was checked."""
    if not d.casus.geheim:
        return Geheimen()
    rijen = [
        *Adres.objects.filter(casus_id=d.casus.id),
        d.casus,
        *d.inzetten,
        *d.jeugdigen,
        *d.meldingen,
        *d.rtos,
        *d.personen,
    ]
    nu = [{veld: getattr(rij, veld, "") for veld in PLEKVELDEN} for rij in rijen]
    eerder: list[Mapping[str, Any]] = list(Versie.objects.filter(casus_id=d.casus.id).values_list("was", flat=True))
    plekken = {str(was.get(veld) or "") for was in (*nu, *eerder) for veld in PLEKVELDEN if veld != "straat"}
    plekken |= {d.naam(i.aanbieder_id) for i in d.inzetten}
    feiten = Feit.objects.filter(casus_id=d.casus.id, veld__endswith="aanbieder").values_list("waarde", flat=True)
    plekken |= {waarde for waarde in feiten if isinstance(waarde, str)}
    # The crisis service works in the whole region; any other organisation says in which part of it.
    anderen = {b.organisatie_id for b in d.betrokkenheden} | {a.aan_organisatie_id for a in d.aanbiedingen}
    plekken |= {d.naam(wie) for wie in anderen - {d.dienst_id}}
    plekken -= {d.naam(d.dienst_id)}
    eigen = {flat(w) for k in d.jeugdigen for w in f"{k.voornaam} {k.achternaam}".split()}
    if isinstance(vrager, Persoon):
        eigen |= {flat(w) for w in vrager.naam.split()}
    woorden = {flat(p) for p in plekken}
    los = {flat(w) for p in plekken for w in re.findall(r"\w[\w'’-]*", p) if w[:1].isupper()}
    woorden |= los - GEWOON
    for was in (*nu, *eerder):
        straat = str(was.get("straat") or "")
        woorden |= {flat(straat), flat(re.sub(r"\s*\d.*$", "", straat))}
    nummers = [p.telefoon for p in d.personen if vrager is None or p.id != vrager.id]
    nummers += [m.telefoon for m in d.meldingen]
    cijfers = {re.sub(r"\D", "", n)[-8:] for n in nummers}
    return Geheimen(
        frozenset(w for w in woorden if len(w) >= KORTST and w not in eigen),
        frozenset(c for c in cijfers if len(c) >= 8),
    )
