# SPDX-License-Identifier: EUPL-1.2
"""The published shapes as JSON Schema 2020-12: the facts that go in and the answer that comes out.

Everything is read from the dataclasses and their attribute docstrings; only the regions and municipalities are filled
in, since they stand in files.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from vangnet.policy.register import Register

from .present_advice import Antwoord
from .read_situation import SITUATIE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ANTWOORD = TypeAdapter(Antwoord)
Schema = dict[str, Any]


class Kaal(GenerateJsonSchema):
    """Leaves out the titles that only repeat the name of a field, and writes "or null" as a type."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> Schema:
        inner = self.generate_inner(schema["schema"])
        if not isinstance(inner.get("type"), str):
            return super().nullable_schema(schema)
        or_null = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return {**inner, **or_null, "type": [inner["type"], "null"]}


def show_situatie_schema(reg: Register) -> Schema:
    """What may be asked: every fact, its values, and the regions and municipalities there are."""
    schema = SITUATIE.json_schema(schema_generator=Kaal)
    fill_in_regions(schema, reg)
    return _kop("situatie", "Situatie", schema)


def show_antwoord_schema() -> Schema:
    """What is answered."""
    return _kop("antwoord", "Antwoord", ANTWOORD.json_schema(mode="serialization", schema_generator=Kaal))


def _kop(naam: str, titel: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:vangnet:schema:{naam}:v1", **schema, "title": titel}


def fill_in_regions(situatie: Schema, reg: Register) -> None:
    """Put the keys of the regions, and per region its municipalities by name and code, in the schema of a situation."""
    velden = situatie["properties"]
    velden["regio"]["enum"] = sorted(reg.versies)
    per_regio = []
    for a in reg.regios():
        namen = {g.naam: g.cbs for versie in reg.versies[a.regio.sleutel] for g in versie.gemeenten}
        if namen:
            keuzes = [woord for naam in sorted(namen) for woord in (naam, namen[naam])]
            per_regio.append({"title": a.regio.naam, "type": "string", "enum": keuzes})
    del velden["gemeente"]["type"]
    velden["gemeente"]["anyOf"] = [*per_regio, {"type": "null"}]
    velden["gemeente"]["description"] += " Alleen een gemeente van de gevraagde regio; hoofdletters maken niet uit."
