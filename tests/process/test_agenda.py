# SPDX-License-Identifier: EUPL-1.2
"""What stands in somebody's calendar, and what never does."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.process.test_show_board import NACHT, melding
from tests.rollen import at_most
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid
from vangnet.capacity.models import Dienst
from vangnet.casework.models import Casus, Genodigde, Rto, Taak
from vangnet.clocks.models import Klok
from vangnet.process.show_agenda import show_agenda
from vangnet.process.take_in_hand import take_in_hand
from vangnet.process.werk import working_on

pytestmark = pytest.mark.django_db
UUR = timedelta(hours=1)


@pytest.fixture
def wie() -> tuple[Actor, Actor, Actor]:
    """Two of one service, and its coordinator."""
    huis = organisatie("crisisdienst")
    een, ander = (
        actor_of(medewerker("crisismedewerker", huis, naam=naam)) for naam in ("Iris Custers", "Bram Hermans")
    )
    return een, ander, actor_of(medewerker("coordinator", huis))


def clock(casus: UUID, naam: str, uur: float, eigenaar: str = "crisisdienst", **words: object) -> UUID:
    Klok.objects.filter(casus_id=casus, sleutel=naam).delete()
    return Klok.objects.create(
        casus_id=casus,
        sleutel=naam,
        wat="x",
        begonnen_op=NACHT,
        uiterlijk=NACHT + uur * UUR,
        eigenaar=eigenaar,
        **words,
    ).id


def only(*ids: UUID) -> None:
    """The clocks of the agreements are not what is looked at here."""
    Klok.objects.exclude(id__in=ids).delete()
    Klok.objects.filter(id__in=ids).update(geeindigd_op=None, uitkomst="")


def of(actor: Actor, soort: str = "") -> list[UUID]:
    return [p.id for p in show_agenda(actor, NACHT) if not soort or p.soort == soort]


def test_clocks_go_to_who_has_the_casus_in_hand(wie: tuple[Actor, Actor, Actor]) -> None:
    ik, ander, baas = wie
    casus = melding(ik)
    only()
    hard, zacht = clock(casus, "inzet.proef", 3), clock(casus, "huisbezoek.proef", 4, strekking="streefnorm")
    clock(casus, "vervolg.proef", 5, "gi")
    clock(casus, "triage.proef", 6, geeindigd_op=NACHT, uitkomst="gehaald")
    regie = clock(casus, "rto.proef", 7, "procesregisseur", hele_dag=True)
    assert of(ik) == [hard, zacht, regie] and of(ik, "streefnorm") == [zacht]
    assert not of(ander) and not of(baas), "somebody has it in hand"
    dag = next(p for p in show_agenda(ik, NACHT) if p.id == regie)
    assert str(dag.dag) == "2024-05-17"
    take_in_hand(ander, NACHT, casus)
    only(hard, zacht, regie)
    assert of(ander) == [hard, zacht, regie] and not of(ik)
    Betrokkenheid.objects.filter(casus_id=casus).update(medewerker=None)
    assert of(baas) == [hard, zacht, regie] and not of(ik) and not of(ander), (
        "nobody has it: who leads the shift answers"
    )
    assert {(p.versie, p.gewijzigd_op) for p in show_agenda(baas, NACHT)} == set(
        Casus.objects.values_list("versie", "gewijzigd_op")
    )
    with at_most(8):
        show_agenda(baas, NACHT)
    Casus.objects.filter(id=casus).update(oefening=True)
    assert not of(baas), "practice never notifies"
    vreemd = actor_of(medewerker("coordinator", organisatie("crisisdienst")))
    Casus.objects.filter(id=casus).update(oefening=False)
    assert of(baas) and not of(vreemd)


def test_meetings_tasks_and_duties(wie: tuple[Actor, Actor, Actor]) -> None:
    ik, ander, _ = wie
    casus = melding(ik)
    rto = Rto.objects.create(casus_id=casus, gepland_op=NACHT + 40 * UUR, waar="Zaal 3")
    gi = organisatie("gi")
    jb, collega = (actor_of(medewerker("jeugdbeschermer", gi, naam=naam)) for naam in ("Joke Bos", "Karel Bos"))
    with working_on(ik, casus, "aanbod.doen", NACHT) as werk:
        werk.involve(gi.pk, "rto", medewerker_id=collega.medewerker_id)
        taak = werk.task("Bel school", ik.organisatie_id)
        werk.task("Geen moment", ik.organisatie_id)
    assert taak is not None
    only()
    Taak.objects.filter(id=taak.id).update(uiterlijk=NACHT + 2 * UUR)
    gast = Genodigde.objects.create(rto=rto, casus_id=casus, organisatie=gi, naam="GI")
    van, tot = NACHT + 8 * UUR, NACHT + 16 * UUR
    rooster = [
        Dienst.objects.create(organisatie_id=bij, medewerker_id=wie_, taak="voorwacht", van=van, tot=tot).id
        for bij, wie_ in ((ik.organisatie_id, ik.medewerker_id), (ik.organisatie_id, ander.medewerker_id))
    ]
    assert of(ik) == [taak.id, rooster[0], rto.id], "by moment; who leads attends"
    assert of(ander) == [rooster[1]]
    assert of(collega) == [rto.id] and not of(jb)
    Genodigde.objects.filter(id=gast.id).update(naam="Joke Bos")
    assert of(jb) == [rto.id], "who was invited by name attends, whoever has the casus in hand"
    Genodigde.objects.filter(id=gast.id).update(komt="nee")
    assert not of(jb) and not of(collega)
    Taak.objects.filter(id=taak.id).update(wie=ander.medewerker_id)
    Rto.objects.filter(id=rto.id).update(vervallen_op=NACHT)
    assert of(ik) == [rooster[0]] and of(ander, "taak") == [taak.id], "what does not go on disappears"
