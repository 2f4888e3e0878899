# SPDX-License-Identifier: EUPL-1.2
"""Decide the triage: consult, verwijzing, acute help tomorrow, on to an official, or out to the home; and what follows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from vangnet.access.actor import Actor
from vangnet.access.models import Organisatie, Soort
from vangnet.conf.compiled import Compiled
from vangnet.rules.afspraken import Afspraken
from vangnet.rules.kalender import eerste_opening, lokaal
from vangnet.rules.omstandigheden import kalender_van
from vangnet.rules.tekst import AMSTERDAM

from .dossier import Dossier
from .propose_outcome import propose_outcome
from .weigeringen import AlGedaan, OngeldigeInvoer, RedenNodig
from .werk import Werk, working_on

TRIAGE_VAN = {
    "inschatting": "crisis",
    "acute_hulp": "acute_hulp",
    "consult": "consult",
    "verwijzing": "geen_crisis",
    "geen_crisis": "geen_crisis",
}
"""The decision of the triage in the word of the rules, by what a call leads to."""
SLUIT = frozenset({"consult", "verwijzing", "doorgeleid", "niet_bediend", "geen_crisis"})


def decide_triage(
    actor: Actor, op: datetime, casus_id: UUID, uitkomst: str, reden: str = "", gebeurd_op: datetime | None = None
) -> None:
    """The triager decides: `inschatting`, `acute_hulp`, `consult`, `verwijzing`, `doorgeleid`, `geen_crisis` or
    `niet_bediend`. Whoever departs from the proposal of the agreements says why; both are kept.

    Errors: `AlGedaan` once there is a decision about crisis; `RedenNodig`; those of `working_on`."""
    with working_on(actor, casus_id, "triage.besluiten", op) as werk:
        if werk.d.feit("inschatting.crisis") is not None:
            raise AlGedaan()
        keep_outcome(werk, uitkomst, reden, gebeurd_op)


def keep_outcome(werk: Werk, uitkomst: str, reden: str = "", gebeurd_op: datetime | None = None) -> None:
    """Keep the decision of the triage in a casus under work, with what was proposed; then the signal, then closing."""
    if uitkomst not in {*TRIAGE_VAN, *SLUIT}:
        raise OngeldigeInvoer(("uitkomst", uitkomst, ", ".join(sorted({*TRIAGE_VAN, *SLUIT}))))
    advies = werk.advies
    gezegd = propose_outcome(werk.d, advies)
    voorstel = gezegd.as_data(advies) if gezegd and advies else None
    afgeweken = bool(gezegd) and gezegd is not None and gezegd.differs(uitkomst)
    if (afgeweken or uitkomst == "niet_bediend") and not reden.strip():
        raise RedenNodig(voorstel=voorstel)
    if uitkomst in TRIAGE_VAN:
        werk.fact("triage.uitkomst", TRIAGE_VAN[uitkomst])
        werk.fact("triage.besloten_op", lokaal(gebeurd_op or werk.op).replace(microsecond=0).isoformat())
    werk.event(
        "triage_besloten",
        gebeurd_op,
        {"uitkomst": uitkomst.replace("_", " ")},
        voorstel=voorstel,
        afgeweken=afgeweken,
        reden=reden.strip(),
    )
    if uitkomst in SLUIT:
        werk.close(uitkomst)
    send_signal(werk)  # After closing, which withdraws whatever was still asked: this word goes out all the same.


def send_signal(werk: Werk) -> None:
    """Where the agreements ask for a signal to the access or the GI: put it ready for the day they give, once."""
    advies = werk.advies
    uitspraak = advies.uitspraken.get("melding.signaal") if advies else None
    termijn = advies.termijnen.get("melding.signaal") if advies else None
    if (
        advies is None
        or uitspraak is None
        or termijn is None
        or any(b.soort == "signaal" and b.antwoord != "ingetrokken" for b in werk.d.aanbiedingen)
    ):
        return
    aan = organisatie_van(werk.d, str(uitspraak.waarde))
    if aan is None:
        return
    gi = PARTIJSOORT.get(str(uitspraak.waarde)) == Soort.GI or (
        uitspraak.waarde == "toegang_of_gi" and werk.d.waarde("betrokken.gi") == "beschikking"
    )
    opening = opening_of(advies.afspraken, "" if gi else werk.casus.gemeente, werk.op)
    vanaf = werk.op
    zin = "Er is een melding in jouw gemeente."  # Where the access hears of every melding, at once (CIT-23, LEK-17).
    if isinstance(termijn.uiterlijk, date) and not isinstance(termijn.uiterlijk, datetime):
        # When they open by their own calendar, and never after the day that the agreements give: that can be one on which
        # they are closed (X-07; docs/besluiten/0026).
        uren = advies.afspraken.kantoortijd
        dag = datetime.combine(termijn.uiterlijk, uren.van if uren else time(9), AMSTERDAM)
        vanaf = max(werk.op, min(opening, dag))
        zin = "Melding buiten kantoortijd in jouw gemeente."
    werk.d.namen[aan.id] = aan.naam
    werk.ask(
        "signaal",
        aan.id,
        zin,
        zichtbaar_vanaf=vanaf,
        post_op=None if werk.casus.oefening else opening,
        regels=list(termijn.regels),
        uiterlijk=None,
    )
    werk.event("signaal_gestuurd", gegevens={"aan": aan.naam}, regels=list(termijn.regels))


def opening_of(a: Afspraken, gemeente: str, moment: datetime) -> datetime:
    """When a receiver first opens from `moment` on, by its own calendar: the region's holidays and office hours, and the
    closing days of the municipality (ZL-31, ZL-38..43). `gemeente` is empty for who closes with no municipality."""
    dicht = frozenset(
        dag for lijst in a.sluitingslijsten if lijst.gemeente.casefold() == gemeente.casefold() for dag in lijst.dagen
    )
    kalender = kalender_van(a, dicht)
    return eerste_opening(moment, kalender, *((a.kantoortijd.van, a.kantoortijd.tot) if a.kantoortijd else ()))


class Partij(NamedTuple):
    """An organisation that is meant."""

    id: UUID
    naam: str


def organisatie_van(d: Dossier, partij: str) -> Partij | None:
    """The organisation that a party of the rules stands for in this casus: the access of its municipality, the one of its
    kind that takes part already, or the only one of the region. None when none is on file, or when it would be a guess."""
    if partij == "crisisdienst":
        return Partij(d.dienst_id, d.naam(d.dienst_id))
    if partij == "toegang_of_gi":
        partij = "gi" if d.waarde("betrokken.gi") == "beschikking" else "toegang"
    soort = PARTIJSOORT.get(partij)
    if soort is None:
        return None
    mogelijk = _VAN_SOORT(d.casus.regio, soort)
    if soort == Soort.TOEGANG:
        gemeente = d.casus.gemeente.casefold()
        return next((Partij(id_, naam) for id_, naam, van in mogelijk if gemeente and van.casefold() == gemeente), None)
    erbij = {b.organisatie_id for b in d.betrokkenheden if b.tot is None}
    bekend = [Partij(id_, naam) for id_, naam, _ in mogelijk if id_ in erbij]
    return bekend[0] if bekend else Partij(*mogelijk[0][:2]) if len(mogelijk) == 1 else None


_VAN_SOORT = Compiled(
    lambda regio, soort: (
        Organisatie.objects.filter(regio=regio, soort=soort, actief=True)
        .order_by("naam")
        .values_list("id", "naam", "gemeente")
    ),
    "een regio",
    "een soort",
)
PARTIJSOORT: dict[str, str] = {
    "crisisdienst": Soort.CRISISDIENST,
    "toegang": Soort.TOEGANG,
    "toegang_of_gi": Soort.TOEGANG,
    "lokaal_team": Soort.TOEGANG,
    "wijkteam": Soort.TOEGANG,
    "generalist": Soort.TOEGANG,
    "save_team": Soort.TOEGANG,
    "gemeente": Soort.TOEGANG,
    "gi": Soort.GI,
    "veilig_thuis": Soort.VEILIG_THUIS,
    "zorgaanbieder": Soort.ZORGAANBIEDER,
    "crisisaanbieder": Soort.ZORGAANBIEDER,
}
"""The kind of organisation behind a party of the rules."""
