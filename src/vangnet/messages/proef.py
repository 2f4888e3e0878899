# SPDX-License-Identifier: EUPL-1.2
"""What the demo received: mail as .eml and webhooks as .json in one folder, and the mood that its gateway is in. Only the demo
has such a folder; a real installation keeps nothing of what it sent but the row."""

from __future__ import annotations

import email
import email.policy
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NEEMT, WEIGERT, STORING, HANGT, VALT = "neemt", "weigert", "storing", "hangt", "laat_vallen"
STEMMINGEN = (NEEMT, WEIGERT, STORING, HANGT, VALT)
"""What the gateway of the demo does: accept, refuse for good, refuse for now, say nothing, or accept and drop the line."""
MEESTE = 50
"""As many of the newest are shown."""


@dataclass(frozen=True)
class Ontvangen:
    """One thing that came in."""

    kanaal: str
    op: datetime
    id: str
    aan: str
    onderwerp: str
    tekst: str
    goed: bool
    """Whether the signature was right; of mail always."""


def mood(map_: Path) -> str:
    """The mood of the gateway."""
    try:
        woord = (map_ / "stemming").read_text().strip()
    except OSError:
        return NEEMT
    return woord if woord in STEMMINGEN else NEEMT


def set_mood(map_: Path, woord: str) -> None:
    """Put the gateway in a mood. Raises ValueError for a word that is none."""
    if woord not in STEMMINGEN:
        raise ValueError(woord)
    _write(map_ / "stemming", woord.encode())


def keep(map_: Path, naam: str, inhoud: bytes) -> None:
    """Keep what came in, whole or not at all."""
    _write(map_ / naam, inhoud)


def received(map_: Path) -> list[Ontvangen]:
    """What came in, newest first."""
    try:
        namen = sorted((p for p in map_.iterdir() if p.suffix in (".eml", ".json")), key=lambda p: p.name, reverse=True)
    except OSError:
        return []
    return list(_read(namen[:MEESTE]))


def _read(paden: Iterable[Path]) -> Iterable[Ontvangen]:
    for pad in paden:
        try:
            inhoud = pad.read_bytes()
        except OSError:
            continue
        op = datetime.fromtimestamp(int(pad.name.partition("-")[0]) / 1000).astimezone()
        if pad.suffix == ".eml":
            mail = email.message_from_bytes(inhoud, policy=email.policy.default)
            tekst = mail.get_body(("plain",))
            id_ = str(mail["Message-ID"] or "").strip("<>").partition("@")[0]
            yield Ontvangen(
                "mail",
                op,
                id_,
                str(mail["To"] or ""),
                str(mail["Subject"] or ""),
                tekst.get_content() if tekst else "",
                True,
            )
        else:
            sein = json.loads(inhoud)
            yield Ontvangen(
                "sein",
                op,
                *(str(sein.get(naam, "")) for naam in ("id", "naar", "soort", "tekst")),
                bool(sein.get("goed")),
            )


def _write(pad: Path, inhoud: bytes) -> None:
    vers = pad.with_name(f"{pad.name}.{os.getpid()}.nieuw")
    vers.write_bytes(inhoud)
    vers.replace(pad)
