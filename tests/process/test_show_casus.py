# SPDX-License-Identifier: EUPL-1.2
"""What each reader sees of a casus: only the parts in sight, and every look is a line in the log."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from vangnet.access.actor import Actor
from vangnet.access.models import Logregel
from vangnet.process import presence
from vangnet.process.gezinskaart import Mens, draw
from vangnet.process.show_casus import open_step, show_address, show_casus
from vangnet.process.show_casus_log import show_casus_log
from vangnet.process.take_melding import begin_melding, finish_melding, save_fields
from vangnet.process.weigeringen import GeenRecht, NietBetrokken
from vangnet.process.werk import working_on

NACHT = datetime.fromisoformat("2024-05-16T21:52:00+02:00")
KIND, MOEDER, VADER, ADRES = (UUID(int=n) for n in range(1, 5))

pytestmark = pytest.mark.django_db


def casus(dienst: Any = None, **meer: Any) -> tuple[Actor, UUID]:
    """A casus after the triage: a boy of fourteen, two parents, an address; with the worker who took the call."""
    dienst = dienst or organisatie("crisisdienst", naam="Crisishulp Jeugd")
    ik = actor_of(medewerker("crisismedewerker", dienst, naam="Noor Peeters"))
    kind, moeder, vader, adres = uuid4(), uuid4(), uuid4(), uuid4()
    melding = uuid4()
    begin = begin_melding(ik, NACHT, melding, {f"jeugdige.{kind}.voornaam": "Milan"})
    save_fields(
        ik,
        NACHT,
        melding,
        {
            f"jeugdige.{kind}.achternaam": "Verhulst",
            f"jeugdige.{kind}.geboortedatum": "02-03-2010",
            f"persoon.{moeder}.rol": "moeder",
            f"persoon.{moeder}.naam": "Karin Verhulst",
            f"persoon.{moeder}.telefoon": "06 12345678",
            f"persoon.{moeder}.gezag": "ja",
            f"persoon.{vader}.rol": "vader",
            f"persoon.{vader}.naam": "Dennis Smeets",
            f"persoon.{vader}.gezag": "ja",
            f"adres.{adres}.straat": "Kastanjelaan 12",
            f"adres.{adres}.plaats": "Heerlen",
            "gemeente": "Heerlen",
            "melding.melder": "politie",
            "melding.situatie": "Vader en zoon vechten.",
            "betrokken.gi": "geen",
            "triage.direct_onveilig": "ja",
        }
        | {veld.replace("ADRES", str(adres)): waarde for veld, waarde in meer.items()},
    )
    finish_melding(ik, NACHT, melding, "inschatting")
    return ik, begin.casus_id


def test_the_service_sees_everything_and_the_look_is_logged() -> None:
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik, id_ = casus()
    beeld = show_casus(ik, NACHT, id_)
    assert beeld.kop == "Milan Verhulst, 14 jaar"
    assert beeld.titel == "Milan V."
    assert beeld.stand == "inschatting"
    assert [staat for _, staat in beeld.spoor][:2] == ["af", "hier"]
    assert beeld.regie["naam"] == "Crisishulp Jeugd"
    assert beeld.te_doen[0]["sleutel"] == "vertrek"
    assert beeld.te_doen[0]["van_mij"]
    assert beeld.personen[0]["telefoon"] == "06 12345678"
    assert beeld.adressen[0]["straat"] == "Kastanjelaan 12"
    assert beeld.kaart and len(beeld.kaart.vakken) == 3
    assert beeld.advies["uitspraken"]
    assert any("Triage" in item["tekst"] for dag in beeld.tijdlijn for item in dag["items"])
    regel = Logregel.objects.filter(casus_id=id_, handeling="inzien", ding="casus").get()
    assert "adres" in regel.toelichting
    assert "Kastanjelaan" not in regel.toelichting


def test_a_signal_shows_the_core_and_no_call_notes() -> None:
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    _ik, id_ = casus()
    zij = actor_of(medewerker("toegangsmedewerker", toegang))
    with pytest.raises(NietBetrokken):
        show_casus(zij, NACHT, id_)  # The signal of the night is for the morning.
    morgen = NACHT + timedelta(hours=12)
    beeld = show_casus(zij, morgen, id_)
    assert beeld.zicht == {"kern", "regie", "klokken", "taken"}
    assert beeld.kop == "Milan V., 14 jaar"
    assert not beeld.meldingen
    assert not beeld.notities
    assert not beeld.personen
    assert not beeld.adressen
    assert not beeld.tijdlijn
    assert beeld.kaart is None
    assert "Vader en zoon vechten" not in str(beeld)
    assert "Verhulst" not in str(beeld)
    assert not any(pad.startswith(("triage.", "melding.")) for pad in beeld.feiten)
    assert not any(u.startswith(("triage.", "melding.", "inzet.")) for u in beeld.advies["uitspraken"])
    with pytest.raises(GeenRecht):
        open_step(zij, beeld, "triage")
    with pytest.raises(GeenRecht):
        show_address(zij, morgen, id_)


def test_after_the_lead_passed_and_after_closing() -> None:
    toegang = organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    ik, id_ = casus()
    zij = actor_of(medewerker("toegangsmedewerker", toegang))
    morgen = NACHT + timedelta(hours=12)
    with working_on(ik, id_, "regie.overdragen", morgen) as werk:
        werk.pass_regie(toegang.id)
    straks = morgen + timedelta(minutes=1)
    beeld = show_casus(zij, straks, id_)
    assert beeld.regie["van_mij"]
    assert "adres" in beeld.zicht
    assert "melding" not in beeld.zicht
    assert not beeld.meldingen
    with working_on(ik, id_, "casus.afsluiten", straks) as werk:
        werk.close("afgesloten")
    later = straks + timedelta(minutes=1)
    with pytest.raises(NietBetrokken):
        show_casus(zij, later, id_)
    dicht = show_casus(ik, later, id_)
    assert dicht.gesloten_op
    assert "adres" not in dicht.zicht
    assert dicht.stappen == ("blokkade", "verzoek", "heropenen")


def test_nobody_sees_a_casus_of_another() -> None:
    _, id_ = casus()
    ander = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst")))
    for wat in (id_, uuid4()):
        with pytest.raises(NietBetrokken):
            show_casus(ander, NACHT, wat)
    assert Logregel.objects.filter(medewerker_id=ander.medewerker_id, geslaagd=False).count() == 2


def test_a_secret_address_stays_behind_its_bar() -> None:
    ik, id_ = casus(**{"adres.ADRES.geheim": "ja"})
    beeld = show_casus(ik, NACHT, id_)
    assert beeld.geheim
    assert "Kastanjelaan" not in str(beeld)
    assert "Heerlen" not in str(beeld.adressen)
    assert show_address(ik, NACHT, id_)[0]["straat"] == "Kastanjelaan 12"
    assert Logregel.objects.filter(casus_id=id_, ding="adres", geslaagd=True).count() == 1


def test_who_looked_and_who_is_there() -> None:
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    ik, id_ = casus(dienst)
    collega = actor_of(medewerker("crisismedewerker", dienst, naam="Bram Janssen"))
    show_casus(collega, NACHT, id_)
    presence.look(collega, NACHT, id_, "Gezin")
    assert presence.look(ik, NACHT, id_)["anderen"] == [{"naam": "Bram Janssen", "onderdeel": "Gezin"}]
    assert presence.look(ik, NACHT + timedelta(minutes=2), id_)["anderen"] == []
    assert "Bram Janssen" in {regel.naam for regel in show_casus_log(ik, NACHT, id_)}
    with pytest.raises(NietBetrokken):
        presence.look(actor_of(medewerker()), NACHT, id_)


@pytest.mark.parametrize("aantal", range(1, 13))
def test_the_map_holds_for_one_to_twelve_people(aantal: int) -> None:
    rollen = [
        "jeugdige",
        "moeder",
        "vader",
        "stiefouder",
        "oma",
        "opa",
        "broer",
        "zus",
        "school",
        "huisarts",
        "netwerk",
        "familie",
    ]
    kaart = draw([Mens(rol, f"Iemand met een lange naam {n}", "gezag") for n, rol in enumerate(rollen[:aantal])])
    assert kaart
    assert len(kaart.vakken) == aantal
    for een in kaart.vakken:
        assert een.x >= 0
        assert een.x + een.breed <= 330
        assert een.y + een.hoog <= kaart.hoog
        for ander in kaart.vakken:
            if een is not ander:
                naast = een.x + een.breed <= ander.x or ander.x + ander.breed <= een.x
                assert naast or een.y + een.hoog <= ander.y or ander.y + ander.hoog <= een.y
