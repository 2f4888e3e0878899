# SPDX-License-Identifier: EUPL-1.2
"""The second lock: row-level security, asked in the role of the application. First the tables one by one, then the product
with its first lock taken away: what the filter forgets, the database still keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.mensen import actor_of, medewerker, organisatie
from tests.rollen import as_application
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access import slot, zicht
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade
from vangnet.access.slot import asking
from vangnet.process import presence, search_casus, show_board, show_casus, show_casus_log, show_melding, who_to_call
from vangnet.process.dispatch_inschatting import decide_crisis, depart
from vangnet.process.find_family import find_family
from vangnet.process.keep_fields import save_field
from vangnet.process.show_log import show_log
from vangnet.process.show_my_work import show_my_work
from vangnet.process.weigeringen import NietBetrokken
from vangnet.process.write_note import write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """A casus in Zuid-Limburg on which a little of everything hangs."""
    uit = nieuwe_casus(streek())
    ik = uit.streek.dienst
    write_note(ik, uit.nu, uit.casus_id, inhoud="Oma belde terug.")
    depart(ik, uit.nu, uit.casus_id, "Noor")
    presence.look(ik, uit.nu, uit.casus_id)
    return uit


def tables() -> list[tuple[str, str]]:
    """Every table that carries a casus, with the column that says which."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
            " and (column_name = 'casus_id' or (table_name = 'casework_casus' and column_name = 'id')) order by 1"
        )
        return list(cursor.fetchall())


def seen(casus_id: UUID) -> dict[str, int]:
    """How many rows of a casus each table shows to who asks now."""
    found = {}
    with connection.cursor() as cursor:
        for table, column in tables():
            cursor.execute(f"select count(*) from {table} where {column} = %s", [casus_id])
            found[table] = cursor.fetchone()[0]
    return found


def another() -> Actor:
    """Somebody of a crisis service that has nothing to do with the casus."""
    return actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Elders")))


def test_every_table_that_carries_a_casus_is_locked_for_its_owner_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and relrowsecurity and relforcerowsecurity"
        )
        locked = {name for (name,) in cursor.fetchall()}
    assert len(tables()) > 15
    assert {table for table, _ in tables()} - locked == set()


def test_a_shut_lock_shows_nothing_and_an_open_one_its_own(weg: Wandeling) -> None:
    everything = seen(weg.casus_id)
    assert all(
        everything[table] for table in ("casework_casus", "casework_notitie", "casework_gebeurtenis", "clocks_klok")
    )
    with as_application():
        assert set(seen(weg.casus_id).values()) == {0}
    with asking(weg.streek.dienst, weg.nu):
        assert seen(weg.casus_id) == everything
    with asking(another(), weg.nu):
        assert set(seen(weg.casus_id).values()) == {0}


def test_rights_begin_and_end_with_the_part(weg: Wandeling) -> None:
    gi = weg.streek.actoren["gi"]
    deel = Betrokkenheid.objects.create(
        casus_id=weg.casus_id, organisatie_id=gi.organisatie_id, deel="rto", van=weg.nu + timedelta(hours=1),
        tot=weg.nu + timedelta(hours=2),
    )  # fmt: skip
    casussen = []
    for uren in (0, 1.5, 3):
        with asking(gi, weg.nu + timedelta(hours=uren)):
            casussen.append(seen(weg.casus_id)["casework_casus"])
    assert casussen == [0, 1, 0]
    assert deel.tot is not None


def test_nobody_changes_or_removes_what_he_does_not_see(weg: Wandeling) -> None:
    with asking(another(), weg.nu), connection.cursor() as cursor:
        cursor.execute("update casework_jeugdige set voornaam = 'x' where casus_id = %s", [weg.casus_id])
        assert cursor.rowcount == 0
        cursor.execute("delete from casework_aanwezigheid where casus_id = %s", [weg.casus_id])
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("delete from casework_notitie where casus_id = %s", [weg.casus_id])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "insert into casework_taak (id, casus_id, wat, voor_id, sleutel, waarom, regels)"
                " select %s, %s, 'x', organisatie_id, '', '', '{}' from access_functie limit 1",
                [uuid4(), weg.casus_id],
            )


def test_the_lock_is_shut_again_after_every_question(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    for ask in (
        lambda: show_casus.show_casus(ik, weg.nu, weg.casus_id),
        lambda: save_field(ik, weg.nu, weg.casus_id, "triage.toelichting", "Rustig."),
        lambda: show_board.show_board(ik, weg.nu),
    ):
        with as_application():
            ask()
            assert set(seen(weg.casus_id).values()) == {0}
    with as_application(), pytest.raises(NietBetrokken):
        show_casus.show_casus(another(), weg.nu, weg.casus_id)
    with as_application():
        assert set(seen(weg.casus_id).values()) == {0}


def test_a_refusal_while_reading_leaves_its_line_and_while_working_nothing(weg: Wandeling) -> None:
    def lines() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from access_logregel where not geslaagd and casus_id = %s", [weg.casus_id])
            return int(cursor.fetchone()[0])

    before, vreemd = lines(), another()
    for ask in (show_casus.show_casus, lambda a, op, c: save_field(a, op, c, "triage.toelichting", "x")):
        with pytest.raises(NietBetrokken):
            ask(vreemd, weg.nu, weg.casus_id)
    assert lines() == before + 2


def test_the_guard_of_the_lead_sees_more_than_who_hands_it_over(weg: Wandeling) -> None:
    decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Niet veilig.")
    with (
        pytest.raises(DatabaseError, match="0 organisaties met regie"),
        asking(weg.streek.dienst, weg.nu, work=True),
        connection.cursor() as cursor,
    ):
        straks = weg.nu + timedelta(minutes=1)
        cursor.execute("update access_betrokkenheid set tot = %s where organisatie_id = vangnet_wie()", [straks])
        cursor.execute("set constraints all immediate")


def test_the_log_shows_its_watcher_all_and_nobody_else_a_number() -> None:
    weg = nieuwe_casus(streek())
    fg = actor_of(medewerker("fg", organisatie("regio", regio="zuid-limburg")))
    vreemd = another()
    with connection.cursor() as cursor:
        for wie, verwacht in ((fg, 1), (vreemd, 0), (weg.streek.dienst, 0)):
            with asking(wie, weg.nu):
                cursor.execute("select count(*) from vangnet_nummers(%s)", [[weg.casus_id]])
                assert cursor.fetchone()[0] == verwacht
        with asking(fg, weg.nu):
            assert seen(weg.casus_id)["access_logregel"] > 0
            assert seen(weg.casus_id)["casework_casus"] == 0
    assert any(regel.casus for regel in show_log(fg, weg.nu, {}).regels)


def test_who_is_known_elsewhere_is_only_somebody_to_call(weg: Wandeling) -> None:
    save_field(weg.streek.dienst, weg.nu, weg.casus_id, f"jeugdige.{weg.kind_id}.bsn", "999990019")
    (bekend,) = find_family(another(), weg.nu, {"bsn": "999990019"})
    assert (bekend.casus_id, bekend.nummer, bekend.naam, bekend.leeftijd) == (None, "", "", None)
    assert bekend.bel == weg.streek.dienst.organisatie


# ---- with the first lock taken away --------------------------------------------------------------------------------

ALLES = frozenset({"regie", "crisishulp"})
EIGEN = zicht.Eigen(ALLES, van_mij=False)

LEKKEN: dict[str, Callable[[Actor, Wandeling], Any]] = {
    "casus": lambda a, w: show_casus.show_casus(a, w.nu, w.casus_id),
    "adres": lambda a, w: show_casus.show_address(a, w.nu, w.casus_id),
    "wie keek": lambda a, w: show_casus_log.show_casus_log(a, w.nu, w.casus_id),
    "melding": lambda a, w: show_melding.show_melding(a, w.nu, w.dossier.melding.id),
    "bord": lambda a, w: show_board.show_board(a, w.nu).strips,
    "zoeken": lambda a, w: search_casus.search_casus(a, w.nu, w.dossier.casus.nummer).vondsten,
    "bellen": lambda a, w: who_to_call.who_to_call(a, w.nu, w.casus_id),
    "mijn werk": lambda a, w: show_my_work(a, w.nu).gezinnen,
    "veld bewaren": lambda a, w: save_field(a, w.nu, w.casus_id, "triage.toelichting", "lek"),
    "vertrek": lambda a, w: depart(a, w.nu, w.casus_id, "Niemand"),
}
"""Ten roads to a casus, for somebody whom the filter would stop."""


@pytest.mark.parametrize("weg_erin", LEKKEN)
def test_what_the_filter_forgets_the_database_keeps(
    weg: Wandeling, weg_erin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The filter says yes to everything; each road still ends at an empty table."""
    ander = another()
    monkeypatch.setattr(zicht, "_DELEN", lambda *_: [(deel,) for deel in ALLES])
    monkeypatch.setattr(
        zicht,
        "betrokken_van",
        lambda *_: Betrokkenheid.objects.exclude(casus_id__in=Blokkade.objects.values("casus_id")),
    )
    monkeypatch.setattr(zicht, "lopend", lambda *_: {weg.casus_id: EIGEN})
    monkeypatch.setattr(show_board, "lopend", lambda *_: {weg.casus_id: EIGEN})
    try:
        found = LEKKEN[weg_erin](ander, weg)
    except NietBetrokken:
        return
    assert weg_erin in ("bord", "zoeken", "mijn werk", "bellen", "wie keek"), f"{weg_erin} gaf antwoord"
    assert str(weg.casus_id) not in str(found)
    assert "Milan" not in str(found)


def test_without_the_second_lock_those_tests_would_fail(weg: Wandeling, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as the superuser, whom no lock binds: then the filter that says yes does give the casus away. It shows that
    the ten above hang on the database, not on luck."""
    monkeypatch.setattr(slot, "turn", slot.opened)
    monkeypatch.setattr(zicht, "_DELEN", lambda *_: [(deel,) for deel in ALLES])
    assert show_casus.show_casus(another(), weg.nu, weg.casus_id) is not None
