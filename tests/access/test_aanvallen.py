# SPDX-License-Identifier: EUPL-1.2
"""Attacks on the second lock in the role of the application: with the lock open for one organisation, or one function,
what the tables let it write and what the functions of the owner give it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.mensen import SOORT_VAN, actor_of, functie, medewerker, organisatie
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Blokkade, Medewerker, Organisatie, Rol
from vangnet.access.rechten import MERKEN
from vangnet.access.slot import asking
from vangnet.casework.models import Casus
from vangnet.process.keep_fields import save_field

pytestmark = pytest.mark.django_db

DICHT = pytest.raises(DatabaseError, match="row-level security")
VERGUND = frozenset({"vangnet_neemt_deel", "vangnet_ziet_toe"})
"""Functions of the owner that a policy asks, so that whoever reads the table needs them: each says yes or no of the asker."""
BSN = "999990019"
GEZIN = f'[{{"bsn": "{BSN}"}}]'
NOOD = (
    "select uitkomst from vangnet_nood_open(gen_random_uuid(), %s, null, null, '', %s, 'Een reden.', false, current_date,"
    " 'Lees.', '')"
)


@pytest.fixture
def weg() -> Wandeling:
    uit = nieuwe_casus(streek())
    save_field(uit.streek.dienst, uit.nu, uit.casus_id, f"jeugdige.{uit.kind_id}.bsn", BSN)
    return uit


def stranger(rol: str = Rol.CRISISMEDEWERKER, **words: Any) -> Actor:
    """Somebody of an organisation that has nothing to do with the casus."""
    return actor_of(medewerker(rol, organisatie(SOORT_VAN[Rol(rol)], **words)))


def ask(actor: Actor, weg: Wandeling, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the application gets when it asks this for an actor."""
    with asking(actor, weg.nu), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def change(actor: Actor, weg: Wandeling, sql: str, *values: Any) -> int:
    """How many rows a statement touches for an actor."""
    with asking(actor, weg.nu), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


JOIN = "insert into access_betrokkenheid (id, casus_id, organisatie_id, deel, van) values (gen_random_uuid(), %s, %s, %s, %s)"


def sees(actor: Actor, weg: Wandeling) -> bool:
    return bool(ask(actor, weg, "select 1 from casework_jeugdige where casus_id = %s", weg.casus_id))


@pytest.mark.parametrize("deel", ["regie", "crisishulp", "aanbod", "dossier"])
def test_nobody_joins_a_casus_by_himself(weg: Wandeling, deel: str) -> None:
    wie = stranger()
    with DICHT:
        change(wie, weg, JOIN, weg.casus_id, wie.organisatie_id, deel, weg.nu - timedelta(minutes=1))
    with DICHT:  # Nor does he bring in somebody else.
        change(wie, weg, JOIN, weg.casus_id, weg.streek.actoren["gi"].organisatie_id, deel, weg.nu)
    assert not sees(wie, weg)


def test_whose_part_has_ended_does_not_open_it_again(weg: Wandeling) -> None:
    wie = stranger(Rol.JEUGDBESCHERMER)
    oud = Betrokkenheid.objects.create(
        casus_id=weg.casus_id, organisatie_id=wie.organisatie_id, deel="rto", van=weg.nu - timedelta(hours=3),
        tot=weg.nu - timedelta(hours=1),
    )  # fmt: skip
    assert change(wie, weg, "update access_betrokkenheid set tot = null where id = %s", oud.id) == 0
    assert not sees(wie, weg)


def test_a_part_does_not_move_to_another_casus_and_is_not_removed(weg: Wandeling) -> None:
    eigen = nieuwe_casus(streek())
    wie = eigen.streek.dienst
    with DICHT:
        change(
            wie, weg, "update access_betrokkenheid set casus_id = %s where casus_id = %s", weg.casus_id, eigen.casus_id
        )
    with pytest.raises(DatabaseError, match="permission denied"):
        change(wie, weg, "delete from access_betrokkenheid where casus_id = %s", eigen.casus_id)
    assert not sees(wie, weg)


def test_nobody_begins_a_casus_in_another_region(weg: Wandeling) -> None:
    wie = weg.streek.dienst
    copy = (
        "insert into casework_casus select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),"
        " 'nummer', '2024-99999', 'regio', 'haaglanden'))).* from casework_casus c where id = %s"
    )
    with DICHT:
        change(wie, weg, copy, weg.casus_id)


def test_blocks_are_put_by_who_takes_part_and_never_lifted_by_oneself(weg: Wandeling) -> None:
    wie = stranger()
    put = "insert into access_blokkade (id, casus_id, medewerker_id, van, reden) values (%s, %s, %s, %s, 'x')"
    with DICHT:
        change(wie, weg, put, uuid4(), weg.casus_id, weg.streek.dienst.medewerker_id, weg.nu)
    ik = weg.streek.dienst
    Blokkade.objects.create(casus_id=weg.casus_id, medewerker_id=ik.medewerker_id, van=weg.nu, reden="Zus.")
    assert change(ik, weg, "delete from access_blokkade where casus_id = %s", weg.casus_id) == 0
    assert change(ik, weg, "update access_blokkade set medewerker_id = %s", wie.medewerker_id) == 0
    collega = actor_of(medewerker(Rol.COORDINATOR, Organisatie.objects.get(id=ik.organisatie_id)))
    assert change(collega, weg, "delete from access_blokkade where casus_id = %s", weg.casus_id) == 1


# ---- functions of the owner -----------------------------------------------------------------------------------------

BEKEND = "select * from vangnet_bekend(%s, '', null, '', '', %s, null)"


@pytest.mark.parametrize("rol", list(Rol))
def test_who_is_known_is_answered_to_who_may_ask_it_in_his_own_region(weg: Wandeling, rol: str) -> None:
    mag = rol in MERKEN["gezin.herkennen"].rollen
    assert bool(ask(stranger(rol), weg, BEKEND, BSN, "zuid-limburg")) is mag
    elders = stranger(rol, regio="haaglanden")
    assert ask(elders, weg, BEKEND, BSN, "zuid-limburg") == []
    assert ask(elders, weg, BEKEND, BSN, "haaglanden") == []


def test_who_left_is_told_nothing(weg: Wandeling) -> None:
    mens = medewerker(Rol.CRISISMEDEWERKER)
    wie = actor_of(mens)
    assert ask(wie, weg, BEKEND, BSN, "zuid-limburg")
    mens.functies.update(tot=weg.nu - timedelta(minutes=1))
    assert ask(wie, weg, BEKEND, BSN, "zuid-limburg") == []


@pytest.mark.parametrize("rol", list(Rol))
def test_what_is_in_somebodys_hands_is_for_who_manages_accounts_there(weg: Wandeling, rol: str) -> None:
    wie = weg.streek.dienst.medewerker_id
    vraag = "select casussen from vangnet_in_handen(%s)"
    regio = rol == Rol.BEHEERDER
    assert bool(ask(stranger(rol), weg, vraag, [wie])) is regio
    assert ask(stranger(rol, regio="haaglanden"), weg, vraag, [wie]) == []
    huis = Organisatie.objects.get(id=weg.streek.dienst.organisatie_id)
    collega = actor_of(medewerker(rol, huis))
    assert bool(ask(collega, weg, vraag, [wie])) is (rol in (Rol.BEHEERDER, Rol.COORDINATOR))


@pytest.mark.parametrize("rol", list(Rol))
def test_a_number_leads_to_a_casus_for_the_watcher_of_its_region_only(weg: Wandeling, rol: str) -> None:
    nummer = weg.dossier.casus.nummer
    for regio in ("zuid-limburg", "haaglanden"):
        wie = stranger(rol, regio=regio)
        [(gevonden,)] = ask(wie, weg, "select vangnet_van_nummer(%s, 'zuid-limburg')", nummer)
        assert (gevonden == weg.casus_id) is (rol == Rol.FG and regio == "zuid-limburg")
        kop = ask(wie, weg, "select casus_id from vangnet_casuskop(%s)", nummer)
        assert bool(kop) is (rol == Rol.FG and regio == "zuid-limburg")


@pytest.mark.parametrize("rol", list(Rol))
def test_blocks_from_outside_are_for_fg_and_beheerder_of_the_region(weg: Wandeling, rol: str) -> None:
    nummer, wie = weg.dossier.casus.nummer, medewerker(naam="Buur").id
    for regio in ("zuid-limburg", "haaglanden"):
        mag = rol in MERKEN["blokkade.beheren"].rollen
        vraag = "select uitkomst, casus_id from vangnet_blokkeer(%s, %s, 'Zus.', false)"
        [(uitkomst, casus_id)] = ask(stranger(rol, regio=regio), weg, vraag, nummer, wie)
        here = mag and regio == "zuid-limburg"
        assert uitkomst == ("gedaan" if here else "onbekend" if mag else "geen_recht")
        assert (casus_id is not None) is here
        assert bool(ask(stranger(rol, regio=regio), weg, "select nummer from vangnet_blokkades()")) is here


VAN_DE_WISSER = {
    "vangnet_bewaarfeiten", "vangnet_wis_telling", "vangnet_wis_casus", "vangnet_wis_resten", "vangnet_wis_accounts",
    "vangnet_na_wissen", "vangnet_grafstenen",
}  # fmt: skip
"""What the role that erases may call, and nobody else."""
VAN_DE_POST = {"vangnet_bericht_klaarzetten"}
"""What the role that sends messages may call, and nobody else."""
BINNEN = {
    "vangnet_wistabellen",
    "vangnet_wisgroep",
    "vangnet_is_hulp",
    "vangnet_laatst",
    "vangnet_wis_rijen",
    "vangnet_meld_casus",
}
"""What only those functions and triggers call."""


@pytest.mark.parametrize("rol", list(Rol))
def test_break_glass_is_for_who_has_duty_in_the_region_and_its_answers_for_who_is_asked(
    weg: Wandeling, rol: str
) -> None:
    nummer, dienst = weg.dossier.casus.nummer, rol in MERKEN["noodtoegang.openen"].rollen
    for regio in ("haaglanden", "zuid-limburg"):
        hier = regio == "zuid-limburg"
        wie = stranger(rol, regio=regio)
        assert bool(ask(wie, weg, "select bel from vangnet_nood_bekend(%s, null)", GEZIN)) is (dienst and hier)
        assert ask(wie, weg, "select * from vangnet_nood_treffer(%s, null)", GEZIN) == []
        [(uitkomst,)] = ask(wie, weg, NOOD, nummer, rol)
        assert uitkomst == ("open" if dienst and hier else "onbekend" if dienst else "geen_recht")
        assert ask(wie, weg, NOOD, nummer, "coordinator" if rol != "coordinator" else "crisismedewerker") == [
            ("geen_recht",)
        ], "in the function that he has"
        assert not sees(wie, weg), "only in a question that names it"
    vrager = stranger(regio="zuid-limburg")
    ask(vrager, weg, NOOD, nummer, vrager.rol)
    Casus.objects.filter(id=weg.casus_id).update(geheim=True)
    [(nood,)] = ask(vrager, weg, "select id from access_noodtoegang where medewerker_id = vangnet_ik()")
    onder = replace(vrager, noodtoegang_id=nood)
    assert ask(onder, weg, "select vangnet_nood_vraag_adres(%s, 'Ik moet erheen.', false)", nood) == [("gevraagd",)]
    assert ask(vrager, weg, "select vangnet_nood_vraag_adres(%s, '', true)", nood) == [("voorbij",)], "not named"
    assert ask(vrager, weg, "select vangnet_nood_tweede(%s, true)", nood) == [(None,)], "not himself"
    for regio in ("haaglanden", "zuid-limburg"):
        mag = rol in MERKEN["noodtoegang.bevestigen"].rollen and regio == "zuid-limburg"
        wie = stranger(rol, regio=regio)
        assert bool(ask(wie, weg, "select id from vangnet_nood_vragen()")) is mag
        assert ask(wie, weg, "select vangnet_nood_klaar(%s)", nood) == [(False,)]
        [(uitkomst,)] = ask(wie, weg, "select vangnet_nood_oordeel(%s, 'terecht', '')", nood)
        assert uitkomst == ("loopt" if rol == Rol.FG and regio == "zuid-limburg" else "onbekend")
        [(casus_id,)] = ask(wie, weg, "select vangnet_nood_tweede(%s, true)", nood)
        assert (casus_id is not None) is mag


def test_functions_that_give_something_away_are_for_the_application_alone() -> None:
    """The role that seals the log, or one that somebody makes for figures, calls none of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.proname, has_function_privilege('vangnet_zegel', p.oid, 'execute'),"
            " has_function_privilege('vangnet_app', p.oid, 'execute'), p.proconfig::text,"
            " has_function_privilege('vangnet_wis', p.oid, 'execute'), has_function_privilege('vangnet_post', p.oid, 'execute')"
            " from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype"
        )
        rijen = cursor.fetchall()
    assert len(rijen) > 12
    assert {naam for naam, zegel, *_ in rijen if zegel} == VERGUND
    assert {naam for naam, _, app, *_ in rijen if not app} == VAN_DE_WISSER | VAN_DE_POST | BINNEN
    assert {naam for naam, _, _, _, wis, _ in rijen if wis} - VERGUND == VAN_DE_WISSER
    assert {rij[0] for rij in rijen if rij[-1]} - VERGUND == VAN_DE_POST
    assert [naam for naam, _, _, pad, *_ in rijen if "search_path=public, pg_temp" not in (pad or "")] == []


def test_every_call_of_the_application_leaves_a_strangers_casus_a_stranger(weg: Wandeling) -> None:
    """Of what the functions give an ordinary worker elsewhere nothing names the casus, its number or the child."""
    wie = stranger()
    nummer, melding = weg.dossier.casus.nummer, weg.dossier.melding.id
    antwoorden = [
        ask(wie, weg, BEKEND, BSN, "zuid-limburg"),
        ask(wie, weg, "select * from vangnet_nummers(%s)", [weg.casus_id]),
        ask(wie, weg, "select vangnet_van_nummer(%s, 'zuid-limburg')", nummer),
        ask(wie, weg, "select * from vangnet_casuskop(%s)", nummer),
        ask(wie, weg, "select * from vangnet_blokkades()"),
        ask(wie, weg, "select * from vangnet_blokkeer(%s, %s, 'x', true)", nummer, wie.medewerker_id),
        ask(wie, weg, "select * from vangnet_in_handen(%s)", [weg.streek.dienst.medewerker_id]),
        ask(wie, weg, "select * from vangnet_bewaren_toezicht()"),
        ask(wie, weg, "select * from vangnet_bewaarstop(%s, 'x', 'x', true)", nummer),
        ask(wie, weg, "select * from vangnet_wisopdracht(%s, 'verzoek', '', null)", nummer),
        ask(wie, weg, "select * from vangnet_wisbesluit(%s, true)", uuid4()),
        ask(wie, weg, "select * from casework_grafsteen"),
        ask(wie, weg, "select * from vangnet_nood_treffer(%s, null)", GEZIN),
        ask(wie, weg, "select * from vangnet_nood_bekend(%s, null)", GEZIN),
        ask(wie, weg, "select * from vangnet_nood_vragen()"),
        ask(wie, weg, "select vangnet_nood(), vangnet_nood_adres()"),
        ask(wie, weg, "select * from vangnet_morgenlijsten(%s)", weg.nu + timedelta(days=9)),
        ask(wie, weg, "select * from vangnet_logvragen(%s, %s, %s, %s)", weg.nu, weg.nu, [wie.medewerker_id], ["x"]),
    ]
    verboden: tuple[UUID | str, ...] = (weg.casus_id, nummer, melding, weg.kind_id, "Milan", BSN)
    assert [woord for woord in verboden if str(woord) in str(antwoorden)] == []


def test_a_person_with_two_functions_does_not_lift_his_own_block(weg: Wandeling) -> None:
    mens = Medewerker.objects.get(id=weg.streek.dienst.medewerker_id)
    beheer = functie(mens, Rol.BEHEERDER, organisatie("regio"))
    als_beheerder = actor_of(mens, beheer)
    Blokkade.objects.create(casus_id=weg.casus_id, medewerker_id=mens.id, van=weg.nu, reden="Zus.")
    open_ = "select uitkomst from vangnet_blokkeer(%s, %s, null, true)"
    nummer = weg.dossier.casus.nummer
    assert ask(als_beheerder, weg, open_, nummer, mens.id) == [("eigen",)]
    assert Blokkade.objects.filter(casus_id=weg.casus_id).exists()
    assert ask(stranger(Rol.BEHEERDER), weg, open_, nummer, mens.id) == [("gedaan",)]
