# SPDX-License-Identifier: EUPL-1.2
"""A machine reads the OpenAPI document and tries what it promises: good, odd and wrong requests for every operation."""

from __future__ import annotations

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), base_url="http://localhost")

# Facts that keep to the schema may contradict each other, and are then rightly refused.
TOO_STRICT = [check for check in CHECKS.get_all() if check.__name__ == "positive_data_acceptance"]


@schema.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_the_interface_does_what_it_says(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=TOO_STRICT)
