# SPDX-License-Identifier: EUPL-1.2
"""Which folders a command reads the agreements from, and reading them with every fault printed at once."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vangnet.cli.main import Refusal

if TYPE_CHECKING:
    from vangnet.policy.register import Register


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The options `--regios` and `--eigen`."""
    parser.add_argument("--regios", type=Path, help="map met de afspraken (anders die van Vangnet zelf)")
    parser.add_argument("--eigen", type=Path, help="map met keuzes, sluitingsdagen en vaststellingen van de regio zelf")


def opened_register(arguments: argparse.Namespace) -> Register:
    """The register of the asked folders; refuses with every fault in the files."""
    from vangnet.policy.bronnen import WORTEL
    from vangnet.policy.fouten import Ongeldig
    from vangnet.process.give_advice import register

    regios = arguments.regios or Path(os.environ.get("VANGNET_REGIOS") or WORTEL / "regios")
    eigen = arguments.eigen or (Path(os.environ["VANGNET_EIGEN"]) if os.environ.get("VANGNET_EIGEN") else None)
    for naam, map_ in (("--regios", regios), ("--eigen", eigen)):
        if map_ is not None and not map_.is_dir():
            raise Refusal(f"{naam}: gevonden {map_}; verwacht een map.")
    try:
        return register(regios, eigen)
    except Ongeldig as fout:
        raise Refusal(str(fout)) from None
