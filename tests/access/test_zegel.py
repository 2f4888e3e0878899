# SPDX-License-Identifier: EUPL-1.2
"""The sealed log: what anybody changes, a superuser with the triggers off included, is found and named."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access import log, zegel, zegelcontrole
from vangnet.access.models import Betrokkenheid, Logregel
from vangnet.access.zegel import Hoofd, Sleutels, ZegelFout
from vangnet.access.zegelcontrole import Controle
from vangnet.cli import main as command_line
from vangnet.cli.postgres import APP, BEHEER, EIGENAAR, ZEGEL, Cluster
from vangnet.process.take_melding import begin_melding

pytestmark = pytest.mark.django_db(transaction=True)

NU = datetime.fromisoformat("2024-05-17T21:00:00+02:00")
Link = psycopg.Connection[Any]


@pytest.fixture
def link(cluster: Cluster, database_name: str) -> Iterator[Link]:
    """As the sealer."""
    with psycopg.connect(cluster.url(ZEGEL, database_name), autocommit=True) as found:
        yield found


@pytest.fixture
def baas(cluster: Cluster, database_name: str) -> Iterator[Link]:
    """As a superuser, with every trigger off: who may do anything."""
    with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as found:
        found.execute("set session_replication_role = replica")
        yield found


@pytest.fixture
def sleutels(tmp_path: Path) -> Sleutels:
    return zegel.make_key(tmp_path / "sleutel")


@pytest.fixture
def hoofd(tmp_path: Path) -> Hoofd:
    return Hoofd(tmp_path / "zegels.jsonl")


def write(aantal: int) -> None:
    """Lines as the application writes them."""
    for n in range(aantal):
        log.note(
            None, "aanmelden", "account", NU, geslaagd=False, toelichting=f"regel {n}\tmet \\ en é", adres="10.0.0.7"
        )


def sealed(link: Link, sleutels: Sleutels, hoofd: Hoofd, aantal: int = 12, per_zegel: int = 5) -> list[int]:
    """`aantal` more lines, sealed; returns the numbers of all lines."""
    write(aantal)
    with zegel.sealer(link):
        uit = zegel.seal(link, sleutels, hoofd, per_zegel=per_zegel)
    assert uit.regels == aantal
    assert (uit.open_, uit.wacht) == (0, False)
    return list(Logregel.objects.order_by("nummer").values_list("nummer", flat=True))


def kinds(uit: Controle) -> dict[str, list[int | str]]:
    return {soort: sorted(wat, key=str) for soort, wat in uit.fouten.items()}


def test_a_good_log_is_good(link: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    nummers = sealed(link, sleutels, hoofd)
    sealed(link, sleutels, hoofd, 3)
    write(2)
    meld: list[tuple[int, int]] = []
    uit = zegelcontrole.check(link, sleutels, hoofd, lambda n, van: meld.append((n, van)))
    assert uit.goed, uit.fouten
    assert (uit.regels, uit.zegels, uit.open_) == (15, 4, 2)
    assert 0 <= uit.oudste < 60
    assert meld[-1] == (17, 17)
    assert len(nummers) == 12
    assert [z.nummer for _, z in hoofd.seals() if z] == [1, 2, 3, 4]
    assert os.stat(hoofd.pad).st_mode & 0o777 == 0o600
    again = zegel.seal(link, sleutels, hoofd)
    assert (again.regels, again.zegels) == (2, 1)
    assert zegel.seal(link, sleutels, hoofd).regels == 0, "nothing is sealed twice"


Sabotage = Callable[[Link, list[int]], object]

CHANGES: dict[str, tuple[Sabotage, dict[str, list[int]]]] = {
    "an edit": (
        lambda baas, n: baas.execute("update access_logregel set naam = 'Ander' where nummer = %s", [n[3]]),
        {"gewijzigd": [3]},
    ),
    "an edit of the moment": (
        lambda baas, n: baas.execute("update access_logregel set op = op - interval '1 ms' where nummer = %s", [n[0]]),
        {"gewijzigd": [0]},
    ),
    "an edit of the purpose": (
        lambda baas, n: baas.execute("update access_logregel set doel = '' where nummer = %s", [n[7]]),
        {"gewijzigd": [7]},
    ),
    "a deletion": (
        lambda baas, n: baas.execute("delete from access_logregel where nummer in (%s, %s)", [n[4], n[9]]),
        {"verwijderd": [4, 9]},
    ),
    "a deletion of the first": (
        lambda baas, n: baas.execute("delete from access_logregel where nummer = %s", [n[0]]),
        {"verwijderd": [0]},
    ),
    "a swap in one seal": (lambda baas, n: swap(baas, n[1], n[2]), {"verwisseld": [1, 2]}),
    "a swap over two seals": (lambda baas, n: swap(baas, n[1], n[11]), {"verwisseld": [1, 11]}),
    "a cut at the end": (
        lambda baas, n: baas.execute("delete from access_logregel where nummer >= %s", [n[10]]),
        {"verwijderd": [10, 11]},
    ),
}


def swap(baas: Link, een: int, ander: int) -> None:
    """Two lines change places: the numbers are exchanged."""
    for van, naar in ((een, -7), (ander, een), (-7, ander)):
        baas.execute("update access_logregel set nummer = %s where nummer = %s", [naar, van])


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_lines_is_found_and_named(
    change: str, link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    nummers = sealed(link, sleutels, hoofd)
    do, verwacht = CHANGES[change]
    do(baas, nummers)
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert not uit.goed
    assert kinds(uit) == {soort: sorted((nummers[plek] for plek in waar), key=str) for soort, waar in verwacht.items()}


def forge(baas: Link, nummer: int, **anders: Any) -> None:
    """A line that nobody wrote, like the last one but for `anders`."""
    woorden = {"nummer": nummer, "id": uuid4(), **anders}
    baas.execute(
        "insert into access_logregel select (jsonb_populate_record(r, %s::jsonb)).* from access_logregel r"
        " order by r.nummer desc limit 1",
        [json.dumps(woorden, default=str)],
    )


def test_a_line_put_in_among_the_sealed_is_found(link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    nummers = sealed(link, sleutels, hoofd)
    with pytest.raises(psycopg.errors.UniqueViolation):
        forge(baas, nummers[5])
    baas.execute("delete from access_logregel where nummer = %s", [nummers[5]])
    forge(baas, nummers[0] - 1)
    forge(baas, nummers[5])
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert kinds(uit) == {"ingevoegd": [nummers[0] - 1], "gewijzigd": [nummers[5]]}


def test_a_gap_that_a_rollback_left_is_no_deletion_and_no_place_to_put_a_line(
    link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    write(2)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    write(2)
    with zegel.sealer(link):
        assert zegel.seal(link, sleutels, hoofd).regels == 4
    nummers = list(Logregel.objects.order_by("nummer").values_list("nummer", flat=True))
    assert nummers[2] == nummers[1] + 2, "the number of the line that was rolled back"
    assert zegelcontrole.check(link, sleutels, hoofd).goed
    forge(baas, nummers[1] + 1)
    assert kinds(zegelcontrole.check(link, sleutels, hoofd)) == {"ingevoegd": [nummers[1] + 1]}


def test_a_line_that_claims_an_old_moment_is_found(link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    nummers = sealed(link, sleutels, hoofd)
    gisteren = baas.execute("select clock_timestamp() - interval '1 day'").fetchone()
    assert gisteren is not None
    forge(baas, nummers[-1] + 100, vastgelegd_op=gisteren[0].isoformat())
    with zegel.sealer(link):
        assert zegel.seal(link, sleutels, hoofd).regels == 1
    assert kinds(zegelcontrole.check(link, sleutels, hoofd)) == {"teruggedateerd": [nummers[-1] + 100]}


def test_a_line_that_becomes_visible_late_is_sealed_once_and_not_lost(
    link: Link, cluster: Cluster, database_name: str, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    """A transaction takes a number and stays open; others commit after it. Sealing waits for it, and for nothing else."""
    sealed(link, sleutels, hoofd, 1)
    een = "insert into access_logregel (id, op, naam, rol, handeling, ding, geslaagd, toelichting, doel, relatie, toestemming, bron) values (gen_random_uuid(), now(), '', '', 'inzien', 'casus', true, '', '', '', '', '')"  # fmt: skip
    with psycopg.connect(cluster.url(APP, database_name)) as laat:
        laat.execute(een)
        write(2)
        uit = zegel.seal(link, sleutels, hoofd, geduld=0.1)
        assert uit.wacht
        assert (uit.regels, uit.open_) == (0, 2), "the two that are visible wait for the one that is not"
        laat.commit()
        assert zegel.seal(link, sleutels, hoofd, geduld=5).regels == 3
        laat.execute(een)
        assert zegel.seal(link, sleutels, hoofd, geduld=0.1).regels == 0, "a number above all that is visible"
        laat.commit()
        laat.execute("select count(*) from access_logregel")
        write(1)
        assert zegel.seal(link, sleutels, hoofd, geduld=0.1).regels == 2, "who only reads holds nobody up"
    assert zegelcontrole.check(link, sleutels, hoofd).goed


def test_changes_of_seals_are_found(link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    nummers = sealed(link, sleutels, hoofd, 20)
    baas.execute("update access_zegel set aantal = 4 where nummer = 2")
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert kinds(uit) == {"zegel_anders": [2], "hoofd_anders": [2], "onbewaakt": [f"{nummers[5]}–{nummers[9]}"]}
    assert uit.aantallen["onbewaakt"] == 5
    baas.execute("update access_zegel set aantal = 5 where nummer = 2")
    assert zegelcontrole.check(link, sleutels, hoofd).goed
    baas.execute("delete from access_zegel where nummer = 2")
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert uit.fouten["zegel_weg"] == [2]
    assert uit.fouten["onbewaakt"] == [f"{nummers[5]}–{nummers[9]}"]
    assert set(uit.fouten) == {"zegel_weg", "onbewaakt"}
    baas.execute("delete from access_zegel where nummer = 1")
    assert zegelcontrole.check(link, sleutels, hoofd).fouten["zegel_weg"] == [1, 2]


def test_a_cut_of_seals_and_lines_at_the_end_is_found_by_the_head(
    link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    nummers = sealed(link, sleutels, hoofd, 20)
    baas.execute("delete from access_zegel where nummer >= 3")
    baas.execute("delete from access_logregel where nummer >= %s", [nummers[10]])
    assert zegelcontrole.check(link, sleutels, None).goed, "without the head nothing is amiss: that is what it is for"
    assert kinds(zegelcontrole.check(link, sleutels, hoofd)) == {"afgeknipt": [3, 4]}
    write(1)
    with zegel.sealer(link), pytest.raises(ZegelFout, match="het einde is weg"):
        zegel.seal(link, sleutels, hoofd)


def test_a_chain_that_is_made_anew_without_the_key_is_found(
    link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd, tmp_path: Path
) -> None:
    sealed(link, sleutels, hoofd)
    vals, nep = zegel.make_key(tmp_path / "vals"), Hoofd(tmp_path / "nep.jsonl")
    baas.execute("update access_logregel set naam = 'Niemand'")
    baas.execute("delete from access_zegel")
    zegel.seal(link, vals, nep, per_zegel=5)
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert uit.fouten["zegel_anders"] == uit.fouten["hoofd_anders"] == [1, 2, 3]
    assert uit.aantallen["onbewaakt"] == 12
    assert zegelcontrole.check(link, sleutels, nep).fouten["hoofd_stuk"], "a head that goes with it does not help"
    assert zegelcontrole.check(link, None, nep).goed, "without the key nothing is amiss: that is what it is for"
    with zegel.sealer(link), pytest.raises(ZegelFout, match="niet met deze sleutel"):
        zegel.seal(link, sleutels, hoofd)


def test_the_head_may_not_be_changed_either(link: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    sealed(link, sleutels, hoofd, 15)
    regels = hoofd.pad.read_text().splitlines(keepends=True)
    hoofd.pad.write_text(regels[0] + regels[2])
    assert kinds(zegelcontrole.check(link, sleutels, hoofd)) == {"hoofd_mist": [2]}
    hoofd.pad.write_text(regels[0] + regels[1].replace('"aantal":5', '"aantal":6') + regels[2] + "onzin\n")
    assert set(kinds(zegelcontrole.check(link, sleutels, hoofd))) == {"hoofd_stuk", "hoofd_mist"}
    hoofd.pad.unlink()
    write(1)
    with pytest.raises(ZegelFout, match="Zet het hoofd terug"):
        zegel.seal(link, sleutels, hoofd)


def test_a_crash_between_seal_and_head_mends_itself(link: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    sealed(link, sleutels, hoofd)
    regels = hoofd.pad.read_text().splitlines(keepends=True)
    hoofd.pad.write_text("".join(regels[:-1]))
    sealed(link, sleutels, hoofd, 2)
    assert zegelcontrole.check(link, sleutels, hoofd).goed
    assert hoofd.pad.read_text().startswith("".join(regels))


def test_after_a_restore_sealing_goes_on_and_the_loss_stays_on_record(
    link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    nummers = sealed(link, sleutels, hoofd, 20)
    baas.execute("delete from access_zegel where nummer >= 3")
    baas.execute("delete from access_logregel where nummer >= %s", [nummers[10]])
    assert zegel.note_restore(link, sleutels, hoofd, "reservekopie van 03.00 uur", NU) == (3, 4)
    sealed(link, sleutels, hoofd, 3)
    uit = zegelcontrole.check(link, sleutels, hoofd)
    assert uit.goed, uit.fouten
    assert [(van, tot, reden) for _, van, tot, _, reden in uit.hersteld] == [(3, 4, "reservekopie van 03.00 uur")]
    with pytest.raises(ZegelFout, match="niets hersteld"):
        zegel.note_restore(link, sleutels, hoofd, "nog eens", NU)
    tekst = hoofd.pad.read_text()
    hoofd.pad.write_text(tekst.replace("03.00", "04.00"))
    assert "hoofd_stuk" in zegelcontrole.check(link, sleutels, hoofd).fouten, (
        "nobody writes such a line without the key"
    )


def test_keys_follow_each_other(link: Link, sleutels: Sleutels, hoofd: Hoofd, tmp_path: Path) -> None:
    sealed(link, sleutels, hoofd)
    beide = zegel.make_key(tmp_path / "sleutel", erbij=True)
    assert beide.alle[0] == sleutels.alle[0]
    sealed(link, beide, hoofd, 2)
    assert zegelcontrole.check(link, beide, hoofd).goed
    assert zegelcontrole.check(link, sleutels, hoofd).fouten["zegel_anders"] == [4]


def test_a_key_is_closed_and_never_overwritten(tmp_path: Path) -> None:
    pad = tmp_path / "sleutel"
    zegel.make_key(pad)
    assert pad.stat().st_mode & 0o777 == 0o600
    assert repr(zegel.read_keys(pad)) == "Sleutels()"
    with pytest.raises(ZegelFout, match="is er al"):
        zegel.make_key(pad)
    pad.chmod(0o640)
    with pytest.raises(ZegelFout, match="0640"):
        zegel.read_keys(pad)
    pad.chmod(0o600)
    pad.write_text("ab\n")
    with pytest.raises(ZegelFout, match="beschadigd"):
        zegel.read_keys(pad)
    (tmp_path / "verwijzing").symlink_to(pad)
    with pytest.raises(ZegelFout, match="geen gewoon bestand"):
        zegel.read_keys(tmp_path / "verwijzing")
    with pytest.raises(ZegelFout, match="niet te lezen"):
        zegel.read_keys(tmp_path / "nergens")


def test_one_sealer_at_a_time(link: Link, cluster: Cluster, database_name: str) -> None:
    with (
        zegel.sealer(link),
        psycopg.connect(cluster.url(ZEGEL, database_name), autocommit=True) as ander,
        pytest.raises(ZegelFout, match="iemand anders"),
        zegel.sealer(ander),
    ):
        pass


def test_a_guard_that_is_off_is_found(link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    sealed(link, sleutels, hoofd)
    baas.execute("alter table access_logregel disable trigger access_logregel_vast")
    try:
        uit = zegelcontrole.check(link, sleutels, hoofd)
    finally:
        baas.execute("alter table access_logregel enable trigger access_logregel_vast")
    assert kinds(uit) == {"geen_bewaking": ["access_logregel_vast op access_logregel"]}


def test_nobody_changes_or_deletes_in_ordinary_ways(
    cluster: Cluster, database_name: str, link: Link, sleutels: Sleutels, hoofd: Hoofd
) -> None:
    sealed(link, sleutels, hoofd)
    zegelcontrole.keep_check(link, zegelcontrole.check(link, sleutels, hoofd))
    for rol in (APP, ZEGEL, EIGENAAR):
        with psycopg.connect(cluster.url(rol, database_name), autocommit=True) as iemand:
            for tabel in ("access_logregel", "access_zegel", "access_zegelcontrole"):
                for vraag in (f"update {tabel} set op = op", f"delete from {tabel}", f"truncate {tabel}"):
                    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)):
                        iemand.execute(vraag.encode())


def test_the_application_makes_no_seals_and_the_sealer_no_lines(cluster: Cluster, database_name: str) -> None:
    for rol, tabel in ((APP, "access_zegel"), (APP, "access_zegelcontrole"), (ZEGEL, "access_logregel")):
        adres = cluster.url(rol, database_name)
        with psycopg.connect(adres) as iemand, pytest.raises(psycopg.errors.InsufficientPrivilege):
            iemand.execute(f"insert into {tabel} default values".encode())
    with psycopg.connect(cluster.url(ZEGEL, database_name)) as iemand:
        for tabel in ("casework_casus", "casework_adres", "access_medewerker", "access_betrokkenheid"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                iemand.execute(f"select * from {tabel}".encode())
            iemand.rollback()


def test_many_lines_in_bounded_memory(link: Link, baas: Link, sleutels: Sleutels, hoofd: Hoofd) -> None:
    write(1)
    baas.execute(
        "insert into access_logregel (id, op, naam, rol, handeling, ding, geslaagd, toelichting, doel, relatie, toestemming, bron, nummer,"
        " vastgelegd_op) select gen_random_uuid(), now(), 'Iemand', '', 'inzien', 'casus', true, repeat('x', 200), '', '', '', '',"
        " m.hoogste + n, clock_timestamp()"
        " from generate_series(1, 20000) n, (select max(nummer) as hoogste from access_logregel) m"
    )
    baas.execute("select setval('access_logregel_volgnummer', (select max(nummer) from access_logregel))")
    uit = zegel.seal(link, sleutels, hoofd, per_zegel=2000)
    assert (uit.regels, uit.zegels) == (20001, 11)
    assert uit.snelheid > 0
    tracemalloc.start()
    gevonden = zegelcontrole.check(link, sleutels, hoofd)
    hoogste = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert gevonden.goed
    assert gevonden.regels == 20001
    assert hoogste < 8_000_000, "a page of seals and a piece of the stream, not the table"


def test_runs_of_numbers() -> None:
    assert zegelcontrole.runs([4, 1, 2, 3, 9, "x", 9]) == ["x", "1–4", "9"]


# ---- what a line holds -----------------------------------------------------------------------------------------


def test_a_line_says_what_for_by_which_part_and_from_where() -> None:
    wie = actor_of(medewerker("crisismedewerker"))
    casus_id = begin_melding(wie, NU, uuid4()).casus_id
    eerste = Logregel.objects.get(casus_id=casus_id, ding="melding")
    assert (eerste.doel, eerste.relatie) == ("hulp", "regie"), "also where the part begins in the same statement"
    assert eerste.bron.startswith("vangnet")
    hulp = organisatie("zorgaanbieder")
    for deel, tot in (("hulp", None), ("aanbod", None), ("rto", NU - timedelta(hours=1))):
        Betrokkenheid.objects.create(
            casus_id=casus_id, organisatie=hulp, deel=deel, van=NU - timedelta(hours=2), tot=tot
        )
    planner = actor_of(medewerker("planner", hulp))
    log.note(planner, "inzien", "casus", NU, casus_id)
    log.note(planner, "inzien", "casus", NU, casus_id, noodtoegang_id=UUID(int=5))
    log.note(actor_of(medewerker("fg")), "inzien", "log", NU)
    log.note(actor_of(medewerker("beheerder")), "wijzigen", "medewerker", NU)
    log.note(None, "aanmelden", "account", NU, geslaagd=False, adres="10.0.0.1")
    laatste = list(Logregel.objects.order_by("nummer"))[-5:]
    assert [r.relatie for r in laatste] == ["aanbod hulp", "aanbod hulp", "", "", ""]
    assert [r.doel for r in laatste] == ["hulp", "hulp", "toezicht", "beheer", "aanmelden"]
    assert laatste[1].noodtoegang_id == UUID(int=5)
    assert all(r.vastgelegd_op is not None for r in laatste)


def test_the_database_numbers_a_line_whatever_the_writer_says() -> None:
    log.note(None, "aanmelden", "account", NU)
    een = Logregel.objects.get()
    Logregel.objects.create(op=NU, handeling="inzien", ding="bord", nummer=1, vastgelegd_op=NU)
    ander = Logregel.objects.exclude(pk=een.pk).get()
    assert een.nummer is not None
    assert ander.nummer == een.nummer + 1
    assert ander.vastgelegd_op != NU


# ---- the commands ----------------------------------------------------------------------------------------------


def test_the_commands(
    cluster: Cluster,
    database_name: str,
    baas: Link,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL_ZEGEL", cluster.url(ZEGEL, database_name))
    monkeypatch.setenv("VANGNET_ZEGELSLEUTEL", str(tmp_path / "sleutel"))
    monkeypatch.setenv("VANGNET_ZEGELHOOFD", str(tmp_path))

    def vangnet(*woorden: str) -> tuple[int, str, str]:
        code = command_line.main(["log", *woorden])
        gezegd = capsys.readouterr()
        return code, gezegd.out, gezegd.err

    assert "vangnet log sleutel" not in vangnet("sleutel")[1]
    assert vangnet("sleutel")[0] == 1
    write(3)
    code, uit, _ = vangnet("zegel")
    assert code == 0
    assert "Verzegeld: 3 regels in 1 zegels (tot en met zegel 1)" in uit
    assert "regels per seconde" in uit
    assert "Er was niets te verzegelen" in vangnet("zegel")[1]
    write(1)
    code, uit, _ = vangnet("check")
    assert code == 0
    assert "Alles klopt: 3 regels onder 1 zegels nagekeken" in uit
    assert "Nog niet verzegeld: 1 regels, de oudste" in uit
    with connection.cursor() as cursor:
        cursor.execute("select goed, regels, uitslag from access_zegelcontrole")
        assert cursor.fetchall() == [(True, 3, "")]
    eerste = Logregel.objects.order_by("nummer").values_list("nummer", flat=True)[0]
    baas.execute("update access_logregel set naam = 'x' where nummer = %s", [eerste])
    code, uit, _ = vangnet("check")
    assert code == 1
    assert f"NIET GOED  gewijzigde regels (1): {eerste}" in uit
    code, uit, _ = vangnet("check", "--zonder-hoofd", "--zonder-sleutel")
    assert code == 1
    assert "Zonder hoofd" in uit and "Zonder sleutel" in uit
    assert vangnet("zegel", "--herstel", "niets aan de hand")[2].startswith("Het hoofd en de database gaan even ver")
    monkeypatch.setenv("DATABASE_URL_ZEGEL", cluster.url(APP, database_name))
    write(1)
    assert "mag dit niet" in vangnet("zegel")[2]
    monkeypatch.delenv("VANGNET_ZEGELHOOFD")
    assert vangnet("check")[2].startswith("VANGNET_ZEGELHOOFD: gevonden niets")
    monkeypatch.delenv("DATABASE_URL_ZEGEL")
    assert vangnet("check")[2].startswith("DATABASE_URL_ZEGEL: gevonden niets")
