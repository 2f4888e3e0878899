# SPDX-License-Identifier: EUPL-1.2
"""Close a casus with its goals answered, or open it again with exactly one lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access import log
from vangnet.access.actor import Actor
from vangnet.access.models import Deel
from vangnet.access.slot import asks
from vangnet.access.zicht import delen
from vangnet.casework.models import Uitkomst, Verzoekbesluit, Verzoeksoort
from vangnet.rules.tekst import T

from .acties import stand_van, verloop_van
from .besluit import Lezer, decision, leads, was_first
from .dossier import Dossier, read_dossier
from .weigeringen import AlGedaan, NietBetrokken, NogNietKlaar, RedenNodig
from .werk import Werk, working_on

MERK = "casus.afsluiten"
ANTWOORDEN = ("ja", "nee", "onbekend")
EERST: dict[str, str] = {
    "melding": T("Maak eerst de melding af."),
    "triage": T("Besluit eerst de triage."),
    "inschatting": T("Besluit eerst of het crisis is."),
    "onderweg": T("Besluit eerst of het crisis is."),
    "ter_plaatse": T("Besluit eerst of het crisis is."),
    "morgen": T("Nog niemand heeft de acute hulp opgepakt: geef haar eerst door."),
    "hulp_kiezen": T("Het is crisis: kies hulp, of leg vast wat er in plaats daarvan komt bij Vervolg."),
    "hulp_starten": T("Er is hulp gekozen die nog niet begon: begin haar, of laat haar vervallen."),
    "hulp": T("Er loopt nog hulp: beëindig die eerst."),
    "vervolg": T("Bepaal eerst het vervolg."),
}
"""What comes first, by the stand of the casus; from any other it can close."""


@asks
def what_is_left(actor: Actor, op: datetime, casus_id: UUID) -> list[str]:
    """What keeps the casus from closing, as Dutch sentences; empty when it can close. Changes nothing but the log.

    Errors: `NietBetrokken`."""
    dossier = read_dossier(casus_id) if delen(actor, casus_id, op) - {Deel.AANBOD} else None
    if dossier is None:
        raise NietBetrokken(casus=str(casus_id))
    log.note(actor, "inzien", "casus", op, casus_id, toelichting="afsluiten")
    return left(dossier)


def left(d: Dossier) -> list[str]:
    """What keeps a casus from closing: help that runs or waits, an open question about the lead, a step that was not taken."""
    uit: list[str] = []
    verloop = verloop_van(d)
    if verloop.hulp_loopt:
        uit.append(EERST["hulp"])
    if verloop.hulp_wacht:
        uit.append(EERST["hulp_starten"])
    if any(b.soort == "regie" and b.antwoord == "" for b in d.aanbiedingen):
        uit.append(T("De regie is aangeboden en nog niet beantwoord: wacht, of trek het aanbod in."))
    eerst = EERST.get(stand_van(d))
    if eerst is not None and eerst not in uit and not uit:
        uit.append(eerst)
    return uit


def close_casus(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    veiligheid: str,
    perspectief: str,
    richting: str,
    toelichting: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """Close it: is safety restored and the perspective clear (`ja`, `nee`, `onbekend`), and who leads the way from here
    (`richting`, a name or function). An answer other than ja needs `toelichting`. Every part and clock ends, what was
    still to be done is marked as not done; the service keeps the file. A second time changes nothing.

    Errors: `GeenRegie`, `NogNietKlaar` while help runs or was chosen and not begun, a lead offer or crisis decision is
    open (`wat` says what, `alles` everything); `RedenNodig` in a crisis whose meeting was never held; `OngeldigeInvoer`;
    `Achterhaald`."""
    with working_on(actor, casus_id, MERK, op, open_only=False) as werk:
        if werk.casus.gesloten_op is not None:
            return
        leads(werk)
        lezer = Lezer()
        crisis = werk.d.waarde("inschatting.crisis")
        veilig = lezer.keuze("veiligheid", veiligheid, ANTWOORDEN)
        duidelijk = lezer.keuze("perspectief", perspectief, ANTWOORDEN)
        wie = lezer.tekst("richting", richting, 300, T("wie nu de richting in handen heeft"))
        verder = lezer.tekst("toelichting", toelichting, 2000)
        if not verder and {veilig, duidelijk} & {"nee", "onbekend"}:
            lezer.fout("toelichting", "", T("waarom de casus toch sluit, in één zin"))
        moment = lezer.moment(werk, gebeurd_op)
        lezer.klaar()
        was_first(werk, "afgesloten", versie, {"richting": wie})
        if nog := left(werk.d):
            raise NogNietKlaar(wat=nog[0], alles=nog)
        voorstel = werk.voorstel("rto.dag") if crisis and werk.d.gehouden_rto is None else None
        if voorstel is not None and not verder:
            raise RedenNodig(voorstel=voorstel)
        werk.fact("afsluiting.veiligheid_hersteld", veilig, moment)
        werk.fact("afsluiting.perspectief_duidelijk", duidelijk, moment)
        werk.fact("afsluiting.wie_heeft_richting", wie, moment)
        werk.fact("afsluiting.toelichting", verder or None, moment)
        uitkomst = _outcome(werk)
        werk.event(
            "afgesloten",
            moment,
            decision(
                werk,
                uitkomst=Uitkomst(uitkomst).label.lower(),
                sleutel=uitkomst,
                veiligheid=veilig,
                perspectief=duidelijk,
                richting=wie,
            ),
            voorstel=voorstel,
            afgeweken=voorstel is not None,
            reden=verder,
        )
        put_away(werk)
        werk.close(uitkomst)


def put_away(werk: Werk) -> None:
    """What was still planned or to be done goes with the casus, marked as not done."""
    for rto in werk.d.rtos:
        if rto.gehouden_op is None and rto.vervallen_op is None:
            rto.vervallen_op, rto.reden_vervallen = werk.op, "Casus afgesloten."
            werk.save(rto, "vervallen_op", "reden_vervallen")
    for taak in werk.d.taken:
        if taak.klaar_op is None:
            taak.klaar_op, taak.klaar_door_id = werk.op, werk.actor.medewerker_id
            taak.resultaat = "Niet gedaan: casus afgesloten."
            werk.save(taak, "klaar_op", "klaar_door", "resultaat")


def _outcome(werk: Werk) -> str:
    if werk.d.waarde("inschatting.crisis") is False:
        return Uitkomst.GEEN_CRISIS
    if werk.d.waarde("inschatting.crisis") is None and not werk.d.hulp:
        return {"acute_hulp": Uitkomst.ACUTE_HULP, "consult": Uitkomst.CONSULT}.get(
            str(werk.d.waarde("triage.uitkomst")), Uitkomst.GEEN_CRISIS
        )
    return Uitkomst.AFGESLOTEN


def reopen_casus(actor: Actor, op: datetime, casus_id: UUID, reden: str, gebeurd_op: datetime | None = None) -> None:
    """Open it again, and why; the lead returns to who had it last, who gets a task that says so. On an open casus nothing
    changes.

    Errors: `OngeldigeInvoer` without a reason; `AlGedaan` for a casus that was joined to another; `NietBetrokken`."""
    with working_on(actor, casus_id, MERK, op, open_only=False) as werk:
        if werk.casus.gesloten_op is None:
            return
        if werk.casus.gevoegd_bij_id is not None:
            raise AlGedaan(nu="gevoegd", casus=str(werk.casus.gevoegd_bij_id))
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 500, T("waarom de casus weer open gaat"))
        moment = lezer.moment(werk, gebeurd_op, werk.casus.gesloten_op)
        lezer.klaar()
        laatste = max((b for b in werk.d.betrokkenheden if b.deel == Deel.REGIE), key=lambda b: (b.tot or b.van, b.van))
        werk.casus.gesloten_op, werk.casus.uitkomst = None, Uitkomst.OPEN
        werk.release(werk.d.dienst_id, Deel.DOSSIER)
        werk.involve(laatste.organisatie_id, Deel.REGIE)
        if laatste.organisatie_id != werk.d.dienst_id:
            werk.involve(werk.d.dienst_id, Deel.CRISISHULP)
        _keep_after_all(werk)
        if laatste.organisatie_id != actor.organisatie_id:
            werk.task(
                T("De casus is heropend en jullie hebben weer de regie: kijk wat er nodig is"),
                laatste.organisatie_id,
                waarom=waarom[:300],
            )
        werk.event("heropend", moment, {"reden": waarom}, reden=waarom)


def _keep_after_all(werk: Werk) -> None:
    """To destroy was decided about a closed casus: now that it runs again the decision falls away, and the task with it. The
    order itself the database takes back, whichever way a casus opens (clocks/0008)."""
    for taak in werk.d.taken:
        if taak.sleutel.startswith("wissen.") and taak.klaar_op is None:
            taak.klaar_op, taak.klaar_door_id = werk.op, werk.actor.medewerker_id
            taak.resultaat = "Vervallen: de casus is heropend."
            werk.save(taak, "klaar_op", "klaar_door", "resultaat")
    for verzoek in werk.d.verzoeken:
        if verzoek.klaar_op is None and (verzoek.soort, verzoek.besluit) == (
            Verzoeksoort.VERNIETIGING, Verzoekbesluit.TOEGEWEZEN,
        ):  # fmt: skip
            verzoek.besluit = verzoek.reden = verzoek.fg_reden = ""
            verzoek.besloten_op = verzoek.besloten_door_id = None
            verzoek.fg_akkoord = verzoek.fg_door_id = verzoek.fg_op = None
            werk.save(
                verzoek,
                "besluit",
                "reden",
                "besloten_op",
                "besloten_door",
                "fg_akkoord",
                "fg_door",
                "fg_op",
                "fg_reden",
            )
