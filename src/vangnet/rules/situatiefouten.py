# SPDX-License-Identifier: EUPL-1.2
"""Facts that cannot hold together: named all at once, before any advice is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from .kalender import lokaal
from .situatie import Situatie
from .toegang import leeftijd_op

if TYPE_CHECKING:
    from .afspraken import Afspraken

OUDSTE_JEUGDIGE = 22
DRACHT = timedelta(days=300)
"""How far ahead a birth date may lie: an unborn child."""
"""In a service for youth the highest age that any source names: up to 23 (CL-21, ICJ-09)."""


MEESTE_EURO = 10**12


class Tegenspraak(NamedTuple):
    """A contradiction: the field, what was found, what is expected, an example."""

    veld: str
    gevonden: str
    verwacht: str
    voorbeeld: str = ""


def tegenspraken(s: Situatie, a: Afspraken | None) -> list[Tegenspraak]:
    """Every pair of facts in a situation that cannot both be true, and every value outside its bounds."""
    return [*_betrokken(s), *_jeugdige(s, a), *_tijden(s), *_overig(s), *_meting(s, a)]


def _meting(s: Situatie, a: Afspraken | None) -> list[Tegenspraak]:
    """A measured value under a name that is no KPI of the region would be left out in silence (SEG-29..35)."""
    if s.meting is None or a is None or a.segment is None:
        return []
    kpis = tuple(a.segment.kpis)
    return [
        Tegenspraak(f"meting.{veld}", f"de onbekende KPI '{naam}'", f"één van {', '.join(kpis)}", kpis[0])
        for veld, gegeven in (("waarden", s.meting.waarden), ("nulmeting", s.meting.nulmeting))
        for naam in gegeven
        if naam not in kpis
    ]


def _betrokken(s: Situatie) -> list[Tegenspraak]:
    b, m = s.betrokken, s.melding.melder
    uit = []
    if b.veilig_thuis_schat_zelf_in and b.veilig_thuis_vraagt_crisisdienst:
        uit.append(
            Tegenspraak(
                "betrokken.veilig_thuis_schat_zelf_in",
                "Veilig Thuis schat zelf in én vraagt de crisisdienst",
                "één van beide: zelf inschatten zonder de crisisdienst (ZL-45), of de crisisdienst erbij vragen (ZL-46)",
                "veilig_thuis_vraagt_crisisdienst: true",
            )
        )
    if b.veilig_thuis is False and (
        b.veilig_thuis_schat_zelf_in or b.veilig_thuis_vraagt_crisisdienst or m == "veilig_thuis"
    ):
        uit.append(
            Tegenspraak(
                "betrokken.veilig_thuis",
                "Veilig Thuis is niet betrokken, maar meldt of schat in",
                "true als Veilig Thuis meldt of inschat",
                "veilig_thuis: true",
            )
        )
    if b.zorgaanbieder is False and (b.zorgaanbieder_gaat_mee or m == "zorgaanbieder"):
        uit.append(
            Tegenspraak(
                "betrokken.zorgaanbieder",
                "er is geen zorgaanbieder, maar die meldt of gaat mee",
                "true als een zorgaanbieder meldt of meegaat",
                "zorgaanbieder: true",
            )
        )
    if b.gi == "geen" and m == "gi":
        uit.append(
            Tegenspraak(
                "betrokken.gi",
                "de GI meldt, maar is niet betrokken",
                "'beschikking' of 'vrijwillig'",
                "gi: 'beschikking'",
            )
        )
    if b.volwassene_in_crisis is False and b.volwassene_is_ouder:
        uit.append(
            Tegenspraak(
                "betrokken.volwassene_is_ouder",
                "geen volwassene in crisis, wel ouder",
                "volwassene_in_crisis: true",
                "volwassene_in_crisis: true",
            )
        )
    return uit


def _jeugdige(s: Situatie, a: Afspraken | None) -> list[Tegenspraak]:
    j = s.jeugdige
    uit = []
    moment = s.melding.op or s.moment
    jaren = j.leeftijd
    if j.geboortedatum and moment and j.geboortedatum - lokaal(moment).date() > DRACHT:
        return [
            Tegenspraak(
                "jeugdige.geboortedatum",
                str(j.geboortedatum),
                f"een dag tot hooguit {DRACHT.days} dagen na de melding: geboren, of als ongeboren kind verwacht",
                str(lokaal(moment).date()),
            )
        ]
    if j.geboortedatum and moment:
        werkelijk = leeftijd_op(j.geboortedatum, lokaal(moment).date())
        if j.leeftijd is not None and j.leeftijd != werkelijk:
            uit.append(
                Tegenspraak(
                    "jeugdige.leeftijd",
                    f"{j.leeftijd} jaar bij geboortedatum {j.geboortedatum}",
                    f"{werkelijk} jaar op de dag van de melding",
                    f"leeftijd: {werkelijk}",
                )
            )
        jaren = werkelijk
    if jaren is None:
        return uit
    alle_leeftijden = a is not None and a.doelgroep.bereik == "0-100"
    if not 0 <= jaren <= 120:
        uit.append(
            Tegenspraak("jeugdige.leeftijd", f"{jaren} jaar", "een leeftijd van 0 tot en met 120", "leeftijd: 14")
        )
    elif jaren > OUDSTE_JEUGDIGE and not alle_leeftijden and not (a and a.doelgroep.leeftijd_tot):
        uit.append(  # A region with an age of its own answers itself: not in its target group (ICJ-09).
            Tegenspraak(
                "jeugdige.leeftijd",
                f"{jaren} jaar",
                f"een jeugdige: jonger dan {OUDSTE_JEUGDIGE + 1} (CL-21, ICJ-09); bel voor een volwassene de crisisdienst voor volwassenen",
                "leeftijd: 14",
            )
        )
    if j.hulp_voor_18 is False and jaren < 18:
        uit.append(
            Tegenspraak(
                "jeugdige.hulp_voor_18",
                f"geen hulp voor 18 bij {jaren} jaar",
                "dit alleen vanaf 18 jaar",
                "laat het weg",
            )
        )
    return uit


def _tijden(s: Situatie) -> list[Tegenspraak]:
    i = s.inschatting
    m = s.melding.op
    uit: list[Tegenspraak] = []
    for veld, vroeg, laat, verwacht in (
        ("inschatting.op", m, i.op, "een moment na de melding"),
        ("inschatting.vertrek_op", m, i.vertrek_op, "een moment na de melding"),
        ("inschatting.op", i.vertrek_op, i.op, "een moment na het vertrek"),
        ("inschatting.besloten_op", m, i.besloten_op, "een moment na de melding"),
        ("melding.contact_beeindigd_op", m, s.melding.contact_beeindigd_op, "een moment na de melding"),
        ("triage.besloten_op", m, s.triage.besloten_op, "een moment na de melding"),
        ("moment", m, s.moment, "een moment op of na de melding"),
        ("triage.aanbieder_ingelicht_op", m, s.triage.aanbieder_ingelicht_op, "een moment na de melding"),
        ("triage.aanbieder_contact_op", m, s.triage.aanbieder_contact_op, "een moment na de melding"),
        (
            "melding.teruggebeld_op",
            s.melding.contact_beeindigd_op,
            s.melding.teruggebeld_op,
            "een moment na het gesprek",
        ),
    ):
        if _aware(vroeg) and _aware(laat) and laat < vroeg:
            uit.append(Tegenspraak(veld, str(laat), verwacht, str(vroeg)))
    for n, inzet in enumerate(s.inzet, 1):
        if _aware(inzet.start_op) and _aware(inzet.eind_op) and inzet.eind_op < inzet.start_op:
            uit.append(
                Tegenspraak(f"inzet.{n}.eind_op", str(inzet.eind_op), "een moment na de start", str(inzet.start_op))
            )
        if _aware(m) and _aware(inzet.start_op) and inzet.start_op < m:
            uit.append(Tegenspraak(f"inzet.{n}.start_op", str(inzet.start_op), "een moment na de melding", str(m)))
    if s.rto.datum and m and _aware(m) and s.rto.datum < (dag := lokaal(m).date()):
        uit.append(Tegenspraak("rto.datum", str(s.rto.datum), "een dag op of na de melding", str(dag)))
    return uit


def _aware(moment: datetime | None) -> TypeGuard[datetime]:
    return moment is not None and moment.tzinfo is not None


def _overig(s: Situatie) -> list[Tegenspraak]:
    uit = []
    if s.triage.kan_wachten_tot_morgen == "ja" and s.triage.uitkomst == "crisis":
        uit.append(
            Tegenspraak(
                "triage.uitkomst",
                "crisis, terwijl het kan wachten tot morgen",
                "acute_hulp, of kan_wachten_tot_morgen: nee (ICJ-14)",
                "uitkomst: acute_hulp",
            )
        )
    d = s.overdracht
    for veld, beide, verwacht, voorbeeld in (
        (
            "overdracht.onduidelijk",
            d.enkelvoudig and d.onduidelijk,
            "helder en enkelvoudig (HGL-13), of onduidelijk (HGL-20)",
            "onduidelijk: false",
        ),
        (
            "overdracht.geen_aanbod",
            d.passend_aanbod and d.geen_aanbod,
            "direct passend aanbod (HGL-14), of geen aanbod (HGL-22)",
            "geen_aanbod: false",
        ),
    ):
        if beide:
            uit.append(Tegenspraak(veld, "allebei waar", verwacht, voorbeeld))
    if s.sluitingsdagen:
        fout = [d for d in s.sluitingsdagen.dagen if d.year != s.sluitingsdagen.jaar]
        uit += [
            Tegenspraak(
                "sluitingsdagen.dagen", str(d), f"dagen in {s.sluitingsdagen.jaar}", f"{s.sluitingsdagen.jaar}-05-21"
            )
            for d in fout
        ]
        if not s.sluitingsdagen.dagen:
            uit.append(
                Tegenspraak("sluitingsdagen.dagen", "geen dagen", "minstens één dag", f"{s.sluitingsdagen.jaar}-05-21")
            )
        if not 2000 <= s.sluitingsdagen.jaar <= 2100:
            uit.append(
                Tegenspraak(
                    "sluitingsdagen.jaar", str(s.sluitingsdagen.jaar), "een jaar van 2000 tot en met 2100", "2024"
                )
            )
    for naam, moment in (("melding.op", s.melding.op), ("moment", s.moment)):
        if moment and not 1990 <= moment.year <= 2100:
            uit.append(
                Tegenspraak(naam, str(moment), "een moment van 1990 tot en met 2100", "2024-05-17T21:40:00+02:00")
            )
    for n, k in enumerate(s.kosten, 1):
        if k.dagen is not None and k.dagen < 0:
            uit.append(Tegenspraak(f"kosten.{n}.dagen", str(k.dagen), "nul of meer", "7"))
    if s.verrekening:
        for naam, euro in (("budget", s.verrekening.budget), ("kosten", s.verrekening.kosten)):
            if not 0 <= euro <= MEESTE_EURO:
                uit.append(
                    Tegenspraak(f"verrekening.{naam}", f"{euro:g}", f"euro's van 0 tot en met {MEESTE_EURO}", "250000")
                )
        for naam, aandelen in (
            ("historisch_aandeel", s.verrekening.historisch_aandeel),
            ("feitelijk_aandeel", s.verrekening.feitelijk_aandeel),
        ):
            if any(deel < 0 for deel in aandelen.values()):
                uit.append(Tegenspraak(f"verrekening.{naam}", "een aandeel onder nul", "aandelen van 0 tot 1", "0.4"))
            elif aandelen and abs(sum(aandelen.values()) - 1) > 0.001:
                uit.append(
                    Tegenspraak(
                        f"verrekening.{naam}",
                        f"samen {sum(aandelen.values()):g}",
                        "aandelen die samen 1 zijn",
                        "0.4 en 0.6",
                    )
                )
    return uit
