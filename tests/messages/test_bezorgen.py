# SPDX-License-Identifier: EUPL-1.2
"""One attempt: what really reaches a mail server and a gateway, and what is kept when it does not."""

from __future__ import annotations

import email
import email.policy
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.mensen import organisatie
from tests.rollen import as_application
from vangnet.access.models import Organisatie, Soort
from vangnet.cli.postgres import BEHEER, POST
from vangnet.cli.proefpost import Mailbus, Seinbus
from vangnet.conf import clock
from vangnet.conf.kanalen import Mailserver, Seinpoort
from vangnet.messages import bezorgen, mail, outbox, proef, sein
from vangnet.messages.bezorgen import NogEens
from vangnet.messages.fouten import FOUTEN, NietVerstuurd
from vangnet.messages.models import MISLUKT, VERSTUURD, WACHT, Bericht
from vangnet.messages.outbox import Poststuk
from vangnet.messages.soorten import SOORTEN, Herhaling

NU = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SLEUTEL = b"alleen-voor-de-tests-0123456789-abcdef"


def now() -> datetime:
    return NU


@pytest.fixture
def kort(monkeypatch: pytest.MonkeyPatch) -> None:
    """An alarm that is given up after three quick attempts."""
    snel = replace(SOORTEN["alarm"], herhaling=Herhaling(pogingen=3, eerste=2, factor=2, hoogste=16, duur=0.6))
    monkeypatch.setitem(SOORTEN, "alarm", snel)


@pytest.fixture
def bus(tmp_path: Path, settings: Any, kort: None) -> Iterator[Path]:
    """A gateway that really takes; in which mood, says the file in its folder."""
    (tmp_path / "sleutel").write_bytes(SLEUTEL)
    poort = Seinbus(tmp_path, SLEUTEL, hangt=2)
    poort.start()
    settings.VANGNET_SEIN = {"zuid-limburg": Seinpoort(poort.url, tmp_path / "sleutel", "sms")}
    yield tmp_path
    poort.stop()


def bericht(**anders: Any) -> Bericht:
    naam = "Crisisdienst Proef"
    huis = Organisatie.objects.filter(naam=naam).first() or organisatie(Soort.CRISISDIENST, naam=naam)
    stuk = {
        "kanaal": "sein", "aan": "0612345678", "soort": "alarm", "organisatie_id": huis.id, "regio": "zuid-limburg", "sleutel": "a",
        "gegevens": {"uiterlijk": "03:20", "waar": "dienst"},
    }  # fmt: skip
    with as_application():
        return outbox.put(Poststuk(**stuk | anders), NU)


def after(b: Bericht) -> tuple[str, int, str]:
    b.refresh_from_db()
    return b.toestand, b.pogingen, b.fout


@pytest.mark.django_db
def test_the_gateway_gets_a_signed_message_that_says_no_more_than_the_register(bus: Path) -> None:
    b = bericht()
    bezorgen.deliver(b.id, clock.now)
    assert after(b) == (VERSTUURD, 1, "")
    [ding] = proef.received(bus)
    assert (ding.id, ding.aan, ding.onderwerp, ding.goed) == (str(b.id), "+31612345678", "alarm", True)
    assert (
        ding.tekst
        == "In Vangnet wacht iets dat nu aandacht vraagt. Het had om 03:20 gedaan moeten zijn. Kijk op http://localhost/dienst"
    )
    [kept] = [json.loads(p.read_text()) for p in bus.glob("*.json")]
    assert kept.keys() == {"id", "naar", "tekst", "soort", "op", "wijze", "goed"}
    bezorgen.deliver(b.id, now)  # the same job once more sends nothing more
    assert len(proef.received(bus)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stemming", "fout"), [("storing", "storing"), ("hangt", "geen_antwoord"), ("laat_vallen", "afgebroken")]
)
def test_what_can_pass_is_tried_again_and_then_given_up(bus: Path, stemming: str, fout: str) -> None:
    proef.set_mood(bus, stemming)
    b = bericht()
    for poging, over in ((1, 2), (2, 4)):
        with pytest.raises(NogEens) as nog:
            bezorgen.deliver(b.id, clock.now)
        assert nog.value.over == over and after(b) == (WACHT, poging, fout)
    bezorgen.deliver(b.id, clock.now)
    assert after(b) == (MISLUKT, 3, fout)
    assert {ding.id for ding in proef.received(bus)} <= {str(b.id)}


@pytest.mark.django_db
def test_a_refusal_for_good_is_final_at_once(bus: Path) -> None:
    proef.set_mood(bus, "weigert")
    b = bericht()
    bezorgen.deliver(b.id, now)
    assert after(b) == (MISLUKT, 1, "geweigerd") and b.klaar_op == NU


@pytest.mark.django_db
@pytest.mark.parametrize("kanaal", ["mail", "sein"])
def test_a_channel_that_is_not_there_is_red_at_once(kanaal: str, kort: None) -> None:
    assert outbox.reachable("zuid-limburg") == {"mail": False, "sein": False}
    b = bericht(kanaal=kanaal, aan="wacht@dienst.example" if kanaal == "mail" else "0612345678")
    bezorgen.deliver(b.id, now)
    assert after(b) == (MISLUKT, 1, "niet_ingesteld")


@pytest.mark.django_db
def test_a_message_in_which_processes_keep_dying_is_given_up_too(kort: None) -> None:
    b = bericht()
    Bericht.objects.filter(id=b.id).update(pogingen=3)
    bezorgen.deliver(b.id, now)
    assert after(b) == (MISLUKT, 3, "onderbroken")


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_told_to_the_boards_of_its_organisation_within_a_second(
    kort: None, cluster: Any, database_name: str
) -> None:
    b = bericht()
    with psycopg.connect(cluster.url(BEHEER, database_name), autocommit=True) as link:
        link.execute("listen vangnet")
        bezorgen.deliver(b.id, now)
        assert [n.payload for n in link.notifies(timeout=1, stop_after=1)] == [f"bij {b.organisatie_id}"]


# ---- the gateway, line by line -----------------------------------------------------------------------------------


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Somebody on loopback who says to every caller what `talk` says."""
    luistert = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _ = luistert.accept()
            except OSError:
                return
            with link, suppress(OSError):
                talk(link)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(luistert.getsockname()[1])
    finally:
        luistert.shutdown(socket.SHUT_RDWR)
        luistert.close()


def answering(kop: str) -> Callable[[socket.socket], None]:
    def talk(link: socket.socket) -> None:
        link.recv(65536)
        link.sendall(f"HTTP/1.1 {kop}\r\nContent-Length: 0\r\n\r\n".encode())

    return talk


def drips(link: socket.socket) -> None:
    """A byte now and then, for ever: each of them in time."""
    while True:
        link.sendall(b"H")
        time.sleep(0.1)


def sent(poort: int, duur: float = 0.6) -> NietVerstuurd | None:
    try:
        sein.send(Seinpoort(f"http://127.0.0.1:{poort}/x", Path("x"), ""), SLEUTEL, Bericht().id, b"{}", NU, duur)
    except NietVerstuurd as nee:
        return nee
    return None


@pytest.mark.parametrize(
    ("kop", "fout", "definitief", "na"),
    [
        ("200 OK", None, False, None), ("204 No Content", None, False, None), ("302 Found\r\nLocation: http://elders/", "storing", False, None),
        ("400 Bad Request", "geweigerd", True, None), ("410 Gone", "geweigerd", True, None), ("408 Timeout", "later", False, None),
        ("429 Too Many\r\nRetry-After: 7", "later", False, 7), ("503 Weg\r\nRetry-After: 999999", "later", False, 3600),
        ("503 Weg\r\nRetry-After: Sun, 22 Nov 2026 02:00:30 GMT", "later", False, 30), ("503 Weg\r\nRetry-After: onzin", "later", False, None),
        ("500 Stuk", "storing", False, None), ("onzin", "storing", False, None),
    ],
)  # fmt: skip
def test_what_an_answer_means(kop: str, fout: str | None, definitief: bool, na: float | None) -> None:
    with server(answering(kop)) as poort:
        nee = sent(poort)
    assert (nee and (nee.fout, nee.definitief, nee.na)) == (fout and (fout, definitief, na))


def test_a_conversation_that_is_kept_alive_ends_in_time() -> None:
    begin = time.monotonic()
    with server(drips) as poort:
        nee = sent(poort)
    assert nee is not None and nee.fout == "geen_antwoord" and not nee.definitief
    assert time.monotonic() - begin < 2


def test_nobody_at_home() -> None:
    with server(drips) as poort:
        pass
    nee = sent(poort)
    assert nee is not None and nee.fout == "geen_verbinding"


def test_a_signature_is_over_the_moment_and_the_body() -> None:
    een = sein.sign(SLEUTEL, "1", b"2")
    assert een.startswith("v1=") and len(een) == 67
    assert (
        len({een, sein.sign(SLEUTEL, "1", b"3"), sein.sign(SLEUTEL, "2", b"2"), sein.sign(SLEUTEL + b"x", "1", b"2")})
        == 4
    )


def test_a_key_that_is_missing_or_short_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "kort").write_bytes(b"kort")
    for naam in ("kort", "weg"):
        with pytest.raises(NietVerstuurd, match="niet_ingesteld"):
            sein.read_key(tmp_path / naam)


# ---- mail -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_mail_arrives_with_the_id_of_its_message(tmp_path: Path, settings: Any, kort: None) -> None:
    bus = Mailbus(tmp_path)
    settings.VANGNET_MAIL = Mailserver("127.0.0.1", bus.poort, "geen", "vangnet@dienst.example")
    bus.start()
    try:
        b = bericht(kanaal="mail", aan="wacht@dienst.example")
        bezorgen.deliver(b.id, now)
    finally:
        bus.stop()
    assert after(b) == (VERSTUURD, 1, "")
    [pad] = tmp_path.glob("*.eml")
    gekregen = email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)
    assert gekregen["Message-ID"] == f"<{b.id}@dienst.example>" and gekregen["To"] == "wacht@dienst.example"
    assert gekregen["Subject"] == "Vangnet: er wacht iets op je" and gekregen["Auto-Submitted"] == "auto-generated"
    assert gekregen.get_content_type() == "text/plain"
    [ding] = proef.received(tmp_path)
    assert ding.id == str(b.id) and "03:20" in ding.tekst and django_settings.VANGNET_ADRES in ding.tekst


MAILER = Mailserver("127.0.0.1", 1, "geen", "vangnet@dienst.example")


@pytest.mark.parametrize(
    "aan", ["a@b.nl\r\nBcc: x@y.nl", "a@b.nl\nx", "a@b.nl, c@d.nl", "<a@b.nl>", "a b@c.nl", "@b.nl", "é@b.nl"]
)
def test_no_header_comes_in_with_an_address(aan: str) -> None:
    with pytest.raises(NietVerstuurd, match="adres"):
        mail.compose(MAILER, Bericht().id, aan, "Onderwerp", "tekst", NU)


def smtp(*antwoorden: str) -> Callable[[socket.socket], None]:
    """A mail server that gives these answers, one per line that it hears, and then goes."""

    def talk(link: socket.socket) -> None:
        for antwoord in antwoorden:
            link.sendall(antwoord.encode() + b"\r\n")
            link.recv(65536)

    return talk


GROET = "220 hier"


@pytest.mark.parametrize(
    ("tls", "talk", "fout", "definitief"),
    [
        ("geen", smtp(GROET, "250 ok", "250 ok", "550 wie@dienst.example bestaat niet"), "geweigerd", True),
        ("geen", smtp(GROET, "250 ok", "250 ok", "450 later"), "later", False),
        ("geen", smtp(GROET, "250 ok", "250 ok", "250 ok", "354 ga door", "554 nee"), "geweigerd", True),
        ("geen", smtp("421 vol"), "storing", False),
        ("geen", smtp(GROET), "afgebroken", False),
        ("starttls", smtp(GROET, "250 ok"), "niet_veilig", False),
        ("starttls", smtp(GROET, "250-ok\r\n250 STARTTLS", "220 ga door", "geen tls"), "niet_veilig", False),
        ("meteen", smtp("geen tls, dit is gewoon tekst"), "niet_veilig", False),
        ("geen", drips, "geen_antwoord", False),
    ],
)
def test_what_a_mail_server_says_becomes_a_word_of_our_own(tls: str, talk: Any, fout: str, definitief: bool) -> None:
    with server(talk) as poort:
        post = mail.compose(MAILER, Bericht().id, "wie@dienst.example", "Onderwerp", "tekst", NU)
        with pytest.raises(NietVerstuurd) as nee:
            mail.send(replace(MAILER, poort=poort, tls=tls), post, 1.5)
    assert (nee.value.fout, nee.value.definitief) == (fout, definitief)
    assert nee.value.__suppress_context__ and "dienst.example" not in str(nee.value)


def test_a_mail_that_was_taken_is_sent_whatever_the_goodbye() -> None:
    talk = smtp(GROET, "250 ok", "250 ok", "250 ok", "354 ga door", "250 genomen")
    with server(talk) as poort:
        mail.send(replace(MAILER, poort=poort), mail.compose(MAILER, Bericht().id, "a@b.nl", "O", "t", NU), 1.5)


def test_a_login_that_is_refused_says_so() -> None:
    talk = smtp(GROET, "250-ok\r\n250 AUTH PLAIN", "535 nee")
    with server(talk) as poort, pytest.raises(NietVerstuurd, match="aanmelden"):
        mail.send(
            replace(MAILER, poort=poort, naam="n", wachtwoord="w"),
            mail.compose(MAILER, Bericht().id, "a@b.nl", "O", "t", NU),
            1.5,
        )


# ---- the queue --------------------------------------------------------------------------------------------------


def sql(tekst: str, *waarden: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(tekst, waarden)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stil", "begonnen", "gered"),
    [(3, 3, 0), (11, 11, 1), (3, 130, 1), (None, 3, 1)],
    ids=["it lives", "no sign of life", "longer than any attempt", "its process is gone"],
)
def test_a_job_whose_process_died_goes_back_in_the_queue(stil: int | None, begonnen: int, gered: int) -> None:
    bericht()
    sql("insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))", stil or 0)
    sql(
        "update procrastinate_jobs set status = 'doing', worker_id = case when %s then (select id from procrastinate_workers) end",
        stil is not None,
    )
    sql("update procrastinate_events set at = now() - make_interval(secs => %s) where type = 'started'", begonnen)
    assert bezorgen.rescue(10) == gered
    assert sql("select status::text, attempts from procrastinate_jobs") == [("todo", 1) if gered else ("doing", 0)]


@pytest.mark.django_db
def test_a_message_that_lost_its_job_gets_one_again() -> None:
    b = bericht()
    oud = bericht(sleutel="b")
    assert bezorgen.rejoin() == 0
    Bericht.objects.filter(id=oud.id).update(toestand=VERSTUURD, klaar_op=NU)
    sql("delete from procrastinate_jobs")
    assert bezorgen.rejoin() == 1 and bezorgen.rejoin() == 0
    assert sql("select args->>'bericht', priority from procrastinate_jobs") == [(str(b.id), 10)]


@pytest.mark.django_db
def test_what_is_old_is_tidied_and_what_is_red_stays() -> None:
    namen = {"net": (VERSTUURD, 29), "oud": (VERSTUURD, 31), "rood": (MISLUKT, 31)}
    for naam, (toestand, dagen) in namen.items():
        b = bericht(sleutel=naam)
        Bericht.objects.filter(id=b.id).update(toestand=toestand, klaar_op=NU - timedelta(days=dagen))
    sql("update procrastinate_jobs set status = 'succeeded' where args->>'bericht' <> %s", str(b.id))
    sql("update procrastinate_events set at = now() - interval '2 days'")
    assert bezorgen.tidy(NU) == (2, 1)
    assert set(Bericht.objects.exclude(aan="").values_list("sleutel", flat=True)) == {"net", "rood"}
    assert sql("select count(*) from procrastinate_jobs") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_the_sender_may_do_this_and_nothing_else(cluster: Any, database_name: str) -> None:
    bericht()
    with psycopg.connect(cluster.url(POST, database_name), autocommit=True) as link:
        link.execute("update messages_bericht set pogingen = 1, fout = 'storing'")
        assert link.execute("select status::text from procrastinate_fetch_job_v2(null, null)").fetchone() == ("doing",)
        for verboden in (
            "insert into messages_bericht select * from messages_bericht", "delete from messages_bericht", "update messages_bericht set sleutel = 'x'",
            "update messages_bericht set geregeld_op = now()", "select 1 from casework_casus", "select 1 from access_medewerker",
            "select 1 from access_organisatie", "insert into procrastinate_jobs (queue_name, task_name) values ('x', 'y')", "create table x (y int)",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(verboden)


def test_every_reason_has_words() -> None:
    assert all((zin and zin[0].islower()) or zin.startswith("Vangnet") for zin in FOUTEN.values())
    with pytest.raises(ValueError, match="verzonnen"):
        NietVerstuurd("verzonnen")


@pytest.mark.django_db(transaction=True)
def test_the_sender_says_what_is_not_set_up_and_refuses_a_key_that_is_none(
    cluster: Any, database_name: str, tmp_path: Path
) -> None:
    (tmp_path / "sein.toml").write_text('[nergens]\nurl = "https://sms.example"\nsleutel_bestand = "kort"\n')
    (tmp_path / "kort").write_text("kort")
    schoon = {
        naam: waarde
        for naam, waarde in os.environ.items()
        if not naam.startswith(("DATABASE_URL", "SECRET_KEY", "VANGNET", "DJANGO"))
    }
    demo = schoon | {"VANGNET_DEMO": "1"}

    def post(**anders: str) -> subprocess.CompletedProcess[str]:
        woorden = [sys.executable, "-m", "vangnet.cli", "post", "--controleer"]
        return subprocess.run(woorden, env=demo | anders, capture_output=True, text=True, check=False, timeout=60)

    goed = post(DATABASE_URL_POST=cluster.url(POST, database_name))
    assert (goed.returncode, goed.stdout.count("niet ingesteld")) == (0, 2), goed.stderr
    fout = post(DATABASE_URL_POST=cluster.url(POST, database_name), VANGNET_SEIN=str(tmp_path / "sein.toml"))
    assert (
        fout.returncode == 1
        and "van deze regio zijn er geen afspraken" in fout.stderr
        and "verwacht een leesbaar bestand" in fout.stderr
    )
    assert "superuser" in post(DATABASE_URL_POST=cluster.url(BEHEER, database_name)).stderr
    assert "DATABASE_URL_POST: gevonden niets" in post().stderr
