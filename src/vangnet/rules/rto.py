# SPDX-License-Identifier: EUPL-1.2
"""The round-table meeting: its day, hour, who organises, chairs and is invited, what must come out of it
(ZL-08..11, ZL-34..37, ZL-43, ZL-62..78; ICJ-27..29; X-01, X-07, X-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .bron import STRIKT, Afspraak
from .kalender import EEN_DAG, lokaal
from .omstandigheden import OCHTEND, Omstandigheden, kalender_van
from .tekst import T, Waarde
from .uitspraak import Lezingwaarden, Opsteller, gekozen


@dataclass(frozen=True, slots=True)
class Rtoafspraken:
    """Everything a region agreed about the RTO; None in a region without one."""

    __pydantic_config__ = STRIKT

    dag: Afspraak[Literal["eerstvolgende_werkdag", "eerste_werkdag_na_melding"]]
    """Op welke dag; `eerstvolgende_werkdag` noemt geen beginpunt."""
    tijdvak: Afspraak[str] | None = None
    """Het liefste tijdvak, zoals 15:00-17:00."""
    organisator: Afspraak[Literal["crisisdienst"]] | None = None
    voorzitter: Afspraak[Literal["crisisdienst"]] | None = None
    verantwoordelijk: Afspraak[Literal["procesregisseur"]] | None = None
    rol_procesregisseur: Afspraak[Literal["belangrijke_rol"]] | None = None
    verplicht: (
        Afspraak[tuple[Literal["procesregisseur", "crisisaanbieder", "ouders", "jeugdige", "betrokkenen"], ...]] | None
    ) = None
    """Wie wordt uitgenodigd en erbij hoort; de jeugdige als het kan. `betrokkenen` waar de bron alle betrokkenen zegt."""
    al_betrokken: Afspraak[Literal["uitnodigen"]] | None = None
    zo_nodig: Afspraak[tuple[str, ...]] | None = None
    """Wie erbij kan als dat nodig is."""
    op_afstand: Afspraak[Literal["digitaal_of_telefonisch_met_reden"]] | None = None
    doel: Afspraak[tuple[str, ...]] | None = None
    agenda: Afspraak[tuple[str, ...]] | None = None
    verslag: Afspraak[tuple[str, ...]] | None = None
    """Wat er na het RTO moet liggen."""
    gezinsplan: Afspraak[Literal["opstellen_of_aanvullen"]] | None = None
    advies_door: Afspraak[Literal["crisisdienst"]] | None = None
    """Wie bepaalt welke inzet wordt geadviseerd."""


def rto_dag(c: Omstandigheden, r: Rtoafspraken, o: Opsteller) -> tuple[Waarde, str, Lezingwaarden]:
    """The day of the RTO: the next working day after the anchor, past the closing days of the municipality (ZL-43).

    Needs the moment of the melding. Where the source names no anchor, melding, assessment and decision are all tried
    (X-01); a GI with a court order has no closing days of its own, which is a reading (X-07)."""
    assert c.meld_op is not None
    ankers = [("melding", c.meld_op)]
    if r.dag.waarde == "eerstvolgende_werkdag":
        if c.s.inschatting.op:
            ankers.append(("inschatting", c.s.inschatting.op))
        if c.s.inschatting.besloten_op:
            ankers.append(("besluit", c.s.inschatting.besloten_op))
    dag = c.eerstvolgende_werkdag(o, ankers, c.kalender, r.dag.regels)
    lezingen: Lezingwaarden
    if c.sluiting.onzeker:
        ruim = c.eerstvolgende_werkdag(o, ankers, kalender_van(c.a, c.dicht | c.sluiting.onzeker), r.dag.regels)
        if ruim[0] != dag[0]:
            lezingen = ((c.sluiting.vervalt, dag[0]), (c.sluiting.geldt, ruim[0]))
            return dag[0], c.sluiting.vraag, lezingen
    if not c.dicht or c.s.betrokken.gi != "beschikking":
        return dag
    gewoon = c.eerstvolgende_werkdag(o, ankers, c.kalender_regio, r.dag.regels)
    if gewoon[0] == dag[0]:
        return dag
    eerst = o.open(
        "X-07/gi",
        T("De gemeente is dicht, maar de GI is procesregisseur. Schuift het RTO op?"),
        {
            "geldt_niet": T("Nee: de sluitingsdag is van de gemeente, niet van de GI. Het RTO is {vroeg}."),
            "geldt_wel": T("Ja: het RTO wacht tot de gemeente er weer is, {laat}."),
        },
        r.dag.regels,
        vroeg=gewoon[0],
        laat=dag[0],
    )
    lezingen = (("geldt_niet", gewoon[0]), ("geldt_wel", dag[0]))
    return gekozen(eerst, lezingen), "X-07/gi", lezingen


def schuift(c: Omstandigheden, dag: Waarde) -> bool:
    """Whether closing days of the municipality moved the RTO to this day (ZL-43)."""
    if c.meld_op is None or not isinstance(dag, date):
        return False
    hier = lokaal(c.meld_op)
    eerste = hier.date() if hier.time() < OCHTEND else hier.date() + EEN_DAG
    return any(eerste <= d < dag and c.kalender_regio.is_werkdag(d) for d in c.dicht)


def rto(c: Omstandigheden, r: Rtoafspraken, o: Opsteller) -> None:
    """Say when the RTO is, who is there, and what it must bring."""
    if c.s.inschatting.crisis is None and c.besluit is False and r.dag.waarde == "eerstvolgende_werkdag":
        return  # A call that is no crisis is referred (ZL-52); only an RTO that follows the call itself is in doubt (ICJ-27).
    if c.besluit is False:
        eerst = o.open(
            "X-18/geen_crisis",
            T("Het besluit is geen crisis. Komt er toch een RTO?"),
            {
                "geen_rto": T("Nee: het RTO hoort bij een crisis."),
                "wel_rto": T("Ja: om het vervolg te bespreken."),
            },
            r.dag.regels,
        )
        o.zeg(
            "rto.nodig",
            "hangt_af",
            T("Of er een RTO komt als het geen crisis is, zeggen de afspraken niet."),
            r.dag.regels,
            open_vraag="X-18/geen_crisis",
            lezingen=(("geen_rto", "nee"), ("wel_rto", "ja")),
        )
        if eerst == "geen_rto":
            return
    if c.meld_op is not None:
        _dag(c, r, o)
    _wie(c, r, o)
    _inhoud(c, r, o)


def _dag(c: Omstandigheden, r: Rtoafspraken, o: Opsteller) -> None:
    dag, vraag, lezingen = rto_dag(c, r, o)
    regels = r.dag.regels + c.feestdag_regels(dag)
    waarom = ""
    if c.a.sluitingsdagen and schuift(c, dag):
        regels = regels + c.a.sluitingsdagen.daarna.regels
        waarom = T("De gemeente is dicht; daarna is zij er op de eerste werkdag.")
        if c.s.inzet or c.s.vervolg.terug_naar_huis in ("twijfel", "nee") or c.s.vervolg.gikj in ("overwogen", "nodig"):
            o.open(
                "X-07/aanmelding_en_verblijf",
                T("Het RTO schuift door een sluitingsdag. Schuiven aanmelding en duur van het verblijf mee?"),
                {
                    "schuiven_niet": T("Nee: alleen het RTO schuift."),
                    "schuiven_mee": T("Ja: zij wachten tot de toegang er weer is."),
                },
                c.a.sluitingsdagen.daarna.regels,
            )
    o.zeg("rto.dag", dag, T("RTO op {dag}."), regels, r.dag.strekking, waarom, vraag, lezingen, dag=dag)
    o.klok(
        "rto",
        T("RTO"),
        dag,
        r.dag.strekking,
        "crisisdienst",
        regels,
        begint_op=c.meld_op,
        waarom=waarom,
        open_vraag=vraag,
        lezingen=lezingen,
    )
    if r.tijdvak:
        o.zeg(
            "rto.tijdvak",
            r.tijdvak.waarde,
            T("Vaak {tijdvak}; in principe kan het de hele dag."),
            r.tijdvak.regels,
            r.tijdvak.strekking,
            tijdvak=r.tijdvak.waarde,
        )
    gepland = c.s.rto.datum
    if gepland and isinstance(dag, date) and gepland != dag:
        goed = bool(c.s.rto.reden_andere_dag.strip())
        anders = gepland in [w for _, w in lezingen]
        waarde = "andere_lezing" if anders else "met_reden" if goed else "reden_ontbreekt"
        tekst = {
            "andere_lezing": T("{gepland} past bij een andere lezing van de afspraak."),
            "met_reden": T("Het RTO is op {gepland}; de reden ligt vast."),
            "reden_ontbreekt": T("Het RTO is op {gepland} en niet op {dag}: leg vast waarom."),
        }
        o.zeg("rto.andere_dag", waarde, tekst[waarde], r.dag.regels, r.dag.strekking, gepland=gepland, dag=dag)


def _wie(c: Omstandigheden, r: Rtoafspraken, o: Opsteller) -> None:
    if r.organisator and r.voorzitter:
        o.zeg(
            "rto.organisator",
            r.organisator.waarde,
            T("{wie} organiseert het RTO."),
            r.organisator.regels,
            wie=c.naam(r.organisator.waarde),
        )
        o.zeg(
            "rto.voorzitter",
            r.voorzitter.waarde,
            T("{wie} zit het RTO voor."),
            r.voorzitter.regels,
            wie=c.naam(r.voorzitter.waarde),
        )
    else:
        o.open(
            "X-18/voorzitter",
            T("Wie organiseert het RTO en wie zit het voor? De afspraken zeggen het niet."),
            {"crisisdienst": T("De crisisdienst."), "procesregisseur": T("De procesregisseur.")},
            r.dag.regels,
        )
    if r.verantwoordelijk and r.voorzitter and (c.s.rto.datum or c.s.rto.gehouden):
        o.open(
            "X-18/leiding",
            T("Wie leidt het RTO? Verantwoordelijk is de procesregisseur, {dienst} organiseert en zit voor."),
            {
                "drie_rollen": T("Drie rollen naast elkaar, zoals het er staat."),
                "procesregisseur": T("De procesregisseur leidt ook het overleg."),
            },
            r.verantwoordelijk.regels + r.voorzitter.regels,
            dienst=c.naam("crisisdienst"),
        )
    if r.verantwoordelijk:
        o.zeg(
            "rto.verantwoordelijk",
            r.verantwoordelijk.waarde,
            T("Het RTO valt onder de verantwoordelijkheid van de procesregisseur."),
            r.verantwoordelijk.regels,
        )
    if r.rol_procesregisseur:
        o.zeg(
            "rto.procesregisseur",
            r.rol_procesregisseur.waarde,
            T("De procesregisseur heeft een belangrijke rol in het RTO en de voortgang."),
            r.rol_procesregisseur.regels,
        )
    if r.verplicht:
        regisseur = c.toegang_of_gi(o, r.verplicht.regels)
        wie: tuple[str, ...] = tuple(regisseur if p == "procesregisseur" else p for p in r.verplicht.waarde)
        if c.s.vervolg.regie_veilig_thuis:
            wie = ("veilig_thuis", *wie)
        o.zeg(
            "rto.genodigden",
            wie,
            T("Nodig uit: {wie}."),
            r.verplicht.regels,
            r.verplicht.strekking,
            waarom=T("De jeugdige als het kan.") if "jeugdige" in wie else "",
            wie=tuple(c.naam(p) for p in wie),
        )
    if r.al_betrokken and (c.s.betrokken.zorgaanbieder or c.s.melding.melder == "zorgaanbieder"):
        o.zeg(
            "rto.al_betrokken",
            "zorgaanbieder",
            T("Nodig ook uit: {wie}, die al hulp geeft."),
            r.al_betrokken.regels,
            wie=c.naam("zorgaanbieder"),
        )
    if r.zo_nodig:
        o.zeg(
            "rto.zo_nodig",
            r.zo_nodig.waarde,
            T("Zo nodig ook: {wie}."),
            r.zo_nodig.regels,
            r.zo_nodig.strekking,
            wie=r.zo_nodig.waarde,
        )
    if r.op_afstand:
        if c.s.rto.deelname_op_afstand and not c.s.rto.reden_op_afstand.strip():
            o.zeg(
                "rto.op_afstand",
                "reden_nodig",
                T("Digitaal of telefonisch meedoen mag als komen niet kan: leg de reden vast."),
                r.op_afstand.regels,
            )
        else:
            o.zeg(
                "rto.op_afstand",
                "mag",
                T("Wie niet kan komen, doet digitaal of telefonisch mee."),
                r.op_afstand.regels,
                r.op_afstand.strekking,
            )


def _inhoud(c: Omstandigheden, r: Rtoafspraken, o: Opsteller) -> None:
    if r.doel:
        o.zeg("rto.doel", r.doel.waarde, T("Doel: {doel}."), r.doel.regels, r.doel.strekking, doel=r.doel.waarde)
    if r.agenda:
        o.zeg("rto.agenda", r.agenda.waarde, T("Agenda: {agenda}."), r.agenda.regels, agenda=r.agenda.waarde)
    if r.gezinsplan:
        o.zeg(
            "rto.gezinsplan",
            GEZINSPLAN[c.s.betrokken.gezinsplan][0],
            GEZINSPLAN[c.s.betrokken.gezinsplan][1],
            r.gezinsplan.regels,
        )
    if r.advies_door:
        o.zeg(
            "rto.advies_door",
            r.advies_door.waarde,
            T("{wie} bepaalt welke inzet wordt geadviseerd."),
            r.advies_door.regels,
            wie=c.naam(r.advies_door.waarde),
        )
    if r.verslag:
        ontbreekt = []
        if c.s.rto.gehouden:
            if not c.s.rto.perspectief:
                ontbreekt.append("perspectief")
            if c.s.vervolg.route is None:
                ontbreekt.append("vervolg")
            if not c.s.rto.veiligheidsplan:
                ontbreekt.append("veiligheidsplan")
            if c.s.rto.procesregisseur_aanwezig is False:
                ontbreekt.append("procesregisseur")
        if ontbreekt:
            o.zeg(
                "rto.verslag",
                "onvolledig",
                T("In het verslag ontbreekt nog: {ontbreekt}."),
                r.verslag.regels
                + (r.verantwoordelijk.regels if r.verantwoordelijk and "procesregisseur" in ontbreekt else ()),
                ontbreekt=tuple(ontbreekt),
            )
        else:
            o.zeg(
                "rto.verslag",
                "compleet" if c.s.rto.gehouden else r.verslag.waarde,
                T("Het verslag heeft alles wat de afspraak vraagt.")
                if c.s.rto.gehouden
                else T("Na het RTO ligt vast: {verslag}."),
                r.verslag.regels,
                verslag=r.verslag.waarde,
            )


GEZINSPLAN = {
    True: ("aanvullen", T("Vul samen het gezinsplan aan.")),
    False: ("opstellen", T("Stel samen een gezinsplan op.")),
    None: ("opstellen_of_aanvullen", T("Stel samen een gezinsplan op, of vul het aan.")),
}
