# SPDX-License-Identifier: EUPL-1.2
"""What every step of a request of the family shares: its words, its legal term, who answers it, where it stands.

The terms are those of the law, not of any region; the agreements say nothing about them (X-36).
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from uuid import UUID

from vangnet.access.models import Deel
from vangnet.access.weigering import Weigering
from vangnet.casework.models import Jeugdige, Persoon, Verzoek, Verzoekbesluit, Verzoeksoort
from vangnet.rules.kalender import lokaal
from vangnet.rules.tekst import AMSTERDAM, T

from .dossier import Dossier
from .show_casus_gezin import ROLNAAM
from .weigeringen import OngeldigeInvoer
from .werk import Werk

GEVRAAGD: dict[str, str] = {
    Verzoeksoort.INZAGE: T("inzage"),
    Verzoeksoort.AFSCHRIFT: T("een afschrift"),
    Verzoeksoort.CORRECTIE: T("correctie"),
    Verzoeksoort.AANVULLING: T("een eigen verklaring erbij"),
    Verzoeksoort.VERNIETIGING: T("vernietiging"),
    Verzoeksoort.WIE_KEEK: T("wie er keek"),
}
"""What is asked, in words."""
WET: dict[str, str] = {
    Verzoeksoort.INZAGE: T("AVG artikel 15, Jeugdwet artikel 7.3.10; binnen een maand: AVG artikel 12 lid 3"),
    Verzoeksoort.AFSCHRIFT: T("AVG artikel 15, Jeugdwet artikel 7.3.10; binnen een maand: AVG artikel 12 lid 3"),
    Verzoeksoort.CORRECTIE: T("AVG artikel 16; binnen een maand: AVG artikel 12 lid 3"),
    Verzoeksoort.AANVULLING: T("Jeugdwet artikel 7.3.8, AVG artikel 16; binnen een maand: AVG artikel 12 lid 3"),
    Verzoeksoort.VERNIETIGING: T("Jeugdwet artikel 7.3.9: binnen drie maanden"),
    Verzoeksoort.WIE_KEEK: T("AVG artikel 15; binnen een maand: AVG artikel 12 lid 3"),
}
"""The articles behind each kind: what the law says, no agreement."""
MET_AFSCHRIFT = frozenset({Verzoeksoort.INZAGE, Verzoeksoort.AFSCHRIFT})
"""Kinds that are answered with a copy that two people release."""
IDENTITEIT: dict[str, str] = {
    "bewijs": T("Paspoort of identiteitskaart gezien"),
    "bekend": T("Persoonlijk bekend bij een medewerker"),
    "digitaal": T("Aangemeld met een erkend middel"),
    "gemachtigd": T("Machtiging gezien, en van beiden het bewijs"),
}
"""How it was made sure who asks."""
GRONDEN: dict[str, tuple[str, frozenset[str]]] = {
    "niet_bevoegd": (T("Wie vraagt, mag dit niet vragen"), frozenset(Verzoeksoort.values)),
    "ander": (T("De bescherming van een ander gaat voor"), frozenset(Verzoeksoort.values)),
    "klopt": (T("Wat er staat is volgens ons juist"), frozenset({Verzoeksoort.CORRECTIE})),
    "oordeel": (T("Het is een oordeel van een deskundige, geen feit"), frozenset({Verzoeksoort.CORRECTIE})),
    "belang_ander": (T("Bewaren is van groot belang voor een ander"), frozenset({Verzoeksoort.VERNIETIGING})),
    "wet": (T("Een wet verzet zich tegen vernietigen"), frozenset({Verzoeksoort.VERNIETIGING})),
    "procedure": (
        T("Er loopt een klacht, rechtszaak of onderzoek waarvoor een ander het dossier nodig heeft (Jeugdwet 7.3.9)"),
        frozenset({Verzoeksoort.VERNIETIGING}),
    ),
    "loopt": (
        T(
            "De crisis loopt nog: zonder dossier is het kind niet veilig (keuze van Vangnet; de wet noemt het belang van een ander)"
        ),
        frozenset({Verzoeksoort.VERNIETIGING}),
    ),
}
"""Grounds to refuse, each with the kinds it fits."""
BESLUITWOORD: dict[str, str] = {waarde: str(label).lower() for waarde, label in Verzoekbesluit.choices}
ZELF_VANAF = 12
"""From this age a child asks for itself; from sixteen it decides alone: how Vangnet reads the Jeugdwet (paragraph 7.3)."""
ALLEEN_VANAF = 16
STANDEN: dict[str, str] = {
    "nagaan": T("Ga na wie vraagt"),
    "kiezen": T("Kies wat erin komt"),
    "lezen": T("Wacht op een tweede lezer"),
    "besluiten": T("Beslis"),
    "fg": T("Wacht op de functionaris gegevensbescherming"),
    "afmaken": T("Geef het antwoord"),
    "klaar": T("Klaar"),
}
"""Where a request stands, as what comes next."""


class NietAanJullie(Weigering):
    """Dit verzoek is voor de organisatie die de regie heeft, of na het sluiten voor wie het dossier bewaart."""


class VerzoekKlaar(Weigering):
    """Dit verzoek is al beantwoord."""


class TweedePersoonNodig(Weigering):
    """Dit doet een tweede: wie zelf koos of klaarlegde, leest en geeft niet vrij."""


class GeheimBlijftGeheim(Weigering):
    """Een geheim adres of een geheime plek gaat nooit mee langs deze weg.

    `details`: waar."""


BEANTWOORDT = frozenset({Deel.REGIE, Deel.DOSSIER})
"""Whose part it is to answer requests: of an open casus who leads, of a closed one who keeps the file; never both at once."""


def handler_of(d: Dossier) -> UUID:
    """The organisation that answers requests."""
    return next((b.organisatie_id for b in d.betrokkenheden if b.deel in BEANTWOORDT and b.tot is None), d.dienst_id)


def request_of(werk: Werk, verzoek_id: UUID, still_open: bool = True) -> Verzoek:
    """A request of the casus under work, for the organisation that answers it.

    Errors: `OngeldigeInvoer` for one of another casus, `NietAanJullie`, `VerzoekKlaar`."""
    verzoek = next((v for v in werk.d.verzoeken if v.id == verzoek_id), None)
    if verzoek is None:
        raise OngeldigeInvoer(("verzoek", str(verzoek_id), T("een verzoek van deze casus")))
    if werk.actor.organisatie_id != handler_of(werk.d):
        raise NietAanJullie()
    if still_open and verzoek.klaar_op is not None:
        raise VerzoekKlaar()
    return verzoek


def stand_of(v: Verzoek, vrijgegeven: bool = False) -> str:
    """Where a request stands: a key of `STANDEN`."""
    if v.klaar_op is not None:
        return "klaar"
    if v.besluit:
        echt = v.besluit != Verzoekbesluit.INGETROKKEN
        if v.soort == Verzoeksoort.VERNIETIGING and echt and not v.fg_akkoord:
            return "fg" if v.fg_akkoord is None else "besluiten"
        return "afmaken"
    if v.mag_vragen is None or not v.identiteit:
        return "nagaan"
    if v.soort in MET_AFSCHRIFT and v.mag_vragen and not vrijgegeven:
        return "lezen" if v.aangeboden_op is not None else "kiezen"
    return "besluiten"


def number_of_request(d: Dossier, v: Verzoek) -> str:
    """What a family calls its request by: `2024-00017-V1`."""
    return f"{d.casus.nummer}-V{v.volgnummer}"


def told_of(d: Dossier, v: Verzoek, **meer: str) -> dict[str, str]:
    """What an event about a request keeps of it."""
    return {"nummer": number_of_request(d, v), "verzoek": str(v.id)} | meer


def last_day(v: Verzoek) -> date:
    """The last day of its term."""
    return lokaal(v.uiterlijk - timedelta(seconds=1)).date()


def term_of(soort: str, ontvangen: date, maanden_erbij: int = 0) -> datetime:
    """The moment after which an answer is late: the end of the day with the same number, one month on (three for
    destruction); in a shorter month its last day."""
    maanden = (3 if soort == Verzoeksoort.VERNIETIGING else 1) + maanden_erbij
    jaar, maand = divmod(ontvangen.year * 12 + ontvangen.month - 1 + maanden, 12)
    dag = min(ontvangen.day, calendar.monthrange(jaar, maand + 1)[1])
    return datetime.combine(date(jaar, maand + 1, dag) + timedelta(days=1), time(), AMSTERDAM)


def asker_of(d: Dossier, v: Verzoek) -> Persoon | Jeugdige | None:
    """Who asks, when that is somebody of the casus."""
    if v.persoon_id is not None:
        return next((p for p in d.personen if p.id == v.persoon_id), None)
    return next((k for k in d.jeugdigen if k.id == v.jeugdige_id), None)


def person_in_words(p: Persoon) -> str:
    """Name and role, or the role alone."""
    rol = str(ROLNAAM.get(p.rol, p.rol))
    return f"{p.naam} ({rol})" if p.naam else rol


def name_of_asker(d: Dossier, v: Verzoek) -> str:
    """Who asks, for a worker: name and role."""
    wie = asker_of(d, v)
    if isinstance(wie, Persoon):
        return person_in_words(wie)
    if wie is not None:
        return f"{wie.voornaam} ({T('de jeugdige zelf')})" if wie.voornaam else T("de jeugdige zelf")
    return v.vrager


def role_of_asker(d: Dossier, v: Verzoek) -> str:
    """Who asks, as it may stand on paper that can get lost: a role, no name."""
    wie = asker_of(d, v)
    if isinstance(wie, Persoon):
        return str(ROLNAAM.get(wie.rol, T("wie het vroeg")))
    return T("de jeugdige") if wie is not None else T("wie het vroeg")


def warnings_of(d: Dossier, v: Verzoek) -> list[str]:
    """What a worker must see before anything leaves: whom something must be kept from."""
    wie = asker_of(d, v)
    uit = []
    if d.casus.geheim:
        if isinstance(wie, Persoon):
            uit.append(T("In deze casus is een adres geheim. Ga ervan uit dat deze vrager het niet mag weten."))
        else:
            uit.append(T("In deze casus is een adres geheim. Wat hier naar buiten gaat, komt ook bij anderen."))
    if isinstance(wie, Persoon) and wie.gevaar:
        uit.append(T("Wie vraagt, staat als gevaar in het dossier."))
    elif isinstance(wie, Persoon) and wie.woont_thuis and any(p.gevaar for p in d.mensen):
        uit.append(T("Wie vraagt, woont waar ook iemand woont die een gevaar is."))
    if isinstance(wie, Persoon) and wie.gezag != "ja":
        uit.append(T("Van wie vraagt is niet vastgelegd dat er gezag is."))
    if isinstance(wie, Persoon) and any((d.leeftijd(k) or 0) >= ALLEEN_VANAF for k in d.kinderen):
        uit.append(T("Er is een kind van zestien of ouder: dat beslist zelf, de ouder niet zonder dat kind."))
    elif isinstance(wie, Persoon) and any((d.leeftijd(k) or 0) >= ZELF_VANAF for k in d.kinderen):
        uit.append(T("Er is een kind van twaalf of ouder: vraag of dat kind het ermee eens is."))
    if wie is None:
        uit.append(T("Wie vraagt, staat niet in deze casus. Vraag om een machtiging of een ander bewijs."))
    return uit
