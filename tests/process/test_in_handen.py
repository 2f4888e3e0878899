# SPDX-License-Identifier: EUPL-1.2
"""At a change of shift somebody takes a casus in hand, or gives it to a colleague; the lead stays where it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mensen import actor_of, functie, medewerker
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Betrokkenheid, Blokkade, Medewerker, Organisatie
from vangnet.casework.models import Gebeurtenis
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.show_board import Filters, show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.take_in_hand import show_hands, take_in_hand
from vangnet.process.undo import just_done, undo
from vangnet.process.weigeringen import GeenRecht, NietBetrokken, NietMeerTerug, OngeldigeInvoer

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    return nieuwe_casus(streek("zuid-limburg"))


def colleague(weg: Wandeling, rol: str = "crisismedewerker") -> Any:
    """Somebody else of the service."""
    return actor_of(medewerker(rol, Organisatie.objects.get(id=weg.streek.dienst.organisatie_id)))


def of_me(actor: Any, weg: Wandeling) -> set[Any]:
    """The casussen on the board that are this person's."""
    return {s.casus_id for s in show_board(actor, weg.nu, Filters(van_mij=True)).strips}


def test_taking_it_changes_the_person_and_not_the_lead(weg: Wandeling) -> None:
    ik, ander = weg.streek.dienst, colleague(weg)
    assert (show_hands(ander, weg.nu, weg.casus_id).wie, of_me(ik, weg)) == (ik.naam, {weg.casus_id})
    voor = Betrokkenheid.objects.filter(casus_id=weg.casus_id).count()
    take_in_hand(ander, weg.verder(), weg.casus_id)
    regie = show_casus(ik, weg.nu, weg.casus_id).regie
    assert (regie["naam"], regie["wie"], regie["wie_id"]) == (ik.organisatie, ander.naam, ander.medewerker_id)
    assert Betrokkenheid.objects.filter(casus_id=weg.casus_id).count() == voor
    assert (of_me(ik, weg), of_me(ander, weg)) == (set(), {weg.casus_id})
    g = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="in_handen")
    assert (g.door_id, g.gegevens["wie"], g.gegevens["was"]) == (ander.medewerker_id, ander.naam, str(ik.medewerker_id))


def test_a_second_time_changes_nothing(weg: Wandeling) -> None:
    ander = colleague(weg)
    for _ in range(2):
        take_in_hand(ander, weg.verder(), weg.casus_id)
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="in_handen").count() == 1


def test_it_is_given_to_who_works_here_and_may_see_it(weg: Wandeling) -> None:
    ik, ander, dicht = weg.streek.dienst, colleague(weg), colleague(weg)
    vreemd = weg.streek.actoren["gi"]
    Blokkade.objects.create(
        casus_id=weg.casus_id, medewerker=Medewerker.objects.get(id=dicht.medewerker_id), van=weg.nu, reden="familie"
    )
    assert [id_ for id_, _ in show_hands(ik, weg.nu, weg.casus_id).collegas] == [ander.medewerker_id]
    denkt_mee = colleague(weg, "gedragswetenschapper")
    for wie in (dicht, vreemd, denkt_mee):
        with pytest.raises(OngeldigeInvoer) as nee:
            take_in_hand(ik, weg.verder(), weg.casus_id, wie.medewerker_id)
        assert nee.value.details["fouten"][0][0] == "wie"
    take_in_hand(ik, weg.verder(), weg.casus_id, ander.medewerker_id)
    assert show_hands(ik, weg.nu, weg.casus_id).wie_id == ander.medewerker_id


def test_who_does_not_take_part_or_has_no_casussen_is_refused(weg: Wandeling) -> None:
    with pytest.raises(NietBetrokken):
        take_in_hand(weg.streek.actoren["gi"], weg.nu, weg.casus_id)
    with pytest.raises(NietBetrokken):
        show_hands(weg.streek.actoren["gi"], weg.nu, weg.casus_id)
    beheer = Medewerker.objects.get(id=weg.streek.dienst.medewerker_id)
    with pytest.raises(GeenRecht):
        take_in_hand(
            actor_of(
                beheer, functie(beheer, "beheerder", Organisatie.objects.get(id=weg.streek.dienst.organisatie_id))
            ),
            weg.nu,
            weg.casus_id,
        )


def test_a_partner_says_who_has_its_part(weg: Wandeling) -> None:
    toegang = weg.streek.actoren["toegang"]
    vraag = ask_organisation(
        weg.streek.dienst, weg.verder(), weg.casus_id, "vervolg", toegang.organisatie_id, "Denken jullie mee?"
    )
    answer_offer(toegang, weg.verder(), weg.casus_id, vraag, True)
    take_in_hand(toegang, weg.verder(), weg.casus_id)
    beeld = show_casus(weg.streek.dienst, weg.nu, weg.casus_id)
    assert {o["naam"]: o["wie"] for o in beeld.organisaties}[toegang.organisatie] == toegang.naam
    assert beeld.regie["wie"] == weg.streek.dienst.naam


def test_it_is_taken_back_until_somebody_else_has_it(weg: Wandeling) -> None:
    ik, ander, derde = weg.streek.dienst, colleague(weg), colleague(weg)
    take_in_hand(ander, weg.verder(), weg.casus_id)
    gedaan = just_done(ander, weg.nu, weg.casus_id)
    assert gedaan is not None and gedaan.gegevens["wie"] == ander.naam
    undo(ander, weg.nu, weg.casus_id, gedaan.gebeurtenis_id)
    assert show_hands(ander, weg.nu, weg.casus_id).wie_id == ik.medewerker_id
    take_in_hand(ander, weg.verder(), weg.casus_id)
    tweede = just_done(ander, weg.nu, weg.casus_id)
    take_in_hand(derde, weg.verder(), weg.casus_id)
    assert tweede is not None
    with pytest.raises(NietMeerTerug):
        undo(ander, weg.verder(), weg.casus_id, tweede.gebeurtenis_id)
