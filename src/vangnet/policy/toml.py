# SPDX-License-Identifier: EUPL-1.2
"""Reads one TOML file for people: what is wrong with it is a fault among the others, never a stack of code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli

from .fouten import Fout


def lees(pad: Path, fouten: list[Fout], naam: str = "") -> dict[str, Any] | None:
    """What the file says; None when it cannot be read, with the reason in `fouten` under `naam` (else its folder and name)."""
    naam = naam or f"{pad.parent.name}/{pad.name}"
    try:
        return tomli.loads(pad.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as fout:
        fouten.append(Fout("(bestand)", str(fout), "geldige TOML", 'naam = "waarde"', naam))
    except UnicodeDecodeError:
        fouten.append(Fout("(bestand)", "bytes die geen UTF-8 zijn", "een tekstbestand in UTF-8", "", naam))
    except OSError as fout:
        fouten.append(Fout("(bestand)", fout.strerror or str(fout), "een leesbaar bestand", "", naam))
    return None
