# SPDX-License-Identifier: EUPL-1.2
"""A family asks for its file: kept as work until it is answered, put right or refused in the open, destroyed by two only."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.mensen import actor_of, functie, functie_van, medewerker, organisatie
from tests.verzoeken import GEZAG, NU, Zaak, zaak
from vangnet.access.models import Deel, Logregel
from vangnet.access.slot import asking
from vangnet.casework.models import Casus, Gebeurtenis, Jeugdige, Taak, Verzoek, Wisopdracht
from vangnet.clocks.models import Klok
from vangnet.process.close_casus import reopen_casus
from vangnet.process.correct_casus import set_municipality
from vangnet.process.order_erasure import WissenGestopt, hold_casus, lift_hold, order_for_request
from vangnet.process.oversee_verzoeken import judge_destruction, oversee_requests
from vangnet.process.prepare_afschrift import fetch_copy
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.show_verzoek import (
    list_orders,
    list_requests,
    show_reading,
    show_request,
    show_requests,
    show_walk,
)
from vangnet.process.take_verzoek import (
    add_statement,
    decide_request,
    extend_request,
    finish_request,
    judge_asker,
    register_request,
)
from vangnet.process.verzoek import NietAanJullie, TweedePersoonNodig, VerzoekKlaar, term_of
from vangnet.process.weigeringen import (
    Achterhaald,
    AlGedaan,
    GeenRecht,
    NietBetrokken,
    NogNietKlaar,
    OngeldigeInvoer,
)
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def z() -> Zaak:
    return zaak()


def close(z: Zaak) -> None:
    with working_on(z.een, z.casus_id, "casus.afsluiten", NU) as werk:
        werk.close("afgesloten")


def faults(refused: pytest.ExceptionInfo[OngeldigeInvoer]) -> dict[str, tuple[str, str]]:
    return {veld: (gevonden, verwacht) for veld, gevonden, verwacht in refused.value.details["fouten"]}


# ---- tracked work -------------------------------------------------------------------------------------------------------


def test_a_request_is_work_with_a_legal_term_for_who_leads(z: Zaak) -> None:
    verzoek = z.vraagt(ontvangen=date(2024, 6, 3))
    klok = Klok.objects.get(sleutel=f"verzoek.{verzoek}")
    assert klok.uiterlijk == datetime.fromisoformat("2024-07-04T00:00:00+02:00"), "a month, to the end of its last day"
    beeld = show_casus(z.een, NU, z.casus_id)
    (actie,) = (a for a in beeld.te_doen if a["sleutel"] == "verzoek")
    assert actie["van_mij"]
    assert actie["klok"]["uiterlijk"] == klok.uiterlijk.isoformat()
    assert "geen afspraak van de regio" in actie["waarom"]
    (regel,) = list_requests(z.een, NU)
    assert regel.nummer == f"{Casus.objects.get(id=z.casus_id).nummer}-V1"
    assert not regel.te_laat
    (laat,) = list_requests(z.een, klok.uiterlijk)
    assert laat.te_laat
    assert "verzoek" not in str(show_board(z.een, NU).strips), "the board of the night is not for this"


def test_it_goes_along_when_the_lead_passes_and_stays_after_closing(z: Zaak) -> None:
    verzoek = z.vraagt()
    toegang = medewerker("toegangsmedewerker")
    zij = actor_of(toegang)
    with working_on(z.een, z.casus_id, "regie.overdragen", NU) as werk:
        werk.pass_regie(zij.organisatie_id)
    assert [r.id for r in list_requests(zij, NU)] == [verzoek]
    assert not list_requests(z.een, NU)
    with pytest.raises(NietAanJullie):
        judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", True, GEZAG)
    with pytest.raises(NietAanJullie):
        show_request(z.een, NU, z.casus_id, verzoek)
    stap = show_requests(z.een, NU, z.casus_id)
    assert not stap.van_ons
    assert stap.verzoeken[0].wie == "", "who asks is for who answers"
    with working_on(zij, z.casus_id, "casus.afsluiten", NU) as werk:
        werk.close("afgesloten")
    assert [r.id for r in list_requests(z.een, NU)] == [verzoek], "who keeps the file answers"
    assert Klok.objects.get(sleutel=f"verzoek.{verzoek}").geeindigd_op is None
    judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", True, GEZAG)
    with pytest.raises(NietBetrokken):
        show_request(zij, NU + timedelta(minutes=1), z.casus_id, verzoek)


def test_who_only_helps_neither_sees_nor_takes_a_request(z: Zaak) -> None:
    verzoek = z.vraagt()
    planner = actor_of(medewerker("planner"))
    gi = actor_of(medewerker("jeugdbeschermer"))
    with working_on(z.een, z.casus_id, "regie.overdragen", NU) as werk:
        werk.involve(planner.organisatie_id, Deel.HULP)
        werk.involve(gi.organisatie_id, Deel.RTO)
    for wie in (planner, gi):
        with pytest.raises(GeenRecht):
            show_requests(wie, NU, z.casus_id)
        with pytest.raises(GeenRecht):
            register_request(wie, NU, z.casus_id, "inzage", z.vader)
        beeld = show_casus(wie, NU, z.casus_id)
        assert "verzoek" not in str((beeld.te_doen, beeld.klokken, beeld.tijdlijn, beeld.stappen)).lower()
    vreemd = actor_of(medewerker("crisismedewerker"))
    for doe in (show_request, show_walk, show_reading):
        with pytest.raises(NietBetrokken):
            doe(vreemd, NU, z.casus_id, verzoek)
    with pytest.raises(NietBetrokken):
        fetch_copy(vreemd, NU, z.casus_id, verzoek, "papier")
    geweigerd = Logregel.objects.filter(casus_id=z.casus_id, medewerker_id=vreemd.medewerker_id, geslaagd=False)
    assert geweigerd.count() == 4


def test_the_same_request_sent_twice_is_one_and_two_get_two_numbers(z: Zaak) -> None:
    id_ = uuid4()
    assert z.vraagt(verzoek_id=id_) == z.vraagt(verzoek_id=id_) == id_
    register_request(z.twee, NU, z.casus_id, "wie_keek", z.moeder)
    assert sorted(Verzoek.objects.values_list("volgnummer", flat=True)) == [1, 2]
    ander = zaak(naam="Andere dienst")
    with pytest.raises(AlGedaan):
        ander.vraagt(verzoek_id=id_)  # An id that somebody else's client made: it is told of nothing else.


@pytest.mark.parametrize(
    ("soort", "ontvangen", "laatste"),
    [
        ("afschrift", date(2024, 1, 31), "2024-02-29"),
        ("inzage", date(2024, 12, 15), "2025-01-15"),
        ("correctie", date(2023, 1, 30), "2023-02-28"),
        ("vernietiging", date(2024, 11, 30), "2025-02-28"),
    ],
)
def test_the_term_is_that_of_the_law(soort: str, ontvangen: date, laatste: str) -> None:
    einde = term_of(soort, ontvangen)
    assert (einde - timedelta(seconds=1)).date().isoformat() == laatste


def test_wrong_input_names_field_found_and_expected(z: Zaak) -> None:
    with pytest.raises(OngeldigeInvoer) as nee:
        register_request(z.een, NU, z.casus_id, "alles", None, "", "", date(2024, 8, 1))
    assert set(faults(nee)) == {"soort", "vrager", "ontvangen"}
    assert faults(nee)["soort"][0] == "'alles'"
    assert faults(nee)["ontvangen"][1] == "een dag die geweest is"
    with pytest.raises(OngeldigeInvoer) as nee:
        z.vraagt("correctie")
    assert "niet klopt" in faults(nee)["wat"][1]
    Jeugdige.objects.filter(id=z.kind).update(geboortedatum=date(2015, 3, 2))
    with pytest.raises(OngeldigeInvoer) as nee:
        z.vraagt(wie=z.kind)
    assert faults(nee)["wie"][0] == "'9 jaar'"
    verzoek = z.vraagt()
    with pytest.raises(OngeldigeInvoer) as nee:
        judge_asker(z.een, NU, z.casus_id, verzoek, "gezien", None, "")
    assert set(faults(nee)) == {"identiteit", "mag", "reden"}
    with pytest.raises(OngeldigeInvoer) as nee:
        decide_request(z.een, NU, z.casus_id, verzoek, "geweigerd", "belang_ander", "")
    assert set(faults(nee)) == {"grond", "reden"}
    with pytest.raises(OngeldigeInvoer):
        fetch_copy(z.een, NU, z.casus_id, verzoek, "doc")
    with pytest.raises(OngeldigeInvoer):
        show_request(z.een, NU, z.casus_id, uuid4())


def test_the_term_is_extended_once_with_a_reason_and_not_when_late(z: Zaak) -> None:
    verzoek = z.vraagt(ontvangen=date(2024, 6, 3))
    with pytest.raises(OngeldigeInvoer):
        extend_request(z.een, NU, z.casus_id, verzoek, "")
    extend_request(z.een, NU, z.casus_id, verzoek, "Het dossier is groot.")
    assert Klok.objects.get(sleutel=f"verzoek.{verzoek}").uiterlijk == term_of(
        "afschrift", date(2024, 9, 3) - timedelta(days=31)
    )
    with pytest.raises(AlGedaan):
        extend_request(z.een, NU, z.casus_id, verzoek, "Nog langer.")
    laat = z.vraagt("inzage")
    with pytest.raises(NogNietKlaar):
        extend_request(z.een, NU + timedelta(days=60), z.casus_id, laat, "Te laat.")
    wissen = z.vraagt("vernietiging")
    with pytest.raises(NogNietKlaar):
        extend_request(z.een, NU, z.casus_id, wissen, "Nog even.")


def test_it_never_ends_without_a_decision(z: Zaak) -> None:
    verzoek = z.vraagt("wie_keek")
    with pytest.raises(NogNietKlaar):
        finish_request(z.een, NU, z.casus_id, verzoek, "Meegegeven.")
    with pytest.raises(NogNietKlaar):
        decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen")
    judge_asker(z.een, NU, z.casus_id, verzoek, "bekend", False, "Geen gezag en geen machtiging.")
    with pytest.raises(NogNietKlaar):
        decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen")
    decide_request(z.een, NU, z.casus_id, verzoek, "geweigerd", "niet_bevoegd", "U heeft geen gezag.")
    with pytest.raises(AlGedaan):
        decide_request(z.twee, NU, z.casus_id, verzoek, "ingetrokken")
    with pytest.raises(Achterhaald):
        decide_request(z.twee, NU, z.casus_id, verzoek, "ingetrokken", was="")
    finish_request(z.een, NU, z.casus_id, verzoek, "Per aangetekende post.")
    finish_request(z.een, NU, z.casus_id, verzoek, "Nog een keer.")
    klok = Klok.objects.get(sleutel=f"verzoek.{verzoek}")
    assert klok.uitkomst == "gehaald"
    assert Gebeurtenis.objects.filter(soort="verzoek_klaar").count() == 1
    with pytest.raises(VerzoekKlaar):
        judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", True, "Toch wel.")
    assert not list_requests(z.een, NU)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verzoek.objects.filter(id=z.vraagt()).update(klaar_op=NU)


def test_the_application_cannot_take_a_request_or_a_copy_away(z: Zaak) -> None:
    verzoek = z.beoordeeld()
    z.kies(verzoek)
    z.geef_vrij(verzoek)
    with asking(z.een, NU):
        for tabel in ("casework_verzoek", "casework_passagekeuze", "casework_afschrift"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(f"delete from {tabel} where casus_id = %s", [z.casus_id])
    for wat in ("update casework_afschrift set inhoud = '{}'", "delete from casework_afschrift"):
        with pytest.raises(DatabaseError, match="alleen om bij te schrijven"), transaction.atomic():
            connection.cursor().execute(wat)


# ---- correction, statement, destruction ---------------------------------------------------------------------------------


def test_a_correction_that_is_made_points_at_what_put_it_right(z: Zaak) -> None:
    verzoek = z.vraagt("correctie", wat="De gemeente klopt niet.")
    judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", True, GEZAG)
    organisatie("toegang", naam="Toegang Vaals", gemeente="Vaals")
    set_municipality(z.een, NU, z.casus_id, "Vaals", "Verkeerd verstaan.")
    ((herstel, _),) = show_request(z.een, NU, z.casus_id, verzoek).herstellen
    with pytest.raises(OngeldigeInvoer) as nee:
        decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen", hersteld_met=uuid4())
    assert set(faults(nee)) == {"reden", "hersteld_met"}
    decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen", "", "De gemeente is nu Vaals.", UUID(herstel))
    assert str(z.rij(verzoek).hersteld_met_id) == herstel


def test_a_refused_correction_leaves_the_persons_own_words_with_the_file(z: Zaak) -> None:
    verzoek = z.vraagt("correctie", wat="Ik heb niet geslagen.")
    judge_asker(z.een, NU, z.casus_id, verzoek, "bewijs", True, GEZAG)
    decide_request(z.een, NU, z.casus_id, verzoek, "geweigerd", "oordeel", "Dit is wat de medewerker zag.")
    finish_request(z.een, NU, z.casus_id, verzoek, "Brief gestuurd.")
    with pytest.raises(OngeldigeInvoer):
        add_statement(z.een, NU, z.casus_id, verzoek, "  ")
    add_statement(z.een, NU, z.casus_id, verzoek, "Ik heb mijn zoon niet geslagen.")
    add_statement(z.een, NU, z.casus_id, verzoek, "Ik heb mijn zoon niet geslagen.")
    with pytest.raises(Achterhaald):
        add_statement(z.een, NU, z.casus_id, verzoek, "Iets anders.")
    assert Gebeurtenis.objects.filter(soort="verzoek_verklaring").count() == 1
    afschrift = z.beoordeeld()
    z.kies(afschrift)
    assert "niet geslagen" in json.dumps(show_reading(z.twee, NU, z.casus_id, afschrift).inhoud)
    van_moeder = z.beoordeeld(wie=z.moeder)
    z.kies(van_moeder)
    assert "niet geslagen" not in json.dumps(show_reading(z.twee, NU, z.casus_id, van_moeder).inhoud)
    erbij = z.beoordeeld("aanvulling")
    with pytest.raises(OngeldigeInvoer) as nee:
        decide_request(z.een, NU, z.casus_id, erbij, "toegewezen")
    assert set(faults(nee)) == {"verklaring"}


def test_destruction_takes_two_and_the_second_sees_no_family(z: Zaak) -> None:
    fg = actor_of(medewerker("fg", organisatie("regio", naam="De regio")))
    verzoek = z.beoordeeld("vernietiging")
    with pytest.raises(NogNietKlaar):
        decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen")
    close(z)
    decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen", reden="Milan wil dit.")
    with pytest.raises(NogNietKlaar):
        finish_request(z.een, NU, z.casus_id, verzoek, "Brief.")
    (regel,) = oversee_requests(fg, NU)
    assert regel.wacht
    for woord in ("Milan", "Verhulst", "Heerlen", "Dennis", str(z.casus_id)):
        assert woord not in str(regel)
    with pytest.raises(GeenRecht):
        oversee_requests(z.een, NU)
    with pytest.raises(GeenRecht):
        judge_destruction(z.twee, NU, verzoek, True, "toegewezen", "")
    with pytest.raises(OngeldigeInvoer):
        judge_destruction(fg, NU, verzoek, False, "toegewezen", "", "")
    with pytest.raises(Achterhaald):
        judge_destruction(fg, NU, verzoek, True, "geweigerd", "wet")
    judge_destruction(fg, NU, verzoek, False, "toegewezen", "", "Loopt er een klacht?")
    with pytest.raises(AlGedaan):
        judge_destruction(fg, NU, verzoek, True, "toegewezen", "")
    decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen", reden="Er loopt geen klacht.")
    judge_destruction(fg, NU, verzoek, True, "toegewezen", "")
    nummer = Casus.objects.get(id=z.casus_id).nummer
    hold_casus(fg, NU, nummer, "Er loopt een klacht.", "Klachtencommissie")
    with pytest.raises(WissenGestopt):
        finish_request(z.een, NU, z.casus_id, verzoek, "Brief gestuurd.")
    assert not Wisopdracht.objects.exists()
    assert Verzoek.objects.get(id=verzoek).klaar_op is None, "nobody is told that it is done while it may not be"
    lift_hold(fg, NU, nummer)
    finish_request(z.een, NU, z.casus_id, verzoek, "Brief gestuurd.")
    opdracht = Wisopdracht.objects.get()
    assert (opdracht.casus_id, opdracht.grond, opdracht.verzoek_id) == (z.casus_id, "verzoek", verzoek)
    assert (opdracht.opgedragen_door_id, opdracht.bevestigd_door_id) == (z.een.medewerker_id, fg.medewerker_id)
    assert Taak.objects.get(sleutel=f"wissen.{verzoek}").klaar_op is None
    assert [nummer for _, nummer, _ in list_orders(z.een, NU)] == [Casus.objects.get(id=z.casus_id).nummer]
    assert Gebeurtenis.objects.filter(soort="wissen_besloten").count() == 1
    assert Gebeurtenis.objects.filter(soort="verzoek_fg").count() == 2
    assert not oversee_requests(fg, NU)


def test_a_casus_that_opens_again_is_decided_about_anew(z: Zaak) -> None:
    fg = actor_of(medewerker("fg", organisatie("regio", naam="De regio")))
    verzoek = z.beoordeeld("vernietiging")
    close(z)
    decide_request(z.een, NU, z.casus_id, verzoek, "toegewezen", reden="Milan wil dit.")
    voor = Casus.objects.get(id=z.casus_id).versie
    judge_destruction(fg, NU, verzoek, True, "toegewezen", "")
    assert Casus.objects.get(id=z.casus_id).versie == voor + 1, "whoever has the casus open hears of the verdict"
    oud = Verzoek.objects.get(id=verzoek)
    reopen_casus(z.een, NU, z.casus_id, "Het gaat toch niet goed thuis.")
    assert (z.rij(verzoek).besluit, z.rij(verzoek).fg_akkoord) == ("", None)
    with pytest.raises(NogNietKlaar):
        finish_request(z.een, NU, z.casus_id, verzoek, "Brief.")
    later = NU + timedelta(hours=1)
    with working_on(z.een, z.casus_id, "casus.afsluiten", later) as werk:
        werk.close("afgesloten")
    oud.klaar_op = later
    oud.save()  # the decision of before, as if it had stayed: the database knows that the casus was open in between
    with asking(z.een, later), pytest.raises(OngeldigeInvoer):
        order_for_request("", verzoek)
    oud.besloten_op = later
    oud.save()
    for _ in range(2):
        with asking(z.een, later):
            order_for_request("", verzoek)
    assert Wisopdracht.objects.filter(ingetrokken_op=None).count() == 1
    reopen_casus(z.een, later, z.casus_id, "En weer.")
    assert not Wisopdracht.objects.filter(ingetrokken_op=None).exists()


def test_who_decided_is_not_the_second_in_another_function_and_another_region_sees_nothing(z: Zaak) -> None:
    verzoek = z.vraagt("vernietiging")
    decide_request(z.een, NU, z.casus_id, verzoek, "geweigerd", "loopt", "Er is nog crisis.")
    regio = organisatie("regio", naam="De regio")
    ook_fg = actor_of(z.mens_een, functie(z.mens_een, "fg", regio))
    with pytest.raises(TweedePersoonNodig):
        judge_destruction(ook_fg, NU, verzoek, True, "geweigerd", "loopt")
    elders = actor_of(medewerker("fg", organisatie("regio", naam="Elders", regio="lekstroom")))
    assert not oversee_requests(elders, NU)
    with pytest.raises(OngeldigeInvoer):
        judge_destruction(elders, NU, verzoek, True, "geweigerd", "loopt")
    assert functie_van(z.mens_een).rol == "crisismedewerker"
    fg = actor_of(medewerker("fg", regio))
    laat = oversee_requests(fg, NU + timedelta(days=200))
    assert laat[0].dagen_te_laat > 0
    judge_destruction(fg, NU, verzoek, True, "geweigerd", "loopt")
    finish_request(z.een, NU, z.casus_id, verzoek, "Brief gestuurd.")
    assert not Taak.objects.filter(sleutel__startswith="wissen.").exists(), "a refusal orders nothing"
