# SPDX-License-Identifier: EUPL-1.2
"""`vangnet scenario [BESTAND...]`: run acceptance scenarios and show every difference."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from vangnet.process.run_scenarios import Uitslag


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "scenario",
        help="scenario's naspelen en verschillen tonen",
        description="Speelt scenario's na. Zonder bestand: alle scenario's bij de regio's. De vorm van een bestand staat in "
        "docs/handleiding.md.",
    )
    parser.add_argument("bestanden", nargs="*", type=Path, metavar="BESTAND")
    parser.add_argument("-v", "--alles", action="store_true", help="noem ook wat klopt")
    add_folders(parser)
    parser.set_defaults(handler=scenario)


def scenario(arguments: argparse.Namespace) -> int:
    from vangnet.policy.bronnen import WORTEL
    from vangnet.policy.fouten import Ongeldig
    from vangnet.process.run_scenarios import find_scenarios, run_scenarios

    reg = opened_register(arguments)
    bestanden = arguments.bestanden or find_scenarios(arguments.regios or WORTEL / "regios")
    if not bestanden:
        raise Refusal("Er zijn geen scenario's gevonden.")
    gedaan = 0

    def na_elk(u: Uitslag) -> None:
        nonlocal gedaan
        gedaan += 1
        if not u.goed:
            print(f"FOUT  {u.bestand.parent.parent.name}/{u.bestand.name}: {u.naam}")
            for v in u.verschillen:
                print(f"        {v.waar}\n          verwacht: {v.verwacht}\n          gekregen: {v.gekregen}")
        elif arguments.alles:
            print(f"goed  {u.bestand.parent.parent.name}/{u.bestand.name}: {u.naam}")
        if sys.stderr.isatty():
            print(f"\r{gedaan} scenario's", end="", file=sys.stderr)

    try:
        uitslagen = run_scenarios(bestanden, reg, na_elk)
    except Ongeldig as fout:
        raise Refusal(str(fout)) from None
    fout_ = sum(not u.goed for u in uitslagen)
    print(f"{len(uitslagen) - fout_} scenario's kloppen, {fout_} niet; {len(bestanden)} bestanden.")
    return FAILED if fout_ else DONE
