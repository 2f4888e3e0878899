# SPDX-License-Identifier: EUPL-1.2
"""Break-glass: one child, one reason, one hour, only looking; a second person for a secret address; reviewed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access.test_rijbeveiliging import seen
from tests.mensen import actor_of, functie_van, medewerker, organisatie
from tests.rollen import as_application
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access import koppelingen, zicht
from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade, Functie, Logregel, Medewerker, Noodtoegang
from vangnet.access.slot import asking
from vangnet.casework.models import Casus, Gebeurtenis, Taak
from vangnet.process import break_glass, presence, show_break_glass
from vangnet.process.break_glass import (
    AlBeoordeeld,
    EigenNoodtoegang,
    HoortErAlBij,
    LooptNog,
    NogEenKind,
    NoodtoegangVoorbij,
    VraagVoorbij,
    answer_second,
    ask_address,
    finish,
    known_elsewhere,
    read_request,
    review,
    review_day,
)
from vangnet.process.find_family import find_family
from vangnet.process.finish_task import finish_task
from vangnet.process.keep_fields import save_field
from vangnet.process.search_casus import find_casus
from vangnet.process.show_board import show_board
from vangnet.process.show_break_glass import AdresBlijftDicht, look, show_address
from vangnet.process.show_casus import show_casus
from vangnet.process.show_casus_log import show_casus_log
from vangnet.process.show_my_work import show_my_work
from vangnet.process.show_unusual import show_unusual
from vangnet.process.take_melding import begin_melding, save_fields
from vangnet.process.weigeringen import GeenRecht, NietBetrokken, OngeldigeInvoer
from vangnet.process.write_note import write_note

REDEN = "Broer belt: zij is weg en heeft pillen genomen."
STRAAT = "Kwikstaartsteeg"

pytestmark = pytest.mark.django_db


@dataclass
class Toneel:
    """A casus of one service, and people of another and of the same."""

    weg: Wandeling = field(default_factory=lambda: nieuwe_casus(streek()))

    def __post_init__(self) -> None:
        self.huis = organisatie("crisisdienst", naam="Elders")
        self.mens = medewerker("crisismedewerker", self.huis, naam="Noor Peeters")
        self.ik = actor_of(self.mens)
        self.tweede = actor_of(medewerker("psychiater", self.huis, naam="Karim Tweede"))
        self.fg = actor_of(medewerker("fg", naam="Fenna Toezicht"))
        self.id, self.nu = self.weg.casus_id, self.weg.nu
        self.nummer = Casus.objects.get(id=self.id).nummer

    def straks(self, **duur: float) -> datetime:
        return self.nu + timedelta(**duur)

    def open(self, wie: Actor | None = None, op: datetime | None = None, nummer: str = "", **woorden: Any) -> UUID:
        vraag = read_request(nummer or self.nummer, woorden.pop("reden", REDEN), **woorden)
        return break_glass.break_glass(wie or self.ik, op or self.nu, vraag, "code", uuid4())

    def geheim(self) -> None:
        adres = uuid4()
        for veld, waarde in (("straat", STRAAT), ("plaats", "Wielewaaldorp"), ("geheim", "ja")):
            save_field(self.weg.streek.dienst, self.nu, self.id, f"adres.{adres}.{veld}", waarde)
        moeder = next(p for p in self.weg.dossier.mensen if p.rol == "moeder")
        save_field(self.weg.streek.dienst, self.nu, self.id, f"persoon.{moeder.id}.telefoon", "0455590417")


@pytest.fixture
def t() -> Toneel:
    return Toneel()


def faults(nee: pytest.ExceptionInfo[OngeldigeInvoer]) -> list[str]:
    return [fout[0] for fout in nee.value.details["fouten"]]


def test_one_hour_of_one_child_and_everything_of_it_is_on_record(t: Toneel) -> None:
    with pytest.raises(NietBetrokken):
        show_casus(t.ik, t.nu, t.id)
    versie = Casus.objects.get(id=t.id).versie
    nood = t.open(levensgevaar=True)
    beeld = look(t.ik, t.straks(minutes=59), nood)
    assert beeld.casus.titel == "Milan V."
    assert beeld.casus.zicht == zicht.NOOD | {"contact"}
    assert {p["naam"] for p in beeld.casus.personen} == {"Inge Verhulst"}
    assert not beeld.casus.stappen
    assert not beeld.casus.meldingen
    assert not beeld.casus.tijdlijn
    assert not beeld.casus.notities
    assert not beeld.casus.adressen
    for op in (t.straks(hours=1), t.straks(hours=9)):
        with pytest.raises(NoodtoegangVoorbij):
            look(t.ik, op, nood)
    regels = list(Logregel.objects.filter(noodtoegang_id=nood).order_by("nummer"))
    assert [(r.handeling, r.ding, r.geslaagd) for r in regels] == [
        ("openen", "noodtoegang", True), ("inzien", "casus", True),
        ("geweigerd", "noodtoegang", False), ("geweigerd", "noodtoegang", False),
    ]  # fmt: skip
    assert {r.casus_id for r in regels} == {t.id}
    assert "levensgevaar" in regels[0].toelichting
    assert "code" in regels[0].toelichting
    assert not Logregel.objects.filter(toelichting__contains="pillen").exists()

    # Those in the casus read it at once, and who leads has a task for it.
    dienst = t.weg.streek.dienst
    (regel,) = show_casus(dienst, t.straks(minutes=1), t.id).noodtoegang
    assert (regel["wie"], regel["organisatie"], regel["reden"], regel["levensgevaar"]) == (
        "Noor Peeters", "Elders", REDEN, True,
    )  # fmt: skip
    assert Casus.objects.get(id=t.id).versie == versie + 1
    (taak,) = Taak.objects.filter(casus_id=t.id, sleutel__startswith="nood.")
    assert taak.voor_id == dienst.organisatie_id
    assert str(taak.id) in str(show_my_work(dienst, t.straks(minutes=1)).taken)
    finish_task(dienst, t.straks(minutes=2), t.id, taak.id, "Gelezen.")
    assert any(k.ding == "noodtoegang" for k in show_casus_log(dienst, t.straks(minutes=2), t.id))


def test_nothing_else_opens_in_that_hour(t: Toneel) -> None:
    write_note(t.weg.streek.dienst, t.nu, t.id, inhoud="Oma belde terug.")
    nood = t.open()
    look(t.ik, t.nu, nood)
    taak = Taak.objects.get(casus_id=t.id, sleutel__startswith="nood.")
    roads: dict[str, Any] = {
        "casus": lambda a: show_casus(a, t.nu, t.id),
        "write": lambda a: write_note(a, t.nu, t.id, inhoud="Zag ik."),
        "field": lambda a: save_field(a, t.nu, t.id, "triage.toelichting", "x"),
        "task": lambda a: finish_task(a, t.nu, t.id, taak.id, "x"),
        "log": lambda a: show_casus_log(a, t.nu, t.id),
        "presence": lambda a: presence.look(a, t.nu, t.id),
    }
    for actor in (t.ik, replace(t.ik, noodtoegang_id=nood)):
        for wat, doe in roads.items():
            with pytest.raises(NietBetrokken):
                doe(actor)
            assert wat
        assert find_casus(actor, t.nu, t.nummer) is None
        assert not show_board(actor, t.nu).strips
        assert not show_my_work(actor, t.nu).gezinnen
    assert not Taak.objects.get(id=taak.id).klaar_op


def test_the_second_lock_opens_for_that_question_only_and_never_to_change(
    t: Toneel, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_note(t.weg.streek.dienst, t.nu, t.id, inhoud="Oma belde terug.")
    t.geheim()
    nood = t.open()
    onder = replace(t.ik, noodtoegang_id=nood)
    dicht = {
        "casework_notitie", "casework_gebeurtenis", "casework_versie", "casework_adres", "casework_toestemming",
        "casework_aanbod", "casework_taak", "casework_genodigde", "casework_aanwezigheid", "access_logregel", "access_blokkade",
    }  # fmt: skip
    alles = seen(t.id)
    with asking(onder, t.nu):
        gezien = seen(t.id)
        assert {tafel for tafel, n in gezien.items() if n} >= {"casework_casus", "casework_jeugdige", "casework_feit"}
        assert {tafel: gezien[tafel] for tafel in dicht} == dict.fromkeys(dicht, 0)
        assert all(gezien[tafel] in (0, alles[tafel]) for tafel in gezien)
        with connection.cursor() as cursor:
            for tafel, kolom in (
                ("casework_jeugdige", "casus_id"),
                ("casework_casus", "id"),
                ("clocks_klok", "casus_id"),
            ):
                cursor.execute(f"update {tafel} set {kolom} = {kolom} where {kolom} = %s", [t.id])
                assert cursor.rowcount == 0
                with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                    connection.cursor().execute(f"delete from {tafel} where {kolom} = %s", [t.id])
                cursor.execute(f"select from {tafel} where {kolom} = %s for update", [t.id])
                assert cursor.rowcount == 0
    shut: list[tuple[Actor, datetime]] = [
        (t.ik, t.nu),  # the same person, in a question that does not name it
        (replace(t.tweede, noodtoegang_id=nood), t.nu),
        (replace(onder, organisatie_id=t.weg.streek.actoren["gi"].organisatie_id), t.nu),
        (onder, t.straks(hours=1)),
        (replace(onder, noodtoegang_id=uuid4()), t.nu),
    ]
    for actor, op in shut:
        with asking(actor, op):
            assert sum(n for tafel, n in seen(t.id).items() if tafel != "access_noodtoegang") == 0
    # With the first lock taken away the database still ends the hour.
    monkeypatch.setattr(
        show_break_glass, "under", lambda a, op, n: (replace(a, noodtoegang_id=n), Noodtoegang.objects.get(id=n))
    )
    assert look(t.ik, t.nu, nood).casus.titel == "Milan V."
    for actor, op in ((t.ik, t.straks(hours=1)), (t.tweede, t.nu)):
        with pytest.raises(NoodtoegangVoorbij):
            look(actor, op, nood)
    monkeypatch.setattr(show_break_glass, "VRIJ", ("",))
    assert show_address(t.ik, t.nu, nood) == [], "the table stays shut until somebody released it"


def test_the_application_itself_writes_nothing_and_nobody_takes_it_away(t: Toneel) -> None:
    nood = t.open()
    for sql in (
        "insert into access_noodtoegang select * from access_noodtoegang", "delete from access_noodtoegang",
        "update access_noodtoegang set tot = tot + interval '1 hour'", "truncate access_noodtoegang",
    ):  # fmt: skip
        with as_application(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)
    for sql in (
        "delete from access_noodtoegang", "truncate access_noodtoegang",
        "update access_noodtoegang set tot = tot + interval '1 hour'", "update access_noodtoegang set reden = 'x'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)
    assert Noodtoegang.objects.get(id=nood).reden == REDEN


def test_done_is_done_and_one_child_at_a_time(t: Toneel) -> None:
    ander = nieuwe_casus(t.weg.streek)
    nummer = Casus.objects.get(id=ander.casus_id).nummer
    nood = t.open()
    assert t.open() == nood, "the same child is the same hour"
    with pytest.raises(NogEenKind):
        t.open(nummer=nummer)
    with pytest.raises(NietBetrokken):
        finish(t.tweede, t.nu, nood)
    finish(t.ik, t.straks(minutes=5), nood)
    finish(t.ik, t.straks(minutes=6), nood)
    assert Noodtoegang.objects.get(id=nood).beeindigd_op == t.straks(minutes=5)
    with pytest.raises(NoodtoegangVoorbij):
        look(t.ik, t.straks(minutes=7), nood)
    tweede = t.open(op=t.straks(minutes=8), nummer=nummer)
    assert look(t.ik, t.straks(minutes=9), tweede).casus.id == ander.casus_id
    with pytest.raises(NoodtoegangVoorbij):
        look(t.ik, t.straks(minutes=9), nood)
    assert (
        Gebeurtenis.objects.filter(soort="noodtoegang").count()
        == Taak.objects.filter(sleutel__startswith="nood.").count()
        == 2
    )


def test_what_ends_it(t: Toneel) -> None:
    nood = t.open()
    Blokkade.objects.create(casus_id=t.id, medewerker_id=t.mens.pk, van=t.nu, reden="buurvrouw")
    for doe in (look, show_address):
        with pytest.raises(NoodtoegangVoorbij):
            doe(t.ik, t.nu, nood)
    with asking(replace(t.ik, noodtoegang_id=nood), t.nu):
        assert seen(t.id)["casework_casus"] == 0
    with pytest.raises(NogEenKind):
        t.open(nummer=Casus.objects.get(id=nieuwe_casus(t.weg.streek).casus_id).nummer)
    assert break_glass.running(t.ik, t.nu) is not None, "he can still say that he is done"
    Blokkade.objects.all().delete()
    with pytest.raises(NoodtoegangVoorbij):
        look(replace(t.ik, rol="coordinator"), t.nu, nood)
    for einde in (
        lambda: Functie.objects.filter(medewerker=t.mens).update(tot=t.straks(minutes=1)),
        lambda: Medewerker.objects.filter(pk=t.mens.pk).update(is_active=False),
    ):
        with transaction.atomic():
            einde()
            with asking(replace(t.ik, noodtoegang_id=nood), t.straks(minutes=2)):
                assert seen(t.id)["casework_casus"] == 0
            transaction.set_rollback(True)
    with asking(replace(t.ik, noodtoegang_id=nood), t.straks(minutes=2)):
        assert seen(t.id)["casework_casus"] == 1


def test_who_may_not(t: Toneel) -> None:
    rollen = ("planner", "beheerder", "fg", "beleidsmedewerker", "tafellid", "jeugdbeschermer", "toegangsmedewerker",
              "medewerker_veilig_thuis", "gedragswetenschapper", "psychiater")  # fmt: skip
    for rol in rollen:
        with pytest.raises(GeenRecht):
            t.open(actor_of(medewerker(rol)))
    sleutel = koppelingen.create(None, t.nu, t.huis.pk, "Telefoon", ["bellen.inzien"], t.straks(days=9))
    with pytest.raises(GeenRecht):
        t.open(replace(t.ik, koppeling_id=sleutel.id))
    assert not any(scope.startswith("noodtoegang") for scope in koppelingen.SCOPES)
    with pytest.raises(HoortErAlBij) as al:
        t.open(t.weg.streek.dienst)
    assert al.value.details["casus"] == str(t.id)
    assert not Noodtoegang.objects.exists()


def test_no_number_tells_whether_it_exists(t: Toneel) -> None:
    weg = nieuwe_casus(streek("lekstroom"))
    elders = Casus.objects.get(id=weg.casus_id).nummer
    Blokkade.objects.create(casus_id=t.id, medewerker_id=t.mens.pk, van=t.nu, reden="buurvrouw")
    zinnen = set()
    for nummer in (t.nummer, elders, "2024-99999"):
        with pytest.raises(OngeldigeInvoer) as nee:
            t.open(nummer=nummer)
        (fout,) = nee.value.details["fouten"]
        zinnen.add((fout[0], fout[1].replace(nummer, "N"), fout[2]))
    assert len(zinnen) == 1
    assert "bel dan iemand met dienst" in zinnen.pop()[2]
    assert Logregel.objects.filter(ding="noodtoegang", geslaagd=False, casus_id=None).count() == 3


def test_while_an_hour_runs_a_number_that_exists_answers_like_one_that_does_not(t: Toneel) -> None:
    bestaat = Casus.objects.get(id=nieuwe_casus(t.weg.streek).casus_id).nummer
    elders = Casus.objects.get(id=nieuwe_casus(streek("lekstroom")).casus_id).nummer
    nood = t.open()
    for nummer in (bestaat, elders, "2024-99999"):
        with pytest.raises(NogEenKind) as nee:
            t.open(nummer=nummer)
        assert not nee.value.details
    geweigerd = Logregel.objects.filter(ding="noodtoegang", handeling="openen", geslaagd=False)
    assert set(geweigerd.values_list("toelichting", "casus_id")) == {("nog_een", None)}
    finish(t.ik, t.nu, nood)
    with pytest.raises(OngeldigeInvoer):
        t.open(nummer="2024-99999")


def test_bad_input_names_its_field() -> None:
    for nummer, reden, velden in (
        ("", REDEN, ["casus"]), ("12", REDEN, ["casus"]), ("2024-00001", "", ["reden"]), ("2024-00001", "nood", ["reden"]),
        ("2024-00001", "aaaaaaaaaaaaaaaaaaaaaa", ["reden"]), ("2024-00001", "x y " * 200, ["reden"]),
        ("x", ".", ["casus", "reden"]),
    ):  # fmt: skip
        with pytest.raises(OngeldigeInvoer) as nee:
            read_request(nummer, reden)
        assert faults(nee) == velden


def test_a_secret_address_needs_a_second_person(t: Toneel) -> None:
    t.geheim()
    nood = t.open()
    beeld = look(t.ik, t.nu, nood)
    assert beeld.casus.geheim
    assert STRAAT not in str(beeld)
    assert "0455590417" not in str(beeld), "a number may say where the child is"
    with pytest.raises(AdresBlijftDicht):
        show_address(t.ik, t.nu, nood)
    for reden in ("", "nu"):
        with pytest.raises(OngeldigeInvoer) as nee:
            ask_address(t.ik, t.nu, nood, reden, levensgevaar=False)
        assert faults(nee) == ["adres_reden"]
    assert ask_address(t.ik, t.nu, nood, "Ik moet er nu naartoe met de politie.", levensgevaar=False) == "gevraagd"
    with pytest.raises(AdresBlijftDicht):
        show_address(t.ik, t.nu, nood)
    (vraag,) = show_break_glass.second_questions(t.tweede, t.nu)
    assert (vraag.naam, vraag.organisatie) == ("Noor Peeters", "Elders")
    assert not {"Milan", "Verhulst", t.nummer, str(t.id), "pillen"} & set(str(vraag).replace("'", " ").split())
    assert not show_break_glass.second_questions(t.ik, t.nu), "not himself"
    with pytest.raises(VraagVoorbij):
        answer_second(t.ik, t.nu, nood, True, "code")
    with pytest.raises(GeenRecht):
        answer_second(actor_of(medewerker("planner")), t.nu, nood, True, "code")
    Blokkade.objects.create(casus_id=t.id, medewerker_id=t.tweede.medewerker_id, van=t.nu, reden="buurvrouw")
    assert not show_break_glass.second_questions(t.tweede, t.nu)
    with pytest.raises(VraagVoorbij):
        answer_second(t.tweede, t.nu, nood, True, "code")
    Blokkade.objects.all().delete()
    answer_second(t.tweede, t.straks(minutes=2), nood, True, "code")
    with pytest.raises(VraagVoorbij):
        answer_second(t.tweede, t.straks(minutes=2), nood, False, "code")
    assert any(a["straat"] == STRAAT for a in show_address(t.ik, t.straks(minutes=3), nood))
    assert "0455590417" in str(look(t.ik, t.straks(minutes=3), nood))
    with pytest.raises(NoodtoegangVoorbij):
        show_address(t.ik, t.straks(hours=1), nood)
    een, _ = show_break_glass.show_review(t.fg, t.straks(hours=2), nood)
    assert (een.adres, een.tweede, een.zonder_tweede) == ("ja", "Karim Tweede", False)
    assert Logregel.objects.get(handeling="bevestigen").medewerker_id == t.tweede.medewerker_id


def test_no_is_no_unless_a_life_is_at_risk(t: Toneel) -> None:
    t.geheim()
    nood = t.open()
    ask_address(t.ik, t.nu, nood, "Ik moet er nu naartoe met de politie.", levensgevaar=False)
    answer_second(t.tweede, t.nu, nood, False, "code")
    assert ask_address(t.ik, t.nu, nood, "Ik moet er echt naartoe nu.", levensgevaar=False) == "nee"
    with pytest.raises(AdresBlijftDicht):
        show_address(t.ik, t.nu, nood)
    assert ask_address(t.ik, t.nu, nood, "", levensgevaar=True) == "levensgevaar"
    assert any(a["straat"] == STRAAT for a in show_address(t.ik, t.nu, nood))
    een, _ = show_break_glass.show_review(t.fg, t.straks(hours=2), nood)
    assert (een.zonder_tweede, een.levensgevaar, een.tweede) == (True, True, "Karim Tweede")
    with pytest.raises(DatabaseError), transaction.atomic():
        Noodtoegang.objects.filter(id=nood).update(levensgevaar=False)


def test_an_address_that_is_not_secret_is_one_click(t: Toneel) -> None:
    adres = uuid4()
    save_field(t.weg.streek.dienst, t.nu, t.id, f"adres.{adres}.straat", "Dorpsstraat")
    nood = t.open()
    assert "Dorpsstraat" not in str(look(t.ik, t.nu, nood))
    assert ask_address(t.ik, t.nu, nood, "", levensgevaar=False) == "open"
    assert [a["straat"] for a in show_address(t.ik, t.nu, nood)] == ["Dorpsstraat"]
    assert (
        Logregel.objects.filter(noodtoegang_id=nood, ding="adres", toelichting="adres getoond, noodtoegang").count()
        == 1
    )


def test_the_review(t: Toneel, monkeypatch: pytest.MonkeyPatch) -> None:
    t.geheim()
    rustig, gevaar = t.open(), actor_of(medewerker("coordinator", t.huis, naam="Cora Coordinator"))
    erg = t.open(gevaar, levensgevaar=True)
    ask_address(gevaar, t.nu, erg, "", levensgevaar=False)
    look(t.ik, t.nu, rustig)
    with pytest.raises(LooptNog):
        review(t.fg, t.nu, rustig, "terecht", "")
    straks = t.straks(hours=2)
    for reden, oordeel, velden in (
        ("", "onterecht", ["toelichting"]),
        ("", "goed", ["oordeel"]),
        ("", "", ["oordeel"]),
    ):
        with pytest.raises(OngeldigeInvoer) as nee:
            review(t.fg, straks, rustig, oordeel, reden)
        assert faults(nee) == velden
    lijst = show_break_glass.show_reviews(t.fg, straks)
    assert [b.id for b in lijst] == [erg, rustig], "a secret address without a second person on top"
    assert lijst[1].nummer == t.nummer
    assert (lijst[1].blikken, lijst[1].laat, lijst[0].adres) == (1, False, "levensgevaar")
    assert show_break_glass.count_reviews(t.fg, straks) == (2, 0)
    assert show_break_glass.count_reviews(t.fg, t.straks(days=5)) == (2, 2)
    een, blikken = show_break_glass.show_review(t.fg, straks, rustig)
    assert een.reden == REDEN
    assert [(b.handeling, b.ding) for b in blikken] == [("openen", "noodtoegang"), ("inzien", "casus")]
    review(t.fg, straks, rustig, "navraag", "Ik bel Noor.")
    assert show_break_glass.count_reviews(t.fg, t.straks(days=5)) == (1, 1)
    review(t.fg, straks, rustig, "terecht", "Het kon niet wachten.")
    with pytest.raises(AlBeoordeeld):
        review(t.fg, straks, rustig, "onterecht", "Toch niet.")
    for wie in (t.ik, t.tweede, actor_of(medewerker("beheerder"))):
        with pytest.raises(GeenRecht):
            review(wie, straks, erg, "terecht", "")
    elders = actor_of(medewerker("fg", organisatie("regio", regio="lekstroom")))
    assert not show_break_glass.show_reviews(elders, straks)
    with pytest.raises(NietBetrokken):
        review(elders, straks, erg, "terecht", "")
    zelf = Medewerker.objects.get(pk=t.mens.pk)
    eigen_fg = Functie.objects.create(
        medewerker=zelf, organisatie=functie_van(Medewerker.objects.get(pk=t.fg.medewerker_id)).organisatie, rol="fg",
        van=t.nu - timedelta(days=9),
    )  # fmt: skip
    nog = t.open(op=t.straks(hours=3))
    with pytest.raises(EigenNoodtoegang):
        review(actor_of(zelf, eigen_fg), t.straks(hours=5), nog, "terecht", "")
    with asking(t.fg, straks):
        assert seen(t.id)["casework_casus"] == 0, "the reviewer sees no file"
    gevallen = {een.regel: een for een in show_unusual(t.fg, straks).regels}["noodtoegang"]
    assert {g.wie for g in gevallen.gevallen} == {"Noor Peeters", "Cora Coordinator"}
    klaar = t.open(actor_of(medewerker("coordinator", t.huis)), t.straks(hours=4))
    Noodtoegang.objects.filter(id=klaar).update(oordeel="terecht")
    monkeypatch.setattr(show_break_glass, "REGELS", 2)
    rest = show_break_glass.show_reviews(t.fg, t.straks(hours=6))
    assert {b.id for b in rest} == {erg, nog}, "what still waits is never cut off"


def test_often_is_not_refused_but_stands_out(t: Toneel) -> None:
    for n in range(5):
        finish(t.ik, t.straks(hours=n, minutes=10), t.open(op=t.straks(hours=n)))
    lijst = sorted(show_break_glass.show_reviews(t.fg, t.straks(hours=9)), key=lambda b: b.van)
    assert [b.keer for b in lijst] == [1, 2, 3, 4, 5]
    assert [b.vaak for b in lijst] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("moment", "dag"),
    [
        ("2024-05-14T03:00", date(2024, 5, 14)),  # before the office opens: that day
        ("2024-05-14T11:00", date(2024, 5, 15)),
        ("2024-05-17T23:00", date(2024, 5, 21)),  # Friday before Pentecost
        ("2024-05-19T03:00", date(2024, 5, 21)),
    ],
)
def test_the_review_is_due_on_the_next_working_day(moment: str, dag: date) -> None:
    assert review_day("zuid-limburg", datetime.fromisoformat(f"{moment}:00+02:00")) == dag
    assert review_day("nergens", datetime.fromisoformat("2024-05-18T03:00:00+02:00")) == date(2024, 5, 20)


def test_from_a_call_whose_family_is_known_elsewhere(t: Toneel) -> None:
    dienst = t.weg.streek.dienst
    save_field(dienst, t.nu, t.id, f"jeugdige.{t.weg.kind_id}.bsn", "999990019")
    melding, kind = uuid4(), uuid4()
    begin_melding(t.ik, t.nu, melding, {f"jeugdige.{kind}.voornaam": "Milan"})
    with pytest.raises(OngeldigeInvoer) as nee:
        break_glass.break_glass(
            t.ik, t.nu, read_request("", REDEN, melding_id=melding, bij=dienst.organisatie), "code", uuid4()
        )
    assert faults(nee) == ["casus"], "a first name alone opens nothing"
    save_fields(t.ik, t.nu, melding, {f"jeugdige.{kind}.bsn": "999990019"})
    (bekend,) = find_family(t.ik, t.nu, {"bsn": "999990019"}, melding)
    assert known_elsewhere(t.ik, t.nu, melding) == [bekend.bel]
    with pytest.raises(NietBetrokken):
        known_elsewhere(dienst, t.nu, melding)
    nood = break_glass.break_glass(
        t.ik, t.nu, read_request("", REDEN, melding_id=melding, bij=bekend.bel), "code", uuid4()
    )
    assert look(t.ik, t.nu, nood).casus.id == t.id
    finish(t.ik, t.nu, nood)
    # Two casussen that fit as well: a wrong child might open, so none does.
    tweede = nieuwe_casus(t.weg.streek)
    save_field(dienst, t.nu, tweede.casus_id, f"jeugdige.{tweede.kind_id}.bsn", "999990019")
    with pytest.raises(OngeldigeInvoer):
        break_glass.break_glass(
            t.ik, t.straks(minutes=1), read_request("", REDEN, melding_id=melding, bij=bekend.bel), "code", uuid4()
        )
    Blokkade.objects.create(casus_id=t.id, medewerker_id=t.mens.pk, van=t.nu, reden="buurvrouw")
    Blokkade.objects.create(casus_id=tweede.casus_id, medewerker_id=t.mens.pk, van=t.nu, reden="buurvrouw")
    assert known_elsewhere(t.ik, t.nu, melding) == []


@pytest.mark.django_db(transaction=True)
def test_two_children_at_once_is_one() -> None:
    t = Toneel()
    nummers = [t.nummer, Casus.objects.get(id=nieuwe_casus(t.weg.streek).casus_id).nummer, t.nummer]
    start = Barrier(len(nummers))

    def go(nummer: str) -> Any:
        try:
            start.wait(5)
            return t.open(nummer=nummer)
        except NogEenKind as nee:
            return nee.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(nummers)) as pool:
        uit = list(pool.map(go, nummers))
    assert Noodtoegang.objects.count() == Gebeurtenis.objects.filter(soort="noodtoegang").count() == 1
    assert set(uit) <= {Noodtoegang.objects.get().id, "NogEenKind"}
