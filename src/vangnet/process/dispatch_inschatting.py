# SPDX-License-Identifier: EUPL-1.2
"""Going to the home: leave, arrive, come away safely, and decide whether it is a crisis."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Rol
from vangnet.rules.tekst import AMSTERDAM, T

from .besluit import Lezer, decision, iso, was_first
from .weigeringen import AlGedaan, GeenRecht, NogNietKlaar
from .werk import Werk, working_on

MERK = "inschatting.doen"
BESLISSERS = ("crisisdienst", "veilig_thuis", "toegang", "gi", "zorgaanbieder")
"""Who can have decided, in the words of the rules."""


BESLUIT_OVER = ("huisbezoek.besluit", "triage.besluit", "triage.definitie", "triage.beoordeel")
"""What the agreements say about the decision, the most definite first: kept beside it (LEK-11 where nothing else does)."""


def depart(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    wie: str,
    wie_mee: str = "",
    waarom_mee: str = "",
    terug_verwacht_op: datetime | None = None,
    bel_als_niet_terug: str = "",
    gevaar: str = "",
    gebeurd_op: datetime | None = None,
) -> None:
    """Somebody leaves for the family: `wie`, who comes along and why another than agreed (`waarom_mee`), when they are
    expected back and whom to call when not, and what is dangerous at the door. The same again changes nothing; other
    words replace the former.

    Errors: `OngeldigeInvoer` (nobody named, a moment to come, back before leaving), `NogNietKlaar` before the triage,
    `AlGedaan` once crisis was decided."""
    with working_on(actor, casus_id, MERK, op) as werk:
        if werk.d.feit("inschatting.crisis") is not None:
            raise AlGedaan()
        _after_triage(werk)
        lezer = Lezer()
        teksten = {
            "inschatting.wie": lezer.tekst("wie", wie, 300, T("wie er gaat")),
            "inschatting.wie_mee": lezer.tekst("wie_mee", wie_mee, 300),
            "inschatting.waarom_mee": lezer.tekst("waarom_mee", waarom_mee, 300),
            "inschatting.bel_als_niet_terug": lezer.tekst("bel_als_niet_terug", bel_als_niet_terug, 300),
            "inschatting.gevaar_aan_de_deur": lezer.tekst("gevaar", gevaar, 1000),
        }
        al = werk.d.waarde("inschatting.vertrek_op")
        moment = al if al is not None and gebeurd_op is None else lezer.moment(werk, gebeurd_op)
        if terug_verwacht_op is not None and terug_verwacht_op.tzinfo is None:
            terug_verwacht_op = terug_verwacht_op.replace(tzinfo=AMSTERDAM)
        if terug_verwacht_op is not None and terug_verwacht_op <= moment:
            lezer.fout("terug_verwacht_op", str(terug_verwacht_op), T("een moment na het vertrek"))
        lezer.klaar()
        voorstel = werk.voorstel("huisbezoek.mee")
        was = {veld: werk.d.waarde(veld) for veld in teksten}
        for veld, waarde in teksten.items():
            werk.fact(veld, waarde or None, moment)
        werk.fact("inschatting.terug_verwacht_op", iso(terug_verwacht_op) if terug_verwacht_op else None, moment)
        werk.fact("inschatting.vertrek_op", iso(moment), moment)
        if (
            al is None
            or was["inschatting.wie"] != teksten["inschatting.wie"]
            or al != werk.d.waarde("inschatting.vertrek_op")
        ):
            werk.event(
                "vertrokken",
                moment,
                {
                    "wie": ", ".join(t for t in (teksten["inschatting.wie"], teksten["inschatting.wie_mee"]) if t),
                    "terug": iso(terug_verwacht_op) if terug_verwacht_op else None,
                },
                voorstel=voorstel,
                afgeweken=bool(teksten["inschatting.waarom_mee"]),
                reden=teksten["inschatting.waarom_mee"],
            )


def arrive(actor: Actor, op: datetime, casus_id: UUID, gebeurd_op: datetime | None = None) -> None:
    """They are at the family: the assessment begins, the clock of two hours stops (ICJ-21). Also without a departure on
    record. A second time changes nothing.

    Errors: `OngeldigeInvoer` for a moment to come or before they left; `NogNietKlaar` before the triage."""
    with working_on(actor, casus_id, MERK, op) as werk:
        if werk.d.feit("inschatting.op") is not None:
            return
        _after_triage(werk)
        lezer = Lezer()
        moment = lezer.moment(werk, gebeurd_op, werk.d.waarde("inschatting.vertrek_op"))
        lezer.klaar()
        werk.fact("inschatting.op", iso(moment), moment)
        werk.event("aangekomen", moment)


def leave_home(
    actor: Actor, op: datetime, casus_id: UUID, bevindingen: str = "", gebeurd_op: datetime | None = None
) -> None:
    """They are away from the family again, safe; what they found. A second time adds only other findings.

    Errors: `NogNietKlaar` when nobody left or arrived; `OngeldigeInvoer`."""
    with working_on(actor, casus_id, MERK, op) as werk:
        heen = werk.d.waarde("inschatting.op") or werk.d.waarde("inschatting.vertrek_op")
        if heen is None:
            raise NogNietKlaar(wat=T("Leg eerst vast wie er naar het gezin ging."))
        lezer = Lezer()
        gezien = lezer.tekst("bevindingen", bevindingen, 8000)
        moment = lezer.moment(werk, gebeurd_op, heen)
        lezer.klaar()
        if gezien:
            werk.fact("inschatting.bevindingen", gezien, moment)
        if werk.d.feit("inschatting.terug_op") is None:
            werk.fact("inschatting.terug_op", iso(moment), moment)
            werk.event("terug", moment)


def _where_tonight(werk: Werk) -> None:
    """Where a child was during the call is no answer to where it sleeps: from the decision on that is asked anew. The
    melding keeps what was said."""
    gezegd = {m.waar_nu for m in werk.d.meldingen}
    for kind in werk.d.kinderen:
        if kind.waar_nu and kind.waar_nu in gezegd:
            kind.waar_nu = ""
            werk.save(kind, "waar_nu")


def decide_crisis(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    crisis: bool,
    reden: str,
    overlegd_met: str = "",
    besloten_door: str = "crisisdienst",
    tweede_beoordeling: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """Crisis, or not: by whom, with whom it was discussed, and why. `besloten_door` is crisisdienst, veilig_thuis,
    toegang, gi or zorgaanbieder. Where the region gave the decision to its service (ZL-48) another cannot take it, except
    Veilig Thuis that assesses alone where the region reads X-06 so; the service then decides and names it in
    `overlegd_met`. `tweede_beoordeling` (ja, nee, onbekend) where the region asks one (FRL-16). The same decision again
    changes nothing; the other one replaces it, as long as no help has begun. Without a crisis the lead stays until closing.

    Errors: `OngeldigeInvoer` (no reason, unknown words), `GeenRecht` for who may not decide here, `Achterhaald` (a
    colleague decided since `versie`), `NogNietKlaar` (a triage that is not done; help runs and it would become no
    crisis)."""
    with working_on(actor, casus_id, MERK, op) as werk:
        _after_triage(werk)
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 2000, T("waarom het wel of geen crisis is, in één zin"))
        met = lezer.tekst("overlegd_met", overlegd_met, 300)
        door = lezer.keuze("besloten_door", besloten_door, BESLISSERS)
        tweede = lezer.keuze("tweede_beoordeling", tweede_beoordeling, ("ja", "nee", "onbekend"), leeg_mag=True)
        if not isinstance(crisis, bool):
            lezer.fout("crisis", crisis, T("ja of nee"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        was = werk.d.waarde("inschatting.crisis")
        if was is crisis:
            return
        was_first(werk, "besluit_crisis", versie, {"crisis": crisis, "reden": waarom})
        _may_decide(werk, door)
        begonnen = [i for i in werk.d.hulp if i.van is not None and not werk.casus.inzet_voor_besluit]
        if begonnen and not crisis:
            raise NogNietKlaar(wat=T("Er is al crisishulp begonnen: beëindig die eerst, en sluit dan af."))
        voorstel = next((v for sleutel in BESLUIT_OVER if (v := werk.voorstel(sleutel))), None)
        werk.fact("inschatting.besloten_door", door, moment)
        werk.fact("inschatting.besloten_op", iso(moment), moment)
        werk.fact("inschatting.reden", waarom, moment)
        if tweede:
            werk.fact("inschatting.tweede_beoordeling", tweede, moment)
        werk.fact("inschatting.crisis", crisis, moment)
        if not crisis:
            for inzet in werk.d.hulp:
                if inzet.van is None:
                    inzet.vervallen_op = werk.op
                    werk.save(inzet, "vervallen_op")
        if crisis:
            _where_tonight(werk)
        werk.casus.besluit_crisis_op = moment if crisis else None
        werk.event(
            "besluit_crisis",
            moment,
            decision(
                werk,
                uitkomst=T("crisis") if crisis else T("geen crisis"),
                crisis=crisis,
                door=door,
                overlegd_met=met,
            ),
            voorstel=voorstel,
            reden=waarom,
        )


def _after_triage(werk: Werk) -> None:
    if werk.d.waarde("triage.uitkomst") not in ("crisis", "acute_hulp"):
        raise NogNietKlaar(wat=T("Besluit eerst de triage."))


def _may_decide(werk: Werk, door: str) -> None:
    """Whose decision it is: everybody's where the region is silent, else that of the service (ZL-48), or of Veilig Thuis
    that assesses alone where the region chose that reading (X-06)."""
    if werk.actor.rol == Rol.MEDEWERKER_VEILIG_THUIS and door != "veilig_thuis":
        raise GeenRecht(merk=MERK, voorstel=werk.voorstel("huisbezoek.crisisdienst"))
    advies = werk.advies
    besluit = advies.afspraken.huisbezoek.besluit_crisis if advies else None
    if advies is None or besluit is None or door == besluit.waarde:
        return
    keuze = advies.afspraken.keuzes.get("X-06/oordeel")
    alleen = werk.d.waarde("betrokken.veilig_thuis_schat_zelf_in") and not werk.d.waarde(
        "betrokken.veilig_thuis_vraagt_crisisdienst"
    )
    if not (door == "veilig_thuis" and alleen and keuze is not None and keuze.lezing == "veilig_thuis"):
        raise GeenRecht(merk=MERK, voorstel=werk.voorstel("huisbezoek.crisisdienst"))
