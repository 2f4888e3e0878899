# SPDX-License-Identifier: EUPL-1.2
"""The published schemas in docs are those of today, sound, and describe every key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

from tests.house.sources import ROOT
from vangnet.api.examples import BAD, GOOD
from vangnet.cli.commands.schema import as_file
from vangnet.process.give_advice import advise, register
from vangnet.process.present_advice import present
from vangnet.process.show_schema import show_antwoord_schema, show_situatie_schema

SCHEMAS = {"situatie": show_situatie_schema(register()), "antwoord": show_antwoord_schema()}


def keys(thing: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(thing, dict):
        for name, field in thing.get("properties", {}).items():
            yield f"{place}.{name}", field
        for name, value in thing.items():
            yield from keys(value, f"{place}.{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_file_is_of_today(name: str) -> None:
    text = (ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == as_file(SCHEMAS[name]), "voer uit: vangnet schema --map docs/schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_sound_and_every_key_is_described(name: str) -> None:
    meta.validate(SCHEMAS[name])
    found = list(keys(SCHEMAS[name]))
    assert found
    assert [place for place, field in found if not field.get("description") and "$ref" not in field] == []


def test_every_region_and_municipality_is_listed() -> None:
    fields = SCHEMAS["situatie"]["properties"]
    assert fields["regio"]["enum"] == sorted(register().versies)
    listed = {word for region in fields["gemeente"]["anyOf"] for word in region.get("enum", ())}
    known = {word for a in register().regios() for g in a.gemeenten for word in (g.naam, g.cbs)}
    assert known <= listed


@pytest.mark.parametrize("name", GOOD)
def test_examples_and_answers_keep_to_the_schemas(name: str) -> None:
    facts = GOOD[name][1]
    Draft202012Validator(SCHEMAS["situatie"]).validate(facts)
    answer = asdict(present(advise(facts, register()), register().bronnen))
    Draft202012Validator(SCHEMAS["antwoord"]).validate(json.loads(json.dumps(answer)))


def test_what_contradicts_itself_may_still_keep_to_the_schema() -> None:
    Draft202012Validator(SCHEMAS["situatie"]).validate(BAD[1])
