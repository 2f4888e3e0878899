# SPDX-License-Identifier: EUPL-1.2
"""The world of the demo: filled through the use cases, all or nothing, and a night shift that ticks itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.mensen import actor_of
from vangnet.access.accounts import is_demo, mark_as_demo
from vangnet.access.models import Betrokkenheid, Functie, Koppeling, Medewerker, Organisatie, Rol, Soort
from vangnet.capacity.models import Dienst, Dienstoverdracht
from vangnet.casework.models import Adres, Casus, Gebeurtenis
from vangnet.casework.stand import STANDEN
from vangnet.cli import main as command_line
from vangnet.cli.demo_world import fill
from vangnet.cli.demo_world.world import MAP, REGIOS, Wereld, build_world, lees
from vangnet.conf import clock
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.close_casus import close_casus
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart, leave_home
from vangnet.process.dossier import read_dossier
from vangnet.process.plan_rto import Rtoverslag, hold_rto, plan_rto
from vangnet.process.show_bewaren import show_bewaren
from vangnet.process.show_walk import PLAN, show_walk
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, set_sleeping_place
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields

AVOND = datetime.fromisoformat("2026-11-22T19:40:00+01:00")
EIGEN = Path(__file__).resolve().parents[2] / "demo" / "regios"


def niets(*_: Any) -> None:
    """No progress."""


@pytest.mark.django_db
def test_a_region_is_filled_through_the_use_cases(settings: Any) -> None:
    settings.VANGNET_EIGEN = EIGEN
    aantal = fill.fill_region("lekstroom", AVOND, niets)
    assert aantal == fill.AANTAL["lekstroom"] == Casus.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # exactly one organisation leads each open casus
    open_ = Casus.objects.filter(gesloten_op=None)
    leiders = Betrokkenheid.objects.filter(deel="regie", tot=None)
    assert leiders.count() == open_.count() == 9
    assert set(Casus.objects.values_list("uitkomst", flat=True)) >= {
        "",
        "consult",
        "verwijzing",
        "geen_crisis",
        "afgesloten",
    }
    overdracht = Dienstoverdracht.objects.get()
    assert overdracht.ontvangen_op is not None and AVOND - timedelta(hours=8) < overdracht.ontvangen_op < AVOND
    assert {r.kant for r in overdracht.regels.all()} == {"geeft", "neemt"}
    assert overdracht.regels.exclude(opmerking="").count() == 2
    standen = {c.beeld["stand"] for c in open_}
    assert standen >= {"melding", "onderweg", "ter_plaatse", "hulp_kiezen", "hulp", "vervolg"} and standen <= set(
        STANDEN
    )
    assert not Casus.objects.filter(begonnen_op__gt=AVOND) and not Gebeurtenis.objects.filter(ingevoerd_op__gt=AVOND)
    assert Casus.objects.filter(begonnen_op__lt=AVOND - timedelta(days=200)).exists()
    fg = actor_of(Medewerker.objects.get(functies__rol="fg"))
    bewaren = show_bewaren(fg, AVOND)
    assert bewaren.rijp >= 1 and len(bewaren.stops) == len(bewaren.opdrachten) == 1
    mensen = Medewerker.objects.filter(koppeling__isnull=True)
    assert all(e.endswith("@voorbeeld.test") for e in mensen.values_list("email", flat=True))
    (sleutel,) = Koppeling.objects.all()
    assert sleutel.bevestigd_op is None and sleutel.door is not None, "it waits for the coordinator"
    assert is_demo()
    assert fill.fill_region("lekstroom", AVOND, niets) == 0 and Casus.objects.count() == aantal


@pytest.mark.django_db
def test_a_filling_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(regio: str, gedaan: int, totaal: int) -> None:
        if gedaan == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill.fill_region("lekstroom", AVOND, stop)
    assert not Organisatie.objects.exists() and not Casus.objects.exists() and not is_demo()


@pytest.mark.django_db
@pytest.mark.parametrize("regio", REGIOS)
def test_every_region_has_people_of_every_function(regio: str) -> None:
    wereld = build_world(regio, AVOND)
    rollen = {a.rol for rij in wereld.actoren.values() for a in rij}
    assert rollen == set(Rol.values)
    assert {o.soort for o in wereld.organisaties} == set(Soort.values)
    assert 4 <= len([a for a in wereld.actoren[wereld.dienst.id] if a.rol == "crisismedewerker"]) <= 6
    assert len(wereld.van_soort("zorgaanbieder")) == 4 and len(wereld.bemande_gemeenten) >= 3
    assert Dienst.objects.filter(taak="voorwacht", van__lte=AVOND, tot__gt=AVOND).count() == 1
    assert Dienst.objects.filter(van__gt=AVOND + timedelta(days=6)).exists()


def test_numbers_and_names_belong_to_nobody() -> None:
    """Telephone numbers hold 555, which is given to no one; the mail is of a domain that cannot exist."""
    for bestand in MAP.glob("*.toml"):
        for plek in lees(bestand.stem).get("organisatie", ()):
            assert "555" in plek["telefoon"] and plek["postbus"].endswith("@voorbeeld.test"), plek


def test_filling_is_refused_outside_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VANGNET_DEMO", raising=False)
    assert command_line.main(["vul"]) == 1
    assert capsys.readouterr().err.startswith("VANGNET_DEMO: gevonden niets")
    monkeypatch.setenv("VANGNET_DEMO", "1")
    monkeypatch.setenv("VANGNET_DATABASE_POOL", "0")
    assert command_line.main(["vul", "atlantis"]) == 1
    assert "REGIO: gevonden atlantis" in capsys.readouterr().err


# ---- the night shift -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_night_shift(client: Client) -> None:
    assert client.get("/proef/nachtdienst").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_night_shift_in_a_browser(new_page: Any, axe: Any) -> None:
    build_world("zuid-limburg", AVOND)
    mark_as_demo(AVOND)
    for width, scheme in ((1440, "light"), (320, "dark")):
        page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto("/proef/nachtdienst")
        axe(page)
        assert page.evaluate("document.querySelector('main').scrollWidth") <= width
    page.get_by_role("button", name="Verder als Maud Heijselaar").click()
    page.wait_for_url("**/melding/nieuw")


@pytest.mark.django_db
def test_the_night_shift_ticks_itself(client: Client, settings: Any) -> None:
    settings.VANGNET_EIGEN = EIGEN
    wereld = build_world("zuid-limburg", AVOND)
    mark_as_demo(AVOND)
    standen = []
    for moment in _play(wereld):
        with clock.put_at(moment):
            pagina = client.get("/proef/nachtdienst")
        assert pagina.status_code == 200
        loop = show_walk(moment)
        assert loop is not None
        standen.append(loop.klaar)
        assert f"{loop.klaar} van 10 stappen gedaan" in pagina.content.decode()
    assert standen == list(range(len(PLAN) + 1)), standen


def _play(w: Wereld) -> Any:
    """One casus from the call to the end, as the walk tells it; gives the moment after each of the ten steps."""
    ik, ilse = w.actoren[w.dienst.id][0], w.actor(w.toegang("Heerlen"))
    assert ilse is not None and Functie.objects.filter(medewerker_id=ilse.medewerker_id).exists()
    op = AVOND + timedelta(minutes=5)
    melding, kind = uuid4(), uuid4()
    yield op
    casus: UUID = begin_melding(ik, op, melding, {f"jeugdige.{kind}.voornaam": "Jesse"}).casus_id
    yield op
    velden = {
        "gemeente": "Heerlen",
        "melding.melder": "ouder",
        "betrokken.gi": "geen",
        f"jeugdige.{kind}.leeftijd": "14",
    }
    save_fields(ik, op, melding, velden)
    finish_melding(ik, op, melding, "inschatting")
    yield op
    depart(ik, op, casus, ik.naam)
    yield op
    arrive(ik, op + timedelta(minutes=30), casus)
    yield op
    op += timedelta(hours=1)
    leave_home(ik, op, casus)
    decide_crisis(ik, op, casus, True, "Hulp is nodig.")
    yield op
    hulp = choose_inzet(
        ik,
        op,
        casus,
        "families_first",
        None,
        aanbieder_id=w.van_soort("zorgaanbieder")[0].id,
        gesproken_met="de planner",
    )
    yield op
    inform_parents(ik, op, casus, hulp, "moeder")
    begin_inzet(ik, op, casus, hulp)
    set_sleeping_place(ik, op, casus, kind, "thuis")
    yield op
    straks = op + timedelta(minutes=5)
    rto = plan_rto(ik, op, casus, straks, "Op afstand", [{"organisatie_id": ilse.organisatie_id}], "oefening")
    yield op
    op += timedelta(minutes=20)
    verslag = Rtoverslag(
        perspectief="Jesse woont thuis.", veiligheidsplan="Moeder belt de begeleider.", doelen=["Afspreken hoe laat"], route=2,
        vervolg="Hulp thuis.", procesregisseur_id=ilse.organisatie_id, procesregisseur_naam=ilse.naam,
        procesregisseur_aanwezig=True,
    )  # fmt: skip
    hold_rto(ik, op, casus, rto, verslag)
    yield op
    op += timedelta(days=1)
    end_inzet(ik, op, casus, hulp, "Klaar.")
    d = read_dossier(casus)
    assert d is not None
    if d.feit("vervolg.bepaald_op") is None:
        determine_vervolg(ilse, op, casus, 2, "Thuis verder.")
    close_casus(ilse, op, casus, "ja", "ja", "Het gezin zelf")
    yield op


@pytest.mark.django_db
def test_the_secret_address_of_the_demo_stays_in_its_table(settings: Any) -> None:
    """A secret street of an invented family stands in no strip, event or version."""
    settings.VANGNET_EIGEN = EIGEN
    from random import Random

    from vangnet.cli.demo_world.casussen import Filler, Plan
    from vangnet.cli.demo_world.names import Namen

    kies = Random(7)
    wereld = build_world("zuid-limburg", AVOND)
    filler = Filler(wereld, Namen(lees("namen"), kies), lees("aanleidingen"), kies, AVOND)
    casus = filler.loop(
        Plan(begin=AVOND - timedelta(days=2), tot="hulp", aanleiding="geschrokken", geheim=True, gemeente="Heerlen")
    )
    straat = Adres.objects.get(casus_id=casus).straat
    assert Casus.objects.get(id=casus).geheim
    assert straat not in repr(Casus.objects.get(id=casus).beeld)
    assert straat not in repr(list(Gebeurtenis.objects.filter(casus_id=casus).values_list("gegevens", "reden")))
