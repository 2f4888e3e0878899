# SPDX-License-Identifier: EUPL-1.2
"""`vangnet bewaren`: looking changes nothing, erasing goes casus by casus, a run that was killed is taken up by the next, and the
sealed log still proves itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session

from tests.bewaring import NU, closed, dossier
from tests.mensen import medewerker, organisatie
from tests.wegen import streek
from vangnet.access import tegoed, zegel, zegelcontrole
from vangnet.access.models import Functie, Medewerker, Tegoed
from vangnet.access.tegoed import Grens
from vangnet.access.zegel import Hoofd
from vangnet.casework.models import Casus, Grafsteen, Jeugdige
from vangnet.casework.wissen import Wislijst
from vangnet.cli import main as command_line
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, WIS, ZEGEL, Cluster

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lijst(tmp_path: Path, cluster: Cluster, database_name: str, monkeypatch: pytest.MonkeyPatch) -> Wislijst:
    """The environment of the eraser."""
    monkeypatch.setenv("DATABASE_URL_WIS", cluster.url(WIS, database_name))
    monkeypatch.setenv("DATABASE_URL_EIGENAAR", cluster.url(EIGENAAR, database_name))
    monkeypatch.setenv("VANGNET_WISLIJST", str(tmp_path / "gewist.jsonl"))
    monkeypatch.delenv("VANGNET_EIGEN", raising=False)
    return Wislijst(tmp_path / "gewist.jsonl")


def run(*words: str) -> int:
    return command_line.main(["bewaren", *words])


def test_looking_changes_nothing_and_doing_does(lijst: Wislijst, capsys: pytest.CaptureFixture[str]) -> None:
    buurt = streek()
    oud, oud_dossier, jong = closed(buurt=buurt), dossier(buurt=buurt), closed(0, buurt)
    assert run("toon") == 0
    uit = capsys.readouterr().out
    assert oud.dossier.casus.nummer in uit
    assert jong.dossier.casus.nummer not in uit
    assert "Nu te wissen: 2 van 3." in uit
    assert run("wis") == 0
    uit = capsys.readouterr().out
    assert "casework_jeugdige" in uit
    assert "Er is niets veranderd" in uit
    assert Casus.objects.count() == 3
    assert not lijst.pad.exists()
    assert run("wis", "--voer-uit", "--door", "T. Beheer", "--regio", "zuid-limburg") == 0
    uit = capsys.readouterr().out
    assert "Gewist: 2 casussen." in uit
    assert "Verhulst" not in uit
    assert list(Casus.objects.values_list("id", flat=True)) == [jong.casus_id]
    assert {een["casus_id"] for een in lijst.stones()} == {str(oud.casus_id), str(oud_dossier.casus_id)}
    assert Grafsteen.objects.filter(uitgevoerd_door="T. Beheer (vangnet_wis)").count() == 2
    assert run("wis", "--voer-uit") == 0
    assert "Er was geen casus te wissen." in capsys.readouterr().out
    assert run("opnieuw") == 0
    assert "Terug na het herstel: geen" in capsys.readouterr().out


def test_what_is_missing_or_wrong_is_said(
    lijst: Wislijst,
    cluster: Cluster,
    database_name: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed()
    for naam, waarde, woorden, zegt in (
        ("VANGNET_WISLIJST", "", ["wis", "--voer-uit"], "VANGNET_WISLIJST: gevonden niets"),
        ("VANGNET_WISLIJST", "/bestaat/niet/lijst", ["wis", "--voer-uit"], "niet te schrijven"),
        ("DATABASE_URL_WIS", "", ["toon"], "DATABASE_URL_WIS: gevonden niets"),
        ("DATABASE_URL_WIS", "geheim?", ["toon"], "gevonden een adres dat geen PostgreSQL-adres is"),
        ("DATABASE_URL_WIS", cluster.url(APP, database_name), ["wis", "--voer-uit"], "mag dit niet"),
        ("DATABASE_URL_WIS", cluster.url(WIS, "postgres"), ["toon"], "niet bij"),
    ):
        with monkeypatch.context() as even:
            even.setenv(naam, waarde)
            assert run(*woorden) == 1
        fout = capsys.readouterr().err
        assert zegt in fout, fout
        assert "geheim" not in fout
    assert run("toon", "--regio", "nergens") == 1
    assert "zuid-limburg" in capsys.readouterr().err
    assert Casus.objects.count() == 1
    assert not Grafsteen.objects.exists()


def test_an_account_stays_for_the_longest_term_of_any_region(
    lijst: Wislijst, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "eigen" / "lekstroom").mkdir(parents=True)
    (tmp_path / "eigen" / "lekstroom" / "bewaren.toml").write_text(
        '[account]\ntermijn = { aantal = 3, eenheid = "jaren" }\ndoor = "Regio"\nop = 2024-01-01\nreden = "Wij willen langer."\n'
    )
    huis, twee_jaar = organisatie("regio", naam="De regio"), timedelta(days=731)
    weg = medewerker("beheerder", huis, naam="Weg")
    Functie.objects.filter(medewerker=weg).update(van=NU - 2 * twee_jaar, tot=NU - twee_jaar)
    Session.objects.create(session_key="oud", session_data="x", expire_date=NU - timedelta(days=9))
    tegoed.take("adres:oud", Grens(9, 1), NU - timedelta(days=9))
    eigen = ("--eigen", str(tmp_path / "eigen"))
    assert run("wis", "--voer-uit", "--regio", "zuid-limburg") == 0
    assert run("wis", *eigen, "--voer-uit", "--regio", "lekstroom") == 0
    assert "django_session" not in capsys.readouterr().out
    assert Session.objects.exists(), "what is of no region goes with the whole only"
    assert run("wis", *eigen, "--voer-uit") == 0
    assert not Session.objects.exists()
    assert not Tegoed.objects.exists()
    assert Medewerker.objects.filter(pk=weg.pk).exists(), "one region keeps accounts for three years"
    assert run("wis", "--voer-uit") == 0
    assert "accounts van wie weg is" in capsys.readouterr().out
    assert not Medewerker.objects.filter(pk=weg.pk).exists()


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "vangnet.cli", "bewaren", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


@pytest.fixture
def held(cluster: Cluster, database_name: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who holds a row, so that the eraser waits there."""
    with psycopg.connect(cluster.url(BEHEER, database_name)) as iemand:
        yield iemand


def waits(cluster: Cluster, database_name: str) -> bool:
    """Whether the eraser stands waiting for a lock."""
    with psycopg.connect(cluster.url(BEHEER, database_name)) as link:
        found = link.execute(
            "select count(*) from pg_stat_activity where application_name = 'vangnet bewaren' and wait_event_type = 'Lock'"
            " and datname = current_database()"
        ).fetchone()
        return bool(found and found[0])


def test_a_run_that_is_killed_half_way_leaves_nothing_half_and_is_taken_up(
    lijst: Wislijst, held: psycopg.Connection[Any], cluster: Cluster, database_name: str
) -> None:
    buurt = streek()
    ids = [closed(25 - n / 10, buurt).casus_id for n in range(4)]
    # Of the third one a row is held that goes late: the procedure has deleted much of it when it stops there.
    held.execute("select from casework_melding where casus_id = %s for update", [ids[2]])
    proces = start("wis", "--voer-uit", "--door", "x")
    einde = time.monotonic() + 30
    while not waits(cluster, database_name):
        assert proces.poll() is None, proces.communicate()
        assert time.monotonic() < einde
        time.sleep(0.05)
    tweede = start("wis", "--voer-uit")
    assert tweede.wait(30) == 1
    assert "iemand anders" in (tweede.stderr.read() if tweede.stderr else "")
    os.kill(proces.pid, signal.SIGKILL)
    proces.wait(30)
    proces.communicate()
    held.rollback()
    while waits(cluster, database_name):
        time.sleep(0.05)

    weg = set(Grafsteen.objects.values_list("casus_id", flat=True))
    # What the killed run had asked last may still come true, as a whole; nothing is ever half.
    assert weg in ({ids[0], ids[1]}, {ids[0], ids[1], ids[2]})
    assert set(Casus.objects.values_list("id", flat=True)) == set(ids) - weg
    assert set(Jeugdige.objects.values_list("casus_id", flat=True)) == set(ids) - weg
    assert run("wis", "--voer-uit") == 0
    assert not Casus.objects.exists()
    assert not Jeugdige.objects.exists()
    assert Grafsteen.objects.count() == 4
    assert sorted(een["casus_id"] for een in lijst.stones()) == sorted(map(str, ids))


def test_the_sealed_log_still_proves_itself(
    lijst: Wislijst, tmp_path: Path, cluster: Cluster, database_name: str
) -> None:
    weg = closed()
    sleutels, hoofd = zegel.make_key(tmp_path / "sleutel"), Hoofd(tmp_path / "zegels.jsonl")
    with psycopg.connect(cluster.url(ZEGEL, database_name), autocommit=True) as link:
        with zegel.sealer(link):
            regels = zegel.seal(link, sleutels, hoofd).regels
        assert run("wis", "--voer-uit") == 0
        assert Grafsteen.objects.get().casus_id == weg.casus_id
        with zegel.sealer(link):
            zegel.seal(link, sleutels, hoofd)
        uit = zegelcontrole.check(link, sleutels, hoofd)
    assert uit.goed, uit.in_woorden(20)
    assert uit.regels == regels + 1, "every line is still there, and one more says that it was erased"
