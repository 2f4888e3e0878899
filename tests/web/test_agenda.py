# SPDX-License-Identifier: EUPL-1.2
"""The calendar feed as another program reads it: its address, its form, its silence about families, and its end."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from icalendar import Calendar

from tests.mensen import actor_of, functie_van, medewerker, organisatie, sign_in
from tests.process.test_show_board import NACHT, melding
from vangnet.access import tegoed
from vangnet.access.models import Agendasleutel, Functie, Logregel, Medewerker
from vangnet.access.sessieopslag import SessionStore
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Casus, Rto
from vangnet.conf import clock

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)
DAG = timedelta(days=1)


@pytest.fixture
def iris() -> Medewerker:
    huis = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    iris = medewerker("crisismedewerker", huis, naam="Iris Custers")
    melding(actor_of(iris))
    casus = Casus.objects.get()
    Rto.objects.create(casus=casus, gepland_op=NACHT + 40 * UUR, waar="Zaal Boomklever")
    Dienst.objects.create(organisatie=huis, medewerker=iris, taak="voorwacht", van=NACHT - UUR, tot=NACHT + 7 * UUR)
    return iris


def made(client: Client, iris: Medewerker, maanden: str = "6") -> str:
    """The path of a new address."""
    sign_in(client, iris)
    page = client.post("/account/agenda", {"maanden": maanden}).content.decode()
    client.cookies.clear()
    return urlsplit(page.partition('id="adres"')[2].partition(">")[2].partition("<")[0]).path


def test_another_program_reads_it(client: Client, iris: Medewerker) -> None:
    with clock.put_at(NACHT):
        pad = made(client, iris)
        antwoord = client.get(pad)
        assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert "no-store" in antwoord["Cache-Control"] and "Set-Cookie" not in antwoord
        ruw = antwoord.content
        assert ruw.count(b"\n") == ruw.count(b"\r\n") and ruw.endswith(b"END:VCALENDAR\r\n")
        assert max(map(len, ruw.split(b"\r\n"))) <= 75, "long lines are folded"
        kalender = Calendar.from_ical(ruw)
        assert "nummers of plaatsen. Een agenda kijkt" in str(kalender["x-wr-caldesc"]), "and unfold to what they were"
        punten = {str(e["summary"]): e for e in kalender.walk("VEVENT")}
        rto, dienst = punten["Vangnet: RTO"], punten["Vangnet: dienst"]
        assert rto["dtstart"].dt == NACHT + 40 * UUR and rto["dtend"].dt == NACHT + 41 * UUR
        assert (dienst["dtstart"].dt, dienst["dtend"].dt) == (NACHT - UUR, NACHT + 7 * UUR)
        assert rto["dtstart"].to_ical().endswith(b"Z") and isinstance(rto["dtstamp"].dt, datetime)
        assert str(rto["url"]).endswith(f"/casus/{Casus.objects.get().id}")
        hele = next(e for e in kalender.walk("VEVENT") if not isinstance(e["dtstart"].dt, datetime))
        assert hele["dtend"].dt - hele["dtstart"].dt == DAG and hele["transp"] == "TRANSPARENT"
        for woord in (b"Milan", b"Verhulst", b"Heerlen", b"Boomklever", Casus.objects.get().nummer.encode(), b"Iris"):
            assert woord not in ruw
        assert client.get(pad, headers={"If-None-Match": antwoord["ETag"]}).status_code == 304
        assert client.head(pad).status_code == 200 and client.post(pad).status_code == 405
        uids = sorted(str(e["uid"]) for e in kalender.walk("VEVENT"))
        assert len(set(uids)) == len(uids) and not any(str(Rto.objects.get().id) in uid for uid in uids)
        Rto.objects.update(gepland_op=NACHT + 50 * UUR)
        Casus.objects.update(versie=99)
    with clock.put_at(NACHT + UUR):
        straks = client.get(pad, headers={"If-None-Match": antwoord["ETag"]})
        assert straks.status_code == 200 and straks["ETag"] != antwoord["ETag"]
        verzet = next(e for e in Calendar.from_ical(straks.content).walk("VEVENT") if e["summary"] == "Vangnet: RTO")
        assert (verzet["uid"], verzet["dtstart"].dt) == (rto["uid"], NACHT + 50 * UUR)
        assert verzet["sequence"] > rto["sequence"]
        Rto.objects.update(vervallen_op=NACHT)
        assert b"Vangnet: RTO" not in client.get(pad).content


def test_reading_is_a_line_an_hour_that_says_how_often(client: Client, iris: Medewerker) -> None:
    regels = Logregel.objects.filter(ding="agenda", handeling="inzien").order_by("op")
    with clock.put_at(NACHT) as hand:
        pad = made(client, iris)
        for _ in range(4):
            client.get(pad)
            hand.advance(timedelta(minutes=10))
        assert regels.count() == 1 and regels[0].medewerker_id == iris.pk
        hand.advance(UUR)
        client.get(pad)
        assert [r.toelichting.partition("; ")[2] for r in regels] == [
            "",
            "sinds de vorige regel 3 keer zonder eigen regel",
        ]
        sign_in(client, iris)
        assert "Laatst gelezen" in client.get("/account").content.decode()


def test_every_way_in_which_it_ends_looks_the_same(client: Client, iris: Medewerker, caplog: Any) -> None:
    with clock.put_at(NACHT):
        pad = made(client, iris, "3")
        geheim = pad.removeprefix("/agenda/").removesuffix(".ics")
        sleutel = Agendasleutel.objects.get()
        assert sleutel.geheim == hashlib.sha256(geheim.encode()).hexdigest(), "only a hash is kept"
        fout = client.get("/agenda/" + "x" * 43 + ".ics")
        assert (fout.status_code, fout["Content-Type"]) == (404, "text/plain; charset=utf-8")
        for einde in (
            lambda: Functie.objects.filter(medewerker=iris).update(tot=NACHT),
            lambda: Medewerker.objects.update(is_active=False),
            lambda: Medewerker.objects.update(sessienummer=9),
            lambda: Agendasleutel.objects.update(ingetrokken_op=NACHT),
            lambda: functie_van(iris).organisatie.__class__.objects.update(actief=False),
        ):
            voor = [list(m.objects.values()) for m in (Functie, Medewerker, Agendasleutel)]
            einde()
            tegoed.Tegoed.objects.all().delete()
            with caplog.at_level(logging.WARNING):
                weg = client.get(pad)
            assert (weg.status_code, weg.content) == (404, fout.content)
            assert geheim not in caplog.text
            for model, rijen in zip((Functie, Medewerker, Agendasleutel), voor, strict=True):
                for rij in rijen:
                    model.objects.filter(pk=rij["id"]).update(**rij)
        functie_van(iris).organisatie.__class__.objects.update(actief=True)
        assert client.get(pad).status_code == 200
        assert client.get("/agenda/kort.ics").content == fout.content
        nieuw = made(client, iris)
        assert client.get(pad).status_code == 404 and client.get(nieuw).status_code == 200, "a new one ends the old"
        sign_in(client, iris)
        assert client.post("/account/agenda_weg".replace("_", "/")).status_code == 302
        client.cookies.clear()
        assert client.get(nieuw).status_code == 404
    with clock.put_at(NACHT):
        laatste = made(client, iris, "3")
        assert client.get(laatste).status_code == 200
    with clock.put_at(NACHT + 92 * DAG):
        assert client.get(laatste).status_code == 404
    assert not Logregel.objects.filter(toelichting__contains=geheim).exists()


def test_it_is_slowed_and_keeps_no_session_awake(client: Client, iris: Medewerker) -> None:
    with clock.put_at(NACHT) as hand:
        pad = made(client, iris)
        sleutel = sign_in(client, iris)
        hand.advance(timedelta(minutes=2))
        voor = SessionStore(sleutel).load()
        assert client.cookies[settings.SESSION_COOKIE_NAME].value == sleutel
        antwoorden = [client.get(pad).status_code for _ in range(32)]
        assert antwoorden[:30] == [200] * 30 and antwoorden[30:] == [429] * 2
        assert SessionStore(sleutel).load() == voor, "asking it with a cookie wakes nobody"
        fouten = [client.get(f"/agenda/{n:043}.ics") for n in range(12)]
        assert [f.status_code for f in fouten] == [404] * 10 + [429] * 2 and "Retry-After" in fouten[-1]


def test_an_address_is_made_by_choice_and_goes_with_its_function(client: Client, iris: Medewerker) -> None:
    with clock.put_at(NACHT):
        sign_in(client, iris)
        assert "drie, zes of twaalf maanden" in client.post("/account/agenda", {"maanden": "7"}).content.decode()
        assert not Agendasleutel.objects.exists()
        assert "geldt tot" not in client.get("/account").content.decode()
        made(client, iris)
        assert Agendasleutel.objects.get().geldig_tot - NACHT.astimezone(UTC) == 182 * DAG
        with connection.cursor() as cursor:
            cursor.execute("delete from access_functie where medewerker_id = %s", [iris.pk])
        assert not Agendasleutel.objects.exists(), "what erases an account is not held up by it"
