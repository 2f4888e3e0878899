# SPDX-License-Identifier: EUPL-1.2
"""Made-up situations with the answers that Vangnet really gives to them; no example can fall behind the code."""

from __future__ import annotations

import json
from typing import Any

from vangnet.api.problem import invalid, problem
from vangnet.policy.fouten import Ongeldig
from vangnet.policy.register import Register
from vangnet.process.give_advice import advise
from vangnet.process.present_advice import present
from vangnet.process.show_schema import ANTWOORD

Example = dict[str, Any]

NACHT: Example = {
    "regio": "zuid-limburg",
    "gemeente": "Simpelveld",
    "melding": {"op": "2024-05-17T21:40:00+02:00", "melder": "politie", "kanaal": "telefoon", "vraag": "crisis"},
    "betrokken": {"gi": "geen", "zorgaanbieder": False},
    "inschatting": {"crisis": True, "besloten_op": "2024-05-17T23:30:00+02:00", "besloten_door": "crisisdienst"},
    "inzet": [
        {"vorm": "ambulante_spoedhulp", "start_op": "2024-05-18T00:10:00+02:00"},
        {"vorm": "crisispleegzorg", "start_op": "2024-05-18T00:30:00+02:00"},
    ],
    "vervolg": {"terug_naar_huis": "twijfel"},
    "sluitingsdagen": {"jaar": 2024, "dagen": ["2024-05-21"], "gemeld_op": "2024-01-15"},
}
GGZ: Example = {
    "regio": "noord-en-midden-limburg",
    "gemeente": "Venlo",
    "melding": {"op": "2024-06-11T02:15:00+02:00", "melder": "huisarts", "kanaal": "telefoon", "vraag": "crisis"},
    "jeugdige": {"leeftijd": 15, "sector": "GGZ", "oorzaak": "psychisch"},
    "triage": {"plotseling": "ja", "ernstige_ontregeling": "ja", "direct_onveilig": "ja", "kan_wachten_tot_morgen": "nee"},
}  # fmt: skip
FOUT: Example = {
    "regio": "zuid-limburg",
    "gemeente": "Venlo",
    "melding": {"op": "2024-04-09T14:00:00+02:00", "melder": "gi"},
    "jeugdige": {"leeftijd": 25},
    "betrokken": {"gi": "geen", "veilig_thuis": False, "veilig_thuis_schat_zelf_in": True},
}

GOOD = {
    "nacht": ("Zuid-Limburg, vrijdagavond voor Pinksteren, met een sluitingsdag van de gemeente", NACHT),
    "ggz": ("Noord- en Midden-Limburg, 's nachts, een jeugdige met een psychische crisis", GGZ),
}
BAD = ("Gemeente van een andere regio, feiten die elkaar tegenspreken en een volwassene", FOUT)


def requests(registered: Register) -> dict[str, Example]:
    """The questions, also the one that is refused: it keeps to the schema, but not to itself."""
    shown = {name: {"summary": title, "value": facts} for name, (title, facts) in _known(registered).items()}
    return shown | {"fout": {"summary": BAD[0], "value": FOUT}}


def answers(registered: Register) -> dict[str, Example]:
    """The answers to the questions that can be answered."""
    return {
        name: {
            "summary": title,
            "value": json.loads(ANTWOORD.dump_json(present(advise(facts, registered), registered.bronnen))),
        }
        for name, (title, facts) in _known(registered).items()
    }


def refusals(registered: Register) -> dict[str, Example]:
    """The refusal of the bad question, with every fault."""
    try:
        advise(FOUT, registered)
    except Ongeldig as fault:
        body = problem(invalid(fault.fouten, "body", type(fault).__name__)).content
        return {"fout": {"summary": BAD[0], "value": json.loads(body)}}
    return {}


def _known(registered: Register) -> dict[str, tuple[str, Example]]:
    return {name: pair for name, pair in GOOD.items() if pair[1]["regio"] in registered.versies}
