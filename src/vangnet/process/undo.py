# SPDX-License-Identifier: EUPL-1.2
"""Take back what was just done by mistake: one table says which acts, and how each is undone.

Nothing is wiped: undoing is an event that points at the one it corrects, and a clock that had stopped runs again. It is
refused, in words, once something else has been built on the act. Decisions that others act on (crisis, the lead) are not
in the table: those are put right in their own step (`correct_casus`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.rechten import may
from vangnet.access.slot import asking, asks
from vangnet.casework.gebeurtenissen import SOORTEN
from vangnet.casework.models import Aanbod, Feit, Gebeurtenis, Taak, Toestemming
from vangnet.rules.tekst import T

from .besluit import Lezer, take_back
from .dossier import Dossier, read_dossier
from .klokken import VERANDERLIJK, gehaald, run_again
from .record_consent import latest
from .take_in_hand import give, in_hand
from .weigeringen import GeenRecht, NietMeerTerug, OngeldigeInvoer
from .werk import MET_DE_REGIE, Werk, working_on


class Terugweg(NamedTuple):
    """How one kind of event is taken back."""

    merk: str
    """The right that it asks: that of the act itself."""
    zin: str
    """What was just done, for the bar (with {names} of the event's data)."""
    wat: str
    """What was put right, for the timeline; without anything that not every reader of the timeline sees."""
    waarom_niet: Callable[[Dossier, Gebeurtenis], str]
    """Why it cannot be taken back any more, as a sentence; empty when it can."""
    doe: Callable[[Werk, Gebeurtenis], None]
    meldt: str = "hersteld"
    """The kind of event that tells it."""


class Gedaan(NamedTuple):
    """What somebody just did and can take back: the sentence of the bar, with its data."""

    casus_id: UUID
    gebeurtenis_id: UUID
    zin: str
    gegevens: Mapping[str, str]


def undo(actor: Actor, op: datetime, casus_id: UUID, gebeurtenis_id: UUID, reden: str = "") -> str:
    """Take back one event of the actor's own organisation, with why when he says so; returns its kind. A second time
    changes nothing.

    Errors: `NietMeerTerug` with the reason (`wat`) once something was built on it; `OngeldigeInvoer` for an event of
    another casus or of a kind that is put right elsewhere; `GeenRecht` for another organisation's; those of
    `working_on`."""
    with asking(actor, op):
        g = Gebeurtenis.objects.filter(id=gebeurtenis_id, casus_id=casus_id).first()
    weg = TABEL.get(g.soort) if g else None
    with working_on(actor, casus_id, weg.merk if weg else "casus.inzien", op) as werk:
        if g is None or weg is None or SOORTEN[g.soort].onderdeel not in werk.zicht:
            raise OngeldigeInvoer(
                ("gebeurtenis", str(gebeurtenis_id), T("iets van deze casus dat je zelf kunt rechtzetten"))
            )
        lezer = Lezer()
        waarom = lezer.tekst("reden", reden, 300)
        lezer.klaar()
        if g.namens_id != actor.organisatie_id:
            raise GeenRecht(merk=weg.merk)
        if is_undone(Gebeurtenis.objects.filter(corrigeert_id=g.id)):
            return g.soort
        if nee := weg.waarom_niet(werk.d, g):
            raise NietMeerTerug(wat=nee)
        was = gehaald(werk.d)
        weg.doe(werk, g)
        for klok in run_again(werk.d, was.keys() - gehaald(werk.d).keys(), werk.op):
            werk.save(klok, *VERANDERLIJK)
        gegevens = {naam: g.gegevens[naam] for naam in ("aan", "aanbod") if naam in g.gegevens}
        wat = g.gegevens["wat"] if weg.meldt != "hersteld" else weg.wat
        werk.event(
            weg.meldt, gegevens=gegevens | {"wat": wat, "reden": waarom}, reden=waarom, corrigeert=g.id,
        )  # fmt: skip
        return g.soort


@asks
def just_done(
    actor: Actor, op: datetime, casus_id: UUID | None = None, melding_id: UUID | None = None
) -> Gedaan | None:
    """What this person did in this casus (or the casus of this call) at moment `op`, when it can be taken back; None for
    anything else."""
    eigen = Gebeurtenis.objects.filter(door_id=actor.medewerker_id, ingevoerd_op=op, soort__in=TABEL)
    eigen = eigen.filter(casus_id=casus_id) if casus_id else eigen.filter(casus__meldingen=melding_id)
    g = eigen.order_by("-id").first()
    d = read_dossier(g.casus_id) if g else None
    if g is None or d is None or d.casus.gesloten_op is not None or TABEL[g.soort].waarom_niet(d, g):
        return None
    gegevens = {naam: str(g.gegevens[naam]) for naam in ("wat", "aan", "wie") if naam in g.gegevens}
    return Gedaan(g.casus_id, g.id, TABEL[g.soort].zin, gegevens)


def way_back(d: Dossier, actor: Actor, events: Iterable[Gebeurtenis]) -> dict[UUID, str]:
    """Of these events those that this person may take back, each with why that is not possible any more (empty when it
    is); none in a closed casus."""
    if d.casus.gesloten_op is not None:
        return {}
    alle = list(events)
    hersteld: dict[UUID, list[Gebeurtenis]] = {}
    for g in alle:
        if g.corrigeert_id:
            hersteld.setdefault(g.corrigeert_id, []).append(g)
    return {
        g.id: TABEL[g.soort].waarom_niet(d, g)
        for g in alle
        if g.soort in TABEL
        and g.namens_id == actor.organisatie_id
        and may(actor.rol, TABEL[g.soort].merk)
        and not is_undone(hersteld.get(g.id, ()))
    }


def is_undone(correcties: Iterable[Gebeurtenis]) -> bool:
    """Whether one of these corrections took the event back; one that only put its moment right names which (`soort`)."""
    return any("soort" not in g.gegevens for g in correcties)


# ---- tasks ------------------------------------------------------------------------------------------------------


def _taak(d: Dossier, g: Gebeurtenis) -> Taak | None:
    return next((t for t in d.taken if str(t.id) == g.gegevens.get("taak")), None)


def _taak_niet(d: Dossier, g: Gebeurtenis) -> str:
    taak = _taak(d, g)
    if taak is None or taak.klaar_op != g.gebeurd_op or taak.klaar_door_id != g.door_id:
        return T("De taak is intussen door iemand anders gewijzigd.")
    if taak.sleutel in MET_DE_REGIE and d.regie is not None and d.regie.organisatie_id != taak.voor_id:
        return T("De regie is intussen over, en deze taak hoort bij de regie.")
    return ""


def _taak_terug(werk: Werk, g: Gebeurtenis) -> None:
    taak = _taak(werk.d, g)
    assert taak is not None, "asked before"
    taak.klaar_op, taak.klaar_door_id, taak.resultaat = None, None, ""
    werk.save(taak, "klaar_op", "klaar_door", "resultaat")


# ---- notes ------------------------------------------------------------------------------------------------------


def _altijd(d: Dossier, g: Gebeurtenis) -> str:
    return ""


def _notitie_terug(werk: Werk, g: Gebeurtenis) -> None:
    """The note stays readable, struck through; when it told that the caller was called back, he was not."""
    _facts_back(werk, g, "melding.teruggebeld_op")


# ---- questions to other organisations ---------------------------------------------------------------------------


def _aanbod(d: Dossier, g: Gebeurtenis) -> Aanbod | None:
    return next((b for b in d.aanbiedingen if str(b.id) == g.gegevens.get("aanbod")), None)


ANTWOORD = {
    "aanvaard": T("De ander heeft al ja gezegd."),
    "geweigerd": T("De ander heeft al nee gezegd."),
    "verlopen": T("De vraag is al verlopen."),
    "ingetrokken": T("De vraag is al ingetrokken."),
}


def _aanbod_niet(d: Dossier, g: Gebeurtenis) -> str:
    aanbod = _aanbod(d, g)
    if aanbod is None or not g.gegevens.get("los"):
        return T("Deze vraag hoort bij een ander besluit: zet dat recht.")
    return ANTWOORD.get(aanbod.antwoord, "")


def _aanbod_terug(werk: Werk, g: Gebeurtenis) -> None:
    aanbod = _aanbod(werk.d, g)
    assert aanbod is not None, "asked before"
    take_back(werk, aanbod)


# ---- the call ---------------------------------------------------------------------------------------------------


def _geparkeerd_niet(d: Dossier, g: Gebeurtenis) -> str:
    m = d.melding
    if m.afgerond_op is not None:
        return T("De melding is intussen afgemaakt.")
    if m.geparkeerd_op != g.gebeurd_op:
        return T("Iemand heeft de melding intussen weer opgenomen.")
    return ""


def _geparkeerd_terug(werk: Werk, g: Gebeurtenis) -> None:
    werk.d.melding.geparkeerd_op = None
    werk.save(werk.d.melding, "geparkeerd_op")


# ---- going to the home ------------------------------------------------------------------------------------------


def _vertrek_niet(d: Dossier, g: Gebeurtenis) -> str:
    if d.feit("inschatting.op") is not None:
        return T("De aankomst staat er al.")
    return _besloten(d) or _gewijzigd(d, g, "inschatting.vertrek_op")


def _aankomst_niet(d: Dossier, g: Gebeurtenis) -> str:
    if d.feit("inschatting.terug_op") is not None:
        return T("Er staat al dat jullie weer weg zijn.")
    return _besloten(d) or _gewijzigd(d, g, "inschatting.op")


def _besloten(d: Dossier) -> str:
    if d.feit("inschatting.crisis") is not None:
        return T("Er is al besloten of het crisis is.")
    return T("Er is al hulp gekozen.") if d.hulp else ""


def _terug_niet(d: Dossier, g: Gebeurtenis) -> str:
    return _gewijzigd(d, g, "inschatting.terug_op")


def _gewijzigd(d: Dossier, g: Gebeurtenis, veld: str) -> str:
    if _set_by(d, g, veld) is not None:
        return ""
    return T("Dit was een aanvulling, of het is intussen gewijzigd: pas het aan in de stap zelf.")


def _set_by(d: Dossier, g: Gebeurtenis, veld: str) -> Feit | None:
    """The fact as it stands, when it was this very act that set it."""
    feit = d.feit(veld)
    return feit if feit and (feit.ingevoerd_op, feit.door_id) == (g.ingevoerd_op, g.door_id) else None


def _facts_back(werk: Werk, g: Gebeurtenis, *velden: str) -> None:
    """What stood in these facts before this act stands there again."""
    for veld in velden:
        feit = _set_by(werk.d, g, veld)
        if feit is not None:
            vorige = Feit.objects.filter(id=feit.vorige_id).values_list("waarde", flat=True).first()
            werk.fact(veld, vorige if feit.vorige_id else None)


def _facts(*velden: str) -> Callable[[Werk, Gebeurtenis], None]:
    return lambda werk, g: _facts_back(werk, g, *velden)


# ---- consent ----------------------------------------------------------------------------------------------------


def _toestemming(d: Dossier, g: Gebeurtenis) -> Toestemming | None:
    return next((t for t in d.toestemmingen if str(t.id) == g.gegevens.get("toestemming")), None)


def _toestemming_niet(d: Dossier, g: Gebeurtenis) -> str:
    t = _toestemming(d, g)
    wie = (t.persoon_id or t.jeugdige_id) if t else None
    if t is None or wie is None or latest(d, wie, t.voor) is not t:
        return T("Er is intussen een ander antwoord vastgelegd.")
    if t.voor == "hulp" and any(i.van is not None and i.van >= t.op for i in d.hulp):
        return T("Er is al hulp op begonnen: leg een nieuw antwoord vast.")
    return ""


def _toestemming_terug(werk: Werk, g: Gebeurtenis) -> None:
    t = _toestemming(werk.d, g)
    assert t is not None, "asked before"
    t.vervallen_op = werk.op
    werk.save(t, "vervallen_op")


# ---- who has it in hand -----------------------------------------------------------------------------------------


def _in_handen_niet(d: Dossier, g: Gebeurtenis) -> str:
    if str(in_hand(d, g.namens_id)) != g.gegevens.get("wie_id"):
        return T("Iemand anders heeft de casus intussen in handen.")
    return "" if g.gegevens.get("was") else T("Eerst had niemand hem in handen: geef hem aan een collega.")


def _in_handen_terug(werk: Werk, g: Gebeurtenis) -> None:
    give(werk, UUID(g.gegevens["was"]))


def _noot(zin: str, wat: str) -> Terugweg:
    return Terugweg("notitie.schrijven", zin, wat, _altijd, _notitie_terug)


def _bezoek(zin: str, wat: str, niet: Callable[[Dossier, Gebeurtenis], str], *velden: str) -> Terugweg:
    return Terugweg("inschatting.doen", zin, wat, niet, _facts(*velden))


TABEL: dict[str, Terugweg] = {
    "taak_klaar": Terugweg("taak.afronden", T("Afgevinkt: {wat}"), T("afgevinkte taak"), _taak_niet, _taak_terug),
    "notitie": _noot(T("Aantekening bewaard."), T("aantekening")),
    "contact": _noot(T("Contact bewaard."), T("contact")),
    "belpoging": _noot(T("Belpoging bewaard."), T("belpoging")),
    "aanbod_gedaan": Terugweg(
        "aanbod.doen", T("Gevraagd aan {aan}: {wat}"), "", _aanbod_niet, _aanbod_terug, "aanbod_ingetrokken"
    ),
    "melding_geparkeerd": Terugweg(
        "melding.opnemen", T("Melding geparkeerd."), T("parkeren van de melding"), _geparkeerd_niet, _geparkeerd_terug
    ),
    "vertrokken": _bezoek(
        T("Vertrek vastgelegd."), T("vertrek naar het gezin"), _vertrek_niet,
        "inschatting.vertrek_op", "inschatting.terug_verwacht_op",
    ),
    "aangekomen": _bezoek(
        T("Aankomst vastgelegd."), T("aankomst bij het gezin"), _aankomst_niet, "inschatting.op"
    ),
    "terug": _bezoek(T("Vastgelegd dat je veilig weg bent."), T("weer weg bij het gezin"), _terug_niet, "inschatting.terug_op"),
    "in_handen": Terugweg(
        "casus.nemen", T("Deze casus is nu in handen van {wie}."), T("wie de casus in handen heeft"),
        _in_handen_niet, _in_handen_terug,
    ),
    "toestemming": Terugweg(
        "toestemming.vastleggen", T("Antwoord vastgelegd."), T("toestemming"), _toestemming_niet, _toestemming_terug
    ),
}  # fmt: skip
"""Per kind of event how it is undone. An act that is not here has its own way of being put right."""
