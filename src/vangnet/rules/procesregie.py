# SPDX-License-Identifier: EUPL-1.2
"""Who has the lead, until when, and by what it passes (ZL-50, ZL-79; CIT-21..24, CIT-35; HGL-10; UTR-06, UTR-11;
AMS-05; ZOB-15; LEK: not in the source; X-06, X-19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .bron import STRIKT, Afspraak, Duur, Regels
from .omstandigheden import Omstandigheden
from .tekst import T
from .termijn import na_werkdagen
from .uitspraak import Opsteller, gekozen

Overgang = Literal["rto", "vervolg_bepaald", "veilig", "termijn", "zo_snel_mogelijk", "aanvaarding"]


@dataclass(frozen=True, slots=True)
class Regieafspraken:
    """By which event the lead passes, and to whom."""

    __pydantic_config__ = STRIKT

    eerst: Literal["crisisdienst"]
    overgang_regie: Overgang
    """`rto`: bij het RTO; `vervolg_bepaald`; `veilig`: zonder veiligheidsrisico; `termijn`: na een aantal werkdagen;
    `zo_snel_mogelijk`; `aanvaarding`: keuze van Vangnet waar de bron zwijgt."""
    naar: tuple[Literal["toegang", "gi", "veilig_thuis", "lokaal_team", "save_team", "generalist", "wijkteam"], ...]
    regels: Regels
    """Leeg alleen bij `aanvaarding`: dan zwijgt de bron."""
    termijn: Afspraak[Duur] | None = None
    """Binnen hoeveel werkdagen de zaak wordt overgenomen."""
    veilig_thuis: Afspraak[Literal["in_overleg_met_gemeente"]] | None = None
    vervolg_door: Afspraak[Literal["toegang"]] | None = None
    """Wie bepaalt of en welke vervolghulp er komt."""
    samen_aan_zet: Afspraak[Literal["crisisdienst_en_toegang"]] | None = None
    ambulant_door: Afspraak[Literal["crisisdienst"]] | None = None
    overdracht_lokaal: Afspraak[Literal["zo_snel_mogelijk"]] | None = None
    maatregel_vragen: Afspraak[Literal["save_team"]] | None = None


def procesregie(c: Omstandigheden, p: Regieafspraken, o: Opsteller) -> None:
    """Say who leads now, what moves the lead, and to whom. Exactly one party leads at any moment."""
    naar = _naar(c, p)
    over = _is_over(c, p)
    if c.s.vervolg.regie_veilig_thuis and p.veilig_thuis:
        o.zeg("regie.nu", "veilig_thuis", T("Veilig Thuis heeft nu de procesregie."), p.veilig_thuis.regels)
        op = c.s.vervolg.overdracht_regie_op
        o.zeg(
            "regie.veilig_thuis",
            "afgesproken" if op else "overleg",
            T("Veilig Thuis draagt de regie op {op} over aan de gemeente.")
            if op
            else T("Veilig Thuis en gemeente overleggen of en wanneer de regie naar de gemeente gaat."),
            p.veilig_thuis.regels,
            op=op,
        )
        return
    if p.overgang_regie == "aanvaarding":
        eerst = o.open(
            "regie/overgang",
            T("Wanneer gaat de leiding over? De afspraken van deze regio zeggen het niet."),
            {
                "aanvaarding": T("Als de ander de leiding aanvaardt; tot dan blijft {dienst} leiden."),
                "rto": T("Bij het eerste overleg met allen."),
            },
            c.a.regio.regels,
            dienst=c.naam("crisisdienst"),
        )
        o.zeg(
            "regie.nu",
            "crisisdienst",
            T("{wie} heeft de leiding tot een ander die aanvaardt."),
            c.a.regio.regels,
            open_vraag="regie/overgang",
            waarom=T("Keuze van Vangnet: de bron zwijgt."),
            wie=c.naam("crisisdienst"),
        )
        o.zeg(
            "regie.overgang",
            gekozen(eerst, (("aanvaarding", "aanvaarding"), ("rto", "rto"))),
            T("De leiding gaat over door aanvaarding."),
            c.a.regio.regels,
            open_vraag="regie/overgang",
        )
        return
    wie = naar if over else p.eerst
    o.zeg("regie.nu", wie, T("{wie} heeft nu de regie."), p.regels, wie=c.naam(wie))
    if not over:
        o.zeg(
            "regie.overgang",
            p.overgang_regie,
            OVERGANG[p.overgang_regie],
            p.regels,
            wie=c.naam(naar),
            tot=c.naam(p.eerst),
        )
    if p.overgang_regie == "rto":
        o.zeg("regie.procesregisseur", naar, T("Procesregisseur wordt {wie}."), p.regels, wie=c.naam(naar))
    if p.termijn and c.meld_op:
        _termijn(c, p.termijn, naar, o)
    if p.overdracht_lokaal:
        mag = c.s.vervolg.lokaal_mogelijk
        if mag is False:
            o.zeg(
                "regie.lokaal",
                "nog_niet",
                T("Overdracht naar {wie} kan nog niet: leg de reden vast."),
                p.overdracht_lokaal.regels,
                wie=c.naam(naar),
            )
        else:
            o.zeg(
                "regie.lokaal",
                "zo_snel_mogelijk",
                T("Draag zo snel als kan over aan {wie}."),
                p.overdracht_lokaal.regels,
                p.overdracht_lokaal.strekking,
                wie=c.naam(naar),
            )
    if p.vervolg_door:
        o.zeg(
            "regie.vervolg_door",
            p.vervolg_door.waarde,
            T("{wie} bepaalt of en welke vervolghulp er komt."),
            p.vervolg_door.regels,
            wie=c.naam(p.vervolg_door.waarde),
        )
        if p.overgang_regie == "vervolg_bepaald":
            o.open(
                "X-19/vervolg",
                T("Wie bepaalt het vervolg: de crisisdienst of de toegang?"),
                {
                    "samen": T("Samen: de crisisdienst stabiliseert en adviseert, de toegang besluit."),
                    "crisisdienst": T("De crisisdienst."),
                },
                p.regels + p.vervolg_door.regels,
            )
    if p.samen_aan_zet:
        o.zeg(
            "regie.samen",
            "crisisdienst_en_toegang",
            T("Voor het vervolg zijn {dienst} en {toegang} samen aan zet."),
            p.samen_aan_zet.regels,
            dienst=c.naam("crisisdienst"),
            toegang=c.naam("toegang"),
        )
    if p.ambulant_door:
        o.zeg(
            "regie.ambulant_door",
            p.ambulant_door.waarde,
            T("{wie} levert ook de ambulante crisishulp."),
            p.ambulant_door.regels,
            wie=c.naam("crisisdienst"),
        )
    if p.maatregel_vragen and c.s.vervolg.vots:
        o.zeg(
            "regie.maatregel",
            p.maatregel_vragen.waarde,
            T("Alleen een SAVE-medewerker vraagt de rechter om een maatregel, niet het wijkteam."),
            p.maatregel_vragen.regels,
        )


def _naar(c: Omstandigheden, p: Regieafspraken) -> str:
    if "gi" in p.naar and c.s.betrokken.gi == "beschikking":
        return "gi"
    return p.naar[0]


def _is_over(c: Omstandigheden, p: Regieafspraken) -> bool:
    v, i = c.s.vervolg, c.s.inschatting
    match p.overgang_regie:
        case "rto":
            return bool(c.s.rto.gehouden)
        case "vervolg_bepaald":
            return v.bepaald_op is not None
        case "veilig":
            return v.veilig_genoeg is True or i.veiligheidsrisico is False
        case "termijn" | "zo_snel_mogelijk":
            return any(x.overgedragen_op for x in c.s.inzet) or v.veilig_genoeg is True
        case _:
            return False


def _termijn(c: Omstandigheden, a: Afspraak[Duur], naar: str, o: Opsteller) -> None:
    begin = c.s.inzet[0].start_op if c.s.inzet and c.s.inzet[0].start_op else c.s.inschatting.op or c.meld_op
    assert begin is not None
    dag = na_werkdagen(begin, a.waarde.aantal, c.kalender_regio)
    o.open(
        "UTR-11/start",
        T("Vanaf wanneer tellen de {aantal} werkdagen, en welke feestdagen tellen niet mee?"),
        {
            "na_de_inzet": T("Vanaf de dag na de inzet van de crisisdienst; landelijke feestdagen tellen niet mee."),
            "na_de_melding": T("Vanaf de dag na de melding."),
        },
        a.regels,
        aantal=a.waarde.aantal,
    )
    o.klok(
        "regie.overname",
        T("{wie} neemt de zaak over"),
        dag,
        a.strekking,
        naar,
        a.regels,
        begint_op=begin,
        open_vraag="UTR-11/start",
        waarom=T("{aantal} werkdagen daarna."),
        wie=c.naam(naar),
        aantal=a.waarde.aantal,
    )


OVERGANG = {
    "rto": T("Bij het RTO gaat de regie van {tot} naar {wie}."),
    "vervolg_bepaald": T("De regie blijft bij {tot} tot het vervolg bepaald is; dan gaat ze naar {wie}."),
    "veilig": T("Zodra er geen veiligheidsrisico meer is, gaat de zaak naar {wie}."),
    "termijn": T("{wie} neemt de zaak binnen de termijn over."),
    "zo_snel_mogelijk": T("De zaak gaat zo snel mogelijk naar {wie}."),
}
