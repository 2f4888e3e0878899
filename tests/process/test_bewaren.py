# SPDX-License-Identifier: EUPL-1.2
"""Before erasing: holds, orders of two people, accounts of who left, and the page for who watches over it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.bewaring import NU, Link, age, closed, dossier, due
from tests.mensen import actor_of, functie_van, medewerker, organisatie
from tests.wegen import nieuwe_casus, streek
from vangnet.access.actor import Actor
from vangnet.access.models import Functie, Logregel, Medewerker
from vangnet.casework import wissen
from vangnet.casework.models import Bewaarstop, Casus, Grafsteen, Wisopdracht
from vangnet.process.close_casus import close_casus, reopen_casus
from vangnet.process.erase_due import erase
from vangnet.process.order_erasure import (
    AlGewist,
    NietTeWissen,
    TweeMensenNodig,
    WissenGestopt,
    confirm_erasure,
    hold_casus,
    lift_hold,
    order_erasure,
    withdraw_erasure,
)
from vangnet.process.show_bewaren import show_bewaren
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer
from vangnet.rules.bewaren import Bewaartermijn

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hold_stops_everything_until_it_is_lifted(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    fg, ander, beheerder = mensen
    weg = closed()
    nummer = weg.dossier.casus.nummer
    (regel,) = due(link)
    with pytest.raises(GeenRecht):
        hold_casus(beheerder, NU, nummer, "Klacht", "De klachtencommissie")
    for woorden in (
        ("", "Klacht", "x"),
        (nummer, "", "x"),
        (nummer, "Klacht", ""),
        ("2024-99999", "Klacht", "x"),
        (nummer, "k" * 201, "x"),
    ):
        with pytest.raises(OngeldigeInvoer):
            hold_casus(fg, NU, *woorden)
    opdracht = order_erasure(fg, NU, nummer)
    confirm_erasure(ander, NU, opdracht.id)
    for _ in range(2):
        hold_casus(fg, NU, nummer, "Klacht loopt", "De klachtencommissie")
    assert Bewaarstop.objects.count() == 1
    assert due(link) == []
    assert erase(link, [regel], "x", None).niet == [(nummer, "stop")]
    assert wissen.erase_casus(link, weg.casus_id, "opdracht", "gesprek", None, NU.date(), "x")[0] == "stop"
    with pytest.raises(WissenGestopt):
        order_erasure(fg, NU, nummer)
    lift_hold(ander, NU, nummer)
    with pytest.raises(OngeldigeInvoer):
        lift_hold(ander, NU, nummer)
    assert erase(link, due(link), "x", None).aantal == 1
    with pytest.raises(AlGewist):
        hold_casus(fg, NU, nummer, "Klacht", "x")
    assert [
        r.toelichting
        for r in Logregel.objects.filter(ding="bewaren", geslaagd=True, handeling="wijzigen").order_by("nummer")
    ] == ["niet wissen", "weer wissen"]


def test_an_order_takes_two_people_one_of_them_the_fg(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    fg, _, beheerder = mensen
    weg, verzoek = dossier(jaren=1), uuid4()
    nummer = weg.dossier.casus.nummer
    tweede = actor_of(medewerker("beheerder", functie_van(Medewerker.objects.get(id=fg.medewerker_id)).organisatie))
    with pytest.raises(GeenRecht):
        order_erasure(weg.streek.dienst, NU, nummer)
    with pytest.raises(OngeldigeInvoer):
        order_erasure(fg, NU, nummer, "zomaar")
    eerste = order_erasure(beheerder, NU, weg.casus_id, "verzoek", "Brief van het gezin", verzoek)
    assert order_erasure(fg, NU, nummer).id == eerste.id
    assert eerste.nieuw
    assert due(link) == []
    for wie in (beheerder, tweede):
        with pytest.raises(TweeMensenNodig):
            confirm_erasure(wie, NU, eerste.id)
    with pytest.raises(OngeldigeInvoer):
        confirm_erasure(fg, NU, uuid4())
    withdraw_erasure(fg, NU, eerste.id)
    with pytest.raises(OngeldigeInvoer):
        confirm_erasure(fg, NU, eerste.id)
    opdracht = order_erasure(beheerder, NU, weg.casus_id, "verzoek", "Brief van het gezin", verzoek)
    for _ in range(2):
        confirm_erasure(fg, NU, opdracht.id)
    (regel,) = due(link)
    assert regel.grond == "opdracht"
    assert erase(link, [regel], "x", None).aantal == 1
    steen = Grafsteen.objects.get()
    assert (steen.grond, steen.verzoek_id, steen.opdracht_id) == ("verzoek", verzoek, opdracht.id)
    assert (steen.opgedragen_door, steen.bevestigd_door) == (beheerder.medewerker_id, fg.medewerker_id)
    assert not Wisopdracht.objects.exists()
    with pytest.raises(AlGewist):
        order_erasure(fg, NU, nummer)


def test_what_was_ordered_falls_away_when_the_casus_opens_again(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    fg, ander, _ = mensen
    weg = dossier(jaren=1)
    opdracht = order_erasure(fg, NU, weg.casus_id)
    confirm_erasure(ander, NU, opdracht.id)
    (regel,) = due(link)
    reopen_casus(weg.streek.dienst, NU, weg.casus_id, "Het gaat toch niet goed thuis.")
    assert Wisopdracht.objects.get().ingetrokken_op is not None
    close_casus(weg.streek.wie(weg.lead()), NU, weg.casus_id, "ja", "ja", "Moeder", "Toch opgelost.")
    assert due(link) == []
    assert erase(link, [regel], "x", None).niet == [(weg.dossier.casus.nummer, "geen_opdracht")]
    assert Casus.objects.filter(id=weg.casus_id).exists()


def test_an_order_asks_a_closed_casus_of_the_own_region(mensen: tuple[Actor, Actor, Actor]) -> None:
    fg = mensen[0]
    weg = nieuwe_casus(streek())
    with pytest.raises(NietTeWissen):
        order_erasure(fg, NU, weg.casus_id)
    elders = actor_of(medewerker("fg", organisatie("regio", naam="Elders", regio="lekstroom")))
    for wat in (weg.dossier.casus.nummer, str(weg.casus_id), "", "2' or 1=1"):
        with pytest.raises(OngeldigeInvoer):
            order_erasure(elders, NU, wat)
    assert not Wisopdracht.objects.exists()


def test_an_account_goes_when_nothing_names_it_any_more(link: Link) -> None:
    huis = organisatie("regio", naam="De regio")
    vroeger = datetime(2020, 1, 1, tzinfo=UTC)
    weg, genoemd, er_nog = (medewerker("beheerder", huis, naam=naam) for naam in ("Weg", "Genoemd", "Er nog"))
    Functie.objects.filter(medewerker__in=[weg, genoemd]).update(van=vroeger, tot=vroeger + timedelta(days=9))
    casus = closed(jaren=0)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update casework_gebeurtenis set door_id = %s where casus_id = %s", [genoemd.pk, casus.casus_id])
        cursor.execute("set session_replication_role = origin")
    jaar = Bewaartermijn(12, "maanden")
    assert wissen.erase_accounts(link, jaar, "x", doe=False) == {"kan": 1, "genoemd": 1}
    assert Medewerker.objects.filter(pk=weg.pk).exists()
    assert wissen.erase_accounts(link, jaar, "x", doe=True) == {"gewist": 1, "genoemd": 1}
    assert not Medewerker.objects.filter(pk=weg.pk).exists()
    assert Medewerker.objects.filter(pk__in=[genoemd.pk, er_nog.pk]).count() == 2
    assert Functie.objects.filter(medewerker=genoemd).exists()
    assert Logregel.objects.filter(handeling="wissen", ding="medewerker").count() == 1


def test_the_page_shows_numbers_and_no_family(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    fg, ander, beheerder = mensen
    buurt = streek()
    oud, jong, dossier_, open_ = closed(buurt=buurt), closed(0, buurt), dossier(1, buurt), nieuwe_casus(buurt)
    age(jong.casus_id, 330 / 366)
    hold_casus(fg, NU, oud.dossier.casus.nummer, "Klacht", "De inspectie")
    order_erasure(beheerder, NU, dossier_.dossier.casus.nummer, "rechter")
    beeld = show_bewaren(fg, NU)
    assert {r.soort.sleutel: (r.aantal, r.rijp) for r in beeld.soorten} == {
        "dossier": (1, 0), "gesprek": (2, 0), "vergissing": (0, 0), "oefening": (0, 0)}  # fmt: skip
    assert (beeld.open, beeld.concept, beeld.rijp) == (1, 0, 0)
    assert [(w.nummer, w.gestopt, w.nu) for w in beeld.wachtend] == [
        (oud.dossier.casus.nummer, True, True), (jong.dossier.casus.nummer, False, False)]  # fmt: skip
    assert sum(week.aantal for week in beeld.weken) == 1
    assert beeld.opdrachten[0].eigen is False
    assert "Verhulst" not in str(beeld)
    assert "Milan" not in str(beeld)
    lift_hold(fg, NU, oud.dossier.casus.nummer)
    erase(link, due(link), "x", None)
    (steen,) = show_bewaren(beheerder, NU).stenen
    assert steen.nummer == Grafsteen.objects.get().nummer
    assert not show_bewaren(beheerder, NU).mag_stoppen
    with pytest.raises(GeenRecht):
        show_bewaren(open_.streek.dienst, NU)
    elders = actor_of(medewerker("fg", organisatie("regio", naam="Elders", regio="lekstroom")))
    leeg = show_bewaren(elders, NU)
    assert not any((leeg.wachtend, leeg.stops, leeg.opdrachten, leeg.stenen, leeg.open))
    assert ander.regio == fg.regio
