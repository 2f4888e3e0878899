# SPDX-License-Identifier: EUPL-1.2
"""Beheer: people and organisations of a region, by an administrator who sees no family."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.mensen import actor_of, confirm_all, functie, functie_van, medewerker, organisatie
from vangnet.access import accounts
from vangnet.access.models import Functie, Logregel, Medewerker, Organisatie
from vangnet.casework.models import Taak
from vangnet.conf import clock
from vangnet.process.manage_organisations import (
    HeeftNogRegie,
    OrganisatieOnbekend,
    check_organisation,
    save_organisation,
)
from vangnet.process.manage_people import change_function, give_back, invite_person, leave, update_person
from vangnet.process.show_beheer import show_organisations, show_people, show_person
from vangnet.process.show_log import KOP, export_log, show_log
from vangnet.process.take_melding import begin_melding
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer

pytestmark = pytest.mark.django_db

NU = datetime.fromisoformat("2024-05-17T09:00:00+02:00")


def velden(**anders: Any) -> dict[str, str]:
    return {"naam": "Sanne Peeters", "email": "sanne@voorbeeld.test", "rol": "crisismedewerker", "opleiding": "HBO+",
            "telefoon": "06 12 34 56 78", **{k: str(v) for k, v in anders.items()}}  # fmt: skip


def fouten(nee: pytest.ExceptionInfo[OngeldigeInvoer]) -> list[str]:
    return [fout[0] for fout in nee.value.details["fouten"]]


def test_from_invitation_to_leaving_and_back() -> None:
    ik = actor_of(medewerker("beheerder"))
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    wie, geheim = invite_person(ik, NU, velden(organisatie=dienst.pk))
    gezien = show_person(ik, wie, NU)
    assert gezien is not None
    assert (gezien.stand, gezien.opleiding) == ("uitgenodigd", "HBO+")
    with clock.put_at(NU):
        confirm_all()
    accounts.accept_invitation(geheim, "een lang wachtwoord 7", NU)
    collega = actor_of(Medewerker.objects.get(pk=wie))
    casus = begin_melding(collega, NU, uuid4()).casus_id
    Taak.objects.create(casus_id=casus, wat="Bel school", voor=dienst, wie_id=wie)
    vertrek = leave(ik, NU + timedelta(hours=1), wie)
    assert vertrek == ("Sanne Peeters", 1, 1), "numbers only"
    gezien = show_person(ik, wie, NU)
    assert gezien is not None
    assert gezien.stand == "vertrokken"
    coordinator = actor_of(medewerker("coordinator", dienst))
    groep = show_people(coordinator, NU)[0]
    assert [(p.naam, p.casussen, p.taken) for p in groep.vertrokken] == [("Sanne Peeters", 1, 1)]
    assert not Medewerker.objects.get(pk=wie).is_active
    assert Logregel.objects.filter(medewerker_id=wie).first().naam == "Sanne Peeters", "the name stays"  # type: ignore[union-attr]  # it is there
    terug = give_back(ik, NU + timedelta(hours=2), wie, gezien.functies[0].id)
    assert terug.geheim, "keys were taken away: he begins anew"
    assert Functie.objects.filter(medewerker_id=wie, tot=None).count() == 1


def test_faults_of_an_invitation_are_named_together() -> None:
    ik = actor_of(medewerker("beheerder"))
    toegang = organisatie("toegang")
    with pytest.raises(OngeldigeInvoer) as nee:
        invite_person(ik, NU, velden(naam=" ", email="", telefoon="bel me", opleiding="PhD", organisatie=toegang.pk))
    assert fouten(nee) == ["naam", "email", "telefoon", "opleiding", "rol"]
    elders = organisatie("crisisdienst", regio="lekstroom")
    for sleutel in ("", "geen id", elders.pk):
        with pytest.raises(OngeldigeInvoer) as nee:
            invite_person(ik, NU, velden(organisatie=sleutel))
        assert fouten(nee) == ["organisatie"]
    with pytest.raises(OngeldigeInvoer) as nee:
        invite_person(ik, NU, velden(organisatie=organisatie("crisisdienst").pk, email="geen adres"))
    assert fouten(nee) == ["email"]


def test_another_function_takes_the_place_of_one() -> None:
    ik = actor_of(medewerker("beheerder"))
    wie = medewerker("crisismedewerker", password="een lang wachtwoord 7")
    oud = functie_van(wie)
    change_function(ik, NU, oud.pk, str(oud.organisatie_id), "coordinator")
    assert list(Functie.objects.filter(medewerker=wie, tot=None).values_list("rol", flat=True)) == ["coordinator"]
    assert Medewerker.objects.get(pk=wie.pk).sessienummer > wie.sessienummer
    with pytest.raises(accounts.FunctieOnbekend):
        change_function(ik, NU, oud.pk, str(oud.organisatie_id), "coordinator")


def test_nobody_leaves_by_his_own_hand_or_that_of_another_region() -> None:
    ik = medewerker("beheerder")
    with pytest.raises(accounts.NietVoorJezelf):
        leave(actor_of(ik), NU, ik.pk)
    elders = medewerker("crisismedewerker", organisatie("crisisdienst", regio="lekstroom"))
    with pytest.raises(accounts.MedewerkerOnbekend):
        leave(actor_of(ik), NU, elders.pk)
    with pytest.raises(GeenRecht):
        leave(actor_of(medewerker("coordinator")), NU, ik.pk)
    assert show_person(actor_of(ik), elders.pk, NU) is None


def test_a_coordinator_sees_only_his_own_organisation() -> None:
    dienst = organisatie("crisisdienst")
    coordinator = medewerker("coordinator", dienst)
    collega, ander = medewerker("crisismedewerker", dienst), medewerker("toegangsmedewerker")
    assert [g.organisatie.id for g in show_people(actor_of(coordinator), NU)] == [dienst.pk]
    assert show_person(actor_of(coordinator), collega.pk, NU) is not None
    assert show_person(actor_of(coordinator), ander.pk, NU) is None
    beheer = actor_of(medewerker("beheerder"))
    assert {p.naam for g in show_people(beheer, NU, collega.naam) for p in g.mensen} >= {collega.naam}


def test_details_are_changed_and_logged_once() -> None:
    ik, wie = actor_of(medewerker("beheerder")), medewerker()
    nieuw = {"naam": "Andere Naam", "telefoon": "", "opleiding": "WO"}
    update_person(ik, NU, wie.pk, nieuw)
    update_person(ik, NU, wie.pk, nieuw)
    wie.refresh_from_db()
    assert (wie.naam, wie.opleiding) == ("Andere Naam", "WO")
    assert Logregel.objects.filter(ding="medewerker", handeling="wijzigen").count() == 1
    with pytest.raises(OngeldigeInvoer) as nee:
        update_person(ik, NU, wie.pk, {"naam": "", "telefoon": "x", "opleiding": "y"})
    assert fouten(nee) == ["naam", "telefoon", "opleiding"]


def test_organisations_and_the_municipalities_without_an_access() -> None:
    ik = actor_of(medewerker("beheerder"))
    goed = {"naam": "Toegang Vaals", "soort": "toegang", "gemeente": "vaals", "telefoon": "043 123 45 67"}
    assert "Vaals" in show_organisations(ik).zonder_toegang
    id_ = save_organisation(ik, NU, None, goed)
    assert "Vaals" not in show_organisations(ik).zonder_toegang
    assert Organisatie.objects.get(pk=id_).gemeente == "Vaals"
    save_organisation(ik, NU, id_, goed)
    assert Logregel.objects.filter(ding="organisatie").count() == 1, "the same again is no change"
    with pytest.raises(OngeldigeInvoer) as nee:
        save_organisation(ik, NU, None, {**goed, "naam": "toegang vaals", "telefoon": "?", "postbus": "x"})
    assert fouten(nee) == ["naam", "gemeente", "telefoon", "postbus"]
    with pytest.raises(OrganisatieOnbekend):
        save_organisation(ik, NU, organisatie("gi", regio="lekstroom").pk, goed)
    save_organisation(ik, NU, id_, {**goed, "actief": "nee"})
    assert "Vaals" in show_organisations(ik).zonder_toegang


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"soort": "kasteel"}, "soort"),
        ({"gemeente": ""}, "gemeente"),
        ({"gemeente": "Utrecht"}, "gemeente"),
        ({"soort": "gi"}, "gemeente"),
        ({"naam": "x" * 121}, "naam"),
        ({"bereikbaar": "x" * 201}, "bereikbaar"),
    ],
)
def test_a_fault_in_an_organisation(anders: dict[str, str], veld: str) -> None:
    goed = {"naam": "Toegang Vaals", "soort": "toegang", "gemeente": "Vaals"}
    assert [fout[0] for fout in check_organisation("zuid-limburg", {**goed, **anders})[1]] == [veld]


def test_who_leads_casussen_does_not_go_and_a_kind_must_fit_its_people() -> None:
    ik = actor_of(medewerker("beheerder"))
    dienst = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    begin_melding(actor_of(medewerker("crisismedewerker", dienst)), NU, uuid4())
    staat = {"naam": dienst.naam, "soort": "crisisdienst"}
    with pytest.raises(HeeftNogRegie) as nee:
        save_organisation(ik, NU, dienst.pk, {**staat, "actief": "nee"})
    assert nee.value.details["aantal"] == 1
    with pytest.raises(OngeldigeInvoer):
        save_organisation(ik, NU, dienst.pk, {**staat, "soort": "gi"})


def test_the_log_is_filtered_counted_and_leaves_a_line_itself() -> None:
    fg = actor_of(medewerker("fg"))
    collega = medewerker("crisismedewerker", naam="=Formule")
    casus = begin_melding(actor_of(collega), NU, uuid4())
    elders = medewerker("crisismedewerker", organisatie("crisisdienst", regio="lekstroom"))
    begin_melding(actor_of(elders), NU, uuid4())
    blad = show_log(fg, NU, {})
    assert {r.wie for r in blad.regels} == {"=Formule"}
    nummer = blad.regels[0].casus
    assert nummer.startswith("2024-")
    assert (
        len(show_log(fg, NU, {"casus": nummer, "wie": "formule", "van": "17-05-2024", "tot": "2024-05-17"}).regels) == 1
    )
    assert show_log(fg, NU, {"tot": "16-05-2024"}).regels == ()
    assert show_log(fg, NU, {"wie": str(collega.pk), "handeling": "toevoegen"}).regels
    rijen = export_log(fg, NU, {"wie": "formule"})
    assert rijen[0] == KOP
    assert rijen[1][1] == "'=Formule", "no cell is a formula"
    assert Logregel.objects.filter(ding="log", handeling="exporteren").count() == 1
    assert Logregel.objects.filter(ding="log", handeling="inzien").count() == 4
    for onleesbaar, veld in (({"casus": "2024-99999"}, "casus"), ({"van": "gisteren"}, "van")):
        with pytest.raises(OngeldigeInvoer) as nee:
            show_log(fg, NU, onleesbaar)
        assert fouten(nee) == [veld]
    assert str(casus.casus_id) not in str(rijen)
    with pytest.raises(GeenRecht):
        show_log(actor_of(medewerker("beheerder")), NU, {})


def test_a_person_with_two_functions_keeps_the_other() -> None:
    ik = actor_of(medewerker("beheerder"))
    wie = medewerker("crisismedewerker")
    functie(wie, "fg")
    een = functie_van(wie)
    accounts.end_function(ik, een.pk, NU)
    gezien = show_person(ik, wie.pk, NU)
    assert gezien is not None
    assert [f.rol for f in gezien.lopend] == ["fg"]
