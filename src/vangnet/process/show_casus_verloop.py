# SPDX-License-Identifier: EUPL-1.2
"""Of a casus what happened: the course by day, the timeline, deviations, notes and calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from vangnet.access.actor import Actor
from vangnet.access.models import Rol
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Gebeurtenis, Notitie
from vangnet.rules.advies import Advies
from vangnet.rules.kalender import lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import T

from .acties import regie_is_over, vormnaam
from .beeld import leesbaar
from .dossier import Dossier
from .klokken import laatste_dag
from .undo import way_back
from .verteller import Verteller

DAGEN = 10
"""How many days the course shows."""


NOOD_TE_ZIEN = timedelta(days=14)
"""How long the page says on top that somebody looked with break-glass; the timeline says it always."""


def noodtoegang_of(gs: Iterable[Gebeurtenis], op: datetime) -> tuple[dict[str, Any], ...]:
    """Who looked with break-glass of late: for the line on top of the page."""
    keren = [g for g in gs if g.soort == "noodtoegang" and g.gebeurd_op > op - NOOD_TE_ZIEN]
    namen = _namen(wie for g in keren for wie in (g.door_id, g.namens_id))
    rollen: dict[str, Any] = dict(Rol.choices)
    return tuple(
        {
            "op": g.gebeurd_op,
            "wie": namen.get(g.door_id, ""),
            "organisatie": namen.get(g.namens_id, ""),
            "functie": str(rollen.get(g.gegevens.get("functie", ""), "")),
            "reden": g.reden,
            "levensgevaar": bool(g.gegevens.get("levensgevaar")),
        }
        for g in reversed(keren)
    )


def verloop_of(
    d: Dossier, advies: Advies | None, op: datetime, te_zien: frozenset[str], v: Verteller
) -> dict[str, Any]:
    """The course over days: the days with their kind, and bars per lane, as columns of a grid."""
    begin, nu = lokaal(d.casus.begonnen_op).date(), lokaal(op).date()
    eind = lokaal(d.casus.gesloten_op).date() if d.casus.gesloten_op else nu
    eerste = begin if eind - begin < timedelta(days=DAGEN - 3) else eind - timedelta(days=4)
    kalender = kalender_van(advies.afspraken, advies.sluitingsdagen) if advies else None
    dagen = []
    for n in range(DAGEN):
        dag = eerste + timedelta(days=n)
        soort, naam = kalender.soort(dag) if kalender else ("werkdag", "")
        dagen.append(
            {"dag": dag, "kolom": n + 2, "dicht": soort != "werkdag", "soort": soort, "naam": naam, "nu": dag == nu}
        )
    balken: list[dict[str, Any]] = []
    rij = 1

    def kolom(moment: datetime | date) -> int:
        dag = lokaal(moment).date() if isinstance(moment, datetime) else moment
        return (dag - eerste).days + 2

    def balk(
        baan: str, van: datetime | date, tot: datetime | date, tekst: str, soort: str = "", lang: str = ""
    ) -> bool:
        a, b = kolom(van), kolom(tot) + 1
        if b <= 2 or a >= DAGEN + 2:
            return False
        balken.append(
            {
                "baan": baan, "rij": rij, "van": max(a, 2), "tot": min(max(b, a + 1), DAGEN + 2), "tekst": tekst,
                "soort": soort, "door": b > DAGEN + 2, "lang": lang or tekst,
            }
        )  # fmt: skip
        return True

    einde = eind if d.casus.gesloten_op else eerste + timedelta(days=DAGEN)
    regie = v.zin(T("Regie"))
    for b in d.betrokkenheden:
        if b.deel == "regie" and "regie" in te_zien:
            open_ = b.tot is None
            verwacht = open_ and not regie_is_over(d) and _overname(d)
            tot = b.tot or (verwacht if isinstance(verwacht, datetime) else None) or einde
            if balk(regie if rij == 1 else "", b.van, tot, d.naam(b.organisatie_id)) and b.tot is not None:
                rij += 1
            if open_ and isinstance(verwacht, datetime):
                rij += 1
                uitspraak = advies.uitspraken.get("regie.procesregisseur") if advies else None
                zin = v.zin(uitspraak.tekst, uitspraak.gegevens) if uitspraak else v.zin(T("Regie gaat over"))
                if not balk("", verwacht, einde, zin, "verwacht"):
                    rij -= 1
    rij += 1
    hulp = v.zin(T("Hulp"))
    if "inzet" in te_zien:
        klok_van = {k.sleutel: k for k in d.klokken}
        for i in d.hulp:
            klok = klok_van.get(f"inzet.{i.id}.einde")
            naam = vormnaam(advies, i.vorm)
            if i.van is None:
                if balk(
                    hulp,
                    i.besloten_op,
                    einde,
                    v.zin(T("{vorm}: gekozen, nog niet begonnen"), {"vorm": naam}),
                    "verwacht",
                ):
                    hulp, rij = "", rij + 1
                continue
            tot: datetime | date = i.tot or (laatste_dag(klok) if klok else einde)
            soort = ("streefnorm" if klok.strekking == "streefnorm" else "maximaal") if klok and not i.tot else ""
            lang = (
                v.zin(T("{vorm}, tot en met {dag}"), {"vorm": naam, "dag": laatste_dag(klok)})
                if klok and not i.tot
                else naam
            )
            if balk(hulp, i.van, tot, lang, soort):
                hulp, rij = "", rij + 1
    if hulp:
        balken.append(
            {"baan": hulp, "rij": rij, "van": 2, "tot": 2, "tekst": "", "soort": "leeg", "door": False, "lang": ""}
        )
        rij += 1
    uit = v.zin(T("Weg eruit"))
    if "rto" in te_zien:
        for r in d.rtos:
            if r.vervallen_op is None and balk(
                uit, r.gehouden_op or r.gepland_op, r.gehouden_op or r.gepland_op,
                v.zin(T("RTO {tijd}"), {"tijd": f"{lokaal(r.gehouden_op or r.gepland_op):%H:%M}"}), "punt",
            ):  # fmt: skip
                uit, rij = "", rij + 1
    rto_klok = next((k for k in d.klokken if k.sleutel == "rto" and k.geeindigd_op is None), None)
    if rto_klok and d.rto is None and "rto" in te_zien:
        dag = laatste_dag(rto_klok)
        if balk(uit, dag, dag, v.zin(T("RTO uiterlijk")), "verwacht"):
            uit, rij = "", rij + 1
    if "vervolg" in te_zien and (start := d.waarde("vervolg.start_op")) is not None:
        if balk(uit, start, einde, v.zin(T("Vervolg: {wat}"), {"wat": str(d.waarde("vervolg.wat") or "")[:40]})):
            uit, rij = "", rij + 1
    elif "rto" in te_zien and d.hulp and d.casus.gesloten_op is None:
        weet = d.gehouden_rto is not None and d.gehouden_rto.perspectief_bekend is not False
        if not weet and balk(uit, nu, einde, v.zin(T("Perspectief nog onbekend")), "vraag"):
            uit, rij = "", rij + 1
    if uit:
        balken.append(
            {"baan": uit, "rij": rij, "van": 2, "tot": 2, "tekst": "", "soort": "leeg", "door": False, "lang": ""}
        )
        rij += 1
    return {"dagen": dagen, "balken": balken, "rijen": rij}


def _overname(d: Dossier) -> datetime | None:
    klok = next((k for k in d.klokken if k.sleutel in ("regie.overname", "rto") and k.geeindigd_op is None), None)
    if d.rto is not None and d.rto.gehouden_op is None:
        return d.rto.gepland_op
    return klok.uiterlijk if klok else None


def _zin_van(g: Gebeurtenis, v: Verteller) -> str:
    class Gaten(dict[str, Any]):
        def __missing__(self, naam: str) -> str:
            return ""

    gegevens = Gaten(leesbaar(g.gegevens))
    soort = SOORTEN[g.soort]
    zinnen = [soort.tekst, *(zin for naam, zin in soort.met.items() if gegevens[naam])]
    return " ".join(v.zin(zin, gegevens).replace(" .", ".").strip() for zin in zinnen)


def event_in_words(g: Gebeurtenis, v: Verteller) -> str:
    """What an event says on the timeline, in the words of one reader."""
    return _zin_van(g, v)


def _namen(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of people and organisations."""
    gevraagd = list({i for i in ids if i})
    if not gevraagd:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, naam from access_medewerker where id = any(%s)"
            " union all select id, naam from access_organisatie where id = any(%s)",
            [gevraagd, gevraagd],
        )
        return dict(cursor.fetchall())


def afwijkingen_of(gs: list[Gebeurtenis], d: Dossier, v: Verteller) -> tuple[dict[str, Any], ...]:
    """Where a decision departed from the proposal, with why."""
    anders = [g for g in gs if g.afgeweken]
    namen = _namen(g.door_id for g in anders)
    return tuple(
        {
            "op": g.gebeurd_op,
            "voorstel": v.zin(str((g.voorstel or {}).get("tekst", ""))),
            "strekking": (g.voorstel or {}).get("strekking", ""),
            "gekozen": _zin_van(g, v),
            "reden": g.reden,
            "wie": namen.get(g.door_id, ""),
            "regels": list(g.regels),
        }
        for g in reversed(anders)
    )


def tijdlijn_of(gs: list[Gebeurtenis], d: Dossier, actor: Actor, v: Verteller) -> tuple[dict[str, Any], ...]:
    """Per day, newest first: the events of that day, newest first."""
    namen = _namen(wie for g in gs for wie in (g.door_id, g.namens_id))
    hersteld = {g.corrigeert_id for g in gs if g.corrigeert_id}
    terugweg = way_back(d, actor, gs)
    dagen: dict[date, list[dict[str, Any]]] = {}
    for g in reversed(gs):
        later = (g.ingevoerd_op - g.gebeurd_op).total_seconds()
        dagen.setdefault(lokaal(g.gebeurd_op).date(), []).append(
            {
                "id": str(g.id),
                "soort": g.soort,
                "op": g.gebeurd_op,
                "ingevoerd_op": g.ingevoerd_op if abs(later) > 120 else None,
                "tekst": _zin_van(g, v),
                "reden": g.reden if g.reden and g.reden not in _zin_van(g, v) else "",
                "wie": namen.get(g.door_id, ""),
                "organisatie": namen.get(g.namens_id, ""),
                "besluit": SOORTEN[g.soort].besluit,
                "afgeweken": g.afgeweken,
                "hersteld": g.id in hersteld,
                "terug": terugweg.get(g.id) == "",
                "terug_niet": v.zin(terugweg.get(g.id, "")),
                "notitie": g.gegevens.get("notitie", ""),
                "regels": list(g.regels),
            }
        )
    return tuple({"dag": dag, "items": items} for dag, items in sorted(dagen.items(), reverse=True))


def meldingen_of(d: Dossier) -> tuple[dict[str, Any], ...]:
    """The calls of a casus, as they were taken."""
    return tuple(
        {
            "id": str(m.id),
            "op": m.op,
            "melder": m.melder.replace("_", " "),
            "naam": "" if m.anoniem else m.naam,
            "anoniem": m.anoniem,
            "organisatie": m.organisatie_melder,
            "telefoon": m.telefoon,
            "kanaal": m.kanaal,
            "vraag": m.vraag.replace("_", " "),
            "situatie": m.situatie,
            "waar": "" if d.casus.geheim else m.waar_nu,
            "opgenomen_door": d.naam(m.opgenomen_door_id),
            "afgerond": m.afgerond_op is not None,
            "uitkomst": m.uitkomst.replace("_", " "),
        }
        for m in d.meldingen
    )


def notities_of(d: Dossier, actor: Actor, alles: Iterable[Gebeurtenis]) -> tuple[dict[str, Any], ...]:
    """Notes, contacts and calls that were not answered, newest first, with whether one can be taken back."""
    rijen = list(Notitie.objects.filter(casus_id=d.casus.id).order_by("-gebeurd_op"))
    namen = _namen(wie for n in rijen for wie in (n.door_id, n.namens_id))
    per = {g.id: g for g in alles}
    terug = {per[g.corrigeert_id].gegevens.get("notitie") for g in per.values() if g.corrigeert_id in per}
    return tuple(
        {
            "id": str(n.id),
            "soort": n.soort,
            "tekst": n.tekst,
            "over_derden": n.over_derden,
            "met": n.met,
            "op": n.gebeurd_op,
            "wie": namen.get(n.door_id, ""),
            "organisatie": namen.get(n.namens_id, ""),
            "van_mij": n.namens_id == actor.organisatie_id,
            "terug": str(n.id) in terug,
        }
        for n in rijen
    )
