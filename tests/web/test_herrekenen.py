# SPDX-License-Identifier: EUPL-1.2
"""The page Termijnen herrekenen, what the page of closing days says about it, and what a changed fact says that it moved."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.mensen import actor_of, medewerker, organisatie, sign_in
from vangnet.access.models import Medewerker, Sluitingsdag
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.conf import clock
from vangnet.messages.models import Bericht
from vangnet.process.keep_fields import save_field
from vangnet.process.take_melding import begin_melding

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

NU = datetime.fromisoformat("2024-06-05T10:00:00+02:00")


def scene(aantal: int = 1) -> tuple[Medewerker, Medewerker, list[UUID]]:
    """A coordinator with open casussen of Simpelveld in crisis, and who files the closing days of Simpelveld."""
    ik = medewerker("coordinator", organisatie("crisisdienst"), naam="Coen Janssen")
    toegang = organisatie("toegang", naam="Toegang Simpelveld", gemeente="Simpelveld")
    casussen = []
    for _ in range(aantal):
        velden = {"gemeente": "Simpelveld", "melding.melder": "politie", "triage.direct_onveilig": "ja"}
        velden |= {f"jeugdige.{uuid4()}.voornaam": "Zonnebloem"}
        casus = begin_melding(actor_of(ik), NU, uuid4(), velden).casus_id
        for veld, waarde in (("inschatting.op", NU.isoformat()), ("inschatting.crisis", "ja")):
            save_field(actor_of(ik), NU + timedelta(minutes=5), casus, veld, waarde)
        casussen.append(casus)
    return ik, medewerker("toegangsmedewerker", toegang), casussen


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content
    inhoud = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(inhoud.decode())


def test_from_a_closing_day_to_moved_deadlines(client: Client) -> None:
    ik, zij, (casus, ander) = scene(2)
    nummer = Casus.objects.get(id=casus).nummer
    with clock.put_at(NU + timedelta(minutes=10)):
        sign_in(client, zij)
        Sluitingsdag.objects.create(
            organisatie=actor_org(zij), datum="2024-06-10", gemeld_op="2024-01-10", door=zij
        )  # Filed in time: what is filed now counts only when the region says so.
        sign_in(client, ik)
        eerst = text(client.get("/beheer/termijnen"))
        assert "Alles klopt" in eerst and "Herreken" not in eerst.partition("<form")[2]
        Sluitingsdag.objects.create(organisatie=actor_org(zij), datum="2024-06-06", gemeld_op="2024-01-10", door=zij)
        kijk = text(client.get("/beheer/termijnen"))
        for woorden in ("2 termijnen veranderen", "Herreken 2 casussen", nummer, "do 6 juni 2024", "vr 7 juni 2024"):
            assert woorden in kijk
        assert "Zonnebloem" not in kijk, "numbers, no names"
        assert "2 termijnen veranderen" in kijk
        te_lang = text(client.post("/beheer/termijnen/herrekenen", {"reden": "x" * 301}), 400)
        assert 'id="reden-fout"' in te_lang and not Gebeurtenis.objects.filter(soort="herrekend_rto").exists()
        klaar = text(client.post("/beheer/termijnen/herrekenen", {"vanaf": "0", "reden": "sluitingsdag 6 juni"}))
        assert "Klaar: 2 casussen herrekend" in klaar and "2 termijnen veranderden" in klaar
        assert "Alles klopt" in text(client.get("/beheer/termijnen"))
        verloop = text(client.get(f"/casus/{ander}"))
        assert (
            "sluitingsdag 6 juni" in verloop or Gebeurtenis.objects.filter(casus=ander, soort="herrekend_rto").exists()
        )
        assert text(client.get("/beheer/termijnen?vanaf=zes&nieuwste=ja"))
        assert text(client.get("/beheer/termijnen?vanaf=900"))


def test_who_takes_back_a_closing_day_hears_that_deadlines_change(client: Client) -> None:
    ik, zij, _ = scene()
    with clock.put_at(NU + timedelta(minutes=10)):
        dag = Sluitingsdag.objects.create(
            organisatie=actor_org(zij), datum="2024-06-06", gemeld_op="2024-01-10", door=zij
        )
        sign_in(client, ik)
        text(client.post("/beheer/termijnen/herrekenen"))
        sign_in(client, zij)
        assert client.post(f"/beheer/sluitingsdagen/{dag.pk}/intrekken", {"jaar": "2024"}).status_code == 303
        terug = text(client.get("/beheer/sluitingsdagen?jaar=2024"))
        assert "1 termijn van een open casus verandert hierdoor" in terug
        assert client.get("/beheer/termijnen").status_code == 403
    # Only a coordinator lets them move: his service is told, without a word of a family.
    (brief,) = Bericht.objects.all()
    assert (brief.soort, brief.gegevens) == ("herrekenen", {"aantal": "1"})


def actor_org(wie: Medewerker) -> Any:
    """Where somebody works."""
    return wie.functies.get().organisatie


@pytest.mark.parametrize("breed", [1440, 390])
def test_the_pages_look_right_and_axe_finds_nothing(
    new_page: Callable[..., Page], axe: Callable[[Page], None], breed: int
) -> None:
    ik, zij, _ = scene(2)
    with clock.put_at(NU + timedelta(minutes=10)):
        Sluitingsdag.objects.create(organisatie=actor_org(zij), datum="2024-06-06", gemeld_op="2024-01-10", door=zij)
        page = new_page(viewport={"width": breed, "height": 900})
        page.goto("/afspraken")
        sign_in(page, ik)

        def look(name: str) -> None:
            axe(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} is {wide} px too wide"
            if folder := os.environ.get("VANGNET_BEELDEN"):
                page.screenshot(path=str(Path(folder) / f"termijnen-{name}-{breed}.png"), full_page=True)

        page.goto("/beheer/termijnen")
        look("verschil")
        page.get_by_label("Waarom").fill("sluitingsdag Simpelveld")
        page.get_by_role("button", name="Herreken 2 casussen").click()
        page.get_by_text("Klaar: 2 casussen herrekend").wait_for()
        look("klaar")


def test_who_puts_a_fact_right_reads_which_deadline_moved(client: Client) -> None:
    ik, zij, (casus,) = scene()
    with clock.put_at(NU + timedelta(minutes=10)):
        Sluitingsdag.objects.create(organisatie=actor_org(zij), datum="2024-06-07", gemeld_op="2024-01-10", door=zij)
        sign_in(client, ik)
        gemeente = {"formulier": "gemeente", "gemeente": "Heerlen", "reden": "woont daar toch niet"}
        assert client.post(f"/casus/{casus}/stap/herstel", gemeente).status_code == 303
        Sluitingsdag.objects.create(organisatie=actor_org(zij), datum="2024-06-06", gemeld_op="2024-01-10", door=zij)
        terug = gemeente | {"gemeente": "Simpelveld"}
        assert client.post(f"/casus/{casus}/stap/herstel", terug).status_code == 303
        assert "RTO: was do 6 juni 2024, is nu ma 10 juni 2024." in text(client.get(f"/casus/{casus}"))
        Sluitingsdag.objects.filter(datum="2024-06-06").update(ingetrokken_op=NU)
        veld = client.post(f"/casus/{casus}/veld", {"pad": "triage.toelichting", "waarde": "rustig"})
        assert veld.json()["termijnen"] == ["RTO: was ma 10 juni 2024, is nu do 6 juni 2024."]
