# SPDX-License-Identifier: EUPL-1.2
"""The kinds of events of a casus: what the timeline says, and in which part of the record each belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vangnet.rules.tekst import T


class Soort(NamedTuple):
    """One kind: the sentence of the timeline (with {names} of its data), the part that must be in sight, whether it is
    a decision, and which rules it comes from."""

    tekst: str
    onderdeel: str
    besluit: bool = False
    met: Mapping[str, str] = {}
    """By name of a datum the sentence that follows when it is known."""


HERREKEND = T("Termijnen herrekend. {wat}. {reden}")
HERREKEND_IN = ("kern", "regie", "triage", "inschatting", "inzet", "rto", "vervolg")
"""The parts of which deadlines can move when agreements, closing days or holidays change: an event per part, so that nobody reads
of a deadline that he does not see."""

SOORTEN: dict[str, Soort] = {
    "melding_begonnen": Soort(T("Melding aangenomen."), "kern"),
    "melding_afgerond": Soort(T("Melding afgerond: {uitkomst}."), "kern", True),
    "overgenomen": Soort(T("Overgenomen op {dag} uit {lijst}."), "kern"),
    "melding_ontvangen": Soort(T("Ontvangen van {systeem}."), "melding"),
    "melding_gevoegd": Soort(T("Nog een melding, gevoegd bij deze casus."), "melding"),
    "melding_geparkeerd": Soort(T("Melding geparkeerd."), "melding"),
    "melding_overgenomen": Soort(T("Melding overgenomen door {wie}."), "melding"),
    "in_handen": Soort(T("{wie} heeft deze casus nu in handen."), "kern"),
    "gezin_gewijzigd": Soort(T("Gezin bijgewerkt: {wat}."), "gezin"),
    "triage_besloten": Soort(T("Triage: {uitkomst}."), "triage", True),
    "meegedacht": Soort(T("{wie} dacht mee: {wat}."), "triage"),
    "vertrokken": Soort(
        T("Vertrokken naar het gezin: {wie}."), "inschatting", met={"terug": T("Terug verwacht {terug}.")}
    ),
    "aangekomen": Soort(T("Aangekomen bij het gezin."), "inschatting"),
    "terug": Soort(T("Weer weg bij het gezin, veilig."), "inschatting"),
    "slaapplek": Soort(T("Vastgelegd waar {kind} vannacht is."), "inzet"),
    "besluit_crisis": Soort(T("Besluit: {uitkomst}."), "kern", True),
    "inzet_besloten": Soort(T("Gekozen: {vorm}."), "inzet", True),
    "inzet_begonnen": Soort(T("Begonnen: {vorm}."), "inzet"),
    "inzet_beeindigd": Soort(T("Beëindigd: {vorm}. {reden}"), "inzet"),
    "inzet_vervallen": Soort(T("Niet doorgegaan: {vorm}. {reden}"), "inzet"),
    "ouders_geinformeerd": Soort(T("Verteld hoe lang {vorm} hooguit duurt."), "inzet"),
    "rto_gepland": Soort(T("RTO gepland op {dag}."), "rto"),
    "rto_verzet": Soort(T("RTO verzet naar {dag}. {reden}"), "rto"),
    "rto_vervallen": Soort(T("RTO gaat niet door. {reden}"), "rto"),
    "rto_antwoord": Soort(T("RTO: {wie} {antwoord}."), "rto"),
    "rto_gehouden": Soort(T("RTO gehouden."), "rto", True),
    "regie_over": Soort(T("Regie naar {naar}."), "kern", True),
    "aanbod_gedaan": Soort(T("Gevraagd aan {aan}: {wat}."), "regie"),
    "aanbod_aanvaard": Soort(T("{aan} zegt ja: {wat}."), "regie"),
    "aanbod_geweigerd": Soort(T("{aan} zegt nee: {wat}. {reden}"), "regie"),
    "aanbod_ingetrokken": Soort(T("Niet meer gevraagd aan {aan}: {wat}. {reden}"), "regie"),
    "aanbod_verlopen": Soort(T("{aan} gaf geen antwoord: {wat}."), "regie"),
    "signaal_gestuurd": Soort(T("Signaal klaar voor {aan}."), "kern"),
    "vervolg_bepaald": Soort(T("Vervolg bepaald: {wat}."), "vervolg", True),
    "aangemeld": Soort(T("Aangemeld bij {bij}."), "vervolg"),
    "beschikking": Soort(T("Beschikking van {dag}."), "vervolg"),
    "professionals_ingelicht": Soort(T("Ingelicht hoe het verder gaat: {wie}."), "vervolg"),
    "overgedragen": Soort(T("Warme overdracht met {wie}."), "vervolg"),
    "expertteam_gevraagd": Soort(T("Expertteam gevraagd om {wat}."), "vervolg"),
    "toestemming": Soort(T("Toestemming {wie}: {antwoord}."), "toestemming"),
    "contact": Soort(T("Contact met {met}."), "notities"),
    "belpoging": Soort(T("Gebeld naar {met}, geen gehoor."), "notities"),
    "notitie": Soort(T("Aantekening."), "notities"),
    "taak_klaar": Soort(T("Gedaan: {wat}. {resultaat}"), "taken"),
    "termijn_reden": Soort(T("Reden bij “{wat}”: {reden}"), "klokken"),
    "afspraken_nieuwer": Soort(T("Overgezet naar de afspraken die gelden vanaf {dag}. {reden}"), "kern"),
    **{f"herrekend_{deel}": Soort(HERREKEND, deel) for deel in HERREKEND_IN},
    "hersteld": Soort(T("Hersteld: {wat}. {reden}"), "kern"),
    "samengevoegd": Soort(T("Samengevoegd met {nummer}. {reden}"), "kern"),
    "gesloten_voor": Soort(
        T("Dossier gesloten voor een medewerker."), "kern", met={"door": T("{door} neemt het over.")}
    ),
    "weer_open_voor": Soort(T("Dossier weer open voor een medewerker."), "kern"),
    "noodtoegang": Soort(
        T("Keek een uur met noodtoegang."), "log", met={"levensgevaar": T("Volgens hem was er direct levensgevaar.")}
    ),
    "verzoek_ontvangen": Soort(T("Het gezin vraagt: {wat} ({nummer})."), "log"),
    "verzoek_beoordeeld": Soort(T("Wie vraagt is nagegaan ({nummer}): {uitkomst}."), "log"),
    "verzoek_verlengd": Soort(T("Termijn van {nummer} verlengd tot en met {dag}. {reden}"), "log"),
    "verzoek_aangeboden": Soort(T("Afschrift {nummer} ligt klaar om door een tweede te lezen."), "log"),
    "verzoek_terug": Soort(T("Afschrift {nummer} teruggestuurd. {reden}"), "log"),
    "verzoek_vrijgegeven": Soort(T("Afschrift {nummer} gelezen en vrijgegeven."), "log", True),
    "verzoek_besloten": Soort(T("Besluit op {nummer}: {besluit}."), "log", True),
    "verzoek_verklaring": Soort(T("Eigen verklaring bij het dossier gevoegd ({nummer})."), "notities"),
    "verzoek_fg": Soort(T("De functionaris gegevensbescherming las het besluit over vernietigen: {antwoord}."), "log"),
    "verzoek_klaar": Soort(T("Verzoek {nummer} beantwoord. {hoe}"), "log"),
    "wissen_besloten": Soort(T("Besloten dat het dossier gewist wordt ({nummer})."), "log", True),
    "afgesloten": Soort(T("Casus afgesloten: {uitkomst}."), "kern", True),
    "heropend": Soort(T("Casus heropend. {reden}"), "kern", True),
}
"""Every kind. The stand of a casus and its timeline are told in these; a test asks for each one that code writes."""
