# SPDX-License-Identifier: EUPL-1.2
"""The copy of a file: chosen by one, released by another, and never a way to a hiding place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.mensen import actor_of, functie, medewerker, organisatie
from tests.verzoeken import GEZAG, NU, Zaak, fill_with_canaries, zaak
from vangnet.access.models import Betrokkenheid, Deel, Logregel
from vangnet.casework.models import Adres, Afschrift, Casus, Jeugdige, Passagekeuze, Persoon
from vangnet.process.prepare_afschrift import choose_passages, copy_of, fetch_copy, release_copy, send_back
from vangnet.process.show_verzoek import (
    show_reading,
    show_request,
    show_walk,
)
from vangnet.process.take_verzoek import (
    finish_request,
    judge_asker,
    register_request,
)
from vangnet.process.verzoek import GeheimBlijftGeheim, NietAanJullie, TweedePersoonNodig
from vangnet.process.weigeringen import (
    Achterhaald,
    AlGedaan,
    NietBetrokken,
    NogNietKlaar,
    OngeldigeInvoer,
)
from vangnet.process.werk import working_on
from vangnet.process.whereabouts import flat
from vangnet.process.write_note import write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def z() -> Zaak:
    return zaak()


def faults(refused: pytest.ExceptionInfo[OngeldigeInvoer]) -> dict[str, tuple[str, str]]:
    return {veld: (gevonden, verwacht) for veld, gevonden, verwacht in refused.value.details["fouten"]}


# ---- two hands ----------------------------------------------------------------------------------------------------------


def test_who_chose_never_releases_whatever_function_he_takes(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    with pytest.raises(NogNietKlaar):
        show_reading(z.twee, NU, z.casus_id, verzoek)
    z.kies(verzoek)
    gelezen = show_reading(z.een, NU, z.casus_id, verzoek)
    assert not gelezen.mag_vrijgeven
    functie(z.mens_een, "coordinator", z.huis)
    for wie in (z.een, replace(z.een, rol="coordinator")):
        with pytest.raises(TweedePersoonNodig):
            release_copy(wie, NU, z.casus_id, verzoek, gelezen.gelezen)
    assert not Afschrift.objects.exists()
    geweigerd = Logregel.objects.filter(casus_id=z.casus_id, ding="verzoek.vrijgeven", geslaagd=False)
    assert list(geweigerd.values_list("toelichting", flat=True)) == ["TweedePersoonNodig"] * 2
    z.geef_vrij(verzoek)
    with pytest.raises(AlGedaan):
        release_copy(z.twee, NU, z.casus_id, verzoek, gelezen.gelezen)
    assert Afschrift.objects.get().vrijgegeven_door_id == z.twee.medewerker_id
    with pytest.raises(IntegrityError), transaction.atomic():
        a = Afschrift.objects.get()
        ander = z.vraagt()
        Afschrift.objects.create(
            casus_id=z.casus_id, verzoek_id=ander, inhoud={}, voorbereid_door_id=a.voorbereid_door_id,
            vrijgegeven_door_id=a.voorbereid_door_id, vrijgegeven_op=NU,
        )  # fmt: skip


def test_a_single_choice_of_the_reader_makes_him_a_chooser(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek, klaar=False)
    z.kies(verzoek, z.twee, situatie="geven")
    with pytest.raises(TweedePersoonNodig):
        z.geef_vrij(verzoek, z.twee)
    with pytest.raises(TweedePersoonNodig):
        z.geef_vrij(verzoek, z.een)
    z.geef_vrij(verzoek, actor_of(medewerker("crisismedewerker", z.huis)))


def test_the_second_sends_it_back_with_what_must_be_looked_at(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    with pytest.raises(AlGedaan):
        z.kies(verzoek, z.twee)
    with pytest.raises(OngeldigeInvoer):
        send_back(z.twee, NU, z.casus_id, verzoek, "")
    send_back(z.twee, NU, z.casus_id, verzoek, "Kijk nog eens naar de doelen.")
    wandel = show_walk(z.een, NU, z.casus_id, verzoek)
    assert wandel.teruggestuurd == "Kijk nog eens naar de doelen."
    assert wandel.wandeling.open == 0, "the choices stay"
    with pytest.raises(AlGedaan):
        send_back(z.twee, NU, z.casus_id, verzoek, "Nog eens.")


def test_nothing_begins_before_it_is_clear_who_asks(z: Zaak) -> None:
    verzoek = z.vraagt()
    for doe in (show_walk, show_reading):
        with pytest.raises(NogNietKlaar):
            doe(z.een, NU, z.casus_id, verzoek)
    with pytest.raises(NogNietKlaar):
        choose_passages(z.een, NU, z.casus_id, verzoek, {})
    judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", False, "Geen gezag.")
    with pytest.raises(NogNietKlaar):
        choose_passages(z.een, NU, z.casus_id, verzoek, {})


def test_every_passage_needs_a_choice_before_it_lies_ready(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    with pytest.raises(NogNietKlaar) as nee:
        choose_passages(z.een, NU, z.casus_id, verzoek, {}, klaarleggen=True)
    assert "zonder keuze" in nee.value.details["wat"]
    passage = show_walk(z.een, NU, z.casus_id, verzoek).wandeling.passages[0].passage
    for keuze, veld in (
        ({"notitie.x": ("a", "geven")}, "passage"),
        ({passage.sleutel: ("a", "geven")}, f"{passage.kop}: {passage.naam}"),
        ({passage.sleutel: (passage.vingerafdruk, "misschien")}, f"{passage.kop}: {passage.naam}"),
    ):
        with pytest.raises(OngeldigeInvoer) as fout:
            choose_passages(z.een, NU, z.casus_id, verzoek, keuze)
        assert set(faults(fout)) == {veld}
    assert not Passagekeuze.objects.exists()


def test_what_came_in_after_the_walk_is_not_in_the_copy(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    eerst = show_reading(z.twee, NU, z.casus_id, verzoek)
    assert not eerst.nieuw
    write_note(z.een, NU, z.casus_id, "Nieuw: moeder zit bij Riet.")
    Persoon.objects.filter(id=z.vader).update(naam="Dennis Anders")
    beeld = show_reading(z.twee, NU, z.casus_id, verzoek)
    assert {kop for kop, _ in beeld.nieuw} == {"Aantekeningen en contact", "Wie het vraagt"}
    assert "Riet" not in json.dumps(beeld.inhoud)
    assert "Anders" not in json.dumps(beeld.inhoud)
    assert "Dennis" not in json.dumps(beeld.inhoud), "the text that was chosen for is no longer there"
    with pytest.raises(Achterhaald):
        release_copy(z.twee, NU, z.casus_id, verzoek, eerst.gelezen)
    z.geef_vrij(verzoek)
    assert "Riet" not in json.dumps(fetch_copy(z.een, NU, z.casus_id, verzoek, "papier"))


def test_what_is_released_stays_as_it_was_read_and_each_fetch_is_logged(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    with pytest.raises(NogNietKlaar):
        fetch_copy(z.een, NU, z.casus_id, verzoek, "papier")
    z.kies(verzoek)
    z.geef_vrij(verzoek)
    eerst = fetch_copy(z.een, NU, z.casus_id, verzoek, "papier")
    Jeugdige.objects.filter(id=z.kind).update(voornaam="Anders")
    assert fetch_copy(z.twee, NU, z.casus_id, verzoek, "bestand") == eerst
    regels = Logregel.objects.filter(casus_id=z.casus_id, ding="verzoek", handeling__in=("printen", "exporteren"))
    assert sorted(regels.values_list("handeling", flat=True)) == ["exporteren", "printen"]
    assert "Milan" not in str(list(regels.values_list()))
    finish_request(z.een, NU, z.casus_id, verzoek, "Meegegeven.")
    assert z.rij(verzoek).besluit == "gedeeltelijk"
    einde = NU + timedelta(days=1)
    with working_on(z.een, z.casus_id, "regie.overdragen", einde) as werk:
        werk.pass_regie(actor_of(medewerker("toegangsmedewerker")).organisatie_id)
    with pytest.raises(NietAanJullie):
        fetch_copy(z.een, einde, z.casus_id, verzoek, "papier")
    Betrokkenheid.objects.filter(casus_id=z.casus_id, organisatie=z.huis).update(tot=einde)
    with pytest.raises(NietBetrokken):
        fetch_copy(z.een, einde + timedelta(seconds=1), z.casus_id, verzoek, "papier")


# ---- the parent who looks for a hiding place ----------------------------------------------------------------------------

MAG = {"jeugdige.voornaam", "jeugdige.achternaam", "persoon.vader.naam", "persoon.vader.taal"}
"""What the father is given when nobody chose anything: his child's name and his own, from the fields of the casus."""


@pytest.mark.parametrize("geheim", [False, True])
def test_with_nothing_chosen_no_canary_leaves(geheim: bool) -> None:
    z = zaak(geheim)
    fill_with_canaries(z)
    mag = MAG if geheim else MAG | {"rto.doelen"}
    assert len(z.kanaries) > 100
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    z.geef_vrij(verzoek)
    tekst = json.dumps(fetch_copy(z.een, NU, z.casus_id, verzoek, "bestand"), ensure_ascii=False)
    gelekt = {waar for woord, waar in z.kanaries.items() if woord in tekst}
    assert gelekt <= mag
    assert "persoon.vader.naam" in gelekt, "the copy must really hold something"
    for wie in ("Noor", "Cora", "Fatima"):
        assert wie not in tekst
    assert str(z.casus_id) not in tekst
    assert not [w for w in tekst.split('"') if w.count("-") == 4], "no ids"
    assert "21:5" not in tekst, "days, no times"


PLEKKEN = (
    "adres.straat", "adres.postcode", "adres.plaats", "inzet.plaats", "inzet.aanbieder_naam", "jeugdige.waar_nu",
    "melding.waar_nu", "rto.waar", "persoon.organisatie", "casus.gemeente", "casus.gemeente_buiten",
)  # fmt: skip


def test_a_secret_place_never_leaves_even_when_everything_is_given() -> None:
    z = zaak(geheim=True)
    fill_with_canaries(z)
    Adres.objects.filter(id=z.adres).update(straat="Kwikstaartsteeg 8317", postcode="6491 QZ", plaats="Wielewaaldorp")
    write_note(z.een, NU, z.casus_id, "Ze woont in de kwikstaart-steeg.")
    write_note(z.een, NU, z.casus_id, "Post naar 6491qz.")
    write_note(z.een, NU, z.casus_id, "De bus naar WIELEWAALDORP gaat ieder uur.")
    nummer = Persoon.objects.get(id=z.moeder).telefoon
    write_note(z.een, NU, z.casus_id, f"Bel {nummer[:5]}-{nummer[5:7]} {nummer[7:]} na zes uur.")
    write_note(z.een, NU, z.casus_id, "Deze regel verraadt niets.")
    verzoek = z.beoordeeld()
    passages = show_walk(z.een, NU, z.casus_id, verzoek).wandeling.passages
    assert any("Kwikstaart" in e.passage.tekst or "kwikstaart" in e.passage.tekst for e in passages if e.passage.nooit)
    assert not any(e.passage.grond == "plek" for e in passages), "whereabouts are no passages here"
    alles = {e.passage.sleutel: (e.passage.vingerafdruk, "geven") for e in passages}
    nooit = [e.passage.sleutel for e in passages if e.passage.nooit]
    for sleutel in nooit[:3]:
        with pytest.raises(GeheimBlijftGeheim):
            choose_passages(z.een, NU, z.casus_id, verzoek, {sleutel: alles[sleutel]})
    with pytest.raises(GeheimBlijftGeheim):
        choose_passages(z.een, NU, z.casus_id, verzoek, alles)
    choose_passages(z.een, NU, z.casus_id, verzoek, {k: v for k, v in alles.items() if k not in nooit})
    z.kies(verzoek)
    z.geef_vrij(verzoek)
    tekst = json.dumps(fetch_copy(z.een, NU, z.casus_id, verzoek, "bestand"), ensure_ascii=False)
    assert "Deze regel verraadt niets." in tekst
    for woord in ("kwikstaart", "6491qz", "wielewaal", "8317", nummer):
        assert flat(woord) not in flat(tekst)
    gelekt = {waar for woord, waar in z.kanaries.items() if woord in tekst}
    assert not gelekt & set(PLEKKEN)
    vreemd = {woord for woord, waar in z.kanaries.items() if waar == "persoon.telefoon"} - {
        Persoon.objects.get(id=z.vader).telefoon
    }
    assert not [woord for woord in vreemd if woord in tekst]
    assert "notitie.tekst" in gelekt, "everything else was given"


def test_a_choice_put_in_the_database_still_gives_no_secret_place() -> None:
    """Whoever reaches the table of choices, or marks an address secret after the walk, meets the rule again at the end."""
    z = zaak(geheim=False)
    verzoek = z.beoordeeld()
    z.kies(verzoek, **{str(z.adres): "geven"})
    assert "Kastanjelaan" in json.dumps(show_reading(z.twee, NU, z.casus_id, verzoek).inhoud)
    Adres.objects.filter(id=z.adres).update(geheim=True)
    Casus.objects.filter(id=z.casus_id).update(geheim=True)
    beeld = show_reading(z.twee, NU, z.casus_id, verzoek)
    assert "Kastanjelaan" not in json.dumps(beeld.inhoud)
    assert beeld.inhoud["door"] == "de crisisdienst", "no name of an organisation either"
    assert beeld.geheim
    assert any("geheim" in zin for zin in beeld.waarschuwingen)


def test_an_address_that_becomes_secret_holds_back_what_was_released_before(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek, **{str(z.adres): "geven"})
    z.geef_vrij(verzoek)
    assert "Kastanjelaan" in json.dumps(fetch_copy(z.een, NU, z.casus_id, verzoek, "papier"))
    Adres.objects.filter(id=z.adres).update(geheim=True)
    Casus.objects.filter(id=z.casus_id).update(geheim=True)
    with pytest.raises(GeheimBlijftGeheim):
        fetch_copy(z.een, NU, z.casus_id, verzoek, "papier")


def test_where_she_was_before_and_who_helps_elsewhere_is_a_secret_too() -> None:
    z = zaak(geheim=True)
    with working_on(z.een, z.casus_id, "regie.overdragen", NU) as werk:
        werk.involve(organisatie("zorgaanbieder", naam="De Rietzanger").pk, Deel.HULP)
    adres = Adres.objects.get(id=z.adres)
    adres.straat, adres.plaats = "Merelhof 3", "Vinkenoord"
    adres.save()
    for aanbieder in ("Huize Goudvink", "Huize Putter"):
        with working_on(z.een, z.casus_id, "regie.overdragen", NU) as werk:
            werk.fact("vervolg.aanbieder", aanbieder, NU)
    write_note(z.een, NU, z.casus_id, "Zij wilde naar Goudvink.")
    write_note(z.een, NU, z.casus_id, "Eerst zat ze aan de kastanjelaan.")
    write_note(z.een, NU, z.casus_id, "Gesproken met De Rietzanger.")
    verzoek = z.beoordeeld()
    per = {e.passage.tekst: e.passage for e in show_walk(z.een, NU, z.casus_id, verzoek).wandeling.passages}
    assert per["Eerst zat ze aan de kastanjelaan."].nooit
    assert per["Gesproken met De Rietzanger."].nooit
    assert per["Zij wilde naar Goudvink."].nooit, "a provider that was to take over, and now another one is"
    assert not per["Moeder belde: ze is veilig."].nooit


def test_the_last_look_is_at_the_whole_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    z = zaak(geheim=True)
    verzoek = z.beoordeeld()
    z.kies(verzoek)

    def leaky(*woorden: Any, **named: Any) -> dict[str, Any]:
        inhoud = copy_of(*woorden, **named)
        inhoud["delen"].append({"kop": "X", "regels": [{"wat": "x", "inhoud": "kastanje laan 12"}], "weggelaten": []})
        return inhoud

    monkeypatch.setattr("vangnet.process.prepare_afschrift.copy_of", leaky)
    monkeypatch.setattr("vangnet.process.show_verzoek.copy_of", leaky)
    with pytest.raises(GeheimBlijftGeheim):
        z.geef_vrij(verzoek)
    assert not Afschrift.objects.exists()


def test_what_is_left_out_is_said_only_where_that_betrays_nothing(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek, naam="melder", telefoon="contact", organisatie="plek")
    z.geef_vrij(verzoek)
    inhoud = fetch_copy(z.een, NU, z.casus_id, verzoek, "papier")
    per = {deel["kop"]: deel for deel in inhoud["delen"]}
    assert per["Andere mensen"]["weggelaten"] == ["Hier is iets weggelaten: gaat over iemand anders."], "once, no count"
    assert "Adressen" not in per
    assert "Tussen organisaties" not in per
    assert "Aantekeningen en contact" not in per
    tekst = json.dumps(inhoud).lower()
    for woord in ("buurvrouw", "jolanda", "netwerk", "wie er belde", "telefoon", "waar iemand"):
        assert woord not in tekst


def test_the_other_childs_file_is_not_a_childs_to_read() -> None:
    z = zaak()
    broer = Jeugdige.objects.create(casus_id=z.casus_id, voornaam="Sem", achternaam="Verhulst", volgorde=2)
    verzoek = z.beoordeeld(wie=z.kind)
    z.kies(verzoek)
    tekst = json.dumps(show_reading(z.twee, NU, z.casus_id, verzoek).inhoud)
    assert "Milan" in tekst
    assert "Sem" not in tekst
    assert str(broer.id) not in tekst


def test_who_is_a_danger_or_of_nowhere_gets_nothing_by_itself(z: Zaak) -> None:
    Persoon.objects.filter(id=z.vader).update(gevaar=True)
    verzoek = z.beoordeeld()
    beeld = show_request(z.een, NU, z.casus_id, verzoek)
    assert any("gevaar" in zin for zin in beeld.waarschuwingen)
    z.kies(verzoek)
    tekst = json.dumps(show_reading(z.twee, NU, z.casus_id, verzoek).inhoud)
    assert "Milan" not in tekst
    assert "gevaar" not in tekst
    vreemd = register_request(z.een, NU, z.casus_id, "afschrift", None, "Een man die zegt oom te zijn")
    judge_asker(z.een, NU, z.casus_id, vreemd, "gemachtigd", True, "Machtiging van moeder.")
    z.kies(vreemd)
    inhoud = show_reading(z.twee, NU, z.casus_id, vreemd).inhoud
    assert not any(deel["regels"] for deel in inhoud["delen"])
    assert inhoud["voor"] == "wie het vroeg"


def test_an_organisation_gives_only_what_it_sees(z: Zaak) -> None:
    toegang = organisatie("toegang", naam="Toegang Vaals", gemeente="Vaals")
    zij, haar_collega = (actor_of(medewerker("toegangsmedewerker", toegang)) for _ in range(2))
    with working_on(z.een, z.casus_id, "regie.overdragen", NU) as werk:
        werk.pass_regie(zij.organisatie_id)
    verzoek = register_request(zij, NU, z.casus_id, "afschrift", z.vader)
    judge_asker(zij, NU, z.casus_id, verzoek, "bewijs", True, GEZAG)
    wandel = show_walk(zij, NU, z.casus_id, verzoek).wandeling
    assert not any(e.passage.sleutel.startswith(("melding.", "feit.triage")) for e in wandel.passages)
    assert wandel.buiten_zicht == ("de melding", "de triage")
    z.kies(verzoek, zij)
    z.geef_vrij(verzoek, haar_collega)
