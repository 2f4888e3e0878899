# SPDX-License-Identifier: EUPL-1.2
"""What nobody may miss on a casus: danger at the door on top, what is still open before closing, whose order it is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.mensen import sign_in
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Medewerker
from vangnet.conf import clock
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.start_crisiszorg import choose_inzet

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """In Noord- en Midden-Limburg, on the way to a home with danger."""
    weg = nieuwe_casus(streek("noord-en-midden-limburg"))
    depart(weg.streek.dienst, weg.verder(), weg.casus_id, "Bram", gevaar="loslopende hond")
    return weg


def pagina(client: Client, weg: Wandeling, pad: str = "") -> str:
    with clock.put_at(weg.nu):
        sign_in(client, Medewerker.objects.get(id=weg.streek.dienst.medewerker_id))
        antwoord = client.get(f"/casus/{weg.casus_id}{pad}")
    assert antwoord.status_code == 200
    return antwoord.content.decode()


@pytest.mark.parametrize("pad", ["", "/print"])
def test_danger_at_the_door_stands_on_top(client: Client, weg: Wandeling, pad: str) -> None:
    assert "Gevaar aan de deur:</b> loslopende hond" in pagina(client, weg, pad)


def test_closing_names_what_is_still_open(client: Client, weg: Wandeling) -> None:
    arrive(weg.streek.dienst, weg.verder(), weg.casus_id)
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, False, "Rustig.")
    tekst = pagina(client, weg, "/stap/afsluiten")
    assert "Dit staat nog open" in tekst
    assert "Meld dat je veilig weg bent" in tekst or "signaal" in tekst


def test_the_answer_that_is_waited_for_is_the_first_form(client: Client, weg: Wandeling) -> None:
    arrive(weg.streek.dienst, weg.verder(), weg.casus_id)
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    aanbieder = weg.streek.actoren["zorgaanbieder"].organisatie_id
    inzet = choose_inzet(weg.streek.dienst, weg.verder(), weg.casus_id, "ambulante_spoedhulp", weg.kind_id, aanbieder)
    tekst = pagina(client, weg, f"/stap/aanbod?ding={inzet}")
    assert tekst.index("antwoordt per telefoon") < tekst.index("Vraag een organisatie")


def test_where_the_source_is_silent_the_order_is_ours(client: Client) -> None:
    tekst = {}
    for regio in ("zuid-limburg", "noord-en-midden-limburg"):
        weg = nieuwe_casus(streek(regio))
        decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
        tekst[regio] = pagina(client, weg, "/stap/inzet")
    assert "Deze volgorde is een keuze van Vangnet" in tekst["zuid-limburg"], "ZL-24 names no order"
    assert "Deze volgorde is een keuze van Vangnet" not in tekst["noord-en-midden-limburg"], "ICJ-24 does"
