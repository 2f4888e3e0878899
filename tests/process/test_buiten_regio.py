# SPDX-License-Identifier: EUPL-1.2
"""A child whose municipality lies outside the region: said outright, and never a silent guess at who leads."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.wegen import nieuwe_casus, streek
from vangnet.casework.models import Gebeurtenis
from vangnet.process.advise_dossier import advise_dossier
from vangnet.process.correct_casus import set_municipality
from vangnet.process.keep_fields import save_field
from vangnet.process.show_board import show_board
from vangnet.process.show_casus import show_casus
from vangnet.process.take_melding import begin_melding
from vangnet.process.weigeringen import OngeldigeInvoer
from vangnet.rules.buiten_regio import NIET_AFGESPROKEN, VRAAG

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("regio", ["zuid-limburg", "noord-en-midden-limburg", "lekstroom"])
def test_nobody_is_named_whom_no_agreement_names(regio: str) -> None:
    weg = nieuwe_casus(streek(regio), gemeente="", gemeente_buiten="Emmen")
    d = weg.dossier
    assert (d.casus.gemeente, d.casus.gemeente_buiten) == ("", "Emmen")
    advies, fouten = advise_dossier(d, weg.nu)
    assert advies is not None
    assert not fouten
    assert next(iter(advies.open_vragen)) == VRAAG
    assert "gemeente" not in [v.veld for v in advies.vragen]
    leidt = advies.uitspraken.get("regie.procesregisseur")
    assert leidt is None or leidt.waarde == NIET_AFGESPROKEN
    beeld = show_casus(weg.streek.dienst, weg.nu, weg.casus_id)
    assert beeld.gemeente_buiten == "Emmen"
    vraag = beeld.advies["open_vragen"][0]
    assert vraag["vraag"].startswith("Emmen ligt buiten deze regio.")
    assert not [b for b in d.aanbiedingen if b.soort == "signaal"], "nobody of the region is told it is theirs"
    assert [t.wat for t in d.taken if t.klaar_op is None] == [
        "Spreek af wie de regie krijgt: de gemeente van het kind ligt buiten deze regio"
    ]
    (strip,) = show_board(weg.streek.dienst, weg.nu).strips
    assert strip.buiten == "Emmen"


def test_the_name_that_is_of_the_region_goes_in_its_own_field() -> None:
    hier = streek()
    melding = uuid4()
    casus = begin_melding(hier.dienst, hier.begin, melding, {"melding.naam": "Bram"}).casus_id
    for pad, waarde, woord in (
        ("gemeente", "Emmen", "eigen veld"),
        ("gemeente_buiten", "Heerlen", "hoort erbij"),
        ("gemeente_buiten", "x" * 81, "80 tekens"),
    ):
        with pytest.raises(OngeldigeInvoer) as nee:
            save_field(hier.dienst, hier.begin, casus, pad, waarde)
        assert woord in nee.value.details["fouten"][0][2]
    save_field(hier.dienst, hier.begin, casus, "gemeente", "Heerlen")
    with pytest.raises(OngeldigeInvoer):
        save_field(hier.dienst, hier.begin, casus, "gemeente_buiten", "Emmen")


def test_putting_it_right_both_ways() -> None:
    weg = nieuwe_casus(streek())
    ik = weg.streek.dienst
    with pytest.raises(OngeldigeInvoer):
        set_municipality(ik, weg.nu, weg.casus_id, weg.streek.gemeente, "Beide.", buiten="Emmen")
    for _ in range(2):
        set_municipality(ik, weg.verder(), weg.casus_id, "", "Ingeschreven bij vader.", buiten="Emmen")
    d = weg.dossier
    assert (d.casus.gemeente, d.casus.gemeente_buiten) == ("", "Emmen")
    assert not [b for b in d.aanbiedingen if b.antwoord == ""], (
        "what was asked of the access of the region is withdrawn"
    )
    assert "Emmen (buiten de regio)" in Gebeurtenis.objects.get(casus_id=weg.casus_id, soort="hersteld").gegevens["wat"]
    set_municipality(ik, weg.verder(), weg.casus_id, weg.streek.gemeente, "Toch hier.")
    d = weg.dossier
    assert (d.casus.gemeente, d.casus.gemeente_buiten) == (weg.streek.gemeente, "")
    assert [t.resultaat for t in d.taken if t.sleutel == "buiten_regio"] == [
        "Het kind hoort bij een gemeente van deze regio."
    ]
    advies, _ = advise_dossier(d, weg.nu)
    assert advies is not None
    assert VRAAG not in advies.open_vragen
