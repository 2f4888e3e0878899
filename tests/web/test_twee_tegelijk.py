# SPDX-License-Identifier: EUPL-1.2
"""The same form twice at once, and two people who decide differently at once: nothing doubled, nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT, casus
from tests.web.test_casus import walk_to
from vangnet.access.models import Betrokkenheid, Medewerker, Organisatie
from vangnet.casework.models import Aanbod, Casus, Gebeurtenis, Inzet, Melding, Rto
from vangnet.conf import clock
from vangnet.process.plan_rto import plan_rto

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(actor: Any) -> Client:
    """Signed in as this person."""
    client = Client(raise_request_exception=False)
    sign_in(client, Medewerker.objects.get(id=actor.medewerker_id))
    return client


def at_once(*posts: tuple[Client, str, dict[str, str]]) -> list[Any]:
    """Send these at the same moment, each in its own thread; gives the answers."""
    start = Barrier(len(posts))

    def send(post: tuple[Client, str, dict[str, str]]) -> Any:
        try:
            start.wait(5)
            return post[0].post(post[1], post[2])
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


def twice(actor: Any, pad: str, velden: dict[str, str]) -> list[int]:
    """The same form from one screen, tapped twice; the statuses."""
    statuses = [a.status_code for a in at_once(*((client_of(actor), pad, velden) for _ in range(2)))]
    assert all(status < 500 for status in statuses), statuses
    return statuses


def scene(stand: str) -> tuple[Any, UUID, str, Organisatie]:
    """A casus in this stand, the address of its steps, and the municipality's team."""
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen", telefoon="045 555 01 30")
    ik, id_ = casus()
    walk_to(stand, ik, id_)
    return ik, id_, f"/casus/{id_}/stap/", toegang


def test_a_call_sent_twice_is_one_casus() -> None:
    with clock.put_at(NACHT):
        ik = actor_of(medewerker("crisismedewerker"))
        melding = uuid4()
        velden = {
            "versie": "0",
            "uitkomst": "inschatting",
            "reden": "Het kan niet wachten.",
            "melding.situatie": "Ruzie.",
        }
        twice(ik, f"/melding/{melding}", velden)
        assert Melding.objects.count() == Casus.objects.count() == 1
        begonnen = Casus.objects.get()
        assert Betrokkenheid.objects.filter(casus_id=begonnen.id, deel="regie").count() == 1
        assert begonnen.jeugdigen.count() == 1


def test_each_step_sent_twice_is_done_once() -> None:
    with clock.put_at(NACHT + timedelta(hours=1)):
        ik, id_, stap, _ = scene("onderweg")
        versie = str(Casus.objects.get(id=id_).versie)
        twice(ik, stap + "inschatting", {"formulier": "aankomst"})
        assert Gebeurtenis.objects.filter(casus_id=id_, soort="aankomst").count() <= 1
        besluit = {
            "formulier": "besluit",
            "crisis": "ja",
            "reden": "Niet veilig.",
            "overlegd_met": "Fatima",
            "versie": versie,
        }
        twice(ik, stap + "besluit", besluit)
        assert Gebeurtenis.objects.filter(casus_id=id_, soort__contains="besluit").count() == 1


def test_help_is_chosen_once() -> None:
    with clock.put_at(NACHT + timedelta(hours=1)):
        ik, id_, stap, _ = scene("hulp_kiezen")
        c = Casus.objects.get(id=id_)
        velden = {
            "formulier": "inzet", "vorm": "ambulante_spoedhulp", "jeugdige": str(c.jeugdigen.get().id), "aanbieder_naam": "De Linde",
            "gesproken_met": "Karim", "reden": "Rust.", "versie": str(c.versie), "inzet_id": str(uuid4()),
        }  # fmt: skip
        twice(ik, stap + "inzet", velden)
        assert Inzet.objects.filter(casus_id=id_).count() == 1


def test_an_offer_and_a_round_table_come_once() -> None:
    with clock.put_at(NACHT + timedelta(hours=1)):
        ik, id_, stap, toegang = scene("hulp")
        twice(ik, stap + "regie", {"formulier": "aanbod", "organisatie": str(toegang.id), "tekst": "Neem je over?"})
        assert Aanbod.objects.filter(casus_id=id_, soort="regie").count() == 1
        twice(
            ik,
            stap + "aanbod",
            {"formulier": "aanbod", "soort": "vervolg", "organisatie": str(toegang.id), "tekst": "Kijk mee."},
        )
        assert Aanbod.objects.filter(casus_id=id_, soort="vervolg").count() == 1
        rto = plan_rto(
            ik,
            NACHT + timedelta(minutes=55),
            id_,
            NACHT + timedelta(hours=12),
            "Gemeentehuis",
            [{"naam": "Oma"}],
            "Morgen kan.",
        )
    with clock.put_at(NACHT + timedelta(hours=14)):
        velden = {
            "formulier": "verslag", "rto": str(rto), "perspectief": "Naar huis.", "veiligheidsplan": "Bel oma.", "route": "2",
            "vervolg": "Hulp thuis.", "procesregisseur": str(toegang.id), "procesregisseur_aanwezig": "ja",
            "versie": str(Casus.objects.get(id=id_).versie),
        }  # fmt: skip
        twice(ik, stap + "rto_verslag", velden)
        assert Rto.objects.filter(casus_id=id_).count() == 1
        assert Gebeurtenis.objects.filter(casus_id=id_, soort="rto_gehouden").count() == 1
        assert Betrokkenheid.objects.filter(casus_id=id_, deel="regie", tot__isnull=True).count() == 1
        twice(ik, stap + "notitie", {"formulier": "notitie", "tekst": "Gebeld.", "notitie_id": str(uuid4())})
        assert Gebeurtenis.objects.filter(casus_id=id_, soort="notitie").count() <= 1


def test_two_people_who_decide_differently_at_once_both_count() -> None:
    with clock.put_at(NACHT + timedelta(hours=1)):
        ik, id_, stap, _ = scene("onderweg")
        client_of(ik).post(stap + "inschatting", {"formulier": "aankomst"})
        ander = actor_of(
            medewerker("crisismedewerker", Organisatie.objects.get(id=ik.organisatie_id), naam="Joost Vis")
        )
        versie = str(Casus.objects.get(id=id_).versie)
        velden = {"formulier": "besluit", "overlegd_met": "Fatima", "versie": versie, "tweede_beoordeling": "ja"}
        antwoorden = at_once(
            (client_of(ik), stap + "besluit", velden | {"crisis": "ja", "reden": "Het kind is niet veilig thuis."}),
            (client_of(ander), stap + "besluit", velden | {"crisis": "nee", "reden": "De rust is helemaal terug."}),
        )
        assert sorted(a.status_code for a in antwoorden) == [303, 409]
        (nee,) = (a.content.decode() for a in antwoorden if a.status_code == 409)
        eigen = (
            "De rust is helemaal terug." if "De rust is helemaal terug." in nee else "Het kind is niet veilig thuis."
        )
        assert eigen in nee
        assert "Een collega was je voor" in nee
