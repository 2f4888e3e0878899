# SPDX-License-Identifier: EUPL-1.2
"""Two children in one casus, one that stays elsewhere and one that gets help at home: each its own bed, terms and rules."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.process.acties import slaapplek
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_procesregie import answer_offer
from vangnet.process.show_casus import show_casus
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, set_sleeping_place

pytestmark = pytest.mark.django_db

GEVALLEN = {
    "noord-en-midden-limburg": ("ambulante_spoedhulp", ("ambulant", "netwerk", "noodbed"), 7),
    "lekstroom": ("ambulant", ("ambulant", "netwerk"), 28),
}
"""The help at home, the lighter groups before a foster family, and how many days that may last."""


@pytest.mark.parametrize("regio", GEVALLEN)
def test_each_child_has_its_own_bed_terms_and_rules(regio: str) -> None:
    thuishulp, lichter, dagen_bed = GEVALLEN[regio]
    hier = streek(regio)
    anders = actor_of(medewerker("planner", organisatie("zorgaanbieder", regio=regio)))
    oud = UUID(int=0xAA01)
    weg = nieuwe_casus(hier, **{f"jeugdige.{oud}.voornaam": "Jada", f"jeugdige.{oud}.leeftijd": "13"})
    klein, groot = weg.dossier.kinderen
    wie, casus_id = hier.dienst, weg.casus_id
    depart(wie, weg.verder(), casus_id, "Sanne en Joost")
    arrive(wie, weg.verder(), casus_id)
    decide_crisis(wie, weg.verder(), casus_id, True, "Nu niet veilig.")

    thuis = choose_inzet(wie, weg.verder(), casus_id, thuishulp, groot.id, wie.organisatie_id)
    bed = choose_inzet(
        wie, weg.verder(), casus_id, "crisispleegzorg", klein.id, hier.actoren["zorgaanbieder"].organisatie_id,
        overwogen={groep: "Dat kan nu niet." for groep in lichter}, reden="Kan niet thuis blijven.",
    )  # fmt: skip
    (vraag,) = [b for b in weg.dossier.aanbiedingen if b.soort == "hulp"]
    assert not set(vraag.regels) & {"ICJ-24", "CIT-11"}, "a foster family is not asked under 'first ambulatory'"
    answer_offer(hier.actoren["zorgaanbieder"], weg.verder(), casus_id, vraag.id, False, reden="Geen gezin vrij.")
    assert slaapplek(weg.dossier, weg.dossier.kinderen[0])[0] != "verblijf"
    assert bed not in {i.id for i in weg.dossier.hulp}, "a bed that was refused is not counted on"
    opnieuw = [(a.sleutel, a.ding) for a in weg.acties() if a.stap == "inzet"]
    assert opnieuw == [("inzet", str(klein.id))], "Milan needs other help; Jada has hers"

    tweede = choose_inzet(
        wie, weg.verder(), casus_id, "crisispleegzorg", klein.id, anders.organisatie_id, reden="Eerste weigerde."
    )
    vraag = next(b for b in weg.dossier.aanbiedingen if b.soort == "hulp" and b.antwoord == "")
    answer_offer(anders, weg.verder(), casus_id, vraag.id, True)
    set_sleeping_place(wie, weg.verder(), casus_id, groot.id, "Thuis bij moeder")

    wat = {a["ding"]: a for a in show_casus(wie, weg.nu, casus_id).te_doen if a["sleutel"] == "begin"}
    assert set(wat) == {str(tweede), str(thuis)}
    assert "Milan" in wat[str(tweede)]["wat"]
    assert "Jada" in wat[str(thuis)]["wat"]
    assert wat[str(tweede)]["regels"]
    assert wat[str(thuis)]["regels"], "the second child's help has a source too"

    begin_inzet(wie, weg.verder(), casus_id, tweede, reden="Ouders al gebeld.")
    begin_inzet(wie, weg.verder(), casus_id, thuis, reden="Ouders al gebeld.")
    beeld = show_casus(wie, weg.verder(), casus_id)
    assert [(n["kind"], n["soort"]) for n in beeld.vannacht] == [("Milan", "verblijf"), ("Jada", "thuis")]
    einden = {k["sleutel"]: k for k in beeld.klokken if k["sleutel"].endswith(".einde")}
    assert set(einden) == {f"inzet.{tweede}.einde", f"inzet.{thuis}.einde"}
    assert "Milan" in einden[f"inzet.{tweede}.einde"]["vorm"]
    assert "Jada" in einden[f"inzet.{thuis}.einde"]["vorm"]
    dagen = {naam: (k["laatste_dag"] - weg.nu.date()).days for naam, k in einden.items()}
    assert dagen[f"inzet.{thuis}.einde"] in (27, 28)
    assert dagen[f"inzet.{tweede}.einde"] in (dagen_bed - 1, dagen_bed)
    onder = {a.klok for a in weg.acties()}
    assert {k["sleutel"] for k in beeld.klokken if k["sleutel"].startswith(f"inzet.{thuis}.")} <= onder
    if regio == "lekstroom":
        assert f"inzet.{thuis}.wijkteam" in onder, "week 2 of the second child has its own action (LEK-26)"
    no_rules_of_elsewhere(weg)


def no_rules_of_elsewhere(weg: Wandeling) -> None:
    """No action cites the agreements of another region."""
    for a in weg.acties():
        assert not [r for r in a.regels if r.startswith("ZL-")], a


def test_where_help_is_chosen_each_child_has_its_own_advice() -> None:
    """Lekstroom: foster care before residential care under twelve (LEK-32); the eldest is fourteen."""
    klein = UUID(int=0xAA02)
    weg = nieuwe_casus(
        streek("lekstroom"), **{f"jeugdige.{klein}.voornaam": "Noor", f"jeugdige.{klein}.leeftijd": "8 maanden"}
    )
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Nu niet veilig.")
    assert not show_casus(weg.streek.dienst, weg.nu, weg.casus_id).advies_per_kind
    per_kind = show_casus(weg.streek.dienst, weg.nu, weg.casus_id, deel="stap inzet").advies_per_kind
    assert set(per_kind) == {str(weg.kind_id), str(klein)}
    zeker = {kind: advies["uitspraken"]["inzet.onder_12"]["waarde"] for kind, advies in per_kind.items()}
    assert zeker == {str(klein): "zeker", str(weg.kind_id): "ook"}
