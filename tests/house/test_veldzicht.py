# SPDX-License-Identifier: EUPL-1.2
"""Every column of every table, and every name in what is kept as JSON, says what shows it; one that does not, fails here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from django.apps import apps
from django.db import connection, models

from tests.house.sources import ROOT
from tests.wegen import nieuwe_casus, streek
from vangnet.access.rechten import MERKEN
from vangnet.access.veldzicht import Tabel, wegen, ziet
from vangnet.access.zicht import ALLES
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Casus, Gebeurtenis
from vangnet.casework.velden import EXTRA, ONDERDEEL
from vangnet.casework.veldzicht import BEELD, VOORSTEL
from vangnet.clocks.veldzicht import KLOKDEEL
from vangnet.process.feitsoorten import feitsoorten
from vangnet.process.show_casus_werk import part_of_field
from vangnet.process.show_fields import RIJEN, exact, field_table

VERBEN = {"lezen", "toevoegen", "wijzigen", "weghalen"}
JSON_MET_RIJ = {
    "casework_casus.beeld": "BEELD",
    "casework_feit.waarde": "per feit",
    "casework_gebeurtenis.gegevens": "per gebeurtenis",
    "casework_gebeurtenis.voorstel": "VOORSTEL, met de gebeurtenis",
    "casework_inzet.overwogen": "in zijn geheel",
    "casework_rto.doelen": "in zijn geheel",
    "casework_versie.was": "nooit",
    "clocks_klok.lezingen": "per klok",
    "casework_afschrift.inhoud": "in zijn geheel",
    "casework_grafsteen.rijen": "aantallen, in hun geheel",
    "messages_bericht.gegevens": "nooit; wat erin mag zegt messages/soorten.py",
    "access_ontvangst.antwoord": "in zijn geheel, aan wie het stuurde",
}
"""What is kept as JSON, and by which rows its content is shown."""


def columns() -> dict[str, set[str]]:
    """Every table of the database with its columns, whoever made it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_schema = current_schema()"
        )
        uit: dict[str, set[str]] = {}
        for tabel, kolom in cursor.fetchall():
            uit.setdefault(tabel, set()).add(kolom)
    return uit


def missing(er_is: Mapping[str, Iterable[str]], staat_er: Mapping[str, Tabel]) -> list[str]:
    """Per column without a row, and per row without a column, what to do."""
    kamers = {m._meta.db_table: m._meta.app_label for m in apps.get_models(include_auto_created=True)}
    mis = []
    for tabel, kolommen in er_is.items():
        waar = f"src/vangnet/{kamers.get(tabel, 'access')}/veldzicht.py"
        rijen = staat_er[tabel].velden if tabel in staat_er else {}
        for kolom in sorted(set(kolommen) - rijen.keys()):
            mis.append(
                f"{tabel}.{kolom}: zeg in {waar} met welk onderdeel dit te zien is, of NOOIT (docs/veld-erbij.md)"
            )
        mis += [
            f"{tabel}.{kolom}: deze kolom is er niet meer; haal haar rij weg" for kolom in rijen.keys() - set(kolommen)
        ]
    return mis + [f"{tabel}: deze tabel is er niet meer; haal haar rij weg" for tabel in staat_er.keys() - er_is.keys()]


@pytest.mark.django_db
def test_every_column_has_a_row() -> None:
    er_is = columns()
    assert len(er_is) > 40
    assert not (mis := missing(er_is, field_table())), "\n".join(mis)


def test_a_column_and_a_table_without_a_row_are_found() -> None:
    staat_er = {
        "casework_adres": Tabel("casus", "lezen", {"straat": "adres", "weg": "adres"}),
        "oud": Tabel("vrij", "", {}),
    }
    mis = missing({"casework_adres": ["straat", "huisnummer"], "nieuw": ["id"]}, staat_er)
    assert [m.partition(":")[0] for m in mis] == ["casework_adres.huisnummer", "casework_adres.weg", "nieuw.id", "oud"]
    assert "src/vangnet/casework/veldzicht.py" in mis[0]


def test_every_row_speaks_in_known_words() -> None:
    for naam, tabel in field_table().items():
        assert tabel.rijen in RIJEN, naam
        assert set(tabel.mag.split()) <= VERBEN, naam
        for kolom, rij in tabel.velden.items():
            assert list(wegen(rij)), f"{naam}.{kolom}"
    with pytest.raises(ValueError, match="onzin"):
        list(wegen("kern of onzin + gezin"))


def test_the_roads_to_a_column() -> None:
    assert ziet("gezin + contact", frozenset({"gezin", "contact"}))
    assert not ziet("gezin + contact", frozenset({"gezin"}))
    assert ziet("bellen.inzien of kern", frozenset({"kern"}))
    assert "bellen.inzien" in MERKEN


@pytest.mark.django_db
def test_every_table_that_carries_a_casus_says_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relrowsecurity and relnamespace = current_schema()::regnamespace"
        )
        op_slot = {naam for (naam,) in cursor.fetchall()}
    assert {naam for naam, tabel in field_table().items() if tabel.rijen != "vrij"} == op_slot


@pytest.mark.django_db
def test_every_table_that_break_glass_opens_says_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_policies where policyname = 'nood' and cmd = 'SELECT'")
        met_nood = {naam for (naam,) in cursor.fetchall()}
    assert {naam for naam, tabel in field_table().items() if tabel.rijen == "casus of nood"} == met_nood


def test_every_json_column_says_what_is_in_it() -> None:
    gevonden = {
        f"{m._meta.db_table}.{f.column}"
        for m in apps.get_models()
        for f in m._meta.concrete_fields
        if isinstance(f, models.JSONField) and m.__module__.startswith("vangnet.")
    }
    assert gevonden == JSON_MET_RIJ.keys()


@pytest.mark.django_db
def test_the_strip_and_the_proposals_hold_no_name_without_a_row() -> None:
    weg = nieuwe_casus(streek())
    weg.loop()
    beeld = Casus.objects.get(id=weg.casus_id).beeld
    assert beeld.keys() == BEELD.keys(), "zeg in casework/veldzicht.py (BEELD) wie dit van de strip ziet"
    for rij in BEELD.values():
        list(wegen(rij))
    for g in Gebeurtenis.objects.filter(casus_id=weg.casus_id, voorstel__isnull=False):
        assert g.voorstel.keys() <= VOORSTEL, g.soort


def test_every_fact_event_and_clock_goes_with_a_part() -> None:
    delen = {part_of_field(pad) for pad in feitsoorten()}
    for pad in feitsoorten():
        assert pad in EXTRA or pad.partition(".")[0] in ONDERDEEL, (
            f"{pad}: zeg in casework/velden.py bij welk onderdeel"
        )
    delen |= {soort.onderdeel for soort in SOORTEN.values()} | set(KLOKDEEL.values())
    assert delen <= ALLES
    assert exact("casework_feit", "waarde", {"veld": "triage.toelichting"}) == "triage"
    assert exact("casework_gebeurtenis", "reden", {"soort": "notitie"}) == "tijdlijn + notities"
    assert exact("clocks_klok", "wat", {"sleutel": "rto"}) == "klokken + rto"


def test_the_document_shows_the_table() -> None:
    tekst = (ROOT / "docs" / "rechten.md").read_text(encoding="utf-8")
    assert all(f"| {naam} |" in tekst for naam in field_table())
