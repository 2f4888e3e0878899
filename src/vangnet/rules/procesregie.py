# SPDX-License-Identifier: EUPL-1.2
"""Who has the lead, until when, and by what it passes (ZL-50, ZL-79; CIT-21..24, CIT-35; HGL-10, HGL-16; UTR-04..06,
UTR-11; AMS-02, AMS-05; ZOB-15, ZOB-22; LEK: not in the source; X-02, X-06, X-19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .bron import STRIKT, Afspraak, Duur, Regels
from .kalender import lokaal
from .omstandigheden import Omstandigheden
from .tekst import T
from .termijn import op_tijd
from .uitspraak import Lezingwaarden, Opsteller, gekozen

Overgang = Literal["rto", "vervolg_bepaald", "veilig", "termijn", "zo_snel_mogelijk", "aanvaarding"]


@dataclass(frozen=True, slots=True)
class Regieafspraken:
    """By which event the lead passes, and to whom."""

    __pydantic_config__ = STRIKT

    eerst: Literal["crisisdienst"]
    overgang_regie: Overgang
    """`rto`: bij het RTO; `vervolg_bepaald`; `veilig`: zonder veiligheidsrisico; `termijn`: na een aantal werkdagen;
    `zo_snel_mogelijk`; `aanvaarding`: keuze van Vangnet waar de bron zwijgt."""
    naar: tuple[
        Literal[
            "toegang",
            "gi",
            "veilig_thuis",
            "lokaal_team",
            "save_team",
            "generalist",
            "wijkteam",
            "zorgaanbieder",
            "crisisaanbieder",
        ],
        ...,
    ]
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
    """Wie de rechter om een maatregel kan vragen."""
    terug_bij_veilig: Afspraak[Literal["save_team"]] | None = None
    """Wie terugtreedt zodra het weer veilig genoeg is."""
    ook_bij_rto: Regels = ()
    """Regels die ook het RTO als moment van overgang laten lezen (X-18)."""
    andere_lezing: Literal["", "save_team", "aanbieder_zorgpad"] = ""
    """Waar de bron zwijgt: wie anders de leiding zou kunnen hebben."""
    stilte: Regels = ()
    """Waar de bron zwijgt: de regels waarin de overgang had kunnen staan."""


def procesregie(c: Omstandigheden, p: Regieafspraken, o: Opsteller) -> None:
    """Say who leads now, what moves the lead, and to whom. Exactly one party leads at any moment; a consult makes no
    casus, so nobody takes the lead from the professional who asks (HGL-25, HGL-26)."""
    if c.consult:
        return
    naar = _naar(c, p, o)
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
        _aanvaarding(c, p, naar, over, o)
        return
    if p.ook_bij_rto and p.overgang_regie == "vervolg_bepaald" and c.a.rto:
        eerst = o.open(
            "X-18/overgang_nml",
            T("Wanneer gaat de regie over: als het vervolg bepaald is, of op het RTO?"),
            {
                "vervolg_bepaald": T("Zodra het vervolg bepaald is."),
                "op_rto": T("Op het RTO, waar de procesregisseur een belangrijke rol heeft."),
            },
            tuple(dict.fromkeys(p.regels + p.ook_bij_rto)),
        )
        over = over or (eerst == "op_rto" and bool(c.s.rto.gehouden))
    wie: str = naar if over else p.eerst
    if not over and not c.s.inzet and o.antwoord("huisbezoek.gaat") == "generalist":
        wie, over = "generalist", True  # The service does not go at all (ZOB-22).
    if over and p.terug_bij_veilig and wie == p.terug_bij_veilig.waarde and _veilig(c):
        wie = "lokaal_team"
    o.zeg("regie.nu", wie, T("{wie} heeft nu de regie."), p.regels, wie=c.naam(wie))
    if not over:
        nu = p.overgang_regie == "veilig" and _veilig(c)
        o.zeg(
            "regie.overgang",
            "nu_overdragen" if nu else p.overgang_regie,
            T("Geen veiligheidsrisico (meer): draag de zaak nu over aan {wie}.") if nu else OVERGANG[p.overgang_regie],
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
                "X-19/noord_midden_limburg",
                T("Wie bepaalt het vervolg: de crisisdienst of de toegang?"),
                {
                    "toegang": T("De toegang bepaalt of en welke vervolghulp er komt."),
                    "cit": T("De crisisdienst bepaalt het vervolg."),
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
    if p.terug_bij_veilig:
        terug = _veilig(c)
        o.zeg(
            "regie.terug",
            "terugtreden" if terug else "blijft_tot_veilig",
            T("Veilig genoeg: {wie} treedt terug.") if terug else T("{wie} treedt terug zodra het veilig genoeg is."),
            p.terug_bij_veilig.regels,
            p.terug_bij_veilig.strekking,
            wie=c.naam(p.terug_bij_veilig.waarde),
        )
    if p.maatregel_vragen and c.s.vervolg.vots:
        o.zeg(
            "regie.maatregel",
            p.maatregel_vragen.waarde,
            T("Alleen een SAVE-medewerker vraagt de rechter om een maatregel, niet het wijkteam."),
            p.maatregel_vragen.regels,
        )


def _aanvaarding(c: Omstandigheden, p: Regieafspraken, naar: str, over: bool, o: Opsteller) -> None:
    """The source does not say who leads: ours is that the service does until another accepts, shown as our own choice."""
    vraag, andere = ANDERE_LEZING[p.andere_lezing]
    regels = p.stilte or c.a.regio.regels
    lezingen: dict[str, str] = {
        "crisisdienst_tot_aanvaarding": T("{dienst}, tot een ander de leiding aanvaardt."),
        **andere,
    }
    eerst = o.open(
        vraag,
        T("Wie heeft de leiding, en wanneer gaat die over? De afspraken van deze regio zeggen het niet."),
        lezingen,
        regels,
        dienst=c.naam("crisisdienst"),
    )
    waarden: Lezingwaarden = tuple((k, LEIDING[k]) for k in lezingen)
    wie = naar if over else str(gekozen(eerst, waarden))
    o.zeg(
        "regie.nu",
        wie,
        T("{wie} heeft nu de regie.") if over else T("{wie} heeft de leiding tot een ander die aanvaardt."),
        regels,
        open_vraag="" if over else vraag,
        lezingen=() if over else waarden,
        waarom=T("Keuze van Vangnet: de bron zwijgt."),
        wie=c.naam(wie),
    )
    if not over:
        o.zeg(
            "regie.overgang",
            "aanvaarding",
            T("De leiding gaat over door aanvaarding."),
            regels,
            open_vraag=vraag,
            waarom=T("Keuze van Vangnet: de bron zwijgt."),
        )


ANDERE_LEZING: dict[str, tuple[str, dict[str, str]]] = {
    "": ("regie/overgang", {"eerste_overleg": T("{dienst}, tot het eerste overleg met allen.")}),
    "save_team": ("X-23/regie_lekstroom", {"save_team": T("Het SAVE-team.")}),
    "aanbieder_zorgpad": ("X-18/niet_bepaald", {"aanbieder_zorgpad": T("De aanbieder van het zorgpad.")}),
}
LEIDING = {
    "crisisdienst_tot_aanvaarding": "crisisdienst",
    "eerste_overleg": "crisisdienst",
    "save_team": "save_team",
    "aanbieder_zorgpad": "crisisaanbieder",
}


def _veilig(c: Omstandigheden) -> bool:
    """Whether it is safe enough, or there is no safety risk (any more)."""
    return c.s.vervolg.veilig_genoeg is True or c.s.inschatting.veiligheidsrisico is False


def _naar(c: Omstandigheden, p: Regieafspraken, o: Opsteller) -> str:
    if "lokaal_team" in p.naar and "save_team" in p.naar:
        return _lokaal_of_save(c, p, o)
    if c.a.traject.drieweg:
        weg = {"wijkteam": "wijkteam", "gi_casemanagement": "gi"}.get(c.s.triage.keuze_drieweg or "", "")
        return weg if weg in p.naar else p.naar[0]
    if "gi" in p.naar and c.s.betrokken.gi == "beschikking":
        return "gi"
    return p.naar[0]


def _lokaal_of_save(c: Omstandigheden, p: Regieafspraken, o: Opsteller) -> str:
    """Local care and/or the SAVE team takes over (UTR-11): SAVE when a child's safety or crime is at stake (UTR-04)."""
    regels = p.termijn.regels if p.termijn else p.regels
    lezingen = {"save_team": T("Het SAVE-team."), "lokaal_team": T("De lokale zorg.")}
    if o.antwoord("toegang.aanleiding") != "ja":
        lezingen = dict(reversed(lezingen.items()))
    return o.open(
        f"{regels[0]}/en_of", T("“Lokale zorg en/of SAVE-team”: wie heeft na de overname de leiding?"), lezingen, regels
    )


def _is_over(c: Omstandigheden, p: Regieafspraken) -> bool:
    v = c.s.vervolg
    match p.overgang_regie:
        case "rto":
            return bool(c.s.rto.gehouden)
        case "vervolg_bepaald":
            return v.bepaald_op is not None
        case "veilig":
            return _veilig(c) and any(x.overgedragen_op for x in c.s.inzet)
        case "termijn" | "zo_snel_mogelijk" | "aanvaarding":
            return any(x.overgedragen_op for x in c.s.inzet)


def _termijn(c: Omstandigheden, a: Afspraak[Duur], naar: str, o: Opsteller) -> None:
    """The last day to take over: working days after the intervention or after the report, which the source leaves open
    (UTR-11); the earliest is the one to act on."""
    start = (c.s.inzet[0].start_op if c.s.inzet else None) or c.s.inschatting.op
    begin = start or c.meld_op
    assert begin is not None
    dag, lezingen = c.werkdagen_later(o, lokaal(begin).date(), a.waarde.aantal)
    vraag = "X-02/twijfeldag" if lezingen else ""
    if start is None or (c.meld_op and lokaal(start).date() != lokaal(c.meld_op).date()):
        start_vraag = f"{a.regels[0]}/start"
        eerst = o.open(
            start_vraag,
            T("Vanaf wanneer tellen de {aantal} werkdagen?"),
            {
                "na_de_melding": T("Vanaf de dag na de melding."),
                "na_de_inzet": T("Vanaf de dag na de inzet van de crisisdienst."),
            },
            a.regels,
            aantal=a.waarde.aantal,
        )
        if start and c.meld_op:
            na_melding, _ = c.werkdagen_later(o, lokaal(c.meld_op).date(), a.waarde.aantal)
            if na_melding != dag:
                vraag = start_vraag
                lezingen = (("na_de_melding", na_melding), ("na_de_inzet", dag))
                dag = gekozen(eerst, lezingen)  # type: ignore[assignment]
        elif not vraag:
            vraag = start_vraag
    o.klok(
        "regie.overname",
        T("{wie} neemt de zaak over"),
        dag,
        a.strekking,
        naar,
        a.regels,
        begint_op=begin,
        open_vraag=vraag,
        lezingen=lezingen,
        waarom=T("{aantal} werkdagen daarna."),
        wie=c.naam(naar),
        aantal=a.waarde.aantal,
    )
    over = next((x.overgedragen_op for x in c.s.inzet if x.overgedragen_op), None)
    if over:
        waarde = op_tijd(o, over, dag, vraag, lezingen)
        o.zeg(
            "regie.overgenomen",
            waarde,
            OVERGENOMEN[waarde],
            a.regels,
            a.strekking,
            open_vraag=vraag if waarde == "hangt_af" else "",
            aantal=a.waarde.aantal,
        )


OVERGENOMEN = {
    "op_tijd": T("De zaak is binnen {aantal} werkdagen overgenomen."),
    "te_laat": T("De zaak is later dan {aantal} werkdagen overgenomen; leg de reden vast."),
    "hangt_af": T("Of de zaak op tijd is overgenomen, hangt af van een open vraag."),
}
OVERGANG = {
    "rto": T("Bij het RTO gaat de regie van {tot} naar {wie}."),
    "vervolg_bepaald": T("De regie blijft bij {tot} tot het vervolg bepaald is; dan gaat ze naar {wie}."),
    "veilig": T("Zodra er geen veiligheidsrisico meer is, gaat de zaak naar {wie}."),
    "termijn": T("{wie} neemt de zaak binnen de termijn over."),
    "zo_snel_mogelijk": T("De zaak gaat zo snel mogelijk naar {wie}."),
}
