# SPDX-License-Identifier: EUPL-1.2
"""What several rooms put on one casus goes with it when it is erased, and nothing of them opens it again: break-glass, requests of
the family with their copy, holds, orders, answers to systems."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection

from tests.bewaring import NU, Link, age
from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_board import melding
from tests.process.test_wissen import rows_of
from tests.verzoeken import NU as TOEN
from tests.verzoeken import Zaak, zaak
from vangnet.access import zegel, zegelcontrole
from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade, Logregel, Noodtoegang, Ontvangst
from vangnet.access.zegel import Hoofd
from vangnet.capacity.models import Dienstoverdracht, Dienstoverdrachtregel
from vangnet.casework import wissen
from vangnet.casework.models import Casus, Grafsteen, Melding
from vangnet.cli.postgres import EIGENAAR, ZEGEL, Cluster
from vangnet.process.break_glass import NogEenKind, NoodtoegangVoorbij, break_glass, finish, read_request, review
from vangnet.process.hand_over_shift import hand_over, receive
from vangnet.process.order_erasure import confirm_erasure, hold_casus, lift_hold, order_erasure
from vangnet.process.show_bewaren import erased
from vangnet.process.show_break_glass import look, show_reviews
from vangnet.process.show_shift import show_shift
from vangnet.process.take_in_hand import take_in_hand
from vangnet.process.weigeringen import NietBetrokken, OngeldigeInvoer
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db(transaction=True)
REDEN = "Broer belt: zij is weg en heeft pillen genomen."
HOEVEEL = 25
"""Years that a dossier of help is over before it may go by its term."""


@pytest.fixture
def z() -> Zaak:
    return zaak()


@pytest.fixture
def vreemd() -> Actor:
    return actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Elders")))


def open_child(wie: Actor, z: Zaak) -> Noodtoegang:
    nummer = Casus.objects.get(id=z.casus_id).nummer
    return Noodtoegang.objects.get(id=break_glass(wie, TOEN, read_request(nummer, REDEN), "code", uuid4()))


def close(z: Zaak) -> None:
    with working_on(z.een, z.casus_id, "casus.afsluiten", TOEN) as werk:
        werk.close("afgesloten")


def test_everything_that_hangs_on_a_casus_goes_and_the_log_still_verifies(
    z: Zaak,
    vreemd: Actor,
    link: Link,
    mensen: tuple[Actor, Actor, Actor],
    cluster: Cluster,
    database_name: str,
    tmp_path: Path,
) -> None:
    fg, ander, _ = mensen
    nood = open_child(vreemd, z)
    look(vreemd, TOEN + timedelta(minutes=1), nood.id)
    finish(vreemd, TOEN + timedelta(minutes=2), nood.id)
    review(fg, TOEN + timedelta(hours=3), nood.id, "terecht", "De broer bevestigt het.")
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    z.geef_vrij(verzoek)
    blijft = melding(z.een, "Elias", op=TOEN)
    gezien = show_shift(z.een, TOEN).gezien
    samen = hand_over(z.een, TOEN, uuid4(), gezien, dict.fromkeys(gezien, "Oma belt."), "Milan vroeg ernaar.")
    receive(z.twee, TOEN, samen, gezien)
    alleen = hand_over(z.een, TOEN, uuid4(), gezien, {}, "Milan nog eens.")
    Dienstoverdracht.objects.filter(id=alleen).update(ingetrokken_op=TOEN)
    with connection.cursor() as cursor:  # One on which it stood alone.
        cursor.execute("set session_replication_role = replica")
        Dienstoverdrachtregel.objects.filter(overdracht_id=alleen, casus_id=blijft).delete()
        cursor.execute("set session_replication_role = origin")
    close(z)
    nummer = Casus.objects.get(id=z.casus_id).nummer
    melding_id = Melding.objects.get(casus_id=z.casus_id).id
    for ding, antwoord in ((melding_id, {}), (uuid4(), {"casus": {"id": str(z.casus_id)}})):
        Ontvangst.objects.create(
            id=uuid4(), organisatie_id=z.huis.pk, ding="melding", ding_id=ding, inhoud="x", antwoord=antwoord, op=TOEN
        )
    hold_casus(fg, NU, nummer, "Klacht loopt", "De klachtencommissie")
    lift_hold(fg, NU, nummer)
    confirm_erasure(ander, NU, order_erasure(fg, NU, nummer).id)
    age(z.casus_id, HOEVEEL)
    voor = rows_of(z.casus_id)
    for tabel in (
        "access_noodtoegang", "casework_verzoek", "casework_passagekeuze", "casework_afschrift", "casework_bewaarstop",
        "casework_wisopdracht", "casework_notitie", "clocks_klok", "capacity_dienstoverdrachtregel",
    ):  # fmt: skip
        assert voor[tabel], tabel

    sleutels, hoofd = zegel.make_key(tmp_path / "sleutel"), Hoofd(tmp_path / "zegels.jsonl")
    with psycopg.connect(cluster.url(ZEGEL, database_name), autocommit=True) as zegelaar:
        with zegel.sealer(zegelaar):
            zegel.seal(zegelaar, sleutels, hoofd)
        uitkomst, rijen = wissen.erase_casus(link, z.casus_id, "opdracht", "dossier", None, NU.date(), "de beheerder")
        assert uitkomst == "gewist"
        assert rijen["access_noodtoegang"] == 1
        with zegel.sealer(zegelaar):
            zegel.seal(zegelaar, sleutels, hoofd)
        controle = zegelcontrole.check(zegelaar, sleutels, hoofd)
    assert controle.goed, controle.fouten
    assert controle.open_ == 0

    na = rows_of(z.casus_id)
    assert na.pop("access_logregel") == voor["access_logregel"] + 1
    assert na.pop("casework_grafsteen") == 1
    assert set(na.values()) == {0}, {tabel: n for tabel, n in na.items() if n}
    assert not Ontvangst.objects.exists()
    assert list(Dienstoverdracht.objects.values_list("id", "opmerking")) == [(samen, "")], "what was said goes too"
    assert list(Dienstoverdrachtregel.objects.values_list("casus_id", "opmerking").order_by("opmerking")) == [
        (blijft, ""),
        (blijft, "Oma belt."),
    ]
    assert Logregel.objects.filter(noodtoegang_id=nood.id, handeling="inzien").exists(), "that somebody looked stays"
    assert Grafsteen.objects.get().nummer == nummer
    assert erased(z.een, NU, z.casus_id) is not None
    assert show_reviews(fg, NU) == []
    with pytest.raises(NietBetrokken):
        look(vreemd, TOEN + timedelta(minutes=3), nood.id)
    with pytest.raises(OngeldigeInvoer) as nee:
        break_glass(vreemd, NU, read_request(nummer, REDEN), "code", uuid4())
    assert [veld for veld, *_ in nee.value.details["fouten"]] == ["casus"]


def test_break_glass_stays_whatever_anybody_but_that_procedure_says(
    z: Zaak, vreemd: Actor, cluster: Cluster, database_name: str
) -> None:
    open_child(vreemd, z)
    with psycopg.connect(cluster.url(EIGENAAR, database_name), autocommit=True) as eigenaar:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            eigenaar.execute("delete from access_noodtoegang")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            eigenaar.execute("truncate access_noodtoegang cascade")
    with connection.cursor() as cursor:  # A superuser that says the same word is still not the owner.
        cursor.execute("select set_config('vangnet.wist', 'ja', false)")
        with pytest.raises(DatabaseError):
            cursor.execute("delete from access_noodtoegang")
        cursor.execute("select set_config('vangnet.wist', '', false)")
    assert Noodtoegang.objects.count() == 1


def test_who_looks_with_break_glass_takes_nothing_in_hand_and_a_block_ends_it(z: Zaak, vreemd: Actor) -> None:
    nood = open_child(vreemd, z)
    voor = Casus.objects.get(id=z.casus_id).versie
    with pytest.raises(NietBetrokken):
        take_in_hand(vreemd, TOEN, z.casus_id)
    with pytest.raises(NietBetrokken), working_on(vreemd, z.casus_id, "casus.nemen", TOEN):
        raise AssertionError
    assert Casus.objects.get(id=z.casus_id).versie == voor
    Blokkade.objects.create(casus_id=z.casus_id, medewerker_id=vreemd.medewerker_id, van=TOEN, reden="Kent het gezin")
    with pytest.raises(NoodtoegangVoorbij):
        look(vreemd, TOEN + timedelta(minutes=1), nood.id)
    weer = read_request(Casus.objects.get(id=z.casus_id).nummer, REDEN)
    with pytest.raises(NogEenKind):  # While his hour runs every number is answered alike, this one too.
        break_glass(vreemd, TOEN, weer, "code", uuid4())
    finish(vreemd, TOEN + timedelta(minutes=2), nood.id)
    with pytest.raises(OngeldigeInvoer):
        break_glass(vreemd, TOEN + timedelta(minutes=3), weer, "code", uuid4())
