# SPDX-License-Identifier: EUPL-1.2
"""A full situation: every part of an advice has something to say."""

FULL = {
    "regio": "zuid-limburg",
    "gemeente": "Simpelveld",
    "melding": {"op": "2024-05-17T21:40:00+02:00", "melder": "politie"},
    "jeugdige": {"leeftijd": 14, "sector": "J&O"},
    "betrokken": {"gi": "geen", "zorgaanbieder": True, "zorgaanbieder_gaat_mee": False, "veilig_thuis": False},
    "triage": {"uitkomst": "crisis"},
    "inschatting": {"op": "2024-05-17T22:40:00+02:00", "crisis": True},
    "afweging": {"een_nacht_lost_op": False},
    "inzet": [
        {"vorm": "ambulante_spoedhulp", "start_op": "2024-05-17T23:30:00+02:00"},
        {"vorm": "crisispleegzorg", "start_op": "2024-05-17T23:30:00+02:00"},
    ],
    "vervolg": {"terug_naar_huis": "twijfel", "route": 2},
    "sluitingsdagen": {"jaar": 2024, "dagen": ["2024-05-21"], "gemeld_op": "2024-01-20"},
}
PAGE = (
    "/afspraken?regio=zuid-limburg&gemeente=Simpelveld&dag=2024-05-17&tijd=21:40&melding.melder=politie"
    "&inschatting.crisis=ja&vorm=ambulante_spoedhulp&vorm=crisispleegzorg&vervolg.terug_naar_huis=twijfel"
)
