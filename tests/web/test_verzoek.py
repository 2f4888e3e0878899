# SPDX-License-Identifier: EUPL-1.2
"""The screens of a request of the family: taken in, walked by one, read and released by another; and what leaves the house."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.mensen import medewerker, organisatie, sign_in
from tests.verzoeken import NU, Zaak, fill_with_canaries, zaak
from vangnet.access.models import Logregel, Medewerker
from vangnet.casework.models import Afschrift, Casus, Persoon, Verzoek
from vangnet.conf import clock
from vangnet.process.take_verzoek import decide_request

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.put_at(NU):
        yield


def client_of(wie: Medewerker) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, wie)
    return client


def choices(html: str) -> dict[str, str]:
    """What a browser sends for the walk when nobody touches it."""
    uit = {}
    for naam, opties in re.findall(
        r'<select class="vn-in" id="k\d+" name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        gekozen = re.search(r'value="(\w+)" selected', opties)
        assert gekozen, naam
        uit[naam] = gekozen[1]
    return uit


def released(z: Zaak, verzoek: UUID) -> Client:
    """Walked through the screens by two people."""
    een, twee = client_of(z.mens_een), client_of(z.mens_twee)
    pad = f"/casus/{z.casus_id}/verzoek/{verzoek}"
    velden = choices(een.get(f"{pad}/kiezen").content.decode())
    assert een.post(f"{pad}/kiezen", velden | {"klaar": "ja"}).status_code == 303
    gelezen = re.search(r'name="gelezen" value="(\w+)"', twee.get(f"{pad}/lezen").content.decode())
    assert gelezen
    assert twee.post(f"{pad}/lezen", {"gelezen": gelezen[1]}).status_code == 303
    return een


@pytest.mark.parametrize("geheim", [False, True])
def test_nothing_that_leaves_betrays(geheim: bool) -> None:
    """The crawl: what the father gets as a page and as a file, with headers and all, after nobody chose anything."""
    z = zaak(geheim)
    fill_with_canaries(z)
    verzoek = z.beoordeeld()
    client = released(z, verzoek)
    mag = {"jeugdige.voornaam", "jeugdige.achternaam", "persoon.vader.naam", "persoon.vader.taal"}
    mag |= set() if geheim else {"rto.doelen"}
    for soort in ("afschrift", "bestand"):
        answer = client.get(f"/casus/{z.casus_id}/verzoek/{verzoek}/{soort}")
        assert answer.status_code == 200
        tekst = answer.content.decode() + str(dict(answer.headers))
        gelekt = {waar for woord, waar in z.kanaries.items() if woord in tekst}
        assert gelekt <= mag, soort
        assert "persoon.vader.naam" in gelekt
        assert not re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-", tekst), "no ids, in no attribute"
        assert not re.findall(r"\d\d:\d\d", answer.content.decode()), "days, no times"
        for woord in ("Noor", "Cora", "Fatima", "csrf", "<script", "hidden", "<!--", "2024-05"):
            assert woord not in answer.content.decode(), woord
        assert "no-store" in answer["Cache-Control"]
        assert "Last-Modified" not in answer
        assert "ETag" not in answer
    nummer = f"{Casus.objects.get(id=z.casus_id).nummer}-V1"
    assert answer["Content-Disposition"] == f'attachment; filename="afschrift-{nummer}.json"'
    assert json.loads(answer.content)["verzoek"] == nummer
    regels = Logregel.objects.filter(casus_id=z.casus_id, ding="verzoek")
    assert {"printen", "exporteren"} <= set(regels.values_list("handeling", flat=True))
    namen = str(list(regels.values_list("toelichting", flat=True)))
    assert not [woord for woord in z.kanaries if woord in namen]


def test_the_way_in_from_the_casus_and_wrong_input() -> None:
    z = zaak()
    client = client_of(z.mens_een)
    stap = f"/casus/{z.casus_id}/stap/verzoek"
    assert stap in client.get(f"/casus/{z.casus_id}").content.decode()
    fout = client.post(
        stap, {"formulier": "nieuw", "soort": "alles", "wie": "", "wat": "Ik wil alles.", "ontvangen": "2024-09-09"}
    )
    assert fout.status_code == 400
    tekst = fout.content.decode()
    assert "Ik wil alles." in tekst, "what was typed stays"
    for woord in ("Wat vraagt het gezin?", "Wanneer kwam het binnen?", "een dag die geweest is"):
        assert woord in tekst
    id_ = str(uuid4())
    goed = {"formulier": "nieuw", "verzoek": id_, "soort": "afschrift", "wie": str(z.vader), "ontvangen": "2024-06-03"}
    for _keer in range(2):
        assert client.post(stap, goed).status_code == 303
    assert Verzoek.objects.count() == 1
    pad = f"/casus/{z.casus_id}/verzoek/{id_}"
    assert pad in client.get(stap).content.decode()
    for naam, velden, bij in (
        ("identiteit", {"identiteit": "ooit", "mag": ""}, "Hoe weet je wie vraagt?"),
        ("besluit", {"besluit": "geweigerd", "was": ""}, "Bij weigeren: op welke grond?"),
        ("verleng", {"reden": ""}, "Waarom duurt het langer?"),
    ):
        fout = client.post(pad, {"formulier": naam, **velden})
        assert fout.status_code == 400, naam
        assert bij in fout.content.decode()
    assert client.post(pad, {"formulier": "klaar", "hoe": "Post."}).status_code == 409
    assert client.post(pad, {"formulier": "bestaat niet"}).status_code == 404
    assert client.post(f"{pad}/kiezen", {"k:x": "geven"}).status_code == 409, "first who asks"
    assert client.get(f"{pad}/afschrift").status_code == 409
    vreemd = client_of(medewerker("crisismedewerker"))
    for einde in ("", "/kiezen", "/lezen", "/afschrift", "/bestand"):
        assert vreemd.get(pad + einde).status_code == 404
    lijst = client.get("/mijn-werk/verzoeken").content.decode()
    assert pad in lijst
    assert pad in client.get("/mijn-werk").content.decode()


def test_who_chose_is_refused_and_a_secret_is_never_given() -> None:
    z = zaak(geheim=True)
    Persoon.objects.filter(id=z.vader).update(opmerking="Zoekt haar in wielewaaldorp.")
    verzoek = z.beoordeeld()
    pad = f"/casus/{z.casus_id}/verzoek/{verzoek}"
    een = client_of(z.mens_een)
    pagina = een.get(f"{pad}/kiezen").content.decode()
    assert "hier is een adres geheim" in pagina
    assert "wielewaaldorp" not in pagina.lower(), "the walk does not repeat it either"
    velden = choices(pagina)
    naam = next(n for n in velden if n.startswith(f"k:persoon.{z.vader}.opmerking"))
    for kapot in ({"k:x": "geven"}, {"k:x:y": "geven"}, {naam: "misschien"}):
        assert een.post(f"{pad}/kiezen", kapot).status_code == 400
    fout = een.post(f"{pad}/kiezen", velden | {naam: "geven", "klaar": "ja"})
    assert fout.status_code == 409
    assert "nooit mee" in fout.content.decode()
    assert een.post(f"{pad}/kiezen", velden | {"klaar": "ja"}).status_code == 303
    lezen = een.get(f"{pad}/lezen").content.decode()
    assert 'value="vrijgeven"' not in lezen
    assert een.post(f"{pad}/lezen", {"gelezen": "x"}).status_code == 409
    assert not Afschrift.objects.exists()
    assert client_of(z.mens_twee).post(f"{pad}/lezen", {"gelezen": "x"}).status_code == 409
    assert client_of(z.mens_twee).post(f"{pad}/lezen", {"formulier": "terug", "reden": ""}).status_code == 400


def at_once(*posts: tuple[Client, str, dict[str, str]]) -> list[int]:
    """Send these at the same moment; the statuses."""
    start = Barrier(len(posts))

    def send(post: tuple[Client, str, dict[str, str]]) -> int:
        try:
            start.wait(5)
            return post[0].post(post[1], post[2]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return sorted(pool.map(send, posts))


def test_two_at_once_release_one_copy_and_take_one_decision() -> None:
    z = zaak()
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    pad = f"/casus/{z.casus_id}/verzoek/{verzoek}"
    derde = medewerker("crisismedewerker", z.huis)
    twee, drie = client_of(z.mens_twee), client_of(derde)
    gelezen = re.search(r'name="gelezen" value="(\w+)"', twee.get(f"{pad}/lezen").content.decode())
    assert gelezen
    velden = {"gelezen": gelezen[1]}
    assert at_once((twee, f"{pad}/lezen", velden), (drie, f"{pad}/lezen", velden)) == [303, 409]
    assert Afschrift.objects.count() == 1
    ander = z.vraagt("correctie", wat="Klopt niet.")
    pad = f"/casus/{z.casus_id}/verzoek/{ander}"
    nee = {"formulier": "besluit", "was": "", "besluit": "geweigerd", "grond": "klopt", "reden": "Het klopt."}
    weg = {"formulier": "besluit", "was": "", "besluit": "ingetrokken"}
    assert at_once((twee, pad, nee), (drie, pad, weg)) == [303, 409]


def test_the_privacy_officer_sees_numbers_late_first_and_judges_destruction() -> None:
    z = zaak()
    fg = medewerker("fg", organisatie("regio", naam="De regio"))
    z.vraagt("inzage", ontvangen=NU.date())
    wissen = z.vraagt("vernietiging", wie=z.vader)
    decide_request(z.een, NU, z.casus_id, wissen, "geweigerd", "loopt", "Milan is nog niet veilig.")
    client = client_of(fg)
    tekst = client.get("/beheer/verzoeken").content.decode()
    nummer = Casus.objects.get(id=z.casus_id).nummer
    assert tekst.index(f"{nummer}-V1") < tekst.index(f"{nummer}-V2"), "what is due first stands first"
    for woord in ("Milan", "Verhulst", "Dennis", "nog niet veilig", str(z.casus_id), "Heerlen"):
        assert woord not in tekst
    pad = f"/beheer/verzoeken/{wissen}"
    assert client.post(pad, {"besluit": "geweigerd", "grond": "loopt"}).status_code == 400
    assert client.post(pad, {"besluit": "toegewezen", "grond": "", "akkoord": "ja"}).status_code == 409
    assert client.post(pad, {"besluit": "geweigerd", "grond": "loopt", "akkoord": "ja"}).status_code == 303
    assert Verzoek.objects.get(id=wissen).fg_akkoord
    assert client_of(z.mens_een).get("/beheer/verzoeken").status_code == 403
    assert client.get("/mijn-werk/verzoeken").status_code == 403
