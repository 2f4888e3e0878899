# SPDX-License-Identifier: EUPL-1.2
"""What tests of keeping and erasing share: the role that erases, and who watches over it."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.bewaring import Link
from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.cli.postgres import WIS, Cluster


@pytest.fixture
def link(cluster: Cluster, database_name: str) -> Iterator[Link]:
    """As the eraser."""
    with psycopg.connect(cluster.url(WIS, database_name), autocommit=True) as found:
        yield found


@pytest.fixture
def mensen() -> tuple[Actor, Actor, Actor]:
    """Two FGs and an administrator of the region."""
    huis = organisatie("regio", naam="De regio")
    een, ander = (actor_of(medewerker("fg", huis, naam=naam)) for naam in ("Fenna Gerards", "Frits Goossens"))
    return een, ander, actor_of(medewerker("beheerder", huis, naam="Bea Heerschap"))
