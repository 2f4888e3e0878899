# SPDX-License-Identifier: EUPL-1.2
"""Who there is in the proof that things fall over: a crisis service with people who are signed in, in a process of its own on a
database of its own. `python -m tests.crash.wereld <number of people>` prints their session keys as JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

REGIO, GEMEENTE = "noord-en-midden-limburg", "Venlo"
"""Its agreements give a deadline with an hour: somebody is at the home within two hours of the call."""


def main(aantal: int) -> None:
    django.setup()
    from django.test import Client

    from tests.mensen import medewerker, organisatie, sign_in
    from vangnet.access.models import Rol, Soort
    from vangnet.capacity.models import Dienst
    from vangnet.conf import clock

    organisatie(Soort.TOEGANG, regio=REGIO, naam="Toegang Venlo", gemeente=GEMEENTE, telefoon="077 555 01 00")
    huis = organisatie(Soort.CRISISDIENST, regio=REGIO, naam="Crisisdienst Proef")
    mensen = [medewerker(Rol.CRISISMEDEWERKER, huis) for _ in range(aantal)]
    nu = clock.now()
    for mens, taak in ((mensen[0], "voorwacht"), (medewerker(Rol.COORDINATOR, huis), "coordinator")):
        Dienst.objects.create(
            organisatie=huis,
            medewerker=mens,
            taak=taak,
            van=nu - timedelta(minutes=1),
            tot=nu + timedelta(hours=12),
        )
    print(json.dumps([{"id": str(mens.id), "sessie": sign_in(Client(), mens)} for mens in mensen]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
