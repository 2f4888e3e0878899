# SPDX-License-Identifier: EUPL-1.2
"""A message that did not arrive is a red task on the board and in what waits, until somebody says that he arranges it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.mensen import medewerker, organisatie, sign_in
from tests.rollen import as_application
from vangnet.access.models import Logregel, Medewerker, Organisatie, Rol, Soort
from vangnet.conf import clock
from vangnet.messages import outbox
from vangnet.messages.models import MISLUKT, VERSTUURD, Bericht
from vangnet.messages.outbox import Poststuk

NACHT = datetime(2024, 5, 17, 1, 13, tzinfo=UTC)


def failed(
    huis: Organisatie, sleutel: str = "a", kanaal: str = "sein", aan: str = "+31612345678", **anders: Any
) -> Bericht:
    stuk = Poststuk(kanaal, aan, "alarm", huis.pk, huis.regio, sleutel, {})
    bericht = outbox.put(stuk, NACHT)
    velden = {"toestand": MISLUKT, "fout": "geen_antwoord", "pogingen": 5, "klaar_op": NACHT} | anders
    Bericht.objects.filter(id=bericht.id).update(**velden)
    return bericht


@pytest.fixture
def huis() -> Organisatie:
    return organisatie(Soort.CRISISDIENST, naam="Crisisdienst Proef")


@pytest.fixture
def noor(huis: Organisatie) -> Medewerker:
    return medewerker(Rol.CRISISMEDEWERKER, huis, naam="Noor")


@pytest.mark.django_db
def test_it_is_red_on_the_board_until_somebody_takes_it_over(
    client: Client, huis: Organisatie, noor: Medewerker
) -> None:
    bericht = failed(huis)
    with clock.put_at(NACHT + timedelta(minutes=1)):
        sign_in(client, noor)
        for adres in ("/dienst", "/dienst/bord", "/mijn-werk"):
            assert (
                "aangekomen: bel zelf" in (tekst := client.get(adres).content.decode())
                or "kwam niet aan: bel zelf" in tekst
            )
        tekst = client.get("/dienst", headers={"X-Achtergrond": "1"}).content.decode()
        assert 'href="tel:+31612345678"' in tekst and "geen antwoord op tijd (5 pogingen)" in re.sub(r"\s+", " ", tekst)
        antwoord = client.post(f"/mijn-werk/bericht/{bericht.id}", {"naar": "dienst"})
        assert (antwoord.status_code, antwoord.headers["Location"]) == (303, "/dienst")
        assert client.post(f"/mijn-werk/bericht/{bericht.id}", {}).status_code == 303, "a double click is no fault"
        assert "bel zelf" not in client.get("/dienst").content.decode()
    bericht.refresh_from_db()
    assert (bericht.geregeld_door_id, bericht.geregeld_op) == (noor.pk, NACHT + timedelta(minutes=1))
    assert Logregel.objects.filter(handeling="regelen", ding="bericht", medewerker_id=noor.pk).count() == 1


@pytest.mark.django_db
def test_another_organisation_neither_sees_nor_takes_it(client: Client, huis: Organisatie, noor: Medewerker) -> None:
    bericht = failed(huis)
    ander = medewerker(Rol.CRISISMEDEWERKER, organisatie(Soort.CRISISDIENST, naam="Een andere dienst"))
    with clock.put_at(NACHT):
        sign_in(client, ander)
        assert "bel zelf" not in client.get("/dienst").content.decode()
        assert client.post(f"/mijn-werk/bericht/{bericht.id}").status_code == 409
    bericht.refresh_from_db()
    assert bericht.geregeld_op is None


@pytest.mark.django_db
def test_who_took_it_over_first_keeps_it(client: Client, huis: Organisatie, noor: Medewerker) -> None:
    bericht = failed(huis)
    with clock.put_at(NACHT):
        for wie, status in ((noor, 303), (medewerker(Rol.COORDINATOR, huis), 409)):
            sign_in(client, wie)
            assert client.post(f"/mijn-werk/bericht/{bericht.id}").status_code == status
    bericht.refresh_from_db()
    assert bericht.geregeld_door_id == noor.pk


@pytest.mark.django_db
def test_an_organisation_without_a_board_sees_it_in_what_waits(client: Client) -> None:
    toegang = organisatie(Soort.TOEGANG, naam="Toegang Proef", postbus="post@toegang.example", telefoon="045 555 01 77")
    failed(toegang, kanaal="mail", aan="post@toegang.example")
    with clock.put_at(NACHT):
        sign_in(client, medewerker(Rol.TOEGANGSMEDEWERKER, toegang))
        tekst = client.get("/mijn-werk").content.decode()
    assert "bel zelf" in tekst and "Toegang Proef" in tekst and 'href="tel:0455550177"' in tekst


@pytest.mark.django_db
def test_one_that_waits_too_long_says_that_the_sender_stands_still(
    client: Client, huis: Organisatie, noor: Medewerker
) -> None:
    bericht = failed(huis, toestand="wacht", klaar_op=None, fout="")
    failed(huis, "b", toestand=VERSTUURD)
    with clock.put_at(NACHT + timedelta(minutes=3)):
        sign_in(client, noor)
        tekst = client.get("/dienst").content.decode()
        assert tekst.count("bel zelf") == 1 and "Bericht nog niet weg" in tekst and "Ik regel het" not in tekst
        assert client.post(f"/mijn-werk/bericht/{bericht.id}").status_code == 409
    with clock.put_at(NACHT + timedelta(seconds=90)):
        sign_in(client, noor)
        assert "bel zelf" not in client.get("/dienst").content.decode()


@pytest.mark.django_db
def test_nobody_of_the_board_can_write_a_message_past_the_register(huis: Organisatie) -> None:
    with as_application(), pytest.raises(ValueError, match="register"):
        outbox.put(Poststuk("mail", "a@b.nl", "alarm", huis.pk, huis.regio, "k", {"kind": "Bo"}), NACHT)


@pytest.mark.django_db(transaction=True)
def test_a_red_task_fits_and_reads_well(new_page: Callable[..., Any], axe: Callable[[Any], None]) -> None:
    huis = organisatie(Soort.CRISISDIENST, naam="Crisisdienst Proef")
    noor = medewerker(
        Rol.CRISISMEDEWERKER,
        huis,
        naam="Noor",
        email="noor.met-een-lange-naam@crisisdienst-proef.example",
        telefoon="06 1234 5678",
    )
    failed(huis)
    failed(huis, "b", kanaal="mail", aan=noor.email, fout="geweigerd", pogingen=1)
    for breed in (1440, 390):
        page = new_page(viewport={"width": breed, "height": 900})
        sign_in(page, noor)
        for adres in ("/dienst", "/mijn-werk"):
            page.goto(adres)
            assert page.get_by_role("button", name="Ik regel het").count() == 2
            assert page.evaluate("document.documentElement.scrollWidth") <= breed
            axe(page)
    page.get_by_role("button", name=re.compile("Ik regel het .*12345678")).click()
    page.get_by_text("Je regelt het zelf.").wait_for()
    assert page.get_by_role("button", name="Ik regel het").count() == 1
