# SPDX-License-Identifier: EUPL-1.2
"""Finding a casus: by what sounds alike, by a number that is written otherwise, and only what one may open and see."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_my_work import NACHT, OCHTEND, Wereld
from tests.rollen import at_most, statements
from vangnet.access.models import Logregel
from vangnet.access.slot import asking
from vangnet.casework.models import Aanbod, Casus, Jeugdige, Melding, Persoon
from vangnet.cli.postgres import BEHEER, Cluster
from vangnet.process.ask_organisation import ask_organisation
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.keep_fields import keep_field
from vangnet.process.search_casus import search_casus
from vangnet.process.take_melding import register_melding
from vangnet.process.weigeringen import GeenRecht
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("woorden", "soort", "gevonden", "remark"),
    [
        ("Jansen", "naam", True, "sounds like Janssen"),
        ("mil", "naam", True, "the beginning of a first name"),
        ("milan jansen", "naam", True, "both"),
        ("Jansen Milan", "naam", True, "both, the surname first"),
        ("milan ja", "naam", True, "while typing the surname"),
        ("02-03-2010", "dag", True, "the day of birth"),
        ("2 maart 2010", "dag", True, "the day of birth in words"),
        ("999910073", "bsn", True, "a BSN, whole"),
        ("99991007", "telefoon", False, "a BSN, not whole"),
        ("06-12345678", "telefoon", True, "the phone of the caller, written otherwise"),
        ("+31612345678", "telefoon", True, "with the code of the country"),
        ("heerlen", "gemeente", True, "the municipality"),
        ("Vaals", "gemeente", False, "another municipality"),
        ("Pieters", "naam", False, "another name"),
        ("Sem Jansen", "naam", True, "a surname that fits, with another first name"),
        ("x", "kort", False, "too short"),
        ("' or 1=1 --", "naam", False, "not a name"),
        ("\x00 %_\\", "naam", False, "signs that mean something elsewhere"),
        ("٣٤٥٦٧٨٩٠", "telefoon", False, "digits of another script"),
    ],
)
def test_searching(woorden: str, soort: str, gevonden: bool, remark: str) -> None:
    w = Wereld()
    uitkomst = search_casus(w.noor, NACHT, woorden)
    assert (uitkomst.soort, bool(uitkomst.vondsten)) == (soort, gevonden), remark
    assert "999910073" not in repr(uitkomst)
    assert "Janssen" not in repr(uitkomst), "no more than the board shows"


def test_nobody_finds_what_he_may_not_open_and_every_search_is_logged() -> None:
    w = Wereld()
    ask_organisation(w.noor, NACHT, w.casus, "overig", w.linde.id, "Is er plek?")
    for actor in (w.els, w.karim):
        assert search_casus(actor, OCHTEND, "Janssen").vondsten == ()
        assert search_casus(actor, OCHTEND, "Heerlen").vondsten == ()
    assert search_casus(w.tessa, NACHT, "Janssen").vondsten == ()
    assert len(search_casus(w.tessa, OCHTEND, "Janssen").vondsten) == 1
    regels = Logregel.objects.filter(handeling="zoeken", ding="casus")
    assert regels.count() == 6
    assert not any("Janssen" in regel.toelichting for regel in regels)
    with pytest.raises(GeenRecht):
        search_casus(actor_of(medewerker("beheerder")), OCHTEND, "Janssen")


def test_who_may_not_see_the_caller_does_not_find_by_the_phone_of_the_caller() -> None:
    w = Wereld()
    answer_offer(w.tessa, OCHTEND, w.casus, Aanbod.objects.get(soort="signaal").id, True)
    assert search_casus(w.noor, OCHTEND, "0612345678").vondsten
    assert search_casus(w.tessa, OCHTEND, "0612345678").vondsten == (), "who called is not in her sight"


def test_by_a_person_around_the_child_for_who_sees_the_family() -> None:
    w = Wereld()
    wie = uuid4()
    with working_on(w.noor, w.casus, "gezin.wijzigen", NACHT) as werk:
        for veld, waarde in (("rol", "moeder"), ("naam", "Petra de Vries"), ("telefoon", "06 87 65 43 21")):
            keep_field(werk, f"persoon.{wie}.{veld}", waarde)
    for woorden in ("de Fries", "0687654321"):
        assert [v.id for v in search_casus(w.noor, OCHTEND, woorden).vondsten] == [w.casus]
        assert search_casus(w.tessa, OCHTEND, woorden).vondsten == ()


def test_by_number() -> None:
    w = Wereld()
    nummer = search_casus(w.noor, NACHT, "Janssen").vondsten[0].nummer
    assert [v.id for v in search_casus(w.noor, NACHT, nummer).vondsten] == [w.casus]


def test_what_fits_best_comes_first_then_what_runs_and_the_service_finds_its_closed_files() -> None:
    w = Wereld()
    for voornaam, uitkomst in (("Sem", "inschatting"), ("Noa", "consult")):
        kind = uuid4()
        velden = {f"jeugdige.{kind}.voornaam": voornaam, f"jeugdige.{kind}.achternaam": "Jansen", "gemeente": "Heerlen"}
        register_melding(w.noor, NACHT + timedelta(hours=1), uuid4(), velden, uitkomst, "Alleen advies.")
    later = NACHT + timedelta(hours=2)
    gevonden = search_casus(w.noor, later, "Jansen").vondsten
    assert [v.wie.partition(" ")[0] for v in gevonden] == ["Sem", "Milan", "Noa"]
    assert [v.gesloten_op is None for v in gevonden] == [True, True, False]
    assert search_casus(w.noor, later, "Noa Jansen").vondsten[0].wie.startswith("Noa")
    assert search_casus(w.noor, later, "noa").vondsten == (), "a first name alone finds what runs"


def test_another_crisis_service_finds_nothing() -> None:
    Wereld()
    ander = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", regio="friesland")))
    for woorden in ("Janssen", "Milan", "999910073", "0612345678", Casus.objects.get().nummer):
        assert search_casus(ander, OCHTEND, woorden).vondsten == ()


@pytest.mark.django_db(transaction=True)
def test_every_road_has_its_index_and_few_statements(cluster: Cluster, database_name: str) -> None:
    w = Wereld()
    _fill(w.casus)
    with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
        link.execute("analyze casework_jeugdige, casework_persoon, casework_melding")
    for woorden, indexen in (
        ("Jansen", ("jeugdige_klank", "persoon_klank")),
        ("Milan Jansen", ("jeugdige_klank", "persoon_klank")),
        ("0612345678", ("melding_telefoon", "persoon_telefoon")),
        ("999910073", ("jeugdige_bsn_zoek",)),
        ("02-03-2010", ("jeugdige_geboren",)),
    ):
        with CaptureQueriesContext(connection) as gezien:
            search_casus(w.noor, NACHT, woorden)
        gevraagd = statements(gezien)
        assert len(gevraagd) <= 6
        with asking(w.noor, NACHT), connection.cursor() as cursor:
            cursor.execute("explain " + gevraagd[0])
            plan = "\n".join(rij[0] for rij in cursor.fetchall())
        for index in indexen:
            assert index in plan, plan


def _fill(casus_id: UUID, rijen: int = 1500) -> None:
    """So many other rows that a plan which reads them all is plainly the dearer one."""
    melding = Melding.objects.get(casus_id=casus_id)
    Jeugdige.objects.bulk_create(
        Jeugdige(casus_id=casus_id, klank=f"k{n}", bsn=f"{n:09}", geboortedatum=date(2008, 1, 1) + timedelta(days=n))
        for n in range(rijen)
    )
    Persoon.objects.bulk_create(
        Persoon(casus_id=casus_id, rol="anders", klank=f"k{n}", telefoon_cijfers=f"07{n:08}") for n in range(rijen)
    )
    Melding.objects.bulk_create(
        Melding(
            casus_id=casus_id,
            op=NACHT,
            telefoon_cijfers=f"07{n:08}",
            opgenomen_door_id=melding.opgenomen_door_id,
            opgenomen_bij_id=melding.opgenomen_bij_id,
        )
        for n in range(rijen)
    )


def test_many_who_fit_are_cut_off_and_said() -> None:
    w = Wereld()
    for _ in range(21):
        kind = uuid4()
        velden = {f"jeugdige.{kind}.voornaam": "Milan", f"jeugdige.{kind}.achternaam": "Jansen", "gemeente": "Heerlen"}
        register_melding(w.noor, NACHT, uuid4(), velden, "inschatting")
    for woorden in ("jansen", "milan jansen", "milan", "heerlen"):
        with at_most(6):
            uitkomst = search_casus(w.noor, OCHTEND, woorden)
        assert (len(uitkomst.vondsten), uitkomst.meer) == (20, True)
