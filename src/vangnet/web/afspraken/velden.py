# SPDX-License-Identifier: EUPL-1.2
"""The facts that the form can ask: read from the fields of `Situatie`, so that form and rules cannot drift apart.

A fact travels in the address under its own path (`melding.melder=politie`). The address never holds a name, a
birth date or another fact about a person that could tell who it is.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from vangnet.rules.situatie import Inzet, Situatie

NEVER = {
    "jeugdige.geboortedatum",
    "triage.interviewer",
    "triage.triagist",
    "rto.reden_andere_dag",
    "rto.reden_op_afstand",
}
"""Facts that could point at a person, or free text: they never get a place in an address."""

LABELS: dict[str, str] = {
    "melding.melder": N_("Wie belt?"),
    "melding.kanaal": N_("Hoe komt de melding binnen?"),
    "melding.vraag": N_("Wat vraagt de melder?"),
    "melding.gedragsdeskundige_geraadpleegd_op": N_("Gedragsdeskundige geraadpleegd op"),
    "melding.contact_beeindigd_op": N_("Gesprek met de melder eindigde op"),
    "melding.aanvraag_zorg_op": N_("Hulp aangevraagd op"),
    "jeugdige.leeftijd": N_("Leeftijd in jaren"),
    "jeugdige.hulp_voor_18": N_("Begon jeugdhulp voor de 18e verjaardag?"),
    "jeugdige.sector": N_("Waar ligt de vraag vooral?"),
    "jeugdige.oorzaak": N_("Waardoor ontstaat de crisis?"),
    "betrokken.gi": N_("Is een GI betrokken?"),
    "betrokken.zorgaanbieder": N_("Geeft een zorgaanbieder al hulp?"),
    "betrokken.zorgaanbieder_gaat_mee": N_("Gaat de zorgaanbieder mee op huisbezoek?"),
    "betrokken.veilig_thuis": N_("Is Veilig Thuis betrokken?"),
    "betrokken.veilig_thuis_schat_zelf_in": N_("Schat Veilig Thuis zelf in?"),
    "betrokken.veilig_thuis_vraagt_crisisdienst": N_("Vraagt Veilig Thuis de crisisdienst om in te schatten?"),
    "betrokken.zorgaanbieder_is_crisisaanbieder": N_("Biedt de aanbieder waar de jeugdige verblijft zelf crisiszorg?"),
    "betrokken.jeugdige_verblijft_bij_aanbieder": N_("Verblijft de jeugdige bij een aanbieder?"),
    "betrokken.generalist_beschikbaar": N_("Is een generalist uit het lokale veld snel beschikbaar?"),
    "betrokken.volwassene_in_crisis": N_("Is ook een volwassene in het gezin in crisis?"),
    "betrokken.volwassene_is_ouder": N_("Is die volwassene ouder?"),
    "betrokken.gezinsplan": N_("Is er al een gezinsplan?"),
    "triage.plotseling": N_("Is het plotseling?"),
    "triage.ernstige_ontregeling": N_("Is het gezin of de omgeving ernstig ontregeld?"),
    "triage.direct_onveilig": N_("Is iemand direct onveilig?"),
    "triage.onhoudbaar": N_("Is de situatie acuut onhoudbaar?"),
    "triage.calamiteit_bij_niets_doen": N_("Dreigt een calamiteit als niemand iets doet?"),
    "triage.anders_dan_gisteren": N_("Is er vandaag iets anders dan gisteren?"),
    "triage.kan_wachten_tot_morgen": N_("Kan het wachten tot morgen?"),
    "triage.onvrijwillig": N_("Wil het gezin of de jeugdige geen hulp?"),
    "triage.lopende_hulp": N_("Loopt er al hulp?"),
    "triage.uitkomst": N_("Wat besloot de triagist?"),
    "triage.besloten_op": N_("Triage besloten op"),
    "inschatting.vertrek_op": N_("Vertrek naar het gezin"),
    "inschatting.op": N_("Huisbezoek, moment van aankomst"),
    "inschatting.crisis": N_("Is het crisis?"),
    "inschatting.besloten_op": N_("Besluit crisis ja of nee op"),
    "inschatting.besloten_door": N_("Wie besloot dat?"),
    "inschatting.veiligheidsrisico": N_("Is er nog een veiligheidsrisico?"),
    "inschatting.veiligheidsplan": N_("Is er een veiligheidsplan?"),
    "afweging.ambulant_veilig": N_("Dekt hulp thuis de veiligheid genoeg?"),
    "afweging.thuis_mogelijk": N_("Kan de jeugdige thuis blijven?"),
    "afweging.netwerk_mogelijk": N_("Kan de jeugdige in het eigen netwerk verblijven?"),
    "afweging.pleeggezin_mogelijk": N_("Is een pleeggezin mogelijk?"),
    "afweging.residentieel_mogelijk": N_("Is er een residentiële plek?"),
    "afweging.een_nacht_lost_op": N_("Lost één nacht uit de situatie de crisis op?"),
    "vervolg.terug_naar_huis": N_("Kan het kind binnen een week naar huis of netwerk?"),
    "vervolg.gikj": N_("Is gesloten of intensieve jeugdhulp (GIK-J) nodig?"),
    "vervolg.route": N_("Welke route voor vervolghulp?"),
    "vervolg.stagneert": N_("Stagneert de vervolghulp?"),
    "rto.datum": N_("Dag van het RTO"),
    "rto.gehouden": N_("Is het RTO gehouden?"),
}

WORDS: dict[str, str] = {
    "ja": N_("Ja"), "nee": N_("Nee"), "onbekend": N_("Weet niet"),
    "ouder": N_("Ouder"), "jeugdige": N_("Jeugdige zelf"), "netwerk": N_("Familie of netwerk"), "burger": N_("Burger"),
    "huisarts": N_("Huisarts"), "politie": N_("Politie"), "school": N_("School"), "ziekenhuis": N_("Ziekenhuis"),
    "ggz": N_("GGZ"), "toegang": N_("Gemeentelijke toegang"), "wijkteam": N_("Wijkteam of CJG"), "gi": N_("GI"),
    "veilig_thuis": N_("Veilig Thuis"), "zorgaanbieder": N_("Zorgaanbieder"),
    "raad": N_("Raad voor de Kinderbescherming"), "andere_professional": N_("Andere professional"),
    "geen": N_("Nee"), "beschikking": N_("Ja, met beschikking"), "vrijwillig": N_("Ja, vrijwillig"),
    "zeker": N_("Zeker"), "twijfel": N_("Twijfel"),
    "ambulant": N_("Ambulant"), "ambulante_spoedhulp": N_("Ambulante spoedhulp"),
    "families_first": N_("Families First"), "multifocus": N_("Multifocus"),
    "psychiatrische_ambulante_crisisbehandeling": N_("Psychiatrische ambulante crisisbehandeling"),
    "acuut_trauma": N_("Acuut trauma"), "eigen_netwerk": N_("Eigen netwerk"), "noodbed": N_("Noodbed"),
    "crisispleegzorg": N_("Crisispleegzorg"), "netwerkpleegzorg": N_("Netwerkpleegzorg"),
    "residentieel": N_("Residentieel"), "crisisopname_ggz": N_("Crisisopname GGZ"),
    "gesloten_plaatsing": N_("Gesloten plaatsing"), "crisisinterventie": N_("Crisisinterventie"),
    "drangtraject": N_("Drangtraject"),
    "crisis": N_("Crisis"), "acute_hulp": N_("Acute hulp"), "geen_crisis": N_("Geen crisis"), "consult": N_("Consult"),
    "zorgmelding_politie": N_("Zorgmelding van de politie"),
    "telefoon": N_("Telefoon"), "e-mail": N_("E-mail"), "digitaal": N_("Digitaal"),
    "crisisdienst": N_("Crisisdienst"),
    "niet": N_("Niet"), "overwogen": N_("Overwogen"), "nodig": N_("Nodig"),
    "gedrag_opvoeding": N_("Gedrag of opvoeding"), "gezin": N_("Gezin"), "psychisch": N_("Psychisch"),
    "lichamelijk_medisch": N_("Lichamelijk of medisch"), "anders": N_("Anders"),
}  # fmt: skip

FIRST_FORMS = ("ambulant", "eigen_netwerk", "noodbed", "crisispleegzorg", "residentieel")
"""The forms of help that stand open in the form; the others unfold."""

MAIN = (
    "melding.melder",
    "betrokken.gi",
    "betrokken.zorgaanbieder",
    "betrokken.veilig_thuis",
    "inschatting.crisis",
    "vervolg.terug_naar_huis",
)
"""The facts that always stand in the form."""
OFTEN = (
    "jeugdige.leeftijd",
    "inschatting.op",
    "triage.uitkomst",
    "betrokken.zorgaanbieder_gaat_mee",
    "betrokken.veilig_thuis_schat_zelf_in",
    "afweging.een_nacht_lost_op",
    "vervolg.gikj",
)
"""The facts under "Meer feiten", besides those that the address holds already."""


@dataclass(frozen=True)
class Feit:
    """One fact of `Situatie`: its path, what kind of answer it takes, and the answers to choose from."""

    pad: str
    soort: Literal["keuze", "janee", "getal", "dag", "moment"]
    keuzes: tuple[str, ...] = ()
    getallen: bool = False
    """True when the choices are numbers in the rules."""

    @property
    def label(self) -> str:
        """The question in the reader's language; without one, the last words of the path."""
        known = LABELS.get(self.pad)
        return _(known) if known else self.pad.rpartition(".")[2].replace("_", " ").capitalize()


def word(waarde: str) -> str:
    """A stored value as a person reads it."""
    known = WORDS.get(waarde)
    return _(known) if known else waarde.replace("_", " ")


def _kind(hint: Any) -> tuple[str, tuple[str, ...]] | None:
    """What a type asks for; None for what a form field cannot hold."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [one for one in get_args(hint) if one is not type(None)]
        return _kind(inner[0]) if len(inner) == 1 else None
    if get_origin(hint) is Literal:
        choices = tuple(str(one) for one in get_args(hint))
        return ("janee", choices) if choices == ("ja", "nee", "onbekend") else ("keuze", choices)
    if hint is bool:
        return "janee", ("ja", "nee")
    if hint is int:
        return "getal", ()
    if hint is datetime:
        return "moment", ()
    if hint is date:
        return "dag", ()
    return None


def _walk(model: type, prefix: str) -> Iterator[Feit]:
    hints = get_type_hints(model)
    for one in fields(model):
        hint = hints[one.name]
        if is_dataclass(hint) and isinstance(hint, type):
            yield from _walk(hint, f"{prefix}{one.name}.")
            continue
        kind = _kind(hint)
        path = prefix + one.name
        if kind and path not in NEVER and "." in path and path != "melding.op":
            yield Feit(path, kind[0], kind[1], kind[0] == "keuze" and kind[1][0].isdecimal())  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def feiten() -> dict[str, Feit]:
    """Every fact that the form can hold, by path."""
    return {feit.pad: feit for feit in _walk(Situatie, "")}


@lru_cache(maxsize=1)
def vormen() -> tuple[str, ...]:
    """Every form of help, in the order of the rules."""
    kind = _kind(get_type_hints(Inzet)["vorm"])
    return kind[1] if kind else ()
