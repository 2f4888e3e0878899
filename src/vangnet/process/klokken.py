# SPDX-License-Identifier: EUPL-1.2
"""Keeps the clocks of a casus in step with its advice: starts, moves and ends them, and never loses one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from vangnet.casework.models import Inzet, Jeugdige
from vangnet.clocks.models import Klok
from vangnet.rules.advies import Advies
from vangnet.rules.escalatie import klokkind, vooraf_op
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T, in_woorden
from vangnet.rules.uitspraak import Termijn

from . import current_register
from .dossier import Dossier, hulp_in_volgorde

MINIMA = frozenset({"traject.minstens"})
"""Terms that say how long the service stays at least: shown, but nobody is ever late for them."""

VERANDERLIJK = (
    "wat", "uiterlijk", "hele_dag", "regels", "open_vraag", "lezingen", "geeindigd_op", "uitkomst", "wek_op",
)  # fmt: skip
"""The fields of a clock that can change while it runs."""

REQUEST_CLOCK = {
    "inzage": T("Antwoord op het verzoek om inzage"),
    "afschrift": T("Antwoord op het verzoek om een afschrift"),
    "correctie": T("Antwoord op het verzoek om correctie"),
    "aanvulling": T("Antwoord op het verzoek om een verklaring erbij"),
    "vernietiging": T("Antwoord op het verzoek om vernietiging"),
    "wie_keek": T("Antwoord op de vraag wie er keek"),
}
"""What the clock of a request asks, by what was asked."""

Stand = tuple[datetime, bool, datetime | None, datetime | None, tuple[str, ...], str]
"""What of a clock can differ: due, whole day, ended, looked at, rules, words."""

BIJ_CRISIS = frozenset({"rto"})
"""Terms that an advice names beforehand but that only run once crisis was decided (ZL-63)."""


def keep_clocks(
    d: Dossier, adviezen: Mapping[Jeugdige | None, Advies | None], op: datetime, closed: bool = False
) -> list[Klok]:
    """Bring the running clocks of a casus in step: a new term starts one, another day moves it, what happened ends it
    (gehaald or te_laat), and a term that no longer applies lets it lapse (vervallen). Of a closed casus only a signal that
    waits to be taken up keeps its clock.

    Returns the clocks that changed; the caller writes those (their `VERANDERLIJK`) and the new ones."""
    wensen: dict[str, Termijn] = {}
    for kind, advies in adviezen.items():
        if advies is not None:
            for sleutel, termijn in _eigen_sleutels(d, kind, advies):
                wensen.setdefault(sleutel, termijn)
    if not any(adviezen.values()) and not closed:
        return []  # The facts contradict each other: what runs keeps running until somebody mends them.
    gedaan = gehaald(d)
    blijft = {"melding.signaal"} if any(b.soort == "signaal" and b.antwoord == "" for b in d.aanbiedingen) else set()
    lopend = {k.sleutel: k for k in d.klokken if k.geeindigd_op is None and not is_request(k)}
    afgelopen = {k.sleutel for k in d.klokken if k.geeindigd_op is not None and k.uitkomst != "vervallen"}
    nieuw: list[Klok] = []
    anders: list[Klok] = []
    for sleutel, klok in lopend.items():
        was = klok.uiterlijk
        moment = gedaan.get(sleutel)
        if moment is not None:
            klok.geeindigd_op, klok.uitkomst = op, "gehaald" if moment < klok.uiterlijk else "te_laat"
        elif (closed and sleutel not in blijft) or sleutel not in wensen:
            klok.geeindigd_op, klok.uitkomst = op, "vervallen"
        elif not _moved(klok, wensen[sleutel]):
            continue
        if klok.geeindigd_op is not None or klok.uiterlijk != was:  # Other words for the same moment wake nobody anew.
            set_wake(d, klok, op)
        anders.append(klok)
    for sleutel, termijn in wensen.items():
        if sleutel in lopend or sleutel in afgelopen or (closed and sleutel not in blijft):
            continue
        uiterlijk, hele_dag = einde_van(termijn.uiterlijk)
        if uiterlijk is None:
            continue
        klok = Klok(
            casus_id=d.casus.id,
            sleutel=sleutel,
            wat=_wat(termijn),
            begonnen_op=_begin(termijn.begint_op) or op,
            uiterlijk=uiterlijk,
            hele_dag=hele_dag,
            strekking=termijn.strekking,
            eigenaar=termijn.eigenaar,
            regels=list(termijn.regels),
            open_vraag=termijn.open_vraag,
            lezingen={naam: str(waarde) for naam, waarde in termijn.lezingen},
        )
        moment = gedaan.get(sleutel)
        if moment is not None:
            klok.geeindigd_op = op
            klok.uitkomst = "gehaald" if moment < uiterlijk else "te_laat"
        set_wake(d, klok, op)
        nieuw.append(klok)
    d.klokken += nieuw
    return anders


def is_request(klok: Klok) -> bool:
    """Whether a clock runs for a request of the family about its file: the law sets it, no agreement, and it has no place
    among the clocks of a crisis on the board."""
    return klok.sleutel.startswith("verzoek.")


def keep_request_clocks(d: Dossier, op: datetime) -> list[Klok]:
    """Keep the clocks of the requests in step with them, in an open casus and in one that is closed: started when a request
    comes in, moved when its term is extended, ended when the answer has reached who asked. Returns those that changed."""
    bestaand = {k.sleutel: k for k in d.klokken if is_request(k)}
    anders = []
    for v in d.verzoeken:
        sleutel = f"verzoek.{v.id}"
        klok = bestaand.get(sleutel)
        if klok is None:
            klok = Klok(
                casus_id=d.casus.id, sleutel=sleutel, wat=REQUEST_CLOCK[v.soort], begonnen_op=v.ontvangen_op,
                uiterlijk=v.uiterlijk, hele_dag=True, strekking="", eigenaar="procesregisseur",
            )  # fmt: skip
            d.klokken.append(klok)
        elif klok.uiterlijk != v.uiterlijk or (klok.geeindigd_op is None) == (v.klaar_op is not None):
            klok.uiterlijk = v.uiterlijk
            anders.append(klok)
        if v.klaar_op is not None and klok.geeindigd_op is None:
            klok.geeindigd_op, klok.uitkomst = op, "gehaald" if v.klaar_op < v.uiterlijk else "te_laat"
        if klok._state.adding or klok in anders:
            set_wake(d, klok, op)
    return anders


def set_wake(d: Dossier, klok: Klok, op: datetime) -> None:
    """Say when the loop must look at a clock next: when the owner hears that it nears, if that is still to come; else when it
    is due, also when that has passed already. A clock that ended asks nobody."""
    if klok.geeindigd_op is not None:
        klok.wek_op = None
        return
    ladder = current_register().escalatie(d.casus.regio).van(klokkind(klok.strekking, klok.hele_dag))
    vooraf = vooraf_op(ladder, klok.begonnen_op, klok.uiterlijk)
    klok.wek_op = vooraf if vooraf is not None and op < vooraf else klok.uiterlijk


@dataclass(frozen=True, slots=True)
class Verschil:
    """One deadline that is not what it was. `was` and `wordt` are a day, or a moment with an hour; None where there is none."""

    soort: str
    """verschuift, begint, vervalt, eindigt; `onderbouwing` when only its rules or words change, `wekken` when only who is warned
    when does."""
    sleutel: str
    wat: str
    was: date | datetime | None
    wordt: date | datetime | None
    regels: tuple[str, ...] = ()


ZICHTBAAR = frozenset({"verschuift", "begint", "vervalt", "eindigt"})
"""Kinds of differences that change which deadlines somebody has."""


def wake_anew(d: Dossier, op: datetime) -> list[Klok]:
    """Let the loop look at the running clocks when the ladder says so now, after that changed. What is due already, or waits for
    the loop this moment, is left to it. Returns those that changed; the caller writes their `wek_op`."""
    anders = []
    for klok in d.klokken:
        if klok.geeindigd_op is not None or klok.uiterlijk <= op or (klok.wek_op is not None and klok.wek_op <= op):
            continue
        was = klok.wek_op
        set_wake(d, klok, op)
        if klok.wek_op != was:
            anders.append(klok)
    return anders


def standen(d: Dossier) -> dict[UUID, Stand]:
    """The clocks of a casus as they are now, to compare with later (`verschillen`)."""
    return {k.id: (k.uiterlijk, k.hele_dag, k.geeindigd_op, k.wek_op, tuple(k.regels), k.wat) for k in d.klokken}


def verschillen(was: Mapping[UUID, Stand], d: Dossier) -> list[Verschil]:
    """How the clocks differ from what they were, those that somebody notices first."""
    uit = []
    for k in d.klokken:
        eerder = was.get(k.id)
        nu = laatste(k.uiterlijk, k.hele_dag)
        if eerder is None:
            if k.geeindigd_op is None:
                uit.append(Verschil("begint", k.sleutel, k.wat, None, nu, tuple(k.regels)))
            continue
        uiterlijk, hele_dag, geeindigd_op, wek_op, regels, wat = eerder
        toen = laatste(uiterlijk, hele_dag)
        if geeindigd_op is None and k.geeindigd_op is not None:
            soort = "vervalt" if k.uitkomst == "vervallen" else "eindigt"
            uit.append(Verschil(soort, k.sleutel, k.wat, toen, None, tuple(k.regels)))
        elif k.geeindigd_op is not None:
            continue
        elif toen != nu:
            uit.append(Verschil("verschuift", k.sleutel, k.wat, toen, nu, tuple(k.regels)))
        elif (regels, wat) != (tuple(k.regels), k.wat):
            uit.append(Verschil("onderbouwing", k.sleutel, k.wat, toen, nu, tuple(k.regels)))
        elif wek_op != k.wek_op:
            uit.append(Verschil("wekken", k.sleutel, k.wat, toen, nu, tuple(k.regels)))
    return sorted(uit, key=lambda v: v.soort not in ZICHTBAAR)


def laatste(uiterlijk: datetime, hele_dag: bool) -> date | datetime:
    """The end of a clock as people say it: its last day, or its moment."""
    return lokaal(uiterlijk - timedelta(seconds=1)).date() if hele_dag else lokaal(uiterlijk)


def waits_with(d: Dossier, klok: Klok) -> UUID | None:
    """The organisation that a signal waits with, of the clock of that signal: Vangnet sent it, what is left is that it is taken up.
    None for every other clock, and for a signal that nobody could be sent."""
    if klok.sleutel != "melding.signaal":
        return None
    return next((b.aan_organisatie_id for b in d.aanbiedingen if b.soort == "signaal" and b.antwoord == ""), None)


def run_again(d: Dossier, sleutels: Iterable[str], op: datetime) -> list[Klok]:
    """Let clocks run again that had ended because something was done which, it turns out, was not; the advice then moves
    or lapses them as any other. Returns them; the caller writes those (their `VERANDERLIJK`)."""
    weer = [
        k for k in d.klokken if k.sleutel in set(sleutels) and k.geeindigd_op is not None and k.uitkomst != "vervallen"
    ]
    for klok in weer:
        klok.geeindigd_op, klok.uitkomst = None, ""
        set_wake(d, klok, op)
    return weer


def judge_again(d: Dossier, adviezen: Mapping[Jeugdige | None, Advies | None]) -> list[Klok]:
    """Judge the clocks that have ended once more, after a moment was put right: in time or late, by the term as it is now.
    Returns those whose outcome changed; a clock that lapsed stays so."""
    wensen = {
        sleutel: termijn
        for kind, advies in adviezen.items()
        if advies is not None
        for sleutel, termijn in _eigen_sleutels(d, kind, advies)
    }
    gedaan = gehaald(d)
    anders = []
    for klok in d.klokken:
        moment = gedaan.get(klok.sleutel)
        if klok.geeindigd_op is None or klok.uitkomst == "vervallen" or moment is None:
            continue
        uiterlijk, hele_dag = einde_van(wensen[klok.sleutel].uiterlijk) if klok.sleutel in wensen else (None, False)
        uiterlijk, hele_dag = (uiterlijk, hele_dag) if uiterlijk else (klok.uiterlijk, klok.hele_dag)
        uitkomst = "gehaald" if moment < uiterlijk else "te_laat"
        if (uitkomst, uiterlijk) != (klok.uitkomst, klok.uiterlijk):
            klok.uitkomst, klok.uiterlijk, klok.hele_dag = uitkomst, uiterlijk, hele_dag
            klok.save(update_fields=["uitkomst", "uiterlijk", "hele_dag"])
            anders.append(klok)
    return anders


def _eigen_sleutels(d: Dossier, kind: Jeugdige | None, advies: Advies) -> list[tuple[str, Termijn]]:
    """The terms of an advice, each under the key of its clock: those of a form of help carry the id of the inzet."""
    hulp = hulp_in_volgorde(d, kind)
    uit = []
    for sleutel, termijn in advies.termijnen.items():
        if sleutel in MINIMA or termijn.uiterlijk is None:
            continue
        if isinstance(termijn.uiterlijk, datetime) and termijn.uiterlijk == termijn.begint_op:
            continue  # "At once" has no length: it is an action at the top of the list, not a countdown that begins late.
        if sleutel in BIJ_CRISIS and d.waarde("inschatting.crisis") is not True:
            continue
        delen = sleutel.split(".")
        if delen[0] == "inzet" and delen[1].isdecimal():
            inzet = hulp[int(delen[1]) - 1]
            if inzet.van is None and delen[2] != "start":
                continue  # Its length counts from its beginning; an advice reckons from the melding while that is unknown.
            sleutel = f"inzet.{inzet.id}.{'.'.join(delen[2:])}"
        elif sleutel == "inzet.samen" and kind is not None and len(d.kinderen) > 1:
            sleutel = f"inzet.samen.{kind.id}"
        uit.append((sleutel, termijn))
    return uit


def gehaald(d: Dossier) -> dict[str, datetime]:
    """Per key of a clock when that was done for which it runs; a key that is not there has not been done."""
    uit: dict[str, datetime | None] = {
        "huisbezoek.aankomst": d.waarde("inschatting.op"),
        "melding.terugbellen": d.waarde("melding.teruggebeld_op"),
        "melding.signaal": _eerste(d, "signaal"),
        "triage.contact_aanbieder": d.waarde("triage.aanbieder_contact_op"),
        "rto": d.gehouden_rto.gehouden_op if d.gehouden_rto else None,
        "regie.overname": next(
            (b.van for b in d.betrokkenheden if b.deel == "regie" and b.organisatie_id != d.dienst_id), None
        ),
        "vervolg.beschikking": _moment(d.waarde("vervolg.beschikking_op")),
        "vervolg.klaar": d.waarde("vervolg.start_op"),
        "vervolg.expertteam": _moment(d.waarde("vervolg.gevraagd_op")),
        "vervolg.aanmelden": d.waarde("vervolg.aangemeld_op"),
        "vervolg.itw": d.waarde("vervolg.aangemeld_itw_op"),
        "vervolg.gikj": d.waarde("vervolg.aangemeld_gikj_op"),
    }
    if d.hulp and all(i.tot is not None for i in d.hulp):
        klaar = max(i.tot for i in d.hulp if i.tot is not None)
        uit |= {"inzet.samen": klaar} | {f"inzet.samen.{kind.id}": klaar for kind in d.kinderen}
    # What the service itself does ends, is handed over, or goes on as persuasion, which has no term (HGL-24).
    eigen = [i for i in d.hulp if i.vorm != "drangtraject"]
    einden = [min(m for m in (i.tot, i.overgedragen_op) if m) for i in eigen if i.tot or i.overgedragen_op]
    if eigen and len(einden) == len(eigen):
        uit |= dict.fromkeys(("traject.einde", "traject.uiterlijk"), max(einden))
    for i in d.inzetten:
        uit |= _van_inzet(i)
    return {sleutel: moment for sleutel, moment in uit.items() if moment is not None}


def _van_inzet(i: Inzet) -> dict[str, datetime | None]:
    return {
        f"inzet.{i.id}.start": i.van,
        f"inzet.{i.id}.einde": i.tot,
        f"inzet.{i.id}.perspectief": i.perspectief_op,
        f"inzet.{i.id}.wijkteam": i.wijkteam_betrokken_op,
    }


def _eerste(d: Dossier, soort: str) -> datetime | None:
    """When the other organisation first took up what was put to it."""
    return min(
        (b.beantwoord_op for b in d.aanbiedingen if b.soort == soort and b.beantwoord_op and b.antwoord == "aanvaard"),
        default=None,
    )


def _moment(dag: date | datetime | None) -> datetime | None:
    if dag is None or isinstance(dag, datetime):
        return dag
    return datetime.combine(dag, time(12), AMSTERDAM)


def einde_van(uiterlijk: object) -> tuple[datetime | None, bool]:
    """The moment after which it is late, and whether it was a whole day: a day counts until it is over."""
    if isinstance(uiterlijk, datetime):
        return uiterlijk, False
    if isinstance(uiterlijk, date):
        return datetime.combine(uiterlijk + timedelta(days=1), time(), AMSTERDAM), True
    return None, False


def laatste_dag(klok: Klok) -> date:
    """The last day of a clock, on the calendar of the Netherlands."""
    return lokaal(klok.uiterlijk - timedelta(seconds=1) if klok.hele_dag else klok.uiterlijk).date()


def _begin(moment: object) -> datetime | None:
    if isinstance(moment, datetime):
        return moment
    return _moment(moment) if isinstance(moment, date) else None


def _wat(termijn: Termijn) -> str:
    return in_woorden(termijn.wat, termijn.gegevens, "nl", None, str)[:200]


def _moved(klok: Klok, termijn: Termijn) -> bool:
    """Whether a clock had to follow its term."""
    uiterlijk, hele_dag = einde_van(termijn.uiterlijk)
    lezingen = {naam: str(waarde) for naam, waarde in termijn.lezingen}
    wat = _wat(termijn)  # Who is meant may be known only later: a clock names whom the agreements name now.
    gelijk = (uiterlijk, list(termijn.regels), lezingen, wat) == (klok.uiterlijk, klok.regels, klok.lezingen, klok.wat)
    if uiterlijk is None or gelijk:
        return False
    klok.wat = wat
    klok.uiterlijk, klok.hele_dag, klok.regels = uiterlijk, hele_dag, list(termijn.regels)
    klok.open_vraag = termijn.open_vraag
    klok.lezingen = lezingen
    return True


def inzet_van(sleutel: str) -> UUID | None:
    """The inzet that a clock belongs to; None for another clock."""
    delen = sleutel.split(".")
    if delen[0] == "inzet" and len(delen) == 3:
        try:
            return UUID(delen[1])
        except ValueError:
            return None
    return None
