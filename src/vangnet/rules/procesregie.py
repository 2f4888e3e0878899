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
    if c.consult or c.verwezen:
        return
    naar = _naar(c, p, o)
    over = _is_over(c, p)
    if c.s.vervolg.regie_veilig_thuis and p.veilig_thuis:
        _veilig_thuis(c, p.veilig_thuis, o)
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
    if p.veilig_thuis and not over and _veilig_thuis_schat_in(c) and c.s.vervolg.regie_veilig_thuis is None:
        eerst = o.open(
            "X-06/regie_tot_rto",
            T("Wie heeft de regie tot het RTO, nu Veilig Thuis inschat?"),
            {"crisishulp": T("{dienst}, zoals gewoonlijk."), "veilig_thuis": T("Veilig Thuis.")},
            p.veilig_thuis.regels + p.regels,
            dienst=c.naam("crisisdienst"),
        )
        lezingen: Lezingwaarden = (("crisishulp", p.eerst), ("veilig_thuis", "veilig_thuis"))
        wie = str(gekozen(eerst, lezingen))
        o.zeg(
            "regie.nu",
            wie,
            T("{wie} heeft nu de regie."),
            p.regels + p.veilig_thuis.regels,
            open_vraag="X-06/regie_tot_rto",
            lezingen=lezingen,
            wie=c.naam(wie),
        )
    else:
        o.zeg("regie.nu", wie, T("{wie} heeft nu de regie."), p.regels, wie=c.naam(wie))
    if p.overgang_regie == "rto" and c.s.rto.gehouden and c.s.rto.procesregisseur_aanwezig is False:
        o.open(
            "X-18/afwezig",
            T("De procesregisseur ontbrak bij het RTO. Wat nu? Tot dat duidelijk is, houdt {dienst} de regie."),
            {
                "aanbod_met_klok": T("Bied de regie aan, met een termijn om te aanvaarden."),
                "nieuw_rto": T("Plan een nieuw RTO."),
            },
            p.regels,
            dienst=c.naam("crisisdienst"),
        )
    if p.overgang_regie == "rto" and c.besluit is False and o.antwoord("rto.genodigden") is None:
        return  # No crisis and so no RTO: nothing says when, or to whom, the lead then passes.
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
        _vervolg_door(c, p, p.vervolg_door, o)
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


def _vervolg_door(c: Omstandigheden, p: Regieafspraken, a: Afspraak[Literal["toegang"]], o: Opsteller) -> None:
    """Who determines what follows: the access (CIT-23), or the service where it is determined (CIT-21): X-19."""
    wie: str = a.waarde
    lezingen: Lezingwaarden = ()
    vraag = "X-19/noord_midden_limburg" if p.overgang_regie == "vervolg_bepaald" else ""
    if vraag:
        eerst = o.open(
            vraag,
            T("Wie bepaalt het vervolg: de crisisdienst of de toegang?"),
            {
                "toegang": T("De toegang bepaalt of en welke vervolghulp er komt."),
                "cit": T("De crisisdienst bepaalt het vervolg."),
            },
            p.regels + a.regels,
        )
        lezingen = (("toegang", a.waarde), ("cit", p.eerst))
        wie = str(gekozen(eerst, lezingen))
    o.zeg(
        "regie.vervolg_door",
        wie,
        T("{wie} bepaalt of en welke vervolghulp er komt."),
        a.regels if wie == a.waarde else p.regels + a.regels,
        open_vraag=vraag,
        lezingen=lezingen,
        wie=c.naam(wie),
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


def _veilig_thuis_schat_in(c: Omstandigheden) -> bool:
    b = c.s.betrokken
    return bool(b.veilig_thuis_schat_zelf_in or b.veilig_thuis_vraagt_crisisdienst)


def _veilig_thuis(c: Omstandigheden, a: Afspraak[Literal["in_overleg_met_gemeente"]], o: Opsteller) -> None:
    """Veilig Thuis leads until the day that it and the municipality agreed on (ZL-50)."""
    op = c.s.vervolg.overdracht_regie_op
    over = op is not None and c.nu is not None and lokaal(c.nu).date() >= op
    wie = "toegang" if over else "veilig_thuis"
    o.zeg("regie.nu", wie, T("{wie} heeft nu de regie."), a.regels, wie=c.naam(wie))
    o.zeg("regie.procesregisseur", wie, T("Procesregisseur is {wie}."), a.regels, wie=c.naam(wie))
    o.zeg(
        "regie.veilig_thuis",
        "overgedragen" if over else "afgesproken" if op else "overleg",
        T("Veilig Thuis draagt de regie op {op} over aan de gemeente.")
        if op
        else T("Veilig Thuis en gemeente overleggen of en wanneer de regie naar de gemeente gaat."),
        a.regels,
        waarom=T("De regie gaat dan niet bij het RTO over."),
        op=op,
    )
    if op is None:
        o.open(
            "X-06/overgang_regie",
            T("Wanneer gaat de regie van Veilig Thuis naar de gemeente?"),
            {
                "afgesproken_datum": T("Op een afgesproken datum, na aanvaarding door de gemeente."),
                "start_reguliere_hulp": T("Als de gewone hulp begint."),
            },
            a.regels,
        )


def _veilig(c: Omstandigheden) -> bool:
    """Whether it is safe enough, or there is no safety risk (any more)."""
    return c.s.vervolg.veilig_genoeg is True or c.s.inschatting.veiligheidsrisico is False


def _naar(c: Omstandigheden, p: Regieafspraken, o: Opsteller) -> str:
    if "lokaal_team" in p.naar and "save_team" in p.naar:
        return _lokaal_of_save(p, o)
    if c.a.traject.drieweg:
        weg = {"wijkteam": "wijkteam", "gi_casemanagement": "gi"}.get(c.s.triage.keuze_drieweg or "", "")
        return weg if weg in p.naar else p.naar[0]
    if "gi" in p.naar and "toegang" in p.naar:
        return c.toegang_of_gi(o, p.regels)
    if "gi" in p.naar and c.s.betrokken.gi == "beschikking":
        return "gi"
    return p.naar[0]


def _lokaal_of_save(p: Regieafspraken, o: Opsteller) -> str:
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
            return bool(c.s.rto.gehouden) and c.s.rto.procesregisseur_aanwezig is not False
        case "vervolg_bepaald":
            return v.bepaald_op is not None
        case "veilig":
            return _veilig(c) and any(x.overgedragen_op for x in c.s.inzet)
        case "termijn" | "zo_snel_mogelijk" | "aanvaarding":
            return any(x.overgedragen_op for x in c.s.inzet)


def _termijn(c: Omstandigheden, a: Afspraak[Duur], naar: str, o: Opsteller) -> None:
    """The last day to take over, in working days after the intervention; without one, after the report. Whether its own
    day counts is X-10, the earliest is the one to act on (UTR-11)."""
    begin = (c.s.inzet[0].start_op if c.s.inzet else None) or c.s.inschatting.op or c.meld_op
    assert begin is not None
    start, aantal = lokaal(begin).date(), a.waarde.aantal
    dag, lezingen = c.werkdagen_later(o, start, aantal)
    vraag = "X-02/twijfeldag" if lezingen else ""
    if c.kalender_regio.is_werkdag(start):
        met_startdag, met_lezingen = c.werkdagen_later(o, start, aantal - 1)
        eerst = o.open(
            "X-10/werkdagen",
            T("Telt de dag van de interventie mee in de {aantal} werkdagen?"),
            {
                "startdag_telt_mee": T("Ja: uiterlijk {met}."),
                "startdag_telt_niet_mee": T("Nee, de dag erna is dag 1: uiterlijk {zonder}."),
            },
            a.regels,
            aantal=aantal,
            met=met_startdag,
            zonder=dag,
        )
        if not o.keuze("X-10/werkdagen"):
            vraag = "X-10/werkdagen"
            lezingen = (("startdag_telt_mee", met_startdag), ("startdag_telt_niet_mee", dag))
        elif eerst == "startdag_telt_mee":
            lezingen, vraag = met_lezingen, "X-02/twijfeldag" if met_lezingen else ""
        dag = met_startdag if eerst == "startdag_telt_mee" else dag
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
