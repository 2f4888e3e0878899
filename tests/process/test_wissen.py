# SPDX-License-Identifier: EUPL-1.2
"""The procedure that erases a casus whole, in the role that erases: what goes, what stays, and who may not."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from tests.bewaring import NU, Link, age, closed, dossier, due
from tests.mensen import actor_of, medewerker, organisatie
from tests.wegen import nieuwe_casus, streek
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel, Ontvangst
from vangnet.casework import wissen
from vangnet.casework.models import Casus, Grafsteen, Jeugdige
from vangnet.casework.wissen import WisFout, Wislijst
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, WIS, Cluster
from vangnet.process import presence
from vangnet.process.correct_casus import merge
from vangnet.process.erase_due import again, erase
from vangnet.process.find_family import find_family
from vangnet.process.order_erasure import (
    hold_casus,
    lift_hold,
    order_erasure,
)
from vangnet.process.search_casus import search_casus
from vangnet.process.show_bewaren import erased
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.show_log import show_log
from vangnet.process.weigeringen import NietBetrokken, OngeldigeInvoer
from vangnet.rules.bewaren import Bewaartermijn

pytestmark = pytest.mark.django_db(transaction=True)
JAREN_20, WEKEN_4 = Bewaartermijn(20, "jaren"), Bewaartermijn(4, "weken")


def rows_of(casus_id: UUID) -> dict[str, int]:
    """How many rows every table with a casus holds of one, looked at as the superuser."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)"
            " where table_schema = 'public' and column_name = 'casus_id' and table_type = 'BASE TABLE'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {tabel} where casus_id = %s", [casus_id])
            found[tabel] = cursor.fetchone()[0]
    return found


def test_a_dossier_goes_whole_and_leaves_only_a_tombstone_and_its_log(link: Link) -> None:
    buurt = streek()
    weg, blijft = dossier(buurt=buurt), dossier(10, buurt)
    for w in (weg, blijft):
        presence.look(w.streek.dienst, w.nu, w.casus_id)
    voor = rows_of(weg.casus_id)
    assert sum(bool(n) for n in voor.values()) > 12
    gebleven = rows_of(blijft.casus_id)
    (regel,) = due(link)
    assert (regel.dossier.casus_id, regel.soort, regel.grond) == (weg.casus_id, "dossier", "termijn")
    geteld = wissen.count_rows(link, weg.casus_id)

    uit = erase(link, [regel], "de beheerder", None)

    assert uit.casussen == {"gewist": 1}
    assert uit.rijen == geteld
    na = rows_of(weg.casus_id)
    log = na.pop("access_logregel")
    assert log == voor["access_logregel"] + 1
    assert na.pop("casework_grafsteen") == 1
    assert set(na.values()) == {0}
    assert not Casus.objects.filter(id=weg.casus_id).exists()
    assert rows_of(blijft.casus_id) == gebleven
    steen = Grafsteen.objects.get()
    assert (steen.soort, steen.grond, str(steen.beleid)) == ("dossier", "termijn", "2020-01-01")
    assert steen.uitgevoerd_door == "de beheerder (vangnet_wis)"
    assert sum(steen.rijen.values()) == sum(geteld.values())
    assert steen.organisaties
    assert Logregel.objects.filter(handeling="wissen", casus_id=weg.casus_id).count() == 1


def test_the_law_is_the_least_whatever_a_folder_or_a_clock_says(link: Link) -> None:
    weg, kort = dossier(jaren=19), closed(jaren=0.001)
    vroeger = NU - timedelta(days=1)
    for casus, soort, termijn, uitkomst in (
        (weg, "dossier", JAREN_20, "te_vroeg"),
        (weg, "gesprek", WEKEN_4, "te_kort"),
        (weg, "dossier", Bewaartermijn(19, "jaren"), "te_kort"),
        (kort, "gesprek", Bewaartermijn(1, "dagen"), "te_kort"),
        (kort, "gesprek", Bewaartermijn(30, "jaren"), "te_vroeg"),
        (kort, "iets", JAREN_20, "onvolledig"),
    ):
        assert wissen.erase_casus(link, casus.casus_id, "termijn", soort, termijn, vroeger.date(), "x")[0] == uitkomst
    assert (
        wissen.erase_casus(link, weg.casus_id, "opdracht", "dossier", None, vroeger.date(), "x")[0] == "geen_opdracht"
    )
    assert wissen.erase_casus(link, weg.casus_id, "opnieuw", "dossier", None, vroeger.date(), "x")[0] == "geen_grond"
    assert wissen.erase_casus(link, uuid4(), "termijn", "dossier", JAREN_20, vroeger.date(), "x")[0] == "onbekend"
    assert Casus.objects.count() == 2
    assert not Grafsteen.objects.exists()


def test_an_open_casus_never_goes_and_a_practice_one_does(link: Link) -> None:
    open_, oefening = nieuwe_casus(streek()), nieuwe_casus(streek())
    for weg in (open_, oefening):
        age(weg.casus_id, 25)
    Casus.objects.filter(id=oefening.casus_id).update(oefening=True)
    assert wissen.erase_casus(link, open_.casus_id, "termijn", "dossier", JAREN_20, NU.date(), "x")[0] == "open"
    (regel,) = due(link)
    assert (regel.dossier.casus_id, regel.soort) == (oefening.casus_id, "oefening")
    assert erase(link, [regel], "x", None).aantal == 1


def test_what_was_joined_goes_along_with_a_tombstone_of_its_own(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    buurt = streek()
    hoofd, bij = nieuwe_casus(buurt), nieuwe_casus(buurt)
    merge(buurt.dienst, hoofd.verder(), bij.casus_id, hoofd.casus_id, "Zelfde gezin.")
    hoofd.loop()
    age(hoofd.casus_id, 25)
    assert due(link) == [], "what was joined was changed a short while ago: together they are young"
    age(bij.casus_id, 25)
    (regel,) = due(link)
    assert (regel.dossier.casus_id, regel.dossier.samen, regel.soort) == (hoofd.casus_id, 2, "dossier")
    with pytest.raises(OngeldigeInvoer):
        order_erasure(mensen[0], NU, bij.casus_id)
    hold_casus(mensen[0], NU, bij.dossier.casus.nummer, "Klacht", "De rechter")
    assert erase(link, [regel], "x", None).niet[0][1] == "stop"
    lift_hold(mensen[0], NU, bij.dossier.casus.nummer)
    assert erase(link, [regel], "x", None).aantal == 1
    assert dict(Grafsteen.objects.values_list("casus_id", "met")) == {
        hoofd.casus_id: None,
        bij.casus_id: hoofd.casus_id,
    }


def test_nobody_finds_what_was_erased(link: Link, mensen: tuple[Actor, Actor, Actor]) -> None:
    weg = closed(**{"melding.telefoon": "06 55501234", "melding.melder": "ouder"})
    ik, nummer = weg.streek.dienst, weg.dossier.casus.nummer
    gezocht = {"achternaam": "Verhulst", "voornaam": "Milan", "telefoon": "06 55501234"}
    assert search_casus(ik, NU, "Verhulst").vondsten
    assert find_family(ik, NU, gezocht)
    erase(link, due(link), "x", None)
    assert not search_casus(ik, NU, "Verhulst").vondsten
    assert not search_casus(ik, NU, nummer).vondsten
    assert find_family(ik, NU, gezocht) == []
    assert nummer not in str(show_board(ik, NU))
    with pytest.raises(NietBetrokken):
        show_casus(ik, NU, weg.casus_id)
    gewist = erased(ik, NU, weg.casus_id)
    assert gewist is not None
    assert set(gewist.details) == {"op", "grond"}
    vreemd = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Elders", regio="lekstroom")))
    assert erased(vreemd, NU, weg.casus_id) is None
    assert erased(ik, NU, uuid4()) is None
    regels = show_log(mensen[0], NU, {"casus": nummer}).regels
    assert {r.casus for r in regels} == {f"{nummer} (gewist)"}
    assert "wissen" in {r.handeling for r in regels}


def test_a_number_and_an_id_never_come_back(link: Link) -> None:
    weg = closed()
    oud = weg.dossier.casus
    erase(link, due(link), "x", None)
    for anders in ({"nummer": "2024-77777"}, {"id": uuid4()}):
        with pytest.raises(Exception, match="is gewist"):
            Casus.objects.create(**{veld: getattr(oud, veld) for veld in (
                "id", "regio", "nummer", "begonnen_op", "versie_afspraken", "gewijzigd_op", "gesloten_op", "uitkomst")} | anders)  # fmt: skip
    nieuw = nieuwe_casus(weg.streek)
    assert nieuw.dossier.casus.nummer != oud.nummer


CANARY = "KANARIEVOGEL"


def fill_with_canary(casus_id: UUID) -> int:
    """Put the canary in every text and JSON column of every row of a casus, past the triggers; how many columns."""
    vol = 0
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(
            "select c.table_name, c.column_name, c.data_type, c.character_maximum_length from information_schema.columns c"
            " join information_schema.tables t using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE'"
            " and data_type in ('text', 'character varying', 'jsonb') and table_name like any (array['casework%%', 'clocks%%', 'access_blok%%',"
            " 'access_betr%%']) and (table_name = 'casework_casus' or exists (select from information_schema.columns k"
            " where k.table_name = c.table_name and k.column_name = 'casus_id'))"
        )
        for tabel, kolom, soort, lang in cursor.fetchall():
            if tabel == "casework_grafsteen" or (tabel, kolom) in VAST or (lang is not None and lang < len(CANARY)):
                continue
            sleutel = "id" if tabel == "casework_casus" else "casus_id"
            waarde = (
                json.dumps({"x": [CANARY * 400, {"y": CANARY}]})
                if soort == "jsonb"
                else CANARY * (400 if soort == "text" else 1)
            )
            cursor.execute(f"update {tabel} set {kolom} = %s where {sleutel} = %s", [waarde, casus_id])
            vol += cursor.rowcount > 0
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze")
    return vol


VAST = {
    ("casework_casus", "nummer"), ("casework_casus", "regio"), ("casework_casus", "uitkomst"), ("casework_feit", "veld"),
    ("casework_inzet", "vorm"), ("casework_taak", "sleutel"), ("access_betrokkenheid", "deel"), ("clocks_klok", "sleutel"),
    ("clocks_klok", "uitkomst"), ("casework_aanbod", "antwoord"), ("casework_bewaarstop", "nummer"), ("casework_bewaarstop", "regio"),
    ("casework_wisopdracht", "grond"), ("casework_wisopdracht", "regio"), ("casework_wisopdracht", "nummer"), ("casework_melding", "uitkomst"),
    ("casework_aanbod", "soort"),
}  # fmt: skip
"""Columns of which the database itself or the walk here fixes the words: no free text."""


def dump(cluster: Cluster, database: str) -> str:
    """The whole database as `pg_dump` writes it."""
    import subprocess

    from vangnet.cli.postgres import find_runner

    runner = find_runner(cluster.base.parent)
    done = subprocess.run(
        runner.command("pg_dump", "--dbname", cluster.url(BEHEER, database)),
        capture_output=True,
        text=True,
        check=False,
        **runner.options(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_dump_of_the_database_holds_no_word_of_the_child(
    link: Link, mensen: tuple[Actor, Actor, Actor], cluster: Cluster, database_name: str
) -> None:
    weg = dossier()
    presence.look(weg.streek.dienst, weg.nu, weg.casus_id)
    hold_casus(mensen[0], NU, weg.dossier.casus.nummer, "Klacht", "x")
    lift_hold(mensen[0], NU, weg.dossier.casus.nummer)
    Ontvangst.objects.create(
        organisatie_id=weg.streek.dienst.organisatie_id, ding="melding", ding_id=weg.dossier.melding.id, inhoud="x",
        antwoord={"casus": str(weg.casus_id)}, op=NU,
    )  # fmt: skip
    (regel,) = due(link)
    assert fill_with_canary(weg.casus_id) > 40
    voor = dump(cluster, database_name)
    assert voor.count(CANARY) > 1000
    assert erase(link, [regel], "x", None).aantal == 1
    na = dump(cluster, database_name)
    assert CANARY not in na
    assert str(weg.casus_id) in na, "the tombstone and the log name it"
    assert not Ontvangst.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stats where most_common_vals::text like %s", [f"%{CANARY}%"])
        assert cursor.fetchone()[0] == 0


def test_every_key_to_a_casus_is_of_a_table_that_goes_with_it() -> None:
    """A table that points at a row of a casus without saying which casus would stop the erasing; a new one is found here."""
    with connection.cursor() as cursor:
        cursor.execute("select vangnet_wistabellen()::text")
        weg = {naam for (naam,) in cursor.fetchall()} | {"casework_casus"}
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text, condeferrable from pg_constraint where contype = 'f'"
            " and confrelid::regclass::text = any(%s)",
            [list(weg)],
        )
        sleutels = cursor.fetchall()
        cursor.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid where a.attname = 'casus_id' and c.relkind = 'r'"
            " and c.relnamespace = 'public'::regnamespace"
        )
        met = {naam for (naam,) in cursor.fetchall()}
    assert len(sleutels) > 20
    assert {van for van, _, _ in sleutels} <= weg
    assert all(uitstel for _, _, uitstel in sleutels), "a key that is not deferrable makes the order of deleting matter"
    assert met - weg == {"access_logregel", "casework_grafsteen"}, (
        "only these stay; say why in the comment of the table"
    )


MAG_WEG = {
    "casework_aanwezigheid", "access_blokkade", "capacity_dienst", "access_ontvangst", "access_aanmeldpoging", "access_tegoed",
    "mfa_authenticator", "django_session",
}  # fmt: skip


def test_the_application_takes_no_row_of_a_casus_away_and_no_role_but_the_owner_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, r.rolname from pg_class c cross join pg_roles r where c.relkind in ('r', 'p') and"
            " c.relnamespace = 'public'::regnamespace and r.rolname in ('vangnet_app', 'vangnet_zegel', 'vangnet_wis')"
            " and (has_table_privilege(r.oid, c.oid, 'delete') or has_table_privilege(r.oid, c.oid, 'truncate'))"
        )
        assert {tabel for tabel, rol in cursor.fetchall() if rol == "vangnet_app"} == MAG_WEG
        cursor.execute(
            "select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
            " and has_table_privilege('vangnet_wis', c.oid, 'select, insert, update, delete')"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "select r.rolname, p.proname from pg_proc p cross join pg_roles r where p.proname like 'vangnet_wis%%'"
            " and r.rolname in ('vangnet_app', 'vangnet_zegel') and has_function_privilege(r.oid, p.oid, 'execute')"
        )
        orders = {"vangnet_wisopdracht", "vangnet_wisopdracht_bij", "vangnet_wisbesluit"}
        assert {naam for _, naam in cursor.fetchall()} == orders, "they order, none of them erases"


@pytest.mark.parametrize(
    ("rol", "vraag"),
    [
        (APP, "delete from casework_jeugdige"),
        (APP, "select vangnet_wis_casus(gen_random_uuid(), 'termijn', 'gesprek', '1 year', '2020-01-01', 'x')"),
        (APP, "insert into casework_wisopdracht (id) values (gen_random_uuid())"),
        (APP, "update casework_bewaarstop set opgeheven_op = now()"),
        (APP, "update casework_grafsteen set nummer = ''"),
        (WIS, "select * from casework_jeugdige"),
        (WIS, "delete from casework_casus"),
        (WIS, "select vangnet_wis_rijen(gen_random_uuid())"),
    ],
)
def test_what_a_role_may_not(rol: str, vraag: str, cluster: Cluster, database_name: str) -> None:
    with (
        psycopg.connect(cluster.url(rol, database_name), autocommit=True) as iemand,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        iemand.execute(vraag.encode())


def test_not_even_the_owner_erases_beside_the_procedure(cluster: Cluster, database_name: str, link: Link) -> None:
    weg = closed()
    for rol, zeg in ((EIGENAAR, False), (BEHEER, True)):
        with psycopg.connect(cluster.url(rol, database_name)) as iemand:
            if zeg:
                iemand.execute("select set_config('vangnet.wist', 'ja', false)")
            with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                iemand.execute("delete from casework_gebeurtenis where casus_id = %s", [weg.casus_id])
    erase(link, due(link), "x", None)
    with (
        psycopg.connect(cluster.url(EIGENAAR, database_name)) as eigenaar,
        pytest.raises(psycopg.errors.IntegrityConstraintViolation),
    ):
        eigenaar.execute("delete from casework_grafsteen")


def test_two_at_once_leave_one_tombstone(link: Link, cluster: Cluster, database_name: str) -> None:
    weg = closed()
    uit: list[str] = []

    def go() -> None:
        with psycopg.connect(cluster.url(WIS, database_name), autocommit=True) as ander:
            begin.wait()
            uit.append(wissen.erase_casus(ander, weg.casus_id, "termijn", "gesprek", WEKEN_4, NU.date(), "x")[0])

    begin = threading.Barrier(3)
    draden = [threading.Thread(target=go) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uit) == ["al_gewist", "al_gewist", "gewist"]
    assert Grafsteen.objects.count() == 1
    assert Logregel.objects.filter(handeling="wissen").count() == 1
    with (
        psycopg.connect(cluster.url(WIS, database_name), autocommit=True) as ander,
        wissen.eraser(link),
        pytest.raises(WisFout, match="iemand anders"),
        wissen.eraser(ander),
    ):
        pass


def test_the_list_outside_the_database_brings_a_restore_up_to_date(
    link: Link, cluster: Cluster, database_name: str, tmp_path: Path
) -> None:
    weg, ander = closed(), closed(jaren=24)
    oud = {een.casus_id: een.dossier.casus for een in (weg, ander)}
    lijst = Wislijst(tmp_path)
    assert erase(link, due(link), "x", lijst).aantal == 2
    assert {een["casus_id"] for een in lijst.stones()} == {str(weg.casus_id), str(ander.casus_id)}
    assert "Verhulst" not in lijst.pad.read_text()
    with lijst.pad.open("a") as bestand:
        bestand.write('{"casus_id": "afgeb')  # cut off by a crash
    assert Wislijst(tmp_path).catch_up(link) == 0
    al = lijst.stones()
    lijst.add([al[0] | {"nummer": "2000-00001"}])  # and it goes on behind what was cut off
    assert [een["nummer"] for een in Wislijst(tmp_path).stones()] == [*(een["nummer"] for een in al), "2000-00001"]
    lijst.pad.write_text(
        "".join(regel for regel in lijst.pad.read_text().splitlines(True) if "2000-00001" not in regel)
    )
    with connection.cursor() as cursor:  # a backup of before is put back: no tombstones, and the rows are there again
        cursor.execute("set session_replication_role = replica")
        cursor.execute("delete from casework_grafsteen")
        for casus in oud.values():
            casus.save(force_insert=True)
            Jeugdige.objects.create(casus_id=casus.id, voornaam="Milan")
        cursor.execute("set session_replication_role = origin")
    with psycopg.connect(cluster.url(EIGENAAR, database_name), autocommit=True) as eigenaar:
        assert sorted(uitkomst for _, uitkomst in again(eigenaar, Wislijst(tmp_path), "x", doe=False)) == [
            "terug",
            "terug",
        ]
        assert Casus.objects.count() == 2
        assert [uitkomst for _, uitkomst in again(eigenaar, Wislijst(tmp_path), "x", doe=True)] == ["gewist", "gewist"]
        assert list(again(eigenaar, Wislijst(tmp_path), "x", doe=True)) == []
    assert not Casus.objects.exists()
    assert not Jeugdige.objects.exists()
    assert set(Grafsteen.objects.values_list("grond", flat=True)) == {"opnieuw"}


def test_a_list_that_is_damaged_is_refused(tmp_path: Path) -> None:
    pad = tmp_path / "lijst"
    pad.write_text('{"casus_id": "x"}\n{"casus_id": "y"}\n')
    with pytest.raises(WisFout, match="Regel 1"):
        Wislijst(pad).stones()
