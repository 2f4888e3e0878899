# SPDX-License-Identifier: EUPL-1.2
"""Putting right: the former version stays, clocks are judged again, two become one and one becomes two."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.wegen import Streek, Wandeling, nieuwe_casus, streek
from vangnet.casework.models import Casus, Gebeurtenis, Versie
from vangnet.process.correct_casus import correct_moment, merge, set_municipality, split, take_child_off
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.dossier import read_dossier
from vangnet.process.hand_over_procesregie import answer_offer, offer_regie
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, drop_inzet, end_inzet
from vangnet.process.weigeringen import AlGedaan, CasusGesloten, GeenRecht, NietBetrokken, NogNietKlaar, OngeldigeInvoer

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """A casus of two children in Zuid-Limburg, after its triage."""
    return nieuwe_casus(streek(), **{f"jeugdige.{uuid4()}.voornaam": "Noor"})


def noor(weg: Wandeling):  # type: ignore[no-untyped-def]  # a row of the record
    return next(k for k in weg.dossier.jeugdigen if k.voornaam == "Noor")


def test_a_child_is_taken_off(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    with pytest.raises(OngeldigeInvoer):
        take_child_off(ik, weg.nu, weg.casus_id, noor(weg).id, "")
    for _ in range(2):
        take_child_off(ik, weg.verder(), weg.casus_id, noor(weg).id, "Zij is een buurmeisje.")
    assert [k.voornaam for k in weg.dossier.kinderen] == ["Milan"]
    assert [k["naam"] for k in weg.dossier.casus.beeld["kinderen"]] == ["Milan V."]
    assert Versie.objects.filter(rij_id=noor(weg).id).exists()
    assert Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="hersteld").count() == 1
    with pytest.raises(OngeldigeInvoer):
        take_child_off(ik, weg.nu, weg.casus_id, weg.kind_id, "Ook niet.")


def test_a_child_with_help_stays(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "residentieel", noor(weg).id)
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Nacht.")
    with pytest.raises(NogNietKlaar):
        take_child_off(ik, weg.verder(), weg.casus_id, noor(weg).id, "Toch niet.")
    end_inzet(ik, weg.verder(), weg.casus_id, inzet)
    take_child_off(ik, weg.verder(), weg.casus_id, noor(weg).id, "Toch niet.")


def test_another_municipality(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    was = weg.streek.actoren["toegang"]
    ander = organisatie("toegang", regio=weg.streek.regio, gemeente="Maastricht")
    (signaal,) = [b for b in weg.dossier.aanbiedingen if b.soort == "signaal"]
    answer_offer(was, signaal.zichtbaar_vanaf, weg.casus_id, signaal.id, True)
    weg.nu = signaal.zichtbaar_vanaf
    with pytest.raises(OngeldigeInvoer):
        set_municipality(ik, weg.verder(), weg.casus_id, "Utrecht", "Verhuisd.")
    for _ in range(2):
        set_municipality(ik, weg.verder(), weg.casus_id, "Maastricht", "Het kind woont bij vader.")
    d = weg.dossier
    assert d.casus.gemeente == "Maastricht"
    assert [b.aan_organisatie_id for b in d.aanbiedingen if b.soort == "signaal" and b.antwoord == ""] == [ander.id]
    assert was.organisatie_id not in [b.organisatie_id for b in d.betrokkenheden if b.tot is None]
    gebeurtenis = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="hersteld")
    assert weg.streek.gemeente in gebeurtenis.gegevens["wat"]


def test_where_the_former_municipality_leads_it_hands_over(weg: Wandeling) -> None:
    toegang = weg.streek.actoren["toegang"]
    aanbod = offer_regie(weg.streek.dienst, weg.nu, weg.casus_id, toegang.organisatie_id, "Nu al.")
    answer_offer(toegang, weg.verder(), weg.casus_id, aanbod, True)
    set_municipality(weg.streek.dienst, weg.verder(), weg.casus_id, "Maastricht", "Woont bij vader.")
    assert weg.lead() == toegang.organisatie_id
    assert [t.voor_id for t in weg.dossier.taken] == [toegang.organisatie_id]


# ---- moments ---------------------------------------------------------------------------------------------------


def test_a_clock_that_had_ended_is_judged_again() -> None:
    weg = nieuwe_casus(streek("noord-en-midden-limburg"))
    ik = weg.streek.dienst
    arrive(ik, weg.verder(hours=3), weg.casus_id)

    def aankomst() -> list[str]:
        return [k.uitkomst for k in weg.dossier.klokken if k.sleutel == "huisbezoek.aankomst"]

    assert aankomst() == ["te_laat"]
    toen = weg.streek.begin + timedelta(hours=1)
    for _ in range(2):
        correct_moment(ik, weg.verder(), weg.casus_id, "aankomst", toen, "Ik vergat het in te voeren.")
    assert aankomst() == ["gehaald"]
    herstel = Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="hersteld")
    assert herstel.corrigeert is not None
    assert herstel.corrigeert.soort == "aangekomen"


def test_the_call_came_earlier(weg: Wandeling) -> None:
    eerder = weg.streek.begin - timedelta(hours=2)
    correct_moment(weg.streek.dienst, weg.verder(), weg.casus_id, "melding", eerder, "De centrale belde eerst.")
    d = weg.dossier
    assert d.casus.begonnen_op == d.melding.op == eerder
    assert min(b.van for b in d.betrokkenheden if b.deel == "regie") == eerder


def test_an_order_that_cannot_be(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    depart(ik, weg.verder(), weg.casus_id, "Sanne")
    arrive(ik, weg.verder(), weg.casus_id)
    voor = weg.streek.begin - timedelta(hours=1)
    for soort, moment in (("vertrek", weg.nu + timedelta(hours=1)), ("vertrek", weg.verder()), ("aankomst", voor)):
        with pytest.raises(OngeldigeInvoer):
            correct_moment(ik, weg.nu, weg.casus_id, soort, moment, "Anders.")
    for soort in ("onzin", "rto", "inzet_van"):
        with pytest.raises(OngeldigeInvoer):
            correct_moment(ik, weg.nu, weg.casus_id, soort, weg.nu, "Anders.")


def test_the_decision_and_the_help_keep_their_order() -> None:
    weg = nieuwe_casus(streek())
    ik = weg.streek.dienst
    besluit = weg.verder()
    decide_crisis(ik, besluit, weg.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "residentieel", weg.kind_id)
    begin = weg.verder()
    begin_inzet(ik, begin, weg.casus_id, inzet, reden="Nacht.")
    weg.verder(hours=1)
    with pytest.raises(OngeldigeInvoer):
        correct_moment(ik, weg.nu, weg.casus_id, "besluit_crisis", begin + timedelta(minutes=10), "Later.")
    with pytest.raises(OngeldigeInvoer):
        correct_moment(ik, weg.nu, weg.casus_id, "inzet_van", besluit - timedelta(minutes=2), "Eerder.", ding=inzet)
    correct_moment(ik, weg.nu, weg.casus_id, "besluit_crisis", besluit - timedelta(minutes=5), "Al aan de telefoon.")
    correct_moment(ik, weg.nu, weg.casus_id, "inzet_van", besluit - timedelta(minutes=2), "Eerder.", ding=inzet)
    d = weg.dossier
    assert d.casus.besluit_crisis_op == besluit - timedelta(minutes=5)
    assert d.inzetten[0].van == besluit - timedelta(minutes=2)


# ---- one and two -----------------------------------------------------------------------------------------------


def in_dezelfde(streek_: Streek, **velden: str) -> Wandeling:
    return nieuwe_casus(streek_, **velden)


def test_two_casussen_are_one() -> None:
    hier = streek()
    een = in_dezelfde(hier)
    twee = in_dezelfde(hier, **{f"jeugdige.{uuid4()}.voornaam": "Noor"})
    for _ in range(2):
        merge(hier.dienst, twee.verder(), twee.casus_id, een.casus_id, "Twee bellers, een gezin.")
    oud, nieuw = twee.dossier, een.dossier
    assert (oud.casus.uitkomst, oud.casus.gevoegd_bij_id) == ("gevoegd", een.casus_id)
    assert sorted(k.voornaam for k in nieuw.kinderen) == ["Milan", "Noor"]
    assert len(nieuw.mensen) == 1
    assert not [k for k in oud.klokken if k.geeindigd_op is None]
    assert oud.meldingen
    assert een.lead() == hier.dienst.organisatie_id
    soorten = set(Gebeurtenis.objects.filter(casus_id=een.casus_id).values_list("soort", flat=True))
    assert {"samengevoegd", "melding_gevoegd"} <= soorten


def test_not_where_help_began_and_not_with_itself() -> None:
    hier = streek()
    een, twee = in_dezelfde(hier), in_dezelfde(hier)
    decide_crisis(hier.dienst, twee.verder(), twee.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(hier.dienst, twee.verder(), twee.casus_id, "residentieel", twee.kind_id)
    begin_inzet(hier.dienst, twee.verder(), twee.casus_id, inzet, reden="Nacht.")
    with pytest.raises(NogNietKlaar):
        merge(hier.dienst, twee.nu, twee.casus_id, een.casus_id, "Zelfde gezin.")
    with pytest.raises(OngeldigeInvoer):
        merge(hier.dienst, twee.nu, een.casus_id, een.casus_id, "Zelfde.")
    with pytest.raises(NietBetrokken):
        merge(hier.dienst, twee.nu, een.casus_id, uuid4(), "Onbekend.")
    merge(hier.dienst, twee.nu, een.casus_id, twee.casus_id, "Zelfde gezin.")
    with pytest.raises((AlGedaan, CasusGesloten)):
        merge(hier.dienst, twee.nu, twee.casus_id, een.casus_id, "Andersom.")


def test_one_casus_is_two(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    kind, nieuw = noor(weg).id, uuid4()
    gekozen = choose_inzet(ik, weg.verder(), weg.casus_id, "residentieel", kind)
    for _ in range(2):
        assert split(ik, weg.verder(), weg.casus_id, [kind], "Halfzus, eigen gezin.", nieuwe_id=nieuw) == nieuw
    d = read_dossier(nieuw)
    assert d is not None
    assert [k.voornaam for k in d.kinderen] == ["Noor"]
    assert d.casus.begonnen_op == weg.dossier.casus.begonnen_op
    assert d.casus.besluit_crisis_op == weg.dossier.casus.besluit_crisis_op
    assert d.regie is not None
    assert d.regie.van == d.casus.begonnen_op
    assert d.casus.beeld["stand"] == "hulp_kiezen"
    assert [m.naam for m in d.mensen] == ["Inge Verhulst"]
    assert Casus.objects.count() == 2
    oud = weg.dossier
    assert [k.voornaam for k in oud.kinderen] == ["Milan"]
    assert next(i for i in oud.inzetten if i.id == gekozen).vervallen_op is not None


def test_splitting_badly(weg: Wandeling) -> None:
    ik = weg.streek.dienst
    for ids in ([], [weg.kind_id, noor(weg).id], [uuid4()]):
        with pytest.raises(OngeldigeInvoer):
            split(ik, weg.nu, weg.casus_id, ids, "Anders.")
    decide_crisis(ik, weg.verder(), weg.casus_id, True, "Niet veilig.")
    inzet = choose_inzet(ik, weg.verder(), weg.casus_id, "residentieel", noor(weg).id)
    begin_inzet(ik, weg.verder(), weg.casus_id, inzet, reden="Nacht.")
    with pytest.raises(NogNietKlaar):
        split(ik, weg.verder(), weg.casus_id, [noor(weg).id], "Anders.")
    assert Casus.objects.count() == 1


def test_only_the_service_puts_right(weg: Wandeling) -> None:
    with pytest.raises(GeenRecht):
        set_municipality(weg.streek.actoren["toegang"], weg.nu, weg.casus_id, "Maastricht", "Zo.")
    with pytest.raises(NietBetrokken):
        set_municipality(actor_of(medewerker("coordinator")), weg.nu, weg.casus_id, "Maastricht", "Zo.")
    decide_crisis(weg.streek.dienst, weg.verder(), weg.casus_id, True, "Niet veilig.")
    with pytest.raises(OngeldigeInvoer):
        drop_inzet(weg.streek.dienst, weg.nu, weg.casus_id, uuid4(), "Weg.")
