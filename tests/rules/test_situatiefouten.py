# SPDX-License-Identifier: EUPL-1.2
"""Facts that cannot hold together are all named at once; facts that can, never."""

from typing import Any

import pytest

from vangnet.policy.fouten import Ongeldig
from vangnet.process.give_advice import advise, register

REG = register()
OP = "2024-05-15T11:00:00+02:00"


def genoemd(regio: str = "zuid-limburg", **feiten: Any) -> set[str]:
    try:
        advise({"regio": regio, **feiten}, REG)
    except Ongeldig as fout:
        assert all(f.gevonden and f.verwacht for f in fout.fouten)
        return {f.waar for f in fout.fouten}
    return set()


@pytest.mark.parametrize(
    ("feiten", "waar", "opmerking"),
    [
        ({"betrokken": {"veilig_thuis": False}, "melding": {"melder": "veilig_thuis"}}, "betrokken.veilig_thuis", ""),
        ({"betrokken": {"veilig_thuis": False, "veilig_thuis_schat_zelf_in": True}}, "betrokken.veilig_thuis", ""),
        ({"betrokken": {"veilig_thuis_schat_zelf_in": True, "veilig_thuis_vraagt_crisisdienst": True}},
         "betrokken.veilig_thuis_schat_zelf_in", "zelf is zonder de crisisdienst; samen is de crisisdienst erbij vragen"),
        ({"betrokken": {"zorgaanbieder": False, "zorgaanbieder_gaat_mee": True}}, "betrokken.zorgaanbieder", ""),
        ({"betrokken": {"zorgaanbieder": False}, "melding": {"melder": "zorgaanbieder"}}, "betrokken.zorgaanbieder", ""),
        ({"betrokken": {"gi": "geen"}, "melding": {"melder": "gi"}}, "betrokken.gi", ""),
        ({"jeugdige": {"leeftijd": 23}}, "jeugdige.leeftijd", "geen jeugdige in enige bron"),
        ({"jeugdige": {"leeftijd": -1}}, "jeugdige.leeftijd", ""),
        ({"jeugdige": {"leeftijd": 12, "geboortedatum": "2010-05-15"}, "melding": {"op": OP}}, "jeugdige.leeftijd",
         "die dag 14 geworden"),
        ({"jeugdige": {"leeftijd": 17, "hulp_voor_18": False}}, "jeugdige.hulp_voor_18", ""),
        ({"melding": {"op": OP}, "inschatting": {"op": "2024-05-15T10:59:59+02:00"}}, "inschatting.op", "voor de melding"),
        ({"inschatting": {"vertrek_op": OP, "op": "2024-05-15T10:00:00+02:00"}}, "inschatting.op", "voor het vertrek"),
        ({"melding": {"op": OP}, "inzet": [{"vorm": "noodbed", "start_op": "2024-05-15T10:00:00+02:00"}]},
         "inzet.1.start_op", "voor de melding"),
        ({"inzet": [{"vorm": "noodbed", "start_op": OP, "eind_op": "2024-05-15T10:00:00+02:00"}]}, "inzet.1.eind_op", ""),
        ({"melding": {"op": OP}, "rto": {"datum": "2024-05-14"}}, "rto.datum", "de dag voor de melding"),
        ({"melding": {"op": "2024-05-14T22:30:00Z"}, "rto": {"datum": "2024-05-14"}}, "rto.datum",
         "hier is het al woensdag"),
        ({"triage": {"kan_wachten_tot_morgen": "ja", "uitkomst": "crisis"}}, "triage.uitkomst", ""),
        ({"sluitingsdagen": {"jaar": 2024, "dagen": []}}, "sluitingsdagen.dagen", ""),
        ({"sluitingsdagen": {"jaar": 2024, "dagen": ["2025-01-02"]}}, "sluitingsdagen.dagen", ""),
        ({"kosten": [{"soort": "crisisverblijf", "dagen": -1}]}, "kosten.1.dagen", ""),
        ({"melding": {"op": "2024-05-15T11:00:00"}}, "melding.op", "zonder tijdzone"),
        ({"melding": {"op": "2023-12-31T23:59:59+01:00"}}, "melding.op", "voor de eerste versie"),
        ({"melding": {"op": OP}, "moment": "2024-01-02T09:00:00+01:00"}, "moment", "nu ligt voor de melding"),
        ({"gemeente": "Venlo", "melding": {"op": OP}}, "gemeente", "hoort bij een andere regio"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_by_its_field(feiten: dict[str, Any], waar: str, opmerking: str) -> None:
    assert waar in genoemd(**feiten), opmerking


@pytest.mark.parametrize(
    ("feiten", "opmerking"),
    [
        ({"melding": {"op": OP}, "inschatting": {"op": OP, "vertrek_op": OP, "besloten_op": OP}}, "hetzelfde moment mag"),
        ({"melding": {"op": OP}, "rto": {"datum": "2024-05-15"}}, "RTO op de dag van de melding"),
        ({"melding": {"op": "2024-01-01T00:00:00+01:00"}}, "eerste seconde van de eerste versie"),
        ({"melding": {"op": "2023-12-31T23:00:00Z"}}, "dezelfde seconde in UTC"),
        ({"jeugdige": {"leeftijd": 22, "hulp_voor_18": False}}, "22 is nog een jeugdige"),
        ({"jeugdige": {"leeftijd": 0}}, "ongeboren"),
        ({"betrokken": {"gi": "vrijwillig"}, "melding": {"melder": "gi"}}, "een GI zonder beschikking mag melden"),
    ],
)  # fmt: skip
def test_what_can_hold_together_is_never_refused(feiten: dict[str, Any], opmerking: str) -> None:
    assert genoemd(**feiten) == set(), opmerking


def test_an_adult_is_only_refused_where_the_service_is_for_youth() -> None:
    assert "jeugdige.leeftijd" in genoemd("zuid-limburg", jeugdige={"leeftijd": 40})
    assert genoemd("zuidoost-brabant", jeugdige={"leeftijd": 40}) == set()


def test_all_faults_come_at_once() -> None:
    assert genoemd(
        gemeente="Venlo",
        melding={"op": OP, "melder": "gi"},
        betrokken={"gi": "geen", "zorgaanbieder": False, "zorgaanbieder_gaat_mee": True},
        jeugdige={"leeftijd": 99},
        inschatting={"op": "2024-05-15T10:00:00+02:00"},
        rto={"datum": "2024-05-01"},
    ) == {"gemeente", "betrokken.gi", "betrokken.zorgaanbieder", "jeugdige.leeftijd", "inschatting.op", "rto.datum"}
