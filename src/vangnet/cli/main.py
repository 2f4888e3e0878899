# SPDX-License-Identifier: EUPL-1.2
"""The command line `vangnet`.

A command is a module in vangnet.cli.commands with `register(subparsers)`; it sets `handler`, a function that takes the
parsed arguments and returns an exit code: 0 done, 1 refused or failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import NoReturn

from vangnet.cli import commands

DONE, FAILED, WRONG_USAGE = 0, 1, 2


class Refusal(Exception):
    """A command cannot do what was asked; its text is the Dutch sentence that the user reads."""


class DutchParser(argparse.ArgumentParser):
    """argparse with the words around it in Dutch."""

    def __init__(self, *words: object, **named: object) -> None:
        named.setdefault("add_help", False)
        super().__init__(*words, **named)  # type: ignore[arg-type]
        self._positionals.title = "opdrachten en waarden"
        self._optionals.title = "keuzes"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "gebruik: ", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "gebruik: ", 1)

    def error(self, message: str) -> NoReturn:
        for english, dutch in (
            ("the following arguments are required", "dit ontbreekt"),
            ("unrecognized arguments", "dit is onbekend"),
            ("invalid choice", "onbekende keuze"),
            ("choose from", "kies uit"),
            ("expected one argument", "hier hoort één waarde achter"),
            ("expected at least one argument", "hier hoort minstens één waarde achter"),
            ("not allowed with argument", "gaat niet samen met"),
            ("argument ", "bij "),
        ):
            message = message.replace(english, dutch)
        self.exit(WRONG_USAGE, f"{self.format_usage()}{self.prog}: {message}\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command found in vangnet.cli.commands, by name."""
    parser = DutchParser(prog="vangnet", description="Regionale crisishulp jeugd, van melding tot overdracht.")
    subparsers = parser.add_subparsers(metavar="OPDRACHT", required=True, dest="opdracht", parser_class=DutchParser)
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda module: module.name):
        importlib.import_module(f"{commands.__name__}.{found.name}").register(subparsers)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Wrong usage leaves through SystemExit(2), as argparse does."""
    arguments = build_parser().parse_args(words)
    try:
        return int(arguments.handler(arguments))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
