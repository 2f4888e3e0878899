# SPDX-License-Identifier: EUPL-1.2
"""A casus from melding to afsluiting under the agreements of every region, by what it says is to be done."""

from __future__ import annotations

import pytest

from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.casework.models import Gebeurtenis
from vangnet.clocks.models import Klok
from vangnet.policy.bronnen import WORTEL, lees_bronnen
from vangnet.process import current_register
from vangnet.process.hand_over_procesregie import answer_offer

pytestmark = pytest.mark.django_db

REGIOS = sorted({p.parent.name for p in (WORTEL / "regios").glob("*/*-*-*.toml")})


@pytest.fixture(params=REGIOS)
def ergens(request: pytest.FixtureRequest) -> Streek:
    """Each region in turn."""
    return streek(request.param)


def check_end(weg: Wandeling) -> None:
    """The end is the end: closed, nobody leads, no clock runs, and every proposal says where it is written."""
    for (
        aanbod
    ) in weg.dossier.aanbiedingen:  # The signal of the night comes, also when the casus was closed before dawn.
        if aanbod.antwoord == "":
            assert aanbod.soort == "signaal"
            assert Klok.objects.filter(casus_id=weg.casus_id, sleutel="melding.signaal", uitkomst="").exists()
            answer_offer(
                weg.streek.wie(aanbod.aan_organisatie_id), aanbod.zichtbaar_vanaf, weg.casus_id, aanbod.id, True
            )
    casus = weg.dossier.casus
    assert casus.gesloten_op is not None
    assert casus.beeld["stand"] == "gesloten"
    assert not Klok.objects.filter(casus_id=casus.id, geeindigd_op__isnull=True).exists()
    bronnen = lees_bronnen()
    bekend = {*bronnen.regels, *bronnen.open_vragen}
    for gebeurtenis in Gebeurtenis.objects.filter(casus_id=casus.id):
        for regel in {*gebeurtenis.regels, *(gebeurtenis.voorstel or {}).get("regels", ())}:
            assert regel in bekend, (gebeurtenis.soort, regel)


def test_every_region_is_walked() -> None:
    assert set(REGIOS) == set(current_register().versies)


def test_from_melding_to_afsluiting(ergens: Streek) -> None:
    weg = nieuwe_casus(ergens)
    weg.loop()
    check_end(weg)
    assert weg.dossier.casus.uitkomst == "afgesloten"


def test_no_crisis(ergens: Streek) -> None:
    weg = nieuwe_casus(ergens, crisis=False)
    weg.loop()
    check_end(weg)
    assert weg.dossier.casus.uitkomst == "geen_crisis"


def test_it_can_wait_until_tomorrow(ergens: Streek) -> None:
    weg = nieuwe_casus(ergens, "acute_hulp")
    weg.loop()
    check_end(weg)
    assert weg.dossier.casus.uitkomst == "acute_hulp"


def test_every_running_clock_has_an_action(ergens: Streek) -> None:
    """At every step: whoever must be in time for something also reads what to do about it."""
    weg = nieuwe_casus(ergens)
    for _ in range(60):
        te_doen = weg.acties()
        if not te_doen:
            return
        lopend = {k.sleutel for k in weg.dossier.klokken if k.geeindigd_op is None}
        onder = {a.klok for a in te_doen}
        assert lopend <= onder | LATER, (lopend - onder - LATER, weg.gedaan)
        te_doen.sort(key=lambda a: (a.sleutel == "afsluiten") + 2 * (a.sleutel == "einde"))
        weg.verder()
        weg.doe(te_doen[0])


LATER = {
    "melding.signaal",
    "inzet.samen",
    "vervolg.klaar",
    "regie.overname",
    "rto",
    "traject.einde",
    "traject.uiterlijk",
}
"""Clocks that can run before their action is due: it appears when the step before it was taken."""


ZL, NML = "zuid-limburg", "noord-en-midden-limburg"
ANDERS: list[tuple[str, str, dict[str, str]]] = [
    (ZL, "twee_kinderen", {"jeugdige.00000000-0000-4000-8000-00000000aa01.voornaam": "Noor"}),
    (ZL, "beschikking", {"betrokken.gi": "beschikking"}),
    (ZL, "twijfel", {"vervolg.terug_naar_huis": "twijfel", "vervolg.gikj": "overwogen", "vervolg.stagneert": "ja"}),
    (ZL, "veilig_thuis", {"melding.melder": "veilig_thuis", "betrokken.veilig_thuis_schat_zelf_in": "ja"}),
    (NML, "beschikking", {"betrokken.gi": "beschikking"}),
    (
        "friesland",
        "zorgpad",
        {"triage.zorgpad_vast": "ja", "triage.direct_onveilig": "nee", "triage.onvrijwillig": "nee"},
    ),
    ("haaglanden", "risico", {"inschatting.veiligheidsrisico": "ja"}),
    ("zuidoost-brabant", "generalist_overdag", {"betrokken.generalist_beschikbaar": "ja"}),
    ("amsterdam", "drieweg", {"triage.keuze_drieweg": "gi_casemanagement"}),
    ("lekstroom", "niet_thuis", {"afweging.thuis_mogelijk": "nee"}),
]


@pytest.mark.parametrize(("regio", "soort", "feiten"), ANDERS, ids=[f"{r}-{s}" for r, s, _ in ANDERS])
def test_other_casussen_come_to_an_end_too(regio: str, soort: str, feiten: dict[str, str]) -> None:
    hier = streek(regio)
    if soort.endswith("_overdag"):
        hier.begin = hier.begin.replace(hour=11)
    weg = nieuwe_casus(hier, **feiten)
    weg.loop(80)
    check_end(weg)
