# SPDX-License-Identifier: EUPL-1.2
"""What comes after the crisis: determine it, register, arrange the decision afterwards, tell the professionals, hand over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import get_args
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.rules.kalender import lokaal
from vangnet.rules.situatie import Vorm
from vangnet.rules.tekst import AMSTERDAM, T, in_woorden

from .acties import toegang_beslist
from .besluit import Lezer, decision, iso, leads_or_is_service, was_first
from .weigeringen import OngeldigeInvoer, RedenNodig
from .werk import Werk, working_on

MERK = "vervolg.regelen"
TERUG = ("zeker", "twijfel", "nee")
TAFELS: dict[str, str] = {"itw": "ITW-ZL", "gikj": "GIK-J"}
"""Where a child can be registered for a stay (ZL-104..108)."""
TAKEN_BIJ: tuple[tuple[str, bool], ...] = (
    ("vervolg.warme_overdracht", True),
    ("vervolg.bij_overdracht", False),
    ("vervolg.aanbieder", False),
)
"""Statements of the advice that are something to do once the route is known, and whether it is the service's to do."""


def determine_vervolg(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    route: int | None,
    wat: str,
    aanbieder: str = "",
    start_op: datetime | None = None,
    beschikking_nodig: bool | None = None,
    terug_naar_huis: str | None = None,
    vorm: str | None = None,
    reden: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """What follows and who gives it. `route` is 1 to 4 where the region has routes (ZL-99..103), else None. `start_op` may
    lie ahead. `terug_naar_huis` is zeker, twijfel or nee (ZL-73). Makes the tasks of the route once; where the lead
    passes when the follow-up is determined (CIT-22) the page then offers that. Where the access determines it (CIT-23) and
    takes part, it may before it leads, and another who does deviates. The same again changes nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` (no words, a route that the region does not have), `Achterhaald`, `RedenNodig`
    for another than the access that determines it."""
    with working_on(actor, casus_id, MERK, op) as werk:
        toegang = toegang_beslist(werk.d, werk.advies)
        afgeweken = toegang is not None and actor.organisatie_id != toegang
        if toegang is None or afgeweken:
            leads_or_is_service(werk)
        lezer = Lezer()
        woorden = lezer.tekst("wat", wat, 2000, T("wat er na de crisis komt, in één zin"))
        wie = lezer.tekst("aanbieder", aanbieder, 300)
        waarom = lezer.tekst("reden", reden, 500)
        routes = routes_of(werk)
        if route is not None and route not in routes:
            lezer.fout("route", route, ", ".join(map(str, routes)) or T("niets: deze regio kent geen routes"))
        if route is None and routes:
            lezer.fout("route", "", ", ".join(map(str, routes)))
        terug = lezer.keuze("terug_naar_huis", terug_naar_huis, TERUG, leeg_mag=True)
        soort = lezer.keuze("vorm", vorm, get_args(Vorm), leeg_mag=True)
        if start_op is not None and start_op.tzinfo is None:
            start_op = start_op.replace(tzinfo=AMSTERDAM)
        if start_op is not None and start_op < werk.casus.begonnen_op:
            lezer.fout("start_op", str(start_op), T("een moment na de melding"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        nieuw = {
            "vervolg.route": route, "vervolg.wat": woorden, "vervolg.aanbieder": wie or None,
            "vervolg.start_op": iso(start_op) if start_op else None, "vervolg.beschikking_nodig": beschikking_nodig,
            "vervolg.terug_naar_huis": terug or None, "vervolg.vorm": soort or None,
        }  # fmt: skip
        staat = {f.veld: f.waarde for f in werk.d.feiten}
        if "vervolg.bepaald_op" in staat and all(staat.get(v) == w for v, w in nieuw.items()):
            return
        was_first(werk, "vervolg_bepaald", versie, {"wat": woorden, "route": route})
        if afgeweken and not waarom:
            raise RedenNodig(voorstel=werk.voorstel("regie.vervolg_door"))
        keuze = werk.advies.open_vragen.get("X-19/noord_midden_limburg") if werk.advies else None
        # Until the region decides who determines it, the access is our own reading: asked about, no agreement departed from.
        keep_vervolg(werk, route, woorden, moment, waarom, nieuw, afgeweken and not (keuze and keuze.keuze is None))


def keep_vervolg(
    werk: Werk,
    route: int | None,
    wat: str,
    moment: datetime,
    reden: str = "",
    feiten: Mapping[str, object] | None = None,
    afgeweken: bool = False,
) -> None:
    """Keep what follows in a casus under work, and make the tasks that belong to it. `afgeweken`: by another than the
    agreements name for it (CIT-23)."""
    voorstel = werk.voorstel("regie.vervolg_door") if afgeweken else None
    voorstel = (
        voorstel
        or werk.voorstel("vervolg.aanmelden")
        or werk.voorstel("vervolg.zoek")
        or werk.voorstel("vervolg.uitstroom")
    )
    nieuw: Mapping[str, object] = feiten if feiten is not None else {"vervolg.route": route, "vervolg.wat": wat or None}
    for veld, waarde in nieuw.items():
        werk.fact(veld, waarde, moment)
    if nieuw.get("vervolg.aanbieder"):
        werk.fact("vervolg.aanbieder_gekozen", True, moment)
    if werk.d.feit("vervolg.bepaald_op") is None:
        werk.fact("vervolg.bepaald_op", iso(moment), moment)
    for inzet in werk.d.hulp:
        if inzet.perspectief_op is None and inzet.van is not None:
            inzet.perspectief_op = moment
            werk.save(inzet, "perspectief_op")
    werk.event(
        "vervolg_bepaald",
        moment,
        decision(werk, wat=wat or f"route {route}", route=route),
        voorstel=voorstel,
        afgeweken=afgeweken,
        reden=reden,
    )
    lead = werk.d.regie.organisatie_id if werk.d.regie else werk.d.dienst_id
    advies = werk.advies
    for sleutel, van_dienst in TAKEN_BIJ:
        uitspraak = advies.uitspraken.get(sleutel) if advies else None
        if uitspraak is None or uitspraak.waarde == "gekozen":
            continue
        werk.task(
            in_woorden(uitspraak.tekst, uitspraak.gegevens, "nl", werk.op.year, str)[:300],
            werk.d.dienst_id if van_dienst else lead,
            sleutel=sleutel,
            regels=list(uitspraak.regels),
        )


def register_at(
    actor: Actor, op: datetime, casus_id: UUID, tafel: str, reden: str = "", gebeurd_op: datetime | None = None
) -> None:
    """The child was registered at a table: `itw` or `gikj` (ZL-104..108); its clock stops. A second time changes nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` for another table."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        lezer.keuze("tafel", tafel, tuple(TAFELS))
        waarom = lezer.tekst("reden", reden, 500)
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        veld = f"vervolg.aangemeld_{tafel}_op"
        if werk.d.feit(veld) is not None:
            return
        voorstel = werk.voorstel(f"vervolg.{tafel}") or werk.voorstel("vervolg.aanmelden")
        werk.fact(veld, iso(moment), moment)
        if werk.d.feit("vervolg.aangemeld_op") is None:
            werk.fact("vervolg.aangemeld_op", iso(moment), moment)
        werk.event("aangemeld", moment, {"bij": TAFELS[tafel]}, voorstel=voorstel, reden=waarom)


def register_beschikking(
    actor: Actor, op: datetime, casus_id: UUID, datum: date, gebeurd_op: datetime | None = None
) -> None:
    """The decision of the municipality, given afterwards (CL-06), and its day. The same day again changes nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` for a day before the casus or to come."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        moment = lezer.moment(werk, gebeurd_op)
        if not isinstance(datum, date):
            lezer.fout("datum", datum, T("een dag zoals 30-06-2024"))
        elif not lokaal(werk.casus.begonnen_op).date() <= datum <= lokaal(op).date():
            lezer.fout("datum", datum.isoformat(), T("een dag vanaf de melding tot en met vandaag"))
        lezer.klaar()
        if werk.d.waarde("vervolg.beschikking_op") == datum:
            return
        werk.fact("vervolg.beschikking_op", datum.isoformat(), moment)
        werk.event("beschikking", moment, {"dag": datum.isoformat()}, voorstel=werk.voorstel("vervolg.beschikking"))


def register_feedback(actor: Actor, op: datetime, casus_id: UUID, aan: str, gebeurd_op: datetime | None = None) -> None:
    """The professionals in the family (`aan`) heard how it goes on (CL-11). A second time changes nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` when nobody is named."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        wie = lezer.tekst("aan", aan, 300, T("wie je inlichtte"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        if werk.d.feit("vervolg.terugkoppeling_professionals_op") is not None:
            return
        werk.fact("vervolg.terugkoppeling_professionals_op", iso(moment), moment)
        werk.event("professionals_ingelicht", moment, {"wie": wie}, regels=("CL-11",))


def warm_handover(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    met: str,
    procesregisseur_erbij: bool | None = None,
    gebeurd_op: datetime | None = None,
) -> None:
    """The warm handover took place, with whom, and whether the procesregisseur was there (ZL-91, ZL-92); its task is done.
    A second time changes nothing.

    Errors: `GeenRegie`, `OngeldigeInvoer` when nobody is named."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads_or_is_service(werk)
        lezer = Lezer()
        wie = lezer.tekst("met", met, 300, T("met wie de overdracht was"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        if werk.d.feit("vervolg.warme_overdracht_op") is not None:
            return
        voorstel = werk.voorstel("vervolg.warme_overdracht") or werk.voorstel("vervolg.bij_overdracht")
        werk.fact("vervolg.warme_overdracht_op", iso(moment), moment)
        werk.event("overgedragen", moment, {"wie": wie, "procesregisseur": procesregisseur_erbij}, voorstel=voorstel)
        for taak in werk.d.taken:
            if taak.sleutel in ("vervolg.warme_overdracht", "vervolg.bij_overdracht") and taak.klaar_op is None:
                taak.klaar_op, taak.klaar_door_id, taak.resultaat = moment, actor.medewerker_id, wie[:300]
                werk.save(taak, "klaar_op", "klaar_door", "resultaat")


def ask_expertteam(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    wat: str,
    waarom: str,
    via_crisisdienst: bool = False,
    gebeurd_op: datetime | None = None,
) -> None:
    """The expert team was asked: `ondersteuning` or `bindend_advies` (ZL-110, ZL-111), and why; makes the task to follow it.
    The same question again changes nothing.

    Errors: `GeenRegie`; `OngeldigeInvoer`, also in a region without an expert team."""
    with working_on(actor, casus_id, MERK, op) as werk:
        leads_or_is_service(werk)
        advies = werk.advies
        if advies is None or advies.afspraken.vervolg.expertteam is None:
            raise OngeldigeInvoer(("wat", wat, T("een regio met een Expertteam; deze heeft er geen")))
        lezer = Lezer()
        lezer.keuze("wat", wat, ("ondersteuning", "bindend_advies"))
        reden = lezer.tekst("waarom", waarom, 500, T("wat er vastloopt, in één zin"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        if werk.d.waarde("vervolg.expertteam") == wat and werk.d.feit("vervolg.gevraagd_op") is not None:
            return
        werk.fact("vervolg.expertteam", wat, moment)
        if wat == "bindend_advies":
            werk.fact("vervolg.stagneert", True, moment)
        werk.fact("vervolg.expertteam_via_crisisdienst", bool(via_crisisdienst), moment)
        werk.fact("vervolg.gevraagd_op", lokaal(moment).date().isoformat(), moment)
        voorstel = werk.voorstel("vervolg.expertteam")
        werk.event(
            "expertteam_gevraagd",
            moment,
            {"wat": T("ondersteuning") if wat == "ondersteuning" else T("een bindend advies")},
            voorstel=voorstel,
            reden=reden,
        )
        werk.task(
            T("Volg wat het Expertteam antwoordt, en leg het vast"),
            werk.d.regie.organisatie_id if werk.d.regie else werk.d.dienst_id,
            sleutel=f"expertteam.{wat}",
            waarom=reden[:300],
            regels=list((voorstel or {}).get("regels", ())),
        )


def routes_of(werk: Werk) -> list[int]:
    """The routes after the crisis that this region has; empty for most."""
    advies = werk.advies
    return [r.nummer for r in advies.afspraken.vervolg.routes] if advies else []
