# SPDX-License-Identifier: EUPL-1.2
"""`vangnet regels dekking`: every rule of the sources with what carries it; the README's table is made here."""

from __future__ import annotations

import argparse
from typing import Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, FAILED, Refusal

BEGIN, EIND = "<!-- dekking: gemaakt door `vangnet regels dekking --readme` -->", "<!-- /dekking -->"


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("regels", help="de regels uit de bronnen en wat ze draagt")
    delen = parser.add_subparsers(metavar="WAT", required=True, dest="wat")
    dekking = delen.add_parser("dekking", help="elke regel met wat haar draagt; uitgang 1 als er een zonder is")
    vorm = dekking.add_mutually_exclusive_group()
    vorm.add_argument("--tabel", action="store_true", help="alleen de telling per soort")
    vorm.add_argument("--gaten", action="store_true", help="alleen regels zonder drager of zonder scenario")
    vorm.add_argument("--readme", action="store_true", help="zet de telling in README.md")
    add_folders(dekking)
    dekking.set_defaults(handler=show_coverage)


def show_coverage(arguments: argparse.Namespace) -> int:
    from vangnet.policy.bronnen import WORTEL
    from vangnet.process.rule_coverage import NIETS, ZONDER_SCENARIO, as_table, coverage

    dekking = coverage(opened_register(arguments), arguments.regios or WORTEL / "regios")
    gaten = [d for d in dekking if d.drager in (NIETS, ZONDER_SCENARIO)]
    if arguments.readme:
        pad = WORTEL / "README.md"
        tekst = pad.read_text(encoding="utf-8")
        if BEGIN not in tekst or EIND not in tekst:
            raise Refusal(f"README.md: gevonden geen plek voor de telling; verwacht {BEGIN} en {EIND}.")
        voor, rest = tekst.split(BEGIN, 1)
        pad.write_text(f"{voor}{BEGIN}\n\n{as_table(dekking)}\n\n{EIND}{rest.split(EIND, 1)[1]}", encoding="utf-8")
        print("README.md is bij.")
    elif arguments.tabel:
        print(as_table(dekking))
    else:
        for d in gaten if arguments.gaten else dekking:
            print(f"{d.regel.id:8} {d.regel.soort:15} {d.drager:16} {d.waar}")
        if not arguments.gaten:
            print(f"\n{as_table(dekking)}")
    if gaten and not arguments.readme:
        print(f"{len(gaten)} regels zonder drager of zonder scenario: vangnet regels dekking --gaten")
    return FAILED if gaten else DONE
