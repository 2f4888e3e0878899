# SPDX-License-Identifier: EUPL-1.2
"""A casus from its first save on: facts, events, clocks and lead, kept in one transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.models import Logregel
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.beeld import strip
from vangnet.process.dossier import read_dossier
from vangnet.process.take_melding import begin_melding, finish_melding, register_melding, save_fields

NACHT = datetime.fromisoformat("2024-05-16T21:52:00+02:00")

pytestmark = pytest.mark.django_db


def test_a_melding_makes_a_casus_that_somebody_leads() -> None:
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik = actor_of(medewerker("crisismedewerker", dienst))
    melding, kind = uuid4(), uuid4()
    begin = begin_melding(ik, NACHT, melding, {f"jeugdige.{kind}.voornaam": "Milan"})
    assert begin_melding(ik, NACHT, melding) == begin
    save_fields(
        ik,
        NACHT,
        melding,
        {
            f"jeugdige.{kind}.achternaam": "Verhulst",
            f"jeugdige.{kind}.geboortedatum": "02-03-2010",
            "gemeente": "heerlen",
            "melding.melder": "politie",
            "betrokken.gi": "geen",
            "triage.direct_onveilig": "ja",
        },
    )
    finish_melding(ik, NACHT, melding, "inschatting")
    dossier = read_dossier(begin.casus_id)
    assert dossier is not None
    assert dossier.casus.beeld["stand"] == "inschatting"
    assert dossier.casus.beeld["kinderen"][0]["naam"] == "Milan V."
    assert [(k.sleutel, k.uitkomst) for k in dossier.klokken] == [("melding.signaal", "")]
    assert [b.soort for b in dossier.aanbiedingen] == ["signaal"]
    assert dossier.casus.beeld == json.loads(json.dumps(strip(dossier, advise_dossier(dossier, NACHT)[0], NACHT)))
    assert Gebeurtenis.objects.filter(casus=begin.casus_id).count() == 4
    assert Logregel.objects.filter(casus_id=begin.casus_id, geslaagd=True).exists()


def test_registering_takes_few_statements(django_assert_max_num_queries: Any) -> None:
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik = actor_of(medewerker("crisismedewerker", dienst))
    kind = uuid4()
    with django_assert_max_num_queries(12):  # two more come with the session and the person
        begin = register_melding(
            ik,
            NACHT,
            uuid4(),
            {
                f"jeugdige.{kind}.achternaam": "Verhulst",
                f"jeugdige.{kind}.voornaam": "Milan",
                f"jeugdige.{kind}.geboortedatum": "02-03-2010",
                "gemeente": "heerlen",
                "melding.melder": "politie",
                "betrokken.gi": "geen",
                "triage.direct_onveilig": "ja",
            },
            "inschatting",
        )
    assert Casus.objects.get(id=begin.casus_id).gesloten_op is None
