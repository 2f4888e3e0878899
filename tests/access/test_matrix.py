# SPDX-License-Identifier: EUPL-1.2
"""The access matrix (`tests.matrix`)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.matrix import vragen
from tests.matrix.wereld import LETTER, RELATIES, Wereld, make_matrix
from tests.web.test_kanarie import NU
from vangnet.access.models import Rol
from vangnet.conf import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def wereld(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """Made once, undone at the end."""
    with django_db_blocker.unblock(), clock.put_at(NU), transaction.atomic():
        yield make_matrix()
        transaction.set_rollback(True)


def test_queries(wereld: Wereld) -> None:
    t = time.time()
    print("kanaries", len(wereld.kanaries))
    uit = vragen.walk_queries(wereld, ["crisismedewerker", "psychiater", "toegangsmedewerker", "fg"], RELATIES, LETTER)
    print(uit.cellen, round(time.time() - t, 1))
    import collections, re

    c = collections.Counter(f for f in uit.fouten)
    open("/tmp/h4/fouten.txt", "w").write("\n".join(f"{n} {f}" for f, n in sorted(c.items())))
    assert not uit.fouten, len(uit.fouten)
