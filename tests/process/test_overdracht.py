# SPDX-License-Identifier: EUPL-1.2
"""The hand-over of a shift: what stands on it, who signs it, what changes between two signatures, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_board import NACHT, melding
from tests.rollen import as_application, at_most
from vangnet.access.actor import Actor
from vangnet.access.models import Blokkade, Logregel
from vangnet.access.slot import asking
from vangnet.capacity.models import Dienst, Dienstoverdracht, Dienstoverdrachtregel
from vangnet.casework.models import Casus
from vangnet.process.dispatch_inschatting import depart
from vangnet.process.hand_over_shift import (
    NietVanJou,
    OverdrachtAlOntvangen,
    OverdrachtOnbekend,
    OverdrachtTeruggehaald,
    OverdrachtWachtAl,
    VeranderdOnderHetLezen,
    ZelfGetekend,
    hand_over,
    receive,
    take_back,
    waiting,
)
from vangnet.process.show_shift import Overdrachtslijst, late_clocks, show_earlier, show_shift
from vangnet.process.weigeringen import GeenRecht, OngeldigeInvoer
from vangnet.process.werk import working_on
from vangnet.process.write_note import write_note

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)


class Dienstploeg(NamedTuple):
    """Who goes, who comes, who only reads along, and somebody of another service."""

    gaat: Actor
    komt: Actor
    leest: Actor
    elders: Actor
    casus: UUID


@pytest.fixture
def p() -> Dienstploeg:
    huis = organisatie("crisisdienst", naam="Crisishulp Jeugd")
    organisatie("toegang", naam="Toegang Heerlen", gemeente="Heerlen")
    gaat, komt = (medewerker("crisismedewerker", huis, naam=naam) for naam in ("Iris Custers", "Bram Hermans"))
    leest = actor_of(medewerker("psychiater", huis))
    elders = actor_of(medewerker("crisismedewerker", organisatie("crisisdienst", naam="Elders")))
    for wie, van in ((gaat, -6), (komt, 1)):
        Dienst.objects.create(
            organisatie=huis, medewerker=wie, taak="voorwacht", van=NACHT + van * UUR, tot=NACHT + (van + 8) * UUR
        )
    return Dienstploeg(actor_of(gaat), actor_of(komt), leest, elders, melding(actor_of(gaat), op=NACHT - UUR))


def give(p: Dienstploeg, op: object = NACHT, zegt: str = "", **words: str) -> UUID:
    lijst = show_shift(p.gaat, NACHT, note_look=False)
    return hand_over(p.gaat, NACHT, uuid4(), lijst.gezien, {p.casus: zegt} if zegt else {}, **words)


def of(lijst: Overdrachtslijst, casus: UUID) -> list[str]:
    return [n.tekst for r in lijst.regels if r.strip.casus_id == casus for n in r.nieuw]


def set_clocks(casus: UUID, *uren: int) -> None:
    """Clocks on the strip of a casus that end so many hours from now."""
    rij = Casus.objects.get(id=casus)
    proef = rij.beeld["klokken"][0] | {
        "sleutel": "regie.proef",
        "hele_dag": False,
        "strekking": "maximaal",
        "reden": "",
    }
    rij.beeld["klokken"] = [
        proef | {"wat": f"over {uur}", "uiterlijk": (NACHT + uur * UUR).isoformat()} for uur in uren
    ]
    Casus.objects.filter(id=casus).update(beeld=rij.beeld)


def test_the_page_writes_itself(p: Dienstploeg) -> None:
    depart(p.gaat, NACHT - UUR / 2, p.casus, "Noor en Bram", terug_verwacht_op=NACHT + UUR)
    later = melding(p.gaat, "Elias", op=NACHT - timedelta(days=4), uitkomst="acute_hulp")
    oefening = melding(p.gaat, "Oefen", op=NACHT - UUR)
    Casus.objects.filter(id=oefening).update(oefening=True)
    straks = melding(p.gaat, "Noor", op=NACHT - UUR / 3)
    set_clocks(straks, -1, 2, 12, 13)
    with at_most(16):
        lijst = show_shift(p.komt, NACHT)
    assert {r.strip.casus_id for r in lijst.regels} == {p.casus, later, straks}, "practice is left out"
    assert lijst.bord.oefeningen == 1
    verteld = of(lijst, p.casus)
    assert len(verteld) == 2 and verteld[-1].startswith("Vertrokken naar het gezin: Noor en Bram.")
    assert of(lijst, later) == [], "four days ago is no news: nobody handed over, so the list goes back twelve hours"
    deur = next(r for r in lijst.regels if r.strip.casus_id == p.casus)
    assert deur.terug_verwacht_op == NACHT + UUR and deur.meer > 0
    assert [(punt.wat, punt.wie) for punt in lijst.straks] == [("over 2", str(straks)), ("over 12", str(straks))]
    laat = next(r for r in lijst.regels if r.strip.casus_id == straks)
    assert [k["wat"] for k in late_clocks(laat.strip, NACHT)] == ["over -1"]
    assert [(w.naam, w.nu) for w in lijst.bord.diensten] == [("Iris Custers", True), ("Bram Hermans", False)]
    regel = Logregel.objects.get(ding="overdracht")
    assert (regel.handeling, regel.medewerker_id, regel.toelichting) == ("inzien", p.komt.medewerker_id, "3 casussen")
    show_shift(p.komt, NACHT, note_look=False)
    assert Logregel.objects.filter(ding="overdracht").count() == 1


def test_both_sign_and_what_was_on_it_stays(p: Dienstploeg) -> None:
    wacht = give(p, zegt="Oma belt om acht uur.", opmerking="De auto staat bij de garage.")
    versie = Casus.objects.get(id=p.casus).versie
    bord = waiting(p.komt, NACHT)
    assert bord is not None and (bord.id, bord.gever, bord.wacht) == (wacht, "Iris Custers", True)
    assert waiting(p.elders, NACHT) is None
    write_note(p.gaat, NACHT + UUR / 4, p.casus, inhoud="Oma belde.")
    nieuw = melding(p.gaat, "Elias", op=NACHT + UUR / 4)
    lijst = show_shift(p.komt, NACHT + UUR / 2)
    per = {r.strip.casus_id: r for r in lijst.regels}
    assert (per[p.casus].veranderd, per[p.casus].erbij, per[p.casus].opmerking) == (
        True,
        False,
        "Oma belt om acht uur.",
    )
    assert [n.na_tekenen for n in per[p.casus].nieuw] == [False, True], (
        "what came after the signature is told, and marked"
    )
    assert (per[nieuw].veranderd, per[nieuw].erbij) == (False, True)
    assert receive(p.komt, NACHT + UUR / 2, wacht, lijst.gezien) == wacht
    assert receive(p.komt, NACHT + UUR, wacht, {}) == wacht, "a second click changes nothing"
    rij = Dienstoverdracht.objects.get()
    assert (rij.gever_id, rij.ontvanger_id) == (p.gaat.medewerker_id, p.komt.medewerker_id)
    assert (rij.getekend_op, rij.ontvangen_op) == (NACHT, NACHT + UUR / 2)
    regels = (
        Dienstoverdrachtregel.objects.filter(casus_id=p.casus)
        .order_by("kant")
        .values_list("kant", "versie", "opmerking")
    )
    assert list(regels) == [("geeft", versie, "Oma belt om acht uur."), ("neemt", versie + 1, "")]
    toen = show_earlier(p.leest, NACHT + 3 * UUR, wacht)
    assert [(r.gaf, r.nam, r.kinderen) for r in toen.regels] == [
        (versie, versie + 1, ("Milan V.",)),
        (None, Casus.objects.get(id=nieuw).versie, ("Elias V.",)),
    ]
    assert waiting(p.komt, NACHT + UUR) is None
    volgende = show_shift(p.gaat, NACHT + UUR)
    assert volgende.sinds == NACHT + UUR / 2 and of(volgende, p.casus) == [], "what was received is no news any more"
    with pytest.raises(OverdrachtOnbekend):
        show_earlier(p.elders, NACHT + UUR, wacht)


def test_nobody_signs_what_he_did_not_read(p: Dienstploeg) -> None:
    gelezen = show_shift(p.gaat, NACHT).gezien
    write_note(p.komt, NACHT, p.casus, inhoud="Oma belde.")
    with pytest.raises(VeranderdOnderHetLezen):
        hand_over(p.gaat, NACHT, uuid4(), gelezen, {})
    assert not Dienstoverdracht.objects.exists()
    wacht = give(p)
    gelezen = show_shift(p.komt, NACHT).gezien
    melding(p.gaat, "Elias")
    with pytest.raises(VeranderdOnderHetLezen):
        receive(p.komt, NACHT, wacht, gelezen)
    assert waiting(p.komt, NACHT) is not None


def test_one_at_a_time_and_two_people(p: Dienstploeg) -> None:
    gezien, kenmerk = show_shift(p.gaat, NACHT).gezien, uuid4()
    assert [hand_over(p.gaat, NACHT, kenmerk, gezien, {}) for _ in range(2)] == [kenmerk] * 2, "a double click is one"
    for wie in (p.gaat, p.komt):
        with pytest.raises(OverdrachtWachtAl):
            hand_over(wie, NACHT, uuid4(), gezien, {})
    with pytest.raises(ZelfGetekend):
        receive(p.gaat, NACHT, kenmerk, gezien)
    with pytest.raises(NietVanJou):
        take_back(p.komt, NACHT, kenmerk)
    for doe in (lambda: receive(p.elders, NACHT, kenmerk, {}), lambda: take_back(p.elders, NACHT, kenmerk)):
        with pytest.raises(OverdrachtOnbekend):
            doe()
    for doe in (
        lambda: hand_over(p.leest, NACHT, uuid4(), gezien, {}),
        lambda: receive(p.leest, NACHT, kenmerk, gezien),
    ):
        with pytest.raises(GeenRecht):
            doe()
    assert take_back(p.gaat, NACHT, kenmerk) == take_back(p.gaat, NACHT, kenmerk) == kenmerk
    with pytest.raises(OverdrachtTeruggehaald):
        receive(p.komt, NACHT, kenmerk, gezien)
    tweede = hand_over(p.gaat, NACHT, uuid4(), gezien, {})
    receive(p.komt, NACHT, tweede, gezien)
    derde = actor_of(medewerker("coordinator", Dienstoverdracht.objects.get(id=tweede).organisatie))
    with pytest.raises(OverdrachtAlOntvangen):
        receive(derde, NACHT, tweede, gezien)
    with pytest.raises(OverdrachtAlOntvangen):
        take_back(p.gaat, NACHT, tweede)
    with pytest.raises(OverdrachtOnbekend):
        hand_over(p.elders, NACHT, tweede, {}, {})
    with pytest.raises(OngeldigeInvoer) as nee:
        hand_over(p.komt, NACHT, uuid4(), gezien, {p.casus: "x" * 301}, "y" * 501)
    assert [veld for veld, _, _ in nee.value.details["fouten"]] == [f"bij.{p.casus}", "opmerking"]


def test_who_does_not_see_a_casus_is_told_that_there_is_one(p: Dienstploeg) -> None:
    Blokkade.objects.create(casus_id=p.casus, medewerker_id=p.komt.medewerker_id, van=NACHT, reden="Kent het gezin")
    ander = melding(p.gaat, "Elias")
    wacht = give(p, zegt="Oma belt om acht uur.")
    lijst = show_shift(p.komt, NACHT)
    assert ([r.strip.casus_id for r in lijst.regels], lijst.dicht, lijst.gesloten) == ([ander], 1, 0)
    with working_on(p.gaat, ander, "casus.afsluiten", NACHT) as werk:
        werk.close("afgesloten")
    lijst = show_shift(p.komt, NACHT)
    assert (lijst.regels, lijst.dicht, lijst.gesloten) == ((), 1, 1)
    receive(p.komt, NACHT, wacht, {})
    toen = show_earlier(p.komt, NACHT, wacht)
    assert ([r.casus_id for r in toen.regels], toen.onzichtbaar) == ([ander], 1)
    assert "Oma" not in str(toen)


def test_the_database_keeps_a_signature_as_it_was(p: Dienstploeg) -> None:
    wacht = give(p, zegt="Oma belt om acht uur.")
    receive(p.komt, NACHT, wacht, show_shift(p.komt, NACHT).gezien)
    for sql in (
        "update capacity_dienstoverdracht set opmerking = 'anders'",
        "update capacity_dienstoverdracht set ingetrokken_op = getekend_op",
        "update capacity_dienstoverdrachtregel set versie = 9",
        "delete from capacity_dienstoverdrachtregel",
        "delete from capacity_dienstoverdracht",
    ):
        for wie in (p.gaat, None):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                if wie is None:
                    cursor.execute(sql)
                else:
                    with asking(wie, NACHT):
                        cursor.execute(sql)
    with as_application(), connection.cursor() as cursor:
        cursor.execute("select count(*) from capacity_dienstoverdracht")
        assert cursor.fetchone() == (0,), "a shut lock shows none"
    gi = actor_of(medewerker("jeugdbeschermer", organisatie("gi")))
    with working_on(p.gaat, p.casus, "aanbod.doen", NACHT) as werk:
        werk.involve(gi.organisatie_id, "rto")
    with asking(gi, NACHT), connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from casework_casus), (select count(*) from capacity_dienstoverdrachtregel)"
        )
        assert cursor.fetchone() == (1, 0), "who takes part sees the casus, not what the service said among itself"
