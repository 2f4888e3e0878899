# SPDX-License-Identifier: EUPL-1.2
"""`vangnet schema [situatie|antwoord]`: what may be asked and what is answered, as JSON Schema 2020-12."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, Refusal


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "schema",
        help="welke feiten er zijn en wat er terugkomt, als JSON Schema",
        description="Geeft het JSON Schema van een situatie (wat je vraagt) of een antwoord (wat je krijgt).",
    )
    parser.add_argument(
        "welk", nargs="?", choices=("situatie", "antwoord"), default="situatie", help="standaard situatie"
    )
    parser.add_argument("--map", type=Path, help="schrijf beide als bestand in deze map, zoals docs/schemas")
    add_folders(parser)
    parser.set_defaults(handler=schema)


def schema(arguments: argparse.Namespace) -> int:
    from vangnet.process.show_schema import show_antwoord_schema, show_situatie_schema

    schemas = {"situatie": show_situatie_schema(opened_register(arguments)), "antwoord": show_antwoord_schema()}
    if arguments.map is None:
        print(as_file(schemas[arguments.welk]), end="")
        return DONE
    if not arguments.map.is_dir():
        raise Refusal(f"--map: gevonden {arguments.map}; verwacht een map.")
    for naam, inhoud in schemas.items():
        (arguments.map / f"{naam}.schema.json").write_text(as_file(inhoud), encoding="utf-8")
    print(f"Geschreven: {', '.join(f'{arguments.map}/{naam}.schema.json' for naam in schemas)}.")
    return DONE


def as_file(schema: dict[str, Any]) -> str:
    """The text of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
