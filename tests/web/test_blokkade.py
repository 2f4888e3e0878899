# SPDX-License-Identifier: EUPL-1.2
"""Closing a casus to one person: by himself or by the coordinator; from then on it does not exist for him."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.mensen import actor_of, functie, functie_van, medewerker, organisatie, sign_in
from tests.process.test_show_casus import NACHT, casus
from vangnet.access.models import Betrokkenheid, Blokkade, Logregel, Medewerker
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.conf import clock
from vangnet.process.block_person import (
    NiemandNeemtOver,
    block_by_number,
    block_colleague,
    block_self,
    lift_block,
    show_blocks,
)
from vangnet.process.close_casus import close_casus
from vangnet.process.dispatch_inschatting import decide_crisis
from vangnet.process.find_family import find_family
from vangnet.process.search_casus import find_casus
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer
from vangnet.process.write_note import write_note

pytestmark = pytest.mark.django_db

NU = NACHT + timedelta(hours=1)
REDEN = "Mijn zus is haar buurvrouw."


@pytest.fixture(autouse=True)
def night() -> Iterator[None]:
    with clock.put_at(NU):
        yield


class Toneel:
    """A casus of a service with the worker who leads it, a colleague and a coordinator."""

    def __init__(self) -> None:
        organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
        self.ik, self.id = casus()
        self.mens = Medewerker.objects.get(id=self.ik.medewerker_id)
        self.huis = functie_van(self.mens).organisatie
        self.collega = medewerker("crisismedewerker", self.huis, naam="Bram Collega")
        self.coordinator = medewerker("coordinator", self.huis, naam="Cora Coordinator")

    def client(self, wie: Medewerker) -> Client:
        client = Client()
        sign_in(client, wie)
        return client

    def post(self, client: Client, formulier: str, **velden: Any) -> Any:
        return client.post(f"/casus/{self.id}/stap/blokkade", {"formulier": formulier, **velden})


@pytest.fixture
def t() -> Toneel:
    return Toneel()


def named(casus_id: UUID) -> set[UUID]:
    return set(
        Betrokkenheid.objects.filter(casus_id=casus_id, tot=None, medewerker__isnull=False).values_list(
            "medewerker_id", flat=True
        )
    )


def test_a_person_closes_it_to_himself_and_names_who_goes_on(t: Toneel) -> None:
    client = t.client(t.mens)
    pagina = client.get(f"/casus/{t.id}").content.decode()
    assert f"/casus/{t.id}/stap/blokkade" in pagina
    zonder = t.post(client, "ik", reden=REDEN)
    assert zonder.status_code == 400
    assert REDEN in zonder.content.decode(), "what was typed stays"
    assert "neemt het over" in zonder.content.decode() or "wie het overneemt" in zonder.content.decode()
    assert not Blokkade.objects.exists()
    klaar = t.post(client, "ik", reden=REDEN, overnemer=str(t.collega.pk))
    assert (klaar.status_code, klaar["Location"]) == (303, "/")
    assert named(t.id) == {t.collega.pk}
    assert Casus.objects.get(id=t.id).beeld["regie_wie"] == "Bram Collega"
    for pad in ("", "/print", "/log", "/stap/notitie", "/stap/blokkade", "/versie", "/wie-keek"):
        assert client.get(f"/casus/{t.id}{pad}").status_code == 404, pad
    assert client.post(f"/casus/{t.id}/adres").status_code == 404
    assert Logregel.objects.filter(casus_id=t.id, medewerker_id=t.mens.pk, geslaagd=False).exists()


def test_whoever_is_closed_out_finds_it_nowhere(t: Toneel) -> None:
    nummer = Casus.objects.get(id=t.id).nummer
    bekend = {"telefoon": "0455550199", "achternaam": "Verhulst", "voornaam": "Milan", "geboren": "02-03-2010"}
    ander = actor_of(t.collega)
    voor = [find_casus(ander, NU, nummer), nummer in str(show_board(ander, NU)), find_family(ander, NU, bekend)]
    assert all(voor), voor
    block_colleague(actor_of(t.coordinator), NU, t.id, t.collega.pk, REDEN)
    assert find_casus(ander, NU, nummer) is None
    assert nummer not in str(show_board(ander, NU))
    assert not find_family(ander, NU, bekend)
    client = t.client(t.collega)
    for pad in ("/dienst", "/dienst/bord", "/dienst/overdracht", "/mijn-werk", f"/zoeken?q={nummer}"):
        tekst = client.get(pad).content.decode()
        assert "Milan" not in tekst, pad
        assert str(t.id) not in tekst, pad
    for doe in (lambda: show_casus(ander, NU, t.id), lambda: write_note(ander, NU, t.id, "Zag ik.")):
        with pytest.raises(NietBetrokken):
            doe()
    assert show_casus(actor_of(t.mens), NU, t.id), "nobody else loses anything"


def test_the_coordinator_closes_and_opens_again(t: Toneel) -> None:
    client = t.client(t.coordinator)
    open_pagina = t.client(t.collega)
    assert open_pagina.get(f"/casus/{t.id}").status_code == 200
    assert t.post(client, "collega", wie=str(t.collega.pk), reden=REDEN).status_code == 303
    assert open_pagina.get(f"/casus/{t.id}/versie").status_code == 404, "the page that was open hears it at once"
    scherm = client.get(f"/casus/{t.id}/stap/blokkade").content.decode()
    assert "Bram Collega, gesloten sinds" in scherm
    assert REDEN in scherm
    tijdlijn = client.get(f"/casus/{t.id}").content.decode()
    assert "Dossier gesloten voor een medewerker." in tijdlijn
    assert REDEN not in tijdlijn
    assert t.post(client, "open", wie=str(t.collega.pk)).status_code == 303
    assert not Blokkade.objects.exists()
    assert open_pagina.get(f"/casus/{t.id}").status_code == 200
    regels = Logregel.objects.filter(casus_id=t.id, ding="blokkade", handeling="wijzigen")
    assert {r.toelichting for r in regels} == {f"gesloten voor {t.collega.pk}", f"weer open voor {t.collega.pk}"}
    for g in Gebeurtenis.objects.filter(casus_id=t.id, soort__in=("gesloten_voor", "weer_open_voor")):
        assert "Bram" not in str(g.gegevens) + g.reden
        assert REDEN not in str(g.gegevens) + g.reden


def test_who_may_not_close_it_to_others_does_not(t: Toneel) -> None:
    beeld = show_blocks(actor_of(t.collega), NU, t.id)
    assert (beeld.mag_leggen, beeld.blokkades) == (False, ())
    with pytest.raises(GeenRecht):
        block_colleague(actor_of(t.collega), NU, t.id, t.mens.pk, REDEN, t.coordinator.pk)
    with pytest.raises(NietBetrokken):
        block_colleague(actor_of(medewerker("coordinator")), NU, t.id, t.mens.pk, REDEN)
    vreemd = medewerker("crisismedewerker")
    with pytest.raises(OngeldigeInvoer):
        block_colleague(actor_of(t.coordinator), NU, t.id, vreemd.pk, REDEN)
    assert not Blokkade.objects.exists()


def test_the_only_one_on_duty_does_not_leave_silently(t: Toneel) -> None:
    wacht = {"organisatie": t.huis, "taak": "voorwacht", "van": NACHT, "tot": NACHT + timedelta(hours=8)}
    Dienst.objects.create(medewerker=t.collega, **wacht)
    coordinator = actor_of(t.coordinator)
    assert show_blocks(actor_of(t.collega), NU, t.id).neemt_over
    with pytest.raises(OngeldigeInvoer) as nee:
        block_colleague(coordinator, NU, t.id, t.collega.pk, REDEN)
    assert nee.value.details["fouten"][0][0] == "overnemer"
    Dienst.objects.create(medewerker=t.mens, **wacht)
    block_colleague(coordinator, NU, t.id, t.collega.pk, REDEN)
    # Who is closed out takes nothing over, and the one who is left is now the last.
    with pytest.raises(OngeldigeInvoer):
        block_self(t.ik, NU, t.id, REDEN, t.collega.pk)
    block_self(t.ik, NU, t.id, REDEN, t.coordinator.pk)
    assert named(t.id) == {t.coordinator.pk}
    with pytest.raises(NiemandNeemtOver):
        block_self(coordinator, NU, t.id, REDEN)
    assert Blokkade.objects.count() == 2


def test_twice_is_once_and_bad_input_names_its_field(t: Toneel) -> None:
    coordinator = actor_of(t.coordinator)
    for _ in range(2):
        block_colleague(coordinator, NU, t.id, t.collega.pk, REDEN)
    assert Blokkade.objects.count() == Gebeurtenis.objects.filter(soort="gesloten_voor").count() == 1
    for reden in ("", "   ", "x" * 201):
        with pytest.raises(OngeldigeInvoer) as nee:
            block_colleague(coordinator, NU, t.id, t.mens.pk, reden, t.coordinator.pk)
        assert [f[0] for f in nee.value.details["fouten"]] == ["reden"]
    with pytest.raises(OngeldigeInvoer):
        lift_block(coordinator, NU, t.id, t.mens.pk)
    client = t.client(t.coordinator)
    for velden in ({}, {"wie": "x"}, {"wie": str(t.collega.pk), "overnemer": "' or 1=1"}):
        assert t.post(client, "collega", reden=REDEN, **velden).status_code == 400


def test_a_closed_casus_can_be_closed_to_a_person_too(t: Toneel) -> None:
    decide_crisis(t.ik, NU, t.id, False, "Het is rustig.", "Fatima")
    close_casus(t.ik, NU, t.id, "ja", "ja", "de ouders", "De ouders wilden het zo.")
    block_self(t.ik, NU, t.id, REDEN)
    with pytest.raises(NietBetrokken):
        show_casus(t.ik, NU, t.id)
    assert f"/casus/{t.id}/stap/blokkade" in t.client(t.coordinator).get(f"/casus/{t.id}").content.decode()


@pytest.mark.parametrize("rol", ["fg", "beheerder"])
def test_from_outside_by_number_and_name(t: Toneel, rol: str) -> None:
    """Who sees no casus closes one: by its number, without learning anything of it."""
    toezicht = medewerker(rol)
    client, nummer = t.client(toezicht), Casus.objects.get(id=t.id).nummer
    velden = {"casus": nummer, "wie": t.mens.naam, "reden": REDEN}
    nee = client.post("/beheer/blokkades", velden)
    assert nee.status_code == 400, "he leads it: somebody must take over"
    assert "als enige dienst" in nee.content.decode()
    assert not Blokkade.objects.exists()
    assert client.post("/beheer/blokkades", velden | {"geregeld": "ja"}).status_code == 303
    assert Blokkade.objects.get().reden == REDEN
    assert not named(t.id)
    with pytest.raises(NietBetrokken):
        show_casus(t.ik, NU, t.id)
    scherm = client.get("/beheer/blokkades").content.decode()
    assert nummer in scherm
    assert t.mens.naam in scherm
    assert "Milan" not in scherm
    assert REDEN not in scherm
    assert client.get(f"/casus/{t.id}").status_code == 403
    assert "Dossier gesloten voor een medewerker." in t.client(t.collega).get(f"/casus/{t.id}").content.decode()
    weer = {"casus": nummer, "wie": str(t.mens.pk)}
    assert client.post("/beheer/blokkades/open", weer).status_code == 303
    assert show_casus(t.ik, NU, t.id)
    assert client.post("/beheer/blokkades/open", weer).status_code == 400
    regels = Logregel.objects.filter(casus_id=t.id, ding="blokkade", medewerker_id=toezicht.pk)
    assert regels.filter(handeling="wijzigen").count() == 2
    gezien = regels.filter(handeling="zoeken").order_by("nummer").values_list("toelichting", flat=True)
    assert list(gezien) == [f"in_hand: {t.mens.pk}", f"niet_dicht: {t.mens.pk}"], "an answer about a casus is on record"


def test_nobody_opens_to_himself_what_was_closed_to_him(t: Toneel) -> None:
    """A crisis worker who manages accounts too: as beheerder he does not undo what keeps him out as a worker."""
    beheer = functie(t.mens, "beheerder", organisatie("regio"))
    block_colleague(actor_of(t.coordinator), NU, t.id, t.mens.pk, REDEN, t.collega.pk)
    client = Client()
    sign_in(client, t.mens, beheer)
    weer = {"casus": Casus.objects.get(id=t.id).nummer, "wie": str(t.mens.pk)}
    nee = client.post("/beheer/blokkades/open", weer)
    assert nee.status_code == 400
    assert "voor jou opent een collega haar weer" in nee.content.decode()
    assert Blokkade.objects.exists()
    assert Logregel.objects.filter(casus_id=t.id, handeling="zoeken", medewerker_id=t.mens.pk).exists()


def test_from_outside_bad_input_names_its_field(t: Toneel) -> None:
    fg = actor_of(medewerker("fg"))
    nummer = Casus.objects.get(id=t.id).nummer
    for casus_, wie, reden, veld in (
        ("2024-99999", t.collega.naam, REDEN, "casus"),
        (nummer, "Niemand", REDEN, "wie"),
        (nummer, "", REDEN, "wie"),
        (nummer, t.collega.naam, "", "reden"),
        (nummer, t.collega.naam, "x" * 201, "reden"),
    ):
        with pytest.raises(OngeldigeInvoer) as nee:
            block_by_number(fg, NU, casus_, wie, reden)
        assert [f[0] for f in nee.value.details["fouten"]] == [veld]
    elders = actor_of(medewerker("fg", organisatie("regio", regio="friesland")))
    with pytest.raises(OngeldigeInvoer):
        block_by_number(elders, NU, nummer, t.collega.naam, REDEN)
    with pytest.raises(GeenRecht):
        block_by_number(actor_of(t.coordinator), NU, nummer, t.collega.naam, REDEN)
    assert not Blokkade.objects.exists()
