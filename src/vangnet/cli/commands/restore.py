# SPDX-License-Identifier: EUPL-1.2
"""`vangnet restore`: puts a backup back in an empty database, proves that it is the same, and says what must still be done."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.commands.backup import SLEUTEL, address, contents, identities, moment, progress, refusing
from vangnet.cli.commands.migrate import OWNER_URL
from vangnet.cli.main import DONE

if TYPE_CHECKING:
    from vangnet.cli.kopie.inhoud import Manifest


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "restore",
        help="een reservekopie terugzetten in een lege database",
        description=f"Zet een reservekopie terug, helemaal of niet, en vergelijkt elke tabel met wat er stond. {OWNER_URL} is het adres "
        "van de eigenaar van de lege database.",
    )
    parser.add_argument("bestand", type=Path, metavar="BESTAND", help="de reservekopie")
    parser.add_argument("--sleutel", type=Path, help=f"het bestand met de sleutel (anders {SLEUTEL})")
    parser.set_defaults(handler=restore)


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup back. Nothing is changed before the whole file was read; nothing stays unless every table is equal."""
    from vangnet.cli.kopie import terugzetten

    begin = time.monotonic()
    with refusing("Er is niets teruggezet."):
        sleutels = identities(arguments)
        adres = address(OWNER_URL)
        kopie = terugzetten.open_whole(arguments.bestand, sleutels, progress())
        terugzetten.restore(adres, kopie, sleutels, progress())
    print(
        f"Teruggezet: {contents(kopie.manifest)}, van {moment(kopie.manifest)}, in {time.monotonic() - begin:.1f} s. Elke tabel is "
        "gelijk aan wat er stond. Iedereen is afgemeld.\n"
    )
    print(_next_steps(kopie.manifest))
    return DONE


def _next_steps(manifest: Manifest) -> str:
    """What must be done before anybody works with it again, in order."""
    from vangnet.cli.kopie.inhoud import own_migrations

    op = moment(manifest)
    stappen = [
        "vangnet bewaren opnieuw --voer-uit\n   Wat na deze kopie gewist is, staat er nu weer. Dit wist het opnieuw, met de wislijst.",
        f'vangnet log zegel --herstel "reservekopie van {op}"\n   De verzegelaar weigert tot hij dit weet (de kopie gaat tot zegel '
        f"{manifest.zegel}). Kijk daarna na: vangnet log check.",
        f"Loop na wie sinds {op} geen toegang meer heeft: een vertrek, een ingetrokken sleutel of een kwijte telefoon van daarna is "
        "weer vergeten.",
        f"Vertel de dienst dat alles van na {op} weg is. Voer dat opnieuw in, van papier of uit het hoofd.",
        "vangnet serve, vangnet wekker, vangnet post en vangnet log zegel --blijf\n   Zonder de wekker wordt niemand gewaarschuwd. Iedereen meldt zich opnieuw aan.",
    ]
    if own_migrations() - manifest.migraties:
        stappen.insert(0, "vangnet migrate\n   Deze kopie is van een oudere Vangnet.")
    return "Nu nog, in deze volgorde:\n" + "\n".join(f"{nummer}. {stap}" for nummer, stap in enumerate(stappen, 1))
