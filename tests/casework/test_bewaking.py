# SPDX-License-Identifier: EUPL-1.2
"""What the database itself refuses, asked with bare SQL as the role of the application; and that no order of acts, however
odd, leaves an open casus without exactly one organisation in the lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wegen import Wandeling, nieuwe_casus, streek
from vangnet.access.models import Betrokkenheid, Deel
from vangnet.access.slot import asking
from vangnet.access.weigering import Weigering
from vangnet.casework.models import Casus, Gebeurtenis, Versie
from vangnet.conf.identifiers import new_id
from vangnet.process.arrange_vervolghulp import determine_vervolg
from vangnet.process.close_casus import close_casus, reopen_casus
from vangnet.process.correct_casus import split, take_child_off
from vangnet.process.dispatch_inschatting import arrive, decide_crisis, depart
from vangnet.process.hand_over_procesregie import (
    answer_offer,
    expire_offers,
    offer_regie,
    pass_regie_now,
    withdraw_offer,
)
from vangnet.process.plan_rto import Rtoverslag, cancel_rto, hold_rto, plan_rto
from vangnet.process.start_crisiszorg import begin_inzet, choose_inzet, end_inzet, inform_parents, move_inzet

pytestmark = pytest.mark.django_db


@pytest.fixture
def weg() -> Wandeling:
    """A casus in Zuid-Limburg, after its triage."""
    return nieuwe_casus(streek())


def refused(sql: str, *waarden: Any, naam: str = "") -> None:
    """Run bare SQL to its commit and expect the database to say no (by the constraint of this name)."""
    with pytest.raises(IntegrityError) as nee, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        cursor.execute("set constraints all immediate")
    if naam:
        assert getattr(nee.value.__cause__.diag, "constraint_name", "") == naam, nee.value  # type: ignore[union-attr]  # psycopg has one
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")


NIEUW = "insert into access_betrokkenheid (id, casus_id, organisatie_id, deel, van, tot) values (%s, %s, %s, 'regie', %s, %s)"


def test_no_second_lead(weg: Wandeling) -> None:
    ander = weg.streek.actoren["toegang"].organisatie_id
    refused(NIEUW, new_id(), weg.casus_id, ander, weg.nu, None, naam="een_regie_tegelijk")
    refused(NIEUW, new_id(), weg.casus_id, ander, weg.nu, weg.nu + timedelta(hours=1), naam="een_regie_tegelijk")


def test_no_minute_without_a_lead(weg: Wandeling) -> None:
    sql = "update access_betrokkenheid set tot = %s where casus_id = %s and deel = 'regie' and tot is null"
    refused(sql, weg.nu, weg.casus_id, naam="precies_een_regie")


def test_a_casus_does_not_begin_without_a_lead(weg: Wandeling) -> None:
    refused(
        "insert into casework_casus (id, regio, nummer, begonnen_op, versie_afspraken, gemeente, oefening, geheim,"
        " inzet_voor_besluit, uitkomst, beeld, gewijzigd_op, versie)"
        " values (%s, 'zuid-limburg', 'X-1', %s, '2024-01-01', '', false, false, false, '', '{}', %s, 1)",
        new_id(), weg.nu, weg.nu, naam="precies_een_regie",
    )  # fmt: skip


def test_a_casus_does_not_close_with_a_lead(weg: Wandeling) -> None:
    sql = "update casework_casus set gesloten_op = %s, uitkomst = 'afgesloten' where id = %s"
    refused(sql, weg.nu, weg.casus_id, naam="geen_regie_na_sluiten")


def test_nobody_takes_part_in_a_casus_that_does_not_exist(weg: Wandeling) -> None:
    refused(NIEUW, new_id(), uuid4(), weg.streek.dienst.organisatie_id, weg.nu, None)


INZET = (
    "insert into casework_inzet (id, casus_id, jeugdige_id, vorm, aanbieder_naam, plaats, gesproken_met, besloten_op, van,"
    " tot, reden_einde, overwogen) values (%s, %s, %s, %s, '', '', '', %s, %s, %s, '', '{}')"
)


def test_no_help_before_the_decision(weg: Wandeling) -> None:
    refused(
        INZET, new_id(), weg.casus_id, weg.kind_id, "residentieel", weg.nu, None, None, naam="inzet_na_besluit"
    )  # fmt: skip
    decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Niet veilig.")
    eerder = weg.nu - timedelta(minutes=1)
    refused(INZET, new_id(), weg.casus_id, weg.kind_id, "residentieel", eerder, eerder, None, naam="inzet_na_besluit")


def test_no_child_in_two_beds(weg: Wandeling) -> None:
    decide_crisis(weg.streek.dienst, weg.nu, weg.casus_id, True, "Niet veilig.")
    morgen = weg.nu + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(INZET, [new_id(), weg.casus_id, weg.kind_id, "residentieel", weg.nu, weg.nu, morgen])
    for vorm, van in (("crisispleegzorg", weg.nu), ("noodbed", morgen - timedelta(seconds=1))):
        refused(INZET, new_id(), weg.casus_id, weg.kind_id, vorm, weg.nu, van, None, naam="een_bed_tegelijk")
    with connection.cursor() as cursor:  # Help at home beside it is fine, and so is the next bed.
        cursor.execute(INZET, [new_id(), weg.casus_id, weg.kind_id, "families_first", weg.nu, weg.nu, None])
        cursor.execute(INZET, [new_id(), weg.casus_id, weg.kind_id, "crisispleegzorg", weg.nu, morgen, None])


@pytest.mark.parametrize("tabel", ["casework_gebeurtenis", "casework_feit", "casework_versie"])
@pytest.mark.parametrize("sql", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_what_happened_is_never_rewritten(weg: Wandeling, tabel: str, sql: str) -> None:
    depart(weg.streek.dienst, weg.nu, weg.casus_id, "Sanne")
    with (
        pytest.raises((IntegrityError, Exception)) as nee,
        asking(weg.streek.dienst, weg.nu, work=True),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(tabel))
    assert "alleen om bij te schrijven" in str(nee.value) or "permission denied" in str(nee.value)


def test_every_version_of_a_row_is_kept(weg: Wandeling) -> None:
    with asking(weg.streek.dienst, weg.nu), connection.cursor() as cursor:
        for naam in ("Vera", "Noor"):
            cursor.execute("update casework_jeugdige set voornaam = %s where id = %s", [naam, weg.kind_id])
    versies = Versie.objects.filter(rij_id=weg.kind_id).order_by("id")
    assert [v.was["voornaam"] for v in versies][-2:] == ["Milan", "Vera"]
    assert versies.last().door_id == weg.streek.dienst.medewerker_id  # type: ignore[union-attr]  # two were just kept


def test_two_open_offers_of_the_lead_are_one_too_many(weg: Wandeling) -> None:
    offer_regie(weg.streek.dienst, weg.nu, weg.casus_id, weg.streek.actoren["toegang"].organisatie_id, "Nu al graag.")
    refused(
        "insert into casework_aanbod (id, casus_id, soort, van_organisatie_id, aan_organisatie_id, gedaan_op,"
        " gedaan_door_id, tekst, regels, zichtbaar_vanaf, antwoord, wijze, beantwoord_door, reden)"
        " values (%s, %s, 'regie', %s, %s, %s, %s, '', '{}', %s, '', '', '', '')",
        new_id(), weg.casus_id, weg.streek.dienst.organisatie_id, weg.streek.actoren["gi"].organisatie_id, weg.nu,
        weg.streek.dienst.medewerker_id, weg.nu, naam="een_regieaanbod_open",
    )  # fmt: skip


# ---- any order of acts -----------------------------------------------------------------------------------------


def _anyone(weg: Wandeling) -> Any:
    return weg.streek.wie(weg.lead()) if not weg.dossier.casus.gesloten_op else weg.streek.dienst


def _open_offer(weg: Wandeling) -> Any:
    return next((b for b in weg.dossier.aanbiedingen if b.soort == "regie" and b.antwoord == ""), None)


def _last_inzet(weg: Wandeling) -> UUID:
    hulp = weg.dossier.inzetten
    return hulp[-1].id if hulp else uuid4()


def _to(weg: Wandeling, soort: str) -> None:
    offer_regie(
        _anyone(weg),
        weg.nu,
        weg.casus_id,
        weg.streek.actoren[soort].organisatie_id,
        "Graag.",
        weg.nu + timedelta(hours=1),
    )


def _answer(weg: Wandeling, ja: bool) -> None:
    aanbod = _open_offer(weg)
    if aanbod is not None:
        answer_offer(weg.streek.wie(aanbod.aan_organisatie_id), weg.nu, weg.casus_id, aanbod.id, ja, "Geen tijd.")


def _withdraw(weg: Wandeling) -> None:
    aanbod = _open_offer(weg)
    if aanbod is not None:
        withdraw_offer(weg.streek.wie(aanbod.van_organisatie_id), weg.nu, weg.casus_id, aanbod.id)


def _meeting(weg: Wandeling, aanwezig: bool) -> None:
    plan = plan_rto(_anyone(weg), weg.nu, weg.casus_id, weg.nu + timedelta(days=1), reden_andere_dag="Eerder kon niet.")
    weg.verder(days=1)
    hold_rto(
        _anyone(weg), weg.nu, weg.casus_id, plan,
        Rtoverslag("Naar huis.", True, None, None, "Bel oma.", (), 2, "Hulp.", weg.streek.actoren["gi"].organisatie_id,
                   "", aanwezig),
    )  # fmt: skip


DADEN: dict[str, Callable[[Wandeling], Any]] = {
    "vertrek": lambda w: depart(_anyone(w), w.nu, w.casus_id, "Sanne"),
    "aankomst": lambda w: arrive(_anyone(w), w.nu, w.casus_id),
    "crisis": lambda w: decide_crisis(w.streek.dienst, w.nu, w.casus_id, True, "Niet veilig."),
    "geen_crisis": lambda w: decide_crisis(w.streek.dienst, w.nu, w.casus_id, False, "Rustig."),
    "kies": lambda w: choose_inzet(w.streek.dienst, w.nu, w.casus_id, "residentieel", w.kind_id, reden="Moet."),
    "vertel": lambda w: inform_parents(w.streek.dienst, w.nu, w.casus_id, _last_inzet(w)),
    "begin": lambda w: begin_inzet(w.streek.dienst, w.nu, w.casus_id, _last_inzet(w), "Nu."),
    "verhuis": lambda w: move_inzet(w.streek.dienst, w.nu, w.casus_id, _last_inzet(w), "crisispleegzorg", reden="Vol."),
    "einde": lambda w: end_inzet(w.streek.dienst, w.nu, w.casus_id, _last_inzet(w)),
    "bied_toegang": lambda w: _to(w, "toegang"),
    "bied_gi": lambda w: _to(w, "gi"),
    "bied_dienst": lambda w: _to(w, "crisisdienst"),
    "ja": lambda w: _answer(w, True),
    "nee": lambda w: _answer(w, False),
    "trek_in": _withdraw,
    "verloop": lambda w: expire_offers(w.verder(hours=2)),
    "rto_erbij": lambda w: _meeting(w, True),
    "rto_afwezig": lambda w: _meeting(w, False),
    "rto_af": lambda w: cancel_rto(_anyone(w), w.nu, w.casus_id, w.dossier.rtos[-1].id, "Ziek.") if w.dossier.rtos else None,
    "geef_toegang": lambda w: pass_regie_now(
        _anyone(w), w.nu, w.casus_id, w.streek.actoren["toegang"].organisatie_id, "Zo afgesproken."
    ),
    "vervolg": lambda w: determine_vervolg(_anyone(w), w.nu, w.casus_id, 2, "Hulp thuis."),
    "sluit": lambda w: close_casus(_anyone(w), w.nu, w.casus_id, "ja", "ja", "ouders", "Klaar."),
    "heropen": lambda w: reopen_casus(w.streek.dienst, w.nu, w.casus_id, "Nog niet klaar."),
    "kind_eraf": lambda w: take_child_off(w.streek.dienst, w.nu, w.casus_id, w.kind_id, "Dubbel."),
    "splits": lambda w: split(w.streek.dienst, w.nu, w.casus_id, [w.kind_id], "Eigen casus."),
}  # fmt: skip


BEGIN = ("crisis", "kies", "vertel", "begin")
"""How far on the way the casus is before anything goes."""


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    st.integers(0, len(BEGIN)), st.lists(st.sampled_from(sorted(DADEN)), min_size=4, max_size=12)
)  # fmt: skip
def test_any_order_of_acts_leaves_exactly_one_lead(vooraf: int, daden: list[str]) -> None:
    with transaction.atomic():
        weg = nieuwe_casus(streek(), **{f"jeugdige.{uuid4()}.voornaam": "Noor"})
        for daad in [*BEGIN[:vooraf], *daden]:
            weg.verder()
            try:
                with transaction.atomic():
                    DADEN[daad](weg)
            except Weigering:
                pass
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
            open_ = Casus.objects.get(id=weg.casus_id).gesloten_op is None
            leiders = Betrokkenheid.objects.filter(casus_id=weg.casus_id, deel=Deel.REGIE, tot__isnull=True).count()
            assert leiders == (1 if open_ else 0), (daad, daden)
        every_minute_led(weg)
        assert Gebeurtenis.objects.filter(casus_id=weg.casus_id).exists()
        transaction.set_rollback(True)


def every_minute_led(weg: Wandeling) -> None:
    """The periods of the lead follow each other without a gap, from the melding on, but for when it was closed."""
    tot = weg.streek.begin
    for periode in Betrokkenheid.objects.filter(casus_id=weg.casus_id, deel=Deel.REGIE).order_by("van", "tot"):
        heropend = Gebeurtenis.objects.filter(casus_id=weg.casus_id, soort="heropend", ingevoerd_op=periode.van)
        assert periode.van == tot or heropend.exists(), (periode.van, tot)
        tot = periode.tot or tot
