# SPDX-License-Identifier: EUPL-1.2
"""The rights table: which function may do what to which thing, on which condition. The document `docs/rechten.md` and
the matrix test are made from it; a URL whose mark is not a line here fails the build.

A line says what a function can ever do. For a casus the condition is met or not by the betrokkenheid of the organisation
(`zichtbaar`), and what is seen of it follows from `zicht`. Who reads or writes without a line, does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from .declare import declare
from .models import Rol

View = TypeVar("View", bound=Callable[..., Any])

DIENST = frozenset({Rol.CRISISMEDEWERKER, Rol.COORDINATOR})
MEEDENKEND = frozenset({Rol.GEDRAGSWETENSCHAPPER, Rol.PSYCHIATER})
REGIEVOEREND = frozenset({Rol.TOEGANGSMEDEWERKER, Rol.JEUGDBESCHERMER, Rol.MEDEWERKER_VEILIG_THUIS})
PARTNER = REGIEVOEREND | {Rol.PLANNER, Rol.TAFELLID}
CASUSROLLEN = DIENST | MEEDENKEND | PARTNER
BEHEER = frozenset({Rol.BEHEERDER})
IEDEREEN = frozenset(Rol)

BETROKKEN = "de eigen organisatie is nu bij deze casus betrokken"
EIGEN = "van de eigen organisatie"
ZELF = "van zichzelf"
REGIO = "in de eigen regio"


class Recht(NamedTuple):
    """One line: what (`ding`), which verb (`werkwoord`), who (`rollen`), on which condition, and why."""

    ding: str
    werkwoord: str
    rollen: frozenset[str]
    voorwaarde: str
    reden: str

    @property
    def merk(self) -> str:
        """The mark that a view carries."""
        return f"{self.ding}.{self.werkwoord}"


TABEL: tuple[Recht, ...] = (
    Recht("account", "eigen", IEDEREEN, ZELF, "Ieder beheert zijn eigen aanmelding."),
    Recht("bord", "inzien", DIENST | MEEDENKEND, BETROKKEN, "De dienst ziet in één blik wat er loopt."),
    Recht("overdracht", "inzien", DIENST | MEEDENKEND, EIGEN, "Wie de dienst heeft of krijgt, leest wat er loopt en wat er getekend is."),
    Recht("overdracht", "tekenen", DIENST | {Rol.GEDRAGSWETENSCHAPPER}, EIGEN, "Wie gaat en wie komt tekenen allebei, ieder op zijn eigen scherm."),
    Recht("veranderingen", "volgen", CASUSROLLEN, EIGEN, "Een open pagina hoort dát er iets veranderde, nooit wat; dat vraagt zij zelf."),
    Recht("alarm", "inzien", CASUSROLLEN, BETROKKEN, "Wat afgaat, hoort wie gewaarschuwd is; alleen van een casus en een onderdeel die hij ziet."),
    Recht("alarm", "bevestigen", CASUSROLLEN, BETROKKEN, "Wie zegt dat hij het heeft, stopt de ladder; de termijn loopt door."),
    Recht("ladder", "inzien", DIENST | MEEDENKEND | BEHEER, REGIO, "Wie wanneer gewaarschuwd wordt en wat daarvan niet kan; geen gezinnen."),
    Recht("mijnwerk", "inzien", CASUSROLLEN, BETROKKEN, "Ieder ziet wat op hem wacht."),
    Recht("melding", "opnemen", DIENST, EIGEN, "De crisisdienst neemt meldingen aan (ZL-52, ICJ-17)."),
    Recht("gezin", "herkennen", DIENST, REGIO, "Tijdens het bellen: is dit gezin bekend, en wie bel je dan; verder niets."),
    Recht("casus", "zoeken", CASUSROLLEN, BETROKKEN, "Zoeken vindt alleen wat je ook mag openen."),
    Recht("casus", "inzien", CASUSROLLEN, BETROKKEN, "Zonder betrokkenheid geen dossier; zicht per rol en fase."),
    Recht("casus", "printen", CASUSROLLEN, BETROKKEN, "Een samenvatting op papier, vastgelegd in het log."),
    Recht("casus", "nemen", DIENST | PARTNER, BETROKKEN, "Wie de casus bij een wisseling van dienst in handen neemt, of aan een collega geeft."),
    Recht("casus", "herstellen", DIENST, BETROKKEN, "Verkeerd kind, verkeerde gemeente: herstellen laat de oude versie staan."),
    Recht("feit", "vastleggen", CASUSROLLEN, BETROKKEN, "Wie aan de casus werkt, legt vast wat hij weet."),
    Recht("gezin", "wijzigen", DIENST | REGIEVOEREND, BETROKKEN, "Kinderen, ouders, netwerk, adressen en gezag."),
    Recht("toestemming", "vastleggen", DIENST | REGIEVOEREND, BETROKKEN, "Toestemming of andere grond, per persoon."),
    Recht("triage", "besluiten", DIENST, BETROKKEN, "De triage is van de crisisdienst."),
    Recht("triage", "meedenken", DIENST | MEEDENKEND, BETROKKEN, "Een gedragswetenschapper of psychiater denkt mee."),
    Recht("inschatting", "doen", DIENST | {Rol.MEDEWERKER_VEILIG_THUIS}, BETROKKEN, "Vertrek, aankomst en besluit crisis (ZL-48)."),
    Recht("inzet", "besluiten", DIENST, BETROKKEN, "De crisisdienst zet crisishulp in (ZL-12)."),
    Recht("inzet", "uitvoeren", DIENST | {Rol.PLANNER}, BETROKKEN, "Begin en einde van de hulp die je zelf geeft."),
    Recht("rto", "plannen", DIENST | REGIEVOEREND, BETROKKEN, "Wie de regie heeft, plant en houdt het RTO (ZL-34, ZL-75)."),
    Recht("rto", "houden", DIENST | REGIEVOEREND, BETROKKEN, "Verslag, perspectief en procesregisseur (ZL-08..11)."),
    Recht("regie", "overdragen", DIENST | REGIEVOEREND, BETROKKEN, "Alleen wie de regie heeft, draagt haar over (ZL-79)."),
    Recht("vervolg", "regelen", DIENST | REGIEVOEREND, BETROKKEN, "De procesregisseur regelt vervolghulp (ZL-99..103)."),
    Recht("casus", "afsluiten", DIENST | REGIEVOEREND, BETROKKEN, "Wie de regie heeft, sluit af."),
    Recht("aanbod", "doen", DIENST | REGIEVOEREND, BETROKKEN, "Een vraag aan een andere organisatie."),
    Recht("besluit", "inzien", CASUSROLLEN, BETROKKEN, "Wat is voorgesteld en wat besloten, met de regels; voor koppelingen."),
    Recht("aanbod", "inzien", CASUSROLLEN, EIGEN, "Wat aan de eigen organisatie is gevraagd; voor koppelingen."),
    Recht("aanbod", "beantwoorden", CASUSROLLEN, EIGEN, "Aanvaarden of weigeren wat aan de eigen organisatie is gevraagd."),
    Recht("notitie", "schrijven", CASUSROLLEN, BETROKKEN, "Aantekening, contact of belpoging."),
    Recht("taak", "afronden", CASUSROLLEN, EIGEN, "Een taak van de eigen organisatie."),
    Recht("bericht", "regelen", CASUSROLLEN, EIGEN, "Een bericht dat niet aankwam: wie belt er zelf."),
    Recht("bellen", "inzien", CASUSROLLEN | BEHEER, REGIO, "Wie bel ik nu: nummers van organisaties, geen gezinnen."),
    Recht("rooster", "inzien", CASUSROLLEN | BEHEER, REGIO, "Wie heeft dienst."),
    Recht("rooster", "wijzigen", frozenset({Rol.COORDINATOR}) | BEHEER, EIGEN, "Een simpele lijst per dag."),
    Recht("sluitingsdag", "opgeven", frozenset({Rol.TOEGANGSMEDEWERKER}) | BEHEER, EIGEN, "Een gemeente geeft haar sluitingsdagen op (ZL-39..43)."),
    Recht("termijn", "herrekenen", frozenset({Rol.COORDINATOR}), BETROKKEN, "Na andere afspraken, keuzes of sluitingsdagen: zien welke termijnen verschuiven, en ze laten verschuiven."),
    Recht("medewerker", "inzien", frozenset({Rol.COORDINATOR}) | BEHEER, REGIO, "Wie werkt waar; een coördinator ziet alleen zijn eigen organisatie."),
    Recht("medewerker", "noodcode", frozenset({Rol.COORDINATOR}) | BEHEER, REGIO, "Telefoon kwijt om drie uur 's nachts: een code voor één keer; een coördinator alleen voor de eigen organisatie."),
    Recht("medewerker", "beheren", BEHEER, REGIO, "Uitnodigen, sleutel kwijt, vertrek; zonder zicht op gezinnen."),
    Recht("organisatie", "beheren", BEHEER, REGIO, "Organisaties en telefoonnummers."),
    Recht("koppeling", "beheren", BEHEER, REGIO, "Sleutels voor de systemen van organisaties; zonder zicht op gezinnen."),
    Recht("bevestiging", "geven", frozenset({Rol.COORDINATOR}) | BEHEER, REGIO, "De tweede persoon bij een sleutel of een nieuw account; een coördinator alleen voor de eigen organisatie."),
    Recht("gegevens", "invoeren", frozenset({Rol.COORDINATOR}) | BEHEER, EIGEN, "De eerste dag: lijsten inlezen, fouten per rij."),
    Recht("blokkade", "zelf", CASUSROLLEN, BETROKKEN, "Wie het gezin kent, sluit de casus voor zichzelf."),
    Recht("blokkade", "leggen", frozenset({Rol.COORDINATOR}), BETROKKEN, "De coördinator sluit een casus voor een collega die het gezin kent, en opent haar weer."),
    Recht("blokkade", "beheren", frozenset({Rol.FG}) | BEHEER, REGIO, "Een casus voor één persoon sluiten op nummer en naam, zonder haar te zien."),
    Recht("noodtoegang", "openen", DIENST, REGIO, "Wie dienst heeft kijkt in nood een uur naar één kind van een ander; wie de regie heeft of de crisishulp geeft leest het meteen, de FG kijkt het na."),
    Recht("noodtoegang", "bevestigen", DIENST | MEEDENKEND, REGIO, "De tweede persoon bij een geheim adres: ziet wie het vraagt en waarom, niets van het gezin."),
    Recht("noodtoegang", "beoordelen", frozenset({Rol.FG}), REGIO, "Elke noodtoegang wordt de volgende werkdag nagekeken, zonder dossier."),
    Recht("log", "inzien", frozenset({Rol.FG}), REGIO, "Wie keek waarnaar; het log zelf bevat geen dossier."),
    Recht("aanmelding", "inzien", frozenset({Rol.FG}) | BEHEER, REGIO, "Mislukte aanmeldingen: wanneer, wie, vanaf waar; zonder wat er getypt werd."),
    Recht("log", "casus", DIENST | REGIEVOEREND, BETROKKEN, "Wie keek nog meer in deze casus."),
    Recht("log", "gezin", frozenset({Rol.FG}), REGIO, "De lijst voor een gezin van wie in zijn dossier keek; zonder dossier."),
    Recht("verzoek", "opnemen", DIENST | REGIEVOEREND, BETROKKEN, "Een gezin vraagt om zijn dossier: het verzoek raakt niet weg."),
    Recht("verzoek", "behandelen", DIENST | REGIEVOEREND, BETROKKEN, "Wie de regie heeft (na sluiten: wie het dossier bewaart) beoordeelt en beslist."),
    Recht("verzoek", "voorbereiden", DIENST | REGIEVOEREND, BETROKKEN, "De eerste kiest per passage wat in het afschrift komt."),
    Recht("verzoek", "vrijgeven", DIENST | REGIEVOEREND, BETROKKEN, "Een tweede medewerker leest wat de vrager krijgt en geeft het vrij; nooit wie koos."),
    Recht("verzoek", "lijst", DIENST | REGIEVOEREND, EIGEN, "Welke verzoeken bij de eigen organisatie liggen, de late eerst."),
    Recht("verzoek", "toezien", frozenset({Rol.FG}), REGIO, "Verzoeken op nummer, zonder dossier; en het tweede paar ogen bij vernietiging."),
    Recht("bewaren", "inzien", frozenset({Rol.FG}) | BEHEER, REGIO, "Wat wanneer weg mag en wat gewist is, op nummer; zonder zicht op gezinnen."),
    Recht("bewaren", "opschorten", frozenset({Rol.FG}), REGIO, "‘Niet wissen’ op een casus zetten en eraf halen, op nummer."),
    Recht("wissen", "opdragen", frozenset({Rol.FG}) | BEHEER, REGIO, "Een casus voor haar termijn laten wissen: twee mensen, van wie één FG."),
    Recht("log", "uitdraaien", DIENST | REGIEVOEREND, BETROKKEN, "Wie de regie heeft, geeft een gezin de lijst van wie er keek."),
)  # fmt: skip

MERKEN = {recht.merk: recht for recht in TABEL}


def needs(ding: str, werkwoord: str) -> Callable[[View], View]:
    """A decorator that marks a view with a line of the table. Raises KeyError when there is no such line."""
    recht = MERKEN[f"{ding}.{werkwoord}"]
    return declare(recht.merk, recht.reden)


def may(rol: str, merk: str) -> bool:
    """Whether a function can ever do this; the condition is checked where the rows are read."""
    recht = MERKEN.get(merk)
    return recht is not None and rol in recht.rollen
