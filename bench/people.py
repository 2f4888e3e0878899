# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench.people N`: N crisis services with one person each, signed in, and one casus as a model for the rest.

Prints the id of the model casus, then per service `session key:organisation id`.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from uuid import uuid4


def main() -> int:
    from vangnet.cli import application

    application.set_up()

    from vangnet.access import sessie
    from vangnet.access.actor import Actor
    from vangnet.access.models import Functie, Medewerker, Organisatie
    from vangnet.access.sessieopslag import SessionStore
    from vangnet.conf import clock
    from vangnet.process.take_melding import register_melding

    now = clock.now()
    toegang = Organisatie.objects.create(
        regio="zuid-limburg", soort="toegang", naam="Toegang Heerlen", gemeente="Heerlen"
    )
    keys = []
    for number in range(int(sys.argv[1])):
        service = Organisatie.objects.create(regio="zuid-limburg", soort="crisisdienst", naam=f"Crisisdienst {number}")
        person = Medewerker(naam=f"Medewerker {number}", email=f"m{number}@voorbeeld.test")
        person.set_unusable_password()
        person.save()
        function = Functie.objects.create(
            medewerker=person, organisatie=service, rol="crisismedewerker", van=now - timedelta(days=1000)
        )
        session = SessionStore()
        session.update(sessie.words(person, function, "totp", now))
        session.create()
        keys.append(f"{session.session_key}:{service.id}")
    actor = Actor(person.id, person.naam, service.id, service.naam, service.soort, "crisismedewerker", "zuid-limburg")
    child = uuid4()
    made = register_melding(
        actor,
        now,
        uuid4(),
        {
            "melding.melder": "politie", "melding.naam": "meldkamer", "melding.telefoon": "0455550100",
            "melding.situatie": "Ruzie thuis loopt hoog op; er zijn twee jongere kinderen in huis. " * 3,
            f"jeugdige.{child}.voornaam": "Sem", f"jeugdige.{child}.achternaam": "Proefman",
            f"jeugdige.{child}.geboortedatum": "2010-03-02", f"jeugdige.{child}.sector": "J&O",
            "gemeente": toegang.gemeente, "betrokken.gi": "geen", "betrokken.zorgaanbieder": "nee",
            "triage.direct_onveilig": "ja", "triage.kan_wachten_tot_morgen": "nee",
        },
        "inschatting",
    )  # fmt: skip
    print(made.casus_id, *keys)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
