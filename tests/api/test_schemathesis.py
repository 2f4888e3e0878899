# SPDX-License-Identifier: EUPL-1.2
"""A machine reads the OpenAPI document and tries what it promises: good, odd and wrong requests for every operation; the
open ones as anybody, the closed ones with a key of a crisis service and with what hangs on a casus of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from tests.api.sleutels import key_of
from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access import tegoed
from vangnet.access.tegoed import Grens
from vangnet.api.urls import api
from vangnet.api.views import document
from vangnet.conf import clock
from vangnet.process import current_register
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.take_melding import begin_melding

NU = datetime.fromisoformat("2024-05-17T21:45:00+02:00")
assert api.urls, "every operation has been read"
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(current_register()))))
schema.app, schema.location = WSGIHandler(), "/api/v1/openapi.json"
CLOSED = r"^/(meldingen|casussen|aanbiedingen|klokken|contacten)"

# Facts that keep to the schema may contradict each other, and are then rightly refused.
TOO_STRICT = [check for check in CHECKS.get_all() if check.__name__ == "positive_data_acceptance"]
few = settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def one_transaction(db: None) -> Iterator[None]:
    """As Django's own client: a request does not close the connection on which the test's transaction is open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.exclude(path_regex=CLOSED).parametrize()
@few
def test_the_interface_does_what_it_says(case: schemathesis.Case, one_transaction: None) -> None:
    case.call_and_validate(excluded_checks=TOO_STRICT)


@pytest.fixture
def key(one_transaction: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, str]]]:
    """A key, and per first word of a path the id of something that is there."""
    monkeypatch.setattr(tegoed, "PER_KOPPELING", Grens(1e6, 1e3))
    monkeypatch.setattr(tegoed, "PER_ADRES", Grens(1e6, 1e3))
    with clock.put_at(NU):
        dienst, melding = organisatie("crisisdienst"), uuid4()
        wie, ander = actor_of(medewerker("crisismedewerker", dienst)), actor_of(medewerker("crisismedewerker"))
        casus = begin_melding(wie, NU - timedelta(hours=1), melding, {"gemeente": "Heerlen"}).casus_id
        elsewhere = begin_melding(ander, NU - timedelta(hours=1), uuid4(), {"gemeente": "Heerlen"}).casus_id
        question = ask_organisation(ander, NU, elsewhere, "meegaan", dienst.pk, "Gaan jullie mee?")
        yield key_of(dienst), {"meldingen": str(melding), "casussen": str(casus), "aanbiedingen": str(question)}


@schema.include(path_regex=CLOSED).parametrize()
@few
def test_what_knows_a_person_does_what_it_says(case: schemathesis.Case, key: tuple[str, dict[str, str]]) -> None:
    secret, known = key
    first = case.operation.path.split("/")[1]
    # What is right in form gets, every other time, the id of something that is there.
    right = case.meta is not None and case.meta.generation.mode.is_positive
    if case.path_parameters and first in known and right and len(str(case.query) + str(case.headers)) % 2:
        case.path_parameters["id"] = known[first]
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=TOO_STRICT)
