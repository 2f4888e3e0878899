# SPDX-License-Identifier: EUPL-1.2
"""The outbox: one message per key, in the transaction of who writes it, with its job; and nothing in it but what the
register allows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.mensen import organisatie
from tests.rollen import as_application
from vangnet.access.models import Organisatie, Soort
from vangnet.messages import outbox, soorten
from vangnet.messages.models import MISLUKT, WACHT, Bericht
from vangnet.messages.outbox import Poststuk
from vangnet.messages.soorten import SOORTEN, OngeldigBericht

NU = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ADRES = "https://vangnet.example"


@pytest.fixture
def huis() -> Organisatie:
    return organisatie(Soort.CRISISDIENST, naam="Crisisdienst Proef")


def stuk(huis: Organisatie, **anders: Any) -> Poststuk:
    return Poststuk(
        **{
            "kanaal": "mail", "aan": "wacht@dienst.example", "soort": "alarm", "organisatie_id": huis.id, "regio": huis.regio,
            "sleutel": "alarm 1", "gegevens": {"trap": "1"},
        } | anders
    )  # fmt: skip


def jobs() -> list[tuple[str, str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select queue_name, task_name, priority, args->>'bericht' from procrastinate_jobs order by id")
        return cursor.fetchall()


@pytest.mark.django_db
def test_a_message_is_written_down_with_its_job_by_the_application(huis: Organisatie) -> None:
    with as_application():
        bericht = outbox.put(stuk(huis), NU)
    assert (bericht.toestand, bericht.op, bericht.pogingen) == (WACHT, NU, 0)
    assert jobs() == [("berichten", "vangnet.bericht", 10, str(bericht.id))]
    assert outbox.states(["alarm 1", "nooit gezien"]) == {"alarm 1": "wacht"}


@pytest.mark.django_db
def test_the_same_key_is_one_message_and_one_job(huis: Organisatie) -> None:
    with as_application():
        eerste = outbox.put(stuk(huis), NU)
        tweede = outbox.put(stuk(huis, aan="ander@dienst.example"), NU)
    assert tweede.id == eerste.id and tweede.aan == "wacht@dienst.example"
    assert len(jobs()) == 1


@pytest.mark.django_db
def test_what_is_rolled_back_never_was(huis: Organisatie) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.put(stuk(huis), NU)
        raise RuntimeError
    assert not Bericht.objects.exists() and not jobs()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kanaal", "aan"),
    [
        ("mail", "geen adres"),
        ("mail", "a@b\r\nBcc: c@d"),
        ("mail", "a@b, c@d"),
        ("sein", "12"),
        ("sein", "bel mij"),
        ("mail", ""),
    ],
)
def test_an_address_that_cannot_be_one_is_red_at_once_and_stops_nobody(
    huis: Organisatie, kanaal: str, aan: str
) -> None:
    bericht = outbox.put(stuk(huis, kanaal=kanaal, aan=aan), NU)
    assert (bericht.toestand, bericht.fout, bericht.klaar_op) == (MISLUKT, "adres", NU)
    assert not jobs()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("aan", "nummer"),
    [("06-1234 5678", "+31612345678"), ("0031612345678", "+31612345678"), ("+32 (475) 12.34.56", "+32475123456")],
)
def test_a_number_is_written_as_a_gateway_reads_it(huis: Organisatie, aan: str, nummer: str) -> None:
    assert outbox.put(stuk(huis, kanaal="sein", aan=aan), NU).aan == nummer


@pytest.mark.parametrize(
    "anders",
    [
        {"kanaal": "fax"}, {"soort": "onzin"}, {"sleutel": ""}, {"sleutel": "x" * 201}, {"gegevens": {"naam": "Bo"}},
        {"gegevens": {"trap": "Bo"}}, {"gegevens": {"trap": "1\n"}}, {"gegevens": {"trap": 1}}, {"gegevens": {"uiterlijk": "25:00"}},
        {"gegevens": {"waar": "casus/1"}}, {"gegevens": {"uiterlijk": "\u0661\u0661:00"}},
    ],
)  # fmt: skip
def test_what_the_register_does_not_allow_is_refused_without_repeating_it(anders: dict[str, Any]) -> None:
    huis = Organisatie(naam="Crisisdienst Proef", regio="zuid-limburg")
    with pytest.raises(OngeldigBericht) as nee:
        outbox.put(stuk(huis, **anders), NU)
    assert "Bo" not in str(nee.value)


PLEKKEN = frozenset({"dienst", "mijn-werk", "bellen"})


@pytest.mark.parametrize("soort", SOORTEN)
def test_no_pattern_of_the_register_leaves_room_for_a_name(soort: str) -> None:
    """Whatever meets a pattern is digits with a colon, of at most five characters, or one of three words: written out here, so
    that a wider pattern must come by this test."""
    for naam, patroon in SOORTEN[soort].velden.items():
        if naam == "waar":
            assert set(patroon.split("|")) <= PLEKKEN
            continue
        kaal = re.sub(r"\(\?:|\)", "", patroon)
        assert re.fullmatch(r"[\[\]0-9:|{},-]+", kaal), f"{soort}.{naam}"
        assert not re.fullmatch(patroon, "1" * 6) and not re.search(r"[*+]|,\}", patroon), f"{soort}.{naam}"


PLEK = r" Kijk op https://vangnet\.example/(dienst|mijn-werk|bellen)?"
UITGESCHREVEN = {
    "alarm": r"In Vangnet wacht iets dat nu aandacht vraagt\.( Het had om [0-9]{2}:[0-9]{2} gedaan moeten zijn\.)?"
    r"( Dit is oproep [1-9]\.)?" + PLEK,
    "morgenlijst": r"In Vangnet staat een lijst voor je klaar\.( Aantal signalen: [0-9]{1,3}\.)?" + PLEK,
    "herrekenen": r"In Vangnet zijn sluitingsdagen veranderd, en daardoor termijnen van casussen die lopen\."
    r"( Aantal termijnen: [0-9]{1,3}\.)? Een coördinator bekijkt ze en herrekent ze op https://vangnet\.example/beheer/termijnen",
}
SOMS_GOED = st.sampled_from(["1", "9", "03:20", "23:59", "dienst", "mijn-werk", "12", "999"])


@given(
    st.sampled_from(list(SOORTEN)),
    st.dictionaries(st.sampled_from(["trap", "uiterlijk", "waar", "aantal", "naam"]), SOMS_GOED | st.text(max_size=12)),
)
def test_a_text_is_the_sentences_of_the_register_or_nothing(soort: str, gegevens: dict[str, str]) -> None:
    """Whatever is put in: a text is one that is written out here, or there is none."""
    try:
        tekst = soorten.text(soort, gegevens, ADRES)
    except OngeldigBericht:
        return
    assert re.fullmatch(UITGESCHREVEN[soort], tekst), tekst


def test_an_alarm_is_certain_within_about_a_minute() -> None:
    assert SOORTEN["alarm"].herhaling.uiterst <= 75
    assert [SOORTEN["alarm"].herhaling.wacht(n) for n in (1, 2, 3, 4, 5)] == [2, 4, 8, 16, 16]


def test_the_words_of_an_alarm() -> None:
    assert soorten.text("alarm", {"uiterlijk": "03:20", "waar": "dienst"}, ADRES) == (
        "In Vangnet wacht iets dat nu aandacht vraagt. Het had om 03:20 gedaan moeten zijn. Kijk op https://vangnet.example/dienst"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update messages_bericht set toestand = 'verstuurd', klaar_op = now()", "update messages_bericht set aan = ''",
        "delete from messages_bericht", "select 1 from procrastinate_jobs", "insert into procrastinate_jobs (queue_name, task_name) values ('x', 'y')",
        "select vangnet_bericht_klaarzetten(gen_random_uuid(), 1)", "select nextval('procrastinate_jobs_id_seq')",
    ],
)  # fmt: skip
def test_the_application_writes_a_message_down_and_no_more(huis: Organisatie, sql: str) -> None:
    outbox.put(stuk(huis), NU)
    with (
        as_application(),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(sql)


@pytest.mark.django_db
def test_the_database_keeps_the_states_apart(huis: Organisatie) -> None:
    bericht = outbox.put(stuk(huis), NU)
    for verkeerd in (
        {"toestand": "weg"},
        {"toestand": "verstuurd"},
        {"klaar_op": NU},
        {"geregeld_op": NU},
        {"kanaal": "fax"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bericht.objects.filter(id=bericht.id).update(**verkeerd)
