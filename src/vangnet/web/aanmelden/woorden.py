# SPDX-License-Identifier: EUPL-1.2
"""Sentences of refusals, for the catalogue: a screen translates the docstring of a refusal, which no extractor sees."""

from django.utils.translation import gettext_noop as N_

ZINNEN = (
    N_("Dit e-mailadres en wachtwoord kloppen niet samen. Kijk na wat je typte."),
    N_("Het aanmelden duurde te lang. Begin opnieuw met je wachtwoord."),
    N_("Je hebt op dit moment geen functie in Vangnet. Vraag het de beheerder van je regio."),
    N_("Dit is geen proefinstallatie."),
    N_("Deze functie heb je niet, of niet meer."),
    N_("Je functie mag dit niet."),
    N_("Deze medewerker of organisatie hoort niet bij jouw regio."),
    N_("Je kunt dit alleen doen voor een collega van je eigen organisatie."),
    N_("Dit kun je niet voor jezelf doen. Vraag een collega die het ook mag."),
    N_("Deze medewerker is er niet."),
    N_("Deze medewerker werkt hier niet meer. Geef eerst een nieuwe functie."),
    N_("Deze organisatie is er niet, of doet niet meer mee."),
    N_("Deze functie bestaat niet bij deze soort organisatie."),
    N_("Deze medewerker heeft deze functie al bij deze organisatie."),
    N_("Deze functie is er niet, of is al geëindigd."),
    N_("Dit is geen e-mailadres."),
    N_("Vul een naam in."),
    N_("Deze uitnodiging is al gebruikt, verlopen of ingetrokken. Vraag een nieuwe aan wie je uitnodigde."),
    N_("Dit wachtwoord is te makkelijk te raden."),
    N_("Deze sleutel is hier niet bekend, of de aanmelding duurde te lang. Probeer het opnieuw."),
    N_("Deze code klopt niet. Neem de code die nu in je app staat."),
    N_("Dit is je enige sleutel of app. Voeg eerst een andere toe, anders kom je niet meer binnen."),
    N_("Deze sleutel of app is er niet meer."),
    N_("Je hebt al een app met codes. Haal die eerst weg."),
    N_("Dit adres is te vaak geprobeerd. Wacht even, of meld je aan met je sleutel."),
    N_("Bevestig eerst dat jij het bent."),
)
