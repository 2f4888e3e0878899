# SPDX-License-Identifier: EUPL-1.2
"""What the OpenAPI document says of the operations that know a person: their key, their parts, their refusals, examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from vangnet.access.koppelingen import SCOPES
from vangnet.access.tegoed import PER_KOPPELING
from vangnet.api.documentation import BASE, IN_LANGUAGE, SPOKEN, Json, describe, in_schema, refusal
from vangnet.process.answer_question import AanbodUit, Antwoordbericht, Antwoordontvangst
from vangnet.process.present_advice import HANDLEIDING
from vangnet.process.receive_melding import Meldingbericht, Meldingontvangst, Meldingstand
from vangnet.process.show_api import BesluitUit, CasusHeel, CasusKort, GebeurtenisUit, KlokUit, NummerUit
from vangnet.process.show_schema import Kaal

__all__ = ["BASE", "extend"]

SLEUTEL = "sleutel"
WAT: dict[str, str] = {
    "melding.opnemen": "een melding sturen en volgen",
    "casus.inzien": "casussen, gebeurtenissen en klokken lezen",
    "besluit.inzien": "voorstellen en besluiten lezen",
    "aanbod.inzien": "vragen aan je organisatie lezen",
    "aanbod.beantwoorden": "vragen aan je organisatie beantwoorden",
    "bellen.inzien": "de bellijst lezen",
}
"""What each scope opens, in a few words."""
SCHEME: Json = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "vn_...",
    "description": "Een sleutel van een organisatie, gemaakt door de beheerder van de regio. Scopes: "
    + "; ".join(f"`{scope}` ({WAT[scope]})" for scope in SCOPES)
    + ".",
}
TAGS = [
    {"name": "meldingen", "description": "Een melding sturen en volgen. Vraagt een sleutel."},
    {"name": "casussen", "description": "Casussen van je organisatie, voor zover in zicht. Vraagt een sleutel."},
    {"name": "aanbiedingen", "description": "Vragen aan je organisatie, lezen en beantwoorden. Vraagt een sleutel."},
    {"name": "klokken", "description": "Lopende termijnen. Vraagt een sleutel."},
    {"name": "contacten", "description": "Wie je nu kunt bellen. Vraagt een sleutel."},
]
REFUSALS = {
    400: "De invoer klopt niet; alle fouten staan erbij.",
    401: "Er is geen sleutel meegestuurd, of ze geldt niet.",
    403: "Deze sleutel, of je organisatie in deze casus, mag dit niet.",
    404: "Dit is er niet, of je organisatie ziet het niet: dat verschil is niet te zien.",
    406: "Vangnet antwoordt alleen in JSON.",
    409: "Dit botst met wat er al vastligt.",
    412: "De vraag is veranderd sinds je haar las.",
    413: "De invoer is te groot.",
    415: "De invoer is geen JSON in UTF-8.",
    429: f"Te veel verzoeken: een sleutel krijgt er {PER_KOPPELING.per_seconde * 60:.0f} per minuut.",
    500: "Er ging iets mis bij Vangnet.",
    503: "Vangnet kan nu niet bij zijn gegevens; probeer het later opnieuw.",
}
HEADERS: Json = {"API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}, "required": True}}
"""Without the header that lets scripts of other sites read: these answers know a person."""
TAGGED: Json = {"ETag": {"description": "Verandert met de inhoud.", "schema": {"type": "string"}}}
MORE_HEADERS: dict[int, Json] = {
    401: {"WWW-Authenticate": {"description": "Hoe je je bekendmaakt.", "schema": {"type": "string"}}},
    403: {"WWW-Authenticate": {"description": "Welke scope ontbreekt.", "schema": {"type": "string"}}},
    429: {"Retry-After": {"description": "Seconden om te wachten.", "schema": {"type": "integer"}}},
    503: {"Retry-After": {"description": "Seconden om te wachten.", "schema": {"type": "integer"}}},
}
ALWAYS = (400, 401, 403, 406, 429, 500, 503)


@dataclass(frozen=True)
class CasusLijst:
    """Een deel van de lijst van casussen."""

    __pydantic_config__ = HANDLEIDING

    casussen: tuple[CasusKort, ...]
    """De casussen, de laatst gewijzigde eerst."""
    volgende: str | None
    """De cursor van het volgende deel; null als dit het laatste is."""


@dataclass(frozen=True)
class GebeurtenisLijst:
    """Een deel van wat er gebeurde."""

    __pydantic_config__ = HANDLEIDING

    gebeurtenissen: tuple[GebeurtenisUit, ...]
    """De gebeurtenissen, de eerst ingevoerde eerst."""
    volgende: str | None
    """De cursor van het volgende deel; null als dit het laatste is."""
    verder_vanaf: str | None
    """De cursor om later te vragen wat hierna kwam."""


@dataclass(frozen=True)
class BesluitLijst:
    """Een deel van de besluiten."""

    __pydantic_config__ = HANDLEIDING

    besluiten: tuple[BesluitUit, ...]
    """De besluiten, het eerst ingevoerde eerst."""
    volgende: str | None
    """De cursor van het volgende deel; null als dit het laatste is."""
    verder_vanaf: str | None
    """De cursor om later te vragen wat hierna kwam."""


@dataclass(frozen=True)
class KlokLijst:
    """Een deel van de lopende termijnen."""

    __pydantic_config__ = HANDLEIDING

    klokken: tuple[KlokUit, ...]
    """De termijnen, die het eerst afloopt eerst."""
    volgende: str | None
    """De cursor van het volgende deel; null als dit het laatste is."""


@dataclass(frozen=True)
class AanbodLijst:
    """Een deel van de vragen aan je organisatie."""

    __pydantic_config__ = HANDLEIDING

    aanbiedingen: tuple[AanbodUit, ...]
    """De vragen, de laatst gestelde eerst."""
    volgende: str | None
    """De cursor van het volgende deel; null als dit het laatste is."""


@dataclass(frozen=True)
class NummerLijst:
    """De bellijst van de regio."""

    __pydantic_config__ = HANDLEIDING

    contacten: tuple[NummerUit, ...]
    """De nummers; bovenaan wie nu dienst heeft."""


def _query(name: str, description: str, example: Any, **schema: Any) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        "example": example,
    }


CURSOR = {
    "name": "cursor",
    "in": "query",
    "required": False,
    "description": "Waar het vorige deel ophield: de waarde van `volgende`.",
    "schema": {"type": "string"},
}
AANTAL = _query(
    "aantal", "Hoeveel er hooguit in dit deel staan.", 50, type="integer", minimum=1, maximum=100, default=50
)
SINDS = _query(
    "sinds", "Alleen wat na dit moment veranderde. Neem een minuut speling.", "2024-05-17T21:40:00+02:00",
    type="string", format="date-time",
)  # fmt: skip
STAND = _query("stand", "Alleen wat openstaat, of ook wat beantwoord is.", "open", type="string", enum=["open", "alle"])


def _header(name: str, description: str) -> Json:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}


IF_NONE_MATCH = _header("If-None-Match", "De ETag die je al hebt: is er niets veranderd, dan is het antwoord 304.")
IF_MATCH = _header("If-Match", "De ETag van de vraag zoals je haar las: is ze veranderd, dan is het antwoord 412.")


def _ok(text: str, name: str, headers: Json | None = None) -> Json:
    return {
        "description": text,
        "headers": HEADERS | (headers or {}),
        "content": {"application/json": {"schema": in_schema(name)}},
    }


SAME: Json = {"description": "Niets veranderd.", "headers": HEADERS | TAGGED}


def _closed(
    scope: str, id_: str, tag: str, summary: str, text: str, responses: Json, refusals: tuple[int, ...] = (),
    parameters: tuple[Json, ...] = (), body: str = "",
) -> Json:  # fmt: skip
    """One operation: everything that holds for all of them is added here."""
    refused = {str(s): {"$ref": f"#/components/responses/Besloten{s}"} for s in sorted({*ALWAYS, *refusals})}
    words = describe(
        id_, tag, summary, f"{text} Scope: `{scope}`.", {**responses, **refused}, [dict(p) for p in parameters]
    )
    words["security"] = [{SLEUTEL: [scope]}]
    if body:
        words["requestBody"] = {"required": True, "content": {"application/json": {"schema": in_schema(body)}}}
    return words


PUT_MELDING = _closed(
    "melding.opnemen", "stuurMelding", "meldingen", "Een melding sturen",
    "Begint een casus en de termijnen; de regie ligt bij je organisatie. Kies zelf een nieuwe UUID. Hetzelfde nog eens sturen "
    "geeft hetzelfde antwoord, ook na een verbroken verbinding; iets anders onder dezelfde UUID wordt geweigerd. Wat de "
    "melding wordt, beslist een mens: die vindt haar op het bord.",
    {"201": _ok("Bewaard.", "Meldingontvangst", {"Location": {"description": "Waar ze te volgen is.", "schema": {"type": "string"}}}),
     "200": _ok("Dit was er al.", "Meldingontvangst")},
    (409, 413, 415), (), "Meldingbericht",
)  # fmt: skip
MELDING = _closed(
    "melding.opnemen", "geefMelding", "meldingen", "Hoe een melding staat", "Of er nog iemand mee bezig is, en waar ze toe leidde.",
    {"200": _ok("De melding.", "Meldingstand", TAGGED), "304": SAME}, (404,), (IF_NONE_MATCH,),
)  # fmt: skip
CASUSSEN = _closed(
    "casus.inzien", "geefCasussen", "casussen", "De casussen", "Alle casussen waarvan je organisatie nu de kern ziet, de laatst "
    "gewijzigde eerst. Eindigt je betrokkenheid, dan staat een casus er niet meer bij.",
    {"200": _ok("De casussen.", "CasusLijst", SPOKEN)}, (), (CURSOR, AANTAL, SINDS, IN_LANGUAGE),
)  # fmt: skip
CASUS = _closed(
    "casus.inzien", "geefCasus", "casussen", "Eén casus", "De onderdelen die in zicht zijn; de rest is leeg. Een geheim adres, "
    "aantekeningen en de tekst van een melding komen hier nooit.",
    {"200": _ok("De casus.", "CasusHeel", SPOKEN | TAGGED), "304": SAME}, (404,), (IF_NONE_MATCH, IN_LANGUAGE),
)  # fmt: skip
GEBEURTENISSEN = _closed(
    "casus.inzien", "geefGebeurtenissen", "casussen", "Wat er gebeurde", "In de volgorde waarin het is ingevoerd. Wat later "
    "komt, vraag je met `verder_vanaf`.",
    {"200": _ok("De gebeurtenissen.", "GebeurtenisLijst", SPOKEN)}, (404,), (CURSOR, AANTAL, IN_LANGUAGE),
)  # fmt: skip
BESLUITEN = _closed(
    "besluit.inzien", "geefBesluiten", "casussen", "Wat voorgesteld was en wat besloten is",
    "Elk besluit van een mens, met het voorstel van dat moment, de regels en de reden als het afwijkt.",
    {"200": _ok("De besluiten.", "BesluitLijst", SPOKEN)}, (404,), (CURSOR, AANTAL, IN_LANGUAGE),
)  # fmt: skip
KLOKKEN = _closed(
    "casus.inzien", "geefKlokken", "klokken", "De lopende termijnen", "Van alle casussen in zicht, die het eerst afloopt eerst.",
    {"200": _ok("De termijnen.", "KlokLijst", SPOKEN)}, (), (CURSOR, AANTAL, IN_LANGUAGE),
)  # fmt: skip
AANBIEDINGEN = _closed(
    "aanbod.inzien", "geefAanbiedingen", "aanbiedingen", "De vragen aan je organisatie", "De laatst gestelde eerst. Van een "
    "vraag die je geweigerd hebt, is niets meer te zien.",
    {"200": _ok("De vragen.", "AanbodLijst", SPOKEN)}, (), (CURSOR, AANTAL, STAND, IN_LANGUAGE),
)  # fmt: skip
AANBOD = _closed(
    "aanbod.inzien", "geefAanbod", "aanbiedingen", "Eén vraag", "De vraag, met een ETag om bij het antwoord mee te sturen.",
    {"200": _ok("De vraag.", "AanbodUit", SPOKEN | TAGGED), "304": SAME}, (404,), (IF_NONE_MATCH, IN_LANGUAGE),
)  # fmt: skip
ANTWOORD = _closed(
    "aanbod.beantwoorden", "geefAntwoord", "aanbiedingen", "Een vraag beantwoorden", "Geeft het ja of nee van een mens door, "
    "met zijn naam. Bij een nee hoort een reden. Hetzelfde nog eens sturen geeft hetzelfde antwoord.",
    {"200": _ok("Bewaard.", "Antwoordontvangst")}, (404, 409, 412, 413, 415), (IF_MATCH,), "Antwoordbericht",
)  # fmt: skip
CONTACTEN = _closed(
    "bellen.inzien", "geefContacten", "contacten", "Wie je nu kunt bellen", "Het nummer dat op dit moment wordt opgenomen, per "
    "organisatie van de regio. Noemt geen gezin.",
    {"200": _ok("De nummers.", "NummerLijst", SPOKEN)}, (), (IN_LANGUAGE,),
)  # fmt: skip

EXAMPLE_MELDING: Json = {
    "gemeld_op": "2024-05-17T21:40:00+02:00",
    "melder": {"soort": "politie", "naam": "Wijkteam Heerlen-Zuid", "telefoon": "045 555 01 02"},
    "situatie": "Moeder is opgenomen; er is niemand bij de kinderen.",
    "direct_onveilig": "ja",
    "kan_wachten_tot_morgen": "nee",
    "gemeente": "Heerlen",
    "jeugdigen": [{"voornaam": "Mila", "achternaam": "Voorbeeld", "leeftijd": 9}, {"voornaam": "Sem", "leeftijd": 4}],
    "oefening": True,
}
EXAMPLE_ANTWOORD: Json = {"antwoord": "geweigerd", "besloten_door": "S. Peeters", "reden": "Deze week is er geen plek."}
EXAMPLES = {
    ("/meldingen/{id}", "put"): ("politie", "Een melding van de politie, als oefening", EXAMPLE_MELDING),
    ("/aanbiedingen/{id}/antwoord", "put"): ("nee", "Een nee met een reden", EXAMPLE_ANTWOORD),
}


def extend(document: Json) -> Json:
    """The document with everything that these operations need beside themselves. Errors: ValueError when a shape has the
    name of another."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "security" not in operation:
                operation["security"] = []
                continue
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter |= {"schema": {"type": "string", "format": "uuid"}, "description": "Het vaste kenmerk."}
            if (path, method) in EXAMPLES:
                name, summary, value = EXAMPLES[path, method]
                content = operation["requestBody"]["content"]["application/json"]
                content["examples"] = {name: {"summary": summary, "value": value}}
    document["tags"] = [*document["tags"], *TAGS]
    components = document["components"]
    components["securitySchemes"] = {SLEUTEL: SCHEME}
    components["responses"] |= {f"Besloten{s}": _refusal(s) for s in REFUSALS}
    ours = _schemas()
    if twice := ours.keys() & components["schemas"].keys():
        raise ValueError(f"two shapes of one name: {', '.join(sorted(twice))}")
    components["schemas"] = dict(sorted((components["schemas"] | ours).items()))
    return document


def _refusal(status: int) -> Json:
    return refusal(REFUSALS[status], HEADERS | MORE_HEADERS.get(status, {}))


def _schemas() -> Json:
    modes: list[tuple[Literal["validation", "serialization"], tuple[type, ...]]] = [
        ("validation", (Meldingbericht, Antwoordbericht)),
        (
            "serialization",
            (
                Meldingontvangst, Meldingstand, CasusLijst, CasusHeel, GebeurtenisLijst, BesluitLijst, KlokLijst,
                AanbodLijst, AanbodUit, Antwoordontvangst, NummerLijst,
            ),
        ),
    ]  # fmt: skip
    _, found = TypeAdapter.json_schemas(
        [(kind.__name__, mode, TypeAdapter(kind)) for mode, kinds in modes for kind in kinds],
        ref_template="#/components/schemas/{model}",
        schema_generator=Kaal,
    )
    schemas: Json = json.loads(json.dumps(found["$defs"]))
    return schemas
