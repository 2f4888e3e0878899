# SPDX-License-Identifier: EUPL-1.2
"""The walk at the level of the database: in the role of the application with the lock open for somebody, plain SQL reads,
changes, adds and removes rows of every table. What comes and what is refused is laid beside the field table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from tests.matrix.vragen import Uitslag
from tests.matrix.wereld import EERDER, GEBLOKKEERD, ZONDER_CASUS, Wereld
from tests.rollen import as_application
from tests.web.test_kanarie import NU
from vangnet.access.models import Deel, Rol
from vangnet.access.slot import asking
from vangnet.process.show_fields import field_table

ALTIJD_ERBIJ = {"casework_casus": "een nieuwe casus van de eigen regio", "access_logregel": "een regel in het log"}
"""What anybody may add, whoever takes part: it opens nothing."""


BUITEN_DEELNAME = frozenset({"eigen nood", "toezicht", "grafsteen"})
"""Kinds of rows that taking part in a casus does not open: what is said about it to who watches over it."""


def walk_database(w: Wereld, rollen: Iterable[str], relaties: Iterable[str]) -> Uitslag:
    """Every table for everybody, and once with the lock shut. A cell is one table, one verb and one casus."""
    uit, relaties = Uitslag(), list(relaties)
    er_is = {tabel: _rows_by_casus(tabel) for tabel, t in field_table().items() if t.rijen not in ZONDER_CASUS}
    with as_application():
        for tabel, per_casus in er_is.items():
            uit.cellen += len(per_casus)
            if tabel != "access_logregel" and _rows_by_casus(tabel):
                uit.fouten.append(f"LEK bij een dicht slot: select {tabel}")
    for rol in rollen:
        for relatie in relaties:
            with asking(w.actoren[rol, relatie], NU):
                uit.add(_everything(w, rol, relatie, er_is))
    return uit


def _rows_by_casus(tabel: str) -> dict[str, int]:
    welke = "id" if tabel == "casework_casus" else "casus_id"
    with connection.cursor() as cursor:
        cursor.execute(f"select {welke}::text, count(*) from {tabel} where {welke} is not null group by 1")
        return dict(cursor.fetchall())


def _houses(tabel: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct organisatie_id::text from {tabel}")
        return {huis for (huis,) in cursor.fetchall()}


def _everything(w: Wereld, rol: str, relatie: str, er_is: dict[str, dict[str, int]]) -> Uitslag:
    uit, huis = Uitslag(), Deel.REGIE.value if relatie == GEBLOKKEERD else relatie
    for tabel, t in field_table().items():
        for verb in ("lezen", "wijzigen", "toevoegen", "weghalen"):
            uit.cellen += 1
            mag = verb in t.mag.split()
            if _allowed(tabel, verb) != mag and (mag or t.rijen in ZONDER_CASUS):  # else row by row, below
                uit.fouten.append(f"{'GEWEIGERD' if mag else 'LEK'} {rol} {relatie}: {verb} in {tabel}")
        if t.rijen == "eigen organisatie" and (vreemd := _houses(tabel) - {str(w.huizen[relatie].pk)}):
            uit.fouten.append(f"LEK {rol} {relatie}: select {tabel} van {len(vreemd)} andere organisaties")
        if t.rijen in ZONDER_CASUS:
            continue
        gezien = _rows_by_casus(tabel)
        for naam, casus in w.casussen.items():
            id_, doet_mee = str(casus.id), bool(w.delen(huis, naam))
            doet_mee = doet_mee and (t.rijen != "eigen overdracht" or huis == Deel.CRISISHULP)
            alles = er_is[tabel].get(id_, 0)
            van_mij = _own(w, tabel, t.rijen, rol, relatie, id_, alles)
            verwacht = alles if doet_mee and t.rijen not in BUITEN_DEELNAME else van_mij
            uit.cellen += 4
            if gezien.get(id_, 0) != verwacht:
                soort = "LEK" if gezien.get(id_, 0) > verwacht else "ONGEZIEN"
                uit.fouten.append(
                    f"{soort} {rol} {relatie}: select {tabel} van {naam}: {gezien.get(id_, 0)}, niet {verwacht}"
                )
            for verb, sql in (("wijzigen", "update {0} set {1} = {1}"), ("weghalen", "delete from {0}")):
                geraakt = _touched(sql, tabel, id_)
                hooguit = alles if doet_mee and verb in t.mag.split() else 0  # of what only the owner writes, nothing
                if t.rijen == "blokkades" and verb == "weghalen" and doet_mee:
                    hooguit -= relatie == GEBLOKKEERD  # nobody opens for himself what was closed to him
                if geraakt > hooguit or (geraakt < hooguit and geraakt == 0):
                    soort = "LEK" if geraakt > hooguit else "GEWEIGERD"
                    uit.fouten.append(
                        f"{soort} {rol} {relatie}: {verb} in {tabel} van {naam}: {geraakt}, niet {hooguit}"
                    )
            erbij = _added(tabel, casus.rijen.get(tabel, [None])[0])
            mag = (doet_mee and "toevoegen" in t.mag.split()) or tabel in ALTIJD_ERBIJ
            if erbij is not None and erbij != mag:
                uit.fouten.append(f"{'LEK' if erbij else 'GEWEIGERD'} {rol} {relatie}: insert {tabel} van {naam}")
    return uit


def _own(w: Wereld, tabel: str, rijen: str, rol: str, relatie: str, casus_id: str, alles: int) -> int:
    """How many rows of a casus somebody sees who takes no part in it: what is his own."""
    if tabel == "access_betrokkenheid":
        return _count(tabel, casus_id, "organisatie_id", w.huizen[relatie].pk)
    if rijen == "blokkades":
        return _count(tabel, casus_id, "medewerker_id", w.mensen[rol, relatie].pk)
    if rijen == "eigen nood":
        return alles if rol == Rol.FG else _count(tabel, casus_id, "medewerker_id", w.mensen[rol, relatie].pk)
    if rijen in ("toezicht", "grafsteen"):
        return alles if rol in (Rol.FG, Rol.BEHEERDER) or (rijen == "grafsteen" and relatie == EERDER) else 0
    return alles if rijen == "regels" and rol == Rol.FG else 0


def _count(tabel: str, casus_id: str, kolom: str, waarde: Any) -> int:
    """Of all rows, whoever asks: how many are his."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        rol = cursor.fetchone()[0]
        cursor.execute("set local role none")
        cursor.execute(f"select count(*) from {tabel} where casus_id = %s and {kolom} = %s", [casus_id, waarde])
        aantal = int(cursor.fetchone()[0])
        cursor.execute(f"set local role {rol}")
        return aantal


def _tried(sql: str, waarden: list[Any]) -> tuple[int, str]:
    """How many rows a statement touched, and the state of the database's refusal; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, waarden)
            aantal = cursor.rowcount
            transaction.set_rollback(True)
            return aantal, ""
    except DatabaseError as nee:
        return 0, getattr(nee.__cause__, "sqlstate", None) or "?"


ZONDER_RIJ = {
    "lezen": "select 1 from {0} where false", "wijzigen": "update {0} set {1} = {1} where false",
    "weghalen": "delete from {0} where false", "toevoegen": "insert into {0} select * from {0} where false",
}  # fmt: skip


def _allowed(tabel: str, verb: str) -> bool:
    """Whether the application may do this to a table at all, whatever the row."""
    kolom = next(iter(field_table()[tabel].velden))
    return not _tried(ZONDER_RIJ[verb].format(tabel, f'"{kolom}"'), [])[1]


def _touched(sql: str, tabel: str, casus_id: str) -> int:
    welke = "id" if tabel == "casework_casus" else "casus_id"
    return _tried(f"{sql.format(tabel, welke)} where {welke} = %s", [casus_id])[0]


def _added(tabel: str, rij: dict[str, Any] | None) -> bool | None:
    """Whether a row like this can be added to its casus; None when there is no such row. That it is there already, or that
    another guard stops it, is no refusal of this asker."""
    if rij is None:
        return None
    nieuw = rij | ({"id": str(uuid4())} if isinstance(rij.get("id"), str) else {"id": 999999999})
    aantal, nee = _tried(
        f"insert into {tabel} select * from jsonb_populate_record(null::{tabel}, %s::jsonb)", [json.dumps(nieuw)]
    )
    return bool(aantal) or nee not in ("42501", "")
