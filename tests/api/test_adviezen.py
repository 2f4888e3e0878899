# SPDX-License-Identifier: EUPL-1.2
"""Asking for an advice over HTTP: the same answer as everywhere else, and a refusal that names all that is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Any

import pytest
from django.test import Client

from vangnet.api.examples import FOUT, GGZ, NACHT
from vangnet.policy.bronnen import WORTEL

ADVIEZEN = "/api/v1/adviezen"


def ask(client: Client, facts: Any, kind: str = "application/json", **headers: str) -> Any:
    body = facts if isinstance(facts, bytes | str) else json.dumps(facts)
    return client.generic("POST", ADVIEZEN, body, content_type=kind, headers=headers, CONTENT_TYPE=kind)


def refusal(answer: Any, status: int = 400) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"] and body["detail"] and body["code"] and body["type"]
    for fault in body.get("errors", ()):
        assert set(fault) == {"in", "location", "found", "expected", "example"}
        assert fault["location"] and fault["found"] and fault["expected"]
    return body


def places(answer: Any) -> set[str]:
    return {fault["location"] for fault in refusal(answer)["errors"]}


@pytest.mark.parametrize("facts", [NACHT, GGZ], ids=["nacht", "ggz"])
def test_page_shell_and_interface_answer_the_same(client: Client, facts: dict[str, Any]) -> None:
    answer = ask(client, facts)
    assert answer.status_code == 200
    shell = subprocess.run(
        [sys.executable, "-m", "vangnet.cli", "advies"],
        input=json.dumps(facts), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.json() == json.loads(shell.stdout)


def test_the_advice_of_the_night_before_pentecost(client: Client) -> None:
    answer = ask(client, NACHT).json()
    assert answer["moment"] == "2024-05-17T19:40:00Z"
    assert answer["gemeente"] == {"naam": "Simpelveld", "cbs": "0965", "herkomst": "bron"}
    assert answer["uitspraken"]["rto.dag"]["waarde"] == "2024-05-22"
    assert answer["uitspraken"]["rto.dag"]["regels"]
    kinds = {day["datum"]: day["soort"] for day in answer["dagen"]}
    assert kinds["2024-05-20"] == "feestdag"
    assert kinds["2024-05-21"] == "sluitingsdag"


def test_any_offset_goes_in_and_utc_comes_out(client: Client) -> None:
    moments = ["2024-05-17T21:40:00+02:00", "2024-05-17T19:40:00Z", "2024-05-18T05:40:00+10:00"]
    answers = [ask(client, {"regio": "zuid-limburg", "melding": {"op": moment}}).json() for moment in moments]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["moment"] == "2024-05-17T19:40:00Z"


def test_the_choices_of_the_installation_count(client: Client, settings: Any) -> None:
    def chosen() -> dict[str, Any]:
        return {q["id"]: q["keuze"] for q in ask(client, NACHT).json()["open_vragen"]}

    assert not any(chosen().values())
    settings.VANGNET_EIGEN = WORTEL / "demo" / "regios"
    assert any(choice and choice["fictief"] for choice in chosen().values())


def test_the_language_is_asked_by_the_header_only(client: Client) -> None:
    client.cookies["taal"] = "en"
    assert ask(client, NACHT)["Content-Language"] == "nl"
    for asked, given in (
        ("en", "en"),
        ("en-GB,nl;q=0.5", "en"),
        ("fr,nl", "nl"),
        ("fr", "nl"),
        ("*", "nl"),
        ("@", "nl"),
    ):
        answer = ask(client, NACHT, **{"Accept-Language": asked})
        assert answer["Content-Language"] == given, asked
        assert "Accept-Language" in answer["Vary"]
        assert answer.json()["uitspraken"].keys() == ask(client, NACHT).json()["uitspraken"].keys()


BAD: list[tuple[str, Any, set[str]]] = [
    ("unknown region", {"regio": "atlantis"}, {"regio"}),
    ("no region", {}, {"regio"}),
    ("moment without an offset", {"regio": "zuid-limburg", "melding": {"op": "2024-05-17T21:40:00"}}, {"melding.op"}),
    ("moment as a number", {"regio": "zuid-limburg", "melding": {"op": 1715974800}}, {"melding.op"}),
    ("moment as a number in text", {"regio": "zuid-limburg", "melding": {"op": "1715974800"}}, {"melding.op"}),
    ("moment that is a day", {"regio": "zuid-limburg", "moment": "2024-05-17"}, {"moment"}),
    ("moment before the first version", {"regio": "zuid-limburg", "moment": "2020-01-01T09:00:00Z"}, {"moment"}),
    (
        "moment at the edge of the calendar",
        {"regio": "zuid-limburg", "melding": {"op": "0001-01-01T00:00:00+14:00"}, "inzet": [{"vorm": "noodbed", "eind_op": "9999-12-31T23:59:59Z"}]},
        {"melding.op", "inzet.1.eind_op"},
    ),
    ("municipality of another region", {"regio": "zuid-limburg", "gemeente": "Venlo"}, {"gemeente"}),
    ("empty municipality", {"regio": "zuid-limburg", "gemeente": ""}, {"gemeente"}),
    (
        "contradictions",
        {
            "regio": "zuid-limburg",
            "melding": {"melder": "gi"},
            "jeugdige": {"leeftijd": 25},
            "betrokken": {
                "gi": "geen",
                "veilig_thuis_schat_zelf_in": True,
                "veilig_thuis_vraagt_crisisdienst": True,
            },
        },
        {"betrokken.gi", "betrokken.veilig_thuis_schat_zelf_in", "jeugdige.leeftijd"},
    ),
    (
        "wrong types",
        {"regio": "zuid-limburg", "gemeente": 917, "jeugdige": {"leeftijd": "14"}, "inzet": {}, "triage": {"plotseling": True}},
        {"gemeente", "jeugdige.leeftijd", "inzet", "triage.plotseling"},
    ),
    ("no object", ["regio"], {"(alles)"}),
    ("null", None, {"(alles)"}),
    ("empty body", b"", {"(alles)"}),
    ("only white space", b" \n", {"(alles)"}),
    ("malformed", b'{"regio": "zuid-limburg",}', {"(alles)"}),
    ("two values", b"{} {}", {"(alles)"}),
    (
        "NaN and infinity",
        b'{"regio": "zuid-limburg", "verrekening": {"budget": NaN, "kosten": 1e999}, "meting": {"peildatum": "2024-01-01", "waarden": {"a": -Infinity}}}',
        {"verrekening.budget", "verrekening.kosten", "meting.waarden.a"},
    ),
    ("nesting", b'{"regio": "zuid-limburg", "afweging": ' + b'{"redenen": ' * 50 + b"1" + b"}" * 51, {"afweging.redenen.redenen"}),
    ("nesting without end", b"[" * 60_000, {"(alles)"}),
    ("a number without end", b'{"regio": "zuid-limburg", "jeugdige": {"leeftijd": ' + b"9" * 60_000 + b"}}", {"(alles)"}),
    ("duplicate keys", b'{"regio": "zuid-limburg", "regio": "x", "melding": {"melder": "gi", "melder": "gi"}}', {"regio", "melding.melder"}),
    ("UTF-16", json.dumps({"regio": "zuid-limburg"}).encode("utf-16"), {"(alles)"}),
    ("Latin-1", b'{"regio": "fri\xebsland"}', {"(alles)"}),
    ("half a pair", b'{"regio": "\\ud83d"}', {"(alles)"}),
    (
        "unknown keys",
        {"regio": "zuid-limburg", "naam": "x", "melding": {"bsn": 1}, "inzet": [{"vorm": "noodbed"}, {"vorm": "noodbed", "x": 1}]},
        {"naam", "melding.bsn", "inzet.2.x"},
    ),
    ("unknown words", {"regio": "zuid-limburg", "melding": {"melder": "buurman"}, "inzet": [{"vorm": "tent"}]}, {"melding.melder", "inzet.1.vorm"}),
    ("a required fact is missing", {"regio": "zuid-limburg", "inzet": [{}], "kosten": [{}]}, {"inzet.1.vorm", "kosten.1.soort"}),
    ("choice of a question that is none", {"regio": "zuid-limburg", "keuzes": {"X-99/x": "ja"}}, {"keuzes.X-99/x"}),
    (
        "choice of a reading that is none",
        {"regio": "zuid-limburg", "melding": {"op": "2024-04-09T03:00:00+02:00"}, "keuzes": {"X-01/vroege_ochtend": "morgen"}},
        {"keuzes.X-01/vroege_ochtend"},
    ),
    ("money without measure", {"regio": "zuid-limburg", "verrekening": {"budget": 1e300, "kosten": -1}}, {"verrekening.budget", "verrekening.kosten"}),
    (
        "everything at once",
        {
            "regio": "zuid-limburg",
            "gemeente": "Venlo",
            "moment": "2024-05-18T08:00:00",
            "melding": {"op": "2020-05-17T21:40:00+02:00", "melder": "buurman"},
            "jeugdige": {"leeftijd": 25, "leeftyd": 3},
            "betrokken": {"veilig_thuis": False, "veilig_thuis_schat_zelf_in": True},
            "inzet": [{"vorm": "tent"}],
        },
        {"gemeente", "moment", "melding.op", "melding.melder", "jeugdige.leeftijd", "jeugdige.leeftyd", "betrokken.veilig_thuis", "inzet.1.vorm"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_refusal_names_every_field(client: Client, facts: Any, expected: set[str]) -> None:
    assert places(ask(client, facts)) == expected


def test_a_refusal_says_what_was_found_and_what_is_expected(client: Client) -> None:
    body = refusal(ask(client, FOUT))
    assert body["title"] == "De invoer klopt niet"
    assert body["detail"] == "Er zijn 4 fouten; ze staan hieronder."
    fault = next(f for f in body["errors"] if f["location"] == "gemeente")
    assert fault["in"] == "body"
    assert "hoort bij Noord- en Midden-Limburg" in fault["found"]
    assert "Simpelveld" in fault["expected"]
    assert fault["example"] == "Beek"


def test_the_code_of_a_refusal_is_its_class(client: Client) -> None:
    assert refusal(ask(client, {"regio": "atlantis"}))["code"] == "OnbekendeRegio"
    assert (
        refusal(ask(client, {"regio": "zuid-limburg", "moment": "2020-01-01T09:00:00Z"}))["code"] == "VoorEersteVersie"
    )


def test_page_and_interface_refuse_the_same(client: Client) -> None:
    page = client.get("/afspraken?regio=zuid-limburg&gemeente=Venlo")
    assert page.status_code == 400
    assert "Noord- en Midden-Limburg" in page.content.decode()


def test_a_body_that_is_too_large_is_not_read(client: Client) -> None:
    body = refusal(ask(client, b" " * 65_537), 413)
    assert body["errors"][0]["expected"] == "hooguit 65536 bytes"
    assert ask(client, json.dumps(NACHT).encode().ljust(65_536)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("text/plain", {}),
        ("application/x-www-form-urlencoded", {}),
        ("application/json; charset=utf-16", {}),
        ("application/problem+json", {}),
        ("application/json", {"Content-Encoding": "gzip"}),
        ("", {}),
    ],
)
def test_another_type_is_refused(client: Client, kind: str, headers: dict[str, str]) -> None:
    body = refusal(ask(client, NACHT, kind, **headers), 415)
    assert body["errors"][0]["in"] == "header"


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", "Application/JSON;charset=utf-8"]
)
def test_json_by_any_name_is_read(client: Client, kind: str) -> None:
    assert ask(client, NACHT, kind).status_code == 200


def test_what_the_asker_accepts_is_ignored(client: Client) -> None:
    assert ask(client, NACHT, Accept="text/html")["Content-Type"] == "application/json"


def test_a_crash_is_a_problem_without_its_cause(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*words: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("vangnet.api.views.advise", crash)
    answer = ask(client, NACHT)
    assert "geheim" not in answer.content.decode()
    assert refusal(answer, 500)["code"] == "InternalServerError"


@pytest.mark.django_db(transaction=True)
def test_over_a_real_connection(live_server: Any) -> None:
    def post(body: bytes) -> tuple[int, dict[str, Any]]:
        asked = urllib.request.Request(live_server.url + ADVIEZEN, body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)

    status, body = post(json.dumps(NACHT).encode())
    assert (status, body["uitspraken"]["rto.dag"]["waarde"]) == (200, "2024-05-22")
    assert post(b"{")[0] == 400
