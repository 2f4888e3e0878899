# SPDX-License-Identifier: EUPL-1.2
"""Facts of a casus that the rules do not reason over but people need: each with its kind, and the part it belongs to.

Facts that the rules do know keep the path they have in `rules.situatie.Situatie`; their part is its first word.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Soort = Literal["tekst", "lang", "janee", "antwoord", "dag", "moment"]


class Veld(NamedTuple):
    """One fact: its kind, the part of the record (`access.zicht`) it is seen with, and how long a text may be."""

    soort: Soort
    onderdeel: str
    hooguit: int = 300


EXTRA: dict[str, Veld] = {
    "melding.terugbellen_gewenst": Veld("janee", "melding"),
    "melding.verwezen_naar": Veld("tekst", "melding"),
    "melding.doorgeleid_naar": Veld("tekst", "melding"),
    "melding.vervolg_consult": Veld("lang", "melding", 2000),
    "melding.gevoelig": Veld("lang", "melding", 2000),
    "melding.volwassene_casus": Veld("tekst", "melding"),
    "melding.eerdere_casus": Veld("tekst", "melding"),
    "melding.bekend_bij": Veld("tekst", "melding"),
    "melding.onbekend_wie": Veld("janee", "melding"),
    "melding.onbekend_kind": Veld("janee", "melding"),
    "melding.onbekend_waar": Veld("janee", "melding"),
    "melding.onbekend_hulp": Veld("janee", "melding"),
    "melding.onbekend_gezag": Veld("janee", "melding"),
    "triage.toelichting": Veld("lang", "triage", 4000),
    "triage.denkt_mee": Veld("tekst", "triage"),
    "triage.tweede_persoon": Veld("tekst", "triage"),
    "inschatting.wie": Veld("tekst", "inschatting"),
    "inschatting.wie_mee": Veld("tekst", "inschatting"),
    "inschatting.waarom_mee": Veld("tekst", "inschatting"),
    "inschatting.gevaar_aan_de_deur": Veld("lang", "inschatting", 1000),
    "inschatting.terug_verwacht_op": Veld("moment", "inschatting"),
    "inschatting.bel_als_niet_terug": Veld("tekst", "inschatting"),
    "inschatting.terug_op": Veld("moment", "inschatting"),
    "inschatting.bevindingen": Veld("lang", "inschatting", 8000),
    "inschatting.reden": Veld("lang", "inschatting", 2000),
    "vervolg.wat": Veld("lang", "vervolg", 2000),
    "vervolg.aanbieder": Veld("tekst", "vervolg"),
    "vervolg.beschikking_op": Veld("dag", "vervolg"),
    "vervolg.aangemeld_op": Veld("moment", "vervolg"),
    "vervolg.aangemeld_itw_op": Veld("moment", "vervolg"),
    "vervolg.aangemeld_gikj_op": Veld("moment", "vervolg"),
    "vervolg.terugkoppeling_professionals_op": Veld("moment", "vervolg"),
    "vervolg.warme_overdracht_op": Veld("moment", "vervolg"),
    "afsluiting.veiligheid_hersteld": Veld("antwoord", "vervolg"),
    "afsluiting.perspectief_duidelijk": Veld("antwoord", "vervolg"),
    "afsluiting.wie_heeft_richting": Veld("tekst", "vervolg"),
    "afsluiting.toelichting": Veld("lang", "vervolg", 2000),
    "oefening.uitleg": Veld("tekst", "kern"),
}
"""By path; ours, none of them is an agreement."""

ONDERDEEL = {
    "melding": "melding",
    "jeugdige": "kern",
    "betrokken": "kern",
    "triage": "triage",
    "inschatting": "inschatting",
    "afweging": "inzet",
    "vervolg": "vervolg",
    "overdracht": "vervolg",
    "rto": "rto",
}
"""The part of the record with which a fact of `Situatie` is seen, by the first word of its path."""


def onderdeel_van(veld: str) -> str:
    """The part of the record a fact belongs to. Raises KeyError for a path that is no fact."""
    extra = EXTRA.get(veld)
    return extra.onderdeel if extra else ONDERDEEL[veld.partition(".")[0]]


WAAR_HET_KIND_IS = frozenset({"straat", "postcode", "plaats", "waar_nu"})
"""Fields of rows that give a secret address away."""


def delen_van_pad(pad: str, geheim: bool = False) -> frozenset[str]:
    """The parts of the record that must be in sight to write a field by its path and to read what stands there; of a path
    that is no field: `kern`. With `geheim` (somebody's address is secret) where the child is also asks for `adres`."""
    eerste, veld = pad.partition(".")[0], pad.rpartition(".")[2]
    if pad in ("gemeente", "gemeente_buiten") or (pad.count(".") == 2 and eerste in ("jeugdige", "persoon")):
        uit = {"gezin"} | ({"contact"} if eerste == "persoon" and veld == "telefoon" else set())
    elif eerste == "adres":
        uit = {"adres"}
    else:
        try:
            uit = {onderdeel_van(pad)}
        except KeyError:
            uit = {"kern"}
    return frozenset(
        uit | ({"adres"} if geheim and (pad.startswith("gemeente") or veld in WAAR_HET_KIND_IS) else set())
    )
