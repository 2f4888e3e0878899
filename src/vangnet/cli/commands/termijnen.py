# SPDX-License-Identifier: EUPL-1.2
"""`vangnet termijnen REGIO`: what would change in the deadlines of open casussen after other agreements, choices, holidays, closing
days or another ladder; and with `--voer-uit` changing them."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vangnet.cli.main import DONE, FAILED, Refusal

if TYPE_CHECKING:
    from vangnet.process.recompute_clocks import Casusverschil

KOP = ("nummer", "termijn", "was", "wordt")
LEEG = "–"
NIET = {
    "tegenspraak": "de feiten spreken elkaar tegen; de termijnen lopen door zoals ze waren",
    "versie": "de feiten passen niet bij de nieuwste afspraken; de casus houdt haar eigen versie",
}


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "termijnen",
        help="wat er aan lopende termijnen verandert na andere afspraken of sluitingsdagen, en dat uitvoeren",
        description="Rekent de termijnen van elke open casus opnieuw uit en toont het verschil, op casusnummer en zonder namen van "
        "gezinnen. Verandert niets zonder --voer-uit. Elke casus is een eigen transactie: wie afbreekt, gaat later verder met de rest.",
    )
    parser.add_argument("regio", metavar="REGIO")
    parser.add_argument("--gemeente", default="", help="alleen casussen van deze gemeente")
    parser.add_argument("--voer-uit", action="store_true", help="doe het echt, in naam van --door")
    parser.add_argument("--door", metavar="MAILADRES", help="de coördinator van de crisisdienst die dit besloot")
    parser.add_argument("--reden", default="", help="waarom, voor de tijdlijn van elke casus (hooguit 300 tekens)")
    parser.add_argument(
        "--naar-nieuwste", action="store_true", help="zet elke casus eerst over naar de nieuwste afspraken van de regio"
    )
    parser.set_defaults(handler=work)


def work(arguments: argparse.Namespace) -> int:
    """The difference as a table; with `--voer-uit` carried out. 1 when a casus refused."""
    from vangnet.cli import application

    if arguments.voer_uit and not arguments.door:
        raise Refusal("--door: gevonden niets; verwacht het mailadres van de coördinator in wiens naam dit gebeurt.")
    application.set_up()
    from vangnet.access.databaserol import refuse_unsafe_role
    from vangnet.conf import clock
    from vangnet.policy.fouten import Ongeldig
    from vangnet.process import current_register, recompute_clocks
    from vangnet.process.weigeringen import OngeldigeInvoer

    with application.refusing():
        refuse_unsafe_role()
        application.refuse_behind()
        try:
            regios = current_register().versies
        except Ongeldig as fout:
            raise Refusal(str(fout)) from None
        if arguments.regio not in regios:
            raise Refusal(f"REGIO: gevonden '{arguments.regio}'; verwacht één van {', '.join(sorted(regios))}.")
        actor = None
        if (
            arguments.door
            and (actor := recompute_clocks.coordinator(arguments.regio, arguments.door, clock.now())) is None
        ):
            raise Refusal(
                f"--door: gevonden '{arguments.door}'; verwacht een coördinator van een crisisdienst in {arguments.regio}."
            )
        began = time.monotonic()
        alle = recompute_clocks.difference_of_region(
            arguments.regio, clock.now(), arguments.gemeente, arguments.naar_nieuwste, _progress("nagekeken")
        )
        anders = [v for v in alle if v.verandert or v.kan_niet]
        _say("", f"{len(alle)} open casussen nagekeken in {time.monotonic() - began:.1f} s\n")
        for line in table(anders):
            print(line)
        print(summary(alle))
        if actor is None or not arguments.voer_uit:
            if any(v.verandert for v in anders):
                print("Er is niets veranderd. Met --voer-uit --door MAILADRES gebeurt het.")
            return DONE
        mijn = set(recompute_clocks.open_here(actor, clock.now()))
        ids = [v.casus_id for v in anders if v.verandert and v.casus_id in mijn]
        elders = sum(v.verandert for v in anders) - len(ids)
        gedaan, fout, say = 0, 0, _progress("herrekend")
        try:
            for stap in recompute_clocks.recompute_all(actor, clock.now, ids, arguments.naar_nieuwste, arguments.reden):
                say(stap.gedaan, stap.totaal)
                gedaan += stap.een is not None and not stap.fout
                if stap.fout and stap.een:
                    fout += 1
                    _say("\n", f"{stap.een.nummer}: {stap.fout}\n")
        except OngeldigeInvoer as nee:
            ((_veld, gevonden, verwacht),) = nee.details["fouten"]
            raise Refusal(f"--reden: gevonden {gevonden}; verwacht {verwacht}.") from None
        _say("", "\n" if sys.stderr.isatty() and ids else "")
        print(f"Herrekend: {_aantal(gedaan, 'casus', 'casussen')}, in naam van {actor.naam}.")
        if elders:
            print(
                f"Niet gedaan: {_aantal(elders, 'casus', 'casussen')} buiten het zicht van {actor.naam}; laat een ander dat doen met --door."
            )
    return FAILED if fout else DONE


def table(anders: Iterable[Casusverschil]) -> list[str]:
    """A line per deadline that changes, in columns; nothing when none does."""
    from vangnet.rules.tekst import waarde_in_woorden

    rijen: list[tuple[str, ...]] = []
    for v in anders:
        if v.naar is not None:
            rijen.append((v.nummer, "afspraken vanaf", str(v.versie), str(v.naar)))
        for een in v.zichtbaar:
            was = waarde_in_woorden(een.was) if een.was else LEEG
            wordt = waarde_in_woorden(een.wordt) if een.wordt else {"vervalt": "vervalt"}.get(een.soort, "gedaan")
            rijen.append((v.nummer, een.wat, was, wordt))
        if v.kan_niet:
            rijen.append((v.nummer, NIET[v.kan_niet], LEEG, LEEG))
    if not rijen:
        return []
    wijd = [max(len(rij[n]) for rij in (KOP, *rijen)) for n in range(len(KOP))]
    return ["  ".join(f"{cel:{breed}}" for cel, breed in zip(rij, wijd, strict=True)).rstrip() for rij in (KOP, *rijen)]


def _aantal(n: int, een: str, meer: str) -> str:
    return f"{n} {een if n == 1 else meer}"


def summary(alle: list[Casusverschil]) -> str:
    """How much changes, in one sentence."""
    termijnen = sum(len(v.zichtbaar) for v in alle)
    if not any(v.verandert for v in alle):
        return f"Van {_aantal(len(alle), 'open casus', 'open casussen')} verandert niets."
    stil = sum(v.stil for v in alle)
    open_ = _aantal(len(alle), "open casus", "open casussen")
    uit = f"Van {open_} verandert er in {sum(v.verandert for v in alle)} iets: {_aantal(termijnen, 'termijn', 'termijnen')}"
    return uit + (f", en van {stil} alleen de onderbouwing of wanneer iemand gewaarschuwd wordt." if stil else ".")


def _progress(wat: str) -> Any:
    def say(gedaan: int, totaal: int) -> None:
        if sys.stderr.isatty():
            _say("\r", f"{gedaan} van {totaal} casussen {wat}")
        elif totaal and (gedaan == totaal or gedaan % 500 == 0):
            _say("", f"{gedaan} van {totaal} casussen {wat}\n")

    return say


def _say(voor: str, tekst: str) -> None:
    """Progress is no outcome: it goes beside it."""
    sys.stderr.write((voor if sys.stderr.isatty() else "") + tekst)
    sys.stderr.flush()
