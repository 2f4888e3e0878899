# SPDX-License-Identifier: EUPL-1.2
"""`vangnet termijnen`: the difference as a table, and carried out in the name of a coordinator."""

from __future__ import annotations

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_herrekenen import LATER, closed_on, in_crisis, klok
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.cli.main import main
from vangnet.conf import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own connection is that of the administrator; whether a command refuses that has its own test."""
    monkeypatch.setattr("vangnet.access.databaserol.refuse_unsafe_role", lambda: None)


def test_a_dry_run_and_then_in_somebodys_name(capsys: pytest.CaptureFixture[str]) -> None:
    wie = medewerker("coordinator", organisatie("crisisdienst"), naam="Coen Janssen", email="coen@voorbeeld.test")
    ik = actor_of(wie)
    casus = in_crisis(ik, "Simpelveld")
    in_crisis(ik, "Heerlen")
    voor = klok(casus).uiterlijk
    closed_on("2024-06-06")
    nummer = Casus.objects.get(id=casus).nummer
    with clock.put_at(LATER):
        assert main(["termijnen", "zuid-limburg"]) == 0
        gezegd = capsys.readouterr()
        kop, rij, slot, hoe = gezegd.out.splitlines()
        assert kop.split() == ["nummer", "termijn", "was", "wordt"]
        assert rij.split("  ")[0] == nummer and "do 6 juni 2024" in rij and rij.endswith("vr 7 juni 2024")
        assert slot == "Van 2 open casussen verandert er in 1 iets: 1 termijn."
        assert "Er is niets veranderd" in hoe and "2 van 2 casussen nagekeken" in gezegd.err
        assert klok(casus).uiterlijk == voor

        ja = ["--voer-uit", "--door", "COEN@voorbeeld.test", "--reden", "sluitingsdag"]
        assert main(["termijnen", "zuid-limburg", *ja]) == 0
        assert "Herrekend: 1 casus, in naam van Coen Janssen." in capsys.readouterr().out
        assert klok(casus).uiterlijk > voor
        assert Gebeurtenis.objects.get(soort="herrekend_rto").door_id == wie.id
        assert main(["termijnen", "zuid-limburg", "--naar-nieuwste"]) == 0
        assert "Van 2 open casussen verandert niets." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("woorden", "zegt"),
    [
        (["nergens"], "REGIO: gevonden 'nergens'; verwacht één van"),
        (["zuid-limburg", "--voer-uit"], "--door: gevonden niets"),
        (["zuid-limburg", "--voer-uit", "--door", "wie@voorbeeld.test"], "verwacht een coördinator"),
    ],
)
def test_what_is_wrong_is_said(woorden: list[str], zegt: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["termijnen", *woorden]) == 1
    assert zegt in capsys.readouterr().err
