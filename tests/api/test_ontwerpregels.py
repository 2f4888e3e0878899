# SPDX-License-Identifier: EUPL-1.2
"""The NL GOV API Design Rules 2.2, as far as a machine can tell; the names are those of the rules.

The standard's own ruleset for Spectral needs Node and is no package, so the rules are checked here on the document that
is served and on the answers themselves.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.test import Client

from vangnet.access.koppelingen import SCOPES
from vangnet.api.casus_documentation import SCHEME
from vangnet.api.examples import NACHT
from vangnet.api.middleware import VERSION

BASE = "/api/v1"
PATHS = [
    "/regios", "/regios/zuid-limburg", "/regels", "/regels/ZL-63", "/open-vragen", "/schemas/situatie",
    "/schemas/antwoord", "/openapi.json",
]  # fmt: skip


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    return dict(client.get(f"{BASE}/openapi.json").json())


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def resolved(document: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in thing:
        found: Any = document
        for part in thing["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        thing = found
    return thing


def everything(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from everything(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from everything(value)


def test_publish_openapi_and_cors(client: Client, document: dict[str, Any]) -> None:
    answer = client.get(f"{BASE}/openapi.json", headers={"Origin": "https://elders.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    assert re.fullmatch(r"3\.\d+\.\d+", document["openapi"])
    for thing in everything(document):
        if isinstance(thing.get("$ref"), str):
            assert resolved(document, thing), thing


def test_doc_openapi_contact_and_language(document: dict[str, Any]) -> None:
    assert {"name", "url", "email"} <= document["info"]["contact"].keys()
    assert document["info"]["license"]["name"] == "EUPL-1.2"
    for path, _method, operation in operations(document):
        assert operation["summary"] and operation["description"], path


def test_uri_version_and_version_header(client: Client, document: dict[str, Any]) -> None:
    assert document["servers"][0]["url"] == BASE
    assert re.fullmatch(r"1\.\d+\.\d+", document["info"]["version"])
    for path in [*PATHS, "/niets", "/regios/"]:
        assert client.get(BASE + path)["API-Version"] == VERSION == document["info"]["version"], path
    assert client.delete(f"{BASE}/regios")["API-Version"] == VERSION
    assert client.get("/afspraken").get("API-Version") is None
    for path, _method, operation in operations(document):
        for status, answer in operation["responses"].items():
            assert "API-Version" in resolved(document, answer)["headers"], (path, status)


def test_naming(document: dict[str, Any]) -> None:
    for path in document["paths"]:
        assert not path.endswith("/")
        for segment in path.strip("/").split("/"):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-z]+\}|openapi\.json", segment), path
        assert path.strip("/").split("/")[0].removesuffix(".json").endswith(("s", "en", "openapi")), path
    for path, _method, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] != "query" or re.fullmatch(r"[a-z][a-zA-Z0-9]*", parameter["name"]), path
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in document["components"]["schemas"])


@pytest.mark.parametrize(
    "path", ["/regios/", "/adviezen/", "/regels/ZL-63/", "/niets", "", "/", "/REGIOS", "/regios/x/y", "/regios/zuid%00"]
)
def test_no_trailing_slash_and_unknown_is_404(client: Client, path: str) -> None:
    answer = client.get(BASE + path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert client.get("/api").status_code == 404


@pytest.mark.parametrize("path", ["/regios/atlantis", "/regels/ZL-999", "/regels/zl-63"])
def test_what_there_is_none_of_is_404(client: Client, path: str) -> None:
    answer = client.get(BASE + path)
    assert answer.status_code == 404
    assert path.rpartition("/")[2] in answer.json()["detail"]


def test_http_methods(client: Client) -> None:
    for path in PATHS:
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
            answer = client.generic(method, BASE + path)
            assert answer.status_code == 405, path
            assert answer["Allow"] == "GET, HEAD"
            assert answer["Content-Type"] == "application/problem+json"
        head, get = client.head(BASE + path), client.get(BASE + path)
        assert (head.status_code, head["Content-Type"]) == (get.status_code, get["Content-Type"])
    assert client.get(f"{BASE}/adviezen")["Allow"] == "POST"
    assert client.options(f"{BASE}/adviezen").status_code == 405


def test_a_browser_elsewhere_may_ask(client: Client) -> None:
    answer = client.options(
        f"{BASE}/adviezen",
        headers={"Origin": "https://elders.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"},
    )  # fmt: skip
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_keys_in_the_address_are_refused(client: Client) -> None:
    answer = client.get(f"{BASE}/regios?naam=x&plaats=y")
    assert answer.status_code == 400
    assert [(f["in"], f["location"]) for f in answer.json()["errors"]] == [("query", "naam"), ("query", "plaats")]


def test_problem_details(document: dict[str, Any]) -> None:
    for path, _method, operation in operations(document):
        refusals = {s: resolved(document, a) for s, a in operation["responses"].items() if s >= "400"}
        assert "400" in refusals, path
        assert "422" not in refusals
        if "requestBody" in operation:
            assert {"413", "415"} <= refusals.keys()
        for answer in refusals.values():
            schema = resolved(document, answer["content"]["application/problem+json"]["schema"])
            assert {"status", "title", "detail"} <= schema["properties"].keys()


def test_date_time(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            dated = name in ("moment", "op") or (name.endswith("_op") and name != "begint_op")
            if dated and "boolean" not in field["type"]:
                assert field["format"] in ("date-time", "date"), name
            if name == "datum" or name.endswith("datum"):
                assert field["format"] == "date", name


def test_security_scheme(document: dict[str, Any]) -> None:
    """Every operation says whether it asks a key, and with which scope; the closed ones say how they refuse."""
    assert document["components"]["securitySchemes"] == {"sleutel": SCHEME}
    closed = 0
    for path, _method, operation in operations(document):
        asked = operation["security"]
        if not asked:
            assert "401" not in operation["responses"], path
            continue
        closed += 1
        ((name, scopes),) = asked[0].items()
        assert (name, len(asked), len(scopes)) == ("sleutel", 1, 1)
        assert scopes[0] in SCOPES
        assert f"`{scopes[0]}`" in operation["description"]
        answers = {status: resolved(document, answer) for status, answer in operation["responses"].items()}
        assert {"400", "401", "403", "406", "429", "500", "503"} <= answers.keys()
        assert ("404" in answers) == ("{id}" in path and operation["operationId"] != "stuurMelding")
        assert "WWW-Authenticate" in answers["401"]["headers"]
        assert "Retry-After" in answers["429"]["headers"]
        for status, answer in answers.items():
            assert "Access-Control-Allow-Origin" not in answer["headers"], (path, status)
    assert closed == 11


def test_a_collection_goes_in_parts(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        asked = {p["name"]: p for p in operation.get("parameters", ()) if p["in"] == "query"}
        if "cursor" not in asked:
            continue
        assert method == "get"
        assert asked["aantal"]["schema"]["maximum"] == 100, path
        whole = resolved(document, operation["responses"]["200"]["content"]["application/json"]["schema"])
        assert "volgende" in whole["required"], path
        assert whole["properties"][path.rpartition("/")[2]]["type"] == "array"


def test_an_idempotent_method_writes(document: dict[str, Any]) -> None:
    """What a system writes, it may send again: PUT under an id, never POST."""
    writes = {(path, m) for path, m, op in operations(document) if "requestBody" in op and op["security"]}
    assert {method for _, method in writes} == {"put"}
    assert all("{id}" in path for path, _ in writes)


def test_transport_security_headers(client: Client) -> None:
    answer = client.get(f"{BASE}/regios")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_a_wrong_host_gets_a_problem_too(client: Client) -> None:
    answer = client.get(f"{BASE}/regios", headers={"Host": "elders.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_every_fact_is_described_and_every_example_is_true(client: Client, document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        for key, field in schema.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, f"{name}.{key}"
    advice = document["paths"]["/adviezen"]["post"]
    asked = advice["requestBody"]["content"]["application/json"]["examples"]
    assert {"nacht", "ggz", "fout"} <= asked.keys()
    for status, kind in (("200", "application/json"), ("400", "application/problem+json")):
        for name, example in advice["responses"][status]["content"][kind]["examples"].items():
            answer = client.post(f"{BASE}/adviezen", asked[name]["value"], content_type="application/json")
            assert (answer.status_code, answer.json()) == (int(status), example["value"]), name


def test_what_is_published_beside_the_advice(client: Client) -> None:
    regions = client.get(f"{BASE}/regios").json()["regios"]
    assert [r["naam"] for r in regions] == sorted(r["naam"] for r in regions)
    for short in regions:
        region = client.get(f"{BASE}/regios/{short['sleutel']}").json()
        assert len(region["versies"]) == short["versies"]
        assert len(region["gemeenten"]) == short["gemeenten"]
    assert "Simpelveld" in [g["naam"] for g in client.get(f"{BASE}/regios/zuid-limburg").json()["gemeenten"]]
    rules = client.get(f"{BASE}/regels").json()["regels"]
    assert len(rules) == 519
    rule = client.get(f"{BASE}/regels/ZL-63").json()
    assert rule["tekst"] == next(r["tekst"] for r in rules if r["id"] == "ZL-63")
    assert rule["bron"]["titel"] and rule["sectie"] and rule["van_tekstregel"] <= rule["tot_tekstregel"]
    english = client.get(f"{BASE}/regels/ZL-63", headers={"Accept-Language": "en"})
    assert english.json()["tekst"] != rule["tekst"]
    questions = client.get(f"{BASE}/open-vragen").json()["open_vragen"]
    assert len(questions) == 37
    assert all(part["id"].startswith(q["id"] + "/") for q in questions for part in q["delen"])


def stream(chunks: list[bytes], path: str = f"{BASE}/adviezen", **headers: str) -> tuple[int, dict[str, Any], int]:
    """Send a body in pieces through the real ASGI door: status, answer, and how many pieces were taken."""
    from vangnet.conf.asgi import application

    taken = 0
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        if taken >= len(chunks):
            await asyncio.sleep(60)
        taken += 1
        return {"type": "http.request", "body": chunks[taken - 1], "more_body": taken < len(chunks)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    given = {"host": "localhost", "content-type": "application/json", **headers}
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "http", "server": ("localhost", 80), "client": ("127.0.0.1", 1), "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    # In a thread of its own: Playwright keeps an event loop going in the thread of the tests.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(application(scope, receive, send))).result(30)
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    headers_out = {n.decode().lower(): v.decode() for n, v in sent[0]["headers"]}
    assert headers_out["api-version"] == VERSION
    return sent[0]["status"], json.loads(body), taken


def test_a_stream_is_cut_off_at_the_limit() -> None:
    status, body, taken = stream([b" " * 10_000] * 1000)
    assert (status, body["code"]) == (413, "RequestEntityTooLarge")
    assert taken == 7


def test_an_announced_size_is_refused_before_anything_is_read() -> None:
    status, _body, taken = stream([b" " * 10_000] * 1000, **{"content-length": "10000000"})
    assert (status, taken) == (413, 0)


def test_a_body_in_pieces_is_read() -> None:
    text = json.dumps(NACHT).encode()
    status, body, _taken = stream([text[:100], text[100:]])
    assert (status, body["regio"]["sleutel"]) == (200, "zuid-limburg")
