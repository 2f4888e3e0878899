# SPDX-License-Identifier: EUPL-1.2
"""The one composition: facts of a situation in, what was agreed for it out. `adviseer(situatie, afspraken) -> Advies`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .afspraken import Afspraken, Gemeente
from .financiering import financiering
from .huisbezoek import huisbezoek
from .ingang import bij_aanbieder
from .kalender import lokaal
from .melding import melding
from .omstandigheden import Omstandigheden
from .openvraag import Keuze, OpenVraag
from .procesregie import procesregie
from .rto import rto
from .segment1 import segment1
from .situatie import Situatie
from .sluiting import sluiting
from .tekst import T
from .toegang import toegang
from .traject import traject
from .triage import triage
from .uitspraak import Opsteller, Termijn, Uitspraak, Vraag
from .vervolghulp import vervolghulp
from .zorg import zorg


@dataclass(frozen=True, slots=True)
class Advies:
    """What the agreements say for one situation: statements, terms, open questions, and what to ask next."""

    afspraken: Afspraken
    gemeente: Gemeente | None
    moment: datetime | None
    bevestigd: bool
    """False when the moment lies past the year, or the stated end, of the source."""
    uitspraken: dict[str, Uitspraak]
    termijnen: dict[str, Termijn]
    open_vragen: dict[str, OpenVraag]
    vragen: tuple[Vraag, ...]
    """The missing facts, most useful first."""
    sluitingsdagen: frozenset[date]

    @property
    def regels(self) -> tuple[str, ...]:
        """Every rule id that the advice cites, in order of appearance."""
        uit: dict[str, None] = {}
        for u in self.uitspraken.values():
            uit.update(dict.fromkeys(u.regels))
        for t in self.termijnen.values():
            uit.update(dict.fromkeys(t.regels))
        for q in self.open_vragen.values():
            uit.update(dict.fromkeys(q.regels))
        for v in self.vragen:
            uit.update(dict.fromkeys(v.regels))
        return tuple(uit)


def adviseer(situatie: Situatie, afspraken: Afspraken) -> Advies:
    """What was agreed for this situation. Total: unknown facts narrow the answer, they never stop it.

    The caller has checked that the municipality belongs to the region and that the facts do not contradict each other
    (`situatiefouten`)."""
    keuzes = afspraken.keuzes
    if situatie.keuzes:
        keuzes = {**keuzes, **{k: Keuze(v, "deze vraag") for k, v in situatie.keuzes.items()}}
    o = Opsteller(keuzes)
    gemeente = afspraken.gemeente(situatie.gemeente) if situatie.gemeente else None
    c = Omstandigheden(situatie, afspraken, gemeente, sluiting(situatie, afspraken, gemeente, o))
    bevestigd = _geldigheid(c, o)
    toegang(c, afspraken.doelgroep, o)
    melding(c, afspraken.melding, o)
    if c.consult:
        traject(c, afspraken.traject, o)
    elif not bij_aanbieder(c, o):
        _casus(c, o)
    financiering(c, afspraken.geld, o)
    if afspraken.segment:
        segment1(c, afspraken.segment, o)
    _mee(c, o)
    vragen = tuple(sorted(o.vragen.values(), key=lambda v: -v.gewicht))
    uitspraken = dict(sorted(o.uitspraken.items(), key=lambda ku: VOLGORDE[ku[0].partition(".")[0]]))
    return Advies(afspraken, gemeente, c.nu, bevestigd, uitspraken, o.termijnen, o.open_vragen, vragen, c.dicht)


def _casus(c: Omstandigheden, o: Opsteller) -> None:
    """Everything that only a casus has; advice to a professional starts none (CIT-19, ZOB-21, HGL-25)."""
    a = c.a
    triage(c, a.triage, o)
    huisbezoek(c, a.huisbezoek, o)
    traject(c, a.traject, o)
    zorg(c, a.zorg, o)
    if a.rto:
        rto(c, a.rto, o)
    if a.regie:
        procesregie(c, a.regie, o)
    vervolghulp(c, a.vervolg, o)


def _mee(c: Omstandigheden, o: Opsteller) -> None:
    """Who goes, as one list: the headline of a night call."""
    mee = tuple(p for p in PARTIJEN_MEE if o.antwoord(f"huisbezoek.{p}") in ("gaat_mee", "bij_voorkeur"))
    if mee:
        regels = tuple(dict.fromkeys(r for p in mee for r in o.uitspraken[f"huisbezoek.{p}"].regels))
        o.zeg("huisbezoek.mee", mee, T("Op huisbezoek: {wie}."), regels, wie=tuple(c.naam(p) for p in mee))


VOLGORDE = {
    onderdeel: n
    for n, onderdeel in enumerate(
        (
            "sluitingsdagen", "toegang", "melding", "triage", "huisbezoek", "traject", "inzet", "rto", "regie",
            "vervolg", "geld", "segment", "kpi",
        )
    )
}  # fmt: skip
"""The order of the work, in which an advice is read."""
PARTIJEN_MEE = ("crisisdienst", "toegang", "gi", "veilig_thuis", "zorgaanbieder")


def _geldigheid(c: Omstandigheden, o: Opsteller) -> bool:
    """A version answers beyond its source year or stated end, and says so: `niet bevestigd voor <jaar>`. A casus keeps
    the version of its melding, also in the next year."""
    begin = c.meld_op or c.nu
    if begin is None or c.jaar is None:
        return True
    r = c.a.regio
    voorbij = c.jaar > r.bronjaar or (r.geldig_tot is not None and lokaal(begin).date() >= r.geldig_tot)
    if voorbij:
        o.open(
            "versie/niet_bevestigd",
            T("Gelden deze afspraken in {jaar} nog? Ze zijn niet bevestigd voor {jaar}."),
            {
                "doorgaan": T("Ga ervan uit dat ze gelden tot er nieuwe zijn."),
                "navragen": T("Vraag het na bij de regio."),
            },
            r.regels,
            jaar=c.jaar,
        )
    c.feestdagen_van_jaar(o, c.jaar)
    return not voorbij
