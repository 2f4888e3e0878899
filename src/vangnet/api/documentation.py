# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document: what ninja knows of the operations, with the schemas of the domain and real examples filled in."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ninja import NinjaAPI
from pydantic import TypeAdapter

from vangnet.access.tegoed import PER_BEZOEKER
from vangnet.api import examples
from vangnet.api.problem import CONTENT_TYPE
from vangnet.policy.register import Register
from vangnet.process.read_situation import GROOTSTE_SITUATIE, SITUATIE
from vangnet.process.show_schema import ANTWOORD, Kaal, fill_in_regions
from vangnet.process.show_sources import OpenVraagHeel, RegelHeel, RegelKort, RegioHeel, RegioKort

Json = dict[str, Any]

TITLE = "Vangnet: afspraken over crisishulp jeugd"
DESCRIPTION = f"""Wat is er voor deze situatie afgesproken? Stuur de feiten die je kent; wat je niet weet, laat je weg.
Het antwoord noemt bij elk punt de regels waarop het rust, hoe hard de afspraak is, en waar de bronnen zwijgen of elkaar
tegenspreken. Vangnet bewaart niets van een vraag om advies. Stuur daarin geen namen, adressen of nummers van mensen: geen
enkel veld vraagt erom.

Wat onder meldingen, casussen, aanbiedingen, klokken en contacten staat, kent wel mensen en vraagt een sleutel:
`Authorization: Bearer vn_...`. Een sleutel ziet wat een medewerker van die organisatie in haar gewone functie ziet, en elke blik
staat in het log. Lijsten komen in delen: vraag het volgende met `cursor`.

Momenten mogen elke tijdzone hebben en komen terug in UTC; dagen zijn dagen in Nederland. Het verzoek is JSON in UTF-8
van hooguit {GROOTSTE_SITUATIE} bytes. Fouten komen allemaal tegelijk, als `application/problem+json`.

De sleutels zijn de woorden van het vak, met een laag streepje: dezelfde als op de opdrachtregel (`vangnet advies`) en in
de scenario's."""
CONTACT = {"name": "De makers van Vangnet", "url": "https://vangnet.example/api", "email": "vangnet@example.org"}
"""Stands here until an installation names its own."""
LICENCE = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
BASE = "/api/v1"

TAGS = [
    {"name": "adviezen", "description": "Vragen wat er voor een situatie is afgesproken."},
    {"name": "regios", "description": "Welke regio's er zijn, met hun versies en gemeenten."},
    {"name": "bronnen", "description": "De regels uit de bronnen, en wat die openlaten."},
    {"name": "schemas", "description": "De vorm van vraag en antwoord, en van deze API."},
]


def in_schema(name: str) -> Json:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _refused(*statuses: int) -> Json:
    return {str(status): {"$ref": f"#/components/responses/Geweigerd{status}"} for status in (*statuses, 429, 500)}


HEADERS: Json = {
    "API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}, "required": True},
    "Access-Control-Allow-Origin": {"description": "Elke site mag lezen.", "schema": {"type": "string"}},
}
SPOKEN: Json = {
    "Content-Language": {"description": "De taal van de teksten.", "schema": {"type": "string", "enum": ["nl", "en"]}}
}
IN_LANGUAGE: Json = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "nl (standaard) of en; teksten die nog niet vertaald zijn, blijven Nederlands.",
    "schema": {"type": "string"},
    "example": "en",
}


def _ok(description: str, schema: Json, headers: Json | None = None) -> Json:
    return {
        "description": description,
        "headers": HEADERS | (headers or {}),
        "content": {"application/json": {"schema": schema}},
    }


def _list(key: str, name: str) -> Json:
    return {
        "type": "object",
        "properties": {key: {"type": "array", "items": in_schema(name), "description": "De hele lijst."}},
        "required": [key],
    }


def describe(
    id_: str, tag: str, summary: str, description: str, responses: Json, parameters: list[Json] | None = None
) -> Json:
    """What the document says of one operation."""
    more = {"parameters": parameters} if parameters else {}
    return {
        "operationId": id_, "tags": [tag], "summary": summary, "description": description, "responses": responses,
        **more,
    }  # fmt: skip


ADVIEZEN = describe(
    "geefAdvies",
    "adviezen",
    "Wat zeggen de afspraken?",
    "Geeft het advies voor een situatie. Er wordt niets bewaard: hetzelfde verzoek geeft hetzelfde antwoord.",
    {"200": _ok("Het advies.", in_schema("Antwoord"), SPOKEN), **_refused(400, 413, 415)},
    [IN_LANGUAGE],
) | {"requestBody": {"required": True, "content": {"application/json": {"schema": in_schema("Situatie")}}}}
REGIOS = describe(
    "geefRegios", "regios", "De regio's", "Alle regio's, op naam.",
    {"200": _ok("De regio's.", _list("regios", "RegioKort")), **_refused(400)},
)  # fmt: skip
REGIO = describe(
    "geefRegio", "regios", "Eén regio", "Versies, geldigheid en gemeenten van een regio.",
    {"200": _ok("De regio.", in_schema("RegioHeel")), **_refused(400, 404)},
)  # fmt: skip
REGELS = describe(
    "geefRegels", "bronnen", "De regels", "Alle regels uit de bronnen, in onze eigen woorden.",
    {"200": _ok("De regels.", _list("regels", "RegelKort"), SPOKEN), **_refused(400)}, [IN_LANGUAGE],
)  # fmt: skip
REGEL = describe(
    "geefRegel", "bronnen", "Eén regel", "Een regel met haar plaats in de tekst en wat er open aan is.",
    {"200": _ok("De regel.", in_schema("RegelHeel"), SPOKEN), **_refused(400, 404)}, [IN_LANGUAGE],
)  # fmt: skip
OPEN_VRAGEN = describe(
    "geefOpenVragen", "bronnen", "De open vragen", "Waar de bronnen zwijgen of elkaar tegenspreken, met de lezingen.",
    {"200": _ok("De open vragen.", _list("open_vragen", "OpenVraagHeel")), **_refused(400)},
)  # fmt: skip
SITUATIESCHEMA = describe(
    "geefSituatieschema", "schemas", "De vorm van een situatie", "JSON Schema 2020-12 van wat je mag sturen.",
    {"200": _ok("Het schema.", {"type": "object"}), **_refused(400)},
)  # fmt: skip
ANTWOORDSCHEMA = describe(
    "geefAntwoordschema", "schemas", "De vorm van een antwoord", "JSON Schema 2020-12 van wat terugkomt.",
    {"200": _ok("Het schema.", {"type": "object"}), **_refused(400)},
)  # fmt: skip
OPENAPI = describe(
    "geefOpenapi", "schemas", "Deze beschrijving", "De API als OpenAPI-document.",
    {"200": _ok("Het document.", {"type": "object"}), **_refused(400)},
)  # fmt: skip

REFUSALS = {
    400: "De invoer klopt niet; alle fouten staan erbij.",
    404: "Dit is er niet.",
    413: "De invoer is te groot.",
    415: "De invoer is geen JSON in UTF-8.",
    429: f"Te veel verzoeken van één netwerkadres: er passen er {PER_BEZOEKER.per_seconde:.0f} per seconde.",
    500: "Er ging iets mis bij Vangnet.",
}
WAIT: Json = {"Retry-After": {"description": "Seconden om te wachten.", "schema": {"type": "integer"}}}
PROBLEM: Json = {
    "type": "object",
    "description": "Een weigering volgens RFC 9457.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "description": "Altijd about:blank: de status zegt wat het is."},
        "title": {"type": "string", "description": "Wat er aan de hand is, in een paar woorden."},
        "status": {"type": "integer", "description": "De HTTP-status."},
        "detail": {"type": "string", "description": "Wat er aan de hand is, in een zin."},
        "code": {"type": "string", "description": "Vaste naam van de weigering, zoals OnbekendeRegio."},
        "errors": {"type": "array", "items": in_schema("Fout"), "description": "Alle fouten in de invoer."},
    },
}
FAULT: Json = {
    "type": "object",
    "description": "Eén fout in de invoer.",
    "required": ["in", "location", "found", "expected", "example"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "header", "path", "query"], "description": "Waar in het verzoek."},
        "location": {
            "type": "string",
            "description": "Het veld, met punten: betrokken.gi; in een lijst is de eerste 1: inzet.1.vorm.",
        },
        "found": {"type": "string", "description": "Wat er gevonden is."},
        "expected": {"type": "string", "description": "Wat er verwacht wordt."},
        "example": {"type": "string", "description": "Een voorbeeld; leeg als er geen is."},
    },
}


def document(api: NinjaAPI, register: Register) -> Json:
    """The whole document, with the regions and the examples of this register."""
    found = deepcopy(dict(api.get_openapi_schema(path_prefix=BASE)))
    paths = {path.removeprefix(BASE): operations for path, operations in found["paths"].items()}
    for operations in paths.values():
        for operation in operations.values():
            # ninja puts a bare answer of its own beside ours, under a number.
            operation["responses"] = {status: r for status, r in operation["responses"].items() if status != 200}
    advice = paths["/adviezen"]["post"]
    advice["requestBody"]["content"]["application/json"]["examples"] = examples.requests(register)
    advice["responses"]["200"]["content"]["application/json"]["examples"] = examples.answers(register)
    advice["responses"]["400"] = _refusal(400, {"examples": examples.refusals(register)})
    return {
        "openapi": found["openapi"],
        "info": found["info"] | {"contact": CONTACT, "license": LICENCE},
        "servers": [{"url": BASE, "description": "Deze installatie."}],
        "tags": TAGS,
        "paths": paths,
        "components": {
            "schemas": _schemas(register),
            "responses": {f"Geweigerd{status}": _refusal(status) for status in REFUSALS},
        },
    }


def _refusal(status: int, more: Json | None = None) -> Json:
    return refusal(REFUSALS[status], HEADERS | (WAIT if status == 429 else {}), more)


def refusal(text: str, headers: Json, more: Json | None = None) -> Json:
    """An answer that is a problem; `more` stands beside its schema."""
    return {
        "description": text,
        "headers": headers,
        "content": {CONTENT_TYPE: {"schema": in_schema("Probleem"), **(more or {})}},
    }


def _schemas(register: Register) -> Json:
    shapes = {"Situatie": ("validation", SITUATIE), "Antwoord": ("serialization", ANTWOORD)}
    shapes |= {
        kind.__name__: ("serialization", TypeAdapter(kind))
        for kind in (RegioKort, RegioHeel, RegelKort, RegelHeel, OpenVraagHeel)
    }
    _, found = TypeAdapter.json_schemas(
        [(name, mode, adapter) for name, (mode, adapter) in shapes.items()],
        ref_template="#/components/schemas/{model}",
        schema_generator=Kaal,
    )
    schemas = found["$defs"]
    fill_in_regions(schemas["Situatie"], register)
    return dict(sorted((schemas | {"Probleem": PROBLEM, "Fout": FAULT}).items()))
