# SPDX-License-Identifier: EUPL-1.2
"""`vangnet regio check|toon|verschil`: check policy files, show one in plain words, show what differs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vangnet.cli.folders import add_folders, opened_register
from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from vangnet.policy.register import Register
    from vangnet.rules.afspraken import Afspraken


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("regio", help="afspraken van een regio nakijken, tonen en vergelijken")
    delen = parser.add_subparsers(metavar="WAT", required=True, dest="wat")
    check = delen.add_parser("check", help="kijk bestanden na; alle fouten tegelijk, uitgang 1 als er een is")
    check.add_argument("bestanden", nargs="*", type=Path, metavar="BESTAND", help="zonder bestand: alle regio's")
    add_folders(check)
    check.set_defaults(handler=check_files)
    toon = delen.add_parser("toon", help="toon de afspraken in gewone woorden")
    toon.add_argument("regio", help="regio, of regio@JJJJ-MM-DD voor een versie")
    add_folders(toon)
    toon.set_defaults(handler=show)
    verschil = delen.add_parser("verschil", help="toon wat er verschilt tussen twee regio's of versies")
    verschil.add_argument("a", help="regio of regio@JJJJ-MM-DD")
    verschil.add_argument("b", help="regio of regio@JJJJ-MM-DD")
    add_folders(verschil)
    verschil.set_defaults(handler=difference)


def check_files(arguments: argparse.Namespace) -> int:
    from vangnet.policy.bronnen import lees_bronnen
    from vangnet.policy.fouten import Fout
    from vangnet.policy.register import lees_bestand, lees_tabel

    if not arguments.bestanden:
        reg = opened_register(arguments)
        print(f"In orde: {sum(len(v) for v in reg.versies.values())} versies van {len(reg.versies)} regio's.")
        return DONE
    fouten: list[Fout] = []
    for pad in arguments.bestanden:
        if pad.resolve().parent.name == "triage":
            lees_tabel(pad, lees_bronnen(), fouten)
        else:
            lees_bestand(pad, lees_bronnen(), fouten)
    for fout in fouten:
        print(fout, file=sys.stderr)
    if fouten:
        print(f"{len(fouten)} fout{'en' if len(fouten) > 1 else ''}.", file=sys.stderr)
        return FAILED
    print(f"In orde: {len(arguments.bestanden)} bestand{'en' if len(arguments.bestanden) > 1 else ''}.")
    return DONE


def _version(reg: Register, naam: str) -> Afspraken:
    regio, _, versie = naam.partition("@")
    versies = reg.versies.get(regio)
    if not versies:
        raise Refusal(f"regio: gevonden '{regio}'; verwacht één van {', '.join(sorted(reg.versies))}.")
    if not versie:
        return versies[-1]
    for v in versies:
        if str(v.regio.geldig_vanaf) == versie:
            return v
    raise Refusal(
        f"versie: gevonden '{versie}'; verwacht één van {', '.join(str(v.regio.geldig_vanaf) for v in versies)}."
    )


def show(arguments: argparse.Namespace) -> int:
    from vangnet.process.show_policy import ONDERDELEN, checklist_positions, policy_lines

    reg = opened_register(arguments)
    a = _version(reg, arguments.regio)
    r = a.regio
    print(
        f"{r.naam}: {r.titel}\nGeldig vanaf {r.geldig_vanaf}, bevestigd tot en met {r.bronjaar}; bron: {r.bron}. {r.opmerking}"
    )
    print(
        f"Gemeenten: {', '.join(g.naam + ('' if g.herkomst == 'bron' else ' (CBS)') for g in a.gemeenten) or 'de bron noemt er geen'}"
    )
    onderdeel = ""
    for regel in policy_lines(a):
        if regel.onderdeel != onderdeel:
            onderdeel = regel.onderdeel
            print(f"\n{ONDERDELEN[onderdeel].upper()}")
        kracht = f" [{regel.strekking}]" if regel.strekking else ""
        print(f"- {regel.wat}: {regel.waarde or 'ja'}{kracht} ({', '.join(regel.regels)})")
    print("\nLANDELIJKE CHECKLIST")
    for nummer, titel, positie, toelichting, regels in checklist_positions(a, reg.bronnen):
        print(
            f"- {nummer} {titel}: {positie}{'. ' + toelichting if toelichting else ''}{' (' + ', '.join(regels) + ')' if regels else ''}"
        )
    if a.keuzes:
        print("\nKEUZES VAN DE REGIO")
        for id_, k in a.keuzes.items():
            print(
                f"- {id_}: {k.lezing}, door {k.door}{f' op {k.op}' if k.op else ''}{' (fictief)' if k.fictief else ''}"
            )
    return DONE


def difference(arguments: argparse.Namespace) -> int:
    from vangnet.process.show_policy import ONDERDELEN, policy_difference

    reg = opened_register(arguments)
    a, b = _version(reg, arguments.a), _version(reg, arguments.b)
    onderdeel = ""
    verschillen = policy_difference(a, b)
    for v in verschillen:
        if v.onderdeel != onderdeel:
            onderdeel = v.onderdeel
            print(f"\n{ONDERDELEN[onderdeel].upper()}")
        print(f"- {v.wat}")
        for kant, regel in ((arguments.a, v.links), (arguments.b, v.rechts)):
            if regel is None:
                print(f"    {kant}: niet in de bron")
            else:
                print(
                    f"    {kant}: {regel.waarde or 'ja'}{f' [{regel.strekking}]' if regel.strekking else ''} ({', '.join(regel.regels)})"
                )
    print(f"\n{len(verschillen)} verschillen." if verschillen else "Geen verschillen.")
    return DONE
