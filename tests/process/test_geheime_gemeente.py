# SPDX-License-Identifier: EUPL-1.2
"""Of a secret address not even the municipality shows, also not in what follows from it: who takes over, whom to call, who
pays. Who has the address in sight still reads the municipality in its own place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.mensen import actor_of, medewerker, organisatie
from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.actor import Actor
from vangnet.access.models import Betrokkenheid, Deel, Organisatie
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_address, show_casus
from vangnet.process.show_melding import show_melding
from vangnet.process.show_my_work import show_my_work

pytestmark = pytest.mark.django_db


def secret(**velden: Any) -> Wandeling:
    """A casus on its way with a secret address in it."""
    adres = uuid4()
    weg = nieuwe_casus(streek(), **{f"adres.{adres}.straat": "Hier 1", f"adres.{adres}.geheim": "ja"} | velden)
    assert weg.dossier.casus.geheim
    return weg


def bij(weg: Wandeling, rol: str, soort: str, deel: str) -> Actor:
    """Somebody of another organisation with this part."""
    wie = actor_of(medewerker(rol, organisatie(soort, naam=f"Anders {deel}", gemeente="")))
    Betrokkenheid.objects.create(casus_id=weg.casus_id, organisatie_id=wie.organisatie_id, deel=deel, van=weg.nu)
    return wie


def everything(weg: Wandeling, wie: Actor) -> str:
    """All that somebody reads of it, without the list of all municipalities that a form chooses from."""
    beeld = show_casus(wie, weg.nu, weg.casus_id, deel="stap inzet")
    beeld = replace(beeld, advies={k: v for k, v in beeld.advies.items() if k != "kenmerken"}, advies_per_kind={})
    return repr(beeld) + repr(show_my_work(wie, weg.nu))


@pytest.mark.parametrize("buiten", [False, True])
def test_what_follows_from_the_municipality_does_not_name_it(buiten: bool) -> None:
    weg = secret(**({"gemeente": "", "gemeente_buiten": "Wielewaaldorp"} if buiten else {}))
    naam = "Wielewaaldorp" if buiten else weg.streek.gemeente
    Organisatie.objects.filter(gemeente=naam).update(naam="De toegang")
    zonder = [
        bij(weg, "jeugdbeschermer", "gi", Deel.RTO),
        bij(weg, "psychiater", "tafel", Deel.MEEDENKEN),
        bij(weg, "planner", "zorgaanbieder", Deel.HULP),
    ]
    for _ in range(9):
        te_doen = weg.acties()
        if not te_doen:
            break
        for wie in zonder:
            assert naam not in everything(weg, wie), (wie.rol, te_doen[0].sleutel)
        weg.verder()
        weg.doe(te_doen[0])
    dienst = weg.streek.dienst
    collega = actor_of(medewerker("psychiater", Organisatie.objects.get(pk=dienst.organisatie_id)))
    assert naam not in repr(show_board(collega, weg.nu))
    assert naam in (lambda b: (b.gemeente, b.gemeente_buiten))(show_casus(dienst, weg.nu, weg.casus_id))


def test_a_call_shows_who_only_thinks_along_neither_municipality_nor_place() -> None:
    weg = secret()
    kind = weg.dossier.kinderen[0]
    kind.waar_nu = "Bij tante Putter"
    kind.save()
    meedenker = bij(weg, "crisismedewerker", "crisisdienst", Deel.MEEDENKEN)
    melding = weg.dossier.melding.id
    for toon in (False, True):
        gezien = show_melding(meedenker, weg.nu, melding, toon_adres=toon)
        assert gezien.waarden["gemeente"] == gezien.waarden["waar"] == ""
    eigen = show_melding(weg.streek.dienst, weg.nu, melding, toon_adres=True)
    assert (eigen.waarden["gemeente"], eigen.waarden["waar"]) == (weg.streek.gemeente, "Bij tante Putter")
    assert "Bij tante Putter" in [a["straat"] for a in show_address(weg.streek.dienst, weg.nu, weg.casus_id)]
