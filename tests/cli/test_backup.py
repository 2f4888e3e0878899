# SPDX-License-Identifier: EUPL-1.2
"""`vangnet backup` and `vangnet restore`: one real backup of a real casus, put back in real databases, and everything that can
be wrong with a file, a key, a place or a copy."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage
import pytest

from tests.conftest import _Wipe
from tests.wegen import nieuwe_casus, streek
from vangnet.access.models import Reservekopie
from vangnet.cli import main as command_line
from vangnet.cli.kopie import KopieFout, bestand, inhoud, programma, terugzetten
from vangnet.cli.kopie.sleutels import read_identities
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, KOPIE, Cluster

KIND = "Noortje-Alleen-Hier"


@dataclass(frozen=True)
class Wereld:
    """A backup, its key, and the database that it was made of."""

    pad: Path
    sleutel: Path
    ontvanger: str
    casus_id: str
    rij: dict[str, Any]
    """What was kept about it."""
    uit: str
    """What the command said."""
    schema: str
    """The form of the database."""
    bytes_: bytes

    @property
    def sleutels(self) -> list[Any]:
        return read_identities(self.sleutel)


def schema_of(adres: str) -> str:
    """The form of a database as pg_dump writes it, without the token that differs every time, and without the casts that
    PostgreSQL itself writes elsewhere in a list once it has read the list back."""
    done = subprocess.run(
        [programma.find("pg_dump", 16)[0], "--schema-only"],
        env=programma.surroundings(adres), capture_output=True, text=True, check=True,
    )  # fmt: skip
    regels = re.sub(r"\\(un)?restrict \w+", "", done.stdout).splitlines()
    return "\n".join(re.sub(r"[()]|::character varying|::text(\[\])?", "", r) if "ARRAY[" in r else r for r in regels)


@pytest.fixture(scope="module")
def wereld(
    cluster: Cluster, database_name: str, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wereld]:  # fmt: skip
    """One casus that ran its course, with a session open, and a backup of all that by the role of the backups."""
    map_ = tmp_path_factory.mktemp("kopie")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as omgeving:
        weg = nieuwe_casus(streek())
        weg.loop()
        with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
            link.execute("set session_replication_role = replica")
            link.execute(f"update casework_jeugdige set voornaam = '{KIND}'".encode())
            link.execute("insert into django_session values ('s1', 'geheim-van-de-sessie', now() + interval '1 day')")
        omgeving.setenv("DATABASE_URL_BACKUP", cluster.url(KOPIE, database_name))
        omgeving.setenv("VANGNET_BACKUP_ONTVANGERS", str(map_ / "ontvangers"))
        assert run("backup", "sleutel", str(map_ / "sleutel")) == 0
        ontvanger = re.search(r"age1\w+", (map_ / "sleutel").read_text())
        assert ontvanger
        (map_ / "ontvangers").write_text(f"# wie mag openen\n{ontvanger[0]}\n")
        (map_ / "plek").mkdir()
        uit = subprocess.run(
            [sys.executable, "-m", "vangnet.cli", "backup", str(map_ / "plek")], capture_output=True, text=True, check=False
        )  # fmt: skip
        assert not uit.returncode, uit.stderr
        (pad,) = (map_ / "plek").iterdir()
        rij = Reservekopie.objects.values().get()
        schema = schema_of(cluster.url(BEHEER, database_name))
        _Wipe.run()
    yield Wereld(pad, map_ / "sleutel", ontvanger[0], str(weg.casus_id), rij, uit.stdout, schema, pad.read_bytes())


@pytest.fixture
def leeg(cluster: Cluster) -> Iterator[Callable[[], str]]:
    """Makes names of new empty databases, as a beheerder would."""
    namen = []

    def make() -> str:
        namen.append(f"kopie_{os.getpid()}_{next(TELLER)}")
        cluster.drop_database(namen[-1])
        cluster.create_database(namen[-1])
        return namen[-1]

    yield make
    for naam in namen:
        cluster.drop_database(naam)


TELLER = itertools.count()


def run(*woorden: str) -> int:
    return command_line.main(list(woorden))


def is_empty(adres: str) -> bool:
    with psycopg.connect(adres) as link:
        return link.execute(terugzetten.WAT_ER_IS).fetchall() == []


# ---- there and back --------------------------------------------------------------------------------------------


def test_the_file_is_closed_and_says_nothing(wereld: Wereld) -> None:
    assert stat.S_IMODE(wereld.pad.stat().st_mode) == stat.S_IMODE(wereld.sleutel.stat().st_mode) == 0o600
    assert bestand.NAAM.fullmatch(wereld.pad.name)
    assert wereld.bytes_.startswith(bestand.KOP)
    for woord in (KIND, "casework_jeugdige", "geheim-van-de-sessie", "PGDMP", "manifest"):
        assert woord.encode() not in wereld.bytes_
    assert wereld.rij["goed"]
    assert wereld.rij["soort"] == "gemaakt"
    assert wereld.rij["grootte"] == len(wereld.bytes_)
    assert wereld.rij["rijen"] > 50
    assert wereld.rij["vingerafdruk"] in wereld.uit


def test_back_in_an_empty_database_all_is_equal(
    wereld: Wereld, leeg: Callable[[], str], cluster: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    naam = leeg()
    monkeypatch.setenv("DATABASE_URL_EIGENAAR", cluster.url(EIGENAAR, naam))
    assert run("restore", str(wereld.pad), "--sleutel", str(wereld.sleutel)) == 0
    uit = capsys.readouterr().out
    assert "gelijk aan wat er stond" in uit
    for stap in ("vangnet bewaren opnieuw --voer-uit", "vangnet log zegel --herstel", "vangnet serve"):
        assert stap in uit
    assert "vangnet migrate" not in uit
    with psycopg.connect(cluster.url(BEHEER, naam)) as link:
        assert link.execute(
            "select voornaam from casework_jeugdige where casus_id = %s", [wereld.casus_id]
        ).fetchall() == [(KIND,)]
        assert link.execute("select count(*) from django_session").fetchone() == (0,)
    # Guards, policies, functions, comments, owners and rights: everything but the rows is as it was, to the letter.
    assert schema_of(cluster.url(BEHEER, naam)) == wereld.schema
    with psycopg.connect(cluster.url(APP, naam)) as link:
        assert link.execute("select count(*) from casework_casus").fetchone() == (0,), "the second lock is shut again"

    # A second time, over what is there now: refused, and it says what was found.
    assert run("restore", str(wereld.pad), "--sleutel", str(wereld.sleutel)) == 1
    fout = capsys.readouterr().err
    assert "niet leeg" in fout
    assert "access_aanmeldpoging" in fout

    # Every unfaithful copy is noticed, by table.
    was = terugzetten.open_whole(wereld.pad, wereld.sleutels).manifest.tabellen
    with psycopg.connect(cluster.url(BEHEER, naam)) as link:
        link.execute("set session_replication_role = replica")
        link.commit()
        assert inhoud.differences(was, inhoud.measure(link)) == []
        for tabel, opdracht, zegt in (
            ("casework_jeugdige", f"update casework_jeugdige set voornaam = '{KIND.lower()}'", "niet dezelfde inhoud"),
            ("casework_gebeurtenis", "delete from casework_gebeurtenis where id = (select min(id::text)::uuid from casework_gebeurtenis)", "verwacht"),
            ("access_medewerker", "update access_medewerker m set naam = o.naam from access_medewerker o where m.id <> o.id and "
             "m.id in (select id from access_medewerker order by id limit 2) and o.id in (select id from access_medewerker order by id limit 2)",
             "niet dezelfde inhoud"),
            ("access_organisatie", "alter table access_organisatie add erbij int", "kolommen"),
            ("access_tegoed", "drop table access_tegoed", "is er niet"),
            ("vreemd", "create table public.vreemd ()", "hoort er niet"),
        ):  # fmt: skip
            link.execute("set local search_path = public")
            link.execute(opdracht.encode())
            (verschil,) = inhoud.differences(was, inhoud.measure(link))
            assert verschil.startswith(f"public.{tabel}:") and zegt in verschil
            link.rollback()


def test_another_order_of_rows_and_other_settings_give_the_same_hash(leeg: Callable[[], str], cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(EIGENAAR, leeg())) as link:
        link.execute(
            "create table t (id int, w double precision, op timestamptz, b bytea, duur interval, t text);"
            "insert into t select n, n / 3.0, '2024-03-31 01:30+00'::timestamptz + n * interval '1 h', sha256(n::text::bytea),"
            " n * interval '1 h', case n % 3 when 0 then null when 1 then '' else E'a,b\\n\"c\\\\' end from generate_series(1, 50) n"
        )
        eerst = inhoud.measure(link)["public.t"]
        link.execute(
            "create table public.u as table public.t; truncate public.t; insert into public.t table public.u order by sha256(b); drop table public.u"
        )
        for zet in ("timezone = 'Asia/Tokyo'", "datestyle = 'German'", "extra_float_digits = -5", "bytea_output = 'escape'", "intervalstyle = 'iso_8601'"):  # fmt: skip
            link.execute(f"set {zet}".encode())
        assert inhoud.measure(link)["public.t"] == eerst
        link.execute("update public.t set t = '' where t is null and id = 3")
        assert inhoud.measure(link)["public.t"].hash != eerst.hash, "nothing and an empty text are not the same"


# ---- what is refused -------------------------------------------------------------------------------------------


def test_a_file_that_is_not_whole_or_not_ours_is_refused_before_anything_happens(
    wereld: Wereld, leeg: Callable[[], str], cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    adres = cluster.url(EIGENAAR, leeg())
    monkeypatch.setenv("DATABASE_URL_EIGENAAR", adres)
    monkeypatch.setenv("VANGNET_BACKUP_SLEUTEL", str(wereld.sleutel))
    heel, midden = wereld.bytes_, len(wereld.bytes_) // 2
    ander = tmp_path / "andere-sleutel"
    assert run("backup", "sleutel", str(ander)) == 0
    vreemd = pyrage.encrypt(b"boodschappen\n" * 100, [pyrage.x25519.Recipient.from_str(wereld.ontvanger)])
    for inhoud_, zegt in (
        (heel[:midden], "beschadigd of afgeknipt"),
        (heel[:-1], "beschadigd of afgeknipt"),
        (heel[:100], "beschadigd of afgeknipt"),
        (heel[:midden] + bytes([heel[midden] ^ 1]) + heel[midden + 1 :], "beschadigd of afgeknipt"),
        (heel + b"x", "beschadigd of afgeknipt"),
        (b"", "geen reservekopie van Vangnet"),
        (b"PGDMP" + bytes(100), "geen reservekopie van Vangnet"),
        (vreemd, "geen reservekopie van Vangnet"),
    ):
        (tmp_path / "stuk").write_bytes(inhoud_)
        for opdracht in (["restore"], ["backup", "nakijken"]):
            assert run(*opdracht, str(tmp_path / "stuk")) == 1
            fout = capsys.readouterr().err
            assert zegt in fout, fout
            assert "Traceback" not in fout
    for woorden, zegt in (
        (["--sleutel", str(ander)], "andere sleutel"),
        (["--sleutel", str(tmp_path / "nergens")], "niet te lezen"),
        (["--sleutel", str(wereld.pad)], "geen tekst"),
        (["--sleutel", str(wereld.sleutel.with_name("ontvangers"))], "voor anderen open"),
    ):
        assert run("restore", str(wereld.pad), *woorden) == 1
        assert zegt in capsys.readouterr().err
    assert run("restore", str(tmp_path / "nergens")) == 1
    assert "niet te lezen" in capsys.readouterr().err
    assert is_empty(adres)


def repacked(wereld: Wereld, doel: Path, **anders: Any) -> Path:
    """The same dump with another manifest: whoever knows the recipient can make such a file."""
    stukken: list[bytes] = []
    uit = bestand.read_file(wereld.pad, wereld.sleutels, lambda stuk: stukken.append(bytes(stuk)))
    assert uit.manifest is not None
    dump = doel.with_suffix(".dump")
    dump.write_bytes(b"".join(stukken))
    doel.unlink(missing_ok=True)
    with dump.open("rb") as bron:
        delen = bestand.packed(uit.manifest | anders, bron, bestand.Slot())
        bestand.write_file(doel, delen, [pyrage.x25519.Recipient.from_str(wereld.ontvanger)])
    return doel


def test_what_is_newer_than_this_machine_or_lacks_a_role_is_refused(
    wereld: Wereld, leeg: Callable[[], str], cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    naam = leeg()
    adres = cluster.url(EIGENAAR, naam)
    monkeypatch.setenv("VANGNET_BACKUP_SLEUTEL", str(wereld.sleutel))
    for anders, zegt in (
        ({"vorm": 2}, "kent tot en met 1"),
        ({"vangnet": "99.1"}, "nieuwere Vangnet (99.1)"),
        ({"migraties": [["access", "9999_morgen"]]}, "access 9999_morgen"),
        ({"postgresql": 99}, "van PostgreSQL 99"),
        ({"dump_door": 99}, "verwacht versie 99 of nieuwer"),
        ({"rollen": ["vangnet_app", "cijfers_van_de_regio"]}, "ontbreken op deze server: cijfers_van_de_regio"),
        ({"tabellen": {"public.access_log": "?"}}, "niet te lezen"),
    ):
        monkeypatch.setenv("DATABASE_URL_EIGENAAR", adres)
        assert run("restore", str(repacked(wereld, tmp_path / "anders", **anders))) == 1
        fout = capsys.readouterr().err
        assert zegt in fout, fout
    for rol, zegt in ((BEHEER, "superuser"), (APP, "niet de eigenaar"), (KOPIE, "niet de eigenaar")):
        monkeypatch.setenv("DATABASE_URL_EIGENAAR", cluster.url(rol, naam))
        assert run("restore", str(wereld.pad)) == 1
        assert zegt in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL_EIGENAAR", "geheim?")
    assert run("restore", str(wereld.pad)) == 1
    assert "geheim" not in capsys.readouterr().err
    assert is_empty(adres)


def test_a_copy_that_is_not_equal_leaves_nothing(
    wereld: Wereld, leeg: Callable[[], str], cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    adres = cluster.url(EIGENAAR, leeg())
    monkeypatch.setenv("DATABASE_URL_EIGENAAR", adres)
    monkeypatch.setenv("VANGNET_BACKUP_SLEUTEL", str(wereld.sleutel))
    uit = bestand.read_file(wereld.pad, wereld.sleutels, lambda stuk: None)
    assert uit.manifest is not None
    tabellen, reeksen = uit.manifest["tabellen"], uit.manifest["reeksen"]
    tabellen["public.casework_jeugdige"]["hash"] = "0" * 64
    tabellen["public.access_medewerker"]["rijen"] += 1
    reeksen["public.access_logregel_volgnummer"] += 1000
    anders = repacked(wereld, tmp_path / "anders", tabellen=tabellen, reeksen=reeksen)
    assert run("restore", str(anders)) == 1
    fout = capsys.readouterr().err
    assert [regel.split()[1] for regel in fout.splitlines() if regel.startswith("- ")] == [
        "public.access_medewerker:", "public.casework_jeugdige:", "public.access_logregel_volgnummer:",
    ]  # fmt: skip
    assert is_empty(adres)


# ---- making ----------------------------------------------------------------------------------------------------


def delen(*stukken: bytes, fout: BaseException | None = None) -> Iterator[bytes]:
    yield from stukken
    if fout:
        raise fout


def test_a_backup_is_whole_or_not_there(wereld: Wereld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ontvangers = [pyrage.x25519.Recipient.from_str(wereld.ontvanger)]
    doel = tmp_path / "een.kopie"
    for fout in (KopieFout("pg_dump viel om"), KeyboardInterrupt(), OSError(28, "No space left on device")):
        with pytest.raises((KopieFout, KeyboardInterrupt)) as gezien:
            bestand.write_file(doel, delen(b"x" * 100_000, fout=fout), ontvangers)
        if isinstance(fout, OSError):
            assert "is vol" in str(gezien.value)
        assert list(tmp_path.iterdir()) == []
    doel.write_bytes(b"van een ander")
    with pytest.raises(KopieFout, match="nooit overschreven"):
        bestand.write_file(doel, delen(b"x"), ontvangers)
    assert doel.read_bytes() == b"van een ander"
    with pytest.raises(KopieFout, match="niet te schrijven"):
        bestand.write_file(Path("/proc/kopie"), delen(b"x"), ontvangers)
    # A real full disk: the kernel refuses, not a stand-in.
    with monkeypatch.context() as even:
        even.setattr(bestand, "_closed_file", _full_disk)
        with pytest.raises(KopieFout, match="is vol"):
            bestand.write_file(tmp_path / "twee", delen(b"x" * 1_000_000), ontvangers)
    assert not (tmp_path / "twee").exists()


def test_the_first_fault_of_the_reader_is_the_one_that_is_told(wereld: Wereld) -> None:
    """pg_restore may stop reading; age then hands over the same bytes once more before it lets go."""
    alles = terugzetten.open_whole(wereld.pad, wereld.sleutels).dump
    for na in range(alles - 20_000, alles, 1_000):
        with pytest.raises(BrokenPipeError):
            bestand.read_file(wereld.pad, wereld.sleutels, _stops_after(na))


@contextmanager
def _full_disk(pad: Path) -> Iterator[IO[bytes]]:
    with Path("/dev/full").open("wb") as vol:
        yield vol


def _stops_after(na: int) -> Callable[[memoryview], None]:
    """A reader that breaks once it had more than so many bytes."""
    gehad = 0

    def stop(stuk: memoryview) -> None:
        nonlocal gehad
        gehad += len(stuk)
        if gehad > na:
            raise BrokenPipeError(32, "weg")

    return stop


def test_a_run_that_is_killed_leaves_no_file_that_looks_whole(
    cluster: Cluster, database_name: str, wereld: Wereld, tmp_path: Path
) -> None:
    omgeving = dict(os.environ) | {"DATABASE_URL_BACKUP": cluster.url(KOPIE, database_name)}
    opdracht = [sys.executable, "-m", "vangnet.cli", "backup", str(tmp_path), "--ontvanger", wereld.ontvanger]
    with psycopg.connect(cluster.url(BEHEER, database_name)) as houder:
        houder.execute("lock table access_tegoed in access exclusive mode")  # It waits here, with its snapshot taken.
        for golf in (signal.SIGTERM, signal.SIGKILL):
            proces = subprocess.Popen(opdracht, env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            einde = time.monotonic() + 30
            while not houder.execute(
                "select 1 from pg_stat_activity where application_name = 'vangnet backup' and wait_event_type = 'Lock'"
            ).fetchone():
                assert proces.poll() is None and time.monotonic() < einde, proces.communicate()
                time.sleep(0.05)
                houder.execute("select pg_stat_clear_snapshot()")
            proces.send_signal(golf)
            _, fout = proces.communicate(timeout=30)
            assert proces.returncode
            assert ("Afgebroken. Er is geen reservekopie gemaakt." in fout) == (golf == signal.SIGTERM)
            assert "Traceback" not in fout
            assert not [pad for pad in tmp_path.iterdir() if not bestand.HALF.fullmatch(pad.name)]
            houder.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vangnet backup'"
            )
            while houder.execute("select 1 from pg_stat_activity where application_name = 'vangnet backup'").fetchone():
                houder.execute("select pg_stat_clear_snapshot()")
                time.sleep(0.02)
    (tmp_path / ".vangnet-0123456789abcdef.half").write_bytes(b"van een dode")
    bestand.clear_halves(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_of_our_own_are_kept(wereld: Wereld, tmp_path: Path) -> None:
    eigen = [f"vangnet-2026112{n}T030000Z.kopie" for n in range(5)]
    for naam in eigen:
        (tmp_path / naam).write_bytes(wereld.bytes_[:500])
    blijft = {"foto.kopie", "vangnet-20260101T030000Z.kopie.oud", "vangnet-20200101T000000Z.kopie"}
    for naam in blijft:
        (tmp_path / naam).write_bytes(b"geen reservekopie")
    (tmp_path / "vangnet-20200102T000000Z.kopie").symlink_to(tmp_path / eigen[0])
    assert [pad.name for pad in bestand.keep_newest(tmp_path, 2)] == eigen[2::-1]
    assert {pad.name for pad in tmp_path.iterdir()} == {*eigen[3:], *blijft, "vangnet-20200102T000000Z.kopie"}
    oud = tmp_path / "vangnet-20200103T000000Z.kopie"  # Just made, by a clock that runs behind.
    oud.write_bytes(wereld.bytes_[:500])
    assert bestand.keep_newest(tmp_path, 2, oud) == []


@pytest.mark.parametrize(
    ("variabelen", "woorden", "zegt"),
    [
        ({"DATABASE_URL_BACKUP": ""}, [], "DATABASE_URL_BACKUP: gevonden niets"),
        ({"DATABASE_URL_BACKUP": "geheim?"}, [], "geen PostgreSQL-adres"),
        ({"DATABASE_URL_BACKUP": APP}, [], "ziet"),
        ({}, ["--ontvanger", "age1onzin"], "gevonden 'age1onzin'; verwacht een ontvanger"),
        ({}, ["--ontvanger", "AGE-SECRET-KEY-1X"], "gevonden een geheime sleutel"),
        ({"VANGNET_BACKUP_ONTVANGERS": "/bestaat/niet"}, [], "niet te lezen"),
        ({"VANGNET_BACKUP_ONTVANGERS": ""}, [], "verwacht voor wie de kopie op slot gaat"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    variabelen: dict[str, str], woorden: list[str], zegt: str, wereld: Wereld, cluster: Cluster, database_name: str,
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("DATABASE_URL_BACKUP", cluster.url(KOPIE, database_name))
    monkeypatch.setenv("VANGNET_BACKUP_ONTVANGERS", str(wereld.sleutel.with_name("ontvangers")))
    for naam, waarde in variabelen.items():
        monkeypatch.setenv(naam, cluster.url(waarde, database_name) if waarde == APP else waarde)
    assert run("backup", str(tmp_path), *woorden) == 1
    fout = capsys.readouterr().err
    assert zegt in fout, fout
    assert "geheim?" not in fout and "AGE-SECRET" not in fout and "://" + APP not in fout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "woorden",
    [["backup"], ["backup", "a", "b"], ["backup", "sleutel"], ["backup", "x", "--proef"], ["backup", "x", "--houd", "1"],
     ["backup", "nakijken", "x", "--houd", "3"], ["restore"]],
)  # fmt: skip
def test_wrong_usage_leaves_with_2(woorden: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as fout:
        run(*woorden)
    assert fout.value.code == 2
    assert "gebruik: vangnet" in capsys.readouterr().err


def test_a_key_is_never_written_over(wereld: Wereld, capsys: pytest.CaptureFixture[str]) -> None:
    voor = wereld.sleutel.read_bytes()
    assert run("backup", "sleutel", str(wereld.sleutel)) == 1
    assert "nooit overschreven" in capsys.readouterr().err
    assert wereld.sleutel.read_bytes() == voor


# ---- looking over ----------------------------------------------------------------------------------------------


def test_looking_over_counts_every_row_and_a_trial_puts_back(
    wereld: Wereld, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vangnet.cli import postgres

    monkeypatch.delenv("DATABASE_URL_BACKUP", raising=False)
    monkeypatch.setenv("VANGNET_BACKUP_SLEUTEL", str(wereld.sleutel))
    assert run("backup", "nakijken", str(wereld.pad), "--proef") == 0
    assert "Teruggezet in een proef en gelijk" in capsys.readouterr().out
    assert not list(postgres.state_folder().glob("herstelproef-*")), "the trial leaves nothing behind"
    tabellen = terugzetten.open_whole(wereld.pad, wereld.sleutels).manifest.tabellen
    minder = {n: {"rijen": t.rijen + (n == "public.casework_jeugdige"), "hash": t.hash, "kolommen": t.kolommen} for n, t in tabellen.items()}  # fmt: skip
    assert run("backup", "nakijken", str(repacked(wereld, tmp_path / "minder", tabellen=minder))) == 1
    assert "public.casework_jeugdige: in de dump" in capsys.readouterr().err


def test_without_vangnet_it_opens_with_age_tar_and_pg_restore(wereld: Wereld, tmp_path: Path) -> None:
    with wereld.pad.open("rb") as van, (tmp_path / "tar").open("wb") as naar:
        pyrage.decrypt_io(van, naar, wereld.sleutels)
    subprocess.run(["tar", "-xf", "tar"], cwd=tmp_path, check=True)
    assert json.loads((tmp_path / "manifest.json").read_text())["vorm"] == 1
    dump = b"".join(pad.read_bytes() for pad in sorted((tmp_path / "dump").iterdir()))
    done = subprocess.run([programma.find("pg_restore", 16)[0], "-f", "-"], input=dump, capture_output=True, check=True)
    assert KIND.encode() in done.stdout
    assert b"geheim-van-de-sessie" not in done.stdout


# ---- who may what ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_role_of_the_backups_reads_all_and_changes_nothing(cluster: Cluster, database_name: str) -> None:
    casus_id = nieuwe_casus(streek()).casus_id
    with psycopg.connect(cluster.url(KOPIE, database_name), autocommit=True) as link:
        assert link.execute("select id from casework_casus").fetchall() == [(casus_id,)]
        for opdracht in (
            "update casework_casus set nummer = 'x'", "delete from access_logregel", "insert into django_session values ('x', 'x', now())",
            "update access_reservekopie set goed = true", "create table t ()", "alter role vangnet_kopie superuser", "drop table access_tegoed",
            "set session_replication_role = replica", "set role vangnet_eigenaar",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(opdracht.encode())
    with psycopg.connect(cluster.url(APP, database_name), autocommit=True) as link:
        assert link.execute("select count(*) from access_reservekopie").fetchone() == (0,)
        for opdracht in (
            "insert into access_reservekopie (id) values (gen_random_uuid())",
            "delete from access_reservekopie",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(opdracht.encode())
