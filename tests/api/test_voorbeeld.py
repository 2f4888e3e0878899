# SPDX-License-Identifier: EUPL-1.2
"""The example client against a real server: sends, is cut off, sends again, follows to the end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.sleutels import key_of
from tests.house.sources import ROOT
from tests.mensen import actor_of, medewerker, organisatie
from vangnet.api.casus_documentation import EXAMPLE_MELDING
from vangnet.casework.models import Melding
from vangnet.conf import clock
from vangnet.process.take_melding import finish_melding

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = ROOT / "voorbeelden"


def run(server: Any, key: str, message: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, FOLDER / "volg_melding.py", server.url, message, "--elke", "0.01", *more],
        env={"VANGNET_SLEUTEL": key}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_melding_is_sent_and_followed(live_server: Any, tmp_path: Path) -> None:
    dienst = organisatie("crisisdienst")
    werker, key = medewerker("crisismedewerker", dienst), key_of(dienst)
    message = Path(shutil.copy(FOLDER / "melding.json", tmp_path))

    first = run(live_server, key, message, "--keren", "1")
    assert first.returncode == 0, first.stderr
    assert "ontvangen: casus" in first.stdout and "melding: open" in first.stdout
    assert "Ontvangen van Systeem" in first.stdout
    melding = Melding.objects.get()

    again = run(live_server, key, message, "--keren", "2")
    assert again.stdout.splitlines()[0] == first.stdout.splitlines()[0]
    assert Melding.objects.count() == 1

    finish_melding(actor_of(werker), clock.now() + timedelta(seconds=1), melding.pk, "inschatting")
    last = run(live_server, key, message)
    assert "melding: afgerond inschatting" in last.stdout
    assert f"regie {dienst.naam}" in last.stdout.splitlines()[-1]

    message.write_text(json.dumps(EXAMPLE_MELDING | {"gemeente": "Nergens"}))
    changed = run(live_server, key, message)
    assert (changed.returncode, changed.stdout) == (1, "")
    assert changed.stderr.startswith("409")
    assert key not in first.stdout + last.stdout + changed.stderr


def test_a_refusal_is_told_field_by_field(live_server: Any, tmp_path: Path) -> None:
    message = tmp_path / "melding.json"
    message.write_text('{"gemeente": "Nergens", "melder": {"soort": "buurman"}}')
    key = key_of(organisatie("crisisdienst"))
    no = run(live_server, key, message)
    assert no.returncode == 1
    assert "melder.soort: gevonden 'buurman'" in no.stderr
    assert run(live_server, "vn_" + "x" * 43, message).stderr.startswith("401")
    assert "VANGNET_SLEUTEL" in run(live_server, "", message).stderr


def test_the_example_of_the_documents_is_the_one_of_the_client() -> None:
    kept = json.loads((FOLDER / "melding.json").read_text())
    assert kept == {name: value for name, value in EXAMPLE_MELDING.items() if name != "gemeld_op"}, "without: it is now"
