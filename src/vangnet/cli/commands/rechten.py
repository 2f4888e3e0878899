# SPDX-License-Identifier: EUPL-1.2
"""`vangnet rechten --markdown`: the rights table as a document."""

from __future__ import annotations

import argparse
from typing import Any

from vangnet.cli.main import DONE


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "rechten",
        help="wie wat mag, als tabel",
        description="Toont de rechtentabel: functie, ding, werkwoord, voorwaarde, en wat je van een casus ziet.",
    )
    parser.add_argument("--markdown", action="store_true", help="het hele document, zoals docs/rechten.md")
    parser.set_defaults(handler=show)


def show(arguments: argparse.Namespace) -> int:
    import os

    os.environ.setdefault("VANGNET_DEMO", "1")  # the table asks no database and no secret
    os.environ.setdefault("DATABASE_URL", "postgresql://vangnet_app@localhost/vangnet")
    from vangnet.cli import application

    application.set_up()

    from vangnet.access.rechten import TABEL
    from vangnet.process.show_rights import rights_document

    if arguments.markdown:
        print(rights_document(), end="")
        return DONE
    for recht in TABEL:
        print(f"{recht.merk:24} {', '.join(sorted(recht.rollen))}\n{'':24} {recht.voorwaarde}: {recht.reden}")
    return DONE
