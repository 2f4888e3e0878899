# SPDX-License-Identifier: EUPL-1.2
"""Words of rules and policies that a page shows translated although they are no templates: here for the catalogue."""

from django.utils.translation import gettext_noop as N_

WOORDEN = (
    # forces
    N_("maximaal"), N_("streefnorm"), N_("in de regel"), N_("in principe"), N_("bij voorkeur"), N_("minimaal"),
    N_("kan"), N_("zonder voorbehoud"),
    # holidays
    N_("Nieuwjaarsdag"), N_("Goede Vrijdag"), N_("1e Paasdag"), N_("2e Paasdag"), N_("Koningsdag"),
    N_("Bevrijdingsdag"), N_("Hemelvaartsdag"), N_("1e Pinksterdag"), N_("2e Pinksterdag"), N_("1e Kerstdag"),
    N_("2e Kerstdag"),
    # parts of a policy
    N_("Kantoortijd"), N_("Feestdagen"), N_("Sluitingsdagen"), N_("Voor wie"), N_("Melding"), N_("Triage"),
    N_("Huisbezoek en inschatting"), N_("Trajecten"), N_("Vormen van hulp"), N_("Rond-de-tafeloverleg (RTO)"),
    N_("Regie"), N_("Vervolg"), N_("Segment 1"),
    # units and values in the gaps of sentences
    N_("minuten"), N_("uur"), N_("nacht"), N_("nachten"), N_("dag"), N_("dagen"), N_("week"), N_("weken"),
    N_("werkdag"), N_("werkdagen"), N_("perspectief"), N_("hulp na de crisis"), N_("acties voor de procesregisseur"),
    N_("perspectief en doelen voor het gezinsplan"), N_("veiligheidsplan, nog kort"),
    N_("uitstroom met warme overdracht"), N_("advies over vervolghulp"), N_("afspraken over het perspectief"),
    N_("het vervolg"), N_("het veiligheidsplan"), N_("maatschappelijk werk"), N_("hulp van de ouders"),
    N_("huisarts"), N_("vervolghulp"), N_("Tijdelijke plaatsing in het eigen netwerk"),
    N_("Residentiële crisisopvang"), N_("ambulante crisishulp duurt hooguit 4 weken."),
    N_("crisisverblijf duurt hooguit 1 week; daarna komt het kind thuis, of er is vervolghulp met verblijf nodig."),
    N_("crisisverblijf duurt hooguit 1 week; een noodbed is voor één nacht."),
)  # fmt: skip
