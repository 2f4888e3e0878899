# SPDX-License-Identifier: EUPL-1.2
"""The expert team: when it can or must be asked, and until when (ZL-95, ZL-110..113; X-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .bron import STRIKT, Afspraak, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Expertteam:
    """When the expert team may or must be asked."""

    __pydantic_config__ = STRIKT

    ondersteuning: Afspraak[Literal["in_week_van_rto"]]
    bindend: Afspraak[Literal["bij_stagnatie_in_die_week"]]
    melden: Afspraak[Literal["bij_stagnatie"]]
    via_crisisdienst: Afspraak[Literal["mag"]]
    uitleg: Regels = ()


def expertteam(c: Omstandigheden, e: Expertteam, rto: Waarde, o: Opsteller) -> None:
    """Say what can be asked of the team, and by which day; `rto` is the day of the RTO, if it is known."""
    s = c.s.vervolg
    if s.stagneert:
        eerst = o.open(
            "X-20/plicht",
            T("Moet de procesregisseur bij stagnatie naar het Expertteam, of kan het?"),
            {
                "moet": T("Moet: “meldt aan” bij stagnatie."),
                "kan": T("Kan: een bindend advies “kan” worden gevraagd."),
            },
            e.melden.regels + e.bindend.regels,
        )
        o.zeg(
            "vervolg.expertteam",
            "bindend",
            T("De vervolghulp stagneert: de procesregisseur vraagt het Expertteam om een bindende uitspraak."),
            e.melden.regels + e.bindend.regels,
            e.melden.strekking if eerst == "moet" else e.bindend.strekking,
            open_vraag="X-20/plicht",
        )
        o.open(
            "X-20/uitspraak",
            T("Is een “bindend advies” hetzelfde als een “bindende uitspraak”?"),
            {"zelfde": T("Ja."), "verschillend": T("Nee.")},
            e.melden.regels + e.bindend.regels,
        )
        o.open("X-20/termijn", T("Binnen welke tijd beslist het Expertteam?"), {}, e.melden.regels + e.bindend.regels)
    elif s.expertteam == "ondersteuning":
        o.zeg(
            "vervolg.expertteam",
            "ondersteuning",
            T("De procesregisseur kan het Expertteam om ondersteuning vragen."),
            e.ondersteuning.regels,
            e.ondersteuning.strekking,
        )
    elif s.expertteam == "bindend_advies":
        o.zeg(
            "vervolg.expertteam",
            "reden_nodig",
            T("Een bindend advies vraagt een reden: stagnatie in de week van het RTO."),
            e.bindend.regels,
        )
        if s.stagneert is None:
            o.vraag(
                "vervolg.stagneert",
                T("Stagneert het regelen van de vervolghulp?"),
                T("Een bindend advies is er voor stagnatie."),
                e.bindend.regels,
                33,
            )
    if s.expertteam or s.stagneert:
        o.zeg(
            "vervolg.expertteam_via",
            "crisisdienst" if s.expertteam_via_crisisdienst else "rechtstreeks",
            T("De vraag mag ook via {dienst}; de procesregisseur blijft de vrager."),
            e.via_crisisdienst.regels + e.uitleg,
            e.via_crisisdienst.strekking,
            dienst=c.naam("crisisdienst"),
        )
        if isinstance(rto, date):
            zondag = rto + timedelta(days=6 - rto.weekday())
            lezingen: Lezingwaarden = (("kalenderweek", zondag), ("zeven_dagen", rto + timedelta(days=6)))
            verschilt = zondag != rto + timedelta(days=6)
            if verschilt:
                eerst = o.open(
                    "X-20/week_van_het_rto",
                    T("Wat is “de week van het RTO”?"),
                    {
                        "kalenderweek": T("De kalenderweek: tot en met {zondag}."),
                        "zeven_dagen": T("Zeven dagen vanaf het RTO: tot en met {zeven}."),
                    },
                    e.ondersteuning.regels,
                    zondag=zondag,
                    zeven=rto + timedelta(days=6),
                )
            else:
                eerst = "kalenderweek"
            o.klok(
                "vervolg.expertteam",
                T("Expertteam vragen"),
                gekozen(eerst, lezingen),
                e.ondersteuning.strekking,
                "procesregisseur",
                e.ondersteuning.regels,
                open_vraag="X-20/week_van_het_rto" if verschilt else "",
                lezingen=lezingen if verschilt else (),
            )
            gevraagd = s.gevraagd_op or (lokaal(c.s.moment).date() if c.s.moment else None)
            if gevraagd and any(isinstance(dag, date) and gevraagd > dag for _, dag in lezingen):
                o.open(
                    "X-20/na_de_week",
                    T("Op {gevraagd} is de week van het RTO voorbij of bijna. Kan een verzoek dan nog?"),
                    {
                        "kan": T("Ja, zolang de vervolghulp stagneert."),
                        "kan_niet": T("Nee: alleen in de week van het RTO."),
                    },
                    tuple(dict.fromkeys(e.melden.regels + e.ondersteuning.regels + e.bindend.regels)),
                    gevraagd=gevraagd,
                )
