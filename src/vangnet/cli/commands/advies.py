# SPDX-License-Identifier: EUPL-1.2
"""`vangnet advies --regio zuid-limburg < situatie.json`: what the agreements say, as JSON or as text."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, Refusal


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "advies",
        help="wat zeggen de afspraken over een situatie",
        description="Leest feiten als JSON van de standaardinvoer en geeft het advies als JSON. "
        "Welke feiten er zijn: vangnet schema situatie.",
    )
    parser.add_argument("--regio", help="de regio, als die niet in de feiten staat (of om een andere te proberen)")
    parser.add_argument("--tekst", action="store_true", help="toon het advies als leesbare tekst")
    add_folders(parser)
    parser.set_defaults(handler=advies)


def advies(arguments: argparse.Namespace) -> int:
    from vangnet.policy.fouten import Fout, Ongeldig
    from vangnet.process.give_advice import GROOTSTE_SITUATIE, advise
    from vangnet.process.present_advice import as_data, present

    reg = opened_register(arguments)
    try:
        ruw = sys.stdin.buffer.read(GROOTSTE_SITUATIE + 1).decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(
            str(Fout("(alles)", "bytes die geen UTF-8 zijn", "JSON in UTF-8", '{"regio": "zuid-limburg"}'))
        ) from None
    try:
        antwoord = present(advise(_met_regio(ruw, arguments.regio), reg), reg.bronnen)
    except Ongeldig as fout:
        raise Refusal(str(fout)) from None
    if arguments.tekst:
        print(as_text(antwoord))
    else:
        json.dump(as_data(antwoord), sys.stdout, ensure_ascii=False, indent=2)
        print()
    return DONE


def _met_regio(ruw: str, regio: str | None) -> str:
    if not regio:
        return ruw
    try:
        feiten = json.loads(ruw or "{}")
    except (json.JSONDecodeError, RecursionError):
        return ruw
    return json.dumps({**feiten, "regio": regio}) if isinstance(feiten, dict) else ruw


def as_text(a: Any) -> str:
    """The answer as lines for a terminal."""
    lijnen = [f"{a.regio.naam}, {a.afspraken.titel}", "", a.kop, a.kop_uitleg, ""]
    onderdeel = ""
    for u in a.uitspraken.values():
        if u.onderdeel != onderdeel:
            onderdeel = u.onderdeel
            lijnen += ["", onderdeel.upper()]
        kracht = f" [{u.strekking}]" if u.strekking and u.strekking != "zonder voorbehoud" else ""
        lijnen.append(f"- {u.tekst}{kracht} ({', '.join(u.regels)})" + (f" — {u.waarom}" if u.waarom else ""))
    if a.termijnen:
        lijnen += ["", "TERMIJNEN"]
        lijnen += [
            f"- {t.wat}: {t.uiterlijk_tekst or 'nog geen begin'} [{t.strekking}] door {t.eigenaar_naam} ({', '.join(t.regels)})"
            for t in a.termijnen.values()
        ]
    if a.open_vragen:
        lijnen += ["", "OPEN VRAGEN"]
        for q in a.open_vragen:
            lijnen.append(f"- {q.id}: {q.vraag}")
            lijnen += [f"    {'*' if x.sleutel == q.eerst else '-'} {x.tekst}" for x in q.lezingen]
            lijnen.append(
                f"    gekozen door {q.keuze.gekozen_door}"
                if q.keuze
                else "    nog niemand koos; de vroegste of strengste lezing staat voorop"
            )
    if a.vragen:
        lijnen += ["", "WAT NOG ONTBREEKT"]
        lijnen += [f"- {v.vraag} ({v.veld})" for v in a.vragen]
    return "\n".join(lijnen)
